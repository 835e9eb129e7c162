"""Finds the figures of the 5G density: the ratio, 5G stations alone, 常住人口; for the whole applicant and for each joint city."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from extract.document import Anchor, Cell, Table
from models.evidence import Quantity
from models.facts import Figure, Side
from models.masks import years
from models.nlp import analyse
from models.normalise import tidy
from models.package import Located, Package, local
from models.passages import Passage, Section, caption_block
from models.portraits import squeeze
from models.quantities import quantities
from models.tables import Column, columns, header_rows, indicator_table, is_empty, is_total

INDICATOR = "infrastructure.coverage_5g"
Kind = Literal["ratio", "stations", "people"]
_RATIO = re.compile(r"每(?:一)?万(?:人|名|常住人口|居民|户籍人口)|万人.{0,8}基站|(?:个|座)[/／]万人|基站密度")
_STATIONS = re.compile(r"5G.{0,4}(?:宏|室分)?基站|基站.{0,6}5G")
_BOTH = re.compile(r"4G[、及和与/+]*5G|5G[、及和与/+]*4G|移动(?:电话|通信)基站|2G|3G")
_PEOPLE = re.compile(r"常住人口")
_OTHER_PEOPLE = re.compile(r"户籍人口|城镇常住人口|城镇人口|流动人口|户籍")
_PART_FLAGS = {"delta", "new", "threshold", "from", "share", "subset", "rank", "rate", "ordinal"}
_PER_AREA = re.compile(r"平方公里|平方千米|公里")
_INDEPENDENT = re.compile(r"通信管理局|统计局|调查队|工业和信息化部|工信部")
_NEW = re.compile(r"新(?:建|增|开通)|净增|年内建|当年")
_PER_HEAD = re.compile(r"每(?:一)?万(?:人|名|常住人口|居民)[^，。；]{0,14}(?:分别[^，。；]{0,24})?$")
_CARRIED = re.compile(r"^[^，。；\d]{0,6}每(?:一)?万")
_COVERAGE = re.compile(r"5G(?:网络)?覆盖(?:率|水平|情况|程度)?$|^5G(?:网络)?(?:建设|密度)")
# Columns and cells that say what is asked for, not what there is.
_TOTAL = re.compile(r"合计|总计|全市|总数")
_DEMAND = re.compile(r"要求|条件|标准|门槛|^(?:计量)?单位$|说明")
_CHANGE = re.compile(r"增长|增速|增幅|同比|环比|比上年|比重|占比|份额|[（(]%[）)]")
_BOUND = re.compile(r"(?:须|应|需)?(?:超过|不少于|不低于|大于|≥|＞|>)\s*\d|万?(?:个|人|座)$")
_ELSEWHERE = re.compile(r"全国|全省|我省|我国|全自治区|自治区(?!通信)|全区(?!域)|国家")
_WHEN = re.compile(r"(20\d{2})\s*年?\s*(?:(1[0-2]|0?[1-9])\s*月|末|底)?")


def find(package: Package) -> list[Figure]:
    """All figures, claims and proofs, each with its evidence."""
    found: list[Figure] = []
    for section in package.side("claim", "proof"):
        side: Side = "claim" if section.side == "claim" else "proof"
        for located in package.statements(section):
            found += _in_words(package, section, side, located)
        for index in range(section.start, section.end):
            block = section.document.blocks[index]
            if isinstance(block, Table) and block.kind != "hidden":
                found += _in_table(package, section, side, index, block)
    return found


def _independent(section: Section) -> bool:
    return section.side == "proof" and bool(_INDEPENDENT.search(section.portrait.issuer + section.portrait.title))


def _issued(section: Section) -> bool | None:
    """Whether a proof shows who issued it; a list that nobody signs proves nothing. None where a seal on a scan may hide the name."""
    if section.side != "proof" or section.portrait.issuer:
        return True
    scanned = any(section.document.blocks[index].lane == "ocr" for index in range(section.start, section.end))
    return None if scanned else False


def _kind(quantity: Quantity, near: str) -> Kind | None:
    """Which figure of the density a quantity is, by its unit, what it is per, and the words right around it."""
    if quantity.flags & _PART_FLAGS or quantity.value is None:
        return None
    per = quantity.per
    if per.startswith("万人") or (quantity.unit in ("个", "座", "个/万人") and per == "" and _PER_HEAD.search(near)):
        # Per 10,000 inhabitants, and of 5G stations: anything else per head is no density of this kind.
        return "ratio" if ("基站" in near or "5G" in near) and quantity.value < 1000 else None
    if quantity.unit in ("个", "座", "站", "处") and not per:
        return "stations" if quantity.value % 1 == 0 else None
    if quantity.unit in ("人", "万人"):
        return "people"
    return None


def _worked_out(section: Section, side: Side, quantity: Quantity, text: str) -> Kind | None:
    """A ratio that a proof works out beside its table of stations: “按常住人口754.1万人计，折合每万人39.6个”."""
    about = quantity.per.startswith("万人") and quantity.unit in ("个", "座") and quantity.value is not None and quantity.value < 1000
    if side != "proof" or not about or quantity.flags & _PART_FLAGS or not re.search(r"折合|折算|换算|测算|计算|人计[，,]", text):
        return None
    words = squeeze("".join(block.text for block in section.document.blocks[section.start : section.end]))
    return "ratio" if _STATIONS.search(tidy(words)) else None


def _in_words(package: Package, section: Section, side: Side, located: Located) -> Iterator[Figure]:
    statement = located.statement
    text = tidy(statement.text)
    if not (_RATIO.search(text) or _STATIONS.search(text) or "人口" in text):
        return
    if side == "claim" and located.passage.mode in ("target", "task"):
        return
    for quantity in statement.quantities:
        status = quantity.status if quantity.status != "unmarked" else statement.status
        scope = quantity.scope if quantity.scope != "city" else statement.scope
        if status in ("plan", "hypothetical", "requirement", "denied", "in_progress", "announced") or scope not in (
            "city",
            "none",
        ):
            continue
        if (
            side == "claim"
            and status == "unmarked"
            and located.passage.mode != "base"
            and not re.search(r"已|累计|现有|目前|截至|共有|达到|建成|拥有", text)
        ):
            continue
        start, end = _clause(text, quantity.start, quantity.end)
        before, near = text[start : quantity.start], text[start : min(end, quantity.end + 8)]
        if _CARRIED.match(near) and _last(_STATIONS, text[:start]) is not None and not _BOTH.search(text):
            near = "5G基站" + near  # “全市5G基站……个，每万常住人口拥有38.2个”
        kind = _kind(quantity, near) or _worked_out(section, side, quantity, text)
        if kind is None:
            continue
        theirs = _last(_ELSEWHERE, before)
        if theirs is not None and not re.search(r"我市|全市|本市", before[theirs:]) and not package.names_city(before[theirs:]):
            continue  # the nation's or the province's figure, whatever the sentence goes on to say
        if kind == "ratio" and (re.search(r"户籍", text[max(0, start - 24) : end]) or _BOTH.search(near)):
            continue
        if kind == "stations":
            last = _last(_STATIONS, before)
            if (
                last is None
                or _BOTH.search(text[max(0, start - 10) : end])
                or _NEW.search(before[max(0, last - 6) :])
                or _PER_AREA.search(near)
            ):
                continue
            if re.search(r"5G-?A|RedCap|共享|共建|室分|微站|专网", before[last - 8 if last > 8 else 0 :]):
                continue
        if kind == "people":
            last = _last(_PEOPLE, before)
            if (
                last is None
                or _OTHER_PEOPLE.search(before[max(0, last - 4) :])
                or quantity.value is None
                or quantity.value < 10000
            ):
                continue
        area = _area(package, text, quantity.start)
        if area is None:
            continue
        evidence = package.book.add(
            "claim" if side == "claim" else "proof", INDICATOR, section.document, located.anchor, status="fact", scope="city",
            quantities=statement.quantities, confidence=located.passage.confidence,
        )  # fmt: skip
        yield Figure(
            evidence, side, kind, _people(quantity) if kind == "people" else quantity, area,
            _date(text, quantity) or _date_of(section, text), section.document.path, _independent(section), _issued(section),
        )  # fmt: skip


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    found = None
    for match in pattern.finditer(text):
        found = match.start()
    return found


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a quantity: from the comma before the one before it to the next stop."""
    stops = [m.end() for m in re.finditer(r"[，。；：！？]", text[:start])]
    first = stops[-1] if stops else 0
    # “5G基站数，为17652个” – a clause with the number alone borrows the one before it.
    if len(text[first:start].strip()) <= 3 and len(stops) >= 2:
        first = stops[-2]
    after = re.search(r"[，。；！？]", text[end:])
    return first, end + after.start() if after else len(text)


