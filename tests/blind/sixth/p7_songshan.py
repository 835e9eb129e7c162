"""松杉市（吉林）: written by consultants – two columns, 1.1.1, charts, footnotes, brands in English, targets in prose. Gate: review."""
import io

from kit6 import SC, Package6, T, bars, elsewhere, mixed, parse, pdf_words
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus import Image as RlImage

BLUE, GREY = colors.Color(0.05, 0.28, 0.47), colors.Color(0.45, 0.45, 0.45)

TITLES = [["称号", "主体", "授予部门", "年份"],
          ["国家新型工业化产业示范基地（汽车）", "松杉汽车产业开发区", "工业和信息化部", "2017"],
          ["智能制造示范工厂揭榜单位", "松杉轨道客车有限公司", "工信部等四部门", "2022"],
          ["工业互联网试点示范项目", "长杉汽车零部件集团", "工业和信息化部", "2022"],
          ["千兆城市", "松杉市", "工业和信息化部", "2023"]]

PLAN = f"""
@part PART 1|现状诊断 AS-IS
# 现状诊断
## 城市画像
松杉市地处松辽平原东缘，是老工业基地振兴的代表城市。市域常住人口二百八十九万余人，2024年地区生产总值1543亿元，制造业占比三成七。项目组采用“5D Maturity Model”对全市326家规上企业开展调研，综合得分58.6分，处于“集成应用”阶段初期。
从访谈情况看，企业最关心的三件事依次为订单、用工和质量，对“5G”本身并不敏感，但对“少用人、少返工、少停机”有明确支付意愿。这一发现决定了本方案以价值场景而非技术参数组织内容。
## 发展政策
### 国家战略落实
%b 1
松杉市将国家东北振兴、制造强国与“5G+工业互联网”部署统筹落实，在市“十四五”规划中期评估中新增工业互联网专项任务18条，由市政府督查室跟踪。
### 专项政策
%b 2
市政府于2025年1月印发《松杉市“5G+工业互联网”提质赋能专项行动计划（2025—2027年）》（松政发〔2025〕2号），这是东北地区地级市中条款较为细化的专项政策之一，包括Network、Scenario、Vendor、Security四个包[1]。
@note 1 专项行动计划全文见证明材料01，四个政策包名称为顾问团队归纳。
### 资金与金融
%b 3
2024年市级专项资金6200万元，支持项目88个。
%b 4
产业引导基金规模10亿元，子基金3支；“Smart Loan”信贷产品余额13.2亿元。
### 特色政策
%b 5
出台严寒地区网络设施电费补贴政策，覆盖全部园区基站。
## 基础设施
### 5G覆盖
%b 6
截至2024年末，松杉市5G基站总数为9812个，以常住人口289.4万人计，每万人拥有5G基站33.9个。对标看，全国平均为30.2个，吉林省平均为27.4个，标杆城市Top 10平均为41个[2]。图1给出了与部分对标城市的比较。
@note 2 对标城市数据来自公开资料，仅用于比较，不作为申报数据。
@pic bench
@center 图1　对标城市每万人5G基站数
### 项目与质量
%b 7
国家发展管理平台登记项目153个，其中建成104个、在建49个。
%b 8
抽测十二家工厂：平均上行速率263Mbps，平均时延12.4ms，可靠性99.99%。
### 运营与算力
%b 9
试行“5G-in-a-Box”订阅式专网，由运营商、集成商、园区三方分成，签约41家。
%b 10
边缘计算节点（MEC）19个，覆盖六个园区。
### 改造与新网络
%b 11
联网设备5.1万台，规上企业设备联网率63.3%。
%b 12
建成标识解析二级节点4个，注册量6.2亿个；14家企业部署TSN或工业PON。
%b 13
建成东北亚冷凉气候数据中心，机架7600架。
## 行业应用
### 主导产业
%b 14
汽车及零部件、轨道客车、医药、农产品加工四大产业建成标杆应用72个，渗透率33%。
### 场景与5G工厂
%b 15
对照工业和信息化部20个典型应用场景，全市具备10个以上典型应用场景的工厂为7家，由第三方机构逐厂评估[3]。
@note 3 评估采用双人现场核验（on-site verification），评估报告见证明材料04。
%b 16
5个项目入选工业和信息化部5G工厂名录。省级数字化示范车间96个不计入。
### 推广与安全
%b 17
“Copy & Scale”推广机制累计复制应用312项。
%b 18
102家企业完成分类分级，建成Security Operation Center一个。
%b 19
零下三十度户外5G无人物流车实现常态化运行，是寒地应用的代表。
## 产业生态
### 创新能力
%b 20
参与制定国家标准21项、行业标准27项。
%b 21
5G和工业互联网相关有效发明专利934件，软件著作权1710件。
### 企业与配套
%b 22
规上制造业企业1088家，国家级专精特新“小巨人”企业36家，制造业单项冠军企业7家。
%b 23
应用5G工业模组1.3万片、终端6100台。
%b 24
解决方案类高新技术企业33家，其中本土品牌“SongLink”“iShan”服务客户超过五百家。
### 全国示范
%b 25
松杉市累计获得部级及以上称号7项，居全省第二位，全部称号见表1。
@cap 表1　部级及以上称号一览
@size 8.5
@widths 38,30,22,10
{T(TITLES)}
### 集聚与贡献
%b 26
三年引进项目44个，到位资金52亿元，新增就业5800人。
%b 27
数字经济核心产业增加值占比7.7%，应用企业人均产出提高16.2%。
%b 28
成立寒地工业互联网创新联合体，成员71家。
## 公共服务
%b 29
国家级人才计划入选者21人。
%b 30
年培训技能人才3800人次。
%b 31
现代产业学院3个、实训基地7个。
%b 32
公共服务平台6个，其中CNAS实验室2个，2024年测试服务420次。
%b 33
通报处置网络安全隐患142起。
%b 34
技术合同成交额39亿元，中试平台4个。
%b 35
专利快速预审720件。
%b 36
“Digital Clinic”诊断企业610家。
## 筹备情况
%b 37
松杉市成立由市长担任组长的先导区试点领导小组，设PMO（项目管理办公室）负责日常推进。近三年来，松杉市未发生重大网络安全事件、未发生重大安全生产事故，亦未出现提供虚假材料等情况。
## 小结
综合评价，松杉的优势在于整车整机企业带动力强、工程师资源多、电价和气候适合算力布局；短板在于民营配套企业数字化投入意愿不足、软件企业规模偏小、部分园区网络需要升级。SWOT矩阵显示，“链主牵引+公共服务补位”是最优策略组合。
@part PART 2|目标蓝图 TO-BE
# 目标蓝图
## 愿景
打造“寒地5G+工业互联网第一城”，以“ONE Network, TWO Engines, THREE Scenarios Zones”为总体架构：一张确定性工业网络，龙头企业与公共服务双引擎，汽车、轨道客车、医药食品三个场景示范区。
## 分年度目标
%t 6,15,16 2026-2028
2026年，每万人拥有5G基站达到36个，具备10个以上典型应用场景的工厂达到10家，5G工厂名录项目达到7个；2027年，上述指标分别达到39个、13家和9个；2028年，上述指标分别达到42个、16家和12个。
%t 7,10 2026-2028
发展管理平台项目2026年达到190个，2027年达到230个，2028年达到280个；边缘计算节点三年依次达到25个、32个、40个（2026年、2027年、2028年）。
%t 25,20 2027-2028
部级及以上称号2027年达到9项、2028年达到10项；国家标准和行业标准2027年达到55项，2028年达到62项。
%t 30,34 2028
至2028年末，年培训技能人才达到6000人次，技术合同成交额突破60亿元。
@pic goals
@center 图2　分年度主要目标
@part PART 3|实施路径 ROADMAP
# 实施路径
## Network工程
以“确定性”为核心，分场景制定网络指标模板（Blueprint）。冲压焊装车间侧重抗干扰，涂装车间侧重防爆，试车场侧重移动性，冷链仓库侧重耐低温。建设园区级网络运营中心，提供7×24小时监测和按需带宽。
## Scenario工程
建立“场景银行”（Scenario Bank），把验证过的场景拆成需求、方案、成本、收益四张卡片，企业按卡选用。汽车链推广整零协同；轨道客车链推广长周期产品的全寿命运维；医药食品链推广合规与追溯。
## Vendor工程
遴选服务商组成“Partner Program”，按金银铜三级管理，分级给予订单和资金支持。推动链主企业开放接口，形成数据互通的行业规范。
## Security工程
建设覆盖企业、园区、市级的安全运营体系，实施安全体检、托管服务与应急演练三位一体。将网络安全纳入企业信用评价。
## 区域布局
汽车产业开发区建设整零协同示范区；轨道客车产业园建设全寿命周期示范区；生物食品产业园建设追溯合规示范区。三个示范区共用平台、各具特色。
@part PART 4|治理与保障 GOVERNANCE
# 治理与保障
## 组织
领导小组负责重大事项决策，PMO负责计划、风险、质量、沟通四类管理，顾问团队提供半年度评估。
## 资金
按照“财政引导、企业主体、金融支持”的原则，建立项目储备库和资金池，防范重复投入。
## 风险
识别技术、市场、资金、安全四类风险十六项，逐项制定应对预案。尤其关注工业控制系统改造过程中的停产风险，要求改造方案必须包含回退计划。
## 评估
建立KPI仪表盘，按月更新、按季点评、按年评估，结果向社会公开。
"""

