"""The spaCy pipeline of an edition, and ``analyse``: text → statements with status, scope, quantities, entities and links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

import jieba
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from models.entities import Entity, entities_in
from models.evidence import Mode, Quantity, Scope, Status
from models.links import Link, Linker
from models.masks import Mask, masks
from models.normalise import View, view
from models.quantities import find
from models.status import AS_OF, Clause, Incident, clauses, column_mode, incident_statements, section_mode

__all__ = [
    "Incident",
    "Link",
    "Statement",
    "analyse",
    "build_nlp",
    "column_mode",
    "incident_statements",
    "link_headings",
    "section_mode",
    "words",
]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, or the part of it that has one status and one scope: what it says, of whom, how many, of which indicators.

    ``start`` and ``end`` are offsets of the analysed text and ``text`` its own words; so are the offsets of quantities and
    entities. ``cues`` are the words that decided the status and the scope. ``rank`` is that of the list or title it names:
    "lower" where a province, a city, an association gives it (“省级5G工厂”).
    """

    start: int
    end: int
    text: str
    status: Status
    scope: Scope
    quantities: tuple[Quantity, ...] = ()
    entities: tuple[Entity, ...] = ()
    links: tuple[Link, ...] = ()
    cues: tuple[str, ...] = ()
    mode: Mode = "none"
    rank: Literal["nation", "lower", ""] = ""

    @property
    def is_fact(self) -> bool:
        """Whether it tells what the applicant (or a firm of it) has reached; unmarked is not enough."""
        return self.status == "fact" and self.scope in ("city", "enterprise")


# --- the parts of a text

_SENTENCE = re.compile(r"[^。！!？?；;\n]*(?:[。！!？?；;]+[”’」』)）]?|\n|$)")
_ROW = re.compile(r"^[^|]{0,120}\|[^|]*[:：]")
_NO_CONTENT = re.compile(
    r"[,，、:：;；。\s]|截至|截止|目前|当前|到|20\d\d年?|[底末初前]|\d{1,2}月|\d{1,2}日"
    r"|其中|同时|此外|未来|今后|届时|下一步|近年来|近[一二三四五\d]年来?|以来|力争|“?十四五”?"
    r"|期间|全市|我市|本市|全省|全国|来|试点期|年"
)


def _sentences(text: str) -> list[tuple[int, int]]:
    if _ROW.match(text) and "\n" not in text:
        return [(0, len(text))]
    spans = []
    for match in _SENTENCE.finditer(text):
        if match[0].strip():
            spans.append((match.start(), match.end()))
    return spans


@dataclass(slots=True)
class _Sentence:
    """One sentence while it is being read."""

    offset: int
    looked: View
    stretches: list[Mask]
    parts: list[Clause]
    quantities: list[Quantity]


def _row_parts(looked: View, stretches: list[Mask], mode: Mode, cities: tuple[str, ...], province: str) -> list[Clause]:
    """The cells of a table row: each header's mode counts before the section's; a status column speaks for the whole row."""
    plain = looked.plain
    caption, _, _ = plain.partition("|")
    base = mode if mode != "none" else section_mode(caption)
    parts: list[Clause] = []
    at = len(caption) + 1
    row_status: Clause | None = None
    cells = re.split(r"(?<=[;；])", plain[at:])
    for cell in cells:
        if not cell:
            continue
        header = re.split(r"[:：]", cell, maxsplit=1)[0].strip()
        own, year = column_mode(header)
        inside = [_shifted(m, at) for m in stretches if at <= m.start < at + len(cell)]
        found = clauses(cell, inside, mode=own if own != "none" else base, cities=cities, province=province)
        for part in found:
            part.start += at
            part.end += at
            part.mode = own if own != "none" else None
            part.year = year
            if own == "base" and part.status == "plan" and re.search(r"目标|计划", header) is None:
                part.status = "fact"
            if own == "target" and part.status == "fact":
                part.status = "plan"
        if re.search(r"状态|进展|进度|阶段|备注|建设情况|是否", header) and found:
            strongest = max(found, key=lambda part: part.weight)
            if strongest.weight >= 2 and strongest.status not in ("fact", "unmarked"):
                row_status = strongest
        parts += found
        at += len(cell)
    if parts:
        parts[0].start = 0
        if row_status is not None:
            for part in parts:
                if part.status in ("fact", "unmarked"):
                    part.status = row_status.status
                    part.cues += row_status.cues
    caption_scope = clauses(caption, [m for m in stretches if m.end <= len(caption)], cities=cities, province=province)
    if caption_scope and caption_scope[-1].scope not in ("city",):
        for part in parts:
            if part.scope == "city" and not re.search(r"全市|我市|本市", plain):
                part.scope = caption_scope[-1].scope
    return parts


def _shifted(mask: Mask, shift: int) -> Mask:
    """A mask seen from a part that starts at ``shift``."""
    return Mask(mask.start - shift, mask.end - shift, mask.kind, mask.text)


