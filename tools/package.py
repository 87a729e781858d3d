"""Builds dist/anki-rpc.ankiaddon, the file that Anki installs: the same bytes from the same sources on every system.

It needs Python and pip alone: the libraries that the package contains are fetched if they are not installed.

usage: package.py [FILE]
"""

import json
import os
import runpy
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from pinned import CannotFetch, distributions
from vendor import PACKAGES, ThirdParty, VendorError, vendor

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "dist" / "anki-rpc.ankiaddon"

# What may lie in the folder of somebody who runs the add-on from the repository.
UNWANTED = shutil.ignore_patterns("__pycache__", "_vendor", "user_files", "meta.json", "openrpc.json", ".*")
THIRD_PARTY = """\
# Third-party packages

AnkiRPC is free software under the licence in `LICENSE`. It brings copies of these packages, unchanged but for
the imports between them, each under its own licence:

| package | version | licence | text | from |
| --- | --- | --- | --- | --- |
"""
EARLIEST = (1980, 1, 1, 0, 0, 0)


def build(package: Path = PACKAGE, root: Path = ROOT) -> None:
    """Write the add-on package, complete or not at all, from the sources in a folder."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder) / "addon"
        fill(stage, root)
        archive = Path(folder) / package.name
        write_archive(stage, archive)
        package.parent.mkdir(parents=True, exist_ok=True)
        part = package.with_name(f".{package.name}.{os.getpid()}")
        shutil.copyfile(archive, part)
        part.replace(package)


def fill(stage: Path, root: Path) -> None:
    """Lay out the add-on's folder as Anki will see it; `stage` must not exist."""
    shutil.copytree(root / "addon", stage, ignore=UNWANTED)
    with distributions(PACKAGES) as packages:
        third_party = vendor(stage / "_vendor", packages)
    (stage / "THIRD-PARTY.md").write_bytes(third_party_list(third_party).encode())
    shutil.copy(root / "LICENSE", stage)
    document = root / "spec" / "openrpc.json"
    if document.exists():
        shutil.copy(document, stage)
    manifest = json.loads((stage / "manifest.json").read_text(encoding="utf-8"))
    manifest["human_version"] = runpy.run_path(str(stage / "version.py"))["VERSION"]
    (stage / "manifest.json").write_bytes(json.dumps(manifest, indent=4).encode() + b"\n")


def third_party_list(packages: list[ThirdParty]) -> str:
    """A table of what was copied in, for whoever wants to know whose work the package holds."""
    rows = []
    for one in packages:
        texts = ", ".join(f"`_vendor/{file}`" for file in one.files)
        rows.append(f"| {one.name} | {one.version} | {one.licence} | {texts} | {one.home} |\n")
    return THIRD_PARTY + "".join(rows)


def write_archive(stage: Path, archive: Path) -> None:
    """Zip a folder's files in order, with one time and one mode for all of them.

    They are not compressed: the same Python comes with zlib on one system and with zlib-ng on another, which compress
    to different bytes.
    """
    files = {path.relative_to(stage).as_posix(): path for path in stage.rglob("*") if path.is_file()}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as target:
        for name, path in sorted(files.items()):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            target.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE
    try:
        build(chosen)
    except (CannotFetch, VendorError, OSError) as error:
        sys.exit(f"package.py: {error}")
    print(f"{chosen} ({chosen.stat().st_size // 1024} KiB)")
