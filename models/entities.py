"""Named things in a text: policy titles with number and issuer, dates, firms, scenarios, titles, standards, patents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from models.masks import Mask, years
from models.masks import masks as masks_in
from models.names import same_firm, same_project
from models.normalise import View, tidy, view

EntityKind = Literal["policy", "number", "issuer", "date", "firm", "standard", "patent", "scenario", "title"]

_BRANCH = re.compile(r"(?:第?[一二三四五六七八九十\d]+)?(?:分公司|分厂|工厂|基地|车间)$")


def same_company(first: str, second: str) -> bool:
    """Whether two names are of one firm, compared by their parts; a branch or plant is not its parent."""
    if bool(_BRANCH.search(first.strip())) != bool(_BRANCH.search(second.strip())):
        return False
    return same_firm(first, second)


__all__ = [
    "Entity",
    "ScenarioMatch",
    "TitleHit",
    "aliases_in",
    "counts_as_standard",
    "entities_in",
    "iso_date",
    "same_company",
    "same_project",
    "scenario_of",
    "titles_in",
]


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing: ``value`` is its comparable form (ISO date, tidy number, name), ``detail`` what goes with it."""

    kind: EntityKind
    text: str
    start: int
    end: int
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioMatch:
    """One scenario in a cell: ``number`` 1–20 (None: not one of them), how the name matched, and where it stands in the cell."""

    number: int | None
    name: str
    level: Literal["exact", "alias", "contained", "one-edit", "unknown"]
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TitleHit:
    """A title of ministerial rank named in a text; ``rank`` "nation", "lower" or "qualification" by the words around it."""

    programme: str
    name: str
    rank: Literal["nation", "lower", "unsure"]
    start: int
    end: int


