"""Builds the documentation site in build/site: the pages of docs/, and a page for each category of methods.

The pages are laid out in build/site/pages, where MkDocs finds them: what stands beside docs/ becomes a page too, and a
link to a source file leads to the repository at PROJECT_URL, or becomes plain text without it. The build is strict: a
link that leads nowhere is an error.

usage: documentation_site.py
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "build" / "site"
PAGES = BUILT / "pages"
HOME = os.environ.get("PROJECT_URL", "")
BESIDE = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "clients/python/README.md": "python.md",
    "clients/typescript/README.md": "typescript.md",
    "docs/adr": "adr/index.md",
    "spec/openrpc.json": "openrpc.json",
}
"""Files beside docs/, and the folder of decisions, to their places on the site."""
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?!\w+:|#)([^)#\s]+)(#[^)\s]*)?\)")
COMMON = {"invalid_params", "key_required", "permission_denied", "internal_error", "busy"}
"""Kinds of errors that almost every method can have."""


def lay_out() -> None:
    """Write all pages, and the files that they show."""
    shutil.rmtree(BUILT, ignore_errors=True)
    (PAGES / "reference").mkdir(parents=True)
    document = json.loads((ROOT / "spec" / "openrpc.json").read_text(encoding="utf-8"))
    shutil.copy(ROOT / "spec" / "openrpc.json", PAGES)
    shutil.copytree(ROOT / "docs" / "pictures", PAGES / "pictures")
    for source, place in places().items():
        if source.suffix == ".md":
            write(place, moved((ROOT / source).read_text(encoding="utf-8"), source, place))
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    titles = ((path.name, path.read_text(encoding="utf-8").split("\n", 1)[0].lstrip("# ")) for path in decisions)
    write("adr/index.md", "# Decisions\n\n" + "".join(f"- [{title}]({name})\n" for name, title in titles))
    by_category: dict[str, list[dict[str, Any]]] = {}
    for method in document["methods"]:
        by_category.setdefault(method["tags"][0]["name"], []).append(method)
    rows = []
    for name, methods in sorted(by_category.items()):
        text = methods[0]["tags"][0]["description"]
        rows.append(f"| [{name}]({name}.md) | {len(methods)} | {text} |\n")
        write(f"reference/{name}.md", category(name, text, methods))
    head = "# Methods\n\n| category | methods | |\n| --- | --- | --- |\n"
    write("reference/index.md", f"{head}{''.join(rows)}\nThe objects in params and results are [types](types.md).\n")
    write("reference/types.md", types(document["components"]["schemas"]))


def places() -> dict[PurePosixPath, str]:
    """Return each source of a page, relative to the repository, with its place on the site."""
    docs = (path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md"))
    return {PurePosixPath("docs", name): name for name in docs} | {PurePosixPath(k): v for k, v in BESIDE.items()}


def write(place: str, text: str) -> None:
    """Write a page."""
    path = PAGES / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def moved(text: str, source: PurePosixPath, place: str) -> str:
    """Return a page's text with links that fit its place on the site."""
    known = {path.as_posix(): target for path, target in places().items()}

    def link(match: re.Match[str]) -> str:
        picture, label, target, anchor = match[1], match[2], match[3], match[4] or ""
        path = os.path.normpath(source.parent / target).replace(os.sep, "/")
        if path.startswith("docs/pictures/"):
            known[path] = path.removeprefix("docs/")
        if path in known:
            return f"{picture}[{label}]({os.path.relpath(known[path], str(PurePosixPath(place).parent))}{anchor})"
        return f"[{label}]({HOME}/blob/main/{path}{anchor})" if HOME else label

    return LINK.sub(link, text).replace("<details>", "<details markdown>")


def category(name: str, text: str, methods: list[dict[str, Any]]) -> str:
    """Return the page of a category."""
    parts = (part for method in methods for part in described(method))
    return "\n\n".join((f"# {name}", text, *parts)) + "\n"


