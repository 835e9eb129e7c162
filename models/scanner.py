"""Many patterns asked at once, each only at the characters that it can begin with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_CATEGORIES = {
    "CATEGORY_DIGIT": frozenset("0123456789"),
    "CATEGORY_SPACE": frozenset(chr(code) for code in range(0x3001) if chr(code).isspace()),
}


class Scanner:
    """Patterns of which the first that fits at a place wins, as in one alternation.

    One alternation over Chinese text tries every pattern at every character; here a character that begins none of them costs
    one look-up. Texts are views: their digits are ASCII, and ``\\d`` is taken to mean those.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        firsts = [first_characters(pattern) for pattern in patterns]
        self.anywhere = self._join([i for i, first in enumerate(firsts) if first is None], patterns)
        self.by_character = {
            character: self._join([i for i, first in enumerate(firsts) if first is None or character in first], patterns)
            for character in frozenset().union(*(first for first in firsts if first is not None))
        }

    @staticmethod
    def _join(rows: list[int], patterns: Sequence[str]) -> re.Pattern[str] | None:
        return re.compile("|".join(f"(?P<c{i}>{patterns[i]})" for i in rows)) if rows else None

    def find(self, text: str, start: int = 0) -> list[tuple[int, int, int]]:
        """(start, end, row of the pattern) of every match, left to right, without overlaps; empty matches are none."""
        found = []
        end = start
        by_character, anywhere = self.by_character, self.anywhere
        for at, character in enumerate(text):
            if at < end:
                continue
            pattern = by_character.get(character, anywhere)
            match = pattern.match(text, at) if pattern is not None else None
            if match is not None and match.end() > at:
                end = match.end()
                found.append((at, end, int((match.lastgroup or "c0")[1:])))
        return found


def first_characters(pattern: str) -> frozenset[str] | None:
    """The characters that a match can begin with; None where that can't be told."""
    found = _firsts(list(_parser.parse(pattern)))
    return found[0] if found is not None and found[1] else None


def _firsts(items: list[Any]) -> tuple[frozenset[str], bool] | None:
    """The characters that items can begin with, and whether they always take one; None where that can't be told."""
    gathered: frozenset[str] = frozenset()
    for operator, argument in items:
        name = str(operator)
        if name in ("ASSERT", "ASSERT_NOT", "AT"):
            continue
        if name == "LITERAL":
            return gathered | {chr(argument)}, True
        if name == "IN":
            members = _members(argument)
            return None if members is None else (gathered | members, True)
        if name == "BRANCH":
            inner, least = [_firsts(list(branch)) for branch in argument[1]], 1
        elif name == "SUBPATTERN":
            inner, least = [_firsts(list(argument[3]))], 1
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            inner, least = [_firsts(list(argument[2]))], argument[0]
        else:
            return None
        for found in inner:
            if found is None:
                return None
            gathered |= found[0]
        if least and all(found is not None and found[1] for found in inner):
            return gathered, True
    return gathered, False


def _members(items: list[Any]) -> frozenset[str] | None:
    members: frozenset[str] = frozenset()
    for kind, value in items:
        if str(kind) == "LITERAL":
            members |= {chr(value)}
        elif str(kind) == "RANGE":
            members |= {chr(code) for code in range(value[0], value[1] + 1)}
        elif str(kind) == "CATEGORY" and str(value) in _CATEGORIES:
            members |= _CATEGORIES[str(value)]
        else:
            return None
    return members
