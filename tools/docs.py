"""Writes what the documentation takes from elsewhere: settings, options, errors, agents' tools, the clients tried."""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from addon.config import Config  # noqa: E402
from addon.files import path_policy  # noqa: E402
from addon.files.path_policy import Reach  # noqa: E402
from addon.mcp.tools import Tool  # noqa: E402
from addon.mcp.tools import tools as agents_tools  # noqa: E402
from addon.rpc.caller import CallerKind  # noqa: E402
from addon.rpc.openrpc import stored  # noqa: E402
from addon.schemas.config import LimitSettings, Settings  # noqa: E402
from addon.terminal.arguments import parser as command_line  # noqa: E402

MANY = 20
"""More methods than these are counted, not named."""


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def settings() -> str:
    """All settings with their defaults, as a table."""
    return table(("setting", "default", "meaning"), _settings())


def config_help() -> str:
    """A paragraph for each setting: Anki's *Config* window shows no tables, and is narrow."""
    return "\n\n".join(f"**{name}** (default: {default})<br>\n{meaning}" for name, default, meaning in _settings())


def _settings() -> Iterator[tuple[str, str, str]]:
    known = {field.name for field in fields(Config)}
    config = Config()
    for name, field in Settings().fields.items():
        if name in known:
            default = getattr(config, name)
            shown = {} if is_dataclass(default) else default
            yield f"`{field.data_key}`", f"`{json.dumps(shown)}`", field.metadata["description"]


def limits() -> str:
    """What the setting `limits` may hold."""
    rows = (
        (f"`{field.data_key}`", str(getattr(Config().limits, name)), field.metadata["description"])
        for name, field in LimitSettings().fields.items()
    )
    return table(("limit", "default", "meaning"), rows)


def options() -> str:
    """The options of each command, with the environment variables that stand for them."""
    (commands,) = (a for a in command_line()._actions if isinstance(a, argparse._SubParsersAction))
    return "\n\n".join(f"### `anki-rpc {name}`\n\n{_options(parser)}" for name, parser in commands.choices.items())


def _options(parser: argparse.ArgumentParser) -> str:
    rows = []
    for option in parser._actions:
        if isinstance(option, argparse._HelpAction):
            continue
        meaning, _, variable = (option.help or "").partition(" [")
        name = ", ".join(option.option_strings) or option.dest
        rows.append((f"`{name}`", f"`{variable.rstrip(']')}`" if variable else "", meaning))
    return table(("option", "environment", "meaning"), rows)


def errors() -> str:
    """Every error with its code, an example of its data, and the methods that give it."""
    document = stored()
    methods = document["methods"]
    rows = []
    for error in sorted(document["components"]["errors"].values(), key=lambda error: error["code"]):
        names = [m["name"] for m in methods if error["code"] in {e["code"] for e in m["errors"]}]
        kind = error["data"]["kind"]
        rows.append((str(error["code"]), f"`{kind}`", error["message"], f"`{_compact(error['data'])}`", _by(names)))
    return table(("code", "`data.kind`", "meaning", "`data`, for example", "methods"), rows)


def tools() -> str:
    """The tools that agents are offered without mcpAllTools."""
    rows = (
        (f"`{name}`", _scope(tool), "yes" if tool.is_common else "", tool.description.partition("\n")[0])
        for name, tool in agents_tools(stored()).items()
        if tool.is_curated
    )
    return table(("tool", "", "listed", "what it does"), rows)


def _scope(tool: Tool) -> str:
    if tool.reads:
        return "reads"
    return "destructive" if tool.destroys else "writes"


def paths() -> str:
    """What callers may do with the files that they name, by where the files are."""
    rows = ((folder.value, *(_reach(*cell) for cell in cells.values())) for folder, cells in path_policy.TABLE.items())
    return table(("what lies in", *(kind.value for kind in CallerKind)), rows)


def _reach(*reaches: path_policy.Reach) -> str:
    words = [
        {Reach.ALL: access.value, Reach.BY_NAME: f"{access.value} {kinds}"}.get(reach)
        for access, kinds, reach in zip(path_policy.Access, ("media and packages", "packages"), reaches, strict=True)
    ]
    return ", ".join(filter(None, words)) or "nothing"


