"""PDF: each page by itself picks its lane (text, OCR, both), and becomes words and rulings for ``layout``."""

from __future__ import annotations

import ctypes
import itertools
import logging
import math
import re
from array import array
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import pypdfium2
import pypdfium2.raw as raw

from extract import fields, layout
from extract.document import BBox, Block, Document, Page, Problem
from extract.page import PageReading, Ruling, Word
from extract.problems import Damaged, Encrypted, ExtractError
from extract.text import broken_share, common_share, superscript, word_share

if TYPE_CHECKING:
    from extract.formats import ReadOptions, Source

MAX_PAGES = 3000
OCR_DPI = 200.0
MAX_PIXELS = 24_000_000  # a page of 10 m × 10 m must not become a picture of 10 gigapixels
MAX_OBJECTS = 60_000  # paths on one page that are looked at for rulings; drawings beyond that are no tables
THIN = 2.6  # a filled rectangle no thicker than this (points) is a line
FORM_DEPTH = 6


def _function(name: str, result: Any) -> Any:
    """A second view of a pdfium function that takes its arguments as they are: a call costs a quarter of the usual binding's.

    Whole numbers pass as C's ``int``, addresses by ``_at`` only: a bare number would lose its upper half.
    """
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0)


_P, _I, _F = ctypes.c_void_p, ctypes.c_int, ctypes.c_float
_at = _P.from_param
_loose_box = _function("FPDFText_GetLooseCharBox", _I)
_count_characters = _function("FPDFText_CountChars", _I)
_unicode = _function("FPDFText_GetUnicode", ctypes.c_uint)
_get_text = _function("FPDFText_GetText", _I)
_text_object = _function("FPDFText_GetTextObject", _P)
_font_size = _function("FPDFTextObj_GetFontSize", _I)
_render_mode = _function("FPDFTextObj_GetTextRenderMode", _I)
_font_of = _function("FPDFTextObj_GetFont", _P)
_font_name = _function("FPDFFont_GetBaseFontName", ctypes.c_size_t)
_font_weight = _function("FPDFFont_GetWeight", _I)
_matrix = _function("FPDFPageObj_GetMatrix", _I)
_bounds = _function("FPDFPageObj_GetBounds", _I)
_type = _function("FPDFPageObj_GetType", _I)
_draw_mode = _function("FPDFPath_GetDrawMode", _I)
_fill_color = _function("FPDFPageObj_GetFillColor", _I)
_count_segments = _function("FPDFPath_CountSegments", _I)
_segment = _function("FPDFPath_GetPathSegment", _P)
_segment_type = _function("FPDFPathSegment_GetType", _I)
_segment_point = _function("FPDFPathSegment_GetPoint", _I)
_segment_close = _function("FPDFPathSegment_GetClose", _I)
_form_count = _function("FPDFFormObj_CountObjects", _I)
_form_object = _function("FPDFFormObj_GetObject", _P)
_page_count = _function("FPDFPage_CountObjects", _I)
_page_object = _function("FPDFPage_GetObject", _P)

# pdfium writes its answers here; one place for all calls, since making one for each would cost more than the calls.
_ROOM = np.zeros(8192, np.float32)
_ROOM_AT = [_at(_ROOM.ctypes.data + 4 * index) for index in range(len(_ROOM))]
# Only where the whole answer has room: pdfium writes past the end without asking.
_FOURS_AT, _SIXES_AT = ([_ROOM_AT[at] for at in range(0, len(_ROOM) - size + 1, size)] for size in (4, 6))
_BATCH = len(_SIXES_AT)
# The same for answers that are whole numbers, 32 bits each.
_WHOLE = np.zeros(4 * _BATCH, np.int32)
_WHOLE_AT = [_at(_WHOLE.ctypes.data + 4 * index) for index in range(len(_WHOLE))]
_POINT, _BOX, _MATRIX = array("f", bytes(8)), array("f", bytes(16)), array("f", bytes(24))


def _at_each(place: Any) -> list[Any]:
    return [_at(place.buffer_info()[0] + place.itemsize * index) for index in range(len(place))]


_POINT_AT, _BOX_AT, _MATRIX_AT = map(_at_each, (_POINT, _BOX, _MATRIX))

# A named tuple made by C alone: thousands of them a page.
_new: Any = tuple.__new__

Matrix = tuple[float, float, float, float, float, float]


def read_pdf(source: Source, options: ReadOptions) -> Document:
    """Read a PDF file: blocks of all pages, the pages with their lanes, and a problem for each page that could not be read.

    Raises ``Encrypted`` (a password other than the empty one), ``Damaged`` (not openable, no pages), never for one bad page.
    """
    problems: list[Problem] = []
    with _opened(Path(source.file)) as pdf:
        total = len(pdf)
        if total == 0:
            raise Damaged("没有任何页面")
        if _is_cut_off(Path(source.file)):
            problems.append(Problem("truncated", "文件末尾缺失，可能不完整，末尾若干页或内容可能未读到", Damaged.advice))
        wanted = _wanted_pages(total, options, problems)
        pages, readings = [], []
        for number, handle in _loaded(pdf, wanted):
            try:
                if not handle:
                    raise Damaged("页面无法打开", page=number)
                reading, page = read_page(pdf, handle, number, options)
            except ExtractError as error:
                problems.append(replace(error.as_problem(), page=number))
                pages.append(Page(number, 0.0, 0.0, status="unreadable", confidence=0.0))
                continue
            except Exception as error:  # one broken page must not cost the others; the reason is kept in the problem
                problems.append(_lost_page(number, f"页面内容损坏（{type(error).__name__}）"))
                pages.append(Page(number, 0.0, 0.0, status="unreadable", confidence=0.0))
                continue
            problems += reading.problems
            readings.append(replace(reading, problems=()))
            pages.append(page)
        meta = _meta(pdf)
    problems += _blank_problems(pages)
    return Document(
        path=source.path,
        format="pdf",
        sha256=source.sha256,
        blocks=tuple(_blocks(readings)),
        pages=tuple(pages),
        problems=tuple(problems),
        engine=f"pdfium {pypdfium2.PDFIUM_INFO.version}",
        meta=meta,
    )


