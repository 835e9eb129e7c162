"""Finds titles of ministerial rank and what looks like them: rows of lists, sentences of notices, plaques; and stated numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from extract.document import Anchor, Table
from models.catalogue import Programme
from models.facts import Count, Rank, Side, Title
from models.finders.owners import owner
from models.masks import years
from models.normalise import tidy
from models.package import PROVINCE_SHORT, Located, Package
from models.passages import Passage, Section, caption_block, passages
from models.portraits import is_chrome, squeeze
from models.tables import columns, header_rows, is_total, role_column

INDICATOR = "ecosystem.national_titles"
State = Literal["granted", "announced", "applying", "expired"]
_COUNT = re.compile(
    r"(?:部级|国家级|部委级|国家)(?:[及和与]?以上)?[^，。；、]{0,10}(?:称号|荣誉|牌子|试点示范|示范|试点|名片|品牌|项目)|部级(?:以上)?|称号"
)
_RANKED = re.compile(r"部级|国家级|国家|部委|省部级")
_MIXED = re.compile(
    r"省部级|国家级[、和及与]省级|国家[、和及与]省级|省级[、和及与]国家级|国家、省|省级以上|省级及以上|市级以上|各级|各类"
)
_LOWER = re.compile(r"省级|市级|区级|县级|自治区级")
_ANNOUNCED = re.compile(r"公\s*示|拟认定|拟入选|拟确定|拟推荐")
_APPLYING = re.compile(
    r"争创|申报中|正在申报|申报创建|创建(?:中|国家)|积极创建|推荐申报|培育|待|拟申报|冲刺|申报受理|受理情况|入围|候选|答辩"
    r"|评审(?:中|结果(?:尚|还|仍)?未)|(?:尚|还|仍|暂)未(?:正式)?(?:公布|公示|批复|批准|认定|发文|授牌|命名|揭晓|获批)"
)
_REVOKED = re.compile(
    r"撤销|摘牌|取消|失效|已到期|到期|移出|剔除|移除|除名|(?:复核|复评|复审|评估|动态(?:管理|调整))[^，。；]{0,4}(?:未|不)(?:予)?(?:通过|合格)"
    r"|未通过(?:复核|复评|复审)|不再(?:具备|列入|保留|授予)"
)
_FIRM = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9（）()·]{3,30}?(?:有限责任公司|有限公司|集团公司|公司|集团|研究院|工业互联网平台|开发区|高新区|经开区|工业园区?|产业园区?|园区|基地)"
)


_LEGAL = re.compile(r"(?:有限责任公司|有限公司|集团公司|总公司|公司|集团)(?:[（(][^）)]{1,16}[）)])?$")
_GIVER = re.compile(
    r"[\u4e00-\u9fff、]{2,24}(?:部|厅|局|委|委员会|协会|联盟|学会|联合会|促进会|研究会)(?:办公[厅室])?(?:等[\u4e00-\u9fff\d]{0,6})?"
)
_IN_BRACKETS = re.compile(r"[（(]([^（）()]{4,30}(?:公司|集团))[）)]$")
# What stands on a certificate beside the title and its holder.
_FORMULA = re.compile(r"荣誉证书|荣誉称号|证书|奖牌|牌匾|你(?:单位|公司)|兹(?:认定|授予|证明)?|经审核|特发此[证牌]|特此证明|颁发给|授予|入选")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A title's name found in a text."""

    programme: Programme
    name: str
    start: int
    end: int


@lru_cache(maxsize=4)
def _programmes(programmes: tuple[Programme, ...]) -> list[tuple[str, str, Programme]]:
    """Names of programmes, longest first, squeezed, and the same without quotation marks."""
    names = [(squeeze(name), programme) for programme in programmes for name in programme.names]
    names.sort(key=lambda pair: -len(pair[0]))
    return [(name, re.sub(r"[“”\"‘’]", "", name), programme) for name, programme in names]


