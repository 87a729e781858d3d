"""*Try it* on the page at `/`: the form, what it completes, large answers, what is kept, and the lines to copy."""

import json

import pytest
from examples import DOCUMENT
from pages import call, fill, press_send, send, typed, visit
from playwright.sync_api import expect
from sizes import for_rows, some
from windows_shells import powershell_arguments

pytestmark = pytest.mark.browser


def test_the_form_stands_beside_the_params(url, open_page):
    page = open_page(f"{url}/#findNotes")
    params, form = (page.locator(place).bounding_box() for place in (".about", ".try"))
    assert params["x"] + params["width"] <= form["x"]
    assert form["y"] <= params["y"] + 10
    page.set_viewport_size({"width": 700, "height": 900})
    assert page.locator(".try").bounding_box()["y"] >= page.locator(".about dl").bounding_box()["y"]


def test_a_form_makes_the_params(shown):
    page = shown
    visit(page, "findNotes")
    page.get_by_label("query string").fill("deck:Italian::A1")
    page.get_by_label("limit integer").fill("1")
    page.get_by_label("descending boolean").select_option("true")
    assert typed(page) == {"query": "deck:Italian::A1", "limit": 1, "descending": True}
    page.get_by_label("descending boolean").select_option("not sent (default false)")
    page.get_by_label("limit integer").press("Control+Enter")
    expect(page.locator("#answer-state")).to_contain_text("HTTP")
    assert json.loads(page.inner_text("#answer"))["result"] == [1700000000001]
    page.get_by_label("limit integer").fill("one")
    send(page)
    expect(page.locator("[data-path=limit] .problem")).not_to_be_empty()
    expect(page.get_by_label("limit integer")).to_have_attribute("aria-invalid", "true")


def test_the_form_of_a_note_has_the_fields_of_its_note_type(url, shown):
    page = shown
    visit(page, "addNotes")
    page.get_by_role("button", name="Remove notes 2").click()
    note_type = page.get_by_label("modelName string")
    note_type.fill("Italian vocab")
    note_type.press("Tab")
    page.get_by_label("Word string").fill("pane")
    page.get_by_label("Meaning string").fill("bread")
    for name in ("Front", "Back"):
        page.get_by_role("button", name=f"Remove {name}").click()
    page.get_by_text("Optional: tags").click()
    page.get_by_role("button", name="Add to tags").click()
    page.get_by_label("tags 1 string").fill("food")
    assert typed(page)["notes"] == [
        {
            "deckName": "Default",
            "modelName": "Italian vocab",
            "fields": {"Word": "pane", "Meaning": "bread"},
            "tags": ["food"],
        }
    ]
    id = send(page)["result"][0]["id"]
    assert call(url, "notesInfo", notes=[id])[0]["fields"]["Meaning"]["value"] == "bread"


@for_rows(
    ("place", "text", "offered"),
    [
        ("getDeckDescription deck string", "ital", ["Italian", "Italian::A1"]),
        ("modelFieldNames modelName string", "vocab", ["Italian vocab"]),
        ("renameTag tag string", "fru", ["fruit"]),
        ("findCards query string", "deck:A1", ["deck:Italian::A1"]),
        ("findCards query string", "tag:fruit note:it", ['tag:fruit "note:Italian vocab"']),
    ],
)
def test_names_of_the_collection_are_offered(shown, place, text, offered):
    method, label = place.split(" ", 1)
    page = shown
    visit(page, method)
    field = page.get_by_label(label).first
    field.fill(text)
    options = page.locator(f"datalist#{field.get_attribute('list')} option")
    expect(options).to_have_count(len(offered))
    assert [option.get_attribute("value") for option in options.all()] == offered


EDITED = """async (names) => {
  const edited = {};
  for (const name of names) {
    location.hash = name;
    for (let turn = 0; document.querySelector("main h2")?.textContent !== name; turn++) {
      if (turn > 1000) throw new Error(`${name} is not shown`);
      await new Promise((resume) => setTimeout(resume));
    }
    const before = document.querySelector("#params").value;
    const fields = ["input", "textarea", "select"].map((tag) => `[data-path] > ${tag}:enabled`);
    for (const input of document.querySelectorAll(fields)) {
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    edited[name] = [before, document.querySelector("#params").value];
  }
  return edited;
}"""


def without_null(value):
    return {name: part for name, part in value.items() if part is not None}


