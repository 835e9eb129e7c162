"""The checks: one pure function per kind of condition. Each takes the condition and the case and derives a finding.

A check opens nothing and knows no thresholds of its own: they come with the condition. Doubt never becomes ``met``; where a
person must decide, ``review`` is said before ``unmet`` and ``unproven``.
"""

from __future__ import annotations

from collections.abc import Callable

from models.catalogue import Condition
from models.facts import Case
from pipelines.checks import density, listed_projects, policies, scenarios, statement, titles
from pipelines.checks.draft import plain
from pipelines.screening import Finding

CHECKS: dict[str, Callable[[Condition, Case], Finding]] = {
    "policies": policies.check,
    "density": density.check,
    "scenarios": scenarios.check,
    "listed_projects": listed_projects.check,
    "titles": titles.check,
    "statement": statement.check,
}

__all__ = ["CHECKS", "plain"]
