"""A Word document reads as a person sees it: numbers rebuilt, changes accepted, everything in its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import extract
from extract import Document, Heading, Paragraph, Table
from extract.formats import ReadOptions
from extract.numerals import numeral
from tests.extract.ooxml import docx, level, numbering, p, tbl, tc, tr

BOLD = "<w:b/>"
SHOWN = '<w:vanish w:val="0"/>'
RAISED = '<w:vertAlign w:val="superscript"/>'
CENTRED = '<w:jc w:val="center"/>'
STYLES = (
    '<w:styles><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/><w:basedOn w:val="1"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="自定义"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="veiled"><w:name w:val="veiled"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
)
OFFICIAL = (
    level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "（%4）")
)


def read(file: Path, **options: Any) -> Document:
    return extract.read(file, options=ReadOptions(ocr=False, **options))


def texts(document: Document, kind: str = "body") -> list[str]:
    return [block.text for block in document.blocks if block.kind == kind and not isinstance(block, Table)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def run(text: str, rpr: str = "") -> str:
    return f'<w:r><w:rPr>{rpr}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"{mark.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{mark.format('separate')}{result}{mark.format('end')}"
    )


def test_automatic_numbers_are_part_of_the_text_and_of_the_outline(tmp_path: Path) -> None:
    body = (
        p("总体要求", style="1")
        + p("工作基础", style="1")
        + p("网络", style="2")
        + p("应用", style="2")
        + p("目标", style="1")
        + p("网络", style="2")
    )
    document = read(docx(tmp_path / "a.docx", body, styles=STYLES, numbering=numbering({0: OFFICIAL}, {1: 0})))
    assert texts(document) == ["一、总体要求", "二、工作基础", "（一）网络", "（二）应用", "三、目标", "（一）网络"]
    assert [(b.level, b.number) for b in document.blocks if isinstance(b, Heading)][1:3] == [(1, "二、"), (2, "（一）")]
    assert all(b.confidence == 1.0 for b in document.blocks if isinstance(b, Heading))


def test_a_list_starts_again_below_each_new_upper_number_and_goes_on_otherwise(tmp_path: Path) -> None:
    body = "".join(
        p(name, num=(1, at)) for name, at in [("甲", 0), ("乙", 2), ("丙", 2), ("丁", 1), ("戊", 2), ("己", 0), ("庚", 1)]
    )
    found = texts(read(docx(tmp_path / "a.docx", body, numbering=numbering({0: OFFICIAL}, {1: 0}))))
    assert found == ["一、甲", "1. 乙", "2. 丙", "（二）丁", "1. 戊", "二、己", "（一）庚"]


def test_two_numbers_of_one_list_count_on_and_an_override_starts_anew(tmp_path: Path) -> None:
    anew = '<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    other = (
        '<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        + level(0, "decimal", "第%1条", start=5)
        + "</w:lvlOverride>"
    )
    body = "".join(p("条", num=(num, 0)) for num in (1, 1, 2, 3, 3, 4))
    found = texts(
        read(
            docx(tmp_path / "a.docx", body, numbering=numbering({0: level(0, "decimal", "%1.")}, {1: 0, 2: 0, 3: anew, 4: other}))
        )
    )
    assert found == ["1. 条", "2. 条", "3. 条", "1. 条", "2. 条", "第5条 条"]


def test_a_level_that_never_starts_again_counts_through(tmp_path: Path) -> None:
    through = level(0, "chineseCounting", "第%1章") + level(1, "decimal", "第%2条", extra='<w:lvlRestart w:val="0"/>')
    body = "".join(p("文", num=(1, at)) for at in (0, 1, 1, 0, 1))
    found = texts(read(docx(tmp_path / "a.docx", body, numbering=numbering({0: through}, {1: 0}))))
    assert found == ["第一章 文", "第1条 文", "第2条 文", "第二章 文", "第3条 文"]


def test_upper_numbers_in_a_lower_one_and_legal_digits(tmp_path: Path) -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", extra="<w:isLgl/>")
    found = texts(
        read(docx(tmp_path / "a.docx", p("甲", num=(1, 0)) + p("乙", num=(1, 1)), numbering=numbering({0: levels}, {1: 0})))
    )
    assert found == ["一、甲", "1.1 乙"]


def test_a_direct_zero_takes_the_number_of_a_style_away(tmp_path: Path) -> None:
    body = p("总则", style="1") + p("无号", style="1", num=(0, 0)) + p("附则", style="1")
    found = texts(read(docx(tmp_path / "a.docx", body, styles=STYLES, numbering=numbering({0: OFFICIAL}, {1: 0}))))
    assert found == ["一、总则", "无号", "二、附则"]


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [
        ("chineseCounting", 12, "十二"), ("chineseCountingThousand", 20, "二十"), ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"), ("chineseCounting", 108, "一〇八"), ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircle", 21, "㉑"), ("upperRoman", 4, "IV"), ("lowerRoman", 19, "xix"), ("upperLetter", 28, "BB"),
        ("lowerLetter", 3, "c"), ("ideographTraditional", 2, "乙"), ("ideographZodiac", 1, "子"), ("decimalZero", 7, "07"),
        ("chineseLegalSimplified", 21, "贰拾壹"), ("decimalFullWidth", 10, "１０"), ("decimalEnclosedParen", 2, "⑵"),
        ("ideographDigital", 10, "一〇"), ("none", 3, ""), ("unheardOf", 6, "6"),
    ],
)  # fmt: skip
def test_numbers_print_in_the_format_of_their_list(form: str, number: int, expected: str) -> None:
    assert numeral(number, form) == expected


def test_headings_by_style_by_outline_level_and_by_look(tmp_path: Path) -> None:
    long = p("全市累计建成5G基站一万个，每万人拥有5G基站数达到36.2个，覆盖所有重点园区，具备扎实的建设基础。")
    body = p("某市试点工作方案", ppr=CENTRED, rpr='<w:sz w:val="44"/>') + p("三级", style="own") + long
    body += p("一、总体要求") + long + p("（一）指导思想", rpr=BOLD) + long + p("1.加强领导。各部门按职责分工，抓好落实。") + long
    document = read(docx(tmp_path / "a.docx", body, styles=STYLES))
    headings = {b.text: b for b in document.blocks if isinstance(b, Heading)}
    assert set(headings) == {"某市试点工作方案", "三级", "一、总体要求", "（一）指导思想"}
    assert headings["三级"].level == 3 and headings["（一）指导思想"].level == headings["一、总体要求"].level + 1
    assert headings["一、总体要求"].confidence < 1.0


def test_items_of_a_list_are_no_headings(tmp_path: Path) -> None:
    body = p("重点企业包括：") + p("1.甲公司") + p("2.乙公司") + p("3.丙公司") + p("以上企业均已完成改造，运行情况良好。")
    assert not any(isinstance(b, Heading) for b in read(docx(tmp_path / "a.docx", body)).blocks)


def test_a_contents_field_is_kept_apart_and_other_fields_show_their_result(tmp_path: Path) -> None:
    inner = f"{run('一、总体要求')}<w:r><w:tab/></w:r>{field('PAGEREF _x', run('3'))}"
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    toc = f"<w:p>{mark.format('begin')}<w:r><w:instrText> TOC \\o </w:instrText></w:r>{mark.format('separate')}{inner}</w:p>"
    toc += f"<w:p>{run('二、目标')}<w:r><w:tab/></w:r>{field('PAGEREF _y', run('5'))}</w:p><w:p>{mark.format('end')}</w:p>"
    body = p("目　录") + toc + p("正文") + f"<w:p>{run('今天是')}{field('DATE', run('2024年9月'))}</w:p>"
    document = read(docx(tmp_path / "a.docx", body))
    assert texts(document, "toc") == ["目　录", "一、总体要求\t3", "二、目标\t5"]
    assert texts(document) == ["正文", "今天是2024年9月"]


def test_a_contents_page_typed_by_hand_is_kept_apart(tmp_path: Path) -> None:
    body = p("目录") + p("一、总体要求………………1") + p("二、工作基础.......12") + p("一、总体要求") + p("正文内容在这里，说明情况。")
    document = read(docx(tmp_path / "a.docx", body))
    assert len(texts(document, "toc")) == 3 and texts(document) == ["一、总体要求", "正文内容在这里，说明情况。"]


def test_changes_are_read_as_accepted(tmp_path: Path) -> None:
    body = (
        f'<w:p>{run("建成")}<w:del w:id="1"><w:r><w:delText>五</w:delText></w:r></w:del><w:ins w:id="2">{run("八")}'
        f"</w:ins>{run('个工厂')}</w:p>"
        f'<w:p><w:moveFrom w:id="3">{run("移走")}</w:moveFrom></w:p><w:p><w:moveTo w:id="4">{run("移来")}</w:moveTo></w:p>'
        f'<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr>{run("前半")}</w:p>{p("后半")}'
        + tbl(tr("留", "下"), tr("删", "去", trpr='<w:del w:id="6"/>'))
    )
    document = read(docx(tmp_path / "a.docx", body))
    assert texts(document) == ["建成八个工厂", "移来", "前半后半"]
    assert tables(document)[0].rows() == [["留", "下"]]


def test_hidden_words_are_marked(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('看得见')}{run('看不见', '<w:vanish/>')}</w:p>"
        f"{p('整段', style='veiled')}{p('不藏', style='veiled', rpr=SHOWN)}"
    )
    body += tbl(tr("甲", tc(p("藏", rpr="<w:vanish/>"))))
    document = read(docx(tmp_path / "a.docx", body, styles=STYLES))
    assert texts(document) == ["看得见", "不藏"] and texts(document, "hidden") == ["看不见", "整段"]
    cell = document.cell_at(len(document.blocks) - 1, 0, 1)
    assert cell and cell.hidden and cell.text == "藏"


def test_notes_comments_and_running_heads_are_kept_apart(tmp_path: Path) -> None:
    body = (
        f'<w:p>{run("人口")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("万人")}<w:r><w:commentReference w:id="0"/>'
        "</w:r></w:p>"
    )
    body += (
        '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/>'
        '<w:footerReference w:type="default" r:id="rfooter1"/></w:sectPr>'
    )
    document = read(
        docx(
            tmp_path / "a.docx",
            body,
            footnotes=(
                f'<w:footnotes><w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote>'
                f'<w:footnote w:id="2">{p("统计局")}</w:footnote></w:footnotes>'
            ),
            comments=f'<w:comments><w:comment w:id="0">{p("请核实")}</w:comment></w:comments>',
            header1=f"<w:hdr>{p('申报材料')}</w:hdr>",
            footer1=f"<w:ftr><w:p>{run('- ')}{field('PAGE', run('3'))}{run(' -')}</w:p></w:ftr>",
        )
    )
    assert texts(document) == ["人口万人"]
    assert [texts(document, kind) for kind in ("footnote", "comment", "header", "footer")] == [
        ["统计局"],
        ["请核实"],
        ["申报材料"],
        [],
    ]


def test_text_boxes_are_read_once_and_content_controls_like_text(tmp_path: Path) -> None:
    inside = f"<w:txbxContent>{p('专栏　重点工程')}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
    body = f"<w:p>{run('正文')}<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r></w:p>"
    body += (
        f"<w:sdt><w:sdtContent><w:p><w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>{run('之后')}</w:p>"
        "</w:sdtContent></w:sdt>"
    )
    document = read(docx(tmp_path / "a.docx", body))
    assert texts(document) == ["正文", "控件之后"] and texts(document, "textbox") == ["专栏　重点工程"]


def test_signs_breaks_and_raised_digits(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t><w:tab/><w:t>5</w:t><w:noBreakHyphen/>'
        "<w:t>G</w:t><w:br/></w:r>"
    )
    body += f"{run('面积9km')}{run('2', RAISED)}</w:p>"
    assert texts(read(docx(tmp_path / "a.docx", body))) == ["☑是\t5-G\n面积9km²"]


def test_merged_cells_cover_their_places(tmp_path: Path) -> None:
    body = tbl(
        tr(tc("指标", merge="restart"), tc("目标", span=2)),
        tr(tc("", merge="continue"), "2025年", "2026年"),
        tr("基站", "36", "40"),
        tr(tc("合计", span=2), "76"),
        columns=3,
    )
    (table,) = tables(read(docx(tmp_path / "a.docx", body)))
    assert table.rows() == [["指标", "目标", "目标"], ["指标", "2025年", "2026年"], ["基站", "36", "40"], ["合计", "合计", "76"]]
    assert (table.n_rows, table.n_cols, table.header_rows) == (4, 3, 2)


def test_rows_marked_as_headers_are_the_header_and_rows_may_begin_late(tmp_path: Path) -> None:
    body = tbl(tr("甲", "乙", trpr="<w:tblHeader/>"), tr("丙", trpr='<w:gridBefore w:val="1"/>'), tr("1", "2"), columns=2)
    (table,) = tables(read(docx(tmp_path / "a.docx", body)))
    assert table.header_rows == 1 and table.rows()[1] == ["", "丙"]


def test_automatic_numbers_alone_in_cells_are_read(tmp_path: Path) -> None:
    lists = numbering({0: level(0, "decimal", "%1")}, {1: 0})
    body = tbl(tr("序号", "企业"), *(tr(tc(p(num=(1, 0))), name) for name in ("甲厂", "乙厂")))
    (table,) = tables(read(docx(tmp_path / "a.docx", body, numbering=lists)))
    assert table.rows()[1:] == [["1", "甲厂"], ["2", "乙厂"]]


def test_a_table_inside_a_cell_is_kept_and_its_words_are_the_cells(tmp_path: Path) -> None:
    body = tbl(tr("外", tc(p("前") + tbl(tr("内一", "内二")) + p("后"))), tr("1", "2"))
    (table,) = tables(read(docx(tmp_path / "a.docx", body)))
    cell = table.grid()[0][1]
    assert cell and cell.text == "前\n内一\t内二\n后" and cell.inner[0].rows() == [["内一", "内二"]]


def test_columns_that_only_borders_made_are_no_columns(tmp_path: Path) -> None:
    grid = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="30"/><w:gridCol w:w="2000"/></w:tblGrid>'
    body = f"<w:tbl>{grid}{tr(tc('甲', span=2), '乙')}{tr('丙', tc('丁', span=2))}</w:tbl>"
    (table,) = tables(read(docx(tmp_path / "a.docx", body)))
    assert table.rows() == [["甲", "乙"], ["丙", "丁"]]


@pytest.mark.parametrize(
    ("before", "caption"),
    [
        (p("表1　重点工厂情况"), "表1　重点工厂情况"),
        (p("附表2-1 指标表") + p("单位：个"), "附表2-1 指标表"),
        (p("各县区企业名单"), "各县区企业名单"),
        (p("详见下列内容。"), ""),
    ],
)
def test_the_line_above_a_table_that_looks_like_a_caption_is_its_caption(tmp_path: Path, before: str, caption: str) -> None:
    document = read(docx(tmp_path / "a.docx", before + tbl(tr("序号", "名称"), tr("1", "甲"))))
    assert tables(document)[0].caption == caption
    assert texts(document, "caption") == ([caption] if caption else [])


def test_pictures_that_are_not_read_are_told(tmp_path: Path) -> None:
    import io

    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(buffer, "PNG")
    drawing = (
        '<w:drawing><wp:inline><wp:extent cx="5000000" cy="4000000"/><a:graphic><pic:blipFill><a:blip r:embed="rP"/>'
        "</pic:blipFill></a:graphic></wp:inline></w:drawing>"
    )
    small = drawing.replace("5000000", "300000").replace("rP", "rS")
    body = f"<w:p>{run('证书如下')}<w:r>{drawing}{small}</w:r></w:p>"
    file = docx(
        tmp_path / "a.docx",
        body,
        rels={"rP": "image media/1.png", "rS": "image media/2.png"},
        extra={"word/media/1.png": buffer.getvalue(), "word/media/2.png": b"x"},
    )
    document = read(file)
    assert [problem.code for problem in document.problems] == ["picture_unread"] and "1 幅" in document.problems[0].message
    assert document.status == "partial"


def test_a_broken_side_part_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    document = read(docx(tmp_path / "a.docx", p("正文"), footnotes="<w:footnotes><w:footnote w:id='2'><w:p></w:footnotes>"))
    assert texts(document) == ["正文"] and [problem.code for problem in document.problems] == ["damaged_part"]
    assert "脚注" in document.problems[0].message


def test_a_broken_main_part_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    file = docx(tmp_path / "a.docx", p("第一段") + p("第二段") + "<w:p><w:r><w:t>断")
    document = read(file)
    assert texts(document)[:2] == ["第一段", "第二段"] and document.status == "partial"


@pytest.mark.parametrize("entity", ['<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">', '<!ENTITY b SYSTEM "file:///etc/passwd">'])
def test_entities_in_a_part_are_refused(tmp_path: Path, entity: str) -> None:
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE x [{entity}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    )
    xml += "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    document = read(docx(tmp_path / "a.docx", "", extra={"word/document.xml": xml}))
    assert document.status == "unreadable" and document.problems[0].code == "dangerous"
    wide = xml.replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16")
    assert read(docx(tmp_path / "b.docx", "", extra={"word/document.xml": wide})).problems[0].code == "dangerous"


def test_a_part_that_unpacks_to_a_mountain_is_refused(tmp_path: Path) -> None:
    body = p("字") + "<!--" + " " * (30 * 1024 * 1024) + "-->"
    problem = read(docx(tmp_path / "a.docx", body)).problems[0]
    assert problem.code == "dangerous" and "压缩比" in problem.message


def test_tables_nested_without_end_stop_at_the_limit(tmp_path: Path) -> None:
    body = p("底")
    for _ in range(40):
        body = tbl(tr(tc(body)))
    document = read(docx(tmp_path / "a.docx", p("上") + body))
    assert texts(document)[0] == "上" and any(problem.code == "too_large" for problem in document.problems)


def test_every_text_is_where_its_anchor_says(tmp_path: Path) -> None:
    body = p("总体要求", style="1") + tbl(tr("甲", tc("乙", span=2)), tr("1", "2", "3")) + p("末段")
    document = read(docx(tmp_path / "a.docx", body, styles=STYLES, numbering=numbering({0: OFFICIAL}, {1: 0})))
    assert all(document.quote(anchor) == text for anchor, text in document.anchors())
    last = next(anchor for anchor, text in document.anchors() if text == "3")
    assert document.trail(last) == "一、总体要求 › 表1 › 第2行第3列"
    assert isinstance(document.blocks[-1], Paragraph)
