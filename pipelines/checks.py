"""The checks: one pure function per kind of condition. Each takes the condition and the case and derives a finding.

A check opens nothing and knows no thresholds of its own: they come with the condition. Doubt never becomes ``met``; where a
person must decide, ``review`` is said before ``unmet`` and ``unproven``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from models.catalogue import Condition
from models.evidence import Quantity
from models.facts import Case, Count, Entry, Factory, Figure, Policy, Side, Statement, Title
from models.names import same_firm, same_project, squash_title
from pipelines.screening import Finding, Grid, Reason, Step, Verdict
from pipelines.wording import SIDES, explain, say

T = TypeVar("T")
_BOTH_SIDES: tuple[Side, Side] = ("claim", "proof")
# A rounded word like 约 is taken to hold within this share of the figure.
_ROUGH = Decimal("0.05")
_ORDER = {"clause": 0, "claim": 1, "proof": 2, "excluded": 3, "missing": 4, "note": 5, "mend": 6}
# Verdicts that say something is missing from the proofs: they give way where a proof may stand in what was not read.
_RESTS_ON_PROOFS = ("unmet.proof",)


@dataclass
class _Draft:
    """A finding in the making: collects evidence, steps and what was left out, in order and without doubles."""

    condition: Condition
    claims: list[str] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)
    excluded: list[tuple[str, str]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    def cite(self, side: Side, *evidence: str) -> None:
        """Put evidence among the claims or the proofs."""
        side_list = self.claims if side == "claim" else self.proofs
        side_list.extend(item for item in dict.fromkeys(evidence) if item and item not in side_list)

    def leave_out(self, evidence: str, code: str, **data: object) -> None:
        """Note evidence that does not count, and why."""
        why = say(code, **data)
        if evidence and (evidence, why) not in self.excluded:
            self.excluded.append((evidence, why))

    def step(self, part: str, text: str, *evidence: str) -> None:
        """Add a step of the derivation."""
        self.steps.append(Step(part, text, tuple(item for item in evidence if item)))  # type: ignore[arg-type]

    def reason(self, code: str, **data: object) -> None:
        """Add a reason; its sentence is a note of the derivation."""
        self.reasons.append(Reason(code, {key: str(value) for key, value in data.items()}))

    def finish(self, verdict: Verdict, value: Decimal | None, case: Case) -> Finding:
        """The finding, with the steps put in reading order."""
        resting = verdict in (Verdict.UNPROVEN, Verdict.ABSENT) or any(reason.code in _RESTS_ON_PROOFS for reason in self.reasons)
        if resting:
            unread = [item for item in case.unread if item.may_hold(self.condition.indicator)]
            if unread:
                # What was merely not read is never called missing, and what was read of it decides nothing.
                self.reasons.insert(0, Reason("review.unread", {"documents": "、".join(item.document for item in unread)}))
                verdict, value = Verdict.REVIEW, None
        steps = [Step("clause", self.condition.clause), *self.steps]
        steps += [Step("excluded", why, (evidence,)) for evidence, why in self.excluded]
        for reason in self.reasons:
            part = "note" if verdict is Verdict.MET or reason.code.startswith("note.") else "missing"
            steps.append(Step(part, say(reason.code, **reason.data)))  # type: ignore[arg-type]
        steps += [Step("mend", text) for text in self._mending(verdict)]
        steps.sort(key=lambda step: _ORDER[step.part])
        return Finding(
            self.condition.indicator, verdict, value, tuple(self.claims), tuple(self.proofs), tuple(self.reasons),
            tuple(steps), tuple(self.excluded), tuple(self.grids), explain(steps),
        )  # fmt: skip


    def _mending(self, verdict: Verdict) -> list[str]:
        """What would mend it; nothing for what is met, or for an incident, which no certificate mends."""
        codes = [reason.code for reason in self.reasons]
        if verdict is Verdict.REVIEW:
            return ([say("mend.unread")] if "review.unread" in codes else []) + [say("mend.review")]
        if verdict is Verdict.MET or "unmet.incident" in codes:
            return []
        return [say(f"mend.{self.condition.check}", threshold=plain(self.condition.threshold), each=self.condition.each)]




def plain(value: Decimal | None) -> str:
    """A figure as a person writes it: no exponent, no trailing zeros, at most two decimals; “—” for none."""
    if value is None:
        return "—"
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{rounded.normalize():f}"


def _differ(first: Decimal, second: Decimal, tolerance: Decimal) -> bool:
    return abs(first - second) > tolerance * max(abs(first), abs(second))


def _side(items: Iterable[T], side: Side) -> list[T]:
    return [item for item in items if item.side == side]  # type: ignore[attr-defined]


def _reach(
    low: Decimal | None, high: Decimal | None, condition: Condition, *, low_open: bool = False, high_open: bool = False
) -> bool | None:
    """Whether all of an interval satisfies the clause (True), none of it (False), or it can't be told (None).

    An open end is not part of the interval: “超过30” begins above 30.
    """
    if low is not None and (condition.reached(low) or (low_open and condition.comparator == ">" and low == condition.threshold)):
        return True
    if high is not None and (
        not condition.reached(high) or (high_open and condition.comparator == ">=" and high == condition.threshold)
    ):
        return False
    return None


@dataclass(frozen=True)
class _Stated:
    """What one side states as a number: the figure to show, at least and at most (None: no bound), and whether it mixes ranks."""

    value: Decimal
    low: Decimal
    high: Decimal | None
    mixed: bool

    def reach(self, condition: Condition) -> bool | None:
        """Whether the number satisfies the clause; None where it is rough, mixed with lower ranks, or given in parts."""
        return _reach(self.low, self.high, condition)


def _bounds(quantity: Quantity) -> tuple[Decimal, Decimal | None]:
    """The least and the greatest whole number that a stated count means."""
    low, high = quantity.low, quantity.high
    match quantity.operator:
        case "~":
            value = quantity.value or Decimal(0)
            return value * (1 - _ROUGH), value * (1 + _ROUGH)
        case ">":
            return (low or Decimal(0)) // 1 + 1, None if high == low else high
        case ">=":
            return low or Decimal(0), None if high == low else high
        case "<":
            return Decimal(0), None if high is None else high - 1
        case "<=":
            return Decimal(0), high
        case _:
            return low or Decimal(0), high


def _stated(counts: Sequence[Count], what: str, side: Side) -> _Stated | None:
    """The stated number to go by: the largest unmixed one. Single years' numbers are parts: their sum bounds it."""
    all_stated = [count for count in counts if count.what == what and count.side == side and count.quantity.value is not None]
    chosen = [count for count in all_stated if not count.mixed] or all_stated
    if not chosen:
        return None
    best = max(chosen, key=lambda count: (_bounds(count.quantity)[0], count.quantity.value))
    low = _bounds(best.quantity)[0]
    highs = [_bounds(count.quantity)[1] for count in chosen]
    high = None if any(item is None for item in highs) else max(item for item in highs if item is not None)
    years = {count.quantity.year: _bounds(count.quantity)[1] for count in chosen if count.quantity.year is not None}
    if high is not None and len(years) > 1 and all(item is not None for item in years.values()):
        high = max(high, sum((item for item in years.values() if item is not None), Decimal(0)))
    exact_value = best.quantity.value if best.quantity.operator not in (">",) else low
    mixed = all(count.mixed for count in chosen)
    return _Stated(exact_value or Decimal(0), Decimal(0) if mixed else low, high, mixed)


