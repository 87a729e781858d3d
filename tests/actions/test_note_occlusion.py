"""Image occlusion notes: what is written is read back, and Anki itself reads and writes the same."""

import base64
import random
from pathlib import Path

import ankis
import seed
from sizes import for_rows

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
BACKSLASH = "\\" if ankis.READS_BACKSLASHES else "/"
IMAGE = {"filename": "map.png", "data": base64.b64encode(PNG).decode()}
RECT = {"type": "rect", "card": 1, "left": 0.1, "top": 0, "width": 0.25, "height": 0.3333333333333333}
ELLIPSE = {"type": "ellipse", "card": 2, "left": 0.5, "top": 0.5, "width": 0.2, "height": 0.1, "angle": 30}
POINTS = [{"x": 0.1, "y": 0.9}, {"x": 0.3, "y": 0.7}, {"x": 0.35, "y": 0.95}]
POLYGON = {"type": "polygon", "card": 2, "points": POINTS, "fill": "#ff000080"}
TEXT = {
    "type": "text",
    "left": -0.01,
    "top": 0.9,
    "text": f"a:b::c {BACKSLASH}frac{{1}}{{2}} = <i>&amp;",
    "scale": 1.5,
    "fontSize": 0.05,
}
ALL = [RECT, ELLIPSE, POLYGON, TEXT]
MODEL = "Image Occlusion"


def note(**more):
    return {"image": IMAGE, "shapes": ALL, "deckName": "Italian", **more}


def add(gateway, *notes, **more):
    return gateway.rpc("addImageOcclusionNotes", {"notes": list(notes), **more})["result"]


def read(gateway, *ids):
    result = gateway.rpc("getImageOcclusionNotes", {"notes": list(ids)})["result"]
    assert gateway.legacy("getImageOcclusionNotes", notes=list(ids)) == {"result": result, "error": None}
    return result


def anki_reads(gateway, note_id):
    """What Anki's own backend tells its editor, by card: types and properties."""
    found = gateway.col.get_image_occlusion_note(note_id).note
    return {
        occlusion.ordinal: [
            (shape.shape, {entry.name: entry.value for entry in shape.properties}) for shape in occlusion.shapes
        ]
        for occlusion in found.occlusions
    }


def test_a_note_is_read_as_it_was_written_and_anki_reads_the_same(gateway):
    made = note(header="<b>Italy</b>", backExtra="by hand", tags=["geo", "A1"])
    (added,) = add(gateway, made)
    (found,) = read(gateway, added["id"])
    assert found == {
        "noteId": added["id"],
        "modelName": MODEL,
        "image": "map.png",
        "mode": "hideAll",
        "shapes": ALL,
        "header": "<b>Italy</b>",
        "backExtra": "by hand",
        "tags": ["A1", "geo"],
        "mod": found["mod"],
    }
    backend = gateway.col.get_image_occlusion_note(added["id"]).note
    assert (backend.header, backend.back_extra, [*backend.tags]) == ("<b>Italy</b>", "by hand", ["A1", "geo"])
    assert (backend.image_file_name, backend.image_data, backend.occlude_inactive) == ("map.png", PNG, True)
    shapes = anki_reads(gateway, added["id"])
    assert {card: [kind for kind, _ in found] for card, found in shapes.items()} == {
        0: ["text"],
        1: ["rect"],
        2: ["ellipse", "polygon"],
    }
    assert shapes[0][0][1]["text"] == TEXT["text"]
    assert shapes[1][0][1] == {"left": ".1", "top": ".0000", "width": ".25", "height": ".3333333333333333", "oi": "1"}
    assert shapes[2][1][1]["points"] == ".1,.9 .3,.7 .35,.95"
    cards = gateway.col.get_note(added["id"]).cards()
    assert [card.ord for card in cards] == [0, 1]
    assert {gateway.col.decks.name(card.did) for card in cards} == {"Italian"}
    assert 'data-shape="ellipse"' in cards[1].question()


