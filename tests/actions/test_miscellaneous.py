"""The gateway about itself. How `multi` answers old clients stands in test_legacy_adapter.py."""

import anki.buildinfo
from sizes import for_rows

from addon.schemas.collection.contents import COLLECTION

GRANTED = {"permission": "granted", "requireApikey": False, "requireApiKey": False, "version": 6}


def test_the_version_is_six_whatever_the_request_says(reading):
    assert [reading.legacy("version", version=version) for version in (1, 4)] == [6, 6]
    assert reading.legacy("version", version=7) == {"result": 6, "error": None}
    assert reading.rpc("version")["result"] == 6


def test_a_program_without_an_origin_has_permission(reading):
    assert reading.legacy("requestPermission")["result"] == GRANTED
    assert reading.legacy("requestPermission", origin="https://evil.example", allowed=False)["result"] == GRANTED
    assert reading.rpc("requestPermission")["result"] == GRANTED


# --- apiReflect ---


@for_rows(
    ("params", "result"),
    [
        ({"scopes": []}, {"scopes": []}),
        ({"scopes": ["nope", 5, None]}, {"scopes": []}),
        ({"scopes": ["nope"], "actions": ["version"]}, {"scopes": []}),
        ({"scopes": ["actions"], "actions": []}, {"scopes": ["actions"], "actions": []}),
        (
            {"scopes": ["actions", "x", "actions"], "actions": ["version", "nope", "addNote", "version", "Version"]},
            {"scopes": ["actions"], "actions": ["version", "addNote", "version"]},
        ),
        ({"scopes": ["actions"], "actions": ["__init__", "", "self"]}, {"scopes": ["actions"], "actions": []}),
    ],
)
def test_known_scopes_and_actions_are_told(reading, params, result):
    answer = reading.legacy("apiReflect", **params)["result"]
    assert answer == result
    assert list(answer) == list(result)


def test_all_actions_are_listed_in_order_and_each_exists(reading):
    listed = reading.legacy("apiReflect", scopes=["actions"])["result"]["actions"]
    assert listed == sorted(listed)
    assert listed == reading.legacy("apiReflect", scopes=["actions"], actions=None)["result"]["actions"]
    assert reading.legacy("apiReflect", scopes=["actions"], actions=listed)["result"]["actions"] == listed
    assert {"version", "multi", "requestPermission", "apiReflect"} <= set(listed)


@for_rows(
    ("params", "text"),
    [
        ({}, "scopes has invalid value"),
        ({"actions": []}, "scopes has invalid value"),
        ({"scopes": None}, "scopes has invalid value"),
        ({"scopes": "actions"}, "scopes has invalid value"),
        ({"scopes": {}}, "scopes has invalid value"),
        ({"scopes": ["actions"], "actions": "version"}, "actions has invalid value"),
        ({"scopes": ["actions"], "actions": 5}, "actions has invalid value"),
        ({"scopes": [], "actions": {}}, "actions has invalid value"),
        ({"scopes": ["actions"], "actions": [5]}, "attribute name must be string, not 'int'"),
    ],
)
def test_what_is_no_list_is_invalid(reading, params, text):
    assert reading.legacy("apiReflect", **params) == {"result": None, "error": text}


# --- multi over JSON-RPC ---


def test_over_json_rpc_multi_gives_outcomes_with_error_objects(gateway):
    calls = [
        {"action": "version"},
        {"action": "suspended", "params": [5]},
        {"action": "createDeck", "params": {"deck": "x"}},
        {"action": "nope"},
        {"action": "multi", "params": {"actions": [{"action": "version"}]}},
    ]
    outcomes = gateway.rpc("multi", {"actions": calls})["result"]
    assert outcomes[0] == {"result": 6, "error": None}
    assert [outcome["error"] and outcome["error"]["data"]["kind"] for outcome in outcomes] == [
        *(None, "card_not_found", None, "method_not_found", None),
    ]
    assert outcomes[4]["result"] == [{"result": 6, "error": None}]
    assert "x" in gateway.legacy("deckNames")["result"]


