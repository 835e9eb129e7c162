"""Build made-up submissions with their truth: `python make_packages.py OUT [NAME …]`.

Every city, firm, figure, document number and seal is invented. BLIND_FONT and BLIND_FONT_BOLD name other fonts than Noto Serif CJK.
"""
import io
import random
import re
import sys
import tempfile
import zipfile
from pathlib import Path

from package_bank import BANK, LEVEL3, LEVELS, SCENES, TASKS, THOUGHTS
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
    word_title,
    workbook,
)
from reportlab.platypus import PageBreak

COVERAGE, SCENARIOS, FACTORY, TITLES = "infrastructure.coverage_5g", "application.scenarios", "application.factory_5g", "ecosystem.national_titles"
POLICY, VISIT = "policy.special_policy", "site_visit.preparation"
STARRED = {COVERAGE: ("每万人拥有5G基站数", "个"), SCENARIOS: ("具备10个以上典型应用场景的工厂", "家"), FACTORY: ("入选5G工厂名录项目", "个"), TITLES: ("部级及以上称号", "项")}
CN = "一二三四五六七八九十"
IDS = [f"{g}.{i}" for g, _, groups in LEVELS for _, ids in groups for i in ids]


def number(value):
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def figure(indicator, factor):
    _, unit, base, _, _ = BANK[indicator]
    if unit in ("%", "ms") or indicator == "application.regional_features":
        return base
    value = base * factor
    return round(value, 1) if isinstance(base, float) or (unit == "亿元" and value < 10) else round(value)


def present(city, variant, factor, skip=()):
    """Indicator → the sentence on its present state."""
    return {i: BANK[i][4][(variant + k * (1 + variant % 4)) % 5].format(v=number(figure(i, factor)), c=city) for k, i in enumerate(BANK) if i not in skip}


def above(said):
    """The number of larger manufacturers that the plan states."""
    return re.search(r"规(?:模以)?上制造业\D*(\d+)", said["ecosystem.key_enterprises"])[1]


def aims(ids, factor, starred):
    """Rows name, unit, base, three yearly targets, id; `starred` gives those of the mandatory ones."""
    rows = []
    for i in IDS:
        if i in starred:
            rows.append([*STARRED[i], *starred[i], i])
        elif i in ids:
            name, unit, _, grow, _ = BANK[i]
            base = figure(i, factor)
            rows.append([name, unit, base, *[round(base + grow * k, 1) for k in (1, 2, 3)], i])
    return [[number(c) for c in row] for row in rows]


def indicators(pkg, sentences, starred_said, target_ids, years, proofs):
    for i in IDS:
        pkg.truth["indicators"][i] = {"baseline": i in sentences or i in starred_said, "targets": list(years) if i in target_ids else [], "proofs": proofs.get(i, [])}


def body_pdf(said, style="levels", start=1):
    """The chapter on present conditions as flow: with all levels, by level 1 only, or with leads."""
    flow = []
    for g, (key, name, groups) in enumerate(LEVELS):
        if style == "levels":
            flow.append(H(f"（{CN[g]}）{name}", 2))
            for k, (level2, ids) in enumerate(groups, 1):
                if not any(f"{key}.{i}" in said for i in ids):
                    continue
                flow.append(H(f"{k}.{level2}", 3))
                for m, i in enumerate(ids, 1):
                    if f"{key}.{i}" in said:
                        flow += [P(f"（{m}）{LEVEL3[f'{key}.{i}']}。{t}") if j == 0 else P(t) for j, t in enumerate(said[f"{key}.{i}"].split("\n"))]
        elif style == "prose":
            flow.append(H(f"（{CN[g]}）{name}", 2))
            for level2, ids in groups:
                texts = [t for i in ids if f"{key}.{i}" in said for t in said[f"{key}.{i}"].split("\n")]
                if texts:
                    flow.append(P("".join(texts) if level2 != "其他" else "立足本地特色，" + "".join(texts)))
        else:
            flow.append(H(f"第{CN[g]}节　{name}", 2))
            for level2, ids in groups:
                for i in ids:
                    if f"{key}.{i}" in said:
                        lead = level2 if level2 != "其他" else "区域特色"
                        flow += [P(f"——{lead}。{t}" if j == 0 else t) for j, t in enumerate(said[f"{key}.{i}"].split("\n"))]
    return flow


def body_docx(doc, said, levels=3):
    for key, name, groups in LEVELS:
        doc.add_heading(name, 2)
        for level2, ids in groups:
            if any(f"{key}.{i}" in said for i in ids) and levels == 3:
                doc.add_heading(level2, 3)
            for i in ids:
                for j, t in enumerate(said.get(f"{key}.{i}", "").split("\n")):
                    if t:
                        doc.add_paragraph(f"{LEVEL3[f'{key}.{i}']}：{t}" if j == 0 and levels == 2 else t)


def tasks(city):
    return [(n, t.format(c=city[:-1])) for n, t in THOUGHTS] + [(name, f"{text}由{city}工业和信息化主管部门牵头，有关部门按职责分工负责。") for name, text in TASKS]


FIRST, KINDS = "瑞恒启昌泰德明远锦博海天金龙润丰正华宏盛立信新锐元通".strip(), ["汽车零部件", "家用电器", "精密轴承", "输送设备", "光电显示", "轮胎橡胶", "特种钢管", "纺织印染", "水泥建材", "液压机械", "乳品加工", "锂电材料", "制药", "造纸", "船用柴油机"]
PLACES = [("江苏省", "苏南市"), ("广东省", "粤塘市"), ("浙江省", "甬岩市"), ("山东省", "鲁岬市"), ("四川省", "岷川市"), ("河南省", "嵩原市"), ("湖北省", "楚皋市"), ("安徽省", "皖岭市"), ("福建省", "闽汀市"), ("辽宁省", "辽浦市"), ("陕西省", "渭塬市"), ("湖南省", "湘浔市")]


def national_list(own, province, total, seed, columns):
    """Rows of a national list: own projects (firm, project) strewn among others."""
    rng, rows, used = random.Random(seed), [], set()
    while len(rows) < total - len(own):
        prov, place = rng.choice([p for p in PLACES if p[0] != province])
        kind = rng.choice(KINDS)
        firm = f"{place[:-1]}{''.join(rng.sample(FIRST, 2))}{kind}有限公司"
        if firm not in used:
            used.add(firm)
            rows.append({"企业名称": firm, "项目名称": f"{kind}{rng.choice(['5G工厂', '5G智慧工厂', '5G全连接工厂', '5G数字车间项目'])}", "所在城市": place, "推荐单位": f"{prov}工业和信息化厅、{prov}通信管理局", "省份": prov})
    for firm, project, place in own:
        rows.insert(rng.randrange(len(rows)), {"企业名称": firm, "项目名称": project, "所在城市": place, "推荐单位": f"{province}工业和信息化厅、{province}通信管理局", "省份": province})
    table = [["序号", *columns]]
    for k, row in enumerate(rows, 1):
        table.append([str(k), *[row[c] for c in columns]])
    return table


def recommend(province, city, to, years, seed, number_="函〔2024〕31号", office=True, date="2024年9月18日"):
    issuer = f"{province}人民政府办公厅" if office else f"{province}人民政府"
    return letter(f"{issuer}关于推荐{city}申报“5G+工业互联网”融合应用先导区试点的函", f"{to}：",
                  [f"根据《“5G+工业互联网”融合应用先导区试点工作规则（暂行）》，经审核，现推荐{city}申报“5G+工业互联网”融合应用先导区试点，试点期为{years}。",
                   "试点工作方案及支撑证明材料随函报送，请予支持。"], issuer, date, number_, seed)


def overview(city, province, area, pop, gdp, extra):
    return [f"{city}位于{province}{area}，是区域性工业城市，常住人口{pop}万人，上年地区生产总值{gdp}亿元，形成了门类较为齐全的工业体系。",
            "近年来，我国5G网络建设和工业互联网发展取得明显成效，“5G+工业互联网”在建项目超过1万个，应用由生产外围环节向核心环节延伸。",
            *extra]


# ---------------------------------------------------------------- 1: all proven, Word plan with automatic numbers

