"""Writes what the documentation takes from the code: settings, the command line's options, errors, tools of agents."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from addon import path_policy  # noqa: E402
from addon.__main__ import _parser  # noqa: E402
from addon.config import Config  # noqa: E402
from addon.mcp_tools import tools as agents_tools  # noqa: E402
from addon.path_policy import Reach  # noqa: E402
from addon.rpc.openrpc import stored  # noqa: E402
from addon.schemas.config import LimitSettings, Settings  # noqa: E402

MANY = 20
"""More methods than these are counted, not named."""


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def settings() -> str:
    """All settings with their defaults, in the order of the schema."""
    known = {field.name for field in fields(Config)}
    config = Config()
    rows = []
    for name, field in Settings().fields.items():
        if name in known:
            default = getattr(config, name)
            told = {} if is_dataclass(default) else default
            rows.append((f"`{field.data_key}`", f"`{json.dumps(told)}`", field.metadata["description"]))
    return table(("setting", "default", "meaning"), rows)


def limits() -> str:
    """What the setting `limits` may hold."""
    rows = (
        (f"`{field.data_key}`", str(getattr(Config().limits, name)), field.metadata["description"])
        for name, field in LimitSettings().fields.items()
    )
    return table(("limit", "default", "meaning"), rows)


def options() -> str:
    """The options of each command, with the environment variables that stand for them."""
    (commands,) = (a for a in _parser()._actions if isinstance(a, argparse._SubParsersAction))
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
    document = stored().value
    methods = document["methods"]
    rows = []
    for error in sorted(document["components"]["errors"].values(), key=lambda error: error["code"]):
        names = [m["name"] for m in methods if error["code"] in {e["code"] for e in m["errors"]}]
        kind = error["data"]["kind"]
        rows.append((str(error["code"]), f"`{kind}`", error["message"], f"`{_compact(error['data'])}`", _by(names)))
    return table(("code", "`data.kind`", "meaning", "`data`, for example", "methods"), rows)


def tools() -> str:
    """The tools that agents are offered without mcpAllTools."""
    summaries = {method["name"]: method["summary"] for method in stored().value["methods"]}
    rows = (
        (f"`{name}`", _scope(tool.definition["annotations"]), summaries[name])
        for name, tool in agents_tools(stored().value).items()
        if tool.is_curated
    )
    return table(("tool", "", "what it does"), rows)


def _scope(annotations: dict[str, bool]) -> str:
    if annotations["readOnlyHint"]:
        return "reads"
    return "destructive" if annotations["destructiveHint"] else "writes"


def paths() -> str:
    """What callers may do with the files that they name, by where the files are."""
    rows = ((folder.value, *(_reach(*cell) for cell in cells.values())) for folder, cells in path_policy.TABLE.items())
    return table(("what lies in", *(kind.value for kind in path_policy.Kind)), rows)


def _reach(*reaches: path_policy.Reach) -> str:
    words = [
        {Reach.ALL: access.value, Reach.BY_NAME: f"{access.value} {kinds}"}.get(reach)
        for access, kinds, reach in zip(path_policy.Access, ("media and packages", "packages"), reaches, strict=True)
    ]
    return ", ".join(filter(None, words)) or "nothing"


def _by(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) if len(names) <= MANY else f"{len(names)} methods"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


PARTS = {"settings": settings, "limits": limits, "options": options, "errors": errors, "tools": tools, "paths": paths}
FILES = (
    ROOT / "addon" / "config.md",
    *(ROOT / "docs" / f"{name}.md" for name in ("configuration", "errors", "mcp", "security")),
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
