"""Notes, on a real collection."""

import base64
import hashlib
import random
import unicodedata

import pytest
import seed
from anki.collection import Collection
from anki.dbproxy import DBProxy
from anki.decks import DeckManager
from anki.notes import NoteFieldsCheckResult
from sizes import for_rows

NOT_TEXT = "bad argument type for built-in operation"
DUPLICATE = "cannot create note because it is a duplicate"
EMPTY = "cannot create note because it is empty"
UNKNOWN = "cannot create note for unknown reason"
SOUND = base64.b64encode(b"sound").decode()


def new(word="pera", **more):
    fields = {"Word": word, "Meaning": "m"}
    return {"deckName": "Italian::A1", "modelName": "Italian vocab", "fields": fields, **more}


def scoped(word, *, deck="Italian::A1", model="Italian vocab", allow=False, scope="deck", **details):
    options = {"allowDuplicate": allow, "duplicateScope": scope, "duplicateScopeOptions": details}
    names = {"Italian vocab": "Word", "Basic": "Front"}
    return {"deckName": deck, "modelName": model, "fields": {names[model]: word}, "options": options}


def add(gateway, note):
    """Add by the old protocol; return the stored note."""
    reply = gateway.legacy("addNote", note=note)
    assert reply["error"] is None, reply
    return gateway.col.get_note(reply["result"])


def verdict(gateway, note):
    """The text with which a note is refused, None when it is not. Every action that judges must agree."""
    (detail,) = gateway.legacy("canAddNotesWithErrorDetail", notes=[note])["result"]
    assert gateway.legacy("canAddNoteWithErrorDetail", note=note)["result"] == detail
    assert gateway.legacy("canAddNote", note=note)["result"] is detail["canAdd"]
    assert gateway.legacy("canAddNotes", notes=[note])["result"] == [detail["canAdd"]]
    assert list(detail) == ["canAdd"] if detail["canAdd"] else ["canAdd", "error"]
    if not detail["canAdd"]:
        assert gateway.legacy("addNote", note=note) == {"result": None, "error": detail["error"]}
        assert gateway.legacy("addNotes", notes=[note]) == {"result": None, "error": str([detail["error"]])}
    return detail.get("error")


# --- malformed notes ---

MALFORMED = [
    (None, "'NoneType' object is not subscriptable"),
    ("x", "string indices must be integers, not 'str'"),
    ([], "list indices must be integers or slices, not str"),
    (5, "'int' object is not subscriptable"),
    ({}, "'modelName'"),
    ({"deckName": "Default", "fields": {}}, "'modelName'"),
    ({"modelName": "Italian vocab"}, "'deckName'"),
    ({"modelName": "Italian vocab", "fields": {}}, "'deckName'"),
    ({"modelName": "Italian vocab", "deckName": "Default"}, "'fields'"),
    (new(modelName="Nope"), "model was not found: Nope"),
    (new(modelName="Nope", deckName="Nope"), "model was not found: Nope"),
    (new(deckName="Nope"), "deck was not found: Nope"),
    (new(modelName=5), NOT_TEXT),
    (new(modelName=None), "model was not found: None"),
    (new(deckName=None), "deck was not found: None"),
    (new(fields=[]), "'list' object has no attribute 'items'"),
    (new(fields="x"), "'str' object has no attribute 'items'"),
    (new(fields=None), "'NoneType' object has no attribute 'items'"),
    (new(5), NOT_TEXT),
    (new(None), NOT_TEXT),
    (new(tags=[5]), NOT_TEXT),
    (new(tags=5), NOT_TEXT),
    (new(options=None), "argument of type 'NoneType' is not iterable"),
    (new(options=5), "argument of type 'int' is not iterable"),
    (new(options={"duplicateScopeOptions": None}), "argument of type 'NoneType' is not iterable"),
    *(
        (new(options={"allowDuplicate": value}), 'option parameter "allowDuplicate" must be boolean')
        for value in (1, "yes", None, [])
    ),
    *(
        (
            new(options={"duplicateScopeOptions": {name: 1}}),
            f'option parameter "duplicateScopeOptions.{name}" must be boolean',
        )
        for name in ("checkChildren", "checkAllModels")
    ),
    (new("\ud83d"), "'utf-8' codec can't encode character '\\ud83d' in position 0: surrogates not allowed"),
    (new(""), EMPTY),
    (new("mela"), DUPLICATE),
]


@for_rows(("note", "text"), MALFORMED)
def test_a_note_that_cannot_be_added_says_why(reading, note, text):
    assert verdict(reading, note) == text
    assert reading.col.note_count() == 2


@for_rows("action", ["addNotes", "canAddNotes", "canAddNotesWithErrorDetail"])
def test_the_list_of_notes_must_be_one(reading, action):
    error = reading.legacy(action, notes=None)["error"]
    assert error == "'NoneType' object is not iterable"
    assert reading.legacy(action, notes=[]) == {"result": [], "error": None}


@for_rows(
    "options",
    [
        {},
        [],
        "",
        {"other": 1},
        {"duplicateScope": None},
        {"duplicateScope": 5},
        {"duplicateScope": "DECK"},
        {"duplicateScopeOptions": []},
        {"duplicateScopeOptions": {"deckName": None, "checkChildren": False, "checkAllModels": False}},
    ],
)
def test_options_that_ask_for_nothing_change_nothing(reading, options):
    assert verdict(reading, new(options=options)) is None
    assert verdict(reading, new("mela", options=options)) == DUPLICATE


