"""The size of a response is limited, whatever the calls in it: single ones, batches, `multi`, and in both protocols."""

import json
from pathlib import Path

import anki.collection  # noqa: F401  (before any other part of Anki, which imports in circles)
import pytest
import seed
from local_gateway import LocalGateway
from sizes import for_rows, some, turns

from addon.actions import REGISTRY
from addon.rpc import budget, codec
from addon.rpc.budget import MEMBER_RESERVE_BYTES, Budget

MIB = 2**20
SMALL = {"responseMegabytes": 1, "publicResponseMegabytes": 1}
PAGE = "https://example.com"
KIND = "response_too_large"
JSON = "application/json"


@pytest.fixture
def small(open_gateway):
    """A gateway whose responses have at most 1 MiB."""
    return open_gateway(limits=SMALL)


def message(method, params=None, id=1):
    return {"jsonrpc": "2.0", "id": id, "method": method, **({} if params is None else {"params": params})}


def kind_of(response):
    return response.get("error", {}).get("data", {}).get("kind")


def outcomes(responses):
    """Of each response its kind of error, and whether the call ran; None for a result."""
    return [(kind_of(one), one["error"]["data"].get("ran")) if "error" in one else None for one in responses]


def long_note(gateway, length=10_000):
    fields = {"Front": "long", "Back": "x" * length}
    return gateway.rpc("addNote", {"note": {"deckName": "Default", "modelName": "Basic", "fields": fields}})["result"]


def cards_of(gateway, note):
    return gateway.rpc("notesInfo", {"notes": [note]})["result"][0]["cards"]


# --- one call with a repeated id ---

BULK = {
    "notesInfo": lambda note, card: ("notes", note),
    "notesModTime": lambda note, card: ("notes", note),
    "getImageOcclusionNotes": lambda note, card: ("notes", 1),
    "cardsInfo": lambda note, card: ("cards", card),
    "cardsModTime": lambda note, card: ("cards", card),
    "cardsDetails": lambda note, card: ("cards", card),
    "cardSounds": lambda note, card: ("cards", card),
    "cardStats": lambda note, card: ("cards", card),
    "getAnswerStates": lambda note, card: ("cards", card),
    "getMemoryStates": lambda note, card: ("cards", card),
    "getIntervals": lambda note, card: ("cards", card),
    "areDue": lambda note, card: ("cards", card),
    "areSuspended": lambda note, card: ("cards", card),
    "getEaseFactors": lambda note, card: ("cards", card),
    "getFlags": lambda note, card: ("cards", card),
    "getDecks": lambda note, card: ("cards", card),
    "findModelsById": lambda note, card: ("modelIds", 1700000003007),
    "findModelsByName": lambda note, card: ("modelNames", "Basic"),
    "deckStatistics": lambda note, card: ("decks", "Italian"),
    "getDeckLimits": lambda note, card: ("decks", "Italian"),
    "getFsrsParams": lambda note, card: ("presets", "Default"),
}


