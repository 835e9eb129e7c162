"""What must never cost a run more than the one document: crashes, hangs, blow-ups, full disks, kills, and two runs at once."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from extract import sandbox
from extract.sandbox import MB, Limits
from pipelines.batch import MARKER, BatchError, DiskFull, OutputBusy, OutputClosed, run_batch
from pipelines.reading import Job, Reading, Task, read_documents, read_isolated
from pipelines.store import Store
from tests.pipelines.test_batch import LIMITS, package, results, settings

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
NOBODY = 65534


def read_with(reader: str, file: Path, limits: Limits = LIMITS) -> tuple[str, Reading]:
    """The code of the problem that the reader ended in ("" for none), and what came back."""
    (pair,) = list(
        read_documents([Job(file.name, str(file), reader=f"tests.pipelines.hostile:{reader}")], workers=1, limits=limits)
    )
    codes = [problem.code for problem in pair[1].problems]
    return (codes[0] if codes else ""), pair[1]  # type: ignore[return-value]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    target = tmp_path / "方案.txt"
    target.write_text("一行", "utf-8")
    return target


SHORT = replace(LIMITS, cpu=1.0, idle=1.0, memory=200 * MB)


@pytest.mark.parametrize(
    ("reader", "code"),
    [
        ("crash", "reader_crashed"),
        ("leave", "reader_crashed"),
        ("sleep", "reader_timeout"),
        ("spin", "reader_timeout"),
        ("eat", "reader_memory"),
        ("flood", "reader_output"),
        ("spill", "reader_output"),
        ("fail", "reader_failed"),
        ("panic", "reader_failed"),
        ("change", "file_changed"),
        ("vanish", "file_missing"),
        ("chatter", ""),
        ("plain", ""),
    ],
)
def test_whatever_a_reader_does_becomes_a_problem_in_chinese(file: Path, reader: str, code: str) -> None:
    begun = time.monotonic()
    found, document = read_with(reader, file, SHORT)
    assert found == code
    if code:
        problem = document.problems[0]  # type: ignore[attr-defined]
        assert "未读取" in problem.message or "修改" in problem.message
        assert problem.advice.startswith("请")
    assert time.monotonic() - begun < 15


def test_a_disaster_costs_the_others_nothing(tmp_path: Path) -> None:
    names = ["一", "crash", "二", "spin", "三", "eat", "四"]
    path = package(tmp_path / "in", "甲市", {f"{name}.txt": name for name in names})
    other = package(tmp_path / "in", "乙市", {"一.txt": "乙市的"})
    outcomes = run_batch([path, other], tmp_path / "out", settings(tmp_path, limits=SHORT, workers=2))
    assert [outcome.gate for outcome in outcomes] == ["pass", "pass"]
    findings = json.loads((tmp_path / "out" / "甲市" / "findings.json").read_text("utf-8"))
    assert {path: codes for path, codes in findings["documents"].items() if codes} == {
        "crash.txt": ["reader_crashed"], "spin.txt": ["reader_timeout"], "eat.txt": ["reader_memory"]
    }  # fmt: skip
    assert len(findings["documents"]) == len(names)
    record = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert record["problems"] == {"reader_crashed": 1, "reader_memory": 1, "reader_timeout": 1}


def test_what_did_not_come_back_is_neither_cached_nor_taken_over(tmp_path: Path) -> None:
    path = package(tmp_path / "in", "甲市", {"crash.txt": "x", "一.txt": "一"})
    run_batch([path], tmp_path / "out", settings(tmp_path))
    (outcome,) = run_batch([path], tmp_path / "out", settings(tmp_path))
    assert not outcome.taken_over
    assert len([item for item in (tmp_path / "cache").rglob("*") if item.is_file()]) == 1


def test_a_process_that_a_reader_leaves_behind_is_ended(file: Path) -> None:
    _, document = read_with("fork", file)
    pid = int(document.blocks[0].text)  # type: ignore[attr-defined]
    deadline = time.monotonic() + 3
    while _runs(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_reader_has_no_network(file: Path) -> None:
    _, document = read_with("dial", file)
    assert document.blocks[0].text == "PermissionError"  # type: ignore[attr-defined]


def test_a_crash_in_a_warm_child_is_judged_by_a_fresh_one(file: Path) -> None:
    """The document before may have hurt the child: the second try runs in a new one."""
    job = Job("crash.txt", str(file), reader="tests.pipelines.hostile:plain")
    assert read_isolated(Task(job, None, LIMITS)).code == ""  # type: ignore[arg-type]
    child = sandbox._idle[-1]
    os.kill(child.pid, signal.SIGKILL)
    assert read_isolated(Task(job, None, LIMITS)).code == ""  # type: ignore[arg-type]


def test_a_worker_that_dies_three_times_sets_the_document_aside(file: Path) -> None:
    from concurrent.futures import Executor, Future

    class Dying(Executor):
        calls = 0

        def submit(self, function, /, *arguments, **named):  # type: ignore[no-untyped-def]
            Dying.calls += 1
            future: Future[Reading] = Future()
            future.set_exception(ConnectionError("worker gone"))
            return future

    ((_, document),) = list(read_documents([Job("a.txt", str(file))], executor=Dying(), workers=1))
    assert Dying.calls == 3
    assert [problem.code for problem in document.problems] == ["worker_lost"]


@pytest.mark.parametrize("name", ["崩溃市", "出错市"])
def test_a_submission_that_cannot_be_screened_says_so_and_stops_no_other(tmp_path: Path, name: str) -> None:
    bad = package(tmp_path / "in", name, {"方案.txt": "x"})
    good = package(tmp_path / "in", "甲市", {"方案.txt": "y"})
    outcomes = run_batch([bad, good], tmp_path / "out", settings(tmp_path))
    assert outcomes[0].failed.startswith("核验未能完成") and outcomes[1].failed == ""
    assert json.loads((tmp_path / "out" / name / "findings.json").read_text("utf-8"))["failed"] == outcomes[0].failed
    assert not run_batch([bad], tmp_path / "out", settings(tmp_path))[0].taken_over


def test_a_submission_that_is_not_there_says_so_and_stops_no_other(tmp_path: Path) -> None:
    good = package(tmp_path / "in", "甲市", {"方案.txt": "y"})
    outcomes = run_batch([tmp_path / "in" / "无市", good], tmp_path / "out", settings(tmp_path))
    assert "找不到" in outcomes[0].failed and outcomes[1].gate == "pass"


def test_a_cache_that_cannot_be_written_costs_the_cache_only(tmp_path: Path) -> None:
    path = package(tmp_path / "in", "甲市", {"方案.txt": "x"})
    (tmp_path / "cache").write_text("a file, not a folder")
    (outcome,) = run_batch([path], tmp_path / "out", settings(tmp_path))
    assert outcome.gate == "pass"
    assert "缓存无法写入" in json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["notes"][0]


def test_an_entry_that_vanishes_from_the_cache_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = package(tmp_path / "in", "甲市", {"方案.txt": "x", "二.txt": "y"})
    put = Store.put
    lost: list[str] = []

    def losing_put(self: Store, key: str, data: bytes, about: object = None) -> None:
        put(self, key, data)
        if not lost:
            lost.append(key)
            self.file_of(key).unlink()

    monkeypatch.setattr(Store, "put", losing_put)
    (outcome,) = run_batch([path], tmp_path / "out", settings(tmp_path))
    assert lost and outcome.gate == "pass"


def test_two_runs_on_one_output_folder_the_second_stops_with_a_clear_word(tmp_path: Path) -> None:
    path = package(tmp_path / "in", "甲市", {f"{number}.txt": str(number) for number in range(40)})
    first = start_run([path], tmp_path)
    try:
        wait_for(tmp_path / "out" / ".prescreen" / "staging", tmp_path / "cache" / "readings")
        with pytest.raises(OutputBusy) as caught:
            run_batch([path], tmp_path / "out", settings(tmp_path))
        assert f"进程号 {first.pid}" in str(caught.value) and caught.value.exit_code == 2 and "--out" in caught.value.advice
    finally:
        first.wait(60)
    assert first.returncode == 0
    assert json.loads((tmp_path / "out" / "甲市" / MARKER).read_text("utf-8"))["state"] == "complete"


def test_an_output_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputClosed, match="不是文件夹"):
        run_batch([], tmp_path / "out", settings(tmp_path))


def test_an_output_folder_without_rights_is_named(tmp_path: Path) -> None:
    path = package(tmp_path / "in", "甲市", {"方案.txt": "x"})
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    process = start_run([path], tmp_path, out=closed / "out", user=NOBODY if os.getuid() == 0 else 0)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "OutputClosed" in output and "没有写入" in output


def test_a_full_disk_stops_the_run_with_a_clear_word_and_the_next_run_goes_on(tmp_path: Path) -> None:
    paths = [package(tmp_path / "in", name, {"方案.txt": name}) for name in ("甲市", "乙市")]
    process = start_run(paths, tmp_path, screener="tests.pipelines.hostile:full_disk", most=1_000_000)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 2 and "DiskFull" in output and "磁盘空间不足" in output
    outcomes = run_batch(paths, tmp_path / "out", settings(tmp_path, screener="tests.pipelines.hostile:full_disk"))
    assert [outcome.gate for outcome in outcomes] == ["pass", "pass"]
    run_batch(paths, tmp_path / "unbroken", settings(tmp_path, screener="tests.pipelines.hostile:full_disk"))
    assert results(tmp_path / "out") == results(tmp_path / "unbroken")


def test_files_from_the_future_change_nothing(tmp_path: Path) -> None:
    """The clock was set back: inputs, cache and results all carry times that are yet to come."""
    path = package(tmp_path / "in", "甲市", {"方案.txt": "x"})
    run_batch([path], tmp_path / "out", settings(tmp_path))
    before = results(tmp_path / "out")
    future = time.time() + 5 * 365 * 86400
    for item in [*tmp_path.rglob("*")]:
        os.utime(item, (future, future))
    assert run_batch([path], tmp_path / "out", settings(tmp_path))[0].taken_over
    assert run_batch([path], tmp_path / "out", settings(tmp_path, fresh=True))[0].gate == "pass"
    assert results(tmp_path / "out") == before


def kill_and_resume(tmp_path: Path, kills: int, seed: int) -> None:
    """A round that is killed at random moments, and taken up again each time, ends in the bytes of an unbroken one."""
    chance = random.Random(seed)
    paths = [
        package(tmp_path / "in", f"{name}市", {f"{number}.txt": name + str(number) for number in range(8)}) for name in "甲乙丙丁"
    ]
    run_batch(paths, tmp_path / "unbroken", settings(tmp_path, cache=tmp_path / "other"))
    for _ in range(kills):
        process = start_run(paths, tmp_path)
        time.sleep(chance.uniform(0.05, 2.2))
        children = sandbox.descendants(process.pid)
        process.kill()
        process.wait()
        deadline = time.monotonic() + 5
        while any(_runs(pid) for pid in children) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not any(_runs(pid) for pid in children), "a child outlived its run"
    outcomes = run_batch(paths, tmp_path / "out", settings(tmp_path))
    assert [outcome.gate for outcome in outcomes] == ["pass"] * 4
    assert results(tmp_path / "out") == results(tmp_path / "unbroken")
    assert [item.name for item in (tmp_path / "out" / ".prescreen").iterdir()] == ["lock"]


def test_a_run_killed_at_random_moments_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    kill_and_resume(tmp_path, kills=3, seed=7)


def test_a_run_that_is_interrupted_ends_at_once_and_leaves_no_child(tmp_path: Path) -> None:
    path = package(tmp_path / "in", "甲市", {"spin.txt": "x", **{f"{number}.txt": str(number) for number in range(5)}})
    process = start_run([path], tmp_path)
    wait_for(tmp_path / "cache" / "readings")
    children = sandbox.descendants(process.pid)
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode != 0 and time.monotonic() - begun < 5
    assert not any(_runs(pid) for pid in children)
    assert run_batch([path], tmp_path / "out", settings(tmp_path))[0].gate == "pass"


@pytest.mark.slow
def test_a_run_killed_at_twenty_random_moments_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    kill_and_resume(tmp_path, kills=20, seed=20)


def start_run(
    paths: list[Path],
    tmp_path: Path,
    *,
    out: Path | None = None,
    screener: str = "tests.pipelines.hostile:screen",
    most: int = 0,
    user: int = 0,
) -> subprocess.Popen[str]:
    """A run in a process of its own, that prints its error. ``most``: bytes a file may have; ``user``: whose rights it has."""
    program = (
        "import os, signal, sys, resource\n"
        # What a shell starts in the background inherits a deaf ear for it.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from pathlib import Path\n"
        "from tests.pipelines.test_batch import settings\n"
        "from pipelines.batch import run_batch, BatchError\n"
        f"if {most}: resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))\n"
        f"if {user}: os.setuid({user})\n"
        "try:\n"
        f"    run_batch(sys.argv[3:], sys.argv[2], settings(Path(sys.argv[1]), screener={screener!r}))\n"
        "except BatchError as error:\n"
        "    print(type(error).__name__, error, error.advice)\n"
        "    sys.exit(error.exit_code)\n"
    )
    environment = dict(os.environ) | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path), str(out or tmp_path / "out"), *map(str, paths)],
        stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT,
    )  # fmt: skip


def wait_for(*places: Path) -> None:
    deadline = time.monotonic() + 20
    while not any(place.exists() for place in places):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_errors_of_a_run_own_their_exit_code() -> None:
    assert all(issubclass(kind, BatchError) and kind.exit_code == 2 for kind in (OutputBusy, OutputClosed, DiskFull))
