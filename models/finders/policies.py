"""Finds policies: those that the plan names as the city's own, and those whose text is in the package."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import Literal

from extract.document import Anchor, Heading
from models.facts import Count, Policy, Rank, Side
from models.masks import years
from models.normalise import tidy
from models.package import PROVINCE_SHORT, Located, Package
from models.passages import Section
from models.portraits import NUMBER, body, iso_date, squeeze
from models.tables import indicator_table

INDICATOR = "policy.special_policy"
_TITLE = re.compile(r"《([^《》]{4,90}(?:《[^》]*》[^《》]*)?)》")
_POLICY_WORD = re.compile(
    r"办法|措施|意见|行动计划|行动方案|实施方案|工作方案|政策|细则|条例|规定|规划|方案|计划|纲要|指引|规程|政策清单|十条|条$|通知"
)
# Opinions, plans and notices that set no policy: on an inspection, of a project, to a meeting.
_NO_POLICY = re.compile(
    r"(?:验收|评审|评议|评估|专家|审核|审查|核查|鉴定|反馈|整改|处理|复核|修改)[^，。]{0,6}意见|复函|批复|答复|纪要|总结|通报|报告$|情况$"
    r"|(?:召开|举办|举行|参加|征集|填报|公布|公示|下达|拨付|成立|调整|组织申报|组织开展申报)"
)
_MEASURES = re.compile(r"支持|鼓励|奖励|补助|补贴|扶持|推动|推进|加快|加强|建设|培育|打造|完善")
_FIRM_OWN = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|公司|集团|工厂|学院|大学|研究院|协会|联盟)(?=$|[^，。]{0,20}(?:项目|建设方案|改造方案|实施方案|工作方案))")
_ABOUT = re.compile(r"关于([^，。；]{4,60}?)的?(?:通知|意见|措施|办法|决定)")
_BOTH = re.compile(r"5G\s*[+＋]?\s*工业互联|5G.{0,12}工业互联网|工业互联网.{0,12}5G|5G(?:全连接)?工厂")
_NEAR = re.compile(r"工业互联网|5G")
_TERM = re.compile(r"[（(]?(20\d{2})\s*年?\s*[—\-~至到－–]+\s*(20\d{2})\s*年?[）)]?")
_SPAN = re.compile(r"(?:有效期(?:限)?|试行期?(?:限)?)[为是:]?(\d|[一二两三四五])年")
# The sentence of a policy that says from when and how long it holds.
_VALIDITY = re.compile(r"[^。；]*(?:有效期|起\s*(?:施行|实施|执行|试行|生效)|(?:施行|实施|执行|有效|试行)[^。；]{0,24}(?:至|到)[^。；]{4,14}止?|试行期)[^。；]*")
_BRACKETS = str.maketrans("[]()（）【】［］", "〔〕〔〕〔〕〔〕〔〕")
_NATIONAL = re.compile(r"国务院|工业和信息化部|工信部|国家发展|国家发改委|财政部|部委|中共中央|国家(?:级|标准)")
_DRAFT = re.compile(r"征求意见|送审稿|草案|讨论稿|初稿")
_COUNT = re.compile(r"(?:专项政策|政策文件|专项文件|政策措施)")
# The applicant's own plan for the pilot zone; under a document number, a plan to build or foster the zone is a policy.
_APPLY = re.compile(r"先导区.{0,12}(?:工作|实施|建设|试点)?方案")
_PILOT_PLAN = re.compile(r"(?:先导区|试点).{0,8}(?:试点|申报|申请|创建).{0,4}方案|先导区(?:试点)?(?:工作)?方案")


def find(package: Package) -> tuple[list[Policy], list[Count]]:
    """Policies named (claims) and policies there (proofs), and stated counts of them."""
    policies: list[Policy] = []
    counts: list[Count] = []
    for section in package.side("claim"):
        for located in package.statements(section):
            policies += _named(package, section, located)
            counts += _stated(package, section, located)
    policies += _form(package)
    for section in package.side("proof"):
        policy = _there(package, section)
        if policy is not None:
            policies.append(policy)
    return [_as_its_notice(policy, policies) for policy in policies], counts


def _as_its_notice(policy: Policy, policies: list[Policy]) -> Policy:
    """The policy, a draft where the notice that carries its text in the same file calls it one."""
    if policy.side != "proof" or policy.state != "issued":
        return policy
    own = _DRAFT.sub("", policy.title)
    carried = (
        other.side == "proof" and other.state == "draft" and other.document == policy.document and own and own in _DRAFT.sub("", other.title)
        for other in policies
    )
    return replace(policy, state="draft") if any(carried) else policy


_OTHER_CITY = re.compile(r"(?:中共)?(?!本市|我市|全市|该市|各市)[\u4e00-\u9fff]{2,5}市(?:人民政府|委|政府|[\u4e00-\u9fff]{2,12}[局委办])")


def _is_application(title: str, number: str) -> bool:
    """Whether a title is that of the applicant's own plan for the pilot zone, which is no policy."""
    return bool((_PILOT_PLAN if number else _APPLY).search(squeeze(title)))


