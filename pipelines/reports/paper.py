"""Word documents in the form of official papers: title, numbered sections, body text, tables, page numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from pipelines.reports import words

TITLE, HEAD, SUBHEAD, BODY = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
# What a computer without the official fonts shows instead.
INSTEAD = {TITLE: "宋体", SUBHEAD: "楷体", BODY: "仿宋"}


class Paper:
    """An official paper that grows from top to bottom."""

    def __init__(self, title: str, created: datetime, *, landscape: bool = False) -> None:
        self.doc = Document()
        self.created = created
        self.doc.core_properties.title = words.squeeze(title)
        self.doc.core_properties.author = "预审程序"
        self.doc.core_properties.comments = ""
        self.doc.core_properties.created = self.doc.core_properties.modified = created
        section = self.doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
        self.width = 156.0
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
            section.top_margin = section.bottom_margin = Mm(22)
            section.left_margin = section.right_margin = Mm(20)
            self.width = 257.0
        self._font(self.doc.styles["Normal"], BODY, 16)
        for level in (1, 2, 3):
            style = self.doc.styles[f"Heading {level}"]
            self._font(style, (HEAD, SUBHEAD, BODY)[level - 1], 16)
            style.font.bold = level == 3
            style.font.italic = False
            style.font.color.rgb = None
            for colour in style.element.rPr.findall(qn("w:color")):
                style.element.rPr.remove(colour)
        self._footer(section)
        paragraph = self._paragraph(title, TITLE, 22)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(18)
        paragraph.paragraph_format.line_spacing = Pt(34)

    @staticmethod
    def _font(style: Any, name: str, size: float) -> None:
        style.font.name = "Times New Roman"
        style.font.size = Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[attribute]
        fonts.set(qn("w:eastAsia"), name)

    def _paragraph(self, text: str, font: str = "", size: float = 0.0, style: str | None = None) -> Any:
        paragraph = self.doc.add_paragraph(style=style)
        run = paragraph.add_run(words.visible(text))
        self._chinese(run)
        if font:
            run.font.name = "Times New Roman"
            run.font.size = Pt(size)
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Pt(28)
        return paragraph

    @staticmethod
    def _chinese(run: Any) -> None:
        """Quotation marks and dashes in the Chinese font, not in the Latin one."""
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")

    @staticmethod
    def _footer(section: Any) -> None:
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for part in ("— ", None, " —"):
            run = paragraph.add_run(part or "")
            run.font.size = Pt(14)
            if part is None:
                for xml in ('<w:fldChar {} w:fldCharType="begin"/>', '<w:instrText {} xml:space="preserve">PAGE</w:instrText>',
                            '<w:fldChar {} w:fldCharType="end"/>'):  # fmt: skip
                    run._element.append(parse_xml(xml.format(nsdecls("w"))))

    def heading(self, text: str, level: int = 1) -> None:
        """A numbered heading: “一、” level 1 in 黑体, “（一）” level 2 in 楷体, “1.” level 3 in bold 仿宋."""
        paragraph = self._paragraph(text, style=f"Heading {level}")
        paragraph.paragraph_format.first_line_indent = Pt(32)
        paragraph.paragraph_format.keep_with_next = True

    def text(self, text: str, *, indent: bool = True, right: bool = False, label: str = "") -> None:
        """A paragraph of the body; ``label`` stands in bold before it."""
        paragraph = self._paragraph("")
        if label:
            bold = paragraph.add_run(label)
            bold.bold = True
            self._chinese(bold)
        self._chinese(paragraph.add_run(words.visible(text)))
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(32)
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def turn(self) -> None:
        """What follows begins on a new page."""
        self.doc.add_page_break()

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], *, size: float = 10.5) -> None:
        """A ruled table; ``shares`` are the columns' parts of the width. A cell “^” is merged with the one above it."""
        total = sum(shares)
        twips = [round(self.width * share / total * 56.7) for share in shares]
        half = round(size * 2)

        def cell(value: str, width: int, head: bool, merge: str) -> str:
            font = HEAD if head else BODY
            lines = "" if merge == "continue" else "<w:br/>".join(
                f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in words.visible(value).replace("\t", " ").split("\n")
            )  # fmt: skip
            shade = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>' if head else ""
            merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
            return (
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}{shade}<w:vAlign w:val="center"/></w:tcPr>'
                f'<w:p><w:pPr><w:spacing w:before="30" w:after="30" w:line="{round(size * 28)}" w:lineRule="exact"/><w:jc w:val="{"center" if head else "left"}"/></w:pPr>'
                f'<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}" w:hint="eastAsia"/>'
                f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>{lines}</w:r></w:p></w:tc>'
            )

        def line(values: Sequence[str], below: Sequence[str], head: bool) -> str:
            cells = []
            for index, (value, width) in enumerate(zip(values, twips, strict=True)):
                merge = "continue" if value == "^" else ("restart" if index < len(below) and below[index] == "^" else "")
                cells.append(cell(value, width, head, merge))
            repeat = "<w:tblHeader/>" if head else ""
            return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(cells)}</w:tr>"

        edges = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
        body = "".join(line(row, rows[number + 1] if number + 1 < len(rows) else (), False) for number, row in enumerate(rows))
        xml = (
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{line(header, (), True)}{body}</w:tbl>"
        )
        last = self._paragraph("")
        last.paragraph_format.line_spacing = Pt(10)
        last._element.addprevious(parse_xml(xml))

    def bytes(self) -> bytes:
        """The finished file; the same content gives the same bytes."""
        for part in self.doc.part.package.iter_parts():
            if str(part.partname) == "/word/fontTable.xml":
                fonts = "".join(f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in INSTEAD.items())
                part._blob = part.blob.replace(b"</w:fonts>", fonts.encode("utf-8") + b"</w:fonts>")
        raw, packed = io.BytesIO(), io.BytesIO()
        self.doc.save(raw)
        day = (max(1980, self.created.year), self.created.month, self.created.day, 0, 0, 0)
        with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
            for info in source.infolist():
                entry = zipfile.ZipInfo(info.filename, day)
                entry.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(entry, source.read(info.filename))
        return packed.getvalue()
