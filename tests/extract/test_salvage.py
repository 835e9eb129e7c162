"""A zip that breaks off is read up to there: what stands before the cut, and nothing that the cut went through."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

import extract
from extract import Document, Table, archives, limits, salvage
from extract.archives import BEHIND_CUT, Budget, unpack
from extract.formats import ReadOptions, sniff
from extract.problems import Damaged
from tests.extract.ooxml import docx, links, ofd, p, pptx, sheet_xml, tbl, tr, xlsx

BOUNDS = salvage.Bounds(1 << 20, 1 << 22, 100, 200, 1 << 16)
PICTURE = '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="4000000" cy="3000000"/><a:blip r:embed="rP"/></wp:inline></w:drawing></w:r></w:p>'


def read(file: Path) -> Document:
    return extract.read(file, options=ReadOptions(ocr=False))


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((300, 200), 90).save(buffer, "PNG")
    return buffer.getvalue()


class OneWay(io.RawIOBase):
    """A file that can only be written forward: a zip on it has its sizes behind the data."""

    def __init__(self, file: Path) -> None:
        self.out = file.open("wb")

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return self.out.write(data)

    def flush(self) -> None:
        if not self.out.closed:
            self.out.flush()

    def close(self) -> None:
        self.out.close()
        super().close()


def repacked(file: Path, *, method: int = zipfile.ZIP_DEFLATED, streamed: bool = False, last: tuple[str, ...] = ()) -> Path:
    """The same parts packed another way; ``last`` names those that come at the end."""
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    names = [name for name in parts if name not in last] + [name for name in last if name in parts]
    target = OneWay(file) if streamed else file
    with zipfile.ZipFile(target, "w", method) as new:  # type: ignore[type-var]
        for name in names:
            new.writestr(name, parts[name])
    if streamed:
        target.close()  # type: ignore[union-attr]
    return file


def place(file: Path, name: str) -> tuple[int, int]:
    """Where the data of an entry begins and ends."""
    with zipfile.ZipFile(file) as archive:
        info = archive.getinfo(name)
        start = info.header_offset
        names = struct.unpack_from("<HH", file.read_bytes(), start + 26)
        return start + 30 + sum(names), start + 30 + sum(names) + info.compress_size


def cut(file: Path, name: str, share: float = 0.5) -> Path:
    """The file broken off inside an entry's data."""
    start, end = place(file, name)
    file.write_bytes(file.read_bytes()[: start + int((end - start) * share)])
    return file


def directory(file: Path) -> int:
    """Where the directory of a zip begins."""
    with zipfile.ZipFile(file) as archive:
        return archive.start_dir


def plan(file: Path) -> Path:
    """A document of many paragraphs with a picture behind them."""
    body = "".join(p(f"第{index}段已建成基站{index * 7919 % 10007}个。二期计划再建{index}个") for index in range(300))
    return docx(file, body + PICTURE, extra={"word/media/p.png": picture()}, rels={"rP": "image media/p.png"})


# Word


def test_a_cut_inside_the_first_part_leaves_nothing_and_is_damage(tmp_path: Path) -> None:
    document = read(cut(plan(tmp_path / "a.docx"), "[Content_Types].xml"))
    assert (document.format, document.status, codes(document)) == ("docx", "unreadable", ["damaged"])


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("streamed", [False, True])
def test_a_cut_inside_the_text_leaves_what_stands_before_it(tmp_path: Path, method: int, streamed: bool) -> None:
    whole = [block.text for block in read(plan(tmp_path / "whole.docx")).blocks]
    file = cut(repacked(plan(tmp_path / "a.docx"), method=method, streamed=streamed), "word/document.xml", 0.7)
    document = read(file)
    texts = [block.text for block in document.blocks]
    assert document.status == "partial" and 100 < len(texts) < 290
    assert texts[:-1] == whole[: len(texts) - 1] and whole[len(texts) - 1].startswith(texts[-1])
    problem = document.problems[0]
    assert (problem.code, problem.weight) == ("truncated", "lost")
    assert "断在正文中" in problem.message and "缺失" in problem.message and "重新提供" in problem.advice


