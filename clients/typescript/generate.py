"""Writes the parts of the client that follow from the OpenRPC document: types, methods and kinds of errors."""

from __future__ import annotations

import json
import re
import sys
import textwrap
import urllib.request
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SPEC = HERE.parents[1] / "spec" / "openrpc.json"
HEAD = '// @ts-self-types="./{name}.d.ts"\n// Made from spec/openrpc.json by `make clients`: do not edit.\n\n'
WIDTH = 118
LOSSES = {"$ref": "#/components/schemas/Losses"}
SIMPLE = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def main(target: Path, source: str | Path = SPEC) -> None:
    """Write the modules to a folder. `source`: the file of the document, or the address of a gateway."""
    document = read(source)
    target.mkdir(parents=True, exist_ok=True)
    (target / "types.ts").write_text(_types(document), encoding="utf-8")
    (target / "methods.ts").write_text(_methods(document), encoding="utf-8")


def read(source: str | Path) -> dict[str, Any]:
    """Return a document: of a file, or of a gateway, with the actions of its extensions."""
    if "://" not in str(source):
        return json.loads(Path(source).read_text(encoding="utf-8"))
    with urllib.request.urlopen(f"{str(source).rstrip('/')}/openrpc.json", timeout=30) as response:  # noqa: S310 - it is the caller's
        return json.load(response)


def _types(document: dict[str, Any]) -> str:
    parts = [_comment("The entry for an id that does not exist: an empty object.")]
    parts[0] += "export type Missing = { [member: string]: never };\n"
    parts += [_named(name, schema) for name, schema in document["components"]["schemas"].items()]
    for method in document["methods"]:
        params = {"properties": {p["name"]: p["schema"] for p in method["params"]}}
        params["required"] = [p["name"] for p in method["params"] if p["required"]]
        say = {"description": f"The params of `{method['name']}`.", "additionalProperties": False}
        parts.append(_named(f"{_pascal(method['name'])}Params", {"type": "object", **params, **say}))
    for event in document["x-events"]:
        properties = {p["name"]: p["schema"] for p in event["params"]}
        params = _object({"properties": properties, "required": list(properties)}, "  ")
        members = f'{{ id: string; method: "{event["name"]}"; params: {params} }}'
        parts.append(f"{_comment(event['summary'])}export type {_pascal(event['name'])}Event = {members};\n")
    events = "\n  | ".join(_pascal(event["name"]) + "Event" for event in document["x-events"])
    parts.append(
        f"/** Anything that happens in Anki; `method` says which. */\nexport type AnkiEvent =\n  | {events};\n"
    )
    kinds = "\n  | ".join(f'"{error["data"]["kind"]}"' for error in document["components"]["errors"].values())
    parts.append(f"/** What can be wrong; `RpcError` has it as its `kind`. */\nexport type ErrorKind =\n  | {kinds};\n")
    return HEAD.format(name="types") + "\n".join(parts)


def _methods(document: dict[str, Any]) -> str:
    kinds = {error["code"]: error["data"]["kind"] for error in document["components"]["errors"].values()}
    methods, calls, names = [], [], []
    for method in document["methods"]:
        name, params = method["name"], f"types.{_pascal(method['name'])}Params"
        default = "" if any(p["required"] for p in method["params"]) else "?"
        result = _qualified(method["result"]["schema"])
        raised = ", ".join(kinds[error["code"]] for error in method["errors"] if error["code"] > 0)
        about = f"{method['description']}\n\n@returns {method['result']['description']}"
        comment = _comment(
            about + (f"\n@throws {{RpcError}} of the kinds {raised}, or of another." if raised else ""), "  "
        )
        shapes = [(params, default, result)]
        for given, one in _variants(method):
            kind = f"{params} & {{ {given} }}"
            optional = default if "?:" in given else ""
            shapes.insert(len(shapes) - 1, (kind, optional, _qualified(one)))
        methods.append(
            comment
            + "\n".join(
                f"  {name}(params{mark}: {kind}, options?: CallOptions): Promise<{one}>;" for kind, mark, one in shapes
            )
        )
        calls.append(f"  {name}: {{ params: {params}; result: {result} }};")
        names.append(f'  "{name}",')
    head = HEAD.format(name="methods")
    head += 'import type { CallOptions } from "./core.js";\nimport type * as types from "./types.js";\n\n'
    return (
        f"{head}/** A method of the client for each method of the gateway. */\nexport interface Methods {{\n"
        + "\n\n".join(methods)
        + "\n}\n\n/** The params and the result of each method. */\nexport interface Calls {\n"
        + "\n".join(calls)
        + "\n}\n\n/** The names of all methods. */\nexport const METHODS: readonly (keyof Methods)[] = [\n"
        + "\n".join(names)
        + "\n];\n"
    )


