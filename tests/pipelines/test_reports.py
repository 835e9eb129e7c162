"""The reports of a made-up submission: forms, counts, safety against hostile text, redaction, annotated copies."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
import screenings
from docx import Document as WordDocument
from pypdf import PdfReader, PdfWriter

from extract.document import BBox
from models.catalogue import load_edition
from pipelines.diff import diff
from pipelines.redact import mask, redacted
from pipelines.reports import (
    LocalFiles,
    ReportOptions,
    annotate,
    findings_json,
    notice,
    scoring_sheet,
    words,
    write_batch,
    write_submission,
)
from pipelines.screening import GateVerdict, Reason, Screening, Verdict

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> javascript:alert(3) =HYPERLINK(\"http://x.invalid\") \x00\x07\x1b\u202e"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> screenings.Made:
    return screenings.make(tmp_path_factory.mktemp("星河"))


@pytest.fixture(scope="module")
def out(made: screenings.Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write_submission(made.screening, folder, made.originals, ReportOptions(annotate=True))
    return folder


def hostile(made: screenings.Made) -> Screening:
    """The screening with every kind of text from a submission replaced by hostile text."""
    base = made.screening
    return replace(
        base,
        name=HOSTILE,
        cities=(HOSTILE,),
        evidence=tuple(replace(item, text=HOSTILE, document=HOSTILE, trail=HOSTILE, page=None, boxes=()) for item in base.evidence),
        documents=tuple(replace(record, path=HOSTILE, title=HOSTILE, messages=(HOSTILE,), kind=HOSTILE) for record in base.documents),
        conditions=tuple(
            replace(
                finding,
                explanation=HOSTILE,
                steps=tuple(replace(step, text=HOSTILE) for step in finding.steps),
                grids=tuple(replace(grid, title=HOSTILE, rows=((HOSTILE,) * len(grid.header),)) for grid in finding.grids),
            )
            for finding in base.conditions
        ),
        conflicts=tuple(replace(conflict, text=HOSTILE) for conflict in base.conflicts),
        debris=(HOSTILE,),
        failed="",
    )


def conforms(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> list[str]:
    """What of a value breaks a JSON Schema of the few keywords that ours uses."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        return [] if any(not conforms(value, part, root) for part in schema["anyOf"]) else [f"{value!r} fits no part of anyOf"]
    faults = []
    kinds: dict[str, Any] = {"object": dict, "array": list, "string": str, "number": (int, float), "integer": int, "null": type(None), "boolean": bool}
    kind = schema.get("type")
    if kind and (not isinstance(value, kinds[kind]) or (isinstance(value, bool) and kind != "boolean")):
        return [f"{value!r} is no {kind}"]
    if "enum" in schema and value not in schema["enum"]:
        faults.append(f"{value!r} not in {schema['enum']}")
    if "const" in schema and value != schema["const"]:
        faults.append(f"{value!r} is not {schema['const']!r}")
    if isinstance(value, dict):
        faults += [f"{key} is missing" for key in schema.get("required", ()) if key not in value]
        for key, item in value.items():
            known = schema.get("properties", {}).get(key)
            extra = schema.get("additionalProperties", True)
            if known is not None:
                faults += conforms(item, known, root)
            elif extra is False:
                faults.append(f"{key} is unknown")
            elif isinstance(extra, dict):
                faults += conforms(item, extra, root)
    if isinstance(value, list):
        for index, item in enumerate(value):
            part = schema["prefixItems"][index] if index < len(schema.get("prefixItems", ())) else schema.get("items", {})
            faults += conforms(item, part, root) if isinstance(part, dict) else []
    return faults


def test_findings_json_conforms_to_its_published_schema(out: Path) -> None:
    schema = findings_json.schema()
    data = json.loads((out / "findings.json").read_text("utf-8"))
    assert conforms(data, schema, schema) == []
    assert conforms({**data, "gate": {"verdict": "perhaps"}}, schema, schema)


