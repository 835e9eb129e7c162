"""The book of evidence: every claim, target and proof gets its place, its words and its id here, each once."""

from __future__ import annotations

from dataclasses import replace

from extract.document import Anchor, Document, Table
from models.evidence import Evidence, EvidenceKind, Quantity, Scope, Status


class Book:
    """Collects evidence. ``document.quote(anchor) == text`` holds for every entry, by construction."""

    def __init__(self) -> None:
        # Ids entered while ``finding``: what a finder saw for a condition, beside the places that its facts rest on.
        self.companions: set[str] = set()
        self.finding = True
        self._entries: dict[tuple[str, str, str, Anchor, int | None], Evidence] = {}

    def add(
        self,
        kind: EvidenceKind,
        indicator: str,
        document: Document,
        anchor: Anchor,
        *,
        status: Status = "unmarked",
        scope: Scope = "city",
        quantities: tuple[Quantity, ...] = (),
        year: int | None = None,
        confidence: float = 1.0,
        facts: dict[str, str] | None = None,
    ) -> str:
        """Enter evidence and give its (provisional) id; what stands there already is joined, not doubled."""
        anchor = _trim(document, anchor)
        key = (kind, indicator, document.path, anchor, year)
        have = self._entries.get(key)
        if have is not None:
            joined = {**(facts or {}), **have.facts}
            self._entries[key] = replace(have, facts=joined, confidence=max(have.confidence, confidence))
            if self.finding:
                self.companions.add(have.id)
            return have.id
        block = document.blocks[anchor.block]
        places = document.locate(anchor)
        lane = "table" if isinstance(block, Table) and block.lane != "ocr" else ("ocr" if block.lane == "ocr" else "text")
        page = places[0].page if places else None
        entry = Evidence(
            id=f"e{len(self._entries)}",
            kind=kind,
            indicator=indicator,
            document=document.path,
            anchor=anchor,
            text=document.quote(anchor),
            page=page,
            boxes=tuple(place.box for place in places if place.page == page),
            lane=lane,  # type: ignore[arg-type]
            confidence=round(min(confidence, block.confidence), 3),
            status=status,
            scope=scope,
            quantities=quantities,
            year=year,
            trail=document.trail(anchor),
            facts=facts or {},
        )
        self._entries[key] = entry
        if self.finding:
            self.companions.add(entry.id)
        return entry.id

    def __getitem__(self, evidence: str) -> Evidence:
        return next(entry for entry in self._entries.values() if entry.id == evidence)

    def entries(self) -> list[Evidence]:
        """All entries in the order they were entered."""
        return list(self._entries.values())


def numbered(entries: list[Evidence], order: dict[str, int]) -> tuple[list[Evidence], dict[str, str]]:
    """The entries in reading order (documents as in ``order``, then place) with final ids E1, E2 …, and the map from the old ids.

    The order is one of the documents' own, so that the same package gives the same ids on any number of workers.
    """
    ranks = {"claim": 0, "target": 1, "proof": 2}

    def place(entry: Evidence) -> tuple[object, ...]:
        anchor = entry.anchor
        return (
            order.get(entry.document, 10**6), entry.document, anchor.block, anchor.cell or (-1, -1), anchor.start, anchor.end,
            ranks[entry.kind], entry.indicator, entry.year or 0,
        )  # fmt: skip

    ordered = sorted(entries, key=place)
    new = {entry.id: f"E{number}" for number, entry in enumerate(ordered, 1)}
    return [replace(entry, id=new[entry.id]) for entry in ordered], new


def _trim(document: Document, anchor: Anchor) -> Anchor:
    """The anchor without white space at its ends."""
    text = document.quote(anchor)
    lead, tail = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
    if not text.strip():
        return anchor
    return replace(anchor, start=anchor.start + lead, end=anchor.end - tail)
