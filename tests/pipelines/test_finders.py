"""What the finders take for a fact, and what only looks like one: shapes met in packages by other hands."""

from __future__ import annotations

import pytest
from documents import document, package, table

from extract.document import BBox, Document, Heading, Line, Paragraph, Table
from models.catalogue import load_edition
from models.finders import density, forms, policies, scenarios, statements, titles
from models.nlp import build_nlp
from models.package import Package
from models.passages import passages
from models.portraits import portrait, split
from models.tagger import tag

PLAN = document(
    "试点工作方案.docx", "# 明州市“5G+工业互联网”融合应用先导区试点工作方案", "明州市人民政府", "2024年9月", "# 一、现有基础",
    "网络基础良好，企业基础扎实，应用场景丰富，产业生态完善。" * 40, "# 二、重点任务", "加快推进。" * 40, "# 三、保障措施", "加强领导。",
)  # fmt: skip
SCENES = ["协同研发设计", "远程设备操控", "设备协同作业", "柔性生产制造", "现场辅助装配", "机器视觉质检", "设备故障诊断", "厂区智能物流", "无人智能巡检", "生产现场监测"]
MEASURES = "支持企业建设5G专网，给予补助。鼓励建设5G工厂，给予奖励。推动标识解析应用，加快推广。加强人才培育，完善服务体系。" * 3


def made(*documents: Document, cities: tuple[str, ...] = ("明州市",)) -> Package:
    return package(PLAN, *documents, cities=list(cities))


def counted(*documents: Document) -> dict[str, int]:
    found, _ = scenarios.find(made(*documents))
    return {f.name: len({hit.number for hit in f.scenarios if hit.number}) for f in found if f.side == "proof"}


# --- policies


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("明州市支持“5G+工业互联网”发展若干措施", "dedicated"),
        ("关于加快“5G+工业互联网”融合发展的实施意见", "dedicated"),
        ("“5G+工业互联网”典型应用场景验收意见", None),
        ("“5G+工业互联网”项目专家评审意见", None),
        ("关于召开“5G+工业互联网”推进会的通知", None),
        ("关于组织申报“5G+工业互联网”项目的通知", None),
        ("明州海川轴承有限公司“5G+工业互联网”改造实施方案", None),
        ("“5G+工业互联网”工作情况的通报", None),
    ],
)
def test_only_what_sets_a_policy_is_a_policy(title: str, subject: str | None) -> None:
    paper = document("佐证/1.docx", "明州市工业和信息化局文件", "明工信〔2023〕8号", f"# {title}", MEASURES, "明州市工业和信息化局", "2023年5月6日")
    found = [p.subject for p in policies.find(made(paper))[0] if p.side == "proof"]
    assert found == ([subject] if subject else [])


def test_a_paper_without_number_and_measures_is_for_a_person() -> None:
    paper = document("佐证/1.docx", "# 明州市“5G+工业互联网”专项方案", "本方案自发布之日起施行，由市工信局负责解释。" * 8, "明州市工业和信息化局", "2023年5月6日")
    assert [p.subject for p in policies.find(made(paper))[0] if p.side == "proof"] == ["near"]


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("本措施自2023年6月1日起施行，有效期至2027年12月31日。", 2027),
        ("本行动计划自印发之日起施行，至2027年12月31日止。", 2027),
        ("本办法自发布之日起实施，有效期五年。", 2028),
        ("本办法自发布之日起试行两年。", 2025),
        ("本办法自二〇二三年六月一日起施行，有效期至二〇二六年五月三十一日。", 2026),
        ("本措施由市工信局负责解释。", None),
    ],
)
def test_a_policys_number_and_validity_are_evidence_beside_its_title(words: str, until: int | None) -> None:
    title = "明州市支持“5G+工业互联网”发展若干措施"
    paper = document("佐证/1.docx", "明州市工业和信息化局文件", "明工信〔2023〕8号", f"# {title}", MEASURES, words, "明州市工业和信息化局", "2023年5月6日")
    whole = made(paper)
    (policy,) = [p for p in policies.find(whole)[0] if p.side == "proof"]
    assert policy.until == until
    cited = {item: whole.book[item].text for item in (policy.evidence, *policy.also)}
    said = [cited[item] for item in (policy.evidence, *policy.also)]
    assert said[0] == title
    assert any("〔2023〕8号" in text for text in said)
    assert any(text and text in words for text in said) == (until is not None)


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("本措施自2023年6月1日起施行，有效期至2027年3月31日。", "2027-03"),
        ("本办法自2023年6月1日起施行，有效期三年。", "2026-05"),
        ("本办法自2023年6月15日起施行，有效期三年。", "2026-06"),
        ("本办法自发布之日起施行，有效期2年。", "2025-05"),
        ("本措施有效期至2027年。", ""),
        ("本措施由市工信局负责解释。", ""),
    ],
)
def test_a_policys_term_ends_in_a_month(words: str, ends: str) -> None:
    paper = document("佐证/1.docx", "明州市工业和信息化局文件", "明工信〔2023〕8号", "# 明州市支持“5G+工业互联网”发展若干措施", MEASURES, words, "明州市工业和信息化局", "2023年5月6日")
    assert [p.ends for p in policies.find(made(paper))[0] if p.side == "proof"] == [ends]


