"""Page readings → headings, paragraphs and tables in reading order, by geometry alone and in one way for every lane."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from statistics import median

from extract import grids, outline
from extract.document import BBox, Block, Heading, Kind, Lane, Paragraph, Table
from extract.grids import Grid
from extract.lines import Row, composed, is_lying, raw_of, row_of, rows_of
from extract.page import PageReading, Word

_LEADERS = re.compile(r"[.．…·⋯•‥∙_\-]{4,}\s*[0-9IVXivx]{1,4}$|[…⋯]{2,}\s*[0-9IVXivx]{1,4}$")
_LOOSE_ENTRY = re.compile(r"[^\d\s.．年月].*?[\s.．…·]+[0-9]{1,3}$|[.．…·]{2,}$")
_PAGE_NUMBER = re.compile(
    r"[\s\-—–―－~·.|]*(?:第\s*)?[0-9IVXivx]{1,4}(?:\s*页)?(?:\s*[,，/／]?\s*共?\s*[0-9]{1,4}\s*页?)?[\s\-—–―－~·.|]*"
)
_NOTE_MARK = re.compile(r"[①-⑳*＊†‡⁰¹²³⁴-⁹]|\[\d{1,2}\]|[〔﹝]\d{1,2}[〕﹞]|\d{1,2}(?=\s|[\u4e00-\u9fff])")
_CAPTION = re.compile(r"(?:续?表|附表|图表)\s*[0-9０-９一二三四五六七八九十]*\s*[-—－.．]?\s*[0-9]*")
_UNIT = re.compile(r"[（(]?单\s*位\s*[：:].{1,20}")
_LABEL = re.compile(r"[：:]|[年月日]$|^.{2,20}(?:人民政府|委员会|办公室|局|厅)(?:\s*编制?)?$")
_STOP = "。！？!?；;"
_OPEN = "（《“‘「『【〔〈(["
_ITEM = re.compile(r"第[一二三四五六七八九十百零〇0-9]{1,4}条|[●•◆■▪▲★◇□➢✓\-]\s?(?=\S)")
_PIECE = re.compile(r"[（《“‘「『【〈(]*(?:[A-Za-z0-9.,%+\-/]+|.)[）》”’、，。；：！？』」】〉,.;)%]*")


@dataclass(slots=True)
class _Column:
    """Rows that are read one below the other, and the margins between which they run."""

    rows: list[Row]
    left: float
    right: float


@dataclass(slots=True)
class _Text:
    """A paragraph in the making. ``full``: its last line reaches the margin, so the next page may go on with it."""

    rows: list[Row]
    kind: Kind = "body"
    full: bool = False
    indented: bool = False
    centred: bool = False
    left: float = 0.0
    right: float = 0.0

    @property
    def amid(self) -> bool:
        """Whether it is centred, or a single line with the same small white on both sides."""
        row = self.rows[0]
        before, after = row.box.x0 - self.left, self.right - row.box.x1
        return self.centred or (len(self.rows) == 1 and before > 0.8 * row.size and abs(before - after) < 0.7 * row.size)

    @property
    def text(self) -> str:
        return "".join(row.text for row in self.rows)


@dataclass(slots=True)
class _Grids:
    """A table in the making: its parts on consecutive pages."""

    grids: list[Grid]
    caption: str = ""


_Item = _Text | _Grids


@dataclass(slots=True)
class _Sheet:
    """One page on its way to blocks."""

    reading: PageReading
    rows: list[Row]
    grids: list[Grid]
    frames: list[tuple[BBox, list[Row]]]
    head: list[Row] = field(default_factory=list)
    foot: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)


def blocks(readings: Iterable[PageReading]) -> list[Block]:
    """All blocks of a document's pages, in reading order.

    A paragraph or a table that runs over a page break is one block, its lines or parts tell their pages. Running heads and
    feet, footnotes, entries of a contents page and boxes of text are paragraphs of their own kind.
    """
    sheets = [_sheet(reading) for reading in readings]
    body = _body_size(sheets)
    _furniture(sheets)
    _contents(sheets)
    ending: Grid | None = None
    for sheet in sheets:
        ending = _unruled(sheet, ending)
        _notes(sheet, body)
    usual = _usual_margins(sheets)
    for sheet in sheets:
        _flow(sheet, body, usual.get(round(sheet.reading.width / 20)))
    _over_pages(sheets, body)
    return _finished(sheets, body)


def _sheet(reading: PageReading) -> _Sheet:
    mend = reading.lane in ("ocr", "mixed")
    lane: Lane = "ocr" if reading.lane == "ocr" else "table"
    found = grids.find(reading.words, reading.rulings, reading.number, reading.width, reading.height, lane=lane, mend=mend)
    lying = [word for word in found.words if is_lying(word)]
    words = [word for word in found.words if not is_lying(word)] if lying else found.words
    rows = _apart(words, reading.number, mend)
    frames = [(box, rows_of(words, reading.number, mend=mend)) for box, words in found.frames]
    # Words along the margin belong to no line that they stand beside.
    frames += [(word.box, [row_of([word], reading.number, mend=mend)]) for word in lying]
    return _Sheet(reading, rows, found.grids, frames)


def _apart(words: Sequence[Word], page: int, mend: bool) -> list[Row]:
    """Rows in reading order: where two columns of running text stand side by side, the left one comes first."""
    rows = rows_of(words, page, mend=mend)
    if len(rows) < 6:
        return rows
    x0, x1 = min(r.box.x0 for r in rows), max(r.box.x1 for r in rows)
    gaps = [_white(row, x0 + 0.3 * (x1 - x0), x0 + 0.7 * (x1 - x0)) for row in rows]
    ordered: list[Row] = []
    at = 0
    while at < len(rows):
        end, shared = at, gaps[at]
        while end < len(rows) and shared:
            narrowed = [(max(a, c), min(b, d)) for a, b in shared for c, d in gaps[end] if min(b, d) - max(a, c) >= 7]
            if not narrowed:
                break
            shared, end = narrowed, end + 1
        columns = _two_columns(rows[at:end], shared, page, mend) if end - at >= 4 else None
        if columns is None:
            ordered.append(rows[at])
            at += 1
        else:
            ordered += columns
            at = end
    return ordered


def _white(row: Row, low: float, high: float) -> list[tuple[float, float]]:
    """The white intervals of a row between ``low`` and ``high``."""
    gaps, at = [], low
    for word in row.words:
        if word.box.x0 > at:
            gaps.append((at, min(word.box.x0, high)))
        at = max(at, word.box.x1)
        if at >= high:
            break
    if at < high:
        gaps.append((at, high))
    return [(a, b) for a, b in gaps if b - a >= 7]


def _two_columns(rows: list[Row], gutters: list[tuple[float, float]], page: int, mend: bool) -> list[Row] | None:
    """The rows as a left and a right column of running text; None where they are none (tables, lists, forms)."""
    gutter = max(gutters, key=lambda gap: gap[1] - gap[0])
    middle = (gutter[0] + gutter[1]) / 2
    if rows[0].box.x1 <= middle and rows[1].middle - rows[0].middle > 0.8 * rows[0].size:
        return None  # the last line of what stands above the columns
    words = [word for row in rows for word in row.words]
    sides = [[w for w in words if w.box.x1 <= middle], [w for w in words if w.box.x0 >= middle]]
    columns = []
    for side in sides:
        column = rows_of(side, page, mend=mend)
        if len(column) < 4 or median(len(r.text) for r in column) < 8:
            return None
        # Lines of running text are one piece each; what stands in pieces one below the other is half of a table.
        if sum(_in_pieces(row) for row in column) >= 0.4 * len(column):
            return None
        a, b = min(r.box.x0 for r in column), max(r.box.x1 for r in column)
        if sum(r.box.x1 - r.box.x0 > 0.8 * (b - a) for r in column) < 0.5 * len(column):
            return None
        columns.append(column)
    for row in columns[0]:
        row.column = 1
    for row in columns[1]:
        row.column = 2
    return [*columns[0], *columns[1]]


def _in_pieces(row: Row) -> bool:
    return any(b.box.x0 - a.box.x1 > 1.3 * row.size for a, b in itertools.pairwise(row.words))


def _body_size(sheets: Sequence[_Sheet]) -> float:
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for row in sheet.rows:
            sizes[round(row.size * 2) / 2] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


# --- what is not the text ---------------------------------------------------------------------------------------------


def _pattern(row: Row) -> str:
    return re.sub(r"[0-9]+|\s", "", row.text)


def _furniture(sheets: Sequence[_Sheet]) -> None:
    """Running heads, feet and page numbers: rows at the page's edge that come again on other pages, or are a page number."""
    edges: list[tuple[_Sheet, list[Row], list[Row]]] = []
    seen: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for sheet in sheets:
        height = sheet.reading.height
        ordered = sorted(sheet.rows, key=lambda r: r.middle)
        top = [r for i, r in enumerate(ordered[:3]) if r.box.bottom < _edge(r, ordered[i + 1 :], 0.1, 0.14) * height]
        upward = ordered[::-1]
        foot = [r for i, r in enumerate(upward[:3]) if height - r.box.top < _edge(r, upward[i + 1 :], 0.1, 0.13) * height]
        edges.append((sheet, top, foot))
        for where, rows in (("top", top), ("foot", foot)):
            for row in rows:
                seen[where, _pattern(row)].append((sheet.reading.number, row.middle / height))
    for sheet, top, foot in edges:
        sheet.head = [r for r in top if _is_running(seen["top", _pattern(r)], r, sheet) or _is_page_number(r, sheet)]
        sheet.foot = [r for r in foot if _is_running(seen["foot", _pattern(r)], r, sheet) or _is_page_number(r, sheet)]
        if sheet.head or sheet.foot:
            gone = {id(r) for r in sheet.head + sheet.foot}
            sheet.rows = [r for r in sheet.rows if id(r) not in gone]


