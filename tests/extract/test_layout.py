"""Words on pages become headings, paragraphs and notes in reading order, and every character keeps its place."""

from __future__ import annotations

from extract.document import Heading, Paragraph, Table
from extract.layout import blocks
from extract.page import Ruling, Word
from tests.extract.readings import kinds, of_kind, page, prose, table, texts, word

LONG = "全市深入推进新型工业化围绕装备制造和新材料产业开展网络化改造累计建成基站一万余个"


def test_the_lines_of_a_paragraph_are_one_text_without_blanks() -> None:
    (found,) = blocks([page(1, prose(LONG * 3 + "。", 100))])
    assert isinstance(found, Paragraph)
    assert found.text == LONG * 3 + "。"
    assert [found.text[line.start : line.end] for line in found.lines][1][:2] == found.text[found.lines[1].start :][:2]


def test_every_character_has_its_edges() -> None:
    (found,) = blocks([page(1, [word(72, 100, "建成5G基站"), word(150, 100, "12345个")])])
    (line,) = found.lines
    assert len(line.edges) == len(found.text) + 1
    at = found.text.index("12345")
    assert line.box_of(at, at + 5)[::2] == (150, 180)


def test_an_indent_or_a_short_line_begins_a_new_paragraph() -> None:
    words = [*prose(LONG * 2 + "。", 100), *prose("第二段从这里开始" + LONG + "。", 160), *prose("第三段。", 220)]
    assert texts(page(1, words)) == [LONG * 2 + "。", "第二段从这里开始" + LONG + "。", "第三段。"]


def test_latin_words_keep_their_blanks_over_the_line_end() -> None:
    words = [
        word(72, 100, "Industrial"),
        word(140, 100, "Internet"),
        *[word(x, 100, "platform") for x in range(200, 420, 60)],
        word(440, 100, "connectedness"),
        word(72, 120, "of things"),
    ]
    assert texts(page(1, words))[0].startswith("Industrial Internet platform")
    assert texts(page(1, words))[-1].endswith("connectedness of things")


def test_order_comes_from_geometry_not_from_content() -> None:
    words = [*prose("第二段在下面。", 300), *prose("第一段在上面。", 100)]
    assert texts(page(1, words)) == ["第一段在上面。", "第二段在下面。"]


def test_two_columns_are_read_one_after_the_other() -> None:
    words = [*prose("上文横贯两栏" + LONG * 2 + "。", 80)]
    words += prose("左栏开始" + LONG * 4 + "。", 160, x=72, width=210)
    words += prose("右栏开始" + LONG * 4 + "。", 165, x=312, width=210)
    assert texts(page(1, words)) == ["上文横贯两栏" + LONG * 2 + "。", "左栏开始" + LONG * 4 + "。", "右栏开始" + LONG * 4 + "。"]


def test_a_paragraph_goes_on_over_the_page_break_and_each_line_tells_its_page() -> None:
    lines = prose(LONG * 3 + "。", 100)
    one, two = page(1, lines[:2]), page(2, list(lines[2:]))
    (found,) = blocks([one, two])
    assert found.text == LONG * 3 + "。"
    assert sorted({line.page for line in found.lines}) == [1, 2]


def test_an_indented_first_line_on_the_next_page_is_a_new_paragraph() -> None:
    assert len(texts(page(1, prose(LONG * 2, 100)), page(2, prose("另起一段。" + LONG, 100)))) == 2


def test_running_heads_and_page_numbers_are_taken_out_of_the_text() -> None:
    pages = []
    for n in (1, 2, 3):
        words = [word(200, 40, "某市试点工作方案", 9), *prose(f"第{n}页的正文。", 100), word(290, 800, f"- {n} -", 9)]
        pages.append(page(n, words))
    found = blocks(pages)
    assert of_kind(found, "header") == ["某市试点工作方案"] * 3
    assert of_kind(found, "footer") == ["- 1 -", "- 2 -", "- 3 -"]
    assert of_kind(found, "body") == ["第1页的正文。", "第2页的正文。", "第3页的正文。"]


def test_what_the_contents_page_names_is_a_heading_however_it_looks() -> None:
    entries = [w for n, name in enumerate(("城市概览", "家底盘点", "三年目标", "保障")) for w in (word(72, 100 + 20 * n, name), word(150, 100 + 20 * n, "." * 40), word(400, 100 + 20 * n, str(n + 2)))]
    body = [word(72, 100, "家底盘点"), *prose(LONG * 2 + "。", 130), word(72, 300, "家底盘点结果"), *prose(LONG * 2 + "。", 330)]
    found = blocks([page(1, [word(250, 60, "目 录"), *entries]), page(2, body)])
    assert [block.text for block in found if isinstance(block, Heading) and block.kind == "body"] == ["家底盘点"]


def test_entries_of_the_contents_page_are_no_headings() -> None:
    words = [word(280, 80, "目 录", 16)]
    for n, name in enumerate(["一、现有基础", "（一）发展政策", "二、总体要求", "三、保障措施"]):
        words += [word(72, 120 + 20 * n, name + "." * 40 + str(n + 3))]
    found = blocks([page(1, words), page(2, [word(72, 100, "一、现有基础", 14), *prose(LONG * 2 + "。", 130)])])
    assert len(of_kind(found, "toc")) == 5
    assert [b.text for b in found if isinstance(b, Heading) and b.kind == "body"] == ["一、现有基础"]


