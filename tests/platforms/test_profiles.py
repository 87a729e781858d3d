"""Profiles on a disk on which names that differ only in case, or in their Unicode form, are one name."""

import sys

import base_folders
import pytest

from addon.collection.profile_store import ProfileStore
from addon.rpc.errors import AlreadyExists, Refused

pytestmark = pytest.mark.process


def test_a_profile_is_renamed_to_another_case_and_takes_no_other_folder(mount, monkeypatch):
    monkeypatch.setitem(sys.modules, "send2trash", None)
    base = base_folders.make(mount("case", "forms") / "Anki2", {"home": {}, "Work": {}})
    for name in ("home", "Work", "Stray"):
        (base / name).mkdir()
        (base / name / "collection.anki2").write_text(name)
    store = ProfileStore(base, lambda path: False)
    store.rename("home", "HOME")
    assert sorted(path.name for path in base.iterdir() if path.is_dir()) == ["HOME", "Stray", "Work"]
    for taken in ("stray", "STRAY"):
        with pytest.raises(Refused):
            store.rename("HOME", taken)
    store.rename("HOME", "\u00c4rzte")
    store.rename("\u00c4rzte", "A\u0308rzte")
    assert (base / "\u00e4rzte" / "collection.anki2").read_text() == "home"
    with pytest.raises(AlreadyExists):
        store.rename("Work", "\u00e4rzte")
    store.add("STRAY")
    assert store.delete("STRAY").left
    assert not (base / "Stray").exists()
