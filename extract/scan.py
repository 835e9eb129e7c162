"""A picture of a page made ready and read: upright, level, without seal and shadow; its lines found, its words placed.

Every step is one function over ``uint8`` RGB arrays. Places are pixels of the straightened picture until ``pictures`` turns
them into points.
"""

from __future__ import annotations

import itertools
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
Box = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels

DOUBT = 0.86  # confidence below which a line is read a second time
LEGIBLE = 0.3  # confidence below which a line counts as not read
FEW = 30  # shapes below which a page on which no words were read is called blank
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


def without_seals(picture: Picture) -> Picture:
    """The picture with stamps faded, red and blue ones; red print (a letterhead, a heading) stays.

    In the stamp's own channel its ink is nearly as bright as paper while the print under it stays dark: that channel, stretched,
    takes the picture's place where the stamp lies. The picture should be ``evened`` before, so that paper is white.
    """
    result = picture
    step = max(1, max(picture.shape[:2]) // 600)
    small = picture[::step, ::step].astype(np.int16)
    for channel in (0, 2):
        own, others = small[..., channel], np.delete(small, channel, axis=2)
        stamped = (own - others[..., 0] > 35) & (own - others[..., 1] > 35) & (own > 60)
        if int(stamped.sum()) < 60:
            continue
        for x0, y0, x1, y1 in _stamps(stamped.astype(np.uint8)):
            inside = stamped[y0:y1, x0:x1]
            # As dark as the stamp is in its own channel, print is darker still: stretch between the two.
            level = float(np.percentile(own[y0:y1, x0:x1][inside], 25))
            low = max(0.0, level - 110.0)
            area = (slice(y0 * step, y1 * step), slice(x0 * step, x1 * step))
            plane = picture[area][..., channel].astype(np.float32)
            faded = (np.clip((plane - low) / max(1.0, level * 0.92 - low), 0.0, 1.0) * 255.0).astype(np.uint8)
            mask = cv2.resize(inside.astype(np.uint8), (plane.shape[1], plane.shape[0]), interpolation=cv2.INTER_NEAREST)
            near = cv2.dilate(mask, np.ones((2 * step + 7, 2 * step + 7), np.uint8)) > 0
            if result is picture:
                result = picture.copy()
            result[area] = np.where(near[..., None], faded[..., None], result[area])
    return result


def without_copied_seals(picture: Picture) -> Picture:
    """The picture with round stamps faded that a copier has made grey: their ink is paler than print. Others are left alone."""
    step = max(1, max(picture.shape[:2]) // 1100)
    small = cv2.cvtColor(np.ascontiguousarray(picture[::step, ::step]), cv2.COLOR_RGB2GRAY)
    # The edges of black print are grey too, but thin.
    grey = cv2.morphologyEx(cv2.inRange(small, np.array(70), np.array(195)) // 255, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    result = picture
    for left, top, right, bottom in _stamps(grey.astype(np.uint8)):
        x, y, radius = (left + right) / 2, (top + bottom) / 2, (right - left + bottom - top) / 4 - 2
        if abs((right - left) - (bottom - top)) > 0.15 * radius:
            continue
        levels = _ring(small, x, y, radius)
        dark = levels[levels < 200]
        # Nearly all of the ring is there, in one tone, and that is not the tone of print.
        if dark.size < 0.8 * levels.size or not 75 <= (level := float(np.median(dark))) <= 190 or float(np.std(dark)) > 35:
            continue
        reach = radius * 1.06
        x0, x1 = (max(0, round(v * step)) for v in (x - reach, x + reach))
        y0, y1 = (max(0, round(v * step)) for v in (y - reach, y + reach))
        area = (slice(y0, y1), slice(x0, x1))
        low = max(0.0, level - 75.0)
        plane = picture[area].astype(np.float32)
        faded = (np.clip((plane - low) / (level * 0.9 - low), 0.0, 1.0) * 255.0).astype(np.uint8)
        rows, cols = np.mgrid[y0 : y0 + plane.shape[0], x0 : x0 + plane.shape[1]]
        inside = (rows - y * step) ** 2 + (cols - x * step) ** 2 <= (reach * step) ** 2
        if result is picture:
            result = picture.copy()
        result[area] = np.where(inside[..., None], faded, result[area])
    return result


def _ring(grey: Grey, x: float, y: float, radius: float) -> NDArray[np.uint8]:
    """The darkest tone near each of 180 points of a circle."""
    found = []
    for angle in np.linspace(0, 2 * math.pi, 180, endpoint=False):
        spots = [(round(y + r * math.sin(angle)), round(x + r * math.cos(angle))) for r in np.arange(radius - 4, radius + 5)]
        tones = [int(grey[row, col]) for row, col in spots if 0 <= row < grey.shape[0] and 0 <= col < grey.shape[1]]
        found.append(min(tones, default=255))
    return np.asarray(found, dtype=np.uint8)


def _stamps(stamped: NDArray[np.uint8]) -> list[tuple[int, int, int, int]]:
    """Boxes of coloured shapes that look like stamps: about as wide as high, larger than a heading's character, not filled.

    Three of them and more in a row are the large letters of a plaque.
    """
    height, width = stamped.shape
    reach = max(3, round(min(width, height) * 0.022))
    whole = cv2.morphologyEx(stamped, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    boxes = []
    letters = []
    for index in range(1, count):
        x, y, w, h, _ = (int(value) for value in stats[index])
        if 0.04 * min(width, height) < h < 0.16 * min(width, height):
            letters.append((x, y, x + w, y + h))
        # A stamp at the edge of the page is cut off: half of it is still a stamp.
        cut = x <= 2 or y <= 2 or x + w >= width - 2 or y + h >= height - 2
        long, short = max(w, h), min(w, h)
        if not 0.07 * min(width, height) <= long <= 0.6 * min(width, height) or long > (2.6 if cut else 1.7) * short:
            continue
        if float(stamped[y : y + h, x : x + w].mean()) > 0.6:
            continue
        pad = 2
        boxes.append((max(0, x - pad), max(0, y - pad), min(width, x + w + pad), min(height, y + h + pad)))
    return [box for box in boxes if sum(_in_line(box, letter) for letter in letters) < 3]


def _in_line(box: tuple[int, int, int, int], letter: tuple[int, int, int, int]) -> int:
    """How many letters a shape beside a box is, in one line with it and as high: letters may have run together. Itself is one."""
    high = letter[3] - letter[1]
    shared = min(box[3], letter[3]) - max(box[1], letter[1])
    apart = max(box[0], letter[0]) - min(box[2], letter[2])
    alike = shared > 0.6 * max(box[3] - box[1], high) and apart < 6 * high
    return max(1, round((letter[2] - letter[0]) / high)) if alike else 0


def evened(picture: Picture) -> Picture:
    """Shadows, yellowed or dark paper and pale print evened out, colours kept. Clean pages come back as they are."""
    height, width = picture.shape[:2]
    if float(np.median(picture[::4, ::4].mean(axis=2))) < 110:
        picture = 255 - picture  # a slide or a plaque: light print on a dark ground
    step = max(2, max(width, height) // 300)
    small = cv2.resize(picture, (max(8, width // step), max(8, height // step)), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 21)
    grey = cv2.cvtColor(picture[::2, ::2], cv2.COLOR_RGB2GRAY)
    darkest = float(np.percentile(grey, 0.4))
    if int(np.percentile(paper, 5)) > 225 and darkest < 110:
        return picture
    background = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    flat = (picture.astype(np.float32) + 10.0) / (background + 10.0)
    # Light print on a dark ground becomes dark print on a light one.
    np.divide(1.0, flat, out=flat, where=flat > 1.15)
    low = 0.0
    if darkest >= 110:  # a pale copy: what is darkest becomes nearly black
        low = min(0.75, float(np.percentile(flat[::2, ::2].mean(axis=2), 0.4)) - 0.1)
    return cast(Picture, np.clip((flat - low) / (0.97 - low) * 250.0, 0, 255).astype(np.uint8))


def smoothed(picture: Picture) -> Picture:
    """A page in black and white alone with its jags rounded, as the recogniser was taught on grey print; others unchanged."""
    sample = picture[::3, ::3, 1]
    if float(((sample > 40) & (sample < 215)).mean()) > 0.004:
        return picture
    return cast(Picture, cv2.GaussianBlur(picture, (0, 0), 0.8))


def marks(picture: Picture) -> int:
    """How many shapes of a character's size stand out from the paper; 0 on an empty page, whatever its specks and shadows."""
    height, width = picture.shape[:2]
    shrink = max(1.0, max(height, width) / 1600)
    small = cv2.resize(picture, (max(8, round(width / shrink)), max(8, round(height / shrink))), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    paper = cv2.medianBlur(grey, 41) if min(grey.shape) > 41 else grey
    dark = (np.abs(paper.astype(np.int16) - grey.astype(np.int16)) > 28).astype(np.uint8)
    edge_y, edge_x = max(1, grey.shape[0] // 50), max(1, grey.shape[1] // 50)
    dark[:edge_y], dark[-edge_y:], dark[:, :edge_x], dark[:, -edge_x:] = 0, 0, 0, 0
    count, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    sizes = stats[1:count]
    long = np.maximum(sizes[:, 2], sizes[:, 3])
    return int(((long >= 7) & (sizes[:, 4] >= 8)).sum())


def turned(picture: Picture, quarters: int) -> Picture:
    """The picture turned clockwise by quarter turns."""
    return cast(Picture, np.ascontiguousarray(np.rot90(picture, -quarters % 4)))


def lines_in(picture: Picture, engine: OcrEngine) -> list[Quad]:
    """The text lines of a picture; a long strip (a screenshot) is looked through piece by piece, at a legible size."""
    height, width = picture.shape[:2]
    if max(height, width) <= 2.2 * min(height, width):
        return engine.find(picture)
    level = width > height
    side, length = min(height, width), max(height, width)
    piece, lap = round(1.6 * side), max(40, side // 12)
    found: list[Quad] = []
    start = 0
    while start < length:
        end = min(length, start + piece)
        part = picture[:, start:end] if level else picture[start:end]
        shift = np.array([start, 0] if level else [0, start], dtype=np.float32)
        axis = 0 if level else 1
        for quad in engine.find(cast(Picture, np.ascontiguousarray(part))):
            moved_quad = cast(Quad, quad + shift)
            middle = float(moved_quad[:, axis].mean())
            # The pieces overlap: each line is taken from the piece in whose own part its middle lies.
            first = start + (lap / 2 if start else 0)
            last = end - (lap / 2 if end < length else -1)
            if first <= middle < last:
                found.append(moved_quad)
        if end == length:
            break
        start = end - lap
    return found


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
        for left, right in itertools.pairwise(edges):
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
    middles = [(float(quad[:, 0].mean()), float(quad[:, 1].mean())) for quad in quads]
    taken = {int(labels[min(height - 1, max(0, round(y))), min(width - 1, max(0, round(x)))]) for x, y in middles}
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    result: list[Quad] = []
    for index in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[index])
        if index in taken or w < 12 or h < 12 or w * h > 0.25 * width * height or area < 0.7 * w * h:
            continue
        inner = grey[y + 3 : y + h - 3, x + 3 : x + w - 3]
        if inner.size == 0:
            continue
        paper = int(np.median(inner))
        dark = inner < paper - max(40, paper // 4)
        shapes, _, sizes, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
        # Specks, and scraps of the cell's own ruling along its edge, are no print.
        kept = [
            sizes[i]
            for i in range(1, shapes)
            if sizes[i][4] >= 10
            and max(sizes[i][2], sizes[i][3]) >= 6
            and not (sizes[i][2] > 0.8 * w or sizes[i][3] > 0.8 * h)
            and not (min(sizes[i][2], sizes[i][3]) <= 3 and _at_edge(sizes[i], inner.shape))
        ]
        if not kept:
            continue
        left, right = x + 3 + min(int(k[0]) for k in kept), x + 3 + max(int(k[0] + k[2]) for k in kept)
        top, bottom = y + 3 + min(int(k[1]) for k in kept), y + 3 + max(int(k[1] + k[3]) for k in kept)
        pad = max(4, round((bottom - top) * 0.25), round((24 - (bottom - top)) / 2))
        top, bottom = max(y + 2, top - pad), min(y + h - 2, bottom + pad)
        left, right = max(x + 2, left - 6), min(x + w - 2, right + 6)
        if right - left < 4 or bottom - top < 6:
            continue
        result.append(cast(Quad, np.array([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float32)))
    return result


def _at_edge(shape: NDArray[Any], size: tuple[int, ...]) -> bool:
    x, y, w, h = (int(value) for value in shape[:4])
    return x <= 1 or y <= 1 or x + w >= size[1] - 1 or y + h >= size[0] - 1


def stacked(picture: Picture, quad: Quad) -> list[Quad]:
    """A tall line of characters one under another (the first column of many tables) as a quad for each; else the quad itself."""
    x0, y0 = (max(0, math.floor(float(value))) for value in quad.min(axis=0))
    x1, y1 = (math.ceil(float(value)) for value in quad.max(axis=0))
    wide, high = x1 - x0, y1 - y0
    if high < 1.7 * wide or wide < 14:
        return [quad]
    grey = cv2.cvtColor(np.ascontiguousarray(picture[y0:y1, x0:x1]), cv2.COLOR_RGB2GRAY)
    inked = (grey < int(np.percentile(grey, 85)) - 50).any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inked.astype(np.int8), [0]])))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    merged: list[tuple[int, int]] = []
    for start, end in runs:  # 二, 三, 言: one character in several runs; together they are no higher than they are wide
        if merged and end - merged[-1][0] <= 0.85 * wide:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    if len(merged) < 2 or any(end - start > 1.2 * wide for start, end in merged):
        return [quad]
    result = []
    for start, end in merged:
        pad = max(2, round(0.08 * wide))
        top, bottom = y0 + start - pad, y0 + end + pad
        result.append(cast(Quad, np.array([[x0, top], [x1, top], [x1, bottom], [x0, bottom]], dtype=np.float32)))
    return result


def words(
    picture: Picture, quads: Sequence[Quad], engine: OcrEngine, other: Picture | None = None, illegible: list[Box] | None = None
) -> list[ScanWord]:
    """The words at the quads of a level picture, each with its characters' places; what is illegible is left out.

    What is read with doubt is read again in ``other``, the same page made ready in another way, and the surer reading is taken.
    ``illegible`` is given the boxes of the lines that were left out.
    """
    boxes = [(quad, box) for quad in quads if (box := _box(picture, quad)) is not None]
    placed = [(box, _crop(picture, quad, box)) for quad, box in boxes]
    readings = engine.recognise([crop for _, crop in placed])
    doubtful = [at for at, reading in enumerate(readings) if reading.confidence < DOUBT]
    if doubtful:
        again = other if other is not None else picture
        wider = [_widened(placed[at][0], again) for at in doubtful]
        for at, box, reading in zip(
            doubtful, wider, engine.recognise([_slice(again, box) for box in wider]), strict=True
        ):
            if reading.text.strip() and reading.confidence > readings[at].confidence + 0.05:
                readings[at], placed[at] = reading, (box, _slice(again, box))
    found: list[ScanWord] = []
    for (box, crop), reading in zip(placed, readings, strict=True):
        if reading.text.strip() and reading.confidence >= LEGIBLE:
            found += _pieces(reading, box, crop)
        elif illegible is not None:
            illegible.append(box)
    return _without_shadows(found)


def _lost_lines(boxes: Sequence[Box], found: Sequence[ScanWord]) -> list[Box]:
    """Of the boxes in which nothing legible was read, those as high as a line of the page and longer than a character or two.

    What lies over words that were read is a stamp's arc or a shadow; drawings and logos are higher than lines.
    """
    usual = float(np.median([word.box[3] - word.box[1] for word in found])) if found else 0.0
    kept = []
    for x0, y0, x1, y1 in boxes:
        like_line = x1 - x0 >= 2.5 * (y1 - y0) and (not usual or 0.5 * usual <= y1 - y0 <= 2 * usual)
        free = all(min(x1, w.box[2]) <= max(x0, w.box[0]) or min(y1, w.box[3]) <= max(y0, w.box[1]) for w in found)
        if like_line and free:
            kept.append((x0, y0, x1, y1))
    return kept


def _without_shadows(found: list[ScanWord]) -> list[ScanWord]:
    """The words without doubtful ones that lie over surer ones: a stamp's arc of characters read as if it were a line."""
    doubtful = {id(word) for word in found if word.confidence < 0.8}
    if not doubtful:
        return found

    def overlaid(word: ScanWord) -> bool:
        own = (word.box[2] - word.box[0]) * (word.box[3] - word.box[1])
        for other in found:
            if id(other) in doubtful:
                continue
            wide = min(word.box[2], other.box[2]) - max(word.box[0], other.box[0])
            high = min(word.box[3], other.box[3]) - max(word.box[1], other.box[1])
            area = (other.box[2] - other.box[0]) * (other.box[3] - other.box[1])
            if wide > 0 and high > 0 and wide * high > 0.15 * min(own, area):
                return True
        return False

    return [word for word in found if id(word) not in doubtful or not overlaid(word)]


def _box(picture: Picture, quad: Quad) -> tuple[int, int, int, int] | None:
    height, width = picture.shape[:2]
    x0, y0 = max(0, math.floor(float(quad[:, 0].min()))), max(0, math.floor(float(quad[:, 1].min())))
    x1, y1 = min(width, math.ceil(float(quad[:, 0].max())) + 1), min(height, math.ceil(float(quad[:, 1].max())) + 1)
    return (x0, y0, x1, y1) if x1 - x0 >= 3 and y1 - y0 >= 3 else None


def _slice(picture: Picture, box: tuple[int, int, int, int]) -> Picture:
    return picture[box[1] : box[3], box[0] : box[2]]


def _crop(picture: Picture, quad: Quad, box: tuple[int, int, int, int]) -> Picture:
    """A plain slice; a line that still runs aslant (a photo's perspective) is turned level, so that its neighbours stay out."""
    lift = max(abs(float(quad[0][1] - quad[1][1])), abs(float(quad[3][1] - quad[2][1])))
    if lift <= max(3.0, 0.12 * (box[3] - box[1])) or box[2] - box[0] < 2 * (box[3] - box[1]):
        return _slice(picture, box)
    width = max(4, int(np.linalg.norm(quad[0] - quad[1])))
    height = max(4, int(np.linalg.norm(quad[0] - quad[3])))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    level = cv2.warpPerspective(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return cast(Picture, level)


def _widened(box: tuple[int, int, int, int], picture: Picture) -> tuple[int, int, int, int]:
    pad = max(2, (box[3] - box[1]) // 9)
    return max(0, box[0] - pad), max(0, box[1] - pad), min(picture.shape[1], box[2] + pad), min(picture.shape[0], box[3] + pad)


def _pieces(reading: Reading, box: tuple[int, int, int, int], crop: Picture) -> list[ScanWord]:
    """A reading as words: cut where a wide gap is, blanks that the recogniser put between close characters taken out."""
    x0, y0, x1, y1 = box
    edges = place_characters(reading, x1 - x0)
    text = reading.text
    sure = reading.confidences if len(reading.confidences) == len(text) else (reading.confidence,) * len(text)
    if not edges:
        tidy = mend(text.strip())
        return [ScanWord(full_width(tidy), (x0, y0, x1, y1), (), reading.confidence, text if tidy != text else "")]
    first, last = _inked(crop)
    if last > first:  # the crop has a margin on both sides; a box should end where its words do
        edges = tuple(min(max(edge, first - 1.0), last + 2.0) for edge in edges)
        edges = (max(0.0, first - 1.0), *edges[1:-1], min(float(x1 - x0), last + 2.0))
    em = 0.72 * (y1 - y0)  # the box has a margin above and below the characters
    runs: list[list[int]] = [[]]
    dropped: list[bool] = [False]
    for at, char in enumerate(text):
        if not char.isspace():
            runs[-1].append(at)
            continue
        gap = edges[min(at + 2, len(text))] - edges[max(0, at - 1)]  # both neighbours and what is between them
        if runs[-1] and gap > 3.0 * em:
            runs.append([])
            dropped.append(False)
        elif runs[-1] and _between_words(text, at) and not (_in_number(text, at) and _touching(crop, edges, at, em)):
            runs[-1].append(at)  # a blank between two words of another script, or two numbers, is theirs
        else:
            dropped[-1] = True
    result: list[ScanWord] = []
    for run, shortened in zip(runs, dropped, strict=True):
        while run and text[run[-1]].isspace():
            run.pop()
        if not run:
            continue
        said = "".join(text[at] for at in run)
        tidy = mend(said)
        places = [x0 + edges[at] for at in run] + [x0 + edges[run[-1] + 1]]
        raw = text[run[0] : run[-1] + 1] if shortened or tidy != said else ""
        figures = [sure[at] for at in run if text[at].isdigit()]
        confidence = min(float(np.mean([sure[at] for at in run])), *figures, 1.0)
        result.append(ScanWord(full_width(tidy), (places[0], y0, places[-1], y1), tuple(places), confidence, raw))
    return result


def _inked(crop: Picture) -> tuple[int, int]:
    """The first and the last column of a crop with ink in them."""
    grey = cv2.cvtColor(np.ascontiguousarray(crop), cv2.COLOR_RGB2GRAY)
    high = grey.shape[0]
    inner = grey[round(0.15 * high) : max(1, round(0.85 * high))]
    columns = np.flatnonzero((inner < int(np.percentile(inner, 85)) - 45).any(axis=0)) if inner.size else np.array([])
    return (int(columns[0]), int(columns[-1])) if columns.size else (0, 0)


def _between_words(text: str, at: int) -> bool:
    """Whether a blank has letters of a script with blanks on both sides."""
    return at + 1 < len(text) and ord(text[at - 1]) < 0x2E80 and ord(text[at + 1]) < 0x2E80


def _in_number(text: str, at: int) -> bool:
    """Whether a blank may stand inside one number: digits around it, no second point, not two years side by side."""
    left, right = re.search(r"[0-9.,]+$", text[:at]), re.match(r"[0-9.,]+%?", text[at + 1 :])
    if not left or not right or (left.group() + right.group()).count(".") > 1:
        return False
    return not (re.fullmatch(r"(?:19|20)[0-9]{2}", left.group()) and re.match(r"(?:19|20)[0-9]{2}$", right.group()))


def _touching(crop: Picture, edges: Sequence[float], at: int, em: float) -> bool:
    """Whether the ink on both sides of a blank is as close as that of neighbouring digits."""
    start = round((edges[at - 1] + edges[at]) / 2)
    end = round((edges[at + 1] + edges[at + 2]) / 2)
    grey = cv2.cvtColor(np.ascontiguousarray(crop[:, max(0, start) : max(end, start + 1)]), cv2.COLOR_RGB2GRAY)
    if grey.size == 0:
        return False
    empty = (grey > int(grey.max()) - 60).all(axis=0)
    longest = run = 0
    for free in empty:
        run = run + 1 if free else 0
        longest = max(longest, run)
    return longest <= 0.34 * em


def _roomy(quads: Sequence[Quad], rulings: Sequence[Stroke], width: int) -> list[Quad]:
    """Quads with some room to the right: the finder cuts a comma off a line's end. Not across a ruling or into a neighbour."""
    upright = [stroke for stroke in rulings if stroke.x0 == stroke.x1]
    spans = [(*(float(v) for v in quad.min(axis=0)), *(float(v) for v in quad.max(axis=0))) for quad in quads]
    result: list[Quad] = []
    for quad, (x0, y0, x1, y1) in zip(quads, spans, strict=True):
        high = y1 - y0
        if x1 - x0 < 3 * high:
            result.append(quad)
            continue
        middle, limit = (y0 + y1) / 2, min(float(width), x1 + 0.45 * high)
        for stroke in upright:
            if stroke.x0 > x1 - 4 and stroke.y0 <= middle <= stroke.y1:
                limit = min(limit, stroke.x0 - 4)
        for a, top, _, bottom in spans:
            if a > x0 and a > x1 - 0.5 * high and top <= middle <= bottom:
                limit = min(limit, a - 2)
        wider = quad.copy()
        if limit > x1:
            wider[1, 0] += limit - x1
            wider[2, 0] += limit - x1
        result.append(wider)
    return result


# One character for one character, and only where the neighbours leave no doubt.
_FIVE = re.compile(r"(?<![0-9A-Za-z.])(?:5C|SG|SC)(?=[+＋]|(?:网络|基站|工厂|专网|应用|全连接|融合|模组|终端|智慧|数字))")
_ZERO = re.compile(r"(?<=[〔\[（(]2)[Oo〇○](?=[0-9Oo〇○]{2}[〕\]）)])|(?<=[0-9])[Oo](?=[0-9])")
_ONE = re.compile(r"(?<=[0-9])[lI](?=[0-9.])|(?<=[.][0-9])[lI](?=[个%万亿])")
# Older forms of characters that the recogniser takes for the ones in use.
_FORMS = str.maketrans("別內戶産產爲黃冊録說專號單東發開關", "别内户产产为黄册录说专号单东发开关")
_CROSS = re.compile(r"(?<=×)[xX]|[xX](?=×)")
# “3:” in the middle of a list that goes “2.…；3:…；4.…”.
_LISTED = re.compile(r"(?:^|[；;])[0-9]{1,2}[.．][^0-9]")
_LIST_POINT = re.compile(r"(?:(?<=[；;][0-9])|(?<=[；;][0-9]{2}))[:：](?=[\u4e00-\u9fff])")


def mend(text: str) -> str:
    """A recognised text with its certain confusions put right (5C+工业互联网, 2O24); same length, digits are never changed."""
    text = _FIVE.sub("5G", text.translate(_FORMS))
    if _LISTED.search(text):
        text = _LIST_POINT.sub(".", text)
    return _CROSS.sub("×", _ONE.sub("1", _ZERO.sub("0", text)))


def full_width(text: str) -> str:
    """Brackets, colons, commas and semicolons next to Chinese characters as Chinese print has them; same length."""
    if not any(char in "(),:;" for char in text):
        return text
    chars = list(text)
    opened: list[int] = []
    for at, char in enumerate(chars):
        before, after = chars[at - 1] if at else "", text[at + 1] if at + 1 < len(text) else ""
        chinese = _chinese(before) or _chinese(after)
        if char in "(（":
            opened.append(at)
            if chinese:
                chars[at] = "（"
        elif char in ")）":
            start = opened.pop() if opened else -1
            if chinese or char == "）" or (start >= 0 and chars[start] == "（"):
                chars[at] = "）"
                if start >= 0:
                    chars[start] = "（"
        elif char in ",:;" and _chinese(before):
            chars[at] = "，：；"[",:;".index(char)]
    return "".join(chars)


def _chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or char in ("”", "》", "〕", "“", "《", "〔", "）", "（", "、", "。")


def signs(found: Sequence[ScanWord], picture: Picture, rulings: Sequence[Stroke]) -> list[ScanWord]:
    """A lone “一” or “V” in a table cell put right: a dash of even thickness is “—”, a V is a tick; ``raw`` keeps the reading."""
    if not rulings:
        return list(found)
    x0, x1 = min(s.x0 for s in rulings), max(s.x1 for s in rulings)
    y0, y1 = min(s.y0 for s in rulings), max(s.y1 for s in rulings)
    result = []
    for word in found:
        inside = x0 <= (word.box[0] + word.box[2]) / 2 <= x1 and y0 <= (word.box[1] + word.box[3]) / 2 <= y1
        if inside and word.text in ("一", "-", "V", "v") and not _company(word, found, rulings):
            if word.text in "Vv":
                word = replace(word, text="√", raw=word.raw or word.text)
            elif word.text == "-" or (not _counted(word, found) and _even_stroke(picture, word)):
                word = replace(word, text="—", raw=word.raw or word.text)
        result.append(word)
    return result


def _company(word: ScanWord, found: Sequence[ScanWord], rulings: Sequence[Stroke]) -> bool:
    """Whether other words stand in the same cell, to the left or right or right above or below."""
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    left = max((s.x0 for s in rulings if s.x0 == s.x1 and s.x0 < x and s.y0 <= y <= s.y1), default=0.0)
    right = min((s.x0 for s in rulings if s.x0 == s.x1 and s.x0 > x and s.y0 <= y <= s.y1), default=math.inf)
    top = max((s.y0 for s in rulings if s.y0 == s.y1 and s.y0 < y and s.x0 <= x <= s.x1), default=0.0)
    bottom = min((s.y0 for s in rulings if s.y0 == s.y1 and s.y0 > y and s.x0 <= x <= s.x1), default=math.inf)
    middles = ((other, (other.box[0] + other.box[2]) / 2, (other.box[1] + other.box[3]) / 2) for other in found)
    return any(other is not word and left <= a <= right and top <= b <= bottom for other, a, b in middles)


def _counted(word: ScanWord, found: Sequence[ScanWord]) -> bool:
    """Whether “一” stands in a column that goes on with 二 or 三: then it is a number."""
    x = (word.box[0] + word.box[2]) / 2
    return any(other.text in ("二", "三") and other.box[0] - 20 <= x <= other.box[2] + 20 for other in found)


def _even_stroke(picture: Picture, word: ScanWord) -> bool:
    """Whether the ink in the word's box is one level stroke of the same thickness all along: a dash, not the character 一."""
    x0, y0, x1, y1 = (round(value) for value in word.box)
    grey = cv2.cvtColor(cast(Picture, np.ascontiguousarray(picture[y0:y1, x0:x1])), cv2.COLOR_RGB2GRAY)
    if grey.size == 0:
        return False
    ink = grey < int(np.median(grey)) - 50
    columns = ink.sum(axis=0)
    columns = columns[columns > 0][2:-2]
    if columns.size < 6:
        return False
    thin, thick = np.percentile(columns, (5, 95))
    return bool(thick <= thin + 2 and thick <= 0.25 * columns.size)


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
    illegible: int = 0  # lines of text of which nothing certain was read


def read(picture: Picture, engine: OcrEngine) -> Scan:
    """Everything: evened, seal off, put upright and level, lines found, words read."""
    height, width = picture.shape[:2]
    shapes = marks(picture)
    if shapes == 0:
        return Scan([], [], width, height, 0, 0.0, True)
    plain = evened(picture)
    clean = smoothed(without_copied_seals(without_seals(plain)))
    quads = lines_in(clean, engine)
    rotation = 0
    if sideways(quads):
        clean, quads, rotation = _upright(clean, engine)
    found, lines, skew, illegible = _level_read(clean, quads, engine, turned(plain, rotation // 90))
    if rotation == 0 and found and _confidence(found) < UNSURE:
        # Upside down reads as rubbish: try a handful of lines the other way before reading it all again.
        other = turned(clean, 2)
        quads = lines_in(other, engine)
        if _sure(other, quads, engine) > _confidence(found) + 0.05:
            clean, rotation = other, 180
            found, lines, skew, illegible = _level_read(clean, quads, engine, turned(plain, 2))
    blank = not found and shapes < FEW
    return Scan(found, lines, clean.shape[1], clean.shape[0], rotation, skew, blank, illegible)


def _upright(picture: Picture, engine: OcrEngine) -> tuple[Picture, list[Quad], int]:
    """A picture lying on its side turned to the side on which it reads better."""
    best: tuple[float, Picture, list[Quad], int] | None = None
    for quarters in (1, 3):
        candidate = turned(picture, quarters)
        quads = lines_in(candidate, engine)
        sure = _sure(candidate, quads, engine)
        if best is None or sure > best[0]:
            best = (sure, candidate, quads, quarters * 90)
        if sure > 0.93:
            break
    assert best is not None
    return best[1], best[2], best[3]


def _sure(picture: Picture, quads: Sequence[Quad], engine: OcrEngine) -> float:
    """Mean confidence of the longest few lines."""
    longest = sorted(quads, key=lambda quad: -float(quad[:, 0].max() - quad[:, 0].min()))[:6]
    return _confidence(words(picture, longest, engine))


def _confidence(found: Sequence[ScanWord]) -> float:
    total = sum(len(word.text) for word in found)
    return sum(word.confidence * len(word.text) for word in found) / total if total else 0.0


def _level_read(
    picture: Picture, quads: list[Quad], engine: OcrEngine, plain: Picture
) -> tuple[list[ScanWord], list[Stroke], float, int]:
    angle = tilt(quads)
    if abs(angle) >= 0.25:
        picture, matrix = levelled(picture, angle)
        plain, _ = levelled(plain, angle)
        quads = moved(quads, matrix) if abs(angle) < 2.0 else lines_in(picture, engine)
    else:
        angle = 0.0
    heights = [float(quad[:, 1].max() - quad[:, 1].min()) for quad in quads]
    lines = strokes(picture, float(np.median(heights)) if heights else 0.0)
    cut = _roomy(split_at_rulings(quads, lines), lines, picture.shape[1])
    lonely = lonely_cells(picture, lines, cut)
    upright = [one for quad in [*cut, *lonely] for one in stacked(picture, quad)]
    left_out: list[Box] = []
    found = words(picture, upright, engine, plain, left_out)
    return signs(found, picture, lines), lines, angle, len(_lost_lines(left_out, found))


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
        return item._replace(box=box, edges=tuple(edge + shift for edge in item.edges))

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
