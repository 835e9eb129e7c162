"""Documents read over all cores: each in a bounded child, each content once, over any ``concurrent.futures.Executor``."""

from __future__ import annotations

import contextlib
import heapq
import importlib
import itertools
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from extract import sandbox
from extract.document import Document, Problem
from extract.formats import ReadOptions
from extract.sandbox import MB, Limits, SandboxFailure
from pipelines import codec, ranges
from pipelines.store import Store, hash_file, key_of

READER = "extract.formats:read"
ATTEMPTS = 3  # a document that ends this many workers is set aside
WORKER_MEMORY = 1536 * MB  # what a worker with OCR and language models takes

# Why a document has no reading: cause in the sandbox → (code, message, advice).
FAILURES: dict[str, tuple[str, str, str]] = {
    "crashed": (
        "reader_crashed",
        "读取程序在处理该文件时崩溃，未读取",
        "请人工打开核对，或另存为 PDF 后重新预审；该文件可能已损坏。",
    ),
    "killed": (
        "reader_crashed",
        "读取进程被系统终止（可能是内存不足），未读取",
        "请关闭其他程序或减少 --workers 后重新预审，或人工核对。",
    ),
    "timeout": (
        "reader_timeout",
        "读取超过时间上限，已中止，未读取",
        "请拆分该文件，或用 --time-factor 放宽时间上限后重新预审，或人工核对。",
    ),
    "memory": (
        "reader_memory",
        "读取超过内存上限，已中止，未读取",
        "请拆分该文件，或用 --memory 放宽内存上限后重新预审，或人工核对。",
    ),
    "output": (
        "reader_output",
        "读取产生的数据超过上限，已中止，未读取",
        "请拆分该文件后重新预审，或人工核对；内容异常庞大的文件可能有害。",
    ),
    "error": ("reader_failed", "读取程序出错，未读取", "请人工打开核对，或另存为 PDF 后重新预审。"),
    "lost": (
        "worker_lost",
        f"读取该文件时工作进程连续 {ATTEMPTS} 次中断，已搁置，未读取",
        "请人工打开核对，或将该文件单独重新预审。",
    ),
    "missing": ("file_missing", "读取时文件已不存在或无法打开，未读取", "请核对文件是否被移动、占用，然后重新预审。"),
}
CHANGED = ("file_changed", "读取期间文件被修改，读到的内容可能新旧混杂", "请停止修改申报材料后重新预审。")


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read. ``path`` as in ``Document.path``; ``size`` in bytes; ``reader``: a function like ``formats.read``."""

    path: str
    file: str
    sha256: str = ""
    size: int = 0
    submission: str = ""
    reader: str = READER

    @property
    def cost(self) -> float:
        """Estimated seconds of work; only the order of work depends on it."""
        suffix, size = Path(self.path).suffix.lower(), self.size / MB
        if suffix in (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp"):
            return 3.0 + size
        if suffix in (".doc", ".wps", ".ppt", ".rtf", ".dps"):
            return 2.0 + size
        return 0.1 + size * (4.0 if suffix == ".pdf" else 1.0)


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is asked: a job with its options and limits. ``content`` is the file itself where no path is shared.

    ``step``: read the document, or, before a long scan is read, survey its pages or recognise a range of them; ``known`` are the
    pages recognised so.
    """

    job: Job
    options: ReadOptions
    limits: Limits
    threads: int = 1
    content: bytes | None = None
    step: Literal["read", "survey", "recognise"] = "read"
    known: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a worker gives back: the document as bytes of ``codec``, what it cost, and whether it may be kept in the cache."""

    data: bytes
    stats: dict[str, Any] = field(default_factory=dict)
    code: str = ""  # of the sandbox's problem, empty for a real reading
    keep: bool = True


# Inside the workers


def read_isolated(task: Task) -> Reading:
    """Read one document in a bounded child of this process. Never raises for what a document does to its reader."""
    job = task.job
    if task.content is not None:
        with tempfile.TemporaryDirectory(prefix="prescreen-shipped-") as folder:
            file = Path(folder) / ("file" + Path(job.path).suffix)
            file.write_bytes(task.content)
            return read_isolated(replace(task, job=replace(job, file=str(file)), content=None))
    if task.step != "read":
        return _prepare_isolated(task)
    attempt = 0
    while True:
        attempt += 1
        try:
            answer = sandbox.call(
                "pipelines.reading:read_child",
                (job.reader, job.file, job.path, job.sha256, task.options, task.known),
                task.limits,
                size=job.size,
                environment=thread_limits(task.threads),
            )
        except SandboxFailure as failure:
            # A warm child may have been hurt, or filled, by the document before: judged is what a fresh one does.
            most = {"crashed": 2, "memory": 2, "killed": ATTEMPTS}.get(failure.cause, 1)
            if attempt < most:
                continue
            return _no_reading(job, failure)
        head, _, data = answer.data.partition(b"\n")
        news = json.loads(head)
        return Reading(data, answer.stats | news.get("stats", {}), news.get("code", ""), news.get("keep", not news.get("code")))


def _prepare_isolated(task: Task) -> Reading:
    """A step before the reading: whatever goes wrong in it is left to the reading itself to tell."""
    job = task.job
    targets: dict[str, tuple[str, tuple[Any, ...]]] = {
        "survey": ("pipelines.ranges:survey_child", (job.file,)),
        "recognise": ("pipelines.ranges:recognise_child", (job.reader, job.file, job.path, task.options)),
    }
    target, arguments = targets[task.step]
    try:
        answer = sandbox.call(target, arguments, task.limits, size=job.size, environment=thread_limits(task.threads))
    except SandboxFailure as failure:
        return Reading(b"", failure.stats, failure.cause, keep=False)
    return Reading(answer.data, answer.stats)


def read_child(reader: str, file: str, path: str, sha256: str, options: ReadOptions, known: tuple[bytes, ...] = ()) -> bytes:
    """Runs in the bounded child: read, prove that the file stood still meanwhile, and encode."""
    module, _, name = reader.partition(":")
    read: Callable[..., Document] = getattr(importlib.import_module(module), name)
    pages = _count_pages(file)
    if pages:
        sandbox.tell(pages=pages)
    try:
        before = sha256 or hash_file(file)
        begun = time.process_time()
        with ranges.recalling(ranges.joined(known)):
            document = read(Path(file), path=path, options=options)
        alone = time.process_time() - begun
        after = hash_file(file)
    except (FileNotFoundError, PermissionError) as error:
        document, before, after = failed_document(path, sha256, "missing", type(error).__name__), "", ""
        return json.dumps({"code": "file_missing"}).encode() + b"\n" + codec.encode_document(document)
    # A program that is missing today may be there tomorrow.
    news: dict[str, Any] = {
        "stats": _lanes(document) | {"reader_cpu": round(alone, 4)},
        "keep": all(item.code != "engine_missing" for item in document.problems),
    }
    if after != before:
        news |= {"code": CHANGED[0], "keep": False}
        document = replace(document, problems=(*document.problems, Problem(*CHANGED)))
    if document.sha256 != before:
        document = replace(document, sha256=before)
    return json.dumps(news).encode() + b"\n" + codec.encode_document(document)


def _count_pages(file: str) -> int:
    """The pages of a PDF, so that the time allowed can grow with them; 0 for anything else."""
    try:
        with Path(file).open("rb") as stream:
            if b"%PDF-" not in stream.read(1024):
                return 0
        import pypdfium2

        pdf = pypdfium2.PdfDocument(file)
        try:
            return len(pdf)
        finally:
            pdf.close()
    except Exception:  # what is wrong with the file is the reader's to say
        return 0


def _lanes(document: Document) -> dict[str, Any]:
    lanes: dict[str, int] = {}
    for page in document.pages:
        lanes[page.lane] = lanes.get(page.lane, 0) + 1
    return {"lanes": lanes or {document.format or "unknown": 0}, "pages": len(document.pages), "engine": document.engine}


def failed_document(path: str, sha256: str, cause: str, detail: str = "") -> Document:
    """The document that stands for a file whose reader did not come back."""
    code, message, advice = FAILURES.get(cause, FAILURES["killed"])
    text = f"{message}（{detail}）" if detail else message
    return Document(path, Path(path).suffix[1:].lower() or "unknown", sha256, problems=(Problem(code, text, advice),))


def _no_reading(job: Job, failure: SandboxFailure) -> Reading:
    document = failed_document(job.path, job.sha256, failure.cause, failure.detail[:200])
    return Reading(codec.encode_document(document), failure.stats, document.problems[0].code, keep=False)


def thread_limits(threads: int) -> dict[str, str]:
    """The variables that keep numeric libraries to so many threads in a worker."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "PRESCREEN_OCR_THREADS")
    return {name: str(threads) for name in (*names, "OMP_THREAD_LIMIT")} | {"OPENCV_FOR_THREADS_NUM": str(threads)}


