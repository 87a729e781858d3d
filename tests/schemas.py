"""What a schema consists of."""


def fields_in(schema, path=()):
    """Yield the path and the field of each param, of each member of an object in it, and of each item or choice."""
    for name, field in schema.fields.items():
        yield from _fields_of(field, (*path, name))


def _fields_of(field, path):
    yield path, field
    for inner in (getattr(field, "inner", None), getattr(field, "value_field", None), *getattr(field, "choices", ())):
        if inner is not None:
            yield from _fields_of(inner, path)
    if hasattr(field, "schema"):
        yield from fields_in(field.schema, path)
