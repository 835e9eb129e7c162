"""Factories with enough of the official scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from models.catalogue import Condition
from models.facts import Case, Factory, Side
from models.names import same_firm
from pipelines.checks.draft import BOTH_SIDES, Draft, Stated, of_side, plain, stated_number, torn
from pipelines.screening import Finding, Grid, Verdict
from pipelines.wording import SIDES, say


@dataclass
class _Counted:
    """One side's factories, each once: ``sure`` reach the inner threshold; the others say what they would be without doubts."""

    rows: int = 0
    sure: int = 0
    likely: int = 0  # with names that only resemble an official one
    raw: int = 0  # before cleaning: by the length of the list or the number stated for it
    bare: int = 0  # of the sure ones: by a bare number, without names
    short: int = 0  # whose number is enough, but whose own list is shorter than that
    names: list[str] = field(default_factory=list)


def _by_factory(factories: Sequence[Factory]) -> list[list[Factory]]:
    """The factories by firm, whatever their order: the longest name first, so that a short name joins it."""
    groups: list[list[Factory]] = []
    for factory in sorted(factories, key=lambda factory: (-len(factory.name), factory.name, factory.evidence)):
        home = next((group for group in groups if same_firm(group[0].name, factory.name)), None)
        if home is None:
            groups.append([factory])
        else:
            home.append(factory)
    first = {factory: number for number, factory in reversed(list(enumerate(factories)))}
    return sorted(groups, key=lambda group: min(first[factory] for factory in group))


def _count_factories(
    draft: Draft, condition: Condition, factories: Sequence[Factory], side: Side, away: Sequence[Factory] = ()
) -> _Counted:
    """What the factories of one side come to; ``away`` are those that either side places outside the applicant."""
    counted = _Counted()
    rows, sources = [], []
    for group in _by_factory(factories):
        afar = next((other for other in away if other.name == group[0].name or same_firm(other.name, group[0].name)), None)
        if afar is not None:
            counted.rows += 1
            counted.raw += max(max(len(factory.scenarios), factory.stated or 0) for factory in group) >= condition.each
            for item in dict.fromkeys((*group[0].evidence[:1], *afar.evidence[:1])):
                draft.leave_out(item, "no.elsewhere", name=group[0].name, place=afar.elsewhere)
            continue
        sure: dict[int, str] = {}
        weak: dict[int, str] = {}
        unknown: list[str] = []
        total = 0
        for factory in group:
            # The same list in two documents is one list; the longest tells how much is listed.
            total = max(total, len(factory.scenarios))
            for hit in factory.scenarios:
                if hit.number is None or hit.level == "unknown":
                    unknown.append(hit.name)
                elif hit.level == "synonym":
                    weak.setdefault(hit.number, hit.name)
                else:
                    sure.setdefault(hit.number, hit.name)
        stated = max((factory.stated for factory in group if factory.stated is not None), default=None)
        evidence = tuple(dict.fromkeys(item for factory in group for item in factory.evidence))
        if not total and stated is None:
            continue
        counted.rows += 1
        bare = not total
        certain = (stated or 0) if bare else len(sure)
        probable = certain if bare else len(set(sure) | set(weak))
        listed = max(total, stated or 0)
        enough = certain >= condition.each
        counted.sure += enough
        counted.bare += enough and bare
        counted.likely += probable >= condition.each
        counted.raw += listed >= condition.each
        counted.short += probable < condition.each <= (stated or 0) and total < condition.each
        draft.cite(side, *evidence)
        if enough:
            counted.names.append(group[0].name)
        else:
            for item in evidence[:1]:
                draft.leave_out(item, "no.few_scenarios", name=group[0].name, count=certain, each=condition.each)
        ticks = (
            tuple("√" if number in sure else ("≈" if number in weak else "") for number in range(1, 21)) if total else ("",) * 20
        )
        others = "、".join(dict.fromkeys(unknown)) or "—"
        rows.append((group[0].name, *ticks, str(certain), others, "是" if enough else "否"))
        sources.append(evidence)
    if rows:
        header = ("工厂", *[str(number) for number in range(1, 21)], "官方场景数", "未计入", "达到")
        name = "申报城市自列" if side == "claim" else "佐证材料所列"
        draft.grids.append(Grid(f"工厂×场景对照（{name}）", header, tuple(rows), tuple(sources)))
    return counted


