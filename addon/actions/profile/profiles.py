"""Profiles: listing them, the open one, and opening another."""

from __future__ import annotations

from concurrent.futures import Future

from ...rpc.context import Context
from ...rpc.errors import Busy, GuiUnavailable, NotFound, Refused, StillRunning
from ...rpc.executor import RunsOn
from ...rpc.registry import DEFAULT_LIMIT_S, Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
from ...schemas.profile import profiles as s


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
