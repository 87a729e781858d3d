"""Writes the parts of the client that follow from the OpenRPC document: types, methods, errors.

The types are datamodel-code-generator's. It is given the params and the result of each method as members of objects,
so that signatures take over the annotations that it found.
"""

from __future__ import annotations

import ast
import inspect
import json
import keyword
import re
import subprocess
import sys
import tempfile
import textwrap
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
SPEC = HERE.parents[1] / "spec" / "openrpc.json"
HEAD = "# Made from spec/openrpc.json by `make clients`: do not edit.\n\n"
PARAMS, REPLY = "CallParams", "CallReply"
EVENT, EVENT_PARAMS = "Event", "EventParams"
LOSSES, MISSING = "types.Losses", "types.Missing"
SHARED = {901, 902, 903}
"""Codes of errors that any method on the collection may have: of Anki, of the disk, of an old scheduler."""


def main(target: Path, source: str | Path = SPEC) -> None:
    """Write the three modules to a folder. `source`: the file of the document, or the address of a gateway."""
    document = read(source)
    classes = _models(document)
    hidden = {name for name in classes if name.endswith((PARAMS, REPLY))} | {MISSING.removeprefix("types.")}
    shown = [_shown(node) for name, node in classes.items() if name not in hidden]
    events = " | ".join(_pascal(event["name"]) + EVENT for event in document["x-events"])
    shown.append(f'Event: TypeAlias = {events}\n"""Anything that is told; its `method` tells which."""')
    head = f'{HEAD}"""What goes in and comes out, as the JSON has it."""\n\nfrom __future__ import annotations\n\n'
    imports = "from typing import Any, Literal, NotRequired, TypeAlias, TypedDict, final\n\n"
    (target / "types.py").write_text(head + imports + "\n\n".join(shown) + "\n", encoding="utf-8")
    (target / "errors.py").write_text(_errors(document["components"]["errors"]), encoding="utf-8")
    (target / "_methods.py").write_text(_methods(document, classes), encoding="utf-8")
    files = [str(target / name) for name in ("types.py", "errors.py", "_methods.py")]
    config = HERE.parents[1] / "pyproject.toml"
    ruff = [sys.executable, "-m", "ruff"]
    fix = ["check", "--quiet", "--fix", "--exit-zero", "--select", "F401,I,UP"]
    subprocess.run([*ruff, *fix, "--config", str(config), *files], check=True)
    subprocess.run([*ruff, "format", "--quiet", "--config", str(config), *files], check=True)


def read(source: str | Path) -> dict[str, Any]:
    """Return a document: of a file, or of a gateway, with the actions of its extensions."""
    if "://" not in str(source):
        return json.loads(Path(source).read_text(encoding="utf-8"))
    with urllib.request.urlopen(f"{str(source).rstrip('/')}/openrpc.json", timeout=30) as response:  # noqa: S310 - it is the caller's
        return json.load(response)


def _models(document: dict[str, Any]) -> dict[str, ast.stmt]:
    """Every definition that datamodel-code-generator makes, by its name."""
    schemas = dict(document["components"]["schemas"])
    for method in document["methods"]:
        name = _pascal(method["name"])
        schemas[name + PARAMS] = _object({p["name"]: p["schema"] for p in method["params"]})
        schemas[name + REPLY] = _object({"result": method["result"]["schema"]})
    for event in document["x-events"]:
        name = _pascal(event["name"])
        params = {"$ref": f"#/components/schemas/{name}{EVENT_PARAMS}"}
        schemas[name + EVENT_PARAMS] = _object({p["name"]: p["schema"] for p in event["params"]})
        members = {"id": {"type": "string"}, "method": {"enum": [event["name"]]}, "params": params}
        schemas[name + EVENT] = {"description": event["summary"], **_object(members)}
    empty: dict[str, Any] = {}
    schemas = _with_names(schemas, empty) | empty
    openapi = {"openapi": "3.1.0", "info": {"title": "AnkiRPC", "version": "1"}, "paths": {}}
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder, "openapi.json"), Path(folder, "models.py")
        source.write_text(json.dumps({**openapi, "components": {"schemas": _open(schemas)}}), encoding="utf-8")
        options = "--input-file-type openapi --output-model-type typing.TypedDict --target-python-version 3.11"
        style = "--use-union-operator --use-standard-collections --collapse-root-models --use-schema-description"
        command = [
            Path(sys.executable).with_name("datamodel-codegen"),
            "--input",
            source,
            "--output",
            output,
            *options.split(),
            *style.split(),
        ]
        subprocess.run(
            [*command, "--use-field-description", "--disable-timestamp", "--formatters", "builtin"], check=True
        )
        tree = ast.parse(output.read_text(encoding="utf-8"))
    found: dict[str, ast.stmt] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found[node.target.id] = node
    return found


