"""Pictures of pages with boxes drawn: what a box of the document covers is what the picture shows there."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject
from reportlab.lib.colors import Color
from reportlab.pdfgen import canvas

from extract.document import BBox
from extract.problems import Damaged, Unsupported
from extract.snapshot import Snapshots, crop, page_picture

BLOCK = BBox(100, 200, 220, 240)  # black, on a page of 600 × 800


def made(
    path: Path, rotate: int = 0, crop_box: tuple[int, int, int, int] | None = None, size: tuple[int, int] = (600, 800)
) -> Path:
    pen = canvas.Canvas(str(path), pagesize=size)
    pen.setFillColor(Color(0, 0, 0))
    pen.rect(BLOCK.x0, size[1] - BLOCK.bottom, BLOCK.x1 - BLOCK.x0, BLOCK.bottom - BLOCK.top, stroke=0, fill=1)
    pen.showPage()
    pen.showPage()
    pen.save()
    if rotate or crop_box:
        reader, writer = PdfReader(path), PdfWriter()
        for page in reader.pages:
            if crop_box:
                page.cropbox = RectangleObject(crop_box)
            if rotate:
                page.rotate(rotate)
            writer.add_page(page)
        writer.write(path)
    return path


def pixels(data: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), dtype=np.uint8)


def black_box(data: bytes, scale: float) -> tuple[float, float, float, float]:
    ys, xs = np.nonzero(pixels(data)[..., 0] < 60)
    return xs.min() / scale, ys.min() / scale, (xs.max() + 1) / scale, (ys.max() + 1) / scale


@pytest.mark.parametrize("format", ["png", "jpeg", "webp"])
def test_a_page_is_drawn_at_the_asked_size_and_kind(tmp_path: Path, format: str) -> None:
    picture = page_picture(made(tmp_path / "a.pdf"), 1, dpi=72, format=format)  # type: ignore[arg-type]
    assert Image.open(io.BytesIO(picture.bytes)).format == format.upper()
    assert (picture.width, picture.height, picture.scale) == (600, 800, pytest.approx(1.0))


def test_a_box_in_points_covers_the_same_ink_in_the_picture(tmp_path: Path) -> None:
    picture = page_picture(made(tmp_path / "a.pdf"), 1, dpi=144, format="png")
    assert black_box(picture.bytes, picture.scale) == pytest.approx(BLOCK, abs=1)


def test_rotation_and_crop_box_are_the_viewers(tmp_path: Path) -> None:
    turned = page_picture(made(tmp_path / "r.pdf", rotate=90), 1, dpi=72, format="png")
    assert (turned.width, turned.height) == (800, 600)
    assert black_box(turned.bytes, 1) == pytest.approx((800 - 240, 100, 800 - 200, 220), abs=1)
    cut = page_picture(made(tmp_path / "c.pdf", crop_box=(50, 100, 550, 700)), 1, dpi=72, format="png")
    assert (cut.width, cut.height) == (500, 600)
    assert black_box(cut.bytes, 1) == pytest.approx((50, 100, 170, 140), abs=1)


def test_a_crop_shows_the_box_marked_with_its_surroundings_and_tells_where_it_begins(tmp_path: Path) -> None:
    file = made(tmp_path / "a.pdf")
    box = BBox(90, 190, 300, 250)
    picture = crop(file, 1, [box], margin=30, dpi=72, format="png")
    found = pixels(picture.bytes)
    assert picture.top == pytest.approx(160, abs=1.5) and picture.height == pytest.approx(120, abs=3)
    amber = found[round(245 - picture.top), round(280 - picture.left)]
    assert amber[0] > 240 and 200 < amber[1] < 250 and amber[2] < 215
    plain = pixels(crop(file, 1, [box], margin=30, dpi=72, draw=False, format="png").bytes)
    assert tuple(plain[round(245 - picture.top), round(280 - picture.left)]) == (255, 255, 255)
    assert (plain < 60).any()


def test_print_stays_legible_under_the_mark(tmp_path: Path) -> None:
    picture = crop(made(tmp_path / "a.pdf"), 1, [BLOCK], dpi=72, format="png")
    middle = pixels(picture.bytes)[round(220 - picture.top), round(160 - picture.left)]
    assert int(middle.max()) < 100


def test_a_poster_is_drawn_no_longer_than_the_limit(tmp_path: Path) -> None:
    picture = page_picture(made(tmp_path / "p.pdf", size=(14400, 14400)), 1, dpi=150)
    assert max(picture.width, picture.height) <= 4000
    assert picture.scale == pytest.approx(picture.width / 14400)


def test_many_pages_of_one_file_are_drawn_by_one_opening(tmp_path: Path) -> None:
    with Snapshots(made(tmp_path / "a.pdf")) as snapshots:
        assert snapshots.pages == 2
        first, second = snapshots.page(1, 72, "png"), snapshots.page(2, 72, "png")
    assert (pixels(first.bytes) < 60).any() and not (pixels(second.bytes) < 60).any()


def test_a_picture_files_page_has_the_size_at_which_it_was_read(tmp_path: Path) -> None:
    file = tmp_path / "照片.jpg"
    Image.new("RGB", (1654, 2339), "white").save(file)
    picture = page_picture(file, 1, dpi=72)
    assert (picture.width, picture.height) == (595, 842) or (picture.width, picture.height) == (595, 841)


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there_is_named(tmp_path: Path, page: int) -> None:
    with pytest.raises(Damaged) as caught:
        page_picture(made(tmp_path / "a.pdf"), page)
    assert f"第{page}页" in caught.value.detail


def test_files_without_pages_and_broken_files_are_told_apart(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("a,b")
    with pytest.raises(Unsupported):
        Snapshots(table)
    broken = tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(Damaged):
        Snapshots(broken)