def test_every_form_reads_what_it_shows(url, open_page):
    """Each input of a method is edited, to the same text: the params stay the same."""
    page = open_page(url)
    names = some([method["name"] for method in DOCUMENT["methods"]], 4)
    for name, (before, after) in page.evaluate(EDITED, names).items():
        assert without_null(json.loads(after)) == without_null(json.loads(before)), name


def test_what_was_typed_survives_leaving_errors_and_reloading(url, open_page):
    page = open_page(f"{url}/#findNotes")
    page.get_by_label("query string").fill("deck:(")
    send(page)
    visit(page, "deckNames")
    expect(page.locator("main h2")).to_have_text("deckNames")
    page.go_back()
    expect(page.get_by_label("query string")).to_have_value("deck:(")
    page.reload()
    expect(page.get_by_label("query string")).to_have_value("deck:(")
    page.get_by_label("query string").fill("deck:Italian")
    page.get_by_text("Sent before (1)").click()
    page.locator("#history button").click()
    assert typed(page) == {"query": "deck:("}


def test_a_link_fills_a_call_in_and_does_not_send_it(url, open_page):
    page = open_page(f"{url}/#findNotes")
    fill(page, {"query": "deck:Italian & tag:é%"})
    page.evaluate("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }")
    page.get_by_role("button", name="Copy link").click()
    link = page.wait_for_function("window.copied").json_value()
    other = open_page(link)
    assert typed(other) == {"query": "deck:Italian & tag:é%"}
    expect(other.locator("#answer-state")).to_be_empty()
    assert other.evaluate("location.hash") == "#findNotes"
    expect(other.get_by_label("query string")).to_have_value("deck:Italian & tag:é%")
    other.goto(f"{url}/#findNotes?params=%7B%22query%22:%20%22uno")  # cut off
    expect(other.locator("main h2")).to_have_text("findNotes")
    visit(page, "syncLogin")
    expect(page.get_by_role("button", name="Copy link")).to_be_hidden()


def test_a_password_is_kept_nowhere(shown):
    page = shown
    visit(page, "syncLogin")
    fill(page, {"user": "me", "password": "s3cret"})
    visit(page, "deckNames")
    send(page)
    kept = page.evaluate("JSON.stringify([sessionStorage, localStorage, document.cookie])")
    assert "deckNames" in kept
    assert "s3cret" not in kept


def test_passwords_and_keys_of_calls_in_a_call_are_kept_nowhere(shown):
    page = shown
    visit(page, "multi")
    login = {"action": "syncLogin", "params": ["me", "s3cret"]}
    for secret in (login, {"action": "version", "key": "s3cret"}):
        fill(page, {"actions": [secret]})
        press_send(page)
        expect(page.locator("#answer-state")).to_contain_text("HTTP")
        assert "s3cret" not in page.evaluate("JSON.stringify([sessionStorage, localStorage, document.cookie])")
    fill(page, {"actions": [{"action": "version"}]})
    assert "version" in page.evaluate("JSON.stringify(sessionStorage)")


def test_a_wrong_key_is_reported_where_it_is_typed(open_gateway, serve_here, open_page):
    url = serve_here(open_gateway(apiKey="right"))
    page = open_page(url)
    expect(page.locator("#key-problem")).to_have_text("This gateway needs an API key.")
    for place in ("#recent", "#operations", "#no-events"):
        expect(page.locator(place)).to_contain_text("An API key is needed to see this")
    expect(page.locator("#first-call")).to_contain_text("-H 'Authorization: Bearer YOUR_KEY'")
    visit(page, "findNotes")
    page.get_by_label("query string").fill("deck:Italian")
    page.fill("#key", "wrong")
    page.keyboard.press("Enter")
    expect(page.locator("#key-problem")).to_contain_text("The API key is wrong.")
    expect(page.locator("#key")).to_have_attribute("aria-invalid", "true")
    page.fill("#key", "right")
    page.keyboard.press("Enter")
    expect(page.locator("#key-problem")).to_be_empty()
    assert typed(page) == {"query": "deck:Italian"}
    expect(page.locator("#snippet")).to_contain_text("Authorization: Bearer YOUR_KEY")
    assert len(send(page)["result"]) == 2
    visit(page)
    expect(page.locator("#recent")).to_contain_text("No program has called since the gateway was started.")
    expect(page.locator("#no-events")).to_have_text("Nothing has changed since this page was opened.")