def _shown(node: ast.stmt) -> str:
    """A definition as source, with docstrings as people write them. It is final, so that `in` tells classes apart."""
    if not isinstance(node, ast.ClassDef):
        return ast.unparse(node)
    lines = ["@final", f"class {node.name}({', '.join(map(ast.unparse, node.bases))}):"]
    for member in node.body:
        match member:
            case ast.Expr(ast.Constant(str(text))):
                lines.append(_docstring(inspect.cleandoc(text)))
            case _:
                lines.append(textwrap.indent(ast.unparse(member), "    "))
    return "\n".join(lines)


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _with_names(value: Any, empty: dict[str, Any]) -> Any:
    """With references to the objects without members, which become classes; in the document they are no components."""
    if isinstance(value, list):
        return [_with_names(item, empty) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "object" and value.get("properties") == {} and "title" in value:
        empty[value["title"]] = value
        return {"$ref": f"#/components/schemas/{value['title']}"}
    return {name: _with_names(inner, empty) for name, inner in value.items()}


def _open(value: Any) -> Any:
    """Without `additionalProperties: true` or `false`, which a TypedDict of Python 3.11 cannot say."""
    if isinstance(value, dict):
        return {k: _open(v) for k, v in value.items() if not (k == "additionalProperties" and isinstance(v, bool))}
    return [_open(item) for item in value] if isinstance(value, list) else value


def _pascal(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))


def snake(name: str) -> str:
    """The name in Python."""
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
    return f"{name}_" if keyword.iskeyword(name) else name


def _errors(errors: dict[str, Any]) -> str:
    parts = [f'{HEAD}"""Every kind of error that the gateway gives."""\n\nfrom ._core import RpcError\n']
    for name, error in errors.items():
        data = json.dumps(error["data"])
        docstring = f"{error['message'].rstrip('.')}.\n\nCode {error['code']}; `data` is, for example, `{data}`."
        parts.append(f'class {name}(RpcError):\n{_docstring(docstring)}\n\n    kind = "{error["data"]["kind"]}"\n')
    return "\n\n".join(parts)


def _methods(document: dict[str, Any], models: dict[str, ast.stmt]) -> str:
    known = {name for name in models if not name.endswith((PARAMS, REPLY))}
    head = (
        f'{HEAD}"""A method of the client for each method of the gateway."""\n\nfrom __future__ import annotations\n\n'
        "from collections.abc import Mapping\nfrom typing import Any, Literal, overload\n\n"
        "from . import types\nfrom ._core import Reply\n"
    )
    parts = [head]
    for name, say, prefix, wait in (
        ("Methods", "Methods that wait for the response.", "def", ""),
        ("AsyncMethods", "Methods to be awaited.", "async def", "await "),
        ("BatchMethods", "Methods whose results are there once the batch has been sent.", "def", ""),
    ):
        is_batch = name == "BatchMethods"
        returned = "Reply[Any]" if is_batch else "Any"
        call = (
            f"    {prefix} _call(self, method: str, required: Mapping[str, Any], /, **optional: Any) -> {returned}:\n"
            "        raise NotImplementedError\n"
        )
        body = [f'class {name}:\n    """{say}"""\n', call]
        for method in document["methods"]:
            params = _params(method, _annotations(models, method["name"] + PARAMS, known))
            result = _annotations(models, method["name"] + REPLY, known)["result"]
            start = f"    {prefix} {snake(method['name'])}"
            results = _results(method, result)
            for signature, one in _overloads(params, results):
                kind = f"Reply[{one}]" if is_batch else one
                body.append(f"    @overload\n{start}({signature}) -> {kind}: ...\n")
            result = f"Reply[{results.any}]" if is_batch else results.any
            required = [f'"{p.wire}": {p.name}' for p in params if p.is_required]
            optional = [f"{p.wire}={p.name}" for p in params if not p.is_required]
            given = [f'"{method["name"]}"', f"{{{', '.join(required)}}}", *optional]
            text = method["summary"] if is_batch else _described(method, document["components"]["errors"])
            body.append(
                f"{start}({', '.join(['self', *(p.declared() for p in params)])}) -> {result}:\n"
                f"{textwrap.indent(_docstring(text), '    ')}\n"
                f"        result: {result} = {wait}self._call({', '.join(given)})\n        return result\n"
            )
        parts.append("\n".join(body))
    return "\n\n".join(parts)


