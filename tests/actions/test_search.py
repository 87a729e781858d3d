"""Texts of searches that would end Anki are refused before it reads them."""

from schemas import fields_in
from sizes import for_rows

from addon.actions import REGISTRY
from addon.schemas.fields.search import DEEPEST, LONGEST_FIELD_NAME, Search

DEEP = "(" * 100_000 + "mela" + ")" * 100_000
"""Ends the process, as Anki's parser finds no end of its stack."""
WILD = "*" * 20_000 + "a:mela"
"""Anki breaks down over it, and takes no call any more."""


def searches(schema):
    """The fields that hold the text of a search."""
    return [field for path, field in fields_in(schema) if path[-1] in ("query", "search")]


def test_every_search_text_that_an_action_takes_is_looked_at():
    found = [field for action in REGISTRY.listed() for field in searches(action.params.instance())]
    assert len(found) >= 12
    assert all(isinstance(field, Search) for field in found)


@for_rows(
    ("text", "message"),
    [
        (DEEP, f"More than {DEEPEST} parentheses within each other."),
        ("-(" * 100_000, f"More than {DEEPEST} parentheses within each other."),
        ('("a)" ' * 100_000, f"More than {DEEPEST} parentheses within each other."),
        (WILD, f"A field's name of more than {LONGEST_FIELD_NAME} characters."),
        (f'deck:Italian "{WILD}"', f"A field's name of more than {LONGEST_FIELD_NAME} characters."),
    ],
)
def test_what_anki_would_break_down_over_is_refused_and_the_next_call_served(reading, text, message):
    for method in ("findNotes", "findCards", "collectionStatistics"):
        error = reading.rpc(method, {"query": text})["error"]
        assert (error["data"]["kind"], error["message"]) == ("invalid_params", f"Invalid params: query: {message}")
    assert reading.legacy("findNotes", query=text) == {"result": None, "error": message}
    assert reading.rpc("findNotes", {"query": "Word:mela"})["result"]


@for_rows(
    "text",
    [
        "(" * DEEPEST + "Word:mela" + ")" * DEEPEST,
        " or ".join(["(Word:mela)"] * 300),
        'Word:mela or "' + "(" * 10_000 + '"',
        "Word:mela or " + r"\(" * 10_000,
        "Word:mela or nid:" + ",".join(["1"] * 100_000),
        "Word:mela or re:" + "(?:a)" * 50,
        "Word:mela or w:" + "a" * 10 * LONGEST_FIELD_NAME,
    ],
)
def test_long_and_wide_searches_find_what_they_found(reading, text):
    found = reading.rpc("findNotes", {"query": "Word:mela"})["result"]
    assert reading.rpc("findNotes", {"query": text})["result"] == found


@for_rows("query", ['re:"a["', 'Word:re:"("', 'tag:re:"a["', 'deck:re:"*"'])
@for_rows("method", ["findNotes", "findCards", "notesInfo", "collectionStatistics", "reviewLog"])
def test_a_malformed_regular_expression_is_an_invalid_search(reading, method, query):
    response = reading.rpc(method, {"query": query})
    assert "error" not in response or response["error"]["data"]["kind"] == "invalid_search"
    if query == 're:"a["':
        assert "The regular expression is malformed: unclosed character class: a[" in response["error"]["message"]