def subject_of(title: str, text: str = "") -> Literal["dedicated", "near", "general"]:
    """Whether a policy is dedicated to “5G+工业互联网”: by its title; a title with one half only is near, if its text names the whole."""
    title = tidy(squeeze(title))
    if _BOTH.search(title):
        return "dedicated"
    if _NEAR.search(title) and re.search(r"5G\+?工业互联网|5G.{0,6}工业互联网", tidy(squeeze(text))):
        return "near"
    return "general"


def rank_of(package: Package, issuer: str, number: str, title: str, text: str = "") -> Rank:
    """Whose policy it is: by issuer, then by the number's agency letters, then by the title."""
    for where in (issuer, title):
        if not where:
            continue
        city = package.names_city(where)
        if city:
            rest = where.replace(city, "")
            if re.search(r"[\u4e00-\u9fff]{1,4}[区县](?:人民政府|委|管委)", rest) and not re.search(r"市人民政府|市委", where):
                return "county"
            return "city"
        if package.province and (package.province in where or PROVINCE_SHORT.get(package.province, "\0") + "省" in where):
            return "province"
        if any(name in where for name in PROVINCE_SHORT if name.endswith(("省", "自治区"))):
            return "province"
        if _NATIONAL.search(where):
            return "nation"
        if where is issuer and _OTHER_CITY.match(where):
            return "unknown"  # another city's own name; or a slip of the recogniser, which a person sees at once
        if re.search(r"^(?:市|我市)(?:人民政府|政府|委|工|经|发|财|科|通|大|数)", where):
            return "city"
        if re.search(r"^省", where):
            return "province"
        if re.search(r"^(?:[\u4e00-\u9fff]{1,3})?(?:区|县)(?:人民政府|政府)", where):
            return "county"
    agency = number.split("〔")[0] if "〔" in number else ""
    if agency:
        for brand in package.brands:
            if agency[0] in brand:
                return "city"
        if re.search(r"^国|^工信|^发改", agency) and not re.search(r"国资", agency):
            return "nation"
    if re.search(r"市政府|市人民政府|市委|市工信|市经信|我市", text):
        return "city"
    if re.search(r"省政府|省人民政府|省委|省工信|省经信|我省", text):
        return "province"
    return "unknown"


def _until(text: str, issued: str) -> int | None:
    plain = tidy(squeeze(text))
    term = _TERM.search(plain)
    if term:
        return int(term[2])
    for sentence in _VALIDITY.findall(plain):
        named = years(sentence)
        if named and re.search("至|到|止", sentence):
            return named[-1]
        span = _SPAN.search(sentence)
        if span and issued[:4].isdigit():
            return int(issued[:4]) + (2 if span[1] == "两" else "一二三四五".find(span[1]) + 1 or int(span[1]))
    return None


