"""A zip whose directory at the end is missing: its entries, found by their own headers, up to where the file breaks off.

A copy that broke off still holds all that came before the break. ``salvaged`` gives it as an ordinary ``ZipFile``: nothing is
copied, the directory alone is made anew. ``closed`` ends XML that breaks off, so that what stands before the cut can be parsed.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, NamedTuple
from xml.parsers import expat

from lxml import etree

from extract.problems import Damaged, Dangerous

_LOCAL, _CENTRAL, _DESCRIPTOR = b"PK\x03\x04", b"PK\x01\x02", b"PK\x07\x08"
_ENDS = (_CENTRAL, b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x08")
_HEADER = struct.Struct("<4sHHHHHIIIHH")
_UNKNOWN = 0xFFFFFFFF  # the size stands in the zip64 field
_CHUNK = 1 << 16
_METHODS = frozenset((0, 1, 6, 8, 9, 12, 14, 19, 93, 95, 96, 97, 98, 99))
End = Literal["whole", "cut", "broken", "bomb"]


class Bounds(NamedTuple):
    """What a walk may inflate: bytes of an entry, bytes of all, entries, and the ratio that counts above ``floor`` bytes."""

    entry: int
    total: int
    entries: int
    ratio: int
    floor: int


_PEEK = Bounds(entry=1 << 26, total=1 << 26, entries=1000, ratio=1 << 20, floor=1 << 26)  # to tell a format by


@dataclass(frozen=True, slots=True)
class Found:
    """An entry as its own header tells it; ``end`` says how its data ends: at its end, at the file's, in bad data, at a limit."""

    info: zipfile.ZipInfo
    end: End
    last: bool = False  # the directory follows: no entry is missing


class SalvagedZip(zipfile.ZipFile):
    """A zip that is read by its entries' own headers. ``torn``: how those end that don't end well, by where they begin.

    ``ended``: the walk came to where the directory begins, so that every entry was seen.
    """

    def __init__(self, file: Path, bounds: Bounds) -> None:
        self._bounds = bounds
        self.torn: dict[int, End] = {}
        self.ended = False
        super().__init__(file)

    def _RealGetContents(self) -> None:
        # Where ZipFile reads the directory; the names and lists that it fills are those of every ZipFile.
        stream = self.fp
        assert stream is not None
        for found in walk(stream, self._bounds):
            self.ended = found.last
            self.filelist.append(found.info)
            self.NameToInfo.setdefault(found.info.filename, found.info)
            if found.end != "whole":
                self.torn[found.info.header_offset] = found.end
        self.start_dir = 0


def opened(file: Path) -> zipfile.ZipFile:
    """A zip as ``ZipFile`` opens it. Raises what it raises, and ``BadZipFile`` where the directory is another zip's.

    Of a zip that breaks off behind a document that it holds unpacked, ``ZipFile`` takes that document's directory for its own.
    """
    found = zipfile.ZipFile(file)
    stream = found.fp
    assert stream is not None
    size = stream.seek(0, 2)
    tail = _read(stream, max(0, size - (1 << 16) - 22), 1 << 17)
    at = tail.rfind(b"PK\x05\x06")
    told = int(struct.unpack_from("<I", tail, at + 16)[0]) if 0 <= at <= len(tail) - 22 else found.start_dir
    if told not in (found.start_dir, _UNKNOWN) and _read(stream, 0, 4) == _LOCAL:
        found.close()
        raise zipfile.BadZipFile("the directory of a zip inside")
    return found


def salvaged(file: Path, bounds: Bounds) -> SalvagedZip:
    """What is left of a zip without its directory. Raises ``Damaged`` when that is nothing."""
    try:
        found = SalvagedZip(file, bounds)
    except (OSError, ValueError, struct.error, zipfile.BadZipFile) as error:
        raise Damaged("压缩结构不完整，可能在传送中被截断") from error
    if not any(info.file_size for info in found.filelist):
        found.close()
        raise Damaged("压缩结构不完整，可能在传送中被截断")
    return found


def peek(file: Path) -> list[tuple[str, bytes]]:
    """The names at the beginning of a zip without its directory, and the first bytes of those entries that tell its format."""
    found = []
    try:
        with file.open("rb") as stream:
            for entry in walk(stream, _PEEK):
                name = entry.info.filename.replace("\\", "/").lstrip("/").lower()
                data = b""
                if name in ("mimetype", "[content_types].xml"):
                    data = _beginning(stream, entry.info)
                found.append((name, data))
    except (OSError, ValueError, struct.error):
        pass
    return found


