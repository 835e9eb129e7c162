"""check.py OUT: every file listed; every quote on its page (text layers read anew, pictures and scans by the words they were drawn from);
table cells in their file; 37 indicators; the gate follows from the verdicts; plans of 12 pages or more; 8 to 20 proofs."""
import io
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdfium2
from docx.oxml.ns import qn
from extra import WORDS
from kit import INDICATORS


def flat(text):
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def load(root):
    if root.is_dir():
        return {str(f.relative_to(root)): f.read_bytes() for f in root.rglob("*") if f.is_file()}
    with zipfile.ZipFile(root) as archive:
        return {i.filename.encode("cp437").decode("gbk"): archive.read(i) for i in archive.infolist()}


def office(data, suffix, kind):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"x{suffix}").write_bytes(data)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/p", "--headless", "--convert-to", kind, "--outdir", folder + "/o", f"{folder}/x{suffix}"], check=True, capture_output=True)
        return (Path(folder) / "o" / f"x.{kind}").read_bytes()


def fresh(path, data, lane):
    """{page: words} read from the built file, or None where the words are in pictures."""
    if path.endswith(".doc"):
        path, data = path + "x", office(data, ".doc", "docx")
    if path.endswith(".docx"):
        return {None: "".join(t.text or "" for t in docx.Document(io.BytesIO(data)).element.body.iter(qn("w:t")))}
    if path.endswith(".xlsx"):
        return {None: " ".join(str(c) for s in openpyxl.load_workbook(io.BytesIO(data)) for r in s.iter_rows(values_only=True) for c in r if c is not None)}
    if path.endswith(".pdf") and lane in ("text", "mixed"):
        document = pypdfium2.PdfDocument(data)
        return {n + 1: document[n].get_textpage().get_text_range() for n in range(len(document))}
    return None


def main():
    out, bad = Path(sys.argv[1]), 0
    for file in sorted(out.glob("*.truth.json")):
        truth = json.loads(file.read_text(encoding="utf-8"))
        name = truth["submission"].removesuffix(".zip")
        assert file.name == truth["submission"] + ".truth.json"
        files = load(out / name if (out / name).is_dir() else out / f"{name}.zip")
        drawn = {k: {None if n == "None" else int(n): t for n, t in v.items()} for k, v in json.loads((WORDS / f"{name}.json").read_text(encoding="utf-8")).items()}
        problems, quotes, cells = [], 0, 0
        documents = truth["documents"]
        if set(files) != set(documents):
            problems.append(f"files differ: {set(files) ^ set(documents)}")
        words = {}
        for path, data in files.items():
            d = documents[path]
            if not d["readable"]:
                try:
                    pypdfium2.PdfDocument(data)
                    problems.append(f"{path} opens")
                except pypdfium2.PdfiumError:
                    pass
                continue
            new = fresh(path, data, d["lane"])
            words[path] = drawn[path] if new is None else {n: t if flat(t) else drawn[path][n] for n, t in new.items()}
            if path.endswith(".pdf") and (len(pypdfium2.PdfDocument(data)) != d["pages"] or len(words[path]) != d["pages"]):
                problems.append(f"pages of {path}")
            if d["lane"] == "scan" and path.endswith(".pdf") and any(p.get_textpage().get_text_range().strip() for p in pypdfium2.PdfDocument(data)):
                problems.append(f"words under the scan {path}")
        if list(truth["indicators"]) != INDICATORS or len(truth["conditions"]) != 6:
            problems.append("indicators or conditions")
        for key, c in truth["conditions"].items():
            if c["verdict"] not in c["accept"]:
                problems.append(f"{key}: not accepted")
            for item in c["claims"] + c["proofs"]:
                quotes += 1
                if item["page"] not in words[item["file"]] or flat(item["quote"]) not in flat(words[item["file"]][item["page"]]):
                    problems.append(f"{key}: {item}")
                role = documents[item["file"]]["role"]
                if (item in c["claims"]) != (role in ("plan", "form")):
                    problems.append(f"{key}: role of {item['file']}")
        for table in truth["tables"]:
            text = flat("".join(words[table["file"]].values()))
            for row in table["rows"]:
                for cell in row:
                    cells += 1
                    if flat(cell) not in text:
                        problems.append(f"table {table['file']}: {cell}")
            if len({len(r) for r in table["rows"]}) != 1:
                problems.append("ragged table")
        verdicts = {c["verdict"] for c in truth["conditions"].values()}
        roles = [d["role"] for d in documents.values()]
        gate = "fail" if verdicts & {"unmet", "unproven", "absent"} else "review" if "review" in verdicts or "letter" not in roles or any(not d["readable"] for d in documents.values()) else "pass"
        if gate != truth["gate"]:
            problems.append(f"gate {gate}")
        pages = sum(len(pypdfium2.PdfDocument(data if p.endswith(".pdf") else office(data, Path(p).suffix, "pdf"))) for p, data in files.items() if documents[p]["role"] == "plan")
        if pages < 12:
            problems.append(f"plan of {pages} pages")
        if not 8 <= roles.count("proof") <= 20:
            problems.append(f"{roles.count('proof')} proofs")
        sys.stdout.write(f"{name}: {truth['gate']}, plan {pages} pages, {roles.count('proof')} proofs, {quotes} quotes, {cells} cells, "
              f"{sum(v['baseline'] for v in truth['indicators'].values())} baselines; " + ("fine" if not problems else "\n   ".join(["", *problems])) + "\n")
        bad += len(problems)
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