def _people(quantity: Quantity) -> Quantity:
    """Inhabitants in persons, whatever the unit."""
    if quantity.unit != "万人":
        return quantity
    scale = Decimal(10000)
    return replace(
        quantity, unit="人",
        low=None if quantity.low is None else quantity.low * scale, high=None if quantity.high is None else quantity.high * scale,
    )  # fmt: skip


def _area(package: Package, text: str, position: int) -> str | None:
    """Whose figure it is in a joint application: a city's, "" for the pooled or the only one, None for what is neither."""
    if len(package.cities) < 2:
        return ""
    before = text[:position]
    shared = before.rfind("分别")
    if shared >= 0 and not re.search(r"合计|总计|两市(?!分别)", before[shared:]):
        # “甲市……、乙市……，分别为34.4个和32.2个”: in the order in which the cities are named.
        order = sorted(
            (before.find(brand), city)
            for city, brand in zip(package.cities, package.brands, strict=True)
            if brand in before[:shared]
        )
        number = len(re.findall(r"\d+(?:\.\d+)?", before[shared:]))
        if len(order) == len(package.cities) and number < len(order):
            return order[number][1]
    marks = [
        (before.rfind(name), city) for city, brand in zip(package.cities, package.brands, strict=True) for name in (city, brand)
    ]
    marks += [(before.rfind(word), "") for word in ("两市合计", "合计", "两市", "三市", "全域")]
    at, who = max(marks, key=lambda mark: mark[0])
    return who if at >= 0 else None


