"""Params and results of the actions on windows that show and edit notes."""

from ..base import Object, Params
from ..fields.basic import Boolean, Ids, Integer, Nested, String, StringDict
from ..fields.media import AUDIO, PICTURE, VIDEO
from ..fields.notes import DECK_ID, MODEL_ID, Placed
from ..fields.search import Search
from ..fields.tags import Tags
from ..fields.windows import ACTIVATE

BROWSED_CARDS = Ids("Ids of the cards that match, in no particular order.", title="BrowsedCards")


SHOWN_NOTE_ID = Integer("Always 0: the note is not added yet, so it has no id.", title="ShownNoteId")


SELECTED_NOTES = Ids("Ids of the notes selected in the browser; none if it is closed.", title="SelectedNotes")


ADD_WINDOW_CHANGED = Boolean("Always true.", title="AddWindowChanged")


class ReorderCards(Object):
    """The order of the cards in Anki's browser."""

    order = String("`ascending` or `descending`.", required=True)
    column_id = String("Anki's key of a visible column.", required=True)


class GuiBrowse(Params):
    query = Search("Search text; if left out, the browser is only opened.", load_default=None)
    reorder_cards = Nested(ReorderCards, "How to sort the browser.", load_default=None)
    activate = ACTIVATE


class GuiSelectCard(Params):
    card = Integer("Card id.", required=True)


class GuiSelectNote(Params):
    note = Integer("Card id, despite the param's name.", required=True)


class NoteDraft(Placed):
    """A note for the Add window."""

    deck_name = String("Deck, compared without case.")
    model_name = String("Note type, compared without case.")
    fields = StringDict("HTML by exact field name.", load_default=dict)
    tags = Tags("Tags.", load_default=list)
    audio = AUDIO
    video = VIDEO
    picture = PICTURE
    model_id = MODEL_ID
    deck_id = DECK_ID


class GuiAddCards(Params):
    note = Nested(NoteDraft, "The note to fill in.", load_default=None)
    activate = ACTIVATE


class NoteDraftChange(Placed):
    """Changes to the note in the Add window; whatever is left out stays."""

    deck_name = String("Deck; default the selected one.", load_default=None)
    model_name = String("Note type; default the selected one.", load_default=None)
    fields = StringDict("HTML by exact field name; other fields stay as they are.", load_default=dict)
    tags = Tags("Tags; if left out, they stay as they are.", load_default=None)
    audio = AUDIO
    video = VIDEO
    picture = PICTURE
    model_id = MODEL_ID
    deck_id = DECK_ID

    one_of = ()


class GuiAddNoteSetData(Params):
    note = Nested(NoteDraftChange, "The values to fill in.", required=True)
    append = Boolean("Append to the fields and tags instead of replacing them.", load_default=False)


class GuiEditNote(Params):
    note = Integer("Note id.", required=True)
    activate = ACTIVATE