def _blocks(readings: list[PageReading]) -> list[Block]:
    found = layout.blocks(readings)
    if not any(reading.skew for reading in readings):
        return found
    from extract import scan  # late, as all of the picture lane

    return scan.tilted_back(found, readings)


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    """The PDF as pdfium opens it (it tries the empty password by itself); closed with all its pages afterwards."""
    try:
        pdf = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise Encrypted() from error
        raise Damaged() from error
    try:
        yield pdf
    finally:
        pdf.close()


def _loaded(pdf: Any, numbers: list[int]) -> Iterator[tuple[int, Any]]:
    """Each page's number and handle (null where pdfium cannot load it), closed later.

    A page stays open until the next one is loaded: pdfium forgets a font with the last page that uses it.
    """
    before = None
    try:
        for number in numbers:
            page = raw.FPDF_LoadPage(pdf, number - 1)
            if before:
                raw.FPDF_ClosePage(before)
            before = page
            yield number, page
    finally:
        if before:
            raw.FPDF_ClosePage(before)


def _is_cut_off(file: Path) -> bool:
    """Whether the end mark that every complete PDF carries is missing from the file's tail."""
    with file.open("rb") as stream:
        stream.seek(0, 2)
        size = stream.tell()
        stream.seek(max(0, size - 4096))
        return b"%%EOF" not in stream.read()


def _wanted_pages(total: int, options: ReadOptions, problems: list[Problem]) -> list[int]:
    """The page numbers to read; pages beyond the limit are named in a problem."""
    first, stop = options.pages or (1, total + 1)
    wanted = list(range(max(1, first), min(stop, total + 1)))
    limit = options.max_pages or MAX_PAGES
    if len(wanted) > limit:
        rest = wanted[limit:]
        problems.append(
            Problem(
                "too_many_pages",
                f"文件共{total}页，超出单个文件的页数上限{limit}页，第{rest[0]}至{rest[-1]}页未读取",
                "请拆分该文件后重新预审，或人工核对未读取的页面。",
                rest[0],
            )
        )
        wanted = wanted[:limit]
    return wanted


def _meta(pdf: Any) -> dict[str, str]:
    try:
        return {key: value for key, value in pdf.get_metadata_dict(skip_empty=True).items() if isinstance(value, str)}
    except Exception:  # metadata in a broken file is not worth losing the file for
        return {}


def _lost_page(number: int, why: str) -> Problem:
    return Problem(
        "page_unreadable", f"第{number}页未能读取：{why}", "请人工核对该页，或请申报单位提供清晰的扫描件或可检索的 PDF。", number
    )


def _blank_problems(pages: list[Page]) -> list[Problem]:
    """A blank page among others is a note; a document of blank pages alone could not be read."""
    blank = [page.number for page in pages if page.status == "blank"]
    if not blank:
        return []
    if len(blank) == len(pages):
        return [
            Problem(
                "blank_scan",
                "全部页面为空白，没有读到任何内容",
                "请核对扫描件是否漏扫、反面扫描，并请申报单位重新提供。",
                blank[0],
            )
        ]
    named = "、".join(str(number) for number in blank[:20]) + ("等" if len(blank) > 20 else "")
    return [Problem("blank_page", f"第{named}页为空白页", "请确认原件该页确无内容。", blank[0], "note")]


# --- one page ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Frame:
    """From a page's own coordinates to the page as seen: origin upper left, CropBox and /Rotate applied."""

    width: float
    height: float
    matrix: Matrix
    quarters: int = 0  # clockwise quarter turns from the page's own coordinates
    turned: int = 0  # degrees clockwise, beyond the page's own /Rotate, that put sideways words upright

    def boxes(self, left: Any, bottom: Any, right: Any, top: Any) -> tuple[Any, Any, Any, Any]:
        """x0, top, x1, bottom as seen, of numbers or arrays."""
        a, b, c, d, e, f = self.matrix
        if not b and not c:  # the usual page, upright
            xa, xb, ya, yb = a * left + e, a * right + e, d * bottom + f, d * top + f
        else:
            xa, xb = a * left + c * bottom + e, a * right + c * top + e
            ya, yb = b * left + d * bottom + f, b * right + d * top + f
        return np.minimum(xa, xb), np.minimum(ya, yb), np.maximum(xa, xb), np.maximum(ya, yb)


def _frame(page: Any) -> _Frame:
    width, height = float(raw.FPDF_GetPageWidthF(page)), float(raw.FPDF_GetPageHeightF(page))
    box = raw.FS_RECTF()
    if raw.FPDF_GetPageBoundingBox(page, box):
        x0, y0, x1, y1 = float(box.left), float(box.bottom), float(box.right), float(box.top)
    else:
        x0, y0, x1, y1 = 0.0, 0.0, width, height
    matrices: dict[int, Matrix] = {
        0: (1.0, 0.0, 0.0, -1.0, -x0, y1),
        1: (0.0, 1.0, 1.0, 0.0, -y0, -x0),
        2: (-1.0, 0.0, 0.0, 1.0, x1, -y0),
        3: (0.0, -1.0, -1.0, 0.0, y1, x1),
    }
    quarters = raw.FPDFPage_GetRotation(page) % 4
    return _Frame(width, height, matrices[quarters], quarters)


def _upright(frame: _Frame, turns: int) -> _Frame:
    """The frame of a page turned clockwise by quarter turns, so that words printed sideways run from left to right."""
    width, height = frame.width, frame.height
    matrices: dict[int, Matrix] = {
        1: (0.0, 1.0, -1.0, 0.0, height, 0.0),
        2: (-1.0, 0.0, 0.0, -1.0, width, height),
        3: (0.0, -1.0, 1.0, 0.0, 0.0, width),
    }
    matrix = _product(frame.matrix, matrices[turns])
    size = (height, width) if turns % 2 else (width, height)
    return _Frame(*size, matrix, (frame.quarters + turns) % 4, frame.turned + 90 * turns)


