"""What a report is given beside the screening: the originals, and the wishes of the person who asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from extract.document import BBox, Document


class Originals(Protocol):
    """The submitted files while they are at hand."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """What was read of each document, by its path in the submission."""

    @property
    def masks(self) -> Mapping[tuple[str, int], tuple[BBox, ...]]:
        """Boxes to black out in page pictures, by document and page."""

    @property
    def strict(self) -> bool:
        """Whether pages without an entry in ``masks`` must not be shown."""

    def file(self, path: str) -> Path | None:
        """A local file that holds the document, None where there is none."""


@dataclass(frozen=True)
class LocalFiles:
    """Originals from plain mappings. ``files`` maps document paths to local files.

    ``masks``: per document and page the boxes to black out in pictures; ``strict``: a page without an entry there is not shown.
    """

    documents: Mapping[str, Document] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    masks: Mapping[tuple[str, int], tuple[BBox, ...]] = field(default_factory=dict)
    strict: bool = False

    def file(self, path: str) -> Path | None:
        """The local file of a document."""
        return self.files.get(path)


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """``redact``: mask personal numbers. ``annotate``: marked copies of PDFs. ``pictures``: page pictures in report.html.

    ``picture_bytes`` bounds all pictures of one report together (before base64, which adds a third).
    """

    redact: bool = False
    annotate: bool = False
    pictures: bool = True
    picture_bytes: int = 9_000_000
