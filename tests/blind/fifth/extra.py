"""What this set adds to the toolkit of the third set: photographed certificates and papers, screen shots, other places' rows, filler chapters."""
import json
import random
import shutil
import subprocess
import sys
import tempfile
import types
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "third"))
try:
    import xlwt  # noqa: F401
except ModuleNotFoundError:
    sys.modules["xlwt"] = types.ModuleType("xlwt")
import kit
import numpy
import pypdfium2
from kit import Package as Base
from kit import docx_file, markup_table, merge, pdf, pdf_words, picture_font, seal_image
from PIL import Image, ImageDraw, ImageFilter

WORDS = Path(__file__).parent / "words"


class Package(Base):
    """The toolkit's package; it also leaves the words per page for check.py and knows a few more kinds of files."""

    def finish(self, gate, *traps):
        WORDS.mkdir(exist_ok=True)
        (WORDS / f"{self.name}.json").write_text(json.dumps(
            {k: {str(n): t for n, t in v.items()} for k, v in self.words.items()}, ensure_ascii=False), encoding="utf-8")
        super().finish(gate, *traps)

    def photo(self, rel, role, text, proves="", look=None, **style):
        """One page of paper photographed with a telephone."""
        source = pdf(text, self.temp(), **style)
        words = pdf_words(source)
        assert len(words) == 1, (rel, len(words))
        image = page_images(source, 150)[0]
        self.picture(rel, role, snapshot(image, **(look or {})), words[1], proves)

    def screen(self, rel, role, text, proves="", bar="", **style):
        """A window of a browser on a page."""
        style = {"body": "hei", "size": 13, "lead": 24, "footer": "", "margin": 50, **style}
        source = pdf(text, self.temp(), **style)
        words = pdf_words(source)
        assert len(words) == 1, (rel, len(words))
        self.picture(rel, role, window(crop(page_images(source, 140)[0]), bar), words[1], proves)

    def old_word(self, rel, role, text, proves="", **style):
        source = docx_file(text, self.temp(".docx"), **style)
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "doc", "--outdir", folder,
                            str(source)], check=True, capture_output=True)
            shutil.copy(Path(folder) / (Path(source).stem + ".doc"), self.path(rel))
        self.doc(rel, role, "text", kit.docx_words(source), proves)

    def exported(self, rel, role, text, proves="", **style):
        """Word to PDF as the toolkit does it, but no row of a table runs over a page's end."""
        import docx
        from docx.oxml import OxmlElement
        source = docx_file(text, self.temp(".docx"), **style)
        document = docx.Document(str(source))
        for table in document.tables:
            for row in table.rows:
                row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        document.save(str(source))
        kit.office_pdf(source, self.path(rel))
        self.doc(rel, role, "text", pdf_words(self.path(rel)), proves)

    def locked(self, rel, role, text, password):
        from reportlab.lib import pdfencrypt
        from reportlab.pdfgen import canvas
        out = canvas.Canvas(str(self.path(rel)), encrypt=pdfencrypt.StandardEncryption(password, ownerPassword=password + "x", strength=128))
        out.setFont("song", 14)
        for n, line in enumerate(text.split("\n")):
            out.drawString(72, 760 - 22 * (n % 30), line)
            if n % 30 == 29:
                out.showPage()
                out.setFont("song", 14)
        out.save()
        self.doc(rel, role, "text", {}, readable=False, pages=None)

    def pieces(self, rel, role, parts, proves="", lane="text"):
        """parts: [(markup, style)] drawn one after another into one PDF, page numbers running on where the style says so."""
        files = []
        for text, style in parts:
            files.append(pdf(text, self.temp(), **style))
        merge(files, self.path(rel))
        self.doc(rel, role, lane, pdf_words(self.path(rel)), proves)


def page_images(path, dpi):
    document = pypdfium2.PdfDocument(str(path))
    images = [document[n].render(scale=dpi / 72).to_pil().convert("RGB") for n in range(len(document))]
    document.close()
    return images


def crop(image):
    """The page without its empty lower part."""
    field = numpy.asarray(image.convert("L"))
    rows = numpy.nonzero((field < 200).any(axis=1))[0]
    return image.crop((0, max(0, rows[0] - 30), image.width, min(image.height, rows[-1] + 50)))