def test_shapes_of_all_kinds_and_places_come_back_unchanged(gateway):
    dice = random.Random(8)

    def place():
        return dice.choice([0, 1, 0.5, 1e-7, -0.25, dice.uniform(-1, 2), round(dice.random(), 4)])

    def size():
        return dice.choice([1, 0.0001, dice.uniform(0.001, 1), round(dice.uniform(0.01, 1), 4)])

    def shape():
        kind = dice.choice(["rect", "ellipse", "polygon", "text"])
        made = {"type": kind}
        if kind == "polygon":
            made["points"] = [{"x": place(), "y": place()} for _ in range(dice.randint(3, 6))]
        else:
            made |= {"left": place(), "top": place()}
        if kind == "text":
            letters = f":{BACKSLASH}{{}}=<>&\"' \n\u00e9\U0001f600ab"
            made["text"] = "x" + "".join(dice.choices(letters, k=12)).replace("}}", "")
            made |= dice.choice([{}, {"scale": 2, "fontSize": size()}])
        elif kind != "polygon":
            made |= {"width": size(), "height": size()}
        made |= dice.choice([{}, {"angle": dice.randint(1, 359)}])
        return made | dice.choice([{}, {"fill": "#00ff00"}])

    for _ in range(40):
        made = [RECT, *(shape() for _ in range(5))]
        numbers = iter(range(2, 9))
        expected = [{**s, "card": next(numbers)} if s["type"] != "text" else s for s in made[1:]]
        (added,) = add(gateway, note(shapes=made))
        assert read(gateway, added["id"])[0]["shapes"] == [RECT, *expected]
        count = sum(len(shapes) for shapes in anki_reads(gateway, added["id"]).values())
        assert count == len(made)


EDITORS = (
    "{{c1::image-occlusion:rect:left=.2325:top=.3261:width=.202:height=.0975:oi=1}}<br>"
    "{{c3::image-occlusion:ellipse:left=.1:top=.0000:rx=.05:ry=.06:angle=1250:fill=#ff7a7a:oi=1}}<br>"
    "{{c3::image-occlusion:polygon:left=.5:top=.25:points=.1,.2 .3,.4 .5,.1:oi=1}}<br>"
    "{{c0::image-occlusion:text:left=.1:top=.2:text=a\\:b \\\\ c:scale=1.2:fs=.0521:oi=1}}<br>"
)
"""As the editor of Anki 26.9 writes it; the polygon was moved after it was drawn."""


def test_what_anki_wrote_is_read(gateway, tmp_path):
    picture = tmp_path / "a map & more.png"
    picture.write_bytes(PNG)
    col = gateway.col
    col.add_image_occlusion_note(
        notetype_id=0, image_path=str(picture), occlusions=EDITORS, header="H", back_extra="E", tags=["x"]
    )
    (note_id,) = col.find_notes(f"note:'{MODEL}'".replace("'", '"'))
    (found,) = read(gateway, note_id)
    assert found["shapes"] == [
        {"type": "rect", "card": 1, "left": 0.2325, "top": 0.3261, "width": 0.202, "height": 0.0975},
        {
            "type": "ellipse",
            "card": 3,
            "left": 0.1,
            "top": 0,
            "width": 0.1,
            "height": 0.12,
            "angle": 45,
            "fill": "#ff7a7a",
        },
        {"type": "polygon", "card": 3, "points": [{"x": 0.5, "y": 0.35}, {"x": 0.7, "y": 0.55}, {"x": 0.9, "y": 0.25}]},
        {"type": "text", "left": 0.1, "top": 0.2, "text": "a:b \\ c", "scale": 1.2, "fontSize": 0.0521},
    ]
    assert (found["mode"], found["header"], found["backExtra"], found["tags"]) == ("hideAll", "H", "E", ["x"])
    assert found["image"] == "a map & more.png"
    assert gateway.rpc("retrieveMediaFile", {"filename": found["image"]})["result"] == IMAGE["data"]
    # and what was read can be written again
    update = {"id": note_id, "shapes": found["shapes"]}
    assert gateway.rpc("updateImageOcclusionNotes", {"notes": [update]})["result"][0]["error"] is None
    assert read(gateway, note_id)[0]["shapes"] == found["shapes"]


@for_rows(
    ("text", "shape"),
    [
        ("{{c1,2::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4}}", [(1, 0.3), (2, 0.3)]),
        ("{{c4::image-occlusion:rect:left=x:width=.3:hideinactive=1}} {{c5::no shape}}", [(4, 0.3)]),
        ("{{c1::image-occlusion:circle:left=.1}}{{c1::image-occlusion:rect}}", []),
        ("", []),
    ],
)
def test_odd_texts_are_read_as_far_as_they_go(kept, text, shape):
    gateway = kept.unchanged()
    made = gateway.col.new_note(gateway.col.models.by_name(MODEL))
    made.fields[0] = text
    gateway.col.add_note(made, 1)
    (found,) = read(gateway, made.id)
    assert [(entry["card"], entry["width"]) for entry in found["shapes"]] == shape
    assert (found["image"], found["mode"]) == (None, "hideOne")


