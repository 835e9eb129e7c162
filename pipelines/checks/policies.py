"""Dedicated policy documents of the applicant city."""

from __future__ import annotations

from decimal import Decimal

from models.catalogue import Condition
from models.facts import Case, Policy
from models.names import squash_title
from pipelines.checks.draft import Draft, distinct, of_side, plain, stated_number
from pipelines.screening import Finding, Grid, Reason, Verdict
from pipelines.wording import say


def _policy_fault(policy: Policy, case: Case) -> tuple[str, dict[str, object]] | None:
    """Why a policy does not count as a dedicated policy of the city, as a code; None if nothing speaks against it."""
    faults: list[tuple[bool, str, dict[str, object]]] = [
        (policy.rank == "province", "no.province", {}),
        (policy.rank == "nation", "no.nation", {}),
        (policy.rank == "county", "no.county", {}),
        (policy.rank in ("association", "qualification"), "no.association", {}),
        (policy.state == "draft", "no.draft", {}),
        (policy.state == "planned", "no.planned", {}),
        (policy.state == "repealed", "no.repealed", {}),
        (policy.over(case.submitted) is True, "no.expired", {"year": _end(policy)}),
        (policy.subject == "general", "no.general", {}),
    ]
    return next(((code, data) for wrong, code, data in faults if wrong), None)


def _end(policy: Policy) -> str:
    """The end of a policy's term as it is told: “2024年6月”, “2024年”."""
    return f"{policy.ends[:4]}年{int(policy.ends[5:])}月" if policy.ends else f"{policy.until}年"


def _policy_doubt(policy: Policy, case: Case) -> Reason | None:
    """What a person must settle before a policy without fault may count."""

    def doubt(text: str) -> Reason:
        return Reason("review.policy_doubt", {"title": policy.title or "（无标题）", "doubt": text})

    missing = [
        name
        for name, have in (("标题", policy.title), ("发文机关", policy.issuer), ("发文日期或文号", policy.date or policy.number))
        if not have
    ]
    if missing:
        return doubt(f"缺少{'、'.join(missing)}")
    if policy.rank == "unknown":
        return doubt("发文机关是否属于申报城市不能确定")
    if policy.state == "unknown":
        return doubt("是否正式印发不能确定")
    if policy.over(case.submitted) is None:
        return doubt(f"有效期至{_end(policy)}，而申报的{'月份' if case.year else '时间'}不能确定")
    if case.year is not None and policy.date[:4].isdigit() and int(policy.date[:4]) > case.year:
        return doubt(f"落款日期（{policy.date}）晚于申报时间")
    if policy.subject == "near":
        return Reason("review.near_policy", {"title": policy.title})
    return None


def _same_policy(first: Policy, second: Policy) -> bool:
    if first.number and second.number:
        return squash_title(first.number) == squash_title(second.number)
    return bool(first.title) and squash_title(first.title) == squash_title(second.title)


def check(condition: Condition, case: Case) -> Finding:
    """不少于1项支持“5G+工业互联网”发展的专项政策文件: dedicated, the city's own, issued, in force, its text in the package."""
    draft = Draft(condition)
    sure: list[Policy] = []
    doubtful: list[tuple[Policy, Reason]] = []
    faulty: list[Policy] = []
    candidates: list[tuple[Policy, str]] = []
    for policy in of_side(case.policies, "proof"):
        fault, doubt = _policy_fault(policy, case), _policy_doubt(policy, case)
        if fault is not None:
            faulty.append(policy)
            draft.leave_out(policy.evidence, fault[0], **fault[1])
            candidates.append((policy, say(fault[0], **fault[1])))
        elif doubt is not None:
            doubtful.append((policy, doubt))
            candidates.append((policy, "待人工认定"))
        else:
            sure.append(policy)
            candidates.append((policy, "计入"))
    sure, doubles = distinct(sure, _same_policy)
    for double, twin in doubles:
        draft.leave_out(double.evidence, "no.duplicate", other=twin.title)
        draft.cite("proof", double.evidence)
    claimed: list[Policy] = []
    below = False
    for policy in of_side(case.policies, "claim"):
        fault = _policy_fault(policy, case)
        if fault is None and policy.number:  # a form that gives the number alone means the paper that bears it
            others = [p for p in case.policies if p.number and _same_policy(p, policy)]
            faults = [_policy_fault(p, case) for p in others if p.side == "proof" or p.title]
            fault = next(iter(faults), None) if faults and all(faults) and not policy.title else None
        if fault is None and policy.subject == "dedicated":
            claimed.append(policy)
            draft.cite("claim", policy.evidence)
            draft.step("claim", say("claim.policy", title=policy.title or "（未写标题）", number=policy.number), policy.evidence)
        elif fault is not None:
            draft.leave_out(policy.evidence, fault[0], **fault[1])
            # The city's own policy that is not out yet, or no longer in force: what it shows of itself is below the clause.
            if policy.rank in ("city", "unknown") and policy.subject == "dedicated":
                below = True
                draft.cite("claim", policy.evidence)
    stated = stated_number(case.counts, "policies", "claim")
    for count in case.counts:
        if count.side == "claim" and count.what == "policies":
            draft.cite("claim", count.evidence)
    if stated is not None:
        draft.step(
            "claim",
            say("claim.policies", count=plain(stated.value)),
            *[c.evidence for c in case.counts if c.side == "claim" and c.what == "policies"],
        )
    for policy in sure:
        for evidence in (policy.evidence, *policy.also):
            draft.cite("proof", evidence)
        parts = "，".join(part for part in (policy.issuer, policy.number, policy.date) if part)
        draft.step("proof", say("proof.policy", title=policy.title, parts=parts), policy.evidence, *policy.also)
    if candidates:
        rows = tuple(
            (p.title or "（无标题）", p.issuer or "—", p.number or "—", p.date or "—", verdict) for p, verdict in candidates
        )
        sources = tuple((p.evidence,) for p, _ in candidates)
        draft.grids.append(Grid("专项政策候选文件", ("标题", "发文机关", "文号", "日期", "是否计入"), rows, sources))
    total = Decimal(len(sure))
    claim_reach = True if condition.reached(Decimal(len(claimed))) else (stated.reach(condition) if stated is not None else None)
    if condition.reached(total):
        if claim_reach is False:
            draft.reason(
                "review.claim_below",
                claim=f"专项政策{plain(stated.value if stated else Decimal(0))}项",
                proof=f"{plain(total)}项",
            )
            return draft.finish(Verdict.REVIEW, None, case)
        draft.reason("met" if draft.claims else "met.proof_only")
        return draft.finish(Verdict.MET, total, case)
    if condition.reached(total + len(doubtful)):
        for policy, reason in doubtful:
            draft.cite("proof", policy.evidence)
            draft.reasons.append(reason)
        return draft.finish(Verdict.REVIEW, None, case)
    if claim_reach:
        unfit = [p for p in faulty if p.subject == "dedicated"]
        draft.reason("unproven.unfit" if unfit else "unproven.none")
        return draft.finish(Verdict.UNPROVEN, None, case)
    if below or claim_reach is False:
        draft.reason("unmet.claim", value="尚无现行有效的专项政策", clause=condition.clause)
        return draft.finish(Verdict.UNMET, Decimal(0), case)
    draft.reason("absent")
    return draft.finish(Verdict.ABSENT, None, case)
