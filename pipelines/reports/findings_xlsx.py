"""findings.xlsx: the findings, one a row, and every piece of evidence, one a row, for those who work in a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.catalogue import Edition
from models.evidence import Evidence
from pipelines.reports import words
from pipelines.reports.options import Originals, ReportOptions
from pipelines.reports.summary import Book
from pipelines.screening import Screening
from pipelines.wording import condition_name

FINDINGS = (
    ("序号", 6), ("不可偏离条件", 16), ("指标", 28), ("要求", 30), ("认定值", 12), ("单位", 9), ("结论", 12), ("理由", 60),
    ("尚缺与补正", 40), ("申报陈述", 10), ("佐证", 10), ("不予计入", 10), ("证据编号", 30),
)  # fmt: skip
EVIDENCE = (
    ("编号", 8), ("类别", 10), ("指标", 28), ("三级指标", 40), ("文件", 40), ("页码", 7), ("位置", 24), ("原文", 70), ("状态", 9), ("范围", 9),
    ("年度", 8), ("读取方式", 10), ("可信度", 8), ("用于结论", 26), ("不予计入的理由", 30),
)  # fmt: skip


def render(screening: Screening, out: Path, originals: Originals, options: ReportOptions) -> None:
    """Write findings.xlsx."""
    edition = words.edition_of(screening)
    book = Book(words.run_time(screening))
    book.sheet("结论", *_columns(FINDINGS), _findings(screening, edition))
    book.sheet("证据", *_columns(EVIDENCE), _evidence(screening, edition))
    words.write(out / "findings.xlsx", book.bytes())


def _columns(table: tuple[tuple[str, int], ...]) -> tuple[list[str], list[float]]:
    return [title for title, _ in table], [float(width) for _, width in table]


def _findings(screening: Screening, edition: Edition) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for number, finding in enumerate(screening.conditions, 1):
        condition = edition.condition(finding.indicator)
        gaps = [step.text for step in finding.steps if step.part in ("missing", "mend")]
        rows.append([
            number,
            condition_name(edition, finding.indicator),
            finding.indicator,
            condition.clause if condition else "",
            "—" if finding.value is None else float(finding.value),
            words.unit(condition),
            (words.verdict_words(finding), finding.verdict.value),
            words.explanation(finding),
            "；".join(text.rstrip("。") for text in gaps) or "—",
            len(finding.claims),
            len(finding.proofs),
            len(finding.excluded),
            "、".join(words.used_ids(finding)) or "—",
        ])  # fmt: skip
    return rows


def _evidence(screening: Screening, edition: Edition) -> list[list[Any]]:
    uses: dict[str, list[str]] = {}
    left_out: dict[str, list[str]] = {}
    for finding in screening.conditions:
        for key in words.used_ids(finding):
            uses.setdefault(key, []).append(condition_name(edition, finding.indicator))
        for key, reason in finding.excluded:
            left_out.setdefault(key, []).append(words.why(reason))
    return [_row(item, edition, uses.get(item.id, []), left_out.get(item.id, [])) for item in screening.evidence]


def _row(item: Evidence, edition: Edition, uses: list[str], left_out: list[str]) -> list[Any]:
    return [
        item.id,
        words.KIND_WORDS.get(item.kind, item.kind),
        item.indicator or "—",
        words.indicator_of(edition, item.indicator).level3 if item.indicator else "—",
        item.document,
        "—" if item.page is None else item.page,
        item.trail or "—",
        item.text,
        words.STATUS_WORDS.get(item.status, item.status),
        words.SCOPE_WORDS.get(item.scope, item.scope) or "—",
        "—" if item.year is None else item.year,
        words.LANE_WORDS.get(item.lane, item.lane),
        round(item.confidence, 2),
        "、".join(dict.fromkeys(uses)) or "—",
        "；".join(dict.fromkeys(left_out)) or "—",
    ]