def read_page(pdf: Any, page: Any, number: int, options: ReadOptions) -> tuple[PageReading, Page]:
    """Read one loaded page (its pdfium handle) of an open ``pypdfium2.PdfDocument``; pages count from 1."""
    undrawn = fields.undrawn(page)
    if not fields.flattened(page):
        return _read_page(pdf, page, number, options, undrawn)
    drawn = raw.FPDF_LoadPage(pdf, number - 1)
    try:
        return _read_page(pdf, drawn or page, number, options, undrawn)
    finally:
        if drawn:
            raw.FPDF_ClosePage(drawn)


def _read_page(pdf: Any, page: Any, number: int, options: ReadOptions, undrawn: list[fields.Field]) -> tuple[PageReading, Page]:
    frame = _frame(page)
    text = _page_text(page, frame)
    if text.sideways:
        frame = _upright(frame, text.sideways)
        text = _page_text(page, frame)
    if undrawn:
        filled = [w for place, said, size in undrawn for w in fields.words_in(BBox(*frame.boxes(*place)), said, size)]
        text = replace(text, words=text.words + filled, count=text.count + sum(len(word.text) for word in filled))
    drawing = _page_drawing(page, frame)
    if drawing.pictures or drawing.curves or text.count < 40 or text.broken or text.hidden:
        return _choose_lane(pdf, page, number, frame, text, drawing, options)
    return _reading(number, frame, text, drawing)


def _reading(number: int, frame: _Frame, text: _Text, drawing: _Drawing, **more: Any) -> tuple[PageReading, Page]:
    reading = PageReading(
        number,
        frame.width,
        frame.height,
        tuple(text.words),
        tuple(drawing.rulings),
        tuple(drawing.pictures),
        rotation=frame.turned,
        **more,
    )
    return reading, _page_of(reading)


def _page_of(reading: PageReading) -> Page:
    return Page(
        reading.number,
        reading.width,
        reading.height,
        reading.lane,
        "blank" if reading.lane == "blank" else "read",
        reading.confidence,
        reading.rotation,
        reading.skew,
    )


# --- the text lane ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Text:
    """The words of a page's text layer, and what is suspicious about it."""

    words: list[Word]
    count: int = 0  # characters other than white space
    hidden: bool = False  # most of it is drawn invisibly: an OCR layer under a picture
    broken: bool = False  # the fonts' mapping to characters is missing or wrong
    sideways: int = 0  # quarter turns (clockwise) that would put most of the words upright


_INK = np.ones(0x110000, bool)  # of code points: which are no white space
_INK[[0, 9, 10, 13, 32, 0xA0, 0xAD, 0x200B, 0x3000, 0xFEFF]] = False
_EMPTY = _Text([])


def _address_of(place: Any) -> Any:
    """A handle of the usual binding as an argument for the functions above."""
    return _at(ctypes.cast(place, _P).value)


def _page_text(page: Any, frame: _Frame) -> _Text:
    textpage = raw.FPDFText_LoadPage(page)
    if not textpage:
        return _EMPTY
    try:
        return _words(_address_of(textpage), frame)
    finally:
        raw.FPDFText_ClosePage(textpage)


def _characters(textpage: Any, count: int) -> Any:
    """The code points of a text page, one per pdfium character."""
    buffer = np.empty(count + 1, np.uint16)
    if _get_text(textpage, 0, count, _at(buffer.ctypes.data)) == count + 1:
        codes = buffer[:count].astype(np.uint32)
        if not ((codes >= 0xD800) & (codes < 0xE000)).any():
            return codes
    # Characters beyond the basic plane or without a code: the text and the character list count differently.
    return np.fromiter((_unicode(textpage, i) for i in range(count)), np.uint32, count)


def _loose_boxes(textpage: Any, indices: list[int]) -> Any:
    """Left, top, right and bottom of characters. One call each is what this lane costs: the loop over them runs in C."""
    found = np.empty((len(indices), 4))
    for start in range(0, len(indices), len(_FOURS_AT)):
        part = indices[start : start + len(_FOURS_AT)]
        deque(map(_loose_box, repeat(textpage), part, _FOURS_AT), maxlen=0)
        found[start : start + len(part)] = _ROOM[: 4 * len(part)].reshape(-1, 4)
    return found.T


def _words(textpage: Any, frame: _Frame) -> _Text:
    count = _count_characters(textpage)
    if count <= 0:
        return _EMPTY
    characters = codes = _characters(textpage, count)
    np.minimum(codes, 0x10FFFF, out=codes)
    places = np.flatnonzero(_INK[codes])
    if not len(places):
        return _Text([], broken=bool((codes == 0).sum() > 10))
    left, top, right, bottom = _loose_boxes(textpage, places.tolist())
    x0, y0, x1, y1 = frame.boxes(left, bottom, right, top)
    codes = codes[places]
    keep = (x1 > -5) & (x0 < frame.width + 5) & (y1 > -5) & (y0 < frame.height + 5) & (y1 > y0)
    keep &= ~_doubles(codes, x0, y0, x1, y1)
    if not keep.all():
        codes, places, x0, y0, x1, y1 = (array[keep] for array in (codes, places, x0, y0, x1, y1))
    if not len(codes):
        return _EMPTY
    width, height, middle = x1 - x0, y1 - y0, (y0 + y1) / 2
    gap = x0[1:] - x1[:-1]
    em = np.minimum(height[1:], height[:-1])
    together = (
        (places[1:] - places[:-1] == 1)
        & (abs(middle[1:] - middle[:-1]) < 0.12 * em)
        & (abs(height[1:] - height[:-1]) < 0.12 * em)
        & (gap < 0.3 * em)
        & (x0[1:] >= x0[:-1])
        & (gap > -0.6 * np.maximum(width[:-1], 1.0))
    )
    breaks = np.flatnonzero(~together)
    first, last = np.append(0, breaks + 1), np.append(breaks, len(codes) - 1)
    odd = ((codes >= 0xD800) & (codes < 0xE000)) | (codes == 0x10FFFF)
    codes[odd] = 0xFFFD
    text = codes.astype("<u4", copy=False).tobytes().decode("utf-32-le")
    unmapped = len(characters) - int(np.count_nonzero(characters))
    broken = (broken_share(text) * len(text) + unmapped) / (len(text) + unmapped)
    lefts = x0.round(2).tolist()
    boxes = np.array((y0[first], x1[last], y1[first])).round(2).tolist()
    words: list[Word] = []
    hidden = 0
    turns = dict.fromkeys(range(4), 0)
    leaning: list[tuple[int, int]] = []  # words that lie on their side: their places among the words, and their turns
    styles = _styles(textpage, places[first].tolist(), frame)
    for start, end, (size, bold, mode, turn), box_top, right_edge, box_bottom in zip(
        first.tolist(), (last + 1).tolist(), styles, *boxes, strict=True
    ):
        size = size or box_bottom - box_top
        if mode == 3:
            hidden += end - start
        if turn is None:  # a watermark across the page is no line of the text
            continue
        turns[turn] += end - start
        if turn == 0 and box_bottom - box_top > 1.7 * size:  # fonts that claim absurd heights
            spare = (box_bottom - box_top - 1.4 * size) / 2
            box_top, box_bottom = box_top + spare, box_bottom - spare
        box = _new(BBox, (lefts[start], box_top, right_edge, box_bottom))
        if turn:
            leaning.append((len(words), turn))
        words.append(_new(Word, (text[start:end], box, (*lefts[start:end], right_edge), size, bold, 1.0, "")))
    turn = max(turns, key=turns.__getitem__)
    if turn and 2 * turns[turn] < len(text):
        turn = 0
    if leaning and not turn:
        words = _runs_on_their_side(words, leaning)
    common = common_share(text)
    lies = broken > 0.1 or (len(text) >= 60 and (common < 0.5 or _is_mojibake(text)))
    return _Text(_raised(words), len(text), hidden > 0.6 * len(text), lies, (4 - turn) % 4)


