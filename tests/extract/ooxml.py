"""Makers of test files: Office packages from a few lines of XML, OFD pages from a list of texts."""

from __future__ import annotations

import zipfile
from pathlib import Path

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{}</Types>'
)
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_REL = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def write_zip(file: Path, parts: dict[str, str | bytes]) -> Path:
    """A zip of parts."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


def links(**targets: str) -> str:
    """A relationship part: id="kind target"."""
    return _RELS.format("".join(_REL.format(key, *value.split(" ", 1)) for key, value in targets.items()))


def p(text: str = "", *, style: str = "", num: tuple[int, int] | None = None, ppr: str = "", rpr: str = "") -> str:
    """A Word paragraph with one run."""
    numbering = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = f'<w:r><w:rPr>{rpr}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{named}{numbering}{ppr}</w:pPr>{run}</w:p>"


def tc(content: str, *, span: int = 1, merge: str = "") -> str:
    """A Word table cell: plain words or paragraphs; ``merge`` is "restart" or "continue"."""
    body = content if content.startswith("<") else p(content)
    joined = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{joined}</w:tcPr>{body}</w:tc>'


def tr(*cells: str, trpr: str = "") -> str:
    """A Word table row of cells or bare words."""
    return f"<w:tr><w:trPr>{trpr}</w:trPr>" + "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells) + "</w:tr>"


def tbl(*rows: str, columns: int = 0) -> str:
    """A Word table."""
    grid = "".join('<w:gridCol w:w="2000"/>' for _ in range(columns))
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def level(index: int, form: str, pattern: str, *, start: int = 1, extra: str = "") -> str:
    """One level of a Word list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def numbering(lists: dict[int, str], nums: dict[int, int | str]) -> str:
    """Word lists: levels by list, and the numbers (numId) that use them; a string is the inside of ``w:num``."""
    abstract = "".join(f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>' for key, levels in lists.items())
    uses = "".join(
        f'<w:num w:numId="{key}">{f"""<w:abstractNumId w:val="{use}"/>""" if isinstance(use, int) else use}</w:num>'
        for key, use in nums.items()
    )
    return f"<w:numbering {_NS}>{abstract}{uses}</w:numbering>"


def docx(file: Path, body: str, *, extra: dict[str, str | bytes] | None = None, rels: dict[str, str] | None = None, **side: str) -> Path:
    """A docx: ``side`` are parts by kind (styles, numbering, footnotes, comments, header1 …), already whole but the root's names."""
    kinds = {"header1": "header", "footer1": "footer"}
    overrides = f'<Override PartName="/word/document.xml" ContentType="{_WORD}document.main+xml"/>'
    parts: dict[str, str | bytes] = {}
    targets = dict(rels or {})
    for name, content in side.items():
        kind = kinds.get(name, name)
        overrides += f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}{kind}+xml"/>'
        parts[f"word/{name}.xml"] = content if content.startswith("<w:numbering") else content.replace(">", f" {_NS}>", 1)
        targets["r" + name] = f"{kind} {name}.xml"
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES.format(overrides),
        "_rels/.rels": links(rId1="officeDocument word/document.xml"),
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {_NS}><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": links(**targets),
        **parts,
        **(extra or {}),
    }
    return write_zip(file, whole)
