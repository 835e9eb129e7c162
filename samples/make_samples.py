"""Build the three samples with their truth: `make samples`. Every city, firm, figure, document number and seal is invented.

Needs Noto Serif CJK (fonts-noto-cjk); with the same fonts and libraries it writes the same bytes.
"""

import io
import re
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "blind"))

import reportlab.rl_config  # noqa: E402
from package_tools import (  # noqa: E402
    H,
    P,
    Package,
    Spacer,
    grid,
    letter,
    redhead,
    register_fonts,
    sheet,
    title,
    word,
    word_table,
    word_title,
    workbook,
)
from reportlab.lib.pdfencrypt import StandardEncryption  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402
from reportlab.platypus import PageBreak  # noqa: E402

POLICY, COVERAGE, SCENARIOS = "policy.special_policy", "infrastructure.coverage_5g", "application.scenarios"
FACTORY, TITLES, VISIT = "application.factory_5g", "ecosystem.national_titles", "site_visit.preparation"
YEARS = ("2025", "2026", "2027")
LEVELS = {"policy": "发展政策", "infrastructure": "基础设施", "application": "行业应用", "ecosystem": "产业生态", "services": "公共服务", "site_visit": "试点建设筹备情况"}
CHINESE = "一二三四五六七八九十"

SCENES = [
    "协同研发设计", "远程设备操控", "设备协同作业", "柔性生产制造", "现场辅助装配", "机器视觉质检", "设备故障诊断", "厂区智能物流", "无人智能巡检", "生产现场监测",
    "生产单元模拟", "精准动态作业", "生产能效管控", "工艺合规校验", "生产过程溯源", "设备预测维护", "厂区智能理货", "全域物流监测", "虚拟现场服务", "企业协同合作",
]  # fmt: skip


class Sample(Package):
    """A package whose files are the same bytes at every build."""

    def put(self, path, data, role, lane="text", texts=None, paged=False, readable=True):
        if data[:4] == b"PK\x03\x04":
            data = _same_zip(data)
        elif data[:5] == b"%PDF-":
            data = re.sub(rb"(/(?:Creation|Mod)Date \(D:)\d{14}", rb"\g<1>20240918090000", data)
        super().put(path, data, role, lane, texts, paged, readable)


def _same_zip(data):
    """The archive with one fixed date on everything in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in sorted(old.infolist(), key=lambda i: (i.filename != "[Content_Types].xml", i.filename)):
            body = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>2024-09-18T09:00:00Z", old.read(info))
            new.writestr(zipfile.ZipInfo(info.filename, (2024, 9, 18, 9, 0, 0)), body, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


# ---------------------------------------------------------------- what the plans say

def first_wording(f):
    """Indicator → (heading, the present state, targets of the three years or None); `f` holds the city's figures."""
    c = f["city"]
    return {
        "policy.national_strategy": ("落实国家发展战略及规划", f"市委、市政府把《工业互联网创新发展行动计划》和“5G+工业互联网”512工程任务写入《{c}制造业“十四五”规划》，分解为{f['tasks']}项年度任务，由市工业互联网联席会议逐季调度。", (f"{f['tasks'] + 4}项任务", f"{f['tasks'] + 8}项任务", f"{f['tasks'] + 12}项任务")),
        POLICY: ("专项政策制定及实施", f["policy_text"], ("2项", "3项", "4项")),
        "policy.government_funds": ("政府专项资金", f"2022年以来市级财政累计下达“5G+工业互联网”专项资金{f['funds']}万元，各区按1∶1配套，支持项目{f['projects']}个。", (f"{f['funds'] + 3000}万元", f"{f['funds'] + 6500}万元", f"{f['funds'] + 10000}万元")),
        "policy.industry_finance": ("产融合作", f"设立{f['fund']}亿元智能制造产业引导基金，已实缴{f['fund'] * 0.4:.1f}亿元；4家银行推出“工联贷”，贷款余额{f['loan']}亿元。", (f"{f['loan'] + 3}亿元", f"{f['loan'] + 7}亿元", f"{f['loan'] + 12}亿元")),
        "policy.regional_features": ("特色政策", f["policy_feature"], None),
        COVERAGE: ("5G网络覆盖", f["coverage_text"], f["coverage_targets"]),
        "infrastructure.platform_projects": ("发展管理平台项目", f"在“5G+工业互联网”发展管理平台已申报项目{f['platform']}个，其中建成{f['built']}个、在建{f['platform'] - f['built']}个。", (f"{f['platform'] + 40}个", f"{f['platform'] + 90}个", f"{f['platform'] + 150}个")),
        "infrastructure.factory_network_quality": ("工厂内5G网络质量", "第三方机构对16家工厂的5G专网做了测试，平均上行速率210Mbps、下行速率905Mbps，端到端平均时延13毫秒，可靠性99.99%。", None),
        "infrastructure.operation_model": ("建设运营模式", f"形成“运营商建网、园区代维、企业按切片付费”的共享专网模式，已有{f['private']}家企业采用，企业建网成本平均下降24%。", None),
        "infrastructure.edge_computing": ("边缘计算节点", f"建成投用边缘计算节点{f['mec']}个，其中园区级6个，其余为企业级，主要承载机器视觉质检等低时延业务。", (f"{f['mec'] + 6}个", f"{f['mec'] + 12}个", f"{f['mec'] + 20}个")),
        "infrastructure.equipment_upgrade": ("传统设备网络化改造", f"累计完成老旧设备网络化改造{f['machines']}台（套），规上企业设备联网率达到{f['online']}%。", (f"{f['online'] + 4}%", f"{f['online'] + 8}%", f"{f['online'] + 12}%")),
        "infrastructure.new_industrial_network": ("新型工业网络", f"13家企业部署了TSN、工业PON等新型工业网络，建成标识解析二级节点{f['nodes']}个，接入企业{f['nodes'] * 160}家。", (f"{f['nodes'] + 1}个", f"{f['nodes'] + 2}个", f"{f['nodes'] + 3}个")),
        "infrastructure.regional_features": ("特色信息基础设施", f["infra_feature"], None),
        "application.leading_industries": ("主导产业应用培育", f"在{f['industries']}等主导产业培育标杆项目{f['models']}个，规上工业企业5G应用普及率为{f['rate']}%。", (f"{f['rate'] + 4}%", f"{f['rate'] + 9}%", f"{f['rate'] + 15}%")),
        SCENARIOS: ("典型应用场景", f["scenario_text"], ("8家", "11家", "15家")),
        FACTORY: ("5G工厂", f["factory_text"], ("8个", "10个", "12个")),
        "application.replication": ("复制推广模式", f"总结“链主带动、园区统推、小快轻准”的推广路径，已在{f['parks']}个园区的{f['parks'] * 19}家企业复制，举办现场会11场。", (f"{f['parks'] + 2}个园区", f"{f['parks'] + 4}个园区", f"{f['parks'] + 6}个园区")),
        "application.security": ("应用安全", f"{f['graded']}家企业完成工业互联网安全分类分级定级，建成市级工业互联网安全态势感知平台，2024年上半年开展应急演练2次。", (f"{f['graded'] + 30}家", f"{f['graded'] + 60}家", f"{f['graded'] + 90}家")),
        "application.regional_features": ("特色应用", f["app_feature"], None),
        "ecosystem.standards": ("标准制定", f"我市单位牵头或参与制定并已发布相关国家标准{f['gb']}项、行业标准{f['hb']}项、国际标准1项。", (f"{f['gb'] + 2}项", f"{f['gb'] + 4}项", f"{f['gb'] + 6}项")),
        "ecosystem.intellectual_property": ("知识产权", f"全市拥有5G和工业互联网相关有效发明专利{f['patents']}件、软件著作权{f['software']}件。", (f"{f['patents'] + 150}件", f"{f['patents'] + 320}件", f"{f['patents'] + 500}件")),
        "ecosystem.key_enterprises": ("重点企业", f"现有规模以上制造业企业{f['firms']}家，国家级专精特新“小巨人”企业{f['giants']}家，制造业单项冠军企业{f['champions']}家。", (f"{f['giants'] + 8}家", f"{f['giants'] + 16}家", f"{f['giants'] + 25}家")),
        "ecosystem.chips_modules_terminals": ("芯片、模组与终端", f"本地工厂应用5G RedCap模组{f['modules']}万片，5G工业网关、AGV等融合终端{f['terminals']}台。", None),
        "ecosystem.solution_providers": ("解决方案供应商", f"提供“5G+工业互联网”产品或解决方案的高新技术企业{f['providers']}家。", (f"{f['providers'] + 10}家", f"{f['providers'] + 20}家", f"{f['providers'] + 32}家")),
        TITLES: ("全国示范能力", f["title_text"], ("8项", "9项", "10项")),
        "ecosystem.industry_clustering": ("产业聚集", f"近两年引进相关产业项目{f['invited']}个，到位资金{f['capital']}亿元，新增就业{f['jobs']}人。", (f"{f['invited'] + 20}个", f"{f['invited'] + 40}个", f"{f['invited'] + 60}个")),
        "ecosystem.economic_contribution": ("经济社会效应", f"2023年数字经济核心产业增加值占地区生产总值比重为{f['share']}%，标杆企业生产效率平均提高19%，单位产值能耗下降8%。", (f"{f['share'] + 1:.1f}%", f"{f['share'] + 2:.1f}%", f"{f['share'] + 3:.1f}%")),
        "ecosystem.regional_features": ("特色产业生态", f["eco_feature"], None),
        "services.talent_programmes": ("国家人才计划入选者", f"引进和培育国家人才计划入选者{f['talent']}人。", (f"{f['talent'] + 2}人", f"{f['talent'] + 4}人", f"{f['talent'] + 6}人")),
        "services.skilled_talent": ("技术技能人才", f"近三年培训工业互联网技能人才{f['trained']}人次，新增高级技师{f['masters']}人。", (f"{f['masters'] + 40}人", f"{f['masters'] + 80}人", f"{f['masters'] + 120}人")),
        "services.training_bases": ("人才载体", f"建成现代产业学院{f['colleges']}个、5G实训基地{f['bases']}个。", (f"{f['bases'] + 1}个", f"{f['bases'] + 2}个", f"{f['bases'] + 3}个")),
        "services.industry_services": ("产业公共服务", f"建有测试验证、产业监测等公共服务平台{f['platforms']}个，年服务企业{f['served']}家次，举办供需对接会18场。", (f"{f['platforms'] + 1}个", f"{f['platforms'] + 2}个", f"{f['platforms'] + 3}个")),
        "services.security": ("安全保障", f"建立网信、工信、公安、通信部门协同的网络安全通报处置机制，2023年处置风险隐患{f['risks']}起。", None),
        "services.technology_transfer": ("成果转化", f"出台科技成果转化管理办法，建成中试平台{f['pilots']}个，2023年技术合同成交额{f['contracts']}亿元。", (f"{f['pilots'] + 1}个", f"{f['pilots'] + 2}个", f"{f['pilots'] + 3}个")),
        "services.ip_protection": ("知识产权保护", f"市知识产权保护中心2023年办理专利快速预审{f['quick']}件，调解纠纷{f['disputes']}起。", None),
        "services.regional_features": ("特色公共服务", f["service_feature"], None),
        VISIT: ("筹备情况", f["visit_text"], None),
    }  # fmt: skip


