"""Deck options that hold for all decks, on a real collection."""

import seed
from sizes import for_rows

from addon.actions import REGISTRY

KEYS = {scopes: {"key": scopes, "scopes": scopes.split()} for scopes in ("read write", "read write admin")}
OTHERS = {
    "newCardsIgnoreReviewLimit": True,
    "applyAllParentLimits": True,
    "fsrsHealthCheck": False,
    "cardStateCustomizer": "states.good.normal = states.easy.normal; // ü",
}
(DEFAULTS,) = (example.result for example in REGISTRY["getDeckOptionsForAll"].examples)
A1 = "Italian::A1"


def test_all_are_changed_read_and_taken_back_as_one_step(gateway, call):
    call("addTags", notes=[seed.MELA], tags="before")
    assert call("setDeckOptionsForAll", **OTHERS) == OTHERS
    assert call("getDeckOptionsForAll") == OTHERS
    status = gateway.col.undo_status()
    assert call("setDeckOptionsForAll", **OTHERS) == call("setDeckOptionsForAll", applyAllParentLimits=None) == {}
    assert gateway.col.undo_status() == status
    assert call("undo")["redo"] == "Deck Options"
    assert call("getDeckOptionsForAll") == DEFAULTS
    assert gateway.col.undo_status().undo == "Update Tag"


def state(gateway):
    """What the call must not change."""
    col = gateway.col
    limits = col.decks.get_deck_configs_for_update(seed.ITALIAN_A1)
    decks = {deck["id"]: deck for deck in col.decks.all()}
    return limits.fsrs, limits.current_deck, decks, col.db.list("select hex(config) from deck_config")


@for_rows("is_active", [True, False])
@for_rows("name", OTHERS)
def test_one_is_changed_and_everything_else_stays(kept, name, is_active):
    """Anki resets to off what is left out of its call: also FSRS, and the limits of a deck."""
    gateway = kept.unchanged()
    call = gateway.call
    call("setFsrsActive", active=is_active)
    call("setDeckLimits", decks=[A1], newCards=4, reviews=33, newCardsToday=5)
    for before in (DEFAULTS, {name: None, **OTHERS}):
        call("setDeckOptionsForAll", **{key: value for key, value in before.items() if value is not None})
        other = (OTHERS if before is DEFAULTS else DEFAULTS)[name]
        kept = state(gateway)
        assert call("setDeckOptionsForAll", **{name: other}) == {name: other}
        assert call("getDeckOptionsForAll") == {**before, name: other}
        assert state(gateway) == kept


def test_limits_count_at_once_for_cards_to_come(call):
    call("selectDeck", deck=A1)
    call("setDeckLimits", decks=[A1], reviews=0)
    assert call("nextCards")["cards"] == []
    call("setDeckOptionsForAll", newCardsIgnoreReviewLimit=True)
    assert len(call("nextCards", limit=9)["cards"]) == 2
    call("setDeckLimits", decks=["Italian"], newCards=1)
    assert len(call("nextCards", limit=9)["cards"]) == 2
    call("setDeckOptionsForAll", applyAllParentLimits=True)
    assert len(call("nextCards", limit=9)["cards"]) == 1


def test_a_preset_of_an_older_anki_keeps_its_parameters(gateway, call):
    for preset in gateway.col.decks.all_config():
        gateway.col.decks.update_config({**preset, "fsrsParams5": [0.5] * 19, "fsrsWeights": [0.25] * 17})
    assert call("setDeckOptionsForAll", applyAllParentLimits=True)
    for preset in gateway.col.decks.all_config():
        assert (preset["fsrsParams5"], preset["fsrsWeights"]) == ([0.5] * 19, [0.25] * 17)


def break_presets(gateway, where):
    form = gateway.col._backend.get_deck_config(1)
    form.config.fsrs_params_6[:] = [1.0] * 5  # of no version
    stored = form.config.SerializeToString().hex()
    gateway.col.db.execute(f"update deck_config set config = x'{stored}' where {where}")


def test_presets_that_anki_refuses_are_not_saved_along(gateway, call):
    break_presets(gateway, "id = 1")
    assert call("setDeckOptionsForAll", applyAllParentLimits=True) == {"applyAllParentLimits": True}
    break_presets(gateway, "true")
    status = gateway.col.undo_status()
    assert call("setDeckOptionsForAll", applyAllParentLimits=False) == {"kind": "refused", "preset": "Default"}
    assert gateway.col.undo_status() == status
    assert call("getDeckOptionsForAll")["applyAllParentLimits"] is True


def test_javascript_needs_more_than_to_write(open_gateway):
    gateway = open_gateway(keys=KEYS)
    writer, admin = ({"Authorization": f"Bearer {key}"} for key in KEYS)
    for params in ({"cardStateCustomizer": "x"}, {**OTHERS}, {"cardStateCustomizer": ""}):
        error = gateway.rpc("setDeckOptionsForAll", params, **writer)["error"]["data"]
        assert (error["kind"], error["scope"]) == ("permission_denied", "admin")
        assert gateway.rpc("getDeckOptionsForAll", **writer)["result"] == DEFAULTS
    assert gateway.rpc("setDeckOptionsForAll", {"fsrsHealthCheck": False}, **writer)["result"]
    assert gateway.rpc("setDeckOptionsForAll", {"cardStateCustomizer": "x"}, **admin)["result"]


@for_rows("params", [{"applyAllParentLimits": 1}, {"fsrs": True}, {"cardStateCustomizer": 5}])
def test_wrong_names_and_values_are_invalid(kept, params):
    call = kept.unchanged().call
    (name,) = params
    assert name in call("setDeckOptionsForAll", **params)["fields"]
    assert call("getDeckOptionsForAll") == DEFAULTS


def test_old_envelopes_work_too(gateway):
    changed = {"applyAllParentLimits": True}
    assert gateway.legacy("setDeckOptionsForAll", **changed) == {"result": changed, "error": None}
    assert gateway.legacy("getDeckOptionsForAll")["result"] == {**DEFAULTS, **changed}
