"""A zip of XML parts (docx, xlsx, pptx, ofd), opened without trusting it."""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from extract import limits, salvage
from extract.document import Problem
from extract.problems import Damaged, Dangerous, Encrypted, ExtractError, TooLarge

# Office's "strict" files say the same things under other names; one spelling is enough for the readers.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/presentationml/main", b"http://schemas.openxmlformats.org/presentationml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/picture", b"http://schemas.openxmlformats.org/drawingml/2006/picture"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_BOUNDS = salvage.Bounds(
    limits.PACKAGE_PART, limits.PACKAGE_TOTAL, limits.PACKAGE_ENTRIES, limits.PACKAGE_RATIO, limits.PACKAGE_RATIO_FLOOR
)
_CUT_ADVICE = "请申报单位重新提供完整的文件；已读到的部分请对照原文件使用。"
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)


class Relationship(NamedTuple):
    """A link from one part to another: the last word of its type, and the part's name ("" when it points outside)."""

    kind: str
    target: str


def parse_xml(data: bytes, name: str, *, recover: bool = False) -> etree._Element:
    """The root of a part. Raises ``Dangerous`` for a DOCTYPE (entity bombs, external entities), ``Damaged`` for bad XML."""
    if b"<!DOCTYPE" in data[:4096].replace(b"\0", b"").upper():
        raise Dangerous(f"部件 {name} 含有 DOCTYPE 声明（可能是 XML 实体炸弹）")
    if b"purl.oclc.org/ooxml" in data[:8192]:
        for strict, plain in _STRICT:
            data = data.replace(strict, plain)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Damaged(f"部件 {name}：{str(error)[:120]}") from error
    except ValueError as error:
        raise Damaged(f"部件 {name}") from error
    if root is None:
        raise Damaged(f"部件 {name}")
    if root.getroottree().docinfo.internalDTD is not None:
        raise Dangerous(f"部件 {name} 含有 DOCTYPE 声明（可能是 XML 实体炸弹）")
    return root


