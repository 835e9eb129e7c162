"""Tables understood: what each column is, indicator tables with baseline and yearly targets, list tables row by row."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extract.document import Cell, Table
from models.evidence import Mode
from models.masks import years
from models.nlp import analyse, link_headings
from models.normalise import tidy
from models.portraits import squeeze
from models.quantities import header_unit
from models.status import column_mode

_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|共\s*计|两市合计|全市合计|平均)")
_EMPTY = re.compile(r"^[\s—\-－/／无\\*]*$")
_BARE_YEAR = re.compile(r"^(?:到|至)?(?:20\d{2}|二[〇○零]二[〇○零一二三四五六七八九])年?(?:度|底|末)?(?:目标)?(?:[（(][^）)]*[）)])?$")
_ACTUAL = re.compile(r"实际|完成|现状|基数|基期|基础|现有|年末|底数|截至|当前|目前|已")

# What a list's column is, by its header.
COLUMN_ROLES: tuple[tuple[str, str], ...] = (
    ("unit", r"^(?:计量)?单\s*位$"),
    ("seq", r"^序\s*号$|^编\s*号$|^项次$|^No\.?$"),
    ("status", r"状态|建设情况|进展|是否建成|完成情况|建设进度"),
    ("year", r"年份|年度|获得时间|认定时间|入选时间|获批时间|授予时间|公布时间|批次|时间"),
    ("issuer", r"(?:授予|认定|发布|颁发|批准|公布|授牌|发文|命名|颁奖|发证|评选|评定)(?:单位|部门|机关|机构|部委)|评定"),
    ("rank", r"级别|等级|层级|类别$"),
    ("holder", r"获得(?:主体|单位)|入选(?:单位|主体)|获评单位|承担单位|获奖单位|授予对象"),
    ("scenario_count", r"场景.{0,4}(?:数|总数|个数|数量)|数量|合计|小计|官方场景"),
    ("scenarios", r"场景(?:名称|明细|清单|类型|列表)?$|(?:已建|建成|具体|主要|典型|应用).{0,6}场景|场景(?:名称|明细|情况)"),
    ("province", r"省份|省（|所在省|推荐单位|所属地区|地区|省市"),
    ("city", r"城市|所在市|市（|地市|所属市|所在地"),
    ("project", r"项目(?:名称)?$|(?:5G)?工厂名称|项目名"),
    ("firm", r"企业(?:名称|全称)?$|单位(?:名称)?$|申报(?:单位|主体|企业)|实施(?:单位|主体)|建设(?:单位|主体)|承建|工厂(?:名称|（[^）]*）)?$|公司(?:名称)?$|所属企业"),
    ("title", r"称号(?:名称)?|荣誉|(?:试点)?示范(?:名称|称号)|资质名称|奖项"),
    ("indicator", r"指标|项目名称|内容$|名\s*称$"),
    ("proof", r"佐证|证明材料|支撑材料|备注|来源|提供部门|数据来源"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header path, what it is, and for figures its mode and year."""

    index: int
    header: str
    role: str
    mode: Mode = "none"
    year: int | None = None


@dataclass(slots=True)
class IndicatorRow:
    """A row of an indicator table: what it is about, its unit, the baseline's cell and the cells of the yearly targets."""

    row: int
    label: str
    links: tuple[tuple[str, float], ...]
    unit: str = ""
    base: Cell | None = None
    targets: dict[int, Cell] = field(default_factory=dict)
    label_cell: Cell | None = None


def header_rows(table: Table) -> int:
    """How many rows at the top name the columns; at least one where any row looks like a header. A title row over all counts."""
    rows = table.rows()
    if table.header_rows:
        return min(table.header_rows, table.n_rows)
    for index, row in enumerate(rows[:4]):
        filled = [squeeze(cell) for cell in row if cell.strip()]
        if (
            len(set(filled)) >= min(2, table.n_cols)
            and sum(any(re.search(p, cell) for _, p in COLUMN_ROLES) or bool(years(cell)) for cell in filled) >= 2
        ):
            return index + 1
    return 1 if table.n_rows > 1 else 0


