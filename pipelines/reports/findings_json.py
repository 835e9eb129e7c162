"""findings.json and documents/PATH.json: the machine's record of a screening, with its schema and its way back."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from extract.document import Anchor, BBox, Document, Heading, Table
from models.evidence import Evidence, EvidenceKind, Operator, Quantity, Scope, Status
from pipelines.reports import words
from pipelines.reports.options import Originals, ReportOptions
from pipelines.screening import (
    Conflict,
    DocumentRecord,
    Finding,
    GateVerdict,
    Grid,
    IndicatorRow,
    PackageItem,
    Reason,
    Role,
    Screening,
    Step,
    Verdict,
)

Box = tuple[float, float, float, float]


class _Out(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CatalogueOut(BaseModel):
    """The catalogue that was used."""

    model_config = ConfigDict(extra="allow")

    id: str
    edition: str


class SubmissionOut(_Out):
    """Whose submission it is."""

    name: str
    cities: list[str]
    province: str


class ReasonOut(_Out):
    """A stable reason code and what fills its sentence."""

    code: str
    data: dict[str, str] = Field(default_factory=dict)


class GateOut(_Out):
    """The verdict of the completeness gate; ``reasons`` are Chinese sentences, ``codes`` the same for machines."""

    verdict: Literal["pass", "fail", "review"]
    reasons: list[str]
    codes: list[ReasonOut] = Field(default_factory=list)


class StepOut(_Out):
    """One step of a derivation."""

    part: Literal["clause", "claim", "proof", "excluded", "missing", "mend", "note"]
    text: str
    evidence: list[str] = Field(default_factory=list)


class GridOut(_Out):
    """A small table of a derivation; ``sources`` are the evidence ids of each row."""

    title: str
    header: list[str]
    rows: list[list[str]]
    sources: list[list[str]] = Field(default_factory=list)


class ExcludedOut(_Out):
    """Evidence that does not count, and why."""

    evidence: str
    reason: str


class ConditionOut(_Out):
    """The verdict on one mandatory condition. ``figure`` is ``value`` without loss of digits."""

    indicator: str
    verdict: Literal["met", "unmet", "unproven", "absent", "review"]
    value: float | None
    claims: list[str]
    proofs: list[str]
    explanation: str
    figure: str | None = None
    reasons: list[ReasonOut] = Field(default_factory=list)
    steps: list[StepOut] = Field(default_factory=list)
    excluded: list[ExcludedOut] = Field(default_factory=list)
    grids: list[GridOut] = Field(default_factory=list)


class IndicatorOut(_Out):
    """What the package says on one indicator: evidence ids."""

    indicator: str
    baseline: list[str]
    targets: dict[str, list[str]]
    proofs: list[str]


class AnchorOut(_Out):
    """Where words stand: block, offsets, and the cell for tables."""

    block: int
    start: int
    end: int
    cell: tuple[int, int] | None = None


class QuantityOut(_Out):
    """A figure as an interval in base units; decimals as text, without loss."""

    low: str | None
    high: str | None
    unit: str
    operator: Operator = "="
    per: str = ""
    subject: str = ""
    year: int | None = None
    status: Status = "unmarked"
    scope: Scope = "city"
    flags: list[str] = Field(default_factory=list)
    start: int = 0
    end: int = 0
    text: str = ""


class EvidenceOut(_Out):
    """A claim, a target or a proof, with where it stands."""

    id: str
    kind: EvidenceKind
    document: str
    page: int | None
    boxes: list[Box]
    text: str
    lane: Literal["text", "table", "ocr"]
    confidence: float
    indicator: str = ""
    anchor: AnchorOut
    status: Status = "unmarked"
    scope: Scope = "city"
    quantities: list[QuantityOut] = Field(default_factory=list)
    year: int | None = None
    trail: str = ""
    facts: dict[str, str] = Field(default_factory=dict)


class DocumentOut(_Out):
    """One document as it was read."""

    path: str
    role: Role
    status: Literal["read", "partial", "unreadable"]
    pages: int | None
    messages: list[str]
    format: str = ""
    sha256: str = ""
    kind: str = ""
    title: str = ""
    issuer: str = ""
    number: str = ""
    date: str = ""
    lane: str = "text"
    role_reason: str = ""
    advice: list[str] = Field(default_factory=list)
    unread_pages: list[int] = Field(default_factory=list)
    sizes: list[tuple[float, float]] = Field(default_factory=list)


class ConflictOut(_Out):
    """A contradiction within the package."""

    code: str
    grade: Literal["mandatory", "indicator", "form"]
    indicator: str | None
    text: str
    evidence: list[str]


class PackageOut(_Out):
    """One line of the package check."""

    code: str
    title: str
    state: Literal["ok", "missing", "doubt"]
    text: str
    evidence: list[str] = Field(default_factory=list)


class FindingsFile(_Out):
    """findings.json, form 1: what a run says of one submission."""

    schema_: Literal["findings/1"] = Field("findings/1", alias="schema")
    catalogue: CatalogueOut
    submission: SubmissionOut
    gate: GateOut
    conditions: list[ConditionOut]
    indicators: list[IndicatorOut]
    evidence: list[EvidenceOut]
    documents: list[DocumentOut]
    conflicts: list[ConflictOut] = Field(default_factory=list)
    package: list[PackageOut] = Field(default_factory=list)
    debris: list[str] = Field(default_factory=list)
    years: list[str] = Field(default_factory=list)
    run: dict[str, Any] = Field(default_factory=dict)
    failed: str = ""


class BlockOut(_Out):
    """A block of a document. ``level`` of headings, ``rows`` of tables (a full grid)."""

    kind: Literal["heading", "paragraph", "table"]
    page: int | None
    boxes: list[Box]
    text: str
    level: int | None = None
    rows: list[list[str]] | None = None
    role: str = "body"
    lane: str = "text"
    pages: list[int] = Field(default_factory=list)


class DocumentFile(_Out):
    """documents/PATH.json: what was read of one document."""

    path: str
    format: str
    sha256: str
    pages: list[dict[str, Any]]
    blocks: list[BlockOut]


def schema() -> dict[str, Any]:
    """The JSON Schema of findings.json."""
    return FindingsFile.model_json_schema(by_alias=True)


def document_schema() -> dict[str, Any]:
    """The JSON Schema of documents/PATH.json."""
    return DocumentFile.model_json_schema()


def render(screening: Screening, out: Path, originals: Originals, options: ReportOptions) -> None:
    """Write findings.json and a documents/PATH.json for every document that was read."""
    words.write(out / "findings.json", dumps(to_json(screening)))
    for path, document in originals.documents.items():
        words.write(words.inside(out / "documents", path, ".json"), dumps(document_json(document, path)))


def dumps(data: Any) -> str:
    """JSON as the program writes it: readable, Chinese as Chinese, no NaN."""
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def to_json(screening: Screening) -> dict[str, Any]:
    """The screening as the object that findings.json holds."""
    return {
        "schema": "findings/1",
        "catalogue": dict(screening.catalogue),
        "submission": {"name": screening.name, "cities": list(screening.cities), "province": screening.province},
        "gate": {
            "verdict": screening.gate.value,
            "reasons": words.gate_reasons(screening),
            "codes": [_reason(reason) for reason in screening.gate_reasons],
        },
        "conditions": [_condition(finding) for finding in screening.conditions],
        "indicators": [
            {
                "indicator": row.indicator,
                "baseline": list(row.baseline),
                "targets": {year: list(ids) for year, ids in row.targets.items()},
                "proofs": list(row.proofs),
            }
            for row in screening.indicators
        ],
        "evidence": [_evidence(item) for item in screening.evidence],
        "documents": [_record(record) for record in screening.documents],
        "conflicts": [
            {"code": c.code, "grade": c.grade, "indicator": c.indicator, "text": c.text, "evidence": list(c.evidence)}
            for c in screening.conflicts
        ],
        "package": [
            {"code": p.code, "title": p.title, "state": p.state, "text": p.text, "evidence": list(p.evidence)}
            for p in screening.package
        ],
        "debris": list(screening.debris),
        "years": list(screening.years),
        "run": screening.run,
        "failed": screening.failed,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "data": dict(reason.data)}


def json_number(value: Decimal | None) -> int | float | None:
    """A decimal as a JSON number: whole figures without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() and int(value.as_tuple().exponent) >= 0 else float(value)