def titles_in(package: Package, text: str) -> list[_Seen]:
    """The titles of the catalogue that a (squeezed, tidy) text names; the longest name at each place, none inside another."""
    found: list[_Seen] = []
    plain = re.sub(r"[“”\"‘’]", "", text)
    back = [index for index, character in enumerate(text) if character not in '“”"‘’']
    taken = [False] * len(plain)
    for name, bare, programme in _programmes(package.edition.titles.programmes):
        start = plain.find(bare)
        while start >= 0:
            end = start + len(bare)
            if not any(taken[start:end]):
                taken[start:end] = [True] * len(bare)
                found.append(_Seen(programme, name, back[start], back[end - 1] + 1))
            start = plain.find(bare, end)
    return sorted(found, key=lambda seen: seen.start)


def find(package: Package, known: tuple[str, ...] = ()) -> tuple[list[Title], list[Count]]:
    """Titles of both sides and stated numbers of the city's own side. ``known``: firms that other lists of the city name."""
    titles: list[Title] = []
    counts: list[Count] = []
    for section in package.side("claim"):
        for located in package.statements(section):
            counts += _stated(package, section, located)
            titles += _claimed(package, section, located)
        titles += _tables(package, section, "claim", ())
        counts += _form_rows(package, section)
    holders = tuple(dict.fromkeys((*(title.holder for title in titles if title.holder), *known)))
    for section in package.side("proof"):
        if section.portrait.kind in (
            "stat_bulletin",
            "policy_redhead",
            "contract",
            "commitment_letter",
            "ip_certificate",
            "directory",
        ):
            continue
        in_tables = _tables(package, section, "proof", holders)
        titles += in_tables
        titles += _lines(package, section, holders)
    marks = {programme.id: programme.mark for programme in package.edition.titles.programmes}
    return [replace(title, mark=marks.get(title.programme, "")) for title in titles], counts


def _rank(package: Package, name: str, issuer: str, level: str, around: str = "") -> Rank:
    """The rank of a title: by its level column, its issuer, its own name, then the catalogue."""
    catalogue = package.edition.titles
    name, issuer, level = tidy(squeeze(name)), squeeze(issuer), squeeze(level)
    if any(word in name for word in catalogue.qualifications):
        return "qualification"
    if re.search(r"省级|自治区级", level):
        return "province"
    if re.search(r"市级|区级|县级", level):
        return "city"
    if re.search(r"行业|协会|联盟|国际|其他|社会", level):
        return "association"
    if re.search(r"(?:周刊|杂志|传媒|日报|晚报|时报|新闻网)[》”]?社?$", issuer) or any(
        word in issuer
        for word in ("协会", "联盟", "学会", "联合会", "促进会", "论坛", "委员会组委会", "组委会", "媒体", "报社", "研究会", "商会", "基金会")
    ):
        return "association"
    if issuer:
        provincial = re.search(r"省|自治区|厅(?:$|[、和及])", issuer)
        if any(ministry in issuer for ministry in catalogue.ministries) and not provincial:
            return "nation"
        if provincial or any(
            issuer.startswith(short) and short not in ("北京", "天津", "上海", "重庆") for short in PROVINCE_SHORT.values()
        ):
            return "province"
        if re.search(r"(?:市|区|县)(?:人民政府|委|局|经信|工信|政府)|市[\u4e00-\u9fff]{2,10}[局委]", issuer):
            return "city"
    if any(word in name for word in catalogue.not_ministerial):
        return "association"
    if any(word in name for word in catalogue.lower_rank) or _LOWER.search(name):
        return "province"
    for full, short in PROVINCE_SHORT.items():
        if name.startswith((full, short + "省")) or (
            re.match(rf"^(?:20\d\d年(?:度)?)?{short}(?!国家)", name) and short not in ("北京", "天津", "上海", "重庆")
        ):
            return "province"
    if any(name.startswith(city) and not titles_in(package, name) for city in package.cities):
        return "city"
    if _LOWER.search(around) and not _RANKED.search(around):
        return "province"
    if re.search(r"国家级|部级|国家", level) or titles_in(package, name):
        return "nation"
    if re.match(r"^(?:20\d\d年(?:度)?)?(?:第[一二三四五六七八九十]批)?国家(?:级)?", name):
        return "nation"
    return "unknown"


# What recognition leaves of 工业和信息化部 where a seal covers its beginning; 工业和信息化部门 is anybody's.
_UNDER_SEAL = re.compile(r"和信息化部(?!门)")


