"""Places inside JSON values."""

import copy


def places(value, path=()):
    """The paths of all values inside a value, itself first."""
    yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in members:
        yield from places(inner, (*path, key))


def members_in(value, key=""):
    """All values inside a value, each with the name of the member that holds it."""
    members = (
        value.items() if isinstance(value, dict) else [(key, item) for item in value] if isinstance(value, list) else ()
    )
    for name, inner in members:
        yield name, inner
        yield from members_in(inner, name)


def replaced(value, path, new):
    """A copy with another value at a place."""
    if not path:
        return new
    value = copy.deepcopy(value)
    place = value
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = new
    return value
