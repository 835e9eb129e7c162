"""scoring_sheet.docx: the sheet for the panel. Points and evidence are printed, scores are for people: those cells stay empty."""

from __future__ import annotations

from pathlib import Path

from models.evidence import Evidence
from pipelines.reports import words
from pipelines.reports.options import Originals, ReportOptions
from pipelines.reports.paper import Paper
from pipelines.screening import Screening

SHOWN = 3  # quotes an indicator; the others are counted


def render(screening: Screening, out: Path, originals: Originals, options: ReportOptions) -> None:
    """Write scoring_sheet.docx."""
    words.write(out / "scoring_sheet.docx", paper(screening))


def paper(screening: Screening) -> bytes:
    """The Word file."""
    edition = words.edition_of(screening)
    by_id = screening.by_id()
    doc = Paper("“5G+工业互联网”融合应用先导区试点评审打分表", words.run_time(screening), landscape=True)
    gate = "未能完成预审" if screening.failed else words.GATE_WORDS[screening.gate]
    doc.text(f"申报城市：{words.city_of(screening)}　　完整性审查结论：{gate}", indent=False)
    points = {level.id: (level.name, level.points) for level in edition.level1}
    rows: list[list[str]] = []
    last = ""
    for row in screening.indicators:
        indicator = words.indicator_of(edition, row.indicator)
        name, full = points.get(indicator.level1, (indicator.level1, 0))
        first = indicator.level1 != last
        last = indicator.level1
        goals = [key for ids in row.targets.values() for key in ids]
        rows.append(
            [
                f"{name}（{full}分）" if first else "^",
                ("*" if indicator.mandatory else "") + indicator.level3,
                _quotes(row.baseline, by_id),
                _quotes(goals, by_id),
                _quotes(row.proofs, by_id),
                "" if first else "^",
            ]
        )
    rows.append([f"合计（{sum(full for _, full in points.values())}分）", "", "", "", "", ""])
    doc.table(["一级指标（分值）", "三级指标", "现有基础（摘录及出处）", "分年度目标（摘录及出处）", "佐证（摘录及出处）", "得分"], rows, [2.2, 3.6, 6, 4.4, 5, 1.5], size=9)
    doc.text("评审专家（签字）：　　　　　　　　　　　　日期：　　　　年　　月　　日", indent=False)
    doc.text("注：带*的为不可偏离条件。摘录由预审程序依据申报材料原文列出，程序不评分，得分由评审专家填写。", indent=False)
    return doc.bytes()


def _quotes(ids: tuple[str, ...] | list[str], by_id: dict[str, Evidence]) -> str:
    found = [by_id[key] for key in dict.fromkeys(ids) if key in by_id]
    lines = [f"{item.id} {words.shorten(item.text, 60)}（{words.shorten(words.place(item), 46)}）" for item in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"另有{len(found) - SHOWN}处，见预审报告。")
    return "\n".join(lines) or "—"