# The pool


def default_workers() -> int:
    """As many workers as there are cores for us and memory for them; at least one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
    return max(1, min(cores, int(available_memory() // WORKER_MEMORY)))


def available_memory() -> int:
    """Bytes that new processes may take without anything being pushed out."""
    import psutil

    return int(psutil.virtual_memory().available)


class Pool:
    """Tasks by rank over an executor of so many places: the lowest rank goes first, and only when there is memory for it.

    Reading goes to ``executor`` where one is given; everything else runs in local threads, whose work is in bounded children.
    """

    def __init__(self, workers: int, executor: Executor | None = None, places: int | None = None, ship: bool = False) -> None:
        self.workers = workers
        # One thread a worker, even for a single one: another number could round otherwise, and results must not depend on it.
        self.threads = 1
        self._local = ThreadPoolExecutor(workers, "prescreen")
        self._far = executor
        self._ship = ship
        self._places = {"local": workers, "far": places or 2 * workers}
        self._waiting: dict[str, list[tuple[Any, int, Callable[..., Any], Any, int, Any]]] = {"local": [], "far": []}
        self._running: dict[Future[Any], tuple[str, Any]] = {}
        self._number = itertools.count()

    def add(
        self, rank: Any, function: Callable[..., Any], argument: Any, token: Any, *, memory: int = 0, far: bool = False
    ) -> None:
        """Queue a task; its future comes out of ``done`` with the token."""
        where = "far" if far and self._far is not None else "local"
        heapq.heappush(self._waiting[where], (rank, next(self._number), function, argument, memory, token))

    @property
    def places(self) -> int:
        """How many documents are read at once."""
        return self._places["far" if self._far is not None else "local"]

    @property
    def waiting(self) -> int:
        return sum(len(queue) for queue in self._waiting.values())

    def done(self, timeout: float = 0.5) -> list[tuple[Any, Future[Any]]]:
        """Start what can be started, wait for something to end, and give what ended; empty when nothing is left or yet done."""
        self._start()
        if not self._running:
            return []
        ended, _ = wait(self._running, timeout, FIRST_COMPLETED)
        return [(self._running.pop(future)[1], future) for future in ended]

    @property
    def is_empty(self) -> bool:
        return not self._running and not self.waiting

    def _start(self) -> None:
        for where, queue in self._waiting.items():
            busy = sum(1 for place, _ in self._running.values() if place == where)
            while queue and busy < self._places[where]:
                memory = queue[0][4]
                if where == "local" and busy and memory and available_memory() < memory:
                    break
                _, _, function, argument, _, token = heapq.heappop(queue)
                self._running[self._submit(where, function, argument)] = (where, token)
                busy += 1

    def _submit(self, where: str, function: Callable[..., Any], argument: Any) -> Future[Any]:
        if where == "local" or self._far is None:
            return self._local.submit(function, argument)
        try:
            if self._ship and isinstance(argument, Task):
                # Only now: what waits must not hold the bytes of all its files.
                with contextlib.suppress(OSError):
                    argument = replace(argument, content=Path(argument.job.file).read_bytes())
            return self._far.submit(function, argument)
        except Exception as error:  # an executor that is broken for good refuses at once
            failed: Future[Any] = Future()
            failed.set_exception(error)
            return failed

    def close(self) -> None:
        """Drop what waits, kill what runs in local children."""
        for queue in self._waiting.values():
            queue.clear()
        for future in self._running:
            future.cancel()
        sandbox.close_all()
        self._local.shutdown(wait=False, cancel_futures=True)


def _memory_of(job: Job, limits: Limits) -> int:
    return min(limits.memory, 400 * MB + 6 * job.size)


@dataclass(slots=True)
class _Ahead:
    """A long scan of which some ranges are still being recognised."""

    left: int = 0
    known: list[bytes] = field(default_factory=list)
    cpu: float = 0.0


@dataclass(slots=True)
class Readings:
    """Readings on their way: from the store where they are known, from the pool where not; each content is read once."""

    pool: Pool
    store: Store
    options: ReadOptions
    limits: Limits
    kept: dict[str, bytes] = field(default_factory=dict)  # readings that the store would not take
    _asked: dict[str, list[tuple[Job, Any]]] = field(default_factory=dict)
    _attempts: dict[str, int] = field(default_factory=dict)
    _ahead: dict[str, _Ahead] = field(default_factory=dict)
    store_error: str = ""

    def key(self, job: Job) -> str:
        # A file that could not be hashed is known by its place only, and never kept.
        content = job.sha256 or f"no hash: {job.file}"
        return key_of(content, job.path, self.options, "" if job.reader == READER else job.reader)

    def ask(self, job: Job, token: Any, rank: Any) -> Reading | None:
        """The reading if it is known; else None, and it will come out of ``take``."""
        key = self.key(job)
        if key in self.kept:
            return Reading(self.kept[key], keep=False)
        entry = self.store.entry(key) if job.sha256 else None
        if entry is not None:
            return Reading(*entry)
        if key in self._asked:
            self._asked[key].append((job, token))
            return None
        self._asked[key] = [(job, token)]
        if self._may_be_long_scan(job):
            self._add(job, key, rank, Task(job, self.options, self.limits, self.pool.threads, step="survey"))
        else:
            self._send(job, key, rank)
        return None

    def _send(self, job: Job, key: str, rank: Any, known: tuple[bytes, ...] = ()) -> None:
        self._add(job, key, rank, Task(job, self.options, self.limits, self.pool.threads, known=known))

    def _add(self, job: Job, key: str, rank: Any, task: Task) -> None:
        token = ("read", key, job, rank, task)
        self.pool.add(rank, read_isolated, task, token, memory=_memory_of(job, self.limits), far=True)

    def _may_be_long_scan(self, job: Job) -> bool:
        options = self.options
        wide = self.pool.places > 1 and options.ocr and options.pages is None and job.reader == READER
        return wide and bool(job.sha256) and job.size >= ranges.LEAST_BYTES and Path(job.path).suffix.lower() == ".pdf"

    def _surveyed(self, key: str, job: Job, rank: Any, found: bytes) -> None:
        """Send the ranges that a long scan is recognised in; those that an earlier run has done are in the store."""
        spans = ranges.plan(json.loads(found or b"[]"))
        ahead = _Ahead()
        for span in spans:
            task = Task(job, ranges.options_of(self.options, span), self.limits, self.pool.threads, step="recognise")
            done = self.store.get(self._range_key(task))
            if done is not None:
                ahead.known.append(done)
            else:
                ahead.left += 1
                self._add(job, key, rank, task)
        if ahead.left:
            self._ahead[key] = ahead
        else:
            self._send(job, key, rank, tuple(ahead.known))

    def _recognised(self, key: str, job: Job, rank: Any, task: Task, part: Reading | None) -> None:
        ahead = self._ahead[key]
        ahead.left -= 1
        if part is not None and part.data:
            ahead.known.append(part.data)
            ahead.cpu += float(part.stats.get("cpu", 0.0))
            with contextlib.suppress(OSError):
                self.store.put(self._range_key(task), part.data)
        if not ahead.left:
            self._send(job, key, rank, tuple(ahead.known))

    def _range_key(self, task: Task) -> str:
        return key_of(task.job.sha256, task.job.path, task.options, "recognised pages")

    def take(self, token: Any, future: Future[Any]) -> list[tuple[Job, Any, Reading]]:
        """Everyone who waited for the reading that ended; empty when it is tried again."""
        _, key, job, rank, task = token
        if task.step != "read":
            part: Reading | None = None
            with contextlib.suppress(Exception):  # a lost worker costs a step ahead only: the reading itself does it again
                part = future.result()
            if task.step == "survey":
                self._surveyed(key, job, rank, part.data if part else b"")
            else:
                self._recognised(key, job, rank, task, part)
            return []
        try:
            reading: Reading = future.result()
        except Exception as error:  # the worker itself was lost (a cluster's node, a broken executor)
            self._attempts[key] = self._attempts.get(key, 0) + 1
            if self._attempts[key] < ATTEMPTS and "KilledWorker" not in type(error).__name__:
                self._add(job, key, rank, task)
                return []
            document = failed_document(job.path, job.sha256, "lost", type(error).__name__)
            reading = Reading(codec.encode_document(document), {}, "worker_lost", keep=False)
        ahead = self._ahead.pop(key, None)
        if ahead:
            stats = reading.stats | {"cpu": round(float(reading.stats.get("cpu", 0.0)) + ahead.cpu, 3)}
            reading = replace(reading, stats=stats)
        if reading.keep and job.sha256:
            try:
                about: dict[str, Any] = {
                    name: reading.stats[name] for name in ("pages", "lanes", "engine") if name in reading.stats
                }
                self.store.put(key, reading.data, about)
            except OSError as error:
                self.store_error = str(error)
                self.kept[key] = reading.data
        else:
            self.kept[key] = reading.data
        return [(asked, who, reading) for asked, who in self._asked.pop(key)]


def read_documents(
    jobs: Iterable[Job],
    *,
    workers: int | None = None,
    store: Store | None = None,
    options: ReadOptions | None = None,
    limits: Limits | None = None,
    executor: Executor | None = None,
    ship: bool = False,
    on_reading: Callable[[Job, dict[str, Any], bool], None] | None = None,
) -> Iterator[tuple[Job, Document]]:
    """Read files over all cores, biggest first; each comes out as it is done, with every job exactly once.

    ``store``: the cache, None for none. ``executor``: any ``concurrent.futures.Executor``; each of its workers keeps
    bounded children of its own. ``ship`` sends the files themselves to it. ``on_reading(job, stats, cached)`` is told what
    each cost.
    """
    with contextlib.ExitStack() as stack:
        if store is None:
            store = Store(stack.enter_context(tempfile.TemporaryDirectory(prefix="prescreen-")))
        pool = Pool(workers or default_workers(), executor, ship=ship)
        stack.callback(pool.close)
        readings = Readings(pool, store, options or ReadOptions(), limits or Limits())
        known = []
        for job in jobs:
            if not job.sha256:
                with contextlib.suppress(OSError):
                    job = replace(job, sha256=hash_file(job.file), size=Path(job.file).stat().st_size)
            if job.sha256 and store.has(readings.key(job)):
                known.append(job)
            else:
                readings.ask(job, None, -job.cost)
        for job in known:
            reading = readings.ask(job, None, -job.cost)
            if reading is not None:  # else it is damaged, and read with the others
                if on_reading:
                    on_reading(job, reading.stats, True)
                yield job, codec.decode_document(reading.data, job.path)
        while not pool.is_empty:
            for token, future in pool.done():
                for job, _, reading in readings.take(token, future):
                    if on_reading:
                        on_reading(job, reading.stats, False)
                    yield job, codec.decode_document(reading.data, job.path)
        store.shrink()
