"""A maker of small Excel 97 workbooks: one sheet, words and numbers, merged cells."""

from __future__ import annotations

import struct
from pathlib import Path

from tests.extract.containers import ole2


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def xls(
    file: Path,
    rows: list[list[str | float | tuple[float, int]]],
    *,
    merged: list[tuple[int, int, int, int]] | None = None,
    hidden_rows: tuple[int, ...] = (),
    hidden_cols: tuple[int, ...] = (),
) -> Path:
    """An xls; numbers may carry a style (1: 0.0%, 2: date); ``merged`` are (first row, last row, first column, last column)."""
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    width = max(map(len, rows))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, float):
                value = (value, 0)
            if isinstance(value, tuple):
                sheet += _record(0x0203, struct.pack("<HHHd", r, c, value[1], value[0]))
            elif value:
                sheet += _record(0x0204, struct.pack("<HHHHB", r, c, 0, len(value), 1) + value.encode("utf-16-le"))
    for row in hidden_rows:
        sheet += _record(0x0208, struct.pack("<HHHHHHHH", row, 0, width, 255, 0, 0, 0x120, 15))
    sheet += b"".join(_record(0x007D, struct.pack("<HHHHHH", col, col, 0, 0, 1, 0)) for col in hidden_cols)
    ranges = merged or []
    sheet += _record(0x00E5, struct.pack("<H", len(ranges)) + b"".join(struct.pack("<HHHH", *place) for place in ranges))
    sheet += _record(0x000A, b"")
    name = b"Sheet1"
    globals_ = _record(0x041E, struct.pack("<HHB", 164, 4, 0) + b"0.0%") + b"".join(
        _record(0x00E0, struct.pack("<HH", 0, key) + b"\0" * 16) for key in (0, 164, 14)
    )
    start = len(_record(0x0809, bof)) + len(globals_) + 4 + 8 + len(name) + 4
    names = _record(0x0085, struct.pack("<IHBB", start, 0, len(name), 0) + name)
    book = _record(0x0809, bof) + globals_ + names + _record(0x000A, b"")
    assert len(book) == start
    return ole2(file, {"Workbook": book + sheet})
