"""Rows that other programs left odd: one item's fault stays its own, and no call answers an internal error."""

import random

import pytest
import seed
from anki.errors import DBError
from local_gateway import LocalGateway
from no_op_cases import MAP, RECT
from odd_calls import NOTES, READERS, TOTALS, WHOLE, WRITERS
from seed import MELA, MELA_CARD, UVA, UVA_CARD
from sizes import IS_FULL, for_rows, some

from addon.collection.rows import READABLE_CARD, utf8

ODD = {
    "notes": [
        "mod = 1700000000123",
        "mod = -5",
        "mod = 1 << 62",
        "mod = 'x'",
        "mod = 1.5",
        "usn = 1 << 40",
        "usn = 'x'",
        "mid = 5",
        "mid = 'x'",
        "flds = 'a'",
        "flds = ''",
        "flds = 'a' || char(31) || 'b' || char(31) || 'c'",
        "flds = x'ff001f'",
        "flds = cast(x'ff1fff' as text)",
        "flds = cast(x'6d656c611fc3' as text)",
        "flds = 'a' || char(65533, 31) || 'b'",
        "tags = x'ff'",
        "tags = 'A1 fruit'",
        "tags = 5",
        "tags = cast(x'20ff20' as text)",
        "guid = cast(x'c3' as text), tags = cast(x'a9' as text)",
        "sfld = x'ff'",
        "sfld = cast(x'ff' as text)",
        "csum = 'x'",
        "csum = -1",
        "guid = x'01'",
        "guid = cast(x'ff' as text)",
        "guid = ''",
    ],
    "cards": [
        *(f"{column} = {value}" for column in ("due", "odue") for value in ("1 << 40", "'x'", "1.5", "-(1 << 40)")),
        *(f"{column} = {value}" for column in ("ivl", "factor", "reps", "lapses", "left") for value in (-1, "1 << 40")),
        *(
            f"{column} = {value}"
            for column in ("ivl", "factor", "reps", "left", "type", "queue")
            for value in ("'x'", 1.5)
        ),
        *(f"{column} = {value}" for column in ("type", "queue", "flags", "ord") for value in (-9, 9, 300, 1 << 40)),
        *("did = 5", "did = 'x'", "odid = 5", "odid = 'x'", "nid = 5", "nid = 'x'", "usn = 1 << 40"),
        *("mod = 1 << 50", "mod = -1", "mod = 'x'", "flags = 'x'", "flags = 255"),
        *(
            "data = '{'",
            "data = '[1]'",
            "data = x'01'",
            "data = cast(x'ff' as text)",
            "data = 5",
            'data = \'{"s": "x", "d": [], "lrt": {}}\'',
        ),
        "data = cast(x'ff' as text)",
        *('data = \'{"s": -3, "d": 5, "decay": 0.5}\'', 'data = \'{"s": 1e308, "decay": -1e-300, "lrt": 1e300}\''),
        *('data = \'{"s": 0.1, "d": 5, "lrt": 9e18}\', due = 1 << 40', 'data = \'{"s": 1, "decay": 1e-300}\''),
    ],
    "revlog": [
        *(
            f"{column} = {value}"
            for column in ("ease", "ivl", "lastIvl", "factor", "time", "type")
            for value in (-1, "1 << 40")
        ),
        *(
            f"{column} = {value}"
            for column in ("ease", "ivl", "factor", "time", "type", "usn")
            for value in ("'x'", "x'ff'")
        ),
        *("id = -5", "id = 0", "id = 1 << 50", "ease = 1.5", "ivl = 1e300"),
    ],
}
WHICH = {"notes": f"id = {MELA}", "cards": f"id = {MELA_CARD}", "revlog": f"id = {seed.REVIEW}"}
ROWS = [pytest.param(table, odd, id=f"{table}: {odd}") for table, odds in ODD.items() for odd in odds]
WRITTEN = [row for row in ROWS if row.values[0] != "revlog"]
PROTOCOLS = ["rpc", "legacy"]


def tried(rows, share, start=0):
    """Rows with the protocols by which they are tried: some by one of them each, or all by both."""
    chosen = enumerate(some(rows, share, start))
    return [pytest.param(*row.values, PROTOCOLS if IS_FULL else [PROTOCOLS[n % 2]], id=row.id) for n, row in chosen]


@pytest.fixture(scope="module")
def whole(example_collection, tmp_path_factory):
    """The example collection with a tag on both notes, and nothing odd."""
    gateway = LocalGateway(seed.copy(example_collection, tmp_path_factory.mktemp("odd")))
    gateway.col.db.execute("update notes set tags = ' A1 fruit old '")
    yield gateway
    gateway.close()


