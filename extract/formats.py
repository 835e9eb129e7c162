"""Which reader opens what: decided by a file's content, never by its suffix."""

from __future__ import annotations

import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from extract.document import Document, Problem
from extract.problems import Damaged, Empty, Encrypted, ExtractError, Unsupported


@dataclass(frozen=True)
class Source:
    """A file to read: where it lies on the disc, its path inside the submission, its hash."""

    file: Path
    path: str
    sha256: str = ""


@dataclass(frozen=True)
class ReadOptions:
    """How to read. ``pages`` is a range of page numbers ``[first, last + 1)``; ``ocr`` off leaves pictures unread, and says so.

    ``converted`` is a folder that ``legacy.convert_batch`` filled ahead, with files named by their sha256.
    """

    ocr_engine: str = "auto"
    max_pages: int = 3000
    pages: tuple[int, int] | None = None
    ocr: bool = True
    converted: Path | None = None


Reader = Callable[[Source, ReadOptions], Document]


def _reader(module: str, name: str) -> Reader:
    """A reader that is imported when it is first needed: a PDF should not wait for the Word reader's libraries."""

    def read_with(source: Source, options: ReadOptions) -> Document:
        reader: Reader = getattr(import_module(f"extract.{module}"), name)
        return reader(source, options)

    return read_with


def _archive(source: Source, options: ReadOptions) -> Document:
    problem = Problem("archive", "这是压缩包，不是单个文件，未在此读取", "请对整个压缩包运行预审，或解压后再读取其中的文件。")
    return Document(source.path, "archive", source.sha256, problems=(problem,))


def _unknown(source: Source, options: ReadOptions) -> Document:
    raise Unsupported("文件内容不是任何已知的文档格式")


READERS: dict[str, Reader] = {
    "pdf": _reader("pdf", "read_pdf"),
    "docx": _reader("word", "read_docx"),
    "docm": _reader("word", "read_docx"),
    "doc": _reader("legacy", "read_legacy"),
    "rtf": _reader("legacy", "read_legacy"),
    "ppt": _reader("legacy", "read_legacy"),
    "odt": _reader("legacy", "read_legacy"),
    "ods": _reader("sheets", "read_sheets"),
    "odp": _reader("legacy", "read_legacy"),
    "xls": _reader("sheets", "read_sheets"),
    "xlsx": _reader("sheets", "read_sheets"),
    "xlsb": _reader("sheets", "read_sheets"),
    "pptx": _reader("slides", "read_pptx"),
    "ofd": _reader("ofd", "read_ofd"),
    "csv": _reader("plain", "read_csv"),
    "txt": _reader("plain", "read_txt"),
    "html": _reader("plain", "read_html"),
    "mhtml": _reader("legacy", "read_legacy"),
    "jpg": _reader("pictures", "read_picture_file"),
    "png": _reader("pictures", "read_picture_file"),
    "tif": _reader("pictures", "read_picture_file"),
    "bmp": _reader("pictures", "read_picture_file"),
    "webp": _reader("pictures", "read_picture_file"),
    "gif": _reader("pictures", "read_picture_file"),
    "zip": _archive,
    "7z": _archive,
    "rar": _archive,
    "unknown": _unknown,
}