def _read(
    text: str, offset: int, mode: Mode, cities: tuple[str, ...], province: str, carried: Status | None, as_of: int = AS_OF, month: int = 0
) -> _Sentence:
    looked = view(text)
    stretches = masks(looked.plain)
    if _ROW.match(text):
        parts = _row_parts(looked, stretches, mode, cities, province)
    else:
        parts = clauses(looked.plain, stretches, mode=mode, cities=cities, province=province, carried=carried, as_of=as_of, month=month)
    if not parts:
        parts = [Clause(0, len(looked.plain))]
    numbers = []
    for quantity in find(looked.plain, stretches):
        part = next((p for p in parts if p.start <= quantity.start < p.end), parts[-1])
        start, end = looked.span(quantity.start, quantity.end)
        numbers.append(
            replace(
                quantity,
                status=part.status,
                scope=part.scope,
                year=part.year if part.year is not None else quantity.year,
                start=start + offset,
                end=end + offset,
                text=looked.text[start:end],
            )
        )
    return _Sentence(offset, looked, stretches, parts, numbers)


def _group(sentence: _Sentence) -> list[tuple[int, int, Clause]]:
    """Neighbouring clauses of one status and one scope together; an adverbial goes with what it introduces."""
    plain = sentence.looked.plain
    groups: list[tuple[int, int, Clause]] = []
    pending: int | None = None
    for part in sentence.parts:
        start = part.start if pending is None else pending
        if part is not sentence.parts[-1] and not _NO_CONTENT.sub("", plain[part.start : part.end]):
            pending = start
            continue
        pending = None
        if groups and (groups[-1][2].status, groups[-1][2].scope) == (part.status, part.scope):
            first, _, head = groups[-1]
            head.cues += [cue for cue in part.cues if cue not in head.cues]
            groups[-1] = (first, part.end, head)
        else:
            groups.append((start, part.end, part))
    return groups


def analyse(
    nlp: Language,
    text: str,
    *,
    headings: tuple[str, ...] = (),
    mode: Mode = "none",
    cities: tuple[str, ...] = (),
    province: str = "",
    confidence: float = 1.0,
    as_of: int = AS_OF,
    month: int = 0,
) -> list[Statement]:
    """The statements of a text in order.

    ``headings`` is the path above it and ``confidence`` how sure that path is (0 to 1); ``mode`` what the section or the
    column speaks of; ``cities`` the applicant's names: any other city or county is another's; a year after ``as_of`` is one to
    come. Offsets are those of ``text``.
    """
    linker: Linker = nlp.get_pipe("links").linker
    drafts: list[tuple[int, int, Clause, _Sentence, bool]] = []
    carried: Status | None = None
    for start, end in _sentences(text):
        sentence = _read(text[start:end], start, mode, cities, province, carried, as_of, month)
        groups = _group(sentence)
        drafts += [(low, high, head, sentence, len(groups) > 1) for low, high, head in groups]
        last = sentence.parts[-1]
        # “到2025年，…；…”: the frame holds over a semicolon, not over a full stop.
        carried = (
            last.status
            if text[start:end].rstrip()[-1:] in "；;" and last.status in ("plan", "hypothetical", "requirement")
            else None
        )
    texts = [sentence.looked.plain[low:high] for low, high, _, sentence, _ in drafts]
    linked = linker.link(texts, [headings] * len(texts), confidence)
    whole: dict[int, tuple[Link, ...]] = {}
    statements = []
    for (low, high, head, sentence, split), links in zip(drafts, linked, strict=True):
        if split and not links:
            # A part without a noun of its own (“我市为29.7个”) speaks of what its sentence speaks of.
            key = id(sentence)
            if key not in whole:
                whole[key] = linker.link([sentence.looked.plain], [headings], confidence)[0]
            links = whole[key]
        a, b = sentence.looked.span(low, high)
        a, b = a + sentence.offset, b + sentence.offset
        entities = tuple(
            replace(entity, start=entity.start + sentence.offset, end=entity.end + sentence.offset)
            for entity in _entities(sentence)
            if a <= entity.start + sentence.offset < b
        )
        statements.append(
            Statement(
                start=a,
                end=b,
                text=text[a:b],
                status=head.status,
                scope=head.scope,
                quantities=tuple(q for q in sentence.quantities if a <= q.start < b),
                entities=entities,
                links=links,
                cues=tuple(dict.fromkeys(head.cues)),
                mode=head.mode or mode,
                rank=rank_of(sentence.looked.plain[low:high]),
            )
        )
    return statements