def test_findings_json_has_the_fixed_fields_the_six_conditions_and_all_indicators(out: Path) -> None:
    data = json.loads((out / "findings.json").read_text("utf-8"))
    assert data["schema"] == "findings/1"
    assert [c["indicator"] for c in data["conditions"]] == [c.indicator for c in load_edition().conditions]
    assert [row["indicator"] for row in data["indicators"]] == [i.id for i in load_edition().indicators]
    coverage = data["conditions"][1]
    assert coverage["value"] == 34.2
    assert coverage["verdict"] == "review"


def test_a_saved_screening_is_read_back_whole(made: screenings.Made, out: Path) -> None:
    back = findings_json.load(out / "findings.json")
    assert findings_json.to_json(back) == findings_json.to_json(made.screening)
    assert findings_json.load(findings_json.to_json(back)) == back
    assert back.conditions[1].value == Decimal("34.2")
    assert back.by_id()["E3"].quantities == made.screening.by_id()["E3"].quantities


def test_a_figure_with_many_digits_survives_the_way_through_json(made: screenings.Made) -> None:
    value = Decimal("30.0000000000000000000000001")
    first = replace(made.screening.conditions[1], value=value)
    screening = replace(made.screening, conditions=(first, *made.screening.conditions[2:]))
    assert findings_json.load(findings_json.to_json(screening)).conditions[0].value == value


def test_a_file_that_is_no_screening_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "findings.json"
    file.write_text('{"schema": "other"}', encoding="utf-8")
    with pytest.raises(ValueError, match="prescreen run"):
        findings_json.load(file)


def test_documents_json_shows_a_table_as_a_full_grid(out: Path) -> None:
    data = json.loads((out / "documents" / (screenings.SCENES + ".json")).read_text("utf-8"))
    (table,) = data["blocks"]
    assert table["kind"] == "table"
    assert len(table["rows"]) == 6
    assert all(len(row) == 3 for row in table["rows"])


def test_a_document_path_cannot_lead_out_of_the_reports_folder(tmp_path: Path) -> None:
    for path in ("../../etc/passwd", "/etc/passwd", "a/../../b", "x" * 300 + ".pdf", "..", "a\x00b"):
        assert tmp_path in words.inside(tmp_path, path, ".json").parents


def test_counts_agree_over_json_html_word_and_excel(made: screenings.Made, out: Path) -> None:
    data = json.loads((out / "findings.json").read_text("utf-8"))
    page = (out / "report.html").read_text("utf-8")
    ids = [item["id"] for item in data["evidence"]]
    assert sorted(re.findall(r'<article class="tile[^"]*" id="(E\d+)"', page)) == sorted(ids)
    book = openpyxl.load_workbook(out / "findings.xlsx")
    assert [row[0] for row in book["证据"].iter_rows(min_row=2, values_only=True)] == ids
    assert book["结论"].max_row - 1 == len(data["conditions"])
    word = WordDocument(str(out / "report.docx"))
    told = "\n".join([*(p.text for p in word.paragraphs), *(cell.text for table in word.tables for row in table.rows for cell in row.cells)])
    for condition in data["conditions"]:
        for key in (*condition["claims"], *condition["proofs"]):
            assert re.search(rf"\b{key}\b", told), key
    verdicts = [words.verdict_words(finding) for finding in made.screening.conditions]
    cells = [[cell.text for cell in row.cells] for table in word.tables[:2] for row in table.rows]
    assert [v for v in verdicts if any(v in cell for row in cells for cell in row)] == verdicts
    for finding, verdict in zip(made.screening.conditions, verdicts, strict=True):
        card = page[page.index(f'id="{finding.indicator}"') :]
        assert verdict in card[: card.index("</header>")]


def test_the_statement_on_paper_is_never_called_true(out: Path) -> None:
    page = (out / "report.html").read_text("utf-8")
    assert "证明齐备，须现场核实" in page
    assert "属实" not in page


