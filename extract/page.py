"""What one lane sees on one page, before it becomes blocks: words with boxes and ruling lines.

Every lane (digital text, OCR of a picture, OFD text objects) makes a ``PageReading``; ``layout.blocks`` turns the readings of a
document into headings, paragraphs and tables, in one way for all lanes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from extract.document import BBox, Problem


class Word(NamedTuple):
    """A run of characters on one line without a wide gap. ``edges`` as in ``Line``: ``len(text) + 1`` x positions, or empty."""

    text: str
    box: BBox
    edges: tuple[float, ...] = ()
    size: float = 0.0  # font size in points; 0 where unknown (OCR: the box height stands for it)
    bold: bool = False
    confidence: float = 1.0
    raw: str = ""  # as first read, where ``text`` was mended


class Ruling(NamedTuple):
    """A ruling line: horizontal when ``top == bottom``, vertical when ``x0 == x1`` (thickness left out)."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageReading:
    """One page as one lane read it. Sizes in points, page as seen (rotation applied, skew put right in ``skew`` degrees)."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...] = ()
    pictures: tuple[BBox, ...] = ()
    lane: Literal["text", "ocr", "mixed", "blank"] = "text"
    confidence: float = 1.0
    rotation: int = 0
    skew: float = 0.0
    problems: tuple[Problem, ...] = ()
