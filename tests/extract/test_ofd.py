"""An OFD file is read from its text objects: each word where it is printed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import extract
from extract import Document, Table
from extract.formats import ReadOptions
from tests.extract.ooxml import ofd, ofd_text

MM = 72 / 25.4


def read(file: Path, **options: object) -> Document:
    return extract.read(file, options=ReadOptions(ocr=False, **options))  # type: ignore[arg-type]


def words(document: Document) -> str:
    return "".join(block.text for block in document.blocks)


def place_of(document: Document, text: str) -> tuple[int, float, float, float, float]:
    """Page and box in millimetres of words."""
    anchor = next(anchor for anchor, whole in document.anchors() if text in whole)
    start = document.text_of(anchor).index(text)
    place = document.locate(type(anchor)(anchor.block, start, start + len(text), anchor.cell))[0]
    return place.page, *(side / MM for side in place.box)


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return (
        f'<ofd:PathObject ID="9" Boundary="0 0 210 297" LineWidth="0.3"><ofd:AbbreviatedData>M {x0} {y0} L {x1} {y1}'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def test_words_stand_where_they_are_printed(tmp_path: Path) -> None:
    document = read(ofd(tmp_path / "a.ofd", [[("关于印发行动计划的通知", 40, 30)], [("第二页的内容在这里。", 20, 50)]]))
    assert [page.number for page in document.pages] == [1, 2] and document.status == "read"
    assert abs(document.pages[0].width - 210 * MM) < 0.01
    page, x0, top, x1, bottom = place_of(document, "印发")
    assert page == 1 and abs(x0 - 48) < 0.1 and abs(x1 - 56) < 0.1 and top < 28 < 30 < bottom + 0.1
    assert place_of(document, "第二页")[0] == 2


def test_deltas_with_runs_place_each_character(tmp_path: Path) -> None:
    document = read(ofd(tmp_path / "a.ofd", [ofd_text("一二三四五六", 20, 50, delta="g 3 5 6 7")]))
    assert abs(place_of(document, "四")[1] - 35) < 0.1
    assert abs(place_of(document, "五")[1] - 41) < 0.1 and abs(place_of(document, "六")[1] - 48) < 0.1


def test_a_transformation_scales_and_moves(tmp_path: Path) -> None:
    text = ofd_text("放大", 0, 0, attributes='Boundary="30 60 40 20" CTM="2 0 0 2 5 1"')
    page, x0, _, x1, bottom = place_of(read(ofd(tmp_path / "a.ofd", [text])), "放大")
    assert (page, round(x0, 1), round(x1, 1)) == (1, 35.0, 51.0) and 68 < bottom < 72


def test_templates_are_part_of_their_pages_and_invisible_words_are_not(tmp_path: Path) -> None:
    page = ofd_text("正文内容", 20, 100) + ofd_text("看不见", 20, 120, attributes='Visible="false"')
    document = read(ofd(tmp_path / "a.ofd", [page], template=ofd_text("某市人民政府文件", 60, 20)))
    assert "某市人民政府文件" in words(document) and "正文内容" in words(document) and "看不见" not in words(document)


def test_drawn_lines_make_a_table(tmp_path: Path) -> None:
    xs, ys = (20, 60, 100), (50, 60, 70)
    page = "".join(line(20, y, 100, y) for y in ys) + "".join(line(x, 50, x, 70) for x in xs)
    page += (
        ofd_text("城市", 25, 57) + ofd_text("密度", 65, 57) + ofd_text("甲市", 25, 67) + ofd_text("36.2", 65, 67, delta="g 3 2")
    )
    (table,) = [block for block in read(ofd(tmp_path / "a.ofd", [page])).blocks if isinstance(block, Table)]
    assert table.rows() == [["城市", "密度"], ["甲市", "36.2"]]
    assert table.parts[0].page == 1 and abs(table.parts[0].box.x0 / MM - 20) < 1


def test_a_page_that_is_a_picture_says_that_it_was_not_read(tmp_path: Path) -> None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (827, 1169), "white").save(buffer, "PNG")
    resources = (
        '<ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image"><ofd:MediaFile>p.png</ofd:MediaFile></ofd:MultiMedia>'
        "</ofd:MultiMedias>"
    )
    page = '<ofd:ImageObject ID="8" ResourceID="7" Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>'
    file = ofd(tmp_path / "a.ofd", [page], resources=resources, extra={"Doc_0/Res/p.png": buffer.getvalue()})
    document = read(file)
    assert document.pages[0].status == "unreadable" and document.problems[0].page == 1 and document.status == "unreadable"


def test_a_broken_page_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    document = read(ofd(tmp_path / "a.ofd", [[("第一页", 20, 30)], "<broken", [("第三页", 20, 30)]]))
    assert "第一页" in words(document) and "第三页" in words(document)
    assert [(problem.code, problem.page) for problem in document.problems] == [("damaged", 2)]
    assert [page.status for page in document.pages] == ["read", "unreadable", "read"]


@pytest.mark.parametrize("body", ["", "<ofd:DocBody xmlns:ofd='x'/>"])
def test_an_ofd_without_a_document_is_damaged(tmp_path: Path, body: str) -> None:
    file = ofd(tmp_path / "a.ofd", [[("字", 1, 1)]], extra={"OFD.xml": f"<OFD>{body}</OFD>"})
    assert read(file).problems[0].code == "damaged"


def test_a_range_of_pages_and_a_limit(tmp_path: Path) -> None:
    file = ofd(tmp_path / "a.ofd", [[(f"内容{name}", 20, 30)] for name in "甲乙丙"])
    assert words(read(file, pages=(2, 3))) == "内容乙"
    limited = read(file, max_pages=1)
    assert words(limited) == "内容甲" and "页数上限 1" in limited.problems[0].message