def test_the_same_screening_gives_the_same_bytes(made: screenings.Made, out: Path, tmp_path: Path) -> None:
    write_submission(made.screening, tmp_path, made.originals, ReportOptions(annotate=True))
    for file in out.rglob("*"):
        if file.is_file() and "annotated" not in file.parts:
            assert (tmp_path / file.relative_to(out)).read_bytes() == file.read_bytes(), file.name


def test_no_report_leaves_a_half_written_file_behind(out: Path) -> None:
    assert [file.name for file in out.rglob("*.tmp")] == []


def test_hostile_text_is_shown_and_never_markup(made: screenings.Made, tmp_path: Path) -> None:
    write_submission(hostile(made), tmp_path, LocalFiles(), ReportOptions())
    page = (tmp_path / "report.html").read_text("utf-8")
    assert page.count("<script>") == 1
    assert "<img" not in page
    assert not re.search(r'(href|src)="javascript:', page)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", page)
    assert "&lt;script&gt;" in page


def test_hostile_text_is_no_formula_in_a_workbook_and_opens_in_word(made: screenings.Made, tmp_path: Path) -> None:
    base = hostile(made)
    formula = '=HYPERLINK("http://x.invalid","x")'
    screening = replace(base, evidence=tuple(replace(item, text=formula) for item in base.evidence), name="@SUM(1)", cities=("+1",))
    write_submission(screening, tmp_path, LocalFiles(), ReportOptions())
    write_batch([screening], tmp_path)
    for name in ("findings.xlsx", "summary.xlsx"):
        for sheet in openpyxl.load_workbook(tmp_path / name):
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f"
                    assert cell.hyperlink is None
                    assert not (isinstance(cell.value, str) and cell.value[:1] in ("=", "+", "-", "@", "\t", "\r"))
    for name in ("report.docx", "scoring_sheet.docx", "notice.docx"):
        assert WordDocument(str(tmp_path / name)).paragraphs


def test_the_page_asks_for_nothing_from_outside(out: Path) -> None:
    page = (out / "report.html").read_text("utf-8")
    policy = html.unescape(page.split("</head>")[0])
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    body = re.sub(r"data:image/webp;base64,[A-Za-z0-9+/=]+", "", page)
    assert not re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', body.replace('href=""', ""))


def test_a_page_is_stored_once_however_often_it_is_quoted(made: screenings.Made, out: Path) -> None:
    page = (out / "report.html").read_text("utf-8")
    pages = {(item.document, item.page) for item in made.screening.evidence if item.page}
    assert page.count("data:image/webp") == len(pages)


