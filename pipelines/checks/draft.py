"""What the checks share: the finding in the making, intervals against thresholds, stated numbers, doubles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from models.catalogue import Condition
from models.evidence import Quantity
from models.facts import Case, Count, Side
from pipelines.screening import Finding, Grid, Reason, Step, Verdict
from pipelines.wording import explain, say

T = TypeVar("T")
BOTH_SIDES: tuple[Side, Side] = ("claim", "proof")
# A rounded word like 约 is taken to hold within this share of the figure.
ROUGH = Decimal("0.05")
_ORDER = {"clause": 0, "claim": 1, "proof": 2, "excluded": 3, "missing": 4, "note": 5, "mend": 6}
# Verdicts that say something is missing from the proofs: they give way where a proof may stand in what was not read.
_RESTS_ON_PROOFS = ("unmet.proof",)


@dataclass
class Draft:
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
            heard = [item for item in case.echoes if item.indicator == self.condition.indicator]
            if heard and not unread:
                names = "、".join(f"{item.words}（{item.document}）" for item in heard[:6])
                self.cite("proof", *(item.evidence for item in heard))
                self.reasons.insert(0, Reason("review.echo", {"names": names + ("等" if len(heard) > 6 else "")}))
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


def differ(first: Decimal, second: Decimal, tolerance: Decimal) -> bool:
    """Whether two figures are further apart than a share of the larger one."""
    return abs(first - second) > tolerance * max(abs(first), abs(second))


def of_side(items: Iterable[T], side: Side) -> list[T]:
    """The facts of one side."""
    return [item for item in items if item.side == side]  # type: ignore[attr-defined]


def reaches(
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
class Stated:
    """What one side states as a number: the figure to show, at least and at most (None: no bound), and whether it mixes ranks."""

    value: Decimal
    low: Decimal
    high: Decimal | None
    mixed: bool

    def reach(self, condition: Condition) -> bool | None:
        """Whether the number satisfies the clause; None where it is rough, mixed with lower ranks, or given in parts."""
        return reaches(self.low, self.high, condition)


def bounds(quantity: Quantity) -> tuple[Decimal, Decimal | None]:
    """The least and the greatest whole number that a stated count means."""
    low, high = quantity.low, quantity.high
    match quantity.operator:
        case "~":
            value = quantity.value or Decimal(0)
            return value * (1 - ROUGH), value * (1 + ROUGH)
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


def stated_number(counts: Sequence[Count], what: str, side: Side) -> Stated | None:
    """The stated number to go by: the largest unmixed one. Single years' numbers are parts: their sum bounds it."""
    all_stated = [count for count in counts if count.what == what and count.side == side and count.quantity.value is not None]
    chosen = [count for count in all_stated if not count.mixed] or all_stated
    if not chosen:
        return None
    best = max(chosen, key=lambda count: (bounds(count.quantity)[0], count.quantity.value))
    low = bounds(best.quantity)[0]
    highs = [bounds(count.quantity)[1] for count in chosen]
    high = None if any(item is None for item in highs) else max(item for item in highs if item is not None)
    years = {count.quantity.year: bounds(count.quantity)[1] for count in chosen if count.quantity.year is not None}
    if high is not None and len(years) > 1 and all(item is not None for item in years.values()):
        high = max(high, sum((item for item in years.values() if item is not None), Decimal(0)))
    exact_value = best.quantity.value if best.quantity.operator not in (">",) else low
    mixed = all(count.mixed for count in chosen)
    return Stated(exact_value or Decimal(0), Decimal(0) if mixed else low, high, mixed)


def torn(condition: Condition, counts: Sequence[Count], what: str) -> tuple[Decimal, Decimal] | None:
    """The least and the greatest of the city's own exact numbers for one thing, where only one of them satisfies the clause.

    Numbers of stated years, numbers that mix ranks and bounds are no contradiction.
    """
    exact = [
        count.quantity.value
        for count in counts
        if count.what == what and count.side == "claim" and not count.mixed and count.quantity.operator == "=" and count.quantity.year is None
        and count.quantity.value is not None and count.quantity.low == count.quantity.high
    ]  # fmt: skip
    if not exact or condition.reached(min(exact)) or not condition.reached(max(exact)):
        return None
    return min(exact), max(exact)


def distinct(items: Sequence[T], same: Callable[[T, T], bool]) -> tuple[list[T], list[tuple[T, T]]]:
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
