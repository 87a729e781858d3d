"""Rows that Anki reads while it saves presets: one that it cannot read would make the save fail, and wipe the undo
history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from anki.deck_config_pb2 import DeckConfig
from anki.decks import DEFAULT_DECK_CONF_ID, DEFAULT_DECK_ID
from anki.utils import to_json_bytes

from ...collection.rows import READABLE_REVIEW, refuse_unreadable, unreadable_text
from ...rpc.errors import Refused
from ...schemas.fields.dates import is_date

if TYPE_CHECKING:
    from anki.collection import Collection

OF_DECKS = "(did in (select value from json_each(?1)) or odid in (select value from json_each(?1)))"
"""An SQL condition for the cards of decks, also while they are in a filtered deck."""
_OF_CARDS = ("new_card_insert_order", "learn_steps", "relearn_steps")
"""A change of these changes cards."""
_OF_MEMORY = (
    "desired_retention",
    *(name for name in DeckConfig.Config.DESCRIPTOR.fields_by_name if name.startswith("fsrs_params_")),
)
"""A change of these computes memory states again, from the reviews."""


def decks_of_presets(col: Collection) -> dict[int, list[int]]:
    """The ids of the decks of each preset; those of a missing preset have the first one."""
    known = {group["id"] for group in col.decks.all_config()}
    users: defaultdict[int, list[int]] = defaultdict(list)
    for deck in col.decks.all():
        if not deck["dyn"]:
            users[deck["conf"] if deck["conf"] in known else DEFAULT_DECK_CONF_ID].append(deck["id"])
    return users


def refuse_damage(
    col: Collection,
    forms: Sequence[DeckConfig],
    decks: Sequence[int] = (),
    fsrs: bool | None = None,
    *,
    is_rescheduled: bool = False,
) -> None:
    """Raise Refused for a row that Anki would read while it saves presets, but cannot.

    `decks` are those that get one of them, and `fsrs` is whether FSRS shall be active, if that may change.
    """
    overview = col.decks.get_deck_configs_for_update(DEFAULT_DECK_ID)
    stored = {entry.config.id: entry.config for entry in overview.all_config}
    present = stored | {form.id: form for form in forms}
    users = decks_of_presets(col)
    of_memory = [*_OF_MEMORY, *(["easy_days_percentages"] if is_rescheduled else [])]
    computed = {form.id for form in forms if overview.fsrs and _differ(form, stored, of_memory)}
    if fsrs is not None and fsrs != overview.fsrs:
        computed = {*stored}
    changed = {form.id for form in forms if _differ(form, stored, _OF_CARDS)}
    read = [deck_id for preset_id in changed | computed for deck_id in users[preset_id]]
    reviewed = [deck_id for preset_id in computed for deck_id in users[preset_id]]
    read += decks
    if overview.fsrs and decks:
        reviewed += decks
        computed |= {form.id for form in forms}
    for preset_id in computed & present.keys():
        _refuse_bad_date(present[preset_id])
    if read:
        refuse_unreadable(col, "card", OF_DECKS, to_json_bytes(read).decode())
    if reviewed:
        _refuse_unreadable_reviews(col, to_json_bytes(reviewed).decode())


def _differ(form: DeckConfig, stored: dict[int, DeckConfig], names: Sequence[str]) -> bool:
    old = stored.get(form.id)
    return old is not None and any(getattr(form.config, name) != getattr(old.config, name) for name in names)


def _refuse_bad_date(form: DeckConfig) -> None:
    ignored = form.config.ignore_revlogs_before_date
    if not is_date(ignored):
        text = f"The preset {form.name!r} is to ignore reviews before {ignored[:40]!r}, which is not a date."
        raise Refused(text, preset=form.name, field="ignoreRevlogsBeforeDate")


def _refuse_unreadable_reviews(col: Collection, decks: str) -> None:
    assert col.db is not None
    cards = f"select id from cards where type != 0 and {OF_DECKS}"  # noqa: S608  (a constant)
    select = f"select id from revlog where not {READABLE_REVIEW} and cid in ({cards}) limit 1"  # noqa: S608
    for review_id in col.db.list(select, decks):
        raise Refused(unreadable_text("review", review_id), review=review_id)