def test_pictures_stay_within_their_room(made: screenings.Made, tmp_path: Path) -> None:
    write_submission(made.screening, tmp_path, made.originals, ReportOptions(picture_bytes=20_000))
    page = (tmp_path / "report.html").read_text("utf-8")
    pictures = re.findall(r"base64,([A-Za-z0-9+/=]+)", page)
    assert sum(len(picture) * 3 // 4 for picture in pictures) <= 20_000
    assert "页图片未收入" in page


def test_score_cells_are_empty_and_level_one_points_are_printed(made: screenings.Made) -> None:
    word = WordDocument(io.BytesIO(scoring_sheet.paper(made.screening)))
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert {row[-1] for row in rows[1:]} == {""}
    assert [points for points in ("20分", "25分", "10分", "5分", "100分") if not any(points in row[0] for row in rows)] == []
    assert len(rows) == 1 + 37 + 1


def test_a_notice_names_each_open_condition_with_places_and_leaves_sender_and_date_empty(made: screenings.Made, out: Path) -> None:
    text = "\n".join(p.text for p in WordDocument(str(out / "notice.docx")).paragraphs)
    for part in ("5G网络覆盖率：需人工核查", "应用场景数量：缺少佐证", "具备全国性示范能力情况：不符合", "省级人民政府申报函", "第1页", "请补正"):
        assert part in text
    assert "专项政策制定及实施情况" not in text
    assert not re.search(r"20\d\d年\d+月", text.split("请于")[1])


def test_a_submission_that_passes_gets_no_notice_and_an_old_one_goes(made: screenings.Made, tmp_path: Path) -> None:
    notice.render(made.screening, tmp_path, made.originals, ReportOptions())
    assert (tmp_path / "notice.docx").is_file()
    notice.render(screenings.passing(made), tmp_path, made.originals, ReportOptions())
    assert not (tmp_path / "notice.docx").exists()


def test_word_papers_declare_the_official_fonts_and_what_stands_in_for_them(out: Path) -> None:
    with zipfile.ZipFile(out / "report.docx") as package:
        body = package.read("word/document.xml").decode() + package.read("word/styles.xml").decode()
        fonts = package.read("word/fontTable.xml").decode()
    for font in ("方正小标宋简体", "仿宋_GB2312", "黑体"):
        assert f'w:eastAsia="{font}"' in body
    assert re.search(r'<w:altName w:val="[^"]*宋体', fonts)


def test_a_submission_that_could_not_be_opened_still_gets_its_reports(tmp_path: Path) -> None:
    write_submission(screenings.failed(), tmp_path, LocalFiles(), ReportOptions())
    assert "压缩包损坏" in (tmp_path / "report.html").read_text("utf-8")
    assert findings_json.load(tmp_path / "findings.json").failed


def test_the_batch_page_shows_the_worst_first_and_the_failed_with_its_reason(made: screenings.Made, tmp_path: Path) -> None:
    write_batch([screenings.passing(made), made.screening, screenings.failed()], tmp_path)
    page = (tmp_path / "index.html").read_text("utf-8")
    assert page.index("损坏.zip") < page.index("星河市申报材料") < page.index("安丰市")
    assert "压缩包损坏" in page
    assert "证明齐备，须现场核实" in page
    assert "%E6%98%9F%E6%B2%B3" in page  # links are encoded
    book = openpyxl.load_workbook(tmp_path / "summary.xlsx")
    assert [row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)] == ["损坏.zip", "星河市申报材料", "安丰市"]


# ---- redaction ----