def _distinct(items: Sequence[T], same: Callable[[T, T], bool]) -> tuple[list[T], list[tuple[T, T]]]:
    """The items each once, and the doubles with what each doubles. The order of the items does not matter: the fullest stays."""
    kept: list[T] = []
    doubles: list[tuple[T, T]] = []
    for item in sorted(items, key=lambda item: (-sum(map(bool, _says(item))), _says(item), repr(item))):
        twin = next((other for other in kept if same(item, other)), None)
        if twin is None:
            kept.append(item)
        else:
            doubles.append((item, twin))
    ranks = {id(item): number for number, item in enumerate(items)}
    return sorted(kept, key=lambda item: ranks[id(item)]), sorted(doubles, key=lambda pair: ranks[id(pair[0])])


def _says(item: object) -> tuple[str, ...]:
    """What an item says of itself, whatever its place and file."""
    names = ("title", "name", "project", "firm", "holder", "issuer", "number", "date", "year")
    return tuple(str(getattr(item, name, "") or "") for name in names)


# --- policies -------------------------------------------------------------------------------------------------------------


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
        (policy.until is not None and case.year is not None and policy.until < case.year, "no.expired", {"year": policy.until}),
        (policy.subject == "general", "no.general", {}),
    ]
    return next(((code, data) for wrong, code, data in faults if wrong), None)


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
    if policy.until is not None and case.year is None:
        return doubt(f"有效期至{policy.until}年，而申报时间不能确定")
    if case.year is not None and policy.date[:4].isdigit() and int(policy.date[:4]) > case.year:
        return doubt(f"落款日期（{policy.date}）晚于申报时间")
    if policy.subject == "near":
        return Reason("review.near_policy", {"title": policy.title})
    return None


