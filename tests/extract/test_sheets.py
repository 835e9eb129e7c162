"""A sheet reads as it is shown: figures as formatted, merged cells over their places, what is hidden marked."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import extract
from extract import Document, Table, legacy, limits
from extract.cellformats import as_shown, plain
from extract.formats import ReadOptions
from tests.extract.biff import xls
from tests.extract.ooxml import links, sheet_xml, xlsx


def read(file: Path) -> Document:
    return extract.read(file, options=ReadOptions(ocr=False))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def serial(year: int, month: int, day: int) -> float:
    return float((datetime.date(year, month, day) - datetime.date(1899, 12, 30)).days)


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (36.200000000000003, "General", "36.2"),
        (12.0, "General", "12"),
        (12345678901234.0, "General", "12345678901234"),
        (0.1 + 0.2, "General", "0.3"),
        (0.85, "0%", "85%"),
        (0.8567, "0.0%", "85.7%"),
        (0.285, "0%", "29%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1234.5, "#,##0.00_);[Red](#,##0.00)", "1,234.50"),
        (-1234.5, "#,##0.00_);[Red](#,##0.00)", "(1,234.50)"),
        (36.0, "0.00", "36.00"),
        (36.25, "0.##", "36.25"),
        (36.0, "0.##", "36"),
        (7.0, "000", "007"),
        (12.5, '0.0"亿元"', "12.5亿元"),
        (5000.0, '"约"#,##0"万元"', "约5,000万元"),
        (12345678.0, "#,##0,", "12,346"),
        (1200.0, "[$¥-804]#,##0", "¥1,200"),
        (0.0, '0.0;-0.0;"—"', "—"),
        (-3.5, "0.0;-0.0", "-3.5"),
        (5.0, "@", "5"),
        (serial(2024, 9, 30), "yyyy/m/d", "2024/9/30"),
        (serial(2024, 9, 30), "yyyy-mm-dd", "2024-09-30"),
        (serial(2024, 9, 1), 'yyyy"年"m"月"', "2024年9月"),
        (serial(2024, 9, 1), "[$-804]yyyy年m月d日;@", "2024年9月1日"),
        (serial(2024, 9, 1) + 0.75, "yyyy-m-d h:mm", "2024-9-1 18:00"),
        (0.5, "h:mm AM/PM", "12:00 PM"),
        (1.5, "[h]:mm:ss", "36:00:00"),
    ],
)
def test_figures_are_as_the_sheet_shows_them(value: float, code: str, expected: str) -> None:
    assert as_shown(value, code) == expected


def test_odd_numbers_do_not_break_the_sheet() -> None:
    assert plain(float("nan")) == "nan" and as_shown(1e300, "yyyy-mm-dd") == plain(1e300)
    assert as_shown(1e300, "0.00").startswith("1") and plain(1e-7) == "0.0000001"


def test_formats_and_title_and_merged_cells(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["某市指标表"],
        ["类别", "指标", "数值"],
        ["网络", "占比", (0.85, 1)],
        ["", "密度", 36.2],
        ["", "年份", 2024.0],
    ]
    merged = '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A3:A5"/></mergeCells>'
    (table,) = tables(read(xlsx(tmp_path / "a.xlsx", {"指标": sheet_xml(rows, after=merged)}, codes=["0%"])))  # type: ignore[arg-type]
    assert table.rows() == [
        ["某市指标表"] * 3,
        ["类别", "指标", "数值"],
        ["网络", "占比", "85%"],
        ["网络", "密度", "36.2"],
        ["网络", "年份", "2024"],
    ]
    assert (table.caption, table.header_rows, table.sheet) == ("某市指标表", 2, "指标")


def test_shared_and_rich_words(tmp_path: Path) -> None:
    strings = (
        "<si><t>面积</t></si><si><r><t>km</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>2</t></r><rPh><t>音</t>"
        "</rPh></si>"
    )
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="b"><v>1</v></c><c r="D1" t="s"><v>99</v></c>'
    (table,) = tables(
        read(
            xlsx(
                tmp_path / "a.xlsx",
                {"表": f'<worksheet {ns}><sheetData><row r="1">{cells}</row></sheetData></worksheet>'},
                strings=strings,
            )
        )
    )
    assert table.rows() == [["面积", "km²", "TRUE"]]


def test_hidden_sheets_rows_and_columns_are_marked(tmp_path: Path) -> None:
    xml = sheet_xml(
        [["甲", "乙"], ["1", "2"]], before='<cols><col min="2" max="2" hidden="1"/></cols>', row_attributes={1: 'hidden="1"'}
    )
    document = read(xlsx(tmp_path / "a.xlsx", {"明": xml, "暗": [["丙"]]}, states={"暗": "veryHidden"}))
    shown, hidden = tables(document)
    assert [cell.hidden for cell in shown.cells] == [False, True, True, True]
    assert (shown.kind, hidden.kind, hidden.sheet) == ("body", "hidden", "暗")


def test_two_blank_rows_part_tables_and_one_does_not(tmp_path: Path) -> None:
    rows: list[list[object]] = [["甲", "乙"], ["1", "2"], [], ["3", "4"], [], [], ["丙", "丁"], ["5", "6"]]
    first, second = tables(read(xlsx(tmp_path / "a.xlsx", {"表": rows})))  # type: ignore[dict-item]
    assert first.rows() == [["甲", "乙"], ["1", "2"], ["", ""], ["3", "4"]] and second.rows() == [["丙", "丁"], ["5", "6"]]
    assert second.origin == (6, 0)


def test_the_trail_names_the_row_that_a_person_sees(tmp_path: Path) -> None:
    document = read(xlsx(tmp_path / "a.xlsx", {"表": [[], [None, "甲", "乙"], [None, "1", "2"]]}))
    anchor = next(anchor for anchor, text in document.anchors() if text == "2")
    assert document.trail(anchor) == "工作表“表” › 第3行第3列"


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing(tmp_path: Path) -> None:
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    far = (
        f'<worksheet {ns}><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1">'
        "<v>2</v></c></row>"
    )
    far += '<row r="2"><c r="B2"><v>4</v></c></row><row r="1048576"><c r="XFD1048576"><v>3</v></c></row></sheetData>'
    far += '<mergeCells><mergeCell ref="A1:A1048576"/><mergeCell ref="B2:XFD1048576"/></mergeCells></worksheet>'
    found = tables(read(xlsx(tmp_path / "a.xlsx", {"表": far})))
    assert "3" in [cell.text for table in found for cell in table.cells]
    assert sum(table.n_rows * table.n_cols for table in found) < 5_000_000


def test_more_cells_than_the_limit_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SHEET_CELLS", 5)
    document = read(xlsx(tmp_path / "a.xlsx", {"表": [["a", "b"], ["c", "d"], ["e", "f"]]}))
    assert document.problems[0].code == "too_large" and "上限 5" in document.problems[0].message
    assert len(tables(document)[0].rows()) == 3


def test_formulas_without_a_saved_result_are_told(tmp_path: Path) -> None:
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1*2</f></c>'
    document = read(
        xlsx(tmp_path / "a.xlsx", {"表": f'<worksheet {ns}><sheetData><row r="1">{cells}</row></sheetData></worksheet>'})
    )
    assert [problem.code for problem in document.problems] == ["formula"] and tables(document)[0].rows() == [["2"]]


def test_a_broken_sheet_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    document = read(xlsx(tmp_path / "a.xlsx", {"好": [["甲"]], "坏": "<worksheet><sheetData><row"}))
    assert [table.sheet for table in tables(document)] == ["好"] and "坏" in document.problems[0].message


def test_notes_on_cells_are_kept_apart(tmp_path: Path) -> None:
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    notes = (
        f'<comments {ns}><commentList><comment ref="B2"><text><r><t>口径待核</t></r></text></comment></commentList></comments>'
    )
    extra: dict[str, str | bytes] = {
        "xl/worksheets/_rels/sheet1.xml.rels": links(c="comments ../comments1.xml"),
        "xl/comments1.xml": notes,
    }
    document = read(xlsx(tmp_path / "a.xlsx", {"表": [["甲"]]}, extra=extra))
    assert [(block.text, block.kind) for block in document.blocks[1:]] == [("B2 口径待核", "comment")]


def test_an_old_workbook_is_read_with_merged_cells_formats_and_what_is_hidden(tmp_path: Path) -> None:
    rows: list[list[str | float | tuple[float, int]]] = [
        ["类别", "数值"],
        ["网络", 36.2],
        ["", (0.853, 1)],
        ["日期", (serial(2024, 9, 30), 2)],
        ["藏", 12.0],
    ]
    document = read(xls(tmp_path / "a.et", rows, merged=[(1, 2, 0, 0)], hidden_rows=(4,), hidden_cols=(1,)))
    (table,) = tables(document)
    assert document.format == "xls"
    assert table.rows() == [["类别", "数值"], ["网络", "36.2"], ["网络", "85.3%"], ["日期", "2024/9/30"], ["藏", "12"]]
    assert [cell.text for cell in table.cells if cell.hidden] == ["数值", "36.2", "85.3%", "2024/9/30", "藏", "12"]


def test_an_old_workbook_that_begins_late_keeps_its_places(tmp_path: Path) -> None:
    document = read(xls(tmp_path / "a.xls", [["", ""], ["", ""], ["", "甲", "乙"], ["", "丙", (0.5, 1)]], merged=[(2, 3, 1, 1)]))
    (table,) = tables(document)
    assert (table.rows(), table.origin) == ([["甲", "乙"], ["甲", "50.0%"]], (2, 1))


def test_an_old_workbook_that_claims_more_places_than_it_can_have_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legacy, "soffice", lambda: "")
    file = xls(tmp_path / "a.xls", [["甲", "乙"]])
    claim = b"\x00\x02\x0e\x00"
    data = file.read_bytes()
    at = data.index(claim) + 4
    file.write_bytes(data[:at] + b"\x00\x00\x00\x00\xff\xff\xff\xff\x00\x00\xff\xff" + data[at + 12 :])
    assert read(file).status == "unreadable" and read(file).problems[0].code in ("damaged", "engine_missing")


def test_an_old_workbook_that_only_the_office_program_can_read_is_told_to_be_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = xlsx(tmp_path / "made.xlsx", {"表": [["甲", 1]]})
    calls: list[str] = []

    def convert(files: dict[str, Path], kind: str, into: Path) -> dict[str, Path]:
        calls.append(kind)
        return {"0": made}

    monkeypatch.setattr(legacy, "soffice", lambda: "soffice")
    monkeypatch.setattr(legacy, "_convert", convert)
    file = xls(tmp_path / "a.xls", [["甲", 1.0]])
    assert read(file).problems == () and not calls
    data = file.read_bytes()
    at = data.index(b"\x04\x02\x0b\x00") + 2
    file.write_bytes(data[:at] + b"\xff\x7f" + data[at + 2 :])
    document = read(file)
    (problem,) = document.problems
    assert calls == ["xls"] and document.status == "partial" and tables(document)[0].rows() == [["甲", "1"]]
    assert (problem.code, problem.weight) == ("repaired", "lost") and "修复" in problem.message and problem.advice


def test_the_bytes_of_a_workbook_that_breaks_off_are_never_taken_for_words(tmp_path: Path) -> None:
    file = xls(tmp_path / "a.xls", [[f"名称{index}", float(index)] for index in range(150)])
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    document = read(file)
    assert document.status == "unreadable" and document.problems[0].code in ("damaged", "engine_missing")
