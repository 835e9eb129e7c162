"""Numbers with what they mean: intervals with operator, unit, per, subject, year and flags, found by patterns over a view."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from models.evidence import Operator, Quantity
from models.masks import BLANK, Mask, masked, masks, years
from models.normalise import View, view

DATA = Path(__file__).parent / "data"

# Words before a number and the operator that they make of it.
_ABOVE: dict[str, Operator] = {
    **dict.fromkeys(
        ["不少于", "不低于", "不小于", "不下于", "不下", "不得少于", "不得低于", "不应低于", "至少", "最少", "最低", "下限为", "满", "≥",
         ">=", "上", "最短"], ">="
    ),
    **dict.fromkeys(["超过", "超出", "超", "突破", "逾", "大于", "高于", "多于", "优于", "过", ">", "不止", "达超", "跨越", "首破", "再破", "冲破", "跨过", "迈过", "跨上", "迈上"], ">"),
}
_BELOW: dict[str, Operator] = {
    **dict.fromkeys(["不足", "不到", "不满", "不及", "未达到", "未达", "未满", "近", "将近", "接近", "逼近"], "<"),
    **dict.fromkeys(["低于", "小于", "少于", "<", "劣于"], "<"),
    **dict.fromkeys(["不超过", "不高于", "不多于", "不大于", "不得超过", "不得高于", "不应超过", "不能超过", "未超过", "至多", "最多", "最高", "最长",
         "上限为", "上限", "封顶", "限", "≤", "<="], "<="),
}
_ABOUT = ("约为", "大约", "约", "大概", "大致", "估计", "左右", "上下", "上下浮动", "≈")
_PREFIX = sorted((*_ABOVE, *_BELOW, *_ABOUT), key=len, reverse=True)
_MULTIPLIER = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
               "十亿": 10**9, "百亿": 10**10,
               "千亿": 10**11, "万亿": 10**12}  # fmt: skip
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_CN = "一二两三四五六七八九十百千万亿零〇壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_PLAIN_CN = str.maketrans(
    dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True)) | {"廿": "二十", "卅": "三十"}
)
# “五六百”, “三五家”, “一千五六百”: from the one digit to the next.
_NEAR = re.compile(r"((?:.*[十百千万亿])?)([一二两三四五六七八])([二两三四五六七八九])([十百千万亿]*)")
# 二 is a count only before these; before other measure words it names the second (二期, 二类, 二层).
_TWO = frozenset("家项个件人名位台座所成元年月日天")
_CN_DIGIT = "零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖"
# 多元化 is no sum of money.
_MANIFOLD = "[化素性主文格体方]"
# What makes 分 something else than a score: 分别, 分三步, 分公司, 分之 …
_NO_SCORE = (
    "之公秒支类级布行店厂厅局区校院部会论赛中拨析解步批层期阶段别为享配值散组头摊担流离辨制工一二两三四五六七八九十成包子\\d"
)


@cache
def units() -> dict[str, tuple[str, str]]:
    """The unit table: spelling → (spelling that a quantity carries, kind)."""
    table: dict[str, tuple[str, str]] = {}
    for line in (DATA / "units.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            unit, canonical, kind = line.split("\t")
            table[unit.replace("（", "(").replace("）", ")")] = (canonical, kind)
            table[unit] = (canonical, kind)
    return table


def chinese_number(text: str) -> Decimal | None:
    """A Chinese numeral as a number: 三十一点二 → 31.2, 两千三百 → 2300, 百亿 → 10^10; None where it is none."""
    whole, _, fraction = text.translate(_PLAIN_CN).partition("点")
    if len(whole) > 1 and all(c in _DIGITS for c in whole):
        total = Decimal("".join(str(_DIGITS[c]) for c in whole))
    else:
        section, digit, result = 0, None, 0
        for character in whole:
            if character in _DIGITS:
                digit = _DIGITS[character]
            elif character in "十百千":
                section += (1 if digit is None or (digit == 0 and character == "十") else digit) * {
                    "十": 10,
                    "百": 100,
                    "千": 1000,
                }[character]
                digit = None
            elif character in "万亿":
                section += digit or 0
                digit = None
                if character == "亿":
                    result = (result + section or 1) * 10**8
                elif result >= 10**8:
                    result += section * 10**4
                else:
                    result = (result + (section or (0 if result else 1))) * 10**4
                section = 0
            else:
                return None
        # 两万三 is 23,000; 三百五 is 350.
        if digit is not None and len(whole) > 1 and whole[-2] in "百千万亿":
            section += digit * {"百": 10, "千": 100, "万": 1000, "亿": 10**7}[whole[-2]]
        else:
            section += digit or 0
        total = Decimal(result + section)
    if fraction:
        if not all(c in _DIGITS for c in fraction):
            return None
        total += Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))
    return total


@cache
def _pattern() -> re.Pattern[str]:
    unit = "|".join(
        re.escape(u) + (r"(?![A-Za-z])" if u.isascii() and u[-1].isalpha() else "")
        for u in sorted(units(), key=len, reverse=True)
    )
    # Words in which a unit character belongs to something else: 3个人, 30年代, 5家族 …
    unit = rf"(?:{unit})(?<!成(?=[果立功为员本效熟长就品]))(?<!分(?=[{_NO_SCORE}]))(?<!瓦(?=[斯房解]))(?<!克(?=[服隆制难]))"
    # 签约, 预约, 节约 … hold no “about”, 年限 and 权限 no bound.
    prefix = "|".join(
        {"约": "(?<![签预节履违续邀条契])约", "限": "(?<=[，,。；;、 ])限(?!量|额|期)"}.get(word, re.escape(word)) for word in _PREFIX
    )
    # A minus only before what can be negative: a dash between two figures is a range.
    arabic = r"(?:(?<=[为是:：达速长至])-(?=\d+(?:\.\d+)?[%‰]))?(?:-(?=\d+(?:\.\d+)?(?:dBm|dB|℃|摄氏度)))?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    multiplier = r"万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?![米克瓦兆伏赫卡])|百(?!分)"
    per = r"/(?:每)?(?:万人|平方公里|平方千米|百户|千人|年|月|天|日|小时|分钟|人|户|亩|家|吨|秒|s|km|平方米|公里|百人|百家|千户|人次|个|台|套|件|次|条|度|GB|千瓦时|kWh|立方米|标箱|吨公里|月|t(?![A-Za-z]))"
    return re.compile(
        rf"(?P<pre>{prefix})?(?P<fill>了|达到|达|为|到|至)?(?:[(（](?P<within>不?含)(?:本数)?[)）])?"
        rf"(?:(?P<cent>百分之|千分之|万分之)(?P<pct>[{_CN}]+(?:点[{_CN_DIGIT}]+)?|\d+(?:\.\d+)?)"
        rf"|(?P<tenths>[一二两三四五六七八九])成(?P<fifth>半|[一二三四五六七八九])(?![个家项])"
        rf"|(?P<slash>(?<![\d/.])[1-9]/(?:[2-9]|10)(?=以上|的|左右|强|,|，|。|$))"
        rf"|(?P<half>过半数?|超半数?|半数|一半|(?<=近)半数?|(?<=过)半数?)"
        rf"|(?<![上下大小多过一两几年月天时个])(?P<halves>半个?(?:小时|年|天|月))(?![报导度线])"
        rf"|(?P<frac>(?:[一二三四五六七八九]|十[一二三四五六七八九]?|[二三四五六七八九]十|[十百千]万)分之[一二两三四五六七八九十]+)(?P<bit>强|弱)?"
        rf"|(?P<fold>翻了?[一两二三四]?番)"
        rf"|(?P<arabic>(?:(?<![A-Za-z\d.第])|(?<=[A-Z]{{3}})(?=[\d,.]+[余多]?[万千百亿]?[余多]?[个套台款家项辆架条部件张元人户名万亿小天吨公])){arabic})(?P<e1>余|多(?!元{_MANIFOLD}|年)|来|几)?(?P<mult>{multiplier})?(?P<e2>余"
        rf"|多(?!元{_MANIFOLD}|样|维|层)|来|几|\+(?=[\u4e00-\u9fff]))?(?: (?=[A-Zkmnuμ][A-Za-z]))?(?P<unit>{unit})?"
        rf"|(?P<some>数|几|好几|上|成)(?P<somem>十|百|千|万|十万|百万|千万|亿|十亿|百亿|千亿)(?P<sm2>亿|万)?(?P<unit2>{unit})"
        rf"|(?P<cn>(?<![第统唯任每逐专之])(?<!单(?=一))(?<!(?<!合)同)(?![伍](?<=[队退入落行]伍))[{_CN}]+(?<!千(?=[瓦米克伏卡赫]))(?:点[{_CN_DIGIT}]+)?)(?P<e3>余|多|来|几)?(?P<cm>万亿|万"
        rf"|亿)?(?P<unit3>{unit}|(?=(?:至|到|-)[{_CN}]{{1,6}}(?:{unit}))))"
        rf"(?P<per>{per})?(?P<suf>(?:[(（]不?含(?:本数)?[)）])?[(（]?(?:及?以上|之上|以下|之下|以内|之内|左右|上下(?!游|班|料|车|级|联|贯|衔)|有余|出头|开外|封顶|内(?![部外容陆网存生蒙资设])|起步?(?=[,，。；;、)）|]|$)|多(?![元样方级层维种类家项数])|余(?![下额])|[强弱](?=[,，。；;、)）]|$))[)）]?)?"
    )


_RANGE_GAP = re.compile(r"(?:-{1,2}|~|至|到)")
_CLAUSE = re.compile(r"[,，。；;：:、（）()！!？?\n]")
_BOUNDARY = re.compile(r"[,，。；;：:！!？?\n（()）、|]|$")
_BARE_BEFORE = re.compile(r"(?:为|达到?|是|到|至|数|量|率|比|重|值|于|过|约|共?计|共有?|有|[:：|=])$")
_RAISE = re.compile(
    r"(?:提高|提升|上升|增长|增加|跃升|跃至|扩大|发展|下降|降低|降|缩短|减少|攀升|跃增|拓展"
    r"|扩展|压缩|升|增|上涨|变为|变成|扩|缩|猛增|净增|翻番|飙升|调减|调增|调整|壮大|优化|改善"
    r"|延长)\w{0,2}?(?:到|至|为)|^(?:到|至|-{1,2}>?|→)$|(?:增至|升至|降至|跃至|减至|增到|升到"
    r"|降到|达到|达)"
)
_DELTA = re.compile(
    r"(?:降幅|涨幅|(?:比|较)[^,，。；;]{1,10}[多少]|高出[^,，。；;\d]{1,8}|同比|环比|比上年|较上年|比去年|较去年"
    r"|年均|净|平均)?(?:增长|增加|提高|提升|上升|增幅|下降|降低|减少|缩短|高出|多出|节约|节省|压减|压缩|上涨"
    r"|增速|回落|增|减|降|升|超出|领先|落后|高|低)(?:了|达到?|约|近|超过?|幅度|逾|率)*$"
)
_LEVEL = re.compile(r"(?:到|至|为|增至|升至|降至)$")
_NEW = re.compile(r"(?:新增|新建|新建成|净增|新开通|新引进|新认定|新入库|新签约|新获批|新入选|新培育|新登记|新注册)")
_TOTAL = re.compile(r"(?:累计|总计|共计|合计|总共|总量|总数|总额|共有|共|现有|总规模)")
_SHARE = re.compile(r"占[^,，。；]{0,22}$|占比|比重")
_RATE = re.compile(r"(?:率|比例|比重|占比|普及度|渗透度|可靠性|可用性|成功率|覆盖度)")
_MONEY_WORD = re.compile(
    r"(?P<paid>拨付|兑现|到位|实缴|支付|发放|支出|放款|投放|已投资?|支取|到账|实际投入|完成投资|落实)|(?P<budgeted>预算"
    r"|安排|下达|计划投入|认缴|授信|意向|协议|总投资|拟投|签约|目标规模|总规模|额度)|(?P<cap>最高|上限|不超过)"
    r"|(?P<granted>授权|获权)|(?P<applied>申请|受理|申报|提交)"
)
_MONEY_NOUN = re.compile(r"(?:投资额?|资金|金额|产值|营收|收入|贷款|授信|补贴|补助|奖励|经费|成本|税收?|利润|销售额|总值|融资|拨款|支出|罚款|预算|报价|造价|售价|总价|奖|补|罚)[^，,。；\d]{0,6}$")
_THRESHOLD_NOUN = re.compile(r"^[^,，。；;\d]{0,24}?(?:的)(?:[^,，。；;\d]{0,8}?)(?:工厂|企业|厂|项目|园区|车间|单位|公司|平台)")
_FACTORY_HAS = re.compile(
    r"(?:工厂|企业|厂|公司|车间)[^,，。；;\d]{0,14}?(?:具备|具有|拥有|建成|实现|部署|落地"
    r"|应用|达到|数量|均|都|各自|分别)?[^,，。；;\d]{0,12}$"
)
_STOP_WORDS = re.compile(
    r"^(?:截至|截止|目前|现已|已经|已|全市|我市|本市|全县|全区|累计|共计|合计|总计|共有|共|现有|现|另有|另|其中"
    r"|现|仅|就|也|还|均|约|达到|达|有|拥有|建成|新建成?|建有|建设|开通|完成|实现|获得|获评|获批|入选|培育|引进"
    r"|打造|部署|形成|组织|开展|举办|培训|投入|安排|设立|推动|支持|带动|新增|参与|参加|主导|牵头|或|和|与|及"
    r"|并|的|了|为|在|对|将|由|从|按|比|较|其|等|年|至|到|是|已在|力争|计划|拟|预计|争取|确保|末|底)+"
)
_TAIL_WORDS = re.compile(
    r"(?:(?:累计|已经|已|共计|合计|总计|共有|共|现有|现已|现|仅|就|也|还|均|约|达到|达|有|拥有|为|是|至|到|了"
    r"|新增|增加|增长|建成|开通|完成|实现|部署|具备|突破|超过|凡|者|将|逾|近|净增|提升|提高|降低|下降|缩短|增"
    r"|减|升|降|分别|在内|不少于|稳定在|控制在|总数|平均|从|由|不|数量为|数量|总量|规模|获|的|比|比例))+$"
)
_AFTER_NOUN = re.compile(r"^(?:的)?(?P<noun>[\u4e00-\u9fffA-Za-z0-9+＋“”·\-]{1,24})")
_AFTER_STOP = re.compile(
    r"(?:已|正|均|入选|获|被|通过|完成|建成|达到|达|实现|具备|进入|列入|纳入|在|为|是|,|，|。|;|；|、|（|\("
    r"|以上|用于|分别|来自|其中|开展|上云|接入|部署|处于|成功|正常|获得|运行|投入|将|拟)"
)
_SUBJECT_CUT = re.compile(r".*(?:[,，。；;：:、！!？?()（）《》\n]|的(?=[\u4e00-\u9fff])|" + BLANK + r")")
_VERB_CUT = re.compile(
    r".*(?:建成|开通|建设|部署|培育|引进|打造|设立|安排|拥有|举办|开展|组织|带动|获批|获评|入选|新增|推动|支持"
    r"|实现|完成|具备|形成|签约|下达|拨付|投入|累计|参与制定|牵头制定|主导制定|制定|出台|印发|发布|全市|我市"
    r"|改造|服务|覆盖|接入|办理|处置|集聚|吸引|促成|培养|培训|发放|兑现|受理|申请|共有|现有|其中)"
)


def _amount(number: Decimal, multiplier: str) -> Decimal:
    return number * _MULTIPLIER[multiplier]


def _plain(value: Decimal) -> Decimal:
    """A Decimal without exponent and trailing zeros, so that equal figures print alike."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral() else value