def yigang(out):
    city, prov = "沂港市", "山东省"
    pkg = Package(out, "沂港市申报材料（山东）", [city], prov, "pass")
    years = ("2024", "2025", "2026")
    said = present("沂港", 0, 1.0)
    said[POLICY] = "2023年7月，市政府印发《沂港市推动“5G+工业互联网”规模化应用若干措施》（沂港政字〔2023〕25号），提出18条支持举措，有效期至2026年12月31日，首批兑现已完成。"
    said[COVERAGE] = "截至2023年12月底，全市5G基站22586个，常住人口603.4万人，每万人拥有5G基站37.4个，比全省平均水平高出5.2个。\n其中港区每万人拥有5G基站62个，实现连续覆盖。"
    said[SCENARIOS] = "对照部颁20个典型应用场景，全市具备10个以上典型应用场景的工厂6家，另有2家工厂正在补齐。"
    said[FACTORY] = "我市7个项目列入工业和信息化部《2023年5G工厂名录》；此外，省级5G工厂21个、种子库企业40家作为后备力量。"
    said[TITLES] = "全市获得部级及以上称号6项，分别为国家新型工业化产业示范基地、国家产融合作试点城市、千兆城市、智能制造示范工厂揭榜单位、工业互联网试点示范项目、国家级绿色工业园区。"
    said[VISIT] = "成立由市长任组长的先导区建设领导小组，抽调12人集中办公；近三年来全市没有发生过重大网络安全事件和重大安全生产事故，所报材料无虚假内容。"
    rows = aims({i for i in BANK if BANK[i][0]}, 1.0, {COVERAGE: [37.4, 40, 43, 46], SCENARIOS: [6, 8, 11, 15], FACTORY: [7, 9, 11, 14], TITLES: [6, 7, 8, 10]})
    table = [["指标", "单位", "2023年实际", "2024年目标", "2025年目标", "2026年目标"], *[r[:6] for r in rows]]

    plan = "1.沂港市先导区试点工作方案（报批稿）.docx"
    doc = word(numbered=True)
    word_title(doc, "沂港市“5G+工业互联网”融合应用先导区试点工作方案")
    doc.add_heading("总体情况", 1)
    for t in overview(city, prov, "东南沿海", "603.4", "4826.5", ["全省每万人拥有5G基站32.2个，为我市建设先导区提供了良好环境。",
                      "试点期满，我市将建成港口工业特色鲜明、辐射周边的先导区。"]):
        doc.add_paragraph(t)
    doc.add_heading("基础条件", 1)
    body_docx(doc, said)
    doc.add_heading("年度目标", 1)
    doc.add_paragraph("试点期间分年度目标见表1。")
    doc.add_paragraph("表1　先导区建设指标现状与分年度目标")
    word_table(doc, table)
    doc.add_heading("重点任务", 1)
    for name, text in tasks(city):
        doc.add_heading(name, 2)
        doc.add_paragraph(text)
    doc.add_heading("保障措施", 1)
    doc.add_paragraph("严格落实安全责任，坚决防范重大网络安全事件和重大安全生产事故；一旦发生，立即启动应急预案并按规定报告。")
    pkg.docx(plan, doc, "plan")

    form = "2.申报表.docx"
    doc = word()
    word_title(doc, "“5G+工业互联网”融合应用先导区申报表", 18)
    frows = [["申报城市", "沂港市", "所在省份", "山东省"], ["牵头部门", "沂港市工业和信息化局", "联系人", "林某某"], ["核心指标（*为不可偏离条件）", "核心指标（*为不可偏离条件）", "自评情况", "佐证位置"],
             ["*专项政策", "不少于1项", "1项", "佐证1-1"], ["*每万人拥有5G基站数", "超过30个", "37.4个", "佐证2-1"], ["*典型应用场景", "≥10个场景的工厂不少于5家", "6家", "佐证3-1"],
             ["*5G工厂", "试点示范1个或名录5个", "名录7个", "佐证3-2"], ["*部级及以上称号", "不少于5项", "6项", "佐证4"], ["*安全与诚信", "无重大事件", "无", "佐证6"]]
    word_table(doc, frows, merges=[((2, 0), (2, 1))])
    pkg.docx(form, doc, "form")
    pkg.pdf("0.推荐函/鲁政办函（扫描）.pdf", recommend(prov, city, "工业和信息化部办公厅", "2024—2026年", 3), "letter", {"seed": 3, "tilt": 0.8}, footer=False)

    pol = "佐证/1发展政策/沂港政字〔2023〕25号.pdf"
    pkg.pdf(pol, redhead("沂港市人民政府", "沂港政字〔2023〕25号", "沂港市人民政府关于印发《沂港市推动“5G+工业互联网”规模化应用若干措施》的通知", "各县（市、区）人民政府，市政府有关部门，各有关单位：",
            ["现将《沂港市推动“5G+工业互联网”规模化应用若干措施》印发给你们，请认真贯彻执行。", "一、支持企业建设5G工厂。对入选国家5G工厂名录的企业，给予一次性奖励100万元。", "二、支持5G专网改造。按改造投入的15%给予补助，单户最高不超过300万元。",
             "三、支持场景开放。到2025年，全市具备10个以上典型应用场景的工厂达到10家。", "四、支持平台和网络建设。对新建边缘计算节点、标识解析二级节点给予补助。", "本措施自印发之日起施行，有效期至2026年12月31日。"],
            "2023年7月11日", "抄送：市委办公室，市人大常委会办公室，市政协办公室。", seed=5), scanned={"seed": 11, "tilt": 0.9})
    cert = "佐证/2基础设施/省通信管理局复函.pdf"
    pkg.pdf(cert, letter("关于沂港市5G基站有关数据的复函", "沂港市人民政府：", ["你市《关于商请核实5G网络建设数据的函》收悉。经核，现函复如下：",
            "截至2023年12月31日，沂港市行政区域内在网运行5G基站共计22586个（共享站址已去重，不含4G基站及室内微站）。以你市2023年末常住人口603.4万人计算，每万人拥有5G基站数为37.4个。",
            "同期全省为每万人32.2个。本复函仅用于先导区试点申报。"], "山东省通信管理局", "2024年6月4日", "鲁通管函〔2024〕57号", 7), scanned={"seed": 12, "tilt": 1.3}, footer=False)
    stat = "佐证/2基础设施/2023年统计公报（节选）.ofd"
    pages = [["初步核算，全年实现地区生产总值4826.5亿元，比上年增长6.1%。", "年末全市常住人口603.4万人，户籍人口655.8万人，常住人口城镇化率66.2%。", f"年末规模以上制造业企业{above(said)}家。", f"全年登记技术合同成交额{number(figure('services.technology_transfer', 1.0))}亿元。"],
             ["年末5G基站22586个，比上年末增加5120个。5G移动电话用户365.2万户。", "全年各类生产安全事故死亡人数下降12%，未发生重大及以上生产安全事故。"]]
    pkg.put(stat, ofd_bytes([ofd_page("2023年沂港市国民经济和社会发展统计公报（节选）", pages[0]), ofd_page("十、信息通信与安全生产", pages[1], ["沂港市统计局", "2024年3月20日"])]), "proof",
            texts=[squash("2023年沂港市国民经济和社会发展统计公报（节选）" + "".join(pages[0])), squash("".join(pages[1]))], paged=True)

    matrix = "佐证/3行业应用/典型场景对照矩阵.xlsx"
    rng = random.Random(41)
    firms = ["沂港船舶重工有限公司", "山东临港特钢股份有限公司", "沂港华洋粮油工业有限公司", "沂港光纤光缆有限公司", "沂港东岳重型叉车有限公司", "山东碧海纸业有限公司", "沂港荣升轮胎有限公司", "沂港海洋食品有限公司"]
    counts = [14, 13, 12, 11, 10, 10, 8, 7]
    head = ["典型应用场景（部颁）", *firms]
    picks = [set(rng.sample(range(20), n)) for n in counts]
    mrows = [["沂港市重点工厂“5G+工业互联网”典型应用场景对照表（√为已建成运行，○为在建）", *[""] * 8], head]
    for k, scene in enumerate(SCENES):
        mrows.append([f"{k + 1}.{scene}", *["√" if k in p else "○" if f >= 6 and k % 6 == 0 else "" for f, p in enumerate(picks)]])
    mrows.append(["建成场景数", *counts])
    mrows.append(["核验单位：沂港市工业和信息化局（盖章）　　核验日期：2024年6月20日", *[""] * 8])
    book = workbook()
    sheet(book, "场景矩阵", mrows, merges=["A1:I1", "A24:I24"], widths=[26] + [16] * 8)
    sheet(book, "填表说明", [["说明"], ["自建场景（如智能仓储、视频监控）不列入本表。"], ["在建场景不计入合计。"]], widths=[60])
    pkg.xlsx(matrix, book)
    listed = "佐证/3行业应用/工信部2023年5G工厂名录.pdf"
    own = [(f, p, city) for f, p in zip(firms[:7], ["大型船舶分段智能制造5G工厂", "特钢冷轧5G全连接工厂", "粮油加工5G智慧工厂", "光纤拉丝5G工厂", "重型叉车柔性装配5G工厂", "生活用纸5G工厂", "全钢胎5G数字工厂"], strict=True)]
    nl = national_list(own, prov, 46, 8, ["推荐单位", "项目名称", "企业名称", "所在城市"])
    pkg.pdf(listed, [left("工信厅信管函〔2023〕324号", 12), title("工业和信息化部办公厅关于公布2023年5G工厂名录的通知", 18), P("各省、自治区、直辖市工业和信息化主管部门、通信管理局：", 12),
            P("经企业申报、地方推荐、专家评审和公示，现公布《2023年5G工厂名录》（节选）。", 12), right("工业和信息化部办公厅", 12), right("2023年11月29日", 12), PageBreak(), title("2023年5G工厂名录（节选）", 16), grid(nl, [34, 130, 130, 120, 50], 9)])

    z = "佐证/4产业生态/称号证明（原图及通知）.zip"
    photos = {"牌匾/IMG_20240611_0932.jpg": (["国家新型工业化产业示范基地", "船舶与海洋工程装备·沂港临港园区", "工业和信息化部", "二〇二一年三月"], True), "牌匾/IMG_20240611_0940.jpg": (["国家级绿色工业园区", "沂港经济技术开发区", "工业和信息化部", "二〇二二年"], False)}
    data = {n: plaque([(lines[0], 62, (140, 20, 20)), (lines[1], 42, (40, 40, 40)), ("", 20, (0, 0, 0)), (lines[2], 46, (40, 40, 40)), (lines[3], 36, (60, 60, 60))], k, gold) for k, (n, (lines, gold)) in enumerate(photos.items())}
    notice = pdf_bytes([title("部级称号公布文件汇编", 18), H("一、国家产融合作试点城市（工信部联财〔2021〕19号）"), P("工业和信息化部、财政部、人民银行、银保监会、证监会关于公布第二批国家产融合作试点城市名单的通知（摘录）。试点城市：沂港市。发布日期：2021年2月3日。", 13),
              H("二、千兆城市"), P("工业和信息化部公布的2023年千兆城市名单（摘录）：沂港市。2023年11月16日。", 13), H("三、智能制造示范工厂揭榜单位"), P("工业和信息化部等五部门公布2023年度智能制造示范工厂揭榜单位名单（摘录）：山东临港特钢股份有限公司，特钢智能制造示范工厂。2023年12月29日。", 13),
              H("四、工业互联网试点示范项目"), P("工业和信息化部2023年工业互联网试点示范项目名单（摘录）：沂港光纤光缆有限公司，工厂类（数字领航方向）。2024年1月8日。", 13)])
    data["公布文件汇编.pdf"] = notice
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for n, b in data.items():
            archive.writestr(n, b)
    (pkg.root / "佐证/4产业生态").mkdir(parents=True, exist_ok=True)
    (pkg.root / z).write_bytes(buffer.getvalue())
    for n, (lines, _) in photos.items():
        pkg.put(f"{z}/{n}", b"", "proof", "scan", [squash("".join(lines))], True)
    pkg.put(f"{z}/公布文件汇编.pdf", b"", "proof", "text", pages_of(notice), True)
    promise = "佐证/6筹备情况/承诺书.pdf"
    pkg.pdf(promise, letter("承　诺　书", "工业和信息化部：", ["沂港市人民政府就申报先导区试点事宜郑重承诺：", "一、2021年以来，本市行政区域内未发生重大网络安全事件，未发生重大安全生产事故。", "二、所提交的申报材料真实、准确、完整，不存在提供虚假材料的情况。", "三、如有违反，愿意承担相应责任。"], "沂港市人民政府", "2024年8月30日", None, 15), scanned={"seed": 15, "tilt": 0.7}, footer=False)
    pkg.put("佐证/Thumbs.db", b"\xd0\xcf\x11\xe0" + b"\0" * 200, "other", readable=False)
    del pkg.truth["documents"]["佐证/Thumbs.db"]

    comp = f"{z}/公布文件汇编.pdf"
    pkg.condition(POLICY, "met", 1, "市政府印发的专项措施，扫描件在材料中，尚在有效期。", [(plan, "沂港政字〔2023〕25号")], [(pol, "沂港政字〔2023〕25号"), (pol, "推动“5G+工业互联网”规模化应用若干措施")])
    pkg.condition(COVERAGE, "met", 37.4, "22586÷603.4=37.4，通信管理局复函一致。", [(plan, "每万人拥有5G基站37.4个")], [(cert, "每万人拥有5G基站数为37.4个"), (stat, "年末全市常住人口603.4万人")])
    pkg.condition(SCENARIOS, "met", 6, "矩阵中6家工厂建成10个以上，○为在建不计。", [(plan, "具备10个以上典型应用场景的工厂6家")], [(matrix, "典型应用场景对照表")])
    pkg.condition(FACTORY, "met", 7, "名录46行中本市7行。", [(plan, "7个项目列入工业和信息化部《2023年5G工厂名录》")], [(listed, "特钢冷轧5G全连接工厂"), (listed, "光纤拉丝5G工厂")])
    pkg.condition(TITLES, "met", 6, "牌匾照片2项、公布文件4项，共6项。", [(plan, "全市获得部级及以上称号6项")], [(comp, "国家产融合作试点城市"), (f"{z}/牌匾/IMG_20240611_0932.jpg", "国家新型工业化产业示范基地")])
    pkg.condition(VISIT, "met", None, "市政府承诺书。", [(plan, "没有发生过重大网络安全事件")], [(promise, "未发生重大网络安全事件"), (promise, "不存在提供虚假材料")])
    indicators(pkg, said, (), {r[6] for r in rows}, years, {POLICY: [pol], COVERAGE: [cert, stat], SCENARIOS: [matrix], FACTORY: [listed], TITLES: [f"{z}/{n}" for n in photos] + [comp], VISIT: [promise, stat],
               "ecosystem.key_enterprises": [stat], "services.technology_transfer": [stat]})
    pkg.table(plan, table)
    pkg.table(form, frows)
    pkg.table(matrix, [head, *mrows[2:23]])
    pkg.table(listed, nl, "推荐单位项目名称")
    pkg.truth["traps"] = ["方案标题编号为自动编号", "目标列在现状列之后", "矩阵里的○是在建", "港区62个是局部", "省级5G工厂21个、种子库40家不计", "全省32.2个不是本市", "称号证明在文件夹内的zip里，两项为牌匾照片", "统计公报为OFD", "户籍人口不能作分母", "“一旦发生”是假设"]
    pkg.truth["traps"].append("经开区每万人58个是局部")
    pkg.save()


# ---------------------------------------------------------------- 2: all proven, prose plan with the policy bound in

