"""The page at `/`, in a real Chromium, of a gateway in a process of its own."""

import json
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest
import seed
from examples import DOCUMENT
from local_gateway import LocalGateway
from pages import call, fill, press_send, send, visit
from pictures import picture
from playwright.sync_api import expect
from sizes import for_rows, some, turns

from addon.extension.declarations import Declarations
from addon.extension.interface import AnkiRpc
from addon.legacy_adapter import BANNER

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.browser

POLLED = 3_000
"""Milliseconds after which the page asks again who has called."""


def test_it_tells_what_runs_and_who_called(url, open_page):
    page = open_page(url, stops_clock=True)
    expect(page.locator("#state")).to_contain_text(
        re.compile(r"Running · profile .+ · without a window · Anki \d\d\.\d\d")
    )
    expect(page.locator("#found")).to_have_text(f"{len(DOCUMENT['methods'])} methods")
    request = urllib.request.Request(url, b'{"action": "deckNames"}', {"User-Agent": "flashcards/1.0"})
    urllib.request.urlopen(request, timeout=10)
    page.clock.fast_forward(POLLED)
    expect(page.locator("#recent")).to_contain_text("flashcards/1.0")
    expect(page.locator("main")).to_contain_text(f"{url}/mcp")


def test_its_picture_shows_a_method_that_is_tried(url, open_page):
    page = open_page(f"{url}/#notesInfo", viewport={"width": 1100, "height": 760})
    fill(page, {"notes": [seed.MELA]})
    send(page)
    page.locator("form.try").evaluate("form => form.scrollIntoView()")
    page.screenshot(path=picture("page"))


