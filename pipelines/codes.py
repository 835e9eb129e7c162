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
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
