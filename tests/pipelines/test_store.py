"""Documents as bytes, and the cache that keeps them."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from extract.document import BBox, Cell, Document, Heading, Line, Page, Paragraph, Part, Problem, Table
from extract.formats import ReadOptions
from extract.submission import Entry, Submission
from pipelines import codec
from pipelines.store import Store, default_folder, key_of, write_atomically

KEY = "ab" * 32


def rich_document() -> Document:
    line = Line(0, 3, 1, BBox(72.12, 100.5, 120.0, 112.25), (72.12, 84.5, 99.99, 120.0))
    inner = Table(1, 1, (Cell(0, 0, "内表"),))
    table = Table(
        2,
        2,
        (Cell(0, 0, "表头", 1, 2, (line,)), Cell(1, 0, "a\tb", hidden=True, confidence=0.5), Cell(1, 1, "", inner=(inner,))),
        header_rows=1,
        caption="表1",
        parts=(Part(1, BBox(1.0, 2.0, 3.0, 4.0)),),
        lane="ocr",
        sheet="Sheet1",
        kind="hidden",
    )
    return Document(
        "附件.zip/一/方案.pdf",
        "pdf",
        "0" * 64,
        (Heading("（一）概况", 2, (line,), "（一）"), Paragraph("𠮷野家 32.6 个", (line,), raw="3 2.6"), table),
        (Page(1, 595.276, 841.89, "mixed", confidence=0.9, rotation=90, skew=-0.4), Page(2, 1.0, 1.0, "blank", "blank")),
        (Problem("page_lost", "第2页未读", "请核对", 2, "note"),),
        "pdfium",
        {"producer": "WPS"},
    )


def test_a_document_comes_back_as_it_was() -> None:
    document = rich_document()
    back = codec.decode_document(codec.encode_document(document))
    assert back == document
    assert type(back.blocks[0].lines[0].box) is BBox
    assert back.under("x") == codec.decode_document(codec.encode_document(document), "x")


def test_positions_are_kept_to_a_hundredth_and_then_stand_still() -> None:
    line = Line(0, 2, 1, BBox(-1.234567, 0, 28346.5678, 10), (0.123456, 5.5555, 9.999))
    once = codec.decode_document(codec.encode_document(Document("a", "pdf", blocks=(Paragraph("ab", (line,)),))))
    assert isinstance(once.blocks[0], Paragraph)
    assert once.blocks[0].lines[0].edges == (0.12, 5.56, 10.0)
    assert once.blocks[0].lines[0].box == (-1.23, 0.0, 28346.57, 10.0)
    assert codec.decode_document(codec.encode_document(once)) == once


def test_every_field_of_a_line_travels() -> None:
    """The codec writes lines by hand: a new field of theirs must be written there too."""
    assert Line._fields == ("start", "end", "page", "box", "edges")


def test_numbers_of_numpy_and_broken_characters_travel() -> None:
    import numpy as np

    document = Document("a", "pdf", blocks=(Paragraph("坏\ud800字", confidence=np.float32(0.5)),))  # type: ignore[arg-type]
    back = codec.decode_document(codec.encode_document(document))
    assert back.blocks[0].text == "坏\ud800字"
    assert type(back.blocks[0].confidence) is float


def test_a_submission_comes_back_as_it_was(tmp_path: Path) -> None:
    entries = (Entry("a.pdf", tmp_path / "a.pdf", 3), Entry("b", None, 0, Problem("damaged", "坏")))
    submission = Submission("某市", tmp_path, entries, ("Thumbs.db",), (), {"roles": {"a.pdf": "plan"}, "cities": ["某市"]})
    assert codec.decode(codec.encode(submission), Submission) == submission


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"[1,2", b'["a"]', b'["a","b","c",[[9,[]]]]', b"\xff\xfe", b"null"])
def test_bytes_that_are_no_document_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        codec.decode_document(data)


def test_a_document_of_300_pages_takes_well_under_a_second_each_way() -> None:
    line = Line(0, 40, 1, BBox(72.0, 100.0, 500.0, 112.0), tuple(72.0 + 10.7 * i for i in range(41)))
    document = Document("a", "pdf", blocks=tuple(Paragraph("字" * 40, (line,)) for _ in range(300 * 30)))
    begun = time.process_time()
    data = codec.encode_document(document)
    middle = time.process_time()
    back = codec.decode_document(data)
    assert len(back.blocks) == 9000
    assert middle - begun < 1.0 and time.process_time() - middle < 1.0


def test_what_was_put_is_there_for_another_run(tmp_path: Path) -> None:
    Store(tmp_path).put(KEY, b"data")
    assert Store(tmp_path).get(KEY) == b"data"
    assert Store(tmp_path).get("cd" * 32) is None


@pytest.mark.parametrize(
    "harm", [lambda d: d[:-1], lambda d: d[:-1] + b"x", lambda d: b"", lambda d: b"x" + d, lambda d: d + b"x"]
)
def test_a_damaged_entry_counts_as_not_there_and_can_be_put_again(tmp_path: Path, harm) -> None:  # type: ignore[no-untyped-def]
    store = Store(tmp_path)
    store.put(KEY, b"data")
    file = store.file_of(KEY)
    file.write_bytes(harm(file.read_bytes()))
    assert store.get(KEY) is None
    store.put(KEY, b"data")
    assert store.get(KEY) == b"data"


def test_the_limit_drops_what_was_used_longest_ago_but_nothing_of_this_run(tmp_path: Path) -> None:
    keys = [f"{number:02d}" * 32 for number in range(6)]
    for number, key in enumerate(keys):
        first = Store(tmp_path)
        first.put(key, b"x" * 1000)
        os.utime(first.file_of(key), (1000.0 + number, 1000.0 + number))
    store = Store(tmp_path, limit=3 * 1100)
    assert store.get(keys[0]) is not None  # the oldest, but used now
    os.utime(store.file_of(keys[0]), (1.0, 1.0))
    assert store.shrink() == 3
    assert [key for key in keys if store.file_of(key).exists()] == [keys[0], keys[4], keys[5]]


def test_entries_of_the_future_are_served_and_do_not_live_for_ever(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=0)
    store.put(KEY, b"data")
    future = time.time() + 10 * 365 * 86400
    os.utime(store.file_of(KEY), (future, future))
    assert store.get(KEY) == b"data"
    os.utime(store.file_of(KEY), (future, future))
    assert Store(tmp_path, limit=0).shrink() == 1


def test_many_runs_may_write_and_read_the_same_entry_at_once(tmp_path: Path) -> None:
    wrong: list[bytes] = []

    def work() -> None:
        store = Store(tmp_path)
        for _ in range(30):
            store.put(KEY, b"data" * 500)
            data = store.get(KEY)
            if data not in (None, b"data" * 500):
                wrong.append(data or b"")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert Store(tmp_path).get(KEY) == b"data" * 500
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == [KEY]


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_atomically(tmp_path / "a", b"old")

    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):
        write_atomically(tmp_path / "a", b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_reading_is_known_by_content_suffix_options_and_reader_but_not_by_name() -> None:
    options = ReadOptions()
    same = key_of("0" * 64, "a/b.pdf", options)
    assert key_of("0" * 64, "c.PDF", options) == same
    others = [
        key_of("1" * 64, "a/b.pdf", options),
        key_of("0" * 64, "a/b.txt", options),
        key_of("0" * 64, "a/b.pdf", replace(options, ocr=False)),
        key_of("0" * 64, "a/b.pdf", options, "other:reader"),
    ]
    assert len({same, *others}) == 5


def test_the_default_place_follows_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "prescreen"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert default_folder() == tmp_path / "local" / "prescreen" / "cache"
