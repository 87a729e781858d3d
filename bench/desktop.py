"""Runs bench/latency.py against the add-on in a real, offscreen Anki; needs what `make test` sets up.

usage: desktop.py [options of latency.py]
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from desktop.conftest import PACKAGE, GatewayProcess  # noqa: E402


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, GatewayProcess(Path(folder) / "anki", PACKAGE) as anki:
        command = [sys.executable, ROOT / "bench" / "latency.py", "--url", anki.url, *sys.argv[1:]]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
