"""The statement that nothing major has happened, and records that say otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.catalogue import Condition
from models.facts import Case, Side, Statement
from pipelines.checks.draft import BOTH_SIDES, Draft
from pipelines.screening import Finding, Verdict
from pipelines.wording import SIDES, say

_TOPICS = {"network": "重大网络安全事件", "safety": "重大安全生产事故", "false": "提供虚假材料"}
_STATISTIC = re.compile(r"(?:[2-9]|\d{2,})\s*(?:起|件|次)")


def _settled(item: Statement, statements: Sequence[Statement]) -> bool:
    """Whether a number of incidents without a rank is one that the same document breaks down: lesser ones, and no major one."""
    beside = [
        other for other in statements if other.document == item.document and other.topic == item.topic and other is not item
    ]
    lesser = any(other.says == "occurred" and other.severity == "lesser" for other in beside)
    none = any(other.says == "none" and other.severity == "major" for other in beside)
    return bool(_STATISTIC.search(item.text)) and lesser and none


def check(condition: Condition, case: Case) -> Finding:
    """无重大网络安全事件、重大安全生产事故，未提供虚假材料: stated, certified, and nothing on record against it."""
    draft = Draft(condition)
    denials: dict[Side, dict[str, list[Statement]]] = {"claim": {}, "proof": {}}
    incidents: list[Statement] = []
    unsure: list[Statement] = []
    pledges: list[Statement] = []
    for item in case.statements:
        if item.says == "pledge":
            pledges.append(item)
            draft.leave_out(item.evidence, "no.pledge")
        elif item.own is False:
            if item.says == "occurred":
                draft.leave_out(item.evidence, "no.other")
        elif item.says == "none":
            if item.own and item.severity != "lesser":
                denials[item.side].setdefault(item.topic, []).append(item)
        elif item.severity == "lesser" or (item.severity == "unknown" and _settled(item, case.statements)):
            draft.leave_out(item.evidence, "no.lesser")
        elif item.severity == "unknown" or item.own is None:
            unsure.append(item)
        else:
            incidents.append(item)
    for side in BOTH_SIDES:
        topics = [topic for topic in _TOPICS if topic in denials[side]]
        evidence = [item.evidence for topic in topics for item in denials[side][topic]]
        draft.cite(side, *evidence)
        if topics:
            words = "、".join(("未" if topic == "false" else "无") + _TOPICS[topic] for topic in topics)
            documents = "、".join(
                dict.fromkeys(item.document for topic in topics for item in denials[side][topic] if item.document)
            )
            draft.step(side, f"{SIDES[side]}：{words}" + (f"（{documents}）" if documents else ""), *evidence)
    for item in incidents:
        draft.cite(item.side, item.evidence)
        words = item.text.strip("，。；、 ")
        draft.step(item.side, say("proof.incident", text=words, document=item.document or "材料"), item.evidence)
    if incidents:
        denied = any(
            other.topic == item.topic
            for side in BOTH_SIDES
            for others in denials[side].values()
            for other in others
            for item in incidents
        )
        draft.reason("review.denied" if denied else "unmet.incident", text=incidents[0].text.strip("，。；、 "))
        return draft.finish(Verdict.REVIEW if denied else Verdict.UNMET, None, case)
    if unsure:
        for item in unsure:
            draft.cite(item.side, item.evidence)
        draft.reason("review.incident_unsure", text=unsure[0].text.strip("，。；、 "))
        return draft.finish(Verdict.REVIEW, None, case)
    proven, claimed = set(denials["proof"]), set(denials["claim"])
    missing = [name for topic, name in _TOPICS.items() if topic not in proven]
    if not missing:
        draft.reason("met" if claimed else "met.proof_only")
        draft.reason("met.site_visit")
        return draft.finish(Verdict.MET, None, case)
    if proven:
        draft.reason("unproven.topic", topics="、".join(missing))
        return draft.finish(Verdict.UNPROVEN, None, case)
    if claimed:
        draft.reason("unproven.pledge" if any(item.side == "proof" for item in pledges) else "unproven.plan_only")
        return draft.finish(Verdict.UNPROVEN, None, case)
    draft.reason("absent")
    return draft.finish(Verdict.ABSENT, None, case)