_ACCENTED = re.compile("[\u00a1-\u017f]")


def _is_mojibake(text: str) -> bool:
    """Chinese bytes read as Western letters: many accented letters, hardly a Chinese character."""
    return len(_ACCENTED.findall(text)) > 0.25 * len(text)


def _doubles(codes: Any, x0: Any, y0: Any, x1: Any, y1: Any) -> Any:
    """Characters drawn again over themselves to look bold: a mask of the second and later ones."""
    if len(codes) < 2:
        return np.zeros(len(codes), bool)
    # One number to sort by: the code, then the place from left to right and from the top down, in 1/64 of a point.
    keys = (codes.astype(np.int64) << 42) + ((64 * x0).astype(np.int64) << 21) + (64 * y0).astype(np.int64)
    order = keys.argsort()
    keys, tops = keys[order], y0[order]
    widths, heights = x1 - x0, y1 - y0
    wide, high = np.maximum.reduce(widths, initial=0.1), np.maximum.reduce(heights, initial=0.1)
    reach = int(64 * 0.3 * wide + 2) << 21
    doubled = np.zeros(len(codes), bool)
    for step in (1, 2):
        near = np.flatnonzero((keys[step:] - keys[:-step] < reach) & (abs(tops[step:] - tops[:-step]) < 0.3 * high))
        if not len(near):
            continue
        one, two = order[near], order[near + step]
        width, height = np.maximum(widths[one], 0.1), np.maximum(heights[one], 0.1)
        same = (codes[one] == codes[two]) & (abs(x0[one] - x0[two]) < 0.3 * width) & (abs(y0[one] - y0[two]) < 0.3 * height)
        same &= abs(widths[one] - widths[two]) < 0.3 * width  # a large watermark over a character is no double of it
        doubled[np.maximum(one[same], two[same])] = True
    return doubled


class _Style(NamedTuple):
    size: float
    bold: bool
    mode: int
    turn: int | None  # quarter turns clockwise as seen; None for slanted lines of text


_UNSTYLED = _Style(0.0, False, 0, 0)


def _styles(textpage: Any, indices: list[int], frame: _Frame) -> list[_Style]:
    """Size, weight, drawing mode and direction of characters, as their text objects tell; asked for in loops that run in C."""
    handles = list(map(_text_object, repeat(textpage), indices))
    objects = [handle for handle in dict.fromkeys(handles) if handle]
    known: dict[Any, _Style] = {}
    fonts: dict[int | None, bool] = {}
    found: dict[int | None, _Style] = {None: _UNSTYLED}
    last: tuple[Any, ...] = ()
    style = _UNSTYLED
    for start in range(0, len(objects), len(_SIXES_AT)):
        part = objects[start : start + len(_SIXES_AT)]
        places = list(map(_at, part))
        deque(map(_font_size, places, _ROOM_AT), maxlen=0)
        sizes = _ROOM[: len(part)].tolist()
        deque(map(_matrix, places, _SIXES_AT), maxlen=0)
        columns = _ROOM[: 6 * len(part)].reshape(-1, 6).T.tolist()
        looks = zip(sizes, *columns[:4], map(_render_mode, places), map(_font_of, places), strict=True)
        for handle, look in zip(part, looks, strict=True):
            if look != last:
                last = look
                style = known.get(look) or _style(look, frame, fonts)
                known[look] = style
            found[handle] = style
    return [found[handle] for handle in handles]


def _style(look: tuple[Any, ...], frame: _Frame, fonts: dict[int | None, bool]) -> _Style:
    """The style of a text object by its font size, matrix, drawing mode and font."""
    size, a, b, c, d, mode, font = look
    bold = fonts.get(font)
    if bold is None:
        bold = fonts[font] = bool(font) and _is_bold(_at(font))
    turn = _turn(a, b) if b or a <= 0 else 0
    size = round(abs(size) * (math.hypot(c, d) if c else abs(d)), 1)
    return _Style(size, mode == 2 or bold, mode, None if turn is None else (frame.quarters - turn) % 4)


def _turn(a: float, b: float) -> int | None:
    angle = math.degrees(math.atan2(b, a)) % 360
    nearest = round(angle / 90)
    return nearest % 4 if abs(angle - 90 * nearest) < 8 else None


def _is_bold(font: Any) -> bool:
    buffer = ctypes.create_string_buffer(128)
    _font_name(font, buffer, ctypes.c_size_t(127))
    name = buffer.value.lower()
    if any(mark in name for mark in (b"bold", b"black", b"heavy", b"simhei", b"semibold", b"-w7", b"xiaobiao")):
        return True
    return bool(_font_weight(font) >= 600)


