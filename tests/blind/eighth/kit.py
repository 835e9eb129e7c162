"""What the eighth made-up set has of its own: names for the lists of other places, and shorthand. The drawing is the seventh set's."""
import importlib.util
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image

_spec = importlib.util.spec_from_file_location("kit7", Path(__file__).parent.parent / "seventh" / "kit.py")
_kit = importlib.util.module_from_spec(_spec)
sys.modules["kit7"] = _kit
_spec.loader.exec_module(_kit)
_kit.PROV = ["河北省", "山西省", "内蒙古自治区", "辽宁省", "吉林省", "黑龙江省", "上海市", "江苏省", "浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "广西壮族自治区", "海南省", "重庆市", "四川省", "贵州省", "云南省", "陕西省", "青海省", "新疆维吾尔自治区"]
_kit.SYL = {"河北省": "燕峁 冀溆", "山西省": "晋坨 太峁", "内蒙古自治区": "蒙玛 敕沁", "辽宁省": "辽嵋 盛垚", "吉林省": "吉峒 松屏", "黑龙江省": "龙漪 兴坳", "上海市": "沪汀 申溆", "江苏省": "苏垛 吴塍", "浙江省": "越埭 浙汊", "安徽省": "皖圩岭 徽塝", "福建省": "闽坂 八闽汀", "江西省": "赣墈 饶汊", "山东省": "齐埠 鲁汊", "河南省": "豫塬 中坨", "湖北省": "鄂垸 荆汊", "湖南省": "湘垄 洞坪", "广东省": "粤滘 岭塱", "广西壮族自治区": "桂垌 壮峒", "海南省": "琼塘 海坉", "重庆市": "渝垭 巴碛", "四川省": "蜀坝 川碛", "贵州省": "黔垴 贵硐", "云南省": "滇坝 彩坪", "陕西省": "秦塬坡 陕峁", "青海省": "青垴 湟塬", "新疆维吾尔自治区": "疆淖 天垣"}
_kit.TRADE = [("大型铸钢件", "铸钢"), ("光纤预制棒", "光纤"), ("高压开关柜", "电气"), ("家用冰箱", "家电"), ("聚氨酯", "化学"), ("商用车车桥", "车桥"), ("锂电隔膜", "膜材料"), ("白酒酿造", "酒业"), ("乳粉", "乳业"), ("平板玻璃", "玻璃"), ("氧化铝", "铝电"), ("合成氨", "煤化工"), ("印制电路板", "电路"), ("晶硅拉棒", "晶硅"), ("服装吊挂线", "服饰"), ("医用耗材", "医疗器械"), ("电梯整机", "电梯"), ("船用柴油机", "动力"), ("铜杆线", "铜业"), ("定制橱柜", "家居")]
_kit.FIRST, _kit.SECOND = "金中华天正东新立邦远", "拓峰晟岳禾航锐成工茂"
_kit.PLANTS = ["5G工厂", "5G数字工厂", "5G全连接工厂", "智能制造5G工厂", "全流程5G工厂"]
from kit7 import *  # noqa: E402, F403
from kit7 import SCENES, docx_words, office, put, save_scan, scan, sq, xlsx, xlsx_words  # noqa: E402


# ---------------------------------------------------------------- shorthand of the eighth set
def letterhead(s, org, number, title, to, paras, sign, date, seal=None, signer=None, head=34, tp=20, **k):
    """A drawn official paper."""
    s.redhead(org, number, signer, pt=head)
    s.title(title, tp)
    if to:
        s.p(to, indent=0)
    for p in paras:
        s.p(p)
    if sign:
        s.sign(sign, date, seal, **k)
    return s


def textpaper(r, org, number, title, to, paras, sign=None, date=None, red=True, size=18):
    """The same as a text page of reportlab."""
    if red:
        r.p(org, fontName=r.hei, fontSize=25, leading=36, alignment=1, firstLineIndent=0, textColor="#c8141c")
    else:
        r.p(org, fontName=r.hei, fontSize=r.pt + 3, alignment=1, firstLineIndent=0)
    if number:
        r.p(number, alignment=1, firstLineIndent=0, spaceAfter=8)
    r.title(title, size)
    if to:
        r.p(to, firstLineIndent=0)
    for p in paras:
        r.p(p)
    if sign:
        r.p(sign, alignment=2)
        r.p(date, alignment=2)
    return r


def docx_pdf(d, path):
    """A Word file printed to PDF by LibreOffice."""
    tmp = Path(tempfile.mkdtemp(prefix="blind_"))
    d.save(tmp / "x.docx")
    out = office([tmp / "x.docx"], "pdf", str(tmp))[0]
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(out, path)
    return sq(docx_words(tmp / "x.docx"))


def as_doc(d, path, fmt="doc"):
    """A Word file saved in an older format; its words are known."""
    tmp = Path(tempfile.mkdtemp(prefix="blind_"))
    d.save(tmp / "x.docx")
    out = office([tmp / "x.docx"], fmt, str(tmp))[0]
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(out, path)
    put(path, [docx_words(tmp / "x.docx")])


def as_xls(path, sheets):
    tmp = Path(tempfile.mkdtemp(prefix="blind_"))
    xlsx(tmp / "x.xlsx", sheets)
    out = office([tmp / "x.xlsx"], "xls", str(tmp))[0]
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(out, path)
    put(path, [xlsx_words(tmp / "x.xlsx")])


def blank_scan(n, path, seed=9, dpi=110):
    """Backs of sheets: nothing but paper."""
    W, H = int(210 / 25.4 * dpi), int(297 / 25.4 * dpi)
    save_scan([scan(Image.new("RGB", (W, H), (255, 255, 255)), .2 * (i - 1), 3, seed=seed + i) for i in range(n)], path, dpi, 55, [""] * n)


def check_scenes(d, counts):
    got = [len(set(v.split())) for v in d.values()]
    assert got == list(counts), got
    assert all(x in SCENES for v in d.values() for x in v.split()), [x for v in d.values() for x in v.split() if x not in SCENES]