@pytest.fixture(scope="module")
def expected(whole):
    """What the readers answer where nothing is odd."""
    return {
        (protocol, place): ask(whole, protocol, *call) for protocol in PROTOCOLS for place, call in enumerate(READERS)
    }


@pytest.fixture
def opened(whole, expected, table, odd):
    """The collection with an odd row, which is mended afterwards."""
    db = whole.col.db
    rows = {name: db.all(f"select * from {name}") for name in ODD}
    db.execute(f"update {table} set {odd} where {WHICH[table]}")
    yield whole
    for name, stored in rows.items():
        db.execute(f"delete from {name}")
        db.executemany(f"insert into {name} values ({', '.join('?' * len(stored[0]))})", stored)


def ask(gateway, protocol, name, params):
    answer = gateway.rpc(name, params) if protocol == "rpc" else gateway.legacy(name, **params)
    said = str(answer)
    assert "nternal error" not in said, (name, params, said)
    assert "internal_error" not in said, (name, params, said)
    return answer


def without_chance(value):
    """Labels of buttons vary by chance."""
    return {k: v for k, v in value.items() if k != "nextReviews"} if isinstance(value, dict) else value


CANNOT_READ = "Anki cannot read this {}, which its database check may repair: {}"
NO_REVIEWS = "list index out of range"
"""AnkiConnect's answer for a list with a card that is not new and has no reviews."""


@pytest.mark.parametrize(("table", "odd", "protocols"), tried(ROWS, 6))
def test_readers_answer_the_other_items_as_ever(opened, expected, table, odd, protocols):
    wrong = []
    for (protocol, place), normal in expected.items():
        if protocol not in protocols:
            continue
        call = protocol, *READERS[place]
        answer = ask(opened, *call)
        if answer.get("error") == NO_REVIEWS:
            continue
        if answer.get("error") is not None or len(answer["result"]) != len(normal["result"]):
            wrong.append((call, answer))
        elif table != "revlog" and [*map(without_chance, answer["result"][1:])] != [
            *map(without_chance, normal["result"][1:])
        ]:
            wrong.append((call, answer["result"][1:], normal["result"][1:]))
    assert wrong == []


@pytest.mark.parametrize(("table", "odd", "protocols"), tried(ROWS, 11, 1))
def test_no_reader_answers_an_internal_error(opened, table, odd, protocols):
    for protocol in protocols:
        for call in TOTALS:
            ask(opened, protocol, *call)


@pytest.fixture
def rewound(opened):
    """Runs a call, and takes back what it wrote; its answer, and whether it left the history alone."""
    col = opened.col

    def run(protocol, name, params):
        target = col.add_custom_undo_entry(BEFORE)
        col.set_config("before", target, undoable=True)
        col.merge_undo_entries(target)
        rows = state_of(col)
        answer = ask(opened, protocol, name, params)
        is_changed = {row for row in state_of(col) if row not in rows}
        while col.undo_status().undo not in ("", BEFORE):
            col.undo()
        assert col.undo_status().undo == BEFORE, (name, params, answer)
        return answer, is_changed

    return run


BEFORE = "What was done before"


def state_of(col):
    return {str(row) for table in ("notes", "cards") for row in col.db.all(f"select *, '{table}' from {table}")}


@pytest.mark.parametrize(("table", "odd", "protocols"), tried(WRITTEN, 8))
def test_writers_write_the_other_items_as_ever(rewound, table, odd, protocols):
    wrong = []
    for protocol in protocols:
        for call in WRITERS:
            answer, changed = rewound(protocol, *call)
            if answer.get("error") is not None or not any(str(UVA) in row or str(UVA_CARD) in row for row in changed):
                wrong.append((protocol, call, answer, changed))
    assert wrong == []


@pytest.mark.parametrize(("table", "odd", "protocols"), tried(WRITTEN, 8, 2))
def test_what_is_refused_for_an_item_keeps_the_undo_history(rewound, table, odd, protocols):
    for protocol in protocols:
        for call in WHOLE:
            answer, changed = rewound(protocol, *call)
            assert answer.get("error") is None or not changed, (call, answer)


