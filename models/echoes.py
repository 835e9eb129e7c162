"""Echoes: what the city claims and a proof mentions, though no finder took it for a fact.

A program that calls such a thing missing says more than it knows: the words are there, only their meaning was not made out. The
checks turn “missing” into a question for a person where there is an echo.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from extract.document import Anchor, Table
from models.facts import Case, Echo, Figure
from models.names import same_firm, squash_title
from models.normalise import tidy
from models.package import Package
from models.passages import Section
from models.portraits import squeeze

POLICY, DENSITY, SCENARIOS, FACTORIES, TITLES = (
    "policy.special_policy", "infrastructure.coverage_5g", "application.scenarios", "application.factory_5g", "ecosystem.national_titles",
)  # fmt: skip
_FEW = 6  # official scenarios below which a text is no list of a factory's scenarios
_ABOUT_STATIONS = re.compile(r"5G|基站|每万人")
_NO_PROOF = ("directory",)  # a contents list names everything and proves nothing


def find(package: Package, case: Case) -> tuple[Echo, ...]:
    """The echoes of a submission, each once for a thing and a document; their places are entered in the package's book."""
    sections = [s for s in package.side("proof") if s.role == "proof" and s.portrait.kind not in _NO_PROOF]
    found: dict[tuple[str, str, str], Echo] = {}
    for section in sections:
        stretch = list(lines(section))
        text = "".join(words for _, words in stretch)
        for indicator, words in (
            *_policies(case, section),
            *_figures(case, section, text),
            *_scenarios(package, case, section, text),
            *_entries(case, section, text),
            *_titles(case, section, text),
        ):
            key = (indicator, words, section.document.path)
            if key not in found:
                evidence = _cite(package, section, indicator, words, stretch)
                found[key] = Echo(evidence, indicator, words, section.document.path)
    return tuple(found.values())


def lines(section: Section) -> Iterator[tuple[Anchor, str]]:
    """The paragraphs and table rows of a section, squeezed and tidy."""
    document = section.document
    for index in range(section.start, section.end):
        block = document.blocks[index]
        if isinstance(block, Table):
            for row in range(block.n_rows):
                words = "|".join(tidy(squeeze(cell.text)) for cell in document.row_cells(index, row))
                yield Anchor(index, 0, len(document.text_of(Anchor(index, 0, 0, (row, -1)))), (row, -1)), words
        elif block.text.strip():
            yield Anchor(index, 0, len(block.text)), tidy(squeeze(block.text))


def _policies(case: Case, section: Section) -> Iterator[tuple[str, str]]:
    seen = section.portrait
    there = [policy for policy in case.policies if policy.side == "proof" and policy.document == section.document.path]
    if there:
        return
    for policy in case.policies:
        if policy.side == "claim" and policy.rank in ("city", "unknown") and policy.state == "issued":
            same_number = policy.number and policy.number == seen.number
            same_title = len(policy.title) >= 8 and squash_title(policy.title) in squash_title(seen.title)
            if same_number or same_title:
                yield POLICY, policy.title or policy.number


def _figures(case: Case, section: Section, text: str) -> Iterator[tuple[str, str]]:
    if not _ABOUT_STATIONS.search(text):
        return
    # With the blanks: “9577 25806” in a cell that OCR has run together holds two figures.
    spaced = tidy("\n".join(block.text for block in section.document.blocks[section.start : section.end])).replace(",", "")
    proven = [figure for figure in case.figures if figure.side == "proof"]
    for figure in case.figures:
        value = figure.quantity.value
        if figure.side != "claim" or figure.kind == "people" or value is None or any(_same(figure, other) for other in proven):
            continue
        for form in _written(value):
            if len(form.replace(".", "")) >= 3 and re.search(rf"(?<![\d.]){re.escape(form)}(?!\.?\d)", spaced):
                yield DENSITY, form


def _same(first: Figure, second: Figure) -> bool:
    return first.kind == second.kind and first.quantity.value == second.quantity.value


def _written(value: Decimal) -> list[str]:
    """The ways in which documents write a figure, without thousands' commas."""
    plain = f"{value.normalize():f}"
    return [plain, f"{(value / 10000).normalize():f}万"] if value >= 10000 else [plain]


def _scenarios(package: Package, case: Case, section: Section, text: str) -> Iterator[tuple[str, str]]:
    if sum(scenario.name in text for scenario in package.edition.scenarios) < _FEW:
        return
    proven = [factory.name for factory in case.factories if factory.side == "proof"]
    for factory in case.factories:
        if factory.side == "claim" and _is_named(factory.name, text) and not any(same_firm(factory.name, name) for name in proven):
            yield SCENARIOS, factory.name


def _entries(case: Case, section: Section, text: str) -> Iterator[tuple[str, str]]:
    if "5G工厂" not in text:
        return
    proven = [entry for entry in case.entries if entry.side == "proof"]
    for entry in case.entries:
        name = entry.firm or entry.project
        taken = any(same_firm(name, other.firm or other.project) or name == other.project for other in proven)
        if entry.side == "claim" and entry.roster in ("factory_list", "pilot") and _is_named(name, text) and not taken:
            yield FACTORIES, name


def _titles(case: Case, section: Section, text: str) -> Iterator[tuple[str, str]]:
    proven = [title for title in case.titles if title.side == "proof"]
    for title in case.titles:
        name = squeeze(title.name)
        counts = title.side == "claim" and title.rank == "nation" and title.state == "granted" and title.own is not False
        if not counts or len(name) < 6 or name not in text or not _is_named(title.holder, text):
            continue
        if not any(same_firm(title.holder, other.holder) and (title.programme == other.programme) for other in proven):
            yield TITLES, f"{title.holder}“{title.name}”"


def _is_named(name: str, text: str) -> bool:
    plain = tidy(squeeze(name))
    return len(plain) >= 4 and plain in text


def _cite(package: Package, section: Section, indicator: str, words: str, lines: Iterable[tuple[Anchor, str]]) -> str:
    """The evidence of an echo: the first line that has its words, else the first line of all."""
    plain = tidy(squeeze(words.partition("“")[0] or words))
    places = list(lines)
    at = next((anchor for anchor, line in places if plain in line.replace(",", "")), places[0][0])
    return package.book.add("proof", indicator, section.document, at, status="unmarked")