def _same_policy(first: Policy, second: Policy) -> bool:
    if first.number and second.number:
        return squash_title(first.number) == squash_title(second.number)
    return bool(first.title) and squash_title(first.title) == squash_title(second.title)


def policies(condition: Condition, case: Case) -> Finding:
    """不少于1项支持“5G+工业互联网”发展的专项政策文件: dedicated, the city's own, issued, in force, its text in the package."""
    draft = _Draft(condition)
    sure: list[Policy] = []
    doubtful: list[tuple[Policy, Reason]] = []
    faulty: list[Policy] = []
    candidates: list[tuple[Policy, str]] = []
    for policy in _side(case.policies, "proof"):
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
    sure, doubles = _distinct(sure, _same_policy)
    for double, twin in doubles:
        draft.leave_out(double.evidence, "no.duplicate", other=twin.title)
        draft.cite("proof", double.evidence)
    claimed: list[Policy] = []
    below = False
    for policy in _side(case.policies, "claim"):
        fault = _policy_fault(policy, case)
        if fault is None and policy.subject == "dedicated":
            claimed.append(policy)
            draft.cite("claim", policy.evidence)
            draft.step("claim", say("claim.policy", title=policy.title or "（未写标题）", number=policy.number), policy.evidence)
        elif fault is not None:
            draft.leave_out(policy.evidence, fault[0], **fault[1])
            # The city's own policy that is not out yet, or no longer in force: what it shows of itself is below the clause.
            below = below or (policy.rank in ("city", "unknown") and policy.subject == "dedicated")
    stated = _stated(case.counts, "policies", "claim")
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
        draft.cite("proof", policy.evidence)
        parts = "，".join(part for part in (policy.issuer, policy.number, policy.date) if part)
        draft.step("proof", say("proof.policy", title=policy.title, parts=parts), policy.evidence)
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
        return draft.finish(Verdict.UNMET, None, case)
    draft.reason("absent")
    return draft.finish(Verdict.ABSENT, None, case)


# --- density --------------------------------------------------------------------------------------------------------------

_FIGURES = {"ratio": "每万人拥有5G基站数", "stations": "5G基站数", "people": "常住人口"}


def _shown(figure: Figure) -> str:
    """A figure with its unit and date, as a person reads it."""
    value = figure.quantity.value
    text = f"{plain(value / 10000)}万人" if figure.kind == "people" and value is not None else f"{plain(value)}个"
    return f"{text}（{figure.date}）" if figure.date else text


def _figure_of(figures: Sequence[Figure], kind: str, area: str = "") -> Figure | None:
    """The figure to go by: independent before own, newest before older, then the one that favours the applicant least."""
    fitting = [f for f in figures if f.kind == kind and f.area == area and f.quantity.value is not None]
    sign = 1 if kind == "people" else -1
    return max(fitting, key=lambda f: (f.independent, f.date, sign * (f.quantity.value or Decimal(0)), f.evidence), default=None)