def test_a_change_keeps_the_cards_and_what_is_not_named_and_is_one_step(gateway):
    col = gateway.col
    (added,) = add(gateway, note(header="H", backExtra="E", tags=["x"]))
    id, cards = added["id"], col.get_note(added["id"]).card_ids()
    col.sched.set_due_date([cards[1]], "5")
    moved = {**ELLIPSE, "left": 0.25}
    changes = {"id": id, "shapes": [moved, {**RECT, "card": 3}], "header": "new"}
    (done,) = gateway.rpc("updateImageOcclusionNotes", {"notes": [changes]})["result"]
    assert (done["changed"], done["error"]) == (True, None)
    (found,) = read(gateway, id)
    assert found["shapes"] == [moved, {**RECT, "card": 3}]
    assert (found["header"], found["backExtra"], found["tags"], found["mode"]) == ("new", "E", ["x"], "hideAll")
    assert col.get_card(cards[1]).type == 2
    assert gateway.rpc("findEmptyCards")["result"][0]["cards"] == [cards[0]]
    assert gateway.rpc("undo")["result"]["step"] == "Update Note"
    assert read(gateway, id)[0]["shapes"] == ALL


def test_the_mode_alone_is_changed_in_all_shapes(gateway):
    (added,) = add(gateway, note())
    id = added["id"]

    def change(mode):
        return gateway.legacy("updateImageOcclusionNotes", notes=[{"id": id, "mode": mode}])["result"][0]["changed"]

    before = gateway.col.get_note(id).fields
    assert not change("hideAll")
    assert change("hideOne")
    assert (read(gateway, id)[0]["mode"], read(gateway, id)[0]["shapes"]) == ("hideOne", ALL)
    assert not gateway.col.get_image_occlusion_note(id).note.occlude_inactive
    assert change("hideAll")
    assert gateway.col.get_note(id).fields == before


def test_changes_fail_one_by_one_or_all_together(gateway):
    (added,) = add(gateway, note())
    id = added["id"]
    mod = read(gateway, id)[0]["mod"]
    notes = [
        {"id": id, "header": "new", "ifMod": mod},
        {"id": id, "header": "never", "ifMod": mod - 1},
        {"id": seed.MELA, "header": "x"},
        {"id": 5, "header": "x"},
    ]
    reply = gateway.rpc("updateImageOcclusionNotes", {"notes": notes, "onError": "abort"})["error"]
    kinds = ["conflict", "refused", "note_not_found"]
    assert [error["data"]["kind"] for error in reply["data"]["errors"]] == kinds
    assert read(gateway, id)[0]["header"] == ""
    results = gateway.rpc("updateImageOcclusionNotes", {"notes": notes})["result"]
    assert [entry["error"] and entry["error"]["data"]["kind"] for entry in results] == [None, *kinds]
    assert read(gateway, id)[0]["header"] == "new"
    assert gateway.rpc("getImageOcclusionNotes", {"notes": [seed.MELA]})["error"]["data"]["kind"] == "refused"
    assert read(gateway, 5) == [{}]


def test_the_note_type_is_made_by_anki_where_it_is_missing_in_the_same_step(gateway):
    col = gateway.col
    col.models.remove(col.models.by_name(MODEL)["id"])
    before = col.undo_status().last_step
    added = add(gateway, note(), note())
    assert [entry["error"] for entry in added] == [None, None]
    assert [model["name"] for model in col.models.all()].count(MODEL) == 1
    assert col.undo_status().undo == "Add 2 notes"
    assert col.undo_status().last_step == before + 1
    gateway.rpc("undo")
    assert col.models.by_name(MODEL) is None
    assert add(gateway, {**note(), "deckName": "Nowhere"})[0]["error"]["data"]["kind"] == "deck_not_found"
    assert col.models.by_name(MODEL) is None


def test_a_note_type_of_another_name_is_taken_where_it_is_for_image_occlusion(gateway):
    col = gateway.col
    copied = col.models.copy(col.models.by_name(MODEL))
    copied["name"] = "Maps"
    col.models.update_dict(copied)
    good, basic, none = add(gateway, note(modelName="maps"), note(modelName="Basic"), note(modelName="Nothing"))
    assert read(gateway, good["id"])[0]["modelName"] == "Maps"
    assert basic["error"]["data"] == {"kind": "refused", "model": "Basic", "index": 1}
    assert none["error"]["data"]["kind"] == "model_not_found"