@pytest.mark.parametrize("title", ["典型应用场景核实意见", "“5G+工业互联网”典型应用场景认定意见", "“5G+工业互联网”项目验收报告"])
def test_the_word_on_what_was_inspected_is_no_policy(title: str) -> None:
    paper = document("佐证/1.docx", "明州市工业和信息化局文件", "明工信〔2023〕8号", f"# {title}", MEASURES, "明州市工业和信息化局", "2023年5月6日")
    assert [p for p in policies.find(made(paper))[0] if p.side == "proof"] == []


def test_a_paper_of_another_city_is_none_of_the_applicants_whatever_its_number() -> None:
    title = "支持“5G+工业互联网”发展若干措施"
    paper = document("佐证/1.docx", "明政办发〔2023〕8号", f"# 南屏市人民政府办公室关于印发{title}的通知", MEASURES, "南屏市人民政府办公室", "2023年5月6日")
    assert [p.rank for p in policies.find(made(paper))[0] if p.side == "proof"] == ["unknown"]


# --- scenarios


def test_a_scenario_that_its_row_denies_is_not_counted() -> None:
    rows = [["序号", "典型应用场景", "是否应用"], *([str(n), name, "否" if n <= 3 else "是"] for n, name in enumerate(SCENES, 1))]
    sheet = document("佐证/表.docx", "# 典型应用场景应用情况表", table(rows, "明州海川轴承有限公司典型应用场景应用情况表"), "明州海川轴承有限公司", "2024年5月6日")
    assert counted(sheet) == {"明州海川轴承有限公司": 7}


def test_factories_that_are_headings_hold_the_scenarios_below_them() -> None:
    blocks = [f"●{name}：已上线运行" for name in SCENES]
    paper = document("佐证/清单.docx", "# 明州市工厂典型应用场景清单", "明州市工业和信息化局", "# （一）TriStar明州工厂", *blocks, "# （二）海川轴承", *blocks[:6], "●生产单元模拟：在建")
    assert counted(paper) == {"TriStar明州工厂": 10, "海川轴承": 6}


def test_a_virtual_scenario_is_no_planned_one() -> None:
    paper = document("佐证/清单.docx", "# 明州市典型应用场景清单", "# （一）海川轴承", *(f"●{name}" for name in (*SCENES[:4], "虚拟现场服务", "生产单元模拟")))
    assert counted(paper) == {"海川轴承": 6}


@pytest.mark.parametrize(
    "words",
    [
        "按照二十个典型场景逐厂验收，过半（十个及以上）的工厂现有六家。",
        "全市场景数破十的工厂有6家，典型应用场景日益丰富。",
        "典型应用场景达到10个以上的工厂共6家。",
    ],
)
def test_factories_with_enough_scenarios_are_counted_in_other_words_too(words: str) -> None:
    plan = document("试点工作方案.docx", "# 明州市“5G+工业互联网”融合应用先导区试点工作方案", "# 一、现有基础", "基础好。" * 400, words, "# 二、重点任务", "加快推进。" * 40, "# 三、保障措施")
    found = scenarios.find(package(plan, cities=["明州市"]))[1]
    assert [c.quantity.value for c in found if c.side == "claim"] == [6]


def test_a_factorys_own_sheet_counts_by_its_name() -> None:
    rows = [["企业名称", "湖北海川车桥有限公司", "工厂", "总装工厂"], ["已应用场景（截至2024年4月）", "".join(f"①{name}" for name in SCENES), "", ""], ["场景个数", "10个", "", ""]]
    assert counted(document("佐证/表.docx", table(rows, "5G工厂建设情况表"), "2024年4月22日")) == {"湖北海川车桥有限公司": 10}


def test_a_firms_signed_word_counts_as_a_whole() -> None:
    paper = document(
        "佐证/说明.docx", "# 应用场景的说明", "清花工序：" + "、".join(SCENES[:4]) + "。", "细纱工序：" + "、".join(SCENES[4:7]) + "。",
        "织造工序：" + "、".join(SCENES[7:]) + "。", "明州岭华纺织有限公司", "2024年5月6日",
    )  # fmt: skip
    assert counted(paper) == {"明州岭华纺织有限公司": 10}


def test_an_offices_word_on_one_factory_counts_as_a_whole() -> None:
    lines = ["".join(f"{n}.{SCENES[n - 1]}" for n in run) for run in ((1, 2, 3), (4, 5, 6), (7, 8, 9), (10,))]
    paper = document("佐证/确认书.jpg", "# 典型应用场景确认书", "企业名称：明州海川轴承有限公司", "经核查，该工厂已应用典型应用场景共10个：", *lines, "明州市工业和信息化局", "2024年7月10日")
    assert counted(paper) == {"明州海川轴承有限公司": 10}