def described(method: dict[str, Any]) -> Iterator[str]:
    """Describe a method: what it does, its params, result, errors and examples."""
    yield f"## {method['name']}"
    yield method["description"]
    yield " · ".join(facts(method))
    if method["params"]:
        yield "**Params**"
        yield members((param["name"], param["schema"], param["required"]) for param in method["params"])
    result = method["result"]
    yield f"**Result**: {type_of(result['schema'])}. {result['description']}"
    kinds = [error["data"]["kind"] for error in method["errors"] if error["data"]["kind"] not in COMMON]
    listed = ", ".join(f"`{kind}`" for kind in dict.fromkeys(kinds))
    yield f"**Errors**: {listed + ', and ' if listed else ''}[those of every method](../errors.md)."
    for example in method["examples"]:
        params = {param["name"]: param["value"] for param in example["params"]}
        request = {"jsonrpc": "2.0", "id": 1, "method": method["name"], "params": params}
        answer = {"jsonrpc": "2.0", "result": example["result"]["value"], "id": 1}
        yield f"**Example**: {example['description']}"
        yield f"```json\n{shown(request)}\n```"
        yield f"```json\n{shown(answer)}\n```"


def facts(method: dict[str, Any]) -> Iterator[str]:
    """Return what a caller must know of a method beside its params."""
    scopes = ", ".join(f"`{scope}`" for scope in (method["x-scope"], *method["x-also-needs"]))
    yield f"scope {scopes}"
    yield "an action of AnkiConnect, too" if method["x-ankiconnect-action"] else "new"
    for name, words in (
        ("x-writes", "writes"),
        ("x-undoable", "can be undone"),
        ("x-destructive", "can lose data"),
        ("x-idempotent", "idempotent"),
        ("x-startable", "can run as an operation"),
        ("x-needs-window", "needs Anki's window"),
    ):
        if method[name]:
            yield words


def types(schemas: dict[str, Any]) -> str:
    """Return the page of all objects that params and results share."""
    parts = ["# Types"]
    for name, schema in sorted(schemas.items()):
        required = schema.get("required", ())
        parts += [f"## {name}", schema.get("description", "")]
        if rows := [(key, value, key in required) for key, value in schema.get("properties", {}).items()]:
            parts.append(members(iter(rows)))
        if isinstance(others := schema.get("additionalProperties"), dict):
            parts.append(f"Each other member: {type_of(others)}.")
    return "\n\n".join(filter(None, parts)) + "\n"


def members(rows: Iterator[tuple[str, dict[str, Any], bool]]) -> str:
    """Return a table of params, or of an object's members."""
    lines = ["| name | type | meaning |", "| --- | --- | --- |"]
    for name, schema, required in rows:
        text = " ".join(schema.get("description", "").split()).replace("|", "\\|")
        if "default" in schema:
            text += f" Default: `{json.dumps(schema['default'], ensure_ascii=False)}`."
        mark = "" if required else ", optional"
        lines.append(f"| `{name}` | {type_of(schema)}{mark} | {text} |")
    return "\n".join(lines)


def type_of(schema: dict[str, Any]) -> str:
    """Return a schema's type in words; the types of components are links."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](types.md#{name.lower()})"
    if "enum" in schema:
        return " or ".join(f"`{json.dumps(value, ensure_ascii=False)}`" for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(type_of(each) for each in schema["anyOf"]))
    kinds = schema.get("type", "any value")
    words = " or ".join(kinds) if isinstance(kinds, list) else kinds
    if "array" in kinds and "items" in schema:
        words = words.replace("array", f"list of {type_of(schema['items'])}")
    if isinstance(others := schema.get("additionalProperties"), dict):
        words = words.replace("object", f"object of {type_of(others)}")
    return words


def shown(value: object) -> str:
    """Return JSON on one line if it is short, else indented."""
    short = json.dumps(value, ensure_ascii=False)
    return short if len(short) <= 100 else json.dumps(value, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    lay_out()
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "--strict",
        "--config-file",
        str(ROOT / "mkdocs.yml"),
    ]
    sys.exit(subprocess.run(command, check=False, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}).returncode)  # noqa: S603
