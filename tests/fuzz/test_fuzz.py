"""What the fuzzer found stays found; the fuzzer itself is a slow job (``make fuzz``)."""

from __future__ import annotations

from pathlib import Path

import fuzz
import pytest

import samples
from extract.formats import read
from pipelines.reading import Job, read_documents

FOUND = sorted((Path(__file__).parent / "found").iterdir())


@pytest.mark.parametrize("file", FOUND, ids=lambda file: file.name)
def test_a_file_that_once_felled_a_reader_is_accounted_for(file: Path) -> None:
    document = read(file)
    codes = {problem.code for problem in document.problems}
    assert (document.blocks or codes) and not codes & fuzz.BAD
    ((_, isolated),) = read_documents([Job(file.name, str(file))], workers=1)
    assert isolated == document


def test_every_harmed_input_of_a_short_run_is_accounted_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "SLOW_SHARE", 0.0)
    monkeypatch.setattr(fuzz, "make_samples", lambda folder: {suffix: make() for suffix, make in samples.PLAIN.items()})
    assert fuzz.main(["--count", "40", "--ocr", "0", "--keep", str(tmp_path / "kept")]) == 0
    assert not (tmp_path / "kept").exists()


@pytest.mark.slow
def test_five_thousand_harmed_inputs_are_accounted_for(tmp_path: Path) -> None:
    assert fuzz.main(["--count", "5000", "--seed", "1", "--keep", str(tmp_path / "kept")]) == 0
