"""For every action that writes: calls that have nothing to do, and calls that are refused.

A text like `$front` in the params stands for an id of the collection that `build` makes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ankis
from anki.collection import AddNoteRequest
from seed import CSS, MELA, MELA_CARD, UVA, UVA_CARD

from addon.actions import REGISTRY

UNKNOWN = 1234567890123
VOCAB, BOTH, CLOZE = "Italian vocab", "Basic (and reversed card)", "Cloze"
BACK = "{{FrontSide}}\n\n<hr id=answer>\n\n{{Meaning}}"
WORD, MEANING = ({"modelName": VOCAB, "fieldName": name} for name in ("Word", "Meaning"))
RECT = {"type": "rect", "card": 1, "left": 0.1, "top": 0.2, "width": 0.3, "height": 0.25}
MAP = {"image": {"filename": "_map.png", "data": "iVBORw0KGgo="}, "shapes": [RECT], "deckName": "Italian"}
PEAR = {"modelName": VOCAB, "deckName": "Italian::A1", "fields": {"Word": "pera", "Meaning": "pear"}}
APPLE = {**PEAR, "fields": {"Word": "mela", "Meaning": "apple"}}
TYPED = {"id": MELA, "modelName": VOCAB, "fields": {"Word": "mela", "Meaning": "apple"}, "tags": ["A1", "fruit"]}
REVIEW = [1700064060000, UVA_CARD, -1, 3, 1, -600, 2500, 4000, 0]
TERM = {"search": "deck:Italian", "limit": 20, "order": "added"}
_SAVE = ("saveSearch", {"name": "x", "search": "deck:a"})
_NO_SEARCHES = "insert or replace into config values ('savedFilters', 0, 0, cast('[1]' as blob))"
OPTIONS = {**REGISTRY["getDeckConfig"].examples[0].result, "id": "$hard", "name": "Hard", "maxTaken": 7}


@dataclass(frozen=True)
class Case:
    """A call, after other calls and statements that make the collection ready for it."""

    params: Mapping[str, Any]
    calls: Sequence[tuple[str, Mapping[str, Any]]] = ()
    sql: Sequence[str] = ()
    undoes_all: bool = False
    """There is nothing left to undo before the call."""
    redoes_all: bool = False
    """There is nothing left to redo before the call."""
    is_error: bool = False
    """In JSON-RPC it fails. In the old protocol it has nothing to do."""

    def __str__(self) -> str:
        before = [name for name, _ in self.calls] + [text[:60] for text in self.sql]
        said = ", ".join(f"{name}: {value!r:.60}" for name, value in self.params.items())
        return f"{said or '-'}{f', after {before}' if before else ''}"


def of(**params: Any) -> Case:
    return Case(params)


def fails(**params: Any) -> Case:
    """A call that fails in JSON-RPC: it names something that does not exist, or asks for what cannot be done."""
    return Case(params, is_error=True)


def again(action: str, **params: Any) -> Case:
    """A call that was made already."""
    return Case(params, [(action, params)])


@dataclass(frozen=True)
class Row:
    """One action's cases; where there are none of a kind, the reason."""

    nothing: Sequence[Case] | str
    refused: Sequence[Case] | str