def test_names_are_compared_without_case_and_unknown_fields_ignored(gateway):
    note = {"deckName": "ITALIAN::a1", "modelName": "italian VOCAB", "fields": {"wORD": "w", "Zz": "x", "meaning": "m"}}
    stored = add(gateway, note)
    assert stored.fields == ["w", "m"]
    assert [card.did for card in stored.cards()] == [seed.ITALIAN_A1]
    assert add(gateway, {**note, "fields": {"Word": "only"}, "more": 5}).fields == ["only", ""]


def test_unknown_members_are_errors_over_json_rpc(reading):
    assert "error" not in reading.rpc("canAddNote", {"note": new()})
    for note in (new(fields={"Word": "w", "Zz": "x"}), new(more=5), new(options={"x": 1})):
        error = reading.rpc("addNote", {"note": note})["error"]
        assert error["data"]["kind"] == "invalid_params"
    assert reading.col.note_count() == 2


@for_rows(
    ("tags", "stored"),
    [
        (None, []),
        ([], []),
        ("", []),
        ("b a", ["a", "b"]),
        ("x", ["x"]),
        (["b", "a"], ["a", "b"]),
        (["two words", "Words"], ["two", "words"]),
        (["e\u0301"], ["\u00e9"]),
        (["  "], []),
        ({"a": 1}, ["a"]),
    ],
)
def test_tags_are_a_list_or_one_text(kept, tags, stored):
    gateway = kept.unchanged()
    assert add(gateway, new(tags=tags)).tags == stored


# --- duplicates ---


@for_rows(
    ("word", "text"),
    [
        ("mela", DUPLICATE),
        ("<b>mela</b>", DUPLICATE),
        ("me&#108;a", DUPLICATE),
        ("<div>mela</div><br>", DUPLICATE),
        (" mela", None),
        ("mela ", None),
        ("Mela", None),
        ("mela<img src=x.png>", None),
        ("me\u0301la", None),
    ],
)
def test_by_default_the_first_field_is_compared_as_anki_does(reading, word, text):
    assert verdict(reading, new(word)) == text
    assert verdict(reading, new(word, options={"allowDuplicate": True})) is None


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_forms_are_the_same_first_field(gateway, form):
    assert add(gateway, new(unicodedata.normalize("NFD", "caffè 😀"))).fields[0] == "caff\u00e8 😀"
    word = unicodedata.normalize(form, "caffè 😀")
    assert verdict(gateway, new(word)) == DUPLICATE
    assert verdict(gateway, scoped(word)) == DUPLICATE
    assert add(gateway, new(word, options={"allowDuplicate": True})).fields[0] == "caff\u00e8 😀"


@for_rows(
    ("note", "text"),
    [
        (scoped("mela"), DUPLICATE),
        (scoped("<i>mela</i>"), DUPLICATE),
        (scoped("mela", deck="Default"), None),
        (scoped("mela", deck="Italian"), None),
        (scoped("mela", deck="Italian", checkChildren=True), DUPLICATE),
        (scoped("mela", deck="Default", deckName="Italian::A1"), DUPLICATE),
        (scoped("mela", deck="Default", deckName="Italian"), None),
        (scoped("mela", deck="Default", deckName="Italian", checkChildren=True), DUPLICATE),
        (scoped("mela", deckName="No such deck"), None),
        (scoped("mela", deckName="No such deck", checkChildren=True, checkAllModels=True), None),
        (scoped("mela", deckName=None), DUPLICATE),
        (scoped("mela", deckName="Default"), None),
        (scoped("mela", allow=True), None),
        (scoped("mela", model="Basic"), None),
        (scoped("mela", model="Basic", checkAllModels=True), DUPLICATE),
        (scoped("mela", model="Basic", deck="Default", checkAllModels=True), None),
        (scoped("mela", model="Basic", deck="Default", scope="collection"), None),
        (scoped("mela", model="Basic", deck="Default", scope="collection", checkAllModels=True), DUPLICATE),
        (scoped("mela", model="Basic", deck="Default", scope=None, checkAllModels=True), DUPLICATE),
        (scoped("mela", deck="Default", scope="collection"), DUPLICATE),
        (scoped("mela", deck="Default", scope="collection", deckName="Default"), DUPLICATE),
        (scoped("mela", model="Basic", scope="collection", allow=True, checkAllModels=True), None),
        (scoped("  "), EMPTY),
        (scoped("  ", allow=True), EMPTY),
        (scoped("<br>"), None),
        (scoped("{{c1::x}}"), None),
        (scoped("{{c1::x}}", scope="collection"), UNKNOWN),
    ],
)
def test_a_scope_decides_which_notes_are_compared(reading, note, text):
    assert verdict(reading, note) == text


def test_a_card_in_a_filtered_deck_is_looked_for_in_that_deck(gateway):
    gateway.col.sched.rebuild_filtered_deck(gateway.col.decks.new_filtered("Cram"))
    assert verdict(gateway, scoped("mela")) is None
    assert verdict(gateway, scoped("mela", deckName="Cram")) == DUPLICATE
    assert verdict(gateway, new("mela")) == DUPLICATE


def test_a_note_for_a_filtered_deck_gets_its_cards_in_default(gateway):
    gateway.col.decks.new_filtered("Cram")
    assert [card.did for card in add(gateway, new(deckName="Cram")).cards()] == [1]


