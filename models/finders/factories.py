"""Finds entries of the 5G factory lists and pilots, and the numbers stated of them."""

from __future__ import annotations

import re
from typing import Literal

from extract.document import Anchor, Table
from models.facts import Count, Entry, Side
from models.finders.owners import owner
from models.masks import years
from models.normalise import tidy
from models.package import PROVINCE_SHORT, Located, Package
from models.passages import Section, caption_block, passages
from models.portraits import squeeze
from models.tables import columns, firm_column, header_rows, is_total, role_column

INDICATOR = "application.factory_5g"
Roster = Literal["factory_list", "pilot", "lower", "announced", "applying", "unknown"]
_FACTORY = re.compile(r"5G\s*(?:全连接|智慧|数字)?\s*工厂")
_LIST = re.compile(
    r"5G\s*(?:全连接)?工厂\s*》?\s*名录|国家(?:级)?(?:高水平)?\s*5G\s*(?:全连接)?工厂|高水平5G工厂|(?:工业和信息化部|工信部|部级|国家)[^，。；]{0,24}5G\s*(?:全连接)?工厂"
)
_PILOT = re.compile(
    r"工业互联网试点示范[^，。；]{0,20}5G\s*(?:全连接)?工厂|5G\s*(?:全连接)?工厂方向|试点示范[（(][^）)]{0,8}5G工厂"
)
_LOWER = re.compile(r"省级|市级|省\s*5G\s*(?:全连接)?工厂|培育库|种子|储备|培育(?:对象|企业|名单)|(?:五|四|三)星级|自治区级")
_ANNOUNCED = re.compile(r"公\s*示(?!范)|拟入选|拟确定|拟认定|拟推荐")
_TO_BE = re.compile(r"拟(?:入选|确定|认定|公布)[^，。；]{0,6}(?:名单|名录|项目)")
_APPLYING = re.compile(r"正在申报|申报中|推荐申报|争创|拟申报|待公布|待发布|等待|通过初审|在培|培育中")


# A province's own list under a name that the ministry's list has too; what it passes on names the ministry.
_PROVINCIAL = re.compile(r"(?:省|自治区)(?:工业和信息化|经济和信息化|经信|工信)厅(?:办公室)?(?:关于)?(?:公布|发布|印发|认定)(?!我[省区]|[^，。；]{0,8}入选)")


def _lower(package: Package, text: str) -> bool:
    """Whether a list is of a province or a city."""
    if _LOWER.search(text):
        return True
    for name, short in PROVINCE_SHORT.items():
        if re.search(
            rf"(?:{name}|{short})(?:省|市)?(?:第[一二三四五六]批)?(?:20\d\d年(?:度)?)?\s*[“”]?5G\s*(?:全连接|智慧|数字)?工厂(?!方向)",
            text,
        ):
            return True
    return any(
        re.search(rf"{city}(?:20\d\d年(?:度)?)?(?:市级)?5G\s*(?:全连接)?工厂(?:培育|名单|名录)", text) for city in package.cities
    )


def find(package: Package, known: tuple[str, ...] = ()) -> tuple[list[Entry], list[Count]]:
    """Entries (rows of lists, named projects) and counts of both sides. ``known``: firms that other lists of the city name."""
    entries: list[Entry] = []
    counts: list[Count] = []
    for section in package.side("claim"):
        for located in package.statements(section):
            _words(package, section, "claim", located, entries, counts)
        entries += _tables(package, section, "claim")
        _form_rows(package, section, counts)
    claimed = (*(entry.firm for entry in entries if entry.firm), *known)
    for section in package.side("proof"):
        entries += _tables(package, section, "proof", claimed)
        entries += _lines(package, section, claimed)
    return entries, counts


