"""Pages as scanners and phones give them are read like the clean page; each step says what it does to a picture."""

from __future__ import annotations

import functools

import cv2
import numpy as np
import pytest
import scans

from extract import ocr, scan
from extract.ocr import Reading
from extract.scan import Scan, ScanWord, Stroke


def in_lines(found: list[ScanWord]) -> list[str]:
    """The words of a page, line by line, as a person reads them."""
    rows: list[tuple[float, list[ScanWord]]] = []
    for word in sorted(found, key=lambda w: w.box[1] + w.box[3]):
        middle = (word.box[1] + word.box[3]) / 2
        if rows and middle - rows[-1][0] < 0.5 * (word.box[3] - word.box[1]):
            rows[-1][1].append(word)
        else:
            rows.append((middle, [word]))
    return ["".join(w.text for w in sorted(row, key=lambda w: w.box[0])) for _, row in rows]


def read(picture: scans.Picture) -> Scan:
    return scan.read(picture, ocr.engine())


@functools.cache
def clean_letter() -> Scan:
    return read(scans.letter().picture)


def quad(x0: float, y0: float, x1: float, y1: float) -> ocr.Quad:
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float32)


# --- whole pages ----------------------------------------------------------------------------------------------------------


def test_a_clean_scan_is_read_without_error() -> None:
    assert scans.error(in_lines(clean_letter().words), scans.PROSE) == 0


@pytest.mark.parametrize("colour", [(220, 40, 40), (120, 20, 20), (40, 60, 190)], ids=["red", "dark red", "blue"])
def test_words_under_a_seal_are_read_as_without_it(colour: tuple[int, int, int]) -> None:
    picture = scans.compressed(scans.sealed(scans.letter().picture, (1250, 1640), colour), 60)
    assert scans.error(in_lines(read(picture).words), scans.PROSE) <= 0.005


def test_a_seal_that_a_copier_made_grey_goes_and_the_words_under_it_stay() -> None:
    picture = scans.compressed(scans.sealed(scans.letter().picture, (1250, 1640), (110, 110, 110)), 60)
    assert scan.without_copied_seals(picture) is not picture
    assert scans.error(in_lines(read(picture).words), scans.PROSE) <= 0.005


def test_a_page_without_a_grey_ring_is_left_alone() -> None:
    for page in (scans.letter().picture, scans.table().picture, scans.faint(scans.letter().picture)):
        assert scan.without_copied_seals(page) is page


def test_a_shadow_and_a_seal_together_lose_no_word() -> None:
    picture = scans.shaded(scans.sealed(scans.letter().picture, (1250, 1640)))
    assert scans.error(in_lines(read(picture).words), scans.PROSE) <= 0.005


def test_a_tilted_page_is_put_level_and_its_tilt_is_told() -> None:
    found = read(scans.tilted(scans.letter().picture, 2.0))
    assert scans.error(in_lines(found.words), scans.PROSE) <= 0.005
    assert found.skew == pytest.approx(2.0, abs=0.25)


@pytest.mark.parametrize(("quarters", "rotation"), [(1, 270), (2, 180), (3, 90)])
def test_a_turned_page_is_put_upright_and_the_turn_is_told(quarters: int, rotation: int) -> None:
    found = read(scans.turned(scans.letter().picture, quarters))
    assert scans.error(in_lines(found.words), scans.PROSE) <= 0.005
    assert found.rotation == rotation
    assert (found.width, found.height) == scans.A4


@pytest.mark.parametrize("points", [9, 7.5])
def test_small_print_in_a_table_is_read_cell_by_cell(points: float) -> None:
    made = scans.table(points)
    found = read(scans.compressed(made.picture, 60))
    assert scans.error(in_lines(found.words), made.lines) <= 0.005
    upright = {round(s.x0) for s in found.strokes if s.x0 == s.x1}
    level = {round(s.y0) for s in found.strokes if s.y0 == s.y1}
    assert (len(upright), len(level)) == (6, 7)


def test_a_pale_copy_keeps_its_lone_dashes_ticks_and_ones() -> None:
    found = read(scans.faint(scans.table(9).picture))
    alone = [word.text for word in found.words if len(word.text) == 1]
    assert alone.count("√") == 3 and alone.count("—") == 2 and alone.count("1") == 2