def check(condition: Condition, case: Case) -> Finding:
    """具备10个以上典型应用场景的工厂不少于5家: distinct official scenarios per factory, then distinct factories."""
    draft = Draft(condition)
    sides: dict[Side, _Counted] = {}
    stated: dict[Side, Stated | None] = {}
    for side in BOTH_SIDES:
        stated[side] = stated_number(case.counts, "factories", side)
        said = stated[side]
        evidence = [count.evidence for count in case.counts if count.what == "factories" and count.side == side]
        draft.cite(side, *evidence)
        if said is not None:
            draft.step(
                side, say("value.factories_stated", side=SIDES[side], each=condition.each, count=plain(said.value)), *evidence
            )
        away = [factory for factory in case.factories if factory.elsewhere]
        sides[side] = _count_factories(draft, condition, of_side(case.factories, side), side, away)
        counted = sides[side]
        if counted.rows:
            names = f"（{'、'.join(counted.names[:12])}{'等' if len(counted.names) > 12 else ''}）" if counted.names else ""
            draft.step(
                side,
                say(
                    "value.factories_counted",
                    side=SIDES[side],
                    rows=counted.rows,
                    each=condition.each,
                    sure=counted.sure,
                    names=names,
                ),
            )
    claim, proof, said = sides["claim"], sides["proof"], stated["claim"]
    said_reach = said.reach(condition) if said is not None else None
    own_reach = condition.reached(Decimal(claim.sure)) if claim.rows else None
    claim_value = Decimal(claim.sure) if claim.rows else (said.value if said is not None else None)

    def review(code: str, **data: object) -> Finding:
        draft.reason(code, **data)
        return draft.finish(Verdict.REVIEW, None, case)

    # The city's own statement against its own detail, or against another of its own.
    two = torn(condition, case.counts, "factories") if len(case.cities) < 2 else None  # several cities give a number each
    if two is not None:
        return review("review.own_detail", stated=f"{plain(two[0])}家", counted=f"{plain(two[1])}家")
    if own_reach is False:
        if condition.reached(Decimal(claim.likely)):
            return review("review.synonym", sure=claim.sure, likely=claim.likely)
        if condition.reached(Decimal(claim.sure + claim.short)):
            return review("review.own_detail", stated=f"{claim.sure + claim.short}家", counted=f"{claim.sure}家")
        if said is not None and said_reach is not False and not condition.reached(Decimal(claim.raw)):
            return review("review.own_detail", stated=f"{plain(said.value)}家", counted=f"{claim.sure}家")
    if own_reach and said is not None and said_reach is False:
        return review("review.own_detail", stated=f"{plain(said.value)}家", counted=f"{claim.sure}家")
    if own_reach is None and said is not None and said_reach is None and not condition.reached(Decimal(proof.sure)):
        return review("review.approximate", text=f"{plain(said.value)}家")
    claim_reach = own_reach if claim.rows else said_reach
    # The proofs.
    proof_said = stated["proof"]
    proof_value: Decimal | None = Decimal(proof.sure) if proof.rows else (proof_said.value if proof_said is not None else None)
    proof_reach: bool | None = (
        condition.reached(Decimal(proof.sure))
        if proof.rows
        else (proof_said.reach(condition) if proof_said is not None else None)
    )
    if claim_reach is False:
        # A proof that names scenarios and factories contradicts the claim; a bare number only repeats what was cleaned away.
        if proof_reach and proof.sure > proof.bare and condition.reached(Decimal(proof.sure - proof.bare)):
            return review("review.claim_below", claim=f"{plain(claim_value)}家", proof=f"{plain(proof_value)}家")
        draft.reason("unmet.claim", value=f"{plain(claim_value)}家", clause=condition.clause)
        return draft.finish(Verdict.UNMET, claim_value, case)
    if proof.rows and not proof_reach:
        if condition.reached(Decimal(proof.likely)):
            return review("review.synonym", sure=proof.sure, likely=proof.likely)
        if condition.reached(Decimal(proof.sure + proof.short)):
            return review("review.own_detail", stated=f"{proof.sure + proof.short}家", counted=f"{proof.sure}家")
        if proof_said is not None and proof_said.reach(condition) and not condition.reached(Decimal(proof.raw)):
            return review("review.own_detail", stated=f"{plain(proof_said.value)}家", counted=f"{proof.sure}家")
    if proof_value is None:
        draft.reason("unproven.none" if claim_reach else "absent")
        return draft.finish(Verdict.UNPROVEN if claim_reach else Verdict.ABSENT, None, case)
    if proof_reach is None:
        return review("review.approximate", text=f"{plain(proof_value)}家")
    if not proof_reach:
        if claim_reach is None:
            draft.reason("unmet.proof", value=f"{plain(proof_value)}家", clause=condition.clause)
            return draft.finish(Verdict.UNMET, proof_value, case)
        draft.reason("unproven.less", value=f"{plain(proof_value)}家")
        return draft.finish(Verdict.UNPROVEN, proof_value, case)
    draft.reason("met" if claim_value is not None else "met.proof_only")
    if claim_value is not None and claim_value != proof_value:
        draft.reason("note.counts_differ", claim=f"{plain(claim_value)}家", proof=f"{plain(proof_value)}家")
    if not proof.rows or not condition.reached(Decimal(proof.sure - proof.bare)):
        draft.reason("note.bare")
    return draft.finish(Verdict.MET, proof_value, case)
