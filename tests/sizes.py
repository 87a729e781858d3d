"""How much of something the tests do: a sample, or all of it under `make torture`."""

import os

IS_FULL = bool(os.environ.get("TORTURE"))


def size(name, sample, full):
    """What the environment says under that name, or a sample, or all of it."""
    return int(os.environ.get(name) or (full if IS_FULL else sample))
