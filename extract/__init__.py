"""The reading floor: ``extract.read(path)`` gives a ``Document`` in which no word loses its place."""

from extract.document import (
    Anchor,
    BBox,
    Block,
    Cell,
    Document,
    Heading,
    Line,
    Page,
    Paragraph,
    Place,
    Problem,
    Table,
)
from extract.formats import read

__all__ = ["Anchor", "BBox", "Block", "Cell", "Document", "Heading", "Line", "Page", "Paragraph", "Place", "Problem", "Table", "read"]
