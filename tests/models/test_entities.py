"""Entities: documents with number and issuer, dates, firms and short names, scenarios, titles, standards, patents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from models.catalogue import load_edition
from models.entities import (
    aliases_in,
    counts_as_standard,
    entities_in,
    iso_date,
    same_company,
    same_project,
    scenario_of,
    titles_in,
)

EDITION = load_edition()
SHEET = Path(__file__).parent.parent / "cases" / "scenarios.yaml"
CELLS: list[dict[str, Any]] = yaml.safe_load(SHEET.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CELLS, ids=[repr(case["cell"]) for case in CELLS])
def test_scenarios_of_a_cell(case: dict[str, Any]) -> None:
    found = [f"{match.number or 0}/{match.level}" for match in scenario_of(case["cell"], EDITION.scenarios)]
    assert [f for f in found if not f.startswith("0/")] == [w for w in case["scenarios"] if not w.startswith("0/")]
    assert len([f for f in found if f.startswith("0/")]) >= len([w for w in case["scenarios"] if w.startswith("0/")])


def test_no_scenario_is_counted_above_what_the_cell_names() -> None:
    cell = "协同研发设计、5G+协同研发设计、智能仓储、视频监控、在线智能检测"
    assert {match.number for match in scenario_of(cell, EDITION.scenarios) if match.number} == {1}


def test_scenario_offsets_are_those_of_the_cell() -> None:
    cell = "① 协同 研发设计；②机器视觉质检"
    for match in scenario_of(cell, EDITION.scenarios):
        assert cell[match.start : match.end] == match.text


@pytest.mark.parametrize(
    "written",
    [
        "云政办发〔2023〕15号",
        "云政办发[2023]15号",
        "云政办发【2023】15号",
        "云政办发（2023）15号",
        "云政办发〔2O23〕l5号",
        "云政办发 〔 2023 〕 15 号",
    ],
)
def test_a_document_number_reads_alike_in_every_shape(written: str) -> None:
    (policy,) = (e for e in entities_in(f"《云州市5G+工业互联网若干措施》（{written}）") if e.kind == "policy")
    assert policy.detail == "云政办发〔2023〕15号"
    assert policy.value == "云州市5G+工业互联网若干措施"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024年9月", "2024-09"),
        ("二〇二四年九月", "2024-09"),
        ("二○二四年九月二十日", "2024-09-20"),
        ("2024.9", "2024-09"),
        ("2024-09", "2024-09"),
        ("2024年9月20日", "2024-09-20"),
        ("2024年", "2024"),
        ("无日期", ""),
    ],
)
def test_dates_become_iso(text: str, iso: str) -> None:
    assert iso_date(text) == iso


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        ("GB/T 42028-2022", True),
        ("YD/T 3973-2021", True),
        ("ISO/IEC 30141", True),
        ("ITU-T Y.4003", True),
        ("T/CCSA 123-2020", False),
        ("DB33/T 2350-2021", False),
        ("Q/ABC 001-2023", False),
    ],
)
def test_association_local_and_firm_standards_do_not_count(code: str, counts: bool) -> None:
    assert counts_as_standard(code) is counts


def test_firms_are_found_without_the_words_before_them() -> None:
    firms = [e.value for e in entities_in("支持云州恒远机械股份有限公司和云州市明达新材料有限公司建设5G工厂") if e.kind == "firm"]
    assert firms == ["云州恒远机械股份有限公司", "云州市明达新材料有限公司"]


def test_a_document_introduces_its_own_short_names() -> None:
    assert aliases_in("云州恒远钢铁集团有限公司（以下简称“恒远钢铁”）成立于1998年。") == {"恒远钢铁": "云州恒远钢铁集团有限公司"}


def test_a_plant_is_not_its_parent_and_a_project_is_itself_under_its_tail() -> None:
    assert same_company("云州恒远机械股份有限公司", "恒远机械")
    assert not same_company("云州恒远机械股份有限公司", "云州恒远机械股份有限公司第二分公司")
    assert same_project("恒远5G+智慧水泥工厂项目", "恒远5G+智慧水泥工厂")


def test_titles_know_the_longest_name_and_a_lower_rank() -> None:
    hits = titles_in("获批国家新型工业化产业示范基地；获得省级智能制造示范工厂称号", EDITION.titles)
    assert [(hit.programme, hit.rank) for hit in hits] == [("industry_base", "nation"), ("smart_manufacturing", "lower")]


def test_a_granted_patents_number_is_found() -> None:
    assert [e.value for e in entities_in("专利号ZL202110234567.8已授权") if e.kind == "patent"] == ["ZL202110234567.8"]
