"""Rows that Anki cannot read, met while it saves presets: each call names them before it writes."""

import pytest
import seed
from sizes import for_rows

PRESET = {"preset": "Default"}
SAVES = {
    "setFsrsActive": {"active": False},
    "setFsrsParams": {**PRESET, "params": [0.4] * 21},
    "setDesiredRetention": {**PRESET, "desiredRetention": 0.8},
    "setDeckPreset": {"decks": ["Default", "Italian::A1"], "preset": "Italian options"},
    "updateDeckPreset": {**PRESET, "changes": {"desiredRetention": 0.8}},
}
DAMAGE = {
    f"update revlog set ease = 'x', cid = {seed.UVA_CARD}": {"review": seed.REVIEW},
    f"update cards set ivl = -1 where id = {seed.UVA_CARD}": {"card": seed.UVA_CARD},
}


def activate(gateway):
    """Switch FSRS on, and have a card in review."""
    gateway.rpc("setFsrsActive", {"active": True})
    gateway.rpc("setDueDate", {"cards": [seed.UVA_CARD], "days": "3"})


@pytest.fixture
def active(gateway):
    activate(gateway)
    return gateway


@pytest.fixture(scope="module")
def kept_active(keep):
    return keep(activate)


def state(gateway):
    col = gateway.col
    return col.undo_status(), col.get_config("fsrs"), {d["id"]: d for d in col.decks.all()}, str(col.decks.all_config())


@for_rows("method", SAVES)
@for_rows("sql", DAMAGE)
def test_the_row_is_named_and_the_undo_history_stays(kept_active, method, sql):
    active = kept_active.unchanged()
    active.col.db.execute(sql)
    before = state(active)
    assert active.rpc(method, SAVES[method])["error"]["data"] == {"kind": "refused", **DAMAGE[sql]}
    assert state(active) == before


@for_rows("method", SAVES)
def test_a_date_that_is_none_is_named(kept_active, method):
    active = kept_active.unchanged()
    for preset in active.col.decks.all_config():
        active.col.decks.update_config({**preset, "ignoreRevlogsBeforeDate": "yesterday"})
    before = state(active)
    error = active.rpc(method, SAVES[method])["error"]["data"]
    assert (error["kind"], error["field"]) == ("refused", "ignoreRevlogsBeforeDate")
    assert state(active) == before


@for_rows("sql", DAMAGE)
def test_what_reads_no_such_row_goes_on(kept_active, sql):
    active = kept_active.unchanged()
    active.col.db.execute(sql)
    assert active.rpc("updateDeckPreset", {**PRESET, "changes": {"newPerDay": 5}})["result"]["changed"]
    assert active.rpc("setDesiredRetention", {"preset": "Italian options", "desiredRetention": 0.8})["result"] is True
    assert active.rpc("setDeckPreset", {"decks": ["Default"], "preset": "Italian options"})["result"] == 1
