"""Masking of identity numbers, telephone numbers and bank accounts, one character for one character, in all that a report shows.

``redacted(screening, originals)`` gives both with every such number masked; offsets and boxes hold. Page pictures are only shown
of pages whose words are a text layer, with the numbers blacked out; a scan may hold a number that was misread, so it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

from extract.document import Anchor, BBox, Document, Heading, Paragraph, Table
from models.evidence import Evidence
from pipelines.reports.options import LocalFiles, Originals
from pipelines.screening import Screening

T = TypeVar("T")
Span = tuple[int, int, int, int]  # start, end, digits kept in front, digits kept behind

_NARROW = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF38: "X", 0xFF58: "x", 0xFF0D: "-", 0x2014: "-", 0x2013: "-", 0x3000: " "}
_GAP = r"[ \t-]?"
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![\d.])(?:(?:\+|00)?86[ -]?)?(1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?![\d.]*\d)")
_LANDLINE = re.compile(r"(?<![\d.])(?:[(（]0\d{2,3}[)）][ -]?|0\d{2,3}[ -])\d{7,8}(?![\d.]*\d)")
_CARD = re.compile(r"(?<![0-9A-Za-z.])[3-9]\d{3}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,4})?(?![0-9A-Za-z.])")
# What announces a number: then weaker forms count too.
_CUE_IDENTITY = r"(?:身\s*份\s*证|证\s*件\s*号)"
_CUE_PHONE = r"(?:电\s*话|手\s*机|传\s*真|联\s*系\s*方\s*式|座\s*机|移动号码|Tel|TEL|tel|Fax|FAX)"
_CUE_BANK = r"(?:账\s*号|帐\s*号|账\s*户|帐\s*户|卡\s*号)"
_RUN = r"\d(?:[ \t-]{0,2}\d)"
_CUED = (
    (re.compile(rf"{_CUE_IDENTITY}[^\d\n]{{0,14}}({_RUN}{{13,17}}[Xx]?)"), 3, 4),
    (re.compile(rf"{_CUE_PHONE}[^\d\n]{{0,14}}({_RUN}{{6,14}}(?:\s*[/、,，;；]\s*{_RUN}{{6,14}})*)"), 3, 2),
    (re.compile(rf"{_CUE_BANK}[^\d\n]{{0,14}}({_RUN}{{7,29}})"), 4, 4),
)
_COLUMN = ((re.compile(_CUE_IDENTITY), 3, 4), (re.compile(_CUE_PHONE), 3, 2), (re.compile(_CUE_BANK), 4, 4))
_ANY_RUN = re.compile(rf"(?<![\dA-Za-z.]){_RUN}{{6,29}}[Xx]?(?![\dA-Za-z])")


def mask(text: str) -> str:
    """The text with all such numbers masked by “*”; its length stays."""
    return _apply(text, spans(text)) if _worth(text) else text


def spans(text: str, column: str = "") -> list[Span]:
    """The numbers to mask in a text. ``column`` is what names it in a table (“联系电话”)."""
    plain = text.translate(_NARROW)
    found: list[Span] = []
    for match in _IDENTITY.finditer(plain):
        if _identity(re.sub(r"[^0-9Xx]", "", match[0])):
            found.append((*match.span(), 3, 4))
    found += [(*match.span(1), 3, 4) for match in _MOBILE.finditer(plain)]
    found += [(*match.span(), 4, 2) for match in _LANDLINE.finditer(plain)]
    for match in _CARD.finditer(plain):
        digits = re.sub(r"\D", "", match[0])
        if 16 <= len(digits) <= 19 and _luhn(digits):
            found.append((*match.span(), 4, 4))
    weaker = [(*match.span(1), front, behind) for pattern, front, behind in _CUED for match in pattern.finditer(plain)]
    for cue, front, behind in _COLUMN:
        if column and cue.search(column.translate(_NARROW)):
            weaker += [(*match.span(), front, behind) for match in _ANY_RUN.finditer(plain)]
    # A number that its own form gave away is masked in that form's way.
    return found + [span for span in weaker if not any(span[0] < end and start < span[1] for start, end, _, _ in found)]


def _worth(text: str) -> bool:
    return sum(char.isdigit() for char in text) >= 7


def _apply(text: str, found: list[Span]) -> str:
    if not found:
        return text
    chars = list(text)
    for start, end, front, behind in found:
        digits = [index for index in range(start, end) if text[index].isdigit() or text[index] in "XxＸｘ"]
        for index in digits[front : len(digits) - behind]:
            chars[index] = "*"
    return "".join(chars)


def _identity(digits: str) -> bool:
    """An 18-digit identity number: a real birthday and the right check digit."""
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(digits[:17], weights, strict=True)) % 11] == digits[17].upper()


def _luhn(digits: str) -> bool:
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def redacted(screening: Screening, originals: Originals) -> tuple[Screening, LocalFiles]:
    """The screening and its documents with all numbers masked, and which page pictures may be shown."""
    secrets: dict[str, str] = {}
    boxes: dict[tuple[str, int], tuple[BBox, ...]] = {}
    documents: dict[str, Document] = {}
    for path, document in originals.documents.items():
        documents[path] = _document(document, secrets, boxes, path)
    known = re.compile("|".join(rf"(?<!\d){re.escape(s)}(?!\d)" for s in sorted(secrets, key=len, reverse=True))) if secrets else None

    def safe(text: str) -> str:
        """Masked by form, and by what was found in a document where more of its surroundings was seen."""
        if not _worth(text):
            return text
        text = mask(text)
        return known.sub(lambda match: secrets[match[0]], text) if known else text

    evidence = tuple(_evidence(item, originals.documents, documents, safe) for item in screening.evidence)
    masked = _map(replace(screening, evidence=()), safe)
    masked = replace(masked, evidence=evidence, documents=tuple(
        replace(new, sha256=old.sha256) for new, old in zip(masked.documents, screening.documents, strict=True)
    ), catalogue=screening.catalogue)  # fmt: skip
    paths = {path: safe(path) for path in {*originals.documents, *(record.path for record in screening.documents)}}
    files = {paths[path]: file for path in paths if (file := originals.file(path)) is not None}
    return masked, LocalFiles(
        {paths.get(path, path): replace(_map(document, safe), sha256=document.sha256) for path, document in documents.items()},
        files,
        {(paths.get(path, path), page): found for (path, page), found in boxes.items()},
        strict=True,
    )


def _evidence(item: Evidence, before: Mapping[str, Document], after: Mapping[str, Document], safe: Callable[[str], str]) -> Evidence:
    new = _map(item, safe)
    document = before.get(item.document)
    try:
        if document is not None and document.quote(item.anchor) == item.text:
            new = replace(new, text=safe(after[item.document].quote(item.anchor)))
    except (IndexError, TypeError):
        pass  # a record that no longer fits its document: masked by form alone
    return replace(new, id=item.id)


def _map(value: T, safe: Callable[[str], str]) -> T:
    """The same value with every string in it made safe."""
    result: Any = value
    if isinstance(value, str):
        result = safe(value) if type(value) is str else value  # an enum is no text
    elif is_dataclass(value) and not isinstance(value, type):
        result = replace(value, **{f.name: _map(getattr(value, f.name), safe) for f in fields(value)})
    elif isinstance(value, dict):
        result = {_map(key, safe): _map(item, safe) for key, item in value.items()}
    elif isinstance(value, tuple) and not hasattr(value, "_fields"):
        result = tuple(_map(item, safe) for item in value)
    elif isinstance(value, list):
        result = [_map(item, safe) for item in value]
    return result  # type: ignore[no-any-return]


def _document(document: Document, secrets: dict[str, str], boxes: dict[tuple[str, int], tuple[BBox, ...]], path: str) -> Document:
    for page in document.pages:
        if page.lane == "text":
            boxes.setdefault((path, page.number), ())
    blocks: list[Heading | Paragraph | Table] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            cells = []
            for cell in block.cells:
                found = spans(cell.text, _names(block, cell.row, cell.col)) if _worth(cell.text) else []
                _note(document, Anchor(index, 0, 0, (cell.row, cell.col)), cell.text, found, secrets, boxes, path)
                cells.append(replace(cell, text=_apply(cell.text, found)) if found else cell)
            blocks.append(replace(block, cells=tuple(cells)))
        else:
            found = spans(block.text) if _worth(block.text) else []
            _note(document, Anchor(index, 0, 0), block.text, found, secrets, boxes, path)
            blocks.append(replace(block, text=_apply(block.text, found)) if found else block)
    return replace(document, blocks=tuple(blocks))


def _names(table: Table, row: int, col: int) -> str:
    """What names a cell: the head of its column, else the cell to its left."""
    head = " ".join(c.text for c in table.cells if c.row < max(1, table.header_rows) and c.row < row and c.col <= col < c.col + c.colspan)
    left = " ".join(c.text for c in table.cells if c.row <= row < c.row + c.rowspan and c.col + c.colspan == col)
    return f"{head[:15]} {left[:14]}".strip()


def _note(
    document: Document,
    anchor: Anchor,
    text: str,
    found: list[Span],
    secrets: dict[str, str],
    boxes: dict[tuple[str, int], tuple[BBox, ...]],
    path: str,
) -> None:
    """Remember the masked words, and black out their places on the page."""
    for start, end, front, behind in found:
        secrets[text[start:end]] = _apply(text[start:end], [(0, end - start, front, behind)])
        for place in document.locate(replace(anchor, start=start, end=end)):
            key = (path, place.page)
            if key in boxes:
                boxes[key] = (*boxes[key], place.box)
