"""Tags a package: claims, yearly targets and proofs for every indicator, and the case for the six conditions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

from extract.document import Anchor, Cell, Document, Table
from models import echoes, references
from models.book import numbered
from models.catalogue import Edition
from models.evidence import Evidence, Quantity
from models.facts import Case, Policy, Statement, Title, Unread
from models.finders import density, factories, forms, policies, scenarios, statements, titles
from models.masks import years
from models.nlp import analyse, link_headings
from models.normalise import tidy
from models.package import Located, Package
from models.passages import Section
from models.portraits import squeeze
from models.quantities import quantities
from models.tables import IndicatorRow, columns, header_rows, indicator_table, is_empty, is_total, yearly_cells

_NOT_YET = ("plan", "hypothetical", "requirement", "in_progress")
# Kinds of proofs that prove an indicator by being there, when their own words name it.
_KIND_PROVES: dict[str, tuple[str, ...]] = {
    "ip_certificate": ("ecosystem.intellectual_property",),
    "fund_document": ("policy.government_funds",),
}
_NO_PROOF_KINDS = {"directory", "announcement", "draft", "case_record"}
_CONDITION_INDICATORS = {
    policies.INDICATOR, density.INDICATOR, scenarios.INDICATOR, factories.INDICATOR, titles.INDICATOR, statements.INDICATOR,
}  # fmt: skip

_F = TypeVar("_F", Policy, Title, Statement)


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the understanding floor gives: the evidence with final ids, the case for the checks, and the package itself."""

    package: Package
    evidence: tuple[Evidence, ...]
    case: Case
    baseline: Mapping[str, tuple[str, ...]]
    targets: Mapping[str, Mapping[str, tuple[str, ...]]]
    proofs: Mapping[str, tuple[str, ...]]
    companions: frozenset[str] = frozenset()  # evidence that a finder entered beside its facts: captions, numbers, signatures


def tag(
    name: str,
    documents: Sequence[Document],
    edition: Edition,
    nlp: Any,
    *,
    overrides: Mapping[str, Any] | None = None,
    rosters: Sequence[str] = (),
) -> Tagged:
    """All evidence of a submission. ``documents`` in the order of the walk; ``overrides`` from submission.toml."""
    package = Package(name, documents, edition, nlp, overrides or {})
    named, policy_counts = policies.find(package)
    figures = density.find(package)
    factory_list, factory_counts = scenarios.find(package)
    entries, entry_counts = factories.find(package, tuple(factory.name for factory in factory_list))
    title_list, title_counts = titles.find(package, tuple(factory.name for factory in factory_list))
    said = statements.find(package)
    case = Case(
        package.cities, package.submitted, tuple(named), (*policy_counts, *factory_counts, *entry_counts, *title_counts, *forms.find(package)), tuple(figures),
        tuple(factory_list), tuple(entries), tuple(title_list), tuple(said), _unread(package), tuple(rosters),
    )  # fmt: skip
    _cite_titles(package)
    case = replace(case, echoes=echoes.find(package, case))
    package.book.finding = False
    tagger = _Tagger(package, case)
    tagger.claims()
    tagger.proofs()
    order = {document.path: number for number, document in enumerate(documents)}
    evidence, new = numbered(package.book.entries(), order)
    case = _renamed(case, new)
    proving = tagger.proving
    baseline: dict[str, list[str]] = {}
    targets: dict[str, dict[str, list[str]]] = {}
    proofs: dict[str, list[str]] = {}
    settled = {new[i] for i in proving}
    for item in evidence:
        if item.kind == "claim":
            baseline.setdefault(item.indicator, []).append(item.id)
        elif item.kind == "target":
            targets.setdefault(item.indicator, {}).setdefault(str(item.year), []).append(item.id)
        elif item.indicator not in _CONDITION_INDICATORS or item.id in settled:
            proofs.setdefault(item.indicator, []).append(item.id)
    return Tagged(
        package, tuple(evidence), case, {k: tuple(v) for k, v in baseline.items()},
        {k: {y: tuple(i) for y, i in sorted(v.items())} for k, v in targets.items()}, {k: tuple(v) for k, v in proofs.items()},
        frozenset(new[i] for i in package.book.companions),
    )  # fmt: skip


def _cite_titles(package: Package) -> None:
    """For every proof that a finder saw something in: its title, which tells a reader what the words stand in."""
    for section in package.side("proof"):
        inside = {
            entry.indicator
            for entry in package.book.entries()
            if entry.kind == "proof"
            and entry.document == section.document.path
            and section.start <= entry.anchor.block < section.end
        }
        anchor = title_anchor(section) if inside else None
        if anchor is not None and len(section.document.quote(anchor).strip()) >= 4:
            for indicator in sorted(inside):
                package.book.add(
                    "proof", indicator, section.document, anchor, status="fact", facts={"title": section.portrait.title}
                )
        for anchor in _checked_by(section) if inside else ():
            for indicator in sorted(inside):
                package.book.add("proof", indicator, section.document, anchor, status="fact")


