"""Decks, presets, note types and tags that Anki cannot read: what does not need them goes on, and the rest names them.

Anki's own list of decks, its browser and its database check fail at such a row as a whole, and say "DbError".
"""

import pytest
import seed
from anki.collection import Collection
from local_gateway import LocalGateway
from odd_calls import CARDS, READERS, TOTALS, WHOLE, WRITERS
from seed import MELA, MELA_CARD
from sizes import some, turns

NO_REPAIR = "Anki's database check cannot repair it: restore a backup of the collection."
NO_TEXT = f"its name is no UTF-8 text. {NO_REPAIR}"
VOCAB = seed.FIRST_MODEL + 6


def damaged(column):
    return f"its column '{column}' is damaged. {NO_REPAIR}"


DAMAGE = {
    "update decks set name = cast(x'4f6464ff' as text) where name = 'Odd'": f"the deck 'Odd�' ($odd): {NO_TEXT}",
    "update decks set name = x'4f6464' where name = 'Odd'": f"the deck 'Odd' ($odd): {NO_TEXT}",
    f"update decks set name = cast(x'ff1f41' as text) where id = {seed.ITALIAN_A1}": (
        f"the deck '�::A' ({seed.ITALIAN_A1}): {NO_TEXT}"
    ),
    "update decks set kind = x'ff' where name = 'Odd'": f"the deck 'Odd' ($odd): {damaged('kind')}",
    "update decks set kind = x'' where name = 'Odd'": f"the deck 'Odd' ($odd): {damaged('kind')}",
    "update decks set common = x'ff' where name = 'Odd'": f"the deck 'Odd' ($odd): {damaged('common')}",
    "update deck_config set config = x'ff' where name = 'Other'": f"the preset 'Other' ($other): {damaged('config')}",
    "update deck_config set name = cast(x'ff' as text) where name = 'Other'": f"the preset '�' ($other): {NO_TEXT}",
    "update deck_config set config = x'ff' where id = 1": f"the preset 'Default' (1): {damaged('config')}",
    "update notetypes set name = cast(x'42ff' as text) where name = 'Basic'": (
        f"the note type 'B�' ({seed.FIRST_MODEL}): {NO_TEXT}"
    ),
    f"update notetypes set config = x'ff' where id = {VOCAB}": (
        f"the note type 'Italian vocab' ({VOCAB}): {damaged('config')}"
    ),
    "update fields set name = cast(x'ff' as text) where name = 'Meaning'": (
        f"the field '�' of the note type {VOCAB}: {NO_TEXT}"
    ),
    f"update fields set config = x'ff' where ntid = {VOCAB} and ord = 0": (
        f"the field 'Word' of the note type {VOCAB}: {damaged('config')}"
    ),
    f"update templates set name = cast(x'ff' as text) where ntid = {VOCAB}": (
        f"the template '�' of the note type {VOCAB}: {NO_TEXT}"
    ),
    f"update templates set config = x'ff' where ntid = {VOCAB}": (
        f"the template 'Card 1' of the note type {VOCAB}: {damaged('config')}"
    ),
    "insert into tags values (cast(x'42ff' as text), 0, 0, null)": f"the tag 'B�': {NO_TEXT}",
    "update tags set tag = cast(x'4131ff' as text) where tag = 'A1'": f"the tag 'A1�': {NO_TEXT}",
    "update notes set flds = cast(x'ff1f' as text)": f"this note, which its database check may repair: {MELA}",
    "update cards set did = 'x'": f"this card, which its database check may repair: {MELA_CARD}",
    "update revlog set ease = 'x'": f"this review, which its database check may repair: {seed.REVIEW}",
}
"""What is done to a collection, and what is said of it."""