def _words(package: Package, section: Section, side: Side, located: Located, entries: list[Entry], counts: list[Count]) -> None:
    """Numbers stated in prose; a pilot named without a number is one entry."""
    statement = located.statement
    plain = tidy(statement.text)
    if (
        not _FACTORY.search(plain)
        or statement.status in ("plan", "hypothetical", "requirement", "denied")
        or located.passage.mode in ("target", "task")
    ):
        return
    if statement.scope not in ("city", "none", "enterprise"):
        return
    # Clause by clause: “4个项目进入名录，另有11个列入省级培育库” speaks of two lists.
    context = ""
    for match in re.finditer(r"[^，,；;。、]*[，,；;。、]?", plain):
        clause, start = match[0], match.start()
        if not clause.strip():
            continue
        before_context = context
        context = clause if _FACTORY.search(clause) or _PILOT.search(clause) else (before_context + clause)[-80:]
        window = clause if _FACTORY.search(clause) else before_context + clause
        if not _FACTORY.search(window):
            continue
        if _APPLYING.search(clause) or re.search(r"新增|新培育|储备", clause):
            continue
        pilot, listed = bool(_PILOT.search(window)), bool(_LIST.search(window))
        lower = _lower(package, clause if _FACTORY.search(clause) else window)
        whole_lists = bool(_LIST.search(clause)) and lower
        if lower and not whole_lists:
            continue
        if not (pilot or listed):
            continue
        quantities = [
            q for q in statement.quantities
            if start <= q.start < match.end() and q.unit in ("个", "家", "项", "席", "座", "户") and q.value is not None and q.value <= 600
            and not q.flags & {"delta", "threshold", "ordinal", "rank", "share", "subset"} and q.status not in ("plan", "in_progress")
        ]  # fmt: skip
        what: Literal["listed", "pilots"] = "pilots" if pilot else "listed"
        for quantity in quantities:
            if re.search(r"其中|分别", plain[max(0, quantity.start - 12) : quantity.start]) or (_ANNOUNCED.search(clause)):
                continue
            if re.search(r"共(?:发布|公布)?$", plain[max(0, quantity.start - 3) : quantity.start]) and re.search(
                r"名录$", re.sub("[共发布公]+$", "", plain[: quantity.start])
            ):
                continue  # the length of the list itself
            evidence = package.book.add(
                "claim",
                INDICATOR,
                section.document,
                located.anchor,
                status=statement.status,
                quantities=(quantity,),
                confidence=located.passage.confidence,
            )
            counts.append(Count(evidence, side, what, quantity, mixed=whole_lists, document=section.document.path))
        if not quantities and pilot and re.search(r"入选|获评|列入|入围|获批|认定|成为", plain) and not _APPLYING.search(plain):
            evidence = package.book.add(
                "claim",
                INDICATOR,
                section.document,
                located.anchor,
                status=statement.status,
                confidence=located.passage.confidence,
            )
            year = next(iter(years(clause)), None)
            firm = _firm_before(plain[: start + len(clause)])
            entries.append(
                Entry(
                    evidence,
                    side,
                    "",
                    firm,
                    "announced" if _ANNOUNCED.search(clause) else "pilot",
                    year,
                    True,
                    section.document.path,
                )
            )
        if not quantities and listed and not pilot:
            # Cite the sentence that names the list even where its number stands elsewhere.
            package.book.add(
                "claim",
                INDICATOR,
                section.document,
                located.anchor,
                status=statement.status,
                confidence=located.passage.confidence,
            )


def _firm_before(text: str) -> str:
    found = re.findall(r"[\u4e00-\u9fff]{4,24}(?:有限公司|股份公司|集团|公司)", text)
    return re.sub(r"^.*(?:方面|其中|分别|以及|包括|的)", "", found[-1]) if found else ""


def _form_rows(package: Package, section: Section, counts: list[Count]) -> None:
    """Rows of a form or an indicator table: label and baseline's number."""
    from models.quantities import quantities
    from models.tables import indicator_table, reached

    for index in range(section.start, section.end):
        block = section.document.blocks[index]
        if not isinstance(block, Table):
            continue
        for row in indicator_table(package.nlp, block, "none", package.year):
            label = tidy(row.label)
            if row.base is None or not _FACTORY.search(label):
                continue
            text = reached(package.nlp, row)
            clauses = [part for part in re.split(r"[，,；;。]", text) if part]
            for clause in clauses:
                if _lower(package, clause) or (re.search(r"合计|共计", clause) and _lower(package, text)):
                    continue
                if _lower(package, label):
                    continue
                found = [q for q in quantities(clause) if q.unit in ("个", "家", "项", "") and q.value is not None]
                if not found and re.fullmatch(r"\s*\d{1,3}\s*", clause):
                    from models.facts import exact

                    found = [exact(clause.strip(), row.unit or "个")]
                if not found:
                    continue
                what: Literal["listed", "pilots"] = (
                    "pilots" if _PILOT.search(clause) or (_PILOT.search(label) and not _LIST.search(label)) else "listed"
                )
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
                # “累计拥有5G工厂12个” names no national list: it may count lower ranks too.
                loose = what == "listed" and not _LIST.search(text)
                counts.append(Count(evidence, "claim", what, found[0], mixed=loose, document=section.document.path))


