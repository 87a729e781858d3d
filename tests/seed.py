"""The example collection: small, and the same to the last id each time, so that examples can name ids."""

from pathlib import Path

FIXED = 1_700_000_000
MELA, UVA = FIXED * 1000 + 1, FIXED * 1000 + 2
MELA_CARD, UVA_CARD = FIXED * 1000 + 1001, FIXED * 1000 + 1002
ITALIAN, ITALIAN_A1 = FIXED * 1000 + 2001, FIXED * 1000 + 2002
FIRST_MODEL = FIXED * 1000 + 3001
PRESET = FIXED * 1000 + 4001
REVIEW = (FIXED + 64_000) * 1000
"""The one entry of the review log, in the middle of a day all over the world."""
CSS = ".card { font-size: 24px; }"


def make(path: Path) -> None:
    """Write the collection to a file that does not exist yet, and its media folder beside it."""
    import anki.lang
    from anki.collection import AddNoteRequest, Collection

    anki.lang.set_lang("en")
    col = Collection(str(path))
    models = col.models
    model = models.new("Italian vocab")
    for name in ("Word", "Meaning"):
        models.add_field(model, models.new_field(name))
    template = models.new_template("Card 1")
    template.update(qfmt="{{Word}}", afmt="{{FrontSide}}\n\n<hr id=answer>\n\n{{Meaning}}")
    models.add_template(model, template)
    model["css"] = CSS
    models.add_dict(model)
    col.decks.add_config_returning_id("Italian options")
    deck = col.decks.add_normal_deck_with_name("Italian::A1").id
    requests = []
    for word, meaning, tags in (("mela", "apple", ["fruit", "A1"]), ("uva", "grapes", [])):
        note = col.new_note(models.by_name("Italian vocab"))
        note.fields = [word, meaning]
        note.tags = tags
        requests.append(AddNoteRequest(note, deck))
    col.add_notes(requests)
    col.media.write_data("_ciao.txt", b"ciao")
    _fix_ids(col)
    col.close()


def _fix_ids(col) -> None:
    """Ids are times of creation; the example collection was made long ago."""
    notes, cards = col.db.list("select id from notes order by id"), col.db.list("select id from cards order by id")
    for table, column, old, new in (
        *(("notes", "id", *pair) for pair in zip(notes, (MELA, UVA), strict=True)),
        *(("cards", "nid", *pair) for pair in zip(notes, (MELA, UVA), strict=True)),
        *(("cards", "id", *pair) for pair in zip(cards, (MELA_CARD, UVA_CARD), strict=True)),
    ):
        col.db.execute(f"update {table} set {column} = ? where {column} = ?", new, old)
    for name, new in (("Italian", ITALIAN), ("Italian::A1", ITALIAN_A1)):
        old = col.decks.id_for_name(name)
        col.db.execute("update decks set id = ? where id = ?", new, old)
        col.db.execute("update cards set did = ? where did = ?", new, old)
    for new, old in enumerate(col.db.list("select id from notetypes order by name"), FIRST_MODEL):
        for table, column in (("notetypes", "id"), ("fields", "ntid"), ("templates", "ntid"), ("notes", "mid")):
            col.db.execute(f"update {table} set {column} = ? where {column} = ?", new, old)
    col.db.execute("update deck_config set id = ?, mtime_secs = ? where id != 1", PRESET, FIXED)
    for table in ("notes", "cards"):
        col.db.execute(f"update {table} set mod = ?", FIXED)
    col.db.execute("insert into revlog values (?, ?, -1, 3, -600, -60, 2500, 5210, 0)", REVIEW, UVA_CARD)
    col.db.execute("update notetypes set mtime_secs = ?", FIXED)
    col.db.execute("update decks set mtime_secs = ?", FIXED)


def copy(source: Path, folder: Path) -> Path:
    """Copy a made collection with its media into a folder, and tell the copy's path."""
    import shutil

    target = folder / "User 1"
    shutil.copytree(source.parent, target)
    return target / source.name


if __name__ == "__main__":
    import sys

    Path(sys.argv[1]).parent.mkdir(parents=True, exist_ok=True)
    make(Path(sys.argv[1]))
