"""Params and results of the actions on profiles."""

from ..base import Object, Params
from ..fields.basic import Boolean, String, Strings

PROFILES = Strings("Names of all profiles, sorted.", title="Profiles")
ACTIVE_PROFILE = String(
    "Name of the open profile; if none is open, of the last one that was open; null if none ever was.",
    title="ActiveProfile",
    allow_none=True,
)
_NAME = "Exact name of the profile."


class LoadProfile(Params):
    name = String(_NAME, required=True)


PROFILE_LOADED = Boolean("Always true: the profile is open.", title="ProfileLoaded")


class AddProfile(Params):
    name = String("Name of the new profile. Blanks around it are removed.", required=True)


class RenameProfile(Params):
    name = String(_NAME, required=True)
    new_name = String("New name. Blanks around it are removed.", required=True)


PROFILE_NAME = String("The name of the profile as it is stored.", title="ProfileName")


class DeleteProfile(Params):
    name = String(_NAME, required=True)


class ProfileDeleted(Object):
    """What became of a deleted profile."""

    in_trash = Boolean(
        "Whether its folder is in the system's trash; false if it was deleted for good, or if there was none.",
        required=True,
    )