def test_no_cut_of_the_text_makes_a_sentence_or_a_figure_that_is_not_there(tmp_path: Path) -> None:
    body = p("本市概况。") + p("已建成基站3625个；覆盖全市。还将建设") + tbl(tr("指标", "数值"), tr("密度", "36.25"))
    file = repacked(docx(tmp_path / "a.docx", body), method=zipfile.ZIP_STORED)
    whole = {text for _, text in read(file).anchors()} | {"已建成基站3625个；", "已建成基站3625个；覆盖全市。", ""}
    data = file.read_bytes()
    start, end = place(file, "word/document.xml")
    for length in range(start + 1, end):
        file.write_bytes(data[:length])
        assert {text for _, text in read(file).anchors()} <= whole


def test_a_cut_inside_a_picture_leaves_the_text(tmp_path: Path) -> None:
    document = read(cut(plan(tmp_path / "a.docx"), "word/media/p.png"))
    assert len(document.blocks) == 300 and document.status == "partial"
    assert codes(document) == ["truncated"] and "图片" in document.problems[0].message


def test_a_picture_behind_the_cut_is_told(tmp_path: Path) -> None:
    file = plan(tmp_path / "a.docx")
    start, _ = place(file, "word/media/p.png")
    file.write_bytes(file.read_bytes()[: start - 40])
    document = read(file)
    assert len(document.blocks) == 300 and codes(document) == ["truncated"] and "图片" in document.problems[0].message


@pytest.mark.parametrize("more", [0, 20])
@pytest.mark.parametrize("streamed", [False, True])
def test_a_cut_behind_the_last_part_leaves_all_words_but_never_claims_so(tmp_path: Path, more: int, streamed: bool) -> None:
    file = repacked(plan(tmp_path / "a.docx"), streamed=streamed)
    file.write_bytes(file.read_bytes()[: directory(file) + more])
    document = read(file)
    assert len(document.blocks) == 300 and document.status == "partial" and codes(document)[0] == "truncated"