BEFORE = "What was done before"
PEAR = {"modelName": "Basic (type in the answer)", "deckName": "Odd", "fields": {"Front": "pear"}}
FIG = {**PEAR, "deckName": "Odd::New", "fields": {"Front": "fig"}, "options": {"createDeck": True}}
READING = [
    *READERS,
    *TOTALS,
    ("getCollection", {}),
    ("getDeckPresets", {}),
    ("getDeckConfig", {"deck": "Odd"}),
    ("deckTree", {"deck": "Odd"}),
    ("dueForecast", {"query": "deck:Odd", "days": 1}),
    ("exportPackage", {"deck": "Default", "path": "all.apkg", "includeSched": True}),
    ("exportPackage", {"deck": "Odd", "path": "odd.apkg", "includeSched": True}),
    *(("findNotes", {"query": query}) for query in ("deck:Odd*", "re:x", "Word:re:m", "w:mela", "nc:mela")),
    *(("findNotes", {"query": query}) for query in ("tag:re:x", "note:B*", "card:1", "prop:due=1", "rated:1")),
]
WRITING = [
    *WRITERS,
    *WHOLE,
    ("addNote", {"note": PEAR}),
    ("addNote", {"note": FIG}),
    ("addNotes", {"notes": [FIG, PEAR, {**PEAR, "deckName": "Default", "fields": {"Front": "plum"}}]}),
    ("upsertNotes", {"notes": [PEAR, {**PEAR, "deckName": "Default", "fields": {"Front": "plum"}}], "onError": "skip"}),
    ("changeDeck", {"cards": CARDS, "deck": "Odd"}),
    ("changeDeck", {"cards": CARDS, "deck": "Odd::New"}),
    ("changeDeck", {"cards": CARDS, "deck": "New"}),
    ("createDeck", {"deck": "Odd::New"}),
    ("renameDeck", {"deck": "Odd", "newName": "New"}),
    ("renameDeck", {"deck": "Italian", "newName": "Odd::Italian"}),
    ("moveDecks", {"decks": ["Odd"], "parent": "Italian"}),
    ("moveDecks", {"decks": ["Italian"], "parent": "Odd"}),
    ("modelTemplateSetOptions", {"modelName": "Basic", "templates": [{"templateName": "Card 1", "deck": "Odd"}]}),
    ("deleteDecks", {"decks": ["Odd"], "cardsToo": True}),
    ("setDeckPreset", {"decks": ["Odd"], "preset": "Default"}),
    ("setDeckPreset", {"decks": ["Italian"], "preset": "Other"}),
    ("setDeckOptionsForAll", {"applyAllParentLimits": True}),
    ("updateDeckPreset", {"preset": "Default", "changes": {"learnSteps": [5], "newCardInsertOrder": "random"}}),
    ("updateDeckPreset", {"preset": "Other", "changes": {"newPerDay": 5}}),
    ("setDeckDescription", {"deck": "Odd", "description": "x"}),
    ("setDeckLimits", {"decks": ["Italian", "Odd"], "newCards": 5}),
    ("raiseTodaysLimits", {"decks": ["Italian", "Odd"], "newCards": 5}),
    ("selectDeck", {"deck": "Odd"}),
    ("cloneDeckConfigId", {"name": "Third", "cloneFrom": 1}),
    ("setFsrsActive", {"active": True}),
    ("createFilteredDeck", {"deck": "Odd::Cram", "terms": [{"search": ""}]}),
    ("createModel", {"modelName": "New", "inOrderFields": ["a"], "cardTemplates": [{"Front": "{{a}}", "Back": "b"}]}),
    ("checkMedia", {}),
]


@pytest.fixture(scope="module")
def path(example_collection, tmp_path_factory):
    """The example collection with a deck of its own options."""
    gateway = LocalGateway(seed.copy(example_collection, tmp_path_factory.mktemp("sound")))
    gateway.rpc("createDeck", {"deck": "Odd"})
    gateway.rpc("cloneDeckConfigId", {"name": "Other", "cloneFrom": 1})
    assert gateway.rpc("setDeckPreset", {"decks": ["Odd"], "preset": "Other"})["result"] == 1
    path = gateway.col.path
    gateway.close()
    return type(example_collection)(path)


@pytest.fixture
def open_damaged(path, tmp_path):
    """Opens a copy of that collection after some SQL, with a step to undo and one to redo; and what is said of it."""
    opened = []

    def open_one(sql, text="", source=path):
        copy = seed.copy(source, tmp_path / str(len(opened)))
        col = Collection(str(copy))
        odd = col.db.scalar("select id from decks where name = 'Odd'")
        other = col.db.scalar("select id from deck_config where name = 'Other'")
        col.db.execute(sql)
        col.close()
        opened.append(gateway := LocalGateway(copy))
        gateway.col.set_config("before", gateway.col.add_custom_undo_entry(BEFORE), undoable=True)
        gateway.col.merge_undo_entries(gateway.col.undo_status().last_step - 1)
        gateway.col.set_config("undone", 1, undoable=True)
        gateway.col.undo()
        return gateway, "Anki cannot read " + text.replace("$odd", str(odd)).replace("$other", str(other))

    yield open_one
    for gateway in opened:
        gateway.close()


def steps(gateway):
    status = gateway.col.undo_status()
    return status.undo, status.redo, status.last_step


def check(gateway, text, name, params, protocol):
    """Call an action; an error of Anki's names the row, and leaves undo and redo as they were."""
    before = steps(gateway)
    answer = gateway.rpc(name, params) if protocol == "rpc" else gateway.legacy(name, **params)
    if answer.get("error") is None:
        return answer
    for word in ("nternal error", "internal_error", "DbError", "ProtoError"):
        assert word not in str(answer), (name, params, answer)
    error = answer["error"] if protocol == "rpc" else {"message": answer["error"], "data": {}}
    if error["data"].get("kind") == "anki_error":
        assert error["message"] == text, (name, params)
        assert len(error["data"]) > 1
    assert steps(gateway) == before, (name, params, answer)
    return answer


