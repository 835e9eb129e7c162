"""The nouns of the understanding floor: a statement, the quantity in it, and what it is evidence of."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from extract import Anchor, BBox

EvidenceKind = Literal["claim", "target", "proof"]
Operator = Literal["=", ">", ">=", "<", "<=", "~"]
# Has it happened? "unmarked" never counts as a fact for a mandatory condition.
Status = Literal["fact", "plan", "in_progress", "announced", "expired", "denied", "hypothetical", "requirement", "unmarked"]
# Whose is it?
Scope = Literal["city", "county", "enterprise", "province", "nation", "other_city", "region", "none"]
# What the section (or the table column) that a sentence stands in speaks of.
Mode = Literal["base", "target", "task", "none"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as an interval with its unit: “超30个” is (30, None] with operator ``>``; “近万” is [None, 10000) with ``<``.

    ``low`` and ``high`` are in base units (4.6万个 → 46000 个, 1.8亿元 → 180000000 元); equal for an exact figure. ``start`` and ``end``
    are offsets in the analysed text. ``flags``: delta, share, subset, threshold, budgeted, paid, new, cumulative, rank, rate …
    """

    low: Decimal | None
    high: Decimal | None
    unit: str
    operator: Operator = "="
    per: str = ""
    subject: str = ""
    year: int | None = None
    status: Status = "unmarked"
    scope: Scope = "city"
    flags: frozenset[str] = frozenset()
    start: int = 0
    end: int = 0
    text: str = ""

    @property
    def value(self) -> Decimal | None:
        """The figure itself: the stated bound for one-sided intervals, the lower end for ranges."""
        return self.low if self.low is not None else self.high

    def above(self, threshold: Decimal, *, strict: bool) -> bool | None:
        """Whether the quantity is certainly above (at least, if not strict) a threshold; None where it can't be told."""
        low_open = self.operator == ">"
        if self.operator == "~":
            value = self.value
            if value is None:
                return None
            return True if value > threshold * Decimal("1.05") else (False if value < threshold * Decimal("0.95") else None)
        if self.low is not None and (self.low > threshold or (self.low == threshold and (low_open or not strict))):
            return True
        if self.high is not None and (self.high < threshold or (self.high == threshold and (strict or self.operator == "<"))):
            return False
        return None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim, a target or a proof: the words, where they stand, and what they say.

    ``text == document.quote(anchor)`` always. ``trail`` is the way there for formats without pages. ``year`` is a target's year.
    ``facts`` holds what a check needs beyond the quantity (title, issuer, firm, project, scenarios …) as plain strings.
    """

    id: str
    kind: EvidenceKind
    indicator: str
    document: str
    anchor: Anchor
    text: str
    page: int | None = None
    boxes: tuple[BBox, ...] = ()
    lane: Literal["text", "table", "ocr"] = "text"
    confidence: float = 1.0
    status: Status = "unmarked"
    scope: Scope = "city"
    quantities: tuple[Quantity, ...] = ()
    year: int | None = None
    trail: str = ""
    facts: dict[str, str] = field(default_factory=dict)
