"""What reading costs by lane on 1 and 2 workers, what isolation adds, what the cache saves, and whether memory stays flat.

    python tests/benchmarks/bench_batch.py [--pages 5000] [--scans 32] [--out FILE.json]

Prints JSON. The load of the machine is noted beside each figure: on a busy machine wall times say little, CPU times hold.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

# A program of its own, run from anywhere.
sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

import make_pages  # noqa: E402

from extract import sandbox  # noqa: E402
from extract.formats import ReadOptions  # noqa: E402
from extract.sandbox import Limits  # noqa: E402
from pipelines.batch import BatchSettings, run_batch  # noqa: E402
from pipelines.reading import Job, Task, read_documents, read_isolated, thread_limits  # noqa: E402
from pipelines.store import Store, library_versions  # noqa: E402


def timed(jobs: list[Job], workers: int, store: Store | None = None) -> dict[str, Any]:
    """Wall and CPU seconds for reading the jobs, and what the children took."""
    cpu = peak = 0.0
    pages = 0
    done: list[float] = []
    begun = time.monotonic()

    def note(job: Job, stats: dict[str, Any], cached: bool) -> None:
        nonlocal pages, cpu, peak
        pages += stats.get("pages", 0)
        cpu += stats.get("cpu", 0.0)
        peak = max(peak, stats.get("peak", 0))
        done.append(time.monotonic())

    documents = sum(1 for _ in read_documents(jobs, workers=workers, store=store, on_reading=note))
    wall = time.monotonic() - begun
    return {
        "documents": documents,
        "pages": int(pages),
        "wall": round(wall, 3),
        "cpu": round(cpu, 3),
        "peak_mb": round(peak / 1e6),
        "pages_per_second": round(pages / wall, 2),
        # Once every worker has given back its first document, all are warm: so a long round runs.
        "documents_per_second_warm": round((documents - workers) / (done[-1] - done[workers - 1]), 3),
        "load": round(os.getloadavg()[0], 1),
    }


def lane(name: str, jobs: list[Job]) -> dict[str, Any]:
    """A lane on 1 and on 2 workers: with the start of the children, and once they are warm."""
    list(read_documents(jobs[:2], workers=2))
    result: dict[str, Any] = {}
    for workers in (1, 2):
        result[f"workers_{workers}"] = timed(jobs, workers)
    one, two = result["workers_1"], result["workers_2"]
    result["speedup_with_start"] = round(one["wall"] / two["wall"], 2)
    result["speedup"] = round(two["documents_per_second_warm"] / one["documents_per_second_warm"], 2)
    return {name: result}


def isolation(jobs: list[Job]) -> dict[str, Any]:
    """What isolation adds to a warm child's work: all CPU seconds of parent and child beside those of the reader itself.

    Both are taken in the same call, so that a busy machine slows them alike.
    """
    best = float("inf")
    for _ in range(4):
        begun, reader, child = time.process_time(), 0.0, 0.0
        for job in jobs:
            stats = read_isolated(Task(job, ReadOptions(), Limits())).stats
            reader += stats["reader_cpu"]
            child += stats["child_cpu"]
        best = min(best, (time.process_time() - begun + child) / reader - 1)
    return {"documents": len(jobs), "overhead": round(best, 4)}


def whole_round(folder: Path, *lanes: list[Job]) -> dict[str, Any]:
    """A round of four submissions through to the reports: cold, unchanged, and screened anew from the cache."""
    paths = []
    for number in range(4):
        paths.append(folder / "round" / f"{number}市")
        paths[-1].mkdir(parents=True)
        for jobs in lanes:
            for job in jobs[number::4][:3]:
                shutil.copy(job.file, paths[-1] / job.path)
    settings = BatchSettings(workers=2, cache=folder / "round-cache")
    seconds = {}
    for name, fresh in (("cold", False), ("unchanged", False), ("screened_anew", True)):
        begun = time.monotonic()
        outcomes = run_batch(paths, folder / "round-out", replace(settings, fresh=fresh))
        seconds[name] = round(time.monotonic() - begun, 3)
    record = json.loads((folder / "round-out" / "run.json").read_text("utf-8"))
    return seconds | {
        "ratio": round(seconds["cold"] / seconds["unchanged"], 1),
        "failed": sum(1 for outcome in outcomes if outcome.failed),
        "stages_screened_anew": record["stages"],
        "peak_child_mb": round(record["memory"]["peak_child"] / 1e6),
    }


def flatness(folder: Path, pages: int) -> dict[str, Any]:
    """Read so many pages in documents of 100 with one worker; memory of parent and child along the way, time by quarter."""
    import psutil

    each = 100
    own = psutil.Process()
    jobs = []
    for number in range(pages // each):
        jobs.append(Job(f"{number}.pdf", str(make_pages.text_pdf(folder / f"flat{number}.pdf", each, number + 100))))
    store = Store(folder / "flat-cache")
    marks: list[tuple[float, float, float]] = []

    def note(job: Job, stats: dict[str, Any], cached: bool) -> None:
        child = max((psutil.Process(pid).memory_info().rss for pid in sandbox.descendants(own.pid)), default=0)
        marks.append((stats.get("cpu", 0.0), own.memory_info().rss / 1e6, child / 1e6))

    begun = time.monotonic()
    cold = sum(1 for _ in read_documents(jobs, workers=1, store=store, on_reading=note))
    cold_wall = time.monotonic() - begun
    begun = time.monotonic()
    warm = sum(1 for _ in read_documents(jobs, workers=1, store=store))
    warm_wall = time.monotonic() - begun
    quarter = max(1, len(marks) // 4)
    parts = [marks[index : index + quarter] for index in range(0, quarter * 4, quarter)]
    return {
        "pages": cold * each,
        "cpu_by_quarter": [round(sum(mark[0] for mark in part), 2) for part in parts],
        "parent_mb_by_quarter": [round(max(mark[1] for mark in part)) for part in parts],
        "child_mb_by_quarter": [round(max(mark[2] for mark in part)) for part in parts],
        "cold_wall": round(cold_wall, 2),
        "warm_wall": round(warm_wall, 3),
        "warm_documents": warm,
        "warm_ratio": round(cold_wall / warm_wall, 1),
        "cache_bytes_per_page": round(store.size() / (cold * each)),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="读取的成本")
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--scans", type=int, default=32, help="pages")
    parser.add_argument("--rounds", type=int, default=1, help="0: without the round of submissions")
    parser.add_argument("--out", type=Path, default=None)
    wanted = parser.parse_args()
    os.environ.update(thread_limits(1))
    result: dict[str, Any] = {
        "date": time.strftime("%Y-%m-%d"),
        "platform": platform.platform(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "libraries": library_versions(),
        "load_before": os.getloadavg(),
    }
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        text = [Job(f"t{n}.pdf", str(make_pages.text_pdf(folder / f"t{n}.pdf", 40, n))) for n in range(24)]
        words = [Job(f"w{n}.docx", str(make_pages.docx(folder / f"w{n}.docx", 40, n))) for n in range(24)]
        scans = [Job(f"s{n}.pdf", str(make_pages.scan_pdf(folder / f"s{n}.pdf", 2, n))) for n in range(max(2, wanted.scans // 2))]
        result |= lane("text", text) | lane("docx", words)
        if wanted.scans:
            result |= lane("scan", scans)
        result["isolation_text"] = isolation(text[:8])
        result["isolation_docx"] = isolation(words[:8])
        if wanted.rounds:
            result["round"] = whole_round(folder, text, words, scans)
        if wanted.pages:
            result["flatness"] = flatness(folder, wanted.pages)
    result["load_after"] = os.getloadavg()
    output = json.dumps(result, ensure_ascii=False, indent=1)
    if wanted.out:
        wanted.out.write_text(output + "\n", "utf-8")
    sys.stdout.write(output + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
