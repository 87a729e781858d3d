"""Fields of notes without HTML, on a real collection."""

import random

import seed
from sizes import for_rows

from addon.actions.note.reading import _plain_text


def field(gateway, text, **more):
    gateway.col.db.execute("update notes set flds = ? || char(31) || ? where id = ?", text, "<b>x</b>", seed.MELA)
    params = {"notes": [seed.MELA], "plainText": True, **more}
    (note,) = gateway.rpc("notesInfo", params)["result"]
    assert gateway.legacy("notesInfo", **params)["result"] == [note]
    return note["fields"]


@for_rows(
    ("text", "plain"),
    [
        ('<b>a</b><br>b <img src="b.jpg"> [sound:x.mp3]', "a b  b.jpg  x.mp3"),
        ("a&amp;b&nbsp;c &lt;d&gt;", "a&b c <d>"),
        ("a\nb\n", "a b"),
        ("  a  b  ", "a  b"),
        ("<!-- x --><script>y</script>z", "z"),
        ("{{c1::x::y}}", "{{c1::x::y}}"),
        ("caf\u00e9", "caf\u00e9"),
        ("a > b", "a > b"),
        ("", ""),
    ],
)
def test_a_field_is_one_line_of_text(kept, text, plain):
    gateway = kept.unchanged()
    assert field(gateway, text) == {"Word": {"value": plain, "order": 0}, "Meaning": {"value": "x", "order": 1}}


def test_only_the_chosen_fields_are_returned(gateway):
    assert field(gateway, "<i>", noteFields=["Meaning"]) == {"Meaning": {"value": "x", "order": 1}}


def test_without_it_fields_are_html(gateway):
    field(gateway, "<i>y</i>")
    (note,) = gateway.rpc("notesInfo", {"notes": [seed.MELA]})["result"]
    assert note["fields"]["Word"]["value"] == "<i>y</i>"


def test_texts_that_are_not_given_to_anki_are_those_that_it_returns_unchanged(reading):
    chosen = random.Random(1)
    letters = [*map(chr, range(1, 127)), "\u00a0", "\u00e9", "\u3000", "[sound:", "<b>", "&amp;"]
    for _ in range(3_000):
        text = "".join(chosen.choices(letters, k=chosen.randrange(4)))
        expected = reading.col._backend.html_to_text_line(text=text, preserve_media_filenames=True)
        assert _plain_text(reading.col, text) == expected, repr(text)
