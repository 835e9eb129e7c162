"""Build the second made-up set with its truth: `python tests/blind/second/make_second.py OUT [maker …]`.

Written apart from the first set: other voices, layouts and proofs. Firms, figures, numbers of documents and all cities but one
(a separately planned city, whose own letter is what matters) are invented. Fonts as in make_packages.py.
"""
import io
import random
import re
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import pypdfium2

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from package_bank import LEVEL3, LEVELS, SCENES
from package_tools import (
    H,
    P,
    Package,
    Seal,
    Spacer,
    grid,
    join,
    left,
    letter,
    ofd_bytes,
    ofd_page,
    pages_of,
    pdf_bytes,
    plaque,
    redhead,
    register_fonts,
    right,
    scan,
    sheet,
    squash,
    title,
    turn,
    word,
    word_table,
    word_text,
    word_title,
    workbook,
)
from reportlab.platypus import PageBreak
from texts import STEPS, VOICES

COVERAGE, SCENARIOS, FACTORY, TITLES = "infrastructure.coverage_5g", "application.scenarios", "application.factory_5g", "ecosystem.national_titles"
POLICY, VISIT = "policy.special_policy", "site_visit.preparation"
IDS = [f"{key}.{i}" for key, _, groups in LEVELS for _, ids in groups for i in ids]
CN = "一二三四五六七八九十"
LISTS = {2023: ("工业和信息化部办公厅关于公布2023年5G工厂名录的通知", "工信厅信管函〔2023〕337号", "2023年11月29日"),
         2024: ("工业和信息化部办公厅关于公布2024年5G工厂名录的通知", "工信厅信管函〔2024〕431号", "2024年11月18日"),
         2025: ("工业和信息化部办公厅关于公布2025年5G工厂名录的通知", "工信厅信管函〔2025〕476号", "2025年11月24日")}


def num(value):
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


class Said:
    """What a city says of its present state, and the yearly figures that it aims at."""

    def __init__(self, short, voice, factor, stars, skip=()):
        def scaled(match):
            base = float(match[1])
            return num(round(base * factor, 1)) if "." in match[1] else str(max(2, round(base * factor)))

        self.text, self.base = {}, {}
        for i in IDS:
            if i in stars:
                self.text[i] = stars[i]
            elif i not in skip:
                raw = VOICES[i][2][voice].replace("{c}", short)
                self.text[i] = re.sub(r"«([\d.]+)»", scaled, raw)
                first = re.search(r"«([\d.]+)»", raw)
                if first:
                    self.base[i] = scaled(first)
                elif VOICES[i][1]:
                    self.base[i] = "8.6"

    def aims(self, i):
        """Three yearly figures as text."""
        base = self.base[i]
        if "." in base:
            step = 0.8 if VOICES[i][1] == "%" else float(base) * 0.14
            return [num(round(float(base) + step * k, 1)) for k in (1, 2, 3)]
        step = max(1, round(int(base) * 0.13))
        return [str(int(base) + step * k) for k in (1, 2, 3)]

    def name(self, i):
        return VOICES[i][0], VOICES[i][1]


def facts(pkg, said, targets, proofs, also=()):
    """The truth of all 37 indicators."""
    for i in IDS:
        pkg.truth["indicators"][i] = {"baseline": i in said.text or i in also, "targets": list(targets.get(i, [])), "proofs": proofs.get(i, [])}


PROVINCES = [("山西省", "汾墉"), ("江苏省", "濠沭"), ("浙江省", "苕溇"), ("安徽省", "潜皖"), ("福建省", "漳浯"), ("江西省", "赣圩"), ("河南省", "洧颍"), ("湖南省", "沅芷"), ("四川省", "涪郪"), ("广东省", "浈北")]
KINDS = ["光伏组件", "磷酸铁锂", "预制菜", "特种线缆", "数控刀具", "航空锻件", "汽车座椅", "智能家电", "玻璃基板", "医用耗材", "高端轴承", "石油钻具", "煤机装备", "电解铝", "印制电路"]
WORDS = ["宏峻", "卓岳", "凌朔", "铭垣", "栩诚", "澄霁", "昱衡", "骁腾", "沐川", "砺锋", "越甲", "晟桓"]


def roll(own, province, total, seed):
    """Rows (province, firm, project) of a national list, the own ones strewn in."""
    rng, rows, seen = random.Random(seed), [], set()
    while len(rows) < total - len(own):
        prov, place = rng.choice(PROVINCES)
        kind = rng.choice(KINDS)
        firm = f"{place}{rng.choice(WORDS)}{kind}{rng.choice(['股份', ''])}有限公司"
        if firm not in seen:
            seen.add(firm)
            rows.append((prov, firm, f"{kind}{rng.choice(['5G工厂', '5G智能工厂', '5G全连接工厂项目', '5G柔性制造工厂'])}"))
    for firm, project in own:
        rows.insert(rng.randrange(1, len(rows)), (province, firm, project))
    return rows


def notice(year, rows, columns=("序号", "省份", "企业名称", "项目名称"), excerpt=True):
    """A ministry's notice with its list as flow."""
    heading, number, date = LISTS[year]
    pick = {"省份": 0, "推荐单位": 0, "企业名称": 1, "申报主体": 1, "项目名称": 2, "工厂名称": 2}
    table = [list(columns)]
    for k, row in enumerate(rows, 1):
        table.append([str(k), *[row[pick[c]] + ("通信管理局" if c == "推荐单位" else "") for c in columns[1:]]])
    flow = [title("工业和信息化部办公厅", 22), right(number), title(heading, 18), left("各省、自治区、直辖市及计划单列市、新疆生产建设兵团工业和信息化主管部门，各省、自治区、直辖市通信管理局：", 13),
            P(f"为贯彻落实《“5G+工业互联网”512工程推进方案》，引导企业建设5G工厂，经企业自愿申报、地方推荐、专家评审和社会公示，形成了《{year}年5G工厂名录》，现予公布。", 14),
            P("请各地加强跟踪指导，及时总结经验，推动5G工厂由“盆景”变“风景”。", 14), Spacer(1, 20), Seal("工业和信息化部办公厅", x=285, y=-62, seed=year), right("工业和信息化部办公厅　　　"), right(date + "　　　　"),
            PageBreak(), left(f"附件　{year}年5G工厂名录{'（摘录）' if excerpt else ''}", 14, True), Spacer(1, 8),
            grid(table, [40, 100, 165, 150], size=10)]
    return flow, table


def pilot(own, province, year=2023, total=14, seed=1):
    """A ministry's notice of the pilots of the industrial internet; own: (firm, project, direction)."""
    rng, table = random.Random(seed), [["序号", "推荐单位", "企业名称", "项目名称", "试点方向"]]
    rows = [(p, f, n.replace("工厂项目", ""), rng.choice(["平台+园区", "安全类", "网络类—园区网络", "平台类—特定行业"])) for p, f, n in roll([], "", total, seed)]
    for firm, project, direction in own:
        rows.insert(rng.randrange(1, len(rows)), (province, firm, project, direction))
    for k, row in enumerate(rows, 1):
        table.append([str(k), *row])
    flow = [title(f"工业和信息化部关于公布{year}年工业互联网试点示范项目名单的通知", 19), right(f"工信部信管函〔{year + 1}〕15号"),
            P(f"根据《关于组织开展{year}年工业互联网试点示范项目申报工作的通知》，经评审公示，确定了{year}年工业互联网试点示范项目名单，现予公布。", 14),
            right("工业和信息化部　　　"), Seal("工业和信息化部", x=300, y=-20, seed=year + 7), right(f"{year + 1}年1月26日　　　"), Spacer(1, 30), left(f"附件：{year}年工业互联网试点示范项目名单（节选）", 13, True),
            grid(table, [34, 62, 150, 130, 80], size=9.5)]
    return flow, table


def mixed(order, count):
    """Official scenarios, `count` of them from a shuffled start."""
    rng = random.Random(order)
    return rng.sample(SCENES, count)


def picture(data, page=0, seed=0, dpi=120):
    """A page as a phone photo: JPEG bytes."""
    shot = pypdfium2.PdfDocument(scan(data, dpi=dpi, tilt=1.4, seed=seed))[page].render(scale=dpi / 72).to_pil().convert("RGB")
    buffer = io.BytesIO()
    shot.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def photo(pkg, path, data, role="proof", page=0, seed=0):
    """Put a page into the package as a photo."""
    pkg.put(path, picture(data, page, seed), role, "scan", [pages_of(data)[page]], True)


def plate(pkg, path, lines, seed):
    red, black = (150, 20, 16), (40, 26, 12)
    shown = [(text, size, red if k == 1 else black) for k, (text, size) in enumerate(lines)]
    pkg.put(path, plaque(shown, seed), "proof", "scan", [squash("".join(t for t, _ in lines))], True)


def award(issuer, number, heading, date, rows, preamble):
    """A notice of recognition with its annexed list."""
    return [title(issuer, 20), right(number), title(heading, 17), P(preamble, 13.5), right(issuer + "　　", 13), right(date + "　　", 13),
            left("附件：名单（节选）", 13, True), grid(rows, size=10), Spacer(1, 18)]