def test_it_shows_what_happens_and_what_runs(url, open_page):
    page = open_page(url)
    expect(page.locator("#operations")).to_contain_text("None recently")
    for number in range(250):  # until it follows
        call(url, "createDeck", deck=f"while it is open {number}")
        page.wait_for_timeout(20)
        if page.locator("#events li").count():
            break
    expect(page.locator("#events")).to_contain_text("decksChanged")
    notes = [{"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"{n}", "Back": ""}} for n in range(40)]
    call(url, "startOperation", method="addNotes", params={"notes": notes})
    expect(page.locator("#operations tbody tr")).to_have_count(1)
    expect(page.locator("#operations")).to_contain_text("addNotes")
    expect(page.locator("#operations")).to_contain_text("done")
    expect(page.locator("#events")).to_contain_text("40 notes added")
    page.locator("main").get_by_role("link", name="deckNames", exact=True).click()
    expect(page.locator("#events")).to_have_count(0)
    page.go_back()
    expect(page.locator("#operations")).to_contain_text("done")


def test_an_operation_is_cancelled_by_a_button(local_url, hold_chunk, open_page):
    url, (_, go_on) = local_url, hold_chunk
    page = open_page(url)
    expect(page.locator("#operations")).to_contain_text("None recently")
    note = {"deckName": "Default", "modelName": "Basic"}
    notes = [{**note, "fields": {"Front": f"{number}", "Back": ""}} for number in range(1_200)]
    id = call(url, "startOperation", method="addNotes", params={"notes": notes})["id"]

    def response_to(method):
        return page.expect_response(lambda response: method in (response.request.post_data or ""))

    look = "document.dispatchEvent(new Event('visibilitychange'))"
    page.evaluate(look)
    expect(page.locator("#recent")).to_contain_text("startOperation")  # above the button, which moves
    page.get_by_role("button", name="Cancel").hover()
    page.mouse.down()
    with response_to("listOperations"):
        page.evaluate(look)
    page.wait_for_timeout(100)  # it is drawn again meanwhile
    with response_to("cancelOperation"):
        page.mouse.up()
    go_on.set()
    expect(page.locator("#operations")).to_contain_text("cancelled")
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    assert call(url, "getOperation", id=id)["state"] == "cancelled"


def test_methods_are_found_by_name_words_and_params(shown):
    page = shown
    page.keyboard.press("/")
    page.keyboard.type("guiBrow")
    expect(page.locator("#methods a").first).to_contain_text("guiBrowse")
    page.fill("#search", "ease factor")
    expect(page.locator("#methods a")).to_contain_text(["getEaseFactors", "setEaseFactors"])
    page.fill("#search", "skipHash")  # a member of a picture of a note
    expect(page.locator("#methods a", has_text="addNotes").first).to_be_visible()
    page.fill("#search", "")


RANK = """async (queries) => {
  const [{ prepare, search }, { gateway }] = await Promise.all([import("/search.js"), import("/state.js")]);
  const entries = prepare(gateway.spec.methods);
  return queries.map((query) => search(entries, query).map((method) => method.name));
}"""

PEOPLE_TYPE = {
    "add card": "addNote",
    "create card": "addNote",
    "edit note": "updateNote",
    "edit note text": "editNoteText",
    "delete card": "deleteNotes",
    "search": "findCards",
    "note info": "notesInfo",
    "upload image": "storeMediaFile",
    "picture": "storeMediaFile",
    "download image": "retrieveMediaFile",
    "list decks": "deckNames",
    "rename deck": "renameDeck",
    "note types": "modelNames",
    "tags": "getTags",
    "stats": "graphs",
    "reset": "forgetCards",
    "import apkg": "importPackage",
    "login": "syncLogin",
    "bulk": "multi",
    "find and replace": "findAndReplaceInNotes",
    "review history": "reviewLog",
    "preferences": "getPreferences",
}


def test_the_search_puts_first_what_is_meant(shown):
    page = shown
    names = [method["name"] for method in DOCUMENT["methods"]]
    queries = [*names, *(name.lower() for name in names)]
    assert [found[0] for found in page.evaluate(RANK, queries)] == [*names, *names], "an exact name"
    for found, query in zip(page.evaluate(RANK, ["addnot", "modelfield"]), ["addnot", "modelfield"], strict=True):
        starting = sorted(name for name in names if name.lower().startswith(query))
        assert sorted(found[: len(starting)]) == starting, "then what begins so"
    found = page.evaluate(RANK, list(PEOPLE_TYPE))
    assert {query: names[0] for query, names in zip(PEOPLE_TYPE, found, strict=True)} == PEOPLE_TYPE


def test_the_search_is_used_by_keyboard_and_says_if_nothing_is_found(shown):
    page = shown
    page.keyboard.press("/")
    page.keyboard.type("deckNam")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#methods a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main h2")).to_have_text("deckNames")
    page.keyboard.press("/")  # selects the text, so that the next one replaces it
    page.keyboard.type("adNoets")
    expect(page.locator("#found")).to_have_text(f"0 of {len(DOCUMENT['methods'])} methods")
    expect(page.locator("#methods")).to_contain_text("No method matches “adNoets”.")
    expect(page.locator("#methods a").first).to_contain_text("addNote")
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_have_text(f"{len(DOCUMENT['methods'])} methods")


def test_an_address_that_names_no_method_says_so(url, open_page):
    page = open_page(f"{url}/#%")
    for name in ("%", "%E0%A4%A", "nothing"):
        visit(page, name)
        expect(page.locator("main .problem").first).to_contain_text(f"No method is named “{name}”.")
    visit(page, "addNoets")
    page.locator("main .problem").get_by_role("link", name="addNotes", exact=True).click()
    expect(page.locator("main h2")).to_have_text("addNotes")


def test_a_deep_link_brings_its_entry_into_view(url, open_page):
    page = open_page(f"{url}/#replaceTags")
    expect(page.locator("#methods [aria-current]")).to_be_in_viewport()


def test_who_calls_is_kept_up_to_date_without_the_page_itself(url, open_page):
    page = open_page(url, stops_clock=True)
    visit(page, "deckNames")
    send(page)
    visit(page)
    expect(page.locator("main")).to_contain_text("Sent from this page")
    request = urllib.request.Request(url, b'{"action": "deckNames"}', {"User-Agent": "comes-later/1.0"})
    urllib.request.urlopen(request, timeout=10)
    page.clock.fast_forward(POLLED)
    expect(page.locator("#recent")).to_contain_text("comes-later/1.0")
    assert url not in page.inner_text("#recent")


@for_rows(
    ("events", "rows"),
    [
        ([("notesAdded", {"notes": list(range(1000))})], ["1,000 notes added"]),
        ([("notesAdded", {"notes": list(range(1000))})] * 20, ["20,000 notes added"]),
        ([("notesDeleted", {"notes": [1]})], ["1 note deleted"]),
        ([("cardsAnswered", {"answers": [{}]}), ("decksChanged", {})], ["Decks changed", "1 card reviewed"]),
        ([("collectionChanged", {"kinds": ["note", "deck"]})], []),
        ([("collectionChanged", {"kinds": ["card", "tag"]})] * 2, ["Cards, tags changed"]),
    ],
)
def test_events_are_words(shown, events, rows):
    told = shown.evaluate(
        """async (events) => {
          const { Happenings } = await import("/happenings.js");
          const happenings = new Happenings(20);
          for (const [method, params] of events) happenings.add({ method, params }, 0);
          return happenings.rows.map((row) => row.text);
        }""",
        events,
    )
    assert told == rows


def test_a_method_shows_its_params_result_errors_and_examples(shown):
    page = shown
    visit(page, "addNotes")
    main = page.locator("main")
    expect(main.get_by_role("heading", level=2)).to_have_text("addNotes")
    expect(main).to_contain_text('"skip" | "abort", default "skip"')
    expect(main).to_contain_text("some_failed")
    page.locator("summary", has_text="NewNote").first.click()
    expect(main.locator("details[open]").first).to_contain_text("deckName")
    methods = some(DOCUMENT["methods"], 6)
    params = page.evaluate(SHOWN, [method["name"] for method in methods])
    assert [json.loads(each) for each in params] == [
        {param["name"]: param["value"] for param in method["examples"][0]["params"]} for method in methods
    ]


@for_rows(
    ("method", "param", "words"),
    [
        ("findDuplicates", "fields", "array of string | null, items at least 1"),
        ("changeNoteType", "templates", "object of string | null | null"),
    ],
)
def test_types_are_words_nullable_lists_and_objects_too(shown, method, param, words):
    visit(shown, method)
    types = shown.locator("dt", has=shown.locator("code", has_text=re.compile(f"^{param}$"))).locator(".type")
    expect(types.first).to_have_text(words)


def test_an_action_of_an_extension_is_described_and_tried(example_collection, tmp_path, serve_here, open_page):
    declarations = Declarations()
    furigana = AnkiRpc(declarations).extension("furigana", title="<b>Furigana</b>")
    text = {"type": "string", "description": "In <i>Japanese</i>."}
    takes = {"properties": {"text": text}, "required": ["text"]}
    furigana.action("furigana_generate", lambda ctx, text: text.upper(), params=takes, result={"type": "string"})
    gateway = LocalGateway(seed.copy(example_collection, tmp_path), declarations, extensions=["furigana"])
    page = open_page(f"{serve_here(gateway)}/#furigana_generate")
    expect(page.locator("#found")).to_have_text(f"{len(DOCUMENT['methods']) + 1} methods")
    expect(page.locator("main")).to_contain_text("In <i>Japanese</i>.")
    expect(page.locator("#methods")).to_contain_text("<b>Furigana</b>")
    fill(page, {"text": "a"})
    assert send(page)["result"] == "A"
    gateway.close()


def test_an_object_without_members_has_its_name(shown):
    visit(shown, "cardsModTime")
    expect(shown.locator("main")).to_contain_text("array of CardTime | Missing")


SHOWN = """async (names) => {
  const shown = [];
  for (const name of names) {
    location.hash = name;
    for (let turn = 0; document.querySelector("main h2")?.textContent !== name; turn++) {
      if (turn > 1000) throw new Error(`${name} is not shown`);
      await new Promise((resume) => setTimeout(resume));
    }
    shown.push(document.querySelector("#params").value);
  }
  return shown;
}"""


def test_a_call_by_either_protocol(shown):
    visit(shown, "findNotes")
    for protocol, reply in [("JSON-RPC", {"jsonrpc": "2.0", "id": 1}), ("AnkiConnect", {"error": None})]:
        shown.get_by_label(protocol, exact=True).check()
        fill(shown, {"query": "deck:Italian::A1"})
        assert send(shown) == {"result": [1700000000001, 1700000000002], **reply}
    shown.get_by_label("JSON-RPC", exact=True).check()


def test_params_by_position_and_an_error(shown):
    page = shown
    visit(page, "deckNameFromId")
    fill(page, [1700000002002])
    assert send(page)["result"] == "Italian::A1"
    fill(page, [17])
    assert send(page)["error"]["data"]["kind"] == "deck_not_found"
    expect(page.locator("#answer-state")).to_contain_text("error: ")


def test_what_is_no_params_is_told_and_not_sent(shown):
    visit(shown, "findCards")
    shown.get_by_label("JSON", exact=True).check()
    for text, words in [("{", "The params are not valid"), ("3", "expected an object or an array")]:
        shown.fill("#params", text)
        press_send(shown)
        expect(shown.locator("#problem")).to_contain_text(words)
        expect(shown.locator("#answer-state")).to_be_empty()


def test_what_deletes_asks_first_and_offers_a_dry_run(local_url, open_page):
    url = local_url
    page = open_page(f"{url}/#deleteNotes")
    fill(page, {"notes": [1700000000001]})
    press_send(page)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("This deletes. It can be undone in Anki.")
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.locator("#answer-state")).to_be_empty()
    press_send(page)
    dialog.get_by_role("button", name="Dry run").click()
    expect(page.locator("#answer")).to_contain_text('"dryRun": true')
    assert call(url, "findNotes", query="mela") == [1700000000001]
    assert send(page, really=True)["result"] == [1700000000001]
    visit(page, "findNotes")
    fill(page, {"query": "mela"})
    assert send(page)["result"] == []


def test_an_answer_stays_text(shown):
    page = shown
    visit(page, "setDeckDescription")
    markup = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>"
    fill(page, {"deck": "Italian", "description": markup})
    send(page, really=True)
    visit(page, "getDeckDescription")
    fill(page, {"deck": "Italian"})
    assert send(page)["result"] == markup
    assert page.title() == "getDeckDescription - AnkiRPC"


def test_a_refusal_is_shown_with_its_reason_and_the_way_out(url, shown):
    page = shown
    visit(page, "deckNames")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(urllib.request.Request(url, b"{}", {"Origin": "https://example.com"}), timeout=10)
    visit(page)
    row = page.locator("#recent tr", has_text="https://example.com")
    expect(row).to_contain_text("refused")
    expect(row).to_contain_text("It has no permission. Start the gateway with --allow-origin https://example.com")


STRANGERS = [
    ({"Origin": "https://a.example<img src=x onerror=document.title='owned'>"}, "https://a.example<img", "such an"),
    ({"Origin": "https://b.example;$(id)"}, "https://b.example;$(id)", "such an"),
    ({"Origin": "x" * 5000}, "x" * 300, "such an"),
    ({"Origin": "http://[::1]:81"}, "http://[::1]:81", "--allow-origin 'http://[::1]:81'"),
    ({"Origin": "null"}, "null", "from a web server"),
    ({"Host": "<b>host</b>"}, "Python-urllib", "It called the gateway <b>host</b>. "),
    ({"User-Agent": "<h1>program</h1>", "Host": "key.example"}, "<h1>program</h1>", "key.example. "),
]
"""Headers of refused calls, and what the page tells of them: who it was, and why."""


def test_texts_of_others_stay_text_and_are_no_lines_to_copy(url, shown):
    page = shown
    for headers, who, why in STRANGERS:
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(urllib.request.Request(url, b"{}", headers), timeout=10)
        visit(page, "deckNames")
        visit(page)
        row = page.locator("#recent tr", has_text=who).first
        expect(row).to_contain_text(why)
        if "such an" in why or "called" in why or "program" in who:
            assert "allow" not in row.inner_text()
            assert "valid key" not in row.inner_text()
    assert page.locator("#recent img, #recent b, #recent h1").count() == 0
    assert page.title() == "AnkiRPC"
    assert page.evaluate("document.querySelector('#recent').scrollWidth <= document.querySelector('main').clientWidth")


def test_a_page_of_another_origin_can_neither_frame_nor_read_it(url, local_url, open_page, chromium):
    ours, other = url, local_url
    page = open_page(other)
    read = "url => fetch(url + '/recent.json').then(r => r.text(), () => 'refused')"
    context = chromium.new_context(bypass_csp=True)
    stranger = context.new_page()
    stranger.goto(f"{other}/health")
    assert stranger.evaluate(read, ours) == "refused"
    assert (
        stranger.evaluate("url => fetch(url, {method: 'POST', body: '{}'}).then(r => r.text(), () => 'refused')", ours)
        == "refused"
    )
    stranger.evaluate("url => { document.body.innerHTML = `<iframe src='${url}'></iframe>` }", ours)
    stranger.wait_for_timeout(300)
    assert not [frame for frame in stranger.frames if frame.url.startswith(ours) and frame.query_selector("#methods")]
    context.close()
    assert page.title() == "AnkiRPC"


def test_a_key_is_asked_for_and_kept_in_memory_only(open_gateway, serve_here, open_page):
    url = serve_here(open_gateway(apiKey="secret wörds 🔑"))
    page = open_page(f"{url}/#deckNames")
    assert send(page)["error"]["data"]["kind"] == "key_required"
    expect(page.locator("#key")).to_be_focused()
    page.fill("#key", "secret wörds 🔑")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_contain_text("profile")
    assert send(page)["result"] == ["Default", "Italian", "Italian::A1"]
    page.get_by_label("AnkiConnect", exact=True).check()
    assert send(page)["error"] is None
    assert "secret" not in page.inner_text("#snippet")
    assert "YOUR_KEY" in page.inner_text("#snippet")
    assert (
        page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie, location.href])").find("secret")
        < 0
    )
    page.reload()
    assert page.input_value("#key") == ""