def langchuan(out):
    city, prov = "琅川市", "湖北省"
    pkg = Package(out, "琅川先导区报送件", [city], prov, "pass")
    years = ("2025", "2026", "2027")
    skip = {"ecosystem.regional_features", "services.regional_features"}
    said = present("琅川", 3, 1.3, skip)
    said[POLICY] = "2024年3月，市委办公室、市政府办公室联合下发《琅川市“5G+工业互联网”融合赋能三年行动方案（2024—2026年）》，全文附后。原《琅川市工业互联网发展行动计划（2019—2021年）》期满失效。"
    said[COVERAGE] = "经省通信管理局核实，全市在网5G基站二万一千八百四十六个，按常住人口六百一十点二万人计，每万人超过三十五个。"
    said[SCENARIOS] = "6家骨干工厂各自建成部颁典型应用场景10个及以上，最多的达14个，逐厂情况见佐证。"
    said[FACTORY] = "“精密铸造5G全连接工厂”项目2022年入选工业互联网试点示范（5G工厂方向）；另有3个项目列入5G工厂名录，尚不足5个，拟继续争取。"
    said[TITLES] = "累计获得国家部委授予的称号5项；同时拥有省级称号37项。"
    said[VISIT] = "先导区筹备专班已运行半年。自2021年至今，琅川市未发生重大网络安全事件、重大安全生产事故，也没有因提供虚假材料受到处理的情形。"
    plan = "琅川市试点工作方案（含附件）.pdf"
    goals = [("2025年", "每万人拥有5G基站数达到38个，发展管理平台在册项目150个，边缘计算节点45个，具备10个以上典型应用场景的工厂达到8家，国家级专精特新“小巨人”企业70家。"),
             ("2026年", "每万人拥有5G基站数达到41个，发展管理平台在册项目180个，边缘计算节点55个，具备10个以上典型应用场景的工厂达到11家，国家级专精特新“小巨人”企业80家。"),
             ("2027年", "每万人拥有5G基站数达到45个，发展管理平台在册项目220个，边缘计算节点66个，具备10个以上典型应用场景的工厂达到15家，国家级专精特新“小巨人”企业95家。")]
    flow = [Spacer(1, 140), title("琅川市“5G+工业互联网”融合应用先导区试点工作方案", 24), Spacer(1, 280), title("琅川市人民政府", 16), title("二〇二四年九月", 16), PageBreak(), H("第一章　总论")]
    flow += [P(t) for t in overview(city, prov, "中部", "610.2", "3975.8", ["据省通信管理局通报，全省每万人拥有5G基站28个；武汉城市圈部分城市已超过40个。琅川将主动对标，在三年试点期内走出一条中等城市的融合应用之路。"])]
    flow += [H("第二章　发展基础"), *body_pdf(said, "prose"), H("第三章　分年度目标"), P("试点期为2025年至2027年，分三年推进。")]
    flow += [P(f"{y}，{t}") for y, t in goals]
    flow += [H("第四章　主要任务")] + [x for k, (n, t) in enumerate(tasks(city), 1) for x in (H(f"第{CN[k - 1]}节　{n}", 2), P(t))]
    flow += [H("第五章　支撑保障"), P("各成员单位按职责抓好落实，确保试点工作不走样。任何单位不得弄虚作假；发生重大网络安全事件、重大安全生产事故的，从严追责。"), P("附件：琅川市“5G+工业互联网”融合赋能三年行动方案")]
    digital = pdf_bytes(flow)
    annex = pdf_bytes(redhead("中共琅川市委办公室", "琅办发〔2024〕9号", "中共琅川市委办公室　琅川市人民政府办公室关于印发《琅川市“5G+工业互联网”融合赋能三年行动方案（2024—2026年）》的通知", "各县（市、区）党委和人民政府，市直各单位：",
                      ["《琅川市“5G+工业互联网”融合赋能三年行动方案（2024—2026年）》已经市委、市政府同意，现印发给你们，请结合实际认真贯彻落实。", "主要目标：到2026年，5G基站每万人达到40个，网络和应用水平走在全省前列。", "重点任务：实施网络深度覆盖、场景规模推广、产业链协同、安全能力提升四大工程。", "市财政每年安排5000万元专项支持。"], "2024年3月15日", "琅川市委办公室　2024年3月15日印发", seed=22, signer="中共琅川市委办公室"), footer=False)
    pkg.put(plan, join(digital, scan(annex, seed=22, tilt=0.8)), "plan", "mixed", pages_of(digital) + pages_of(annex), True)
    pkg.pdf("湖北省人民政府推荐函.pdf", recommend(prov, city, "工业和信息化部", "2025—2027年", 24, "鄂政函〔2024〕66号", False), "letter", {"seed": 24, "turned": (1,)}, footer=False)
    cert = "附/2-1 情况说明（通管局）.pdf"
    pkg.pdf(cert, letter("情况说明", None, ["应琅川市工业和信息化局请求，现就该市5G网络情况说明如下。根据各基础电信企业报送并经我局核验的数据，至2024年6月30日，琅川市累计开通5G基站21846个，其中本年新增2310个；该市常住人口采用统计部门公布的610.2万人。据此，该市每万人拥有5G基站35.8个。", "特此说明。"], "湖北省通信管理局", "2024年7月22日", None, 25), scanned={"seed": 25, "tilt": 1.6, "grey": True}, footer=False)
    book = workbook()
    firms = [("琅川精铸机械有限公司", 14), ("湖北江汉变压器有限公司", 12), ("琅川三峰化工有限公司", 11), ("琅川博文纺织有限公司", 10), ("湖北琅光半导体有限公司", 10), ("琅川荆楚制药有限公司", 10)]
    rng = random.Random(26)
    first_rows = None
    for firm, n in firms:
        picks = sorted(rng.sample(range(20), n))
        rows = [["工厂典型应用场景核验表", "", ""], ["工厂名称", firm, ""], ["序号", "场景名称", "运行情况"]]
        rows += [["①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭"[k], "5G+" + SCENES[p] if k % 3 == 0 else SCENES[p], "稳定运行"] for k, p in enumerate(picks)]
        rows += [["合计", f"{n}个", ""], ["核验单位", "琅川市经济和信息化局", "2024年7月5日"]]
        first_rows = first_rows or rows[2:-2]
        sheet(book, firm[:12], rows, merges=["A1:C1", "B2:C2"], widths=[10, 36, 20])
    scen = "附/3-1 一厂一表（6家）.xlsx"
    pkg.xlsx(scen, book)
    demo = "附/3-2 2022年工业互联网试点示范项目名单.pdf"
    own_row = ["琅川精铸机械有限公司", "精密铸造5G全连接工厂", "5G工厂", "湖北省通信管理局"]
    rng = random.Random(27)
    table = [["类别", "企业", "项目", "方向", "推荐单位"]]
    for k in range(22):
        p, place = rng.choice(PLACES)
        kind = rng.choice(KINDS)
        table.append([["工厂类", "平台类", "园区类", "网络类"][k % 4], f"{place[:-1]}{''.join(rng.sample(FIRST, 2))}{kind}有限公司", f"{kind}{rng.choice(['数字化', '云平台', '协同制造'])}项目", ["数字领航", "特色专业型平台", "园区", "标识解析"][k % 4], f"{p}工业和信息化厅"])
    table.insert(9, ["工厂类", *own_row])
    pkg.pdf(demo, [left("工信部信管函〔2022〕310号", 12), title("工业和信息化部关于公布2022年工业互联网试点示范项目名单的通知", 17), P("现将2022年工业互联网试点示范项目名单（摘录）予以公布。", 12), right("工业和信息化部　2022年12月30日", 12), Spacer(1, 10), grid(table, [50, 150, 125, 60, 70], 9)])
    tits = "附/4 国字号称号文件（节选汇编）.pdf"
    items = [("国家新型工业化产业示范基地（装备制造·琅川高新区）", "工业和信息化部", "2020年12月"), ("国家中小企业数字化转型试点城市", "财政部、工业和信息化部", "2024年5月"), ("新一代信息技术与制造业融合发展示范（湖北江汉变压器有限公司）", "工业和信息化部", "2023年12月"),
             ("千兆城市", "工业和信息化部", "2022年11月"), ("国家智能制造示范工厂揭榜单位（琅川三峰化工有限公司）", "工业和信息化部等四部门", "2023年12月")]
    flow = [title("国家部委公布文件（节选）", 18)]
    for k, (a, b, d) in enumerate(items, 1):
        flow += [H(f"文件{k}"), P(f"{b}于{d}发文公布名单。摘录如下：", 13), grid([["名称", "入选单位或地区", "公布部门", "时间"], [a, "琅川市", b, d]], [190, 90, 110, 60], 11)]
    pkg.pdf(tits, flow, scanned={"seed": 28, "dpi": 150})
    promise = "附/6 承诺与证明/信用承诺.docx"
    doc = word()
    word_title(doc, "承诺函", 18)
    for t in ("工业和信息化部：", "2021年1月以来，我市未发生重大网络安全事件和重大安全生产事故。此次申报所附材料均真实有效，无虚假内容。", "琅川市人民政府（印章）", "2024年9月2日"):
        doc.add_paragraph(t)
    pkg.docx(promise, doc)
    other = "附/6 承诺与证明/网信办证明.pdf"
    pkg.pdf(other, letter("证　明", None, ["经查，2021年1月至2024年8月，琅川市未发生重大及以上网络安全事件。组织重大网络安全事件应急演练4次，效果良好。"], "琅川市网络安全和信息化委员会办公室", "2024年9月3日", None, 29), scanned={"seed": 29}, footer=False)
    pkg.put("附/readme.txt", "文件清单：\r\n附2-1 通管局情况说明\r\n附3-1 一厂一表\r\n附5 荣誉照片（纸质报送）\r\n".encode("gb18030"), "other", texts=["文件清单"])
    pkg.condition(POLICY, "met", 1, "两办联合印发的行动方案，扫描件装订在方案之后；过期计划不计。", [(plan, "“5G+工业互联网”融合赋能三年行动方案（2024—2026年）")], [(plan, "琅办发〔2024〕9号")])
    pkg.condition(COVERAGE, "met", 35.8, "21846÷610.2=35.8，方案以中文数字写出两个数。", [(plan, "二万一千八百四十六个")], [(cert, "每万人拥有5G基站35.8个")])
    pkg.condition(SCENARIOS, "met", 6, "六张表各10至14个部颁场景。", [(plan, "各自建成部颁典型应用场景10个及以上")], [(scen, "湖北江汉变压器有限公司")])
    pkg.condition(FACTORY, "met", 1, "试点示范（5G工厂方向）1个即可，名录3个不足5个不影响。", [(plan, "入选工业互联网试点示范（5G工厂方向）")], [(demo, "精密铸造5G全连接工厂")])
    pkg.condition(TITLES, "met", 5, "五份公布文件，恰好5项。", [(plan, "国家部委授予的称号5项")], [(tits, "千兆城市"), (tits, "国家中小企业数字化转型试点城市")])
    pkg.condition(VISIT, "met", None, "市政府承诺函、网信办证明。", [(plan, "未发生重大网络安全事件、重大安全生产事故")], [(promise, "未发生重大网络安全事件和重大安全生产事故"), (other, "未发生重大及以上网络安全事件")])
    indicators(pkg, said, (), {COVERAGE, SCENARIOS, "infrastructure.platform_projects", "infrastructure.edge_computing", "ecosystem.key_enterprises"}, years,
               {POLICY: [plan], COVERAGE: [cert], SCENARIOS: [scen], FACTORY: [demo], TITLES: [tits], VISIT: [promise, other]})
    pkg.table(demo, table, "类别企业项目")
    pkg.table(scen, first_rows)
    pkg.truth["traps"] = ["基站数与人口以中文数字写出，比值要计算", "政策扫描件装订在方案PDF末尾", "旧行动计划已失效", "政策内的“到2026年40个”是目标", "名录3个不足5个，但试点示范已够", "省级称号37项不计", "全省28个、城市圈40个不是本市", "一厂一表，场景名带5G+前缀", "推荐函横置", "演练名称含“重大网络安全事件”"]
    pkg.truth["traps"].append("经开区每万人58个是局部")
    pkg.save()


# ---------------------------------------------------------------- 3: no policy of its own but a general plan

