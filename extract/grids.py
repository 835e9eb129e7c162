"""Tables: ruling lines and word positions → cells with spans, in one way for digital pages, scans and OFD."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

import numpy as np

from extract.document import BBox, Cell, Lane, Line, Part, Table
from extract.lines import Row, composed, edges_of, rows_of, split_word
from extract.page import Ruling, Word

SAME = 3.0  # points: rulings nearer than this are one line (double lines, noise of a scan)
REACH = 4.0  # points: how far a line may fall short of the line that it meets
GAP = 4.0  # points: a hole in a line no wider than this is none
MAX_LINES = 4000  # rulings of one page; beyond that it is a drawing


@dataclass(slots=True)
class Grid:
    """A table's part on one page. ``widths`` are the columns' shares of its width; ``inner`` grids stand in cells."""

    page: int
    box: BBox
    n_rows: int
    n_cols: int
    cells: list[Cell]
    xs: list[float]
    ys: list[float]
    lane: Lane = "table"
    ruled: bool = True
    boxes: dict[tuple[int, int], BBox] = field(default_factory=dict)
    confidence: float = 1.0
    scrap: list[Word] = field(default_factory=list)  # its words, where only one cell has any: a rest of a cut row, or no table
    rest: bool = False  # rows that stand in the columns of the table without lines that the page before ended with


@dataclass(slots=True)
class Found:
    """What ``find`` saw on a page: tables, boxes drawn around text (with their words), and the words outside both."""

    grids: list[Grid]
    frames: list[tuple[BBox, list[Word]]]
    words: list[Word]


@dataclass(slots=True)
class _Mesh:
    """Rulings that touch each other: positions of their lines, and how much of each slot's border is drawn (0 to 1)."""

    xs: list[float]
    ys: list[float]
    vertical: Any  # rows × (columns + 1)
    horizontal: Any  # (rows + 1) × columns
    confidence: float = 1.0  # less where white strips stand for lines

    @property
    def box(self) -> BBox:
        return BBox(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def find(
    words: Sequence[Word],
    rulings: Sequence[Ruling],
    page: int,
    width: float,
    height: float,
    *,
    lane: Lane = "table",
    mend: bool = False,
) -> Found:
    """The tables of one page by its rulings. Points, origin upper left; every word is in exactly one of the results."""
    left = list(words)
    grids: list[Grid] = []
    frames: list[tuple[BBox, list[Word]]] = []
    hosts: list[tuple[Grid, _Mesh]] = []
    meshes = sorted(_meshes(rulings, words), key=lambda m: -_area(m.box)) if 1 < len(rulings) <= MAX_LINES else []
    inner: list[tuple[Grid, tuple[int, int], _Mesh]] = []
    for mesh in meshes:
        if mend:
            here = [w for w in left if _holds(mesh.box, w)]
            mesh = _unsealed(_with_gutters(mesh, here), here)
        box = mesh.box
        spans = _spans(mesh)
        if _area(box) > 0.55 * width * height and len(spans) == 1:
            continue  # a border around the whole page
        host = next(((g, place) for g, _ in hosts for place, b in g.boxes.items() if _within(box, b)), None)
        if host is not None:
            if len(mesh.xs) > 2 and len(mesh.ys) > 2:
                inner.append((host[0], host[1], mesh))
            continue
        inside = [w for w in left if _holds(box, w)]
        if not inside:
            continue
        columns = {(col, colspan) for _, col, _, colspan in spans}
        if len(columns) == 1 and len(mesh.ys) > 2:
            # A frame with a line below its head and none between the columns.
            bands = [[w for w in inside if _holds(BBox(box.x0, top, box.x1, bottom), w)] for top, bottom in itertools.pairwise(mesh.ys)]
            parted = _stacked(bands, mesh.ys, box.x0, box.x1)
            if parted is not None:
                mesh, spans = parted, _spans(parted)
                columns = {(col, colspan) for _, col, _, colspan in spans}
        if len(columns) == 1:
            if len(mesh.ys) - 1 > 12:
                continue  # ruled writing paper, a list with lines
            ids = {id(w) for w in inside}
            left = [w for w in left if id(w) not in ids]
            frames.append((box, inside))
            continue
        grid = _filled(mesh, spans, inside, page, lane, mend)
        if grid is None:
            continue
        ids = {id(w) for w in inside}
        left = [w for w in left if id(w) not in ids]
        grid.confidence = mesh.confidence
        grids.append(grid)
        hosts.append((grid, mesh))
    for grid, place, mesh in inner:
        _nest(grid, place, mesh, words, page, lane, mend)
    return Found(grids, frames, left)


def _area(box: BBox) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _within(inner: BBox, outer: BBox) -> bool:
    return outer.x0 <= inner.x0 and outer.top <= inner.top and inner.x1 <= outer.x1 and inner.bottom <= outer.bottom


def _holds(box: BBox, word: Word) -> bool:
    left, head, right, foot = word.box
    x0, top, x1, bottom = box
    return x0 - 1 <= (left + right) / 2 <= x1 + 1 and top - 1 <= (head + foot) / 2 <= bottom + 1


# --- rulings → meshes -------------------------------------------------------------------------------------------------


def _levelled(lines: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """(position, from, to) of parallel lines, those at one position brought to it and joined over small gaps."""
    joined: list[tuple[float, float, float]] = []
    lines.sort()
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and lines[end][0] - lines[end - 1][0] <= SAME / 2 and lines[end][0] - lines[at][0] <= SAME:
            end += 1
        group = sorted((start, stop) for _, start, stop in lines[at:end])
        length = sum(stop - start for start, stop in group) or 1.0
        position = sum(p * (stop - start) for p, start, stop in lines[at:end]) / length
        start, stop = group[0]
        for a, b in group[1:]:
            if a <= stop + GAP:
                stop = max(stop, b)
            else:
                joined.append((position, start, stop))
                start, stop = a, b
        joined.append((position, start, stop))
        at = end
    return [(p, a, b) for p, a, b in joined if b - a >= 5]


def _meshes(rulings: Sequence[Ruling], words: Sequence[Word]) -> list[_Mesh]:
    flat, upright = [], []
    for r in rulings:
        x0, top, x1, bottom = r.x0, r.top, r.x1, r.bottom
        if top == bottom or abs(bottom - top) <= abs(x1 - x0):
            flat.append(((top + bottom) / 2, x0, x1) if x0 <= x1 else ((top + bottom) / 2, x1, x0))
        else:
            upright.append(((x0 + x1) / 2, top, bottom) if top <= bottom else ((x0 + x1) / 2, bottom, top))
    flat, upright = _levelled(flat), _levelled(upright)
    if len(flat) < 2:
        return []
    if not upright:
        return _stacks(flat, words)
    h, v = np.array(flat), np.array(upright)
    meets = (
        (h[:, None, 1] - REACH <= v[None, :, 0])
        & (v[None, :, 0] <= h[:, None, 2] + REACH)
        & (v[None, :, 1] - REACH <= h[:, None, 0])
        & (h[:, None, 0] <= v[None, :, 2] + REACH)
    )
    meshes = []
    alone = []
    seen = np.zeros(len(h), bool)
    for first in range(len(h)):
        if seen[first]:
            continue
        if not meets[first].any():
            alone.append(flat[first])
            continue
        rows = np.zeros(len(h), bool)
        rows[first] = True
        count = 0
        while rows.sum() != count:
            count = int(rows.sum())
            cols = meets[rows].any(axis=0)
            rows |= meets[:, cols].any(axis=1)
        seen |= rows
        if rows.sum() >= 2 and cols.any():
            mesh = _mesh(h[rows], v[cols])
            if mesh is not None:
                meshes.append(mesh)
    return meshes + _stacks(alone, words)


def _stacks(flat: list[tuple[float, float, float]], words: Sequence[Word]) -> list[_Mesh]:
    """Tables with lines across and none between the columns, three-line tables among them: white gutters tell the columns.

    At least three lines of one extent, the first two around the head. A line parts rows; where a band between two lines
    holds several records, the white strips that run through it part them.
    """
    groups: list[list[tuple[float, float, float]]] = []
    for line in sorted(flat):
        group = next((g for g in groups if abs(g[0][1] - line[1]) < SAME and abs(g[0][2] - line[2]) < SAME), None)
        if group is None:
            groups.append([line])
        else:
            group.append(line)
    meshes = []
    for group in groups:
        x0, x1 = group[0][1], group[0][2]
        ys = [y for y, _, _ in group]
        if len(group) == 2 and x1 - x0 > 200:
            ys += _cut_short(words, ys, x0, x1)
        if len(ys) < 3 or x1 - x0 < 60:
            continue
        bands = [[w for w in words if _holds(BBox(x0, top, x1, bottom), w)] for top, bottom in itertools.pairwise(ys)]
        at = 0
        while at + 1 < len(bands):
            end = at + 2
            held = bands[at] + bands[at + 1]
            columns = len(_white_columns(held))
            while columns > 1 and end < len(bands) and bands[end] and len(_white_columns(held + bands[end])) == columns:
                held = held + bands[end]
                end += 1
            mesh = _stacked(bands[at:end], ys[at : end + 1], x0, x1)
            if mesh is None:
                at += 1
            else:
                meshes.append(mesh)
                at = end
    return meshes


def _cut_short(words: Sequence[Word], ys: list[float], x0: float, x1: float) -> list[float]:
    """Where a table ends that the page's end cuts, two lines around its head: below its last record, if its columns run that far.

    Nothing but a page number may follow, and at least three columns run through two records or more.
    """
    head = [w for w in words if _holds(BBox(x0, ys[0], x1, ys[1]), w)]
    below = rows_of([w for w in words if (w.box.top + w.box.bottom) / 2 > ys[1]], 0)
    columns = len(_white_columns(head))
    if columns < 3 or not 3 <= len(below) <= 40:
        return []
    held = list(head)
    taken = 0
    for at, row in enumerate(below):
        if len(_white_columns(held + row.words)) != columns or row.box.x0 < x0 - 2 or row.box.x1 > x1 + 2:
            break
        if at and row.box.top - below[at - 1].box.bottom > 2.2 * row.size:
            break  # the page number
        held += row.words
        taken += 1
    rest = below[taken:]
    if taken < 2 or len(rest) > 1 or (rest and len(rest[0].text) > 8):
        return []
    return [below[taken - 1].box.bottom + 2]


def _white_columns(words: Sequence[Word]) -> list[tuple[float, float]]:
    """The x spans between the white strips that run through all of the words."""
    spans: list[tuple[float, float]] = []
    for x0, x1 in sorted((w.box.x0, w.box.x1) for w in words):
        if spans and x0 < spans[-1][1] + 4:
            spans[-1] = (spans[-1][0], max(spans[-1][1], x1))
        else:
            spans.append((x0, x1))
    return spans


def _stacked(bands: list[list[Word]], ys: list[float], x0: float, x1: float) -> _Mesh | None:
    """The mesh of a table whose bands lie between lines; None where the words are no table."""
    words = [w for band in bands for w in band]
    columns = _white_columns(words)
    head = _white_columns(bands[0])
    if len(columns) < 2 or len(head) < 2 or not bands[1]:
        return None
    xs = [x0, *((one[1] + two[0]) / 2 for one, two in itertools.pairwise(columns)), x1]
    single = len(bands) > 3 and not any(_records(band, xs) for band in bands)
    borders = [ys[0]]
    merged: list[tuple[int, int, int]] = []  # column, first and last border inside a cell over several records
    for number, (band, bottom) in enumerate(zip(bands, ys[1:], strict=True)):
        if number and not single:
            parts, joined = _strips(band, xs)
            merged += [(column, len(borders) + first, len(borders) + last) for column, first, last in joined]
            borders += parts
        borders.append(bottom)
    n_rows, n_cols = len(borders) - 1, len(columns)
    held = {(_slot(borders, (w.box.top + w.box.bottom) / 2), _slot(xs, (w.box.x0 + w.box.x1) / 2)) for w in words}
    if n_rows < 3 or (len(held) < 0.5 * n_rows * n_cols and not merged):
        return None
    full = [w for w in words for a, b in columns if a - 1 <= w.box.x0 <= b and w.box.x1 - w.box.x0 > 0.85 * (b - a) > 102]
    if len(columns) <= 3 and len(full) > 0.6 * len(words):
        return None  # columns of running text
    horizontal = np.ones((n_rows + 1, n_cols))
    for column, first, last in merged:
        horizontal[first:last, column] = 0
    return _Mesh(xs, borders, np.ones((n_rows, n_cols + 1)), horizontal, 0.8)


def _strips(band: list[Word], xs: list[float]) -> tuple[list[float], list[tuple[int, int, int]]]:
    """The borders between the records of a band, and (column, first, last) of those that a cell over several records bridges.

    A record is what white strips part in the columns that have a line in most records; in the first two columns a few words
    amid several records stand for all of them.
    """
    columns = [rows_of([w for w in band if a <= (w.box.x0 + w.box.x1) / 2 < b], 0) for a, b in itertools.pairwise(xs)]
    most = max(len(rows) for rows in columns)
    centred = _centred(columns)
    if centred:
        edges = [(min(r.box.top for r in span), max(r.box.bottom for r in span)) for span in centred]
        return [(one[1] + two[0]) / 2 for one, two in itertools.pairwise(edges)], []
    main = [rows for rows in columns if len(rows) >= 0.6 * most]
    spans: list[list[Row]] = []
    for row in sorted((row for rows in main for row in rows), key=lambda row: row.box.top):
        if spans and row.box.top < max(r.box.bottom for r in spans[-1]) - 0.3 * row.size:
            spans[-1].append(row)
        else:
            spans.append([row])
    for at in range(len(spans) - 1, 0, -1):
        if all(_broken_on(spans[at - 1], row, main, xs) for row in spans[at]):
            spans[at - 1 : at + 1] = [spans[at - 1] + spans[at]]
    edges = [(min(r.box.top for r in span), max(r.box.bottom for r in span)) for span in spans]
    parts = [(one[1] + two[0]) / 2 for one, two in itertools.pairwise(edges)]
    joined: list[tuple[int, int, int]] = []
    for column, rows in enumerate(columns[:2]):
        if rows and len(rows) < 0.6 * most and len(parts) + 1 > len(rows):
            joined += [(column, first, last) for first, last in _over_records(rows, edges) if last > first]
    return parts, joined


def _centred(columns: list[list[Row]]) -> list[list[Row]]:
    """The printed lines of each record where every cell stands centred on its record's middle; nothing where they do not.

    The middles are those of two columns with a line a record, or of one that numbers them.
    """
    most = max(len(rows) for rows in columns)
    for anchors in columns:
        if not 2 <= len(anchors) < most:
            continue
        near = 0.3 * min(row.size for row in anchors)
        alike = sum(
            len(rows) == len(anchors) and all(abs(a.middle - b.middle) < near for a, b in zip(anchors, rows, strict=True))
            for rows in columns
        )
        marks = [row.text.strip() for row in anchors]
        numbered = all(mark.isdecimal() and int(mark) == int(marks[0]) + at for at, mark in enumerate(marks))
        if alike < 2 and not numbered:
            continue
        records: list[list[Row]] = [[] for _ in anchors]
        for rows in columns:
            cells: list[list[Row]] = [[] for _ in anchors]
            for row in rows:
                cells[min(range(len(anchors)), key=lambda at: abs(row.middle - anchors[at].middle))].append(row)
            if any(c and abs((c[0].middle + c[-1].middle) / 2 - a.middle) > near for c, a in zip(cells, anchors, strict=True)):
                break
            for record, cell in zip(records, cells, strict=True):
                record += cell
        else:
            return records
    return []


def _broken_on(span: list[Row], row: Row, main: list[list[Row]], xs: list[float]) -> bool:
    """Whether a printed line goes on in the cell above it, which had no room left for its first character."""
    column = _slot(xs, (row.box.x0 + row.box.x1) / 2)
    above = [r for r in span if _slot(xs, (r.box.x0 + r.box.x1) / 2) == column]
    if not above:
        return False
    rows = next(rows for rows in main if row in rows)
    widest = max(r.box.x1 - r.box.x0 for r in rows)
    last = max(above, key=lambda r: r.box.top)
    close = row.box.top - last.box.bottom < 0.6 * row.size
    return close and widest - (last.box.x1 - last.box.x0) < (row.edges[1] - row.edges[0]) + 0.3 * row.size and widest > 3 * row.size


def _over_records(rows: list[Row], edges: list[tuple[float, float]]) -> list[tuple[int, int]]:
    """The records (first, last) that each label of a merged column stands amid: its middle is theirs."""
    found = []
    start = 0
    groups: list[list[Row]] = []
    for row in rows:  # a label of several printed lines is one
        if groups and row.box.top - groups[-1][-1].box.bottom < 0.5 * row.size:
            groups[-1].append(row)
        else:
            groups.append([row])
    for number, group in enumerate(groups):
        middle = (group[0].box.top + group[-1].box.bottom) / 2
        last = len(edges) - (len(groups) - number - 1) - 1
        if number + 1 == len(groups):
            stop = len(edges) - 1
        else:
            stop = min(range(start, last + 1), key=lambda end: abs((edges[start][0] + edges[end][1]) / 2 - middle))
        found.append((start, stop))
        start = stop + 1
        if start >= len(edges):
            break
    return found


def _records(words: list[Word], xs: list[float]) -> bool:
    """Whether a band between two lines holds several records: its printed lines end though the next one's word had room."""
    broken = ended = 0
    for a, b in itertools.pairwise(xs):
        column = [w for w in words if a <= (w.box.x0 + w.box.x1) / 2 < b]
        rows = rows_of(column, 0)
        if len(rows) < 2:
            continue
        widest = max(w.box.x1 - w.box.x0 for w in column)
        room = [widest - (one.box.x1 - one.box.x0) - (two.edges[1] - two.edges[0]) for one, two in itertools.pairwise(rows)]
        if max(room) > 0.3 * rows[0].size:
            ended += 1
        else:
            broken += 1
    return ended > broken


def _positions(values: Any) -> list[float]:
    """Sorted positions, those nearer than ``SAME`` as one."""
    found: list[list[float]] = []
    for value in sorted(values.tolist()):
        if found and value - found[-1][-1] <= SAME and value - found[-1][0] <= 2 * SAME:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


def _mesh(h: Any, v: Any) -> _Mesh | None:
    xs, ys = _positions(v[:, 0]), _positions(h[:, 0])
    # Tables open at the sides have no outer verticals: the horizontals' ends stand for them. The same at a page's cut.
    extra = []
    top, bottom = float(h[:, 0].min()), float(h[:, 0].max())
    for edge, side in ((median(h[:, 1].tolist()), -1), (median(h[:, 2].tolist()), 1)):
        if (side < 0 and edge < xs[0] - 8) or (side > 0 and edge > xs[-1] + 8):
            extra.append((edge, top, bottom))
    if extra:
        v = np.vstack([v, extra])
        xs = _positions(v[:, 0])
    extra = []
    for edge, side in ((float(v[:, 1].min()), -1), (float(v[:, 2].max()), 1)):
        reaching = v[np.abs(v[:, 1 if side < 0 else 2] - edge) < SAME]
        if len(reaching) >= 2 and ((side < 0 and edge < ys[0] - 6) or (side > 0 and edge > ys[-1] + 6)):
            extra.append((edge, float(reaching[:, 0].min()), float(reaching[:, 0].max())))
    if extra:
        h = np.vstack([h, extra])
        ys = _positions(h[:, 0])
    if len(xs) < 2 or len(ys) < 2:
        return None
    return _Mesh(xs, ys, _drawn(v, xs, ys).T, _drawn(h, ys, xs))


def _drawn(lines: Any, positions: list[float], borders: list[float]) -> Any:
    """How much (0 to 1) of each slot between ``borders`` is drawn at each of the positions by the lines next to it."""
    between = np.array(borders)
    at = abs(lines[:, :1] - np.array(positions)).argmin(axis=1)
    covered = np.minimum(lines[:, 2:], between[1:]) - np.maximum(lines[:, 1:2], between[:-1])
    drawn = np.zeros((len(positions), len(borders) - 1))
    np.add.at(drawn, at, np.maximum(covered, 0.0))
    return drawn / (between[1:] - between[:-1])


def _spans(mesh: _Mesh) -> list[tuple[int, int, int, int]]:
    """(row, col, rowspan, colspan) of the cells: slots without a drawn border between them are one cell."""
    n_rows, n_cols = len(mesh.ys) - 1, len(mesh.xs) - 1
    right = (mesh.vertical[:, 1:-1] > 0.5).tolist()  # border between (r, c) and (r, c + 1)
    below = (mesh.horizontal[1:-1, :] > 0.5).tolist()
    taken = [[False] * n_cols for _ in range(n_rows)]
    spans = []
    for row in range(n_rows):
        for col in range(n_cols):
            if taken[row][col]:
                continue
            end = col + 1
            while end < n_cols and not right[row][end - 1] and not taken[row][end]:
                end += 1
            foot = row + 1
            while (
                foot < n_rows
                and True not in below[foot - 1][col:end]
                and True not in right[foot][col : end - 1]
                and True not in taken[foot][col:end]
            ):
                foot += 1
            for line in taken[row:foot]:
                line[col:end] = [True] * (end - col)
            spans.append((row, col, foot - row, end - col))
    return spans


def _with_gutters(mesh: _Mesh, words: list[Word]) -> _Mesh:
    """The mesh with the upright lines that a faint scan has lost: where a white gutter parts the words of nearly all its rows."""
    rows = len(mesh.ys) - 1
    if rows < 3 or len(words) < 6:
        return mesh
    xs, vertical, horizontal = list(mesh.xs), mesh.vertical, mesh.horizontal
    for col in range(len(mesh.xs) - 1):
        inside = [w for w in words if mesh.xs[col] <= (w.box.x0 + w.box.x1) / 2 < mesh.xs[col + 1]]
        for gutter in _gutters(inside, mesh.ys):
            at = bisect_right(xs, gutter)
            xs.insert(at, gutter)
            vertical = np.insert(vertical, at, 1.0, axis=1)
            horizontal = np.insert(horizontal, at, horizontal[:, at - 1], axis=1)
    return _Mesh(xs, mesh.ys, vertical, horizontal, mesh.confidence)


def _unsealed(mesh: _Mesh, words: list[Word]) -> _Mesh:
    """The mesh with the pieces of upright lines that went with a seal: a line drawn in most rows, with words on both its sides.

    Words that cross it show that its cells are one.
    """
    rows = len(mesh.ys) - 1
    vertical = mesh.vertical.copy()
    for at in range(1, len(mesh.xs) - 1):
        x = mesh.xs[at]
        drawn = vertical[:, at] > 0.5
        if rows < 3 or drawn.all() or drawn.mean() < 0.6:
            continue
        for row in np.flatnonzero(~drawn).tolist():
            held = [w for w in words if mesh.ys[row] <= (w.box.top + w.box.bottom) / 2 < mesh.ys[row + 1]]
            before = [w for w in held if mesh.xs[at - 1] <= (w.box.x0 + w.box.x1) / 2 < x]
            behind = [w for w in held if x <= (w.box.x0 + w.box.x1) / 2 < mesh.xs[at + 1]]
            if before and behind and max(w.box.x1 for w in before) <= x + 1 and min(w.box.x0 for w in behind) >= x - 1:
                vertical[row, at] = 1.0
    return _Mesh(mesh.xs, mesh.ys, vertical, mesh.horizontal, mesh.confidence)


def _gutters(words: list[Word], ys: list[float]) -> list[float]:
    """The x positions of white strips with words on both sides of them in nearly every row."""
    spans: list[tuple[float, float]] = []
    for x0, x1 in sorted((w.box.x0, w.box.x1) for w in words):
        if spans and x0 < spans[-1][1] + 4:
            spans[-1] = (spans[-1][0], max(spans[-1][1], x1))
        else:
            spans.append((x0, x1))
    held = [{_slot(ys, (w.box.top + w.box.bottom) / 2) for w in words if a <= (w.box.x0 + w.box.x1) / 2 <= b} for a, b in spans]
    rows = set().union(*held)
    if len(spans) < 2 or len(rows) < 3:
        return []
    return [
        (one[1] + two[0]) / 2
        for one, two, left, right in zip(spans, spans[1:], held, held[1:], strict=False)
        if len(left & right) >= 0.75 * len(rows)
    ]


# --- words → cells ----------------------------------------------------------------------------------------------------


def _filled(
    mesh: _Mesh, spans: list[tuple[int, int, int, int]], words: list[Word], page: int, lane: Lane, mend: bool
) -> Grid | None:
    """A mesh with its words in its cells; None where it is a drawing rather than a table."""
    n_rows, n_cols = len(mesh.ys) - 1, len(mesh.xs) - 1
    owners = [[0] * n_cols for _ in range(n_rows)]
    for index, (row, col, down, across) in enumerate(spans):
        for line in owners[row : row + down]:
            line[col : col + across] = [index] * across
    held: list[list[Word]] = [[] for _ in spans]
    for word in words:
        x0, top, x1, bottom = word.box
        line = owners[_slot(mesh.ys, (top + bottom) / 2)]
        at = bisect_right(mesh.xs, x0 + 1.5)
        if 0 < at <= n_cols and x1 - 1.5 < mesh.xs[at] and x0 + 3 < x1:
            held[line[at - 1]].append(word)  # the usual case: within one column
            continue
        for piece in _cut(word, mesh.xs, line):
            held[line[_slot(mesh.xs, (piece.box.x0 + piece.box.x1) / 2)]].append(piece)
    spans, held, xs, ys = _without_slivers(spans, held, mesh.xs, mesh.ys)
    filled = sum(bool(words) for words in held)
    if filled < 1 or (len(spans) >= 30 and filled < 0.1 * len(spans)) or len(xs) < 3:
        return None
    cells = []
    boxes = {}
    for (row, col, down, across), cell_words in zip(spans, held, strict=True):
        box = BBox(xs[col], ys[row], xs[col + across], ys[row + down])
        text, lines, confidence = _cell_text(cell_words, page, mend, xs[col + across] - xs[col])
        cells.append(Cell(row, col, text, down, across, lines, confidence=confidence))
        boxes[row, col] = box
    box = BBox(round(xs[0], 2), round(ys[0], 2), round(xs[-1], 2), round(ys[-1], 2))
    scrap = words if filled == 1 else []
    return Grid(page, box, len(ys) - 1, len(xs) - 1, cells, xs, ys, lane, True, boxes, scrap=scrap)


def _slot(borders: list[float], value: float) -> int:
    return min(max(bisect_right(borders, value) - 1, 0), len(borders) - 2)


def _cut(word: Word, xs: list[float], owners: list[int]) -> list[Word]:
    """The word, or its pieces where it runs over a border between two cells."""
    at = bisect_right(xs, word.box.x0 + 1.5)
    if 0 < at < len(xs) and word.box.x1 - 1.5 < xs[at]:
        return [word]
    first, last = _slot(xs, word.box.x0 + 1.5), _slot(xs, word.box.x1 - 1.5)
    if owners[first] == owners[last]:
        return [word]
    edges = edges_of(word)
    held = [owners[_slot(xs, (a + b) / 2)] for a, b in itertools.pairwise(edges)]
    return split_word(word, [i for i in range(1, len(held)) if held[i] != held[i - 1]])


def _without_slivers(
    spans: list[tuple[int, int, int, int]], held: list[list[Word]], xs: list[float], ys: list[float]
) -> tuple[list[tuple[int, int, int, int]], list[list[Word]], list[float], list[float]]:
    """Rows and columns too thin for words (double lines, tilted lines of a scan) taken out of the grid."""
    for axis in (0, 1):
        borders = ys if axis == 0 else xs
        thin = 6.0 if axis == 0 else 5.0
        begun = {span[axis] for span in spans}
        if len(begun) == len(borders) - 1 and all(b - a >= thin for a, b in itertools.pairwise(borders)):
            continue
        at = 0
        while at < len(borders) - 1:
            starts = [i for i, s in enumerate(spans) if s[axis] == at]
            only = [i for i in starts if spans[i][axis + 2] == 1]
            useless = not starts  # no cell begins here: the line before this slot separates nothing
            if len(borders) > 2 and (useless or (borders[at + 1] - borders[at] < thin and not any(held[i] for i in only))):
                kept, words = [], []
                for span, content in zip(spans, held, strict=True):
                    numbers = list(span)
                    if numbers[axis] <= at < numbers[axis] + numbers[axis + 2]:
                        numbers[axis + 2] -= 1
                    elif numbers[axis] > at:
                        numbers[axis] -= 1
                    if numbers[axis + 2] > 0:
                        kept.append((numbers[0], numbers[1], numbers[2], numbers[3]))
                        words.append(content)
                spans, held = kept, words
                cut = at if useless and at > 0 else (at + 1 if at + 1 < len(borders) - 1 else at)
                borders = borders[:cut] + borders[cut + 1 :]
                continue
            at += 1
        if axis == 0:
            ys = borders
        else:
            xs = borders
    return spans, held, xs, ys


def _cell_text(words: list[Word], page: int, mend: bool, width: float) -> tuple[str, tuple[Line, ...], float]:
    if not words:
        return "", (), 1.0
    if len(words) == 1 and not mend:  # most cells of most tables
        (word,) = words
        return word.text, (Line(0, len(word.text), page, word.box, edges_of(word)),), word.confidence
    rows = rows_of(words, page, mend=mend)
    text, lines = _unbroken(rows, width)
    return text, lines, min([row.confidence for row in rows])


_TOKEN_END, _TOKEN_START = re.compile(r"[A-Za-z0-9.,%/+\-]+$"), re.compile(r"^[A-Za-z0-9.,%/+\-]+")


def _unbroken(rows: list[Row], width: float) -> tuple[str, tuple[Line, ...]]:
    """Like ``composed``, but a number or a Latin word that a narrow cell has broken in two is whole again."""
    text, lines = composed(rows[:1])
    found = list(lines)
    for before, row in itertools.pairwise(rows):
        start = _TOKEN_START.match(row.text)
        end = _TOKEN_END.search(before.text) if start else None
        if end and start:
            need = before.edges[-1] - before.edges[end.start()] + row.edges[start.end()] - row.edges[0]
            if need <= width - 6 or (
                re.search("[A-Za-z]{3}$", end[0])
                and re.match("[A-Za-z]{3}", start[0])
                and before.box.x1 - before.box.x0 < width - 20
            ):
                text += " "
        found.append(Line(len(text), len(text) + len(row.text), row.page, row.box, tuple(row.edges)))
        text += row.text
    return text, tuple(found)


def _nest(grid: Grid, place: tuple[int, int], mesh: _Mesh, words: Sequence[Word], page: int, lane: Lane, mend: bool) -> None:
    """A table inside a cell: it goes to ``Cell.inner``, its words stay out of the cell's own text."""
    inside = [w for w in words if _holds(mesh.box, w)]
    small = _filled(mesh, _spans(mesh), inside, page, lane, mend) if inside else None
    if small is None:
        return
    at = next(i for i, cell in enumerate(grid.cells) if (cell.row, cell.col) == place)
    cell, box = grid.cells[at], grid.boxes[place]
    own = [w for w in words if _holds(box, w) and not _holds(mesh.box, w)]
    text, lines, confidence = _cell_text(own, page, mend, box.x1 - box.x0)
    grid.cells[at] = replace(cell, text=text, lines=lines, confidence=confidence, inner=(*cell.inner, table_of([small])))


# --- tables without lines ---------------------------------------------------------------------------------------------


def aligned(
    rows: list[Row],
    rulings: Sequence[Ruling],
    page: int,
    *,
    lane: Lane = "table",
    mend: bool = False,
    before: Grid | None = None,
) -> list[tuple[Grid, list[Row]]]:
    """Tables that only the alignment of their words shows, three-line tables among them, each with the rows it takes.

    Careful rather than complete: at least three printed lines whose pieces stand in the same three columns or more (two
    where rulings stand above and below), with white gaps between the columns that no line crosses. Rows next to such a
    block belong to it where they leave the same gaps white. ``before`` is the table that the page before ended with.
    """
    if before is not None and (taken := _rest_of(rows, before)):
        grid = _aligned_grid(taken, [(a, b) for a, b in itertools.pairwise(before.xs)], page, lane, mend, before.xs)
        grid.rest = True
        return [(grid, taken), *aligned(rows[len(taken) :], rulings, page, lane=lane, mend=mend)]
    if len(rows) < 3:
        return []
    pieces = [_pieces(row) for row in rows]
    flats = sorted({(round(r.top, 1), r.x0, r.x1) for r in rulings if r.x1 - r.x0 > 60 and abs(r.top - r.bottom) < 1})
    found: list[tuple[Grid, list[Row]]] = []
    at = 0
    while at < len(rows):
        if len(pieces[at]) < 2:
            at += 1
            continue
        end = at + 1
        while end < len(rows) and _goes_on(rows, pieces, at, end):
            end += 1
        while end > at and len(pieces[end - 1]) < 2 and not (end - 1 > at and _ends_cell(rows, pieces, at, end - 1)):
            end -= 1
        block, parts = rows[at:end], pieces[at:end]
        columns = _columns(parts)
        ruled = _lines_around(flats, block)
        many = sum(len(p) >= 2 for p in parts)
        enough = (len(columns) >= 3 and sum(len(p) >= 3 for p in parts) >= 3) or (len(columns) == 2 and ruled >= 2)
        if enough and many >= 3 and many >= 0.4 * len(block) and _fits(parts, columns) and not _is_prose(parts, columns):
            columns = _refined(block, parts, columns)
            floor = found[-1][1][-1] if found else None
            first, end = _extended(rows, at, end, columns, floor)
            found.append((_aligned_grid(rows[first:end], columns, page, lane, mend), rows[first:end]))
            at = end
        else:
            at += 1 if end <= at + 1 else max(1, end - at)
    return found


def _pieces(row: Row) -> list[tuple[float, float]]:
    """The x spans of a row's pieces, apart by more than one and a half characters."""
    spans: list[tuple[float, float]] = []
    for word in row.words:
        if spans and word.box.x0 - spans[-1][1] <= 1.3 * row.size:
            spans[-1] = (spans[-1][0], max(spans[-1][1], word.box.x1))
        else:
            spans.append((word.box.x0, word.box.x1))
    return spans


def _goes_on(rows: list[Row], pieces: list[list[tuple[float, float]]], start: int, at: int) -> bool:
    gap = rows[at].box.top - rows[at - 1].box.bottom
    if gap > 2.2 * rows[at].size or gap < -rows[at].size:
        return False
    if len(pieces[at]) >= 2:
        return True
    # One piece alone: the second line of a cell, if it stands inside one column of those above.
    x0, x1 = pieces[at][0]
    columns = _columns(pieces[start:at])
    return (
        sum(x0 < b and a < x1 for a, b in columns) == 1 and len(columns) >= 2 and x1 - x0 < 0.5 * (columns[-1][1] - columns[0][0])
    )


def _ends_cell(rows: list[Row], pieces: list[list[tuple[float, float]]], start: int, at: int) -> bool:
    """Whether a last lone piece is the second line of the cell above it, not what comes after the table."""
    x0, near = pieces[at][0][0], rows[at].box.top - rows[at - 1].box.bottom < rows[at].size
    return near and any(abs(x0 - a) < 2 for a, _ in _columns(pieces[start:at])[1:])


def _columns(parts: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """The x spans that pieces share, those of a title over several columns left out."""
    most = max(len(p) for p in parts)
    # A head of narrow columns may run together (“序号 名称”): where most rows come in all their pieces, those tell the columns.
    whole = sum(len(p) == most for p in parts)
    least = most if whole >= max(3, 0.5 * len(parts)) else max(2, most - 1)
    spans = sorted(span for p in parts for span in p if len(p) >= least)
    columns: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if columns and x0 < columns[-1][1] + 3:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _refined(
    block: list[Row], parts: list[list[tuple[float, float]]], columns: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    """The columns, those parted again through which a white strip of half a character runs in every row."""
    most = max(len(p) for p in parts)
    whole = [row for row, p in zip(block, parts, strict=True) if len(p) >= max(2, most - 1)]
    found: list[tuple[float, float]] = []
    for x0, x1 in columns:
        spans: list[tuple[float, float]] = []
        inside = [(w.box.x0, w.box.x1) for row in whole for w in row.words if x0 - 1 <= w.box.x0 and w.box.x1 <= x1 + 1]
        for a, b in sorted(inside):
            if spans and a < spans[-1][1] + 0.45 * whole[0].size:
                spans[-1] = (spans[-1][0], max(spans[-1][1], b))
            else:
                spans.append((a, b))
        held = [sum(any(a - 1 <= w.box.x0 and w.box.x1 <= b + 1 for w in row.words) for row in whole) for a, b in spans]
        if len(spans) > 1 and len(whole) >= 3 and min(held) >= 0.75 * len(whole):
            found += spans
        else:
            found.append((x0, x1))
    return found


def _borders(columns: list[tuple[float, float]]) -> list[float]:
    return [columns[0][0], *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), columns[-1][1]]


def _standing(row: Row, borders: list[float]) -> int:
    """In how many of the columns a row has words; 0 where one of them crosses a border or stands outside."""
    held = set()
    for word in row.words:
        x0, x1 = word.box.x0, word.box.x1
        at = _slot(borders, (x0 + x1) / 2)
        low = borders[at] - (2 * row.size if at == 0 else 0.0)
        high = borders[at + 1] + (2 * row.size if at + 2 == len(borders) else 0.0)
        if x0 < low - 1 or x1 > high + 1:
            return 0
        held.add(at)
    return len(held)


def _extended(rows: list[Row], start: int, end: int, columns: list[tuple[float, float]], floor: Row | None) -> tuple[int, int]:
    """The block with the rows right above and below it whose words stand in its columns: a header of close columns, a last row."""
    borders, size = _borders(columns), median(row.size for row in rows[start:end])

    def fits(at: int, beside: Row) -> bool:
        row = rows[at]
        gap = row.box.top - beside.box.bottom if row.middle > beside.middle else beside.box.top - row.box.bottom
        alike = abs(row.size - size) < 0.15 * size and row.column == beside.column
        return alike and -size < gap < 1.6 * size and _standing(row, borders) >= max(2, 0.6 * len(columns))

    lowest = next((at + 1 for at in range(start - 1, -1, -1) if rows[at] is floor), 0)
    while start > lowest:
        if fits(start - 1, rows[start]):
            start -= 1
        elif start - 1 > lowest and fits(start - 2, rows[start - 1]) and _filling(rows[start - 2], rows[start - 1], borders):
            start -= 2
        else:
            break
    while end < len(rows):
        broken = _standing(rows[end], borders) == 1 and _filling(rows[end - 1], rows[end], borders)
        if not broken and not fits(end, rows[end - 1]):
            break
        end += 1
    return start, end


def _rest_of(rows: list[Row], before: Grid) -> list[Row]:
    """The rows at a page's top that go on in the columns of the table without lines which the page before ended with."""
    end = 0
    while end < len(rows):
        row = rows[end]
        if end and row.box.top - rows[end - 1].box.bottom > 1.6 * row.size:
            break
        standing = _standing(row, before.xs)
        if standing < 2 and not (end and standing == 1 and _filling(rows[end - 1], row, before.xs)):
            break
        end += 1
    return rows[:end]


def _filling(above: Row, row: Row, borders: list[float]) -> bool:
    """Whether a lone piece goes on in the cell above it, which had no room left for the piece's first character."""
    column = _slot(borders, (row.box.x0 + row.box.x1) / 2)
    words = [w for w in above.words if _slot(borders, (w.box.x0 + w.box.x1) / 2) == column]
    if not words or abs(min(w.box.x0 for w in words) - row.box.x0) > 0.6 * row.size:
        return False
    return borders[column + 1] - max(w.box.x1 for w in words) < 2 * row.size and _NUMBERED.match(row.text) is None


_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")


def _fits(parts: list[list[tuple[float, float]]], columns: list[tuple[float, float]]) -> bool:
    """Whether hardly a piece crosses a gap between columns."""
    crossing = sum(sum(a < x1 and x0 < b for a, b in columns) > 1 for p in parts for x0, x1 in p)
    return crossing <= 0.1 * sum(len(p) for p in parts)


def _is_prose(parts: list[list[tuple[float, float]]], columns: list[tuple[float, float]]) -> bool:
    """Two or three columns of running text: nearly every piece fills its column."""
    full = [x1 - x0 > 0.85 * (b - a) for p in parts for x0, x1 in p for a, b in columns if a <= x0 and x1 <= b and b - a > 120]
    return len(full) > 0.7 * sum(len(p) for p in parts) and sum(full) > 0.7 * len(full)


def _lines_around(flats: list[tuple[float, float, float]], block: list[Row]) -> int:
    top, bottom = block[0].box.top - 12, block[-1].box.bottom + 12
    x0, x1 = min(r.box.x0 for r in block), max(r.box.x1 for r in block)
    return sum(top <= y <= bottom and min(b, x1) - max(a, x0) > 0.6 * (x1 - x0) for y, a, b in flats)


def _aligned_grid(
    block: list[Row],
    columns: list[tuple[float, float]],
    page: int,
    lane: Lane,
    mend: bool,
    borders: list[float] | None = None,
) -> Grid:
    borders = borders or _borders(columns)
    records: list[list[list[Word]]] = []
    pitch = median([b.middle - a.middle for a, b in itertools.pairwise(block)] or [0.0])
    for index, row in enumerate(block):
        placed: list[list[Word]] = [[] for _ in columns]
        for word in row.words:
            placed[_slot(borders, (word.box.x0 + word.box.x1) / 2)].append(word)
        close = index > 0 and row.middle - block[index - 1].middle <= 1.05 * pitch
        alone = sum(map(bool, placed)) == 1 and index > 0 and _filling(block[index - 1], row, borders)
        if index and close and (not placed[0] or alone) and sum(map(bool, placed)) < len(columns) and records:
            for column, words in enumerate(placed):  # the second line of the record above
                records[-1][column] += words
        else:
            records.append(placed)
    cells = []
    for index, record in enumerate(records):
        for column, words in enumerate(record):
            text, lines, confidence = _cell_text(words, page, mend, borders[column + 1] - borders[column])
            cells.append(Cell(index, column, text, lines=lines, confidence=confidence))
    box = BBox(
        min(r.box.x0 for r in block),
        min(r.box.top for r in block),
        max(r.box.x1 for r in block),
        max(r.box.bottom for r in block),
    )
    ys = [min(w.box.top for words in record for w in words) for record in records] + [box.bottom]
    return Grid(page, box, len(records), len(columns), cells, borders, ys, lane, False, confidence=0.7)


# --- parts → one table ------------------------------------------------------------------------------------------------

_HEAD_WORDS = re.compile(
    "序号|名称|项目|指标|内容|单位|类别|年份|年度|备注|企业|工厂|目标|时间|日期|级别|文号|地区|编号|责任|说明|类型|领域|部门|场景"
)


def header_rows(n_rows: int, n_cols: int, cells: Sequence[Cell]) -> int:
    """How many rows at the top name the columns: a title over all columns and merged heads of two levels counted."""
    first = 0
    by_row: list[list[Cell]] = [[] for _ in range(n_rows)]
    for cell in cells:
        by_row[cell.row].append(cell)
    while first < n_rows - 1 and len(by_row[first]) == 1 and by_row[first][0].colspan == n_cols:
        first += 1
    if first >= n_rows - 1:
        return 0
    row = by_row[first]
    words = [cell.text for cell in row if cell.text]
    if not words or len(words) < 0.6 * len(row) or len(row) < 2:
        return 0
    if any(len(text) > 30 or (re.fullmatch(r"[\d.,%％+\-]+", text) and not re.fullmatch(r"(19|20)\d\d", text)) for text in words):
        return 0
    if n_cols == 2 and not any(_HEAD_WORDS.search(text) for text in words):
        return 0
    deep = first + max(cell.rowspan for cell in row) if len({cell.rowspan for cell in row}) > 1 else first + 1
    if any(cell.colspan > 1 for cell in row) and all(cell.rowspan == 1 for cell in row) and first + 1 < n_rows:
        below = by_row[first + 1]
        if len(below) > len(row) and all(len(c.text) <= 20 and not re.fullmatch(r"[\d.,%％]{2,}", c.text) for c in below):
            deep = first + 2
    return min(deep, n_rows - 1) if deep - first <= 3 else first + 1


def table_of(grids: Sequence[Grid], caption: str = "") -> Table:
    """One table of its parts on consecutive pages: repeated header once, cut rows and cut merged cells whole again."""
    widest = max(grids, key=lambda grid: grid.n_cols)
    grids = [_widened(grid, widest) for grid in grids]
    first = grids[0]
    cells, n_rows, n_cols = list(first.cells), first.n_rows, first.n_cols
    heads = header_rows(n_rows, n_cols, cells)
    last = first
    for grid in grids[1:]:
        cells, n_rows = _appended(cells, n_rows, n_cols, last, grid, heads)
        last = grid
    heads = header_rows(n_rows, n_cols, cells) if len(grids) > 1 and first.n_rows <= heads + 1 else heads
    cells.sort(key=lambda cell: (cell.row, cell.col))
    parts = tuple(Part(grid.page, grid.box) for grid in grids)
    sure = [cell.confidence for cell in cells if cell.text]
    confidence = round(min(grid.confidence for grid in grids) * sum(sure) / max(1, len(sure)), 3)
    return Table(n_rows, n_cols, tuple(cells), heads, caption, parts, first.lane, confidence)


def continues(before: Grid, after: Grid) -> bool:
    """Whether two grids, last and first on consecutive pages, may be parts of one table: the same columns.

    The rows of one part may merge columns that the other part tells apart, as forms do.
    """
    if before.ruled != after.ruled or (before.n_cols != after.n_cols and not before.ruled):
        return False
    wide, other = before.xs[-1] - before.xs[0], after.xs[-1] - after.xs[0]
    if not wide or not other or abs(wide - other) > 0.04 * wide + 6:
        return False
    few, many = sorted((_shares(before), _shares(after)), key=len)
    return all(min(abs(x - y) for y in many) < 0.025 for x in few)


def _shares(grid: Grid) -> list[float]:
    """The columns' borders as shares of the table's width."""
    return [(x - grid.xs[0]) / (grid.xs[-1] - grid.xs[0]) for x in grid.xs]


def _widened(grid: Grid, like: Grid) -> Grid:
    """The grid with the columns of ``like``, which has more: its cells span several of them."""
    if grid.n_cols >= like.n_cols:
        return grid
    many = _shares(like)
    at = [min(range(len(many)), key=lambda i, x=x: abs(many[i] - x)) for x in _shares(grid)]  # type: ignore[misc]
    cells = [replace(c, col=at[c.col], colspan=at[c.col + c.colspan] - at[c.col]) for c in grid.cells]
    wide = grid.xs[-1] - grid.xs[0]
    return replace(grid, n_cols=like.n_cols, cells=cells, xs=[grid.xs[0] + wide * share for share in many])


def repeats_header(before: Grid, after: Grid) -> bool:
    """Whether the second grid begins with the first one's header."""
    return _repeated(before.cells, header_rows(before.n_rows, before.n_cols, before.cells) or 1, after) > 0


def _squashed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _repeated(cells: Sequence[Cell], heads: int, grid: Grid) -> int:
    """How many rows at the top of ``grid`` repeat the header."""
    for count in range(min(heads, grid.n_rows), 0, -1):
        want = {(c.row, c.col): _squashed(c.text) for c in cells if c.row < count}
        have = {(c.row, c.col): _squashed(c.text) for c in grid.cells if c.row < count}
        if want == have and any(want.values()):
            return count
    return 0


def _appended(cells: list[Cell], n_rows: int, n_cols: int, before: Grid, after: Grid, heads: int) -> tuple[list[Cell], int]:
    """The cells of a table with the next page's part put below them."""
    skip = _repeated(cells, heads, after) if heads else 0
    fresh = [_moved(c, -skip) for c in after.cells if c.row >= skip]
    if not fresh:
        return cells, n_rows
    bottom = {col: c for c in cells if c.row + c.rowspan == n_rows for col in range(c.col, c.col + c.colspan)}
    top = [c for c in fresh if c.row == 0]
    cut = _is_cut_row(top, bottom, before, n_cols)
    shift = n_rows - 1 if cut else n_rows
    joined: list[Cell] = []
    gone: set[int] = set()
    grown: dict[int, Cell] = {}
    for cell in fresh:
        above = bottom.get(cell.col)
        same = above is not None and cell.row == 0 and (above.col, above.colspan) == (cell.col, cell.colspan)
        if same and above is not None and (cut or _is_cut_merge(cell, above, top, cells)):
            rowspan = above.rowspan + cell.rowspan - (1 if cut else 0)
            grown[id(above)] = _together(above, cell, rowspan)
            gone.add(id(above))
        else:
            joined.append(_moved(cell, shift))
    kept = [grown.get(id(c), c) for c in cells] if gone else cells
    return kept + joined, shift + after.n_rows - skip


def _moved(cell: Cell, down: int) -> Cell:
    """The cell so many rows further down: ``dataclasses.replace``, three times as fast."""
    return Cell(
        cell.row + down, cell.col, cell.text, cell.rowspan, cell.colspan, cell.lines, cell.hidden, cell.confidence, cell.inner
    )


def _together(above: Cell, below: Cell, rowspan: int) -> Cell:
    blank = (
        " "
        if above.text and below.text and above.text[-1].isascii() and below.text[0].isascii() and above.text[-1].isalpha()
        else ""
    )
    offset = len(above.text) + len(blank)
    lines = above.lines + tuple(line._replace(start=line.start + offset, end=line.end + offset) for line in below.lines)
    text = above.text + blank + below.text if below.text else above.text
    return replace(
        above,
        text=text,
        lines=lines,
        rowspan=rowspan,
        confidence=min(above.confidence, below.confidence),
        inner=above.inner + below.inner,
    )


def _is_cut_row(top: list[Cell], bottom: dict[int, Cell], before: Grid, n_cols: int) -> bool:
    """Whether the next page's first row is the rest of the last row, cut by the page break.

    Then nothing in it begins anew: each cell is empty or goes on where the one above stopped at the cell's right border.
    """
    if not all(c.col in bottom and (bottom[c.col].col, bottom[c.col].colspan) == (c.col, c.colspan) for c in top):
        return False
    filled = [c for c in top if c.text]
    if not filled or len(top) < 2:
        return False
    going_on = [c for c in filled if bottom[c.col].text]
    if len(filled) == len(top) and not all(_runs_on(bottom[c.col], before) for c in filled):
        return False
    if len(filled) > 0.67 * len(top) and len(going_on) < len(filled):
        return False
    return bool(going_on) and all(_runs_on(bottom[c.col], before) for c in going_on) and len(going_on) >= len(filled) - 1


def _runs_on(cell: Cell, grid: Grid) -> bool:
    """Whether a cell's last line reaches its right border, so that its text may go on."""
    if not cell.lines or (cell.text.endswith(("。", "；")) and len(cell.lines) == 1):
        return False
    line = cell.lines[-1]
    right = grid.xs[min(cell.col + cell.colspan, len(grid.xs) - 1)]
    em = (line.box.x1 - line.box.x0) / max(1, line.end - line.start)
    widest = max(other.box.x1 for other in cell.lines)
    room = right - line.box.x1
    return (len(cell.lines) > 1 and line.box.x1 > widest - 1.6 * em) or room < 1.6 * em + 6


def _is_cut_merge(cell: Cell, above: Cell, top: list[Cell], cells: list[Cell]) -> bool:
    """Whether an empty first cell is the rest of a merged cell that the page break has cut."""
    if cell.text or not above.text:
        return False
    if sum(bool(c.text) for c in top) < max(1, len(top) // 2):
        return False
    if cell.rowspan > 1 or above.rowspan > 1:
        return True
    return any(c.rowspan > 1 and c.col == cell.col and c.row > 0 for c in cells)
