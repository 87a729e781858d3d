"""How much of something the tests do: a sample, or all of it under `make torture`."""

import inspect
import itertools
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


def for_each(**tables):
    """One test for all rows of tables: for checks that take less time than pytest takes for a test.

    Every row is tried, and every one that fails is named. A table may be a function that returns it, so that only the
    test makes it, and not the collection of tests in each process.
    """

    def decorate(function):
        def test(**fixtures):
            failures = []
            for row in itertools.product(*(table() if callable(table) else table for table in tables.values())):
                named = dict(zip(tables, row, strict=True))
                try:
                    function(**fixtures, **named)
                except (Exception, pytest.fail.Exception) as error:
                    error.add_note(f"for {', '.join(map(_name, row))}")
                    failures.append(error)
            if failures:
                raise BaseExceptionGroup(f"{len(failures)} fail", failures)

        signature = inspect.signature(function)
        rest = [param for name, param in signature.parameters.items() if name not in tables]
        test.__name__, test.__doc__, test.__module__ = function.__name__, function.__doc__, function.__module__
        test.__signature__ = signature.replace(parameters=rest)
        return test

    return decorate


def for_rows(names, rows):
    """One test for all rows of one table, as `for_each`. It takes what `parametrize` takes."""
    names = [name.strip() for name in names.split(",")] if isinstance(names, str) else [*names]

    def decorate(function):
        def of_row(row, **fixtures):
            values = getattr(row, "values", row) if hasattr(row, "marks") else row
            function(
                **fixtures,
                **dict(zip(names, values if len(names) > 1 or hasattr(row, "marks") else [row], strict=True)),
            )

        rest = [param for name, param in inspect.signature(function).parameters.items() if name not in names]
        row = inspect.Parameter("row", inspect.Parameter.KEYWORD_ONLY)
        of_row.__name__, of_row.__doc__, of_row.__module__ = function.__name__, function.__doc__, function.__module__
        of_row.__signature__ = inspect.Signature([*rest, row])
        return for_each(row=rows if callable(rows) else [*rows])(of_row)

    return decorate


def _name(value):
    if isinstance(value, dict) and "name" in value:
        return value["name"]
    if isinstance(value, tuple) and not hasattr(value, "marks"):
        return ", ".join(map(_name, value))
    return str(
        getattr(value, "id", None)
        or getattr(value, "name", None)
        or getattr(value, "data_key", None)
        or repr(value)[:100]
    )
