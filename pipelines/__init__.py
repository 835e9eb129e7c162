"""The deciding floor: ``pipelines.screen(path)`` gives a ``Screening`` with findings, gate and evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.screening import Screening


def screen(path: str | Path, **options: Any) -> Screening:
    """Screen one submission (a folder or an archive) in this process; options as in ``pipelines.screener.screen``."""
    from importlib import import_module

    screening: Screening = import_module("pipelines.screener").screen(path, **options)
    return screening
