"""Which document is what: plan, form, letter, proof or other; by content first, by name second."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from extract.document import Document, Table
from models.portraits import Portrait, body, portrait, squeeze

Role = Literal["plan", "form", "letter", "proof", "other"]
ROLES: tuple[Role, ...] = ("plan", "form", "letter", "proof", "other")

_PLAN_TITLE = re.compile(
    r"先导区.{0,12}(?:工作|实施|建设|创建)?方\s*案|(?:联合)?试点工作方\s*案|申报方案|试点.{0,8}(?:实施|建设|工作)方\s*案"
)
_PLAN_PARTS = (
    r"现有基础|工作基础|发展基础|基础条件|建设基础|发展现状",
    r"目\s*标",
    r"重点任务|主要任务|建设任务|主要举措",
    r"保障措施|组织实施|组织保障",
)
_LETTER = re.compile(
    r"关于.{0,40}(?:推荐|报送|申报|申请|呈报|商请|恳请|支持).{0,60}先导区|推荐.{0,30}(?:申报|开展|列为).{0,40}先导区|(?:推荐|申报)函$"
)
_STATES = re.compile(r"(?:说明|承诺[书函]?|声明|证明|保证书)(?:[（(].{0,12}[）)])?$")  # a letter asks, these state
_REPORTS = re.compile(r"核验|核查|核定|核实|抽查|统计|测试|验收")
_FORM = re.compile(r"申\s*报\s*[表书]|申请表|基本情况表|申报.{0,8}(?:数据|情况|信息|指标).{0,4}表|填报表")
_DIRECTORY = re.compile(r"(?:佐证|证明|支撑|申报|附件).{0,4}材料.{0,4}(?:目录|清单)|材料目录|^目\s*录$")
_WORKSHEET = re.compile(r"底表|底稿|测算|自评(?!.{0,6}表)|自查|草表|台账(?:底|模板)")
_IRRELEVANT = re.compile(r"会议通知|参会回执|接待|值班表|通讯录|^read\s?me|打印说明|排版说明|封面$")
_BRIEFING = re.compile(r"汇报|路演|答辩|宣讲|宣传片?|简介|推介")


@dataclass(frozen=True, slots=True)
class RoleCall:
    """A document's role, how sure, and the reason in Chinese."""

    role: Role
    confidence: float
    reason: str


def _read_scores(document: Document, seen: Portrait) -> dict[Role, tuple[float, str]]:
    """How strongly the words of a document speak for each role, with the reason."""
    blocks = body(document)
    words = [squeeze(block.text) for _, block in blocks if not isinstance(block, Table)]
    text = "".join(words)
    opening = "".join(words[:8])[:500] if words else seen.head
    tables = [block for _, block in blocks if isinstance(block, Table)]
    length = len(text) + sum(len(squeeze(table.text)) for table in tables)
    scores: dict[Role, tuple[float, str]] = {"proof": (1.0, "未见方案、申报表、推荐函特征")}
    parts = sum(bool(re.search(pattern, text)) for pattern in _PLAN_PARTS)
    titled = bool(_PLAN_TITLE.search(seen.title) or _PLAN_TITLE.search(opening[:200])) and not _LETTER.search(opening[:160])
    # A short one is a plan where its own title says so and it has a plan's chapters.
    short = length > 300 and parts >= 2 and bool(_PLAN_TITLE.search(seen.title)) and titled
    if short or (length > 1500 and (titled or parts >= 3)):
        scores["plan"] = (
            (3.0 if titled else 0.5) + parts * 0.5 + (0.5 if length > 6000 else 0),
            f"标题与章节符合试点工作方案（{parts}类章节）",
        )
    if length < 3000 and is_letter(seen, opening, text):
        scores["letter"] = (3.5, "致工业和信息化部的申报或推荐函")
    formal = _FORM.search(seen.title) or any(_FORM.search(squeeze(table.caption)) for table in tables)
    if formal and tables and not titled and not any(_is_gathered(table) for table in tables):
        scores["form"] = (3.0, "申报表样式")
    if any(_is_target_table(table) for table in tables) and not titled and length < 40_000:
        scores.setdefault("form", (2.6, "指标现状与分年度目标表"))
    if _DIRECTORY.search(seen.title):
        scores["other"] = (3.2, "材料目录")
    return scores


def _is_target_table(table: Table) -> bool:
    """Whether a table gives for many indicators what there is and what two years or more are to bring: an annex of the plan."""
    grid = table.rows()
    head = squeeze("".join("".join(row) for row in grid[:3]))
    years = set(re.findall(r"20\d\d(?=年)", head))
    state = re.search(r"现状|基期|基础|目前|实际|完成", head)
    return table.n_rows >= 10 and bool(state) and "指标" in head and len(years) >= 2 and bool(re.search(r"目标|计划", head))


def _is_gathered(table: Table) -> bool:
    """Whether a table gathers what departments report (指标 | 数值 | 提供部门), without targets: it proves, it does not apply."""
    grid = table.rows()
    head = [squeeze(cell) for row in grid[:3] for cell in row]
    told = any(re.fullmatch(r"数据来源|(?:数据)?(?:提供|填报|报送|来源|核实|核定|责任)(?:部门|单位)", cell) for cell in head)
    return told and not re.search(r"目标|计划|佐证|申报表", table.caption + "".join(head))