# --- cloze deletions and emptiness: Anki's own check is the measure ---

TEXTS = [
    *("", " ", "x", "mela", "<br>", "&nbsp;", "\u3000", "\u00a0", "\u200b", "\x1c", "\x1f", "\x85", "\u2028", "\ufeff"),
    *(
        "<img>",
        "<img src=''>",
        "<img src=x>",
        "[sound:x]",
        "[sound:]",
        "<!-- c -->",
        "<script>x</script>",
        "<b",
        "&lt;",
    ),
    *(
        "{{c1::x}}",
        "{{c1::}}",
        "{{c0::x}}",
        "{{c::x}}",
        "{{c1:x}}",
        "{{c1::x}",
        "{{C1::x}}",
        "{{c01::x}}",
        "{{c1 ::x}}",
    ),
    *("{{c1,2::x}}", "{{c0,1::x}}", "{{c1,::x}}", "{{c,1::x}}", "{{c,::x}}", "{{c1,a::x}}", "{{c1, 2::x}}"),
    *("{{c65535::x}}", "{{c65536::x}}", "{{c99999999999999999999::{{c1::x}}}}", "{{c-1::x}}", "{{c\uff11::x}}"),
    *("{{c1::a {{c2::b}} c}}", "{{c1::a {{c2::b}}", "{{c0::{{c1::x}}}}", "{{c1::{{c0::x}}}}", "{{c0::a}}{{c1::b}}"),
    *("{{c1::image-occlusion:rect:left=.1}}", "{{c0::image-occlusion:rect:left=.1}}", "{{c1::x\n}}", "{{c1\n::x}}"),
    *("<b>{{c1::x}}</b>", "{{<b>c1</b>::x}}", "&#123;{c1::x}}", "\\({{c1::x}}\\)", "{{{c1::x}}}", "}}{{c1::x}}{{"),
]
ATOMS = ["{{", "}}", "c1", "c0", "c2", "::", ",", "x", "{{c1::", "{{c0::", "<b>", "</b>", "&nbsp;", " ", "{", "}"]
CHECKED = {
    NoteFieldsCheckResult.NORMAL: None,
    NoteFieldsCheckResult.EMPTY: EMPTY,
    NoteFieldsCheckResult.DUPLICATE: DUPLICATE,
}
FIRST_FIELDS = {
    "Italian vocab": ["mela", "new"],
    "Cloze": ["{{c1::taken}}", "new"],
    "Two cloze fields": ["new", "{{c1::x}}"],
    "Image Occlusion": ["{{c1::image-occlusion:rect}}", "new"],
}


@for_rows("model", FIRST_FIELDS)
def test_the_verdict_is_ankis_own(kept, model):
    gateway = kept.unchanged()
    col: Collection = gateway.col
    two = col.models.copy(col.models.by_name("Cloze"), add=False)
    two["name"] = "Two cloze fields"
    col.models.add_field(two, col.models.new_field("Other"))
    for side in ("qfmt", "afmt"):
        two["tmpls"][0][side] = "{{cloze:Text}}{{cloze:Other}}"
    col.models.add(two)
    add(gateway, {"deckName": "Default", "modelName": "Cloze", "fields": {"Text": "{{c1::taken}}"}})
    dice = random.Random(1)
    texts = TEXTS + ["".join(dice.choices(ATOMS, k=dice.randint(1, 8))) for _ in range(300)]
    names = col.models.field_names(col.models.by_name(model))
    notes = [
        {"deckName": "Default", "modelName": model, "fields": {names[0]: first, names[position]: text}}
        for text in texts
        for first in FIRST_FIELDS[model]
        for position in (0, 1, len(names) - 1)
    ]
    expected = []
    for note in notes:
        draft = col.new_note(col.models.by_name(model))
        for name, value in note["fields"].items():
            draft[name] = value
        expected.append(CHECKED.get(draft.fields_check(), UNKNOWN))
    answers = gateway.legacy("canAddNotesWithErrorDetail", notes=notes)["result"]
    differing = [
        (note["fields"], answer, text)
        for note, answer, text in zip(notes, answers, expected, strict=True)
        if answer.get("error") != text
    ]
    assert differing == []


def test_a_cloze_problem_names_its_reason_over_json_rpc(reading):
    note = {"deckName": "Default", "modelName": "Cloze", "fields": {"Text": "none"}}
    error = reading.rpc("addNote", {"note": note})["error"]
    reason = "there is no cloze deletion"
    assert error["message"] == f"cannot create note because {reason}"
    assert error["data"] == {"kind": "cloze_problem", "reason": reason}
    for method, params in (
        ("canAddNoteWithErrorDetail", {"note": note}),
        ("canAddNotesWithErrorDetail", {"notes": [note]}),
    ):
        result = reading.rpc(method, params)["result"]
        assert result in ({"canAdd": False, "error": error["message"]}, [{"canAdd": False, "error": error["message"]}])
        assert reading.legacy(method, **params)["result"] in (
            {"canAdd": False, "error": UNKNOWN},
            [{"canAdd": False, "error": UNKNOWN}],
        )


# --- adding many ---