_CHECKED = re.compile(
    r"^(?:核[验查实对定]|审核|复核|制表|填报|统计|出具|提供|盖章)(?:单位|部门|机关|日期|时间)(?:[（(][^）)]{1,6}[）)])?[:：][^，。；]{2,30}$"
)


def _checked_by(section: Section) -> Iterator[Anchor]:
    """The lines that say who checked a list and when: “核验单位：……”, “核查日期：……”, below a table or in its last row."""
    document = section.document
    for index in range(section.start, section.end):
        block = document.blocks[index]
        if not isinstance(block, Table):
            if len(block.text) <= 60 and _CHECKED.match(squeeze(block.text)):
                yield Anchor(index, 0, len(block.text))
            continue
        for row in {0, 1, block.n_rows - 2, block.n_rows - 1} & set(range(block.n_rows)):
            for cell in document.row_cells(index, row):
                if len(cell.text) <= 60 and _CHECKED.match(squeeze(cell.text)):
                    yield Anchor(index, 0, len(cell.text), (cell.row, cell.col))


def title_anchor(section: Section) -> Anchor | None:
    """Where a section's title stands, or its first words."""
    for index in range(section.start, section.end):
        block = section.document.blocks[index]
        if (
            not isinstance(block, Table)
            and block.text.strip()
            and squeeze(block.text) in section.portrait.title + section.portrait.head
        ) and (squeeze(block.text) in section.portrait.title or section.portrait.title in squeeze(block.text)):
            return Anchor(index, 0, len(block.text))
    for index in range(section.start, section.end):
        block = section.document.blocks[index]
        if block.text.strip() and (isinstance(block, Table) or block.kind in ("body", "caption", "textbox")):
            if isinstance(block, Table):
                return Anchor(index, 0, len(section.document.text_of(Anchor(index, 0, 0, (0, -1)))), (0, -1))
            return Anchor(index, 0, len(block.text))
    return None


def _renamed(case: Case, new: Mapping[str, str]) -> Case:
    """The case with the final ids."""

    def one(fact: Any) -> Any:
        ids = fact.evidence
        changed = replace(fact, evidence=tuple(new.get(i, i) for i in ids) if isinstance(ids, tuple) else new.get(ids, ids))
        if hasattr(changed, "also"):
            changed = replace(changed, also=tuple(new.get(i, i) for i in changed.also))
        if hasattr(changed, "scenarios"):
            changed = replace(
                changed, scenarios=tuple(replace(hit, evidence=new.get(hit.evidence, "")) for hit in changed.scenarios)
            )
        return changed

    def all_of(facts: Sequence[Any]) -> Any:
        return tuple(one(fact) for fact in facts)

    return replace(
        case, policies=all_of(case.policies), counts=all_of(case.counts), figures=all_of(case.figures), factories=all_of(case.factories),
        entries=all_of(case.entries), titles=all_of(case.titles), statements=all_of(case.statements),
        echoes=all_of(case.echoes),
    )  # fmt: skip


def _unread(package: Package) -> tuple[Unread, ...]:
    """What could not be read, and which indicators it may prove: by its name and folder; anything where they tell nothing."""
    found = []
    for document in package.documents:
        lost = [problem for problem in document.problems if problem.weight == "lost"]
        if not lost or (package.calls[document.path].role in ("letter",) and document.blocks):
            continue
        name = re.sub(r"\.[A-Za-z]{2,5}$", "", document.path)
        parts = name.split("/")
        could: set[str] = set()
        for part in reversed(parts[-2:]):
            bare = re.sub(r"^(?:附件|佐证|证明)?[\d一二三四五六七八九十A-Za-z]*[-—._、.）)\d]*", "", squeeze(part))
            could = {link.indicator for link in link_headings(package.nlp, (bare,))} | _by_words(bare)
            if could:
                break
        found.append(Unread(document.path, frozenset(could), lost[0].message))
    return tuple(found)


_NAME_WORDS: tuple[tuple[str, str], ...] = (
    (r"5G\s*(?:全连接)?工厂|试点示范|名录", factories.INDICATOR), (r"称号|示范|荣誉|国家级|认定", titles.INDICATOR), (r"场景", scenarios.INDICATOR),
    (r"基站|覆盖|人口|公报|通信管理", density.INDICATOR), (r"政策|办法|措施|行动计划|意见", policies.INDICATOR), (r"承诺|无事故|证明函|安全情况", statements.INDICATOR),
    (r"知识产权|专利|软著", "ecosystem.intellectual_property"), (r"资金|拨付|凭证|预算", "policy.government_funds"), (r"标准", "ecosystem.standards"),
    (r"协议|产业学院|实训", "services.training_bases"), (r"基金|贷款|金融", "policy.industry_finance"), (r"人才", "services.skilled_talent"),
)  # fmt: skip


