"""A small maker of test PDFs: words, lines and tables at stated places, points from the upper left corner."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT, CID_FONT = "Boxes", "STSong-Light"
SENTENCE = "全市深入推进新型工业化，围绕装备制造、新材料、电子信息三大主导产业开展网络化改造，累计建成5G基站12345个。"


def _box_font() -> BytesIO:
    """A font of our own with a box for every character of GB 2312: embedded and mapped like an office's, needing no font file."""
    hanzi = [bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    wide = [c for c in [*hanzi, *"，。、；：？！“”‘’（）《》〈〉【】〔〕—…·％＋－．／０１２３４５６７８９①②③④⑤№㎡※●□○"] if c]
    narrow = [chr(code) for code in range(33, 127)] + ["²", "³"]
    pen = TTGlyphPen(None)
    for points in (((60, 0), (60, 700), (440, 700), (440, 0)),):
        pen.moveTo(points[0])
        for point in points[1:]:
            pen.lineTo(point)
        pen.closePath()
    glyph = pen.glyph()
    names = {" ": "space"} | {c: f"u{ord(c):04X}" for c in (*narrow, *dict.fromkeys(wide))}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(c): name for c, name in names.items()})
    builder.setupGlyf(dict.fromkeys((".notdef", *names.values()), glyph))
    builder.setupHorizontalMetrics(
        {".notdef": (1000, 0)} | {name: (500 if c in narrow or c == " " else 1000, 60) for c, name in names.items()}
    )
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": FONT, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    stream = BytesIO()
    builder.save(stream)
    stream.seek(0)
    return stream


pdfmetrics.registerFont(TTFont(FONT, _box_font()))
pdfmetrics.registerFont(UnicodeCIDFont(CID_FONT))


class Pdf:
    """A PDF in the making; every method draws on the current page."""

    def __init__(self, file: Path, size: tuple[float, float] = A4, **options: object) -> None:
        self.file = file
        self.width, self.height = size
        self.canvas = Canvas(str(file), pagesize=size, **options)  # type: ignore[arg-type]

    def text(
        self, x: float, y: float, words: str, size: float = 12, *, bold: bool = False, mode: int | None = None, font: str = FONT
    ) -> float:
        """Words with their baseline at ``y``; gives their right end. ``mode`` is the text rendering mode (3: invisible)."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, words, mode=2 if bold else mode)
        return x + pdfmetrics.stringWidth(words, font, size)

    def centred(self, y: float, words: str, size: float = 12, *, bold: bool = False) -> None:
        self.text((self.width - pdfmetrics.stringWidth(words, FONT, size)) / 2, y, words, size, bold=bold)

    def prose(
        self, x: float, y: float, words: str, width: float, size: float = 12, pitch: float = 20, indent: bool = True
    ) -> float:
        """A paragraph broken at ``width``, first line indented by two characters; gives the baseline after it."""
        line, room = "", width - (2 * size if indent else 0)
        start = x + (2 * size if indent else 0)
        for character in words:
            if pdfmetrics.stringWidth(line + character, FONT, size) > room + 0.01:
                self.text(start, y, line, size)
                y, line, room, start = y + pitch, "", width, x
            line += character
        self.text(start, y, line, size)
        return y + pitch

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0)

    def table(
        self,
        x: float,
        y: float,
        widths: Sequence[float],
        rows: Sequence[Sequence[str]],
        *,
        height: float = 20,
        spans: Sequence[tuple[int, int, int, int]] = (),
        size: float = 10,
        pad: float = 4,
    ) -> float:
        """A ruled table, one box per cell; words wrap at the cell's width. Gives its foot.

        ``spans`` are (row, col, rowspan, colspan).
        """
        deep = []
        for r, row in enumerate(rows):
            alone = [(c, words) for c, words in enumerate(row) if not _spanned(spans, r, c)]
            deep.append(max([1, *(len(wrapped(words, widths[c] - 2 * pad, size)) for c, words in alone)]))
        tops = [y]
        for lines in deep:
            tops.append(tops[-1] + max(height, lines * size * 1.3 + 2 * pad))
        lefts = [x]
        for width in widths:
            lefts.append(lefts[-1] + width)
        for r, row in enumerate(rows):
            for c, words in enumerate(row):
                down, across = next(((d, a) for sr, sc, d, a in spans if (sr, sc) == (r, c)), (1, 1))
                if _covered(spans, r, c):
                    continue
                self.box(lefts[c], tops[r], lefts[c + across], tops[r + down])
                baseline = tops[r] + pad + size
                for part in wrapped(words, lefts[c + across] - lefts[c] - 2 * pad, size):
                    self.text(lefts[c] + pad, baseline, part, size)
                    baseline += 1.3 * size
        return tops[-1]

    def page(self) -> None:
        self.canvas.showPage()

    def save(self) -> Path:
        self.canvas.save()
        return self.file


def wrapped(words: str, width: float, size: float) -> list[str]:
    """Words as lines no wider than ``width``."""
    lines = [""]
    for character in words:
        if pdfmetrics.stringWidth(lines[-1] + character, FONT, size) > width and lines[-1]:
            lines.append("")
        lines[-1] += character
    return lines if words else []


def _spanned(spans: Sequence[tuple[int, int, int, int]], row: int, col: int) -> bool:
    return any(r <= row < r + d and c <= col < c + a for r, c, d, a in spans)


def _covered(spans: Sequence[tuple[int, int, int, int]], row: int, col: int) -> bool:
    return _spanned(spans, row, col) and not any((r, c) == (row, col) for r, c, _, _ in spans)


def plan(file: Path, pages: int = 75) -> list[list[list[str]]]:
    """A plan-like document: prose with headings, every second page with a table; gives the tables' rows."""
    pdf = Pdf(file)
    tables = []
    for number in range(1, pages + 1):
        pdf.text(72, 50, "某市“5G+工业互联网”融合应用先导区试点工作方案", 9)
        y = 90.0
        pdf.text(96, y, f"（{'一二三四五六七八九十'[number % 10]}）重点任务{number}", 14, bold=True)
        y = pdf.prose(72, y + 26, SENTENCE * 4, 450)
        if number % 2:
            rows = [["序号", "指标名称", "单位", "2024年", "2025年", "2026年", "责任单位"]]
            for row in range(1, 17):
                rows.append(
                    [
                        str(row),
                        f"指标{number}之{row}的名称较长需要折行显示",
                        "个",
                        f"{row * 37 % 100}.{row}",
                        f"{row * 1234:,}",
                        str(row * 5),
                        "市工业和信息化局",
                    ]
                )
            merged = [(1, 6, 4, 1), (5, 6, 6, 1), (11, 6, 6, 1)]
            pdf.text(220, y + 12, f"表{number} 分年度目标", 12)
            pdf.table(72, y + 20, [30, 150, 35, 55, 55, 50, 75], rows, spans=merged, size=9)
            tables.append(rows)
        else:
            for _ in range(5):
                y = pdf.prose(72, y, SENTENCE * 3, 450)
        pdf.text(290, 800, f"- {number} -", 9)
        pdf.page()
    pdf.save()
    return tables
