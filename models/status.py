"""Has it happened, and whose is it? The ConText algorithm over two cue tables: cues, their reach, what ends them, false cues."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, cast, get_args

from models.evidence import Mode, Scope, Status
from models.masks import BLANK, Mask, masked, years
from models.normalise import View, view
from models.quantities import DATA
from models.scanner import Scanner

Reach = Literal["clause", "on", "back"]
_STATUSES = frozenset(get_args(Status))
_SCOPES = frozenset(get_args(Scope))
# Of two cues in one clause the one further left here decides.
_ORDER: tuple[Status, ...] = ("denied", "expired", "hypothetical", "requirement", "announced", "in_progress", "plan", "fact")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue found: what it says, how far it reaches and how heavily it weighs (3, 2, 1)."""

    start: int
    end: int
    says: str
    reach: str
    weight: int
    text: str


@dataclass(slots=True)
class Clause:
    """A stretch of one sentence with one status and one scope; offsets are those of the view."""

    start: int
    end: int
    status: Status = "unmarked"
    scope: Scope = "city"
    cues: list[str] = field(default_factory=list)
    weight: int = 0
    mode: Mode | None = None
    year: int | None = None


def _rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _cue_table() -> tuple[Scanner, tuple[tuple[str, str, int], ...]]:
    rows = _rows("cues.tsv")
    for row in rows:
        if len(row) < 4 or row[1] not in _STATUSES | {"pseudo", "stop", "weak", "verb"}:
            raise ValueError(f"cues.tsv: {row}")
    return Scanner([row[0] for row in rows]), tuple((row[1], row[2], int(row[3])) for row in rows)


@cache
def _scope_table() -> tuple[Scanner, tuple[tuple[str, str], ...]]:
    rows = _rows("scopes.tsv")
    for row in rows:
        if len(row) < 3 or row[1] not in _SCOPES | {"pseudo"}:
            raise ValueError(f"scopes.tsv: {row}")
    return Scanner([row[0] for row in rows]), tuple((row[1], row[2]) for row in rows)


@cache
def known_cities() -> frozenset[str]:
    """Names of the country's cities, without 市: to tell another city from the applicant."""
    return frozenset((DATA / "cities.txt").read_text(encoding="utf-8").split())


PROVINCES = [
    "河北省",
    "山西省",
    "辽宁省",
    "吉林省",
    "黑龙江省",
    "江苏省",
    "浙江省",
    "安徽省",
    "福建省",
    "江西省",
    "山东省",
    "河南省",
    "湖北省",
    "湖南省",
    "广东省",
    "海南省",
    "四川省",
    "贵州省",
    "云南省",
    "陕西省",
    "甘肃省",
    "青海省",
    "台湾省",
    "内蒙古自治区",
    "广西壮族自治区",
    "西藏自治区",
    "宁夏回族自治区",
    "新疆维吾尔自治区",
    "内蒙古",
    "广西",
    "宁夏",
    "新疆",
    "西藏",
]

_SPLIT = re.compile(
    r"[,，;；](?!\d{3}(?!\d))|[：:](?!\d)|(?=(?:并|且|还|但)(?:计划|拟|将|力争|正在|准备|积极申报"
    r"|预计|规划|尚|争创|在建))|(?<=[\d个家项])(?=(?:正在|尚在)[^，,。；;]{0,12}\d)"
    r"|(?<=[\d个家项件座%台])、(?=(?:全国|全省|我市|本市|全市|长三角|省内|我省)[^、，,。；;]{0,12}\d)"
)
_DRAFT_TITLE = re.compile(r"征求意见稿|草案|送审稿|讨论稿|报批稿|代拟稿")


def find_cues(plain: str, titles_out: str) -> list[Cue]:
    """All cues of a sentence; ``titles_out`` is the view with 《titles》 blotted out."""
    finder, table = _cue_table()
    found = []
    for start, end, row in finder.find(titles_out):
        says, reach, weight = table[row]
        if says != "pseudo":
            found.append(Cue(start, end, says, reach, weight, plain[start:end]))
    return found


def without_titles(plain: str, stretches: list[Mask]) -> str:
    """The view with what stands in 《》 blotted out: the words of a title say nothing of the sentence."""
    for mask in stretches:
        if mask.kind == "title" or mask.kind == "number":
            plain = plain[: mask.start] + BLANK * (mask.end - mask.start) + plain[mask.end :]
    return plain


# Submissions of this edition were due by September 2024: a later year is one to come where nothing says that it has been.
AS_OF = 2024


