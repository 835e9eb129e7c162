"""Characters of symbol fonts (Wingdings and its kin) as the signs that a reader sees."""

from __future__ import annotations

import re

# Ticks and boxes decide what a form says; bullets only adorn.
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥",
    0x78: "☒",
    0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xB2: "✧", 0xB6: "☆", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xE8: "➔",
    0xF0: "⇨",
    0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "×",
    0x50: "√",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x2A: "□",
    0x30: "□",
    0x97: "●",
    0xA2: "■",
    0xA3: "□",
    0x98: "●",
}
_SYMBOL = {
    0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xB1: "±", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°", 0x6D: "μ", 0x44: "Δ",
    0x53: "Σ",
    0x57: "Ω", 0xAE: "→", 0xAC: "←", 0xA5: "∞", 0xD6: "√", 0x2D: "−", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0x2B: "+", 0x25: "%",
}  # fmt: skip
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(font: str, code: str) -> str:
    """A ``w:sym``: the sign for a code (hexadecimal) of a symbol font; the plain character of any other font."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    low = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    table = _FONTS.get(font.lower())
    if table and low in table:
        return table[low]
    if table or 0xE000 <= number <= 0xF8FF:
        return "•" if 0xF000 <= number <= 0xF0FF or table else ""
    return chr(number) if 31 < number < 0x110000 else ""


def shown(text: str, font: str) -> str:
    """Text with its private-use characters (and, in a symbol font, all of them) as the signs they look like; same length."""
    table = _FONTS.get(font.lower())
    if table:
        return "".join(table.get(ord(char) & 0xFF, "•") if ord(char) >= 0xF000 else table.get(ord(char), char) for char in text)
    return _PRIVATE.sub(lambda match: _WINGDINGS.get(ord(match[0]) & 0xFF, "•"), text)