def test_images_come_by_every_way_and_those_that_fail_store_nothing(gateway, web, tmp_path):
    media = Path(gateway.col.media.dir())
    (media / "there.png").write_bytes(PNG)
    (tmp_path / "file.png").write_bytes(PNG)
    images = [
        {"filename": "there.png"},
        {"filename": "from path.png", "path": str(tmp_path / "file.png")},
        {"filename": "from url.png", "url": f"{web.url}/fine"},
        {"filename": "there.png", "data": "AAAA"},
        {"filename": "../collection.anki2"},
        {"filename": "secret.png", "path": "/etc/passwd"},
        {"filename": "gone.png", "url": f"{web.url}/gone"},
    ]
    added = add(gateway, *(note(image=image) for image in images))
    kinds = [entry["error"] and entry["error"]["data"]["kind"] for entry in added]
    assert kinds == [None] * 4 + ["file_problem", "file_problem", "download_failed"]
    names = [entry["image"] for entry in read(gateway, *(entry["id"] for entry in added[:4]))]
    assert names[:3] == ["there.png", "from path.png", "from url.png"]
    assert names[3].startswith("there-")
    assert (media / names[3]).read_bytes() == b"\0\0\0"
    count = len([*media.iterdir()])
    reply = gateway.rpc(
        "addImageOcclusionNotes",
        {"notes": [note(image={**IMAGE, "filename": "new.png"}), note(image=images[4])], "onError": "abort"},
    )
    assert reply["error"]["data"]["kind"] == "some_failed"
    assert len([*media.iterdir()]) == count


WRONG = [
    ({"type": "rect", "left": 0.1, "top": 0.1, "width": 0.1}, "height"),
    ({**RECT, "left": 120}, "left"),
    ({**RECT, "points": POINTS}, "points"),
    ({**RECT, "text": "x"}, "text"),
    ({**POLYGON, "left": 0.5}, "left"),
    ({**POLYGON, "points": POINTS[:2]}, "points"),
    ({**TEXT, "text": "a}}b"}, "text"),
    ({**RECT, "card": 0}, "card"),
    ({**RECT, "fill": '"><script>'}, "fill"),
    ({**RECT, "type": "circle"}, "type"),
    ({**RECT, "colour": "red"}, "colour"),
]


@for_rows(("shape", "member"), WRONG)
def test_a_shape_that_is_none_is_refused_by_the_member_that_is_wrong(reading, shape, member):
    params = {"notes": [note(shapes=[RECT, shape])]}
    error = reading.rpc("addImageOcclusionNotes", params)["error"]
    assert [*error["data"]["fields"]] == [f"notes.0.shapes.1.{member}"]
    if member != "colour":  # unknown members are ignored there
        assert reading.legacy("addImageOcclusionNotes", **params)["error"]
        assert reading.col.note_count() == 2


def test_a_note_without_a_card_is_refused(reading):
    assert add(reading, note(shapes=[TEXT]))[0]["error"]["data"] == {"kind": "refused", "field": "shapes", "index": 0}
    assert [*reading.rpc("addImageOcclusionNotes", {"notes": [note(shapes=[])]})["error"]["data"]["fields"]] == [
        "notes.0.shapes"
    ]


def test_with_a_key_notes_and_images_are_added_once(gateway):
    media = Path(gateway.col.media.dir())
    notes = [note(), note(image={**IMAGE, "filename": "other.png"})]
    first = add(gateway, *notes, idempotencyKey="k")
    (media / "map.png").write_bytes(b"edited")
    assert add(gateway, *notes, idempotencyKey="k") == first
    assert len([path for path in media.iterdir() if path.name.startswith("map")]) == 1
    assert gateway.col.note_count() == 4
    assert add(gateway, note(header="another"), idempotencyKey="k")[0]["error"]["data"]["kind"] == "already_exists"


def test_anki_finds_an_image_with_an_ampersand_in_its_name(gateway):
    image = {**IMAGE, "filename": "a&lt.png"}
    for _ in ("with its content", "by its name"):
        (added,) = gateway.rpc("addImageOcclusionNotes", {"notes": [note(image=image)]})["result"]
        found = gateway.col.get_image_occlusion_note(added["id"]).note
        assert (found.image_file_name, found.image_data) == ("a&lt.png", PNG)
        assert gateway.rpc("getImageOcclusionNotes", {"notes": [added["id"]]})["result"][0]["image"] == "a&lt.png"
        image = {"filename": "a&lt.png"}