def test_words_stand_where_they_are_printed_on_the_page() -> None:
    made = scans.table(10.5)
    found = read(made.picture)
    ink = made.picture[..., 0] < 128
    for word in found.words:
        x0, y0, x1, y1 = (round(value) for value in word.box)
        outside = ink[y0 + 6 : y1 - 6, max(0, x0 - 8) : max(0, x0 - 2)]
        assert ink[y0:y1, x0:x1].any() and not outside.any(), word.text
        assert len(word.edges) == len(word.text) + 1


def test_an_empty_page_with_specks_and_shadow_is_blank() -> None:
    rng = np.random.default_rng(3)
    page = np.full((2339, 1654, 3), 250, dtype=np.uint8)
    page[rng.integers(0, 2339, 200), rng.integers(0, 1654, 200)] = 60
    page[:, :12] = 40  # the scanner's lid
    assert read(scans.shaded(page, 0.8)).blank


def test_a_page_with_two_characters_is_not_blank() -> None:
    page = np.full((2339, 1654, 3), 255, dtype=np.uint8)
    page[150:250, 100:700] = scans.letter().picture[400:500, 620:1220]
    assert scan.marks(page) > 0


# --- steps ----------------------------------------------------------------------------------------------------------------


def test_red_print_stays_when_the_stamp_goes() -> None:
    picture = scans.letter().picture.copy()
    heading = picture[250:340]
    heading[heading[..., 0] < 128] = (200, 20, 30)  # the letterhead in red
    spoilt = scans.sealed(picture, (1250, 1640))
    cleaned = scan.without_seals(spoilt)
    assert np.array_equal(cleaned[250:340], spoilt[250:340])
    around = cleaned[1500:1800, 1000:1500].astype(int)
    assert not ((around[..., 0] - around[..., 1]) > 60).any()


def test_the_large_red_letters_of_a_plaque_are_no_stamps() -> None:
    picture = np.full((700, 900, 3), 245, dtype=np.uint8)
    for left in (320, 390, 455, 520):  # four open shapes of one height in a row
        cv2.rectangle(picture, (left, 160), (left + 48, 210), (170, 20, 30), 6)
    cleaned = scan.without_seals(picture)
    assert np.array_equal(cleaned[150:220], picture[150:220])
    cv2.circle(picture, (600, 450), 80, (200, 30, 40), 8)
    assert not np.array_equal(scan.without_seals(picture)[360:540, 510:690], picture[360:540, 510:690])


def test_a_page_without_colour_comes_back_as_it_is() -> None:
    picture = scans.letter().picture
    assert scan.without_seals(picture) is picture
    assert scan.evened(picture) is picture


def test_a_filled_blue_table_head_is_no_stamp() -> None:
    picture = np.full((1000, 800, 3), 255, dtype=np.uint8)
    picture[100:260, 100:300] = (40, 80, 200)
    assert scan.without_seals(picture) is picture


def test_a_shadow_becomes_white_paper() -> None:
    flat = scan.evened(scans.shaded(scans.letter().picture))
    assert np.percentile(flat[..., 0], 30) > 235


def test_light_print_on_a_dark_ground_is_read_as_on_slides_and_plaques() -> None:
    ground = np.array([30, 60, 150], np.uint8)
    slide = np.where(scans.letter().picture < 128, np.uint8(255), ground).astype(np.uint8)
    assert scans.error(in_lines(read(slide).words), scans.PROSE) <= 0.005


def test_black_and_white_pages_are_smoothed_and_grey_ones_are_not() -> None:
    fax = scans.faxed(scans.letter().picture)
    assert not np.array_equal(scan.smoothed(fax), fax)
    grey = scans.compressed(scans.faint(scans.letter().picture))
    assert scan.smoothed(grey) is grey


def test_a_line_that_runs_over_a_ruling_is_cut_there() -> None:
    left, right = scan.split_at_rulings([quad(10, 10, 210, 40)], [Stroke(110, 0, 110, 100)])
    assert left[:, 0].max() < 110 < right[:, 0].min()


def test_a_ruling_beside_a_line_does_not_cut_it() -> None:
    assert len(scan.split_at_rulings([quad(10, 10, 210, 40)], [Stroke(214, 0, 214, 100), Stroke(110, 60, 110, 100)])) == 1


def test_lines_that_run_from_top_to_bottom_are_sideways() -> None:
    assert scan.sideways([quad(10, 10, 40, 600), quad(60, 10, 90, 500)])
    assert not scan.sideways([quad(10, 10, 600, 40), quad(10, 60, 40, 200)])


