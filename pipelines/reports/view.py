"""What report.html shows, made ready: tiles of evidence, cards of conditions, rows of the grid."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from extract.document import BBox, Document, Table
from models.catalogue import Condition, Edition, Indicator
from models.evidence import Evidence
from pipelines.reports import pictures, words
from pipelines.reports.options import Originals
from pipelines.reports.pictures import Album, Picture
from pipelines.screening import Finding, Grid, IndicatorRow, Screening, Verdict

AROUND = 60  # characters of context on each side of a quote
UNFOLDED = 4  # quotes of one side of a condition that stand open; the others are folded
LONG = 320  # a quote longer than this is folded


class Shot(NamedTuple):
    """A crop of a page picture: what part of it is shown, and the boxes to draw, all in points."""

    picture: Picture
    view: BBox
    boxes: tuple[BBox, ...]


class Strip(NamedTuple):
    """The table row that a quote stands in, under its header: cells as (words, is the quote)."""

    header: tuple[str, ...]
    row: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """One piece of evidence as a reader sees it."""

    item: Evidence
    kind: str
    place: str
    text: str
    before: str
    after: str
    indicator: str
    chips: tuple[tuple[str, str], ...]
    shot: Shot | None
    strip: Strip | None

    @property
    def id(self) -> str:
        """The evidence's id."""
        return self.item.id


@dataclass(frozen=True, slots=True)
class Card:
    """One mandatory condition with all that its verdict rests on."""

    finding: Finding
    number: str
    indicator: Indicator
    condition: Condition | None
    words: str
    sign: str
    value: str
    asked: str
    explanation: str
    clause: str
    claims: tuple[Tile, ...]
    proofs: tuple[Tile, ...]
    excluded: tuple[tuple[Tile | None, str], ...]
    others: tuple[Tile, ...]
    gauge: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One of the 37 indicators: tiles by column, and a state a reader can filter by."""

    row: IndicatorRow
    indicator: Indicator
    area: str
    baseline: tuple[Tile, ...]
    targets: dict[str, tuple[Tile, ...]]
    proofs: tuple[Tile, ...]
    state: str
    verdict: Finding | None

    @property
    def tiles(self) -> list[Tile]:
        """Every tile of the row, once."""
        every = [*self.baseline, *(tile for tiles in self.targets.values() for tile in tiles), *self.proofs]
        return list({tile.id: tile for tile in every}.values())


def tiles(screening: Screening, originals: Originals, album: Album, edition: Edition) -> dict[str, Tile]:
    """All evidence of a screening as tiles, by id."""
    return {item.id: _tile(item, originals.documents.get(item.document), album, edition) for item in screening.evidence}


def _tile(item: Evidence, document: Document | None, album: Album, edition: Edition) -> Tile:
    picture = album.of(item)
    shot = Shot(picture, pictures.window(picture, item.boxes), item.boxes) if picture else None
    before, after, strip = "", "", None
    if document is not None:
        before, after = _context(document, item)
        strip = None if shot else _strip(document, item)
    chips: list[tuple[str, str]] = []
    if item.kind == "target" and item.year:
        chips.append(("year", f"{item.year}年目标"))
    if item.kind != "target" and item.status not in ("fact", "unmarked"):
        chips.append(("warn", words.STATUS_WORDS[item.status]))
    if item.scope not in ("city", "none"):
        chips.append(("warn", words.SCOPE_WORDS[item.scope] + "范围"))
    if item.lane == "ocr":
        chips.append(("warn" if item.confidence < 0.9 else "soft", f"文字识别 置信度{item.confidence:.0%}"))
    name = words.indicator_of(edition, item.indicator).level3 if item.indicator else ""
    return Tile(
        item, words.KIND_WORDS.get(item.kind, item.kind), words.place(item), words.visible(item.text), before, after, name,
        tuple(chips), shot, strip,
    )  # fmt: skip


def _context(document: Document, item: Evidence) -> tuple[str, str]:
    try:
        text = document.text_of(item.anchor)
    except (IndexError, TypeError):
        return "", ""
    start, end = item.anchor.start, item.anchor.end
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    head = "…" if start > AROUND else ""
    tail = "…" if end + AROUND < len(text) else ""
    return head + words.visible(before), words.visible(after) + tail


def _strip(document: Document, item: Evidence) -> Strip | None:
    anchor = item.anchor
    block = document.blocks[anchor.block] if anchor.block < len(document.blocks) else None
    if not isinstance(block, Table) or anchor.cell is None or not 0 <= anchor.cell[0] < block.n_rows:
        return None
    row, col = anchor.cell
    grid = block.grid()
    header = tuple(words.shorten(cell.text, 24) if cell else "" for cell in grid[block.header_rows - 1]) if block.header_rows else ()
    if block.header_rows > row:
        header = ()
    target = grid[row][col] if 0 <= col < block.n_cols else None
    cells = [(words.shorten(cell.text, 60) if cell else "", col < 0 or (cell is not None and cell is target)) for cell in grid[row]]
    # A merged cell stands in several places of the grid: shown once.
    keep = [i for i, cell in enumerate(grid[row]) if i == 0 or cell is None or cell is not grid[row][i - 1]][:9]
    return Strip(tuple(header[i] for i in keep) if header else (), tuple(cells[i] for i in keep))


def cards(screening: Screening, by_id: dict[str, Tile], edition: Edition) -> list[Card]:
    """The conditions as cards, in the catalogue's order."""
    result = []
    for index, finding in enumerate(screening.conditions):
        condition = edition.condition(finding.indicator)
        excluded = tuple((by_id.get(key), words.visible(words.why(reason))) for key, reason in finding.excluded)
        shown = {*finding.claims, *finding.proofs, *(key for key, _ in finding.excluded)}
        others = tuple(by_id[key] for key in words.used_ids(finding) if key in by_id and key not in shown)
        result.append(
            Card(
                finding, words.NUMERALS[index] if index < 10 else str(index + 1), words.indicator_of(edition, finding.indicator), condition,
                words.verdict_words(finding), words.VERDICT_SIGNS[finding.verdict], value_words(finding, condition), words.asked(condition),
                words.visible(words.explanation(finding)), condition.clause if condition else "",
                tuple(by_id[key] for key in finding.claims if key in by_id), tuple(by_id[key] for key in finding.proofs if key in by_id),
                excluded, others, gauge(finding.value, condition),
            )
        )  # fmt: skip
    return result


