"""``python -m tests.benchmarks.score_sentences [FOLDER …]``: figures of the language part on labelled sentences.

Prints aggregates alone (never a sentence), so that the blind material stays blind. A folder holds status*.jsonl,
indicators*.jsonl, quantities*.jsonl in the form of tests/blind/README.md; tests/blind and the sets below it always are measured.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.catalogue import load_edition
from models.evidence import Mode
from models.nlp import Statement, analyse, build_nlp, section_mode
from models.quantities import quantities, units

BLIND = Path(__file__).parent.parent / "blind"
# The program always knows whose package it reads; the sentences never name their own city.
APPLICANT = ("明州市",)
MANDATORY = {indicator.id for indicator in load_edition().indicators if indicator.mandatory}
FOREIGN = {"nation", "province", "other_city", "region", "district", "county"}
RANKED = {
    "application.factory_5g",
    "ecosystem.national_titles",
    "ecosystem.key_enterprises",
    "services.talent_programmes",
    "policy.special_policy",
}
STATUS = {
    "achieved": {"fact", "unmarked"},
    "target": {"plan"},
    "planned": {"plan", "announced", "in_progress"},
    "in_progress": {"in_progress", "announced", "plan"},
    "announced": {"announced", "in_progress"},
    "negated": {"denied", "expired"},
    "hypothetical": {"hypothetical"},
    "requirement": {"requirement"},
    "recommendation": {"requirement", "plan"},
}
SCOPES = {"district": "county", "na": "city"}


def read(file: Path) -> list[dict[str, Any]]:
    """The rows of a sheet of sentences."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def inherited_mode(headings: tuple[str, ...]) -> Mode:
    """The mode that the nearest heading gives."""
    for heading in reversed(headings):
        mode = section_mode(heading)
        if mode != "none":
            return mode
    return "none"


def usable(statement: Statement, indicator: str, strict: bool) -> bool:
    """Whether a statement could serve as evidence of the applicant's present state."""
    fact = statement.is_fact or (not strict and statement.status == "unmarked" and statement.scope in ("city", "enterprise"))
    if not fact or (indicator in RANKED and statement.rank == "lower"):
        return False
    counted = [q for q in statement.quantities if not q.flags & {"rank", "ordinal"}]
    return not counted or any(not q.flags & {"delta", "from", "threshold", "applied"} for q in counted)


def score_status(nlp: Any, rows: list[dict[str, Any]]) -> dict[str, float]:
    """Accuracy of evidence, status and scope; how many plans and foreign figures would pass as the city's facts."""
    hits: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for row in rows:
        headings = tuple(row.get("heading", ()))
        statements = analyse(nlp, row["text"], headings=headings, mode=inherited_mode(headings), cities=APPLICANT)
        value = None if row.get("value") is None else Decimal(str(row["value"]))
        strict = inherited_mode(headings) != "none"
        for name, lenient in (("evidence", not strict), ("evidence, unmarked never", False)):
            found = any(usable(statement, row["indicator"], not lenient) for statement in statements)
            hits[name] += found == row["is_evidence"]
        figure = [s for s in statements if value is not None and any(q.value == value for q in s.quantities)]
        holding = figure or statements
        hits["status"] += any(s.status in STATUS.get(row["modality"], {row["modality"]}) for s in holding)
        hits["scope"] += any(s.scope == SCOPES.get(row["scope"], row["scope"]) or row["scope"] == "na" for s in holding)
        if not row["is_evidence"] and (row["modality"] != "achieved" or row["scope"] in FOREIGN):
            kind = "plan" if row["modality"] != "achieved" else "foreign"
            accepted = [s for s in holding if usable(s, row["indicator"], True)]
            if accepted and figure:
                wrong[f"{kind} figures accepted as the city's fact"] += 1
                wrong["of these for a mandatory condition"] += row["indicator"] in MANDATORY
            elif accepted:
                wrong[f"{kind} statements without a figure accepted"] += 1
    size = max(1, len(rows))
    figures = {name: hits[name] / size for name in ("evidence", "evidence, unmarked never", "status", "scope")}
    for kind in ("plan figures accepted as the city's fact", "foreign figures accepted as the city's fact",
                 "of these for a mandatory condition", "plan statements without a figure accepted", "foreign statements without a figure accepted"):  # fmt: skip
        figures[kind] = wrong[kind]
    return figures


