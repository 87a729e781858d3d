"""Cards, on a real collection."""

import time

import pytest
import seed
from anki.collection import Collection
from anki.consts import QUEUE_TYPE_MANUALLY_BURIED
from anki.dbproxy import DBProxy

TEMPLATES = {
    "sound": ("{{Front}} [sound:a.mp3]", "{{FrontSide}}<hr>{{Back}} [sound:b.mp3][sound:a.mp3]"),
    "tts": ("{{tts en_US:Front}}", "{{FrontSide}} {{tts it_IT voices=x speed=1.5:Back}}"),
    "tts in text": ("[anki:tts lang=it_IT]{{Front}}[/anki:tts]", "{{Back}}"),
    "latex": ("[latex]{{Front}}[/latex]", "{{FrontSide}}[$]x^2[/$] [$$]y[/$$]"),
    "mathjax": ("\\({{Front}}\\)", "{{FrontSide}} \\[x\\]"),
    "type-in": ("{{Front}} {{type:Back}}", "{{FrontSide}}<hr id=answer>{{type:Back}}"),
    "filters": ("{{text:Front}}{{hint:Back}}{{furigana:Back}}", "{{kana:Back}}{{kanji:Back}}{{nosuch:Back}}"),
    "conditions": ("{{#Front}}yes {{Front}}{{/Front}}{{^Back}}no{{/Back}}", "{{FrontSide}}{{Tags}}{{Deck}}{{Subdeck}}"),
    "special": ("{{Type}}{{Card}}{{CardFlag}}{{Front}}", "{{FrontSide}}{{Back}}"),
    "html": ("<script>var x = '{{Front}}'</script>{{Front}}", "<style>b {}</style>{{Back}}"),
}
VALUES = [
    ("mela", "apple"),
    ("<b>mela</b> [sound:c.mp3]", "日本[にほん] [$]z[/$]"),
    ("é 😀", ""),
    ("[latex]q[/latex]", "&lt;"),
]


def add_model(col: Collection, name: str, front: str, back: str, *, cloze=False) -> None:
    model = col.models.new(name)
    model["type"] = int(cloze)
    for field in ("Front", "Back"):
        col.models.add_field(model, col.models.new_field(field))
    template = col.models.new_template("Card 1")
    template.update(qfmt=front, afmt=back)
    col.models.add_template(model, template)
    col.models.add(model)


def add_note(col: Collection, model: str, *values: str) -> list[int]:
    note = col.new_note(col.models.by_name(model))
    note.fields[: len(values)] = values
    col.add_note(note, 1)
    return [card.id for card in note.cards()]


# --- describing ---


@pytest.mark.parametrize("name", TEMPLATES)
def test_both_sides_are_what_anki_shows(gateway, name):
    add_model(gateway.col, name, *TEMPLATES[name])
    cards = [card for values in VALUES for card in add_note(gateway.col, name, *values)]
    infos = gateway.legacy("cardsInfo", cards=cards)["result"]
    for card_id, info in zip(cards, infos, strict=True):
        card = gateway.col.get_card(card_id)
        assert (info["question"], info["answer"]) == (card.question(), card.answer())


@pytest.mark.parametrize(
    "text",
    [
        "{{c1::a}} {{c2::b::hint}}",
        "{{c1::a {{c2::b}}}}",
        "{{c1,2::a}} [sound:a.mp3]",
        "{{c1::[latex]a[/latex]}}",
        "{{c1::image-occlusion:rect:left=.1:top=.1:width=.1:height=.1}}",
    ],
)
@pytest.mark.parametrize("side", ["{{cloze:Front}}", "{{type:cloze:Front}}{{cloze:Front}}"])
def test_cloze_cards_are_what_anki_shows(gateway, text, side):
    add_model(gateway.col, "Own cloze", side, side + "{{Back}}", cloze=True)
    cards = add_note(gateway.col, "Own cloze", text, "more")
    assert cards
    for card_id, info in zip(cards, gateway.legacy("cardsInfo", cards=cards)["result"], strict=True):
        card = gateway.col.get_card(card_id)
        assert (info["question"], info["answer"]) == (card.question(), card.answer())
        assert info["ord"] == info["fieldOrder"] == card.ord


def test_a_card_has_all_its_members_in_ankiconnects_order(gateway):
    (info,) = gateway.legacy("cardsInfo", cards=[seed.MELA_CARD])["result"]
    assert list(info) == [
        *("cardId", "fields", "fieldOrder", "question", "answer", "modelName", "ord", "deckName", "css", "factor"),
        *("interval", "note", "type", "queue", "due", "reps", "lapses", "left", "mod", "nextReviews", "flags"),
    ]
    assert list(info["fields"].items()) == [
        ("Word", {"value": "mela", "order": 0}),
        ("Meaning", {"value": "apple", "order": 1}),
    ]
    assert len(info["nextReviews"]) == 4


