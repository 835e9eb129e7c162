"""Ruling lines and words become cells with spans, over pages too."""

from __future__ import annotations

import pytest

from extract.document import Table
from extract.page import Ruling, Word
from tests.extract.readings import page, prose, ruled, table, tables, word

XS, YS = (72.0, 132.0, 272.0, 372.0), (100.0, 120.0, 140.0, 160.0)
ROWS = [["序号", "项目名称", "数量"], ["1", "网络改造", "36.3"], ["2", "标识解析", "1,200"]]


def test_a_ruled_table_keeps_every_cell_at_its_place() -> None:
    (found,) = tables(page(1, *table(XS, YS, ROWS)))
    assert found.rows() == ROWS
    assert found.header_rows == 1
    assert [part.page for part in found.parts] == [1]
    assert found.parts[0].box == (72, 100, 372, 160)


def test_each_cell_tells_where_its_words_stand() -> None:
    (found,) = tables(page(1, *table(XS, YS, ROWS)))
    cell = next(cell for cell in found.cells if cell.text == "36.3")
    (line,) = cell.lines
    assert (line.page, line.box.x0, line.box.top) == (1, 275, 124)
    assert line.box_of(1, 2).x0 == 280  # the point, after one digit of five points


def test_missing_borders_merge_cells_over_rows_and_columns() -> None:
    words, _ = table(XS, YS, [["名称", "目标", ""], ["", "2024年", "2025年"], ["甲", "10", "20"]])
    rulings = [r for r in ruled(XS, YS) if r not in (Ruling(72, 120, 372, 120), Ruling(272, 100, 272, 160))]
    rulings += [Ruling(132, 120, 372, 120), Ruling(272, 120, 272, 160)]
    (found,) = tables(page(1, words, rulings))
    spans = {cell.text: (cell.row, cell.col, cell.rowspan, cell.colspan) for cell in found.cells}
    assert spans["名称"] == (0, 0, 2, 1)
    assert spans["目标"] == (0, 1, 1, 2)
    assert found.rows()[1] == ["名称", "2024年", "2025年"]
    assert found.header_rows == 2


def test_a_table_open_at_its_sides_has_its_outer_columns() -> None:
    words, rulings = table(XS, YS, ROWS)
    (found,) = tables(page(1, words, [r for r in rulings if r.x0 != r.x1 or r.x0 in XS[1:3]]))
    assert found.rows() == ROWS


def test_double_lines_and_small_gaps_are_single_lines() -> None:
    words, rulings = table(XS, YS, ROWS)
    noisy = [*rulings, *(Ruling(r.x0, r.top + 1.5, r.x1, r.bottom + 1.5) for r in rulings if r.top == r.bottom)]
    torn = [piece for r in noisy for piece in _torn(r)]
    (found,) = tables(page(1, words, torn))
    assert found.rows() == ROWS


def _torn(r: Ruling) -> list[Ruling]:
    if r.top == r.bottom:
        middle = (r.x0 + r.x1) / 2
        return [Ruling(r.x0, r.top, middle - 1.5, r.top), Ruling(middle + 1.5, r.top + 0.7, r.x1, r.top + 0.7)]
    return [r]


def test_a_word_across_a_border_is_split_between_its_cells() -> None:
    words, rulings = table(XS, YS, [["序号", "名称", "数量"], ["1", "", ""], ["2", "乙", "8"]])
    across = word(XS[2] - 20, YS[1] + 4, "甲乙丙丁", 10)
    (found,) = tables(page(1, [*words, across], rulings))
    assert found.rows()[1] == ["1", "甲乙", "丙丁"]


def test_lines_of_a_cell_join_without_a_blank_and_broken_numbers_are_whole() -> None:
    xs, ys = (72.0, 142.0, 192.0), (100.0, 120.0, 160.0)
    words = [word(75, 104, "企业名称", 10), word(145, 104, "金额", 10)]
    words += [
        word(75, 124, "智能装备", 10),
        word(75, 138, "有限公司", 10),
        word(145, 124, "12,345,6", 10),
        word(145, 138, "78", 10),
    ]
    (found,) = tables(page(1, words, ruled(xs, ys)))
    assert found.rows()[1] == ["智能装备有限公司", "12,345,678"]


