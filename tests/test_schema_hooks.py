"""Marshmallow's hooks, such as `post_load`: our schemas do without."""

from collections.abc import Iterator

from addon.actions import REGISTRY
from addon.schemas.base import Base


def subclasses(schema: type) -> Iterator[type]:
    for each in schema.__subclasses__():
        yield each
        yield from subclasses(each)


def test_no_schema_has_a_hook_because_none_would_be_called():
    schemas = {Base, *subclasses(Base)}
    assert len(schemas) > len(REGISTRY) / 2
    with_hooks = [
        (schema, name)
        for schema in schemas
        for name, member in vars(schema).items()
        if hasattr(member, "__marshmallow_hook__")
    ]
    assert with_hooks == []
