"""Slides (pptx) from their XML: titles, text, tables, notes; a slide is a page, shapes give the boxes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import NamedTuple

from lxml import etree

from extract import limits
from extract.document import BBox, Block, Cell, Document, Heading, Kind, Line, Page, Paragraph, Part, Problem, Table
from extract.embedded import PictureReader
from extract.formats import ReadOptions, Source
from extract.numerals import numeral
from extract.package import Package, Relationship
from extract.problems import Damaged, ExtractError
from extract.tableheads import head_of
from extract.text import superscript

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_EMU = 12700
_SCHEMES = {
    "arabic": "decimal", "romanUc": "upperRoman", "romanLc": "lowerRoman", "alphaUc": "upperLetter", "alphaLc": "lowerLetter",
    "ea1Chs": "chineseCountingThousand", "ea1Cht": "chineseCountingThousand", "ea1JpnChs": "chineseCountingThousand",
    "circleNum": "decimalEnclosedCircle",
}  # fmt: skip


class _Frame(NamedTuple):
    """How coordinates inside a group become the slide's: scale, then shift."""

    sx: float = 1.0
    sy: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    def box(self, x: float, y: float, width: float, height: float) -> BBox:
        left, top = x * self.sx + self.dx, y * self.sy + self.dy
        return BBox(left, top, left + width * self.sx, top + height * self.sy)


@dataclass(slots=True)
class _Shape:
    box: BBox
    blocks: list[Block]
    title: bool = False


def read_pptx(source: Source, options: ReadOptions) -> Document:
    """A pptx as a document with one page a slide. Raises an ``ExtractError`` when its main part cannot be read."""
    with Package(source.file) as package:
        reader = _Deck(package, options)
        blocks, pages = reader.read()
        package.insist(blocks)
        problems = [*package.problems, *reader.problems, *reader.pictures.problems()]
        return Document(
            source.path, "pptx", source.sha256, tuple(blocks), pages=tuple(pages), problems=tuple(problems), engine="ooxml"
        )


