"""The OCR lane's page readings, and picture files as documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import scans
from PIL import Image

from extract import ocr, pictures
from extract.document import Anchor, BBox, Page, Table
from extract.formats import ReadOptions, Source
from extract.ocr import NullEngine, Picture, Quad, Reading
from extract.problems import Damaged, TooLarge

OFF = ReadOptions(ocr=False)
NULL = ReadOptions(ocr_engine="null")


class OneLine(NullEngine):
    """Finds one line at a known place and reads it."""

    name = "one line"

    def find(self, picture: Picture) -> list[Quad]:
        return [np.array([[100, 200], [500, 200], [500, 240], [100, 240]], dtype=np.float32)]

    def recognise(self, crops: Sequence[Picture]) -> list[Reading]:
        return [Reading("基站36个", 0.95, (0.1, 0.3, 0.5, 0.6, 0.8), (0.95,) * 5) for _ in crops]


@pytest.fixture
def one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "engine", lambda name="auto", threads=None: OneLine())


def page() -> Picture:
    image = np.full((2339, 1654, 3), 255, dtype=np.uint8)
    for x in range(100, 500, 40):
        image[205:235, x : x + 20] = 0
    return image


def source(path: Path) -> Source:
    return Source(path, path.name, "")


def test_words_are_placed_in_points(one_line: None) -> None:
    reading = pictures.read_image(page(), 3, 200, ReadOptions())
    (word,) = reading.words
    assert (word.text, reading.number, reading.lane) == ("基站36个", 3, "ocr")
    assert word.box == pytest.approx((99 * 0.36, 72.0, 480 * 0.36, 241 * 0.36), abs=1.5)
    assert (reading.width, reading.height) == pytest.approx((595.4, 842.0), abs=0.1)
    assert len(word.edges) == 6 and reading.confidence == pytest.approx(0.95)


def test_without_ocr_the_page_says_that_it_was_not_read() -> None:
    reading = pictures.read_image(page(), 2, 200, OFF)
    (problem,) = reading.problems
    assert (problem.code, problem.page, problem.weight) == ("ocr_off", 2, "lost")
    assert "第2页" in problem.message and problem.advice


def test_an_engine_that_is_missing_is_a_problem_of_the_page() -> None:
    reading = pictures.read_image(page(), 5, 200, ReadOptions(ocr_engine="no such"))
    assert [problem.code for problem in reading.problems] == ["engine_missing"]
    assert reading.problems[0].page == 5


def test_ink_that_no_engine_can_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = pictures.read_image(scans.letter().picture, 1, 200, NULL)
    assert reading.lane == "ocr" and [problem.code for problem in reading.problems] == ["no_words"]


@pytest.mark.parametrize(("lines", "weight"), [((4,), "note"), ((4, 6, 8, 9, 10, 11), "lost")])
def test_lines_too_blurred_to_be_read_are_told(lines: tuple[int, ...], weight: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = ocr.engine()
    real = engine.recognise

    def blurred(crops: Sequence[Picture]) -> list[Reading]:
        return [r._replace(confidence=0.2) if any(mark in r.text for mark in marks) else r for r in real(crops)]

    clear = pictures.read_image(scans.letter().picture, 1, 200, ReadOptions())
    marks = [clear.words[at].text for at in lines]
    monkeypatch.setattr(engine, "recognise", blurred)
    (problem,) = pictures.read_image(scans.letter().picture, 1, 200, ReadOptions()).problems
    assert (problem.code, problem.page, problem.weight) == ("illegible_lines", 1, weight)
    assert f"{len(lines)}行" in problem.message


def test_an_empty_page_is_blank_and_no_problem() -> None:
    reading = pictures.read_image(np.full((2339, 1654, 3), 252, dtype=np.uint8), 1, 200, ReadOptions())
    assert (reading.lane, reading.words, reading.problems) == ("blank", (), ())


def test_a_table_in_a_picture_file_keeps_its_grid(tmp_path: Path) -> None:
    made = scans.table(10.5)
    file = tmp_path / "清单.jpg"
    Image.fromarray(scans.sealed(made.picture, (1000, 500))).save(file, quality=70)
    document = pictures.read_picture_file(source(file), ReadOptions())
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert table.rows() == made.grid
    assert document.status == "read" and document.format == "jpg"
    anchor = Anchor(document.blocks.index(table), 0, 2, (1, 1))
    assert document.quote(anchor) == "东川"
    (place,) = document.locate(anchor)
    scale = made.picture.shape[0] / document.pages[0].height
    x0, top, x1, bottom = (round(side * scale) for side in place.box)
    inside = made.picture[top:bottom, x0:x1, 0] < 128
    assert inside.any() and x1 - x0 < 3 * 10.5 * 200 / 72


def test_a_page_on_its_side_is_read_and_its_places_lead_to_the_page_as_seen(tmp_path: Path) -> None:
    made = scans.letter()
    file = tmp_path / "函.png"
    picture = scans.turned(made.picture, 1)
    Image.fromarray(picture).save(file)
    document = pictures.read_picture_file(source(file), ReadOptions())
    at, text = next((i, block.text) for i, block in enumerate(document.blocks) if "5G基站数" in block.text)
    start = text.index("5G基站数")
    (place,) = document.locate(Anchor(at, start, start + 5))
    scale = picture.shape[1] / 842.0
    x0, top, x1, bottom = (round(side * scale) for side in place.box)
    assert bottom - top > 2 * (x1 - x0)
    upright = np.rot90(picture[top:bottom, x0:x1])
    (reading,) = ocr.engine().recognise([np.ascontiguousarray(upright)])
    assert "G基站" in reading.text


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_box_of_a_turned_page_leads_back_to_the_page_as_seen(rotation: int) -> None:
    seen = np.zeros((40, 60), dtype=np.uint8)
    seen[5:9, 10:30] = 1
    upright = np.rot90(seen, -rotation // 90)
    ys, xs = np.nonzero(upright)
    box = BBox(float(xs.min()), float(ys.min()), float(xs.max() + 1), float(ys.max() + 1))
    turned = Page(1, float(upright.shape[1]), float(upright.shape[0]), rotation=rotation)
    assert turned.as_seen(box) == (10, 5, 30, 9)


def test_each_frame_of_a_tif_is_a_page(tmp_path: Path, one_line: None) -> None:
    file = tmp_path / "扫描.tif"
    frames = [Image.fromarray(page()) for _ in range(3)]
    frames[0].save(file, save_all=True, append_images=frames[1:])
    document = pictures.read_picture_file(source(file), ReadOptions())
    assert [p.number for p in document.pages] == [1, 2, 3]
    assert document.format == "tiff" or document.format == "tif"


def test_the_cameras_note_of_how_it_was_held_is_followed(tmp_path: Path, one_line: None) -> None:
    image = Image.fromarray(page()).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by 90 degrees
    file = tmp_path / "照片.jpg"
    image.save(file, exif=exif)
    document = pictures.read_picture_file(source(file), ReadOptions())
    assert document.pages[0].width < document.pages[0].height


def test_sixteen_bit_grey_is_not_white(tmp_path: Path) -> None:
    grey = scans.letter().picture[..., 0].astype(np.uint16) * 200
    picture, _ = pictures._prepared(Image.fromarray(grey))
    assert 0.01 < float((picture[..., 0] < 100).mean()) < 0.5


def test_transparent_pictures_lie_on_white_paper() -> None:
    picture, _ = pictures._prepared(Image.new("RGBA", (300, 300), (0, 0, 0, 0)))
    assert int(picture.min()) == 255


def test_a_long_screenshot_is_as_wide_as_a_page() -> None:
    assert pictures.page_size(1080, 8000) == pytest.approx((595.0, 4407.4), abs=0.1)
    assert pictures.page_size(1654, 2339) == pytest.approx((595.0, 841.4), abs=1.0)


def test_a_truncated_picture_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "证书.jpg"
    Image.fromarray(scans.letter().picture).save(file)
    file.write_bytes(file.read_bytes()[:4000])
    with pytest.raises(Damaged):
        pictures.read_picture_file(source(file), NULL)


def test_a_picture_of_900_million_points_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "大图.png"
    small = tmp_path / "s.png"
    Image.new("1", (8, 8)).save(small)
    data = bytearray(small.read_bytes())
    import struct
    import zlib

    data[16:24] = struct.pack(">II", 30000, 30000)
    data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    file.write_bytes(bytes(data))
    with pytest.raises(TooLarge) as caught:
        pictures.read_picture_file(source(file), NULL)
    assert "30000×30000" in caught.value.detail
