"""What holds for every case: no proof taken away makes a verdict better, order and doubles change nothing, what is unread never passes."""

from __future__ import annotations

import random
from dataclasses import fields, replace

from casesheets import load
from hypothesis import given, settings
from hypothesis import strategies as st

from models.catalogue import Condition, load_edition
from models.evidence import Quantity
from models.facts import Case, Count, Entry, Factory, Figure, Policy, ScenarioHit, Statement, Title, Unread, exact
from pipelines.checks import CHECKS
from pipelines.gate import gate
from pipelines.screening import DocumentRecord, Finding, GateVerdict, PackageItem, Verdict

EDITION = load_edition()
WHOLE = tuple(PackageItem(code, code, "ok", "") for code in ("plan", "letter", "form", "applicants", "targets", "period"))
KINDS = ("policies", "counts", "figures", "factories", "entries", "titles", "statements")
CITY = ("明州市",)
SIDES = st.sampled_from(["claim", "proof"])
FIRMS = st.sampled_from([f"明州{name}有限公司" for name in ("东海重工", "天工轴承", "远帆汽车", "瑞丰化纤", "启明光电", "宏远化工", "云帆电子")])
FILES = st.sampled_from(["甲.pdf", "乙.pdf", "丙.docx"])
OWN = st.sampled_from([True, True, True, None, False])

policies = st.builds(
    Policy,
    evidence=st.just(""),
    side=SIDES,
    title=st.sampled_from(["明州市“5G+工业互联网”若干措施", "明州市5G工厂行动计划", ""]),
    issuer=st.sampled_from(["明州市人民政府", ""]),
    number=st.sampled_from(["明政发〔2023〕1号", ""]),
    date=st.sampled_from(["2023-05", ""]),
    rank=st.sampled_from(["city", "city", "province", "unknown"]),
    state=st.sampled_from(["issued", "issued", "draft", "unknown"]),
    subject=st.sampled_from(["dedicated", "near", "general"]),
    until=st.sampled_from([None, 2022, 2026]),
    document=FILES,
)


def quantities(low: int, high: int) -> st.SearchStrategy[Quantity]:
    """Whole numbers, some of them rough or one-sided."""

    def make(value: int, sign: str) -> Quantity:
        number = exact(value)
        if sign == ">":
            return replace(number, high=None, operator=">")
        if sign == "<":
            return replace(number, low=None, operator="<")
        return replace(number, operator=sign)  # type: ignore[arg-type]

    return st.builds(make, st.integers(low, high), st.sampled_from(["=", "=", "=", "~", ">", "<"]))


counts = st.builds(
    Count,
    evidence=st.just(""),
    side=st.just("claim"),
    what=st.sampled_from(["policies", "factories", "listed", "pilots", "titles"]),
    quantity=quantities(0, 9),
    mixed=st.booleans(),
    document=FILES,
)
figures = st.builds(
    lambda side, kind, step, date, document, independent: Figure(
        "", side, kind, exact({"ratio": 28 + step, "stations": (28 + step) * 400, "people": 4_000_000}[kind]), "", date, document, independent
    ),
    SIDES,
    st.sampled_from(["ratio", "stations", "people"]),
    st.integers(0, 5),
    st.sampled_from(["", "2023", "2024-06"]),
    FILES,
    st.booleans(),
)
factories = st.builds(
    lambda side, firm, number, level, stated, document: Factory(
        (), side, firm, tuple(ScenarioHit(n, f"场景{n}", level if n == number else "exact") for n in range(1, number + 1)), stated, document
    ),
    SIDES,
    FIRMS,
    st.integers(8, 11),
    st.sampled_from(["exact", "synonym", "near"]),
    st.sampled_from([None, 10]),
    FILES,
)
entries = st.builds(
    Entry,
    evidence=st.just(""),
    side=SIDES,
    project=st.sampled_from([f"{name}5G工厂" for name in ("冲压焊装", "精密轴承", "化纤纺丝", "液晶模组", "船舶分段", "药品包装")]),
    firm=FIRMS,
    roster=st.sampled_from(["factory_list", "factory_list", "pilot", "lower", "announced", "unknown"]),
    year=st.sampled_from([None, 2022, 2023, 2025]),
    own=OWN,
    document=FILES,
)
titles = st.builds(
    Title,
    evidence=st.just(""),
    side=SIDES,
    name=st.sampled_from(["千兆城市", "绿色工厂", "智能制造示范工厂"]),
    holder=st.one_of(FIRMS, st.just("")),
    year=st.sampled_from([None, 2022, 2023]),
    rank=st.sampled_from(["nation", "nation", "province", "unknown"]),
    programme=st.sampled_from(["gigabit", "green", "smart"]),
    state=st.sampled_from(["granted", "granted", "announced", "expired"]),
    own=OWN,
    document=FILES,
)
statements = st.builds(
    Statement,
    evidence=st.just(""),
    side=SIDES,
    topic=st.sampled_from(["network", "safety", "false"]),
    says=st.sampled_from(["none", "none", "none", "pledge"]),
    document=FILES,
)
GENERATORS = {
    "policies": policies, "counts": counts, "figures": figures, "factories": factories, "entries": entries, "titles": titles,
    "statements": statements,
}  # fmt: skip