def weicheng(out):
    city, prov = "苇城市", "河北省"
    pkg = Package(out, "苇城市", [city], prov, "fail")
    years = ("2026", "2027", "2028")
    said = present("苇城", 2, 0.8, {"application.regional_features"})
    said[POLICY] = "我市制定了《苇城市数字经济发展“十四五”规划》（苇政发〔2021〕18号），其中提出加快5G网络建设、发展工业互联网；同时认真执行省“5G+工业互联网”行动计划。"
    said[COVERAGE] = "全市5G基站总数14832个，常住人口428.6万人，每万人拥有5G基站34.6个。"
    said[SCENARIOS] = "具备10个以上典型应用场景的工厂共5家，均通过市工信局组织的现场核验。"
    said[FACTORY] = "我市5个项目入选工信部5G工厂名录（2023年2个、2024年3个），项目单位为苇城管道集团有限公司、苇城冀中铸造有限公司、苇城华北电缆有限公司、苇城雄鹰客车有限公司和河北白洋乳业有限公司。"
    said[TITLES] = "拥有部级及以上称号5项，另有河北省级示范称号19项。"
    said[VISIT] = "成立工作专班；近三年未发生重大网络安全事件和重大安全生产事故，未出现提供虚假材料的情况。"
    rows = aims({i for i in BANK if BANK[i][0]}, 0.8, {COVERAGE: [34.6, 36.5, 38.5, 41], SCENARIOS: [5, 7, 9, 12], FACTORY: [5, 6, 8, 10], TITLES: [5, 6, 7, 8]})
    plan = "方案/苇城市先导区试点工作方案-定稿.docx"
    doc = word()
    word_title(doc, "苇城市“5G+工业互联网”融合应用先导区试点工作方案")
    doc.add_heading("一、城市概况与形势", 1)
    for t in overview(city, prov, "中部平原", "428.6", "2310.4", ["截至2023年末，全国每万人拥有5G基站23.9个，河北全省为每万人25.1个。"]):
        doc.add_paragraph(t)
    doc.add_heading("二、现有工作基础", 1)
    body_docx(doc, said, 2)
    doc.add_heading("三、分年度目标", 1)
    doc.add_paragraph("2026—2028年各年度目标见《指标数据表.xlsx》“年度目标”表。")
    doc.add_heading("四、下一步工作", 1)
    for name, text in tasks(city):
        doc.add_paragraph(f"{name}。{text}")
    doc.add_paragraph("政策方面，拟研究出台《苇城市支持“5G+工业互联网”发展的若干措施》，填补专项政策空白。")
    pkg.docx(plan, doc, "plan")
    form = "方案/指标数据表.xlsx"
    head = ["年度", *[f"{r[0]}（{r[1]}）" for r in rows]]
    year_rows = [head, *[[label, *[r[2 + k] for r in rows]] for k, label in enumerate(("2024年（实际）", "2026年", "2027年", "2028年"))]]
    book = workbook()
    sheet(book, "封面", [["先导区试点申报指标数据表"], ["填报单位：苇城市工业和信息化局"], ["填报日期：2025年9月10日"]], widths=[50])
    sheet(book, "年度目标", year_rows, widths=[16] + [18] * 20)
    pkg.xlsx(form, book, "form")
    pkg.pdf("函/冀政办函〔2025〕88号.pdf", recommend(prov, city, "工业和信息化部办公厅", "2026—2028年", 31, "冀政办函〔2025〕88号", date="2025年9月16日"), "letter", {"seed": 31}, footer=False)
    gen = "证明材料/一、政策/1苇政发〔2021〕18号-数字经济规划（节选）.pdf"
    pkg.pdf(gen, redhead("苇城市人民政府", "苇政发〔2021〕18号", "苇城市人民政府关于印发《苇城市数字经济发展“十四五”规划》的通知", "各县（市、区）人民政府：", ["现将《苇城市数字经济发展“十四五”规划》印发给你们。", "第一章　总体要求。以数字产业化、产业数字化为主线，全面推进数字政府、数字社会建设。", "第二章　完善数字基础设施。推进千兆光网、数据中心、5G网络建设，发展工业互联网、物联网。", "第三章　智慧民生。加快智慧医疗、智慧教育、智慧文旅建设。"], "2021年10月20日", None, 32), scanned={"seed": 32, "tilt": 1.0})
    provp = "证明材料/一、政策/2河北省“5G+工业互联网”行动计划.docx"
    doc = word()
    word_title(doc, "河北省“5G+工业互联网”融合应用行动计划（2023—2025年）", 16)
    for t in ("冀工信网〔2023〕41号", "为推动我省5G与工业互联网融合发展，制定本计划。到2025年，全省培育5G工厂100家。", "河北省工业和信息化厅", "2023年5月9日"):
        doc.add_paragraph(t)
    pkg.docx(provp, doc)
    cert = "证明材料/二、网络/通信管理局证明.pdf"
    pkg.pdf(cert, letter("证　明", None, ["苇城市5G网络建设情况如下表，数据截至2024年12月31日。", grid([["城市", "5G基站数（个）", "常住人口（万人）", "每万人拥有5G基站数（个）"], ["苇城市", "14832", "428.6", "34.6"]], [80, 110, 110, 130], 12)], "河北省通信管理局", "2025年5月17日", None, 33), scanned={"seed": 33, "tilt": 1.1}, footer=False)
    scen = "证明材料/三、应用/场景核验意见.pdf"
    firms = ["苇城管道集团有限公司", "苇城华北电缆有限公司", "河北白洋乳业有限公司", "苇城冀中铸造有限公司", "苇城雄鹰客车有限公司"]
    rng = random.Random(34)
    srows = [["厂名", "数量", "已建成的典型应用场景"]]
    for f, n in zip(firms, (10, 11, 10, 12, 10), strict=True):
        srows.append([f, str(n), "、".join(SCENES[k] for k in sorted(rng.sample(range(20), n)))])
    pkg.pdf(scen, [title("关于5家工厂典型应用场景的核验意见", 18), P("市工信局于2025年7月组织专家对下列工厂逐项核验，各厂建成的典型应用场景均为10个及以上。", 13), grid(srows, [110, 40, 300], 11), Spacer(1, 20), Seal("苇城市工业和信息化局", 285, -60, seed=34), right("苇城市工业和信息化局　　"), right("2025年7月26日　　")], scanned={"seed": 34, "dpi": 150}, footer=False)
    lists = []
    for y, own, seed in ((2023, [(firms[0], "油气管道5G工厂", city), (firms[3], "精铸砂型5G智慧工厂", city)], 35), (2024, [(firms[1], "特种电缆5G工厂", city), (firms[4], "客车焊装5G工厂", city), (firms[2], "乳品灌装5G工厂", city)], 36)):
        path = f"证明材料/三、应用/{y}年5G工厂名录.xlsx"
        nl = national_list(own, prov, 30, seed, ["省份", "企业名称", "项目名称"])
        book = workbook()
        sheet(book, "名录", [[f"{y}年5G工厂名录（工业和信息化部公布，节选）", "", "", ""], *nl], merges=["A1:D1"], widths=[8, 12, 38, 30])
        pkg.xlsx(path, book)
        lists.append((path, nl, own[0][1]))
    tits = "证明材料/四、称号/部级称号证书.pdf"
    names = ["国家新型工业化产业示范基地（管道装备）", "国家级绿色工厂（河北白洋乳业有限公司）", "智能制造优秀场景（苇城华北电缆有限公司）", "国家中小企业特色产业集群（苇城电缆）", "国家级绿色工业园区（苇城经济开发区）"]
    flow = []
    for k, n in enumerate(names):
        flow += [Spacer(1, 40 if k % 2 == 0 else 90), title("证　书", 26), P(f"授予：{n}", 16), right("中华人民共和国工业和信息化部", 14), Seal("中华人民共和国工业和信息化部", 300, -30, seed=k), right(f"{2020 + k % 4}年{6 + k}月", 14)]
        if k % 2 == 1:
            flow.append(PageBreak())
    pkg.pdf(tits, flow, scanned={"seed": 37, "dpi": 150}, footer=False)
    promise = "证明材料/六、承诺/承诺书.pdf"
    pkg.pdf(promise, letter("承诺书", None, ["苇城市近三年未发生重大网络安全事件和重大安全生产事故。", "申报材料真实，未提供虚假材料。"], "苇城市人民政府", "2025年9月9日", None, 38), scanned={"seed": 38}, footer=False)
    pkg.condition(POLICY, "unmet", None, "所举为泛数字经济规划和省级计划，本市专项措施仍在拟议，自认专项政策空白。", [(plan, "《苇城市数字经济发展“十四五”规划》（苇政发〔2021〕18号）")], [], ["unmet", "unproven", "absent"])
    pkg.condition(COVERAGE, "met", 34.6, "14832÷428.6=34.6。", [(plan, "每万人拥有5G基站34.6个")], [(cert, "34.6")])
    pkg.condition(SCENARIOS, "met", 5, "核验意见逐厂列出，恰好5家。", [(plan, "具备10个以上典型应用场景的工厂共5家")], [(scen, "各厂建成的典型应用场景均为10个及以上")])
    pkg.condition(FACTORY, "met", 5, "2023年2个加2024年3个，恰好5个。", [(plan, "5个项目入选工信部5G工厂名录")], [(lists[0][0], lists[0][2]), (lists[1][0], lists[1][2])])
    pkg.condition(TITLES, "met", 5, "证书5张。", [(plan, "拥有部级及以上称号5项")], [(tits, "国家新型工业化产业示范基地")])
    pkg.condition(VISIT, "met", None, "市政府承诺书。", [(plan, "近三年未发生重大网络安全事件和重大安全生产事故")], [(promise, "未发生重大网络安全事件和重大安全生产事故")])
    indicators(pkg, said, (), {r[6] for r in rows}, years, {COVERAGE: [cert], SCENARIOS: [scen], FACTORY: [x[0] for x in lists], TITLES: [tits], VISIT: [promise]})
    pkg.table(form, year_rows)
    pkg.table(cert, [["城市", "5G基站数（个）", "常住人口（万人）", "每万人拥有5G基站数（个）"], ["苇城市", "14832", "428.6", "34.6"]], "每万人拥有5G基站数（个）")
    pkg.table(scen, srows, "已建成的典型应用场景")
    pkg.table(lists[0][0], lists[0][1])
    pkg.truth["traps"] = ["泛数字经济规划不是专项政策", "省级行动计划不是本市政策", "拟出台的若干措施不算", "年度目标在xlsx里，年份为行", "省级称号19项不计", "名录无城市列，要凭企业名与方案对上", "全国23.9、全省25.1不是本市"]
    pkg.truth["traps"].append("经开区每万人58个是局部")
    pkg.save()


# ---------------------------------------------------------------- 4: below thirty once the right inhabitants are taken