def gbk_zip(folder, target):
    """A zip as Windows writes it: names in GBK without the flag."""
    class Info(zipfile.ZipInfo):
        def _encodeFilenameFlags(self):
            return self.filename.encode("gbk"), self.flag_bits & ~0x800

    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                info = Info(str(path.relative_to(folder)), (2024, 9, 20, 10, 30, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, path.read_bytes())


def aside(pkg, path, issuer, heading, text, date, lines=()):
    """A department's own certificate for an indicator without a star: Word, text or PDF by the path's ending."""
    if path.endswith(".docx"):
        doc = word()
        word_title(doc, heading, 17)
        for t in (text, *lines, f"{issuer}　{date}"):
            doc.add_paragraph(t)
        pkg.docx(path, doc)
    elif path.endswith(".txt"):
        whole = "\r\n".join((heading, text, *lines, issuer, date))
        pkg.put(path, whole.encode("gb18030"), "proof", "text", [squash(whole)])
    else:
        pkg.pdf(path, letter(heading, None, [text, *lines], issuer, date, seed=len(path)))
    return [path]


def parts_of(total):
    """A figure as two shares, six tenths and the rest."""
    if "." in total:
        most = round(float(total) * 0.6, 1)
        return num(most), num(round(float(total) - most, 1))
    return str(round(int(total) * 0.6)), str(int(total) - round(int(total) * 0.6))


# ---------------------------------------------------------------- 1: autonomous region, chapters, targets in two turned tables

def wulan(out):
    city, prov = "乌兰泽尔市", "内蒙古自治区"
    pkg = Package(out, "乌兰泽尔（蒙）-5G先导区", [city], prov, "pass")
    years = ("2026", "2027", "2028")
    firms = ["内蒙古昂格稀土新材料有限公司", "乌兰泽尔蒙驰重型汽车有限公司", "泽尔草原乳业集团股份有限公司", "内蒙古塔拉煤炭清洁利用有限公司", "乌兰泽尔德恒硅业有限公司", "内蒙古苏勒德风电装备有限公司"]
    projects = ["稀土磁材5G工厂", "重型矿用卡车5G全连接工厂", "液态奶5G智能工厂", "煤制烯烃5G工厂", "单晶硅棒拉制5G工厂", "海陆风机叶片5G工厂"]
    stars = {
        POLICY: "市委办公室、市政府办公室联合下发《乌兰泽尔市“5G+工业互联网”融合发展三年攻坚方案（2024—2027年）》（乌泽办发〔2024〕12号），至今兑现奖补三批",
        COVERAGE: "移动、电信、联通、广电合力攻坚，到今年6月底5G基站开到9037个，常住人口258.2万人，每万人拥有5G基站35.0个，高于自治区29.8个的平均数",
        SCENARIOS: "经专家现场验收，昂格稀土、蒙驰重汽、泽尔乳业、塔拉煤炭、德恒硅业5家工厂分别落地部颁典型应用场景10个及以上",
        FACTORY: "先后有6个项目登上工业和信息化部5G工厂名录（2023年2个、2024年4个），自治区级5G工厂另有15个",
        TITLES: "国家级“金字招牌”拿到6块：国家新型工业化产业示范基地（稀土新材料）、千兆城市、国家中小企业数字化转型试点城市、智能制造示范工厂揭榜单位、国家级绿色工业园区、服务型制造示范企业",
        VISIT: "书记、市长“双组长”牵头，专班23人实体化运转；2022年以来全市未发生重大网络安全事件，未发生重大安全生产事故，申报材料不存在弄虚作假",
    }
    said = Said("泽尔", 0, 0.8, stars)
    pick = ["policy.government_funds", "policy.industry_finance", COVERAGE, "infrastructure.platform_projects", "infrastructure.edge_computing", "infrastructure.equipment_upgrade", "infrastructure.new_industrial_network",
            "application.leading_industries", SCENARIOS, FACTORY, "application.replication", "application.security", "ecosystem.standards", "ecosystem.key_enterprises", TITLES, "services.skilled_talent", "services.training_bases", "services.regional_features"]
    own = {COVERAGE: ("每万人5G基站", "个", ["35.0", "38", "41", "45"]), SCENARIOS: ("10个以上典型场景工厂", "家", ["5", "7", "10", "14"]), FACTORY: ("名录内5G工厂", "个", ["6", "8", "11", "15"]), TITLES: ("部级以上称号", "项", ["6", "6", "7", "8"])}
    tables = []
    for half in (pick[:9], pick[9:]):
        head = ["年度"] + [f"{own[i][0] if i in own else said.name(i)[0]}（{own[i][1] if i in own else said.name(i)[1]}）" for i in half]
        body = [["2025年（现状）"] + [own[i][2][0] if i in own else said.base[i] for i in half]]
        for k, year in enumerate(years):
            body.append([f"{year}年"] + [own[i][2][k + 1] if i in own else said.aims(i)[k] for i in half])
        tables.append([head, *body])
    plan = "方案/乌兰泽尔市试点工作方案（8.28定稿）.docx"
    doc = word()
    word_title(doc, "乌兰泽尔市创建“5G+工业互联网”融合应用先导区试点工作方案")
    doc.add_paragraph("第一章　市情").runs[0].bold = True
    doc.add_paragraph("乌兰泽尔市地处内蒙古自治区中西部，辖3区2县4旗，稀土、硅料、煤化工、乳业是当家产业。放眼全国，每万人拥有5G基站数已达33.6个，“5G+工业互联网”项目覆盖41个国民经济大类；自治区建成5G基站7万余个。")
    doc.add_paragraph("第二章　家底").runs[0].bold = True
    ordinal = ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是"]
    for k, (key, name, groups) in enumerate(LEVELS[:5]):
        doc.add_paragraph(f"第{CN[k]}节　{name}")
        parts = [said.text[f"{key}.{i}"] for _, ids in groups for i in ids]
        doc.add_paragraph("；".join(o + p for o, p in zip(ordinal, parts, strict=False)) + "。")
    doc.add_paragraph("第六节　组织筹备")
    doc.add_paragraph(said.text[VISIT] + "。")
    doc.add_paragraph("第三章　奔头").runs[0].bold = True
    doc.add_paragraph("三年试点，逐年加力。表3-1、表3-2列出各年数字。")
    doc.add_paragraph("表3-1　政策、设施与应用")
    word_table(doc, tables[0])
    doc.add_paragraph("表3-2　应用、生态与服务")
    word_table(doc, tables[1])
    doc.add_paragraph("此外，" + "；".join(f"{y}年{s}" for y, s in zip(years, STEPS["policy.regional_features"], strict=True)) + "。")
    doc.add_paragraph("第四章　路径").runs[0].bold = True
    doc.add_paragraph("以稀土新材料为突破口，谋划建设行业级质检大模型，拟用三年使规上企业应用全覆盖；力争再新增国家新型工业化产业示范基地1个、国家级双跨平台1个。严防重大网络安全事件和重大安全生产事故。")
    pkg.docx(plan, doc, "plan")

    pkg.pdf("自治区政府函.pdf", letter("内蒙古自治区人民政府关于报送乌兰泽尔市“5G+工业互联网”融合应用先导区试点工作方案的函", "工业和信息化部：",
            ["乌兰泽尔市工业基础扎实，5G网络完备，具备先行先试条件。经研究，同意推荐该市申报“5G+工业互联网”融合应用先导区试点，现将有关材料报上。", "专此函达，请予审议。"],
            "内蒙古自治区人民政府", "2025年9月5日", "内政函〔2025〕88号", 31), "letter", {"seed": 31, "tilt": 1.2, "grey": True}, footer=False)

    pol = "支撑材料/一、乌泽办发12号.pdf"
    pkg.pdf(pol, redhead("中共乌兰泽尔市委办公室", "乌泽办发〔2024〕12号", "中共乌兰泽尔市委办公室　乌兰泽尔市人民政府办公室印发《乌兰泽尔市“5G+工业互联网”融合发展三年攻坚方案（2024—2027年）》的通知", "各旗县区委和人民政府，市直各部门：",
            ["《乌兰泽尔市“5G+工业互联网”融合发展三年攻坚方案（2024—2027年）》已经市委、市政府同意，现印发给你们，请结合实际认真抓好落实。", "第一条　对建成5G专网的工厂，按设备投资额的两成给予后补助。",
             "第二条　设立“5G+工业互联网”应用券，单个企业每年最高领取80万元。", "第三条　对入选国家名录的5G工厂项目，一次性奖励120万元。", "本方案自2024年6月1日起施行，至2027年12月31日止。"], "2024年5月20日", "抄送：市人大常委会办公室，市政协办公室。", 32, "中共乌兰泽尔市委办公室"))
    bulletin = "支撑材料/二、区通管局月报2025.6.xlsx"
    rng = random.Random(33)
    rows = [["全区5G网络发展月度通报（2025年6月）"] + [""] * 5, ["序号", "盟市", "5G基站累计（个）", "当月新开通（个）", "每万人拥有5G基站数（个）", "位次"]]
    others = ["呼和浩特市", "包头市", "呼伦贝尔市", "兴安盟", "通辽市", "赤峰市", "锡林郭勒盟", "乌海市", "阿拉善盟"]
    data = sorted([(c, rng.randrange(2600, 16800), rng.randrange(20, 210), round(rng.uniform(21, 38.5), 1)) for c in others] + [(city, 9037, 114, 35.0)], key=lambda r: -r[3])
    rows += [[k, *r, k] for k, r in enumerate(data, 1)]
    rows += [["全区", "", 71826, 1204, 29.8, ""], ["发布单位：内蒙古自治区通信管理局　　2025年7月9日"] + [""] * 5]
    book = workbook()
    sheet(book, "6月", rows, ["A1:F1"], [8, 18, 18, 18, 24, 8])
    pkg.xlsx(bulletin, book)
    pkg.table(bulletin, rows[1:-2])
    expert = "支撑材料/三、验收专家意见（5份合并）.pdf"
    flow = []
    counts = (12, 10, 11, 10, 13)
    for k, (firm, n) in enumerate(zip(firms[:5], counts, strict=True)):
        scenes = mixed(40 + k, n)
        flow += [title("“5G+工业互联网”典型应用场景验收专家组意见", 18), left(f"验收单位：{firm}", 13), left(f"验收日期：2025年{k % 3 + 4}月{k * 4 + 6}日　　组织单位：乌兰泽尔市工业和信息化局", 13),
                 P(f"专家组听取了企业汇报，查阅了资料，逐点位踏勘了生产现场。对照工业和信息化部两批典型应用场景，形成意见如下：该企业已建成并稳定运行的场景有{'、'.join(scenes)}，共{n}个。", 14),
                 P("企业自报的“能耗大屏展示”“智慧食堂”不属典型应用场景，不予计入。", 14), P("专家组一致同意通过验收。", 14), right("组长（签名）：额尔德木图　　", 13), *([PageBreak()] if k < 4 else [])]
    pkg.pdf(expert, flow)
    lists = "支撑材料/四、5G工厂名录两个通知.pdf"
    first, _ = notice(2023, roll(list(zip(firms[:2], projects[:2], strict=True)), prov, 22, 34), ("序号", "推荐单位", "申报主体", "工厂名称"))
    second, _ = notice(2024, roll(list(zip(firms[2:], projects[2:], strict=True)), prov, 24, 35), ("序号", "省份", "工厂名称", "申报主体"))
    pkg.pdf(lists, [*first, PageBreak(), *second])
    titles = "支撑材料/五、国家级称号认定通知.pdf"
    pkg.pdf(titles, [
        *award("工业和信息化部", "工信部规函〔2023〕92号", "关于公布国家新型工业化产业示范基地名单的通知", "2023年4月3日", [["序号", "省份", "示范基地名称"], ["7", "江苏省", "软件和信息服务·濠沭高新区"], ["8", prov, "稀土新材料·乌兰泽尔稀土高新技术产业开发区"]], "经审核公示，现将新一批示范基地名单予以公布。"),
        *award("工业和信息化部办公厅", "工信厅通信函〔2023〕301号", "关于公布2023年度千兆城市名单的通知", "2023年12月12日", [["序号", "地区", "城市"], ["5", prov, city], ["6", "河南省", "洧颍市"]], "依据千兆城市评价指标，现将建设情况达标的城市公布如下。"), PageBreak(),
        *award("财政部　工业和信息化部", "财建〔2024〕57号", "关于公布中小企业数字化转型试点城市名单的通知", "2024年5月7日", [["序号", "试点城市"], ["11", city], ["12", "赣圩市"]], "经竞争性评审，现将第二批国家中小企业数字化转型试点城市公布如下。"),
        *award("工业和信息化部等五部门", "工信部联通装函〔2023〕411号", "关于公布2023年度智能制造示范工厂揭榜单位名单的通知", "2023年11月20日", [["序号", "企业", "示范工厂"], ["63", firms[1], "矿用卡车智能制造示范工厂"]], "现将智能制造示范工厂揭榜单位予以公布。")])
    plate(pkg, "支撑材料/五、牌匾照片/微信图片_20250819_01.jpg", [("乌兰泽尔硅材料产业园", 58), ("国家级绿色工业园区", 92), ("工业和信息化部", 52), ("二〇二四年二月", 44)], 36)
    plate(pkg, "支撑材料/五、牌匾照片/微信图片_20250819_02.jpg", [("内蒙古苏勒德风电装备有限公司", 52), ("服务型制造示范企业", 92), ("中华人民共和国工业和信息化部", 50), ("2024年1月", 44)], 37)
    plate(pkg, "支撑材料/五、牌匾照片/微信图片_20250819_03.jpg", [("泽尔草原乳业集团", 54), ("自治区级5G工厂", 92), ("内蒙古自治区工业和信息化厅", 50), ("2023年9月", 44)], 38)
    pledge = "支撑材料/六、市委市政府承诺书.pdf"
    pkg.pdf(pledge, letter("承　诺　书", None, ["中共乌兰泽尔市委、乌兰泽尔市人民政府郑重承诺：", "一、自2022年1月1日以来，本市行政区域内没有发生重大网络安全事件；", "二、没有发生重大安全生产事故；", "三、所报全部材料真实、完整，绝无虚假。如有不实，愿承担一切后果。"], "乌兰泽尔市人民政府", "2025年8月27日", seed=39), scanned={"seed": 39, "tilt": 0.9}, footer=False)
    fund = "支撑材料/七、资金拨付通报.docx"
    doc = word()
    word_title(doc, "乌兰泽尔市财政局关于奖补资金拨付情况的通报", 16)
    doc.add_paragraph(f"近两个预算年度，市本级财政实际拨付数字化改造与5G应用奖补资金{said.base['policy.government_funds']}万元。")
    doc.add_paragraph("乌兰泽尔市财政局　2025年7月30日")
    pkg.docx(fund, doc)

    pkg.condition(POLICY, "met", 1, "市委办、市政府办联合印发的专项方案，尚在有效期，全文在。", [(plan, "乌泽办发〔2024〕12号")], [(pol, "乌泽办发〔2024〕12号"), (pol, "应用券，单个企业每年最高领取80万元")])
    pkg.condition(COVERAGE, "met", 35.0, "9037÷258.2=35.0，自治区月报本市行一致。", [(plan, "每万人拥有5G基站35.0个")], [(bulletin, f"{city}903711435")])
    pkg.condition(SCENARIOS, "met", 5, "五份验收意见各有10个以上官方场景，恰好5家。", [(plan, "5家工厂分别落地部颁典型应用场景10个及以上")], [(expert, "验收单位：" + firms[0]), (expert, "验收单位：" + firms[4])])
    pkg.condition(FACTORY, "met", 6, "2023年2个、2024年4个，均在部名录。", [(plan, "6个项目登上工业和信息化部5G工厂名录")], [(lists, firms[0]), (lists, firms[3])])
    pkg.condition(TITLES, "met", 6, "四项见通知，两项见牌匾；自治区级牌匾不计。", [(plan, "国家级“金字招牌”拿到6块")], [(titles, "稀土新材料·乌兰泽尔稀土高新技术产业开发区"), (titles, "矿用卡车智能制造示范工厂"), ("支撑材料/五、牌匾照片/微信图片_20250819_01.jpg", "国家级绿色工业园区")])
    pkg.condition(VISIT, "met", None, "市委市政府承诺书三项齐全。", [(plan, "未发生重大安全生产事故")], [(pledge, "没有发生重大网络安全事件"), (pledge, "没有发生重大安全生产事故")])
    targets = dict.fromkeys(pick, years) | {"policy.regional_features": years}
    facts(pkg, said, targets, {POLICY: [pol], COVERAGE: [bulletin], SCENARIOS: [expert], FACTORY: [lists], TITLES: [titles, *[f"支撑材料/五、牌匾照片/微信图片_20250819_0{k}.jpg" for k in (1, 2)]], VISIT: [pledge], "policy.government_funds": [fund]})
    pkg.table(plan, tables[0])
    pkg.table(plan, tables[1])
    pkg.truth["traps"] = ["指标横排为列、年份为行，目标分两表", "全国33.6、自治区29.8不计", "自治区级5G工厂15个及其牌匾不计", "路径一章的示范基地、双跨平台是打算", "恰好5家工厂", "验收意见明列不予计入的场景"]
    pkg.save()


# ---------------------------------------------------------------- 2: separately planned city, one card for each indicator, in a Windows zip

def dalian(out):
    city, prov = "大连市", "辽宁省"
    pkg = Package(out, "大连先导区材料打包", [city], prov, "pass")
    years = ("2025", "2026", "2027")
    firms = ["辽连重工海工装备有限公司", "大连渤澜轴承制造有限公司", "大连金普芯片封测有限公司", "星海石化炼化（大连）有限公司", "大连旅湾机车部件有限公司", "大连獐岛水产食品有限公司"]
    stars = {
        POLICY: "已印发专项政策1项：《大连市支持“5G+工业互联网”先行先试政策清单》（大工信发〔2024〕36号）",
        COVERAGE: "5G基站25806个（省通管局口径，2023年末）；常住人口753.9万人（2023年末）",
        SCENARIOS: "场景≥10个的工厂：5家（另有1家为8个，未计）",
        FACTORY: "工业互联网试点示范（5G工厂方向）：1个（辽连重工海工装备有限公司）；5G工厂名录：3个",
        TITLES: "部级称号7项：国家新型工业化产业示范基地1、工业互联网试点示范项目1、智能制造示范工厂揭榜单位2、国家产融合作试点城市1、国家级绿色工厂1、新一代信息技术与制造业融合发展示范1",
        VISIT: "领导小组已成立；2021年1月至2024年8月无重大网络安全事件、无重大生产安全事故；材料真实性由市政府负责",
    }
    said = Said("大连", 1, 2.6, stars, skip=("ecosystem.regional_features",))
    own = {COVERAGE: ["每万人36个", "每万人39个", "每万人43个"], SCENARIOS: ["8家", "12家", "20家"], FACTORY: ["试点示范2个", "试点示范2个", "试点示范3个"], TITLES: ["8项", "9项", "10项"], POLICY: ["清单修订一次", "—", "清单修订一次"]}
    flow = [Spacer(1, 150), title("“5G+工业互联网”融合应用先导区试点", 24), title("工 作 方 案（申报卡片版）", 22), Spacer(1, 200), title("大连市工业和信息化局　二〇二四年九月", 15), PageBreak(), H("1 总述"),
            P("1.1 本方案按《试点评审指标》逐项编制，每项一卡，卡内依次为现状、分年目标和佐证编号，便于核对。", 13), P("1.2 大连市为计划单列市，由市人民政府直接申报。辽宁省每万人拥有5G基站数27.4个，沈阳市31.2个，仅供对照。", 13), H("2 指标卡片")]
    targets, cards = {}, []
    for n, i in enumerate(IDS, 1):
        if i not in said.text:
            continue
        aim = own.get(i) or ([a + said.name(i)[1] for a in said.aims(i)] if i in said.base and n % 4 else STEPS.get(i))
        if aim:
            targets[i] = [y for y, a in zip(years, aim, strict=True) if a != "—"]
        card = [[f"卡片{n:02d}", ("★" if i in stars else "") + LEVEL3[i]], ["现有基础", said.text[i]], *([f"{y}年目标", a] for y, a in zip(years, aim or ["—"] * 3, strict=True)), ["佐证编号", f"ZM-{n:02d}" if i in stars else "存档备查"]]
        cards.append(card)
        flow += [grid(card, [90, 360], size=10.5, header=1), Spacer(1, 10)]
    flow += [H("3 保障"), P("3.1 压实企业主体责任，力争试点期间不发生重大网络安全事件。3.2 计划三年安排财政资金6亿元。", 13)]
    plan = "01_方案/大连市工作方案-卡片版.pdf"
    pkg.pdf(plan, flow, "plan")
    pkg.table(plan, cards[0], quote="卡片01")
    pkg.pdf("00_申报函/大政报.pdf", letter("大连市人民政府关于申报“5G+工业互联网”融合应用先导区试点的函", "工业和信息化部：", ["依据《“5G+工业互联网”融合应用先导区试点工作规则（暂行）》第九条，大连市作为计划单列市，现由市人民政府直接报送试点工作方案，请予支持。", "附件：1.试点工作方案　2.支撑证明材料"], "大连市人民政府", "2024年9月19日", "大政函〔2024〕61号", 51), "letter", header="大连市人民政府")
    pol = "02_佐证/ZM-02 政策清单.docx"
    doc = word()
    word_title(doc, "大连市工业和信息化局　大连市财政局文件", 18)
    doc.add_paragraph("大工信发〔2024〕36号")
    word_title(doc, "关于印发《大连市支持“5G+工业互联网”先行先试政策清单》的通知", 15)
    doc.add_paragraph("各区市县工信、财政主管部门，有关企业：")
    doc.add_paragraph("现将政策清单印发给你们，自2024年4月1日起执行，有效期三年。")
    pol_rows = [["序号", "支持方向", "支持标准"], ["1", "5G工业专网新建", "按核定投入的20%，上限400万元"], ["2", "典型应用场景改造", "每个场景10万元，单厂上限150万元"], ["3", "5G工业模组批量采购", "每片补贴不高于80元"]]
    word_table(doc, pol_rows)
    doc.add_paragraph("大连市工业和信息化局　大连市财政局　2024年3月18日")
    pkg.docx(pol, doc)
    stations = "02_佐证/ZM-06-1 分区县5G基站汇总.pdf"
    districts = [("中山区", 1702), ("西岗区", 1284), ("沙河口区", 2391), ("甘井子区", 5870), ("旅顺口区", 1466), ("金州区", 6204), ("普兰店区", 2015), ("瓦房店市", 2683), ("庄河市", 1897), ("长海县", 294)]
    rows = [["区市县", "移动", "电信", "联通（含共建共享）", "合计（去重）"]]
    rng = random.Random(52)
    for name, n in districts:
        a, b = int(n * rng.uniform(0.38, 0.44)), int(n * rng.uniform(0.2, 0.26))
        rows.append([name, str(a), str(b), str(n - a - b), str(n)])
    total = sum(n for _, n in districts)
    assert total == 25806
    rows.append(["全市", *[str(sum(int(r[k]) for r in rows[1:])) for k in (1, 2, 3, 4)]])
    pkg.pdf(stations, [title("大连市5G基站分区市县汇总表", 20), left("统计时点：2023年12月31日　　单位：个（逻辑站按物理站址去重）", 11), grid(rows, size=11), Spacer(1, 12), right("辽宁省通信管理局　"), Seal("辽宁省通信管理局", x=300, y=-18, seed=53), right("2024年1月22日　")], scanned={"seed": 53, "tilt": 0.7})
    pkg.table(stations, rows, quote="分区市县汇总表")
    people = "02_佐证/ZM-06-2 2023年统计公报（人口节录）.txt"
    text = "大连市2023年国民经济和社会发展统计公报（节录）\r\n大连市统计局　国家统计局大连调查队\r\n2024年4月2日\r\n\r\n十二、人口\r\n年末全市常住人口753.9万人，户籍人口609.1万人。城镇化率82.9%。\r\n十三、安全生产\r\n全年共发生各类生产安全事故217起，未发生重大及以上事故。\r\n"
    pkg.put(people, text.encode("utf-8-sig"), "proof", "text", [squash(text)])
    book = workbook()
    matrix = [["大连市典型应用场景对照表（编制：大连市工业和信息化局，2024年8月15日）"] + [""] * 6, ["典型应用场景", *firms]]
    have = [set(mixed(60 + k, n)) for k, n in enumerate((13, 10, 11, 10, 12, 8))]
    matrix += [[s, *["√" if s in h else "" for h in have]] for s in SCENES] + [["小计", *[len(h) for h in have]]]
    sheet(book, "对照表", matrix, ["A1:G1"], [20, 16, 16, 16, 16, 16, 16])
    sheet(book, "填表说明", [["说明"], ["√表示已投用；空白表示未建设。场景名称以部发布两批为准。"]])
    scen = "02_佐证/ZM-15 场景对照表.xlsx"
    pkg.xlsx(scen, book)
    pkg.table(scen, [["典型应用场景", *firms], *matrix[2:]])
    flow, _prow = pilot([(firms[0], "海洋工程装备5G工厂", "工厂类—5G工厂")], prov, 2023, 12, 54)
    fac = "02_佐证/ZM-16 试点示范名单.pdf"
    pkg.pdf(fac, flow)
    tit = "02_佐证/ZM-27 称号.pdf"
    head = ["序号", "单位", "名称"]
    pkg.pdf(tit, [
        *award("工业和信息化部", "工信部规函〔2022〕18号", "关于公布第十批国家新型工业化产业示范基地的通知", "2022年3月15日", [head, ["4", "辽宁省", "船舶与海洋工程装备·大连湾临海装备制造集聚区"]], "现将名单予以公布。"),
        *award("工业和信息化部等四部门", "工信部联通装〔2022〕166号", "2022年度智能制造示范工厂揭榜单位名单", "2022年12月1日", [head, ["31", firms[1], "精密轴承智能制造示范工厂"], ["32", firms[4], "机车部件智能制造示范工厂"]], "现公布揭榜单位名单。"), PageBreak(),
        *award("工业和信息化部等五部门", "工信部联财〔2021〕4号", "关于公布第二批国家产融合作试点城市名单的通知", "2021年1月12日", [head, ["22", "大连市", "国家产融合作试点城市"]], "经评审，现将试点城市名单公布。"),
        *award("工业和信息化部办公厅", "工信厅节函〔2023〕64号", "关于公布2022年度绿色制造名单的通知", "2023年3月24日", [head, ["118", firms[3], "国家级绿色工厂"]], "现将名单予以公布。"),
        *award("工业和信息化部", "工信部信发函〔2023〕209号", "关于公布2023年新一代信息技术与制造业融合发展示范名单的通知", "2023年11月9日", [head, ["77", firms[2], "“数字领航”企业方向"]], "现将名单予以公布。")])
    certs = []
    for k, (name, office, text) in enumerate((("ZM-37a 应急局证明.pdf", "大连市应急管理局", "经查，2021年1月1日至2024年8月31日，大连市行政区域内未发生重大及特别重大生产安全事故。"), ("ZM-37b 网信办证明.pdf", "中共大连市委网络安全和信息化委员会办公室", "经核查，2021年1月至2024年8月，大连市未发生重大及以上网络安全事件。"), ("ZM-37c 真实性声明.pdf", "大连市人民政府", "本市申报先导区试点所提供的全部材料真实有效，不存在虚假材料。"))):
        path = f"02_佐证/ZM-37/{name}"
        certs.append(path)
        pkg.pdf(path, letter("证　明" if k < 2 else "材料真实性声明", None, [text, "特此证明。" if k < 2 else "特此声明。"], office, f"2024年9月{k + 3}日", seed=55 + k), scanned={"seed": 55 + k, "tilt": 1.5} if k != 1 else None, footer=False)
    pkg.put("02_佐证/Thumbs.db", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1016), "other", "text", readable=False)
    del pkg.truth["documents"]["02_佐证/Thumbs.db"]

    extra = aside(pkg, "02_佐证/其他/科技局-高企数.docx", "大连市科学技术局", "关于方案类高新技术企业数量的说明", f"经核对证书有效期，我市可提供“5G+工业互联网”产品或解决方案的高新技术企业共{said.base['ecosystem.solution_providers']}家（全市高新技术企业3917家）。", "2024年8月9日")
    pkg.condition(POLICY, "met", 1, "市工信局、财政局联合印发的政策清单，全文在。", [(plan, "大工信发〔2024〕36号")], [(pol, "大工信发〔2024〕36号"), (pol, "支持“5G+工业互联网”先行先试政策清单")])
    pkg.condition(COVERAGE, "met", 34.2, "只给两个数：25806÷753.9=34.2；分区县表与统计公报分别证明。", [(plan, "5G基站25806个"), (plan, "常住人口753.9万人")], [(stations, "25806"), (people, "年末全市常住人口753.9万人")])
    pkg.condition(SCENARIOS, "met", 5, "对照表六家中五家达到10个，第六家8个。", [(plan, "场景≥10个的工厂：5家")], [(scen, "大连市典型应用场景对照表")])
    pkg.condition(FACTORY, "met", 1, "1个试点示范（5G工厂方向）即可；名录3个不足5个且无佐证。", [(plan, "工业互联网试点示范（5G工厂方向）：1个")], [(fac, "海洋工程装备5G工厂")])
    pkg.condition(TITLES, "met", 7, "六项见认定通知，试点示范见名单。", [(plan, "部级称号7项")], [(tit, "船舶与海洋工程装备·大连湾临海装备制造集聚区"), (tit, "国家产融合作试点城市"), (fac, "海洋工程装备5G工厂")])
    pkg.condition(VISIT, "met", None, "应急、网信各出证明，市政府出真实性声明。", [(plan, "无重大网络安全事件、无重大生产安全事故")], [(certs[0], "未发生重大及特别重大生产安全事故"), (certs[1], "未发生重大及以上网络安全事件"), (certs[2], "不存在虚假材料")])
    facts(pkg, said, targets, {POLICY: [pol], COVERAGE: [stations, people], SCENARIOS: [scen], FACTORY: [fac], TITLES: [tit, fac], VISIT: [*certs, people], "ecosystem.solution_providers": extra})
    pkg.truth["traps"] = ["计划单列市，市政府函即可", "覆盖率须由两数算出", "户籍人口609.1万不能作分母", "三家运营商相加表以去重合计为准", "第六家仅8个场景", "压缩包文件名为GBK", "省27.4、沈阳31.2是对照"]
    pkg.save()
    gbk_zip(pkg.root, out / f"{pkg.name}.zip")
    shutil.rmtree(pkg.root)