def _by_words(name: str) -> set[str]:
    return {indicator for pattern, indicator in _NAME_WORDS if re.search(pattern, tidy(name))}


# Figures of the city at large: many texts repeat them, and they prove nothing but the density.
_BASIS = re.compile(r"(?:生产总值|GDP|人口|增加值|总产值|面积|(?<!新增)(?<!微)5G基站)[^，。；、占比]{0,8}$")
_OWN_YEARS = re.compile(r"《[^《》]*(?:》|$)|^[^《》]*》|有效期[^，。；;）)]*|(?:施行|实施|执行)(?:期限)?[^，。；;（）()]{0,16}至[^，。；;）)]*止")
# A paragraph of its own that sets targets for what the paragraph above it describes.
_YEARLY = re.compile(r"^[【〔［]?(?:分?年度|试点|阶段性?|主要)?目标[】〕］:：]|^[【〔［]?(?:分年度|年度)(?:计划|安排)[】〕］:：]")


class _Tagger:
    """Claims and targets of the plan, then the proofs that state the same things."""

    def __init__(self, package: Package, case: Case) -> None:
        self.package = package
        self.case = case
        self.proving: set[str] = set()
        self._claimed: dict[str, list[tuple[Quantity, str]]] = {}
        self._shelf = references.shelf([d for d in package.documents if package.calls[d.path].role == "proof"])
        self._cited: dict[tuple[str, str], str] = {}  # indicator and paper that the city's words point to, with those words
        self._opened: tuple[tuple[str, ...], list[int]] = ((), [])  # headings and years of the last paragraph that opened with one

    # --- the city's own side

    def claims(self) -> None:
        """Claims and yearly targets, from prose and from indicator tables."""
        for served, code, name in references.in_directories(self.package):
            if not _CONDITION_INDICATORS.isdisjoint(served):
                continue  # the finders of the conditions read what serves them
            for path in references.on_shelf(self._shelf, code) or references.named(self._shelf, name):
                self._cited.update(dict.fromkeys(((indicator, path) for indicator in served), name))
        for section in self.package.side("claim"):
            if section.role == "plan" or section.role == "form":
                before: Located | None = None
                told: dict[tuple[str, ...], list[Located]] = {}
                for located in self.package.statements(section):
                    located = self._completed(located, before)
                    self._point(located, before)
                    self._prose(section, located)
                    if located.passage.kind == "text" and located.passage.mode == "base":
                        told.setdefault(located.passage.headings, []).append(located)
                    before = (
                        located if located.statement.links or before is None or before.passage is not located.passage else before
                    )
                for group in told.values():
                    self._last_of_group(section, group)
                for index in range(section.start, section.end):
                    block = section.document.blocks[index]
                    if isinstance(block, Table) and block.kind != "hidden":
                        self._table(section, index, block)

    def _point(self, located: Located, before: Located | None) -> None:
        """Keeps which papers a statement points to: for what it speaks of, or the one before it, or the heading above."""
        pointed = references.codes(located.statement.text)
        if not pointed:
            return
        links = [link.indicator for link in located.statement.links[:1]]
        context = located.statement.text
        rest = re.sub(r"[\d\W_A-Za-z]|佐证|证明|支撑|材料|附件|详见|见", "", located.statement.text)
        if not links and len(rest) <= 8 and before is not None and before.passage.headings == located.passage.headings:
            links, context = [link.indicator for link in before.statement.links[:1]], before.statement.text + context
        if not links:
            links = [link.indicator for link in link_headings(self.package.nlp, located.passage.headings)[:1]]
        for indicator in links:
            self._cite(indicator, pointed, "".join((*located.passage.headings[-1:], context)))

    def _cite(self, indicator: str, pointed: Sequence[str], context: str) -> None:
        if re.search(r"重大[^，。]{0,8}(?:事件|事故)|虚假", context):
            return  # proofs of the statement that nothing happened: the finder of statements reads them
        for code in pointed:
            for path in references.on_shelf(self._shelf, code):
                self._cited.setdefault((indicator, path), context)

    def _last_of_group(self, section: Section, told: Sequence[Located]) -> None:
        """A section that goes through a group's indicators in the catalogue's order ends with what is the city's own (特色).

        Its words are the city's own too, so no list can know them: the last paragraph is taken for it where none of its
        sentences speaks of another indicator of the group.
        """
        places = {indicator.id: at for at, indicator in enumerate(self.package.edition.indicators)}
        labels = [(item.anchor.block, item.statement.links[0].indicator) for item in told if item.statement.links]
        groups = [label.partition(".")[0] for _, label in labels]
        group = max(set(groups), key=groups.count, default="")
        own = [(block, label) for block, label in labels if label.startswith(group + ".")]
        last = max(item.anchor.block for item in told)
        before = [places[label] for block, label in own if block < last]
        feature = next((i.id for i in reversed(self.package.edition.indicators) if i.id.startswith(group + ".") and "特色" in i.level3), "")
        if not feature or len(set(before)) < 3 or len(own) < 0.6 * len(labels) or any(label == feature for _, label in own):
            return
        rising = sum(one <= two for one, two in itertools.pairwise(before))
        final = [item for item in told if item.anchor.block == last]
        loose = all(not item.statement.links or item.statement.links[0].score < 0.5 for item in final)
        if rising < 0.8 * (len(before) - 1) or not loose:
            return
        for item in final:
            if item.statement.status in ("fact", "unmarked") and len(squeeze(item.statement.text)) >= 8:
                self.package.book.add(
                    "claim", feature, section.document, item.anchor, status=item.statement.status, scope=item.statement.scope,
                    quantities=item.statement.quantities, confidence=0.4,
                )  # fmt: skip

    @staticmethod
    def _completed(located: Located, before: Located | None) -> Located:
        """A sentence of years and figures alone (“2025年20个，2026年27个”) speaks of what the sentence before it speaks of."""
        statement = located.statement
        if before is None or not before.statement.links:
            return located
        if before.passage.anchor != located.passage.anchor and not (
            _YEARLY.match(squeeze(located.passage.text)) and before.passage.headings == located.passage.headings
        ):
            return located
        rest = re.sub(
            r"【[^】]*】|20\d\d年?|[\d.,，。、；;：:\s—-]|[个家项件人次万亿元台套%]|分别|累计|达到|不低于|以上|目标|和|及|至|到|为|年|每|提高|增加|新增",
            "",
            tidy(statement.text),
        )
        if statement.quantities and len(rest) <= 4:
            return replace(located, statement=replace(statement, links=before.statement.links))
        return located

    def _clauses(self, located: Located) -> list[Located]:
        """An enumeration clause by clause (“……达到200个，……达到40个，……”), each with links of its own; else nothing."""
        statement = located.statement
        if len(statement.quantities) < 2:
            return []
        text = statement.text
        cuts = [0, *[m.end() for m in re.finditer(r"[，,；;。：:](?!\d)", text)], len(text)]
        found = []
        for start, end in itertools.pairwise(cuts):
            inside = tuple(
                replace(q, start=q.start - start, end=q.end - start) for q in statement.quantities if start <= q.start < end
            )
            clause = text[start:end]
            if not inside or len(squeeze(clause)) < 6:
                continue
            for item in analyse(
                self.package.nlp,
                clause,
                headings=located.passage.headings[-1:],
                mode=located.passage.mode,
                cities=self.package.spellings,
                as_of=self.package.as_of,
                month=self.package.month,
            ):
                part = replace(statement, text=clause, links=item.links, quantities=inside)
                anchor = Anchor(
                    located.anchor.block, located.anchor.start + start, located.anchor.start + end, located.anchor.cell
                )
                found.append(replace(located, statement=part, anchor=anchor))
                break
        return found if len(found) >= 2 else []

    def _remember(self, indicator: str, found: Sequence[Quantity], context: str) -> None:
        self._claimed.setdefault(indicator, []).extend((q, context) for q in found if q.value is not None)

    def _prose(self, section: Section, located: Located) -> None:
        statement, passage = located.statement, located.passage
        if passage.kind == "heading" or len(squeeze(statement.text)) < 5:
            return
        self._linked(section, located)
        for clause in self._clauses(located):
            self._linked(section, clause)

    def _linked(self, section: Section, located: Located) -> None:
        statement, passage = located.statement, located.passage
        text = tidy(statement.text)
        known = self.package.edition
        for link in statement.links[:3]:
            indicator = known.indicator(link.indicator)
            future = statement.status in _NOT_YET or passage.mode in ("target", "task")
            if not future and statement.scope in ("city", "enterprise", "county", "none"):
                settled = statement.status == "fact" or (passage.mode == "base" and statement.status == "unmarked")
                loose = statement.status == "unmarked" and passage.mode == "none" and not indicator.mandatory
                # The expired and the denied describe the present state too, for an indicator that is no condition.
                if settled or loose:
                    self.package.book.add(
                        "claim", indicator.id, section.document, located.anchor, status=statement.status, scope=statement.scope,
                        quantities=statement.quantities, confidence=min(passage.confidence, link.score),
                    )  # fmt: skip
                    self._remember(indicator.id, statement.quantities, text)
            if passage.kind != "caption":
                self._prose_targets(section, located, indicator.id, text, link.score)

    def _prose_targets(self, section: Section, located: Located, indicator: str, text: str, score: float) -> None:
        statement, passage = located.statement, located.passage
        submitted = self.package.year
        # The years in a policy's title and of its validity are its own, no target's.
        rest = _OWN_YEARS.sub("", text)
        foreign = set(years(text)) - set(years(rest))
        dated = {q.year for q in statement.quantities if q.year} - foreign
        text = rest
        # A figure for a year that has not come is a target, whatever the sentence around it speaks of.
        coming = [
            y
            for y in {*years(text), *dated}
            if submitted is not None and y > submitted
        ]
        if statement.status not in ("plan", "in_progress") and passage.mode != "target" and not (coming and statement.quantities):
            return
        named = dated | set(years(text))
        heading_years = [y for heading in passage.headings[-1:] for y in years(tidy(heading))]
        if not named and heading_years:
            named = set(heading_years)
        opening = years(tidy(passage.text[:12]))
        if passage.mode == "target" and opening:
            self._opened = passage.headings, opening
        elif passage.mode == "target" and not years(tidy(passage.text)) and self._opened[0] == passage.headings:
            opening = self._opened[1]  # the paragraph below “2026年为起势年。……” goes on with that year
        if not named and opening:
            named = set(opening)
        first = 0 if submitted is None else submitted + (statement.status not in ("plan", "in_progress"))
        wanted = sorted(year for year in named if first <= year <= (submitted or year) + 5)
        if passage.mode == "task" and not statement.quantities:
            return
        if "—" in text or "至" in text:
            spans = re.findall(r"(20\d{2})年?(?:—|-|至|到)(20\d{2})年", text)
            for first, last in spans:
                if re.search(r"每年|逐年|年均|持续", text):
                    wanted = sorted({*wanted, *range(int(first), int(last) + 1)})
        for year in wanted:
            self.package.book.add(
                "target", indicator, section.document, located.anchor, status="plan", scope=statement.scope, quantities=statement.quantities, year=year,
                confidence=min(passage.confidence, score),
            )  # fmt: skip

    def _table(self, section: Section, index: int, table: Table) -> None:
        rows = indicator_table(self.package.nlp, table, "none", self.package.year)
        for row in rows:
            for indicator, score in self._row_links(row):
                self._row(section, index, table, row, indicator, score)
        for number, cell, year in yearly_cells(table) if not rows else ():
            if self.package.year is not None and self.package.year <= year <= self.package.year + 5:
                self._yearly(section, index, number, cell, year)

    def _yearly(self, section: Section, index: int, row: int, cell: Cell, year: int) -> None:
        """The targets of a year that a cell tells in running text, clause by clause."""
        for clause in re.finditer(r"[^，,；;。]{4,}", cell.text):
            for statement in analyse(self.package.nlp, clause[0], mode="target", cities=self.package.spellings, as_of=self.package.as_of):
                for link in statement.links[:1] if statement.quantities else ():
                    self.package.book.add(
                        "target", link.indicator, section.document, Anchor(index, clause.start(), clause.end(), (row, cell.col)), status="plan",
                        scope=statement.scope, quantities=statement.quantities, year=year, confidence=link.score,
                    )  # fmt: skip

    @staticmethod
    def _row_links(row: IndicatorRow) -> list[tuple[str, float]]:
        if not row.links:
            return []
        top = row.links[0][1]
        return [link for link in row.links[:2] if link[1] >= top - 0.15]

    def _row(self, section: Section, index: int, table: Table, row: IndicatorRow, indicator: str, score: float) -> None:
        document = section.document
        self._cite(indicator, references.in_row(table, row.row), document.text_of(Anchor(index, 0, 0, (row.row, -1))))
        if row.base is not None:
            anchor = Anchor(index, 0, len(document.text_of(Anchor(index, 0, 0, (row.row, -1)))), (row.row, -1))
            found = quantities(
                tidy(row.base.text + (row.unit if row.unit and re.fullmatch(r"[\d.,，\s]+", row.base.text) else ""))
            )
            self.package.book.add(
                "claim",
                indicator,
                document,
                anchor,
                status="fact",
                quantities=tuple(found),
                confidence=min(table.confidence, max(score, 0.5)),
            )
            self._remember(indicator, found, row.label)
        for year, cell in row.targets.items():
            if self.package.year is not None and year < self.package.year - 1:
                continue
            found = quantities(tidy(cell.text + (row.unit if row.unit and re.fullmatch(r"[\d.,，\s]+", cell.text) else "")))
            self.package.book.add(
                "target", indicator, document, Anchor(index, 0, len(cell.text), (cell.row, cell.col)), status="plan", quantities=tuple(found), year=year,
                confidence=min(table.confidence, max(score, 0.5)),
            )  # fmt: skip

    # --- proofs

    def proofs(self) -> None:
        """For every indicator the proof sections that state the claimed thing or figure."""
        for entry in self.package.book.entries():
            if entry.kind == "proof" and entry.indicator in _CONDITION_INDICATORS:
                self._settle(entry)
        for section in self.package.side("proof"):
            seen = section.portrait
            if seen.kind in _NO_PROOF_KINDS or seen.draft or section.role == "other":
                continue
            if not self._own(section):
                continue
            self._figures(section)
            self._by_kind(section)
            self._lists(section)
            self._by_reference(section)
            self._by_words(section)

    def _settle(self, entry: Evidence) -> None:
        """Whether a condition's proof evidence proves, for the grid of indicators: rosters of other ranks, drafts and pledges do not."""
        roster = entry.facts.get("roster", "")
        rank = entry.facts.get("rank", "")
        if roster in ("lower", "announced", "applying") or rank in ("province", "city", "association", "qualification"):
            return
        section = next(
            (
                s
                for s in self.package.side("proof")
                if s.document.path == entry.document and s.start <= entry.anchor.block < s.end
            ),
            None,
        )
        if section is None or section.portrait.draft or section.portrait.kind in ("announcement", "draft"):
            return
        if entry.indicator == policies.INDICATOR:
            issuer, number, title = entry.facts.get("issuer", ""), entry.facts.get("number", ""), entry.facts.get("title", "")
            if (
                policies.rank_of(self.package, issuer, number, title) not in ("city", "unknown")
                or policies.subject_of(title) == "general"
            ):
                return
        if self._falls_short(entry.indicator, section):
            return
        if entry.indicator == statements.INDICATOR and section.portrait.kind not in (
            "commitment_letter",
            "dept_certificate_letter",
            "stat_bulletin",
            "",
        ):
            return
        if entry.indicator == factories.INDICATOR and not roster:
            return
        self.proving.add(entry.id)

    def _falls_short(self, indicator: str, section: Section) -> bool:
        """Whether all that a paper holds for a condition is none: a policy no longer in force, titles of lower ranks, what happened."""
        verdicts: dict[str, list[bool]] = {
            policies.INDICATOR: [p.over(self.case.submitted) is True for p in self._facts(self.case.policies, section)],
            titles.INDICATOR: [
                t.rank not in ("nation", "unknown") or t.state != "granted" or t.own is False
                for t in self._facts(self.case.titles, section)
            ],
            statements.INDICATOR: [s.says == "occurred" for s in self._facts(self.case.statements, section)],
        }
        short = verdicts.get(indicator, [])
        return bool(short) and all(short)

    def _facts(self, facts: Sequence[_F], section: Section) -> list[_F]:
        """The facts that rest on the words of a section."""
        found = []
        for fact in facts:
            entry = self.package.book[fact.evidence]
            if entry.document == section.document.path and section.start <= entry.anchor.block < section.end:
                found.append(fact)
        return found

    def _own(self, section: Section) -> bool:
        """Whether a proof speaks of the applicant: it names the city, or no other."""
        head = section.portrait.head + section.portrait.title + section.portrait.issuer
        if self.package.names_city(head):
            return True
        blocks = section.document.blocks[section.start : section.end]
        return any(self.package.names_city(squeeze(block.text)) for block in blocks)

    def _figures(self, section: Section) -> None:
        """Figures that a claim gives and a proof repeats, in words that speak of the same indicator."""
        for located in self.package.statements(section):
            statement = located.statement
            if statement.scope in ("province", "nation", "other_city", "region") or statement.status in (
                "plan",
                "hypothetical",
                "denied",
            ):
                continue
            links = {link.indicator: link.score for link in statement.links}
            self._match(section, located.anchor, tidy(statement.text), statement.quantities, links, located.passage.confidence)
        for index in range(section.start, section.end):
            block = section.document.blocks[index]
            if not isinstance(block, Table) or block.kind == "hidden":
                continue
            cols = columns(block)
            numbering = {c.index for c in cols if c.role == "seq"}
            unit_header = {c.index: m[1] for c in cols if (m := re.search(r"[（(]([^）)]{1,6})[）)]$", c.header))}
            for row in range(min(header_rows(block), 1), block.n_rows):
                cells = section.document.row_cells(index, row)
                text = section.document.text_of(Anchor(index, 0, 0, (row, -1)))
                if not re.search(r"\d", tidy(text)) and not re.search(r"[一二三四五六七八九十百]", text):
                    continue
                found: list[Quantity] = []
                for cell in cells:
                    unit = unit_header.get(cell.col, "") or self._unit_in(cells)
                    bare = re.fullmatch(r"\s*[\d.,，]+\s*", tidy(cell.text))
                    if bare and (cell.col in numbering or (cell.col == 0 and len(cells) > 2)):
                        continue  # the number of the row counts nothing
                    found += quantities(tidy(cell.text + (unit if bare else "")))
                label = next(
                    (
                        squeeze(c.text)
                        for c in cells
                        if len(squeeze(c.text)) >= 3 and not re.fullmatch(r"[\d.,%\s]+", squeeze(c.text))
                    ),
                    "",
                )
                links = {link.indicator: link.score for link in link_headings(self.package.nlp, (label,))} if label else {}
                self._match(section, Anchor(index, 0, len(text), (row, -1)), tidy(text), tuple(found), links, block.confidence)

    @staticmethod
    def _unit_in(cells: Sequence[Any]) -> str:
        for cell in cells:
            if re.fullmatch(r"\s*(?:个|家|项|件|台|套|台[（(]套[）)]|人|人次|亿元|万元|%|万台|万个|户|款|支|只)\s*", cell.text):
                return str(cell.text).strip()
        return ""

    def _match(
        self,
        section: Section,
        anchor: Anchor,
        text: str,
        found: Sequence[Quantity],
        links: Mapping[str, float],
        confidence: float,
    ) -> None:
        for quantity in found:
            if quantity.value is None or _BASIS.search(text[max(0, quantity.start - 14) : quantity.start]):
                continue
            for indicator, claimed in self._claimed.items():
                if indicator in _CONDITION_INDICATORS:
                    continue
                for claim, context in claimed:
                    if not self._same(quantity, claim):
                        continue
                    shared = _shared(text, quantity, context, claim)
                    linked = links.get(indicator, 0.0)
                    if linked >= 0.3 or shared >= 3 or (_telling(quantity) and shared >= 2):
                        found_id = self.package.book.add(
                            "proof",
                            indicator,
                            section.document,
                            anchor,
                            status="fact",
                            quantities=(quantity,),
                            confidence=confidence,
                        )
                        self.proving.add(found_id)
                        break

    @staticmethod
    def _same(first: Quantity, second: Quantity) -> bool:
        if first.value is None or second.value is None or first.value == 0:
            return False
        if (
            first.unit
            and second.unit
            and first.unit != second.unit
            and not {first.unit, second.unit} <= {"个", "家", "项", "户", "件", "座", "台", "台（套）", "套", "人", "人次"}
        ):
            return False
        if first.flags & {"delta", "rank", "ordinal"} != second.flags & {"delta", "rank", "ordinal"}:
            return False
        return abs(first.value - second.value) <= Decimal("0.005") * abs(second.value)

    def _by_kind(self, section: Section) -> None:
        """Documents that prove by being there: certificates, agreements, vouchers; where the plan claims the thing."""
        seen = section.portrait
        wanted = list(_KIND_PROVES.get(seen.kind, ()))
        if seen.kind in (
            "contract",
            "acceptance_report",
            "test_report",
            "fund_document",
            "leading_group_document",
            "dept_certificate_letter",
            "project_list",
        ):
            title = re.sub(r"协议书?|合同|备忘录|合作|共建|报告|证明|关于|的", "", seen.title)
            wanted += [link.indicator for link in link_headings(self.package.nlp, (title,)) if link.score >= 0.45][:1]
            if seen.kind == "contract":
                words = squeeze("".join(block.text for block in section.document.blocks[section.start : section.end][:30]))
                if re.search(r"产业学院|实训基地|校企|产教融合|育人", words):
                    wanted.append("services.training_bases")
        for indicator in dict.fromkeys(wanted):
            if indicator in _CONDITION_INDICATORS or (indicator not in self._claimed and not self._has_claim(indicator)):
                continue
            anchor = title_anchor(section)
            if anchor is not None:
                self.proving.add(
                    self.package.book.add("proof", indicator, section.document, anchor, status="fact", confidence=0.7)
                )

    def _by_words(self, section: Section) -> None:
        """A policy of the city's own character is proved by the paper that repeats the claim's words: a term, seven characters in a row."""
        said = {
            gram for entry in self.package.book.entries() if entry.kind == "claim" and entry.indicator == _TOLD for gram in _grams(entry.text)
        }
        for anchor, words in echoes.lines(section) if said else ():
            if not said.isdisjoint(_grams(words)):
                self.proving.add(self.package.book.add("proof", _TOLD, section.document, anchor, status="fact", confidence=0.6))
                return

    def _by_reference(self, section: Section) -> None:
        """A paper that the city's words point to for an indicator proves it where it speaks of the same thing."""
        pointed = [(indicator, words) for (indicator, path), words in self._cited.items() if path == section.document.path]
        anchor = title_anchor(section) if pointed else None
        if anchor is None:
            return
        told = _pairs("".join((section.document.path, *(words for _, words in echoes.lines(section)))))
        for indicator, words in pointed:
            if indicator in _CONDITION_INDICATORS or not self._has_claim(indicator) or len(_pairs(_POINTING.sub("", words)) & told) < 2:
                continue
            self.proving.add(self.package.book.add("proof", indicator, section.document, anchor, status="fact", confidence=0.6))

    def _lists(self, section: Section) -> None:
        """A list with as many rows as the plan states of its subject proves it (标准清单, 平台项目清单)."""
        for index in range(section.start, section.end):
            block = section.document.blocks[index]
            if not isinstance(block, Table) or block.kind == "hidden" or block.n_rows < 4:
                continue
            subject = squeeze(block.caption) or section.portrait.title
            grid = block.rows()
            name = section.document.path.rsplit("/", 1)[-1]
            label = re.sub(r"清单|一览表|汇总表|明细表?|名单|列表|节选|导出|表$", "", subject)
            candidates = {
                link.indicator
                for text in (label, squeeze(block.sheet), re.sub(r"\.[a-z]+$", "", name))
                if text
                for link in link_headings(self.package.nlp, (text,))
            }
            headers = "".join(c.header for c in columns(block))
            candidates |= {link.indicator for link in link_headings(self.package.nlp, (re.sub(r"序号", "", headers)[:30],))}
            count = sum(not is_total(row) and any(not is_empty(cell) for cell in row[1:]) for row in grid[header_rows(block) :])
            for indicator in sorted(candidates):
                if indicator in _CONDITION_INDICATORS:
                    continue
                close = any(
                    abs(claim.value - count) <= max(Decimal(1), Decimal(count) * Decimal("0.05"))
                    for claim, _ in self._claimed.get(indicator, [])
                    if claim.value
                )
                if close or (
                    count >= 20
                    and self._has_claim(indicator)
                    and label
                    and any(link.indicator == indicator for link in link_headings(self.package.nlp, (label,)))
                ):
                    anchor = Anchor(index, 0, len(section.document.text_of(Anchor(index, 0, 0, (0, -1)))), (0, -1))
                    self.proving.add(
                        self.package.book.add("proof", indicator, section.document, anchor, status="fact", confidence=0.7)
                    )

    def _has_claim(self, indicator: str) -> bool:
        return any(entry.kind == "claim" and entry.indicator == indicator for entry in self.package.book.entries())


