"""What the supported Ankis differ in, as far as tests must know it; docs/platforms.md has the same in a table."""

from anki.utils import int_version

from addon.actions import REGISTRY

VERSION = int_version()
"""Of the Anki that the tests run on: 260903 for 26.09.3."""
LACKS = {
    action.name for action in REGISTRY.listed() if int(action.anki.removeprefix(">=").replace(".", "")) * 100 > VERSION
}
"""The actions that this Anki cannot do."""

SEARCH_ERRORS_ARE_HTML = VERSION < 250900
DECKS_HAVE_RETENTION = VERSION >= 250900
"""A deck can have a desired retention of its own."""
LOWERS_MEDIA = VERSION >= 260500
"""The names of new media files are in lower case."""
READS_BACKSLASHES = VERSION >= 260800
"""A text of an image occlusion may have a backslash."""
KNOWS_LATEST_REVIEWS = VERSION >= 250900
"""A search for retrievability uses the time of the latest review."""
COUNTS_DAYS_BEFORE_THE_FIRST = 250900 <= VERSION < 260500
"""A search for retrievability lets a card's interval begin before the collection's first day."""
SIMULATES_STEPS = VERSION >= 250900
"""A simulation can be given the number of steps."""
DID_STANDS_ALONE = VERSION >= 260900
"""A search for `did:1` means the same beside another term. Before, `did:1 is:due` finds all cards of the deck."""
SKIPS_NEW_CARDS = VERSION >= 260900
"""New cards that have reviews get no memory states."""


def is_lacking(answer, method):
    """Whether this Anki cannot do what a method does. The answer must say so."""
    if method not in LACKS:
        return False
    assert answer["error"]["data"]["kind"] == "anki_too_old"
    return True