def _edge(row: Row, inward: Sequence[Row], near: float, far: float) -> float:
    """How far from the page's edge a row may stand to be furniture: farther where white space parts it from the text."""
    gap = min((abs(r.middle - row.middle) for r in inward), default=100.0)
    return far if gap > 2.4 * row.size else near


def _is_running(places: list[tuple[int, float]], row: Row, sheet: _Sheet) -> bool:
    if row.text.rstrip().endswith(("。", "；")):
        return False
    at = row.middle / sheet.reading.height
    pages = {page for page, y in places if abs(y - at) < 0.012}
    return len(pages) >= 3 or (
        len(pages) == 2 and len(row.text) > 3 and max(pages) - min(pages) <= 2 and row.box.top < 0.1 * sheet.reading.height
    )


def _is_page_number(row: Row, sheet: _Sheet) -> bool:
    text = row.text.strip()
    if not _PAGE_NUMBER.fullmatch(text) or not re.search("[0-9IVXivx]", text):
        return False
    height = sheet.reading.height
    decorated = re.search(r"[页\-—–―－/]", text) is not None
    outside = row.box.top > 0.9 * height or row.box.bottom < 0.08 * height
    return outside and (decorated or len(re.sub(r"\D", "", text)) <= 3)


def _contents(sheets: Sequence[_Sheet]) -> None:
    """Mark the entries of contents pages: rows with dotted leaders, and below “目录” rows that end with a page number."""
    inside = False
    for sheet in sheets:
        for row in sheet.rows:
            row.entry = _LEADERS.search(row.text) is not None
        titles = [at for at, row in enumerate(sheet.rows) if re.fullmatch(r"目\s*[录次]", row.text.strip())]
        if not titles and not inside:
            continue
        rows = sheet.rows[titles[0] + 1 :] if titles else sheet.rows
        loose = [row for row in rows if row.entry or _LOOSE_ENTRY.search(row.text)]
        inside = len(loose) >= 3 and len(loose) >= 0.5 * len(rows)
        if inside:
            last = max(at for at, row in enumerate(rows) if row.entry or _LOOSE_ENTRY.search(row.text))
            for row in rows[: last + 1]:
                row.entry = True