def _runs_on_their_side(words: list[Word], leaning: list[tuple[int, int]]) -> list[Word]:
    """The words with those that lie on their side (a turned head of a row, a note along the margin) joined as they are read.

    Such a word comes as one piece a character. Its edges are left out: they would be places from left to right.
    """
    runs: list[list[int]] = []
    for at, turn in leaning:
        if turn == 2:
            continue
        if runs and runs[-1][-1] == at - 1:
            before, box = words[at - 1].box, words[at].box
            em = max(box.x1 - box.x0, before.x1 - before.x0)
            gap = max(before.top - box.bottom, box.top - before.bottom)
            if abs((box.x0 + box.x1) - (before.x0 + before.x1)) < 0.6 * em and -0.6 * em < gap < 1.2 * em:
                runs[-1].append(at)
                continue
        runs.append([at])
    taken = {at for run in runs if len(run) > 1 for at in run}
    joined = [_joined([words[at] for at in run]) for run in runs if len(run) > 1]
    return [word for at, word in enumerate(words) if at not in taken] + joined


def _joined(pieces: list[Word]) -> Word:
    boxes = [piece.box for piece in pieces]
    box = BBox(min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes))
    return pieces[0]._replace(text="".join(piece.text for piece in pieces), box=box, edges=())


def _raised(words: list[Word]) -> list[Word]:
    """Raised small digits right after a word become superscripts, so that a footnote mark never joins a figure."""
    for at, (base, small) in enumerate(itertools.pairwise(words), 1):
        if (
            small.size < 0.8 * base.size
            and small.size > 0
            and len(small.text) <= 3
            and small.text.strip("0123456789+-()n") == ""
            and -1 < small.box.x0 - base.box.x1 < 0.4 * base.size
            and small.box.bottom < base.box.bottom - 0.12 * base.size
            and small.box.bottom > base.box.top
        ):
            words[at] = small._replace(text=superscript(small.text), raw=small.text)
    return words


# --- lines and pictures on the page -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Drawing:
    """What is drawn on a page besides its text."""

    rulings: list[Ruling]
    pictures: list[BBox]
    texts: int = 0  # text objects, whether or not their characters are known
    sides: set[tuple[float, float, float, float]] = field(default_factory=set)  # of rectangles, seen so far
    curves: int = 0  # path segments that are no rulings; letters drawn as outlines have thousands


def _product(one: Matrix, two: Matrix) -> Matrix:
    """The matrix that applies ``one`` first, then ``two``."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _page_drawing(page: Any, frame: _Frame) -> _Drawing:
    handle = _address_of(page)
    drawing = _Drawing([], [])
    _collect(map(_page_object, repeat(handle), range(min(_page_count(handle), MAX_OBJECTS))), frame.matrix, frame, drawing, 0)
    return drawing


def _collect(objects: Iterable[int], matrix: Matrix, frame: _Frame, drawing: _Drawing, depth: int) -> None:
    places = list(map(_at, objects))
    kinds = list(map(_type, places))
    drawing.texts += kinds.count(raw.FPDF_PAGEOBJ_TEXT)
    paths = list(itertools.compress(places, map(raw.FPDF_PAGEOBJ_PATH.__eq__, kinds)))
    for start in range(0, min(len(paths), MAX_OBJECTS), _BATCH):
        _collect_paths(paths[start : start + _BATCH], matrix, frame, drawing)
    if len(paths) + kinds.count(raw.FPDF_PAGEOBJ_TEXT) == len(kinds):
        return
    for place, kind in zip(places, kinds, strict=True):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            if _bounds(place, *_BOX_AT):
                box = _seen(matrix, *_BOX)
                box = BBox(max(0.0, box.x0), max(0.0, box.top), min(frame.width, box.x1), min(frame.height, box.bottom))
                if box.x1 - box.x0 > 3 and box.bottom - box.top > 3:
                    drawing.pictures.append(box)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < FORM_DEPTH:
            _matrix(place, _MATRIX_AT[0])
            inner = _product(cast(Matrix, tuple(_MATRIX)), matrix)
            numbers = map(ctypes.c_ulong, range(min(_form_count(place), MAX_OBJECTS)))
            _collect(map(_form_object, repeat(place), numbers), inner, frame, drawing, depth + 1)


def _seen(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> BBox:
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = a * left + c * bottom + e, b * left + d * bottom + f, a * right + c * top + e, b * right + d * top + f
    return BBox(x0 if x0 < x1 else x1, y0 if y0 < y1 else y1, x1 if x0 < x1 else x0, y1 if y0 < y1 else y0)


def _collect_paths(paths: list[Any], matrix: Matrix, frame: _Frame, drawing: _Drawing) -> None:
    """Thin rectangles and straight lines become rulings, stroked rectangles four, all else is counted as curves.

    pdfium is asked in loops that run in C, one question for all paths after the other.
    """
    known = np.fromiter(map(_bounds, paths, *(_ROOM_AT[side::4] for side in range(4))), np.int32, len(paths)) != 0
    left, bottom, right, top = _ROOM[: 4 * len(paths)].reshape(-1, 4).T.astype(np.float64)
    x0, y0, x1, y1 = _seen_all(matrix, left, bottom, right, top)
    deque(map(_draw_mode, paths, _WHOLE_AT[::2], _WHOLE_AT[1::2]), maxlen=0)
    filled, stroked = (_WHOLE[: 2 * len(paths)].reshape(-1, 2) != 0).T
    # Neither filled nor stroked: a clip only.
    here = known & (filled | stroked) & (x1 >= 0) & (y1 >= 0) & (x0 <= frame.width) & (y0 <= frame.height)
    flat, narrow = y1 - y0 <= THIN, x1 - x0 <= THIN
    here &= ~(flat & narrow)
    here &= ~_white([paths[at] for at in np.flatnonzero(here & ~stroked)], here & ~stroked)
    lines = np.flatnonzero(here & (flat | narrow))
    if len(lines):
        level, ends = flat[lines], np.array((x0[lines], y0[lines], x1[lines], y1[lines]))
        across, down = (ends[0] + ends[2]) / 2, (ends[1] + ends[3]) / 2
        ends[0], ends[2] = np.where(level, ends[0], across), np.where(level, ends[2], across)
        ends[1], ends[3] = np.where(level, down, ends[1]), np.where(level, down, ends[3])
        drawing.rulings += map(_new, repeat(Ruling), ends.round(2).T.tolist())
    rest = np.flatnonzero(here & ~(flat | narrow))
    if not len(rest):
        return
    others = [paths[at] for at in rest]
    counts = np.fromiter(map(_count_segments, others), np.int32, len(others))
    drawing.curves += int(counts[counts > 400].sum())
    deque(map(_matrix, others, _SIXES_AT), maxlen=0)
    a, b, c, d, e, f = _product(tuple(_ROOM[: 6 * len(others)].reshape(-1, 6).T.astype(np.float64)), matrix)  # type: ignore[arg-type]
    own = np.array((a, b, c, d, e, f)).T
    four = np.flatnonzero(stroked[rest] & (counts >= 4) & (counts <= 5))
    boxes = np.array((x0, y0, x1, y1)).T[rest]
    corners = _rectangles([others[at] for at in four], own[four], boxes[four])
    fine = ~np.isnan(corners[:, 0])
    if fine.any():
        sides = corners[fine][:, ((0, 1, 2, 1), (0, 3, 2, 3), (0, 1, 0, 3), (2, 1, 2, 3))].reshape(-1, 4)
        # Neighbouring cells draw the side between them twice.
        fresh = [side for side in dict.fromkeys(map(_new, repeat(Ruling), sides.tolist())) if side not in drawing.sides]
        drawing.sides.update(fresh)
        drawing.rulings += fresh
    loose = counts <= 400
    loose[four[fine]] = False
    for at in np.flatnonzero(loose).tolist():
        rulings, curves = _straight(others[at], int(counts[at]), tuple(own[at].tolist()), bool(stroked[rest[at]]))
        drawing.rulings += rulings
        drawing.curves += curves


def _seen_all(matrix: Matrix, left: Any, bottom: Any, right: Any, top: Any) -> tuple[Any, Any, Any, Any]:
    """Like ``_seen`` for arrays."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = a * left + c * bottom + e, b * left + d * bottom + f, a * right + c * top + e, b * right + d * top + f
    return np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1)


