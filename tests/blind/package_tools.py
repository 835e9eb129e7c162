"""Writers of office documents for the made-up packages: PDF, scans, Word, sheets, OFD, photos, and the truth beside them."""
import io
import json
import math
import os
import random
import re
import zipfile
from pathlib import Path

import numpy as np
import pypdfium2
from docx import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.ttCollection import TTCollection
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as PdfFont
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus.doctemplate import BaseDocTemplate
from reportlab.platypus.frames import Frame

SERIF = os.environ.get("BLIND_FONT", "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
BOLD = os.environ.get("BLIND_FONT_BOLD", "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc")


def squash(text):
    """The text without white space."""
    return re.sub(r"\s+", "", text)


# ---------------------------------------------------------------- fonts

def _sc_face(path):
    """The simplified Chinese face of a collection, or the font itself."""
    if not path.endswith(".ttc"):
        return TTFont(path), 0
    faces = TTCollection(path).fonts
    for i, face in enumerate(faces):
        if "SC" in (face["name"].getDebugName(1) or ""):
            return face, i
    return faces[0], 0


def _to_truetype(path, text, out):
    """A subset of an outline font with quadratic curves, the only kind that the PDF writer embeds."""
    font, index = _sc_face(path)
    options = subset.Options()
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG"]
    worker = subset.Subsetter(options)
    worker.populate(text=text)
    worker.subset(font)
    if "CFF " in font:
        glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
        quadratic = {}
        for name in order:
            pen = TTGlyphPen(glyphs)
            glyphs[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
            quadratic[name] = pen.glyph()
        font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
        font["glyf"].glyphOrder, font["glyf"].glyphs = order, quadratic
        del font["CFF "]
        font["glyf"].compile(font)
        maxp = font["maxp"]
        maxp.tableVersion = 0x00010000
        for key in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
                    "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints",
                    "maxCompositeContours", "maxComponentDepth"):
            setattr(maxp, key, 1 if key == "maxZones" else 0)
        font["post"].formatType = 3.0
        for name in order:
            advance = font["hmtx"][name][0]
            quadratic[name].recalcBounds(font["glyf"]) if quadratic[name].numberOfContours else None
            font["hmtx"][name] = (advance, getattr(quadratic[name], "xMin", 0))
        font.sfntVersion = "\000\001\000\000"
        font.flavor = None
    font.save(out)
    return index


def register_fonts(folder, texts):
    """Register Song and Hei for every character in the texts; the faces' indices for the picture writer."""
    chars = "".join(sorted(set("".join(texts)) | set(map(chr, range(32, 127))) | set("　，。、；：？！“”‘’（）《》〔〕—…·√●①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳÷＝×〇")))
    index = {}
    for name, path in (("Song", SERIF), ("Hei", BOLD)):
        out = Path(folder) / f"{name}.ttf"
        index[name] = _to_truetype(path, chars, str(out))
        pdfmetrics.registerFont(PdfFont(name, str(out)))
        FACES[name] = str(out)
    return index


FACES = {}


def face(name, size):
    """A face for pictures."""
    return ImageFont.truetype(FACES[name], size)


# ---------------------------------------------------------------- seal

def seal_image(ring, bottom="", size=420, seed=0):
    """A round red seal with a star, a little worn."""
    rng = random.Random(seed)
    big = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(big)
    red, centre, radius = (205, 25, 30, 215), size / 2, size / 2 - 8
    draw.ellipse((8, 8, size - 8, size - 8), outline=red, width=max(4, size // 55))
    points = []
    for i in range(10):
        angle, r = -math.pi / 2 + i * math.pi / 5, size * (0.13 if i % 2 == 0 else 0.052)
        points.append((centre + r * math.cos(angle), centre + r * math.sin(angle)))
    draw.polygon(points, fill=red)
    span = min(300, 22 * len(ring))
    font = face("Hei", max(24, min(size // 9, int(2 * math.pi * radius * span / 360 / len(ring) * 0.85))))
    for i, char in enumerate(ring):
        degrees = -90 - span / 2 + span * (i + 0.5) / len(ring)
        cell = Image.new("RGBA", (size // 5, size // 5), (0, 0, 0, 0))
        ImageDraw.Draw(cell).text((size // 10, size // 10), char, font=font, fill=red, anchor="mm")
        cell = cell.rotate(-(degrees + 90), resample=Image.Resampling.BICUBIC)
        x, y = centre + (radius - size * 0.105) * math.cos(math.radians(degrees)), centre + (radius - size * 0.105) * math.sin(math.radians(degrees))
        big.alpha_composite(cell, (int(x - size // 10), int(y - size // 10)))
    if bottom:
        draw.text((centre, size * 0.76), bottom, font=face("Hei", size // 12), fill=red, anchor="mm")
    for _ in range(260):
        x, y = rng.randrange(size), rng.randrange(size)
        draw.ellipse((x, y, x + rng.randrange(1, 5), y + rng.randrange(1, 4)), fill=(0, 0, 0, 0))
    return big.rotate(rng.uniform(-8, 8), resample=Image.Resampling.BICUBIC)


class Seal(Flowable):
    """A seal drawn over what stands around it; takes no room of its own."""

    def __init__(self, ring, x=250, y=-22, size=116, seed=0):
        super().__init__()
        self.ring, self.x, self.y, self.size, self.seed = ring, x, y, size, seed

    def wrap(self, *_):
        return 0, 0

    def draw(self):
        from reportlab.lib.utils import ImageReader

        picture = seal_image(self.ring, seed=self.seed)
        self.canv.drawImage(ImageReader(picture), self.x, self.y, self.size, self.size, mask="auto")


# ---------------------------------------------------------------- PDF

def style(name="Song", size=14, lead=None, indent=True, align=4, before=0, after=0, color=colors.black):
    """A paragraph style for Chinese text."""
    return ParagraphStyle(name + str(size), fontName=name, fontSize=size, leading=lead or size * 1.75, wordWrap="CJK", alignment=align,
                          firstLineIndent=size * 2 if indent else 0, spaceBefore=before, spaceAfter=after, textColor=color)


def P(text, size=16, **kw):
    """A paragraph of body text."""
    return Paragraph(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), style(size=size, **kw))


def title(text, size=20, before=6, after=12):
    return Paragraph(text, style("Hei", size, indent=False, align=1, before=before, after=after, lead=size * 1.45))


def H(text, level=1):
    return Paragraph(text, style("Hei", {1: 15, 2: 14.5, 3: 14}[level], indent=True, align=0, before=6, after=2))


def right(text, size=14):
    return Paragraph(text, style(size=size, indent=False, align=2))


def left(text, size=14, bold=False):
    return Paragraph(text, style("Hei" if bold else "Song", size, indent=False, align=0))


def grid(rows, widths=None, size=10.5, spans=(), header=1):
    """A ruled table; its words stay whole in their cells; header rows repeat on the next page."""
    cell, head = style(size=size, indent=False, align=1, lead=size * 1.35), style("Hei", size, indent=False, align=1, lead=size * 1.35)
    body = [[Paragraph(str(c).replace("&", "&amp;"), head if i < header else cell) for c in row] for i, row in enumerate(rows)]
    table = Table(body, colWidths=widths, repeatRows=header)
    commands = [("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 4)]
    commands += [("SPAN", a, b) for a, b in spans]
    table.setStyle(TableStyle(commands))
    return table


def redhead(issuer, number, heading, to, paragraphs, date, cc=None, seed=0, signer=None):
    """An official document with a red head: issuer, number, title, addressee, body, signature and seal."""
    flow = [Spacer(1, 26), Paragraph(issuer + "文件", style("Hei", 30 if len(issuer) < 9 else 24, indent=False, align=1, lead=44, color=colors.Color(0.82, 0.06, 0.08))),
            Spacer(1, 14), Paragraph(number, style(size=14, indent=False, align=1)),
            HRFlowable(width="100%", thickness=2, color=colors.Color(0.82, 0.06, 0.08), spaceBefore=4, spaceAfter=14), title(heading, 19)]
    flow += [left(to)] if to else []
    flow += [P(p) if not isinstance(p, Flowable) else p for p in paragraphs]
    flow += [Spacer(1, 26), Seal(signer or issuer.replace("办公室", ""), x=285, y=-62, seed=seed), right((signer or issuer) + "　　　　"), right(date + "　　　　　")]
    if cc:
        flow += [Spacer(1, 30), HRFlowable(width="100%", thickness=0.6, color=colors.black), left(cc, 12)]
    return flow


def letter(heading, to, paragraphs, issuer, date, number=None, seed=0):
    """A letter or a certificate with a seal over the date."""
    flow = [Spacer(1, 20), title(heading, 21)]
    flow += [right(number)] if number else []
    flow += [left(to)] if to else []
    flow += [P(p) if not isinstance(p, Flowable) else p for p in paragraphs]
    return [*flow, Spacer(1, 34), Seal(issuer, x=285, y=-66, seed=seed), right(issuer + "　　　　"), right(date + "　　　　　")]


def pdf_bytes(flow, footer=True, wide=False, header=None):
    """The PDF of a flow of things; pages numbered at the foot."""
    buffer = io.BytesIO()

    def furniture(canvas, doc):
        canvas.setFont("Song", 10)
        if footer:
            canvas.drawCentredString(doc.pagesize[0] / 2, 34, f"— {doc.page} —")
        if header:
            canvas.drawCentredString(doc.pagesize[0] / 2, doc.pagesize[1] - 40, header)

    doc = BaseDocTemplate(buffer, pagesize=A4)
    upright = PageTemplate("upright", [Frame(72, 62, A4[0] - 144, A4[1] - 130)], onPage=furniture, pagesize=A4)
    size = landscape(A4)
    across = PageTemplate("across", [Frame(56, 56, size[0] - 112, size[1] - 112)], onPage=lambda c, d: (c.setFont("Song", 10), c.drawCentredString(size[0] / 2, 30, f"— {d.page} —")), pagesize=size)
    doc.addPageTemplates([across, upright] if wide else [upright, across])
    doc.build(flow)
    return buffer.getvalue()


def turn(to):
    """Break the page and go on upright or across."""
    return [NextPageTemplate(to), PageBreak()]


def pages_of(data):
    """The squashed text of each page."""
    pdf = pypdfium2.PdfDocument(data)
    return [squash(page.get_textpage().get_text_range()) for page in pdf]


def scan(data, dpi=160, tilt=0.6, seed=0, grey=False, turned=()):
    """The PDF as a scanner would give it: pictures alone, tilted, with grain; pages in `turned` lie on their side."""
    rng, pictures = random.Random(seed), []
    for number, page in enumerate(pypdfium2.PdfDocument(data), 1):
        picture = page.render(scale=dpi / 72).to_pil().convert("RGB")
        picture = picture.rotate(rng.uniform(-tilt, tilt), resample=Image.Resampling.BICUBIC, fillcolor=(252, 251, 248))
        noise = np.random.default_rng(seed * 97 + number)
        array = np.asarray(picture, dtype=np.float32)
        array = array * 0.965 + 4 + noise.normal(0, 5, array.shape[:2])[..., None]
        shade = np.linspace(-4, 3, array.shape[1], dtype=np.float32)[None, :, None]
        picture = Image.fromarray(np.clip(array + shade, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.45))
        draw = ImageDraw.Draw(picture)
        for _ in range(14):
            x, y = rng.randrange(picture.width), rng.randrange(picture.height)
            draw.ellipse((x, y, x + 2, y + 2), fill=(120, 120, 120))
        if grey:
            picture = picture.convert("L")
        if number in turned:
            picture = picture.rotate(90, expand=True)
        pictures.append(picture)
    buffer = io.BytesIO()
    pictures[0].save(buffer, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi, quality=72)
    return buffer.getvalue()


def join(*parts):
    """Several PDFs as one."""
    whole = pypdfium2.PdfDocument.new()
    for part in parts:
        whole.import_pages(pypdfium2.PdfDocument(part))
    buffer = io.BytesIO()
    whole.save(buffer)
    return buffer.getvalue()


def plaque(lines, seed=0, gold=True):
    """A phone photo of a metal plaque on a wall: JPEG bytes."""
    rng = random.Random(seed)
    w, h = 1200, 800
    base = np.zeros((h, w, 3), np.float32)
    tone = np.array([206, 170, 92] if gold else [196, 199, 203], np.float32)
    base[:] = tone * (0.86 + 0.22 * np.linspace(0, 1, w)[None, :, None])
    plate = Image.fromarray(np.clip(base, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(plate)
    draw.rectangle((22, 22, w - 22, h - 22), outline=(120, 30, 20), width=6)
    y = 150
    for text, size, colour in lines:
        draw.text((w / 2, y), text, font=face("Hei", size), fill=colour, anchor="mm")
        y += int(size * 1.75)
    wall = Image.fromarray(np.clip(np.random.default_rng(seed).normal(176, 7, (1100, 1600, 3)), 0, 255).astype(np.uint8))
    dx = rng.randrange(20, 60)
    quad = (-dx, -10, 0, h + dx, w + dx, h, w, -dx // 2)
    plate = plate.transform((w, h), Image.Transform.QUAD, quad, Image.Resampling.BICUBIC, fillcolor=(150, 150, 150))
    wall.paste(plate, (200, 150))
    wall = wall.rotate(rng.uniform(-1.5, 1.5), fillcolor=(170, 170, 170)).filter(ImageFilter.GaussianBlur(0.8))
    buffer = io.BytesIO()
    wall.save(buffer, "JPEG", quality=78)
    return buffer.getvalue()


# ---------------------------------------------------------------- Word

def word(numbered=False):
    """An empty Word document in Song; with automatic heading numbers if asked for."""
    doc = Word()
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = "宋体", Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    for level in (1, 2, 3):
        heading = doc.styles[f"Heading {level}"]
        heading.font.name, heading.font.size = "黑体", Pt(17 - 1.5 * level)
        heading.element.rPr.rFonts.set(qn("w:eastAsia"), "黑体")
    if numbered:
        numbering = doc.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:pStyle w:val="Heading{i + 1}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            for i, (fmt, text) in enumerate((("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))))
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        for level in (1, 2, 3):
            properties = doc.styles[f"Heading {level}"].element.get_or_add_pPr()
            properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level - 1}"/><w:numId w:val="77"/></w:numPr>'))
    return doc


def word_title(doc, text, size=20):
    paragraph = doc.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = True, Pt(size)
    run._element.get_or_add_rPr().append(OxmlElement("w:bCs"))


def word_table(doc, rows, merges=()):
    """A ruled table; merges are ((row, column), (row, column)); the words of a merged area stand in its first cell."""
    table = doc.add_table(rows=len(rows), cols=max(map(len, rows)))
    table.style = "Table Grid"
    covered = {(r, c) for (r0, c0), (r1, c1) in merges for r in range(r0, r1 + 1) for c in range(c0, c1 + 1) if (r, c) != (r0, c0)}
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            if (i, j) not in covered:
                table.cell(i, j).text = str(text)
    for a, b in merges:
        table.cell(*a).merge(table.cell(*b))
    return table


def word_text(doc):
    """All words of a Word document, squashed."""
    return squash("".join(n.text or "" for n in doc.element.body.iter(qn("w:t"))))


# ---------------------------------------------------------------- sheets, OFD

def sheet(book, name, rows, merges=(), widths=()):
    """Add a sheet with borders."""
    ws = book.create_sheet(name)
    thin = Side(style="thin")
    for row in rows:
        ws.append(list(row))
    for row in ws.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.font = Font(name="宋体", size=11)
    for area in merges:
        ws.merge_cells(area)
    for i, width in enumerate(widths):
        ws.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[i]].width = width
    return ws


def workbook():
    book = Workbook()
    book.remove(book.active)
    return book


def ofd_bytes(pages):
    """A small OFD: pages of lines (x, y, size, text) in millimetres."""
    ns = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("OFD.xml", head + f'<ofd:OFD {ns} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>5f1e0a7c2b9d4e63a0c8d7f6e5b4a321</ofd:DocID>'
                   '<ofd:CreationDate>2024-03-28</ofd:CreationDate></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>')
        refs = "".join(f'<ofd:Page ID="{100 + i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
        z.writestr("Doc_0/Document.xml", head + f'<ofd:Document {ns}><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>'
                   f'<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>{refs}</ofd:Pages></ofd:Document>')
        z.writestr("Doc_0/PublicRes.xml", head + f'<ofd:Res {ns} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="宋体" FamilyName="宋体"/></ofd:Fonts></ofd:Res>')
        for i, lines in enumerate(pages):
            objects, uid = "", 200 + i * 400
            for x, y, size, text in lines:
                uid += 1
                text = text.replace("&", "&amp;").replace("<", "&lt;")
                deltas = f' DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
                objects += (f'<ofd:TextObject ID="{uid}" Boundary="{x} {y} {size * len(text) + 2:.1f} {size * 1.4:.1f}" Font="2" Size="{size}">'
                            f'<ofd:TextCode X="0" Y="{size}"{deltas}>{text}</ofd:TextCode></ofd:TextObject>')
            z.writestr(f"Doc_0/Pages/Page_{i}/Content.xml", head + f'<ofd:Page {ns}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer ID="{uid + 50}" Type="Body">{objects}</ofd:Layer></ofd:Content></ofd:Page>')
    return buffer.getvalue()


def ofd_page(heading, paragraphs, sign=()):
    """Lines of one OFD page, broken by hand."""
    lines, y = [(105 - 7 * len(heading) / 2, 25, 7, heading)], 45
    for paragraph in paragraphs:
        text = "　　" + paragraph
        while text:
            lines.append((28, y, 5, text[:31]))
            text, y = text[31:], y + 9
        y += 2
    for text in sign:
        lines.append((120, y + 10, 5, text))
        y += 9
    return lines


# ---------------------------------------------------------------- truth

class Package:
    """One submission in the making: its files and what is true of them."""

    def __init__(self, out, name, cities, province, gate):
        self.root, self.out, self.name = Path(out) / name, Path(out), name
        self.texts = {}  # path → list of squashed page texts (one where there are no pages)
        self.paged = {}
        self.truth = {"submission": name, "cities": cities, "province": province, "gate": gate, "conditions": {},
                      "indicators": {}, "documents": {}, "tables": [], "traps": []}

    def put(self, path, data, role, lane="text", texts=None, paged=False, readable=True):
        """Write a file (not if it lies in an archive) and note what it is."""
        if ".zip/" not in path:
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        texts = texts or [""]
        self.texts[path], self.paged[path] = texts, paged
        self.truth["documents"][path] = {"role": role, "readable": readable, "lane": lane, "pages": len(texts) if paged else None}

    def pdf(self, path, flow, role="proof", scanned=None, **kw):
        """A PDF from a flow; `scanned` holds the scanner's settings."""
        data = pdf_bytes(flow, **kw) if not isinstance(flow, bytes) else flow
        texts = pages_of(data)
        self.put(path, scan(data, **scanned) if scanned is not None else data, role, "scan" if scanned is not None else "text", texts, True)

    def docx(self, path, doc, role="proof"):
        buffer = io.BytesIO()
        doc.save(buffer)
        self.put(path, buffer.getvalue(), role, texts=[word_text(doc)])

    def xlsx(self, path, book, role="proof"):
        buffer = io.BytesIO()
        book.save(buffer)
        text = squash("".join(str(c.value) for ws in book for row in ws.iter_rows() for c in row if c.value is not None))
        self.put(path, buffer.getvalue(), role, texts=[text])

    def at(self, path, quote):
        """Where a quote stands; refuses one that is not there."""
        for number, text in enumerate(self.texts[path], 1):
            if squash(quote) in text:
                return {"file": path, "page": number if self.paged[path] else None, "quote": quote}
        raise ValueError(f"{self.name}: {quote} is not in {path}")

    def condition(self, indicator, verdict, value, why, claims=(), proofs=(), accept=None):
        self.truth["conditions"][indicator] = {
            "verdict": verdict, "accept": accept or [verdict], "value": value,
            "claims": [self.at(*c) for c in claims], "proofs": [self.at(*p) for p in proofs], "why": why}

    def table(self, path, rows, quote=None, note=None):
        entry = {"file": path, "page": self.at(path, quote)["page"] if quote else None, "rows": [[str(c) for c in row] for row in rows]}
        if note:
            entry["note"] = note
        self.truth["tables"].append(entry)

    def save(self):
        order = list(self.truth["indicators"])
        assert len(order) == 37, (self.name, len(order))
        assert len(self.truth["conditions"]) == 6, self.name
        (self.out / f"{self.name}.truth.json").write_text(json.dumps(self.truth, ensure_ascii=False, indent=1), encoding="utf-8")
