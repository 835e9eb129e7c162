"""A screening as pandas frames, for those who go on in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipelines.wording import KINDS, VERDICTS

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.screening import Screening


class Frames(NamedTuple):
    """``findings``: a row a mandatory condition; ``evidence``: a row a piece of evidence, by its id."""

    findings: pd.DataFrame
    evidence: pd.DataFrame


def to_frame(screening: Screening) -> Frames:
    """The findings and the evidence of a screening. pandas is imported here and nowhere else."""
    import pandas as pd

    findings = pd.DataFrame(
        [
            {
                "submission": screening.name,
                "indicator": finding.indicator,
                "verdict": str(finding.verdict),
                "结论": VERDICTS[finding.verdict],
                "value": None if finding.value is None else float(finding.value),
                "claims": list(finding.claims),
                "proofs": list(finding.proofs),
                "reasons": [reason.code for reason in finding.reasons],
                "explanation": finding.explanation,
            }
            for finding in screening.conditions
        ]
    )
    evidence = pd.DataFrame(
        [
            {
                "id": item.id,
                "kind": item.kind,
                "类别": KINDS[item.kind],
                "indicator": item.indicator,
                "document": item.document,
                "page": item.page,
                "text": item.text,
                "year": item.year,
                "lane": item.lane,
                "status": item.status,
                "scope": item.scope,
                "confidence": item.confidence,
                "trail": item.trail,
            }
            for item in screening.evidence
        ]
    )
    return Frames(findings, evidence.set_index("id") if len(evidence) else evidence)
