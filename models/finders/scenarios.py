"""Finds factories with their scenarios (matrices, lists, prose) and stated numbers of factories with enough of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from extract.document import Anchor, Table
from models.entities import scenario_of
from models.evidence import EvidenceKind, Quantity
from models.facts import Count, Factory, ScenarioHit, Side
from models.finders.owners import stands_elsewhere
from models.names import same_firm
from models.normalise import tidy
from models.package import Located, Package
from models.passages import Passage, Section, caption_block, paragraph_text, passages
from models.portraits import squeeze
from models.tables import Column, columns, header_rows, is_empty, is_total, role_column

INDICATOR = "application.scenarios"
# “10个以上……场景”, “场景数在10个以上”, “不少于10个……场景”, “场景均达10个”.
_ENOUGH = re.compile(
    r"(?:10|十)\s*(?:个|项|种|类)?\s*(?:\(?（?含[^）)]{0,6}[）)]?)?(?:及|或)?以上[^，。；]{0,28}场景|场景[^，。；]{0,16}(?:10|十)\s*(?:个|项|种|类)?\s*(?:\(含\))?(?:及|或)?以上"
    r"|(?:不少于|不低于|超过|达到|均达|≥|多于)\s*(?:10|十)\s*(?:个|项|种)[^，。；]{0,24}场景|场景[^，。；]{0,12}(?:不少于|不低于|达到|均达|≥)\s*(?:10|十)\s*(?:个|项)"
    r"|(?:10|十)(?:个|项|种|类)(?:及|或)?以上[）)]?的?(?:工厂|企业|车间)|场景(?:数量?)?(?:破|过|满|上)(?:10|十)(?![几多余一二三四五六七八九十])"
    r"|(?:场景|类别|类型|种类)[^，。；]{0,10}两位数|两位数[^，。；]{0,8}场景"
)
_WHO = re.compile(r"工厂|企业|矿井|矿山|车间|厂|码头|港口|基地|电厂")
_TICK = re.compile(r"^[√✓✔☑■●◆★▲⬤〇○VvY1是有已建成对勾]{1,3}$|^(?:已(?:建成|上线|应用|落地|投用|实现))$")
_NO_TICK = re.compile(r"^[\s×✗✘☐□○〇—\-/无否0]*$")
_UNBUILT = re.compile(r"在建|规划|计划|筹建|待建|未建|建设中|(?<![虚模])拟|谋划|储备")
_TO_COME = re.compile(r"(?:拟|计划|规划|待|将)(?:建设?|实施|部署|打造|上线|应用)[^，。；]{0,12}场景|场景(?:建设)?(?:规划|计划|建设任务)")
_ANY_SHEET = re.compile(r"^sheet|^表|^附|工作表|汇总|总表|清单|一览|台账|场景|名单|统计|说明|目录|情况|明细|数据|投用|应用|核查|核定|认定|评估|附件|汇报|封面|^\d+$", re.IGNORECASE)
# A cell that says that the scenario of its row is not there, and the heads of the columns that say so.
_REFUSED = re.compile(
    r"^(?:否|无|未|没有|不具备|不适用|[×✗✘xX☐□0])$|^未(?:应用|建成|部署|开展|实施|上线|投用|通过|完成|具备|覆盖)|^不(?:合格|通过|符合)|^(?:已)?停用"
)
_TELLING = re.compile(r"应用|建成|状态|部署|实施|完成|投用|投产|结论|验收|是否|具备|情况|上线|核验|审核|通过")
# How sure the linking of a name is: an official synonym is weaker than the name itself.
_LEVELS: dict[str, Literal["exact", "near", "synonym", "unknown"]] = {
    "exact": "exact", "alias": "exact", "one-edit": "near", "contained": "synonym", "unknown": "unknown",
}  # fmt: skip
_WISH = re.compile(r"在建|拟|规划|计划|主推|推广|推动|重点突破|聚焦|鼓励|支持|引导|围绕|力争|将|开展|争取")
_FIRM_LINE = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9（）()]{3,28}?(?:有限责任公司|股份有限公司|有限公司|集团公司|公司|集团|(?:煤矿|(?<!工)厂)(?=$|[（(：:，,、。\d]))"
)


def find(package: Package) -> tuple[list[Factory], list[Count]]:
    """Factories and counts of both sides."""
    factories: list[Factory] = []
    counts: list[Count] = []
    for section in package.side("claim", "proof"):
        side: Side = "claim" if section.side == "claim" else "proof"
        if side == "proof" and section.portrait.kind in ("policy_redhead", "directory", "stat_bulletin", "commitment_letter"):
            # What a policy demands of factories is no record of any; a factory's own form is one, wherever it was bound.
            for index in range(section.start, section.end):
                block = section.document.blocks[index]
                if isinstance(block, Table) and block.kind != "hidden":
                    factories += _sheet(package, section, side, index, block)
            continue
        if side == "proof" and _TO_COME.search(squeeze(section.portrait.title)):
            continue  # a list of what is to be built
        for located in package.statements(section):
            counts += _stated(package, section, side, located)
        for index in range(section.start, section.end):
            block = section.document.blocks[index]
            if isinstance(block, Table) and block.kind != "hidden" and not _TO_COME.search(squeeze(block.caption)):
                factories += (
                    _sheet(package, section, side, index, block)
                    or _matrix(package, section, side, index, block)
                    or _list(package, section, side, index, block)
                    or _card(package, section, side, index, block)
                )
                counts += _form_rows(package, section, side, index, block)
        told = _prose(package, section, side)
        below = _under_headings(package, section, side)
        # Beside factories told in a paragraph each, only a firm's own name makes a heading with lines below it one more.
        names = {factory.name for factory in told}
        told += [f for f in below if not told or (_FIRM_LINE.search(f.name) and not any(same_firm(f.name, n) for n in names))]
        factories += _joined(told, _signed_parts(package, section)) if side == "proof" else told
    return factories, counts


def _stated(package: Package, section: Section, side: Side, located: Located) -> Iterator[Count]:
    statement = located.statement
    plain = tidy(statement.text)
    if "场景" not in plain and not ("两位数" in plain and "场景" in located.passage.text):
        return
    if not _ENOUGH.search(plain):
        if side == "proof" and "应用场景" in squeeze(plain) and _WHO.search(plain):
            # What was examined, and by whom: worth a look, no number.
            package.book.add(
                "proof",
                INDICATOR,
                section.document,
                located.anchor,
                status=statement.status,
                confidence=located.passage.confidence,
            )
        return
    if statement.status in ("plan", "hypothetical", "requirement", "denied") or statement.scope not in (
        "city",
        "none",
        "enterprise",
    ):
        return
    if side == "claim" and located.passage.mode in ("target", "task"):
        return
    spot = _ENOUGH.search(plain)
    assert spot is not None
    best: Quantity | None = None
    for quantity in statement.quantities:
        if quantity.unit not in ("家", "个", "座", "户", "间", "处") or quantity.value is None or quantity.value > 500:
            continue
        if (
            "threshold" in quantity.flags
            or quantity.flags & {"delta", "new", "rank", "share", "ordinal"}
            or quantity.status in ("plan", "in_progress")
        ):
            continue
        if spot.start() <= quantity.start < spot.end():
            continue
        # “5家具备10个以上……场景的工厂”: who they are may stand behind the scenarios.
        around = plain[max(0, quantity.start - 10) : quantity.end + 10] + plain[spot.end() : spot.end() + 8]
        if quantity.unit == "个" and not re.match(r"(?:工厂|企业|车间|厂|矿)", plain[quantity.end :]):
            continue  # “场景数最多的工厂达到13个” counts scenarios
        if re.search(r"最多|最少|平均|每家", plain[max(0, quantity.start - 12) : quantity.start]):
            continue
        if not _WHO.search(around) or re.search(r"场景$", plain[: quantity.end + 6].rstrip("，。；")):
            continue
        if re.search(r"新增|再|其余|还有", plain[max(0, quantity.start - 4) : quantity.start]):
            continue
        summed = re.search(r"合计|共计|总计|一共", plain[max(0, quantity.start - 4) : quantity.start])
        if summed:
            best = quantity
            break
        distance = min(abs(quantity.start - spot.end()), abs(spot.start() - quantity.end))
        if best is None or distance < min(abs(best.start - spot.end()), abs(spot.start() - best.end)):
            best = quantity
    kind: EvidenceKind = "claim" if side == "claim" else "proof"
    evidence = package.book.add(
        kind,
        INDICATOR,
        section.document,
        located.anchor,
        status=statement.status,
        quantities=(best,) if best else (),
        confidence=located.passage.confidence,
    )
    # “序号1至8的工厂”: the rows of the list say it better than this sentence.
    if best is not None and not re.search(r"序号", plain):
        yield Count(evidence, side, "factories", best, document=section.document.path)


def _form_rows(package: Package, section: Section, side: Side, index: int, table: Table) -> Iterator[Count]:
    """Rows of forms and indicator tables: “具备10个以上典型应用场景的工厂 | 5家”."""
    from models.facts import exact
    from models.quantities import quantities
    from models.tables import indicator_table, reached

    if side != "claim":
        return
    for row in indicator_table(package.nlp, table, "none", package.year):
        label = tidy(row.label)
        if row.base is None or "场景" not in label:
            continue
        text = reached(package.nlp, row)
        found: list[Quantity] = []
        if _ENOUGH.search(label) or re.search(r"场景.{0,6}工厂", label):
            found = [q for q in quantities(text) if q.unit in ("家", "个", "座", "户") and q.value is not None]
            if not found and re.fullmatch(r"\s*\d{1,3}\s*", text):
                found = [exact(text.strip(), row.unit or "家")]
        elif _ENOUGH.search(text):
            spot = _ENOUGH.search(text)
            assert spot is not None
            found = [
                q
                for q in quantities(text)
                if q.unit in ("家", "座", "户", "个") and not (spot.start() <= q.start < spot.end()) and q.value is not None
            ]
        if found:
            length = len(section.document.text_of(Anchor(index, 0, 0, (row.row, -1))))
            evidence = package.book.add(
                "claim",
                INDICATOR,
                section.document,
                Anchor(index, 0, length, (row.row, -1)),
                status="fact",
                quantities=(found[0],),
                confidence=table.confidence,
            )
            yield Count(evidence, side, "factories", found[0], document=section.document.path)


def _cite_heading(package: Package, section: Section, side: Side, index: int) -> str:
    """Enter the table's caption as evidence, "" where it has none."""
    back = caption_block(section.document, index)
    kind: EvidenceKind = "claim" if side == "claim" else "proof"
    if back is not None:
        text = section.document.blocks[back].text
        return package.book.add(kind, INDICATOR, section.document, Anchor(back, 0, len(text)), status="fact")
    block = section.document.blocks[index]
    assert isinstance(block, Table)
    first = section.document.row_cells(index, 0)
    if len(first) == 1 and first[0].text.strip():
        return package.book.add(kind, INDICATOR, section.document, Anchor(index, 0, len(first[0].text), (0, -1)), status="fact")
    return ""