def _rectangles(paths: list[Any], matrices: Any, boxes: Any) -> Any:
    """The rectangles (left, top, right, bottom) that paths of four sides draw; NaN where one draws none.

    The first and third corner of one lie opposite in its bounds.
    """
    if not paths:
        return np.empty((0, 4))
    points = []
    for index in range(3):
        segments = list(map(_at, map(_segment, paths, repeat(index))))
        deque(map(_segment_point, segments, _ROOM_AT[::2], _ROOM_AT[1::2]), maxlen=0)
        x, y = _ROOM[: 2 * len(paths)].reshape(-1, 2).T.astype(np.float64)
        a, b, c, d, e, f = matrices.T
        points.append((a * x + c * y + e, b * x + d * y + f))
        if index == 1:
            straight = np.fromiter(map(_segment_type, segments), np.int32, len(paths)) == raw.FPDF_SEGMENT_LINETO
    (xa, ya), (xb, yb), (xc, yc) = points
    straight &= (np.minimum(abs(xb - xa), abs(xb - xc)) <= 0.5) & (np.minimum(abs(yb - ya), abs(yb - yc)) <= 0.5)
    corners = np.array((np.minimum(xa, xc), np.minimum(ya, yc), np.maximum(xa, xc), np.maximum(ya, yc))).T
    spare = (corners - boxes) * (1, 1, -1, -1)
    straight &= (spare <= THIN + 1).all(axis=1)
    corners[~straight] = np.nan
    return corners.round(2)


def _white(paths: list[Any], mask: Any) -> Any:
    """Which of the paths that ``mask`` marks are filled in white or not at all: a mask of the same length."""
    found = np.zeros(len(mask), bool)
    if paths:
        told = np.fromiter(map(_fill_color, paths, *(_WHOLE_AT[part::4] for part in range(4))), np.int32, len(paths)) != 0
        colors = _WHOLE[: 4 * len(paths)].reshape(-1, 4)
        found[np.flatnonzero(mask)] = told & ((colors[:, :3].min(axis=1) >= 250) | (colors[:, 3] == 0))
    return found