def _date(text: str, quantity: Quantity) -> str:
    """The date of a figure: the nearest one before it in the sentence, to the month where it says so."""
    found = ""
    for match in _WHEN.finditer(text[: quantity.start]):
        found = match[1] + (f"-{int(match[2]):02d}" if match[2] else ("-12" if match[0].endswith(("末", "底")) else ""))
    return found or (str(quantity.year) if quantity.year else "")


def _date_of(section: Section, text: str) -> str:
    """The date of a figure whose sentence names no year: a bulletin speaks of the year in its title."""
    named = years(tidy(section.portrait.title))
    if section.side != "proof" or len(named) != 1 or not re.search(r"公报|年鉴|年报", section.portrait.title):
        return ""
    return f"{named[0]}-12" if re.search(r"年末|年底|累计|公报", text + section.portrait.title) else str(named[0])


def _columns(package: Package, table: Table, side: Side) -> list[Column]:
    """The columns; those of years to come are targets, and so is the present year's beside them unless its head says otherwise."""
    cols = columns(table)
    now = package.year
    if side != "claim" or now is None or not any(column.year is not None and column.year > now for column in cols):
        return cols
    return [
        replace(column, mode="target") if column.mode == "none" and column.year is not None and column.year >= now else column
        for column in cols
    ]