def test_in_the_old_protocol_notes_are_added_all_or_none(gateway):
    notes = [new("a"), new("mela"), new("b", modelName="Nope"), 5, new("it's", deckName="it's")]
    reply = gateway.legacy("addNotes", notes=notes)
    texts = [
        DUPLICATE,
        "model was not found: Nope",
        "'int' object is not subscriptable",
        "deck was not found: it's",
    ]
    assert reply == {"result": None, "error": str(texts)}
    assert gateway.col.note_count() == 2
    ids = gateway.legacy("addNotes", notes=[new("a"), new("b")])["result"]
    assert [gateway.col.get_note(id).fields[0] for id in ids] == ["a", "b"]


def test_over_json_rpc_each_note_has_its_own_outcome(gateway):
    notes = [new("a"), new("mela"), new("b", deckName="Nope"), new("a"), new("c")]
    results = gateway.rpc("addNotes", {"notes": notes})["result"]
    assert [result["id"] is not None for result in results] == [True, False, False, False, True]
    kinds = [result["error"] and result["error"]["data"]["kind"] for result in results]
    assert kinds == [None, "duplicate", "deck_not_found", "duplicate", None]
    assert [result["error"]["data"]["index"] for result in results if result["error"]] == [1, 2, 3]
    aborted = gateway.rpc("addNotes", {"notes": [new("d"), new("mela")], "onError": "abort"})["error"]
    assert aborted["data"]["kind"] == "some_failed"
    assert gateway.col.note_count() == 4


def test_later_notes_see_earlier_ones_but_questions_do_not(gateway):
    twice = [new("a"), new("<b>a</b>")]
    assert gateway.legacy("canAddNotes", notes=twice)["result"] == [True, True]
    assert gateway.legacy("addNotes", notes=twice)["error"] == str([DUPLICATE])
    scopes = [scoped("a"), scoped("a", deck="Default"), scoped("a", model="Basic")]
    assert len(gateway.legacy("addNotes", notes=scopes)["result"]) == 3
    assert gateway.legacy("addNotes", notes=[scoped("z"), scoped("z")])["error"] == str([DUPLICATE])
    either = [scoped("y"), scoped("y", model="Basic", checkAllModels=True)]
    assert gateway.legacy("addNotes", notes=either)["error"] == str([DUPLICATE])


def test_a_call_is_one_step_to_undo(gateway):
    gateway.legacy("addNotes", notes=[new("a"), new("b"), new("c")])
    assert gateway.col.undo_status().undo == "Add 3 notes"
    gateway.col.undo()
    assert gateway.col.note_count() == 2


@pytest.mark.parametrize("action", ["addNotes", "canAddNotes", "canAddNotesWithErrorDetail", "notesInfo"])
def test_a_list_of_notes_takes_as_many_statements_as_one_note(gateway, monkeypatch, action):
    statements = []
    query = DBProxy._query

    def counted(self, sql, *args, **more):
        statements.append(sql)
        return query(self, sql, *args, **more)

    def lists(size):
        if action == "notesInfo":
            return [seed.MELA, *range(1, size)]
        return [scoped(f"{size} {number}", checkChildren=True) for number in range(size)]

    monkeypatch.setattr(DBProxy, "_query", counted)
    assert len(gateway.legacy(action, notes=lists(1))["result"]) == 1
    for_one = len(statements)
    assert len(gateway.legacy(action, notes=lists(100))["result"]) == 100
    assert len(statements) == 2 * for_one
    assert for_one <= 3


def test_the_sub_decks_of_a_scope_are_looked_up_once(gateway, monkeypatch):
    looked_up = []
    children = DeckManager.children
    monkeypatch.setattr(DeckManager, "children", lambda *args: looked_up.append(args) or children(*args))
    notes = [scoped(str(number), checkChildren=True) for number in range(100)]
    assert gateway.legacy("canAddNotes", notes=notes)["result"] == [True] * 100
    assert len(looked_up) == 1


# --- media of a note ---


def item(**more):
    return {"filename": "a.mp3", "data": SOUND, "fields": ["Meaning"], **more}


@for_rows(
    ("media", "fields"),
    [
        ({"audio": item()}, ["pera", "m[sound:a.mp3]"]),
        ({"audio": [item(), None, item(fields=["Word"])]}, ["pera[sound:a.mp3]", "m[sound:a.mp3]"]),
        (
            {"picture": [item()], "video": [item()], "audio": [item()]},
            ["pera", 'm[sound:a.mp3][sound:a.mp3]<img src="a.mp3">'],
        ),
        ({"audio": item(fields=["Zz", "meaning", "Meaning", "Word"])}, ["pera[sound:a.mp3]", "m[sound:a.mp3]"]),
        ({"audio": item(fields=["Meaning", 5, None])}, ["pera", "m[sound:a.mp3]"]),
        ({"audio": item(fields=[])}, ["pera", "m"]),
        ({"audio": item(fields=None)}, ["pera", "m"]),
        ({"audio": None, "video": [], "picture": ""}, ["pera", "m"]),
        ({"audio": item(more=1)}, ["pera", "m[sound:a.mp3]"]),
        ({"audio": item(skipHash=hashlib.md5(b"sound").hexdigest())}, ["pera", "m"]),
        ({"audio": item(skipHash="other")}, ["pera", "m[sound:a.mp3]"]),
        ({"audio": {"filename": "a.mp3", "data": SOUND}}, ["pera", "m"]),
        ({"audio": item(data="eA")}, ["pera", "mIncorrect padding"]),
        ({"audio": item(data=5)}, ["pera", "margument should be a bytes-like object or ASCII string, not 'int'"]),
        ({"audio": {"fields": ["Meaning"]}}, ["pera", "m'filename'"]),
        (
            {"audio": {"filename": "a.mp3", "fields": ["Meaning"]}},
            ["pera", 'mYou must provide a "data", "path", or "url" field.'],
        ),
        (
            {"audio": item(data=None, path="/no/<b>&")},
            ["pera", "m[Errno 2] No such file or directory: '/no/&lt;b&gt;&amp;'"],
        ),
        ({"audio": [item(data="eA"), item(filename="b.mp3")]}, ["pera", "mIncorrect padding[sound:b.mp3]"]),
    ],
)
def test_media_are_stored_and_what_fails_is_written_into_the_field(kept, media, fields):
    gateway = kept.unchanged()
    assert add(gateway, new(**media)).fields == fields
    assert gateway.legacy("updateNoteFields", note={"id": seed.UVA, **new(**media)})["error"] is None
    assert gateway.col.get_note(seed.UVA).fields == fields


