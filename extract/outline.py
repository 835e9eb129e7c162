"""The outline of a Chinese document: printed numbers and looks of a line → heading level."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMERAL = "一二三四五六七八九十百零〇○"
_AFTER_DECIMAL = r"(?=\s*[^\s\d.%％万亿个倍家项元亩公平千兆人次年月日点座台套名条张块G\-~～—至到])"
# Level as printed, most telling first. A number is what stands before the words, with its mark.
_NUMBERS: tuple[tuple[re.Pattern[str], int, str], ...] = (
    (re.compile(rf"第[{_NUMERAL}0-9０-９]{{1,4}}(?:部分|编|篇|章)"), 1, "chapter"),
    (re.compile(rf"第[{_NUMERAL}0-9０-９]{{1,4}}节"), 2, "section"),
    (re.compile(rf"(?:附件|附录|附表|附)[ ]?[{_NUMERAL}0-9０-９]{{1,2}}(?![年月日家项个、，])[：:.．]?"), 1, "annex"),
    (re.compile(rf"[{_NUMERAL}]{{1,4}}[、．.]"), 1, "ideograph"),
    (re.compile(r"[壹贰叁肆伍陆柒捌玖拾]{1,2}(?:[、．.：:]|\s+|(?=[\u4e00-\u9fff]{2}))(?![佰仟万亿元圆整])"), 1, "formal"),
    (re.compile(rf"[（(﹙]\s?[{_NUMERAL}]{{1,4}}\s?[）)﹚]"), 2, "bracketed"),
    # Three numbers in a row are no amount, whatever follows them; two are one before a unit.
    (re.compile(r"[0-9]{1,2}(?:[.．][0-9]{1,2}){2,4}[.．、]?(?=\s*[^\s\d.\-~～—至到/日]|\s+[0-9])"), 0, "decimal"),
    (re.compile(rf"[0-9]{{1,2}}(?:[.．][0-9]{{1,2}}){{1,4}}[.．、]?(?:{_AFTER_DECIMAL}|(?=\s+[0-9]G))"), 0, "decimal"),
    (
        re.compile(r"[0-9０-９]{1,2}[、．](?![0-9０-９]{1,2}[%％万亿个])|[0-9０-９]{1,2}[.](?![0-9])|[0-9]{1,2}[.](?=[0-9]G)"),
        3,
        "arabic",
    ),
    (re.compile(r"[（(]\s?[0-9０-９]{1,2}\s?[）)]|[0-9０-９]{1,2}[）)]"), 4, "bracketed arabic"),
    (re.compile(r"[\u2460-\u2473\u24eb-\u24f4\u2776-\u277f]"), 5, "circled"),
    # The points of an answer, gone through one by one: “指标7 发展管理平台项目数量”.
    (re.compile(r"(?:指标|条件|条目)\s?[0-9]{1,2}(?![0-9.%％万亿个项条家类级年月、，。]|至|—|-)[：:]?"), 3, "point"),
)
_STARTS = frozenset("壹贰叁肆伍陆柒捌玖拾第附指条（(﹙0123456789０１２３４５６７８９" + _NUMERAL) | {
    chr(code) for span in ((0x2460, 0x2474), (0x24EB, 0x24F5), (0x2776, 0x2780)) for code in range(*span)
}
_UNNUMBERED = re.compile(r"(?:目\s*录|目\s*次|前\s*言|引\s*言|摘\s*要|附\s*件|附\s*录|结\s*语|编制说明)")
_DATE = re.compile(r"[0-9〇○零一二三四五六七八九十Xx× ]{2,5}\s*年.{1,4}月(?:.{1,4}日)?")
# How the titles of official documents end: a centred line that ends so is one, even where its size is not known.
_TITLE_END = re.compile(
    r"(?:通知|办法|措施|方案|意见|公报|公告|通告|通报|证明|承诺书|承诺函|名单|名录|函|报告|规划|计划|决定|批复|情况|清单|说明|协议|细则|条例|证书|请示|公示|材料|纪要|摘录|汇编|回复)"
    r"(?:[（(].{1,8}[）)])?$"
)
_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}


class Look(NamedTuple):
    """How a line looks beside the document's body text."""

    size: float = 1.0  # times the body's size
    bold: bool = False  # and the body is not
    centred: bool = False
    alone: bool = True  # a paragraph of its own, the next one is of another kind


class Rank(NamedTuple):
    """A heading's place in the outline."""

    level: int
    number: str
    confidence: float