@pytest.fixture
def short_megabytes(monkeypatch):
    """The limits are an eighth of what they say, and as much less is needed to reach them. Returns one megabyte."""
    monkeypatch.setattr(budget, "MEGABYTE", MIB // 8)
    return MIB // 8


@pytest.mark.parametrize(("method", "protocol"), turns(some(BULK, 2), lambda method: ["rpc", "legacy"]))
def test_a_repeated_id_counts_as_often_as_it_is_sent(small, short_megabytes, method, protocol):
    note = long_note(small)
    name, id = BULK[method](note, cards_of(small, note)[0])
    assert outcomes([small.rpc(method, {name: [id]})]) == [None]

    def size(count):
        return len(small.send(json.dumps(message(method, {name: [id] * count})).encode(), content_type=JSON).data)

    ids = [id] * (short_megabytes // ((size(21) - size(1)) // 20) + 1000)
    if protocol == "rpc":
        body = json.dumps(message(method, {name: ids})).encode()
        answer = small.send(body, content_type=JSON).data
        assert len(answer) <= short_megabytes
        assert kind_of(json.loads(answer)) == KIND
    else:
        reply = small.legacy(method, **{name: ids})
        assert (reply["result"], reply["error"].partition(" (")[0]) == (
            None,
            "The result does not fit into a response of at most 1 MiB",
        )


@for_rows("method", sorted(BULK.keys() - {"getDecks"}))
def test_a_repeated_id_is_answered_as_often_as_it_is_sent(reading, method):
    name, id = BULK[method](seed.MELA, seed.MELA_CARD)

    def read(count):
        result = reading.rpc(method, {name: [id] * count})["result"]
        return result["presets"] if method == "getFsrsParams" else result

    (alone,) = read(1)
    for count in (3, 300):
        result = read(count)
        if method == "cardsInfo":  # Anki varies its labels by chance
            assert [one["question"] for one in result] == [alone["question"]] * count
        else:
            assert result == [alone] * count


def test_what_fits_is_answered_whole(small):
    note = long_note(small)
    assert len(small.rpc("notesInfo", {"notes": [note] * 100})["result"]) == 100
    assert len(small.legacy("notesInfo", notes=[note] * 100)["result"]) == 100
    error = small.rpc("notesInfo", {"notes": [note] * 105})["error"]
    assert error["data"] == {"kind": KIND, "limit": MIB, "setting": "limits.responseMegabytes", "ran": True}
    assert "limits.responseMegabytes" in error["message"]


def test_long_templates_are_stopped_while_the_cards_are_rendered(small, monkeypatch):
    small.rpc("updateModelStyling", {"model": {"name": "Basic", "css": "a" * 400_000}})
    notes = [{"deckName": "Default", "modelName": "Basic", "fields": {"Front": str(n)}} for n in range(20)]
    small.rpc("addNotes", {"notes": notes})
    cards = small.rpc("findCards", {"query": "note:Basic"})["result"]
    rendered = []
    from addon.actions.card import cards as card

    render = card.render
    monkeypatch.setattr(card, "render", lambda *given: rendered.append(given) or render(*given))
    assert kind_of(small.rpc("cardsInfo", {"cards": cards})) == KIND
    assert len(rendered) == 2


def test_a_file_that_does_not_fit_is_not_read(small):
    with Path(small.col.media.dir(), "large.bin").open("wb") as file:
        file.truncate(2**40)  # a sparse file
    assert kind_of(small.rpc("retrieveMediaFile", {"filename": "large.bin"})) == KIND


def test_an_error_names_a_hundred_duplicates_and_a_thousand_problems(gateway):
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "same"}}
    again = {**note, "options": {"allowDuplicate": True}}
    gateway.rpc("addNotes", {"notes": [again] * 150})
    assert len(gateway.rpc("addNote", {"note": note})["error"]["data"]["notes"]) == 100
    error = gateway.rpc("findNotes", dict.fromkeys(map(str, range(5000)), 1))["error"]
    assert len(error["data"]["fields"]) == 1000


# --- batches ---


def test_a_batch_stops_where_its_results_reach_the_limit(small):
    note = long_note(small, 200_000)
    adding = {"note": {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "not added"}}}
    batch = [message("notesInfo", {"notes": [note]}, id=id) for id in range(8)] + [message("addNote", adding, id=8)]
    responses = small.post(batch)
    assert [one["id"] for one in responses] == list(range(9))
    assert outcomes(responses) == [None] * 5 + [(KIND, True)] + [(KIND, False)] * 3
    assert responses[-1]["error"]["message"].startswith("Not run: ")
    assert small.rpc("findNotes", {"query": "Front:not_added"})["result"] == []


@pytest.mark.parametrize("nesting", [1, 2, 3])
def test_multi_stops_where_its_results_reach_the_limit(small, nesting):
    note = long_note(small, 200_000)
    calls = [{"action": "notesInfo", "params": {"notes": [note]}}] * 8
    for _ in range(nesting - 1):
        calls = [{"action": "multi", "params": {"actions": calls}}, {"action": "version"}]
    found = small.rpc("multi", {"actions": calls})["result"]
    replies = small.legacy("multi", actions=[{**call, "version": 6} for call in calls])["result"]
    for _ in range(nesting - 1):
        assert found[1]["error"]["data"] == {
            "kind": KIND,
            "limit": MIB,
            "setting": "limits.responseMegabytes",
            "ran": False,
        }
        assert replies[1]["error"].startswith("Not run: ")
        found, replies = found[0]["result"], replies[0]["result"] if isinstance(replies[0], dict) else replies[0]
    assert [one["error"] and one["error"]["data"]["ran"] for one in found] == [None] * 5 + [True] + [False] * 2
    assert len(replies) == 8


def test_calls_before_multi_in_a_batch_count_for_it_too(small):
    note = long_note(small, 200_000)
    call = {"action": "notesInfo", "params": {"notes": [note]}}
    inner = message("multi", {"actions": [call] * 3}, id=2)
    responses = small.post([message("notesInfo", {"notes": [note] * 4}), inner])
    assert outcomes(responses) == [None, None]
    errors = [one["error"] and one["error"]["data"]["ran"] for one in responses[1]["result"]]
    assert errors == [None, True, False]