def _next_step(value: Decimal, shown: str, multiplier: str) -> Decimal:
    """The upper end of “30余” (40), “1200多” (1300), “1.2万余” (13000)."""
    unit = Decimal(_MULTIPLIER[multiplier])
    digits = shown.replace(",", "")
    if "." in digits:
        return value + unit * Decimal(1).scaleb(-len(digits.split(".")[1]))
    if multiplier:
        return value + unit
    zeros = len(digits) - len(digits.rstrip("0"))
    return value + Decimal(10) ** zeros


_MORE_TIME = re.compile(r"(?P<unit>月|小时|工作日|季度|学期)")
_SUM = re.compile(r"(?P<more>多)?亿(?!个|台|人|件|次|吨|级)元?")
_HALF_MORE = re.compile(r"半(?:(?P<unit>月|小时|季度|工作日|学期|百分点)|(?![导数径成自封挂拉]))")
# After one of these 一 and 十 are counts.
_ONE = frozenset(("家", "项", "件", "座", "款", "起", "场", "部", "份", "所", "名", "台", "套", "个", "成", "元", "人", "次"))
_SCORE = re.compile(r"(?:得|评|总|均|满|打|绩|最[高低])分(?:数|值)?(?:为|达到?|是|约|超过?|数)*$|满意度(?:为|达到?|均)*$")
_CHANGE = re.compile(r"(?:降低|下降|提高|提升|增长|增加|减少|缩短|压缩|降|增|占|达到?|为)了?$")
_LASTING = re.compile(r"(?:提前|推迟|延长|缩短|连续|为期|不满|顺延)了?$")
_HELD = re.compile(r"(?:举办|开展|组织|开设|开办|培训班?|训练营|沙龙|讲堂|简报|通报|共|已|办|了)$")
# Units of which less is better: “优于2厘米”.
_LESS_IS_BETTER = frozenset(("毫米", "厘米", "米", "微米", "纳米", "ms", "us", "秒", "ns", "℃", "微秒"))


