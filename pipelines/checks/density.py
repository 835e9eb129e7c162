"""5G base stations per 10,000 inhabitants: stated, computed, pooled, and held against the proofs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.catalogue import Condition
from models.evidence import Quantity
from models.facts import Case, Figure, Side
from pipelines.checks.draft import BOTH_SIDES, ROUGH, Draft, differ, of_side, plain, reaches
from pipelines.screening import Finding, Grid, Verdict
from pipelines.wording import SIDES, say

_ONE_SIDED = (">", ">=", "<", "<=")
_FIGURES = {"ratio": "每万人拥有5G基站数", "stations": "5G基站数", "people": "常住人口"}


def _shown(figure: Figure) -> str:
    """A figure with its unit and date, as a person reads it."""
    value = figure.quantity.value
    text = f"{plain(value / 10000)}万人" if figure.kind == "people" and value is not None else f"{plain(value)}个"
    return f"{text}（{figure.date}）" if figure.date else text


def _figure_of(figures: Sequence[Figure], kind: str, area: str = "") -> Figure | None:
    """The figure to go by: independent before own, exact before bounds, newest first, then what favours the applicant least."""
    fitting = [f for f in figures if f.kind == kind and f.area == area and f.quantity.value is not None]
    sign = 1 if kind == "people" else -1

    def rank(figure: Figure) -> tuple[bool, bool, str, Decimal, str]:
        exact = figure.quantity.operator not in _ONE_SIDED
        return figure.independent, exact, figure.date, sign * (figure.quantity.value or Decimal(0)), figure.evidence

    return max(fitting, key=rank, default=None)


def _holds(bound: Quantity, value: Decimal) -> bool | None:
    """Whether a value lies within a bound (“超过30个”); None where the quantity is none."""
    if bound.operator not in _ONE_SIDED or bound.value is None:
        return None
    return value >= bound.value if bound.operator in (">", ">=") else value <= bound.value


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
                least, most = value * (1 - ROUGH), value * (1 + ROUGH)
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
            return reaches(span.low, span.high, condition, low_open=span.low_open, high_open=span.high_open)
        top, bottom = _span(self.stations_from), _span(self.people_from)
        low = top.low / (bottom.high / 10000) if top.low is not None and bottom.high else None
        high = top.high / (bottom.low / 10000) if top.high is not None and bottom.low else None
        return reaches(low, high, condition)

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


def _dated(figures: Sequence[Figure], known: Sequence[Figure]) -> list[Figure]:
    """The figures, an undated one with the date of its like: a form repeats the plan's or the regulator's number without it."""
    dates: dict[tuple[object, ...], set[str]] = {}
    for figure in known:
        if figure.date:
            dates.setdefault((figure.kind, figure.area, figure.quantity.value), set()).add(figure.date)
    alike = (dates.get((figure.kind, figure.area, figure.quantity.value), set()) for figure in figures)
    return [
        replace(figure, date=next(iter(told))) if not figure.date and len(told) == 1 else figure
        for figure, told in zip(figures, alike, strict=True)
    ]


def _ratio_contradicts(reading: _Density, condition: Condition) -> bool:
    """Whether the stated ratio contradicts the two figures beside it: more than the tolerance apart.

    A ratio of another date than both figures is no contradiction, unless only one of the two reaches the clause.
    """
    stated, computed = reading.stated, reading.computed
    if stated is None or computed is None or not differ(stated, computed, condition.tolerance):
        return False
    if _holds(reading.stated_from[0].quantity, computed):
        return False
    dated = any(_same_time(reading.stated_from[0], part) for part in (*reading.stations_from, *reading.people_from))
    return dated or condition.reached(stated) != condition.reached(computed)


def check(condition: Condition, case: Case) -> Finding:
    """每万人拥有5G基站数超过30个: strictly above; stated, or stations ÷ 常住人口; claim and proof agree within the tolerance."""
    draft = Draft(condition)
    issued = [figure for figure in case.figures if figure.issued]
    figures: dict[Side, list[Figure]] = {side: _dated(of_side(issued, side), issued) for side in BOTH_SIDES}
    unissued = [figure for figure in case.figures if not figure.issued]
    for figure in unissued:
        draft.leave_out(figure.evidence, "no.issuer", document=figure.document)
    readings = {side: _density(figures[side], case.cities) for side in BOTH_SIDES}
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
        if proof_reach and differ(claim.value, proof.value or claim.value, condition.tolerance):
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
    if differ(claim.value, proof.value, condition.tolerance):
        draft.reason("note.dates", detail=f"申报{plain(claim.value)}个与佐证{plain(proof.value)}个")
    return draft.finish(Verdict.MET, value, case)


def _contradictions(
    condition: Condition, claims: Sequence[Figure], proofs: Sequence[Figure], claim: _Density, proof: _Density
) -> list[tuple[tuple[str, Decimal], tuple[str, Decimal]]]:
    """Figures of one kind, area and date that differ by more than the tolerance, as (what, claimed) and (where, proved).

    A claim agrees if one proof of its kind and date agrees; a proof of an independent body must find its like in the claims.
    """

    def apart(first: Figure, second: Figure) -> bool:
        one, two = first.quantity.value or Decimal(0), second.quantity.value or Decimal(0)
        bounds = [within for within in (_holds(first.quantity, two), _holds(second.quantity, one)) if within is not None]
        return not all(bounds) if bounds else differ(one, two, condition.tolerance)

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
    if found or claim.value is None or proof.value is None or not differ(claim.value, proof.value, condition.tolerance):
        return list(found.values())
    if not claim.by_parts and _holds(claim.stated_from[0].quantity, proof.value):
        return []
    # One side states the ratio, the other gives its two figures: of one date, they must agree too.
    if all(_same_time(a, b) for a in claim.used for b in proof.used if "people" not in (a.kind, b.kind)):
        return [((_FIGURES["ratio"], claim.value), ("", proof.value))]
    return []


def _joint_note(draft: Draft, case: Case, figures: dict[Side, list[Figure]]) -> None:
    """The figures of each city of a joint application, beside the pooled ones that decide."""
    if len(case.cities) < 2:
        return
    details = []
    for city in case.cities:
        for side in BOTH_SIDES[::-1]:
            stations, people, ratio = (_figure_of(figures[side], kind, city) for kind in ("stations", "people", "ratio"))
            if stations and people and stations.quantity.value is not None and people.quantity.value:
                details.append(f"{city}{plain(stations.quantity.value / (people.quantity.value / 10000))}个")
                break
            if ratio:
                details.append(f"{city}{plain(ratio.quantity.value)}个")
                break
    if details:
        draft.step("note", say("note.joint", detail="，".join(details)))


def _density_grid(draft: Draft, figures: dict[Side, list[Figure]]) -> None:
    rows, sources = [], []
    for side in BOTH_SIDES:
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
