"""Page readings by hand: words at stated places with exact character edges, and ruling lines."""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import BBox, Block, Table
from extract.layout import blocks
from extract.page import PageReading, Ruling, Word
from extract.text import is_wide


def word(x: float, y: float, text: str, size: float = 12.0, *, bold: bool = False, raw: str = "") -> Word:
    """A word whose upper left corner is at (x, y); Chinese characters are ``size`` wide, others half of it."""
    edges = [x]
    for character in text:
        edges.append(edges[-1] + (size if is_wide(character) else size / 2))
    return Word(text, BBox(x, y, edges[-1], y + size), tuple(edges), size, bold, raw=raw)


def prose(
    text: str, y: float, *, x: float = 72, width: float = 450, size: float = 12.0, pitch: float = 20, indent: int = 2
) -> list[Word]:
    """A paragraph of Chinese as lines of words."""
    words, line, start = [], "", x + indent * size
    for character in text:
        if start + (len(line) + 1) * size > x + width + 0.1:
            words.append(word(start, y, line, size))
            y, start, line = y + pitch, x, ""
        line += character
    return [*words, word(start, y, line, size)]


def ruled(xs: Sequence[float], ys: Sequence[float]) -> list[Ruling]:
    """The lines of a full grid."""
    return [Ruling(xs[0], y, xs[-1], y) for y in ys] + [Ruling(x, ys[0], x, ys[-1]) for x in xs]


def table(
    xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]], size: float = 10.0
) -> tuple[list[Word], list[Ruling]]:
    """A fully ruled table, one word a cell."""
    words = [word(xs[c] + 3, ys[r] + 4, text, size) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    return words, ruled(xs, ys)


def page(
    number: int, words: Sequence[Word], rulings: Sequence[Ruling] = (), *, width: float = 595, height: float = 842, **more: object
) -> PageReading:
    return PageReading(number, width, height, tuple(words), tuple(rulings), **more)  # type: ignore[arg-type]


def tables(*pages: PageReading) -> list[Table]:
    return [block for block in blocks(pages) if isinstance(block, Table)]


def texts(*pages: PageReading) -> list[str]:
    return [block.text for block in blocks(pages)]


def kinds(*pages: PageReading) -> list[tuple[str, str]]:
    return [("table" if isinstance(block, Table) else block.kind, block.text) for block in blocks(pages)]


def of_kind(found: Sequence[Block], kind: str) -> list[str]:
    return [block.text for block in found if block.kind == kind]