def columns(table: Table) -> list[Column]:
    """The columns with their header paths and roles."""
    grid = table.rows()
    top = header_rows(table)
    result = []
    for col in range(table.n_cols):
        parts: list[str] = []
        for row in range(top):
            text = squeeze(grid[row][col])
            whole = len({squeeze(cell) for cell in grid[row]}) == 1 and table.n_cols > 1
            if text and text not in parts and not whole:
                parts.append(text)
        header = "".join(parts)
        mode, year = column_mode(header)
        role = next((role for role, pattern in COLUMN_ROLES if re.search(pattern, parts[-1] if parts else "")), "")
        result.append(Column(col, header, role, mode, year))
    return result


def is_total(row: Sequence[str]) -> bool:
    """Whether a row is a total of those above."""
    return any(_TOTAL.match(squeeze(cell)) for cell in row[:3])


def is_empty(text: str) -> bool:
    """Whether a cell says nothing: blank, a dash, 无."""
    return bool(_EMPTY.match(text))


def indicator_table(nlp: Any, table: Table, mode: Mode, submitted: int | None) -> list[IndicatorRow]:
    """The rows of an indicator table (指标 | 现状 | 2025 | 2026 …, in any order or turned by 90°), or nothing if it is none."""
    card = _card(nlp, table)
    if card is not None:
        return [card]
    rows = _upright(nlp, table, columns(table), table.rows(), header_rows(table), mode, submitted)
    if rows:
        return rows
    return _turned(nlp, table, mode, submitted)


# The fields of a card, a table of rows such as “指标 | its name”, “答 | what there is”, “分年度目标 | what is to come”.
CARD_NAME = re.compile(r"^(?:三级|二级|考核|评价|自评)?指标(?:名称)?$|^(?:自评|评价)?(?:条目|事项|条件)$")
CARD_ANSWER = re.compile(
    r"^(?:回?答|答复|现状|现有基础|基本情况|自评(?:情况|结论|说明)?|(?:工作|完成|进展|目前|实际|落实|现有|当前)情况|申报陈述|工作基础|建设现状|基础)$"
)
CARD_GOAL = re.compile(r"^(?:分?年度)?(?:目标|计划|指标值|安排)$|^试点目标$|^目标(?:分解|值)$")
_FIELD = re.compile(r"^(?:现有基础|现状|基础|现有情况|建设现状|当前情况|目前情况)")
_QUESTION = re.compile(r"^(?:提?问题?|评价要点|指标(?:说明|要求|解释)|(?:考核|申报|评价)(?:要求|条件|内容))$")
_STEP = re.compile(r"(?P<year>20\d{2})\s*年?\s*(?:→|->|—>|：|:|达到|达|为|计划|目标)?\s*(?P<what>[^，,；;。）)\n]{1,24})")


def years_in(text: str) -> list[int]:
    """The years for which a cell gives a step each: “2025年→20项，2026年→22项”."""
    return [
        int(match["year"])
        for match in _STEP.finditer(tidy(text))
        if re.search(r"[\d一二三四五六七八九十\u4e00-\u9fff]", match["what"])
    ]


def _card(nlp: Any, table: Table) -> IndicatorRow | None:
    """A table that is one indicator's card: its name on top, then 现有基础 and the years, a row each."""
    if table.n_cols > 4 or table.n_rows < 3:
        return None
    grid, cells = table.rows(), table.grid()
    fields = [squeeze(row[0]) for row in grid]
    base = next((number for number, field in enumerate(fields) if _FIELD.match(field) or CARD_ANSWER.match(field)), None)
    named = any(CARD_NAME.match(field) for field in fields[:base]) and any(CARD_GOAL.match(field) for field in fields)
    aims = {years(tidy(field))[-1]: number for number, field in enumerate(fields) if years(tidy(field)) and len(field) <= 14}
    if base is None or not (aims or named) or base == 0:
        return None
    label = asked = ""
    links: tuple[tuple[str, float], ...] = ()
    for name, row in zip(fields, grid[:base], strict=False):
        if _QUESTION.match(name):
            asked = max(map(squeeze, row[1:]), key=len, default="")  # names what is counted: “具备10个以上典型应用场景的工厂有几家？”
            continue
        for text in dict.fromkeys(squeeze(cell) for cell in row):
            found = _links(nlp, re.sub(r"^[★*※☆◆]+", "", text))
            if found and not links:
                label, links = text, found
    if not links:
        return None
    item = IndicatorRow(base, f"{label}：{asked}" if asked else label, links, label_cell=cells[base][0])
    value = cells[base][table.n_cols - 1]
    item.base = value if value is not None and not is_empty(value.text) else None
    for year, number in aims.items():
        cell = cells[number][table.n_cols - 1]
        if cell is not None and not is_empty(cell.text) and number != base:
            item.targets[year] = cell
    return item


