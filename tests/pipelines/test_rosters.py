"""A reference list that a user supplies: found by its headers, verified row by row, and said so in the finding."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from models.catalogue import load_edition
from models.facts import Case, Entry
from pipelines.checks import CHECKS
from pipelines.rosters import RosterError, apply_rosters, load_roster
from pipelines.screening import Finding, Verdict

CONDITION = next(condition for condition in load_edition().conditions if condition.check == "listed_projects")
ROWS = [(f"第{n}号产线5G工厂", f"明州{name}有限公司") for n, name in enumerate(("东海重工", "天工轴承", "远帆汽车", "瑞丰化纤", "启明光电"), 1)]
ENTRIES = tuple(Entry(f"E{n}", "proof", project, firm, "factory_list", 2023, True, "名录.pdf") for n, (project, firm) in enumerate(ROWS, 1))


def book(path: Path, rows: list[tuple[str, str]], header: tuple[str, str] = ("5G工厂名称", "企业名称"), year: int = 2023) -> str:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["序号", "年度", "省份", *header])
    for number, row in enumerate(rows, 1):
        sheet.append([number, f"{year}年", "浙江", *row])
    made.save(path)
    return f"5g_factories={path}"


def judged(case: Case) -> Finding:
    return CHECKS["listed_projects"](CONDITION, case)


def test_entries_in_the_official_list_show_the_row_that_they_match(tmp_path: Path) -> None:
    case = apply_rosters(Case(("明州市",), "2024-09", entries=ENTRIES), [book(tmp_path / "名录.xlsx", ROWS)])
    finding = judged(case)
    assert finding.verdict is Verdict.MET and [r.code for r in finding.reasons] == ["met.proof_only", "note.roster"]
    column = finding.grids[0].header.index("官方名录核对")
    assert [row[column].startswith("名录.xlsx") and "行" in row[column] for row in finding.grids[0].rows] == [True] * 5
    assert "第3行：第2号产线5G工厂，明州天工轴承有限公司" in finding.grids[0].rows[1][column]


def test_an_entry_that_the_official_list_lacks_calls_for_a_person(tmp_path: Path) -> None:
    finding = judged(apply_rosters(Case(("明州市",), "2024-09", entries=ENTRIES), [book(tmp_path / "名录.xlsx", ROWS[:4])]))
    assert finding.verdict is Verdict.REVIEW and [r.code for r in finding.reasons] == ["review.not_in_roster"]


def test_the_list_of_another_year_does_not_verify(tmp_path: Path) -> None:
    finding = judged(apply_rosters(Case(("明州市",), "2024-09", entries=ENTRIES), [book(tmp_path / "名录.xlsx", ROWS, year=2022)]))
    assert finding.verdict is Verdict.REVIEW


def test_without_a_list_the_finding_says_that_only_the_copy_was_seen() -> None:
    finding = judged(Case(("明州市",), "2024-09", entries=ENTRIES))
    assert "未加载官方名录，仅依据材料中所附的名录副本" in finding.explanation


def test_columns_are_found_by_their_headers_in_any_order(tmp_path: Path) -> None:
    swapped = [(firm, project) for project, firm in ROWS]
    kind, rows = load_roster(book(tmp_path / "名录.xlsx", swapped, ("申报单位", "项目名称")))
    assert kind == "5g_factories" and (rows[0].project, rows[0].firm, rows[0].year) == (*ROWS[0], 2023)


def test_a_pilot_is_not_held_against_the_list_of_factories(tmp_path: Path) -> None:
    pilot = Entry("E1", "proof", "挖掘机5G工厂", "明州重装有限公司", "pilot", 2022, True)
    finding = judged(apply_rosters(Case(("明州市",), "2024-09", entries=(pilot,)), [book(tmp_path / "名录.xlsx", ROWS)]))
    assert finding.verdict is Verdict.MET


@pytest.mark.parametrize("option", ["名录.xlsx", "cities=名录.xlsx", "5g_factories"])
def test_an_option_of_the_wrong_form_says_how_to_write_it(option: str) -> None:
    with pytest.raises(RosterError, match="5g_factories=文件"):
        load_roster(option)


def test_a_missing_file_a_sheet_without_the_columns_and_a_broken_file_are_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="请检查路径"):
        load_roster(f"5g_factories={tmp_path / '没有.xlsx'}")
    with pytest.raises(RosterError, match="请核对表头"):
        load_roster(book(tmp_path / "空.xlsx", [("甲", "乙")], ("备注一", "备注二")))
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04broken")
    with pytest.raises(RosterError, match="未能读取"):
        load_roster(f"5g_factories={broken}")