def _unruled(sheet: _Sheet, before: Grid | None) -> Grid | None:
    """Tables that only alignment shows leave the page's rows. Returns the one that the page ends with; ``before`` is that of
    the page before."""
    if any(row.entry for row in sheet.rows):
        return None
    mend = sheet.reading.lane in ("ocr", "mixed")
    lane: Lane = "ocr" if sheet.reading.lane == "ocr" else "table"
    for grid, taken in grids.aligned(sheet.rows, sheet.reading.rulings, sheet.reading.number, lane=lane, mend=mend, before=before):
        ids = {id(row) for row in taken}
        sheet.rows = [row for row in sheet.rows if id(row) not in ids]
        sheet.grids.append(grid)
    last = max(sheet.grids, key=lambda grid: grid.box.bottom, default=None)
    if last is None or last.ruled or any(row.middle > last.box.bottom for row in sheet.rows):
        return None
    return last


def _notes(sheet: _Sheet, body: float) -> None:
    """Footnotes: small rows at the foot of the page that begin with a mark, below a short line or in smaller print."""
    rows = sorted(sheet.rows, key=lambda r: r.middle)
    lowest = max((g.box.bottom for g in sheet.grids), default=0.0)
    small: list[Row] = []
    while rows and rows[-1].size < 0.93 * body and rows[-1].box.top > max(lowest, 0.45 * sheet.reading.height):
        small.insert(0, rows.pop())
    while small and not _NOTE_MARK.match(small[0].text.strip()):
        small.pop(0)
    if not small or not rows:
        return
    top, above = small[0].box.top, rows[-1].box.bottom
    rule = any(
        abs(r.top - r.bottom) < 1 and above - 4 <= r.top <= top + 4 and 20 < r.x1 - r.x0 < 0.7 * sheet.reading.width
        for r in sheet.reading.rulings
    )
    if rule or top - above > 0.3 * small[0].size:
        ids = {id(r) for r in small}
        sheet.notes = small
        sheet.rows = [r for r in sheet.rows if id(r) not in ids]


