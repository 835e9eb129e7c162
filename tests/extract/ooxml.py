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
    return (
        f"<w:tr><w:trPr>{trpr}</w:trPr>" + "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells) + "</w:tr>"
    )


def tbl(*rows: str, columns: int = 0) -> str:
    """A Word table."""
    grid = "".join('<w:gridCol w:w="2000"/>' for _ in range(columns))
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def level(index: int, form: str, pattern: str, *, start: int = 1, extra: str = "") -> str:
    """One level of a Word list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def numbering(lists: dict[int, str], nums: dict[int, int | str]) -> str:
    """Word lists: levels by list, and the numbers (numId) that use them; a string is the inside of ``w:num``."""
    abstract = "".join(f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>' for key, levels in lists.items())
    uses = "".join(
        f'<w:num w:numId="{key}">{f"""<w:abstractNumId w:val="{use}"/>""" if isinstance(use, int) else use}</w:num>'
        for key, use in nums.items()
    )
    return f"<w:numbering {_NS}>{abstract}{uses}</w:numbering>"


def docx(
    file: Path, body: str, *, extra: dict[str, str | bytes] | None = None, rels: dict[str, str] | None = None, **side: str
) -> Path:
    """A docx: ``side`` are parts by kind (styles, footnotes, header1 …), whole but for the root's names."""
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


_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_SHEET += ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
Value = str | int | float | tuple[float, int] | None


def column(index: int) -> str:
    """A column's letters."""
    return (column(index // 26 - 1) if index >= 26 else "") + chr(65 + index % 26)


def sheet_xml(rows: list[list[Value]], *, before: str = "", after: str = "", row_attributes: dict[int, str] | None = None) -> str:
    """A worksheet: words, numbers, or (number, style index)."""
    out = []
    for r, row in enumerate(rows):
        cells = []
        for c, value in enumerate(row):
            ref = f"{column(c)}{r + 1}"
            if isinstance(value, str):
                if value:
                    cells.append(f'<c r="{ref}" t="inlineStr"><is><t>{value}</t></is></c>')
            elif isinstance(value, tuple):
                cells.append(f'<c r="{ref}" s="{value[1]}"><v>{value[0]!r}</v></c>')
            elif value is not None:
                cells.append(f'<c r="{ref}"><v>{value!r}</v></c>')
        out.append(f'<row r="{r + 1}" {(row_attributes or {}).get(r, "")}>{"".join(cells)}</row>')
    return f"<worksheet {_SHEET}>{before}<sheetData>{''.join(out)}</sheetData>{after}</worksheet>"


def xlsx(
    file: Path,
    sheets: dict[str, list[list[Value]] | str],
    *,
    codes: list[str] | None = None,
    states: dict[str, str] | None = None,
    extra: dict[str, str | bytes] | None = None,
    strings: str = "",
) -> Path:
    """An xlsx: rows (or a whole worksheet's XML) by sheet name; ``codes`` are number formats for styles 1, 2 …"""
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    listed = "".join(
        f'<sheet name="{name}" sheetId="{index}" r:id="s{index}" state="{(states or {}).get(name, "visible")}"/>'
        for index, name in enumerate(sheets, 1)
    )
    formats = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i, code in enumerate(codes or []))
    styles = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(codes or [])))
    targets = {f"s{index}": f"worksheet worksheets/sheet{index}.xml" for index in range(1, len(sheets) + 1)}
    targets["st"] = "styles styles.xml"
    if strings:
        targets["ss"] = "sharedStrings sharedStrings.xml"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES.format(f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}sheet.main+xml"/>'),
        "_rels/.rels": links(rId1="officeDocument xl/workbook.xml"),
        "xl/workbook.xml": f"<workbook {_SHEET}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": links(**targets),
        "xl/styles.xml": (
            f'<styleSheet {_SHEET}><numFmts>{formats}</numFmts><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
        ),
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f"<sst {_SHEET}>{strings}</sst>"
    for index, content in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{index}.xml"] = content if isinstance(content, str) else sheet_xml(content)
    return write_zip(file, {**parts, **(extra or {})})


