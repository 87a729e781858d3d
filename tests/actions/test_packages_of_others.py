"""Packages as other people made them are imported exactly as Anki imports them, and no text is changed on the way.

Each kind of package is made here, in each form in which it exists, and imported twice: by the gateway, and by Anki
itself into a second copy of the same collection. Then it makes the journey through `exportPackage` and back.
"""

import unicodedata
from pathlib import Path

import packages
import pytest
from packages import LATEST, LEGACY_1, LEGACY_2
from sizes import size, some, turns
from torture.digest import digest

ALL = (LEGACY_1, LEGACY_2, LATEST)
LEGACY = (LEGACY_1, LEGACY_2)
DECK = "Others"

TEXTS = [
    "plain",
    "",
    " blanks at both ends \u00a0",
    "<div class='x' onclick=\"y('z')\">a &amp; b &lt; c<br>\n<!-- no end",
    "<ruby>\u6f22<rt>\u304b\u3093</rt></ruby> \u3000 \u6f22\u5b57[\u304b\u3093\u3058;h]",
    "zero\u200bwidth\u200c\u200d\ufeff soft\u00adhyphen",
    "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd \u202b\u0627\u0644\u0633\u0644\u0627\u0645\u202c \u2067\u0639\u2069",
    unicodedata.normalize("NFC", "\u00e9\u1ec7\uac00\u212b"),
    r"\(\frac{1}{2}\) \[ \begin{cases} x &lt; 1 \\ y \end{cases} \] [latex]\sum[/latex] [$]x[/$] [$$]y[/$$]",
    "{{c1::cloze::hint}} {{c2::{{c3::nested}}}} {{not::a field}} {{FrontSide}}",
    "[sound:a b.mp3] [anki:tts lang=en_US]text[/anki:tts] <img src=\"a%20b.png\"> <img src='&quot;.png'>",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e0062\U000e007f \U0010fffd",
    "tab\there\r\nnew line\u2028separator\u2029\u0085",
    "\x01\x02\x1b\x7f controls",
    "0" * 400 + ".5",
    "x" * size("LONG_TEXT", 100_000, 1_000_000),
    "{" * 5000 + "<b>" * 2000,
    "=1+1 @cmd 'quoted' \"double\" ; -- drop table notes",
]


def note(col, note_type, fields, deck=DECK, tags=()):
    new = col.new_note(col.models.by_name(note_type))
    new.fields, new.tags = list(fields), list(tags)
    col.add_note(new, col.decks.id(deck))
    return new


def fill_texts(col):
    for number, text in enumerate(TEXTS):
        note(col, "Basic", [f"{number} {text}", text], tags=[f"tag::{number}", "\u00e9"])
    # As programs write them that know nothing of normalising:
    col.db.execute("update notes set flds = flds || ? where id % 2", unicodedata.normalize("NFD", "\u00e9\u1ec7\uac00"))


def fill_clozes(col):
    note(col, "Cloze", ["{{c1::a}} {{c2::b::hint}} {{c10::c}}", "extra"])
    note(col, "Basic (and reversed card)", ["a", "b"])
    note(col, "Basic (optional reversed card)", ["a", "b", "y"])
    note(col, "Basic (type in the answer)", ["a", "b"])
    col._backend.add_image_occlusion_notetype()
    name = next(entry.name for entry in col.models.all_names_and_ids() if "cclusion" in entry.name)
    shapes = "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}<br>"
    note(col, name, [shapes, '<img src="a.png">', "header", "", ""])