# --- one page ---------------------------------------------------------------------------------------------------------


def _usual_margins(sheets: Sequence[_Sheet]) -> dict[int, tuple[float, float]]:
    """The margins of most pages of one width (in steps of 20 points): what a page of two lines cannot tell."""
    found: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for sheet in sheets:
        if len(sheet.rows) >= 5:
            found[round(sheet.reading.width / 20)].append(_margins(sheet))
    return {key: (median(a for a, _ in pairs), median(b for _, b in pairs)) for key, pairs in found.items()}


def _flow(sheet: _Sheet, body: float, usual: tuple[float, float] | None) -> None:
    """The page's items in reading order: paragraphs between tables and boxes."""
    marks: list[tuple[float, list[_Item]]] = [(grid.box.top, [_Grids([grid])]) for grid in sheet.grids]
    for box, rows in sheet.frames:
        column = _Column(rows, min(r.box.x0 for r in rows), max(r.box.x1 for r in rows))
        marks.append((box.top, list(_paragraphs(column, body, "textbox", sheet.reading))))
    marks.sort(key=lambda mark: mark[0])
    left, right = _margins(sheet)
    if usual is not None and len(sheet.rows) < 5:
        left, right = min(left, usual[0]), max(right, usual[1])
    items: list[_Item] = []
    pending: list[Row] = []
    for row in sheet.rows:
        while (
            marks
            and marks[0][0] < row.middle
            and (
                not pending
                or row.column == pending[-1].column
                or row.middle > pending[-1].middle
                or marks[0][0] > pending[-1].middle
            )
        ):
            items += _paragraphs(_Column(pending, left, right), body, "body", sheet.reading)
            pending = []
            items += marks.pop(0)[1]
        pending.append(row)
    items += _paragraphs(_Column(pending, left, right), body, "body", sheet.reading)
    for _, rest in marks:
        items += rest
    sheet.items = _captioned(items)


def _margins(sheet: _Sheet) -> tuple[float, float]:
    """The text area's left and right: where the full lines begin and end."""
    rows = [r for r in sheet.rows if not r.column] or sheet.rows
    if not rows:
        return 0.0, sheet.reading.width
    x0, x1 = min(r.box.x0 for r in rows), max(r.box.x1 for r in rows)
    long = [r for r in rows if r.box.x1 - r.box.x0 > 0.75 * (x1 - x0)]
    if long:
        x0 = min(r.box.x0 for r in long)
        x1 = sorted(r.box.x1 for r in long)[-1]
    boxes = [g.box for g in sheet.grids if g.ruled]
    ending = sum(r.box.x1 > x1 - 1.6 * r.size for r in rows)
    if len(rows) < 5 or not long or (x1 - x0 < 0.5 * sheet.reading.width and ending < 0.4 * len(rows)):
        x1 = max([x1, *(b.x1 for b in boxes if b.x1 < sheet.reading.width)])
        x0 = min([x0, *(b.x0 for b in boxes)])
        if not boxes:
            x1 = max(x1, sheet.reading.width - x0)
    return x0, x1