def test_a_repeated_header_is_in_the_joined_table_once() -> None:
    one = page(1, *table(XS, (700, 720, 740, 760), ROWS))
    two = page(2, *table(XS, (72, 92, 112), [ROWS[0], ["3", "边缘计算", "9"]]))
    (found,) = tables(one, two)
    assert found.rows() == [*ROWS, ["3", "边缘计算", "9"]]
    assert [part.page for part in found.parts] == [1, 2]
    assert next(c for c in found.cells if c.text == "边缘计算").lines[0].page == 2


def test_a_table_goes_on_without_a_header_and_past_page_furniture() -> None:
    foot = [word(290, 800, "- 1 -", 9)]
    words, rulings = table(XS, (700, 720, 740, 760), ROWS)
    two = page(2, *table(XS, (72, 92), [["3", "边缘计算", "9"]]))
    (found,) = tables(page(1, [*words, *foot], rulings), two)
    assert found.rows()[-1] == ["3", "边缘计算", "9"]


def test_text_between_two_tables_keeps_them_apart() -> None:
    words, rulings = table(XS, (300, 320, 340), [["3", "边缘计算", "9"], ["4", "算力", "8"]])
    between = prose("以下为另一张表的情况说明。", 200)
    assert len(tables(page(1, *table(XS, (700, 720, 740, 760), ROWS)), page(2, [*between, *words], rulings))) == 2


def test_another_header_begins_another_table() -> None:
    two = page(2, *table(XS, (72, 92, 112), [["序号", "企业名称", "类别"], ["1", "甲公司", "装备"]]))
    assert len(tables(page(1, *table(XS, (700, 720, 740, 760), ROWS)), two)) == 2


def test_a_row_cut_by_the_page_break_is_joined_again() -> None:
    words, rulings = table(XS, (700, 720, 760), [ROWS[0], ["1", "", "36"]])
    words += [word(135, 724, "推进工业园区网络改造升级扩", 10), word(135, 738, "容并支持中小企业开展网络改", 10)]
    two = page(2, *table(XS, (72, 92, 112), [["", "造", ""], ["2", "标识解析", "9"]]))
    (found,) = tables(page(1, words, rulings), two)
    assert found.rows()[1:] == [["1", "推进工业园区网络改造升级扩容并支持中小企业开展网络改造", "36"], ["2", "标识解析", "9"]]
    lines = next(c for c in found.cells if c.text.startswith("推进")).lines
    assert [line.page for line in lines] == [1, 1, 2]


def test_a_merged_cell_cut_by_the_page_break_goes_on() -> None:
    top, foot = (680.0, 700.0, 720.0, 740.0), (72.0, 92.0, 112.0)
    words, rulings = table(XS, top, [["类别", "名称", "数量"], ["基础", "甲", "1"], ["", "乙", "2"]])
    rulings = [r for r in rulings if r != Ruling(72, 720, 372, 720)] + [Ruling(132, 720, 372, 720)]
    more, lines = table(XS, foot, [["", "丙", "3"], ["", "丁", "4"]])
    lines = [r for r in lines if r != Ruling(72, 92, 372, 92)] + [Ruling(132, 92, 372, 92)]
    (found,) = tables(page(1, words, rulings), page(2, more, lines))
    assert [row[0] for row in found.rows()] == ["类别", "基础", "基础", "基础", "基础"]
    assert [row[1] for row in found.rows()] == ["名称", "甲", "乙", "丙", "丁"]


def test_a_three_line_table_is_found_by_alignment() -> None:
    rows = [["指标", "2023年", "2024年"], ["基站数", "120", "150"], ["工厂数", "5", "8"], ["场景数", "60", "88"]]
    words = [word(x, 100 + 20 * r, text, 10) for r, row in enumerate(rows) for x, text in zip((90, 220, 360), row, strict=True)]
    rules = [Ruling(72, y, 450, y) for y in (96, 116, 178)]
    (found,) = tables(page(1, [*words, *prose("全市情况如上表所示，各项指标稳步增长。", 220)], rules))
    assert found.rows() == rows
    assert found.confidence < 1


def test_a_list_in_columns_without_lines_is_a_table() -> None:
    rows = [["序号", "企业名称", "所在地"], ["1", "甲装备公司", "东区"], ["2", "乙材料公司", "西区"], ["3", "丙电子公司", "南区"]]
    words = [word(x, 300 + 18 * r, text) for r, row in enumerate(rows) for x, text in zip((80, 150, 380), row, strict=True)]
    (found,) = tables(page(1, [*prose("名单如下，共三家企业。", 200), *words]))
    assert found.rows() == rows


