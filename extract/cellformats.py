"""A cell's number as the sheet shows it: decimals, thousands, percent, dates, by Excel's format codes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

# Formats that files name by number only; 27 to 58 as a Chinese Excel shows them.
BUILTIN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "General",
    13: "General",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0", 42: "#,##0;-#,##0", 43: "#,##0.00;-#,##0.00", 44: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "h:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_TOKEN = re.compile(r'"[^"]*"|\\.|!.|_.|\*.|\[[^\]]*\]|General|AM/PM|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[aA]{3,4}|.', re.DOTALL)


def plain(value: float) -> str:
    """A number without a format: no trailing zeros, no noise of binary fractions, no exponent where digits will do."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if abs(value) < 1e15 and value.is_integer():
        return str(int(value))
    text = f"{value:.11g}" if abs(value) < 1e11 else f"{value:.15g}"
    if "e" in text:
        try:
            text = f"{Decimal(text):f}" if 1e-9 < abs(value) < 1e18 else text.upper()
        except InvalidOperation:
            return text
    return text


def as_shown(value: float, code: str, *, from_1904: bool = False) -> str:
    """``value`` under a format code such as ``0.0%`` or ``yyyy"年"m"月"``; unknown codes show the plain number."""
    if not code or code == "General" or code == "@":
        return plain(value)
    sections = _sections(code)
    section = sections[0]
    if len(sections) > 1 and value < 0:
        section, value = sections[1], abs(value)
    elif len(sections) > 2 and value == 0:
        section = sections[2]
    if is_date(section):
        return _date(value, _tokens(section), from_1904)
    return _figure(value, section)


@lru_cache(maxsize=2000)
def _sections(code: str) -> tuple[str, ...]:
    parts, current = [], ""
    for token in _TOKEN.findall(code):
        if token == ";":
            parts.append(current)
            current = ""
        else:
            current += token
    return (*parts, current)


@lru_cache(maxsize=2000)
def _tokens(section: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(section))


@lru_cache(maxsize=2000)
def is_date(code: str) -> bool:
    """Whether a format code shows a date or a time."""
    tokens = _tokens(code)
    if any(re.fullmatch(r"\[(h+|m+|s+)\]", token, re.IGNORECASE) for token in tokens):
        return True
    bare = [token for token in tokens if token[0] not in '"\\!_*[' and token != "General"]
    return any(token[0] in "yYmMdDhHsS" or token == "AM/PM" for token in bare) and not any(token in "0#?" for token in bare)


def _date(value: float, tokens: tuple[str, ...], from_1904: bool) -> str:
    try:
        # Excel counts a 29 February 1900 that never was; all real dates are later.
        start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
        when = start + timedelta(seconds=round(value * 86400))
    except (OverflowError, ValueError):
        return plain(value)
    half = "AM/PM" in tokens
    out: list[str] = []
    clock = ""  # the last unit shown, to tell minutes from months
    for index, token in enumerate(tokens):
        lower = token.lower()
        if token[0] in '"':
            out.append(token[1:-1])
        elif token[0] in "\\!":
            out.append(token[1:])
        elif token[0] in "_*":
            continue
        elif token[0] == "[":
            if re.fullmatch(r"\[h+\]", lower):
                out.append(str(int(value * 24 + 1e-9)))
                clock = "h"
        elif lower == "am/pm":
            out.append("AM" if when.hour < 12 else "PM")
        elif lower[0] == "y":
            out.append(f"{when.year:04d}" if len(token) > 2 else f"{when.year % 100:02d}")
        elif lower[0] == "m":
            following = next((later.lower()[0] for later in tokens[index + 1 :] if later[0] in "yYdDhHsS"), "")
            if clock == "h" or following == "s":
                out.append(f"{when.minute:02d}" if len(token) > 1 else str(when.minute))
            else:
                out.append(
                    _MONTHS[when.month - 1] if len(token) > 2 else f"{when.month:02d}" if len(token) == 2 else str(when.month)
                )
            clock = "m"
        elif lower[0] == "d":
            out.append(f"{when.day:02d}" if len(token) == 2 else str(when.day) if len(token) == 1 else _weekday(when))
            clock = "d"
        elif lower[0] == "h":
            hour = (when.hour - 1) % 12 + 1 if half else when.hour
            out.append(f"{hour:02d}" if len(token) > 1 else str(hour))
            clock = "h"
        elif lower[0] == "s":
            out.append(f"{when.second:02d}" if len(token) > 1 else str(when.second))
            clock = "s"
        elif lower[:3] == "aaa":
            out.append(_weekday(when))
        elif token not in "@;":
            out.append(token)
    return "".join(out).strip() or plain(value)