def second_wording(f):
    """The same 37 as they stand in one table: short, the targets beside them."""
    c = f["city"]
    return {
        "policy.national_strategy": ("落实国家发展战略及规划情况", f"制定{c}落实制造强国、网络强国战略分工方案，明确任务{f['tasks']}项，纳入市“十四五”规划", ("完成8项", "完成16项", "全部完成")),
        POLICY: ("专项政策制定及实施情况", f["policy_text"], ("2项", "3项", "3项")),
        "policy.government_funds": ("政府专项资金及配套资金支持情况", f"2023年市财政拨付工业互联网奖补资金{f['funds']}万元，惠及企业{f['projects']}家", ("5200万元", "6000万元", "7000万元")),
        "policy.industry_finance": ("金融产品和服务、产业引导基金等相关情况", f"市产业引导基金认缴{f['fund']}亿元，“设备数智贷”余额{f['loan']}亿元", ("9亿元", "11亿元", "13亿元")),
        "policy.regional_features": ("体现区域发展特色的政策制定情况", f["policy_feature"], None),
        COVERAGE: ("5G网络覆盖率", f["coverage_text"], f["coverage_targets"]),
        "infrastructure.platform_projects": ("发展管理平台中已申报建成或在建项目数量", f"平台审核通过项目{f['platform']}个（建成{f['built']}个，在建{f['platform'] - f['built']}个）", ("100个", "130个", "170个")),
        "infrastructure.factory_network_quality": ("工厂内5G网络质量", "抽测9家工厂，5G上行速率均值186Mbps，时延均值15毫秒，覆盖率98.7%", None),
        "infrastructure.operation_model": ("网络建设运营模式探索情况", f"推行“以租代建”5G虚拟专网，签约企业{f['private']}家", None),
        "infrastructure.edge_computing": ("边缘计算节点建设运营情况", f"投运MEC节点{f['mec']}个", ("14个", "18个", "24个")),
        "infrastructure.equipment_upgrade": ("传统设备网络化改造升级情况", f"改造老旧设备{f['machines']}台（套），设备联网率{f['online']}%", ("52%", "57%", "62%")),
        "infrastructure.new_industrial_network": ("新型工业网络部署情况", f"7家企业部署工业光网，标识解析二级节点上线{f['nodes']}个", ("3个", "4个", "5个")),
        "infrastructure.regional_features": ("体现区域发展特色的信息基础设施建设情况", f["infra_feature"], None),
        "application.leading_industries": ("地方优势行业和特色产业应用培育情况", f"{f['industries']}等优势产业建成标杆{f['models']}个，5G应用普及率{f['rate']}%", ("26%", "31%", "37%")),
        SCENARIOS: ("应用场景数量", f["scenario_text"], ("7家", "9家", "12家")),
        FACTORY: ("入选工业互联网试点示范（5G工厂方向）或5G工厂名录情况", f["factory_text"], ("7个", "9个", "11个")),
        "application.replication": ("行业应用的复制推广模式情况", f"编印案例集，向{f['parks']}个园区复制推广", None),
        "application.security": ("“5G+工业互联网”应用安全及保障配套情况", f"分类分级定级企业{f['graded']}家，开展攻防演练1次", ("90家", "120家", "150家")),
        "application.regional_features": ("体现区域内发展特色的融合应用建设情况", f["app_feature"], None),
        "ecosystem.standards": ("相关国际标准、国家标准或行业标准数量", f"参与制定国家标准{f['gb']}项、行业标准{f['hb']}项", ("6项", "8项", "10项")),
        "ecosystem.intellectual_property": ("5G和工业互联网相关知识产权数量", f"有效发明专利{f['patents']}件，软件著作权{f['software']}件", ("700件", "800件", "900件")),
        "ecosystem.key_enterprises": ("规上制造业企业、“小巨人”企业、单项冠军企业的数量", f"规上制造业企业{f['firms']}家，国家级专精特新“小巨人”{f['giants']}家，单项冠军{f['champions']}家", ("34家", "38家", "43家")),
        "ecosystem.chips_modules_terminals": ("5G工业芯片、模组与融合终端产品的应用情况", f"应用5G模组{f['modules']}万片、工业网关{f['terminals']}台", None),
        "ecosystem.solution_providers": ("解决方案相关高新技术企业数量", f"解决方案类高新技术企业{f['providers']}家", ("50家", "58家", "66家")),
        TITLES: ("具备全国性示范能力情况", f["title_text"], ("6项", "7项", "8项")),
        "ecosystem.industry_clustering": ("拉动就业、招商引资以及产业资源汇聚情况", f"2023年引进项目{f['invited']}个，到位资金{f['capital']}亿元，带动就业{f['jobs']}人", ("30个", "36个", "42个")),
        "ecosystem.economic_contribution": ("对经济社会的贡献情况", f"数字经济核心产业增加值占比{f['share']}%", ("7.5%", "8.3%", "9.2%")),
        "ecosystem.regional_features": ("体现区域发展特色的产业生态情况", f["eco_feature"], None),
        "services.talent_programmes": ("引进和培育国家人才计划入选者的人数", f"国家人才计划入选者{f['talent']}人", ("5人", "6人", "7人")),
        "services.skilled_talent": ("培育高水平技术技能人才情况", f"培训工业互联网人才{f['trained']}人次，高级技师{f['masters']}人", ("3000人次", "3600人次", "4200人次")),
        "services.training_bases": ("现代产业学院、校企协同育人示范基地、实训基地等载体情况", f"现代产业学院{f['colleges']}个、实训基地{f['bases']}个", ("4个", "5个", "6个")),
        "services.industry_services": ("产业监测、测试验证、供需对接、人才培养等公共服务能力情况", f"公共服务平台{f['platforms']}个，服务企业{f['served']}家次", ("4个", "5个", "6个")),
        "services.security": ("安全保障情况", f"印发网络安全事件应急预案，年内处置隐患{f['risks']}起", None),
        "services.technology_transfer": ("成果转化机制建设情况", f"建成中试平台{f['pilots']}个，技术合同成交额{f['contracts']}亿元", ("3个", "4个", "5个")),
        "services.ip_protection": ("知识产权保护等相关情况", f"知识产权快速维权中心预审专利{f['quick']}件，调解纠纷{f['disputes']}起", None),
        "services.regional_features": ("体现区域发展特色的公共服务情况", f["service_feature"], None),
        VISIT: ("产业基础、组织策划、推进建设等相关情况", f["visit_text"], None),
    }  # fmt: skip