_NOT_YET = ("plan", "in_progress", "announced", "denied", "expired", "hypothetical", "requirement")
# Where the words of a cell turn to what is to come, with or without a stop before.
_TURN = re.compile(r"[（(]|(?<=[家个项座块名件）)])(?=(?:另|还|其余|再)?有?\d*[家个项]?(?:在建|拟|计划|正在|待))")


def reached(nlp: Any, row: IndicatorRow) -> str:
    """The words of a row's present state, without those of what is to come: “3家，明年再建5家” is “3家，”."""
    if row.base is None:
        return ""
    text = tidy(row.base.text)
    if re.fullmatch(r"[\d.,]+\s?\S{0,2}", text):
        return text  # most cells
    cuts = [0, *(match.start() for match in _TURN.finditer(text)), len(text)]
    return "".join(
        part.text
        for start, end in itertools.pairwise(cuts)
        for part in analyse(nlp, text[start:end], headings=(row.label,), mode="base")
        if part.status not in _NOT_YET
    )


def _figure_columns(
    cols: Sequence[Column], caption: str, mode: Mode, submitted: int | None
) -> tuple[list[Column], dict[int, Column]]:
    """The columns of the present state and those of the target years."""
    base: list[Column] = []
    targets: dict[int, Column] = {}
    bare: list[tuple[int, Column]] = []
    # One “2025年末” is what was reached; a row of them is a plan by years.
    ends = sum(bool(_BARE_YEAR.match(c.header) and re.search("年末", c.header)) for c in cols) > 1
    for column in cols:
        named = years(tidy(column.header))
        actual = _ACTUAL.search(column.header.replace("年末", "") if ends else column.header)
        if _BARE_YEAR.match(column.header) and named and not actual:
            bare.append((named[0], column))
        elif column.mode == "base" or (actual and _BARE_YEAR.match(column.header) and (submitted or 9999) >= named[0]):
            base.append(column)
        elif column.mode == "target" and (column.year or named):
            targets.setdefault(column.year or named[-1], column)
    # A year to come can only be aimed at, whatever the caption says.
    coming = submitted is not None and any(year > submitted for year, _ in bare)
    aims = mode in ("target", "task") or "目标" in caption or bool(base) or bool(targets) or coming
    for year, column in bare:
        if "目标" in column.header or (aims and (submitted is None or year >= submitted)):
            targets.setdefault(year, column)
        elif not base and (submitted is None or year <= submitted):
            base.append(column)
        elif aims:
            targets.setdefault(year, column)
    return base, targets


_PRESENT = re.compile(r"现有|现状|基础(?:条件|情况)|工作基础")


def _links(nlp: Any, text: str) -> tuple[tuple[str, float], ...]:
    return tuple((link.indicator, link.score) for link in link_headings(nlp, (text,)))


# What stands beside the indicators in their tables and is none of them.
_BASIS = re.compile(r"人口|生产总值|GDP|面积|(?:规上|工业)(?:企业数|增加值|总产值)$")