_SLIDE = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def shape(text: str, x: int, y: int, *, kind: str = "", paragraph: str = "") -> str:
    """A slide's text shape at (x, y) points, 200 × 40 points large; lines of ``text`` are its paragraphs."""
    place = f'<p:ph type="{kind}"/>' if kind else ""
    lines = "".join(f"<a:p>{paragraph}<a:r><a:t>{line}</a:t></a:r></a:p>" for line in text.split("\n"))
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x"/><p:cNvSpPr/><p:nvPr>{place}</p:nvPr></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="{x * 12700}" y="{y * 12700}"/><a:ext cx="{200 * 12700}" cy="{40 * 12700}"/></a:xfrm></p:spPr>'
        f"<p:txBody><a:bodyPr/>{lines}</p:txBody></p:sp>"
    )


def pptx(file: Path, slides: list[list[str] | str], *, notes: dict[int, str] | None = None) -> Path:
    """A pptx: shapes' XML, or bare words one below the other, by slide; ``notes`` by slide index."""
    ids = "".join(f'<p:sldId id="{256 + i}" r:id="s{i}"/>' for i in range(len(slides)))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES.format(""),
        "_rels/.rels": links(rId1="officeDocument ppt/presentation.xml"),
        "ppt/presentation.xml": (
            f'<p:presentation {_SLIDE}><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>'
        ),
        "ppt/_rels/presentation.xml.rels": links(**{f"s{i}": f"slide slides/slide{i}.xml" for i in range(len(slides))}),
    }
    for index, content in enumerate(slides):
        inner = content if isinstance(content, str) else "".join(shape(text, 50, 50 + 60 * i) for i, text in enumerate(content))
        parts[f"ppt/slides/slide{index}.xml"] = f"<p:sld {_SLIDE}><p:cSld><p:spTree>{inner}</p:spTree></p:cSld></p:sld>"
        if notes and index in notes:
            parts[f"ppt/slides/_rels/slide{index}.xml.rels"] = links(n="notesSlide ../notesSlides/n.xml")
            body = shape(notes[index], 0, 0, kind="body")
            parts["ppt/notesSlides/n.xml"] = f"<p:notes {_SLIDE}><p:cSld><p:spTree>{body}</p:spTree></p:cSld></p:notes>"
    return write_zip(file, parts)


Text = tuple[str, float, float]


def ofd_text(text: str, x: float, y: float, *, size: float = 4.0, delta: str = "", attributes: str = "") -> str:
    """An OFD text object whose baseline begins at (x, y) millimetres."""
    steps = f'DeltaX="{delta}"' if delta else f'DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
    boundary = "" if "Boundary" in attributes else f'Boundary="{x} {y - size} {size * len(text)} {size * 1.2}"'
    return (
        f'<ofd:TextObject ID="1" Font="1" Size="{size}" {boundary} {attributes}>'
        f'<ofd:TextCode X="0" Y="{size}" {steps}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def ofd(
    file: Path,
    pages: list[list[Text] | str],
    *,
    template: str = "",
    resources: str = "",
    extra: dict[str, str | bytes] | None = None,
) -> Path:
    """An OFD file: texts with their place, or whole page objects, by page; A4 upright."""
    ns = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    listed = "".join(f'<ofd:Page ID="{10 + i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
    mould = '<ofd:TemplatePage ID="5" BaseLoc="Tpls/T.xml"/>' if template else ""
    res = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>" if resources else ""
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    parts: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {ns}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": (
            f"<ofd:Document {ns}><ofd:CommonData>{area}{mould}{res}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>"
            "</ofd:Document>"
        ),
    }
    if template:
        parts["Doc_0/Tpls/T.xml"] = (
            f'<ofd:Page {ns}><ofd:Content><ofd:Layer ID="6">{template}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    if resources:
        parts["Doc_0/DocumentRes.xml"] = f'<ofd:Res {ns} BaseLoc="Res">{resources}</ofd:Res>'
    for index, content in enumerate(pages):
        inner = content if isinstance(content, str) else "".join(ofd_text(*text) for text in content)
        used = '<ofd:Template TemplateID="5"/>' if template else ""
        parts[f"Doc_0/Pages/Page_{index}/Content.xml"] = (
            f'<ofd:Page {ns}>{used}<ofd:Content><ofd:Layer ID="2">{inner}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    return write_zip(file, {**parts, **(extra or {})})