@for_rows(
    ("media", "text"),
    [
        ({"audio": "x"}, "string indices must be integers, not 'str'"),
        ({"picture": ["x"]}, "string indices must be integers, not 'str'"),
        ({"video": 5}, "'int' object is not subscriptable"),
        ({"audio": {"filename": "a.mp3"}}, "'fields'"),
        ({"audio": {"filename": "a.mp3", "path": "/no/such/file"}}, "'fields'"),
        ({"audio": {}}, "'fields'"),
        ({"audio": item(fields=["Meaning", []])}, "unhashable type: 'list'"),
        ({"audio": item(data="eA", fields=[{}])}, "unhashable type: 'dict'"),
    ],
)
def test_media_whose_failure_has_no_field_to_go_to_fail_the_note(reading, media, text):
    assert reading.legacy("addNote", note=new(**media)) == {"result": None, "error": text}
    assert reading.legacy("updateNoteFields", note={"id": seed.UVA, **new(**media)})["error"] == text
    assert reading.col.note_count() == 2


def test_media_that_fail_are_errors_over_json_rpc(gateway):
    for broken in (item(data=None, path="/no/such/file"), item(data=None, url="http://127.0.0.1:1/")):
        error = gateway.rpc("addNote", {"note": new(audio=[broken])})["error"]
        assert error["data"]["kind"] in {"file_problem", "download_failed"}
        fields = {"id": seed.UVA, "fields": {"Word": "x"}, "audio": [broken]}
        assert "error" in gateway.rpc("updateNoteFields", {"note": fields})
        outcomes = gateway.rpc("addNotes", {"notes": [new(audio=[broken]), new("fine")]})["result"]
        assert [outcome["id"] is None for outcome in outcomes] == [True, False]
        gateway.legacy("deleteNotes", notes=[outcomes[1]["id"]])
    assert gateway.col.get_note(seed.UVA).fields == ["uva", "grapes"]


def test_media_for_a_field_that_does_not_exist_are_refused_over_json_rpc(reading):
    sound = {"filename": "lost.mp3", "data": "eA==", "fields": ["Word", "Wrod"]}
    update = {"id": seed.UVA, "fields": {}, "audio": [sound]}
    for action, note in (("addNote", new(audio=[sound])), ("updateNote", update)):
        error = reading.rpc(action, {"note": note})["error"]
        assert [*error["data"]["fields"]] == ["note.audio.0.fields.Wrod"]
    (outcome,) = reading.rpc("addNotes", {"notes": [new(audio=[sound])]})["result"]
    assert outcome["error"]["data"]["kind"] == "invalid_params"
    assert not reading.col.media.have("lost.mp3")


def test_in_a_note_a_name_that_is_taken_gives_a_new_one_unless_told(gateway):
    other = base64.b64encode(b"other").decode()
    add(gateway, new("one", audio=item()))
    (second,) = [add(gateway, new("two", audio=item(data=other))).fields[1]]
    assert second == f"m[sound:a-{hashlib.sha1(b'other').hexdigest()}.mp3]"
    assert add(gateway, new("three", audio=item(data=other, deleteExisting=True))).fields[1] == "m[sound:a.mp3]"
    assert gateway.legacy("retrieveMediaFile", filename="a.mp3")["result"] == other


def test_a_file_can_be_the_first_field_and_a_duplicate(gateway):
    note = new("", audio=item(fields=["Word"]))
    assert verdict(gateway, note) is None
    assert add(gateway, note).fields[0] == "[sound:a.mp3]"
    assert verdict(gateway, note) == DUPLICATE


def test_asking_stores_nothing_and_neither_does_a_refused_note(reading):
    for note in (new(audio=item()), new("mela", audio=item(), picture=item(filename="b.png"))):
        verdict(reading, note)
    assert reading.legacy("retrieveMediaFile", filename="a.mp3")["result"] is False
    assert reading.legacy("retrieveMediaFile", filename="b.png")["result"] is False


# --- changing and deleting ---


