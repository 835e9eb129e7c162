"""Synthetic documents by lane for the benchmarks: the same seed gives the same files."""

from __future__ import annotations

import io
import random
from pathlib import Path

PHRASES = (
    "推进工业互联网创新发展",
    "建成开通5G基站",
    "实施“5G+工业互联网”融合应用工程",
    "支持龙头企业建设5G工厂",
    "培育解决方案供应商",
    "每万人拥有5G基站数达到",
    "打造公共服务平台",
    "完善政策支撑体系",
    "加快内网改造升级",
    "开展产业人才培训",
    "较上年增长",
    "覆盖重点产业集群",
)


def sentence(chance: random.Random) -> str:
    return "，".join(chance.choice(PHRASES) + str(chance.randrange(1, 999)) + "个" for _ in range(chance.randrange(2, 5))) + "。"


def lines_of_page(chance: random.Random, count: int = 32, width: int = 36) -> list[str]:
    text = "".join(sentence(chance) for _ in range(count))
    return [text[index * width : (index + 1) * width] for index in range(count)]


def text_pdf(file: Path, pages: int, seed: int) -> Path:
    """A digital PDF: a heading and full lines on each page, a ruled table on every fourth."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    chance = random.Random(seed)
    canvas = Canvas(str(file), pagesize=(595.0, 842.0), invariant=1)
    for page in range(pages):
        canvas.setFont("STSong-Light", 16)
        canvas.drawString(72, 780, f"（{page + 1}）第{page + 1}节 建设情况")
        canvas.setFont("STSong-Light", 12)
        table = page % 4 == 3
        for number, line in enumerate(lines_of_page(chance, 14 if table else 32)):
            canvas.drawString(72, 750 - 21 * number, line)
        if table:
            for row in range(11):
                canvas.line(72, 420 - 25 * row, 520, 420 - 25 * row)
            for column in range(5):
                canvas.line(72 + 112 * column, 170, 72 + 112 * column, 420)
            for row in range(10):
                for column in range(4):
                    canvas.drawString(76 + 112 * column, 402 - 25 * row, f"{chance.choice(PHRASES)[:6]}{chance.randrange(99)}")
        canvas.showPage()
    canvas.save()
    return file


def scan_pdf(file: Path, pages: int, seed: int, dpi: int = 150) -> Path:
    """A PDF of pictures of printed pages, slightly grey, as a scanner gives them."""
    from PIL import Image, ImageDraw, ImageFont

    chance = random.Random(seed)
    font = ImageFont.truetype(str(chinese_font()), round(12 * dpi / 72))
    pictures = []
    for _ in range(pages):
        image = Image.new("L", (round(595 * dpi / 72), round(842 * dpi / 72)), 248)
        draw = ImageDraw.Draw(image)
        for number, line in enumerate(lines_of_page(chance)):
            draw.text((72 * dpi / 72, (70 + 21 * number) * dpi / 72), line, fill=20, font=font)
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=80)
        pictures.append(Image.open(stream))
    pictures[0].save(file, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi)
    return file


def docx(file: Path, pages: int, seed: int) -> Path:
    """A Word document of about so many pages."""
    import docx as python_docx

    chance = random.Random(seed)
    document = python_docx.Document()
    for page in range(pages):
        document.add_heading(f"第{page + 1}节 建设情况", 1)
        for _ in range(8):
            document.add_paragraph("".join(sentence(chance) for _ in range(3)))
        if page % 4 == 3:
            table = document.add_table(6, 4)
            for row in table.rows:
                for cell in row.cells:
                    cell.text = chance.choice(PHRASES)
    document.save(str(file))
    return file


def chinese_font() -> Path:
    """A Chinese font of this machine. ``FileNotFoundError`` where there is none."""
    for place in ("/usr/share/fonts", "/System/Library/Fonts", "C:/Windows/Fonts"):
        for pattern in ("*CJK*Regular*.ttc", "simsun.ttc", "*Songti*.ttc"):
            for found in sorted(Path(place).rglob(pattern)):
                return found
    raise FileNotFoundError("no Chinese font: install fonts-noto-cjk")
