"""PDF reading side by side in one run on the same files: ``python tests/benchmarks/bench_extract.py``.

CPU seconds of this process (of the child for pdftotext), best of a few rounds; cells exact: share of the made tables' cells that
stand at their place. Prints Markdown, so that it can be pasted into the documentation.
"""

from __future__ import annotations

import datetime
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from extract.document import Table
from extract.formats import ReadOptions, Source
from extract.pdf import read_pdf
from tests.extract import pdfs

PAGES, LONG = 75, 2000
Rows = list[list[str]]


def main() -> None:
    """Print the table of speeds, cells and the memory of the long file."""
    if len(sys.argv) == 3 and sys.argv[1] == "--memory":
        _read(Path(sys.argv[2]))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)  # noqa: T201
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.pdf"
        truth = pdfs.plan(file, PAGES)
        _report(file, truth)
        long = Path(folder) / "long.pdf"
        pdfs.plan(long, LONG)
        start = time.monotonic()
        child = subprocess.run([sys.executable, __file__, "--memory", str(long)], capture_output=True, text=True, check=True)
        _say(f"\n{LONG} pages: peak {child.stdout.strip()} MB (goal < 600), {time.monotonic() - start:.1f} s wall")


def _say(line: str) -> None:
    print(line)  # noqa: T201  (a report on the terminal is what this script is for)


def _report(file: Path, truth: list[Rows]) -> None:
    ours = _timed(lambda: _read(file), 3)
    plumber = _timed(lambda: _plumber(file), 1)
    bare = _timed(lambda: _bare(file), 3)
    poppler = _timed(lambda: _poppler(file), 3) if shutil.which("pdftotext") else 0.0
    own = _exact(truth, [table.rows() for table in _tables(file)])
    other = _exact(truth, _plumber(file))
    names = ", ".join(f"{name} {version(name)}" for name in ("pypdfium2", "pdfplumber"))
    _say(f"{datetime.date.today()}, Python {platform.python_version()}, {names}; {PAGES} pages, {len(truth)} tables\n")
    _say("| job | pages per CPU second | cells exact | ours is |")
    _say("|---|---|---|---|")
    _say(f"| prescreen: text + tables + outline | {PAGES / ours:.0f} | {own:.3f} | |")
    ratio = f"{plumber / ours:.1f} × as fast (goal ≥ 10)"
    _say(f"| pdfplumber: extract_text + extract_tables | {PAGES / plumber:.1f} | {other:.3f} | {ratio} |")
    _say(f"| pypdfium2: bare text | {PAGES / bare:.0f} | | {bare / ours:.2f} × as fast (goal ≥ 0.33) |")
    if poppler:
        _say(f"| pdftotext | {PAGES / poppler:.0f} | | {poppler / ours:.2f} × as fast |")


def _timed(job: Callable[[], object], rounds: int) -> float:
    job_times = []
    for _ in range(rounds):
        start = _cpu()
        job()
        job_times.append(_cpu() - start)
    return min(job_times)


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _read(file: Path) -> object:
    return read_pdf(Source(file, file.name), ReadOptions(ocr=False))


def _tables(file: Path) -> list[Table]:
    return [block for block in read_pdf(Source(file, file.name), ReadOptions(ocr=False)).blocks if isinstance(block, Table)]


def _plumber(file: Path) -> list[Rows]:
    import pdfplumber

    found: list[Rows] = []
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            page.extract_text()
            found += [[[cell or "" for cell in row] for row in table] for table in page.extract_tables()]
            page.close()
    return found


def _bare(file: Path) -> list[str]:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(file)
    texts = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return texts


def _poppler(file: Path) -> bytes:
    return subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout


def _exact(truth: list[Rows], found: list[Rows]) -> float:
    """Share of the cells at their place with their words; a merged cell counts where its words stand first."""
    hit = total = 0
    for want, have in zip(truth, found, strict=False):
        for r, row in enumerate(want):
            for c, words in enumerate(row):
                if r and c == 6 and r not in (1, 5, 11):
                    continue  # inside a merged cell: the libraries differ in what stands there
                total += 1
                got = have[r][c] if r < len(have) and c < len(have[r]) else ""
                hit += "".join(got.split()) == "".join(words.split())
    return hit / total if total else 0.0


if __name__ == "__main__":
    main()
