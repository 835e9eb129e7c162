"""Builds the blind test set: build.py OUT [PACKAGE NUMBER …]"""
import importlib
import sys
from pathlib import Path

MODULES = ["p1_boyuan", "p2_linxiu", "p3_yunwu", "p4_ningsha", "p5_cangli", "p6_dalian", "p7_xiling", "p8_pinglan"]


def main():
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    chosen = [int(n) for n in sys.argv[2:]] or range(1, len(MODULES) + 1)
    for n in chosen:
        importlib.import_module(MODULES[n - 1]).build(out)


if __name__ == "__main__":
    main()