RUN = {
    "curl": ["bash", "-c"],
    "Python": [sys.executable, "-c"],
    "JavaScript": ["node", "--input-type=module", "--eval"],
}


@for_rows(
    ("language", "protocol"),
    turns(
        [name for name, command in RUN.items() if shutil.which(command[0])], lambda name: ["JSON-RPC", "AnkiConnect"]
    ),
)
def test_the_lines_to_copy_run(url, shown, language, protocol):
    page = shown
    visit(page)  # where no button says "Copied" any more
    visit(page, "createDeck")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    deck = f"""{language}: it's "quoted" $HOME \\n é 日本 `x`"""
    fill(page, {"deck": deck})
    page.get_by_label(protocol, exact=True).check()
    page.get_by_label(language, exact=True).check()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    lines = page.evaluate("navigator.clipboard.readText()")
    done = subprocess.run([*RUN[language], lines], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    assert "error" not in done.stdout.replace('"error": null', "").replace("'error': None", "").replace(
        "error: null", ""
    )
    assert deck in call(url, "deckNames")


def test_it_is_used_by_keyboard_alone(url, open_page):
    page = open_page(url)
    for key in ["/", *"deckNamesAndIds", "Enter"]:
        page.keyboard.press(key)
    expect(page.get_by_role("heading", level=2, name="deckNamesAndIds")).to_be_visible()
    for _ in range(30):
        if page.evaluate("document.activeElement.textContent") == "Send":
            break
        page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("Italian::A1")


CONTRAST = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const light = (color) => {
    canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    const linear = (v) => (v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((v) => linear(v / 255));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const style = getComputedStyle(document.documentElement);
  const back = light(style.getPropertyValue("--back"));
  return ["--text", "--quiet", "--accent", "--good", "--bad"].map((name) => {
    const [a, b] = [light(style.getPropertyValue(name)), back].sort((x, y) => y - x);
    return (a + .05) / (b + .05);
  });
}"""


def test_it_fits_a_phone_text_can_be_read_and_tables_are_stacked(url, open_page, tmp_path):
    call(url, "deckNames")
    page = open_page(f"{url}/#addNotes", viewport={"width": 390, "height": 800}, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("link", name="All methods").click()
    expect(page.locator("nav")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert min(page.evaluate(CONTRAST)) >= 4.5, "WCAG 2.2, 1.4.3"
        page.screenshot(path=tmp_path / f"phone-{scheme}.png")
    visit(page)
    expect(page.locator("#recent tbody tr").first).to_be_visible()
    table = page.locator("#recent .table")
    assert table.evaluate("(box) => box.scrollWidth <= box.clientWidth")
    assert table.evaluate("(box) => getComputedStyle(box.querySelector('td'), '::before').content") == '"Caller"'
    expect(page.get_by_role("cell", name="deckNames").first).to_be_visible()  # still a table to a screen reader


@for_rows("accept", [None, "*/*", "application/json", "application/json, text/plain, */*"])
def test_everybody_else_gets_the_banner_as_before(url, accept):
    request = urllib.request.Request(url, headers={} if accept is None else {"Accept": accept})
    with urllib.request.urlopen(request, timeout=10) as response:
        assert response.read() == BANNER


def test_it_travels_in_the_package():
    package = ROOT / "dist" / "anki-rpc.ankiaddon"
    if not package.exists():
        pytest.fail("no package: run `make package`", pytrace=False)
    with zipfile.ZipFile(package) as archive:
        for file in sorted((ROOT / "addon" / "web").iterdir()):
            assert archive.read(f"web/{file.name}") == file.read_bytes()
