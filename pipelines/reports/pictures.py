"""Page pictures of a report: each page at most once, whole where a finding rests on it, else only the strip that is quoted."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from extract.document import BBox
from models.evidence import Evidence
from pipelines.reports import words
from pipelines.reports.options import Originals, ReportOptions
from pipelines.screening import Screening

# Resolution and quality, best first; the first that fits its share of the room is taken.
LADDER = ((110, 60), (92, 50), (75, 40))
STRIP = 44.0  # points shown above and below a quote
NARROWEST = 430.0  # points across, the least that lets a reader recognise the place


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of ``area`` (points) of a page, as a data URI. ``page_size`` is the whole page in points."""

    id: str
    document: str
    page: int
    area: BBox
    page_size: tuple[float, float]
    uri: str
    size: int


@dataclass(slots=True)
class Album:
    """The pictures of one report by document and page; ``missing`` counts pages that should have one and have none, by reason."""

    pictures: dict[tuple[str, int], Picture] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    rung: int = 0  # of the ladder of resolutions, where the next page begins

    def of(self, item: Evidence) -> Picture | None:
        """The picture that shows the evidence, if its box lies in it."""
        if item.page is None or not item.boxes:
            return None
        picture = self.pictures.get((item.document, item.page))
        if picture is None:
            return None
        box = around(item.boxes)
        inside = picture.area.top - 1 <= box.top and box.bottom <= picture.area.bottom + 1
        return picture if inside else None


def around(boxes: Iterable[BBox]) -> BBox:
    """The box around all boxes."""
    boxes = list(boxes)
    return BBox(min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes))


def window(picture: Picture, boxes: Iterable[BBox]) -> BBox:
    """What a crop shows: the quote with enough around it, within the picture."""
    box, area = around(boxes), picture.area
    width = min(area.x1 - area.x0, max(NARROWEST, box.x1 - box.x0 + 60))
    left = min(max(area.x0, (box.x0 + box.x1 - width) / 2), area.x1 - width)
    top, bottom = max(area.top, box.top - STRIP), min(area.bottom, box.bottom + STRIP)
    return BBox(left, top, left + width, max(bottom, top + 20))


def album(screening: Screening, originals: Originals, options: ReportOptions) -> Album:
    """The pictures that fit into ``options.picture_bytes``, pages that findings rest on first."""
    result = Album()
    if not options.pictures:
        return result
    first: dict[tuple[str, int], list[Evidence]] = {}
    later: dict[tuple[str, int], list[Evidence]] = {}
    by_id = screening.by_id()
    deciding = [key for finding in screening.conditions for key in words.used_ids(finding)]
    deciding += [key for conflict in screening.conflicts for key in conflict.evidence]
    deciding += [key for item in screening.package for key in item.evidence]
    chosen = set(deciding)
    for key in [*dict.fromkeys(deciding), *(key for key in by_id if key not in chosen)]:
        item = by_id.get(key)
        if item is None or item.page is None or not item.boxes:
            continue
        where = (item.document, item.page)
        if where in first:
            first[where].append(item)
        elif key in chosen:
            first[where] = [item]
        else:
            later.setdefault(where, []).append(item)
    room = options.picture_bytes
    jobs = [(where, items, True) for where, items in first.items()] + [(where, items, False) for where, items in later.items()]
    # Page by page within a file, so that each file is opened once.
    order: dict[str, int] = {}
    for where, _, _ in jobs:
        order.setdefault(where[0], len(order))
    jobs.sort(key=lambda job: (not job[2], order[job[0][0]], job[0][1]))
    opened: dict[str, Any] = {}
    try:
        for done, (where, items, whole) in enumerate(jobs):
            share = max(12_000, 2 * room // max(1, len(jobs) - done))
            picture = _picture(f"p{done + 1}", where, items, whole, min(share, room), originals, opened, result)
            if picture is not None:
                result.pictures[where] = picture
                room -= picture.size
    finally:
        for source in opened.values():
            close = getattr(source, "close", None)
            if close is not None:
                close()
    return result


def _picture(
    name: str,
    where: tuple[str, int],
    items: list[Evidence],
    whole: bool,
    limit: int,
    originals: Originals,
    opened: dict[str, Any],
    result: Album,
) -> Picture | None:
    from PIL import Image, ImageDraw

    from extract.snapshot import Snapshots

    path, page = where
    if originals.strict and where not in originals.masks:
        _miss(result, "脱敏要求")
        return None
    file = originals.file(path)
    if file is None:
        _miss(result, "原件不在本机")
        return None
    try:
        if path not in opened:
            opened[path] = Snapshots(file)
        # Drawn as JPEG on the way to WebP: three times as fast as PNG, and no eye tells the difference.
        raster = opened[path].page(page, LADDER[0][0], "jpeg")
        image = Image.open(io.BytesIO(raster.bytes)).convert("RGB")
    except Exception:  # a page that cannot be drawn costs its picture, never the report
        _miss(result, "页面无法成像")
        return None
    scale = raster.scale
    for mask in originals.masks.get(where, ()):
        ImageDraw.Draw(image).rectangle([mask.x0 * scale - 1, mask.top * scale - 1, mask.x1 * scale + 1, mask.bottom * scale + 1], "black")
    size = (image.width / scale, image.height / scale)
    area = BBox(0.0, 0.0, *size)
    if not whole:
        box = around(box for item in items for box in item.boxes)
        area = BBox(0.0, max(0.0, box.top - STRIP), size[0], min(size[1], box.bottom + STRIP))
        image = image.crop((0, round(area.top * scale), image.width, max(round(area.top * scale) + 1, round(area.bottom * scale))))
    # Pages of one package are much alike: begin where the last one fitted, and climb again when there is room.
    for rung, (dpi, quality) in enumerate(LADDER):
        if rung < result.rung:
            continue
        shrink = dpi / LADDER[0][0]
        small = image if shrink == 1 else image.resize((max(1, round(image.width * shrink)), max(1, round(image.height * shrink))))
        buffer = io.BytesIO()
        small.save(buffer, "WEBP", quality=quality, method=2)
        if buffer.tell() <= limit:
            result.rung = max(0, rung - 1) if buffer.tell() < limit // 3 else rung
            uri = "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
            return Picture(name, path, page, area, size, uri, buffer.tell())
    result.rung = len(LADDER) - 1
    _miss(result, "报告大小限制")
    return None


def _miss(result: Album, reason: str) -> None:
    result.missing[reason] = result.missing.get(reason, 0) + 1