def _pooled(figures: Sequence[Figure], kind: str, cities: Sequence[str]) -> list[Figure]:
    """A kind's figures for the whole applicant: one stated as pooled, or one of every city; nothing where a city lacks one."""
    whole = _figure_of(figures, kind)
    if whole is not None:
        return [whole]
    parts = [part for city in cities if (part := _figure_of(figures, kind, city)) is not None]
    return parts if kind != "ratio" and len(cities) > 1 and len(parts) == len(cities) else []


@dataclass(frozen=True)
class _Span:
    """An interval, its ends open or not; None: no bound."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False


def _span(figures: Sequence[Figure]) -> _Span:
    """What a sum of figures says: exact, rough (约), or bounded on one side (超, 不足)."""
    low: Decimal | None = Decimal(0)
    high: Decimal | None = Decimal(0)
    low_open = high_open = False
    for quantity in (figure.quantity for figure in figures):
        least, most = quantity.low, quantity.high
        match quantity.operator:
            case "~":
                value = quantity.value or Decimal(0)
                least, most = value * (1 - _ROUGH), value * (1 + _ROUGH)
            case ">" | ">=":
                most = None if most == least else most
            case "<" | "<=":
                least = None if most == least else least
            case _:
                pass
        low = None if low is None or least is None else low + least
        high = None if high is None or most is None else high + most
        low_open, high_open = low_open or quantity.operator == ">", high_open or quantity.operator == "<"
    return _Span(low, high, low_open, high_open)


@dataclass
class _Density:
    """One side's reading of the density: stated, computed, and what of the two decides."""

    stated_from: list[Figure]
    stations_from: list[Figure]
    people_from: list[Figure]

    @property
    def stated(self) -> Decimal | None:
        return self.stated_from[0].quantity.value if self.stated_from else None

    @property
    def stations(self) -> Decimal | None:
        return sum((f.quantity.value or Decimal(0) for f in self.stations_from), Decimal(0)) if self.stations_from else None

    @property
    def people(self) -> Decimal | None:
        return sum((f.quantity.value or Decimal(0) for f in self.people_from), Decimal(0)) if self.people_from else None

    @property
    def computed(self) -> Decimal | None:
        return self.stations / (self.people / 10000) if self.stations is not None and self.people else None

    @property
    def used(self) -> list[Figure]:
        return [*self.stated_from, *self.stations_from, *self.people_from]

    @property
    def exact(self) -> bool:
        """Whether the two figures of the ratio are given exactly."""
        return self.computed is not None and all(f.quantity.operator == "=" for f in (*self.stations_from, *self.people_from))

    @property
    def by_parts(self) -> bool:
        """Whether the computed, unrounded ratio decides: where both figures are given, unless only they are rough."""
        return self.exact or (self.computed is not None and self.stated is None)

    @property
    def value(self) -> Decimal | None:
        return self.computed if self.by_parts else self.stated

    def reach(self, condition: Condition) -> bool | None:
        """Whether it satisfies the clause; None where a rough or one-sided figure leaves it open, or where there is none."""
        if self.value is None:
            return None
        if not self.by_parts:
            quantity = self.stated_from[0].quantity
            if quantity.operator == "~" and not condition.reached(quantity.value or Decimal(0)):
                return False  # “约30” does not say more than 30
            span = _span(self.stated_from)
            return _reach(span.low, span.high, condition, low_open=span.low_open, high_open=span.high_open)
        top, bottom = _span(self.stations_from), _span(self.people_from)
        low = top.low / (bottom.high / 10000) if top.low is not None and bottom.high else None
        high = top.high / (bottom.low / 10000) if top.high is not None and bottom.low else None
        return _reach(low, high, condition)

    @property
    def rough(self) -> str:
        """The words of a figure that is rough, for the reader."""
        deciding = (*self.stations_from, *self.people_from) if self.by_parts else self.stated_from
        figure = next((f for f in deciding if f.quantity.operator != "="), None)
        return (figure.quantity.text or plain(figure.quantity.value)) if figure else plain(self.value)


def _density(figures: Sequence[Figure], cities: Sequence[str]) -> _Density:
    return _Density(*(_pooled(figures, kind, cities) for kind in ("ratio", "stations", "people")))


