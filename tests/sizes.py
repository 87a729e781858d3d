"""How much of something the tests do: a sample, or all of it under `make torture`."""

import os

import pytest

IS_FULL = bool(os.environ.get("TORTURE"))


def size(name, sample, full):
    """What the environment says under that name, or a sample, or all of it."""
    return int(os.environ.get(name) or (full if IS_FULL else sample))


def some(rows, share, start=0):
    """Every so manieth row of a table, from one of them on, or all of them."""
    return [*rows] if IS_FULL else [*rows][start::share]


def turns(rows, choices):
    """Pairs of a row and one of its choices, which take turns, or of a row and each of its choices."""
    if IS_FULL:
        return [(row, choice) for row in rows for choice in choices(row)]
    return [(row, choices(row)[number % len(choices(row))]) for number, row in enumerate(rows)]


def for_matrix(rows, share, start=0):
    """All rows, of which `make test` tries every so manieth; `make test-matrix` tries them all."""
    marks = [() if number == start else (pytest.mark.matrix,) for number in range(share)]
    values = [row if isinstance(row, tuple) else (row,) for row in rows]
    return [pytest.param(*each, marks=marks[number % share]) for number, each in enumerate(values)]
