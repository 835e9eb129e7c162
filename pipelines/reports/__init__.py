"""The reports: two plain tables, one line a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from pipelines.redact import redacted
from pipelines.reports.options import LocalFiles, Originals, ReportOptions
from pipelines.screening import Screening

SubmissionReport = Callable[[Screening, Path, Originals, ReportOptions], None]
BatchReport = Callable[[Sequence[Screening], Path, ReportOptions], None]


def _by(module: str) -> Callable[..., None]:
    """The ``render`` of one of the modules here, loaded when it is wanted: who reads results loads no writer of Word or PDF."""

    def render(*arguments: Any) -> None:
        import_module(f"pipelines.reports.{module}").render(*arguments)

    return render


# What is written for each submission, into its own folder.
SUBMISSION_REPORTS: dict[str, SubmissionReport] = {
    "findings.json": _by("findings_json"),
    "report.html": _by("html"),
    "report.docx": _by("word"),
    "findings.xlsx": _by("findings_xlsx"),
    "scoring_sheet.docx": _by("scoring_sheet"),
    "notice.docx": _by("notice"),
    "annotated": _by("annotate"),
}
# What is written once for the whole batch.
BATCH_REPORTS: dict[str, BatchReport] = {
    "index.html": _by("index"),
    "summary.xlsx": _by("summary"),
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
