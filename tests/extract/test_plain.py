"""Plain text in any Chinese encoding, CSV as a table, simple web pages."""

from __future__ import annotations

from pathlib import Path

import pytest

import extract
from extract import Document, Heading, Table
from extract.plain import decode


def read(tmp_path: Path, content: bytes) -> Document:
    (tmp_path / "a").write_bytes(content)
    return extract.read(tmp_path / "a")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
def test_text_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = "一、总体要求 5G base stations\r\n到2025年，建成基站一万个。\r\n"
    document = read(tmp_path, text.encode(encoding))
    assert [block.text for block in document.blocks] == ["一、总体要求 5G base stations", "到2025年，建成基站一万个。"]
    assert isinstance(document.blocks[0], Heading)


def test_bytes_that_are_no_text_are_told_from_text() -> None:
    assert decode(bytes(range(256)) * 4) is None
    assert decode("汉字".encode("gbk")[:-1], partial=True) == "汉"


def test_text_with_a_few_broken_bytes_is_read_and_told(tmp_path: Path) -> None:
    document = read(tmp_path, "申报材料说明。".encode("gbk") * 600 + b"\xff\xff" + "完".encode("gbk"))
    assert (
        document.format == "txt"
        and [problem.code for problem in document.problems] == ["encoding"]
        and document.status == "partial"
    )


@pytest.mark.parametrize("content", ['序号,名称,说明\n1,甲,"一,二"\n2,乙,\n', "序号\t名称\t说明\n1\t甲\t一,二\n2\t乙\t\n"])
def test_csv_is_a_table(tmp_path: Path, content: str) -> None:
    (table,) = read(tmp_path, content.encode("gbk")).blocks
    assert isinstance(table, Table)
    assert table.rows() == [["序号", "名称", "说明"], ["1", "甲", "一,二"], ["2", "乙", ""]] and table.header_rows == 1


def test_prose_with_commas_is_no_table(tmp_path: Path) -> None:
    assert read(tmp_path, b"First, we built it, then\nSecond, we ran it, once\n").format == "txt"


def test_a_web_page_gives_headings_paragraphs_and_tables(tmp_path: Path) -> None:
    page = (
        "<html><head><meta charset='gb2312'><script>var x;</script></head><body><h2>公告</h2><p>第一段<br>第二段</p>"
        "<table><tr><th rowspan=2>指标</th><th colspan=2>目标</th></tr><tr><td>2025年</td><td>2026年</td></tr>"
        "<tr><td>基站</td><td>36</td><td>40</td></tr></table>尾</body></html>"
    )
    document = read(tmp_path, page.encode("gbk"))
    heading, first, second, table, last = document.blocks
    assert isinstance(heading, Heading) and (heading.text, heading.level) == ("公告", 2)
    assert [block.text for block in (first, second, last)] == ["第一段", "第二段", "尾"]
    assert isinstance(table, Table) and table.rows() == [
        ["指标", "目标", "目标"],
        ["指标", "2025年", "2026年"],
        ["基站", "36", "40"],
    ]


def test_blank_text_is_empty(tmp_path: Path) -> None:
    assert read(tmp_path, b"  \n\n ").problems[0].code == "empty"