_GRAM = 7
# An indicator that is told in words and not in figures: the policy that proves it says the same.
_TOLD = "policy.regional_features"
_COMMON = re.compile(r"5G\+|小巨人|十四五|十五五|揭榜|专精特新|工业互联|累计建成|建成开通|截至|年末|典型应用|应用场景|融合应用|先导区|高质量|数字化转型|转型升级|领导小组|示范基地|互联网|制造业|中小企业")
_NAMES = re.compile(r"[\u4e00-\u9fff（）]{4,20}(?:公司|集团|厂|局|委|办公室|政府|厅|部|大学|学院)|《[^》]*》")


def _grams(text: str) -> set[str]:
    """What a text says that few others say: its terms in quotation marks and its runs of seven characters, names left out."""
    plain = _NAMES.sub("|", tidy(squeeze(text)))
    runs = (part[at : at + _GRAM] for part in re.split(r"[^\u4e00-\u9fff]+", plain) for at in range(len(part) - _GRAM + 1))
    return {gram for gram in (*runs, *re.findall(r"“[^”]{3,14}”", plain)) if not _COMMON.search(gram)}


def _telling(quantity: Quantity) -> bool:
    """Whether a figure is unlikely to stand in two places by chance: three digits or more, or a decimal."""
    digits = re.sub(r"[^\d]", "", f"{quantity.value:f}".rstrip("0").rstrip(".") if quantity.value is not None else "")
    return len(digits.lstrip("0")) >= 3


def _shared(text: str, quantity: Quantity, context: str, claim: Quantity) -> int:
    """How many two-character words stand near the figure in both texts."""
    near = re.sub(r"[\W\d_]", "", squeeze(text[max(0, quantity.start - 24) : quantity.end + 12] if len(text) > 60 else text))
    other = re.sub(r"[\W\d_]", "", squeeze(context[max(0, claim.start - 24) : claim.end + 12] if len(context) > 60 else context))
    return len(_pairs(near) & _pairs(other))


_POINTING = re.compile(r"(?:佐证|证明|支撑)(?:材料)?|附件|材料|证(?=\d)|现状|(?:年度)?目标|指标|[详参]?见")
_EVERYWHERE = {"其中", "全市", "我市", "达到", "累计", "建成", "企业", "项目", "万元", "亿元", "截至", "情况"}


def _pairs(text: str) -> set[str]:
    """The two-character words of a text that few others have, figures and signs left out."""
    plain = re.sub(r"[\W\d_]", "", text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)} - _EVERYWHERE