def test_the_signer_below_a_list_is_the_factory_of_it() -> None:
    rows = [["序号", "应用场景", "投用时间"], *[[str(n), name, "2023年5月"] for n, name in enumerate(SCENES, 1)]]
    paper = document("佐证/投用情况.xlsx", table(rows, "应用场景投用情况"), "明州海川轴承有限公司", "2024年5月6日")
    assert counted(paper) == {"明州海川轴承有限公司": 10}


def test_who_checked_a_list_and_when_stands_beside_its_proof() -> None:
    rows = [["序号", "企业名称", "典型应用场景"], *[[str(n), f"明州第{n}机械有限公司", "、".join(SCENES)] for n in range(1, 6)], ["核验单位：明州市工业和信息化局"] * 3]
    paper = document("佐证/核验表.docx", "# 典型应用场景核验表", table(rows), "核验日期：2024年6月21日")
    tagged = tag("明州", [PLAN, paper], load_edition(), build_nlp(load_edition()))
    cited = {item.text for item in tagged.evidence if item.kind == "proof" and item.indicator == scenarios.INDICATOR}
    assert {"核验单位：明州市工业和信息化局", "核验日期：2024年6月21日"} <= cited


def test_two_factories_in_one_paper_are_never_counted_as_one() -> None:
    lines = ["、".join(SCENES[:3]), "、".join(SCENES[3:6])]
    both = ("企业名称：明州海川轴承有限公司", *lines, "企业名称：明州岭华纺织有限公司", *lines[:1])
    assert all(n < 6 for n in counted(document("佐证/确认书.jpg", "# 典型应用场景确认书", *both, "明州市工业和信息化局", "2024年7月10日")).values())


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (["序号", "场景名称", "建成时间", "核查结论"], [[str(n), name, "2023年", "属实" if n > 2 else "未建成"] for n, name in enumerate(SCENES, 1)]),
        (["典型应用场景", "是否应用", "典型应用场景", "是否应用"], [[SCENES[n], "√" if n > 1 else "—", SCENES[n + 5], "√"] for n in range(5)]),
    ],
)
def test_a_factorys_own_form_counts_what_it_says_is_there(head: list[str], rows: list[list[str]]) -> None:
    name = ["企业名称", *["明州恒绮化纤织造有限公司"] * 3]
    form = table([name, ["地址", *["明州市东区纺织大道18号"] * 3], head, *rows, ["核查意见", *["该企业建成典型应用场景8个。"] * 3]])
    assert counted(document("佐证/核查表.docx", "# 典型应用场景核查表", form)) == {"明州恒绮化纤织造有限公司": 8}


def test_a_list_with_a_row_a_scenario_is_no_matrix() -> None:
    rows = [["序号", "工厂名称", "典型应用场景", "评估记录", "结论"]]
    rows += [["1", "明州海川轴承有限公司", f"5G+{name}", "现场查看", "已应用"] for name in SCENES]
    rows += [["2", "明州岭华纺织有限公司", f"5G+{name}", "现场查看", "已应用" if n else "未应用"] for n, name in enumerate(SCENES)]
    paper = document("佐证/报告.docx", "# 典型应用场景评估报告", table(rows, "评估结果明细"), "明州信通评测中心", "2024年5月6日")
    assert counted(paper) == {"明州海川轴承有限公司": 10, "明州岭华纺织有限公司": 9}


# --- titles


def test_each_notice_of_a_bound_file_speaks_for_its_own_list() -> None:
    paper = document(
        "佐证/称号.docx", "工信部规〔2014〕30号", "# 工业和信息化部关于公布第五批国家新型工业化产业示范基地名单的通知",
        table([["序号", "基地", "省份"], ["11", "食品·明州经济开发区", "某省"], ["12", "石化·渤澜", "某省"]]), "工业和信息化部", "2014年2月10日",
        "# 某省工业和信息化厅关于公布2023年先进级智能工厂名单的通知",
        table([["序号", "企业", "市地"], ["5", "明州海川轴承有限公司", "明州市"], ["6", "明州岭华纺织有限公司", "明州市"]]), "某省工业和信息化厅", "2023年9月20日",
    )  # fmt: skip
    found = [t for t in titles.find(made(paper))[0] if t.side == "proof" and t.rank == "nation"]
    assert [t.name for t in found] == ["国家新型工业化产业示范基地"]


def test_the_places_of_a_quoted_list_are_titles_each() -> None:
    paper = document(
        "佐证/摘录.docx", "# 明州市部级及以上称号批准文件摘录", "一、工业和信息化部关于公布2024年工业互联网试点示范名单的通知（工信部信管函〔2024〕316号）",
        "附件：试点示范名单。其中第47项：明州海川轮胎股份有限公司，“供应链协同解决方案”；第112项：明州特钢集团有限公司，“安全一体化防护”。",
        "明州市工业和信息化局", "2024年7月1日",
    )  # fmt: skip
    assert sorted(t.holder[:4] for t in titles.find(made(paper))[0] if t.side == "proof") == ["明州海川", "明州特钢"]


