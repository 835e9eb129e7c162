"""What this machine has and what each part adds: ``checks()`` is all that ``prescreen doctor`` shows."""

from __future__ import annotations

import importlib.metadata as metadata
import importlib.util
import os
import platform
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from extract import legacy, ocr, sandbox
from extract.sandbox import MB, Limits
from pipelines.reading import WORKER_MEMORY, available_memory, default_workers
from pipelines.store import Store

GB = 1024 * MB


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor. ``ok`` False with ``needed``: a run would suffer; without: something optional is missing.

    ``detail`` is what was found, ``adds`` what it is for, ``advice`` what to do if it isn't ok.
    """

    name: str
    ok: bool
    detail: str
    advice: str = ""
    adds: str = ""
    needed: bool = False


def checks(cache: Path | None = None, out: Path | None = None) -> list[Check]:
    """All checks in the order they are shown. Takes a few seconds: the OCR engine is started for the look."""
    found: list[Check] = []
    for look in (
        _python,
        _libraries,
        _ocr,
        _engines,
        _browser,
        _fonts,
        _isolation,
        _cores,
        lambda: [_folder("缓存", Store(cache).folder)],
    ):
        try:
            found += look()
        except Exception as error:  # a doctor that falls ill is no help: the check itself is what failed
            found.append(
                Check(getattr(look, "__name__", "检查").strip("_"), False, f"检查未能完成（{type(error).__name__}：{error}）")
            )
    if out is not None:
        found.append(_folder("输出文件夹", out))
    return found


def _python() -> list[Check]:
    ok = sys.version_info >= (3, 11)
    return [
        Check(
            "Python", ok, f"{platform.python_version()}，{platform.platform()}", "请安装 Python 3.11 或更新的版本。", needed=True
        )
    ]


# package → what it is for; all are needed
_NEEDED = {
    "pypdfium2": "读取 PDF",
    "lxml": "读取 Word、OFD",
    "python-calamine": "读取 Excel",
    "rapidocr": "识别扫描件",
    "spacy": "理解文字",
    "jieba": "分词",
    "psutil": "内存监控",
    "python-docx": "生成 Word 报告",
    "XlsxWriter": "生成 Excel 报告",
}


def _libraries() -> list[Check]:
    lines = []
    for name, adds in _NEEDED.items():
        try:
            lines.append(Check(name, True, metadata.version(name), adds=adds, needed=True))
        except metadata.PackageNotFoundError:
            lines.append(Check(name, False, "未安装", f"请安装 {name}（见 requirements.lock）。", adds, needed=True))
    found = importlib.util.find_spec("distributed") is not None
    detail = metadata.version("distributed") if found else "未安装"
    lines.append(Check("dask.distributed", found, detail, "在集群上运行才需要。", "用 --cluster 在多台机器上读取"))
    return lines


def _ocr() -> list[Check]:
    lines = []
    for name, adds in (("openvino", "识别扫描件，约比 ONNX Runtime 快一倍"), ("onnxruntime", "识别扫描件（备用）")):
        # The engine is started in a child: a native library that crashes must not take the doctor along.
        try:
            answer = sandbox.call("pipelines.doctor:try_ocr", (name,), Limits(cpu=60, idle=60))
            problem = answer.data.decode()
        except sandbox.SandboxFailure as failure:
            problem = f"启动时崩溃（{failure}）"
        chosen = "，当前使用" if name == ocr.chosen() else ""
        detail = problem or f"可用{chosen}"
        lines.append(
            Check(
                f"OCR：{name}",
                not problem,
                detail,
                f"请重新安装 rapidocr 与 {name}；没有 OCR 时扫描件无法读取。",
                adds,
                not problem or bool(chosen),
            )
        )
    return lines


def try_ocr(name: str) -> bytes:
    """Runs in a child: start an engine; why it doesn't start, or nothing."""
    from extract.problems import EngineMissing

    try:
        engine = ocr._engine(name, 1)
    except EngineMissing as error:
        return (error.detail or error.message).encode()
    return b"" if name in engine.name else f"改用 {engine.name}".encode()


