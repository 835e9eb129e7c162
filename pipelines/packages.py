"""The package check (Articles 6, 9, 10, 14): plan, form, letter from the right sender, applicants, targets, period, directory."""

from __future__ import annotations

import re

from extract.document import Document, Table
from models.catalogue import Edition
from models.package import PROVINCES, Package
from models.portraits import Portrait, body, portrait, split, squeeze
from models.roles import is_letter
from models.tagger import Tagged
from pipelines.screening import PackageItem

# Names of documents; in a directory, a line without one of these is no entry.
_LISTED = re.compile(
    r"(?:证明|通知|名录|名单|公报|函|办法|措施|意见|方案|计划|清单|汇编|报告|协议|承诺|证书|目录|说明|细则|凭证|照片|一览表|汇总表|情况表|对照表)"
)


def check_package(tagged: Tagged, edition: Edition) -> tuple[PackageItem, ...]:
    """Every line of the check, in order; each with state ok, missing or doubt and a sentence."""
    package = tagged.package
    items = [_plan(package), _letter(package, edition), _form(package), _applicants(package), *_targets(tagged, edition)]
    items += _directory(package)
    return tuple(items)


def _plan(package: Package) -> PackageItem:
    plans = package.of_role("plan")
    if not plans:
        unread = [d.path for d in package.documents if not d.blocks]
        if unread:
            return PackageItem(
                "plan",
                "试点工作方案",
                "doubt",
                f"未找到试点工作方案；未能读取的文件（{'、'.join(unread)}）中可能有，请人工确认。",
            )
        return PackageItem("plan", "试点工作方案", "missing", "材料中没有试点工作方案。")
    if not plans[0].blocks:
        return PackageItem("plan", "试点工作方案", "doubt", f"《{plans[0].path}》应为试点工作方案，但未能读取。")
    return PackageItem("plan", "试点工作方案", "ok", f"已找到：{plans[0].path}")


def _form(package: Package) -> PackageItem:
    forms = package.of_role("form")
    if forms:
        return PackageItem("form", "申报表", "ok", f"已找到：{forms[0].path}")
    return PackageItem("form", "申报表", "doubt", "未找到申报表（规则未明确要求，供参考）。")


def _letters(package: Package) -> list[tuple[str, str, Portrait]]:
    """The letters with path, words and portrait: files of their own, else those bound into the plan's or a proof's file."""
    own = [(d.path, d.blocks and squeeze("".join(block.text for _, block in body(d))), portrait(d)) for d in package.of_role("letter")]
    if own:
        return [(path, text or "", seen) for path, text, seen in own]
    bound = []
    for document in package.of_role("plan", "proof"):
        parts = split(document)
        for part in parts if len(parts) > 1 else ():
            words = [squeeze(block.text) for _, block in body(document, part.start, part.end)]
            text = "".join(words)
            if len(text) < 3000 and is_letter(part, "".join(words[:8])[:500], text):
                bound.append((f"{document.path}第{part.page}页" if part.page else document.path, text, part))
    return bound


def _letter(package: Package, edition: Edition) -> PackageItem:
    """The letter must come from the provincial government, or from the city's own where it is separately planned."""
    letters = _letters(package)
    title = "申报函/推荐函"
    if not letters:
        return PackageItem("letter", title, "missing", "未找到省级人民政府（计划单列市为市人民政府）的申报函或推荐函。")
    for path, text, seen in letters:
        if not text:
            continue
        signer = seen.issuer + text[-80:]
        head = text[:60]
        province = [name for name in PROVINCES if f"{name}人民政府" in signer + head or f"{name}政府" in signer + head]
        if province:
            return PackageItem("letter", title, "ok", f"{province[0]}人民政府来函：{path}")
        own = [city for city in package.cities if f"{city}人民政府" in signer + head or f"{city}政府" in signer + head]
        planned = any(city in edition.separately_planned for city in package.cities) or "计划单列市" in text
        if own and planned:
            return PackageItem("letter", title, "ok", f"计划单列市人民政府来函：{path}")
        plan_text = "".join(squeeze(block.text) for plan in package.of_role("plan") for _, block in body(plan)[:30])
        if own and re.search(r"计划单列市", plan_text):
            return PackageItem("letter", title, "ok", f"计划单列市人民政府来函（方案称为计划单列市，请核对）：{path}")
        if own:
            return PackageItem("letter", title, "doubt", f"来函单位为{own[0]}人民政府，而非省级人民政府：{path}")
        if re.search(r"省(?:人民)?政府|自治区(?:人民)?政府|人民政府办公厅", signer + head):
            return PackageItem("letter", title, "ok", f"省级人民政府来函：{path}")
    unread = [path for path, text, _ in letters if not text]
    if unread:
        return PackageItem("letter", title, "doubt", f"推荐函未能读取：{'、'.join(unread)}")
    return PackageItem("letter", title, "doubt", f"不能确定来函单位是否为省级人民政府：{letters[0][0]}")