def _columns(rows: list[Row], left: float, right: float) -> Iterable[_Column]:
    """Rows as the columns that they stand in, each with its own margins."""
    run: list[Row] = []
    runs: list[list[Row]] = []
    for row in rows:
        if run and row.column != run[-1].column:
            runs.append(run)
            run = []
        run.append(row)
    runs.append(run)
    for run in runs:
        if not run or not run[0].column:
            yield _Column(run, left, right)
            continue
        yield _Column(run, min(r.box.x0 for r in run), max(r.box.x1 for r in run))


def _paragraphs(column: _Column, body: float, kind: Kind, reading: PageReading) -> list[_Text]:
    if not column.rows:
        return []
    found: list[_Text] = []
    for part in _columns(column.rows, column.left, column.right):
        texts = _of_column(part, body, kind, reading)
        if found and texts and part.rows[0].column and found[-1].rows[-1].column and _goes_on(found[-1], texts[0]):
            found[-1].rows += texts[0].rows  # over the foot of the left column to the head of the right one
            found[-1].full = texts[0].full
            texts = texts[1:]
        found += texts
    return found


def _of_column(column: _Column, body: float, kind: Kind, reading: PageReading) -> list[_Text]:
    rows, left, right = column.rows, column.left, column.right
    steps = [b.middle - a.middle for a, b in itertools.pairwise(rows)]
    near = [s for s, row in zip(steps, rows, strict=False) if 0.8 * row.size < s < 2.6 * row.size]
    pitch = median(near) if near else 1.6 * body
    texts: list[_Text] = []
    contents = sum(r.entry for r in rows) >= 3
    for index, row in enumerate(rows):
        follows = rows[index + 1] if index + 1 < len(rows) else None
        entry = row.entry
        centred = _is_centred(row, left, right)
        if texts and not entry and not _begins(texts[-1], rows[index - 1], row, follows, left, right, pitch, body, centred):
            texts[-1].rows.append(row)
            first = texts[-1].rows[0]
            if centred and row.box.x0 > first.box.x0 + row.size and abs(_centre(row) - _centre(first)) < row.size:
                texts[-1].centred = True  # the second line of a title shows that the first, full one is centred too
        elif texts and texts[-1].kind == "toc" and contents and not texts[-1].full and entry and not outline.number_of(row.text):
            texts[-1].rows.append(row)  # an entry of the contents page over two lines
        else:
            own: Kind = "toc" if entry else kind
            texts.append(_Text([row], own, indented=row.box.x0 > left + 1.2 * row.size, centred=centred, left=left, right=right))
        texts[-1].full = entry if texts[-1].kind == "toc" else row.box.x1 > right - 1.7 * row.size
    return texts


def _is_centred(row: Row, left: float, right: float) -> bool:
    before, after = row.box.x0 - left, right - row.box.x1
    return before > 2.6 * row.size and after > 1.5 * row.size and abs(before - after) < 2.2 * row.size + 0.05 * (before + after)


def _begins(
    text: _Text,
    last: Row,
    row: Row,
    follows: Row | None,
    left: float,
    right: float,
    pitch: float,
    body: float,
    centred: bool,
) -> bool:
    """Whether ``row`` begins a new paragraph after ``last``, the last row of ``text``."""
    if text.kind == "toc":
        return True
    alike = abs(row.size - last.size) < (0.35 * max(row.size, last.size) if row.rough else 0.5)
    larger = 1.12 if row.rough else 1.06 if centred else 1.25
    big = min(row.size, last.size) > larger * body and alike and row.bold == last.bold and len(text.rows) < 4
    if big and abs(_centre(row) - _centre(last)) < row.size and 0 < row.middle - last.middle < 2 * row.size:
        # A long title over two lines, the first of which may fill its line.
        return outline.number_of(row.text) is not None or _is_label(row) or _is_label(last)
    if row.middle - last.middle > max(1.5 * pitch, pitch + 0.7 * row.size) or row.middle < last.middle:
        return True
    if abs(row.size - last.size) > (0.35 if row.rough else 0.12) * max(row.size, last.size):
        return True
    if text.centred and centred and len(text.rows) < 4:
        # A title over several lines; other lines in the middle (date, applicant) are set in the body's size or hold a colon.
        titled = row.bold == last.bold and (row.bold or row.size > 1.1 * body)
        return not titled or outline.number_of(row.text) is not None or _is_label(row) or _is_label(last)
    if last.text[-1] in _OPEN and not centred and row.box.x0 < text.rows[0].box.x0 + row.size and not _is_item(row):
        return False  # no paragraph ends with an opening mark: the word behind it was too long for the line
    room = right - last.box.x1
    if room > _first_width(row) + 1.2 * row.size and not (text.centred and not centred and room < 3 * row.size):
        return True
    if text.centred != centred and text.centred:
        return True
    if row.bold != last.bold and (len(last.text) < 40 and room > 1.5 * row.size):
        return True
    if last.box.x0 > left + 6 * row.size:
        return True  # a signature or a date at the right
    if row.box.x0 - left > 1.2 * row.size:
        return _begins_indented(text, last, row, follows)
    return _is_item(row) and last.text[-1] in _STOP + "：:"


