"""Spreadsheets: xlsx from its XML (formats, hidden rows and columns), xls, et, xlsb and ods by calamine."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from extract import limits
from extract.biff import SheetLooks, looks_of
from extract.cellformats import BUILTIN, as_shown, plain
from extract.document import Block, Cell, Document, Kind, Paragraph, Problem, Table
from extract.embedded import PictureReader
from extract.formats import ReadOptions, Source, sniff
from extract.package import Package
from extract.problems import Damaged, Empty, Encrypted, ExtractError, TooLarge
from extract.tableheads import head_of
from extract.text import superscript

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_V, _IS, _F = _S + "v", _S + "is", _S + "f"
_REF = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_BLANKS = 300_000  # places up to which blank cells are cells too
_AREA = 4_000_000  # places above which blank rows and columns are left out,
_SPARSE = 200  # … and places for each filled cell above which they are left out too
_DENSE = 8_000_000  # places that calamine may take memory for
_CLAIMED = 17_000_000  # a whole sheet of 65,536 × 256
_BRIDGE = 2000  # rows
_EMU = 12700


@dataclass(slots=True)
class _Sheet:
    """One worksheet as found: words by (row, column), and what is hidden or merged."""

    name: str
    kind: Kind = "body"
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: list[tuple[int, int]] = field(default_factory=list)
    extras: list[Block] = field(default_factory=list)


def read_sheets(source: Source, options: ReadOptions) -> Document:
    """Every worksheet as a table (or several, where blank rows part them), in order; hidden sheets are of kind "hidden"."""
    kind = sniff(source.file)
    problems: list[Problem] = []
    engine = "ooxml"
    if kind == "xlsx":
        with Package(source.file) as package:
            reader = _Xlsx(package, options)
            sheets = reader.sheets()
            package.insist([sheet for sheet in sheets if sheet.cells or sheet.extras])
            problems += [*package.problems, *reader.problems, *reader.pictures.problems()]
    else:
        engine = "calamine"
        try:
            sheets = _by_calamine(source, kind)
        except (Encrypted, TooLarge):
            raise
        except BaseException as error:
            # calamine is Rust: on some damaged files it panics, and a panic is no Exception.
            if not isinstance(error, ExtractError) and type(error).__name__ != "PanicException":
                raise
            from extract import legacy

            refused = (error.detail or error.message) if isinstance(error, ExtractError) else "表格结构无法解析"
            return legacy.read_by_office(source, options, kind, refused=refused)
    blocks: list[Block] = []
    for sheet in sheets:
        blocks += _tables(sheet, problems)
        blocks += sheet.extras
    if not blocks and not problems:
        raise Empty("表格中没有内容")
    return Document(source.path, kind, source.sha256, tuple(blocks), problems=tuple(problems), engine=engine)


class _Xlsx:
    def __init__(self, package: Package, options: ReadOptions) -> None:
        self.package = package
        self.problems: list[Problem] = []
        self.pictures = PictureReader(options, limits.PICTURES)
        self.part = next(
            (
                link.target
                for link in package.relationships("").values()
                if link.kind == "officeDocument" and link.target in package
            ),
            "xl/workbook.xml",
        )
        self.links = package.relationships(self.part)
        self.strings = self._strings()
        self.codes = self._codes()
        self.from_1904 = False
        self.left = limits.SHEET_CELLS
        self.uncomputed = 0
        self.wordless = self.unstyled = 0

    def sheets(self) -> list[_Sheet]:
        """All worksheets in the order of their tabs."""
        if self.package.cut and self.part not in self.package:
            root = self.package.try_xml(self.part, "工作簿目录")
        else:
            root = self.package.main_xml(self.part, "工作簿")
        setting = root.find(_S + "workbookPr") if root is not None else None
        self.from_1904 = setting is not None and setting.get("date1904") in ("1", "true")
        found: list[_Sheet] = []
        parts: set[str] = set()
        for node in root.iterfind(f"{_S}sheets/{_S}sheet") if root is not None else ():
            link = self.links.get(node.get(_R + "id") or "")
            if link is None or link.kind not in ("worksheet", "") or not link.target:
                continue
            name = node.get("name") or ""
            parts.add(link.target.lower())
            kind: Kind = "hidden" if node.get("state") in ("hidden", "veryHidden") else "body"
            part = self.package.try_xml(link.target, f"工作表“{name}”")
            if part is None:
                if link.target not in self.package and not self.package.cut:
                    self.problems.append(Problem("damaged_part", f"缺少工作表“{name}”的数据", "请申报单位重新提供该文件。"))
                continue
            found.append(self._sheet(part, name, kind, link.target))
        if self.package.cut:
            found += self._unlisted(parts)
        if not found and not self.package.problems and not self.problems:
            raise Damaged("工作簿中没有工作表")
        if self.uncomputed:
            text = f"有 {self.uncomputed} 个公式没有保存计算结果，按空白读取"
            self.problems.append(Problem("formula", text, "请用 Excel 或 WPS 打开该文件，保存后重新提供。"))
        if self.wordless:
            text = f"有 {self.wordless} 个单元格的文字缺失，按空白读取"
            self.problems.append(Problem("damaged_part", text, "请对照原文件核对该表，或请申报单位重新提供。"))
        if self.unstyled and self.package.cut:
            text = f"有 {self.unstyled} 个数字的显示格式缺失，按原值读取（百分数、日期等与原表所示不同）"
            self.problems.append(Problem("damaged_part", text, "请对照原文件核对该表，或请申报单位重新提供。"))
        return found

    def _unlisted(self, listed: set[str]) -> list[_Sheet]:
        """The worksheets of a file whose list of them is behind the cut: as they are numbered, without their names."""
        found = []
        for part in self.package.numbered(r"xl/worksheets/sheet[0-9]+\.xml"):
            name = PurePosixPath(part).stem
            if part.lower() in listed:
                continue
            root = self.package.try_xml(part, f"工作表“{name}”")
            if root is not None:
                found.append(self._sheet(root, name, "body", part))
        return found

    def _linked(self, kind: str) -> str:
        """The part that the workbook links to, by the link's kind; its usual name where a cut took the links away."""
        target = next((link.target for link in self.links.values() if link.kind == kind and link.target), "")
        usual = f"xl/{kind}.xml"
        return usual if not target and self.package.cut and usual in self.package else target

    def _strings(self) -> list[str]:
        target = self._linked("sharedStrings")
        root = self.package.try_xml(target, "共用文字") if target else None
        return [] if root is None else [_rich(node) for node in root.iterfind(_S + "si")]

    def _codes(self) -> list[str]:
        """The number format of each cell style, by the style's index."""
        target = self._linked("styles")
        root = self.package.try_xml(target, "样式") if target else None
        if root is None:
            return []
        own = {_int(node.get("numFmtId")): node.get("formatCode") or "" for node in root.iterfind(f"{_S}numFmts/{_S}numFmt")}
        ids = [_int(node.get("numFmtId")) for node in root.iterfind(f"{_S}cellXfs/{_S}xf")]
        return [own.get(key) or BUILTIN.get(key, "General") for key in ids]

    def _sheet(self, root: etree._Element, name: str, kind: Kind, part: str) -> _Sheet:
        sheet = _Sheet(name, kind)
        default = root.find(_S + "sheetFormatPr")
        veiled = default is not None and default.get("zeroHeight") in ("1", "true")
        for col in root.iterfind(f"{_S}cols/{_S}col"):
            if col.get("hidden") in ("1", "true") or col.get("width") == "0":
                sheet.hidden_cols.append((_int(col.get("min")) - 1, _int(col.get("max"))))
        at_row = -1
        for data in root.iterfind(_S + "sheetData"):
            for row in data:
                at_row = _int(row.get("r"), at_row + 2) - 1
                hidden = row.get("hidden")
                if hidden in ("1", "true") or row.get("ht") == "0" or (veiled and hidden is None):
                    sheet.hidden_rows.add(at_row)
                at_col = -1
                for node in row:
                    letters = (node.get("r") or "").rstrip("0123456789")
                    at_col = _column(letters) if letters else at_col + 1
                    text = self._text(node)
                    if text.strip():
                        self.left -= 1
                        if self.left < 0:
                            break
                        sheet.cells[(at_row, at_col)] = text.strip()
                if self.left < 0:
                    break
        if self.left < 0:
            text = f"工作表“{name}”：单元格超过上限 {limits.SHEET_CELLS}，其后未读取"
            self.problems.append(Problem("too_large", text, "请拆分该表后重新预审。"))
            self.left = 0
        for node in root.iterfind(f"{_S}mergeCells/{_S}mergeCell"):
            first, _, last = (node.get("ref") or "").partition(":")
            start, end = _REF.fullmatch(first), _REF.fullmatch(last)
            if start and end:
                sheet.merged.append((int(start[2]) - 1, _column(start[1]), int(end[2]), _column(end[1]) + 1))
        self._beside(root, part, sheet)
        return sheet

    def _text(self, node: etree._Element) -> str:
        """A cell's words as the sheet shows them."""
        kind = node.get("t")
        raw = ""
        formula = False
        for child in node:
            if child.tag == _V:
                raw = child.text or ""
            elif child.tag == _IS:
                return _rich(child)
            elif child.tag == _F:
                formula = True
        if not raw:
            self.uncomputed += formula and kind != "str"
            return ""
        if kind == "s":
            index = _int(raw, -1)
            self.wordless += index >= len(self.strings)
            return self.strings[index] if 0 <= index < len(self.strings) else ""
        if kind == "b":
            return "TRUE" if raw == "1" else "FALSE"
        if kind in ("str", "e", "d"):
            return raw
        try:
            number = float(raw)
        except ValueError:
            return raw
        style = _int(node.get("s"))
        self.unstyled += style >= max(1, len(self.codes))
        code = self.codes[style] if style < len(self.codes) else "General"
        return as_shown(number, code, from_1904=self.from_1904)

    def _beside(self, root: etree._Element, part: str, sheet: _Sheet) -> None:
        """What lies on a sheet besides cells: notes, text boxes, pictures."""
        for link in self.package.relationships(part).values():
            if not link.target:
                continue
            if link.kind == "comments":
                comments = self.package.try_xml(link.target, "批注")
                for node in comments.iter(_S + "comment") if comments is not None else ():
                    text = "".join(_rich(words) for words in node.iterfind(_S + "text")).strip()
                    if text:
                        sheet.extras.append(Paragraph(f"{node.get('ref') or ''} {text}".strip(), kind="comment"))
            elif link.kind == "drawing":
                drawing = self.package.try_xml(link.target, "图形")
                if drawing is not None:
                    self._drawing(drawing, link.target, sheet)

    def _drawing(self, drawing: etree._Element, part: str, sheet: _Sheet) -> None:
        links = self.package.relationships(part)
        for body in drawing.iter(_XDR + "txBody"):
            for line in body.iter(_A + "p"):
                text = "".join(run.text or "" for run in line.iter(_A + "t")).strip()
                if text:
                    sheet.extras.append(Paragraph(text, kind="hidden" if sheet.kind == "hidden" else "textbox"))
        for picture in drawing.iter(_XDR + "pic"):
            blip = picture.find(f".//{_A}blip")
            link = links.get(blip.get(_R + "embed") or "") if blip is not None else None
            if link is None or not link.target:
                continue
            size = picture.find(f".//{_A}xfrm/{_A}ext")
            width, height = (_int(size.get(side)) / _EMU for side in ("cx", "cy")) if size is not None else (0.0, 0.0)
            if self.package.behind_cut(link.target, "图片"):
                continue
            try:
                sheet.extras += self.pictures.read(self.package.read(link.target), width, height)
            except ExtractError as error:
                self.problems.append(error.as_problem())


