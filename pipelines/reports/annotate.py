"""Annotated copies of the submitted PDFs: evidence highlighted, with a note that names indicator and verdict."""

from __future__ import annotations

import io
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Popup
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, StreamObject, TextStringObject

from extract.document import BBox
from models.evidence import Evidence
from pipelines.reports import words
from pipelines.reports.options import Originals, ReportOptions
from pipelines.screening import Screening

COLOURS = {"claim": (1.0, 0.86, 0.30), "proof": (0.55, 0.86, 0.55), "target": (0.75, 0.82, 0.95)}
Corners = tuple[float, float, float, float]  # x0, y0, x1, y1, origin lower left
LEFT_OUT = "未标注的文件.txt"


def render(screening: Screening, out: Path, originals: Originals, options: ReportOptions) -> None:
    """Write annotated/PATH for each PDF with evidence, if asked for. Masked reports get none: a copy would show what they hide."""
    if not options.annotate or options.redact:
        return
    edition = words.edition_of(screening)
    verdicts = {finding.indicator: words.verdict_words(finding) for finding in screening.conditions}
    by_document: dict[str, list[tuple[Evidence, str]]] = {}
    for item in screening.evidence:
        if item.page is not None and item.boxes:
            name = words.indicator_of(edition, item.indicator).level3 if item.indicator else ""
            verdict = f"（{verdicts[item.indicator]}）" if item.indicator in verdicts else ""
            note = f"{item.id} {words.KIND_WORDS[item.kind]}：{name}{verdict}"
            by_document.setdefault(item.document, []).append((item, note))
    left_out = []
    for path, items in by_document.items():
        file = originals.file(path)
        if file is None or not _is_pdf(file):
            continue
        try:
            words.write(words.inside(out / "annotated", path), annotated(file, items))
        except Exception as error:  # a broken PDF is told of; the other copies are made
            left_out.append(f"{words.squeeze(path)}：无法在副本上标注（{type(error).__name__}），请按报告中的页码查阅原件。")
    if left_out:
        words.write(out / "annotated" / LEFT_OUT, "\n".join(left_out) + "\n")


def _is_pdf(file: Path) -> bool:
    with file.open("rb") as stream:
        return b"%PDF-" in stream.read(1024)


def annotated(file: Path, items: list[tuple[Evidence, str]]) -> bytes:
    """A copy of the PDF with a highlight and a note for each piece of evidence."""
    reader = PdfReader(file)
    if reader.is_encrypted:
        reader.decrypt("")
    writer = PdfWriter(clone_from=reader)
    for item, note in items:
        number = (item.page or 1) - 1
        if number >= len(writer.pages):
            continue
        page = writer.pages[number]
        crop = page.cropbox
        frame = (float(crop.left), float(crop.bottom), float(crop.right), float(crop.top))
        quads = [_unseen(box, frame, page.rotation % 360) for box in item.boxes]
        rect = (min(q[0] for q in quads), min(q[1] for q in quads), max(q[2] for q in quads), max(q[3] for q in quads))
        mark = writer.add_annotation(number, _highlight(writer, quads, rect, COLOURS.get(item.kind, COLOURS["claim"]), note))
        writer.add_annotation(number, Popup(rect=(rect[2], rect[1] - 60, rect[2] + 180, rect[3]), parent=mark, open=False))
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _unseen(box: BBox, frame: Corners, rotation: int) -> Corners:
    """A box as a reader sees it (origin upper left, page turned) in the page's own space: x0, y0, x1, y1, origin lower left."""
    left, bottom, right, top = frame
    if rotation == 90:
        return (left + box.top, bottom + box.x0, left + box.bottom, bottom + box.x1)
    if rotation == 180:
        return (right - box.x1, bottom + box.top, right - box.x0, bottom + box.bottom)
    if rotation == 270:
        return (right - box.bottom, top - box.x1, right - box.top, top - box.x0)
    return (left + box.x0, top - box.bottom, left + box.x1, top - box.top)


def _floats(*values: float) -> ArrayObject:
    return ArrayObject([FloatObject(round(value, 2)) for value in values])


def _highlight(writer: PdfWriter, quads: list[Corners], rect: Corners, colour: tuple[float, float, float], note: str) -> DictionaryObject:
    """A highlight with its own appearance, so that readers that draw none by themselves show it too."""
    look = StreamObject()
    shapes = "".join(f"{q[0]:.2f} {q[1]:.2f} {q[2] - q[0]:.2f} {q[3] - q[1]:.2f} re " for q in quads)
    look.set_data(f"/G gs {colour[0]} {colour[1]} {colour[2]} rg {shapes}f".encode("ascii"))
    state = DictionaryObject({NameObject("/Type"): NameObject("/ExtGState"), NameObject("/BM"): NameObject("/Multiply")})
    look.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): _floats(*rect),
            NameObject("/Resources"): DictionaryObject({NameObject("/ExtGState"): DictionaryObject({NameObject("/G"): state})}),
        }
    )
    points = [value for q in quads for value in (q[0], q[3], q[2], q[3], q[0], q[1], q[2], q[1])]
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Highlight"),
            NameObject("/Rect"): _floats(*rect),
            NameObject("/QuadPoints"): _floats(*points),
            NameObject("/C"): _floats(*colour),
            NameObject("/F"): NumberObject(4),
            NameObject("/T"): TextStringObject("预审程序"),
            NameObject("/Contents"): TextStringObject(note),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
        }
    )
