"""One gateway for many calls, each of which finds it as if no other was made before."""

import shutil
from pathlib import Path

from local_gateway import LocalGateway
from recycled import Copies


class KeptGateway:
    """A gateway on a copy of the example collection, which is made anew if a call has changed something.

    Most calls that may write change nothing: they fail, or only tell what would go. `prepare` is called with each
    gateway that is made.
    """

    def __init__(self, example: Path, folder: Path, prepare=lambda gateway: None, **settings):
        self._folder, self._prepare, self._settings = folder, prepare, settings
        self._profile, self._name = folder / "User 1", example.name
        idle = folder.with_name(f"{folder.name}-idle")
        idle.mkdir()
        self._copies = Copies(example.parent, idle)
        self._gateway, self._state = None, None

    def unchanged(self) -> LocalGateway:
        """The gateway, with the collection and the files as after `prepare`."""
        if self._gateway is None or self._current() != self._state:
            self.close()
            self._folder.mkdir(exist_ok=True)
            self._copies.take(self._profile)
            self._gateway = LocalGateway(self._profile / self._name, **self._settings)
            self._prepare(self._gateway)
            self._state = self._current()
        return self._gateway

    def _current(self):
        """All rows that were ever written, Anki's undo history, and the files beside the collection."""
        col = self._gateway.col
        if col is None:
            return None
        files = [path for path in self._folder.rglob("*") if not path.name.startswith("collection.anki2")]
        stats = [(path, path.stat()) for path in files if path.is_file()]
        return (
            col.db.scalar("select total_changes()"),
            col.db.scalar("pragma data_version"),  # by other connections
            (col.mod, col.undo_status()),
            sorted((path, stat.st_mtime_ns, stat.st_size) for path, stat in stats),
        )

    def close(self):
        if self._gateway is not None:
            self._gateway.close()
            self._gateway = None
            self._copies.give_back(self._profile)
            shutil.rmtree(self._folder)
