"""run.json: what a run was made with and what it cost. Apart from the findings, which stay the same byte for byte."""

from __future__ import annotations

import json
import platform
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.store import code_version, library_versions, reader_version, write_atomically


@dataclass(slots=True)
class Record:
    """Gathers while a run goes on. Times in seconds, memory in bytes."""

    workers: int = 1
    options: dict[str, Any] = field(default_factory=dict)
    edition: str = ""
    stages: Counter[str] = field(default_factory=Counter)
    submissions: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    documents_cached: int = 0
    pages: int = 0
    pages_cached: int = 0
    lanes: dict[str, dict[str, float]] = field(default_factory=dict)
    peak_child: int = 0
    notes: list[str] = field(default_factory=list)
    begun: float = field(default_factory=time.time)
    _clock: float = field(default_factory=time.monotonic)

    def reading(self, stats: dict[str, Any], cached: bool, code: str = "") -> None:
        """Count one document that was read, or taken from the cache."""
        self.documents += 1
        pages = int(stats.get("pages", 0))
        self.pages += pages
        self.problems.update([code] if code else [])
        if cached:
            self.documents_cached += 1
            self.pages_cached += pages
            return
        cpu = float(stats.get("cpu", 0.0))
        self.stages["read_cpu"] += cpu  # type: ignore[assignment]
        self.peak_child = max(self.peak_child, int(stats.get("peak", 0)))
        lanes: dict[str, int] = stats.get("lanes", {})
        # A document's time goes to its slowest lane: where a page is recognised, that is nearly all of it.
        lane = "ocr" if lanes.get("ocr") or lanes.get("mixed") else next(iter(lanes), "unread")
        entry = self.lanes.setdefault(lane, {"documents": 0, "pages": 0, "cpu_seconds": 0.0})
        entry["documents"] += 1
        entry["pages"] += pages
        entry["cpu_seconds"] += cpu

    def spent(self, stage: str, seconds: float) -> None:
        """Add to a stage's time."""
        self.stages[stage] += seconds  # type: ignore[assignment]

    def as_json(self) -> dict[str, Any]:
        """The record as plain JSON."""
        wall = time.monotonic() - self._clock
        lanes = {
            name: {
                "documents": int(entry["documents"]),
                "pages": int(entry["pages"]),
                "cpu_seconds": round(entry["cpu_seconds"], 2),
                "pages_per_cpu_second": round(entry["pages"] / entry["cpu_seconds"], 2) if entry["cpu_seconds"] else None,
            }
            for name, entry in sorted(self.lanes.items())
        }
        return {
            "schema": "run/1",
            "begun": time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(self.begun)),
            "seconds": round(wall, 2),
            "versions": {
                "python": platform.python_version(),
                "platform": platform.platform(),
                "reader": reader_version(),
                "extract": code_version("extract"),
                "models": code_version("models"),
                "pipelines": code_version("pipelines"),
                "libraries": library_versions(),
            },
            "edition": self.edition,
            "options": self.options,
            "workers": self.workers,
            "stages": {name: round(seconds, 2) for name, seconds in sorted(self.stages.items())},
            "documents": {"all": self.documents, "from_cache": self.documents_cached},
            "pages": {
                "all": self.pages,
                "from_cache": self.pages_cached,
                "per_second": round(self.pages / wall, 2) if wall else None,
            },
            "lanes": lanes,
            "memory": {"peak_child": self.peak_child, "peak_main": own_peak()},
            "problems": dict(sorted(self.problems.items())),
            "submissions": self.submissions,
            "notes": self.notes,
        }

    def write(self, file: Path, scratch: Path | None = None) -> None:
        """Write the record. ``OSError`` where it can't be written."""
        text = json.dumps(self.as_json(), ensure_ascii=False, indent=1) + "\n"
        write_atomically(file, text.encode("utf-8", "surrogatepass"), scratch)


def own_peak() -> int:
    """The most memory that this process has held, in bytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