_LAST_DAY = re.compile(r"(?:至|到)(?P<date>[^，。；至到]{4,14}?[日月])")
_FIRST_DAY = re.compile(r"自(?P<date>[^，。；自]{4,14}?[日月])起")


def _ends(text: str, issued: str) -> str:
    """The month (ISO) at whose end a stated term is over, "" where only its year or nothing is told."""
    for sentence in _VALIDITY.findall(tidy(squeeze(text))):
        last = _LAST_DAY.search(sentence)
        if last and len(date := iso_date(last["date"])) >= 7:
            return date[:7]
        span = _SPAN.search(sentence)
        if not span:
            continue
        first = _FIRST_DAY.search(sentence)
        date = iso_date(first["date"]) if first else issued
        if len(date) >= 7 and date[5:7].isdigit():
            length = 2 if span[1] == "两" else "一二三四五".find(span[1]) + 1 or int(span[1])
            # A term that began on the first of a month is over with the month before.
            months = int(date[:4]) * 12 + int(date[5:7]) - 1 + 12 * length - (date[8:10] == "01")
            return f"{months // 12:04d}-{months % 12 + 1:02d}"
    return ""


def _number(text: str) -> str:
    match = NUMBER.search(tidy(text))
    if not match:
        return ""
    agency = re.sub(r"^.*(?:文号[是为：:]?|编号|（|\(|》|是|为|即|的)", "", match["agency"])
    return f"{agency}〔{match['year']}〕{match['no']}号"


def _named(package: Package, section: Section, located: Located) -> list[Policy]:
    statement = located.statement
    text = statement.text
    plain = tidy(text)
    if located.passage.mode in ("target", "task") and statement.status != "fact":
        return []
    titles = [
        (m.start(), m.end(), m[1])
        for m in _TITLE.finditer(text)
        if _POLICY_WORD.search(m[1]) and not _is_application(m[1], _number(text[m.end() : m.end() + 40]))
    ]
    if not titles:
        for m in _ABOUT.finditer(text):
            titles.append((m.start(), m.end(), m[0]))
        if not titles and NUMBER.search(plain):
            titles.append((0, len(text), ""))
    found: list[Policy] = []
    for start, end, title in titles:
        after, before = text[end : end + 40], text[max(0, start - 40) : start]
        number = _number(after) if re.match(r"\s*[（(，,]", after) or not title or text[start] != "《" else ""
        number = number or (_number(text) if not title or text[start] != "《" else "")
        subject = (
            subject_of(title) if title else ("dedicated" if _BOTH.search(plain) or _context_dedicated(located) else "general")
        )
        if title and subject == "general" and _context_special(located) and number:
            subject = "near"
        if subject == "general":
            continue
        rank = rank_of(package, "", number, title, before)
        if rank == "unknown" and re.search(r"贯彻|落实|根据|按照|对照|依据|遵循|精神|要求", before[-14:]):
            continue
        if rank == "nation" or (rank == "province" and not re.search(r"我市|本市", before)):
            # What others issued is context unless the sentence says that the city did.
            state_rank: Rank = rank
        else:
            state_rank = rank
        state: Literal["issued", "draft", "planned", "repealed", "unknown"] = "issued"
        if _DRAFT.search(title) or re.search(r"征求意见|送审|审议中|待印发|拟出台|正在(?:起草|制定|编制)", before + after):
            state = "draft"
        elif statement.status in ("plan", "in_progress", "hypothetical"):
            state = "planned"
        elif statement.status in ("denied", "expired") or re.search(r"废止|失效", plain):
            state = "repealed"
        evidence = package.book.add(
            "claim", INDICATOR, section.document, located.anchor, status=statement.status, confidence=located.passage.confidence,
            facts={"title": squeeze(title), "number": number},
        )  # fmt: skip
        issued = next((str(y) for y in reversed(years(tidy(before)))), "") or number.partition("〔")[2][:4]
        found.append(
            Policy(
                evidence,
                "claim",
                squeeze(title),
                "",
                number,
                issued,
                state_rank,
                state,
                subject,
                _until(title + after, issued),
                section.document.path,
            )
        )
    return found


