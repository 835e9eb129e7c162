"""Checks a built set: check.py OUT. Every file listed, quotes found again in text files, pages in range, all 37 indicators there."""
import io
import json
import re
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdfium2
from docx.oxml.ns import qn
from kit import INDICATORS


def load(root):
    """{path: bytes} of a folder or a GBK-named zip."""
    if root.is_dir():
        return {str(f.relative_to(root)): f.read_bytes() for f in root.rglob("*") if f.is_file()}
    with zipfile.ZipFile(root) as archive:
        return {i.filename.encode("cp437").decode("gbk"): archive.read(i) for i in archive.infolist()}


def texts(path, data):
    """Text by page, or None where the words are in pictures."""
    if path.endswith(".docx"):
        return {None: "".join(t.text or "" for t in docx.Document(io.BytesIO(data)).element.body.iter(qn("w:t")))}
    if path.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(data))
        return {None: " ".join(str(c) for s in book for row in s.iter_rows(values_only=True) for c in row if c is not None)}
    if path.endswith(".pdf"):
        document = pypdfium2.PdfDocument(data)
        return {n + 1: document[n].get_textpage().get_text_range() for n in range(len(document))}
    return None


def main():
    out, bad = Path(sys.argv[1]), 0
    for file in sorted(out.glob("*.truth.json")):
        truth = json.loads(file.read_text(encoding="utf-8"))
        name = truth["submission"]
        files = load(out / name if (out / name).is_dir() else out / f"{name}.zip")
        words = {path: texts(path, data) for path, data in files.items()}
        problems = []
        if set(files) != set(truth["documents"]):
            problems.append("files differ")
        if list(truth["indicators"]) != INDICATORS:
            problems.append("indicators differ")
        for key, condition in truth["conditions"].items():
            if condition["verdict"] not in condition["accept"]:
                problems.append(f"{key}: verdict not accepted")
            for item in condition["claims"] + condition["proofs"]:
                pages = words[item["file"]]
                lane = truth["documents"][item["file"]]["lane"]
                if pages is None:
                    continue
                text = re.sub(r"\s", "", pages[item["page"]])
                if re.sub(r"\s", "", item["quote"]) not in text and not (lane in ("scan", "mixed") and not text):
                    problems.append(f"{key}: {item}")
        for path, document in truth["documents"].items():
            if document["pages"] and path.endswith(".pdf") and len(words[path]) != document["pages"]:
                problems.append(f"pages of {path}")
            if document["lane"] == "text" and path.endswith(".pdf") and not all(t.strip() for t in words[path].values()):
                problems.append(f"blank page in {path}")
        verdicts = [c["verdict"] for c in truth["conditions"].values()]
        if any(v in ("unmet", "unproven", "absent") for v in verdicts) != (truth["gate"] == "fail"):
            problems.append("gate")
        bad += len(problems)
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