def _is_item(row: Row) -> bool:
    """Whether a row begins with a printed number, “第三条” or a bullet."""
    number = outline.kind_of(row.text)
    # “1.5” may be an amount in the middle of a sentence, “1.2.4” never is one.
    return (number is not None and (number[2] != "decimal" or number[1] > 2)) or _ITEM.match(row.text) is not None


def _begins_indented(text: _Text, last: Row, row: Row, follows: Row | None) -> bool:
    """Whether a row right of the margin begins a paragraph: its first line does, the later lines of a hanging item do not."""
    first = text.rows[0]
    if _is_item(row):
        return True
    if _is_item(first) and row.box.x0 > first.box.x0 + 0.3 * row.size:
        return len(text.rows) > 1 and abs(row.box.x0 - last.box.x0) > 0.6 * row.size
    if row.box.x0 > last.box.x0 + 1.2 * row.size:
        return True
    if abs(row.box.x0 - last.box.x0) > 0.6 * row.size:
        return False  # further left than the line before, which was the indented first one
    if len(text.rows) > 1:
        return last.text[-1] in _STOP and follows is not None and follows.box.x0 < row.box.x0 - 1.2 * row.size
    alike = follows is not None and (abs(follows.box.x0 - row.box.x0) < 0.6 * row.size or _is_item(follows))
    return last.text[-1] in _STOP or not alike


def _centre(row: Row) -> float:
    return (row.box.x0 + row.box.x1) / 2


def _is_label(row: Row) -> bool:
    """A line of a cover that is no part of its title: “申报单位：…”, a date, an issuer."""
    return _LABEL.search(row.text.strip()) is not None


def _first_width(row: Row) -> float:
    """How wide the first unbreakable piece of a row is: one Chinese character, or a Latin word."""
    match = _PIECE.match(row.text)
    end = match.end() if match else 1
    return min(row.edges[end] - row.edges[0], 8 * row.size)


def _captioned(items: list[_Item]) -> list[_Item]:
    """Tables take the title that stands right above them."""
    for at, item in enumerate(items):
        if not isinstance(item, _Grids):
            continue
        box = item.grids[0].box
        back = at - 1
        unit = False
        while back >= 0 and at - back <= 2:
            above = items[back]
            if not isinstance(above, _Text) or above.kind not in ("body", "textbox") or len(above.rows) > 2:
                break
            row = above.rows[-1]
            words = above.text.strip()
            if box.top - row.box.bottom > (4.5 if unit else 3.0) * row.size:
                break
            if _UNIT.fullmatch(words) and not unit:
                unit = True
                above.kind = "caption"
                back -= 1
                continue
            middle = (row.box.x0 + row.box.x1) / 2
            centred = abs(middle - (box.x0 + box.x1) / 2) < 2 * row.size and row.box.x0 > box.x0 + row.size
            named = _CAPTION.match(words)
            if (
                len(words) <= 60
                and words[-1] not in _STOP + "，：:"
                and ((named and named.end() > 1) or (centred and not outline.number_of(words)))
            ):
                above.kind = "caption"
                item.caption = composed(above.rows)[0]
            break
    return items


# --- over pages -------------------------------------------------------------------------------------------------------


