"""The gate: fail before review before pass, and no pass while anything is open."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from models.catalogue import load_edition
from pipelines.gate import gate
from pipelines.screening import DocumentRecord, Finding, GateVerdict, PackageItem, Verdict

EDITION = load_edition()
DOCUMENTS = (DocumentRecord("方案.docx", "plan", "read", None), DocumentRecord("推荐函.pdf", "letter", "read", 1))
WHOLE = tuple(PackageItem(code, code, "ok", "") for code in ("plan", "letter", "form", "applicants", "targets", "period"))


def findings(**verdicts: Verdict) -> list[Finding]:
    return [
        Finding(condition.indicator, verdicts.get(condition.check, Verdict.MET), None, (), (), ()) for condition in EDITION.conditions
    ]


def package(**states: str) -> tuple[PackageItem, ...]:
    return tuple(replace(item, state=states.get(item.code, "ok")) for item in WHOLE)


def test_all_met_and_the_package_whole_and_read_passes() -> None:
    assert gate(EDITION, findings(), DOCUMENTS, WHOLE)[0] is GateVerdict.PASS


@pytest.mark.parametrize("verdict", [Verdict.UNMET, Verdict.UNPROVEN, Verdict.ABSENT])
@pytest.mark.parametrize("check", [condition.check for condition in EDITION.conditions])
def test_one_condition_unmet_unproven_or_absent_fails(check: str, verdict: Verdict) -> None:
    got, reasons = gate(EDITION, findings(**{check: verdict}), DOCUMENTS, WHOLE)
    assert got is GateVerdict.FAIL and [reason.code for reason in reasons] == ["gate.condition"]


@pytest.mark.parametrize("check", [condition.check for condition in EDITION.conditions])
def test_one_condition_in_review_calls_for_a_person(check: str) -> None:
    assert gate(EDITION, findings(**{check: Verdict.REVIEW}), DOCUMENTS, WHOLE)[0] is GateVerdict.REVIEW


def test_fail_comes_before_review() -> None:
    got, reasons = gate(EDITION, findings(titles=Verdict.REVIEW, density=Verdict.UNMET), DOCUMENTS, package(letter="missing"))
    assert got is GateVerdict.FAIL
    assert [reason.code for reason in reasons] == ["gate.condition", "gate.condition", "gate.no_letter"]
    assert reasons[0].data["verdict"] == "不符合"


@pytest.mark.parametrize(
    ("states", "verdict", "code"),
    [
        ({"plan": "missing"}, GateVerdict.FAIL, "gate.no_plan"),
        ({"plan": "doubt"}, GateVerdict.REVIEW, "gate.plan_doubt"),
        ({"letter": "missing"}, GateVerdict.REVIEW, "gate.no_letter"),
        ({"letter": "doubt"}, GateVerdict.REVIEW, "gate.letter_doubt"),
        ({"targets": "missing"}, GateVerdict.REVIEW, "gate.no_targets"),
        ({"targets": "doubt"}, GateVerdict.REVIEW, "gate.targets_doubt"),
        ({"applicants": "doubt"}, GateVerdict.REVIEW, "gate.applicants"),
    ],
)
def test_an_incomplete_package_never_passes(states: dict[str, str], verdict: GateVerdict, code: str) -> None:
    got, reasons = gate(EDITION, findings(), DOCUMENTS, package(**states))
    assert got is verdict and code in [reason.code for reason in reasons]


@pytest.mark.parametrize("states", [{"form": "doubt"}, {"period": "doubt"}])
def test_what_the_rules_do_not_demand_does_not_hold_up_a_pass(states: dict[str, str]) -> None:
    assert gate(EDITION, findings(), DOCUMENTS, package(**states))[0] is GateVerdict.PASS


@pytest.mark.parametrize("status", ["partial", "unreadable"])
def test_a_document_that_was_not_wholly_read_calls_for_a_person(status: str) -> None:
    lost = DocumentRecord("扫描件.pdf", "proof", status, 3)  # type: ignore[arg-type]
    got, reasons = gate(EDITION, findings(), (*DOCUMENTS, lost), WHOLE)
    assert got is GateVerdict.REVIEW and reasons[0].data["documents"] == "扫描件.pdf"


def test_a_condition_that_was_not_checked_or_a_check_line_that_is_missing_never_passes() -> None:
    assert gate(EDITION, findings()[:5], DOCUMENTS, WHOLE)[0] is GateVerdict.REVIEW
    assert gate(EDITION, [*findings()[:5], findings()[0]], DOCUMENTS, WHOLE)[0] is GateVerdict.REVIEW
    assert gate(EDITION, findings(), DOCUMENTS, ())[0] is GateVerdict.REVIEW


def test_only_six_met_conditions_can_pass() -> None:
    for verdicts in product((Verdict.MET, Verdict.REVIEW, Verdict.UNPROVEN), repeat=6):
        made = [replace(finding, verdict=verdict) for finding, verdict in zip(findings(), verdicts, strict=True)]
        got = gate(EDITION, made, DOCUMENTS, WHOLE)[0]
        assert (got is GateVerdict.PASS) == (set(verdicts) == {Verdict.MET})
        assert (got is GateVerdict.FAIL) == (Verdict.UNPROVEN in verdicts)