def sections(said):
    """(level-1 name, [(indicator, heading, text, targets)]) in order."""
    for key, name in LEVELS.items():
        yield name, [(i, *said[i]) for i in said if i.split(".")[0] == key]


def target_rows(said):
    """The table of baselines and yearly targets."""
    rows = [["一级指标", "三级指标", *(f"{y}年目标" for y in YEARS)]]
    for name, items in sections(said):
        rows += [[name, heading, *targets] for _, heading, _, targets in items if targets]
    return rows


def indicators(pkg, said, proofs):
    """Truth of the 37."""
    for i, (_, _, targets) in said.items():
        pkg.truth["indicators"][i] = {"baseline": True, "targets": list(YEARS) if targets else [], "proofs": proofs.get(i, [])}


# ---------------------------------------------------------------- proofs

OTHERS = [
    ("北京市", "智能装备5G工厂", "北京朔方重工装备有限公司"), ("天津市", "海工管件5G工厂", "天津津渤海工有限公司"), ("河北省", "特钢热轧5G工厂", "冀岭特钢集团有限公司"),
    ("辽宁省", "轴承数字化车间5G工厂", "辽原轴承股份有限公司"), ("上海市", "新能源整车5G工厂", "上海申曜汽车有限公司"), ("山东省", "轮胎智能制造5G工厂", "鲁岱橡胶股份有限公司"),
    ("广东省", "家电总装5G工厂", "粤澜智能家电有限公司"), ("贵州省", "磷化工5G工厂", "黔岭磷化有限公司"), ("甘肃省", "铜箔5G工厂", "陇川铜业有限公司"), ("新疆维吾尔自治区", "纺纱5G工厂", "天棉纺织有限公司"),
]  # fmt: skip


def national_list(province, own):
    """Rows of the national list with the city's among other cities'."""
    rows = sorted([*OTHERS, *((province, project, firm) for project, firm in own)], key=lambda r: r[1])
    return [["序号", "省份", "项目名称", "企业名称"], *[[n * 7 + 3, *row] for n, row in enumerate(rows)]]


def list_flow(rows):
    return [*redhead("工业和信息化部办公厅", "工信厅信管函〔2023〕906号", "工业和信息化部办公厅关于公布2023年5G工厂名录的通知", "各省、自治区、直辖市工业和信息化主管部门、通信管理局：",
                     ["经企业申报、地方推荐、专家评审和公示，现将《2023年5G工厂名录》予以公布（附件），请加强指导和宣传推广。"], "2023年11月29日", signer="工业和信息化部办公厅"),
            PageBreak(), title("附件　2023年5G工厂名录（节选）", 16), grid(rows, [50, 100, 140, 170])]  # fmt: skip


def scenario_rows(factories, marked=None):
    """One row a factory with the names of its scenarios; or, `marked`, a matrix."""
    if marked:
        head = ["典型应用场景", *(short for _, short, _ in factories)]
        body = [[scene, *("√" if scene in have else "" for _, _, have in factories)] for scene in SCENES]
        return [head, *body, ["合计", *(len([s for s in have if s in SCENES]) for _, _, have in factories)]]
    return [["序号", "工厂", "典型应用场景名称", "个数"], *[[n, firm, "、".join(have), len(have)] for n, (firm, _, have) in enumerate(factories, 1)]]