def _in_table(package: Package, section: Section, side: Side, index: int, table: Table) -> Iterator[Figure]:
    grid, cells, top = table.rows(), table.grid(), header_rows(table)
    cols = _columns(package, table, side)
    kinds: dict[int, tuple[Kind, Decimal]] = {}
    for column in cols:
        header = tidy(column.header)
        if column.mode == "target" or _BOTH.search(header) or _NEW.search(header):
            continue
        scale = Decimal(10000) if re.search(r"万(?:个|座|人)?[)）]|万个|（万", header) else Decimal(1)
        if _RATIO.search(header) and ("基站" in header or "5G" in header) and "户籍" not in header:
            kinds[column.index] = ("ratio", Decimal(1))
        elif _STATIONS.search(header):
            kinds[column.index] = ("stations", scale)
        elif _PEOPLE.search(header) and not _OTHER_PEOPLE.search(header):
            kinds[column.index] = ("people", scale if scale != 1 or "人）" in header else Decimal(10000))
    caption = squeeze(table.caption)
    about = tidy(caption + (section.portrait.title if side == "proof" else ""))
    if not kinds and _STATIONS.search(about) and not _BOTH.search(about) and not _NEW.search(about):
        # A table of stations by district and operator: its total row, its total column.
        totals = [c for c in cols if re.search(r"合计|总计|总数|小计", c.header)]
        rows = [row for row in range(top, table.n_rows) if is_total(grid[row]) or re.match(r"全市", squeeze(grid[row][0]))]
        if totals and rows:
            cell = cells[rows[-1]][totals[-1].index]
            number = _number(cell.text, Decimal(10000) if "万" in totals[-1].header else Decimal(1), "stations") if cell else None
            if cell is not None and number is not None:
                evidence = package.book.add(
                    "claim" if side == "claim" else "proof", INDICATOR, section.document,
                    Anchor(index, 0, _row_length(section, index, rows[-1]), (rows[-1], -1)), status="fact", quantities=(number,), confidence=cell.confidence,
                )  # fmt: skip
                date = str(next(iter(years(about)), "") or section.portrait.date[:4])
                yield Figure(evidence, side, "stations", number, "", date, section.document.path, _independent(section), _issued(section))
                return
    across = {c.index: area for c in cols if (area := _column_area(package, c.header)) is not None}
    if not kinds and len(across) >= 2:
        for row in range(top, table.n_rows):
            which = next((k for c in cols if c.index not in across and (k := _labelled(tidy(squeeze(grid[row][c.index]))))), None)
            scale = (
                Decimal(10000)
                if "万" in "".join(grid[row][c.index] for c in cols if c.index not in across).partition("（")[2]
                else Decimal(1)
            )
            for col, area in across.items():
                cell = cells[row][col]
                factor = scale if which != "ratio" else Decimal(1)
                number = _number(cell.text, factor, which) if which and cell is not None and not is_empty(cell.text) else None
                if cell is None or number is None or which is None:
                    continue
                evidence = package.book.add(
                    "claim" if side == "claim" else "proof", INDICATOR, section.document,
                    Anchor(index, 0, _row_length(section, index, row), (row, -1)), status="fact", quantities=(number,), confidence=cell.confidence,
                )  # fmt: skip
                yield Figure(
                    evidence, side, which, number, area, "", section.document.path, _independent(section), _issued(section)
                )
        if any(_labelled(tidy(squeeze(grid[row][c.index]))) for row in range(top, table.n_rows) for c in cols):
            return
    if kinds:
        for row in range(top, table.n_rows):
            label = "".join(squeeze(grid[row][c.index]) for c in cols if c.index not in kinds)
            area = _row_area(package, label, grid[row], table.n_rows - top)
            if area is None:
                continue
            for col, (kind, scale) in kinds.items():
                cell = cells[row][col]
                if cell is None or is_empty(cell.text):
                    continue
                number = _number(cell.text, scale, kind)
                if number is None:
                    continue
                evidence = package.book.add(
                    "claim" if side == "claim" else "proof", INDICATOR, section.document, Anchor(index, 0, _row_length(section, index, row), (row, -1)),
                    status="fact", quantities=(number,), confidence=cell.confidence,
                )  # fmt: skip
                _cite_caption(package, section, side, index)
                date = "-".join(filter(None, [str(y) for y in years(tidy(cols[col].header + caption))][:1]))
                yield Figure(
                    evidence, side, kind, number, area, date, section.document.path, _independent(section), _issued(section)
                )
        return
    # A form: a row names the figure, a cell beside it gives it.
    yield from _in_cells(package, section, side, index, table)
    value_cols = [
        c
        for c in cols
        if (c.mode == "base" or re.search(r"填报内容|数据|数值|现状|内容|指标值|完成|核定", c.header)) and not _CHANGE.search(c.header)
    ]
    for row in range(table.n_rows):
        row_cells = section.document.row_cells(index, row)
        if len(row_cells) < 2:
            continue
        for position, cell in enumerate(row_cells[:-1]):
            label = tidy(squeeze(cell.text))
            if len(label) > 30 or _BOTH.search(label) or _NEW.search(label):
                continue
            asked = _labelled(label)
            if asked is None and _COVERAGE.search(label):
                said = tidy(squeeze(row_cells[position + 1].text))
                asked = "ratio" if _RATIO.search(said) and len(quantities(said)) == 1 else None
            if asked is None:
                continue
            wanted = next((c for c in value_cols if c.index > cell.col and not _DEMAND.search(c.header)), None)
            heads = {k.index: k.header for k in cols}
            rest = [
                c
                for c in row_cells[position + 1 :]
                if not _DEMAND.search(heads.get(c.col, ""))
                and not _CHANGE.search(heads.get(c.col, ""))
                and not _BOUND.match(squeeze(c.text))
            ]
            shared = list(_of_each_city(package, section, side, index, row, rest, asked))
            if shared:
                yield from shared
                continue
            total = next((c for c in rest if _TOTAL.search(squeeze(cols[c.col].header) if c.col < len(cols) else "")), None)
            value = section.document.cell_at(index, row, wanted.index) if wanted else total or next(iter(rest), None)
            target_cols = {c.index for c in cols if c.mode == "target" and (c.year or re.search(r"目标|计划|预期|年", c.header))}
            if value is None or is_empty(value.text) or value.col in target_cols or len(value.text) > 40:
                continue
            if side == "claim" and not value_cols and target_cols:
                continue
            units = [squeeze(c.text) for c in row_cells if re.fullmatch(r"万?(?:个|人|座|户)", squeeze(c.text))]
            scale = (
                Decimal(10000)
                if re.search(r"万", (label[label.find("（") :] if "（" in label else "") + "".join(units))
                or re.search(r"[（(](?:单位[：:])?万(?:人|个|座|户)[）)]", heads.get(value.col, "") + squeeze(table.caption))
                else Decimal(1)
            )
            # “（站/万人）” is the unit of the ratio, no factor of its number.
            number = _number(value.text, scale if asked != "ratio" else Decimal(1), asked)
            if number is None:
                continue
            evidence = package.book.add(
                "claim" if side == "claim" else "proof", INDICATOR, section.document, Anchor(index, 0, _row_length(section, index, row), (row, -1)),
                status="fact", quantities=(number,), confidence=value.confidence,
            )  # fmt: skip
            _cite_caption(package, section, side, index)
            told = years(tidy(value.text + heads.get(value.col, "")))
            if not told and section.portrait.kind == "stat_bulletin":
                told = years(tidy(section.portrait.title))
            date = str(told[0]) if told else ""
            yield Figure(evidence, side, asked, number, "", date, section.document.path, _independent(section), _issued(section))


