"""The record of a run, its progress in words, and the doctor."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from pipelines import doctor
from pipelines.progress import Bar, Lines, choose, clock
from pipelines.record import Record


def test_the_record_tells_cost_by_lane_and_counts_what_came_from_the_cache(tmp_path: Path) -> None:
    record = Record(workers=2, edition="2023 abc")
    record.reading({"cpu": 2.0, "pages": 100, "lanes": {"text": 100}, "peak": 100}, False)
    record.reading({"cpu": 30.0, "pages": 10, "lanes": {"text": 2, "ocr": 8}, "peak": 900}, False)
    record.reading({"pages": 50, "lanes": {"text": 50}}, True)
    record.reading({"cpu": 1.0}, False, "reader_crashed")
    record.spent("screen", 1.5)
    record.write(tmp_path / "run.json")
    told = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert told["documents"] == {"all": 4, "from_cache": 1}
    assert (told["pages"]["all"], told["pages"]["from_cache"]) == (160, 50)
    assert told["lanes"]["text"] == {"documents": 1, "pages": 100, "cpu_seconds": 2.0, "pages_per_cpu_second": 50.0}
    assert told["lanes"]["ocr"]["pages_per_cpu_second"] == 0.33
    assert told["lanes"]["unread"]["documents"] == 1
    assert told["problems"] == {"reader_crashed": 1}
    assert told["memory"]["peak_child"] == 900
    assert told["stages"] == {"read_cpu": 33.0, "screen": 1.5}
    assert told["edition"] == "2023 abc" and set(told["versions"]) >= {"reader", "models", "pipelines", "libraries"}


@pytest.mark.parametrize(("seconds", "words"), [(0, "00:00"), (59.9, "00:59"), (61, "01:01"), (3599, "59:59"), (3729, "1:02:09")])
def test_times_are_told_as_people_read_them(seconds: float, words: str) -> None:
    assert clock(seconds) == words


def test_progress_is_quiet_plain_or_live_as_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert type(choose(quiet=True)).__name__ == "Quiet"
    monkeypatch.setattr("sys.stderr", io.StringIO())
    assert isinstance(choose(), Lines)


def test_the_live_display_takes_every_event(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    bar = Bar()
    bar.started(2, 1)
    bar.opened("甲市", 3, 10.0)
    bar.read("甲市", "方案.pdf", 12, 5.0, False, "")
    bar.read("甲市", "坏[/]的.pdf", 0, 1.0, False, "读取超过时间上限")
    bar.finished("甲市", "完整性审查：通过")
    bar.note("一句话")
    bar.close()
    shown = stream.getvalue()
    assert "甲市：坏[/]的.pdf：读取超过时间上限" in shown and "甲市：完整性审查：通过" in shown and "一句话" in shown


def test_lines_tell_problems_and_results(tmp_path: Path) -> None:
    stream = io.StringIO()
    lines = Lines(stream)
    lines.started(1, 2)
    lines.opened("甲市", 2, 1.0)
    lines.read("甲市", "一.pdf", 7, 1.0, False, "")
    lines.read("甲市", "二.pdf", 0, 1.0, False, "读取程序崩溃")
    lines.finished("甲市", "完整性审查：不通过")
    told = [line.split("] ")[1] for line in stream.getvalue().splitlines()]
    assert told == [
        "共 1 份申报材料，2 个工作进程",
        "甲市：开始，2 个文件",
        "甲市：二.pdf：读取程序崩溃",
        "甲市：完整性审查：不通过（1/1，已读 7 页）",
    ]


def test_the_doctor_names_what_is_there_and_says_what_to_do_about_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_ocr", list)  # starting the engines takes seconds, and is tested with them
    blocked = tmp_path / "a file"
    blocked.write_text("x")
    found = {check.name: check for check in doctor.checks(tmp_path / "cache", blocked / "out")}
    assert found["隔离读取"].ok and found["Python"].ok and found["缓存"].ok
    assert not found["输出文件夹"].ok and found["输出文件夹"].needed
    assert all(check.advice for check in found.values() if not check.ok)
    assert "断开网络" in found["断网"].detail


def test_a_check_that_falls_ill_does_not_stop_the_doctor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ill() -> list[doctor.Check]:
        raise OSError("no")

    for name in ("_ocr", "_fonts", "_isolation"):
        monkeypatch.setattr(doctor, name, ill)
    found = doctor.checks(tmp_path / "cache")
    assert [check.detail for check in found if "检查未能完成" in check.detail] == ["检查未能完成（OSError：no）"] * 3
