"""Pilots of the 5G-factory direction, or entries of the ministry's list of 5G factories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from models.catalogue import Condition
from models.facts import Case, Entry, Side, Title
from models.names import same_firm, same_project
from pipelines.checks.draft import BOTH_SIDES, Draft, Stated, distinct, of_side, plain, stated_number
from pipelines.screening import Finding, Grid, Verdict
from pipelines.wording import SIDES, say


def _same_entry(first: Entry, second: Entry) -> bool:
    if first.firm and second.firm and not same_firm(first.firm, second.firm):
        return False
    if first.project and second.project:
        return same_project(first.project, second.project)
    return bool(first.firm and second.firm)


def rows_of_one_list(items: Iterable[Entry | Title]) -> int:
    """How many rows the longest list of one document has, before cleaning: the same list in two documents is one list."""
    counts: dict[str, int] = {}
    for item in items:
        counts[item.document] = counts.get(item.document, 0) + 1
    return max(counts.values(), default=0)


@dataclass
class _Listed:
    """One side's entries, each once: own ones of the national list, own pilots, those a person must place; and its rows."""

    listed: list[Entry]
    pilots: list[Entry]
    unsure: list[Entry]
    raw: int
    said: Stated | None
    said_pilots: Stated | None

    @property
    def counted(self) -> Decimal:
        return Decimal(len(self.listed))

    @property
    def pilot_count(self) -> Decimal:
        return max(
            Decimal(len(self.pilots)), self.said_pilots.value if self.said_pilots and not self.said_pilots.mixed else Decimal(0)
        )

    @property
    def used(self) -> list[str]:
        return [entry.evidence for entry in (*self.pilots, *self.listed)]


def _listed_side(draft: Draft, case: Case, side: Side) -> _Listed:
    listed, pilots, unsure, rows = [], [], [], []
    for entry in of_side(case.entries, side):
        if entry.own is False:
            continue  # other cities' rows of a national list: context, not worth a line each
        if entry.roster != "pilot":
            rows.append(entry)
        if entry.roster == "lower":
            draft.leave_out(entry.evidence, "no.lower_list")
        elif entry.roster == "announced":
            draft.leave_out(entry.evidence, "no.announced")
        elif entry.roster == "applying":
            draft.leave_out(entry.evidence, "no.applying")
        elif entry.year is not None and case.year is not None and entry.year > case.year:
            draft.leave_out(entry.evidence, "no.later_list")
        elif entry.own is None or entry.roster == "unknown":
            unsure.append(entry)
        elif entry.roster == "pilot":
            pilots.append(entry)
        else:
            listed.append(entry)
    result: list[list[Entry]] = []
    for group in (listed, pilots, unsure):
        kept, doubles = distinct(group, _same_entry)
        for double, twin in doubles:
            draft.leave_out(double.evidence, "no.duplicate", other=twin.project or twin.firm)
        result.append(kept)
    # What is surely counted once already does not count again because a second copy of it is unsure.
    unsure = [entry for entry in result[2] if not any(_same_entry(entry, other) for other in (*result[0], *result[1]))]
    said, said_pilots = (stated_number(case.counts, what, side) for what in ("listed", "pilots"))
    return _Listed(result[0], result[1], unsure, rows_of_one_list(rows), said, said_pilots)


def _listed_claim(condition: Condition, claim: _Listed) -> tuple[bool | None, Decimal | None, bool]:
    """The city's own word on the national list: does it reach the clause, the number, does its own list contradict it."""
    said_reach = claim.said.reach(condition) if claim.said is not None else None
    said_value = claim.said.value if claim.said is not None else None
    if not claim.raw:
        return said_reach, said_value, False
    if condition.reached(claim.counted):
        return True, claim.counted, said_reach is False
    if claim.said is not None and said_reach is False:
        return False, claim.counted if claim.raw >= claim.said.value else said_value, False
    if condition.reached(claim.counted + len(claim.unsure)):
        return None, claim.counted, False
    if claim.said is None or claim.said.mixed or condition.reached(Decimal(claim.raw)):
        return False, claim.counted, False
    return said_reach, said_value, True


