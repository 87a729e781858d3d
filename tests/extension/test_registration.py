"""What is wrong with a declaration is a fault of the extension, never an exception; the gateway goes on."""

import pytest


def plain(ctx):
    """Return nothing."""


def of_text(ctx, text):
    """Return nothing."""


class Hostile:
    def __call__(self, ctx):
        return None

    def __getattr__(self, name):
        raise SystemExit(name)


def nested(depth):
    return {"type": "array", "items": nested(depth - 1)} if depth else {}


def members(**schemas):
    return {"type": "object", "properties": schemas}


BOMB = {
    "definitions": {
        "a": {"type": "integer"},
        **{
            after: members(**{f"m{n}": {"$ref": f"#/definitions/{before}"} for n in range(10)})
            for before, after in ("ab", "bc", "cd", "de")
        },
    },
    **members(x={"$ref": "#/definitions/e"}),
}
CIRCLE = {"definitions": {"a": members(a={"$ref": "#/definitions/a"})}, **members(x={"$ref": "#/definitions/a"})}

FAULTY = {
    "no prefix": ("generate", {}, "the name must be furigana_"),
    "another prefix": ("other_generate", {}, "the name must be furigana_"),
    "two underscores": ("furigana_generate_all", {}, "the name must be furigana_"),
    "a dot": ("furigana.generate", {}, "the name must be furigana_"),
    "capital": ("furigana_Generate", {}, "the name must be furigana_"),
    "no text": (3, {}, "the name must be furigana_"),
    "unknown option": ("furigana_a", {"dryrun": plain}, "unknown option dryrun. Did you mean dry_run?"),
    "place": ("furigana_a", {"runs_on": "main"}, "runs_on must be one of collection, window, thread, not 'main'."),
    "scope": ("furigana_a", {"scope": "root"}, "scope must be one of read, write,"),
    "scope that is no text": ("furigana_a", {"scope": ["read"]}, "scope must be one of read, write,"),
    "writes on a thread": ("furigana_a", {"writes": True, "runs_on": "thread"}, "an action that writes needs"),
    "dry run of a read": (
        "furigana_a",
        {"dry_run": plain},
        "dry_run must be a function, and the action needs writes=True.",
    ),
    "dry run that is none": ("furigana_a", {"dry_run": True, "writes": True}, "dry_run must be a function, and"),
    "error": ("furigana_a", {"errors": {"Too long": "x"}}, "errors: 'Too long' must be a name in camel case"),
    "error without a text": ("furigana_a", {"errors": {"long": ""}}, "errors: 'long' must be a name in camel case"),
    "errors that are none": ("furigana_a", {"errors": 3}, "TypeError: "),
    "examples that are none": ("furigana_a", {"examples": 3}, "TypeError: "),
    "a list": ("furigana_a", {"params": {"type": "array"}}, "params must be a schema of the type object"),
    "a text": ("furigana_a", {"params": "object"}, "params must be an object, such as {}"),
    "no JSON": ("furigana_a", {"params": {"default": object()}}, "params is not JSON: "),
    "any param": (
        "furigana_a",
        {"params": {"type": "object", "additionalProperties": True}},
        "params must not have add",
    ),
    "optional first": (
        "furigana_a",
        {"params": {**members(a={}, b={}), "required": ["b"]}},
        "required params come first in properties",
    ),
    "reserved": (
        "furigana_a",
        {"params": members(ctx={})},
        "a param cannot have the name ctx: in",
    ),
    "dryRun": (
        "furigana_a",
        {"params": members(dryRun={})},
        "cannot have the name dryRun: in Python, dry_run",
    ),
    "odd member": ("furigana_a", {"params": members(**{"a-b": {}})}, "params: 'a-b' cannot be the name of a member."),
    "a required one that is none": ("furigana_a", {"params": {**members(), "required": ["x"]}}, "params: 'x' is requ"),
    "pattern": (
        "furigana_a",
        {"params": members(a={"type": "string", "pattern": "(a+)+$"})},
        "params.a: the keyword pat",
    ),
    "pattern in the result": ("furigana_a", {"result": {"pattern": "(a+)+$"}}, "result: the keyword pattern is not"),
    "format": ("furigana_a", {"result": {"type": "string", "format": "date"}}, "result: the keyword format is not acc"),
    "oneOf": (
        "furigana_a",
        {"result": {"oneOf": [{}, {}]}},
        "result: the keyword oneOf is not accepted. Write `anyOf`.",
    ),
    "param outside of properties": (
        "furigana_a",
        {"params": {"text": {"type": "string"}}},
        'params: the keyword text is not accepted. If it is a name of yours, put it into "properties".',
    ),
    "misspelt": (
        "furigana_a",
        {"result": {"typ": "string"}},
        "result: the keyword typ is not accepted. The keywords are",
    ),
    "no such type": ("furigana_a", {"result": {"type": "text"}}, "result: the type must be one of array, boolean,"),
    "true": ("furigana_a", {"result": {"type": "array", "items": True}}, "result.items must be an object, such as {}"),
    "a tuple": (
        "furigana_a",
        {"result": {"type": "array", "items": [{}]}},
        "result.items must be an object, such as {}",
    ),
    "stray": ("furigana_a", {"result": {"minimum": 3}}, "result: the keyword minimum needs a type beside it."),
    "no number": ("furigana_a", {"result": {"type": "integer", "minimum": "3"}}, "result.minimum: '3' is not of type"),
    "empty choice": ("furigana_a", {"result": {"anyOf": []}}, "result: anyOf must be a list of schemas"),
    "enumerated lists": ("furigana_a", {"result": {"enum": [[1]]}}, "result: enum must be a list of texts, numbers"),
    "remote": (
        "furigana_a",
        {"result": {"$ref": "http://127.0.0.1:1/a.json"}},
        "result: a $ref must stand alone, and refer",
    ),
    "a file": ("furigana_a", {"result": {"$ref": "file:///etc/passwd"}}, "result: a $ref must stand alone, and refer"),
    "nowhere": ("furigana_a", {"result": {"$ref": "#/definitions/x"}}, "result: #/definitions/x does not exist."),
    "itself": ("furigana_a", {"result": {"$ref": "#"}}, "result: a $ref must stand alone, and refer"),
    "circle": ("furigana_a", {"result": CIRCLE}, "result.x.a: #/definitions/a contains itself."),
    "bomb": ("furigana_a", {"result": BOMB}, "exceeds the limits of 1000 schemas and 16 levels"),
    "deep": ("furigana_a", {"result": nested(40)}, "exceeds the limits of 1000 schemas and 16 levels"),
    "very deep": ("furigana_a", {"result": nested(900)}, "result"),
    "a surrogate in the result": ("furigana_a", {"result": {"description": "\ud800"}}, "a text is not valid Unicode"),
    "a surrogate in an error": ("furigana_a", {"errors": {"a": "\ud800"}}, "a text is not valid Unicode"),
    "a long number": ("furigana_a", {"result": {"type": "integer", "maximum": 2**70}}, "a text is not valid Unicode"),
    "large": ("furigana_a", {"result": {"description": "x" * 70_000}}, "result has 700"),
    "default": (
        "furigana_a",
        {"params": members(a={"type": "integer", "default": "3"})},
        "params: the default '3' does not fit: Must be an integer",
    ),
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_wrong_action_is_a_fault_that_says_what_to_do(extended, case):
    name, options, fault = FAULTY[case]
    furigana = extended.furigana()
    registration = furigana.action(name, plain, **options)
    furigana.action("furigana_right", plain)
    assert extended.call("furigana_right") is None
    assert fault in (registration.fault or "")
    assert furigana.faults == (f"{registration.name}: {registration.fault}",)
    assert [action.name for action in extended.state().actions] == ["furigana_right"]
    assert extended.call("version") == 6


HANDLERS = {
    "no function": (3, {}, "the handler is not a function."),
    "no param": (plain, {"params": members(text={})}, "the handler does not fit the params: got an unexpected keyword"),
    "no context": (lambda: None, {}, "the handler does not fit the params: too many positional arguments."),
    "an optional param without default": (
        of_text,
        {"params": members(text={})},
        "the handler does not fit the params:",
    ),
    "hostile": (Hostile(), {}, "SystemExit: "),
}


@pytest.mark.parametrize("case", HANDLERS)
def test_a_handler_must_fit_its_params(extended, case):
    handler, options, fault = HANDLERS[case]
    registration = extended.furigana().action("furigana_a", handler, **options)
    assert extended.call("furigana_a")["data"]["kind"] == "method_not_found"
    assert fault in registration.fault


def test_params_that_would_be_one_in_a_client_are_refused(extended):
    params = members(aB={"type": "string"}, a_b={"type": "string"})
    registration = extended.furigana().action("furigana_a", lambda ctx, **given: None, params=params)
    extended.state()
    assert registration.fault == "a param cannot have the name a_b: in Python, a_b is taken."


def test_a_param_can_have_the_names_of_our_own(extended):
    params = members(context={"type": "string"}, params={"type": "string"}, item={"type": "string"})
    extended.furigana().action("furigana_a", lambda ctx, **given: given, params=params, result={})
    assert extended.call("furigana_a", ["a", "b", "c"]) == {"context": "a", "params": "b", "item": "c"}


class Silent(Exception):
    def __str__(self):
        raise SystemExit


def test_an_error_that_cannot_be_shown_is_shown_by_its_type(extended):
    def fail(ctx):
        raise Silent

    class Failing(dict):
        def items(self):
            raise Silent

    furigana = extended.furigana()
    furigana.action("furigana_a", fail)
    furigana.action("furigana_b", plain, errors=Failing(a="b"))
    assert "Silent" in extended.call("furigana_a")["message"]
    assert extended.state().faults[-1] == "furigana_a: Silent: "


LISTENERS = [
    ("notesadded", plain, "there is no such event. Did you mean notesAdded?"),
    ("x", plain, "there is no such event. The events are collectionChanged,"),
    (3, plain, "there is no such event."),
    ("notesAdded", None, "the handler is not a function."),
]


@pytest.mark.parametrize(("name", "handler", "fault"), LISTENERS)
def test_a_listener_needs_an_event_and_a_function(extended, name, handler, fault):
    furigana = extended.furigana()
    registration = furigana.listen(name, handler)
    furigana.listen("other_done", plain)
    assert extended.state().listens == ["other_done"]
    assert fault in registration.fault


def test_an_example_that_is_changed_later_changes_nothing(extended):
    example = {"name": "one", "params": {}, "result": ["a"]}
    extended.furigana().action("furigana_a", lambda ctx: ["a"], result={"type": "array"}, examples=[example])
    extended.document()
    example["result"].append(object())
    extended.furigana()
    assert [
        m["examples"][0]["result"]["value"] for m in extended.document()["methods"] if m["name"] == "furigana_a"
    ] == [["a"]]


def test_a_coroutine_is_no_handler(extended):
    async def later(ctx):
        return None

    registration = extended.furigana().action("furigana_a", later)
    extended.state()
    assert "plain function" in registration.fault


TAKEN = [
    ("add", "add_notes", "the name is taken by addNotes"),
    ("deck", "deck_names", "the name is taken by deckNames"),
    ("model", "model_fieldAdd", "the name is taken by modelFieldAdd"),
]


@pytest.mark.parametrize(("extension", "action", "fault"), TAKEN)
def test_a_name_that_would_be_ours_in_a_client_is_refused(extended, extension, action, fault):
    registration = extended.door.extension(extension, title="Other").action(action, plain)
    extended.state()
    assert fault in registration.fault


def test_the_second_action_of_a_name_is_refused_until_the_first_is_withdrawn(extended):
    furigana = extended.furigana()
    first = furigana.action("furigana_a", lambda ctx: 1, result={})
    second = furigana.action("furigana_a", lambda ctx: 2, result={})
    assert extended.call("furigana_a") == 1
    assert "the name is taken by furigana_a" in second.fault
    first.withdraw()
    assert extended.call("furigana_a") == 2
    assert second.fault is None


def test_the_second_extension_of_a_name_is_refused_until_the_first_is_withdrawn(extended):
    first, second = extended.furigana(), extended.door.extension("furigana", title="Second")
    first.action("furigana_a", lambda ctx: 1, result={})
    second.action("furigana_b", lambda ctx: 2, result={})
    assert extended.call("furigana_b")["data"]["kind"] == "method_not_found"
    (_, state) = extended.gateway.extensions.state()
    assert state.faults[0].startswith("The name furigana is taken by Furigana (")
    assert extended.call("furigana_a") == 1
    first.withdraw()
    assert extended.call("furigana_b") == 2
    assert extended.call("furigana_a")["data"]["kind"] == "method_not_found"


EXTENSIONS = [
    ({"name": "Furigana"}, "The name of an extension must be 2 to 40 lower-case letters"),
    ({"name": "furi_gana"}, "The name of an extension must be 2 to 40 lower-case letters"),
    ({"name": None}, "The name of an extension must be 2 to 40 lower-case letters"),
    ({"name": "furigana", "interface": 2}, "It needs interface 2, but this AnkiRPC has interface 1."),
    ({"name": "furigana", "interface": "1"}, "It needs interface 1, but this AnkiRPC has interface 1."),
    ({"name": "furigana", "limit": 601}, "limit must be a number of seconds, more than 0 and at most 600."),
    ({"name": "furigana", "limit": float("nan")}, "limit must be a number of seconds, more than 0 and at most 600."),
    ({"name": "furigana", "limit": "1"}, "limit must be a number of seconds, more than 0 and at most 600."),
    ({"name": "furigana", "title": 3}, "title must be one line of at most 60 characters"),
    ({"name": "furigana", "title": "a\nb"}, "title must be one line of at most 60 characters"),
    ({"name": "furigana", "title": "deck"}, "title must be one line of at most 60 characters"),
    ({"name": "furigana", "tilte": "T"}, "unknown option tilte."),
    ({"name": ""}, "The name of an extension must be 2 to 40 lower-case letters"),
]


@pytest.mark.parametrize(("given", "fault"), EXTENSIONS)
def test_a_wrong_extension_is_refused_as_a_whole(extended, given, fault):
    name = given.pop("name")
    furigana = extended.door.extension(name, **given)
    furigana.action("furigana_a", plain)
    assert extended.call("furigana_a")["data"]["kind"] == "method_not_found"
    assert fault in extended.state().faults[0]
    assert extended.call("version") == 6


def test_what_is_left_out_or_misspelt_raises_nothing(extended):
    nameless = extended.door.extension()
    furigana = extended.furigana()
    registrations = [furigana.action(), furigana.event(), furigana.event("furigana_a", sumary="x")]
    assert furigana.action(plain) is plain
    assert nameless.action("furigana_a", plain)
    assert extended.call("version") == 6
    assert [state.name for state in extended.gateway.extensions.state()] == ["", "furigana"]
    assert "unknown option sumary. Did you mean summary?" in registrations[2].fault
    assert "plain: the name must be furigana_" in furigana.faults[-1]


def test_an_example_that_does_not_fit_is_left_out(extended):
    right = {"name": "a text", "params": {"text": "a"}, "result": None}
    wrong = [
        {"name": "no result", "params": {"text": "a"}},
        {"name": "a wrong param", "params": {"text": 1}, "result": None},
        {"name": "a wrong result", "params": {"text": "a"}, "result": 1},
        {"name": "an unknown param", "params": {"text": "a", "more": 1}, "result": None},
        3,
    ]
    params = {**members(text={"type": "string"}), "required": ["text"]}
    extended.furigana().action("furigana_a", of_text, params=params, examples=[*wrong, right])
    (method,) = (m for m in extended.document()["methods"] if m["name"] == "furigana_a")
    assert [example["name"] for example in method["examples"]] == ["a text"]
    assert len(extended.state().faults) == len(wrong)


def test_a_schema_that_is_changed_later_changes_nothing(extended):
    params = {**members(text={"type": "string"}), "required": ["text"]}
    extended.furigana().action("furigana_a", of_text, params=params)
    assert extended.call("furigana_a", ["a"]) is None
    params["properties"]["text"]["type"] = "integer"
    assert extended.call("furigana_a", ["a"]) is None
    assert extended.call("furigana_a", [1])["data"]["kind"] == "invalid_params"


def test_an_undeclared_error_is_a_fault_of_the_extension(extended):
    def fail(ctx):
        raise ctx.error("tooLong")

    extended.furigana().action("furigana_a", fail, errors={"tooShort": "It is too short."})
    assert extended.call("furigana_a")["data"]["kind"] == "extension_failed"
    assert "'tooLong' is not among the declared errors: tooShort" in extended.state().faults[0]


def test_an_example_with_a_gap_is_left_out_with_the_reason(extended):
    furigana = extended.furigana()
    example = {"name": "gap", "params": {"b": 1}, "result": None}
    params = members(a={"type": "integer"}, b={"type": "integer"})
    furigana.action("furigana_a", lambda ctx, a=0, b=0: None, params=params, examples=[example])
    assert "left out: its params must be the first params of the action, without gaps" in extended.state().faults[0]
