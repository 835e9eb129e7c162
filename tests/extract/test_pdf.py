"""A PDF page picks its lane by itself, and what cannot be read is said page by page."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pytest
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import RectangleObject
from reportlab.lib.utils import ImageReader

from extract import pdf
from extract.document import Anchor, BBox, Document, Heading, Table
from extract.formats import ReadOptions, Source
from extract.page import PageReading, Word
from extract.problems import Damaged, Encrypted
from tests.extract.pdfs import CID_FONT, SENTENCE, Pdf, plan
from tests.extract.readings import word


def read(file: Path, **options: Any) -> Document:
    return pdf.read_pdf(Source(file, file.name, "0" * 64), ReadOptions(**options))


@pytest.fixture
def ocr(monkeypatch: pytest.MonkeyPatch) -> list[np.ndarray]:
    """A recognizer that finds the same words in every picture; gives the pictures that it was shown."""
    shown: list[np.ndarray] = []

    def see(picture: np.ndarray, number: int, dpi: float, options: ReadOptions) -> PageReading:
        shown.append(picture)
        size = picture.shape[1] * 72 / dpi, picture.shape[0] * 72 / dpi
        return PageReading(number, *size, (word(72, 100, "识别出的文字内容"),), lane="ocr", confidence=0.9)

    monkeypatch.setattr(pdf, "_ocr", see)
    return shown


def scan(seed: int = 1) -> ImageReader:
    """A picture with strokes like printed lines."""
    from PIL import Image

    pixels = np.full((400, 300, 3), 250, np.uint8)
    pixels[50:350:20, 40:260] = random.Random(seed).randrange(60)
    return ImageReader(Image.fromarray(pixels))


# --- text ---------------------------------------------------------------------------------------------------------------


def test_a_plan_is_read_with_headings_paragraphs_and_tables(tmp_path: Path) -> None:
    truth = plan(tmp_path / "plan.pdf", 4)
    found = read(tmp_path / "plan.pdf")
    assert [t.rows()[0] for t in found.blocks if isinstance(t, Table)] == [rows[0] for rows in truth]
    assert sum(isinstance(block, Heading) for block in found.blocks) == 4
    assert (found.status, found.format, len(found.pages)) == ("read", "pdf", 4)
    assert found.problems == ()


def test_tables_have_the_cells_that_pdfplumber_finds(tmp_path: Path) -> None:
    plan(tmp_path / "plan.pdf", 2)
    (ours,) = [block for block in read(tmp_path / "plan.pdf").blocks if isinstance(block, Table)]
    with pdfplumber.open(tmp_path / "plan.pdf") as other:
        (theirs,) = other.pages[0].extract_tables()
    heads = {(cell.row, cell.col): cell.text for cell in ours.cells}
    for r, row in enumerate(theirs):
        for c, text in enumerate(row):
            if text is not None:
                assert heads[r, c] == "".join(text.split())


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_stand_in_their_boxes_under_every_rotation_and_crop(tmp_path: Path, turn: int) -> None:
    made = Pdf(tmp_path / "a.pdf")
    made.prose(100, 100, SENTENCE * 3, 400)
    made.table(100, 300, [80, 120, 80], [["序号", "企业名称", "数量"], ["1", "甲公司", "36.3"]])
    made.save()
    writer = PdfWriter(tmp_path / "a.pdf")
    width, height = 595.28, 841.89
    moves = {
        0: Transformation(),
        90: Transformation().rotate(90).translate(height, 0),
        180: Transformation().rotate(180).translate(width, height),
        270: Transformation().rotate(270).translate(0, width),
    }
    page = writer.pages[0]
    page.add_transformation(moves[turn])
    across, down = (height, width) if turn % 180 else (width, height)
    page.mediabox = RectangleObject((0, 0, across, down))
    page.cropbox = RectangleObject((20, 30, across - 25, down - 35))
    page.rotate(turn)
    writer.write(tmp_path / "b.pdf")
    straight, turned = read(tmp_path / "a.pdf"), read(tmp_path / "b.pdf")
    assert [block.text for block in turned.blocks] == [block.text for block in straight.blocks]
    left = {0: 20, 90: 30, 180: 25, 270: 35}[turn]
    top = {0: 35, 90: 20, 180: 30, 270: 25}[turn]
    for (anchor, text), (other, _) in zip(straight.anchors(), turned.anchors(), strict=True):
        for one, two in zip(straight.locate(anchor), turned.locate(other), strict=True):
            moved = BBox(one.box.x0 - left, one.box.top - top, one.box.x1 - left, one.box.bottom - top)
            assert two.box == pytest.approx(moved, abs=0.1), text


def test_every_range_of_a_text_stands_in_its_box_for_an_independent_reader(tmp_path: Path) -> None:
    plan(tmp_path / "plan.pdf", 3)
    found = read(tmp_path / "plan.pdf")
    with pdfplumber.open(tmp_path / "plan.pdf") as other:
        chars = [[((c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2, c["text"]) for c in page.chars] for page in other.pages]
    chance = random.Random(7)
    texts = [(anchor, text) for anchor, text in found.anchors() if text]
    for _ in range(150):
        anchor, text = chance.choice(texts)
        start = chance.randrange(len(text))
        part = Anchor(anchor.block, start, min(len(text), start + chance.randint(1, 25)), anchor.cell)
        seen = ""
        for place in found.locate(part):
            box = place.box
            held = [c for c in chars[place.page - 1] if box.x0 <= c[0] <= box.x1 and box.top <= c[1] <= box.bottom]
            seen += "".join(c[2] for c in sorted(held))
        assert "".join(seen.split()) == "".join(found.quote(part).split())


def test_characters_drawn_twice_to_look_bold_are_read_once(tmp_path: Path) -> None:
    made = Pdf(tmp_path / "a.pdf")
    for shift in (0, 0.3, 0.6):
        made.text(100 + shift, 100, "一、总体要求和建设目标", 14)
    made.prose(100, 130, SENTENCE * 2, 400)
    assert read(made.save()).blocks[0].text == "一、总体要求和建设目标"


def test_a_watermark_across_the_page_is_not_in_the_text(tmp_path: Path) -> None:
    made = Pdf(tmp_path / "a.pdf")
    made.canvas.saveState()
    made.canvas.translate(300, 500)
    made.canvas.rotate(45)
    made.canvas.setFont(CID_FONT, 60)
    made.canvas.drawCentredString(0, 0, "内部资料")
    made.canvas.restoreState()
    made.prose(100, 130, SENTENCE * 9, 400)
    assert [block.text for block in read(made.save()).blocks] == [SENTENCE * 9]


def test_a_raised_digit_does_not_join_the_figure_before_it(tmp_path: Path) -> None:
    made = Pdf(tmp_path / "a.pdf")
    x = made.text(100, 100, "每万人36.3", 12)
    x = made.text(x, 96, "1", 6)
    made.text(x, 100, "个，高于全省平均水平", 12)
    assert read(made.save()).blocks[0].text == "每万人36.3¹个，高于全省平均水平"


def test_words_printed_sideways_are_read_on_a_turned_page(tmp_path: Path) -> None:
    made = Pdf(tmp_path / "a.pdf")
    made.canvas.rotate(90)
    made.canvas.setFont("Boxes", 12)
    for row in range(6):
        made.canvas.drawString(100, -100 - 20 * row, SENTENCE[:30])
    found = read(made.save())
    (page,) = found.pages
    assert found.blocks[0].text.startswith(SENTENCE[:30])
    assert (page.rotation, page.width > page.height) == (90, True)


def test_words_on_their_side_in_an_upright_page_are_read_in_their_own_order(tmp_path: Path) -> None:
    made = Pdf(tmp_path / "a.pdf")
    for row in range(6):
        made.text(72, 60 + 20 * row, SENTENCE[:30], 12)
    made.table(72, 300, [30, 120, 60], [["", "甲厂", "5"], ["", "乙厂", "8"]], spans=[(0, 0, 2, 1)])
    made.canvas.saveState()
    made.canvas.translate(92, 842 - 340)
    made.canvas.rotate(90)
    made.canvas.drawString(0, 0, "类别")
    made.canvas.restoreState()
    made.canvas.translate(570, 300)
    made.canvas.rotate(90)
    made.canvas.drawString(0, 0, "注本表数据截至6月底")
    found = read(made.save())
    (table,) = [block for block in found.blocks if isinstance(block, Table)]
    assert table.rows() == [["类别", "甲厂", "5"], ["类别", "乙厂", "8"]]
    (note,) = [block for block in found.blocks if not isinstance(block, Table) and block.kind == "textbox"]
    assert note.text == "注本表数据截至6月底" and note.lines[0].box.x0 > 550


@pytest.mark.parametrize("each_cell", [False, True], ids=["rows shaded", "cells shaded"])
def test_a_table_that_only_shading_shows_is_a_table_and_no_two_columns_of_text(tmp_path: Path, each_cell: bool) -> None:
    rows = [["序号", "企业名称", "项目", "年份"], ["1", "明州海川轴承有限公司", "轴承工厂", "2022"], ["2", "明州岭华纺织有限公司", "质量管控平台", "2023"], ["3", "明州药业", "制药车间", "2023"]]
    made = Pdf(tmp_path / "a.pdf")
    for row in range(5):
        made.text(72, 60 + 20 * row, SENTENCE[:36], 12)
    xs = [72, 110, 270, 430, 520]
    for row, cells in enumerate(rows):
        top = 300 + 26 * row
        for col in range(4):
            made.canvas.setFillGray(0.85 if row % 2 == 0 else 0.95)
            if each_cell or (row % 2 == 0 and col == 0):
                width = (xs[col + 1] if each_cell else xs[-1]) - xs[col]
                made.canvas.rect(xs[col], 842 - top - 18, width, 26, stroke=0, fill=1)
        made.canvas.setFillGray(0)
        for col, said in enumerate(cells):
            made.text(xs[col] + 4, top, said, 12)
    (table,) = [block for block in read(made.save()).blocks if isinstance(block, Table)]
    assert table.rows() == rows


def test_lines_inside_form_objects_make_tables_too(tmp_path: Path) -> None:
    made = Pdf(tmp_path / "a.pdf")
    made.canvas.beginForm("grid")
    made.table(0, 742, [80, 120], [["名称", "数量"], ["甲", "7"]])
    made.canvas.endForm()
    made.canvas.translate(100, 100)
    made.canvas.doForm("grid")
    (table,) = [block for block in read(made.save()).blocks if isinstance(block, Table)]
    assert table.rows() == [["名称", "数量"], ["甲", "7"]]
    assert table.parts[0].box.x0 == pytest.approx(100, abs=1)


def test_thin_filled_rectangles_are_lines(tmp_path: Path) -> None:
    made = Pdf(tmp_path / "a.pdf")
    for y in (100, 120, 140):
        made.canvas.rect(72, made.height - y, 200, 0.7, stroke=0, fill=1)
    for x in (72, 172, 272):
        made.canvas.rect(x, made.height - 140, 0.7, 40, stroke=0, fill=1)
    for x, y, text in ((76, 114, "名称"), (176, 114, "数量"), (76, 134, "甲"), (176, 134, "7")):
        made.text(x, y, text, 10)
    (table,) = [block for block in read(made.save()).blocks if isinstance(block, Table)]
    assert table.rows() == [["名称", "数量"], ["甲", "7"]]


# --- lanes --------------------------------------------------------------------------------------------------------------


def test_a_picture_page_is_read_by_recognition(tmp_path: Path, ocr: list[np.ndarray]) -> None:
    made = Pdf(tmp_path / "a.pdf")
    made.canvas.drawImage(scan(), 0, 0, made.width, made.height)
    found = read(made.save())
    assert [page.lane for page in found.pages] == ["ocr"]
    assert found.blocks[0].text == "识别出的文字内容"
    assert ocr[0].shape[2] == 3 and ocr[0].shape[0] == round(made.height * 200 / 72)


def test_without_recognition_a_picture_page_is_named_as_unreadable(tmp_path: Path) -> None:
    made = Pdf(tmp_path / "a.pdf")
    made.prose(100, 100, SENTENCE * 3, 400)
    made.page()
    made.canvas.drawImage(scan(), 0, 0, made.width, made.height)
    found = read(made.save(), ocr=False)
    assert [page.status for page in found.pages] == ["read", "unreadable"]
    assert [(p.code, p.page) for p in found.problems] == [("page_unreadable", 2)]
    assert "第2页" in found.problems[0].message and found.problems[0].advice
    assert found.status == "partial"


def test_each_page_picks_its_own_lane(tmp_path: Path, ocr: list[np.ndarray]) -> None:
    made = Pdf(tmp_path / "a.pdf")
    made.prose(100, 100, SENTENCE * 3, 400)
    made.page()
    made.canvas.drawImage(scan(), 0, 0, made.width, made.height)
    made.page()
    made.prose(100, 100, SENTENCE * 3, 400)
    made.canvas.drawImage(scan(), 72, 72, 450, 400)
    found = read(made.save())
    assert [page.lane for page in found.pages] == ["text", "ocr", "mixed"]
    assert sum("识别出的文字内容" in block.text for block in found.blocks) == 2


def test_words_of_a_picture_in_a_page_stand_where_the_picture_stands(tmp_path: Path, ocr: list[np.ndarray]) -> None:
    made = Pdf(tmp_path / "a.pdf")
    made.prose(100, 100, SENTENCE * 3, 400)
    made.canvas.drawImage(scan(), 72, 72, 450, 400)
    block = next(b for b in read(made.save()).blocks if "识别" in b.text)
    assert not isinstance(block, Table)
    assert block.lines[0].box[:2] == pytest.approx((144, made.height - 472 + 100), abs=0.1)


def test_a_logo_does_not_send_a_page_to_recognition(tmp_path: Path, ocr: list[np.ndarray]) -> None:
    made = Pdf(tmp_path / "a.pdf")
    made.prose(100, 100, SENTENCE * 5, 400)
    made.canvas.drawImage(scan(), 72, 700, 60, 60)
    assert [page.lane for page in read(made.save()).pages] == ["text"]
    assert ocr == []


def _with_layer(file: Path, words: str) -> Path:
    made = Pdf(file)
    made.canvas.drawImage(scan(), 0, 0, made.width, made.height)
    for row in range(12):
        made.text(72, 109 + 20 * row, words, 10, mode=3)
    return made.save()


def test_a_text_layer_full_of_errors_is_discarded_but_kept_beside(tmp_path: Path, ocr: list[np.ndarray]) -> None:
    wrong = "土业亘联网乎台釆购昭片佥业匚厂曰标佰息仕务乇吕艮务"
    found = read(_with_layer(tmp_path / "a.pdf", wrong))
    assert [page.lane for page in found.pages] == ["ocr"]
    block = found.blocks[0]
    assert block.text == "识别出的文字内容"
    assert not isinstance(block, Heading | Table) and "土业亘联网" in block.raw


def test_a_text_layer_that_reads_like_chinese_is_used(tmp_path: Path, ocr: list[np.ndarray]) -> None:
    found = read(_with_layer(tmp_path / "a.pdf", SENTENCE[:40]))
    assert [page.lane for page in found.pages] == ["text"]
    assert SENTENCE[:40] in found.blocks[0].text
    assert found.pages[0].confidence < 1
    assert ocr == []


def test_wrong_glyph_mapping_sends_the_page_to_recognition(tmp_path: Path, ocr: list[np.ndarray]) -> None:
    made = Pdf(tmp_path / "a.pdf")
    shifted = "".join(chr(ord(c) + 41) if "\u4e00" <= c <= "\u9fff" else c for c in SENTENCE)
    for row in range(8):
        made.text(72, 100 + 20 * row, shifted[:40], 10, font=CID_FONT)
    assert [page.lane for page in read(made.save()).pages] == ["ocr"]


def test_text_drawn_as_outlines_is_recognized(tmp_path: Path, ocr: list[np.ndarray]) -> None:
    made = Pdf(tmp_path / "a.pdf")
    for at in range(300):
        path = made.canvas.beginPath()
        x, y = 72 + at % 40 * 10, 700 - at // 40 * 20
        path.moveTo(x, y)
        path.curveTo(x + 3, y + 8, x + 6, y - 3, x + 8, y + 5)
        path.lineTo(x + 2, y + 1)
        path.close()
        made.canvas.drawPath(path, stroke=0, fill=1)
    assert [page.lane for page in read(made.save()).pages] == ["ocr"]


def test_a_page_where_recognition_finds_nothing_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_ocr", lambda picture, number, dpi, options: PageReading(number, 595, 842, (), lane="ocr"))
    made = Pdf(tmp_path / "a.pdf")
    made.canvas.drawImage(scan(), 0, 0, made.width, made.height)
    found = read(made.save())
    assert found.status == "unreadable"
    assert [p.page for p in found.problems] == [1]


# --- blank, broken, locked ------------------------------------------------------------------------------------------------


def test_a_blank_page_among_others_is_a_note(tmp_path: Path) -> None:
    made = Pdf(tmp_path / "a.pdf")
    made.prose(100, 100, SENTENCE, 400)
    made.page()
    made.page()
    made.prose(100, 100, SENTENCE, 400)
    found = read(made.save())
    assert [page.status for page in found.pages] == ["read", "blank", "read"]
    assert [(p.code, p.page, p.weight) for p in found.problems] == [("blank_page", 2, "note")]
    assert found.status == "read"


def test_a_document_of_blank_scans_is_unreadable(tmp_path: Path, ocr: list[np.ndarray]) -> None:
    from PIL import Image

    grain = np.clip(np.random.default_rng(3).normal(245, 4, (400, 300, 3)), 0, 255).astype(np.uint8)
    made = Pdf(tmp_path / "a.pdf")
    for _ in range(2):
        made.canvas.drawImage(ImageReader(Image.fromarray(grain)), 0, 0, made.width, made.height)
        made.page()
    found = read(made.save())
    assert [page.lane for page in found.pages] == ["blank", "blank"]
    assert [(p.code, p.weight) for p in found.problems] == [("blank_scan", "lost")]
    assert found.status == "unreadable"
    assert ocr == []


def _locked(tmp_path: Path, user: str) -> Path:
    made = Pdf(tmp_path / "open.pdf")
    made.prose(100, 100, SENTENCE * 2, 400)
    writer = PdfWriter(made.save())
    writer.encrypt(user_password=user, owner_password="owner", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    return tmp_path / "locked.pdf"


def test_a_password_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(Encrypted):
        read(_locked(tmp_path, "secret"))


def test_the_empty_password_opens_by_itself(tmp_path: Path) -> None:
    assert read(_locked(tmp_path, "")).blocks[0].text == SENTENCE * 2


@pytest.mark.parametrize("content", [b"%PDF-1.7\n" + b"x" * 500, b"not a pdf at all", b"%PDF-1.4\n1 0 obj\n<</Type/Catalog"])
def test_what_is_no_pdf_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    with pytest.raises(Damaged):
        read(tmp_path / "a.pdf")


def test_a_pdf_without_pages_is_damaged(tmp_path: Path) -> None:
    PdfWriter().write(tmp_path / "a.pdf")
    with pytest.raises(Damaged):
        read(tmp_path / "a.pdf")


def test_a_file_cut_off_at_its_end_never_counts_as_wholly_read(tmp_path: Path) -> None:
    plan(tmp_path / "plan.pdf", 6)
    whole = (tmp_path / "plan.pdf").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[: int(len(whole) * 0.8)])
    try:
        found = read(tmp_path / "cut.pdf")
    except Damaged:
        return
    assert "truncated" in [p.code for p in found.problems]
    assert found.status != "read"


def test_one_broken_page_does_not_cost_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan(tmp_path / "plan.pdf", 3)
    real = pdf._page_text

    def fails_once(page: Any, frame: Any, seen: list[int] = []) -> Any:  # noqa: B006  (the list counts the calls)
        seen.append(1)
        if len(seen) == 2:
            raise ValueError("broken stream")
        return real(page, frame)

    monkeypatch.setattr(pdf, "_page_text", fails_once)
    found = read(tmp_path / "plan.pdf")
    assert [page.status for page in found.pages] == ["read", "unreadable", "read"]
    assert [(p.code, p.page) for p in found.problems] == [("page_unreadable", 2)]


def test_pages_beyond_the_limit_are_named(tmp_path: Path) -> None:
    plan(tmp_path / "plan.pdf", 8)
    found = read(tmp_path / "plan.pdf", max_pages=5)
    assert len(found.pages) == 5
    assert "第6至8页" in found.problems[0].message
    assert found.status == "partial"


def test_a_range_of_pages_can_be_read_alone(tmp_path: Path) -> None:
    plan(tmp_path / "plan.pdf", 6)
    assert [page.number for page in read(tmp_path / "plan.pdf", pages=(3, 5)).pages] == [3, 4]


def test_a_page_of_ten_metres_becomes_a_picture_of_bounded_size(tmp_path: Path, ocr: list[np.ndarray]) -> None:
    made = Pdf(tmp_path / "a.pdf", (28346, 28346))
    made.canvas.drawImage(scan(), 0, 0, made.width, made.height)
    read(made.save())
    assert ocr[0].shape[0] * ocr[0].shape[1] <= pdf.MAX_PIXELS * 1.01


def test_metadata_comes_along(tmp_path: Path) -> None:
    made = Pdf(tmp_path / "a.pdf")
    made.canvas.setTitle("试点工作方案")
    made.prose(100, 100, SENTENCE, 400)
    assert PdfReader(made.save()).metadata is not None
    assert read(tmp_path / "a.pdf").meta["Title"] == "试点工作方案"


def test_the_second_reader_gives_words_with_edges(tmp_path: Path) -> None:
    import pypdfium2

    made = Pdf(tmp_path / "a.pdf")
    made.prose(100, 100, SENTENCE * 2, 400)
    opened = pypdfium2.PdfDocument(made.save())
    found = pdf._second_reader(opened, 1)
    opened.close()
    assert found is not None
    first: Word = found.words[0]
    assert "".join(w.text for w in found.words) == SENTENCE * 2
    assert len(first.edges) == len(first.text) + 1


def test_a_page_whose_content_is_broken_is_unreadable_and_not_blank(tmp_path: Path) -> None:
    made = Pdf(tmp_path / "a.pdf", pageCompression=1)
    made.prose(100, 100, SENTENCE, 400)
    made.page()
    made.prose(100, 100, SENTENCE * 3, 400)
    writer = PdfWriter(made.save())
    content = writer.pages[1]["/Contents"].get_object()
    content._data = b"\x00" * len(content._data)
    writer.write(tmp_path / "b.pdf")
    found = read(tmp_path / "b.pdf")
    assert [page.status for page in found.pages] == ["read", "unreadable"]
    assert [(p.code, p.page) for p in found.problems] == [("page_unreadable", 2)]


def test_a_page_with_nothing_but_its_number_is_read(tmp_path: Path) -> None:
    made = Pdf(tmp_path / "a.pdf")
    made.prose(100, 100, SENTENCE, 400)
    made.page()
    for x, mark in ((290, "-"), (297, "2"), (304, "-")):
        made.text(x, 800, mark, 9)
    assert [page.status for page in read(made.save()).pages] == ["read", "read"]


def test_a_page_of_thousands_of_pieces_and_lines_is_read_whole(tmp_path: Path) -> None:
    made = Pdf(tmp_path / "a.pdf")
    for at in range(3000):
        made.text(20 + at % 40 * 14, 20 + at // 40 * 10, f"{at:04d}", 5)
    for at in range(1500):
        made.canvas.rect(20 + at % 40 * 14.5, 5 + at // 40 * 20.5, 13, 19)
    with pdf._opened(made.save()) as document:
        for _, handle in pdf._loaded(document, [1]):
            frame = pdf._frame(handle)
            words = pdf._page_text(handle, frame).words
            rulings = pdf._page_drawing(handle, frame).rulings
    assert sorted("".join(word.text for word in words)) == sorted("".join(f"{at:04d}" for at in range(3000)))
    assert len(rulings) == 4 * 1500
    # pdfium writes its answers without asking how much room there is.
    assert pdf._ROOM_AT.index(pdf._SIXES_AT[-1]) + 6 <= len(pdf._ROOM)