def _labelled(label: str) -> Kind | None:
    """Which figure a form's label asks for, None for none of the density."""
    if _RATIO.search(label) and ("基站" in label or "5G" in label) and "户籍" not in label:
        return "ratio"
    if _STATIONS.search(label) and re.search(r"数|总数|规模|合计|基站$|[)）]$", label):
        return "stations"
    return "people" if _PEOPLE.search(label) and not _OTHER_PEOPLE.search(label) else None


def _of_each_city(
    package: Package, section: Section, side: Side, index: int, row: int, rest: list[Cell], kind: Kind
) -> Iterator[Figure]:
    """The figures of a form's row that gives one for each city of a joint application, the cities' names above them."""
    if len(package.cities) < 2:
        return
    for cell in rest:
        above = [section.document.cell_at(index, r, cell.col) for r in range(row - 1, -1, -1)]
        city = next((package.names_city(squeeze(c.text)) for c in above if c and len(squeeze(c.text)) <= 10 and package.names_city(squeeze(c.text))), "")
        number = _number(cell.text, Decimal(1), kind)
        if not city or number is None:
            continue
        anchor = Anchor(index, 0, _row_length(section, index, row), (row, -1))
        evidence = package.book.add(
            "claim" if side == "claim" else "proof", INDICATOR, section.document, anchor, status="fact",
            quantities=(number,), confidence=cell.confidence,
        )  # fmt: skip
        yield Figure(evidence, side, kind, number, city, "", section.document.path, _independent(section), _issued(section))


