"""Names of firms, projects and titles compared by their parts: a plant is not its parent, a short name may be its firm's."""

from __future__ import annotations

import re

_SUFFIX = re.compile(r"(?:集团)?(?:股份|控股|科技)?(?:有限责任公司|有限公司|集团公司|总公司|公司|集团|企业|厂)$")
_BRANCH = re.compile(r"(?:第?[一二三四五六七八九十\d]+(?:分公司|分厂|工厂|车间|基地)|[\u4e00-\u9fff]{1,6}(?:分公司|分厂|基地))$")
_BLANK = re.compile(r"[\s　·.．,，。、“”\"'‘’《》〈〉()（）\[\]【】〔〕—\-_－]+")
_PLACE = re.compile(r"^(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|县|区))+")
# A list of words is easier to read so.
_PROVINCES = (  # noqa: SIM905
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 四川 贵州 云南 "
    "西藏 陕西 甘肃 青海 宁夏 新疆 内蒙古 中国"
).split()
_PROJECT_TAIL = re.compile(r"(?:5[gG])?(?:\+工业互联网)?(?:全连接|智慧|数字|智能|未来)*(?:工厂|车间|项目|矿山|码头)*$")


def squash_title(text: str) -> str:
    """A title or number without blanks, brackets and punctuation, for comparison only."""
    return _BLANK.sub("", text.translate(_FULL)).lower()


_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def firm_core(name: str) -> str:
    """A firm's name without its legal form: “湖南某管钢铁股份有限公司” → “湖南某管钢铁”."""
    name = squash_title(name)
    return _SUFFIX.sub("", name) or name


def _brand(core: str) -> str:
    for province in _PROVINCES:
        if core.startswith(province) and len(core) - len(province) >= 2:
            return core[len(province) :]
    return _PLACE.sub("", core) or core


def same_firm(first: str, second: str) -> bool:
    """Whether two names are of one firm: equal cores, one the other's short form, or a slip of one character.

    A branch or plant named by one side only is another firm.
    """
    one, two = firm_core(first), firm_core(second)
    if not one or not two:
        return False
    if one == two:
        return True
    # Looked for in the whole names: the legal form taken off would take the branch's own “公司” along.
    branch_one, branch_two = _BRANCH.search(squash_title(first)), _BRANCH.search(squash_title(second))
    if bool(branch_one) != bool(branch_two):
        return False
    short, long = sorted((one, two), key=len)
    brand_short, brand_long = _brand(short), _brand(long)
    if brand_short == brand_long and len(brand_short) >= 3:
        return True
    if len(brand_short) >= 3 and (brand_short in long):
        return True
    if len(brand_short) == 2 and brand_long.startswith(brand_short) and short == brand_short:
        return True
    if _contracted(squash_title(first), two) or _contracted(squash_title(second), one):
        return True
    return _slip(one, two) and (len(one) >= 10 or (len(one) >= 6 and _misread(one, two)))


def is_rare(sign: str) -> bool:
    """Whether a character is beyond the 3,755 common ones of GB 2312, as recognition confuses such ones."""
    try:
        return sign.encode("gb2312") >= b"\xd8"
    except UnicodeEncodeError:
        return True


# Words that names of places and firms share: equal ones tell nothing.
_SHARED = re.compile(r"(?:国家)?(?:级)?(?:经济|高新|技术|产业|工业|开发|园区|集群|示范|基地|集聚|科技)+(?:区|园)?")


def _misread(first: str, second: str) -> bool:
    """Whether the one character in which two names differ is rare, as recognition reads it, and enough besides is equal."""
    ((at, pair),) = ((i, p) for i, p in enumerate(zip(first, second, strict=True)) if p[0] != p[1])
    rest = _SHARED.sub("", first[at + 1 :])
    return any("\u4e00" <= sign <= "\u9fff" and is_rare(sign) for sign in pair) and len(rest) >= 3


def _contracted(short: str, core: str) -> bool:
    """Whether a name without legal form is drawn together from a longer one: 海川重矿 of 海川重型矿山机器.

    Its first two characters stand together there, the others follow in order, to the last word of it.
    """
    if not 4 <= len(short) <= 6 or len(core) <= len(short) or firm_core(short) != short:
        return False
    at = core.find(short[:2])
    if at < 0:
        return False
    at += 2
    for character in short[2:]:
        at = core.find(character, at) + 1
        if at == 0:
            return False
    return len(core) - at <= 3


# Characters that tell one plant, phase or place from another: a difference in them is no slip.
_TELLING = frozenset("一二三四五六七八九十百甲乙丙丁东西南北中上下前后新老大小0123456789abcdefghijklmnopqrstuvwxyzⅠⅡⅢⅣⅤ")


def _slip(first: str, second: str) -> bool:
    """Whether two names differ in one character alone, and that one tells nothing apart."""
    if len(first) != len(second):
        return False
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return len(pairs) == 1 and not _TELLING & set(pairs[0])


def project_core(name: str) -> str:
    """A project's name without the words that every 5G factory carries."""
    name = squash_title(name)
    return _PROJECT_TAIL.sub("", name) or name


def same_project(first: str, second: str) -> bool:
    """Whether two names are of one project: equal after their common tails, or a slip of one character."""
    one, two = squash_title(first), squash_title(second)
    if not one or not two:
        return False
    if one == two:
        return True
    core_one, core_two = project_core(first), project_core(second)
    if core_one == core_two and len(core_one) >= 2:
        return True
    return len(one) >= 6 and _slip(one, two)