def fill_scheduling(col):
    """Cards in every queue, with reviews, flags, and what FSRS keeps."""
    ids = [note(col, "Basic", [f"{number}", "b"], tags=["leech", "marked"]).card_ids()[0] for number in range(8)]
    col.sched.set_due_date(ids[:3], "5!")
    col.sched.suspend_cards(ids[3:4])
    col.sched.bury_cards(ids[4:5])
    col.set_user_flag_for_cards(3, ids[5:7])
    col.db.execute("update cards set queue = 1, type = 1, left = 1002, due = 1600000000 where id = ?", ids[6])
    col.db.execute("update cards set queue = 3, type = 3, lapses = 9, due = 100 where id = ?", ids[7])
    col.db.execute("update cards set data = ? where id = ?", '{"s":12.5,"d":5.1,"dr":0.9,"cd":"{\\"x\\":1}"}', ids[0])
    for number, id in enumerate(ids):
        for time in range(3):
            review = [1_600_000_000_000 + number * 10 + time, id, time, time]
            col.db.execute("insert into revlog values (?, ?, -1, 3, ?, -60, 2500, 5210, ?)", *review)


def fill_decks(col):
    """Sub-decks, presets, and a filtered deck that holds cards."""
    preset = col.decks.add_config_returning_id("Hard")
    for name in (f"{DECK}::a::b", f"{DECK}::\u00e9 \U0001f600", f"{DECK}::a"):
        note(col, "Basic", [name, "b"], deck=name)
    deck = col.decks.by_name(f"{DECK}::a")
    deck.update(conf=preset, desc="<b>words</b>")
    col.decks.update_dict(deck)
    config = col.decks.get_config(preset)
    config["new"]["perDay"] = 7
    col.decks.update_config(config)
    filtered = col.sched.get_or_create_filtered_deck(0)
    filtered.name = f"{DECK}::crammed"
    filtered.config.search_terms[0].search = f'deck:"{DECK}::a::b"'
    col.sched.add_or_update_filtered_deck(filtered)


def fill_note_types(col):
    for number in range(3):
        model = col.models.copy(col.models.by_name("Basic"))
        model["name"], model["css"] = f"Others' {number}", f".card {{ color: {number} }} /* \u00e9 */"
        model["flds"][0].update(rtl=True, font="A font", size=7, description="d", sticky=True)
        model["tmpls"][0]["qfmt"] = "{{Front}}{{hint:Back}}{{furigana:Front}}<script>1 < 2</script>"
        model["tmpls"][0]["afmt"] += "{{#Back}}{{type:Back}}{{/Back}}{{tts en_US:Front}}"
        col.models.update_dict(model)
        note(col, model["name"], [f"{number}", "b"])


def of_the_same_name(path):
    def rename(models):
        for model in models.values():
            model["name"] = "Same"

    packages.change_json(path, "models", rename)


def with_unknown_settings(path):
    def add(values):
        for value in values.values():
            value.update(vers=[], addon={"x": [1, None]}, latexPre="\\documentclass", latexPost="\\end")

    packages.change_json(path, "models", add)


def of_scheduler_1(path):
    packages.change_json(path, "conf", lambda conf: conf.update(schedVer=1))
    packages.change(path, "update cards set queue = -3 where queue = -2")


def mended(*statements):
    return lambda path: packages.change(path, *statements)


MEDIA = {
    "_static file.css": b".x {}",
    "a b.mp3": b"sound",
    "a.png": b"picture",
    "\u00e9\U0001f600 \u6f22.jpg": b"names",
    "empty.txt": b"",
    "unused.txt": b"nobody asks for it",
    "large.bin": bytes(300_000),
}
ODD_NAMES = {
    "con.txt": b"1",
    'a"b?c*.txt': b"2",
    "x" * 200 + ".txt": b"3",
    unicodedata.normalize("NFD", "\u00e9.txt"): b"4",
    "CAPS.TXT": b"5",
}


def fill_media(col):
    for name in (*MEDIA, *ODD_NAMES):
        if "unused" not in name:
            note(col, "Basic", [f"[sound:{name}]", f'<img src="{name}">'])


