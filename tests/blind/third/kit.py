"""Toolkit of the blind test set: a small markup, its renderers (docx, PDF, scan, OFD, xlsx, pictures), and the truth file.

Everything that is drawn is also remembered as words per page, so that each quote of a truth file can be looked up on its page.
All cities, firms and numbers of the packages built with it are invented.
"""
import io
import json
import math
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import docx
import numpy
import openpyxl
import pypdfium2
import xlwt
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    LongTable,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Image as RlImage

INDICATORS = ["policy.national_strategy", "policy.special_policy", "policy.government_funds", "policy.industry_finance", "policy.regional_features", "infrastructure.coverage_5g", "infrastructure.platform_projects", "infrastructure.factory_network_quality", "infrastructure.operation_model", "infrastructure.edge_computing", "infrastructure.equipment_upgrade", "infrastructure.new_industrial_network", "infrastructure.regional_features", "application.leading_industries", "application.scenarios", "application.factory_5g", "application.replication", "application.security", "application.regional_features", "ecosystem.standards", "ecosystem.intellectual_property", "ecosystem.key_enterprises", "ecosystem.chips_modules_terminals", "ecosystem.solution_providers", "ecosystem.national_titles", "ecosystem.industry_clustering", "ecosystem.economic_contribution", "ecosystem.regional_features", "services.talent_programmes", "services.skilled_talent", "services.training_bases", "services.industry_services", "services.security", "services.technology_transfer", "services.ip_protection", "services.regional_features", "site_visit.preparation"]
CONDITIONS = {"policy": 2, "coverage": 6, "scenarios": 15, "factory": 16, "titles": 25, "site": 37}
SCENARIOS = ["协同研发设计", "远程设备操控", "设备协同作业", "柔性生产制造", "现场辅助装配", "机器视觉质检", "设备故障诊断", "厂区智能物流", "无人智能巡检", "生产现场监测", "生产单元模拟", "精准动态作业", "生产能效管控", "工艺合规校验", "生产过程溯源", "设备预测维护", "厂区智能理货", "全域物流监测", "虚拟现场服务", "企业协同合作"]

FACES = {"song": ("AR PL UMing CN", 0), "kai": ("AR PL UKai CN", 0), "hei": ("WenQuanYi Zen Hei", 0), "wenkai": ("LXGW WenKai", 0)}
PICTURE_FACE = "Noto Serif CJK SC:bold"


def font_file(pattern):
    """File of the font that fontconfig finds for a pattern."""
    return subprocess.run(["fc-match", "-f", "%{file}", pattern], capture_output=True, text=True, check=True).stdout


for _name, (_family, _index) in FACES.items():
    _file = font_file(_family + (":style=Regular" if _name == "wenkai" else ""))
    pdfmetrics.registerFont(TTFont(_name, _file, subfontIndex=_index) if _file.endswith("ttc") else TTFont(_name, _file))


def squeeze(text):
    return re.sub(r"\s+", "", text)


def numbers(spec):
    """'2,4-6' -> [2, 4, 5, 6]"""
    found = []
    for part in str(spec).split(","):
        if part.strip():
            low, _, high = part.partition("-")
            found += range(int(low), int(high or low) + 1)
    return found


# ---------------------------------------------------------------- markup

def parse(text):
    """Markup to blocks. Lines: '# ' headings, '- ' items, '| a | b |' table rows, '@word …' special lines, '%b'/'%t' tags, else prose."""
    blocks, options = [], {}
    for line in text.strip("\n").split("\n"):
        line = line.strip()
        if not line:
            continue
        if line.startswith("%"):
            blocks.append(("tag", line[1:].split()))
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if blocks and blocks[-1][0] == "table" and not blocks[-1][2].get("closed"):
                blocks[-1][1].append(cells)
            else:
                blocks.append(("table", [cells], dict(options)))
                options = {}
        elif line.startswith("@"):
            word, _, rest = line[1:].partition(" ")
            if word == "widths":
                options["widths"] = [float(x) for x in rest.split(",")]
            elif word == "size":
                options["size"] = float(rest)
            elif word == "endtable":
                blocks[-1][2]["closed"] = True
            else:
                blocks.append((word, rest))
        elif line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            blocks.append((f"h{level}", line[level:].strip()))
        elif line.startswith("- "):
            blocks.append(("li", line[2:]))
        else:
            blocks.append(("p", line))
    return blocks


