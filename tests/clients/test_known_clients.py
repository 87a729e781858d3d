"""What well-known programs send, in the shape in which they send it, and what each of them depends on in the reply."""

import json

import pytest
import seed

DUPLICATE = "cannot create note because it is a duplicate"
EXTENSION = "chrome-extension://likgccmbimhjbgkjambclfkhldnlhbnn"


@pytest.fixture
def send(gateway):
    """Sends a body as a browser's fetch does; returns the decoded reply."""

    def send_one(body, **headers):
        response = gateway.send(json.dumps(body).encode(), content_type="application/json", **headers)
        assert response.status_code == 200
        return json.loads(response.data)

    return send_one


# --- Yomitan and Yomichan: version 2; any object with a member `error` is a failure ---


@pytest.fixture
def yomitan(send):
    def invoke(action, **params):
        return send({"action": action, "params": params, "version": 2}, Origin=EXTENSION)

    return invoke


def term(word):
    """A note as Yomitan builds it, with its default options."""
    scope = {"deckName": None, "checkChildren": False, "checkAllModels": False}
    return {
        "fields": {"Word": word, "Meaning": f"<i>{word}</i>"},
        "tags": ["yomitan"],
        "deckName": "Italian",
        "modelName": "Italian vocab",
        "options": {"allowDuplicate": False, "duplicateScope": "collection", "duplicateScopeOptions": scope},
    }


def test_yomitan_fills_its_settings_page(yomitan):
    assert yomitan("version") == 6
    assert "Italian::A1" in yomitan("deckNames")
    assert "Italian vocab" in yomitan("modelNames")
    assert yomitan("modelFieldNames", modelName="Italian vocab") == ["Word", "Meaning"]
    assert yomitan("apiReflect", scopes=["actions"], actions=["guiEditNote", "addNoet"]) == {
        "scopes": ["actions"],
        "actions": ["guiEditNote"],
    }
    assert "addNote" in yomitan("apiReflect", scopes=["actions"], actions=None)["actions"]


def test_yomitan_marks_the_words_that_are_known_and_adds_one(yomitan):
    notes = [term("mela"), term("pera")]
    assert yomitan("canAddNotes", notes=notes) == [False, True]
    assert yomitan("canAddNotesWithErrorDetail", notes=notes) == [
        {"canAdd": False, "error": DUPLICATE},
        {"canAdd": True},
    ]
    queries = [{"action": "findNotes", "params": {"query": f'"word:{word}"'}} for word in ("mela", "pera")]
    assert yomitan("multi", actions=queries) == [[seed.MELA], []]

    assert yomitan("storeMediaFile", filename="yomitan_audio_pera.mp3", data="AAAA") == "yomitan_audio_pera.mp3"
    note = yomitan("addNote", note=term("pera"))
    assert isinstance(note, int)
    assert DUPLICATE in yomitan("addNote", note=term("pera"))["error"]
    known, unknown = yomitan("notesInfo", notes=[note, 17])
    assert known["noteId"] == note
    assert (known["modelName"], known["tags"]) == ("Italian vocab", ["yomitan"])
    assert known["fields"]["Word"] == {"value": "pera", "order": 0}
    assert not isinstance(unknown.get("noteId"), int)
    cards = yomitan("findCards", query=f"nid:{note}")
    assert known["cards"] == cards
    assert [(card["cardId"], card["note"], card["flags"]) for card in yomitan("cardsInfo", cards=cards)] == [
        (cards[0], note, 0)
    ]
    assert yomitan("suspend", cards=cards) is True
    assert yomitan("updateNoteFields", note={**term("pera"), "id": note}) is None


def test_yomitan_falls_back_where_an_action_is_unsupported(yomitan):
    assert yomitan("guiEditNoet", note=seed.MELA) == {"result": None, "error": "unsupported action"}


def test_yomitan_with_a_key_sends_it_in_the_envelope(open_gateway):
    gateway = open_gateway(apiKey="secret")

    def invoke(**more):
        body = {"action": "deckNames", "params": {}, "version": 2, **more}
        return json.loads(gateway.send(json.dumps(body).encode(), Origin=EXTENSION).data)

    assert invoke(key="secret") == ["Default", "Italian", "Italian::A1"]
    assert invoke() == {"result": None, "error": "valid api key must be provided"}


# --- Obsidian_to_Anki: envelopes of exactly two members at every depth, tags as one text ---


def test_obsidian_to_anki_writes_a_vault(open_gateway):
    gateway = open_gateway(webCorsOriginList=["http://localhost", "app://obsidian.md"])

    def request(action, **params):
        return {"action": action, "version": 6, "params": params}

    def invoke(action, **params):
        response = gateway.send(json.dumps(request(action, **params)).encode(), Origin="app://obsidian.md")
        assert response.headers["Access-Control-Allow-Origin"] == "app://obsidian.md"
        reply = json.loads(response.data)
        assert set(reply) == {"result", "error"}
        assert reply["error"] is None
        return reply["result"]

    fields = {"Word": "pera", "Meaning": "pear"}
    note = {"deckName": "Vault", "modelName": "Italian vocab", "fields": fields, "tags": ["Obsidian_to_Anki"]}
    options = {"allowDuplicate": False, "duplicateScope": "deck"}
    add = request("addNote", note={**note, "options": options})
    first, second, third = invoke(
        "multi",
        actions=[
            request("multi", actions=[request("createDeck", deck="Vault")]),
            request("multi", actions=[add, add]),
            request("multi", actions=[request("addTags", notes=[seed.UVA], tags="vault fruit")]),
        ],
    )
    assert [set(reply) for reply in (*first["result"], *second["result"], *third["result"])] == [
        {"result", "error"}
    ] * 4
    assert isinstance(second["result"][0]["result"], int)
    assert second["result"][1] == {"result": None, "error": DUPLICATE}
    assert third["result"] == [{"result": None, "error": None}]
    assert gateway.col.get_note(seed.UVA).tags == ["fruit", "vault"]


# --- others, each with its own habit ---


def test_asbplayer_leaves_out_empty_params_and_looks_for_the_word_duplicate(send):
    assert send({"action": "deckNames", "version": 6}) == {
        "result": ["Default", "Italian", "Italian::A1"],
        "error": None,
    }
    note = {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": "mela"}, "tags": ["film"]}
    note["options"] = {
        "allowDuplicate": False,
        "duplicateScope": "deck",
        "duplicateScopeOptions": {"deckName": "Italian"},
    }
    reply = send({"action": "addNote", "version": 6, "params": {"note": note}})
    assert isinstance(reply["result"], int), reply  # the other one is in a sub-deck
    assert "duplicate" in send({"action": "addNote", "version": 6, "params": {"note": note}})["error"]


def test_anki_editor_reads_the_replies_inside_multi_by_their_version(send):
    inner = [
        {"action": "deckNames", "version": 5},
        {"action": "modelFieldNames", "version": 5, "params": {"modelName": "x"}},
    ]
    assert send({"action": "multi", "version": 5, "params": {"actions": inner}}) == {
        "result": [
            {"result": ["Default", "Italian", "Italian::A1"], "error": None},
            {"result": None, "error": "model was not found: x"},
        ],
        "error": None,
    }


def test_scripts_ask_with_curl_whether_it_is_there_and_send_forms(gateway):
    banner = gateway.send(method="GET")
    assert (banner.status_code, b"AnkiConnect v.6" in banner.data) == (200, True)
    form = gateway.send(b'{"action": "version", "version": 6}', content_type="application/x-www-form-urlencoded")
    assert json.loads(form.data) == {"result": 6, "error": None}
