"""Pictures read: the OCR lane for one page picture, and picture files (jpg, png, tif, bmp, webp, gif) as documents."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from extract import ocr, scan
from extract.document import BBox, Document, Page, Problem
from extract.page import PageReading, Ruling, Word
from extract.problems import Damaged, EngineMissing, TooLarge

if TYPE_CHECKING:
    from extract.formats import ReadOptions, Source

MAX_PIXELS = 120_000_000  # a JPEG of 30,000 × 30,000 is refused before it is unpacked
WORKING = 9_000_000  # pixels at which a picture is read; A4 at 200 dpi has 3.9, at 300 dpi 8.7 million
MAX_FRAMES = 500
PAGE_SIDE = 842.0  # a picture file says little of its size on paper: it is taken for an A4 page, in points

_ADVICE = "请人工查看该页原件，或请申报单位提供更清晰的扫描件。"


def page_size(width: int, height: int) -> tuple[float, float]:
    """The size in points that a picture of so many pixels is given: as long as A4; a long screenshot is as wide as A4."""
    scale = min(PAGE_SIDE / max(width, height), 595.0 / min(width, height))
    if max(width, height) > 2.2 * min(width, height):
        scale = 595.0 / min(width, height)
    return width * scale, height * scale


def read_image(image: ocr.Picture, number: int, dpi: float, options: ReadOptions) -> PageReading:
    """One page picture (``uint8`` RGB, ``dpi`` pixels an inch) as words and ruling lines in points of the upright page.

    ``rotation`` is the clockwise turn that put it upright, ``skew`` the tilt that was taken off. A page that can't be read
    because there is no engine carries the problem.
    """
    scale = 72.0 / dpi
    height, width = image.shape[:2]
    if not options.ocr:
        advice = "请去掉 --no-ocr 后重新预审，或人工查看该页。"
        problem = Problem("ocr_off", f"第{number}页为图像，未启用文字识别", advice, number)
        return PageReading(number, width * scale, height * scale, (), lane="ocr", confidence=0.0, problems=(problem,))
    try:
        engine = ocr.engine(options.ocr_engine)
    except EngineMissing as error:
        problem = Problem(error.code, f"第{number}页为图像，{error.detail or error.message}", error.advice, number)
        return PageReading(number, width * scale, height * scale, (), lane="ocr", confidence=0.0, problems=(problem,))
    found = scan.read(image, engine)
    if found.blank:
        return PageReading(number, width * scale, height * scale, (), lane="blank")
    words = tuple(
        Word(
            word.text,
            BBox(word.box[0] * scale, word.box[1] * scale, word.box[2] * scale, word.box[3] * scale),
            tuple(round(edge * scale, 2) for edge in word.edges),
            (word.box[3] - word.box[1]) * scale * 0.8,  # the box has a margin above and below the characters
            False,
            round(word.confidence, 3),
            word.raw,
        )
        for word in found.words
    )
    total = sum(len(word.text) for word in words)
    confidence = sum(word.confidence * len(word.text) for word in words) / total if total else 0.0
    lines = tuple(Ruling(s.x0 * scale, s.y0 * scale, s.x1 * scale, s.y1 * scale) for s in found.strokes)
    problems: tuple[Problem, ...] = ()
    if not words:
        problems = (Problem("no_words", f"第{number}页有图像，但未识别出文字", _ADVICE, number, "note"),)
    elif confidence < 0.6:
        problems = (Problem("poor_scan", f"第{number}页识别把握低（{confidence:.0%}），可能有误读", _ADVICE, number),)
    if found.illegible and words and not problems:
        # A line or two is worth a look; a page that has lost a fifth of its lines has not been read.
        rows = len({round(word.box.bottom / 6) for word in words})
        weight: Literal["lost", "note"] = "lost" if found.illegible >= 3 and found.illegible > 0.2 * rows else "note"
        message = f"第{number}页有{found.illegible}行文字模糊，未能辨认"
        problems = (Problem("illegible_lines", message, _ADVICE, number, weight),)
    size = found.width * scale, found.height * scale
    return PageReading(number, *size, words, lines, (), "ocr", round(confidence, 3), found.rotation, found.skew, problems)


def rulings(image: ocr.Picture, dpi: float) -> list[Ruling]:
    """The ruling lines of a level page picture, in points."""
    scale = 72.0 / dpi
    found = scan.strokes(scan.without_seals(scan.evened(image)))
    return [Ruling(s.x0 * scale, s.y0 * scale, s.x1 * scale, s.y1 * scale) for s in found]


def read_picture_file(source: Source, options: ReadOptions) -> Document:
    """A picture file as a document: a page a frame, turned as its camera noted. Raises ``TooLarge``, ``Damaged``."""
    from extract import layout

    Image.MAX_IMAGE_PIXELS = None  # the size is checked here, with a message of our own
    try:
        opened = Image.open(io.BytesIO(source.file.read_bytes()))
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise Damaged("图片无法打开") from error
    if opened.width * opened.height > MAX_PIXELS:
        raise TooLarge(f"图片为{opened.width}×{opened.height}像素，上限为{MAX_PIXELS // 10000}万像素")
    kind = (opened.format or "image").lower()
    if kind == "jpeg":
        opened.draft("RGB", (3000, 3000))  # a camera's 100 million pixels are unpacked at a fraction of the memory
    readings: list[PageReading] = []
    problems: list[Problem] = []
    for number, frame in enumerate(ImageSequence.Iterator(opened), 1):
        if number > MAX_FRAMES:
            problems.append(Problem("too_many_pages", f"图片超过{MAX_FRAMES}页，其余未读", "请拆分后重新预审。"))
            break
        try:
            picture, dpi = _prepared(frame)
        except (OSError, ValueError, SyntaxError) as error:
            if not readings:
                raise Damaged("图片数据不完整") from error
            problems.append(Problem("damaged", f"第{number}页图片数据不完整，未能读取", "请申报单位重新提供该文件。", number))
            continue
        reading = read_image(picture, number, dpi, options)
        readings.append(reading)
        problems += reading.problems
        if kind in ("gif", "webp", "mpo"):
            break  # an animation's or a phone's further frames are no further pages
    blocks = scan.tilted_back(layout.blocks(readings), readings)
    pages = tuple(_page(reading) for reading in readings)
    if not blocks and not problems:
        if all(reading.lane == "blank" for reading in readings):
            problems.append(Problem("blank_scan", "图片为空白，没有读到任何内容", "请人工查看原件，或请申报单位重新提供。"))
        else:
            problems.append(Problem("no_words", "图片中未识别出文字", _ADVICE))
    engine = "" if not options.ocr else ocr.chosen(options.ocr_engine)
    return Document(source.path, "jpg" if kind == "jpeg" else kind, source.sha256, tuple(blocks), pages, tuple(problems), engine)


def _page(reading: PageReading) -> Page:
    status: Literal["read", "blank", "unreadable"] = "read" if reading.words else "unreadable"
    if reading.lane == "blank":
        status = "blank"
    size = reading.width, reading.height
    return Page(reading.number, *size, reading.lane, status, reading.confidence, reading.rotation, reading.skew)


def _prepared(frame: Image.Image) -> tuple[ocr.Picture, float]:
    """A frame as RGB at the working size, and the dpi at which its page has its ``page_size``."""
    upright = ImageOps.exif_transpose(frame) or frame
    if upright.mode.startswith(("I", "F")):  # 16 bits a point: brought down to 8, or all of it would turn white
        deep = np.asarray(upright, dtype=np.float64)
        upright = Image.fromarray(np.clip(deep * (255.0 / max(float(deep.max()), 1.0)), 0, 255).astype(np.uint8))
    if upright.mode in ("RGBA", "LA", "P", "PA"):
        upright = upright.convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright)
    upright = upright.convert("RGB")
    area, shorter, longer = upright.width * upright.height, min(upright.size), max(upright.size)
    change = 1.0
    if area > WORKING:
        change = (WORKING / area) ** 0.5
    elif longer < 1400:
        change = min(3.0, 1400 / longer, max(1.0, 900 / shorter))  # print of a small picture is larger when it is larger
    if change != 1.0:
        size = max(1, round(upright.width * change)), max(1, round(upright.height * change))
        upright = upright.resize(size, Image.Resampling.LANCZOS if change < 1 else Image.Resampling.BICUBIC)
    dpi = upright.width / page_size(*upright.size)[0] * 72.0
    return np.ascontiguousarray(np.asarray(upright, dtype=np.uint8)), dpi
