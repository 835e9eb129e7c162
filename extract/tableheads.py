"""Where a table's title rows and header rows end: one rule for sheets, Word tables and slides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.document import Cell

_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(\.[0-9]+)?\s*(%|％)?$")
_SENTENCE = re.compile(r"[。；！？]")


class TableHead(NamedTuple):
    """``rows`` at the top before the first row of data (title rows among them); ``caption`` is the title row's words."""

    rows: int
    caption: str


def head_of(cells: Sequence[Cell], n_rows: int, n_cols: int) -> TableHead:
    """Title rows (one cell over the whole width) and the rows below them that name the columns.

    A header row holds words, not figures or sentences; a header cell that covers several rows, or several columns, pulls the
    rows that it covers, or the row that splits it, into the header.
    """
    rows: list[list[Cell]] = [[] for _ in range(min(n_rows, 12))]
    for cell in cells:
        if cell.row < len(rows):
            rows[cell.row].append(cell)
    titles: list[str] = []
    at = 0
    while n_cols > 1 and at < min(3, n_rows - 1) and _is_title(rows[at], n_cols, alone=not at or len(titles) == at):
        titles.append(next(cell.text for cell in rows[at] if cell.text.strip()))
        at += 1
    if n_rows - at < 2 or n_cols < 2 or at >= len(rows) or not _names_columns(rows[at]):
        return TableHead(at, titles[0] if titles else "")
    end = at + 1
    while end < min(at + 4, n_rows - 1, len(rows)):
        covered = max(
            (cell.row + cell.rowspan for row in rows[at:end] for cell in row if cell.rowspan < n_rows - at), default=end
        )
        split = any(1 < cell.colspan < n_cols for cell in rows[end - 1])
        if (covered <= end and not split) or not _names_columns(rows[end]):
            break
        end += 1
    return TableHead(end, titles[0] if titles else "")


def _is_title(row: list[Cell], n_cols: int, *, alone: bool) -> bool:
    """One cell with words over the whole width, or alone in the first column of a row that is otherwise blank."""
    filled = [cell for cell in row if cell.text.strip()]
    if len(filled) != 1 or not alone or filled[0].rowspan > 1:
        return False
    return filled[0].colspan >= n_cols or (n_cols > 2 and filled[0].col == 0 and sum(cell.colspan for cell in row) >= n_cols)


def _names_columns(row: list[Cell]) -> bool:
    texts = [cell.text.strip() for cell in row if cell.text.strip()]
    if not texts or len(texts) < max(1, len(row) / 2):
        return False
    plain = [text for text in texts if not _NUMBER.match(text) or re.fullmatch(r"(19|20)[0-9]{2}", text)]
    return len(plain) == len(texts) and not any(len(text) > 60 or _SENTENCE.search(text) for text in texts)