PROTOCOLS = ["rpc", "legacy"]


@pytest.mark.parametrize(("sql", "protocol"), turns(some(DAMAGE, 5), lambda sql: PROTOCOLS))
def test_what_fails_names_the_row(open_damaged, sql, protocol):
    gateway, text = open_damaged(sql, DAMAGE[sql])
    for name, params in READING:
        place = {"path": f"{gateway.col.path}{params['path']}"} if "path" in params else {}
        check(gateway, text, name, {**params, **place}, protocol)


@pytest.mark.parametrize(("sql", "protocol"), turns(some(DAMAGE, 7, 1), lambda sql: PROTOCOLS))
def test_what_is_refused_keeps_undo_and_redo(open_damaged, sql, protocol):
    gateway, text = open_damaged(sql, DAMAGE[sql])
    for name, params in WRITING:
        if check(gateway, text, name, params, protocol).get("error") is None and not rewind(gateway.col):
            gateway, text = open_damaged(sql, DAMAGE[sql])


def rewind(col):
    """Undo what was written since the collection was opened; whether that was possible."""
    while (name := col.undo_status().undo) not in ("", BEFORE):
        col.undo()
    return name == BEFORE


# --- what goes on ---

NAMES = ["Default", "Italian", "Italian::A1"]
ITALIAN = ("Italian options", [])
LISTS = [
    ("decks", "'Odd'", "deckNames", {}, lambda odd: [*NAMES, "O�"]),
    ("decks", "'Odd'", "deckNamesAndIds", {}, lambda odd: {**dict(zip(NAMES, IDS, strict=True)), "O�": odd}),
    ("decks", "'Odd'", "getDeckPresets", {}, lambda odd: [("Default", NAMES), ITALIAN, ("Other", ["O�"])]),
    ("decks", "'Italian'", "getDecks", {"cards": CARDS}, lambda odd: {"Italian::A1": CARDS}),
    ("deck_config", "'Other'", "getDeckPresets", {}, lambda odd: [("Default", NAMES), ITALIAN, ("O�", ["Odd"])]),
    ("notetypes", "'Cloze'", "modelNames", {}, lambda odd: "O�"),
    ("notetypes", "'Cloze'", "modelNamesAndIds", {}, lambda odd: "O�"),
]
IDS = [1, seed.ITALIAN, seed.ITALIAN_A1]


@pytest.mark.parametrize(("row", "protocol"), turns(LISTS, lambda row: PROTOCOLS))
def test_a_name_that_is_no_text_fails_no_list_of_names(open_damaged, row, protocol):
    table, name, method, params, expected = row
    gateway, _ = open_damaged(f"update {table} set name = cast(x'4fff' as text) where name = {name}")
    answer = gateway.rpc(method, params) if protocol == "rpc" else gateway.legacy(method, **params)
    odd, result = gateway.col.db.scalar(f"select id from {table} where cast(name as blob) = x'4fff'"), answer["result"]
    if method == "getDeckPresets":
        result = [(preset["name"], preset["decks"]) for preset in result]
    if table == "notetypes":
        assert expected(odd) in result
        assert len(result) == 7
    else:
        assert result == expected(odd)


@pytest.mark.parametrize("protocol", ["rpc", "legacy"])
def test_a_deck_that_is_damaged_hides_no_card(open_damaged, protocol):
    sql = f"update decks set name = cast(x'ff1f41' as text) where id = {seed.ITALIAN_A1}"
    gateway, text = open_damaged(sql, DAMAGE[sql])
    sound, _ = open_damaged("select 1")
    params = {"cards": CARDS}
    cards, normal = (
        each.rpc("cardsInfo", params) if protocol == "rpc" else each.legacy("cardsInfo", **params)
        for each in (gateway, sound)
    )
    for card, other in zip(cards["result"], normal["result"], strict=True):
        other.update(deckName="�::A", nextReviews=card["nextReviews"], question=card["question"], answer=card["answer"])
        assert text in card["question"]
        if "homeDeckName" in other:
            other["homeDeckName"] = "�::A"
        assert card == other


def test_a_tag_that_is_no_text_hides_no_tag(open_damaged):
    gateway, _ = open_damaged("insert into tags values (cast(x'42ff' as text), 0, 0, null)")
    assert gateway.rpc("getTags")["result"] == ["A1", "B�", "fruit"]
    assert gateway.rpc("unusedTags")["result"] == ["B�"]


