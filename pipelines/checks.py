"""The checks: one pure function per kind of condition. Each takes the condition and the case and derives a finding.

A check opens nothing and knows no thresholds of its own: they come with the condition. Doubt never becomes ``met``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from models.catalogue import Condition
from models.evidence import Quantity
from models.facts import Case, Count, Entry, Factory, Figure, Policy, Side, Statement, Title
from models.names import same_firm, same_project, squash_title
from pipelines.screening import Finding, Grid, Reason, Step, Verdict
from pipelines.wording import say

T = TypeVar("T")


@dataclass
class _Draft:
    """A finding in the making: collects evidence, steps and what was left out, in order and without doubles."""

    condition: Condition
    claims: list[str] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)
    excluded: list[tuple[str, str]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    def cite(self, side: Side, *evidence: str) -> None:
        """Put evidence among the claims or the proofs."""
        side_list = self.claims if side == "claim" else self.proofs
        side_list.extend(item for item in evidence if item and item not in side_list)

    def leave_out(self, evidence: str, code: str, **data: object) -> None:
        """Note evidence that does not count, and why."""
        why = say(code, **data)
        if evidence and (evidence, why) not in self.excluded:
            self.excluded.append((evidence, why))

    def step(self, part: str, text: str, *evidence: str) -> None:
        """Add a step of the derivation."""
        self.steps.append(Step(part, text, tuple(item for item in evidence if item)))  # type: ignore[arg-type]

    def reason(self, code: str, **data: object) -> None:
        """Add a reason; its sentence is a note of the derivation."""
        self.reasons.append(Reason(code, {key: str(value) for key, value in data.items()}))

    def finish(self, verdict: Verdict, value: Decimal | None, case: Case) -> Finding:
        """The finding, with the steps put in reading order."""
        if verdict in (Verdict.UNPROVEN, Verdict.ABSENT):
            unread = [item for item in case.unread if item.may_hold(self.condition.indicator)]
            if unread:
                # What was merely not read is never called missing.
                self.reasons.insert(0, Reason("review.unread", {"documents": "、".join(item.document for item in unread)}))
                verdict = Verdict.REVIEW
        steps = [Step("clause", self.condition.clause), *self.steps]
        for evidence, why in self.excluded:
            steps.append(Step("excluded", why, (evidence,)))
        for reason in self.reasons:
            part = "note" if verdict is Verdict.MET or reason.code.startswith("note.") else "missing"
            steps.append(Step(part, say(reason.code, **reason.data)))  # type: ignore[arg-type]
        if verdict is Verdict.REVIEW:
            steps.append(Step("mend", say("mend.review")))
        elif verdict is not Verdict.MET:
            mend = say(f"mend.{self.condition.check}", threshold=plain(self.condition.threshold), each=self.condition.each)
            steps.append(Step("mend", mend))
        order = {"clause": 0, "claim": 1, "proof": 2, "excluded": 3, "missing": 4, "note": 5, "mend": 6}
        steps.sort(key=lambda step: order[step.part])
        explanation = "".join(step.text if step.text.endswith("。") else step.text + "。" for step in steps if step.part in ("claim", "proof"))
        explanation += "".join(say(reason.code, **reason.data) for reason in self.reasons)
        return Finding(
            self.condition.indicator, verdict, value, tuple(self.claims), tuple(self.proofs), tuple(self.reasons),
            tuple(steps), tuple(self.excluded), tuple(self.grids), explanation,
        )  # fmt: skip


def plain(value: Decimal | None) -> str:
    """A figure as a person writes it: no exponent, no trailing zeros, at most two decimals; “—” for none."""
    if value is None:
        return "—"
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{rounded.normalize():f}"


def _differ(first: Decimal, second: Decimal, tolerance: Decimal) -> bool:
    return abs(first - second) > tolerance * max(abs(first), abs(second))


def _side(items: Iterable[T], side: Side) -> list[T]:
    return [item for item in items if item.side == side]  # type: ignore[attr-defined]


def _best_count(counts: Sequence[Count], what: str, side: Side) -> Count | None:
    """The stated number to go by: the largest unmixed one (part counts stand beside totals)."""
    stated = [count for count in counts if count.what == what and count.side == side and count.quantity.value is not None]
    clean = [count for count in stated if not count.mixed] or stated
    return max(clean, key=lambda count: count.quantity.value or Decimal(0), default=None)


def _distinct(items: Sequence[T], same: Callable[[T, T], bool]) -> tuple[list[T], list[tuple[T, T]]]:
    """The items each once, and the doubles with what each doubles."""
    kept: list[T] = []
    doubles: list[tuple[T, T]] = []
    for item in items:
        twin = next((other for other in kept if same(item, other)), None)
        if twin is None:
            kept.append(item)
        else:
            doubles.append((item, twin))
    return kept, doubles


# --- policies -------------------------------------------------------------------------------------------------------------


def _policy_fault(policy: Policy, case: Case) -> tuple[str, dict[str, object]] | None:
    """Why a policy does not count as a dedicated policy of the city, as a code; None if nothing speaks against it."""
    faults: list[tuple[bool, str, dict[str, object]]] = [
        (policy.rank == "province", "no.province", {}),
        (policy.rank == "nation", "no.nation", {}),
        (policy.rank == "county", "no.county", {}),
        (policy.rank == "association", "no.association", {}),
        (policy.state == "draft", "no.draft", {}),
        (policy.state == "planned", "no.planned", {}),
        (policy.state == "repealed", "no.repealed", {}),
        (policy.until is not None and case.year is not None and policy.until < case.year, "no.expired", {"year": policy.until}),
        (policy.subject == "general", "no.general", {}),
    ]
    return next(((code, data) for wrong, code, data in faults if wrong), None)


def _same_policy(first: Policy, second: Policy) -> bool:
    if first.number and second.number:
        return squash_title(first.number) == squash_title(second.number)
    return bool(first.title) and squash_title(first.title) == squash_title(second.title)


def policies(condition: Condition, case: Case) -> Finding:
    """不少于1项支持“5G+工业互联网”发展的专项政策文件: dedicated, the city's own, issued, in force, its text in the package."""
    draft = _Draft(condition)
    sure: list[Policy] = []
    doubtful: list[tuple[Policy, str]] = []
    candidates: list[tuple[Policy, str]] = []
    for policy in _side(case.policies, "proof"):
        fault = _policy_fault(policy, case)
        if fault is not None:
            code, data = fault
            draft.leave_out(policy.evidence, code, **data)
            candidates.append((policy, say(code, **data)))
            continue
        missing = [name for name, have in (("标题", policy.title), ("发文机关", policy.issuer), ("日期", policy.date)) if not have]
        if policy.rank == "unknown":
            doubtful.append((policy, say("review.policy_doubt", title=policy.title, doubt="发文机关不能确定")))
        elif policy.subject == "near":
            doubtful.append((policy, say("review.near_policy", title=policy.title)))
        elif missing and not policy.number:
            doubtful.append((policy, say("review.policy_doubt", title=policy.title, doubt=f"缺少{'、'.join(missing)}")))
        else:
            sure.append(policy)
            candidates.append((policy, "计"))
            continue
        candidates.append((policy, doubtful[-1][1]))
    sure, doubles = _distinct(sure, _same_policy)
    for double, twin in doubles:
        draft.leave_out(double.evidence, "no.duplicate", other=twin.title)
        draft.cite("proof", double.evidence)
    claimed: list[Policy] = []
    below = False
    for policy in _side(case.policies, "claim"):
        fault = _policy_fault(policy, case)
        if fault is None and policy.subject == "dedicated":
            claimed.append(policy)
            draft.cite("claim", policy.evidence)
            draft.step("claim", f"方案陈述：《{policy.title}》{policy.number}", policy.evidence)
        elif fault is not None:
            draft.leave_out(policy.evidence, fault[0], **fault[1])
            below = below or (policy.rank in ("city", "unknown") and policy.subject == "dedicated" and policy.state in ("draft", "planned"))
    count = _best_count(case.counts, "policies", "claim")
    stated = count.quantity.value if count else None
    if count and stated is not None:
        draft.cite("claim", count.evidence)
        draft.step("claim", f"方案陈述：专项政策{plain(stated)}项", count.evidence)
        below = below or stated < condition.threshold
    for policy in sure:
        draft.cite("proof", policy.evidence)
        draft.step("proof", f"《{policy.title}》{policy.number}，{policy.issuer}，{policy.date}", policy.evidence)
    if candidates:
        rows = tuple((p.title or "（无标题）", p.issuer or "—", p.number or "—", p.date or "—", verdict) for p, verdict in candidates)
        sources = tuple((p.evidence,) for p, _ in candidates)
        draft.grids.append(Grid("专项政策候选文件", ("标题", "发文机关", "文号", "日期", "是否计入"), rows, sources))
    total = Decimal(len(sure))
    if condition.reached(total):
        draft.reason("met" if draft.claims else "met.proof_only")
        return draft.finish(Verdict.MET, total, case)
    claims_enough = condition.reached(Decimal(len(claimed))) or (stated is not None and condition.reached(stated))
    if doubtful and condition.reached(total + len(doubtful)):
        for policy, _ in doubtful:
            draft.cite("proof", policy.evidence)
        for policy, _ in doubtful:
            if policy.subject == "near":
                draft.reason("review.near_policy", title=policy.title)
            else:
                draft.reason("review.policy_doubt", title=policy.title, doubt="要素不全或发文机关不能确定")
        return draft.finish(Verdict.REVIEW, None, case)
    if claims_enough:
        drafts = [p for p in _side(case.policies, "proof") if p.state in ("draft", "planned") or p.rank in ("province", "nation")]
        draft.reason("unproven.draft" if drafts else "unproven.none")
        return draft.finish(Verdict.UNPROVEN, None, case)
    if below:
        draft.reason("unmet.claim", value="尚无已印发的专项政策", clause=condition.clause)
        return draft.finish(Verdict.UNMET, None, case)
    draft.reason("absent")
    return draft.finish(Verdict.ABSENT, None, case)


