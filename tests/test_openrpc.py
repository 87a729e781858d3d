"""The OpenRPC document: current, valid, and within what every known tool takes."""

import json
import keyword
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from json_schemas import remembering
from sizes import for_each

from addon.actions import REGISTRY
from addon.gateway import contract
from addon.rpc import openrpc
from addon.rpc.errors import every_error
from addon.rpc.executor import RunsOn
from addon.rpc.scopes import Scope

HERE = Path(__file__).parent
STORED = (HERE.parent / "spec" / "openrpc.json").read_text(encoding="utf-8")
META_SCHEMA = json.loads((HERE / "data" / "open-rpc-meta-schema.json").read_text(encoding="utf-8"))


@cache
def generated():
    return contract()


def components():
    return generated()["components"]["schemas"]


BY_METHOD = for_each(method=lambda: generated()["methods"])

KEYWORDS = {
    *("title", "description", "type", "properties", "required", "additionalProperties", "items"),
    *("anyOf", "allOf", "oneOf", "enum", "default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "pattern"),
    "x-one-of",
}
"""What all tools understand, and an extension that they ignore.

Not among them: const, nullable, prefixItems, $defs, format, patternProperties.
"""

BUILT_IN_TITLES = {"Object", "String", "Promise", "Error", "Options", "Client", "OpenRPC"}
CLIENT_MEMBERS = {
    *("request", "rpc", "transport", "timeout", "validator", "startBatch", "stopBatch"),
    *("onError", "onNotification", "setDefaultTimeout", "constructor"),
}
"""Members of the generated TypeScript client: a method of such a name would replace one."""


def subschemas(schema, path):
    """A schema and all schemas inside it, as pairs of path and schema. References are not followed."""
    yield path, schema
    for name, inner in schema.get("properties", {}).items():
        yield from subschemas(inner, f"{path}.{name}")
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from subschemas(schema[key], f"{path}/{key}")
    for key in ("anyOf", "allOf", "oneOf"):
        for number, inner in enumerate(schema.get(key, ())):
            yield from subschemas(inner, f"{path}/{key}{number}")


def descriptors(method):
    """Of a method, or of an event, which has no result."""
    return [*method["params"], *([method["result"]] if "result" in method else [])]


@cache
def all_schemas():
    """All schemas of the document, as pairs of path and schema."""
    return [
        pair
        for root, schema in [
            *components().items(),
            *(
                (f"{m['name']}({d['name']})", d["schema"])
                for m in [*generated()["methods"], *generated()["x-events"]]
                for d in descriptors(m)
            ),
        ]
        for pair in subschemas(schema, root)
    ]


def offenders(is_wrong):
    """The paths of all schemas for which a test is true; bare references are left out."""
    return [path for path, schema in all_schemas() if "$ref" not in schema and is_wrong(schema)]


def check(value, schema):
    """Validate a value by a schema of the document."""
    jsonschema.Draft7Validator({"allOf": [schema], "components": generated()["components"]}).validate(value)


# --- the document as a whole ---


def test_the_committed_document_is_current():
    assert openrpc.to_text(generated()) == STORED, "run `make spec`"


HOST, *OTHER_HOSTS = ("anki.localhost:9000", "localhost", "127.0.0.1:8765", "[::1]:9000")


def served_at(host):
    """The committed document with another address in both places."""
    assert STORED.count(f'"url": "{generated()["servers"][0]["url"]}"') == 2
    return json.loads(STORED.replace(generated()["servers"][0]["url"], f"http://{host}/"))


def is_the_same_at_all_hosts(reading, path):
    """A document differs by the address alone; returns it at one of them."""
    response = reading.send(method="GET", path=path, Host=HOST)
    for host in OTHER_HOSTS:
        at_host = reading.send(method="GET", path=path, Host=host).text
        assert at_host == response.text.replace(f"http://{HOST}/", f"http://{host}/")
    return response


def test_the_gateway_serves_the_committed_document_with_its_own_address(reading):
    expected = served_at(HOST)
    assert is_the_same_at_all_hosts(reading, "/openrpc.json").json == expected
    assert reading.rpc("rpc.discover", Host=HOST)["result"] == expected
    assert reading.rpc("rpc.discover", [], Host=HOST)["result"] == expected
    assert reading.rpc("rpc.discover", Host="localhost")["result"] == served_at("localhost")


def resolved(value):
    """A value with each reference replaced by the component's schema."""
    if isinstance(value, dict):
        if "$ref" in value:
            return resolved(components()[value["$ref"].rpartition("/")[2]])
        return {name: resolved(part) for name, part in value.items()}
    return [resolved(part) for part in value] if isinstance(value, list) else value


def test_the_gateway_serves_it_without_references(reading):
    response = is_the_same_at_all_hosts(reading, "/openrpc.dereferenced.json")
    assert '"$ref"' not in response.text
    expected = resolved(served_at(HOST))
    del expected["components"]["schemas"]
    assert response.json == expected


@pytest.mark.parametrize("path", ["/openrpc.json", "/openrpc.dereferenced.json"])
def test_a_foreign_name_gets_no_document(reading, path):
    response = reading.send(method="GET", path=path, Host="evil.example")
    assert response.status_code == 403
    assert "evil.example" not in reading.send(method="GET", path=path, Host="localhost").text


def test_without_a_host_the_usual_address_is_named():
    assert openrpc.at(None, generated()) == generated()


def without_inner_ids(value, *, is_root=True):
    """The meta-schema with local references: parts of it name themselves, and their references then lead nowhere."""
    if isinstance(value, dict):
        inner = {name: without_inner_ids(part, is_root=False) for name, part in value.items()}
        return {name: part for name, part in inner.items() if is_root or name != "$id" or not isinstance(part, str)}
    return [without_inner_ids(part, is_root=False) for part in value] if isinstance(value, list) else value


@cache
def official_meta_schema():
    return remembering(without_inner_ids(META_SCHEMA))


def faults_by_the_official_meta_schema(document):
    return [f"{error.json_path}: {error.message[:200]}" for error in official_meta_schema().iter_errors(document)]


def test_it_is_valid_by_the_official_meta_schema():
    assert faults_by_the_official_meta_schema(json.loads(STORED)) == []


def test_it_is_valid_by_the_official_meta_schema_without_references():
    assert faults_by_the_official_meta_schema(openrpc.own_contract().dereferenced) == []


def test_it_is_of_the_version_that_every_tool_takes():
    assert generated()["openrpc"] == "1.2.6"
    assert generated()["openrpc"] in META_SCHEMA["definitions"]["openrpc"]["enum"]


def test_it_introduces_itself():
    info = generated()["info"]
    assert re.fullmatch(r"[A-Z][A-Za-z]+", info["title"]), "the title becomes the name of a class"
    assert info["version"]
    assert info["description"]
    assert info["license"]["name"]
    (server,) = generated()["servers"]
    assert generated()["externalDocs"]["url"] == server["url"], "a browser gets the page there"
    assert re.fullmatch(r"http://[\d.]+:\d+/", server["url"]), "absolute and without variables"


def test_it_lists_every_action_but_json_rpcs_own():
    assert [method["name"] for method in generated()["methods"]] == [action.name for action in REGISTRY.listed()]
    assert not [method["name"] for method in generated()["methods"] if method["name"].startswith("rpc.")]


# --- schemas ---


def test_every_schema_is_valid_draft_7():
    validator = remembering(jsonschema.Draft7Validator.META_SCHEMA).evolve(schema={"$ref": "#"})
    for _, schema in all_schemas():
        validator.validate(schema)


def test_schemas_use_only_what_all_tools_understand():
    assert offenders(lambda schema: set(schema) - KEYWORDS) == []


def test_references_are_local_lead_to_component_schemas_and_stand_alone():
    references = [(path, schema) for path, schema in all_schemas() if "$ref" in schema]
    assert [path for path, schema in references if set(schema) != {"$ref"}] == []
    targets = {schema["$ref"] for _, schema in references}
    assert targets <= {f"#/components/schemas/{name}" for name in components()}
    assert json.dumps(generated()).count('"$ref"') == len(references)


def test_the_table_of_errors_has_each_code_and_kind_once_and_holds_those_of_all_methods():
    table = list(generated()["components"]["errors"].values())
    assert len({error["code"] for error in table}) == len({error["data"]["kind"] for error in table}) == len(table)
    assert [error for method in generated()["methods"] for error in method["errors"] if error not in table] == []


def test_every_component_is_used():
    used = {schema["$ref"].rpartition("/")[2] for _, schema in all_schemas() if "$ref" in schema}
    assert used == set(components())


def test_no_schema_contains_itself():
    inside = {
        name: {inner["$ref"].rpartition("/")[2] for _, inner in subschemas(schema, name) if "$ref" in inner}
        for name, schema in components().items()
    }
    while inside:
        leaves = {name for name, refs in inside.items() if not refs & set(inside)}
        assert leaves, f"a circle among {sorted(inside)}"
        inside = {name: refs for name, refs in inside.items() if name not in leaves}


def test_every_schema_has_a_title_in_pascal_case():
    assert offenders(lambda schema: not re.fullmatch(r"[A-Z][A-Za-z0-9]*", schema.get("title", ""))) == []


def test_one_title_is_one_schema():
    by_title = defaultdict(list)
    for path, schema in all_schemas():
        if "$ref" not in schema and schema not in (known := by_title[schema["title"]]):
            known.append({**schema, "path": path} if known else schema)
    assert {title: found for title, found in by_title.items() if len(found) > 1} == {}


def test_titles_collide_with_nothing_that_generators_define():
    methods = {name[:1].upper() + name[1:] for name in REGISTRY}
    assert offenders(lambda schema: schema["title"] in BUILT_IN_TITLES | methods) == []


def test_a_component_bears_its_title():
    assert {name: schema["title"] for name, schema in components().items() if schema["title"] != name} == {}


def test_every_object_says_whether_it_takes_more_members():
    assert offenders(lambda s: "object" in s.get("type", ()) and "additionalProperties" not in s) == []
    assert offenders(lambda s: "properties" in s and "object" not in s.get("type", ())) == []


def test_every_array_says_what_it_holds():
    assert offenders(lambda s: "array" in s.get("type", ()) and not isinstance(s.get("items"), dict)) == []


def test_only_scalars_share_a_list_of_types():
    """Generators cannot say what a nullable list holds if its type is one of several."""
    assert offenders(lambda s: isinstance(s.get("type"), list) and {"array", "object"} & set(s["type"])) == []


def test_a_component_is_an_object_with_members():
    """Generators write no class for any other component, but import it."""
    assert [name for name, schema in components().items() if not schema.get("properties")] == []


def test_an_enumeration_has_a_type():
    assert offenders(lambda schema: "enum" in schema and "type" not in schema) == []


def test_required_members_are_declared():
    assert offenders(lambda s: not set(s.get("required", ())) <= set(s.get("properties", ()))) == []


def test_members_of_objects_have_names_that_generators_can_write():
    assert offenders(lambda s: [n for n in s.get("properties", ()) if not re.fullmatch(r"[A-Za-z_]\w*", n)]) == []


def test_members_of_objects_are_described_unless_their_schema_is_a_component():
    undescribed = [
        f"{path}.{name}"
        for path, schema in all_schemas()
        for name, inner in schema.get("properties", {}).items()
        if "$ref" not in inner and not inner.get("description")
    ]
    assert undescribed == []


def test_defaults_fit_their_schemas():
    for path, schema in all_schemas():
        if "default" in schema:
            try:
                check(schema["default"], schema)
            except jsonschema.ValidationError as error:
                pytest.fail(f"{path}: {error.message}")


def test_patterns_are_such_as_javascript_takes():
    python_only = re.compile(r"\(\?P|\(\?[aiLmsux]|\\[AZ]|\(\?#|\(\?\(")
    assert offenders(lambda schema: python_only.search(schema.get("pattern", ""))) == []


# --- methods ---


@BY_METHOD
def test_a_method_has_a_name_that_generators_can_write(method):
    assert re.fullmatch(r"[a-z][A-Za-z0-9]*", method["name"])
    assert method["name"] not in CLIENT_MEMBERS


@BY_METHOD
def test_a_method_is_described(method):
    assert method["summary"].strip()
    assert "\n" not in method["summary"]
    assert method["description"].startswith(method["summary"])
    assert "*/" not in method["summary"] + method["description"]
    assert len(method["tags"]) >= 1
    assert all(tag["name"] for tag in method["tags"])


@BY_METHOD
def test_a_summary_says_what_the_method_does(method):
    assert method["summary"].split()[0] not in {"Tell", "Give"}, "say what it returns, reports or changes"


@BY_METHOD
def test_a_method_takes_its_params_in_both_structures(method):
    assert method["paramStructure"] == "either"
    required = [param["required"] for param in method["params"]]
    assert required == sorted(required, reverse=True), "required params come first"
    names = [param["name"] for param in method["params"]]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[A-Za-z_]\w*", name)] == []


@BY_METHOD
def test_params_and_result_are_described(method):
    for descriptor in descriptors(method):
        assert set(descriptor) >= {"name", "description", "required", "schema"}
        assert descriptor["description"] != descriptor["name"], f"{descriptor['name']} lacks a description"
    assert method["result"]["required"] is True


@BY_METHOD
def test_errors_are_told_once_each_with_their_kind(method):
    errors = method["errors"]
    codes = [error["code"] for error in errors]
    assert len(set(codes)) == len(codes)
    known = {error.code: error for error in every_error()}
    for error in errors:
        assert set(error) == {"code", "message", "data"}
        assert type(error["code"]) is int
        assert (
            -32099 <= error["code"] <= -32000 or error["code"] in (-32600, -32601, -32602, -32603) or error["code"] > 0
        )
        assert error["message"] == known[error["code"]].summary()
        assert error["data"]["kind"] == known[error["code"]].kind


@BY_METHOD
def test_examples_fit_the_declared_schemas(method):
    schemas = {param["name"]: param["schema"] for param in method["params"]}
    for example in method["examples"]:
        assert set(example) == {"name", "description", "params", "result"}
        for param in example["params"]:
            check(param["value"], schemas[param["name"]])
        assert example["result"]["name"] == method["result"]["name"]
        check(example["result"]["value"], method["result"]["schema"])


@BY_METHOD
def test_examples_give_every_required_param_in_order_and_without_gaps(method):
    names = [param["name"] for param in method["params"]]
    required = sum(param["required"] for param in method["params"])
    for example in method["examples"]:
        given = [param["name"] for param in example["params"]]
        assert given == names[: len(given)]
        assert len(given) >= required
    names = [example["name"] for example in method["examples"]]
    assert len(set(names)) == len(names)


@BY_METHOD
def test_a_method_has_an_example(method):
    assert method["examples"], "Give its `@action` an Example whose result is what it gives on the example collection."


@BY_METHOD
def test_a_method_says_what_it_needs_and_does(method):
    action = REGISTRY[method["name"]]
    assert {name: value for name, value in method.items() if name.startswith("x-")} == {
        "x-scope": str(action.scope),
        "x-also-needs": [str(scope) for scope in action.extra_scopes],
        "x-writes": action.writes,
        "x-undoable": action.undoable,
        "x-destructive": action.destructive,
        "x-idempotent": action.idempotent,
        "x-startable": action.is_startable,
        "x-cancellable": action.cancellable,
        "x-needs-window": action.runs_on is RunsOn.GUI,
        "x-ankiconnect-action": method["name"],
        "x-anki": action.anki,
    }
    assert not method["x-undoable"] or method["x-writes"]
    assert not method["x-destructive"] or method["x-writes"]
    assert not method["x-idempotent"] or method["x-writes"]
    assert action.scope is not Scope.DELETE or method["x-destructive"]
    assert not method["x-cancellable"] or method["x-startable"]
    assert not method["x-cancellable"] or "cancelled" in {error["data"]["kind"] for error in method["errors"]}


def test_it_holds_the_rules_of_the_openrpc_projects_linter():
    """The recommended rules of https://github.com/open-rpc/openrpc-linter, on the document without references.

    Three are not held: OpenRPC allows no description in an error, so its message is the description; and the methods of
    AnkiConnect have as many params as they have, some with long descriptions.
    """
    document = openrpc.own_contract().dereferenced
    assert {"title", "description", "version", "license"} <= {name for name, value in document["info"].items() if value}
    assert unique(method["name"] for method in document["methods"])
    assert unique(method["summary"] for method in document["methods"])
    for method in document["methods"]:
        for lacking in ("name", "summary", "description", "errors", "examples", "tags"):
            assert method[lacking], f"{method['name']} lacks {lacking}"
        assert len(method["summary"]) <= 120, method["name"]
        for part in (method["result"], *method["tags"], *method["examples"]):
            assert part["description"], f"{method['name']}: {part['name']} is not described"
        for descriptor in descriptors(method):
            assert descriptor["schema"]["title"]
            assert descriptor["schema"]["description"], f"{method['name']}: {descriptor['name']}"
        assert unique(param["name"] for param in method["params"])
        assert unique(error["code"] for error in method["errors"])
        assert unique(example["name"] for example in method["examples"])
        assert all(re.fullmatch(r"\w.*[\w.]", error["message"]) for error in method["errors"])


def unique(values):
    values = list(values)
    return len(set(values)) == len(values)


def test_a_tag_is_described_everywhere_alike():
    tags = [tag for method in generated()["methods"] for tag in method["tags"]]
    assert all(tag["description"] for tag in tags)
    assert len({tag["description"] for tag in tags}) == len({tag["name"] for tag in tags}) == 14


# --- the schemas of the document are the ones that validate ---


def lacks_one(schema, value):
    """Whether an object has no member of a pair of which one is needed."""
    choices = [schema, *schema.get("anyOf", ())]
    needed = [components()[choice["$ref"].rpartition("/")[2]] for choice in choices if "$ref" in choice]
    pairs = [pair for component in needed for pair in component.get("x-one-of", ())]
    return isinstance(value, dict) and any(value.keys().isdisjoint(pair) for pair in pairs)


def test_pairs_of_which_one_is_needed_are_members_and_not_required():
    assert [path for path, schema in all_schemas() if "x-one-of" in schema] != []
    for path, schema in all_schemas():
        for pair in schema.get("x-one-of", ()):
            assert {*pair} <= schema["properties"].keys() - {*schema.get("required", ())}, path


@BY_METHOD
def test_what_the_document_declares_is_what_the_gateway_takes(method):
    """A value of a wrong type is refused by both, param by param."""
    action = REGISTRY[method["name"]]
    for param, field in zip(method["params"], action.params.instance().load_fields.values(), strict=True):
        schema = jsonschema.Draft7Validator({"allOf": [param["schema"]], "components": generated()["components"]})
        for value in (None, True, 1, 1.5, "text", "5", [], [1], ["a"], {}, {"a": 1}):
            declared = schema.is_valid(value) and not lacks_one(param["schema"], value)
            try:
                field.deserialize(value)
                taken = True
            except Exception:
                taken = False
            assert declared == taken, f"{param['name']}: {value!r} is {'' if taken else 'not '}taken"


RESERVED = {
    *keyword.kwlist,
    *[
        "arguments",
        "break",
        "case",
        "catch",
        "const",
        "default",
        "delete",
        "do",
        "enum",
        "eval",
        "export",
        "extends",
        "false",
        "function",
        "instanceof",
    ],
    *[
        "interface",
        "let",
        "new",
        "null",
        "package",
        "private",
        "protected",
        "public",
        "static",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "typeof",
        "var",
    ],
    "void",
}


def test_no_param_has_a_name_that_is_a_word_of_python_or_typescript():
    """Generators write a function for each method, with its params as arguments."""
    names = {(method["name"], param["name"]) for method in generated()["methods"] for param in method["params"]}
    assert [name for name in names if name[1] in RESERVED] == []
