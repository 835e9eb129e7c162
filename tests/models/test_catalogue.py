"""The catalogue as data: whole as it ships, refused by file and line where it is wrong, and nothing but itself when edited."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from models.catalogue import EDITIONS, CatalogueError, Condition, editions, load_edition
from models.facts import Case, Figure, exact
from pipelines.checks import CHECKS
from pipelines.screening import Verdict


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EDITIONS / "2023", tmp_path / "试用"))


def line_of(file: Path, text: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_edition_is_whole() -> None:
    edition = load_edition()
    assert len(edition.indicators) == 37 and len(edition.conditions) == 6 and len(edition.scenarios) == 20
    assert {c.indicator for c in edition.conditions} == {i.id for i in edition.indicators if i.mandatory}
    assert sum(level.points for level in edition.level1) == 100 and edition.pilot_years == 3
    assert set(edition.separately_planned) == {"大连市", "青岛市", "宁波市", "厦门市", "深圳市"}
    assert {c.check for c in edition.conditions} == set(CHECKS)


def test_the_shipped_thresholds_are_those_of_the_rules() -> None:
    by_check = {c.check: c for c in load_edition().conditions}
    assert not by_check["density"].reached(Decimal("30")) and by_check["density"].reached(Decimal("30.01"))
    assert by_check["scenarios"].reached(Decimal(5)) and by_check["scenarios"].each == 10
    assert by_check["listed_projects"].alternative == 1 and not by_check["titles"].reached(Decimal(4))


@pytest.mark.parametrize(
    ("comparator", "value", "reached"),
    [(">", "30", False), (">=", "30", True), ("==", "30", True), ("<", "30", False), ("<=", "30", True), (">", "30.1", True)],
)
def test_a_condition_compares_exactly(comparator: str, value: str, reached: bool) -> None:
    assert Condition("x", "density", "", Decimal(30), comparator).reached(Decimal(value)) is reached


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("conditions.yaml", "threshold: 30", "threshold: 三十", "应为数字"),
        ("conditions.yaml", "threshold: 30", "threshold: -1", "不能为负数"),
        ("conditions.yaml", 'comparator: ">"\n', 'comparator: "≧"\n', "比较符"),
        ("conditions.yaml", "check: density", "check: guess", "没有名为“guess”的核验"),
        ("conditions.yaml", "indicator: infrastructure.coverage_5g", "indicator: infrastructure.nothing", "没有指标"),
        ("conditions.yaml", "indicator: infrastructure.coverage_5g", "indicator: infrastructure.edge_computing", "不是不可偏离条件"),
        ("conditions.yaml", "clause: 每万人拥有5G基站数超过30个", "clause: ", "缺少“clause”"),
    ],
)
def test_a_bad_condition_is_refused_with_file_line_and_reason(copy: Path, name: str, old: str, new: str, reason: str) -> None:
    change(copy / name, old, new)
    with pytest.raises(CatalogueError) as caught:
        load_edition(copy)
    message = str(caught.value)
    assert name in message and reason in message and "请改正" in message
    # The row that the wrong field belongs to.
    assert abs(caught.value.line - line_of(copy / name, new.strip() if new.strip() != "clause:" else "check: density")) <= 5


def test_a_missing_condition_a_doubled_key_and_broken_yaml_are_refused(copy: Path) -> None:
    file = copy / "conditions.yaml"
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole[: whole.index("- indicator: site_visit")], encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"site_visit\.preparation"):
        load_edition(copy)
    file.write_text(whole.replace("  threshold: 30\n", "  threshold: 30\n  threshold: 20\n"), encoding="utf-8")
    with pytest.raises(CatalogueError, match="重复的键 threshold") as caught:
        load_edition(copy)
    assert caught.value.line == line_of(file, "threshold: 20")
    file.write_text(whole + "\n - [", encoding="utf-8")
    with pytest.raises(CatalogueError, match="不是合法的 YAML"):
        load_edition(copy)
    file.unlink()
    with pytest.raises(CatalogueError, match="文件不存在"):
        load_edition(copy)


def test_a_doubled_indicator_and_points_that_miss_100_are_refused(copy: Path) -> None:
    file = copy / "indicators.yaml"
    text = file.read_text(encoding="utf-8")
    first, second = [line for line in text.splitlines() if line.startswith("- id:")][:2]
    file.write_text(text.replace(second, first, 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match="重复") as caught:
        load_edition(copy)
    assert caught.value.file.name == "indicators.yaml" and caught.value.line > 1
    file.write_text(text, encoding="utf-8")
    points = load_edition(copy).level1[0].points
    change(copy / "edition.yaml", f"points: {points}", f"points: {points + 1}")
    with pytest.raises(CatalogueError, match="分值之和应为100"):
        load_edition(copy)


def test_an_unknown_edition_names_those_there_are() -> None:
    with pytest.raises(LookupError, match="2023"):
        load_edition("1999")
    assert editions() == ["2023"]


def test_a_threshold_edited_from_30_to_35_changes_that_verdict_and_nothing_else(copy: Path) -> None:
    change(copy / "conditions.yaml", "threshold: 30", "threshold: 35")
    old, new = load_edition(), load_edition(copy)
    assert old.hash != new.hash and old.indicators == new.indicators and old.titles == new.titles
    figures = tuple(Figure(f"E{number}", side, "ratio", exact("33.3")) for number, side in enumerate(("claim", "proof")))  # type: ignore[arg-type]
    case = Case(("明州市",), "2024-09", figures=figures)
    verdicts = [[CHECKS[c.check](c, case).verdict for c in edition.conditions] for edition in (old, new)]
    changed = [c.check for c, one, two in zip(old.conditions, *verdicts, strict=True) if one is not two]
    assert changed == ["density"] and Verdict.MET in verdicts[0] and Verdict.UNMET in verdicts[1]


def test_line_ends_of_another_system_do_not_change_the_hash(copy: Path) -> None:
    for file in copy.glob("*.yaml"):
        file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert load_edition(copy).hash == load_edition().hash
