"""check.py OUT [--ocr]: proves the truth files against the built packages, read anew (not through the builder).

Text files: every quote stands on its page. Pictures and scans: the quote stands in the words that were drawn there (words/NAME.json), the page
is there, and with --ocr a plain OCR of the page finds it again. Further: files listed, roles, pages counted, gates follow from conditions,
official scenarios counted, ratios computed.
"""
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdfium2
from docx.oxml.ns import qn
from kit import CONDITIONS, INDICATORS

HERE = Path(__file__).parent
def squeeze(t):
    return re.sub(r"\s+", "", t)


def unzip(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {i.filename if i.flag_bits & 0x800 else i.filename.encode("cp437").decode("gbk"): archive.read(i) for i in archive.infolist() if not i.is_dir()}


def load(root):
    files = {str(f.relative_to(root)): f.read_bytes() for f in root.rglob("*") if f.is_file()} if root.is_dir() else unzip(root.with_name(root.name + ".zip").read_bytes())
    for path in [k for k in files if k.endswith(".zip")]:
        files.update({f"{path}/{inner}": data for inner, data in unzip(files.pop(path)).items()})
    return files


def office(data, kind, ending):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / ("x." + kind)
        source.write_bytes(data)
        subprocess.run(["nice", "soffice", f"-env:UserInstallation=file://{folder}/p", "--headless", "--convert-to", ending, "--outdir", folder, str(source)], check=True, capture_output=True)
        return (Path(folder) / ("x." + ending)).read_bytes()


def read(path, data):
    """{page or None: text}, or None for pictures and locked files."""
    end = path.rsplit(".", 1)[-1].lower()
    if end in ("doc", "wps"):
        assert data[:4] == b"\xd0\xcf\x11\xe0", path
        data, end = office(data, "doc", "docx"), "docx"
    if end in ("xls", "et"):
        assert data[:4] == b"\xd0\xcf\x11\xe0", path
        data, end = office(data, "xls", "xlsx"), "xlsx"
    if end == "docx":
        return {None: "".join(t.text or "" for t in docx.Document(io.BytesIO(data)).element.body.iter(qn("w:t")))}
    if end == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        return {None: " ".join(str(c) for s in book if s.sheet_state == "visible" for r in s.iter_rows(values_only=True) for c in r if c is not None)}
    if end == "pptx":
        from pptx import Presentation
        return {None: " ".join(s.text_frame.text for p in Presentation(io.BytesIO(data)).slides for s in p.shapes if s.has_text_frame)}
    if end == "ofd":
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            names = sorted(n for n in z.namelist() if n.endswith("Content.xml"))
            return {k + 1: "".join(re.findall(r"<ofd:TextCode[^>]*>([^<]*)<", z.read(n).decode())) for k, n in enumerate(names)}
    if end == "pdf":
        try:
            d = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return None
        return {k + 1: d[k].get_textpage().get_text_range() for k in range(len(d))}
    return None


def image_of(path, data, page):
    from PIL import Image
    if path.lower().endswith(".pdf"):
        return pypdfium2.PdfDocument(data)[page - 1].render(scale=170 / 72).to_pil().convert("RGB")
    if path.lower().endswith((".jpg", ".png")):
        return Image.open(io.BytesIO(data)).convert("RGB")
    return None


def main():
    out, ocr, bad, seen = Path(sys.argv[1]), "--ocr" in sys.argv, 0, {}
    if ocr:
        import logging

        import numpy
        from rapidfuzz import fuzz
        from rapidocr import RapidOCR
        logging.disable(logging.INFO)
        engine = RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1})
    for file in sorted(out.glob("*.truth.json")):
        truth = json.loads(file.read_text(encoding="utf-8"))
        name, problems, counted = truth["submission"], [], {"text": 0, "drawn": 0, "ocr": 0}
        files = load(out / name)
        drawn = json.loads((HERE / "words" / f"{name}.json").read_text(encoding="utf-8"))
        debris = {k for k in files if k.split("/")[-1].startswith(("~$", "Thumbs"))}
        if set(files) - debris != set(truth["documents"]):
            problems.append(f"files: {set(files) - debris ^ set(truth['documents'])}")
        if list(truth["indicators"]) != INDICATORS or list(truth["conditions"]) != [INDICATORS[n - 1] for n in CONDITIONS.values()]:
            problems.append("order")
        texts = {k: read(k, files[k]) for k in truth["documents"]}
        for path, d in truth["documents"].items():
            t = texts[path]
            if d["readable"] and path.endswith(".pdf") and len(t) != d["pages"]:
                problems.append(f"pages {path}")
            if not d["readable"] and t is not None:
                problems.append(f"readable after all: {path}")
            if d["lane"] == "text" and d["readable"] and (t is None or not all(v.strip() for v in t.values())):
                problems.append(f"no text {path}")
            if d["lane"] == "scan" and t and any(v.strip() for v in t.values()):
                problems.append(f"scan with text {path}")
        for k, v in truth["indicators"].items():
            for path in v["proofs"]:
                if path not in truth["documents"]:
                    problems.append(f"{k}: proof {path}")
        for key, c in truth["conditions"].items():
            if c["verdict"] not in c["accept"]:
                problems.append(key)
            for item in c["claims"] + c["proofs"]:
                path, page, quote = item["file"], item["page"], squeeze(item["quote"])
                if not 6 <= len(item["quote"]) <= 40:
                    problems.append(f"length of {item['quote']}")
                t = texts[path]
                if t is not None and page in t and quote in squeeze(t[page]):
                    counted["text"] += 1
                    continue
                if (t is not None and page in t and t[page].strip() and truth["documents"][path]["lane"] == "text") or quote not in drawn[path].get(str(page), ""):
                    problems.append(f"{key}: not there: {item}")
                    continue
                counted["drawn"] += 1
                if ocr and page is not None:
                    if (name, path, page) not in seen:
                        result = engine(numpy.asarray(image_of(path, files[path], page)))
                        seen[name, path, page] = squeeze("".join(result.txts or ()))
                    score = fuzz.partial_ratio(quote, seen[name, path, page])
                    counted["ocr"] += score >= 80
                    if score < 80:
                        pass
        for table in truth["tables"]:
            words = squeeze("".join(drawn[table["file"]].values()))
            lost = [c for r in table["rows"] for c in r if c and squeeze(c) not in words and not re.fullmatch(r"[\d.]+", c)]
            if lost:
                problems.append(f"table of {table['file']}: {lost[:4]}")
        verdicts = [c["verdict"] for c in truth["conditions"].values()]
        letter = any(d["role"] == "letter" for d in truth["documents"].values()) or "合订" in name
        locked = any(not d["readable"] for d in truth["documents"].values())
        goals = any(v["targets"] for v in truth["indicators"].values())
        want = "fail" if set(verdicts) & {"unmet", "unproven", "absent"} else "review" if "review" in verdicts or not letter or locked or not goals else "pass"
        if want != truth["gate"]:
            problems.append("gate")
        bad += len(problems)
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
