"""Looking at text without moving it: every function here keeps one character for one character, or gives the map back."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

# The characters of everyday and official Chinese, most frequent first. Nine in ten characters of any honest page are here.
COMMON = frozenset(
    "一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对得主长可过天作分方用多你着部"
    "能市等业全里工公经本都而高政法面门动日进区事代那去心小同北定开产前其军还然起种所如现理机体表力好外与文当两实重新三么只山"
    "水关明从化平建又制南内西没此将员名手最东头者月间无安看见各城十相但已些正口通想度加第她合院物性战由位常点海意场武使次二向"
    "治因立数样身情入原问把路被并利石老教万知级量任江及应省资委务元美特期世湖回系比气汉总展电科金先声提品设或义王社很统处四首"
    "共马形己儿司太目基领队直计别女权话少流命至报米给打变果书清活几州华解议更称程今决张导术府才保交放管结师便走达族反再题色五"
    "京河接条规式县白它改风光运信受什组听布百济党指论强做取技黄神选记斯真却职号界件花类何眼兵传带空干农边据集联古广完质阳难增"
    "历史专官每住商即步认车台林必死游举线言皇土团收考求德叫近备研争非具李众连调感转笑革该持始英克士尔让拉思根格造较际亲单朝红"
    "型价校约器字段周亚深候则功属积快图火千准究往极育装许参半令吃观鱼精办像帝八复影告远群包整构料随划算象容示投势热值夫网望源"
    "息语股铁断派速怎需片爱律纪支早况病境证编越局推满且列觉服双未居除乐企引标确织初青志率项飞球节察龙响药站施均消客失轻存低甚"
    "般击曾防请离落显罗营足素视护副食创余照兴占巴虽洲村费易试星木黑左宝置跟央识维采六底宫房音环案批切斗富乡另倒若按查故突责严"
    "桥模仅胜杀围席态破承招杨负层须父供续状域似依银范修找九致密终血旅钱赛独细效玉冲获习医演毛尽脸弹楼艺航陆右协七攻镇检写苏宗"
    "章注阿抗弟坐验封紧劳户优财养适陈喜卫排射哥油刻留急降念云微伤例景拿绝阶座刘刚害印亿沙母酒助闻超审待压升送监策略限竟香配藏"
    "敌呢差仍兰温园树征善波哪词岛止预怕继皮执味份角草男普答益谁船惊核街夏宣掌田久著画辑奇尼剑吧谈背免孩礼材愿洋春架筑括晚乱乎"
    "讲尚良友临激刀夜室既敢邦挥昌板胡欧福港叶简苦担句岁荆贵娘守辖威宜衣帮块堂额错剧充欢够孙班呼阵销坚练脚退读测吴希宁换版异某"
    "顾曲楚典朱毒菜判救宋茶洪含顺啊鲜败货矿端兄归冷忙买险康评肉吗厂永哈沉散遗停笔假输牛洞松渐顶训录否述毕督控丰献姑忽爷互亮纳"
    "襄登咱钟伯臣雄季脑介鄂召饭暗扩祖齐短烈赶牌恩诉移诗础露届蒙静喝盘卖植授伊湾博痛减穿逐秘庭陵固禁票灵杂姓泽吸侧庆妈遇追甲馆"
    "补唐炮沿殿刺怪彩俄旧警索岸轮妇载靠附毫怀软骨探雷旁罪枪牙迎序慢盛雨墙恶谷顿危稳熟概酸操诸绿佛荣针托宽折野付午肯库厚缺罢耳"
    "屋嘴末谢巨培页瓦款犯困店智拥雪翻圣戏旗吉婚奖岩疑币圆歌廷健卡烧析讨跑烟误仙疗舞亡闭汽伸脱秋姐繁侵川莫麻秀借寻私岗卷跳丽横"
    "驻套兼您君丁束纸夺袁灯坏坦丝径购阴床瞧择墓宪峰遍鲁庙掉丹桃御舰避售怒课播拔奥延虚隐粮络遭摇潜庄混厅婆奴鼓赵访睡震予童徐韦"
    "殖抓拜吨扬址洛休纵逃染纷贸透汇灭蛋森仪塔距狐融郡缓聚盖拍迹忠释润粉涓孔岭搜紫虑促抵钢塞寺津液码虎坛珍硬梁奔累役偏迫锛凡损"
)

_FULL = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_FULL |= {
    ord("％"): ord("%"),
    ord("．"): ord("."),
    ord("＋"): ord("+"),
    ord("－"): ord("-"),
    ord("／"): ord("/"),
    ord("＆"): ord("&"),
    ord("　"): ord(" "),
}

_CJK = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CJK_CHARACTER = re.compile(f"[{_CJK}]")
_WIDE = re.compile(f"[{_CJK}\u2014\u2018-\u201d\u2026\u2460-\u24ff\u3000-\u303f\u3200-\u32ff\uff00-\uffef]")
_LATIN = re.compile(r"[A-Za-z0-9]")
# Private use, replacement, controls: what a font without a proper mapping leaves behind.
_BROKEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd-\uffff\ue000-\uf8ff\U000f0000-\U0010ffff]")
_PAIR = re.compile("(?=([\u4e00-\u9fff]{2}))")
_SUPERSCRIPT = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")


def half_width(text: str) -> str:
    """A view of ``text`` with full-width digits, letters and a few signs as half-width; same length, same offsets."""
    return text.translate(_FULL)


def superscript(text: str) -> str:
    """Raised digits and signs as Unicode superscripts; same length."""
    return text.translate(_SUPERSCRIPT)


def is_cjk(character: str) -> bool:
    """Whether a character is a Chinese character (punctuation is none)."""
    return _CJK_CHARACTER.match(character) is not None


def is_wide(character: str) -> bool:
    """Whether a character is set full width: Chinese characters, Chinese punctuation, full-width forms."""
    return _WIDE.match(character) is not None


def needs_blank(left: str, right: str) -> bool:
    """Whether a line break or a small gap between two characters stands for a blank: between Latin words only."""
    return not (is_wide(left) or is_wide(right)) and bool(_LATIN.match(left) or _LATIN.match(right) or left in ",;:.)")


def squash(text: str) -> tuple[str, list[int]]:
    """``text`` without white space, and for each character left its index in ``text``."""
    kept = [index for index, character in enumerate(text) if not character.isspace()]
    return "".join(text[index] for index in kept), kept


def broken_share(text: str) -> float:
    """Share of characters that no reader can mean: private use, replacement and control characters (0 to 1)."""
    return len(_BROKEN.findall(text)) / len(text) if text else 0.0


def common_share(text: str) -> float:
    """Share of the Chinese characters of ``text`` that are common ones; 1 where there is none. Honest pages stand above .75."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    rare, common = np.bincount(_commonness()[codes], minlength=3)[1:].tolist()
    return common / (rare + common) if rare + common else 1.0