def test_a_reviewed_card_shows_its_scheduling(gateway):
    col = gateway.col
    card = col.get_card(seed.MELA_CARD)
    card.type, card.queue, card.due, card.ivl, card.factor = 2, 2, 31, 4, 2500
    card.reps, card.lapses, card.flags, card.left = 3, 1, 5, 0
    col.update_card(card)
    (info,) = gateway.legacy("cardsInfo", cards=[seed.MELA_CARD])["result"]
    expected = {"type": 2, "queue": 2, "due": 31, "interval": 4, "factor": 2500, "reps": 3, "lapses": 1, "flags": 5}
    assert {name: info[name] for name in expected} == expected
    states = col._backend.get_scheduling_states(seed.MELA_CARD)
    assert info["nextReviews"] == list(col._backend.describe_next_states(states))


def test_unknown_and_repeated_ids_keep_their_places(gateway):
    infos = gateway.legacy("cardsInfo", cards=[seed.UVA_CARD, 1, seed.MELA_CARD, seed.UVA_CARD])["result"]
    assert [info.get("cardId") for info in infos] == [seed.UVA_CARD, None, seed.MELA_CARD, seed.UVA_CARD]
    assert infos[1] == {}
    assert gateway.legacy("cardsInfo", cards=[])["result"] == []


def test_a_card_in_a_filtered_deck_is_in_that_deck(gateway):
    deck_id = gateway.col.decks.new_filtered("Cram")
    gateway.col.sched.rebuild_filtered_deck(deck_id)
    infos = gateway.legacy("cardsInfo", cards=[seed.MELA_CARD, seed.UVA_CARD])["result"]
    assert [info["deckName"] for info in infos] == ["Cram", "Cram"]


def test_a_damaged_card_does_not_fail_the_list(gateway):
    col = gateway.col
    col.db.execute("update cards set ord = 9 where id = ?", seed.MELA_CARD)
    filtered = col.decks.new_filtered("Cram")
    (broken,) = add_note(col, "Basic", "home deck is filtered")
    col.db.execute("update cards set did = ? where id = ?", filtered, broken)
    (orphan,) = add_note(col, "Basic", "no note")
    col.db.execute("delete from notes where id = (select nid from cards where id = ?)", orphan)
    infos = gateway.legacy("cardsInfo", cards=[seed.MELA_CARD, broken, orphan, seed.UVA_CARD])["result"]
    assert [info.get("cardId") for info in infos] == [seed.MELA_CARD, broken, None, seed.UVA_CARD]
    assert infos[0]["fields"]["Word"]["value"] == "mela"
    assert len(infos[0]["nextReviews"]) == len(infos[1]["nextReviews"]) == 4


def test_a_list_of_cards_is_read_with_as_many_statements_as_one_card(gateway, monkeypatch):
    cards = [card for number in range(50) for card in add_note(gateway.col, "Basic", f"n{number}")]
    statements = []
    query = DBProxy._query

    def counted(self, sql, *args, **more):
        statements.append(sql)
        return query(self, sql, *args, **more)

    monkeypatch.setattr(DBProxy, "_query", counted)
    assert len(gateway.legacy("cardsInfo", cards=cards[:1])["result"]) == 1
    for_one = len(statements)
    assert len(gateway.legacy("cardsInfo", cards=cards)["result"]) == 50
    assert len(statements) == 2 * for_one
    assert for_one <= 2


# --- finding ---


@pytest.mark.parametrize("params", [{}, {"query": None}])
def test_without_a_query_nothing_is_found(gateway, params):
    assert gateway.legacy("findCards", **params) == {"result": [], "error": None}


def test_an_empty_query_finds_everything(gateway):
    assert sorted(gateway.legacy("findCards", query="")["result"]) == [seed.MELA_CARD, seed.UVA_CARD]
    assert gateway.legacy("findCards", query="deck:nope OR tag:nope")["result"] == []


@pytest.mark.parametrize("query", ["(", "foo:(", '"', "is:nonsense", "rated:x"])
def test_a_malformed_query_is_an_invalid_search(gateway, query):
    for action in ("findCards", "findNotes", "notesInfo"):
        error = gateway.legacy(action, query=query)["error"]
        assert error.startswith("Invalid search: ")
        assert gateway.rpc(action, {"query": query})["error"]["data"]["kind"] == "invalid_search"


# --- suspending ---


def queues(gateway):
    return gateway.legacy("areSuspended", cards=[seed.MELA_CARD, seed.UVA_CARD])["result"]


