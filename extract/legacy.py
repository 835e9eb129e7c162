"""Old Office formats (doc, wps, ppt, dps, rtf, odt): through LibreOffice, or docvortex where that is not installed.

LibreOffice is the default: on Word files with automatic numbers, merged cells and numbered rows it gave every number as printed;
docvortex (0.6.4) is some ten times faster, but printed 一、 of doc files as 1、 and lost the automatic numbers in cells.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

from extract import limits
from extract.archives import rar_tool
from extract.document import Block, Document, Heading, Paragraph, Problem
from extract.formats import ReadOptions, Source, sniff
from extract.problems import Damaged, Empty, Encrypted, EngineMissing, ExtractError

# What each old format becomes: the suffix that LibreOffice should see, and the format it should write.
_TARGETS = {
    "doc": ("doc", "docx"),
    "rtf": ("rtf", "docx"),
    "odt": ("odt", "docx"),
    "html": ("html", "docx"),
    "mhtml": ("doc", "docx"),
    "xls": ("xls", "xlsx"),
    "ods": ("ods", "xlsx"),
    "xlsb": ("xlsb", "xlsx"),
    "ppt": ("ppt", "pptx"),
    "odp": ("odp", "pptx"),
}
_ESCAPED = re.compile(rb"\\[\\{}]")
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
# No macros, no links to other files or the network, no questions.
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
)


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """A program or library that readers lean on: whether it is here, and what it adds (Chinese, for ``prescreen doctor``)."""

    name: str
    found: bool
    version: str
    adds: str


def engines() -> list[EngineInfo]:
    """What this machine has for old Office formats and for archives."""
    office = soffice()
    tool = rar_tool()
    return [
        EngineInfo("LibreOffice", bool(office), office, "读取 doc、wps、ppt、rtf（首选，自动编号最准）"),
        EngineInfo("docvortex", bool(_version("docvortex")), _version("docvortex"), "没有 LibreOffice 时读取 doc、wps、ppt、rtf"),
        EngineInfo("py7zr", bool(_version("py7zr")), _version("py7zr"), "解压 7z"),
        EngineInfo("unrar / 7z / bsdtar", bool(tool and _version("rarfile")), tool, "解压 rar"),
    ]


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def soffice() -> str:
    """The path of LibreOffice's program; "" when there is none."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return found
    return next((place for place in _PLACES if Path(place).is_file()), "")


def read_legacy(source: Source, options: ReadOptions) -> Document:
    """A doc, wps, rtf, odt, ppt … file, by the best engine that is here and can read it."""
    kind = sniff(source.file)
    _refuse_locked(source.file, kind)
    return read_by_office(source, options, kind)


def read_by_office(source: Source, options: ReadOptions, kind: str, *, refused: str = "") -> Document:
    """A file of an old format: LibreOffice's conversion, else docvortex. Raises ``EngineMissing`` or ``Damaged``.

    ``refused``: why another reader did not take the file. These programs mend a damaged file without a word; that is told here.
    """
    failure: ExtractError | None = None
    damage = refused or damage_of(source.file, kind)
    for name, engine in ENGINES.items():
        try:
            found = engine(source, options, kind)
        except EngineMissing as error:
            failure = failure or error
            continue
        except ExtractError as error:
            failure = error if failure is None or isinstance(failure, EngineMissing) else failure
            continue
        problems = found.problems
        if failure is not None and name != next(iter(ENGINES)):
            text = f"首选程序未能读取（{failure.detail or failure.message}），改用 {name} 读取，自动编号可能与原文不同"
            problems = (*problems, Problem("engine_fallback", text, "请对照原文件核对编号。", weight="note"))
        if damage:
            text = f"文件已损坏（{damage}），由办公软件修复后读取，内容可能不完整或有误"
            problems = (Problem("repaired", text, "请对照原文件核对，或请申报单位重新提供完好的文件。"), *problems)
        return replace(found, path=source.path, format=kind, sha256=source.sha256, engine=name, problems=problems)
    if damage and isinstance(failure, Empty):
        raise Damaged(damage) from failure
    raise failure or EngineMissing("需要安装 LibreOffice")


_STREAMS = ("WordDocument", "0Table", "1Table", "Workbook", "Book", "PowerPoint Document")


