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
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SPEC = HERE.parents[1] / "spec" / "openrpc.json"
HEAD = "# Made from spec/openrpc.json by `make clients`: do not edit.\n\n"
PARAMS, REPLY = "CallParams", "CallReply"
EVENT, EVENT_PARAMS = "Event", "EventParams"


def main(target: Path) -> None:
    """Write the three modules to a folder."""
    document = json.loads(SPEC.read_text(encoding="utf-8"))
    classes = _models(document)
    hidden = {name for name in classes if name.endswith((PARAMS, REPLY))}
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
    return name[:1].upper() + name[1:]


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
    raised = {error["code"]: name for name, error in document["components"]["errors"].items()}
    known = {name for name in models if not name.endswith((PARAMS, REPLY))}
    head = (
        f'{HEAD}"""A method of the client for each method of the gateway."""\n\nfrom __future__ import annotations\n\n'
        "from collections.abc import Mapping\nfrom typing import Any, Literal\n\n"
        "from . import types\nfrom ._core import Reply\n"
    )
    parts = [head]
    for name, say, prefix, wait in (
        ("Methods", "Methods that wait for the answer.", "def", ""),
        ("AsyncMethods", "Methods to be awaited.", "async def", "await "),
        ("BatchMethods", "Methods whose results are there when the batch has been sent.", "def", ""),
    ):
        is_batch = name == "BatchMethods"
        returned = "Reply[Any]" if is_batch else "Any"
        call = (
            f"    {prefix} _call(self, method: str, required: Mapping[str, Any], /, **optional: Any) -> {returned}:\n"
            "        raise NotImplementedError\n"
        )
        body = [f'class {name}:\n    """{say}"""\n', call]
        for method in document["methods"]:
            params = _annotations(models, method["name"] + PARAMS, known)
            result = _annotations(models, method["name"] + REPLY, known)["result"]
            if is_batch:
                result = f"Reply[{result}]"
            signature, required, optional = ["self"], [], []
            for param in method["params"]:
                wire, own = param["name"], snake(param["name"])
                kind = params[wire]
                if param["required"]:
                    required.append(f'"{wire}": {own}')
                else:
                    kind = f"{kind.removesuffix(' | None')} | None = None"
                    optional.append(f"{wire}={own}")
                signature.append(f"{own}: {kind}")
            given = [f'"{method["name"]}"', f"{{{', '.join(required)}}}", *optional]
            text = method["summary"] if is_batch else _described(method, raised)
            body.append(
                f"    {prefix} {snake(method['name'])}({', '.join(signature)}) -> {result}:\n"
                f"{textwrap.indent(_docstring(text), '    ')}\n"
                f"        result: {result} = {wait}self._call({', '.join(given)})\n        return result\n"
            )
        parts.append("\n".join(body))
    return "\n\n".join(parts)


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


def _described(method: dict[str, Any], raised: dict[int, str]) -> str:
    """The description, params, result, and the errors that are its own: those of any method have negative codes."""
    lines = [f"{snake(p['name'])}: {p['description']}" for p in method["params"]]
    returns = f"Returns: {method['result']['description']}"
    names = ", ".join(raised[error["code"]] for error in method["errors"] if error["code"] > 0)
    outcomes = f"{returns}\nRaises: {names}" if names else returns
    return "\n\n".join([method["description"], *(["\n".join(lines)] if lines else []), outcomes])


def _docstring(text: str) -> str:
    wrapped = "\n".join(
        textwrap.fill(line, 108, subsequent_indent="    " if ": " in line[:40] else "", break_long_words=False)
        for line in text.replace("\\", "\\\\").splitlines()
    )
    end = "\n" if "\n" in wrapped else ""
    return textwrap.indent(f'"""{wrapped}{end}"""', "    ")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "anki_rpc_client")