# ---------------------------------------------------------------- 3: neighbour of a municipality; bullets, landscape targets

def yanting(out):
    city, prov = "燕汀市", "河北省"
    pkg = Package(out, "燕汀-申报-终稿2(1)", [city], prov, "fail")
    years = ("2025", "2026", "2027")
    firms = ["燕汀津唐钢管股份有限公司", "河北瀛渤自行车有限公司", "燕汀华澍家具有限公司", "河北燕北电缆集团有限公司", "燕汀兴禾食品有限公司", "河北朗泽玻璃有限公司"]
    projects = ["无缝钢管5G工厂", "助力车整车5G全连接工厂", "定制家居5G工厂", "特高压电缆5G智慧工厂", "方便食品5G工厂"]
    stars = {
        POLICY: "《燕汀市“5G+工业互联网”赋能制造业若干政策》（燕政办字〔2023〕41号）——执行至2026年底",
        COVERAGE: "全市5G基站15174个，按常住人口505.8万人计，每万人30.0个；其中经开区每万人拥有5G基站57.3个，毗邻的天津市每万人拥有5G基站已超过50个",
        SCENARIOS: "津唐钢管、瀛渤自行车、华澍家具、燕北电缆、兴禾食品、朗泽玻璃等6家工厂均具备10个以上部颁典型应用场景",
        FACTORY: "入列部《5G工厂名录》5个项目（2023年、2024年），省级5G工厂9个不在其内",
        TITLES: "部级称号5项：国家新型工业化产业示范基地（线缆）、国家级绿色工厂（兴禾食品）、智能制造示范工厂揭榜单位（津唐钢管）、服务型制造示范企业（华澍家具）、千兆城市",
        VISIT: "市长挂帅，日调度、周通报；近三年没有重大网络安全事件、重大安全生产事故，材料无虚假",
    }
    said = Said("燕汀", 0, 1.3, stars, skip=("services.talent_programmes", "policy.regional_features"))
    chosen = [i for i in IDS if i in said.base and i not in ("ecosystem.regional_features", "services.ip_protection")]
    own = {COVERAGE: ("每万人5G基站数", "个", ["30.0", "33", "36", "40"]), SCENARIOS: ("典型场景达10个的工厂", "家", ["6", "8", "10", "12"]), FACTORY: ("5G工厂名录", "个", ["5", "6", "8", "10"]), TITLES: ("部级称号", "项", ["5", "6", "6", "7"])}
    table, spans, row = [["一级指标", "指标", "单位", "2024年底现状", "2025年", "2026年", "2027年"]], [], 1
    full = [table[0]]
    for key, name, groups in LEVELS[:5]:
        start = row
        for i in (f"{key}.{x}" for _, ids in groups for x in ids):
            if i in own or i in chosen:
                n, u, values = own.get(i) or (*said.name(i), [said.base[i], *said.aims(i)])
                table.append([name if row == start else "", n, u, *values])
                full.append([name, n, u, *values])
                row += 1
        spans.append(((0, start), (0, row - 1)))
    flow = [title("燕汀市“5G+工业互联网”融合应用先导区试点工作方案", 20), H("壹　为什么是燕汀"),
            P("燕汀市北依京津，是京津冀协同发展的制造承接地。天津市5G基站总量突破7.8万个，北京市每万人拥有5G基站数居全国第一，三地网络同建、算力同用，为燕汀发展创造了条件。", 13.5), H("贰　手里有什么")]
    for _, (key, name, groups) in enumerate(LEVELS):
        flow.append(left(f"◆ {name}", 13.5, True))
        flow += [P(f"● {said.text[f'{key}.{i}']}。", 13, indent=False) for _, ids in groups for i in ids if f"{key}.{i}" in said.text]
    flow += [*turn("across"), left("叁　三年要到哪里　（表一　基础与分年度目标）", 14, True), Spacer(1, 6)]
    # the merged first column is cut by level so that a cell never runs over a page
    for k, (a, b) in enumerate(spans):
        r0, r1 = a[1], b[1]
        flow.append(grid(([table[0]] if k == 0 else []) + table[r0:r1 + 1], [80, 210, 60, 95, 80, 80, 80], size=10.5, header=1 if k == 0 else 0, spans=[((0, 1 if k == 0 else 0), (0, (r1 - r0) + (1 if k == 0 else 0)))]))
    flow += [*turn("upright"), H("肆　怎么干"), P("聚焦“京津研发、燕汀转化”，拟新建5G基站6000个；2027年力争每万人5G基站达到40个，较京津差距明显缩小。", 13.5), P("若发生重大网络安全事件，立即上报并启动一级响应。", 13.5)]
    plan = "燕汀方案v7.pdf"
    pkg.pdf(plan, flow, "plan")
    pkg.table(plan, full, quote="表一　基础与分年度目标", note="横向页；一级指标合并，跨页表")
    form = "附：自评问答表.docx"
    doc = word()
    word_title(doc, "先导区申报自评问答表", 18)
    for q, a in (("1.贵市专项政策是否出台？文号？", "答：是，燕政办字〔2023〕41号。"), ("2.每万人拥有5G基站数是否超过30个？", "答：基本达到，30.0个。"), ("3.达到10个典型场景的工厂几家？", "答：6家。"), ("4.5G工厂名录入选几个？", "答：5个。"), ("5.部级及以上称号几项？", "答：5项。"), ("6.近三年有无重大事件事故？", "答：无。")):
        doc.add_paragraph(q).runs[0].bold = True
        doc.add_paragraph(a)
    pkg.docx(form, doc, "form")
    doc = word()
    word_title(doc, "河北省人民政府办公厅关于推荐燕汀市申报先导区试点的函", 17)
    for t in ("冀政办函〔2025〕73号", "工业和信息化部办公厅：", "经省政府同意，推荐燕汀市申报“5G+工业互联网”融合应用先导区试点。请予支持。", "河北省人民政府办公厅", "2025年9月12日"):
        doc.add_paragraph(t)
    pkg.docx("推荐函（电子版，纸质另寄）.docx", doc, "letter")
    pol = "zm/1政策.pdf"
    pkg.pdf(pol, redhead("燕汀市人民政府办公室", "燕政办字〔2023〕41号", "燕汀市人民政府办公室关于印发燕汀市“5G+工业互联网”赋能制造业若干政策的通知", "各县（市、区）人民政府，市政府各部门：", ["《燕汀市“5G+工业互联网”赋能制造业若干政策》已经市政府第38次常务会议通过，现予印发。", "一、网络补贴。二、应用奖励。三、标杆奖励。四、人才补贴。五、金融贴息。", "本政策执行期为2023年10月1日至2026年12月31日。"], "2023年9月20日", seed=71))
    cov = "zm/2省通管局证明（扫描）.pdf"
    pkg.pdf(cov, letter("关于燕汀市5G网络覆盖情况的证明", "燕汀市工业和信息化局：", ["截至2025年6月30日，燕汀市累计建成5G基站15174个，按2024年末常住人口505.8万人计算，每万人拥有5G基站数为30.0个。其中燕汀经开区每万人拥有57.3个。", "天津市同期为每万人52.6个。"], "河北省通信管理局", "2025年7月25日", "冀通信证〔2025〕19号", 72), scanned={"seed": 72, "tilt": 1.0}, footer=False)
    scen = "zm/3专家评议意见.pdf"
    rows = [["企业名称", "经核实的典型应用场景", "数量", "结论"]]
    for k, (f, n) in enumerate(zip(firms[:4], (11, 10, 10, 12), strict=True)):
        rows.append([f, "、".join(mixed(80 + k, n)), str(n), "通过"])
    pkg.pdf(scen, [title("燕汀市典型应用场景专家评议意见", 20), left("评议时间：2025年7月16日　　评议地点：市行政中心205室", 12), P("受燕汀市工业和信息化局委托，专家组对提出申请的4家工厂进行评议，兴禾食品、朗泽玻璃两家尚未提交资料，下次评议。结果如下：", 13), grid(rows, [120, 230, 45, 55], size=10), Spacer(1, 10), right("专家组组长：（签字）陆某"), right("燕汀市工业和信息化局（代章）")])
    pkg.table(scen, rows, quote="评议时间")
    fac = "zm/4名录.pdf"
    a, _ = notice(2023, roll(list(zip(firms[:2], projects[:2], strict=True)), prov, 18, 73))
    b, _ = notice(2024, roll([*zip(firms[2:5], projects[2:], strict=True), ("石门冀昌制药有限公司", "冻干粉针5G工厂")], prov, 20, 74))
    pkg.pdf(fac, [*a, PageBreak(), *b])
    tit = "zm/5称号汇编.pdf"
    head = ["序号", "单位", "名称"]
    pkg.pdf(tit, [*award("工业和信息化部", "工信部规函〔2021〕25号", "关于公布国家新型工业化产业示范基地名单的通知", "2021年2月9日", [head, ["15", "河北省", "线缆·燕汀宁桥产业园"]], "现将名单公布。"),
                  *award("工业和信息化部办公厅", "工信厅节函〔2024〕17号", "关于公布2023年度绿色制造名单的通知", "2024年1月19日", [head, ["203", firms[4], "国家级绿色工厂"]], "现将名单公布。"),
                  *award("工业和信息化部等六部门", "工信部联通装函〔2024〕10号", "智能制造示范工厂揭榜单位名单", "2024年1月5日", [head, ["9", firms[0], "无缝钢管智能制造示范工厂揭榜单位"]], "现将名单公布。"), PageBreak(),
                  *award("工业和信息化部", "工信部政法函〔2023〕118号", "第五批服务型制造示范名单", "2023年12月28日", [head, ["56", firms[2], "服务型制造示范企业"]], "现将名单公布。"),
                  *award("工业和信息化部办公厅", "工信厅通信函〔2024〕402号", "关于公布2024年度千兆城市名单的通知", "2024年12月20日", [head, ["14", "河北省燕汀市", "千兆城市"]], "现将名单公布。")])
    pledge = "zm/6承诺.docx"
    doc = word()
    word_title(doc, "燕汀市人民政府承诺函", 18)
    doc.add_paragraph("我市承诺：2022年7月至2025年8月，全市范围内未发生重大网络安全事件和重大安全生产事故，申报材料中无任何虚假内容。")
    doc.add_paragraph("燕汀市人民政府　2025年8月29日")
    pkg.docx(pledge, doc)
    stat = "zm/7企业数量（统计局）.txt"
    text = f"燕汀市统计局 燕汀市工业和信息化局\n企业数量核对单\n截至2024年末：国家级专精特新“小巨人”企业{said.base['ecosystem.key_enterprises']}家。\n2025年8月11日\n"
    pkg.put(stat, text.encode(), "proof", "text", [squash(text)])

    pkg.condition(POLICY, "met", 1, "市政府办公室印发的专项政策在执行期内。", [(plan, "燕政办字〔2023〕41号")], [(pol, "燕政办字〔2023〕41号"), (pol, "赋能制造业若干政策")])
    pkg.condition(COVERAGE, "unmet", 30.0, "15174÷505.8=30.0，不超过30；57.3是经开区，52.6是天津。", [(plan, "每万人30.0个")], [(cov, "每万人拥有5G基站数为30.0个")])
    pkg.condition(SCENARIOS, "unproven", 4, "自称6家，专家意见只核实4家，另两家未交资料。", [(plan, "6家工厂均具备10个以上部颁典型应用场景")], [(scen, "对提出申请的4家工厂进行评议")])
    pkg.condition(FACTORY, "met", 5, "2023年2个、2024年3个；省内他市一行不计。", [(plan, "入列部《5G工厂名录》5个项目")], [(fac, firms[0]), (fac, projects[4])])
    pkg.condition(TITLES, "met", 5, "五项通知齐全，恰好5项。", [(plan, "部级称号5项")], [(tit, "线缆·燕汀宁桥产业园"), (tit, "河北省燕汀市")])
    pkg.condition(VISIT, "met", None, "市政府承诺函三项齐全。", [(plan, "没有重大网络安全事件、重大安全生产事故")], [(pledge, "未发生重大网络安全事件和重大安全生产事故"), (pledge, "无任何虚假内容")])
    facts(pkg, said, dict.fromkeys([*chosen, *own], years), {POLICY: [pol], COVERAGE: [cov], SCENARIOS: [scen], FACTORY: [fac], TITLES: [tit], VISIT: [pledge], "ecosystem.key_enterprises": [stat]})
    pkg.truth["traps"] = ["30.0不是超过30", "经开区57.3、天津52.6是别处", "专家意见只有4家", "横向跨页目标表、首列合并", "省级5G工厂9个不计", "石门冀昌制药是省内他市"]
    pkg.save()


