"""Actions of an extension are like ours: over both protocols, in the document, for agents, with undo and operations."""

import threading
import time

import jsonschema
import pytest

from addon.actions import REGISTRY
from addon.extension.actions import LOSSES
from addon.schemas.fields.dry_run import Losses

TEXT = {"type": "object", "properties": {"text": {"type": "string", "description": "A text."}}, "required": ["text"]}
NOTE = {"type": "object", "properties": {"note": {"type": "integer", "description": "Note id."}}, "required": ["note"]}
NOTES = {"properties": {"notes": {"type": "array", "items": {"type": "integer"}}}, "required": ["notes"]}


def generate(ctx, text):
    """Return the text with its readings.

    The readings are in brackets.
    """
    return f"{text}[{text}]"


def register(extended):
    furigana = extended.furigana()
    furigana.action("furigana_generate", generate, params=TEXT, result={"type": "string"})
    return furigana


def test_an_action_is_a_method_by_name_and_by_position(extended):
    register(extended)
    assert extended.call("furigana_generate", {"text": "a"}) == "a[a]"
    assert extended.call("furigana_generate", ["a"]) == "a[a]"


def test_it_is_an_action_of_the_old_protocol(extended):
    register(extended)
    assert extended.legacy("furigana_generate", text="a") == {"result": "a[a]", "error": None}
    assert extended.legacy("furigana_generate", text=1) == {
        "result": None,
        "error": "Invalid params: text: Must be a string, not 1: write it in quotes.",
    }
    assert extended.legacy("furigana_generate", version=4, text="a") == "a[a]"
    calls = [{"action": "furigana_generate", "version": 6, "params": {"text": "a"}}, {"action": "version"}]
    assert extended.legacy("multi", actions=calls)["result"] == [{"result": "a[a]", "error": None}, 6]
    reflected = extended.legacy("apiReflect", scopes=["actions"], actions=["furigana_generate", "furigana_no"])
    assert reflected["result"]["actions"] == ["furigana_generate"]


@pytest.mark.parametrize("wait", [1, None])
def test_a_param_that_our_actions_do_not_take_from_old_clients_is_its_own(extended, wait):
    params = {"properties": {"wait": {"type": "boolean"}}, "required": ["wait"]}
    extended.furigana().action("furigana_generate", lambda ctx, wait: wait, params=params, result={"type": "boolean"})
    assert extended.legacy("furigana_generate", wait=wait)["error"].startswith("Invalid params: wait: Must be true or")


def test_the_decorator_hands_the_function_back(extended):
    assert extended.furigana().action("furigana_generate", params=TEXT, result={})(generate) is generate
    assert extended.call("furigana_generate", ["a"]) == "a[a]"


def test_it_is_in_the_document_and_goes_when_it_is_withdrawn(extended):
    before = extended.document()
    registration = extended.furigana().action("furigana_generate", generate, params=TEXT, result={"type": "string"})
    etag = extended.send(method="GET", path="/openrpc.json", Host="localhost").headers["ETag"]
    (method,) = (m for m in extended.document()["methods"] if m["name"] == "furigana_generate")
    assert method["summary"] == "Return the text with its readings."
    assert method["tags"][0]["name"] == "Furigana"
    assert method["x-extension"] == {"name": "furigana", "title": "Furigana", "forAgents": True}
    assert "furigana_generate" in extended.send(method="GET", path="/openrpc.dereferenced.json", Host="localhost").text
    registration.withdraw()
    assert extended.document() == before
    assert extended.send(method="GET", path="/openrpc.json", Host="localhost").headers["ETag"] != etag
    assert extended.call("furigana_generate", ["a"])["data"]["kind"] == "method_not_found"
    assert extended.gateway.extensions.state()[0].actions == []


def test_gateways_do_not_see_the_extensions_of_others(open_extended):
    one, other = open_extended(), open_extended()
    register(one)
    assert one.call("furigana_generate", ["a"]) == "a[a]"
    assert other.call("furigana_generate", ["a"])["data"]["kind"] == "method_not_found"
    assert "furigana_generate" not in REGISTRY


def test_defaults_are_filled_in_and_null_leaves_out(extended):
    params = {
        "properties": {
            "text": {"type": "string"},
            "times": {"type": "integer", "default": 2},
            "tags": {"type": "array", "items": {"type": "string"}},
            "mark": {"type": ["string", "null"], "default": "!"},
        },
        "required": ["text"],
    }

    def repeat(ctx, text, times, mark, tags=()):
        return [text, times, list(tags), mark]

    extended.furigana().action("furigana_repeat", repeat, params=params, result={"type": "array"})
    assert extended.call("furigana_repeat", ["a"]) == ["a", 2, [], "!"]
    assert extended.call("furigana_repeat", {"text": "a", "times": 3.0, "tags": None, "mark": None}) == [
        "a",
        3,
        [],
        None,
    ]
    assert extended.call("furigana_repeat", ["a", None, ["x"]]) == ["a", 2, ["x"], "!"]