def heyang(out):
    city, prov = "禾阳市", "广西壮族自治区"
    pkg = Package(out, "广西禾阳", [city], prov, "fail")
    years = ("2025", "2026", "2027")
    skip = {"services.regional_features", "policy.regional_features", "services.talent_programmes"}
    said = present("禾阳", 6, 0.6, skip)
    said[POLICY] = "市工信局、市财政局联合印发《禾阳市扶持“5G+工业互联网”项目实施细则》（禾工信规〔2023〕3号）。"
    said[COVERAGE] = "截至2023年底，全市累计建成5G基站11520个，常住人口412.3万人，户籍人口364.5万人，按户籍人口计算每万人拥有5G基站31.6个。"
    said[SCENARIOS] = "5家工厂具备10个以上典型应用场景，具体为：①禾阳糖业有限公司12个；②桂东铝业股份有限公司11个；③禾阳木业有限公司10个；④广西禾阳机械厂10个；⑤禾阳水泥有限公司10个。"
    said[FACTORY] = "经工信部公布，“铝加工5G工厂”等6个项目入选5G工厂名录。"
    said[TITLES] = "部级及以上称号共计6项，含国家级绿色工厂2项。"
    said[VISIT] = "近三年来，全市未发生重大网络安全事件、重大安全生产事故等情况，未出现提供虚假材料等情况。"
    plan = "禾阳市工作方案（盖章扫描）.pdf"
    flow = [title("禾阳市“5G+工业互联网”融合应用先导区试点工作方案", 20), H("一、基本情况")] + [P(t) for t in overview(city, prov, "东部", "412.3", "1422.0", [])[:2]]
    flow += [H("二、发展基础"), *body_pdf(said, "prose"), H("三、年度目标"), P("2025年：每万人拥有5G基站数34个，入选5G工厂名录项目7个，部级及以上称号7项。"), P("2026年：每万人拥有5G基站数37个，入选5G工厂名录项目8个，部级及以上称号8项。"),
             P("2027年：每万人拥有5G基站数40个，入选5G工厂名录项目10个，部级及以上称号10项。"), H("四、主要任务")] + [P(f"{n}。{t}") for n, t in tasks(city)[1:6]] + [Spacer(1, 30), Seal("禾阳市人民政府", 285, -60, seed=41), right("禾阳市人民政府　　　"), right("2024年9月5日　　　")]
    pkg.pdf(plan, flow, "plan", {"seed": 41, "dpi": 150, "tilt": 0.5})
    pkg.pdf("自治区人民政府函.pdf", recommend(prov, city, "工业和信息化部", "2025—2027年", 42, "桂政函〔2024〕102号", False), "letter", {"seed": 42, "dpi": 150}, footer=False)
    pol = "支撑/①政策-禾工信规3号.pdf"
    pkg.pdf(pol, [title("禾阳市工业和信息化局　禾阳市财政局文件", 22), left("禾工信规〔2023〕3号"), title("关于印发《禾阳市扶持“5G+工业互联网”项目实施细则》的通知", 18), left("各县（市、区）工信、财政主管部门："), P("现将《禾阳市扶持“5G+工业互联网”项目实施细则》印发给你们，请遵照执行。"), P("第一条　为支持“5G+工业互联网”项目建设，制定本细则。"), P("第二条　对验收合格的项目，按不超过投资额的10%给予补助。"), P("第三条　本细则自2023年6月1日起施行，有效期五年。"), right("禾阳市工业和信息化局　禾阳市财政局"), right("2023年5月16日")])
    cert = "支撑/②基站-自治区通信管理局.pdf"
    pkg.pdf(cert, letter("关于禾阳市5G网络覆盖情况的证明", None, ["经核查，截至2023年12月31日，禾阳市累计建成5G基站11520个；以第七次人口普查口径推算的常住人口412.3万人为基数，每万人拥有5G基站27.9个。", "特此证明。"], "广西壮族自治区通信管理局", "2024年6月12日", None, 43), footer=False)
    stat = "支撑/③统计公报2023.txt"
    text = "禾阳市2023年国民经济和社会发展统计公报（节选）\r\n禾阳市统计局　2024年4月2日\r\n\r\n全年全市生产总值1422.0亿元。\r\n年末常住人口412.3万人，户籍人口364.5万人。\r\n年末累计建成5G基站11520个，增长28.4%。\r\n全年未发生重大及以上生产安全事故。\r\n"
    pkg.put(stat, text.encode("gb18030"), "proof", texts=[squash(text)])
    scen = "支撑/④场景证明.docx"
    doc = word()
    word_title(doc, "典型应用场景情况证明", 18)
    rng = random.Random(44)
    doc.add_paragraph("兹证明，下列5家工厂建成并运行的部颁典型应用场景均不少于10个：")
    for k, (f, n) in enumerate(zip(("禾阳糖业有限公司", "桂东铝业股份有限公司", "禾阳木业有限公司", "广西禾阳机械厂", "禾阳水泥有限公司"), (12, 11, 10, 10, 10), strict=True)):
        doc.add_paragraph(f"{'①②③④⑤'[k]}{f}（{n}个）：{'、'.join(SCENES[i] for i in sorted(rng.sample(range(20), n)))}。")
    doc.add_paragraph("禾阳市工业和信息化局（公章）")
    doc.add_paragraph("2024年7月11日")
    pkg.docx(scen, doc)
    listed = "支撑/⑤2023年5G工厂名录.pdf"
    own = [("桂东铝业股份有限公司", "铝加工5G工厂", city), ("禾阳糖业有限公司", "制糖全流程5G工厂", city), ("禾阳木业有限公司", "人造板5G智慧工厂", city), ("禾阳水泥有限公司", "水泥窑5G工厂", city), ("广西禾阳机械厂", "农机总装5G工厂", city), ("禾阳北部湾电子有限公司", "电声器件5G工厂", city)]
    nl = national_list(own, prov, 30, 45, ["项目名称", "企业名称", "所在城市", "省份"])
    pkg.pdf(listed, [title("2023年5G工厂名录（节选）", 17), P("工业和信息化部办公厅　工信厅信管函〔2023〕324号　2023年11月29日", 12), grid(nl, [34, 150, 150, 60, 70], 9.5)])
    tits = "支撑/⑥称号.pdf"
    trows = [["序", "称号", "单位", "授予机关", "文号"], ["1", "国家级绿色工厂", "禾阳糖业有限公司", "工业和信息化部", "工信厅节函〔2021〕7号"], ["2", "国家级绿色工厂", "桂东铝业股份有限公司", "工业和信息化部", "工信厅节函〔2022〕4号"], ["3", "国家新型工业化产业示范基地", "禾阳高新区", "工业和信息化部", "工信部规函〔2019〕5号"],
             ["4", "智能制造示范工厂揭榜单位", "桂东铝业股份有限公司", "工业和信息化部等四部门", "工信厅联通装函〔2023〕12号"], ["5", "新一代信息技术与制造业融合发展示范", "禾阳木业有限公司", "工业和信息化部", "工信部信发函〔2023〕9号"], ["6", "国家中小企业特色产业集群", "禾阳木材加工集群", "工业和信息化部", "工信部企业函〔2022〕3号"]]
    pkg.pdf(tits, [title("部级称号批复、名单摘录汇编", 18), P("以下内容摘自各部门公布文件，与原件核对无误。", 12), grid(trows, [26, 130, 120, 90, 90], 10.5), Spacer(1, 24), Seal("禾阳市工业和信息化局", 285, -60, seed=46), right("禾阳市工业和信息化局　　"), right("2024年8月1日　　")], footer=False)
    promise = "支撑/⑦承诺.pdf"
    pkg.pdf(promise, letter("承　诺　函", None, ["我市承诺：近三年未发生重大网络安全事件、重大安全生产事故；申报材料内容真实，未提供虚假材料。"], "禾阳市人民政府", "2024年9月5日", None, 47), scanned={"seed": 47, "dpi": 150}, footer=False)
    pkg.condition(POLICY, "met", 1, "两部门联合印发的实施细则，在有效期内。", [(plan, "禾工信规〔2023〕3号")], [(pol, "禾工信规〔2023〕3号")])
    pkg.condition(COVERAGE, "unmet", 27.9, "31.6按户籍人口计算，不能用；11520÷412.3=27.9，通信管理局证明亦为27.9。", [(plan, "累计建成5G基站11520个")], [(cert, "每万人拥有5G基站27.9个"), (stat, "年末常住人口412.3万人")], ["unmet", "review"])
    pkg.condition(SCENARIOS, "met", 5, "证明逐厂列出，恰好5家。", [(plan, "5家工厂具备10个以上典型应用场景")], [(scen, "均不少于10个")])
    pkg.condition(FACTORY, "met", 6, "名录30行中本市6行。", [(plan, "6个项目入选5G工厂名录")], [(listed, "制糖全流程5G工厂")])
    pkg.condition(TITLES, "met", 6, "6项部级称号均有文号。", [(plan, "部级及以上称号共计6项")], [(tits, "国家新型工业化产业示范基地")])
    pkg.condition(VISIT, "met", None, "市政府承诺函。", [(plan, "未发生重大网络安全事件、重大安全生产事故")], [(promise, "未发生重大网络安全事件、重大安全生产事故")])
    indicators(pkg, said, (), {COVERAGE, FACTORY, TITLES}, years, {POLICY: [pol], COVERAGE: [cert, stat], SCENARIOS: [scen], FACTORY: [listed], TITLES: [tits], VISIT: [promise, stat]})
    pkg.table(listed, nl, "项目名称企业名称")
    pkg.table(tits, trows, "授予机关文号")
    pkg.truth["traps"] = ["31.6按户籍人口计算", "证明与公报均指向27.9", "方案为扫描件", "推荐函出自自治区人民政府", "统计公报为GB18030文本文件", "场景以①②列出", "绿色工厂两项属两个企业，不是重复", "目标34个不是现状"]
    pkg.truth["traps"].append("经开区每万人58个是局部")
    pkg.save()


# ---------------------------------------------------------------- 5: scenarios under two names, titles expired or of associations