def clauses(
    plain: str,
    stretches: list[Mask],
    *,
    mode: Mode = "none",
    cities: tuple[str, ...] = (),
    province: str = "",
    carried: Status | None = None,
    as_of: int = AS_OF,
    month: int = 0,
) -> list[Clause]:
    """The clauses of one sentence with status, scope and the cues that decided.

    ``carried`` is a frame left open by “；”; a date after ``as_of`` is one to come, and so is one of that year unless its month
    is over at ``month``.
    """
    open_text = without_titles(plain, stretches)
    parts: list[Clause] = []
    start = 0
    for match in _SPLIT.finditer(open_text):
        if match.end() > start and match.start() > start:
            parts.append(Clause(start, match.end()))
            start = match.end()
    if start < len(plain):
        parts.append(Clause(start, len(plain)))
    if not parts:
        return []
    cues = [cue for cue in find_cues(plain, open_text) if not _is_over(plain, cue, as_of, month)]
    for mask in stretches:
        future = mask.kind in ("date", "daterange") and max(years(mask.text), default=0) > as_of
        if future and not re.search(r"有效期|期限|执行至|有效至|至$|-$", plain[max(0, mask.start - 6) : mask.start]):
            cues.append(Cue(mask.start, mask.end, "plan", "on", 2, mask.text))
    cues.sort(key=lambda cue: cue.start)
    _statuses(plain, masked(plain, stretches), parts, cues, mode, carried)
    for mask in stretches:
        if mask.kind == "title" and _DRAFT_TITLE.search(mask.text):
            for part in parts:
                if part.start <= mask.start < part.end:
                    part.status = "in_progress"
                    part.cues.append(mask.text)
    _scopes(plain, open_text, parts, cities, province)
    return parts


_UP_TO = re.compile(r"(?:到|至)?(?P<year>20\d\d)年(?:(?P<month>\d{1,2})月|[上一]半年|[一二三]季度)?(?:底|末|份)?")
_SET = re.compile(r"提出|要求|目标|规划|计划|方案|力争|争取|确保|明确|部署|拟|将|预计|不少于|不低于|以上")


def _is_over(plain: str, cue: Cue, as_of: int, month: int) -> bool:
    """Whether a plan's cue is only the date up to which something was counted: “到2024年6月底，全市累计建成……”."""
    if cue.says != "plan" or not cue.text.startswith("到2"):
        return False
    date = _UP_TO.match(plain, cue.start)
    if date is None or int(date["year"]) > as_of or _SET.search(plain):
        return False
    return int(date["year"]) < as_of or (date["month"] is not None and int(date["month"]) <= month)


_DATED = re.compile(r"于?(?:19|20)\d\d")
_DATED_OR_WON = re.compile(r"于?(?:19|20)\d\d|获|荣获|斩获|喜获|授牌|揭牌|跻身|被|成功|顺利|正式")
_AWAITING = re.compile(r"(?:尚|仍|还|均|正|现|目前)*(?:待|公示|报批|处于|拟|初审|起草)")


