"""What many actions on windows take and give."""

from .basic import Boolean

DONE = Boolean("It was possible in the window's present state.", title="Done")


ACTIVATE = Boolean(
    "Bring the window to the front and give it the focus; with false nothing the user does is interrupted.",
    load_default=True,
)
