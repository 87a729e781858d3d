"""What programs send that are in no registry we use, written down from their public sources and from what they sent.

Each function is one program: its headers, its JSON with its odd values, and what it needs of a reply before it goes on.
`port` is the gateway's, which serves a copy of the example collection.
"""

import base64
import json

import seed
from programs import Program

DUPLICATE = "cannot create note because it is a duplicate"
SUCCESS = {"result": None, "error": None}
BASIC = ["Front", "Back"]


def note_of(deck, model, fields, tags=(), **more):
    return {"deckName": deck, "modelName": model, "fields": fields, "tags": list(tags), **more}


def envelope(action, **params):
    return {"action": action, "version": 6, "params": params}


# --- Obsidian_to_Anki, a plugin of Obsidian: an Origin, a browser's Content-Type, files of the vault by their path ---


def obsidian(port):
    return Program(
        port,
        Connection="keep-alive",
        User_Agent="Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) obsidian/1.5.3 Electron/25",
        Content_Type="text/plain;charset=UTF-8",
        Accept="*/*",
        Origin="app://obsidian.md",
        Sec_Fetch_Site="cross-site",
        Sec_Fetch_Mode="cors",
        Sec_Fetch_Dest="empty",
        Accept_Encoding="gzip, deflate, br",
        Accept_Language="en-US",
    )


def parsed(reply):
    assert set(reply) == {"result", "error"}
    assert not reply["error"], reply
    return reply["result"]


def obsidian_to_anki(port):
    program = obsidian(port)

    def many(*actions):
        return envelope("multi", actions=list(actions))

    assert "Italian vocab" in program.call("modelNames")
    options = {"allowDuplicate": False, "duplicateScope": "deck"}
    word = note_of("Vault", "Italian vocab", {"Word": "pera", "Meaning": "pear"}, ["Obsidian_to_Anki"], options=options)
    # What was made before the first element, the made decks, is sent too; the plugin drops it.
    replies = program.call(
        "multi",
        actions=[
            many(many(envelope("createDeck", deck="Vault"))),
            many(many(envelope("addNote", note=word), envelope("addNote", note=word))),
            many(envelope("notesInfo", notes=[seed.UVA]), envelope("notesInfo", notes=[])),
            envelope("getTags"),
            many(
                many(envelope("updateNoteFields", note={"id": seed.UVA, "fields": {"Word": "uva", "Meaning": "grape"}}))
            ),
            many(envelope("deleteNotes", notes=[])),
            many(),
        ],
    )[1:]
    added, refused = parsed(parsed(replies[0])[0])
    assert isinstance(parsed(added), int)
    assert (refused["error"], refused["result"]) == (DUPLICATE, None)
    (info,), nothing = map(parsed, parsed(replies[1]))
    assert nothing == []
    assert "fruit" in parsed(replies[2])
    assert parsed(replies[5]) == []
    replies = program.call(
        "multi",
        actions=[
            many(
                envelope("changeDeck", cards=info["cards"], deck="Vault"),
                envelope("changeDeck", cards=[], deck="Vault"),
            ),
            many(envelope("removeTags", notes=[seed.UVA], tags="fruit A1")),
            many(many(envelope("addTags", notes=[seed.UVA], tags="vault  fruit"))),
        ],
    )
    assert [reply["error"] for reply in replies] == [None] * 3
    assert sorted(program.call("getNoteTags", note=seed.UVA)) == ["fruit", "vault"]
    assert program.call("findCards", query="deck:Vault Word:uva") == info["cards"]


def obsidian_to_anki_with_files(port, folder):
    picture = folder / "vault" / "Pasted image 1.png"
    picture.parent.mkdir()
    picture.write_bytes(b"picture")
    program = obsidian(port)
    store = envelope("storeMediaFile", filename=picture.name, path=str(picture))
    (stored,) = program.call("multi", actions=[envelope("multi", actions=[store])])
    assert [reply["error"] for reply in parsed(stored)] == [None]  # otherwise: "Please update AnkiConnect!"
    name = parsed(parsed(stored)[0])
    assert base64.b64decode(program.call("retrieveMediaFile", filename=name)) == b"picture"