# ---------------------------------------------------------------- 4: draft policy, four entries; numbered headings, targets in prose

def taoyuan(out):
    city, prov = "洮塬市", "甘肃省"
    pkg = Package(out, "甘肃省洮塬市", [city], prov, "fail")
    years = ("2024", "2025", "2026")
    firms = ["洮塬金川河镍合金有限公司", "甘肃陇衡石化机械有限公司", "洮塬祁风新能源装备有限公司", "甘肃洮水种业有限公司", "甘肃西岭铝业有限公司", "洮塬百合药业股份有限公司"]
    stars = {
        POLICY: "洮塬市制定了《洮塬市“5G+工业互联网”融合发展行动计划（2024—2026年）》，明确七个方面二十一条措施，同时执行《甘肃省“5G+工业互联网”融合创新行动方案》",
        COVERAGE: "工业和信息化部通报显示，洮塬市每万人拥有5G基站数为33.7个（截至2024年6月底）",
        SCENARIOS: "市工信局认定的十场景工厂共6家，名单以洮工信函〔2024〕52号印发",
        FACTORY: "全市累计培育5G工厂16个，其中列入工业和信息化部《5G工厂名录》4个，甘肃省5G工厂12个",
        TITLES: "部级及以上称号有6项，包括国家新型工业化产业示范基地、国家先进制造业集群、国家级绿色工业园区、国家产融合作试点城市、融合发展试点示范项目、智能制造优秀场景",
        VISIT: "建立市级联席会议制度。2021年以来，洮塬市没有发生重大网络安全事件，也没有发生重大安全生产事故，仅2023年发生一般事故3起、较大事故1起",
    }
    said = Said("洮塬", 0, 0.55, stars)
    plan = "1 试点工作方案/洮塬市先导区试点工作方案0920.docx"
    doc = word()
    word_title(doc, "洮塬市“5G+工业互联网”融合应用先导区试点工作方案（2024—2026年）")
    doc.add_heading("1 总体考虑", 1)
    doc.add_paragraph("1.1 洮塬市位于黄河上游，是有色冶金和石化装备基地。全国每万人拥有5G基站数已达26个，《2023年5G工厂名录》收录全国300个项目。")
    doc.add_heading("2 基础条件", 1)
    for n, (key, name, groups) in enumerate(LEVELS, 1):
        doc.add_heading(f"2.{n} {name}", 2)
        m = 0
        for _, ids in groups:
            for i in ids:
                m += 1
                doc.add_heading(f"2.{n}.{m} {LEVEL3[f'{key}.{i}']}", 3)
                doc.add_paragraph(said.text[f"{key}.{i}"] + "。")
    doc.add_heading("3 分年度目标", 1)
    chosen = [i for i in IDS if i in said.base][::2]
    own = {COVERAGE: ("每万人拥有5G基站", "个", ["35", "37", "40"]), SCENARIOS: ("十场景工厂", "家", ["7", "9", "12"]), FACTORY: ("列入部《5G工厂名录》项目", "个", ["5", "8", "12"])}
    for k, year in enumerate(years):
        doc.add_heading(f"3.{k + 1} {year}年", 2)
        parts = [f"{n}达到{v[k]}{u}" for n, u, v in own.values()] + [f"{said.name(i)[0]}达到{said.aims(i)[k]}{said.name(i)[1]}" for i in chosen]
        doc.add_paragraph("到年底，" + "，".join(parts) + "。" + STEPS["infrastructure.operation_model"][k] + "。")
    doc.add_heading("4 重点任务", 1)
    doc.add_paragraph("4.1 争创国家新型工业化产业示范基地（新能源装备）、国家中小企业数字化转型试点城市；推荐3个项目申报2024年5G工厂名录。")
    pkg.docx(plan, doc, "plan")
    cover = pdf_bytes(letter("甘肃省人民政府关于洮塬市申报“5G+工业互联网”融合应用先导区试点的函", "工业和信息化部：", ["洮塬市申报材料已经省工业和信息化厅、省通信管理局初审。现予推荐，请审定。"], "甘肃省人民政府", "2024年9月23日", "甘政函〔2024〕104号", 91), footer=False)
    photo(pkg, "2 省政府函/IMG_20240924_091233.jpg", cover, "letter", seed=91)
    draft = "3 证明材料/政策/行动计划.docx"
    doc = word()
    word_title(doc, "洮塬市“5G+工业互联网”融合发展行动计划（2024—2026年）", 17)
    doc.add_paragraph("（征求意见稿）")
    for t in ("为推动5G与工业互联网融合，拟制定本行动计划。", "一、目标。到2026年建成5G工厂20个。", "二、措施。设立专项奖补，支持企业内网改造。", "请各单位于2024年9月30日前将修改意见反馈至洮塬市工业和信息化局规划科。"):
        doc.add_paragraph(t)
    pkg.docx(draft, doc)
    provincial = "3 证明材料/政策/省行动方案.pdf"
    pkg.pdf(provincial, redhead("甘肃省工业和信息化厅", "甘工信发〔2023〕188号", "甘肃省工业和信息化厅等六部门关于印发《甘肃省“5G+工业互联网”融合创新行动方案》的通知", "各市（州）工业和信息化主管部门：", ["现将《甘肃省“5G+工业互联网”融合创新行动方案》印发你们，请认真执行。", "到2025年，全省建成5G工厂50个，每万人拥有5G基站数达到30个。"], "2023年8月16日", seed=92))
    cov = "3 证明材料/网络/部通报附表.pdf"
    rng = random.Random(93)
    rows = [["序号", "省份", "城市", "每万人拥有5G基站数（个）", "5G用户普及率", "千兆端口占比"]]
    near = [("山西省", "汾墉市"), ("陕西省", "洛漆市"), ("甘肃省", "洮塬市"), ("甘肃省", "陇漳市"), ("宁夏回族自治区", "朔宁市"), ("青海省", "湟源川市"), ("四川省", "涪郪市"), ("河南省", "洧颍市"), ("湖南省", "沅芷市"), ("江西省", "赣圩市")]
    for k, (p, c) in enumerate(near, 61):
        rows.append([str(k), p, c, "33.7" if c == city else f"{rng.uniform(19, 41):.1f}", f"{rng.uniform(48, 71):.1f}%", f"{rng.uniform(55, 93):.1f}%"])
    pkg.pdf(cov, [title("工业和信息化部信息通信发展司", 19), title("关于2024年上半年城市5G和千兆光网发展情况的通报", 18), P("各省、自治区、直辖市通信管理局：现将2024年6月底各地级以上城市发展情况予以通报。", 13), right("2024年7月30日　"), left("附表　城市发展情况（节选）", 13, True), grid(rows, [36, 90, 70, 100, 80, 80], size=10)])
    pkg.table(cov, rows, quote="附表　城市发展情况")
    scen = "3 证明材料/应用/洮工信函52号及附件.pdf"
    rows = [["序号", "企业", "场景名称", "场景数"]]
    for k, (f, n) in enumerate(zip(firms, (10, 12, 10, 11, 10, 14), strict=True)):
        rows.append([str(k + 1), f, "；".join(f"{s}" if j % 2 else f"5G+{s}" for j, s in enumerate(mixed(94 + k, n))), str(n)])
    pkg.pdf(scen, [title("洮塬市工业和信息化局", 20), right("洮工信函〔2024〕52号"), title("关于认定十场景工厂的通知", 18), P("各县（区）工信局，有关企业：经企业自评、县区初核、市局现场核查，认定金川河镍合金等6家企业为“十场景工厂”，名单及场景明细附后。", 13.5), right("洮塬市工业和信息化局　"), Seal("洮塬市工业和信息化局", x=300, y=-18, seed=95), right("2024年7月8日　"), left("附件：十场景工厂名单及场景明细", 12.5, True), grid(rows, [34, 110, 250, 50], size=9.5)])
    pkg.table(scen, rows, quote="关于认定十场景工厂的通知")
    fac = "3 证明材料/应用/2023年5G工厂名录.pdf"
    flow, _ = notice(2023, roll([*zip(firms[:4], ["镍合金冶炼5G工厂", "石化装备离散制造5G工厂", "风机主轴5G工厂", "制种加工5G工厂"], strict=True), ("天水麦积电气有限公司", "高压开关5G工厂"), ("兰州皋兰管业有限公司", "铸管5G工厂")], prov, 30, 96), ("序号", "推荐单位", "项目名称", "企业名称"))
    pkg.pdf(fac, flow)
    prov5 = "3 证明材料/应用/甘肃省5G工厂名单.xlsx"
    book = workbook()
    rows = [["甘肃省工业和信息化厅关于公布2024年甘肃省5G工厂名单（洮塬市部分）", "", ""], ["序号", "企业名称", "工厂名称"]] + [[k, f"洮塬{WORDS[k - 1]}{KINDS[k]}有限公司", f"{KINDS[k]}5G工厂"] for k in range(1, 13)]
    sheet(book, "Sheet1", rows, ["A1:C1"], [8, 34, 30])
    pkg.xlsx(prov5, book)
    tit = "3 证明材料/称号/六项称号文件（合并）.pdf"
    head = ["序号", "单位", "名称"]
    pkg.pdf(tit, [*award("工业和信息化部", "工信部规函〔2020〕7号", "国家新型工业化产业示范基地名单（第九批）", "2020年1月14日", [head, ["12", prov, "有色金属·甘肃洮塬经济技术开发区"]], "现予公布。"),
                  *award("工业和信息化部", "工信部规函〔2022〕240号", "关于公布国家先进制造业集群名单的通知", "2022年11月30日", [head, ["40", "洮塬市、陇漳市", "洮陇新材料集群"]], "现予公布。"),
                  *award("工业和信息化部办公厅", "工信厅节函〔2023〕64号", "关于公布绿色制造名单的通知", "2023年3月24日", [head, ["21", "洮塬循环经济产业园", "国家级绿色工业园区"]], "现予公布。"), PageBreak(),
                  *award("工业和信息化部等五部门", "工信部联财〔2021〕4号", "第二批国家产融合作试点城市名单", "2021年1月12日", [head, ["30", city, "国家产融合作试点城市"]], "现予公布。"),
                  *award("工业和信息化部", "工信部信发函〔2022〕5号", "2022年新一代信息技术与制造业融合发展试点示范名单", "2022年10月8日", [head, ["88", firms[1], "石化装备远程运维融合发展试点示范项目"]], "现予公布。"),
                  *award("工业和信息化部等四部门", "工信部联通装函〔2023〕411号", "2023年度智能制造优秀场景名单", "2023年11月20日", [head, ["140", firms[0], "镍冶炼工艺动态优化智能制造优秀场景"]], "现予公布。")])
    pledge = "3 证明材料/承诺/承诺函.pdf"
    pkg.pdf(pledge, letter("关于无重大事件和材料真实性的承诺函", "工业和信息化部：", ["洮塬市人民政府承诺，2021年1月以来本市未发生重大网络安全事件、重大安全生产事故；申报材料不含虚假信息。"], "洮塬市人民政府", "2024年9月13日", seed=97), scanned={"seed": 97, "tilt": 1.8, "turned": (1,)}, footer=False)

    extra = aside(pkg, "3 证明材料/其他/产教融合载体认定.pdf", "洮塬市教育局", "关于现代产业学院和实训基地建设情况的证明", f"截至2024年8月，我市校企共建并挂牌招生的现代产业学院和开放型实训基地共{said.base['services.training_bases']}个。特此证明。", "2024年9月2日")
    marks = aside(pkg, "3 证明材料/其他/二级节点清单.txt", "洮塬市工业和信息化局", "标识解析二级节点清单", f"已上线二级节点{said.base['infrastructure.new_industrial_network']}个。", "2024-08-30")
    pkg.condition(POLICY, "unproven", None, "称已制定行动计划，包里只有征求意见稿；省方案不计。", [(plan, "融合发展行动计划（2024—2026年）")], [(draft, "征求意见稿")])
    pkg.condition(COVERAGE, "met", 33.7, "部通报附表本市行33.7。", [(plan, "每万人拥有5G基站数为33.7个")], [(cov, "洮塬市33.7")])
    pkg.condition(SCENARIOS, "met", 6, "认定通知附件六家，各10个以上官方场景。", [(plan, "十场景工厂共6家")], [(scen, "洮工信函〔2024〕52号"), (scen, firms[5])])
    pkg.condition(FACTORY, "unmet", 4, "部名录只有4个，省级12个不计；名录里天水、兰州两行是他市。", [(plan, "列入工业和信息化部《5G工厂名录》4个")], [(fac, firms[0]), (fac, firms[3])])
    pkg.condition(TITLES, "met", 6, "六份文件齐全（集群为两市共有）。", [(plan, "部级及以上称号有6项")], [(tit, "有色金属·甘肃洮塬经济技术开发区"), (tit, "洮陇新材料集群"), (tit, "国家产融合作试点城市")])
    pkg.condition(VISIT, "met", None, "承诺函在；较大、一般事故低于重大。", [(plan, "没有发生重大网络安全事件")], [(pledge, "未发生重大网络安全事件、重大安全生产事故"), (pledge, "申报材料不含虚假信息")])
    targets = dict.fromkeys([*chosen, *own, "infrastructure.operation_model"], years)
    facts(pkg, said, targets, {COVERAGE: [cov], SCENARIOS: [scen], FACTORY: [fac], TITLES: [tit], VISIT: [pledge], "services.training_bases": extra, "infrastructure.new_industrial_network": marks})
    pkg.truth["traps"] = ["征求意见稿", "省方案同题", "16个5G工厂含省级12个", "名录里有省内他市两行", "推荐申报2024年名录是打算", "较大事故1起不是重大", "承诺函转了90度", "先进制造业集群为两市共有"]
    pkg.save()


