"""What changed between two runs of a submission that was handed in again."""

from __future__ import annotations

from models.catalogue import load_edition
from pipelines.reports import words
from pipelines.screening import Screening
from pipelines.wording import GATES, ROLES, STATUSES, VERDICTS, condition_name


def diff(old: Screening, new: Screening) -> list[str]:
    """The changes as Chinese sentences, the gate first; empty where nothing changed that a reviewer would care for."""
    edition = load_edition()
    changes: list[str] = []
    if old.gate is not new.gate:
        changes.append(f"完整性审查：{GATES[old.gate]} → {GATES[new.gate]}")
    before = {finding.indicator: finding for finding in old.conditions}
    for finding in new.conditions:
        name = condition_name(edition, finding.indicator)
        past = before.get(finding.indicator)
        if past is None:
            changes.append(f"{name}：新增结论“{VERDICTS[finding.verdict]}”")
            continue
        if past.verdict is not finding.verdict:
            changes.append(f"{name}：{VERDICTS[past.verdict]} → {VERDICTS[finding.verdict]}")
        if past.value != finding.value:
            changes.append(f"{name}数值：{words.number(past.value)} → {words.number(finding.value)}")
    changes += _documents(old, new)
    had = {row.indicator: row for row in old.indicators}
    for row in new.indicators:
        past_row = had.get(row.indicator)
        if past_row is None:
            continue
        name = words.indicator_of(edition, row.indicator).short
        for what, was, now in (("现有基础", past_row.baseline, row.baseline), ("佐证", past_row.proofs, row.proofs)):
            if bool(was) != bool(now):
                changes.append(f"{name}：{what}由{'有' if was else '无'}变{'有' if now else '无'}")
        if sorted(past_row.targets) != sorted(row.targets):
            changes.append(f"{name}：年度目标年份由{'、'.join(sorted(past_row.targets)) or '无'}变为{'、'.join(sorted(row.targets)) or '无'}")
    gone = {conflict.text for conflict in old.conflicts} - {conflict.text for conflict in new.conflicts}
    fresh = {conflict.text for conflict in new.conflicts} - {conflict.text for conflict in old.conflicts}
    changes += [f"已消除的矛盾：{text}" for text in sorted(gone)]
    changes += [f"新出现的矛盾：{text}" for text in sorted(fresh)]
    return changes


def _documents(old: Screening, new: Screening) -> list[str]:
    """Documents added, taken away, changed, or read otherwise; a file that only moved is told as moved."""
    was, now = {d.path: d for d in old.documents}, {d.path: d for d in new.documents}
    by_hash = {d.sha256: d.path for d in old.documents if d.sha256 and d.path not in now}
    changes = []
    moved = set()
    for path in sorted(now.keys() - was.keys()):
        origin = by_hash.get(now[path].sha256)
        if origin:
            moved.add(origin)
            changes.append(f"文件移动或改名：{origin} → {path}")
        else:
            changes.append(f"新增文件：{path}（{ROLES[now[path].role]}，{STATUSES[now[path].status]}）")
    changes += [f"减少文件：{path}" for path in sorted(was.keys() - now.keys() - moved)]
    for path in sorted(was.keys() & now.keys()):
        if was[path].sha256 != now[path].sha256:
            changes.append(f"文件内容有变：{path}")
        if was[path].role != now[path].role:
            changes.append(f"文件类别有变：{path}：{ROLES[was[path].role]} → {ROLES[now[path].role]}")
        if was[path].status != now[path].status:
            changes.append(f"读取情况有变：{path}：{STATUSES[was[path].status]} → {STATUSES[now[path].status]}")
    return changes