def test_its_errors_have_a_stable_code_and_kind(extended):
    @extended.furigana().action("furigana_generate", params=TEXT, errors={"tooLong": "The text is too long."})
    def fail(ctx, text):
        raise ctx.error("tooLong", f"{text} is too long", most=3)

    error = extended.call("furigana_generate", ["abcd"])
    assert error == {
        "code": 1341343,
        "message": "abcd is too long",
        "data": {"kind": "furigana_tooLong", "most": 3, "extension": "furigana"},
    }
    assert extended.legacy("furigana_generate", text="abcd")["error"] == "abcd is too long"
    described = {"code": 1341343, "message": "The text is too long.", "data": {"kind": "furigana_tooLong"}}
    described["data"]["extension"] = "furigana"
    document = extended.document()
    assert document["components"]["errors"]["FuriganaTooLong"] == described
    (method,) = (m for m in document["methods"] if m["name"] == "furigana_generate")
    assert described in method["errors"]


# --- writes ---


def tag(ctx, note):
    found = ctx.col.get_note(note)
    found.tags.append("furigana")
    ctx.write(ctx.col.update_note, found)


def delete(ctx, note):
    ctx.write(ctx.col.remove_notes, [note])


def losses(ctx, note):
    return ctx.losses(notes=[note])


def test_writes_are_one_undo_step_and_merge_in_a_batch(extended):
    extended.furigana().action("furigana_tag", tag, params=NOTE, writes=True)
    ids = extended.call("findNotes", {"query": ""})[:2]
    extended.call("furigana_tag", {"note": ids[0]})
    assert extended.col.undo_status().undo == "Update Note"
    extended.col.undo()
    assert extended.call("findNotes", {"query": "tag:furigana"}) == []
    batch = [{"jsonrpc": "2.0", "id": id, "method": "furigana_tag", "params": [id]} for id in ids]
    extended.post(batch)
    assert extended.col.undo_status().undo == "Furigana: tag, several times"
    extended.col.undo()
    assert extended.call("findNotes", {"query": "tag:furigana"}) == []


def test_an_unknown_note_is_ankis_error_in_our_words(extended):
    extended.furigana().action("furigana_tag", tag, params=NOTE, writes=True)
    error = extended.call("furigana_tag", {"note": 1})
    assert (error["data"]["kind"], error["data"]["extension"]) == ("not_found", "furigana")


def test_a_write_may_contain_a_write(extended):
    def nested(ctx):
        ctx.write(lambda: ctx.write(ctx.col.decks.add_normal_deck_with_name, "made inside"))

    extended.furigana().action("furigana_make", nested, writes=True)
    calling = threading.Thread(target=extended.call, args=("furigana_make",), daemon=True)
    calling.start()
    calling.join(10)
    assert not calling.is_alive()
    assert "made inside" in extended.call("deckNames")
    extended.col.undo()
    assert "made inside" not in extended.call("deckNames")


def test_a_dry_run_is_reported_and_writes_nothing(extended):
    extended.furigana().action("furigana_delete", delete, params=NOTE, writes=True, dry_run=losses)
    note = extended.call("findNotes", {"query": ""})[0]
    before = extended.col.mod
    expected = {"dryRun": True, "notes": {"count": 1, "ids": [note]}}
    assert extended.call("furigana_delete", {"note": note, "dryRun": True}) == expected
    assert extended.legacy("furigana_delete", note=note, dryRun=True)["result"] == expected
    assert extended.col.mod == before
    assert extended.call("furigana_delete", [note]) is None
    assert note not in extended.call("findNotes", {"query": ""})


@pytest.mark.parametrize("kind", ["object", ["object", "null"], "integer", ["integer", "null"], "array"])
def test_a_dry_run_goes_with_a_result_of_any_type(extended, kind):
    result = {"type": kind, **({"properties": {"deleted": {"type": "integer"}}} if "object" in kind else {})}
    extended.furigana().action("furigana_delete", delete, params=NOTE, result=result, writes=True, dry_run=losses)
    assert extended.state().faults == ()
    assert "Losses" in str(next(m for m in extended.document()["methods"] if m["name"] == "furigana_delete")["result"])


def test_a_dry_run_cannot_write(extended):
    extended.furigana().action("furigana_delete", delete, params=NOTE, writes=True, dry_run=delete)
    note = extended.call("findNotes", {"query": ""})[0]
    assert extended.call("furigana_delete", [note, True])["data"]["kind"] == "extension_failed"
    assert note in extended.call("findNotes", {"query": ""})
    assert extended.state().faults == ("furigana_delete: Misuse: a dry run must not write",)


