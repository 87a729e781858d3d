"""Packages that Anki refuses: the collection, its media and both directions of its undo history stay as they were."""

import itertools
import json
import re
import tempfile
import zipfile
from pathlib import Path

import packages
import pytest
import seed
from local_gateway import LocalGateway
from packages import LATEST, LEGACY_1, LEGACY_2, VERSIONS, field, zstandard
from sizes import IS_FULL, some, turns

from addon.text.plain import plain

MEDIA = (("a.txt", b"one"), ("_static.txt", b"two"))
LEGACY = (LEGACY_1, LEGACY_2)
ALL = (LEGACY_1, LEGACY_2, LATEST)


def fill(col):
    """One note of each kind, and one card that was learned."""
    for name, fields in (("Basic", ["front [sound:a.txt]", "back"]), ("Cloze", ["{{c1::a}} b", ""])):
        note = col.new_note(col.models.by_name(name))
        note.fields = fields
        col.add_note(note, 1)
    col.sched.set_due_date(note.card_ids(), "3!")


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """The file of a collection for each version of packages."""
    folder = tmp_path_factory.mktemp("sources")
    return {version: packages.collection(folder / str(version) / "c.anki2", fill, version=version) for version in ALL}


@pytest.fixture
def make(sources, tmp_path):
    """Makes the members of a package, with SQL run on its collection, or its JSON changed."""

    def members(version, *statements, media=MEDIA, **columns):
        path = tmp_path / "source.anki2"
        path.write_bytes(sources[version].read_bytes())
        packages.change(path, *statements)
        for column, change in columns.items():
            packages.change_json(path, column, change)
        return packages.members(path, version, media)

    return members


def everything(gateway):
    """Every row of the collection, and what is in the media folder."""
    col = gateway.col
    names = col.db.list("select name from sqlite_master where type = 'table' and name not like 'sqlite_stat%'")
    media = {path.name: path.read_bytes() for path in Path(col.media.dir()).iterdir()}
    return {name: col.db.all(f"select * from {name}") for name in names}, media


@pytest.fixture(scope="module")
def target(example_collection, tmp_path_factory):
    """One gateway for all: a refused package changes nothing. It has something to undo, and something to redo."""
    gateway = LocalGateway(seed.copy(example_collection, tmp_path_factory.mktemp("target")))
    yield gateway
    gateway.close()


UNDO = {"undo": "Update Tag", "redo": "Update Tag"}


def prepare(gateway):
    """Have a file of a package's name, something to undo, and something to redo."""
    if gateway.rpc("undoStatus")["result"] == UNDO:
        return
    gateway.col.media.write_data("a.txt", b"mine")
    for tag in ("x", "y"):
        gateway.rpc("removeTags", {"notes": [seed.MELA], "tags": tag})
        gateway.rpc("addTags", {"notes": [seed.MELA], "tags": tag})
    gateway.rpc("undo")


_refusals = itertools.count()
"""Counts them, so that every so manieth is asked for by the old protocol as well."""


def nameless(text):
    """An error's text without the name of a temporary file."""
    return re.sub(r"\.tmp\w+", "", text)


def no_package(path):
    """The message for a file that Anki cannot open as an archive."""
    return f"This is no package of Anki, or it is damaged: {str(path)!r}"