def _same_time(first: Figure, second: Figure) -> bool:
    """Whether two figures may be of the same date: unknown dates may, different months or years may not."""
    length = min(len(first.date), len(second.date))
    return first.date[:length] == second.date[:length]


def _ratio_contradicts(reading: _Density, condition: Condition) -> bool:
    """Whether the stated ratio contradicts the two figures beside it: more than the tolerance apart.

    A ratio of another date than both figures is no contradiction, unless only one of the two reaches the clause.
    """
    stated, computed = reading.stated, reading.computed
    if stated is None or computed is None or not _differ(stated, computed, condition.tolerance):
        return False
    dated = any(_same_time(reading.stated_from[0], part) for part in (*reading.stations_from, *reading.people_from))
    return dated or condition.reached(stated) != condition.reached(computed)


def density(condition: Condition, case: Case) -> Finding:
    """每万人拥有5G基站数超过30个: strictly above; stated, or stations ÷ 常住人口; claim and proof agree within the tolerance."""
    draft = _Draft(condition)
    figures: dict[Side, list[Figure]] = {side: [f for f in _side(case.figures, side) if f.issued] for side in _BOTH_SIDES}
    unissued = [figure for figure in case.figures if not figure.issued]
    for figure in unissued:
        draft.leave_out(figure.evidence, "no.issuer", document=figure.document)
    readings = {side: _density(figures[side], case.cities) for side in _BOTH_SIDES}
    claim, proof = readings["claim"], readings["proof"]
    for side, reading in readings.items():
        draft.cite(side, *[figure.evidence for figure in (*reading.used, *figures[side])])
        texts = []
        if reading.stations is not None and reading.people is not None and reading.computed is not None:
            texts.append(
                say(
                    "value.computed",
                    stations=plain(reading.stations),
                    people=plain(reading.people / 10000),
                    value=plain(reading.computed),
                )
            )
        else:
            texts += [f"{_FIGURES[f.kind]}{_shown(f)}" for f in (*reading.stations_from, *reading.people_from)]
        if reading.stated is not None:
            texts.append(say("value.stated", value=plain(reading.stated)))
        if texts:
            where = "、".join(dict.fromkeys(f.document for f in reading.used if f.document)) if side == "proof" else ""
            draft.step(
                side,
                f"{SIDES[side]}：{'；'.join(texts)}" + (f"（{where}）" if where else ""),
                *[f.evidence for f in reading.used],
            )
    _density_grid(draft, figures)
    _joint_note(draft, case, figures)
    value = proof.value if proof.value is not None else claim.value
    for side, reading in readings.items():
        if _ratio_contradicts(reading, condition):
            draft.reason("review.ratio", side=SIDES[side], stated=plain(reading.stated), computed=plain(reading.computed))
    for mine, theirs in _contradictions(condition, figures["claim"], figures["proof"], claim, proof):
        gap = f"{abs(mine[1] - theirs[1]) / max(mine[1], theirs[1]) * 100:.1f}%"
        draft.reason(
            "review.contradiction",
            what=mine[0],
            claim=plain(mine[1]),
            source=theirs[0] or "佐证",
            proof=plain(theirs[1]),
            gap=gap,
            tolerance=f"{condition.tolerance * 100:.0f}%",
        )
    if draft.reasons:
        return draft.finish(Verdict.REVIEW, value, case)
    claim_reach, proof_reach = claim.reach(condition), proof.reach(condition)
    if proof.value is None and claim_reach is not False and any(figure.issued is None for figure in unissued):
        draft.reason("review.no_issuer", documents="、".join(dict.fromkeys(f.document for f in unissued if f.issued is None)))
        return draft.finish(Verdict.REVIEW, None, case)
    if claim.value is None and proof.value is None:
        if (proof.stations is not None and (proof.people or claim.people)) or (claim.stations is not None and proof.people):
            draft.reason("review.people_unproven", value="—")
            return draft.finish(Verdict.REVIEW, None, case)
        draft.reason("absent.ratio" if figures["claim"] or figures["proof"] else "absent")
        return draft.finish(Verdict.ABSENT, None, case)
    if claim.value is None:
        if proof_reach is None:
            draft.reason("review.approximate", text=proof.rough)
            return draft.finish(Verdict.REVIEW, proof.value, case)
        if proof_reach:
            draft.reason("met.proof_only")
            return draft.finish(Verdict.MET, proof.value, case)
        draft.reason("unmet.proof", value=f"{plain(proof.value)}个", clause=condition.clause)
        return draft.finish(Verdict.UNMET, proof.value, case)
    if claim_reach is False:
        if proof_reach and not claim.exact and claim.stated_from and claim.stated_from[0].quantity.operator != "=":
            # A rough claim (“约30个”) beside an exact proof above the threshold: only one of the two reaches it.
            draft.reason("review.approximate", text=claim.rough)
            return draft.finish(Verdict.REVIEW, value, case)
        if proof_reach and _differ(claim.value, proof.value or claim.value, condition.tolerance):
            draft.reason("review.claim_below", claim=f"{plain(claim.value)}个", proof=f"{plain(proof.value)}个")
            return draft.finish(Verdict.REVIEW, value, case)
        draft.reason("unmet.claim", value=f"{plain(claim.value)}个", clause=condition.clause)
        return draft.finish(Verdict.UNMET, claim.value, case)
    if claim_reach is None:
        draft.reason("review.approximate", text=claim.rough)
        return draft.finish(Verdict.REVIEW, value, case)
    if proof.value is None:
        if proof.stations is not None and claim.people:
            borrowed = proof.stations / (claim.people / 10000)
            draft.reason("review.people_unproven", value=plain(borrowed))
            return draft.finish(Verdict.REVIEW, borrowed, case)
        draft.reason("unproven.unfit" if unissued else "unproven.none")
        return draft.finish(Verdict.UNPROVEN, claim.value, case)
    if proof_reach is None:
        draft.reason("review.approximate", text=proof.rough)
        return draft.finish(Verdict.REVIEW, value, case)
    if proof_reach is False:
        draft.reason("unproven.less", value=f"{plain(proof.value)}个")
        return draft.finish(Verdict.UNPROVEN, proof.value, case)
    draft.reason("met")
    if _differ(claim.value, proof.value, condition.tolerance):
        draft.reason("note.dates", detail=f"申报{plain(claim.value)}个与佐证{plain(proof.value)}个")
    return draft.finish(Verdict.MET, value, case)