def window(image, address):
    """Browser furniture above a page."""
    bar = Image.new("RGB", (image.width, 96), (238, 240, 243))
    draw = ImageDraw.Draw(bar)
    for k, colour in enumerate([(237, 106, 94), (245, 191, 79), (98, 197, 84)]):
        draw.ellipse([22 + 34 * k, 12, 42 + 34 * k, 32], fill=colour)
    draw.rounded_rectangle([140, 46, image.width - 40, 86], 18, fill="white", outline=(205, 205, 210))
    draw.text((164, 66), address, font=picture_font(20, "Noto Sans CJK SC"), fill=(80, 80, 80), anchor="lm")
    whole = Image.new("RGB", (image.width, image.height + 96), "white")
    whole.paste(bar, (0, 0))
    whole.paste(image, (0, 96))
    return whole


def coefficients(target, source):
    rows = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    return numpy.linalg.solve(numpy.array(rows, float), numpy.array(source, float).reshape(8)).tolist()


def snapshot(image, lean=1.5, keystone=0.03, table=(120, 96, 74), seed=3, quality_blur=0.6, pad=110):
    """A sheet (or frame) seen by a telephone: keystone, shadow, noise, a table under it."""
    rng = numpy.random.default_rng(seed)
    w, h = image.width, image.height
    back = Image.new("RGB", (w + 2 * pad, h + 2 * pad), table)
    k = keystone
    corners = [(pad + w * k * rng.uniform(0.3, 1), pad + h * k * rng.uniform(0, 0.6)), (pad + w * (1 - k * rng.uniform(0.3, 1)), pad + h * k * rng.uniform(0, 0.6)),
               (pad + w, pad + h), (pad, pad + h * (1 - k * rng.uniform(0, 0.4)))]
    data = coefficients(corners, [(0, 0), (w, 0), (w, h), (0, h)])
    sheet = image.transform(back.size, Image.PERSPECTIVE, data, Image.BICUBIC)
    mask = Image.new("L", (w, h), 255).transform(back.size, Image.PERSPECTIVE, data, Image.BICUBIC)
    back.paste(sheet, (0, 0), mask)
    back = back.rotate(lean, resample=Image.BICUBIC, fillcolor=table)
    field = numpy.asarray(back).astype("float32")
    yy, xx = numpy.mgrid[0:field.shape[0], 0:field.shape[1]]
    light = 0.80 + 0.22 * (xx / field.shape[1]) * rng.uniform(0.6, 1) + 0.06 * (yy / field.shape[0])
    field = field * light[:, :, None] * numpy.array([1.0, 0.985, 0.95]) + rng.normal(0, 4, field.shape[:2])[:, :, None]
    return Image.fromarray(numpy.clip(field, 0, 255).astype("uint8")).filter(ImageFilter.GaussianBlur(quality_blur))


def certificate(lines, size=(1500, 1060), paper=(252, 247, 232), frame=(176, 138, 60), seal="", seed=2, lean=1.2, framed=True, plain=False):
    """A framed certificate, photographed. lines: (text, points, 'c'|'l'|'r')."""
    image = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(image)
    for gap, width in ((26, 10), (48, 3)):
        draw.rectangle([gap, gap, size[0] - gap, size[1] - gap], outline=frame, width=width)
    for x, y in ((60, 60), (size[0] - 60, 60), (60, size[1] - 60), (size[0] - 60, size[1] - 60)):
        draw.ellipse([x - 22, y - 22, x + 22, y + 22], outline=frame, width=5)
    y = 130
    for text, points, side in lines:
        face = picture_font(points)
        colour = (150, 20, 24) if points >= 70 else (35, 30, 28)
        if side == "c":
            draw.text((size[0] / 2, y), text, font=face, fill=colour, anchor="ma")
        elif side == "l":
            draw.text((150, y), text, font=face, fill=colour)
        else:
            draw.text((size[0] - 170, y), text, font=face, fill=colour, anchor="ra")
        y += int(points * 1.75)
    if seal:
        mark = seal_image(seal, 270)
        image.paste(mark, (size[0] - 470, size[1] - 350), mark)
    if plain:
        return image
    if framed:
        whole = Image.new("RGB", (size[0] + 120, size[1] + 120), (74, 44, 28))
        whole.paste(image, (60, 60))
        image = whole
    return snapshot(image, lean=lean, seed=seed, table=(206, 202, 196), keystone=0.04)


def cert_words(lines):
    return " ".join(text for text, _, _ in lines)


