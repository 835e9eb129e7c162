"""Titles of ministerial rank or above."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from models.catalogue import Condition
from models.facts import Case, Side, Title
from models.names import same_firm, squash_title
from pipelines.checks.draft import BOTH_SIDES, Draft, Stated, distinct, of_side, plain, stated_number
from pipelines.checks.listed_projects import rows_of_one_list
from pipelines.screening import Finding, Grid, Verdict
from pipelines.wording import SIDES, say


def _title_fault(title: Title, case: Case) -> tuple[str, dict[str, object]] | None:
    simple = {
        "province": "no.province",
        "city": "no.city",
        "county": "no.city",
        "association": "no.association",
        "qualification": "no.qualification",
    }
    if title.rank in simple:
        return simple[title.rank], {}
    if title.state == "announced":
        return "no.announced", {}
    if title.state == "applying":
        return "no.applying", {}
    if title.state == "expired":
        return "no.lapsed", {}
    if title.own is False:
        return "no.other", {}
    if title.year is not None and case.year is not None and title.year > case.year:
        return "no.later_title", {"year": title.year}
    return None


def _same_title(first: Title, second: Title) -> bool:
    """The same title: same programme and holder, years that do not differ; one without holder matches any of its programme."""
    return _same_award(first, second) and not (first.year and second.year and first.year != second.year)


def _same_award(first: Title, second: Title) -> bool:
    """The same programme and holder, whatever the years."""
    if first.programme != second.programme:
        return False
    if not first.programme and squash_title(first.name) != squash_title(second.name):
        return False
    return same_firm(first.holder, second.holder) if first.holder and second.holder else True


def _is_ended_by(title: Title, end: Title) -> bool:
    """Whether a title of a named holder is the one that another place says to have ended; one given later is a new one."""
    if not title.holder or not end.holder or not _same_award(title, end):
        return False
    return not (title.year and end.year and title.year > end.year)


@dataclass
class _Titled:
    """One side's titles, each once: those that count and those that a person must judge; all its rows; the number it states."""

    kept: list[Title]
    doubtful: list[Title]
    raw: int
    said: Stated | None
    awards: int = 0  # of those that count, programme and holder alone told apart

    @property
    def counted(self) -> Decimal:
        return Decimal(len(self.kept))


def _titles_side(draft: Draft, case: Case, side: Side) -> _Titled:
    sure, unsure = [], []
    everything = of_side(case.titles, side)
    lapsed = [title for title in case.titles if title.state == "expired" and title.own is not False]
    for title in everything:
        fault = _title_fault(title, case)
        if fault is None and any(_is_ended_by(title, other) for other in lapsed):
            fault = "no.lapsed", {}  # its award stands in one paper, its end in another
        if fault is not None:
            draft.leave_out(title.evidence, fault[0], **fault[1])
        elif title.rank == "unknown" or title.own is None:
            unsure.append(title)
        else:
            sure.append(title)
    kept, doubles = distinct(sure, _same_title)
    for double, twin in doubles:
        draft.leave_out(double.evidence, "no.duplicate", other=f"{twin.name}（{twin.holder}）" if twin.holder else twin.name)
    doubtful, _ = distinct([t for t in unsure if not any(_same_title(t, k) for k in kept)], _same_title)
    return _Titled(
        kept, doubtful, rows_of_one_list(everything), stated_number(case.counts, "titles", side), len(distinct(kept, _same_award)[0])
    )


def _leave_unclaimed(draft: Draft, claim: _Titled, proof: _Titled) -> None:
    """Rows of national lists of which only the province shows, where the city has named all of its titles and these are none.

    A list of a ministry holds others of the same province. As many of a programme stay in doubt as the city names more than are
    proven.
    """
    said = claim.said.value if claim.said is not None else None
    if not claim.kept or claim.doubtful or (said is not None and Decimal(len(claim.kept)) < said):
        return
    named = Counter(title.programme for title in claim.kept)
    proven = Counter(title.programme for title in proof.kept)
    open_places = Counter({programme: max(0, number - proven[programme]) for programme, number in named.items()})
    stay = []
    for title in proof.doubtful:
        if title.own is not None or not title.programme or open_places[title.programme] > 0:
            stay.append(title)
            open_places[title.programme] -= title.own is None
        else:
            draft.leave_out(title.evidence, "no.unclaimed")
    proof.doubtful[:] = stay


def _titles_claim(condition: Condition, claim: _Titled) -> tuple[bool | None, Decimal | None, bool]:
    """The city's own word: whether it reaches the clause (None: unsaid), the number, whether its own list contradicts it."""
    said_reach = claim.said.reach(condition) if claim.said is not None else None
    said_value = claim.said.value if claim.said is not None and not claim.said.mixed else None
    if not claim.raw:
        return said_reach, said_value, False
    if condition.reached(claim.counted):
        return True, claim.counted if said_value is None else max(said_value, claim.counted), said_reach is False
    if condition.reached(claim.counted + len(claim.doubtful)) and said_reach is not False:
        return None, claim.counted, False
    if claim.said is None or said_reach is False:
        return False, claim.counted if claim.said is None or claim.raw >= claim.said.value else said_value, False
    # A list as long as the number it details, short once cleaned, shows what the city has; a shorter one contradicts the number.
    if Decimal(claim.raw) >= claim.said.value or claim.said.mixed:
        return False, claim.counted, False
    return said_reach, said_value, claim.raw == len(claim.kept) or condition.reached(Decimal(claim.raw))