def _contradictions(
    condition: Condition, claims: Sequence[Figure], proofs: Sequence[Figure], claim: _Density, proof: _Density
) -> list[tuple[tuple[str, Decimal], tuple[str, Decimal]]]:
    """Figures of one kind, area and date that differ by more than the tolerance, as (what, claimed) and (where, proved).

    A claim agrees if one proof of its kind and date agrees; a proof of an independent body must find its like in the claims.
    """

    def apart(first: Figure, second: Figure) -> bool:
        return _differ(first.quantity.value or Decimal(0), second.quantity.value or Decimal(0), condition.tolerance)

    def fits(first: Figure, second: Figure) -> bool:
        same = first.kind == second.kind and first.area == second.area
        return same and first.quantity.value is not None and second.quantity.value is not None and _same_time(first, second)

    pairs: list[tuple[Figure, Figure]] = []
    for mine in claims:
        theirs = [figure for figure in proofs if fits(mine, figure)]
        if theirs and all(apart(mine, figure) for figure in theirs):
            pairs.append((mine, max(theirs, key=lambda f: (f.independent, f.evidence))))
    for figure in proofs:
        mines = [mine for mine in claims if fits(mine, figure)]
        if figure.independent and mines and all(apart(mine, figure) for mine in mines):
            pairs.append((mines[0], figure))
    found: dict[tuple[str, Decimal, Decimal], tuple[tuple[str, Decimal], tuple[str, Decimal]]] = {}
    for mine, figure in sorted(pairs, key=lambda pair: (pair[0].kind, pair[0].evidence, pair[1].evidence)):
        one, two = mine.quantity.value or Decimal(0), figure.quantity.value or Decimal(0)
        scale = Decimal(10000) if mine.kind == "people" else Decimal(1)
        what = f"{mine.area}{_FIGURES[mine.kind]}" + ("（万人）" if mine.kind == "people" else "")
        found.setdefault((mine.kind, one, two), ((what, one / scale), (figure.document, two / scale)))
    if found or claim.value is None or proof.value is None or not _differ(claim.value, proof.value, condition.tolerance):
        return list(found.values())
    # One side states the ratio, the other gives its two figures: of one date, they must agree too.
    if all(_same_time(a, b) for a in claim.used for b in proof.used if "people" not in (a.kind, b.kind)):
        return [((_FIGURES["ratio"], claim.value), ("", proof.value))]
    return []