def test_titles_told_one_by_one_in_the_next_sentence_are_the_citys_list_too() -> None:
    plan = document(
        "试点工作方案.docx", "# 明州市“5G+工业互联网”融合应用先导区试点工作方案", "明州市人民政府", "2024年9月", "# 一、现有基础", "基础好。" * 400,
        "我市累计获得部级及以上称号6项。一是海川客车入选智能制造示范工厂揭榜单位；二是明州产业园获批国家新型工业化产业示范基地。", "# 二、重点任务", "加快推进。" * 40, "# 三、保障措施",
    )  # fmt: skip
    assert len([t for t in titles.find(package(plan, cities=["明州市"]))[0] if t.side == "claim"]) == 2


def test_what_is_struck_from_a_list_or_only_applied_for_is_no_title() -> None:
    paper = document(
        "佐证/称号.docx", "# 工业和信息化部办公厅关于公布2024年度绿色制造名单动态管理结果的通知", "附件3移出名单的绿色工业园区：明州临江化工产业园、桂柳产业园。",
        "# 2025年中小企业数字化转型试点城市申报受理情况", "明州市实施方案已于2025年2月报送财政部、工业和信息化部，评审结果尚未公布。",
    )  # fmt: skip
    assert {t.state for t in titles.find(made(paper))[0] if t.side == "proof"} <= {"expired", "applying"}


def test_an_acceptance_paper_speaks_of_the_firm_beside_its_label() -> None:
    paper = document(
        "佐证/验收意见.docx", "# “5G+工业互联网”典型应用场景验收意见", table([["建设单位", "明州海川车桥有限公司"], ["验收组织单位", "明州市工业和信息化局"]]),
        "该企业实际运行的典型应用场景为" + "、".join(SCENES) + "，共10个，均属工业和信息化部发布的典型应用场景。", "明州市工业和信息化局", "2024年9月12日",
    )  # fmt: skip
    assert counted(paper) == {"明州海川车桥有限公司": 10}


def test_lines_below_a_firms_heading_count_beside_firms_told_in_a_paragraph() -> None:
    paper = document(
        "佐证/核验.docx", "# 典型应用场景核验意见", "明州市工业和信息化局　2024年2月27日", "# （一）明州机床集团有限公司", "已上线：" + "、".join(SCENES) + "。",
        "# （二）明州阀门制造有限公司", *(f"• {name}" for name in SCENES), "该厂另有质量大数据分析等应用。",
    )  # fmt: skip
    assert sorted(counted(paper).values()) == [10, 10]


@pytest.mark.parametrize("title", ["明州市工厂拟建典型应用场景清单", "典型应用场景建设计划"])
def test_a_list_of_scenarios_to_be_built_counts_none(title: str) -> None:
    rows = [["企业", "典型应用场景"], ["明州海川轴承有限公司", "、".join(SCENES)]]
    assert counted(document("佐证/清单.docx", f"# {title}", table(rows, title), "明州市工业和信息化局", "2024年5月6日")) == {}


@pytest.mark.parametrize(
    "plaque",
    [
        ("国家级绿色工厂", "明州金铝新材股份有限公司", "中华人民共和国工业和信息化部", "2020年10月"),
        ("国家级绿色工厂", "明州金铝新材股份有限公司：", "经评定，你单位列入2020年度绿色制造名单，特发此证。", "工业和信息化部", "2020年10月"),
        ("荣誉证书", "明州金铝新材股份有限公司：", "你单位入选2020年国家级绿色工厂。", "工业和信息化部", "2020年10月"),
        ("國家級綠色工廠", "明州金铝新材股份有限公司", "工業和信息化部", "2020年10月"),
        ("绿色工厂", "明州金铝新材股份有限公司", "1和信息化部", "2020年10月"),  # the rest stands under a seal
    ],
)
def test_the_holder_on_a_plaque_is_the_line_of_its_own(plaque: tuple[str, ...]) -> None:
    found = [t for t in titles.find(made(document("佐证/牌匾.jpg", *plaque)))[0] if t.side == "proof"]
    assert [(t.holder, t.rank, t.own) for t in found] == [("明州金铝新材股份有限公司", "nation", True)]


def test_each_caught_page_speaks_for_its_own_list_and_its_path_for_none() -> None:
    paper = document(
        "佐证/截图.docx", "当前位置：首页>政务公开>文件公示", "六部门关于公布2025年度卓越级智能工厂项目名单的通知", "现将2025年度卓越级智能工厂项目名单予以公布。",
        table([["序号", "企业名称", "地区"], ["1", "明州海川轴承有限公司", "某省"]]), "截图1　六部门公布2025年度卓越级智能工厂", "当前位置：首页>政务公开>文件公示",
        "关于公布2025年中小企业数字化转型试点城市名单的通知", "经评审和公示，现将第三批中小企业数字化转型试点城市名单予以公布。", table([["省份", "城市"], ["某省", "明州市"], ["他省", "同江市"]]),
        "截图2　财政部公布第三批试点城市",
    )  # fmt: skip
    found = [(t.programme, t.state) for t in titles.find(made(paper))[0] if t.side == "proof"]
    assert found == [("smart_factory_excellent", "granted"), ("sme_digital_city", "granted")]


