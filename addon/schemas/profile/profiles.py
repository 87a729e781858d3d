"""What the actions on profiles take and give."""

from ..base import Params
from ..fields.basic import Boolean, String, Strings

PROFILES = Strings("Names of all profiles, sorted.", title="Profiles")
ACTIVE_PROFILE = String(
    "Name of the open profile; while none is open, of the last one that was, and null for none yet.",
    title="ActiveProfile",
    allow_none=True,
)


class LoadProfile(Params):
    name = String("Name of the profile, exactly.", required=True)


PROFILE_LOADED = Boolean("The profile is open; false where there is none of that name.", title="ProfileLoaded")