def test_a_part_that_breaks_off_is_looked_at_for_entities_like_any_other(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document><w:body><w:p>&b;'
    far = "<!--" + "x" * 5000 + "-->"
    for head in ("", far):
        file = docx(tmp_path / "a.docx", "", extra={"word/document.xml": head + bomb + "x" * 500})
        document = read(cut(repacked(file, method=zipfile.ZIP_STORED), "word/document.xml", 0.95))
        assert document.status == "unreadable" and "dangerous" in codes(document)


def test_a_bomb_in_a_file_that_breaks_off_stays_within_the_limits(tmp_path: Path) -> None:
    file = docx(
        tmp_path / "a.docx", p("正文。") + PICTURE, rels={"rP": "image media/p.png"}, extra={"word/media/p.png": bytes(1 << 26)}
    )
    file = repacked(file, streamed=True)
    file.write_bytes(file.read_bytes()[: directory(file)])
    with file.open("rb") as stream:
        bounds = salvage.Bounds(limits.PACKAGE_PART, limits.PACKAGE_TOTAL, 100, limits.PACKAGE_RATIO, limits.PACKAGE_RATIO_FLOOR)
        found = {entry.info.filename: entry for entry in salvage.walk(stream, bounds)}
    assert found["word/media/p.png"].end == "bomb"
    assert found["word/media/p.png"].info.file_size <= limits.PACKAGE_RATIO_FLOOR + (1 << 21)
    document = read(file)
    assert [block.text for block in document.blocks] == ["正文。"] and codes(document) == ["truncated"]


def test_a_bomb_as_the_text_of_a_file_that_breaks_off_is_refused(tmp_path: Path) -> None:
    file = docx(tmp_path / "a.docx", "", extra={"word/document.xml": b"<w:document>" + b" " * (1 << 26)})
    document = read(cut(file, "word/document.xml", 0.9))
    assert document.status == "unreadable" and codes(document) == ["dangerous"] and not document.blocks


def test_a_locked_part_of_a_file_that_breaks_off_is_not_taken_for_words(tmp_path: Path) -> None:
    file = plan(tmp_path / "a.docx")
    data = bytearray(file.read_bytes()[: directory(file)])
    start = data.index(b"word/document.xml") - 30
    data[start + 6] |= 1
    file.write_bytes(data)
    assert read(file).status == "unreadable"


# Sheets


def test_a_cut_inside_a_sheet_leaves_the_rows_before_it_and_names_the_sheets_behind(tmp_path: Path) -> None:
    rows: list[list[str | int | float | tuple[float, int] | None]] = [[f"企业{index}", 1234567 + index] for index in range(400)]
    file = repacked(xlsx(tmp_path / "a.xlsx", {"甲": rows, "乙": [["尾"]]}), method=zipfile.ZIP_STORED)
    document = read(cut(file, "xl/worksheets/sheet1.xml"))
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert table.sheet == "甲" and 150 < table.n_rows < 250 and document.status == "partial"
    shown = {f"企业{index}" for index in range(400)} | {str(1234567 + index) for index in range(400)} | {""}
    assert {cell.text for cell in table.cells} <= shown
    assert codes(document) == ["truncated"]
    assert "断在工作表“甲”中" in document.problems[0].message and "缺少工作表“乙”" in document.problems[0].message


def test_words_and_formats_of_cells_that_lie_behind_the_cut_are_told(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" s="1"><v>0.85</v></c></row>'
    sheet = sheet_xml([]).replace("<sheetData>", f"<sheetData>{cells}")
    file = xlsx(tmp_path / "a.xlsx", {"表": sheet}, codes=["0%"], strings="<si><t>占比</t></si><si><t>覆盖</t></si>")
    last = ("xl/sharedStrings.xml", "xl/styles.xml")
    document = read(cut(repacked(file, last=last, method=zipfile.ZIP_STORED), "xl/sharedStrings.xml", 0.9))
    assert document.status == "partial" and codes(document) == ["truncated", "damaged_part", "damaged_part"]
    assert "1 个单元格的文字" in document.problems[1].message and "1 个数字的显示格式" in document.problems[2].message
    assert "样式" in document.problems[0].message


def test_sheets_are_read_without_the_list_of_them(tmp_path: Path) -> None:
    last = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "_rels/.rels")
    file = repacked(xlsx(tmp_path / "a.xlsx", {"甲": [["一", 1]], "乙": [["二", 2]]}), last=last)
    document = read(cut(file, "xl/workbook.xml"))
    assert document.format == "xlsx" and [block.text for block in document.blocks] == ["一\t1", "二\t2"]
    assert document.status == "partial"


# Slides and OFD: pages


@pytest.mark.parametrize("last", [(), ("ppt/presentation.xml", "ppt/_rels/presentation.xml.rels")])
def test_slides_behind_the_cut_are_pages_that_were_not_read(tmp_path: Path, last: tuple[str, ...]) -> None:
    file = repacked(pptx(tmp_path / "a.pptx", [[f"第{index}页。"] for index in range(4)]), last=last, method=zipfile.ZIP_STORED)
    document = read(cut(file, "ppt/slides/slide2.xml", 0.95))
    assert document.format == "pptx" and document.status == "partial" and codes(document)[0] == "truncated"
    assert [block.text for block in document.blocks][:2] == ["第0页。", "第1页。"]
    told = {problem.page for problem in document.problems if problem.code == "truncated"}
    assert told == ({None, 3} if last else {None, 3, 4})
    if not last:
        assert [page.status for page in document.pages] == ["read", "read", "read", "unreadable"]


@pytest.mark.parametrize("last", [(), ("OFD.xml", "Doc_0/Document.xml")])
def test_pages_behind_the_cut_were_not_read(tmp_path: Path, last: tuple[str, ...]) -> None:
    file = repacked(
        ofd(tmp_path / "a.ofd", [[(f"第{index}页", 10, 10)] for index in range(4)]), last=last, method=zipfile.ZIP_STORED
    )
    document = read(cut(file, "Doc_0/Pages/Page_2/Content.xml", 0.3))
    assert document.format == "ofd" and document.status == "partial" and codes(document)[0] == "truncated"
    assert [block.text for block in document.blocks] == ["第0页", "第1页"]
    if not last:
        assert [page.status for page in document.pages][-1] == "unreadable"


@pytest.mark.parametrize(
    "make", [lambda file: pptx(file, [["题。"], ["尾。"]]), lambda file: ofd(file, [[("字", 10, 10)], [("尾", 10, 10)]])]
)
def test_every_length_of_a_file_is_read_or_refused_and_never_whole(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    file = make(tmp_path / "a")
    data, end = file.read_bytes(), directory(file)
    for length in range(60, end, 7):
        file.write_bytes(data[:length])
        document = read(file)
        assert document.status in ("partial", "unreadable")
        assert {"truncated", "damaged"} & set(codes(document)), (length, document.problems)


# Archives


def parcel(file: Path, *, method: int = zipfile.ZIP_DEFLATED, streamed: bool = False) -> Path:
    noise = Image.effect_noise((100, 100), 90).tobytes()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("方案.txt", "方案" * 200)
        archive.writestr("佐证/一.txt", noise)
        archive.writestr("佐证/二.txt", noise[::-1])
        archive.writestr("佐证/三.txt", "三")
    return repacked(file, method=method, streamed=streamed)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("streamed", [False, True])
def test_an_archive_that_breaks_off_gives_its_whole_files_and_names_the_broken_one(
    tmp_path: Path, method: int, streamed: bool
) -> None:
    file = cut(parcel(tmp_path / "a.zip", method=method, streamed=streamed), "佐证/二.txt")
    found = unpack(file, "zip", tmp_path / "out", Budget())
    assert [member.name for member in found] == ["方案.txt", "佐证/一.txt", "佐证/二.txt", BEHIND_CUT]
    assert found[0].file is not None and found[0].file.read_text("utf-8") == "方案" * 200
    assert found[1].file is not None and found[2].file is None and found[3].file is None
    problems = [member.problem for member in found[2:]]
    assert [(problem.code, problem.weight) for problem in problems if problem] == [("truncated", "lost")] * 2
    assert all(problem and problem.advice for problem in problems)


def test_an_archive_without_its_directory_gives_all_its_files_and_says_so(tmp_path: Path) -> None:
    file = parcel(tmp_path / "a.zip", streamed=True)
    file.write_bytes(file.read_bytes()[: directory(file) + 60])
    found = unpack(file, "zip", tmp_path / "out", Budget())
    assert [member.file is None for member in found] == [False] * 4 + [True]


def test_local_names_of_an_archive_that_breaks_off_are_read_as_chinese(tmp_path: Path) -> None:
    from tests.extract.containers import zip_raw

    file = zip_raw(tmp_path / "a.zip", [("佐证/数据表１.xlsx".encode("gbk"), b"1"), ("方案.doc".encode("gbk"), b"2")])
    file.write_bytes(file.read_bytes()[: directory(file)])
    assert [member.name for member in unpack(file, "zip", tmp_path / "out", Budget())][:2] == ["佐证/数据表１.xlsx", "方案.doc"]


def test_an_archive_with_nothing_but_a_broken_file_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x" * 5000)
    file.write_bytes(file.read_bytes()[:3000])
    with pytest.raises(Damaged):
        unpack(file, "zip", tmp_path / "out", Budget())


def test_a_bomb_in_an_archive_that_breaks_off_is_refused_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "RATIO_FLOOR", 1 << 20)
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("一.txt", "一")
        archive.writestr("bomb.bin", bytes(1 << 24))
        archive.writestr("二.txt", "二" * 9)
    file = repacked(file, streamed=True)
    file.write_bytes(file.read_bytes()[: directory(file)])
    found = {member.name: member for member in unpack(file, "zip", tmp_path / "out", Budget())}
    assert found["bomb.bin"].problem and found["bomb.bin"].problem.code == "dangerous" and found["bomb.bin"].size < 1 << 23
    assert found["一.txt"].file is not None and found["二.txt"].file is not None


def test_count_and_total_of_an_archive_that_breaks_off_are_bounded(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for index in range(8):
            archive.writestr(f"{index}.txt", "x" * 100)
    file.write_bytes(file.read_bytes()[: directory(file)])
    budget = Budget(entries=3)
    assert len(unpack(file, "zip", tmp_path / "one", budget)) == 4 and "文件数超过上限" in budget.problems[0].message
    found = unpack(file, "zip", tmp_path / "two", Budget(total=250))
    assert [member.file is not None for member in found][:3] == [True, True, False]


def test_a_path_that_leads_out_of_an_archive_that_breaks_off_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../x.txt", "x")
        archive.writestr("好.txt", "好")
    file.write_bytes(file.read_bytes()[: directory(file)])
    found = unpack(file, "zip", tmp_path / "out", Budget())
    assert found[0].problem and found[0].problem.code == "dangerous" and found[1].file is not None
    assert found[2].name == archives.BEHIND_CUT


# What it is


def names() -> Iterator[tuple[str, str, str]]:
    yield "word/说明.txt", "x", "zip"
    yield "xl/", "", "zip"
    yield "word/document.xml", "x", "docx"
    yield "mimetype", "application/vnd.oasis.opendocument.text", "odt"
    yield "OFD.xml", "x", "ofd"
    yield "Doc_0/Document.xml", "x", "ofd"
    yield "[Content_Types].xml", '<Types><Override ContentType="application/x.spreadsheetml.sheet"/>', "xlsx"


@pytest.mark.parametrize(("name", "content", "kind"), list(names()))
def test_the_parts_that_are_left_decide_what_it_was(tmp_path: Path, name: str, content: str, kind: str) -> None:
    file = tmp_path / "a"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("docProps/app.xml", "x")
        archive.writestr(name, content)
    file.write_bytes(file.read_bytes()[: directory(file)])
    assert sniff(file) == kind


def test_an_archive_that_holds_a_document_unpacked_is_no_document(tmp_path: Path) -> None:
    inner = docx(tmp_path / "方案.docx", p("正文。"))
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(inner, "方案.docx")
        archive.writestr("二.txt", "x" * 100)
    cut(file, "二.txt")
    assert sniff(file) == "zip"
    found = unpack(file, "zip", tmp_path / "out", Budget())
    assert found[0].file is not None and read(found[0].file).status == "read"


def test_spoilt_data_inside_ends_its_entry_and_the_next_is_found(tmp_path: Path) -> None:
    file = repacked(plan(tmp_path / "a.docx"), streamed=True)
    start, end = place(file, "word/document.xml")
    data = bytearray(file.read_bytes()[: directory(file)])
    data[(start + end) // 2 : (start + end) // 2 + 60] = b"\xff" * 60
    file.write_bytes(data)
    with file.open("rb") as stream:
        found = {entry.info.filename: entry.end for entry in salvage.walk(stream, BOUNDS._replace(total=1 << 30))}
    assert found["word/document.xml"] in ("broken", "whole") and found["word/media/p.png"] == "whole"
    assert read(file).status in ("partial", "unreadable")


def test_a_document_is_found_without_its_root_links(tmp_path: Path) -> None:
    file = docx(tmp_path / "a.docx", p("正文。"), extra={"word/more.rels": links()})
    file = repacked(file, last=("_rels/.rels", "[Content_Types].xml"))
    start, _ = place(file, "_rels/.rels")
    file.write_bytes(file.read_bytes()[: start - 5])
    document = read(file)
    assert [block.text for block in document.blocks] == ["正文。"] and codes(document) == ["truncated"]


def test_spoilt_names_in_a_part_that_breaks_off_do_not_stop_the_reading(tmp_path: Path) -> None:
    file = docx(tmp_path / "a.docx", p("正文。") + "<:x><no:prefix>" + p("尾" * 99))
    document = read(cut(repacked(file, method=zipfile.ZIP_STORED), "word/document.xml", 0.9))
    assert document.problems[0].code in ("truncated", "damaged")
