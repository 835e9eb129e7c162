"""Every code has one sentence, the page of codes is in step with the table, and what is said is clean Chinese."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from extract.problems import ExtractError
from models.catalogue import load_edition
from pipelines.codes import GROUPS, PAGE, PROBLEMS, page
from pipelines.reading import CHANGED, FAILURES
from pipelines.screening import GateVerdict, Reason, Step, Verdict
from pipelines.wording import GATES, SENTENCES, VERDICTS, condition_name, explain, say, sentence

SOURCES = Path(__file__).parents[2] / "pipelines"


def test_the_page_of_reason_codes_is_in_step_with_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "请运行 python -m pipelines.codes"


def test_every_code_stands_in_one_group_of_the_page() -> None:
    assert {code.split(".")[0] for code in SENTENCES} == {group for group, _ in GROUPS}
    assert all(page().count(f"| `{code}` |") == 1 for code in SENTENCES)


def test_every_code_that_the_program_says_is_in_the_table_and_none_is_unused() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in SOURCES.rglob("*.py") if file.name != "wording.py")
    groups = "|".join(group for group, _ in GROUPS)
    said = set(re.findall(rf'"((?:{groups})\.[a-z_0-9]+)"', text))
    mends = {f"mend.{condition.check}" for condition in load_edition().conditions}
    assert said - set(SENTENCES) == set()
    assert set(SENTENCES) - said - mends - {"met", "absent"} == set()


def test_every_problem_of_the_readers_is_on_the_page_and_none_is_unused() -> None:
    text = "".join(file.read_text(encoding="utf-8") for floor in ("extract", "pipelines") for file in (SOURCES.parent / floor).glob("*.py"))
    told = set(re.findall(r'Problem\(\s*"([a-z_]+)"', text)) | {code for code, _, _ in (*FAILURES.values(), CHANGED)}
    raised = {error.code for error in (ExtractError, *ExtractError.__subclasses__())}
    assert {code for code, _ in PROBLEMS} == told | raised


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_fills_its_blanks_and_uses_chinese_punctuation(code: str) -> None:
    blanks = {name for _, name, _, _ in string.Formatter().parse(SENTENCES[code]) if name}
    text = say(code, **dict.fromkeys(blanks, "某"))
    assert "{" not in text and not re.search(r"[\u4e00-\u9fff][,;:?!]|。。|  ", text)
    assert text == sentence(Reason(code, dict.fromkeys(blanks, "某")))


def test_a_code_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("met.everything")


def test_verdicts_and_gates_all_have_words() -> None:
    assert set(VERDICTS) == set(Verdict) and set(GATES) == set(GateVerdict)
    edition = load_edition()
    assert len({condition_name(edition, condition.indicator) for condition in edition.conditions}) == 6


def test_an_explanation_gathers_what_was_left_out_by_reason() -> None:
    steps = [
        Step("clause", "条款"),
        Step("claim", "申报：甲"),
        Step("excluded", "省级，不计", ("E1",)),
        Step("excluded", "省级，不计", ("E2",)),
        Step("excluded", say("no.duplicate", other="乙"), ("E3",)),
        Step("missing", "缺少佐证。"),
        Step("mend", "请补充。"),
    ]
    assert explain(steps) == "要求：条款。申报：甲。未计入：省级，不计（2处）；同一项重复列出，不重复计。缺少佐证。建议：请补充。"
