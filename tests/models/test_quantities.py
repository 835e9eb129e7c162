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
from tests.benchmarks.score_sentences import read, score_quantities

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


# --- a second sheet, labelled by another hand: measured as a whole

MORE = Path(__file__).parent.parent / "cases" / "quantities_more.jsonl"


def test_the_sentences_of_another_hand_are_read_exactly() -> None:
    rows = read(MORE)
    assert score_quantities(rows)["sentences exact"] >= 0.995
    for row in rows:
        for quantity in quantities(row["text"]):
            assert row["text"][quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize(
    ("text", "low", "unit", "words"),
    [
        ("规上企业1 2 0 家", "120", "家", "1 2 0 家"),
        ("1 2 0 家企业", "120", "家", "1 2 0 家"),
        ("已 改 造 的 4 7 家", "47", "家", "4 7 家"),
        ("接入企业4 860 家", "4860", "家", "4 860 家"),
        ("常住人口5 986 000人", "5986000", "人", "5 986 000人"),
        ("注册量2 3.5 亿 个", "2350000000", "个", "2 3.5 亿 个"),
        ("基站达 1 . 9 2 万 个", "19200", "个", "1 . 9 2 万 个"),
        ("满意率9 6 . 4 %", "96.4", "%", "9 6 . 4 %"),
        ("提升3 . 1 个 百 分 点", "3.1", "百分点", "3 . 1 个 百 分 点"),
        ("小车12 0 辆", "120", "辆", "12 0 辆"),
        ("上传速率68.2 Mbps", "68.2", "Mbps", "68.2 Mbps"),
        ("存储１２０ PB", "120", "PB", "１２０ PB"),
        ("用户数12，345户", "12345", "户", "12，345户"),
        ("新建5 G 专 网1 8 张", "18", "张", "1 8 张"),
    ],
)
def test_a_torn_number_is_joined(text: str, low: str, unit: str, words: str) -> None:
    (found,) = quantities(text)
    assert (found.low, found.high, found.unit, found.text) == (Decimal(low), Decimal(low), unit, words)


@pytest.mark.parametrize(
    "text",
    [
        "2023 2024",
        "2023 120家",
        "企业 12 300家",
        "企业12 34家",
        "企业12 3 家",
        "企业2023  120家",
        "2023\n120家",
        "3 5家",
        "5 10 15个",
        "基站1 28个",
    ],
)
def test_pieces_that_may_be_one_number_or_two_columns_are_left_out(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("资金（单位：万元） | 序号: 3; 项目: 内网; 金额: 120", [("1200000", "元", "")]),
        ("一览 | 密度（个/万人）: 35.9; 占比: 14.3%", [("35.9", "个", "万人"), ("14.3", "%", "")]),
        ("目标 | 单位: 万个; 2025年: 2.6", [("26000", "个", "")]),
        ("一览（单位：家） | 年份: 2023; 数量: 12; 上云率: 45", [("12", "家", ""), ("45", "", "")]),
        ("一览（2023年） | 数量: 12", [("12", "", "")]),
    ],
)
def test_a_bare_number_of_a_row_takes_the_unit_of_its_header_its_row_or_its_caption(
    text: str, found: list[tuple[str, str, str]]
) -> None:
    assert [(str(q.low), q.unit, q.per) for q in quantities(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共2万2千个", [("22000", "22000", "个", "=")]),
        ("合计1亿2千万元", [("120000000", "120000000", "元", "=")]),
        ("约800—1000家", [("800", "1000", "家", "~")]),
        ("10个（含）以上", [("10", None, "个", ">=")]),
        ("30个（不含）以上", [("30", None, "个", ">")]),
        ("不少于（含）10个", [("10", None, "个", ">=")]),
        ("分别建成1.1、0.6和0.5万个", [("11000", "11000", "个", "="), ("6000", "6000", "个", "="), ("5000", "5000", "个", "=")]),
        ("分别不少于10家、20家", [("10", None, "家", ">="), ("20", None, "家", ">=")]),
        ("历时3个半月", [("3.5", "3.5", "个月", "=")]),
        ("增速为-3.2%", [("-3.2", "-3.2", "%", "=")]),
        ("3-5成", [("30", "50", "%", "=")]),
        ("总投资（万元）：3,500.5", [("35005000", "35005000", "元", "=")]),
        ("投资2.3亿多元", [("230000000", "240000000", "元", ">")]),
        ("10个多元主体", [("10", "10", "个", "=")]),
        ("至少建成10个场景", [("10", None, "个", ">=")]),
        ("不高于设备投资额的30%", [(None, "30", "%", "<=")]),
        ("定位精度优于2厘米", [(None, "2", "厘米", "<")]),
        ("最高的高新区为58.3个", [("58.3", "58.3", "个", "=")]),
        ("连续三年，三年投入，市县两级", []),
        ("提前两年完成", [("2", "2", "年", "=")]),
        ("保存不少于5年", [("5", None, "年", ">=")]),
        ("月费1800元起，事故3起。", [("1800", None, "元", ">="), ("3", "3", "起", "=")]),
        ("三个月内办结，园区内10家内资企业", [(None, "3", "个月", "<="), ("10", "10", "家", "=")]),
        ("占五分之一，十万分之一以内", [("20", "20", "%", "="), (None, "0.001", "%", "<=")]),
        ("不足全省七分之一", [(None, "14.29", "%", "<")]),
        ("翻番，翻了一番，翻两番", [("2", "2", "倍", "="), ("2", "2", "倍", "="), ("4", "4", "倍", "=")]),
        ("不得超过5家，上限为20万元，至多领取3万元", [(None, "5", "家", "<="), (None, "200000", "元", "<="), (None, "30000", "元", "<=")]),
        ("降至0.55元/千瓦时以下", [(None, "0.55", "元", "<=")]),
        ("十亿元以上企业97户", [("1000000000", None, "元", ">="), ("97", "97", "户", "=")]),
        ("应急队伍三支六十八人，已用上十四个", [("3", "3", "支", "="), ("68", "68", "人", "="), ("14", "14", "个", "=")]),
        ("数十家、上百家", [("10", "100", "家", ">"), ("100", None, "家", ">=")]),
        ("近三年", []),
        ("智能终端一期、二期工程", []),
        ("实现从0到1的突破，1+1>2", []),
        ("1080P，64T64R", []),
        ("24年6月、23年底", []),
        ("一览 | 数量: 28 | 家数: 24", [("28", "28", "", "="), ("24", "24", "", "=")]),
    ],
)
def test_bounds_ranges_and_names_are_told_apart(text: str, found: list[tuple[str | None, str | None, str, str]]) -> None:
    def plain(value: Decimal | None) -> str | None:
        return None if value is None else f"{value:f}"

    assert [(plain(q.low), plain(q.high), q.unit, q.operator) for q in quantities(text)] == found


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("用户1 2,345 户", "12345", "户"),
        ("人口 5 , 9 8 6 , 000 人", "5986000", "人"),
        ("不低于 1 0 个", "10", "个"),
        ("超 3 0 个", "30", "个"),
        ("投资3 .5亿元", "350000000", "元"),
        ("一览 | 投资额/万元: 350", "3500000", "元"),
        ("一览 | 起止年限: 2023-2025; 终端[台]: 3", "3", "台"),
    ],
)
def test_a_torn_number_with_commas_or_a_bound_is_joined_and_a_header_may_name_its_unit_behind_a_slash(
    text: str, low: str, unit: str
) -> None:
    (found,) = quantities(text)
    assert (found.value, found.unit) == (Decimal(low), unit)
