"""A small made-up submission that passes, written as Word files, for the tests that change a word of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docx import Document as Word

Block = str | list[list[str]]
Content = dict[str, list[Block]]

FIRMS = ["明州东海重工有限公司", "明州天工轴承有限公司", "明州远帆汽车有限公司", "明州瑞丰化纤有限公司", "明州启明光电有限公司"]
PROJECTS = ["船舶分段制造5G工厂", "精密轴承5G工厂", "冲压焊装5G工厂", "化纤纺丝5G工厂", "液晶模组5G工厂"]
SCENARIOS = (
    "协同研发设计、远程设备操控、设备协同作业、柔性生产制造、现场辅助装配、机器视觉质检、设备故障诊断、厂区智能物流、无人智能巡检、生产现场监测"
)  # fmt: skip
TITLES = ["国家级绿色工厂", "国家级绿色工厂", "国家级绿色工厂", "国家级绿色工厂", "国家级绿色工厂"]

PLAN = "明州市试点工作方案.docx"
LETTER = "推荐函.docx"
POLICY = "佐证/专项政策.docx"
STATIONS = "佐证/基站证明.docx"
FACTORIES = "佐证/典型应用场景证明.docx"
ROSTER = "佐证/5G工厂名录.docx"
AWARDS = "佐证/部级称号.docx"
PLEDGE = "佐证/承诺书.docx"


def content() -> Content:
    """The files of the submission: paragraphs (headings begin with “# ”) and tables."""
    return {
        PLAN: [
            "# 明州市“5G+工业互联网”融合应用先导区试点工作方案",
            "明州市人民政府",
            "2024年9月",
            "# 一、现有基础",
            "## （一）发展政策",
            "我市已印发《明州市“5G+工业互联网”融合应用若干措施》（明政发〔2023〕12号）。",
            "## （二）基础设施",
            "截至2024年6月，我市每万人拥有5G基站数30.1个。",
            "## （三）行业应用",
            "我市已建成5家具备10个以上“5G+工业互联网”典型应用场景的工厂。",
            "我市共有5个项目入选工业和信息化部《2023年5G工厂名录》。",
            "## （四）产业生态",
            "我市累计获得国家级称号5项。",
            "## （五）试点建设筹备",
            "近三年，我市未发生重大网络安全事件和重大安全生产事故，不存在提供虚假材料的情况。",
            "# 二、年度目标",
            "试点期为2025年至2027年，分年度目标如下表。",
            [
                ["指标", "计量单位", "2025年", "2026年", "2027年"],
                ["每万人拥有5G基站数", "个", "33", "36", "40"],
                ["具备10个以上典型应用场景工厂数", "家", "7", "9", "12"],
                ["5G工厂名录项目", "个", "7", "9", "12"],
                ["部级及以上称号", "项", "6", "7", "8"],
                ["规上企业设备联网率", "%", "52", "58", "65"],
            ],
        ],
        LETTER: [
            "# 浙江省人民政府关于推荐明州市申报“5G+工业互联网”融合应用先导区的函",
            "工业和信息化部：",
            "经研究，推荐明州市申报“5G+工业互联网”融合应用先导区，请予支持。",
            "浙江省人民政府",
            "2024年9月20日",
        ],
        POLICY: [
            "明州市人民政府文件",
            "明政发〔2023〕12号",
            "# 明州市人民政府关于印发明州市“5G+工业互联网”融合应用若干措施的通知",
            "各县（市、区）人民政府，市直各单位：",
            "现将《明州市“5G+工业互联网”融合应用若干措施》印发给你们，请认真贯彻执行。",
            "一、支持网络建设。对企业建设5G内网的，按投资额的20%给予补助，单个项目最高300万元。",
            "二、支持场景应用。对建成典型应用场景的企业给予奖励，单个企业最高200万元。",
            "三、支持平台建设。对建设工业互联网平台的企业，给予最高500万元补助。",
            "四、加强要素保障。统筹土地、用电、人才等资源，优先保障重点项目建设。",
            "明州市人民政府",
            "2023年5月16日",
        ],
        STATIONS: [
            "# 关于明州市5G基站建设情况的证明",
            "明州市人民政府：",
            "经核实，截至2024年6月，我市每万人拥有5G基站数30.1个。特此证明。",
            "浙江省通信管理局",
            "2024年7月10日",
        ],
        FACTORIES: [
            "# 明州市“5G+工业互联网”典型应用场景证明",
            "经核实，我市下列工厂的典型应用场景情况如下。",
            [
                ["序号", "企业名称", "典型应用场景名称", "建设情况"],
                *[[str(number), firm, SCENARIOS, "已建成"] for number, firm in enumerate(FIRMS, 1)],
            ],
            "明州市工业和信息化局",
            "2024年8月20日",
        ],
        ROSTER: [
            "工业和信息化部办公厅文件",
            "工信厅信管函〔2023〕332号",
            "# 工业和信息化部办公厅关于公布《2023年5G工厂名录》的通知",
            "现将《2023年5G工厂名录》予以公布。",
            "2023年5G工厂名录",
            [
                ["序号", "省份", "项目名称", "企业名称"],
                *[[str(number), "浙江", project, firm] for number, (project, firm) in enumerate(zip(PROJECTS, FIRMS, strict=True), 1)],
                ["6", "江苏", "风电叶片5G工厂", "苏北风电叶片有限公司"],
            ],
            "工业和信息化部办公厅",
            "2023年11月29日",
        ],
        AWARDS: [
            "# 明州市国家级称号证明",
            "我市国家级称号及公布文件如下。",
            [
                ["序号", "称号名称", "获得单位", "授予单位", "级别", "年份"],
                *[
                    [str(number), title, firm, "工业和信息化部", "国家级", "2022"]
                    for number, (title, firm) in enumerate(zip(TITLES, FIRMS, strict=True), 1)
                ],
            ],
            "明州市工业和信息化局",
            "2024年8月20日",
        ],
        PLEDGE: [
            "# 承诺书",
            "明州市人民政府郑重承诺：近三年全市未发生重大网络安全事件，未发生重大安全生产事故，申报材料真实有效，未提供虚假材料。",
            "明州市人民政府",
            "2024年9月12日",
        ],
    }


def swapped(source: Content, old: str, new: str) -> Content:
    """The content with one wording for another everywhere; the wording must be there."""

    def change(block: Block) -> Block:
        if isinstance(block, str):
            return block.replace(old, new)
        return [[cell.replace(old, new) for cell in row] for row in block]

    made = {name: [change(block) for block in blocks] for name, blocks in source.items()}
    assert made != source, old
    return made


def write(folder: Path, files: Content, rename: Callable[[int, str], str] | None = None) -> Path:
    """The submission as Word files in a folder. ``rename`` gives each file another name (number from 1, name)."""
    for number, (name, blocks) in enumerate(files.items(), 1):
        word = Word()
        for block in blocks:
            if isinstance(block, list):
                table = word.add_table(rows=len(block), cols=len(block[0]), style="Table Grid")
                for row, cells in zip(table.rows, block, strict=True):
                    for cell, text in zip(row.cells, cells, strict=True):
                        cell.text = text
            elif block.startswith("#"):
                marks, text = block.split(" ", 1)
                word.add_heading(text, len(marks))
            else:
                word.add_paragraph(block)
        path = folder / (rename(number, name) if rename else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        word.save(str(path))
    return folder
