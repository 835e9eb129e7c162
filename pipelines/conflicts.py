"""Contradictions: the same quantity with different values, totals that don't add up, dates that can't be, template leftovers."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import Literal, TypeVar

from extract.document import Anchor, Document, Table
from models.book import Book
from models.facts import Case, Count, Figure
from models.normalise import tidy
from models.package import Package
from models.passages import Section
from models.portraits import block_page, iso_date, portrait, squeeze
from models.tables import columns, header_rows, is_total
from pipelines.checks import plain
from pipelines.screening import Conflict

_NAMES = {"ratio": "每万人拥有5G基站数", "stations": "5G基站数", "people": "常住人口"}
_COUNTS = {
    "policies": ("policy.special_policy", "专项政策数", "项"),
    "factories": ("application.scenarios", "具备10个以上典型应用场景的工厂数", "家"),
    "listed": ("application.factory_5g", "5G工厂名录项目数", "个"),
    "pilots": ("application.factory_5g", "试点示范（5G工厂方向）项目数", "个"),
    "titles": ("ecosystem.national_titles", "部级及以上称号数", "项"),
}
_DENSITY = "infrastructure.coverage_5g"
_TOLERANCE = Decimal("0.02")
_MOST = 12  # contradictions told of one thing: a person who has seen a dozen looks at the document itself
_DISTINCT = 400  # statements of one thing that are held against each other
_LOOK_THROUGH = "不再逐一列出，请通查全部材料。"
_Told = TypeVar("_Told", Figure, Count)


def find_conflicts(package: Package, case: Case) -> tuple[list[Conflict], Book]:
    """All contradictions, with a book of the extra places they cite (ids prefixed so that they can't meet other ids)."""
    book = Book()
    found = [
        *_figures(case), *_ratios(case), *_counts(case), *_totals(package, book), *_dates(package, book), *_late(package, book),
        *_leftovers(package, book),
    ]  # fmt: skip
    return found, book


def _apart(first: Decimal, second: Decimal) -> bool:
    return abs(first - second) > _TOLERANCE * max(abs(first), abs(second))


def _figures(case: Case) -> list[Conflict]:
    """Figures of the density that differ between any two places for one area and one date (an unknown date may be any)."""
    found: list[Conflict] = []
    told: set[tuple[str, str, Decimal, Decimal]] = set()
    tally: Counter[tuple[str, str]] = Counter()
    more: dict[tuple[str, str], tuple[str, ...]] = {}
    for first, second in _pairs(case.figures, lambda figure: (figure.kind, figure.area)):
        one, two = first.quantity.value, second.quantity.value
        length = min(len(first.date), len(second.date))
        if one is None or two is None or first.date[:length] != second.date[:length] or not _apart(one, two):
            continue
        key = (first.kind, first.area, min(one, two), max(one, two))
        if key in told:
            continue
        told.add(key)
        tally[first.kind, first.area] += 1
        if tally[first.kind, first.area] > _MOST:
            more[first.kind, first.area] = (first.evidence, second.evidence)
            continue
        scale, unit = (Decimal(10000), "万人") if first.kind == "people" else (Decimal(1), "个")
        text = (
            f"{first.area}{_NAMES[first.kind]}前后不一：{plain(one / scale)}{unit}（{first.document or '—'}）"
            f"与{plain(two / scale)}{unit}（{second.document or '—'}）。"
        )
        found.append(Conflict("figure", "mandatory", _DENSITY, text, (first.evidence, second.evidence)))
    for (kind, area), places in more.items():
        text = f"{area}{_NAMES[kind]}另有{tally[kind, area] - _MOST}处前后不一，{_LOOK_THROUGH}"
        found.append(Conflict("figure", "mandatory", _DENSITY, text, places))
    return found


def _pairs(items: Iterable[_Told], key: Callable[[_Told], Hashable]) -> Iterator[tuple[_Told, _Told]]:
    """Two and two that speak of the same thing; of places that say the same in one document, the first."""
    groups: dict[Hashable, dict[Hashable, _Told]] = {}
    for item in items:
        date = item.date if isinstance(item, Figure) else item.quantity.year
        same = (item.quantity.value, item.quantity.operator, item.document, item.side, date)
        groups.setdefault(key(item), {}).setdefault(same, item)
    for group in groups.values():
        yield from combinations(list(group.values())[:_DISTINCT], 2)


def _ratios(case: Case) -> list[Conflict]:
    """A stated density that does not follow from the stations and inhabitants that the same document gives."""
    found: list[Conflict] = []
    places: dict[tuple[str, str], dict[str, Figure]] = {}
    for figure in case.figures:
        places.setdefault((figure.document, figure.area), {}).setdefault(figure.kind, figure)
    for (document, area), kinds in places.items():
        values = [kinds[kind].quantity.value if kind in kinds else None for kind in ("ratio", "stations", "people")]
        ratio, stations, people = values
        if ratio is None or stations is None or not people:
            continue
        computed = stations / (people / 10000)
        if _apart(ratio, computed):
            stated = f"{area}{_NAMES['ratio']}写为{plain(ratio)}个"
            text = f"{stated}，由同一文件的基站数和常住人口算得{plain(computed)}个（{document or '—'}）。"
            found.append(Conflict("ratio", "mandatory", _DENSITY, text, (kinds["ratio"].evidence, kinds["stations"].evidence)))
    return found


def _counts(case: Case) -> list[Conflict]:
    """A number of the city's own side that differs between two of its documents, or within one, for the same year."""
    found: list[Conflict] = []
    told: set[tuple[str, Decimal, Decimal]] = set()
    tally: Counter[str] = Counter()
    more: dict[str, tuple[str, ...]] = {}
    for first, second in _pairs((count for count in case.counts if not count.mixed), lambda count: count.what):
        one, two = first.quantity.value, second.quantity.value
        if (
            first.quantity.year != second.quantity.year
            or one is None
            or two is None
            or one == two
            or first.quantity.operator != "="
            or second.quantity.operator != "="
        ):
            continue
        if first.document == second.document and first.side == second.side:
            continue  # within one document a smaller number is as often a part of the larger
        key = (first.what, min(one, two), max(one, two))
        if key in told:
            continue
        told.add(key)
        tally[first.what] += 1
        if tally[first.what] > _MOST:
            more[first.what] = (first.evidence, second.evidence)
            continue
        indicator, name, unit = _COUNTS[first.what]
        text = f"{name}前后不一：{plain(one)}{unit}（{first.document or '—'}）与{plain(two)}{unit}（{second.document or '—'}）。"
        found.append(Conflict("count", "mandatory", indicator, text, (first.evidence, second.evidence)))
    for what, places in more.items():
        indicator, name, _ = _COUNTS[what]
        text = f"{name}另有{tally[what] - _MOST}处前后不一，{_LOOK_THROUGH}"
        found.append(Conflict("count", "mandatory", indicator, text, places))
    return found


_DATE = re.compile(r"(20\d{2})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?")


def _dates(package: Package, book: Book) -> list[Conflict]:
    """Dates that no calendar has: a thirteenth month, a thirty-second day."""
    found: list[Conflict] = []
    for section in package.side("claim", "proof"):
        for index in range(section.start, section.end):
            block = section.document.blocks[index]
            if isinstance(block, Table):
                continue
            for match in _DATE.finditer(tidy(block.text)):
                year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
                if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
                    continue
                evidence = _place(book, section, Anchor(index, match.start(), match.end()))
                text = f"日期有误：“{block.text[match.start() : match.end()]}”不存在（{section.document.path}）。"
                found.append(Conflict("date", "form", None, text, (evidence,)))
    return found


def _late(package: Package, book: Book) -> list[Conflict]:
    """Proofs dated after the package was handed in, each with the place that dates the package."""
    fronts = [document for document in package.of_role("plan", "form", "letter") if document.blocks]
    handed = max((date for date in (package.submitted, *(portrait(d).date for d in fronts)) if date), default="")
    if len(handed) < 7:
        return []
    found: list[Conflict] = []
    for section in package.side("proof"):
        date = section.portrait.date
        if len(date) < 7 or date[:7] <= handed[:7] or section.role != "proof":
            continue
        late = _dated(book, section.document, section.start, section.end, date, "proof")
        front = next((place for d in fronts if (place := _dated(book, d, 0, len(d.blocks), handed, "claim"))), "")
        text = f"《{section.portrait.title or section.document.path}》落款日期（{date}）晚于申报材料的日期（{handed}），请核对。"
        found.append(Conflict("late", "indicator", None, text, tuple(place for place in (late, front) if place)))
    return found


def _dated(book: Book, document: Document, start: int, end: int, date: str, kind: Literal["claim", "proof"]) -> str:
    """The place of the last block of a stretch that bears a date, "" if none does."""
    for index in reversed(range(start, end)):
        block = document.blocks[index]
        if not isinstance(block, Table) and len(block.text) <= 60 and iso_date(block.text)[:7] == date[:7]:
            return book.add(kind, "site_visit.preparation", document, Anchor(index, 0, len(block.text)))
    return ""


def _place(book: Book, section: Section, anchor: Anchor, indicator: str = "site_visit.preparation") -> str:
    return book.add("claim" if section.side == "claim" else "proof", indicator, section.document, anchor)


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
            totals = [
                row
                for row in range(block.n_rows)
                if is_total(grid[row])
                and re.match(r"^(?:合计|总计|共计)", "".join(squeeze(c) for c in grid[row][:3] if squeeze(c))[:2])
            ]
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
                    mandatory = "场景" in column.header or "基站" in column.header
                    indicator = "application.scenarios" if "场景" in column.header else _DENSITY
                    rows = (
                        total,
                        header_rows(block),
                        total - 1,
                    )  # the total, and where the rows that it should add up begin and end
                    lengths = [len(section.document.text_of(Anchor(index, 0, 0, (row, -1)))) for row in rows]
                    places = [
                        _place(book, section, Anchor(index, 0, length, (row, -1)), indicator)
                        for row, length in zip(rows, lengths, strict=True)
                    ]
                    text = f"“{column.header}”合计写为{plain(stated)}，逐行相加为{plain(summed)}（{section.document.path}）。"
                    grade: Literal["mandatory", "indicator"] = "mandatory" if mandatory else "indicator"
                    found.append(Conflict("total", grade, indicator if mandatory else None, text, tuple(dict.fromkeys(places))))
    return found


def _figure(text: str) -> Decimal | None:
    match = re.fullmatch(r"\s*(\d[\d,，]*(?:\.\d+)?)\s*[\u4e00-\u9fff%]{0,2}\s*", tidy(text))
    return Decimal(re.sub(r"[,，]", "", match[1])) if match else None


_BLANKED = re.compile(r"[×xX＊*]{2,}(?:市|省|县|区|公司|部门)|[\u4e00-\u9fff]*[×]{2,}[\u4e00-\u9fff]*市")
_SELF = re.compile(
    r"([\u4e00-\u9fff]{2,3}市)(?=委、?市政府|市委市政府|人民政府(?:印发|成立|高度重视|决定|承诺)|将以先导区|“?5G\+?工业互联网”?融合应用先导区|先导区试点)"
)
# Words that stand before 市 without naming a city.
_NO_NAME = re.compile(r"是|为|全|各|本|我|由|将|和|与|及|两|在|对|到|该|城市|兄弟|试点|申报|等|的|市委|地级|县级|直辖")


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
                evidence = book.add(
                    "claim", "site_visit.preparation", section.document, Anchor(index, match.start(), match.end())
                )
                found.append(
                    Conflict(
                        "leftover", "form", None, f"疑似模板残留：“{match[0]}”（第{block_page(block) or '—'}页）。", (evidence,)
                    )
                )
            for match in _SELF.finditer(squeeze(text)):
                name = match[1]
                if (
                    any(name.endswith(city) or city.endswith(name) or name in city for city in package.cities)
                    or name in seen
                    or _NO_NAME.search(name[:-1])
                ):
                    continue
                seen.add(name)
                start = text.find(name)
                if start < 0:
                    continue
                evidence = book.add("claim", "site_visit.preparation", section.document, Anchor(index, start, start + len(name)))
                found.append(
                    Conflict(
                        "leftover", "form", None, f"出现非申报城市“{name}”的政府表述，疑似套用其他材料，请核对。", (evidence,)
                    )
                )
    return found