def _by_calamine(source: Source, kind: str) -> list[_Sheet]:
    import python_calamine as calamine

    if source.file.stat().st_size > limits.SHEET_LEGACY_BYTES:
        raise TooLarge(f"表格文件 {limits.size(source.file.stat().st_size)}，上限 {limits.size(limits.SHEET_LEGACY_BYTES)}")
    looks = looks_of(source.file) if kind == "xls" else []
    # calamine takes memory for every place that a sheet claims or spans, and takes the process down where there is none.
    if any(look.area > _DENSE or look.claimed > _CLAIMED for look in looks):
        raise Damaged(f"工作表范围超过 {_DENSE} 个单元格，结构可疑")
    try:
        book = calamine.CalamineWorkbook.from_path(str(source.file))
    except calamine.PasswordError as error:
        raise Encrypted() from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Damaged("表格结构无法解析") from error
    found = []
    left = limits.SHEET_CELLS
    worksheets = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
    for index, meta in enumerate(worksheets):
        look = looks[index] if len(looks) == len(worksheets) else SheetLooks()
        sheet = _Sheet(meta.name, "body" if meta.visible == calamine.SheetVisibleEnum.Visible else "hidden")
        sheet.hidden_rows, sheet.hidden_cols = look.hidden_rows, look.hidden_cols
        try:
            opened = book.get_sheet_by_name(meta.name)
        except (calamine.CalamineError, ValueError) as error:
            raise Damaged(f"工作表“{meta.name}”无法解析") from error
        if opened.total_width * opened.total_height > limits.SHEET_CELLS * 4:
            raise TooLarge(f"工作表“{meta.name}”占 {opened.total_height} 行 × {opened.total_width} 列")
        # The rows begin at the first used place, not at A1.
        top, first = opened.start or (0, 0)
        for r, row in enumerate(opened.to_python() if opened.height else (), top):
            for c, value in enumerate(row, first):
                text = _typed(value, look.codes.get((r, c), ""))
                if text:
                    left -= 1
                    sheet.cells[(r, c)] = text
        for (r0, c0), (r1, c1) in opened.merged_cell_ranges or ():
            sheet.merged.append((r0, c0, r1 + 1, c1 + 1))
        if left < 0:
            raise TooLarge(f"单元格超过上限 {limits.SHEET_CELLS}")
        found.append(sheet)
    return found