def _beginning(stream: IO[bytes], info: zipfile.ZipInfo) -> bytes:
    """The first bytes of an entry's content."""
    head = _read(stream, info.header_offset, _HEADER.size)
    start = info.header_offset + _HEADER.size + sum(_HEADER.unpack(head)[-2:])
    data = _read(stream, start, min(info.compress_size, _CHUNK))
    if info.compress_type != 8:
        return data
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, _CHUNK)
    except zlib.error:
        return b""


def walk(stream: IO[bytes], bounds: Bounds) -> Iterator[Found]:
    """The entries of a zip in the order in which they stand; ends with the file, the directory, or at a limit."""
    size = stream.seek(0, 2)
    at = _find(stream, _LOCAL, 0, size)
    count, left = 0, bounds.total
    while 0 <= at < size and count <= bounds.entries and left >= 0:
        entry = _entry(stream, at, size, bounds._replace(entry=min(bounds.entry, left)))
        if entry is None:
            at = _find(stream, _LOCAL, at + 4, size)
            continue
        info, end, after = entry
        count += 1
        left -= info.file_size if end != "whole" or info.flag_bits & 8 else 0  # what had to be inflated
        mark = _read(stream, after, 4)
        if end == "whole" and mark != _LOCAL:
            # Perhaps a descriptor without its mark, or filling: the next header is near, or nowhere.
            near = _read(stream, after, 28)
            at = next((after + i for i in range(len(near)) if near[i : i + 4] in (_LOCAL, *_ENDS)), -1)
            if at < 0:
                at = _find(stream, _LOCAL, after, size)
            mark = _read(stream, at, 4) if at >= 0 else b""
        elif end != "whole":
            at = _find(stream, _LOCAL, after, size)
            mark = _LOCAL if at >= 0 else b""
        else:
            at = after
        yield Found(info, end, mark in _ENDS)
        if mark != _LOCAL:
            return


def _entry(stream: IO[bytes], at: int, size: int, bounds: Bounds) -> tuple[zipfile.ZipInfo, End, int] | None:
    """The entry whose header begins at ``at``, how it ends, and where; None where there is no sound header."""
    head = _read(stream, at, _HEADER.size)
    if len(head) < _HEADER.size:
        return None
    _, version, flags, method, _, _, crc, packed, unpacked, name_length, extra_length = _HEADER.unpack(head)
    raw = _read(stream, at + _HEADER.size, name_length)
    extra = _read(stream, at + _HEADER.size + name_length, extra_length)
    if not raw or len(raw) < name_length or len(extra) < extra_length or method not in _METHODS:
        return None
    try:
        name = raw.decode("utf-8" if flags & 0x800 else "cp437")
    except UnicodeDecodeError:
        return None
    start = at + _HEADER.size + name_length + extra_length
    if _UNKNOWN in (packed, unpacked):
        packed, unpacked = _long_sizes(extra, packed, unpacked)
    info = zipfile.ZipInfo(name)
    info.flag_bits, info.compress_type, info.extract_version = flags, method, version & 0xFF
    info.header_offset, info.extra = at, extra
    described = bool(flags & 8) and not packed
    if not described and start + packed <= size:
        info.CRC, info.compress_size, info.file_size = crc, packed, unpacked
        return info, "whole", start + packed + (_descriptor(stream, start + packed) if flags & 8 else 0)
    end: End
    if flags & 1 or method not in (0, 8):
        return info, "broken" if described else "cut", start if described else size
    if method == 8:
        used, made, own, end = _inflated(stream, start, bounds)
        if end == "cut" and not described and made == unpacked and own == crc:
            end = "whole"  # the last bytes that are missing held nothing more
    elif described:
        used, end = _stored(stream, start, size)
        made, own = used, _crc(stream, start, used)
    else:
        used, end = size - start, "cut"
        made, own = used, _crc(stream, start, used)
    info.CRC, info.compress_size, info.file_size = own, used, made
    after = start + used
    if end == "whole" and described:
        if _read(stream, after, 4) == _DESCRIPTOR and len(_read(stream, after, 8)) == 8:
            info.CRC = int(struct.unpack("<I", _read(stream, after + 4, 4))[0])
        after += _descriptor(stream, after)
    return info, end, after