def hongjiang(out):
    city, prov = "泓江市", "江苏省"
    pkg = Package(out, "泓江市-先导区-20240925", [city], prov, "fail")
    years = ("2025", "2026", "2027")
    said = present("泓江", 1, 2.0)
    said[POLICY] = "市政府办公室印发《泓江市加快“5G+工业互联网”融合创新实施意见》（泓政办规〔2024〕2号），市财政局配套制定资金管理办法。"
    said[COVERAGE] = "2024年6月末，全市5G基站数达31640个，常住人口735.1万人，万人拥有5G基站43.0个。"
    said[SCENARIOS] = "全市6家工厂具备10个以上“5G+工业互联网”应用场景，详见附表2；全市累计打造5G应用场景486个。"
    said[FACTORY] = "入选《2023年5G工厂名录》8个；2024年新一批名录公示我市5个，待正式公布。"
    said[TITLES] = "全市获得国家级称号7项，详见附表3。"
    said[VISIT] = "市长牵头的联席会议每季调度；近三年无重大网络安全事件、无重大安全生产事故，无提供虚假材料的情况。"
    rows = aims({i for i in BANK if BANK[i][0]}, 2.0, {COVERAGE: [43, 45, 47, 50], SCENARIOS: [6, 9, 12, 16], FACTORY: [8, 13, 16, 20], TITLES: [7, 8, 9, 11]})
    table = [["序号", "三级指标", "计量单位", "2024年现状", "2025", "2026", "2027", "责任单位"], *[[str(k), r[0], r[1], *r[2:6], "市工信局"] for k, r in enumerate(rows, 1)]]
    sc = [["工厂", "数量", "场景明细"],
          ["泓江智芯封装测试有限公司", "13", "协同研发设计、设备协同作业、柔性生产制造、机器视觉质检、设备故障诊断、厂区智能物流、无人智能巡检、生产现场监测、生产能效管控、工艺合规校验、生产过程溯源、设备预测维护、厂区智能理货"],
          ["江苏泓钢特材有限公司", "12", "远程设备操控、设备协同作业、机器视觉质检、设备故障诊断、无人智能巡检、生产现场监测、精准动态作业、生产能效管控、生产过程溯源、设备预测维护、全域物流监测、虚拟现场服务"],
          ["泓江大桥缆索有限公司", "10", "协同研发设计、远程设备操控、现场辅助装配、机器视觉质检、设备故障诊断、生产现场监测、生产过程溯源、设备预测维护、虚拟现场服务、企业协同合作"],
          ["泓江恒远家纺有限公司", "11", "柔性生产制造、机器视觉质检、5G+机器视觉质检、厂区智能物流、智能仓储、生产现场监测、生产能效管控、生产效能管控、生产过程溯源、设备预测维护、人员定位"],
          ["泓江东源电机有限公司", "10", "现场辅助装配、机器视觉质检、设备故障诊断、设备预测维护、生产现场监测、生产智能监测、厂区智能物流、智能排产调度、视频监控、数字孪生大屏"],
          ["泓江瑞禾食品有限公司", "10", "机器视觉质检、厂区智能物流、生产现场监测、生产过程溯源、碳管理、在线客服、安全帽识别、智能仓储、网络货运、生产能效管控"]]
    ti = [["序号", "称号", "获评单位", "授予单位", "时间及有效期"], ["1", "工业互联网试点示范项目", "泓江智芯封装测试有限公司", "工业和信息化部", "2019年，有效期2年，已到期"], ["2", "国家新型工业化产业示范基地", "泓江高新区", "工业和信息化部", "2016年，2023年复核未通过，已撤销"],
          ["3", "千兆城市", "泓江市", "工业和信息化部", "2022年"], ["4", "智能制造示范工厂揭榜单位", "江苏泓钢特材有限公司", "工业和信息化部等", "2023年"], ["5", "全国智能制造创新示范单位", "泓江大桥缆索有限公司", "中国机械工业联合会", "2023年"], ["6", "灯塔工厂", "泓江恒远家纺有限公司", "世界经济论坛", "2023年"], ["7", "江苏省5G全连接工厂标杆", "泓江东源电机有限公司", "江苏省工业和信息化厅", "2024年"]]
    plan = "01工作方案.docx"
    doc = word(numbered=True)
    word_title(doc, "泓江市创建“5G+工业互联网”融合应用先导区试点工作方案")
    doc.add_heading("建设背景", 1)
    for t in overview(city, prov, "沿江地区", "735.1", "9120.3", ["省内苏南市每万人拥有5G基站47.2个、23个项目入选名录，是我们学习的标杆。"]):
        doc.add_paragraph(t)
    doc.add_heading("现有基础", 1)
    body_docx(doc, said)
    doc.add_heading("目标指标", 1)
    doc.add_paragraph("附表1　指标现状及目标")
    word_table(doc, table)
    doc.add_heading("主要任务", 1)
    for name, text in tasks(city):
        doc.add_heading(name, 2)
        doc.add_paragraph(text)
    doc.add_paragraph("附表2　具备10个以上应用场景的工厂明细")
    word_table(doc, sc)
    doc.add_paragraph("附表3　国家级称号一览")
    word_table(doc, ti)
    pkg.docx(plan, doc, "plan")
    pkg.pdf("02苏政办函.pdf", recommend(prov, city, "工业和信息化部办公厅", "2025—2027年", 51, "苏政办函〔2024〕120号"), "letter", {"seed": 51}, footer=False)
    pol = "03佐证/1-1.泓政办规〔2024〕2号.docx"
    doc = word()
    word_title(doc, "泓江市人民政府办公室文件", 22)
    for t in ("泓政办规〔2024〕2号", "市政府办公室印发关于加快“5G+工业互联网”融合创新实施意见的通知", "各市（县）、区人民政府，市各委办局：", "《泓江市加快“5G+工业互联网”融合创新实施意见》已经市政府同意，现印发给你们。", "一、总体目标。到2026年，5G工厂突破50家。二、重点任务。加快工厂内网改造，推广典型应用场景。", "泓江市人民政府办公室", "2024年1月12日"):
        doc.add_paragraph(t)
    pkg.docx(pol, doc)
    cert = "03佐证/2-1.5G发展情况通报（省通管局）.pdf"
    crow = [["序号", "省份", "城市", "每万人拥有5G基站数", "5G用户占比"], *[[str(k), "江苏省", c, v, u] for k, (c, v, u) in enumerate((("苏南市", "47.2", "63.1%"), ("泓江市", "43.0", "58.7%"), ("淮浦市", "36.8", "55.2%"), ("里下市", "33.5", "52.9%")), 1)]]
    pkg.pdf(cert, [title("江苏省通信管理局关于2024年上半年5G发展情况的通报", 18), P("各市工业和信息化局、各基础电信企业：现将2024年上半年全省5G发展情况通报如下。全省每万人拥有5G基站34.9个。", 13), grid(crow, [40, 80, 90, 140, 90], 12), Spacer(1, 24), Seal("江苏省通信管理局", 285, -60, seed=52), right("江苏省通信管理局　　"), right("2024年7月18日　　")], scanned={"seed": 52, "tilt": 1.2}, footer=False)
    scen = "03佐证/3-1.场景确认表（市工信局）.pdf"
    pkg.pdf(scen, [title("5G应用场景确认表", 18), grid(sc, [110, 36, 305], 10.5), Spacer(1, 20), P("以上场景由企业填报，市工信局予以确认。", 12), Seal("泓江市工业和信息化局", 285, -60, seed=53), right("泓江市工业和信息化局　　"), right("2024年8月15日　　")], footer=False)
    listed = "03佐证/3-2.2023年5G工厂名录.pdf"
    own = [(f"泓江{a}有限公司", p, city) for a, p in (("智芯封装测试", "集成电路封测5G工厂"), ("大桥缆索", "缆索制造5G工厂"), ("恒远家纺", "家纺5G工厂"), ("东源电机", "电机装配5G工厂"), ("瑞禾食品", "烘焙食品5G工厂"), ("蓝湾海缆", "海底电缆5G工厂"), ("中车部件", "轨交部件5G工厂"))] + [("江苏泓钢特材有限公司", "特材轧制5G工厂", city)]
    nl = national_list(own, prov, 40, 54, ["所在城市", "企业名称", "项目名称", "推荐单位"])
    pkg.pdf(listed, [title("2023年5G工厂名录（节选）", 17), P("工信厅信管函〔2023〕324号　工业和信息化部办公厅　2023年11月29日", 12), grid(nl, [30, 55, 150, 120, 110], 9)])
    notice = "03佐证/3-3.关于2024年5G工厂名录的公示.txt"
    text = "关于《2024年5G工厂名录》的公示\n经评审，拟将下列项目列入《2024年5G工厂名录》，现予公示。公示期2024年9月10日至16日。\n泓江市拟入选项目：光伏组件5G工厂等5个。\n"
    pkg.put(notice, text.encode(), "proof", texts=[squash(text)])
    tits = "03佐证/4-1.称号证明.pdf"
    pkg.pdf(tits, [title("国家级称号证明材料", 18), grid(ti, [30, 130, 110, 90, 95], 10.5), P("注：序号1、2证书原件已收回。", 12), right("泓江市工业和信息化局　2024年8月20日", 12)], footer=False)
    promise = "03佐证/6-1.承诺书.pdf"
    pkg.pdf(promise, letter("申报承诺书", None, ["本市近三年无重大网络安全事件、无重大安全生产事故，申报材料真实可靠，无虚假。"], "泓江市人民政府", "2024年9月20日", None, 55), scanned={"seed": 55}, footer=False)
    pkg.condition(POLICY, "met", 1, "市政府办公室印发的实施意见全文。", [(plan, "泓政办规〔2024〕2号")], [(pol, "泓政办规〔2024〕2号")])
    pkg.condition(COVERAGE, "met", 43.0, "31640÷735.1=43.0，通报表中本市行一致。", [(plan, "万人拥有5G基站43.0个")], [(cert, "泓江市43.0")])
    pkg.condition(SCENARIOS, "unmet", 3, "自列6家中3家含重名和非官方场景，去除后为7、6、5个，只余3家。", [(plan, "6家工厂具备10个以上“5G+工业互联网”应用场景")], [(scen, "5G应用场景确认表")])
    pkg.condition(FACTORY, "met", 8, "名录40行中本市8行；公示的5个不计。", [(plan, "入选《2023年5G工厂名录》8个")], [(listed, "集成电路封测5G工厂")])
    pkg.condition(TITLES, "unmet", 2, "7项中2项到期或撤销、2项非部委授予、1项省级，余千兆城市和智能制造示范工厂2项。", [(plan, "全市获得国家级称号7项")], [(tits, "千兆城市"), (tits, "智能制造示范工厂揭榜单位")])
    pkg.condition(VISIT, "met", None, "市政府承诺书。", [(plan, "近三年无重大网络安全事件、无重大安全生产事故")], [(promise, "近三年无重大网络安全事件、无重大安全生产事故")])
    indicators(pkg, said, (), {r[6] for r in rows}, years, {POLICY: [pol], COVERAGE: [cert], SCENARIOS: [scen], FACTORY: [listed], TITLES: [tits], VISIT: [promise]})
    pkg.table(plan, table)
    pkg.table(plan, sc)
    pkg.table(plan, ti)
    pkg.table(cert, crow, "5G用户占比")
    pkg.table(scen, sc, "场景明细")
    pkg.truth["traps"] = ["同一场景两种写法（生产能效管控/生产效能管控、生产现场监测/生产智能监测、5G+前缀）", "智能仓储、人员定位等不在20个之内", "场景总数486个不是每厂数", "称号有到期、撤销、协会、世界经济论坛、省级", "公示5个不计", "通报表中他市43以上", "苏南市是他市", "自动编号"]
    pkg.truth["traps"].append("经开区每万人58个是局部")
    pkg.save()


# ---------------------------------------------------------------- 6: provincial factories counted in, an accident in the bulletin

def tongling(out):
    city, prov = "铜岫市", "云南省"
    pkg = Package(out, "云南省铜岫市申报", [city], prov, "fail")
    years = ("2025", "2026", "2027")
    skip = {"infrastructure.regional_features", "ecosystem.regional_features"}
    said = present("铜岫", 4, 0.9, skip)
    said[POLICY] = "印发《铜岫市“5G+工业互联网”先导区培育实施方案》（铜政办发〔2023〕44号）。"
    said[COVERAGE] = "每万人拥有5G基站数32.7个（8240个基站，常住人口252.0万人）。"
    said[SCENARIOS] = "7家工厂（矿山）各有10个以上典型应用场景。"
    said[FACTORY] = "累计拥有5G工厂12个，其中入选国家5G工厂名录3个，云南省5G工厂9个。"
    said[TITLES] = "获批部级及以上称号5项。"
    said[VISIT] = "成立先导区试点工作领导小组，制定推进路线图。"
    rows = aims({i for i in BANK if BANK[i][0] and i != "services.talent_programmes"}, 0.9, {COVERAGE: [32.7, 34, 36, 39], SCENARIOS: [7, 9, 11, 13], FACTORY: [3, 5, 6, 8], TITLES: [5, 6, 7, 8]})
    table = [["一级指标", "三级指标", "单位", "2027年目标", "2026年目标", "2025年目标", "2024年现状"]]
    names = {k: n for k, n, _ in LEVELS}
    table += [[names[r[6].split(".")[0]], r[0], r[1], r[5], r[4], r[3], r[2]] for r in rows]
    base = [["一级指标", "二级指标", "三级指标", "现有基础条件"]]
    for key, name, groups in LEVELS:
        for level2, ids in groups:
            base += [[name, level2, LEVEL3[f"{key}.{i}"], said[f"{key}.{i}"]] for i in ids if f"{key}.{i}" in said]
    plan = "铜岫市试点方案.pdf"
    flow = [Spacer(1, 160), title("铜岫市先导区试点工作方案", 26), Spacer(1, 240), title("2024年9月", 16), PageBreak(), H("1　概况")] + [P(t, 13) for t in overview(city, prov, "西北部", "252.0", "986.7", ["云南全省每万人拥有5G基站22.4个。"])]
    flow += [*turn("across"), H("2　基础条件一览表"), grid(base, [70, 90, 170, 400], 10.5), *turn("across"), H("3　分年度目标表"), grid(table, [90, 200, 60, 90, 90, 90, 90], 11), *turn("upright"), H("4　重点任务")] + [x for k, (n, t) in enumerate(tasks(city), 1) for x in (H(f"4.{k}　{n}", 2), P(t, 16))]
    flow += [H("5　风险防控"), P("坚持统筹发展和安全，杜绝重大网络安全事件。", 13)]
    pkg.pdf(plan, flow, "plan")
    pkg.pdf("云政函.pdf", recommend(prov, city, "工业和信息化部", "2025—2027年", 61, "云政函〔2024〕75号", False), "letter", {"seed": 61, "grey": True}, footer=False)
    pol = "支撑材料/01.pdf"
    pkg.pdf(pol, redhead("铜岫市人民政府办公室", "铜政办发〔2023〕44号", "关于印发《铜岫市“5G+工业互联网”先导区培育实施方案》的通知", "各县（市、区）人民政府，市直各委、办、局：", ["《铜岫市“5G+工业互联网”先导区培育实施方案》已经市人民政府同意，现印发给你们，请认真组织实施。", "主要任务：推进矿山、冶炼、生物资源加工等领域5G网络深度覆盖和应用。"], "2023年8月8日", None, 62, "铜岫市人民政府办公室"), scanned={"seed": 62, "turned": (1,)}, footer=False)
    cert = "支撑材料/02.pdf"
    pkg.pdf(cert, letter("证明", None, ["截至2024年6月30日，铜岫市每万人拥有5G基站数为32.7个，5G基站8240个。"], "云南省通信管理局", "2024年8月2日", None, 63), scanned={"seed": 63}, footer=False)
    stat = "支撑材料/03.docx"
    doc = word()
    word_title(doc, "铜岫市2023年国民经济和社会发展统计公报（节选）", 16)
    for t in ("铜岫市统计局　2024年3月29日", "年末全市常住人口252.0万人。规模以上制造业企业" + above(said) + "家。", "全年共发生各类生产安全事故41起，死亡52人；其中较大事故2起、重大事故1起（“11·06”尾矿库溃坝事故）。全年未发生重大网络安全事件。"):
        doc.add_paragraph(t)
    pkg.docx(stat, doc)
    firms = ["铜岫铜业集团冶炼厂", "铜岫锡材有限公司", "铜岫磷化工有限公司", "铜岫普洱茶业有限公司", "铜岫矿业露天矿", "云南铜岫线缆有限公司", "铜岫水泥厂"]
    rng = random.Random(64)
    scen = "支撑材料/04.xlsx"
    mrows = [["工厂", *SCENES, "小计"]]
    for f, n in zip(firms, (12, 11, 10, 10, 13, 10, 10), strict=True):
        pick = set(rng.sample(range(20), n))
        mrows.append([f, *[1 if k in pick else 0 for k in range(20)], n])
    book = workbook()
    sheet(book, "Sheet1", [["铜岫市工业和信息化局制　2024年7月30日　（1=已运行，0=无）", *[""] * 21], *mrows], merges=["A1:V1"])
    pkg.xlsx(scen, book)
    listed = "支撑材料/05国家名录.pdf"
    own = [(firms[0], "铜冶炼5G工厂", city), (firms[1], "锡材加工5G工厂", city), (firms[4], "露天矿5G工厂", city)]
    nl = national_list(own, prov, 32, 65, ["企业名称", "所在城市", "项目名称", "推荐单位"])
    pkg.pdf(listed, [title("2023年5G工厂名录（工业和信息化部办公厅2023年11月29日公布，节选）", 15), grid(nl, [30, 150, 55, 120, 110], 9)])
    plist = "支撑材料/06云南省5G工厂.pdf"
    prow = [["项目", "企业", "州（市）"], *[[f"{k}5G工厂", f"铜岫{k}有限公司", city] for k in ("锡箔", "磷肥", "茶叶加工", "线缆", "水泥熟料", "花卉冷链", "硅材料", "饮料灌装", "钢构")], ["烟机5G工厂", "滇池烟机有限公司", "滇南市"]]
    pkg.pdf(plist, [title("云南省工业和信息化厅关于公布2024年云南省5G工厂名单的通知", 17), grid(prow, [170, 180, 90], 12), right("云南省工业和信息化厅　2024年5月20日", 12)], footer=False)
    tits = "支撑材料/07称号/称号证书.pdf"
    names5 = ["国家新型工业化产业示范基地（有色金属）", "国家级绿色工业园区", "智能制造优秀场景（铜岫锡材有限公司）", "千兆城市", "2023年工业互联网试点示范项目（铜岫铜业集团冶炼厂，安全类）"]
    flow = []
    for k, n in enumerate(names5):
        flow += [Spacer(1, 30), title(n, 18), right("工业和信息化部", 14), Seal("工业和信息化部", 300, -40, seed=66 + k), right(f"202{k % 4}年11月", 14), Spacer(1, 40)]
    pkg.pdf(tits, flow, scanned={"seed": 66, "dpi": 150}, footer=False)
    photo = "支撑材料/07称号/微信图片_20240903.jpg"
    lines = ["五星级5G工厂", "铜岫铜业集团冶炼厂", "信息通信技术协会", "2024年"]
    pkg.put(photo, plaque([(lines[0], 70, (140, 20, 20)), (lines[1], 44, (40, 40, 40)), (lines[2], 44, (40, 40, 40)), (lines[3], 36, (60, 60, 60))], 67), "proof", "scan", [squash("".join(lines))], True)
    promise = "支撑材料/08承诺.pdf"
    pkg.pdf(promise, letter("承诺书", None, ["铜岫市承诺：申报材料真实，不存在提供虚假材料的情况；近三年未发生重大网络安全事件。"], "铜岫市人民政府", "2024年9月11日", None, 68), scanned={"seed": 68}, footer=False)
    pkg.condition(POLICY, "met", 1, "市政府办公室印发的实施方案扫描件（横置）。", [(plan, "铜政办发〔2023〕44号")], [(pol, "铜政办发〔2023〕44号")])
    pkg.condition(COVERAGE, "met", 32.7, "8240÷252.0=32.7。", [(plan, "每万人拥有5G基站数32.7个")], [(cert, "每万人拥有5G基站数为32.7个")])
    pkg.condition(SCENARIOS, "met", 7, "矩阵中7家各有10至13个。", [(plan, "各有10个以上典型应用场景")], [(scen, "铜岫锡材有限公司")])
    pkg.condition(FACTORY, "unmet", 3, "12个中9个为省级，国家名录仅3个。", [(plan, "入选国家5G工厂名录3个")], [(listed, "铜冶炼5G工厂")])
    pkg.condition(TITLES, "met", 5, "证书5张，五星级5G工厂牌匾为协会授予不计。", [(plan, "获批部级及以上称号5项")], [(tits, "国家新型工业化产业示范基地")])
    pkg.condition(VISIT, "unmet", None, "统计公报记载重大生产安全事故1起；承诺书只否认网络安全事件，未否认该事故。", [], [(stat, "重大事故1起"), (promise, "近三年未发生重大网络安全事件")])
    proofs = {POLICY: [pol], COVERAGE: [cert, stat], SCENARIOS: [scen], FACTORY: [listed], TITLES: [tits], VISIT: [promise], "ecosystem.key_enterprises": [stat]}
    indicators(pkg, said, (), {r[6] for r in rows}, years, proofs)
    pkg.table(plan, table, "2027年目标")
    pkg.table(plan, base, "现有基础条件")
    pkg.table(scen, mrows)
    pkg.table(plist, prow, "州（市）")
    pkg.truth["traps"] = ["省级5G工厂9个与国家级3个合计12个", "目标列在前、现状列在最后，年份倒序", "方案基础条件为横排大表", "公报里的重大事故1起，较大2起不算", "承诺书只说网络安全事件", "五星级5G工厂是协会授予", "矩阵以1/0标记", "证明文件只有编号，无题名", "政策扫描件横置", "云南全省22.4个不是本市"]
    pkg.truth["traps"].append("经开区每万人58个是局部")
    pkg.save()


