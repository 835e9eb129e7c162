"""A submission as a folder or an archive: its files in order, debris aside, archives inside opened."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract import limits
from extract.archives import KINDS, Budget, unpack
from extract.document import Problem
from extract.formats import sniff
from extract.problems import Damaged, Dangerous, ExtractError

OVERRIDES = "submission.toml"
ROLES = ("plan", "form", "letter", "proof", "other")
_DEBRIS = re.compile(
    r"(Thumbs\.db|ehthumbs(_vista)?\.db|desktop\.ini|\.DS_Store|~\$.*|\._.*|\.~.*|__MACOSX|\$RECYCLE\.BIN"
    r"|System Volume Information|\.~lock\..*#|~WRL\d+\.tmp)$",
    re.IGNORECASE,
)
_ARCHIVE_SUFFIX = (".zip", ".7z", ".rar")
# Files that people and scripts keep beside submissions, not inside them.
_BESIDE_SUFFIX = (".json", ".md", ".toml", ".yaml", ".yml", ".log", ".py", ".sh", ".html")
_CITY = re.compile(r"[\u4e00-\u9fff]{2,8}?(市|州|盟|地区)")
# A folder with such a name is a part of a package, not a package.
_PART = re.compile(
    r"([0-9０-９]+|[一二三四五六七八九十]+|[（(][0-9一二三四五六七八九十]+[)）]|附件?[0-9０-９一二三四五六七八九十]*)?[\s.、．_\-－—]*"
    r"(附件|附录|佐证|证明|支撑|申报表|申请表|推荐函|申报函|函件|试点工作方案|工作方案|实施方案|试点方案|方案|证书|照片|图片|扫描|"
    r"发展政策|政策|基础设施|行业应用|产业生态|公共服务|筹备|其他|材料)"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file handed in. ``path`` is relative to the submission's root, inside an archive ``ARCHIVE.zip/INNER/PATH``.

    ``file`` is None where there are no bytes to read; ``problem`` then says why. ``size`` is in bytes.
    """

    path: str
    file: Path | None
    size: int
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """All files of one package,
    sorted by path. ``debris`` are paths set aside by name; ``overrides`` is ``submission.toml``."""

    name: str
    root: Path
    entries: tuple[Entry, ...]
    debris: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    overrides: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Walk:
    """What is gathered on the way through folders and archives."""

    workdir: Path
    budget: Budget
    entries: list[Entry]
    debris: list[str]
    problems: list[Problem]
    archives: int = 0


def is_debris(name: str) -> bool:
    """Whether a file's or folder's bare name is that of something systems leave behind."""
    return _DEBRIS.match(name) is not None