def _statuses(plain: str, open_text: str, parts: list[Clause], cues: list[Cue], mode: Mode, carried: Status | None) -> None:
    frame: Status | None = carried
    frame_cue = "…" if carried else ""
    at = 0
    previous: Clause | None = None
    for part in parts:
        own: list[Cue] = []
        while at < len(cues) and cues[at].start < part.end:
            own.append(cues[at])
            at += 1
        decisive = [cue for cue in own if cue.says not in ("weak", "verb", "stop")]
        weak = any(cue.says == "weak" for cue in own)
        verb = next((cue for cue in own if cue.says == "verb"), None)
        if mode in ("target", "task"):
            # “2025年6月建成” is a date of the plan there, “获批国家级称号3项” under 2026 an aim.
            decisive = [
                cue
                for cue in decisive
                if not (cue.says == "fact" and cue.weight == 2 and (_DATED if mode == "task" else _DATED_OR_WON).match(cue.text))
            ]
        strong_fact = max((cue.weight for cue in decisive if cue.says == "fact"), default=0)
        others = [cue for cue in decisive if cue.says != "fact"]
        status: Status | None = None
        if others:
            chosen = min(others, key=lambda cue: (_ORDER.index(cast(Status, cue.says)), -cue.weight))
            # “列入计划” gives way to nothing, “目标” gives way to “现已”.
            if (
                strong_fact > chosen.weight
                and chosen.says == "plan"
                and not chosen.text.startswith(("列入", "纳入", "储备", "推荐"))
            ):
                status = "fact"
            else:
                status = cast(Status, chosen.says)
            part.cues = [cue.text for cue in others]
        elif strong_fact:
            if frame in ("plan", "hypothetical", "requirement", "announced") and strong_fact < 3:
                status, part.cues = frame, [frame_cue]
            else:
                status, part.cues = "fact", [cue.text for cue in decisive]
                if strong_fact == 3:
                    frame = None
        elif frame is not None:
            status, part.cues = frame, [frame_cue]
        part.weight = max((cue.weight for cue in decisive), default=0)
        if status is None and previous is not None and previous.weight >= 2 and not (verb and not weak):
            # A clause without a cue goes on as its predecessor did; an exception or a denial does not run on.
            if previous.status == "fact" or (
                previous.status == "plan" and not re.match(r"(?:目前|现)", plain[part.start : part.end])
            ):
                status, part.cues = previous.status, list(previous.cues)
                part.weight = previous.weight - (1 if previous.status == "fact" and mode in ("target", "task") else 0)
            elif previous.status in ("in_progress", "hypothetical", "requirement") and previous.status != "in_progress":
                status, part.cues = previous.status, list(previous.cues)
                part.weight = previous.weight
        if status is None:
            if mode == "base":
                status = "fact"
            elif mode in ("target", "task"):
                status = "plan"
            elif verb is not None and not weak and not re.search(r"\d", open_text[part.start : part.end]):
                status, part.cues = "plan", [verb.text]
            else:
                status = "unmarked"
        part.status = status
        for cue in decisive:
            # “目前，” alone is a clause, and governs what follows.
            short = part.end - part.start <= 8 and cue.reach == "clause" and cue.says in ("fact", "plan")
            stays = cue.reach == "on" and cue.says in ("plan", "hypothetical", "requirement", "announced") and status != "fact"
            if stays or ((cue.reach == "on" or short) and cue.says == status):
                frame, frame_cue = cast(Status, cue.says), cue.text
            open_before = previous is not None and previous.weight < 3 and previous.status in ("unmarked", "fact")
            if previous is not None and open_before and cue.reach == "back" and _AWAITING.match(plain, part.start, part.end):
                previous.status = cast(Status, cue.says)
                previous.cues.append(cue.text)
        previous = part


_CITY_NAME = re.compile(
    r"(?P<name>[\u4e00-\u9fff×XxＸ*]{1,6}?)(?P<kind>市|自治州|(?<=岭|里|城|泰|什|田|苏)地区|盟|县|区|旗)(?!场|民"
    r"|政|值|级|区|域|委|县|面|内|直|本|辖|工|发|财|科|商|经|人民|统|通|教|重|局|块|间|分"
    r"|别|位|长|税|内外|属|里(?!程))"
)
_NOT_A_PLACE = re.compile(
    r"^(?:.*(?:全|我|本|该|各|某|城|上|超|门|都|股|夜|集|楼|省|县|地|级|辖|单列|试点|示范|强|大|设区|重点|先导"
    r"|示范|试验|先行|名|个|型|园|社|厂|矿|港|校|小|片|街|集聚|聚集|产业|工业|物流|保税|景|库|林|牧|山|灾|盲"
    r"|专|误|时|核心|中心|主城|城|市|老|自治|高新|经开|开发|技术|新|综保|自贸|临港|空港|集中|生产|作业|生活"
    r"|办公|功能|合作|贸易|协作|经济|军|战|赛|展|禁|覆盖|服务|特|内|湾|跨|优势|行政|革命老|贫困|边疆|民族地"
    r"|东部地|中部地|西部地|农村地|沿海地|华东地|两|等|跨|相关|周边|偏远|农村|城镇|乡镇|乡村|山|牧))$"
)
_ZONE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,8}?)(?P<kind>高新区|经开区|开发区|新区|综保区|自贸区|高新技术产业开发区"
    r"|经济技术开发区|工业园区?|产业园区?|科技园区?|示范区|先行区|园区)"
)
_HEAD = re.compile(
    r"^(?:其中|而|但|如|以|据|据了解|据悉|参照|对标|借鉴|学习|学习借鉴|(?:邻近|毗邻|相邻|周边|同省|省内)的?|截至|目前|当前|[\d年月底末日前上半,，、:：“”\x00(（)）]"
    r"|20\d\d年[底末]?)*$"
)


