"""What the six conditions are judged on: facts with their evidence, and the case that holds them all.

The understanding floor makes a ``Case`` out of the documents; the checks judge it and open nothing. Every fact names the evidence
(ids) that it rests on and the side it stands on: the city's own statement ("claim") or a proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from models.evidence import Quantity

Side = Literal["claim", "proof"]
Rank = Literal["nation", "province", "city", "county", "association", "qualification", "unknown"]
Tristate = bool | None


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy document: named by the city (claim) or there in full (proof).

    ``rank`` is whose it is; ``state`` issued, draft, planned, repealed or unknown; ``subject`` whether it is dedicated to
    “5G+工业互联网”: "dedicated", "near" (a person must tell), "general". ``until`` is the last year of its stated term,
    ``ends`` its last month (ISO) where that is told too. ``also`` is further evidence of a text that is there: its number, the sentence on its validity.
    """

    evidence: str
    side: Side
    title: str
    issuer: str = ""
    number: str = ""
    date: str = ""
    rank: Rank = "unknown"
    state: Literal["issued", "draft", "planned", "repealed", "unknown"] = "issued"
    subject: Literal["dedicated", "near", "general"] = "dedicated"
    until: int | None = None
    document: str = ""
    also: tuple[str, ...] = ()
    ends: str = ""

    def over(self, submitted: str) -> Tristate:
        """Whether its stated term had ended before an ISO date, month or year; None where that can't be told."""
        if not self.ends and self.until is None:
            return False
        if not submitted[:4].isdigit():
            return None
        last = self.ends or str(self.until)
        if last[:4] != submitted[:4] or not self.ends:
            return last[:4] < submitted[:4]
        return last < submitted[:7] if len(submitted) >= 7 else None


@dataclass(frozen=True, slots=True)
class Count:
    """A stated number: "policies", "factories" (with enough scenarios), "listed" (5G工厂名录), "pilots", "titles".

    ``mixed``: the number counts lower ranks too (“国家级和省级称号6项”), so that it bounds from above only.
    ``independent``: stated by a body that is not the applicant's own.
    """

    evidence: str
    side: Side
    what: Literal["policies", "factories", "listed", "pilots", "titles"]
    quantity: Quantity
    mixed: bool = False
    document: str = ""
    independent: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the density: "ratio" (per 10,000 inhabitants), "stations" (5G alone), "people" (常住人口, inhabitants).

    ``area`` is "" for the whole applicant (the pooled figure of a joint application), else the city it belongs to.
    ``date`` is an ISO year or month, "" where unknown. ``issued``: whether the proof shows who issued it (None: a scan that may
    hide it).
    """

    evidence: str
    side: Side
    kind: Literal["ratio", "stations", "people"]
    quantity: Quantity
    area: str = ""
    date: str = ""
    document: str = ""
    independent: bool = False
    issued: Tristate = True


@dataclass(frozen=True, slots=True)
class ScenarioHit:
    """One scenario of one factory: its official ``number`` (None: not one of the 20), how sure, and where."""

    number: int | None
    name: str
    level: Literal["exact", "near", "synonym", "unknown"]
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Factory:
    """A factory with its scenarios, or with the bare number that the table states for it (``stated``).

    ``elsewhere`` is the place outside the applicant that its row or form gives as its own.
    """

    evidence: tuple[str, ...]
    side: Side
    name: str
    scenarios: tuple[ScenarioHit, ...] = ()
    stated: int | None = None
    document: str = ""
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A project in a list: which list, and whether it is the applicant's own (None: can't be told).

    ``verified`` names the row of the official list that it matches, where a user has supplied one.
    """

    evidence: str
    side: Side
    project: str
    firm: str
    roster: Literal["factory_list", "pilot", "lower", "announced", "applying", "unknown"]
    year: int | None = None
    own: Tristate = True
    document: str = ""
    verified: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """A title with its holder, issuer and year. ``programme`` is the catalogue's id, "" where it isn't in it.

    ``mark`` is what a person must know of the programme (a status rather than a demonstration title), "" for most.
    """

    evidence: str
    side: Side
    name: str
    holder: str = ""
    issuer: str = ""
    year: int | None = None
    rank: Rank = "unknown"
    programme: str = ""
    state: Literal["granted", "announced", "applying", "expired"] = "granted"
    own: Tristate = True
    document: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a document says of incidents: "network" (网络安全事件), "safety" (安全生产事故), "false" (虚假材料).

    ``says``: none happened, one happened ("occurred"; of ``severity``), or only a promise ("pledge").
    """

    evidence: str
    side: Side
    topic: Literal["network", "safety", "false"]
    says: Literal["none", "occurred", "pledge"]
    severity: Literal["major", "lesser", "unknown"] = "major"
    own: Tristate = True
    document: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A document, or pages of one, that could not be read, and the indicators that it could prove (empty: any)."""

    document: str
    could_prove: frozenset[str] = frozenset()
    message: str = ""

    def may_hold(self, indicator: str) -> bool:
        """Whether a proof of the indicator may stand in it."""
        return not self.could_prove or indicator in self.could_prove


@dataclass(frozen=True, slots=True)
class Echo:
    """Something claimed that a proof mentions though it was not made out as a fact there (see models/echoes.py)."""

    evidence: str
    indicator: str
    words: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """All that the checks need to know of one submission. ``submitted`` is an ISO date, month or year, "" where unknown."""

    cities: tuple[str, ...] = ()
    submitted: str = ""
    policies: tuple[Policy, ...] = ()
    counts: tuple[Count, ...] = ()
    figures: tuple[Figure, ...] = ()
    factories: tuple[Factory, ...] = ()
    entries: tuple[Entry, ...] = ()
    titles: tuple[Title, ...] = ()
    statements: tuple[Statement, ...] = ()
    unread: tuple[Unread, ...] = ()
    rosters: tuple[str, ...] = ()
    echoes: tuple[Echo, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of the submission, if known."""
        return int(self.submitted[:4]) if self.submitted[:4].isdigit() else None


def exact(value: Decimal | int | str, unit: str = "个") -> Quantity:
    """An exact quantity, for hand-made cases."""
    figure = Decimal(str(value))
    return Quantity(figure, figure, unit)
