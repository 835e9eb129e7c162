"""Plain text, CSV and simple web pages."""

from __future__ import annotations

import codecs
import csv
import io
import re

from lxml import etree, html

from extract import limits
from extract.document import Block, Cell, Document, Heading, Paragraph, Problem, Table
from extract.formats import ReadOptions, Source
from extract.problems import Damaged, Empty, TooLarge
from extract.tableheads import head_of

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes, *, partial: bool = False) -> str | None:
    """Bytes as text: by their mark, else UTF-8, else UTF-16 without a mark, else GB18030; None when they are no text.

    ``partial``: ``data`` may be cut in the middle of a character.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _as_text(data, name, partial)
    text = _as_text(data, "utf-8", partial)
    if text is not None:
        return text
    # Every second byte zero: Latin letters and signs of UTF-16 saved without a mark.
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = data[start::2].count(0)
        if zeros > len(data) // 50 and zeros > 4 * data[1 - start :: 2].count(0):
            text = _as_text(data, name, partial)
            if text is not None:
                return text
    return _as_text(data, "gb18030", partial)


def _as_text(data: bytes, encoding: str, partial: bool) -> str | None:
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(data, final=not partial)
    except (UnicodeDecodeError, UnicodeError):
        return None
    return None if len(_CONTROL.findall(text)) > len(text) / 500 else text


def looks_like_csv(text: str) -> bool:
    """Whether several lines in a row have the same number (two or more columns) of cells."""
    lines = [line for line in text.splitlines()[:30] if line.strip()]
    if len(text) >= 2000 and len(lines) > 2:
        lines.pop()  # cut in its middle
    for mark in ("\t", ","):
        counts = [len(next(csv.reader([line], delimiter=mark), [])) for line in lines if line.count('"') % 2 == 0]
        if len(counts) >= 2 and min(counts) >= 2 and counts.count(counts[0]) >= 0.9 * len(counts) and _short_cells(lines, mark):
            return True
    return False


def _short_cells(lines: list[str], mark: str) -> bool:
    """English prose has commas too: cells are short, and a comma in prose has a blank behind it."""
    cells = [cell for line in lines for cell in line.split(mark)]
    return sum(map(len, cells)) / max(1, len(cells)) < 30 and sum(cell.startswith(" ") for cell in cells) < len(cells) / 4


def _text_of(source: Source) -> tuple[str, list[Problem]]:
    size = source.file.stat().st_size
    if size > limits.TEXT_BYTES:
        raise TooLarge(f"文本 {limits.size(size)}，上限 {limits.size(limits.TEXT_BYTES)}")
    data = source.file.read_bytes()
    text = decode(data)
    problems = []
    if text is None:
        text = data.decode("gb18030", "replace")
        if text.count("\ufffd") > len(text) / 20:
            raise Damaged("文字编码无法识别")
        problems.append(Problem("encoding", "部分文字的编码无法识别，以“�”代替", "请人工打开原文件核对。"))
    if not text.strip():
        raise Empty("文件中没有文字")
    return text.replace("\r\n", "\n").replace("\r", "\n"), problems


def read_txt(source: Source, options: ReadOptions) -> Document:
    """A text file: a paragraph a line."""
    from extract.word import promote

    text, problems = _text_of(source)
    blocks: list[Block] = [Paragraph(line.strip()) for line in text.split("\n") if line.strip()]
    return Document(source.path, "txt", source.sha256, tuple(promote(blocks)), problems=tuple(problems), engine="plain")


def read_csv(source: Source, options: ReadOptions) -> Document:
    """A CSV or tab-separated file: one table."""
    text, problems = _text_of(source)
    first = next(line for line in text.split("\n") if line.strip())
    mark = "\t" if first.count("\t") >= first.count(",") else ","
    rows = []
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    count = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error:
            problems.append(
                Problem("damaged_part", f"第 {reader.line_num} 行不符合 CSV 格式，已跳过", "请人工打开原文件核对该行。")
            )
            continue
        row = [cell.strip() for cell in row]
        count += len(row)
        if count > limits.SHEET_CELLS:
            problems.append(Problem("too_large", f"单元格超过上限 {limits.SHEET_CELLS}，其后未读取", "请拆分该表后重新预审。"))
            break
        if any(row):
            rows.append(row)
    return Document(source.path, "csv", source.sha256, (table_of(rows),), problems=tuple(problems), engine="plain")


def table_of(rows: list[list[str]]) -> Table:
    """A table of plain rows."""
    width = max(map(len, rows), default=0)
    cells = tuple(Cell(r, c, row[c] if c < len(row) else "") for r, row in enumerate(rows) for c in range(width))
    head = head_of(cells, len(rows), width)
    return Table(len(rows), width, cells, header_rows=head.rows, caption=head.caption)


# What begins a line of its own on a page.
_BLOCK_TAGS = frozenset(
    {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "pre", "blockquote", "dt", "dd", "tr", "caption"}
    | {"center", "form", "ul", "ol", "dl"}
)
_SILENT_TAGS = frozenset(["script", "style", "noscript", "template", "head", "svg"])


def read_html(source: Source, options: ReadOptions) -> Document:
    """A saved web page (or a sheet that an export wrote as a web page): headings, paragraphs and tables."""
    data = source.file.read_bytes()
    if len(data) > limits.TEXT_BYTES:
        raise TooLarge(f"网页 {limits.size(len(data))}，上限 {limits.size(limits.TEXT_BYTES)}")
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", data[:4096])
    text = None
    if declared and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = declared[1].decode("ascii").lower()
        try:
            text = data.decode("gb18030" if name in ("gb2312", "gbk") else name)
        except (LookupError, UnicodeDecodeError):
            text = None
    text = text or decode(data) or data.decode("utf-8", "replace")
    text = re.sub(r"^\s*<\?xml[^>]*>", "", text.lstrip("\ufeff"))
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, ValueError) as error:
        raise Damaged("网页内容无法解析") from error
    blocks: list[Block] = []
    _walk_html(root, blocks, [], 0)
    if not blocks:
        raise Empty("网页中没有文字")
    return Document(source.path, "html", source.sha256, tuple(blocks), engine="plain")


def _walk_html(node: etree._Element, blocks: list[Block], pending: list[str], depth: int) -> None:
    """Collect words in ``pending``; an element that begins a block sends them out as one."""
    if depth > limits.NESTED_XML:
        return
    for child in node:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "table":
            _flush(blocks, pending)
            table = html_table(child)
            if table:
                blocks.append(table)
        elif tag and tag not in _SILENT_TAGS:
            if tag in _BLOCK_TAGS:
                _flush(blocks, pending)
            if tag == "br":
                _flush(blocks, pending)
            pending.append(child.text or "")
            _walk_html(child, blocks, pending, depth + 1)
            if tag in _BLOCK_TAGS:
                _flush(blocks, pending, int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0)
        pending.append(child.tail or "")
    if not depth:
        _flush(blocks, pending)


def _flush(blocks: list[Block], pending: list[str], level: int = 0) -> None:
    text = re.sub(r"[ \t\r\n\xa0]+", " ", "".join(pending)).strip()
    pending.clear()
    if text:
        blocks.append(Heading(text, level) if level else Paragraph(text))


def html_table(table: etree._Element) -> Table | None:
    """A ``<table>`` element as a table; None when it holds no words."""
    taken: set[tuple[int, int]] = set()
    cells = []
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for r, row in enumerate(rows):
        col = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (r, col) in taken:
                col += 1
            spans = [
                max(1, min(1000, int(value))) if (value := cell.get(name) or "").isdecimal() else 1
                for name in ("rowspan", "colspan")
            ]
            rowspan, colspan = min(spans[0], len(rows) - r), spans[1]
            taken.update((r + i, col + j) for i in range(rowspan) for j in range(colspan))
            text = re.sub(r"[ \t\r\n\xa0]+", " ", "".join(str(part) for part in cell.itertext())).strip()
            cells.append(Cell(r, col, text, rowspan, colspan))
            col += colspan
            if len(taken) > limits.SHEET_CELLS:
                return None
    if not any(cell.text for cell in cells):
        return None
    width = max(cell.col + cell.colspan for cell in cells)
    head = head_of(tuple(cells), len(rows), width)
    return Table(len(rows), width, tuple(cells), header_rows=head.rows, caption=head.caption)
