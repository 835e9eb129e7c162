"""A view of the text for matching: one character for one character, blanks gone, with the way back to the text's own offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.text import half_width, mend_numbers

# Characters that mean the same in numbers, brackets and names; each replaced by exactly one character.
_SAME = {ord(a): b for a, b in zip("○◯﹪﹣–—―－~～∼＜＞≦≧﹙﹚∶", "〇〇%-----~~~<>≤≥()：", strict=True)}
_SAME |= {ord("\u00a0"): " ", ord("\u2002"): " ", ord("\u2003"): " ", ord("\u3000"): " "}
# Plaques and seals are often written in the old characters: those of titles, offices and firms that mean one new one alone.
_OLD = "國級綠廠業產區範試點網聯導發關於與證書機構單術獎優質務製創環車電鐵鋼銅鋁醫藥學實驗訓傳統團總會協門數據標準識億萬頒認評榮譽稱號衛節資訊應聯項體設備運營領軍強農黨華廳灣龍雲東風開動無線"
_NEW = "国级绿厂业产区范试点网联导发关于与证书机构单术奖优质务制创环车电铁钢铜铝医药学实验训传统团总会协门数据标准识亿万颁认评荣誉称号卫节资讯应联项体设备运营领军强农党华厅湾龙云东风开动无线"
_SAME |= {ord(a): b for a, b in zip(_OLD, _NEW, strict=True)}

# A letter that OCR read inside a number: “3l.6” is 31.6, “1O0” is 100.
_LETTER_ONE = re.compile(
    r"(?<=[0-9])[lI|](?=[0-9.])|(?<=[0-9.])[lI|](?=[0-9]|[个家项件万亿%])|(?<![A-Za-z])[lI](?=[0-9"
    r"]?\.[0-9])"
)
# A decimal point read as the dot of names: “1·2万”.
_POINT = re.compile(r"(?<=[0-9])[·•・](?=[0-9])")
_LETTER_ZERO = re.compile(r"(?<=[0-9.])[OoQ]+(?=[0-9.个家项件万亿%])|(?<![A-Za-z0-9])[OoQ](?=\.[0-9])")
# “5C”, “SG”, “56” before a word that only 5G stands before.
_FIVE_G = re.compile(
    r"(?<![A-Za-z0-9])[5S][GC6c](?=(?:\+|十)?工业互联|基站|网络|工厂|专网|全连接|覆盖|模组|应用|融合|用户|终端"
    r"|虚拟专网|信号|宏站)"
)
_WORDLIKE = re.compile(r"[A-Za-z0-9]")
_BLANK = re.compile(r"\s")
_BLANKS = re.compile(r"\s+")
# “新建5 G 专网”: one word.
_TORN_G = re.compile(r"(?<![A-Za-z0-9.,])(?<![0-9.,] )[2-6](?P<blank> +)G(?![A-Za-z0-9])(?! ?[a-z])")
# Thousands set apart by the comma of the sentence: “12，345户”. Where a name ends in a number (附件1，120家), they are two.
_WIDE_COMMA = re.compile(
    r"(?<![\d.,])(?<![件表图第款条号版至到、，])(?P<number>[1-9]\d{0,2}(?:，\d{3})+)(?=(?:\.\d+)?\s?(?:[余多几]|[万亿千百%个家项件台套座户名人位起宗次场"
    r"款种类条部份篇本册张支只架辆艘所处间栋元美欧吨公平亩米]|[;；|）)]|$))(?!\d)"
)


@dataclass(frozen=True, slots=True)
class View:
    """``plain`` is what is matched; ``index[i]`` is the offset in ``text`` of ``plain[i]``."""

    text: str
    plain: str
    index: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets ``[start, end)`` of ``plain`` as offsets of ``text``."""
        if not self.index:
            return 0, 0
        if start >= len(self.index):
            return len(self.text), len(self.text)
        return self.index[start], (self.index[end - 1] + 1 if end > start else self.index[start])

    def slice(self, start: int, end: int) -> str:
        """The words of the text itself behind ``plain[start:end]``."""
        a, b = self.span(start, end)
        return self.text[a:b]


@lru_cache(maxsize=16_384)  # the same cells, names and lines are asked for by many finders
def tidy(text: str) -> str:
    """``text`` with full width as half width, look-alike signs as one, OCR's letters in numbers as digits; same length."""
    return _mended(half_width(text).translate(_SAME))


def _mended(plain: str) -> str:
    """Letters read inside a number, commas of the sentence inside a number, and 5G misread: all one for one."""
    plain = _LETTER_ZERO.sub(lambda match: "0" * len(match[0]), _LETTER_ONE.sub("1", plain))
    plain = _POINT.sub(".", plain)
    if "，" in plain:
        plain = _WIDE_COMMA.sub(lambda match: match[0].replace("，", ","), plain)
    return _FIVE_G.sub("5G", plain)


def view(text: str) -> View:
    """The view of ``text``: tidy, torn numbers mended, blanks gone save those between two Latin words or two numbers."""
    plain = half_width(text).translate(_SAME)
    index: list[int] | range = range(len(plain))
    # A bar set apart parts the cells of a row; it is no 1.
    bars = " |" in plain or "| " in plain
    if _BLANK.search(plain):
        plain, index = mend_numbers(plain)
        gone: set[int] = set()
        for match in _BLANKS.finditer(plain):
            first, last = match.span()
            between = first > 0 and last < len(plain) and _WORDLIKE.match(plain[first - 1]) and _WORDLIKE.match(plain[last])
            # A line break may stand inside a word, but two numbers on two lines, or set wide apart, are two.
            words = between and ("\n" not in match[0] or (plain[first - 1].isdigit() and plain[last].isdigit()))
            gone.update(range(first + bool(words), last))
        for match in _TORN_G.finditer(plain):
            gone.update(range(*match.span("blank")))
        kept = [i for i in range(len(plain)) if i not in gone]
        index = [index[i] for i in kept]
        plain = "".join(" " if (character := plain[i]).isspace() else character for i in kept)
    plain = _mended(plain.replace("|", "\x01")).replace("\x01", "|") if bars else _mended(plain)
    return View(text, plain, tuple(index))
