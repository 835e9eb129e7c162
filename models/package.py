"""A submission's documents as the finders see them: sections with sides, the applicant, the date, the firms that are its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from extract.document import Anchor, Document, Table
from models.book import Book
from models.catalogue import Edition
from models.evidence import Mode, Scope
from models.masks import years
from models.names import is_rare
from models.nlp import Statement, analyse
from models.normalise import tidy
from models.passages import Passage, Section, is_field, lead_at, mode_at, passages, sections
from models.portraits import body, iso_date, portrait, squeeze
from models.roles import RoleCall, assign
from models.status import known_cities

PROVINCES = [
    "北京市",
    "天津市",
    "上海市",
    "重庆市",
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
    "新疆生产建设兵团",
]
PROVINCE_SHORT = {name: re.sub(r"省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|生产建设兵团", "", name) for name in PROVINCES}
_CITY = re.compile(
    r"([\u4e00-\u9fff]{2,7}?(?:市|自治州|州|盟|地区))(?=人民政府|“|\"|5G|先导区|申报|试点|与|和|及|、|\s|$|联合|，|工作|（|-|—)"
)
_NO_CITY = re.compile(
    r"^(?:全|我|本|各|两|该|地级|县级|设区|计划单列|申报|试点|兄弟|周边|相邻|外|其他|县|上|股|都|门|超|地|副省级|成员|省辖)+(?:市|城市)$|^城市$|^(?:本|该|我|两|各|全)"
)
# A heading or run-in heading that is the name of a district, a county or a city and nothing else.
_LOCAL = re.compile(r"(?!.*(?:先导|示范|试验|合作|核心|片|园|厂|地|景)区)[\u4e00-\u9fff]{1,6}(?:区|县|旗|市|镇)")
_FIRM = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9（）()·]{2,28}?(?:有限责任公司|股份有限公司|集团有限公司|有限公司|集团公司|公司|集团)"
)


@dataclass(frozen=True, slots=True)
class Located:
    """A statement with its anchor and what it inherits."""

    section: Section
    passage: Passage
    statement: Statement
    anchor: Anchor


@dataclass
class Package:
    """All that the finders need: documents, roles, sections, the applicant, and the book that they enter evidence in."""

    name: str
    documents: Sequence[Document]
    edition: Edition
    nlp: Any
    overrides: Mapping[str, Any] = field(default_factory=dict)
    book: Book = field(default_factory=Book)

    def __post_init__(self) -> None:
        roles = self.overrides.get("roles")
        self.calls: dict[str, RoleCall] = assign(self.documents, roles if isinstance(roles, Mapping) else None)
        self.sections: list[Section] = [
            section
            for document in self.documents
            if document.blocks
            for section in sections(document, self.calls[document.path].role)
        ]
        self._statements: dict[int, list[Located]] = {}

    def of_role(self, *roles: str) -> list[Document]:
        """The documents that have one of the roles."""
        return [document for document in self.documents if self.calls[document.path].role in roles]

    def side(self, *sides: str) -> list[Section]:
        """The sections of one side, in the order of the documents."""
        return [section for section in self.sections if section.side in sides]

    @cached_property
    def cities(self) -> tuple[str, ...]:
        """The applicant city or cities, in the order in which the plan names them."""
        wanted = self.overrides.get("cities") or self.overrides.get("city")
        if isinstance(wanted, str):
            return (wanted,)
        if isinstance(wanted, list | tuple):
            return tuple(str(city) for city in wanted)
        heads, text = self._heads()
        found: list[str] = []
        for line in heads:
            for match in _CITY.finditer(line):
                city = _bare_city(match[1])
                if city and city not in found:
                    found.append(city)
        counts = Counter({city: text.count(city) for city in found})
        frequent = [city for city in found if counts[city] >= max(2, 0.25 * max(counts.values(), default=0))]
        if len(frequent) > 1 and not re.search(r"两市|三市|联合(?:申报|工作方案|试点|创建)|各市联合", text):
            # Only a joint application has several; else the one the plan speaks of most.
            frequent = [max(frequent, key=lambda city: (counts[city], -found.index(city)))]
        return tuple(frequent or found[:1])

    def _heads(self) -> tuple[list[str], str]:
        """The first lines of plan, form and letter, with the submission's name; and all the words of the plan."""
        heads: list[str] = []
        text = ""
        for role in ("plan", "form", "letter"):
            for document in self.of_role(role):
                lines = [" ".join(tidy(block.text).split()) for _, block in body(document)[:10] if not isinstance(block, Table)]
                heads += [line[:80] for line in lines]
                if role == "form":
                    for _, block in body(document)[:2]:
                        if isinstance(block, Table):
                            heads += [squeeze(cell.text) for cell in block.cells[:30]]
                text += "".join(squeeze(block.text) for _, block in body(document))
        heads.append(squeeze(re.sub(r"^[\d.\-_、 ]+", "", self.name)) + " ")
        return heads, text

    @cached_property
    def province(self) -> str:
        """The applicant's province, or "" where nothing names it."""
        wanted = self.overrides.get("province")
        if isinstance(wanted, str):
            return wanted
        counts: Counter[str] = Counter()
        for weight, roles in ((8, ("letter",)), (1, ("plan", "form"))):
            for document in self.of_role(*roles):
                text = "".join(squeeze(block.text) for _, block in body(document)) + squeeze(document.path)
                for name in PROVINCES:
                    counts[name] += weight * text.count(name) + 20 * weight * text.count(name + "人民政府")
        if not counts or max(counts.values()) == 0:
            return ""
        return max(PROVINCES, key=lambda name: (counts[name], -PROVINCES.index(name)))

    @cached_property
    def submitted(self) -> str:
        """When the package was handed in, as its own front pages say: ISO year or month, or ""."""
        for document in self.of_role("plan"):
            lines = [squeeze(block.text) for _, block in body(document)[:14] if not isinstance(block, Table)]
            for line in lines:
                # A date on its own, as on a cover; a sentence that opens with one speaks of something else.
                rest = re.sub(
                    r"[\d〇○零一二三四五六七八九十年月日.\-/（）()：:，, ]|编制|申报|报送|送部|报批|修订|定稿|[一二三]?稿|日期|时间",
                    "",
                    line,
                )
                if len(line) <= 30 and len(rest) <= 4 and (date := iso_date(line)):
                    return date[:7]
        dates = [portrait(document).date for document in self.of_role("letter", "form")]
        dates = [date for date in dates if date]
        if dates:
            return max(dates)[:7]
        issued = [section.portrait.date for section in self.side("proof") if section.portrait.date]
        return max(issued)[:7] if issued else ""

    @property
    def year(self) -> int | None:
        """The year of the submission, if known."""
        return int(self.submitted[:4]) if self.submitted[:4].isdigit() else None

    @property
    def as_of(self) -> int:
        """The year up to which figures may be facts; far ahead where the submission's date is unknown."""
        return self.year or 2100

    @property
    def month(self) -> int:
        """The month of the submission, 0 where its date tells none."""
        told = self.submitted[5:7]
        return int(told) if told.isdigit() else 0

    @cached_property
    def brands(self) -> tuple[str, ...]:
        """The cities' names without 市, for finding them inside names of firms."""
        return tuple(re.sub(r"(?:市|自治州|州|盟|地区)$", "", city) for city in self.cities)

    def statements(self, section: Section) -> list[Located]:
        """The statements of a section, each with its anchor; made once."""
        key = id(section)
        if key not in self._statements:
            self._statements[key] = list(self._analyse(section))
        return self._statements[key]

    def _analyse(self, section: Section) -> Iterator[Located]:
        for located in self._analysed(section):
            located = self._placed(located)
            yield self._dated(located) if section.side == "claim" else located

    def _placed(self, located: Located) -> Located:
        """The statement with the scope of its heading: what stands under a district's or another city's name is no figure of the whole."""
        passage, statement = located.passage, located.statement
        if statement.scope == "nation" and not re.search(r"全国|我国|国内|各省", statement.text):
            # “工业和信息化部发布的20个典型应用场景” says whose list it is, not whose figure.
            parts = tuple(replace(q, scope="city") if q.scope == "nation" else q for q in statement.quantities)
            if re.search(r"(?:工业和信息化部|工信部|国家|部委?)[^，。；]{0,12}(?:已)?(?:发布|公布|认定)的", statement.text):
                return replace(located, statement=replace(statement, scope="city", quantities=parts))
        if statement.scope != "city":
            return located
        above = [*passage.headings[-2:], *lead_at(passage, located.anchor.start, located.anchor.end)]
        for words in above:
            name = re.sub(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]?\s*", "", squeeze(words))
            if _LOCAL.fullmatch(name) and not _NO_CITY.search(name) and name not in self.cities:
                parts = tuple(replace(q, scope="county") for q in statement.quantities)
                return replace(located, statement=replace(statement, scope="county", quantities=parts))
        return located

    def _dated(self, located: Located) -> Located:
        """The statement as of the day of submission: what a year to come is named for is planned, whatever verbs stand around it."""
        if self.year is None:
            return located
        statement, now = located.statement, self.year
        opening = [year for year in years(tidy(located.passage.text[:14])) if year > now]
        coming = bool(opening) and bool(
            re.match(r"\s*(?:到|至)?\s*[二〇○零一\d]{4}\s*年[^，。]{0,4}[：:，,]", tidy(located.passage.text))
        )
        named = years(tidy(statement.text))
        if coming or (named and min(named) > now):
            parts = tuple(replace(q, status="plan") for q in statement.quantities)
            return replace(located, statement=replace(statement, status="plan", quantities=parts))
        if any(q.year and q.year > now for q in statement.quantities):
            parts = tuple(replace(q, status="plan") if q.year and q.year > now else q for q in statement.quantities)
            return replace(located, statement=replace(statement, quantities=parts))
        return located

    def _analysed(self, section: Section) -> Iterator[Located]:
        for passage in passages(section):
            if passage.kind == "row":
                continue
            theirs: Scope = "city"
            views: dict[Mode, Passage] = {passage.mode: passage}
            for statement in analyse(
                self.nlp,
                passage.text,
                headings=passage.headings,
                mode=passage.mode,
                cities=self.spellings,
                province=self.province,
                as_of=self.as_of,
                month=self.month,
            ):
                # “全省……21436个；每万人……35个”: of whom the first half speaks, the second does, until it names the city.
                if theirs != "city" and statement.scope == "city" and not self._names_own(statement.text):
                    statement = _of(statement, theirs)
                ends_half = statement.text.rstrip().endswith(("；", ";"))
                foreign = statement.scope in ("nation", "province", "other_city") and not statement.text.startswith("其中")
                goes_on = ends_half and foreign and (bool(statement.quantities) or theirs == statement.scope)
                theirs = statement.scope if goes_on else "city"
                leads = lead_at(passage, statement.start, statement.end)
                if leads:
                    mode = mode_at(passage, statement.start) if section.side == "claim" else passage.mode
                    view = views.setdefault(mode, replace(passage, mode=mode))
                    # A run-in heading speaks for the sentences behind it, as a heading of their own would.
                    inner = analyse(
                        self.nlp,
                        statement.text,
                        headings=(*passage.headings, *(words for words in leads if not is_field(words))),
                        mode=mode,
                        cities=self.spellings,
                        province=self.province,
                        as_of=self.as_of,
                        month=self.month,
                    )
                    for item in inner:
                        start, end = statement.start + item.start, statement.start + item.end
                        if not item.links and item.status == "fact":  # a half of a sentence, alone: of what its whole speaks
                            item = replace(item, links=statement.links)
                        if statement.scope != "city" and item.scope == "city" and not self._names_own(item.text):
                            item = _of(item, statement.scope)
                        yield Located(section, view, local(item), replace(passage.anchor, start=start, end=end))
                    continue
                place = replace(passage.anchor, start=statement.start, end=statement.end)
                yield Located(section, passage, local(statement), place)

    def _names_own(self, text: str) -> bool:
        return bool(re.search(r"我市|全市|本市|市域|市本级|两市", text)) or bool(self.names_city(text))

    @cached_property
    def own_firms(self) -> tuple[str, ...]:
        """Firms that the city's own plan and form name as its own."""
        found: dict[str, None] = {}
        for section in self.side("claim"):
            for index in range(section.start, section.end):
                block = section.document.blocks[index]
                texts = [cell.text for cell in block.cells] if isinstance(block, Table) else [block.text]
                for text in texts:
                    for match in _FIRM.finditer(squeeze(text)):
                        found.setdefault(_clean_firm(match[0]))
        return tuple(name for name in found if len(name) >= 4)

    @cached_property
    def proof_firms(self) -> tuple[str, ...]:
        """Firms that the package's own papers name (site lists, opinions, agreements): national rosters, full of others, left out."""
        found: dict[str, None] = {}
        for section in self.side("proof"):
            if section.portrait.kind in ("roster", "announcement", "contract", "policy_redhead", "test_report"):
                continue
            for index in range(section.start, section.end):
                block = section.document.blocks[index]
                texts = [cell.text for cell in block.cells] if isinstance(block, Table) else [block.text]
                for text in texts:
                    for match in _FIRM.finditer(squeeze(text)):
                        found.setdefault(_clean_firm(match[0]))
        return tuple(name for name in found if len(name) >= 6)

    @cached_property
    def claim_text(self) -> str:
        """All the words of plan and form, squeezed."""
        return "".join(
            squeeze(section.document.blocks[index].text)
            for section in self.side("claim")
            for index in range(section.start, section.end)
        )

    @cached_property
    def other_cities(self) -> frozenset[str]:
        """Cities that cells of the package's tables name beside the applicant, without 市: neighbours in a province's lists."""
        found: set[str] = set()
        for document in self.documents:
            for block in document.blocks:
                if isinstance(block, Table):
                    found.update(name[1] for cell in block.cells if (name := _CITY_CELL.fullmatch(squeeze(cell.text))))
        return frozenset(name for name in found if not self.names_city(name) and not _COMMON_NOUN.search(name))

    def names_city(self, text: str) -> str:
        """The applicant city that a text names (with or without 市), or ""."""
        for city, brand in zip(self.cities, self.brands, strict=True):
            if city in text or (len(brand) >= 2 and brand in text):
                return city
        return next((city for read, city in self.misread if read in text), "")

    @cached_property
    def misread(self) -> tuple[tuple[str, str], ...]:
        """(as read, city): how pages read by recognition spell a city whose name holds a rare character (亳州 → 毫州).

        Only a spelling that stands before 市 there, is no known city's name and stands in no typed document.
        """
        rare = [(city, brand, at) for city, brand in zip(self.cities, self.brands, strict=True) for at, sign in enumerate(brand) if is_rare(sign)]
        if not rare:
            return ()
        read, typed = "", ""
        for document in self.documents:
            for _, block in body(document):
                words = "".join(cell.text for cell in block.cells) if isinstance(block, Table) else block.text
                if block.lane == "ocr":
                    read += squeeze(words) + "\n"
                else:
                    typed += words
        found: dict[str, str] = {}
        for city, brand, at in rare:
            spelt = re.compile(re.escape(brand[:at]) + "[\u4e00-\u9fff]" + re.escape(brand[at + 1 :]) + "(?=市)")
            for name in set(spelt.findall(read)) - {brand}:
                if name not in known_cities() and name not in typed and not _NO_CITY.match(name + "市"):
                    found[name] = city
        return tuple(sorted(found.items()))

    @property
    def spellings(self) -> tuple[str, ...]:
        """The applicant's cities, and as recognition spells them."""
        return (*self.cities, *(read + "市" for read, _ in self.misread))


