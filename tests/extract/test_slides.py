"""A slide is a page: titles are headings, shapes are read from top to bottom, notes are kept apart."""

from __future__ import annotations

from pathlib import Path

import extract
from extract import Document, Heading, Table
from extract.formats import ReadOptions
from tests.extract.ooxml import pptx, shape


def read(file: Path, **options: object) -> Document:
    return extract.read(file, options=ReadOptions(ocr=False, **options))  # type: ignore[arg-type]


def test_titles_texts_and_notes_in_reading_order(tmp_path: Path) -> None:
    first = (
        shape("下面", 50, 300)
        + shape("上面一\n上面二", 50, 100)
        + shape("申报汇报", 400, 30, kind="title")
        + shape("3", 600, 500, kind="sldNum")
    )
    document = read(pptx(tmp_path / "a.pptx", [first, ["第二页"]], notes={0: "讲稿"}))
    assert [(block.text, block.kind) for block in document.blocks] == [
        ("申报汇报", "body"), ("上面一", "body"), ("上面二", "body"), ("下面", "body"), ("讲稿", "comment"), ("第二页", "body"),
    ]  # fmt: skip
    assert isinstance(document.blocks[0], Heading) and [page.number for page in document.pages] == [1, 2]
    assert (document.pages[0].width, document.pages[0].height) == (720, 540)


def test_words_stand_in_the_box_of_their_shape(tmp_path: Path) -> None:
    document = read(pptx(tmp_path / "a.pptx", [["甲"], shape("乙", 100, 200)]))
    place = document.locate(next(anchor for anchor, text in document.anchors() if text == "乙"))[0]
    assert (place.page, tuple(place.box)) == (2, (100, 200, 300, 240))


def test_a_group_moves_its_shapes(tmp_path: Path) -> None:
    frame = (
        '<a:xfrm><a:off x="1270000" y="1270000"/><a:ext cx="2540000" cy="2540000"/><a:chOff x="0" y="0"/>'
        '<a:chExt cx="1270000" cy="1270000"/></a:xfrm>'
    )
    document = read(pptx(tmp_path / "a.pptx", [f"<p:grpSp><p:grpSpPr>{frame}</p:grpSpPr>{shape('内', 10, 10)}</p:grpSp>"]))
    assert tuple(document.locate(next(document.anchors())[0])[0].box) == (120, 120, 520, 200)


def test_tables_with_merged_cells(tmp_path: Path) -> None:
    def cell(text: str, attributes: str = "") -> str:
        return f"<a:tc {attributes}><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>"

    head = cell("指标", 'rowSpan="2"') + cell("目标", 'gridSpan="2"') + cell("", 'hMerge="1"')
    second = cell("", 'vMerge="1"') + cell("2025年") + cell("2026年")
    third = cell("基站") + cell("36") + cell("40")
    rows = "".join(f'<a:tr h="254000">{row}</a:tr>' for row in (head, second, third))
    grid = '<a:tblGrid><a:gridCol w="1270000"/><a:gridCol w="1270000"/><a:gridCol w="1270000"/></a:tblGrid>'
    place = '<p:xfrm><a:off x="127000" y="127000"/><a:ext cx="3810000" cy="762000"/></p:xfrm>'
    frame = (
        f"<p:graphicFrame>{place}<a:graphic><a:graphicData><a:tbl>{grid}{rows}</a:tbl></a:graphicData></a:graphic>"
        "</p:graphicFrame>"
    )
    (table,) = [block for block in read(pptx(tmp_path / "a.pptx", [frame])).blocks if isinstance(block, Table)]
    assert table.rows() == [["指标", "目标", "目标"], ["指标", "2025年", "2026年"], ["基站", "36", "40"]]
    assert table.header_rows == 2 and table.parts[0].page == 1 and tuple(table.cells[-1].lines[0].box) == (210, 50, 310, 70)


def test_automatic_numbers_are_part_of_the_text(tmp_path: Path) -> None:
    numbered = '<a:pPr><a:buAutoNum type="ea1ChsPeriod"/></a:pPr>'
    document = read(pptx(tmp_path / "a.pptx", [shape("总体\n任务", 10, 10, paragraph=numbered)]))
    assert [block.text for block in document.blocks] == ["一、总体", "二、任务"]


def test_a_broken_slide_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    document = read(pptx(tmp_path / "a.pptx", [["甲"], "<broken", ["丙"]]))
    assert [block.text for block in document.blocks] == ["甲", "丙"] and document.status == "partial"


def test_a_range_of_pages_and_a_limit(tmp_path: Path) -> None:
    file = pptx(tmp_path / "a.pptx", [["甲"], ["乙"], ["丙"]])
    assert [block.text for block in read(file, pages=(2, 3)).blocks] == ["乙"]
    limited = read(file, max_pages=1)
    assert [block.text for block in limited.blocks] == ["甲"] and "页数上限 1" in limited.problems[0].message
