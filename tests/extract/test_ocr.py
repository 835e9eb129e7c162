"""The engines: the table, what each promises, and that nothing is fetched or printed while reading."""

from __future__ import annotations

import socket

import pytest
import scans

from extract import ocr
from extract.ocr import Reading, place_characters
from extract.problems import EngineMissing


def test_an_unknown_engine_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(EngineMissing) as caught:
        ocr.engine("tesserakt")
    assert "onnxruntime" in caught.value.detail and "auto" in caught.value.detail


def test_the_null_engine_reads_nothing() -> None:
    engine = ocr.engine("null")
    page = scans.letter().picture
    assert engine.find(page) == [] and engine.read(page) == []
    assert [reading.text for reading in engine.recognise([page, page])] == ["", ""]


def test_an_engine_is_started_once_in_a_process() -> None:
    assert ocr.engine("auto") is ocr.engine(ocr.chosen("auto"))


def test_threads_come_from_the_environment_and_default_to_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ocr.THREADS_VARIABLE, raising=False)
    assert ocr.default_threads() == 1
    monkeypatch.setenv(ocr.THREADS_VARIABLE, "3")
    assert ocr.default_threads() == 3
    monkeypatch.setenv(ocr.THREADS_VARIABLE, "many")
    assert ocr.default_threads() == 1


def test_without_openvino_the_portable_engine_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.importlib.util, "find_spec", lambda name: None)
    assert ocr.chosen("auto") == "onnxruntime"


def test_the_portable_engine_reads_a_line_without_network_and_without_a_word_on_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise AssertionError("the engine asked for the network")

    monkeypatch.setattr(socket.socket, "connect", closed)
    monkeypatch.setattr(socket, "getaddrinfo", closed)
    page = scans.letter().picture
    line = page[640:760, 150:1560]
    (reading,) = ocr.engine("onnxruntime").recognise([line])
    assert scans.error([reading.text], [scans.PROSE[4]]) == 0
    assert len(reading.centres) == len(reading.confidences) == len(reading.text)
    assert capfd.readouterr() == ("", "")


def test_characters_get_ascending_edges_inside_the_crop() -> None:
    reading = Reading("建成36个", 0.9, (0.1, 0.3, 0.5, 0.6, 0.8), (0.9,) * 5)
    edges = place_characters(reading, 500)
    assert len(edges) == 6 and list(edges) == sorted(edges)
    assert edges[0] >= 0 and edges[-1] <= 500
    for centre, left, right in zip(reading.centres, edges, edges[1:], strict=False):
        assert left <= centre * 500 <= right


def test_a_reading_without_places_has_no_edges() -> None:
    assert place_characters(Reading("建成", 0.9), 100) == ()