def _condition(finding: Finding) -> dict[str, Any]:
    return {
        "indicator": finding.indicator,
        "verdict": finding.verdict.value,
        "value": json_number(finding.value),
        "claims": list(finding.claims),
        "proofs": list(finding.proofs),
        "explanation": words.explanation(finding),
        "figure": None if finding.value is None else str(finding.value),
        "reasons": [_reason(reason) for reason in finding.reasons],
        "steps": [{"part": step.part, "text": step.text, "evidence": list(step.evidence)} for step in finding.steps],
        "excluded": [{"evidence": key, "reason": why} for key, why in finding.excluded],
        "grids": [
            {"title": g.title, "header": list(g.header), "rows": [list(r) for r in g.rows], "sources": [list(s) for s in g.sources]}
            for g in finding.grids
        ],
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    anchor = item.anchor
    return {
        "id": item.id,
        "kind": item.kind,
        "document": item.document,
        "page": item.page,
        "boxes": [[round(edge, 2) for edge in box] for box in item.boxes],
        "text": item.text,
        "lane": item.lane,
        "confidence": item.confidence,
        "indicator": item.indicator,
        "anchor": {
            "block": anchor.block,
            "start": anchor.start,
            "end": anchor.end,
            "cell": list(anchor.cell) if anchor.cell is not None else None,
        },
        "status": item.status,
        "scope": item.scope,
        "quantities": [_quantity(quantity) for quantity in item.quantities],
        "year": item.year,
        "trail": item.trail,
        "facts": dict(item.facts),
    }


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        "low": None if quantity.low is None else str(quantity.low),
        "high": None if quantity.high is None else str(quantity.high),
        "unit": quantity.unit,
        "operator": quantity.operator,
        "per": quantity.per,
        "subject": quantity.subject,
        "year": quantity.year,
        "status": quantity.status,
        "scope": quantity.scope,
        "flags": sorted(quantity.flags),
        "start": quantity.start,
        "end": quantity.end,
        "text": quantity.text,
    }