class Package:
    """The parts of one file by name, case aside. ``problems`` tells what a reader could not get.

    A file that breaks off is read up to there: ``cut`` is then true, and the first of the problems says so.
    """

    def __init__(self, file: Path) -> None:
        self.cut = False
        self._torn: set[str] = set()
        torn: dict[int, salvage.End] = {}
        self._ended = False
        self._broken_at: list[str] = []
        self._behind: dict[str, int] = {}
        try:
            self._zip = salvage.opened(file)
        except _BAD_ZIP:
            found = salvage.salvaged(file, _BOUNDS)
            self.cut, self._ended, torn = True, found.ended, found.torn
            self._zip = found
        self._problems: list[Problem] = []
        self._parts: dict[str, zipfile.ZipInfo] = {}
        infos = self._zip.infolist()
        if len(infos) > limits.PACKAGE_ENTRIES:
            raise TooLarge(f"部件数 {len(infos)} 超过上限 {limits.PACKAGE_ENTRIES}")
        for info in infos:
            key = _key(info.filename)
            if info.filename.endswith("/") or key in self._parts or (info.header_offset in torn and not info.file_size):
                continue
            self._parts[key] = info
            if info.header_offset in torn:
                self._torn.add(key)
        total = sum(info.file_size for info in self._parts.values())
        if total > limits.PACKAGE_TOTAL:
            raise Dangerous(f"解压后共 {limits.size(total)}，超过总大小上限 {limits.size(limits.PACKAGE_TOTAL)}")

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *unused: object) -> None:
        self._zip.close()

    @property
    def problems(self) -> list[Problem]:
        """What a reader could not get so far; first, that the file breaks off."""
        if not self.cut:
            return list(self._problems)
        text = "文件末尾缺失或已损坏（可能在传送中被截断），只读取了断开处之前的内容"
        if self._broken_at:
            text += f"，断在{'、'.join(self._broken_at)}中"
        if self._behind:
            named = "、".join(f"{what}（{count} 处）" if count > 1 else what for what, count in self._behind.items())
            text += f"，缺少{named}"
        text += "，各部分的目录缺失，内容可能不完整" if self._ended else "，断开处之后的内容缺失"
        return [Problem("truncated", text, _CUT_ADVICE), *self._problems]

    def torn(self, name: str) -> bool:
        """Whether a part is there only up to where the file breaks off."""
        return _key(name) in self._torn

    def behind_cut(self, name: str, what: str) -> bool:
        """Whether a part that should be there lies behind the cut; it is told as ``what`` then."""
        if not self.cut or (name in self and not self.torn(name)):
            return False
        self._behind[what] = self._behind.get(what, 0) + 1
        return True

    def cut_page(self, name: str, number: int) -> Problem | None:
        """What the cut did to the page that a part holds, if anything."""
        if not self.cut or (name in self and not self.torn(name)):
            return None
        if name in self:
            self._broken_at.append(f"第 {number} 页")
            return Problem("truncated", "这一页在文件断开处中断，其后的内容缺失", _CUT_ADVICE, number)
        self.behind_cut(name, "页面")
        return Problem("truncated", "这一页在文件断开处之后，未读到", _CUT_ADVICE, number)

    def insist(self, found: Sequence[object]) -> None:
        """Raises ``Damaged`` when a file that breaks off gave no words at all: there is nothing that could be partly read."""
        if self.cut and not found:
            raise Damaged("压缩结构不完整，可能在传送中被截断，没有可读的内容")

    def numbered(self, pattern: str) -> list[str]:
        """The parts whose names match, by the numbers in them: their order where the part that lists them is missing."""
        found = [name for name in self.names() if re.fullmatch(pattern, name, re.IGNORECASE)]
        return sorted(found, key=lambda name: [int(number) for number in re.findall(r"[0-9]+", name)])

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._parts

    def names(self) -> list[str]:
        """The parts' names as stored, in the file's order."""
        return [info.filename.replace("\\", "/").lstrip("/") for info in self._parts.values()]

    def read(self, name: str) -> bytes:
        """A part's bytes. Raises an ``ExtractError`` that names the part."""
        if self.torn(name):
            raise Damaged(f"部件 {name} 在文件断开处中断")
        return self._bytes(name)

    def _bytes(self, name: str) -> bytes:
        info = self._parts.get(_key(name))
        if info is None:
            raise Damaged(f"缺少部件 {name}")
        if info.flag_bits & 1:
            raise Encrypted(f"部件 {name} 已加密")
        if info.file_size > limits.PACKAGE_PART:
            raise Dangerous(
                f"部件 {name} 解压后 {limits.size(info.file_size)}，超过单个部件上限 {limits.size(limits.PACKAGE_PART)}"
            )
        if info.file_size > limits.PACKAGE_RATIO_FLOOR and info.file_size > limits.PACKAGE_RATIO * max(1, info.compress_size):
            raise Dangerous(f"部件 {name} 压缩比 {info.file_size // max(1, info.compress_size)}，超过上限 {limits.PACKAGE_RATIO}")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(info.file_size + 1)
        except _BAD_ZIP as error:
            raise Damaged(f"部件 {name} 已损坏") from error
        return data

    def xml(self, name: str) -> etree._Element:
        """A part's root element, of a part that breaks off up to there. Raises an ``ExtractError`` that names the part."""
        data = self._bytes(name)
        if not self.torn(name):
            return parse_xml(data, name)
        whole, depth = salvage.closed(data)
        root = parse_xml(whole, name, recover=True)
        salvage.without_unfinished(root, depth)
        return root

    def try_xml(self, name: str, what: str) -> etree._Element | None:
        """A side part's root: None when the file has none; broken ones are read as far as they go and noted as a problem."""
        if name not in self:
            self.behind_cut(name, what)
            return None
        try:
            root = self.xml(name)
            if self.torn(name) and what not in self._broken_at:
                self._broken_at.append(what)
            return root
        except Damaged as error:
            if self.behind_cut(name, what):
                return None
            self._problems.append(
                Problem(
                    "damaged_part", f"文件中的{what}已损坏，其余部分已读取（{error.detail}）", "请人工打开原文件核对这一部分。"
                )
            )
            try:
                return parse_xml(self._bytes(name), name, recover=True)
            except ExtractError:
                return None
        except ExtractError as error:
            self._problems.append(error.as_problem())
            return None

    def main_xml(self, name: str, what: str) -> etree._Element:
        """The part that the document stands on: a broken one is read as far as it goes. Raises when nothing of it can be."""
        root = self.try_xml(name, what)
        if root is None:
            if self._problems and self._problems[-1].code == Dangerous.code:
                raise Dangerous(self._problems.pop().message.partition("：")[2])
            self._problems.clear()
            return self.xml(name)
        return root

    def relationships(self, name: str) -> dict[str, Relationship]:
        """The links that a part holds, by id."""
        folder, base = posixpath.split(name)
        part = posixpath.join(folder, "_rels", base + ".rels")
        root = self.try_xml(part, "部件关系表") if part in self else None
        found: dict[str, Relationship] = {}
        if root is None:
            return found
        for link in root:
            target = link.get("Target") or ""
            kind = (link.get("Type") or "").rpartition("/")[2]
            inside = link.get("TargetMode") != "External" and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", target)
            found[link.get("Id") or ""] = Relationship(kind, resolve(folder, target) if inside else "")
        return found


def resolve(folder: str, target: str) -> str:
    """A link's target as a part name: relative to ``folder``, or from the root when it begins with "/"."""
    target = unquote(target.replace("\\", "/"))
    return posixpath.normpath(target if target.startswith("/") else posixpath.join("/", folder, target)).lstrip("/")


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
