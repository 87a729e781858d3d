"""Whatever Anki can do is listed in docs/coverage.toml, with the methods that do it."""

import tomllib
from collections import Counter
from pathlib import Path

from anki._backend_generated import RustBackendGenerated
from sizes import for_rows

from addon.actions import REGISTRY

COVERAGE = Path(__file__).resolve().parents[1] / "docs" / "coverage.toml"
LISTED = tomllib.loads(COVERAGE.read_text(encoding="utf-8"))
INTERNAL = LISTED.pop("internal")
OPERATIONS = {name: operation for area in LISTED.values() for name, operation in area.items()}
USED = sorted({method for operation in OPERATIONS.values() for method in operation.get("methods", ())})


def backend_methods():
    """The methods of the installed Anki's backend. Each exists a second time for bytes: that one is left out."""
    names = {name for name in vars(RustBackendGenerated) if not name.startswith("_")}
    return {name for name in names if not name.endswith("_raw")}


def listed():
    of_operations = [name for operation in OPERATIONS.values() for name in operation.get("anki", ())]
    return of_operations + [name for names in INTERNAL.values() for name in names]


def test_what_this_anki_can_do_is_listed():
    missing = sorted(backend_methods() - set(listed()))
    assert not missing, f"Anki can do more than docs/coverage.toml lists: {', '.join(missing)}"


def test_no_method_of_anki_is_listed_twice():
    assert [name for name, count in Counter(listed()).items() if count > 1] == []


def test_an_operation_has_methods_or_a_reason():
    assert len(OPERATIONS) == sum(map(len, LISTED.values())), "an operation is listed in two areas"
    for name, operation in OPERATIONS.items():
        assert set(operation) <= {"methods", "reason", "partly", "anki"}, name
        assert ("reason" in operation) != bool(operation.get("methods")), name


@for_rows("method", USED)
def test_a_listed_method_has_an_example(method):
    """Undo and redo are tested for each action that writes: `test_examples` takes a change back and does it again, and
    in `test_no_op` a call without one leaves them alone.
    """
    assert REGISTRY[method].examples