# ---------------------------------------------------------------- 5: titles of other ranks, no certificate; three-column sheet over pages

def qianling(out):
    city, prov = "黔岭市", "贵州省"
    pkg = Package(out, "黔岭市【先导区】", [city], prov, "fail")
    years = ("2026", "2027", "2028")
    firms = ["贵州黔岭轮胎有限责任公司", "黔岭赤水酱香酒业有限公司", "贵州乌江磷化集团有限公司", "黔岭航发精铸有限公司", "贵州苗岭铝加工有限公司", "黔岭山珍食品有限公司"]
    projects = ["全钢子午胎5G工厂", "酿造包装5G全连接工厂", "磷化工5G工厂", "航空精密铸造5G工厂", "铝板带5G工厂", "辣椒制品5G工厂"]
    stars = {
        POLICY: "我们有专门文件——市工信局、市大数据局、市通信发展办三家联合出的《黔岭市5G+工业互联网“上山进厂”工程实施意见》，文号黔岭工信通〔2025〕8号",
        COVERAGE: "省通信管理局给我们出了证明：2025年末5G基站一万二千四百个，每万常住人口36.9个",
        SCENARIOS: "六家骨干工厂，家家都有十个以上的典型场景，省局组织人一家家看过",
        FACTORY: "轮胎、酱酒、磷化、精铸、铝加工、山珍食品六个项目都进了部里的5G工厂名录",
        TITLES: "一共拿下八块牌子：国家新型工业化产业示范基地（磷化工）、千兆城市、智能制造示范工厂揭榜单位（黔岭轮胎）、国家级绿色工厂（苗岭铝加工）、世界经济论坛“灯塔工厂”（赤水酱香）、贵州省“5G+工业互联网”融合应用先导区、国家级专精特新“小巨人”企业（航发精铸）、中国工业互联网产业联盟优秀案例",
        VISIT: "工作专班设在市工信局。三年来没有发生过重大网络安全事件、没有发生过重大安全生产事故，也不存在虚报材料的情况",
    }
    said = Said("黔岭", 2, 1.0, stars, skip=("infrastructure.factory_network_quality", "services.ip_protection"))
    own = {COVERAGE: ["38个", "40个", "43个"], SCENARIOS: ["8家", "11家", "15家"], FACTORY: ["8个", "10个", "13个"], TITLES: ["9块", "10块", "12块"]}
    table, targets = [["指标要求", "我市情况", "下步安排"]], {}
    for n, i in enumerate(IDS):
        if i not in said.text:
            table.append([LEVEL3[i], "暂无统计", "2026年摸清底数"])
            targets[i] = ["2026"]
            continue
        aim = own.get(i) or ([a + said.name(i)[1] for a in said.aims(i)] if i in said.base and n % 3 else STEPS.get(i))
        if aim:
            targets[i] = list(years)
        table.append([("※" if i in stars else "") + LEVEL3[i], said.text[i] + "。", "；".join(f"{y}年{a}" for y, a in zip(years, aim, strict=True)) if aim else "持续推进"])
    flow = [title("黔岭市“5G+工业互联网”融合应用先导区试点工作方案", 20), P("黔岭市是贵州北部的工业城市，“十五五”开局之年提出申报。国家2025年5G工厂名录收录560个项目，我市占其三。", 13),
            left("第一部分　情况对照（※为不可偏离条件）", 14, True), *turn("across"), grid(table, [150, 370, 200], size=10.5), *turn("upright"), left("第二部分　工作打算", 14, True),
            P("积极争取国家人工智能创新应用先导区、国家产融合作试点城市等两块国家级牌子，谋划再建5G基站4000个。", 13)]
    plan = "方案正文（含对照表）.pdf"
    pkg.pdf(plan, flow, "plan", wide=False)
    pkg.table(plan, table, quote="指标要求", note="跨多页的三栏表")
    doc = ["经省人民政府领导同意，现推荐黔岭市申报“5G+工业互联网”融合应用先导区试点，请予支持。", "附：黔岭市试点工作方案及支撑证明材料。"]
    pkg.pdf("黔府办函.pdf", letter("贵州省人民政府办公厅关于推荐黔岭市申报先导区试点的函", "工业和信息化部办公厅：", doc, "贵州省人民政府办公厅", "2026年3月20日", "黔府办函〔2026〕27号", 111), "letter")
    toc = "支撑证明材料目录.docx"
    doc = word()
    word_title(doc, "支撑证明材料目录", 18)
    rows = [["序号", "名称", "对应指标"], ["1", "黔岭工信通〔2025〕8号", "专项政策"], ["2", "省通信管理局证明", "5G网络覆盖率"], ["3", "典型场景佐证表", "应用场景"], ["4", "三年5G工厂名录", "5G工厂"], ["5", "称号文件", "全国示范能力"], ["6", "市政府承诺书（无重大事件、事故）", "筹备情况"]]
    word_table(doc, rows)
    pkg.docx(toc, doc, "other")
    pol = "材料/1.pdf"
    pkg.pdf(pol, [title("黔岭市工业和信息化局　黔岭市大数据发展管理局　黔岭市通信发展办公室", 17), right("黔岭工信通〔2025〕8号"), title("关于印发《黔岭市5G+工业互联网“上山进厂”工程实施意见》的通知", 17),
                  P("各县（市、区）有关部门：现将《黔岭市5G+工业互联网“上山进厂”工程实施意见》印发给你们，请贯彻落实。", 13.5), P("（一）网络进厂。给予5G工业专网建设补助。（二）应用进线。对典型应用场景逐个奖补。（三）服务进山。对山区县中小企业免费诊断。", 13.5), P("本意见有效期至2029年12月31日。", 13.5), Spacer(1, 16), Seal("黔岭市工业和信息化局", x=290, y=-60, seed=112), right("2025年2月17日　")], scanned={"seed": 112, "tilt": 0.8, "grey": True})
    cover = pdf_bytes(letter("证　明", None, ["兹证明：截至2025年12月31日，贵州省黔岭市建成开通5G基站12400个，常住人口336.0万人，每万人拥有5G基站36.9个。", "全省同期每万人拥有5G基站33.1个。"], "贵州省通信管理局", "2026年1月28日", "黔通管证字〔2026〕3号", 113), footer=False)
    cov = "材料/2.jpg"
    photo(pkg, cov, cover, seed=113)
    scen = "材料/3.docx"
    doc = word()
    word_title(doc, "典型应用场景佐证表", 18)
    doc.add_paragraph("填报单位：黔岭市工业和信息化局　　核查单位：贵州省通信管理局　　2026年2月3日")
    counts = (10, 10, 12, 10, 11, 10)
    rows, merges = [["工厂", "序号", "典型应用场景", "投用时间"]], []
    for k, (f, n) in enumerate(zip(firms, counts, strict=True)):
        merges.append(((len(rows), 0), (len(rows) + n - 1, 0)))
        rows += [[f, str(j + 1), s, f"{2022 + (j + k) % 4}年{(j * 5 + k) % 12 + 1}月"] for j, s in enumerate(mixed(114 + k, n))]
    word_table(doc, rows, merges)
    pkg.docx(scen, doc)
    pkg.table(scen, rows, note="首列合并")
    fac = "材料/4 三年名录.xlsx"
    book = workbook()
    for year, lo, hi in ((2023, 0, 1), (2024, 1, 3), (2025, 3, 6)):
        heading, number, date = LISTS[year]
        rr = roll(list(zip(firms[lo:hi], projects[lo:hi], strict=True)), prov, 14, 120 + year)
        sheet(book, f"{year}", [[heading.replace("关于公布", "　") + f"（{number}，{date}）附件", "", "", ""], ["序号", "省份", "企业名称", "项目名称"], *[[k, *r] for k, r in enumerate(rr, 1)]], ["A1:D1"], [8, 14, 36, 30])
    pkg.xlsx(fac, book)
    tit = "材料/5 称号.pdf"
    head = ["序号", "单位", "名称"]
    pkg.pdf(tit, [*award("工业和信息化部", "工信部规函〔2021〕25号", "国家新型工业化产业示范基地名单", "2021年2月9日", [head, ["33", prov, "磷化工·黔岭开磷产业园"]], "现予公布。"),
                  *award("工业和信息化部办公厅", "工信厅通信函〔2023〕301号", "2023年度千兆城市名单", "2023年12月12日", [head, ["40", city, "千兆城市"]], "现予公布。"),
                  *award("工业和信息化部等四部门", "工信部联通装〔2022〕166号", "智能制造示范工厂揭榜单位名单", "2022年12月1日", [head, ["71", firms[0], "子午胎智能制造示范工厂"]], "现予公布。"), PageBreak(),
                  *award("工业和信息化部办公厅", "工信厅节函〔2025〕12号", "2024年度绿色制造名单", "2025年1月15日", [head, ["310", firms[4], "国家级绿色工厂"]], "现予公布。"),
                  *award("贵州省工业和信息化厅", "黔工信数〔2024〕15号", "贵州省“5G+工业互联网”融合应用先导区名单", "2024年6月6日", [head, ["2", city, "省级先导区"]], "现予公布。"),
                  *award("工业互联网产业联盟", "AII〔2025〕09", "2025年优秀案例名单", "2025年5月8日", [head, ["19", firms[2], "磷矿5G无人开采案例"]], "现予公布。")])
    plate(pkg, "材料/5 灯塔工厂.jpg", [("黔岭赤水酱香酒业有限公司", 54), ("GLOBAL LIGHTHOUSE 灯塔工厂", 70), ("世界经济论坛", 52), ("2025年1月", 44)], 121)
    other = "材料/企业安全生产承诺书.docx"
    doc = word()
    word_title(doc, "企业安全生产承诺书", 18)
    doc.add_paragraph("本公司（贵州苗岭铝加工有限公司）承诺：2025年度落实安全生产主体责任，不发生较大以上安全事故。")
    doc.add_paragraph("贵州苗岭铝加工有限公司　2025年1月6日")
    pkg.docx(other, doc)

    extra = aside(pkg, "材料/6.docx", "黔岭市人力资源和社会保障局", "职业技能培训完成情况表", f"全年开展相关新职业培训{said.base['services.skilled_talent']}人次。", "2026年1月12日", ("备注：贵州省全年培训31万人次。",))
    pkg.condition(POLICY, "met", 1, "三部门联合印发的专项实施意见，扫描件在。", [(plan, "黔岭工信通〔2025〕8号")], [(pol, "黔岭工信通〔2025〕8号"), (pol, "“上山进厂”工程实施意见")])
    pkg.condition(COVERAGE, "met", 36.9, "12400÷336.0=36.9，省通管局证明照片。", [(plan, "每万常住人口36.9个")], [(cov, "每万人拥有5G基站36.9个")])
    pkg.condition(SCENARIOS, "met", 6, "佐证表六家，各10个以上官方场景。", [(plan, "家家都有十个以上的典型场景")], [(scen, "典型应用场景佐证表"), (scen, firms[5])])
    pkg.condition(FACTORY, "met", 6, "三年名录1+2+3=6个。", [(plan, "六个项目都进了部里的5G工厂名录")], [(fac, firms[0]), (fac, firms[5])])
    pkg.condition(TITLES, "unmet", 4, "八项中灯塔工厂、省级先导区、小巨人、联盟案例不计，实为4项。", [(plan, "一共拿下八块牌子")], [(tit, "磷化工·黔岭开磷产业园"), (tit, "子午胎智能制造示范工厂"), (tit, "省级先导区")])
    pkg.condition(VISIT, "unproven", None, "只有方案自述；目录列有承诺书而包里没有；企业承诺书不是。", [(plan, "没有发生过重大网络安全事件")], [])
    facts(pkg, said, targets, {POLICY: [pol], COVERAGE: [cov], SCENARIOS: [scen], FACTORY: [fac], TITLES: [tit], "services.skilled_talent": extra})
    pkg.truth["traps"] = ["八块牌子只有四块是部级", "目录列有承诺书而文件缺失", "一家企业的安全生产承诺书不是城市承诺", "基站数用汉字写在方案里", "证明文件以数字命名", "工作打算里的两块牌子是争取", "“暂无统计”不是现状"]
    pkg.save()