def _heading_text(section: Section, index: int, limit: int = 6) -> str:
    """The words that say what a table lists: its caption and what stands right above it."""
    document = section.document
    block = document.blocks[index]
    parts = [squeeze(block.caption)] if isinstance(block, Table) else []
    for back in range(index - 1, max(section.start - 1, index - limit), -1):
        other = document.blocks[back]
        if isinstance(other, Table):
            break
        parts.insert(0, squeeze(other.text)[-120:])
    return tidy("".join(parts))


def _roster(package: Package, section: Section, nearby: str, side: Side) -> Roster:
    """Which list a table is: by the nearest words first, then by the document's title and issuer."""
    own = section.portrait
    caption_first = nearby[-80:]
    head = tidy(own.title + own.head) if side == "proof" else ""
    everything = nearby + head
    for text in (caption_first, everything):
        if not _FACTORY.search(text) and "试点示范" not in text:
            continue
        # The caption alone: the sentence above the table may speak of others that are still applying.
        if side == "claim" and _APPLYING.search(re.split(r"[。；]", text)[-1]):
            return "applying"
        if _TO_BE.search(text):
            return "announced"  # what is only to be listed is not listed, whoever “publishes” it
        if _ANNOUNCED.search(re.sub(r"(?:经|通过|网上|已经?)[^，。；]{0,20}公示", "", text)) and not re.search(
            r"现(?:予以)?公布|现将[^，。]{0,20}公布|公布[^，。]{0,30}名录", text
        ):
            return "announced"
        if _lower(package, text) and not _LIST.search(re.sub(r"省5G工厂名录", "", text)):
            return "lower"
        if side == "proof" and _PROVINCIAL.search(everything) and not re.search(r"工业和信息化部|工信部", everything):
            return "lower"
        if _PILOT.search(text):
            return "pilot"
        if _LIST.search(text):
            issuer = own.issuer if side == "proof" else ""
            if side == "proof" and issuer and re.search(r"省|厅", issuer) and not re.search(r"工业和信息化部|工信部", everything):
                return "lower"
            return "factory_list"
        if "工业互联网试点示范" in text:
            return "pilot"
    return "unknown"


def _tables(package: Package, section: Section, side: Side, claimed: tuple[str, ...] = ()) -> list[Entry]:
    found: list[Entry] = []
    for index in range(section.start, section.end):
        block = section.document.blocks[index]
        if not isinstance(block, Table) or block.kind == "hidden":
            continue
        cols = columns(block)
        grid = block.rows()
        project, firm = role_column(cols, "project"), role_column(cols, "firm", "holder")
        if firm is None and project is None:
            continue
        telling = firm_column(cols, grid[header_rows(block) :])
        if telling is not None and telling is not firm:  # “5G工厂 | 企业”: both heads may name a firm, the cells of one do
            project, firm = firm if project is None or project is telling else project, telling
        nearby = _heading_text(section, index)
        headers = "".join(column.header for column in cols)
        if not (
            _FACTORY.search(nearby)
            or _FACTORY.search(tidy(headers))
            or "试点示范" in nearby
            or _FACTORY.search(tidy(section.portrait.title))
        ):
            continue
        if role_column(cols, "scenarios", "scenario_count") is not None or re.search(r"场景", nearby[-40:]):
            continue
        if side == "claim" and (
            not re.search(r"入选|名录|试点示范|列入|国家级", nearby[-80:] + headers)
            or re.search(r"重点项目|任务|建设项目|投资", nearby[-40:] + headers)
        ):
            continue
        roster = _roster(package, section, nearby, side)
        if roster == "unknown":
            continue
        direction = next((c for c in cols if "方向" in c.header), None)
        year_col, province, city = role_column(cols, "year"), role_column(cols, "province"), role_column(cols, "city")
        rank_col = role_column(cols, "rank", "status")
        stated_years = (
            years(nearby[-60:])
            or years(tidy(section.portrait.title))
            or [int(y) for y in re.findall(r"20\d\d", section.portrait.date[:4])]
        )
        for row in range(header_rows(block), block.n_rows):
            cells = grid[row]
            if is_total(cells):
                continue
            name = cells[project.index] if project else ""
            owner_name = cells[firm.index] if firm else ""
            if not squeeze(name) and not squeeze(owner_name):
                continue
            kind: Roster = roster
            whole = tidy(squeeze(" ".join(cells)))
            if kind == "pilot":
                aims = tidy(squeeze(cells[direction.index])) if direction else whole + nearby
                if not _FACTORY.search(aims) and not _PILOT.search(nearby):
                    continue
                if direction and re.search(r"安全|平台|园区|标识|网络", aims) and not _FACTORY.search(aims):
                    continue
            if rank_col and re.search(r"省级|市级", cells[rank_col.index]):
                kind = "lower"
            if (
                rank_col
                and re.search(r"公示|申报|培育|在建|拟", cells[rank_col.index])
                and not re.search(r"公布", cells[rank_col.index])
            ):
                kind = "applying"
            own = True if side == "claim" else owner(
                package, firm=owner_name, project=name, province=cells[province.index] if province else "", city=cells[city.index] if city else "", firms=claimed
            )  # fmt: skip
            if side == "claim" and city and not package.names_city(cells[city.index]) and squeeze(cells[city.index]):
                own = False
            if own is False and side == "proof":
                continue
            year = (
                next(iter(years(tidy(cells[year_col.index]))), None) if year_col else (stated_years[0] if stated_years else None)
            )
            text = section.document.text_of(Anchor(index, 0, 0, (row, -1)))
            evidence = ""
            if own is True or kind != "factory_list":
                evidence = package.book.add(
                    "claim" if side == "claim" else "proof", INDICATOR, section.document, Anchor(index, 0, len(text), (row, -1)), status="fact",
                    confidence=block.confidence, facts={"project": squeeze(name), "firm": squeeze(owner_name), "roster": kind},
                )  # fmt: skip
            found.append(Entry(evidence, side, squeeze(name), squeeze(owner_name), kind, year, own, section.document.path))
        back = caption_block(section.document, index)
        if back is not None and found:
            words = section.document.blocks[back].text
            if _FACTORY.search(tidy(squeeze(words))):
                package.book.add(
                    "claim" if side == "claim" else "proof",
                    INDICATOR,
                    section.document,
                    Anchor(back, 0, len(words)),
                    status="fact",
                )
    return found