_LOWER_RANK = re.compile(
    r"(?:省|市|区|县|自治区)级(?:(?![,，。；;及和与、以或])[^,，。；;]){0,18}(?:5G|工厂|示范|试点|称号|名录"
    r"|名单|企业|园区|基地|平台|项目|中心|先导区|集群|案例)"
    r"|省(?:工信厅|经信厅|经济和信息化厅|工业和信息化厅|发改委|通信管理局)[^,，。；;]{0,10}(?:公布|认定|评选"
    r"|名录|名单|授予)|(?:协会|联盟|学会|论坛|媒体)[^,，。；;]{0,8}(?:授予|评选|颁发|认定|评为|发布)"
    r"|灯塔工厂|绽放杯|五星级5G工厂|种子库|培育库|储备库|(?:全省|我省)[^,，。；;]{0,4}(?:5G工厂|示范|试点|名录|名单)(?!.*工信部)"
    r"|[（(](?:省|市|区|县|企业|集团|园区)(?:级|内部?)?(?:自评|认定)?口径[）)]"
    r"|(?:自评|自查|自测|达到|符合|满足|具备|对照|参照|对标)[^,，。；;]{0,8}5G(?:全连接)?工厂[^,，。；;]{0,8}(?:标准|条件|要求|指南|水平)(?!.*(?:名录|工信部|工业和信息化部))"
)
_NATIONAL_RANK = re.compile(r"国家级|国家|工信部|工业和信息化部|部级|国字号|部委|国务院")


def rank_of(plain: str) -> Literal["nation", "lower", ""]:
    """The rank of the list or title that a statement names: "lower" below the ministries, "" where nothing tells."""
    if _LOWER_RANK.search(plain) and not re.search(r"(?:国家级|国家|部级)(?:[^,，。；;]{0,12})", _LOWER_RANK.sub("", plain)):
        return "lower"
    return "nation" if _NATIONAL_RANK.search(plain) else ""


_ENTITY_SIGN = re.compile(r"[《号年.局厅委部政公集厂/ZG]")


def _entities(sentence: _Sentence) -> tuple[Entity, ...]:
    if not _ENTITY_SIGN.search(sentence.looked.plain):
        return ()
    return entities_in(sentence.looked, sentence.stretches)


def link_headings(nlp: Language, headings: Sequence[str]) -> tuple[Link, ...]:
    """Which indicators a heading path or the row label of an indicator table names; empty where in doubt."""
    linker: Linker = nlp.get_pipe("links").linker
    return linker.link_headings(headings)


@cache
def _tokenizer() -> jieba.Tokenizer:
    # Our own: words added to jieba's module-level dictionary would change every other user's cuts.
    return jieba.Tokenizer()


def words(text: str) -> list[str]:
    """The words of a text by the project's own tokenizer."""
    tokenizer = _tokenizer()
    return list(tokenizer.cut(text))


# --- spaCy components, one job each; thin wrappers over the functions above


class _Component:
    """A pipeline component that computes once a Doc and stores its result in an extension."""

    def __init__(self, extension: str, job: Any, default: Any = None) -> None:
        self.extension, self.job = extension, job
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=default)

    def __call__(self, doc: Doc) -> Doc:
        doc._.set(self.extension, self.job(doc))
        return doc


class _Links(_Component):
    """Links to indicators; ``build_nlp`` gives it the linker of its edition, and ``analyse`` borrows it."""

    linker: Linker

    def __init__(self) -> None:
        super().__init__("links", lambda doc: self.linker.link([doc.text], [()])[0], ())


def _sentences_of(doc: Doc) -> list[_Sentence]:
    return [_read(doc.text[start:end], start, "none", (), "", None) for start, end in _sentences(doc.text)]


def _doc_status(doc: Doc) -> Status:
    parts = [part for sentence in _sentences_of(doc) for part in sentence.parts]
    told = next((part for part in parts if part.status != "unmarked"), parts[0] if parts else Clause(0, 0))
    doc._.scope = told.scope
    return told.status


def _status_component() -> _Component:
    if not Doc.has_extension("scope"):
        Doc.set_extension("scope", default="city")
    return _Component("status", _doc_status, "unmarked")


_PIPES: dict[str, Any] = {
    "normaliser": lambda nlp, name: _Component("view", lambda doc: view(doc.text)),
    "masks": lambda nlp, name: _Component("masks", lambda doc: masks(doc._.view.plain), []),
    "quantities": lambda nlp, name: _Component(
        "quantities", lambda doc: tuple(q for s in _sentences_of(doc) for q in s.quantities), ()
    ),
    "entities": lambda nlp, name: _Component("entities", lambda doc: entities_in(doc._.view, doc._.masks), ()),
    "status": lambda nlp, name: _status_component(),
    "links": lambda nlp, name: _Links(),
}
for _name, _factory in _PIPES.items():
    Language.factory(_name, func=_factory)


def build_nlp(edition: Any) -> Language:
    """The pipeline of an edition: blank Chinese, a character a token.

    Results stand in ``doc._.quantities``, ``entities``, ``status``, ``scope`` and ``links``.
    """
    nlp: Language = spacy.blank("zh")
    for component in _PIPES:
        nlp.add_pipe(component)
    nlp.get_pipe("links").linker = Linker(edition)
    return nlp
