"""The samples from file to findings: expected verdicts, and every quote where it says it stands, by readers that are not ours."""

from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pdfplumber
import pytest
from PIL import Image

from extract.document import Document
from extract.formats import ReadOptions, read
from extract.snapshot import Snapshots
from extract.submission import Submission, open_submission
from models.catalogue import load_edition
from models.evidence import Evidence
from pipelines.reports import LocalFiles, ReportOptions, findings_json
from pipelines.screener import screen_documents
from pipelines.screening import Screening

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
TRUTHS = sorted(SAMPLES.glob("*.truth.json"))
NAMES = [path.name.removesuffix(".truth.json") for path in TRUTHS]

AGAIN = """
import pickle, sys
from models.catalogue import load_edition
from pipelines.reports import LocalFiles, ReportOptions, findings_json
from pipelines.screener import screen_documents
from pathlib import Path
with open(sys.argv[1], "rb") as stream:
    read = pickle.load(stream)
for submission, documents in read:
    screening = screen_documents(submission, documents, load_edition("2023"))
    findings_json.render(screening, Path(sys.argv[2]) / submission.name, LocalFiles(documents), ReportOptions())
"""


@dataclass(frozen=True)
class Sample:
    """A sample, read and screened once for all tests."""

    truth: dict[str, Any]
    submission: Submission
    documents: dict[str, Document]
    screening: Screening
    out: Path

    def on_pages(self) -> Iterator[tuple[Path, int, list[Evidence]]]:
        """The evidence that has boxes, by the file and page where it stands."""
        files = {entry.path: entry.file for entry in self.submission.entries}
        pages: dict[tuple[str, int], list[Evidence]] = defaultdict(list)
        for item in self.screening.evidence:
            if item.page is not None:
                pages[item.document, item.page].append(item)
        for (path, page), items in sorted(pages.items()):
            file = files[path]
            assert file is not None
            yield file, page, items


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sample]:
    folder = tmp_path_factory.mktemp("samples")
    edition = load_edition("2023")
    made = {}
    for path, name in zip(TRUTHS, NAMES, strict=True):
        submission = open_submission(SAMPLES / name, Path(tempfile.mkdtemp(dir=folder)))
        documents = {e.path: read(e.file, path=e.path, options=ReadOptions()) for e in submission.entries if e.file is not None}
        screening = screen_documents(submission, documents, edition)
        findings_json.render(screening, folder / name, LocalFiles(documents), ReportOptions())
        made[name] = Sample(json.loads(path.read_text("utf-8")), submission, documents, screening, folder / name)
    return made


def test_there_is_a_sample_for_each_verdict_of_the_gate() -> None:
    assert sorted(json.loads(path.read_text("utf-8"))["gate"] for path in TRUTHS) == ["fail", "pass", "review"]


@pytest.mark.parametrize("name", NAMES)
def test_the_verdicts_are_those_that_the_sample_was_made_for(samples: dict[str, Sample], name: str) -> None:
    sample = samples[name]
    screening, truth = sample.screening, sample.truth
    assert screening.gate.value == truth["gate"]
    found = {finding.indicator: finding.verdict.value for finding in screening.conditions}
    assert found == {indicator: wanted["verdict"] for indicator, wanted in truth["conditions"].items()}
    for finding in screening.conditions:
        value = truth["conditions"][finding.indicator]["value"]
        if value is not None:
            assert float(finding.value or 0) == pytest.approx(value, rel=0.01), finding.indicator


@pytest.mark.parametrize("name", NAMES)
def test_roles_and_readability_are_those_of_the_sample(samples: dict[str, Sample], name: str) -> None:
    sample = samples[name]
    wanted = {path: (entry["role"], entry["readable"]) for path, entry in sample.truth["documents"].items()}
    assert {record.path: (record.role, record.status != "unreadable") for record in sample.screening.documents} == wanted


@pytest.mark.parametrize("name", NAMES)
def test_a_verdict_rests_on_the_words_that_a_person_would_show(samples: dict[str, Sample], name: str) -> None:
    sample = samples[name]
    by_id = sample.screening.by_id()
    for finding in sample.screening.conditions:
        wanted = sample.truth["conditions"][finding.indicator]
        for side, ids in (("claims", finding.claims), ("proofs", finding.proofs)):
            files = {by_id[key].document for key in ids}
            if wanted[side]:
                assert files & {quote["file"] for quote in wanted[side]}, (finding.indicator, side)


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_is_what_stands_at_its_anchor(samples: dict[str, Sample], name: str) -> None:
    sample = samples[name]
    assert len(sample.screening.evidence) > 50
    for item in sample.screening.evidence:
        document = sample.documents[item.document]
        assert item.text
        assert document.quote(item.anchor) == item.text
        paged = bool(document.pages)
        assert (item.page is not None) == paged
        assert bool(item.boxes) == paged