# --- density --------------------------------------------------------------------------------------------------------------


def _figure_of(figures: Sequence[Figure], kind: str, area: str = "") -> Figure | None:
    """The figure to go by: the applicant's as a whole; independent before own, newest before older, as written first."""
    fitting = [f for f in figures if f.kind == kind and f.area == area and f.quantity.value is not None]
    return max(fitting, key=lambda f: (f.independent, f.date, -fitting.index(f)), default=None)


def _pooled(figures: Sequence[Figure], kind: str, cities: Sequence[str]) -> tuple[Decimal | None, list[Figure]]:
    """A kind's figure for the whole applicant: stated as pooled, or summed where every city has one."""
    whole = _figure_of(figures, kind)
    parts = [part for city in cities if (part := _figure_of(figures, kind, city)) is not None]
    if whole is not None:
        return whole.quantity.value, [whole]
    if kind != "ratio" and len(cities) > 1 and len(parts) == len(cities):
        return sum((part.quantity.value or Decimal(0) for part in parts), Decimal(0)), parts
    return None, []


@dataclass
class _Density:
    """One side's reading of the density."""

    value: Decimal | None = None
    stated: Decimal | None = None
    computed: Decimal | None = None
    approximate: Quantity | None = None
    stations: Decimal | None = None
    people: Decimal | None = None
    used: list[Figure] = field(default_factory=list)


