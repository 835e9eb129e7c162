"""The words and small tools that all reports share: Chinese names of codes, safe text, atomic files."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path, PurePosixPath

from models.catalogue import DEFAULT_EDITION, Condition, Edition, Indicator, load_edition
from models.evidence import Evidence
from pipelines import wording
from pipelines.screening import Finding, GateVerdict, Reason, Screening, Verdict

GATE_WORDS = wording.GATES
VERDICT_WORDS = wording.VERDICTS
ROLE_WORDS = wording.ROLES
READ_WORDS = wording.STATUSES
KIND_WORDS = wording.KINDS
# A sign beside the colour, so that a black-and-white print tells the verdicts apart.
VERDICT_SIGNS = {Verdict.MET: "✓", Verdict.UNMET: "✗", Verdict.UNPROVEN: "△", Verdict.ABSENT: "○", Verdict.REVIEW: "？"}
GATE_SIGNS = {GateVerdict.PASS: "✓", GateVerdict.FAIL: "✗", GateVerdict.REVIEW: "？"}
STATUS_WORDS = {
    "fact": "已实现",
    "plan": "计划",
    "in_progress": "在建",
    "announced": "公示",
    "expired": "已过期",
    "denied": "否认",
    "hypothetical": "假设",
    "requirement": "要求",
    "unmarked": "未标明",
}
SCOPE_WORDS = {
    "city": "本市",
    "county": "区县",
    "enterprise": "企业",
    "province": "全省",
    "nation": "全国",
    "other_city": "外市",
    "region": "区域",
    "none": "",
}
LANE_WORDS = {"text": "文字", "table": "表格", "ocr": "文字识别", "mixed": "混合", "blank": "空白"}
STATE_WORDS = {"ok": "齐备", "missing": "缺失", "doubt": "待核"}
GRADE_WORDS = {"mandatory": "涉及不可偏离条件", "indicator": "涉及一般指标", "form": "形式问题"}
PART_WORDS = {
    "clause": "条款要求",
    "claim": "申报陈述",
    "proof": "佐证情况",
    "excluded": "不予计入",
    "missing": "尚缺内容",
    "mend": "补正办法",
    "note": "说明",
}
PREPARATION = "site_visit.preparation"
ON_SITE = "证明齐备，须现场核实"
UNITS = {
    "policies": "项",
    "density": "个/万人",
    "scenarios": "家",
    "listed_projects": "个",
    "titles": "项",
}
NUMERALS = "一二三四五六七八九十"


def edition_of(screening: Screening) -> Edition:
    """The edition a screening was made with; the default edition where it is not at hand any more."""
    try:
        return load_edition(screening.catalogue.get("edition") or DEFAULT_EDITION)
    except LookupError:
        return load_edition()


def indicator_of(edition: Edition, indicator_id: str) -> Indicator:
    """An indicator by its id; an id that the edition does not know stands for itself."""
    try:
        return edition.indicator(indicator_id)
    except KeyError:
        return Indicator(indicator_id, indicator_id.split(".")[0], "", indicator_id, False, (), (), (), ())


def verdict_words(finding: Finding) -> str:
    """The verdict in words. A statement on paper is never more than complete: it has to be looked at on site."""
    if finding.verdict is Verdict.MET and finding.indicator == PREPARATION:
        return ON_SITE
    return VERDICT_WORDS[finding.verdict]


def explanation(finding: Finding) -> str:
    """Why the verdict is what it is, in a sentence or two."""
    return finding.explanation or "".join(sentence(reason) for reason in finding.reasons)


def sentence(reason: Reason) -> str:
    """The Chinese sentence of a reason; code and data where the sentence is not known (a record of a newer version)."""
    try:
        return wording.sentence(reason)
    except (KeyError, IndexError):
        return "；".join([reason.code, *reason.data.values()])


def why(reason: str) -> str:
    """Why something does not count: a sentence, or the code of one."""
    return sentence(Reason(reason)) if reason in wording.SENTENCES else reason


def gate_reasons(screening: Screening) -> list[str]:
    """The reasons of the gate's verdict as sentences."""
    return [sentence(reason) for reason in screening.gate_reasons]


def number(value: Decimal | None) -> str:
    """A figure as a person writes it: no exponent; two decimals, or as many as keep 30.0004 from looking like 30."""
    if value is None:
        return "—"
    if value == value.to_integral_value():
        return format(value.to_integral_value(), "f") + (".0" if int(value.as_tuple().exponent) < 0 else "")
    for places in range(2, 28):
        rounded = round(value, places)
        if rounded != rounded.to_integral_value():
            return format(rounded, "f").rstrip("0")
    return format(value, "f")


