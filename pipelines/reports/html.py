"""report.html: one file that leads from each verdict to the words on the page, without a network."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipelines.reports import pictures, view, words
from pipelines.reports.options import Originals, ReportOptions
from pipelines.screening import Screening, Verdict

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates; everything that goes into them is escaped, and an unknown name is an error."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.filters |= {
        "visible": words.visible,
        "squeeze": words.squeeze,
        "shorten": words.shorten,
        "number": words.number,
        "points": lambda value: f"{value:.1f}",
    }
    return env


def page(template: str, style: str, script: str, **values: Any) -> str:
    """A self-contained page: style and script inside, allowed by their hashes and nothing else."""
    css = (HERE / "assets" / style).read_text("utf-8")
    js = (HERE / "assets" / script).read_text("utf-8")
    policy = (
        f"default-src 'none'; img-src data:; style-src 'sha256-{_hash(css)}'; script-src 'sha256-{_hash(js)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return environment().get_template(template).render(css=Markup(css), js=Markup(js), policy=policy, **values)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def render(screening: Screening, out: Path, originals: Originals, options: ReportOptions) -> None:
    """Write report.html."""
    edition = words.edition_of(screening)
    album = pictures.album(screening, originals, options)
    tiles = view.tiles(screening, originals, album, edition)
    cards = view.cards(screening, tiles, edition)
    rows = view.grid_rows(screening, tiles, edition)
    unread = [d for d in screening.documents if d.status != "read" or d.unread_pages or d.messages]
    placed: set[str] = set()

    def first(key: str) -> bool:
        """Whether a tile is shown for the first time: only then it carries the id that links lead to."""
        if key in placed:
            return False
        placed.add(key)
        return True

    in_cards = {tile.id for card in cards for tile in (*card.claims, *card.proofs, *card.others, *(t for t, _ in card.excluded if t))}
    in_rows = {tile.id for row in rows for tile in row.tiles}
    text = page(
        "report.html.j2",
        "report.css",
        "report.js",
        s=screening,
        w=words,
        view=view,
        edition=edition,
        city=words.city_of(screening),
        gate_reasons=[words.visible(reason) for reason in words.gate_reasons(screening)],
        tiles=tiles,
        cards=cards,
        rows=rows,
        years=view.years(screening),
        rest=[tile for key, tile in tiles.items() if key not in in_cards and key not in in_rows],
        album=album,
        unread=unread,
        first=first,
        options=options,
        met=sum(card.finding.verdict is Verdict.MET for card in cards),
        areas=areas(rows),
        run_rows=run_rows(screening),
    )
    words.write(out / "report.html", text)


def areas(rows: list[view.GridRow]) -> list[tuple[str, int, dict[str, int]]]:
    """Per level-1 indicator: name, how many rows, and how many of them have a baseline, targets for all years, a proof."""
    result: dict[str, tuple[int, dict[str, int]]] = {}
    for row in rows:
        total, counts = result.get(row.area, (0, {"现有基础": 0, "年度目标": 0, "佐证": 0}))
        counts["现有基础"] += bool(row.baseline)
        counts["年度目标"] += bool(row.targets) and all(row.targets.values())
        counts["佐证"] += bool(row.proofs)
        result[row.area] = (total + 1, counts)
    return [(name, total, counts) for name, (total, counts) in result.items()]


RUN_WORDS = {
    "date": "预审日期",
    "time": "预审时间",
    "version": "程序版本",
    "edition_hash": "指标版本校验",
    "seconds": "用时（秒）",
    "ocr": "文字识别",
    "rosters": "加载名录",
}


def run_rows(screening: Screening) -> list[tuple[str, str]]:
    """What is known of the run, for the foot of the report."""
    rows = [("指标版本", f"{screening.catalogue.get('id', '')} {screening.catalogue.get('edition', '')}".strip())]
    for key, value in screening.run.items():
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value):
            rows.append((RUN_WORDS.get(key, key), words.squeeze(str(value))))
    return rows
