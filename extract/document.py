"""The nouns of the reading floor: what a file says, and where each word of it stands.

Pages count from 1; rows, columns, blocks and offsets from 0; ranges are ``[start, end)``. Boxes are in points from the
page's upper left corner as a reader sees the page (rotation applied).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

Lane = Literal["text", "table", "ocr"]
Status = Literal["read", "partial", "unreadable"]
# What a block of words is to a reader. Only "body" and "caption" are what the document says in its own running text.
Kind = Literal["body", "caption", "toc", "header", "footer", "footnote", "comment", "hidden", "textbox"]


# Between the cells of a quoted table row: white space alone, so that the quote holds no sign that is not on the page.
CELL_GAP = " \u2003 "


class BBox(NamedTuple):
    """A rectangle in points, origin upper left: ``x0 <= x1``, ``top <= bottom``."""

    x0: float
    top: float
    x1: float
    bottom: float


class Line(NamedTuple):
    """One printed line of a block: ``text[start:end]`` of its block stands on ``page`` in ``box``.

    ``edges`` holds ``end - start + 1`` x positions, the left edge of each character and the right edge of the last; empty
    where single characters have no known place (then a part of the line is placed by proportion).
    """

    start: int
    end: int
    page: int
    box: BBox
    edges: tuple[float, ...] = ()

    def box_of(self, start: int, end: int) -> BBox:
        """The part of the line's box that ``text[start:end]`` covers."""
        first, last = max(start, self.start) - self.start, min(end, self.end) - self.start
        if self.edges and len(self.edges) == self.end - self.start + 1:
            x0, x1 = sorted((self.edges[first], self.edges[last]))
            return BBox(x0, self.box.top, x1, self.box.bottom)
        width = (self.box.x1 - self.box.x0) / max(1, self.end - self.start)
        return BBox(self.box.x0 + first * width, self.box.top, self.box.x0 + last * width, self.box.bottom)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 is the highest. ``number`` is its printed number (“（一）”), part of ``text``."""

    text: str
    level: int
    lines: tuple[Line, ...] = ()
    number: str = ""
    confidence: float = 1.0
    lane: Lane = "text"
    kind: Kind = "body"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text, or a caption, a note, a running head (see ``kind``).

    ``raw`` keeps the words as first read where ``text`` is a mended reading (blanks inside numbers, a second OCR pass).
    """

    text: str
    lines: tuple[Line, ...] = ()
    kind: Kind = "body"
    lane: Lane = "text"
    confidence: float = 1.0
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: stands at (``row``, ``col``) and covers ``rowspan`` × ``colspan`` places."""

    row: int
    col: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    lines: tuple[Line, ...] = ()
    hidden: bool = False
    confidence: float = 1.0
    inner: tuple[Table, ...] = ()


class Part(NamedTuple):
    """A table's part on one page."""

    page: int
    box: BBox