class _Deck:
    def __init__(self, package: Package, options: ReadOptions) -> None:
        self.package = package
        self.options = options
        self.problems: list[Problem] = []
        self.pictures = PictureReader(options, limits.PICTURES)
        self.part = next(
            (
                link.target
                for link in package.relationships("").values()
                if link.kind == "officeDocument" and link.target in package
            ),
            "ppt/presentation.xml",
        )
        self.places: dict[str, dict[tuple[str, str], BBox]] = {}

    def read(self) -> tuple[list[Block], list[Page]]:
        """All slides in the order of the show."""
        root = self._show()
        size = root.find(_P + "sldSz") if root is not None else None
        width, height = (_int(size.get(side), 9144000) / _EMU for side in ("cx", "cy")) if size is not None else (720.0, 540.0)
        links = self.package.relationships(self.part)
        listed = root.iterfind(f"{_P}sldIdLst/{_P}sldId") if root is not None else ()
        slides = [links.get(node.get(_R + "id") or "") for node in listed]
        numbered = self.package.numbered(r"ppt/slides/slide[0-9]+\.xml") if self.package.cut else []
        if sum(slide is not None for slide in slides) < len(numbered):
            # The list of the slides is behind the cut: what is there, in the order of the numbers in the parts' names.
            slides = [Relationship("slide", name) for name in numbered]
        blocks: list[Block] = []
        pages: list[Page] = []
        first, last = self.options.pages or (1, len(slides) + 1)
        for number, link in enumerate(slides, 1):
            if not first <= number < last:
                continue
            if number > self.options.max_pages:
                text = f"共 {len(slides)} 页，超过页数上限 {self.options.max_pages}，其后未读取"
                self.problems.append(Problem("too_large", text, "请拆分该文件后重新预审。"))
                break
            cut = self.package.cut_page(link.target, number) if link and link.target else None
            there = link and link.target and (cut is None or link.target in self.package)
            part = self.package.try_xml(link.target, f"第 {number} 页") if link and there else None
            if cut is not None:
                self.problems.append(cut)
            if part is None or link is None:
                if cut is None:
                    self.problems.append(Problem("damaged", "这一页的数据缺失或已损坏", "请申报单位重新提供该文件。", number))
                pages.append(Page(number, width, height, "blank", "unreadable", 0.0))
                continue
            found = self._slide(part, link.target, number)
            pages.append(Page(number, width, height, "text" if found else "blank", "read" if found else "blank"))
            blocks += found
        if not slides:
            raise Damaged("演示文稿中没有页")
        return blocks, pages

    def _show(self) -> etree._Element | None:
        """The part that lists the slides; None where it is behind the cut of a file."""
        if self.package.cut and self.part not in self.package:
            return self.package.try_xml(self.part, "页面目录")
        return self.package.main_xml(self.part, "演示文稿")

    def _slide(self, root: etree._Element, part: str, number: int) -> list[Block]:
        links = self.package.relationships(part)
        inherited: dict[tuple[str, str], BBox] = {}
        for link in links.values():
            if link.kind == "slideLayout" and link.target:
                inherited = self._places(link.target)
        shapes: list[_Shape] = []
        tree = root.find(f"{_P}cSld/{_P}spTree")
        if tree is not None:
            self._shapes(tree, shapes, _Frame(), inherited, links, number, 0)
        shapes.sort(key=lambda shape: (not shape.title, round(shape.box.top / 18), shape.box.x0))
        hidden: Kind = "hidden" if root.get("show") in ("0", "false") else "body"
        blocks = [block for shape in shapes for block in shape.blocks]
        if hidden == "hidden":
            blocks = [replace(block, kind=hidden) for block in blocks]
        for link in links.values():
            if link.kind == "notesSlide" and link.target:
                blocks += self._notes(link.target)
            elif link.kind == "comments" and link.target:
                comments = self.package.try_xml(link.target, "批注")
                texts = [node.text or "" for node in comments.iter(_P + "text")] if comments is not None else []
                blocks += [Paragraph(text.strip(), kind="comment") for text in texts if text.strip()]
        return blocks

    def _notes(self, part: str) -> list[Block]:
        root = self.package.try_xml(part, "备注")
        found: list[Block] = []
        for shape in root.iter(_P + "sp") if root is not None else ():
            kind = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
            if kind is not None and kind.get("type") == "body":
                found += [Paragraph(text, kind="comment") for text, _ in _paragraphs(shape.find(_P + "txBody"))]
        return found

    def _places(self, layout: str) -> dict[tuple[str, str], BBox]:
        """Where a layout (and below it its master) puts the placeholders that a slide leaves unsaid."""
        if layout in self.places:
            return self.places[layout]
        found: dict[tuple[str, str], BBox] = {}
        self.places[layout] = found
        root = self.package.try_xml(layout, "版式")
        for link in self.package.relationships(layout).values():
            if link.kind == "slideMaster" and link.target:
                found |= {(kind, ""): box for (kind, _), box in self._places(link.target).items()}
        for shape in root.iter(_P + "sp") if root is not None else ():
            kind = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
            box = _box(shape.find(f"{_P}spPr/{_A}xfrm"), _Frame())
            if kind is not None and box is not None:
                found[(_type(kind), kind.get("idx") or "")] = box
                found.setdefault((_type(kind), ""), box)
        return found

    def _shapes(
        self,
        parent: etree._Element,
        shapes: list[_Shape],
        frame: _Frame,
        inherited: dict[tuple[str, str], BBox],
        links: dict[str, Relationship],
        number: int,
        depth: int,
    ) -> None:
        if depth > limits.NESTED_TABLES:
            return
        for node in parent:
            if node.tag == _P + "sp":
                self._text_shape(node, shapes, frame, inherited, number)
            elif node.tag == _P + "grpSp":
                self._shapes(node, shapes, _inner(node, frame), inherited, links, number, depth + 1)
            elif node.tag == _P + "graphicFrame":
                box = _box(node.find(_P + "xfrm"), frame) or BBox(0, 0, 0, 0)
                table = node.find(f".//{_A}tbl")
                if table is not None:
                    made = _table(table, box, number)
                    if made is not None:
                        shapes.append(_Shape(box, [made]))
                else:
                    shapes.append(_Shape(box, self._diagram(node, links, box, number)))
            elif node.tag == _P + "pic":
                self._picture(node, shapes, frame, links, number)
            elif node.tag == _MC + "AlternateContent":
                branch = node.find(_MC + "Choice")
                if branch is None:
                    branch = node.find(_MC + "Fallback")
                if branch is not None:
                    self._shapes(branch, shapes, frame, inherited, links, number, depth + 1)

    def _text_shape(
        self, node: etree._Element, shapes: list[_Shape], frame: _Frame, inherited: dict[tuple[str, str], BBox], number: int
    ) -> None:
        place = node.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
        kind = _type(place) if place is not None else ""
        if kind in ("sldNum", "dt"):
            return
        box = _box(node.find(f"{_P}spPr/{_A}xfrm"), frame)
        if box is None and place is not None:
            box = inherited.get((kind, place.get("idx") or "")) or inherited.get((kind, ""))
        title = kind in ("title", "ctrTitle")
        blocks: list[Block] = []
        texts = _paragraphs(node.find(_P + "txBody"))
        if title and texts:
            text = "\n".join(text for text, _ in texts)
            blocks.append(Heading(text, 1, _lines(text, box, number)))
        else:
            own: Kind = "footer" if kind == "ftr" else "body"
            blocks += [
                Paragraph(text, _lines(text, _slice(box, index, len(texts)), number), own)
                for index, (text, _) in enumerate(texts)
            ]
        if blocks:
            shapes.append(_Shape(box or BBox(0, 0, 0, 0), blocks, title))

    def _diagram(self, node: etree._Element, links: dict[str, Relationship], box: BBox, number: int) -> list[Block]:
        key = next((inner.get(_R + "dm") for inner in node.iter(_DGM + "relIds")), None)
        key = key or next((inner.get(_R + "id") for inner in node.iter(_C + "chart")), None)
        link = links.get(key or "")
        target = getattr(link, "target", "")
        root = self.package.try_xml(target, "图示") if target else None
        if root is None:
            return []
        texts = ["".join(run.text or "" for run in line.iter(_A + "t")).strip() for line in root.iter(_A + "p")]
        return [Paragraph(text, _lines(text, box, number), "textbox") for text in texts if text]

    def _picture(
        self, node: etree._Element, shapes: list[_Shape], frame: _Frame, links: dict[str, Relationship], number: int
    ) -> None:
        blip = node.find(f"{_P}blipFill/{_A}blip")
        target = getattr(links.get(blip.get(_R + "embed") or ""), "target", "") if blip is not None else ""
        if not target:
            return
        box = _box(node.find(f"{_P}spPr/{_A}xfrm"), frame) or BBox(0, 0, 0, 0)
        if target.lower().endswith((".emf", ".wmf", ".svg")):
            self.pictures.vector += 1
            return
        if self.package.behind_cut(target, "图片"):
            return
        try:
            blocks = self.pictures.read(self.package.read(target), box.x1 - box.x0, box.bottom - box.top)
        except ExtractError:
            self.problems.append(Problem("damaged_part", f"图片 {target} 已损坏", "请人工打开原文件核对这幅图片。", number))
            return
        if blocks:
            shapes.append(_Shape(box, [_placed(block, box, number) for block in blocks]))