_CITY_CELL = re.compile(r"([\u4e00-\u9fff]{2,3})市")
_COMMON_NOUN = re.compile(r"[全我本各城地省县超股门上都两该]|其他|直辖|自治")


def _of(statement: Statement, scope: Scope) -> Statement:
    """The statement as one of another scope, its quantities with it."""
    parts = tuple(replace(q, scope=scope) if q.scope == "city" else q for q in statement.quantities)
    return replace(statement, scope=scope, quantities=parts)


def local(statement: Statement) -> Statement:
    """The statement with its quantities' offsets counted in its own text."""
    shift = statement.start
    return replace(
        statement, quantities=tuple(replace(q, start=q.start - shift, end=q.end - shift) for q in statement.quantities)
    )


def _bare_city(text: str) -> str:
    """A city's name without the province and the words before it; "" for what is none."""
    for name in PROVINCES:
        if name in text and not text.endswith(name):
            text = text[text.index(name) + len(name) :]
    text = re.sub(r"^(?:人民政府|关于|推荐|同意|支持|申报城市|申报主体|申报单位|由|将|和|与|及|、|：|:)+", "", text)
    text = re.sub(r"^.*(?:推荐|同意|支持|列为|关于)", "", text)
    if text in PROVINCES and text[:-1] not in ("北京", "天津", "上海", "重庆"):
        return ""
    if not 3 <= len(text) <= 7 or _NO_CITY.search(text):
        return ""
    return text


def _clean_firm(name: str) -> str:
    return re.sub(r"^(?:和|与|及|其中|依托|由|对|以|支持|推动|包括|分别是|分别为|为|是|的|在)+", "", name).strip("（）()·")