def _ministry(package: Package, text: str) -> str:
    """The body of ministerial rank that a text names, "" for none."""
    found = next((m for m in package.edition.titles.ministries if m in text), "")
    return found or ("工业和信息化部" if _UNDER_SEAL.search(text) else "")


def _state(text: str) -> State:
    if _REVOKED.search(text):
        return "expired"
    if _ANNOUNCED.search(re.sub(r"(?:经|通过|网上)[^，。；]{0,16}公示", "", text)):
        return "announced"
    if _APPLYING.search(text):
        return "applying"
    return "granted"


def _year(package: Package, text: str) -> int | None:
    found = [year for year in years(tidy(text)) if 2000 <= year <= 2035]
    return found[0] if found else None


def _stated(package: Package, section: Section, located: Located) -> Iterator[Count]:
    statement = located.statement
    plain = tidy(statement.text)
    if not re.search(r"称号|部级|国家级|牌子|荣誉|试点示范", plain) or statement.status in (
        "plan",
        "hypothetical",
        "requirement",
        "denied",
    ):
        return
    if located.passage.mode in ("target", "task") or statement.scope not in ("city", "none", "enterprise"):
        return
    for quantity in statement.quantities:
        if quantity.unit not in ("项", "个", "块", "张", "类") or quantity.value is None or quantity.value > 300:
            continue
        if quantity.flags & {"delta", "threshold", "rank", "ordinal", "share", "new"} or quantity.status in (
            "plan",
            "in_progress",
        ):
            continue
        before = plain[: quantity.start]
        clause = re.split(r"[，。；;]", before)[-1]
        if len(clause) < 3:
            clause = "".join(re.split(r"(?<=[，；;])", before)[-2:])
        after = plain[quantity.end : quantity.end + 12]
        said = clause[-60:] + after.split("，")[0].split("。")[0]
        if not re.search(r"称号|部级|牌子|荣誉|全国性示范|国家级(?:试点|示范)", said) or re.search(
            r"人才|平台|检验|企业技术中心|实验室", said
        ):
            continue
        nearest = clause[-24:]
        if _LOWER.search(nearest) and not _RANKED.search(nearest):
            continue
        if re.search(r"其中", clause) or (re.search(r"省(?:里|级)[^，。；]{0,10}$", clause) and not _MIXED.search(clause)):
            continue
        evidence = package.book.add(
            "claim",
            INDICATOR,
            section.document,
            located.anchor,
            status=statement.status,
            quantities=(quantity,),
            confidence=located.passage.confidence,
        )
        mixed = bool(_MIXED.search(said)) or (not _RANKED.search(said) and "部级" not in plain)
        yield Count(evidence, "claim", "titles", quantity, mixed=mixed, document=section.document.path)


def _form_rows(package: Package, section: Section) -> Iterator[Count]:
    from models.facts import exact
    from models.quantities import quantities
    from models.tables import indicator_table, reached

    for index in range(section.start, section.end):
        block = section.document.blocks[index]
        if not isinstance(block, Table):
            continue
        for row in indicator_table(package.nlp, block, "none", package.year):
            if row.base is None or not row.links or row.links[0][0] != INDICATOR:
                continue
            text = reached(package.nlp, row)
            found = [
                q
                for q in quantities(text)
                if q.unit in ("项", "个", "块", "") and q.value is not None and not q.flags & {"delta", "ordinal"}
            ]
            if not found and re.fullmatch(r"\s*\d{1,3}\s*", text):
                found = [exact(text.strip(), row.unit or "项")]
            if not found:
                continue
            length = len(section.document.text_of(Anchor(index, 0, 0, (row.row, -1))))
            evidence = package.book.add(
                "claim",
                INDICATOR,
                section.document,
                Anchor(index, 0, length, (row.row, -1)),
                status="fact",
                quantities=(found[0],),
                confidence=block.confidence,
            )
            mixed = bool(_MIXED.search(text + tidy(row.label))) or "省" in text
            yield Count(evidence, "claim", "titles", found[0], mixed=mixed, document=section.document.path)


