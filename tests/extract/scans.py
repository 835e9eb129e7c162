"""Makes pages as office scanners and phones give them: text drawn with a known answer, then spoilt in known ways."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parents[1] / "fonts" / "serif-subset.otf"
Picture = NDArray[np.uint8]
DPI = 200
A4 = (1654, 2339)

PROSE = [
    "关于报送先导区试点申报材料的函",
    "东政函〔2024〕58号",
    "工业和信息化部：",
    "根据工业和信息化部办公厅通知要求，我市组织编制",
    "了“5G+工业互联网”融合应用先导区试点工作方案。",
    "截至2024年6月，全市建成5G基站32816个，每万人",
    "拥有5G基站数36.2个，常住人口906.5万人；规模以上",
    "工业企业3427家，其中开展5G全连接工厂建设的企业",
    "46家，建成省级以上智能工厂118家。近三年安排专项",
    "资金1.28亿元，撬动社会投资60.5亿元，网络下行均值",
    "865Mbps，时延12.5毫秒，联网率由38.6%提高到57.4%。",
    "附件：1.试点工作方案",
    "2.支撑证明材料（共10份）",
    "东川市人民政府办公室",
    "2024年9月18日",
]

TABLE = [
    ["序号", "企业名称", "应用场景", "数量", "验收"],
    ["1", "东川重型装备有限公司", "协同研发设计、远程设备操控、设备协同作业", "12", "√"],
    ["2", "长河钢铁股份有限公司", "柔性生产制造、现场辅助装配、机器视觉质检", "11", "√"],
    ["3", "新港化工（集团）有限公司", "设备故障诊断、厂区智能物流、无人智能巡检", "10", "—"],
    ["4", "南岭汽车零部件厂", "生产现场监测、生产单元模拟、精准动态作业", "8", "—"],
    ["5", "北原矿业", "生产能效管控、工艺合规校验", "1", "√"],
]


@dataclass
class Made:
    """A drawn page: its picture, its words line by line, and the grid of its table if it has one."""

    picture: Picture
    lines: list[str]
    grid: list[list[str]] = field(default_factory=list)


def font(points: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), round(points * DPI / 72))


def letter(points: float = 16) -> Made:
    """A page of an official letter; 三号 is 16 points."""
    image = Image.new("RGB", A4, "white")
    pen = ImageDraw.Draw(image)
    y = 260
    for index, text in enumerate(PROSE):
        face = font(points * (1.35 if index == 0 else 1))
        length = pen.textlength(text, font=face)
        x = (A4[0] - length) / 2 if index < 2 else (A4[0] - 190 - length if index >= len(PROSE) - 2 else 190)
        pen.text((x, y), text, fill="black", font=face)
        y += round(points * 1.75 * DPI / 72) + (40 if index < 2 else 0)
    return Made(np.asarray(image, dtype=np.uint8), list(PROSE))


def table(points: float = 10.5) -> Made:
    """A ruled table; 五号 is 10.5 points, 小五 9, 六号 7.5."""
    image = Image.new("RGB", A4, "white")
    pen = ImageDraw.Draw(image)
    face = font(points)
    unit = points * DPI / 72
    widths = [round(unit * n) for n in (3, 13, 22, 3, 3)]
    left, top, high = (A4[0] - sum(widths)) // 2, 300, round(unit * 1.9)
    pen.text((left, top - high), "典型应用场景企业清单", fill="black", font=face)
    for row, cells in enumerate(TABLE):
        x = left
        for width, text in zip(widths, cells, strict=True):
            y = top + row * high
            pen.rectangle((x, y, x + width, y + high), outline="black", width=2)
            length = pen.textlength(text, font=face)
            pen.text((x + (width - length) / 2, y + high * 0.22), text, fill="black", font=face)
            x += width
    lines = ["典型应用场景企业清单", *("".join(row) for row in TABLE)]
    return Made(np.asarray(image, dtype=np.uint8), lines, [list(row) for row in TABLE])


def sealed(picture: Picture, at: tuple[int, int], colour: tuple[int, int, int] = (220, 40, 40), radius: int = 210) -> Picture:
    """A round stamp with a star and words over what is there, its ink mixed with the print below as real ink is."""
    stamp = Image.new("L", (picture.shape[1], picture.shape[0]), 0)
    pen = ImageDraw.Draw(stamp)
    x, y = at
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=255, width=12)
    star = [(x + r * np.sin(np.pi * i / 5), y - r * np.cos(np.pi * i / 5)) for i, r in enumerate([70, 28] * 5)]
    pen.polygon([(float(a), float(b)) for a, b in star], fill=255)
    face = font(15)
    for index, char in enumerate("东川市人民政府办公室"):
        angle = np.pi * (index - 4.5) / 7
        glyph = Image.new("L", (60, 60), 0)
        ImageDraw.Draw(glyph).text((8, 2), char, fill=255, font=face)
        glyph = glyph.rotate(-float(np.degrees(angle)))
        stamp.paste(255, (round(x + 160 * float(np.sin(angle))) - 30, round(y - 160 * float(np.cos(angle))) - 30), glyph)
    ink = np.asarray(stamp, dtype=np.float32)[..., None] / 255 * 0.85
    tone = np.asarray(colour, dtype=np.float32) / 255
    mixed = picture.astype(np.float32) * (1 - ink + ink * tone)
    return np.clip(mixed, 0, 255).astype(np.uint8)


def tilted(picture: Picture, degrees: float) -> Picture:
    """Turned clockwise by a few degrees about the middle, the paper's edge white."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    level = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    return np.asarray(level, dtype=np.uint8)