def board(lines, ground=(196, 199, 203), ink=(30, 30, 34), size=(1500, 940), seed=5, lean=-1.6):
    """A brushed metal plaque, photographed on a wall. lines: (text, points)."""
    rng = numpy.random.default_rng(seed)
    field = numpy.ones((size[1], size[0], 3)) * numpy.array(ground) + rng.normal(0, 7, (size[1], 1))[:, :, None]
    plate = Image.fromarray(numpy.clip(field, 0, 255).astype("uint8"))
    draw = ImageDraw.Draw(plate)
    for x, y in ((46, 46), (size[0] - 46, 46), (46, size[1] - 46), (size[0] - 46, size[1] - 46)):
        draw.ellipse([x - 16, y - 16, x + 16, y + 16], fill=(120, 120, 122))
    kit.place_lines(draw, lines, size, ink)
    return snapshot(plate, lean=lean, seed=seed, table=(222, 216, 204), keystone=0.035, pad=160)


# ---------------------------------------------------------------- other places

_SUR = "安百昌辰德鼎丰古海恒嘉金凯朗隆明南鹏启瑞三泰维翔亿誉卓"
_MID = "邦驰达峰工华辉杰康力美能诺普奇融胜通旺信雅源展智"
_KIND = [("汽车部件", "汽车部件柔性产线5G工厂"), ("重型机械", "重型机械总装5G工厂"), ("电机", "高效电机5G全连接工厂"), ("铜业", "铜板带5G智慧工厂"), ("化纤", "差别化纤维5G工厂"),
         ("半导体", "功率器件封测5G工厂"), ("水泥", "水泥熟料绿色5G工厂"), ("食品", "粮油加工5G工厂"), ("制药", "中药饮片5G数字工厂"), ("船舶", "船舶分段5G智能车间"),
         ("轴承", "精密轴承5G工厂"), ("煤业", "智能综采5G矿井"), ("石化", "炼化一体5G安全工厂"), ("家居", "定制家居5G柔性工厂"), ("光伏", "光伏组件5G工厂"), ("农机", "农机装备5G工厂")]
_PLACES = [("北京市", "京郊"), ("天津市", "津塘"), ("河北省", "冀唐"), ("山西省", "汾源"), ("内蒙古自治区", "蒙包"), ("辽宁省", "辽阔"), ("吉林省", "吉江"), ("黑龙江省", "龙绥"),
           ("上海市", "沪松"), ("江苏省", "苏麓"), ("浙江省", "浙甬湾"), ("安徽省", "皖庐"), ("福建省", "闽厦湾"), ("江西省", "赣吉"), ("山东省", "鲁潍"), ("河南省", "豫郑"),
           ("湖北省", "鄂襄"), ("湖南省", "湘衡"), ("广东省", "粤佛"), ("广西壮族自治区", "桂柳"), ("海南省", "琼洋"), ("重庆市", "渝两"), ("四川省", "川宜"), ("贵州省", "黔遵"),
           ("云南省", "滇玉"), ("陕西省", "秦宝"), ("甘肃省", "陇金"), ("青海省", "青格"), ("宁夏回族自治区", "宁石"), ("新疆维吾尔自治区", "疆昌")]


def rest(count, seed, keep=None):
    """(province, firm, project) of other places, in the ministry's order of provinces; `keep` names provinces that must be among them."""
    rng = random.Random(seed)
    rows = []
    for n in range(count):
        province, short = (keep[n], dict(_PLACES)[keep[n]]) if keep and n < len(keep) else rng.choice(_PLACES)
        trade, project = rng.choice(_KIND)
        rows.append((province, short + rng.choice(_SUR) + rng.choice(_MID) + trade + rng.choice(["有限公司", "股份有限公司", "集团有限公司", "有限责任公司"]), project))
    order = {p: n for n, (p, _) in enumerate(_PLACES)}
    return sorted(rows, key=lambda r: order[r[0]])


def among(own, others):
    """Own rows put where their province stands in the ministry's order (province first in each tuple)."""
    order = {p: n for n, (p, _) in enumerate(_PLACES)}
    return sorted([*others, *own], key=lambda r: order[r[0]])


# ---------------------------------------------------------------- filler chapters (nothing in them is a figure of the city or a step of a year)