def _joint_note(draft: _Draft, case: Case, figures: dict[Side, list[Figure]]) -> None:
    """The figures of each city of a joint application, beside the pooled ones that decide."""
    if len(case.cities) < 2:
        return
    details = []
    for city in case.cities:
        for side in _BOTH_SIDES[::-1]:
            stations, people, ratio = (_figure_of(figures[side], kind, city) for kind in ("stations", "people", "ratio"))
            if stations and people and stations.quantity.value is not None and people.quantity.value:
                details.append(f"{city}{plain(stations.quantity.value / (people.quantity.value / 10000))}个")
                break
            if ratio:
                details.append(f"{city}{plain(ratio.quantity.value)}个")
                break
    if details:
        draft.step("note", say("note.joint", detail="，".join(details)))


def _density_grid(draft: _Draft, figures: dict[Side, list[Figure]]) -> None:
    rows, sources = [], []
    for side in _BOTH_SIDES:
        for figure in figures[side]:
            unit = "人" if figure.kind == "people" else "个"
            name = f"{_FIGURES[figure.kind]}（{unit}）"
            rows.append(
                (SIDES[side], figure.area or "合计/全市", name, plain(figure.quantity.value), figure.date or "—", figure.document)
            )
            sources.append((figure.evidence,))
    if rows:
        header = ("来源", "范围", "项目", "数值", "时点", "文件")
        draft.grids.append(Grid("5G网络覆盖率的依据", header, tuple(rows), tuple(sources)))


# --- scenarios ------------------------------------------------------------------------------------------------------------


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


def _count_factories(draft: _Draft, condition: Condition, factories: Sequence[Factory], side: Side) -> _Counted:
    counted = _Counted()
    rows, sources = [], []
    for group in _by_factory(factories):
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


def scenarios(condition: Condition, case: Case) -> Finding:
    """具备10个以上典型应用场景的工厂不少于5家: distinct official scenarios per factory, then distinct factories."""
    draft = _Draft(condition)
    sides: dict[Side, _Counted] = {}
    stated: dict[Side, _Stated | None] = {}
    for side in _BOTH_SIDES:
        stated[side] = _stated(case.counts, "factories", side)
        said = stated[side]
        evidence = [count.evidence for count in case.counts if count.what == "factories" and count.side == side]
        draft.cite(side, *evidence)
        if said is not None:
            draft.step(
                side, say("value.factories_stated", side=SIDES[side], each=condition.each, count=plain(said.value)), *evidence
            )
        sides[side] = _count_factories(draft, condition, _side(case.factories, side), side)
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

    # The city's own statement against its own detail.
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


# --- 5G factories ---------------------------------------------------------------------------------------------------------


def _same_entry(first: Entry, second: Entry) -> bool:
    if first.firm and second.firm and not same_firm(first.firm, second.firm):
        return False
    if first.project and second.project:
        return same_project(first.project, second.project)
    return bool(first.firm and second.firm)


def _rows_of_one_list(items: Iterable[Entry | Title]) -> int:
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
    said: _Stated | None
    said_pilots: _Stated | None

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