def _density(figures: Sequence[Figure], cities: Sequence[str]) -> _Density:
    reading = _Density()
    reading.stated, stated_from = _pooled(figures, "ratio", cities)
    reading.stations, stations_from = _pooled(figures, "stations", cities)
    reading.people, people_from = _pooled(figures, "people", cities)
    if reading.stations is not None and reading.people:
        reading.computed = reading.stations / (reading.people / 10000)
    reading.used = [*stated_from, *stations_from, *people_from]
    # The computed, unrounded ratio decides where both figures are given — unless they are rounded or approximate themselves.
    exact_parts = all(f.quantity.operator == "=" for f in (*stations_from, *people_from))
    if reading.computed is not None and (exact_parts or reading.stated is None):
        reading.value = reading.computed
    else:
        reading.value = reading.stated
        if stated_from and stated_from[0].quantity.operator != "=":
            reading.approximate = stated_from[0].quantity
    if reading.computed is not None and not exact_parts and reading.stated is None:
        reading.approximate = next(f.quantity for f in (*stations_from, *people_from) if f.quantity.operator != "=")
    return reading


def _above(reading: _Density, condition: Condition) -> bool | None:
    """Whether a reading satisfies the clause; None where an approximate figure leaves it open."""
    if reading.value is None:
        return None
    if reading.approximate is not None and reading.computed is None:
        return reading.approximate.above(condition.threshold, strict=condition.comparator == ">")
    if reading.approximate is not None and not _differ(reading.value, condition.threshold, Decimal("0.05")):
        return None
    return condition.reached(reading.value)


def _same_time(first: Figure, second: Figure) -> bool:
    """Whether two figures may be of the same date: unknown dates may, different months or years may not."""
    if not first.date or not second.date:
        return True
    length = min(len(first.date), len(second.date))
    return first.date[:length] == second.date[:length]


def density(condition: Condition, case: Case) -> Finding:
    """每万人拥有5G基站数超过30个: strictly above; stated, or stations ÷ 常住人口; claim and proof agree within the tolerance."""
    draft = _Draft(condition)
    claims, proofs = _side(case.figures, "claim"), _side(case.figures, "proof")
    claim, proof = _density(claims, case.cities), _density(proofs, case.cities)
    for side, reading, figures in (("claim", claim, claims), ("proof", proof, proofs)):
        for figure in [*reading.used, *figures]:
            draft.cite(side, figure.evidence)  # type: ignore[arg-type]
        texts = []
        if reading.stations is not None and reading.people:
            texts.append(say("value.computed", stations=plain(reading.stations), people=plain(reading.people / 10000), value=plain(reading.computed)))
        if reading.stated is not None:
            texts.append(say("value.stated", value=plain(reading.stated)))
        if texts:
            draft.step(side, ("申报：" if side == "claim" else "佐证：") + "；".join(texts), *[f.evidence for f in reading.used])
    _density_grid(draft, case, claims, proofs)
    value = proof.value if proof.value is not None else claim.value
    contradiction = _contradiction(condition, claims, proofs, claim, proof)
    for name, reading in (("claim", claim), ("proof", proof)):
        stated, computed = reading.stated, reading.computed
        same = all(_same_time(a, b) for a in reading.used for b in reading.used)
        if stated is not None and computed is not None and same and _differ(stated, computed, condition.tolerance):
            draft.reason("review.ratio", stated=plain(stated), computed=plain(computed))
            if name == "claim" or condition.reached(stated) != condition.reached(computed):
                contradiction = contradiction or ("", None, None, None)
    if contradiction is not None:
        source, mine, theirs, _ = contradiction
        if mine is not None and theirs is not None:
            gap = f"{abs(mine - theirs) / max(mine, theirs) * 100:.1f}%"
            draft.reason(
                "review.contradiction", claim=plain(mine), source=source or "佐证", proof=plain(theirs), gap=gap,
                tolerance=f"{condition.tolerance * 100:.0f}%",
            )  # fmt: skip
        return draft.finish(Verdict.REVIEW, value, case)
    claim_above, proof_above = _above(claim, condition), _above(proof, condition)
    if claim.value is not None:
        if claim_above is False:
            draft.reason("unmet.claim", value=plain(claim.value), clause=condition.clause)
            return draft.finish(Verdict.UNMET, claim.value, case)
        if claim_above is None and proof_above is not True:
            draft.reason("review.approximate", text=(claim.approximate.text or plain(claim.value)) if claim.approximate else plain(claim.value))
            return draft.finish(Verdict.REVIEW, value, case)
        if proof.value is None:
            if proof.stations is not None and claim.people:
                borrowed = proof.stations / (claim.people / 10000)
                draft.reason("review.people_unproven", value=plain(borrowed))
                return draft.finish(Verdict.REVIEW, borrowed, case)
            draft.reason("unproven.none")
            return draft.finish(Verdict.UNPROVEN, claim.value, case)
        if proof_above is None:
            draft.reason("review.approximate", text=(proof.approximate.text or plain(proof.value)) if proof.approximate else plain(proof.value))
            return draft.finish(Verdict.REVIEW, value, case)
        if proof_above is False:
            draft.reason("unproven.less", value=plain(proof.value))
            return draft.finish(Verdict.UNPROVEN, proof.value, case)
        draft.reason("met")
        return draft.finish(Verdict.MET, value, case)
    if proof.value is None:
        draft.reason("absent")
        return draft.finish(Verdict.ABSENT, None, case)
    if proof_above is None:
        draft.reason("review.approximate", text=plain(proof.value))
        return draft.finish(Verdict.REVIEW, proof.value, case)
    if proof_above:
        draft.reason("met.proof_only")
        return draft.finish(Verdict.MET, proof.value, case)
    draft.reason("unmet.proof", value=plain(proof.value), clause=condition.clause)
    return draft.finish(Verdict.UNMET, proof.value, case)