def _typed(value: Any, code: str = "") -> str:
    """A value by its format code, or, where there is none, as a sheet most likely shows it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if code and isinstance(value, int | float):
        return as_shown(float(value), code)
    if code and isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return as_shown((moment - datetime(1899, 12, 30)) / timedelta(days=1), code)
    if isinstance(value, int | float):
        return plain(float(value))
    if isinstance(value, datetime):
        if value.time() == time(0):
            return f"{value.year}/{value.month}/{value.day}"
        return f"{value.year}/{value.month}/{value.day} {value.hour}:{value.minute:02d}"
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02d}"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02d}"
    return str(value).strip()


def _tables(sheet: _Sheet, problems: list[Problem]) -> list[Table]:
    """A sheet's tables: two blank rows part one from the next."""
    if not sheet.cells:
        return []
    merged = {(r0, c0): (r1, c1) for r0, c0, r1, c1 in sheet.merged if (r0, c0) in sheet.cells and (r1 - r0 > 1 or c1 - c0 > 1)}
    used: set[int] = {row for row, _ in sheet.cells}
    last = max(used)
    for (r0, _), (r1, _) in merged.items():
        # A merged cell bridges blank rows; one that is drawn over half a sheet bridges nothing.
        if r1 - r0 <= _BRIDGE:
            used.update(range(r0, min(r1, last + 1)))
    bands: list[list[int]] = []
    for row in sorted(used):
        if not bands or row - bands[-1][-1] > 2:
            bands.append([])
        bands[-1].append(row)
    by_band: list[dict[tuple[int, int], str]] = [{} for _ in bands]
    band_of = {row: index for index, band in enumerate(bands) for row in band}
    for place, text in sheet.cells.items():
        by_band[band_of[place[0]]][place] = text
    tables: list[Table] = []
    pending: list[tuple[str, int]] = []
    for band, cells in zip(bands, by_band, strict=True):
        table = _table(sheet, band[0], band[-1] + 1, cells, merged)
        if table.n_rows == 1 and len(table.cells) == 1 and len(bands) > 1:
            pending.append((table.cells[0].text, len(tables)))
        tables.append(table)
    # A lone line above a table is its title.
    for text, index in pending:
        if index + 1 < len(tables) and not tables[index + 1].caption:
            tables[index + 1] = replace(tables[index + 1], caption=text)
    return tables


