"""The nouns of the deciding floor: verdicts with their reasons, and the record of one screened submission."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from models.evidence import Evidence

if TYPE_CHECKING:
    from pipelines.frames import Frames

Role = Literal["plan", "form", "letter", "proof", "other"]


class Verdict(StrEnum):
    """The verdict on one mandatory condition."""

    MET = "met"
    UNMET = "unmet"
    UNPROVEN = "unproven"
    ABSENT = "absent"
    REVIEW = "review"


class GateVerdict(StrEnum):
    """The verdict of the completeness gate."""

    PASS = "pass"
    FAIL = "fail"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Reason:
    """A stable code and what fills its sentence; ``wording.sentence`` turns it into Chinese."""

    code: str
    data: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a verdict's derivation: what it is about, a sentence, and the evidence that shows it (ids).

    ``part``: "clause" what is asked, "claim" what was claimed, "proof" what proves it, "excluded" what does not count and why,
    "missing" what is missing, "mend" what would mend it, "note" anything else a reader must know.
    """

    part: Literal["clause", "claim", "proof", "excluded", "missing", "mend", "note"]
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table that shows how a figure came about (factory × scenario, title by title, station ÷ inhabitants).

    ``sources`` holds for each row the evidence ids that the row rests on.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one mandatory condition with its derivation.

    ``value`` is the figure that decides, None where there is none. ``claims``, ``proofs``, ``excluded`` are evidence ids, those of
    ``excluded`` with the reason each does not count.
    """

    indicator: str
    verdict: Verdict
    value: Decimal | None
    claims: tuple[str, ...]
    proofs: tuple[str, ...]
    reasons: tuple[Reason, ...]
    steps: tuple[Step, ...] = ()
    excluded: tuple[tuple[str, str], ...] = ()
    grids: tuple[Grid, ...] = ()
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """What the package says on one of the 37 indicators: ids of evidence. ``targets`` by year."""

    indicator: str
    baseline: tuple[str, ...] = ()
    targets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    proofs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places of the package that contradict each other, or one that cannot be.

    ``grade``: "mandatory" touches a mandatory condition, "indicator" another indicator, "form" only form (template leftovers).
    """

    code: str
    grade: Literal["mandatory", "indicator", "form"]
    indicator: str | None
    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackageItem:
    """One line of the package check (Articles 6, 9, 10, 14): ``state`` ok, missing, or doubt for a person."""

    code: str
    title: str
    state: Literal["ok", "missing", "doubt"]
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One document of the submission as it was read: role, status, pages (None where the format has none), problems in words.

    ``kind`` is what a proof is (红头文件, 名录 …), ``title``/``issuer``/``number``/``date`` what it shows of itself. ``sizes``
    holds each page's (width, height) in points. ``role_reason`` says in Chinese why it has its role.
    """

    path: str
    role: Role
    status: Literal["read", "partial", "unreadable"]
    pages: int | None
    messages: tuple[str, ...] = ()
    format: str = ""
    sha256: str = ""
    kind: str = ""
    title: str = ""
    issuer: str = ""
    number: str = ""
    date: str = ""
    lane: str = "text"
    role_reason: str = ""
    advice: tuple[str, ...] = ()
    unread_pages: tuple[int, ...] = ()
    sizes: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Screening:
    """The record of one screened submission: everything that the reports show."""

    name: str
    cities: tuple[str, ...]
    province: str
    catalogue: dict[str, str]
    gate: GateVerdict
    gate_reasons: tuple[Reason, ...]
    conditions: tuple[Finding, ...]
    indicators: tuple[IndicatorRow, ...]
    evidence: tuple[Evidence, ...]
    documents: tuple[DocumentRecord, ...]
    conflicts: tuple[Conflict, ...] = ()
    package: tuple[PackageItem, ...] = ()
    debris: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    run: dict[str, Any] = field(default_factory=dict)
    failed: str = ""  # why it could not be screened at all, a Chinese sentence; empty for a real screening

    def to_frame(self) -> Frames:
        """The findings and the evidence as pandas frames."""
        from pipelines.frames import to_frame  # late: pandas is heavy and most runs never need it

        return to_frame(self)

    def by_id(self) -> dict[str, Evidence]:
        """The evidence by its id."""
        return {item.id: item for item in self.evidence}