class ScenarioLike(Protocol):
    """What a scenario of the catalogue must have."""

    @property
    def number(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def spellings(self) -> tuple[str, ...]: ...
    @property
    def synonyms(self) -> tuple[str, ...]: ...


_NUMBER = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{1,12}(?:[发函字办规通告令政复批]|[\u4e00-\u9fff])?)\s?[〔\[【(（「{]\s?(?P<year>(?:19"
    r"|20)[\dOolI]{2})\s?[〕\]】)）」}]\s?第?\s?(?P<n>[\dOolI]{1,5})\s?号"
)
_ISSUER = re.compile(
    r"(?:中共)?(?:[\u4e00-\u9fff×X]{1,8}(?:省|市|州|县|区)|国家|国务院)?(?:委办公[室厅]|委员会办公[室厅]|人民政府办公[室"
    r"厅]|人民政府|政府办公[室厅]|委员会|工业和信息化[局厅部委]|工信[局厅部]|经济和信息化[局厅委]|发展和改革委员会"
    r"|发改委|"
    r"财政[局厅部]|科学技术[局厅部]|科技[局厅部]|通信管理局|大数据(?:发展)?管理局|数据局|人力资源和社会保障[局厅部]"
    r"|市场监督管理局|应急管理[局厅部])"
)
_CN_MONTH = {c: i for i, c in enumerate("零一二三四五六七八九十")}
_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d|[二一][〇零九OO0][〇零一二三四五六七八九O0]{2})\s?[年.\-/]\s?(?:(?P<m>\d{1,2}|[一二三四五六七"
    r"八九十]{1,2})\s?(?:月|[.\-/](?=\d)|(?![\d年]))(?:\s?(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s?日?)?)?"
)
_FIRM = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z()（）·&]{2,24}?(?:股份有限公司|有限责任公司|有限公司|集团公司|集团|总公司"
    r"|分公司|总厂|(?<!5G)(?<!工)(?<!入)(?<!全连接工)厂(?![区房商内家]))(?:[\u4e00-\u9fff]{1,8}(?:分公司|分厂"
    r"|工厂|基地))?)"
)
_FIRM_LEAD = re.compile(
    r"^(?:.*?(?:其中|包括|例如|如|以及|支持|依托|由|联合|与|和|及|向|为|对|被|在|将|是|于|由于|通过|推动|指导"
    r"|企业|单位|家|个|项|的|有|了|等|后|中|组织|以|认定|授予|兹|证明|完成|入选|年度|年|月|日|名称[:：]?|公司[:：]))"
)
_ALIAS = re.compile(
    r"(?P<full>[\u4e00-\u9fffA-Za-z0-9·“”+]{4,40}?)[(（](?:以下|下文|下称|后文|以下均)?简?称(?:为"
    r"|“|：|:)?[“\"《]?(?P<short>[^”\"》)）]{2,14})[”\"》]?[)）]"
)
_PATENT = re.compile(r"ZL\s?\d{8,13}(?:\.[\dXx])?|CN\s?\d{9,13}[A-Z]?")
_COUNTED = re.compile(r"^(?:GB|YD|HG|JB|SJ|QC|DL|YY|YC|YB|MT|AQ|GA|JT|TB|CJ|JR|NB|HJ|SH|SY|XB|ISO|IEC|IEEE|ITU|3GPP|ETSI)", re.I)


def counts_as_standard(code: str) -> bool:
    """Whether a standard's code is international, national or of an industry; T/, DB and Q/ are not."""
    return bool(_COUNTED.match(tidy(code).strip()))


def iso_date(text: str) -> str:
    """The first date of a text as ISO year, month or day (“二〇二四年九月” → “2024-09”), “” where there is none."""
    match = _DATE.search(tidy(text).replace(" ", ""))
    if not match:
        return ""
    year = years(match["y"])
    if not year:
        return ""
    month, day = _small(match["m"]), _small(match["d"])
    if not month or not 1 <= month <= 12:
        return f"{year[0]}"
    return f"{year[0]}-{month:02d}" + (f"-{day:02d}" if day and 1 <= day <= 31 else "")


def _small(text: str | None) -> int:
    if not text:
        return 0
    if text.isdigit():
        return int(text)
    tens, mark, ones = text.rpartition("十")
    return (_CN_MONTH.get(tens, 1) * 10 if mark else 0) + _CN_MONTH.get(ones, 0)


def document_number(match: re.Match[str]) -> str:
    """A document number in its usual shape: “×政办发[2O23]15号” → “×政办发〔2023〕15号”."""
    fix = str.maketrans("OolI", "0011")
    return f"{match['body']}〔{match['year'].translate(fix)}〕{int(match['n'].translate(fix))}号"


_BODY_LEAD = re.compile(r"^.*(?:文号|编号|印发|通知|文件|关于|以|由|和|与|及|的|年|发文)")


def entities_in(text: str | View, stretches: list[Mask] | None = None) -> tuple[Entity, ...]:
    """Policy titles, document numbers, issuers, dates, firms, standards and patents by place; offsets of the text itself."""
    looked = view(text) if isinstance(text, str) else text
    plain = looked.plain
    marks = masks_in(plain) if stretches is None else stretches
    found: list[Entity] = []

    def add(kind: EntityKind, start: int, end: int, value: str, detail: str = "") -> None:
        a, b = looked.span(start, end)
        found.append(Entity(kind, looked.text[a:b], a, b, value, detail))

    numbers = []
    if "号" in plain:
        for match in _NUMBER.finditer(plain):
            lead = _BODY_LEAD.match(match["body"])
            start = match.start() + (lead.end() if lead and lead.end() < len(match["body"]) else 0)
            value = document_number(match)[start - match.start() :]
            numbers.append((start, match.end(), value))
            add("number", start, match.end(), value)
    for mask in marks:
        if mask.kind == "title":
            number = next((value for start, _, value in numbers if 0 <= start - mask.end <= 3), "")
            add("policy", mask.start, mask.end, mask.text.strip("《》"), number)
        elif mask.kind in ("date", "daterange"):
            add("date", mask.start, mask.end, iso_date(mask.text))
        elif mask.kind == "standard":
            add("standard", mask.start, mask.end, mask.text, "counts" if counts_as_standard(mask.text) else "does not count")
        elif mask.kind == "patent" and _PATENT.match(mask.text):
            add("patent", mask.start, mask.end, mask.text.replace(" ", ""))
    if any(word in plain for word in ("局", "厅", "政府", "委", "部")):
        for match in _ISSUER.finditer(plain):
            if len(match[0]) >= 4:
                add("issuer", match.start(), match.end(), match[0])
    if "公司" in plain or "集团" in plain or "厂" in plain:
        for match in _FIRM.finditer(plain):
            name = match["name"]
            lead = _FIRM_LEAD.match(name)
            cut = lead.end() if lead and len(name) - lead.end() >= 4 else 0
            if len(name) - cut >= 4:
                add("firm", match.start() + cut, match.end(), name[cut:])
    return tuple(sorted(found, key=lambda entity: (entity.start, entity.end)))


def aliases_in(text: str) -> dict[str, str]:
    """Short names that a document introduces: “××钢铁集团有限公司（以下简称“××钢铁”）” → {"××钢铁": "××钢铁集团有限公司"}."""
    looked = view(text)
    found: dict[str, str] = {}
    for match in _ALIAS.finditer(looked.plain):
        full = re.split(r"[,，。；;、:：]", match["full"])[-1]
        lead = _FIRM_LEAD.match(full)
        if lead and len(full) - lead.end() >= 4 and full.endswith(("公司", "集团", "厂")):
            full = full[lead.end() :]
        found[match["short"]] = full
    return found


# --- scenarios

_SPLIT = re.compile(
    r"[、,，;；/|\n\r。]+|(?<=[\u4e00-\u9fff])[ \t]+(?=[\u4e00-\u9fff])|(?:^|(?<=[^\d.]))(?:[①-⑳]"
    r"|[(（]?\d{1,2}[)）.、．](?!G))\s*|\s{2,}|\s(?=5G)|[和与及](?=[\u4e00-\u9fff]{6}(?:[、,，;；等]"
    r"|$))"
)
_DECOR = re.compile(
    r"^(?:[①-⑳]|[(（]?\d{1,2}[)）.、．:：](?!G)|[(（][一二三四五六七八九十]+[)）]|[-•·●■◆▪√✓☑]|5G ?\+ ?(?!AI"
    r"|AR|AGV|VR)|基于5G的?|“5G\+工业互联网”|“|\"|场景[一二三四五六七八九十\d]*[:：]|(?:建成|实现|包括|含|部署"
    r"|上线|应用|具备|落地|已))+"
)
_END = re.compile(
    r"(?:等(?:\d+|[一二三四五六七八九十]+)?(?:个|类|项)?|”|\"|[(（][^()（）]{0,12}[)）]|(?:典型)?(?:应用)"
    r"?场景|应用|系统|项目|。|共\d+[个项类]|合计|小计|\d+[个项类])+$"
)


def _edits(one: str, two: str) -> int:
    """Edit distance as far as it matters here: 0, 1 or 2 for more."""
    if one == two:
        return 0
    if abs(len(one) - len(two)) > 1:
        return 2
    if len(one) == len(two):
        return min(2, sum(a != b for a, b in zip(one, two, strict=True)))
    short, long = sorted((one, two), key=len)
    return 1 if any(long[:i] + long[i + 1 :] == short for i in range(len(long))) else 2


def scenario_of(cell: str, scenarios: tuple[ScenarioLike, ...] | list[Any]) -> list[ScenarioMatch]:
    """The scenarios named in a cell, in order; a name that fits none has ``number`` None and goes to a person.

    Official names that are run together are found first; what is left is split at signs and compared: exact, alias (another
    spelling), contained (an official synonym), one-edit (a slip of one character), unknown.
    """
    looked = view(cell)
    plain = looked.plain
    names: dict[str, tuple[int, str, Literal["exact", "alias"]]] = {}
    weak: dict[str, tuple[int, str]] = {}
    for scenario in scenarios:
        names[scenario.name] = (scenario.number, scenario.name, "exact")
        for spelling in scenario.spellings:
            names[spelling] = (scenario.number, scenario.name, "alias")
        for synonym in scenario.synonyms:
            weak[tidy(synonym).lower()] = (scenario.number, scenario.name)
    matches: list[ScenarioMatch] = []
    taken = [False] * len(plain)

    def add(start: int, end: int, number: int | None, name: str, level: Any) -> None:
        a, b = looked.span(start, end)
        matches.append(ScenarioMatch(number, name, level, looked.text[a:b], a, b))
        taken[start:end] = [True] * (end - start)

    for name, (number, official, level) in names.items():
        at = plain.find(name)
        while at >= 0:
            if not any(taken[at : at + len(name)]) and not _longer_word(plain, at, at + len(name)):
                add(at, at + len(name), number, official, level)
            at = plain.find(name, at + len(name))
    rest = "".join("、" if used else character for character, used in zip(plain, taken, strict=True))
    at = 0
    for piece in [*_SPLIT.finditer(rest), None]:
        stop = piece.start() if piece else len(rest)
        _piece(rest, at, stop, names, weak, add)
        at = piece.end() if piece else stop
    return sorted(matches, key=lambda match: match.start)


_TRAIL = re.compile(r"(?:与|和|及)[\u4e00-\u9fff]{2,}")


def _longer_word(plain: str, start: int, end: int) -> bool:
    """Whether an official name only begins a longer name (“质量追溯与分析改进” is not “质量追溯”)."""
    return bool(re.match(r"(?:平台建设|实训|大赛|课程|培训)", plain[end:]))


def _piece(rest: str, start: int, stop: int, names: dict[str, Any], weak: dict[str, tuple[int, str]], add: Any) -> None:
    text = rest[start:stop]
    lead = _DECOR.match(text)
    if lead:
        start += lead.end()
        text = text[lead.end() :]
    end = _END.search(text)
    if end:
        text = text[: end.start()]
    stripped = text.strip(" “”\"'+")
    start += text.find(stripped) if stripped else 0
    text = stripped
    if len(text) < 4 or not re.search(r"[\u4e00-\u9fff]{2}", text) or re.fullmatch(r"[\d\s.%]+", text):
        return
    finish = start + len(text)
    for name, (number, official, _) in names.items():
        if _edits(text, name) == 1:
            add(start, finish, number, official, "one-edit")
            return
    low = text.lower()
    if low in weak:
        add(start, finish, weak[low][0], weak[low][1], "contained")
        return
    contained = [
        synonym
        for synonym in weak
        if len(synonym) >= 4 and synonym in low and len(synonym) >= len(low) - 4 and not _TRAIL.search(low)
    ]
    if contained:
        best = max(contained, key=len)
        add(start, finish, weak[best][0], weak[best][1], "contained")
        return
    if len(text) <= 20:
        add(start, finish, None, text, "unknown")


# --- titles of ministerial rank

_LOWER = re.compile(r"(?:省|市|区|县|园区)级|全省|省(?:工信厅|经信厅)|自治区级|行业协会|协会|联盟|学会|论坛")
_PENDING = re.compile(r"拟|争创|申报|创建|培育库|候选|公示|推荐|目标|力争|计划|争取")


def titles_in(text: str, titles: Any) -> list[TitleHit]:
    """The programmes of a title table named in a text, the longest name at each place; "lower" where the words before say so."""
    looked = view(text)
    plain = looked.plain.replace("“", "").replace("”", "")
    shift = [i for i, character in enumerate(looked.plain) if character not in "“”"]
    names = sorted(
        (
            (tidy(name).replace("“", "").replace("”", ""), programme.id)
            for programme in titles.programmes
            for name in programme.names
        ),
        key=lambda row: -len(row[0]),
    )
    taken = [False] * (len(plain) + 1)
    hits: list[TitleHit] = []
    for name, programme in names:
        at = plain.find(name)
        while at >= 0:
            if not any(taken[at : at + len(name)]):
                taken[at : at + len(name)] = [True] * len(name)
                before = re.split(r"[,，。；;、\n]", plain[max(0, at - 14) : at])[-1]
                rank: Literal["nation", "lower", "unsure"] = "nation"
                if _LOWER.search(before):
                    rank = "lower"
                elif (
                    not name.startswith("国家")
                    and not re.search(r"国家|工信部|工业和信息化部|部级|全国|入选|获批|获评", before)
                    and len(name) <= 6
                ):
                    rank = "unsure"
                a, b = looked.span(shift[at], shift[at + len(name) - 1] + 1)
                hits.append(TitleHit(programme, name, rank, a, b))
            at = plain.find(name, at + len(name))
    return sorted(hits, key=lambda hit: hit.start)