def test_the_path_on_top_of_a_printed_page_is_no_title() -> None:
    paper = document("佐证/1.pdf", "首页>政务公开>政策文件>通知公告", "# 工业和信息化部办公厅关于公布2023年工业互联网试点示范项目名单的通知", "现予公布。")
    assert "名单的通知" in portrait(paper).title


def test_the_firm_of_a_row_is_found_under_any_head() -> None:
    rows = [["序号", "省份", "单位", "示范工厂名称"], ["8", "某省", "明州海川部件制造有限公司", "结构件智能制造示范工厂"], ["9", "某省", "同江纺织集团有限公司", "同江纺织智慧工厂"]]
    paper = document(
        "佐证/名单.docx", "工业和信息化部办公厅", "# 关于公布2023年度智能制造示范工厂揭榜单位名单的通知", "现予公布。", table(rows, "2023年度智能制造示范工厂揭榜单位名单"),
        "工业和信息化部办公厅", "2023年11月20日",
    )  # fmt: skip
    assert next((t.holder, t.own) for t in titles.find(made(paper))[0] if t.side == "proof") == ("明州海川部件制造有限公司", True)


def test_who_gives_a_title_is_read_from_the_row_where_no_head_says_it() -> None:
    rows = [["序号", "名称", "单位", "发文", "时间"], ["1", "国家级绿色工厂", "明州金铝新材股份有限公司", "工业和信息化部", "2021年"], ["2", "全国食品工业应用标杆", "明州乳业股份有限公司", "中国食品装备行业协会", "2022年"]]
    own_list = document("佐证/称号清单.docx", "# 明州市国家级称号清单", table(rows, "国家级称号清单"), "明州市工业和信息化局", "2024年5月6日")
    assert {t.name: t.rank for t in titles.find(made(own_list))[0] if t.side == "proof"} == {"国家级绿色工厂": "nation", "全国食品工业应用标杆": "association"}


def test_a_firm_of_a_ministrys_list_is_not_the_citys_because_its_row_names_a_title() -> None:
    rows = [["序号", "单位", "方向"], ["101", "明州金脊矿业股份有限公司", "数字领航企业"], ["102", "陇祁昌和化工有限公司", "特色专业型工业互联网平台"]]
    notice = document(
        "佐证/名单.docx", "工业和信息化部办公厅", "工信厅信发函〔2023〕278号", "# 关于公布2023年新一代信息技术与制造业融合发展示范名单的通知", "2023年新一代信息技术与制造业融合发展示范名单（节选）：",
        table(rows), "工业和信息化部办公厅", "2023年10月26日",
    )  # fmt: skip
    assert {t.holder: t.own for t in titles.find(made(notice))[0] if t.side == "proof"} == {"明州金脊矿业股份有限公司": True, "陇祁昌和化工有限公司": None}


def test_titles_told_one_by_one_behind_their_number_are_the_citys_list() -> None:
    plan = document(
        "试点工作方案.docx", "# 明州市“5G+工业互联网”融合应用先导区试点工作方案", "明州市人民政府", "2024年9月", "# 一、现有基础", "基础好。" * 400,
        "我市共有国家部委授予的称号三项：一是明州高新区国家新型工业化产业示范基地（装备）；二是海川管业智能制造优秀场景；三是明州药业国家级绿色工厂。", "# 二、重点任务", "加快推进。" * 40, "# 三、保障措施",
    )  # fmt: skip
    found = [t.name for t in titles.find(package(plan, cities=["明州市"]))[0] if t.side == "claim"]
    assert found == ["国家新型工业化产业示范基地", "智能制造优秀场景", "国家级绿色工厂"]


# --- figures and forms


def test_the_sum_goes_before_the_operators_parts() -> None:
    rows = [["运营主体", "中国移动", "中国电信", "合计（去重后）"], ["5G基站（万个）", "1.4012", "1.5647", "2.9864"]]
    paper = document("佐证/证明.docx", "# 情况证明", table(rows), "按2023年末常住人口754.1万人计，折合每万人39.6个。", "某省通信管理局", "2024年7月3日")
    found = {f.kind: f.quantity.value for f in density.find(made(paper)) if f.side == "proof"}
    assert found["stations"] == 29864 and str(found["ratio"]) == "39.6"


@pytest.mark.parametrize(
    ("head", "unit", "people"),
    [
        (["指标", "绝对数", "比上年增长（%）"], "单位：亿元、万人", 4863000),
        (["指标", "2023年（万人）", "比上年增长（%）"], "", 4863000),
        (["指标", "2023年", "占全省比重"], "", 4863000),
    ],
)
def test_a_bulletins_table_gives_the_number_and_not_its_growth(head: list[str], unit: str, people: int) -> None:
    rows = [head, ["地区生产总值", "5218.6", "6.3"], ["年末常住人口", "486.3", "0.4"]]
    paper = document("佐证/公报.docx", "# 明州市2023年国民经济和社会发展统计公报（节选）", "明州市统计局 2024年3月28日", "表1 主要指标", *([unit] if unit else []), table(rows))
    found = [(f.quantity.value, f.date) for f in density.find(made(paper)) if f.side == "proof" and f.kind == "people"]
    assert found == [(people, "2023")]


