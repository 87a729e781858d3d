"""Prints the section of a version in CHANGELOG.md, as the text of its release.

usage: changelog.py VERSION
"""

import re
import runpy
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class NoRelease(Exception):
    """The version cannot be released. The message says why."""


def section(text: str, version: str) -> str:
    """Return the entries of a version, without its heading. Raises NoRelease."""
    found = re.search(
        rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## |^\[[^\]]+\]: |\Z)", text, re.MULTILINE | re.DOTALL
    )
    if found is None or not found[1].strip():
        raise NoRelease(f"CHANGELOG.md has no entries for {version}: rename the section [Unreleased].")
    return found[1].strip() + "\n"


def check(tag: str, version: str) -> str:
    """Return the version of a tag. Raises NoRelease if it is not the version of the sources."""
    if tag.removeprefix("v") != version:
        raise NoRelease(f"The tag is {tag}, but addon/version.py says {version}.")
    return version


if __name__ == "__main__":
    try:
        present = check(sys.argv[1], runpy.run_path(str(ROOT / "addon" / "version.py"))["VERSION"])
        print(section((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), present), end="")
    except NoRelease as error:
        sys.exit(f"changelog.py: {error}")