# --- anki-editor, a package of Emacs: curl with a file as its body, and a queue of requests in one `multi` ---


def anki_editor_program(port):
    return Program(port, User_Agent="curl/7.88.1", Accept="*/*", Content_Type="application/x-www-form-urlencoded")


ORG_NOTE = {
    "id": 0,
    "deckName": "Emacs::Org",
    "modelName": "Basic",
    "fields": {"Back": "<p>\nA “program”.\n</p>\n", "Front": "<p>\nWhat is <i>anki</i>?\n</p>\n"},
    "options": {"allowDuplicate": False},
    "tags": [],
}


def anki_editor(port):
    program = anki_editor_program(port)
    assert program.call("version") >= 6
    names = program.call("modelNames")
    fields = program.call("multi", actions=[envelope("modelFieldNames", modelName=name) for name in names])
    assert dict(zip(names, (reply["result"] for reply in fields), strict=True))["Basic"] == BASIC
    second = {**ORG_NOTE, "fields": {"Back": "", "Front": "<p>\nsecond\n</p>\n"}, "tags": ["emacs"]}
    create = envelope("createDeck", deck="Emacs::Org")
    add = [create, envelope("addNote", note=ORG_NOTE), create, envelope("addNote", note=second)]
    first, id, again, other = program.call("multi", actions=add)
    assert first == again
    assert isinstance(id["result"], int), id
    assert isinstance(other["result"], int), other
    refused = program.call("multi", actions=add)[1]
    assert refused == {"result": None, "error": DUPLICATE}  # kept in the heading, as ANKI_FAILURE_REASON

    (old,) = program.call("multi", actions=[envelope("notesInfo", notes=[id["result"]])])
    changed = {**ORG_NOTE, "id": id["result"], "tags": ["marked"], "deckName": "Emacs"}
    (updated,) = program.call("multi", actions=[envelope("updateNote", note=changed)])
    assert updated == SUCCESS
    move = envelope("changeDeck", deck="Emacs", cards=old["result"][0]["cards"])
    assert program.call("multi", actions=[move]) == [SUCCESS]
    assert program.call("findNotes", query="deck:Emacs -deck:Emacs::Org tag:marked") == [id["result"]]

    name = "x-4e59895f8b6193527e76496853fbe911a3c22200.png"
    assert program.call("retrieveMediaFile", filename=name) is False
    assert program.call("storeMediaFile", filename=name, data="cG5n") == name
    assert program.call("retrieveMediaFile", filename=name) == "cG5n"
    assert len(program.call("findNotes", query="")) == 4
    css = program.call("modelStyling", modelName="Basic")["css"]
    head = "</style>\n<!-- {{ Emacs Org-mode -->\n<style>.org{}</style>\n<!-- Emacs Org-mode }} -->\n<style>\n\n"
    assert program.call("updateModelStyling", model={"name": "Basic", "css": head + css}) is None
    assert program.call("modelStyling", modelName="Basic") == {"css": head + css}
    assert program.call("deleteNotes", notes=[other["result"]]) is None


# --- anki-connect.el, a package of Emacs: Emacs' own HTTP, no params where there are none ---


def anki_connect_el(port):
    program = Program(
        port,
        MIME_Version="1.0",
        Connection="keep-alive",
        Extension="Security/Digest Security/SSL",
        Accept_encoding="gzip",
        Accept="*/*",
        User_Agent="URL/Emacs Emacs/28.2 (TTY; x86_64-pc-linux-gnu)",
        Content_Type="application/json",
    )
    status, headers, reply = program.request('{"action":"deckNames","version":6}')
    assert (status, headers.get("Content-Encoding")) == (200, None)
    assert reply["result"] == ["Default", "Italian", "Italian::A1"]
    for deck in ("Emacs", "Emacs::Org"):
        assert isinstance(program.call("createDeck", deck=deck), int)
    assert program.call("modelFieldNames", modelName="Basic") == BASIC
    audio = {"filename": "pera.mp3", "data": "AAAA", "fields": ["Back"]}
    note = note_of("Emacs::Org", "Basic", {"Front": "pèra", "Back": "pear"}, audio=audio)
    assert isinstance(program.call("addNote", note=note), int)
    assert program.send(envelope("addNote", note=note)) == {"result": None, "error": DUPLICATE}


