"""What stands on a PDF page beside its content: filled-in form fields and text written over the page as annotations."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pypdfium2.raw as raw

from extract.document import BBox
from extract.page import Word
from extract.text import is_wide

Field = tuple[tuple[float, float, float, float], str, float]  # left, bottom, right, top; words; font size, 0 where unknown

_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_INVISIBLE | raw.FPDF_ANNOT_FLAG_NOVIEW
_MOST = 2000  # annotations of one page that are looked at
_SIZE = re.compile(r"([\d.]+)\s+Tf")


def flattened(page: Any) -> bool:
    """Draw fields and written notes into the page's content, so that they are read like printed words with their places.

    True where that changed the page, which then must be loaded anew. The file itself stays as it is.
    """
    count = raw.FPDFPage_GetAnnotCount(page)
    if count <= 0 or not any(_is_written(page, index) for index in range(min(count, _MOST))):
        return False
    return bool(raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)


def undrawn(page: Any) -> list[Field]:
    """Fields and notes that carry words but no picture of them.

    Programs that fill in forms often leave the drawing to the viewer. To be called before ``flattened``.
    """
    found = []
    for index in range(min(max(0, raw.FPDFPage_GetAnnotCount(page)), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            if kind not in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT) or raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
                continue
            if raw.FPDFAnnot_GetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2:
                continue
            text = _string(annotation, b"V" if kind == raw.FPDF_ANNOT_WIDGET else b"Contents").strip()
            rectangle = raw.FS_RECTF()
            if text and raw.FPDFAnnot_GetRect(annotation, rectangle):
                size = _SIZE.search(_string(annotation, b"DA"))
                place = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
                found.append((place, text, float(size[1]) if size else 0.0))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return found


def words_in(box: BBox, text: str, size: float) -> list[Word]:
    """Words of a field or note laid out in its box as a viewer does, line by line from the top."""
    size = size or min(12.0, max(6.0, 0.7 * (box.bottom - box.top)))
    lines = []
    for line in re.split(r"[\r\n]+", text):
        start, width = 0, 0.0
        for at, character in enumerate(line):
            own = size * (1.0 if is_wide(character) else 0.5)
            if width + own > box.x1 - box.x0 and at > start:
                lines.append(line[start:at])
                start, width = at, 0.0
            width += own
        lines.append(line[start:])
    pitch = max(1.0, min(1.3 * size, (box.bottom - box.top) / max(1, len(lines))))
    top = box.top + max(0.0, (box.bottom - box.top - pitch) / 2) if len(lines) == 1 else box.top
    words = []
    for number, line in enumerate(lines):
        if line.strip():
            width = sum(size * (1.0 if is_wide(character) else 0.5) for character in line)
            y = top + number * pitch
            words.append(Word(line, BBox(box.x0, y, min(box.x1, box.x0 + width), y + pitch), (), size))
    return words


def _is_written(page: Any, index: int) -> bool:
    annotation = raw.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return False
    try:
        return raw.FPDFAnnot_GetSubtype(annotation) in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _string(annotation: Any, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")