def kind_of(text: str) -> tuple[str, int, str] | None:
    """The printed number at the start of ``text``, its nominal level (1 highest) and its kind; None where there is none."""
    stripped = text.lstrip(" 　\t")
    if stripped[:1] not in _STARTS:
        return None
    for pattern, level, kind in _NUMBERS:
        match = pattern.match(stripped)
        if match:
            number = match[0].strip()
            if kind == "decimal":
                level = len(re.findall(r"[0-9]+", number))
            return number, min(level, 9), kind
    return None


def number_of(text: str) -> tuple[str, int] | None:
    """The printed number at the start of ``text`` and the heading level it stands for: “（一）目标” → (“（一）”, 2)."""
    found = kind_of(text)
    return (found[0], found[1]) if found else None


def numeral(text: str) -> int | None:
    """A Chinese or Arabic numeral up to 9999 as a number; None where it is none."""
    if re.fullmatch(r"[0-9０-９]+", text):
        return int(text)
    if not text or re.fullmatch(rf"[{_NUMERAL}两千]+", text) is None:
        return None
    if not re.search("[十百千]", text):
        return int("".join(str(_CHINESE_DIGITS[c]) for c in text))
    total = digit = 0
    for character in text:
        unit = {"十": 10, "百": 100, "千": 1000}.get(character)
        if unit:
            total += (digit or 1) * unit
            digit = 0
        else:
            digit = _CHINESE_DIGITS[character]
    return total + digit


def rank(text: str, look: Look) -> Rank | None:
    """The heading that a paragraph is, or None for running text."""
    stripped = text.strip()
    if not stripped or len(stripped) > 90:
        return None
    found = kind_of(stripped)
    styled = look.bold or look.size >= 1.08
    if found:
        return _numbered(stripped, found, look, styled)
    if (
        _DATE.fullmatch(stripped)
        or re.search(r"[。；;！？，：:]$", stripped)
        or len(stripped) > 60
        or not re.search(r"[\u4e00-\u9fffA-Za-z]", stripped)
    ):
        return None
    if _UNNUMBERED.fullmatch(stripped) and (look.centred or styled):
        return Rank(1, "", 0.8)
    if look.centred and look.size >= 1.15:
        return Rank(1, "", 0.8)
    if look.centred and len(stripped) >= 3 and _TITLE_END.search(stripped):
        return Rank(1, "", 0.6)
    if look.size >= 1.3 and "。" not in stripped:
        return Rank(1, "", 0.65)
    if look.bold and len(stripped) <= 30 and not re.search("[。，；]", stripped):
        return Rank(2 if look.size >= 1.08 else 3, "", 0.5)
    return None


def _numbered(text: str, found: tuple[str, int, str], look: Look, styled: bool) -> Rank | None:
    number, level, kind = found
    words = text[len(number) :].strip()
    if kind == "annex" and not words:
        return Rank(1, number, 0.7)
    if not words:
        return None
    inside = len(re.findall("[。；;！？]", words[:-1]))
    ends = re.search(r"[。；;！？，,、：:]$", words) is not None
    commas = len(re.findall("[，,]", words))
    if inside or (ends and not (styled and words.endswith("。") and len(words) <= 40 and not commas)):
        return None
    if kind in ("chapter", "section"):
        return Rank(level, number, 0.95) if len(words) <= 45 else None
    if kind in ("ideograph", "formal", "bracketed", "annex"):
        if len(words) > (50 if styled else 36) or commas > (2 if styled else 1):
            return None
        return Rank(level, number, 0.95 if styled else 0.8)
    if (styled or (kind == "point" and not commas)) and len(words) <= 45:
        return Rank(level, number, 0.85)
    # A plain “1.…” line may as well be an item of a list: only short ones without a stop that stand alone.
    if look.alone and len(words) <= 25 and not commas and not ends:
        return Rank(level, number, 0.6)
    return None


def relevel(levels: list[tuple[int, str]]) -> list[int]:
    """Levels of a document's headings, (nominal level, number) in order, with 一、 below 第一章 where both are used."""
    kinds = [kind_of(number) if number else None for _, number in levels]
    chapters = any(kind and kind[2] == "chapter" for kind in kinds)
    sections = any(kind and kind[2] == "section" for kind in kinds)
    used = {kind[2] for kind in kinds if kind}
    parts = {"formal", "ideograph"} <= used  # 壹 above 一、
    below = (1 if chapters else 0) + (1 if sections else 0) + (1 if parts else 0)
    return [
        level + below if kind and kind[2] not in ("chapter", "section", "annex", "decimal") and not (parts and kind[2] == "formal") else level
        for (level, _), kind in zip(levels, kinds, strict=True)
    ]
