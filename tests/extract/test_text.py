"""Looking at text never moves a character."""

import pytest

from extract import text


def test_half_width_keeps_every_offset() -> None:
    words = "每万人３２．６个，增长１２％（５Ｇ）　㎡"
    assert text.half_width(words) == "每万人32.6个，增长12%（5G） ㎡"
    assert len(text.half_width(words)) == len(words)


def test_squash_gives_the_way_back() -> None:
    short, back = text.squash("5G 基站\n 32 个")
    assert short == "5G基站32个"
    assert "".join("5G 基站\n 32 个"[i] for i in back) == short


@pytest.mark.parametrize(
    ("left", "right", "blank"),
    [("网", "络", False), ("5", "网", False), ("G", "L", True), ("。", "A", False), ("，", "5", False), ("d", "2", True)],
)
def test_only_latin_neighbours_need_a_blank(left: str, right: str, blank: bool) -> None:
    assert text.needs_blank(left, right) is blank


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("3 2.6 个", "32.6 个"),
        ("12. 5%", "12.5%"),
        ("1 ,234万元", "1,234万元"),
        ("2023 2024", "2023 2024"),
        ("5 10 15", "5 10 15"),
        ("第 3 项", "第 3 项"),
    ],
)
def test_torn_numbers_are_mended_and_rows_of_numbers_left_alone(torn: str, whole: str) -> None:
    better, kept = text.mend_numbers(torn)
    assert better == whole
    assert "".join(torn[i] for i in kept) == whole


def test_honest_chinese_reads_well_and_wrong_glyphs_do_not() -> None:
    honest = "为贯彻落实国家战略，推进“5G+工业互联网”融合应用先导区建设，制定本方案。"
    shifted = "".join(chr(ord(c) + 37) if text.is_cjk(c) else c for c in honest)
    assert text.common_share(honest) > 0.9 > 0.5 > text.common_share(shifted)
    assert text.word_share(honest) > 0.3 > 0.1 > text.word_share(shifted)


def test_private_use_and_replacement_characters_are_broken() -> None:
    assert text.broken_share("\ue001\ufffd5G") == 0.5
    assert text.broken_share("工业互联网") == 0.0
    assert text.broken_share("") == 0.0


def test_superscripts_keep_their_length() -> None:
    assert text.superscript("12") == "¹²"
