"""Cards, on a real collection."""

import time

import ankis
import pytest
import seed
from anki.cards_pb2 import FsrsMemoryState
from anki.collection import Collection, hooks
from anki.consts import QUEUE_TYPE_MANUALLY_BURIED
from anki.dbproxy import DBProxy
from sizes import for_rows

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


@for_rows("name", TEMPLATES)
def test_both_sides_are_what_anki_shows(kept, name):
    gateway = kept.unchanged()
    add_model(gateway.col, name, *TEMPLATES[name])
    cards = [card for values in VALUES for card in add_note(gateway.col, name, *values)]
    infos = gateway.legacy("cardsInfo", cards=cards)["result"]
    for card_id, info in zip(cards, infos, strict=True):
        card = gateway.col.get_card(card_id)
        assert (info["question"], info["answer"]) == (card.question(), card.answer())


@for_rows(
    "text",
    [
        "{{c1::a}} {{c2::b::hint}}",
        "{{c1::a {{c2::b}}}}",
        "{{c1,2::a}} [sound:a.mp3]",
        "{{c1::[latex]a[/latex]}}",
        "{{c1::image-occlusion:rect:left=.1:top=.1:width=.1:height=.1}}",
    ],
)
@for_rows("side", ["{{cloze:Front}}", "{{type:cloze:Front}}{{cloze:Front}}"])
def test_cloze_cards_are_what_anki_shows(kept, text, side):
    gateway = kept.unchanged()
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


def test_json_rpc_tells_the_home_deck_of_a_card_in_a_filtered_deck_too(gateway):
    gateway.rpc("createFilteredDeck", {"deck": "Cram", "terms": [{"search": "mela", "limit": 9}]})
    cards = {"cards": [seed.MELA_CARD, seed.UVA_CARD]}
    infos = gateway.rpc("cardsInfo", cards)["result"]
    decks = [("Cram", "Italian::A1"), ("Italian::A1", "Italian::A1")]
    assert [(info["deckName"], info["homeDeckName"]) for info in infos] == decks
    only = {"cards": [seed.MELA_CARD], "fields": ["homeDeckName"]}
    assert gateway.rpc("cardsInfo", only)["result"] == [{"homeDeckName": "Italian::A1"}]
    assert gateway.legacy("cardsInfo", **only)["result"] == [{"homeDeckName": "Italian::A1"}]
    (inner,) = gateway.legacy("multi", actions=[{"action": "cardsInfo", "params": cards}])["result"]
    for told in (inner, gateway.legacy("cardsInfo", **cards)["result"]):
        assert [(info["deckName"], "homeDeckName" in info) for info in told] == [
            ("Cram", False),
            ("Italian::A1", False),
        ]


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
def test_without_a_query_nothing_is_found(reading, params):
    assert reading.legacy("findCards", **params) == {"result": [], "error": None}


def test_an_empty_query_finds_everything(reading):
    assert sorted(reading.legacy("findCards", query="")["result"]) == [seed.MELA_CARD, seed.UVA_CARD]
    assert reading.legacy("findCards", query="deck:nope OR tag:nope")["result"] == []


INVALID_SEARCH = "<p>Invalid search: " if ankis.SEARCH_ERRORS_ARE_HTML else "Invalid search: "


@for_rows("query", ["(", "foo:(", '"', "is:nonsense", "rated:x"])
def test_a_malformed_query_is_an_invalid_search(reading, query):
    for action in ("findCards", "findNotes", "notesInfo"):
        error = reading.legacy(action, query=query)["error"]
        assert error.startswith(INVALID_SEARCH)
        ours = reading.rpc(action, {"query": query})["error"]
        assert ours["data"]["kind"] == "invalid_search"
        assert ours["message"].startswith("Invalid search: ")
        assert "<" not in ours["message"]


# --- suspended ---


def test_a_buried_card_is_not_suspended(gateway):
    gateway.col.sched.bury_cards([seed.MELA_CARD], manual=True)
    assert gateway.col.get_card(seed.MELA_CARD).queue == QUEUE_TYPE_MANUALLY_BURIED
    assert gateway.legacy("suspended", card=seed.MELA_CARD)["result"] is False
    assert gateway.legacy("areSuspended", cards=[seed.MELA_CARD, 5])["result"] == [False, None]


# --- ease, times, notes ---


