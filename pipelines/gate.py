"""Findings → gate: fail before review before pass; a pass needs every condition met and a package that is whole and read."""

from __future__ import annotations

from collections.abc import Sequence

from models.catalogue import Edition
from pipelines.screening import DocumentRecord, Finding, GateVerdict, PackageItem, Reason, Verdict
from pipelines.wording import VERDICTS, condition_name

FAILING = (Verdict.UNMET, Verdict.UNPROVEN, Verdict.ABSENT)


def gate(
    edition: Edition, findings: Sequence[Finding], documents: Sequence[DocumentRecord], package: Sequence[PackageItem]
) -> tuple[GateVerdict, tuple[Reason, ...]]:
    """The gate's verdict with its reasons, the graver ones first."""
    failing = [
        Reason("gate.condition", {"name": condition_name(edition, finding.indicator), "verdict": VERDICTS[finding.verdict]})
        for finding in findings
        if finding.verdict in FAILING
    ]
    state = {item.code: item.state for item in package}
    if state.get("plan") == "missing":
        failing.insert(0, Reason("gate.no_plan"))
    doubts = [
        Reason("gate.condition", {"name": condition_name(edition, finding.indicator), "verdict": VERDICTS[finding.verdict]})
        for finding in findings
        if finding.verdict is Verdict.REVIEW
    ]
    if {condition.indicator for condition in edition.conditions} - {finding.indicator for finding in findings}:
        doubts.append(Reason("gate.failed", {"text": "有不可偏离条件未经核验"}))
    if state.get("plan") not in ("ok", "missing"):
        doubts.append(Reason("gate.plan_doubt"))
    if state.get("letter") != "ok":
        doubts.append(Reason("gate.no_letter" if state.get("letter") in (None, "missing") else "gate.letter_doubt"))
    if state.get("applicants") != "ok":
        doubts.append(Reason("gate.applicants"))
    if state.get("targets") != "ok":
        doubts.append(Reason("gate.no_targets" if state.get("targets") in (None, "missing") else "gate.targets_doubt"))
    unread = [record.path for record in documents if record.status != "read"]
    if unread:
        doubts.append(Reason("gate.unread", {"documents": "、".join(unread)}))
    if failing:
        return GateVerdict.FAIL, (*failing, *doubts)
    if doubts:
        return GateVerdict.REVIEW, tuple(doubts)
    return GateVerdict.PASS, (Reason("gate.pass"),)