def asked(condition: Condition | None) -> str:
    """The threshold in short: “＞30 个/万人”."""
    if condition is None or condition.check == "statement":
        return "—"
    sign = {">": "＞", ">=": "≥", "==": "＝", "<": "＜", "<=": "≤"}[condition.comparator]
    text = f"{sign}{number(condition.threshold)} {UNITS.get(condition.check, '')}".strip()
    if condition.alternative:
        text += f"（或试点≥{condition.alternative}）"
    return text


def unit(condition: Condition | None) -> str:
    """The unit of the figure that decides."""
    return UNITS.get(condition.check, "") if condition else ""


def visible(text: str) -> str:
    """Text for people: control and direction characters become visible signs, one for one; line ends and tabs stay."""
    return text.translate(_VISIBLE)


_VISIBLE: dict[int, str] = {code: chr(0x2400 + code) for code in range(32) if code not in (9, 10)}
_VISIBLE[0x7F] = "␡"
_VISIBLE |= dict.fromkeys([*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFFFE, 0xFFFF], "\ufffd")
_VISIBLE |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def squeeze(text: str) -> str:
    """Visible text on one line."""
    return re.sub(r"\s+", " ", visible(text)).strip()


def shorten(text: str, limit: int) -> str:
    """Text on one line, cut with … after ``limit`` characters."""
    text = squeeze(text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def place(item: Evidence) -> str:
    """Where evidence stands: “《file》第3页” or the file with the way there."""
    if item.page is not None:
        return f"《{squeeze(item.document)}》第{item.page}页"
    trail = squeeze(item.trail)
    return f"《{squeeze(item.document)}》{trail}" if trail else f"《{squeeze(item.document)}》"


def city_of(screening: Screening) -> str:
    """The applicant as a title shows it."""
    return squeeze("、".join(screening.cities) or screening.name)


def used_ids(finding: Finding) -> list[str]:
    """Every evidence id that a finding names, each once, claims first."""
    ids: list[str] = [*finding.claims, *finding.proofs, *(key for key, _ in finding.excluded)]
    for step in finding.steps:
        ids += step.evidence
    for grid in finding.grids:
        for source in grid.sources:
            ids += source
    return list(dict.fromkeys(ids))


def page_ranges(pages: Iterable[int]) -> str:
    """“3—5、9” of 3, 4, 5, 9."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return "、".join(str(a) if a == b else f"{a}—{b}" for a, b in runs)


def run_date(screening: Screening) -> date | None:
    """The day of the run, if the record tells it."""
    try:
        return date.fromisoformat(str(screening.run.get("date", ""))[:10])
    except ValueError:
        return None


def run_time(screening: Screening) -> datetime:
    """A fixed time for file properties, so that the same screening gives the same bytes."""
    day = run_date(screening) or date(2000, 1, 1)
    return datetime(day.year, day.month, day.day)


def write(target: Path, data: bytes | str) -> Path:
    """Write a file whole or not at all: into a neighbour first, then moved over."""
    target = roomy(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    handle, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
        os.chmod(name, 0o644)  # noqa: PTH101 - the temporary name is a plain string
        os.replace(name, target)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return target


def roomy(target: Path) -> Path:
    """The path with a file name that file systems take: at most 255 bytes, a cut name told apart by a hash."""
    import hashlib

    name = target.name.encode("utf-8", "replace")
    if len(name) <= 240:
        return target
    digest = hashlib.sha256(name).hexdigest()[:12]
    suffix = target.suffix.encode("utf-8", "replace")[:12]
    head = name[: 240 - len(digest) - 1 - len(suffix)].decode("utf-8", "ignore")
    return target.with_name(f"{head}~{digest}{suffix.decode('utf-8', 'ignore')}")


def inside(folder: Path, path: str, suffix: str = "") -> Path:
    """A document's path as a path under a folder; steps that would lead out of it are left out."""
    parts = [part.replace("\x00", "␀").replace("\\", "＼") for part in PurePosixPath(path).parts if part not in ("/", "..", ".", "")]
    parts = parts or ["_"]
    target = folder
    for part in parts[:-1]:
        target = roomy(target / part)
    return roomy(target / (parts[-1] + suffix))