def test_ease_and_time_are_told_for_each_place_in_the_list(gateway):
    gateway.col.sched.set_due_date([seed.MELA_CARD], "3")
    twice = [seed.MELA_CARD, 5, seed.UVA_CARD, seed.MELA_CARD]
    assert gateway.legacy("getEaseFactors", cards=twice)["result"] == [2500, None, 0, 2500]
    times = gateway.legacy("cardsModTime", cards=twice)["result"]
    assert [list(entry) for entry in times] == [["cardId", "mod"], [], ["cardId", "mod"], ["cardId", "mod"]]
    assert times[2] == {"cardId": seed.UVA_CARD, "mod": seed.FIXED}
    assert times[0] == times[3] == {"cardId": seed.MELA_CARD, "mod": gateway.col.get_card(seed.MELA_CARD).mod}


def test_a_note_is_listed_once_for_all_its_cards(gateway):
    cards = add_note(gateway.col, "Basic (and reversed card)", "a", "b")
    note_id = gateway.col.get_card(cards[0]).nid
    for protocol in (
        gateway.legacy("cardsToNotes", cards=[*cards, 5, seed.MELA_CARD, *cards]),
        gateway.rpc("cardsToNotes", {"cards": [*cards, seed.MELA_CARD, *cards]}),
    ):
        assert sorted(protocol["result"]) == [seed.MELA, note_id]
    assert gateway.legacy("cardsToNotes", cards=[str(seed.MELA_CARD)])["result"] == [seed.MELA]


@for_rows(
    "action", ["getEaseFactors", "cardsModTime", "cardsToNotes", "areDue", "getIntervals", "cardsDetails", "cardsInfo"]
)
def test_of_no_cards_nothing_is_told(reading, action):
    assert reading.legacy(action, cards=[]) == {"result": [], "error": None}
    assert reading.rpc(action, {"cards": []})["result"] == []


# --- due and intervals ---


def review(col: Collection, card_id: int, *intervals: int, ago: float = 10) -> None:
    """Log reviews, the last of them some seconds ago."""
    now = int((time.time() - ago) * 1000)
    for number, interval in enumerate(reversed(intervals)):
        col.db.execute("insert into revlog values (?, ?, 0, 3, ?, 0, 2500, 1000, 1)", now - number, card_id, interval)


def place(col: Collection, card_id: int, type: int, queue: int, due: int) -> None:
    card = col.get_card(card_id)
    card.type, card.queue, card.due = type, queue, due
    col.update_card(card)


@for_rows(
    ("stored", "interval", "ago", "expected"),
    [
        ((2, 2, 0), 5, 10, True),
        ((2, 2, 9), 5, 10, False),
        ((2, -1, 0), 5, 10, False),
        ((1, 1, 0), -60, 10, True),
        ((1, 1, 2_000_000_000), -1200, 9999, False),
        ((1, 1, 0), -1201, 10, False),
        ((1, 1, 0), -1201, 1300, True),
        ((1, 1, 2_000_000_000), -3600, 4000, True),
    ],
)
def test_a_card_is_due_by_its_latest_review(kept, stored, interval, ago, expected):
    gateway = kept.unchanged()
    place(gateway.col, seed.MELA_CARD, *stored)
    review(gateway.col, seed.MELA_CARD, -60, interval, ago=ago)
    assert gateway.legacy("areDue", cards=[seed.MELA_CARD, seed.UVA_CARD])["result"] == [expected, True]
    assert gateway.rpc("areDue", {"cards": [5, seed.MELA_CARD]})["result"] == [None, expected]


def test_a_suspended_new_card_is_due(gateway):
    gateway.col.sched.suspend_cards([seed.MELA_CARD])
    assert gateway.legacy("areDue", cards=[seed.MELA_CARD, str(seed.MELA_CARD)])["result"] == [True, True]


def test_intervals_come_from_the_review_log(gateway):
    col = gateway.col
    place(col, seed.MELA_CARD, 2, 2, 9)
    review(col, seed.MELA_CARD, -60, -600, 1, 4)
    twice = [seed.MELA_CARD, seed.UVA_CARD, seed.MELA_CARD]
    assert gateway.legacy("getIntervals", cards=twice)["result"] == [4, 0, 4]
    history = [-60, -600, 1, 4]
    assert gateway.legacy("getIntervals", cards=[*twice, 5], complete=True)["result"] == [history, 0, history, []]
    assert gateway.rpc("getIntervals", {"cards": [5, seed.MELA_CARD]})["result"] == [None, 4]


