"""Harm samples of every format and read them: no crash of the run, no hang beyond the limit, every input accounted for.

    python tests/fuzz/fuzz.py --count 5000 --seed 1 --keep FOLDER

Ends with code 1 if an input was lost, a child crashed, hung or blew up, or a reader fell over in a way
it has no word for; the inputs that did it are kept in FOLDER.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

# A program of its own, run from anywhere.
sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

from extract import sandbox  # noqa: E402
from extract.formats import ReadOptions  # noqa: E402
from extract.sandbox import MB, Limits  # noqa: E402
from pipelines import codec  # noqa: E402
from pipelines.batch import Opened  # noqa: E402
from pipelines.reading import Job, read_documents  # noqa: E402
from samples import CONVERTED, make_samples  # noqa: E402

LIMITS = Limits(cpu=30.0, idle=60.0, memory=1536 * MB, output=64 * MB)
SLOW = {*CONVERTED} - {"xls", "ods"}  # these start an office program each time
SLOW_SHARE = 0.04
BAD = {"reader_crashed", "reader_timeout", "reader_memory", "reader_output", "reader_failed", "worker_lost", "unreadable"}


def flip(data: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.choice([1, 2, 5, 20, 200])):
        data[chance.randrange(len(data))] = chance.choice([0, 255, 0x7F, chance.randrange(256)])
    return bytes(data)


def truncate(data: bytearray, chance: random.Random) -> bytes:
    return bytes(data[: chance.randrange(len(data))])


def swap(data: bytearray, chance: random.Random) -> bytes:
    a, b, c = sorted(chance.randrange(len(data)) for _ in range(3))
    return bytes(data[:a] + data[b:c] + data[a:b] + data[c:])


def repeat(data: bytearray, chance: random.Random) -> bytes:
    a, b = sorted(chance.randrange(len(data)) for _ in range(2))
    return bytes(data[:b] + data[a:b] * chance.choice([1, 2, 30]) + data[b:])


def blank(data: bytearray, chance: random.Random) -> bytes:
    a, b = sorted(chance.randrange(len(data)) for _ in range(2))
    return bytes(data[:a] + bytes(b - a) + data[b:])


def number(data: bytearray, chance: random.Random) -> bytes:
    """A number written in the file becomes huge, negative or nothing."""
    digits = [index for index, value in enumerate(data) if 48 <= value <= 57]
    if not digits:
        return flip(data, chance)
    for _ in range(chance.choice([1, 3, 10])):
        index = chance.choice(digits)
        data[index : index + 1] = chance.choice([b"999999999", b"-1", b"0", b"", b"1e9", b"4294967295"])
        digits = [place for place in digits if place < index] or digits[:1]
    return bytes(data)


MUTATIONS = (flip, truncate, swap, repeat, blank, number)


def inside(data: bytes, chance: random.Random) -> bytes:
    """Harm one member of a zip and pack it again: flips in packed bytes would only ever meet the checksum."""
    source = zipfile.ZipFile(io.BytesIO(data))
    names = source.namelist()
    victim = chance.choice(names)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            content = source.read(name)
            if name == victim:
                fate = chance.randrange(8)
                if fate == 0:
                    continue
                content = chance.choice(MUTATIONS)(bytearray(content), chance) if content else b"x"
            archive.writestr(name, content)
    return stream.getvalue()


def harmed(data: bytes, chance: random.Random) -> bytes:
    if data[:2] == b"PK" and chance.random() < 0.7:
        try:
            return inside(data, chance)
        except (zipfile.BadZipFile, NotImplementedError):
            pass
    return chance.choice(MUTATIONS)(bytearray(data), chance)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="破坏各种格式的样本并读取")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--ocr", type=float, default=0.02, help="share of the pictures that are recognised")
    parser.add_argument("--only", default="", help="one format")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"))
    wanted = parser.parse_args(arguments)
    chance = random.Random(wanted.seed)
    begun = time.monotonic()
    findings: list[dict[str, str]] = []
    outcomes: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    seen: set[str] = set()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        samples = make_samples(folder)
        if wanted.only:
            samples = {wanted.only: samples[wanted.only]}
        weights = [SLOW_SHARE if suffix in SLOW else 1.0 for suffix in samples]
        plan: dict[bool, list[Job]] = {True: [], False: []}
        submissions: list[Path] = []
        for index in range(wanted.count):
            (suffix,) = chance.choices(list(samples), weights)
            file = folder / f"{index:06d}.{suffix}"
            file.write_bytes(harmed(samples[suffix], chance))
            plan[chance.random() < wanted.ocr].append(Job(file.name, str(file)))
            if suffix in ("zip", "7z", "tar.gz"):
                submissions.append(file)

        def keep(file: Path, code: str, text: str) -> None:
            findings.append({"file": file.name, "code": code, "text": text[:300]})
            wanted.keep.mkdir(parents=True, exist_ok=True)
            (wanted.keep / file.name).write_bytes(file.read_bytes())

        for ocr, jobs in plan.items():
            cost: dict[str, float] = {}

            def note(job: Job, stats: dict[str, object], cached: bool, cost: dict[str, float] = cost) -> None:
                cost[job.path] = float(str(stats.get("cpu", 0.0)))

            options = ReadOptions(ocr=ocr)
            for job, document in read_documents(jobs, workers=wanted.workers, options=options, limits=LIMITS, on_reading=note):
                seen.add(job.path)
                codes = [problem.code for problem in document.problems]
                outcomes[f"{document.status} {','.join(sorted(set(codes)))}".strip()] += 1
                slowest = sorted([*slowest, (cost.get(job.path, 0.0), job.path)], reverse=True)[:8]
                for problem in document.problems:
                    if problem.code in BAD:
                        keep(Path(job.file), problem.code, problem.message)
                for anchor, text in document.anchors():
                    if document.quote(anchor) != text:
                        keep(Path(job.file), "anchor", f"{anchor}")
                        break
                    document.locate(anchor)
        for file in submissions:
            try:
                answer = sandbox.call("pipelines.batch:open_child", (str(file), str(folder / f"{file.name}.d")), LIMITS)
                opened = codec.decode(answer.data, Opened)
                outcomes[f"opened {'with problems' if opened.submission.problems else 'whole'}"] += 1
            except sandbox.SandboxFailure as failure:
                keep(file, "open", str(failure))
        names = {job.path for jobs in plan.values() for job in jobs}
        lost = sorted(names - seen)
    report = {
        "count": wanted.count,
        "seed": wanted.seed,
        "seconds": round(time.monotonic() - begun, 1),
        "lost": lost,
        "outcomes": dict(outcomes.most_common()),
        "slowest": slowest,
        "findings": findings,
    }
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    return 1 if lost or findings else 0


if __name__ == "__main__":
    sys.exit(main())