def test_a_notification_counts_for_nothing(small):
    note = long_note(small, 200_000)
    told = {"jsonrpc": "2.0", "method": "notesInfo", "params": {"notes": [note]}}
    calls = [{"action": "notesInfo", "params": told["params"]}] * 8
    many = {"jsonrpc": "2.0", "method": "multi", "params": {"actions": calls}}
    responses = small.post([told] * 8 + [many, message("version")])
    assert responses == [{"jsonrpc": "2.0", "result": 6, "id": 1}]


def test_a_write_whose_result_does_not_fit_has_run_and_says_so(small, short_megabytes):
    notes = [{"deckName": "Default", "modelName": "Basic", "fields": {"Front": "a" * 100}, "x": 1}] * 2_000
    error = small.rpc("updateNotes", {"notes": [{"id": seed.MELA, "addTags": ["written"]}] * 2_000})["error"]
    assert (error["data"]["kind"], error["data"]["ran"]) == (KIND, True)
    assert "written" in small.rpc("getNoteTags", {"note": seed.MELA})["result"]
    assert len(json.dumps(small.rpc("addNotes", {"notes": notes}))) < short_megabytes


def test_errors_and_ids_count_as_well(small):
    names = ["x" * 100_000] * 20
    answer = small.send(json.dumps([message(name) for name in names]).encode(), content_type="application/json").data
    assert len(answer) <= MIB
    assert outcomes(json.loads(answer))[0][0] == "method_not_found"
    assert outcomes(json.loads(answer))[-1][0] == KIND
    refused = small.post([message("version", id="x" * 100_000)] * 20)
    assert (refused["id"], kind_of(refused), refused["error"]["data"]["ran"]) == (None, KIND, False)


def test_the_error_of_a_call_that_did_not_run_fits_into_what_is_set_aside():
    error = Budget(16_384, "publicResponseMegabytes").not_run_error()
    error = {"jsonrpc": "2.0", "error": error.to_object(), "id": None}
    assert len(codec.dumps(error)) + len(", ") <= MEMBER_RESERVE_BYTES


# --- callers who may only use the public methods ---

PUBLIC = sorted(name for name, action in REGISTRY.items() if action.public)


def test_the_public_methods_are_these():
    assert PUBLIC == ["requestPermission", "rpc.discover"]


@pytest.fixture(scope="module")
def locked(example_collection, tmp_path_factory):
    """A gateway that needs a key, and changes nothing without it; responses without it have at most 1 MiB."""
    path = seed.copy(example_collection, tmp_path_factory.mktemp("locked"))
    gateway = LocalGateway(path, apiKey="secret", limits={"publicResponseMegabytes": 1})
    yield gateway
    gateway.close()


PARAMS = {
    "none": None,
    "a long name": {"x" * 140_000: 1},
    "many names": dict.fromkeys(map(str, range(1_100)), 1),
    "a list": [1] * 50_000,
}


@for_rows(
    ("method", "kind"), turns([*PUBLIC, "version", "multi", "noSuchThing", *PUBLIC, *PUBLIC], lambda method: [*PARAMS])
)
def test_a_caller_without_the_key_gets_at_most_the_smaller_limit(locked, short_megabytes, method, kind):
    params = PARAMS[kind]
    for count in (1, 200 if params is None else 3):
        body = json.dumps([message(method, params, id=id) for id in range(count)]).encode()
        assert len(locked.send(body, content_type=JSON).data) <= short_megabytes
    single = json.dumps(message(method, params)).encode()
    assert len(locked.send(single, content_type=JSON).data) <= short_megabytes
    envelope = json.dumps({"action": method, "params": params or {}, "version": 6}).encode()
    assert len(locked.send(envelope).data) <= short_megabytes


def test_the_limit_depends_on_the_key_and_the_permission(open_gateway, short_megabytes):
    gateway = open_gateway(apiKey="secret", limits={"publicResponseMegabytes": 1, "responseMegabytes": 2})
    batch = [message("x" * 20_000)] * 12
    assert [kind_of(one) for one in gateway.post(batch, X_API_Key="secret")][-1] == KIND
    many = [message("requestPermission", {"x" * 20_000: 1})] * 12
    without, with_key = (gateway.post(many, **more) for more in ({}, {"X_API_Key": "secret"}))
    assert {one["error"]["data"].get("setting") for one in without} == {None, "limits.publicResponseMegabytes"}
    assert {one["error"]["data"].get("setting") for one in with_key} == {None, "limits.responseMegabytes"}
    assert len(json.dumps(without)) < len(json.dumps(with_key))
    stranger = gateway.rpc("requestPermission", {"x" * 400_000: 1}, Origin=PAGE)
    assert stranger["error"]["data"]["setting"] == "limits.publicResponseMegabytes"