@pytest.mark.parametrize("action", ["areDue", "getIntervals"])
def test_without_reviews_only_a_new_card_can_be_told_of(gateway, action):
    place(gateway.col, seed.MELA_CARD, 2, 2, 9)
    for cards in ([5], [seed.MELA_CARD], [seed.UVA_CARD, seed.MELA_CARD]):
        assert gateway.legacy(action, cards=cards) == {"result": None, "error": "list index out of range"}
        assert gateway.rpc(action, {"cards": cards})["result"][-1] is None
    assert gateway.legacy("getIntervals", cards=[seed.MELA_CARD], complete=True)["result"] == [[]]


# --- chosen values ---


def test_details_are_those_that_were_asked_for(reading):
    asked = {
        "cards": [seed.UVA_CARD, seed.MELA_CARD, seed.UVA_CARD],
        "fields": ["reps", "due", "queue", "type", "interval"],
    }
    (first, _, third) = reading.rpc("cardsDetails", asked)["result"]
    assert first == third
    assert list(first.items()) == [
        *(("cardId", seed.UVA_CARD), ("reps", 0), ("due", 2), ("queue", 0), ("type", 0), ("interval", 0))
    ]
    answer = reading.legacy("cardsDetails", cards=[seed.UVA_CARD], fields=None, noteFields=["Meaning", "Nope"])[
        "result"
    ]
    assert answer == [{"cardId": seed.UVA_CARD, "fields": {"Meaning": {"value": "grapes", "order": 1}}}]
    assert reading.legacy("cardsDetails", cards=[seed.UVA_CARD], fields=[], noteFields=None)["result"] == [
        seed.UVA_CARD
    ]
    assert reading.legacy("cardsDetails", cards=None)["result"] == []


@for_rows("reviewed", [True, False])
@for_rows("decay", [None, 0.2])
@for_rows("queue", [1, 2])
def test_figures_of_fsrs_are_ankis_own(kept, reviewed, decay, queue):
    gateway = kept.unchanged()
    col = gateway.col
    col.db.execute("update col set crt = crt - 100 * 86400")
    col.set_config("fsrs", True)
    col.sched.set_due_date([seed.MELA_CARD], "9!")
    card = col.get_card(seed.MELA_CARD)
    card.memory_state = FsrsMemoryState(stability=4.2, difficulty=5)
    card.desired_retention, card.decay = 0.85, decay
    card.due, card.ivl = (col.sched.today - 5, 9) if queue == 2 else (int(time.time()) - 100_000, 0)
    card.type = card.queue = queue
    card.last_review_time = int(time.time()) - 500_000 if reviewed else None
    col.update_card(card)
    asked = {"cards": [seed.MELA_CARD, seed.UVA_CARD], "fields": ["prop:r", "prop:s", "prop:d"]}
    mela, uva = gateway.rpc("cardsDetails", asked)["result"]
    assert uva == {"cardId": seed.UVA_CARD, "prop:r": None, "prop:s": None, "prop:d": None}
    assert (mela["prop:s"], mela["prop:d"]) == (4.2, 0.85)
    if not ankis.KNOWS_LATEST_REVIEWS and (reviewed or queue == 1):
        return  # it counts whole days since the card's interval began
    times = [col.sched.today, col.sched.day_cutoff, int(time.time())][: 3 if ankis.KNOWS_LATEST_REVIEWS else 2]
    of_search = f"select extract_fsrs_retrievability(data, due, ivl, {', '.join('?' * len(times))}) from cards"
    expected = col.db.scalar(f"{of_search} where id = ?", *times, seed.MELA_CARD)
    assert mela["prop:r"] == pytest.approx(expected, rel=1e-3)


@for_rows(
    ("params", "text"),
    [
        ({"cards": 5}, "cards should be a list: 5"),
        ({"cards": "x"}, "cards should be a list: x"),
        ({"cards": [], "fields": "x"}, "fields should be a list: x"),
        ({"cards": [], "noteFields": "x"}, "noteFields should be a list: x"),
        ({"cards": [], "fields": ["due", "x"]}, "unsupported field requested: x"),
    ],
)
def test_wrong_questions_for_details(reading, params, text):
    assert reading.legacy("cardsDetails", **params) == {"result": None, "error": text}
    assert reading.rpc("cardsDetails", params)["error"]["code"] == -32602


def test_details_of_an_unknown_card_are_refused(reading):
    params = {"cards": [seed.MELA_CARD, 5], "fields": ["due"]}
    assert reading.legacy("cardsDetails", **params)["error"] == "Card was not found: 5"
    assert reading.rpc("cardsDetails", params)["error"]["data"] == {"kind": "card_not_found", "card": 5, "index": 1}


# --- wrong types ---