def _context_special(located: Located) -> bool:
    return any("专项政策" in heading for heading in located.passage.headings) or "专项政策" in located.statement.text


def _context_dedicated(located: Located) -> bool:
    around = squeeze(located.passage.text)
    return bool(_BOTH.search(tidy(around))) or _context_special(located)


def _stated(package: Package, section: Section, located: Located) -> list[Count]:
    statement = located.statement
    text = tidy(statement.text)
    if (
        not _COUNT.search(text)
        or not re.search(r"专项政策|工业互联网", text)
        or statement.status in ("plan", "hypothetical", "in_progress", "requirement")
    ):
        return []
    if located.passage.mode in ("target", "task") or statement.scope not in ("city", "none"):
        return []
    found = []
    for quantity in statement.quantities:
        if quantity.unit not in ("项", "个", "份", "部", "件", "条") or quantity.value is None or quantity.value > 60:
            continue
        if quantity.flags & {"delta", "threshold", "subset", "ordinal", "rank", "share"} or quantity.status in (
            "plan",
            "in_progress",
        ):
            continue
        around = text[max(0, quantity.start - 14) : quantity.end + 10]
        if not _COUNT.search(around) or re.search(
            r"特色政策|省级|国家级|条(?:举措|措施)|任务", text[max(0, quantity.start - 6) : quantity.end + 4]
        ):
            continue
        if quantity.unit == "条":
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
        found.append(Count(evidence, "claim", "policies", quantity, document=section.document.path))
    return found


def _form(package: Package) -> list[Policy]:
    """Rows of the form or of an indicator table that give a policy's number or title."""
    from extract.document import Table

    found: list[Policy] = []
    for section in package.side("claim"):
        for index in range(section.start, section.end):
            block = section.document.blocks[index]
            if not isinstance(block, Table):
                continue
            named = {
                item.row
                for item in indicator_table(package.nlp, block, "none", package.year)
                if item.base is not None and item.links and item.links[0][0] == INDICATOR
            }
            for row in range(block.n_rows):
                cells = section.document.row_cells(index, row)
                label = squeeze(cells[0].text) if cells else ""
                text = " | ".join(cell.text for cell in cells)
                told = any("专项政策" in squeeze(cell.text) and len(squeeze(cell.text)) <= 24 for cell in cells[:3])
                if not told and row not in named:
                    continue
                plain = tidy(text)
                titles = [m[1] for m in _TITLE.finditer(text)]
                number = _number(plain)
                if not number and not titles:
                    continue
                title = next((t for t in titles if subject_of(t) != "general"), "")
                if not title and not number:
                    continue
                if titles and not title:
                    continue
                evidence = package.book.add(
                    "claim", INDICATOR, section.document, Anchor(index, 0, len(text), (row, -1)), status="fact", confidence=block.confidence,
                    facts={"title": squeeze(title), "number": number, "label": label},
                )  # fmt: skip
                rank = rank_of(package, "", number, title, text)
                state: Literal["issued", "draft"] = "draft" if _DRAFT.search(text) else "issued"
                found.append(
                    Policy(
                        evidence,
                        "claim",
                        squeeze(title),
                        "",
                        number,
                        number.partition("〔")[2][:4],
                        rank,
                        state,
                        "dedicated",
                        _until(title, ""),
                        section.document.path,
                    )
                )
    return found