def _scopes(plain: str, open_text: str, parts: list[Clause], cities: tuple[str, ...], province: str) -> None:
    finder, table = _scope_table()
    marks: list[tuple[int, int, Scope, str, str]] = []
    covered: list[tuple[int, int]] = []  # by a cue or by what only looks like one
    for start, end, row in finder.find(open_text):
        whose, reach = table[row]
        covered.append((start, end))
        if whose != "pseudo":
            marks.append((start, end, cast(Scope, whose), reach, open_text[start:end]))
    marks += _places(open_text, parts, cities, province)
    marks += [mark for mark in _wholes(open_text, cities, province) if not any(a <= mark[0] < b for a, b in covered)]
    marks += _sources(plain, cities)
    marks.sort()
    scope: Scope = "city"
    at = 0
    for part in parts:
        here: Scope | None = None
        reach = "clause"
        while at < len(marks) and marks[at][0] < part.end:
            start, _, whose, how, text = marks[at]
            at += 1
            # The last scope before the figure counts; one behind it does not (“35个，高于全省…”).
            head = open_text[part.start : start]
            if (
                here is not None
                and whose in ("nation", "province")
                and re.search(r"\d", head.replace(BLANK, ""))
                and here == "city"
            ):
                continue
            here, reach = whose, how
            part.cues.append(text)
        if here is not None:
            part.scope = here
            if reach == "on":
                scope = here
            elif here != scope and scope != "city":
                scope = "city"
        else:
            part.scope = scope
    return


@cache
def _gazetteer() -> re.Pattern[str]:
    return re.compile("|".join(sorted(known_cities(), key=len, reverse=True)))


_PROVINCE_SHORT = re.compile(
    r"(?:其中|而|但)?(河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川"
    r"|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆)"
    r"(?=全省|全区|每万|已|现有|建成|累计|的|5G|达|共|有|省内|平均|万人|以?\d|普遍|分别)"
)


# “全县”, “我区”, “本省”: the whole of what; the applicant where it is one of that kind itself.
_WHOLE = re.compile(r"[全本我该](?P<kind>自治区|兵团|省|州|盟|县|旗|镇|乡|区)(?![域位块线道间部面体局长城委级管县市划会内外])")
_REGIONS = ("内蒙古", "广西", "西藏", "宁夏", "新疆")


def _wholes(open_text: str, cities: tuple[str, ...], province: str) -> list[tuple[int, int, Scope, str, str]]:
    marks: list[tuple[int, int, Scope, str, str]] = []
    for match in _WHOLE.finditer(open_text):
        kind = match["kind"]
        if any(city.endswith(kind) for city in cities) or kind in ("州", "盟"):
            scope: Scope = "city"
        elif kind in ("省", "自治区", "兵团") or (kind == "区" and province.startswith(_REGIONS)):
            scope = "province"
        else:
            scope = "county"
        marks.append((match.start(), match.end(), scope, "on", match[0]))
    return marks


_SOURCE = re.compile(
    r"《(?P<title>[^》]{2,40}(?:公报|年鉴|白皮书|蓝皮书|报告|月报|快报|统计资料))》[^，,。；;]{0,10}?(?:显示|表明|披露|载明|统计|数据|中|称)"
)
_OF_NATION = re.compile(r"^(?:20\d\d年?)?[^市]{0,4}?(?:全国|中国|我国|国家|通信业|信息通信业|电信业|软件)")


def _sources(plain: str, cities: tuple[str, ...]) -> list[tuple[int, int, Scope, str, str]]:
    """Bulletins and reports by their titles: what one of the nation, a province or another city says is theirs."""
    marks: list[tuple[int, int, Scope, str, str]] = []
    for match in _SOURCE.finditer(plain):
        title = match["title"]
        known = _gazetteer().search(title)
        if any(city.rstrip("市州盟县区") in title for city in cities) or re.search("我市|本市|全市", title):
            continue
        if any(name in title for name in PROVINCES) or re.search("全省|我省|本省", title):
            marks.append((match.start(), match.end(), "province", "on", title))
        elif known and title[known.end() :].startswith("市"):
            marks.append((match.start(), match.end(), "other_city", "on", title))
        elif _OF_NATION.match(title):
            marks.append((match.start(), match.end(), "nation", "on", title))
    return marks


_MUNICIPALITY = re.compile(r"(?:其中|而|但|如|以)?(?P<name>北京|上海|天津|重庆)市?[\u4e00-\u9fff]{0,8}?(?=已|现有|累计|共有|每万|建成)")
_WITHIN = re.compile(
    r"(?:其中|而|但|如|以)?(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆)省?"
)


def _own(name: str, cities: tuple[str, ...]) -> bool:
    return any(name in (city, city.rstrip("市州盟县区")) or name.endswith(city.rstrip("市")) for city in cities)