# --- mpvacious, a script of mpv in Lua: curl with a form's Content-Type, and `{}` for every empty table ---


def mpvacious_program(port):
    return Program(port, User_Agent="curl/7.88.1", Accept="*/*", Content_Type="application/x-www-form-urlencoded")


def mpvacious(port):
    program = mpvacious_program(port)
    assert program.call("getMediaDirPath").endswith("collection.media")
    assert program.call("changeDeck", cards={}, deck="Bank::subs2srs") is None  # makes the deck
    assert "Bank::subs2srs" in program.call("deckNames")
    (model,) = program.call("findModelsByName", modelNames=["Basic"])
    assert [field["name"] for field in model["flds"] if field["ord"] == 0] == ["Front"]
    options = {"allowDuplicate": True, "duplicateScope": "deck"}
    note = {**note_of("Bank::subs2srs", "Basic", {"Front": "土", "Back": "[sound:a.mp3]"}, options=options), "tags": {}}
    id = program.call("addNote", note=note)
    assert id in program.call("findNotes", query="added:1")
    (info,) = program.call("notesInfo", notes=[id])
    assert {name: field["value"] for name, field in info["fields"].items()} == note["fields"]
    assert (
        program.call("updateNoteFields", note={"id": id, "fields": {"Back": "[sound:a.mp3]<img src=a.webp>"}}) is None
    )
    assert program.call("addTags", notes=[id], tags="subs2srs 土") is None
    assert program.call("notesInfo", notes=[id])[0]["tags"] == ["subs2srs", "土"]


# --- anki.koplugin, a plugin of KOReader in Lua: LuaSocket's HTTP, `TE: trailers`, a permission asked for each time ---


def koreader(port):
    program = Program(
        port,
        Connection="close, TE",
        User_Agent="LuaSocket 3.0-rc1",
        TE="trailers",
        Content_Type="application/json",
    )
    assert program.call("requestPermission")["permission"] != "denied"
    options = {"allowDuplicate": False, "duplicateScope": "deck"}
    note = note_of("Italian", "Italian vocab", {"Word": "mela", "Meaning": "apple"}, ["KOReader"], options=options)
    note["audio"] = {"data": "AAAA", "filename": "forvo_mela.ogg", "fields": ["Meaning"]}
    reply = program.send({**envelope("addNote", note=note), "key": ""})  # known in a deck below this one
    assert isinstance(reply["result"], int), reply
    assert reply["error"] is None
    again = program.send(envelope("addNote", note=note))
    assert (again["error"], again["result"]) == (DUPLICATE, None)
    # It means to delete its latest note, and sends that request as the note of another one.
    inner = json.dumps(envelope("deleteNotes", notes=[reply["result"]]))
    nonsense = program.send(envelope("addNote", note=inner))
    assert isinstance(nonsense["error"], str)
    assert nonsense["error"]
    assert program.call("notesInfo", notes=[reply["result"]])[0]["tags"] == ["KOReader"]


# --- ankiconnect, a package of Go: resty, which leaves out what is zero, and decodes null as zero ---