class Param(NamedTuple):
    """A param of a method: its names on the wire and here, and its annotation without `| None`."""

    wire: str
    name: str
    kind: str
    is_required: bool

    def declared(self, kind: str | None = None) -> str:
        """Return it as a signature has it, if wanted with another annotation."""
        kind = kind or self.kind
        return f"{self.name}: {kind}" if self.is_required else f"{self.name}: {kind} | None = None"


class Results(NamedTuple):
    """The annotations of a result. If one param decides between two, they are `without` it and `with_it`."""

    any: str
    param: str = ""
    without: str = ""
    with_it: str = ""


def _params(method: dict[str, Any], kinds: dict[str, str]) -> list[Param]:
    return [
        Param(
            p["name"],
            snake(p["name"]),
            kinds[p["name"]] if p["required"] else kinds[p["name"]].removesuffix(" | None"),
            p["required"],
        )
        for p in method["params"]
    ]


def _results(method: dict[str, Any], result: str) -> Results:
    """Tell results apart that depend on a param: those of dry runs, and entries of chosen members.

    An unknown id gives an empty object in some lists. No type is as narrow as a TypedDict and has members that can be
    missing, so that object is left out of the annotation.
    """
    names = {param["name"] for param in method["params"]}
    members = result.split(" | ")
    if "dryRun" in names and LOSSES in members:
        without = " | ".join(member for member in members if member != LOSSES)
        return Results(f"{without} | {LOSSES}", "dry_run", without, LOSSES)
    if result.startswith("list["):
        entries = [entry for entry in result[5:-1].split(" | ") if entry != MISSING]
        parts = [entry for entry in entries if re.fullmatch(r"types\.\w+Part", entry)]
        if "fields" in names and parts:
            without = f"list[{' | '.join(entry for entry in entries if entry not in parts)}]"
            with_it = f"list[{' | '.join(parts)}]"
            return Results(f"{without} | {with_it}", "fields", without, with_it)
        return Results(f"list[{' | '.join(entries)}]")
    return Results(result)


def _overloads(params: list[Param], results: Results) -> list[tuple[str, str]]:
    """Return the signature and the result of each overload: without the deciding param, with it, and with either."""
    if not results.param:
        return []
    place = next(index for index, param in enumerate(params) if param.name == results.param)
    before, decides = [param.declared() for param in params[:place]], params[place]
    after = [param.declared() for param in params[place + 1 :]]
    is_flag = decides.kind == "bool"
    none = decides.declared("Literal[False]") if is_flag else f"{decides.name}: None = None"
    given = f"{decides.name}: {'Literal[True]' if is_flag else decides.kind}"
    return [
        (", ".join(["self", *before, none, *after]), results.without),
        (", ".join(["self", *before, "*", given, *after]), results.with_it),
        (", ".join(["self", *before, decides.declared(), *after]), results.any),
    ]


def _annotations(models: dict[str, ast.stmt], name: str, known: set[str]) -> dict[str, str]:
    """The annotation of each member of a class, with the names of our types qualified."""
    node = models.get(_pascal(name))
    if not isinstance(node, ast.ClassDef):
        return {}
    found = {}
    for member in node.body:
        if isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name):
            text = ast.unparse(member.annotation)
            found[member.target.id] = re.sub(r"\b[A-Z]\w*", lambda m: f"types.{m[0]}" if m[0] in known else m[0], text)
    return found


def _described(method: dict[str, Any], errors: dict[str, Any]) -> str:
    """Return the description with the params, the result, and the errors that not all methods share."""
    parts = [method["description"]]
    if method["params"]:
        parts.append("\n".join(["Args:", *(f"    {snake(p['name'])}: {p['description']}" for p in method["params"])]))
    parts.append(f"Returns:\n    {method['result']['description']}")
    own = {error["code"] for error in method["errors"] if error["code"] > 0} - SHARED
    raised = [f"    {name}: {error['message']}" for name, error in errors.items() if error["code"] in own]
    other = "Another kind of error." if raised else "Any kind of error."
    parts.append("\n".join(["Raises:", *raised, f"    RpcError: {other}"]))
    return "\n\n".join(parts)


def _docstring(text: str) -> str:
    wrapped = "\n".join(
        textwrap.fill(
            line,
            108,
            subsequent_indent=" " * 8 if re.match(r"    \w+: ", line) else line[: len(line) - len(line.lstrip())],
            break_long_words=False,
        )
        for line in text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"').splitlines()
    )
    end = "\n" if "\n" in wrapped or wrapped.endswith('"') else ""
    return textwrap.indent(f'"""{wrapped}{end}"""', "    ")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "anki_rpc_client", *sys.argv[2:3])
