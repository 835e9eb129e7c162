"""OFD (GB/T 33190), the national e-document format: a zip of XML whose text objects are read directly."""

from __future__ import annotations

import io
import math
import posixpath
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from lxml import etree

from extract import limits
from extract.document import BBox, Block, Document, Page, Problem
from extract.formats import ReadOptions, Source
from extract.package import Package, resolve
from extract.page import PageReading, Ruling, Word
from extract.problems import Damaged, ExtractError
from extract.symbols import shown
from extract.text import is_wide

_MM = 72 / 25.4  # OFD measures in millimetres
_A4 = (210.0, 297.0)
_ASCENT, _DESCENT = 0.86, 0.14  # shares of the font size above and below the baseline
_THIN = 0.8  # millimetres: a filled box thinner than this is a line
_MAX_PIXELS = 60_000_000


class _Matrix(NamedTuple):
    """x' = a x + c y + e, y' = b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def inside(self, outer: _Matrix) -> _Matrix:
        """This matrix first, then ``outer``."""
        return _Matrix(*outer._linear(self.a, self.b), *outer._linear(self.c, self.d), *outer.at(self.e, self.f))

    def _linear(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y, self.b * x + self.d * y


@dataclass(slots=True)
class _Found:
    """What stands on one page, in millimetres."""

    words: list[Word] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    pictures: list[tuple[BBox, str]] = field(default_factory=list)
    letters: int = 0


@dataclass(slots=True)
class _Resources:
    """Pictures and composite drawings by id."""

    media: dict[str, str] = field(default_factory=dict)
    composites: dict[str, etree._Element] = field(default_factory=dict)
    bold: set[str] = field(default_factory=set)


def read_ofd(source: Source, options: ReadOptions) -> Document:
    """An OFD file as a document with pages. Raises an ``ExtractError`` when no page list can be read."""
    from extract import layout

    with Package(source.file) as package:
        reader = _Reader(package, options)
        readings, pages = reader.read()
        blocks: list[Block] = list(layout.blocks(readings)) if readings else []
        package.insist(blocks)
        problems = [*package.problems, *reader.problems]
        return Document(
            source.path, "ofd", source.sha256, tuple(blocks), pages=tuple(pages), problems=tuple(problems), engine="ofd"
        )


class _Reader:
    def __init__(self, package: Package, options: ReadOptions) -> None:
        self.package = package
        self.options = options
        self.problems: list[Problem] = []
        self.resources = _Resources()
        self.templates: dict[str, str] = {}
        self.area = _A4

    def read(self) -> tuple[list[PageReading], list[Page]]:
        """All pages of all documents in the package, numbered through."""
        if self.package.cut and "OFD.xml" not in self.package:
            bodies = self.package.numbered(r"[^/]*/Document\.xml") or self._folders()
            self.package.behind_cut("OFD.xml", "入口")
        else:
            root = self.package.main_xml("OFD.xml", "入口")
            bodies = [node.text.strip() for node in _all(root, "DocRoot") if node.text and node.text.strip()]
        if not bodies:
            raise Damaged("OFD 文件中没有文档")
        readings: list[PageReading] = []
        pages: list[Page] = []
        for body in bodies:
            self._document(resolve("", body), readings, pages)
        if not pages:
            raise Damaged("OFD 文件中没有页")
        return readings, pages

    def _document(self, part: str, readings: list[PageReading], pages: list[Page]) -> None:
        folder = posixpath.dirname(part)
        if self.package.cut and part not in self.package:
            root = self.package.try_xml(part, "文档目录")
        else:
            root = self.package.main_xml(part, "文档")
        common = _first(root, "CommonData") if root is not None else None
        self.resources, self.templates = _Resources(), {}
        if common is not None:
            self.area = _size(_first(common, "PageArea")) or _A4
            for node in common:
                if _name(node) in ("PublicRes", "DocumentRes") and node.text:
                    self._load(resolve(folder, node.text.strip()))
                elif _name(node) == "TemplatePage":
                    self.templates[node.get("ID") or ""] = resolve(folder, node.get("BaseLoc") or "")
        first, last = self.options.pages or (1, math.inf)
        groups = _all(root, "Pages") if root is not None else []
        listed = [resolve(folder, node.get("BaseLoc") or "") for group in groups for node in group if _name(node) == "Page"]
        numbered = self.package.numbered(re.escape(folder) + r"/Pages/[^/]*/Content\.xml") if self.package.cut else []
        if len(listed) < len(numbered):
            # The list of the pages is behind the cut: what is there, in the order of the numbers in the parts' names.
            listed = numbered
        for content in listed:
            number = len(pages) + 1
            if number > self.options.max_pages:
                text = f"共 {len(listed)} 页，超过页数上限 {self.options.max_pages}，其后未读取"
                self.problems.append(Problem("too_large", text, "请拆分该文件后重新预审。"))
                return
            if not first <= number < last:
                pages.append(Page(number, self.area[0] * _MM, self.area[1] * _MM, "blank", "blank"))
                continue
            reading, page = self._page(content, number)
            pages.append(page)
            if reading is not None:
                readings.append(reading)
        if root is not None and _first(root, "Attachments") is not None:
            text = "OFD 文件中带有附件，附件未读取"
            self.problems.append(Problem("embedded_object", text, "请用 OFD 阅读器另存附件后一并提供。", weight="note"))

    def _folders(self) -> list[str]:
        """Where the documents of a file would be listed whose lists are all behind the cut."""
        pages = self.package.numbered(r"[^/]*/Pages/[^/]*/Content\.xml")
        return list(dict.fromkeys(f"{page.partition('/')[0]}/Document.xml" for page in pages))

    def _load(self, part: str) -> None:
        root = self.package.try_xml(part, "资源")
        if root is None:
            return
        folder = resolve(posixpath.dirname(part), root.get("BaseLoc") or "")
        for node in root.iter():
            name = _name(node)
            if name == "MultiMedia":
                file = _first(node, "MediaFile")
                if file is not None and file.text:
                    target = resolve(folder, file.text.strip())
                    if target not in self.package:
                        target = resolve(posixpath.dirname(part), file.text.strip())
                    self.resources.media[node.get("ID") or ""] = target
            elif name == "CompositeGraphicUnit":
                self.resources.composites[node.get("ID") or ""] = node
            elif name == "Font" and (node.get("Bold") == "true" or "bold" in (node.get("FontName") or "").lower()):
                self.resources.bold.add(node.get("ID") or "")

    def _page(self, part: str, number: int) -> tuple[PageReading | None, Page]:
        width, height = self.area
        cut = self.package.cut_page(part, number)
        try:
            root = self.package.xml(part)
        except ExtractError as error:
            self.problems.append(
                cut
                if cut and isinstance(error, Damaged)
                else Problem(error.code, f"这一页未能读取：{error.detail or error.message}", error.advice, number)
            )
            return None, Page(number, width * _MM, height * _MM, "blank", "unreadable", 0.0)
        if cut is not None:
            self.problems.append(cut)
        area = _first(root, "Area")
        box = _box(_first(area, "PhysicalBox")) if area is not None else None
        width, height = (box[2], box[3]) if box else (width, height)
        origin = _Matrix(e=-box[0], f=-box[1]) if box else _Matrix()
        found = _Found()
        for node in root:
            if _name(node) == "Template":
                target = self.templates.get(node.get("TemplateID") or "")
                template = self.package.try_xml(target, "模板页") if target else None
                if template is not None:
                    self._content(template, found, origin)
        self._content(root, found, origin)
        return self._reading(found, number, width, height)

    def _content(self, root: etree._Element, found: _Found, origin: _Matrix) -> None:
        for content in root:
            if _name(content) == "Content":
                for layer in content:
                    self._objects(layer, found, origin, 0)

    def _objects(self, parent: etree._Element, found: _Found, outer: _Matrix, depth: int) -> None:
        if depth > limits.NESTED_XML:
            return
        for node in parent:
            name = _name(node)
            if node.get("Visible") == "false" or node.get("Alpha") == "0":
                continue
            if name == "TextObject":
                self._text(node, found, _place(node).inside(outer))
            elif name == "PathObject":
                _path(node, found, _place(node).inside(outer))
            elif name == "ImageObject":
                box = _box(node)
                target = self.resources.media.get(node.get("ResourceID") or "")
                if box and target:
                    x0, y0 = outer.at(box[0], box[1])
                    x1, y1 = outer.at(box[0] + box[2], box[1] + box[3])
                    found.pictures.append((BBox(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), target))
            elif name == "CompositeObject":
                unit = self.resources.composites.get(node.get("ResourceID") or "")
                inner = _first(unit, "Content") if unit is not None else None
                if inner is not None:
                    self._objects(inner, found, _place(node).inside(outer), depth + 10)
            elif name == "PageBlock":
                self._objects(node, found, outer, depth + 1)

    def _text(self, node: etree._Element, found: _Found, matrix: _Matrix) -> None:
        size = _float(node.get("Size"), 3.5)
        stretch = _float(node.get("HScale"), 1.0) or 1.0
        bold = _float(node.get("Weight"), 400) >= 600 or node.get("Font") in self.resources.bold
        x = y = 0.0
        for code in node:
            if _name(code) != "TextCode":
                continue
            text = shown(code.text or "", "")
            x, y = _float(code.get("X"), x), _float(code.get("Y"), y)
            if not text:
                continue
            found.letters += len(text.strip())
            right = _deltas(code.get("DeltaX"), len(text))
            down = _deltas(code.get("DeltaY"), len(text))
            spots: list[tuple[float, float, float]] = []
            for index, char in enumerate(text):
                advance = size * stretch * (1.0 if is_wide(char) else 0.5)
                spots.append((x, y, advance))
                if index + 1 < len(text):
                    x += right[index] if right else (0.0 if down else advance)
                    y += down[index] if down else 0.0
            found.words += _words(text, spots, size, matrix, bold)

    def _reading(self, found: _Found, number: int, width: float, height: float) -> tuple[PageReading | None, Page]:
        area = width * height or 1.0
        large = [(box, target) for box, target in found.pictures if (box.x1 - box.x0) * (box.bottom - box.top) > 0.06 * area]
        words, rulings = list(found.words), list(found.rulings)
        problems: list[Problem] = []
        confidence, read = 1.0, 0
        # A page that has its own words keeps them; a picture under a full page of text is its scan or its ground.
        covered = found.letters > 200
        for box, target in large:
            if covered and (box.x1 - box.x0) * (box.bottom - box.top) > 0.5 * area:
                continue
            if self.package.behind_cut(target, "图片"):
                problems.append(
                    Problem("truncated", "这一页的图片在文件断开处之后，未读到", "请申报单位重新提供该文件。", number)
                )
                continue
            try:
                inner = self._picture(target, box, number)
            except (ExtractError, ImportError) as error:
                detail = (error.detail or error.message) if isinstance(error, ExtractError) else f"缺少 {error.name}"
                text = f"这一页的图片未能识别文字（{detail}）"
                problems.append(Problem("picture_unread", text, "请人工查看原文件，或启用文字识别后重新预审。", number))
                continue
            except Exception as error:
                text = f"这一页的图片未能识别文字（{type(error).__name__}）"
                problems.append(Problem("picture_unread", text, "请人工查看原文件的这一页。", number))
                continue
            problems += inner.problems
            read += bool(inner.words)
            confidence = min(confidence, inner.confidence)
            sx, sy = (box.x1 - box.x0) / (inner.width or 1.0), (box.bottom - box.top) / (inner.height or 1.0)
            words += [_moved(word, sx, sy, box) for word in inner.words]
            rulings += [
                Ruling(box.x0 + r.x0 * sx, box.top + r.top * sy, box.x0 + r.x1 * sx, box.top + r.bottom * sy)
                for r in inner.rulings
            ]
        self.problems += problems
        lane: Any = "mixed" if read and found.letters else "ocr" if read else "text" if found.letters else "blank"
        unread = bool(problems) and not words
        page = Page(
            number,
            width * _MM,
            height * _MM,
            lane,
            "unreadable" if unread else "read" if words else "blank",
            0.0 if unread else confidence,
        )
        if not words:
            return None, page
        reading = PageReading(
            number,
            width * _MM,
            height * _MM,
            tuple(_scaled(word) for word in words),
            tuple(Ruling(r.x0 * _MM, r.top * _MM, r.x1 * _MM, r.bottom * _MM) for r in rulings),
            tuple(BBox(*(side * _MM for side in box)) for box, _ in found.pictures),
            lane=lane,
            confidence=confidence,
        )
        return reading, page

    def _picture(self, target: str, box: BBox, number: int) -> PageReading:
        if not self.options.ocr:
            raise ExtractError("未启用文字识别")
        import numpy as np
        from PIL import Image

        from extract import pictures

        try:
            opened = Image.open(io.BytesIO(self.package.read(target)))
        except OSError as error:
            raise Damaged(f"图片格式无法解码：{posixpath.basename(target)}") from error
        with opened:
            if opened.width * opened.height > _MAX_PIXELS:
                raise ExtractError(f"图片 {opened.width}×{opened.height} 像素，过大")
            image = np.asarray(opened.convert("RGB"))
        dpi = min(600.0, max(72.0, image.shape[1] * 25.4 / max(1.0, box.x1 - box.x0)))
        reading: PageReading = pictures.read_image(image, number, dpi, self.options)
        return reading


def _words(text: str, spots: list[tuple[float, float, float]], size: float, matrix: _Matrix, bold: bool) -> list[Word]:
    """The characters of one TextCode as words: cut at wide gaps, at line changes, and one by one where type runs otherwise."""
    level = abs(matrix.b) < 1e-6 and abs(matrix.c) < 1e-6 and matrix.a > 0 and matrix.d > 0
    out: list[Word] = []
    start = 0
    for index in range(1, len(text) + 1):
        if index < len(text) and level:
            x, y, advance = spots[index - 1]
            gap = spots[index][0] - x - advance
            if abs(spots[index][1] - y) < 0.3 * size and -1.2 * size < gap < 0.9 * size:
                continue
        chunk = text[start:index]
        if chunk.strip():
            out.append(_word(chunk, spots[start:index], size, matrix, bold, level))
        start = index
    return out


def _word(chunk: str, spots: list[tuple[float, float, float]], size: float, matrix: _Matrix, bold: bool, level: bool) -> Word:
    corners = []
    for x, y, advance in (spots[0], spots[-1]):
        for dx in (0.0, advance):
            corners += [matrix.at(x + dx, y - _ASCENT * size), matrix.at(x + dx, y + _DESCENT * size)]
    box = BBox(min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners))
    edges: tuple[float, ...] = ()
    if level:
        lefts = [matrix.at(x, y)[0] for x, y, _ in spots]
        edges = (*lefts, matrix.at(spots[-1][0] + spots[-1][2], spots[-1][1])[0])
    scale = math.hypot(matrix.c, matrix.d)
    return Word(chunk, box, edges, size * scale, bold)


def _scaled(word: Word) -> Word:
    box = BBox(*(side * _MM for side in word.box))
    return Word(word.text, box, tuple(edge * _MM for edge in word.edges), word.size * _MM, word.bold, word.confidence, word.raw)


def _moved(word: Word, sx: float, sy: float, box: BBox) -> Word:
    """A word of a picture (in the picture's points) on the page (in millimetres)."""
    place = BBox(
        box.x0 + word.box.x0 * sx, box.top + word.box.top * sy, box.x0 + word.box.x1 * sx, box.top + word.box.bottom * sy
    )
    edges = tuple(box.x0 + edge * sx for edge in word.edges)
    return Word(word.text, place, edges, word.size * sy, word.bold, word.confidence, word.raw)


def _deltas(text: str | None, count: int) -> list[float]:
    """``DeltaX``/``DeltaY``: “2 2 g 3 4.5” is 2, 2, then 4.5 three times; filled up with the last to ``count`` places."""
    if not text:
        return []
    out: list[float] = []
    parts = text.replace(",", " ").split()
    index = 0
    while index < len(parts) and len(out) < count:
        if parts[index] == "g" and index + 2 < len(parts):
            times = int(_float(parts[index + 1], 0))
            out += [_float(parts[index + 2], 0.0)] * max(0, min(times, count))
            index += 3
        else:
            out.append(_float(parts[index], 0.0))
            index += 1
    out += [out[-1] if out else 0.0] * (count - len(out))
    return out


def _place(node: etree._Element) -> _Matrix:
    """An object's own transformation, then the shift to its boundary."""
    box = _box(node) or (0.0, 0.0, 0.0, 0.0)
    numbers = [_float(part, math.nan) for part in (node.get("CTM") or "").split()]
    own = _Matrix(*numbers) if len(numbers) == 6 and not any(math.isnan(n) for n in numbers) else _Matrix()
    return own.inside(_Matrix(e=box[0], f=box[1]))


def _path(node: etree._Element, found: _Found, matrix: _Matrix) -> None:
    """The straight, upright parts of a drawn path as ruling lines; a thin filled box is one line."""
    data = next((child.text for child in node if _name(child) == "AbbreviatedData"), None)
    if not data or len(found.rulings) > 100_000:
        return
    stroked = node.get("Stroke") != "false"
    parts = data.split()
    outlines: list[list[tuple[float, float]]] = []
    index = 0
    while index < len(parts):
        command = parts[index]
        # How many numbers a command takes; the last two of them are where it ends.
        count = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7}.get(command, 0)
        numbers = [_float(part, 0.0) for part in parts[index + 1 : index + 1 + count]]
        index += 1 + count
        if len(numbers) < count:
            break
        if command in ("M", "S"):
            outlines.append([matrix.at(*numbers)])
        elif command == "L" and outlines:
            outlines[-1].append(matrix.at(numbers[0], numbers[1]))
        elif command in "QBA" and outlines:
            # A curve is no ruling: go on from its end.
            outlines.append([matrix.at(numbers[-2], numbers[-1])])
        elif command == "C" and outlines and len(outlines[-1]) > 1:
            outlines[-1].append(outlines[-1][0])
    for points in outlines:
        if len(points) < 2:
            continue
        x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
        y0, y1 = min(y for _, y in points), max(y for _, y in points)
        if len(points) > 3 and min(x1 - x0, y1 - y0) < _THIN:
            across = x1 - x0 >= y1 - y0
            middle = (y0 + y1) / 2 if across else (x0 + x1) / 2
            found.rulings.append(Ruling(x0, middle, x1, middle) if across else Ruling(middle, y0, middle, y1))
        elif stroked or (node.get("Fill") == "true" and len(points) > 3):
            for (ax, ay), (bx, by) in pairwise(points):
                if abs(ay - by) < 0.1 and abs(ax - bx) > 1:
                    found.rulings.append(Ruling(min(ax, bx), (ay + by) / 2, max(ax, bx), (ay + by) / 2))
                elif abs(ax - bx) < 0.1 and abs(ay - by) > 1:
                    found.rulings.append(Ruling((ax + bx) / 2, min(ay, by), (ax + bx) / 2, max(ay, by)))


def _size(area: etree._Element | None) -> tuple[float, float] | None:
    box = _box(_first(area, "PhysicalBox")) if area is not None else None
    return (box[2], box[3]) if box else None


def _box(node: etree._Element | None) -> tuple[float, float, float, float] | None:
    """A box “x y width height”: an element's words, or an object's boundary."""
    if node is None:
        return None
    numbers = [_float(part, math.nan) for part in (node.get("Boundary") or node.text or "").split()]
    if len(numbers) != 4 or any(math.isnan(n) or abs(n) > 1e5 for n in numbers):
        return None
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _name(node: etree._Element) -> str:
    """A tag without its namespace: producers disagree about that."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _first(node: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in node.iter() if _name(child) == name), None)


def _all(node: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in node.iter() if _name(child) == name]


def _float(text: str | None, default: float) -> float:
    try:
        number = float(text) if text else default
    except ValueError:
        return default
    return number if math.isfinite(number) else default