def numbered(case: Case) -> Case:
    """The case with an evidence id for every fact."""
    number = 0
    made: dict[str, tuple[object, ...]] = {}
    for kind in KINDS:
        facts = []
        for fact in getattr(case, kind):
            number += 1
            facts.append(replace(fact, evidence=(f"E{number}",) if kind == "factories" else f"E{number}"))
        made[kind] = tuple(facts)
    return replace(case, **made)  # type: ignore[arg-type]


# One case of each sheet together (so that every boundary is near), with a few facts of any kind thrown in.
SHEETS = [load(condition.check) for condition in EDITION.conditions]
cases = st.builds(
    lambda sheets, **facts: numbered(
        Case(CITY, "2024-09", **{kind: (*(f for sheet in sheets for f in getattr(sheet.case, kind)), *facts[kind]) for kind in KINDS})
    ),
    st.tuples(*(st.sampled_from(sheets) for sheets in SHEETS)),
    **{kind: st.lists(generator, max_size=2) for kind, generator in GENERATORS.items()},
)


def judge(case: Case) -> list[Finding]:
    return [CHECKS[condition.check](condition, case) for condition in EDITION.conditions]


def outcome(case: Case) -> list[tuple[str, Verdict, object]]:
    return [(finding.indicator, finding.verdict, finding.value) for finding in judge(case)]


def gated(case: Case, *documents: DocumentRecord) -> GateVerdict:
    return gate(EDITION, judge(case), documents, WHOLE)[0]


def _incident(fact: object) -> bool:
    """A record of an incident proves against the city: without it a verdict may be better."""
    return isinstance(fact, Statement) and fact.says == "occurred"


def less_one_proof(case: Case, chosen: random.Random) -> Case:
    """The case without one of its proofs."""
    proofs = [(kind, fact) for kind in KINDS for fact in getattr(case, kind) if fact.side == "proof" and not _incident(fact)]
    if not proofs:
        return case
    kind, gone = chosen.choice(proofs)
    return replace(case, **{kind: tuple(fact for fact in getattr(case, kind) if fact is not gone)})


# A contradiction is between a claim and a proof: without that proof there is none. These findings rest on one.
_CONTRADICTIONS = ("review.contradiction", "review.ratio", "review.own_detail", "review.claim_below")


