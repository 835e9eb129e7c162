"""Many submissions at once: every submission screened and written as soon as its last document is read.

``run_batch`` opens the submissions one after the other, lets their documents share one pool, screens each submission when
it is whole, and writes its results at once, marked complete last of all. A run that is killed goes on where it stood;
nothing about one submission can stop another.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from extract import sandbox
from extract.document import Document, Problem
from extract.formats import ReadOptions
from extract.sandbox import MB, Limits, SandboxFailure
from extract.submission import Entry, Submission
from pipelines import codec
from pipelines.progress import Progress, Quiet
from pipelines.reading import (
    CHANGED,
    FAILURES,
    READER,
    Job,
    Pool,
    Reading,
    Readings,
    default_workers,
    read_documents,
    thread_limits,
)
from pipelines.record import Record
from pipelines.store import Store, code_version, hash_file, hash_of, write_atomically

__all__ = [
    "BatchError",
    "BatchSettings",
    "DiskFull",
    "Job",
    "Outcome",
    "OutputBusy",
    "OutputClosed",
    "Wishes",
    "read_documents",
    "run_batch",
]

SCREENER = "pipelines.batch:screen_and_render"
INDEXER = "pipelines.batch:render_index"
MARKER = ".prescreen.json"  # in each folder with results: what they were made from; written last
OWN_FOLDER = ".prescreen"  # in the output folder: the lock, and what is being made
# Results with such a problem are not taken over by the next run: it tries again.
RETRY_CODES = frozenset({code for code, _, _ in FAILURES.values()} | {CHANGED[0]})


class BatchError(Exception):
    """A run that cannot go on. ``str()`` is the Chinese message; ``advice`` what to do; ``exit_code`` that of the command."""

    exit_code = 2

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.advice = advice


class OutputBusy(BatchError):
    """Another run writes to the same folder."""


class OutputClosed(BatchError):
    """The output folder cannot be written to."""


class DiskFull(BatchError):
    """No room left where the results go. What is marked complete stays; the next run goes on from there."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a submission is screened with: edition (name or folder), rosters (``KIND=FILE``), and the reports' options."""

    edition: str = "2023"
    rosters: tuple[str, ...] = ()
    report: Any = None


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """How a round is run. ``workers`` None: as many as fit. ``cache`` None: the user's folder; ``use_cache`` off: none at all.

    ``fresh`` makes results anew that are complete already. ``reader``, ``screener`` and ``indexer`` are ``module:function``
    names. ``executor`` reads elsewhere, in ``places`` tasks at a time; ``ship`` sends it the files themselves.
    """

    workers: int | None = None
    cache: Path | None = None
    use_cache: bool = True
    cache_limit: int = 0
    options: ReadOptions = field(default_factory=ReadOptions)
    limits: Limits = field(default_factory=Limits)
    wishes: Wishes = field(default_factory=Wishes)
    fresh: bool = False
    reader: str = READER
    screener: str = SCREENER
    indexer: str = INDEXER
    executor: Executor | None = None
    places: int | None = None
    ship: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one submission ended. ``gate`` as in findings.json, "" when nothing was written; ``taken_over`` from an earlier run."""

    name: str
    folder: Path
    gate: str
    failed: str = ""
    taken_over: bool = False


@dataclass(frozen=True, slots=True)
class ScreenTask:
    """What the child that screens is given. ``bare`` are documents that no store holds, as bytes of ``codec``."""

    submission: Submission
    keys: dict[str, str]
    bare: dict[str, bytes]
    store: str
    folder: str
    wishes: Wishes
    screener: str
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A submission with the hash of each of its files that could be opened."""

    submission: Submission
    hashes: dict[str, str]


@dataclass(slots=True)
class _Work:
    """One submission on its way."""

    index: int
    name: str
    path: Path
    size: int
    submission: Submission | None = None
    keys: dict[str, str] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    bare: dict[str, bytes] = field(default_factory=dict)
    pending: int = 0
    rounds: int = 0
    mark: str = ""
    again: bool = False  # a reading did not come back: the next run must try again
    failed: str = ""