@for_rows(
    ("note", "text"),
    [
        (None, "'NoneType' object is not subscriptable"),
        ("x", "string indices must be integers, not 'str'"),
        ({}, "'id'"),
        ({"fields": {}}, "'id'"),
        ({"id": seed.MELA}, "'fields'"),
        ({"id": 5, "fields": {}}, "Note was not found: 5"),
        ({"id": str(seed.MELA), "fields": {}}, "'str' object cannot be interpreted as an integer"),
        ({"id": None, "fields": {}}, "Note was not found: None"),
        ({"id": seed.MELA, "fields": []}, "'list' object has no attribute 'items'"),
        ({"id": seed.MELA, "fields": {"Word": 5}}, NOT_TEXT),
        ({"id": seed.MELA, "fields": {"Word": None}}, NOT_TEXT),
    ],
)
def test_fields_that_cannot_be_updated_say_why(reading, note, text):
    assert reading.legacy("updateNoteFields", note=note) == {"result": None, "error": text}
    assert reading.col.get_note(seed.MELA).fields == ["mela", "apple"]


def test_only_listed_fields_change_and_names_must_match_exactly(gateway):
    fields = {"Meaning": "e\u0301", "word": "no", "Zz": "no"}
    note = {"id": seed.MELA, "fields": fields, "tags": 5, "deckName": None, "options": None}
    assert gateway.legacy("updateNoteFields", note=note) == {"result": None, "error": None}
    assert gateway.col.get_note(seed.MELA).fields == ["mela", "\u00e9"]
    assert gateway.col.get_note(seed.MELA).tags == ["A1", "fruit"]
    assert "error" in gateway.rpc("updateNoteFields", {"note": {"id": seed.MELA, "fields": {"word": "no"}}})


def test_the_first_field_can_be_emptied_or_become_a_duplicate(gateway):
    for word in ("uva", ""):
        gateway.legacy("updateNoteFields", note={"id": seed.MELA, "fields": {"Word": word}})
        assert gateway.col.get_note(seed.MELA).fields[0] == word


@for_rows("notes", [None, [], {}, "", [5], [seed.MELA, seed.MELA, 5]])
def test_deleting_takes_anything_that_names_notes(kept, notes):
    gateway = kept.unchanged()
    assert gateway.legacy("deleteNotes", notes=notes) == {"result": None, "error": None}
    left = {seed.UVA} if notes and len(str(notes)) > 5 else {seed.MELA, seed.UVA}
    assert set(gateway.legacy("findNotes", query="")["result"]) == left
    assert len(gateway.legacy("findCards", query="")["result"]) == len(left)


@for_rows("notes", [["1) or 1=1 --"], ["x"], [str(seed.MELA)], [True], [1.5], 5, [None]])
def test_deleting_refuses_what_is_no_id(reading, notes):
    assert reading.legacy("deleteNotes", notes=notes)["error"]
    assert reading.col.note_count() == 2


# --- describing ---


def test_a_note_has_all_its_members_in_ankiconnects_order(reading):
    (info,) = reading.legacy("notesInfo", notes=[seed.MELA])["result"]
    assert list(info) == ["noteId", "profile", "tags", "fields", "modelName", "mod", "cards"]
    assert list(info["fields"]) == ["Word", "Meaning"]
    assert list(info["fields"]["Word"]) == ["value", "order"]


def test_notes_keep_their_places_and_a_query_wins(reading):
    infos = reading.legacy("notesInfo", notes=[seed.UVA, 5, seed.MELA, seed.UVA])["result"]
    assert [info.get("noteId") for info in infos] == [seed.UVA, None, seed.MELA, seed.UVA]
    (info,) = reading.legacy("notesInfo", notes=[seed.UVA], query="mela")["result"]
    assert info["noteId"] == seed.MELA
    assert len(reading.legacy("notesInfo", query="")["result"]) == 2
    for params in ({}, {"notes": None}, {"query": None}):
        error = reading.legacy("notesInfo", **params)["error"]
        assert error == 'Must provide either "notes" or a "query"'


def test_the_cards_of_a_note_come_by_their_template(gateway):
    note = add(gateway, {"deckName": "Default", "modelName": "Cloze", "fields": {"Text": "{{c3::a}}{{c1::b}}"}})
    gateway.legacy("updateNoteFields", note={"id": note.id, "fields": {"Text": "{{c3::a}}{{c1::b}}{{c2::c}}"}})
    (info,) = gateway.legacy("notesInfo", notes=[note.id])["result"]
    assert info["cards"] == [card.id for card in sorted(note.cards(), key=lambda card: card.ord)]
    assert len(info["cards"]) == 3


def test_a_damaged_note_does_not_fail_the_list(gateway):
    col = gateway.col
    col.db.execute("delete from cards where nid = ?", seed.MELA)
    broken = add(gateway, new()).id
    col.db.execute("update notes set mid = 12345 where id = ?", broken)
    infos = gateway.legacy("notesInfo", notes=[seed.MELA, broken, seed.UVA])["result"]
    assert [info["noteId"] for info in infos] == [seed.MELA, broken, seed.UVA]
    assert infos[0]["cards"] == []
    assert infos[0]["fields"]["Word"]["value"] == "mela"


@for_rows(
    ("notes", "text"),
    [
        (5, "'int' object is not iterable"),
        (["x"], "'str' object cannot be interpreted as an integer"),
        ([str(seed.MELA)], "'str' object cannot be interpreted as an integer"),
        ([True], "'bool' object cannot be interpreted as an integer"),
        ([1.0], "'float' object cannot be interpreted as an integer"),
    ],
)
@for_rows("action", ["notesInfo", "addTags"])
def test_wrong_note_ids_get_pythons_words(reading, action, notes, text):
    more = {"tags": "x"} if action == "addTags" else {}
    assert reading.legacy(action, notes=notes, **more) == {"result": None, "error": text}


