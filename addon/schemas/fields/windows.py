"""Params and results that many actions on windows share."""

from .basic import Boolean

DONE = Boolean("Always true.", title="Done")


ACTIVATE = Boolean(
    "Bring the window to the front and focus it; if false, the user is not interrupted.",
    load_default=True,
)
