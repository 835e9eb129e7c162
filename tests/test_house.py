"""The house's habits that a machine can check and the linters do not."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("extract", "models", "pipelines")
SOURCES = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LOCKS = sorted(ROOT.glob("requirements*.lock"))
# A name says what a thing is or does; these say nothing.
EMPTY_MODULES = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "core", "base", "tools"}
EMPTY_WORDS = {"process", "handle", "manage", "manager", "util", "utils", "helper", "helpers", "processor", "handler"}
# The program awards no points and turns nobody away: people do.
NOT_OURS = {"reject", "rejected", "rejection", "score"}
# What fetches things. Sockets within one machine (workers) are no such thing.
FETCHERS = {"requests", "httpx", "aiohttp", "urllib3", "huggingface_hub"}
NETWORK = {"urllib.request", "http.client", "ftplib", "smtplib", "xmlrpc.client"}
# AGPL or GPL alone: nothing that an office can pass on.
COPYLEFT = {"pymupdf", "pymupdfb", "pymupdf4llm", "fitz", "ultralytics", "borb", "pyqt5", "camelot-py", "ghostscript"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def defined(path: Path) -> Iterator[str]:
    """Names of functions and classes."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


def imported(path: Path) -> Iterator[str]:
    """Full names of what a file imports, also late and under TYPE_CHECKING."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def words(name: str) -> list[str]:
    """A name's words: snake_case and CamelCase apart."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+", name)]


def invented_cities() -> list[str]:
    """The cities of the samples, without 市."""
    return sorted(
        city.removesuffix("市") for path in (ROOT / "samples").glob("*.truth.json") for city in json.loads(path.read_text("utf-8"))["cities"]
    )


def test_no_module_is_called_by_a_name_that_says_nothing() -> None:
    assert [path for path in SOURCES if path.stem in EMPTY_MODULES] == []
    assert [path for path in SOURCES if path.stem == "docx"] == []  # would hide the library of that name


def test_no_function_or_class_has_a_verb_that_says_nothing() -> None:
    found = [(path.name, name) for path in SOURCES for name in defined(path) if words(name)[:1] and words(name)[0] in EMPTY_WORDS]
    found += [(path.name, name) for path in SOURCES for name in defined(path) if words(name)[-1:] and words(name)[-1] in EMPTY_WORDS]
    assert found == []


def test_the_deciding_floor_awards_no_points_and_turns_nobody_away() -> None:
    deciding = [path for path in SOURCES if path.is_relative_to(ROOT / "pipelines")]
    assert deciding
    assert [(path.name, name) for path in deciding for name in defined(path) if NOT_OURS & set(words(name))] == []


def test_imports_run_downhill_only() -> None:
    uphill = [
        (path.relative_to(ROOT).as_posix(), name)
        for path in SOURCES
        for name in imported(path)
        if name.split(".")[0] in FLOORS[FLOORS.index(path.relative_to(ROOT).parts[0]) + 1 :]
    ]
    assert uphill == []


def test_the_understanding_floor_opens_no_submitted_file_and_the_deciding_floor_parses_none() -> None:
    parsers = {"pypdfium2", "pdfplumber", "docx", "python_calamine", "olefile", "rapidocr", "cv2", "py7zr", "rarfile"}
    allowed = {
        ("pipelines/reading.py", "pypdfium2"),  # how many pages a file has, for the time left
        ("pipelines/ranges.py", "pypdfium2"),  # … and for sharing a long file among workers
    }
    found = {
        (path.relative_to(ROOT).as_posix(), name.split(".")[0])
        for path in SOURCES
        if not path.is_relative_to(ROOT / "extract") and not path.is_relative_to(ROOT / "pipelines" / "reports")
        for name in imported(path)
    }
    assert {pair for pair in found if pair[1] in parsers} - allowed == set()


def test_no_city_of_the_samples_is_known_to_the_program() -> None:
    cities = invented_cities()
    assert len(cities) >= 3
    known = []
    for path in sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*")):
        if path.is_file() and path.suffix not in (".pyc", ".npz"):
            text = path.read_text("utf-8")
            known += [(path.relative_to(ROOT).as_posix(), city) for city in cities if city in text]
    assert known == []


def test_nothing_is_fetched_at_run_time() -> None:
    named = [(path.relative_to(ROOT).as_posix(), name) for path in SOURCES for name in imported(path)]
    found = [(path, name) for path, name in named if name.split(".")[0] in FETCHERS or name in NETWORK]
    assert found == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_files_name_no_host_and_every_package_has_hashes(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    assert "index-url" not in text
    packages = re.split(r"\n(?=\S)", text.strip())
    assert packages
    assert [package.splitlines()[0] for package in packages if "==" in package and "--hash=sha256:" not in package] == []
    names = {re.split(r"[=\[ ;<>~!]", package)[0].lower() for package in packages}
    assert not names & COPYLEFT


def test_no_test_can_be_skipped() -> None:
    """A test that is skipped where something is missing passes by not looking; `.ci/run` installs what is missing."""
    ways = {"skip", "skipif", "skipIf", "skipUnless", "importorskip", "xfail", "SkipTest"}
    found = [
        (path.name, node.lineno)
        for path in TESTS
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Attribute) and node.attr in ways and ast.unparse(node.value) in ("pytest", "pytest.mark", "mark", "unittest"))
        or (isinstance(node, ast.ImportFrom) and node.module in ("pytest", "unittest") and ways & {alias.name for alias in node.names})
    ]
    assert found == []


def test_text_never_moves_under_an_anchor() -> None:
    """Forms that change the number of characters (NFKC, NFKD) are no part of reading or of tagging."""
    found = [
        (path.name, node.lineno)
        for path in SOURCES
        if not path.is_relative_to(ROOT / "pipelines")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in ("NFKC", "NFKD", "NFD")
    ]
    assert found == []


def test_every_module_and_every_public_noun_and_verb_says_what_it_is() -> None:
    silent = []
    for path in SOURCES:
        module = tree(path)
        public = [n for n in module.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and n.name[0] != "_"]
        silent += [f"{path.relative_to(ROOT)}:{n.lineno} {n.name}" for n in public if not ast.get_docstring(n)]
        if module.body and not ast.get_docstring(module):
            silent.append(str(path.relative_to(ROOT)))
    assert silent == []