def test_without_a_query_no_note_is_found_and_with_an_empty_one_all(reading):
    assert reading.legacy("findNotes")["result"] == reading.legacy("findNotes", query=None)["result"] == []
    assert sorted(reading.legacy("findNotes", query="")["result"]) == [seed.MELA, seed.UVA]


@for_rows(
    ("notes", "text"),
    [
        (None, "'NoneType' object is not iterable"),
        (5, "'int' object is not iterable"),
        ([str(seed.MELA)], "'str' object cannot be interpreted as an integer"),
    ],
)
def test_modification_times_need_ids(reading, notes, text):
    assert reading.legacy("notesModTime", notes=notes) == {"result": None, "error": text}
    assert reading.rpc("notesModTime", {"notes": notes})["error"]["data"]["kind"] == "invalid_params"


def test_modification_times_keep_their_places(reading):
    notes = [seed.UVA, 5, seed.MELA, seed.UVA]
    times = reading.legacy("notesModTime", notes=notes)["result"]
    assert [list(time) for time in times] == [["noteId", "mod"], [], ["noteId", "mod"], ["noteId", "mod"]]
    assert times[2] == {"noteId": seed.MELA, "mod": seed.FIXED}
    assert reading.legacy("notesModTime", notes=[])["result"] == []


def test_notes_with_nothing_in_any_field_are_removed_and_note_types_stay(gateway):
    contents = {
        "": True,
        " \t\n": True,
        "\u00a0&nbsp;": True,
        "<div><br></div>": True,
        "0": False,
        "<img src=x.png>": False,
        "[sound:x.mp3]": False,
        "{{c1::}}": False,
    }
    model = gateway.col.models.by_name("Basic")
    empty, kept = [], []
    for content, is_empty in contents.items():
        for field in (0, 1):
            note = gateway.col.new_note(model)
            note.fields[field] = content
            note.tags = ["tag"]
            gateway.col.add_note(note, 1)
            (empty if is_empty else kept).append(note.id)
    models = gateway.col.models.all_names_and_ids()
    assert gateway.legacy("removeEmptyNotes") == {"result": None, "error": None}
    assert set(gateway.col.find_notes("")) == {seed.MELA, seed.UVA, *kept}
    assert gateway.col.models.all_names_and_ids() == models
    last = gateway.col.undo_status().last_step
    gateway.legacy("removeEmptyNotes")
    assert gateway.col.undo_status().last_step == last
    gateway.col.undo()
    assert set(empty) <= set(gateway.col.find_notes(""))


def test_a_duplicate_tells_of_which_notes(gateway):
    again = {"modelName": "Italian vocab", "deckName": "Italian", "fields": {"Word": "mela"}}
    twin = gateway.rpc("addNote", {"note": {**again, "options": {"allowDuplicate": True}}})["result"]
    new = {**again, "fields": {"Word": "pera"}}
    results = gateway.rpc("addNotes", {"notes": [again, new, new]})["result"]
    assert [entry["error"] and sorted(entry["error"]["data"]["notes"]) for entry in results] == [
        [seed.MELA, twin],
        None,
        [],
    ]
    scope = {"duplicateScope": "deck", "duplicateScopeOptions": {"deckName": "Italian", "checkAllModels": True}}
    error = gateway.rpc("addNote", {"note": {**again, "options": scope}})["error"]
    assert error["data"] == {"kind": "duplicate", "notes": [twin]}


def test_a_card_in_a_filtered_deck_counts_for_its_home_deck_over_json_rpc(gateway):
    gateway.rpc("createFilteredDeck", {"deck": "Cram", "terms": [{"search": "mela", "limit": 9}]})
    decks = [("Italian::A1", False, True), ("Cram", False, False), ("Default", True, True)]
    for deck, is_new, is_new_to_old_clients in decks:
        options = {"duplicateScope": "deck", "duplicateScopeOptions": {"deckName": deck}}
        note = {"deckName": "Italian::A1", "modelName": "Italian vocab", "fields": {"Word": "mela"}, "options": options}
        assert gateway.rpc("canAddNote", {"note": note})["result"] is is_new, deck
        assert gateway.legacy("canAddNote", note=note)["result"] is is_new_to_old_clients, deck
    note["options"] = {"duplicateScope": "deck"}
    assert gateway.rpc("addNote", {"note": note})["error"]["data"]["notes"] == [seed.MELA]
    assert gateway.rpc("findDuplicates", {"query": "deck:Italian"})["result"] == []


@for_rows(
    ("kind", "escaped", "raw"),
    [
        ("audio", "[sound:a&amp;lt.mp3]", "[sound:a&lt.mp3]"),
        ("video", "[sound:a&amp;lt.mp3]", "[sound:a&lt.mp3]"),
        ("picture", '<img src="a&amp;lt.mp3">', '<img src="a&lt.mp3">'),
    ],
)
def test_an_ampersand_in_the_name_of_a_file_is_escaped_over_json_rpc(kept, kind, escaped, raw):
    gateway = kept.unchanged()
    file = {"filename": "a&lt.mp3", "data": "eA==", "fields": ["Meaning"]}
    note = new(**{kind: [file]})
    note["fields"]["Meaning"] = ""
    added = gateway.rpc("addNote", {"note": note})["result"]
    assert gateway.col.get_note(added)["Meaning"] == escaped
    gateway.rpc("updateNoteFields", {"note": {"id": added, "fields": {"Meaning": ""}, kind: [file]}})
    assert gateway.col.get_note(added)["Meaning"] == escaped
    gateway.legacy("updateNoteFields", note={"id": added, "fields": {"Meaning": ""}, kind: [file]})
    assert gateway.col.get_note(added)["Meaning"] == raw
    assert gateway.legacy("retrieveMediaFile", filename="a&lt.mp3")["result"] == "eA=="


