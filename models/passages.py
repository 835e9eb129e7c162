"""Documents as passages: every sentence and every table row with its headings, the mode of its section, and its anchor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.document import Anchor, Document, Heading, Paragraph, Table
from models.evidence import Mode
from models.portraits import Portrait, block_page, is_divider, split, squeeze
from models.status import section_mode
from models.tables import CARD_ANSWER, CARD_GOAL, CARD_NAME

# A divider in a bound file: from here on stand the proofs.
_ANNEX = re.compile(
    r"^(?:附件?[：:]?|第[一二三四五六]部分|[一二三四五六七八九十]+、)?(?:相关)?(?:支撑)?(?:佐证|证明|支撑)(?:证明)?材料(?:汇编|附件|部分|目录)?$"
)
# A short opening of a paragraph that names what follows: “财政资金。”, “（1）应用安全：”, “目标：”.
_LEAD = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?(?:(?P<words>[^。：:；，,！？\d【〔［]{2,18})[。：:]|[【〔［](?P<label>[^】〕］\d]{2,8})[】〕］])"
)
# “应用安全方面，……”, “复制推广上，……”: names what this one sentence speaks of.
_TOPIC = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?(?:在)?(?P<words>[^。：:；，,！？\d]{2,14}?)(?:方面|上|的特色是|情况)[，,]"
)
# Run-in words that name no subject of their own: the one before still holds.
_GENERIC = re.compile(r"^(?:分?年度)?(?:目标|任务|现状|基础|现有基础|其中|下一步|问题|计划|佐证(?:材料|编号)?|现有情况|自评情况|完成情况)$")
_ABOUT = re.compile(r"^关于(?P<words>[^。，；]{2,20})的?(?:情况|工作)")
_SENTENCE_END = re.compile(r"[。！？；\n]+[”’）)」]*")


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document with one side: the city's own statement, or a proof with its portrait."""

    document: Document
    role: str
    side: str  # "claim", "proof" or "none"
    start: int
    end: int
    portrait: Portrait


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a heading or a table row with what it inherits. ``leads`` are (offset, words) of run-in headings inside it."""

    anchor: Anchor
    text: str
    headings: tuple[str, ...]
    mode: Mode
    page: int | None
    kind: str  # "text", "heading", "caption", "row"
    leads: tuple[tuple[int, str], ...] = ()
    confidence: float = 1.0


def sections(document: Document, role: str) -> list[Section]:
    """A document's sections: the plan's own text and the proofs bound in behind it; a proof file's documents one by one."""
    if role in ("plan", "form"):
        annex = annex_start(document) if role == "plan" else None
        stop = len(document.blocks) if annex is None else annex
        whole = split(document)[0] if annex is None else None
        own = Portrait(document.path, 0, stop, None, "", "", "", "", role, False, "")
        result = [Section(document, role, "claim", 0, stop, whole if whole and role == "form" else own)]
        if annex is not None:
            # What is bound in counts as proof only where it is a document of its own.
            for part in split(document, annex):
                result.append(Section(document, role, "proof" if part.own else "none", part.start, part.end, part))
        return result
    side = "proof" if role == "proof" else "none"
    return [Section(document, role, side, part.start, part.end, part) for part in split(document)]


def annex_start(document: Document) -> int | None:
    """The block at which the proofs bound into a plan begin, or None."""
    total = len(document.blocks)
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table) or index < total * 0.2 or block.kind in ("toc", "header", "footer"):
            continue
        if len(block.text) <= 24 and _ANNEX.match(squeeze(block.text)):
            return index + 1
        if len(block.text) <= 24 and is_divider([squeeze(block.text)]) and _alone_on_page(document, index):
            return index + 1
    # Scanned pages behind digital ones: the first that opens a document of its own.
    lanes = {page.number: page.lane for page in document.pages}
    if lanes and "text" in lanes.values() and "ocr" in lanes.values():
        last_text = max(number for number, lane in lanes.items() if lane == "text")
        for part in split(document):
            if part.page is not None and part.page > last_text and part.own:
                return part.start
    return None


def _alone_on_page(document: Document, index: int) -> bool:
    """Whether a block's page holds nothing but the words of a divider sheet."""
    page = block_page(document.blocks[index])
    here = [b for b in document.blocks if block_page(b) == page and (isinstance(b, Table) or b.kind not in ("header", "footer"))]
    return page is not None and is_divider([squeeze(block.text) for block in here])