def _placed(block: Block, box: BBox, number: int) -> Block:
    if isinstance(block, Table):
        return replace(block, parts=(Part(number, box),))
    return replace(block, lines=_lines(block.text, box, number))


def _lines(text: str, box: BBox | None, number: int) -> tuple[Line, ...]:
    """A shape's words stand somewhere in its box; where exactly only a program that sets type could say."""
    return (Line(0, len(text), number, box or BBox(0, 0, 0, 0)),) if text else ()


def _slice(box: BBox | None, index: int, count: int) -> BBox | None:
    """The share of a shape's box for one of its paragraphs, from top to bottom."""
    if box is None or count < 2:
        return box
    step = (box.bottom - box.top) / count
    return BBox(box.x0, box.top + index * step, box.x1, box.top + (index + 1) * step)


def _type(place: etree._Element) -> str:
    return place.get("type") or "body"


def _box(xfrm: etree._Element | None, frame: _Frame) -> BBox | None:
    if xfrm is None:
        return None
    off, ext = xfrm.find(_A + "off"), xfrm.find(_A + "ext")
    if off is None or ext is None:
        return None
    return frame.box(_int(off.get("x")) / _EMU, _int(off.get("y")) / _EMU, _int(ext.get("cx")) / _EMU, _int(ext.get("cy")) / _EMU)


