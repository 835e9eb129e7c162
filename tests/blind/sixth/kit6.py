# ruff: noqa: E402, F401  (the third set's toolkit is put on the path first and handed on)
"""Additions to the third set's toolkit: worn scans, phone photos, browser pictures, Word oddities, office conversions, nested zips."""
import copy
import io
import json
import math
import random
import shutil
import subprocess
import sys
import tempfile
import types
from pathlib import Path

sys.modules.setdefault("xlwt", types.ModuleType("xlwt"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "third"))

import cv2
import docx
import kit
import numpy
import openpyxl
import pypdf
import pypdfium2
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from kit import (
    INDICATORS,
    Package,
    docx_file,
    docx_words,
    gbk_zip,
    grid,
    markup_table,
    merge,
    ofd_file,
    parse,
    pdf,
    pdf_words,
    picture_font,
    seal_image,
    spans,
    squeeze,
)
from PIL import Image, ImageDraw, ImageFilter

SERIF, SANS, SANSB = "Noto Serif CJK SC:bold", "Noto Sans CJK SC", "Noto Sans CJK SC:bold"
WORDS = Path(__file__).parent / "words"


def T(rows):
    """Table markup."""
    return markup_table([[str(c) for c in r] for r in rows])


# ------------------------------------------------------------ scans and photos

def worn(image, rng, tilt, gray, dark=0.0):
    """A sheet as the copier of an old office sees it."""
    angle = tilt * (1 if rng.random() < 0.55 else -1) * (0.45 + 0.6 * rng.random())
    image = image.rotate(angle, resample=Image.BICUBIC, fillcolor=(236, 236, 234))
    field = numpy.asarray(image).astype("float32")
    h, w = field.shape[:2]
    ramp = numpy.linspace(0, 1, w)[None, :, None]
    shade = 0.955 - dark + 0.03 * numpy.sin(ramp * 3 + rng.random() * 3)
    edge = 1 - 0.28 * numpy.exp(-(ramp if rng.random() < 0.5 else 1 - ramp) * 55)
    field = field * shade * edge + 5 + rng.normal(0, 3.2, (h, w, 1))
    for _ in range(int(26 * rng.random())):
        y, x = int(rng.random() * (h - 4)), int(rng.random() * (w - 4))
        field[y:y + 2, x:x + 2] *= 0.45
    image = Image.fromarray(numpy.clip(field, 0, 255).astype("uint8")).filter(ImageFilter.GaussianBlur(0.5))
    return image.convert("L") if gray else image


def scan6(source, path, dpi=170, tilt=0.8, gray=True, seed=1, quality=62, dark=0.0, turned=None, blank=()):
    rng = numpy.random.default_rng(seed)
    document = pypdfium2.PdfDocument(str(source))
    pages = []
    for n in range(len(document)):
        image = worn(document[n].render(scale=dpi / 72).to_pil().convert("RGB"), rng, tilt, gray, dark)
        if turned and n + 1 in turned:
            image = image.rotate(turned[n + 1], expand=True)
        pages.append(image)
    document.close()
    pages[0].save(str(path), "PDF", resolution=dpi, save_all=True, append_images=pages[1:], quality=quality)
    return pdf_words(source)


def pictures_of(source, dpi=150):
    document = pypdfium2.PdfDocument(str(source))
    images = [document[n].render(scale=dpi / 72).to_pil().convert("RGB") for n in range(len(document))]
    document.close()
    return images