def _straight(path: Any, count: int, matrix: Matrix, stroked: bool) -> tuple[list[Ruling], int]:
    """The rulings among a path's pieces, and how many pieces are none."""
    a, b, c, d, e, f = matrix
    shapes: list[list[tuple[float, float]]] = []
    curves = 0
    for index in range(count):
        segment = _at(_segment(path, index))
        _segment_point(segment, *_POINT_AT)
        x, y = _POINT
        point = (a * x + c * y + e, b * x + d * y + f)
        kind = _segment_type(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            shapes.append([point])
            continue
        if kind == raw.FPDF_SEGMENT_BEZIERTO or not shapes:
            curves += 1
            shapes.append([point])
            continue
        shapes[-1].append(point)
        if _segment_close(segment):
            shapes[-1].append(shapes[-1][0])
    rulings: list[Ruling] = []
    for shape in shapes:
        if len(shape) < 2:
            continue
        xs, ys = [p[0] for p in shape], [p[1] for p in shape]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        if y1 - y0 <= THIN < x1 - x0:
            rulings.append(Ruling(round(x0, 2), round((y0 + y1) / 2, 2), round(x1, 2), round((y0 + y1) / 2, 2)))
        elif x1 - x0 <= THIN < y1 - y0:
            rulings.append(Ruling(round((x0 + x1) / 2, 2), round(y0, 2), round((x0 + x1) / 2, 2), round(y1, 2)))
        elif stroked:
            for (xa, ya), (xb, yb) in itertools.pairwise(shape):
                if abs(ya - yb) <= 1 < abs(xa - xb):
                    rulings.append(Ruling(round(min(xa, xb), 2), round(ya, 2), round(max(xa, xb), 2), round(ya, 2)))
                elif abs(xa - xb) <= 1 < abs(ya - yb):
                    rulings.append(Ruling(round(xa, 2), round(min(ya, yb), 2), round(xa, 2), round(max(ya, yb), 2)))
                else:
                    curves += 1
        else:
            curves += len(shape) if len(shape) > 5 else 0
    return rulings, curves


# --- which lane -------------------------------------------------------------------------------------------------------


def _area(box: BBox) -> float:
    return max(0.0, box.x1 - box.x0) * max(0.0, box.bottom - box.top)


def _covered(boxes: list[BBox], width: float, height: float) -> float:
    """The share of a page that boxes cover together, on a coarse grid (0 to 1); scans often come in strips."""
    grid = np.zeros((40, 40), bool)
    for box in boxes:
        rows = slice(int(box.top / height * 40), math.ceil(box.bottom / height * 40))
        cols = slice(int(box.x0 / width * 40), math.ceil(box.x1 / width * 40))
        grid[rows, cols] = True
    return float(grid.mean())


def _choose_lane(
    pdf: Any, page: Any, number: int, frame: _Frame, text: _Text, drawing: _Drawing, options: ReadOptions
) -> tuple[PageReading, Page]:
    covered = _covered(drawing.pictures, max(frame.width, 1.0), max(frame.height, 1.0)) if drawing.pictures else 0.0
    outlines = drawing.curves > 400 and text.count < 20
    unseen = drawing.texts > 2 and 3 * text.count < drawing.texts
    if not text.count and not drawing.pictures and not outlines and not unseen and drawing.curves < 40:
        if not drawing.texts and not drawing.rulings and _lost_content(pdf, number):
            return _unread(number, frame, "页面内容数据损坏")
        reading = PageReading(number, frame.width, frame.height, (), tuple(drawing.rulings), lane="blank")
        return reading, _page_of(reading)
    if (text.broken or unseen) and covered < 0.7:
        second = _second_reader(pdf, number)
        if second is not None:
            return _reading(number, frame, second, drawing, confidence=0.9)
    poor = text.broken or outlines or unseen or (text.count < 20 and covered > 0.05) or (text.count < 120 and covered > 0.7)
    layered = text.count > 0 and (text.hidden or covered > 0.7)
    poor = poor or (layered and not _reads_well(text))
    if poor:
        return _by_picture(page, number, frame, text, drawing, options)
    if covered > 0.7 and (text.hidden or not drawing.rulings):
        return _under_picture(page, number, frame, text, drawing, options)
    large = [box for box in drawing.pictures if _area(box) >= 0.25 * frame.width * frame.height and not _written_over(box, text)]
    if large and not text.hidden:
        return _mixed(page, number, frame, text, drawing, large, options)
    return _reading(number, frame, text, drawing)


def _reads_well(text: _Text) -> bool:
    """Whether an OCR layer found in the file reads like Chinese (or has hardly any)."""
    joined = "".join(word.text for word in text.words)
    return common_share(joined) >= 0.7 and word_share(joined) >= 0.27


def _written_over(box: BBox, text: _Text) -> bool:
    """Whether a picture is a background: words of the text layer stand in it."""
    inside = sum(
        len(word.text)
        for word in text.words
        if box.x0 <= (word.box.x0 + word.box.x1) / 2 <= box.x1 and box.top <= (word.box.top + word.box.bottom) / 2 <= box.bottom
    )
    return inside >= 40


_PAINTS = re.compile(rb"(?:^|[\s)>\]])(?:Tj|TJ|Do|sh|EI)(?=\s|$)")


def _lost_content(pdf: Any, number: int) -> bool:
    """Whether a page on which pdfium sees nothing at all has content after all: broken data, or words that it shows."""
    try:
        with _plumbed(pdf, number) as other:
            for stream in other.pages[0].page_obj.contents:
                content = stream.resolve() if hasattr(stream, "resolve") else stream
                packed = content.get_rawdata() or b""
                try:
                    data = content.get_data()
                except Exception:  # whatever its decoder says, the page has content that cannot be decoded
                    return True
                if _PAINTS.search(data) or (len(packed) > 20 and not data.strip()):
                    return True
    except Exception:  # the second opinion failed: the first one stands
        return False
    return False


def _plumbed(pdf: Any, number: int) -> Any:
    """One page of the file as pdfplumber opens it; its own complaints about broken files say nothing to a user."""
    import pdfplumber  # late: it costs 0.3 s, and few files need it

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    return pdfplumber.open(pdf._input, pages=[number])


def _second_reader(pdf: Any, number: int) -> _Text | None:
    """The page's words as pdfplumber reads them, if they are better: its mapping of characters differs from pdfium's."""
    try:
        with _plumbed(pdf, number) as other:
            found = other.pages[0].extract_words(keep_blank_chars=False, return_chars=True, use_text_flow=False)
    except Exception:  # whatever it stumbles over, OCR comes next
        return None
    words = [
        Word(
            word["text"],
            BBox(float(word["x0"]), float(word["top"]), float(word["x1"]), float(word["bottom"])),
            (*(float(c["x0"]) for c in word["chars"]), float(word["x1"])) if len(word["chars"]) == len(word["text"]) else (),
            float(word["bottom"]) - float(word["top"]),
        )
        for word in found
    ]
    text = "".join(word.text for word in words)
    if len(text) < 20 or "(cid:" in text or broken_share(text) > 0.02 or common_share(text) < 0.7 or _is_mojibake(text):
        return None
    return _Text(words, len(text))


def render(page: Any, frame_width: float, frame_height: float, dpi: float = OCR_DPI) -> tuple[Any, float]:
    """A page as an RGB picture (height × width × 3, uint8) and the resolution it has: less than ``dpi`` for huge pages."""
    scale = dpi / 72
    if frame_width * frame_height * scale * scale > MAX_PIXELS:
        scale = math.sqrt(MAX_PIXELS / (frame_width * frame_height))
    width, height = max(1, round(frame_width * scale)), max(1, round(frame_height * scale))
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_BGR, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        address = ctypes.cast(raw.FPDFBitmap_GetBuffer(bitmap), _P).value or 0
        data = np.ctypeslib.as_array((ctypes.c_ubyte * (stride * height)).from_address(address))
        picture = data.reshape(height, stride)[:, : width * 3].reshape(height, width, 3)[:, :, ::-1].copy()
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return picture, scale * 72


def _is_blank(picture: Any) -> bool:
    """Whether a picture of a page holds no ink: scanner grain and shadows at the edges are no ink."""
    height, width = picture.shape[:2]
    inner = picture[height // 25 : height - height // 25, width // 25 : width - width // 25].min(axis=2).astype(np.int16)
    paper = np.median(inner)
    return float((inner < paper - 60).mean()) < 1.5e-4


def _unread(number: int, frame: _Frame, why: str) -> tuple[PageReading, Page]:
    reading = PageReading(number, frame.width, frame.height, (), lane="ocr", confidence=0.0, problems=(_lost_page(number, why),))
    return reading, Page(number, frame.width, frame.height, "ocr", "unreadable", 0.0)


def _by_picture(
    page: Any, number: int, frame: _Frame, text: _Text, drawing: _Drawing, options: ReadOptions
) -> tuple[PageReading, Page]:
    """The page by OCR. What its text layer says, if anything, is kept beside the words as their first reading."""
    picture, dpi = render(page, frame.width, frame.height)
    if _is_blank(picture):
        if text.count >= 20 and not text.broken and not text.hidden:
            return _reading(number, frame, text, drawing)
        reading = PageReading(number, frame.width, frame.height, (), pictures=tuple(drawing.pictures), lane="blank")
        return reading, _page_of(reading)
    if not options.ocr:
        if text.count >= 20 and not text.broken:
            return _reading(number, frame, text, drawing, confidence=0.4)
        return _unread(number, frame, "该页为扫描或图片页，文字识别（OCR）未启用")
    reading = _ocr(picture, number, dpi, options)
    if not reading.words and text.words and not text.broken:
        return _reading(number, frame, text, drawing, confidence=0.5)
    if not reading.words and reading.lane != "blank":
        lost = [problem for problem in reading.problems if problem.weight == "lost"]
        unread, page = _unread(number, frame, "页面有图像，但未识别出文字")
        return (replace(unread, problems=tuple(lost)) if lost else unread), page
    if text.hidden or text.broken:
        reading = replace(reading, words=_with_layer(reading.words, text.words))
    return reading, _page_of(reading)


def _ocr(picture: Any, number: int, dpi: float, options: ReadOptions) -> PageReading:
    from extract import pictures  # late: the OCR runtime is heavy, and most files never need it

    return pictures.read_image(picture, number, dpi, options)


def _with_layer(words: tuple[Word, ...], layer: list[Word]) -> tuple[Word, ...]:
    """The words, each with what the file's own (discarded) text layer says at its place as ``raw``."""
    found: list[list[str]] = [[] for _ in words]
    for other in layer:
        x, y = (other.box.x0 + other.box.x1) / 2, (other.box.top + other.box.bottom) / 2
        for at, word in enumerate(words):
            if word.box.x0 - 2 <= x <= word.box.x1 + 2 and word.box.top <= y <= word.box.bottom:
                found[at].append(other.text)
                break
    return tuple(w._replace(raw="".join(f)) if f and "".join(f) != w.text else w for w, f in zip(words, found, strict=True))


def _under_picture(
    page: Any, number: int, frame: _Frame, text: _Text, drawing: _Drawing, options: ReadOptions
) -> tuple[PageReading, Page]:
    """A good OCR layer under a scan: its words are taken as they are; the tables' lines are found in the picture."""
    rulings = drawing.rulings
    try:
        from extract import pictures

        picture, dpi = render(page, frame.width, frame.height)
        finder = getattr(pictures, "rulings", None)
        if finder is not None:
            rulings = [*rulings, *finder(picture, dpi)]
    except ImportError:  # without the picture library the words are still worth having
        pass
    return _reading(number, frame, text, replace(drawing, rulings=rulings), confidence=0.85)


def _mixed(
    page: Any, number: int, frame: _Frame, text: _Text, drawing: _Drawing, large: list[BBox], options: ReadOptions
) -> tuple[PageReading, Page]:
    """Text with large pictures: the words in the pictures are read by OCR and put among the others."""
    picture, dpi = render(page, frame.width, frame.height)
    scale = dpi / 72
    regions = []
    for box in large:
        top, bottom, left, right = (round(v * scale) for v in (box.top, box.bottom, box.x0, box.x1))
        region = picture[max(0, top) : bottom, max(0, left) : right]
        if region.size and not _is_blank(region):
            regions.append((box, region))
    if not regions:
        return _reading(number, frame, text, drawing)
    if not options.ocr:
        problem = Problem(
            "picture_unread", f"第{number}页含大幅图片，文字识别（OCR）未启用，图片中的文字未读取", "请人工核对该页图片。", number
        )
        return _reading(number, frame, text, drawing, problems=(problem,))
    words, rulings, problems, confidence = list(text.words), list(drawing.rulings), [], 1.0
    for box, region in regions:
        try:
            reading = _ocr(np.ascontiguousarray(region), number, dpi, options)
        except ExtractError as error:
            problems.append(replace(error.as_problem(), page=number))
            continue
        if reading.rotation and reading.words:  # its boxes would not stand where the words are
            message = f"第{number}页中的一幅图片方向不正，其中的文字未并入正文"
            problems.append(Problem("picture_turned", message, "请人工核对该页图片。", number))
            continue
        words += [_shifted(word, box.x0, box.top) for word in reading.words]
        rulings += [Ruling(r.x0 + box.x0, r.top + box.top, r.x1 + box.x0, r.bottom + box.top) for r in reading.rulings]
        problems += reading.problems
        if reading.words:
            confidence = min(confidence, reading.confidence)
    lane = "mixed" if len(words) > len(text.words) else "text"
    reading = PageReading(
        number, frame.width, frame.height, tuple(words), tuple(rulings), tuple(drawing.pictures),
        cast(Any, lane), confidence, problems=tuple(problems),
    )  # fmt: skip
    return reading, _page_of(reading)


def _shifted(word: Word, x: float, y: float) -> Word:
    box = BBox(word.box.x0 + x, word.box.top + y, word.box.x1 + x, word.box.bottom + y)
    return word._replace(box=box, edges=tuple(edge + x for edge in word.edges))