SECRETS = ("11010519491231002X", "13812345678", "6222020200112233445", "65530123")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("身份证号11010519491231002X。", "身份证号110***********002X。"),
        ("1101051949 1231002X", "110******* ****002X"),
        ("手机１３８１２３４５６７８", "手机１３８****５６７８"),
        ("138 1234 5678", "138 **** 5678"),
        ("电话：0512-65530123", "电话：0512-******23"),
        ("账号：6222 0202 0011 2233 445", "账号：6222 **** **** ***3 445"),
        ("开户账号：32050164360009001234", "开户账号：3205************1234"),
    ],
)
def test_personal_numbers_are_masked_digit_for_digit(text: str, shown: str) -> None:
    assert mask(text) == shown
    assert len(mask(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    ["全市5G基站15800个", "投资12345678901元", "统一社会信用代码91310000123456789X", "星政发〔2023〕18号", "2024年10月08日", "ZL201810123456.7", "110105194912310021"],
)
def test_other_figures_stay_as_they_are(text: str) -> None:
    assert mask(text) == text


def test_no_masked_number_is_left_in_any_output(made: screenings.Made, tmp_path: Path) -> None:
    write_submission(made.screening, tmp_path, made.originals, ReportOptions(redact=True, annotate=True))
    write_batch([made.screening], tmp_path, ReportOptions(redact=True))
    for file in tmp_path.rglob("*"):
        if file.is_file():
            raw = file.read_bytes()
            if file.suffix in (".docx", ".xlsx"):
                with zipfile.ZipFile(file) as package:
                    raw = b"".join(package.read(name) for name in package.namelist())
            assert [secret for secret in SECRETS if secret.encode() in raw] == [], file.name
    assert not (tmp_path / "annotated").exists()


def test_page_pictures_are_blacked_out_where_a_number_stands(made: screenings.Made) -> None:
    _, originals = redacted(made.screening, made.originals)
    assert originals.strict
    assert originals.masks[(screenings.LETTER, 1)]
    scanned = replace(made.documents[screenings.LETTER], pages=tuple(replace(p, lane="ocr") for p in made.documents[screenings.LETTER].pages))
    _, other = redacted(made.screening, LocalFiles({**made.documents, screenings.LETTER: scanned}, made.originals.files))
    assert (screenings.LETTER, 1) not in other.masks


def test_quotes_of_a_masked_screening_are_quotes_of_the_masked_documents(made: screenings.Made) -> None:
    screening, originals = redacted(made.screening, made.originals)
    assert [item.text for item in screening.evidence] == [originals.documents[item.document].quote(item.anchor) for item in screening.evidence]


# ---- annotated copies ----


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_highlights_lie_on_the_words_of_turned_pages_too(tmp_path: Path, rotation: int, made: screenings.Made) -> None:
    source = PdfWriter()
    page = source.add_blank_page(400, 600)
    page.cropbox.lower_left = (20, 30)
    page.rotate(rotation)
    file = tmp_path / "页.pdf"
    source.write(file)
    box = BBox(50, 100, 150, 120)
    item = replace(made.screening.evidence[0], page=1, boxes=(box,))
    copy = annotate.annotated(file, [(item, "E1 佐证：专项政策（符合）")])
    image = pypdfium2.PdfDocument(copy)[0].render(scale=1, may_draw_forms=True).to_pil().convert("RGB")
    assert image.getpixel((100, 110)) != (255, 255, 255)
    for outside in ((40, 110), (160, 110), (100, 94), (100, 126)):
        assert image.getpixel(outside) == (255, 255, 255)
    (mark, *_) = PdfReader(io.BytesIO(copy)).pages[0]["/Annots"]  # type: ignore[misc]
    assert mark.get_object()["/Contents"] == "E1 佐证：专项政策（符合）"


def test_originals_are_not_touched_by_annotating(made: screenings.Made, tmp_path: Path) -> None:
    before = {path: file.read_bytes() for path, file in made.originals.files.items()}
    write_submission(made.screening, tmp_path, made.originals, ReportOptions(annotate=True))
    assert {path: file.read_bytes() for path, file in made.originals.files.items()} == before
    assert (tmp_path / "annotated" / screenings.PLAN).is_file()


def test_a_pdf_that_cannot_be_annotated_is_named(made: screenings.Made, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4\nnothing")
    out = tmp_path / "out"
    annotate.render(made.screening, out, LocalFiles({}, {screenings.PLAN: broken}), ReportOptions(annotate=True))
    assert screenings.PLAN in (out / "annotated" / annotate.LEFT_OUT).read_text("utf-8")


# ---- going on with a screening ----


def test_diff_tells_verdicts_values_and_documents(made: screenings.Made) -> None:
    old = made.screening
    new = replace(
        old,
        gate=GateVerdict.PASS,
        gate_reasons=(Reason("gate.pass"),),
        conditions=tuple(replace(f, verdict=Verdict.MET, value=f.value and f.value + 2) for f in old.conditions),
        documents=old.documents[:-1],
    )
    changes = "\n".join(diff(old, new))
    assert diff(old, old) == []
    for part in ("不通过 → 通过", "34.2 → 36.2", screenings.SCAN):
        assert part in changes


def test_frames_hold_a_row_for_each_finding_and_each_piece_of_evidence(made: screenings.Made) -> None:
    frames = made.screening.to_frame()
    assert len(frames.findings) == 6
    assert len(frames.evidence) == len(made.screening.evidence)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("30", "30"), ("30.0", "30.0"), ("34.2", "34.2"), ("44.48646", "44.49"), ("30.000004", "30.000004"), ("29.9999", "29.9999"), ("1E+3", "1000")],
)
def test_figures_are_written_without_looking_like_the_threshold(value: str, shown: str) -> None:
    assert words.number(Decimal(value)) == shown
