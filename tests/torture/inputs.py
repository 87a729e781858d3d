"""Calls as nobody means them: from the document's schemas, from its examples with places changed, and cut to bytes.

Nothing in them leads to another computer, or to a file outside the collection's folder.
"""

import json

import seed
from examples import DOCUMENT
from hypothesis import strategies as st
from values import places, replaced

LEAVES_THE_MACHINE = {"sync", "syncLogin"}
METHODS = [method for method in DOCUMENT["methods"] if method["name"] not in LEAVES_THE_MACHINE]

NOTES, CARDS = [seed.MELA, seed.UVA], [seed.MELA_CARD, seed.UVA_CARD]
DECK_IDS, MODEL_IDS = [seed.ITALIAN, seed.ITALIAN_A1, 1], [*range(seed.FIRST_MODEL, seed.FIRST_MODEL + 6)]
EDGES = [
    0,
    -1,
    2,
    3,
    4,
    5,
    7,
    36500,
    2**15,
    2**31 - 1,
    2**31,
    -(2**31),
    2**32,
    2**53,
    2**63 - 1,
    -(2**63),
    2**63,
    10**30,
]
DECKS, MODELS = (
    ["Italian", "Italian::A1", "Default", "Cram"],
    ["Italian vocab", "Basic", "Cloze", "Basic (and reversed card)"],
)
FIELDS, TEMPLATES, TAGS = (
    ["Word", "Meaning", "Front", "Back", "Text"],
    ["Card 1", "Card 2", "Cloze"],
    ["fruit", "A1", "x::y"],
)
FILES, SEARCHES = ["_ciao.txt", "mela.mp3"], ["deck:Italian", "tag:fruit", "is:new", "", "deck:*", "is:review"]
TEXTS = [
    "",
    " ",
    "\0",
    "::",
    "a::",
    "::a",
    "a::::b",
    "a" * 300,
    "\ud800",
    "\U0001f600",
    "A\u0308",
    "\u202e",
    "\x1f",
    "'",
    '"',
]
TEXTS += [
    "{{Word}}",
    "{{c1::mela}}",
    "{{#Word}}",
    "{{",
    "<img src=x onerror=y>",
    "[sound:a.mp3]",
    "a b",
    "none",
    "marked",
]
TEXTS += [
    "(",
    "re:(",
    "prop:due>",
    "nid:1,",
    "added:-1",
    "*",
    "_",
    "-",
    "%",
    "eyJh",
    "ftp://x",
    "(?i",
    "\\",
    "$1",
    "${x}",
]
TEXTS += [
    "0",
    "1-3!",
    "-1",
    "3-1",
    "2.5",
    "[",
    "../x",
    "a/b",
    "CON",
    "x.txt",
    "{{FrontSide}}",
    "tag:re:[",
    'deck:"',
    "rated:0",
]
KNOWN = {
    str: {
        "deck": DECKS,
        "model": MODELS,
        "field": FIELDS,
        "template": TEMPLATES,
        "tag": TAGS,
        "file": FILES,
        "query": SEARCHES,
        "search": SEARCHES,
        "pattern": ["*", "_ciao*"],
        "name": [*DECKS, *MODELS, *FIELDS, *TEMPLATES],
        "preset": ["Default"],
        "data": ["Y2lhbw==", ""],
        "days": ["1", "1-3!", "0"],
        "front": ["{{Front}}", "{{Word}}"],
        "back": ["{{Back}}"],
    },
    int: {
        "note": NOTES,
        "card": CARDS,
        "deck": DECK_IDS,
        "model": MODEL_IDS,
        "config": [1],
        "preset": [1],
        "ease": [1, 2, 3, 4],
        "flag": [0, 1, 7],
        "id": [*NOTES, *CARDS],
        "index": [0, 1],
        "position": [0, 1],
        "factor": [2300, 1300],
    },
}
"""What stands in the example collection, by what the name of a member says that it holds."""

PATHS = [
    "x.apkg",
    "_ciao.txt",
    "no/such/x.apkg",
    "",
    "a\0b",
    "/etc/passwd",
    "collection.anki2",
    "\U0001f600.apkg",
    "x.txt",
]
PLACES_ON_DISK = {"path", "url"}
"""Members that name a file or an address: never of free text."""

text = st.one_of(st.sampled_from([*DECKS, *MODELS, *FIELDS, *TEMPLATES]), st.sampled_from(TEXTS), st.text(max_size=8))
integer = st.one_of(
    st.sampled_from([*NOTES, *CARDS, *DECK_IDS, *MODEL_IDS]), st.sampled_from(EDGES), st.integers(-3, 40)
)
number = st.one_of(integer, st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([0.5, 1e308, -0.0]))
scalar = st.one_of(st.none(), st.booleans(), integer, number, text)
junk = st.recursive(
    scalar, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3), max_leaves=5
)