class _Found:
    """One match of the number pattern, read."""

    __slots__ = ("bare", "end", "high", "low", "mult", "number_start", "operator", "per", "shown", "start", "unit", "value")

    def __init__(self) -> None:
        self.start = self.end = self.number_start = 0
        self.low: Decimal | None = None
        self.high: Decimal | None = None
        self.value = Decimal(0)
        self.operator: Operator = "="
        self.unit = self.per = self.mult = self.shown = ""
        self.bare = False


def _read(match: re.Match[str]) -> _Found | None:
    found = _Found()
    get = match.group
    prefix, suffix = get("pre") or "", (get("suf") or "").strip("()（）")
    without = suffix.startswith("不含")
    suffix = re.sub(r"^不?含(?:本数)?[)）]", "", suffix)
    # “上” and “过” before a plain number are words of their own (会上, 通过).
    if prefix == "封顶" and (get("unit") or get("unit3")) not in ("元", "美元", "%"):
        prefix = ""  # buildings are topped out
    if prefix == "满" and units().get(get("unit") or get("unit3") or "", ("", ""))[1] == "time":
        pass
    elif prefix in ("上", "过", "满") and (get("arabic") or (prefix == "上" and (get("cn") or "百").strip("十百千万亿"))):
        prefix = ""
    unit_text = get("unit") or get("unit2") or get("unit3") or ""
    unit = units()[unit_text][0] if unit_text else ""
    more = get("e1") or get("e2") or get("e3")
    low: Decimal | None
    high: Decimal | None
    if get("pct"):
        text = get("pct")
        number = chinese_number(text) if text[0] in _CN else Decimal(text)
        if number is None:
            return None
        low = high = number
        unit = "‰" if get("cent") == "千分之" else "%"
        if get("cent") == "万分之":
            low = high = number / 100
        found.number_start = match.start("cent")
    elif get("tenths"):
        low = high = Decimal(_DIGITS[get("tenths")] * 10 + (5 if get("fifth") == "半" else _DIGITS[get("fifth")]))
        unit = "%"
        found.number_start = match.start("tenths")
    elif get("slash"):
        over, under = get("slash").split("/")
        low = high = (Decimal(over) / Decimal(under) * 100).quantize(Decimal("0.01"))
        unit = "%"
        found.number_start = match.start("slash")
    elif get("half"):
        low = high = Decimal(50)
        unit = "%"
        if get("half")[0] in "过超":
            prefix = "超"
        found.number_start = match.start("half")
    elif get("halves"):
        low = high = Decimal("0.5")
        span = get("halves").lstrip("半个")
        unit = units()["个月" if span == "月" else span][0]
        found.number_start = match.start("halves")
    elif get("frac"):
        below, above = get("frac").split("分之")
        bottom = chinese_number(below)
        top = chinese_number(above)
        if not bottom or top is None:
            return None
        share = top / bottom * 100
        low = high = share.quantize(Decimal("0.01")) if share >= Decimal("0.01") else share
        unit = "%"
        if get("bit"):
            prefix = "超" if get("bit") == "强" else "不足"
        found.number_start = match.start("frac")
    elif get("fold"):
        # 翻番 doubles, 翻两番 is four times.
        turns = next((_DIGITS[c] for c in get("fold") if c in _DIGITS), 1)
        low = high = Decimal(2) ** turns
        unit = "倍"
        if re.compile(r"[还要]*多|有余").match(match.string, match.end()):
            prefix = "超"
        found.number_start = match.start("fold")
    elif get("arabic"):
        shown = get("arabic").replace(",", "")
        found.shown, found.mult = shown, get("mult") or ""
        low = high = _amount(Decimal(shown), found.mult)
        found.number_start = match.start("arabic")
        if more == "+":
            found.operator, high = ">=", None
        elif more:
            found.operator, high = ">", _next_step(low, shown, found.mult if get("e2") or not get("e1") else "")
            if get("e1") and found.mult:
                high = _next_step(Decimal(shown), shown, "") * _MULTIPLIER[found.mult]
        found.bare = not unit
    elif get("some"):
        step = Decimal(_MULTIPLIER[get("somem")]) * _MULTIPLIER[get("sm2") or ""]
        found.number_start = match.start("some")
        if get("some") in ("上", "成"):
            low, high, found.operator = step, None, ">="
        else:
            low, high, found.operator = step, step * 10, ">"
    else:
        text = get("cn")
        number = chinese_number(text)
        if number is None or (not text.strip("零〇") and text != "零"):
            return None
        number *= _MULTIPLIER[get("cm") or ""]
        found.number_start = match.start("cn")
        low = high = number
        found.bare = not unit
        # 十五六家 is 15 to 16, 三五家 3 to 5, 一千五六百人 1500 to 1600.
        near = _NEAR.fullmatch(text)
        if (
            near
            and unit
            and _DIGITS[near[3]] - _DIGITS[near[2]] in (1, 2)
            and (near[1] or near[2] != "一" or near[3] == "两" or near[4])
        ):
            ends = [chinese_number(near[1] + digit + near[4]) for digit in (near[2], near[3])]
            if ends[0] is not None and ends[1] is not None and ends[0] < ends[1]:
                low, high = ends[0] * _MULTIPLIER[get("cm") or ""], ends[1] * _MULTIPLIER[get("cm") or ""]
        if more:
            significant = number.normalize().as_tuple().exponent
            step = Decimal(1).scaleb(max(int(significant), 0))
            found.operator, high = ">", number + step
        reached = get("fill") in ("达", "达到") and unit
        if text[0] in "百千万亿" and not (prefix or more or len(text) > 1 or suffix or reached):
            return None
        if unit == "分" and "点" not in text and not _SCORE.search(match.string, max(0, match.start() - 8), match.start()):
            return None
        if text == "一" and unit in ("成", "倍"):
            part = unit == "成" and re.compile(r"的?(?:企业|工厂|职工|员工|用户|设备|产值|项目)").match(match.string, match.end())
            if not (prefix or suffix or more or part or _CHANGE.search(match.string, max(0, match.start() - 6), match.start())):
                return None
        elif text == "一" and unit == "年":
            if not (prefix or _LASTING.search(match.string, max(0, match.start() - 4), match.start())):
                return None
        elif text in ("一", "十") and unit not in _ONE:
            return None
        if (text == "二" and units()[unit_text][1] in ("count", "level") and unit not in _TWO) or (
            len(text) == 1 and unit in ("路", "道", "环", "期") and text != "两" and not (prefix or suffix or more)
            and not (unit == "期" and _HELD.search(match.string, max(0, match.start() - 8), match.start()))
        ):  # fmt: skip
            return None
    if unit == "成":
        low = low * 10 if low is not None else None
        high = high * 10 if high is not None else None
        unit, found.mult = "%", "十"
    value = low if low is not None else high
    assert value is not None
    if prefix == "近" and units().get(unit, ("", ""))[1] == "time" and re.compile("[中内来里]|以来|期间|的").match(match.string, match.end()):
        prefix = ""  # “近6个月内”: the last six
    if prefix in ("优于", "劣于") and unit in _LESS_IS_BETTER:
        prefix = "小于" if prefix == "优于" else "大于"
    if prefix in _ABOVE:
        found.operator, low, high = _ABOVE[prefix], value, None
    elif prefix in _BELOW:
        found.operator, low, high = _BELOW[prefix], None, value
    elif prefix in _ABOUT or suffix in ("左右", "上下"):
        found.operator = "~"
    elif suffix in ("以上", "及以上", "之上", "起", "起步"):
        found.operator, high = (">" if without else ">="), None
    elif suffix in ("以下", "之下", "以内", "之内", "内", "封顶"):
        found.operator, low, high = ("<" if without else "<="), None, value
    elif more == "来":
        found.operator = "~"
    elif suffix == "弱" and unit:
        found.operator, low, high = "<", None, value
    elif suffix in ("有余", "多", "余", "出头", "开外", "强") and not more and (unit or suffix != "强"):
        found.operator = ">"
        high = _next_step(value, found.shown, found.mult) if found.shown else None
    found.start = match.start("pre") if get("pre") and prefix else found.number_start
    found.end = found.end or match.end()
    found.low, found.high, found.value, found.unit = low, high, value, unit
    half = (
        _HALF_MORE.match(match.string, match.end()) if unit in ("个", "年", "天", "倍", "月") and low == high == value else None
    )
    if half and (half["unit"] if unit == "个" else not half["unit"]):
        # “3个半月” is three and a half months, not three pieces.
        unit = units()["个" + half["unit"]][0] if half["unit"] and "个" + half["unit"] in units() else half["unit"] or unit
        found.low = found.high = found.value = value + Decimal("0.5")
        found.unit, found.end = unit, half.end()
    minutes = match.string.startswith("半钟", match.end()) if unit == "分" and low == high == value else False
    if minutes:
        found.low = found.high = found.value = value + Decimal("0.5")
        found.unit, found.end = units()["分钟"][0], match.end() + 2
    sum_of = _SUM.match(match.string, match.end()) if unit == "个" and suffix in ("", "多") else None
    if sum_of and value is not None:
        # “6个亿” is a sum of money.
        found.value = value * 10**8
        found.low, found.high = (None if end is None else end * 10**8 for end in (found.low, found.high))
        if sum_of["more"] and found.operator == "=":
            found.operator, found.high = ">", None
        found.unit, found.end = units()["元"][0], sum_of.end()
    longer = _MORE_TIME.match(match.string, match.end()) if unit == "个" and suffix == "多" else None
    if longer:
        # “2个多小时” is more than two hours, not two pieces.
        unit = units()["个" + longer["unit"]][0] if "个" + longer["unit"] in units() else longer["unit"]
        found.unit, found.end = unit, longer.end()
    per = get("per")
    found.per = per[1:].removeprefix("每") if per else ""
    if found.per == "平方千米":
        found.per = "平方公里"
    if found.per in ("s", "秒") and unit in ("Mb", "Gb"):
        found.per = ""
    return found