def _row_evidence(package: Package, section: Section, side: Side, index: int, row: int, confidence: float) -> str:
    length = len(section.document.text_of(Anchor(index, 0, 0, (row, -1))))
    return package.book.add(
        "claim" if side == "claim" else "proof",
        INDICATOR,
        section.document,
        Anchor(index, 0, length, (row, -1)),
        status="fact",
        confidence=confidence,
    )


def _official(package: Package, text: str) -> ScenarioHit | None:
    """The one official scenario that a short text names, or None."""
    plain = squeeze(text)
    if not 3 <= len(plain) <= 24:
        return None
    hits = [hit for hit in scenario_of(plain, package.edition.scenarios) if hit.number is not None]
    return ScenarioHit(hits[0].number, hits[0].name, _LEVELS[hits[0].level]) if len(hits) == 1 else None


def _matrix(package: Package, section: Section, side: Side, index: int, table: Table) -> list[Factory]:
    """A matrix of factories and scenarios, either way round; ticked cells count."""
    grid = table.rows()
    best_row = -1
    hits: dict[int, ScenarioHit] = {}
    for row in range(min(4, table.n_rows)):
        found = {
            col: hit
            for col, cell in enumerate(grid[row])
            if (hit := _official(package, re.sub(r"^\d+[.、]?", "", squeeze(cell)))) is not None
        }
        if len({hit.number for hit in found.values()}) > len(hits):
            best_row, hits = row, found
    if len(hits) >= 6:
        _cite_heading(package, section, side, index)
        name_col = next(
            (
                c
                for c in range(table.n_cols)
                if c not in hits and not re.search(r"序号|行业|城市|所在|区县|合计|数", squeeze(grid[best_row][c]))
            ),
            0,
        )
        result = []
        for row in range(best_row + 1, table.n_rows):
            name = squeeze(grid[row][name_col])
            if not name or is_total(grid[row]) or _official(package, name):
                continue
            ticked = tuple(hit for col, hit in sorted(hits.items()) if _ticked(package, grid[row][col]))
            evidence = _row_evidence(package, section, side, index, row, table.confidence)
            place = stands_elsewhere(package, [(grid[best_row][c], grid[row][c]) for c in range(table.n_cols) if c not in hits])
            result.append(Factory((evidence,), side, name, ticked or (), None if ticked else 0, section.document.path, place))
        return result
    # Turned: scenarios down, factories across.
    for col in range(min(3, table.n_cols)):
        down = {
            row: hit
            for row in range(table.n_rows)
            if (hit := _official(package, re.sub(r"^\d+[.、]?", "", squeeze(grid[row][col])))) is not None
        }
        once = len(down) <= 1.5 * len({hit.number for hit in down.values()})  # a list names a scenario for each of its factories
        if once and len({hit.number for hit in down.values()}) >= 6 and table.n_cols - col >= 3:
            top = min(down) - 1
            if top < 0:
                continue
            ticks = sum(_ticked(package, grid[row][c]) for row in down for c in range(col + 1, table.n_cols))
            if ticks < 6:
                continue
            _cite_heading(package, section, side, index)
            result = []
            for other in range(col + 1, table.n_cols):
                name = squeeze(grid[top][other])
                if not name or re.search(r"合计|备注|序号|批次|工厂数|^场景|^状态|情况$|进展|时间|年月|日期|年份|结论|评估|记录|结果", name):
                    continue
                rows = [row for row in down if _ticked(package, grid[row][other])]
                if not rows and not _FIRM_LINE.search(name):
                    continue  # a column of remarks rather than a factory's
                cited = tuple(_row_evidence(package, section, side, index, row, table.confidence) for row in [max(top, 0), *rows])
                scenarios = tuple(down[row] for row in rows)
                place = stands_elsewhere(package, [(grid[r][col], grid[r][other]) for r in range(table.n_rows) if r not in down])
                result.append(Factory(cited, side, name, scenarios, None if scenarios else 0, section.document.path, place))
            if result:
                return result
    return []


