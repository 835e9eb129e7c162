"""Finds the numbers that an application form states for the conditions: a label in one cell, its value in the next."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from extract.document import Anchor, Table
from models.evidence import Quantity
from models.facts import Count
from models.normalise import tidy
from models.package import Package
from models.portraits import squeeze
from models.quantities import quantities

What = Literal["policies", "factories", "listed", "pilots", "titles"]
_LOWER = re.compile(r"省级|市级|地方|培育|种子|入库")
# Which words of a label, or of the value before its number, name which number; the first that fits counts.
_KINDS: tuple[tuple[What, str, re.Pattern[str]], ...] = (
    ("pilots", "application.factory_5g", re.compile(r"试点示范.{0,6}5G工厂|5G工厂.{0,4}(?:方向|试点示范)")),
    ("listed", "application.factory_5g", re.compile(r"5G工厂名录|(?:国家级?|工信部).{0,6}5G工厂")),
    ("factories", "application.scenarios", re.compile(r"场景.{0,8}(?:工厂|企业)|(?:工厂|企业).{0,8}(?:10|十).{0,8}场景")),
    ("titles", "ecosystem.national_titles", re.compile(r"(?:部级|国家级|部委).{0,8}(?:称号|荣誉|示范)")),
    ("policies", "policy.special_policy", re.compile(r"专项政策")),
)  # fmt: skip
_PLAIN = re.compile(r"(\d{1,4})(?:个|家|项|件|座)?")
_COUNTED = ("个", "家", "项", "件", "座", "")
_MOST = 300


def find(package: Package) -> list[Count]:
    """The counts that forms of the claim side state, each with its row as evidence."""
    found: list[Count] = []
    for section in package.side("claim"):
        if section.role != "form":
            continue
        for index in range(section.start, section.end):
            block = section.document.blocks[index]
            if not isinstance(block, Table):
                continue
            for row in range(block.n_rows):
                cells = section.document.row_cells(index, row)
                length = len(section.document.text_of(Anchor(index, 0, 0, (row, -1))))
                for what, indicator, quantity in _of_row([cell.text for cell in cells], len(package.cities)):
                    evidence = package.book.add(
                        "claim", indicator, section.document, Anchor(index, 0, length, (row, -1)), status="fact",
                        quantities=(quantity,), confidence=block.confidence,
                    )  # fmt: skip
                    found.append(Count(evidence, "claim", what, quantity, document=section.document.path))
    return found


def _of_row(texts: list[str], cities: int) -> list[tuple[What, str, Quantity]]:
    """The numbers of one row: each label with the value right of it; those of the applicants of a joint application are added up."""
    found: list[tuple[What, str, Quantity]] = []
    for at, label in enumerate(texts[:-1]):
        head = tidy(squeeze(label))
        if _PLAIN.fullmatch(head):
            continue
        values = [_value(head, tidy(squeeze(text)), text) for text in texts[at + 1 :]]
        told = list(itertools.takewhile(lambda value: value is not None, values))
        if not told or told[0] is None or (len(told) > 1 and len(told) != cities):
            continue  # several numbers beside one label: whose they are does not show
        named = told[0][1]
        quantity = told[0][0]
        whole = [value for value in told if value is not None and re.search("合计|共", value[1])]
        if whole:
            quantity = whole[0][0]  # “合计7项” stands for all, in however many columns
        elif len(told) > 1:
            total = sum((value[0].value or Decimal(0) for value in told if value is not None), Decimal(0))
            quantity = replace(quantity, low=total, high=total)
        kind = next(((what, indicator) for what, indicator, words in _KINDS if words.search(named)), None)
        if kind is not None and not _LOWER.search(named) and quantity.value is not None and quantity.value <= _MOST:
            found.append((*kind, quantity))
    return found


def _value(head: str, said: str, raw: str) -> tuple[Quantity, str] | None:
    """The one exact count in a cell, with the words that name it: the label, and what stands before the number."""
    number = _PLAIN.fullmatch(said)
    if number:
        amount = Decimal(number[1])
        return Quantity(amount, amount, "", text=raw.strip()), head
    if not said or said == head or len(said) > 40:
        return None
    counted = [q for q in quantities(said) if q.unit in _COUNTED and q.value is not None and q.operator == "="]
    return (counted[0], head + said[: counted[0].start]) if len(counted) == 1 else None