def _claimed(package: Package, section: Section, located: Located) -> Iterator[Title]:
    """Titles that the city names one by one in prose (“分别是：……”, “获评千兆城市”)."""
    statement = located.statement
    if statement.status in ("plan", "hypothetical", "requirement", "denied", "in_progress") or located.passage.mode in (
        "target",
        "task",
    ):
        return
    squeezed = squeeze(statement.text)
    seen = titles_in(package, squeezed)
    if not seen:
        return
    lead = squeeze(located.passage.text[: located.anchor.start - located.passage.anchor.start])
    enumeration = bool(
        re.search(r"称号|部级|国家级|牌子|分别(?:是|为)|包括", squeezed)
        or re.search(r"(?:称号|部级|国家级|牌子|荣誉)[^。：:]{0,30}[：:][^。]*$", lead)
        or re.search(r"(?:称号|部级|国家级|牌子|荣誉)[^。：:]{0,20}。一是[^。]*$", (lead + squeezed).rstrip("。"))
    )
    if not enumeration and not re.search(r"获评|入选|获批|认定为|授予|列入|成为|获得", squeezed):
        return
    open_end = bool(re.search(r"等(?:部级|国家级|称号|\d|一批|多|在内)|等[^，。；]{0,8}(?:称号|项)", squeezed))
    for item in seen:
        before = squeezed[max(0, item.start - 14) : item.start]
        if re.search(r"省级?$|省$", before) or (_APPLYING.search(before[-8:]) and not re.search(r"获评|入选", before)):
            continue
        behind = squeezed[item.end : item.end + 40]
        bracket = re.match(r"[^、，。；（(]{0,6}[（(]([^）)]{2,40})[）)]", behind)
        holder = bracket[1] if bracket and re.search(r"公司|集团|园|区|市|·", bracket[1]) else ""
        evidence = package.book.add(
            "claim", INDICATOR, section.document, located.anchor, status=statement.status, confidence=located.passage.confidence
        )
        if not enumeration or open_end:
            continue  # a selection (“……等称号9项”) is cited, not counted
        yield Title(
            evidence, "claim", item.name, holder if not holder.endswith("方向") else "", "", _year(package, before[-8:]), "nation", item.programme.id,
            "granted", True, section.document.path,
        )  # fmt: skip


# A notice right above a list speaks for it, even where it names no title of the catalogue.
_NOTICE = re.compile(r"关于[^。]{2,80}(?:通知|公告|通报|公示|决定)|[^。]{4,60}名单")


def _nearby(section: Section, index: int) -> str:
    document = section.document
    block = document.blocks[index]
    text = squeeze(block.caption) if isinstance(block, Table) else ""
    for back in range(index - 1, max(section.start - 1, index - 10), -1):
        other = document.blocks[back]
        if isinstance(other, Table):
            break
        words = squeeze(other.text)
        if is_chrome(words):
            words = words.replace("公示", "")  # the part of a web site that holds a notice says nothing about it
        text = words[-100:] + text
    return tidy(text)


def _announcing(package: Package, section: Section, index: int) -> list[_Seen]:
    """The titles that the nearest notice above a list names; what stands below another list may still speak of that one."""
    for back in range(index - 1, max(section.start - 1, index - 10), -1):
        other = section.document.blocks[back]
        if isinstance(other, Table):
            break
        if _NOTICE.search(words := squeeze(other.text)) and (seen := titles_in(package, tidy(words))):
            return seen
    return []