def clients() -> str:
    """The clients of AnkiConnect that are tried, what AnkiConnect itself replied to them, and each difference."""
    known = tomllib.loads(CLIENTS.read_text(encoding="utf-8"))
    rows = known["client"]
    head = ("client", "from", "what it does", "headless", "in Anki", "with AnkiConnect", "same replies")
    sent, alike = (sum(column) for column in zip(*map(_replies, rows), strict=True))
    total = (
        f"{len(rows)} clients sent AnkiConnect {sent} requests; {alike} of the replies are the same here. The others:"
    )
    differences = (f"- {text} ([row](compatibility.md#{name}))." for name, text in known["differences"].items())
    return "\n\n".join((table(head, map(_client, rows)), total, "\n".join(differences)))


def coverage() -> str:
    """What can be done in Anki, by area: the methods that do it, or why none does."""
    areas = tomllib.loads(COVERAGE.read_text(encoding="utf-8"))
    del areas["internal"]
    operations = [operation for area in areas.values() for operation in area.values()]
    done = sum("methods" in operation for operation in operations)
    total = f"Of {len(operations)} operations, {done} have a method; for each of the others there is a reason."
    parts = (
        f"## {area}\n\n{table(('operation', 'methods'), ((name, _methods(each)) for name, each in rows.items()))}"
        for area, rows in areas.items()
    )
    return "\n\n".join((total, *parts))


def _methods(operation: dict[str, Any]) -> str:
    if "reason" in operation:
        return f"None. {operation['reason']}"
    names = ", ".join(f"`{name}`" for name in operation["methods"])
    return f"{names}. {operation['partly']}" if "partly" in operation else names


def _client(row: dict[str, Any]) -> tuple[str, ...]:
    name = f"{row['name']} {_version(row)}".strip()
    source = SOURCES.get(row["from"], row["from"])
    anki = "passes, with windows" if row.get("windows") else "passes" if row.get("anki", True) else ""
    sent, alike = _replies(row)
    differ = ", ".join(f"[{why.replace('-', ' ')}](compatibility.md#{why})" for why in _differ(row))
    same = f"{alike} of {sent}: {differ}" if differ else f"{alike} of {sent}"
    return name, source, row["does"], "passes", anki, "passes" if row["ankiconnect"]["passes"] else "fails", same


def _replies(row: dict[str, Any]) -> tuple[int, int]:
    """How many replies AnkiConnect gave to a client, and how many of them are the same here."""
    sent = row["ankiconnect"]["requests"]
    return sent, sent - sum(_differ(row).values())


def _differ(row: dict[str, Any]) -> dict[str, int]:
    return dict(row["ankiconnect"].get("differ", {}))


def _version(row: dict[str, Any]) -> str:
    """The version that is pinned; none of what no registry has."""
    if row["from"] == "npm":
        packages = (json.loads(path.read_text(encoding="utf-8"))["packages"] for path in NPM)
        return str(next(found["version"] for each in packages if (found := each.get(f"node_modules/{row['name']}"))))
    pins = "".join(path.read_text(encoding="utf-8") for path in PYPI)
    pin = re.search(rf"^{re.escape(row['name'])}==(\S+)", pins, re.MULTILINE)
    return pin[1] if pin else ""


def _by(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) if len(names) <= MANY else f"{len(names)} methods"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


SOURCES = {"requests": "its source", "sent": "what it sent"}
COVERAGE = ROOT / "docs" / "coverage.toml"
CLIENTS = ROOT / "tests" / "clients" / "clients.toml"
NPM = tuple(ROOT / "tests" / "clients" / folder / "package-lock.json" for folder in ("openrpc", "yanki"))
PYPI = tuple(ROOT / "requirements" / f"{name}.txt" for name in ("clients", "published"))
PARTS = {
    part.__name__: part for part in (settings, config_help, limits, options, errors, tools, paths, clients, coverage)
}
FILES = (
    ROOT / "addon" / "config.md",
    *(ROOT / "docs" / f"{name}.md" for name in ("clients", "configuration", "coverage", "errors", "mcp", "security")),
)
MARK = re.compile(r"(<!-- (\w+): made by `make docs` -->\n).*?(<!-- end -->)", re.DOTALL)


def written() -> Iterator[tuple[Path, str]]:
    """Each file, and what it is to hold."""
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        yield path, MARK.sub(lambda match: f"{match[1]}\n{PARTS[match[2]]()}\n\n{match[3]}", text)


if __name__ == "__main__":
    for path, text in written():
        path.write_text(text, encoding="utf-8")