def _variants(method: dict[str, Any]) -> list[tuple[str, Any]]:
    """Tell results apart that depend on a param: those of dry runs, and entries of chosen members."""
    names, schema = {param["name"] for param in method["params"]}, method["result"]["schema"]
    choices = schema.get("anyOf", [])
    if "dryRun" in names and LOSSES in choices:
        others = [choice for choice in choices if choice != LOSSES]
        return [("dryRun?: false | null", {"anyOf": others}), ("dryRun: true", LOSSES)]
    entries = schema.get("items", {}).get("anyOf", []) if schema.get("type") == "array" else []
    parts = [entry for entry in entries if entry.get("$ref", "").endswith("Part")]
    if "fields" in names and parts:
        others = [entry for entry in entries if entry not in parts]
        chosen = [*parts, *(entry for entry in others if "$ref" not in entry)]
        return [
            ("fields?: null", {"type": "array", "items": {"anyOf": others}}),
            ("fields: string[]", {"type": "array", "items": {"anyOf": chosen}}),
        ]
    return []


def _named(name: str, schema: dict[str, Any]) -> str:
    comment = _comment(schema.get("description", ""))
    if schema.get("type") == "object" and "properties" in schema:
        return f"{comment}export interface {name} {_object(schema)}\n"
    return f"{comment}export type {name} = {_type(schema)};\n"


def _qualified(schema: dict[str, Any]) -> str:
    return _type(schema, "    ", "types.")


def _type(schema: dict[str, Any], indent: str = "", prefix: str = "") -> str:
    """Return the type of a schema as source."""
    if "$ref" in schema:
        return prefix + schema["$ref"].rpartition("/")[2]
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(choice, indent, prefix) for choice in schema["anyOf"]))
    kind = schema.get("type")
    if isinstance(kind, list):
        return " | ".join(_type({**schema, "type": one}, indent, prefix) for one in kind)
    if kind == "array":
        item = _type(schema.get("items", {}), indent, prefix)
        return f"({item})[]" if re.search(r" \| ", item) else f"{item}[]"
    return _object(schema, indent, prefix) if kind == "object" else SIMPLE.get(kind or "", "unknown")


def _object(schema: dict[str, Any], indent: str = "", prefix: str = "") -> str:
    properties, rest = schema.get("properties", {}), schema.get("additionalProperties")
    if not properties and "properties" in schema and rest is False:
        return f"{prefix}Missing" if schema.get("title") == "Missing" else "{ [member: string]: never }"
    inner, lines = indent + "  ", []
    for name, member in properties.items():
        mark = "" if name in schema.get("required", []) else "?"
        key = name if re.fullmatch(r"[A-Za-z_$][\w$]*", name) else json.dumps(name)
        lines.append(
            f"{_comment(member.get('description', ''), inner)}{inner}{key}{mark}: {_type(member, inner, prefix)};"
        )
    if not properties:
        value = _type(rest, inner, prefix) if isinstance(rest, dict) else "unknown"
        return f"{{ [name: string]: {value} }}"
    if isinstance(rest, dict) or rest is True:
        lines.append(f"{inner}[name: string]: unknown;")
    return "{\n" + "\n".join(lines) + f"\n{indent}}}"


def _comment(text: str, indent: str = "") -> str:
    if not text:
        return ""
    lines = [
        line
        for paragraph in text.replace("*/", "* /").splitlines()
        for line in textwrap.wrap(paragraph, WIDTH - len(indent) - 3, break_long_words=False) or [""]
    ]
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    return f"{indent}/**\n" + "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines) + f"{indent} */\n"


def _pascal(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "src", *sys.argv[2:3])