BANK = {
    "background": [
        "制造业是{c}的立市之本。面对外部环境的深刻变化和要素成本的持续上升，单纯依靠规模扩张的路子已经走到尽头，必须把信息通信技术融入研发、制造、服务的每一个环节，向网络要效率、向数据要价值、向协同要活力。",
        "新一代移动通信的价值，一半在网络，一半在工厂。把基站建到车间、把算力放到产线、把数据留在企业，是{c}推进这项工作的基本认识，也是多年来与运营企业、装备企业、高等院校反复磨合形成的共同语言。",
        "从产业演进看，{c}的龙头企业大多经历了自动化、信息化两轮改造，设备有基础、人员有经验、管理有章法；而为数众多的配套企业还停留在单机作业阶段，数据采不上来、流不起来。两头的落差，正是先导区试点要下功夫填平的地方。",
        "对照国家要求，{c}既有条件也有短板：条件在于产业门类齐、应用热情高、改造需求实；短板在于供给能力偏弱、既懂通信又懂工艺的人才不多、中小企业投入意愿不强。本方案即围绕扬长补短展开。",
        "企业最关心的不是技术名词，而是订单能不能按期交、废品能不能再少一点、班组能不能少跑几趟。{c}在走访调研中反复听到这样的声音，因而把“管用、够用、用得起”作为推进融合应用的首要标准。",
        "近几年，{c}在若干重点车间先行先试，踩过坑、交过学费，也摸到了门道：先选准场景再建网，先理清工艺再上系统，先明确谁来运维再谈投入产出。这些朴素的经验，构成了本方案的底色。",
    ],
    "idea": [
        "以习近平新时代中国特色社会主义思想为指导，完整、准确、全面贯彻新发展理念，把握新型工业化的时代要求，以应用牵引建设、以示范带动推广，把{c}建设成为网络能力强、应用层次深、产业支撑实、服务体系优的融合应用先导区。",
        "坚持实体经济为本、制造业当家，紧扣高端化、智能化、绿色化方向，推动5G由生产外围环节向核心控制环节延伸，由单点改造向全厂贯通、全链协同拓展，努力形成一批看得见、摸得着、学得会的经验做法。",
        "统筹高质量发展和高水平安全，充分发挥市场在资源配置中的决定性作用，更好发挥政府作用，以体制机制改革破除跨行业融合的障碍，以真金白银的政策打消企业顾虑，以精细务实的服务护航项目落地。",
        "牢牢把握“应用为王”的导向，不为建设而建设、不为指标而指标，一切围绕企业转型的真实需要来谋划，一切对照产业升级的实际成效来检验，使试点工作经得起现场看、经得起数据查、经得起时间考。",
    ],
    "principle": [
        "需求牵引，务求实效。从企业痛点出发遴选场景，先算效益账再定技术路线，防止贪大求洋和重复建设。",
        "分类施策，梯次推进。对大型企业重在贯通集成，对中型企业重在补齐短板，对小微企业重在轻量接入，不搞一个模子。",
        "开放协同，合作共赢。鼓励运营企业、设备企业、软件企业和制造企业组成联合体，共担风险、共享收益。",
        "安全可控，底线思维。网络、数据、生产安全同步规划、同步建设、同步运行，绝不以牺牲安全为代价换取速度。",
        "改革创新，敢闯敢试。对新技术新模式留足包容空间，允许在可控范围内先试先改，及时总结、及时纠偏。",
        "城乡统筹，县区联动。市级重在搭台，县区重在唱戏，园区重在服务，形成上下贯通的工作格局。",
    ],
    "net": [
        "推进网络向生产一线延伸。围绕工业园区、产业基地和重点企业，按照“先急后缓、先厂内后厂外”的次序安排建设计划，支持企业与运营企业共同设计组网方案，推动用户面网元按需下沉，满足低时延、大上行、高可靠的业务要求。",
        "推进内外网络协同改造。支持企业采用新型网络技术改造现场总线和工业以太网，打通信息网络与控制网络之间的壁垒，推动老旧装备通过加装网关、更换控制器等方式接入网络，使沉睡的设备开口说话。",
        "推进算力与网络一体布局。统筹通用算力、智能算力和边缘算力，引导算力资源靠近园区、靠近产线布设，探索按需调用、按量计费的服务方式，降低企业使用门槛。",
        "推进轻量化终端规模部署。面向仪表采集、视频回传、移动巡检等量大面广的业务，鼓励使用轻量化模组替代有线接入，以规模换成本、以成本促普及。",
    ],
    "app": [
        "做深重点行业应用。以龙头企业为牵引，沿着研发设计、生产制造、仓储物流、运营管理、售后服务的全链条梳理需求，推动成熟场景成批复制，推动前沿场景稳妥试验，推动单点应用走向系统集成。",
        "做强工厂示范标杆。建立培育、储备、申报、跟踪的闭环机制，对入库企业配备专家辅导组，一厂一策编制改造方案，帮助企业把工艺机理沉淀为模型、把操作经验固化为软件。",
        "做实中小企业普及。支持平台企业开发小快轻准的产品，采取云化部署、分期付费、效果付费等方式，让中小企业少花钱、快见效、敢尝试。",
        "做优产业链协同。引导链主企业开放订单、工艺和质量数据接口，带动上下游同步改造，实现计划协同、质量追踪和库存共享，整体提升供应链的韧性。",
    ],
    "eco": [
        "壮大供给主体。依托本地电子信息和装备制造基础，引育模组、终端、网关、工业软件企业，支持本地服务商由卖设备向卖服务转变，形成一批叫得响的解决方案。",
        "强化协同攻关。围绕工业现场确定性网络、工业数据建模、异构设备互联等共性难题，以揭榜挂帅方式组织产学研联合攻关，推动成果优先在本地验证和应用。",
        "完善交流合作。举办行业对接、现场观摩、技能比武等活动，鼓励本地企业走出去学、请进来教，营造比学赶帮的氛围。",
        "加强质量与标准引领。支持企事业单位参与标准研制，推动测试验证、检验检测、计量认证等机构集聚，以标准统一促进产品互通。",
    ],
    "serve": [
        "建强公共服务阵地。整合现有平台资源，提供监测分析、测试验证、方案咨询、供需撮合等一站式服务，避免企业多头跑、重复交。",
        "夯实人才支撑。支持高校、职业院校与企业共建课程、共建师资、共建基地，把车间变课堂、把工程师变教师，培养懂网络、懂数据、懂工艺的复合型人才。",
        "筑牢安全防线。健全政府、园区、企业三级联动的监测预警和应急处置体系，推动安全能力嵌入网络和应用，定期开展风险评估和实战演练。",
        "畅通转化渠道。完善从实验室到中试线再到生产线的服务链条，落实职务科技成果赋权政策，让科研人员有动力、企业有信心。",
    ],
    "guard": [
        "加强组织领导。发挥领导小组统筹作用，建立任务清单、责任清单和时限清单，定期听取进展、研究问题、通报情况，重大事项及时提请市政府常务会议审议。",
        "加强资金保障。统筹用好各级财政资金，发挥政府投资基金引导作用，鼓励金融机构创新产品，引导社会资本投向网络建设和应用改造，确保试点任务有钱办、办得成。",
        "加强要素供给。对纳入试点的重点项目，在用地、用能、环评、站址、电力引入等方面优先保障，建立绿色通道，推行并联审批和容缺受理。",
        "加强跟踪评价。引入第三方机构对试点进展和成效开展评估，评估结果作为政策调整和资金安排的依据，对工作不力的予以督促整改。",
        "加强宣传推广。及时总结提炼可复制的经验做法，通过现场会、案例集、媒体专栏等形式广泛传播，扩大试点的影响力和带动力。",
        "加强人才引育。落实各项人才政策，畅通职称评审和技能等级认定通道，对紧缺人才在住房、就医、子女入学等方面给予支持。",
    ],
}