def grid(rows):
    """Rows with '^' (as above) and '<' (as left) written out in full."""
    full = []
    for y, row in enumerate(rows):
        out = []
        for x, cell in enumerate(row):
            out.append(full[y - 1][x] if cell == "^" else out[x - 1] if cell == "<" else cell)
        full.append(out)
    return full


def spans(rows):
    """(x0, y0, x1, y1) of the merged areas."""
    found = []
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if cell in "^<" and cell:
                continue
            x1, y1 = x, y
            while x1 + 1 < len(row) and row[x1 + 1] == "<":
                x1 += 1
            while y1 + 1 < len(rows) and rows[y1 + 1][x] == "^":
                y1 += 1
            if (x1, y1) != (x, y):
                found.append((x, y, x1, y1))
    return found


def markup_table(rows):
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


# ---------------------------------------------------------------- seals and pictures

def picture_font(size, pattern=PICTURE_FACE):
    return ImageFont.truetype(font_file(pattern), size, index=2)


def seal_image(owner, size=340):
    """A red round seal on a clear ground."""
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    red, middle = (205, 25, 30, 190), size / 2
    draw.ellipse([6, 6, size - 6, size - 6], outline=red, width=9)
    points = []
    for k in range(10):
        radius, angle = (size * 0.15, size * 0.06)[k % 2], math.pi * k / 5 - math.pi / 2
        points.append((middle + radius * math.cos(angle), middle + radius * math.sin(angle)))
    draw.polygon(points, fill=red)
    face = picture_font(int(size * min(0.125, 1.55 / max(len(owner), 1))))
    sweep = min(300, 24 * len(owner))
    for k, letter in enumerate(owner):
        angle = math.radians(-90 - sweep / 2 + sweep * (k + 0.5) / len(owner))
        tile = Image.new("RGBA", (80, 80), (0, 0, 0, 0))
        ImageDraw.Draw(tile).text((40, 40), letter, font=face, fill=red, anchor="mm")
        tile = tile.rotate(-math.degrees(angle) - 90, resample=Image.BICUBIC)
        image.alpha_composite(tile, (int(middle + size * 0.38 * math.cos(angle)) - 40, int(middle + size * 0.38 * math.sin(angle)) - 40))
    return image


class Seal(Flowable):
    """A seal of height nought over the lines before it."""

    def __init__(self, owner, size=112, up=78, right=30):
        super().__init__()
        self.owner, self.size, self.up, self.right = owner, size, up, right

    def wrap(self, width, height):
        self.room = width
        return 0, 0

    def draw(self):
        stream = io.BytesIO()
        seal_image(self.owner).save(stream, "PNG")
        stream.seek(0)
        self.canv.drawImage(ImageReader(stream), self.room - self.size - self.right, self.up - self.size, self.size, self.size, mask="auto")


def plaque(lines, ground=(201, 168, 92), ink=(140, 20, 20), size=(1500, 1000), lean=2.5, seed=1):
    """Photo of a metal plaque on a wall; lines are (text, size)."""
    rng = numpy.random.default_rng(seed)
    plate = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(plate)
    draw.rectangle([22, 22, size[0] - 22, size[1] - 22], outline=ink, width=7)
    place_lines(draw, lines, size, ink)
    shade = numpy.linspace(0.86, 1.08, size[0])[None, :, None]
    plate = Image.fromarray(numpy.clip(numpy.asarray(plate) * shade, 0, 255).astype("uint8"))
    wall = Image.new("RGB", (size[0] + 400, size[1] + 340), (186, 180, 170))
    wall.paste(plate, (200, 160))
    wall = wall.rotate(lean, resample=Image.BICUBIC, fillcolor=(186, 180, 170)).filter(ImageFilter.GaussianBlur(0.9))
    noise = rng.normal(0, 5, (wall.height, wall.width, 1))
    return Image.fromarray(numpy.clip(numpy.asarray(wall) + noise, 0, 255).astype("uint8"))


def place_lines(draw, lines, size, ink):
    height = sum(s * 1.6 for _, s in lines)
    y = (size[1] - height) / 2
    for text, s in lines:
        draw.text((size[0] / 2, y + s * 0.8), text, font=picture_font(s), fill=ink, anchor="mm")
        y += s * 1.6


