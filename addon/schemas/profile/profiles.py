"""Params and results of the actions on profiles."""

from ..base import Params
from ..fields.basic import Boolean, String, Strings

PROFILES = Strings("Names of all profiles, sorted.", title="Profiles")
ACTIVE_PROFILE = String(
    "Name of the open profile; if none is open, of the last one that was open; null if none ever was.",
    title="ActiveProfile",
    allow_none=True,
)


class LoadProfile(Params):
    name = String("Exact name of the profile.", required=True)


PROFILE_LOADED = Boolean("Always true: the profile is open.", title="ProfileLoaded")
