"""How long the reports of one submission take and how large report.html gets: `python tests/benchmarks/bench_reports.py [PAGES]`."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "pipelines")]

import screenings  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

from extract.document import BBox  # noqa: E402
from pipelines.reports import SUBMISSION_REPORTS, LocalFiles, ReportOptions  # noqa: E402

LIMIT = 15_000_000  # bytes of report.html


def main(pages: int) -> int:
    """Print a line a report; 1 if report.html is over its limit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = screenings.make(folder / "in")
        file = folder / "大方案.pdf"
        canvas, dice = Canvas(str(file)), random.Random(1)
        for _ in range(pages):
            canvas.setFont(screenings.FONT, 11)
            for line in range(38):
                canvas.drawString(72, 780 - line * 18, "".join(dice.choice("推动工业互联网融合应用先导区建设全市累计开通基站") for _ in range(40)))
            canvas.showPage()
        canvas.save()
        one = made.screening.evidence[0]
        evidence = tuple(
            replace(one, id=f"E{n + 1}", document=file.name, page=n // 3 + 1, boxes=(BBox(72, 100 + 60 * (n % 3), 400, 114 + 60 * (n % 3)),))
            for n in range(pages * 3)
        )
        ids = tuple(item.id for item in evidence)
        screening = replace(
            made.screening,
            evidence=evidence,
            conditions=tuple(
                replace(f, claims=ids[i * 30 : i * 30 + 15], proofs=ids[i * 30 + 15 : i * 30 + 30], excluded=(), steps=(), grids=())
                for i, f in enumerate(made.screening.conditions)
            ),
            indicators=tuple(replace(row, baseline=ids[k * 20 : k * 20 + 20], targets={}, proofs=()) for k, row in enumerate(made.screening.indicators)),
            conflicts=(),
            package=(),
        )
        for report, render in SUBMISSION_REPORTS.items():
            started = time.perf_counter()
            render(screening, folder / "out", LocalFiles({}, {file.name: file}), ReportOptions(annotate=True))
            print(f"{report:20} {time.perf_counter() - started:7.2f} s")  # noqa: T201 - a benchmark prints
        size = (folder / "out" / "report.html").stat().st_size
        print(f"report.html {size / 1e6:.1f} MB for {pages} pages, {len(evidence)} quotes")  # noqa: T201
        return int(size > LIMIT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
