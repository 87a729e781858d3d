"""The OpenRPC document (https://spec.open-rpc.org, 1.2.6), generated from the registry and its schemas.

It is generated when the project is built, with apispec, which converts marshmallow's schemas to JSON Schema. The
gateway serves the stored file, with its own address in it, and derives the document without references from it. The
document uses the subset of JSON Schema that every known tool accepts: draft 7, local references to component schemas, a
title on every schema, lists of types only for scalars, components only for objects with members.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from ..vendored import marshmallow
from ..version import VERSION
from .errors import (
    ActionError,
    Busy,
    Cancelled,
    ExtensionFailed,
    InternalError,
    InvalidParams,
    KeyRequired,
    PermissionDenied,
    ResponseTooLarge,
    StaleSession,
    StillRunning,
    every_error,
)
from .executor import RunsOn
from .registry import Action, AddedAction, AddedEvent, Example, Registry

JsonObject = dict[str, Any]

_PACKAGE = Path(__file__).parent.parent
_PLACES = (_PACKAGE / "openrpc.json", _PACKAGE.parent / "spec" / "openrpc.json")
"""Its place in the packaged add-on, and in a checkout."""

_ADDRESS = "http://127.0.0.1:8765/"
_SCALARS = {"string", "integer", "number", "boolean", "null"}

_OF_ANKI = ("anki_error", "storage_failed", "scheduler_outdated")
_COMMON_ERRORS: Mapping[RunsOn, tuple[str, ...]] = {
    RunsOn.ANY: (),
    RunsOn.COLLECTION: ("collection_unavailable", "anki_too_old", "busy", "still_running", *_OF_ANKI),
    RunsOn.GUI: ("collection_unavailable", "gui_unavailable", "anki_too_old", "busy", "still_running", *_OF_ANKI),
}
"""Kinds of errors that any call can end with, by the place where it runs."""


class ServedDocument(NamedTuple):
    """The document, as the gateway serves it."""

    body: bytes
    etag: str


@cache
def stored() -> JsonObject:
    """The generated document; an empty object if none was generated yet."""
    value: JsonObject = next((orjson.loads(path.read_bytes()) for path in _PLACES if path.exists()), {})
    return value


class Contract:
    """The document, in both forms, as it is served."""

    def __init__(self, document: JsonObject) -> None:
        self.document = document
        self.served = lru_cache(maxsize=4)(self._serve)
        """Returns one of the two forms, for the address at which it is served."""

    @cached_property
    def dereferenced(self) -> JsonObject:
        """The document with each reference replaced by the schema, and without the schemas of the components."""
        components = self.document.get("components", {})
        schemas = components.get("schemas", {})
        resolved: JsonObject = {}

        def whole(part: Any) -> Any:
            if isinstance(part, list):
                return [whole(item) for item in part]
            if not isinstance(part, dict):
                return part
            if "$ref" not in part:
                return {name: whole(inner) for name, inner in part.items()}
            name = part["$ref"].rpartition("/")[2]
            if name not in resolved:
                resolved[name] = whole(schemas[name])
            return resolved[name]

        rest = {name: part for name, part in components.items() if name != "schemas"}
        found = {name: whole(part) for name, part in self.document.items() if name != "components"}
        return {**found, "components": rest}

    def _serve(self, address: str | None, *, is_dereferenced: bool) -> ServedDocument:
        body = orjson.dumps(at(address, self.dereferenced if is_dereferenced else self.document))
        return ServedDocument(body, hashlib.sha256(body).hexdigest()[:16])


@cache
def own_contract() -> Contract:
    """The stored document."""
    return Contract(stored())


def contract_of(registry: Registry) -> Contract:
    """The stored document, with the actions and events of extensions. Call it by `Registry.derived`."""
    if not (registry.added or registry.added_events):
        return own_contract()
    own = stored()
    parts, described = own["components"], [action.described for action in registry.added]
    schemas, errors = dict(parts["schemas"]), dict(parts["errors"])
    for components in (one.components for ones in (described, registry.added_events) for one in ones):
        schemas |= components
    for each in described:
        errors |= {pascal(error["data"]["kind"]): error for error in each.errors}
    methods = {method["name"]: method for method in own["methods"]}
    methods |= {action.name: _added_method(action) for action in registry.added}
    return Contract(
        {
            **own,
            "methods": [methods[name] for name in sorted(methods)],
            "x-events": [*own["x-events"], *map(_added_event, registry.added_events)],
            "components": {**parts, "schemas": dict(sorted(schemas.items())), "errors": errors},
        }
    )


def at(address: str | None, value: JsonObject) -> JsonObject:
    """The document as it is served at an address; None if the client has named none."""
    if address is None or not value:
        return value
    (server,) = value["servers"]
    return {
        **value,
        "servers": [{**server, "url": address}],
        "externalDocs": {**value["externalDocs"], "url": address},
    }


def can_be_written(part: Any) -> bool:
    """Whether a part of the document can be written as JSON that every tool reads."""
    try:
        orjson.dumps(part)
    except TypeError:
        return False
    return True


def to_text(document: JsonObject) -> str:
    """The document as text for the repository, one line per member."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n"