# Numbers with a blank between them: pieces of one number or of two columns. None of them can be told, and half a number is a wrong one.
_TORN = re.compile(r"(?<![A-Za-z\d.])\d[\d.,]*(?: \d[\d.,]*)+")
_YEAR_UNIT_OK = re.compile(r"(?:缩短|延长|提前|推迟|为期|期限|周期|寿命|质保|压缩|回收期)[^,，。；]{0,6}$")


def find(plain: str, stretches: list[Mask]) -> tuple[Quantity, ...]:
    """The quantities of one sentence: offsets are those of ``plain``; status and scope are left as they are by default."""
    bare = masked(plain, stretches)
    founds: list[_Found] = []
    torn = [match.span() for match in _TORN.finditer(bare)] if " " in bare else []
    for match in _pattern().finditer(bare):
        found = _read(match)
        if found is not None and not any(low <= found.number_start < high for low, high in torn):
            founds.append(found)
    if not founds:
        return _ordinals(plain, bare)
    founds = _ranges(bare, founds)
    _share_units(plain, bare, founds)
    if "分别" in plain:
        _share_bounds(plain, founds)
    for before, found in itertools.pairwise(founds):
        # “至少培育3家国家级、10家省级”: the adverb speaks of both.
        if found.operator == "=" and found.low == found.high and found.unit == before.unit and _KINDS.fullmatch(plain[before.end : found.start]):
            least = re.search(r"至少[\u4e00-\u9fff]{0,4}$", plain[: before.start])
            if least:
                found.operator, found.high = ">=", None
    for found in founds:
        if found.bare:
            _beside(plain, found)
    if "|" in plain and _ROW.match(plain):
        founds = _of_row(plain, founds)
    quantities: list[Quantity] = []
    last_end = 0
    for position, found in enumerate(founds):
        following = founds[position + 1] if position + 1 < len(founds) else None
        quantity = _describe(plain, bare, stretches, found, last_end, following, quantities)
        if quantity is not None:
            quantities.append(quantity)
        last_end = found.end
    return (*_inherit(plain, quantities), *_ordinals(plain, bare))