@pytest.fixture
def refused(target, tmp_path, monkeypatch):
    """Imports a package, and checks that nothing came of it; returns the error's message."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))  # for Anki
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    def load(path, gateway=target, kind="file_problem"):
        prepare(gateway)
        before = everything(gateway)
        folder = sorted(Path(gateway.col.path).parent.iterdir())
        error = gateway.rpc("importPackage", {"path": str(path)}).get("error")
        assert gateway.rpc("undoStatus")["result"] == UNDO, error
        assert everything(gateway) == before
        assert sorted(Path(gateway.col.path).parent.iterdir()) == folder
        assert list(temporary.iterdir()) == []
        assert error["data"] == {"kind": kind, **({"field": "path"} if kind == "file_problem" else {})}
        if IS_FULL or next(_refusals) % 4 == 0:
            reply = gateway.legacy("importPackage", path=str(path))
            theirs = plain(reply["error"]).replace("invalid Zip archive: Could not find EOCD", no_package(path))
            assert (reply["result"], nameless(theirs)) == (None, nameless(error["message"]))
        return error["message"]

    return load


def without(parts, *names):
    return {name: content for name, content in parts.items() if name not in names}


def sqlite_without(table):
    return f"drop table {table}"


def of_every_note_type(change):
    """For the column `models`: change each note type."""

    def apply(models):
        for model in models.values():
            change(model)

    return apply


def drop(*names):
    """For the column `models`: drop members of each note type, `flds.name` of its fields."""

    def apply(model):
        for name in names:
            head, _, tail = name.partition(".")
            if not tail:
                del model[head]
            else:
                for part in model[head]:
                    del part[tail]

    return of_every_note_type(apply)


def fields_of(count):
    return ("update notes set flds = ?", ["\x1f".join(["a"] * count)])


SQL = {
    "a field too few": (ALL, fields_of(1)),
    "many fields too many": (ALL, fields_of(30)),
    "an interval beyond Anki's": (ALL, "update cards set ivl = 1 << 40"),
    "a negative interval": (ALL, "update cards set ivl = -5"),
    "a template number beyond Anki's": (ALL, "update cards set ord = 70000"),
    "a queue that there is not": (ALL, "update cards set queue = 77"),
    "a card type that there is not": (ALL, "update cards set type = 77"),
    "flags beyond Anki's": (ALL, "update cards set flags = 1 << 40"),
    "a note without a note type": (ALL, "update notes set mid = 5"),
    "fields that are bytes": (ALL, "update notes set flds = x'ff00'"),
    "a time that is text": (ALL, "update notes set mod = 'yesterday'"),
    "no notes": (ALL, "drop table notes"),
    "no cards": (ALL, "drop table cards"),
    "no review log": (ALL, "drop table revlog"),
    "no col": (ALL, "drop table col"),
    "an empty col": (ALL, "delete from col"),
    "a schema that is too new": (ALL, "update col set ver = 99"),
    "a schema that is too old": (ALL, "update col set ver = 3"),
    "a column too few": (ALL, "alter table cards drop column data"),
    "a review of a text": (ALL, "insert into revlog select 5, min(id), 'x', 3, 1, 1, 2500, 1, 1 from cards"),
    "no fields": ((LATEST,), "delete from fields"),
    "no templates": ((LATEST,), "delete from templates"),
    "a note type that is not protobuf": ((LATEST,), "update notetypes set config = x'ffffffff'"),
    "a deck that is not protobuf": ((LATEST,), "update decks set kind = x'ffffffff'"),
    "presets that are not protobuf": ((LATEST,), "update deck_config set config = x'ffffffff'"),
    "no presets": ((LATEST,), "delete from deck_config"),
    "note types that are not JSON": (LEGACY, "update col set models = '{'"),
    "decks that are not JSON": (LEGACY, "update col set decks = '{'"),
    "presets that are not JSON": (LEGACY, "update col set dconf = '[]'"),
    "no note types": (LEGACY, "update col set models = '{}'"),
}
"""What is wrong with the collection in a package."""

JSON = {
    "note types without CSS": {"models": drop("css")},
    "note types without fields": {"models": drop("flds")},
    "note types without templates": {"models": drop("tmpls")},
    "fields without names": {"models": drop("flds.name")},
    "templates without fronts": {"models": drop("tmpls.qfmt")},
    "note types whose type is a text": {"models": of_every_note_type(lambda model: model.update(type="cloze"))},
    "a note type with a list for a name": {"models": of_every_note_type(lambda model: model.update(name=[]))},
    "a preset without settings": {"dconf": lambda presets: {id: {} for id in presets}},
    "a deck without a name": {"decks": lambda decks: [deck.pop("name") for deck in decks.values()] and decks},
}


@pytest.mark.parametrize(("kind", "version"), turns(some(SQL, 2), lambda kind: SQL[kind][0]))
def test_a_collection_that_is_wrong(refused, make, tmp_path, kind, version):
    assert refused(packages.write(tmp_path / "a.apkg", make(version, SQL[kind][1])))


@pytest.mark.parametrize(("kind", "version"), turns(JSON, lambda kind: LEGACY))
def test_json_that_is_wrong(refused, make, tmp_path, kind, version):
    assert refused(packages.write(tmp_path / "a.apkg", make(version, **JSON[kind])))


def cut(content):
    return content[: len(content) // 2]


def named(*names):
    """A media list of these names, in both forms."""
    texts = {str(number): name for number, name in enumerate(names)}
    entries = [field(1, field(1, name) + field(2, 3) + field(3, bytes(20))) for name in names]
    return {
        LEGACY_1: json.dumps(texts).encode(),
        LEGACY_2: json.dumps(texts).encode(),
        LATEST: zstandard(b"".join(entries)),
    }


def form(version, content):
    """As this version of packages keeps a member."""
    return zstandard(content) if version == LATEST else content


MEMBERS = {
    "a meta that is too new": (ALL, lambda parts, version: {"meta": field(1, 4)}),
    "a meta that is no protobuf": (ALL, lambda parts, version: {"meta": b"\xff\xff\xff"}),
    "a meta of another version": ((LEGACY_1, LEGACY_2), lambda parts, version: {"meta": field(1, LATEST)}),
    "no SQLite": (ALL, lambda parts, version: {VERSIONS[version]: form(version, b"no database" * 500)}),
    "a collection cut short": (ALL, lambda parts, version: {VERSIONS[version]: cut(parts[VERSIONS[version]])}),
    "a collection with holes": (
        ALL,
        lambda parts, version: {VERSIONS[version]: parts[VERSIONS[version]][:5000] + bytes(60000)},
    ),
    "no Zstandard": ((LATEST,), lambda parts, version: {"collection.anki21b": b"no frame"}),
    "an old Zstandard": ((LATEST,), lambda parts, version: {"collection.anki21b": b"\x27\xb5\x2f\xfd" + bytes(99)}),
    "a media list cut short": (ALL, lambda parts, version: {"media": cut(parts["media"])}),
    "a media list that is no list": (ALL, lambda parts, version: {"media": form(version, b"[]")}),
    "a media list of nonsense": (ALL, lambda parts, version: {"media": form(version, b"\xff" * 50)}),
    "media that leads out of the folder": (ALL, lambda parts, version: {"media": named("../a.txt")[version]}),
    "media with a path": (ALL, lambda parts, version: {"media": named("b/a.txt", "c")[version]}),
    "media without a name": (ALL, lambda parts, version: {"media": named("")[version]}),
    "media numbered by words": (LEGACY, lambda parts, version: {"media": b'{"first": "a.txt"}'}),
    "media without a checksum": ((LATEST,), lambda parts, version: {"media": zstandard(field(1, field(1, "a.txt")))}),
    "a medium that is no Zstandard": ((LATEST,), lambda parts, version: {"1": b"two"}),
    "a medium cut short": ((LATEST,), lambda parts, version: {"1": parts["1"][:-2]}),
}
"""What is wrong with a member."""


@pytest.mark.parametrize(("kind", "version"), turns(some(MEMBERS, 2), lambda kind: MEMBERS[kind][0]))
def test_a_member_that_is_wrong(refused, make, tmp_path, kind, version):
    parts = make(version)
    assert refused(packages.write(tmp_path / "a.apkg", {**parts, **MEMBERS[kind][1](parts, version)}))


@pytest.mark.parametrize(("number", "version"), turns([0, 1], lambda number: ALL))
def test_a_missing_medium(refused, make, tmp_path, version, number):
    parts = make(version)
    del parts[str(number)]
    assert refused(packages.write(tmp_path / "a.apkg", parts))


@pytest.mark.parametrize("version", LEGACY)
def test_a_missing_medium_that_no_note_uses_is_asked_for_where_the_collection_has_one_of_its_name(
    refused, make, tmp_path, version
):
    parts = make(version, "update notes set flds = replace(flds, 'a.txt', 'b.txt')")
    del parts["0"]
    assert "missing from archive" in refused(packages.write(tmp_path / "a.apkg", parts))


@pytest.mark.parametrize(("name", "version"), turns(["collection", "media", "0"], lambda name: ALL))
def test_a_member_compressed_in_a_way_that_anki_does_not_know(refused, make, tmp_path, version, name):
    name = VERSIONS[version] if name == "collection" else name
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        assert refused(packages.write(tmp_path / "a.apkg", make(version), methods={name: method}))


@pytest.mark.parametrize(
    ("where", "version"),
    turns(["the collection", "the media list", "a medium", "an encrypted member"], lambda where: ALL),
)
def test_flipped_bits(refused, make, tmp_path, version, where):
    path = packages.write(tmp_path / "a.apkg", make(version))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        name = {"the collection": VERSIONS[version], "the media list": "media"}.get(where, "1")
        offset = package.getinfo(name).header_offset
    if where == "an encrypted member":
        central = content.index(b"PK\x01\x02")
        while content[central + 46 : central + 46 + content[central + 28]] != name.encode():
            central = content.index(b"PK\x01\x02", central + 1)
        content[offset + 6] |= 1
        content[central + 8] |= 1
    else:
        content[offset + 30 + len(name) + 1] ^= 0xFF
    path.write_bytes(content)
    assert refused(path)


@pytest.mark.parametrize("version", ALL)
def test_a_package_cut_short_or_that_is_none(refused, make, tmp_path, version):
    path = packages.write(tmp_path / "a.apkg", make(version))
    content = path.read_bytes()
    for part in (content[:-5], content[:500], b"", b"text", content[:200] + content[5000:]):
        path.write_bytes(part)
        assert refused(path)