def _ticked(package: Package, cell: str) -> bool:
    text = squeeze(cell)
    return (
        bool(text)
        and not _NO_TICK.match(text)
        and not _UNBUILT.search(text)
        and bool(_TICK.match(text) or _official(package, text))
    )


@dataclass
class _Group:
    name: str
    evidence: list[str] = field(default_factory=list)
    scenarios: list[ScenarioHit] = field(default_factory=list)
    stated: int | None = None
    place: str = ""


def _list(package: Package, section: Section, side: Side, index: int, table: Table) -> list[Factory]:
    """A list: a row a factory with its scenarios in a cell (or their bare number), or a row a scenario under its factory."""
    cols = columns(table)
    grid = table.rows()
    top = header_rows(table)
    scenario_col = _scenario_column(package, cols, grid, top, table)
    count_col = next(
        (
            c
            for c in cols
            if c.role == "scenario_count"
            and c is not scenario_col
            and "场景" in c.header + squeeze(table.caption)
            and re.search(r"数|合计|个", c.header)
        ),
        None,
    )
    firm_col = role_column(cols, "firm", "holder") or _firm_column(cols, grid, top, table, scenario_col)
    if firm_col is None and count_col is not None:
        firm_col = next(
            (c for c in cols if re.search(r"工厂|企业|单位|公司", c.header) and c.role not in ("seq", "status", "scenarios")),
            None,
        )
    if firm_col is None and scenario_col is not None:
        return _of_one(package, section, side, index, table, scenario_col, top)
    if firm_col is None or (scenario_col is None and count_col is None):
        return []
    caption = squeeze(table.caption) + "".join(c.header for c in cols)
    if "场景" not in caption + squeeze(section.portrait.title) and scenario_col is None:
        return []
    if side == "claim" and re.search(r"目标|任务|计划", squeeze(table.caption)):
        return []
    status_col = role_column(cols, "status")
    city_col = role_column(cols, "city")
    groups: dict[str, _Group] = {}
    current = ""
    for row in range(top, table.n_rows):
        cells = grid[row]
        name = squeeze(cells[firm_col.index])
        if is_total(cells) or re.match(r"^(?:注|说明|备注)[:：]", squeeze(cells[0])) or re.search(r"场景|成效|情况", name):
            continue
        place = squeeze(cells[city_col.index]) if city_col is not None and name else ""
        if re.search(r"[市州盟]$", place) and not package.names_city(place):
            current = ""  # another city's factory in a list of many
            continue
        current = name or current
        if not current or len(current) > 60:
            continue
        if status_col and _UNBUILT.search(cells[status_col.index]):
            continue
        if scenario_col is not None and _is_refused(cols, cells, scenario_col.index):
            continue
        group = groups.setdefault(current, _Group(current))
        evidence = _row_evidence(package, section, side, index, row, table.confidence)
        group.evidence.append(evidence)
        group.place = group.place or stands_elsewhere(package, [(c.header, cells[c.index]) for c in cols if c is not scenario_col])
        if scenario_col is not None:
            for hit in scenario_of(cells[scenario_col.index], package.edition.scenarios):
                group.scenarios.append(ScenarioHit(hit.number, hit.name or hit.text, _LEVELS[hit.level], evidence))
        if count_col is not None:
            match = re.search(r"\d{1,3}", tidy(cells[count_col.index]))
            if match:
                group.stated = max(int(match[0]), group.stated or 0)
    factories = [
        Factory(
            tuple(dict.fromkeys(group.evidence)), side, group.name, tuple(group.scenarios), group.stated, section.document.path, group.place
        )
        for group in groups.values()
        if group.scenarios or group.stated is not None
    ]
    if factories:
        _cite_heading(package, section, side, index)
    return factories