def _tables(package: Package, section: Section, side: Side, holders: tuple[str, ...]) -> list[Title]:
    """Rows of tables of titles: a title column, or a national list of one programme with firms."""
    found: list[Title] = []
    for index in range(section.start, section.end):
        block = section.document.blocks[index]
        if not isinstance(block, Table) or block.kind == "hidden":
            continue
        cols = columns(block)
        grid = block.rows()
        top = header_rows(block)
        nearby = _nearby(section, index)
        title_col = role_column(cols, "title") or _by_content(package, cols, grid, top, block.n_rows)
        head_titles = titles_in(package, squeeze(nearby[-200:]))
        if not head_titles and side == "proof" and not _NOTICE.search(nearby):
            head_titles = titles_in(package, tidy(section.portrait.title))
        if not head_titles and side == "proof":
            # “绿色工业园区名称” below a notice on lists of several kinds.
            head_titles = titles_in(package, tidy("，".join(column.header for column in cols)))
        if title_col is None and (side == "claim" or not head_titles):
            continue
        if side == "claim" and (
            title_col is None or re.search(r"指标|[（(](?:项|个|家)[)）]|数量?$", title_col.header) or any(c.mode == "target" for c in cols)
        ):
            continue
        issuer_col, year_col, rank_col = role_column(cols, "issuer"), role_column(cols, "year"), role_column(cols, "rank")
        holder_col = role_column(cols, "holder", "firm", "project")
        city_col, province_col = role_column(cols, "city"), role_column(cols, "province")
        if holder_col is title_col:
            holder_col = None
        givers = [column.index for column in cols if not re.search(r"推荐|报送|申报|上报|地区|省|市|主管", column.header)]
        cited = False
        for row in range(top, block.n_rows):
            cells = grid[row]
            if is_total(cells) or re.match(r"^(?:注|说明|备注)[:：]", squeeze(cells[0])):
                continue
            issuer = squeeze(cells[issuer_col.index]) if issuer_col else ""
            if not issuer and title_col is not None:
                issuer = next((giver for i in givers if _GIVER.fullmatch(giver := squeeze(cells[i]))), "")
            holder = squeeze(cells[holder_col.index]) if holder_col else ""
            if not _LEGAL.search(holder):
                # Where the column's head does not say whose names it holds (单位, 示范工厂名称), the names do.
                firms = (inner[1] if (inner := _IN_BRACKETS.search(squeeze(cell))) else squeeze(cell) for cell in cells)
                holder = next((firm for firm in firms if _LEGAL.search(firm) and len(firm) <= 40), holder)
            if not holder and title_col is None and city_col is None:
                holder = max((squeeze(cell) for cell in cells), key=len)  # “序号 | 集群名称”
            level = squeeze(cells[rank_col.index]) if rank_col else ""
            if title_col is not None:
                name = squeeze(cells[title_col.index])
                if not name:
                    continue
                seen = titles_in(package, tidy(name))
                programme = seen[0].programme.id if seen else ""
                if not seen and side == "proof" and head_titles:
                    # A list under its notice: the notice names the title, the row its holder.
                    holder = holder or next((squeeze(cell) for cell in cells if package.names_city(squeeze(cell))), name)
                    name, programme = head_titles[-1].name, head_titles[-1].programme.id
            else:
                announced = _announcing(package, section, index) or head_titles
                name, programme = announced[0].name, announced[0].programme.id
                if programme == "iiot_pilot" and not holder:
                    continue
            row_text = squeeze("".join(cells))
            rank = _rank(package, name, issuer, level, nearby[-60:])
            told = issuer or level or name.startswith("国家") or re.search(r"部级|国家级|工业和信息化部|工信部", nearby)
            if side == "proof" and rank == "nation" and not told and not _vouched(section):
                rank = "unknown"
            year = _year(package, cells[year_col.index]) if year_col else None
            year = year or _year(package, name) or (_year(package, nearby[-60:]) if title_col is None else None)
            state = _state(row_text if title_col is not None else nearby[-80:])
            city = cells[city_col.index] if city_col else ""
            own: bool | None = True
            if side == "proof":
                own = owner(
                    package,
                    firm=holder,
                    project=name if title_col is not None else "",
                    province=cells[province_col.index] if province_col else "",
                    city=city,
                    firms=holders,
                )
                if own is not True and title_col is None and package.names_city(row_text):
                    # “河北省 | 线缆·某市产业园”: the city stands in whichever cell names the holder.
                    own, holder = (
                        True,
                        next(squeeze(cell) for cell in cells if package.names_city(squeeze(cell)) or cell is cells[-1]),
                    )
                few = block.n_rows - top <= 8
                # A list below a ministry's notice holds anybody's firms.
                theirs = bool(head_titles and _LEGAL.search(holder)) and issuer_col is None and bool(_ministry(package, section.portrait.issuer))
                if own is None and title_col is not None and not theirs and (seen or not head_titles):
                    # A table of titles that the city compiled lists its own.
                    own = not re.search(r"省份|推荐单位|地区", "".join(c.header for c in cols))
                if own is None and not (province_col and _same_province(package, cells[province_col.index])) and not (
                    few and title_col is not None and province_col is None
                ):
                    continue
                if own is False:
                    continue
            if state == "granted" and _ended(package, row_text):
                state = "expired"
            length = len(section.document.text_of(Anchor(index, 0, 0, (row, -1))))
            evidence = package.book.add(
                "claim" if side == "claim" else "proof", INDICATOR, section.document, Anchor(index, 0, length, (row, -1)), status="fact",
                confidence=block.confidence, facts={"title": name, "holder": holder, "issuer": issuer, "rank": rank},
            )  # fmt: skip
            cited = True
            if seen_city(package, programme) and package.names_city(holder) and not re.search(r"公司|集团|园|区$", holder):
                holder = package.names_city(holder)
            found.append(Title(evidence, side, name, holder, issuer, year, rank, programme, state, own, section.document.path))
        back = caption_block(section.document, index)
        if cited and back is not None:
            words = section.document.blocks[back].text
            package.book.add(
                "claim" if side == "claim" else "proof", INDICATOR, section.document, Anchor(back, 0, len(words)), status="fact"
            )
    return found