def _contradiction(
    condition: Condition, claims: Sequence[Figure], proofs: Sequence[Figure], claim: _Density, proof: _Density
) -> tuple[str, Decimal | None, Decimal | None, Figure | None] | None:
    """A claim's and a proof's figure of one kind, area and date that differ by more than the tolerance."""
    for kind in ("ratio", "stations", "people"):
        for mine in claims:
            if mine.kind != kind or mine.quantity.value is None:
                continue
            # A rounded claim agrees with whatever it rounds; the nearest proof figure of its kind and time is the one it is held against.
            theirs = [f for f in proofs if f.kind == kind and f.area == mine.area and f.quantity.value is not None and _same_time(mine, f)]
            if theirs and all(_differ(mine.quantity.value, f.quantity.value or Decimal(0), condition.tolerance) for f in theirs):
                worst = theirs[0]
                return worst.document, mine.quantity.value, worst.quantity.value, worst
    if claim.value is not None and proof.value is not None and _differ(claim.value, proof.value, condition.tolerance):
        dated = all(_same_time(a, b) for a in claim.used for b in proof.used if a.kind == b.kind and a.kind != "people")
        if dated:
            return "", claim.value, proof.value, None
    return None


def _density_grid(draft: _Draft, case: Case, claims: Sequence[Figure], proofs: Sequence[Figure]) -> None:
    names = {"ratio": "每万人拥有5G基站数（个）", "stations": "5G基站数（个）", "people": "常住人口（人）"}
    rows, sources = [], []
    for figure in (*claims, *proofs):
        where = "申报" if figure.side == "claim" else "佐证"
        rows.append((where, figure.area or "合计/全市", names[figure.kind], plain(figure.quantity.value), figure.date or "—", figure.document))
        sources.append((figure.evidence,))
    if rows:
        header = ("来源", "范围", "项目", "数值", "时点", "文件")
        draft.grids.append(Grid("5G网络覆盖率的依据", header, tuple(rows), tuple(sources)))


# --- scenarios ------------------------------------------------------------------------------------------------------------


@dataclass
class _Counted:
    """One side's factories: how many surely reach the inner threshold, how many with synonyms, how many by bare numbers."""

    sure: int = 0
    likely: int = 0
    listed: int = 0  # factories whose list, uncleaned, is long enough
    rows: int = 0
    bare: bool = False  # numbers only, no scenario names


def _count_factories(draft: _Draft, condition: Condition, factories: Sequence[Factory], side: Side) -> _Counted:
    merged: list[list[Factory]] = []
    for factory in factories:
        home = next((group for group in merged if same_firm(group[0].name, factory.name)), None)
        if home is None:
            merged.append([factory])
        else:
            home.append(factory)
    counted = _Counted(rows=len(merged))
    rows, sources = [], []
    for group in merged:
        sure: dict[int, str] = {}
        weak: dict[int, str] = {}
        unknown: list[str] = []
        total = 0
        for factory in group:
            total += len(factory.scenarios)
            for hit in factory.scenarios:
                if hit.number is None:
                    unknown.append(hit.name)
                elif hit.level == "synonym":
                    weak.setdefault(hit.number, hit.name)
                else:
                    sure.setdefault(hit.number, hit.name)
        stated = max((factory.stated for factory in group if factory.stated is not None), default=None)
        evidence = tuple(dict.fromkeys(item for factory in group for item in factory.evidence))
        if not total and stated is None:
            continue
        if total:
            certain, probable = len(sure), len(set(sure) | set(weak))
            listed = max(total, stated or 0)
        else:
            certain = probable = listed = stated or 0
            counted.bare = True
        counted.sure += certain >= condition.each
        counted.likely += probable >= condition.each
        counted.listed += listed >= condition.each
        draft.cite(side, *evidence)
        if certain < condition.each:
            for item in evidence[:1]:
                draft.leave_out(item, "no.few_scenarios", count=certain, each=condition.each)
        ticks = tuple("√" if number in sure else ("≈" if number in weak else "") for number in range(1, 21)) if total else ("",) * 20
        rows.append((group[0].name, *ticks, str(certain), "、".join(unknown) or "—", "是" if certain >= condition.each else "否"))
        sources.append(evidence)
    if rows:
        header = ("工厂", *[str(number) for number in range(1, 21)], "官方场景数", "未计入", "达到")
        name = "申报城市自列" if side == "claim" else "佐证材料所列"
        draft.grids.append(Grid(f"工厂×场景对照（{name}）", header, tuple(rows), tuple(sources)))
    return counted