def test_characters_one_under_another_become_a_quad_each() -> None:
    image = np.full((400, 120, 3), 255, dtype=np.uint8)
    for y in (20, 100, 180):
        image[y : y + 50, 30:80] = 0
    quads = scan.stacked(image, quad(25, 10, 85, 240))
    assert [round(float(q[:, 1].mean()) / 10) for q in quads] == [4, 12, 20]
    assert len(scan.stacked(image, quad(0, 10, 110, 60))) == 1


def test_a_long_strip_is_looked_through_piece_by_piece_and_each_line_found_once() -> None:
    class Finder(ocr.NullEngine):
        def find(self, picture: ocr.Picture) -> list[ocr.Quad]:
            dark = np.flatnonzero((picture[..., 0] < 100).any(axis=1))
            starts = [y for y in dark if y - 1 not in set(dark)]
            return [quad(10, y, 190, y + 20) for y in starts]

    strip = np.full((2000, 200, 3), 255, dtype=np.uint8)
    tops = list(range(30, 1980, 70))
    for y in tops:
        strip[y : y + 20, 10:190] = 0
    found = scan.lines_in(strip, Finder())
    assert sorted(round(float(q[:, 1].min())) for q in found) == tops


# --- readings put right -----------------------------------------------------------------------------------------------------


def pieces(text: str, centres: list[float], width: int, gaps: list[tuple[int, int]]) -> list[ScanWord]:
    """The words of a reading over a crop that is black but for the given gaps."""
    crop = np.full((40, width, 3), 0, dtype=np.uint8)
    for start, end in gaps:
        crop[:, start:end] = 255
    reading = Reading(text, 0.9, tuple(c / width for c in centres), (0.9,) * len(text))
    return scan._pieces(reading, (0, 0, width, 40), crop)


def test_a_blank_inside_a_number_goes_and_the_first_reading_is_kept() -> None:
    (word,) = pieces("3 2.6 个", [10, 18, 26, 34, 42, 50, 66], 90, [(14, 19)])
    assert (word.text, word.raw) == ("32.6个", "3 2.6 个")
    assert len(word.edges) == 6


def test_two_years_side_by_side_stay_apart() -> None:
    words = pieces("2024 2025", [10, 20, 30, 40, 50, 60, 70, 80, 90], 100, [(44, 56)])
    assert "".join(word.text for word in words) != "20242025"


def test_figures_with_a_real_gap_between_them_stay_apart() -> None:
    (word,) = pieces("12 345", [10, 20, 35, 50, 60, 70], 80, [(24, 45)])
    assert word.text == "12 345"


def test_a_wide_gap_makes_two_words() -> None:
    words = pieces("产值 增速", [15, 45, 160, 275, 305], 320, [(60, 260)])
    assert [word.text for word in words] == ["产值", "增速"]


@pytest.mark.parametrize(
    ("read_as", "mended"),
    [
        ("5C+工业互联网", "5G+工业互联网"),
        ("SG基站", "5G基站"),
        ("〔2O24〕58号", "〔2024〕58号"),
        ("特別重大", "特别重大"),
        ("1.设备协同；2:柔性生产；3.质检", "1.设备协同；2.柔性生产；3.质检"),
        ("建成156基站", "建成156基站"),  # a figure stays
        ("比例3:2", "比例3:2"),
        ("型号ZX5C", "型号ZX5C"),
        ("3|5", "3|5"),
    ],
)
def test_only_certain_confusions_are_mended(read_as: str, mended: str) -> None:
    assert scan.mend(read_as) == mended
    assert len(scan.mend(read_as)) == len(read_as)


@pytest.mark.parametrize(
    ("read_as", "set_as"),
    [
        ("示范基地(汽车)。", "示范基地（汽车）。"),
        ("附件:1,200万元", "附件：1,200万元"),
        ("名单(2024)", "名单（2024）"),
        ("平均数(26.7个）近8个", "平均数（26.7个）近8个"),
        ("5G（26.7)", "5G（26.7）"),
        ("IPv6(SRv6)", "IPv6(SRv6)"),
        ("12:30", "12:30"),
    ],
)
def test_punctuation_beside_chinese_is_as_chinese_prints_it(read_as: str, set_as: str) -> None:
    assert scan.full_width(read_as) == set_as


def test_doubt_about_one_digit_is_the_words_doubt() -> None:
    crop = np.full((40, 100, 3), 0, dtype=np.uint8)
    reading = Reading("建成8个", 0.9, (0.15, 0.4, 0.65, 0.85), (0.99, 0.99, 0.55, 0.99))
    (word,) = scan._pieces(reading, (0, 0, 100, 40), crop)
    assert word.confidence == pytest.approx(0.55)