def _places(
    open_text: str, parts: list[Clause], cities: tuple[str, ...], province: str
) -> list[tuple[int, int, Scope, str, str]]:
    """Cities, counties, zones and provinces by name where they are the subject of a clause."""
    marks: list[tuple[int, int, Scope, str, str]] = []
    for part in parts:
        text = open_text[part.start : part.end]
        lead = 0
        own = next((name for city in cities for name in (city, city.rstrip("市")) if len(name) > 1 and name in text), "")
        if own and _HEAD.match(text[: text.find(own)]):  # “全省……，明州市……”: from here on the applicant's own
            marks.append((part.start + text.find(own), part.start + text.find(own) + len(own), "city", "on", own))
        for name in PROVINCES:
            at = text.find(name)
            if at >= 0 and _HEAD.match(text[:at]) and not re.match(r"级|内首|第|首|前|政府认定|排名", text[at + len(name) :]):
                rest = text[at + len(name) :]
                if re.match(r"[\u4e00-\u9fff×X]{1,5}(?:市|州|盟|地区)", rest):
                    lead = at + len(name)
                else:
                    marks.append((part.start + at, part.start + at + len(name), "province", "on", name))
                break
        short = _PROVINCE_SHORT.match(text)
        if short:
            marks.append((part.start, part.start + short.end(), "province", "on", short[1]))
        match = _CITY_NAME.search(text, lead)
        while match:
            name, kind = match["name"], match["kind"]
            clean = (
                re.sub(
                    r"^.*(?:其中|截至|目前|对标|借鉴|学习|参照|与|和|比|较|如|是|为|在|以|由|及|、|省"
                    r"|市|自治区)",
                    "",
                    name,
                )
            )
            if not clean and len(name) != len(clean) and kind == "市":
                match = _CITY_NAME.search(text, match.end())  # “由市国投公司”, “七是市知识产权保护中心”: the applicant's own
                continue
            clean = clean or name
            full = clean + kind
            if (
                not _NOT_A_PLACE.match(clean)
                and not re.search(r"[XxＸ×*]", clean)
                and not _own(clean, cities)
                and full not in cities
                and len(clean) >= (1 if kind in "县区" else 2)
            ):
                subject = _HEAD.match(text[: match.start()]) or match.start() == lead
                peers = re.search(r"(?:与|和|比|较|对标|同|及|、)$", name[: len(name) - len(clean)] + "") or re.search(
                    r"(?:与|和|比|较|同|、)$", text[: match.start()]
                )
                if kind in ("市", "自治州", "地区", "盟"):
                    if (cities or clean in known_cities()) and subject and not peers:
                        marks.append((part.start + match.start(), part.start + match.end(), "other_city", "on", full))
                elif subject and not peers:
                    marks.append((part.start + match.start(), part.start + match.end(), "county", "on", full))
            match = _CITY_NAME.search(text, match.end())
        direct = _MUNICIPALITY.match(text)
        if direct and not _own(direct["name"], cities) and direct["name"] not in province:
            marks.append((part.start, part.start + direct.end(), "other_city", "on", direct[0]))
        within = _WITHIN.match(text)
        if within and _gazetteer().match(text, within.end()):
            lead = within.end()  # “江苏昆山已有”
        known = _gazetteer().search(text, lead)
        if known and not _HEAD.match(text[lead : known.start()]):
            known = None
        if (
            known
            and not _own(known[0], cities)
            and (
                len(known[0]) > 2
                or re.match(r"(?:市|已|每|全市|的|现|目前|累计|建成|等|，|、|万人|20|拥有|5G|有|共|也|则|获|入选|出台|印发|发布|《|工厂|两市|为例|为标杆|这样的|那样的)", text[known.end() :])
            )
        ):
            marks.append((part.start + known.start(), part.start + known.end(), "other_city", "on", known[0]))
        zone = _ZONE.search(text)
        if (
            zone
            and _HEAD.match(text[: zone.start()])
            and not re.search(r"全|我|本|省级|国家级|重点|各|个|产业集|等$", zone["name"])
            and not re.match(
                r"(?:、|和|内|覆盖|的覆盖|统一|代|统推|统建|建设|企业|以|级|获|入选|管委会印发|全覆盖|5G|化|连续"
                r"|及)",
                text[zone.end() :],
            )
        ) or (
            zone
            and _HEAD.match(text[: zone.start()])
            and re.match(r"(?:已|每万|现有|目前|每平方|万人|累计|20|5G基站|拥有5G)", text[zone.end() :])
            and zone["kind"] in ("高新区", "经开区", "开发区", "新区", "高新技术产业开发区", "经济技术开发区")
        ):
            marks.append((part.start + zone.start(), part.start + zone.end(), "county", "on", zone[0]))
    return marks