@pytest.mark.parametrize("name", NAMES)
def test_another_reader_finds_the_words_of_every_quote_in_its_boxes(samples: dict[str, Sample], name: str) -> None:
    wrong, seen = [], 0
    for file, number, items in samples[name].on_pages():
        digital = [item for item in items if item.lane != "ocr"]
        if not digital:
            continue
        with pdfplumber.open(file, pages=[number]) as pdf:
            characters = [c for c in pdf.pages[0].chars if not c["text"].isspace()]
        for item in digital:
            seen += 1
            words = "".join(
                c["text"]
                for box in item.boxes
                for c in sorted(characters, key=lambda c: (c["x0"] + c["x1"]) / 2)
                if box.x0 < (c["x0"] + c["x1"]) / 2 < box.x1 and box.top < (c["top"] + c["bottom"]) / 2 < box.bottom
            )
            if not _same(words, item.text):
                wrong.append((file.name, number, item.id, item.text, words))
    assert wrong == []
    # Two samples hold their plan and proofs as PDF; one is Word with some proofs as PDF.
    assert seen >= 3


def _same(words: str, quote: str) -> bool:
    """Whether the words in the boxes are the quote's, but for white space."""
    return "".join(words.split()) == "".join(quote.split())


def test_a_quote_of_a_scan_stands_on_ink_with_paper_above_and_below(samples: dict[str, Sample]) -> None:
    seen = 0
    for sample in samples.values():
        for file, number, items in sample.on_pages():
            scanned = [item for item in items if item.lane == "ocr"]
            if not scanned:
                continue
            with Snapshots(file) as shots:
                raster = shots.page(number, 100)
            page = Image.open(io.BytesIO(raster.bytes)).convert("L")
            for item in scanned:
                seen += 1
                for box in item.boxes:
                    edges = [round(edge * raster.scale) for edge in box]
                    inside = page.crop((edges[0], edges[1], edges[2], edges[3]))
                    share = _ink(inside)
                    assert 0.04 < share < 0.5, (item.text, share)
                    for top, bottom in ((edges[1] - 4, edges[1] - 1), (edges[3] + 1, edges[3] + 4)):
                        assert _ink(page.crop((edges[0], top, edges[2], bottom))) < share / 4, item.text
                    # Every quarter of the box holds part of the words: the box is as long as they are.
                    for quarter in range(4):
                        left = inside.width * quarter // 4
                        part = inside.crop((left, 0, max(left + 1, inside.width * (quarter + 1) // 4), inside.height))
                        assert _ink(part) > 0.01, item.text
    assert seen >= 1


def _ink(picture: Image.Image) -> float:
    """The share of dark pixels."""
    return sum(picture.histogram()[:140]) / (picture.width * picture.height)


@pytest.mark.parametrize("name", NAMES)
def test_findings_json_keeps_to_its_schema_and_names_nothing_that_is_not_there(samples: dict[str, Sample], name: str) -> None:
    data = json.loads((samples[name].out / "findings.json").read_text("utf-8"))
    jsonschema.validate(data, findings_json.schema(), format_checker=jsonschema.FormatChecker())
    ids = {item["id"] for item in data["evidence"]}
    named = {key for c in data["conditions"] for key in (*c["claims"], *c["proofs"], *(x["evidence"] for x in c["excluded"]))}
    named |= {key for c in data["conditions"] for step in c["steps"] for key in step["evidence"]}
    named |= {key for row in data["indicators"] for keys in (row["baseline"], row["proofs"], *row["targets"].values()) for key in keys}
    assert named <= ids
    assert len(ids) == len(data["evidence"])
    assert {item["document"] for item in data["evidence"]} <= {document["path"] for document in data["documents"]}


def test_screening_again_gives_the_same_bytes(samples: dict[str, Sample], tmp_path: Path) -> None:
    """Another process with another hash seed, so that no order of a set can show."""
    pickled = tmp_path / "read.pickle"
    pickled.write_bytes(pickle.dumps([(sample.submission, sample.documents) for sample in samples.values()]))
    seed = "7" if os.environ.get("PYTHONHASHSEED") != "7" else "8"
    subprocess.run(
        [sys.executable, "-c", AGAIN, str(pickled), str(tmp_path)], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True
    )
    for name, sample in samples.items():
        written = sorted(path.relative_to(sample.out) for path in sample.out.rglob("*.json"))
        assert len(written) > 5
        for path in written:
            assert (tmp_path / name / path).read_bytes() == (sample.out / path).read_bytes(), path
