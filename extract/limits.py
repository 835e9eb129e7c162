"""Every limit of the reading floor in one place; a message that refuses something names the limit that it hit."""

from __future__ import annotations

# Archives (zip, 7z, rar) of a submission.
ARCHIVE_DEPTH = 3  # archives inside archives inside archives
ARCHIVE_ENTRIES = 20_000  # members of one submission, all archives together
ARCHIVE_TOTAL = 8 * 1024**3  # bytes unpacked, all archives together
ARCHIVE_MEMBER = 2 * 1024**3  # bytes of one member
ARCHIVE_RATIO = 200  # unpacked to packed, looked at above RATIO_FLOOR only: small files may shrink a lot
RATIO_FLOOR = 64 * 1024**2

# Zips of XML (docx, xlsx, pptx, ofd). Honest sheets shrink to a fiftieth, so the ratio is looser and the sizes tighter.
PACKAGE_PART = 256 * 1024**2
PACKAGE_TOTAL = 1024**3
PACKAGE_ENTRIES = 50_000
PACKAGE_RATIO = 300
PACKAGE_RATIO_FLOOR = 24 * 1024**2

# Sheets: what a sheet says of its size is not believed, what it holds is counted.
SHEET_CELLS = 3_000_000
SHEET_COLUMNS = 16_384
SHEET_LEGACY_BYTES = 96 * 1024**2

# Word and slides.
NESTED_TABLES = 16
NESTED_XML = 200
PICTURES = 400  # pictures inside one document that are read by OCR

# Plain text.
TEXT_BYTES = 64 * 1024**2

# One start of the office program, seconds: a base and a share for each file of the batch.
OFFICE_START = 60
OFFICE_EACH = 30


def size(count: int) -> str:
    """A count of bytes as people say it."""
    for unit, step in (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if count >= step:
            return f"{count / step:.4g} {unit}"
    return f"{count} 字节"