def test_the_issuer_is_read_though_the_date_stands_on_its_line() -> None:
    paper = document("佐证/公报.docx", "# 明州市2023年国民经济和社会发展统计公报（节选）", "明州市统计局　2024年3月28日", "年末累计建成5G基站22915个。")
    assert portrait(paper).issuer == "明州市统计局"


def test_whom_a_letter_is_sent_to_has_not_issued_it() -> None:
    paper = document("佐证/承诺书.docx", "# 承诺书", "工业和信息化部：", "明州市人民政府承诺：自2022年以来，我市未发生重大网络安全事件。", "明州市人民政府", "2024年3月9日")
    assert portrait(paper).issuer == "明州市人民政府"


@pytest.mark.parametrize(
    "words",
    [
        "截至2024年底，全省建成并开通5G基站214360个；按常住人口6102万人测算，每万人拥有5G基站35.1个。",
        "九、邮电：年末全省5G基站157020个，比上年增加21160个，每万人拥有5G基站33.1个；移动电话用户4743万户。",
    ],
)
def test_figures_of_the_province_stay_the_provinces_to_the_end_of_their_sentence(words: str) -> None:
    paper = document("佐证/通报.docx", "# 关于2024年网络发展情况的通报", words, "某省通信管理局", "2025年2月3日")
    assert [f for f in density.find(made(paper)) if f.side == "proof"] == []


def test_a_bulletin_dates_its_figures_by_its_title() -> None:
    paper = document("佐证/公报.docx", "# 明州市2023年国民经济和社会发展统计公报（节选）", "明州市统计局", "2024年3月28日", "年末累计建成5G基站22915个。")
    assert [f.date for f in density.find(made(paper)) if f.side == "proof"] == ["2023-12"]


def test_a_form_gives_counts_and_those_of_joint_applicants_are_added_up() -> None:
    rows = [["条件", "明州市", "宁川市"], ["5G工厂名录", "4个", "2个"], ["部级及以上称号", "合计7项", "合计7项"], ["省级称号（项）", "9", "3"]]
    sheet = document("申报表.docx", "# “5G+工业互联网”融合应用先导区试点申报表", table(rows, "申报表"))
    found = {c.what: c.quantity.value for c in forms.find(made(sheet, cities=("明州市", "宁川市")))}
    assert found == {"listed": 6, "titles": 7}
    single = [["*部级及以上称号（项）", "5", "省级称号（项）", "17"], ["*5G工厂方向试点示范（个）", "1", "5G工厂名录（个）", "0"]]
    sheet = document("申报表.docx", "# “5G+工业互联网”融合应用先导区试点申报表", table([["申报城市", "明州市", "省份", "某省"], *single], "申报表"))
    assert {c.what: c.quantity.value for c in forms.find(made(sheet))} == {"titles": 5, "pilots": 1, "listed": 0}


def test_a_card_is_read_as_what_there_is_and_what_is_to_come() -> None:
    card = table([["指标", "边缘计算节点建设运营情况"], ["问", "节点数量？"], ["答", "共51个，其中企业自用38个。"], ["分年度目标", "2025年60个；2026年70个。"]])
    pack = package(document("试点工作方案.docx", "# 明州市“5G+工业互联网”融合应用先导区试点工作方案", "基础好。" * 400, "# 二、重点任务", card, "# 三、保障措施"), cities=["明州市"])
    (section,) = pack.side("claim")
    read = [(p.text, p.mode, p.headings[-1]) for p in passages(section) if p.kind == "text" and p.anchor.cell]
    assert read == [
        ("共51个，其中企业自用38个。", "base", "边缘计算节点建设运营情况"), ("2025年60个；2026年70个。", "target", "边缘计算节点建设运营情况"),
    ]  # fmt: skip


def test_labels_inside_a_paragraph_part_what_there_is_from_what_is_to_come() -> None:
    plan = document(
        "试点工作方案.docx", "# 明州市“5G+工业互联网”融合应用先导区试点工作方案", "基础好。" * 400, "# 指标10边缘计算节点建设运营情况",
        "【现状】已部署节点8个。【年度目标】2025年11个、2026年15个。", "# 二、重点任务", "加快推进。",
    )  # fmt: skip
    tagged = tag("明州", [plan], load_edition(), build_nlp(load_edition()))
    ours = [item for item in tagged.evidence if item.indicator == "infrastructure.edge_computing"]
    assert [item.text for item in ours if item.kind == "claim"] == ["【现状】已部署节点8个。"]
    assert sorted(item.year for item in ours if item.kind == "target") == [2025, 2026]


@pytest.mark.parametrize(("words", "proves"), [("边缘计算平台部署验收单，节点运行正常。", True), ("明州市领导调研老城区改造。", False)])
def test_a_paper_that_the_plan_points_to_proves_where_it_speaks_of_the_same_thing(words: str, proves: bool) -> None:
    plan = document(
        "试点工作方案.docx", "# 明州市“5G+工业互联网”融合应用先导区试点工作方案", "# 一、现有基础", "基础好。" * 400, "# 指标10边缘计算节点建设运营情况",
        "【现状】已部署边缘计算节点8个，均已验收。", "【佐证】证3", "# 二、重点任务", "加快推进。",
    )  # fmt: skip
    paper = document("佐证/证3.docx", "明州海川轴承有限公司", words, "2024年5月6日")
    tagged = tag("明州", [plan, paper], load_edition(), build_nlp(load_edition()))
    assert ("infrastructure.edge_computing" in tagged.proofs) == proves


