"""The reports: two plain tables, one line a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pipelines.redact import redacted
from pipelines.reports import annotate, findings_json, findings_xlsx, html, index, notice, scoring_sheet, summary, word
from pipelines.reports.options import LocalFiles, Originals, ReportOptions
from pipelines.screening import Screening

SubmissionReport = Callable[[Screening, Path, Originals, ReportOptions], None]
BatchReport = Callable[[Sequence[Screening], Path, ReportOptions], None]

# What is written for each submission, into its own folder.
SUBMISSION_REPORTS: dict[str, SubmissionReport] = {
    "findings.json": findings_json.render,
    "report.html": html.render,
    "report.docx": word.render,
    "findings.xlsx": findings_xlsx.render,
    "scoring_sheet.docx": scoring_sheet.render,
    "notice.docx": notice.render,
    "annotated": annotate.render,
}
# What is written once for the whole batch.
BATCH_REPORTS: dict[str, BatchReport] = {
    "index.html": index.render,
    "summary.xlsx": summary.render,
}


def write_submission(screening: Screening, out: Path, originals: Originals, options: ReportOptions | None = None) -> dict[str, str]:
    """Write every report of one submission into ``out``; with ``options.redact`` all of them from the masked record.

    findings.json must be written; another report that cannot be costs itself alone: its name and the error are given back.
    ``OSError`` (a full disk) goes up.
    """
    options = options or ReportOptions()
    if options.redact:
        screening, originals = redacted(screening, originals)
    failed: dict[str, str] = {}
    for name, render in SUBMISSION_REPORTS.items():
        try:
            render(screening, out, originals, options)
        except OSError:
            raise
        except Exception as error:
            if name == "findings.json":
                raise
            failed[name] = f"{type(error).__name__}: {error}"
    return failed


def write_batch(screenings: Sequence[Screening], out: Path, options: ReportOptions | None = None) -> None:
    """Write the reports over all submissions into ``out``."""
    options = options or ReportOptions()
    if options.redact:
        screenings = [redacted(screening, LocalFiles())[0] for screening in screenings]
    for render in BATCH_REPORTS.values():
        render(screenings, out, options)


__all__ = ["BATCH_REPORTS", "SUBMISSION_REPORTS", "LocalFiles", "Originals", "ReportOptions", "write_batch", "write_submission"]
