"""Finds what every document of the package says of incidents: denials, records, promises."""

from __future__ import annotations

import re
from typing import Literal

from extract.document import Anchor, Table
from models.evidence import Scope
from models.facts import Side, Statement, Tristate
from models.package import Package
from models.passages import Passage, Section, passages
from models.portraits import squeeze
from models.status import incident_statements

INDICATOR = "site_visit.preparation"
_HINT = re.compile(r"事件|事故|虚假|弄虚作假|真实|不实|瞒报")
_RULES = re.compile(r"预案|办法|意见|条例|规划|制度|细则|指南|方案")
_FIRM_SIGNED = re.compile(r"(?:公司|集团|工厂|厂|矿)$")
_STATISTIC = re.compile(
    r"各类|共发生|起数|死亡人数|同比|比上年|下降|亿元[^，。]{0,6}死亡|(?:全年|年内|累计)[^，。；]{0,20}事故(?!1起)\d+起"
)
_TRUE = re.compile(
    r"(?:材料|资料|内容|数据|文件|信息|方案)[^，。；]{0,14}(?:真实|属实)|真实性[^，。；]{0,8}(?:负责|承担)|(?:无|没有|不存在|未)[^，。；]{0,6}(?:虚假|弄虚作假|造假|不实|瞒报|伪造)"
)
_TOPICS: dict[str, Literal["network", "safety", "false"]] = {"network": "network", "safety": "safety", "false_material": "false"}
_SEVERITIES: dict[str, Literal["major", "lesser", "unknown"]] = {
    "特别重大": "major", "重大": "major", "较大": "lesser", "一般": "lesser", "": "unknown",
}  # fmt: skip


def find(package: Package) -> list[Statement]:
    """Statements of every section but the letters; the plan's own as claims, all others as proofs."""
    found: list[Statement] = []
    for section in package.sections:
        if section.role == "letter":
            continue
        side: Side = "claim" if section.side == "claim" else "proof"
        # What a policy demands is no record of what happened.
        rules = side == "proof" and section.portrait.kind == "policy_redhead" and bool(_RULES.search(section.portrait.title))
        for passage in passages(section):
            if not _HINT.search(squeeze(passage.text)):
                continue
            for item in incident_statements(_joined(section, passage.anchor, passage.text), cities=package.spellings):
                if item.polarity not in ("none_happened", "happened"):
                    continue
                denial = item.polarity == "none_happened"
                if not denial and item.severity == "" and _STATISTIC.search(squeeze(passage.text)):
                    continue  # how many accidents of all kinds there were says nothing of major ones
                if denial and side == "proof" and _FIRM_SIGNED.search(section.portrait.issuer):
                    continue  # a firm speaks for itself, not for the city
                if denial and (rules or section.side == "none" or passage.mode in ("task", "target")):
                    continue
                if rules and not denial and item.severity == "":
                    continue
                if not denial and re.search(r"守住|守牢|底线|红线|不发生|严防|坚决|确保|杜绝|防止|避免", item.text):
                    continue  # a resolve, whatever its verb
                if (
                    not denial
                    and section.side == "claim"
                    and passage.mode in ("task", "target")
                    and not re.search(r"\d", item.text)
                ):
                    continue  # what must not happen again is no record
                severity = _SEVERITIES.get(item.severity, "unknown")
                if denial and severity == "lesser":
                    continue  # “no 一般 accident at one firm” says nothing of the city's major ones
                own = _own(package, section, item.scope, passage.text)
                if denial and own is not True:
                    continue
                anchor = Anchor(passage.anchor.block, item.start, min(item.end, len(passage.text)), passage.anchor.cell)
                evidence = package.book.add(
                    "claim" if side == "claim" else "proof", INDICATOR, section.document, anchor, status="fact",
                    confidence=passage.confidence, facts={"topic": item.kind, "says": item.polarity, "severity": item.severity},
                )  # fmt: skip
                quote = squeeze(section.document.quote(anchor))[:80]
                says: Literal["none", "occurred"] = "none" if denial else "occurred"
                found.append(Statement(evidence, side, _TOPICS[item.kind], says, severity, own, section.document.path, quote))
            found += _truthful(package, section, passage, side, rules, found)
    return found


