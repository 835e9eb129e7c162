"""build.py OUT [number …]: builds the sixth blind set."""
import importlib
import sys
from pathlib import Path

MODULES = ["p1_fuling", "p2_junzhou", "p3_juanhe", "p4_longyan", "p5_wurong", "p6_shanjiang", "p7_songshan", "p8_lingzuo"]


def main():
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for n in [int(n) for n in sys.argv[2:]] or range(1, len(MODULES) + 1):
        importlib.import_module(MODULES[n - 1]).build(out)


if __name__ == "__main__":
    main()
