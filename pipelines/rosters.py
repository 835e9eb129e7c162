"""Reference lists that a user supplies (``5g_factories=FILE.xlsx``): own entries are verified against them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.document import Table
from extract.formats import read
from models.facts import Case, Entry
from models.names import same_firm, same_project
from models.portraits import squeeze
from models.tables import columns, header_rows, role_column

KINDS = ("5g_factories",)


class RosterError(Exception):
    """A roster that can't be used, as a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One row of a reference list."""

    project: str
    firm: str


def load_roster(option: str) -> tuple[str, list[RosterRow]]:
    """``KIND=FILE`` → the kind and its rows; columns found by header. ``RosterError`` says what is wrong."""
    kind, sign, file = option.partition("=")
    if not sign or kind not in KINDS:
        raise RosterError(f"名录参数“{option}”不合要求，应写作：--roster 5g_factories=文件.xlsx")
    path = Path(file)
    if not path.is_file():
        raise RosterError(f"找不到名录文件：{file}。请检查路径。")
    rows: list[RosterRow] = []
    for block in read(path).blocks:
        if not isinstance(block, Table):
            continue
        cols = columns(block)
        project, firm = role_column(cols, "project"), role_column(cols, "firm", "holder")
        if project is None and firm is None:
            continue
        grid = block.rows()
        for row in grid[header_rows(block) :]:
            rows.append(RosterRow(squeeze(row[project.index]) if project else "", squeeze(row[firm.index]) if firm else ""))
    if not rows:
        raise RosterError(f"名录文件 {file} 中未找到“企业名称”“项目名称（5G工厂名称）”等列，请核对表头。")
    return kind, rows


def apply_rosters(case: Case, options: Sequence[str]) -> Case:
    """The case with entries verified: what the official list does not hold is of unknown standing, so a person decides."""
    for option in options:
        kind, rows = load_roster(option)
        entries = []
        for entry in case.entries:
            if entry.roster == "factory_list" and entry.side == "proof" and not any(_matches(entry, row) for row in rows):
                entry = replace(entry, roster="unknown")
            entries.append(entry)
        case = replace(case, entries=tuple(entries), rosters=(*[r for r in case.rosters if "=" not in r], kind))
    return case


def _matches(entry: Entry, row: RosterRow) -> bool:
    if entry.firm and row.firm and not same_firm(entry.firm, row.firm):
        return False
    return same_project(entry.project, row.project) if entry.project and row.project else bool(entry.firm and row.firm)