def check(condition: Condition, case: Case) -> Finding:
    """不少于1个试点示范（5G工厂方向）或不少于5个5G工厂名录项目: final national lists, own entries, each project once."""
    draft = Draft(condition)
    needed = Decimal(condition.alternative)
    sides = {side: _listed_side(draft, case, side) for side in BOTH_SIDES}
    claim, proof = sides["claim"], sides["proof"]
    speaks = bool(claim.raw or claim.said)
    if speaks and not claim.pilot_count and not any(entry.roster == "pilot" for entry in claim.unsure):
        # A ministry's list holds many firms: one of nobody knows where is no doubt where the city claims no pilot at all.
        for entry in [e for e in proof.unsure if e.roster == "pilot" and e.own is None]:
            draft.leave_out(entry.evidence, "no.unclaimed_pilot")
            proof.unsure.remove(entry)
    for side, item in sides.items():
        counts = [count.evidence for count in case.counts if count.side == side and count.what in ("listed", "pilots")]
        draft.cite(side, *counts, *item.used)
        listed_count = item.said.value if side == "claim" and item.said is not None else item.counted
        if counts or item.used:
            text = say(
                "value.both",
                pilots=plain(item.pilot_count if side == "claim" else Decimal(len(item.pilots))),
                listed=plain(listed_count),
            )
            if side == "claim" and item.said is not None and item.raw:
                text += f"（自列清单核数{plain(item.counted)}个）"
            documents = (
                "、".join(dict.fromkeys(e.document for e in (*item.pilots, *item.listed) if e.document))
                if side == "proof"
                else ""
            )
            draft.step(side, f"{SIDES[side]}：{text}" + (f"（{documents}）" if documents else ""), *counts, *item.used)
        _entry_grid(draft, item, side)
    claim_pilots = needed > 0 and claim.pilot_count >= needed
    list_reach, list_value, disputed = _listed_claim(condition, claim)
    claim_reach = True if claim_pilots else list_reach
    has_claim = bool(claim.raw or claim.pilots or claim.said or claim.said_pilots)
    if has_claim and claim_reach is None and claim.said is None and not claim.raw:
        claim_reach = False  # pilots alone are spoken of, and too few
    proof_pilots, proof_listed = needed > 0 and len(proof.pilots) >= needed, condition.reached(proof.counted)
    # The figure that decides: the branch that reaches the clause, else the national list.
    claim_value = claim.pilot_count if claim_pilots and not list_reach else (list_value if list_value is not None else Decimal(0))
    proof_value = proof.counted if proof_listed or not proof_pilots else Decimal(len(proof.pilots))
    # A number, or a list once cleaned, that is below; a short list without a number may be a selection.
    list_below = list_reach is False and (claim.said is not None or condition.reached(Decimal(claim.raw)))
    if list_below and proof_listed and not proof_pilots:
        draft.reason("review.claim_below", claim=f"名录项目{plain(list_value)}个", proof=f"{plain(proof.counted)}个")
        return draft.finish(Verdict.REVIEW, None, case)
    if claim_reach is False and not proof_pilots and not proof_listed:
        text = say("value.both", pilots=plain(claim.pilot_count), listed=plain(claim_value))
        draft.reason("unmet.claim", value=text, clause=condition.clause)
        return draft.finish(Verdict.UNMET, claim_value, case)
    if disputed and not proof_pilots:
        draft.reason(
            "review.own_detail",
            stated=f"{plain(claim.said.value if claim.said else None)}个",
            counted=f"{plain(claim.counted)}个",
        )
        return draft.finish(Verdict.REVIEW, None, case)
    if proof_pilots or proof_listed:
        draft.reason("met" if has_claim else "met.proof_only")
        shown = list_value if proof_listed else claim.pilot_count
        if has_claim and shown is not None and shown != proof_value and shown > 0:
            draft.reason("note.counts_differ", claim=f"{plain(shown)}个", proof=f"{plain(proof_value)}个")
        if any(entry.year == case.year for entry in proof.listed) and case.year is not None and not proof_pilots:
            draft.reason("note.list_year", year=case.year)
        draft.reason("note.roster" if "5g_factories" in case.rosters else "note.no_roster")
        return draft.finish(Verdict.MET, proof_value, case)
    if (proof.unsure and condition.reached(proof.counted + len(proof.unsure))) or (
        any(e.roster == "pilot" for e in proof.unsure) and needed > 0
    ):
        draft.cite("proof", *[entry.evidence for entry in proof.unsure])
        unknown = sum(entry.roster == "unknown" for entry in proof.unsure)
        if unknown:
            draft.reason("review.not_in_roster" if "5g_factories" in case.rosters else "review.list_unknown", count=unknown)
        if len(proof.unsure) > unknown:
            draft.reason("review.own_unsure", count=len(proof.unsure) - unknown)
        return draft.finish(Verdict.REVIEW, None, case)
    seen = bool(proof.listed or proof.pilots)
    if claim_reach is None and not (claim.said and not claim.said.mixed):
        if seen:
            draft.reason("unmet.proof", value=f"{plain(proof_value)}个", clause=condition.clause)
            return draft.finish(Verdict.UNMET, proof_value, case)
        draft.reason("unproven.none" if has_claim else "absent")
        return draft.finish(Verdict.UNPROVEN if has_claim else Verdict.ABSENT, None, case)
    if claim_reach is None:
        draft.reason("review.approximate", text=f"{plain(claim_value)}个")
        return draft.finish(Verdict.REVIEW, None, case)
    if seen:
        draft.reason("unproven.less", value=f"{plain(proof_value)}个")
        return draft.finish(Verdict.UNPROVEN, proof_value, case)
    unfit = any(entry.roster in ("lower", "announced", "applying") for entry in of_side(case.entries, "proof"))
    draft.reason("unproven.unfit" if unfit else "unproven.none")
    return draft.finish(Verdict.UNPROVEN, None, case)


def _entry_grid(draft: Draft, item: _Listed, side: Side) -> None:
    """The projects that count, and those that a person must place, with the row of the official list that each matches."""
    shown = [(entry, "计入") for entry in (*item.pilots, *item.listed)] + [(entry, "待人工认定") for entry in item.unsure]
    if not item.pilots and not item.listed:
        shown = shown[:20]
    if not shown:
        return
    lists = {"pilot": "试点示范（5G工厂方向）", "factory_list": "5G工厂名录", "unknown": "待核实的名单"}
    rows = tuple(
        (e.project or "—", e.firm or "—", lists[e.roster], str(e.year or "—"), state, e.verified or "—", e.document)
        for e, state in shown
    )
    title = "申报城市自列的项目" if side == "claim" else "名录中的本地项目"
    header = ("项目", "企业", "名录", "年度", "是否计入", "官方名录核对", "文件")
    draft.grids.append(Grid(title, header, rows, tuple((e.evidence,) for e, _ in shown)))
