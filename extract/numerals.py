"""Numbers as lists print them: 一, 甲, ①, iv."""

from __future__ import annotations

_CHINESE = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def chinese(number: int, digits: str = _CHINESE, units: tuple[str, str, str] = ("十", "百", "千"), zero: str = "零") -> str:
    """1 to 9999 in Chinese as it is spoken: 12 → 十二, 105 → 一百零五."""
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    out, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(out)
            continue
        out += (zero if gap else "") + digits[digit] + (units[place - 1] if place else "")
        gap = False
    ten = digits[1] + units[0]
    return out[1:] if digits is _CHINESE and out.startswith(ten) else out


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9,
        "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        out += sign * (number // value)
        number %= value
    return out


def _letter(number: int, first: str) -> str:
    return chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 26 * 20 else str(number)


def _signs(number: int, *runs: tuple[int, int, int]) -> str:
    """A sign of its own for a number: (first number, last number, code of the first)."""
    return next((chr(code + number - low) for low, high, code in runs if low <= number <= high), str(number))


def numeral(number: int, form: str, pad: int = 0) -> str:
    """``number`` in one of Word's number formats; unknown formats print as plain digits."""
    match form:
        case "none":
            return ""
        case "decimalZero":
            return f"{number:02d}"
        case "upperRoman":
            return _roman(number)
        case "lowerRoman":
            return _roman(number).lower()
        case "upperLetter":
            return _letter(number, "A")
        case "lowerLetter":
            return _letter(number, "a")
        case (
            "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseDigitalTenThousand"
            | "koreanDigital2"
        ):
            return chinese(number)
        case "chineseCounting" | "taiwaneseCounting":
            return chinese(number) if number < 100 else "".join(_CHINESE[int(digit)] for digit in str(number))
        case "ideographDigital" | "taiwaneseDigital":
            return "".join(_CHINESE[int(digit)] for digit in str(abs(number)))
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return chinese(number, _LEGAL, ("拾", "佰", "仟"))
        case "ideographTraditional":
            return _STEMS[(number - 1) % 10] if number > 0 else str(number)
        case "ideographZodiac":
            return _BRANCHES[(number - 1) % 12] if number > 0 else str(number)
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return _signs(number, (1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))
        case "ideographEnclosedCircle":
            return _signs(number, (1, 10, 0x3280))
        case "decimalEnclosedParen":
            return _signs(number, (1, 20, 0x2474))
        case "decimalEnclosedFullstop":
            return _signs(number, (1, 20, 0x2488))
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(number).translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
        case "ordinal":
            ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
            return f"{number}{ending}"
        case _:
            return str(number).zfill(pad) if pad else str(number)