def test_over_json_rpc_a_member_of_multi_may_bring_its_own_key(open_gateway):
    gateway = open_gateway(apiKey="k")
    calls = [{"action": "version"}, {"action": "version", "key": "wrong"}, {"action": "version", "key": "k"}]
    outcomes = gateway.rpc("multi", {"actions": calls}, X_API_Key="k")["result"]
    assert [outcome["result"] for outcome in outcomes] == [6, None, 6]
    assert outcomes[1]["error"]["data"]["kind"] == "key_required"


@for_rows("actions", [None, {}, "x", ["x"], [{}], [{"action": "version", "more": 1}], [{"action": 5}]])
def test_over_json_rpc_a_malformed_multi_runs_nothing(reading, actions):
    assert reading.rpc("multi", {"actions": actions})["error"]["code"] == -32602


def test_null_is_a_value_of_a_params_like_any_other(reading):
    params = {"scopes": ["actions"], "actions": None}
    listed = reading.legacy("apiReflect", **params)["result"]
    calls = [{"action": "apiReflect", "params": params}, {"action": "findNotes", "params": {"query": None}}]
    assert reading.legacy("multi", actions=calls)["result"] == [listed, []]
    assert [outcome["result"] for outcome in reading.rpc("multi", {"actions": calls})["result"]] == [listed, []]


def test_what_json_rpc_refuses_in_multi_does_not_depend_on_what_old_clients_sent(reading):
    names = {"action": "createDeck", "params": "x"}
    for _ in range(2):
        reading.legacy("multi", actions=[names])
        assert reading.rpc("multi", {"actions": [names]})["error"]["code"] == -32602


def test_a_lone_surrogate_as_a_name_of_a_param_is_an_error(reading):
    calls = [{"action": "createDeck", "params": {"\ud83d": 1}}]
    assert reading.legacy("multi", actions=calls)["error"]
    assert reading.legacy("deckNames")["result"] == ["Default", "Italian", "Italian::A1"]


# --- the collection ---


def test_the_versions_are_ankis_and_the_forks(reading):
    versions = reading.legacy("getVersion")["result"]
    assert list(versions) == ["anki", "ankiConnectPlus"]
    assert versions["anki"] == anki.buildinfo.version


def test_fsrs_is_undecided_on_or_off(gateway):
    assert gateway.legacy("isFsrsActive") == {"result": None, "error": None}
    for decided in (True, False):
        gateway.col.set_config("fsrs", decided)
        assert gateway.legacy("isFsrsActive")["result"] is decided


def test_the_settings_are_told_as_they_are(gateway):
    gateway.col.set_config("\u00e9", {"x": [1, None]})
    settings = gateway.legacy("getCollectionConfig")["result"]
    assert settings == gateway.col.all_config()
    assert settings["\u00e9"] == {"x": [1, None]}


def test_the_collection_is_described_without_its_notes_and_cards(gateway):
    gateway.col.decks.new_filtered("Filtered")
    overview = gateway.legacy("getCollection")["result"]
    names = ["created", "modified", "lastSync", "noteCount", "cardCount", "config", "models", "decks", "dconf"]
    assert list(overview) == [*names, "tags", "session"]
    assert overview["noteCount"] == overview["cardCount"] == 2
    assert (overview["created"], overview["modified"]) == (gateway.col.crt, gateway.col.mod)
    assert overview["config"] == gateway.col.all_config()
    assert [model["name"] for model in overview["models"]] == gateway.legacy("modelNames")["result"]
    assert {deck["name"]: deck["conf"] for deck in overview["decks"]} == {
        "Default": 1,
        "Filtered": None,
        "Italian": 1,
        "Italian::A1": 1,
    }
    assert all(list(deck) == ["id", "mod", "name", "desc", "dyn", "conf"] for deck in overview["decks"])
    assert overview["tags"] == ["A1", "fruit"]
    COLLECTION.deserialize(overview)


@for_rows("action", ["getVersion", "getCollection", "getCollectionConfig", "isFsrsActive"])
def test_what_takes_no_params_says_so(reading, action):
    text = f"AnkiConnect.{action}() got an unexpected keyword argument 'x'"
    assert reading.legacy(action, x=1) == {"result": None, "error": text}
    assert reading.rpc(action, [1])["error"]["data"]["kind"] == "invalid_params"
