"""A long scan over all cores: its pages are recognised ahead in ranges, then the document is read whole with them known.

What a page says needs that page alone, and takes nearly all the time; paragraphs and tables that run over a page border need the
whole document and take little. So the result is the same, byte for byte, as that of one reading in one go. A range is kept in the
cache, so that a run that is killed in the middle of a long scan does not begin it again.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.page import PageReading
from pipelines import codec

if TYPE_CHECKING:
    from extract.formats import ReadOptions

LEAST_BYTES = 500_000  # smaller files are not looked at
LEAST_PAGES = 8  # fewer pages without text are read in one go
RANGE = 4  # pages of a range
FEW = 16  # characters; a page with fewer is taken for a picture


def survey_child(file: str) -> bytes:
    """Runs in a child: the numbers of a PDF's pages that have no text of their own, as JSON; empty for anything else."""
    import pypdfium2

    found: list[int] = []
    try:
        with contextlib.closing(pypdfium2.PdfDocument(file)) as pdf:
            for index in range(len(pdf)):
                page = pdf[index]
                text = page.get_textpage()
                if text.count_chars() < FEW:
                    found.append(index + 1)
                text.close()
                page.close()
    except Exception:  # what is wrong with the file is the reader's to say
        return b"[]"
    return json.dumps(found).encode()


def plan(pages: Sequence[int]) -> list[tuple[int, int]]:
    """The ranges ``[first, last + 1)`` in which pages are recognised ahead; none where that would not pay."""
    if len(pages) < LEAST_PAGES:
        return []
    groups = [pages[start : start + RANGE] for start in range(0, len(pages), RANGE)]
    return [(group[0], group[-1] + 1) for group in groups]


def recognise_child(reader: str, file: str, path: str, options: ReadOptions) -> bytes:
    """Runs in a child: read a range of pages for what is recognised on them; the readings by picture, as JSON."""
    module, _, name = reader.partition(":")
    learned: dict[str, str] = {}
    with recalling({}, learned):
        getattr(importlib.import_module(module), name)(Path(file), path=path, options=options)
    return json.dumps(learned, ensure_ascii=False).encode("utf-8", "surrogatepass")


@contextlib.contextmanager
def recalling(known: dict[str, str], learned: dict[str, str] | None = None) -> Iterator[None]:
    """While it lasts, a picture that is known is not recognised again, and what is recognised is noted in ``learned``."""
    # Nearly all documents need neither: the picture lane's libraries are then not even imported.
    if not known and learned is None:
        yield
        return
    from extract import pictures

    recognise = pictures.read_image

    def recall(image: Any, number: int, dpi: float, options: ReadOptions) -> PageReading:
        key = f"{number} {dpi!r} {image.shape} {hashlib.sha256(image).hexdigest()}"
        if key in known:
            return codec.decode(known[key].encode("utf-8", "surrogatepass"), PageReading)
        reading = recognise(image, number, dpi, options)
        if learned is not None and not reading.problems:
            learned[key] = codec.encode(reading, PageReading).decode("utf-8", "surrogatepass")
        return reading

    # All readers recognise through this one function: here is where it can be spared without their knowing.
    pictures.read_image = recall
    try:
        yield
    finally:
        pictures.read_image = recognise


def joined(parts: Sequence[bytes]) -> dict[str, str]:
    """What several ranges taught, as one; a part that is no such thing teaches nothing."""
    known: dict[str, str] = {}
    for part in parts:
        with contextlib.suppress(ValueError, TypeError):
            known |= json.loads(part.decode("utf-8", "surrogatepass"))
    return known


def options_of(options: ReadOptions, span: tuple[int, int]) -> ReadOptions:
    """The options that read one range."""
    return replace(options, pages=span)