def go_ankiconnect(port):
    program = Program(
        port,
        User_Agent="go-resty/2.7.0 (https://github.com/go-resty/resty)",
        Accept="application/json",
        Content_Type="application/json",
        Accept_Encoding="gzip",
    )
    status, headers, _ = program.request(None, method="GET")  # is anybody there?
    assert status == 200
    assert headers["Content-Type"] == "application/json"  # resty decodes nothing else
    assert isinstance(program.call("createDeck", deck="Go"), int)
    made = program.call(
        "createModel",
        modelName="Go",
        inOrderFields=["Word", "Meaning"],
        css=".card {}",
        isCloze=False,
        cardTemplates=[{"Name": "One", "Front": "{{Word}}", "Back": "{{Meaning}}"}],
    )
    assert isinstance(made["id"], int)
    assert [type(made[name]) for name in ("sortf", "mod", "usn", "type")] == [int] * 4
    assert [(field["name"], field["ord"], field["sticky"]) for field in made["flds"]] == [
        ("Word", 0, False),
        ("Meaning", 1, False),
    ]
    scope = {"deckName": "Go", "checkChildren": False, "checkAllModels": False}
    options = {"allowDuplicate": False, "duplicateScope": "deck", "duplicateScopeOptions": scope}
    picture = {"data": "AAAA", "filename": "go.png", "fields": ["Meaning"]}
    note = {"deckName": "Go", "modelName": "Go", "fields": {"Word": "via", "Meaning": "go"}, "options": options}
    id = program.call("addNote", note={**note, "picture": [picture]})
    assert program.send(envelope("addNote", note=note))["error"] == DUPLICATE
    assert program.call("findNotes", query="deck:Go") == [id]
    (info,) = program.call("notesInfo", notes=[id])
    assert info["fields"]["Meaning"] == {"value": 'go<img src="go.png">', "order": 1}
    assert program.call("updateNoteFields", note={"id": id, "fields": {"Meaning": "to go"}}) is None
    (card,) = program.call("cardsInfo", cards=program.call("findCards", query="deck:Go"))
    whole = {"fieldOrder", "cardId", "interval", "note", "ord", "type", "queue", "due", "reps", "lapses", "left", "mod"}
    assert {type(card[name]) for name in whole} == {int}
    assert program.call("storeMediaFile", filename="go.txt", data="Z28=") == "go.txt"
    assert program.call("retrieveMediaFile", filename="go.txt") == "Z28="
    assert program.call("deleteMediaFile", filename="go.txt") is None
    assert program.send(envelope("getMediaFileNames", pattern="*.txt"))["error"] == "unsupported action"
    assert program.call("deleteDecks", decks=["Go"], cardsToo=True) is None


# --- goldendict-ng, a dictionary: Qt's HTTP, a template with values put into it ---


def goldendict_program(port):
    return Program(
        port,
        Content_Type="application/json",
        Connection="Keep-Alive",
        Accept_Encoding="gzip, deflate",
        Accept_Language="en-GB,*",
        User_Agent="Mozilla/5.0",
    )


def with_values(deck, model, fields, audio):
    return f"""{{
      "action": "addNote",
      "version": 6,
      "params": {{
          "note": {{
              "deckName": {deck},
              "modelName": {model},
              "fields": {fields},
              "audio": {audio},
              "options": {{
                  "allowDuplicate": true
              }},
              "tags": []
          }}
      }}
  }}"""


def goldendict(port):
    fields = '{"Back":"say \\"hi\\"<br>","Front":"mela","Sentence":"una <b>mela</b>"}'
    program = goldendict_program(port)
    for audio in ("[]", '[{"data":"AAAA","fields":["Front"],"filename":"gd.mp3"}]'):
        reply = program.send(with_values('"Italian"', '"Basic"', fields, audio))
        assert set(reply) == {"result", "error"}  # otherwise: "post to Anki failed"
        assert reply["error"] is None, reply
    id = reply["result"]
    assert program.call("notesInfo", notes=[id])[0]["fields"]["Back"]["value"] == 'say "hi"<br>'


def pasted(word):
    """A search for what the user has selected, with its quotes and backslashes."""
    return f"""{{
        "action": "guiBrowse",
        "version": 6,
        "params": {{
            "query": "{word}"
        }}
    }}"""