def _over_pages(sheets: Sequence[_Sheet], body: float) -> None:
    """Join what a page break has cut: tables with the same columns, paragraphs that stop in the middle of a sentence."""
    open_item: _Item | None = None
    page = -1
    for sheet in sheets:
        items = sheet.items
        if open_item is not None and sheet.reading.number == page + 1 and items:
            if isinstance(open_item, _Grids):
                _join_table(open_item, sheet)
            elif isinstance(items[0], _Text) and _goes_on(open_item, items[0]):
                open_item.rows += items[0].rows
                open_item.full = items[0].full
                if len(items) == 1:
                    sheet.items = []
                    page = sheet.reading.number
                    continue
                sheet.items = items[1:]
        sheet.items = [piece for item in sheet.items for piece in _unscrapped(item, sheet, body)]
        if not sheet.items and open_item is not None and isinstance(open_item, _Grids) and items:
            page = sheet.reading.number
            continue
        open_item = sheet.items[-1] if sheet.items else (open_item if not items and sheet.reading.lane == "blank" else None)
        page = sheet.reading.number


def _unscrapped(item: _Item, sheet: _Sheet, body: float) -> list[_Item]:
    """A ruled box with words in one cell only is no table, unless the table before went on with it: then it is text."""
    if not isinstance(item, _Grids) or not item.grids[0].scrap or len(item.grids) > 1:
        return [item]
    rows = rows_of(item.grids[0].scrap, sheet.reading.number)
    column = _Column(rows, min(r.box.x0 for r in rows), max(r.box.x1 for r in rows))
    return list(_paragraphs(column, body, "textbox", sheet.reading))


def _join_table(table: _Grids, sheet: _Sheet) -> None:
    """Put the first table of a page to the one that the page before ended with, if it is its continuation."""
    skip = 0
    while skip < len(sheet.items) and skip < 2:
        item = sheet.items[skip]
        if isinstance(item, _Text) and (
            (item.kind == "caption" and re.match(r"[（(]?续|[（(]?单", item.text)) or re.fullmatch(r"[（(]?续.{0,40}", item.text)
        ):
            skip += 1
            continue
        break
    if skip >= len(sheet.items):
        return
    item = sheet.items[skip]
    if not isinstance(item, _Grids) or (
        item.caption and not item.caption.startswith(("续", "（续")) and item.caption != table.caption
    ):
        return
    first = item.grids[0]
    if not grids.continues(table.grids[-1], first):
        return
    if first.rest:
        table.grids.append(first)
        sheet.items = sheet.items[skip + 1 :]
        return
    if not first.ruled and not grids.repeats_header(table.grids[0], first):
        return
    fresh = grids.header_rows(first.n_rows, first.n_cols, first.cells)
    if fresh and not grids.repeats_header(table.grids[0], first) and _is_new_table(table.grids[0], first):
        return
    table.grids.append(first)
    for text in sheet.items[:skip]:
        if isinstance(text, _Text):
            text.kind = "caption"
    sheet.items = sheet.items[:skip] + sheet.items[skip + 1 :]