NO_INTEGER = "'{}' object cannot be interpreted as an integer"
NO_LIST = "'{}' object is not iterable"


@for_rows("action", ["cardsInfo", "areSuspended", "getEaseFactors", "cardsModTime"])
@for_rows(
    ("cards", "text"),
    [
        (None, NO_LIST.format("NoneType")),
        (5, NO_LIST.format("int")),
        (True, NO_LIST.format("bool")),
        ("x", NO_INTEGER.format("str")),
        (["x"], NO_INTEGER.format("str")),
        ([str(seed.MELA_CARD)], NO_INTEGER.format("str")),
        ([1.5], NO_INTEGER.format("float")),
        ([[]], NO_INTEGER.format("list")),
        ({"a": 1}, NO_INTEGER.format("str")),
    ],
)
def test_wrong_card_ids_get_pythons_words(reading, action, cards, text):
    assert reading.legacy(action, cards=cards) == {"result": None, "error": text}
    assert reading.rpc(action, {"cards": cards})["error"]["code"] == -32602


@for_rows("action", ["areDue", "getIntervals"])
@for_rows("cards", ["x", ["x"], [None], [1.5], [[]]])
def test_ids_that_anki_cannot_search_get_ankis_words(reading, action, cards):
    text = "Invalid search: \u2068expected only digits and commas in cid:\u2069"
    assert reading.legacy(action, cards=cards) == {"result": None, "error": text}
    assert reading.rpc(action, {"cards": cards})["error"]["code"] == -32602


@pytest.mark.parametrize("action", ["areDue", "getIntervals"])
def test_a_sign_is_no_digit_in_the_text_of_a_search(reading, action):
    text = "Invalid search: \u2068expected only digits and commas in cid:\u2069"
    assert reading.legacy(action, cards=[seed.UVA_CARD, -1]) == {"result": None, "error": text}
    assert reading.rpc(action, {"cards": [-1]})["result"] == [None]


@for_rows("action", ["areDue", "getIntervals", "cardsToNotes"])
@for_rows("cards", [None, 5])
def test_ids_must_be_a_list(reading, action, cards):
    assert reading.legacy(action, cards=cards)["error"] == NO_LIST.format(type(cards).__name__)
    assert reading.rpc(action, {"cards": cards})["error"]["code"] == -32602


@for_rows(
    ("card", "text"),
    [
        (1, "Card was not found: 1"),
        ("1", NO_INTEGER.format("str")),
        (None, NO_INTEGER.format("NoneType")),
        (1.5, NO_INTEGER.format("float")),
        ([], NO_INTEGER.format("list")),
    ],
)
def test_a_wrong_card_id_gets_pythons_words(reading, card, text):
    assert reading.legacy("suspended", card=card) == {"result": None, "error": text}


@for_rows("query", [5, True, [], {}])
@for_rows("action", ["findCards", "findNotes", "notesInfo"])
def test_a_query_must_be_text(reading, action, query):
    text = "bad argument type for built-in operation"
    assert reading.legacy(action, query=query) == {"result": None, "error": text}


def test_twenty_thousand_cards_are_looked_up_in_a_moment(reading):
    begin = time.process_time()
    answer = reading.legacy("areSuspended", cards=[seed.MELA_CARD, *range(20_000)])["result"]
    assert time.process_time() - begin < 2
    assert answer[:2] == [False, None]


@for_rows(
    ("action", "params", "expected"),
    [("areDue", {}, True), ("getIntervals", {}, 1), ("getIntervals", {"complete": True}, [1])],
)
def test_a_long_review_log_is_read_in_a_moment_while_sqlite_knows_it_as_a_short_one(kept, action, params, expected):
    gateway = kept.unchanged()
    db = gateway.col.db
    db.execute("analyze")
    numbers = "with recursive n(i) as (values (1) union all select i + 1 from n where i < 10000)"
    db.execute(f"insert into cards {numbers} select i, 1, 1, 0, 0, 0, 2, 2, 0, 1, 2500, 1, 0, 0, 0, 0, 0, '' from n")
    db.execute(f"insert into revlog {numbers} select i, i, 0, 3, 1, 1, 2500, 1, 1 from n")
    cards = list(range(1, 10_001))
    begin = time.process_time()
    answer = gateway.legacy(action, cards=cards, **params)["result"]
    assert time.process_time() - begin < 2
    assert answer == [expected] * len(cards)