# --- bound files


def paged(*pages: tuple[str, ...]) -> Document:
    blocks: list[Paragraph | Heading | Table] = []
    for number, lines in enumerate(pages, 1):
        for line in lines:
            place = (Line(0, len(line), number, BBox(50, 50, 500, 70)),)
            blocks.append(Paragraph(line, place))
    return Document("汇编.pdf", "pdf", blocks=tuple(blocks))


def test_a_divider_sheet_parts_the_documents_of_a_bound_file() -> None:
    bound = paged(
        ("附件一", "专项政策文件"), ("明州市人民政府办公室文件", "明政办发〔2023〕4号", "关于加快发展的实施意见", MEASURES), ("附件二", "5G网络覆盖情况"),
        ("每万人拥有5G基站36.2个。", "明州市通信发展管理办公室", "2024年4月15日"),
    )  # fmt: skip
    assert [part.page for part in split(bound)] == [1, 2, 4] or [part.page for part in split(bound)] == [1, 4]


@pytest.mark.parametrize("mark", ["佐证一专项政策", "附录1：专项政策", "证明材料一", "支撑材料1"])
def test_a_divider_sheet_is_one_under_any_of_its_names(mark: str) -> None:
    bound = paged(
        ("明州市人民政府办公室文件", "明政办发〔2022〕4号", "关于加快发展的实施意见", MEASURES), (mark,),
        ("每万人拥有5G基站36.2个。", "明州市通信发展管理办公室", "2024年4月15日"),
    )  # fmt: skip
    assert [part.page for part in split(bound)] == [1, 3]


def test_certificates_behind_a_notice_and_its_annex_are_documents_of_their_own() -> None:
    bound = paged(
        ("工业和信息化部办公厅", "工信厅联通装函〔2023〕297号", "关于公布2023年度智能制造示范工厂揭榜单位名单的通知", "现予公布。", "工业和信息化部办公厅", "2023年11月20日"),
        ("附件", "2023年度智能制造示范工厂揭榜单位名单", "8 某省 明州海川部件制造有限公司"),
        ("国家级绿色工厂", "明州金铝新材股份有限公司：", "经评定，你单位列入2023年度绿色制造名单，特发此证。", "工业和信息化部", "2024年1月"),
        ("国家先进制造业集群", "明州智能家电集群", "中华人民共和国工业和信息化部", "2022年11月"),
    )  # fmt: skip
    assert [part.page for part in split(bound)] == [1, 3, 4]


def test_a_page_with_the_end_and_the_signatures_of_a_paper_is_no_certificate() -> None:
    bound = paged(
        ("明州市人民政府办公室文件", "明政办发〔2023〕4号", "关于加快发展的实施意见", MEASURES), ("各区县要抓好落实。", "明州市工业和信息化局", "明州市财政局", "2023年5月6日"),
        ("明州市工业和信息化局", "明州市财政局", "明州市统计局", "2023年5月6日"), ("附件", "任务分工表", "2023年5月6日"),
    )  # fmt: skip
    assert len(split(bound)) == 1


@pytest.mark.parametrize(
    ("place", "elsewhere"),
    [
        ("安徽省皖渚市经济开发区", True), ("安徽皖渚经开区", True), ("苏州市工业园区", True), ("明州市经济开发区", False), ("浙江省明州市东区", False),
        ("浙江省东溪市大道1号", False), ("东区纺织大道18号", False), ("安徽皖渚轮胎有限公司", False),
    ],
)  # fmt: skip
def test_a_factory_that_its_own_row_places_outside_is_none_of_the_citys(place: str, elsewhere: bool) -> None:
    listed = table([["序号", "工厂", "所在地", "典型应用场景"], ["1", "明州海川轮胎集团有限公司（二基地）", place, "、".join(SCENES)]])
    whole = package(PLAN, document("佐证/场景.docx", "# 典型应用场景核查表", listed), cities=["明州市"], province="浙江省")
    (found,) = [factory for factory in scenarios.find(whole)[0] if factory.side == "proof"]
    assert bool(found.elsewhere) is elsewhere


@pytest.mark.parametrize(
    ("issuer", "words", "counts"),
    [
        ("明州市委网信办", "近三年我市未发生重大网络安全事件。", True),
        ("明州市委网信办", "近三年未发生重大网络安全事件。", True),
        ("明州高新技术产业开发区管理委员会", "近三年未发生重大网络安全事件。", False),
        ("明州高新技术产业开发区管理委员会", "近三年全市未发生重大网络安全事件。", True),
        ("明州市工业和信息化局", "园区范围内未发生重大网络安全事件。", False),
    ],
)
def test_a_park_speaks_for_itself_and_not_for_the_city(issuer: str, words: str, counts: bool) -> None:
    paper = document("佐证/报告.docx", "# 网络安全检查情况的说明", words, issuer, "2024年9月1日")
    found = [item for item in statements.find(made(paper)) if item.side == "proof" and item.topic == "network"]
    assert bool(found) is counts