def _guessed(
    nlp: Any, labels: Mapping[int, str], named: Mapping[int, tuple[tuple[str, float], ...]], said: Mapping[int, str]
) -> dict[int, tuple[tuple[str, float], ...]]:
    """Links by the words' model for the rows of an indicator table whose label is no known name (“当年培训”, “国家人才”).

    Only beside rows whose labels are names. Tables follow the catalogue's order as a rule: an indicator that stands between
    those of the rows around it needs less; one that another row names is never given twice. Where the label alone tells
    nothing (“企业梯队”), what its cell ``said`` may.
    """
    sure = {row: links[0][0] for row, links in named.items() if links[0][1] >= 0.5}
    open_rows = [row for row, label in labels.items() if row not in sure and label and not _BASIS.search(label)]
    if len(sure) < 2 or not open_rows:
        return {}
    linker = nlp.get_pipe("links").linker
    place = {label: at for at, label in enumerate(linker.labels)}
    fused = linker.scores([labels[row] for row in open_rows], [()] * len(open_rows))
    told = linker.scores([f"{labels[row]}：{said.get(row, '')}"[:120] for row in open_rows], [()] * len(open_rows))
    found: dict[int, tuple[tuple[str, float], ...]] = {}
    for row, own, words in zip(open_rows, fused, told, strict=True):
        scores = own if len(sure) > 2 and float(max(own)) >= 0.3 else words if len(said.get(row, "")) >= 8 else own * 0
        before = max((r for r in sure if r < row), default=None)
        after = min((r for r in sure if r > row), default=None)
        low = place[sure[before]] if before is not None else -1
        high = place[sure[after]] if after is not None else len(place)
        first, second = sorted(range(len(scores)), key=lambda at: -scores[at])[:2]
        label, score = linker.labels[first], float(scores[first])
        least = 0.3 if low <= first <= high else 0.55
        if label in linker.ids and score >= least and score >= scores[second] + 0.2 and label not in sure.values():
            found[row] = ((label, round(min(0.6, score), 3)),)
    return found


def _upright(
    nlp: Any, table: Table, cols: Sequence[Column], grid: Sequence[Sequence[str]], top: int, mode: Mode, submitted: int | None
) -> list[IndicatorRow]:
    base, targets = _figure_columns(cols, table.caption, mode, submitted)
    if not base and not targets:
        values = [
            c
            for c in cols
            if re.search(r"填报内容|数据|数值|完成情况|指标值|内容|情况", c.header) and c.role not in ("seq", "unit")
        ][:1]
        labels = [c for c in cols if c not in values and re.search(r"指标|项目|名称|事项|方面|条目|要素|领域|内容", c.header)]
        if not values and _PRESENT.search(table.caption) and "目标" not in table.caption:
            # The caption says that it is the present state: a column a city, or whatever they are called; a sum speaks for them.
            values = [c for c in cols if c not in labels and c.role not in ("seq", "unit", "proof")]
            values.sort(key=lambda column: not re.search(r"合计|总计|全市", column.header))
        if not (values and labels and mode != "target"):
            return []
        base = values
    figure_columns = {column.index for column in base} | {column.index for column in targets.values()}
    candidates = [c for c in cols if c.index not in figure_columns and c.role not in ("seq", "unit", "proof")]
    best: Column | None = None
    best_links: dict[int, tuple[tuple[str, float], ...]] = {}
    for column in candidates:
        found = {row: links for row in range(top, table.n_rows) if (links := _links(nlp, squeeze(grid[row][column.index])))}
        # The most specific column: the most different labels that name an indicator.
        if len({grid[row][column.index] for row in found}) > len(
            {grid[row][best.index] for row in best_links} if best else set()
        ):
            best, best_links = column, found
    if best is None or len(best_links) < 2:
        return []
    said = {row: tidy(squeeze(grid[row][base[0].index])) for row in range(top, table.n_rows)} if base else {}
    best_links |= _guessed(nlp, {row: squeeze(grid[row][best.index]) for row in range(top, table.n_rows)}, best_links, said)
    cells = table.grid()
    unit_column = next((column for column in cols if column.role == "unit"), None)
    result = []
    for row in range(top, table.n_rows):
        label = squeeze(grid[row][best.index])
        if not label or is_total(grid[row]):
            continue
        item = IndicatorRow(row, label, best_links.get(row, ()), label_cell=cells[row][best.index])
        if unit_column:
            item.unit = squeeze(grid[row][unit_column.index])
        item.unit = item.unit or header_unit(tidy(label)) or header_unit(tidy(squeeze(table.caption)))
        for column in base:
            cell = cells[row][column.index]
            if cell is not None and not is_empty(cell.text) and item.base is None:
                item.base = cell
        for year, column in targets.items():
            cell = cells[row][column.index]
            if cell is not None and not is_empty(cell.text):
                item.targets[year] = cell
        # A cell that names the years itself: “（年度安排：2025年→20项，2026年→22项）”.
        for column in cols:
            cell = cells[row][column.index]
            if column is best or cell is None or column.index in {c.index for c in targets.values()}:
                continue
            planned = re.search(r"安排|目标|打算|计划|下步|下一步", column.header + cell.text)
            for year in years_in(cell.text) if planned else ():
                if submitted is None or year >= submitted:
                    item.targets.setdefault(year, cell)
        if item.base or item.targets:
            result.append(item)
    return result