def _truthful(
    package: Package, section: Section, passage: Passage, side: Side, rules: bool, found: list[Statement]
) -> list[Statement]:
    """“申报材料真实、准确，无虚假”: no false material, said the other way round."""
    if side == "proof" and _FIRM_SIGNED.search(section.portrait.issuer):
        return []
    if rules or section.side == "none" or passage.mode in ("task", "target") or passage.kind == "row":
        return []
    here = passage.anchor.block
    if any(
        item.topic == "false" and package.book[item.evidence].anchor.block == here
        for item in found
        if item.document == section.document.path
    ):
        return []
    for sentence in re.finditer(r"[^。；;\n]+[。；;]?", passage.text):
        text = squeeze(sentence[0])
        own_words = (
            section.side == "claim" or section.portrait.kind == "commitment_letter" or re.search(r"申报|报送|提交|所提供|所报|上报|呈报", text)
        )
        if (
            own_words
            and _TRUE.search(text)
            and not re.search(r"如有|若有|如不|若不|确保|加强|核实机制|要求|应当|必须", text)
            and _own(package, section, "city", text)
        ):
            anchor = Anchor(here, sentence.start(), sentence.end(), passage.anchor.cell)
            evidence = package.book.add(
                "claim" if side == "claim" else "proof", INDICATOR, section.document, anchor, status="fact",
                confidence=passage.confidence, facts={"topic": "false_material", "says": "none_happened", "severity": ""},
            )  # fmt: skip
            quote = squeeze(section.document.quote(anchor))[:80]
            return [Statement(evidence, side, "false", "none", "major", True, section.document.path, quote)]
    return []


_PART = re.compile(
    r"(?:园区|开发区|高新区|经开区|保税区|新区|港区|矿区|厂区|辖区)(?:范围)?(?:内|里|及)|^(?:本|我|该)?(?:园区|开发区|高新区|经开区|新区|县|区|镇)(?!域)"
)
_PARTS_PAPER = re.compile(r"(?:高新(?:技术产业开发)?|经济技术开发|经开|开发|综合?保税|综保|新)区|园区|产业园|管委会|[\u4e00-\u9fff](?:县|区)(?:人民政府|委|工信|应急)")
_WHOLE_CITY = re.compile(r"全市|我市|本市|市域|市辖区内|各县|各区")


def _of_a_part(package: Package, section: Section, text: str) -> bool:
    """Whether words of a proof are those of a park or a county on itself, by the words or by the paper that holds them."""
    if _WHOLE_CITY.search(text):
        return False
    if _PART.search(text):
        return True
    seen = section.portrait
    whole = package.names_city(text) or re.search(r"市(?:人民政府|委|[\u4e00-\u9fff]{2,10}[局委办])", seen.issuer)
    return bool(_PARTS_PAPER.search(seen.title + seen.issuer)) and not whole


def _own(package: Package, section: Section, scope: Scope, text: str) -> Tristate:
    """Whether the statement is of the applicant: True, False, or None where it can't be told."""
    if scope in ("other_city", "province", "nation", "region"):
        return False
    if scope == "enterprise" and section.side == "claim":
        return True
    if section.side != "claim" and _of_a_part(package, section, squeeze(text)):
        return None  # what a park says of itself says nothing of the city
    if scope in ("city", "county", "none", "enterprise"):
        if section.side == "claim" or package.names_city(squeeze(text)):
            return True
        seen = section.portrait
        if package.names_city(
            seen.head
            + seen.title
            + seen.issuer
            + "".join(squeeze(b.text) for b in section.document.blocks[section.start : section.end][:40])
        ):
            return True
    return None


def _joined(section: Section, anchor: Anchor, text: str) -> str:
    """A row's cells as one sentence of the same length (“… | 无” reads “… ： 无”); other text as it is."""
    if isinstance(section.document.blocks[anchor.block], Table):
        return text.replace(" | ", " ： ")
    return text
