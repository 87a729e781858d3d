"""What a package takes up is found out without unpacking it, and whatever it declares."""

import random
import time
import zipfile

import packages
import pytest
import seed
from packages import LATEST, LEGACY_2, field, zeros, zstandard
from sizes import turns

from addon.collection.package_sizes import Sizes, check_unpacked, measure
from addon.rpc.errors import Cancelled, FileProblem

MIB, GIB = 2**20, 2**30
LIMIT = 8 * GIB
LATEST_META = {"meta": field(1, LATEST), "media": zstandard(b"")}


def lying(path, name, declared):
    """Have a member declare another size than it has, in both places."""
    with zipfile.ZipFile(path) as package:
        info = package.getinfo(name)
        assert info is package.infolist()[-1]
    content = bytearray(path.read_bytes())
    size = info.file_size.to_bytes(4, "little")
    for place in (info.header_offset + 22, content.rindex(b"PK\x01\x02") + 24):
        assert content[place : place + 4] == size
        content[place : place + 4] = declared.to_bytes(4, "little")
    path.write_bytes(content)
    return path


def test_the_members_that_anki_reads_are_counted(tmp_path):
    parts = {"collection.anki2": bytes(1000), "media": b"{}", "0": b"a" * 500, "readme.txt": bytes(9999)}
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        path = packages.write(tmp_path / "a.apkg", parts, method)
        assert measure(str(path), LIMIT) == Sizes(1000, 502)


def test_blocks_of_zstandard_are_counted(tmp_path):
    random_bytes = random.Random(1).randbytes(300_000)
    frames = zstandard(random_bytes) + b"\x50\x2a\x4d\x18\x03\0\0\0abc" + zstandard(b"more")
    parts = {**LATEST_META, "collection.anki21b": frames, "0": zeros(MIB)}
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        sizes = measure(str(packages.write(tmp_path / "a.apkg", parts, method)), LIMIT)
        assert 300_004 <= sizes.collection <= 300_100
        assert MIB <= sizes.media <= MIB + 100


def test_what_anki_compressed_is_not_underrated(gateway, tmp_path):
    from anki.collection import ExportAnkiPackageOptions

    for number, id in enumerate((seed.MELA, seed.UVA), 1):
        gateway.col.media.write_data(f"{number}.txt", b"0123456789" * 100_000 * number)
        note = gateway.col.get_note(id)
        note["Meaning"] = f"[sound:{number}.txt]"
        gateway.col.update_note(note)
    for legacy in (True, False):
        path = tmp_path / f"{legacy}.apkg"
        options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True, legacy=legacy)
        gateway.col.export_anki_package(out_path=str(path), options=options, limit=None)
        sizes = measure(str(path), LIMIT)
        assert 3_000_000 <= sizes.media <= 4_000_000
        assert sizes.collection > 50_000


BOMBS = {
    "one huge medium": {"0": zeros(10 * GIB)},
    "a collection": {"collection.anki21b": zeros(3 * GIB)},
    "many media": {str(number): zeros(512 * MIB) for number in range(20)},
    "a frame after another": {"0": zeros(5 * GIB) + zeros(5 * GIB)},
    "a frame that declares little": {"0": b"\x28\xb5\x2f\xfd\x80\x58\x05\0\0\0" + zeros(10 * GIB)[6:]},
    "a media list": {"media": zeros(64 * MIB)},
    "below the limit, from next to nothing": {"0": zeros(GIB)},
}


@pytest.mark.parametrize(("kind", "method"), turns(BOMBS, lambda kind: [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
def test_a_bomb_of_zstandard_is_found_at_once(tmp_path, kind, method):
    parts = {**LATEST_META, "collection.anki21b": zstandard(b"x"), **BOMBS[kind]}
    path = packages.write(tmp_path / "a.apkg", parts, method)
    began = time.monotonic()
    with pytest.raises(FileProblem, match="The package is too large"):
        measure(str(path), LIMIT)
    assert time.monotonic() - began < 5


def test_a_bomb_that_declares_its_size_is_not_read(tmp_path):
    path = tmp_path / "a.apkg"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("collection.anki2", b"x")
        package.writestr("0", b"not even compressed")
        info = package.getinfo("0")
        info.compress_type, info.file_size = zipfile.ZIP_DEFLATED, 10 * GIB
    with pytest.raises(FileProblem, match="too large"):
        measure(str(path), LIMIT)


@pytest.mark.parametrize("declared", [0, 10, 99_999])
def test_a_member_that_is_larger_than_it_declares_is_found(tmp_path, declared):
    path = packages.write(tmp_path / "a.apkg", {"collection.anki2": b"x", "0": bytes(100_000)}, zipfile.ZIP_DEFLATED)
    with pytest.raises(FileProblem, match="0 is larger than its declared size"):
        measure(str(lying(path, "0", declared)), LIMIT)


def test_a_member_of_a_name_that_occurs_twice_is_counted_twice(tmp_path):
    path = tmp_path / "a.apkg"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("collection.anki2", b"x")
        package.writestr("0", bytes(100))
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("0", bytes(10))
    assert measure(str(path), LIMIT).media == 110


def test_a_limit_holds_for_the_whole_and_a_quarter_of_it_for_the_collection(tmp_path):
    noise = random.Random(1).randbytes(100_000)
    path = str(packages.write(tmp_path / "a.apkg", {"collection.anki2": noise, "0": noise, "1": noise}))
    assert measure(path, 400_000) == Sizes(100_000, 200_000)
    for limit in (399_996, 299_999):
        with pytest.raises(FileProblem, match="too large"):
            measure(path, limit)


@pytest.mark.parametrize(
    ("content", "text"),
    [(b"", "File is not a zip file"), (b"no archive", "File is not a zip file"), (None, "contains no collection")],
)
def test_what_is_no_package_is_refused(tmp_path, content, text):
    path = packages.write(tmp_path / "a.apkg", {"media": b"{}"})
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FileProblem, match=text):
        measure(str(path), LIMIT)


@pytest.mark.parametrize(
    "meta", [field(1, LEGACY_2) + field(1, LATEST), b"\x08\x83\x80\x00", field(9, "x") + field(1, LATEST), b"\xff"]
)
def test_a_strange_meta_hides_no_bomb(tmp_path, meta):
    parts = {"meta": meta, "media": zstandard(b""), "collection.anki21b": zeros(10 * GIB)}
    with pytest.raises(FileProblem, match="too large"):
        measure(str(packages.write(tmp_path / "a.apkg", parts)), LIMIT)


def test_measuring_can_be_stopped(tmp_path):
    def stop():
        raise Cancelled

    path = packages.write(tmp_path / "a.apkg", {"collection.anki2": b"x"})
    with pytest.raises(Cancelled):
        measure(str(path), LIMIT, stop)


def test_media_that_were_unpacked_are_judged_by_the_same_rule():
    check_unpacked(10 * MIB, 900 * MIB, LIMIT)
    with pytest.raises(FileProblem):
        check_unpacked(10 * MIB, 1001 * MIB, LIMIT)
    with pytest.raises(FileProblem):
        check_unpacked(10 * GIB, 9 * GIB, LIMIT)