@cache
def _commonness() -> Any:
    """Of each code point: 2 for a common Chinese character, 1 for another one, 0 for all else."""
    table = np.zeros(0x110000, np.uint8)
    for first, last in re.findall("(.)-(.)", _CJK):
        table[ord(first) : ord(last) + 1] = 1
    table[[ord(character) for character in COMMON]] = 2
    return table


def word_share(text: str) -> float:
    """Share of neighbouring Chinese characters that form a dictionary word; 1 where there is no pair.

    Honest official prose stands at .3 to .5; a reading with every fifth character wrong falls below .25.
    """
    pairs = _PAIR.findall(text)
    return sum(pair in _two_character_words() for pair in pairs) / len(pairs) if pairs else 1.0


@cache
def _two_character_words() -> frozenset[str]:
    words = set()
    spec = find_spec("jieba")  # its dictionary is read as a file: the segmenter itself is not wanted here
    if spec is None or spec.origin is None:
        return frozenset()
    with Path(spec.origin).with_name("dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, _, rest = line.partition(" ")
            if len(word) == 2 and int(rest.split(" ", 1)[0]) >= 3:
                words.add(word)
    return frozenset(words)


# Pieces of digits, points and commas with single blanks between them, not fastened to a Latin word.
_TORN = re.compile(r"(?<![A-Za-z0-9.,])[0-9]+[.,]?[0-9.,]*(?: [0-9.,]+)+(?=( ?[%‰℃]| ?[A-Za-zμ]{2}| ?(?:[^\x00-\x7f])|))")
_NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:[.][0-9]+)?")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.][0-9]+)?")
# A character set apart, or one that leads up to a figure: what comes is in running words.
_APART = re.compile(r" ?[^\x00-\x7f] |.*[于达为过约到至共有超近逾足少建成增设≥≤] ")
_COMMAS = re.compile(r"[1-9](?: ?[0-9]){0,2}(?: ?, ?[0-9] ?[0-9] ?[0-9])+(?: ?[.](?: ?[0-9])+)?")
# The first characters of what is counted and of what multiplies: behind these digits stands a unit.
_COUNTED = frozenset(
    "%‰℃万亿千百余多个家项件台套座户名人位起宗次场期款种类条部份篇本册片颗枚块张支只架辆艘所处间栋站席幅门例单批对口组卡元美欧"
    "倍成度吨公平亩米毫厘兆瓦载标工端床学年月日天小分秒周页路笔根箱头轮"
)