def _lines(package: Package, section: Section, claimed: tuple[str, ...]) -> list[Entry]:
    """Entries of a notice, certificate or plaque without a table: “……公司……入选2022年工业互联网试点示范项目（5G工厂方向）”."""
    found: list[Entry] = []
    title = tidy(section.portrait.title + section.portrait.head[:120])
    given = section.portrait.issuer
    provincial = bool(re.search(r"(?:省|自治区)[^、]{0,12}厅", given)) and not re.search(r"工业和信息化部|工信部", title + given)
    for passage in passages(section):
        if passage.kind == "row":
            continue
        plain = tidy(squeeze(passage.text))
        text = plain
        if not (_PILOT.search(plain) or (_LIST.search(plain) and re.search(r"入选|列入|认定|授予|公布", plain))):
            continue
        near = _firm_near(section, passage.anchor.block)
        here = package.names_city(plain) or any(len(firm) >= 6 and firm in plain for firm in (*claimed, *package.own_firms))
        if not here and (not near or owner(package, firm=near, firms=claimed) is not True):
            continue
        roster: Roster = "pilot" if _PILOT.search(plain) else "factory_list"
        if _ANNOUNCED.search(plain) or (_ANNOUNCED.search(title) and "公布" not in title):
            roster = "announced"
        elif _lower(package, plain) or provincial:
            roster = "lower"
        firms = re.findall(r"[\u4e00-\u9fff]{4,24}?(?:有限责任公司|有限公司|股份公司|集团公司)", text) or [near]
        firms = [firm for firm in firms if firm] or [""]
        for firm in dict.fromkeys(firms):
            if roster == "factory_list" and not firm:
                continue
            evidence = package.book.add(
                "proof",
                INDICATOR,
                section.document,
                passage.anchor,
                status="fact",
                confidence=passage.confidence,
                facts={"firm": firm, "roster": roster},
            )
            found.append(Entry(evidence, "proof", "", firm, roster, next(iter(years(plain)), None), True, section.document.path))
    return found


def _firm_near(section: Section, index: int) -> str:
    """A firm named right above or below, as on a plaque."""
    for other in (index - 1, index + 1, index - 2):
        if section.start <= other < section.end:
            block = section.document.blocks[other]
            if not isinstance(block, Table):
                match = re.search(r"[\u4e00-\u9fff]{4,24}?(?:有限责任公司|有限公司|股份公司|集团公司)", squeeze(block.text))
                if match:
                    return match[0]
    return ""
