"""Recognition of printed text in pictures: the protocol, an engine that reads nothing, and the table of engines.

Pictures are ``uint8`` arrays (height, width, 3) in RGB; places are pixels from the upper left corner.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from extract.problems import EngineMissing

Picture: TypeAlias = NDArray[np.uint8]
Quad: TypeAlias = NDArray[np.float32]  # four corners (4, 2), clockwise from the upper left one of the text

THREADS_VARIABLE = "PRESCREEN_OCR_THREADS"


class Reading(NamedTuple):
    """What one crop of one text line says. ``centres``: where each character stands, 0 = left edge of the crop, 1 = right."""

    text: str
    confidence: float
    centres: tuple[float, ...] = ()
    confidences: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class OcrLine:
    """A line of text found in a picture; ``edges`` are ``len(text) + 1`` positions along the line in pixels from its left end."""

    text: str
    quad: Quad
    confidence: float
    edges: tuple[float, ...] = ()


class OcrEngine(Protocol):
    """An engine finds the lines in a picture and reads crops of single lines; ``name`` goes into reports."""

    name: str

    def find(self, picture: Picture) -> list[Quad]:
        """The text lines of a picture, in no promised order."""

    def recognise(self, crops: Sequence[Picture]) -> list[Reading]:
        """What each crop says, in the order of the crops; empty text where nothing is legible."""

    def read(self, picture: Picture) -> list[OcrLine]:
        """Find and recognise in one step, for a picture that stands upright."""


class NullEngine:
    """Reads nothing: for runs without OCR."""

    name = "null"

    def find(self, picture: Picture) -> list[Quad]:
        return []

    def recognise(self, crops: Sequence[Picture]) -> list[Reading]:
        return [Reading("", 0.0) for _ in crops]

    def read(self, picture: Picture) -> list[OcrLine]:
        return []


def _null(threads: int) -> OcrEngine:
    return NullEngine()


def _openvino(threads: int) -> OcrEngine:
    from extract.rapid import RapidEngine

    return RapidEngine("openvino", threads)


def _onnx(threads: int) -> OcrEngine:
    from extract.rapid import RapidEngine

    return RapidEngine("onnxruntime", threads)


ENGINES: dict[str, Callable[[int], OcrEngine]] = {
    "null": _null,
    "openvino": _openvino,
    "onnxruntime": _onnx,
}


def default_threads() -> int:
    """Threads of one engine: ``PRESCREEN_OCR_THREADS``, else 1 (a batch runs several processes)."""
    try:
        return max(1, int(os.environ.get(THREADS_VARIABLE, "1")))
    except ValueError:
        return 1


def chosen(name: str = "auto") -> str:
    """The name of the engine that ``auto`` stands for on this machine; other names are given back."""
    if name != "auto":
        return name
    if importlib.util.find_spec("openvino") is not None and _openvino_is_fast():
        return "openvino"
    return "onnxruntime"


def engine(name: str = "auto", threads: int | None = None) -> OcrEngine:
    """The engine of that name, one per process and number of threads. ``EngineMissing`` when it cannot start."""
    return _engine(chosen(name), threads or default_threads())


@functools.lru_cache(maxsize=4)
def _engine(name: str, threads: int) -> OcrEngine:
    factory = ENGINES.get(name)
    if factory is None:
        raise EngineMissing(f"没有名为“{name}”的文字识别引擎，可用：{'、'.join(('auto', *ENGINES))}")
    try:
        return factory(threads)
    except EngineMissing:
        raise
    except Exception as error:  # a broken native library shows itself in many ways
        if name == "openvino":
            # The other runtime reads with the same models: slower, but nothing is lost.
            return _engine("onnxruntime", threads)
        raise EngineMissing(f"文字识别引擎“{name}”无法启动（{type(error).__name__}）") from error


def _openvino_is_fast() -> bool:
    """OpenVINO's kernels pay where the processor has AVX2 (x86) or is a 64-bit ARM."""
    machine = platform.machine().lower()
    if machine in {"arm64", "aarch64"}:
        return True
    if machine not in {"x86_64", "amd64"}:
        return False
    try:
        return " avx2 " in Path("/proc/cpuinfo").read_text(errors="replace")
    except OSError:
        return True  # no such list on Windows and macOS; an x86-64 machine of this decade has AVX2


def is_available(name: str = "auto") -> bool:
    """Whether the engine starts here; asks by starting it."""
    try:
        engine(name)
    except EngineMissing:
        return False
    return True


def place_characters(reading: Reading, width: float) -> tuple[float, ...]:
    """Edges of the characters of a recognised crop of ``width`` pixels: ``len(text) + 1`` positions, ascending; or empty."""
    count = len(reading.text)
    if count == 0 or len(reading.centres) != count:
        return ()
    centres = [centre * width for centre in reading.centres]
    edges = [0.0]
    for left, right, a, b in zip(centres, centres[1:], reading.text, reading.text[1:], strict=False):
        # A half-width character takes less of the way between two centres than a full-width neighbour.
        wide, narrow = _share(a), _share(b)
        edges.append(left + (right - left) * wide / (wide + narrow))
    edges.append(float(width))
    # The crop has a margin around the ink: the outer characters are about as wide as they are far from their inner edge.
    edges[0] = max(0.0, 2 * centres[0] - edges[1]) if count > 1 else 0.0
    edges[-1] = min(float(width), 2 * centres[-1] - edges[-2]) if count > 1 else float(width)
    for index in range(1, len(edges)):
        edges[index] = max(edges[index], edges[index - 1])
    return tuple(edges)


def _share(char: str) -> float:
    return 1.0 if ord(char) >= 0x2E80 else 0.55


def describe(name: str = "auto") -> dict[str, Any]:
    """What ``doctor`` shows of the engine that would read here."""
    picked = chosen(name)
    return {"engine": picked, "threads": default_threads(), "available": is_available(picked)}
