"""The cache of readings: what a file said, under the hash of its bytes, its readers and its options.

An entry is one file: a line with the checksum, a line about the reading (pages, lanes), then the bytes of ``codec``. A damaged
entry counts as not there. Several runs may share one store: entries are written beside and moved into place.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.metadata
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

LIMIT = 5 * 1024**3  # bytes; a round of 100,000 pages takes about one fifth of it
_MAGIC = b"prescreen-reading-1 "
_HEAD = len(_MAGIC) + 64 + 1
# What a reading depends on beside our own readers.
LIBRARIES = (
    "pypdfium2",
    "rapidocr",
    "openvino",
    "onnxruntime",
    "opencv-python",
    "opencv-python-headless",
    "numpy",
    "lxml",
    "python-calamine",
    "openpyxl",
    "python-pptx",
    "pillow",
    "docvortex",
    "olefile",
    "pdfplumber",
    "py7zr",
    "rarfile",
)
# Files of the reading floor that do not change what a document says.
_NOT_READERS = {"sandbox.py", "submission.py", "archives.py", "snapshot.py"}
# Options that change how fast, not what is read.
_NOT_CONTENT = {"threads", "ocr_threads", "converted", "progress"}


def default_folder() -> Path:
    """Where the cache is kept if nothing is said: the user's cache folder of the platform."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return (Path(base) if base else Path.home() / "AppData" / "Local") / "prescreen" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "prescreen"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "prescreen"


@functools.cache
def code_version(package: str) -> str:
    """A hash over a package's own files (sources and data): 16 hex digits. ``package`` is one of our floors."""
    folder = Path(__file__).resolve().parent.parent / package
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.suffix == ".pyc" or "__pycache__" in file.parts or not file.is_file():
            continue
        if package == "extract" and file.name in _NOT_READERS:
            continue
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


@functools.cache
def library_versions() -> dict[str, str]:
    """The versions of the libraries that read, those that are installed."""
    versions: dict[str, str] = {}
    for name in LIBRARIES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            versions[name] = importlib.metadata.version(name)
    return versions


@functools.cache
def reader_version() -> str:
    """One hash for everything that a reading depends on beside the file and the options: 16 hex digits."""
    office = shutil.which("soffice") or shutil.which("libreoffice") or ""
    office_mark = ""
    if office:
        real = Path(office).resolve()
        office_mark = f"{real} {real.stat().st_size}"
    text = json.dumps([code_version("extract"), library_versions(), office_mark, sys.version_info[:2]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def options_mark(options: object) -> str:
    """The options that change what is read, as one line."""
    if options is None:
        return ""
    if not is_dataclass(options):
        return repr(options)
    pairs = {item.name: repr(getattr(options, item.name)) for item in fields(options) if item.name not in _NOT_CONTENT}
    return json.dumps(pairs, sort_keys=True, ensure_ascii=False)


def key_of(sha256: str, path: str, options: object, reader: str = "") -> str:
    """The name of a reading: 64 hex digits. The suffix counts: a reader may look at it where the content is plain text."""
    text = json.dumps([sha256, Path(path).suffix.lower(), reader_version(), options_mark(options), reader])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Store:
    """Readings on disk under ``folder``; ``limit`` in bytes is kept by dropping what was used longest ago."""

    def __init__(self, folder: Path | str | None = None, limit: int = LIMIT) -> None:
        self.folder = Path(folder) if folder else default_folder()
        self.limit = limit
        self._used: set[str] = set()

    def file_of(self, key: str) -> Path:
        """Where an entry is kept."""
        return self.folder / "readings" / key[:2] / key

    def get(self, key: str) -> bytes | None:
        """The bytes of a reading; None where there is none, or where what is there is not what was written."""
        entry = self.entry(key)
        return entry[0] if entry else None

    def entry(self, key: str) -> tuple[bytes, dict[str, Any]] | None:
        """As ``get``, with what was said about the reading."""
        file = self.file_of(key)
        try:
            data = file.read_bytes()
        except OSError:
            return None
        if data[: len(_MAGIC)] != _MAGIC or hashlib.sha256(data[_HEAD:]).hexdigest().encode() != data[len(_MAGIC) : _HEAD - 1]:
            with contextlib.suppress(OSError):
                file.unlink()
            return None
        with contextlib.suppress(OSError):
            os.utime(file)  # used now: not the first to be dropped
        self._used.add(key)
        end = data.index(b"\n", _HEAD)
        return data[end + 1 :], json.loads(data[_HEAD:end])

    def has(self, key: str) -> bool:
        """Whether an entry is there; whether it is sound shows only when it is got."""
        return self.file_of(key).is_file()

    def put(self, key: str, data: bytes, about: dict[str, Any] | None = None) -> None:
        """Keep a reading. ``OSError`` when the disk is full or closed to us."""
        self._used.add(key)
        data = json.dumps(about or {}).encode() + b"\n" + data
        write_atomically(self.file_of(key), _MAGIC + hashlib.sha256(data).hexdigest().encode() + b"\n" + data)

    def shrink(self, keep: Iterable[str] = ()) -> int:
        """Drop the entries used longest ago until the limit holds; what this run used stays. The number dropped.

        A clock that was set back leaves entries of the future: they count as used now.
        """
        kept = self._used | set(keep)
        now = time.time()
        entries = []
        with contextlib.suppress(OSError):
            for file in (self.folder / "readings").rglob("*"):
                with contextlib.suppress(OSError):
                    state = file.stat()
                    if not file.is_file():
                        continue
                    if file.name.startswith(".") and now - state.st_mtime > 3600:
                        file.unlink()  # a half-written entry that a killed run left
                    elif not file.name.startswith("."):
                        entries.append((min(state.st_mtime, now), state.st_size, file))
        total, dropped = sum(size for _, size, _ in entries), 0
        for _, size, file in sorted(entries, key=lambda entry: (entry[0], entry[2].name)):
            if total <= self.limit:
                break
            if file.name in kept:
                continue
            with contextlib.suppress(OSError):
                file.unlink()
                total -= size
                dropped += 1
        return dropped

    def size(self) -> int:
        """Bytes kept."""
        total = 0
        for file in (self.folder / "readings").rglob("*"):
            with contextlib.suppress(OSError):
                total += file.stat().st_size if file.is_file() else 0
        return total


def write_atomically(file: Path, data: bytes, scratch: Path | None = None) -> None:
    """Write a file so that it is there whole or not at all. ``scratch``: a folder of the same disk for the unfinished file."""
    folder = scratch or file.parent
    file.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def hash_file(file: Path | str) -> str:
    """The SHA-256 of a file's bytes. ``OSError`` where it cannot be read."""
    with Path(file).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def hash_of(value: Any) -> str:
    """The SHA-256 of a plain JSON value."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
