"""build.py OUT [number …]: builds the seventh blind set, each package in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Run the builders that are asked for; each checks its own truth."""
    wanted = [int(number) for number in sys.argv[2:]] or range(1, 9)
    scripts = [next(HERE.glob(f"p{number}_*.py")) for number in wanted]
    out = Path(sys.argv[1]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    return max(subprocess.run([sys.executable, str(script)], cwd=HERE, env={**os.environ, "BLIND_OUT": str(out)}).returncode for script in scripts)


if __name__ == "__main__":
    raise SystemExit(main())