def fitting(schema, name=""):
    """Values that a schema describes, more or less: numbers and texts are not held to their limits.

    `name`: what the member is called; most values are then of the kind that it says.
    """
    if "$ref" in schema:
        return fitting(DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]], name)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of([fitting(choice, name) for choice in schema["anyOf"]])
    types = schema.get("type")
    if isinstance(types, list):
        return st.one_of([fitting({**schema, "type": each}, name) for each in types])
    simple = {"number": number, "boolean": st.booleans(), "null": st.none()}
    makers = {
        "string": lambda: mostly(known(str, name), text),
        "integer": lambda: mostly(known(int, name), integer),
        "array": lambda: st.lists(fitting(schema.get("items", {}), name), max_size=4),
        "object": lambda: objects(schema, name),
    }
    return makers[types]() if types in makers else simple.get(types, junk)


def known(kind, name):
    """What is there under such a name; the first word that it holds counts."""
    return next((values for word, values in KNOWN[kind].items() if word in name.lower()), [])


def mostly(values, other):
    return st.one_of(*[st.sampled_from(values)] * 5, other) if values else other


def objects(schema, name=""):
    """Objects with all required members, some optional ones, and names of its own where the schema takes any."""
    members = {key: member(key, inner) for key, inner in schema.get("properties", {}).items()}
    required = {key: members.pop(key) for key in schema.get("required", ()) if key in members}
    fixed = st.fixed_dictionaries(required, optional=members)
    more = schema.get("additionalProperties", False)
    if more is False:
        return fixed
    keys = mostly(known(str, name), text)
    others = st.dictionaries(keys, fitting(more if isinstance(more, dict) else {}), max_size=3)
    return st.builds(lambda one, other: {**other, **one}, fixed, others)


def member(name, schema):
    return st.sampled_from(PATHS) if name in PLACES_ON_DISK else fitting(schema, name)


def params_of(method):
    """An object schema of all params."""
    described = method["params"]
    names = [each["name"] for each in described if each["required"]]
    return {"type": "object", "properties": {each["name"]: each["schema"] for each in described}, "required": names}


FITTING = {method["name"]: objects(params_of(method)) for method in METHODS}
EXAMPLES = {
    method["name"]: [{param["name"]: param["value"] for param in example["params"]} for example in method["examples"]]
    for method in METHODS
}


def one_in(count):
    return st.sampled_from([False] * (count - 1) + [True])


@st.composite
def params(draw, name):
    """Params that fit, or those of an example, with up to two places changed to anything."""
    value = draw(st.sampled_from(EXAMPLES[name] or [{}]) if draw(one_in(2)) else FITTING[name])
    for _ in range(draw(st.sampled_from([0] * 6 + [1, 1, 2]))):
        path = draw(st.sampled_from(list(places(value))))
        if not PLACES_ON_DISK.intersection(map(str, path)):
            value = replaced(value, path, draw(junk))
    return value


@st.composite
def messages(draw):
    """A request object of JSON-RPC or an envelope of the old protocol, as objects."""
    name = draw(st.sampled_from(METHODS))["name"]
    given = draw(params(name))
    if draw(st.booleans()):
        message = {"jsonrpc": "2.0", "id": draw(mostly([1], scalar)), "method": name, "params": given}
        if isinstance(given, dict) and draw(one_in(5)):
            message["params"] = list(given.values())
    else:
        message = {"action": name, "version": draw(st.sampled_from([6, 6, 6, 5, 4, 2])), "params": given}
    if draw(one_in(20)):
        message[draw(st.sampled_from([*message]))] = draw(junk)
    return message


@st.composite
def bodies(draw):
    """The bytes of one message, a batch or a `multi`; one in ten with bytes changed. And the content type."""
    message = draw(messages())
    is_rpc = "jsonrpc" in message
    if draw(one_in(10)):
        others = draw(st.lists(messages(), max_size=3))
        message = [message, *others] if is_rpc else {"action": "multi", "params": {"actions": [message, *others]}}
    body = json.dumps(message).encode()
    if draw(one_in(10)):
        body = draw(changed(body))
    return body, "application/json" if is_rpc or draw(st.booleans()) else draw(st.sampled_from(["text/plain", ""]))


@st.composite
def changed(draw, body):
    """Bytes with pieces removed, doubled, swapped for others, or flipped; none of them names a file or an address."""
    if b'"path"' in body or b'"url"' in body:
        return body
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, max(len(body) - 1, 0)))
        end = start + draw(st.integers(0, 8))
        new = draw(
            st.one_of(st.just(b""), st.just(body[start:end] * 2), st.binary(max_size=4), st.sampled_from(TOKENS))
        )
        body = body[:start] + new + body[end:]
    return body


TOKENS = [
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b",",
    b":",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"1e999",
    b"NaN",
    b"-",
    b"null",
    b"\xff",
]
