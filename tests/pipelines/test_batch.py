"""A round of submissions: what is read once, what is taken over, and that the result is the same whatever the way to it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from extract.document import Document
from extract.formats import ReadOptions
from extract.sandbox import MB, Limits
from pipelines import ranges
from pipelines.batch import MARKER, BatchSettings, run_batch
from pipelines.progress import Lines, Quiet
from pipelines.reading import Job, read_documents
from pipelines.store import Store, hash_file, key_of

LIMITS = Limits(cpu=2.0, cpu_per_mb=0.0, cpu_per_page=0.0, idle=2.0, memory=400 * MB, output=8 * MB, scratch=64 * MB)


def settings(tmp_path: Path, **more: object) -> BatchSettings:
    wanted: dict[str, object] = {
        "workers": 1, "cache": tmp_path / "cache", "limits": LIMITS, "reader": "tests.pipelines.hostile:by_name",
        "screener": "tests.pipelines.hostile:screen",
        "indexer": "tests.pipelines.hostile:index",
    }  # fmt: skip
    return BatchSettings(**(wanted | more))  # type: ignore[arg-type]


def package(folder: Path, name: str, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / name / path).write_text(text, "utf-8")
    return folder / name


def results(out: Path) -> dict[str, bytes]:
    """All that a run leaves, without the record of the run itself and the lock."""
    files = (
        file for file in sorted(out.rglob("*")) if file.is_file() and file.name != "run.json" and ".prescreen" not in file.parts
    )
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in files}


class Counter(Quiet):
    def __init__(self) -> None:
        self.fresh: list[str] = []
        self.ends: list[str] = []

    def read(self, name: str, path: str, pages: int, cost: float, cached: bool, problem: str) -> None:
        if not cached:
            self.fresh.append(f"{name}/{path}")

    def finished(self, name: str, outcome: str) -> None:
        self.ends.append(name)


@pytest.fixture
def round_of_three(tmp_path: Path) -> list[Path]:
    return [
        package(tmp_path / "in", "甲市", {"方案.txt": "甲市方案", "证明/一.txt": "证明一", "证明/二.txt": "证明二"}),
        package(tmp_path / "in", "乙市", {"方案.txt": "乙市方案", "证明/一.txt": "证明一"}),
        package(tmp_path / "in", "丙市", {"方案.txt": "丙市方案" * 1000}),
    ]


def test_every_submission_gets_its_results_and_the_round_its_index_and_record(tmp_path: Path, round_of_three: list[Path]) -> None:
    out = tmp_path / "out"
    outcomes = run_batch(round_of_three, out, settings(tmp_path))
    assert [(outcome.name, outcome.gate) for outcome in outcomes] == [("甲市", "pass"), ("乙市", "pass"), ("丙市", "pass")]
    assert (out / "index.html").read_text("utf-8") == "甲市\n乙市\n丙市"
    findings = json.loads((out / "甲市" / "findings.json").read_text("utf-8"))
    assert list(findings["documents"]) == ["方案.txt", "证明/一.txt", "证明/二.txt"]
    record = json.loads((out / "run.json").read_text("utf-8"))
    assert record["documents"]["all"] == 6 and record["pages"]["all"] > 0
    assert record["versions"]["reader"] and record["memory"]["peak_child"] > 0
    assert not [item for item in (out / ".prescreen").iterdir() if item.name != "lock"]


def test_the_same_content_is_read_once_in_a_round(tmp_path: Path, round_of_three: list[Path]) -> None:
    store = Store(tmp_path / "cache")
    run_batch(round_of_three, tmp_path / "out", settings(tmp_path))
    assert len([file for file in store.folder.rglob("*") if file.is_file()]) == 5  # six files, 证明一 twice


def test_results_are_the_same_for_any_number_of_workers_and_without_a_cache(tmp_path: Path, round_of_three: list[Path]) -> None:
    run_batch(round_of_three, tmp_path / "one", settings(tmp_path, use_cache=False))
    run_batch(round_of_three, tmp_path / "three", settings(tmp_path, workers=3, use_cache=False))
    assert results(tmp_path / "one") == results(tmp_path / "three")
    assert not (tmp_path / "cache").exists()


def test_a_second_run_takes_over_what_is_complete_and_does_only_what_changed(tmp_path: Path, round_of_three: list[Path]) -> None:
    out = tmp_path / "out"
    run_batch(round_of_three, out, settings(tmp_path))
    before = results(out)
    again = run_batch(round_of_three, out, settings(tmp_path))
    assert all(outcome.taken_over for outcome in again) and results(out) == before
    (round_of_three[1] / "方案.txt").write_text("乙市新方案", "utf-8")
    counter = Counter()
    outcomes = run_batch(round_of_three, out, settings(tmp_path), counter)
    assert [outcome.taken_over for outcome in outcomes] == [True, False, True]
    assert counter.fresh == ["乙市/方案.txt"]
    assert (out / "乙市" / "documents" / "方案.txt.txt").read_text("utf-8") == "乙市新方案"


def test_a_result_that_was_touched_is_made_again(tmp_path: Path, round_of_three: list[Path]) -> None:
    out = tmp_path / "out"
    run_batch(round_of_three, out, settings(tmp_path))
    before = results(out)
    (out / "甲市" / "findings.json").write_text("{}", "utf-8")
    (out / "乙市" / MARKER).write_text("no json", "utf-8")
    (out / "丙市" / "documents" / "方案.txt.txt").unlink()
    outcomes = run_batch(round_of_three, out, settings(tmp_path))
    assert not any(outcome.taken_over for outcome in outcomes)
    assert results(out) == before


def test_the_reports_over_all_are_made_again_when_a_submission_changed_or_they_were_touched(
    tmp_path: Path, round_of_three: list[Path]
) -> None:
    out = tmp_path / "out"
    run_batch(round_of_three, out, settings(tmp_path))
    made = (out / "index.html").stat().st_ino
    run_batch(round_of_three, out, settings(tmp_path))
    assert (out / "index.html").stat().st_ino == made
    (out / "index.html").write_text("改过", "utf-8")
    run_batch(round_of_three, out, settings(tmp_path))
    assert (out / "index.html").read_text("utf-8") == "甲市\n乙市\n丙市"
    run_batch(round_of_three[:2], out, settings(tmp_path))
    assert (out / "index.html").read_text("utf-8") == "甲市\n乙市"
    made = (out / "index.html").stat().st_ino
    (round_of_three[0] / "方案.txt").write_text("甲市新方案", "utf-8")
    run_batch(round_of_three[:2], out, settings(tmp_path))
    assert (out / "index.html").stat().st_ino != made


def test_files_of_an_older_result_go_and_files_of_other_people_stay(tmp_path: Path) -> None:
    path = package(tmp_path / "in", "甲市", {"一.txt": "一", "二.txt": "二"})
    run_batch([path], tmp_path / "out", settings(tmp_path))
    (tmp_path / "out" / "甲市" / "审查笔记.txt").write_text("我的笔记", "utf-8")
    (path / "二.txt").unlink()
    run_batch([path], tmp_path / "out", settings(tmp_path))
    assert sorted(file.name for file in (tmp_path / "out" / "甲市" / "documents").iterdir()) == ["一.txt.txt"]
    assert (tmp_path / "out" / "甲市" / "审查笔记.txt").read_text("utf-8") == "我的笔记"


def test_submissions_of_one_name_get_a_folder_each(tmp_path: Path) -> None:
    first = package(tmp_path / "a", "某市", {"方案.txt": "一"})
    second = package(tmp_path / "b", "某市", {"方案.txt": "二"})
    outcomes = run_batch([first, second], tmp_path / "out", settings(tmp_path))
    assert [outcome.name for outcome in outcomes] == ["某市", "某市（2）"]
    assert (tmp_path / "out" / "某市（2）" / "documents" / "方案.txt.txt").read_text("utf-8") == "二"


def test_an_archive_is_opened_and_its_entries_that_cannot_be_are_accounted_for(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "某市.zip", "w") as archive:
        archive.writestr("方案.txt", "方案")
        archive.writestr("内.zip", b"PK\x03\x04broken")
    (outcome,) = run_batch([tmp_path / "某市.zip"], tmp_path / "out", settings(tmp_path))
    findings = json.loads((tmp_path / "out" / "某市" / "findings.json").read_text("utf-8"))
    assert outcome.gate == "pass" and set(findings["documents"]) == {"方案.txt", "内.zip"}


def test_any_executor_reads_and_gives_the_same(tmp_path: Path, round_of_three: list[Path]) -> None:
    run_batch(round_of_three, tmp_path / "local", settings(tmp_path, use_cache=False))
    with ThreadPoolExecutor(2) as executor:
        run_batch(round_of_three, tmp_path / "far", settings(tmp_path, use_cache=False, executor=executor))
        run_batch(round_of_three, tmp_path / "shipped", settings(tmp_path, use_cache=False, executor=executor, ship=True))
    assert results(tmp_path / "local") == results(tmp_path / "far") == results(tmp_path / "shipped")


def test_read_documents_gives_each_job_once_and_from_the_cache_the_second_time(tmp_path: Path) -> None:
    folder = package(tmp_path, "甲市", {"一.txt": "同", "二.txt": "同", "三.txt": "三"})
    jobs = [Job(file.name, str(file), reader="tests.pipelines.hostile:plain") for file in sorted(folder.iterdir())]
    store = Store(tmp_path / "cache")
    seen: list[bool] = []
    first = dict_of(
        read_documents(jobs, workers=1, store=store, limits=LIMITS, on_reading=lambda _, __, cached: seen.append(cached))
    )
    second = dict_of(
        read_documents(jobs, workers=2, store=store, limits=LIMITS, on_reading=lambda _, __, cached: seen.append(cached))
    )
    assert sorted(first) == ["一.txt", "三.txt", "二.txt"] and first == second
    assert seen == [False] * 3 + [True] * 3
    assert first["一.txt"].sha256 == hash_file(folder / "一.txt")


def dict_of(pairs: object) -> dict[str, Document]:
    return {job.path: document for job, document in pairs}  # type: ignore[attr-defined]


def test_without_a_terminal_progress_is_plain_lines(tmp_path: Path, round_of_three: list[Path]) -> None:
    with (tmp_path / "log").open("w", encoding="utf-8") as stream:
        run_batch(round_of_three, tmp_path / "out", settings(tmp_path), Lines(stream))
    log = (tmp_path / "log").read_text("utf-8")
    assert "共 3 份申报材料" in log and "（3/3，已读 6 页）" in log and "\x1b" not in log


def test_a_long_scan_read_over_all_cores_says_the_same_as_in_one_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = small_scan(tmp_path / "scan.pdf", pages=5)
    job = [Job("scan.pdf", str(scan))]
    ((_, whole),) = read_documents(job, workers=1)
    monkeypatch.setattr(ranges, "LEAST_BYTES", 0)
    monkeypatch.setattr(ranges, "LEAST_PAGES", 2)
    monkeypatch.setattr(ranges, "RANGE", 2)
    store = Store(tmp_path / "cache")
    ((_, split),) = read_documents(job, workers=2, store=store)
    assert split == whole and len(split.pages) == 5 and {page.lane for page in split.pages} == {"ocr"}
    kept = [file for file in store.folder.rglob("*") if file.is_file()]
    assert len(kept) == 4  # three ranges and the document
    # A run that was killed before the document was whole finds the ranges done.
    store.file_of(key_of(hash_file(scan), "scan.pdf", ReadOptions())).unlink()
    spent: list[float] = []
    ((_, resumed),) = read_documents(job, workers=2, store=store, on_reading=lambda _, stats, __: spent.append(stats["cpu"]))
    assert resumed == whole and spent[0] < 1.0


def small_scan(file: Path, pages: int) -> Path:
    """Pictures of one short line each, no text."""
    from PIL import Image, ImageDraw

    pictures = []
    for number in range(pages):
        image = Image.new("RGB", (420, 160), "white")
        ImageDraw.Draw(image).text((30, 50), f"5G 32.{number}", fill="black", font_size=40)
        pictures.append(image)
    pictures[0].save(file, "PDF", save_all=True, append_images=pictures[1:], resolution=100)
    return file
