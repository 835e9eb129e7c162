"""Makers of test containers that no library here writes: OLE2 files, stored RAR archives, zips with local names."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole2(file: Path, streams: Mapping[str, bytes]) -> Path:
    """An OLE2 file with streams in its root; each is filled up to 4096 bytes so that it lives in whole sectors."""
    contents = [content.ljust(4096, b"\0") for content in streams.values()]
    contents = [content + b"\0" * (-len(content) % 512) for content in contents]
    directory_sectors = (len(streams) + 1 + 3) // 4
    fat = [_FAT]
    fat += [index + 2 for index in range(directory_sectors - 1)] + [_END]
    starts = []
    for content in contents:
        starts.append(len(fat))
        count = len(content) // 512
        fat += [len(fat) + index + 1 for index in range(count - 1)] + [_END]
    assert len(fat) <= 128
    fat += [_FREE] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)

    def entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        body = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, right, child)
        return body + b"\0" * 36 + struct.pack("<IQ", start, size)

    entries = entry("Root Entry", 5, 1, _FREE, _END, 0)
    for index, (name, content) in enumerate(zip(streams, contents, strict=True)):
        right = index + 2 if index + 1 < len(streams) else _FREE
        entries += entry(name, 2, _FREE, right, starts[index], len(content))
    directory = entries.ljust(directory_sectors * 512, b"\0")
    file.write_bytes(header + struct.pack("<128I", *fat) + directory + b"".join(contents))
    return file


def rar(file: Path, members: Mapping[str, bytes], *, method: int = 0x30) -> Path:
    """A RAR 4 archive; method 0x30 stores, any other claims a compression that only a real unpacker could undo."""

    def block(kind: int, flags: int, rest: bytes) -> bytes:
        body = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
        return struct.pack("<H", zlib.crc32(body) & 0xFFFF) + body

    out = b"Rar!\x1a\x07\x00" + block(0x73, 0, b"\0" * 6)
    for name, content in members.items():
        raw = name.encode("ascii")
        rest = struct.pack(
            "<IIBIIBBHI", len(content), len(content), 3, zlib.crc32(content), 0x58210000, 29, method, len(raw), 0o100644
        )
        out += block(0x74, 0x8000, rest + raw) + content
    file.write_bytes(out + block(0x7B, 0x4000, b""))
    return file


def zip_raw(file: Path, members: list[tuple[bytes, bytes]]) -> Path:
    """A zip whose names are these very bytes, without the UTF-8 flag, as old packers write them."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for index, (name, content) in enumerate(members):
            archive.writestr(f"{index:03d}".ljust(len(name), "x"), content)
    data = file.read_bytes()
    for index, (name, _) in enumerate(members):
        data = data.replace(f"{index:03d}".ljust(len(name), "x").encode(), name)
    file.write_bytes(data)
    return file