def test_footnotes_stand_apart_from_the_text() -> None:
    words = [*prose(LONG * 4 + "。", 600), word(72, 740, "1数据来源：省通信管理局核定数。", 9)]
    found = blocks([page(1, words, [Ruling(72, 735, 200, 735)]), page(2, prose(LONG * 6, 100))])
    assert of_kind(found, "footnote") == ["1数据来源：省通信管理局核定数。"]


def test_a_title_over_a_table_becomes_its_caption() -> None:
    words, rulings = table((72, 172, 272), (200, 220, 240), [["名称", "数量"], ["甲", "1"]])
    found = blocks([page(1, [*prose(LONG * 2 + "。", 100), word(110, 180, "表2 工厂名单"), *words], rulings)])
    (grid,) = [b for b in found if isinstance(b, Table)]
    assert grid.caption == "表2 工厂名单"
    assert of_kind(found, "caption") == ["表2 工厂名单"]


def test_a_unit_between_title_and_table_does_not_hide_the_title() -> None:
    words, rulings = table((72, 172, 272), (200, 220, 240), [["名称", "数量"], ["甲", "1"]])
    found = blocks([page(1, [word(110, 160, "附表4 重点项目表"), word(200, 180, "单位：万元"), *words], rulings)])
    (grid,) = [b for b in found if isinstance(b, Table)]
    assert grid.caption == "附表4 重点项目表"


def test_a_heading_above_a_table_stays_a_heading() -> None:
    words, rulings = table((72, 172, 472), (200, 220, 240), [["名称", "数量"], ["甲", "1"]])
    found = blocks([page(1, [word(96, 170, "（三）建设目标", 14), *words, *prose(LONG * 3, 300)], rulings)])
    assert [b.text for b in found if isinstance(b, Heading)] == ["（三）建设目标"]


def test_text_around_a_table_keeps_its_order() -> None:
    words, rulings = table((72, 172, 472), (200, 220, 240), [["名称", "数量"], ["甲", "1"]])
    found = kinds(page(1, [*prose("表前的话。", 100), *words, *prose("表后的话。", 300)], rulings))
    assert [kind for kind, _ in found] == ["body", "table", "body"]


def test_a_long_title_over_two_lines_is_one_heading() -> None:
    words = [word(75, 200, "某市“5G+工业互联网”融合应用先导区试", 24), word(237, 240, "点工作方案", 24), *prose(LONG * 5, 400)]
    found = blocks([page(1, words)])
    assert isinstance(found[0], Heading)
    assert found[0].text == "某市“5G+工业互联网”融合应用先导区试点工作方案"


def test_cover_lines_stay_apart() -> None:
    cover = [
        word(230, 600, "申报城市：某市", 16),
        word(200, 640, "推荐单位：某省人民政府", 16),
        word(240, 680, "二〇二四年九月", 16),
    ]
    assert texts(page(1, [*cover]), page(2, prose(LONG * 5, 100)))[:3] == [
        "申报城市：某市",
        "推荐单位：某省人民政府",
        "二〇二四年九月",
    ]


def test_numbers_torn_by_recognition_are_mended_and_the_raw_words_kept() -> None:
    (found,) = blocks([page(1, [word(72, 100, "每万人拥有5G基站3 2.6 个")], lane="ocr")])
    assert isinstance(found, Paragraph)
    assert found.text == "每万人拥有5G基站32.6 个"
    assert found.raw == "每万人拥有5G基站3 2.6 个"
    assert len(found.lines[0].edges) == len(found.text) + 1
    assert found.lane == "ocr"


def test_a_discarded_text_layer_stays_as_raw() -> None:
    (found,) = blocks([page(1, [word(72, 100, "工业互联网平台", raw="土业亘联网乎台")], lane="ocr")])
    assert isinstance(found, Paragraph) and found.raw == "土业亘联网乎台"


def test_words_without_edges_are_placed_by_proportion() -> None:
    plain = word(72, 100, "基站12个")
    (found,) = blocks([page(1, [Word(plain.text, plain.box, confidence=0.8)], lane="ocr")])
    assert found.lines[0].edges == plain.edges
    assert isinstance(found, Paragraph) and found.confidence == 0.8


def test_a_superscript_does_not_split_its_line() -> None:
    small = word(120, 99, "²", 6)
    assert texts(page(1, [word(72, 100, "面积100m"), small, word(123, 100, "以上")])) == ["面积100m²以上"]


def test_no_pages_and_pages_without_words_give_no_blocks() -> None:
    assert blocks([]) == []
    assert blocks([page(1, [], lane="blank")]) == []


def test_a_paragraph_goes_on_behind_an_opening_mark_however_early_its_line_ends() -> None:
    words = [word(96, 100, "市政府印发《明州市专项行动计划（"), word(72, 120, "2025—2027年）》，明确二十项任务。"), *prose("另起一段。", 140)]
    assert texts(page(1, [*words, *prose("全市深入推进新型工业化建设，围绕装备制造开展网络化改造。" * 3, 200)]))[0].startswith(
        "市政府印发《明州市专项行动计划（2025—2027年）》"
    )


def test_a_heading_of_three_numbers_begins_a_paragraph_of_its_own() -> None:
    full = prose("产业引导基金规模十亿元，子基金三支，信贷产品余额十三亿元，覆盖全部县区。", 100, indent=0)
    found = texts(page(1, [*full, word(72, 140, "1.2.4特色政策"), *prose("出台电费补贴政策。", 160, indent=0)]))
    assert "1.2.4特色政策" in found