def _applicants(package: Package) -> PackageItem:
    if not package.cities:
        return PackageItem("applicants", "申报城市", "doubt", "未能确定申报城市，请在 submission.toml 中指明 city。")
    letters = [d for d in package.of_role("letter") if d.blocks]
    text = squeeze("".join(block.text for d in letters for _, block in body(d)))
    absent = [city for city in package.cities if letters and city not in text]
    names = "、".join(package.cities)
    if absent and len(package.cities) > 1:
        return PackageItem("applicants", "申报城市", "doubt", f"联合申报城市：{names}；推荐函中未见：{'、'.join(absent)}。")
    joint = "联合申报，" if len(package.cities) > 1 else ""
    return PackageItem("applicants", "申报城市", "ok", f"{joint}申报城市：{names}")


def _targets(tagged: Tagged, edition: Edition) -> list[PackageItem]:
    """Yearly targets, and the three years of the pilot period."""
    years: dict[str, int] = {}
    for by_year in tagged.targets.values():
        for year in by_year:
            years[year] = years.get(year, 0) + 1
    strong = sorted(year for year, count in years.items() if count >= 2)
    baseline = sum(bool(tagged.baseline.get(indicator.id)) for indicator in edition.indicators)
    aimed = sum(bool(tagged.targets.get(indicator.id)) for indicator in edition.indicators)
    items = []
    if not years:
        items.append(PackageItem("targets", "分年度目标", "missing", "方案中未找到试点期分年度目标。"))
    elif not strong:
        items.append(PackageItem("targets", "分年度目标", "doubt", "只找到个别年度目标，请核对是否制定了分年度目标。"))
    else:
        items.append(PackageItem("targets", "分年度目标", "ok", f"{aimed}项指标有分年度目标，年度：{'、'.join(strong)}。"))
    if len(strong) == edition.pilot_years:
        items.append(PackageItem("period", "试点期", "ok", f"分年度目标覆盖三年：{'、'.join(strong)}。"))
    else:
        items.append(
            PackageItem(
                "period", "试点期", "doubt", f"试点期应为三年，方案中分年度目标的年度为：{'、'.join(strong) or '无'}，请核对。"
            )
        )
    total = len(edition.indicators)
    state = "ok" if baseline == total else "doubt"
    items.append(PackageItem("baseline", "现有基础条件", state, f"{total}项指标中，{baseline}项找到现有基础条件的陈述。"))  # type: ignore[arg-type]
    return items


def _directory(package: Package) -> list[PackageItem]:
    """Proofs listed in the directory but not in the package, and proofs in the package that no directory lists."""
    directories = [
        d for d in package.documents if package.calls[d.path].role == "other" and "目录" in squeeze(portrait(d).title + d.path)
    ]
    lines = [line for directory in directories for line in _directory_lines(directory)]
    if not lines:
        return []
    titles = {d.path: [s.portrait.title for s in package.sections if s.document.path == d.path] for d in package.documents}
    names = {d.path: [_stem(d.path), *(squeeze(title) for title in titles[d.path] if title)] for d in package.documents}
    here = [d for d in package.documents if d not in directories]
    missing = [line for line in lines if not any(_alike(line, name) for d in here for name in names[d.path])]
    unlisted = [
        d.path
        for d in here
        if package.calls[d.path].role == "proof" and not any(_alike(line, name) for line in lines for name in names[d.path])
    ]
    listed_absent = f"目录列有、但材料中未对应上的：{_few(missing)}。请核对。"
    present_unlisted = f"材料中有、但目录未列的：{_few(unlisted)}。请核对。"
    return [
        PackageItem("directory.missing", "目录所列材料", "doubt", listed_absent)
        if missing
        else PackageItem("directory.missing", "目录所列材料", "ok", "目录所列材料均能在材料中对应。"),
        PackageItem("directory.unlisted", "目录未列材料", "doubt", present_unlisted)
        if unlisted
        else PackageItem("directory.unlisted", "目录未列材料", "ok", "支撑证明材料均已列入目录。"),
    ]


def _few(names: list[str]) -> str:
    """The first ten names, with how many there are if more."""
    return "；".join(names[:10]) + (f"等{len(names)}项" if len(names) > 10 else "")


def _stem(path: str) -> str:
    """A file's name without folder and suffix."""
    return squeeze(re.sub(r"\.[A-Za-z]{2,5}$", "", path.rsplit("/", 1)[-1]))


def _directory_lines(directory: Document) -> list[str]:
    lines: list[str] = []
    for _, block in body(directory):
        if isinstance(block, Table):
            for row in block.rows()[1:]:
                cells = [squeeze(cell) for cell in row if _LISTED.search(squeeze(cell)) and 4 <= len(squeeze(cell)) <= 60]
                lines += cells[:1]
        elif _LISTED.search(squeeze(block.text)) and 5 <= len(squeeze(block.text)) <= 60 and "目录" not in block.text:
            lines.append(squeeze(block.text))
    return lines


def _alike(first: str, second: str) -> bool:
    """Whether two names of a document share enough: one inside the other, or most two-character words."""
    clean = [re.sub(r"[\W\d_]|附件|扫描件?|盖章|节选|摘录|定稿|最终版?", "", text) for text in (first, second)]
    if not clean[0] or not clean[1]:
        return False
    if clean[0] in clean[1] or clean[1] in clean[0]:
        return min(map(len, clean)) >= 3
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} for text in clean]
    return len(pairs[0] & pairs[1]) >= 0.5 * min(len(pairs[0]), len(pairs[1])) > 0