def _is_refused(cols: Sequence[Column], row: Sequence[str], scenario: int) -> bool:
    """Whether a row says of its scenario that it is not there (“是否应用：否”)."""
    others = (column for column in cols if column.index != scenario and _TELLING.search(column.header))
    return any(_REFUSED.match(squeeze(row[column.index])) for column in others)


def _of_one(package: Package, section: Section, side: Side, index: int, table: Table, column: Column, top: int) -> list[Factory]:
    """A table of one factory's scenarios: the factory is named in a row above them, in the caption, the sheet or the line before."""
    grid = table.rows()
    name = ""
    for row in grid[: max(top + 1, 4)]:
        for label, value in itertools.pairwise(row):
            if (
                re.fullmatch(r"(?:工厂|企业|单位|公司)(?:名称|全称)?[：:]?", squeeze(label))
                and squeeze(value)
                and squeeze(value) != squeeze(label)
            ):
                name = name or squeeze(value)
    for text in (table.caption, table.sheet, *_lines_above(section, index), section.portrait.title, section.portrait.issuer, Path(section.document.path).stem):
        firm = _FIRM_LINE.search(squeeze(text))
        name = name or (firm[0] if firm else "")
    if not name:  # who signs below the list
        foot = [squeeze("".join(dict.fromkeys(row))) for row in grid[-2:]] + [squeeze(paragraph_text(section.document, i)) for i in range(index + 1, min(index + 3, section.end))]
        name = next((firm[0] for text in foot if len(text) <= 40 and (firm := _FIRM_LINE.match(text))), "")
    sheet = squeeze(table.sheet)
    if not name and 3 <= len(sheet) <= 24 and not _ANY_SHEET.search(sheet):
        name = sheet  # one sheet a factory, under the name that it goes by
    if not name:
        return []
    hits: list[ScenarioHit] = []
    evidence = []
    cols = columns(table)
    # Scenarios may stand in two columns beside each other.
    beside = [
        c for c in range(table.n_cols) if c != column.index and sum(_official(package, row[c]) is not None for row in grid) >= 2
    ]
    for number, row in enumerate(grid):
        if is_total(row) or any(_UNBUILT.search(squeeze(cell)) for cell in row if _official(package, cell) is None):
            continue
        own = [column.index, *(c for c in beside if row[c] != row[column.index])]
        if beside:  # “场景 | 状态 | 场景 | 状态”: each state speaks for the scenario before it
            own = [c for c in own if c + 1 >= len(row) or not _REFUSED.match(squeeze(row[c + 1]))]
        elif _is_refused(cols, row, column.index):
            continue
        texts = [row[c] for c in own]
        named = [
            hit
            for text in texts
            for hit in scenario_of(text, package.edition.scenarios)
            if number >= top or hit.number is not None
        ]
        if not any(hit.number is not None for hit in named) and number <= top + 1:
            continue
        cited = _row_evidence(package, section, side, index, number, table.confidence)
        evidence.append(cited)
        hits += [ScenarioHit(hit.number, hit.name or hit.text, _LEVELS[hit.level], cited) for hit in named]
    if not hits:
        return []
    for number, row in enumerate(grid[: max(top + 1, 4)]):
        if name in squeeze("".join(row)):
            evidence.insert(0, _row_evidence(package, section, side, index, number, table.confidence))
            break
    _cite_heading(package, section, side, index)
    place = _place_of(package, section, index, max(top + 1, 4) if table.n_rows > 4 else 0)
    return [Factory(tuple(dict.fromkeys(evidence)), side, name, tuple(hits), None, section.document.path, place)]


