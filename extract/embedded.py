"""Pictures that stand inside a Word document or a slide: read by OCR, as blocks without pages."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from typing import Literal

from extract.document import Block, Heading, Paragraph, Problem, Table
from extract.formats import ReadOptions
from extract.problems import EngineMissing, ExtractError

# Smaller pictures are logos, bullets and signatures: 4 cm × 1.5 cm as shown, or too few pixels to hold words.
_MIN_POINTS = (113.0, 42.0)
_MIN_PIXELS = (160, 60)
_MAX_PIXELS = 60_000_000
_VECTOR = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x00\x00")
_Weight = Literal["lost", "note"]


class PictureReader:
    """Reads the pictures of one document, each once; what it could not read is counted, not told one by one."""

    def __init__(self, options: ReadOptions, limit: int) -> None:
        self._options = options
        self._limit = limit
        self._seen: set[str] = set()
        self.unread = 0
        self.vector = 0
        self.engine = ""
        self.error = ""

    def read(self, data: bytes, width: float, height: float) -> list[Block]:
        """The words of one picture, shown ``width`` × ``height`` points large (0: unknown); nothing for small ones."""
        if (width and width < _MIN_POINTS[0]) or (height and height < _MIN_POINTS[1]):
            return []
        digest = hashlib.sha256(data).hexdigest()
        if digest in self._seen:
            return []
        self._seen.add(digest)
        if data.startswith(_VECTOR):
            self.vector += 1
            return []
        if not self._options.ocr or len(self._seen) > self._limit:
            self.unread += 1
            return []
        try:
            return self._blocks(data, width)
        except EngineMissing as error:
            self.error = error.detail or error.message
        except ImportError as error:
            self.error = f"缺少 {error.name}"
        except ExtractError as error:
            self.error = error.detail or error.message
        except Exception as error:
            # A picture that a decoder trips over is that picture's loss, not the document's.
            self.error = type(error).__name__
        self.unread += 1
        return []

    def _blocks(self, data: bytes, width: float) -> list[Block]:
        import numpy as np
        from PIL import Image, ImageOps

        from extract import layout, pictures

        with Image.open(io.BytesIO(data)) as opened:
            if opened.width < _MIN_PIXELS[0] or opened.height < _MIN_PIXELS[1]:
                return []
            if opened.width * opened.height > _MAX_PIXELS:
                raise ExtractError(f"图片 {opened.width}×{opened.height} 像素，过大")
            picture = ImageOps.exif_transpose(opened)
            if picture.mode in ("RGBA", "LA", "P"):
                picture = picture.convert("RGBA")
                ground = Image.new("RGBA", picture.size, "white")
                picture = Image.alpha_composite(ground, picture)
            image = np.asarray(picture.convert("RGB"))
        dpi = image.shape[1] * 72 / width if width else 150.0
        reading = pictures.read_image(image, 1, min(600.0, max(72.0, dpi)), self._options)
        if reading.problems and not reading.words:
            self.unread += 1
            self.error = self.error or reading.problems[0].message.partition("，")[2]
        return [_without_pages(block) for block in layout.blocks([reading])]

    def problems(self) -> list[Problem]:
        """What could not be read, in one sentence a kind."""
        found = []
        if self.unread:
            reason = f"（{self.error}）" if self.error else "（未启用文字识别）" if not self._options.ocr else ""
            text = f"文中有 {self.unread} 幅图片未能识别文字{reason}"
            found.append(Problem("picture_unread", text, "请人工查看原文件中的图片，或启用文字识别后重新预审。"))
        if self.vector:
            text = f"文中有 {self.vector} 幅矢量图（WMF/EMF）未读取"
            found.append(Problem("picture_unread", text, "请人工查看原文件中的图片。", weight="note"))
        return found


def _without_pages(block: Block) -> Block:
    """The block as OCR of a picture in a document without pages: its boxes are the picture's, not a page's."""
    if isinstance(block, Table):
        cells = tuple(replace(cell, lines=()) for cell in block.cells)
        return replace(block, cells=cells, parts=(), lane="ocr")
    if isinstance(block, Heading):
        # A picture is a thing shown, not a chapter: its big words must not become the document's outline.
        return Paragraph(block.text, lane="ocr", confidence=block.confidence)
    kind = "body" if block.kind in ("header", "footer", "toc") else block.kind
    return replace(block, lines=(), lane="ocr", kind=kind)