def _record(record: DocumentRecord) -> dict[str, Any]:
    return {
        "path": record.path,
        "role": record.role,
        "status": record.status,
        "pages": record.pages,
        "messages": list(record.messages),
        "format": record.format,
        "sha256": record.sha256,
        "kind": record.kind,
        "title": record.title,
        "issuer": record.issuer,
        "number": record.number,
        "date": record.date,
        "lane": record.lane,
        "role_reason": record.role_reason,
        "advice": list(record.advice),
        "unread_pages": list(record.unread_pages),
        "sizes": [list(size) for size in record.sizes],
    }


def document_json(document: Document, path: str = "") -> dict[str, Any]:
    """What was read of a document as the object that documents/PATH.json holds."""
    blocks = []
    for block in document.blocks:
        if isinstance(block, Table):
            kind, places = "table", [(part.page, part.box) for part in block.parts]
        else:
            kind = "heading" if isinstance(block, Heading) else "paragraph"
            places = [(line.page, line.box) for line in block.lines]
        page = places[0][0] if places else None
        pages = list(dict.fromkeys(number for number, _ in places))
        item: dict[str, Any] = {
            "kind": kind,
            "page": page,
            # Boxes of the first page; further pages of a long block are in ``pages``.
            "boxes": [[round(edge, 2) for edge in box] for number, box in places if number == page],
            "text": block.text,
            "role": block.kind,
            "lane": block.lane,
            "pages": pages,
        }
        if isinstance(block, Heading):
            item["level"] = block.level
        if isinstance(block, Table):
            item["rows"] = block.rows()
        blocks.append(item)
    pages_out = [
        {"number": p.number, "width": p.width, "height": p.height, "lane": p.lane, "status": p.status, "confidence": p.confidence}
        for p in document.pages
    ]
    return {"path": path or document.path, "format": document.format, "sha256": document.sha256, "pages": pages_out, "blocks": blocks}


