"""A view of the text for matching: one character for one character, blanks gone, with the way back to the text's own offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.text import half_width, mend_numbers

# Characters that mean the same in numbers, brackets and names; each replaced by exactly one character.
_SAME = {ord(a): b for a, b in zip("○◯﹪﹣–—―－~～∼＜＞≦≧﹙﹚∶", "〇〇%-----~~~<>≤≥()：", strict=True)}
_SAME |= {ord("\u00a0"): " ", ord("\u2002"): " ", ord("\u2003"): " ", ord("\u3000"): " "}

# A letter that OCR read inside a number: “3l.6” is 31.6, “1O0” is 100.
_LETTER_ONE = re.compile(
    r"(?<=[0-9])[lI|](?=[0-9.])|(?<=[0-9.])[lI|](?=[0-9]|[个家项件万亿%])|(?<![A-Za-z])[lI](?=[0-9"
    r"]?\.[0-9])"
)
_LETTER_ZERO = re.compile(r"(?<=[0-9.])[OoQ](?=[0-9.个家项件万亿%])")
# “5C”, “SG”, “56” before a word that only 5G stands before.
_FIVE_G = re.compile(
    r"(?<![A-Za-z0-9])[5S][GC6c](?=(?:\+|十)?工业互联|基站|网络|工厂|专网|全连接|覆盖|模组|应用|融合|用户|终端"
    r"|虚拟专网|信号|宏站)"
)
_WORDLIKE = re.compile(r"[A-Za-z0-9]")
_BLANK = re.compile(r"\s")


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
    plain = half_width(text).translate(_SAME)
    plain = _LETTER_ZERO.sub("0", _LETTER_ONE.sub("1", plain))
    return _FIVE_G.sub("5G", plain)


def view(text: str) -> View:
    """The view of ``text``: tidy, torn numbers mended, blanks gone save those between two Latin words or two numbers."""
    plain = half_width(text).translate(_SAME)
    index: list[int] | range = range(len(plain))
    if _BLANK.search(plain):
        plain, index = mend_numbers(plain)
        kept = [
            i
            for i, character in enumerate(plain)
            if not character.isspace()
            or (0 < i < len(plain) - 1 and character != "\n" and _WORDLIKE.match(plain[i - 1]) and _WORDLIKE.match(plain[i + 1]))
        ]
        index = [index[i] for i in kept]
        plain = "".join(plain[i] for i in kept)
    plain = _LETTER_ZERO.sub("0", _LETTER_ONE.sub("1", plain))
    return View(text, _FIVE_G.sub("5G", plain), tuple(index))
