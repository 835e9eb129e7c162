"""Builds the set: build.py OUT [NUMBER …]"""
import importlib
import sys
from pathlib import Path

MODULES = ["p1_chengpu", "p2_jingyuan", "p3_luanyi", "p4_yonglan", "p5_weitang", "p6_songyi", "p7_zhujia", "p8_qianlong"]

if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for n in [int(n) for n in sys.argv[2:]] or range(1, len(MODULES) + 1):
        importlib.import_module(MODULES[n - 1]).build(out)