def is_letter(seen: Portrait, opening: str, text: str) -> bool:
    """Whether a document, given by its first words and all its words, is a letter that hands the application to the ministry."""
    # What was examined is reported to the application's own office too.
    asks = bool(_LETTER.search(opening)) and not _STATES.search(seen.title) and not _REPORTS.search(seen.title)
    return asks and bool(re.search(r"工业和信息化部|贵部|工信部", opening + text[-200:]))


def _name_scores(path: str) -> dict[Role, tuple[float, str]]:
    """How a path speaks for each role."""
    name = squeeze(path.rsplit("/", 1)[-1])
    stem = re.sub(r"\.[A-Za-z]{2,5}$", "", name)
    folder = squeeze(path.rsplit("/", 1)[0]) if "/" in path else ""
    scores: dict[Role, tuple[float, str]] = {}
    proof_folder = re.search(r"佐证|证明|支撑|附件", folder)
    if re.search(r"方案", stem) and not proof_folder and not re.search(r"行动方案|实施方案$", stem):
        scores["plan"] = (1.2, "文件名含“方案”")
    if _CHAPTER.match(stem) and re.search(r"方案", folder) and not proof_folder:
        scores["plan"] = (3.5, "位于方案文件夹的章节")
    if (
        re.search(r"推荐函|申报函|(?:政|府|办).{0,6}函|请示|函$", stem)
        and not re.search(r"承诺|证明|通信管理局", stem)
        and not proof_folder
    ):
        scores["letter"] = (1.3, "文件名为函")
    if re.search(r"推荐函|函件", folder):
        scores["letter"] = (1.5, "位于推荐函文件夹")
    if re.search(r"申报[表书]|申报.{0,6}数据表|^指标数据表|自评.{0,6}表(?!.*底)", stem) and not proof_folder:
        scores["form"] = (1.5, "文件名含“申报表”")
    if re.search(r"目录", stem):
        scores["other"] = (1.6, "文件名含“目录”")
    if _DIRECTORY.search(re.sub(r"^[\d._\-、（）()\s]+|[（(][^）)]*[）)]$", "", stem)):
        scores["other"] = (2.4, "文件名为材料清单")
    if _WORKSHEET.search(stem):
        scores["other"] = (2.6, "测算底表，非证明文件")
    if _IRRELEVANT.search(stem.lower()):
        scores["other"] = (2.0, "与申报无关的文件")
    if _BRIEFING.search(stem) and re.search(r"\.(?:pptx?|dps|ppsx?)$", name.lower()):
        scores["other"] = (2.4, "汇报演示文稿，非证明文件")
    if proof_folder:
        scores["proof"] = (0.8, "位于佐证材料文件夹")
    return scores


def assign(documents: Sequence[Document], overrides: Mapping[str, str] | None = None) -> dict[str, RoleCall]:
    """The role of every document, by path. ``overrides`` (path → role, from submission.toml) come before everything.

    One document is the plan unless several are overruled: the strongest; a second document that looks like a plan is a proof.
    """
    overrides = overrides or {}
    calls: dict[str, RoleCall] = {}
    plans: list[tuple[float, str]] = []
    for document in documents:
        wanted = overrides.get(document.path)
        if wanted in ROLES:
            calls[document.path] = RoleCall(wanted, 1.0, "由 submission.toml 指定")
            continue
        scores: dict[Role, tuple[float, str]] = {}
        if document.blocks:
            scores = _read_scores(document, portrait(document))
        named = _name_scores(document.path)
        if any(isinstance(block, Table) and _is_gathered(block) for block in document.blocks[:12]):
            named.pop("form", None)
        for role, (score, reason) in named.items():
            have, why = scores.get(role, (0.0, ""))
            scores[role] = (have + score, why or reason)
        if not scores:
            scores["proof"] = (0.5, "未能读取，按支撑材料处理")
        best = max(ROLES, key=lambda role: (scores.get(role, (0.0, ""))[0], -ROLES.index(role)))
        score, reason = scores.get(best, (0.0, ""))
        calls[document.path] = RoleCall(best, min(1.0, score / 4), reason)
        if best == "plan":
            plans.append((score + min(1.0, len(document.blocks) / 400), document.path))
    plans.sort(reverse=True)
    whole = _part(plans[0][1]) if plans else None
    for _, path in plans[1:]:
        if whole is None or _part(path) != whole:
            calls[path] = RoleCall("proof", 0.4, "另有更符合的试点工作方案")
    return calls


_CHAPTER = re.compile(r"^第[一二三四五六七八九十\d]{1,2}[章部篇](?:分)?")
_VOLUME = re.compile(r"[（(\-—_]?(?:[上中下]|第[一二三四五六七八九\d](?:部分|册|分册))(?:[册篇卷]|部分)?[）)]?$")


def _part(path: str) -> tuple[str, str] | None:
    """Of which whole a file is a chapter or volume: its folder and what the names of the parts share; None for no part."""
    folder, _, name = path.rpartition("/")
    stem = re.sub(r"\.[A-Za-z]{2,5}$", "", squeeze(name))
    if _CHAPTER.match(stem):
        return folder, "章"
    rest = _VOLUME.sub("", stem)
    return (folder, rest) if rest != stem else None
