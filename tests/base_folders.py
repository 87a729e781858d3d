"""Anki's base folders, as `aqt.profiles` makes them."""

import contextlib
import pickle
import shutil
import sqlite3


def make(folder, profiles, last=None, **shared):
    """Write `prefs21.db` with these profiles, names to settings. `last`: the profile that was open last."""
    folder.mkdir(parents=True, exist_ok=True)
    everywhere = {"ver": 0, "firstRun": False, "last_loaded_profile_name": last, **shared}
    rows = {"_global": everywhere, **profiles}
    with contextlib.closing(sqlite3.connect(folder / "prefs21.db")) as db:
        db.execute("create table profiles (name text primary key collate nocase, data blob not null)")
        for name, data in rows.items():
            content = data if isinstance(data, bytes) else pickle.dumps(data, protocol=4)
            db.execute("insert into profiles values (?, ?)", (name, content))
        db.commit()
    return folder


def put(folder, name, collection):
    """Put a copy of a collection into a profile's folder; returns its path."""
    target = folder / name / "collection.anki2"
    target.parent.mkdir(exist_ok=True)
    target.with_name(target.name + ".optimized").touch()
    return shutil.copy(collection, target)