def document(registry: Registry, media: JsonObject) -> JsonObject:
    """Generate the document. `media` describes the endpoints for files of the media folder."""
    schemas = _Schemas()
    methods = [_method(action, schemas) for action in registry.listed()]
    events = [_event(name, summary, params, schemas) for name, (summary, params) in registry.events.items()]
    return {
        "openrpc": "1.2.6",
        "info": {
            "title": "AnkiRPC",
            "version": VERSION,
            "description": "A JSON-RPC 2.0 gateway to Anki, the flashcard application.",
            "license": {"name": "AGPL-3.0-or-later", "url": "https://www.gnu.org/licenses/agpl-3.0.html"},
        },
        "servers": [{"name": "local", "url": _ADDRESS}],
        "externalDocs": {
            "description": "The gateway's own page, to search and try the methods",
            "url": _ADDRESS,
        },
        "methods": methods,
        "x-events": events,
        "x-media": media,
        "components": {
            "schemas": schemas.components(),
            "errors": {error.__name__: _error(error) for error in every_error()},
        },
    }


def _method(action: Action, schemas: _Schemas) -> JsonObject:
    fields = action.params.instance().load_fields
    prefix = pascal(action.name)
    params = [
        schemas.descriptor(str(field.data_key), field, prefix + pascal(str(field.data_key)))
        for field in fields.values()
    ]
    assert action.result is not None
    return _described(action, params, schemas.descriptor("result", action.result, f"{prefix}Result", required=True))


def _added_method(action: AddedAction) -> JsonObject:
    own, described = action.owner, action.described
    method = _described(action, described.params, described.result, described.errors)
    return {**method, "x-extension": {"name": own.name, "title": own.title, "forAgents": described.for_agents}}


def _described(
    action: Action, params: Sequence[Any], result: Mapping[str, Any], errors: Sequence[Any] = ()
) -> JsonObject:
    return {
        "name": action.name,
        "summary": action.summary,
        "description": action.description,
        "tags": [{"name": action.category, "description": action.category_summary}],
        "paramStructure": "either",
        "params": params,
        "result": result,
        "errors": [*(_error(error) for error in _errors(action)), *errors],
        "examples": [_example(action, example) for example in sorted(action.examples, key=_is_in_earnest)],
        "x-scope": action.scope.value,
        "x-also-needs": [scope.value for scope in action.extra_scopes],
        "x-writes": action.writes,
        "x-undoable": action.undoable,
        "x-destructive": action.destructive,
        "x-idempotent": action.idempotent,
        "x-startable": action.is_startable,
        "x-cancellable": action.cancellable,
        "x-needs-window": action.runs_on is RunsOn.GUI,
        "x-ankiconnect-action": action.name,
        "x-anki": action.anki,
    }


def _event(name: str, summary: str, params: Any, schemas: _Schemas) -> JsonObject:
    fields = params.instance().load_fields.values()
    return {
        "name": name,
        "summary": summary,
        "params": [
            schemas.descriptor(str(field.data_key), field, f"{pascal(name)}Event{pascal(str(field.data_key))}")
            for field in fields
        ],
    }


def _added_event(event: AddedEvent) -> JsonObject:
    return {
        "name": event.name,
        "summary": event.summary,
        "params": event.params,
        "x-extension": {"name": event.owner.name, "title": event.owner.title},
    }


def _errors(action: Action) -> Iterable[type[ActionError]]:
    """All errors that a call can end with, each once."""
    known = {error.kind: error for error in every_error()}
    found = [
        InvalidParams,
        *(() if action.public else (KeyRequired, PermissionDenied)),
        ResponseTooLarge,
        *((StaleSession,) if action.writes else ()),
        *(known[kind] for kind in _COMMON_ERRORS[action.runs_on]),
        *((Busy,) if action.interactive else ()),
        *((Cancelled,) if action.cancellable else ()),
        *((Busy, StillRunning, ExtensionFailed) if isinstance(action, AddedAction) else ()),
        *action.errors,
        InternalError,
    ]
    return dict.fromkeys(found)


def _error(error: type[ActionError]) -> JsonObject:
    return {"code": error.code, "message": error.summary(), "data": {"kind": error.kind, **error.example}}


def _is_in_earnest(example: Example) -> bool:
    """Whether the example is no dry run. Dry runs come first, as people send the first example."""
    return not example.params.get("dryRun")


def _example(action: Action, example: Example) -> JsonObject:
    return {
        "name": example.name,
        "description": f"{example.name[:1].upper()}{example.name[1:]}, in the example collection.",
        "params": [{"name": name, "value": value} for name, value in example.params.items()],
        "result": {"name": "result", "value": example.result},
    }


