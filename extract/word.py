"""Word documents (docx), read straight from their XML as a person would see them: numbers rebuilt, changes accepted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from extract import limits, outline
from extract.document import Block, Cell, Document, Heading, Kind, Paragraph, Problem, Table
from extract.embedded import PictureReader
from extract.formats import ReadOptions, Source
from extract.numerals import numeral
from extract.package import Package, Relationship
from extract.problems import Damaged, Empty, ExtractError
from extract.symbols import shown, symbol
from extract.tableheads import head_of
from extract.text import is_cjk, is_wide, superscript

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_VAL = _W + "val"

_P, _TBL, _TR, _TC, _R_, _T = _W + "p", _W + "tbl", _W + "tr", _W + "tc", _W + "r", _W + "t"
_SDT, _SDT_CONTENT, _PPR, _RPR = _W + "sdt", _W + "sdtContent", _W + "pPr", _W + "rPr"
_ALTERNATE, _MATH, _MATH_PARA = _MC + "AlternateContent", _M + "oMath", _M + "oMathPara"
# What is deleted or moved away is not there; what is inserted or wrapped is.
_GONE = frozenset(
    _W + name for name in ("del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sdtEndPr", "tblGrid")
)
_OFF = frozenset(("0", "false", "off"))
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])\b", re.IGNORECASE)
_TOC_LINE = re.compile(r"(?:[.．…·・‥]{3,}|\t|\s{3,})\s*[-—]?\s*(?:[0-9]{1,3}|[IVXivx]{1,5})\s*[-—]?$")
_TOC_TITLE = re.compile(r"目\s*[录次]$")
_CAPTION = re.compile(
    r"(?:附?[表图]|续表|Table|Figure)\s*[0-9０-９一二三四五六七八九十A-Z][0-9０-９一二三四五六七八九十.．\-—－]*(?![年月日项家个])"
)
_CAPTION_END = re.compile(r"(?:表|清单|名单|一览|目录|名录|情况|明细|台账|汇总|对照|统计)(?:[（(][^（()）]{1,24}[）)])?[：:]?$")
_UNIT = re.compile(r"[（(]?\s*(?:计量)?单位\s*[：:]")
_PAGE_NUMBER = re.compile(r"[\s\-—–~·.|/]*(?:第?\s*[0-9IVXivx]*\s*页?[\s,，/]*(?:共\s*[0-9]*\s*页)?)?[\s\-—–~·.|/]*$")
_EMU = 12700  # a point


@dataclass(slots=True)
class _Style:
    """A paragraph or character style with what it inherits filled in. ``level`` 1 to 9, 0: body text."""

    name: str = ""
    level: int = 0
    sure: bool = False  # level by the style's own name
    num: tuple[str, int | None] | None = None
    bold: bool = False
    size: float = 0.0
    hidden: bool = False
    centred: bool = False
    toc: bool = False
    caption: bool = False
    title: bool = False


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str = ""
    pad: int = 0


@dataclass(slots=True)
class _Words:
    """What one paragraph holds: its visible words, and what hangs on it."""

    text: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    pictures: list[tuple[str, float, float]] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    toc: bool = False
    bold: int = 0
    letters: int = 0
    size: float = 0.0
    style_bold: bool = False
    style_size: float = 0.0
    style_hidden: bool = False


@dataclass(slots=True)
class _Item:
    """A block on its way out, with what decides whether it is a heading."""

    block: Block
    level: int = 0
    confidence: float = 1.0
    number: str = ""
    bold: bool = False
    size: float = 0.0
    centred: bool = False
    title: bool = False


def read_docx(source: Source, options: ReadOptions) -> Document:
    """A docx or docm as a document without pages. Raises an ``ExtractError`` when its main part cannot be read."""
    with Package(source.file) as package:
        reader = _Reader(package, options)
        blocks = reader.document()
        problems = [*package.problems, *reader.problems, *reader.pictures.problems()]
        package.insist(blocks)
        if not blocks and not problems:
            raise Empty("文档中没有文字")
        return Document(source.path, "docx", source.sha256, tuple(blocks), problems=tuple(problems), engine="ooxml")


def promote(blocks: Iterable[Block]) -> list[Block]:
    """Bare paragraphs with those that are numbered like headings as headings, contents lines and captions marked."""
    return _finish([_Item(block) for block in blocks])


class _Reader:
    def __init__(self, package: Package, options: ReadOptions) -> None:
        self.package = package
        self.problems: list[Problem] = []
        self.pictures = PictureReader(options, limits.PICTURES)
        self.part = _main_part(package)
        self.links = package.relationships(self.part)
        self.body_size = 10.5
        self.default_style = ""
        self.styles = self._styles()
        self.numbers = _Numbers(self._side("numbering", "编号定义"))
        self.notes = {
            kind: self._notes(kind, what) for kind, what in (("footnotes", "脚注"), ("endnotes", "尾注"), ("comments", "批注"))
        }
        self.fields: list[list[Any]] = []
        self.fields_balanced = True
        self.carried: list[str] = []
        self.objects = 0

    def document(self) -> list[Block]:
        """All blocks, in reading order; running heads at the end."""
        root = self.package.main_xml(self.part, "正文")
        body = root.find(_W + "body")
        if body is None:
            raise Damaged("文件中没有正文")
        marks = Counter(mark.get(_W + "fldCharType") for mark in root.iter(_W + "fldChar"))
        self.fields_balanced = marks["begin"] == marks["end"]
        items: list[_Item] = []
        self._blocks(body, items, "body", 0)
        if self.carried:
            items.append(_Item(Paragraph("".join(self.carried).strip())))
        blocks = _finish([item for item in items if item.block.text.strip() or isinstance(item.block, Table)])
        blocks += self._running_heads(root)
        if self.objects:
            text = f"文中嵌有 {self.objects} 个附件对象，未读取"
            self.problems.append(Problem("embedded_object", text, "请打开原文件，将嵌入的附件另存后一并提供。"))
        return blocks

    # Side parts

    def _side(self, kind: str, what: str) -> etree._Element | None:
        target = next((link.target for link in self.links.values() if link.kind == kind and link.target), "")
        return self.package.try_xml(target, what) if target else None

    def _styles(self) -> dict[str, _Style]:
        root = self._side("styles", "样式")
        if root is None:
            return {}
        size = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}sz")
        base_size = _number(size, 20) / 2
        raw = {style.get(_W + "styleId") or "": style for style in root.iter(_W + "style")}
        default = [
            key
            for key, style in raw.items()
            if style.get(_W + "default") in ("1", "true") and style.get(_W + "type") == "paragraph"
        ]
        self.default_style = default[0] if default else ""
        done: dict[str, _Style] = {}

        def resolve(key: str, above: tuple[str, ...]) -> _Style:
            if key in done:
                return done[key]
            node = raw.get(key)
            if node is None or key in above or len(above) > 50:
                return _Style(size=base_size)
            based = _value(node, "basedOn")
            style = replace(resolve(based, (*above, key)) if based else _Style(size=base_size))
            style.name = _value(node, "name")
            ppr, rpr = node.find(_PPR), node.find(_RPR)
            if rpr is not None:
                style.bold = _switch(rpr.find(_W + "b"), style.bold)
                style.hidden = _switch(rpr.find(_W + "vanish"), style.hidden)
                style.size = _number(rpr.find(_W + "sz"), int(style.size * 2)) / 2
            if ppr is not None:
                numpr = ppr.find(_W + "numPr")
                if numpr is not None:
                    number, level = _value(numpr, "numId"), _value(numpr, "ilvl")
                    style.num = (number or (style.num[0] if style.num else ""), int(level) if level.isdecimal() else None)
                level = _value(ppr, "outlineLvl")
                if level.isdecimal():
                    style.level, style.sure = (int(level) + 1 if int(level) < 9 else 0), False
                jc = _value(ppr, "jc")
                style.centred = jc == "center" if jc else style.centred
            named = _HEADING_NAME.match(style.name)
            if named and node.get(_W + "type") != "character":
                style.level, style.sure = int(named[1]), True
            lower = style.name.lower()
            style.toc = lower.startswith(("toc ", "目录")) or style.toc
            style.caption = lower in ("caption", "题注") or style.caption
            style.title = lower in ("title", "标题") and not named
            done[key] = style
            return style

        for key in raw:
            resolve(key, ())
        return done

    def _notes(self, kind: str, what: str) -> dict[str, etree._Element]:
        root = self._side(kind, what)
        if root is None:
            return {}
        return {
            node.get(_W + "id") or "": node
            for node in root
            if node.get(_W + "type") not in ("separator", "continuationSeparator", "continuationNotice")
        }

    def _running_heads(self, root: etree._Element) -> list[Block]:
        wanted: dict[str, Kind] = {}
        for section in root.iter(_W + "sectPr"):
            for node in section:
                if node.tag in (_W + "headerReference", _W + "footerReference"):
                    link = self.links.get(node.get(_R + "id") or "")
                    if link and link.target:
                        wanted[link.target] = "header" if node.tag.endswith("headerReference") else "footer"
        blocks: list[Block] = []
        seen = set()
        for target, kind in wanted.items():
            part = self.package.try_xml(target, "页眉页脚")
            if part is None:
                continue
            items: list[_Item] = []
            links, self.links = self.links, self.package.relationships(target)
            self.fields = []
            self._blocks(part, items, kind, 0)
            self.links = links
            for item in items:
                block = item.block
                if isinstance(block, Table):
                    block = Paragraph(" ".join(cell.text for cell in block.cells if cell.text), kind=kind)
                if _PAGE_NUMBER.match(block.text) or block.kind == "hidden":
                    continue
                if (kind, block.text) not in seen:
                    seen.add((kind, block.text))
                    blocks.append(replace(block, kind=kind))
        return blocks

    # Blocks

    def _blocks(self, parent: etree._Element, items: list[_Item], kind: Kind, depth: int) -> None:
        if depth > limits.NESTED_XML:
            return
        for node in parent:
            tag = node.tag
            if tag == _P:
                self._paragraph(node, items, kind, depth)
            elif tag == _TBL:
                self._table_item(node, items, kind, depth)
            elif tag == _SDT:
                content = node.find(_SDT_CONTENT)
                if content is not None:
                    gallery = node.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
                    toc = gallery is not None and (gallery.get(_VAL) or "").lower().startswith("table of contents")
                    self._blocks(content, items, "toc" if toc else kind, depth + 1)
            elif tag == _ALTERNATE:
                for branch in _branch(node):
                    self._blocks(branch, items, kind, depth + 1)
            elif tag == _W + "altChunk":
                self.objects += 1
            elif isinstance(tag, str) and tag not in _GONE:
                self._blocks(node, items, kind, depth + 1)

    def _paragraph(self, node: etree._Element, items: list[_Item], kind: Kind, depth: int) -> None:
        ppr = node.find(_PPR)
        style = self._style_of(ppr)
        words = self._words(node, style)
        mark = ppr.find(f"{_W}rPr/{_W}del") if ppr is not None else None
        if mark is None and ppr is not None:
            mark = ppr.find(f"{_W}rPr/{_W}moveFrom")
        if mark is not None:
            # The paragraph's end is deleted: what is left of it runs on into the next one.
            self.carried.append("".join(words.text))
        else:
            text = "".join((*self.carried, *words.text)).strip()
            self.carried.clear()
            number, gap = self._number(ppr, style)
            if text or words.boxes or words.pictures:
                own: Kind = "toc" if kind == "body" and ((words.toc and not style.sure) or style.toc) else kind
                if own == "body" and style.caption:
                    own = "caption"
                level, confidence = self._level(ppr, style) if own == "body" else (0, 1.0)
                if text:
                    block = Paragraph(number + gap + text if number else text, kind=own)
                    centred = (
                        style.centred if ppr is None else (_value(ppr, "jc") or ("center" if style.centred else "")) == "center"
                    )
                    bold = words.letters > 0 and words.bold >= 0.9 * words.letters
                    items.append(
                        _Item(block, level, confidence, number, bold, words.size, centred, style.title and own == "body")
                    )
        self._hanging(words, items, kind, depth)

    def _hanging(self, words: _Words, items: list[_Item], kind: Kind, depth: int) -> None:
        """What hangs on a paragraph, after it: hidden words, text boxes, pictures, notes."""
        hidden = "".join(words.hidden).strip()
        if hidden:
            items.append(_Item(Paragraph(hidden, kind="hidden")))
        for box in words.boxes:
            fields, self.fields = self.fields, []
            self._blocks(box, items, "textbox" if kind == "body" else kind, depth + 1)
            self.fields = fields
        for diagram in words.diagrams:
            link = self.links.get(diagram)
            root = self.package.try_xml(link.target, "图示") if link and link.target else None
            if root is not None:
                for line in root.iter(_A + "p"):
                    text = "".join(run.text or "" for run in line.iter(_A + "t")).strip()
                    if text:
                        items.append(_Item(Paragraph(text, kind="textbox")))
        for picture, width, height in words.pictures:
            items += [_Item(block) for block in self._picture(picture, width, height)]
        for part, key in words.notes:
            note = self.notes.get(part, {}).pop(key, None)
            if note is not None:
                inner: list[_Item] = []
                fields, self.fields = self.fields, []
                self._blocks(note, inner, "comment" if part == "comments" else "footnote", depth + 1)
                self.fields = fields
                items += inner

    def _picture(self, key: str, width: float, height: float) -> list[Block]:
        link = self.links.get(key)
        if link is None or not link.target:
            return []
        if PurePosixPath(link.target).suffix.lower() in (".emf", ".wmf", ".svg"):
            self.pictures.vector += 1
            return []
        if self.package.behind_cut(link.target, "图片"):
            return []
        try:
            data = self.package.read(link.target)
        except ExtractError:
            self.problems.append(
                Problem("damaged_part", f"文中图片 {link.target} 已损坏，其余部分已读取", "请人工打开原文件核对这幅图片。")
            )
            return []
        return self.pictures.read(data, width, height)

    def _style_of(self, ppr: etree._Element | None) -> _Style:
        key = _value(ppr, "pStyle") if ppr is not None else ""
        return self.styles.get(key) or self.styles.get(self.default_style) or _Style(size=self.body_size)

    def _level(self, ppr: etree._Element | None, style: _Style) -> tuple[int, float]:
        direct = _value(ppr, "outlineLvl") if ppr is not None else ""
        if direct.isdecimal():
            return (int(direct) + 1, 0.95) if int(direct) < 9 else (0, 1.0)
        return style.level, 1.0 if style.sure else 0.95

    def _number(self, ppr: etree._Element | None, style: _Style) -> tuple[str, str]:
        """The automatic number before a paragraph, and the gap behind it; counts it as used."""
        numpr = ppr.find(_W + "numPr") if ppr is not None else None
        number, level = style.num or ("", None)
        if numpr is not None:
            if numpr.find(_W + "numId") is not None:
                number = _value(numpr, "numId")
            own = _value(numpr, "ilvl")
            level = int(own) if own.isdecimal() else level
        if not number or number == "0":
            return "", ""
        if level is None:
            key = _value(ppr, "pStyle") if ppr is not None else ""
            level = self.numbers.level_of_style(number, key)
        return self.numbers.next(number, min(level, 8))

    # Words

    def _words(self, node: etree._Element, style: _Style) -> _Words:
        words = _Words(style_bold=style.bold, style_size=style.size, style_hidden=style.hidden)
        words.toc = self._in_toc()
        self._inline(node, words, 0)
        words.toc = words.toc or self._in_toc()
        return words

    def _in_toc(self) -> bool:
        return self.fields_balanced and any(done and code.lstrip().upper().startswith("TOC") for code, done in self.fields)

    def _inline(self, node: etree._Element, words: _Words, depth: int) -> None:
        if depth > limits.NESTED_XML:
            return
        for child in node:
            tag = child.tag
            if tag == _R_:
                self._run(child, words, depth)
            elif tag in _GONE:
                continue
            elif tag == _SDT:
                content = child.find(_SDT_CONTENT)
                if content is not None:
                    self._inline(content, words, depth + 1)
            elif tag == _ALTERNATE:
                for branch in _branch(child):
                    self._inline(branch, words, depth + 1)
            elif tag in (_MATH, _MATH_PARA):
                self._add(_math(child, 0), words, False)
            elif tag == _W + "ruby":
                for base in child.iter(_W + "rubyBase"):
                    self._inline(base, words, depth + 1)
            elif isinstance(tag, str):
                self._inline(child, words, depth + 1)

    def _add(self, text: str, words: _Words, hidden: bool) -> None:
        if any(not done for _, done in self.fields):
            return
        (words.hidden if hidden else words.text).append(text)

    def _run(self, run: etree._Element, words: _Words, depth: int) -> None:
        hidden, bold, size, raised, font = words.style_hidden, words.style_bold, words.style_size, False, ""
        for child in run:
            tag = child.tag
            if tag == _T:
                text = child.text
                if text:
                    if not text.isascii() or font:
                        text = shown(text, font)
                    self._add(superscript(text) if raised else text, words, hidden)
                    letters = len(text.strip())
                    words.letters += letters
                    words.bold += letters if bold else 0
                    if letters:
                        words.size = max(words.size, size)
            elif tag == _RPR:
                character = self.styles.get(_value(child, "rStyle"))
                if character:
                    hidden, bold = hidden or character.hidden, bold or character.bold
                for mark in child:
                    if mark.tag == _W + "b":
                        bold = _switch(mark, bold)
                    elif mark.tag == _W + "vanish":
                        hidden = _switch(mark, hidden)
                    elif mark.tag == _W + "sz":
                        size = _number(mark, int(size * 2)) / 2
                    elif mark.tag == _W + "vertAlign":
                        raised = mark.get(_VAL) == "superscript"
                    elif mark.tag == _W + "rFonts":
                        name = mark.get(_W + "ascii") or ""
                        font = name if name.startswith(("Wingdings", "Symbol", "Webdings")) else ""
            else:
                self._mark(child, tag, words, hidden, depth)

    def _mark(self, child: etree._Element, tag: str, words: _Words, hidden: bool, depth: int) -> None:
        """What a run holds besides letters."""
        if tag == _W + "tab" or tag == _W + "ptab":
            self._add("\t", words, hidden)
        elif tag == _W + "br":
            if child.get(_W + "type") not in ("page", "column"):
                self._add("\n", words, hidden)
        elif tag == _W + "cr":
            self._add("\n", words, hidden)
        elif tag == _W + "noBreakHyphen":
            self._add("-", words, hidden)
        elif tag == _W + "sym":
            self._add(symbol(child.get(_W + "font") or "", child.get(_W + "char") or ""), words, hidden)
        elif tag == _W + "fldChar":
            self._field(child, words)
        elif tag == _W + "instrText":
            if self.fields and not self.fields[-1][1]:
                self.fields[-1][0] += child.text or ""
        elif tag == _W + "footnoteReference":
            words.notes.append(("footnotes", child.get(_W + "id") or ""))
        elif tag == _W + "endnoteReference":
            words.notes.append(("endnotes", child.get(_W + "id") or ""))
        elif tag == _W + "commentReference":
            words.notes.append(("comments", child.get(_W + "id") or ""))
        elif tag == _ALTERNATE:
            for branch in _branch(child):
                for inner in branch:
                    self._mark(inner, inner.tag, words, hidden, depth + 1)
        elif tag in (_W + "drawing", _W + "pict", _W + "object"):
            self._drawing(child, words)
        elif tag == _W + "ruby":
            for base in child.iter(_W + "rubyBase"):
                self._inline(base, words, depth + 1)
        elif tag in (_MATH, _MATH_PARA):
            self._add(_math(child, 0), words, hidden)

    def _field(self, node: etree._Element, words: _Words) -> None:
        kind = node.get(_W + "fldCharType")
        if kind == "begin":
            box = node.find(f"{_W}ffData/{_W}checkBox")
            if box is not None:
                state = box.find(_W + "checked")
                self._add("☑" if _switch(state if state is not None else box.find(_W + "default"), False) else "☐", words, False)
            self.fields.append(["", False])
        elif kind == "separate" and self.fields:
            self.fields[-1][1] = True
            words.toc = words.toc or self._in_toc()
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _drawing(self, node: etree._Element, words: _Words) -> None:
        width = height = 0.0
        extent = node.find(f".//{_WP}extent")
        if extent is not None:
            width, height = (_digits(extent.get(side)) / _EMU for side in ("cx", "cy"))
        boxes: list[etree._Element] = []
        stack = list(node)[::-1]
        while stack:
            inner = stack.pop()
            tag = inner.tag
            if tag == _W + "txbxContent":
                boxes.append(inner)
                continue
            if tag == _ALTERNATE:
                stack += [child for branch in _branch(inner) for child in branch][::-1]
                continue
            if tag == _A + "blip":
                key = inner.get(_R + "embed")
                if key:
                    words.pictures.append((key, width, height))
            elif tag == _V + "imagedata":
                shape = _vml_size(inner.getparent())
                # The picture of an embedded object is its icon or preview.
                if node.tag != _W + "object":
                    words.pictures.append((inner.get(_R + "id") or "", *shape))
            elif tag == _O + "OLEObject":
                if "Equation" not in (inner.get("ProgID") or ""):
                    self.objects += 1
            elif tag == _DGM + "relIds":
                words.diagrams.append(inner.get(_R + "dm") or "")
            elif tag == _C + "chart":
                words.diagrams.append(inner.get(_R + "id") or "")
            stack += list(inner)[::-1]
        words.boxes += boxes

    # Tables

    def _table_item(self, node: etree._Element, items: list[_Item], kind: Kind, depth: int) -> None:
        after: list[_Item] = []
        table = self._table(node, depth, after)
        if table is not None:
            if table.n_cols == 1 and table.n_rows == 1 and kind == "body":
                # A frame around paragraphs (专栏) is a table of one cell to Word and a box of text to a reader.
                cell = table.cells[0]
                if not cell.inner and not cell.hidden and cell.text.count("\n") >= 1:
                    items += [_Item(Paragraph(line.strip(), kind="textbox")) for line in cell.text.split("\n") if line.strip()]
                    items += after
                    return
            items.append(_Item(replace(table, kind=kind if kind in ("hidden", "textbox", "toc") else "body")))
        items += after

    def _table(self, node: etree._Element, depth: int, after: list[_Item]) -> Table | None:
        if depth > limits.NESTED_TABLES:
            self.problems.append(
                Problem("too_large", f"表格嵌套超过上限 {limits.NESTED_TABLES} 层，更深的未读取", "请人工打开原文件核对该表。")
            )
            return None
        widths = [_digits(col.get(_W + "w")) for col in node.iterfind(f"{_W}tblGrid/{_W}gridCol")]
        cells: list[Cell] = []
        open_merges: dict[int, int] = {}
        heads = row = 0
        only_heads = True
        for tr in _through(node, _TR):
            trpr = tr.find(_W + "trPr")
            if trpr is not None and trpr.find(_W + "del") is not None:
                continue
            hidden_row = trpr is not None and _switch(trpr.find(_W + "hidden"), False)
            only_heads = only_heads and trpr is not None and _switch(trpr.find(_W + "tblHeader"), False)
            heads += only_heads
            col = min(_digits(_value(trpr, "gridBefore")), 1000) if trpr is not None else 0
            for tc in _through(tr, _TC):
                tcpr = tc.find(_W + "tcPr")
                span = max(1, min(1000, _digits(_value(tcpr, "gridSpan"), 1))) if tcpr is not None else 1
                merge = tcpr.find(_W + "vMerge") if tcpr is not None else None
                side = tcpr.find(_W + "hMerge") if tcpr is not None else None
                if side is not None and side.get(_VAL) != "restart" and cells and cells[-1].row == row:
                    cells[-1] = replace(cells[-1], colspan=cells[-1].colspan + span)
                    col += span
                    continue
                if merge is not None and merge.get(_VAL) != "restart" and col in open_merges:
                    above = cells[open_merges[col]]
                    cells[open_merges[col]] = replace(above, rowspan=row - above.row + 1)
                    col += span
                    continue
                for covered in range(col, col + span):
                    open_merges.pop(covered, None)
                if merge is not None:
                    open_merges[col] = len(cells)
                cells.append(self._cell(tc, row, col, span, hidden_row, depth, after))
                col += span
            row += 1
        if not cells:
            return None
        n_cols = max(cell.col + cell.colspan for cell in cells)
        cells, n_cols = _regular(cells, n_cols, widths)
        head = head_of(cells, row, n_cols)
        return Table(row, n_cols, tuple(cells), header_rows=(heads if heads and heads < row else head.rows), caption=head.caption)

    def _cell(self, node: etree._Element, row: int, col: int, span: int, hidden: bool, depth: int, after: list[_Item]) -> Cell:
        texts: list[str] = []
        inner: list[Table] = []
        veiled: list[str] = []
        self._cell_blocks(node, texts, veiled, inner, depth + 1, after)
        text = "\n".join(texts)
        if veiled and not text.strip():
            text, hidden = "\n".join(veiled), True
        elif veiled:
            after.append(_Item(Paragraph("\n".join(veiled), kind="hidden")))
        return Cell(row, col, text, 1, span, hidden=hidden, inner=tuple(inner))

    def _cell_blocks(
        self, node: etree._Element, texts: list[str], veiled: list[str], inner: list[Table], depth: int, after: list[_Item]
    ) -> None:
        if depth > limits.NESTED_XML:
            return
        for child in node:
            tag = child.tag
            if tag == _P:
                ppr = child.find(_PPR)
                style = self._style_of(ppr)
                words = self._words(child, style)
                number, gap = self._number(ppr, style)
                text = "".join(words.text).strip()
                whole = number + gap + text if text else number
                if whole:
                    texts.append(whole)
                if words.hidden:
                    veiled.append("".join(words.hidden).strip())
                    words.hidden = []
                boxes: list[_Item] = []
                self._hanging(words, boxes, "textbox", depth)
                for item in boxes:
                    # A box or a picture in a cell belongs to the cell; notes belong after the table.
                    if item.block.kind in ("footnote", "comment", "hidden"):
                        after.append(item)
                    elif isinstance(item.block, Table):
                        inner.append(item.block)
                        texts.append(item.block.text)
                    else:
                        texts.append(item.block.text)
            elif tag == _TBL:
                table = self._table(child, depth + 1, after)
                if table is not None:
                    inner.append(table)
                    texts.append(table.text)
            elif tag == _SDT:
                content = child.find(_SDT_CONTENT)
                if content is not None:
                    self._cell_blocks(content, texts, veiled, inner, depth + 1, after)
            elif isinstance(tag, str) and tag not in _GONE:
                self._cell_blocks(child, texts, veiled, inner, depth + 1, after)


class _Numbers:
    """The automatic numbers of a document: definitions, and how far each list has counted."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, dict[int, _Level]] = {}
        self._list_of: dict[str, str] = {}
        self._changed: dict[str, dict[int, _Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._counts: dict[str, list[int | None]] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: etree._Element) -> None:
        by_style: dict[str, str] = {}
        linked: dict[str, str] = {}
        for node in root.iterfind(_W + "abstractNum"):
            key = node.get(_W + "abstractNumId") or ""
            self._lists[key] = {_digits(level.get(_W + "ilvl")): _level(level) for level in node.iterfind(_W + "lvl")}
            if _value(node, "styleLink"):
                by_style[_value(node, "styleLink")] = key
            if _value(node, "numStyleLink"):
                linked[key] = _value(node, "numStyleLink")
        for key, style in linked.items():
            if style in by_style and not self._lists[key]:
                self._lists[key] = self._lists[by_style[style]]
        for node in root.iterfind(_W + "num"):
            key = node.get(_W + "numId") or ""
            self._list_of[key] = _value(node, "abstractNumId")
            for override in node.iterfind(_W + "lvlOverride"):
                level = _digits(override.get(_W + "ilvl"))
                own = override.find(_W + "lvl")
                if own is not None:
                    self._changed.setdefault(key, {})[level] = _level(own)
                start = override.find(_W + "startOverride")
                if start is not None:
                    self._starts.setdefault(key, {})[level] = _number(start, 1)

    def level_of_style(self, number: str, style: str) -> int:
        """Which level of a list a style stands for; 0 where the list doesn't say."""
        levels = self._lists.get(self._list_of.get(number, ""), {})
        return next((index for index, level in levels.items() if style and level.style == style), 0)

    def next(self, number: str, at: int) -> tuple[str, str]:
        """Count one more on level ``at`` of list ``number``: the printed number and the gap behind it."""
        key = self._list_of.get(number)
        if key is None or key not in self._lists:
            return "", ""
        levels = self._lists[key] | self._changed.get(number, {})
        level = levels.get(at)
        if level is None:
            return "", ""
        counts = self._counts.setdefault(key, [None] * 9)
        for upper in range(at + 1):
            override = self._starts.get(number, {}).get(upper)
            if override is not None and (number, upper) not in self._begun:
                self._begun.add((number, upper))
                counts[upper] = override - 1 if upper == at else override
        current = counts[at]
        counts[at] = level.start if current is None else current + 1
        # A level that was skipped counts as begun: the next number on it is its second.
        for upper in range(at):
            if counts[upper] is None and upper in levels:
                counts[upper] = levels[upper].start
        for deeper in range(at + 1, 9):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart > 0 and at < restart):
                counts[deeper] = None
        if level.format == "none" and not level.pattern:
            return "", ""
        if level.format == "bullet":
            text = shown(level.pattern, "Wingdings") or ""
            return (text, " ") if text.strip() else ("", "")

        def one(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            shape = levels.get(index, level)
            count = counts[index]
            if count is None:
                count = counts[index] = shape.start
            return numeral(
                count, "decimal" if level.legal and shape.format not in ("decimal", "decimalZero") else shape.format, shape.pad
            )

        text = re.sub(r"%([1-9])", one, level.pattern)
        if not text.strip():
            return "", ""
        # Chinese punctuation brings its own gap; behind 第一章 or 1. a reader sees one.
        gap = "" if level.suffix == "nothing" or (is_wide(text[-1]) and not is_cjk(text[-1])) else " "
        return text, gap


def _level(node: etree._Element) -> _Level:
    level = _Level()
    shape = node.find(_W + "numFmt")
    if shape is None:
        # A format that older programs don't know stands in a choice; the newer one says it exactly.
        shape = node.find(f".//{_W}numFmt")
    if shape is not None:
        level.format = shape.get(_VAL) or "decimal"
        if level.format == "custom":
            level.format, level.pad = "decimal", len((shape.get(_W + "format") or "").split(",")[0].strip())
    level.start = _number(node.find(_W + "start"), 1)
    level.pattern = _value(node, "lvlText")
    level.suffix = _value(node, "suff") or "tab"
    restart = _value(node, "lvlRestart")
    level.restart = int(restart) if restart.isdecimal() else None
    level.legal = _switch(node.find(_W + "isLgl"), False)
    level.style = _value(node, "pStyle")
    return level


def _regular(cells: list[Cell], n_cols: int, widths: Sequence[int]) -> tuple[list[Cell], int]:
    """The grid without columns that only the drawing of the borders made: edges that no cell uses, slivers below 2 mm."""
    edges = {cell.col for cell in cells} | {cell.col + cell.colspan for cell in cells}
    single = {cell.col for cell in cells if cell.colspan == 1}
    dropped = {col for col in range(1, n_cols) if col not in edges}
    dropped |= {col for col in range(min(n_cols, len(widths))) if 0 < widths[col] < 115 and col not in single and n_cols > 1}
    if not dropped:
        return cells, n_cols
    at = [0]
    for col in range(n_cols):
        at.append(at[-1] + (col not in dropped))
    moved = [replace(c, col=at[c.col], colspan=max(1, at[c.col + c.colspan] - at[c.col])) for c in cells]
    return moved, at[-1]


def _finish(items: list[_Item]) -> list[Block]:
    """Headings, contents lines and captions told from running text, once all of the document is known."""
    body = Counter[float]()
    for item in items:
        if isinstance(item.block, Paragraph) and item.block.kind == "body" and not item.level and item.size:
            body[item.size] += len(item.block.text)
    size = body.most_common(1)[0][0] if body else 0.0
    _mark_contents(items)
    ranks: dict[int, outline.Rank] = {}
    shifts: list[int] = []
    kinds = [
        outline.kind_of(item.block.text) if isinstance(item.block, Paragraph) and item.block.kind == "body" else None
        for item in items
    ]
    for index, item in enumerate(items):
        block = item.block
        if not isinstance(block, Paragraph) or block.kind != "body" or block.lane == "ocr":
            continue
        text = block.text
        if item.level and (len(text) <= 100 or "。" not in text):
            found = kinds[index]
            number = item.number or (found[0] if found else "")
            ranks[index] = outline.Rank(item.level, number, item.confidence)
            if found and found[2] in ("ideograph", "bracketed", "arabic", "bracketed arabic"):
                shifts.append(item.level - found[1])
        elif item.title:
            ranks[index] = outline.Rank(1, "", 0.9)
        else:
            after, kind = (kinds[index + 1] if index + 1 < len(items) else None), kinds[index]
            before = kinds[index - 1] if index else None
            siblings = kind is not None and any(near is not None and near[2] == kind[2] for near in (before, after))
            last = index + 1 == len(items) or (isinstance(items[index + 1].block, Table) and kind is None)
            look = outline.Look(
                item.size / size if size and item.size else 1.0, item.bold, item.centred, not siblings and not last
            )
            if _CAPTION.match(text) and not (kind and kind[2] == "annex"):
                continue
            found_rank = outline.rank(text, look)
            if found_rank:
                ranks[index] = found_rank
    plain = [index for index in ranks if not items[index].level]
    if shifts:
        shift = max(shifts, key=shifts.count)
        for index in plain:
            found = kinds[index]
            if found and found[2] in ("ideograph", "bracketed", "arabic", "bracketed arabic"):
                ranks[index] = ranks[index]._replace(level=max(1, ranks[index].level + shift))
    elif plain:
        levels = outline.relevel([(ranks[index].level, ranks[index].number) for index in plain])
        for index, level in zip(plain, levels, strict=True):
            ranks[index] = ranks[index]._replace(level=level)
    blocks: list[Block] = []
    for index, item in enumerate(items):
        if index in ranks:
            rank = ranks[index]
            blocks.append(Heading(item.block.text, rank.level, number=rank.number, confidence=rank.confidence))
        else:
            blocks.append(item.block)
    _mark_captions(blocks, {index for index, item in enumerate(items) if item.level})
    return blocks


def _mark_contents(items: list[_Item]) -> None:
    """A contents page typed by hand (words, dots, page number), and the title above any contents page."""
    lines = [
        isinstance(i.block, Paragraph) and i.block.kind == "body" and _TOC_LINE.search(i.block.text) is not None for i in items
    ]
    for index, is_line in enumerate(lines):
        if is_line and (any(lines[max(0, index - 1) : index]) or any(lines[index + 1 : index + 2])):
            items[index].block = replace(items[index].block, kind="toc")
            items[index].level = 0
    for index in range(len(items) - 1):
        block = items[index].block
        if isinstance(block, Paragraph) and _TOC_TITLE.match(block.text) and items[index + 1].block.kind == "toc":
            items[index].block = replace(block, kind="toc")
            items[index].level = 0


def _mark_captions(blocks: list[Block], styled: set[int]) -> None:
    for index, block in enumerate(blocks):
        if (
            isinstance(block, Paragraph)
            and block.kind == "body"
            and len(block.text) <= 60
            and re.match("图", block.text)
            and _CAPTION.match(block.text)
        ):
            blocks[index] = replace(block, kind="caption")
        if not isinstance(block, Table) or block.kind not in ("body", "textbox"):
            continue
        for back in range(index - 1, max(-1, index - 3), -1):
            near = blocks[back]
            if isinstance(near, Paragraph) and _UNIT.match(near.text) and len(near.text) <= 30:
                continue
            caption = _caption_of(near, back in styled)
            if caption:
                blocks[index] = replace(block, caption=near.text)
                if isinstance(near, Paragraph) or (caption == "sure" and back not in styled):
                    blocks[back] = Paragraph(near.text, kind="caption")
            break


def _caption_of(near: Block, styled: bool) -> str:
    if isinstance(near, Table) or len(near.text) > 60 or near.kind not in ("body", "caption"):
        return ""
    if near.kind == "caption" or _CAPTION.match(near.text):
        return "sure"
    if (
        isinstance(near, Paragraph)
        and near.lane == "text"
        and _CAPTION_END.search(near.text)
        and not re.search("[。；]", near.text)
    ):
        return "likely"
    return "likely" if isinstance(near, Heading) and _CAPTION_END.search(near.text) and len(near.text) <= 40 else ""


# Small XML helpers


def _main_part(package: Package) -> str:
    for link in package.relationships("").values():
        if link.kind == "officeDocument" and link.target in package:
            return link.target
    return next(
        (name for name in package.names() if re.match(r"word/document\d*\.xml$", name, re.IGNORECASE)), "word/document.xml"
    )


def _value(node: etree._Element | None, name: str) -> str:
    child = node.find(_W + name) if node is not None else None
    return (child.get(_VAL) or "") if child is not None else ""


def _switch(node: etree._Element | None, default: bool) -> bool:
    return default if node is None else (node.get(_VAL) or "1").lower() not in _OFF


def _digits(text: str | None, default: int = 0) -> int:
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default


def _number(node: etree._Element | None, default: int) -> int:
    return default if node is None else _digits(node.get(_VAL), default)


def _branch(node: etree._Element) -> Iterator[etree._Element]:
    """The one branch of a choice that is shown: both say the same thing twice."""
    found = node.find(_MC + "Choice")
    if found is None:
        found = node.find(_MC + "Fallback")
    if found is not None:
        yield found


def _through(node: etree._Element, want: str, depth: int = 0) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those wrapped in content controls."""
    for child in node:
        if child.tag == want:
            yield child
        elif depth < 20 and isinstance(child.tag, str) and child.tag not in _GONE and child.tag not in (_P, _TBL, _TR, _TC):
            yield from _through(child, want, depth + 1)


def _vml_size(shape: etree._Element | None) -> tuple[float, float]:
    style = (shape.get("style") or "") if shape is not None else ""
    sides = []
    for side in ("width", "height"):
        found = re.search(rf"(?:^|;)\s*{side}\s*:\s*([0-9.]+)\s*(pt|in|cm|mm|px)?", style)
        unit = {"in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}.get(found[2] or "", 1.0) if found else 0.0
        sides.append(float(found[1]) * unit if found else 0.0)
    return sides[0], sides[1]


def _math(node: etree._Element, depth: int) -> str:
    """A formula on one line."""
    if depth > 60:
        return ""
    out = []
    for child in node:
        tag = child.tag
        if tag == _M + "t":
            out.append(child.text or "")
        elif tag == _M + "f":
            top, bottom = (
                _math(part, depth + 1) if (part := child.find(_M + name)) is not None else "" for name in ("num", "den")
            )
            out.append(f"{top}/{bottom}")
        elif tag == _M + "sSup":
            base, power = (_math(part, depth + 1) if (part := child.find(_M + name)) is not None else "" for name in ("e", "sup"))
            out.append(base + superscript(power))
        elif isinstance(tag, str) and not tag.endswith("Pr"):
            out.append(_math(child, depth + 1))
    return "".join(out)


__all__ = ["Relationship", "promote", "read_docx"]
