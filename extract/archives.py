"""Archives of a submission (zip, 7z, rar), unpacked without trusting their names, sizes or numbers."""

from __future__ import annotations

import os
import re
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from extract import limits, salvage
from extract.document import Problem
from extract.problems import Damaged, Dangerous, Encrypted, EngineMissing, ExtractError, TooLarge, Unsupported

KINDS = ("zip", "7z", "rar")
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)
# Names that Windows takes for devices, with any suffix.
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$", re.IGNORECASE)
_ASK_AGAIN = "请申报单位重新打包提供。"
# Stands for what nobody knows: its name tells nothing of what it may have been.
BEHIND_CUT = "（压缩包断开处之后）"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive: its name as a person reads it, its bytes on the disc, or what is wrong with it."""

    name: str
    file: Path | None
    size: int
    problem: Problem | None = None


@dataclass(slots=True)
class Budget:
    """What all archives of one submission may use together."""

    entries: int = limits.ARCHIVE_ENTRIES
    total: int = limits.ARCHIVE_TOTAL
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    name: str
    size: int
    packed: int
    locked: bool = False
    link: bool = False
    key: object = None


def unpack(archive: Path, kind: str, into: Path, budget: Budget) -> list[Member]:
    """All files of an archive, written below ``into`` under plain numbers (never under the archive's own names).

    A member that is refused or broken has a problem and no file; the rest is there. Raises an ``ExtractError`` when the
    archive as a whole cannot be opened.
    """
    into.mkdir(parents=True, exist_ok=True)
    if kind == "zip":
        return _unpack_zip(archive, into, budget)
    if kind == "7z":
        return _unpack_7z(archive, into, budget)
    if kind == "rar":
        return _unpack_rar(archive, into, budget)
    raise Unsupported(f"压缩格式 {kind}")


def member_name(info: zipfile.ZipInfo) -> str:
    """A zip member's name: UTF-8 where the flag says so, else UTF-8 or GB18030 where the bytes are that, else cp437."""
    if info.flag_bits & 0x800:
        return info.filename
    name = info.orig_filename
    extra = _unicode_path(info.extra)
    if extra:
        return extra
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    # zipfile cuts names at a NUL byte only in ``filename``.
    raw = raw.split(b"\0")[0]
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def _unicode_path(extra: bytes) -> str:
    """Info-ZIP's Unicode path field, which some packers write beside a local name."""
    at = 0
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<HH", extra, at)
        if tag == 0x7075 and length > 5:
            return extra[at + 9 : at + 4 + length].decode("utf-8", "replace")
        at += 4 + length
    return ""


def safe_name(name: str) -> str:
    """A member's name as a relative path with "/". Raises ``Dangerous`` for one that would leave its folder."""
    name = name.replace("\\", "/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        raise Dangerous(f"压缩包成员使用绝对路径：{_shown(name)}")
    parts = [part for part in PurePosixPath(name).parts if part != "."]
    if ".." in parts:
        raise Dangerous(f"压缩包成员路径指向包外：{_shown(name)}")
    if any(_DEVICE.match(part.strip(" .")) for part in parts):
        raise Dangerous(f"压缩包成员使用设备名：{_shown(name)}")
    if not parts or any(ord(char) < 32 for part in parts for char in part):
        raise Dangerous(f"压缩包成员名称无效：{_shown(name)}")
    return "/".join(parts)


def _shown(name: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in name)[:120]


def _refusal(item: _Item, budget: Budget) -> ExtractError | None:
    """Why a member must not be unpacked, if so; else its size is taken from the budget."""
    if item.link:
        return Dangerous(f"压缩包成员是链接：{_shown(item.name)}")
    if item.locked:
        return Encrypted()
    if item.size > limits.ARCHIVE_MEMBER:
        return TooLarge(f"解压后 {limits.size(item.size)}，超过单个文件上限 {limits.size(limits.ARCHIVE_MEMBER)}")
    if item.size > limits.RATIO_FLOOR and item.size > limits.ARCHIVE_RATIO * max(1, item.packed):
        return Dangerous(f"压缩比 {item.size // max(1, item.packed)}，超过上限 {limits.ARCHIVE_RATIO}（疑似压缩炸弹）")
    if item.size > budget.total:
        return Dangerous(f"解压后总大小超过上限 {limits.size(limits.ARCHIVE_TOTAL)}")
    budget.total -= item.size
    return None


def _sorted_out(items: list[_Item], budget: Budget) -> Iterator[tuple[_Item, str, Problem | None]]:
    """Each member with its safe name, or with the problem that keeps it out."""
    seen: set[str] = set()
    for count, item in enumerate(items):
        if budget.entries <= 0:
            text = f"压缩包内文件数超过上限 {limits.ARCHIVE_ENTRIES}，其余 {len(items) - count} 个未读取"
            budget.problems.append(Problem("too_large", text, "请拆分后重新打包提供。"))
            return
        budget.entries -= 1
        try:
            name = safe_name(item.name)
        except Dangerous as error:
            yield item, _shown(item.name).replace("../", "").lstrip("/") or "？", error.as_problem()
            continue
        if name in seen:
            yield item, name, Problem("duplicate", f"压缩包内有重名文件：{_shown(name)}，只读取第一个", _ASK_AGAIN)
            continue
        seen.add(name)
        error_found = _refusal(item, budget)
        yield item, name, error_found.as_problem() if error_found else None


def _copy(stream: IO[bytes], target: Path, size: int) -> int:
    """Write at most ``size`` bytes: a member may hold more than its header says. Raises ``Dangerous`` then."""
    written = 0
    with target.open("wb") as out:
        while chunk := stream.read(min(1 << 20, size + 1 - written)):
            written += len(chunk)
            if written > size:
                break
            out.write(chunk)
    if written > size:
        target.unlink()
        raise Dangerous("实际大小超过压缩包中登记的大小")
    return written


def _unpack_zip(archive: Path, into: Path, budget: Budget) -> list[Member]:
    torn: dict[int, salvage.End] | None = None
    opened: zipfile.ZipFile
    try:
        opened = salvage.opened(archive)
    except _BROKEN:
        bounds = salvage.Bounds(limits.ARCHIVE_MEMBER, budget.total, budget.entries, limits.ARCHIVE_RATIO, limits.RATIO_FLOOR)
        opened = cut = salvage.salvaged(archive, bounds)
        torn = cut.torn
        if len(torn) == len(cut.filelist):
            cut.close()
            raise Damaged("压缩包结构不完整，可能在传送中被截断") from None
    with opened:
        items = [
            _Item(
                member_name(info),
                info.file_size,
                info.compress_size,
                bool(info.flag_bits & 1),
                stat.S_ISLNK(info.external_attr >> 16) and info.create_system == 3,
                info,
            )
            for info in opened.infolist()
            if not info.filename.endswith(("/", "\\")) and not (info.external_attr & 0x10 and not info.file_size)
        ]
        members = []
        for number, (item, name, problem) in enumerate(_sorted_out(items, budget)):
            target = into / f"{number:05d}"
            if problem is None:
                assert isinstance(item.key, zipfile.ZipInfo)
                problem = _torn(torn.get(item.key.header_offset)) if torn else None
            if problem is None:
                assert isinstance(item.key, zipfile.ZipInfo)
                try:
                    with opened.open(item.key) as stream:
                        _copy(stream, target, item.size)
                except Dangerous as error:
                    problem = error.as_problem()
                except NotImplementedError:
                    problem = Unsupported("压缩包使用了不支持的压缩方法").as_problem()
                except _BROKEN:
                    problem = Damaged("压缩包内该文件的数据已损坏").as_problem()
            members.append(Member(name, None if problem else target, item.size, problem))
        if torn is not None:
            text = "压缩包末尾缺失或已损坏（可能在传送中被截断），只解出了断开处之前的完整文件，其后的文件不得而知"
            members.append(Member(BEHIND_CUT, None, 0, Problem("truncated", text, _ASK_AGAIN)))
        return members


def _torn(end: salvage.End | None) -> Problem | None:
    if end == "cut":
        return Problem("truncated", "压缩包在这个文件中断开，该文件不完整，未读取", _ASK_AGAIN)
    return Damaged("压缩包内该文件的数据已损坏").as_problem() if end else None


def _unpack_7z(archive: Path, into: Path, budget: Budget) -> list[Member]:
    try:
        import py7zr
        from py7zr import exceptions
    except ImportError as error:
        raise EngineMissing("读取 7z 需要 py7zr") from error
    raw = into / "raw"
    try:
        with py7zr.SevenZipFile(archive) as opened:
            if opened.needs_password():
                raise Encrypted()
            entries = [info for info in opened.list() if not info.is_directory]
            packed = archive.stat().st_size
            total = sum(info.uncompressed for info in entries)
            # A solid archive has one packed size for all: the ratio can only be taken over the whole.
            items = [
                _Item(
                    info.filename,
                    info.uncompressed,
                    max(1, packed * info.uncompressed // max(1, total)),
                    False,
                    bool(info.is_symlink),
                    info.filename,
                )
                for info in entries
            ]
            sorted_out = list(_sorted_out(items, budget))
            wanted = [str(item.key) for item, _, problem in sorted_out if problem is None]
            if wanted:
                with _quiet():
                    opened.extract(path=raw, targets=wanted)
    except ExtractError:
        raise
    except exceptions.PasswordRequired as error:
        raise Encrypted() from error
    except exceptions.UnsupportedCompressionMethodError as error:
        raise Unsupported("7z 使用了不支持的压缩方法") from error
    except MemoryError as error:
        raise TooLarge("7z 解压所需内存过大") from error
    except Exception as error:
        raise Damaged("7z 结构不完整或已损坏") from error
    members = []
    for number, (item, name, problem) in enumerate(sorted_out):
        target = into / f"{number:05d}"
        if problem is None:
            out = raw / str(item.key)
            if out.is_symlink() or not out.is_file() or not out.resolve().is_relative_to(raw.resolve()):
                problem = Damaged("压缩包内该文件未能解出").as_problem()
            else:
                out.replace(target)
        members.append(Member(name, None if problem else target, item.size, problem))
    shutil.rmtree(raw, ignore_errors=True)
    return members


@contextmanager
def _quiet() -> Iterator[None]:
    """py7zr restores times and modes; a mask keeps what it writes readable by its owner only."""
    mask = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(mask)


def rar_tool() -> str:
    """The program that unpacks rar here ("" when there is none)."""
    return next((name for name in ("unrar", "7z", "7zz", "bsdtar", "unar") if shutil.which(name)), "")


def _unpack_rar(archive: Path, into: Path, budget: Budget) -> list[Member]:
    try:
        import rarfile
    except ImportError as error:
        raise EngineMissing("读取 rar 需要 rarfile 以及 unrar、7z、bsdtar 之一") from error
    try:
        opened = rarfile.RarFile(archive)
        infos = [info for info in opened.infolist() if not info.is_dir()]
        if opened.needs_password() and not infos:
            raise Encrypted()
    except ExtractError:
        raise
    except rarfile.NeedFirstVolume as error:
        raise Unsupported("rar 分卷压缩包，须与第一卷一起提供") from error
    except Exception as error:
        raise Damaged("rar 结构不完整或已损坏") from error
    with opened:
        items = [
            _Item(info.filename, info.file_size, info.compress_size, info.needs_password(), not info.is_file(), info)
            for info in infos
        ]
        members = []
        for number, (item, name, problem) in enumerate(_sorted_out(items, budget)):
            target = into / f"{number:05d}"
            if problem is None:
                try:
                    with opened.open(item.key) as stream:
                        _copy(stream, target, item.size)
                except Dangerous as error:
                    problem = error.as_problem()
                except rarfile.RarCannotExec:
                    problem = EngineMissing("读取 rar 需要安装 unrar、7z 或 bsdtar 之一").as_problem()
                except Exception:
                    problem = Damaged("压缩包内该文件的数据已损坏").as_problem()
            members.append(Member(name, None if problem else target, item.size, problem))
        return members