_FIRM_LABEL = re.compile(r"(?:申报|建设|实施|所属)?(?:工厂|企业|单位|公司)(?:名称|全称)?[：:]?")


_SCENARIO_HEAD = re.compile(r"(?:典型|应用|主要|具体|建成)*场景(?:名称|类别|类型|内容)?")


def _sheet(package: Package, section: Section, side: Side, index: int, table: Table) -> list[Factory]:
    """A factory's own form: who it is on top, below it a scenario a row (or two beside each other) and what was found of each."""
    grid = table.rows()
    start = next((row for row in range(1, min(8, table.n_rows)) if any(_SCENARIO_HEAD.fullmatch(squeeze(c)) for c in grid[row])), None)
    if start is None:
        return []
    name, name_row = "", 0
    for row in range(start):
        for label, value in itertools.pairwise(section.document.row_cells(index, row)):
            text = squeeze(value.text)
            legal = _FIRM_LINE.search(text) is not None
            if _FIRM_LABEL.fullmatch(squeeze(label.text)) and 3 <= len(text) <= 40 and (not name or (legal and not _FIRM_LINE.search(name))):
                name, name_row = text, row
    heads = [squeeze(cell) for cell in grid[start]]
    places = [col for col, head in enumerate(heads) if _SCENARIO_HEAD.fullmatch(head) and (col == 0 or heads[col - 1] != head)]
    if not name or not places:
        return []
    evidence = [_row_evidence(package, section, side, index, name_row, table.confidence)]
    hits: list[ScenarioHit] = []
    for row in range(start + 1, table.n_rows):
        cells = grid[row]
        for number, col in enumerate(places):
            found = scenario_of(cells[col], package.edition.scenarios)
            until = places[number + 1] if number + 1 < len(places) else table.n_cols
            told = [squeeze(cells[c]) for c in range(col + 1, until) if _TELLING.search(heads[c])]
            if len({squeeze(cell) for cell in cells}) == 1 or not found or any(_REFUSED.match(t) or _UNBUILT.search(t) or _NO_TICK.match(t) for t in told):
                continue
            if found[0].number is None and len(squeeze(cells[col])) > 30:
                continue  # an opinion at the foot
            evidence.append(_row_evidence(package, section, side, index, row, table.confidence))
            hits += [ScenarioHit(hit.number, hit.name or hit.text, _LEVELS[hit.level], evidence[-1]) for hit in found]
    if len({hit.number for hit in hits if hit.number is not None}) < 2:
        return []
    _cite_heading(package, section, side, index)
    place = _place_of(package, section, index, start)
    return [Factory(tuple(dict.fromkeys(evidence)), side, name, tuple(hits), None, section.document.path, place)]


