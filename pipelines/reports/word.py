"""report.docx: the evidence report as a paper for the file."""

from __future__ import annotations

from pathlib import Path

from models.evidence import Evidence
from pipelines.reports import view, words
from pipelines.reports.official import Paper
from pipelines.reports.options import Originals, ReportOptions
from pipelines.screening import Screening
from pipelines.wording import condition_name

QUOTE = 160  # characters of a quote in a table; the whole of it stands in report.html and findings.xlsx


def render(screening: Screening, out: Path, originals: Originals, options: ReportOptions) -> None:
    """Write report.docx."""
    words.write(out / "report.docx", paper(screening, redacted=options.redact))


def paper(screening: Screening, *, redacted: bool = False) -> bytes:
    """The Word file."""
    edition = words.edition_of(screening)
    by_id = screening.by_id()
    doc = Paper(f"{words.city_of(screening)}“5G+工业互联网”融合应用先导区试点申报材料完整性预审报告", words.run_time(screening))
    doc.heading("一、审查结论")
    if screening.failed:
        doc.text(f"未能完成预审：{screening.failed}")
        return doc.bytes()
    doc.text(words.GATE_WORDS[screening.gate] + "。", label="完整性审查结论：")
    for number, reason in enumerate(words.gate_reasons(screening), 1):
        doc.text(f"{number}．{reason}")
    if redacted:
        doc.text("本报告已作脱敏处理，身份证号、电话号码、银行账号以“*”遮盖。")
    doc.table(
        ["序号", "不可偏离条件", "结论", "认定数值", "要求"],
        [
            [
                words.NUMERALS[index],
                condition_name(edition, finding.indicator),
                words.verdict_words(finding),
                view.value_words(finding, edition.condition(finding.indicator)),
                words.asked(edition.condition(finding.indicator)),
            ]
            for index, finding in enumerate(screening.conditions)
        ],
        [1, 3, 3.4, 2.6, 3.4],
    )
    doc.text("本报告由预审程序依据申报材料原文生成，供完整性审查参考，不评分，不替代人工审查。")

    doc.heading("二、不可偏离条件核验情况")
    for index, finding in enumerate(screening.conditions):
        condition = edition.condition(finding.indicator)
        doc.heading(f"（{words.NUMERALS[index]}）{words.indicator_of(edition, finding.indicator).level3}", 2)
        doc.text(words.verdict_words(finding) + "。", label="结论：")
        doc.text(words.explanation(finding), label="理由：")
        for step in finding.steps:
            ids = "、".join(key for key in step.evidence if key in by_id)
            doc.text(step.text + (f"（{ids}）" if ids else ""), label=f"{words.PART_WORDS[step.part]}：")
        if not finding.steps and condition:
            doc.text(condition.clause, label="条款要求：")
        rows = [_row(by_id[key], "申报陈述") for key in finding.claims if key in by_id]
        rows += [_row(by_id[key], "佐证") for key in finding.proofs if key in by_id]
        rows += [_row(by_id[key], f"不计：{words.why(why)}") for key, why in finding.excluded if key in by_id]
        if rows:
            doc.table(["编号", "类别", "原文", "出处"], rows, [1.1, 2.2, 6.6, 4.4])
        for grid in finding.grids:
            doc.text(grid.title, label="附表：")
            if grid.header and len(grid.header) <= 14:
                fit = [list(row[: len(grid.header)]) + [""] * (len(grid.header) - len(row)) for row in grid.rows]
                doc.table(list(grid.header), fit, [1.0] * len(grid.header), size=9)
            else:
                for line in grid.rows:
                    doc.text("；".join(f"{head}：{cell}" for head, cell in zip(grid.header, line, strict=False) if cell))

    years = view.years(screening)
    doc.heading("三、评审指标对照")
    level1 = {level.id: f"{level.name}（{level.points}分）" for level in edition.level1}
    table, last = [], ""
    for row in screening.indicators:
        indicator = words.indicator_of(edition, row.indicator)
        area = level1.get(indicator.level1, indicator.level1)
        cells = ["^" if area == last else area, ("*" if indicator.mandatory else "") + indicator.level3, _count(row.baseline)]
        cells += [_count(row.targets.get(year, ())) for year in years]
        table.append([*cells, _count(row.proofs), view.state(row, screening)])
        last = area
    doc.table(["一级指标", "三级指标", "现有基础", *(f"{year}年" for year in years), "佐证", "状态"], table,
              [2, 5.6, 1.5, *([1.3] * len(years)), 1.3, 1.5], size=9)  # fmt: skip

    doc.heading("四、矛盾与疑点")
    for number, conflict in enumerate(screening.conflicts, 1):
        places = "；".join(f"{key}{words.place(by_id[key])}" for key in conflict.evidence if key in by_id)
        doc.text(f"{number}．[{words.GRADE_WORDS[conflict.grade]}]{conflict.text}" + (f"（{places}）" if places else ""))
    if not screening.conflicts:
        doc.text("未发现材料之间的矛盾。")

    doc.heading("五、材料齐备情况")
    if screening.package:
        doc.table(["检查内容", "情况", "说明"], [[p.title, words.STATE_WORDS[p.state], p.text] for p in screening.package], [4, 1.2, 6])
    else:
        doc.text("没有记录。")

    doc.heading("六、未读取或读取不完整的内容")
    unread = [d for d in screening.documents if d.status != "read" or d.unread_pages]
    if unread:
        doc.table(
            ["文件", "读取情况", "未读页", "说明与建议"],
            [
                [words.squeeze(d.path), words.READ_WORDS[d.status], words.page_ranges(d.unread_pages) or "—", "\n".join((*d.messages, *d.advice))]
                for d in unread
            ],
            [4, 1.5, 1.5, 6],
        )
    else:
        doc.text("全部文件均已读取。")

    doc.heading("七、文件清单")
    doc.table(
        ["序号", "文件", "类别", "页数", "读取情况"],
        [
            [str(number), words.squeeze(d.path), words.ROLE_WORDS[d.role], "—" if d.pages is None else str(d.pages), words.READ_WORDS[d.status]]
            for number, d in enumerate(screening.documents, 1)
        ],
        [1, 7, 3, 1, 2],
    )
    doc.heading("八、证据清单")
    doc.text(f"共{len(screening.evidence)}条。")
    doc.table(["编号", "类别", "原文", "出处"], [_row(item, words.KIND_WORDS[item.kind]) for item in screening.evidence], [1.1, 1.6, 7, 4.6], size=9)
    return doc.bytes()


def _row(item: Evidence, label: str) -> list[str]:
    return [item.id, label, words.shorten(item.text, QUOTE), words.place(item)]


def _count(ids: tuple[str, ...]) -> str:
    return f"{len(ids)}处" if ids else "无"
