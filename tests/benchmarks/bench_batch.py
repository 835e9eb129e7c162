"""What reading costs by lane on 1 and 2 workers, what isolation adds, what the cache saves, and whether memory stays flat.

    python tests/benchmarks/bench_batch.py [--pages 5000] [--scans 12] [--out FILE.json]

Prints JSON. The load of the machine is noted beside each figure: on a busy machine wall times say little, CPU times hold.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

# A program of its own, run from anywhere.
sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

import make_pages  # noqa: E402

from extract import sandbox  # noqa: E402
from extract.formats import ReadOptions, read  # noqa: E402
from pipelines.reading import Job, read_documents, thread_limits  # noqa: E402
from pipelines.store import Store, library_versions  # noqa: E402


def timed(jobs: list[Job], workers: int, store: Store | None = None) -> dict[str, Any]:
    """Wall and CPU seconds for reading the jobs, and what the children took."""
    pages = cpu = peak = 0.0
    begun = time.monotonic()

    def note(job: Job, stats: dict[str, Any], cached: bool) -> None:
        nonlocal pages, cpu, peak
        pages += stats.get("pages", 0)
        cpu += stats.get("cpu", 0.0)
        peak = max(peak, stats.get("peak", 0))

    documents = sum(1 for _ in read_documents(jobs, workers=workers, store=store, on_reading=note))
    wall = time.monotonic() - begun
    return {
        "documents": documents,
        "pages": int(pages),
        "wall": round(wall, 3),
        "cpu": round(cpu, 3),
        "peak_mb": round(peak / 1e6),
        "pages_per_second": round(pages / wall, 2),
        "load": round(os.getloadavg()[0], 1),
    }


def lane(name: str, jobs: list[Job]) -> dict[str, Any]:
    """A lane on 1 and on 2 workers, both warm."""
    list(read_documents(jobs[:2], workers=2))
    result: dict[str, Any] = {}
    for workers in (1, 2):
        # Warm children are part of a long run; their start is not.
        result[f"workers_{workers}"] = timed(jobs, workers)
    result["speedup"] = round(result["workers_1"]["wall"] / result["workers_2"]["wall"], 2)
    return {name: result}


def isolation(jobs: list[Job]) -> dict[str, Any]:
    """The same documents in this process, and in a warm child with limits, codec and hashes: CPU seconds of all of it."""
    files = [(Path(job.file), job.path) for job in jobs]
    for file, path in files:
        read(file, path=path, options=ReadOptions())
    best_inside = best_child = float("inf")
    for _ in range(3):
        begun = time.process_time()
        for file, path in files:
            read(file, path=path, options=ReadOptions())
        best_inside = min(best_inside, time.process_time() - begun)
        begun, child = time.process_time(), 0.0
        for job in jobs:
            from extract.sandbox import Limits
            from pipelines.reading import Task, read_isolated

            child += read_isolated(Task(job, ReadOptions(), Limits())).stats["cpu"]
        best_child = min(best_child, time.process_time() - begun + child)
    return {
        "in_process_cpu": round(best_inside, 3),
        "isolated_cpu": round(best_child, 3),
        "overhead": round(best_child / best_inside - 1, 4),
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
    parser.add_argument("--scans", type=int, default=12)
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
        text = [Job(f"t{n}.pdf", str(make_pages.text_pdf(folder / f"t{n}.pdf", 40, n))) for n in range(8)]
        words = [Job(f"w{n}.docx", str(make_pages.docx(folder / f"w{n}.docx", 40, n))) for n in range(8)]
        scans = [Job(f"s{n}.pdf", str(make_pages.scan_pdf(folder / f"s{n}.pdf", 2, n))) for n in range(max(2, wanted.scans // 2))]
        result |= lane("text", text) | lane("docx", words)
        if wanted.scans:
            result |= lane("scan", scans)
        result["isolation_text"] = isolation(text)
        result["isolation_docx"] = isolation(words)
        result["flatness"] = flatness(folder, wanted.pages)
    result["load_after"] = os.getloadavg()
    output = json.dumps(result, ensure_ascii=False, indent=1)
    if wanted.out:
        wanted.out.write_text(output + "\n", "utf-8")
    sys.stdout.write(output + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