def some_scenes(start, count):
    return [SCENES[(start + 3 * k) % 20] for k in range(count)]


def letter_text(province, city):
    return (f"{province}人民政府关于推荐{city}申报“5G+工业互联网”融合应用先导区试点的函", "工业和信息化部：",
            [f"按照《“5G+工业互联网”融合应用先导区试点工作规则（暂行）》要求，{city}人民政府编制了试点工作方案。经研究，同意推荐{city}申报“5G+工业互联网”融合应用先导区试点，现将申报材料随函报送，请予支持。"])  # fmt: skip


def promise_text(city, body="市人民政府"):
    return ("承诺书", "工业和信息化部：",
            [f"{city}人民政府郑重承诺：近三年来，{city}未发生重大网络安全事件，未发生重大安全生产事故；本次提交的申报材料真实、准确、完整，不存在提供虚假材料的情况。如有不实，愿承担相应责任。"])  # fmt: skip


def as_docx(heading, to, paragraphs, issuer, date, number=None, rows=None):
    doc = word()
    if number:
        doc.add_paragraph(number)
    word_title(doc, heading, 18)
    if to:
        doc.add_paragraph(to)
    for text in paragraphs:
        doc.add_paragraph("　　" + text)
    if rows:
        word_table(doc, rows)
    doc.add_paragraph(issuer).alignment = 2
    doc.add_paragraph(date).alignment = 2
    return doc


def cover(city, province):
    return [Spacer(1, 150), title("“5G+工业互联网”融合应用先导区", 24), title("试点工作方案", 24), Spacer(1, 200), title(f"申报城市：{city}", 16), title(f"推荐单位：{province}人民政府", 16), title("二〇二四年九月", 16), PageBreak()]


def plan_pdf(f, said, prose_targets):
    """A plan: baselines by the indicators' order, then targets in a table, or in prose beside each baseline."""
    flow = [*cover(f["city"], f["province"]), H("一、现有基础条件"), P(f["about"], 13)]
    for number, (name, items) in enumerate(sections(said)):
        flow.append(H(f"（{CHINESE[number]}）{name}", 2))
        for k, (_, heading, text, targets) in enumerate(items, 1):
            flow += [H(f"{k}.{heading}", 3), P(text, 13)]
            if targets and prose_targets:
                flow.append(P("分年度目标：" + "，".join(f"{y}年达到{t}" for y, t in zip(YEARS, targets, strict=True)) + "。", 13))
    flow += [H("二、建设目标")]
    flow.append(P("到2027年，5G与工业互联网融合应用覆盖主导产业主要环节，形成一批可复制推广的解决方案。", 13))
    if not prose_targets:
        flow += [P("试点期间分年度目标见下表。", 13), grid(target_rows(said), [70, 135, 82, 82, 82], 9.5)]
    flow += [H("三、重点任务"), P("一是完善政策供给，修订支持办法，扩大资金覆盖面；二是推进园区网络升级，计划三年内新建5G基站4000个；三是分行业推进应用，每年遴选一批标杆工厂；四是培育供应商队伍，建设人才实训基地。", 13),
             H("四、保障措施"), P("市人民政府负总责，各部门分工落实，建立季度调度和年度评估机制，资金、用地、用能要素优先保障。", 13)]  # fmt: skip
    return flow


# ---------------------------------------------------------------- the three