def _listed_side(draft: _Draft, case: Case, side: Side) -> _Listed:
    listed, pilots, unsure, rows = [], [], [], []
    for entry in _side(case.entries, side):
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
        kept, doubles = _distinct(group, _same_entry)
        for double, twin in doubles:
            draft.leave_out(double.evidence, "no.duplicate", other=twin.project or twin.firm)
        result.append(kept)
    # What is surely counted once already does not count again because a second copy of it is unsure.
    unsure = [entry for entry in result[2] if not any(_same_entry(entry, other) for other in (*result[0], *result[1]))]
    said, said_pilots = (_stated(case.counts, what, side) for what in ("listed", "pilots"))
    return _Listed(result[0], result[1], unsure, _rows_of_one_list(rows), said, said_pilots)


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


def listed_projects(condition: Condition, case: Case) -> Finding:
    """不少于1个试点示范（5G工厂方向）或不少于5个5G工厂名录项目: final national lists, own entries, each project once."""
    draft = _Draft(condition)
    needed = Decimal(condition.alternative)
    sides = {side: _listed_side(draft, case, side) for side in _BOTH_SIDES}
    claim, proof = sides["claim"], sides["proof"]
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
    unfit = any(entry.roster in ("lower", "announced", "applying") for entry in _side(case.entries, "proof"))
    draft.reason("unproven.unfit" if unfit else "unproven.none")
    return draft.finish(Verdict.UNPROVEN, None, case)


def _entry_grid(draft: _Draft, item: _Listed, side: Side) -> None:
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


# --- titles ---------------------------------------------------------------------------------------------------------------


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


@dataclass
class _Titled:
    """One side's titles, each once: those that count and those that a person must judge; all its rows; the number it states."""

    kept: list[Title]
    doubtful: list[Title]
    raw: int
    said: _Stated | None
    awards: int = 0  # of those that count, programme and holder alone told apart

    @property
    def counted(self) -> Decimal:
        return Decimal(len(self.kept))


def _titles_side(draft: _Draft, case: Case, side: Side) -> _Titled:
    sure, unsure = [], []
    everything = _side(case.titles, side)
    for title in everything:
        fault = _title_fault(title, case)
        if fault is not None:
            draft.leave_out(title.evidence, fault[0], **fault[1])
        elif title.rank == "unknown" or title.own is None:
            unsure.append(title)
        else:
            sure.append(title)
    kept, doubles = _distinct(sure, _same_title)
    for double, twin in doubles:
        draft.leave_out(double.evidence, "no.duplicate", other=f"{twin.name}（{twin.holder}）" if twin.holder else twin.name)
    doubtful, _ = _distinct([t for t in unsure if not any(_same_title(t, k) for k in kept)], _same_title)
    return _Titled(
        kept, doubtful, _rows_of_one_list(everything), _stated(case.counts, "titles", side), len(_distinct(kept, _same_award)[0])
    )


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
    # A list as long as the number it details, short once cleaned, shows what the city has; a shorter one may be a selection.
    if Decimal(claim.raw) >= claim.said.value or claim.said.mixed:
        return False, claim.counted, False
    return said_reach, said_value, condition.reached(Decimal(claim.raw))


def titles(condition: Condition, case: Case) -> Finding:
    """不少于5项部级及以上相关称号: each once, of ministerial rank, the city's or of firms, parks or projects in it."""
    draft = _Draft(condition)
    sides = {side: _titles_side(draft, case, side) for side in _BOTH_SIDES}
    claim, proof = sides["claim"], sides["proof"]
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
    if disputed:
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
    unfit = any(_title_fault(title, case) for title in _side(case.titles, "proof"))
    draft.reason("unproven.unfit" if unfit else "unproven.none")
    return draft.finish(Verdict.UNPROVEN, None, case)


# --- site visit -----------------------------------------------------------------------------------------------------------

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


def statement(condition: Condition, case: Case) -> Finding:
    """无重大网络安全事件、重大安全生产事故，未提供虚假材料: stated, certified, and nothing on record against it."""
    draft = _Draft(condition)
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
    for side in _BOTH_SIDES:
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
            for side in _BOTH_SIDES
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


CHECKS: dict[str, Callable[[Condition, Case], Finding]] = {
    "policies": policies,
    "density": density,
    "scenarios": scenarios,
    "listed_projects": listed_projects,
    "titles": titles,
    "statement": statement,
}