@for_rows(
    ("params", "found"),
    [
        ({"query": "mela", "fields": ["queue"]}, [{"cardId": seed.MELA_CARD, "queue": 0}]),
        (
            {"query": "mela", "noteFields": ["Word"]},
            [{"cardId": seed.MELA_CARD, "fields": {"Word": {"value": "mela", "order": 0}}}],
        ),
        ({"query": "mela", "fields": []}, [seed.MELA_CARD]),
        ({"query": "mela", "fields": None, "noteFields": []}, [seed.MELA_CARD]),
        ({"query": None, "fields": ["queue"]}, []),
        ({"fields": ["queue"]}, []),
        ({"query": "nothing", "fields": ["queue"]}, []),
    ],
)
def test_a_forks_search_tells_chosen_values(reading, params, found):
    assert reading.legacy("findCards", **params) == {"result": found, "error": None}
    (inner,) = reading.legacy("multi", actions=[{"action": "findCards", "params": params}])["result"]
    assert inner == found
    if params.get("query"):
        assert reading.rpc("cardsDetails", {k: v for k, v in params.items() if v is not None})["result"] == found


@for_rows(
    ("params", "text"),
    [
        ({"query": "mela", "fields": ["x"]}, "unsupported field requested: x"),
        (
            {"query": "mela", "fields": ["due"], "x": 1},
            "AnkiConnect.findCards() got an unexpected keyword argument 'x'",
        ),
        ({"query": "a:b:(", "fields": ["due"]}, INVALID_SEARCH),
    ],
)
def test_a_forks_search_that_is_wrong_says_why(reading, params, text):
    assert reading.legacy("findCards", **params)["error"].startswith(text)


def test_details_are_of_cards_or_of_a_search(reading):
    assert list(reading.rpc("cardsDetails", {"fields": ["due"]})["error"]["data"]["fields"]) == ["cards"]
    missing = "AnkiConnect.cardsDetails() missing 1 required positional argument: 'cards'"
    assert reading.legacy("cardsDetails", fields=["due"])["error"] == missing


def test_an_addon_that_fails_spoils_only_its_card(reading):
    def fail(output, context):
        if context.card().id == seed.MELA_CARD:
            raise ValueError("<no> card")

    def keep(*_):
        hooks.card_did_render.append(fail)  # Anki removes a hook that fails

    cards = [card for card in reading.rpc("findCards", {"query": "deck:Italian"})["result"] if card != seed.MELA_CARD]
    for method, params in [
        ("cardsInfo", {"cards": [seed.MELA_CARD, cards[0]], "fields": ["cardId", "question", "answer"]}),
        ("cardSounds", {"cards": [seed.MELA_CARD, cards[0]]}),
    ]:
        keep()
        try:
            spoilt, whole = reading.rpc(method, params)["result"]
        finally:
            if fail in hooks.card_did_render._hooks:
                hooks.card_did_render.remove(fail)
        if method == "cardsInfo":
            text = "Another add-on of Anki failed: ValueError: &lt;no&gt; card"
            assert [spoilt[side].endswith(text) for side in ("question", "answer")] == [True, True]
            assert "failed" not in whole["question"]
        else:
            assert "failed" not in str(whole)


def test_a_card_that_would_fill_the_memory_is_not_rendered(gateway):
    add_model(gateway.col, "Many", "{{Front}}" * 100, "{{FrontSide}}" * 9)
    add_model(gateway.col, "Many clozes", "{{cloze:Front}}" * 30, "{{cloze:Front}}" * 30, cloze=True)
    notes = [
        {"deckName": "Italian::A1", "modelName": name, "fields": {"Front": f"{text} {name} {fill}"}}
        for name, text in (("Many", "x"), ("Many clozes", "{{c2::x}}"))
        for fill in ("a" * 2_000_000, "small")
    ]
    ids = [gateway.rpc("addNote", {"note": each})["result"] for each in notes]
    cards = [gateway.rpc("findCards", {"query": f"nid:{note}"})["result"][0] for note in ids]
    infos = gateway.rpc("cardsInfo", {"cards": cards, "fields": ["question", "answer"]})["result"]
    assert ["at most 64 are rendered" in info["question"] for info in infos] == [True, False, True, False]
    assert max(len(info["question"]) + len(info["answer"]) for info in infos) < 2**20
    gateway.rpc("selectDeck", {"deck": "Italian::A1"})
    shown = gateway.rpc("nextCards", {"limit": 100})["result"]["cards"]
    large = [card for card in shown if card["cardId"] in (cards[0], cards[2])]
    assert [card["question"].startswith("Up to ") for card in large] == [True] * 2