def fill(city, kind, *which):
    """Filler paragraphs by number."""
    return "\n".join(BANK[kind][n].replace("{c}", city) for n in which)


_TASKS = [("编制园区网络建设导则", "通信管理办公室", "各运营企业"), ("梳理重点企业组网需求清单", "工信部门", "各县区、园区"), ("推进用户面网元下沉和边缘算力布设", "通信管理办公室", "各运营企业"),
          ("组织老旧设备联网改造诊断", "工信部门", "财政部门"), ("建立典型场景供需清单", "工信部门", "行业协会"), ("组织场景现场观摩和经验交流", "工信部门", "总工会"), ("建立工厂梯次培育库", "工信部门", "各县区、园区"),
          ("开展工业互联网企业网络安全分级管理", "通信管理办公室", "网信、公安部门"), ("组织网络安全实战演练", "网信部门", "公安部门"), ("完善安全生产风险监测系统", "应急部门", "工信部门"),
          ("引育模组、终端和工业软件企业", "投资促进部门", "工信部门"), ("组建产业联合体", "工信部门", "科技部门"), ("推动企业参与标准研制", "市场监管部门", "工信部门"), ("落实专项资金和贷款贴息", "财政部门", "金融管理部门"),
          ("用好产业引导基金", "国资部门", "财政部门"), ("建设现代产业学院和实训基地", "教育部门", "人社部门"), ("开展工程技术人员培训和等级认定", "人社部门", "工信部门"), ("完善科技成果转化服务链条", "科技部门", "教育部门"),
          ("加强知识产权快速维权服务", "市场监管部门", "司法部门"), ("编制年度评估报告", "统计部门", "工信部门"), ("加强典型经验宣传", "宣传部门", "工信部门"), ("落实项目用地用能保障", "自然资源部门", "发展改革部门")]