def scenarios(condition: Condition, case: Case) -> Finding:
    """具备10个以上典型应用场景的工厂不少于5家: distinct official scenarios per factory, then distinct factories."""
    draft = _Draft(condition)
    sides: dict[Side, _Counted] = {}
    stated: dict[Side, Decimal | None] = {}
    sides_in_order: tuple[Side, Side] = ("claim", "proof")
    for side in sides_in_order:
        count = _best_count(case.counts, "factories", side)
        stated[side] = count.quantity.value if count else None
        if count and count.quantity.operator in ("<", "<=", "~"):
            stated[side] = None
        if count:
            draft.cite(side, count.evidence)
            draft.step(side, f"{'陈述' if side == 'claim' else '佐证写明'}具备{condition.each}个以上典型应用场景的工厂{plain(count.quantity.value)}家", count.evidence)
        for other in case.counts:
            if other.what == "factories" and other.side == side:
                draft.cite(side, other.evidence)
        sides[side] = _count_factories(draft, condition, _side(case.factories, side), side)
        if sides[side].rows:
            draft.step(side, f"逐厂核数：列出{sides[side].rows}家，其中官方场景达到{condition.each}个的{sides[side].sure}家")
    claim, proof = sides["claim"], sides["proof"]
    # The city's own statement against its own detail.
    own = Decimal(claim.sure)
    said = stated["claim"]
    claim_value = said
    if claim.rows:
        listed_reach = condition.reached(Decimal(claim.listed))
        own_reach = condition.reached(own)
        if said is not None and condition.reached(said) and not own_reach and not listed_reach:
            draft.reason("review.own_detail", stated=plain(said), counted=plain(own))
            return draft.finish(Verdict.REVIEW, None, case)
        if not own_reach and condition.reached(Decimal(claim.likely)):
            draft.reason("review.synonym", sure=claim.sure, likely=claim.likely)
            return draft.finish(Verdict.REVIEW, None, case)
        # A table that lists more than it states, or fewer but enough, counts for what it shows.
        claim_value = own if (not own_reach or said is None) else max(said, own)
    if claim_value is not None and not condition.reached(claim_value):
        if condition.reached(Decimal(proof.sure)) and said is None and not claim.rows:
            pass
        else:
            draft.reason("unmet.claim", value=f"{plain(claim_value)}家", clause=condition.clause)
            return draft.finish(Verdict.UNMET, claim_value, case)
    proof_value: Decimal | None = None
    if proof.rows:
        proof_value = Decimal(proof.sure)
        if not condition.reached(proof_value) and condition.reached(Decimal(proof.likely)):
            draft.reason("review.synonym", sure=proof.sure, likely=proof.likely)
            return draft.finish(Verdict.REVIEW, None, case)
        if stated["proof"] is not None and condition.reached(stated["proof"]) and not condition.reached(proof_value):
            if not condition.reached(Decimal(proof.listed)):
                draft.reason("review.own_detail", stated=plain(stated["proof"]), counted=plain(proof_value))
                return draft.finish(Verdict.REVIEW, None, case)
    elif stated["proof"] is not None:
        proof_value = stated["proof"]
    if claim_value is None:
        if proof_value is None:
            draft.reason("absent")
            return draft.finish(Verdict.ABSENT, None, case)
        reached = condition.reached(proof_value)
        draft.reason("met.proof_only" if reached else "unmet.proof", value=f"{plain(proof_value)}家", clause=condition.clause)
        return draft.finish(Verdict.MET if reached else Verdict.UNMET, proof_value, case)
    if proof_value is None:
        draft.reason("unproven.none")
        return draft.finish(Verdict.UNPROVEN, None, case)
    if not condition.reached(proof_value):
        draft.reason("unproven.less", value=f"{plain(proof_value)}家")
        return draft.finish(Verdict.UNPROVEN, proof_value, case)
    draft.reason("met")
    if claim_value != proof_value:
        draft.reason("note.counts_differ", claim=f"{plain(claim_value)}家", proof=f"{plain(proof_value)}家")
    return draft.finish(Verdict.MET, proof_value, case)


# --- 5G factories ---------------------------------------------------------------------------------------------------------


