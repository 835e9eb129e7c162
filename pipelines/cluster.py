"""Reading on a Dask cluster: the same tasks over ``Client.get_executor``, each still in a bounded child of its worker.

One command starts a small cluster on this machine: ``python -m pipelines.cluster --workers 2``; it prints the address that
``prescreen run … --cluster ADDRESS`` takes. On several machines: ``dask scheduler`` on one, ``dask worker ADDRESS`` on each.
"""

from __future__ import annotations

import contextlib
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipelines.batch import BatchError
from pipelines.reading import Reading, Task
from pipelines.store import reader_version

WAIT = 30.0  # seconds for the scheduler and its first worker


class ClusterClosed(BatchError):
    """No cluster at that address, none of its workers is there, or they run another version."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A connected cluster: what ``BatchSettings`` needs of it. ``ship``: the workers do not see our files."""

    executor: Executor
    places: int
    ship: bool


@contextlib.contextmanager
def connect(address: str, paths: Sequence[Path | str], out: Path | str) -> Iterator[Cluster]:
    """Connect to a Dask scheduler for the length of a run. Raises ``ClusterClosed``.

    Files are reached by their path where every worker sees the submissions and the output folder, and shipped otherwise.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterClosed("未安装集群组件 dask.distributed", "请安装 distributed，或不用 --cluster 在本机运行。") from error
    try:
        client = Client(address, timeout=WAIT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterClosed(f"无法连接集群“{address}”", "请核对地址、端口和防火墙，并确认调度程序已启动。") from error
    with contextlib.closing(client):
        try:
            client.wait_for_workers(1, timeout=WAIT)
        except TimeoutError as error:
            raise ClusterClosed(f"集群“{address}”上没有工作进程", "请在各节点上启动 dask worker 后再次运行。") from error
        _same_version(client)
        threads = sum(client.nthreads().values())
        # As many again wait at the workers, so that none is idle between two documents.
        yield Cluster(_Executor(client), 2 * threads, not _sees(client, paths, out))


def _own_version() -> str:
    return reader_version()


def _same_version(client: Any) -> None:
    """All workers must read as we do, or results would depend on who read what."""
    try:
        versions = client.run(reader_version)
    except Exception as error:
        raise ClusterClosed("集群节点上没有本程序，或无法运行", "请在各节点安装与本机相同版本的 prescreen。") from error
    others = sorted(worker for worker, version in versions.items() if version != _own_version())
    if others:
        raise ClusterClosed(
            f"集群节点 {'、'.join(others[:3])} 上的程序或组件版本与本机不同", "请在各节点安装与本机相同的版本后再次运行。"
        )


def _sees(client: Any, paths: Sequence[Path | str], out: Path | str) -> bool:
    """Whether every worker reaches what we read: the submissions, and what is unpacked into the output folder."""
    probe = Path(out).resolve() / f".seen-{uuid.uuid4().hex}"
    try:
        probe.parent.mkdir(parents=True, exist_ok=True)
        probe.touch()
        wanted = [str(probe), *(str(Path(path).resolve()) for path in paths)]
        return all(client.run(_exist, wanted).values())
    except OSError:
        return False  # an output folder that is closed to us is told by the run itself
    finally:
        with contextlib.suppress(OSError):
            probe.unlink()


def _exist(paths: list[str]) -> bool:
    return all(Path(path).exists() for path in paths)


class _Executor(Executor):
    """Dask's own executor, which sends files by the hash of their content: once to a worker, whatever the number of tasks."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._inner = client.get_executor(pure=False)

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        if arguments and isinstance(arguments[0], Task) and arguments[0].content is not None:
            task = arguments[0]
            content = self._client.scatter(task.content, hash=True)
            future: Future[Any] = self._inner.submit(_with_content, function, replace(task, content=None), content)
            return future
        future = self._inner.submit(function, *arguments, **named)
        return future


def _with_content(function: Callable[[Task], Reading], task: Task, content: bytes) -> Reading:
    return function(replace(task, content=content))


def start_local(workers: int) -> Any:
    """A cluster of worker processes on this machine, as a ``LocalCluster``; close it when done."""
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=0, host="127.0.0.1"
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Start a cluster on this machine, print its address, and keep it until interrupted."""
    import argparse

    from pipelines.reading import default_workers

    parser = argparse.ArgumentParser(
        prog="python -m pipelines.cluster", description="在本机启动一个小集群，供 prescreen run --cluster 使用"
    )
    parser.add_argument("--workers", type=int, default=default_workers(), help="工作进程数")
    wanted = parser.parse_args(arguments)
    with start_local(wanted.workers) as cluster, contextlib.suppress(KeyboardInterrupt):
        sys.stdout.write(f"{cluster.scheduler_address}\n")
        sys.stdout.flush()
        while True:
            time.sleep(3600)
    return 0


if __name__ == "__main__":
    sys.exit(main())