def build(gateway) -> dict[str, int]:
    """Make the collection of the cases from the example collection; return ids by name."""
    col = gateway.col
    other = col.decks.add_normal_deck_with_name("Other").id
    requests = []
    for model, fields, tags in (
        (BOTH, ["front", "back"], ["level::A1", "Level"]),
        (BOTH, ["caf\u00e9", "coffee"], []),
        (CLOZE, ["{{c1::one}} {{c2::two}}", ""], []),
    ):
        note = col.new_note(col.models.by_name(model))
        note.fields, note.tags = fields, tags
        requests.append(AddNoteRequest(note, other))
    col.add_notes(requests)
    ids = dict(zip(("front", "coffee", "cloze"), (request.note.id for request in requests), strict=True))
    ids["front1"], ids["front2"] = col.get_note(ids["front"]).card_ids()
    ids["coffee1"], ids["coffee2"] = col.get_note(ids["coffee"]).card_ids()
    ids["cloze1"], ids["cloze2"] = col.get_note(ids["cloze"]).card_ids()
    col.sched.set_due_date([ids["front1"]], "5")

    def done(method: str, **params: Any) -> Any:
        answer = gateway.rpc(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    (found,) = done("addImageOcclusionNotes", notes=[MAP])
    ids["map"] = found["id"]
    ids["hard"] = done("cloneDeckConfigId", name="Hard", cloneFrom=1)
    done("setDeckPreset", decks=["Other"], preset="Hard")
    ids["cram"] = done("createFilteredDeck", deck="Cram", terms=[{"search": f"cid:{ids['front1']}"}])["deckId"]
    done("createFilteredDeck", deck="Bare", terms=[{"search": "deck:Italian tag:nosuch"}], allowEmpty=True)
    done("createDeck", deck="Below::Child")
    return ids


def filled(params: Any, ids: Mapping[str, int]) -> Any:
    """Params with ids for the names that stand for them."""
    if isinstance(params, Mapping):
        return {key: filled(value, ids) for key, value in params.items()}
    if isinstance(params, list | tuple):
        return [filled(value, ids) for value in params]
    return ids[params[1:]] if isinstance(params, str) and params.startswith("$") else params


_ADDS = "it adds something each time"
_UPKEEP = "it is Anki's own maintenance, which empties the undo history whatever it finds"
NESTED: Any = []
for _ in range(120):
    NESTED = [NESTED]
_NO_CARDS = [of(cards=[])]
_UNKNOWN_CARD = [of(cards=[MELA_CARD, UNKNOWN])]
_TEXT_IN_IDS = of(cards=["x"])
_FSRS = ("setFsrsActive", {"active": True})
_NO_REASON = "there is nothing that it could be refused for"
_NO_DECK = "update cards set did = 5 where id = 1700000001001"
_IN_CRAM = "update cards set did = $cram where id = 1700000001001"
_ONE_FIELD = "update notes set flds = 'a' where id = 1700000000001"
_NO_MODEL = "update notes set mid = 5 where id = 1700000000001"
_BROKEN_SEARCH = "update decks set kind = unhex(replace(hex(kind), '6369643A', '28282828')) where name = 'Cram'"

CASES: dict[str, Row] = {
    # --- notes ---
    "addNote": Row(
        [Case({"note": PEAR, "idempotencyKey": "k"}, [("addNote", {"note": PEAR, "idempotencyKey": "k"})])],
        [
            of(note=APPLE),
            of(note={**PEAR, "deckName": "nosuch"}),
            of(note={**PEAR, "deckName": "Cram"}),
            of(note={**PEAR, "modelName": "nosuch"}),
            of(note={**PEAR, "fields": {"Word": " "}}),
            of(note={**PEAR, "fields": {"Word": "{{c1::x}}"}}),
            of(note={**PEAR, "modelName": CLOZE, "fields": {"Text": "x"}}),
            of(note={**PEAR, "audio": [{"filename": "x.mp3", "path": "/no/such/file", "fields": ["Word"]}]}),
        ],
    ),
    "addNotes": Row([of(notes=[]), of(notes=[APPLE])], [of(notes=[PEAR, APPLE], onError="abort")]),
    "addImageOcclusionNotes": Row(
        [of(notes=[]), of(notes=[{**MAP, "deckName": "nosuch"}])],
        [of(notes=[MAP, {**MAP, "modelName": "Basic"}], onError="abort")],
    ),
    "updateNote": Row(
        [
            of(note={"id": MELA, "fields": {"Meaning": "apple"}, "tags": ["fruit", "A1"]}),
            of(note={"id": MELA, "tags": ["FRUIT", "a1", "fruit"]}),
            of(note={"id": MELA, "fields": {}}),
            of(note={"id": MELA, "fields": {"Meaning": "app\x01le\r"}}),
            of(note={"id": "$coffee", "fields": {"Front": "cafe\u0301"}}),
            of(note={"id": MELA, "tags": ["fr\x01uit", "A1"]}),
        ],
        [
            of(note={"id": UNKNOWN, "fields": {"Word": "x"}}),
            of(note={"id": MELA, "tags": 5}),
            Case(
                {"note": {"id": MELA, "fields": {"Word": "x"}}},
                sql=[_ONE_FIELD],
            ),
            Case({"note": {"id": MELA, "tags": ["x"]}}, sql=[_NO_MODEL]),
        ],
    ),
    "updateNoteFields": Row(
        [
            of(note={"id": MELA, "fields": {"Meaning": "apple"}}),
            of(note={"id": MELA, "fields": {"Meaning": "apple\x00"}}),
            of(note={"id": "$coffee", "fields": {"Front": "cafe\u0301"}}),
        ],
        [
            of(note={"id": UNKNOWN, "fields": {"Word": "x"}}),
            Case(
                {"note": {"id": MELA, "fields": {"Word": "x"}}},
                sql=[_ONE_FIELD],
            ),
        ],
    ),
    "updateNoteTags": Row(
        [of(note=MELA, tags=["A1", "fruit"]), of(note=UVA, tags=[]), of(note=MELA, tags=["fruit a1"])],
        [of(note=UNKNOWN, tags=["x"]), of(note=MELA, tags=7)],
    ),
    "updateNoteModel": Row(
        [
            of(note=TYPED),
            of(note={**TYPED, "modelName": "ITALIAN VOCAB", "tags": ["a1", "fruit"]}),
            of(note=TYPED, dryRun=True),
        ],
        [of(note={**TYPED, "modelName": "nosuch"}), of(note={**TYPED, "id": UNKNOWN})],
    ),
    "updateNotes": Row(
        [
            of(notes=[]),
            of(notes=[{"id": MELA, "fields": {"Word": "mela"}, "addTags": ["fruit"], "removeTags": ["x"]}]),
            of(notes=[{"id": UNKNOWN, "fields": {"Word": "x"}}]),
            of(notes=[{"id": "$coffee", "fields": {"Front": "cafe\u0301", "Back": "cof\rfee"}}]),
        ],
        [
            of(notes=[{"id": UVA, "fields": {"Word": "x"}}, {"id": UNKNOWN}], onError="abort"),
            of(notes=[{"id": UVA, "ifMod": 5, "fields": {"Word": "x"}}], onError="abort"),
            of(notes=[{"id": UVA, "expected": {"Word": "x"}, "fields": {"Word": "y"}}], onError="abort"),
            Case(
                {"notes": [{"id": MELA, "fields": {"Word": "x"}}], "onError": "abort"},
                sql=[_ONE_FIELD],
            ),
            Case(
                {"notes": [{"id": MELA, "addTags": ["x"]}], "onError": "abort"},
                sql=[_NO_MODEL],
            ),
        ],
    ),
    "editNoteText": Row(
        [
            of(edits=[]),
            of(edits=[{"id": MELA, "field": "word", "findText": "mela", "replaceText": "mela"}]),
            of(edits=[{"id": UNKNOWN, "field": "Word", "findText": "a", "replaceText": "b"}]),
            of(edits=[{"id": MELA, "field": "Word", "findText": "x", "replaceText": "y"}]),
        ],
        [
            of(
                edits=[
                    {"id": UVA, "field": "Word", "findText": "uva", "replaceText": "x"},
                    {"id": MELA, "field": "Word", "findText": "x", "replaceText": "y"},
                ],
                onError="abort",
            ),
            Case(
                {
                    "edits": [{"id": MELA, "field": "Word", "findText": "mela", "replaceText": "x"}],
                    "onError": "abort",
                },
                sql=[_ONE_FIELD],
            ),
        ],
    ),
    "upsertNotes": Row(
        [
            of(notes=[]),
            of(notes=[APPLE]),
            of(notes=[{**PEAR, "fields": {"Word": " "}}]),
            of(notes=[{"modelName": BOTH, "deckName": "Other", "fields": {"Front": "cafe\u0301", "Back": "coffee"}}]),
        ],
        [of(notes=[PEAR, {**PEAR, "deckName": "nosuch", "fields": {"Word": "pesca"}}], onError="abort")],
    ),
    "updateImageOcclusionNotes": Row(
        [
            of(notes=[]),
            of(notes=[{"id": "$map", "shapes": [RECT], "header": "", "tags": []}]),
            of(notes=[{"id": "$map", "mode": "hideAll"}]),
            of(notes=[{"id": MELA, "header": "x"}]),
        ],
        [of(notes=[{"id": "$map", "header": "x"}, {"id": MELA, "header": "x"}], onError="abort")],
    ),
    "deleteNotes": Row([of(notes=[]), of(notes=[UNKNOWN]), of(notes=[MELA], dryRun=True)], [of(notes=["x"])]),
    "removeEmptyNotes": Row([of(), of(dryRun=True)], [of(dryRun="x")]),
    "removeEmptyCards": Row([of(keepNotes=True), of(keepNotes=False, dryRun=True)], [of(keepNotes="x")]),
    "changeNoteType": Row(
        [
            of(notes=[], modelName="Basic"),
            of(notes=["$front"], modelName="Basic", dryRun=True),
            of(notes=["$front"], modelName=BOTH),
            of(notes=["$front"], modelName=BOTH, fields={"Front": "Front", "Back": "Back"}),
            of(notes=["$cloze"], modelName=CLOZE),
        ],
        [
            of(notes=[MELA, UNKNOWN], modelName="Basic"),
            of(notes=[MELA, "$front"], modelName="Basic"),
            of(notes=[MELA], modelName="nosuch"),
            of(notes=[MELA], modelName="Basic", fields={"Front": "nosuch"}),
            of(notes=["$cloze"], modelName=BOTH, templates={"Card 1": "Cloze"}),
            Case({"notes": [MELA], "modelName": "Basic"}, sql=[_NO_MODEL]),
        ],
    ),
    "findAndReplaceInNotes": Row(
        [
            of(findText="nosuch", replaceText="x", query=""),
            of(findText="mela", replaceText="mela", notes=[MELA]),
            of(findText="m(el)a", replaceText="m${1}a", notes=[MELA], regex=True),
            of(findText="mela", replaceText="x", notes=[]),
            of(findText="mela", replaceText="x", query="tag:nosuch"),
            of(findText="mela", replaceText="x", query="", field="Front"),
            of(findText="mela", replaceText="x", query="", dryRun=True),
        ],
        [
            of(findText="", replaceText="x", query=""),
            of(findText="mela", replaceText="x"),
            of(findText="mela", replaceText="x", query="", field="nosuch"),
            of(findText="mela", replaceText="x", notes=[MELA, UNKNOWN]),
            of(findText="(mela", replaceText="x", notes=[MELA], regex=True),
            of(findText="mela", replaceText="", notes=[MELA]),
            of(findText="mela", replaceText="x", query="deck:("),
            Case({"findText": "a", "replaceText": "x", "notes": [MELA]}, sql=[_ONE_FIELD]),
            Case({"findText": "mela", "replaceText": "x", "notes": [MELA]}, sql=[_NO_MODEL]),
        ],
    ),
    # --- tags ---
    "addTags": Row(
        [
            of(notes=[], tags="x"),
            of(notes=[MELA], tags=" "),
            of(notes=[MELA], tags="fruit"),
            of(notes=[MELA], tags="FRUIT a1  fruit"),
            of(notes=[MELA], tags="fr\x01uit"),
            fails(notes=[MELA, UNKNOWN], tags="fr\x01uit"),
            fails(notes=[UNKNOWN], tags="x"),
            again("addTags", notes=[MELA, UVA], tags="a::b caf\u00e9"),
            again("addTags", notes=[MELA, UVA], tags="a:: ::b \u0301"),
            Case({"notes": [MELA], "tags": "cafe\u0301"}, [("addTags", {"notes": [MELA], "tags": "caf\u00e9"})]),
        ],
        [of(notes=["x"], tags="x"), of(notes=[MELA], tags=5)],
    ),
    "removeTags": Row(
        [
            of(notes=[], tags="A1"),
            of(notes=[MELA], tags=""),
            of(notes=[MELA, UVA], tags="fru A fruit::x"),
            fails(notes=[MELA, UVA, UNKNOWN], tags="fru A fruit::x"),
            of(notes=[MELA], tags="A1", dryRun=True),
        ],
        [of(notes=["x"], tags="x")],
    ),
    "replaceTags": Row(
        [
            of(notes=[], tag_to_replace="A1", replace_with_tag="x"),
            fails(notes=[MELA], tag_to_replace="nosuch", replace_with_tag="x"),
            of(notes=[UVA], tag_to_replace="A1", replace_with_tag="x"),
            of(notes=[MELA], tag_to_replace="A1", replace_with_tag="A1"),
            of(notes=[MELA], tag_to_replace="A1", replace_with_tag="a1"),
            of(notes=[MELA], tag_to_replace="a1", replace_with_tag="A1"),
            of(notes=[MELA], tag_to_replace="a1", replace_with_tag="A1 fruit"),
            fails(notes=[UNKNOWN], tag_to_replace="A1", replace_with_tag="x y"),
            of(notes=[MELA], tag_to_replace="A1", replace_with_tag="x", dryRun=True),
        ],
        [of(notes=["x"], tag_to_replace="A1", replace_with_tag="x")],
    ),
    "replaceTagsInAllNotes": Row(
        [
            fails(tag_to_replace="nosuch", replace_with_tag="x"),
            of(tag_to_replace="A1", replace_with_tag="a1"),
            fails(tag_to_replace="two tags", replace_with_tag="x"),
            of(tag_to_replace="A1", replace_with_tag="x", dryRun=True),
        ],
        [of(tag_to_replace=5, replace_with_tag="x")],
    ),
    "saveSearch": Row(
        [again("saveSearch", name="x", search="deck:a"), Case({"name": "x", "search": " deck:a "}, [_SAVE])],
        [
            of(name=" ", search="deck:a"),
            of(name="x", search="is:nosuch"),
            of(name="x", search="re:("),
            Case({"name": "x", "search": "deck:b"}, [_SAVE]),
            Case({"name": "x", "search": ""}, sql=[_NO_SEARCHES]),
        ],
    ),
    "removeSavedSearch": Row(
        [of(name="nosuch"), Case({"name": "x", "dryRun": True}, [_SAVE]), Case({"name": "X"}, [_SAVE])],
        [of(name=5), Case({"name": "x"}, sql=[_NO_SEARCHES])],
    ),
    "clearUnusedTags": Row([of(), of(dryRun=True)], [of(dryRun="x")]),
    "renameTag": Row(
        [
            of(tag="A1", newName="A1"),
            of(tag="A1", newName="x", dryRun=True),
            Case({"tag": "unused", "newName": "x"}, sql=["insert into tags values ('unused', 0, 0, null)"]),
        ],
        [
            of(tag="nosuch", newName="x"),
            of(tag="A1 fruit", newName="x"),
            of(tag="A1", newName="x y"),
            of(tag="A1", newName=""),
            of(tag="A1", newName="x::"),
        ],
    ),
    "moveTags": Row(
        [
            of(tags=[], parent="x"),
            of(tags=["A1", "fruit"], parent=None),
            of(tags=["a1"], parent=""),
            of(tags=["A1"], parent="x", dryRun=True),
            Case({"tags": ["unused"], "parent": "x"}, sql=["insert into tags values ('unused', 0, 0, null)"]),
        ],
        [
            of(tags=["nosuch"], parent="x"),
            of(tags=["A1", "A1 fruit"], parent="x"),
            of(tags=["A1"], parent="x y"),
            of(tags=["A1"], parent="x::"),
            of(tags=["A1"], parent="A1"),
            of(tags=["A1"], parent="a1::x"),
            Case(
                {"tags": ["A1"], "parent": "x"}, sql=["update notes set tags = cast(x'ff' as text) where id = $front"]
            ),
        ],
    ),
    "removeTagsInAllNotes": Row(
        [of(tags=[]), of(tags=[" "]), of(tags=["nosuch", "fru"]), of(tags=["A1"], dryRun=True)],
        [of(tags="x"), Case({"tags": ["A1"]}, sql=["update notes set tags = cast(x'ff' as text) where id = $front"])],
    ),
    # --- cards ---
    "suspend": Row([*_NO_CARDS, again("suspend", cards=[MELA_CARD])], _UNKNOWN_CARD),
    "unsuspend": Row([*_NO_CARDS, of(cards=[MELA_CARD])], _UNKNOWN_CARD),
    "buryCards": Row([*_NO_CARDS, again("buryCards", cards=[MELA_CARD])], _UNKNOWN_CARD),
    "unburyCards": Row([*_NO_CARDS, of(cards=[MELA_CARD])], _UNKNOWN_CARD),
    "setFlags": Row(
        [of(cards=[], flag=1), of(cards=[MELA_CARD], flag=0), again("setFlags", cards=[MELA_CARD], flag=2)],
        [of(cards=[MELA_CARD, UNKNOWN], flag=1), of(cards=[MELA_CARD], flag=9)],
    ),
    "forgetCards": Row(
        [
            *_NO_CARDS,
            fails(cards=[UNKNOWN]),
            of(cards=[MELA_CARD]),
            of(cards=[MELA_CARD], resetCounts=True),
            of(cards=[], restorePosition=False),
            of(cards=["$front1"], dryRun=True),
        ],
        [_TEXT_IN_IDS],
    ),
    "relearnCards": Row([*_NO_CARDS, fails(cards=[UNKNOWN]), again("relearnCards", cards=[MELA_CARD])], [_TEXT_IN_IDS]),
    "setDueDate": Row(
        [
            of(cards=[], days="1"),
            fails(cards=[UNKNOWN], days="1"),
            again("setDueDate", cards=[MELA_CARD], days="3"),
            Case({"cards": [MELA_CARD], "days": "1"}, sql=[_NO_DECK]),
            Case({"cards": [MELA_CARD], "days": "1"}, sql=[_IN_CRAM]),
            again("setDueDate", cards=[MELA_CARD], days="3!"),
            again("setDueDate", cards=[MELA_CARD, UVA_CARD], days="0"),
        ],
        [
            of(cards=[MELA_CARD], days="x"),
            of(cards=[MELA_CARD], days="9999999"),
        ],
    ),
    "setEaseFactors": Row(
        [
            of(cards=[], easeFactors=[]),
            of(cards=[UNKNOWN], easeFactors=[2500]),
            again("setEaseFactors", cards=[MELA_CARD], easeFactors=[2300]),
        ],
        [of(cards=[MELA_CARD, UVA_CARD], easeFactors=[2300]), of(cards=[MELA_CARD], easeFactors=[-1])],
    ),
    "setSpecificValueOfCard": Row(
        [
            of(card=MELA_CARD, keys=[], newValues=[]),
            of(card=MELA_CARD, keys=["due"], newValues=[1]),
            again("setSpecificValueOfCard", card=MELA_CARD, keys=["flags", "due"], newValues=[3, 7]),
        ],
        [
            of(card=UNKNOWN, keys=["due"], newValues=[1]),
            of(card=MELA_CARD, keys=["did"], newValues=[5], warning_check=True),
            of(card=MELA_CARD, keys=["nid"], newValues=[5], warning_check=True),
            of(card=MELA_CARD, keys=["queue"], newValues=[99], warning_check=True),
            of(card=MELA_CARD, keys=["type"], newValues=[99], warning_check=True),
        ],
    ),
    "answerCards": Row(
        [
            of(answers=[]),
            of(answers=[{"cardId": UNKNOWN, "ease": 3}]),
            of(answers=[{"cardId": UNKNOWN, "ease": 3, "token": "x"}]),
            Case({"answers": [{"cardId": MELA_CARD, "ease": 3}]}, sql=[_NO_DECK]),
        ],
        [
            of(answers=[{"cardId": MELA_CARD, "ease": 5}]),
            of(answers=[{"cardId": UVA_CARD, "ease": 3, "time": 9}, {"cardId": MELA_CARD, "ease": 3, "token": "x"}]),
        ],
    ),
    "gradeNow": Row(
        [of(cards=[], ease=3)],
        [
            of(cards=[MELA_CARD, UNKNOWN], ease=3),
            Case({"cards": [UVA_CARD, MELA_CARD], "ease": 3}, sql=[_NO_DECK]),
        ],
    ),
    "repositionNewCards": Row(
        [
            of(orderedCardIds=[UNKNOWN], startPosition=1, step=1, shift=False),
            of(orderedCardIds=[MELA_CARD, UVA_CARD], startPosition=1, step=1, shift=False),
            of(orderedCardIds=[MELA_CARD], startPosition=1, step=1, shift=False, random=True),
            Case(
                {"orderedCardIds": ["$cloze1", "$cloze2"], "startPosition": 7000, "step": 5, "shift": True},
                [
                    (
                        "repositionNewCards",
                        {"orderedCardIds": ["$cloze1", "$cloze2"], "startPosition": 7000, "step": 5, "shift": False},
                    )
                ],
            ),
        ],
        [
            of(orderedCardIds=[MELA_CARD, UVA_CARD], startPosition=2**31 - 1, step=1, shift=False),
            of(orderedCardIds=[MELA_CARD], startPosition=0, step=1, shift=False),
        ],
    ),
    # --- decks ---
    "createDeck": Row(
        [of(deck="Italian::A1"), of(deck="italian::a1"), of(deck="Italian::A1 "), of(deck=" Italian\x01")],
        [of(deck="Cram::x"), of(deck=5), of(deck="::".join("x" * 101))],
    ),
    "changeDeck": Row(
        [
            of(cards=[], deck="Italian"),
            fails(cards=[UNKNOWN], deck="Italian"),
            of(cards=[MELA_CARD], deck="Italian::A1"),
            of(cards=[MELA_CARD, UVA_CARD], deck="italian::a1"),
            fails(cards=[MELA_CARD, UVA_CARD, UNKNOWN], deck="italian::a1"),
        ],
        [of(cards=[MELA_CARD], deck="Cram"), of(cards=[MELA_CARD], deck="Cram::x"), of(cards=["x"], deck="Italian")],
    ),
    "deleteDecks": Row(
        [
            of(decks=[], cardsToo=True),
            of(decks=["nosuch"], cardsToo=True),
            of(decks=["Default"], cardsToo=True),
            of(decks=["Italian"], cardsToo=True, dryRun=True),
        ],
        [of(decks=["Italian"]), of(decks=["Italian"], cardsToo=False)],
    ),
    "renameDeck": Row(
        [
            of(deck="Italian", newName="Italian"),
            of(deck="Italian", newName=" Italian:"),
            of(deck="Italian::A1", newName="Italian::\x01A1"),
        ],
        [
            of(deck="nosuch", newName="x"),
            of(deck="Italian", newName=""),
            of(deck="Italian", newName="Other"),
            of(deck="Italian", newName="Italian::x::y"),
            of(deck="Italian", newName="Cram::x"),
            of(deck="Italian", newName=" italian ::x"),
            of(deck="Below", newName="::".join("x" * 101)),
            of(deck="Below", newName="::".join("x" * 100)),
        ],
    ),
    "selectDeck": Row([again("selectDeck", deck="Italian")], [of(deck="nosuch")]),
    "setDeckDescription": Row(
        [of(deck="Italian", description=""), again("setDeckDescription", deck="Italian", description="x")],
        [of(deck="nosuch", description="x"), of(deck="Cram", description="x")],
    ),
    "createFilteredDeck": Row(
        _ADDS,
        [
            of(deck="Italian", terms=[TERM]),
            of(deck="Cram::x", terms=[TERM]),
            of(deck="New", terms=[]),
            of(deck=" ", terms=[TERM]),
            of(deck="New", terms=[{**TERM, "search": "tag:nosuch"}]),
            of(deck="New", terms=[TERM, {**TERM, "search": "prop:x"}]),
            of(deck="New", terms=[TERM, {**TERM, "search": ")("}]),
            of(deck="New", terms=[TERM, {**TERM, "search": "a) or (b"}]),
            of(deck="::".join("x" * 101), terms=[TERM]),
        ],
    ),
    "unburyDeck": Row(
        [of(deck="Italian"), of(deck="Cram", which="byHand"), of(deck="Default", which="siblings")],
        [of(deck="nosuch"), of(deck="Italian", which="x")],
    ),
    "sortNewCards": Row(
        [of(deck="Italian::A1", order="added"), of(deck="Below", order="random"), of(deck="Below", order="added")],
        [of(deck="nosuch", order="added"), of(deck="Cram", order="random"), of(deck="Italian::A1", order="x")],
    ),
    "customStudy": Row(
        [of(deck="Italian", cram={"kind": "all"}, dryRun=True)],
        [
            of(deck="nosuch", cram={"kind": "all"}),
            of(deck="Cram", cram={"kind": "all"}),
            of(deck="Italian", cram={"kind": "due"}),
            of(deck="Italian", cram={"kind": "all", "includeTags": ["nosuch"]}),
            of(deck="Italian", forgottenDays=1),
            of(deck="Italian", aheadDays=3),
            of(deck="Default", previewDays=3),
            of(deck="Italian"),
            Case({"deck": "Italian", "cram": {"kind": "all"}}, [("createDeck", {"deck": "Custom Study Session"})]),
        ],
    ),
    "rebuildFilteredDeck": Row(
        [of(deck="Bare")],
        [
            of(deck="Italian"),
            of(deck="nosuch"),
            Case(
                {"deck": "Cram"},
                sql=[_BROKEN_SEARCH],
            ),
        ],
    ),
    "updateFilteredDeck": Row(
        [
            of(deck="Cram"),
            of(deck="cram", newName="Cram", reschedule=True, previewDelays={"hard": 600}),
            of(deck="Bare", terms=[{"search": "deck:Italian tag:nosuch"}]),
        ],
        [
            of(deck="Cram", newName="Italian"),
            of(deck="Cram", newName="Bare::x"),
            of(deck="Cram", terms=[TERM] * 3),
            of(deck="Cram", terms=[{"search": "tag:nosuch"}]),
            of(deck="Cram", terms=[TERM, {**TERM, "search": "prop:x"}]),
            of(deck="Bare", reschedule=False),
            of(deck="Italian", reschedule=False),
            of(deck="nosuch"),
            Case({"deck": "Cram", "reschedule": False}, sql=[_BROKEN_SEARCH]),
        ],
    ),
    "emptyFilteredDeck": Row([of(deck="Bare"), of(deck="Cram", dryRun=True)], [of(deck="Italian"), of(deck="nosuch")]),
    # --- options ---
    "saveDeckConfig": Row(
        [
            again("saveDeckConfig", config=OPTIONS),
            fails(config={**OPTIONS, "id": UNKNOWN}),
            fails(config={**OPTIONS, "maxTaken": "x"}),
            fails(config={**OPTIONS, "new": 5}),
        ],
        [of(config=5), of(config={"name": "x"})],
    ),
    "setDeckConfigId": Row(
        [
            of(decks=[], configId=1),
            of(decks=["Other"], configId="$hard"),
            fails(decks=["Other", "nosuch"], configId=1),
            fails(decks=["Italian"], configId=UNKNOWN),
            fails(decks=["Cram"], configId="$hard"),
        ],
        [of(decks=["Italian"], configId="x")],
    ),
    "cloneDeckConfigId": Row([fails(name="x", cloneFrom=UNKNOWN)], [of(name=5, cloneFrom=1)]),
    "removeDeckConfigId": Row([of(configId=UNKNOWN), of(configId="$hard", dryRun=True)], [of(configId=1)]),
    "setDeckPreset": Row(
        [of(decks=[], preset="Hard"), of(decks=["Other"], preset="Hard")],
        [of(decks=["nosuch"], preset="Hard"), of(decks=["Italian", "Cram"], preset="Hard"), of(decks=[], preset="no")],
    ),
    "moveDecks": Row(
        [
            of(decks=[], parent="Other"),
            of(decks=["Italian::A1"], parent="Italian"),
            of(decks=["Italian", "Cram"], parent=None),
        ],
        [
            of(decks=["Other", "nosuch"], parent="Italian"),
            of(decks=["Other"], parent="nosuch"),
            of(decks=["Other"], parent="Cram"),
            of(decks=["Other", "Below"], parent="Below::Child"),
        ],
    ),
    "setDeckOptionsForAll": Row(
        [
            of(),
            of(newCardsIgnoreReviewLimit=False, applyAllParentLimits=False, fsrsHealthCheck=True),
            again("setDeckOptionsForAll", cardStateCustomizer="x"),
        ],
        [of(newCardsIgnoreReviewLimit=1), of(fsrs=True)],
    ),
    "updateDeckPreset": Row(
        [
            of(preset="Hard"),
            of(preset="Hard", newName="Hard", changes={"newPerDay": 20, "learnSteps": [1, 10]}),
            of(preset="Hard", changes={"newCardInsertOrder": "random"}, dryRun=True),
            again(
                "updateDeckPreset", preset="Hard", changes={"desiredRetention": 0.85, "newCardInsertOrder": "random"}
            ),
        ],
        [
            of(preset="no", changes={"newPerDay": 5}),
            of(preset="Hard", newName="Default", changes={"newPerDay": 5}),
            of(preset="Hard", changes={"newPerDay": 10_000}),
            of(preset="Hard", changes={"newPerDay": 5, "paramSearch": ")("}),
        ],
    ),
    "setDeckLimits": Row(
        [
            of(decks=[], newCards=5),
            of(decks=["Italian"]),
            of(decks=["Italian", "Other"], remove=["newCards", "reviewsToday"]),
            again("setDeckLimits", decks=["Italian", "Other"], newCards=5, reviewsToday=7),
        ],
        [
            of(decks=["Italian", "nosuch"], newCards=5),
            of(decks=["Italian", "Cram"], newCards=5),
            of(decks=["Italian"], newCards=-1),
        ],
    ),
    "raiseTodaysLimits": Row(
        [of(decks=[], newCards=5), of(decks=["Italian"]), of(decks=["Italian"], newCards=0, reviews=0)],
        [
            of(decks=["Italian", "nosuch"], newCards=5),
            of(decks=["Italian", "Cram"], newCards=5),
            of(decks=["Italian"], reviews=99_999),
        ],
    ),
    "setFsrsActive": Row([of(active=False), again("setFsrsActive", active=True)], [of(active="x")]),
    "setFsrsParams": Row(
        [of(preset="Default", params=[]), again("setFsrsParams", preset="Hard", params=[0.5] * 21)],
        [of(preset="nosuch", params=[]), of(preset="Default", params=[1.0]), of(preset="Default", params=[1e300] * 21)],
    ),
    "setDesiredRetention": Row(
        [
            of(preset="Default", desiredRetention=0.9),
            again("setDesiredRetention", preset="Hard", desiredRetention=0.87),
        ],
        [of(preset="nosuch", desiredRetention=0.9), of(preset="Default", desiredRetention=7)],
    ),
    "setDeckDesiredRetention": Row(
        [
            of(deck="Italian", desiredRetention=None),
            *[
                again(name, deck="Italian", desiredRetention=0.87)
                for name in ["setDeckDesiredRetention"]
                if name not in ankis.LACKS
            ],
        ],
        [of(deck="nosuch", desiredRetention=0.9), of(deck="Cram", desiredRetention=0.9)],
    ),
    "optimizeFsrsParams": Row(
        "it needs reviews to learn from; without `apply` it writes nothing, and with it, it is setFsrsParams",
        [of(preset="nosuch"), of(preset="Default", apply=True), of(preset="Default", apply=True, search="prop:x")],
    ),
    # --- note types ---
    "createModel": Row(
        _ADDS,
        [
            of(modelName=VOCAB, inOrderFields=["a"], cardTemplates=[{"Name": "x", "Front": "{{a}}", "Back": ""}]),
            of(modelName="New", inOrderFields=[], cardTemplates=[{"Name": "x", "Front": "{{a}}", "Back": ""}]),
            of(modelName="New", inOrderFields=["a"], cardTemplates=[]),
            of(modelName="New", inOrderFields=["a"], cardTemplates=[{"Name": "x", "Front": "{{b}}", "Back": ""}]),
            of(modelName="New", inOrderFields=["a"], cardTemplates=[{"Name": "x", "Front": "{{#a}}", "Back": ""}]),
            of(modelName="", inOrderFields=["a"], cardTemplates=[{"Name": "x", "Front": "{{a}}", "Back": ""}]),
        ],
    ),
    "renameModel": Row(
        [
            of(modelName=VOCAB, newName=VOCAB),
            of(modelName=VOCAB, newName='Italian "vocab'),
            of(modelName="Italian VOCAB", newName="Italian vocab"),
        ],
        [
            of(modelName="nosuch", newName="x"),
            of(modelName=VOCAB, newName=""),
            of(modelName=VOCAB, newName='"'),
            of(modelName=VOCAB, newName="basic"),
        ],
    ),
    "editModel": Row(
        [
            of(modelName=VOCAB, edits=[]),
            of(modelName=VOCAB, edits=[{"op": "setCss", "css": CSS}]),
            of(modelName=VOCAB, edits=[{"op": "addField", "name": "x"}, {"op": "removeField", "name": "x"}]),
            of(modelName=VOCAB, edits=[{"op": "addField", "name": "x"}], dryRun=True),
        ],
        [
            of(modelName="nosuch", edits=[]),
            of(modelName=VOCAB, edits=[{"op": "setCss", "css": ""}, {"op": "removeField", "name": "nosuch"}]),
            of(modelName=VOCAB, edits=[{"op": "updateTemplate", "name": "Card 1", "front": "{{nosuch}}"}]),
            of(modelName=VOCAB, edits=[{"op": "updateTemplate", "name": "Card 1", "browserFront": "{{nosuch}}"}]),
            of(modelName=VOCAB, edits=[{"op": "removeTemplate", "name": "Card 1"}]),
            of(modelName="Image Occlusion", edits=[{"op": "removeField", "name": "Image"}]),
            Case(
                {"modelName": VOCAB, "edits": [{"op": "addField", "name": "x", "index": 0}]},
                sql=["update notes set flds = cast(x'ff' as text)"],
            ),
        ],
    ),
    "deleteModels": Row(
        [of(modelNames=[]), of(modelNames=["nosuch"]), of(modelNames=[VOCAB], dryRun=True)],
        [
            of(modelNames="x"),
            Case({"modelNames": [VOCAB]}, sql=["update notes set flds = cast(x'ff' as text)"]),
            Case({"modelNames": [VOCAB]}, sql=["update cards set did = 'x' where id = 1700000001001"]),
        ],
    ),
    "modelFieldAdd": Row(
        [fails(**MEANING), fails(**MEANING, index=1)],
        [
            of(modelName="nosuch", fieldName="x"),
            of(modelName=VOCAB, fieldName=""),
            of(modelName=VOCAB, fieldName="word"),
        ],
    ),
    "modelFieldRemove": Row(
        [of(**MEANING, dryRun=True), of(modelName=VOCAB, fieldName="nosuch")],
        [
            of(modelName="nosuch", fieldName="x"),
            of(modelName="Image Occlusion", fieldName="Image"),
        ],
    ),
    "modelFieldRename": Row(
        [
            of(modelName=VOCAB, oldFieldName="Word", newFieldName="Word"),
            of(modelName=VOCAB, oldFieldName="Word", newFieldName="W:or{d}"),
        ],
        [
            of(modelName=VOCAB, oldFieldName="nosuch", newFieldName="x"),
            of(modelName=VOCAB, oldFieldName="Word", newFieldName=""),
            of(modelName=VOCAB, oldFieldName="Word", newFieldName="meaning"),
        ],
    ),
    "modelFieldReposition": Row([of(**MEANING, index=1)], [of(modelName=VOCAB, fieldName="nosuch", index=0)]),
    "copyModel": Row(
        _ADDS,
        [of(modelName="nosuch", newName="x"), of(modelName=VOCAB, newName="basic"), of(modelName=VOCAB, newName="")],
    ),
    "createStockModel": Row(
        _ADDS, [of(kind="nosuch"), of(kind="cloze"), of(kind="cloze", name="basic"), of(kind="cloze", name="")]
    ),
    "restoreModel": Row(
        [
            of(modelName="Basic", kind="basic"),
            of(modelName=VOCAB, kind="basic", dryRun=True),
            again("restoreModel", modelName=VOCAB, kind="basicAndReversed"),
        ],
        [of(modelName="nosuch", kind="basic"), of(modelName=VOCAB, kind="cloze"), of(modelName=VOCAB, kind="nosuch")],
    ),
    "setModelOptions": Row(
        [
            of(modelName=VOCAB),
            of(modelName=VOCAB, sortField="Word", latexSvg=False),
            again("setModelOptions", modelName=VOCAB, sortField="Meaning", latexHeader="x"),
        ],
        [of(modelName="nosuch", latexSvg=True), of(modelName=VOCAB, latexSvg=True, sortField="nosuch")],
    ),
    "modelFieldSetOptions": Row(
        [
            of(modelName=VOCAB, fields=[]),
            of(modelName=VOCAB, fields=[{"fieldName": "Word"}, {"fieldName": "Meaning", "rtl": False}]),
            again("modelFieldSetOptions", modelName=VOCAB, fields=[{"fieldName": "Word", "rtl": True}]),
        ],
        [
            of(modelName="nosuch", fields=[]),
            of(modelName=VOCAB, fields=[{"fieldName": "Word", "rtl": True}, {"fieldName": "nosuch", "rtl": True}]),
        ],
    ),
    "modelTemplateSetOptions": Row(
        [
            of(modelName=VOCAB, templates=[]),
            of(modelName=VOCAB, templates=[{"templateName": "Card 1"}]),
            of(modelName=VOCAB, templates=[{"templateName": "Card 1", "browserFont": "", "deck": None}]),
            again(
                "modelTemplateSetOptions", modelName=VOCAB, templates=[{"templateName": "Card 1", "deck": "Italian"}]
            ),
        ],
        [
            of(modelName=VOCAB, templates=[{"templateName": "nosuch", "browserSize": 9}]),
            of(modelName=VOCAB, templates=[{"templateName": "Card 1", "deck": "nosuch"}]),
            of(modelName=VOCAB, templates=[{"templateName": "Card 1", "deck": "Cram"}]),
            of(modelName=VOCAB, templates=[{"templateName": "Card 1", "browserBack": "{{nosuch}}"}]),
        ],
    ),
    "modelFieldSetDescription": Row(
        [of(**WORD, description=""), again("modelFieldSetDescription", **WORD, description="x")],
        [of(modelName=VOCAB, fieldName="nosuch", description="x")],
    ),
    "modelFieldSetFont": Row([of(**WORD, font="Arial")], [of(modelName=VOCAB, fieldName="nosuch", font="x")]),
    "modelFieldSetFontSize": Row([of(**WORD, fontSize=20)], [of(modelName=VOCAB, fieldName="nosuch", fontSize=9)]),
    "modelTemplateAdd": Row(
        [fails(modelName=VOCAB, template={"Name": "Card 1", "Front": "{{Word}}", "Back": BACK})],
        [
            of(modelName=CLOZE, template={"Name": "x", "Front": "{{cloze:Text}}", "Back": ""}),
            of(modelName=VOCAB, template={"Name": "x", "Front": "{{Word}}", "Back": ""}),
            of(modelName=VOCAB, template={"Name": "x", "Front": "{{#Word}}", "Back": ""}),
        ],
    ),
    "modelTemplateRemove": Row(
        [of(modelName=BOTH, templateName="Card 2", dryRun=True), of(modelName=VOCAB, templateName="nosuch")],
        [of(modelName=VOCAB, templateName="Card 1"), of(modelName=CLOZE, templateName="Cloze")],
    ),
    "modelTemplateRename": Row(
        [
            of(modelName=VOCAB, oldTemplateName="Card 1", newTemplateName="Card 1"),
            of(modelName=VOCAB, oldTemplateName="Card 1", newTemplateName='Card" 1'),
        ],
        [
            of(modelName=VOCAB, oldTemplateName="nosuch", newTemplateName="x"),
            of(modelName=VOCAB, oldTemplateName="Card 1", newTemplateName=""),
            of(modelName=BOTH, oldTemplateName="Card 1", newTemplateName="card 2"),
        ],
    ),
    "modelTemplateReposition": Row(
        [of(modelName=BOTH, templateName="Card 1", index=0), of(modelName=CLOZE, templateName="Cloze", index=0)],
        [of(modelName=VOCAB, templateName="nosuch", index=0)],
    ),
    "updateModelStyling": Row(
        [of(model={"name": VOCAB, "css": CSS})], [of(model={"name": "nosuch", "css": ""}), of(model={"name": VOCAB})]
    ),
    "updateModelTemplates": Row(
        [
            of(model={"name": VOCAB, "templates": {"Card 1": {"Front": "{{Word}}", "Back": BACK}}}),
            fails(model={"name": VOCAB, "templates": {"nosuch": {"Front": "x"}}}),
            of(model={"name": VOCAB, "templates": {"Card 1": {"Front": ""}}}),
        ],
        [
            of(model={"name": "nosuch", "templates": {}}),
            of(model={"name": VOCAB, "templates": {"Card 1": {"Front": "{{nosuch}}"}}}),
        ],
    ),
    "findAndReplaceInModels": Row(
        [
            of(modelName="", findText="nosuch", replaceText="x"),
            of(modelName="", findText="Front", replaceText="Front"),
            of(modelName="", findText="<hr", replaceText="<hr ", dryRun=True),
        ],
        [
            of(modelName="nosuch", findText="x", replaceText="y"),
            of(modelName="", findText="{{Front}}", replaceText="{{"),
        ],
    ),
    # --- the collection ---
    "undo": Row([Case({}, undoes_all=True)], _NO_REASON),
    "redo": Row([Case({}, redoes_all=True)], _NO_REASON),
    "insertReviews": Row(
        [of(reviews=[])],
        [
            of(reviews=[REVIEW, REVIEW]),
            of(reviews=[REVIEW, [REVIEW[0] + 1, UNKNOWN, *REVIEW[2:]]]),
            of(reviews=[[*REVIEW[:3], 999, *REVIEW[4:]]]),
            of(reviews=[[1]]),
        ],
    ),
    "setPreferences": Row(
        [
            of(changes={}),
            of(changes={"scheduling": {"rollover": 4, "newReviewMix": "distribute"}, "backups": {"daily": 12}}),
            again("setPreferences", changes={"editing": {"defaultSearchText": "deck:current"}}),
        ],
        [
            of(changes={"scheduling": {"rollover": 30}}),
            of(changes={"scheduling": {"rollover": 5}, "editing": {"defaultSearchText": ")("}}),
        ],
    ),
    "setConfigValues": Row(
        [
            of(values={}),
            again("setConfigValues", values={"my-program.a": {"b": 1, "a": [True, None, 1.0]}, "my-program.b": None}),
        ],
        [
            of(values={"my-program.a": 1, "schedVer": 1}),
            of(values={"my-program.a": 1, "my-program.b": "x" * 20_000}),
            of(values={"my-program.a": 1, "my-program.b": NESTED}),
        ],
    ),
    "removeConfigValues": Row(
        [
            of(keys=[]),
            of(keys=["my-program.nosuch"]),
            Case({"keys": ["my-program.a"], "dryRun": True}, [("setConfigValues", {"values": {"my-program.a": 1}})]),
        ],
        [of(keys=["my-program.a", "curDeck"]), of(keys=["_deck_1_lastNotetype"])],
    ),
    "checkDatabase": Row(_UPKEEP, _NO_REASON),
    "checkMedia": Row(
        "Anki empties its undo history when it checks media, whatever it finds",
        _NO_REASON,
    ),
    "simulateReviews": Row([Case({"preset": "Default", "days": 1}, [_FSRS])], [of(preset="nosuch", days=1)]),
    "simulateWorkload": Row([Case({"preset": "Default", "days": 30}, [_FSRS])], [of(preset="nosuch", days=30)]),
    "storeMediaFile": Row(
        [of(filename="_ciao.txt", data="Y2lhbw=="), of(filename="_ciao.txt", data="Y2lhbw==", deleteExisting=False)],
        [of(filename="x.txt"), of(filename="x.txt", path="/no/such/file")],
    ),
    "deleteMediaFiles": Row(
        [
            of(filenames=[]),
            of(filenames=["nosuch.txt", "../collection.anki2"]),
            of(filenames=["_ciao.txt"], dryRun=True),
        ],
        [of(filenames="_ciao.txt"), of(filenames=[5])],
    ),
    "restoreMediaTrash": Row([of()], [of(x=5)]),
    "emptyMediaTrash": Row([of(), of(dryRun=True)], [of(dryRun="x")]),
    "deleteMediaFile": Row([of(filename="nosuch.txt"), of(filename="_ciao.txt", dryRun=True)], [of(filename=5)]),
    "importPackage": Row(
        "Anki records a step for every package that it reads, if only of the presets and the time",
        [of(path="/no/such/file.apkg"), of(path="relative.apkg")],
    ),
    "mergePackage": Row(
        [Case({"path": "known.apkg"}, [("exportNotesPackage", {"path": "known.apkg", "deck": "Italian"})])],
        [of(path="/no/such/file.apkg"), of(path="relative.apkg"), of(path="a.apkg", updateNotes="sometimes")],
    ),
    "exportCollection": Row(
        "Anki closes the collection for it",
        [of(path="a.txt"), of(path="/no/such/folder/a.colpkg"), of(path=5)],
    ),
    "importCollection": Row(
        [fails(path="/no/such/file.colpkg", dryRun=True)],
        [of(path="/no/such/file.colpkg"), of(path="a.apkg")],
    ),
    "restoreBackup": Row([fails(name="nosuch", dryRun=True)], [of(name="nosuch"), of(name="../collection.anki2")]),
    "importTextFile": Row(
        [
            of(text="mela;apple", modelName=VOCAB, deck="Italian::A1"),
            of(text=";x\n", delimiter="semicolon", modelName=VOCAB),
            of(text="mela;new", modelName=VOCAB, onDuplicate="keep"),
        ],
        [
            *(of(text=text) for text in ("", "#separator:tab\n")),
            *(of(path=path) for path in ("/no/such/file.csv", "relative.csv")),
            *(fails(text="a;b", **{name: "nosuch"}) for name in ("deck", "modelName")),
            of(text="a;b", modelName=VOCAB, fieldColumns={"Meaning": 1}),
        ],
    ),
    "syncLogin": Row(
        "it needs a server",
        [
            of(user="", password="x"),
            of(user="x", password=5),
            of(user="x", password="x", server="ftp://127.0.0.1/"),
            of(user="x", password="x", server="http://127.0.0.1:1/"),
        ],
    ),
    "syncLogout": Row([of()], [of(x=5)]),
    "addProfile": Row("it needs a base folder", [of(name=name) for name in ("x", "", "a/b", 5)]),
    "renameProfile": Row("it needs a base folder", [of(name="x", newName=name) for name in ("y", "", "..", 5)]),
    "deleteProfile": Row([fails(name="x", dryRun=True)], [of(name="x"), of(name=5)]),
    "sync": Row("Anki empties its undo history when it syncs", [of(full=None), of(full="x")]),
}