def run_batch(
    paths: Sequence[Path | str], out: Path | str, settings: BatchSettings | None = None, progress: Progress | None = None
) -> list[Outcome]:
    """Screen submissions (folders or archives) into ``out/NAME/``, with ``out/run.json`` and the reports over all of them.

    Results stand complete for every submission or not at all; those of an earlier run with the same inputs, versions and
    wishes are taken over. Raises ``BatchError`` (a folder in use or closed to us, a full disk); a single submission never raises.
    """
    settings, progress = settings or BatchSettings(), progress or Quiet()
    out = Path(out)
    with contextlib.ExitStack() as stack:
        own = _prepare(out, stack)
        if settings.use_cache:
            store = Store(settings.cache, settings.cache_limit) if settings.cache_limit else Store(settings.cache)
        else:
            store = Store(own / "readings")
        pool = Pool(settings.workers or default_workers(), settings.executor, settings.places, settings.ship)
        stack.callback(pool.close)
        stack.callback(progress.close)
        record = Record(workers=pool.workers, edition=settings.wishes.edition, options=_plain_options(settings))
        run = _Run(_works(paths), out, own, settings, store, pool, progress, record)
        try:
            return run.go()
        except OSError as error:
            raise _as_batch_error(error, out) from error
        finally:
            with contextlib.suppress(OSError):
                record.write(out / "run.json", own / "scratch")
            if settings.use_cache:
                store.shrink()


def _prepare(out: Path, stack: contextlib.ExitStack) -> Path:
    """Our folder in the output folder, locked, without what an earlier run left unfinished."""
    own = out / OWN_FOLDER
    try:
        own.mkdir(parents=True, exist_ok=True)
        stack.enter_context(contextlib.closing(_locked(own / "lock")))
        for name in ("work", "staging", "scratch", "readings"):
            shutil.rmtree(own / name, ignore_errors=True)
            stack.callback(shutil.rmtree, own / name, ignore_errors=True)
        write_atomically(own / "scratch" / "probe", b"x" * 4096)
    except OSError as error:
        raise _as_batch_error(error, out) from error
    return own


def _locked(file: Path) -> IO[bytes]:
    """The lock file, held until it is closed or this process ends in whatever way."""
    stream = file.open("a+b")
    try:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        owner = ""
        with contextlib.suppress(OSError):
            stream.seek(0)
            owner = stream.read(100).decode("ascii", "replace").strip()
        stream.close()
        number = f"（进程号 {owner}）" if owner else ""
        raise OutputBusy(
            f"输出文件夹“{file.parent.parent}”正被另一次预审使用{number}", "请等它结束，或用 --out 指定另一个输出文件夹。"
        ) from None
    if sys.platform != "win32":
        stream.truncate(0)
        stream.write(str(os.getpid()).encode())
        stream.flush()
    return stream


