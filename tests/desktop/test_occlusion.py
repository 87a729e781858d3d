"""Image occlusion notes in Anki's own editor and reviewer."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import GatewayProcess

pytestmark = pytest.mark.usefixtures("clean")

DECK = "Occlusion"
SIZE = (400, 300)
SHAPES: list[dict[str, Any]] = [
    {"type": "rect", "card": 1, "left": 0.1, "top": 0.2, "width": 0.3333333333, "height": 0.25},
    {"type": "ellipse", "card": 2, "left": 0.5, "top": 0.5, "width": 0.2, "height": 0.1, "fill": "#ff7a7a"},
    {"type": "polygon", "card": 3, "points": [{"x": 0.1, "y": 0.9}, {"x": 0.3, "y": 0.7}, {"x": 0.35, "y": 0.95}]},
    {"type": "text", "left": 0.6, "top": 0.1, "text": "a: b", "fontSize": 0.08},
]
BACKSLASH = {**SHAPES[3], "text": r"a: \b: c"}
ONE_PIXEL = 1.5 / SIZE[1]


def picture() -> str:
    """A white PNG, in base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\xff" * SIZE[0]) * SIZE[1]
    parts = [chunk(b"IHDR", struct.pack(">IIBBBBB", *SIZE, 8, 0, 0, 0, 0)), chunk(b"IDAT", zlib.compress(rows))]
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")).decode()


@pytest.fixture
def reads_backslashes(anki: GatewayProcess) -> bool:
    return bool(anki.eval("__import__('anki.utils').utils.int_version() >= 260800"))


@pytest.fixture
def shapes(*, reads_backslashes: bool) -> list[dict[str, Any]]:
    return [*SHAPES[:3], BACKSLASH] if reads_backslashes else SHAPES


@pytest.fixture
def note(anki: GatewayProcess, shapes: list[dict[str, Any]]) -> Iterator[int]:
    anki.legacy("createDeck", deck=DECK)
    added = add(anki, shapes)
    assert added["error"] is None
    yield int(added["id"])
    anki.delete_deck(DECK)
    anki.legacy("deleteMediaFile", filename="map.png")


def add(anki: GatewayProcess, shapes: list[dict[str, Any]]) -> dict[str, Any]:
    draft = {"image": {"filename": "map.png", "data": picture()}, "shapes": shapes, "deckName": DECK}
    (added,) = anki.rpc("addImageOcclusionNotes", {"notes": [draft]})["result"]
    return dict(added)


def read(anki: GatewayProcess, note: int) -> dict[str, Any]:
    (found,) = anki.legacy("getImageOcclusionNotes", notes=[note])["result"]
    return dict(found)


def numbers(value: Any) -> Iterator[float]:
    """All numbers in a shape, in order."""
    if isinstance(value, dict):
        for name in sorted(value):
            yield from numbers(value[name])
    elif isinstance(value, list):
        for item in value:
            yield from numbers(item)
    elif isinstance(value, int | float):
        yield value


def rest(shape: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in shape.items() if name in ("type", "card", "text", "fill")}


def test_ankis_editor_shows_the_shapes_and_what_it_saves_is_read_the_same(
    anki: GatewayProcess, note: int, shapes: list[dict[str, Any]]
) -> None:
    anki.legacy("guiBrowse", query=f"nid:{note}")
    web = "aqt.dialogs.getInstance('Browser').editor.web"
    anki.exec(
        "seen = [0]\n"
        "def drawn(web):\n"
        "    js = 'globalThis.canvas ? globalThis.canvas.getObjects().length : 0'\n"
        "    web.evalWithCallback(js, lambda count: seen.__setitem__(0, count))\n"
        "    return seen[0]\n"
    )
    anki.wait_for(f"drawn({web}) == {len(shapes) + 1}")  # and the frame
    save = f"{web}.eval('saveOcclusions()')"  # more than once: it is lost where the page is not ready
    anki.wait_for(f"{save} or '.3333333333' not in mw.col.get_note(note).fields[0]", note=note)
    saved = read(anki, note)
    assert saved["mode"] == "hideAll"
    by_type = sorted(saved["shapes"], key=lambda shape: shape["type"])  # Anki's order is by chance
    for was, now in zip(sorted(shapes, key=lambda shape: shape["type"]), by_type, strict=True):
        assert rest(now) == rest(was)
        assert [*numbers({**was, "fontSize": 0, "scale": 1})] == pytest.approx(
            [*numbers({**now, "fontSize": 0, "scale": 1})], abs=ONE_PIXEL
        )


def test_a_text_that_this_anki_would_drop_is_refused(
    anki: GatewayProcess, note: int, *, reads_backslashes: bool
) -> None:
    shapes = [*SHAPES[:3], BACKSLASH]
    (changed,) = anki.rpc("updateImageOcclusionNotes", {"notes": [{"id": note, "shapes": shapes}]})["result"]
    for outcome in (add(anki, shapes), changed):
        if reads_backslashes:
            assert outcome["error"] is None
            assert read(anki, outcome["id"])["shapes"] == shapes
        else:
            assert outcome["error"]["data"]["kind"] == "anki_too_old"
            assert "backslash" in outcome["error"]["message"]
            assert outcome["error"]["data"]["field"] == "shapes"


def test_ankis_reviewer_shows_each_card(anki: GatewayProcess, note: int) -> None:
    anki.legacy("guiDeckReview", name=DECK)
    anki.wait_for("mw.state == 'review' and mw.reviewer.card is not None")
    anki.exec(
        "page = ['']\n"
        "def shows():\n"
        "    js = '''[\n"
        "        document.querySelectorAll('.cloze, .cloze-inactive').length,\n"
        "        document.getElementById('err').innerHTML,\n"
        "        document.getElementById('image-occlusion-canvas').width > 0]'''\n"
        "    mw.reviewer.web.evalWithCallback(js, lambda value: page.__setitem__(0, value))\n"
        "    return page[0]\n"
    )
    anki.wait_for(f"shows() == [{len(SHAPES)}, '', True]")
    cards = anki.rpc("notesInfo", {"notes": [note], "fields": ["cards"]})["result"][0]["cards"]
    assert len(cards) == 3