def passes(out):
    city, province = "澄浦市", "江苏省"
    pkg = Sample(out, "澄浦市申报材料", [city], province, "pass")
    own = [("精密轴承柔性制造5G工厂", "澄浦远锐轴承有限公司"), ("船用管系5G工厂", "澄浦海拓管业有限公司"), ("高端线缆5G工厂", "江苏澄缆电缆有限公司"), ("智能电梯5G工厂", "澄浦升泰电梯有限公司"), ("锂电隔膜5G工厂", "澄浦新源隔膜科技有限公司"), ("特种纤维5G工厂", "澄浦纤创新材料有限公司")]
    factories = [("澄浦远锐轴承有限公司", "远锐轴承", some_scenes(0, 12)), ("澄浦海拓管业有限公司", "海拓管业", some_scenes(1, 11)), ("江苏澄缆电缆有限公司", "澄缆电缆", some_scenes(2, 10)), ("澄浦升泰电梯有限公司", "升泰电梯", some_scenes(4, 10)),
                 ("澄浦新源隔膜科技有限公司", "新源隔膜", some_scenes(5, 13)), ("澄浦纤创新材料有限公司", "纤创新材", some_scenes(6, 10)), ("澄浦百味食品有限公司", "百味食品", [*some_scenes(7, 9), "智能仓储"])]  # fmt: skip
    titles = [["序号", "称号", "获得单位", "授予部门", "公布时间"],
              ["1", "国家新型工业化产业示范基地（装备制造）", "澄浦经济开发区", "工业和信息化部", "2022年2月"], ["2", "工业互联网试点示范项目（平台类）", "江苏澄缆电缆有限公司", "工业和信息化部", "2023年5月"],
              ["3", "新一代信息技术与制造业融合发展试点示范项目", "澄浦远锐轴承有限公司", "工业和信息化部", "2023年1月"], ["4", "智能制造试点示范工厂揭榜单位", "澄浦新源隔膜科技有限公司", "工业和信息化部等四部门", "2023年11月"],
              ["5", "国家产融合作试点城市", "澄浦市", "工业和信息化部等五部门", "2021年9月"], ["6", "国家级绿色工厂", "澄浦纤创新材料有限公司", "工业和信息化部", "2023年3月"]]  # fmt: skip
    f = {"city": city, "province": province, "tasks": 18, "funds": 16800, "projects": 74, "fund": 15, "loan": 12.6, "platform": 156, "built": 104, "private": 62, "mec": 19, "machines": 21500, "online": 58, "nodes": 4,
         "industries": "高端装备、线缆、新能源材料", "models": 38, "rate": 29, "parks": 9, "graded": 128, "gb": 9, "hb": 14, "patents": 1260, "software": 2840, "firms": 2140, "giants": 46, "champions": 11, "modules": 2.4, "terminals": 8600,
         "providers": 71, "invited": 43, "capital": 58, "jobs": 7300, "share": 10.8, "talent": 9, "trained": 6400, "masters": 310, "colleges": 2, "bases": 5, "platforms": 4, "served": 920, "risks": 164, "pilots": 3, "contracts": 46, "quick": 830, "disputes": 57,
         "about": "澄浦市位于江苏省沿江地区，2023年实现地区生产总值3846.2亿元，形成高端装备、线缆、新能源材料三大主导产业。对照《“5G+工业互联网”融合应用先导区试点评审指标（2023年版）》，现有基础条件如下。",
         "policy_text": "市政府办公室2023年4月印发《澄浦市支持“5G+工业互联网”融合发展若干措施》（澄政办发〔2023〕18号），专项支持网络建设、工厂改造和平台培育，目前已兑现两批。",
         "policy_feature": "结合沿江船舶配套产业特点，在全市先行施行船配企业5G改造“以奖代补”细则。",
         "coverage_text": "截至2024年6月末，全市累计建成开通5G基站15238个，2023年末常住人口412.6万人，每万人拥有5G基站36.9个，高于全国同期水平。",
         "coverage_targets": ("每万人40个", "每万人44个", "每万人48个"),
         "infra_feature": "建成沿江5G+北斗高精度定位网和120P智能算力中心，重点服务船舶配套企业。",
         "scenario_text": "对照工业和信息化部已发布的20个“5G+工业互联网”典型应用场景，全市已有6家工厂各具备10个以上典型应用场景，逐厂清单见支撑材料4。",
         "factory_text": "全市共有6个项目入选工业和信息化部《2023年5G工厂名录》，另有9个项目列入江苏省5G工厂培育库。",
         "app_feature": "船用管系企业建成5G+三维数字化预制车间，管段一次装配合格率提高到97%。",
         "title_text": "全市获得国家新型工业化产业示范基地、国家产融合作试点城市等部级及以上称号6项，详见支撑材料6。",
         "eco_feature": "由链主企业牵头成立船配产业5G融合应用联合体，成员单位41家。",
         "service_feature": "实行“数字化专员”驻园制度，为中小企业免费诊断560家次。",
         "visit_text": "成立由市长任组长的先导区试点工作领导小组，组建工作专班。近三年全市未发生重大网络安全事件和重大安全生产事故，申报材料真实，无虚假情况。"}  # fmt: skip
    said = first_wording(f)
    plan, base = "2 试点工作方案.pdf", "3 支撑证明材料/"
    pkg.pdf("1 江苏省人民政府推荐函.pdf", letter(*letter_text(province, city), "江苏省人民政府", "2024年9月20日", "苏政函〔2024〕87号", seed=1), "letter")
    pkg.pdf(plan, plan_pdf(f, said, False), "plan")
    pol, cert, bulletin, scen, listed, tits, promise = (base + n for n in ("1 澄政办发〔2023〕18号.pdf", "2 江苏省通信管理局证明（扫描件）.pdf", "3 2023年统计公报（节选）.docx", "4 典型应用场景情况表.pdf", "5 2023年5G工厂名录（节选）.pdf", "6 部级称号证明汇编.docx", "7 承诺书.pdf"))
    pkg.pdf(pol, redhead("澄浦市人民政府办公室", "澄政办发〔2023〕18号", "关于印发澄浦市支持“5G+工业互联网”融合发展若干措施的通知", "各区人民政府，市各委办局，市各直属单位：",
                         ["《澄浦市支持“5G+工业互联网”融合发展若干措施》已经市政府同意，现印发给你们，请认真组织实施。", "一、支持5G网络进园区进工厂。对建成5G虚拟专网的工业企业，按投资额的20%给予补助，最高100万元。", "二、支持5G工厂建设。对入选国家5G工厂名录的项目，一次性奖励80万元。",
                          "三、支持典型应用场景推广。对单个工厂落地10个以上“5G+工业互联网”典型应用场景的，一次性奖励50万元。", "四、支持平台和供应商培育。每年遴选10家解决方案供应商给予支持。", "本措施自印发之日起施行，有效期至2027年12月31日。"], "2023年4月12日", seed=2))  # fmt: skip
    pkg.pdf(cert, letter("关于澄浦市5G基站建设情况的证明", None, ["经核定，截至2024年6月30日，澄浦市行政区域内累计建成开通5G基站15238个（不含4G基站）。", "澄浦市2023年末常住人口412.6万人，每万人拥有5G基站36.9个。", "特此证明。"], "江苏省通信管理局", "2024年7月15日", seed=3), scanned={"seed": 3, "tilt": 0.5, "dpi": 150})
    pkg.docx(bulletin, as_docx("澄浦市2023年国民经济和社会发展统计公报（节选）", None, ["2023年，全市实现地区生产总值3846.2亿元，按不变价格计算比上年增长5.6%。", "年末全市常住人口412.6万人，其中城镇人口301.2万人。", "年末全市规模以上制造业企业2140家。"], "澄浦市统计局", "2024年3月18日"))
    rows = scenario_rows(factories)
    pkg.pdf(scen, [*letter("澄浦市“5G+工业互联网”典型应用场景情况表", None, ["经现场核查，下列工厂落地的应用场景如下。其中序号1至6的工厂各具备10个以上工业和信息化部已发布的典型应用场景；序号7的工厂含自有场景“智能仓储”，官方场景为9个。", grid(rows, [35, 120, 250, 45], 9.5)], "澄浦市工业和信息化局", "2024年8月30日", seed=4)])
    nat = national_list(province, own)
    pkg.pdf(listed, list_flow(nat))
    pkg.docx(tits, as_docx("部级及以上称号证明汇编", None, ["根据工业和信息化部等部门公布文件整理，澄浦市及市内单位获得的部级及以上称号如下，文件复印件存市工业和信息化局备查。"], "澄浦市工业和信息化局", "2024年9月3日", rows=titles))
    pkg.pdf(promise, letter(*promise_text(city), "澄浦市人民政府", "2024年9月10日", seed=5))
    pkg.condition(POLICY, "met", 1, "市政府办公室专项政策全文在材料中，有文号和日期，仍在有效期内。", [(plan, "澄政办发〔2023〕18号")], [(pol, "澄政办发〔2023〕18号")])
    pkg.condition(COVERAGE, "met", 36.9, "15238÷412.6=36.9，通信管理局证明（扫描件）与公报一致。", [(plan, "每万人拥有5G基站36.9个")], [(cert, "每万人拥有5G基站36.9个"), (bulletin, "年末全市常住人口412.6万人")])
    pkg.condition(SCENARIOS, "met", 6, "7家工厂中6家有10个以上官方场景，第7家仅9个。", [(plan, "6家工厂各具备10个以上典型应用场景")], [(scen, "序号1至6的工厂各具备10个以上")])
    pkg.condition(FACTORY, "met", 6, "名录节选中有本市6个项目。", [(plan, "6个项目入选工业和信息化部《2023年5G工厂名录》")], [(listed, "澄浦升泰电梯有限公司")])
    pkg.condition(TITLES, "met", 6, "汇编列出6项部级称号。", [(plan, "部级及以上称号6项")], [(tits, "国家新型工业化产业示范基地")])
    pkg.condition(VISIT, "met", None, "方案有陈述，承诺书齐备。", [(plan, "近三年全市未发生重大网络安全事件和重大安全生产事故")], [(promise, "未发生重大网络安全事件")])
    indicators(pkg, said, {POLICY: [pol], COVERAGE: [cert, bulletin], SCENARIOS: [scen], FACTORY: [listed], TITLES: [tits], VISIT: [promise], "ecosystem.key_enterprises": [bulletin]})
    pkg.table(plan, target_rows(said), "2025年目标", "the table runs over pages")
    pkg.table(scen, rows, "典型应用场景名称")
    pkg.table(listed, nat, "澄浦升泰电梯有限公司")
    pkg.table(tits, titles)
    pkg.truth["traps"] = ["第7家工厂的10个场景中有1个不在20个官方场景之内", "省级培育库的9个项目不能计入5G工厂", "通信管理局证明是扫描件"]
    pkg.save()


