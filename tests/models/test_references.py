"""The papers that a city's own words point to by number: in the text, in a table's column, in a directory, on the shelf."""

from __future__ import annotations

import pytest

from extract.document import Cell, Document, Table
from models.references import codes, in_row, named, on_shelf, shelf


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("清单见支撑证明材料5", ["5"]),
        ("（见佐证2-1、2-2）", ["2-1", "2-2"]),
        ("【佐证】2-1、4-2", ["2-1", "4-2"]),
        ("证8至证12", ["8", "9", "10", "11", "12"]),
        ("附件2第3、4页", ["2"]),
        ("佐证08、佐证09", ["8", "9"]),
        ("附件三-1", ["3-1"]),
        ("详见佐证十二", ["12"]),
        ("见证明材料C1。", ["C-1"]),
        ("支撑材料3.2万元", []),
        ("佐证材料2024年提交", []),
        ("见证5户企业成长", []),
        ("作为佐证一并报送", []),
        ("验证3项指标", []),
    ],
)
def test_numbers_of_papers_in_running_text(text: str, found: list[str]) -> None:
    assert codes(text) == found


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("佐证/证7 指标数据证明.pdf", "7"),
        ("佐证/附件2-3 平台清单.xlsx", "2-3"),
        ("佐证/①政策.pdf", "1"),
        ("佐证/（10）称号.pdf", "10"),
        ("佐证/A-01专项政策.pdf", "A-1"),
        ("佐证/佐证二 复函.pdf", "2"),
        ("材料/5-1 实训基地.zip/照片.jpg", "5-1"),
        ("3 应用/3-2 名录.pdf", "3-2"),
        ("佐证/2023年名录.pdf", None),
        ("佐证/12家企业.pdf", None),
        ("佐证/5G工厂名录.pdf", None),
    ],
)
def test_a_paper_stands_under_the_number_of_its_name_or_else_of_its_folder(path: str, code: str | None) -> None:
    assert shelf([Document(path, "pdf")]) == ({code: [path]} if code else {})


def test_a_number_without_a_paper_of_its_own_means_its_parts() -> None:
    papers = shelf([Document(f"佐证/{name}.pdf", "pdf") for name in ("5-1 协议", "5-2 批复", "6 承诺", "51 其他")])
    assert on_shelf(papers, "5") == ["佐证/5-1 协议.pdf", "佐证/5-2 批复.pdf"]
    assert on_shelf(papers, "6") == ["佐证/6 承诺.pdf"]
    assert on_shelf(papers, "7") == []


def test_a_row_points_by_its_column_of_proofs_and_its_figures_do_not() -> None:
    rows = [["指标", "现状", "佐证编号"], ["边缘计算节点", "3-5", "2-3、2-4"]]
    grid = Table(2, 3, tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)), header_rows=1)
    assert in_row(grid, 1) == ["2-3", "2-4"]


def test_a_directory_names_papers_by_their_file_names() -> None:
    papers = shelf([Document("佐证/1 基金备案证明（扫描）.pdf", "pdf"), Document("佐证/2 名录.pdf", "pdf")])
    assert named(papers, "基金备案证明") == ["佐证/1 基金备案证明（扫描）.pdf"]
    assert named(papers, "名录") == []
