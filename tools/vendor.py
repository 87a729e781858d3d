"""Copies packages into a folder of the add-on and makes the imports between them relative.

All add-ons share one interpreter: a package imported by its own name could turn out to be another add-on's,
older copy. One that lives inside the add-on and reaches its neighbours relatively is nobody else's.
"""

import ast
import re
from collections.abc import Mapping
from importlib.metadata import Distribution, PackagePath
from pathlib import Path
from typing import NamedTuple

PACKAGES = ("marshmallow", "jsonrpcserver", "oslash", "waitress")
NOTICE = b"# Changed for AnkiRPC on 30 November 2026: imports of the packages beside this one are relative.\n"
"""Stands in each file that is changed, as section 5 of Waitress's licence asks for, with the day of the change."""

FROM = re.compile(rb"from\s+([\w.]+)")
LICENCE = re.compile(r"(licen[cs]e|notice|copying)", re.IGNORECASE)
COMPILED = {".so", ".pyd", ".dll", ".dylib"}


class VendorError(Exception):
    """A package cannot be vendored; the text says why."""


class ThirdParty(NamedTuple):
    """A package that was copied in: what its publisher says of it, and its licence files in the target folder."""

    name: str
    version: str
    licence: str
    home: str
    files: list[str]


def vendor(target: Path, packages: Mapping[str, Distribution]) -> list[ThirdParty]:
    """Fill `target`, which must not exist, with the packages and make it a package itself; tell what was copied.

    Each package keeps its licence files, in its own folder, and a file that is changed says so. Raises VendorError
    where a package is compiled or holds an import that cannot be made relative.
    """
    target.mkdir()
    copied = [_copy(source, name, target) for name, source in packages.items()]
    summary = f'"""Copied in by the build: {", ".join(f"{one.name} {one.version}" for one in copied)}."""\n'
    (target / "__init__.py").write_bytes(summary.encode())
    for path in sorted(target.rglob("*.py")):
        depth = len(path.relative_to(target).parts)
        original = path.read_bytes()
        try:
            changed = relative(original, "." * depth, tuple(packages))
        except VendorError as error:
            raise VendorError(f"{path.relative_to(target)}: {error}") from None
        if changed != original:
            path.write_bytes(NOTICE + changed)
    return copied


def relative(source: bytes, dots: str, packages: tuple[str, ...] = PACKAGES) -> bytes:
    """Rewrite a module's absolute imports of the packages; `dots` leads from it to their folder."""
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    edits: list[tuple[int, int, bytes]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom) and _names(node) & set(packages):
            start = starts[node.lineno - 1] + node.col_offset
            end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
            edits.append((start, end, _rewritten(node, source[start:end], dots)))
    for start, end, text in sorted(edits, reverse=True):
        source = source[:start] + text + source[end:]
    return source


def _names(node: ast.Import | ast.ImportFrom) -> set[str]:
    """The top-level packages that a statement imports absolutely."""
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    return {(node.module or "").partition(".")[0]} if node.level == 0 else set()


def _rewritten(node: ast.Import | ast.ImportFrom, statement: bytes, dots: str) -> bytes:
    if isinstance(node, ast.ImportFrom):
        return FROM.sub(rb"from " + dots.encode() + rb"\1", statement, count=1)
    alias = node.names[0]
    parent, _, name = alias.name.rpartition(".")
    # `import a.b` binds `a`, and `import a, b` may mix what is vendored with what is not.
    if len(node.names) > 1 or (parent and not alias.asname):
        raise VendorError(f"line {node.lineno}: `{ast.unparse(node)}` cannot be made relative")
    bound = f" as {alias.asname}" if alias.asname else ""
    return f"from {dots}{parent} import {name}{bound}".encode()


def _copy(source: Distribution, package: str, target: Path) -> ThirdParty:
    for file in source.files or []:
        if file.parts[0] == package and "__pycache__" not in file.parts:
            destination = target / file
        elif _is_licence(file):
            destination = target / package / file.name
        else:
            continue
        if file.suffix in COMPILED:
            raise VendorError(f"{file} is compiled: an add-on runs on every platform")
        destination.parent.mkdir(parents=True, exist_ok=True)
        destination.write_bytes(file.read_binary())
    licences = sorted(path.name for path in (target / package).glob("*") if LICENCE.match(path.name))
    if not licences:
        raise VendorError(f"{package} brings no licence")
    licence, home = _described(source)
    return ThirdParty(package, source.version, licence, home, [f"{package}/{name}" for name in licences])


def _described(source: Distribution) -> tuple[str, str]:
    """The licence's name and the project's page, as its metadata have them."""
    said = source.metadata.get_all
    licence = (said("License-Expression") or said("License") or ["see its file"])[0].removesuffix(" License")
    urls = dict(url.split(", ", 1) for url in said("Project-URL") or [])
    return licence, (said("Home-page") or [urls.get("Source", "")])[0]


def _is_licence(file: PackagePath) -> bool:
    return file.parts[0].endswith(".dist-info") and LICENCE.match(file.name) is not None
