"""index.html: the batch on one page, worst first, with a heat map of the 37 indicators and links to every report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from models.catalogue import DEFAULT_EDITION, Edition, load_edition
from pipelines.reports import words
from pipelines.reports.html import page
from pipelines.reports.options import ReportOptions
from pipelines.screening import GateVerdict, Screening, Verdict
from pipelines.wording import condition_name

_ORDER = {GateVerdict.FAIL: 1, GateVerdict.REVIEW: 2, GateVerdict.PASS: 3}


@dataclass(frozen=True, slots=True)
class Row:
    """One submission's line: the gate, a cell a condition (verdict, words, value, link), unread documents, the link."""

    name: str
    city: str
    link: str
    gate: str
    gate_words: str
    order: int
    cells: tuple[tuple[str, str, str, str], ...]
    unread: int
    conflicts: int
    failed: str
    heat: tuple[tuple[str, str], ...]


def worst_first(screenings: Sequence[Screening]) -> list[Screening]:
    """The screenings, those that could not be screened first, then fail, review, pass; by name among equals."""
    return sorted(
        screenings,
        key=lambda s: (0 if s.failed else _ORDER[s.gate], -sum(f.verdict is not Verdict.MET for f in s.conditions), s.name),
    )


def edition_of(screenings: Sequence[Screening]) -> Edition:
    """The edition that the batch was screened with."""
    return words.edition_of(screenings[0]) if screenings else load_edition(DEFAULT_EDITION)


def render(screenings: Sequence[Screening], out: Path, options: ReportOptions) -> None:
    """Write index.html."""
    edition = edition_of(screenings)
    rows = [_row(screening, edition) for screening in worst_first(screenings)]
    counts = [
        ("不通过", "fail", sum(row.gate == "fail" for row in rows)),
        ("需人工核查", "review", sum(row.gate == "review" for row in rows)),
        ("通过", "pass", sum(row.gate == "pass" for row in rows)),
        ("未能预审", "failed", sum(row.gate == "failed" for row in rows)),
    ]
    text = page(
        "index.html.j2", "index.css", "index.js",
        rows=rows, counts=counts, edition=edition,
        heads=[(c.indicator, condition_name(edition, c.indicator), c.clause) for c in edition.conditions],
        indicators=[(i.id, i.short, i.mandatory) for i in edition.indicators],
        charts=[_chart(screenings, edition, c.indicator) for c in edition.conditions if c.check != "statement"],
    )  # fmt: skip
    words.write(out / "index.html", text)


def _row(screening: Screening, edition: Edition) -> Row:
    link = quote(screening.name) + "/report.html"
    cells = []
    for condition in edition.conditions:
        finding = next((f for f in screening.conditions if f.indicator == condition.indicator), None)
        if finding is None:
            cells.append(("none", "—", "", link))
            continue
        value = words.number(finding.value) if finding.value is not None else ""
        cells.append((finding.verdict.value, words.verdict_words(finding), value, f"{link}#{quote(condition.indicator)}"))
    heat = []
    by_id = {row.indicator: row for row in screening.indicators}
    for indicator in edition.indicators:
        row = by_id.get(indicator.id)
        have = [bool(row and row.baseline), bool(row and row.targets), bool(row and row.proofs)]
        title = "、".join(name for name, there in zip(("现有基础", "年度目标", "佐证"), have, strict=True) if there) or "均未找到"
        heat.append(("—", "未能预审") if screening.failed else (str(sum(have)), title))
    gate = "failed" if screening.failed else screening.gate.value
    gate_words = "未能预审" if screening.failed else words.GATE_WORDS[screening.gate]
    return Row(
        words.squeeze(screening.name), words.city_of(screening), link, gate, gate_words, 0 if screening.failed else _ORDER[screening.gate],
        tuple(cells), sum(d.status != "read" for d in screening.documents), len(screening.conflicts), words.squeeze(screening.failed), tuple(heat),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chart:
    """The values of one condition over the batch against its threshold, as bars (name, words, share of the widest, verdict)."""

    title: str
    asked: str
    line: float
    bars: tuple[tuple[str, str, float, str], ...]


def _chart(screenings: Sequence[Screening], edition: Edition, indicator: str) -> Chart:
    condition = edition.condition(indicator)
    assert condition is not None
    values = []
    for screening in worst_first(screenings):
        finding = next((f for f in screening.conditions if f.indicator == indicator), None)
        if finding is not None and finding.value is not None:
            values.append((words.city_of(screening), finding.value, finding.verdict.value))
    widest = max([condition.threshold, *(value for _, value, _ in values)], default=condition.threshold) or condition.threshold
    bars = tuple((name, words.number(value), float(value / widest), verdict) for name, value, verdict in values)
    return Chart(
        condition_name(edition, indicator), words.asked(condition), float(condition.threshold / widest) if widest else 0.0, bars
    )