def _same_province(package: Package, cell: str) -> bool:
    """Whether a cell names the applicant's province."""
    return bool(package.province) and PROVINCE_SHORT.get(package.province, package.province) in cell


def seen_city(package: Package, programme: str) -> bool:
    """Whether a programme's titles are a city's."""
    return any(item.id == programme and item.holder == "city" for item in package.edition.titles.programmes)


def _ended(package: Package, text: str) -> bool:
    """Whether a stated term ended before the submission (“有效期至2022年”); what states none is not taken to have ended."""
    term = re.search(
        r"(?:有效期|期限|至|到期)[^，。；]{0,6}?(20\d{2})年?(?:\d{1,2}月)?(?:底|末|止|到期)?$|有效期[至到：:](20\d{2})",
        tidy(text),
    )
    return bool(term and package.year and int(term[1] or term[2]) < package.year)


def _by_content(package: Package, cols: list, grid: list[list[str]], top: int, n_rows: int):  # type: ignore[no-untyped-def,type-arg]
    """The column whose cells name titles of the catalogue in at least half of the rows."""
    best, best_share = None, 0.5
    for column in cols:
        texts = [tidy(squeeze(grid[row][column.index])) for row in range(top, n_rows) if squeeze(grid[row][column.index])]
        share = (
            sum(bool(titles_in(package, text)) and len(text) <= 60 for text in texts) / len(texts)
            if len(texts) >= 2 or (texts and re.search(r"名称|称号|荣誉|示范", column.header))
            else 0
        )
        if share >= best_share and share > 0:
            best, best_share = column, share
    return best


_ITEM = re.compile(r"^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?[.、．:：]|[①-⑳])")


def _certified(everything: list[Passage]) -> bool:
    """Whether a short document is a plaque or certificates: hardly a sentence in it."""
    return sum("。" in passage.text for passage in everything) <= 1 + len(everything) // 4


def _items(package: Package, section: Section) -> list[list[Passage]]:
    """The passages outside tables, grouped: an item with its number and what belongs to it, other passages one by one."""
    groups: list[list[Passage]] = []
    inside = False
    everything = list(passages(section))
    if (
        everything
        and all(p.kind != "row" for p in everything)
        and sum(len(p.text) for p in everything) <= 420
        and _certified(everything)
    ):
        # A plaque, a certificate: its few lines are one thing; several bound together begin anew with each title.
        for passage in everything:
            if not groups or (
                titles_in(package, tidy(squeeze(passage.text)))
                and any(titles_in(package, tidy(squeeze(p.text))) for p in groups[-1])
            ):
                groups.append([])
            groups[-1].append(passage)
        return groups
    for passage in everything:
        if passage.kind == "row":
            inside = False
            continue
        text = tidy(squeeze(passage.text))
        if _ITEM.match(text) and len(text) <= 160:
            groups.append([passage])
            inside = True
        elif (
            inside
            and passage.anchor.block - groups[-1][-1].anchor.block <= 2
            and len(groups[-1]) < 6
            and not re.search(r"^(?:以上|上述|备注|注[:：]|附(?:件|表|注)?\d*[:：]?$)", text)
        ):
            groups[-1].append(passage)
        else:
            groups.append([passage])
            inside = False
    return groups