CLOSE = [
    ("指标", "二〇二四年", "二〇二六年", "二〇二七年"), ("每万人5G", "二十八点七", "三十一", "三十三"), ("基站", "", "", ""),
    ("工厂", "五家", "六家", "七家"), ("名录工厂", "二个", "三个", "四个"), ("平台项目", "三十一个", "四十个", "五十个"), ("部级称号", "五项", "六项", "七项"),
]  # fmt: skip


def close_columns(rows: list[tuple[str, ...]], y: float) -> list[Word]:
    return [
        word(x, y + 15 * r, text, 10) for r, row in enumerate(rows) for x, text in zip((72, 128, 186, 244), row, strict=True) if text
    ]


def test_columns_less_than_a_character_apart_keep_their_head_and_their_broken_labels() -> None:
    (found,) = tables(page(1, [*prose("四年的指标如下。", 80), *close_columns(CLOSE, 300)]))
    assert found.rows()[0] == list(CLOSE[0])
    assert found.rows()[1] == ["每万人5G基站", *CLOSE[1][1:]]
    assert found.n_rows == 6


def test_rows_of_a_table_without_lines_go_on_at_the_next_pages_top() -> None:
    more = close_columns([("培训", "六百人次", "七百人次", "八百人次"), ("诊断", "九户", "十户", "十一户")], 72)
    (found,) = tables(page(1, close_columns(CLOSE, 690)), page(2, [*more, *prose("五、任务。先补网络，后扩应用。", 160)]))
    assert found.rows()[-1] == ["诊断", "九户", "十户", "十一户"]
    assert [part.page for part in found.parts] == [1, 2]


def test_text_below_a_page_break_is_no_row_of_the_table_above_it() -> None:
    (found,) = tables(page(1, close_columns(CLOSE, 690)), page(2, prose("全市先补网络、后扩应用，农忙之前检修一遍。" * 4, 72)))
    assert [part.page for part in found.parts] == [1]


def test_a_line_below_every_row_makes_rows_of_several_printed_lines() -> None:
    rows = [("称号", "主体", "年份"), ("国家新型工业化", "明州汽车产业开", "2017"), ("示范基地", "发区", ""), ("千兆城市", "明州市", "2023")]
    at = (100, 120, 134, 156)
    words = [word(x, y, text, 10) for y, row in zip(at, rows, strict=True) for x, text in zip((80, 180, 280), row, strict=True) if text]
    rules = [Ruling(72, y, 302, y) for y in (96, 116, 150, 172)]
    (found,) = tables(page(1, words, rules))
    assert found.rows() == [["称号", "主体", "年份"], ["国家新型工业化示范基地", "明州汽车产业开发区", "2017"], ["千兆城市", "明州市", "2023"]]


def test_a_label_amid_several_records_of_a_three_line_table_stands_for_all_of_them() -> None:
    rows = [("城市", "称号", "年份"), ("", "示范基地", "2021"), ("甲市", "示范工厂揭榜单位", "2023"), ("", "绿色工厂", "2024"), ("", "产业集群", "2024"), ("", "示范企业", "2025")]
    words = [word(x, 100 + 18 * r, text, 10) for r, row in enumerate(rows) for x, text in zip((80, 150, 280), row, strict=True) if text]
    words.append(word(80, 100 + 18 * 4.5, "乙市", 10))  # amid the fourth and the fifth
    running = [Ruling(72, 60, 320, 60)]  # the line below the running head is as long as the table's
    (found,) = tables(page(1, [word(80, 45, "甲市乙市联合试点工作方案", 9), *prose("称号见下表。", 70), *words], running + [Ruling(72, y, 320, y) for y in (96, 115, 206)]))
    assert found.rows() == [list(rows[0]), *[["甲市", *row[1:]] for row in rows[1:4]], *[["乙市", *row[1:]] for row in rows[4:]]]
    assert found.confidence < 1


def test_cells_of_two_printed_lines_amid_single_ones_are_one_record() -> None:
    words = [word(x, 100, text, 10) for x, text in ((80, "称号"), (220, "主体"), (330, "年份"))]
    for top, name, more, firm in ((124, "国家新型工业化产业示", "范基地", "甲开发区"), (156, "中小企业特色产业集群", "（轴承）", "乙园区")):
        words += [word(80, top, name, 10), word(80, top + 12, more, 10), word(220, top + 6, firm, 10), word(330, top + 6, "2024", 10)]
    (found,) = tables(page(1, words, [Ruling(72, y, 372, y) for y in (96, 114, 184)]))
    assert found.rows() == [["称号", "主体", "年份"], ["国家新型工业化产业示范基地", "甲开发区", "2024"], ["中小企业特色产业集群（轴承）", "乙园区", "2024"]]


