"""Documents built by hand, and the package of them, for tests that need no files."""

from __future__ import annotations

from typing import Any

from extract.document import Block, Cell, Document, Heading, Paragraph, Problem, Table
from models.catalogue import load_edition
from models.nlp import build_nlp
from models.package import Package

_NLP: list[Any] = []


def table(rows: list[list[str]], caption: str = "") -> Table:
    """A table with one header row."""
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Table(len(rows), len(rows[0]), cells, header_rows=1, caption=caption)


def document(path: str, *blocks: str | Table) -> Document:
    """A document of paragraphs, headings (“# ”) and tables; without blocks one that could not be read."""
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            made.append(block)
        elif block.startswith("# "):
            made.append(Heading(block[2:], 1))
        else:
            made.append(Paragraph(block))
    lost = () if made else (Problem("locked", "文件已加密", "请提供未加密的文件"),)
    return Document(path, "docx", blocks=tuple(made), problems=lost)


def package(*documents: Document, **overrides: object) -> Package:
    """The package of documents, with the edition's own language pipeline."""
    if not _NLP:
        _NLP.append(build_nlp(load_edition()))
    return Package("明州市", documents, load_edition(), _NLP[0], overrides)
