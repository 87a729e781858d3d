"""The params of guiOpen: each belongs to some windows. Without Anki's windows nothing can be opened."""

from sizes import for_rows

from addon.schemas.graphical.windows import NEEDS_SUBJECT, SUBJECTS, GuiOpen

VALUES = {"deck": "Default", "note": 1, "card": 1, "modelName": "Basic"}
ACCEPTED = {kind: [GuiOpen.wire(name) for name in names] for kind, names in SUBJECTS.items()}


def flaws(reading, **params):
    """The messages of each wrong param; None if the call is right, and needs a window."""
    data = reading.rpc("guiOpen", params)["error"]["data"]
    assert data["kind"] in ("invalid_params", "gui_unavailable")
    return data.get("fields")


@for_rows("kind", SUBJECTS)
def test_a_window_takes_only_its_own_params(reading, kind):
    for name, value in VALUES.items():
        wrong = flaws(reading, window=kind, **{name: value})
        if name in ACCEPTED[kind]:
            assert wrong is None
        else:
            assert [*wrong] == [name]
            shown = " and ".join(f"`{each}`" for each in ACCEPTED[kind][-2:])
            assert wrong[name][0].startswith(f"The window `{kind}` takes ")
            assert wrong[name][0].endswith(f"{shown or 'no such param'}.")


@for_rows("kind", SUBJECTS)
def test_a_window_shows_one_thing(reading, kind):
    assert flaws(reading, window=kind) == ({ACCEPTED[kind][0]: [needed(kind)]} if kind in NEEDS_SUBJECT else None)
    if len(ACCEPTED[kind]) > 1:
        first, second, *_ = ACCEPTED[kind]
        wrong = flaws(reading, window=kind, **{name: VALUES[name] for name in (first, second)})
        assert [*wrong] == [second]
        assert wrong[second][0].startswith("Give only one of ")


def needed(kind):
    names = {"fields": "`modelName`", "cardLayout": "`note`, `card` or `modelName`", "cardInfo": "`card`"}[kind]
    return f"The window `{kind}` needs {names}."


@for_rows(
    ("params", "name"),
    [
        ({}, "window"),
        ({"window": "statistic"}, "window"),
        ({"window": 1}, "window"),
        ({"window": "export", "note": "1"}, "note"),
        ({"window": "export", "deck": 1}, "deck"),
        ({"window": "cardInfo", "card": 1.5}, "card"),
        ({"window": "preferences", "activate": 1}, "activate"),
        ({"window": "preferences", "dek": "x"}, "dek"),
    ],
)
def test_other_params_are_wrong(reading, params, name):
    assert [*flaws(reading, **params)] == [name]


def test_without_windows_it_says_so(reading):
    for kind, names in ACCEPTED.items():
        params = {name: VALUES[name] for name in names[:1]}
        assert reading.rpc("guiOpen", {"window": kind, **params})["error"]["data"]["kind"] == "gui_unavailable"
