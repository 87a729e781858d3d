"""Every action that AnkiConnect or one of its forks has is listed as done or pending, and the list is true."""

import re
import tomllib
from pathlib import Path

from addon.actions import REGISTRY
from addon.schemas import tolerance

LISTED = tomllib.loads(Path(__file__).with_name("coverage.toml").read_text())
STATES = {name: state for category in LISTED.values() for name, state in category.items()}
OURS_BY_CATEGORY = {
    section.partition("\n")[0]: set(re.findall(r"^- `(\w+)`", section, re.MULTILINE))
    for section in (Path(__file__).parents[2] / "docs/new-actions.md").read_text().split("\n## ")[1:]
}
OURS = {"rpc.discover", *(name for names in OURS_BY_CATEGORY.values() for name in names)}
"""Actions that AnkiConnect does not have."""

MOST_PENDING = 0
"""Lower it with every action that gets done."""

COMPATIBILITY = (Path(__file__).parents[2] / "docs/compatibility.md").read_text()


def test_all_actions_are_listed_and_nothing_else_is():
    assert len(STATES) == 122 + 9
    assert set(STATES.values()) <= {"done", "pending"}


def test_every_action_is_listed_or_documented_as_ours():
    unknown = set(REGISTRY) - STATES.keys() - OURS
    assert unknown == set(), (
        "Give each a line under its category in docs/new-actions.md (- `name` does ...), or, if AnkiConnect or a fork "
        "has it, an entry in tests/actions/coverage.toml."
    )


def test_done_are_exactly_those_that_exist():
    done = {name for name, state in STATES.items() if state == "done"}
    assert done == set(REGISTRY) - OURS, "Mend tests/actions/coverage.toml: these are not done, or not AnkiConnect's."


def test_the_params_of_these_alone_are_read_as_ankiconnect_reads_them():
    assert STATES.keys() == tolerance.ACTIONS


def test_pending_only_shrinks():
    assert list(STATES.values()).count("pending") == MOST_PENDING


def test_actions_stand_in_their_category():
    categories = {name: REGISTRY[name].category for name in STATES.keys() & set(REGISTRY)}
    elsewhere = {name: category for name, category in categories.items() if name not in LISTED.get(category, {})}
    assert elsewhere == {}, "Move each to the table of its category (its package) in tests/actions/coverage.toml."


def test_our_own_actions_are_documented_in_their_category():
    categories = {name: REGISTRY[name].category for names in OURS_BY_CATEGORY.values() for name in names}
    elsewhere = {name: where for name, where in categories.items() if name not in OURS_BY_CATEGORY.get(where, ())}
    assert elsewhere == {}, "Move each to the section of its category (its package) in docs/new-actions.md."


def test_the_table_of_what_cannot_be_undone_is_true():
    table = COMPATIBILITY.partition("## Actions that Anki cannot undo")[2].partition("\n## ")[0]
    named = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))
    ours = {action.name for action in REGISTRY.listed() if action.writes and not action.undoable}
    assert named == ours, 'Mend the table "Actions that Anki cannot undo" in docs/compatibility.md.'