def _in_cells(package: Package, section: Section, side: Side, index: int, table: Table) -> Iterator[Figure]:
    """The baseline cell of an indicator table's row where it is a sentence: “5G基站……个，常住人口……万人，每万人……个”."""
    if side != "claim":
        return
    for row in indicator_table(package.nlp, table, "none", package.year):
        if row.base is None or len(row.base.text) < 14 or INDICATOR not in {indicator for indicator, _ in row.links[:2]}:
            continue
        anchor = Anchor(index, 0, _row_length(section, index, row.row), (row.row, -1))
        passage = Passage(anchor, row.base.text, (row.label,), "base", None, "row", (), table.confidence)
        for statement in analyse(
            package.nlp,
            row.base.text,
            headings=(row.label,),
            mode="base",
            cities=package.cities,
            province=package.province,
            as_of=package.as_of,
        ):
            yield from _in_words(package, section, side, Located(section, passage, local(statement), anchor))


def _cite_caption(package: Package, section: Section, side: Side, index: int) -> None:
    back = caption_block(section.document, index)
    if back is not None:
        text = section.document.blocks[back].text
        package.book.add(
            "claim" if side == "claim" else "proof", INDICATOR, section.document, Anchor(back, 0, len(text)), status="fact"
        )


def _row_length(section: Section, index: int, row: int) -> int:
    return len(section.document.text_of(Anchor(index, 0, 0, (row, -1))))


def _column_area(package: Package, header: str) -> str | None:
    """Whose a column's figures are in a table with a column a city: a joint city's name, "" for the sum, None for neither."""
    if len(package.cities) < 2 or len(header) > 16:
        return None
    if re.search(r"合计|总计|两市|三市", header):
        return ""
    return package.names_city(header) or None


def _row_area(package: Package, label: str, row: list[str], count: int) -> str | None:
    """Whose figures a row holds: "" for the whole applicant, a joint city's name, None for a district's or another city's."""
    if is_total(row) or re.search(r"全市|合计|总计|两市", label):
        return ""
    city = package.names_city(label)
    if city:
        if re.search(r"[区县](?!域)", label.replace(city, "")):
            return None
        return city if len(package.cities) > 1 else ""
    if count == 1 and not re.search(r"[\u4e00-\u9fff]{2,}[区县市]", label):
        return ""
    return None


def _number(text: str, scale: Decimal, kind: str) -> Quantity | None:
    """A cell's figure in base units."""
    plain = tidy(text)
    if kind == "people" and scale == 1 and (bare := re.fullmatch(r"(\d{1,4})(?:\.\d+)?", plain)) and int(bare[1]) >= 5:
        scale = Decimal(10000)  # no city has a few hundred people: the unit that the table leaves unsaid is 万人
    found = [q for q in quantities(plain) if q.value is not None and not q.flags & _PART_FLAGS]
    if found:
        quantity = found[0]
        if kind == "people":
            quantity = _people(quantity)
        low, high = quantity.low, quantity.high
        if scale != 1 and not re.search(r"万", plain):
            low = None if low is None else low * scale
            high = None if high is None else high * scale
        return replace(quantity, low=low, high=high)
    match = re.fullmatch(r"\s*(\d[\d,，]*(?:\.\d+)?)\s*(?:个|人|座)?\s*", plain)
    if not match:
        spelled = re.fullmatch(r"[一二三四五六七八九十百千万点〇零两]{2,14}", plain.strip())
        return _number(plain.strip() + ("人" if kind == "people" else "个"), scale, kind) if spelled else None
    value = Decimal(re.sub(r"[,，]", "", match[1])) * scale
    return Quantity(value, value, "人" if kind == "people" else "个", start=0, end=len(plain), text=text)
