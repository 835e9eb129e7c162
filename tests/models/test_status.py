"""Status and scope: the sheets of cases, section and column modes, frames and their ends, incidents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from models.catalogue import load_edition
from models.evidence import Mode
from models.nlp import analyse, build_nlp
from models.status import column_mode, incident_statements, section_mode

SHEETS = Path(__file__).parent.parent / "cases"
CASES: list[dict[str, Any]] = yaml.safe_load((SHEETS / "status.yaml").read_text(encoding="utf-8"))
INCIDENTS: list[dict[str, Any]] = yaml.safe_load((SHEETS / "incidents.yaml").read_text(encoding="utf-8"))
NLP = build_nlp(load_edition())


@pytest.mark.parametrize("case", CASES, ids=[f"{case['mode']}: {case['text']}" for case in CASES])
def test_statements_have_this_status_and_scope(case: dict[str, Any]) -> None:
    found = analyse(NLP, case["text"], mode=case["mode"], cities=("云州市",), province="浙江省")
    assert [f"{statement.status}/{statement.scope}" for statement in found] == case["statements"]


@pytest.mark.parametrize("case", INCIDENTS, ids=[case["text"] for case in INCIDENTS])
def test_incidents_are_told_from_pledges_and_denials(case: dict[str, Any]) -> None:
    fields = ("kind", "polarity", "severity", "scope")
    found = [{field: getattr(incident, field) for field in fields} for incident in incident_statements(case["text"])]
    assert found == case["incidents"]


@pytest.mark.parametrize(
    ("swap", "became"),
    [
        (("已建成", "拟建"), "plan"),
        (("我市", "全省"), "province"),
        (("已建成", "正在建设"), "in_progress"),
        (("我市", "邻市"), "other_city"),
    ],
)
def test_one_word_swapped_turns_a_fact_into_none(swap: tuple[str, str], became: str) -> None:
    text = "我市已建成5G基站2.6万个。"
    (before,) = analyse(NLP, text, mode="base")
    (after,) = analyse(NLP, text.replace(*swap), mode="base")
    assert before.is_fact and not after.is_fact
    assert became in (after.status, after.scope)


@pytest.mark.parametrize(
    ("heading", "mode"),
    [
        ("二、现有基础", "base"),
        ("（一）建设成效", "base"),
        ("三、分年度目标", "target"),
        ("年度目标", "target"),
        ("四、重点任务", "task"),
        ("五、保障措施", "task"),
        ("（二）实施路径", "task"),
        ("基础设施", "none"),
        ("5G网络覆盖率", "none"),
        ("存在的问题与差距", "none"),
    ],
)
def test_headings_tell_what_their_section_speaks_of(heading: str, mode: Mode) -> None:
    assert section_mode(heading) == mode


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("现状", ("base", None)),
        ("2023年实际", ("base", 2023)),
        ("现有水平（2023年底）", ("base", 2023)),
        ("基期值", ("base", None)),
        ("2025年目标", ("target", 2025)),
        ("到2025年", ("target", 2025)),
        ("第一年目标", ("target", None)),
        ("2025年", ("none", 2025)),
        ("单位", ("none", None)),
    ],
)
def test_column_headers_tell_baseline_from_target(header: str, expected: tuple[Mode, int | None]) -> None:
    assert column_mode(header) == expected


def test_a_bare_year_is_a_target_after_the_base_year() -> None:
    assert column_mode("2024年", 2023) == ("target", 2024)
    assert column_mode("2023年", 2023) == ("base", 2023)


def test_cells_of_one_row_keep_their_own_columns_mode_and_year() -> None:
    statements = analyse(NLP, "发展指标 | 指标: 每万人拥有5G基站数; 现状: 33.8个; 2025年目标: 40个")
    numbers = [(str(q.value), q.status, q.year) for s in statements for q in s.quantities]
    assert numbers[0][:2] == ("33.8", "fact")
    assert numbers[1] == ("40", "plan", 2025)


def test_a_frame_runs_over_a_semicolon_but_not_over_a_full_stop() -> None:
    held, carried, free = analyse(NLP, "到2026年，建成基站4万个；建成节点100个。已有工厂5家。", mode="none")
    assert (held.status, carried.status, free.status) == ("plan", "plan", "fact")


def test_words_that_decided_are_told() -> None:
    (statement,) = analyse(NLP, "拟推荐6家企业。", mode="base")
    assert "拟" in statement.cues


def test_offsets_of_statements_are_those_of_the_text() -> None:
    text = "目前每 万 人拥有5G基站28.5个，力争2024年底超过32个。全省为34个；\n邻市为33个。"
    for statement in analyse(NLP, text, mode="base"):
        assert text[statement.start : statement.end] == statement.text
        for quantity in statement.quantities:
            assert text[quantity.start : quantity.end] == quantity.text
        for entity in statement.entities:
            assert text[entity.start : entity.end] == entity.text
