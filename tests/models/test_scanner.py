"""Many patterns asked at once give what asking one after the other gives, only sooner."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from models import status
from models.scanner import Scanner, first_characters

SENTENCES = [row["text"] for row in yaml.safe_load((Path(__file__).parent.parent / "cases" / "status.yaml").read_text(encoding="utf-8"))]


def one_by_one(patterns: list[str], text: str) -> list[tuple[int, int, int]]:
    compiled = [re.compile(pattern) for pattern in patterns]
    found, at = [], 0
    while at < len(text):
        hit = next(((row, match) for row, pattern in enumerate(compiled) if (match := pattern.match(text, at))), None)
        if hit and hit[1].end() > at:
            found.append((at, hit[1].end(), hit[0]))
            at = hit[1].end()
        else:
            at += 1
    return found


@pytest.mark.parametrize("table", ["cues.tsv", "scopes.tsv"])
def test_the_tables_of_cues_give_what_their_patterns_give_one_by_one(table: str) -> None:
    patterns = [row[0] for row in status._rows(table)]
    scanner = Scanner(patterns)
    assert all(scanner.find(text) == one_by_one(patterns, text) for text in SENTENCES)


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        ("建成|开通", "建开"),
        ("(?:^|(?<=[，]))省级", "省"),
        (r"(?:^|[；;])\s?全省", "；;全" + " \u3000"),
        ("已?建成", "已建"),
        ("[^，]成", None),
        ("(?:已|)", None),
    ],
)
def test_the_characters_that_a_match_can_begin_with(pattern: str, begins: str | None) -> None:
    found = first_characters(pattern)
    assert (found is None) == (begins is None)
    assert set(begins or "") <= (found or frozenset())
    if begins is not None and r"\s" not in pattern:
        assert found == set(begins)