def _turned(nlp: Any, table: Table, mode: Mode, submitted: int | None) -> list[IndicatorRow]:
    """A table whose rows are the years and whose columns are the indicators."""
    grid, cells = table.rows(), table.grid()
    top = header_rows(table)
    if table.n_cols < 3 or top >= table.n_rows:
        return []
    row_years: dict[int, int] = {}
    base_row: int | None = None
    for row in range(top, table.n_rows):
        first = squeeze(grid[row][0])
        row_mode, year = column_mode(first)
        named = years(tidy(first))
        if row_mode == "base" or (named and submitted and named[-1] < submitted):
            base_row = row
        elif named or year:
            row_years[row] = year or named[-1]
    if len(row_years) + (base_row is not None) < 2:
        return []
    result = []
    for column in columns(table)[1:]:
        links = _links(nlp, column.header)
        if not links:
            continue
        item = IndicatorRow(base_row if base_row is not None else next(iter(row_years)), column.header, links)
        item.unit = header_unit(tidy(column.header)) or header_unit(tidy(squeeze(table.caption)))
        if base_row is not None:
            cell = cells[base_row][column.index]
            item.base = cell if cell is not None and not is_empty(cell.text) else None
        for row, year in row_years.items():
            cell = cells[row][column.index]
            if cell is not None and not is_empty(cell.text):
                item.targets[year] = cell
        result.append(item)
    return result if len(result) >= 2 else []


def yearly_cells(table: Table) -> list[tuple[int, Cell, int]]:
    """The cells of running text beside the years of a plan (年度 | 主要目标): row, cell, year. Nothing for other tables."""
    grid, cells = table.rows(), table.grid()
    found: list[tuple[int, Cell, int]] = []
    rows = set()
    for row in range(table.n_rows):
        named = years(tidy(squeeze(grid[row][0])))
        if len(named) != 1 or len(squeeze(grid[row][0])) > 12:
            continue
        for col in range(1, table.n_cols):
            cell = cells[row][col]
            if cell is not None and (cell.row, cell.col) == (row, col) and len(re.findall(r"[，,；;。、]", cell.text)) >= 1 and len(cell.text) >= 12:
                found.append((row, cell, named[0]))
                rows.add(row)
    return found if len(rows) >= 2 else []


def role_column(cols: Sequence[Column], *roles: str) -> Column | None:
    """The first column that has one of the roles, in the order asked."""
    for role in roles:
        for column in cols:
            if column.role == role:
                return column
    return None


_FIRM = re.compile(r"公司|集团")


def firm_column(cols: Sequence[Column], rows: Sequence[Sequence[str]]) -> Column | None:
    """The column whose cells name firms in most of the rows; None where none does."""
    best, most = None, 0
    for column in cols:
        named = sum(bool(_FIRM.search(row[column.index])) for row in rows)
        if named > most and 2 * named > len(rows):
            best, most = column, named
    return best


def row_sentence(table: Table, cols: Sequence[Column], row: int) -> str:
    """A row as a sentence: ``caption | header: value；…``, for reading only (never quoted)."""
    grid = table.rows()
    pairs = [f"{column.header}：{squeeze(grid[row][column.index])}" for column in cols if squeeze(grid[row][column.index])]
    return f"{squeeze(table.caption)} | {'；'.join(pairs)}"
