"""What looks like a number and is none: titles, programme names, dates, standards, ordinals, list marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CN = "一二两三四五六七八九十"
_YEAR = r"(?:19|20)\d\d|[二一][〇零九OO0][〇零一二三四五六七八九O0]{2}"

# Tried in this order at every place. A name in brackets is the kind; kinds starting with "date" carry years.
_KINDS: tuple[tuple[str, str], ...] = (
    ("title", r"《[^《》]{1,150}》"),
    ("url", r"https?://[\w./?=&%#-]+|www\.[\w./-]+|[\w.-]+@[\w-]+\.[\w.]+|[a-z0-9]+(?:\.[a-z0-9-]+)+\.(?:org|com|cn|net)"),
    ("number", r"[〔\[【(（「{]\s?(?:19|20)[\dOolI]{2}\s?[〕\]】)）」}]\s?第?\s?[\dOolI]{1,5}\s?号|(?:19|20)\d\d年?第?\d{1,5}号"),
    (
        "patent",
        r"(?:ZL|CN|专利号[：:]?)\s?\d{4}\s\d\s?\d{7}(?:\.[\dXx])?|(?:ZL|CN|专利号[：:]?)\s?\d{8,14}(?:\.[\dXx])?[A-Z]?|GR20\d{9,10}|[A-Z]{2,4}-?\d{6,}",
    ),
    (
        "standard",
        r"(?<![A-Za-z])(?:GB|YD|HG|JB|SJ|QC|DL|YY|YC|YB|MT|AQ|GA|JT|TB|CJ|JR|NB|HJ|SH|SY|XB|DB\d{0,4}|Q|T|ISO"
        r"|IEC|IEEE|ITU-T|3GPP|EN|ETSI)"
        r"(?:/[A-Z]{1,8})*(?: ?(?:TS|TR|Z)\b)? ?[A-Z]?[\d.]*\d(?:\.\d+)*(?:-\d{1,4})*(?:[-—:：](?:19|20)\d\d)?(?![\d%])"
        r"(?=[^A-Za-z\d]|$)",
    ),
    ("label", r"(?:邮编|邮政编码|信用代码|(?:开户)?账号|房间号|工号|证书编号|合同编号|项目编号|区号)[:：]?\s?[A-Z]{0,4}[\d-]+"),
    ("phone", r"(?<!\d)(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9}|400-?\d{3}-?\d{4})(?!\d)"),
    ("daterange", rf"(?:{_YEAR})年?(?:-{{1,2}}|~|至|到)(?:{_YEAR})年(?:度|底|末)?"),
    (
        "date",
        rf"(?:{_YEAR})年(?:\d{{1,2}}月(?:\d{{1,2}}[日号])?|[{_CN}]{{1,2}}月(?:[{_CN}]{{1,3}}日)?|[前上下第全]?[一二"
        rf"三四1-4]?(?:季度|半年))?"
        r"(?:度|[中]?[底末初]|年?末|上旬|中旬|下旬)?",
    ),
    (
        "date",
        r"(?<![\d.])(?:19|20)\d\d(?:[.\-/](?:1[0-2]|0?[1-9])(?![\d]))(?:[.\-/](?:3[01]|[12]\d|0?[1-9])(?![\d.%]))?"
        r"(?!\d|\.\d|%|[万亿个家项件台套人元吨公座户条])",
    ),
    (
        "dateday",
        rf"(?<!\d)(?:1[0-2]|0?[1-9])月(?:(?:3[01]|[12]\d|0?[1-9])[日号]|份|[底末初])|[{_CN}]{{1,2}}月(?:[{_CN}]{{1,3}}"
        rf"日|份|[底末])",
    ),
    ("daterange", r"(?<![\d.])(?:19|20)\d\d(?:-{1,2}|~|至|到)(?:19|20)\d\d(?=[)）]|$)"),
    (
        "span",
        rf"(?:近|未来|过去|今后|(?<!提)前|(?<![延推滞])后|这|最近|首|试点)(?:的)?[{_CN}\d]{{1,2}}(?:个)?(?:年|周年|月|天"
        rf"|周)(?:多|余)?(?:内|来|期间|间)?"
        rf"|[{_CN}\d]{{1,2}}年(?=行动|计划|规划|内|来(?!的)|倍增|攻坚|方案|提升|翻番|任务|目标|试点|滚动|建设期)"
        rf"|(?<![\d.])\d年(?=来|内|间)",
    ),
    ("time", r"(?<!\d)(?:[01]?\d|2[0-4])[时点](?:[0-5]?\d分?|前|后|整|半|至|-)"),
    (
        "plan",
        r"“?[“”]?十[一二三四五]五[“”]?”?(?:期间|末|以来|时期)?|512工程|[“”]?(?:\d{1,2}|[NnXx])(?:\+(?:\d{1,2}"
        r"|[NnXxＮ]))+[“”]?"
        r"|“\d{2,6}”(?=工程|行动|计划|体系|战略|产业)|\d{3,4}(?=工程|行动计划|产业体系|战略)",
    ),
    (
        "term",
        r"(?<![A-Za-z0-9.])(?:[2-6]G-?(?:A|LAN|NR|SA|MEC|R1[5-8])?(?![A-Za-z0-9])|F5G|4K|8K|[23]D(?![A-Za-z])"
        r"|5A级?|4A级?|3A级?|C919|A4|2B|2C|B2B|O2O|H5)"
        r"|5G(?=[\u4e00-\u9fff+、，。”（(])|IPv\d\+?|SRv6|Wi-?Fi ?\d|\d{1,3}G-?E?PON|XG-?PON|50G|10GPON|[A-Za-z]+-?\d+("
        r"?![\d.,%])(?=[\u4e00-\u9fffA-Za-z）)、，。]|$)(?![个家项件台套座户名人次处片条款种万亿余多架辆艘亩吨元])"
        r"|工业[34]\.0|7[×xX*]24(?:小时)?|24小时(?=值守|不间断|在线|运行|监|服务|响应|热线|无人|全天|待命|轮)"
        r"|5\.5G(?![A-Za-z])|\d+(?:\.\d+)?[GM](?:Hz)?(?=频段|频谱|黄金|低频|中频|宏站|基站|专用频)|1:1|L[1-5]级?"
        r"|Rel-?\d+|R1[5-8]|Cat\.?\d|PM2\.5|双碳|11\d\d(?=工程)",
    ),
    (
        "ordinal",
        rf"第(?:[{_CN}百]+|\d+)(?:批次?|届|章|节|条|款|期|轮|方阵|阶段|[一二三]产业|[一二三]方|[一二三]次(?!会)|线|梯队|代|版)",
    ),
    (
        "phrase",
        r"(?:世界|中国|全球|全国|民营)?[5五]?[百]?(?:00)?强(?=企业|$|县|市|[，、。])|世界500强|中国500强|500强"
        r"|(?<=[东西南北中环])[一二三四五六七八九十]{1,2}[路街道环]|一件事|[百千万]强|\d{1,4}强(?!度|制|化|调)|(?:[十百千]?[万亿]|[一五十百]+亿)元(?:以上|级)(?=的?(?:项目|企业"
        r"|产业|集群|工程))|双千兆|千兆|万兆|百兆|万物|万企|百企|千企|百城千园行?|千园|百城|万人计划|“万人计划”"
        r"|千人计划"
        r"|百万千瓦|[百千万十]{1,2}亿?(?:元)?级(?!别)|[两三四五]化|一体化|一[体站键批系般定方面些致流直线带路揽次起时码"
        r"网业企图张贯旦](?!家|个)|四上|三大(?!电信)|三大运营商|三大(?:电信|基础)|[两三四五六七八九十]大(?=产业"
        r"|集群|行业|领域|主导|支柱|工程|体系|行动|中心|平台|功能|板块|特色|优势|场景|基地|战略|任务)"
        r"|十百千|百千万|三同时|三重一大|放管服|两(?:院|业|端|网|翼|岸|会|山|个维护)|四[链个自]|七通|五星级?"
        r"|[一二三四]星级?|一[网码]通|三[张级融品]|三位一体|五位一体|一核|[一两三四五]区|零[距事碳信售]|二[级维次手]("
        r"?!标准)|三维|四维|一级|三级(?!等保)|[一二三四]线|百分之百|万元户|万里|三农|双[万百创碳跨]|一产|二产"
        r"|三产",
    ),
    (
        "label",
        r"(?:附件|附表|附图|附录|图表|(?:(?<=[见附如（(，。、；：])|^)[表图]|序号|编号|No\.?|第)(?:\d{1,3}"
        r"|[" + _CN + r"]{1,3})(?:[-.]\d{1,3})*(?=[^\d%个家项件名位万亿余多.,、]|$)(?![个家项])",
    ),
    ("label", r"第\d{1,3}(?:页|条|章|节|款|号|卷|集|栏|行|列)"),
    (
        "ratio",
        r"(?<![\d.])\d+(?:\.\d+)?[:∶]\d+(?:\.\d+)?(?![\d%])|[(（]含\d+[\u4e00-\u9fff]?[)）]|前(?:\d+|["
        + _CN
        + r"]+)[名位强]|[12]?\d[:：][0-5]\d(?!\d)",
    ),
    (
        "per",
        r"每(?:1|一)?[十百千万亿]*万?(?:名|个)?(?:平方公里|平方千米|平方米|人口|常住人口|居民|人|户|亩|家"
        r"|年|月|天|日|小时|秒|百户|台|吨|季度)|(?<![\d.,几数余多近超逾上约达每"
        + _CN
        + r"百千亿])万人(?=均|基站|5G|拥有|5|平均|发明|专利|口?拥有|通信|宏|比)",
    ),
)
_HEAD = re.compile(
    r"^(?:[(（]\d{1,2}[)）]|\d{1,2}[)）、]|\d{1,2}\.(?=[^\d\s])|\d{1,2}\.(?=5G)|\d{1,2}(?:\.\d{1,2}){1,3}(?=[\u4e00-\u9"
    r"fff“《])(?![万亿个家项件兆毫元吨公米台套座户倍成秒分小百千微纳平方条名人次处])(?=.{2})"
    r"|[①-⑳]|第?[一二三四五六七八九十]{1,3}[、是](?=\D)|[(（][一二三四五六七八九十]{1,3}[)）])"
)
_ALL = re.compile("|".join(f"(?P<k{i}>{pattern})" for i, (_, pattern) in enumerate(_KINDS)))
_NAMES = {f"k{i}": name for i, (name, _) in enumerate(_KINDS)}
BLANK = "\x00"


@dataclass(frozen=True, slots=True)
class Mask:
    """A stretch of the view that holds no quantity, and why."""

    start: int
    end: int
    kind: str
    text: str


def masks(plain: str) -> list[Mask]:
    """All masked stretches of a view, in order."""
    found: list[Mask] = []
    start = 0
    head = _HEAD.match(plain)
    if head:
        found.append(Mask(0, head.end(), "mark", head[0]))
        start = head.end()
    for match in _ALL.finditer(plain, start):
        found.append(Mask(match.start(), match.end(), _NAMES[match.lastgroup or "k0"], match[0]))
    return found


def masked(plain: str, found: list[Mask]) -> str:
    """The view with every masked character blotted out; same length."""
    if not found:
        return plain
    parts: list[str] = []
    at = 0
    for mask in found:
        parts += (plain[at : mask.start], BLANK * (mask.end - mask.start))
        at = mask.end
    parts.append(plain[at:])
    return "".join(parts)


_DIGIT = str.maketrans("〇零一二三四五六七八九Oo", "0012345678900")
_YEARS = re.compile(rf"{_YEAR}")


def years(text: str) -> list[int]:
    """The calendar years that a date names: “二〇二四年九月” → [2024], “2023—2025年” → [2023, 2025]."""
    return [int(match.translate(_DIGIT)) for match in _YEARS.findall(text) if match.translate(_DIGIT).isdigit()]