# “从31家到46家”, “净增9家至55家”: a movement, no range.
_MOVES = re.compile(r"(?:[从由]|净增|新增|增加|增长|扩大|提高|提升|减少)[^,，。；;]{0,8}$")


def _moves(lead: str, unit: str) -> bool:
    """Whether two numbers with 至 between them are a movement: “净增9家至55家”; “提高25%至30%” is a range."""
    match = _MOVES.search(lead)
    return match is not None and (match[0][0] in "从由" or unit not in ("%", "‰", "百分点", "倍"))


def _ranges(bare: str, founds: list[_Found]) -> list[_Found]:
    """Join “3—5个” into one interval."""
    joined: list[_Found] = []
    for found in founds:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.mult in ("万", "亿")
            and before.bare
            and before.end == found.start
            and found.shown
            and found.operator in ("=", ">")
            and found.low is not None
            and found.low < _MULTIPLIER[before.mult]
        ):
            # “2万2千个”, “1亿2千万元”: one number.
            found.low += before.value
            found.high = None if found.high is None else found.high + before.value
            found.value += before.value
            found.start, found.number_start = before.start, before.number_start
            if before.operator != "=":
                found.operator = before.operator
                found.low, found.high = (None, found.value) if before.operator in ("<", "<=") else (found.low, None)
            joined[-1] = found
            continue
        if (
            before is not None
            and before.operator == ">="
            and found.operator == "<="
            and before.end == found.number_start
            and before.unit == found.unit
            and before.value < found.value
            and bare[before.end - 2 : before.end] in ("以上", "之上")
        ):
            # “1万元以上3万元以下”
            found.low, found.operator, found.start, found.number_start = before.value, "=", before.start, before.number_start
            joined[-1] = found
            continue
        if (
            before is not None
            and _RANGE_GAP.fullmatch(bare[before.end : found.start])
            and (before.operator == "=" or before.bare)
            and found.operator == "="
            and (before.bare or (before.unit == found.unit and (bare[found.start - 1] in "~-" or not _moves(bare[: before.start], found.unit))))
            and found.low is not None
        ):
            low = before.value
            if before.bare and not before.mult and found.mult and before.value < found.value:
                low = (
                    before.value * _MULTIPLIER[found.mult]
                    if before.value * _MULTIPLIER[found.mult] <= found.value
                    else before.value
                )
            if low < found.value:
                found.low, found.high, found.start, found.number_start = low, found.value, before.start, before.number_start
                found.operator = before.operator
                if before.operator in (">", ">="):
                    found.high = None
                elif before.operator in ("<", "<="):
                    found.low = None
                joined[-1] = found
                continue
        joined.append(found)
    return joined


_ROW = re.compile(r"(?P<caption>[^|]{0,120})\|[^|]*[:：]")
_BRACKETS = re.compile(r"[(（\[【](?:(?:计量)?单位[:：])?(?P<unit>[^()（）]{1,8}(?:[(（][^()（）]{1,2}[)）])?)[)）\]】]$")
_BRACKET = re.compile(r"[(（\[【](?![套次])")
_UNIT_OF_ALL = re.compile(r"单位[:：](?P<unit>[^()（）|;；,，、]{1,8}(?:[(（][^()（）]{1,2}[)）])?)")
_LABEL_CELL = re.compile(r"指标|项目|名称|内容|事项|类别")
_UNIT_CELL = re.compile(r"(?:计量)?单位")
# Columns whose figures name and date, and count nothing.
_NAMING = re.compile(
    r"序号|编号|项次|行次|年份|年度|届次|批次|排名|名次|排序|位次|页码|文号|No\.?|邮编|邮政编码|.*(?:日期|时间|年限|起止|电话|代码|编码|编号|证号|账号|型号)"
)
_SHARE_COLUMN = re.compile(r"(?:率|占比|比重|比例|增速|增幅)$")


@lru_cache(maxsize=512)
def named_unit(text: str) -> tuple[Decimal, str, str] | None:
    """What a header's “万元”, “个/万人” or “台（套）” makes of a bare number: factor, unit, per; None where it is no unit."""
    if not text or any(character.isdigit() for character in text):
        return None
    if text == "月":
        return Decimal(1), "个月", ""  # a month of its own is a date
    match = _pattern().fullmatch("2" + text)
    if match is None or not match["unit"] or match["e1"] or match["e2"] or match["suf"]:
        return None
    found = _read(match)
    return None if found is None else (found.value / 2, found.unit, found.per)


def header_unit(header: str) -> str:
    """The unit that a header, a row label or a caption gives in its brackets (“金额（万元）”, “（单位：万户）”), or ""."""
    # Two units in two brackets are those of two things, unless one is said to be the unit.
    match = _UNIT_OF_ALL.search(header) or (_BRACKETS.search(header) if len(_BRACKET.findall(header)) == 1 else None)
    return match["unit"] if match and named_unit(match["unit"]) else ""


_UNIT_BEFORE = re.compile(r"[(（](?P<unit>[^()（）]{1,8}(?:[(（][^()（）]{1,2}[)）])?)[)）][:：]?$")
_UNIT_BEHIND = re.compile(r"[(（](?P<unit>[^()（）]{1,8}(?:[(（][^()（）]{1,2}[)）])?)[)）]")


