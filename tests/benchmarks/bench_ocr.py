"""The OCR lane against bare RapidOCR with the same models and settings, on OpenVINO and ONNX Runtime.

    OMP_NUM_THREADS=1 python tests/benchmarks/bench_ocr.py [scan.pdf ...]

Without arguments pages are drawn: a letter under a seal, a table in small print, a tilted page. CPU seconds a page on one thread;
the whole lane holds everything that bare RapidOCR leaves out: seal, shadow, tilt, ruling lines, lone signs, second readings.
"""

from __future__ import annotations

import logging
import platform
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "extract"))

import numpy as np
import scans

from extract import ocr
from extract.formats import ReadOptions
from extract.pictures import read_image

DPI = 200
SIDE = 1280  # the working size of both, see ``rapid.RapidEngine``


def pages(files: list[str]) -> list[ocr.Picture]:
    """The pages to read: of the PDF files named, or drawn ones."""
    if not files:
        letter, table = scans.letter().picture, scans.table(9).picture
        return [scans.compressed(scans.sealed(letter, (1250, 1640))), scans.compressed(table), scans.tilted(letter, 1.5)]
    import pypdfium2

    found: list[ocr.Picture] = []
    for file in files:
        for page in pypdfium2.PdfDocument(file):
            found.append(np.asarray(page.render(scale=DPI / 72).to_pil().convert("RGB"), dtype=np.uint8))
    return found


def bare(runtime: str) -> Callable[[ocr.Picture], Any]:
    """RapidOCR as its package is used, with the settings of our lane."""
    from rapidocr import RapidOCR
    from rapidocr.utils.typings import EngineType

    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    kind = EngineType(runtime)
    threads = (
        {"EngineConfig.openvino.inference_num_threads": 1, "EngineConfig.openvino.num_streams": 1}
        if runtime == "openvino"
        else {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1}
    )
    reader = RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.max_side_len": 4000,
            "Global.log_level": "critical",
            "Det.engine_type": kind,
            "Rec.engine_type": kind,
            "Det.limit_type": "max",
            "Det.limit_side_len": SIDE,
            **threads,
        }
    )
    return lambda picture: reader(picture[..., ::-1], return_word_box=True)


def seconds(read: Callable[[ocr.Picture], Any], pictures: list[ocr.Picture], rounds: int = 2) -> float:
    """CPU seconds a page, the best of some rounds after one to warm up: kernels are made ready for the shapes then."""
    best = float("inf")
    for turn in range(rounds + 1):
        start = time.process_time()
        for picture in pictures:
            read(picture)
        if turn:
            best = min(best, (time.process_time() - start) / len(pictures))
    return best


def main() -> None:
    pictures = pages(sys.argv[1:])
    said = [f"rapidocr {version('rapidocr')}", f"onnxruntime {version('onnxruntime')}", f"Python {platform.python_version()}"]
    lines = [f"{len(pictures)} pages at {DPI} dpi, one thread; {', '.join(said)}"]
    for runtime in ("openvino", "onnxruntime"):
        try:
            plain = seconds(bare(runtime), pictures)
        except Exception as error:
            lines.append(f"{runtime:12}  not here ({type(error).__name__})")
            continue
        options = ReadOptions(ocr_engine=runtime)
        ours = seconds(lambda picture, options=options: read_image(picture, 1, DPI, options), pictures)  # type: ignore[misc]
        lines.append(f"{runtime:12}  bare {plain:5.2f} s a page   our lane {ours:5.2f} s a page   ratio {ours / plain:4.2f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