def _lines(package: Package, section: Section, holders: tuple[str, ...]) -> list[Title]:
    """Titles of notices, extracts, compilations and plaques: an item at a time, else a sentence at a time."""
    found: list[Title] = []
    announced = False
    head_ministry = _ministry(package, tidy(section.portrait.title + section.portrait.issuer))
    before = ""
    for group in _items(package, section):
        text = tidy(squeeze("".join(passage.text for passage in group)))
        if len(text) <= 60 and re.search(r"公示|公布|通知|通告", text):
            announced = bool(_ANNOUNCED.search(text)) and "公布" not in text
        numbered = bool(_ITEM.match(text))
        if numbered or len(group) > 1:
            found += _of_item(package, section, group, text, holders, head_ministry, announced)
            before = text[-80:]
            continue
        passage = group[0]
        offset = 0
        for piece in re.split(r"(?<=[。；;\n])", passage.text):
            start, offset = offset, offset + len(piece)
            plain = tidy(squeeze(piece))
            seen = titles_in(package, plain)
            for position, item in enumerate(seen):
                begin = seen[position - 1].end if position else 0
                end = seen[position + 1].start if position + 1 < len(seen) else len(plain)
                anchor = replace(passage.anchor, start=start, end=start + len(piece))
                title = _title(
                    package,
                    section,
                    item,
                    plain[begin:end],
                    plain,
                    before,
                    anchor,
                    holders,
                    head_ministry,
                    announced,
                    passage.confidence,
                    passage.headings,
                )
                if title is not None:
                    found.append(title)
        before = (before + text)[-80:]
    return found


_PLACE = re.compile(r"第\d{1,3}(?:项|号|位|名)[:：,，]?")


def _of_item(
    package: Package,
    section: Section,
    group: list[Passage],
    text: str,
    holders: tuple[str, ...],
    head_ministry: str,
    announced: bool,
) -> list[Title]:
    """The titles of a numbered item: one, or one for each place of the list that it quotes (“第47项：……；第112项：……”)."""
    seen = titles_in(package, text)
    if not seen:
        return []
    first = next((passage for passage in group if titles_in(package, tidy(squeeze(passage.text)))), group[0])
    for passage in group:
        if passage is not first:
            anchor = Anchor(passage.anchor.block, 0, len(passage.text))
            package.book.add("proof", INDICATOR, section.document, anchor, status="fact", confidence=passage.confidence)
    places = [match.start() for match in _PLACE.finditer(text, seen[0].end)]
    head = text[: places[0]] if places else ""
    parts = [head + text[a:b] for a, b in itertools.pairwise([*places, len(text)])] if len(places) > 1 else [text]
    headings = (*first.headings, *_before(package, section, first))
    anchor = Anchor(first.anchor.block, 0, len(first.text))
    found = [
        _title(package, section, seen[0], part, part, "", anchor, holders, head_ministry, announced, first.confidence, headings)
        for part in parts
    ]
    return [title for title in found if title is not None]


def _before(package: Package, section: Section, first: Passage) -> tuple[str, ...]:
    """The headings that stand above an item at any distance inside its section: a compilation's own title among them."""
    return tuple(
        p.text for p in passages(section) if p.kind == "heading" and p.anchor.block < first.anchor.block and len(p.text) <= 40
    )


def _vouched(section: Section, headings: tuple[str, ...] = ()) -> bool:
    """Whether a proof says as a whole that its titles are of ministerial rank."""
    return bool(
        re.search(
            r"部级|部委|国家级|国家|国字号|工业和信息化部|工信部",
            section.portrait.title + section.portrait.head + squeeze("".join(headings)),
        )
    )


def _is_certificate(section: Section) -> bool:
    """Whether a proof is a certificate or plaque rather than a list of many."""
    blocks = section.document.blocks[section.start : section.end]
    return not any(isinstance(block, Table) for block in blocks) and sum(len(block.text) for block in blocks) <= 700


