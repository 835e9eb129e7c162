"""The one function that reads like the README: a submission in, a screening out."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from extract.document import Document
from extract.formats import ReadOptions, read
from extract.submission import Submission, open_submission
from models.catalogue import Edition, load_edition
from models.nlp import build_nlp
from models.tagger import Tagged, tag
from pipelines.checks import CHECKS
from pipelines.conflicts import find_conflicts
from pipelines.gate import gate
from pipelines.packages import check_package
from pipelines.rosters import apply_rosters
from pipelines.screening import DocumentRecord, Finding, GateVerdict, IndicatorRow, Reason, Screening


def screen(
    path: str | Path, *, edition: str | Path = "2023", options: ReadOptions | None = None, rosters: Sequence[str] = ()
) -> Screening:
    """Read, tag, check and gate one submission (a folder or an archive), in this process.

    ``FileNotFoundError`` for a path that isn't there; whatever is wrong inside it becomes part of the screening.
    """
    loaded = load_edition(edition)
    with tempfile.TemporaryDirectory() as workdir:
        submission = open_submission(Path(path), Path(workdir))
        documents = {
            entry.path: read(entry.file, path=entry.path, options=options or ReadOptions())
            if entry.file is not None
            else Document(entry.path, "unknown", problems=(entry.problem,) if entry.problem else ())
            for entry in submission.entries
        }
        return screen_documents(submission, documents, loaded, rosters=rosters)


def screen_documents(
    submission: Submission, documents: Mapping[str, Document], edition: Edition, *, rosters: Sequence[str] = ()
) -> Screening:
    """Tag, check and gate a submission whose documents are read. Pure: the same documents give the same screening."""
    ordered = [documents[entry.path] for entry in submission.entries if entry.path in documents]
    tagged = tag(submission.name, ordered, edition, _nlp(edition), overrides=submission.overrides, rosters=tuple(rosters))
    case = apply_rosters(tagged.case, rosters)
    findings = tuple(_with_companions(CHECKS[condition.check](condition, case), tagged) for condition in edition.conditions)
    conflicts, book = find_conflicts(tagged.package, case)
    start = len(tagged.evidence)
    extra = [replace(item, id=f"E{start + number}") for number, item in enumerate(book.entries(), 1)]
    ids = {item.id: f"E{start + number}" for number, item in enumerate(book.entries(), 1)}
    conflicts = [replace(c, evidence=tuple(ids.get(i, i) for i in c.evidence)) for c in conflicts]
    package = check_package(tagged, edition)
    records = tuple(_record(tagged, document) for document in ordered)
    verdict, reasons = gate(edition, findings, records, package)
    if submission.problems:
        lost = [problem.message for problem in submission.problems if problem.weight == "lost"]
        if lost:
            reasons = (*reasons, Reason("gate.unread", {"documents": "；".join(lost)}))
            verdict = GateVerdict.REVIEW if verdict is GateVerdict.PASS else verdict
    years = sorted({year for by_year in tagged.targets.values() for year in by_year})
    return Screening(
        name=submission.name,
        cities=tagged.package.cities,
        province=tagged.package.province,
        catalogue={"id": edition.id, "edition": edition.edition, "hash": edition.hash},
        gate=verdict,
        gate_reasons=reasons,
        conditions=findings,
        indicators=_rows(tagged, edition),
        evidence=(*tagged.evidence, *extra),
        documents=records,
        conflicts=tuple(conflicts),
        package=package,
        debris=submission.debris,
        years=_pilot_years(tagged, years, edition),
        run={"submitted": tagged.package.submitted},
    )


def _with_companions(finding: Finding, tagged: Tagged) -> Finding:
    """The finding with what stands beside its evidence: a list's caption, a policy's number, the sentence that names the list."""
    # A double does not count again, but it does show the same thing: it stays beside its twin.
    left_out = {evidence for evidence, why in finding.excluded if not why.startswith("与“")}
    beside = [
        e for e in tagged.evidence if e.indicator == finding.indicator and e.id in tagged.companions and e.id not in left_out
    ]
    claims = [e.id for e in beside if e.kind == "claim" and e.id not in finding.claims]
    proofs = [e.id for e in beside if e.kind == "proof" and e.id not in finding.proofs]
    return replace(finding, claims=(*finding.claims, *claims), proofs=(*finding.proofs, *proofs))


_PIPELINES: dict[str, Any] = {}


def _nlp(edition: Edition) -> Any:
    """The edition's language pipeline, built once a process."""
    if edition.hash not in _PIPELINES:
        _PIPELINES[edition.hash] = build_nlp(edition)
    return _PIPELINES[edition.hash]


def _rows(tagged: Tagged, edition: Edition) -> tuple[IndicatorRow, ...]:
    return tuple(
        IndicatorRow(i.id, tagged.baseline.get(i.id, ()), dict(tagged.targets.get(i.id, {})), tagged.proofs.get(i.id, ()))
        for i in edition.indicators
    )


def _pilot_years(tagged: Tagged, years: Sequence[str], edition: Edition) -> tuple[str, ...]:
    """The years of the pilot period: those that most indicators have targets for."""
    counts = {year: sum(year in by_year for by_year in tagged.targets.values()) for year in years}
    best = sorted(counts, key=lambda year: (-counts[year], year))[: edition.pilot_years]
    return tuple(sorted(best))


def _record(tagged: Tagged, document: Document) -> DocumentRecord:
    call = tagged.package.calls[document.path]
    seen = next((s.portrait for s in tagged.package.sections if s.document.path == document.path), None)
    lanes = {page.lane for page in document.pages if page.lane != "blank"}
    unread = tuple(page.number for page in document.pages if page.status == "unreadable")
    return DocumentRecord(
        path=document.path,
        role=call.role,
        status=document.status,
        pages=len(document.pages) or None,
        messages=tuple(problem.message for problem in document.problems),
        advice=tuple(dict.fromkeys(problem.advice for problem in document.problems if problem.advice)),
        format=document.format,
        sha256=document.sha256,
        kind=seen.kind_name if seen and call.role == "proof" else "",
        title=seen.title if seen else "",
        issuer=seen.issuer if seen else "",
        number=seen.number if seen else "",
        date=seen.date if seen else "",
        lane="mixed" if len(lanes) > 1 else next(iter(lanes), "text"),
        role_reason=call.reason,
        unread_pages=unread,
        sizes=tuple((page.width, page.height) for page in document.pages),
    )


def failed_screening(submission: Submission, documents: Mapping[str, Document], edition: Edition, why: str) -> Screening:
    """The record of a submission that could not be screened at all: a person must take it."""
    records = tuple(
        DocumentRecord(d.path, "other", d.status, len(d.pages) or None, tuple(p.message for p in d.problems), d.format, d.sha256)
        for d in documents.values()
    )
    return Screening(
        name=submission.name, cities=(), province="", catalogue={"id": edition.id, "edition": edition.edition, "hash": edition.hash},
        gate=GateVerdict.REVIEW, gate_reasons=(Reason("gate.failed", {"text": why}),), conditions=(),
        indicators=tuple(IndicatorRow(i.id) for i in edition.indicators), evidence=(), documents=records, debris=submission.debris, failed=why,
    )  # fmt: skip