def test_cells_centred_on_their_records_middle_are_one_record_however_tight_the_lines() -> None:
    words = [word(x, 100, text, 11) for x, text in ((76, "序号"), (114, "称号"), (300, "主体"), (440, "年份"))]
    records = [(335, ("国家新型工业化产业示范基地（数", "控机床）"), ("2017年",)), (369, ("国家先进制造业集群（钛及钛合", "金）"), ("2024年",)), (395, ("示范工厂揭榜单位",), ("2023年",)), (421, ("卓越级智能工厂",), ("2025年（第一", "批）"))]
    for number, (middle, name, year) in enumerate(records, 1):
        words += [word(84, middle - 200, str(number), 11), word(300, middle - 200, "甲乙丙丁有限公司", 11)]
        for x, lines in ((114, name), (440, year)):
            words += [word(x, middle - 200 + 15.6 * (at - (len(lines) - 1) / 2), line, 11) for at, line in enumerate(lines)]
    (found,) = tables(page(1, words, [Ruling(72, y, 522, y) for y in (96, 116, 246)]))
    assert [row[1] for row in found.rows()] == ["称号", *("".join(name) for _, name, _ in records)]
    assert [row[3] for row in found.rows()] == ["年份", *("".join(year) for _, _, year in records)]


def test_a_frame_with_a_line_below_its_head_is_a_table_of_white_gutters() -> None:
    rows = [["年度", "奖补资金", "场景数"], ["2025年", "2800", "34"], ["2026年", "3200", "37"], ["2027年", "3600", "40"]]
    words = [word(x, 100 + 18 * r, text, 10) for r, row in enumerate(rows) for x, text in zip((80, 180, 280), row, strict=True)]
    (found,) = tables(page(1, words, ruled((72, 360), (96, 115, 172))))
    assert found.rows() == rows


def test_two_columns_of_running_text_between_lines_are_no_table() -> None:
    text = "全市深入推进新型工业化建设，围绕装备制造和新材料产业开展网络化改造。" * 4
    words = prose(text, 110, width=200, indent=0) + prose(text, 110, x=300, width=200, indent=0)
    assert tables(page(1, words, [Ruling(72, y, 500, y) for y in (90, 200, 400)])) == []


def test_lines_around_groups_of_records_part_no_rows() -> None:
    rows = [("企业", "数量"), ("甲公司", "1"), ("乙公司", "2"), ("丙材料公司", "30000"), ("丁公司", "4"), ("戊公司", "5"), ("己材料公司", "60000")]
    words = [word(x, 100 + 18 * r, text, 10) for r, row in enumerate(rows) for x, text in zip((80, 220), row, strict=True)]
    rules = [Ruling(72, y, 320, y) for y in (96, 115, 169, 226)]
    (found,) = tables(page(1, words, rules))
    assert found.rows() == [list(row) for row in rows]


def test_running_text_is_never_eaten_by_alignment() -> None:
    lines = prose("全市深入推进新型工业化建设，围绕装备制造和新材料产业开展网络化改造。" * 12, 100)
    signed = [word(330, 500, "某市人民政府"), word(340, 520, "2024年9月6日")]
    assert tables(page(1, [*lines, *signed])) == []


def test_a_box_around_text_is_no_table() -> None:
    (note,) = list(
        _blocks(page(1, [word(80, 110, "专栏1 重点工程"), word(80, 140, "建设5G专网。")], ruled((72, 500), (100, 130, 160))))
    )[:1]
    assert not isinstance(note, Table)
    assert note.kind == "textbox"


def _blocks(*pages: object) -> list[object]:
    from extract.layout import blocks

    return list(blocks(pages))  # type: ignore[arg-type]


def test_a_border_around_the_page_is_ignored() -> None:
    words, rulings = table(XS, YS, ROWS)
    (found,) = tables(page(1, words, [*rulings, *ruled((30, 565), (30, 812))]))
    assert found.rows() == ROWS