def _same_entry(first: Entry, second: Entry) -> bool:
    if first.firm and second.firm and not same_firm(first.firm, second.firm):
        return False
    return same_project(first.project, second.project) or (not first.project or not second.project) and same_firm(first.firm, second.firm)


def _entries(draft: _Draft, case: Case, side: Side) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """Own entries of the national lists, own pilots, and entries of which it can't be told whose they are; each once."""
    listed, pilots, unsure = [], [], []
    for entry in _side(case.entries, side):
        if entry.own is False:
            continue  # other cities' rows of a national list: context, not worth a line each
        if entry.roster == "lower":
            draft.leave_out(entry.evidence, "no.lower_list")
        elif entry.roster == "announced":
            draft.leave_out(entry.evidence, "no.announced")
        elif entry.roster == "applying":
            draft.leave_out(entry.evidence, "no.applying")
        elif entry.year is not None and case.year is not None and entry.year > case.year:
            draft.leave_out(entry.evidence, "no.later_list")
        elif entry.own is None or entry.roster == "unknown":
            unsure.append(entry)
        elif entry.roster == "pilot":
            pilots.append(entry)
        else:
            listed.append(entry)
    result: list[list[Entry]] = []
    for group in (listed, pilots, unsure):
        kept, doubles = _distinct(group, _same_entry)
        for double, twin in doubles:
            draft.leave_out(double.evidence, "no.duplicate", other=twin.project or twin.firm)
        result.append(kept)
    return result[0], result[1], result[2]


def listed_projects(condition: Condition, case: Case) -> Finding:
    """不少于1个试点示范（5G工厂方向）或不少于5个5G工厂名录项目: final national lists only, the applicant's own, each project once."""
    draft = _Draft(condition)
    pilots_needed = Decimal(condition.alternative)
    numbers: dict[Side, tuple[Decimal, Decimal]] = {}
    unsure: dict[Side, list[Entry]] = {}
    sides: tuple[Side, Side] = ("claim", "proof")
    has: dict[Side, bool] = {}
    for side in sides:
        listed, pilots, unsure[side] = _entries(draft, case, side)
        listed_count, pilot_count = Decimal(len(listed)), Decimal(len(pilots))
        stated_listed, stated_pilots = (_best_count(case.counts, what, side) for what in ("listed", "pilots"))
        for count in case.counts:
            if count.side == side and count.what in ("listed", "pilots"):
                draft.cite(side, count.evidence)
        if side == "claim":
            # A stated number stands unless the city's own list of the same thing shows fewer after cleaning.
            if stated_listed and stated_listed.quantity.value is not None:
                listed_count = stated_listed.quantity.value if not stated_listed.mixed or not listed else listed_count
            if stated_pilots and stated_pilots.quantity.value is not None:
                pilot_count = max(pilot_count, stated_pilots.quantity.value)
        draft.cite(side, *[entry.evidence for entry in (*pilots, *listed)])
        numbers[side] = (listed_count, pilot_count)
        has[side] = bool(listed or pilots or stated_listed or stated_pilots)
        if has[side]:
            text = say("value.both", pilots=plain(pilot_count), listed=plain(listed_count))
            draft.step(side, ("申报：" if side == "claim" else "佐证：") + text, *[entry.evidence for entry in (*pilots, *listed)][:12])
        if listed or pilots:
            rows = tuple((e.project or "—", e.firm or "—", "试点示范（5G工厂方向）" if e.roster == "pilot" else "5G工厂名录", str(e.year or "—"), e.document) for e in (*pilots, *listed))
            title = "申报城市自列的项目" if side == "claim" else "名录中的本地项目"
            draft.grids.append(Grid(title, ("项目", "企业", "名录", "年度", "文件"), rows, tuple((e.evidence,) for e in (*pilots, *listed))))

    def reach(side: Side, extra: int = 0) -> bool:
        listed_count, pilot_count = numbers[side]
        return pilot_count >= pilots_needed > 0 or condition.reached(listed_count + extra)

    def value(side: Side) -> Decimal | None:
        listed_count, pilot_count = numbers[side]
        if condition.reached(listed_count) or pilot_count < pilots_needed:
            return listed_count
        return pilot_count

    roster_note = () if "5g_factories" in case.rosters else (Reason("note.no_roster"),)
    if has["claim"] and not reach("claim") and not reach("proof"):
        draft.reason("unmet.claim", value=say("value.both", pilots=plain(numbers["claim"][1]), listed=plain(numbers["claim"][0])), clause=condition.clause)
        return draft.finish(Verdict.UNMET, value("claim"), case)
    if reach("proof"):
        if has["claim"] and not reach("claim"):
            draft.reason("note.counts_differ", claim=plain(value("claim")), proof=plain(value("proof")))
        draft.reasons.extend(roster_note)
        draft.reasons.insert(0, Reason("met" if has["claim"] else "met.proof_only"))
        return draft.finish(Verdict.MET, value("proof"), case)
    if unsure["proof"] and reach("proof", len(unsure["proof"])):
        draft.cite("proof", *[entry.evidence for entry in unsure["proof"]])
        draft.reason("review.own_unsure", count=len(unsure["proof"]))
        return draft.finish(Verdict.REVIEW, None, case)
    if not has["claim"]:
        if has["proof"]:
            draft.reason("unmet.proof", value=plain(value("proof")), clause=condition.clause)
            return draft.finish(Verdict.UNMET, value("proof"), case)
        draft.reason("absent")
        return draft.finish(Verdict.ABSENT, None, case)
    proofs = _side(case.entries, "proof")
    if has["proof"]:
        draft.reason("unproven.less", value=plain(value("proof")))
        return draft.finish(Verdict.UNPROVEN, value("proof"), case)
    lesser = any(entry.roster in ("lower", "announced") for entry in proofs)
    draft.reason("unproven.draft" if lesser else "unproven.none")
    return draft.finish(Verdict.UNPROVEN, None, case)