def _beside(plain: str, found: _Found) -> None:
    """Give a bare number the unit that stands in brackets beside it: “总投资（万元）：3500”, “5G工厂数12（家）”."""
    before = _UNIT_BEFORE.search(plain[max(0, found.start - 16) : found.start])
    told = named_unit(before["unit"]) if before and _BOUNDARY.match(plain[found.end :]) else None
    behind = None
    if told is None:
        behind = _UNIT_BEHIND.match(plain[found.end : found.end + 16])
        told = named_unit(behind["unit"]) if behind else None
    if told is not None:
        _scale(found, told)
        if behind:
            found.end += behind.end()


def _scale(found: _Found, told: tuple[Decimal, str, str]) -> None:
    factor = Decimal(1) if found.mult else told[0]
    found.low = None if found.low is None else found.low * factor
    found.high = None if found.high is None else found.high * factor
    found.value *= factor
    found.unit, found.per, found.bare = told[1], told[2], False


def _of_row(plain: str, founds: list[_Found]) -> list[_Found]:
    """Give the bare numbers of a row (“caption | header: value; …”) the units that header, unit column or caption name."""
    caption = plain.partition("|")[0]
    cells: list[tuple[int, int, str]] = []
    at = len(caption) + 1
    whole = header_unit(caption)
    column = ""
    for cell in re.split(r"(?<=[;；|])", plain[at:]):
        header, colon, value = cell.partition(":") if ":" in cell else cell.partition("：")
        start = at + len(header) + len(colon)
        at += len(cell)
        if not colon:
            continue
        cells.append((start, at, header.strip()))
        if _UNIT_CELL.fullmatch(header.strip()):
            column = value.strip(" ;；|") if named_unit(value.strip(" ;；|")) else column
        elif not column and _LABEL_CELL.search(header):
            column = header_unit(value.strip(" ;；|"))
    kept = []
    for found in founds:
        place = next(((start, header) for start, end, header in cells if start <= found.start < end), None)
        if place is not None and found.operator == "=" and found.low == found.high and re.search(r"上限|最高限?[价额]|最高(?:金额|限)", place[1]):
            found.operator, found.low = "<=", None
        if (
            place is None
            or not found.bare
            or plain[place[0] : found.start].strip(" 约")
            or not _BOUNDARY.match(plain[found.end :])
        ):
            kept.append(found)
            continue
        own = header_unit(place[1])
        if not own and "/" in place[1] and named_unit(place[1].partition("/")[2]):
            own = place[1].partition("/")[2]
        if not own and _NAMING.fullmatch(place[1]):
            continue
        kept.append(found)
        told = named_unit(own or column or whole)
        if told is None or (not own and told[1] not in ("%", "‰") and _SHARE_COLUMN.search(place[1])):
            continue
        _scale(found, told)
    return kept


_KINDS = re.compile(r"[\u4e00-\u9fff]{1,6}[、和]")
_LISTED = re.compile(r"[、和及与或]|以及")
_NAMED_BY_NUMBER = re.compile(r"(?:附件|附表|表|图|第|条|款|章|节|版|No\.?|号)$")


def _share_units(plain: str, bare: str, founds: list[_Found]) -> None:
    """Give the first members of “1.1、0.6和0.5万个” the unit that only the last one bears."""
    for position in range(len(founds) - 1, 0, -1):
        found, before = founds[position], founds[position - 1]
        if (
            not before.bare
            or before.mult
            or not before.shown
            or found.low is None
            or before.low != before.high
            or units().get(found.unit, ("", ""))[1] in ("", "time", "level")
            or not _LISTED.fullmatch(bare[before.end : found.start])
            or re.fullmatch(r"(?:19|20)\d\d", before.shown)
            or _NAMED_BY_NUMBER.search(plain[: before.start])
        ):
            continue
        factor = Decimal(_MULTIPLIER[found.mult])
        before.low = before.high = before.value = before.value * factor
        before.unit, before.per, before.mult, before.bare = found.unit, found.per, found.mult, False


def _share_bounds(plain: str, founds: list[_Found]) -> None:
    """“分别不少于10家、20家、30家”, “分别达到98%、95%以上”: the bound is that of each member."""
    position = 0
    while position < len(founds):
        last = position
        while last + 1 < len(founds) and _LISTED.fullmatch(plain[founds[last].end : founds[last + 1].start]):
            last += 1
        chain = founds[position : last + 1]
        position = last + 1
        if len(chain) < 2 or not (
            re.search(r"分别(?:为|达到?|是|增长|提高|提升|下降|降低|建成|新增|培育)?$", plain[: chain[0].start])
            or re.match(r"的[^，,。；;]{2,20}[，,]分别", plain[chain[-1].end :])
        ):
            continue
        inner = {found.operator for found in chain[1:-1]}
        first, final = chain[0].operator, chain[-1].operator
        if first != "=" and inner | {final} == {"="} and chain[0].start < chain[0].number_start:
            told = first
        elif final in (">=", "<=") and inner | {first} == {"="} and chain[-1].start == chain[-1].number_start:
            told = final
        else:
            continue
        for found in chain:
            if found.operator == "=" and found.low == found.high:
                found.operator = told
                if told in (">", ">="):
                    found.high = None
                elif told in ("<", "<="):
                    found.low = None