@given(cases, st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_a_proof_taken_away_never_makes_a_verdict_better(case: Case, chosen: random.Random) -> None:
    for before, after in zip(judge(case), judge(less_one_proof(case, chosen)), strict=True):
        if before.verdict is Verdict.MET or any(reason.code in _CONTRADICTIONS for reason in before.reasons):
            continue
        assert after.verdict is not Verdict.MET, (before.explanation, after.explanation)


@given(cases, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_facts_changes_nothing(case: Case, chosen: random.Random) -> None:
    shuffled = {kind: tuple(chosen.sample(getattr(case, kind), len(getattr(case, kind)))) for kind in KINDS}
    assert outcome(replace(case, **shuffled)) == outcome(case)


@given(cases)
@settings(max_examples=40, deadline=None)
def test_facts_read_twice_count_once(case: Case) -> None:
    twice = {kind: tuple(fact for fact in getattr(case, kind) for _ in range(2)) for kind in KINDS}
    # The same row twice in one list makes the list longer than what it details: only the claims' own lists may tell more then.
    for before, after in zip(judge(case), judge(replace(case, **twice)), strict=True):
        assert (before.verdict is Verdict.MET) >= (after.verdict is Verdict.MET), (before.explanation, after.explanation)


@given(cases, st.sampled_from(["", *[condition.indicator for condition in EDITION.conditions]]))
@settings(max_examples=40, deadline=None)
def test_an_unread_document_never_turns_review_or_worse_into_a_pass(case: Case, could_prove: str) -> None:
    unread = Unread("扫描件.pdf", frozenset([could_prove]) if could_prove else frozenset())
    lost = DocumentRecord("扫描件.pdf", "proof", "unreadable", 1)
    for before, after in zip(judge(case), judge(replace(case, unread=(unread,))), strict=True):
        assert (before.verdict is Verdict.MET) == (after.verdict is Verdict.MET)
        missing = before.verdict in (Verdict.UNPROVEN, Verdict.ABSENT)
        if missing and unread.may_hold(before.indicator):
            assert after.verdict is Verdict.REVIEW
    assert gated(replace(case, unread=(unread,)), lost) is not GateVerdict.PASS


@given(cases)
@settings(max_examples=40, deadline=None)
def test_met_rests_on_proofs_and_every_cited_fact_is_one_of_the_case(case: Case) -> None:
    known = {
        item for kind in KINDS for fact in getattr(case, kind) for item in (fact.evidence if isinstance(fact.evidence, tuple) else (fact.evidence,))
    }
    proofs = {
        item
        for kind in KINDS
        for fact in getattr(case, kind)
        if fact.side == "proof"
        for item in (fact.evidence if isinstance(fact.evidence, tuple) else (fact.evidence,))
    }
    for finding in judge(case):
        assert set(finding.claims) <= known and set(finding.proofs) <= proofs
        assert {evidence for evidence, _ in finding.excluded} <= known
        if finding.verdict is Verdict.MET:
            assert finding.proofs
            assert finding.value is None or condition_of(finding).reached(finding.value) or finding.indicator == "application.factory_5g"


def condition_of(finding: Finding) -> Condition:
    condition = EDITION.condition(finding.indicator)
    assert condition is not None
    return condition


def test_a_passing_case_without_the_proofs_of_one_condition_fails_or_is_for_a_person_if_they_were_unread() -> None:
    first = {condition.check: next(s for s in load(condition.check) if s.verdict == "met" and s.reasons[0] == "met") for condition in EDITION.conditions}
    whole = numbered(
        Case(CITY, "2024-09", **{kind: tuple(fact for sheet in first.values() for fact in getattr(sheet.case, kind)) for kind in KINDS})
    )
    assert gated(whole) is GateVerdict.PASS, [finding.explanation for finding in judge(whole)]
    for condition, finding in zip(EDITION.conditions, judge(whole), strict=True):
        proofs = set(finding.proofs)
        left = {
            kind: tuple(f for f in getattr(whole, kind) if not proofs & set(f.evidence if isinstance(f.evidence, tuple) else (f.evidence,)))
            for kind in KINDS
        }
        without = replace(whole, **left)
        assert gated(without) is GateVerdict.FAIL, condition.check
        unread = replace(without, unread=(Unread("扫描件.pdf", frozenset([condition.indicator])),))
        assert gated(unread, DocumentRecord("扫描件.pdf", "proof", "unreadable", 1)) is GateVerdict.REVIEW, condition.check


def test_every_kind_of_fact_is_generated() -> None:
    held = {field.name for field in fields(Case)} - {"cities", "submitted", "unread", "rosters", "echoes"}
    assert held == set(KINDS) == set(GENERATORS)
