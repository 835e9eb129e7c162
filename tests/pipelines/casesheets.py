"""Builds a ``Case`` from a case sheet: facts as a clerk writes them, in Chinese words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from models.evidence import Quantity
from models.facts import Case, Count, Echo, Entry, Factory, Figure, Policy, ScenarioHit, Statement, Title, Unread

SHEETS = Path(__file__).parents[1] / "cases"
SIDES = {"申报": "claim", "佐证": "proof"}
RANKS = {
    "国家": "nation", "省": "province", "市": "city", "区县": "county", "协会": "association", "企业资质": "qualification", "不明": "unknown",
}  # fmt: skip
OWN = {"是": True, "否": False, "不明": None}
WORDS = {
    "state": {
        "印发": "issued", "征求意见": "draft", "拟出台": "planned", "废止": "repealed", "不明": "unknown",
        "授予": "granted", "公示": "announced", "申报中": "applying", "失效": "expired",
    },
    "subject": {"专项": "dedicated", "相近": "near", "一般": "general"},
    "what": {"专项政策": "policies", "工厂": "factories", "名录": "listed", "试点示范": "pilots", "称号": "titles"},
    "kind": {"比值": "ratio", "基站": "stations", "人口": "people"},
    "roster": {
        "5G工厂名录": "factory_list", "试点示范": "pilot", "省级名单": "lower", "公示": "announced", "申报中": "applying", "不明": "unknown",
    },
    "topic": {"网络": "network", "生产": "safety", "虚假": "false"},
    "says": {"未发生": "none", "发生": "occurred", "今后保证": "pledge"},
    "severity": {"重大": "major", "较大": "lesser", "一般": "lesser", "不明": "unknown"},
    "side": SIDES, "rank": RANKS, "own": OWN, "issued": OWN,
}  # fmt: skip
_SIGNS = {"约": "~", "超": ">", "不少于": ">=", "近": "<", "不足": "<", "": "="}


@dataclass(frozen=True)
class Sheet:
    """One case of a sheet with what is expected of it."""

    file: str
    name: str
    case: Case
    verdict: str
    value: str
    reasons: tuple[str, ...]


def quantity(text: str) -> Quantity:
    """“约30”, “超30”, “不少于5”, “近30”, “5—8”, “30.0”, “412.6万” as a quantity."""
    match = re.fullmatch(r"(约|超|不少于|近|不足|)(\d+(?:\.\d+)?)(?:—(\d+(?:\.\d+)?))?(万?)", str(text))
    assert match, text
    scale = 10000 if match[4] else 1
    low = Decimal(match[2]) * scale
    high = Decimal(match[3]) * scale if match[3] else low
    sign = _SIGNS[match[1]]
    bounds = {">": (low, None), ">=": (low, None), "<": (None, high)}.get(sign, (low, high))
    return Quantity(bounds[0], bounds[1], "个", operator=sign, text=str(text))  # type: ignore[arg-type]


def hits(text: str) -> tuple[ScenarioHit, ...]:
    """“1-9 ~10 x视频监控”: official scenarios by number, “~” by a synonym alone, “x” not among the twenty."""
    found: list[ScenarioHit] = []
    for token in str(text).split():
        span = re.fullmatch(r"(~?)(\d+)(?:-(\d+))?", token)
        if span:
            level = "synonym" if span[1] else "exact"
            for number in range(int(span[2]), int(span[3] or span[2]) + 1):
                found.append(ScenarioHit(number, f"场景{number}", level))  # type: ignore[arg-type]
        else:
            found.append(ScenarioHit(None, token.removeprefix("x"), "unknown"))
    return tuple(found)


class _Builder:
    """Numbers the evidence as it goes: E1, E2 …"""

    def __init__(self) -> None:
        self.number = 0

    def rows(self, rows: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
        """The rows with words translated, ``times`` repeated with “{n}” filled, an evidence id each, a year on a count apart."""
        result = []
        for row in rows or ():
            times = int(row.get("times", 1))
            for n in range(1, times + 1):
                made: dict[str, Any] = {}
                for key, value in row.items():
                    if key == "times":
                        continue
                    if isinstance(value, bool):
                        raise AssertionError(f"写成带引号的文字：{row}")
                    text = value.replace("{n}", "零一二三四五六七八九"[n]) if isinstance(value, str) else value
                    text = text.isoformat() if isinstance(text, date) else text
                    made[key] = WORDS[key][text] if key in WORDS else text
                self.number += 1
                made["evidence"] = f"E{self.number}"
                made.setdefault("document", "方案.docx" if made.get("side") == "claim" else "佐证.pdf")
                result.append(made)
        return result


def build(sheet: dict[str, Any]) -> Case:
    """The case of one entry of a sheet."""
    make = _Builder()
    counts = []
    for row in make.rows(sheet.get("counts")):
        year = row.pop("year", None)
        number = quantity(row.pop("value"))
        mixed = row.pop("mixed", "否") == "是"
        counts.append(Count(**row, quantity=replace(number, year=year), mixed=mixed))
    figures = []
    for row in make.rows(sheet.get("figures")):
        independent = row.pop("independent", "否") == "是"
        number = quantity(row.pop("value"))
        figures.append(Figure(**row, quantity=number, independent=independent))
    factories = []
    for row in make.rows(sheet.get("factories")):
        evidence = (row.pop("evidence"),)
        factories.append(Factory(evidence=evidence, **{**row, "scenarios": hits(row.get("scenarios", ""))}))
    entries = [Entry(**{"project": "", "firm": "", **row}) for row in make.rows(sheet.get("entries"))]
    unread = tuple(Unread(row["document"], frozenset(row.get("could_prove", ()))) for row in sheet.get("unread", ()))
    return Case(
        cities=tuple(sheet.get("cities", ("明州市",))),
        submitted=str(sheet.get("submitted", "2024-09")),
        policies=tuple(Policy(**row) for row in make.rows(sheet.get("policies"))),
        counts=tuple(counts),
        figures=tuple(figures),
        factories=tuple(factories),
        entries=tuple(entries),
        titles=tuple(Title(**row) for row in make.rows(sheet.get("titles"))),
        statements=tuple(Statement(**row) for row in make.rows(sheet.get("statements"))),
        unread=unread,
        rosters=tuple(sheet.get("rosters", ())),
        echoes=tuple(Echo(f"H{number}", **row) for number, row in enumerate(sheet.get("echoes", ()), 1)),
    )


def load(check: str) -> list[Sheet]:
    """All cases of the sheet of one check."""
    path = SHEETS / f"checks_{check}.yaml"
    found = []
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        expect = entry["expect"]
        value = "" if expect.get("value") is None else str(expect["value"])
        found.append(Sheet(path.name, entry["name"], build(entry), expect["verdict"], value, tuple(expect.get("reasons", ()))))
    return found