def test_a_large_answer_is_shown_in_part_and_saved_whole(local_url, gateway, open_page, tmp_path):
    notes = [
        {"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"note {number}", "Back": "x" * 50}}
        for number in range(1_500)
    ]
    notes.append({"deckName": "Default", "modelName": "Basic", "fields": {"Front": "long", "Back": "y" * 5_000}})
    call(local_url, "addNotes", notes=notes)
    page = open_page(f"{local_url}/#notesInfo")
    fill(page, {"query": "deck:Default"})
    press_send(page)
    expect(page.locator("#answer-state")).to_contain_text("HTTP")
    assert page.locator("#answer *").count() < 5_000
    expect(page.locator("#answer")).to_contain_text("note 0")
    page.get_by_role("button", name="100 more of 1,401 items").click()
    expect(page.get_by_role("button", name="100 more of 1,301 items")).to_be_visible()
    expect(page.locator(".size")).to_contain_text("kB")
    page.get_by_role("button", name="Fold", exact=True).click()
    expect(page.locator("#answer details[open]")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save").click()
    download.value.save_as(tmp_path / "saved.json")
    assert download.value.suggested_filename == "notesInfo.json"
    assert len(json.loads((tmp_path / "saved.json").read_text(encoding="utf-8"))["result"]) == len(notes)
    fill(page, {"query": "long"})
    press_send(page)
    page.get_by_role("button", name="… all 5,000 characters").click()
    expect(page.locator("#answer")).to_contain_text("y" * 5_000)


@for_rows(
    ("method", "params", "words"),
    [
        ("updateNoteFields", {"note": {"id": 1, "fields": {}}}, "This overwrites what is stored. It can be undone"),
        ("storeMediaFile", {"filename": "a", "data": ""}, "This overwrites what is stored. It cannot be undone"),
        ("renameTag", {"tag": "a", "newName": "b"}, "This deletes or overwrites what is stored."),
        ("multi", {"actions": [{"action": "deleteDecks", "params": {"decks": ["x"]}}]}, "This deletes."),
        ("sync", {"full": "upload"}, "A full sync overwrites everything on one side."),
        ("sync", ["upload"], "A full sync overwrites everything on one side."),
        ("multi", [[{"action": "sync", "params": ["upload"]}]], "A full sync overwrites everything on one side."),
        ("multi", {"actions": [{"action": "deleteNotes"}], "dryRun": True}, "This deletes."),
        ("startOperation", ["deleteNotes", [[1]]], "This deletes."),
        ("deleteNotes", {"notes": [1], "dryRun": True}, None),
        ("addNotes", {"notes": []}, None),
        ("findNotes", {"query": "deleteNotes"}, None),
        ("sync", {}, None),
    ],
)
def test_calls_that_overwrite_or_delete_ask_first(shown, method, params, words):
    told = shown.evaluate(
        """async ([method, params]) => {
          const [{ warning }, { methodNamed }] = await Promise.all([import("/confirm.js"), import("/state.js")]);
          return warning(methodNamed(method), params);
        }""",
        [method, params],
    )
    assert told is None if words is None else told.startswith(words)


def test_lines_are_copied_where_there_is_no_clipboard(url, open_page):
    """Browsers have none at plain HTTP addresses of other computers."""
    page = open_page(f"{url}/#deckNames")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('before')")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    page.evaluate("delete navigator.clipboard")
    assert page.evaluate("navigator.clipboard.readText()") == page.inner_text("#snippet")


def test_the_line_for_powershell(url, open_page):
    page = open_page(f"{url}/#createDeck")
    deck = "It's \u201cquoted\u201d \u2019 $HOME \u00e9 \u65e5"
    fill(page, {"deck": deck})
    page.get_by_label("PowerShell").check()
    line, pipe, converted = page.inner_text("#snippet").rpartition(" | ")
    assert (pipe, converted) == (" | ", "ConvertTo-Json -Depth 20")
    given = powershell_arguments(line)
    assert given["Uri"] == f"{url}/"
    assert given["Method"] == "Post"
    assert given["ContentType"] == "application/json; charset=utf-8"
    assert json.loads(given["Body"])["params"] == {"deck": deck}
    page.fill("#key", "a key")
    page.keyboard.press("Enter")
    expect(page.locator("#snippet")).to_contain_text("-Headers @{Authorization = 'Bearer YOUR_KEY'}")