@for_rows(
    ("shape", "read"),
    [
        ("{{c" + "9" * 5000 + "::image-occlusion:rect:left=.1:top=.1:width=.1:height=.1}}", []),
        ("{{c1::image-occlusion:rect:left=1e999:top=nan:width=inf:height=-inf}}", [0, 0, 0, 0]),
        ("{{c1::image-occlusion:ellipse:left=.1:top=.1:rx=1e308:ry=.1:angle=1e308}}", None),
        ("{{c1::image-occlusion:polygon:points=1e308,-1e308 nan,1:left=-1e308:top=5}}", None),
    ],
)
def test_odd_shapes_of_one_note_leave_the_others_readable(kept, shape, read):
    gateway = kept.unchanged()
    notes = [added["id"] for added in gateway.rpc("addImageOcclusionNotes", {"notes": [MAP, MAP]})["result"]]
    normal = gateway.rpc("getImageOcclusionNotes", {"notes": notes})["result"]
    gateway.col.db.execute("update notes set flds = ? || char(31, 31, 31, 31) where id = ?", shape, notes[0])
    found = gateway.rpc("getImageOcclusionNotes", {"notes": notes})["result"]
    assert found[1] == normal[1]
    if read is not None:
        assert [
            value for each in found[0]["shapes"] for value in (each["left"], each["top"], each["width"], each["height"])
        ] == read


@for_rows("odd", ["mod = 1700000000123", "mod = -5", "flds = 'a'", "flds = x'ff'", "tags = x'ff'", "mod = 'x'"])
def test_an_odd_image_occlusion_note_leaves_the_others_as_they_are(kept, odd):
    gateway = kept.unchanged()
    notes = [added["id"] for added in gateway.rpc("addImageOcclusionNotes", {"notes": [MAP, MAP]})["result"]]
    normal = gateway.rpc("getImageOcclusionNotes", {"notes": notes})["result"]
    gateway.col.db.execute(f"update notes set {odd} where id = ?", notes[0])
    assert gateway.rpc("getImageOcclusionNotes", {"notes": notes})["result"][1] == normal[1]
    params = {"notes": [{"id": id, "header": "new", "shapes": [RECT, {**RECT, "card": 2}]} for id in notes]}
    _, second = gateway.rpc("updateImageOcclusionNotes", params)["result"]
    assert second["changed"] is True
    assert second["error"] is None


VOCAB = {"modelName": "Italian vocab"}
CHANGES = {
    "updateModelStyling": {"model": {"name": "Italian vocab", "css": ".card {}"}},
    "modelFieldSetFont": {**VOCAB, "fieldName": "Word", "font": "Noto Serif"},
    "renameModel": {**VOCAB, "newName": "x"},
    "modelFieldRename": {**VOCAB, "oldFieldName": "Meaning", "newFieldName": "x"},
    "modelTemplateRename": {**VOCAB, "oldTemplateName": "Card 1", "newTemplateName": "x"},
    "updateModelTemplates": {"model": {"name": "Italian vocab", "templates": {"Card 1": {"Front": "{{Word}}!"}}}},
    "findAndReplaceInModels": {**VOCAB, "findText": "{{Word}}", "replaceText": "{{Word}}!"},
    "modelFieldAdd": {**VOCAB, "fieldName": "Audio"},
    "modelFieldReposition": {**VOCAB, "fieldName": "Meaning", "index": 0},
    "modelFieldRemove": {**VOCAB, "fieldName": "Meaning"},
    "modelTemplateAdd": {**VOCAB, "template": {"Name": "Recall", "Front": "{{Meaning}}", "Back": "x"}},
}
FIELDS = {"modelFieldAdd", "modelFieldReposition", "modelFieldRemove"}
FRONTS = {"updateModelTemplates", "findAndReplaceInModels", "modelTemplateAdd"}


@pytest.mark.parametrize(
    ("table", "odd", "refused"),
    [
        ("notes", "flds = cast(x'ff1fff' as text)", FIELDS | {"modelTemplateAdd"}),
        ("cards", "did = 'x'", FRONTS),
        ("cards", "ivl = -1", set()),
    ],
)
def test_a_change_of_a_note_type_is_refused_where_anki_would_read_what_is_damaged(rewound, table, odd, refused):
    answers = {method: rewound("rpc", method, params)[0] for method, params in CHANGES.items()}
    kind, odd_id = table[:-1], int(WHICH[table].removeprefix("id = "))
    errors = {method: answer["error"] for method, answer in answers.items() if "error" in answer}
    assert errors.keys() == refused
    for error in errors.values():
        assert error["message"] == CANNOT_READ.format(kind, odd_id)
        assert error["data"] == {"kind": "refused", kind: odd_id}


