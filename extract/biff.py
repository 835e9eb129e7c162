"""What calamine does not tell of an Excel 97 workbook (xls, et): number formats, hidden rows and hidden columns."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extract.cellformats import BUILTIN
from extract.problems import Damaged

_BOF, _EOF = 0x0809, 0x000A
_LIMIT = 3_000_000  # records
_VALUES = frozenset((0x0203, 0x027E, 0x0006, 0x0204, 0x00FD, 0x0205, 0x00D6))  # records of one cell with a value


@dataclass(slots=True)
class SheetLooks:
    """How one sheet shows its figures: format codes by (row, column), hidden rows, hidden column ranges [start, end)."""

    codes: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: list[tuple[int, int]] = field(default_factory=list)
    claimed: int = 0  # places that the sheet says it has
    rows: tuple[int, int] = (0, 0)
    cols: tuple[int, int] = (0, 0)

    @property
    def area(self) -> int:
        """Places between the first and the last cell with a value: what a dense reader would take memory for."""
        return (self.rows[1] - self.rows[0]) * (self.cols[1] - self.cols[0])


def looks_of(file: Path) -> list[SheetLooks]:
    """The sheets' looks in the order of their tabs. Raises ``Damaged`` where the workbook cannot be followed."""
    import olefile  # type: ignore[import-untyped]  # publishes no types

    try:
        with olefile.OleFileIO(str(file)) as ole:
            name = "Workbook" if ole.exists("Workbook") else "Book"
            data = ole.openstream(name).read()
        return _read(data)
    except (OSError, struct.error, UnicodeDecodeError, ValueError, IndexError) as error:
        raise Damaged("表格结构无法解析") from error


def _records(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    for _ in range(_LIMIT):
        if at + 4 > len(data):
            return
        kind, length = struct.unpack_from("<HH", data, at)
        yield kind, data[at + 4 : at + 4 + length]
        at += 4 + length


def _read(data: bytes) -> list[SheetLooks]:
    formats: dict[int, str] = {}
    styles: list[int] = []
    starts: list[int] = []
    version = struct.unpack_from("<H", data, 4)[0]
    for kind, body in _records(data, 0):
        if kind == 0x0085 and len(body) >= 6:
            # Kind 0 is a worksheet; charts and macro sheets have none of this.
            if body[5] == 0:
                starts.append(struct.unpack_from("<I", body)[0])
        elif kind == 0x041E and len(body) >= 5 and version >= 0x0600:
            key, length, wide = struct.unpack_from("<HHB", body)
            formats[key] = (
                body[5 : 5 + 2 * length].decode("utf-16-le", "replace") if wide & 1 else body[5 : 5 + length].decode("latin-1")
            )
        elif kind == 0x00E0 and len(body) >= 4:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _EOF:
            break
    codes = [formats.get(key) or BUILTIN.get(key, "General") for key in styles]
    return [_sheet(data, start, codes) for start in starts]


def _sheet(data: bytes, start: int, codes: list[str]) -> SheetLooks:
    looks = SheetLooks()
    depth = 0
    places: list[tuple[int, int]] = []

    def note(row: int, col: int, style: int) -> None:
        if style < len(codes) and codes[style] != "General":
            looks.codes[(row, col)] = codes[style]

    for kind, body in _records(data, start):
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth > 1:
            continue  # a chart inside the sheet
        elif kind == 0x0200 and len(body) >= 12:
            first_row, last_row, first_col, last_col = struct.unpack_from("<IIHH", body)
            if last_row < first_row or last_col < first_col or last_row > 65536 or last_col > 256:
                raise Damaged("工作表的范围有误")
            looks.claimed = (last_row - first_row) * (last_col - first_col)
        elif kind in _VALUES and len(body) >= 6:
            row, col, style = struct.unpack_from("<HHH", body)
            note(row, col, style)
            places.append((row, col))
        elif kind == 0x00BD and len(body) >= 6:
            row, first = struct.unpack_from("<HH", body)
            places.append((row, first + (len(body) - 6) // 6))
            for index in range((len(body) - 6) // 6):
                note(row, first + index, struct.unpack_from("<H", body, 4 + 6 * index)[0])
        elif kind == 0x0208 and len(body) >= 16:
            if struct.unpack_from("<H", body, 12)[0] & 0x20:
                looks.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == 0x007D and len(body) >= 10:
            first, last, _, _, flags = struct.unpack_from("<HHHHH", body)
            if flags & 1:
                looks.hidden_cols.append((first, last + 1))
    if places:
        looks.rows = min(row for row, _ in places), max(row for row, _ in places) + 1
        looks.cols = min(col for _, col in places), max(col for _, col in places) + 1
    return looks
