"""``python -m tests.benchmarks.bench_language``: sentences a second of the whole language part on one core."""

from __future__ import annotations

import sys
import time

from models.catalogue import load_edition
from models.nlp import analyse, build_nlp
from models.train import read_rows

GOAL = 2000


def main() -> int:
    """Measure paragraph by paragraph, as the tagger calls it; exit code 1 below the goal."""
    started = time.process_time()
    nlp = build_nlp(load_edition())
    built = time.process_time() - started
    texts = [row.text for row in read_rows()[0] if "|" not in row.text]
    paragraphs = ["".join(texts[i : i + 4]) for i in range(0, len(texts), 4)]
    for paragraph in paragraphs[:20]:
        analyse(nlp, paragraph)
    started = time.process_time()
    statements = sum(len(analyse(nlp, paragraph, headings=("现有基础", "5G网络覆盖率"), mode="base")) for paragraph in paragraphs)
    speed = len(texts) / (time.process_time() - started)
    sys.stdout.write(f"built in {built:.2f} s; {len(texts)} sentences, {statements} statements\n")
    sys.stdout.write(f"{speed:.0f} sentences/s (goal {GOAL})\n")
    return 0 if speed >= GOAL else 1


if __name__ == "__main__":
    raise SystemExit(main())