# ---------------------------------------------------------------- 6: a denied accident; plan part scan, letter as OFD

def jinglan(out):
    city, prov = "泾岚市", "陕西省"
    pkg = Package(out, "陕西泾岚（第二次报送）", [city], prov, "review")
    years = ("2026", "2027", "2028")
    firms = ["泾岚秦北煤矿机械有限公司", "陕西洛泾半导体材料有限公司", "泾岚渭源果汁有限公司", "陕西岐阳航空结构件有限公司", "泾岚天合光纤有限公司"]
    stars = {
        POLICY: "专项文件方面，泾岚市人民政府以泾岚政发〔2024〕17号文颁布《泾岚市“5G+工业互联网”创新发展促进办法》",
        COVERAGE: "网络方面，截至二〇二五年六月底，泾岚市建有5G基站13562个，每万人拥有5G基站数达到三十八点二个",
        SCENARIOS: "场景方面，秦北煤机、洛泾半导体、渭源果汁、岐阳航空、天合光纤五厂各有部颁典型应用场景十个以上",
        FACTORY: "工厂方面，秦北煤机“综采装备5G工厂”获批2024年工业互联网试点示范项目（5G工厂方向）",
        TITLES: "称号方面，泾岚市累计取得部级以上称号七项，详见佐证四",
        VISIT: "安全方面，泾岚市近五年未发生重大网络安全事件，未发生重大安全生产事故，申报材料无虚假",
    }
    said = Said("泾岚", 2, 1.6, stars, skip=("ecosystem.chips_modules_terminals",))
    quantity = [i for i in IDS if i in said.base and not i.startswith("policy")]
    rows1 = [["目标项", "计量单位", "二〇二六年", "二〇二七年", "二〇二八年"], ["每万人拥有5G基站数", "个", "40", "43", "46"], ["十个以上典型场景工厂", "家", "6", "8", "11"], ["部级以上称号", "项", "8", "9", "10"], *[[*said.name(i), *said.aims(i)] for i in quantity]]
    rows2 = [["任务项", "第一年（2026）", "第二年（2027）", "第三年（2028）"], ["专项政策", "出台实施细则", "开展中期评估", "修订促进办法"], ["特色政策制定", *STEPS["policy.regional_features"]], ["网络建设运营模式", *STEPS["infrastructure.operation_model"]]]
    front = scan(pdf_bytes([Spacer(1, 120), title("泾岚市“5G+工业互联网”融合应用先导区", 24), title("试点工作方案", 24), Spacer(1, 220), Seal("泾岚市人民政府", x=170, y=-40, size=130, seed=131), title("泾岚市人民政府", 17), title("二〇二五年九月", 16)], footer=False), seed=131)
    flow = [H("甲、概况"), P("泾岚市属陕西省，工业门类齐备。陕西省每万人拥有5G基站32.0个；西安市达到45.6个。", 13.5), H("乙、基础")]
    for key, name, groups in LEVELS:
        parts = [said.text[f"{key}.{i}"] for _, ids in groups for i in ids if f"{key}.{i}" in said.text]
        flow += [P(f"【{name}】" + p + "。" if k == 0 else p + "。", 13.5) for k, p in enumerate(parts)]
    flow += [H("丙、目标"), P("量化目标见目标表一，任务目标见目标表二。", 13.5), left("目标表一", 13, True), grid(rows1, [190, 70, 65, 65, 65], size=10.5), Spacer(1, 10), left("目标表二", 13, True), grid(rows2, size=10.5), H("丁、举措"), P("将坚决防止发生重大安全生产事故；拟引进国家级双跨平台两个。", 13.5)]
    body = pdf_bytes(flow)
    whole = join(front, body)
    plan = "1-方案-盖章版.pdf"
    texts = [squash("泾岚市“5G+工业互联网”融合应用先导区试点工作方案泾岚市人民政府二〇二五年九月"), *pages_of(body)]
    pkg.put(plan, whole, "plan", "mixed", texts, True)
    pkg.table(plan, rows1, quote="目标表一")
    pkg.table(plan, rows2, quote="目标表二")
    paragraphs = ["泾岚市申报“5G+工业互联网”融合应用先导区试点材料已经省工业和信息化厅会同省通信管理局审核，现予推荐。", "请予审查。"]
    page = ofd_page("陕西省人民政府关于推荐泾岚市申报先导区试点的函", paragraphs, ["陕西省人民政府", "2025年9月16日"])
    page = [(max(x, 20), y, 6 if s == 7 else s, t) for x, y, s, t in page]
    pkg.put("2-省政府函.ofd", ofd_bytes([page]), "letter", "text", [squash("".join(t for *_, t in page))], True)
    pol = "3-佐证/佐证一 促进办法.docx"
    doc = word()
    for t in ("泾岚市人民政府文件", "泾岚政发〔2024〕17号"):
        doc.add_paragraph(t)
    word_title(doc, "泾岚市人民政府关于印发《泾岚市“5G+工业互联网”创新发展促进办法》的通知", 16)
    for t in ("各县（市、区）人民政府，各开发区管委会：", "第一条　为了促进“5G+工业互联网”创新发展，制定本办法。", "第二条　市财政每年统筹不少于三千万元，支持5G工业专网、典型应用场景和5G工厂。", "第三条　本办法自2024年7月1日起施行，有效期五年。", "泾岚市人民政府", "2024年6月11日"):
        doc.add_paragraph(t)
    pkg.docx(pol, doc)
    cov = "3-佐证/佐证二 省通信管理局复函.docx"
    doc = word()
    word_title(doc, "陕西省通信管理局关于泾岚市5G网络发展数据的复函", 16)
    for t in ("陕通信函〔2025〕112号", "泾岚市人民政府：", "你市来函收悉。经核，截至2025年6月底，泾岚市累计建成5G基站13562个，以355.0万常住人口计，每万人拥有5G基站数38.2个。", "陕西省通信管理局", "2025年7月31日"):
        doc.add_paragraph(t)
    pkg.docx(cov, doc)
    scen = "3-佐证/佐证三 场景确认单.pdf"
    flow = []
    for k, (f, n) in enumerate(zip(firms, (11, 10, 10, 13, 12), strict=True)):
        own = mixed(132 + k, n)
        flow += [left(f"确认单编号：JL-CJ-{k + 1:02d}", 11), title(f, 15, before=0, after=4), grid([["场景", "状态"] * 2, *[[own[j], "在用", own[j + 1] if j + 1 < n else "", "在用" if j + 1 < n else ""] for j in range(0, n, 2)]], size=10), left(f"合计{n}项。确认单位：泾岚市工业和信息化局　2025年8月{k + 4}日", 11), Spacer(1, 10)]
    pkg.pdf(scen, [title("泾岚市“5G+工业互联网”典型应用场景确认单", 18), *flow])
    tit = "3-佐证/佐证四 称号.xlsx"
    certs = "3-佐证/佐证四 称号文件（首页）.pdf"
    head = ["序号", "单位", "名称"]
    seven = [("国家新型工业化产业示范基地（煤机装备）", "泾岚高新区", "工信部规函〔2022〕18号"), ("工业互联网试点示范项目（5G工厂方向）", firms[0], "工信部信管函〔2025〕15号"), ("国家级绿色工厂", firms[2], "工信厅节函〔2024〕17号"), ("智能制造示范工厂揭榜单位", firms[3], "工信部联通装函〔2023〕411号"),
             ("新一代信息技术与制造业融合发展示范", firms[1], "工信部信发函〔2023〕209号"), ("国家中小企业特色产业集群", "泾岚光纤产业集群", "工信部企业函〔2024〕256号"), ("国家信息消费示范城市", city, "工信厅信发函〔2023〕77号")]
    book = workbook()
    sheet(book, "称号", [["泾岚市部级及以上称号一览", "", "", ""], ["序号", "称号", "承担单位", "文号"], *[[k, *r] for k, r in enumerate(seven, 1)]], ["A1:D1"], [8, 44, 30, 34])
    pkg.xlsx(tit, book)
    flow, _ = pilot([(firms[0], "综采装备5G工厂", "5G工厂方向")], prov, 2024, 10, 133)
    fac = "3-佐证/佐证五 试点示范.pdf"
    pkg.pdf(fac, flow)
    pkg.pdf(certs, [x for k, (n, u, d) in enumerate(seven) if k != 1 for x in (*award("工业和信息化部", d, f"关于公布{n.split('（')[0]}名单的通知", f"20{21 + k % 4}年{k + 2}月{k + 10}日", [head, [str(k * 9 + 3), u, n]], "经审核公示，现予公布。"), *([PageBreak()] if k in (3,) else []))])
    pledge = "3-佐证/佐证六 承诺书.pdf"
    pkg.pdf(pledge, letter("承诺书", "工业和信息化部：", ["泾岚市人民政府承诺：近五年来，本市未发生重大网络安全事件和重大安全生产事故，所提交材料真实，无虚假。"], "泾岚市人民政府", "2025年9月10日", seed=134), scanned={"seed": 134, "tilt": 1.1}, footer=False)
    safety = "3-佐证/佐证七 市应急管理局工作总结.docx"
    doc = word()
    word_title(doc, "泾岚市应急管理局2023年度工作总结", 16)
    for t in ("一、基本情况。全年发生各类生产安全事故41起，死亡38人，同比分别下降12.8%和上升26.7%。", "二、教训深刻。5月22日，槐树沟煤业有限公司发生透水事故，造成11人死亡、4人受伤，经调查认定为重大生产安全责任事故，市、县两级14名公职人员被追责。", "三、改进措施。开展矿山安全百日行动，整改隐患2300余条。", "泾岚市应急管理局　2024年1月15日"):
        doc.add_paragraph(t)
    pkg.docx(safety, doc)

    extra = aside(pkg, "3-佐证/佐证八 发展管理平台项目数截图说明.docx", "泾岚市工业和信息化局", "“5G+工业互联网”发展管理平台泾岚市项目导出说明", f"导出时间2025年8月31日，筛选条件：陕西省-泾岚市、审核通过，共{said.base['infrastructure.platform_projects']}个。", "2025年8月31日")
    pkg.condition(POLICY, "met", 1, "市政府印发的专项促进办法，全文在。", [(plan, "泾岚政发〔2024〕17号")], [(pol, "泾岚政发〔2024〕17号"), (pol, "创新发展促进办法")])
    pkg.condition(COVERAGE, "met", 38.2, "13562÷355.0=38.2，通管局复函一致。", [(plan, "达到三十八点二个")], [(cov, "每万人拥有5G基站数38.2个")])
    pkg.condition(SCENARIOS, "met", 5, "五份确认单各10个以上官方场景。", [(plan, "各有部颁典型应用场景十个以上")], [(scen, firms[0]), (scen, firms[4])])
    pkg.condition(FACTORY, "met", 1, "1个试点示范（5G工厂方向）。", [(plan, "2024年工业互联网试点示范项目（5G工厂方向）")], [(fac, "综采装备5G工厂")])
    pkg.condition(TITLES, "met", 7, "六项见文件首页，一项见试点示范名单。", [(plan, "部级以上称号七项")], [(tit, "国家信息消费示范城市"), (certs, "泾岚光纤产业集群"), (fac, "综采装备5G工厂")])
    pkg.condition(VISIT, "review", None, "方案和承诺书说没有，应急局总结记载2023年5月22日重大事故。", [(plan, "未发生重大安全生产事故")], [(pledge, "未发生重大网络安全事件和重大安全生产事故"), (safety, "经调查认定为重大生产安全责任事故")])
    targets = dict.fromkeys([*quantity, COVERAGE, SCENARIOS, TITLES, POLICY, "policy.regional_features", "infrastructure.operation_model"], years)
    facts(pkg, said, targets, {POLICY: [pol], COVERAGE: [cov], SCENARIOS: [scen], FACTORY: [fac], TITLES: [tit, certs, fac], VISIT: [pledge], "infrastructure.platform_projects": extra})
    pkg.truth["traps"] = ["应急局总结里藏着一起重大事故", "覆盖率用汉字小数", "目标分两表，年份为汉字", "方案首页是扫描", "推荐函是OFD", "西安45.6、全省32.0不计"]
    pkg.save()


