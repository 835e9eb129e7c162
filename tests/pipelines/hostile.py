"""Readers and a screener for the tests, named in jobs as ``tests.pipelines.hostile:NAME``.

Each reader does one thing that a reader must never do. ``by_name`` does what the file's name says, so that one submission can
hold a disaster among ordinary files.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extract.document import Document, Page, Paragraph


def plain(file: Path, *, path: str, options: Any) -> Document:
    """An ordinary reader: the file's lines are paragraphs."""
    text = file.read_bytes().decode("utf-8", "replace")
    return Document(path, "txt", blocks=tuple(Paragraph(line) for line in text.splitlines()), pages=(Page(1, 595.0, 842.0),))


def slow(file: Path, *, path: str, options: Any) -> Document:
    time.sleep(0.05)
    return plain(file, path=path, options=options)


def crash(file: Path, *, path: str, options: Any) -> Document:
    ctypes.string_at(0)
    raise AssertionError("still alive")


def leave(file: Path, *, path: str, options: Any) -> Document:
    os._exit(3)


def sleep(file: Path, *, path: str, options: Any) -> Document:
    # usleep of the C library through PyDLL: holds the interpreter's lock, as a hung C extension does.
    ctypes.PyDLL(None).sleep(1000)
    return plain(file, path=path, options=options)


def spin(file: Path, *, path: str, options: Any) -> Document:
    while True:
        sum(range(100_000))


def eat(file: Path, *, path: str, options: Any) -> Document:
    held = []
    while True:
        held.append(bytearray(b"x") * 8_000_000)


def flood(file: Path, *, path: str, options: Any) -> Document:
    return Document(path, "txt", blocks=tuple(Paragraph("长" * 10_000) for _ in range(2_000)))


def spill(file: Path, *, path: str, options: Any) -> Document:
    """Endless files, each below what one file may hold."""
    number = 0
    while True:
        number += 1
        (Path(tempfile.gettempdir()) / f"spill{number}").write_bytes(b"x" * 4_000_000)


def chatter(file: Path, *, path: str, options: Any) -> Document:
    """Noise on the standard streams must not mix with the answer."""
    for stream in (sys.stdout, sys.stderr):
        stream.write("noise\n" * 10_000)
        stream.flush()
    os.write(1, b"raw noise" * 1000)
    return plain(file, path=path, options=options)


def fork(file: Path, *, path: str, options: Any) -> Document:
    """Leaves a process behind that tries to get away, and tells its number."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    return Document(path, "txt", blocks=(Paragraph(str(child.pid)),))


def dial(file: Path, *, path: str, options: Any) -> Document:
    """Tries the network in two ways: by a socket, and by a program of its own."""
    import socket

    try:
        socket.create_connection(("198.51.100.1", 80), 1)
        first = "open"
    except OSError as error:
        first = type(error).__name__
    return Document(path, "txt", blocks=(Paragraph(first),))


def change(file: Path, *, path: str, options: Any) -> Document:
    document = plain(file, path=path, options=options)
    with file.open("ab") as stream:
        stream.write("后来加的一行\n".encode())
    return document


def vanish(file: Path, *, path: str, options: Any) -> Document:
    file.unlink()
    return plain(file, path=path, options=options)


def panic(file: Path, *, path: str, options: Any) -> Document:
    """As a Rust library ends: with an error that is no ``Exception``."""
    raise BaseException("panicked")


def fail(file: Path, *, path: str, options: Any) -> Document:
    raise ValueError("a bug of the reader")


def by_name(file: Path, *, path: str, options: Any) -> Document:
    """What the file's stem says, else ``slow``."""
    reader = globals().get(Path(path).stem, slow)
    return reader(file, path=path, options=options)


def screen(submission: Any, documents: Mapping[str, Document], wishes: Any, folder: Path, failed: str) -> dict[str, Any]:
    """A screener that writes down what it was given; ``崩溃`` in a submission's name makes it crash."""
    if "崩溃" in submission.name and not failed:
        ctypes.string_at(0)
    if "出错" in submission.name and not failed:
        raise ValueError("a bug of the screener")
    (folder / "documents").mkdir()
    findings = {
        "name": submission.name,
        "failed": failed,
        "documents": {path: [problem.code for problem in document.problems] for path, document in documents.items()},
    }
    for path, document in documents.items():
        text = "\n".join(document.text_of(anchor) for anchor, _ in document.anchors())
        (folder / "documents" / (path.replace("/", "_") + ".txt")).write_text(text, "utf-8")
    (folder / "findings.json").write_text(json.dumps(findings, ensure_ascii=False, indent=1), "utf-8")
    return {"gate": "review" if failed else "pass", "failed": failed}


def index(out: Path, names: list[str], folder: Path, wishes: Any) -> None:
    (folder / "index.html").write_text("\n".join(names), "utf-8")


def full_disk(submission: Any, documents: Mapping[str, Document], wishes: Any, folder: Path, failed: str) -> dict[str, Any]:
    """A screener whose results are large."""
    (folder / "large").write_bytes(b"x" * 3_000_000)
    return screen(submission, documents, wishes, folder, failed)
