"""Reference lists that a user supplies (``5g_factories=FILE.xlsx``): own entries are verified against them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.document import Table
from extract.formats import read
from models.facts import Case, Entry
from models.masks import years
from models.names import same_firm, same_project
from models.normalise import tidy
from models.portraits import squeeze
from models.tables import columns, header_rows, is_total, role_column

KINDS = ("5g_factories",)


class RosterError(Exception):
    """A roster that can't be used, as a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One row of a reference list. ``place`` says where it stands, ``year`` which year's list it is, None where untold."""

    project: str
    firm: str
    year: int | None = None
    place: str = ""


def load_roster(option: str) -> tuple[str, list[RosterRow]]:
    """``KIND=FILE`` → the kind and its rows; columns found by header. ``RosterError`` says what is wrong."""
    kind, sign, file = option.partition("=")
    if not sign or kind not in KINDS:
        raise RosterError(f"名录参数“{option}”不合要求，应写作：--roster 5g_factories=文件.xlsx")
    path = Path(file)
    if not path.is_file():
        raise RosterError(f"找不到名录文件：{file}。请检查路径。")
    document = read(path)
    rows: list[RosterRow] = []
    for block in document.blocks:
        if isinstance(block, Table):
            rows += _rows(block, path.name)
    if not rows and document.status != "read":
        why = "；".join(problem.message for problem in document.problems)
        raise RosterError(f"名录文件 {file} 未能读取（{why}）。请另存为 .xlsx 后重试。")
    if not rows:
        raise RosterError(f"名录文件 {file} 中未找到“企业名称”“项目名称（5G工厂名称）”等列，请核对表头。")
    return kind, rows


def _rows(table: Table, file: str) -> list[RosterRow]:
    cols = columns(table)
    project, firm, year = role_column(cols, "project"), role_column(cols, "firm", "holder"), role_column(cols, "year")
    if project is None and firm is None:
        return []
    grid = table.rows()
    caption = next(iter(years(tidy(table.caption + table.sheet + file))), None)
    found = []
    for row in range(header_rows(table), table.n_rows):
        cells = [squeeze(cell) for cell in grid[row]]
        names = (cells[project.index] if project else "", cells[firm.index] if firm else "")
        if not any(names) or is_total(grid[row]):
            continue
        told = next(iter(years(tidy(cells[year.index]))), None) if year else None
        sheet = f"工作表“{table.sheet}”" if table.sheet else ""
        found.append(RosterRow(*names, told or caption, f"{file}{sheet}第{table.origin[0] + row + 1}行"))
    return found


def apply_rosters(case: Case, options: Sequence[str]) -> Case:
    """The case with its entries verified.

    An own entry of the proofs that the official list holds names the row that it matches; one that it doesn't hold is of unknown
    standing, so that a person decides.
    """
    for option in options:
        kind, rows = load_roster(option)
        entries = tuple(_verified(entry, rows) for entry in case.entries)
        case = replace(case, entries=entries, rosters=(*[r for r in case.rosters if "=" not in r and r != kind], kind))
    return case


def _verified(entry: Entry, rows: Sequence[RosterRow]) -> Entry:
    if entry.roster != "factory_list" or entry.own is False:
        return entry
    row = next((row for row in rows if _matches(entry, row)), None)
    if row is not None:
        return replace(entry, verified=f"{row.place}：{'，'.join(name for name in (row.project, row.firm) if name)}")
    return replace(entry, roster="unknown") if entry.side == "proof" else entry


def _matches(entry: Entry, row: RosterRow) -> bool:
    if entry.year and row.year and entry.year != row.year:
        return False
    if entry.firm and row.firm and not same_firm(entry.firm, row.firm):
        return False
    return same_project(entry.project, row.project) if entry.project and row.project else bool(entry.firm and row.firm)
