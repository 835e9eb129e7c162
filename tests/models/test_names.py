"""Names of firms and projects: what is one and the same, and what is not."""

from __future__ import annotations

import pytest

from models.names import same_firm, same_project, squash_title


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("明州东海重工有限公司", "明州东海重工有限公司"),
        ("明州东海重工股份有限公司", "明州东海重工"),
        ("浙江天工轴承股份有限公司", "天工轴承"),
        ("明州东海重工（集团）有限公司", "明州东海重工集团有限公司"),
        ("明州远帆新能源汽车制造有限公司", "明州远帆新能原汽车制造有限公司"),  # a slip of one character
        ("东海重矿", "明州东海重型矿山机器有限公司"),  # drawn together
        ("远帆耐材", "明州远帆耐火材料有限公司"),
    ],
)
def test_one_firm_by_its_long_and_short_names_and_a_slip(first: str, second: str) -> None:
    assert same_firm(first, second) and same_firm(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("明州东海重工有限公司", "明州东海纺织有限公司"),
        ("明州东海重工有限公司", "明州东海重工有限公司第二分公司"),
        ("明州经济技术开发区第一精密机械制造有限公司", "明州经济技术开发区第二精密机械制造有限公司"),
        ("", "明州东海重工有限公司"),
        ("东海重矿", "明州东海纺织机器有限公司"),
        ("东海重矿", "明州西海重型矿山机器有限公司"),
        ("东海重工", "明州东海重型高压输变电成套装备有限公司"),  # no 工 in it
        ("东海重矿有限公司", "明州东海重型矿山机器有限公司"),  # a whole name is no short one
        ("公司", "明州东海重工有限公司"),
    ],
)
def test_another_firm_a_branch_or_another_number_is_not_the_same(first: str, second: str) -> None:
    assert not same_firm(first, second) and not same_firm(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("精密轴承5G工厂", "精密轴承5G全连接工厂"),
        ("精密轴承 5G 工厂", "精密轴承５Ｇ工厂"),
        ("船舶分段智能制造5G工厂", "船舶分段智能治造5G工厂"),
    ],
)
def test_one_project_by_its_common_tails_widths_and_a_slip(first: str, second: str) -> None:
    assert same_project(first, second) and same_project(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [("一期精密轴承5G工厂", "二期精密轴承5G工厂"), ("A区轴承制造5G工厂", "B区轴承制造5G工厂"), ("精密轴承5G工厂", "精密齿轮5G工厂"), ("", "")],
)
def test_phases_and_plants_apart_are_different_projects(first: str, second: str) -> None:
    assert not same_project(first, second)


def test_numbers_of_documents_compare_without_brackets_and_widths() -> None:
    assert squash_title("明政发〔2023〕12号") == squash_title("明政发[2023]12号") == squash_title("明政发（2023）１２号")
