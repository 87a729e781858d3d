"""Builds all files of a release in dist/, with their checksums: the same bytes from the same sources.

- the package for Anki, `anki-rpc.ankiaddon`
- the server as wheel and source for PyPI, and the Python client
- the TypeScript client for npm, if npm is there

They are built from a copy of what git tracks, so nothing else in the checkout can get in. The environment variable
PROJECT_URL is the address of the project in the packages' metadata.

usage: dist.py [FOLDER]
"""

import gzip
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import package

ROOT = Path(__file__).resolve().parent.parent
KINDS = (".ankiaddon", ".tar.gz", ".tgz", ".whl", "SHA256SUMS")
MTIME = 315532800
"""1980, the first year of a zip file."""
BUILD = "import sys; from setuptools import build_meta as b; getattr(b, sys.argv[1])(sys.argv[2])"


def build(target: Path) -> list[Path]:
    """Write the files into a folder, in place of those of an earlier release; return them."""
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "source"), Path(folder, "made")
        made.mkdir()
        copy_tracked(source)
        package.build(made / package.PACKAGE.name, source)
        for project in (source, source / "clients" / "python"):
            build_python(project, made, Path(folder, "unpacked"))
        if shutil.which("npm"):
            build_npm(source / "clients" / "typescript", made)
        files = sorted(made.iterdir())
        sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
        (made / "SHA256SUMS").write_bytes(sums.encode())
        target.mkdir(parents=True, exist_ok=True)
        for path in target.iterdir():
            if path.name.endswith(KINDS) and not (made / path.name).exists():
                path.unlink()
        return [replace(path, target / path.name) for path in sorted(made.iterdir())]


def replace(source: Path, target: Path) -> Path:
    """Copy a file so that a reader of the older one never sees half of it."""
    part = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.copyfile(source, part)
    return part.replace(target)


def copy_tracked(target: Path) -> None:
    """Copy the files that git tracks, as they are in the checkout."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S607
    for name in names.decode().rstrip("\0").split("\0"):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)


def build_python(project: Path, made: Path, unpacked: Path) -> None:
    """Build a source archive, and the wheel from it: what the archive lacks, the wheel lacks too."""
    before = set(made.iterdir())
    run([sys.executable, "-c", BUILD, "build_sdist", str(made)], project)
    (archive,) = set(made.iterdir()) - before
    normalise_tar(archive)
    with tarfile.open(archive) as opened:
        opened.extractall(unpacked, filter="data")
    run([sys.executable, "-c", BUILD, "build_wheel", str(made)], unpacked / archive.name.removesuffix(".tar.gz"))
    (wheel,) = set(made.iterdir()) - before - {archive}
    normalise_zip(wheel)


def build_npm(project: Path, made: Path) -> None:
    """Pack the TypeScript client as npm publishes it."""
    before = set(made.iterdir())
    modules = ROOT / "clients" / "typescript" / "node_modules"
    if modules.is_dir():
        (project / "node_modules").symlink_to(modules, target_is_directory=True)
    run([str(shutil.which("npm")), "pack", "--silent", "--pack-destination", str(made)], project)
    (archive,) = set(made.iterdir()) - before
    normalise_tar(archive)


def run(command: list[str], folder: Path) -> None:
    """Run a command, and show its output only if it fails."""
    done = subprocess.run(  # noqa: S603  (our own commands)
        command,
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(MTIME)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        sys.exit(f"dist.py: {' '.join(command[:3])} failed in {folder.name}:\n{done.stdout}")


def normalise_tar(path: Path) -> None:
    """Write a .tar.gz again: files alone, in order, with one owner and time, and a mode of two."""
    plain = io.BytesIO()
    with tarfile.open(path) as old, tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as new:
        for member in sorted(old.getmembers(), key=lambda member: member.name):
            entry = tarfile.TarInfo(member.name)
            entry.size, entry.mtime, entry.mode = member.size, MTIME, 0o755 if member.mode & 0o100 else 0o644
            if member.isfile():
                new.addfile(entry, old.extractfile(member))
    with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(plain.getvalue())


def normalise_zip(path: Path) -> None:
    """Write a wheel again: in order, with one time and mode."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(files.items(), key=lambda item: (".dist-info/" in item[0], item[0])):
            entry = zipfile.ZipInfo(name, package.EARLIEST)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=9)


if __name__ == "__main__":
    for file in build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"):
        print(f"{file.name} ({file.stat().st_size // 1024} KiB)")
