"""The package check: the letter from the right sender, joint applicants, targets and period, the directory both ways."""

from __future__ import annotations

import pytest
from documents import document, package, table

from extract.document import Document
from models.catalogue import load_edition
from models.nlp import build_nlp
from models.tagger import tag
from pipelines.packages import check_package
from pipelines.screening import PackageItem

EDITION = load_edition()
NLP = build_nlp(EDITION)
PLAN_LINES = (
    "# 明州市“5G+工业互联网”融合应用先导区试点工作方案",
    "明州市人民政府",
    "2024年9月",
    "# 一、现有基础",
    "截至2024年6月，明州市每万人拥有5G基站数35.2个。",
    "# 二、重点任务",
    "实施产业数字化升级工程，推动重点行业企业开展5G全连接工厂建设。" * 60,
    "# 三、保障措施",
    "加强组织领导，成立先导区建设领导小组。",
    "# 四、年度目标",
)
TARGETS = [
    ["指标", "2025年", "2026年", "2027年"],
    ["每万人拥有5G基站数（个）", "36", "38", "40"],
    ["5G工厂名录项目（个）", "7", "9", "12"],
    ["部级及以上称号（项）", "6", "7", "8"],
]


def plan(targets: list[list[str]] | None = None, city: str = "明州市") -> Document:
    lines = [line.replace("明州市", city) for line in PLAN_LINES]
    return document("试点工作方案.docx", *lines, *([] if targets is None else [table(targets, "分年度目标")]))


def letter(sender: str, city: str = "明州市", path: str = "推荐函.docx") -> Document:
    return document(
        path,
        f"# {sender}关于推荐{city}申报“5G+工业互联网”融合应用先导区的函",
        "工业和信息化部：",
        f"现推荐{city}申报“5G+工业互联网”融合应用先导区，请予支持。",
        sender,
        "2024年9月20日",
    )


def check(*documents: Document, **overrides: object) -> dict[str, PackageItem]:
    tagged = tag("明州市", documents, EDITION, NLP, overrides=overrides)
    return {item.code: item for item in check_package(tagged, EDITION)}


@pytest.mark.parametrize("sender", ["浙江省人民政府", "广西壮族自治区人民政府", "浙江省人民政府办公厅"])
def test_a_letter_of_the_provincial_government_is_right(sender: str) -> None:
    assert check(plan(TARGETS), letter(sender))["letter"].state == "ok"


def test_a_letter_of_a_provincial_department_or_of_the_city_itself_is_doubtful() -> None:
    assert check(plan(TARGETS), letter("浙江省经济和信息化厅"))["letter"].state == "doubt"
    assert check(plan(TARGETS), letter("明州市人民政府"))["letter"].state == "doubt"


@pytest.mark.parametrize("city", EDITION.separately_planned)
def test_a_separately_planned_city_writes_its_own_letter(city: str) -> None:
    assert check(plan(TARGETS, city), letter(f"{city}人民政府", city))["letter"].state == "ok"


def test_without_a_letter_it_is_missing_and_an_unread_letter_is_doubtful() -> None:
    assert check(plan(TARGETS))["letter"].state == "missing"
    assert check(plan(TARGETS), document("推荐函.pdf"))["letter"].state == "doubt"


def test_without_a_plan_it_is_missing_unless_an_unread_file_may_be_it() -> None:
    proof = document("基站证明.docx", "# 证明", "明州市每万人拥有5G基站数35.2个。", "浙江省通信管理局", "2024年7月1日")
    assert check(letter("浙江省人民政府"), proof)["plan"].state == "missing"
    assert check(letter("浙江省人民政府"), proof, document("扫描件.pdf"))["plan"].state == "doubt"


def test_a_joint_letter_must_name_every_city() -> None:
    both = {"cities": ["明州市", "宁川市"]}
    assert check(plan(TARGETS, "明州市与宁川市"), letter("浙江省人民政府", "明州市、宁川市"), **both)["applicants"].state == "ok"
    item = check(plan(TARGETS, "明州市与宁川市"), letter("浙江省人民政府"), **both)["applicants"]
    assert item.state == "doubt" and "宁川市" in item.text


def test_three_years_of_targets_cover_the_pilot_period() -> None:
    items = check(plan(TARGETS), letter("浙江省人民政府"))
    assert items["targets"].state == "ok" and items["period"].state == "ok" and "2025、2026、2027" in items["period"].text


def test_two_years_do_not_cover_the_pilot_period_and_none_is_missing() -> None:
    two = [row[:3] for row in TARGETS]
    assert check(plan(two), letter("浙江省人民政府"))["period"].state == "doubt"
    assert check(plan(), letter("浙江省人民政府"))["targets"].state == "missing"


def directory(*names: str) -> Document:
    rows = [["序号", "证明材料名称"], *[[str(number), name] for number, name in enumerate(names, 1)]]
    return document("佐证材料目录.docx", "# 佐证材料目录", table(rows))


STATIONS = document(
    "佐证/5G基站数量证明.docx", "# 关于5G基站数量的证明", "明州市每万人拥有5G基站数35.2个。", "浙江省通信管理局", "2024年7月1日"
)
PLEDGE = document("佐证/承诺书.docx", "# 承诺书", "明州市未发生重大网络安全事件。", "明州市人民政府", "2024年9月1日")


def test_what_the_directory_lists_and_the_package_lacks_is_told() -> None:
    items = check(plan(TARGETS), STATIONS, directory("5G基站数量证明", "5G工厂名录文件"))
    assert items["directory.missing"].state == "doubt"
    assert "5G工厂名录文件" in items["directory.missing"].text and "基站数量" not in items["directory.missing"].text
    assert items["directory.unlisted"].state == "ok"


def test_what_the_package_holds_and_no_directory_lists_is_told() -> None:
    items = check(plan(TARGETS), STATIONS, PLEDGE, directory("5G基站数量证明"))
    assert items["directory.missing"].state == "ok"
    assert items["directory.unlisted"].state == "doubt" and "承诺书" in items["directory.unlisted"].text


def test_without_a_directory_nothing_is_said_of_it() -> None:
    assert not [code for code in check(plan(TARGETS), STATIONS) if code.startswith("directory")]


def test_the_helper_makes_an_unread_document() -> None:
    assert document("锁.pdf").status == "unreadable" and package(document("锁.pdf")).documents