def load(source: Path | dict[str, Any]) -> Screening:
    """The screening that a findings.json holds; ``ValueError`` in Chinese where it is none."""
    try:
        data = json.loads(source.read_text("utf-8")) if isinstance(source, Path) else source
        return from_json(FindingsFile.model_validate(data))
    except (ValueError, KeyError) as error:
        name = source if isinstance(source, Path) else "findings.json"
        raise ValueError(f"{name} 不是本程序的预审结果（findings/1）：请用 prescreen run 重新生成。{error}") from error


def from_json(file: FindingsFile) -> Screening:
    """The nouns of a parsed findings.json."""
    return Screening(
        name=file.submission.name,
        cities=tuple(file.submission.cities),
        province=file.submission.province,
        catalogue={str(key): str(value) for key, value in file.catalogue.model_dump().items()},
        gate=GateVerdict(file.gate.verdict),
        gate_reasons=tuple(Reason(reason.code, reason.data) for reason in file.gate.codes),
        conditions=tuple(
            Finding(
                indicator=c.indicator,
                verdict=Verdict(c.verdict),
                value=Decimal(c.figure) if c.figure is not None else (None if c.value is None else Decimal(str(c.value))),
                claims=tuple(c.claims),
                proofs=tuple(c.proofs),
                reasons=tuple(Reason(reason.code, reason.data) for reason in c.reasons),
                steps=tuple(Step(step.part, step.text, tuple(step.evidence)) for step in c.steps),
                excluded=tuple((item.evidence, item.reason) for item in c.excluded),
                grids=tuple(
                    Grid(g.title, tuple(g.header), tuple(tuple(r) for r in g.rows), tuple(tuple(s) for s in g.sources)) for g in c.grids
                ),
                explanation=c.explanation,
            )
            for c in file.conditions
        ),
        indicators=tuple(
            IndicatorRow(row.indicator, tuple(row.baseline), {y: tuple(ids) for y, ids in row.targets.items()}, tuple(row.proofs))
            for row in file.indicators
        ),
        evidence=tuple(_evidence_back(item) for item in file.evidence),
        documents=tuple(
            DocumentRecord(
                path=d.path,
                role=d.role,
                status=d.status,
                pages=d.pages,
                messages=tuple(d.messages),
                format=d.format,
                sha256=d.sha256,
                kind=d.kind,
                title=d.title,
                issuer=d.issuer,
                number=d.number,
                date=d.date,
                lane=d.lane,
                role_reason=d.role_reason,
                advice=tuple(d.advice),
                unread_pages=tuple(d.unread_pages),
                sizes=tuple(d.sizes),
            )
            for d in file.documents
        ),
        conflicts=tuple(Conflict(c.code, c.grade, c.indicator, c.text, tuple(c.evidence)) for c in file.conflicts),
        package=tuple(PackageItem(p.code, p.title, p.state, p.text, tuple(p.evidence)) for p in file.package),
        debris=tuple(file.debris),
        years=tuple(file.years),
        run=file.run,
        failed=file.failed,
    )


def _evidence_back(item: EvidenceOut) -> Evidence:
    return Evidence(
        id=item.id,
        kind=item.kind,
        indicator=item.indicator,
        document=item.document,
        anchor=Anchor(item.anchor.block, item.anchor.start, item.anchor.end, item.anchor.cell),
        text=item.text,
        page=item.page,
        boxes=tuple(BBox(*box) for box in item.boxes),
        lane=item.lane,
        confidence=item.confidence,
        status=item.status,
        scope=item.scope,
        quantities=tuple(
            Quantity(
                low=None if q.low is None else Decimal(q.low),
                high=None if q.high is None else Decimal(q.high),
                unit=q.unit,
                operator=q.operator,
                per=q.per,
                subject=q.subject,
                year=q.year,
                status=q.status,
                scope=q.scope,
                flags=frozenset(q.flags),
                start=q.start,
                end=q.end,
                text=q.text,
            )
            for q in item.quantities
        ),
        year=item.year,
        trail=item.trail,
        facts=item.facts,
    )
