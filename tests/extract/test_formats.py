"""What a file is shows in its content; what cannot be read comes back as a result."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

import extract
from extract import formats
from extract.document import Document, Paragraph
from extract.formats import READERS, ReadOptions, Source, sniff
from extract.problems import Encrypted
from tests.extract.containers import ole2
from tests.extract.ooxml import docx, ofd, p, pptx, write_zip, xlsx


def picture(form: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(buffer, form)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n...", "pdf"),
        (b"\n\n  %PDF-1.4\n", "pdf"),
        (b"{\\rtf1\\ansi x}", "rtf"),
        (picture("JPEG"), "jpg"),
        (picture("PNG"), "png"),
        (picture("TIFF"), "tif"),
        (picture("BMP"), "bmp"),
        (picture("WEBP"), "webp"),
        (picture("GIF"), "gif"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "7z"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        ("申报材料说明".encode("gb18030"), "txt"),
        ("申报材料说明".encode(), "txt"),
        ("申报材料说明".encode("utf-16"), "txt"),
        ("序号,名称\n1,甲\n2,乙\n".encode("gbk"), "csv"),
        ("序号\t名称\n1\t甲\n".encode(), "csv"),
        ("<html><body>申报</body></html>".encode(), "html"),
        (bytes(range(256)) * 4, "unknown"),
    ],
)
def test_content_decides_and_not_the_suffix(tmp_path: Path, content: bytes, expected: str) -> None:
    file = tmp_path / "扫描件.pdf"
    file.write_bytes(content)
    assert sniff(file) == expected


def test_the_parts_of_a_zip_decide_what_it_is(tmp_path: Path) -> None:
    assert sniff(docx(tmp_path / "a.zip", p("字"))) == "docx"
    assert sniff(xlsx(tmp_path / "b.doc", {"表": [["1"]]})) == "xlsx"
    assert sniff(pptx(tmp_path / "c", [["题"]])) == "pptx"
    assert sniff(ofd(tmp_path / "d.pdf", [[("字", 10, 10)]])) == "ofd"
    assert sniff(write_zip(tmp_path / "e.docx", {"a.docx": b"x", "word.txt": b"y"})) == "zip"


@pytest.mark.parametrize(
    ("stream", "expected"),
    [("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"), ("Other", "unknown")],
)
def test_the_streams_of_an_ole2_file_decide_what_it_is(tmp_path: Path, stream: str, expected: str) -> None:
    assert sniff(ole2(tmp_path / "a.wps", {"\x05SummaryInformation": b"", stream: b"x"})) == expected


def test_a_locked_office_file_is_encrypted(tmp_path: Path) -> None:
    file = ole2(tmp_path / "a.docx", {"EncryptionInfo": b"x", "EncryptedPackage": b"y"})
    with pytest.raises(Encrypted):
        sniff(file)
    document = extract.read(file)
    assert document.status == "unreadable" and document.problems[0].code == "encrypted" and "密码" in document.problems[0].advice


def test_every_format_that_sniffing_names_has_a_reader_and_a_name() -> None:
    assert set(formats.NAMES) == set(READERS)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (bytes(range(256)) * 4, "unsupported"), (b"PK\x03\x04" + b"x" * 50 + b"word/document.xml", "damaged")],
)
def test_bad_content_is_a_result_with_advice(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "证明.docx"
    file.write_bytes(content)
    document = extract.read(file, path="三/证明.docx")
    assert document.path == "三/证明.docx" and document.status == "unreadable"
    assert [problem.code for problem in document.problems] == [code] and document.problems[0].advice


def test_a_truncated_docx_is_damaged(tmp_path: Path) -> None:
    file = docx(tmp_path / "a.docx", p("字" * 500))
    file.write_bytes(file.read_bytes()[:700])
    document = extract.read(file)
    assert document.format == "docx" and document.problems[0].code == "damaged"


def test_a_missing_file_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        extract.read(tmp_path / "没有.pdf")


def test_a_reader_that_trips_loses_its_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(source: Source, options: ReadOptions) -> Document:
        raise ZeroDivisionError("x")

    monkeypatch.setitem(READERS, "txt", broken)
    (tmp_path / "a.txt").write_text("说明")
    problem = extract.read(tmp_path / "a.txt").problems[0]
    assert problem.code == "unreadable" and "ZeroDivisionError" in problem.message


def test_a_reading_knows_its_path_and_hash(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("说明")
    document = extract.read(tmp_path / "a.txt")
    assert document.sha256 == hashlib.sha256("说明".encode()).hexdigest()
    assert (document.path, document.status, document.blocks) == ("a.txt", "read", (Paragraph("说明"),))


def test_an_archive_read_as_a_file_says_what_to_do(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    assert extract.read(tmp_path / "a.zip").problems[0].code == "archive"
