"""Contradictions: the same quantity with different values, totals that don't add up, dates that can't be, template leftovers."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import Literal

from extract.document import Anchor, Table
from models.book import Book
from models.evidence import Quantity
from models.facts import Case
from models.normalise import tidy
from models.package import Package
from models.portraits import block_page, squeeze
from models.tables import columns, header_rows, is_total
from pipelines.checks import plain
from pipelines.screening import Conflict

_NAMES = {"ratio": "每万人拥有5G基站数", "stations": "5G基站数", "people": "常住人口"}
_TOLERANCE = Decimal("0.02")


def find_conflicts(package: Package, case: Case) -> tuple[list[Conflict], Book]:
    """All contradictions, with a book of the extra places they cite (ids prefixed so that they can't meet other ids)."""
    book = Book()
    found = [*_figures(case), *_totals(package, book), *_leftovers(package, book)]
    return found, book


def _figures(case: Case) -> list[Conflict]:
    """Figures of the density that differ between any two documents for one area and one date."""
    found: list[Conflict] = []
    groups: dict[tuple[str, str, str], list[tuple[Quantity, str, str]]] = defaultdict(list)
    for figure in case.figures:
        groups[(figure.kind, figure.area, figure.date[:4])].append((figure.quantity, figure.evidence, figure.document))
    for (kind, area, _), items in sorted(groups.items()):
        values = sorted({q.value for q, _, _ in items if q.value is not None})
        if len(values) >= 2 and abs(values[-1] - values[0]) > _TOLERANCE * values[-1]:
            low = next(item for item in items if item[0].value == values[0])
            high = next(item for item in items if item[0].value == values[-1])
            text = f"{area}{_NAMES[kind]}前后不一：{plain(values[0])}与{plain(values[-1])}。"
            found.append(Conflict("figure", "mandatory", "infrastructure.coverage_5g", text, (low[1], high[1])))
    return found


_SUM_HEADER = re.compile(r"(?:数|个|家|项|座|万元|亿元|金额|台|人|件)[)）]?$|数量|金额")


def _totals(package: Package, book: Book) -> list[Conflict]:
    """Columns whose total row is not the sum of the rows above it."""
    found: list[Conflict] = []
    for section in package.side("claim", "proof"):
        for index in range(section.start, section.end):
            block = section.document.blocks[index]
            if not isinstance(block, Table) or block.kind == "hidden":
                continue
            grid = block.rows()
            totals = [row for row in range(block.n_rows) if is_total(grid[row]) and re.match(r"^(?:合计|总计|共计)", "".join(squeeze(c) for c in grid[row][:3] if squeeze(c))[:2])]
            if len(totals) != 1 or totals[0] < header_rows(block) + 2 or totals[0] < block.n_rows - 2:
                continue
            total = totals[0]
            if any(is_total(grid[row]) for row in range(header_rows(block), total)):
                continue
            for column in columns(block):
                if re.search(r"序号|每万|率|比|年|密度|平均|%", column.header) or not _SUM_HEADER.search(column.header):
                    continue
                stated = _figure(grid[total][column.index])
                parts = [_figure(grid[row][column.index]) for row in range(header_rows(block), total)]
                if stated is None or any(part is None for part in parts):
                    continue
                summed = sum((part for part in parts if part is not None), Decimal(0))
                if summed != stated and abs(summed - stated) > Decimal("0.02") * max(abs(stated), Decimal(1)):
                    length = len(section.document.text_of(Anchor(index, 0, 0, (total, -1))))
                    mandatory = "场景" in column.header or "基站" in column.header
                    indicator = "application.scenarios" if "场景" in column.header else "infrastructure.coverage_5g"
                    evidence = book.add("claim" if section.side == "claim" else "proof", indicator, section.document, Anchor(index, 0, length, (total, -1)))
                    text = f"“{column.header}”合计写为{plain(stated)}，逐行相加为{plain(summed)}。"
                    grade: Literal["mandatory", "indicator"] = "mandatory" if mandatory else "indicator"
                    found.append(Conflict("total", grade, indicator if mandatory else None, text, (evidence,)))
    return found


def _figure(text: str) -> Decimal | None:
    match = re.fullmatch(r"\s*(\d[\d,，]*(?:\.\d+)?)\s*[\u4e00-\u9fff%]{0,2}\s*", tidy(text))
    return Decimal(re.sub(r"[,，]", "", match[1])) if match else None


_BLANKED = re.compile(r"[×xX＊*]{2,}(?:市|省|县|区|公司|部门)|[\u4e00-\u9fff]*[×]{2,}[\u4e00-\u9fff]*市")
_SELF = re.compile(r"([\u4e00-\u9fff]{2,4}市)(?:委、?市政府|市委市政府|人民政府(?:印发|成立|高度重视|决定))")


def _leftovers(package: Package, book: Book) -> list[Conflict]:
    """“××市” in the plan, and another city's government spoken of as the applicant's own."""
    found: list[Conflict] = []
    seen: set[str] = set()
    for section in package.side("claim"):
        for index in range(section.start, section.end):
            block = section.document.blocks[index]
            if isinstance(block, Table):
                continue
            text = block.text
            for match in _BLANKED.finditer(text):
                if "blank" in seen:
                    continue
                seen.add("blank")
                evidence = book.add("claim", "site_visit.preparation", section.document, Anchor(index, match.start(), match.end()))
                found.append(Conflict("leftover", "form", None, f"疑似模板残留：“{match[0]}”（第{block_page(block) or '—'}页）。", (evidence,)))
            for match in _SELF.finditer(squeeze(text)):
                name = match[1]
                if any(name.endswith(city) or city.endswith(name) or name in city for city in package.cities) or name in seen or name in ("市委市",):
                    continue
                seen.add(name)
                start = text.find(name)
                if start < 0:
                    continue
                evidence = book.add("claim", "site_visit.preparation", section.document, Anchor(index, start, start + len(name)))
                found.append(Conflict("leftover", "form", None, f"出现非申报城市“{name}”的政府表述，疑似套用其他材料，请核对。", (evidence,)))
    return found