def _describe(
    plain: str, bare: str, stretches: list[Mask], found: _Found, last_end: int, following: _Found | None, earlier: list[Quantity]
) -> Quantity | None:
    start, end = found.start, found.end
    lead = plain[max(0, start - 40) : start]
    tail = plain[end : end + 40]
    clause = _CLAUSE.split(lead)[-1]
    whole_cell = not plain[:start].strip("约超近 ") and not plain[end:].strip(" 。")
    if found.bare:
        if found.mult:
            pass
        elif (not whole_cell and not ((_BARE_BEFORE.search(lead) or found.operator != "=") and _BOUNDARY.match(tail))) or (
            re.fullmatch(r"(?:19|20)\d\d", found.shown) and not whole_cell and _BARE_BEFORE.search(lead) and lead[-1:] in "至到于"
        ):
            return None
    if (
        found.unit in ("年", "日", "天", "周")
        and found.operator == "="
        and not _YEAR_UNIT_OK.search(clause)
        and (
            (re.match(r"^(?:以来|内|来|间|期|前|后|多|代|度|底|末|初)", tail) and not lead.endswith("之日起"))
            or (found.unit == "年" and re.fullmatch(r"(?:19|20)\d\d", found.shown))
        )
    ):
        return None
    if found.unit == "级" or (found.unit == "字" and (not found.shown or found.value < 100)):
        return None
    if found.unit in ("T", "G", "M", "P") and found.shown.startswith("-"):
        return None
    if found.unit == "人" and tail[:1] == "均":
        return None
    if found.unit in ("℃", "摄氏度") and lead.endswith("零下") and found.value > 0:
        found.low, found.high = (None if end is None else -end for end in (found.high, found.low))
        start -= 2
    flags: set[str] = set()
    if found.operator == "=" and found.low == found.high:
        _bound(found, clause)
        if _CEILING.search(lead) or (tail.startswith("为限") and lead.endswith("以")):
            found.operator, found.low = "<=", None
    if found.unit == "年" and found.operator == "=" and found.low == found.high and found.value == found.value.to_integral() and not found.per and not _YEAR_UNIT_OK.search(clause):
        return None  # “三年投入2亿元”: a period, no amount
    before = plain[last_end:start]
    clause_head = before if len(before) < len(clause) else clause
    stripped = re.sub(r"(?:达到?|超过?|近|约|了|逾|为|突破)+$", "", clause_head)
    # Which prefix stands in the way: “提升到72%”, “增加了6.2个”.
    if (
        _DELTA.search(stripped)
        and not _LEVEL.search(clause_head.rstrip("约近超了"))
        and not re.search(r"(?:最|较|更|不)[高低]$", stripped)
    ):
        flags.add("delta")
    if found.unit == "百分点":
        flags.add("delta")
    if _NEW.search(clause_head):
        flags.add("new")
        if "净增" in clause_head or "新增" in clause_head:
            flags.add("delta")
    if _TOTAL.search(clause_head):
        flags.add("cumulative")
    if found.unit in ("%", "‰", "") and _SHARE.search(clause):
        flags.add("share")
    if found.unit in ("%", "‰") and _RATE.search(clause):
        flags.add("rate")
    money = list(_MONEY_WORD.finditer(clause))
    nearest = money[-1] if money else None
    after = None
    if nearest is None and found.unit in ("元", "件", "项"):
        after = re.match(r"^(?:的)?(?:(?P<granted>获得?授权|授权)|(?P<paid>已?到位|已?拨付|已?兑现))", tail)
    for hit in (nearest, after):
        if hit is not None:
            flags |= {name for name, value in hit.groupdict().items() if value}
    if "最高" in clause[-6:] + plain[start : found.number_start]:
        flags.add("cap")
    if following is not None and _from(bare, plain, found, following):
        flags.add("from")
    if _subset(plain[:start]):
        flags.add("subset")
    if found.operator in (">=", ">") and found.unit not in ("%", "元"):
        counted = following is not None and following.unit in ("家", "座", "个", "户", "项", "所") and _THRESHOLD_NOUN.match(tail)
        has = any(q.unit in ("家", "座", "户") for q in earlier) and _FACTORY_HAS.search(plain[:start])
        if (
            counted
            or has
            or (_THRESHOLD_NOUN.match(tail) and re.search(r"(?:有|共|达|占|已有)?[\d" + _CN + r"]+(?:余|多)?[家座户]", tail))
        ):
            flags.add("threshold")
    per = found.per
    if not per:
        per = _per(stretches, plain, bare, start)
    unit = found.unit
    if not unit and following is not None and "from" in flags:
        unit = following.unit
    subject = _subject(plain, bare, start, last_end, end, found)
    if not unit and per == "万人" and "站" in plain:
        unit = "个"
    if not unit and subject.endswith("人口"):
        unit = "人"
    if not unit and found.mult in ("万", "亿", "千万", "百万") and _MONEY_NOUN.search(clause):
        unit = "元"  # “总投资1.2亿”
    year = _year(stretches, start, end)
    return Quantity(
        low=_plain(found.low) if found.low is not None else None,
        high=_plain(found.high) if found.high is not None else None,
        unit=unit,
        operator=found.operator,
        per=per,
        subject=subject,
        year=year,
        flags=frozenset(flags),
        start=start,
        end=end,
        text=plain[start:end],
    )


# “至少建成10个”, “最高奖励100万元”, “不高于设备投资额的30%”: the words that bound a number, with others between.
_APART = re.compile(
    r"(?:(?P<least>至少|最少|不少于|不低于|不小于|不得少于|不得低于)|(?P<most>至多|最多|不超过|不高于|不大于|不多于|不得超过|不得高于))(?P<what>[\u4e00-\u9fff]{1,10})$"
    r"|(?P<cap>最高)(?:可|能|将|不超过)?(?:给予|予以|享受|获得?|申请|申领|申报|领取|得到|按)?(?:一次性)?"
    r"(?:奖励|奖补|补助|补贴|资助|支持|扶持|贴息|奖|补|给予|获得?|申领|申请|授信|贷款|减免|达到?|可达)$"
)
_BOUND_VERB = re.compile(
    r"(?:可|能|应|需|须|要|得|再)?(?:建成|建设|建|打造|培育|形成|实现|完成|开展|举办|组织|新增|保存|保留|留存|配备|配置|设立|设置|安排|投入|申领|申请|申报"
    r"|享受|领取|获得|给予|支持|奖励|补助|补贴|资助|提供|推广|引进|培养|培训|部署|覆盖|接入|连接|容纳|达到?|有|需要?|为|拥有|具备|包含|包括|使用|持有|减少|增加"
    r"|提高|提升|降低|缩短|节约|节省|带动|服务|遴选|推荐|报送|参与|承担)(?:了|到|出)?"
)


# “不足全省七分之一”, “超过总数的三成”.
_OF_WHOLE = re.compile(
    r"(?:(?P<under>不足|不到|不及|接近|未达)|(?P<over>超过|超|逾|突破))(?:全[省国市区县球行]|总[\u4e00-\u9fff]{1,3}|(?:全部|所有)[\u4e00-\u9fff]{0,4})的?$"
)


_CEILING = re.compile(r"(?:最高限[价额]|(?:价格|金额|投标|报价)上限)(?:为|是|[：:])?(?:人民币)?$")


def _bound(found: _Found, clause: str) -> None:
    """Give a number the operator that stands apart from it in its clause."""
    match = _APART.search(clause)
    if match is None:
        whole = _OF_WHOLE.search(clause) if found.unit in ("%", "‰") else None
        if re.search(r"(?:大约|大概)(?:还|也)?(?:需要?|要|可|能|有|为|达)?(?:花|拿出|投入|花费|节约|节省|减少|增加|建成|建设)?$|约(?:需|可|有|花)$", clause):
            found.operator = "~"
        if found.unit in ("%", "‰") and re.search(r"约占[\u4e00-\u9fff]{0,10}$", clause):
            found.operator = "~"
        if whole is not None and whole["under"]:
            found.operator, found.low = "<", None
        elif whole is not None:
            found.operator, found.high = ">", None
        return
    what = match["what"]
    if what is not None:
        # A noun of which the number is a part, or after the adverbs a verb.
        adverb = (match["least"] or match["most"]) in ("至少", "最少", "至多", "最多")
        if what != "人民币" and not (_BOUND_VERB.fullmatch(what) or re.fullmatch(r"[^的时是]{1,3}", what) if adverb else re.search(r"(?:额|价|费|量|数|款|本|资|值|入)的$", what) or (found.unit in ("%", "‰") and what.endswith("的"))):
            return
    if match["least"]:
        found.operator, found.high = ">=", None
    else:
        found.operator, found.low = "<=", None


