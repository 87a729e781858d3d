"""The offer to agents: which actions are tools by default, and their descriptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from . import card_media
from .completions import COMPLETERS, Completer
from .prompts import PROMPTS, Prompt
from .replies import Asked, ToolReply
from .resources import RESOURCES, SEARCH_IN_SHORT, Resource

JsonObject = dict[str, Any]

INSTRUCTIONS = """\
Anki keeps notes; each note makes one card or more by the templates of its note type (called model here), and cards, \
not notes, are in decks and are reviewed.
Before you add notes, read the field names with listModels and the decks with deckStatistics. Note ids come from \
findNotes, notesInfo and addNotes, card ids from findCards, nextCards and the `cards` of a note.
Fields contain HTML: escape `<` and `&` in plain text. Work in bulk: one call for many notes.
Each call that writes is one undo step (`undoStep` in its result), which `undo` reverts. Lists have at most 100 \
entries unless you set `limit`. A result that is too long is cut, and `truncated` says how to get the rest. An error \
says what was wrong: correct the call and try again."""


class Curated(NamedTuple):
    """How a tool differs from its action."""

    text: str = ""
    """Added to the action's description."""
    summary: str = ""
    """The first line of the description; if empty, the action's."""
    is_whole: bool = False
    """The text replaces the action's description, except its first line."""
    title: str = ""
    """The title of the tool; if empty, it is made from the name."""
    without: tuple[str, ...] = ()
    """Params that are not offered; a dot leads into the objects of a list."""
    fixed: Mapping[str, Any] = MappingProxyType({})
    """Params that are not offered but always set, because other values would lose data that undo cannot restore."""
    extra: Mapping[str, JsonObject] = MappingProxyType({})
    """The schemas of params that the action does not have. They are for `answer`."""
    answer: Callable[[Asked, JsonObject], ToolReply] | None = None
    """Answers a call, given its arguments, in place of the action's result alone."""