# ---------------------------------------------------------------- 7: statement and own detail disagree, a blank scan; targets in brackets

def songmo(out):
    city, prov = "松漠市", "黑龙江省"
    pkg = Package(out, "松漠市先导区申报材料（20240927）", [city], prov, "review")
    years = ("2025", "2026", "2027")
    firms = ["松漠北疆重型机床有限公司", "黑龙江嫩源乳制品有限公司", "松漠寒地汽车试验装备有限公司", "黑龙江龙漠石墨新材有限公司", "松漠大豆蛋白科技有限公司"]
    projects = ["重型机床5G工厂", "寒地乳品5G工厂", "车辆试验装备5G工厂", "石墨负极5G全连接工厂", "大豆分离蛋白5G工厂"]
    stars = {
        POLICY: "2024年2月，中共松漠市委、松漠市人民政府联合出台《关于加快“5G+工业互联网”融合发展的意见》（松发〔2024〕3号）",
        COVERAGE: "截至2024年6月末，松漠市5G基站为9180个，常住人口为271.6万人，每万人拥有5G基站33.8个",
        SCENARIOS: "达到部颁10个以上典型应用场景的工厂共5家，各厂场景见表2",
        FACTORY: "2023年11月，工业和信息化部公布《2023年5G工厂名录》，松漠市有5个项目在列",
        TITLES: "松漠市现有国家新型工业化产业示范基地、国家级绿色工业园区、智能制造示范工厂揭榜单位、服务型制造示范平台、工业互联网平台创新领航应用案例等部级称号5项",
        VISIT: "市委书记任组长。松漠市2021年以来未发生重大网络安全事件、未发生重大安全生产事故；未出现提供虚假材料的情形",
    }
    said = Said("松漠", 1, 0.7, stars, skip=("services.technology_transfer",))
    own = {COVERAGE: ["35个", "37个", "40个"], SCENARIOS: ["6家", "8家", "10家"], FACTORY: ["6个", "7个", "9个"]}
    plan = "A-方案/松漠市试点工作方案.docx"
    doc = word()
    word_title(doc, "松漠市“5G+工业互联网”融合应用先导区试点工作方案")
    doc.add_heading("A 现状与年度安排", 1)
    rows, targets, n = [["编号", "内容", "现有基础条件与年度安排"]], {}, 0
    for k, (key, _, groups) in enumerate(LEVELS, 1):
        for _, ids in groups:
            for i in (f"{key}.{x}" for x in ids):
                n += 1
                if i not in said.text:
                    continue
                aim = own.get(i) or ([a + said.name(i)[1] for a in said.aims(i)] if i in said.base and n % 5 else STEPS.get(i))
                tail = f"（年度安排：{'，'.join(f'{y}年→{a}' for y, a in zip(years, aim, strict=True))}）" if aim else ""
                if aim:
                    targets[i] = years
                rows.append([f"A{k}-{n}", LEVEL3[i], said.text[i] + "。" + tail])
    doc.add_paragraph("表1　对照《试点评审指标》")
    word_table(doc, rows)
    doc.add_paragraph("表2　工厂典型应用场景")
    scenes = [mixed(150 + k, c) for k, c in enumerate((11, 10, 9, 12, 10))]
    detail = [["工厂", "典型应用场景"], *[[f, "、".join(s)] for f, s in zip(firms, scenes, strict=True)]]
    word_table(doc, detail)
    doc.add_heading("B 组织实施", 1)
    doc.add_paragraph("坚持一张图、一盘棋，力争2027年每万人拥有5G基站40个，规划再培育一批省级5G工厂。")
    pkg.docx(plan, doc, "plan")
    pkg.table(plan, rows)
    pkg.table(plan, detail)
    pkg.pdf("B-函/省政府办公厅函.pdf", letter("黑龙江省人民政府办公厅关于推荐松漠市开展先导区试点的函", "工业和信息化部：", ["现推荐松漠市申报“5G+工业互联网”融合应用先导区试点，试点工作方案一并报送。"], "黑龙江省人民政府办公厅", "2024年9月26日", "黑政办函〔2024〕58号", 151), "letter", {"seed": 151, "tilt": 1.3}, footer=False)
    pol = "C-证明/C1 松发3号.pdf"
    pkg.pdf(pol, redhead("中共松漠市委", "松发〔2024〕3号", "中共松漠市委　松漠市人民政府关于加快“5G+工业互联网”融合发展的意见", None, ["为抢抓新型工业化机遇，加快“5G+工业互联网”融合发展，提出如下意见。", "（一）总体要求。（二）重点任务。支持企业建设5G工业专网，打造典型应用场景。（三）支持政策。对改造投入给予一成五补助。（四）保障措施。"], "2024年2月8日", seed=152, signer="中共松漠市委"))
    cov = "C-证明/C2 通信业月度数据（省通管局）.pdf"
    rng = random.Random(153)
    rows = [["地市", "5G基站（个）", "常住人口（万人）", "每万人5G基站（个）"]]
    for c in ("哈尔滨市", "齐齐哈尔市", "牡丹江市", "佳木斯市", "大庆市"):
        b, p = rng.randrange(5200, 27000), 0
        p = round(b / rng.uniform(24, 35), 1)
        rows.append([c, str(b), str(p), f"{b / p:.1f}"])
    rows += [[city, "9180", "271.6", "33.8"], ["全省", "86210", "3062.0", "28.2"]]
    pkg.pdf(cov, [title("黑龙江省通信业运行月报（2024年6月）", 20), left("五、地市5G网络覆盖情况", 14, True), grid(rows, size=11), Spacer(1, 14), right("黑龙江省通信管理局"), right("2024年7月15日")], scanned={"seed": 153, "tilt": 0.8, "grey": True})
    pkg.table(cov, rows, quote="五、地市5G网络覆盖情况")
    scen = "C-证明/C3 场景应用证明.xlsx"
    book = workbook()
    matrix = [["工厂", *SCENES, "合计"], *[[f, *[1 if s in own_ else "" for s in SCENES], len(own_)] for f, own_ in zip(firms, scenes, strict=True)]]
    ws = sheet(book, "场景", [["松漠市工业和信息化局　2024年8月　典型应用场景核查表（1为已应用）"] + [""] * 21, *matrix], ["A1:V1"], [30])
    assert ws.max_row == 7
    pkg.xlsx(scen, book)
    fac = "C-证明/C4 省通信管理局转发通知.pdf"
    rows = [["序号", "市（地）", "企业", "5G工厂名称"], *[[str(k), city, f, p] for k, (f, p) in enumerate(zip(firms, projects, strict=True), 1)], ["6", "大庆市", "大庆油城装备有限公司", "抽油机5G工厂"], ["7", "哈尔滨市", "哈尔滨松北电机有限公司", "汽轮发电机5G工厂"]]
    pkg.pdf(fac, [title("黑龙江省通信管理局　黑龙江省工业和信息化厅", 18), right("黑通管发〔2023〕66号"), title("关于转发《工业和信息化部办公厅关于公布2023年5G工厂名录的通知》的通知", 17), P("各市（地）工业和信息化局、各基础电信企业：工业和信息化部办公厅以工信厅信管函〔2023〕337号公布了2023年5G工厂名录，现予转发，并将我省入选项目列后。", 13.5), grid(rows, [40, 80, 170, 150], size=10.5), Spacer(1, 16), Seal("黑龙江省通信管理局", x=290, y=-50, seed=154), right("2023年12月12日　")])
    pkg.table(fac, rows, quote="黑通管发〔2023〕66号")
    tit = "C-证明/C5 部级称号证明材料.zip"
    head = ["序号", "单位", "名称"]
    inner = {"1示范基地.pdf": award("工业和信息化部", "工信部规函〔2020〕7号", "国家新型工业化产业示范基地名单", "2020年1月14日", [head, ["26", prov, "重型装备·松漠经济技术开发区"]], "现予公布。"),
             "2绿色园区.pdf": award("工业和信息化部办公厅", "工信厅节函〔2023〕64号", "2022年度绿色制造名单", "2023年3月24日", [head, ["9", "松漠石墨产业园", "国家级绿色工业园区"]], "现予公布。"),
             "3揭榜单位.pdf": award("工业和信息化部等四部门", "工信部联通装〔2022〕166号", "智能制造示范工厂揭榜单位名单", "2022年12月1日", [head, ["55", firms[0], "重型机床智能制造示范工厂"]], "现予公布。"),
             "4服务型制造.pdf": award("工业和信息化部", "工信部政法函〔2023〕118号", "服务型制造示范名单", "2023年12月28日", [head, ["17", "松漠工业云平台有限公司", "服务型制造示范平台"]], "现予公布。"),
             "5领航案例.pdf": award("工业和信息化部办公厅", "工信厅信发函〔2024〕31号", "2023年工业互联网平台创新领航应用案例名单", "2024年1月30日", [head, ["82", firms[3], "石墨行业平台化设计创新领航应用案例"]], "现予公布。")}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, flow in inner.items():
            data = pdf_bytes(flow)
            archive.writestr(name, data)
            pkg.put(f"{tit}/{name}", data, "proof", "text", pages_of(data), True)
    (pkg.root / tit).write_bytes(buffer.getvalue())
    certs = []
    for k, (office, text) in enumerate((("松漠市应急管理局", "2021年1月至2024年8月，松漠市未发生重大及以上生产安全事故。"), ("松漠市互联网信息办公室", "2021年1月至2024年8月，松漠市未发生重大网络安全事件，申报单位未提供虚假材料。"))):
        path = f"C-证明/C6-{k + 1} {office}.docx"
        certs.append(path)
        doc = word()
        word_title(doc, "情况证明", 20)
        doc.add_paragraph(text)
        doc.add_paragraph(f"{office}　2024年9月{k + 10}日")
        pkg.docx(path, doc)
    blank = "C-证明/扫描全能王 2024-09-20.pdf"
    pkg.pdf(blank, scan(pdf_bytes([Spacer(1, 10), PageBreak(), Spacer(1, 10)], footer=False), seed=155), "other")
    pkg.truth["documents"][blank].update({"readable": False, "lane": "scan"})
    (pkg.root / "C-证明/~$场景应用证明.xlsx").write_bytes(b"\x06user" + bytes(160))

    zipped = [f"{tit}/{name}" for name in inner]
    extra = aside(pkg, "C-证明/C7 知识产权.pdf", "松漠市市场监督管理局（知识产权局）", "关于专利快速预审数量的证明", f"松漠市知识产权保护中心受理快速预审{said.base['services.ip_protection']}件。", "2024年9月5日")
    pkg.condition(POLICY, "met", 1, "市委、市政府联合出台的专项意见，全文在。", [(plan, "松发〔2024〕3号")], [(pol, "松发〔2024〕3号"), (pol, "加快“5G+工业互联网”融合发展的意见")])
    pkg.condition(COVERAGE, "met", 33.8, "9180÷271.6=33.8，月报本市行一致。", [(plan, "每万人拥有5G基站33.8个")], [(cov, "松漠市9180271.633.8")])
    pkg.condition(SCENARIOS, "review", None, "自称5家，自己的表2和核查表里寒地汽车只有9个，均为官方场景。", [(plan, "10个以上典型应用场景的工厂共5家"), (plan, firms[2])], [(scen, firms[2])])
    pkg.condition(FACTORY, "met", 5, "省局转发通知所列本市5项；大庆、哈尔滨不计。", [(plan, "松漠市有5个项目在列")], [(fac, "黑通管发〔2023〕66号"), (fac, firms[4])])
    pkg.condition(TITLES, "met", 5, "五份通知各一项。", [(plan, "部级称号5项")], [(zipped[0], "重型装备·松漠经济技术开发区"), (zipped[4], "石墨行业平台化设计创新领航应用案例")])
    pkg.condition(VISIT, "met", None, "应急、网信两份证明合起来三项齐全。", [(plan, "未发生重大网络安全事件、未发生重大安全生产事故")], [(certs[0], "未发生重大及以上生产安全事故"), (certs[1], "未发生重大网络安全事件")])
    facts(pkg, said, targets, {POLICY: [pol], COVERAGE: [cov], SCENARIOS: [scen], FACTORY: [fac], TITLES: zipped, VISIT: certs, "services.ip_protection": extra})
    pkg.truth["traps"] = ["表2里一家工厂只有9个场景，与正文5家不符", "年度安排写在现状之后的括号里", "全空白的扫描件", "转发通知里有他市项目", "全省28.2不计", "称号文件在压缩包里"]
    pkg.save()