def _from(bare: str, plain: str, found: _Found, following: _Found) -> bool:
    gap = plain[found.end : following.start]
    if len(gap) > 14 or any(c in gap for c in "。；;"):
        return False
    lead = re.split(r"[,，。；;]", plain[: found.start])[-1]
    return found.unit in (following.unit, "") and (
        bool(re.search(r"[从由自]", lead) and _RAISE.search(gap))
        or bool(_RAISE.fullmatch(gap.strip(",，")) and found.unit == following.unit and gap not in ("达", "达到"))
    )


_RESTART = re.compile(r"[,，](?:全市|我市|本市|累计|另|同时|此外|已|共|并|获|建成|入选|全年|目前)")


def _subset(before: str) -> bool:
    at = max(before.rfind("其中"), before.rfind("包括"), before.rfind("含有"))
    if before.rfind("其中") < 0:
        return False
    return before.rfind("其中") == at and not any(c in before[at:] for c in "。；;") and not _RESTART.search(before[at:])


def _per(stretches: list[Mask], plain: str, bare: str, start: int) -> str:
    """The denominator named before the number in the same clause: “每万人拥有5G基站数达到”."""
    for mask in reversed(stretches):
        if mask.kind == "per" and mask.start < start:
            gap = plain[mask.end : start]
            if any(c in gap for c in "。；;") or re.search(r"[,，](?!达|为|约|超|较|比|已)", gap):
                return ""
            if re.search(r"\d", bare[mask.end : start].replace(BLANK, "")) and re.search(r"[个座]", gap):
                return ""
            text = re.sub(r"[每一1名个的拥]|常住人口|居民|人口", "", mask.text)
            if "万" in text:
                return "万人"
            if "平方" in text:
                return "平方公里" if "公里" in text or "千米" in text else "平方米"
            if mask.text[1:2] in ("年", "月", "天", "日"):
                return ""
            return text
    return ""


def _year(stretches: list[Mask], start: int, end: int) -> int | None:
    chosen: int | None = None
    for mask in stretches:
        if mask.kind in ("date", "daterange"):
            found = years(mask.text)
            if not found:
                continue
            if mask.start <= start or (chosen is None and mask.start - end <= 3):
                chosen = found[-1]
    return chosen


def _subject(plain: str, bare: str, start: int, last_end: int, end: int, found: _Found) -> str:
    """The noun that the number counts: before it (“5G基站2.6万个”), else after it (“12家企业”)."""
    left = plain[max(last_end, start - 40) : start]
    cut = _SUBJECT_CUT.match(left.replace(BLANK, "x")) if any(c in left for c in ",，。；;：:、！!？?()（）《》\n") else None
    if cut and cut.end() < len(left):
        head = re.split(r"[,，。；;：:、！!？?()（）《》\n]", left)[-1]
    else:
        head = re.split(r"[,，。；;：:、！!？?()（）《》\n]", left)[-1]
    head = _TAIL_WORDS.sub("", head)
    if "的" in head:
        head = head.rsplit("的", 1)[1] or head.rsplit("的", 1)[0]
    verb = _VERB_CUT.match(head)
    if verb:
        head = head[verb.end() :]
    head = _STOP_WORDS.sub("", head)
    head = re.sub(r"^(?:每万人|每一?万名居民|万人均?|每平方公里|每百户|20\d\d年[底末]?|[年底末])+(?:对应|均|拥有|口)?", "", head)
    head = _TAIL_WORDS.sub("", head).strip("“”·-+")
    noun = ""
    right = _AFTER_NOUN.match(plain[end : end + 24])
    if right:
        stop = _AFTER_STOP.search(right["noun"])
        noun = right["noun"][: stop.start()] if stop else right["noun"]
    if len(head) >= 2 and not re.fullmatch(r"[\d.%]+", head):
        return head[-16:]
    return noun[:16] if len(noun) >= 2 else head


_ELLIPSIS = re.compile(
    r"^(?:[,，；;]?(?:而|其中)?(?:我市|本市|全市|[\u4e00-\u9fff]{2,4}市|当年|今年|去年|目前"
    r"|现|实际|如今|现在)?(?:现)?(?:已|仅|也|均|则|实际|已经)?(?:建成|完成|交付|为|是|达到?"
    r"|有|拨付|增至|升至|至|到|超过?|占|高出|现达)*)$"
)


def _inherit(plain: str, quantities: list[Quantity]) -> list[Quantity]:
    """“全省…为34.1个，我市为29.7个”: a figure without a noun of its own takes its predecessor's subject and denominator."""
    for i in range(1, len(quantities)):
        before, here = quantities[i - 1], quantities[i]
        gap = plain[before.end : here.start]
        if here.unit == before.unit and len(gap) <= 14 and (_ELLIPSIS.match(gap) or "from" in before.flags):
            quantities[i] = replace(here, per=here.per or before.per, subject=before.subject if before.subject else here.subject)
        elif here.unit == before.unit and "from" in before.flags:
            quantities[i] = replace(here, per=here.per or before.per, subject=before.subject or here.subject)
        elif (
            not here.per
            and before.per
            and before.unit == here.unit
            and re.match(
                r"^[,，][^,，]{0,12}(?:力争|争取|确保|计划|目标|预计|高出|超过|达到|提升到|增至|力求)",
                plain[before.end : here.start],
            )
        ):
            quantities[i] = replace(here, per=before.per, subject=before.subject or here.subject)
    return quantities


_RANK = re.compile(r"第(?P<n>\d+|[一二三四五六七八九十]+)(?:[位名]|(?=[,，。；;、]|$))|(?:首位|榜首)")
_ORDINAL = re.compile(r"第(?P<n>\d+|[一二三四五六七八九十]+)(?:[个家项座])")
_TOP = re.compile(r"(?:全省|全国|全球|城市|位居|居|位列|列)[^,，。；\d]{0,10}前(?P<n>\d+|[一二三四五六七八九十]+)(?:[位名强])?")


def _ordinals(plain: str, bare: str) -> tuple[Quantity, ...]:
    """Ranks and ordinals, flagged so that nobody takes them for counts."""
    if "第" not in plain and "前" not in plain:
        return ()
    found = []
    for pattern, flag in ((_RANK, "rank"), (_ORDINAL, "ordinal"), (_TOP, "rank")):
        for match in pattern.finditer(plain):
            text = match.groupdict().get("n")
            number = Decimal(1) if not text else Decimal(text) if text.isdigit() else chinese_number(text)
            if number is not None:
                found.append(
                    Quantity(
                        low=number,
                        high=number,
                        unit="",
                        flags=frozenset({flag}),
                        start=match.start(),
                        end=match.end(),
                        text=match[0],
                    )
                )
    return tuple(found)


def quantities(text: str | View) -> tuple[Quantity, ...]:
    """The quantities of a text; ``start`` and ``end`` are offsets of the text itself, ``text`` its own words."""
    looked = view(text) if isinstance(text, str) else text
    return tuple(
        replace(q, start=(span := looked.span(q.start, q.end))[0], end=span[1], text=looked.text[span[0] : span[1]])
        for q in find(looked.plain, masks(looked.plain))
    )