# --- titles ---------------------------------------------------------------------------------------------------------------


def _title_fault(title: Title, case: Case) -> tuple[str, dict[str, object]] | None:
    simple = {
        "province": "no.province", "city": "no.city", "county": "no.city", "association": "no.association", "qualification": "no.qualification",
    }  # fmt: skip
    if title.rank in simple:
        return simple[title.rank], {}
    if title.state == "announced":
        return "no.announced", {}
    if title.state == "applying":
        return "no.applying", {}
    if title.state == "expired":
        return "no.expired", {"year": title.year or "—"}
    if title.own is False:
        return "no.other", {}
    return None


def _same_title(first: Title, second: Title) -> bool:
    """The same title: same programme, same holder, and years that do not differ; a bare title without holder matches any of its programme."""
    if first.programme != second.programme:
        return False
    if not first.programme and squash_title(first.name) != squash_title(second.name):
        return False
    if first.year and second.year and first.year != second.year:
        return False
    if first.holder and second.holder:
        return same_firm(first.holder, second.holder)
    return True


def titles(condition: Condition, case: Case) -> Finding:
    """不少于5项部级及以上相关称号: each once, of ministerial rank, the city's or of firms, parks or projects in it."""
    draft = _Draft(condition)
    kept: dict[Side, list[Title]] = {}
    doubtful: dict[Side, list[Title]] = {}
    sides: tuple[Side, Side] = ("claim", "proof")
    stated: dict[Side, Count | None] = {}
    seen: dict[Side, bool] = {}
    for side in sides:
        sure, unsure = [], []
        everything = _side(case.titles, side)
        for title in everything:
            fault = _title_fault(title, case)
            if fault is not None:
                draft.leave_out(title.evidence, fault[0], **fault[1])
            elif title.rank == "unknown" or title.own is None:
                unsure.append(title)
            else:
                sure.append(title)
        # A title with its holder before the bare name of the same programme, so that the bare name is the double.
        ordered = sorted(sure, key=lambda t: (not t.holder, not t.year))
        kept[side], doubles = _distinct(ordered, _same_title)
        for double, twin in doubles:
            draft.leave_out(double.evidence, "no.duplicate", other=twin.name)
        doubtful[side], _ = _distinct([t for t in unsure if not any(_same_title(t, k) for k in kept[side])], _same_title)
        stated[side] = _best_count(case.counts, "titles", side)
        for count in case.counts:
            if count.side == side and count.what == "titles":
                draft.cite(side, count.evidence)
                draft.step(side, f"{'陈述' if side == 'claim' else '佐证写明'}称号{plain(count.quantity.value)}项", count.evidence)
        draft.cite(side, *[title.evidence for title in kept[side]])
        seen[side] = bool(everything)
        if kept[side] or doubtful[side]:
            programmes = len({title.programme or title.name for title in kept[side]})
            counted = say("value.titles", titles=len(kept[side]), programmes=programmes)
            draft.step(side, ("申报所列：" if side == "claim" else "佐证所列：") + counted, *[t.evidence for t in kept[side]][:12])
            rows = tuple(
                (t.name, t.holder or "—", t.issuer or "—", str(t.year or "—"), "计" if t in kept[side] else "待人工认定", t.document)
                for t in (*kept[side], *doubtful[side])
            )
            label = "申报城市自列的称号" if side == "claim" else "佐证中的称号"
            header = ("称号", "获得主体", "授予单位", "年份", "是否计入", "文件")
            draft.grids.append(Grid(label, header, rows, tuple((t.evidence,) for t in (*kept[side], *doubtful[side]))))
    said = stated["claim"]
    said_value = said.quantity.value if said else None
    claim_value: Decimal | None = None
    listed = Decimal(len(kept["claim"]))
    if said_value is not None and said is not None and not said.mixed:
        claim_value = said_value
        # The city's own list shows fewer: what it lists is what it has, unless the list is only a selection (等) or a prose mention.
        if seen["claim"] and not condition.reached(listed) and condition.reached(said_value) and _own_list_complete(case, said_value):
            claim_value = listed
    elif seen["claim"]:
        claim_value = listed
    elif said_value is not None:
        claim_value = None  # a mixed number (national and provincial) says nothing sure
    proof_value = Decimal(len(kept["proof"])) if seen["proof"] else None
    if proof_value is not None and said is not None and said.mixed and claim_value is None and not condition.reached(proof_value):
        draft.reason("unmet.proof", value=f"{plain(proof_value)}项", clause=condition.clause)
        return draft.finish(Verdict.UNMET, proof_value, case)
    if claim_value is not None and not condition.reached(claim_value) and not (proof_value is not None and condition.reached(proof_value)):
        if condition.reached(claim_value + len(doubtful["claim"])):
            draft.reason("review.title_unsure", sure=plain(claim_value), doubtful=len(doubtful["claim"]))
            return draft.finish(Verdict.REVIEW, None, case)
        draft.reason("unmet.claim", value=f"{plain(claim_value)}项", clause=condition.clause)
        return draft.finish(Verdict.UNMET, claim_value, case)
    if proof_value is not None and condition.reached(proof_value):
        draft.reason("met" if claim_value is not None else "met.proof_only")
        if claim_value is not None and claim_value != proof_value:
            draft.reason("note.counts_differ", claim=f"{plain(claim_value)}项", proof=f"{plain(proof_value)}项")
        return draft.finish(Verdict.MET, proof_value, case)
    if proof_value is not None and condition.reached(proof_value + len(doubtful["proof"])) and doubtful["proof"]:
        draft.cite("proof", *[title.evidence for title in doubtful["proof"]])
        draft.reason("review.title_unsure", sure=plain(proof_value), doubtful=len(doubtful["proof"]))
        return draft.finish(Verdict.REVIEW, None, case)
    if claim_value is None:
        if proof_value is None or proof_value == 0:
            draft.reason("absent")
            return draft.finish(Verdict.ABSENT, None, case)
        draft.reason("unmet.proof", value=f"{plain(proof_value)}项", clause=condition.clause)
        return draft.finish(Verdict.UNMET, proof_value, case)
    if proof_value:
        draft.reason("unproven.less", value=f"{plain(proof_value)}项")
        return draft.finish(Verdict.UNPROVEN, proof_value, case)
    draft.reason("unproven.none")
    return draft.finish(Verdict.UNPROVEN, None, case)


