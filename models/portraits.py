"""What a document shows of itself: title, issuer, number, date, kind. Big bound files are split into the documents they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.document import Block, Document, Heading, Table
from models.masks import years
from models.normalise import tidy

# Red-head number: agency letters, year in brackets, running number. OCR reads the brackets as many things.
NUMBER = re.compile(
    r"(?P<agency>[\u4e00-\u9fff]{1,12}?)\s*[〔\[（(【〈{]\s*(?P<year>(?:19|20)\d{2})\s*[〕\]）)】〉}]\s*第?\s*(?P<no>\d{1,5})\s*号"
)
_DATE = re.compile(
    r"(?P<y>(?:19|20)\d{2}|[二〇○零一二三四五六七八九]{4})\s*[年.\-/]\s*(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*(?:[月.\-/]\s*(?P<d>3[01]|[12]\d|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])?\s*日?)?"
)
_DIGITS = {character: str(number) for number, character in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_BODY = (
    r"(?:人民政府(?:办公[厅室])?|委员会(?:办公室)?|办公[厅室]|管理局|调查队|监督局|(?:工业和信息化|经济和信息化|发展和改革|财政|统计|科学技术|科技|应急管理|通信发展|通信管理"
    r"|人力资源和社会保障|教育|商务|市场监督管理|数据|大数据(?:发展)?管理?|知识产权|公安|工信|经信|发改|应急|人社|税务|金融(?:工作)?|交通运输|自然资源)(?:[厅局部委]|委员会|办公室)"
    r"|委网信办|网信办|领导小组(?:办公室)?|工作专班|[部厅局署委司]|总局|公司|大学|学院|研究院|协会|联盟|中心)"
)
_ISSUER_LINE = re.compile(rf"^[\u4e00-\u9fff“”（）()、·\s]{{2,40}}?{_BODY}$")
_HEAD = re.compile(r"^(?P<issuer>[\u4e00-\u9fff、\s（）]{3,40}?)文\s*件$")
_ABOUT = re.compile(rf"^(?P<issuer>[\u4e00-\u9fff、\s（）]{{2,40}}?{_BODY})\s*关于")

# Kinds of documents by their titles; the first that fits names it.
KINDS: tuple[tuple[str, str, str], ...] = (
    ("directory", "材料目录", r"(?:佐证|证明|支撑|附件|申报|附件)?材料(?:清单)?目录|^目\s*录$|材料清单$"),
    ("commitment_letter", "承诺书", r"承\s*诺\s*[书函]?|真实性声明"),
    ("case_record", "事故（事件）材料", r"事故.{0,12}(?:调查|通报|报告|处置)|事件.{0,12}(?:调查|通报|报告|处置)|调查报告"),
    ("announcement", "公示", r"公\s*示"),
    ("draft", "征求意见稿", r"征求意见稿|送审稿|草\s*案|讨论稿"),
    ("stat_bulletin", "统计公报", r"统计公报|统计年鉴|国民经济和社会发展.{0,6}公报"),
    ("ip_certificate", "专利/软著证书", r"专利证书|发明专利|软件著作权|登记证书|知识产权证书"),
    ("contract", "协议/合同", r"协\s*议|合\s*同|备忘录"),
    ("acceptance_report", "验收报告", r"验收|(?:评审|核验|审核|专家|核查|审查|核实|核定|认定|评估|确认)(?:意见|结论)|评估报告"),
    ("test_report", "测试报告", r"测试报告|检测报告|检验报告"),
    ("roster", "名录/名单", r"名\s*录|名\s*单|公布.{0,40}通知|汇编|称号|认定|入选"),
    ("telecom_cert_letter", "数据证明", r"基站.{0,16}(?:证明|核定|数据|情况)|核定表|通信管理局.{0,20}(?:函|证明)"),
    ("fund_document", "资金文件", r"资金.{0,24}(?:通知|下达|拨付|分配|安排|预算)|拨付|预算"),
    ("leading_group_document", "机构文件", r"成立.{0,30}(?:领导小组|专班)"),
    ("policy_redhead", "政策文件", r"办法|措施|意见|行动计划|行动方案|实施方案|若干政策|细则|规划|条例|政策|方案|计划"),
    ("project_list", "清单/项目表", r"清\s*单|一览表|汇总表|统计表|情况表|对照表|明细|台账|项目表|数据表|底表"),
    ("dept_certificate_letter", "证明", r"证\s*明|说\s*明|情况|函|报告|通报"),
)  # fmt: skip
_TITLE_WORDS = re.compile(
    r"通知|意见|办法|措施|方案|计划|证\s*明|函$|公报|名单|名录|清单|承\s*诺|报告|协议|合同|证书|公示|说明|细则|汇编|通报|目录|一览表|汇总表|情况表|对照表|申报[表书]|请示|公告|批复|决定|规划|[\u4e00-\u9fff]表$"
)
_DRAFT = re.compile(r"征求意见稿|送审稿|讨论稿|（草案[^）]*）|\(草案[^)]*\)|草案$|审议稿|初稿")


@dataclass(frozen=True, slots=True)
class Portrait:
    """What a document, or one document bound into a file, shows of itself.

    ``start`` and ``end`` are block indices ``[start, end)``; ``page`` the first page, None without pages. ``kind`` is a key of
    ``KINDS``; ``date`` ISO (year, month or day). Empty strings where nothing shows.
    """

    path: str
    start: int
    end: int
    page: int | None
    title: str
    issuer: str
    number: str
    date: str
    kind: str
    draft: bool
    head: str  # the first words, for matching

    @property
    def kind_name(self) -> str:
        """The kind in Chinese."""
        return next((name for key, name, _ in KINDS if key == self.kind), "其他材料")

    @property
    def own(self) -> bool:
        """Whether it is a document of its own: it shows who issued it, and its number, its date or its kind."""
        return bool(self.issuer) and bool(self.number or self.date)


def iso_date(text: str) -> str:
    """The last date in a text as ISO (“2024-09-10”, “2024-09”, “2024”), or ""."""
    plain = tidy(text)
    last = None
    for match in _DATE.finditer(plain):
        last = match
    if last is None:
        found = years(plain)
        return str(found[-1]) if found else ""
    year = "".join(_DIGITS.get(c, c) for c in last["y"])
    month = _small(last["m"])
    result = f"{year}-{month:02d}"
    if last["d"]:
        result += f"-{_small(last['d']):02d}"
    return result


def _small(text: str) -> int:
    """A small number, in digits or Chinese (1 to 31)."""
    if text.isdigit():
        return int(text)
    tens, _, ones = text.partition("十")
    if "十" not in text:
        return int(_DIGITS.get(text, "0"))
    return (int(_DIGITS[tens]) if tens else 1) * 10 + (int(_DIGITS[ones]) if ones else 0)


@lru_cache(maxsize=16_384)
def squeeze(text: str) -> str:
    """Text without white space, widths folded: for matching only, never for quoting."""
    return "".join(tidy(text).split())


def block_page(block: Block) -> int | None:
    """The page a block begins on."""
    if isinstance(block, Table):
        return block.parts[0].page if block.parts else None
    return block.lines[0].page if block.lines else None


def body(document: Document, start: int = 0, end: int | None = None) -> list[tuple[int, Block]]:
    """The blocks that say something, with their indices: contents pages, running heads and comments left out."""
    stop = len(document.blocks) if end is None else end
    return [
        (index, block)
        for index, block in enumerate(document.blocks[start:stop], start)
        if isinstance(block, Table) or block.kind in ("body", "caption", "textbox")
    ]


def _lines(blocks: Sequence[tuple[int, Block]]) -> list[str]:
    """The words line by line; table cells are lines too, a few rows of them."""
    result: list[str] = []
    for _, block in blocks:
        if isinstance(block, Table):
            if block.caption:
                result.append(squeeze(block.caption))
            result += [squeeze(cell.text) for cell in block.cells[:40] if cell.text.strip()]
        else:
            for part in block.text.split("\n"):
                line = squeeze(part)
                # Whom a paper goes to often stands right behind its title once lines are joined.
                addressed = _ADDRESSED.match(line)
                result += [addressed[1], addressed[2]] if addressed else [line] if line else []
    return result


_ADDRESSED = re.compile(r"^([^。；]{6,90}?(?:通知|意见|决定|通报|公告|函))((?:各|市直|有关)[^。；]{1,80}[：:])$")


_CHROME = re.compile(
    r"^(?:当前|您(?:现在)?的|所在)位置[：:]|https?:/|^\W*www\.|责任编辑|打印本页|关闭窗口|分享到|扫一扫|浏览次数|(?<!文)字[体号][：:]"
    r"|^(?:网站)?(?:首页|主页)[>＞»›→/]|[>＞»›][^>＞»›]{2,14}[>＞»›]"
    r"|^\d{1,2}:\d{2}(?:20\d\d[/年-]|$)|(?:…|\.\.\.)$"
)
_MENU = re.compile(
    r"首页|政务公开|政府信息公开|互动交流|政民互动|政务服务|办事服务|网上办事|走进[\u4e00-\u9fff]{2}|无障碍|登录|注册|搜索|网站地图|数据开放|新闻中心|专题专栏"
)


def is_chrome(line: str) -> bool:
    """Whether a line is the frame of a web page that somebody has caught: its address, menu, path, the clock of the machine."""
    return len(line) <= 80 and (_CHROME.search(line) is not None or len(set(_MENU.findall(line))) >= 3)


def portrait(document: Document, start: int = 0, end: int | None = None) -> Portrait:
    """The portrait of a document or of a stretch of its blocks."""
    stop = len(document.blocks) if end is None else end
    blocks = body(document, start, stop)
    lines = [line for line in _lines(blocks) if not is_chrome(line)]
    head = lines[:14]
    title = _title(document, blocks, lines)
    number = next((m.group(0) for line in head for m in [NUMBER.search(line)] if m and "《" not in line[: m.start()]), "")
    if number:
        found = NUMBER.search(number)
        assert found is not None
        agency = re.sub(r"^.*(?:文件|办公[厅室]|编号|文号)", "", found["agency"])
        number = f"{agency}〔{found['year']}〕{found['no']}号"
    # A sheet seldom says who made it; the name it was handed in under may.
    issuer = _issuer(lines, title)
    stem = document.path.rsplit("/", 1)[-1]
    if not issuer and start == 0 and (named := _NAMED.search(stem)):
        issuer = named[0]
    # The date it is signed with, not the one until which or from which it holds.
    dates = [line for line in lines[-8:] if _DATE.search(line) and len(line) <= 26 and not _TERM_OF_VALIDITY.search(line)]
    date = iso_date(dates[-1]) if dates else ""
    if not date:
        near = [
            line
            for line in head
            if _DATE.search(line) and len(line) <= 40 and line != title and not _TERM_OF_VALIDITY.search(line)
        ]
        date = iso_date(near[0]) if near else ""
    if not date and number:
        date = number[number.index("〔") + 1 :][:4]
    pages = [page for _, block in blocks if (page := block_page(block)) is not None]
    name = document.path.rsplit("/", 1)[-1]
    text_head = "".join(head)[:400]
    kind = _kind(title, text_head, name if start == 0 else "")
    draft = bool(_DRAFT.search(title) or _DRAFT.search("".join(lines[:6])) or _DRAFT.search(name if start == 0 else ""))
    return Portrait(document.path, start, stop, pages[0] if pages else None, title, issuer, number, date, kind, draft, text_head)


def _title(document: Document, blocks: Sequence[tuple[int, Block]], lines: Sequence[str]) -> str:
    """The title: the first short line that names a kind of document, with the lines that it runs over."""
    for position, line in enumerate(lines[:12]):
        if len(line) > 96 or line.endswith(("。", "；", "：")) or NUMBER.fullmatch(line) or _HEAD.match(line):
            continue
        if _TITLE_WORDS.search(line) and not re.match(r"^附件[\d一二三四五]*[：:]?$", line):
            parts = [line]
            # A title runs over several lines: what stands above it belongs to it if it is no issuer, number or date.
            above = position - 1
            while above >= 0 and len("".join(parts)) < 60:
                before = lines[above]
                broken = (
                    not _ISSUER_LINE.match(before) or before.startswith(("关于", "《")) or line.startswith(("关于", "的", "》"))
                )
                if (
                    len(before) > 40
                    or NUMBER.search(before)
                    or _HEAD.match(before)
                    or before.startswith("附件")
                    or _DATE.fullmatch(before)
                    or not broken
                ):
                    break
                parts.insert(0, before)
                above -= 1
            below = lines[position + 1] if position + 1 < len(lines) else ""
            joined = "".join(parts)
            if joined.count("《") > joined.count("》") or (joined.endswith("的") and len(below) <= 12):
                joined += below
            return joined
    for _, block in blocks[:3]:
        if isinstance(block, Heading) and len(block.text) <= 60:
            return squeeze(block.text)
        if isinstance(block, Table) and block.caption:
            return squeeze(block.caption)
    return lines[0] if lines and len(lines[0]) <= 40 else ""


def _issuer(lines: Sequence[str], title: str) -> str:
    """Who issued it: the sign-off above the date, else the red head, else the body that the title begins with."""
    tail = lines[-10:]
    signed: list[str] = []
    for position, line in enumerate(tail):
        dated = any(_DATE.search(other) and len(other) <= 26 for other in tail[position : position + 4])
        cut = re.sub(
            r"[（(](?:公章|盖章|印章|章)[）)]|^(?:单位|出具单位|承诺单位|申报单位|发文机关)[：:]?|[（(]?盖章[）)]?[：:]?",
            "",
            _DATE.sub("", line),
        ).strip("，。：: ")
        if 3 <= len(cut) <= 40 and _ISSUER_LINE.match(cut) and dated and not re.search(r"^(?:各|主送|抄送)|[:：]$", line):
            signed.append(cut)
    if signed:
        return "、".join(dict.fromkeys(signed))
    for line in lines[:8]:
        match = _HEAD.match(line)
        if match:
            return match["issuer"]
    match = _ABOUT.match(title)
    if match:
        return match["issuer"]
    for line in lines[:6]:
        named = _DATE.sub("", line).strip("，。 ")  # “某市统计局　2024年4月19日” below the title
        if _ISSUER_LINE.match(named) and line != title and len(named) >= 4:
            return named
    return ""


_TERM_OF_VALIDITY = re.compile(r"有效期|截止|施行|至\s*(?:19|20)\d\d|起执行|起实施")
_NAMED = re.compile(
    r"(?:省|自治区|市|区|部)?(?:通管局|通信管理局|统计局|应急管理局|应急局|网信办|工信厅|工信局|经信局|经信厅|工信部)"
)


def _kind(title: str, head: str, name: str) -> str:
    for text in (title, name, head[:120]):
        if not text:
            continue
        for key, _, pattern in KINDS:
            if re.search(pattern, text):
                return key
    return ""


def split(document: Document, start: int = 0) -> list[Portrait]:
    """The documents bound into a file from block ``start`` on, as portraits; one portrait for a file that is one document.

    A new document begins on a page that opens with a red head or number, or with a title after the document before it was signed;
    a certificate or a plaque is a page of its own.
    """
    blocks = body(document, start)
    if not blocks:
        return []
    pages: dict[int, list[tuple[int, Block]]] = {}
    for index, block in blocks:
        page = block_page(block)
        if page is not None:
            pages.setdefault(page, []).append((index, block))
    if not pages:
        return _split_by_signatures(document, start, blocks)
    starts: list[int] = []
    previous: list[str] = []
    divided = False
    for page in sorted(pages):
        lines = _lines(pages[page])
        first_index = pages[page][0][0]
        if not lines:
            continue
        if starts and is_divider(lines):
            divided = True  # a sheet “附件二　……” between the documents: the next page opens one
            continue
        opening = lines[:4]
        red = any(_HEAD.match(line) or (NUMBER.search(line) and len(line) <= 30) for line in opening)
        titled = any(len(line) <= 40 and _TITLE_WORDS.search(line) and not line.endswith(("。", "；")) for line in opening[:2])
        signed = any(_DATE.search(line) and len(line) <= 26 for line in previous[-4:])
        attachment = bool(opening) and opening[0].startswith("附件")
        alone = _is_certificate_page(pages[page], lines)
        titled = titled and (signed or _fresh(opening))
        if not starts or divided or ((red or titled or alone) and not attachment):
            starts.append(first_index)
        # Behind a certificate begins another document, unless its own annex follows.
        divided = alone and not red
        previous = lines
    if len(starts) <= 1:
        return [portrait(document, start)]
    starts[0] = start
    ends = [*starts[1:], len(document.blocks)]
    return [portrait(document, first, last) for first, last in zip(starts, ends, strict=True)]


_GIVER = re.compile(r"(?:局|部|厅|委|办公室|办公厅|政府|公司|委员会|集团|中心|协会|联盟)$")


def _is_certificate_page(blocks: Sequence[tuple[int, Block]], lines: Sequence[str]) -> bool:
    """Whether a page is a certificate or plaque: a few lines, the first of them a name and no giver, a date at the end."""
    return (
        3 <= len(lines) <= 9
        and sum(map(len, lines)) <= 240
        and not any(isinstance(block, Table) for _, block in blocks)
        and len(lines[0]) <= 40
        and not re.search(r"[，。；：:]|^[（(]|^附件|^\d", lines[0])
        and not re.search(r"通知|公告|通报|决定|函$", "".join(lines[:2])[:60])
        and not _GIVER.search(lines[0])
        and bool(_DATE.search(lines[-1]))
        and len(lines[-1]) <= 26
    )


def _split_by_signatures(document: Document, start: int, blocks: Sequence[tuple[int, Block]]) -> list[Portrait]:
    """Documents bound into a file without pages: a new one begins with a number or a title right after a signed date."""
    starts = [start]
    signed = False
    for index, block in blocks:
        text = squeeze(block.text) if not isinstance(block, Table) else ""
        if signed and text:
            opens = (NUMBER.search(text) and len(text) <= 30) or _HEAD.match(text)
            titled = len(text) <= 60 and _TITLE_WORDS.search(text) and not text.endswith(("。", "；", "："))
            if opens or (titled and isinstance(block, Heading)):
                starts.append(index)
        if text:
            signed = bool(_DATE.search(text)) and len(text) <= 26
    if len(starts) == 1:
        return [portrait(document, start)]
    ends = [*starts[1:], len(document.blocks)]
    return [portrait(document, first, last) for first, last in zip(starts, ends, strict=True)]


_DIVIDER = re.compile(r"^(?:附件|附录|佐证(?:材料)?|证明(?:材料)?|支撑(?:证明)?(?:材料)?)[一二三四五六七八九十\d]{1,3}(?:[:：、.．]?.{0,24})$")


def is_divider(lines: Sequence[str]) -> bool:
    """Whether the lines of a page are those of a sheet that divides bound documents: “附件二”, a name, nothing else."""
    return bool(lines) and len(lines) <= 3 and sum(map(len, lines)) <= 60 and bool(_DIVIDER.match(lines[0]))


def _fresh(opening: Sequence[str]) -> bool:
    """Whether a page's first lines can only open a document: a certificate's, statement's or list's own title."""
    return bool(
        re.fullmatch(
            r".{0,30}(?:证\s*明|承\s*诺\s*[书函]|证\s*书|公\s*报|的?通知|的?函|协议书?|说明|公示|情况表|核定表|清单|名单|名录|摘录|摘编|汇编|佐证|复印件)(?:[（(].{1,12}）)?",
            opening[0],
        )
    )