def mend_numbers(text: str) -> tuple[str, list[int]]:
    """Take the blanks out of numbers that OCR or a typist has torn (“3 2.6 个” → “32.6 个”), and give the kept characters' indices.

    A blank goes only where the pieces make one number: a point or comma at it, a single digit before or after a decimal; before
    a unit also single digits in a row (“1 2 0 家”) and groups of three digits in running words (“企业1 286 家”). Two numbers in
    a row (“2023 2024”) stay two.
    """
    drop: set[int] = set()
    for match in _TORN.finditer(text):
        start, end = match.span()
        if text[end : end + 1] == "G" and text[end - 2 : end - 1] == " " and not text[end + 1 : end + 2].isascii():
            end -= 2  # “1. 5G专网” is a mark and a word
        run = text[start:end]
        blanks = [start + index for index, character in enumerate(run) if character == " "]
        if not blanks:
            continue
        joined = run.replace(" ", "")
        if _NUMBER.fullmatch(joined) and _one_number(text, start, run, (match[1] or "").lstrip()):
            drop.update(blanks)
        else:
            drop.update(at for at in blanks if _joins(text[start:at], text[at + 1 : end]))
    # A percent sign belongs to its number.
    drop.update(match.start() for match in re.finditer(r"(?<=[0-9]) (?=%)", text))
    kept = [index for index in range(len(text)) if index not in drop]
    return "".join(text[index] for index in kept), kept


def _one_number(text: str, start: int, run: str, follows: str) -> bool:
    """Whether all pieces of a run of digits make one number."""
    pieces = run.split(" ")
    single = all(len(piece.strip(".,")) <= 1 for piece in pieces)
    if (single and run.count(".") == 1 and len(pieces) > 2) or not re.search(r"[0-9] [0-9]", run):
        return True
    if "," in run and _COMMAS.fullmatch(run) and " " not in run.partition(",")[0].strip():
        return True
    unit = follows[:1] in _COUNTED or (len(follows) == 2 and follows.isascii() and follows != "")
    if not unit:
        return False
    # Fastened to a word before it (“企业4 860 家”), or in words that are all set apart (“改 造 4 7 家”).
    fast = start > 0 and (not text[start - 1].isspace() or bool(_APART.fullmatch(text[max(0, start - 3) : start])))
    if single:
        return len(pieces) > 2 or fast
    if not fast:
        return False
    if "," in run and _COMMAS.fullmatch(run):
        return all(len(piece) <= 1 for piece in run.partition(",")[0].split(" "))
    # “12 0 辆”: no number but nought begins with a nought, so that the pieces are one.
    return bool(_THOUSANDS.fullmatch(run)) or (
        len(pieces) == 2 and len(pieces[0]) <= 3 and pieces[0].isdigit() and re.fullmatch(r"0[0-9]?", pieces[1]) is not None
    )


def _joins(left: str, right: str) -> bool:
    """Whether the blank between two stretches of a run is no blank: a point or comma at it, a single digit at a decimal."""
    before, after = left.rsplit(" ", 1)[-1], right.split(" ", 1)[0]
    torn = before[-1:] in ".," or after[:1] in ".," or (len(before) == 1 and "." in after) or (len(after) == 1 and "." in before)
    return torn and _NUMBER.fullmatch(before + after) is not None