# --- modes of sections and columns

_TABLES_WORDS: dict[str, Mode] = {}


@cache
def _mode_words() -> tuple[tuple[re.Pattern[str], Mode], ...]:
    rows = _rows("modes.tsv")
    return tuple((re.compile(row[0]), cast(Mode, row[1])) for row in rows)


def section_mode(heading: str) -> Mode:
    """What a section under this heading speaks of: what is there (base), is to be reached (target) or done (task)."""
    # “落实国家战略及规划” names an indicator, it plans nothing.
    heading = re.sub(r"战略[及与和、]?规划|规划(?=落实|衔接)", "战略", re.sub(r"\s", "", heading))
    for pattern, mode in _mode_words():
        if pattern.search(heading):
            return mode
    return "none"


_YEAR = re.compile(r"(20[0-9]{2})|(?<!\d)(2[2-9]|3[0-5])年")
_NOW = re.compile(
    r"现状|基期|实际|现有|目前|当前|基数|基准|已[建完达]|截至|截止|完成(?:情况|数|值)|现值|本底"
    r"|起点|基础(?!设施)|现行|存量|达到情况|完成额|发生额|上年|去年|年末数|统计数"
    r"|(?:自评|自查|申报|评价)(?:依据|说明|情况|结果|数据|内容|陈述)|主要(?:成效|做法|情况)"
)
_THEN = re.compile(
    r"目标|计划|预期|规划|拟|预计|到20|力争|试点期|期末|(?:第[一二三四1-4])(?:个)?(?:试点)?年"
    r"|建设期|远期|分年度|任务"
)


def column_mode(header: str, base_year: int | None = None) -> tuple[Mode, int | None]:
    """What a column (or row) under this header holds, and the year of a target: “2025年目标” → ("target", 2025).

    A bare year is ("none", year): the table around it tells, or ``base_year``, the last year that was fact.
    """
    header = re.sub(r"\s", "", header)
    found = _YEAR.search(header)
    year = int(found[1] or "20" + found[2]) if found else None
    if _NOW.search(header) and not re.search(r"目标|计划|预期|规划值|到20", header):
        return "base", year
    if _THEN.search(header):
        return "target", year
    if year is not None and base_year is not None:
        return ("target", year) if year > base_year else ("base", year)
    return "none", year


# --- incidents

Kind = Literal["network", "safety", "false_material"]
Polarity = Literal["none_happened", "happened", "pledge", "hypothetical", "general"]
Severity = Literal["特别重大", "重大", "较大", "一般", ""]


@dataclass(frozen=True, slots=True)
class Incident:
    """What a sentence says of incidents: of which kind, that none happened, one happened, or only a pledge or an if."""

    kind: Kind
    polarity: Polarity
    severity: Severity
    scope: Scope
    start: int
    end: int
    text: str