KINDS = {
    "texts": (ALL, fill_texts, None, {}),
    "clozes and shapes": (ALL, fill_clozes, None, {"a.png": b"picture"}),
    "scheduling": (ALL, fill_scheduling, None, {}),
    "decks": (ALL, fill_decks, None, {}),
    "note types": (ALL, fill_note_types, None, {}),
    "media": (ALL, fill_media, None, MEDIA),
    "media of odd names": (LEGACY, fill_media, None, {**MEDIA, **ODD_NAMES}),
    "note types of one name": (LEGACY, fill_note_types, of_the_same_name, {}),
    "unknown settings": (LEGACY, fill_note_types, with_unknown_settings, {}),
    "the first scheduler": (LEGACY, fill_scheduling, of_scheduler_1, {}),
    "large due numbers": (ALL, fill_scheduling, mended("update cards set due = 1 << 40"), {}),
    "real due numbers": (ALL, fill_scheduling, mended("update cards set due = 12.7, ivl = 3.9"), {}),
    "notes in milliseconds": (ALL, fill_texts, mended("update notes set mod = mod * 1000"), {}),
    "ids of the future": (
        ALL,
        fill_clozes,
        mended("update notes set id = id * 1000", "update cards set nid = nid * 1000"),
        {},
    ),
    "no decks": (LEGACY, fill_clozes, mended("update col set decks = '{}'", "update cards set did = 1"), {}),
}


NEW_IDS, NEW_NAMES = {"ids of the future"}, {"note types of one name"}
"""Kinds whose notes get ids from the clock, or whose note types get names in an order of chance."""

EXAMPLES = "Italian"
"""The deck of the example collection, which is in all of them."""
DECKS = "select name from decks where id in (select did from cards)"


def made(folder, kind, version):
    _, fill, change, media = KINDS[kind]
    path = packages.collection(folder / "source" / "c.anki2", fill, version=version)
    if change is not None:
        change(path)
    parts = packages.members(path, version, list(media.items()))
    return packages.write(folder / "a.apkg", {**parts, "readme.txt": b"of an add-on", "sub/": b""})


def imported_by_anki(col, package):
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    options = ImportAnkiPackageOptions(merge_notetypes=True, with_scheduling=True, with_deck_configs=True)
    col.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options))


def rows(col):
    """What has the same ids and times after every import; ids of decks are new each time."""
    return {
        "notes": col.db.all("select * from notes order by id"),
        "cards": col.db.all(
            """select id, nid, ord, usn, type, queue, due, ivl, factor, reps, lapses, left, odue, flags, data,
            (select name from decks where id = did), (select name from decks where id = odid) from cards order by id"""
        ),
        "revlog": col.db.all("select * from revlog order by id"),
        "media": {path.name: path.read_bytes() for path in Path(col.media.dir()).iterdir()},
    }


def texts(col):
    return {guid: fields.encode() for guid, fields in col.db.execute("select guid, flds from notes")}


@pytest.mark.parametrize(("kind", "version"), turns(some(KINDS, 2), lambda kind: KINDS[kind][0]))
def test_a_package_is_imported_as_anki_does_and_keeps_its_texts(open_gateway, tmp_path, kind, version):
    package = made(tmp_path, kind, version)
    ours, theirs, third = open_gateway(), open_gateway().col, open_gateway()
    imported_by_anki(theirs, package)
    assert ours.rpc("importPackage", {"path": str(package)}).get("result") is True
    if kind not in NEW_IDS:
        assert rows(ours.col) == rows(theirs)
    if kind not in NEW_NAMES:
        assert digest(ours.col) == digest(theirs)
    assert ours.col.note_count() > 2
    assert len(texts(ours.col)) == len(texts(theirs))

    exported = tmp_path / "out.apkg"
    for name in {str(name).partition("\x1f")[0] for name in ours.col.db.list(DECKS)} - {EXAMPLES}:
        params = {"deck": name, "path": str(exported), "includeSched": True}
        assert ours.rpc("exportPackage", params)["result"] is True
        assert third.rpc("importPackage", {"path": str(exported)})["result"] is True
    assert texts(third.col) == texts(ours.col)