def test_a_table_inside_a_cell_is_kept_in_it() -> None:
    words, rulings = table((72, 172, 472), (100, 120, 220), [["名称", "明细"], ["甲", ""]], 10)
    small, lines = table((200, 280, 380), (140, 160, 180), [["子项", "数"], ["丙", "7"]], 10)
    (found,) = tables(page(1, [*words, *small], [*rulings, *lines]))
    cell = next(c for c in found.cells if (c.row, c.col) == (1, 1))
    assert found.rows()[0] == ["名称", "明细"]
    assert cell.inner[0].rows() == [["子项", "数"], ["丙", "7"]]
    assert cell.text == ""


def test_lines_without_words_are_no_table() -> None:
    assert tables(page(1, prose("图1 示意图", 400), ruled((100, 200, 300), (100, 200, 300)))) == []


@pytest.mark.parametrize("shift", [0, 13.5])
def test_columns_may_stand_elsewhere_on_the_next_page(shift: float) -> None:
    two = page(2, *table([x + shift for x in XS], (72, 92), [["3", "边缘计算", "9"]]))
    assert len(tables(page(1, *table(XS, (700, 720, 740, 760), ROWS)), two)) == 1


def test_upright_lines_lost_in_a_scan_are_set_again_in_the_white_gutters() -> None:
    words, rulings = table(XS, YS, ROWS)
    faint = [r for r in rulings if r.x0 != 132]
    (found,) = tables(page(1, words, faint, lane="ocr"))
    assert found.rows() == ROWS


def test_a_three_line_table_that_the_page_cuts_goes_on_under_its_head() -> None:
    rows = [["县区", "基站数", "人口"], ["东区", "3446", "74.9"], ["西区", "2108", "58.2"], ["南县", "1516", "47.6"], ["北县", "1641", "59.4"], ["合计", "8711", "240.1"]]

    def lines(part: list[list[str]], top: float) -> list[Word]:
        return [word(x, top + 19 * r, text, 11) for r, row in enumerate(part) for x, text in zip((80, 200, 320), row, strict=True)]

    first = page(1, [*prose("分县区情况见下表。" * 3, 80), *lines(rows[:4], 690), word(280, 800, "—7—", 11)], [Ruling(72, y, 402, y) for y in (686, 706)])
    second = page(2, [*lines([rows[0], *rows[4:]], 80), *prose("下一步。" * 9, 200)], [Ruling(72, y, 402, y) for y in (76, 96, 136)])
    (found,) = tables(first, second)
    assert found.rows() == rows
    assert [part.page for part in found.parts] == [1, 2]


@pytest.mark.parametrize("wide", [False, True])
def test_a_piece_of_a_line_that_went_with_a_seal_is_set_again_unless_words_cross_it(wide: bool) -> None:
    rows = [*ROWS, ["合计", "2", "1,236"]]
    words, rulings = table(XS, (*YS, 180.0), rows)
    if wide:
        words = [w for w in words if w.text not in ("2", "1,236")] + [word(250, 164, "两项合计1236", 10)]
    cut = [Ruling(272, 100, 272, 160) if r.x0 == r.x1 == 272 else r for r in rulings]
    (found,) = tables(page(1, words, cut, lane="ocr"))
    assert found.rows()[3] == (["合计", "两项合计1236", "两项合计1236"] if wide else rows[3])


def test_a_line_that_says_continued_does_not_part_a_table() -> None:
    words, rulings = table(XS, (102, 122, 142), [ROWS[0], ["3", "边缘计算", "9"]])
    two = page(2, [word(190, 80, "续表2 项目清单", 12), *words], rulings)
    (found,) = tables(page(1, *table(XS, (700, 720, 740, 760), ROWS)), two)
    assert found.rows() == [*ROWS, ["3", "边缘计算", "9"]]


def test_a_form_whose_rows_merge_differently_on_the_next_page_is_one_table() -> None:
    two = page(2, *table((72, 132, 372), (72, 92), [["意见", "同意推荐"]]))
    (found,) = tables(page(1, *table(XS, (700, 720, 740, 760), ROWS)), two)
    assert found.rows()[-1] == ["意见", "同意推荐", "同意推荐"]


def test_a_table_is_as_sure_as_its_cells() -> None:
    words, rulings = table(XS, YS, ROWS)
    doubtful = [Word(w.text, w.box, w.edges, w.size, confidence=0.5) for w in words]
    (found,) = tables(page(1, doubtful, rulings, lane="ocr"))
    assert found.confidence == 0.5
