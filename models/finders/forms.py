"""Finds the numbers that an application form states for the conditions: a label in one cell, its value in the next."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from extract.document import Anchor, Table
from models.evidence import Quantity
from models.facts import Count
from models.normalise import tidy
from models.package import Package
from models.passages import Section
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
# Which condition a row of a form answers, by its label.
_ANSWERED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("policy.special_policy", re.compile(r"专项政策")),
    ("infrastructure.coverage_5g", re.compile(r"5G.{0,4}覆盖|每万(?:人|名).{0,8}基站|万人.{0,6}基站|基站密度")),
    ("application.scenarios", re.compile(r"(?:应用|典型).{0,4}场景|场景.{0,6}(?:工厂|企业)")),
    ("application.factory_5g", re.compile(r"5G工厂")),
    ("ecosystem.national_titles", re.compile(r"(?:部级|国家级|部委).{0,8}(?:称号|荣誉)|全国(?:性)?示范")),
    ("site_visit.preparation", re.compile(r"(?:安全|网络).{0,6}(?:事件|事故)|(?:事件|事故).{0,12}虚假|^(?:安全|诚信|不良|筹备|事故).{0,8}(?:情况|诚信)?$|虚假材料")),
)
_AGREED = re.compile(r"(?:均|已|全部)?(?:满足|符合|达标|达到|具备|是|有)|[√✓☑]")
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
            rows = list(_rows(section, index, block))
            _cite_answers(package, section, rows, block.confidence)
            for texts, anchor in rows:
                for what, indicator, quantity in _of_row(texts, len(package.cities)):
                    evidence = package.book.add(
                        "claim", indicator, section.document, anchor, status="fact", quantities=(quantity,), confidence=block.confidence
                    )
                    found.append(Count(evidence, "claim", what, quantity, document=section.document.path))
    return found


def _rows(section: Section, index: int, table: Table) -> Iterator[tuple[list[str], Anchor]]:
    """The words of each row's cells with the row's place; behind it the rows of a table inside one of its cells."""
    for row in range(table.n_rows):
        cells = section.document.row_cells(index, row)
        length = len(section.document.text_of(Anchor(index, 0, 0, (row, -1))))
        yield [cell.text for cell in cells], Anchor(index, 0, length, (row, -1))
        for cell in cells:
            for line in re.finditer(r"[^\n]*\t[^\n]*", cell.text if cell.inner else ""):
                yield line[0].split("\t"), Anchor(index, *line.span(), (row, cell.col))


def _cite_answers(package: Package, section: Section, rows: Sequence[tuple[list[str], Anchor]], confidence: float) -> None:
    """Enter the rows that answer the conditions one by one, where a table answers three or more: the city's word, whatever it says."""
    found: list[tuple[str, Anchor]] = []
    for texts, anchor in rows:
        for label, value in itertools.pairwise(tidy(squeeze(text)) for text in texts):
            if len(label) <= 40 and value and label != value:
                found += [(indicator, anchor) for indicator, words in _ANSWERED if words.search(label)][:1]
    if len({indicator for indicator, _ in found}) >= 3:
        for indicator, anchor in found:
            package.book.add("claim", indicator, section.document, anchor, status="fact", confidence=confidence)


def _of_row(texts: list[str], cities: int) -> list[tuple[What, str, Quantity]]:
    """The numbers of one row: each label with the value right of it; those of the applicants of a joint application are added up."""
    found: list[tuple[What, str, Quantity]] = []
    for at, label in enumerate(texts[:-1]):
        head = tidy(squeeze(label))
        if _PLAIN.fullmatch(head):
            continue
        values = [_value(head, tidy(squeeze(text)), text) for text in itertools.dropwhile(_agrees, texts[at + 1 :])]
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
    if len(counted) != 1:
        return None
    return counted[0], head + said[: counted[0].start] + said[counted[0].end : counted[0].end + 4]


def _agrees(text: str) -> bool:
    """Whether a cell says only that a condition is met."""
    return _AGREED.fullmatch(tidy(squeeze(text))) is not None
