"""How a run tells where it is: a live display on a terminal, plain lines elsewhere, nothing with ``--quiet``."""

from __future__ import annotations

import sys
import time
from typing import Any, Protocol, TextIO


class Progress(Protocol):
    """What a run reports. Costs are estimated seconds of work; names are submissions."""

    def started(self, submissions: int, workers: int) -> None: ...

    def opened(self, name: str, documents: int, cost: float) -> None: ...

    def read(self, name: str, path: str, pages: int, cost: float, cached: bool, problem: str) -> None: ...

    def finished(self, name: str, outcome: str) -> None: ...

    def note(self, text: str) -> None: ...

    def close(self) -> None: ...


class Quiet:
    """Says nothing."""

    def started(self, submissions: int, workers: int) -> None:
        pass

    def opened(self, name: str, documents: int, cost: float) -> None:
        pass

    def read(self, name: str, path: str, pages: int, cost: float, cached: bool, problem: str) -> None:
        pass

    def finished(self, name: str, outcome: str) -> None:
        pass

    def note(self, text: str) -> None:
        pass

    def close(self) -> None:
        pass


class Lines(Quiet):
    """One line for each submission that begins or ends, and for each problem; for logs and pipes."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._begun = time.monotonic()
        self._total = self._done = self._pages = 0

    def _say(self, text: str) -> None:
        self._stream.write(f"[{clock(time.monotonic() - self._begun)}] {text}\n")
        self._stream.flush()

    def started(self, submissions: int, workers: int) -> None:
        self._total = submissions
        self._say(f"共 {submissions} 份申报材料，{workers} 个工作进程")

    def opened(self, name: str, documents: int, cost: float) -> None:
        self._say(f"{name}：开始，{documents} 个文件")

    def read(self, name: str, path: str, pages: int, cost: float, cached: bool, problem: str) -> None:
        self._pages += pages
        if problem:
            self._say(f"{name}：{path}：{problem}")

    def finished(self, name: str, outcome: str) -> None:
        self._done += 1
        self._say(f"{name}：{outcome}（{self._done}/{self._total}，已读 {self._pages} 页）")

    def note(self, text: str) -> None:
        self._say(text)


class Bar(Quiet):
    """A live bar over the whole run with the time left, judged by the work done so far; one line above it for each result."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Display

        self._console = Console(stderr=True)
        self._display = Display(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[detail]}"),
            TimeElapsedColumn(), console=self._console, transient=True,
        )  # fmt: skip
        self._task: Any = None
        self._total = self._opened = self._pages = self._documents = self._all_documents = 0
        self._cost = self._cost_done = self._cost_new = 0.0
        self._begun = time.monotonic()

    def started(self, submissions: int, workers: int) -> None:
        self._total = submissions
        self._task = self._display.add_task("预审", total=submissions, detail="")
        self._display.start()

    def opened(self, name: str, documents: int, cost: float) -> None:
        self._opened += 1
        self._cost += cost
        self._all_documents += documents
        self._show()

    def read(self, name: str, path: str, pages: int, cost: float, cached: bool, problem: str) -> None:
        self._pages += pages
        self._documents += 1
        self._cost_done += cost
        self._cost_new += 0.0 if cached else cost
        if problem:
            self._display.console.print(f"{name}：{path}：{problem}", markup=False, highlight=False)
        self._show()

    def finished(self, name: str, outcome: str) -> None:
        self._display.advance(self._task)
        self._display.console.print(f"{name}：{outcome}", markup=False, highlight=False)
        self._show()

    def note(self, text: str) -> None:
        self._display.console.print(text, markup=False, highlight=False)

    def close(self) -> None:
        self._display.stop()

    def _show(self) -> None:
        left = ""
        passed = time.monotonic() - self._begun
        if self._cost_new > 0 and passed > 5:
            # What is not opened yet is taken to be like what is.
            whole = self._cost * self._total / max(1, self._opened)
            left = f"，约剩 {clock(passed / self._cost_new * max(0.0, whole - self._cost_done))}"
        detail = f"文件 {self._documents}/{self._all_documents}，{self._pages} 页{left}"
        self._display.update(self._task, detail=detail)


def clock(seconds: float) -> str:
    """Seconds as people read them: 05:12, 1:02:09."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes:02d}:{whole % 60:02d}"


def choose(quiet: bool = False) -> Progress:
    """The display that fits: a bar on a terminal, lines elsewhere."""
    if quiet:
        return Quiet()
    return Bar() if sys.stderr.isatty() else Lines()