def _as_batch_error(error: OSError, out: Path) -> BatchError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(
            f"磁盘空间不足，无法继续写入“{out}”",
            "已完成的申报材料结果有效；请清理磁盘后以同样的命令再次运行，程序会从中断处继续。",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return OutputClosed(f"没有写入“{error.filename or out}”的权限", "请换一个有写权限的输出文件夹，或请管理员开放权限。")
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return OutputClosed(f"“{out}”不是文件夹，无法写入结果", "请用 --out 指定一个文件夹。")
    return OutputClosed(
        f"无法写入“{error.filename or out}”（{error.strerror or type(error).__name__}）", "请检查该位置后再次运行。"
    )


def _works(paths: Sequence[Path | str]) -> list[_Work]:
    """The submissions with a folder name of its own each: the same for the same list."""
    taken: set[str] = set()
    works = []
    for index, given in enumerate(paths):
        path = Path(given)
        name = (path.name or path.resolve().name) if path.is_dir() else path.stem
        unique, number = name, 2
        while unique.casefold() in taken or unique.startswith(".") or unique in ("", "run.json"):
            unique, number = f"{name.lstrip('.')}（{number}）", number + 1
        taken.add(unique.casefold())
        works.append(_Work(index, unique, path, _size_of(path)))
    return works


def _size_of(path: Path) -> int:
    total = 0
    with contextlib.suppress(OSError):
        if path.is_file():
            return path.stat().st_size
        for folder, _, names in os.walk(path):
            for name in names:
                with contextlib.suppress(OSError):
                    total += (Path(folder) / name).stat().st_size
    return total


def _plain_options(settings: BatchSettings) -> dict[str, Any]:
    return {
        "reading": {name: repr(getattr(settings.options, name)) for name in settings.options.__dataclass_fields__},
        "limits": {name: getattr(settings.limits, name) for name in settings.limits.__dataclass_fields__},
        "reports": repr(settings.wishes.report),
        "rosters": list(settings.wishes.rosters),
        "cache": settings.use_cache,
        "cluster": settings.executor is not None,
    }


@dataclass(slots=True)
class _Run:
    works: list[_Work]
    out: Path
    own: Path
    settings: BatchSettings
    store: Store
    pool: Pool
    progress: Progress
    record: Record
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    readings: Readings = field(init=False)
    wishes_mark: str = ""

    def go(self) -> list[Outcome]:
        settings = self.settings
        self.readings = Readings(self.pool, self.store, settings.options, settings.limits)
        self.wishes_mark = _wishes_mark(settings)
        self.record.edition = _edition_mark(settings.wishes.edition)
        self.progress.started(len(self.works), self.pool.workers)
        # The largest submissions first: at the end of the round no core waits for one giant.
        unopened = sorted(self.works, key=lambda work: (work.size, -work.index))
        opening = 0
        while unopened or not self.pool.is_empty:
            while unopened and opening < self.pool.workers and self.pool.waiting < 3 * self.pool.workers:
                work = unopened.pop()
                self.pool.add((1, work.index), self._open, work, ("open", work))
                opening += 1
            for token, future in self.pool.done():
                if token[0] == "open":
                    opening -= 1
                    self._opened(work=token[1], future=future)
                elif token[0] == "read":
                    for job, work, reading in self.readings.take(token, future):
                        self._was_read(work, job, reading)
                elif token[0] == "screen":
                    self._screened(token[1], future)
        self._index()
        if self.readings.store_error:
            self.record.notes.append(f"缓存无法写入：{self.readings.store_error}")
            self.progress.note("缓存无法写入，本次读取结果未留存，不影响预审结果。")
        return [self.outcomes[work.index] for work in self.works]

    # Opening

    def _open(self, work: _Work) -> Opened:
        folder = self.own / "work" / str(work.index)
        limits = replace(self.settings.limits, cpu=self.settings.limits.cpu * 4, scratch=16 * 1024 * MB)
        answer = sandbox.call(
            "pipelines.batch:open_child", (str(work.path), str(folder)), limits, size=work.size,
            environment=thread_limits(self.pool.threads),
        )  # fmt: skip
        self.record.spent("open", answer.stats["wall"])
        return codec.decode(answer.data, Opened)

    def _opened(self, work: _Work, future: Future[Opened]) -> None:
        try:
            opened = future.result()
        except SandboxFailure as failure:
            work.submission = Submission(work.name, work.path, ())
            work.again = True
            work.failed = _open_words(failure)
            self.progress.opened(work.name, 0, 0.0)
            self._screen(work)
            return
        work.submission = replace(opened.submission, name=work.name)
        parts: list[list[str]] = []
        for entry in work.submission.entries:
            if entry.file is None or entry.problem is not None:
                document = _document_of_entry(entry)
                work.bare[entry.path] = codec.encode_document(document)
                parts.append([entry.path, entry.problem.code if entry.problem else "none"])
                continue
            sha256 = opened.hashes.get(entry.path, "")
            job = Job(entry.path, str(entry.file), sha256, entry.size, work.name, self.settings.reader)
            work.jobs[entry.path] = job
            work.keys[entry.path] = self.readings.key(job)
            parts.append([entry.path, work.keys[entry.path]])
            work.again = work.again or not sha256
        submission = work.submission
        work.mark = hash_of(
            [self.wishes_mark, work.name, parts, submission.debris, [problem.code + problem.message for problem in
            submission.problems], repr(submission.overrides)]
        )  # fmt: skip
        self.progress.opened(work.name, len(submission.entries), sum(job.cost for job in work.jobs.values()))
        if not self.settings.fresh and self._take_over(work):
            return
        _unmark(self.out / work.name)
        self._ask(work, list(work.jobs.values()))

    def _take_over(self, work: _Work) -> bool:
        """Results that are complete for just these inputs stay as they are."""
        folder = self.out / work.name
        if not _stands(folder, work.mark):
            return False
        marker = _read_marker(folder)
        for job in work.jobs.values():
            self.progress.read(work.name, job.path, 0, job.cost, True, "")
        self.record.documents += len(work.jobs)
        self.record.documents_cached += len(work.jobs)
        self._end(work, Outcome(work.name, folder, str(marker.get("gate", "")), str(marker.get("failed", "")), True))
        return True

    # Reading

    def _ask(self, work: _Work, jobs: list[Job]) -> None:
        work.rounds += 1
        for job in jobs:
            reading = self.readings.ask(job, work, (2, work.index, -job.cost))
            if reading is None:
                work.pending += 1
            else:
                self._count(work, job, reading, True)
        if not work.pending:
            self._screen(work)

    def _was_read(self, work: _Work, job: Job, reading: Reading) -> None:
        self._count(work, job, reading, False)
        work.again = work.again or reading.code in RETRY_CODES
        work.pending -= 1
        if not work.pending:
            self._screen(work)

    def _count(self, work: _Work, job: Job, reading: Reading, cached: bool) -> None:
        if work.rounds > 1:
            return
        pages = int(reading.stats.get("pages", 0))
        self.record.reading(reading.stats, cached, reading.code)
        words = FAILURES["error"][1] if reading.code else ""
        words = next((text for code, text, _ in FAILURES.values() if code == reading.code), words)
        self.progress.read(work.name, job.path, pages, job.cost, cached, words)

    # Screening and writing

    def _screen(self, work: _Work) -> None:
        assert work.submission is not None
        bare = dict(work.bare)
        for path, key in work.keys.items():
            if key in self.readings.kept:
                bare[path] = self.readings.kept[key]
        staging = self.own / "staging" / str(work.index)
        shutil.rmtree(staging, ignore_errors=True)
        task = ScreenTask(
            work.submission,
            work.keys,
            bare,
            str(self.store.folder),
            str(staging),
            self.settings.wishes,
            self.settings.screener,
            work.failed,
        )
        self.pool.add((0, work.index), self._screen_isolated, (task, work.size), ("screen", work))

    def _screen_isolated(self, asked: tuple[ScreenTask, int]) -> dict[str, Any]:
        task, size = asked
        limits = self.settings.limits
        limits = replace(limits, cpu=limits.cpu * 8, cpu_per_mb=limits.cpu_per_mb * 3, idle=limits.idle * 2)
        attempt = 0
        while True:
            attempt += 1
            try:
                answer = sandbox.call(
                    "pipelines.batch:screen_child", (task,), limits, size=size, environment=thread_limits(self.pool.threads)
                )
                result: dict[str, Any] = json.loads(answer.data)
                return result | {"stats": answer.stats}
            except SandboxFailure as failure:
                if failure.cause == "closed":
                    raise
                if attempt < 2 and failure.cause in ("crashed", "killed", "memory"):
                    continue
                if task.failed:
                    return {"failed": task.failed, "gate": "", "unwritten": True}
                # Once more, only to write down that it could not be screened.
                task, attempt = replace(task, failed=_screen_words(failure)), 0

    def _screened(self, work: _Work, future: Future[dict[str, Any]]) -> None:
        result = future.result()
        number = result.get("errno")
        if number is not None:
            raise OSError(number, os.strerror(number), str(self.out))
        missing = [work.jobs[path] for path in result.get("missing", [])]
        if missing and work.rounds < 4:
            self._ask(work, missing)
            return
        self.record.spent("screen", float(result.get("stats", {}).get("wall", 0.0)))
        failed = str(result.get("failed", ""))
        if missing:
            failed = "读取结果缺失（缓存不可用）"
        folder = self.out / work.name
        if not result.get("unwritten") and not missing:
            begun = time.monotonic()
            marker = {"schema": "complete/1", "mark": work.mark, "gate": result.get("gate", ""), "failed": failed,
                      "again": work.again or bool(failed)}  # fmt: skip
            _publish(self.own / "staging" / str(work.index), folder, marker, self.own / "scratch")
            self.record.spent("write", time.monotonic() - begun)
        if result.get("trace"):
            self.record.notes.append(f"{work.name}: {result['trace']}")
        self._end(work, Outcome(work.name, folder, str(result.get("gate", "")), failed))

    def _end(self, work: _Work, outcome: Outcome) -> None:
        self.outcomes[work.index] = outcome
        self.record.submissions[work.name] = {
            "gate": outcome.gate,
            "failed": outcome.failed,
            "taken_over": outcome.taken_over,
            "documents": len(work.jobs) + len(work.bare),
        }
        for key in work.keys.values():
            if key in self.readings.kept and self.readings.store_error:
                del self.readings.kept[key]
        work.submission = None
        work.jobs, work.bare, work.keys = {}, {}, {}
        shutil.rmtree(self.own / "work" / str(work.index), ignore_errors=True)
        shutil.rmtree(self.own / "staging" / str(work.index), ignore_errors=True)
        self.progress.finished(work.name, outcome_words(outcome))

    def _index(self) -> None:
        """The reports over all submissions, made from what stands in their folders."""
        staging = self.own / "staging" / "index"
        names = [work.name for work in self.works if self.outcomes[work.index].gate]
        begun = time.monotonic()
        # The markers hold the hashes of what the reports over all are made from.
        mark = hash_of([self.wishes_mark, self.settings.indexer, [[name, _read_marker(self.out / name)] for name in names]])
        if not self.settings.fresh and _stands(self.out, mark):
            return
        try:
            answer = sandbox.call(
                "pipelines.batch:index_child",
                (self.settings.indexer, str(self.out), names, str(staging), self.settings.wishes),
                replace(self.settings.limits, cpu=self.settings.limits.cpu * 8),
                environment=thread_limits(self.pool.threads),
            )
        except SandboxFailure as failure:
            self.record.notes.append(f"汇总报告未能生成：{failure}")
            self.progress.note("汇总报告未能生成，各份申报材料的结果不受影响；详见 run.json。")
            return
        number = json.loads(answer.data).get("errno")
        if number is not None:
            raise OSError(number, os.strerror(number), str(self.out))
        _publish(staging, self.out, {"schema": "index/1", "mark": mark}, self.own / "scratch")
        self.record.spent("index", time.monotonic() - begun)


def _open_words(failure: SandboxFailure) -> str:
    if failure.cause == "error" and failure.detail.startswith("FileNotFoundError"):
        return "找不到该份申报材料，请核对路径后重新预审。"
    causes = {"timeout": "超过时间上限", "memory": "超过内存上限", "output": "展开后超过大小上限"}
    return f"申报材料无法打开（{causes.get(failure.cause, failure.detail[:160] or '程序崩溃')}），请人工核对后重新预审。"


def _screen_words(failure: SandboxFailure) -> str:
    causes = {"timeout": "超过时间上限", "memory": "超过内存上限", "output": "结果超过大小上限"}
    return f"核验未能完成（{causes.get(failure.cause, failure.detail[:160] or '程序崩溃')}），请人工审查该份申报材料。"


def outcome_words(outcome: Outcome) -> str:
    """How a submission ended, in a few words."""
    if outcome.failed:
        return f"未能完成：{outcome.failed}"
    words = {"pass": "通过", "fail": "不通过", "review": "需人工核查"}.get(outcome.gate, "已完成")
    return f"完整性审查：{words}" + ("（沿用已有结果）" if outcome.taken_over else "")


def _document_of_entry(entry: Entry) -> Document:
    problem = entry.problem or Problem(*FAILURES["missing"])
    return Document(entry.path, Path(entry.path).suffix[1:].lower() or "unknown", problems=(problem,))


def _edition_mark(edition: str) -> str:
    from models.catalogue import load_edition

    loaded = load_edition(edition)
    return f"{loaded.edition} {loaded.hash}"


def _wishes_mark(settings: BatchSettings) -> str:
    """One hash for everything that results depend on beside the inputs."""
    import importlib.metadata as metadata

    wishes = settings.wishes
    libraries = {}
    for name in ("spacy", "jieba", "scikit-learn", "python-docx", "xlsxwriter", "jinja2", "pypdfium2", "pillow"):
        with contextlib.suppress(metadata.PackageNotFoundError):
            libraries[name] = metadata.version(name)
    rosters = [[roster, _hash_roster(roster)] for roster in wishes.rosters]
    return hash_of(
        [
            [code_version(floor) for floor in ("models", "pipelines", "extract")],
            libraries,
            _edition_mark(wishes.edition),
            rosters,
            repr(wishes.report),
            settings.screener,
            sys.version_info[:2],
        ]
    )


def _hash_roster(roster: str) -> str:
    try:
        return hash_file(roster.partition("=")[2] or roster)
    except OSError as error:
        raise BatchError(f"名录文件无法打开：{roster}", "请检查 --roster 的路径和权限。") from error


def _read_marker(folder: Path) -> dict[str, Any]:
    try:
        marker = json.loads((folder / MARKER).read_bytes())
    except (OSError, ValueError):
        return {}
    return marker if isinstance(marker, dict) else {}


def _stands(folder: Path, mark: str) -> bool:
    """Whether the folder's files are complete, made from what ``mark`` stands for, and still as they were written."""
    marker = _read_marker(folder)
    if marker.get("mark") != mark or marker.get("state") != "complete" or marker.get("again"):
        return False
    try:
        return all(hash_file(folder / name) == sha256 for name, sha256 in marker["files"].items())
    except (OSError, KeyError, AttributeError):
        return False


def _unmark(folder: Path) -> None:
    """From here on the folder's results are old: said before anything else is done."""
    marker = _read_marker(folder)
    if marker.get("state") == "complete":
        write_atomically(folder / MARKER, _dumps(marker | {"state": "old"}))


def _publish(staging: Path, folder: Path, marker: dict[str, Any], scratch: Path) -> None:
    """Put finished files into the submission's folder one by one, the marker last. What other people put there stays."""
    names = _files_below(staging)
    files = {name: hash_file(staging / name) for name in names}
    before = _read_marker(folder).get("files", {})
    old = set(before) if isinstance(before, dict) else set()
    # Should this be cut off, the next run must know every file that may be ours.
    write_atomically(folder / MARKER, _dumps({"state": "writing", "files": dict.fromkeys(sorted(old | set(files)), "")}), scratch)
    for name in names:
        (staging / name).replace(_with_parent(folder / name))
    for name in old - set(files):
        target = folder / name
        if folder in target.parents and ".." not in Path(name).parts:
            with contextlib.suppress(OSError):
                target.unlink()
    write_atomically(folder / MARKER, _dumps(marker | {"state": "complete", "files": files}), scratch)


def _with_parent(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def _files_below(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def _dumps(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "surrogatepass")


# Inside the children, for a round


def open_child(path: str, workdir: str) -> bytes:
    """Runs in a bounded child: walk and unpack a submission, and hash its files."""
    from extract.submission import open_submission

    submission = open_submission(Path(path), Path(workdir))
    hashes = {}
    for entry in submission.entries:
        if entry.file is not None:
            with contextlib.suppress(OSError):
                hashes[entry.path] = hash_file(entry.file)
    return codec.encode(Opened(submission, hashes))


def screen_child(task: ScreenTask) -> bytes:
    """Runs in a bounded child: load what was read, screen, write the reports into the staging folder; the outcome as JSON."""
    store = Store(task.store)
    documents: dict[str, Document] = {}
    missing = []
    if not task.failed:
        for entry in task.submission.entries:
            data = task.bare.get(entry.path) or store.get(task.keys[entry.path])
            try:
                if data is None:
                    raise ValueError("not in the store")
                documents[entry.path] = codec.decode_document(data, entry.path)
            except ValueError:
                missing.append(entry.path)
    if missing:
        return json.dumps({"missing": missing}).encode()
    folder = Path(task.folder)
    module, _, name = task.screener.partition(":")
    screen: Callable[..., dict[str, Any]] = getattr(importlib.import_module(module), name)
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return json.dumps(screen(task.submission, documents, task.wishes, folder, task.failed)).encode()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS):
            return json.dumps({"errno": error.errno}).encode()
        raise


def screen_and_render(
    submission: Submission, documents: Mapping[str, Document], wishes: Wishes, folder: Path, failed: str
) -> dict[str, Any]:
    """Screen one submission whose documents are read, and write its reports. ``failed`` says why it could not be read at all."""
    from models.catalogue import load_edition
    from pipelines import reports, screener

    edition = load_edition(wishes.edition)
    files = {entry.path: entry.file for entry in submission.entries if entry.file is not None}
    trace = ""
    screening = None
    if not failed:
        try:
            screening = screener.screen_documents(submission, documents, edition, rosters=wishes.rosters)
        except Exception as error:
            trace = _last_lines(error)
            failed = f"核验程序出错（{type(error).__name__}），请人工审查该份申报材料，并将 run.json 发给维护人员。"
    if screening is None:
        screening = screener.failed_screening(submission, documents, edition, failed)
    unwritten = reports.write_submission(screening, folder, reports.LocalFiles(documents, files), wishes.report)
    if unwritten:
        trace = trace or "；".join(f"{name}未能生成（{error}）" for name, error in unwritten.items())
    return {"gate": str(screening.gate), "failed": screening.failed, "trace": trace}


def _last_lines(error: BaseException) -> str:
    import traceback

    return "".join(traceback.format_exception(error))[-1500:]


def index_child(indexer: str, out: str, names: list[str], folder: str, wishes: Wishes) -> bytes:
    """Runs in a bounded child: the reports over all submissions."""
    module, _, name = indexer.partition(":")
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        getattr(importlib.import_module(module), name)(Path(out), names, Path(folder), wishes)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS):
            return json.dumps({"errno": error.errno}).encode()
        raise
    return b"{}"


def render_index(out: Path, names: list[str], folder: Path, wishes: Wishes) -> None:
    """Write the reports over the submissions of these names into ``folder``."""
    from pipelines import reports
    from pipelines.reports import findings_json

    screenings = [findings_json.load(out / name / "findings.json") for name in names]
    reports.write_batch(screenings, folder, wishes.report)
