"""summary.xlsx: the batch as a workbook: the table of verdicts, the 37 indicators over the submissions, what was not read."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from pipelines.reports import words
from pipelines.reports.index import edition_of, worst_first
from pipelines.reports.options import ReportOptions
from pipelines.screening import Screening, Verdict
from pipelines.wording import condition_name

FILLS = {"met": "#E3F1E3", "unmet": "#F6D9D5", "unproven": "#FBE8CF", "absent": "#F6D9D5", "review": "#FFF5C9"}


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it."""
    shown = words.visible(text)
    return "'" + shown if shown.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r", "\n") else shown


class Book:
    """A workbook in memory with the project's formats; the same rows give the same bytes."""

    def __init__(self, created: Any) -> None:
        self._buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(self._buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        self.book.set_properties({"title": "预审结果", "created": created})
        base = {"font_name": "宋体", "font_size": 10, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#BBBBBB"}
        self.head = self.book.add_format({**base, "bold": True, "bg_color": "#E8ECF2", "align": "center", "valign": "vcenter"})
        self.plain = self.book.add_format(base)
        self.fills = {key: self.book.add_format({**base, "bg_color": colour, "align": "center"}) for key, colour in FILLS.items()}

    def sheet(self, name: str, header: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[Any]]) -> None:
        """A sheet with frozen header and filters. A cell is a value, or (value, fill)."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for column, (title, width) in enumerate(zip(header, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, self.head)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                value, fill = cell if isinstance(cell, tuple) else (cell, "")
                shape = self.fills.get(fill, self.plain)
                if isinstance(value, int | float):
                    sheet.write_number(number, column, value, shape)
                else:
                    sheet.write_string(number, column, safe(str(value))[:32000], shape)
        sheet.autofilter(0, 0, max(1, len(rows)), len(header) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def bytes(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self._buffer.getvalue()


def render(screenings: Sequence[Screening], out: Path, options: ReportOptions) -> None:
    """Write summary.xlsx."""
    edition = edition_of(screenings)
    ordered = worst_first(screenings)
    book = Book(words.run_time(ordered[0]) if ordered else None)
    names = [condition_name(edition, c.indicator) for c in edition.conditions]
    rows = []
    for screening in ordered:
        row: list[Any] = [screening.name, words.city_of(screening), screening.province]
        row.append("未能预审" if screening.failed else words.GATE_WORDS[screening.gate])
        for condition in edition.conditions:
            finding = next((f for f in screening.conditions if f.indicator == condition.indicator), None)
            if finding is None:
                row.append("—")
                continue
            value = f"（{words.number(finding.value)}）" if finding.value is not None else ""
            row.append((words.verdict_words(finding) + value, finding.verdict.value))
        row += [sum(d.status != "read" for d in screening.documents), len(screening.conflicts)]
        row.append(screening.failed or "；".join(words.gate_reasons(screening)))
        rows.append(row)
    header = ["申报材料", "申报城市", "省份", "完整性审查", *names, "未读文件", "矛盾", "理由"]
    book.sheet("结论", header, [26, 12, 10, 12, *[14] * len(names), 8, 8, 60], rows)
    heat = []
    for screening in ordered:
        for item in screening.indicators:
            indicator = words.indicator_of(edition, item.indicator)
            targets = "、".join(sorted(item.targets))
            heat.append(
                [screening.name, indicator.id, indicator.level3, "有" if item.baseline else "—", targets or "—", len(item.proofs)]
            )
    book.sheet("37项指标", ["申报材料", "指标", "三级指标", "现有基础", "年度目标", "佐证条数"], [26, 34, 46, 10, 22, 10], heat)
    unread = [
        [screening.name, record.path, words.READ_WORDS[record.status], "；".join(record.messages), "；".join(record.advice)]
        for screening in ordered
        for record in screening.documents
        if record.status != "read"
    ]
    book.sheet("未读内容", ["申报材料", "文件", "状态", "问题", "建议"], [26, 46, 12, 60, 46], unread)
    words.write(out / "summary.xlsx", book.bytes())


def counts(screenings: Sequence[Screening]) -> dict[str, int]:
    """How many findings of each verdict there are, for checks that the reports agree."""
    return {verdict.value: sum(f.verdict is verdict for s in screenings for f in s.conditions) for verdict in Verdict}