def test_the_database_check_names_what_it_cannot_repair(open_damaged):
    for sql in some([sql for sql, text in DAMAGE.items() if text.endswith(NO_REPAIR)], 4):
        gateway, text = open_damaged(sql, DAMAGE[sql])
        answer = gateway.rpc("checkDatabase")
        found = answer["result"]["problems"] if "result" in answer else [answer["error"]["message"]]
        assert found in ([text], [])  # Anki's own check does not look at presets, for one


# --- new cards ---

OPTIONAL = {"modelName": "Basic (optional reversed card)", "deckName": "Odd"}
CLOZE = {"modelName": "Cloze", "deckName": "Odd"}
ODD_DECKS = {
    "update deck_config set config = x'ff' where name = 'Other'": "the preset 'Other' ($other): " + damaged("config"),
    "update decks set common = x'ff' where name = 'Odd'": "the deck 'Odd' ($odd): " + damaged("common"),
}


@pytest.fixture(scope="module")
def path_of_notes(path, tmp_path_factory):
    """That collection with notes in its deck, which were studied, so that a new card gets a place from the options."""
    gateway = LocalGateway(seed.copy(path, tmp_path_factory.mktemp("notes")))
    notes = [
        {**OPTIONAL, "fields": {"Front": "one", "Back": "two"}},
        {**CLOZE, "fields": {"Text": "{{c1::one}}"}},
    ]
    ids = [added["id"] for added in gateway.rpc("addNotes", {"notes": notes})["result"]]
    gateway.col.db.execute("update cards set type = 2, queue = 2, ivl = 5, factor = 2500 where nid >= ?", ids[0])
    path_of_notes = type(path)(gateway.col.path)
    gateway.close()
    return path_of_notes, *ids


@pytest.fixture
def open_with_notes(path_of_notes, open_damaged):
    def open_one(sql):
        return *open_damaged(sql, ODD_DECKS[sql], path_of_notes[0]), *path_of_notes[1:]

    return open_one


def calls_for_new_cards(optional, cloze):
    """Each of them has Anki make a card in the deck of the notes."""
    text = {"Text": "{{c1::one}} {{c2::two}}"}
    return [
        ("updateNote", {"note": {"id": optional, "fields": {"Add Reverse": "y"}}}),
        ("updateNoteFields", {"note": {"id": cloze, "fields": text}}),
        ("updateNotes", {"notes": [{"id": cloze, "fields": text}], "onError": "abort"}),
        ("upsertNotes", {"notes": [{**OPTIONAL, "fields": {"Front": "one", "Add Reverse": "y"}}], "onError": "abort"}),
        ("changeNoteType", {"notes": [optional], "modelName": "Basic (and reversed card)"}),
        (
            "updateNoteModel",
            {"note": {"id": optional, "modelName": "Basic (and reversed card)", "fields": {"Front": "x", "Back": "y"}}},
        ),
        (
            "modelTemplateAdd",
            {
                "modelName": OPTIONAL["modelName"],
                "template": {"Name": "Third", "Front": "{{Back}}", "Back": "{{Front}}"},
            },
        ),
        (
            "updateModelTemplates",
            {"model": {"name": OPTIONAL["modelName"], "templates": {"Card 2": {"Front": "{{Back}}"}}}},
        ),
    ]


@pytest.mark.parametrize("sql", ODD_DECKS)
@pytest.mark.parametrize("number", range(8))
def test_a_card_that_anki_cannot_make_is_refused_before_anything_is_written(open_with_notes, sql, number):
    gateway, text, optional, cloze = open_with_notes(sql)
    name, params = calls_for_new_cards(optional, cloze)[number]
    rows = gateway.col.db.all("select *, 1 from notes") + gateway.col.db.all("select * from cards")
    for protocol in ("rpc", "legacy"):
        answer = check(gateway, text, name, params, protocol)
        assert text in str(answer["error"]).replace('\\"', '"').replace('"', "'") or text in str(answer), answer
    assert rows == gateway.col.db.all("select *, 1 from notes") + gateway.col.db.all("select * from cards")


@pytest.mark.parametrize("sql", ODD_DECKS)
def test_what_needs_no_new_card_is_written(open_with_notes, sql):
    gateway, text, optional, cloze = open_with_notes(sql)
    notes = [
        {"id": optional, "fields": {"Add Reverse": "y"}},
        {"id": cloze, "fields": {"Text": "{{c1::other}}"}, "addTags": ["x"]},
        {"id": MELA, "fields": {"Meaning": "other"}},
    ]
    first, *others = gateway.rpc("updateNotes", {"notes": notes, "onError": "skip"})["result"]
    assert first["error"]["message"] == text
    assert [other["changed"] for other in others] == [True, True]
    assert gateway.rpc("updateNote", {"note": {"id": optional, "fields": {"Back": "x"}}}) == {
        "jsonrpc": "2.0",
        "id": 1,
        "result": None,
    }
    assert "error" not in gateway.rpc("addTags", {"notes": [optional, cloze], "tags": "y"})