def phone(image, seed=1, width=1900, desk=(128, 98, 70)):
    """The sheet on a desk, by phone: perspective, warm light, a shadow."""
    rng = numpy.random.default_rng(seed)
    w = width
    h = int(w * image.height / image.width)
    image = image.resize((w, h), Image.LANCZOS)
    big_w, big_h = int(w * 1.16), int(h * 1.13)
    x0, y0 = (big_w - w) / 2, (big_h - h) / 2
    def jit():
        return float(rng.uniform(-0.028, 0.028)) * w
    goal = numpy.float32([[x0 + jit(), y0 + jit()], [x0 + w + jit(), y0 + jit()], [x0 + w + jit(), y0 + h + jit()], [x0 + jit(), y0 + h + jit()]])
    m = cv2.getPerspectiveTransform(numpy.float32([[0, 0], [w, 0], [w, h], [0, h]]), goal)
    grain = numpy.full((big_h, big_w, 3), desk, "float32") + (numpy.sin(numpy.arange(big_h) / 17)[:, None, None] * 7) + rng.normal(0, 5, (big_h, big_w, 1))
    page = cv2.warpPerspective(numpy.asarray(image).astype("float32"), m, (big_w, big_h), flags=cv2.INTER_CUBIC, borderValue=(-1, -1, -1))
    mask = cv2.warpPerspective(numpy.ones((h, w), "float32"), m, (big_w, big_h))[:, :, None]
    field = page * mask + grain * (1 - mask)
    yy, xx = numpy.mgrid[0:big_h, 0:big_w]
    light = 1.02 - 0.2 * ((xx / big_w - 0.3) ** 2 + (yy / big_h - 0.35) ** 2)
    field = field * light[:, :, None] * numpy.array([1.0, 0.985, 0.94])
    field += rng.normal(0, 4, (big_h, big_w, 1))
    return Image.fromarray(numpy.clip(field, 0, 255).astype("uint8")).filter(ImageFilter.GaussianBlur(0.6))


def plate(lines, ground="brass", seed=1, size=(1500, 1050)):
    """Metal or wooden plaque photographed at an angle; lines are (text, size)."""
    colours = {"brass": ((214, 184, 112), (120, 20, 18)), "steel": ((205, 208, 212), (30, 30, 40)), "red": ((150, 22, 28), (245, 220, 150)),
               "wood": ((118, 74, 42), (244, 222, 150))}[ground]
    image = Image.new("RGB", size, colours[0])
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle([26, 26, size[0] - 26, size[1] - 26], 24, outline=colours[1], width=6)
    for x, y in ((70, 70), (size[0] - 70, 70), (70, size[1] - 70), (size[0] - 70, size[1] - 70)):
        draw.ellipse([x - 14, y - 14, x + 14, y + 14], fill=(90, 90, 90))
    y = (size[1] - sum(s * 1.65 for _, s in lines)) / 2
    for text, s in lines:
        draw.text((size[0] / 2, y + s * 0.8), text, font=picture_font(s, SERIF), fill=colours[1], anchor="mm")
        y += s * 1.65
    sheen = numpy.linspace(0.9, 1.06, size[0])[None, :, None]
    image = Image.fromarray(numpy.clip(numpy.asarray(image) * sheen, 0, 255).astype("uint8"))
    return phone(image, seed, 1500, (196, 192, 186)), "\n".join(t for t, _ in lines)


def browser(site, address, title, facts, body, table=None, crumbs="首页 > 政务公开 > 通知公告", bar=(168, 20, 24), width=1600, clock="10:42"):
    """A window of a browser with a government page in it, task bar below."""
    face, big, small = picture_font(31, SANS), picture_font(45, SANSB), picture_font(25, SANS)
    lines = []
    for paragraph in body:
        text = "　　" + paragraph
        while text:
            lines.append(text[:40])
            text = text[40:]
    titles = [title[k:k + 26] for k in range(0, len(title), 26)]
    rows = table or []
    height = 96 + 130 + 60 + 60 * len(titles) + 120 + 54 * len(lines) + 58 * len(rows) + 190
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 0, width, 46], fill=(203, 214, 228))
    draw.rounded_rectangle([18, 8, 420, 50], 12, fill=(244, 246, 249))
    draw.text((40, 27), title[:13] + "…", font=small, fill=(60, 60, 60), anchor="lm")
    draw.rectangle([0, 46, width, 96], fill=(244, 246, 249))
    draw.rounded_rectangle([150, 54, width - 120, 88], 16, fill="white", outline=(210, 210, 210))
    draw.text((170, 71), address, font=small, fill=(80, 80, 80), anchor="lm")
    draw.text((60, 71), "← → ⟳", font=small, fill=(90, 90, 90), anchor="mm")
    draw.text((90, 160), site, font=picture_font(58, SERIF), fill=bar, anchor="lm")
    draw.rectangle([0, 212, width, 226], fill=bar)
    draw.text((90, 258), "当前位置：" + crumbs, font=small, fill=(130, 130, 130), anchor="lm")
    y = 330
    for line in titles:
        draw.text((width / 2, y), line, font=big, fill=(25, 25, 25), anchor="mm")
        y += 60
    draw.text((width / 2, y + 4), facts, font=small, fill=(130, 130, 130), anchor="mm")
    draw.line([90, y + 36, width - 90, y + 36], fill=(215, 215, 215), width=2)
    y += 66
    for line in lines:
        draw.text((120, y), line, font=face, fill=(40, 40, 40))
        y += 54
    if rows:
        needs = [max(len(r[x]) for r in rows) + 2 for x in range(len(rows[0]))]
        edges = [110 + (width - 220) * sum(needs[:x]) / sum(needs) for x in range(len(needs) + 1)]
        y += 14
        for k, r in enumerate(rows):
            for x, cell in enumerate(r):
                draw.rectangle([edges[x], y, edges[x + 1], y + 58], outline=(150, 150, 150), fill=(238, 242, 247) if k == 0 else None)
                draw.text(((edges[x] + edges[x + 1]) / 2, y + 29), cell, font=small, fill=(40, 40, 40), anchor="mm")
            y += 58
    draw.rectangle([0, height - 48, width, height], fill=(32, 36, 44))
    draw.text((width - 30, height - 24), clock, font=small, fill="white", anchor="rm")
    return image, "\n".join([site, title, facts] + body + [c for r in rows for c in r])