def check(condition: Condition, case: Case) -> Finding:
    """不少于5项部级及以上相关称号: each once, of ministerial rank, the city's or of firms, parks or projects in it."""
    draft = Draft(condition)
    sides = {side: _titles_side(draft, case, side) for side in BOTH_SIDES}
    claim, proof = sides["claim"], sides["proof"]
    _leave_unclaimed(draft, claim, proof)
    for side, item in sides.items():
        counts = [count.evidence for count in case.counts if count.side == side and count.what == "titles"]
        draft.cite(side, *counts, *[title.evidence for title in item.kept])
        if item.said is not None:
            mixed = "（含省级等其他级别）" if item.said.mixed else ""
            draft.step(side, f"{SIDES[side]}：写明称号{plain(item.said.value)}项{mixed}", *counts)
        if item.kept or item.doubtful:
            programmes = len({title.programme or title.name for title in item.kept})
            text = say("value.titles", titles=len(item.kept), programmes=programmes)
            draft.step(side, f"{SIDES[side]}所列：{text}", *[title.evidence for title in item.kept])
            shown = [(title, "计入") for title in item.kept] + [(title, "待人工认定") for title in item.doubtful]
            rows = tuple((t.name, t.holder or "—", t.issuer or "—", str(t.year or "—"), state, t.document) for t, state in shown)
            label = "申报城市自列的称号" if side == "claim" else "佐证中的称号"
            header = ("称号", "获得主体", "授予单位", "年份", "是否计入", "文件")
            draft.grids.append(Grid(label, header, rows, tuple((t.evidence,) for t, _ in shown)))
    claim_reach, claim_value, disputed = _titles_claim(condition, claim)
    has_claim = bool(claim.raw or claim.said)
    proof_reach = condition.reached(proof.counted)

    def review(code: str, **data: object) -> Finding:
        draft.reason(code, **data)
        return draft.finish(Verdict.REVIEW, None, case)

    if claim_reach is False:
        # A stated number, or a list once cleaned, is below; a short list without a number may be a selection.
        if proof_reach and (claim.said is not None or condition.reached(Decimal(claim.raw))):
            return review("review.claim_below", claim=f"{plain(claim_value)}项", proof=f"{plain(proof.counted)}项")
        if not proof_reach:
            draft.reason("unmet.claim", value=f"{plain(claim_value)}项", clause=condition.clause)
            return draft.finish(Verdict.UNMET, claim_value, case)
    if disputed and not proof_reach:
        return review(
            "review.own_detail",
            stated=f"{plain(claim.said.value if claim.said else None)}项",
            counted=f"{plain(claim.counted)}项",
        )
    if proof_reach:
        if not condition.reached(Decimal(proof.awards)):
            return review("review.same_award", count=plain(proof.counted), awards=proof.awards)
        draft.reason("met" if has_claim else "met.proof_only")
        if claim_value is not None and claim_value != proof.counted:
            draft.reason("note.counts_differ", claim=f"{plain(claim_value)}项", proof=f"{plain(proof.counted)}项")
        for title in proof.kept:
            if title.mark:
                draft.reason("note.rank_status", title=title.name, mark=title.mark)
        return draft.finish(Verdict.MET, proof.counted, case)
    if condition.reached(proof.counted + len(proof.doubtful)):
        draft.cite("proof", *[title.evidence for title in proof.doubtful])
        return review("review.title_unsure", sure=plain(proof.counted), doubtful=len(proof.doubtful))
    if claim_reach is None and claim.raw and claim.doubtful:
        return review("review.title_unsure", sure=plain(claim.counted), doubtful=len(claim.doubtful))
    if claim_reach is None and claim.said is not None and not claim.said.mixed:
        return review("review.approximate", text=f"{plain(claim.said.value)}项")
    if claim_reach is None:
        if proof.kept:
            draft.reason("unmet.proof", value=f"{plain(proof.counted)}项", clause=condition.clause)
            return draft.finish(Verdict.UNMET, proof.counted, case)
        draft.reason("unproven.none" if has_claim else "absent")
        return draft.finish(Verdict.UNPROVEN if has_claim else Verdict.ABSENT, None, case)
    if proof.kept:
        draft.reason("unproven.less", value=f"{plain(proof.counted)}项")
        return draft.finish(Verdict.UNPROVEN, proof.counted, case)
    unfit = any(_title_fault(title, case) for title in of_side(case.titles, "proof"))
    draft.reason("unproven.unfit" if unfit else "unproven.none")
    return draft.finish(Verdict.UNPROVEN, None, case)
