"""Validators by JSON Schema that are fast where a value has many equal parts."""

import functools
import json

import jsonschema
import orjson
from jsonschema_specifications import REGISTRY


def remembering(schema, draft=jsonschema.Draft7Validator):
    """A validator that finds a part valid by a definition only once. All references must be local."""
    valid = set()

    @functools.cache
    def definition(reference):
        return _undeclared(functools.reduce(lambda part, name: part[name], reference.split("/")[1:], schema))

    def by_reference(validator, reference, part, _):
        key = reference, orjson.dumps(part)
        if key in valid:
            return
        errors = list(validator.descend(part, definition(reference)))
        if not errors:
            valid.add(key)
        yield from errors

    extended = jsonschema.validators.extend(draft, {"$ref": by_reference})
    return extended(_undeclared(schema), format_checker=draft.FORMAT_CHECKER)


def _undeclared(schema):
    """A schema that names no draft: or else its parts would be validated by the validator of that draft."""
    return {name: part for name, part in schema.items() if name != "$schema"}


def check_schema(schema):
    """Raises ValidationError if a value is no schema by draft 2020-12."""
    _draft_2020().validate(schema)


@functools.cache
def _draft_2020():
    """The meta-schema, in which all vocabularies are one."""
    vocabularies = [resource.contents for uri, resource in REGISTRY.items() if "/2020-12/" in uri]
    whole = {
        "type": ["object", "boolean"],
        "properties": {name: part for each in vocabularies for name, part in each.get("properties", {}).items()},
        "$defs": {name: part for each in vocabularies for name, part in each.get("$defs", {}).items()},
    }
    text = json.dumps(whole).replace('"$dynamicRef": "#meta"', '"$ref": "#"').replace("meta/validation#", "#")
    return remembering(json.loads(text), jsonschema.Draft202012Validator).evolve(schema={"$ref": "#"})
