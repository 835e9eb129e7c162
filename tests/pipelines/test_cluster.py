"""A round on a real cluster of two worker processes on this machine."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from extract import sandbox
from pipelines.batch import run_batch
from pipelines.cluster import ClusterClosed, connect, start_local
from pipelines.progress import Quiet
from tests.pipelines.test_batch import package, results, settings


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with start_local(2) as started:
        yield started


def worker_pids(cluster: Any) -> list[int]:
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=20)
        return list(client.run(os.getpid).values())


def test_a_round_on_two_workers_survives_the_death_of_one_and_gives_the_same(tmp_path: Path, cluster: Any) -> None:
    paths = [
        package(tmp_path / "in", f"{name}市", {f"{number}.txt": name + str(number) for number in range(15)}) for name in "甲乙"
    ]
    run_batch(paths, tmp_path / "local", settings(tmp_path, use_cache=False))
    victim, *_ = worker_pids(cluster)
    children: list[int] = []
    read_after: list[str] = []

    class Killer(Quiet):
        def read(self, name: str, path: str, pages: int, cost: float, cached: bool, problem: str) -> None:
            read_after.append(path)
            if len(read_after) == 5:
                children.extend(sandbox.descendants(victim))
                os.kill(victim, signal.SIGKILL)

    with connect(cluster.scheduler_address, paths, tmp_path / "far") as far:
        assert not far.ship and far.places == 4
        wanted = settings(tmp_path, use_cache=False, executor=far.executor, places=far.places)
        outcomes = run_batch(paths, tmp_path / "far", wanted, Killer())
    assert [outcome.gate for outcome in outcomes] == ["pass", "pass"]
    assert len(read_after) == 30
    assert results(tmp_path / "far") == results(tmp_path / "local")
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in children), "a reading child outlived its worker"


def test_a_document_that_crashes_its_reader_costs_no_worker_and_no_neighbour(tmp_path: Path, cluster: Any) -> None:
    path = package(tmp_path / "in", "甲市", {"crash.txt": "x", **{f"{number}.txt": str(number) for number in range(6)}})
    before = sorted(worker_pids(cluster))
    with connect(cluster.scheduler_address, [path], tmp_path / "out") as far:
        (outcome,) = run_batch([path], tmp_path / "out", settings(tmp_path, executor=far.executor, places=far.places))
    assert outcome.gate == "pass" and sorted(worker_pids(cluster)) == before
    assert '"reader_crashed"' in (tmp_path / "out" / "甲市" / "findings.json").read_text("utf-8")


def test_files_that_the_workers_cannot_see_are_shipped(tmp_path: Path, cluster: Any) -> None:
    path = package(tmp_path / "in", "甲市", {"一.txt": "内容一", "二.txt": "内容二"})
    with connect(cluster.scheduler_address, [path, tmp_path / "not there"], tmp_path / "out") as far:
        assert far.ship
        run_batch([path], tmp_path / "out", settings(tmp_path, executor=far.executor, places=far.places, ship=True))
    run_batch([path], tmp_path / "local", settings(tmp_path, use_cache=False))
    assert results(tmp_path / "out") == results(tmp_path / "local")


def test_an_address_without_a_cluster_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.cluster.WAIT", 0.5)
    with pytest.raises(ClusterClosed, match="无法连接集群"), connect("tcp://127.0.0.1:9", [], tmp_path):
        pass


def test_workers_of_another_version_are_refused(tmp_path: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.cluster._own_version", lambda: "another")
    with pytest.raises(ClusterClosed, match="版本与本机不同"), connect(cluster.scheduler_address, [], tmp_path):
        pass
