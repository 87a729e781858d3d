"""Packages at the versions that requirements/ pins: those installed here, or copies that pip fetches for the moment."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"


class CannotFetch(Exception):
    """pip did not fetch a package. The message says what to do."""


@contextmanager
def distributions(names: tuple[str, ...]) -> Iterator[dict[str, Distribution]]:
    """Provide the packages by name, in their pinned versions. Raises CannotFetch.

    Fetched copies exist only inside the block.
    """
    pins = _pins("serve")
    if all(_installed(name) == _version(pins[name]) for name in names):
        yield {name: distribution(name) for name in names}
        return
    with tempfile.TemporaryDirectory() as folder:
        builder, target, chosen = Path(folder, "builder"), Path(folder, "packages"), Path(folder, "chosen.txt")
        chosen.write_text("".join(pins[name] for name in names), encoding="utf-8")
        _pip(builder, REQUIREMENTS / "build.txt")
        _pip(target, chosen, "--no-build-isolation", "--use-pep517", PYTHONPATH=str(builder))
        yield {name: next(iter(Distribution.discover(name=name, path=[str(target)]))) for name in names}


def _pins(name: str) -> dict[str, str]:
    """Return the entry of each package in a file of pins: its version and its hashes."""
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    return {entry.partition("==")[0]: entry for entry in re.findall(r"^[^\s#].*\n(?:[ \t]+.*\n)*", text, re.MULTILINE)}


def _version(pin: str) -> str:
    return re.split(r"[\s;\\]", pin.partition("==")[2], maxsplit=1)[0]


def _installed(name: str) -> str | None:
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return None


def _pip(target: Path, pins: Path, *options: str, **environment: str) -> None:
    command = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", "--no-deps"]
    done = subprocess.run(  # noqa: S603  (this Python, and names from our own files)
        [sys.executable, *command, "--require-hashes", "--target", str(target), "-r", str(pins), *options],
        env={**os.environ, "PIP_USER": "0", **environment},  # pip's settings may say --user, which forbids --target
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise CannotFetch(f"pip could not fetch what the package contains. It needs pip and a network.\n{done.stderr}")
