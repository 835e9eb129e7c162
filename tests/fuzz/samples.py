"""One honest file of every format that can be made here, small, for the fuzzer to harm."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

WORDS = "一、基础设施建设情况\n每万人拥有5G基站数达到32.6个，工业互联网平台15个。\n（一）到2025年，力争达到40个。"
ROWS = [["序号", "项目名称", "企业名称"], ["1", "5G智能工厂", "某某制造有限公司"], ["2", "5G+机器视觉质检", "某某钢铁有限公司"]]


def pdf() -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("a", fontName="STSong-Light", fontSize=12)
    stream = io.BytesIO()
    table = Table(ROWS, style=[("GRID", (0, 0), (-1, -1), 1, colors.black), ("FONT", (0, 0), (-1, -1), "STSong-Light")])
    SimpleDocTemplate(stream).build([*(Paragraph(line, style) for line in WORDS.split("\n")), table])
    return stream.getvalue()


def picture(kind: str) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (320, 200), "white")
    draw = ImageDraw.Draw(image)
    draw.text((20, 20), "5G 32.6", fill="black")
    draw.rectangle((10, 60, 300, 180), outline="black")
    stream = io.BytesIO()
    image.save(stream, kind)
    return stream.getvalue()


def scan() -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.open(io.BytesIO(picture("PNG"))).save(stream, "PDF")
    return stream.getvalue()


def docx() -> bytes:
    import docx as python_docx

    document = python_docx.Document()
    document.add_heading("试点工作方案", 1)
    for line in WORDS.split("\n"):
        document.add_paragraph(line, style="List Number" if line.startswith("一") else None)
    table = document.add_table(len(ROWS), 3)
    for row, values in zip(table.rows, ROWS, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    table.cell(0, 0).merge(table.cell(0, 1))
    document.add_picture(io.BytesIO(picture("PNG")))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def xlsx() -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("名录")
    for number, values in enumerate(ROWS):
        sheet.write_row(number + 1, 0, values)
    sheet.merge_range(0, 0, 0, 2, "5G工厂名录")
    sheet.write_number(5, 1, 0.326, book.add_format({"num_format": "0.0%"}))
    book.close()
    return stream.getvalue()


def pptx() -> bytes:
    import pptx as python_pptx

    deck = python_pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "先导区建设"
    slide.placeholders[1].text = WORDS
    stream = io.BytesIO()
    deck.save(stream)
    return stream.getvalue()


def ofd() -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    parts = {
        "OFD.xml": f'{head}<ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>'
        "Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"{head}<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID><ofd:PageArea>"
        "<ofd:PhysicalBox>"
        "0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>"
        '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/PublicRes.xml": f'{head}<ofd:Res {space} BaseLoc="Res"><ofd:Fonts>'
        '<ofd:Font ID="3" FontName="SimSun"/></ofd:Fonts></ofd:Res>',
        "Doc_0/Pages/Page_0/Content.xml": f'{head}<ofd:Page {space}><ofd:Content><ofd:Layer ID="4">'
        + "".join(
            f'<ofd:TextObject ID="{5 + n}" Boundary="20 {30 + 10 * n} 170 8" Font="3" Size="5">'
            '<ofd:TextCode X="0" Y="5" DeltaX="g '
            f'{len(line)} 5">{line}</ofd:TextCode></ofd:TextObject>'
            for n, line in enumerate(WORDS.split("\n"))
        )
        + "</ofd:Layer></ofd:Content></ofd:Page>",
    }
    return zipped({name: text.encode() for name, text in parts.items()})


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def seven_zip() -> bytes:
    import py7zr

    stream = io.BytesIO()
    with py7zr.SevenZipFile(stream, "w") as archive:
        archive.writestr(WORDS, "方案.txt")
    return stream.getvalue()


def tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = 3
        archive.addfile(info, io.BytesIO(b"abc"))
    return stream.getvalue()


PLAIN: dict[str, Callable[[], bytes]] = {
    "pdf": pdf,
    "scan.pdf": scan,
    "docx": docx,
    "xlsx": xlsx,
    "pptx": pptx,
    "ofd": ofd,
    "csv": lambda: "\r\n".join(",".join(row) for row in ROWS).encode("gbk"),
    "txt": lambda: WORDS.encode("utf-16"),
    "html": lambda: f"<html><body><h1>方案</h1><p>{WORDS}</p><table><tr><td>1<td>2</table></body></html>".encode(),
    "jpg": lambda: picture("JPEG"),
    "png": lambda: picture("PNG"),
    "tif": lambda: picture("TIFF"),
    "bmp": lambda: picture("BMP"),
    "webp": lambda: picture("WEBP"),
    "gif": lambda: picture("GIF"),
    "zip": lambda: zipped({"方案.docx": docx(), "内/证明.txt": WORDS.encode()}),
    "7z": seven_zip,
    "tar.gz": tar,
}
# Made from the others by LibreOffice, where it is installed.
CONVERTED = {"doc": "docx", "rtf": "docx", "odt": "docx", "xls": "xlsx", "ods": "xlsx", "ppt": "pptx", "odp": "pptx"}


def make_samples(folder: Path) -> dict[str, bytes]:
    """A sample of every format by its suffix."""
    samples = {suffix: make() for suffix, make in PLAIN.items()}
    if shutil.which("soffice"):
        for suffix, source in CONVERTED.items():
            (folder / f"sample.{source}").write_bytes(samples[source])
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", suffix, "--outdir",
                 str(folder), str(folder / f"sample.{source}")],
                capture_output=True, timeout=120, check=False,
            )  # fmt: skip
            made = folder / f"sample.{suffix}"
            if made.is_file():
                samples[suffix] = made.read_bytes()
    return samples
