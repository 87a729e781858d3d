"""What a client does in the course of a day, over kept connections and by both protocols."""

import base64
import random
import subprocess
import sys
import threading

import pytest
from gateway_process import START, child_environment

from addon.rpc.threads import SWITCH_INTERVAL_S

WAIT = 60.0
MORE = 12
"""Notes that each of eight clients adds one by one, after six."""
FRONT, BACK = "{{Word}}", "{{FrontSide}} {{Meaning}}"


def note(deck, model, word):
    return {"deckName": deck, "modelName": model, "fields": {"Word": word, "Meaning": f"{word} means"}, "tags": ["new"]}


def walk(call, *, marker, legacy):
    """The main flow in a deck and a note type of its own; every result is compared."""
    deck, model = f"{marker}::deck", f"{marker} words"
    assert call("version") == 6
    assert "Default" in call("deckNames")
    made = call("createDeck", deck=deck)
    assert (made["name"] == deck) if isinstance(made, dict) else isinstance(made, int)
    assert deck in call("deckNames")
    templates = [{"Name": "Card 1", "Front": FRONT, "Back": BACK}]
    call("createModel", modelName=model, inOrderFields=["Word", "Meaning"], cardTemplates=templates)
    assert model in call("modelNames")

    words = [f"{marker} {index}" for index in range(6)]
    notes = [note(deck, model, word) for word in words]
    assert call("canAddNotesWithErrorDetail", notes=notes) == [{"canAdd": True}] * 6
    first = call("addNote", note=notes[0])
    (refused,) = call("canAddNotesWithErrorDetail", notes=notes[:1])
    assert refused == {"canAdd": False, "error": "cannot create note because it is a duplicate"}
    added = call("addNotes", notes=notes[1:])
    ids = [first, *(added if legacy else [entry["id"] for entry in added])]
    assert len(set(ids)) == 6

    call("updateNoteFields", note={"id": first, "fields": {"Meaning": f"{marker} changed"}})
    found = call("findNotes", query=f'"note:{model}"')
    assert sorted(found) == sorted(ids)
    infos = call("notesInfo", notes=ids)
    assert [info["fields"]["Word"]["value"] for info in infos] == words
    assert infos[0]["fields"]["Meaning"]["value"] == f"{marker} changed"
    assert {info["modelName"] for info in infos} == {model}

    cards = call("findCards", query=f'"deck:{deck}"')
    assert sorted(cards) == sorted(card for info in infos for card in info["cards"])
    described = call("cardsInfo", cards=cards)
    assert {card["deckName"] for card in described} == {deck}
    assert sorted(card["note"] for card in described) == sorted(ids)
    assert call("suspend", cards=cards[:2]) is True
    assert call("areSuspended", cards=[*cards[:3], 1]) == [True, True, False, None]

    content = base64.b64encode(f"{marker} sounds".encode()).decode()
    name = call("storeMediaFile", filename=f"_{marker}.txt", data=content)
    assert call("retrieveMediaFile", filename=name) == content
    assert call("addTags", notes=ids, tags=f"{marker}-tag") is None
    assert f"{marker}-tag" in call("getTags")
    inner = [{"action": "notesInfo", "params": {"notes": [first]}}, {"action": "version"}, {"action": "nothing"}]
    one, two, three = call("multi", actions=inner)
    if legacy:  # without a version the inner replies are bare
        assert one[0]["tags"] == [f"{marker}-tag", "new"]
        assert (two, three) == (6, {"result": None, "error": "unsupported action"})
    else:
        assert one["result"][0]["tags"] == [f"{marker}-tag", "new"]
        assert (two["result"], three["error"]["code"]) == (6, -32601)
    return deck, model, ids


def clear(call, deck, model, ids, *, legacy):
    assert call("deleteNotes", notes=ids[:2]) == (None if legacy else ids[:2])
    assert call("notesInfo", notes=ids[:2]) == [{}, {}]
    assert call("deleteDecks", decks=[deck], cardsToo=True) == (None if legacy else [deck])
    assert deck not in call("deckNames")
    assert call("findNotes", query=f'"note:{model}"') == []


def caller(connection, *, legacy, marker=""):
    counter = iter(range(10**6))

    def call(action, **params):
        if legacy:
            return connection.legacy(action, **params)
        return connection.rpc(action, params, id=f"{marker} {next(counter)}")  # which compares the answer's id

    return call


@pytest.mark.parametrize("legacy", [False, True], ids=["JSON-RPC", "the old protocol"])
def test_the_main_flow_works_on_one_kept_connection(served, legacy):
    call = caller(served.connect(), legacy=legacy, marker="one")
    clear(call, *walk(call, marker="its" if legacy else "mine", legacy=legacy), legacy=legacy)


def test_eight_clients_at_once_get_their_own_answers_and_lose_nothing(serve, collection):
    process = serve("--collection", collection).ready()
    starting = threading.Barrier(8)
    kept, failures = {}, []

    def client(index):
        marker, legacy = f"client{index}", bool(index % 2)
        chance = random.Random(index)
        try:
            connection = process.connect()
            call = caller(connection, legacy=legacy, marker=marker)
            starting.wait(WAIT)
            deck, model, ids = walk(call, marker=marker, legacy=legacy)
            for count in range(MORE):
                word = f"{marker} more {count}"
                ids.append(call("addNote", note=note(deck, model, word)))
                assert call("findNotes", query=f'"Word:{word}"') == ids[-1:]
                asked = chance.choice(ids)
                assert call("notesInfo", notes=[asked])[0]["fields"]["Word"]["value"].startswith(f"{marker} ")
            kept[index] = deck, model, ids
        except BaseException as error:
            failures.append((marker, error))

    threads = [threading.Thread(target=client, args=(index,), daemon=True) for index in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert failures == []
    connection = process.connect()
    every_id = [note_id for _, _, ids in kept.values() for note_id in ids]
    assert len(set(every_id)) == 8 * (6 + MORE)
    for index, (deck, model, ids) in kept.items():
        infos = connection.rpc("notesInfo", {"notes": ids})
        assert all(info["fields"]["Word"]["value"].startswith(f"client{index} ") for info in infos)
        legacy = bool(index % 2)
        clear(caller(connection, legacy=legacy), deck, model, ids, legacy=legacy)
    assert len(connection.rpc("findNotes", {"query": ""})) == 2
    assert process.stop() == 0
    assert process.err == ""


TURNS = """
import os, signal, sys
from addon import cli
from addon.headless import serve

serve.announce = lambda greeting: os.kill(os.getpid(), signal.SIGTERM)
cli.main(["serve", "--port", "0", "--collection", sys.argv[1]])
print(sys.getswitchinterval())
"""


@pytest.mark.process
def test_the_threads_of_a_server_take_turns_often(collection):
    child = subprocess.run(
        [sys.executable, "-c", TURNS, collection],
        env=child_environment(),
        timeout=START,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert float(child.stdout) == pytest.approx(SWITCH_INTERVAL_S)