# ---------------------------------------------------------------- 7: two figures of the 5G density

def binlu(out):
    city, prov = "滨鹭市", "广东省"
    pkg = Package(out, "滨鹭市（粤）申报资料", [city], prov, "review")
    years = ("2026", "2027", "2028")
    said = present("滨鹭", 5, 2.4)
    said[POLICY] = "出台《滨鹭市支持“5G+工业互联网”融合应用若干政策》（滨府办〔2023〕16号）等专项文件2项。"
    said[COVERAGE] = "截至2025年6月底，全市5G基站达24130个，每万人拥有5G基站44.2个，居全省前列。"
    said[SCENARIOS] = "市内8家工厂的典型应用场景数达到或超过10个。"
    said[FACTORY] = "9家企业的项目进入国家5G工厂名录，其中2023年5个、2024年4个。"
    said[TITLES] = "国家部委授予的各类称号8项。"
    said[VISIT] = "近三年，滨鹭市无重大网络安全事件、重大安全生产事故，无虚假材料。市领导小组下设四个专项组。"
    rows = aims({i for i in BANK if BANK[i][0]}, 2.4, {COVERAGE: [44.2, 46, 48, 51], SCENARIOS: [8, 11, 14, 18], FACTORY: [9, 11, 14, 18], TITLES: [8, 9, 10, 12]})
    table = [["指标名称", "基期（2024年）", "2026年", "2027年", "2028年", "单位"], *[[r[0], r[2], r[3], r[4], r[5], r[1]] for r in rows]]
    plan = "A 试点工作方案.pdf"
    flow = [title("滨鹭市“5G+工业互联网”融合应用先导区试点工作方案", 20), H("一、引言")] + [P(t) for t in overview(city, prov, "珠江口西岸", "546.0", "5820.6", ["广东全省5G基站超过34万个，位居全国第一。"])]
    flow += [H("二、建设基础"), *body_pdf(said, "leads"), H("三、年度计划"), P("各项指标的年度安排如下表所示。"), grid(table, [150, 75, 60, 60, 60, 50], 11), H("四、任务举措")] + [P(f"{n}：{t}") for n, t in tasks(city)]
    pkg.pdf(plan, flow, "plan", header="滨鹭市先导区申报材料")
    pkg.pdf("B 推荐函.pdf", recommend(prov, city, "工业和信息化部", "2026—2028年", 71, "粤府函〔2025〕189号", False, "2025年9月22日"), "letter", {"seed": 71}, footer=False)
    pol = "C 证明/政策/滨府办〔2023〕16号.pdf"
    pkg.pdf(pol, redhead("滨鹭市人民政府办公室", "滨府办〔2023〕16号", "滨鹭市人民政府办公室关于印发滨鹭市支持“5G+工业互联网”融合应用若干政策的通知", "各区人民政府，市政府各部门：", ["《滨鹭市支持“5G+工业互联网”融合应用若干政策》已经市政府同意，现印发给你们，请认真贯彻执行。", "第一条　支持5G工厂建设。第二条　支持场景应用。第三条　支持公共服务平台。", "本政策自2023年5月1日起施行，有效期3年。"], "2023年4月20日", None, 72, "滨鹭市人民政府办公室"), scanned={"seed": 72}, footer=False)
    pol2 = "C 证明/政策/滨工信〔2024〕8号.docx"
    doc = word()
    word_title(doc, "滨鹭市工业和信息化局文件", 20)
    for t in ("滨工信〔2024〕8号", "关于印发《滨鹭市“5G+工业互联网”项目资助操作规程》的通知", "各有关单位：为规范“5G+工业互联网”项目资助工作，制定本规程。", "滨鹭市工业和信息化局", "2024年2月27日"):
        doc.add_paragraph(t)
    pkg.docx(pol2, doc)
    cert = "C 证明/网络/通管局证明.pdf"
    pkg.pdf(cert, letter("滨鹭市5G基站核定情况", None, ["经我局核定，截至2025年6月30日，滨鹭市5G基站21021个，常住人口546.0万人，每万人拥有5G基站38.5个。", "各企业报送的24130个中，含共享站点重复统计3109个。"], "广东省通信管理局", "2025年8月8日", "粤通信函〔2025〕211号", 73), scanned={"seed": 73, "tilt": 1.5}, footer=False)
    firms = ["滨鹭美居家电有限公司", "滨鹭海工装备有限公司", "滨鹭奇正打印耗材有限公司", "广东滨鹭锂能有限公司", "滨鹭生益板材有限公司", "滨鹭凌达压缩机有限公司", "滨鹭博杰电子有限公司", "滨鹭华丰纸品有限公司"]
    scen = "C 证明/应用/场景清单.docx"
    doc = word()
    word_title(doc, "滨鹭市工厂典型应用场景清单", 18)
    rng = random.Random(74)
    srows = [["场景数", "工厂名称", "场景"]]
    for f, n in zip(firms, (15, 13, 12, 11, 11, 10, 10, 10), strict=True):
        srows.append([str(n), f, "\n".join(f"{k}）{SCENES[i]}" for k, i in enumerate(sorted(rng.sample(range(20), n)), 1))])
    word_table(doc, srows)
    doc.add_paragraph("审核：滨鹭市工业和信息化局　2025年7月15日")
    pkg.docx(scen, doc)
    l1, l2 = "C 证明/应用/5G工厂名录2023.pdf", "C 证明/应用/5G工厂名录2024.pdf"
    own1 = [(f, f"{f[2:6]}5G工厂", city) for f in (firms[0], firms[1], firms[2], firms[4], firms[5])]
    own2 = [(firms[3], "锂能电池5G工厂", city), (firms[6], "电子测试设备5G工厂", city), (firms[7], "纸品5G工厂", city), ("滨鹭格里空调有限公司", "空调总装5G工厂", city)]
    n1, n2 = national_list(own1, prov, 30, 75, ["企业名称", "项目名称", "所在城市", "推荐单位"]), national_list(own2, prov, 30, 76, ["推荐单位", "所在城市", "企业名称", "项目名称"])
    pkg.pdf(l1, [title("2023年5G工厂名录（节选）", 17), P("工业和信息化部办公厅公布　2023年11月29日", 12), grid(n1, [30, 150, 120, 55, 110], 9)])
    pkg.pdf(l2, [title("2024年5G工厂名录（节选）", 17), P("工业和信息化部办公厅公布　2024年11月19日", 12), grid(n2, [30, 110, 55, 150, 120], 9)])
    tits = "C 证明/称号/部级称号.xlsx"
    trows = [["年份", "授予部门", "称号名称", "获得主体"], ["2018", "工业和信息化部", "国家新型工业化产业示范基地", "滨鹭高新区"], ["2021", "工业和信息化部等五部门", "国家产融合作试点城市", "滨鹭市"], ["2022", "工业和信息化部", "千兆城市", "滨鹭市"], ["2022", "工业和信息化部", "国家先进制造业集群", "滨鹭等三市"], ["2023", "财政部、工业和信息化部", "中小企业数字化转型试点城市", "滨鹭市"], ["2023", "工业和信息化部等", "智能制造示范工厂", firms[0]], ["2023", "工业和信息化部", "新一代信息技术与制造业融合发展示范", firms[3]], ["2024", "工业和信息化部", "服务型制造示范企业", firms[5]]]
    book = workbook()
    sheet(book, "称号", [["滨鹭市部级及以上称号汇总（滨鹭市工业和信息化局，2025年8月）", "", "", ""], *trows], merges=["A1:D1"], widths=[10, 28, 40, 30])
    pkg.xlsx(tits, book)
    notice = "C 证明/称号/公布通知摘录.pdf"
    pkg.pdf(notice, [title("有关部委公布通知摘录", 18)] + [P(f"{b}公布（{y}年）：{n}——{w}。", 13) for y, b, n, w in trows[1:]], scanned={"seed": 77}, footer=False)
    promise = "C 证明/筹备/承诺函.pdf"
    pkg.pdf(promise, letter("承诺函", None, ["滨鹭市近三年无重大网络安全事件、无重大安全生产事故，申报材料无虚假。"], "滨鹭市人民政府", "2025年9月19日", None, 78), scanned={"seed": 78}, footer=False)
    pkg.condition(POLICY, "met", 2, "两份专项文件齐全。", [(plan, "滨府办〔2023〕16号")], [(pol, "滨府办〔2023〕16号"), (pol2, "滨工信〔2024〕8号")])
    pkg.condition(COVERAGE, "review", None, "方案44.2，通信管理局核定38.5（去重后），均超过30但相差大，须人工核实。", [(plan, "每万人拥有5G基站44.2个")], [(cert, "每万人拥有5G基站38.5个")])
    pkg.condition(SCENARIOS, "met", 8, "清单8家各有10至15个。", [(plan, "8家工厂的典型应用场景数达到或超过10个")], [(scen, "滨鹭美居家电有限公司")])
    pkg.condition(FACTORY, "met", 9, "2023年5个加2024年4个，无重复。", [(plan, "9家企业的项目进入国家5G工厂名录")], [(l1, own1[0][1]), (l2, "空调总装5G工厂")])
    pkg.condition(TITLES, "met", 8, "8项部级称号均列入公布通知；集群为三市联合，仍计1项。", [(plan, "国家部委授予的各类称号8项")], [(notice, "国家产融合作试点城市")])
    pkg.condition(VISIT, "met", None, "市政府承诺函。", [(plan, "无重大网络安全事件、重大安全生产事故")], [(promise, "无重大网络安全事件、无重大安全生产事故")])
    indicators(pkg, said, (), {r[6] for r in rows}, years, {POLICY: [pol, pol2], COVERAGE: [cert], SCENARIOS: [scen], FACTORY: [l1, l2], TITLES: [tits, notice], VISIT: [promise]})
    pkg.table(plan, table, "基期（2024年）")
    pkg.table(scen, srows)
    pkg.table(l2, n2, "推荐单位所在城市")
    pkg.table(tits, trows)
    pkg.truth["traps"] = ["方案44.2、通信管理局38.5，都超过30", "运营商报送数含共享重复", "先进制造业集群是联合称号", "目标表单位列在最后", "名录两年列序不同", "场景清单在一个单元格内分行编号", "全省34万个基站不是本市"]
    pkg.truth["traps"].append("经开区每万人58个是局部")
    pkg.save()


