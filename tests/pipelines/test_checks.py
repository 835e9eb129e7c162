"""Every case of the case sheets, and what the findings must show of their derivation."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from casesheets import Sheet, load

from models.catalogue import load_edition
from pipelines.checks import CHECKS
from pipelines.screening import Verdict
from pipelines.wording import SENTENCES

EDITION = load_edition()
ALL = [(condition.check, sheet) for condition in EDITION.conditions for sheet in load(condition.check)]
CONDITIONS = {condition.check: condition for condition in EDITION.conditions}


@pytest.mark.parametrize(("check", "sheet"), ALL, ids=[f"{check}-{sheet.name}" for check, sheet in ALL])
def test_a_case_of_the_sheet_gets_its_verdict_value_and_reasons(check: str, sheet: Sheet) -> None:
    finding = CHECKS[check](CONDITIONS[check], sheet.case)
    value = "" if finding.value is None else finding.value
    wanted = sheet.value if sheet.value == "" else Decimal(sheet.value)
    same = value == wanted if "" in (value, wanted) else abs(Decimal(value) - Decimal(wanted)) < Decimal("0.006")
    got = (str(finding.verdict), tuple(reason.code for reason in finding.reasons))
    assert got == (sheet.verdict, sheet.reasons) and same, f"{got} {value}：{finding.explanation}"


@pytest.mark.parametrize(("check", "sheet"), ALL, ids=[f"{check}-{sheet.name}" for check, sheet in ALL])
def test_every_derivation_begins_with_the_clause_and_ends_with_what_mends_it(check: str, sheet: Sheet) -> None:
    finding = CHECKS[check](CONDITIONS[check], sheet.case)
    parts = [step.part for step in finding.steps]
    assert parts[0] == "clause" and finding.steps[0].text == CONDITIONS[check].clause
    incident = any(reason.code == "unmet.incident" for reason in finding.reasons)
    assert ("mend" in parts) == (finding.verdict is not Verdict.MET and not incident)
    assert finding.explanation.startswith("要求：") and finding.explanation.endswith("。")
    assert not re.search(r"[{}]|None|E\+|。。|，。|\d\.\d{3,}", finding.explanation), finding.explanation


@pytest.mark.parametrize("check", sorted(CONDITIONS))
def test_each_sheet_holds_all_five_verdicts(check: str) -> None:
    assert {sheet.verdict for sheet in load(check)} == {"met", "unmet", "unproven", "absent", "review"}


def test_all_reason_codes_of_conditions_occur_in_a_case() -> None:
    used = {code for _, sheet in ALL for code in sheet.reasons}
    families = ("met", "unmet.", "unproven.", "review.", "absent")
    known = {code for code in SENTENCES if code.startswith(families)}
    assert known - used <= {"review.list_unknown"}


def test_joint_application_shows_each_city_beside_the_pooled_figure() -> None:
    sheet = next(sheet for sheet in load("density") if sheet.name.startswith("联合申报按合计"))
    finding = CHECKS["density"](CONDITIONS["density"], sheet.case)
    assert "明州市40个，宁川市26.67个" in finding.explanation


def test_what_does_not_count_is_told_with_its_reason_and_place() -> None:
    sheet = next(sheet for sheet in load("titles") if sheet.name == "省级称号不计")
    finding = CHECKS["titles"](CONDITIONS["titles"], sheet.case)
    assert len(finding.excluded) == 6 and {why for _, why in finding.excluded} == {"省级，不计"}
    assert "省级，不计（6处）" in finding.explanation


def test_the_matrix_ticks_each_official_scenario_of_each_factory() -> None:
    sheet = next(sheet for sheet in load("scenarios") if sheet.name.startswith("第十个只有近似"))
    grid = CHECKS["scenarios"](CONDITIONS["scenarios"], sheet.case).grids[0]
    last = grid.rows[-1]
    assert last[0] == "明州宏远化工有限公司" and last[1:10] == ("√",) * 9 and last[10] == "≈" and last[21] == "9"