def _weekday(when: datetime) -> str:
    return "星期" + "一二三四五六日"[when.weekday()]


class _Plan(NamedTuple):
    """A numeric section of a format code, understood once."""

    before: str
    after: str
    whole: int = 0
    fraction: int = 0
    optional: int = 0
    thousands: bool = False
    factor: float = 1.0
    kind: str = "digits"  # "plain": the figure as it is; "words": no place for digits at all


def _figure(value: float, section: str) -> str:
    """Digits placed as ``0.00``, ``#,##0``, ``0%`` ask for; words in quotes stand where the code has them."""
    plan = _plan(section)
    if plan.kind == "words":
        return plan.before.strip() if section else plain(value)
    if plan.kind == "plain" or abs(value) > 1e15:
        return plan.before + plain(value) + plan.after
    # Halves round up as in a sheet: fifteen digits are what it keeps, the nudge lies below them.
    number = abs(value) * plan.factor * (1 + 4e-15)
    text = f"{number:,.{plan.fraction}f}" if plan.thousands else f"{number:.{plan.fraction}f}"
    head, dot, tail = text.partition(".")
    if plan.optional:
        keep = plan.fraction - plan.optional
        tail = tail[:keep] + tail[keep:].rstrip("0")
        dot = "." if tail else ""
    if plan.whole > 1 and not plan.thousands:
        head = head.zfill(plan.whole)
    sign = "-" if value < 0 and any(digit in "123456789" for digit in text) else ""
    return (plan.before.lstrip() + sign + head + dot + tail + plan.after).strip()


@lru_cache(maxsize=2000)
def _plan(section: str) -> _Plan:
    tokens = _tokens(section)
    before: list[str] = []
    after: list[str] = []
    whole = fraction = optional = 0
    point = thousands = seen = False
    factor = 1.0
    for index, token in enumerate(tokens):
        if token in ("General", "E", "e", "/"):
            # Exponents and fractions are too rare to rebuild; the figure itself is right.
            rest = (part[1:-1] for part in tokens[index + 1 :] if part[0] == '"')
            return _Plan("".join(before), "".join(rest), kind="plain")
        if token in "0#?":
            seen = True
            if point:
                fraction += 1
                optional = optional + 1 if token != "0" else 0
            elif token == "0":
                whole += 1
        elif token == "." and not point:
            point = seen = True
        elif token == ",":
            if re.match(r"[,0#?]*[0#?]", "".join(tokens[index + 1 :])) and not point:
                thousands = True
            else:
                factor /= 1000
        elif token == "%":
            factor *= 100
            after.append("%")
        elif token[0] in "_*":
            continue
        elif token[0] == "[":
            money = re.match(r"\[\$([^\]-]+)", token)
            if money:
                (after if seen else before).append(money[1])
        elif token[0] == '"':
            (after if seen else before).append(token[1:-1])
        elif token[0] in "\\!":
            (after if seen else before).append(token[1:])
        elif token != "@":
            (after if seen else before).append(token)
    kind = "digits" if seen else "words"
    return _Plan("".join(before), "".join(after), whole, fraction, optional, thousands, factor, kind)