# ---------------------------------------------------------------- 8: two cities together, pooled; columns by city, a nested zip

def joint(out):
    a, b, prov = "荆岑市", "沮漳市", "湖北省"
    pkg = Package(out, "荆岑+沮漳联合申报", [a, b], prov, "pass")
    years = ("2026", "2027", "2028")
    fa = ["荆岑楚纺纤维有限公司", "湖北荆锐数控有限公司", "荆岑汉江化工有限公司", "荆岑云梦光缆有限公司"]
    fb = ["沮漳柑橘深加工有限公司", "湖北漳河水泵有限公司", "沮漳磷铵新材有限公司"]
    stars = {
        POLICY: "两市政府共同发布《荆岑沮漳推进“5G+工业互联网”一体化发展若干措施》（荆岑政发〔2025〕9号），这是两市合用的专项政策",
        COVERAGE: "两市合计5G基站25344个、常住人口745.6万人，合每万人34.0个；分开看，荆岑市37.6个，沮漳市29.4个",
        SCENARIOS: "具备10个以上典型应用场景的工厂，荆岑市4家，沮漳市2家，合计6家",
        FACTORY: "进入工业和信息化部《5G工厂名录》的项目，荆岑市3个，沮漳市3个，合计6个",
        TITLES: "部级及以上称号合计6项：荆岑市3项，沮漳市2项，两市共有的国家先进制造业集群1项",
        VISIT: "两市成立联合推进办公室，书记轮值；两市近三年均未发生重大网络安全事件和重大安全生产事故，材料均属实、没有虚假",
    }
    said = Said("两市", 0, 1.9, stars)
    chosen = [i for i in IDS if i in said.base and VOICES[i][1] != "%"][1::2]
    now = [["核心数据", a, b, "两市合计"], ["5G基站（个）", "15604", "9740", "25344"], ["常住人口（万人）", "414.6", "331.0", "745.6"], ["每万人拥有5G基站（个）", "37.6", "29.4", "34.0"], ["十场景工厂（家）", "4", "2", "6"], ["5G工厂名录（个）", "3", "3", "6"]] + [[f"{said.name(i)[0]}（{said.name(i)[1]}）", *parts_of(said.base[i]), said.base[i]] for i in chosen]
    goal = [["目标（两市合计）", *[f"{y}年" for y in years]], ["每万人拥有5G基站（个）", "36", "39", "42"], ["十场景工厂（家）", "8", "11", "15"], ["5G工厂名录（个）", "8", "11", "14"], ["部级及以上称号（项）", "6", "7", "8"]] + [[f"{said.name(i)[0]}（{said.name(i)[1]}）", *said.aims(i)] for i in chosen]
    flow = [title("荆岑市、沮漳市联合申报“5G+工业互联网”融合应用先导区", 19), title("试 点 工 作 方 案", 20), H("第一篇　缘起"), P("荆岑、沮漳隔江相望，产业互补。湖北省每万人拥有5G基站28个，武汉市41.3个。", 13.5), H("第二篇　联合基础")]
    for n, (key, name, groups) in enumerate(LEVELS, 1):
        flow.append(H(f"2-{n}　{name}", 2))
        flow += [P(f"（{m}）{said.text[i]}。", 13.5) for m, i in enumerate((f"{key}.{x}" for _, ids in groups for x in ids), 1)]
    flow += [left("表甲　两市现状对照", 13, True), grid(now, size=10.5), H("第三篇　联合目标"), left("表乙　分年度目标", 13, True), grid(goal, size=10.5), H("第四篇　联合机制"), P("拟共建江汉工业互联网研究院，谋划申报国家产融合作试点城市。到2028年沮漳市每万人拥有5G基站力争突破36个。", 13.5)]
    plan = "联合方案.pdf"
    pkg.pdf(plan, flow, "plan")
    pkg.table(plan, now, quote="表甲　两市现状对照")
    pkg.table(plan, goal, quote="表乙　分年度目标")
    pkg.pdf("鄂政函.pdf", letter("湖北省人民政府关于推荐荆岑市、沮漳市联合申报先导区试点的函", "工业和信息化部：", ["荆岑、沮漳两市地域相近、优势互补，现推荐两市联合申报“5G+工业互联网”融合应用先导区试点。"], "湖北省人民政府", "2025年9月22日", "鄂政函〔2025〕131号", 171), "letter", {"seed": 171, "tilt": 0.9}, footer=False)
    agree = "两市联合申报协议.docx"
    doc = word()
    word_title(doc, "荆岑市人民政府　沮漳市人民政府联合申报协议", 16)
    for t in ("甲方：荆岑市人民政府　　乙方：沮漳市人民政府", "双方同意联合申报先导区试点，统一规划、分市实施、成果共享、责任共担。", "2025年8月20日"):
        doc.add_paragraph(t)
    pkg.docx(agree, doc, "other")
    pol = "共同材料/若干措施.pdf"
    pkg.pdf(pol, redhead("荆岑市人民政府", "荆岑政发〔2025〕9号", "荆岑市人民政府　沮漳市人民政府关于印发《荆岑沮漳推进“5G+工业互联网”一体化发展若干措施》的通知", "两市各县（市、区）人民政府，有关部门：", ["现将《荆岑沮漳推进“5G+工业互联网”一体化发展若干措施》印发给你们，请遵照执行。", "一、共建跨江5G工业专网。二、互认改造补贴。三、共享典型应用场景案例。四、联合培养人才。", "本措施自印发之日起施行，有效期三年。"], "2025年3月3日", seed=172))
    cov = "共同材料/通信管理局数据函.pdf"
    covrows = [["城市", "5G基站（个）", "2024年末常住人口（万人）", "每万人拥有5G基站（个）"], [a, "15604", "414.6", "37.6"], [b, "9740", "331.0", "29.4"], ["合计", "25344", "745.6", "34.0"]]
    pkg.pdf(cov, [title("湖北省通信管理局", 20), title("关于提供荆岑、沮漳两市5G基站数据的函", 18), left("荆岑市、沮漳市人民政府："), P("截至2025年6月底，两市5G基站和人口情况如下：", 14), grid(covrows, size=11), Spacer(1, 22), Seal("湖北省通信管理局", x=290, y=-54, seed=173), right("湖北省通信管理局　　"), right("2025年7月18日　　")])
    pkg.table(cov, covrows, quote="关于提供荆岑、沮漳两市5G基站数据的函")
    pledges = []
    for k, c in enumerate((a, b)):
        path = f"共同材料/{c}承诺.pdf"
        pledges.append(path)
        pkg.pdf(path, letter(f"{c}人民政府承诺书", None, [f"{c}承诺：2022年9月以来本市未发生重大网络安全事件、重大安全生产事故；申报材料未弄虚作假、不含虚假材料。"], f"{c}人民政府", f"2025年9月{k + 8}日", seed=174 + k), scanned={"seed": 174 + k, "tilt": 1.0} if k else None, footer=False)
    fac = "共同材料/5G工厂名录2024（摘录）.pdf"
    flow, _ = notice(2024, roll([*zip(fa[:3], ["涤纶长丝5G工厂", "数控机床5G工厂", "精细化工5G工厂"], strict=True), *zip(fb, ["柑橘加工5G工厂", "水泵5G智能工厂", "磷铵5G工厂"], strict=True), ("武汉光谷鼎元激光有限公司", "激光器5G工厂")], prov, 28, 176), ("序号", "省份", "企业名称", "项目名称"))
    pkg.pdf(fac, flow)
    head = ["序号", "单位", "名称"]
    parts = {a: [*award("工业和信息化部", "工信部规函〔2021〕25号", "国家新型工业化产业示范基地名单", "2021年2月9日", [head, ["18", prov, "纺织服装·荆岑高新区"]], "现予公布。"), *award("工业和信息化部等四部门", "工信部联通装〔2022〕166号", "智能制造示范工厂揭榜单位名单", "2022年12月1日", [head, ["44", fa[1], "数控机床智能制造示范工厂"]], "现予公布。"), *award("工业和信息化部办公厅", "工信厅通信函〔2023〕301号", "千兆城市名单", "2023年12月12日", [head, ["50", a, "千兆城市"]], "现予公布。")],
             b: [*award("工业和信息化部办公厅", "工信厅节函〔2024〕17号", "绿色制造名单", "2024年1月19日", [head, ["66", fb[2], "国家级绿色工厂"]], "现予公布。"), *award("工业和信息化部", "工信部政法函〔2023〕118号", "服务型制造示范名单", "2023年12月28日", [head, ["29", fb[1], "服务型制造示范企业"]], "现予公布。")]}
    cluster = award("工业和信息化部", "工信部规函〔2024〕88号", "国家先进制造业集群名单", "2024年4月25日", [head, ["11", "荆岑市、沮漳市", "江汉化工新材料集群"]], "现予公布。")
    tits, scens = [], []
    nested = io.BytesIO()
    for city, firms, counts, seed in ((a, fa, (12, 10, 10, 11), 180), (b, fb[:2], (10, 13), 190)):
        rows = [["企业", "应用场景（已投用）", "个数"], *[[f, "\n".join(mixed(seed + k, n)), str(n)] for k, (f, n) in enumerate(zip(firms, counts, strict=True))]]
        doc = word()
        word_title(doc, f"{city}典型应用场景企业确认表", 17)
        word_table(doc, rows)
        doc.add_paragraph(f"{city}经济和信息化局（章）　2025年8月5日")
        tdata = pdf_bytes([*parts[city], PageBreak(), *cluster])
        if city == a:
            pkg.docx(f"{city}材料/场景确认表.docx", doc)
            scens.append(f"{city}材料/场景确认表.docx")
            pkg.pdf(f"{city}材料/称号.pdf", tdata)
            tits.append(f"{city}材料/称号.pdf")
            pkg.table(scens[0], rows)
        else:
            buffer = io.BytesIO()
            doc.save(buffer)
            z = f"{city}材料.zip"
            with zipfile.ZipFile(nested, "w") as archive:
                for name, data, texts, paged in (("场景确认表.docx", buffer.getvalue(), [word_text(doc)], False), ("称号.pdf", tdata, pages_of(tdata), True)):
                    archive.writestr(f"{city}材料/{name}", data)
                    pkg.put(f"{z}/{city}材料/{name}", data, "proof", "text", texts, paged)
            (pkg.root / z).write_bytes(nested.getvalue())
            scens.append(f"{z}/{city}材料/场景确认表.docx")
            tits.append(f"{z}/{city}材料/称号.pdf")

    extra = aside(pkg, "共同材料/引导基金实缴证明.docx", "荆岑沮漳产业投资基金管理有限公司", "母基金实缴出资证明", f"两市共同发起的智造母基金实缴{said.base['policy.industry_finance']}亿元。", "2025年7月1日")
    pkg.condition(POLICY, "met", 1, "两市政府联合印发的专项措施。", [(plan, "荆岑政发〔2025〕9号")], [(pol, "荆岑政发〔2025〕9号"), (pol, "一体化发展若干措施")])
    pkg.condition(COVERAGE, "met", 34.0, "合计25344÷745.6=34.0；沮漳市29.4单独不足，按合计判。", [(plan, "合每万人34.0个")], [(cov, "合计25344745.634.0"), (cov, "沮漳市9740331.029.4")])
    pkg.condition(SCENARIOS, "met", 6, "荆岑4家、沮漳2家，合计6家。", [(plan, "荆岑市4家，沮漳市2家，合计6家")], [(scens[0], fa[0]), (scens[1], fb[0])])
    pkg.condition(FACTORY, "met", 6, "名录内荆岑3个、沮漳3个；武汉一行不计。", [(plan, "荆岑市3个，沮漳市3个，合计6个")], [(fac, fa[0]), (fac, fb[2])])
    pkg.condition(TITLES, "met", 6, "3+2+共有集群1，集群文件两市各附一份只计一次。", [(plan, "部级及以上称号合计6项")], [(tits[0], "纺织服装·荆岑高新区"), (tits[1], "服务型制造示范企业"), (tits[0], "江汉化工新材料集群")])
    pkg.condition(VISIT, "met", None, "两市各有承诺书。", [(plan, "两市近三年均未发生重大网络安全事件和重大安全生产事故")], [(pledges[0], "未发生重大网络安全事件、重大安全生产事故"), (pledges[1], "未发生重大网络安全事件、重大安全生产事故")])
    facts(pkg, said, dict.fromkeys([*chosen, COVERAGE, SCENARIOS, FACTORY, TITLES], years), {POLICY: [pol], COVERAGE: [cov], SCENARIOS: scens, FACTORY: [fac], TITLES: tits, VISIT: pledges, "policy.industry_finance": extra})
    pkg.truth["traps"] = ["沮漳市单独29.4不足，合计34.0", "共有集群在两市材料里各出现一次", "名录里武汉一行不计", "武汉41.3、全省28不计", "一市材料在zip里", "沮漳36个是目标"]
    pkg.save()


MAKERS = [wulan, dalian, yanting, taoyuan, qianling, jinglan, songmo, joint]


def main():
    out, wanted = Path(sys.argv[1]), set(sys.argv[2:])
    out.mkdir(parents=True, exist_ok=True)
    here = Path(__file__).resolve().parent
    sources = [p.read_text(encoding="utf-8") for p in (*here.glob("*.py"), here.parent / "package_bank.py", here.parent / "package_tools.py")]
    with tempfile.TemporaryDirectory() as fonts:
        register_fonts(fonts, sources)
        for maker in MAKERS:
            if not wanted or maker.__name__ in wanted:
                maker(out)


if __name__ == "__main__":
    main()
