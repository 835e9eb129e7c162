"""Quantities: the sheet of cases, offsets, and what must never be taken for a number."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from models.quantities import chinese_number, quantities

SHEET = Path(__file__).parent.parent / "cases" / "quantities.yaml"
CASES: list[dict[str, Any]] = yaml.safe_load(SHEET.read_text(encoding="utf-8"))


def _number(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_sentence_holds_exactly_these_quantities(case: dict[str, Any]) -> None:
    found = [(q.low, q.high, q.unit, q.operator, q.per, q.flags) for q in quantities(case["text"])]
    wanted = [
        (_number(q["low"]), _number(q["high"]), q["unit"], q["operator"], q.get("per", ""), frozenset(q.get("flags", [])))
        for q in case["quantities"]
    ]
    assert found == wanted


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_offsets_lead_back_to_the_words_themselves(case: dict[str, Any]) -> None:
    for quantity in quantities(case["text"]):
        assert case["text"][quantity.start : quantity.end] == quantity.text


@given(st.integers(min_value=1, max_value=99_999_999))
@settings(max_examples=60, deadline=None)
def test_chinese_numerals_read_back_as_the_number_they_were_written_from(number: int) -> None:
    import cn2an

    assert chinese_number(cn2an.an2cn(number)) == number


@given(st.text(alphabet="每万人拥有5G基站数3l.6个〇亿〔2023〕第-—~至到%\n ２．", max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_finder_or_moves_an_offset(text: str) -> None:
    for quantity in quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high


@pytest.mark.parametrize(
    "text",
    [
        "×政办发〔2020〕8号",
        "GB/T 42028-2022",
        "ZL202110234567.8",
        "“十四五”期间",
        "“1+5+N”体系",
        "2024年9月30日",
        "电话0571-88888888",
        "图2-1 区位图",
    ],
)
def test_numbers_of_documents_dates_and_names_are_no_quantities(text: str) -> None:
    assert quantities(text) == ()


def test_exactly_thirty_is_not_above_thirty_and_about_thirty_cannot_be_told() -> None:
    (exact,) = quantities("每万人拥有5G基站30.0个")
    (about,) = quantities("每万人拥有5G基站约30个")
    (near,) = quantities("每万人拥有5G基站近30个")
    (over,) = quantities("每万人拥有5G基站超30个")
    threshold = Decimal(30)
    assert [q.above(threshold, strict=True) for q in (exact, about, near, over)] == [False, None, False, True]


def test_a_figure_without_noun_takes_subject_and_denominator_of_its_predecessor() -> None:
    province, city = quantities("全省每万人拥有5G基站数为34.1个，我市为29.7个。")
    assert (city.per, city.subject) == (province.per, province.subject) == ("万人", "5G基站数")


def test_the_year_is_that_of_the_nearest_date() -> None:
    first, second = quantities("2023年建成120个，2025年建成300个")
    assert (first.year, second.year) == (2023, 2025)