def test_a_ratios_unit_is_no_factor_of_its_number() -> None:
    plan = table([["指标", "现状"], ["5G基站密度（站/万人）", "36.1"]])
    whole = package(document("方案.docx", "# 明州市试点工作方案", "明州市人民政府", "2024年9月", "# 一、现有基础", plan, "加快推进。" * 60), cities=["明州市"])
    assert {str(f.quantity.value) for f in density.find(whole)} == {"36.1"}


def test_the_frame_of_a_web_page_is_no_title() -> None:
    paper = document(
        "佐证/截图.png", "明州市人民政府办公室关于印发…", "http://www.mingzhou.gov.cn/art_1.html", "首页 政府信息公开 政务服务 互动交流", "当前位置：首页>政务公开>文件公示",
        "# 明州市人民政府办公室关于印发《明州市“5G+工业互联网”三年行动计划》的通知", "明政办发〔2023〕58号 发布日期：2023-10-20", MEASURES,
    )  # fmt: skip
    (policy,) = [p for p in policies.find(made(paper))[0] if p.side == "proof"]
    assert (policy.number, policy.subject) == ("明政办发〔2023〕58号", "dedicated")


@pytest.mark.parametrize(
    ("city", "read", "own"),
    [("亳州市", "毫州市", True), ("亳州市", "杭州市", False), ("明州市", "朋州市", False)],  # 亳 is rare; 杭州 is a city; 明 is common
)
def test_a_rare_character_of_the_citys_name_is_known_as_recognition_reads_it(city: str, read: str, own: bool) -> None:
    scan = Document("佐证/扫描.pdf", "pdf", blocks=(Paragraph(f"关于{read}海川轴承有限公司的证明", lane="ocr"), Paragraph(f"{read}工业和信息化局", lane="ocr")))
    whole = package(document("方案.docx", f"# {city}试点工作方案", f"{city}人民政府", "加快推进。" * 80), scan, cities=[city])
    assert whole.names_city(f"{read}海川轴承有限公司") == (city if own else "")


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("关于报送典型应用场景核验情况的函", "proof"),
        ("关于申报先导区试点的承诺函", "proof"),
        ("关于推荐明州市申报“5G+工业互联网”融合应用先导区的函", "letter"),
    ],
)
def test_a_letter_hands_the_application_over_and_does_not_report_or_promise(title: str, role: str) -> None:
    paper = document("佐证/函.docx", f"# {title}", "工业和信息化部：", "现就明州市申报“5G+工业互联网”融合应用先导区的有关情况函告如下。", "明州市人民政府", "2024年9月1日")
    assert made(paper).calls["佐证/函.docx"].role == role


def test_a_factorys_form_counts_though_it_is_bound_behind_a_policy() -> None:
    form = table([["企业名称", *["明州恒绮化纤织造有限公司"] * 2], ["序号", "场景名称", "核查结论"], *[[str(n), name, "属实"] for n, name in enumerate(SCENES, 1)]])
    bound = document("佐证/汇编.pdf", "明政办发〔2023〕8号", "# 明州市支持“5G+工业互联网”发展若干措施", MEASURES, "明州市人民政府办公室", "2023年5月6日", form)
    assert counted(bound) == {"明州恒绮化纤织造有限公司": 10}


def test_the_text_behind_a_notice_of_a_draft_is_the_draft() -> None:
    title = "明州市5G与工业互联网融合行动方案"
    paper = document(
        "佐证/1.docx", "明州市人民政府办公室文件", "明政办发〔2023〕8号", f"# 关于印发《{title}》（征求意见稿）的通知", "各县区：现印发给你们，请研究提出意见。" * 5, "明州市人民政府办公室",
        "2023年5月6日", f"# {title}", MEASURES,
    )  # fmt: skip
    assert {p.state for p in policies.find(made(paper))[0] if p.side == "proof"} == {"draft"}


@pytest.mark.parametrize(
    ("head", "role"),
    [
        (["指标", "数值", "提供部门"], "proof"),
        (["指标", "现状", "2025年目标", "2026年目标"], "form"),
        (["指标", "现状", "提供部门", "2025年目标"], "form"),
    ],
)
def test_a_table_of_what_departments_report_proves_and_does_not_apply(head: list[str], role: str) -> None:
    rows = [["边缘计算节点（个）", "12", *["15"] * (len(head) - 2)]] * 9
    sheet = document("申报指标数据表.xlsx", table([head, *rows], "明州市先导区申报指标数据表"))
    assert made(sheet).calls["申报指标数据表.xlsx"].role == role


def test_a_briefing_proves_nothing() -> None:
    slides = document("方案/明州市汇报材料.pptx", "# 明州市先导区试点汇报", "明州市人民政府", "6家工厂具备10个以上典型应用场景", "每万人拥有5G基站34.6个")
    assert made(slides).calls["方案/明州市汇报材料.pptx"].role == "other"