def passages(section: Section) -> Iterator[Passage]:
    """The passages of a section in order; contents pages, running heads, comments and hidden text left out."""
    document = section.document
    path: list[tuple[int, str]] = []
    has_headings = any(isinstance(block, Heading) for block in document.blocks[section.start : section.end])
    loose: Mode = "none"
    about = ""
    for index in range(section.start, section.end):
        block = document.blocks[index]
        if isinstance(block, Heading):
            if block.kind == "toc":
                continue
            while path and path[-1][0] >= block.level:
                path.pop()
            path.append((block.level, block.text))
            headings = tuple(text for _, text in path)
            yield Passage(
                Anchor(index, 0, len(block.text)),
                block.text,
                headings,
                mode_of(headings),
                block_page(block),
                "heading",
                (),
                block.confidence,
            )
            continue
        headings = tuple(text for _, text in path)
        mode = mode_of(headings)
        if isinstance(block, Table):
            if block.kind == "hidden":
                continue
            for row in range(block.n_rows):
                cells = document.row_cells(index, row)
                if any(cell.hidden for cell in cells):
                    continue
                text = " | ".join(cell.text for cell in cells)
                if not text.strip(" |"):
                    continue
                page = next((cell.lines[0].page for cell in cells if cell.lines), block_page(block))
                yield Passage(Anchor(index, 0, len(text), (row, -1)), text, headings, mode, page, "row", (), block.confidence)
            if section.side == "claim":
                yield from _card(document, index, block, headings)
            continue
        if block.kind not in ("body", "caption", "textbox", "footnote") or not block.text.strip():
            continue
        leads = list(_leads(block.text))
        if not has_headings:
            opening = _ABOUT.match(block.text.strip())
            first = re.split(r"[。，：]", block.text.strip(), maxsplit=1)[0][:24]
            found = section_mode(first)
            if opening:
                about, loose = opening["words"], "base"
            elif found != "none":
                about, loose = "", found
            mode = loose if section.side == "claim" else "none"
            headings = (about,) if about else ()
        yield Passage(
            Anchor(index, 0, len(block.text)), block.text, headings, mode, block_page(block),
            "caption" if block.kind == "caption" else "text", tuple(leads), block.confidence,
        )  # fmt: skip


def _card(document: Document, index: int, table: Table, headings: tuple[str, ...]) -> Iterator[Passage]:
    """The prose in a card: a table whose rows are “指标 | its name”, “答 | what there is”, “分年度目标 | what is to come”."""
    name = ""
    for row in range(table.n_rows):
        cells = document.row_cells(index, row)
        if len(cells) < 2:
            continue
        label, cell = squeeze(cells[0].text).rstrip("：:"), cells[1]
        if CARD_NAME.match(label) and len(squeeze(cell.text)) <= 40:
            name = cell.text.strip().strip("*★＊")
            continue
        mode: Mode = "base" if CARD_ANSWER.match(label) else "target" if CARD_GOAL.match(label) else "none"
        if name and mode != "none" and cell.text.strip() and not cell.hidden:
            page = cell.lines[0].page if cell.lines else block_page(table)
            anchor = Anchor(index, 0, len(cell.text), (row, cell.col))
            yield Passage(anchor, cell.text, (*headings, name), mode, page, "text", tuple(_leads(cell.text)), table.confidence)


def mode_of(headings: tuple[str, ...]) -> Mode:
    """The mode of the deepest heading that has one.

    Below “现有基础” a heading such as “政策保障” or “重点工程” names what there is, unless it says that it is to come.
    """
    modes = [section_mode(heading) for heading in headings]
    for at in range(len(modes) - 1, -1, -1):
        if modes[at] == "task" and "base" in modes[:at] and not _TO_COME.search(headings[at]):
            return "base"
        if modes[at] != "none":
            return modes[at]
    return "none"


_TO_COME = re.compile(r"下一步|下步|打算|计划|安排|目标|思路|拟|将|任务|举措|规划|申报|在建|待建|储备|谋划")


def _leads(text: str) -> Iterator[tuple[int, str]]:
    """Run-in headings of a paragraph: short sentences without figures that name what the next ones speak of."""
    offset = 0
    for match in [*_SENTENCE_END.finditer(text), None]:
        end = match.end() if match else len(text)
        sentence = text[offset:end]
        lead = _LEAD.match(sentence.strip())
        if lead and not re.search(r"^(?:一|二|三|四|五)是", sentence.strip()):
            yield offset, (lead["words"] or lead["label"]).strip()
        offset = end


def is_field(words: str) -> bool:
    """Whether a run-in heading names a field of an answer (“现状”, “年度目标”) and no subject."""
    return bool(CARD_ANSWER.match(words) or CARD_GOAL.match(words))


def mode_at(passage: Passage, start: int) -> Mode:
    """The mode of a place inside a passage: behind “现状：” or “【年度目标】” it is what the label says."""
    words = next((words for offset, words in reversed(passage.leads) if offset <= start), "")
    if CARD_ANSWER.match(words):
        return "base"
    return "target" if CARD_GOAL.match(words) else passage.mode


def lead_at(passage: Passage, start: int, end: int) -> tuple[str, ...]:
    """The run-in headings that govern a stretch of a passage: the last subject, a generic word behind it, the sentence's own topic."""
    subject, generic = "", ""
    for offset, words in passage.leads:
        if offset <= start:
            if _GENERIC.match(words):
                generic = words
            else:
                subject, generic = words, ""
    topic = _TOPIC.match(passage.text[start:end].strip())
    return tuple(words for words in (topic["words"] if topic else subject, generic) if words)


def paragraph_text(document: Document, index: int) -> str:
    """A block's words if it is a paragraph or heading, else ""."""
    block = document.blocks[index]
    return "" if isinstance(block, Table) else block.text


def caption_block(document: Document, index: int) -> int | None:
    """The block that holds a table's caption, looked for right above it."""
    table = document.blocks[index]
    if not isinstance(table, Table):
        return None
    wanted = squeeze(table.caption)
    for back in range(index - 1, max(-1, index - 5), -1):
        block = document.blocks[back]
        if isinstance(block, Paragraph | Heading) and block.text.strip():
            text = squeeze(block.text)
            if wanted and (text == wanted or wanted in text):
                return back
            if (
                not wanted
                and len(text) <= 60
                and re.search(r"表$|^表\s*[\d一二三四五]|一览|清单|名录|名单|情况|目标", text)
                and not text.endswith("。")
            ):
                return back
            if isinstance(block, Paragraph) and block.kind in ("header", "footer"):
                continue
            return None
    return None
