"""``docs/reason_codes.md`` made from the table of sentences: ``python -m pipelines.codes`` writes it anew."""

from __future__ import annotations

from pathlib import Path

from pipelines.wording import SENTENCES

PAGE = Path(__file__).parents[1] / "docs" / "reason_codes.md"
GROUPS: tuple[tuple[str, str], ...] = (
    ("met", "符合"),
    ("unmet", "不符合"),
    ("unproven", "缺少佐证"),
    ("absent", "未提及"),
    ("review", "需人工核查"),
    ("no", "不计入的理由"),
    ("note", "提示"),
    ("mend", "补正建议"),
    ("gate", "完整性审查"),
    ("claim", "推导：申报"),
    ("proof", "推导：佐证"),
    ("value", "推导：数值"),
)

# What the readers tell of a file they could not read, or not wholly: (code, what it means). Their sentences are their own.
PROBLEMS: tuple[tuple[str, str], ...] = (
    ("encrypted", "设有打开密码，未读取。"),
    ("damaged", "损坏，文件或其中一页未能读取。"),
    ("damaged_part", "文件中的一个部件损坏或缺失，其余部分已读取。"),
    ("truncated", "文件在传送中被截断，只读取了断开处之前的内容，其后缺失。"),
    ("repaired", "文件已损坏，由办公软件修复后读取，内容可能不完整或有误。"),
    ("empty", "没有内容。"),
    ("no_files", "申报材料中没有文件。"),
    ("unsupported", "暂不支持的格式。"),
    ("archive", "压缩包不能作为单个文件读取。"),
    ("duplicate", "压缩包内有重名文件，只读取第一个。"),
    ("dangerous", "含有不安全的内容，未读取。"),
    ("too_large", "超出处理上限，其后未读取。"),
    ("too_many_pages", "超过页数上限，其后未读取。"),
    ("engine_missing", "本机缺少读取该格式的程序。"),
    ("engine_fallback", "首选程序未能读取，改用了另一个程序。"),
    ("unreadable", "读取失败。"),
    ("page_unreadable", "这一页未能读取。"),
    ("blank_page", "空白页。"),
    ("blank_scan", "全部页面为空白，可能漏扫。"),
    ("poor_scan", "扫描质量差，识别结果不可靠。"),
    ("illegible_lines", "有若干行模糊，未能认清。"),
    ("no_words", "图片中没有识别到文字。"),
    ("ocr_off", "未启用文字识别。"),
    ("picture_unread", "文中的图片未能识别文字。"),
    ("picture_turned", "图片方向不正，其中的文字未并入正文。"),
    ("embedded_object", "文中嵌有附件，未读取。"),
    ("formula", "公式没有保存计算结果，按空白读取。"),
    ("encoding", "部分文字的编码无法识别。"),
    ("bad_overrides", "submission.toml 写法有误，已忽略。"),
    ("reader_crashed", "读取程序崩溃或被系统终止，未读取。"),
    ("reader_timeout", "读取超过时间上限，未读取。"),
    ("reader_memory", "读取超过内存上限，未读取。"),
    ("reader_output", "读取产生的数据超过上限，未读取。"),
    ("reader_failed", "读取程序出错，未读取。"),
    ("worker_lost", "工作进程连续中断，已搁置，未读取。"),
    ("file_missing", "读取时文件已不存在或无法打开。"),
    ("file_changed", "读取期间文件被修改。"),
)


def page() -> str:
    """The page's text: one table a group, codes in the order of the table of sentences."""
    lines = [
        "# 理由代码",
        "",
        "由 `pipelines/wording.py` 生成（`python -m pipelines.codes`），请勿手改。代码一经发布不改含义；`{…}` 处由具体内容填入。",
    ]
    for group, name in GROUPS:
        codes = [code for code in SENTENCES if code.split(".")[0] == group]
        lines += ["", f"## {name}（{group}）", "", "| 代码 | 含义 |", "|---|---|"]
        lines += [f"| `{code}` | {SENTENCES[code]} |" for code in codes]
    lines += ["", "## 读取问题（文件未能读取或未能全部读取）", "", "| 代码 | 含义 |", "|---|---|"]
    lines += [f"| `{code}` | {meaning} |" for code, meaning in PROBLEMS]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
