"""Echoes: what is claimed and stands in a proof, though it was not made out as a fact there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from documents import document, package, table

from extract.document import Document, Table
from models import echoes
from models.catalogue import load_edition
from models.facts import Case, Entry, Factory, Figure, Policy, Title, exact
from pipelines.checks import CHECKS
from pipelines.screening import Verdict

PLAN = document(
    "试点工作方案.docx", "# 明州市“5G+工业互联网”融合应用先导区试点工作方案", "明州市人民政府", "# 一、现有基础",
    "网络基础良好，企业基础扎实，应用场景丰富，产业生态完善。" * 40, "# 二、重点任务", "加快推进。" * 40, "# 三、保障措施", "加强领导。",
)  # fmt: skip
SCENES = "协同研发设计、远程设备操控、设备协同作业、柔性生产制造、现场辅助装配、机器视觉质检、设备故障诊断、厂区智能物流"
CASE = Case(("明州市",), "2024-09")
FIGURE = Figure("F1", "claim", "stations", exact(25806), "", "2024-06", "试点工作方案.docx")
POLICY = Policy("F1", "claim", "明州市5G工业互联网扶持办法", "", "明政发〔2023〕8号", "2023", "city")


def heard(case: Case, *blocks: str | Table) -> list[tuple[str, str]]:
    made = package(PLAN, document("佐证/附件.docx", *blocks), cities=["明州市"])
    return [(echo.indicator, echo.words) for echo in echoes.find(made, case)]


@pytest.mark.parametrize(
    ("case", "blocks", "words"),
    [
        (replace(CASE, figures=(FIGURE,)), ("5G基站分区汇总", table([["区", "合计"], ["全市", "9577 25806"]])), "25806"),
        (replace(CASE, figures=(FIGURE,)), ("截至六月末，全市基站2.5806万座。",), "2.5806万"),
        (replace(CASE, policies=(POLICY,)), ("明政发〔2023〕8号", "明州市人民政府文件", "现印发给你们。"), POLICY.title),
        (replace(CASE, factories=(Factory(("F1",), "claim", "明州海川轴承有限公司"),)), ("明州海川轴承有限公司：" + SCENES,), "明州海川轴承有限公司"),
        (
            replace(CASE, entries=(Entry("F1", "claim", "轴承5G工厂", "明州海川轴承有限公司", "factory_list"),)),
            ("2023年5G工厂名录", "明州海川轴承有限公司　轴承5G工厂"),
            "明州海川轴承有限公司",
        ),
        (
            replace(CASE, titles=(Title("F1", "claim", "智能制造示范工厂", "明州海川轴承有限公司", rank="nation"),)),
            ("明州海川轴承有限公司", "荣获智能制造示范工厂"),
            "明州海川轴承有限公司“智能制造示范工厂”",
        ),
    ],
)  # fmt: skip
def test_what_is_claimed_and_stands_in_a_proof_is_heard(case: Case, blocks: tuple[str | Table, ...], words: str) -> None:
    assert words in [found for _, found in heard(case, *blocks)]


@pytest.mark.parametrize(
    ("case", "blocks"),
    [
        (replace(CASE, figures=(FIGURE,)), ("全市种植果树25806株。",)),  # the same digits of something else
        (replace(CASE, figures=(FIGURE,)), ("全市5G基站125806个。",)),  # inside a longer number
        (replace(CASE, figures=(FIGURE, replace(FIGURE, side="proof"))), ("全市5G基站25806个。",)),  # made out already
        (replace(CASE, policies=(POLICY,)), ("依据明政发〔2023〕8号拨付专项资金。",)),  # named in a document of another kind
        (replace(CASE, factories=(Factory(("F1",), "claim", "明州海川轴承有限公司"),)), ("明州海川轴承有限公司是纳税大户。",)),
    ],
)
def test_what_a_proof_only_resembles_is_not_heard(case: Case, blocks: tuple[str, ...]) -> None:
    assert heard(case, *blocks) == []


def test_an_echo_turns_missing_into_a_question() -> None:
    condition = load_edition().condition("infrastructure.coverage_5g")
    assert condition is not None
    ratio = Figure("F1", "claim", "ratio", exact("34.2"), "", "2024-06", "试点工作方案.docx")
    silent = replace(CASE, figures=(ratio,))
    assert CHECKS["density"](condition, silent).verdict is Verdict.UNPROVEN
    echo = echoes.Echo("F9", condition.indicator, "34.2", "佐证/附件.docx")
    finding = CHECKS["density"](condition, replace(silent, echoes=(echo,)))
    assert finding.verdict is Verdict.REVIEW and finding.proofs == ("F9",)
    assert finding.reasons[0].code == "review.echo" and "佐证/附件.docx" in finding.explanation


def test_a_contents_list_echoes_nothing() -> None:
    listing: Document = document("佐证材料目录.docx", "# 佐证材料目录", table([["序号", "材料名称"], ["1", "5G基站25806个的证明"]]))
    made = package(PLAN, listing, cities=["明州市"])
    assert echoes.find(made, replace(CASE, figures=(FIGURE,))) == ()