def _place_of(package: Package, section: Section, index: int, rows: int) -> str:
    """The place outside the applicant that the head of a factory's form gives."""
    pairs = (itertools.pairwise(section.document.row_cells(index, row)) for row in range(rows))
    return stands_elsewhere(package, [(label.text, value.text) for row in pairs for label, value in row])


def _card(package: Package, section: Section, side: Side, index: int, table: Table) -> list[Factory]:
    """A factory's own sheet: its name beside a label, all its scenarios in one cell beside another."""
    name, name_row = "", 0
    for row in range(table.n_rows):
        cells = section.document.row_cells(index, row)
        for label, value in itertools.pairwise(cells):
            text = squeeze(value.text)
            if not name and _FIRM_LABEL.fullmatch(squeeze(label.text)) and 3 <= len(text) <= 40:
                name, name_row = text, row
                continue
            who = name or _signer(section)
            hits = scenario_of(value.text, package.edition.scenarios) if who and "场景" in label.text else []
            sure = {hit.number for hit in hits if hit.number is not None and hit.level != "contained"}
            if len(sure) < 4 or _UNBUILT.search(squeeze(label.text)):
                continue
            cited = _row_evidence(package, section, side, index, row, table.confidence)
            places = (cited, _row_evidence(package, section, side, index, name_row, table.confidence))
            scenarios = tuple(ScenarioHit(hit.number, hit.name or hit.text, _LEVELS[hit.level], cited) for hit in hits)
            _cite_heading(package, section, side, index)
            place = _place_of(package, section, index, table.n_rows)
            return [Factory(places, side, who, scenarios, None, section.document.path, place)]
    return []


def _signer(section: Section) -> str:
    """The firm that signs a proof: “我公司……” is its own word."""
    firm = _FIRM_LINE.search(squeeze(section.portrait.issuer)) if section.side == "proof" else None
    return firm[0] if firm else ""


_SUBJECT = re.compile(r"(?:被?验收|受验|建设|实施|承担|申报|项目|企业|委托|受检)?(?:单位|企业|工厂|公司)(?:名称|全称)?[：:]")
_THE_FIRM = re.compile(r"该(?:企业|公司|厂|工厂|单位|项目)|本(?:项目|厂|企业)|(?:企业|工厂|公司)(?:厂区)?已")