def score_indicators(nlp: Any, rows: list[dict[str, Any]]) -> dict[str, float]:
    """Micro-F1 of the links, with the headings given and with text alone."""
    figures = {}
    linker = nlp.get_pipe("links").linker
    for name, paths in (("with headings", [tuple(row.get("heading", ())) for row in rows]), ("text alone", [()] * len(rows))):
        hit = predicted = wanted = first = 0
        for row, links in zip(rows, linker.link([row["text"] for row in rows], paths), strict=True):
            found = {link.indicator for link in links}
            gold = set(row["indicators"])
            hit, predicted, wanted = hit + len(found & gold), predicted + len(found), wanted + len(gold)
            first += (not links and not gold) or (bool(links) and links[0].indicator in gold)
        figures[f"micro-F1, {name}"] = 2 * hit / max(1, predicted + wanted)
        figures[f"precision, {name}"] = hit / max(1, predicted)
        figures[f"recall, {name}"] = hit / max(1, wanted)
        figures[f"first link right, {name}"] = first / max(1, len(rows))
    with_path = [row for row in rows if row.get("heading")]
    figures["share of rows with a heading"] = len(with_path) / max(1, len(rows))
    paths = [tuple(row["heading"]) for row in with_path]
    pairs = list(zip(with_path, linker.link([row["text"] for row in with_path], paths), strict=True))
    hit = sum(len({link.indicator for link in links} & set(row["indicators"])) for row, links in pairs)
    named = sum(len(links) + len(row["indicators"]) for row, links in pairs)
    figures["micro-F1 of the rows that have a heading"] = 2 * hit / max(1, named)
    return figures


def score_quantities(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Share of sentences whose quantities are exactly right (value, unit, operator), and F1 of single quantities."""
    exact = values = hit = predicted = wanted = 0
    for row in rows:
        gold = Counter(_gold(q) for q in row["quantities"])
        counted = [q for q in quantities(row["text"]) if not q.flags & {"rank", "ordinal"}]
        found = Counter((_shown(q.low, q.high, q.operator, q.unit), _unit(q.unit), q.operator) for q in counted)
        exact += gold == found
        values += Counter(key[0] for key in gold.elements()) == Counter(key[0] for key in found.elements())
        hit += sum((gold & found).values())
        predicted, wanted = predicted + sum(found.values()), wanted + sum(gold.values())
    return {
        "sentences exact": exact / max(1, len(rows)),
        "sentences with all values right": values / max(1, len(rows)),
        "quantities F1 (value, unit, operator)": 2 * hit / max(1, predicted + wanted),
    }


def _shown(low: Decimal | None, high: Decimal | None, operator: str, unit: str) -> tuple[float, ...]:
    if unit == "‰":  # 5‰ and 0.5 % are one quantity
        low, high = (None if value is None else value / 10 for value in (low, high))
    if low is not None and high is not None and low != high and operator == "=":
        return (_round(low), _round(high))
    value = low if low is not None else high
    return (_round(value or 0),)


def _round(value: Any) -> float:
    # A third is 33.33 or 33.333 per cent.
    return float(f"{float(value):.4g}") if float(value) % 1 else float(value)


def _unit(unit: str) -> str:
    # “毫秒” and “ms” are one unit.
    if unit == "‰":
        return "%"
    return units().get(unit, (unit, ""))[0].split("/")[0]


def _gold(row: dict[str, Any]) -> tuple[tuple[float, ...], str, str]:
    value = row["value"]
    shown = tuple(map(_round, value)) if isinstance(value, list) else (_round(value),)
    if row["unit"] == "‰":
        shown = tuple(_round(v / 10) for v in shown)
    return shown, _unit(row["unit"] or ""), row["operator"]


def main(arguments: list[str]) -> int:
    """Measure and print."""
    nlp = build_nlp(load_edition())
    for folder in (BLIND, *sorted(BLIND.glob("sentences*")), *(Path(argument) for argument in arguments)):
        for file in sorted(folder.glob("*.jsonl")):
            rows = read(file)
            if file.name.startswith("status"):
                figures = score_status(nlp, rows)
            elif file.name.startswith("indicators"):
                figures = score_indicators(nlp, rows)
            elif file.name.startswith("quantities"):
                figures = score_quantities(rows)
            else:
                continue
            sys.stdout.write(f"{folder.name}/{file.name}: {len(rows)} sentences\n")
            for name, figure in figures.items():
                sys.stdout.write(f"  {name}: {figure:.3f}\n" if isinstance(figure, float) else f"  {name}: {figure}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
