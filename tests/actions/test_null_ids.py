"""null in the place of an id: JavaScript writes a number that is missing so."""

import seed
from sizes import for_rows

import addon.actions  # noqa: F401  (fills the registry)
from addon.actions import REGISTRY
from addon.schemas.fields.basic import Integer, List

PLACES = {
    "notesInfo": ("notes", seed.MELA, {}),
    "notesModTime": ("notes", seed.MELA, {}),
    "cardsInfo": ("cards", seed.MELA_CARD, {}),
    "cardsModTime": ("cards", seed.MELA_CARD, {}),
    "areSuspended": ("cards", seed.MELA_CARD, None),
    "getEaseFactors": ("cards", seed.MELA_CARD, None),
}
LISTS_OF_IDS = [
    (action.name, field.data_key)
    for action in REGISTRY.listed()
    for field in action.params.instance().load_fields.values()
    if isinstance(field, List) and isinstance(field.inner, Integer) and field.data_key != "easeFactors"
]


@for_rows("action", PLACES)
def test_null_has_the_place_of_an_unknown_id_and_hides_no_other_entry(reading, action):
    name, id, unknown = PLACES[action]
    (alone,) = reading.legacy(action, **{name: [id]})["result"]
    assert reading.legacy(action, **{name: [None, id, None]}) == {"result": [unknown, alone, unknown], "error": None}
    assert reading.legacy(action, **{name: [None]}, version=4) == [unknown]


@for_rows(("action", "name"), LISTS_OF_IDS)
def test_json_rpc_names_the_place_of_null_among_ids(reading, action, name):
    answer = reading.rpc(action, {name: [5, None, 6]})["error"]
    assert answer["code"] == -32602
    assert f"{name}.1" in answer["data"]["fields"]


def test_json_rpc_names_the_place_of_null_in_answers(reading):
    answers = [{"cardId": seed.MELA_CARD, "ease": 3}, {"cardId": None, "ease": 3}]
    assert "answers.1.cardId" in reading.rpc("answerCards", {"answers": answers})["error"]["data"]["fields"]


def test_an_answer_for_null_is_not_given_and_the_others_are(gateway):
    answers = [{"cardId": None, "ease": 3}, {"cardId": seed.MELA_CARD, "ease": 3}]
    assert gateway.legacy("answerCards", answers=answers) == {"result": [False, True], "error": None}


def test_tags_are_replaced_in_the_notes_beside_null(gateway):
    tags = {"tag_to_replace": "fruit", "replace_with_tag": "food"}
    assert gateway.legacy("replaceTags", notes=[None, seed.MELA], **tags) == {"result": None, "error": None}
    assert gateway.legacy("getNoteTags", note=seed.MELA)["result"] == ["A1", "food"]


def test_reviews_of_null_stand_under_the_name_that_json_has_for_it(reading):
    asked = reading.legacy("getReviewsOfCards", cards=[seed.UVA_CARD, None, 1.5])["result"]
    assert list(asked) == [str(seed.UVA_CARD), "null", "1.5"]
    assert asked["null"] == asked["1.5"] == []


@for_rows(
    ("action", "name", "more"),
    [
        ("suspend", "cards", {}),
        ("unsuspend", "cards", {}),
        ("forgetCards", "cards", {}),
        ("setDueDate", "cards", {"days": "1"}),
        ("setEaseFactors", "cards", {"easeFactors": [2300, 2300]}),
        ("relearnCards", "cards", {}),
        ("changeDeck", "cards", {"deck": "Italian"}),
        ("cardsToNotes", "cards", {}),
        ("areDue", "cards", {}),
        ("getIntervals", "cards", {}),
        ("addTags", "notes", {"tags": "a"}),
        ("removeTags", "notes", {"tags": "a"}),
        ("deleteNotes", "notes", {}),
    ],
)
def test_null_fails_what_is_done_to_a_list_as_a_whole(reading, action, name, more):
    assert reading.legacy(action, **{name: [5, None]}, **more)["error"]