def pascal(name: str) -> str:
    """Return a name in Pascal case: `furigana_generate` -> `FuriganaGenerate`."""
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", name))


class _Schemas:
    """Converts marshmallow fields and schemas to JSON Schema; nested schemas become components."""

    def __init__(self) -> None:
        from apispec import APISpec
        from apispec.ext.marshmallow import MarshmallowPlugin

        self._classes: dict[str, type] = {}
        name: Any = self._component_name  # apispec declares that each schema has one
        plugin = MarshmallowPlugin(schema_name_resolver=name)
        self._spec = APISpec("AnkiRPC", VERSION, "3.1.0", plugins=[plugin])
        converter: Any = plugin.converter
        self._converter = converter
        converter.add_attribute_function(_null)
        converter.add_attribute_function(_any_of)
        converter.add_attribute_function(_empty_object)

    def _component_name(self, schema: Any) -> str | None:
        """The name of a schema's component; None if it is none, because generators skip objects without members."""
        own = _class_of(schema)
        self._classes[own.__name__] = own
        return own.__name__ if own.instance().fields else None

    def descriptor(
        self, name: str, field: marshmallow.fields.Field[Any], title: str, required: bool | None = None
    ) -> JsonObject:
        """A content descriptor."""
        schema = self._converter.field2property(field)
        description = schema.get("description") or field.metadata.get("description", name)
        return {
            "name": name,
            "description": description,
            "required": field.required if required is None else required,
            "schema": tidy({**schema, "description": description}, title),
        }

    def components(self) -> JsonObject:
        known = self._spec.to_dict().get("components", {}).get("schemas", {})
        return {
            name: {
                **tidy({"description": _text_of(self._classes[name]), **known[name]}, name),
                **_one_of(self._classes[name]),
            }
            for name in sorted(known)
        }


def _one_of(schema: Any) -> JsonObject:
    """The pairs of members of which exactly one must be given. As a `oneOf`, generators would make it a union."""
    return {"x-one-of": [[*pair] for pair in schema.one_of]} if schema.one_of else {}


def _class_of(schema: Any) -> Any:
    return schema if isinstance(schema, type) else type(schema)


def _text_of(schema: type) -> str:
    """The first paragraph of its own docstring."""
    return " ".join((vars(schema).get("__doc__") or "").partition("\n\n")[0].split())


def _null(converter: Any, field: Any, **_: Any) -> JsonObject:
    return {"type": "null"} if isinstance(field, marshmallow.fields.Constant) else {}


def _any_of(converter: Any, field: Any, **_: Any) -> JsonObject:
    choices = getattr(field, "choices", None)
    return {} if choices is None else {"anyOf": [converter.field2property(choice) for choice in choices]}


def _empty_object(converter: Any, field: Any, **_: Any) -> JsonObject:
    """The title and the description of an object without members, which is no component."""
    if not isinstance(field, marshmallow.fields.Nested) or field.schema.fields:
        return {}
    own = type(field.schema)
    return {"title": own.__name__, "description": _text_of(own), "additionalProperties": False}


def tidy(schema: JsonObject, title: str) -> JsonObject:
    """Add a title to every schema, and the keywords that apispec leaves out."""
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    schema = {key: value for key, value in schema.items() if key not in ("readOnly", "writeOnly")}
    if schema.get("type") == "null":
        schema.pop("default", None)
    if len(schema.get("allOf", ())) == 1 and "$ref" in schema["allOf"][0]:
        return {"$ref": schema["allOf"][0]["$ref"]}
    title = schema.get("title", title)
    if not _SCALARS.issuperset(schema["type"] if isinstance(schema.get("type"), list) else ()):
        schema = _as_choice(schema)
    if schema.get("type") == "object":
        schema.setdefault("additionalProperties", True)
    for key, inner in list(schema.items()):
        if key == "properties":
            schema[key] = {name: tidy(value, title + pascal(name)) for name, value in inner.items()}
        elif key == "items" or (key == "additionalProperties" and isinstance(inner, dict)):
            schema[key] = tidy(inner, f"{title}Item")
        elif key in ("anyOf", "allOf", "oneOf"):
            schema[key] = [tidy(value, f"{title}Choice{number}") for number, value in enumerate(inner, 1)]
    return {"title": title, **schema}


def _as_choice(schema: JsonObject) -> JsonObject:
    """A nullable array or object as a choice of two schemas: some generators take lists of types for scalars only."""
    outer: JsonObject = {key: schema[key] for key in ("description", "default") if key in schema}
    inner = {key: value for key, value in schema.items() if key not in (*outer, "title", "type")}
    (kind,) = (kind for kind in schema["type"] if kind != "null")
    return {**outer, "anyOf": [{"type": kind, **inner}, {"type": "null"}]}