_KIND = re.compile(
    r"(?P<network>网络(?:和数据|与数据|与信息|和信息|信息)?安全(?:[^,，。；;、和及与或]{0,6})?(?:事件|事故)"
    r"|数据安全(?:事件|事故)|网络攻击事件|数据泄露事件|信息安全(?:事件|事故)|网络安全[^,，。；;]{0,6}重大事件)"
    r"|(?P<safety>(?:安全)?生产(?:安全)?(?:责任)?(?:亡人)?事故|安全事故|亡人事故|(?:爆炸|火灾|中毒|坍塌|泄漏"
    r"|燃爆|透水|瓦斯)[^,，。；;]{0,10}事故|(?<!网络)(?<!数据)(?<!信息)安全责任事故|(?:特别重大|特大|重大|较大"
    r"|一般)(?:及以上|以上|及其以上)?(?:的)?(?:等级)?(?:各类)?事故)"
    r"|(?P<false_material>(?:提供|提交|报送|使用|出具)?(?:任何)?(?:虚假|伪造|不实|造假)的?(?:申报)?(?:材料|资料"
    r"|信息|数据|内容|陈述|记录|情形|情况|行为|申报)|弄虚作假|材料造假|数据造假|隐瞒(?:真实)?情况|伪造[^,，。；;]{0,6}材"
    r"料|造假)"
)
_SEVERITY = re.compile(r"特别重大|特大|重特大|重大|较大|一般")
_NONE = re.compile(
    r"未(?:曾)?(?:有)?(?:发生|出现|见|发现|接到|接报|收到|查实|受到|提供|存在|因|有)|没有(?:发生|出现|发现|提供"
    r"|存在|过)?|无(?!论|人|线|需|法|偿)|零(?!部件|星|距离|信任|售)|不存在|不(?:涉及|含|提供|弄虚)|从未|均未"
    r"|并未|未有|杜绝了|为零|为0|0起|0次|零起|零发生"
)
_PLEDGE = re.compile(
    r"(?:将|守住|守牢|底线|红线|不发生|坚决|确保|保证|力争|严防|严禁|防止|防范|避免|杜绝|遏制|预防|不得|承诺(?!.*(?:未"
    r"|没有|不存在|无))|绝不|决不|务必|努力|力求|有效防|坚持|健全|完善|建立|加强|制定|防控|目标|要求)"
)
_IF = re.compile(
    r"若|如果|如(?=发生|出现|有|因|遇|提供|存在)|一旦|凡|倘若|假如|万一|出现.{0,20}(?:情形之一"
    r"|的，)|发生.{0,24}的[，,]|(?:的)?，(?:将|按|予以|取消|撤销|不予)"
)
_HAPPENED = re.compile(
    r"发生(?:了|过)?|造成|导致|认定为|调查报告|曾出现|出现(?:了|过)?|构成|定性为|瞒报|被通报|通报了|查实|查处"
    r"|属于|遇难|死亡|受伤|直接经济损失|\d+起|[一二三四五六七八九十两]起|(?:属|系)(?=重大|较大|一般|特别)"
)
_GENERAL = re.compile(
    r"应急预案|应急处置|应急响应|应急演练|管理办法|分级标准|分类|处置机制|调查处理条例|演练"
    r"|培训|定义|是指|隐患|预警|防控|报告制度|指标|考核"
)
_ELSEWHERE = re.compile(r"邻市|外地|他市|外省|兄弟市|全国|全省|国内|某省|其他(?:城市|地区)|周边")


def incident_statements(text: str, cities: tuple[str, ...] = ()) -> list[Incident]:
    """What a text says of network incidents, production accidents and false material, clause by clause.

    ``happened`` needs a word of happening and no denial; a pledge, an if, a plan of emergency is no record.
    Offsets are those of ``text``.
    """
    incidents: list[Incident] = []
    for sentence in re.finditer(r"[^。！!？?\n]+[。！!？?]?", text):
        looked = view(sentence[0])
        plain = looked.plain
        if not _KIND.search(plain):
            continue
        incidents += _incidents(looked, plain, sentence.start(), cities)
    return incidents


_PIECE = re.compile(r"[,，;；]")


