"""What Anki raises, as errors of ours."""

from __future__ import annotations

from anki import errors as anki_errors

from ..rpc.errors import ActionError, AnkiError, CollectionUnavailable, InvalidSearch, NotFound, Refused

_TABLE: tuple[tuple[type[BaseException], type[ActionError]], ...] = (
    (anki_errors.SearchError, InvalidSearch),
    (anki_errors.NotFoundError, NotFound),
    (anki_errors.FilteredDeckError, Refused),
    (anki_errors.CardTypeError, Refused),
    (anki_errors.InvalidInput, Refused),
    (anki_errors.BackendError, AnkiError),
)

_CLOSED = "CollectionNotOpen"


def translate(error: BaseException) -> ActionError | None:
    """The error that a client gets for one of Anki's, None for any other."""
    if isinstance(error, anki_errors.InvalidInput) and _CLOSED in str(error):
        return CollectionUnavailable()
    for theirs, ours in _TABLE:
        if isinstance(error, theirs):
            return ours(str(error))
    return None