@for_rows(
    ("body", "error"),
    [
        (["x" * 100], f"['{'x' * 100}'] is not of type 'object'"),
        (["x" * 2_000_000], "'list' object is not of type 'object'"),
        ({"action": ["x" * 2_000_000]}, "'list' object is not of type 'string'"),
        ({"action": "version", "params": "x" * 2_000_000}, "'str' object is not of type 'object'"),
        ("\x7f" * 1_000_000, "The result does not fit into a response of at most 1 MiB (setting limits.public"),
    ],
)
def test_what_is_no_envelope_is_refused_briefly(locked, body, error):
    answer = locked.send(json.dumps(body, ensure_ascii=False).encode()).data
    assert len(answer) <= MIB
    assert json.loads(answer)["error"].startswith(error)


@pytest.mark.parametrize("key", [None, "secret"])
def test_a_batch_may_ask_for_the_document_once(open_gateway, key):
    gateway = open_gateway(apiKey="secret")
    more = {} if key is None else {"X_API_Key": key}
    first, *others = gateway.post([message("rpc.discover", id=id) for id in range(3)], **more)
    assert first["result"]["openrpc"]
    assert [kind_of(one) for one in others] == ["invalid_request"] * 2
    assert gateway.rpc("rpc.discover", **more)["result"]["openrpc"]
    if key is not None:
        inner = [{"action": "rpc.discover"}] * 2
        multi = message("multi", {"actions": [*inner, {"action": "multi", "params": {"actions": inner}}]})
        for batch in ([multi], [message("rpc.discover"), multi]):
            text = gateway.send(json.dumps(batch).encode(), content_type="application/json", **more).data
            assert text.count(b'"openrpc":"1.2.6"') == 1


# --- elsewhere ---


def test_tools_of_agents_are_limited_and_say_so(small):
    note = long_note(small)
    call = {"name": "notesInfo", "arguments": {"notes": [note] * 200, "limit": 200}}
    headers = {"Accept": "application/json", "MCP_Protocol_Version": "2025-11-25"}
    body = json.dumps(message("tools/call", call)).encode()
    answer = json.loads(small.send(body, path="/mcp", content_type="application/json", **headers).data)["result"]
    assert answer["isError"]
    assert json.loads(answer["content"][0]["text"])["error"]["kind"] == KIND


def ended(gateway, method, params, **more):
    id = gateway.rpc("startOperation", {"method": method, "params": params}, **more)["result"]["id"]
    assert gateway.gateway.operations.find(id).wait(20)
    return id


def test_an_operation_has_a_limit_of_its_own_and_its_result_counts_where_it_is_fetched(small):
    note = long_note(small)
    failed = small.rpc("getOperation", {"id": ended(small, "notesInfo", {"notes": [note] * 200})})["result"]
    assert (failed["state"], failed["error"]["data"]["kind"]) == ("failed", KIND)
    id = ended(small, "notesInfo", {"notes": [note] * 60})
    done = small.rpc("getOperation", {"id": id})["result"]
    assert (done["state"], len(done["result"])) == ("done", 60)
    assert small.legacy("getOperation", id=id)["result"] == done
    responses = small.post([message("getOperation", {"id": id})] * 3)
    assert outcomes(responses) == [None, (KIND, True), (KIND, False)]


def test_text_that_only_pythons_json_writes_stands_beside_what_is_encoded(gateway):
    (response,) = gateway.post([message("multi", {"actions": [{"action": "version"}]}, id="\ud800")])
    assert response == {"jsonrpc": "2.0", "result": [{"result": 6, "error": None}], "id": "\ud800"}
    encoded, size = codec.parts_of(["a"] * 100, 1000)
    assert codec.dumps({"odd": ["\ud800"], "encoded": codec.Encoded(encoded)}) == (
        b'{"odd":["\\ud800"],"encoded":' + codec.dumps(["a"] * 100) + b"}"
    )
    assert size == len(codec.dumps(["a"] * 100))


@for_rows(
    "value",
    [
        [],
        [1] * 65,
        [1, None, 2.5, True] * 3000,
        ["a"] * 65,
        [[n] for n in range(200)],
        [*range(64), {"a": 1}],
        {"a": ["x", "y"] * 100, "b": 1, "c": [], "ü": [[0]] * 70},
        [2**70] * 70,
        ["\ud800", "b"] * 40,
        "text",
        {},
    ],
)
def test_parts_are_the_whole(value):
    parts, size = codec.parts_of(value, 10**6)
    assert json.loads(b"".join(parts)) == value
    assert size == sum(map(len, parts))
    assert codec.parts_of(value, size) == (parts, size)
    with pytest.raises(codec.TooLong):
        codec.parts_of(value, size - 1)
