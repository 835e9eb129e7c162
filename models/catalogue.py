"""The catalogue of an edition: 37 indicators, six conditions, scenarios and titles, as data with their source.

``load_edition()`` reads a folder of YAML files and refuses a bad one with file, line and reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

EDITIONS = Path(__file__).parent / "editions"
DEFAULT_EDITION = "2023"
COMPARATORS = (">", ">=", "==", "<", "<=")
CHECK_NAMES = ("policies", "density", "scenarios", "listed_projects", "titles", "statement")
FILES = ("edition.yaml", "indicators.yaml", "conditions.yaml", "scenarios.yaml", "titles.yaml")


class CatalogueError(Exception):
    """A catalogue that cannot be used: file, line (from 1) and the reason in Chinese."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(f"指标版本文件 {file.name} 第{line}行有误：{reason}。请改正该行后重新运行。")
        self.file, self.line, self.reason = file, line, reason


@dataclass(frozen=True, slots=True)
class Level1:
    """A first-level indicator with its official points."""

    id: str
    name: str
    points: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the 37 third-level indicators."""

    id: str
    level1: str
    level2: str
    level3: str
    mandatory: bool
    labels: tuple[str, ...]
    cue_words: tuple[str, ...]
    units: tuple[str, ...]
    proof_kinds: tuple[str, ...]

    @property
    def short(self) -> str:
        """A short name for tables: the first label."""
        return self.labels[0] if self.labels else self.level3


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that may not be missed: names its check and carries threshold, comparator and clause.

    ``each`` is the inner threshold (scenarios a factory), ``alternative`` the other branch's threshold (pilots), ``tolerance`` the
    relative difference within which two figures agree.
    """

    indicator: str
    check: str
    clause: str
    threshold: Decimal
    comparator: str
    each: int = 0
    alternative: int = 0
    tolerance: Decimal = Decimal("0.02")

    def reached(self, value: Decimal) -> bool:
        """Whether a figure satisfies the clause."""
        match self.comparator:
            case ">":
                return value > self.threshold
            case ">=":
                return value >= self.threshold
            case "==":
                return value == self.threshold
            case "<":
                return value < self.threshold
            case _:
                return value <= self.threshold


@dataclass(frozen=True, slots=True)
class Scenario:
    """One of the published typical scenarios: ``spellings`` are the same name, ``synonyms`` a weaker match."""

    number: int
    name: str
    spellings: tuple[str, ...]
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme that gives titles of ministerial rank."""

    id: str
    names: tuple[str, ...]
    issuers: tuple[str, ...]
    holder: str
    years: int
    mark: str


@dataclass(frozen=True, slots=True)
class Titles:
    """The catalogue of titles, with what looks like one and is none."""

    programmes: tuple[Programme, ...]
    factory_lists: tuple[str, ...]
    pilot_names: tuple[str, ...]
    pilot_direction: tuple[str, ...]
    qualifications: tuple[str, ...]
    not_ministerial: tuple[str, ...]
    lower_rank: tuple[str, ...]
    ministries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the scheme, whole. ``hash`` is the SHA-256 over its files."""

    id: str
    edition: str
    name: str
    title: str
    notice: str
    pilot_years: int
    level1: tuple[Level1, ...]
    indicators: tuple[Indicator, ...]
    conditions: tuple[Condition, ...]
    scenarios: tuple[Scenario, ...]
    titles: Titles
    separately_planned: tuple[str, ...]
    proof_kinds: dict[str, str]
    hash: str

    def indicator(self, indicator_id: str) -> Indicator:
        """An indicator by its id; KeyError if there is none."""
        for indicator in self.indicators:
            if indicator.id == indicator_id:
                return indicator
        raise KeyError(indicator_id)

    def condition(self, indicator_id: str) -> Condition | None:
        """The condition on an indicator, if it has one."""
        return next((condition for condition in self.conditions if condition.indicator == indicator_id), None)