def bars(title, labels, values, unit, size=(1200, 620), ink=(47, 94, 152)):
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.text((size[0] / 2, 40), title, font=picture_font(34, SANSB), fill=(40, 40, 40), anchor="mm")
    top, base = 110, size[1] - 90
    step = (size[0] - 160) / len(labels)
    draw.line([80, base, size[0] - 60, base], fill=(80, 80, 80), width=3)
    for k, (label, value) in enumerate(zip(labels, values, strict=False)):
        x = 80 + step * (k + 0.5)
        h = (base - top) * value / max(values)
        draw.rectangle([x - step * 0.27, base - h, x + step * 0.27, base], fill=ink)
        draw.text((x, base - h - 22), f"{value}{unit}", font=picture_font(25, SANS), fill=(40, 40, 40), anchor="mm")
        draw.text((x, base + 34), label, font=picture_font(26, SANS), fill=(40, 40, 40), anchor="mm")
    return image


# ------------------------------------------------------------ office conversions

def convert(source, kind, target, outer=None):
    """LibreOffice: source to `kind` (doc, xls, pdf, docx …), saved as target."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["nice", "-n", "10", "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", outer or kind, "--outdir",
                        folder, str(source)], check=True, capture_output=True)
        shutil.copy(Path(folder) / (Path(source).stem + "." + kind), target)
    return target


# ------------------------------------------------------------ Word oddities

def find_paragraph(document, words, nth=0):
    hits = [p for p in document.element.body.iter(qn("w:p")) if words in "".join(t.text or "" for t in p.iter(qn("w:t")))]
    return docx.text.paragraph.Paragraph(hits[nth], document)


def run_of(words, like=None, tag="w:t"):
    run = OxmlElement("w:r")
    if like is not None and like.find(qn("w:rPr")) is not None:
        run.append(copy.deepcopy(like.find(qn("w:rPr"))))
    text = OxmlElement(tag)
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(text)
    return run


STAMP = {"w:author": "办公室-小周", "w:date": "2025-08-29T17:21:00Z"}


def track(document, old, new, within):
    """Replace old by new as a tracked change in the paragraph that holds `within` (text before the change)."""
    paragraph = find_paragraph(document, within)
    for run in paragraph.runs:
        if old in run.text:
            before, after = run.text.split(old, 1)
            element, place = run._r, run._r.getparent()
            at = list(place).index(element)
            gone, fresh = OxmlElement("w:del"), OxmlElement("w:ins")
            for _k, mark in enumerate((gone, fresh)):
                mark.set(qn("w:id"), str(random.randint(100, 9999)))
                for key, value in STAMP.items():
                    mark.set(qn(key), value)
            gone.append(run_of(old, element, "w:delText"))
            fresh.append(run_of(new, element))
            pieces = [run_of(before, element), gone, fresh, run_of(after, element)] if new else [run_of(before, element), gone, run_of(after, element)]
            for piece in reversed(pieces):
                place.insert(at, piece)
            place.remove(element)
            return
    raise AssertionError((old, within))


def strike_paragraph(document, after, words):
    """A whole deleted paragraph (tracked) behind the one that holds `after`."""
    anchor = find_paragraph(document, after)
    fresh = OxmlElement("w:p")
    gone = OxmlElement("w:del")
    gone.set(qn("w:id"), str(random.randint(100, 9999)))
    for key, value in STAMP.items():
        gone.set(qn(key), value)
    gone.append(run_of(words, anchor.runs[0]._r if anchor.runs else None, "w:delText"))
    fresh.append(gone)
    anchor._p.addnext(fresh)


def textbox(document, after, lines, width=420, height=120):
    """A floating text box, written twice as Word does it (DrawingML and its VML fallback)."""
    inner = "".join(f'<w:p><w:r><w:rPr><w:rFonts w:eastAsia="楷体"/><w:sz w:val="24"/></w:rPr><w:t>{line}</w:t></w:r></w:p>' for line in lines)
    emu_w, emu_h = int(width * 12700), int(height * 12700)
    spaces = ('xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
              'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
              'xmlns:v="urn:schemas-microsoft-com:vml"')
    xml = f'''<w:p {nsdecls("w")} {spaces}><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">
<wp:extent cx="{emu_w}" cy="{emu_h}"/><wp:docPr id="{random.randint(500, 9000)}" name="文本框"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{emu_w}" cy="{emu_h}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
<a:solidFill><a:srgbClr val="FDF5E0"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="AA3333"/></a:solidFill></a:ln></wps:spPr>
<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:rect style="width:{width}pt;height:{height}pt"><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:rect></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>'''
    find_paragraph(document, after)._p.addnext(parse_xml(xml))


def nest(document, marker, rows, widths=None):
    """Replace the paragraph `marker` inside a cell by a table of its own."""
    paragraph = find_paragraph(document, marker)
    table = docx.table.Table(document.add_table(len(rows), len(rows[0]), style="Table Grid")._tbl, document)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            run = table.cell(y, x).paragraphs[0].add_run(cell)
            run.font.size = Pt(9)
    paragraph._p.addprevious(table._tbl)
    for run in paragraph.runs:
        run.text = ""


# ------------------------------------------------------------ package

class Package6(Package):
    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
        self.debris, self.inner = set(), {}

    def worn(self, rel, role, text, proves="", look=None, **style):
        style = {"footer": "", **style}
        source = pdf(text, self.temp(), **style)
        self.doc(rel, role, "scan", scan6(source, self.path(rel), **(look or {})), proves)

    def photo(self, rel, role, text, proves="", seed=1, page=0, **style):
        source = pdf(text, self.temp(), **{"footer": "", **style})
        image = phone(pictures_of(source)[page], seed)
        self.picture(rel, role, image, pdf_words(source)[page + 1], proves)

    def old_word(self, rel, role, text, proves="", **style):
        """doc or wps: the binary format of Word 97, whatever the ending."""
        source = docx_file(text, self.temp(".docx"), **style)
        convert(source, "doc", self.path(rel), "doc:MS Word 97")
        self.doc(rel, role, "text", docx_words(source), proves)

    def export(self, rel, role, source, proves=""):
        convert(source, "pdf", self.path(rel))
        self.doc(rel, role, "text", pdf_words(self.path(rel)), proves)

    def book(self, rel, role, book, proves=""):
        """An openpyxl workbook; xls and et through LibreOffice."""
        source = self.temp(".xlsx")
        book.save(str(source))
        if rel.endswith(".xlsx"):
            shutil.copy(source, self.path(rel))
        else:
            convert(source, "xls", self.path(rel), "xls:MS Excel 97")
        words = " ".join(str(c) for s in book for row in s.iter_rows(values_only=True) for c in row if c is not None)
        self.doc(rel, role, "text", {None: words}, proves)

    def finish(self, gate, *traps):
        assert len(self.conditions) == 6
        order = {INDICATORS[n - 1]: self.conditions[INDICATORS[n - 1]] for n in kit.CONDITIONS.values()}
        indicators = {k: {**v, "targets": sorted(v["targets"])} for k, v in self.indicators.items()}
        truth = {"submission": self.name, "cities": self.cities, "province": self.province, "gate": gate, "conditions": order,
                 "indicators": indicators, "documents": dict(sorted(self.documents.items())), "tables": self.tables, "traps": list(traps)}
        have = {str(f.relative_to(self.root)) for f in self.root.rglob("*") if f.is_file()} - self.debris
        assert have == {k.split(".zip/")[0] + ".zip" if ".zip/" in k else k for k in self.documents}, (have, set(self.documents))
        if self.zipped:
            gbk_zip(self.root, self.out / (self.name + ".zip"))
        (self.out / f"{self.name}.truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        WORDS.mkdir(exist_ok=True)
        (WORDS / f"{self.name}.json").write_text(json.dumps({k: {str(p): t for p, t in v.items()} for k, v in self.words.items()}, ensure_ascii=False), encoding="utf-8")
        shutil.rmtree(self.work)

    # evidence on a nested file or one known by key
    def pack(self, rel, folder):
        """Pack the folder (already filled below root) into rel, a GBK zip; its documents get the path inside the zip."""
        base = self.root / self.top / folder if self.top else self.root / folder
        gbk_zip(base, self.path(rel))
        shutil.rmtree(base)
        old, new = self.key(folder) + "/", self.key(rel) + "/"
        for store in (self.words, self.documents):
            for key in list(store):
                if key.startswith(old):
                    store[new + key[len(old):]] = store.pop(key)
        for entry in self.indicators.values():
            entry["proofs"] = [new + k[len(old):] if k.startswith(old) else k for k in entry["proofs"]]


SC = kit.SCENARIOS

# other places' entries for national lists (all invented)
_ELSE = [("江苏省", "润澄市", "润澄铭科精工股份有限公司", "精密齿轮5G柔性工厂"), ("浙江省", "剡溪市", "剡溪天衡轴承有限公司", "高速轴承5G全流程工厂"), ("广东省", "榕崎市", "榕崎沃能电池有限公司", "动力电池5G极片工厂"),
         ("上海市", "沪湾区", "上海沪湾船用曲轴有限公司", "大型曲轴5G加工工厂"), ("福建省", "闽棠市", "闽棠海纺织造有限公司", "经编面料5G工厂"), ("安徽省", "皖菱市", "皖菱汽车制动系统有限公司", "制动器5G智能工厂"),
         ("四川省", "岷梓市", "岷梓钒钛股份有限公司", "钛材轧制5G工厂"), ("重庆市", "渝榆区", "重庆渝榆摩托车发动机有限公司", "发动机装配5G工厂"), ("陕西省", "渭榆市", "渭榆煤化工集团有限公司", "煤制烯烃5G安全工厂"),
         ("河南省", "汴洹市", "汴洹耐火材料有限公司", "耐材窑炉5G工厂"), ("湖南省", "澧芷市", "澧芷工程机械股份有限公司", "泵车结构件5G工厂"), ("天津市", "津沽区", "天津津沽石油钢管有限公司", "无缝钢管5G工厂"),
         ("云南省", "滇榕市", "滇榕铜业股份有限公司", "电解铜5G绿色工厂"), ("内蒙古自治区", "阴麓市", "阴麓乳业集团有限公司", "液态奶5G灌装工厂"), ("辽宁省", "辽柞市", "辽柞机床集团有限公司", "重型机床5G装配工厂"),
         ("湖北省", "江夔市", "江夔光纤有限公司", "光纤预制棒5G工厂"), ("山西省", "汾榆市", "汾榆重型汽车有限公司", "重卡车架5G工厂"), ("吉林省", "图珲市", "图珲轨道客车配件有限公司", "转向架5G工厂")]


def elsewhere(count, seed):
    return random.Random(seed).sample(_ELSE, count)


def mixed(own, rest, seed):
    """Own rows scattered among the rest, serial numbers with gaps as in an extract: [no, …]."""
    rng = random.Random(seed)
    rows = list(rest)
    for row in own:
        rows.insert(rng.randint(0, len(rows)), row)
    n, out = rng.randint(2, 30), []
    for row in rows:
        out.append([str(n), *row])
        n += rng.randint(1, 17)
    return out