def _incidents(looked: View, plain: str, offset: int, cities: tuple[str, ...]) -> list[Incident]:
    pieces: list[tuple[int, int]] = []
    start = 0
    for match in _PIECE.finditer(plain):
        pieces.append((start, match.end()))
        start = match.end()
    pieces.append((start, len(plain)))
    found: list[Incident] = []
    run: Polarity | None = None
    conditional = False
    scope: Scope = "city"
    for low, high in pieces:
        piece = plain[low:high]
        before = plain[:low]
        if _IF.search(piece):
            conditional = True
        scope = _incident_scope(piece, scope, cities)
        kinds = list(_KIND.finditer(piece))
        none_at = [m.start() for m in _NONE.finditer(piece)]
        for match in kinds:
            kind = cast(Kind, match.lastgroup)
            head, tail = piece[: match.start()], piece[match.end() :]
            if re.match(r"(?:的)?(?:死亡|发生|受伤|伤亡)率", tail):
                continue  # a figure of the statistics, no event
            near = head[-30:]
            severity = _severity(match[0], near) or _judged(plain[low + match.end() :])
            negated = (
                bool(_NONE.search(near))
                or bool(
                    re.match(
                        r"(?:的)?(?:情况|情形|行为)?(?:发生)?(?:起数|数|次数)?(?:均|都|也|保持|实现)?(?:未|没有|为零"
                        r"|为0|零|0起|不存在|从未)",
                        tail,
                    )
                )
                or "零" in match[0]
            )
            bare = re.search(r"(?:未曾?|不|没有|无|并未|从未)(?:有)?$", near)
            negated = negated or bool(bare)
            happened = (
                _HAPPENED.search(near)
                or _HAPPENED.match(tail.lstrip("的"))
                or re.match(r"[^,，。；;]{0,6}(?:\d+|[一二三四五六七八九十两])起", tail)
                or re.search(r"(?:\d+|[一二三四五六七八九十两])起$", near)
            )
            if re.match(r"爆炸|火灾|中毒|坍塌|泄漏|燃爆|透水|瓦斯", match[0]):
                # “爆炸被认定为重大事故”: the word for what happened stands within the name.
                happened = happened or _HAPPENED.search(piece)
            if kind == "false_material":
                happened = (
                    re.search(r"(?:经查|查实|被查|举报属实)[^。]{0,14}$", before + head)
                    or re.search(r"(?:存在|发现|查实|认定|曾|有|涉嫌|被查|通报)[^未不无没]{0,8}$", near)
                    or re.match(r"[^,，。；;]{0,8}(?:被|经查|属实|受到|予以通报)", tail)
                )
            polarity: Polarity
            if (
                (bare and bare[0] == "不" and re.search(r"承诺|保证", before + head))
                or (
                    re.search(
                        r"(?:坚决|有效|严格|全力)?(?:杜绝|防止|防范|避免|遏制|严防|严禁|预防|不得|绝不|决不)(?!了)[^,，。；;]{0,"
                        r"24}$",
                        near,
                    )
                    and not re.search(r"已(?:有效)?(?:杜绝|避免)", near)
                )
                or re.search(r"(?:确保|保证(?!书)|力争|努力实现|力求|务必|实现.{0,6}目标|将)(?!了)[^,，。；;]{0,24}$", near)
                or (
                    re.search(r"(?:确保|力争|目标[是为])[^。；;]{0,30}$", before)
                    and not re.search(r"近|过去|以来|20\d\d年", piece)
                )
            ):
                polarity = "pledge"
            elif conditional and not negated:
                polarity = "hypothetical"
            elif negated:
                polarity = "none_happened"
            elif (
                run == "none_happened"
                and not (happened and _HAPPENED.search(near))
                and re.match(
                    r"^(?:[、和及与或也均亦]|以及|或者|，|重大|特别重大|较大|安全|网络|生产|数据|信息|提供|弄虚|虚假"
                    r"|任何)*$",
                    head,
                )
            ):
                # “未发生重大网络安全事件、重大安全生产事故”: the denial runs over the list.
                polarity = "none_happened"
            elif _GENERAL.search(tail[:14]) or (_GENERAL.search(near) and not happened):
                polarity = "general"
            elif happened:
                polarity = "happened"
            else:
                polarity = "general"
            if polarity == "happened" and conditional:
                polarity = "hypothetical"
            a, b = looked.span(low, high)
            found.append(Incident(kind, polarity, severity, scope, a + offset, b + offset, looked.text[a:b]))
            run = polarity
        if kinds and not none_at:
            run = found[-1].polarity if found else None
        elif not kinds and not none_at and len(piece) > 6:
            run = None
        elif none_at and not kinds:
            run = "none_happened" if piece.strip("，,；;").endswith(("未发生", "没有发生", "未出现", "无", "不存在")) else run
    # One sentence may name the accident and weigh it later (“发生爆炸，被认定为重大事故”).
    return found


_JUDGED = re.compile(
    r"[^。；;]{0,40}?(?:(?:评定|认定|定性|定级|核定|判定|界定)为|属于?|系|为)(?P<level>特别重大|重大|较大|一般)(?!危险|隐患|风险|项目)"
)


def _judged(tail: str) -> Severity:
    """The level that the words behind an incident give it: “……事件经评定为一般网络安全事件”."""
    match = _JUDGED.match(tail)
    return cast(Severity, match["level"]) if match else ""


def _severity(name: str, near: str) -> Severity:
    inside = _SEVERITY.search(name)
    hit = inside or None
    if hit is None:
        hit = next(reversed(list(_SEVERITY.finditer(near[-10:]))), None)
    if hit is None:
        return ""
    word = hit[0]
    return (
        "特别重大"
        if word in ("特别重大", "特大")
        else "重大"
        if word in ("重特大", "重大")
        else "较大"
        if word == "较大"
        else "一般"
    )


def _incident_scope(piece: str, before: Scope, cities: tuple[str, ...]) -> Scope:
    if re.search(r"我市|本市|全市|市域", piece) or any(city in piece for city in cities):
        return "city"
    if re.search(r"邻市|外市|他市|兄弟(?:城市|市)|其他城市|周边(?:城市|地区)", piece):
        return "other_city"
    if re.search(r"全国|国内|我国", piece):
        return "nation"
    if re.search(r"全省|省内|外省|邻省", piece):
        return "province"
    named = re.search(r"(?:^|[年月日，,])(?P<name>[\u4e00-\u9fff]{2,4})市", piece)
    if named and named["name"] in known_cities() and not _own(named["name"], cities):
        return "other_city"
    return before