def _engines() -> list[Check]:
    return [
        Check(item.name, item.found, item.version or "未找到", "需要读取这类文件时再安装。", item.adds)
        for item in legacy.engines()
    ]


def _browser() -> list[Check]:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    found = next((place for name in names if (place := shutil.which(name))), "")
    return [
        Check(
            "Chromium",
            bool(found),
            found or "未找到",
            "需要将 report.html 打印为 PDF 时，可用任一浏览器打开后打印。",
            "将报告打印为 PDF",
        )
    ]


def _fonts() -> list[Check]:
    """Word and HTML reports name Chinese fonts; a server without any shows boxes in what it draws itself."""
    places = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "~/.fonts",
        "~/.local/share/fonts",
        "/System/Library/Fonts",
        "/Library/Fonts",
    ]
    if sys.platform == "win32":
        places = [str(Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts")]
    marks = (
        "cjk",
        "simsun",
        "simhei",
        "simfang",
        "msyh",
        "fangsong",
        "wqy",
        "songti",
        "pingfang",
        "sourcehan",
        "droidsansfallback",
        "uming",
        "ukai",
    )
    for place in places:
        for file in Path(place).expanduser().rglob("*"):
            if file.suffix.lower() in (".ttf", ".ttc", ".otf") and any(mark in file.name.lower() for mark in marks):
                return [Check("中文字体", True, file.name, adds="转换旧版 Office 文件、显示报告")]
    return [
        Check(
            "中文字体",
            False,
            "未找到",
            "请安装中文字体（如 fonts-noto-cjk），否则转换旧版 Office 文件时可能缺字。",
            "转换旧版 Office 文件、显示报告",
        )
    ]


def _isolation() -> list[Check]:
    ways = {
        "namespace": "由内核断开网络（网络命名空间）",
        "python": "仅在 Python 层断开网络；读取程序启动的外部程序不受限",
    }
    answer = sandbox.call("pipelines.doctor:echo", (b"ok",), Limits(cpu=30, idle=30))
    hello = sandbox.last_hello()
    way = str(hello.get("network", ""))
    try:
        sandbox.call("pipelines.doctor:crash", (), Limits(cpu=30, idle=30))
        caught = False
    except sandbox.SandboxFailure as failure:
        caught = failure.cause == "crashed"
    sound = answer.data == b"ok" and caught
    kind = "内存、时间、输出均受限" + ("，随主程序退出" if sys.platform.startswith("linux") else "")
    return [
        Check(
            "隔离读取",
            sound,
            kind if sound else "未能隔离崩溃的读取程序",
            "请在其他系统上运行，或联系维护人员。",
            "单个文件出错不影响其他文件",
            True,
        ),
        Check(
            "断网",
            way == "namespace",
            ways.get(way, "未知"),
            "在 Linux 上允许用户命名空间（user namespaces）可由内核断网。",
            "读取程序不能外联",
        ),
    ]


def echo(data: bytes) -> bytes:
    """Runs in a child."""
    return data


def crash() -> bytes:
    """Runs in a child: a real crash, to see it caught."""
    os.abort()


def _cores() -> list[Check]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
    free = available_memory()
    workers = default_workers()
    short = workers < cores
    return [
        Check("处理器", True, f"{cores} 核，默认 {workers} 个工作进程"),
        Check(
            "可用内存",
            free > WORKER_MEMORY,
            f"{free / GB:.1f} GB",
            "每个工作进程约需 1.5 GB；请关闭其他程序。",
            "内存不足，工作进程数少于处理器核数" if short else "",
            True,
        ),
    ]


def _folder(name: str, folder: Path) -> Check:
    """A folder that we must be able to write to, its room left."""
    advice = "请用 --cache 指定另一个文件夹，或用 --no-cache。" if name == "缓存" else "请换一个有写权限、空间充足的文件夹。"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        room = shutil.disk_usage(folder).free
    except OSError as error:
        return Check(name, False, f"{folder}：无法写入（{error.strerror}）", advice, needed=True)
    return Check(name, room > GB, f"{folder}，剩余 {room / GB:.1f} GB", advice, needed=True)