def _inner(group: etree._Element, frame: _Frame) -> _Frame:
    """The frame of a group's children."""
    xfrm = group.find(f"{_P}grpSpPr/{_A}xfrm")
    outer = _box(xfrm, frame)
    off = xfrm.find(_A + "chOff") if xfrm is not None else None
    ext = xfrm.find(_A + "chExt") if xfrm is not None else None
    if outer is None or off is None or ext is None:
        return frame
    width, height = _int(ext.get("cx")) / _EMU, _int(ext.get("cy")) / _EMU
    sx = (outer.x1 - outer.x0) / width if width else 1.0
    sy = (outer.bottom - outer.top) / height if height else 1.0
    return _Frame(sx, sy, outer.x0 - _int(off.get("x")) / _EMU * sx, outer.top - _int(off.get("y")) / _EMU * sy)


def _paragraphs(body: etree._Element | None) -> list[tuple[str, int]]:
    """The paragraphs of a text body with their levels; automatic numbers are part of the words."""
    found: list[tuple[str, int]] = []
    counts = Counter[int]()
    for node in body.iterfind(_A + "p") if body is not None else ():
        ppr = node.find(_A + "pPr")
        level = _int(ppr.get("lvl")) if ppr is not None else 0
        out = []
        for run in node:
            if run.tag == _A + "r" or run.tag == _A + "fld":
                words = run.find(_A + "t")
                text = (words.text or "") if words is not None else ""
                rpr = run.find(_A + "rPr")
                out.append(superscript(text) if rpr is not None and _int(rpr.get("baseline")) > 0 else text)
            elif run.tag == _A + "br":
                out.append("\n")
        text = "".join(out).replace("\x0b", "\n").strip()
        auto = ppr.find(_A + "buAutoNum") if ppr is not None else None
        if not text:
            continue
        if auto is None:
            counts[level] = 0
        else:
            counts[level] += 1
            for deeper in [key for key in counts if key > level]:
                counts[deeper] = 0
            text = _number(auto.get("type") or "arabicPeriod", counts[level] + max(1, _int(auto.get("startAt"), 1)) - 1) + text
        found.append((text, level))
    return found


def _number(scheme: str, count: int) -> str:
    form = next((form for name, form in _SCHEMES.items() if scheme.startswith(name)), "decimal")
    text = numeral(count, form)
    if scheme.endswith("ParenBoth"):
        return f"（{text}）" if form == "chineseCountingThousand" else f"({text}) "
    if scheme.endswith("ParenR"):
        return f"{text}) "
    if scheme.endswith("Period"):
        return f"{text}、" if form == "chineseCountingThousand" else f"{text}. "
    return f"{text} "


def _table(node: etree._Element, box: BBox, number: int) -> Table | None:
    widths = [_int(col.get("w")) / _EMU for col in node.iterfind(f"{_A}tblGrid/{_A}gridCol")]
    rows = list(node.iterfind(_A + "tr"))
    heights = [_int(row.get("h")) / _EMU for row in rows]
    lefts = [box.x0 + sum(widths[:index]) for index in range(len(widths) + 1)]
    tops = [box.top + sum(heights[:index]) for index in range(len(heights) + 1)]
    cells: list[Cell] = []
    n_cols = len(widths)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row.iterfind(_A + "tc")):
            if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
                continue
            n_cols = max(n_cols, c + 1)
            rowspan = max(1, min(_int(cell.get("rowSpan"), 1), len(rows) - r))
            colspan = max(1, min(_int(cell.get("gridSpan"), 1), max(1, len(widths) - c)))
            text = "\n".join(text for text, _ in _paragraphs(cell.find(_A + "txBody")))
            place = BBox(lefts[min(c, len(widths))], tops[r], lefts[min(c + colspan, len(widths))], tops[r + rowspan])
            cells.append(Cell(r, c, text, rowspan, colspan, _lines(text, place, number)))
    if not any(cell.text for cell in cells):
        return None
    head = head_of(cells, len(rows), n_cols)
    return Table(len(rows), n_cols, tuple(cells), header_rows=head.rows, caption=head.caption, parts=(Part(number, box),))


def _int(text: str | None, default: int = 0) -> int:
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default