def damage_of(file: Path, kind: str) -> str:
    """What is plainly missing from a file of an old format; "" where nothing is."""
    try:
        if kind in ("doc", "ppt", "xls"):
            import olefile  # type: ignore[import-untyped]  # publishes no types

            with olefile.OleFileIO(str(file)) as ole:
                streams = [name for name in _STREAMS if ole.exists(name)]
                short = [name for name in streams if len(ole.openstream(name).read()) < ole.get_size(name)]
            return "文件末尾缺失" if short else ""
        if kind in ("odt", "ods", "odp", "xlsb"):
            with zipfile.ZipFile(file) as archive:
                return "压缩结构中有部件损坏" if archive.testzip() else ""
        if kind == "rtf":
            data = _ESCAPED.sub(b"", file.read_bytes())
            return "文件末尾缺失" if data.count(b"{") > data.count(b"}") else ""
    except Exception as error:
        # Whatever the check trips over is a fault of the file's structure.
        return f"结构不完整（{type(error).__name__}）"
    return ""


def convert_batch(files: Mapping[str, Path] | Sequence[Path], into: Path) -> dict[str, Path]:
    """Convert old Office files in one start of LibreOffice, each to ``into/KEY.docx`` (xlsx, pptx).

    ``files``: by key (a file's sha256), or bare paths (the key is then their place in the list). Gives the converted ones by
    key; a file that LibreOffice stumbles over is left out and never takes the others along. Raises ``EngineMissing``.
    Handing ``into`` to ``ReadOptions.converted`` spares the reader a start of its own.
    """
    by_key = dict(files) if isinstance(files, Mapping) else {str(index): file for index, file in enumerate(files)}
    if not soffice():
        raise EngineMissing("需要安装 LibreOffice（soffice）")
    into.mkdir(parents=True, exist_ok=True)
    done: dict[str, Path] = {}
    groups: dict[str, dict[str, Path]] = {}
    for key, file in by_key.items():
        try:
            kind = sniff(file)
            _refuse_locked(file, kind)
        except ExtractError:
            continue
        if kind in _TARGETS:
            groups.setdefault(kind, {})[key] = file
    for kind, group in groups.items():
        found = _convert(group, kind, into)
        left = {key: file for key, file in group.items() if key not in found}
        if left and len(group) > 1:
            for key, file in left.items():
                found |= _convert({key: file}, kind, into)
        done |= found
    return done


def _convert(files: dict[str, Path], kind: str, into: Path) -> dict[str, Path]:
    """One start of LibreOffice. The files go under plain names with the right suffix: suffixes in packages often lie."""
    suffix, target = _TARGETS[kind]
    with tempfile.TemporaryDirectory(prefix="prescreen-office-") as scratch:
        work = Path(scratch)
        profile = work / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
        inputs, keys = [], list(files)
        for index, key in enumerate(keys):
            copy = work / f"in{index}.{suffix}"
            shutil.copyfile(files[key], copy)
            inputs.append(str(copy))
        out = work / "out"
        command = [
            soffice(),
            f"-env:UserInstallation={profile.as_uri()}",
            *(["--infilter=MS Excel 97"] if kind == "xls" and all(map(_is_excel_97, files.values())) else []),
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            "--convert-to",
            target,
            "--outdir",
            str(out),
            *inputs,
        ]
        _run(command, limits.OFFICE_START + limits.OFFICE_EACH * len(inputs))
        done = {}
        for index, key in enumerate(keys):
            made = out / f"in{index}.{target}"
            if made.is_file() and made.stat().st_size:
                done[key] = into / f"{key}.{target}"
                shutil.move(made, done[key])
        return done


def _is_excel_97(file: Path) -> bool:
    """Whether a workbook is of Excel 97 or later. Bytes that LibreOffice can't follow it takes for plain text: not when told so."""
    import olefile

    try:
        with olefile.OleFileIO(str(file)) as ole:
            return bool(ole.exists("Workbook"))
    except Exception:
        # A file that olefile trips over is no sound workbook of any age.
        return True


def _run(command: list[str], seconds: float) -> None:
    """Run in a process group of its own, and take the whole group down when the time is over."""
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp", "LC_ALL": os.environ.get("LC_ALL", "C.UTF-8")}
    silent = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=silent, stdout=silent, stderr=silent, env=environment, start_new_session=os.name == "posix"
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()


def _settings() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    names = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {names}>{items}</oor:items>'


def _refuse_locked(file: Path, kind: str) -> None:
    """Raise ``Encrypted`` for a doc or ppt with a password: LibreOffice would only say that it could not load it."""
    if kind not in ("doc", "ppt"):
        return
    import olefile

    try:
        with olefile.OleFileIO(str(file)) as ole:
            if kind == "doc" and ole.exists("WordDocument"):
                head = ole.openstream("WordDocument").read(12)
                if len(head) == 12 and struct.unpack_from("<H", head, 10)[0] & 0x0100:
                    raise Encrypted()
            if kind == "ppt" and ole.exists("Current User"):
                head = ole.openstream("Current User").read(20)
                if len(head) >= 16 and struct.unpack_from("<I", head, 12)[0] == 0xF3D1C4DF:
                    raise Encrypted()
    except Encrypted:
        raise
    except Exception as error:
        raise Damaged("OLE2 结构不完整，可能在传送中被截断") from error