def open_submission(path: Path, workdir: Path) -> Submission:
    """The files of a folder or an archive; what is unpacked goes below ``workdir``, which the caller owns.

    Raises ``FileNotFoundError`` for a path that isn't there; everything else is a problem of the submission or of an entry.
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"找不到申报材料：{path}")
    walk = _Walk(Path(workdir), Budget(), [], [], [])
    name = path.name or path.resolve().name
    if path.is_dir():
        _walk_folder(path, path, walk)
    else:
        kind = _archive_kind(path)
        if kind:
            name = _bare(name)
            try:
                _open_archive(path, kind, "", 1, walk)
            except ExtractError as error:
                walk.problems.append(error.as_problem())
        else:
            name = path.stem
            walk.entries.append(Entry(path.name, path, path.stat().st_size))
    walk.problems += walk.budget.problems
    entries = sorted(walk.entries, key=lambda entry: _order(entry.path))
    overrides, entries = _overrides(entries, walk.problems)
    if not entries and not walk.problems:
        walk.problems.append(Problem("no_files", "申报材料中没有文件", "请核对路径，或请申报单位重新提供。"))
    return Submission(name, path, tuple(entries), tuple(sorted(walk.debris)), tuple(walk.problems), overrides)


def _order(path: str) -> list[tuple[bool, str]]:
    """Files of a folder before its subfolders, each by name."""
    parts = path.split("/")
    return [(index < len(parts) - 1, part) for index, part in enumerate(parts)]


def _bare(name: str) -> str:
    return name[: -len(Path(name).suffix)] if Path(name).suffix.lower() in _ARCHIVE_SUFFIX else name


def _archive_kind(file: Path) -> str:
    try:
        kind = sniff(file)
    except (ExtractError, OSError):
        return ""
    return kind if kind in KINDS else ""


def _walk_folder(folder: Path, root: Path, walk: _Walk) -> None:
    try:
        children = sorted(os.scandir(folder), key=lambda child: child.name)
    except OSError:
        relative = folder.relative_to(root).as_posix()
        walk.problems.append(Problem("unreadable", f"文件夹“{relative}”无法打开", "请检查权限后重新预审。"))
        return
    for child in children:
        path = Path(child.path)
        relative = path.relative_to(root).as_posix()
        if is_debris(child.name):
            walk.debris.append(relative)
            continue
        try:
            info = child.stat(follow_symlinks=False)
        except OSError:
            walk.entries.append(Entry(relative, None, 0, Damaged("磁盘上的文件无法打开").as_problem()))
            continue
        if stat.S_ISLNK(info.st_mode):
            problem = Dangerous("这是一个链接，不是文件").as_problem()
            walk.entries.append(Entry(relative, None, 0, problem))
        elif stat.S_ISDIR(info.st_mode):
            _walk_folder(path, root, walk)
        elif stat.S_ISREG(info.st_mode):
            _add(path, relative, info.st_size, 0, walk)
        else:
            walk.entries.append(Entry(relative, None, 0, Dangerous("这是设备或管道，不是文件").as_problem()))


def _add(file: Path, relative: str, size: int, depth: int, walk: _Walk) -> None:
    """A file as an entry, or, when it is an archive, all that is in it."""
    kind = _archive_kind(file)
    if not kind:
        walk.entries.append(Entry(relative, file, size))
        return
    if depth >= limits.ARCHIVE_DEPTH:
        problem = Dangerous(f"压缩包嵌套超过上限 {limits.ARCHIVE_DEPTH} 层").as_problem()
        walk.entries.append(Entry(relative, None, size, problem))
        return
    try:
        _open_archive(file, kind, relative + "/", depth + 1, walk)
    except ExtractError as error:
        walk.entries.append(Entry(relative, None, size, error.as_problem()))


def _open_archive(file: Path, kind: str, prefix: str, depth: int, walk: _Walk) -> None:
    walk.archives += 1
    members = unpack(file, kind, walk.workdir / f"archive{walk.archives:04d}", walk.budget)
    if not members and prefix:
        walk.problems.append(Problem("empty", f"压缩包“{prefix.rstrip('/')}”中没有文件", "请申报单位核对后重新提供。"))
    for member in members:
        relative = prefix + member.name
        if any(is_debris(part) for part in member.name.split("/")):
            walk.debris.append(relative)
        elif member.file is None:
            walk.entries.append(Entry(relative, None, member.size, member.problem))
        else:
            _add(member.file, relative, member.size, depth, walk)


def _overrides(entries: list[Entry], problems: list[Problem]) -> tuple[dict[str, Any], list[Entry]]:
    """What ``submission.toml`` says, and the entries without it. It lies in the root or in the root's single folder."""
    tops = {entry.path.split("/")[0] for entry in entries}
    places = {OVERRIDES} | ({f"{next(iter(tops))}/{OVERRIDES}"} if len(tops) == 1 else set())
    found = next((entry for entry in entries if entry.path in places and entry.file), None)
    if not found or not found.file:
        return {}, entries
    rest = [entry for entry in entries if entry is not found]
    folder = found.path[: -len(OVERRIDES)]

    def bad(text: str) -> None:
        advice = '写法示例：[roles] 下写 "文件路径" = "plan"，角色只能是 ' + "、".join(ROLES) + '；city = "某市"。'
        problems.append(Problem("bad_overrides", f"{OVERRIDES}：{text}，已忽略", advice))

    try:
        data = tomllib.loads(found.file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        bad(f"格式有误（{error}）")
        return {}, rest
    kept: dict[str, Any] = {}
    for key, value in data.items():
        if key == "roles" and isinstance(value, dict):
            kept["roles"] = {}
            known = {entry.path for entry in rest}
            for path, role in value.items():
                path = path.replace("\\", "/")
                full = path if path in known else folder + path
                if full not in known:
                    bad(f"没有文件“{path}”")
                elif role not in ROLES:
                    bad(f"“{path}”的角色“{role}”不存在")
                else:
                    kept["roles"][full] = role
        elif key in ("city", "province") and isinstance(value, str) and value.strip():
            kept[key] = value.strip()
        elif key == "cities" and isinstance(value, list) and value and all(isinstance(city, str) for city in value):
            kept[key] = value
        else:
            bad(f"“{key}”不认识或写法不对")
    return kept, rest


def list_submissions(paths: Sequence[Path] | Path) -> list[Path]:
    """The submissions that the user names: several paths are each one; one folder is a batch of them or one itself.

    A folder is one submission when documents (pdf, Word, sheets, pictures …) lie directly in it, when any of its folders is
    named like a part of a package (附件…, 证明材料, 方案, 推荐函 …),
    or when a single folder is all that it holds. It is a batch
    when it holds folders and archives only, or when two or more of them name a different city each; then ``truth.json``,
    ``README.md`` and the like beside them are left out. Raises ``FileNotFoundError``.
    """
    given = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    for path in given:
        if not path.exists():
            raise FileNotFoundError(f"找不到申报材料：{path}")
    if len(given) == 1 and given[0].is_dir():
        return _batch_of(given[0])
    return given


def _batch_of(folder: Path) -> list[Path]:
    children = sorted((child for child in folder.iterdir() if not is_debris(child.name)), key=lambda child: child.name)
    folders = [child for child in children if child.is_dir() and not child.name.startswith(".")]
    files = [child for child in children if child.is_file() and not child.name.startswith(".")]
    archives = [file for file in files if file.suffix.lower() in _ARCHIVE_SUFFIX]
    documents = [file for file in files if file not in archives and file.suffix.lower() not in _BESIDE_SUFFIX]
    packages = [child for child in children if child in archives or (child in folders and _holds_documents(child))]
    if not packages or (folder / OVERRIDES).is_file() or any(_PART.match(child.name) for child in (*folders, *archives)):
        return [folder]
    if documents and not _name_cities(packages):
        return [folder]
    alone = len(packages) == 1 and packages[0] in folders
    if alone and not any(file.name.startswith(packages[0].name + ".") for file in files):
        return [folder]
    return packages


def _name_cities(packages: Sequence[Path]) -> bool:
    """Whether two or more folders or archives name a city each, and each another one."""
    cities = [_CITY.search(package.stem if package.is_file() else package.name) for package in packages]
    return len(packages) > 1 and all(cities) and len({city[0] for city in cities if city}) == len(packages)


def _holds_documents(folder: Path) -> bool:
    for _, _, names in os.walk(folder):
        if any(not is_debris(name) and Path(name).suffix.lower() not in _BESIDE_SUFFIX for name in names):
            return True
    return False
