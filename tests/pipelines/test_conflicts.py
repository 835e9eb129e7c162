"""Contradictions, each with both places: figures, ratios, counts, totals, dates, leftovers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from documents import document, package, table

from extract.document import Document, Table
from models.facts import Case, Count, Figure, exact
from pipelines.conflicts import find_conflicts
from pipelines.screening import Conflict

OPENING = ("# 明州市“5G+工业互联网”融合应用先导区试点工作方案", "明州市人民政府", "2024年9月", "# 一、现有基础")
CASE = Case(("明州市",), "2024-09")


def plan(*blocks: str | Table) -> Document:
    filler = "实施产业数字化升级工程，推动重点行业企业开展5G全连接工厂建设。" * 60
    return document("试点工作方案.docx", *OPENING, *blocks, "# 二、重点任务", filler, "# 三、保障措施", "加强组织领导。")


def found(*documents: Document, case: Case = CASE) -> list[Conflict]:
    conflicts, book = find_conflicts(package(*documents, cities=["明州市"]), case)
    known = {entry.id for entry in book.entries()}
    assert all(place in known or place.startswith("F") for conflict in conflicts for place in conflict.evidence)
    return conflicts


def figure(place: str, kind: str, value: str, date: str = "", document: str = "方案.docx", area: str = "") -> Figure:
    return Figure(place, "claim", kind, exact(value), area, date, document)  # type: ignore[arg-type]


def test_the_same_figure_with_two_values_is_told_with_both_places() -> None:
    case = replace(CASE, figures=(figure("F1", "stations", "13874", "2024-06"), figure("F2", "stations", "11762", "", "核定表.pdf")))
    conflict = found(plan("基础良好。"), case=case)[0]
    assert (conflict.code, conflict.grade, conflict.evidence) == ("figure", "mandatory", ("F1", "F2"))
    assert "13874个（方案.docx）" in conflict.text and "11762个（核定表.pdf）" in conflict.text


@pytest.mark.parametrize(
    "second",
    [
        figure("F2", "stations", "13700", "2024-06"),  # within 2 %
        figure("F2", "stations", "11762", "2023-12"),  # of another date
        figure("F2", "stations", "5000", "2024-06", area="宁川市"),  # of another city
    ],
)
def test_figures_within_tolerance_of_other_dates_or_areas_do_not_contradict(second: Figure) -> None:
    case = replace(CASE, figures=(figure("F1", "stations", "13874", "2024-06"), second))
    assert found(plan("基础良好。"), case=case) == []


def test_of_many_contradictions_of_one_figure_a_dozen_are_told_and_the_rest_counted() -> None:
    figures = tuple(figure(f"F{n}", "ratio", str(30 + 3 * n)) for n in range(20))
    told = found(plan("基础良好。"), case=replace(CASE, figures=figures))
    assert len(told) == 13 and f"另有{20 * 19 // 2 - 12}处前后不一" in told[-1].text and len(told[-1].evidence) == 2


def test_a_ratio_that_does_not_follow_from_its_own_figures_is_told() -> None:
    figures = (figure("F1", "ratio", "36.8"), figure("F2", "stations", "11762"), figure("F3", "people", "3770000"))
    conflict = found(plan("基础良好。"), case=replace(CASE, figures=figures))[0]
    assert conflict.code == "ratio" and conflict.evidence == ("F1", "F2") and "算得31.2个" in conflict.text


def test_a_number_that_differs_between_plan_and_form_is_told() -> None:
    counts = (
        Count("F1", "claim", "titles", exact(9), document="方案.docx"),
        Count("F2", "claim", "titles", exact(6), document="申报表.xlsx"),
    )
    conflict = found(plan("基础良好。"), case=replace(CASE, counts=counts))[0]
    assert (conflict.code, conflict.indicator, conflict.evidence) == ("count", "ecosystem.national_titles", ("F1", "F2"))


def rows(total: str) -> Table:
    return table([["区县", "5G基站数（个）"], ["东城区", "1200"], ["西城区", "1300"], ["南湖区", "1500"], ["合计", total]], "分区县情况")


def test_a_total_that_does_not_add_up_is_told_with_the_rows() -> None:
    conflict = found(plan(rows("4500")))[0]
    assert conflict.code == "total" and conflict.grade == "mandatory" and len(conflict.evidence) == 3
    assert "合计写为4500，逐行相加为4000" in conflict.text


def test_a_total_that_adds_up_is_silent() -> None:
    assert found(plan(rows("4000"))) == []


@pytest.mark.parametrize("wrong", ["2023年13月", "2023年2月30日", "2024年0月"])
def test_a_date_that_no_calendar_has_is_told(wrong: str) -> None:
    conflict = found(plan(f"{wrong}，明州市启动5G网络建设。"))[0]
    assert conflict.code == "date" and wrong in conflict.text and conflict.evidence


def test_dates_that_can_be_are_silent() -> None:
    assert found(plan("2024年2月29日，明州市启动5G网络建设，2023年12月完工。")) == []


def test_a_proof_younger_than_the_package_is_told_with_both_dates() -> None:
    proof = document("佐证/基站证明.docx", "# 关于5G基站的证明", "每万人拥有5G基站数35.2个。", "浙江省通信管理局", "2025年3月1日")
    conflict = next(c for c in found(plan("基础良好。"), proof) if c.code == "late")
    assert "2025-03-01" in conflict.text and len(conflict.evidence) == 2


@pytest.mark.parametrize("words", ["××市工业基础雄厚。", "××县人民政府高度重视。"])
def test_a_blank_of_the_template_is_told(words: str) -> None:
    assert [c.code for c in found(plan(words))] == ["leftover"]


def test_the_government_of_another_city_spoken_of_as_the_applicants_is_told() -> None:
    conflict = found(plan("宁川市人民政府高度重视工业互联网发展，成立了领导小组。"))[0]
    assert conflict.code == "leftover" and "宁川市" in conflict.text


@pytest.mark.parametrize("words", ["一是市委市政府高度重视。", "明州市人民政府高度重视工业互联网发展。", "全市人民政府系统高度重视。", "我市人民政府印发了文件。"])
def test_the_applicants_own_government_is_no_leftover(words: str) -> None:
    assert found(plan(words)) == []