def test_the_kinds_of_losses_are_ours_without_profiles_which_no_extension_deletes():
    assert Losses.instance()._attributes.keys() - {"dryRun", "profiles"} == LOSSES


def test_an_operation_reports_its_progress_and_can_be_cancelled(extended):
    def slow(ctx, notes):
        done = 0
        for chunk in ctx.chunks(notes, 1):
            done += len(chunk)
            time.sleep(0.05)
        return done

    extended.furigana(limit=0.1).action(
        "furigana_all", slow, params=NOTES, result={"type": "integer"}, cancellable=True
    )
    call = {"method": "furigana_all", "params": {"notes": [*range(100)]}}
    id = extended.call("startOperation", call)["id"]
    while (extended.call("getOperation", {"id": id})["progress"] or {}).get("done") in (None, 0):
        time.sleep(0.01)
    extended.call("cancelOperation", {"id": id})
    until = time.monotonic() + 10
    while (operation := extended.call("getOperation", {"id": id}))["state"] == "running":
        assert time.monotonic() < until
        time.sleep(0.02)
    assert operation["state"] == "cancelled"
    assert 0 < operation["result"] < 100
    id = extended.call("startOperation", {"method": "furigana_all", "params": {"notes": [1, 2, 3]}})["id"]
    while (operation := extended.call("getOperation", {"id": id}))["state"] != "done":
        assert time.monotonic() < until
        time.sleep(0.02)
    assert operation["result"] == 3


# --- scopes ---


def test_a_new_extension_needs_admin_until_the_user_has_seen_it(open_extended):
    reader = {"keys": {"reader": {"key": "r", "scopes": ["read"]}, "admin": {"key": "a", "scopes": ["admin"]}}}
    extended = open_extended(extensions=[], **reader)
    register(extended)
    error = extended.call("furigana_generate", ["a"], X_API_Key="r")
    assert (error["data"]["kind"], error["data"]["scope"]) == ("permission_denied", "admin")
    assert "before the user has seen the extension Furigana" in error["message"]
    assert '"furigana" in the setting extensions' in error["message"]
    assert extended.call("furigana_generate", ["a"], X_API_Key="a") == "a[a]"
    (method,) = (m for m in extended.document()["methods"] if m["name"] == "furigana_generate")
    assert method["x-also-needs"] == ["admin"]
    assert not extended.state().is_seen
    extended.host.config = type(extended.host.config).load({"extensions": ["furigana"], **reader}, {})
    assert extended.call("furigana_generate", ["a"], X_API_Key="r") == "a[a]"
    assert extended.state().is_seen
    (method,) = (m for m in extended.document()["methods"] if m["name"] == "furigana_generate")
    assert method["x-also-needs"] == []


def test_a_caller_needs_the_scope_of_an_action(open_extended):
    extended = open_extended(keys={"reader": {"key": "r", "scopes": ["read"]}})
    extended.furigana().action("furigana_tag", tag, params=NOTE, writes=True)
    error = extended.call("furigana_tag", {"note": 1}, X_API_Key="r")
    assert (error["data"]["kind"], error["data"]["scope"]) == ("permission_denied", "write")


def test_the_context_says_who_calls(open_extended):
    extended = open_extended(keys={"reader": {"key": "r", "scopes": ["read"]}})
    extended.furigana().action("furigana_who", lambda ctx: [ctx.caller_name, sorted(ctx.scopes)], result={})
    assert extended.call("furigana_who", X_API_Key="r") == ["reader", ["read"]]


# --- places ---


def test_an_action_on_a_thread_does_not_wait_for_the_collection(extended):
    extended.furigana().action("furigana_generate", generate, params=TEXT, result={"type": "string"}, runs_on="thread")
    extended.lane.close()
    assert extended.call("furigana_generate", ["a"]) == "a[a]"


def test_a_thread_has_no_collection(extended):
    extended.furigana().action("furigana_count", lambda ctx: ctx.col.note_count(), result={}, runs_on="thread")
    assert extended.call("furigana_count")["data"]["kind"] == "extension_failed"
    assert 'ctx.col needs runs_on="collection"' in extended.state().faults[0]


def test_an_action_in_a_window_says_that_there_is_none(extended):
    extended.furigana().action("furigana_show", lambda ctx: ctx.mw.show(), runs_on="window", scope="gui")
    assert extended.call("furigana_show")["data"]["kind"] == "gui_unavailable"


def test_the_document_stays_valid(extended):
    """`test_document` has the details."""
    register(extended)
    (method,) = (m for m in extended.document()["methods"] if m["name"] == "furigana_generate")
    for part in (*method["params"], method["result"]):
        jsonschema.Draft7Validator.check_schema(part["schema"])
