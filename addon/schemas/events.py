"""The events and their params."""

from .base import Base, NoParams
from .fields.basic import Ids, Integer, List, Nested, String, Strings
from .gateway.operations import PROGRESS, STATE


class Kinds(Base):
    kinds = Strings(
        "Kinds that were written: note, card, deck, tag, noteType, config, deckConfig, studyQueues.", required=True
    )


class Notes(Base):
    notes = Ids("Note ids, at most 1,000.", required=True)


class CardAnswered(Base):
    """An answered card."""

    card = Integer("Card id.", required=True)
    ease = Integer("Answer button: 1 is Again, 4 is Easy.", required=True)


class Answers(Base):
    answers = List(Nested(CardAnswered), "The answers, in order, at most 1,000.", required=True)


class Profile(Base):
    profile = String("The profile's name.", required=True)


class OperationChanged(Base):
    id = String("The operation's id.", required=True)
    method = String("The action that was started.", required=True)
    state = STATE
    progress = PROGRESS


EVENTS: dict[str, tuple[str, type[Base]]] = {
    "collectionChanged": ("Something was written.", Kinds),
    "notesAdded": ("Notes were added.", Notes),
    "notesUpdated": ("The fields, tags or note type of notes changed.", Notes),
    "notesDeleted": ("Notes were deleted.", Notes),
    "cardsAnswered": ("Cards were reviewed.", Answers),
    "decksChanged": ("Decks were added, changed or deleted.", NoParams),
    "noteTypesChanged": ("Note types were added, changed or deleted.", NoParams),
    "syncStarted": ("A sync has started.", NoParams),
    "syncFinished": ("A sync has ended; the events for its changes come before this one.", NoParams),
    "operationChanged": ("An operation has started, made progress, or ended.", OperationChanged),
    "profileOpened": ("A profile was opened.", Profile),
    "profileClosed": ("A profile is being closed.", Profile),
    "collectionReplaced": ("Another collection is open, or this one was replaced: read it again.", NoParams),
    "eventsLost": ("Events were dropped before the client read them: read the collection again.", NoParams),
}
"""Description and params of each event by its name."""