def goldendict_with_quotes(port):
    program = goldendict_program(port)
    assert program.send(pasted('say "hi"')) == {
        "result": None,
        "error": "Expecting ',' delimiter: line 5 column 28 (char 102)",
    }


# --- ODH, an extension of browsers that looks up words: no version at all, so results are bare ---


def online_dictionary_helper(port):
    program = Program(
        port,
        Connection="keep-alive",
        Accept="application/json, text/javascript, */*; q=0.01",
        Content_Type="application/json; charset=UTF-8",
        Origin="chrome-extension://lppjdajkacanlmpbbcdkccjkdbpllajb",
        User_Agent="Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131 Safari/537.36",
        Accept_Encoding="gzip, deflate, br, zstd",
        Accept_Language="en-US,en;q=0.9",
    )
    bare = {"params": {}}
    status, headers, version = program.request(json.dumps({"action": "version", **bare}))
    assert (status, version) == (200, 6)
    assert headers["Access-Control-Allow-Origin"] == program.headers["Origin"]
    assert program.send({"action": "deckNames", **bare}) == ["Default", "Italian", "Italian::A1"]
    assert "Basic" in program.send({"action": "modelNames", **bare})
    assert program.send({"action": "modelFieldNames", "params": {"modelName": "Basic"}}) == BASIC
    note = note_of("Italian", "Basic", {"Front": "pera", "Back": "<span>pear</span>"}, ["ODH"])
    note["options"] = {"allowDuplicate": False, "duplicateScope": "deck"}
    note["audio"] = []
    assert isinstance(program.send({"action": "addNote", "params": {"note": note}}), int)
    # A note without an id is a failure: a text in its place would count as one that was added.
    assert program.send({"action": "addNote", "params": {"note": note}}) == {"result": None, "error": DUPLICATE}


# --- the same programs where they open Anki's windows ---


def mpvacious_in_the_browser(port):
    program = mpvacious_program(port)
    assert program.call("guiBrowse", query="nid:1") == []
    assert program.call("updateNoteFields", note={"id": seed.MELA, "fields": {"Meaning": "an apple"}}) is None
    (card,) = program.call("guiBrowse", query=f"nid:{seed.MELA}")
    assert program.call("cardsInfo", cards=[card])[0]["note"] == seed.MELA
    assert isinstance(program.call("guiSelectedNotes"), list)
    note = {**note_of("Italian", "Basic", {"Front": "土", "Back": ""}), "tags": ["subs2srs"]}
    program.call("guiAddCards", note={**note, "options": {"allowDuplicate": True, "duplicateScope": "deck"}})


def anki_editor_with_windows(port):
    program = anki_editor_program(port)
    for _ in range(2):  # the second one is to bring the window to the front
        assert program.call("guiBrowse", query="deck:Italian") == [seed.MELA_CARD, seed.UVA_CARD]
    whole = json.dumps({**ORG_NOTE, "deckName": "Italian"}, ensure_ascii=False)
    twice = whole.removesuffix("}") + ',"options":{"closeAfterAdding":true}}'  # a second member of that name
    reply = program.send(f'{{"action":"guiAddCards","version":6,"params":{{"note":{twice}}}}}')
    assert reply["error"] is None, reply


def goldendict_in_the_browser(port):
    program = goldendict_program(port)
    assert program.send(pasted("mela")) == {"result": [seed.MELA_CARD], "error": None}


PROGRAMS = [
    obsidian_to_anki,
    anki_editor,
    anki_connect_el,
    mpvacious,
    koreader,
    go_ankiconnect,
    goldendict,
    online_dictionary_helper,
    goldendict_with_quotes,
]
WITH_WINDOWS = [anki_editor_with_windows, goldendict_in_the_browser, mpvacious_in_the_browser]
ORIGINS = ["http://localhost", "app://obsidian.md"]
"""What a user lists in `webCorsOriginList`, as Obsidian's plugins tell them to."""