def test_suspending_answers_whether_any_card_was_not_suspended_yet(gateway):
    assert gateway.legacy("suspend", cards=[seed.MELA_CARD])["result"] is True
    assert gateway.legacy("suspend", cards=[seed.MELA_CARD])["result"] is False
    assert gateway.legacy("suspend", cards=[seed.MELA_CARD, seed.UVA_CARD])["result"] is True
    assert queues(gateway) == [True, True]
    assert gateway.legacy("suspend", cards=[seed.MELA_CARD, seed.UVA_CARD])["result"] is False
    assert gateway.legacy("suspend", cards=[])["result"] is False


@pytest.mark.parametrize("suspend", [False, 0, "", None])
def test_suspend_can_unsuspend_and_takes_repeated_ids(gateway, suspend):
    twice = [seed.MELA_CARD, seed.UVA_CARD, seed.MELA_CARD]
    assert gateway.legacy("suspend", cards=twice)["result"] is True
    assert gateway.legacy("suspend", cards=twice, suspend=suspend) == {"result": True, "error": None}
    assert queues(gateway) == [False, False]
    assert gateway.legacy("suspend", cards=twice, suspend=suspend)["result"] is False


def test_nothing_is_suspended_when_one_card_is_unknown(gateway):
    gateway.legacy("suspend", cards=[seed.UVA_CARD])
    for cards in ([seed.MELA_CARD, 5], [5, seed.MELA_CARD], [seed.UVA_CARD, 5]):
        assert gateway.legacy("suspend", cards=cards) == {"result": None, "error": "Card was not found: 5"}
    assert queues(gateway) == [False, True]


def test_a_buried_card_is_not_suspended(gateway):
    gateway.col.sched.bury_cards([seed.MELA_CARD], manual=True)
    assert gateway.col.get_card(seed.MELA_CARD).queue == QUEUE_TYPE_MANUALLY_BURIED
    assert gateway.legacy("suspended", card=seed.MELA_CARD)["result"] is False
    assert gateway.legacy("areSuspended", cards=[seed.MELA_CARD, 5])["result"] == [False, None]


def test_suspending_a_card_in_a_filtered_deck_leaves_it_there(gateway):
    deck_id = gateway.col.decks.new_filtered("Cram")
    gateway.col.sched.rebuild_filtered_deck(deck_id)
    gateway.legacy("suspend", cards=[seed.MELA_CARD])
    card = gateway.col.get_card(seed.MELA_CARD)
    assert (card.did, card.queue) == (deck_id, -1)


def test_suspending_is_one_step_to_undo(gateway):
    gateway.legacy("suspend", cards=[seed.MELA_CARD, seed.UVA_CARD])
    assert gateway.col.undo_status().undo == "Suspend"
    gateway.col.undo()
    assert queues(gateway) == [False, False]


# --- wrong types ---

NO_INTEGER = "'{}' object cannot be interpreted as an integer"
NO_LIST = "'{}' object is not iterable"


@pytest.mark.parametrize("action", ["cardsInfo", "areSuspended", "suspend"])
@pytest.mark.parametrize(
    ("cards", "text"),
    [
        (None, NO_LIST.format("NoneType")),
        (5, NO_LIST.format("int")),
        (True, NO_LIST.format("bool")),
        ("x", NO_INTEGER.format("str")),
        (["x"], NO_INTEGER.format("str")),
        ([str(seed.MELA_CARD)], NO_INTEGER.format("str")),
        ([None], NO_INTEGER.format("NoneType")),
        ([1.0], NO_INTEGER.format("float")),
        ([[]], NO_INTEGER.format("list")),
        ({"a": 1}, NO_INTEGER.format("str")),
    ],
)
def test_wrong_card_ids_get_pythons_words(gateway, action, cards, text):
    assert gateway.legacy(action, cards=cards) == {"result": None, "error": text}
    assert gateway.rpc(action, {"cards": cards})["error"]["code"] == -32602


@pytest.mark.parametrize(
    ("card", "text"),
    [
        (1, "Card was not found: 1"),
        ("1", NO_INTEGER.format("str")),
        (None, NO_INTEGER.format("NoneType")),
        (1.5, NO_INTEGER.format("float")),
        ([], NO_INTEGER.format("list")),
    ],
)
def test_a_wrong_card_id_gets_pythons_words(gateway, card, text):
    assert gateway.legacy("suspended", card=card) == {"result": None, "error": text}


@pytest.mark.parametrize("query", [5, True, [], {}])
@pytest.mark.parametrize("action", ["findCards", "findNotes", "notesInfo"])
def test_a_query_must_be_text(gateway, action, query):
    text = "bad argument type for built-in operation"
    assert gateway.legacy(action, query=query) == {"result": None, "error": text}


def test_twenty_thousand_cards_are_looked_up_in_a_moment(gateway):
    begin = time.perf_counter()
    answer = gateway.legacy("areSuspended", cards=[seed.MELA_CARD, *range(20_000)])["result"]
    assert time.perf_counter() - begin < 2
    assert answer[:2] == [False, None]
