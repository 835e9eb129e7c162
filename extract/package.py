"""A zip of XML parts (docx, xlsx, pptx, ofd), opened without trusting it."""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from extract import limits
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
    """The parts of one file by name, case aside. ``problems`` collects what a reader could not get."""

    def __init__(self, file: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except _BAD_ZIP as error:
            raise Damaged("压缩结构不完整，可能在传送中被截断") from error
        self.problems: list[Problem] = []
        self._parts: dict[str, zipfile.ZipInfo] = {}
        infos = self._zip.infolist()
        if len(infos) > limits.PACKAGE_ENTRIES:
            raise TooLarge(f"部件数 {len(infos)} 超过上限 {limits.PACKAGE_ENTRIES}")
        for info in infos:
            if info.filename.endswith("/"):
                continue
            self._parts.setdefault(_key(info.filename), info)
        total = sum(info.file_size for info in self._parts.values())
        if total > limits.PACKAGE_TOTAL:
            raise Dangerous(f"解压后共 {limits.size(total)}，超过总大小上限 {limits.size(limits.PACKAGE_TOTAL)}")

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *unused: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._parts

    def names(self) -> list[str]:
        """The parts' names as stored, in the file's order."""
        return [info.filename.replace("\\", "/").lstrip("/") for info in self._parts.values()]

    def read(self, name: str) -> bytes:
        """A part's bytes. Raises an ``ExtractError`` that names the part."""
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
        """A part's root element. Raises an ``ExtractError`` that names the part."""
        return parse_xml(self.read(name), name)

    def try_xml(self, name: str, what: str) -> etree._Element | None:
        """A side part's root: None when the file has none; broken ones are read as far as they go and noted as a problem."""
        if name not in self:
            return None
        try:
            return self.xml(name)
        except Damaged as error:
            self.problems.append(
                Problem(
                    "damaged_part", f"文件中的{what}已损坏，其余部分已读取（{error.detail}）", "请人工打开原文件核对这一部分。"
                )
            )
            try:
                return parse_xml(self.read(name), name, recover=True)
            except ExtractError:
                return None
        except ExtractError as error:
            self.problems.append(error.as_problem())
            return None

    def main_xml(self, name: str, what: str) -> etree._Element:
        """The part that the document stands on: a broken one is read as far as it goes. Raises when nothing of it can be."""
        root = self.try_xml(name, what)
        if root is None:
            if self.problems and self.problems[-1].code == Dangerous.code:
                raise Dangerous(self.problems.pop().message.partition("：")[2])
            self.problems.clear()
            return self.xml(name)
        return root

    def relationships(self, name: str) -> dict[str, Relationship]:
        """The links that a part holds, by id."""
        folder, base = posixpath.split(name)
        root = self.try_xml(posixpath.join(folder, "_rels", base + ".rels"), "部件关系表")
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
