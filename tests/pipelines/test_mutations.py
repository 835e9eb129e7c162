"""A passing submission with one wording changed: the verdict must turn each time, and must not turn with names and order."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import submissions
from submissions import Content, content, swapped, write

from models.facts import Case
from pipelines import screen
from pipelines.checks import CHECKS
from pipelines.screening import GateVerdict, Screening, Verdict

POLICY, DENSITY, SCENARIOS, FACTORY, TITLES, SITE = (
    "policy.special_policy",
    "infrastructure.coverage_5g",
    "application.scenarios",
    "application.factory_5g",
    "ecosystem.national_titles",
    "site_visit.preparation",
)


def verdicts(screening: Screening) -> dict[str, Verdict]:
    return {finding.indicator: finding.verdict for finding in screening.conditions}


def told(screening: Screening) -> str:
    return "\n".join(f"{finding.verdict} {finding.explanation}" for finding in screening.conditions)


@pytest.fixture(scope="module")
def passing(tmp_path_factory: pytest.TempPathFactory) -> Screening:
    return screen(write(tmp_path_factory.mktemp("明州市"), content()))


def test_the_untouched_submission_passes(passing: Screening) -> None:
    assert set(verdicts(passing).values()) == {Verdict.MET}, told(passing)
    assert passing.gate is GateVerdict.PASS, passing.gate_reasons


@pytest.mark.parametrize(
    ("old", "new", "indicator"),
    [
        ("已建成", "拟建", SCENARIOS),
        ("我市每万人", "全省每万人", DENSITY),
        ("30.1", "30.0", DENSITY),
        ("国家级", "省级", TITLES),
        ("名录", "拟入选名单", FACTORY),
        ("的通知", "（征求意见稿）的通知", POLICY),
        ("未发生重大网络安全事件", "发生1起重大网络安全事件", SITE),
    ],
)
def test_one_wording_changed_everywhere_turns_its_condition_and_the_gate(tmp_path: Path, old: str, new: str, indicator: str) -> None:
    screening = screen(write(tmp_path / "明州市", swapped(content(), old, new)))
    assert verdicts(screening)[indicator] is not Verdict.MET, told(screening)
    assert screening.gate is not GateVerdict.PASS


@pytest.mark.parametrize(
    ("proof", "indicator"),
    [
        (submissions.POLICY, POLICY),
        (submissions.STATIONS, DENSITY),
        (submissions.FACTORIES, SCENARIOS),
        (submissions.ROSTER, FACTORY),
        (submissions.AWARDS, TITLES),
        (submissions.PLEDGE, SITE),
    ],
)
def test_without_the_proof_of_one_condition_the_gate_fails(tmp_path: Path, proof: str, indicator: str) -> None:
    files = {name: blocks for name, blocks in content().items() if name != proof}
    screening = screen(write(tmp_path / "明州市", files))
    assert verdicts(screening)[indicator] is Verdict.UNPROVEN, told(screening)
    assert [i for i, verdict in verdicts(screening).items() if verdict is not Verdict.MET] == [indicator], told(screening)
    assert screening.gate is GateVerdict.FAIL


def test_a_list_that_nobody_issued_proves_no_density(tmp_path: Path) -> None:
    files = content()
    files[submissions.STATIONS] = [block for block in files[submissions.STATIONS] if block not in ("浙江省通信管理局", "明州市人民政府：")]
    screening = screen(write(tmp_path / "明州市", files))
    assert verdicts(screening)[DENSITY] is Verdict.UNPROVEN, told(screening)


def test_an_unreadable_proof_calls_for_a_person_instead(tmp_path: Path) -> None:
    folder = write(tmp_path / "明州市", content())
    (folder / submissions.PLEDGE).write_bytes(b"\x00broken")
    screening = screen(folder)
    assert verdicts(screening)[SITE] is Verdict.REVIEW
    assert screening.gate is GateVerdict.REVIEW


def test_without_a_letter_or_targets_a_person_decides_and_without_a_plan_it_fails(tmp_path: Path) -> None:
    def gate(name: str, files: Content) -> GateVerdict:
        return screen(write(tmp_path / name, files)).gate

    files = content()
    assert gate("无函", {k: v for k, v in files.items() if k != submissions.LETTER}) is GateVerdict.REVIEW
    cut = files[submissions.PLAN].index("# 二、年度目标")
    assert gate("无目标", {**files, submissions.PLAN: files[submissions.PLAN][:cut]}) is GateVerdict.REVIEW
    assert gate("无方案", {k: v for k, v in files.items() if k != submissions.PLAN}) is GateVerdict.FAIL


def test_files_named_by_number_change_no_verdict(tmp_path: Path, passing: Screening) -> None:
    screening = screen(write(tmp_path / "明州市", content(), lambda number, _: f"{number}.docx"))
    assert verdicts(screening) == verdicts(passing), told(screening)
    assert [f.value for f in screening.conditions] == [f.value for f in passing.conditions]


def test_the_order_of_the_files_changes_no_verdict(tmp_path: Path, passing: Screening) -> None:
    screening = screen(write(tmp_path / "明州市", content(), lambda number, _: f"{9 - number}.docx"))
    assert verdicts(screening) == verdicts(passing), told(screening)


def test_an_empty_case_is_absent_everywhere(passing: Screening) -> None:
    from models.catalogue import load_edition

    for condition in load_edition().conditions:
        assert CHECKS[condition.check](condition, Case()).verdict is Verdict.ABSENT


def broken_off(file: Path, share: float) -> None:
    """The file without its end, the cut inside the text."""
    with zipfile.ZipFile(file) as archive:
        start = archive.getinfo("word/document.xml").header_offset
        size = archive.getinfo("word/document.xml").compress_size
    file.write_bytes(file.read_bytes()[: start + 60 + int(share * size)])


@pytest.mark.parametrize(
    ("name", "share", "indicator"),
    [(submissions.AWARDS, 0.7, TITLES), (submissions.STATIONS, 0.7, DENSITY), (submissions.POLICY, 0.6, POLICY)],
)
def test_a_proof_that_breaks_off_is_reviewed_and_never_called_missing(
    tmp_path: Path, name: str, share: float, indicator: str
) -> None:
    folder = write(tmp_path / "明州市", content())
    broken_off(folder / name, share)
    screening = screen(folder)
    (record,) = [record for record in screening.documents if record.path == name]
    assert record.status == "partial" and any("断开" in message for message in record.messages)
    assert verdicts(screening)[indicator] in (Verdict.REVIEW, Verdict.MET), told(screening)
    assert screening.gate is GateVerdict.REVIEW, screening.gate_reasons


def test_a_package_that_breaks_off_is_reviewed_and_nothing_of_it_is_called_missing(tmp_path: Path) -> None:
    folder = write(tmp_path / "明州市", content())
    archive = tmp_path / "明州市申报材料.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for name in content():
            out.write(folder / name, name)
    with zipfile.ZipFile(archive) as whole:
        half = whole.getinfo(submissions.FACTORIES).header_offset + 500
    archive.write_bytes(archive.read_bytes()[:half])
    screening = screen(archive)
    paths = [record.path for record in screening.documents]
    assert submissions.PLAN in paths and submissions.FACTORIES in paths and len(paths) < len(content()) + 1
    missing = {Verdict.UNPROVEN, Verdict.ABSENT, Verdict.UNMET}
    assert not missing & set(verdicts(screening).values()), told(screening)
    assert screening.gate is GateVerdict.REVIEW, screening.gate_reasons
