"""findings.xlsx: the findings and the evidence of one submission, a row each, to filter and to sort."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipelines.reports import words
from pipelines.reports.options import Originals, ReportOptions
from pipelines.reports.summary import Book
from pipelines.screening import Screening
from pipelines.wording import condition_name


def render(screening: Screening, out: Path, originals: Originals, options: ReportOptions) -> None:
    """Write findings.xlsx."""
    words.write(out / "findings.xlsx", workbook(screening))


def workbook(screening: Screening) -> bytes:
    """The workbook: 结论, 证据, 指标, 矛盾, 文件."""
    edition = words.edition_of(screening)
    book = Book(words.run_time(screening))
    by_id = screening.by_id()
    findings: list[list[Any]] = []
    for finding in screening.conditions:
        condition = edition.condition(finding.indicator)
        findings.append(
            [
                finding.indicator,
                condition_name(edition, finding.indicator),
                (words.verdict_words(finding), finding.verdict.value),
                float(finding.value) if finding.value is not None else "—",
                words.asked(condition),
                words.explanation(finding),
                "、".join(finding.claims),
                "、".join(finding.proofs),
                "；".join(f"{key}（{words.why(why)}）" for key, why in finding.excluded),
                "；".join(words.place(by_id[key]) for key in (*finding.claims, *finding.proofs) if key in by_id),
                "".join(step.text for step in finding.steps if step.part == "missing"),
                "".join(step.text for step in finding.steps if step.part == "mend"),
            ]
        )
    book.sheet(
        "结论",
        ["指标", "不可偏离条件", "结论", "认定数值", "要求", "理由", "申报陈述", "佐证", "不予计入", "出处", "尚缺内容", "补正办法"],
        [28, 16, 16, 10, 18, 48, 14, 14, 30, 48, 30, 40],
        findings,
    )
    roles: dict[str, list[str]] = {}
    for finding in screening.conditions:
        name = condition_name(edition, finding.indicator)
        for label, keys in (("申报陈述", finding.claims), ("佐证", finding.proofs), ("不计", [key for key, _ in finding.excluded])):
            for key in keys:
                roles.setdefault(key, []).append(f"{name}：{label}")
    evidence: list[list[Any]] = [
        [
            item.id,
            words.KIND_WORDS[item.kind],
            item.indicator,
            words.indicator_of(edition, item.indicator).level3 if item.indicator else "—",
            item.text,
            item.document,
            item.page if item.page is not None else "—",
            item.trail,
            item.year if item.year is not None else "—",
            "；".join(quantity.text for quantity in item.quantities if quantity.text),
            words.STATUS_WORDS[item.status],
            words.SCOPE_WORDS[item.scope],
            words.LANE_WORDS[item.lane],
            round(item.confidence, 3),
            "；".join(dict.fromkeys(roles.get(item.id, []))),
        ]
        for item in screening.evidence
    ]
    book.sheet(
        "证据",
        ["编号", "类别", "指标", "三级指标", "原文", "文件", "页", "位置", "年份", "数值", "状态", "范围", "读取方式", "置信度", "用于结论"],
        [8, 10, 28, 34, 60, 36, 6, 36, 8, 18, 9, 8, 10, 8, 26],
        evidence,
    )
    indicators: list[list[Any]] = []
    years = list(screening.years) or sorted({year for row in screening.indicators for year in row.targets})
    for row in screening.indicators:
        indicator = words.indicator_of(edition, row.indicator)
        counts = [len(row.targets.get(year, ())) for year in years]
        indicators.append([row.indicator, indicator.level3, "是" if indicator.mandatory else "", len(row.baseline), *counts, len(row.proofs)])
    book.sheet(
        "指标",
        ["指标", "三级指标", "不可偏离", "现有基础", *(f"{year}年目标" for year in years), "佐证"],
        [32, 50, 10, 10, *([12] * len(years)), 8],
        indicators,
    )
    book.sheet(
        "矛盾",
        ["性质", "指标", "内容", "证据"],
        [18, 30, 70, 20],
        [[words.GRADE_WORDS[c.grade], c.indicator or "—", c.text, "、".join(c.evidence)] for c in screening.conflicts],
    )
    book.sheet(
        "文件",
        ["文件", "类别", "读取情况", "页数", "未读页", "说明", "建议"],
        [50, 16, 12, 8, 12, 50, 50],
        [
            [
                d.path,
                words.ROLE_WORDS[d.role],
                words.READ_WORDS[d.status],
                d.pages if d.pages is not None else "—",
                words.page_ranges(d.unread_pages) or "—",
                "；".join(d.messages),
                "；".join(d.advice),
            ]
            for d in screening.documents
        ],
    )
    return book.bytes()
