"""Validators by JSON Schema that are fast where a value has many equal parts."""

import functools

import jsonschema
import orjson


def remembering(schema) -> jsonschema.Draft7Validator:
    """A validator that finds a part valid by a definition only once. All references must be local."""
    valid = set()

    @functools.cache
    def definition(reference):
        return functools.reduce(lambda part, name: part[name], reference.split("/")[1:], schema)

    def by_reference(validator, reference, part, _):
        key = reference, orjson.dumps(part)
        if key in valid:
            return
        errors = list(validator.descend(part, definition(reference)))
        if not errors:
            valid.add(key)
        yield from errors

    extended = jsonschema.validators.extend(jsonschema.Draft7Validator, {"$ref": by_reference})
    return extended(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
