"""Printed lines: words side by side become one row of text in which every character keeps its x position."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.document import BBox, Line
from extract.page import Word
from extract.text import is_wide, mend_numbers, needs_blank

_FIGURE = frozenset("0123456789.,%")


@dataclass(slots=True)
class Row:
    """One printed line: ``edges`` has ``len(text) + 1`` x positions; ``size`` in points; ``raw`` where the text was mended."""

    text: str
    edges: list[float]
    box: BBox
    page: int
    size: float
    bold: bool
    confidence: float
    words: list[Word]
    raw: str = ""
    mended: bool = False
    rough: bool = False  # recognized in a picture: its size is a guess
    entry: bool = False  # an entry of a contents page
    column: int = 0  # which of the page's columns of text it stands in; 0 runs over the whole width

    @property
    def middle(self) -> float:
        return (self.box.top + self.box.bottom) / 2


def is_lying(word: Word) -> bool:
    """Whether a word of several characters stands on its side: several times as high as wide."""
    x0, top, x1, bottom = word.box
    return len(word.text) > 1 and bottom - top > 2 * (x1 - x0)


def rows_of(words: Iterable[Word], page: int, *, mend: bool = False) -> list[Row]:
    """Words of one column of text as rows, top to bottom. ``mend`` repairs numbers that OCR has torn apart."""
    words = list(words)
    if len(words) == 1:
        return [row_of(words, page, mend=mend)]
    groups: list[list[Word]] = []
    spans: list[tuple[float, float]] = []
    for word in sorted(words, key=_downward):
        _, head, _, foot = word.box
        height = foot - head
        for at in range(len(groups) - 1, max(-1, len(groups) - 4), -1):
            top, bottom = spans[at]
            if head >= bottom or foot <= top:
                continue
            tall = bottom - top
            overlap = min(bottom, foot) - max(top, head)
            near = abs((head + foot) / 2 - (top + bottom) / 2) < 0.5 * max(height, tall)
            if near and overlap > 0.5 * min(height, tall):
                groups[at].append(word)
                if height > 0.85 * tall:  # marks above the line must not stretch it
                    spans[at] = (min(top, head), max(bottom, foot)) if height < 1.4 * tall else (head, foot)
                break
        else:
            groups.append([word])
            spans.append((head, foot))
    return [row_of(group, page, mend=mend) for group in groups]


def _downward(word: Word) -> tuple[float, float]:
    x0, top, _, bottom = word.box
    return top + bottom, x0


def _leftmost(word: Word) -> float:
    return word.box[0]


def row_of(words: Sequence[Word], page: int, *, mend: bool = False) -> Row:
    """One row of words that stand on one printed line."""
    if len(words) == 1 and not mend:
        (word,) = words
        size = word.size or word.box.bottom - word.box.top
        return Row(word.text, list(edges_of(word)), word.box, page, size, word.bold, word.confidence, list(words), word.raw)
    ordered = sorted(words, key=_leftmost)
    text = ""
    lefts: list[float] = []
    right = sizes = 0.0
    length = bold = 0
    raws = False
    for word in ordered:
        said, (x0, top, _, bottom), own, em, heavy, _, first = word
        em = em or bottom - top
        if len(own) != len(said) + 1:
            own = edges_of(word)
        if text:
            gap = x0 - right
            if gap > 0.12 * em and (gap > 0.9 * em or needs_blank(text[-1], said[0])):
                text += " "
                lefts.append(right)
            elif own[0] < lefts[-1]:
                own = (lefts[-1], *own[1:])
        lefts += own[:-1]
        right = own[-1]
        text += said
        sizes += em * len(said)
        length += len(said)
        if heavy:
            bold += len(said)
        raws = raws or bool(first)
    edges = [*lefts, right]
    raw = "".join(word.raw or word.text for word in ordered) if raws else ""
    mended = False
    if mend and " " in text:
        better, kept = mend_numbers(text)
        if len(better) != len(text):
            raw, mended = raw or text, True
            edges = [edges[index] for index in kept] + [edges[-1]]
            text = better
    size = sizes / max(length, 1)
    if mend:
        weight = sum(1.0 if is_wide(character) else 0.5 for character in text)
        if weight >= 5:  # the pitch of the characters says more than the height of a recognized box
            size = 0.5 * size + 0.5 * (edges[-1] - edges[0]) / weight
    return Row(
        text,
        edges,
        _around([word.box for word in ordered]),
        page,
        size,
        bold * 2 > length,
        min([word.confidence for word in ordered]),
        ordered,
        raw,
        mended,
        mend,
    )


def _around(boxes: Sequence[BBox]) -> BBox:
    """The box around boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return BBox(min(lefts), min(tops), max(rights), max(bottoms))


def edges_of(word: Word) -> tuple[float, ...]:
    """The word's character edges, by proportion (full width counts double) where the lane gave none."""
    if len(word.edges) == len(word.text) + 1:
        return word.edges
    weights = [2.0 if is_wide(character) else 1.0 for character in word.text]
    scale = (word.box.x1 - word.box.x0) / (sum(weights) or 1.0)
    edges = [word.box.x0]
    for weight in weights:
        edges.append(edges[-1] + weight * scale)
    return tuple(edges)


def split_word(word: Word, cuts: Sequence[int]) -> list[Word]:
    """A word as pieces, cut before the characters at ``cuts``."""
    edges = edges_of(word)
    pieces: list[Word] = []
    for start, end in zip([0, *cuts], [*cuts, len(word.text)], strict=True):
        if start < end:
            box = BBox(edges[start], word.box.top, edges[end], word.box.bottom)
            raw = word.raw if word.raw and not pieces else ""
            pieces.append(Word(word.text[start:end], box, edges[start : end + 1], word.size, word.bold, word.confidence, raw))
    return pieces


def composed(rows: Sequence[Row]) -> tuple[str, tuple[Line, ...]]:
    """Rows of one block as its text and lines: Chinese runs on over the line's end, Latin words keep a blank."""
    text, lines = "", []
    for row in rows:
        if text and needs_blank(text[-1], row.text[0]) and not (text[-1] in _FIGURE and row.text[0] in _FIGURE):
            text += " "  # a figure at the line's end and one at the next one's beginning are one that the line has broken
        lines.append(Line(len(text), len(text) + len(row.text), row.page, row.box, tuple(row.edges)))
        text += row.text
    return text, tuple(lines)


def raw_of(rows: Sequence[Row]) -> str:
    """The rows' words as first read, where any was mended; else empty."""
    return "\n".join(row.raw or row.text for row in rows) if any(row.raw for row in rows) else ""
