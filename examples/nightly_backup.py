"""Export the collection with its media to a dated file, and keep the last seven: `python nightly_backup.py FOLDER`.

Run it every night by cron or a systemd timer. The gateway must run on the same computer, since it writes the file. The
collection is closed meanwhile, and Anki's undo history is empty afterwards.
"""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from anki_rpc_client import Client, GatewayError


def main() -> None:
    parser = argparse.ArgumentParser(description="Export the collection to a dated file")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=int, default=7, help="number of files to keep, at least 1")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    path = options.folder.resolve() / f"anki-{datetime.now().astimezone():%Y-%m-%d}.colpkg"
    try:
        with Client(app="nightly-backup") as anki:
            operation = anki.start_operation("exportCollection", {"path": str(path), "withMedia": True})
            anki.wait(operation)
    except GatewayError as error:
        sys.exit(f"no backup: {error}")
    print(f"wrote {path} ({path.stat().st_size / 1e6:.1f} MB)")
    for old in sorted(options.folder.glob("anki-????-??-??.colpkg"))[: -max(options.keep, 1)]:
        old.unlink()
        print(f"removed {old}")


if __name__ == "__main__":
    main()
