"""One gateway for many calls, each of which finds it as if no other was made before."""

from pathlib import Path
from stat import S_ISREG

import seed
from local_gateway import LocalGateway
from recycled import Copies, remove_others


class KeptGateway:
    """A gateway on a copy of the example collection, which is made anew if a call has changed something.

    Most calls that may write change nothing: they fail, or only tell what would go. `prepare` is called with each
    gateway that is made.
    """

    def __init__(self, example: Path, folder: Path, prepare=lambda gateway: None, *, copies=None, **settings):
        self._folder, self._prepare, self._settings = folder, prepare, settings
        self._copies = copies or _copies_of(example, folder)
        self._gateway, self._state = None, None

    def unchanged(self) -> LocalGateway:
        """The gateway, with the collection and the files as after `prepare`."""
        if self._gateway is None or self._current() != self._state:
            self.close()
            copies, path = self._copies
            copies.take(self._folder / "copy")
            self._gateway = LocalGateway(self._folder / "copy" / path, **self._settings)
            self._prepare(self._gateway)
            self._state = self._current()
        return self._gateway

    def _current(self):
        """All rows that were ever written, Anki's undo history, and the files and folders beside the collection."""
        col = self._gateway.col
        if col is None:
            return None
        paths = [path for path in self._folder.rglob("*") if not path.name.startswith("collection.anki2")]
        files = [(path, path.lstat()) for path in paths]
        return (
            # The version changes by other connections. A bare pragma would empty the undo history.
            col.db.first("select total_changes(), data_version from pragma_data_version"),
            (col.mod, col.undo_status()),
            sorted((path, S_ISREG(stat.st_mode) and (stat.st_mtime_ns, stat.st_size)) for path, stat in files),
        )

    def close(self):
        if self._gateway is not None:
            self._gateway.close()
            self._gateway = None
            self._copies[0].give_back(self._folder / "copy")
            remove_others(self._folder, ())


def _copies_of(example, folder):
    """Copies of the example collection and its media, and where it is in them."""
    idle, source = (folder.with_name(f"{folder.name}-{name}") for name in ("idle", "source"))
    idle.mkdir()
    path = seed.copy(example, source).relative_to(source)
    return Copies(source, idle), path
