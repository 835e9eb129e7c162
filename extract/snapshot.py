"""Pictures of pages for a person to look at: a whole page, or the part around boxes with the boxes drawn.

Boxes are those that ``Document.locate`` gives: points from the upper left corner of the page as a viewer shows it (its own
rotation and crop box applied). A picture file's page has its ``pictures.page_size``, as when it was read.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from extract.document import BBox
from extract.pictures import MAX_PIXELS, page_size
from extract.problems import Damaged, Encrypted, TooLarge, Unsupported

Format = Literal["webp", "jpeg", "png"]

LONGEST = 4000  # no picture is longer than this in pixels, whatever dpi is asked for: a page may be a poster
_FILL, _EDGE = (255, 176, 0, 70), (214, 120, 0, 255)  # amber, the print stays legible under it


@dataclass(frozen=True, slots=True)
class PagePicture:
    """An encoded picture: ``width`` × ``height`` pixels, ``scale`` pixels a point; it begins at ``left``, ``top`` (points)."""

    bytes: bytes
    width: int
    height: int
    scale: float
    left: float = 0.0
    top: float = 0.0


class Snapshots:
    """The pages of one file as pictures; a PDF is opened once. Not to be shared between threads (pdfium allows one)."""

    def __init__(self, file: Path) -> None:
        self._file = Path(file)
        self._pdf: Any = None
        self._image: Image.Image | None = None
        self._last: tuple[tuple[int, float], Image.Image, float] | None = None
        try:
            with self._file.open("rb") as stream:
                head = stream.read(1024)
        except OSError as error:
            raise Damaged("文件无法打开") from error
        if b"%PDF-" in head:
            self._pdf = _open_pdf(self._file)
            self.pages = len(self._pdf)
        else:
            self._image = _open_image(self._file)
            self.pages = int(getattr(self._image, "n_frames", 1))

    def __enter__(self) -> Snapshots:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._last = None
        if self._pdf is not None:
            self._pdf.close()
            self._pdf = None
        if self._image is not None:
            self._image.close()
            self._image = None

    def page(self, page: int, dpi: float = 110, format: Format = "webp") -> PagePicture:
        """A whole page; pages count from 1. ``Damaged`` when it cannot be drawn."""
        image, scale = self._drawn(page, dpi)
        return PagePicture(_encoded(image, format), image.width, image.height, scale)

    def crop(
        self, page: int, boxes: Iterable[BBox], margin: float = 36.0, dpi: float = 130, draw: bool = True, format: Format = "webp"
    ) -> PagePicture:
        """The strip of a page around boxes over its whole width, ``margin`` points above and below; boxes marked."""
        marked = list(boxes)
        image, scale = self._drawn(page, dpi)
        if draw:
            image = _with_boxes(image, marked, scale)
        if not marked:
            return PagePicture(_encoded(image, format), image.width, image.height, scale)
        # A person recognises a place by the whole width of the page, not by a few points of a column.
        top = max(0, round((min(box.top for box in marked) - margin) * scale))
        bottom = min(image.height, round((max(box.bottom for box in marked) + margin) * scale))
        top = min(top, image.height - 1)
        part = image.crop((0, top, image.width, max(bottom, top + 1)))
        return PagePicture(_encoded(part, format), part.width, part.height, scale, 0.0, top / scale)

    def _drawn(self, page: int, dpi: float) -> tuple[Image.Image, float]:
        if not 1 <= page <= self.pages:
            raise Damaged(f"没有第{page}页（共{self.pages}页）", page=page)
        if self._last is not None and self._last[0] == (page, dpi):
            return self._last[1], self._last[2]
        image, scale = self._drawn_pdf(page, dpi) if self._pdf is not None else self._drawn_image(page, dpi)
        self._last = ((page, dpi), image, scale)
        return image, scale

    def _drawn_pdf(self, page: int, dpi: float) -> tuple[Image.Image, float]:
        import pypdfium2

        handle = bitmap = None
        try:
            handle = self._pdf[page - 1]
            width, height = handle.get_size()
            scale = min(dpi / 72.0, LONGEST / max(width, height, 1.0))
            bitmap = handle.render(scale=scale)
            image = bitmap.to_pil().convert("RGB")
        except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
            raise Damaged("页面无法成像", page=page) from error
        finally:
            if bitmap is not None:
                bitmap.close()
            if handle is not None:
                handle.close()
        return image, image.width / width if width >= height else image.height / height

    def _drawn_image(self, page: int, dpi: float) -> tuple[Image.Image, float]:
        assert self._image is not None
        try:
            self._image.seek(page - 1)
            upright = ImageOps.exif_transpose(self._image) or self._image
            points = page_size(*upright.size)
            scale = min(dpi / 72.0, LONGEST / max(points))
            size = (max(1, round(points[0] * scale)), max(1, round(points[1] * scale)))
            if upright.mode in ("RGBA", "LA", "P"):
                paper = Image.new("RGBA", upright.size, "white")
                upright = Image.alpha_composite(paper, upright.convert("RGBA"))
            return upright.convert("RGB").resize(size, Image.Resampling.LANCZOS), size[0] / points[0]
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise Damaged("图片数据不完整", page=page) from error


def page_picture(file: Path, page: int, *, dpi: float = 110, format: Format = "webp") -> PagePicture:
    """One page of a PDF or a picture file; open ``Snapshots`` for more than one."""
    with Snapshots(file) as snapshots:
        return snapshots.page(page, dpi, format)


def crop(
    file: Path,
    page: int,
    boxes: Iterable[BBox],
    margin: float = 36.0,
    dpi: float = 130,
    draw: bool = True,
    format: Format = "webp",
) -> PagePicture:
    """The part of one page around boxes (see ``Snapshots.crop``)."""
    with Snapshots(file) as snapshots:
        return snapshots.crop(page, boxes, margin, dpi, draw, format)


def _open_pdf(file: Path) -> Any:
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        return pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise Encrypted() from error
        raise Damaged() from error


def _open_image(file: Path) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # the size is checked here
    try:
        image: Image.Image = Image.open(file)
    except UnidentifiedImageError as error:
        raise Unsupported("该格式没有页面图像") from error
    except (OSError, ValueError) as error:
        raise Damaged() from error
    if image.width * image.height > MAX_PIXELS:
        image.close()
        raise TooLarge(f"图片为{image.width}×{image.height}像素")
    return image


def _with_boxes(image: Image.Image, boxes: Iterable[BBox], scale: float) -> Image.Image:
    over = Image.new("RGBA", image.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(over)
    for box in boxes:
        corners = (box.x0 * scale - 2, box.top * scale - 2, box.x1 * scale + 2, box.bottom * scale + 2)
        pen.rectangle(corners, fill=_FILL, outline=_EDGE, width=max(1, round(scale)))
    return Image.alpha_composite(image.convert("RGBA"), over).convert("RGB")


def _encoded(image: Image.Image, format: Format) -> bytes:
    buffer = io.BytesIO()
    if format == "png":
        image.save(buffer, "PNG")
    elif format == "jpeg":
        image.save(buffer, "JPEG", quality=80)
    else:
        image.save(buffer, "WEBP", quality=75, method=3)
    return buffer.getvalue()