def _inflated(stream: IO[bytes], start: int, bounds: Bounds) -> tuple[int, int, int, End]:
    """How much of a deflated entry is there: bytes packed, bytes unpacked, their checksum, and how they end."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    used = made = crc = 0
    data = b""
    stream.seek(start)
    while True:
        if not data:
            data = stream.read(_CHUNK)
            used += len(data)
            if not data:
                return used, made, crc, "cut"
        try:
            out = unpacker.decompress(data, 1 << 20)
        except zlib.error:
            # What came out before the fault is sound; where the next entry begins must be looked for from here.
            return used - len(data), made, crc, "broken"
        crc = zlib.crc32(out, crc)
        made += len(out)
        if unpacker.eof:
            return used - len(unpacker.unused_data), made, crc, "whole"
        if made > bounds.entry or (made > bounds.floor and made > bounds.ratio * max(1, used)):
            return used - len(unpacker.unconsumed_tail), made, crc, "bomb"
        data = unpacker.unconsumed_tail


def _stored(stream: IO[bytes], start: int, size: int) -> tuple[int, End]:
    """The length of a stored entry that its header does not tell: up to the descriptor that gives that very length."""
    at = _find(stream, _DESCRIPTOR, start, size)
    while at >= 0:
        told = _read(stream, at + 8, 4)
        if len(told) == 4 and struct.unpack("<I", told)[0] == at - start:
            return at - start, "whole"
        at = _find(stream, _DESCRIPTOR, at + 4, size)
    return size - start, "cut"


def _descriptor(stream: IO[bytes], at: int) -> int:
    """The length of the descriptor behind an entry, where it has its mark; 0 else."""
    if _read(stream, at, 4) != _DESCRIPTOR:
        return 0
    long = _read(stream, at + 24, 4)
    return 24 if long in (_LOCAL, *_ENDS) else 16


def _long_sizes(extra: bytes, packed: int, unpacked: int) -> tuple[int, int]:
    at = 0
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<HH", extra, at)
        if tag == 1:
            values = list(struct.unpack_from(f"<{min(length, len(extra) - at - 4) // 8}Q", extra, at + 4))
            if unpacked == _UNKNOWN and values:
                unpacked = values.pop(0)
            if packed == _UNKNOWN and values:
                packed = values.pop(0)
            break
        at += 4 + length
    return packed, unpacked


def _read(stream: IO[bytes], at: int, count: int) -> bytes:
    stream.seek(at)
    return stream.read(count)


def _crc(stream: IO[bytes], start: int, count: int) -> int:
    stream.seek(start)
    crc = 0
    while count > 0 and (chunk := stream.read(min(count, _CHUNK))):
        crc = zlib.crc32(chunk, crc)
        count -= len(chunk)
    return crc


def _find(stream: IO[bytes], mark: bytes, start: int, size: int) -> int:
    """Where ``mark`` stands next; -1 where it doesn't."""
    at = start
    while at < size:
        chunk = _read(stream, at, _CHUNK + len(mark) - 1)
        found = chunk.find(mark)
        if found >= 0:
            return at + found
        at += _CHUNK
    return -1


# XML that breaks off

# What says something only as a whole: a cell's half number is another number. A paragraph keeps its finished sentences.
_UNITS = frozenset(("c", "si", "comment", "TextObject"))
_SENTENCE = re.compile(r".*[。！？；!?;]", re.DOTALL)


def closed(data: bytes) -> tuple[bytes, int]:
    """XML up to where it breaks off, with everything that is open there closed; and how many elements that were.

    Raises ``Dangerous`` for a DOCTYPE. XML that is bad before its end is given as it is (0 open).
    """
    parser = expat.ParserCreate()
    names: list[str] = []

    def refuse(*unused: object) -> None:
        raise Dangerous("含有 DOCTYPE 声明（可能是 XML 实体炸弹）")

    parser.StartElementHandler = lambda name, attributes: names.append(name)
    parser.EndElementHandler = lambda name: names.pop()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, False)
    except expat.ExpatError:
        return data, 0
    end = parser.CurrentByteIndex
    if parser.ErrorCode or not names or end < 0 or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data, 0
    return data[:end] + "".join(f"</{name}>" for name in reversed(names)).encode(), len(names)


def without_unfinished(root: etree._Element, depth: int) -> None:
    """Take out what the cut went through: ``depth`` elements were open, each the last child of the one before it.

    A sentence or a figure that breaks off says something else than the whole would have said.
    """
    node = root
    broken = None
    for _ in range(depth - 1):
        if not len(node):
            break
        node = node[-1]
        name = _local(node)
        if name in _UNITS or name == "p":
            broken = node
    if broken is None:
        return
    if _local(broken) == "p":
        words = [text for text in broken.iter() if _local(text) == "t"]
        whole = "".join(text.text or "" for text in words)
        sound = _SENTENCE.match(whole)
        left = len(sound[0]) if sound else 0
        for text in words:
            own = text.text or ""
            text.text, left = own[:left], max(0, left - len(own))
        return
    parent = broken.getparent()
    if parent is not None:
        parent.remove(broken)


def _local(node: etree._Element) -> str:
    """An element's name without its namespace, of one with spoilt names too."""
    return re.split("[}:]", str(node.tag))[-1]