def _title(
    package: Package, section: Section, item: _Seen, around: str, text: str, before: str, anchor: Anchor, holders: tuple[str, ...],
    head_ministry: str, announced: bool, confidence: float, headings: tuple[str, ...] = (),
) -> Title | None:  # fmt: skip
    """A title with its holder, issuer, year and rank as the words around it give them; None where it is nobody's of the applicant."""
    bracket = re.search(re.escape(item.name[-4:]) + r"[^（(，。；:：]{0,8}[（(]([^）)]{2,48})[）)]", around)
    # The lines of a plaque stand here one behind the other: its holder's name begins where its title ends.
    apart = _FORMULA.sub("|", around.replace(text[item.start : item.end], "|"))
    if "序号" in apart:  # a list whose lines were not seen: the row's number parts its head from its holder
        apart = re.sub(r"(?<=[\u4e00-\u9fff）])\d{1,4}(?=[\u4e00-\u9fff])", "|", apart)
    names = [
        re.sub(r"^(?:确定|授予|认定|同意|将|其中|公布|现|和|与|及|为|名单|摘录|：|:)+", "", m[0]) for m in _FIRM.finditer(apart)
    ]
    names = [
        name
        for name in names
        if name and name not in item.name and not titles_in(package, name) and not re.search(r"部$|部办公厅$", name)
    ]
    for part in re.split(r"[，,、；;]", bracket[1] if bracket else ""):
        if re.search(r"公司|集团|园|区|·|产业集群|厂", part) and not part.endswith(("方向", "类", "批")):
            names.insert(0, part)
            break
    city = package.names_city(around) or (package.names_city(text) if not names else "")
    holder = next((name for name in names if package.names_city(name)), names[0] if names else "")
    compiled = section.portrait.kind == "roster" and bool(package.names_city(section.portrait.issuer + section.portrait.title))
    if not holder and not city and compiled and item.programme.holder == "city":
        city = (
            package.cities[0] if len(package.cities) == 1 else ""
        )  # a city's own compilation names a city title without the city
    if not holder and not city and _is_certificate(section) and item.name[-6:] in package.claim_text:
        city = package.cities[0] if package.cities else ""  # a certificate without a name, of a title that the plan claims
    nameless = not holder and not city
    if nameless and not _is_certificate(section):
        return None
    if not holder and item.programme.holder != "city":
        city, named = "", city  # a firm's or a park's title of which only the city shows: whose it is stays open
    else:
        named = city
    if item.programme.holder == "city" and package.names_city(holder) and not re.search(r"公司|集团|园|区$", holder):
        holder = package.names_city(holder)  # “某市等三市” is the city
    own = (
        True if package.names_city(holder) or (named and not names) else owner(package, firm=holder.split("·")[-1], firms=holders)
    )
    if own is None and named:
        own = True
    if own is False or (own is None and not nameless and not (_is_certificate(section) and holder)):
        return None  # a certificate in the package whose holder's city does not show is for a person
    lower = (
        re.search(r"省级?$|省$|市级$", text[max(0, item.start - 4) : item.start])
        if around == text
        else re.search(r"省级|市级", around[:12])
    )
    ministry = _ministry(package, around) or head_ministry
    issuer = re.search(r"(?:授予|认定|发布|颁发|颁证)(?:单位|部门|机关)[:：]?([^；;，。]{2,30})", around)
    rank: Rank = "province" if lower else _rank(package, item.name, issuer[1] if issuer else ministry, "")
    if rank == "nation" and not (ministry or issuer or _vouched(section, headings)):
        rank = "unknown"  # a name that provinces give too, and nothing that says who gave it
    state: State = (
        "announced"
        if announced or _ANNOUNCED.search(re.sub(r"(?:经|通过|网上)[^，。；]{0,16}公示", "", text))
        else _state(around)
    )
    if state == "granted" and _ended(package, around):
        state = "expired"
    year = _year(package, around) or _year(package, before[-60:])
    name = item.name
    evidence = package.book.add(
        "proof",
        INDICATOR,
        section.document,
        anchor,
        status="fact",
        confidence=confidence,
        facts={"title": name, "holder": holder or city, "rank": rank},
    )
    return Title(
        evidence, "proof", name, holder or city, ministry, year, rank, item.programme.id, state, own, section.document.path
    )
