"""Profiles: listing, opening, adding, renaming and deleting them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from ...collection.profile_names import UnfitName, fault_of
from ...collection.profile_store import folder_contents, remove_for_good
from ...rpc import threads
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, Busy, GuiUnavailable, NotFound, Refused, StillRunning
from ...rpc.executor import RunsOn
from ...rpc.host import DeletedProfile
from ...rpc.registry import DEFAULT_LIMIT_S, Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
from ...schemas.fields.basic import Nested
from ...schemas.profile import profiles as s
from ..dry_run import DryRunReport, destructive, dry_run_report

_WAITING = (GuiUnavailable, Busy, StillRunning)
"""Errors of an action that waits for the host."""


@action(
    "getProfiles",
    NoParams,
    s.PROFILES,
    runs_on=RunsOn.ANY,
    errors=[GuiUnavailable, Busy, StillRunning, Refused],
    examples=[Example("headless: the one", {}, ["User 1"])],
)
def get_profiles(ctx: Context) -> Future[list[str]]:
    """List the names of all profiles."""
    return ctx.host.profiles()


@action(
    "getActiveProfile",
    NoParams,
    s.ACTIVE_PROFILE,
    runs_on=RunsOn.ANY,
    is_quick=True,
    examples=[Example("the first", {}, "User 1")],
)
def get_active_profile(ctx: Context) -> str | None:
    """Return the name of the open profile."""
    return ctx.host.profile()


@action(
    "loadProfile",
    s.LoadProfile,
    s.PROFILE_LOADED,
    runs_on=RunsOn.ANY,
    scope=Scope.ADMIN,
    errors=[GuiUnavailable, Busy, StillRunning, NotFound, Refused],
    interactive=True,
    examples=[Example("the one that is open", {"name": "User 1"}, True)],
)
def load_profile(ctx: Context, name: str) -> bool:
    """Close the open profile, open another one, and return once it is open.

    If a window has unsaved text, Anki asks the user what to do; the call is refused if the user keeps the window.
    A headless gateway opens the profiles of its base folder; without one, it has one profile, which is always open. If
    the profile cannot be opened, for example because Anki has it open, the call is refused and the old one stays open.
    """
    if not ctx.wait(ctx.host.open_profile(name), DEFAULT_LIMIT_S):
        raise NotFound(f"profile was not found: {name}", profile=name)
    return True


@action(
    "addProfile",
    s.AddProfile,
    s.PROFILE_NAME,
    runs_on=RunsOn.ANY,
    scope=Scope.ADMIN,
    writes=True,
    undoable=False,
    errors=[*_WAITING, AlreadyExists, Refused],
    examples=[Example("with a base folder", {"name": "Work"}, "Work")],
)
def add_profile(ctx: Context, name: str) -> str:
    """Add a profile, and return its name as it is stored. `loadProfile` opens it, which creates its empty collection.

    A headless gateway needs a base folder for this (`--base`). The rules for names are those of Anki, Windows and
    macOS together, on every system; names that differ only in case count as equal. If the base folder has a folder of
    this name, for example that of a lost profile, the new profile has what is in it, as in Anki.
    """
    stored = _checked(name, field := s.AddProfile.wire("name"))
    with _naming(field):
        ctx.wait(ctx.host.add_profile(stored), DEFAULT_LIMIT_S)
    return stored


@action(
    "renameProfile",
    s.RenameProfile,
    s.PROFILE_NAME,
    runs_on=RunsOn.ANY,
    scope=Scope.ADMIN,
    writes=True,
    undoable=False,
    interactive=True,
    errors=[*_WAITING, NotFound, AlreadyExists, Refused],
    examples=[Example("with a base folder", {"name": "Work", "newName": "Job"}, "Job")],
)
def rename_profile(ctx: Context, name: str, new_name: str) -> str:
    """Rename a profile and its folder, and return the new name as it is stored.

    The open profile is closed, renamed and opened again, as by `loadProfile`: running operations are cancelled, and if
    a window has unsaved text, Anki asks the user what to do. A profile that another program has open is refused. The
    rules for names are those of `addProfile`.
    """
    stored = _checked(new_name, field := s.RenameProfile.wire("new_name"))
    with _naming(field):
        ctx.wait(ctx.host.rename_profile(name, stored), DEFAULT_LIMIT_S)
    return stored


def _checked(name: str, field: str) -> str:
    """Return a new name without the blanks around it, as Anki stores it. Raises Refused if no profile can have it."""
    stored = name.strip()
    if fault := fault_of(stored):
        raise Refused(f"The name of a profile {fault}.", field=field)
    return stored


@contextmanager
def _naming(field: str) -> Iterator[None]:
    """Have errors about a new name say which param has it."""
    try:
        yield
    except UnfitName as error:
        raise Refused(str(error), field=field) from None


def _dry_run_delete(ctx: Context, name: str) -> DryRunReport:
    profile = ctx.wait(ctx.host.find_deletable_profile(name), DEFAULT_LIMIT_S)
    files, size = folder_contents(profile.folder)
    report = dry_run_report(profiles=[name], notes=profile.notes, cards=profile.cards, files=files)
    report["profiles"]["bytes"] = size
    return report


@destructive(
    "deleteProfile",
    s.DeleteProfile,
    Nested(s.ProfileDeleted),
    dry_run=_dry_run_delete,
    runs_on=RunsOn.ANY,
    scope=Scope.ADMIN,
    extra_scopes=(Scope.DELETE, Scope.FILES),
    undoable=False,
    errors=[*_WAITING, NotFound, Refused],
    examples=[
        Example(
            "what would go",
            {"name": "Work", "dryRun": True},
            {"dryRun": True, "profiles": {"count": 1, "names": ["Work"], "bytes": 90_000}},
        ),
        Example("with a base folder", {"name": "Work"}, {"inTrash": True}),
    ],
)
def delete_profile(ctx: Context, name: str) -> dict[str, bool]:
    """Delete a profile with its notes, cards, media and backups. Its folder is moved to the system's trash, as in Anki.

    Without a trash the folder is deleted for good: in Anki if the system has none, and headless also unless the
    library send2trash is installed. The open profile, the only one, and one that another program has open are refused.
    To bring a deleted profile back, put its folder back from the trash, and call `addProfile` with its name.
    """
    answer = ctx.host.delete_profile(name)
    try:
        deleted = ctx.wait(answer, DEFAULT_LIMIT_S)
    except StillRunning:
        answer.add_done_callback(_remove_later)
        raise
    if deleted.left is not None:
        remove_for_good(deleted.left)
    return {"inTrash": deleted.in_trash}


def _remove_later(answer: Future[DeletedProfile]) -> None:
    """Delete the folder of a profile that was deleted after its caller had stopped waiting. Keep no thread waiting,
    unless the system allows no more of them.
    """
    if answer.exception() is None and (left := answer.result().left) is not None:
        try:
            threads.start("removal", remove_for_good, left)
        except Busy:
            remove_for_good(left)
