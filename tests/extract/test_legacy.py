"""Old Office formats: one engine is the default, the other the fallback, and what is missing is said."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import extract
from extract import Heading, Table, legacy, limits
from extract.formats import ReadOptions
from extract.problems import EngineMissing
from tests.extract.containers import ole2
from tests.extract.ooxml import docx, p, pptx, tbl, tr

# An office program that writes a prepared file for each input, or does what the test tells it.
_STUB = """#!/bin/sh
echo "$@" >> {log}
{action}
out=""
prev=""
for word in "$@"; do [ "$prev" = "--outdir" ] && out="$word"; prev="$word"; done
mkdir -p "$out"
for word in "$@"; do
  case "$word" in
    */bad*) ;;
    */in*.doc) grep -q BROKEN "$word" || cp {docx} "$out/$(basename "$word" .doc).docx" ;;
    */in*.ppt) cp {pptx} "$out/$(basename "$word" .ppt).pptx" ;;
  esac
done
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for LibreOffice; gives the log of its calls."""
    log = tmp_path / "calls.log"
    made = docx(tmp_path / "made.docx", p("第一章　总则", ppr='<w:outlineLvl w:val="0"/>') + tbl(tr("甲", "乙"), tr("1", "2")))
    deck = pptx(tmp_path / "made.pptx", [["汇报"]])
    _install(tmp_path, monkeypatch, _STUB.format(log=log, action="", docx=made, pptx=deck))
    return log


def _install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir(exist_ok=True)
    program.write_text(script)
    program.chmod(0o755)
    monkeypatch.setattr(legacy, "soffice", lambda: str(program))


def doc(file: Path, content: bytes = b"\xec\xa5\xc1\0") -> Path:
    return ole2(file, {"WordDocument": content})


RTF = rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}\f0\fs32 \'c9\'ea\'b1\'a8\'b2\'c4\'c1\'cf\par\u27491?\u25991?\par}"


def test_a_doc_is_read_through_the_office_program(tmp_path: Path, office: Path) -> None:
    document = extract.read(doc(tmp_path / "方案.wps"))
    assert (document.format, document.engine, document.status, document.path) == ("doc", "libreoffice", "read", "方案.wps")
    assert isinstance(document.blocks[0], Heading) and isinstance(document.blocks[1], Table) and document.sha256
    command = office.read_text()
    assert "--headless" in command and "-env:UserInstallation=file://" in command


def test_old_slides_keep_their_pages(tmp_path: Path, office: Path) -> None:
    document = extract.read(ole2(tmp_path / "a.ppt", {"PowerPoint Document": b"x"}))
    assert (document.format, len(document.pages), document.blocks[0].text) == ("ppt", 1, "汇报")


def test_a_batch_is_one_start_and_spares_the_readers_theirs(tmp_path: Path, office: Path) -> None:
    files = {f"key{index}": doc(tmp_path / f"{index}.doc", bytes([index]) * 8) for index in range(3)}
    done = legacy.convert_batch(files, tmp_path / "ready")
    assert sorted(done) == ["key0", "key1", "key2"] and len(office.read_text().splitlines()) == 1
    first = extract.read(files["key0"])
    done["key0"].rename(tmp_path / "ready" / f"{first.sha256}.docx")
    calls = len(office.read_text().splitlines())
    again = extract.read(files["key0"], options=ReadOptions(converted=tmp_path / "ready"))
    assert again.blocks == first.blocks and len(office.read_text().splitlines()) == calls


def test_a_file_that_fails_in_a_batch_does_not_take_the_others_along(tmp_path: Path, office: Path) -> None:
    files = {
        "good": doc(tmp_path / "good.doc"),
        "broken": doc(tmp_path / "broken.doc", b"BROKEN"),
        "locked": doc(tmp_path / "l.doc", LOCKED),
    }
    assert list(legacy.convert_batch(files, tmp_path / "ready")) == ["good"]


def test_an_office_program_that_hangs_is_taken_down_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "alive"
    _install(tmp_path, monkeypatch, f"#!/bin/sh\n(sleep 1; touch {mark}) &\nsleep 30\n")
    monkeypatch.setattr(limits, "OFFICE_START", 0.2)
    monkeypatch.setattr(limits, "OFFICE_EACH", 0)
    begun = time.monotonic()
    assert legacy.convert_batch([doc(tmp_path / "a.doc")], tmp_path / "ready") == {}
    assert time.monotonic() - begun < 20
    time.sleep(max(0.0, begun + 1.5 - time.monotonic()))
    assert not mark.exists()


LOCKED = b"\xec\xa5\xc1\0" + b"\0" * 6 + b"\x00\x01" + b"\0" * 20


def test_a_doc_with_a_password_is_encrypted(tmp_path: Path, office: Path) -> None:
    assert extract.read(doc(tmp_path / "a.doc", LOCKED)).problems[0].code == "encrypted"
    assert not office.exists()


def test_without_the_office_program_the_other_engine_reads_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "soffice", lambda: "")
    (tmp_path / "a.rtf").write_bytes(RTF)
    document = extract.read(tmp_path / "a.rtf")
    assert [block.text for block in document.blocks] == ["申报材料", "正文"]
    assert document.engine == "docvortex" and document.status == "read"
    assert [(problem.code, problem.weight) for problem in document.problems] == [("engine_fallback", "note")]


def test_without_any_engine_the_file_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "soffice", lambda: "")
    monkeypatch.setattr(legacy, "ENGINES", {"libreoffice": legacy.ENGINES["libreoffice"]})
    problem = extract.read(doc(tmp_path / "a.doc")).problems[0]
    assert problem.code == "engine_missing" and "LibreOffice" in problem.message and "doctor" in problem.advice
    with pytest.raises(EngineMissing):
        legacy.convert_batch([doc(tmp_path / "a.doc")], tmp_path / "ready")


def test_a_file_that_no_engine_can_open_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(tmp_path, monkeypatch, "#!/bin/sh\nexit 1\n")
    assert extract.read(doc(tmp_path / "a.doc", b"\xec\xa5\xc1" + bytes(61))).problems[0].code == "damaged"


def test_the_doctor_is_told_what_each_engine_adds() -> None:
    found = {engine.name: engine for engine in legacy.engines()}
    assert {"LibreOffice", "docvortex"} <= set(found) and all(engine.adds for engine in found.values())
    assert found["docvortex"].found and found["docvortex"].version


SOUND = b"\xec\xa5\xc1" + bytes(5000)


def test_a_doc_that_breaks_off_and_is_mended_by_the_office_program_says_so(tmp_path: Path, office: Path) -> None:
    file = doc(tmp_path / "a.doc", SOUND)
    assert extract.read(file).problems == ()
    file.write_bytes(file.read_bytes()[:-1024])
    document = extract.read(file)
    (problem,) = document.problems
    assert document.blocks and document.status == "partial" and (problem.code, problem.weight) == ("repaired", "lost")
    assert (
        "损坏" in problem.message and "修复" in problem.message and "不完整" in problem.message and "对照原文件" in problem.advice
    )


def test_an_rtf_that_breaks_off_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "soffice", lambda: "")
    (tmp_path / "a.rtf").write_bytes(RTF[:-12])
    document = extract.read(tmp_path / "a.rtf")
    assert document.blocks and [problem.code for problem in document.problems] == ["repaired", "engine_fallback"]
    (tmp_path / "b.rtf").write_bytes(RTF.replace(b"\\par\\u27491", rb"\{\\\par\u27491") + b"\r\n\0")
    assert [problem.code for problem in extract.read(tmp_path / "b.rtf").problems] == ["engine_fallback"]


def test_a_damaged_file_without_a_word_left_in_it_is_not_called_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = docx(tmp_path / "bare.docx", "")
    _install(tmp_path, monkeypatch, _STUB.format(log=tmp_path / "log", action="", docx=bare, pptx=bare))
    monkeypatch.setattr(legacy, "ENGINES", {"libreoffice": legacy.ENGINES["libreoffice"]})
    file = doc(tmp_path / "a.doc", SOUND)
    assert extract.read(file).problems[0].code == "empty"
    file.write_bytes(file.read_bytes()[:-1024])
    assert extract.read(file).problems[0].code == "damaged"