class _Lines(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # ten times as fast where libyaml is there
    """A loader that remembers the line of every mapping under the key ``__line__``."""


def _mapping(loader: _Lines, node: yaml.MappingNode) -> dict[str, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.constructor.ConstructorError(None, None, f"重复的键 {key.value}", key.start_mark)
        seen.add(key.value)
    result: dict[str, Any] = {str(key): value for key, value in loader.construct_mapping(node, deep=True).items()}
    result["__line__"] = node.start_mark.line + 1
    return result


_Lines.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


class _Reader:
    """Takes fields out of one mapping of one file and refuses what is missing or of the wrong kind."""

    def __init__(self, file: Path, row: Any, line: int = 1) -> None:
        self.file = file
        if not isinstance(row, dict):
            raise CatalogueError(file, line, "此处应为“键: 值”的映射")
        self.row = row
        self.line = int(row.get("__line__", line))

    def fail(self, reason: str) -> CatalogueError:
        return CatalogueError(self.file, self.line, reason)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.row.get(key, default)
        if value is None or isinstance(value, dict | list | bool) or (not str(value).strip() and default is None):
            raise self.fail(f"缺少“{key}”或其值不是文字")
        return str(value)

    def number(self, key: str, default: int | None = None) -> int:
        value = self.row.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fail(f"“{key}”应为整数")
        return value

    def decimal(self, key: str, default: str | None = None) -> Decimal:
        value = self.row.get(key, default)
        try:
            if value is None or isinstance(value, bool):
                raise InvalidOperation
            result = Decimal(str(value))
        except InvalidOperation:
            raise self.fail(f"“{key}”应为数字") from None
        if not result.is_finite():
            raise self.fail(f"“{key}”应为有限的数字")
        return result

    def texts(self, key: str, default: Iterable[str] | None = None) -> tuple[str, ...]:
        value = self.row.get(key, default)
        if not isinstance(value, list | tuple) or any(isinstance(item, dict | list) or item is None for item in value):
            raise self.fail(f"“{key}”应为文字的列表")
        return tuple(str(item) for item in value)

    def rows(self, key: str) -> list[_Reader]:
        value = self.row.get(key)
        if not isinstance(value, list) or not value:
            raise self.fail(f"“{key}”应为非空的列表")
        return [_Reader(self.file, item, self.line) for item in value]


def _load(file: Path) -> Any:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Lines)
    except FileNotFoundError:
        raise CatalogueError(file, 1, "文件不存在") from None
    except UnicodeDecodeError:
        raise CatalogueError(file, 1, "不是 UTF-8 编码的文本") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise CatalogueError(
            file, mark.line + 1 if mark else 1, f"不是合法的 YAML（{getattr(error, 'problem', error)}）"
        ) from None


def _list(file: Path) -> list[_Reader]:
    rows = _load(file)
    if not isinstance(rows, list) or not rows:
        raise CatalogueError(file, 1, "此文件应为非空的列表")
    return [_Reader(file, row) for row in rows]


def editions() -> list[str]:
    """The names of the editions that come with the program."""
    return sorted(folder.name for folder in EDITIONS.iterdir() if (folder / "edition.yaml").is_file())


def load_edition(edition: str | Path = DEFAULT_EDITION) -> Edition:
    """An edition by its name or its folder; ``CatalogueError`` names file, line and reason, ``LookupError`` an unknown edition."""
    folder = Path(edition)
    if not folder.is_dir():
        folder = EDITIONS / str(edition)
        if not folder.is_dir() or str(edition) not in editions():
            known = "、".join(editions())
            raise LookupError(f"没有名为“{edition}”的指标版本，也没有这个文件夹。可用的版本：{known}；自定义版本请给出其文件夹。")
    return _load_folder(folder.resolve(), _hash(folder))


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in FILES:
        file = folder / name
        digest.update(name.encode() + b"\0" + (file.read_bytes().replace(b"\r\n", b"\n") if file.is_file() else b"") + b"\0")
    return digest.hexdigest()


@lru_cache(maxsize=8)
def _load_folder(folder: Path, digest: str) -> Edition:
    top = _Reader(folder / "edition.yaml", _load(folder / "edition.yaml"))
    level1 = tuple(Level1(r.text("id"), r.text("name"), r.number("points")) for r in top.rows("level1"))
    if sum(row.points for row in level1) != 100:
        raise top.fail("一级指标的分值之和应为100")
    kinds = top.row.get("proof_kinds")
    if not isinstance(kinds, dict):
        raise top.fail("“proof_kinds”应为“键: 名称”的映射")
    proof_kinds = {str(key): str(value) for key, value in kinds.items() if key != "__line__"}
    names1 = {row.id for row in level1}
    indicators: list[Indicator] = []
    for row in _list(folder / "indicators.yaml"):
        indicator_id = row.text("id")
        area = indicator_id.split(".")[0]
        if area not in names1:
            raise row.fail(f"指标“{indicator_id}”不属于任何一级指标")
        if any(other.id == indicator_id for other in indicators):
            raise row.fail(f"指标“{indicator_id}”重复")
        if not isinstance(row.row.get("mandatory"), bool):
            raise row.fail("“mandatory”应为 true 或 false")
        unknown = [kind for kind in row.texts("proof_kinds", ()) if kind not in proof_kinds]
        if unknown:
            raise row.fail(f"佐证类型“{unknown[0]}”未在 edition.yaml 中列出")
        units: list[str] = []
        for slot in row.row.get("quantities") or ():
            units += _Reader(row.file, slot, row.line).text("unit", "").split("/")
        indicators.append(
            Indicator(
                indicator_id, area, row.text("level2"), row.text("level3"), row.row["mandatory"],
                row.texts("labels", ()), row.texts("cue_words", ()), tuple(unit for unit in units if unit), row.texts("proof_kinds", ()),
            )
        )  # fmt: skip
    conditions: list[Condition] = []
    for row in _list(folder / "conditions.yaml"):
        indicator_id, check, comparator = row.text("indicator"), row.text("check"), row.text("comparator")
        known = next((indicator for indicator in indicators if indicator.id == indicator_id), None)
        if known is None:
            raise row.fail(f"没有指标“{indicator_id}”")
        if not known.mandatory:
            raise row.fail(f"指标“{indicator_id}”不是不可偏离条件")
        if check not in CHECK_NAMES:
            raise row.fail(f"没有名为“{check}”的核验（可用：{'、'.join(CHECK_NAMES)}）")
        if comparator not in COMPARATORS:
            raise row.fail(f"比较符“{comparator}”不可用（可用：{' '.join(COMPARATORS)}）")
        if any(other.indicator == indicator_id for other in conditions):
            raise row.fail(f"指标“{indicator_id}”的条件重复")
        threshold = row.decimal("threshold")
        if threshold < 0:
            raise row.fail("“threshold”不能为负数")
        conditions.append(
            Condition(
                indicator_id, check, row.text("clause"), threshold, comparator,
                row.number("each", 0), row.number("alternative", 0), row.decimal("tolerance", "0.02"),
            )
        )  # fmt: skip
    missing = [i.id for i in indicators if i.mandatory and not any(c.indicator == i.id for c in conditions)]
    if missing:
        raise CatalogueError(folder / "conditions.yaml", 1, f"不可偏离条件“{missing[0]}”没有写明核验办法")
    scenarios = tuple(
        Scenario(row.number("number"), row.text("name"), row.texts("spellings", ()), row.texts("synonyms", ()))
        for row in _list(folder / "scenarios.yaml")
    )
    if len({scenario.name for scenario in scenarios}) != len(scenarios):
        raise CatalogueError(folder / "scenarios.yaml", 1, "典型应用场景名称重复")
    return Edition(
        top.text("id"), top.text("edition"), top.text("name"), top.text("title"), top.text("notice", ""), top.number("pilot_years", 3),
        level1, tuple(indicators), tuple(conditions), scenarios, _titles(folder / "titles.yaml"),
        top.texts("separately_planned", ()), proof_kinds, digest,
    )  # fmt: skip


def _titles(file: Path) -> Titles:
    top = _Reader(file, _load(file))
    programmes = tuple(
        Programme(r.text("id"), r.texts("names"), r.texts("issuers"), r.text("holder"), r.number("years", 0), r.text("mark", ""))
        for r in top.rows("programmes")
    )
    lists = _Reader(file, top.row.get("five_g_factory"), top.line)
    return Titles(
        programmes, lists.texts("lists"), lists.texts("pilot"), lists.texts("pilot_direction"),
        top.texts("qualifications"), top.texts("not_ministerial"), top.texts("lower_rank"), top.texts("ministries"),
    )  # fmt: skip
