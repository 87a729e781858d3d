"""Calls that use the list of profiles of a base folder: one at a time, each on a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from ..collection.profile_store import ProfileStore
from ..rpc import threads
from ..rpc.errors import Busy, NotFound, Refused
from .base_folder import BaseFolder
from .opening import CannotOpen

R = TypeVar("R")

PROFILES_TIMEOUT_S = 60.0
NO_PROFILES = (
    "This gateway serves a single collection, which has no list of profiles. A gateway that is started with --base has "
    "the profiles of Anki."
)


class HeadlessProfiles:
    """Any thread may call its methods."""

    def __init__(
        self, base: BaseFolder | None, current: Callable[[], str], is_open_file: Callable[[Path], bool]
    ) -> None:
        """`current`: returns the open profile. `is_open_file`: see `ProfileStore`."""
        self.busy = threading.Lock()
        """Held while a profile is opened, or the list of profiles is changed."""
        self._base = base
        self._current = current
        self._is_open_file = is_open_file

    def in_turn(self, base: BaseFolder, work: Callable[[], R], timeout: float = PROFILES_TIMEOUT_S) -> Future[R]:
        """Work on the profiles. The future raises Busy if another call does for `timeout` seconds.

        Raises Busy if the system allows no more threads.
        """
        answer: Future[R] = Future()
        answer.set_running_or_notify_cancel()

        def run() -> None:
            if not self.busy.acquire(timeout=timeout):
                answer.set_exception(Busy("another profile is being opened"))
                return
            try:
                result = work()
            except CannotOpen as error:
                self.busy.release()
                answer.set_exception(Refused(base.without_folder(str(error))))
            except BaseException as error:
                self.busy.release()
                answer.set_exception(error.with_traceback(None))
            else:
                self.busy.release()
                answer.set_result(result)

        threads.start("profile", run)
        return answer

    def change(self, name: str, change: Callable[[BaseFolder, ProfileStore], R], *, is_new: bool = True) -> Future[R]:
        """Change the list of profiles. Without a base folder, there is only the profile that is served."""
        if (base := self._base) is not None:
            return self.in_turn(base, lambda: change(base, ProfileStore(base.folder, self._is_open_file)))
        answer: Future[R] = Future()
        if is_new or name == self._current():
            answer.set_exception(Refused(NO_PROFILES))
        else:
            answer.set_exception(NotFound(f"profile was not found: {name}", profile=name))
        return answer