def fails(out):
    city, province = "汀陵市", "湖北省"
    pkg = Sample(out, "汀陵市先导区申报", [city], province, "fail")
    own = [("水泵总装5G工厂", "汀陵江拓泵业有限公司"), ("磷酸铁锂5G工厂", "汀陵磷源新能源有限公司"), ("智能家居5G工厂", "湖北汀木家居有限公司"), ("汽车内饰5G工厂", "汀陵嘉饰汽车部件有限公司"), ("茶饮灌装5G工厂", "汀陵云雾饮品有限公司")]
    factories = [("汀陵江拓泵业有限公司", "江拓泵业", some_scenes(0, 11)), ("汀陵磷源新能源有限公司", "磷源新能源", some_scenes(1, 12)), ("湖北汀木家居有限公司", "汀木家居", some_scenes(2, 10)), ("汀陵嘉饰汽车部件有限公司", "嘉饰部件", some_scenes(3, 10)), ("汀陵云雾饮品有限公司", "云雾饮品", some_scenes(4, 10))]
    titles = [["序号", "称号", "获得单位", "公布部门及文号"],
              ["1", "国家新型工业化产业示范基地（磷化工）", "汀陵高新技术产业园区", "工业和信息化部 工信部规〔2020〕902号"], ["2", "国家中小企业数字化转型试点城市", "汀陵市", "财政部、工业和信息化部 财建〔2023〕977号"],
              ["3", "智能制造试点示范工厂揭榜单位", "汀陵磷源新能源有限公司", "工业和信息化部等 工信厅联通装〔2023〕955号"], ["4", "服务型制造示范企业", "汀陵江拓泵业有限公司", "工业和信息化部 工信部政法函〔2022〕933号"],
              ["5", "新一代信息技术与制造业融合发展试点示范项目", "湖北汀木家居有限公司", "工业和信息化部 工信厅信发函〔2023〕911号"]]  # fmt: skip
    f = {"city": city, "province": province, "tasks": 24, "funds": 4300, "projects": 31, "fund": 8, "loan": 7.2, "platform": 74, "built": 45, "private": 28, "mec": 11, "machines": 6900, "online": 47, "nodes": 2, "industries": "磷化工、水泵、家居",
         "models": 17, "rate": 22, "parks": 5, "graded": 61, "gb": 5, "hb": 7, "patents": 610, "software": 1130, "firms": 1020, "giants": 30, "champions": 4, "modules": 0.9, "terminals": 2700, "providers": 43, "invited": 24, "capital": 31, "jobs": 3900, "share": 6.8,
         "talent": 4, "trained": 2500, "masters": 96, "colleges": 1, "bases": 3, "platforms": 3, "served": 340, "risks": 72, "pilots": 2, "contracts": 18, "quick": 260, "disputes": 21,
         "policy_text": "出台《汀陵市加快“5G+工业互联网”融合发展若干措施》1项专项政策", "policy_feature": "制定磷化工园区5G防爆改造支持细则",
         "coverage_text": "截至2024年6月底累计开通5G基站9210个，2023年末常住人口313.2万人，每万人拥有5G基站29.4个", "coverage_targets": ("每万人32个", "每万人36个", "每万人40个"),
         "infra_feature": "建成磷矿矿区5G专用传输环网", "scenario_text": "5家工厂各落地10个以上工业和信息化部发布的典型应用场景", "factory_text": "5个项目入选工业和信息化部《2023年5G工厂名录》", "app_feature": "建成5G+智慧磷矿示范应用2个",
         "title_text": "获国家新型工业化产业示范基地等部级及以上称号5项", "eco_feature": "成立磷化工行业5G应用联盟，成员23家", "service_feature": "发放数字化改造服务券410张",
         "visit_text": "成立试点工作领导小组。近三年未发生重大网络安全事件和重大安全生产事故，无虚假材料"}  # fmt: skip
    said = second_wording(f)
    plan, base = "试点工作方案.docx", "佐证材料/"
    doc = word(numbered=True)
    word_title(doc, "汀陵市“5G+工业互联网”融合应用先导区试点工作方案")
    doc.add_heading("现有基础条件与分年度目标", 1)
    doc.add_paragraph("汀陵市是湖北省西部工业城市，以磷化工、水泵、家居为主导产业。全市现有基础条件和试点期间分年度目标如下表，各项数据截至2024年6月底，另有注明的除外。")
    merged, rows = [], [["一级指标", "三级指标", "现有基础条件", *(f"{y}年目标" for y in YEARS)]]
    for name, items in sections(said):
        start = len(rows)
        rows += [[name, heading, text, *(targets or ("—", "—", "—"))] for _, heading, text, targets in items]
        if len(rows) - start > 1:
            merged.append(((start, 0), (len(rows) - 1, 0)))
    word_table(doc, rows, merged)
    for heading, texts in (("总体思路", ["坚持政府引导、企业主体，以园区为主阵地，分行业推进融合应用。"]), ("重点任务", ["实施网络提升工程，补齐园区和厂区5G覆盖短板，力争2025年每万人拥有5G基站超过30个。", "实施应用深化工程，分行业建设标杆工厂。", "实施生态培育工程，引进服务商和人才。"]), ("保障措施", ["加强组织领导，强化资金保障，严格安全管理。"])):
        doc.add_heading(heading, 1)
        for text in texts:
            doc.add_paragraph(text)
    pkg.docx(plan, doc, "plan")
    form = word()
    word_title(form, "“5G+工业互联网”融合应用先导区试点申报表", 18)
    form_rows = [["申报城市", "汀陵市"], ["推荐单位", "湖北省人民政府"], ["联系部门", "汀陵市经济和信息化局"], ["每万人拥有5G基站数", "29.4个"], ["专项政策文件数", "1项"], ["具备10个以上典型应用场景的工厂数", "5家"], ["入选5G工厂名录项目数", "5个"], ["部级及以上称号数", "5项"], ["有无重大网络安全事件、重大安全生产事故", "无"]]
    word_table(form, form_rows)
    pkg.docx("申报表.docx", form, "form")
    pkg.docx("湖北省人民政府推荐函.docx", as_docx(*letter_text(province, city), "湖北省人民政府", "2024年9月24日", "鄂政函〔2024〕133号"), "letter")
    pol, cert, scen, listed, tits, promise = (base + n for n in ("1 专项政策.docx", "2 5G基站证明.pdf", "3 典型应用场景对照表.docx", "4 5G工厂名录.pdf", "5 部级称号.pdf", "6 承诺书.docx"))
    pkg.docx(pol, as_docx("关于公开征求《汀陵市加快“5G+工业互联网”融合发展若干措施（征求意见稿）》意见的公告", None, ["为加快“5G+工业互联网”融合发展，我局起草了《汀陵市加快“5G+工业互联网”融合发展若干措施（征求意见稿）》，现向社会公开征求意见，意见请于2024年8月31日前反馈。", "一、支持企业建设5G专网。", "二、支持5G工厂建设。", "三、支持典型应用场景推广。"], "汀陵市经济和信息化局", "2024年8月1日"))
    pkg.pdf(cert, letter("关于汀陵市5G基站数量的证明", None, ["截至2024年6月30日，汀陵市累计开通5G基站9210个，以2023年末常住人口313.2万人计算，每万人拥有5G基站29.4个。", "特此证明。"], "湖北省通信管理局", "2024年8月6日", seed=11))
    matrix = scenario_rows(factories, marked=True)
    pkg.docx(scen, as_docx("汀陵市5G工厂典型应用场景对照表", None, ["经核查，下列5家工厂已落地的工业和信息化部典型应用场景如下（√为已落地）。", *(f"{short}：{firm}" for firm, short, _ in factories)], "汀陵市经济和信息化局", "2024年8月20日", rows=matrix))
    nat = national_list(province, own)
    pkg.pdf(listed, list_flow(nat))
    pkg.pdf(tits, letter("汀陵市部级及以上称号证明", None, ["汀陵市及所属单位获得下列部级及以上称号，均已由国家部委正式公布。", grid(titles, [35, 150, 120, 145], 9.5)], "汀陵市经济和信息化局", "2024年9月2日", seed=12))
    pkg.docx(promise, as_docx(*promise_text(city), "汀陵市人民政府", "2024年9月12日"))
    pkg.condition(POLICY, "unproven", None, "材料中只有征求意见稿，没有正式印发的文件。", [(plan, "1项专项政策")], [])
    pkg.condition(COVERAGE, "unmet", 29.4, "9210÷313.2=29.4，没有超过30；30以上是2025年目标。", [(plan, "每万人拥有5G基站29.4个")], [(cert, "每万人拥有5G基站29.4个")])
    pkg.condition(SCENARIOS, "met", 5, "对照表中5家工厂各有10个以上官方场景。", [(plan, "5家工厂各落地10个以上")], [(scen, "典型应用场景对照表")])
    pkg.condition(FACTORY, "met", 5, "名录中有本市5个项目。", [(plan, "5个项目入选工业和信息化部《2023年5G工厂名录》")], [(listed, "汀陵江拓泵业有限公司")])
    pkg.condition(TITLES, "met", 5, "证明列出5项部级称号及文号。", [(plan, "部级及以上称号5项")], [(tits, "国家中小企业数字化转型试点城市")])
    pkg.condition(VISIT, "met", None, "方案有陈述，承诺书齐备。", [(plan, "近三年未发生重大网络安全事件和重大安全生产事故")], [(promise, "未发生重大网络安全事件")])
    indicators(pkg, said, {COVERAGE: [cert], SCENARIOS: [scen], FACTORY: [listed], TITLES: [tits], VISIT: [promise]})
    for start, end in merged:
        for r in range(start[0], end[0] + 1):
            rows[r][0] = rows[start[0]][0]
    pkg.table(plan, rows, note="merged cells repeated into every cell they cover")
    pkg.table("申报表.docx", form_rows)
    pkg.table(scen, matrix)
    pkg.table(tits, titles, "服务型制造示范企业")
    pkg.truth["traps"] = ["专项政策只有征求意见稿", "“超过30个”只是2025年目标", "标题使用Word自动编号"]
    pkg.save()