PLANTS = [("长杉汽车零部件集团有限公司", [0, 1, 2, 3, 5, 6, 7, 9, 12, 14, 15, 19]), ("松杉轨道客车有限公司", [0, 3, 4, 5, 6, 7, 9, 13, 14, 18, 19]), ("北杉整车制造有限公司", [0, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 14, 15]),
          ("松杉生物制药股份有限公司", [2, 3, 5, 7, 9, 12, 13, 14, 15, 16]), ("长白玉米深加工有限公司", [2, 5, 6, 8, 9, 12, 13, 14, 15, 17]), ("松杉轮胎有限公司", [1, 2, 3, 5, 6, 7, 9, 12, 14, 15]), ("吉杉碳纤维有限公司", [0, 2, 5, 6, 8, 9, 10, 12, 13, 14])]


class Note(Flowable):
    def __init__(self, store, text):
        super().__init__()
        self.store, self.text = store, text

    def wrap(self, width, height):
        return 0, 0

    def draw(self):
        self.store.setdefault(self.canv.getPageNumber(), []).append(self.text)


def report(text, path, pictures, cover):
    """Two-column consulting report with divider pages and footnotes."""
    notes, flow, counters = {}, [], [0] * 5
    body = ParagraphStyle("b", fontName="hei", fontSize=12, leading=22, alignment=TA_JUSTIFY, wordWrap="CJK", spaceAfter=7)
    heads = {1: ParagraphStyle("h1", body, fontSize=19, leading=30, textColor=BLUE, keepWithNext=1), 2: ParagraphStyle("h2", body, fontSize=14.5, leading=26, textColor=BLUE, spaceBefore=6, keepWithNext=1),
             3: ParagraphStyle("h3", body, fontSize=12.5, textColor=GREY, keepWithNext=1)}
    centre = ParagraphStyle("c", body, alignment=TA_CENTER, fontSize=10, textColor=GREY)
    column = (A4[0] - 2 * 54 - 22) / 2
    flow += [Spacer(1, 200)] + [Paragraph(line, ParagraphStyle("k", body, fontSize=size, leading=size * 1.5, textColor=colors.white)) for line, size in cover] + [NextPageTemplate("two"), PageBreak()]
    for block in parse(text):
        kind, words = block[0], block[1]
        if kind == "tag":
            continue
        if kind == "part":
            label, name = words.split("|")
            if len(flow) > 10:
                flow += [NextPageTemplate("divider"), PageBreak()]
            else:
                flow[-2:] = [NextPageTemplate("divider"), PageBreak()]
            flow += [Spacer(1, 250), Paragraph(label, ParagraphStyle("p1", body, fontSize=26, leading=40, textColor=colors.white)), Paragraph(name, ParagraphStyle("p2", body, fontSize=30, leading=46, textColor=colors.white)),
                     NextPageTemplate("two"), PageBreak()]
        elif kind[0] == "h" and kind[1:].isdigit():
            level = int(kind[1:])
            counters[level] += 1
            counters[level + 1:] = [0] * len(counters[level + 1:])
            flow.append(Paragraph(".".join(str(counters[k]) for k in range(1, level + 1)) + "　" + words, heads[level]))
        elif kind == "p":
            flow.append(Paragraph(words, body))
        elif kind == "note":
            number, rest = words.split(" ", 1)
            flow.append(Note(notes, f"[{number}] {rest}"))
        elif kind in ("center", "cap"):
            flow.append(Paragraph(words, centre))
        elif kind == "pic":
            stream = io.BytesIO()
            image = pictures[words]
            image.save(stream, "PNG")
            stream.seek(0)
            flow.append(RlImage(stream, column, column * image.height / image.width))
        elif kind == "table":
            opts = block[2]
            size = opts.get("size", 9)
            cell = ParagraphStyle("cell", body, fontSize=size, leading=size * 1.35, alignment=TA_CENTER, spaceAfter=0)
            widths = opts.get("widths") or [1] * len(words[0])
            flow += [Table([[Paragraph(c, cell) for c in r] for r in words], [w * column / sum(widths) for w in widths],
                           style=TableStyle([("LINEABOVE", (0, 0), (-1, 0), 1.2, BLUE), ("LINEBELOW", (0, 0), (-1, 0), 0.6, BLUE), ("LINEBELOW", (0, -1), (-1, -1), 1.2, BLUE),
                                             ("LINEBELOW", (0, 1), (-1, -2), 0.25, GREY), ("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.9, 0.94, 0.97)), ("LEFTPADDING", (0, 0), (-1, -1), 2),
                                             ("RIGHTPADDING", (0, 0), (-1, -1), 2)]), repeatRows=1), Spacer(1, 8)]
        else:
            raise ValueError(kind)

    def dark(canvas, document):
        canvas.setFillColor(BLUE)
        canvas.rect(0, 0, *A4, stroke=0, fill=1)

    def light(canvas, document):
        canvas.setFillColor(BLUE)
        canvas.rect(0, A4[1] - 30, A4[0], 6, stroke=0, fill=1)
        canvas.setFont("hei", 8.5)
        canvas.setFillColor(GREY)
        canvas.drawString(54, A4[1] - 46, "松杉市先导区试点工作方案  |  Strategy & Implementation Plan")
        canvas.drawRightString(A4[0] - 54, 24, f"{document.page}")

    def foot(canvas, document):
        found = notes.get(document.page, [])
        if found:
            canvas.setStrokeColor(GREY)
            canvas.line(54, 72, 220, 72)
            canvas.setFont("hei", 8)
            canvas.setFillColor(GREY)
            for k, line in enumerate(found):
                canvas.drawString(54, 60 - 11 * k, line)

    document = BaseDocTemplate(str(path), pagesize=A4)
    wide = [Frame(70, 60, A4[0] - 140, A4[1] - 120, 0, 0, 0, 0)]
    two = [Frame(54, 82, column, A4[1] - 142, 0, 0, 0, 0), Frame(54 + column + 22, 82, column, A4[1] - 142, 0, 0, 0, 0)]
    document.addPageTemplates([PageTemplate("cover", wide, onPage=dark), PageTemplate("divider", wide, onPage=dark), PageTemplate("two", two, onPage=light, onPageEnd=foot)])
    document.build(flow)
    return path


def build(out):
    p = Package6(out, "松杉市申报方案及附件", ["松杉市"], "吉林省")
    plan = "00_松杉市先导区试点工作方案_V3.2_final.pdf"
    pictures = {"bench": bars("每万人拥有5G基站数（个）", ["榆河市", "松杉市", "辽柞市", "图珲市", "剡溪市"], [36.8, 33.9, 31.2, 25.6, 44.1], ""),
                "goals": bars("5G工厂名录项目（个）", ["2026年", "2027年", "2028年"], [7, 9, 12], "", ink=(30, 120, 120))}
    report(PLAN, p.path(plan), pictures, [("松杉市", 34), ("“5G+工业互联网”融合应用先导区", 24), ("试点工作方案", 34), ("Strategy &amp; Implementation Plan 2026–2028", 15), ("松杉市人民政府　2025年9月", 15), ("咨询支持：Northpeak Advisory", 11)])
    p.doc(plan, "plan", "text", pdf_words(p.path(plan)))
    p.tags(PLAN)
    p.worn("00_吉林省人民政府函.pdf", "letter", """
@red 吉林省人民政府
@no 吉政函〔2025〕102号
@title 吉林省人民政府关于推荐松杉市开展“5G+工业互联网”融合应用先导区试点的函
@to 工业和信息化部：
松杉市已编制完成试点工作方案，经我省审核同意，现予推荐。
@sign 吉林省人民政府
@date 2025年9月15日
@seal 吉林省人民政府""", look={"seed": 101, "gray": False, "dpi": 170}, size=16, lead=32)
    f = "证明材料/"
    policy, cert, bulletin, scenes = f + "01_松政发〔2025〕2号.pdf", f + "02_通信管理局证明.pdf", f + "03_统计公报.pdf", f + "04_典型场景第三方评估报告.pdf"
    lists, titles, promise = f + "05_5G工厂名录.pdf", f + "06_称号文件.pdf", f + "07_承诺.pdf"
    p.worn(policy, "proof", """
@red 松杉市人民政府文件
@no 松政发〔2025〕2号
@title 松杉市人民政府关于印发《松杉市“5G+工业互联网”提质赋能专项行动计划（2025—2027年）》的通知
@to 各县（市、区）人民政府，市政府各委办局：
现将《松杉市“5G+工业互联网”提质赋能专项行动计划（2025—2027年）》印发给你们，请认真组织实施。
@sign 松杉市人民政府
@date 2025年1月23日
@seal 松杉市人民政府
@pb
@title 松杉市“5G+工业互联网”提质赋能专项行动计划（2025—2027年）
一、网络包。对5G专网、边缘节点给予建设补贴。
二、场景包。对具备10个以上典型应用场景的工厂给予奖励五十万元。
三、服务商包。对本地服务商首单给予补贴。
四、安全包。对分类分级、风险评估给予服务券。
本行动计划自印发之日起施行，至2027年12月31日止。""", "2", look={"seed": 102, "gray": False, "dpi": 180}, size=16, lead=31)
    p.worn(cert, "proof", """
@title 关于松杉市5G基站情况的证明
截至2024年12月31日，松杉市累计开通5G基站9812个，按常住人口289.4万人计算，每万人拥有5G基站33.9个。全省平均每万人27.4个。
@sign 吉林省通信管理局
@date 2025年7月3日
@seal 吉林省通信管理局""", "6", look={"seed": 103, "dpi": 160}, size=17, lead=34)
    p.text_pdf(bulletin, "proof", """
@title 松杉市2024年国民经济和社会发展统计公报（节选）
@center 松杉市统计局　2025年4月9日
二、工业。年末规上制造业企业1088家，规上工业增加值增长5.6%。
六、科学技术。全年技术合同成交额39亿元。
十、人口。年末全市常住人口289.4万人，户籍人口312.6万人，自然增长率-4.1‰。""", "6,22,34", body="song", size=13, lead=26)
    rows = [["序号", "工厂（企业）", "经验证的典型应用场景", "数量"]] + [[n, firm, "；".join("5G+" + SC[x] for x in picks), len(picks)] for n, (firm, picks) in enumerate(PLANTS, 1)]
    p.text_pdf(scenes, "proof", f"""
@title 松杉市“5G+工业互联网”典型应用场景第三方评估报告（摘要）
@center 评估单位：吉林省北辰信息通信技术研究院有限公司　报告编号：BC-2025-0617
@center 2025年6月17日
# 评估依据
工业和信息化部发布的两批20个“5G+工业互联网”典型应用场景。
# 评估方法
资料审查、现场验证、员工访谈相结合，同一场景在同一工厂只计一次。
# 评估结果
@widths 7,26,57,10
@size 9.5
{T(rows)}
# 结论
7家工厂均具备10个以上典型应用场景。""", "15", body="song", size=12, lead=22, numbering=1, header="评估报告 BC-2025-0617")
    own = [("吉林省", "松杉市", "北杉整车制造有限公司", "整车焊装5G工厂", "2023"), ("吉林省", "松杉市", "松杉轨道客车有限公司", "铝合金车体5G工厂", "2023"), ("吉林省", "松杉市", "长杉汽车零部件集团有限公司", "车身结构件5G工厂", "2024"),
           ("吉林省", "松杉市", "松杉生物制药股份有限公司", "疫苗灌装5G工厂", "2024"), ("吉林省", "松杉市", "吉杉碳纤维有限公司", "碳纤维5G工厂", "2024")]
    near = [("吉林省", "辽源岭市", "辽源岭纺织袜业有限公司", "织袜5G工厂", "2024")]
    rest = [(*r, str(2023 + k % 2)) for k, r in enumerate(elsewhere(10, 104)[:9])]
    list5 = [["序号", "省份", "城市", "企业名称", "5G工厂", "年度"], *mixed(own, [r for r in rest if r[1] != "松杉市"] + near, 105)]
    p.text_pdf(lists, "proof", f"""
@title 《5G工厂名录》公布文件摘录
@center 工业和信息化部办公厅　工信厅信管函〔2023〕324号（2023年11月29日）、〔2024〕438号（2024年11月18日）
@widths 8,13,13,34,24,8
{T(list5)}""", "16", body="hei", size=12, lead=24)
    p.worn(titles, "proof", """
@title 工业和信息化部关于公布国家新型工业化产业示范基地名单的通知（摘页）
@center 工信部规〔2017〕19号　2017年1月
汽车产业·吉林松杉汽车产业开发区
@rule
@title 2022年度智能制造示范工厂揭榜单位名单（摘页）
@center 工业和信息化部等四部门　2022年12月
序号61　松杉轨道客车有限公司　轨道客车智能制造示范工厂
@pb
@title 2022年工业互联网试点示范项目名单（摘页）
@center 工业和信息化部　2022年12月
平台类　长杉汽车零部件集团有限公司　汽车零部件行业平台
@rule
@title 关于千兆城市建设情况的通报（摘页）
@center 工业和信息化部　2023年12月
2023年新增千兆城市：吉林省松杉市""", "25", look={"seed": 106, "dpi": 180}, size=15, lead=30)
    p.worn(promise, "proof", """
@title 承诺函
@to 工业和信息化部：
松杉市人民政府承诺：近三年全市未发生重大网络安全事件，未发生重大安全生产事故，未提供虚假材料。
@sign 松杉市人民政府
@date 2025年9月1日
@seal 松杉市人民政府""", "37", look={"seed": 107, "gray": False, "dpi": 170}, size=17, lead=34)
    p.text_pdf(f + "08_CNAS实验室证书.pdf", "proof", """
@title 实验室认可情况说明
松杉市现有公共服务平台6个，其中2个实验室获得CNAS认可，2024年对外测试服务420次。
@sign 松杉市市场监督管理局
@date 2025年5月20日""", "32", body="kai")
    p.text_pdf(f + "09_专项资金下达通知.pdf", "proof", """
@red 松杉市财政局文件
@no 松财企〔2024〕41号
@title 关于下达2024年“5G+工业互联网”专项资金的通知
@to 各县（市、区）财政局：
现下达专项资金6200万元，支持项目88个，请及时拨付。
@sign 松杉市财政局
@date 2024年9月12日
@seal 松杉市财政局""", "3", body="song")

    p.cond("policy", "met", 1, [(plan, "松政发〔2025〕2号")], [(policy, "松政发〔2025〕2号"), (policy, "至2027年12月31日止")], "市政府专项行动计划扫描全文。")
    p.cond("coverage", "met", 33.9, [(plan, "每万人拥有5G基站33.9个")], [(cert, "每万人拥有5G基站33.9个"), (bulletin, "年末全市常住人口289.4万人")], "9812÷289.4=33.9；全国、全省、对标城市不用。")
    p.cond("scenarios", "met", 7, [(plan, "典型应用场景的工厂为7家")], [(scenes, "典型应用场景第三方评估报告"), (scenes, "吉杉碳纤维有限公司")], "评估报告逐厂列出，7家依次12、11、13、10、10、10、10个。")
    p.cond("factory", "met", 5, [(plan, "5个项目入选工业和信息化部5G工厂名录")], [(lists, "整车焊装5G工厂"), (lists, "碳纤维5G工厂")], "2023年2个加2024年3个；辽源岭市不计。")
    p.cond("titles", "review", None, [(plan, "累计获得部级及以上称号7项"), (plan, "部级及以上称号一览")], [(titles, "轨道客车智能制造示范工厂"), (titles, "2023年新增千兆城市：吉林省松杉市")],
           "正文称7项，自己的一览表只列4项（均为部级），证明也只有4项，自相矛盾，须人工核实。")
    p.cond("site", "met", None, [(plan, "松杉市未发生重大网络安全事件")], [(promise, "未发生重大安全生产事故"), (promise, "未提供虚假材料")], "市政府承诺函。")
    p.table(plan, TITLES)
    p.table(scenes, rows)
    p.table(lists, list5)
    p.finish("review", "正文7项、表1只有4项", "年度目标写在段落里，“上述指标分别达到”", "全国30.2、全省27.4、Top 10的41及对标城市柱状图", "双栏、脚注、隔页、英文品牌", "省级数字化示范车间96个", "名录中同省辽源岭市", "政策中的场景奖励不是现状")