def _by_libreoffice(source: Source, options: ReadOptions, kind: str) -> Document:
    if kind not in _TARGETS:
        raise EngineMissing(f"没有读取 {kind} 的程序")
    target = _TARGETS[kind][1]
    if options.converted is not None and source.sha256:
        ready = options.converted / f"{source.sha256}.{target}"
        if ready.is_file():
            return _read_converted(ready, source, options, target)
    if not soffice():
        raise EngineMissing("需要安装 LibreOffice（soffice）")
    with tempfile.TemporaryDirectory(prefix="prescreen-office-") as scratch:
        made = _convert({"0": source.file}, kind, Path(scratch))
        if "0" not in made:
            raise Damaged("LibreOffice 无法打开")
        return _read_converted(made["0"], source, options, target)


def _read_converted(file: Path, source: Source, options: ReadOptions, target: str) -> Document:
    from extract.sheets import read_sheets
    from extract.slides import read_pptx
    from extract.word import read_docx

    reader = {"docx": read_docx, "xlsx": read_sheets, "pptx": read_pptx}[target]
    return reader(Source(file, source.path, source.sha256), options)


def _by_docvortex(source: Source, options: ReadOptions, kind: str) -> Document:
    if kind not in ("doc", "rtf", "ppt", "odt", "odp"):
        raise EngineMissing(f"没有读取 {kind} 的程序，需要安装 LibreOffice")
    try:
        import docvortex
        import loguru
    except ImportError as error:
        raise EngineMissing("需要安装 LibreOffice 或 docvortex") from error
    try:
        # It logs its own troubles to the terminal; ours are told as problems.
        loguru.logger.disable("docvortex")
        parsed = docvortex.parse(source.file.read_bytes(), file_suffix=kind)
        found = parsed.to_dict()
    except Exception as error:
        # A young library: whatever it raises is its failure to read, told as one.
        raise Damaged(f"docvortex 无法读取（{type(error).__name__}）") from error
    blocks: list[Block] = []
    for page in found.get("pages", []):
        for block in page.get("blocks", []):
            _vortex_block(block, blocks)
    if not blocks:
        raise Empty("文档中没有文字")
    from extract.word import promote

    if not any(isinstance(block, Heading) for block in blocks):
        blocks = promote(blocks)
    return Document(source.path, kind, source.sha256, tuple(blocks))


_KINDS: dict[str, Any] = {
    "header": "header",
    "footer": "footer",
    "page_number": "footer",
    "page_footnote": "footnote",
    "index": "toc",
}


def _vortex_block(block: dict[str, Any], blocks: list[Block]) -> None:
    kind, content = block.get("type", ""), block.get("content")
    if kind == "table_body" and isinstance(content, str):
        from lxml import html

        from extract.plain import html_table

        for table in html.fragments_fromstring(content):
            if not isinstance(table, str):
                found = html_table(table)
                if found:
                    blocks.append(found)
        return
    if isinstance(content, list) and content and all(_is_span(part) for part in content):
        text = "".join(_vortex_text(part) for part in content).strip()
        if text and kind in ("doc_title", "paragraph_title"):
            blocks.append(
                Heading(text, max(1, min(9, int(block.get("level") or 1) - (kind == "paragraph_title"))), confidence=0.8)
            )
        elif text:
            blocks.append(Paragraph(text, kind=_KINDS.get(kind, "body")))
    elif isinstance(content, str) and content.strip() and kind not in ("image_body", "chart_body"):
        blocks.append(Paragraph(content.strip(), kind=_KINDS.get(kind, "body")))
    elif isinstance(content, list):
        for part in content:
            if isinstance(part, dict):
                _vortex_block(part, blocks)


def _is_span(part: Any) -> bool:
    return (
        isinstance(part, dict)
        and "index" not in part
        and part.get("type") in ("text", "hyperlink", "inline_equation")
        and (isinstance(part.get("content"), str) or part.get("type") == "hyperlink")
    )


def _vortex_text(part: Any) -> str:
    content = part.get("content") if isinstance(part, dict) else part
    if isinstance(content, list):
        return "".join(_vortex_text(inner) for inner in content)
    return content if isinstance(content, str) else ""


# The order is the order of trust.
ENGINES = {"libreoffice": _by_libreoffice, "docvortex": _by_docvortex}