# ---------------------------------------------------------------- 8: the only proof of the statement cannot be opened

def xueyuan(out):
    city, prov = "雪杉市", "黑龙江省"
    pkg = Package(out, "雪杉市申报文件夹", [city], prov, "review")
    years = ("2025", "2026", "2027")
    skip = {"services.talent_programmes", "application.regional_features", "policy.regional_features"}
    said = present("雪杉", 7, 0.7, skip)
    said[POLICY] = "现行专项政策二件：《雪杉市“5G+工业互联网”扶持十条》（雪政规〔2022〕7号）和《雪杉市5G工厂培育办法》。"
    said[COVERAGE] = "每万人拥有５Ｇ基站数三十三点八个，高于全省平均。"
    said[SCENARIOS] = "全市共有五家工厂，每家均落地十个以上部颁典型应用场景。"
    said[FACTORY] = "五个项目列入《2023年5G工厂名录》。"
    said[TITLES] = "国家级（部级）称号六项。"
    said[VISIT] = "市里设立试点筹备办公室。三年来未发生重大网络安全事件，未发生重大安全生产事故，材料无虚假。"
    plan = "雪杉方案.pdf"
    goals = ["第一年（2025年）：每万人拥有5G基站数达到三十五个，具备十个以上典型应用场景的工厂达到七家，部级及以上称号七项。", "第二年（2026年）：每万人拥有5G基站数达到三十七个，具备十个以上典型应用场景的工厂达到九家，部级及以上称号八项。", "第三年（2027年）：每万人拥有5G基站数达到四十个，具备十个以上典型应用场景的工厂达到十二家，部级及以上称号十项。"]
    flow = [title("雪杉市创建先导区试点工作方案", 22), H("壹　市情")] + [P(t, 15) for t in overview(city, prov, "东部", "298.7", "1105.2", [])] + [H("贰　家底"), *body_pdf(said, "levels"), H("叁　三年怎么走")] + [P(g, 15) for g in goals] + [H("肆　主要抓手")] + [P(t, 15) for _, t in tasks(city)]
    pkg.pdf(plan, flow, "plan")
    pkg.pdf("黑政函.pdf", recommend(prov, city, "工业和信息化部", "2025—2027年", 81, "黑政函〔2024〕90号", False), "letter", {"seed": 81}, footer=False)
    pol = "材料/雪政规〔2022〕7号.pdf"
    pkg.pdf(pol, redhead("雪杉市人民政府", "雪政规〔2022〕7号", "雪杉市人民政府关于印发《雪杉市“5G+工业互联网”扶持十条》的通知", "各县（市、区）人民政府：", ["现将《雪杉市“5G+工业互联网”扶持十条》印发给你们，请遵照执行。有效期五年。", "一、奖励5G工厂。二、补助专网改造。三、支持安全能力建设。"], "2022年11月2日", None, 82), footer=False)
    cert = "材料/省通信管理局-基站.pdf"
    pkg.pdf(cert, letter("关于雪杉市5G基站数量的证明", None, ["截至2024年3月31日，雪杉市5G基站10096个，常住人口298.7万人，每万人拥有33.8个。"], "黑龙江省通信管理局", "2024年4月25日", None, 83), scanned={"seed": 83, "tilt": 1.4}, footer=False)
    firms = ["雪杉重型机械厂", "雪杉乳业有限公司", "雪杉石墨新材料有限公司", "雪杉林产工业有限公司", "黑龙江雪杉风机有限公司"]
    scen = "材料/场景/五厂场景证明.pdf"
    rng = random.Random(84)
    srows = [["工厂", "典型应用场景", "个数"]]
    for f, n in zip(firms, (11, 10, 12, 10, 10), strict=True):
        srows.append([f, "；".join(f"{'①②③④⑤⑥⑦⑧⑨⑩⑪⑫'[k]}{SCENES[i]}" for k, i in enumerate(sorted(rng.sample(range(20), n)))), str(n)])
    pkg.pdf(scen, [title("典型应用场景证明", 18), P("经我局现场核查，下列工厂已建成典型应用场景如下。", 13), grid(srows, [100, 300, 40], 11), Spacer(1, 20), Seal("雪杉市工业和信息化局", 285, -60, seed=84), right("雪杉市工业和信息化局　　"), right("2024年6月28日　　")], scanned={"seed": 84}, footer=False)
    listed = "材料/名录.xlsx"
    own = [(f, p, city) for f, p in zip(firms, ("重型装备5G工厂", "乳粉5G工厂", "石墨负极5G工厂", "胶合板5G工厂", "风机叶片5G工厂"), strict=True)]
    nl = national_list(own, prov, 36, 85, ["所在城市", "项目名称", "企业名称"])
    book = workbook()
    sheet(book, "2023年5G工厂名录", [["2023年5G工厂名录（工业和信息化部办公厅，工信厅信管函〔2023〕324号，节选）", "", "", ""], *nl], merges=["A1:D1"], widths=[8, 12, 30, 40])
    pkg.xlsx(listed, book)
    tits = "材料/称号通知.docx"
    doc = word()
    word_title(doc, "部级称号公布文件摘编", 18)
    trows = [["文件", "称号", "单位"], ["工信部规〔2020〕11号", "国家新型工业化产业示范基地", "雪杉石墨产业园"], ["工信厅联通装函〔2022〕9号", "智能制造示范工厂揭榜单位", firms[0]], ["工信部信发函〔2023〕15号", "新一代信息技术与制造业融合发展示范", firms[1]], ["工信部信管函〔2023〕8号", "工业互联网试点示范项目", firms[4]], ["工信厅企业函〔2023〕30号", "国家中小企业特色产业集群", "雪杉石墨集群"], ["工信厅节函〔2022〕22号", "国家级绿色工厂", firms[3]]]
    word_table(doc, trows)
    doc.add_paragraph("以上由雪杉市工业和信息化局据工业和信息化部公布文件摘录，2024年8月。")
    pkg.docx(tits, doc)
    promise = "材料/承诺书（市政府盖章）.docx"
    doc = word()
    word_title(doc, "承诺书", 18)
    doc.add_paragraph("雪杉市近三年未发生重大网络安全事件和重大安全生产事故。雪杉市人民政府　2024年9月6日")
    buffer = io.BytesIO()
    doc.save(buffer)
    pkg.put(promise, buffer.getvalue()[:6000], "proof", readable=False)
    drill = "材料/演练纪要.docx"
    doc = word()
    word_title(doc, "全市网络安全应急演练会议纪要", 16)
    for t in ("会议模拟某电厂发生重大网络安全事件的情形，检验了预案。", "会议强调，一旦发生重大网络安全事件，须在一小时内报告。", "雪杉市委网信办　2024年5月14日"):
        doc.add_paragraph(t)
    pkg.docx(drill, doc)
    pkg.condition(POLICY, "met", 1, "扶持十条全文在材料中；培育办法没有附件。", [(plan, "雪政规〔2022〕7号")], [(pol, "雪政规〔2022〕7号")])
    pkg.condition(COVERAGE, "met", 33.8, "10096÷298.7=33.8，方案用中文数字和全角字符。", [(plan, "三十三点八个")], [(cert, "每万人拥有33.8个")])
    pkg.condition(SCENARIOS, "met", 5, "证明逐厂列出，恰好5家。", [(plan, "每家均落地十个以上部颁典型应用场景")], [(scen, "典型应用场景证明")])
    pkg.condition(FACTORY, "met", 5, "名录36行中本市5行。", [(plan, "五个项目列入《2023年5G工厂名录》")], [(listed, "石墨负极5G工厂")])
    pkg.condition(TITLES, "met", 6, "6项部级称号有公布文件摘编。", [(plan, "国家级（部级）称号六项")], [(tits, "国家新型工业化产业示范基地")])
    pkg.condition(VISIT, "review", None, "唯一可作证明的承诺书文件损坏，无法打开；演练纪要为假设情形。", [(plan, "未发生重大网络安全事件")], [])
    indicators(pkg, said, (), {COVERAGE, SCENARIOS, TITLES}, years, {POLICY: [pol], COVERAGE: [cert], SCENARIOS: [scen], FACTORY: [listed], TITLES: [tits]})
    pkg.table(scen, srows, "典型应用场景个数")
    pkg.table(listed, nl)
    pkg.table(tits, trows)
    pkg.truth["traps"] = ["承诺书docx损坏", "演练纪要里的重大网络安全事件是模拟", "方案用中文数字、全角字母，章节用壹贰叁", "第二件政策没有附件，只能计1件", "年度目标写作“第一年（2025年）”", "政策2022年印发、有效期五年，仍有效"]
    pkg.truth["traps"].append("经开区每万人58个是局部")
    pkg.save()


MAKERS = [yigang, langchuan, weicheng, heyang, hongjiang, tongling, binlu, xueyuan]


def main():
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    texts = [Path(__file__).with_name(n).read_text(encoding="utf-8") for n in ("make_packages.py", "package_bank.py", "package_tools.py")]
    with tempfile.TemporaryDirectory() as folder:
        register_fonts(folder, texts)
        for make in MAKERS:
            if len(sys.argv) < 3 or make.__name__ in sys.argv[2:]:
                make(out)
                sys.stdout.write(f"{make.__name__}\n")


if __name__ == "__main__":
    main()