# What an office calls each format, for messages and reports.
NAMES = {
    "pdf": "PDF", "docx": "Word", "docm": "Word", "doc": "Word 97-2003", "rtf": "RTF", "ppt": "PowerPoint 97-2003",
    "xls": "Excel 97-2003",
    "xlsx": "Excel", "xlsb": "Excel", "pptx": "PowerPoint", "ofd": "OFD", "csv": "CSV", "txt": "纯文本", "html": "网页",
    "mhtml": "网页",
    "jpg": "图片", "png": "图片", "tif": "图片", "bmp": "图片", "webp": "图片", "gif": "图片", "zip": "压缩包",
    "7z": "压缩包", "rar": "压缩包",
    "odt": "ODF 文本", "ods": "ODF 表格", "odp": "ODF 演示", "unknown": "未知格式",
}  # fmt: skip

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"II+\0", "tif"),
    (b"GIF8", "gif"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"{\\rt", "rtf"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(file: str | Path, *, path: str | None = None, options: ReadOptions | None = None) -> Document:
    """Any file as a ``Document``; ``path`` is its name inside the submission (default: the file's name).

    What cannot be read comes back as a document without blocks and with a ``Problem``; only a path that isn't there raises
    (``FileNotFoundError``).
    """
    file = Path(file)
    if not file.is_file():
        raise FileNotFoundError(f"找不到文件：{file}")
    name = path if path is not None else file.name
    kind = digest = ""
    try:
        if file.stat().st_size == 0:
            raise Empty()
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        kind = sniff(file)
        return READERS[kind](Source(file, name, digest), options or ReadOptions())
    except ExtractError as error:
        problem = error.as_problem()
    except MemoryError:
        problem = Problem("too_large", "文件过大，读取时内存不足", "请拆分或压缩该文件后重新预审，或人工核对。")
    except Exception as error:
        # One file must never stop a submission: whatever a reader trips over is told as that file's problem.
        problem = Problem("unreadable", f"文件读取失败（{type(error).__name__}：{str(error)[:160]}）", ExtractError.advice)
    return Document(name, kind or "unknown", digest, problems=(problem,))


def sniff(file: str | Path) -> str:
    """The name of a file's format, a key of ``READERS``, by its content. Raises ``Encrypted`` for a locked Office file."""
    file = Path(file)
    with file.open("rb") as stream:
        head = stream.read(8192)
    if head.startswith(_OLE):
        return _sniff_ole(file)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _sniff_zip(file)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[:2] == b"BM" and len(head) > 26 and struct.unpack("<I", head[14:18])[0] in (12, 40, 52, 56, 64, 108, 124):
        return "bmp"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return _sniff_text(head)


def _sniff_ole(file: Path) -> str:
    import olefile  # type: ignore[import-untyped]  # publishes no types

    try:
        with olefile.OleFileIO(str(file)) as ole:
            streams = {"/".join(parts).lower() for parts in ole.listdir()}
    except Exception as error:
        raise Damaged("OLE2 结构不完整，可能在传送中被截断") from error
    if "encryptedpackage" in streams:
        raise Encrypted()
    for stream, kind in (
        ("worddocument", "doc"),
        ("workbook", "xls"),
        ("book", "xls"),
        ("powerpoint document", "ppt"),
        ("wpsdocument", "doc"),
    ):
        if stream in streams:
            return kind
    return "unknown"


def _sniff_zip(file: Path) -> str:
    from extract import salvage

    try:
        with salvage.opened(file) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()}
            types = archive.read("[Content_Types].xml")[:200_000] if "[Content_Types].xml" in archive.namelist() else b""
            mime = archive.read("mimetype")[:100] if "mimetype" in names and archive.getinfo("mimetype").file_size < 200 else b""
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        OSError,
        KeyError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ):
        return _sniff_broken_zip(file)
    if "ofd.xml" in names:
        return "ofd"
    for prefix, kind in (
        ("word/document", "docx"),
        ("ppt/presentation", "pptx"),
        ("xl/workbook.bin", "xlsb"),
        ("xl/workbook", "xlsx"),
    ):
        if any(name.startswith(prefix) for name in names):
            return "docm" if kind == "docx" and b"ms-word.document.macroEnabled" in types else kind
    for media, kind in _MEDIA:
        if media in mime:
            return kind
    return "zip"


def _sniff_broken_zip(file: Path) -> str:
    """A zip without its directory: what it was meant to be shows in its entries' own headers."""
    from extract import salvage

    entries = salvage.peek(file)
    for name, data in entries:
        part = _OFFICE_PART.match(name)
        if part:
            return {"word": "docx", "xl": "xlsx", "ppt": "pptx"}.get(part[1], "ofd")
        for media, kind in (*_MEDIA, *_MAIN_TYPES):
            if media in data and name in ("mimetype", "[content_types].xml"):
                return kind
    if any(name == "[content_types].xml" for name, _ in entries):
        return "docx"
    if entries:
        return "zip"
    with file.open("rb") as stream:
        head = stream.read(65536).lower()
    for mark, kind in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx"), (b"ofd.xml", "ofd")):
        if mark in head:
            return kind
    return "docx" if b"[content_types].xml" in head else "zip"


# Parts by which a format shows itself; a folder of papers that happens to be called "word" has none of them.
_OFFICE_PART = re.compile(r"(?:(word|xl|ppt)/(?:.*\.(?:xml|rels|bin)|(?:media|embeddings)/.*)|(ofd)\.xml|doc_[0-9]+/.*\.xml)$")
_MEDIA = (
    (b"opendocument.text", "odt"),
    (b"opendocument.spreadsheet", "ods"),
    (b"opendocument.presentation", "odp"),
)
_MAIN_TYPES = ((b"wordprocessingml", "docx"), (b"spreadsheetml", "xlsx"), (b"presentationml", "pptx"))
_HTML = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body|table|meta)\b", re.IGNORECASE | re.DOTALL
)


def _sniff_text(head: bytes) -> str:
    from extract.plain import decode, looks_like_csv

    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if re.match(rb"(MIME-Version|From|Date|Subject|Content-Type):", head, re.IGNORECASE) and b"multipart/related" in head.lower():
        return "mhtml"
    text = decode(head, partial=True)
    if text is None:
        return "unknown"
    return "csv" if looks_like_csv(text) else "txt"
