"""Claims and yearly targets of a plan: whose year it is, what a section's order tells, which sections tell what there is."""

from __future__ import annotations

import pytest
from documents import document, package, table

from extract.document import Document, Table
from models.catalogue import load_edition
from models.passages import mode_of
from models.tagger import Tagged, tag

HEAD = ("# 明州市“5G+工业互联网”融合应用先导区试点工作方案", "明州市人民政府", "2025年6月")
TAIL = ("# 五、重点任务", "加快推进网络建设和应用推广。" * 30, "# 六、保障措施", "加强组织领导。")


def tagged(*blocks: str | Table) -> Tagged:
    plan: Document = document("试点工作方案.docx", *HEAD, *blocks, *TAIL)
    return tag("明州市", [plan], load_edition(), package(plan).nlp, overrides={"cities": ["明州市"]})


def targets(found: Tagged, indicator: str) -> list[str]:
    return sorted(found.targets.get(indicator, {}))


def test_the_years_of_a_policy_are_no_targets() -> None:
    found = tagged(
        "# 一、现有基础", "印发《明州市“5G+工业互联网”专项行动计划（2025—2027年）》（明政发〔2025〕2号），有效期至2027年12月31日，提出22条措施。",
        "# 四、目标", "2026年，每万人拥有5G基站数达到37个。",
    )  # fmt: skip
    assert targets(found, "policy.special_policy") == []
    assert targets(found, "infrastructure.coverage_5g") == ["2026"]


def test_a_paragraph_without_a_year_goes_on_with_the_year_above_it() -> None:
    found = tagged(
        "# 四、年度目标", "2026年为起势年。每万人拥有5G基站数达到37个。", "同年，参与制定国家标准达到21项。", "2027年为突破年。每万人拥有5G基站数达到40个。",
        "参与制定国家标准达到25项。", "# 五、其他目标", "发明专利有效量达到300件。",
    )  # fmt: skip
    assert targets(found, "ecosystem.standards") == ["2026", "2027"]
    assert targets(found, "ecosystem.intellectual_property") == []


def test_a_table_of_years_with_running_text_gives_targets() -> None:
    plan = table([["年度", "目标"], ["2026年", "每万人5G基站35个；平台项目190个"], ["2027年", "每万人5G基站37个；平台项目230个"]])
    found = tagged("# 四、目标", plan)
    assert targets(found, "infrastructure.coverage_5g") == targets(found, "infrastructure.platform_projects") == ["2026", "2027"]


ORDER = ["入选5G工厂名录项目3个。", "推广复制应用247项。", "开展分类分级管理企业63家。"]
OWN = "磷石膏库北斗位移监测实现毫米级预警。"


@pytest.mark.parametrize(
    ("paragraphs", "own"),
    [
        (["四大产业建成标杆应用52个。", *ORDER, OWN], True),
        (["四大产业建成标杆应用52个。", *ORDER], False),  # the last one speaks of another indicator
        ([*ORDER[:2], OWN], False),  # too few to tell an order
        ([*ORDER[::-1], "四大产业建成标杆应用52个。", OWN], False),  # another order
    ],
)
def test_what_ends_a_section_in_the_catalogues_order_is_the_citys_own(paragraphs: list[str], own: bool) -> None:
    found = tagged("# （三）行业应用现状", *paragraphs)
    assert bool(found.baseline.get("application.regional_features")) is own


@pytest.mark.parametrize(
    ("headings", "mode"),
    [
        (("二、现有基础", "（一）政策保障"), "base"),
        (("二、现有基础", "（二）重点工程"), "base"),
        (("二、现有基础", "（三）下一步打算"), "task"),
        (("二、现有基础", "1.落实国家发展战略及规划"), "base"),
        (("五、重点任务", "（一）政策保障"), "task"),
        (("四、产业生态", "正在申报的国家级试点"), "task"),
    ],
)
def test_below_what_there_is_a_heading_names_what_there_is(headings: tuple[str, ...], mode: str) -> None:
    assert mode_of(headings) == mode
