"""A picture of a page made ready and read: upright, level, without seal and shadow; its lines found, its words placed.

Every step is one function over ``uint8`` RGB arrays. Places are pixels of the straightened picture until ``pictures`` turns
them into points.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import BBox, Block, Cell, Heading, Line, Paragraph, Part, Table
from extract.ocr import OcrEngine, Picture, Quad, Reading, place_characters
from extract.page import PageReading

Grey = NDArray[np.uint8]

INK = 0.0006  # share of dark pixels below which a page holds nothing
UNSURE = 0.80  # mean confidence below which a page may be upside down


@dataclass(frozen=True, slots=True)
class ScanWord:
    """A recognised run of characters: box in pixels, ``edges`` in pixels along x, ``raw`` as recognised where it was mended."""

    text: str
    box: tuple[float, float, float, float]
    edges: tuple[float, ...]
    confidence: float
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A ruling line in pixels: level or upright, thickness left out."""

    x0: float
    y0: float
    x1: float
    y1: float


# --- making ready ---------------------------------------------------------------------------------------------------------


def without_seal(picture: Picture) -> tuple[Picture, bool]:
    """The picture with red and other strongly coloured stamps faded, and whether there was one.

    In the stamp's own channel its ink is nearly as bright as paper while the print under it stays dark: that channel, stretched,
    takes the picture's place where the stamp lies.
    """
    small = picture[::4, ::4].astype(np.int16)
    red, green, blue = small[..., 0], small[..., 1], small[..., 2]
    for channel, others in ((0, (green, blue)), (2, (red, green))):
        own = small[..., channel]
        stamped = (own - others[0] > 40) & (own - others[1] > 40) & (own > 90)
        if float(stamped.mean()) < 0.0004:
            continue
        # As dark as the stamp is in its own channel, print is darker still: stretch between the two.
        level = float(np.percentile(own[stamped], 25))
        plane = picture[..., channel].astype(np.float32)
        low = max(0.0, level - 110.0)
        stretched = np.clip((plane - low) / max(1.0, level * 0.92 - low), 0.0, 1.0) * 255.0
        mask = np.zeros(picture.shape[:2], np.uint8)
        big = cv2.resize(stamped.astype(np.uint8), (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_NEAREST)
        mask[big > 0] = 255
        mask = cast(NDArray[np.uint8], cv2.dilate(mask, np.ones((15, 15), np.uint8)))
        result = picture.copy()
        faded = stretched.astype(np.uint8)
        for plane_index in range(3):
            result[..., plane_index] = np.where(mask > 0, faded, picture[..., plane_index])
        return cast(Picture, result), True
    return picture, False


def evened(picture: Picture) -> Picture:
    """Shadows and yellowed paper evened out: each point against the paper around it. Clean white pages come back as they are."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (max(8, grey.shape[1] // 8), max(8, grey.shape[0] // 8)), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 21)
    if int(np.percentile(paper, 5)) > 225:
        return picture
    background = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    flat = np.clip(grey.astype(np.float32) / np.maximum(background, 24.0) * 245.0, 0, 255).astype(np.uint8)
    return cast(Picture, cv2.cvtColor(flat, cv2.COLOR_GRAY2RGB))


def is_blank(picture: Picture) -> bool:
    """Whether a page holds nothing but paper: hardly a dark point once edges and specks are left out."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    margin_y, margin_x = height // 40, width // 40
    inner = cv2.medianBlur(grey[margin_y : height - margin_y, margin_x : width - margin_x], 3)
    if inner.size == 0:
        return True
    paper = float(np.median(inner))
    if float((inner < paper * 0.75).mean()) >= INK:
        return False
    # Faint grey print on white paper still stands out from the noise around it.
    return float((inner < paper - 40).mean()) < INK


def turned(picture: Picture, quarters: int) -> Picture:
    """The picture turned clockwise by quarter turns."""
    return cast(Picture, np.ascontiguousarray(np.rot90(picture, -quarters % 4)))


def sideways(quads: Sequence[Quad]) -> bool:
    """Whether the found lines mostly run from top to bottom."""
    tall = wide = 0.0
    for quad in quads:
        width = float(quad[:, 0].max() - quad[:, 0].min())
        height = float(quad[:, 1].max() - quad[:, 1].min())
        if height > 2.0 * width:
            tall += height
        elif width > 2.0 * height:
            wide += width
    return tall > 1.5 * wide


def tilt(quads: Sequence[Quad]) -> float:
    """The angle in degrees by which lines run down to the right (positive: clockwise tilt); 0 where too few tell."""
    angles, weights = [], []
    for quad in quads:
        vector = (quad[1] - quad[0]) + (quad[2] - quad[3])
        length = float(np.hypot(vector[0], vector[1])) / 2
        if length < 150:
            continue
        angles.append(math.degrees(math.atan2(float(vector[1]), float(vector[0]))))
        weights.append(length)
    if len(angles) < 3:
        return 0.0
    order = np.argsort(angles)
    total = np.cumsum(np.asarray(weights)[order])
    return float(np.asarray(angles)[order][int(np.searchsorted(total, total[-1] / 2))])


def levelled(picture: Picture, angle: float) -> tuple[Picture, NDArray[np.float64]]:
    """The picture turned back by ``angle`` degrees about its middle, same size, and the matrix that does it to points."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    level = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return cast(Picture, level), cast(NDArray[np.float64], matrix)


def moved(quads: Sequence[Quad], matrix: NDArray[np.float64]) -> list[Quad]:
    """Quads put through a 2×3 matrix."""
    return [cast(Quad, (quad @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)) for quad in quads]


# --- ruling lines ---------------------------------------------------------------------------------------------------------


def strokes(picture: Picture, print_height: float = 0.0) -> list[Stroke]:
    """Level and upright ruling lines of a straightened picture; short gaps are bridged.

    ``print_height``: the usual height of a found line of text in pixels (0: guessed); no stroke of a character is twice as long.
    """
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    height, width = dark.shape
    print_height = print_height or max(height, width) / 55
    found: list[Stroke] = []
    for level in (True, False):
        length = max(24, round(print_height * (2.4 if level else 1.7)))
        shape = (length, 1) if level else (1, length)
        bridge = (7, 1) if level else (1, 7)
        # A scanned line is a little wavy: thickened by a point across before long runs are looked for.
        across = (1, 3) if level else (3, 1)
        closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, bridge))
        closed = cv2.dilate(closed, cv2.getStructuringElement(cv2.MORPH_RECT, across))
        lines = cv2.morphologyEx(closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        count, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        for index in range(1, count):
            x, y, w, h, area = (int(value) for value in stats[index])
            long, thick = (w, h) if level else (h, w)
            if thick > max(12, long // 12) or area > 9 * long + 40:
                continue
            # A ruling is ink all along; strokes of characters that stand one under another leave gaps between the lines of print.
            inked = dark[y : y + h, x : x + w].any(axis=0 if level else 1)
            if float(inked.mean()) < 0.93:
                continue
            if level:
                found.append(Stroke(x, y + h / 2, x + w, y + h / 2))
            else:
                found.append(Stroke(x + w / 2, y, x + w / 2, y + h))
    return _in_tables(found, width, height)


def _in_tables(found: list[Stroke], width: int, height: int) -> list[Stroke]:
    """Lines that make cells: an upright one ends on level lines at both ends, a level one meets two such uprights.

    Strokes of characters that stand one under another end in the middle of a cell; underlines and rules meet no upright.
    """
    near = max(width, height) / 160
    level = _joined([s for s in found if s.y0 == s.y1], near)
    upright = _joined([s for s in found if s.x0 == s.x1], near)

    def between_levels(u: Stroke) -> Stroke | None:
        # Print right above or below may cling to a line's end: cut there, if it is not much.
        met = [s.y0 for s in level if s.x0 - near <= u.x0 <= s.x1 + near and u.y0 - near <= s.y0 <= u.y1 + near]
        if len(met) < 2 or min(met) - u.y0 > 5 * near or u.y1 - max(met) > 5 * near or max(met) - min(met) < 0.6 * (u.y1 - u.y0):
            return None
        return Stroke(u.x0, min(met), u.x1, max(met))

    for _ in range(2):  # a false level line may hold up a false upright one, and the other way round
        upright = [cut for u in upright if (cut := between_levels(u)) is not None]
        level = [
            s
            for s in level
            if sum(s.x0 - near <= u.x0 <= s.x1 + near and u.y0 - near <= s.y0 <= u.y1 + near for u in upright) >= 2
        ]
    return [*level, *upright]


def _joined(lines: list[Stroke], near: float) -> list[Stroke]:
    """Pieces of one line joined: on one height (or one column) within a few points, with a short gap between them."""
    level = bool(lines) and lines[0].y0 == lines[0].y1
    result: list[Stroke] = []
    for item in sorted(lines, key=lambda s: (s.x0, s.y0) if level else (s.y0, s.x0)):
        for index, other in enumerate(result):
            if level and abs(other.y0 - item.y0) <= 4 and -near <= item.x0 - other.x1 <= 1.5 * near:
                y = (other.y0 + item.y0) / 2
                result[index] = Stroke(other.x0, y, max(other.x1, item.x1), y)
                break
            if not level and abs(other.x0 - item.x0) <= 4 and -near <= item.y0 - other.y1 <= 1.5 * near:
                x = (other.x0 + item.x0) / 2
                result[index] = Stroke(x, other.y0, x, max(other.y1, item.y1))
                break
        else:
            result.append(item)
    return result


# --- reading --------------------------------------------------------------------------------------------------------------


def split_at_rulings(quads: Sequence[Quad], rulings: Sequence[Stroke]) -> list[Quad]:
    """Lines that run over an upright ruling cut there: the finder joins neighbouring cells."""
    upright = [stroke for stroke in rulings if stroke.x0 == stroke.x1]
    result: list[Quad] = []
    for quad in quads:
        x0, x1 = float(quad[:, 0].min()), float(quad[:, 0].max())
        y = float(quad[:, 1].mean())
        height = float(quad[:, 1].max() - quad[:, 1].min())
        cuts = sorted(s.x0 for s in upright if x0 + 0.35 * height < s.x0 < x1 - 0.35 * height and s.y0 - 2 <= y <= s.y1 + 2)
        if not cuts:
            result.append(quad)
            continue
        edges = [x0, *cuts, x1]
        top, bottom = float(quad[:, 1].min()), float(quad[:, 1].max())
        for left, right in zip(edges, edges[1:], strict=False):
            if right - left >= 6:
                a, b = left + (2 if left != x0 else 0), right - (2 if right != x1 else 0)
                result.append(cast(Quad, np.array([[a, top], [b, top], [b, bottom], [a, bottom]], dtype=np.float32)))
    return result


def lonely_cells(picture: Picture, rulings: Sequence[Stroke], quads: Sequence[Quad]) -> list[Quad]:
    """Cells of the ruling's lattice that hold ink but no found line: a lone “—”, “√”, “1” that the finder passes over."""
    if not rulings:
        return []
    height, width = picture.shape[:2]
    walls = np.zeros((height, width), np.uint8)
    for s in rulings:
        cv2.line(walls, (round(s.x0), round(s.y0)), (round(s.x1), round(s.y1)), 255, 5)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(255 - walls, connectivity=4)
    taken = {int(labels[min(height - 1, max(0, round(float(q[:, 1].mean())))), min(width - 1, max(0, round(float(q[:, 0].mean()))))]) for q in quads}
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    result: list[Quad] = []
    for index in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[index])
        if index in taken or w < 12 or h < 12 or w * h > 0.25 * width * height or area < 0.7 * w * h:
            continue
        inner = grey[y + 3 : y + h - 3, x + 3 : x + w - 3]
        if inner.size == 0:
            continue
        ink = inner < min(140, int(np.median(inner)) - 60)
        if int(ink.sum()) < 12:
            continue
        rows, cols = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        top, bottom, left, right = y + 3 + rows[0], y + 4 + rows[-1], x + 3 + cols[0], x + 4 + cols[-1]
        pad = max(4, round((bottom - top) * 0.25), round((24 - (bottom - top)) / 2))
        top, bottom = max(y + 2, top - pad), min(y + h - 2, bottom + pad)
        left, right = max(x + 2, left - 6), min(x + w - 2, right + 6)
        if right - left < 4 or bottom - top < 6:
            continue
        result.append(cast(Quad, np.array([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float32)))
    return result


def words(picture: Picture, quads: Sequence[Quad], engine: OcrEngine) -> list[ScanWord]:
    """The words at the quads of a level picture, each with its characters' places; what is illegible is left out."""
    boxes, crops = [], []
    height, width = picture.shape[:2]
    for quad in quads:
        x0, y0 = max(0, math.floor(float(quad[:, 0].min()))), max(0, math.floor(float(quad[:, 1].min())))
        x1, y1 = min(width, math.ceil(float(quad[:, 0].max())) + 1), min(height, math.ceil(float(quad[:, 1].max())) + 1)
        if x1 - x0 < 3 or y1 - y0 < 3:
            continue
        boxes.append((x0, y0, x1, y1))
        crops.append(cast(Picture, picture[y0:y1, x0:x1]))
    found: list[ScanWord] = []
    for (x0, y0, x1, y1), crop, reading in zip(boxes, crops, engine.recognise(crops), strict=True):
        del crop
        text = reading.text
        if not text.strip() or reading.confidence < 0.3:
            continue
        edges = tuple(x0 + edge for edge in place_characters(reading, x1 - x0))
        mended = mend(text)
        found.append(ScanWord(mended, (x0, y0, x1, y1), edges if len(edges) == len(mended) + 1 else (), reading.confidence, text if mended != text else ""))
    return found


# One character for one character, and only where the neighbours leave no doubt.
_FIVE = re.compile(r"[5S](?=[GC6])[GC6](?=[+＋]|(?:网络|基站|工厂|专网|应用|全连接|融合|模组|终端|智慧|数字))")
_ZERO = re.compile(r"(?<=[〔\[（(]2)[Oo〇○](?=[0-9Oo〇○]{2}[〕\]）)])|(?<=[0-9])[Oo](?=[0-9])")
_ONE = re.compile(r"(?<=[0-9])[lI|](?=[0-9.])|(?<=[.][0-9])[lI|](?=[个%万亿])")


def mend(text: str) -> str:
    """A recognised text with its certain confusions put right (5C+工业互联网, 2O24); same length, digits are never changed."""
    text = _FIVE.sub("5G", text)
    return _ONE.sub("1", _ZERO.sub("0", text))


@dataclass(frozen=True, slots=True)
class Scan:
    """A picture as read: words and lines in pixels of the upright, level picture; how it was turned and tilted."""

    words: list[ScanWord]
    strokes: list[Stroke]
    width: int
    height: int
    rotation: int
    skew: float
    blank: bool = False


def read(picture: Picture, engine: OcrEngine) -> Scan:
    """Everything: evened, seal off, put upright and level, lines found, words read."""
    height, width = picture.shape[:2]
    if is_blank(picture):
        return Scan([], [], width, height, 0, 0.0, True)
    clean, sealed = without_seal(picture)
    del sealed
    clean = evened(clean)
    quads = engine.find(clean)
    rotation = 0
    if sideways(quads):
        clean, quads, rotation = _upright(clean, engine)
    found, lines, skew = _level_read(clean, quads, engine)
    if rotation == 0 and found and _confidence(found) < UNSURE:
        # Upside down reads as rubbish: try a handful of lines the other way before reading it all again.
        other = turned(clean, 2)
        sample = _sample(other, engine)
        if sample > _confidence(found) + 0.05:
            clean, rotation = other, 180
            found, lines, skew = _level_read(clean, engine.find(clean), engine)
    return Scan(found, lines, clean.shape[1], clean.shape[0], rotation, skew)


def _upright(picture: Picture, engine: OcrEngine) -> tuple[Picture, list[Quad], int]:
    """A picture lying on its side turned to the side on which it reads better."""
    best: tuple[float, Picture, list[Quad], int] | None = None
    for quarters in (1, 3):
        candidate = turned(picture, quarters)
        quads = engine.find(candidate)
        sure = _sure(candidate, quads, engine)
        if best is None or sure > best[0]:
            best = (sure, candidate, quads, quarters * 90)
        if sure > 0.93:
            break
    assert best is not None
    return best[1], best[2], best[3]


def _sample(picture: Picture, engine: OcrEngine) -> float:
    return _sure(picture, engine.find(picture), engine)


def _sure(picture: Picture, quads: Sequence[Quad], engine: OcrEngine) -> float:
    """Mean confidence of the longest few lines."""
    longest = sorted(quads, key=lambda quad: -float(quad[:, 0].max() - quad[:, 0].min()))[:6]
    return _confidence(words(picture, longest, engine))


def _confidence(found: Sequence[ScanWord]) -> float:
    total = sum(len(word.text) for word in found)
    return sum(word.confidence * len(word.text) for word in found) / total if total else 0.0


def _level_read(picture: Picture, quads: list[Quad], engine: OcrEngine) -> tuple[list[ScanWord], list[Stroke], float]:
    angle = tilt(quads)
    if abs(angle) >= 0.25:
        picture, matrix = levelled(picture, angle)
        quads = moved(quads, matrix) if abs(angle) < 2.0 else engine.find(picture)
    else:
        angle = 0.0
    heights = [float(quad[:, 1].max() - quad[:, 1].min()) for quad in quads]
    lines = strokes(picture, float(np.median(heights)) if heights else 0.0)
    cut = split_at_rulings(quads, lines)
    cut += lonely_cells(picture, lines, cut)
    return words(picture, cut, engine), lines, angle


# --- back to the page -----------------------------------------------------------------------------------------------------


def tilted_back(blocks: Sequence[Block], readings: Sequence[PageReading]) -> list[Block]:
    """Blocks with their boxes put back onto tilted pages as they are: a box then covers its words on the page's own picture."""
    tilts = {reading.number: reading for reading in readings if reading.skew}
    if not tilts:
        return list(blocks)

    def place(page: int, box: BBox) -> BBox:
        reading = tilts.get(page)
        if reading is None:
            return box
        angle = math.radians(reading.skew)
        cos, sin = math.cos(angle), math.sin(angle)
        cx, cy = reading.width / 2, reading.height / 2
        corners = [(box.x0, box.top), (box.x1, box.top), (box.x1, box.bottom), (box.x0, box.bottom)]
        points = [(cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos) for x, y in corners]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return BBox(min(xs), min(ys), max(xs), max(ys))

    def line(item: Line) -> Line:
        if item.page not in tilts:
            return item
        box = place(item.page, item.box)
        shift = (box.x0 + box.x1 - item.box.x0 - item.box.x1) / 2
        return replace(item, box=box, edges=tuple(edge + shift for edge in item.edges))

    def cell(item: Cell) -> Cell:
        return replace(item, lines=tuple(line(one) for one in item.lines), inner=tuple(table(one) for one in item.inner))

    def table(item: Table) -> Table:
        parts = tuple(Part(part.page, place(part.page, part.box)) for part in item.parts)
        return replace(item, cells=tuple(cell(one) for one in item.cells), parts=parts)

    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            result.append(table(block))
        elif isinstance(block, Heading | Paragraph):
            result.append(replace(block, lines=tuple(line(one) for one in block.lines)))
    return result


def sample_reading(text: str) -> Reading:
    """A reading with evenly placed characters, for engines that give none."""
    count = max(1, len(text))
    return Reading(text, 1.0, tuple((index + 0.5) / count for index in range(len(text))), (1.0,) * len(text))


def as_array(image: Any) -> Picture:
    """A PIL picture as an RGB array."""
    return cast(Picture, np.asarray(image.convert("RGB"), dtype=np.uint8))