def turned(picture: Picture, quarters: int) -> Picture:
    """Turned clockwise by quarter turns, as a page laid into the feeder the wrong way."""
    return np.ascontiguousarray(np.rot90(picture, -quarters))


def compressed(picture: Picture, quality: int = 30) -> Picture:
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer).convert("RGB"), dtype=np.uint8)


def shaded(picture: Picture, darkest: float = 0.45) -> Picture:
    """A photo's shadow from the right and yellowed paper."""
    height, width = picture.shape[:2]
    across = np.linspace(1.0, darkest, width, dtype=np.float32)[None, :, None]
    down = np.linspace(1.0, 0.85, height, dtype=np.float32)[:, None, None]
    yellow = np.asarray([0.98, 0.94, 0.82], dtype=np.float32)
    return np.clip(picture.astype(np.float32) * across * down * yellow, 0, 255).astype(np.uint8)


def faxed(picture: Picture) -> Picture:
    """Black and white alone, with specks."""
    rng = np.random.default_rng(7)
    grey = cv2.cvtColor(cv2.GaussianBlur(picture, (3, 3), 0), cv2.COLOR_RGB2GRAY)
    dark = grey < 150
    specks = rng.random(dark.shape) < 0.0006
    return np.repeat(np.where(dark | specks, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def faint(picture: Picture, noise: float = 6.0) -> Picture:
    """A pale copy: print at mid grey, with the sensor's noise."""
    rng = np.random.default_rng(11)
    pale = 238 - (255 - picture.astype(np.float32)) * 0.36 + rng.normal(0, noise, picture.shape)
    return np.clip(pale, 0, 255).astype(np.uint8)


def distance(said: str, true: str) -> int:
    """Edit distance."""
    row = list(range(len(true) + 1))
    for i, a in enumerate(said, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(true, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]


def error(said: list[str], true: list[str]) -> float:
    """Share of characters in error, white space left out and punctuation's width left aside."""
    wide = str.maketrans("，：；（）％＋", ",:;()%+")
    a, b = ("".join("".join(lines).split()).translate(wide) for lines in (said, true))
    return distance(a, b) / len(b)