@dataclass(frozen=True, slots=True)
class Table:
    """A table as one grid, over as many pages as it runs; a repeated header is in it once.

    ``header_rows`` rows at the top name the columns. ``caption`` is its title where one stands next to it. ``sheet`` names
    the worksheet that it came from, ``origin`` the row and column of that sheet where the grid begins. ``kind`` is "hidden"
    for a hidden sheet.
    """

    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    header_rows: int = 0
    caption: str = ""
    parts: tuple[Part, ...] = ()
    lane: Lane = "table"
    confidence: float = 1.0
    sheet: str = ""
    kind: Kind = "body"
    origin: tuple[int, int] = (0, 0)

    @property
    def text(self) -> str:
        """All cells' words, rows on lines, cells apart by tabs, each cell once."""
        rows: list[list[str]] = [[] for _ in range(self.n_rows)]
        for cell in self.cells:
            rows[cell.row].append(cell.text)
        return "\n".join("\t".join(row) for row in rows)

    def grid(self) -> list[list[Cell | None]]:
        """The full grid: a merged cell stands in each place that it covers."""
        grid: list[list[Cell | None]] = [[None] * self.n_cols for _ in range(self.n_rows)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.rowspan, self.n_rows)):
                for col in range(cell.col, min(cell.col + cell.colspan, self.n_cols)):
                    grid[row][col] = cell
        return grid

    def rows(self) -> list[list[str]]:
        """The full grid as words; empty where no cell stands."""
        return [[cell.text if cell else "" for cell in row] for row in self.grid()]


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where words stand in a document: a range of a block's text, or of one cell's text in a table.

    ``cell`` is (row, col) of the cell's own upper left place. A whole table row is named by ``cell=(row, -1)``: its text is
    its cells' words joined by ``CELL_GAP``.
    """

    block: int
    start: int
    end: int
    cell: tuple[int, int] | None = None


class Place(NamedTuple):
    """A box on a page."""

    page: int
    box: BBox


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document that has pages: size in points, how it was read, and how surely.

    A page whose words stand sideways was turned clockwise by ``rotation`` degrees before it was read; ``width``, ``height`` and
    the blocks' boxes are of the turned page, and ``as_seen`` leads back to the page as a viewer shows it.
    """

    number: int
    width: float
    height: float
    lane: Literal["text", "ocr", "mixed", "blank"] = "text"
    status: Literal["read", "blank", "unreadable"] = "read"
    confidence: float = 1.0
    rotation: int = 0
    skew: float = 0.0

    def as_seen(self, box: BBox) -> BBox:
        """A box of the turned page on the page as a viewer shows it."""
        if self.rotation == 90:
            return BBox(box.top, self.width - box.x1, box.bottom, self.width - box.x0)
        if self.rotation == 180:
            return BBox(self.width - box.x1, self.height - box.bottom, self.width - box.x0, self.height - box.top)
        if self.rotation == 270:
            return BBox(self.height - box.bottom, box.x0, self.height - box.top, box.x1)
        return box


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, as a result: a stable code, a Chinese sentence and what to do about it."""

    code: str
    message: str
    advice: str = ""
    page: int | None = None
    # "lost": words that are there may be missing from the reading. "note": worth knowing, nothing is lost.
    weight: Literal["lost", "note"] = "lost"


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it was read.

    ``path`` is relative to the submission's root, with "/"; inside an archive ``ARCHIVE.zip/INNER/PATH``. ``pages`` is empty
    for formats without pages. ``parts`` tells where the bound documents of a compilation begin (block indices), if known.
    """

    path: str
    format: str
    sha256: str = ""
    blocks: tuple[Block, ...] = ()
    pages: tuple[Page, ...] = ()
    problems: tuple[Problem, ...] = ()
    engine: str = ""
    meta: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> Status:
        """``unreadable`` when nothing could be read, ``partial`` when something was lost, else ``read``."""
        lost = [problem for problem in self.problems if problem.weight == "lost"]
        if not self.blocks:
            return "unreadable" if lost or self.pages or not self.problems else "read"
        return "partial" if lost else "read"

    def text_of(self, anchor: Anchor) -> str:
        """The whole text that the anchor's offsets count in."""
        block = self.blocks[anchor.block]
        if not isinstance(block, Table) or anchor.cell is None:
            return block.text
        row, col = anchor.cell
        if col < 0:
            return CELL_GAP.join(cell.text for cell in self.row_cells(anchor.block, row))
        cell = self.cell_at(anchor.block, row, col)
        return cell.text if cell else ""

    def row_cells(self, block: int, row: int) -> list[Cell]:
        """The cells that cover a table row, left to right, each once."""
        table = self.blocks[block]
        if not isinstance(table, Table):
            raise TypeError(f"block {block} is no table")
        covering = [cell for cell in table.cells if cell.row <= row < cell.row + cell.rowspan]
        return sorted(covering, key=lambda cell: cell.col)

    def cell_at(self, block: int, row: int, col: int) -> Cell | None:
        """The cell that covers a place of a table."""
        return next((c for c in self.row_cells(block, row) if c.col <= col < c.col + c.colspan), None)

    def quote(self, anchor: Anchor) -> str:
        """The words at an anchor, verbatim."""
        return self.text_of(anchor)[anchor.start : anchor.end]

    def locate(self, anchor: Anchor) -> list[Place]:
        """The boxes of the words at an anchor on the pages as seen, one per printed line; empty where the format has no pages."""
        return self._as_seen(self._places(anchor))

    def _as_seen(self, places: list[Place]) -> list[Place]:
        turned = {page.number: page for page in self.pages if page.rotation}
        if not turned:
            return places
        return [Place(page, turned[page].as_seen(box) if page in turned else box) for page, box in places]

    def _places(self, anchor: Anchor) -> list[Place]:
        block = self.blocks[anchor.block]
        if not isinstance(block, Table):
            return _places(block.lines, anchor.start, anchor.end)
        if anchor.cell is None:
            return [Place(part.page, part.box) for part in block.parts]
        row, col = anchor.cell
        if col >= 0:
            cell = self.cell_at(anchor.block, row, col)
            return _places(cell.lines, anchor.start, anchor.end) if cell else []
        places, offset = [], 0
        for cell in self.row_cells(anchor.block, row):
            places += _places(cell.lines, anchor.start - offset, anchor.end - offset)
            offset += len(cell.text) + 3
        return places

    def trail(self, anchor: Anchor) -> str:
        """The way to an anchor that a person can follow: 章 › 节 › 表3 第5行第2列."""
        steps: list[str] = []
        levels: list[int] = []
        tables = paragraphs = 0
        for index, block in enumerate(self.blocks[: anchor.block + 1]):
            if isinstance(block, Heading):
                while levels and levels[-1] >= block.level:
                    levels.pop()
                    steps.pop()
                levels.append(block.level)
                steps.append(block.text.strip()[:24])
                paragraphs = 0
            elif isinstance(block, Table):
                tables += 1
            elif index <= anchor.block:
                paragraphs += 1
        block = self.blocks[anchor.block]
        if isinstance(block, Table):
            steps.append(f"工作表“{block.sheet}”" if block.sheet else f"表{tables}")
            if anchor.cell:
                row, col = anchor.cell
                top, left = block.origin
                steps.append(f"第{top + row + 1}行" + (f"第{left + col + 1}列" if col >= 0 else ""))
        elif isinstance(block, Paragraph):
            steps.append(f"第{paragraphs}段")
        return " › ".join(steps)

    def anchors(self) -> Iterator[tuple[Anchor, str]]:
        """Every text of the document with the anchor of its whole: headings, paragraphs and cells, in order."""
        for index, block in enumerate(self.blocks):
            if isinstance(block, Table):
                for cell in block.cells:
                    yield Anchor(index, 0, len(cell.text), (cell.row, cell.col)), cell.text
            else:
                yield Anchor(index, 0, len(block.text)), block.text

    def under(self, path: str) -> Document:
        """The same document under another path."""
        return replace(self, path=path)


def _places(lines: tuple[Line, ...], start: int, end: int) -> list[Place]:
    return [Place(line.page, line.box_of(start, end)) for line in lines if line.start < end and start < line.end]
