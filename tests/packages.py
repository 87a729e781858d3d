"""Packages of every kind that Anki has written, made without Anki's exporter, so that each part can be spoilt."""

import json
import sqlite3
import zipfile
from hashlib import sha1

LEGACY_1, LEGACY_2, LATEST = 1, 2, 3
VERSIONS = {LEGACY_1: "collection.anki2", LEGACY_2: "collection.anki21", LATEST: "collection.anki21b"}


def collection(path, fill, *, version):
    """The file of a new collection, as a package of this version holds it; `fill` is called with the collection."""
    from anki.collection import Collection

    path.parent.mkdir(parents=True, exist_ok=True)
    col = Collection(str(path))
    fill(col)
    col.close(downgrade=version != LATEST)
    return path


def change(path, *statements):
    """Run SQL on the file of a closed collection."""
    with sqlite3.connect(path) as db:
        db.create_collation("unicase", lambda a, b: (a.lower() > b.lower()) - (a.lower() < b.lower()))
        for statement in statements:
            db.execute(*([statement] if isinstance(statement, str) else statement))
    db.close()
    return path


def change_json(path, column, change_value):
    """Change what a collection of the old schema holds as JSON: note types (`models`), `decks`, `dconf`, `conf`."""
    with sqlite3.connect(path) as db:
        (text,) = db.execute(f"select {column} from col").fetchone()
        value = json.loads(text)
        changed = change_value(value)
        db.execute(f"update col set {column} = ?", [json.dumps(value if changed is None else changed)])
    db.close()
    return path


def zstandard(content):
    """A frame of blocks that are not compressed (RFC 8878)."""
    frame = b"\x28\xb5\x2f\xfd\x00\x58"
    blocks = [content[start : start + 2**17] for start in range(0, len(content), 2**17)] or [b""]
    for number, block in enumerate(blocks, 1):
        frame += ((len(block) << 3) | (number == len(blocks))).to_bytes(3, "little") + block
    return frame


def zeros(size):
    """A frame that stands for so many zeros (a multiple of 128 KiB), in 4 bytes for 128 KiB."""
    count = size // 2**17
    block, last = (((2**17 << 3) | 2 | is_last).to_bytes(3, "little") + b"\0" for is_last in (False, True))
    return b"\x28\xb5\x2f\xfd\x00\x58" + block * (count - 1) + last


def field(number, content):
    """A field of a protobuf message: a text, bytes, or a number."""
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    content = content.encode() if isinstance(content, str) else content
    return varint(number << 3 | 2) + varint(len(content)) + content


def varint(value):
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + varint(rest) if rest else bytes([low])


def members(path, version, media=()):
    """The members of a package of the collection at `path`: bytes by name. `media`: pairs of a name and content."""
    content = path.read_bytes()
    if version == LATEST:
        entries = [field(1, name) + field(2, len(data)) + field(3, sha1(data).digest()) for name, data in media]
        return {
            "meta": field(1, version),
            "collection.anki21b": zstandard(content),
            **{str(number): zstandard(data) for number, (_, data) in enumerate(media)},
            "media": zstandard(b"".join(field(1, entry) for entry in entries)),
        }
    return {
        **({"meta": field(1, version)} if version == LEGACY_2 else {}),
        VERSIONS[version]: content,
        **{str(number): data for number, (_, data) in enumerate(media)},
        "media": json.dumps({str(number): name for number, (name, _) in enumerate(media)}).encode(),
    }


def write(path, parts, method=zipfile.ZIP_STORED, methods=None):
    """Write a package; `methods` compresses single members in another way."""
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content, (methods or {}).get(name, method))
    return path