def web_page(site, crumbs, title, facts, body, table=None, address="https://www.miit.gov.cn/", width=1500):
    """Screen shot of a ministry's web page."""
    face, big, small = picture_font(30, "Noto Sans CJK SC"), picture_font(44, "Noto Sans CJK SC:bold"), picture_font(24, "Noto Sans CJK SC")
    lines = []
    for paragraph in body:
        paragraph = paragraph if paragraph.startswith("@") else "　　" + paragraph
        while paragraph:
            lines.append(paragraph[:42])
            paragraph = paragraph[42:]
    rows = table or []
    height = 520 + 52 * len(lines) + 56 * len(rows) + 80
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 0, width, 70], fill=(222, 225, 230))
    draw.rounded_rectangle([180, 14, width - 60, 56], 20, fill="white")
    draw.text((205, 35), address, font=small, fill=(90, 90, 90), anchor="lm")
    for k in range(3):
        draw.ellipse([30 + 45 * k, 25, 50 + 45 * k, 45], outline=(110, 110, 110), width=3)
    draw.rectangle([0, 70, width, 220], fill=(19, 74, 145))
    draw.text((80, 145), site, font=picture_font(54), fill="white", anchor="lm")
    draw.text((80, 255), crumbs, font=small, fill=(120, 120, 120), anchor="lm")
    for k in range(0, len(title), 30):
        draw.text((width / 2, 330 + 56 * (k // 30)), title[k:k + 30], font=big, fill=(20, 20, 20), anchor="mm")
    draw.text((width / 2, 450), facts, font=small, fill=(120, 120, 120), anchor="mm")
    draw.line([60, 480, width - 60, 480], fill=(200, 200, 200), width=2)
    y = 520
    for line in lines:
        draw.text((100, y), line.lstrip("@"), font=face, fill=(30, 30, 30))
        y += 52
    if rows:
        needs = [max(len(row[x]) for row in rows) + 2 for x in range(len(rows[0]))]
        edges = [90 + (width - 180) * sum(needs[:x]) / sum(needs) for x in range(len(needs) + 1)]
        for row in rows:
            for x, cell in enumerate(row):
                draw.rectangle([edges[x], y, edges[x + 1], y + 56], outline=(120, 120, 120))
                draw.text(((edges[x] + edges[x + 1]) / 2, y + 28), cell, font=small, fill=(30, 30, 30), anchor="mm")
            y += 56
    return image, " ".join([site, crumbs, title, facts] + body + [cell for row in rows for cell in row])


# ---------------------------------------------------------------- PDF

PDF_STYLE = {"body": "song", "head": "hei", "size": 14, "lead": 25, "margin": 72, "indent": 2, "header": "", "footer": "- {} -",
             "landscape": False, "table_size": 9.5, "numbered": True, "red": colors.Color(0.83, 0.05, 0.08)}
DIGITS = "〇一二三四五六七八九十"


def chinese(n):
    return DIGITS[n] if n <= 10 else "十" + DIGITS[n - 10] if n < 20 else "二十" + ("" if n == 20 else DIGITS[n - 20])


def heading_number(counters, level, style=0):
    counters[level] += 1
    for deeper in range(level + 1, 5):
        counters[deeper] = 0
    n = counters[level]
    if style == 1:
        return ".".join(str(counters[k]) for k in range(1, level + 1)) + " "
    if style == 2:
        return [f"第{chinese(n)}部分 ", f"{chinese(n)}、", f"（{chinese(n)}）", f"{n}."][level - 1]
    return [f"{chinese(n)}、", f"（{chinese(n)}）", f"{n}.", f"（{n}）"][level - 1]


def pdf(blocks, path, **style):
    """Blocks to a text PDF with reportlab."""
    if isinstance(blocks, str):
        blocks = parse(blocks)
    s = {**PDF_STYLE, **style}
    page = landscape(A4) if s["landscape"] else A4
    room = page[0] - 2 * s["margin"]
    base = ParagraphStyle("body", fontName=s["body"], fontSize=s["size"], leading=s["lead"], alignment=TA_JUSTIFY, wordWrap="CJK",
                          firstLineIndent=s["indent"] * s["size"])
    plain = ParagraphStyle("plain", base, firstLineIndent=0)
    middle = ParagraphStyle("middle", plain, alignment=TA_CENTER)
    right = ParagraphStyle("right", plain, alignment=TA_RIGHT, rightIndent=40)
    cell = ParagraphStyle("cell", plain, fontSize=s["table_size"], leading=s["table_size"] * 1.35, alignment=TA_CENTER)
    head = {1: ParagraphStyle("h1", base, fontName=s["head"], fontSize=s["size"] + 1, spaceBefore=6, keepWithNext=1),
            2: ParagraphStyle("h2", base, fontName="kai", keepWithNext=1),
            3: ParagraphStyle("h3", base, keepWithNext=1), 4: ParagraphStyle("h4", base)}
    counters, flow = [0] * 6, []
    for block in blocks:
        kind, text = block[0], block[1]
        if kind == "tag":
            continue
        if kind == "p":
            flow.append(Paragraph(text, base))
        elif kind == "li":
            flow.append(Paragraph("● " + text, ParagraphStyle("li", base, firstLineIndent=0, leftIndent=1.2 * s["size"])))
        elif kind[0] == "h" and kind[1:].isdigit():
            level = int(kind[1:])
            number = heading_number(counters, level, s.get("numbering", 0)) if s["numbered"] else ""
            flow.append(Paragraph(number + text, head[level]))
        elif kind == "title":
            flow.append(Paragraph(text, ParagraphStyle("t", middle, fontName=s["head"], fontSize=s["size"] + 6, leading=s["size"] * 2.1,
                                                       spaceBefore=14, spaceAfter=10)))
        elif kind == "cover":
            flow += [Spacer(1, 170), Paragraph(text, ParagraphStyle("c", middle, fontName=s["head"], fontSize=26, leading=42)),
                Spacer(1, 240)]
        elif kind == "red":
            size = min(40, room / max(len(text), 8) * 0.97)
            flow += [Spacer(1, 40), Paragraph(text, ParagraphStyle("r", middle, fontSize=size, leading=size * 1.4, textColor=s["red"]))]
        elif kind == "no":
            flow += [Spacer(1, 14), Paragraph(text, middle), HRFlowable(width="100%", thickness=1.6, color=s["red"], spaceAfter=18)]
        elif kind in ("center", "cap"):
            flow.append(Paragraph(text, middle if kind == "center" else ParagraphStyle("cap", middle, fontName=s["head"],
                fontSize=s["size"] - 2)))
        elif kind in ("right", "sign", "date"):
            flow.append(Paragraph(text, right))
        elif kind in ("to", "plain"):
            flow.append(Paragraph(text, plain))
        elif kind == "seal":
            flow.append(Seal(text))
        elif kind == "space":
            flow.append(Spacer(1, float(text)))
        elif kind == "pb":
            flow.append(PageBreak())
        elif kind == "rule":
            flow.append(HRFlowable(width="100%", thickness=0.8, color=colors.black, spaceBefore=4, spaceAfter=4))
        elif kind == "pic":
            image = s["pictures"][text]
            stream = io.BytesIO()
            image.convert("RGB").save(stream, "JPEG", quality=80)
            stream.seek(0)
            width = min(room, 330)
            flow.append(RlImage(stream, width, width * image.height / image.width))
        elif kind == "table":
            rows, options = text, block[2]
            widths = options.get("widths") or [1] * len(rows[0])
            unit = room / sum(widths)
            look = ParagraphStyle("x", cell, fontSize=options["size"], leading=options["size"] * 1.35) if "size" in options else cell
            marks = [("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                     ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3)]
            if s.get("shade"):
                marks.append(("BACKGROUND", (0, 0), (-1, 0), s["shade"]))
            marks += [("SPAN", (a, b), (c, d)) for a, b, c, d in spans(rows)]
            cells = [[Paragraph("" if c in ("^", "<") else c, look) for c in row] for row in rows]
            flow += [Spacer(1, 4), LongTable(cells, [w * unit for w in widths], style=TableStyle(marks), repeatRows=1), Spacer(1, 8)]
        else:
            raise ValueError(kind)

    def furniture(canvas, document):
        canvas.setFont(s["body"], 10)
        if s["footer"]:
            canvas.drawCentredString(page[0] / 2, 32, s["footer"].format(document.page))
        if s["header"]:
            canvas.drawString(s["margin"], page[1] - 40, s["header"])
            canvas.line(s["margin"], page[1] - 45, page[0] - s["margin"], page[1] - 45)

    document = BaseDocTemplate(str(path), pagesize=page, leftMargin=s["margin"], rightMargin=s["margin"], topMargin=62, bottomMargin=62)
    frame = Frame(s["margin"], 62, room, page[1] - 124, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("p", [frame], onPage=furniture))
    document.build(flow)
    return path


def pdf_words(path):
    document = pypdfium2.PdfDocument(str(path))
    words = {n + 1: document[n].get_textpage().get_text_range() for n in range(len(document))}
    document.close()
    return words


def scan(source, path, dpi=200, tilt=0.7, gray=False, seed=7, quality=68, turned=None):
    """Text PDF to a PDF of page pictures, tilted and noisy; returns the words that were on its pages."""
    rng = numpy.random.default_rng(seed)
    document = pypdfium2.PdfDocument(str(source))
    pages = []
    for n in range(len(document)):
        image = document[n].render(scale=dpi / 72).to_pil().convert("RGB")
        angle = tilt * (1 if rng.random() < 0.6 else -0.6) * (0.6 + 0.7 * rng.random())
        image = image.rotate(angle, resample=Image.BICUBIC, fillcolor=(255, 255, 255))
        if turned and n + 1 in turned:
            image = image.rotate(turned[n + 1], expand=True)
        field = numpy.asarray(image).astype("int16")
        field = field * 0.93 + 12 + rng.normal(0, 4, field.shape[:2])[:, :, None]
        image = Image.fromarray(numpy.clip(field, 0, 255).astype("uint8")).filter(ImageFilter.GaussianBlur(0.45))
        pages.append(image.convert("L") if gray else image)
    document.close()
    pages[0].save(str(path), "PDF", resolution=dpi, save_all=True, append_images=pages[1:], quality=quality)
    return pdf_words(source)


def merge(sources, path):
    out = pypdfium2.PdfDocument.new()
    for source in sources:
        document = pypdfium2.PdfDocument(str(source))
        out.import_pages(document)
        document.close()
    out.save(str(path))
    out.close()


# ---------------------------------------------------------------- Word

def docx_numbering(document):
    """A multi-level list 一、（一）1.（1） whose numbers are Word's own, not text."""
    part = document.part.numbering_part.element
    levels = ""
    for k, (kind, text) in enumerate([("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）")]):
        levels += (f'<w:lvl w:ilvl="{k}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/>'
                   f'<w:lvlJc w:val="left"/></w:lvl>')
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>'
                         f'{levels}</w:abstractNum>')
    part.insert(0, abstract)
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


DOCX_STYLE = {"body": "仿宋_GB2312", "head": "黑体", "sub": "楷体_GB2312", "size": 16, "lead": 28, "auto": False, "numbered": True,
    "numbering": 0,
              "table_size": 10.5, "landscape": False, "header": "", "table_style": "Table Grid"}


def docx_file(blocks, path, **style):
    """Blocks to a Word file."""
    if isinstance(blocks, str):
        blocks = parse(blocks)
    s = {**DOCX_STYLE, **style}
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if s["landscape"]:
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2.7)
    section.top_margin = section.bottom_margin = Cm(3)
    if s["header"]:
        section.header.paragraphs[0].text = s["header"]
    if s["auto"]:
        docx_numbering(document)
    counters = [0] * 6

    def put(paragraph, text, face, size, bold=False, colour=None):
        run = paragraph.add_run(text)
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Times New Roman"
        if colour:
            run.font.color.rgb = RGBColor(*colour)
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
        if s["table_size"] != size:
            paragraph.paragraph_format.line_spacing = Pt(max(s["lead"], size * 1.4))
        paragraph.paragraph_format.space_after = Pt(0)

    for block in blocks:
        kind, text = block[0], block[1]
        if kind in ("tag", "seal"):
            continue
        if kind in ("p", "li"):
            paragraph = document.add_paragraph(style="List Bullet" if kind == "li" and not s.get("plain_items") else None)
            if kind == "p":
                paragraph.paragraph_format.first_line_indent = Pt(2 * s["size"])
            put(paragraph, text, s["body"], s["size"])
        elif kind[0] == "h" and kind[1:].isdigit():
            level = int(kind[1:])
            paragraph = document.add_paragraph(style=f"Heading {level}")
            paragraph.paragraph_format.first_line_indent = Pt(2 * s["size"])
            number = ""
            if s["auto"]:
                properties = paragraph._p.get_or_add_pPr()
                mark = OxmlElement("w:numPr")
                for tag, value in (("w:ilvl", level - 1), ("w:numId", 77)):
                    element = OxmlElement(tag)
                    element.set(qn("w:val"), str(value))
                    mark.append(element)
                properties.append(mark)
            elif s["numbered"]:
                number = heading_number(counters, level, s["numbering"])
            put(paragraph, number + text, s["head"] if level == 1 else s["sub"] if level == 2 else s["body"], s["size"], level > 2, (0,
                0, 0))
        elif kind in ("title", "cover", "red"):
            paragraph = document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            put(paragraph, text, s["head"], 22 if kind == "title" else 30, colour=(200, 10, 15) if kind == "red" else None)
            if kind == "cover":
                paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(160), Pt(200)
        elif kind in ("center", "no", "cap"):
            paragraph = document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            put(paragraph, text, s["head"] if kind == "cap" else s["body"], s["size"] - (2 if kind == "cap" else 0))
        elif kind in ("right", "sign", "date"):
            paragraph = document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            put(paragraph, text, s["body"], s["size"])
        elif kind in ("to", "plain"):
            put(document.add_paragraph(), text, s["body"], s["size"])
        elif kind == "space":
            document.add_paragraph()
        elif kind == "pb":
            document.add_page_break()
        elif kind == "pic":
            stream = io.BytesIO()
            s["pictures"][text].convert("RGB").save(stream, "JPEG", quality=80)
            stream.seek(0)
            document.add_picture(stream, width=Cm(12))
        elif kind == "table":
            rows, options = text, block[2]
            table = document.add_table(len(rows), len(rows[0]), style=s["table_style"])
            for a, b, c, d in spans(rows):
                table.cell(b, a).merge(table.cell(d, c))
            for y, row in enumerate(rows):
                for x, cell in enumerate(row):
                    if cell not in ("^", "<"):
                        for k, line in enumerate(cell.split("\\n")):
                            target = table.cell(y, x)
                            paragraph = target.paragraphs[0] if k == 0 else target.add_paragraph()
                            put(paragraph, line, s["body"], s["table_size"], y == 0)
            if options.get("widths"):
                table.autofit = False
                whole = (section.page_width - section.left_margin - section.right_margin) / sum(options["widths"])
                for x, width in enumerate(options["widths"]):
                    table.columns[x].width = int(width * whole)
                for row in table.rows:
                    for x, width in enumerate(options["widths"]):
                        row.cells[x].width = int(width * whole)
            document.add_paragraph()
        else:
            raise ValueError(kind)
    document.save(str(path))
    return path


def docx_words(path):
    document, words = docx.Document(str(path)), []
    for element in document.element.body.iter(qn("w:p")):
        words.append("".join(t.text or "" for t in element.iter(qn("w:t"))))
    return {None: "\n".join(words)}


def office_pdf(source, path):
    """Word file to PDF by LibreOffice, as an office would export it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir",
            folder,
                        str(source)], check=True, capture_output=True)
        shutil.copy(Path(folder) / (Path(source).stem + ".pdf"), path)
    return path


# ---------------------------------------------------------------- sheets

def xlsx_file(path, sheets):
    """sheets: [(name, rows, widths)]; rows with '^' and '<' for merged cells."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows, widths in sheets:
        sheet = book.create_sheet(name)
        thin = openpyxl.styles.Side(style="thin")
        for y, row in enumerate(rows, 1):
            for x, cell in enumerate(row, 1):
                target = sheet.cell(y, x)
                target.alignment = openpyxl.styles.Alignment(wrap_text=True, vertical="center")
                target.border = openpyxl.styles.Border(thin, thin, thin, thin)
                if cell not in ("^", "<"):
                    target.value = cell
        for a, b, c, d in spans([[str(c) for c in row] for row in rows]):
            sheet.merge_cells(start_row=b + 1, start_column=a + 1, end_row=d + 1, end_column=c + 1)
        for x, width in enumerate(widths or []):
            sheet.column_dimensions[openpyxl.utils.get_column_letter(x + 1)].width = width
    book.save(str(path))
    return {None: " ".join(str(c) for _, rows, _ in sheets for row in rows for c in row if c not in ("^", "<"))}


def xls_file(path, sheets):
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows, widths in sheets:
        sheet = book.add_sheet(name)
        merged = spans([[str(c) for c in row] for row in rows])
        corners = {(b, a): (b, d, a, c) for a, b, c, d in merged}
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                if cell in ("^", "<"):
                    continue
                if (y, x) in corners:
                    sheet.write_merge(*corners[y, x], cell)
                else:
                    sheet.write(y, x, cell)
        for x, width in enumerate(widths or []):
            sheet.col(x).width = int(width * 256)
    book.save(str(path))
    return {None: " ".join(str(c) for _, rows, _ in sheets for row in rows for c in row if c not in ("^", "<"))}


# ---------------------------------------------------------------- OFD

def ofd_file(path, text, per_line=28):
    """Blocks to a simple OFD (GB/T 33190): every line one TextObject."""
    lines = []
    for block in parse(text):
        kind, words = block[0], block[1]
        size = {"red": 9.0, "title": 7.0}.get(kind, 5.3)
        centred, right = kind in ("red", "title", "no", "center"), kind in ("sign", "date")
        words = "　　" + words if kind in ("p", "h1", "h2", "h3") else words
        limit = {"red": 18, "title": 21}.get(kind, per_line)
        while words:
            lines.append((words[:limit], size, centred, right, kind == "red"))
            words = words[limit:]
    pages = [lines[k:k + 24] for k in range(0, len(lines), 24)]
    name = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("OFD.xml", head + f'<ofd:OFD {name} DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocInfo><ofd:DocID>'
                     '0f5d3c1a9b7e4d2c8a6b1e0f9d8c7b6a</ofd:DocID><ofd:CreationDate>2025-06-12</ofd:CreationDate></ofd:DocInfo>'
                     '<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>')
        listed = "".join(f'<ofd:Page ID="{10 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
        out.writestr("Doc_0/Document.xml", head + f'<ofd:Document {name}><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID><ofd:PageArea>'
                     '<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>'
                     f'</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>')
        out.writestr("Doc_0/PublicRes.xml", head + f'<ofd:Res {name} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="宋体" '
                     'FamilyName="宋体"/></ofd:Fonts></ofd:Res>')
        unit = 100
        for n, page in enumerate(pages):
            objects, y = "", 34.0
            for words, size, centred, right, red in page:
                width = size * len(words)
                x = 105 - width / 2 if centred else 185 - width if right else 28
                colour = '<ofd:FillColor Value="214 12 20"/>' if red else ""
                delta = f'g {len(words) - 1} {size}' if len(words) > 1 else ""
                objects += (f'<ofd:TextObject ID="{unit}" Boundary="{x:.2f} {y - size:.2f} {width + 2:.2f} {size * 1.3:.2f}" '
                            f'Font="2" Size="{size}">{colour}<ofd:TextCode X="0" Y="{size:.2f}" DeltaX="{delta}">{words}'
                            '</ofd:TextCode></ofd:TextObject>')
                unit += 1
                y += size * 1.8
            out.writestr(f"Doc_0/Pages/Page_{n}/Content.xml", head + f'<ofd:Page {name}><ofd:Content><ofd:Layer ID="{unit}">{objects}'
                         '</ofd:Layer></ofd:Content></ofd:Page>')
            unit += 1
    return {n + 1: "".join(line[0] for line in page) for n, page in enumerate(pages)}


# ---------------------------------------------------------------- package and truth

class Package:
    """One submission, its documents and what is known of them."""

    def __init__(self, out, name, cities, province, zipped=False, top=""):
        self.out, self.name, self.cities, self.province, self.zipped = Path(out), name, cities, province, zipped
        self.work = Path(tempfile.mkdtemp())
        self.root = self.work / "root" if zipped else self.out / name
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        self.top = top
        self.words, self.documents = {}, {}
        self.indicators = {i: {"baseline": False, "targets": set(), "proofs": []} for i in INDICATORS}
        self.conditions, self.tables, self.traps = {}, [], []

    def path(self, rel):
        target = self.root / self.top / rel
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def temp(self, suffix=".pdf"):
        return Path(tempfile.mkstemp(suffix=suffix, dir=self.work)[1])

    def key(self, rel):
        return f"{self.top}/{rel}" if self.top else rel

    def doc(self, rel, role, lane, words, proves="", readable=True, pages=...):
        if pages is ...:
            pages = None if None in words else len(words)
        self.words[self.key(rel)] = {k: squeeze(v) for k, v in words.items()}
        self.documents[self.key(rel)] = {"role": role, "readable": readable, "lane": lane, "pages": pages}
        for n in numbers(proves):
            self.indicators[INDICATORS[n - 1]]["proofs"].append(self.key(rel))

    # one line per kind of document

    def text_pdf(self, rel, role, text, proves="", **style):
        pdf(text, self.path(rel), **style)
        self.doc(rel, role, "text", pdf_words(self.path(rel)), proves)

    def scan_pdf(self, rel, role, text, proves="", look=None, **style):
        source = pdf(text, self.temp(), **style)
        self.doc(rel, role, "scan", scan(source, self.path(rel), **(look or {})), proves)

    def word(self, rel, role, text, proves="", **style):
        docx_file(text, self.path(rel), **style)
        self.doc(rel, role, "text", docx_words(self.path(rel)), proves)

    def exported(self, rel, role, text, proves="", **style):
        source = docx_file(text, self.temp(".docx"), **style)
        office_pdf(source, self.path(rel))
        self.doc(rel, role, "text", pdf_words(self.path(rel)), proves)

    def sheet(self, rel, role, sheets, proves=""):
        self.doc(rel, role, "text", (xls_file if rel.endswith(".xls") else xlsx_file)(self.path(rel), sheets), proves)

    def picture(self, rel, role, image, words, proves=""):
        image.convert("RGB").save(self.path(rel), quality=82)
        self.doc(rel, role, "scan", {1: words}, proves)

    def ofd(self, rel, role, text, proves=""):
        self.doc(rel, role, "text", ofd_file(self.path(rel), text), proves)

    def bound(self, rel, role, parts, proves="", lane="mixed"):
        """parts: [(markup, style, scan look or None)] bound into one PDF."""
        files, words = [], {}
        for text, style, look in parts:
            source = pdf(text, self.temp(), **style)
            texts = pdf_words(source)
            if look is not None:
                target = self.temp()
                scan(source, target, **look)
                source = target
            files.append(source)
            for page in sorted(texts):
                words[len(words) + 1] = texts[page]
        merge(files, self.path(rel))
        self.doc(rel, role, lane, words, proves)

    # truth

    def tags(self, text):
        for block in parse(text):
            if block[0] != "tag":
                continue
            word, spec, *years = block[1]
            for n in numbers(spec):
                entry = self.indicators[INDICATORS[n - 1]]
                if word == "b":
                    entry["baseline"] = True
                else:
                    entry["targets"].update(str(y) for y in numbers(years[0]))

    def find(self, rel, quote, page=None):
        words = self.words[self.key(rel)]
        wanted = squeeze(quote)
        if page is not None:
            assert wanted in words[page], f"{self.name}: {quote} not on page {page} of {rel}"
            return page
        for number, text in words.items():
            if wanted in text:
                return number
        raise AssertionError(f"{self.name}: {quote} not in {rel}")

    def cond(self, key, verdict, value, claims, proofs, why, accept=None):
        def evidence(item):
            rel, quote, *page = item
            assert 3 <= len(quote) <= 42, quote
            return {"file": self.key(rel), "page": self.find(rel, quote, *page), "quote": quote}
        self.conditions[INDICATORS[CONDITIONS[key] - 1]] = {
            "verdict": verdict, "accept": accept or [verdict], "value": value, "claims": [evidence(c) for c in claims],
            "proofs": [evidence(p) for p in proofs], "why": why}

    def table(self, rel, rows, note="", page=...):
        rows = [[str(c) for c in row] for row in rows]
        full = grid(rows)
        if page is ...:
            page = None
            texts = self.words[self.key(rel)]
            if None not in texts:
                probe = [squeeze(c) for row in full[:3] for c in row if len(c) > 2]
                page = max(texts, key=lambda n: (sum(c in texts[n] for c in probe), -n))
        text = "".join(v for k, v in sorted(self.words[self.key(rel)].items(), key=lambda kv: kv[0] or 0))
        for row in full:
            for c in row:
                if squeeze(c.replace("\\n", "")) not in text:
                    pass
        entry = {"file": self.key(rel), "page": page, "rows": [[c.replace("\\n", "\n") for c in row] for row in full]}
        self.tables.append({**entry, **({"note": note} if note else {})})

    def finish(self, gate, *traps):
        assert len(self.conditions) == 6
        order = {INDICATORS[n - 1]: self.conditions[INDICATORS[n - 1]] for n in CONDITIONS.values()}
        indicators = {k: {**v, "targets": sorted(v["targets"])} for k, v in self.indicators.items()}
        truth = {"submission": self.name, "cities": self.cities, "province": self.province, "gate": gate, "conditions": order,
                 "indicators": indicators, "documents": dict(sorted(self.documents.items())), "tables": self.tables, "traps": list(traps)}
        name = self.name + (".zip" if self.zipped else "")
        if self.zipped:
            gbk_zip(self.root, self.out / name)
        assert {str(p.relative_to(self.root)) for p in self.root.rglob("*") if p.is_file()} == set(self.documents), self.name
        (self.out / f"{self.name}.truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        shutil.rmtree(self.work)
        sum(v["baseline"] for v in indicators.values())
        sum(bool(v["targets"]) for v in indicators.values())


def gbk_zip(root, path):
    """Zip as Windows makes it: GBK names, no UTF-8 flag."""
    class Info(zipfile.ZipInfo):
        def _encodeFilenameFlags(self):
            return self.filename.encode("gbk"), self.flag_bits & ~0x800
    with zipfile.ZipFile(path, "w") as out:
        for file in sorted(root.rglob("*")):
            if file.is_file():
                info = Info(str(file.relative_to(root)), (2025, 7, 18, 16, 40, 12))
                info.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(info, file.read_bytes())