ONE_NOTE = {
    "updateNote": {"note": {"id": MELA, "fields": {"Word": "x"}, "tags": ["x"]}},
    "updateNoteFields": {"note": {"id": MELA, "fields": {"Word": "x"}}},
    "updateNoteTags": {"note": MELA, "tags": ["x"]},
    "getNoteTags": {"note": MELA},
    "updateNoteModel": {"note": {"id": MELA, "modelName": "Basic", "fields": {"Front": "x"}}},
    "changeNoteType": {"notes": NOTES, "modelName": "Basic"},
    "deleteNotes": {"notes": NOTES},
}


@pytest.mark.parametrize(
    ("table", "odd"),
    [
        ("notes", "flds = cast(x'ff1fff' as text)"),
        ("notes", "tags = cast(x'ff' as text)"),
        ("notes", "guid = x'01'"),
        ("notes", "mod = 'x'"),
    ],
)
def test_a_note_that_anki_cannot_read_is_named(rewound, table, odd):
    for method, params in ONE_NOTE.items():
        answer, changed = rewound("rpc", method, params)
        assert answer["error"]["message"] == CANNOT_READ.format("note", MELA), method
        assert answer["error"]["data"] == {"kind": "refused", "note": MELA}
        assert rewound("legacy", method, params)[0]["error"] == CANNOT_READ.format("note", MELA)
        assert not changed


@for_rows(
    ("odd", "kind", "refused"),
    [
        ("ivl = -1", "card", ["removeEmptyCards"]),
        ("did = 'x'", "card", ["removeEmptyCards", "findEmptyCards"]),
        ("tags = cast(x'ff' as text)", "note", ["removeEmptyCards", "findEmptyCards"]),
    ],
)
def test_an_empty_card_that_anki_cannot_read_is_named(kept, odd, kind, refused):
    gateway = kept.unchanged()
    col = gateway.col
    note = col.new_note(col.models.by_name("Basic (and reversed card)"))
    note.fields = ["front", "back"]
    col.add_note(note, 1)
    ids = {"note": note.id, "card": note.card_ids()[1]}
    col.db.execute("update notes set flds = 'front' || char(31) where id = ?", note.id)
    col.db.execute(f"update {kind}s set {odd} where id = ?", ids[kind])
    gateway.rpc("addTags", {"notes": [UVA], "tags": "before"})
    for method, params in (("removeEmptyCards", {"keepNotes": False}), ("findEmptyCards", {})):
        error = gateway.rpc(method, params).get("error")
        assert (error is not None) == (method in refused)
        if error:
            assert error["message"] == CANNOT_READ.format(kind, ids[kind])
            assert error["data"] == {"kind": "refused", kind: ids[kind]}
    assert col.undo_status().undo == "Update Tag"


BORDERS = ("-1", "4", "255", "256", "65535", "65536", "4294967295", "4294967296", "1 << 40", "'x'", "1.5", "1e30")
CARD_COLUMNS = "nid did ord mod usn type queue due ivl factor reps lapses left odue odid flags".split()  # noqa: SIM905


def test_a_card_that_anki_cannot_read_is_found_exactly(gateway):
    db = gateway.col.db
    stored = db.first("select * from cards where id = ?", MELA_CARD)
    wrong = []
    for column in CARD_COLUMNS:
        for value in BORDERS:
            db.execute(f"update cards set {column} = {value} where id = ?", MELA_CARD)
            try:
                is_readable = gateway.col._backend.get_card(MELA_CARD).id == MELA_CARD
            except DBError:
                is_readable = False
            if db.scalar(f"select {READABLE_CARD} from cards where id = ?", MELA_CARD) != is_readable:
                wrong.append((column, value))
            db.execute("delete from cards where id = ?", MELA_CARD)
            db.execute(f"insert into cards values ({', '.join('?' * len(stored))})", *stored)
    assert wrong == []


def test_what_is_no_utf8_is_found_exactly(gateway):
    chosen = random.Random(1)
    letters = [*b'\x00\x01\x1fA"\\\x80\x90\xa0\xbf\xc2\xe2\xed\xf0\xf4\xff']
    texts = [bytes(chosen.choices(letters, k=length)) for length in (1, 2, 3, 4) for _ in range(150)]
    rows = ", ".join(f"({place}, x'{text.hex()}')" for place, text in enumerate(texts))
    found = gateway.col.db.list(f"with rows(id, text) as (values {rows}) select id from rows where {utf8('text')}")
    assert found == [place for place, text in enumerate(texts) if is_utf8(text)]


def is_utf8(text):
    try:
        return text.decode() is not None
    except UnicodeDecodeError:
        return False