TOOLS: Mapping[str, Curated] = MappingProxyType(
    {
        # --- find and read ---
        "findNotes": Curated(
            f"{SEARCH_IN_SHORT} Next: notesInfo.",
            "Return the ids of the notes that a search finds.",
            without=("orderBy", "descending"),
            is_whole=True,
        ),
        "notesInfo": Curated(
            "With `query` (see findNotes) it finds and reads in one call. `cards` has the ids for cardsInfo, suspend "
            "and changeDeck. Name the `fields` that you need: the rest costs time and room.",
            without=("plainText",),
            is_whole=True,
        ),
        "findCards": Curated(
            "findNotes explains `query`. Next: cardsInfo.",
            "Return the ids of the cards that a search finds.",
            without=("orderBy", "descending"),
            is_whole=True,
        ),
        "cardsInfo": Curated(
            "Name the `fields` that you need: all of them are long. `interval` is in days, `factor` in tenths of a "
            "percent.",
            is_whole=True,
        ),
        "findDuplicates": Curated(is_whole=True),
        "getTags": Curated(is_whole=True),
        # --- add and change notes ---
        "addNotes": Curated(
            "The first field must not be empty; a note is a duplicate if another of this type has the same first "
            "field. For a cloze note type write {{c1::hidden text}} or {{c1::hidden text::hint}}. Store pictures and "
            'sounds with storeMediaFile, then name them in a field: <img src="name.jpg"> or [sound:name.mp3].',
            without=(
                *("notes.audio", "notes.video", "notes.picture", "notes.modelId", "notes.deckId"),
                *("idempotencyKey", "onError"),
                *("notes.options.duplicateScopeOptions", "notes.options.suspended", "notes.options.flag"),
                "notes.options.allowMissingCloze",
            ),
            is_whole=True,
        ),
        "updateNotes": Curated(
            "Fields and tags that are left out stay. Send the `mod` from notesInfo as `ifMod`: then you cannot "
            "overwrite a later change.",
            without=("notes.expected", "onError"),
            is_whole=True,
        ),
        "addTags": Curated(
            "Tags have no spaces; `::` makes levels, as in `grammar::verbs`.", without=("add",), is_whole=True
        ),
        "removeTags": Curated(is_whole=True),
        # --- review ---
        "nextCards": Curated(
            "selectDeck chooses the deck. To review with the user: get the `question` only, wait for the user, "
            "read the `answer` with cardsInfo, ask how well it was remembered, then call answerCards.",
            without=("states",),
            extra=MappingProxyType({"media": card_media.WITH_MEDIA}),
            answer=card_media.next_cards,
            is_whole=True,
        ),
        "answerCards": Curated(
            "It changes when the card is shown again: answer only what the user has answered. A suspended card becomes "
            "unsuspended; an unknown one is skipped.",
            without=("answers.token",),
            is_whole=True,
        ),
        "suspend": Curated("A suspended card is not shown until it is unsuspended.", is_whole=True),
        "setDueDate": Curated("New cards become review cards.", is_whole=True),
        "setFlags": Curated(is_whole=True),
        # --- decks ---
        "deckStatistics": Curated(
            "The list of decks. `newToday` and so on count the cards left for today.",
            is_whole=True,
        ),
        "createDeck": Curated(is_whole=True),
        "changeDeck": Curated(is_whole=True),
        "renameDeck": Curated(is_whole=True),
        "selectDeck": Curated("nextCards returns the cards of the current deck.", is_whole=True),
        # --- note types ---
        "listModels": Curated("A model is a note type.", title="List note types"),
        "modelTemplates": Curated("HTML with {{Field}} in it."),
        "createModel": Curated(
            "First check whether an existing one (listModels) fits. The question side names a field as {{Field}}; the "
            "answer side mostly begins with {{FrontSide}}<hr id=answer>. A cloze note type has one template, with "
            "{{cloze:Field}} on both sides.",
            title="Create note type",
            without=("inOrderFields.description", "inOrderFields.collapsed"),
            is_whole=True,
        ),
        "updateModelTemplates": Curated(
            "Read them with modelTemplates first. Anki creates cards that the new sides require.",
            without=("model.templates.BrowserFront", "model.templates.BrowserBack"),
            is_whole=True,
        ),
        "updateModelStyling": Curated(),
        # --- media ---
        "getMediaFilesNames": Curated(is_whole=True),
        "retrieveMediaFile": Curated(
            "A picture or a sound is returned as such.", answer=card_media.file, is_whole=True
        ),
        "storeMediaFile": Curated(
            "Send one of `path` (on Anki's computer), `url` and `data`. Write the name from the result into a field: "
            '<img src="name.jpg"> or [sound:name.mp3].',
            without=("skipHash", "collision"),
            fixed=MappingProxyType({"deleteExisting": False}),
            is_whole=True,
        ),
        # --- statistics ---
        "collectionStatistics": Curated("`deck:French` selects the cards of a deck.", is_whole=True),
        "dueForecast": Curated(is_whole=True),
        "studyStreak": Curated(is_whole=True),
        "getReviewsOfCards": Curated("`ease` is 1 Again to 4 Easy; `id` is the time in milliseconds since 1970."),
        # --- taking back, syncing, showing ---
        "undoStatus": Curated(),
        "undo": Curated(
            "`undoStep` of a write is the name of its step. Undoing the user's own steps is refused unless destructive "
            "tools are allowed.",
            is_whole=True,
        ),
        "sync": Curated(
            "Ask the user first. If both sides cannot be merged, it fails, and the user must choose in Anki.",
            without=("waitForMedia",),
            fixed=MappingProxyType({"full": None}),
            is_whole=True,
        ),
        "guiBrowse": Curated(
            "It shows the result of a search to the user, in Anki's window.", without=("reorderCards",), is_whole=True
        ),
        # --- offered only if destructive tools are allowed ---
        "deleteNotes": Curated("Ask the user first; suspending or tagging would keep the notes.", is_whole=True),
        "deleteDecks": Curated("Ask the user first; changeDeck would keep the cards.", is_whole=True),
        "changeNoteType": Curated("Call it with `dryRun` first, and show the user what would be lost.", is_whole=True),
        "findAndReplaceInNotes": Curated(
            "findNotes explains `query`. Call it with `dryRun` first. For a few notes, updateNotes is safer.",
            is_whole=True,
        ),
        "renameTag": Curated("If the new name is taken, the two tags become one.", is_whole=True),
    }
)
"""The tools that are offered by default, in their order."""

LEFT_OUT = frozenset({"multi", "startOperation", "apiReflect", "requestPermission", "syncLogin"})
"""Actions that are never tools. The first two call other actions, which may not be offered; the last has a password."""

DESTRUCTIVE_TOOLS = frozenset({"redo"})
"""Tools that can delete data, beside the actions that have a dry run: redo can repeat a deletion."""

NOT_READING = frozenset({"cancelOperation"})
"""Tools that change what others do, although they neither write nor need a scope for it."""

DESTRUCTIVE_PARAMS = frozenset({"deleteExisting"})
"""Params that can delete data, in any tool and at any depth. If they are left out, nothing is deleted."""


class Catalogue(NamedTuple):
    """All that is offered."""

    tools: Mapping[str, Curated]
    """The tools that are offered by default, in their order."""
    resources: Sequence[Resource]
    prompts: Sequence[Prompt]
    completers: Mapping[str, Completer]
    """What completes the arguments of prompts and resources, by their names."""
    instructions: str


ANKI = Catalogue(TOOLS, RESOURCES, PROMPTS, COMPLETERS, INSTRUCTIONS)
