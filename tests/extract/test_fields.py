"""Form fields and written notes of PDFs: read like printed words, at their places."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import NameObject, NumberObject, TextStringObject
from reportlab.pdfgen import canvas

from extract import read
from extract.document import Anchor, Document


def form(file: Path, hidden: bool = False, rotate: int = 0) -> Document:
    """A form with a drawn field, a field whose drawing is left to the viewer, and a note over the page."""
    page = canvas.Canvas(str(file))
    page.drawString(50, 800, "Application form of the pilot zone, to be filled in by the city")
    page.acroForm.textfield(name="city", x=150, y=780, width=200, height=20, value="Mingzhou City")
    page.acroForm.textfield(name="density", x=150, y=740, width=200, height=20, value="")
    page.showPage()
    page.save()
    writer = PdfWriter(clone_from=str(file))
    for reference in writer.pages[0]["/Annots"]:
        field = reference.get_object()
        if field.get("/T") == "density":
            field[NameObject("/V")] = TextStringObject("每万人拥有5G基站36.2个")
            field.pop("/AP", None)
            if hidden:
                field[NameObject("/F")] = NumberObject(2)
    writer.add_annotation(0, FreeText(text="城市：明州市（手工补录）", rect=(50, 600, 300, 640)))
    if rotate:
        writer.pages[0].rotate(rotate)
    writer.write(str(file))
    return read(file)


@pytest.mark.parametrize("words", ["Mingzhou City", "每万人拥有5G基站36.2个", "城市：明州市（手工补录）"])
@pytest.mark.parametrize("rotate", [0, 90])
def test_fields_and_notes_are_read(words: str, rotate: int, tmp_path: Path) -> None:
    document = form(tmp_path / "申报表.pdf", rotate=rotate)
    squeezed = "".join(block.text for block in document.blocks).replace(" ", "")
    assert words.replace(" ", "") in squeezed


def test_a_field_leads_to_its_place_on_the_page(tmp_path: Path) -> None:
    document = form(tmp_path / "申报表.pdf")
    index, block = next((i, b) for i, b in enumerate(document.blocks) if "36.2" in b.text)
    start = block.text.index("36.2")
    (place,) = document.locate(Anchor(index, start, start + 4))
    height = document.pages[0].height
    assert place.page == 1 and 150 <= place.box.x0 < place.box.x1 <= 350
    assert height - 760 <= place.box.top < place.box.bottom <= height - 740


def test_a_hidden_field_says_nothing(tmp_path: Path) -> None:
    assert "36.2" not in "".join(block.text for block in form(tmp_path / "申报表.pdf", hidden=True).blocks)


def test_the_file_stays_as_it_was(tmp_path: Path) -> None:
    document = form(tmp_path / "申报表.pdf")
    before = (tmp_path / "申报表.pdf").read_bytes()
    assert read(tmp_path / "申报表.pdf") == document and (tmp_path / "申报表.pdf").read_bytes() == before