def _there(package: Package, section: Section) -> Policy | None:
    """The policy whose text a proof section holds, if it is one: by its title, then its words."""
    seen = section.portrait
    if seen.kind in (
        "stat_bulletin",
        "commitment_letter",
        "contract",
        "ip_certificate",
        "case_record",
        "roster",
        "fund_document",
        "directory",
        "acceptance_report",
        "test_report",
    ):
        return None
    title = seen.title
    printed = _TITLE.search(title)
    named = printed[1] if printed and _POLICY_WORD.search(printed[1]) else title
    if _is_application(named, seen.number):
        return None
    if not _POLICY_WORD.search(named) or re.search(r"证明|公报|名单|名录|(?<!政策)(?<!措施)清单|汇总|协议|承诺|申报|说明", named):
        return None
    if _NO_POLICY.search(named) or _FIRM_OWN.search(squeeze(named)) or _FIRM_OWN.search(seen.issuer):
        return None
    blocks = body(section.document, section.start, section.end)
    text = "".join(squeeze(block.text) for _, block in blocks)
    if len(text) < 120:
        return None
    subject = subject_of(named, text)
    if subject == "dedicated" and not seen.number and len(_MEASURES.findall(text)) < 3:
        subject = "near"  # neither a document number nor measures: a person must tell what it is
    rank = rank_of(package, seen.issuer, seen.number, named, "")
    if rank == "unknown" and package.names_city(text[:400] + text[-200:]):
        rank = "city"
    draft = seen.draft or bool(_DRAFT.search(squeeze(text[:200])))
    side: Side = "proof"
    evidence = _cite(package, section, named, seen.number, seen.issuer, seen.date)
    return Policy(
        evidence[0], side, squeeze(named), seen.issuer, seen.number, seen.date, rank, "draft" if draft else "issued", subject,
        _until(named + text[-1200:], seen.date), section.document.path, evidence[1:], _ends(text[-1200:], seen.date),
    )  # fmt: skip


_DRAFT_MARK = re.compile(r"[（(](?:公开)?(?:征求意见|送审|讨论|审议|内部)稿?[^）)]{0,6}[）)]|(?:征求意见|送审|讨论)稿")
_AIM = re.compile(r"[^。]{0,160}?5G[^。]{0,60}?工业互联网[^。]{0,160}。?")


def _cite(package: Package, section: Section, title: str, number: str, issuer: str, date: str) -> tuple[str, ...]:
    """Evidence of a policy's text: the line of its title (which stands for the policy), of its number, its aim, its validity."""
    document = section.document
    facts = {"title": squeeze(title), "number": number, "issuer": issuer, "date": date}
    blocks = [(index, block) for index, block in body(document, section.start, section.end) if not hasattr(block, "cells")]
    head = [(index, squeeze(block.text)) for index, block in blocks[:16]]
    named, counted = squeeze(title), number.partition("〔")[2]
    titled = [(named[:40] in text, len(text), -index) for index, text in head if named[:40] in text or (len(text) >= 8 and text in named)]
    cited = [-place for _, _, place in sorted(titled)[-1:]]
    cited += [index for index, text in head if counted and counted in tidy(text).translate(_BRACKETS)][:1]

    def enter(index: int, start: int, end: int) -> str:
        return package.book.add("proof", INDICATOR, document, Anchor(index, start, end), status="fact", facts=facts)

    lengths = {index: len(block.text) for index, block in blocks}
    found = [enter(index, 0, lengths[index]) for index in dict.fromkeys(cited)]
    # What it is for, in its own words; that it is a draft, where it says so apart from its title.
    marked = [(index, match) for index, block in blocks[:16] if index not in cited and (match := _DRAFT_MARK.search(block.text))]
    aims = ((index, match) for index, block in blocks if not isinstance(block, Heading) and len(block.text) >= 20 and (match := _AIM.match(block.text)))
    found += [enter(index, *match.span()) for index, match in [*marked[:1], *itertools.islice(aims, 1)]]
    valid = [(index, match) for index, block in blocks for match in _VALIDITY.finditer(block.text)]
    found += [enter(index, *match.span()) for index, match in valid[-1:]]
    if not found:
        found = [enter(index, 0, 0 if hasattr(block, "cells") else len(block.text)) for index, block in body(document, section.start, section.end)[:1]]
    return tuple(found)