def _subject(section: Section) -> tuple[str, Anchor | None]:
    """The firm that a proof is about, and where it is named: beside a label, in its title, or the only firm that it speaks of."""
    if section.side != "proof":
        return "", None
    words: list[str] = [section.portrait.title]
    for index in range(section.start, section.end):
        block = section.document.blocks[index]
        if not isinstance(block, Table):
            text = squeeze(block.text)
            words.append(text)
            label = _SUBJECT.match(text)
            if label and len(text) <= 60 and (firm := _FIRM_LINE.search(text[label.end() :])):
                return firm[0], Anchor(index, 0, len(block.text))
            continue
        for row in range(block.n_rows):
            cells = [squeeze(cell.text) for cell in section.document.row_cells(index, row)]
            for label_text, value in itertools.pairwise(cells):
                if _FIRM_LABEL.fullmatch(label_text) and len(value) <= 40 and _FIRM_LINE.search(value):
                    return value, Anchor(index, 0, len(section.document.text_of(Anchor(index, 0, 0, (row, -1)))), (row, -1))
            words += cells
    titled = _FIRM_LINE.search(words[0])
    if titled:
        return titled[0], None
    firms = [firm[0] for text in words for firm in _FIRM_LINE.finditer(text)]
    alone = firms and all(same_firm(firms[0], firm) for firm in firms)
    return (firms[0], None) if alone and any(_THE_FIRM.search(text) for text in words) else ("", None)


def _lines_above(section: Section, index: int) -> list[str]:
    """The ends of the few blocks above a table, nearest first, over running heads and feet, up to another table."""
    found: list[str] = []
    for back in range(index - 1, section.start - 1, -1):
        block = section.document.blocks[back]
        if isinstance(block, Table) or len(found) == 3:
            break
        if block.kind not in ("header", "footer") and block.text.strip():
            found.append(block.text[-60:])
    return found


def _scenario_column(package: Package, cols: list[Column], grid: list[list[str]], top: int, table: Table) -> Column | None:
    """The column whose cells name official scenarios in at least a third of the rows."""
    best: Column | None = None
    best_share = 0.0
    rows = range(top, table.n_rows)
    for column in cols:
        texts = [grid[row][column.index] for row in rows if not is_empty(grid[row][column.index])]
        if not texts:
            continue
        named = sum(
            any(hit.number is not None and hit.level != "contained" for hit in scenario_of(text, package.edition.scenarios))
            for text in texts[:60]
        )
        share = named / min(len(texts), 60)
        if share > best_share:
            best, best_share = column, share
    return best if best_share >= 0.34 else None


def _firm_column(cols: list[Column], grid: list[list[str]], top: int, table: Table, scenario_col: Column | None) -> Column | None:
    best: Column | None = None
    best_share = 0.3
    for column in cols:
        if column is scenario_col:
            continue
        texts = [squeeze(grid[row][column.index]) for row in range(top, table.n_rows) if squeeze(grid[row][column.index])]
        share = sum(bool(re.search(r"公司|集团|厂$|矿$", text)) for text in texts) / len(texts) if texts else 0
        if share > best_share:
            best, best_share = column, share
    return best


def _prose(package: Package, section: Section, side: Side) -> list[Factory]:
    """Paragraphs that name a factory and its scenarios, or a heading with the factory and the scenarios below it."""
    found: list[Factory] = []
    owner = ""
    owner_at: Anchor | None = None
    subject: tuple[str, Anchor | None] | None = None
    for passage in passages(section):
        if passage.kind == "row" or passage.mode in ("task", "target"):
            continue
        text = squeeze(passage.text)
        firm = _FIRM_LINE.search(re.sub(r"^[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*", "", text))
        if len(text) <= 40 and firm and not text.endswith("。"):
            owner, owner_at = firm[0], passage.anchor
            continue
        here = ""
        for start, end, part in _chunks(passage.text):
            opened = _FIRM_LINE.search(_NUMBERED.sub("", squeeze(part)))
            here = opened[0] if opened else here
            hits = [
                hit for hit in scenario_of(part, package.edition.scenarios) if hit.number is not None and hit.level != "unknown"
            ]
            sure = {hit.number for hit in hits if hit.level != "contained"}
            if len(sure) < 4 or (side == "claim" and _WISH.search(squeeze(part)[:60])):
                continue
            named = _FIRM_LINE.search(re.sub(r"^[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*", "", squeeze(part)))
            name = named[0] if named else here or owner or _signer(section)
            if not name:
                subject = subject or _subject(section)
                name, named_at = subject
                owner_at = owner_at or named_at
            if not name:
                continue
            anchor = replace(passage.anchor, start=start, end=end)
            places = [anchor] if named or owner_at is None else [anchor, owner_at]
            kind: Literal["claim", "proof"] = "claim" if side == "claim" else "proof"
            cited = tuple(
                package.book.add(kind, INDICATOR, section.document, place, status="fact", confidence=passage.confidence)
                for place in places
            )
            scenarios = tuple(ScenarioHit(hit.number, hit.name or hit.text, _LEVELS[hit.level], cited[0]) for hit in hits)
            found.append(Factory(cited, side, name, scenarios, None, section.document.path))
    return found


