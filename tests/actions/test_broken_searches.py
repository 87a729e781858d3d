"""A broken search is an invalid search, whatever notes there are and wherever it is named."""

import ankis
import pytest
import seed
from local_gateway import LocalGateway
from sizes import for_rows

from addon.actions import REGISTRY
from addon.rpc.executor import RunsOn
from addon.schemas.fields.search import Search

SEARCHED = [
    (action.name, field.data_key)
    for action in REGISTRY.listed()
    for field in action.params.instance().load_fields.values()
    if isinstance(field, Search) and action.runs_on is not RunsOn.GUI
]
BROKEN = [
    *('"re:("', '(deck:Italian or ("re:[z"))', "deck:nosuch re:[z", 'nosuch:"re:("', '-"tag:re:("', r"re:\)\(+("),
    *("RE:[", '-"Re:["', "Tag:re:[", "WORD:re:["),
    *("Word:re:(", "(", "is:nosuch", "prop:x", 'a"b', "deck:nosuch -Word:re:[z"),
]
FINE = [
    '"re:a\\"b"',
    r"re:\(x",
    '"deck:re:("',
    '"w:re:("',
    "re: (y)",
    '"a\\:re:("',
    "tag:re:f.*",
    '"x re:("',
    "tag:RE:[",
    "Word:Re:[",
]


@pytest.fixture(scope="module")
def refusing(example_collection, tmp_path_factory):
    """A gateway for all calls that must fail; FSRS is on."""
    gateway = LocalGateway(seed.copy(example_collection, tmp_path_factory.mktemp("refusing")))
    gateway.rpc("setFsrsActive", {"active": True})
    state = gateway.col.undo_status().last_step, gateway.col.mod
    yield gateway
    assert (gateway.col.undo_status().last_step, gateway.col.mod) == state
    gateway.close()


@for_rows("search", BROKEN)
@for_rows(("method", "name"), SEARCHED)
def test_a_broken_search_is_an_invalid_search(refusing, method, name, search):
    params = {**REGISTRY[method].examples[0].params, name: search}
    params = {key: value for key, value in params.items() if key not in ("cards", "notes") or name != "query"}
    answer = refusing.rpc(method, params)
    assert answer["error"]["data"]["kind"] == "invalid_search" or ankis.is_lacking(answer, method)


@for_rows("search", FINE)
def test_a_search_with_a_good_regular_expression_or_none_is_none(reading, search):
    assert reading.rpc("findNotes", {"query": search})["result"] == reading.legacy("findNotes", query=search)["result"]


def test_old_clients_may_send_a_broken_regular_expression_that_is_not_needed(reading):
    assert reading.legacy("findNotes", query="deck:nosuch re:[z") == {"result": [], "error": None}
    assert "regex parse error" in reading.legacy("findNotes", query="re:[z")["error"]


@for_rows("search", BROKEN)
def test_a_broken_search_of_a_filtered_deck_is_an_invalid_search(refusing, search):
    terms = [{"search": "deck:Italian", "limit": 1, "order": "added"}]
    broken = {"search": search, "limit": 1, "order": "added"}
    answer = refusing.rpc("createFilteredDeck", {"deck": "Cram", "terms": [*terms, broken]})
    assert answer["error"]["data"] == {"kind": "invalid_search", "field": "terms.1.search"}
