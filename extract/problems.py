"""What can go wrong with a file: each error owns a stable code, a Chinese sentence and what to do."""

from __future__ import annotations

from extract.document import Problem


class ExtractError(Exception):
    """A file that cannot be read at all. ``code`` is stable; ``message`` and ``advice`` are what the user sees."""

    code = "unreadable"
    message = "文件无法读取"
    advice = "请人工打开该文件核对，或请申报单位重新提供。"

    def __init__(self, detail: str = "", *, page: int | None = None) -> None:
        super().__init__(detail or self.message)
        self.detail = detail
        self.page = page

    def as_problem(self) -> Problem:
        """The error as a result."""
        text = f"{self.message}：{self.detail}" if self.detail else self.message
        return Problem(self.code, text, self.advice, self.page)


class Encrypted(ExtractError):
    """A password is needed to open it."""

    code = "encrypted"
    message = "文件设有打开密码，未能读取"
    advice = "请向申报单位索取无密码的文件后重新预审。"


class Damaged(ExtractError):
    """Truncated, or not what its form promises."""

    code = "damaged"
    message = "文件损坏或不完整，未能读取"
    advice = "请申报单位重新提供该文件。"


class Empty(ExtractError):
    """Zero bytes."""

    code = "empty"
    message = "文件为空（0字节）"
    advice = "请申报单位重新提供该文件。"


class Unsupported(ExtractError):
    """A format without a reader here."""

    code = "unsupported"
    message = "暂不支持该文件格式，未读取"
    advice = "请人工打开核对，或转换为 PDF、Word 后重新预审。"


class EngineMissing(ExtractError):
    """A reader needs a program that is not on this machine."""

    code = "engine_missing"
    message = "缺少读取该格式所需的程序，未读取"
    advice = "运行 prescreen doctor 查看需要安装的程序，或将文件另存为 docx、PDF 后重新预审。"


class TooLarge(ExtractError):
    """Beyond a stated limit (pages, pixels, sizes, counts)."""

    code = "too_large"
    message = "文件超出处理上限，未读取"
    advice = "请拆分或压缩该文件后重新预审，或人工核对。"


class Dangerous(ExtractError):
    """An archive or a document built to do harm (bombs, path traversal, external entities)."""

    code = "dangerous"
    message = "文件含有不安全的内容，未读取"
    advice = "请勿直接打开，请申报单位重新提供。"