# --- what a call may make or leave out, if it says so ---


def with_options(word, deck="New::Deck", **options):
    return new(word, options=options) | {"deckName": deck}


@pytest.mark.parametrize("protocol", ["legacy", "rpc"])
def test_a_missing_deck_is_made_with_the_note_in_one_undo_step(gateway, protocol):
    call = gateway.legacy if protocol == "legacy" else lambda action, **params: gateway.rpc(action, params)
    before = gateway.legacy("deckNames")["result"]
    note = with_options("pera", createDeck=True)
    assert call("canAddNote", note=note)["result"] is True
    assert gateway.legacy("deckNames")["result"] == before
    card = gateway.col.get_note(call("addNote", note=note)["result"]).cards()[0]
    assert gateway.col.decks.name(card.did) == "New::Deck"
    assert gateway.col.undo_status().undo == "Add Note"
    gateway.col.undo()
    assert gateway.legacy("deckNames")["result"] == before
    assert gateway.legacy("findNotes", query="pera")["result"] == []


def test_missing_decks_are_made_once_for_all_notes_of_a_call(gateway):
    before = gateway.legacy("deckNames")["result"]
    decks = ["A::B", "a", "A", "A::C", "Italian", "a::b"]
    notes = [with_options(f"word {n}", deck, createDeck=True) for n, deck in enumerate(decks)]
    added = gateway.rpc("addNotes", {"notes": [*notes, with_options("x", "Other")]})["result"]
    assert [entry["error"] and entry["error"]["message"] for entry in added] == [None] * 6 + [
        "deck was not found: Other. deckNames lists all decks."
    ]
    assert set(gateway.legacy("deckNames")["result"]) - set(before) == {"A", "A::B", "A::C"}
    cards = [card for entry in added[:6] for card in gateway.col.get_note(entry["id"]).card_ids()]
    told = [info["deckName"] for info in gateway.legacy("cardsInfo", cards=cards)["result"]]
    assert told == ["A::B", "A", "A", "A::C", "Italian", "A::B"]
    assert gateway.col.undo_status().undo == "Add 6 notes"
    gateway.col.undo()
    assert gateway.legacy("deckNames")["result"] == before


def test_no_deck_is_made_for_a_note_that_is_refused(gateway):
    before = gateway.legacy("deckNames")["result"]
    for note in (with_options("", createDeck=True), with_options("mela", createDeck=True), with_options("pera")):
        assert gateway.legacy("addNote", note=note)["error"]
        assert gateway.legacy("addNotes", notes=[with_options("pera", createDeck=True), note])["error"]
    gateway.rpc("createFilteredDeck", {"deck": "Cram", "terms": [{"search": "mela", "limit": 9}]})
    error = gateway.rpc("addNote", {"note": with_options("pera", "Cram::A", createDeck=True)})["error"]
    assert error["data"]["kind"] == "refused"
    assert gateway.legacy("deckNames")["result"] == sorted([*before, "Cram"], key=str.lower)
    error = gateway.rpc("addNote", {"note": with_options("pera", createDeck=1)})["error"]
    assert list(error["data"]["fields"]) == ["note.options.createDeck"]


@for_rows(
    ("scope", "is_new"),
    [
        ({"duplicateScope": "deck"}, [True, False, True, True]),
        ({"duplicateScope": "deck", "duplicateScopeOptions": {"checkChildren": True}}, [True, False, False, True]),
        ({"duplicateScope": "deck", "duplicateScopeOptions": {"deckName": "new::deck"}}, [True, False, False, False]),
    ],
)
def test_notes_for_a_deck_that_is_still_to_be_made_are_compared(kept, scope, is_new):
    gateway = kept.unchanged()
    decks = ["New::Deck", "new::deck", "New", "Other"]
    notes = [with_options("pera", deck, createDeck=True, **scope) for deck in decks]
    added = gateway.rpc("addNotes", {"notes": notes})["result"]
    assert [entry["error"] is None for entry in added] == is_new


@pytest.mark.parametrize("protocol", ["legacy", "rpc"])
def test_a_cloze_note_without_a_deletion_is_added_if_the_call_says_so(gateway, protocol):
    call = gateway.legacy if protocol == "legacy" else lambda action, **params: gateway.rpc(action, params)
    note = {"deckName": "Default", "modelName": "Cloze", "fields": {"Text": "no deletion"}}
    refusal = UNKNOWN if protocol == "legacy" else "cannot create note because"
    assert refusal in str(call("addNote", note=note)["error"])
    note["options"] = {"allowMissingCloze": True}
    assert call("canAddNote", note=note)["result"] is True
    added = call("addNote", note=note)["result"]
    assert len(gateway.col.get_note(added).card_ids()) == 1
    assert DUPLICATE in str(call("addNote", note=note)["error"])
    for model, fields in (("Basic", {"Front": "{{c1::x}}"}), ("Cloze", {"Text": "a", "Back Extra": "{{c1::x}}"})):
        assert refusal in str(call("addNote", note={**note, "modelName": model, "fields": fields})["error"])
