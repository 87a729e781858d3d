"""What the actions on Anki's windows take and give."""

from typing import Any

from .base import Object, Params
from .fields import NOT_TEXT, Boolean, Ids, Integer, List, Nested, String, TextMap, Texts
from .media import AUDIO, PICTURE, VIDEO
from .note import FIELD_VALUES, LENIENT, tag_list
from .search import Search
from .tags import Tags

BROWSED_CARDS = Ids("Ids of the cards that match, in no particular order.", title="BrowsedCards")
SHOWN_NOTE_ID = Integer("Always 0: a note that was not added yet has no id.", title="ShownNoteId")
DONE = Boolean("It was possible in the window's present state.", title="Done")
UNDONE = Boolean("Something was undone.", title="Undone")
SELECTED_NOTES = Ids("Ids of the notes selected in the browser; none when it is closed.", title="SelectedNotes")
ADD_WINDOW_CHANGED = Boolean("Always true.", title="AddWindowChanged")

ACTIVATE = Boolean(
    "Bring the window to the front and give it the focus; with false nothing the user does is interrupted.",
    load_default=True,
)

_COLUMN_AND_ORDER = 'Must provide a "columnId" and a "order" property"'


def _invalid_order(value: Any) -> str:
    return f"invalid card order: {value}"


class ReorderCards(Object):
    order = String(
        "`ascending` or `descending`.", required=True, legacy=_invalid_order, legacy_missing=_COLUMN_AND_ORDER
    )
    column_id = String("Anki's key of a column that is visible.", required=True, legacy_missing=_COLUMN_AND_ORDER)


class GuiBrowse(Params):
    query = Search("Search text; without it the browser is only opened.", load_default=None)
    reorder_cards = Nested(
        ReorderCards,
        "How to sort the browser.",
        load_default=None,
        legacy=lambda value: f"reorderCards should be a dict: {value}",
    )
    activate = ACTIVATE


class GuiSelectCard(Params):
    card = Integer("Card id.", required=True)


class GuiSelectNote(Params):
    note = Integer("Card id, in spite of the name.", required=True)


class NoteDraft(Object):
    deck_name = String("Deck.", required=True)
    model_name = String("Note type.", required=True)
    fields = TextMap("Exact field name to HTML.", load_default=dict)
    tags = Tags("Tags.", load_default=list, tolerate=tag_list, legacy=NOT_TEXT)
    audio = AUDIO
    video = VIDEO
    picture = PICTURE


class GuiAddCards(Params):
    note = Nested(NoteDraft, "What to fill in.", load_default=None)
    lenient = LENIENT
    activate = ACTIVATE


class NoteDraftChange(Object):
    deck_name = String("Deck; the selected one stays when left out.", load_default=None)
    model_name = String("Note type; the selected one stays when left out.", load_default=None)
    fields = TextMap("Exact field name to HTML; the other fields stay.", load_default=dict)
    tags = Tags("Tags; they stay when left out.", load_default=None, tolerate=tag_list, legacy=NOT_TEXT)
    audio = AUDIO
    video = VIDEO
    picture = PICTURE


class GuiAddNoteSetData(Params):
    note = Nested(NoteDraftChange, "What to fill in.", required=True)
    append = Boolean("Add to the fields and the tags instead of replacing them.", load_default=False)
    lenient = LENIENT


class GuiEditNote(Params):
    note = Integer("Note id.", required=True)
    activate = ACTIVATE


class CurrentCard(Object):
    card_id = Integer("Card id.", required=True)
    fields = FIELD_VALUES
    field_order = Integer("Index of the card's template, or of its cloze deletion.", required=True)
    question = String("Rendered question with its style.", required=True)
    answer = String("Rendered answer with its style.", required=True)
    buttons = List(Integer(), "Numbers of the answer buttons.", required=True)
    next_reviews = Texts("Label of each answer button.", required=True)
    model_name = String("Note type.", required=True)
    deck_name = String("Deck that the card is in.", required=True)
    css = String("Styling of the note type.", required=True)
    template = String("Name of the card's template.", required=True)


CURRENT_CARD = Nested(CurrentCard, "The card that is being reviewed.")


class GuiAnswerCard(Params):
    ease = Integer(
        "Answer button, from 1.",
        required=True,
        legacy=lambda value: f"'<=' not supported between instances of '{type(value).__name__}' and 'int'",
    )


class GuiDeck(Params):
    name = String("Deck name, compared without case.", required=True)


class GuiImportFile(Params):
    path = String(
        "File to import; without it the user picks one.", load_default=None, tolerate=lambda value: value or None
    )
    activate = ACTIVATE


class GuiCheckDatabase(Params):
    wait = Boolean("Reply when the check has ended.", load_default=True)
    activate = ACTIVATE


class DatabaseCheck(Object):
    ok = Boolean("No problem was found.", required=True)
    report = String("What was found and done, in Anki's words.", required=True)


DATABASE_CHECK = Nested(
    DatabaseCheck,
    "What the check found; null where it was not waited for.",
    title="DatabaseCheckResult",
    allow_none=True,
)
