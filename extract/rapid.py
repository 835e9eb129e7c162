"""RapidOCR (PP-OCR models inside the wheel) as an ``OcrEngine``, on OpenVINO or ONNX Runtime.

Detection and its box finding are RapidOCR's own; the crops, their batches and the reading of the network's output are done here,
because a place for every character and a confidence for every digit are needed.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr import OcrLine, Picture, Quad, Reading, place_characters
from extract.problems import EngineMissing

LINE_HEIGHT = 48  # the recogniser's input height
STEP = 64  # crop widths are padded to multiples of this: fewer input shapes, fewer kernels to prepare
BATCH_WIDTH = 2048  # how many columns one batch may hold
LONGEST = 3200  # a crop wider than this (at LINE_HEIGHT) is squeezed


class RapidEngine:
    """One pair of networks in one process. ``side``: the longer side in pixels at which lines are looked for."""

    def __init__(self, runtime: Literal["openvino", "onnxruntime"], threads: int = 1, side: int = 1280) -> None:
        logging.getLogger("RapidOCR").disabled = True
        try:
            import rapidocr
            from rapidocr.ch_ppocr_det import TextDetector
            from rapidocr.ch_ppocr_rec import TextRecognizer
            from rapidocr.utils.parse_parameters import ParseParams
            from rapidocr.utils.typings import EngineType
        except ImportError as error:
            raise EngineMissing("未安装文字识别组件 rapidocr") from error
        # Its logger is set up when it is imported, with a handler and level of its own.
        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        home = Path(rapidocr.__file__).parent
        models = {"Det": home / "models" / "PP-OCRv6_det_small.onnx", "Rec": home / "models" / "PP-OCRv6_rec_small.onnx"}
        for path in models.values():
            # Without this RapidOCR would go and download the file.
            if not path.is_file():
                raise EngineMissing(f"文字识别模型文件不在安装包内：{path.name}")
        cfg = ParseParams.load(home / "config.yaml")
        kind = EngineType(runtime)
        options = cfg.EngineConfig[runtime]
        if runtime == "openvino":
            options.inference_num_threads = threads
            options.num_streams = 1
            # Pinned, the single thread of every worker sits on the same core while the others idle.
            options.enable_cpu_pinning = False
        else:
            options.intra_op_num_threads = threads
            options.inter_op_num_threads = 1
        for part, path in models.items():
            cfg[part].engine_type = kind
            cfg[part].engine_cfg = options
            cfg[part].model_path = str(path)
            cfg[part].model_root_dir = str(path.parent)
        cfg.Det.limit_type = "max"
        cfg.Det.limit_side_len = side
        cfg.Rec.font_path = None
        self.name = f"rapidocr-{runtime}"
        self._detect = TextDetector(cfg.Det)
        self._recogniser = TextRecognizer(cfg.Rec)
        self._characters: list[str] = self._recogniser.postprocess_op.character
        logging.getLogger("RapidOCR").disabled = True
        if runtime == "onnxruntime":
            import onnxruntime

            onnxruntime.set_default_logger_severity(4)

    def find(self, picture: Picture) -> list[Quad]:
        """The text lines of a picture, as the detector finds them at its working size."""
        if min(picture.shape[:2]) < 8:
            return []
        found = self._detect(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        if found.boxes is None:
            return []
        return [cast(Quad, np.asarray(box, dtype=np.float32)) for box in found.boxes]

    def recognise(self, crops: Sequence[Picture]) -> list[Reading]:
        """What each crop (one text line, upright) says."""
        results: list[Reading] = [Reading("", 0.0)] * len(crops)
        prepared: list[tuple[int, NDArray[np.float32], int]] = []
        for index, crop in enumerate(crops):
            if crop.size == 0 or min(crop.shape[:2]) < 3:
                continue
            data = _normalised(crop)
            prepared.append((index, data, data.shape[2]))
        prepared.sort(key=lambda item: item[2])
        while prepared:
            width = max(LINE_HEIGHT, math.ceil(prepared[-1][2] / STEP) * STEP)
            count = max(1, BATCH_WIDTH // width)
            batch, prepared = prepared[-count:], prepared[:-count]
            data = np.zeros((len(batch), 3, LINE_HEIGHT, width), dtype=np.float32)
            for row, (_, line, length) in enumerate(batch):
                data[row, :, :, :length] = line
            output = np.asarray(self._recogniser.session(data))
            best, surest = output.argmax(axis=2), output.max(axis=2)
            for row, (index, _, length) in enumerate(batch):
                results[index] = self._decoded(best[row], surest[row], width / length)
        return results

    def read(self, picture: Picture) -> list[OcrLine]:
        """Find and recognise in one step, for a picture that stands upright."""
        quads = self.find(picture)
        crops = [crop_of(picture, quad) for quad in quads]
        lines = []
        for quad, crop, reading in zip(quads, crops, self.recognise(crops), strict=True):
            if reading.text.strip():
                lines.append(OcrLine(reading.text, quad, reading.confidence, place_characters(reading, crop.shape[1])))
        return lines

    def _decoded(self, best: NDArray[Any], surest: NDArray[Any], stretch: float) -> Reading:
        """CTC: a run of one class is one character, class 0 is none. ``stretch``: padded width / real width."""
        text: list[str] = []
        centres: list[float] = []
        sure: list[float] = []
        steps = len(best)
        start = 0
        while start < steps:
            end = start + 1
            while end < steps and best[end] == best[start]:
                end += 1
            kind = int(best[start])
            if kind != 0:
                peak = start + int(surest[start:end].argmax())
                centre = min(1.0, (0.5 * (start + end - 1) * 0.5 + peak * 0.5 + 0.5) / steps * stretch)
                for char in self._characters[kind]:
                    text.append(char)
                    centres.append(centre)
                    sure.append(float(surest[start:end].max()))
            start = end
        return Reading("".join(text), float(np.mean(sure)) if sure else 0.0, tuple(centres), tuple(sure))


def _normalised(crop: Picture) -> NDArray[np.float32]:
    height, width = crop.shape[:2]
    target = min(LONGEST, max(4, math.ceil(LINE_HEIGHT * width / height)))
    small = cv2.resize(crop, (target, LINE_HEIGHT), interpolation=cv2.INTER_AREA if height > 96 else cv2.INTER_LINEAR)
    small = cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
    return cast(NDArray[np.float32], (small.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1))


def crop_of(picture: Picture, quad: Quad) -> Picture:
    """The rectangle under a quad, turned level; a plain slice where the quad is level already."""
    lift = max(abs(quad[0][1] - quad[1][1]), abs(quad[3][1] - quad[2][1]))
    if lift <= 2:
        x0, y0 = np.floor(quad.min(axis=0)).astype(int)
        x1, y1 = np.ceil(quad.max(axis=0)).astype(int)
        return picture[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1]
    width = int(max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[2] - quad[3])))
    height = int(max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2])))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    size = (max(1, width), max(1, height))
    return cast(Picture, cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