def _is_new_table(first: Grid, fresh: Grid) -> bool:
    """Whether a part's first row is another header: words that name columns, as the first table's own header does."""
    cells = [c.text for c in fresh.cells if c.row == 0]
    own = [c.text for c in first.cells if c.row == 0]
    naming = sum(bool(grids._HEAD_WORDS.search(text)) and len(text) <= 12 for text in cells)
    return naming >= max(2, len(cells) // 2) and cells[0] in ("序号", own[0] if own else "序号", "编号")


_SIGNED = re.compile(r"^(?:20\d\d|[二〇○零一二三四五六七八九]{4})\s*[年.\-/].{1,12}[日\d]$")


def _goes_on(text: _Text, after: _Text) -> bool:
    if text.kind != "body" or after.kind != "body" or not text.full or text.centred or after.centred:
        return False
    last, row = text.rows[-1], after.rows[0]
    if len(text.rows) == 1 and _SIGNED.search(last.text.strip()):
        return False  # a date alone on its line ends a document
    if last.box.x0 > text.left + 6 * last.size or row.box.x0 > after.left + 6 * row.size:
        return False
    if abs(last.size - row.size) > (0.35 if row.rough else 0.1) * last.size or _is_item(row):
        return False
    hanging = _is_item(text.rows[0]) and abs(row.box.x0 - last.box.x0) < 0.6 * row.size
    if after.indented and not hanging:
        return False
    return last.text[-1] not in _STOP + "：:" or text.indented


# --- blocks -----------------------------------------------------------------------------------------------------------


def _finished(sheets: Sequence[_Sheet], body: float) -> list[Block]:
    found: list[Block] = []
    bold = _is_bold_body(sheets)
    entries = {_plain_entry(item.text) for sheet in sheets for item in sheet.items if isinstance(item, _Text) and item.kind == "toc"}
    for sheet in sheets:
        lane: Lane = "ocr" if sheet.reading.lane == "ocr" else "text"
        for row in sheet.head:
            found.append(_paragraph([row], "header", lane))
        in_contents = sum(isinstance(item, _Text) and item.kind == "toc" for item in sheet.items) >= 3
        for index, item in enumerate(sheet.items):
            if isinstance(item, _Grids):
                found.append(grids.table_of(item.grids, item.caption))
                continue
            follows = sheet.items[index + 1] if index + 1 < len(sheet.items) else None
            found.append(_block(item, follows, body, bold, lane, in_contents, entries))
        found += _note_blocks(sheet.notes, lane)
        for row in sheet.foot:
            found.append(_paragraph([row], "footer", lane))
    return _relevelled(found)


def _plain_entry(text: str) -> str:
    """An entry of a contents page without its leaders, its page and its blanks."""
    return re.sub(r"\s", "", re.sub(r"[\s.．…·]+[0-9]{1,3}\s*$|[.．…·]{2,}.*$", "", text))


def _is_bold_body(sheets: Sequence[_Sheet]) -> bool:
    bold = sum(len(r.text) for s in sheets for r in s.rows if r.bold)
    return bold > 0.5 * sum(len(r.text) for s in sheets for r in s.rows)


def _paragraph(rows: Sequence[Row], kind: Kind, lane: Lane) -> Paragraph:
    text, lines = composed(rows)
    return Paragraph(text, lines, kind, lane, min(row.confidence for row in rows), raw_of(rows))


def _block(item: _Text, follows: _Item | None, body: float, bold: bool, lane: Lane, in_contents: bool, entries: Set[str]) -> Block:
    text, lines = composed(item.rows)
    confidence = min(row.confidence for row in item.rows)
    if item.kind == "body":
        row = item.rows[0]
        kind = outline.kind_of(text)
        other = outline.kind_of(follows.text) if isinstance(follows, _Text) else None
        alone = not (kind and other and kind[2] == other[2]) and isinstance(follows, _Text) and len(follows.text) > 20
        size = row.size / body if not row.rough or row.size > 1.15 * body else 1.0
        apart = row.box.x0 > item.left + 6 * row.size and not item.amid and len(text) > 4
        rank = (
            None
            if apart and not kind
            else outline.rank(text, outline.Look(size, row.bold and not bold, item.amid, alone))
            if len(item.rows) <= 4
            else None
        )
        if rank is None and entries and not in_contents and 3 <= len(text) <= 40 and _plain_entry(text) in entries:
            rank = outline.Rank(kind[1] if kind else 1, kind[0] if kind else "", 0.8)  # the contents page names it
        if rank and in_contents:
            return Heading(text, rank.level, lines, rank.number, rank.confidence, lane, "toc")
        if rank:
            return Heading(text, rank.level, lines, rank.number, round(rank.confidence * confidence, 3), lane)
    return Paragraph(text, lines, item.kind, lane, confidence, raw_of(item.rows))


def _note_blocks(rows: Sequence[Row], lane: Lane) -> list[Paragraph]:
    groups: list[list[Row]] = []
    for row in rows:
        if groups and not _NOTE_MARK.match(row.text.strip()):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [_paragraph(group, "footnote", lane) for group in groups]


def _relevelled(found: list[Block]) -> list[Block]:
    from dataclasses import replace

    at = [index for index, block in enumerate(found) if isinstance(block, Heading) and block.kind == "body"]
    levels = outline.relevel([(block.level, block.number) for index in at if isinstance(block := found[index], Heading)])
    for index, level in zip(at, levels, strict=True):
        block = found[index]
        if isinstance(block, Heading) and block.level != level:
            found[index] = replace(block, level=level)
    return found


def tables(found: Iterable[Block]) -> list[Table]:
    """The tables among blocks."""
    return [block for block in found if isinstance(block, Table)]
