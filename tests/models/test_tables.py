"""Indicator tables: which columns are the present and the years to come, and what their rows are called."""

from __future__ import annotations

from typing import Any

import pytest

from extract.document import Cell, Table
from models.catalogue import load_edition
from models.nlp import build_nlp
from models.tables import IndicatorRow, indicator_table, reached, yearly_cells

NLP: Any = build_nlp(load_edition())


def table(*rows: str, caption: str = "") -> Table:
    """A table with one header row; cells divided by “|”."""
    cut = [row.split("|") for row in rows]
    cells = tuple(Cell(r, c, text) for r, row in enumerate(cut) for c, text in enumerate(row))
    return Table(len(cut), len(cut[0]), cells, header_rows=1, caption=caption)


@pytest.mark.parametrize(
    ("head", "base", "years"),
    [
        ("指标|现状|2025年|2026年", True, [2025, 2026]),
        ("指标|自评依据|2025年目标|2026年目标", True, [2025, 2026]),
        ("指标|2023年底|2025年底|2026年底", True, [2025, 2026]),
        ("指标|2023年末|2025年末|2026年末", True, [2025, 2026]),
        ("指标|2023年底（或2024年6月底）|2025年|2026年", True, [2025, 2026]),
        ("指标|2024年末|2025年目标|2026年目标", True, [2025, 2026]),
        ("指标|2024年|2025年|2026年", False, [2024, 2025, 2026]),
    ],
)
def test_the_present_and_the_years_to_come_are_told_by_the_head(head: str, base: bool, years: list[int]) -> None:
    rows = indicator_table(NLP, table(head, "每万人5G基站|30|33|36", "5G工厂名录入选|3|5|8"), "none", 2024)
    assert [(row.base is not None, list(row.targets)) for row in rows] == [(base, years)] * 2


NAMED = ("指标|现状|2025年", "专项政策|1|2", "每万人5G基站|30|33", "边缘计算节点数|8|12", "5G工厂名录入选|3|5", "知识产权|40|60")


@pytest.mark.parametrize(
    ("row", "indicator"),
    [
        ("10场景以上工厂|6|8", "application.scenarios"),
        ("当年培训|600|900", "services.skilled_talent"),
        ("“工信贷”余额|3亿元|5亿元", "policy.industry_finance"),
        ("改造老旧设备|800台|900台", "infrastructure.equipment_upgrade"),
        ("常住人口|300万|305万", None),
        ("地区生产总值|900亿元|1000亿元", None),
    ],
)
def test_a_row_under_no_known_name_is_told_by_its_words(row: str, indicator: str | None) -> None:
    rows = {item.label: item.links[:1] for item in indicator_table(NLP, table(*NAMED, row), "none", 2024)}
    found = rows[row.partition("|")[0]]
    assert [link[0] for link in found] == ([indicator] if indicator else [])


def test_what_another_row_names_is_never_told_twice_by_words() -> None:
    rows = {item.label: item.links for item in indicator_table(NLP, table(*NAMED, "基站总量|900|950"), "none", 2024)}
    assert rows["基站总量"] == ()


def test_rows_of_years_with_running_text_are_a_plan_by_years() -> None:
    plan = table("年度|主要目标", "2026年|每万人5G基站35个；平台项目190个；培训6000人次", "2027年|每万人5G基站37个；平台项目230个；培训6500人次")
    assert [(row, cell.text[:8], year) for row, cell, year in yearly_cells(plan)] == [
        (1, "每万人5G基站3", 2026), (2, "每万人5G基站3", 2027),
    ]  # fmt: skip
    assert yearly_cells(table("年度|数量", "2026年|35", "2027年|37")) == []


def test_a_card_of_question_and_answer_is_a_row_named_by_both() -> None:
    card = table(
        "指标|应用场景数量|编号|15", "问|具备10个以上典型应用场景的工厂有几家？||", "答|8家。场景名称以公布的为准。||8家。场景名称以公布的为准。",
        "分年度目标|2025年12家；2026年16家。||", "佐证|3-1||",
    )  # fmt: skip
    (row,) = indicator_table(NLP, card, "none", 2024)
    assert row.links[0][0] == "application.scenarios"
    assert "具备10个以上典型应用场景的工厂" in row.label
    assert row.base is not None and row.base.text.startswith("8家")


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ("3家，明年再建5家", "3家，"),
        ("已入选3家，正在申报5家", "已入选3家，"),
        ("尚无，计划建5家", ""),
        ("6项（目标8项）", "6项"),
        ("已建成6家在建3家", "已建成6家"),
        ("9项，名称见汇总表，其中城市称号4项", "9项，名称见汇总表，其中城市称号4项"),
        ("拟8家", ""),
        ("8家", "8家"),
    ],
)
def test_what_is_to_come_is_no_part_of_what_is_reached(cell: str, left: str) -> None:
    row = IndicatorRow(1, "5G工厂名录入选数量", (), base=Cell(1, 1, cell))
    assert reached(NLP, row) == left