def doubtful(out):
    city, province = "渭桓市", "陕西省"
    pkg = Sample(out, "渭桓市报送材料", [city], province, "review")
    own = [("航空锻件5G工厂", "渭桓宇锻航空锻件有限公司"), ("钛合金管材5G工厂", "渭桓钛达管材有限公司"), ("变压器5G工厂", "陕西桓电变压器有限公司"), ("乳品加工5G工厂", "渭桓关塬乳业有限公司"), ("数控机床5G工厂", "渭桓精刻机床有限公司"), ("光伏组件5G工厂", "渭桓曜能光伏有限公司"), ("煤机再制造5G工厂", "渭桓煤机装备有限公司")]
    factories = [("渭桓宇锻航空锻件有限公司", "宇锻航空", some_scenes(0, 11)), ("渭桓钛达管材有限公司", "钛达管材", some_scenes(3, 10)), ("陕西桓电变压器有限公司", "桓电变压器", some_scenes(5, 12)), ("渭桓关塬乳业有限公司", "关塬乳业", some_scenes(7, 10)), ("渭桓精刻机床有限公司", "精刻机床", some_scenes(9, 11)), ("渭桓曜能光伏有限公司", "曜能光伏", some_scenes(2, 10))]
    titles = [["序号", "称号名称", "获得单位", "授予部门", "年份"],
              ["1", "国家新型工业化产业示范基地（航空）", "渭桓航空产业园", "工业和信息化部", "2019"], ["2", "国家先进制造业集群（航空集群，联合）", "渭桓市等", "工业和信息化部", "2022"], ["3", "智能制造试点示范工厂揭榜单位", "渭桓曜能光伏有限公司", "工业和信息化部等四部门", "2023"],
              ["4", "工业互联网试点示范项目（平台类）", "陕西桓电变压器有限公司", "工业和信息化部", "2023"], ["5", "国家级绿色工厂", "渭桓钛达管材有限公司", "工业和信息化部", "2022"], ["6", "千兆城市", "渭桓市", "工业和信息化部", "2023"], ["7", "服务型制造示范平台", "渭桓精刻机床有限公司", "工业和信息化部", "2023"]]  # fmt: skip
    f = {"city": city, "province": province, "tasks": 21, "funds": 9700, "projects": 52, "fund": 20, "loan": 9.8, "platform": 118, "built": 79, "private": 45, "mec": 15, "machines": 13200, "online": 53, "nodes": 3,
         "industries": "航空制造、钛材料、输变电装备", "models": 29, "rate": 26, "parks": 7, "graded": 94, "gb": 12, "hb": 10, "patents": 980, "software": 1760, "firms": 1490, "giants": 38, "champions": 7, "modules": 1.7, "terminals": 5200,
         "providers": 58, "invited": 35, "capital": 44, "jobs": 5600, "share": 8.9, "talent": 13, "trained": 4800, "masters": 220, "colleges": 3, "bases": 4, "platforms": 5, "served": 610, "risks": 118, "pilots": 4, "contracts": 39, "quick": 520, "disputes": 36,
         "about": "渭桓市地处陕西省关中平原，2023年实现地区生产总值2617.5亿元，航空制造、钛材料、输变电装备三大产业产值占规模以上工业的六成。按照评审指标逐项说明如下。",
         "policy_text": "市人民政府2023年9月出台《渭桓市促进“5G+工业互联网”融合应用实施意见》（渭政发〔2023〕15号），配套奖补政策已兑现1300万元。",
         "policy_feature": "针对航空锻造企业出台5G专网保密建设指引。",
         "coverage_text": "截至2024年6月30日，全市5G基站总数达到11950个，按2023年末常住人口361.0万人计算，每万人拥有5G基站数为33.1个。",
         "coverage_targets": ("每万人36个", "每万人40个", "每万人43个"),
         "infra_feature": "建成国家级互联网骨干直联点接入节点和航空产业园5G-A试验网。",
         "scenario_text": "全市6家工厂分别具备10个以上工业和信息化部发布的“5G+工业互联网”典型应用场景，明细表见证明3。",
         "factory_text": "7个项目入选工业和信息化部公布的《2023年5G工厂名录》。",
         "app_feature": "航空锻件企业建成5G+热处理全过程监控应用，锻件一次交检合格率提升6个百分点。",
         "title_text": "截至目前，全市及市内企业、园区获得部级及以上称号7项。",
         "eco_feature": "联合高校和主机厂组建航空制造数字化创新联合体，成员单位36家。",
         "service_feature": "开通企业数字化转型“一站式”服务窗口，累计服务企业700余家。",
         "visit_text": "市政府成立专班负责试点筹备。近三年全市没有发生重大网络安全事件、重大安全生产事故，提交的材料均真实有效。"}  # fmt: skip
    said = first_wording(f)
    plan, base = "渭桓市试点工作方案.pdf", "证明/"
    pkg.pdf(plan, plan_pdf(f, said, True), "plan")
    pkg.docx("陕西省人民政府推荐函.docx", as_docx(*letter_text(province, city), "陕西省人民政府", "2024年9月19日", "陕政函〔2024〕76号"), "letter")
    pol, cert, scen, listed, tits, promise, locked = (base + n for n in ("1 渭政发〔2023〕15号.docx", "2 基站核定证明.pdf", "3 场景明细表.xlsx", "4 5G工厂名录.pdf", "5 称号证明.pdf", "6 承诺函.pdf", "7 典型案例汇编.pdf"))
    pkg.docx(pol, as_docx("渭桓市人民政府关于印发《渭桓市促进“5G+工业互联网”融合应用实施意见》的通知", "各县（区）人民政府，市政府各部门：", ["现将《渭桓市促进“5G+工业互联网”融合应用实施意见》印发你们，请结合实际贯彻执行。", "一、加快园区和工厂5G网络建设，对建设5G专网的企业给予奖补。", "二、推动“5G+工业互联网”在航空、钛材料、输变电装备等行业应用，建设一批5G工厂。", "三、培育解决方案供应商，加强人才引育。", "本意见自印发之日起施行，有效期5年。"], "渭桓市人民政府", "2023年9月6日", "渭政发〔2023〕15号"))
    pkg.pdf(cert, letter("关于渭桓市5G基站核定情况的证明", "渭桓市人民政府：", ["经核定，截至2024年6月30日，你市累计建成开通5G基站11516个。按2023年末常住人口361.0万人计算，每万人拥有5G基站31.9个。", "特此证明。"], "陕西省通信管理局", "2024年8月12日", seed=21))
    book, rows = workbook(), [["序号", "工厂名称", "典型应用场景名称", "是否投用"]]
    merges, first = [], 5
    for n, (firm, _, have) in enumerate(factories, 1):
        rows += [[n, firm, scene, "已投用"] for scene in have]
        merges += [f"A{first}:A{first + len(have) - 1}", f"B{first}:B{first + len(have) - 1}"]
        first += len(have)
    ws = sheet(book, "场景明细", [["渭桓市“5G+工业互联网”典型应用场景明细表", "", "", ""], ["填报单位：渭桓市工业和信息化局（盖章）", "", "", ""], ["填报日期：2024年9月5日", "", "", ""], *rows], ["A1:D1", "A2:D2", "A3:D3", *merges], (8, 34, 28, 12))
    ws.sheet_view.showGridLines = False
    pkg.xlsx(scen, book)
    nat = national_list(province, own)
    pkg.pdf(listed, list_flow(nat))
    pkg.pdf(tits, [*letter("渭桓市获得部级及以上称号情况的证明", None, ["经核对国家有关部委公布文件，渭桓市及市内单位获得下列称号。", grid(titles, [35, 165, 110, 100, 40], 9.5)], "渭桓市工业和信息化局", "2024年9月6日", seed=22)])
    pkg.pdf(promise, letter(*promise_text(city), "渭桓市人民政府", "2024年9月11日", seed=23))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("渭桓2024", canPrint=0), invariant=1)
    canvas.setFont("Song", 16)
    canvas.drawString(90, 760, "渭桓市典型案例汇编")
    canvas.save()
    pkg.put(locked, buffer.getvalue(), "proof", paged=True, readable=False)
    pkg.condition(POLICY, "met", 1, "市政府专项政策全文在材料中。", [(plan, "渭政发〔2023〕15号")], [(pol, "渭政发〔2023〕15号")])
    pkg.condition(COVERAGE, "review", 31.9, "方案33.1，通信管理局证明31.9，相差3.6%，都超过30，但须查明以哪个为准。", [(plan, "每万人拥有5G基站数为33.1个")], [(cert, "每万人拥有5G基站31.9个")])
    pkg.condition(SCENARIOS, "met", 6, "明细表逐厂列出，6家工厂各有10个以上官方场景。", [(plan, "6家工厂分别具备10个以上")], [(scen, "典型应用场景明细表")])
    pkg.condition(FACTORY, "met", 7, "名录中有本市7个项目。", [(plan, "7个项目入选工业和信息化部公布的《2023年5G工厂名录》")], [(listed, "渭桓钛达管材有限公司")])
    pkg.condition(TITLES, "met", 7, "证明列出7项部级称号。", [(plan, "部级及以上称号7项")], [(tits, "千兆城市")])
    pkg.condition(VISIT, "met", None, "方案有陈述，承诺函齐备。", [(plan, "没有发生重大网络安全事件、重大安全生产事故")], [(promise, "未发生重大网络安全事件")])
    indicators(pkg, said, {POLICY: [pol], COVERAGE: [cert], SCENARIOS: [scen], FACTORY: [listed], TITLES: [tits], VISIT: [promise]})
    pkg.table(scen, [[rows[0][0], rows[0][1], rows[0][2], rows[0][3]], *[[str(c) for c in row] for row in rows[1:]]], note="merged cells repeated into every cell they cover")
    pkg.table(listed, nat, "渭桓钛达管材有限公司")
    pkg.table(tits, titles, "千兆城市")
    pkg.truth["traps"] = ["方案与通信管理局证明的基站数相差超过2%，两者都超过30", "典型案例汇编有打开密码，无法读取"]
    pkg.save()


def main():
    reportlab.rl_config.invariant = 1
    texts = [Path(__file__).read_text(encoding="utf-8")]
    with tempfile.TemporaryDirectory() as folder:
        register_fonts(folder, texts)
        for make in (passes, fails, doubtful):
            make(HERE)


if __name__ == "__main__":
    main()