def _signed_parts(package: Package, section: Section) -> Factory | None:
    """All scenarios that one firm's signed word, or a paper about it alone, spreads over its paragraphs, as one factory's."""
    if any(isinstance(b, Table) for b in section.document.blocks[section.start : section.end]):
        return None
    name, named_at = _signer(section), None
    if not name:
        name, named_at = _subject(section)
        texts = [squeeze(paragraph_text(section.document, index)) for index in range(section.start, section.end)]
        if any(not same_firm(name, firm[0]) for text in texts if _SUBJECT.match(text) for firm in _FIRM_LINE.finditer(text)):
            return None
    if not name:
        return None
    cited: list[str] = []
    found: list[ScenarioHit] = []
    for passage in passages(section):
        text = squeeze(passage.text)
        hits = [hit for hit in scenario_of(passage.text, package.edition.scenarios) if hit.number is not None]
        listed = len(hits) > 1 or (bool(hits) and bool(_NUMBERED.match(text)) and len(text) <= 20)
        if passage.kind != "text" or not listed or _UNBUILT.search(text) or re.search(r"未|没有|尚|不", text):
            continue
        evidence = package.book.add("proof", INDICATOR, section.document, passage.anchor, status="fact", confidence=passage.confidence)
        cited.append(evidence)
        found += [ScenarioHit(hit.number, hit.name or hit.text, _LEVELS[hit.level], evidence) for hit in hits]
    if len(cited) < 2:
        return None
    if named_at:
        cited.append(package.book.add("proof", INDICATOR, section.document, named_at, status="fact"))
    return Factory(tuple(cited), "proof", name, tuple(found), None, section.document.path)


def _joined(told: list[Factory], signed: Factory | None) -> list[Factory]:
    """A firm's signed word as a whole, where its paragraphs one by one speak of that firm alone."""
    if signed is None or any(factory.name != signed.name for factory in told):
        return told
    return [signed]


_GENERIC = re.compile(r"场景|清单|名单|说明|情况|基础|现状|任务|目标|融合|专栏|依据|方法|结果|结论|^[一二三四五六七八九十]+、")
_NUMBERED = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]|第[一二三四五六七八九十\d]+[章节家])\s*")


def _under_headings(package: Package, section: Section, side: Side) -> list[Factory]:
    """Factories that are headings, each with its scenarios below it, one a line (“●协同研发设计：已上线运行”)."""
    groups: dict[tuple[str, ...], list[tuple[Passage, ScenarioHit]]] = {}
    places: dict[tuple[str, ...], Anchor] = {}
    for passage in passages(section):
        if passage.kind == "heading":
            places[passage.headings] = passage.anchor
        elif passage.kind == "text" and passage.mode not in ("task", "target") and len(squeeze(passage.text)) <= 60:
            hits = [hit for hit in scenario_of(passage.text, package.edition.scenarios) if hit.number is not None]
            if len(hits) == 1 and not _UNBUILT.search(squeeze(passage.text)):
                hit = ScenarioHit(hits[0].number, hits[0].name or hits[0].text, _LEVELS[hits[0].level])
                groups.setdefault(passage.headings, []).append((passage, hit))
    found: list[Factory] = []
    kind: Literal["claim", "proof"] = "claim" if side == "claim" else "proof"
    for headings, lines in groups.items():
        name = _NUMBERED.sub("", squeeze(headings[-1])) if headings else ""
        if len({hit.number for _, hit in lines}) < 4 or not 2 <= len(name) <= 40 or _GENERIC.search(name) or headings not in places:
            continue
        cited = [package.book.add(kind, INDICATOR, section.document, places[headings], status="fact")]
        scenarios = []
        for passage, hit in lines:
            evidence = package.book.add(
                kind, INDICATOR, section.document, passage.anchor, status="fact", confidence=passage.confidence
            )
            cited.append(evidence)
            scenarios.append(replace(hit, evidence=evidence))
        found.append(Factory(tuple(cited), side, name, tuple(scenarios), None, section.document.path))
    return found


def _chunks(text: str) -> Iterator[tuple[int, int, str]]:
    """A paragraph cut at each firm that opens a new list; the paragraph itself where there is one firm or none."""
    marks = [
        m.start()
        for m in re.finditer(
            r"(?:^|[。；\n]|(?<=。)\s*)[（(]?[一二三四五六七八九十\d]{0,3}[)）、.．是]?\s*(?=[^。；\n]{0,30}(?:公司|集团|厂(?!区)|煤矿))",
            text,
        )
    ]
    marks = sorted({0, *marks})
    for start, end in zip(marks, [*marks[1:], len(text)], strict=True):
        if text[start:end].strip():
            yield start, end, text[start:end]