def duties(seed, count=16, head=("序号", "任务", "牵头", "配合", "时限")):
    rng = random.Random(seed)
    chosen = sorted(rng.sample(range(len(_TASKS)), count))
    rows = [list(head)] + [[str(n), *_TASKS[k], rng.choice(["持续推进", "试点期内", "每年开展", "长期坚持"])][:len(head)] for n, k in enumerate(chosen, 1)]
    return "@widths 7,42,20,19,12\n@size 10\n" + markup_table(rows)


BANK["risk"] = [
    "推进中也要清醒看到几方面的困难：一是企业认识不齐，部分经营者仍把网络改造看作成本而非投入；二是投资回收周期偏长，单靠企业自身难以持续；三是工业协议种类繁多、接口封闭，异构设备互通的难度大；四是运维力量薄弱，系统上线之后往往缺人管、缺人用。",
    "针对技术路线更新快的问题，{c}将坚持小步快跑、滚动实施，凡新上系统一律预留升级接口，避免一次性投入过大；针对供应商锁定问题，鼓励企业采用开放标准和模块化架构，在合同中明确数据归属与迁移义务。",
    "针对安全风险外溢问题，{c}将把网络安全审查前移到方案设计阶段，对涉及危险工艺的远程操控类应用实行双回路、双确认，未经风险评估不得投入运行；对涉及重要数据的平台，落实分级保护和出境管理要求。",
    "针对资金压力问题，{c}将把财政资金由建设补助为主转向应用绩效奖励为主，推动运营企业、设备企业以服务费分成的方式参与改造，鼓励保险机构开发网络安全和设备可靠性险种，分散企业顾虑。",
    "针对人才短缺问题，{c}将支持企业在车间设立“数字班组长”岗位，由运营企业派驻工程师带教，推动一线工人由会操作向会分析转变，并把技能等级与薪酬晋升挂钩。",
    "针对区域发展不平衡问题，{c}将实行市级统筹、县区结对，由基础较好的园区对口帮扶起步较晚的县区，共享专家资源和公共平台，避免出现一头热、一头冷的局面。",
]
BANK["mechanism"] = [
    "建立场景“揭榜”机制。由制造企业出题、服务商揭榜、第三方评估验收，揭榜成功的给予奖励，评估不合格的不予结算，用市场的办法把好质量关。",
    "建立网络“共建”机制。把工业企业的网络需求纳入国土空间规划和园区控规，新建厂房同步预留机房、管道和电力，已建厂房由园区统筹改造，减少重复开挖和重复投资。",
    "建立项目“管家”机制。对列入试点任务的项目，逐一明确联系领导、责任部门和服务专员，做到开工有人盯、困难有人帮、进度有人报，实行清单化、闭环式管理。",
    "建立经验“输出”机制。支持先行企业把成熟经验封装为标准化产品和服务，面向同行业有偿推广，使示范企业由花钱的主体变为赚钱的主体，形成可持续的推广动力。",
    "建立数据“可信”机制。依托公共平台开展数据登记、确权和流通试验，推动设备、质量、能耗等数据在产业链上下游有序共享，既让数据流得动，又让企业放得心。",
    "建立绩效“评估”机制。从网络质量、应用深度、经济效益、安全水平等维度设计评估指标，采取企业自评、现场抽查、第三方核验相结合的方式，力求客观反映试点成效。",
]
