"""Extensions publish events, and listen to ours."""

import json
import threading
import time

import pytest
from events import Stream
from limits import no_more_threads

PARAMS = {"properties": {"notes": {"type": "array", "items": {"type": "integer"}}}, "required": ["notes"]}


@pytest.fixture
def port(extended):
    server = extended.gateway.server()
    server.start()
    yield int(server.url.rpartition(":")[2])
    server.stop()


@pytest.fixture
def extended(open_extended):
    return open_extended(webBindPort=0)


def eventually(is_so, seconds=10):
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_an_event_reaches_the_followers(extended, port):
    furigana = extended.furigana()
    furigana.event("furigana_generated", "Readings were generated.", PARAMS)
    stream = Stream(port)
    assert furigana.publish("furigana_generated", {"notes": [1]})
    assert stream.until("furigana_generated") == {"notes": [1]}
    stream.close()
    (event,) = (event for event in extended.document()["x-events"] if event["name"] == "furigana_generated")
    assert event["summary"] == "Readings were generated."
    assert event["x-extension"] == {"name": "furigana", "title": "Furigana"}


REFUSED = [
    ("furigana_other", {}, "the event furigana_other was not published: it is not registered"),
    ("notesAdded", {"notes": []}, "the event notesAdded was not published: it is not registered"),
    ("furigana_generated", {}, "was not published: Invalid params: notes: Required, but missing."),
    ("furigana_generated", {"notes": [object()]}, "was not published: its params are not JSON: TypeError"),
    ("furigana_generated", 3, "was not published: its params are not JSON: TypeError"),
    ("furigana_generated", {"notes": [1] * 100_000}, "was not published: it has more than 65536 bytes."),
]


@pytest.mark.parametrize(("name", "params", "fault"), REFUSED)
def test_a_wrong_event_is_not_sent(extended, name, params, fault):
    furigana = extended.furigana()
    furigana.event("furigana_generated", "", PARAMS)
    assert furigana.publish(name, params) is False
    assert fault in furigana.faults[-1]


def test_few_events_a_second_are_sent(extended):
    furigana = extended.furigana()
    furigana.event("furigana_generated", "", PARAMS)
    sent = sum(furigana.publish("furigana_generated", {"notes": []}) for _ in range(300))
    assert 50 <= sent <= 150
    assert "at most 50 events a second" in furigana.faults[-1]


def test_nothing_is_sent_before_the_user_has_seen_the_extension_nor_after_it_was_withdrawn(open_extended):
    new = open_extended(extensions=[])
    furigana = new.furigana()
    furigana.event("furigana_generated", "", PARAMS)
    assert not furigana.publish("furigana_generated", {"notes": []})
    seen = open_extended()
    furigana = seen.furigana()
    furigana.event("furigana_generated", "", PARAMS)
    assert furigana.publish("furigana_generated", {"notes": []})
    furigana.withdraw("furigana_generated")
    assert not furigana.publish("furigana_generated", {"notes": []})
    furigana.withdraw()
    assert not furigana.publish("furigana_generated", {"notes": []})


def test_an_event_has_no_name_of_ours(extended):
    registration = extended.furigana().event("notesAdded", "", PARAMS)
    extended.state()
    assert "the name must be furigana_" in registration.fault


def test_a_listener_is_called_for_its_events_on_its_own_thread(extended):
    heard, threads = [], set()

    def listen(name, params):
        heard.append((name, params))
        threads.add(threading.current_thread().name)

    furigana = extended.furigana()
    registration = furigana.listen("decksChanged", listen)
    time.sleep(0.3)  # the follower is ready
    extended.call("createDeck", {"deck": "a"})
    eventually(lambda: heard)
    assert heard[0] == ("decksChanged", {})
    assert threads == {"anki-rpc listener furigana"}
    assert extended.state().listens == ["decksChanged"]
    registration.withdraw()
    eventually(lambda: "anki-rpc listener furigana" not in {thread.name for thread in threading.enumerate()}, 70)
    count = len(heard)
    extended.call("createDeck", {"deck": "b"})
    time.sleep(0.3)
    assert len(heard) == count


def test_a_listener_for_which_the_system_has_no_thread_gets_one_later(extended):
    heard = []
    furigana = extended.furigana()
    with no_more_threads("anki-rpc listener"):
        furigana.listen("decksChanged", lambda name, params: heard.append(name))
    assert "receives no events: The system allows this process no more threads" in furigana.faults[-1]
    furigana.listen("notesAdded", lambda name, params: None)
    time.sleep(0.3)  # the follower is ready
    extended.call("createDeck", {"deck": "a"})
    eventually(lambda: heard == ["decksChanged"])


def test_a_listener_that_fails_or_blocks_holds_up_nobody(extended):
    heard, go_on = [], threading.Event()

    def fail(name, params):
        raise SystemExit

    furigana, other = extended.furigana(), extended.door.extension("other")
    furigana.listen("*", fail)
    furigana.listen("decksChanged", lambda name, params: heard.append("furigana"))
    blocking = extended.door.extension("blocking")
    blocking.listen("*", lambda name, params: go_on.wait(30))
    other.listen("*", lambda name, params: heard.append(name))
    time.sleep(0.3)
    started = time.monotonic()
    extended.call("createDeck", {"deck": "a"})
    assert time.monotonic() - started < 5
    eventually(lambda: {"furigana", "decksChanged"} <= {*heard})
    assert "listener of" in furigana.faults[-1]
    go_on.set()


def test_a_listener_may_call_the_gateway(extended):
    answers = []
    extended.furigana().listen("decksChanged", lambda name, params: answers.append(extended.call("deckNames")))
    time.sleep(0.3)
    extended.call("createDeck", {"deck": "a"})
    eventually(lambda: answers)
    assert "a" in answers[0]


def test_a_handler_that_calls_the_gateway_again_and_again_ends(extended, port):
    """Each call has a thread; the calls of one extension are few."""
    import urllib.request

    def again(ctx):
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "furigana_again"}).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{port}", body, {"Content-Type": "application/json"})
        answer = json.load(urllib.request.urlopen(request, timeout=30))
        return answer.get("result", answer.get("error"))

    extended.furigana().action("furigana_again", again, result={}, runs_on="thread")
    assert extended.call("furigana_again")["data"]["kind"] == "busy"
    assert extended.call("version") == 6