def value_words(finding: Finding, condition: Condition | None) -> str:
    """The figure that decides with its unit."""
    if finding.value is None:
        return "—"
    return f"{words.number(finding.value)} {words.unit(condition)}".strip()


def gauge(value: Decimal | None, condition: Condition | None) -> tuple[float, float, float] | None:
    """A figure against its threshold as shares of a scale: (value, threshold, end of the scale in units)."""
    if value is None or condition is None or condition.check == "statement" or condition.threshold <= 0:
        return None
    threshold = float(condition.threshold)
    end = max(threshold * 2, float(value) * 1.15)
    return (max(0.0, float(value)) / end, threshold / end, end)


def grid_rows(screening: Screening, by_id: dict[str, Tile], edition: Edition) -> list[GridRow]:
    """The rows of the indicator grid."""
    areas = {level.id: level.name for level in edition.level1}
    verdicts = {finding.indicator: finding for finding in screening.conditions}
    result = []
    for row in screening.indicators:
        indicator = words.indicator_of(edition, row.indicator)
        def pick(ids: tuple[str, ...]) -> tuple[Tile, ...]:
            return tuple(by_id[key] for key in ids if key in by_id)

        result.append(
            GridRow(
                row, indicator, areas.get(indicator.level1, indicator.level1), pick(row.baseline),
                {year: pick(row.targets.get(year, ())) for year in years(screening)}, pick(row.proofs), state(row, screening),
                verdicts.get(row.indicator),
            )
        )  # fmt: skip
    return result


def years(screening: Screening) -> list[str]:
    """The years of the pilot period, or every year that a target names."""
    return list(screening.years) or sorted({year for row in screening.indicators for year in row.targets})


def state(row: IndicatorRow, screening: Screening) -> str:
    """How complete an indicator's row is: 齐全, 缺佐证, 缺目标, 缺基础, or 空白."""
    targets = [row.targets.get(year) for year in years(screening)] or [tuple(row.targets)]
    if not row.baseline and not row.proofs and not any(targets):
        return "空白"
    if not row.baseline:
        return "缺基础"
    if not all(targets):
        return "缺目标"
    return "齐全" if row.proofs else "缺佐证"


def linked_rows(grid: Grid, by_id: dict[str, Tile]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The rows of a finding's table, each with the evidence that it rests on."""
    result = []
    for index, row in enumerate(grid.rows):
        sources = grid.sources[index] if index < len(grid.sources) else ()
        result.append((tuple(words.visible(cell) for cell in row), tuple(key for key in sources if key in by_id)))
    return result


def worst(screening: Screening) -> tuple[int, int, str]:
    """A key that sorts the worst first: not screened, fail, review, pass; then by the number of conditions that are not met."""
    if screening.failed:
        return (0, 0, screening.name)
    rank = {"fail": 1, "review": 2, "pass": 3}[screening.gate.value]
    return (rank, -sum(finding.verdict is not Verdict.MET for finding in screening.conditions), screening.name)