def _own_list_complete(case: Case, stated: Decimal) -> bool:
    """Whether the city's own list gives as many rows, before cleaning, as it states: then the cleaned list is what it has."""
    return Decimal(len(_side(case.titles, "claim"))) >= stated


# --- site visit -----------------------------------------------------------------------------------------------------------

_TOPICS = {"network": "重大网络安全事件", "safety": "重大安全生产事故", "false": "提供虚假材料"}


def statement(condition: Condition, case: Case) -> Finding:
    """无重大网络安全事件、重大安全生产事故，未提供虚假材料: stated, certified by a document of its own, and nothing on record against it."""
    draft = _Draft(condition)
    denials: dict[Side, dict[str, list[Statement]]] = {"claim": {}, "proof": {}}
    incidents: list[Statement] = []
    unsure: list[Statement] = []
    for item in case.statements:
        if item.says == "none":
            denials[item.side].setdefault(item.topic, []).append(item)
        elif item.says == "occurred" and item.own is not False:
            if item.severity == "lesser":
                draft.leave_out(item.evidence, "no.lesser")
            elif item.severity == "unknown" or item.own is None:
                unsure.append(item)
            else:
                incidents.append(item)
        elif item.says == "occurred":
            draft.leave_out(item.evidence, "no.other")
    sides: tuple[Side, Side] = ("claim", "proof")
    for side in sides:
        for topic, items in denials[side].items():
            draft.cite(side, *[item.evidence for item in items])
            where = "方案/申报表陈述" if side == "claim" else "承诺书或证明载明"
            draft.step(side, f"{where}：未发生（无）{_TOPICS[topic]}", *[item.evidence for item in items])
    for item in incidents:
        draft.cite(item.side, item.evidence)
        draft.step(item.side, f"记载：{item.text}", item.evidence)
    if incidents:
        denied = any(denials[side].get(item.topic) for side in sides for item in incidents)
        draft.reason("review.denied" if denied else "unmet.incident", text=incidents[0].text)
        return draft.finish(Verdict.REVIEW if denied else Verdict.UNMET, None, case)
    if unsure:
        draft.cite(unsure[0].side, *[item.evidence for item in unsure if item.side == unsure[0].side])
        draft.reason("review.incident_unsure", text=unsure[0].text)
        return draft.finish(Verdict.REVIEW, None, case)
    proven, claimed = set(denials["proof"]), set(denials["claim"])
    if {"network", "safety"} <= proven:
        missing = [_TOPICS[topic] for topic in ("false",) if topic not in proven]
        if missing:
            draft.reason("review.topic", topics="、".join(missing))
            return draft.finish(Verdict.REVIEW, None, case)
        draft.reason("met" if claimed else "met.proof_only")
        draft.reason("met.site_visit")
        return draft.finish(Verdict.MET, None, case)
    if proven & {"network", "safety"}:
        draft.reason("unproven.topic", topics="、".join(_TOPICS[topic] for topic in ("network", "safety", "false") if topic not in proven))
        return draft.finish(Verdict.UNPROVEN, None, case)
    if claimed & {"network", "safety"}:
        draft.reason("unproven.plan_only")
        return draft.finish(Verdict.UNPROVEN, None, case)
    draft.reason("absent")
    return draft.finish(Verdict.ABSENT, None, case)


CHECKS: dict[str, Callable[[Condition, Case], Finding]] = {
    "policies": policies,
    "density": density,
    "scenarios": scenarios,
    "listed_projects": listed_projects,
    "titles": titles,
    "statement": statement,
}