def _table(
    sheet: _Sheet, top: int, bottom: int, words: dict[tuple[int, int], str], merged: dict[tuple[int, int], tuple[int, int]]
) -> Table:
    left = min(col for _, col in words)
    right = max(col for _, col in words) + 1
    rows: list[int] | range = range(top, bottom)
    cols: list[int] | range = range(left, right)
    if len(rows) * len(cols) > min(_AREA, _SPARSE * len(words) + 10_000):
        rows, cols = sorted({row for row, _ in words}), sorted({col for _, col in words})
    row_at = {row: index for index, row in enumerate(rows)}
    col_at = {col: index for index, col in enumerate(cols)}
    hidden_cols = {col for start, end in sheet.hidden_cols for col in range(max(start, left), min(end, right))}
    small = len(rows) * len(cols) <= _BLANKS
    cells: list[Cell] = []
    covered: set[tuple[int, int]] = set()

    def cell(row: int, col: int, text: str, rowspan: int = 1, colspan: int = 1) -> Cell:
        return Cell(row_at[row], col_at[col], text, rowspan, colspan, hidden=row in sheet.hidden_rows or col in hidden_cols)

    for (row, col), text in sorted(words.items()):
        if (row, col) in covered:
            continue
        if (row, col) not in merged:
            cells.append(cell(row, col, text))
            continue
        r1, c1 = merged[(row, col)]
        rowspan = bisect_left(rows, r1) - row_at[row]
        colspan = bisect_left(cols, c1) - col_at[col]
        if small and (rowspan > 1 or colspan > 1):
            covered.update((r, c) for r in range(row, min(r1, bottom)) for c in range(col, min(c1, right)))
        cells.append(cell(row, col, text, rowspan, colspan))
    if small:
        cells += [cell(row, col, "") for row in rows for col in cols if (row, col) not in words and (row, col) not in covered]
        cells.sort(key=lambda cell: (cell.row, cell.col))
    head = head_of(cells, len(rows), len(cols))
    return Table(
        len(rows),
        len(cols),
        tuple(cells),
        header_rows=head.rows,
        caption=head.caption,
        sheet=sheet.name,
        kind=sheet.kind,
        origin=(top, left),
    )


def _rich(node: etree._Element) -> str:
    """Words of a rich string: its runs, raised ones as superscripts, without the reading aids."""
    out = []
    for child in node:
        if child.tag == _S + "t":
            out.append(child.text or "")
        elif child.tag == _S + "r":
            raised = child.find(f"{_S}rPr/{_S}vertAlign")
            text = "".join(words.text or "" for words in child.iterfind(_S + "t"))
            out.append(superscript(text) if raised is not None and raised.get("val") == "superscript" else text)
    text = "".join(out).replace("\r\n", "\n")
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: "" if match[1] in ("000D", "000d") else chr(int(match[1], 16)), text)


@lru_cache(maxsize=20_000)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + ord(letter) - 64
    return max(0, min(number, limits.SHEET_COLUMNS) - 1)


def _int(text: str | None, default: int = 0) -> int:
    try:
        return int(text) if text else default
    except ValueError:
        return default
