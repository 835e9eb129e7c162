"""Printed numbers and looks of a line give the heading level."""

import pytest

from extract.outline import Look, number_of, numeral, rank, relevel


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("第一章 总体要求", ("第一章", 1)),
        ("第十二节 保障", ("第十二节", 2)),
        ("一、现有基础", ("一、", 1)),
        ("（三）建设目标", ("（三）", 2)),
        ("(二)基本原则", ("(二)", 2)),
        ("1.财政资金", ("1.", 3)),
        ("1.5G网络覆盖", ("1.", 3)),
        ("3、产融合作", ("3、", 3)),
        ("（1）加强领导", ("（1）", 4)),
        ("①首先", ("①", 5)),
        ("1.1 背景", ("1.1", 2)),
        ("2.3.1 网络建设", ("2.3.1", 3)),
        ("1.3.1 5G覆盖", ("1.3.1", 3)),
        ("1.2 5G网络", ("1.2", 2)),
        ("1.2.4个性化定制", ("1.2.4", 3)),
        ("24.10.1日印发", None),
        ("附件1：承诺书", ("附件1：", 1)),
        ("壹、城市概览", ("壹、", 1)),
        ("贰 基础篇", ("贰", 1)),
        ("叁三年要到哪里", ("叁", 1)),
        ("贰佰万元整", None),
        ("指标7发展管理平台项目数量", ("指标7", 3)),
        ("指标6 5G网络覆盖率", ("指标6", 3)),
        ("条件3：应用场景数量", ("条件3：", 3)),
        ("指标12项，均已完成", None),
        ("指标3至5说明如下", None),
        ("1.5万个基站", None),
        ("36.3个", None),
        ("2024年工作", None),
        ("全市建成基站", None),
        ("", None),
    ],
)
def test_number_of_a_line(line: str, found: tuple[str, int] | None) -> None:
    assert number_of(line) == found


@pytest.mark.parametrize(
    ("words", "value"), [("十", 10), ("二十三", 23), ("一百零五", 105), ("12", 12), ("二〇二四", 2024), ("甲", None)]
)
def test_chinese_numerals(words: str, value: int | None) -> None:
    assert numeral(words) == value


@pytest.mark.parametrize(
    ("line", "look", "level"),
    [
        ("一、总体要求", Look(), 1),
        ("（一）建设目标", Look(), 2),
        ("1.财政资金", Look(bold=True), 3),
        ("指标20相关国际标准、国家标准或行业标准数量", Look(alone=False), 3),
        ("指标8完成情况良好，已达到要求。", Look(), None),
        ("1.财政资金", Look(alone=False), None),
        ("（一）加强领导。成立领导小组，统筹推进各项工作。", Look(), None),
        ("一是完善政策体系，二是强化要素保障。", Look(), None),
        ("试点工作方案", Look(size=1.6, centred=True), 1),
        ("目 录", Look(centred=True), 1),
        ("2024年9月6日", Look(centred=True), None),
        ("全市建成5G基站12345个。", Look(bold=True), None),
        ("重点区域布局", Look(bold=True, size=1.1), 2),
        ("（一）加强组织领导。", Look(bold=True), 2),
    ],
)
def test_rank_of_a_line(line: str, look: Look, level: int | None) -> None:
    found = rank(line, look)
    assert (found.level if found else None) == level


def test_a_number_and_a_style_are_surer_than_a_number_alone() -> None:
    plain, styled = rank("一、总体要求", Look()), rank("一、总体要求", Look(bold=True))
    assert plain and styled and plain.confidence < styled.confidence


def test_ideographic_numbers_go_below_chapters() -> None:
    levels = [(1, "第一章"), (1, "一、"), (2, "（一）"), (1, "第二章")]
    assert relevel(levels) == [1, 2, 3, 1]
    assert relevel([(1, "一、"), (2, "（一）")]) == [1, 2]
    assert relevel([(1, "壹、"), (1, "一、"), (2, "（一）"), (1, "贰、")]) == [1, 2, 3, 1]
    assert relevel([(1, "壹、"), (2, "（一）")]) == [1, 2]
