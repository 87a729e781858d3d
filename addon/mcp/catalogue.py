"""The offer to agents: which actions are tools by default, their descriptions, and the resources and prompts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

INSTRUCTIONS = """\
Anki keeps notes; each note makes one card or more by the templates of its note type (called model here), and cards, \
not notes, are in decks and are reviewed.
Before you add notes, read the field names with listModels and the decks with deckStatistics. Note ids come from \
findNotes, notesInfo and addNotes, card ids from findCards, nextCards and the `cards` of a note.
Fields contain HTML: escape `<` and `&` in plain text. Work in bulk: one call for many notes.
Each call that writes is one undo step, which `undo` reverts. A result that is too long is cut, and `truncated` says \
how to get the rest. An error says what was wrong: correct the call and try again."""

SEARCH = """\
Search text as in Anki's browser. Terms separated by spaces must all match, `or` between two matches either, `-` \
before one excludes it, parentheses group, `*` is any text, and a term with spaces is quoted whole: `"deck:My \
Deck"`. Terms: `dog` (any field contains it), `"a dog"`, `w:dog` (whole word), `front:dog` (field is dog), \
`front:*dog*` (field contains it), `front:` (field is empty), `deck:French` (with its sub-decks), `tag:verb`, \
`tag:none`, `note:Basic` (note type), `card:1` (template), `is:due`, `is:new`, `is:learn`, `is:review`, \
`is:suspended`, `flag:1`, `added:7` (in the last 7 days), `edited:7`, `rated:7` (answered), `rated:7:1` (Again), \
`prop:lapses>3`, `prop:ivl>=30` (interval in days), `prop:due=1` (tomorrow), `nid:1,2`, `cid:1,2`. Examples: \
`deck:French is:due -tag:hard`, `(tag:a1 or tag:a2) added:30`."""


class Curated(NamedTuple):
    """How a tool differs from its action."""

    text: str = ""
    """Added to the action's description."""
    title: str = ""
    """The title of the tool; if empty, it is made from the name."""
    without: tuple[str, ...] = ()
    """Params that are not offered; a dot leads into the objects of a list."""
    fixed: Mapping[str, Any] = MappingProxyType({})
    """Params that are not offered but always set, because other values would lose data that undo cannot restore."""


CURATED: Mapping[str, Curated] = MappingProxyType(
    {
        # --- find and read ---
        "findNotes": Curated(f"{SEARCH}\nNext: notesInfo shows what is in them.", without=("orderBy", "descending")),
        "notesInfo": Curated(
            "With `query` (see findNotes) it finds and reads in one call. `cards` has the ids for cardsInfo, suspend "
            "and changeDeck.",
            without=("plainText",),
        ),
        "findCards": Curated("findNotes explains the search text. Next: cardsInfo, or a tool that changes cards."),
        "cardsInfo": Curated(
            "Long: ask for a few at a time, or read the notes with notesInfo. `interval` is in days, `factor` in "
            "tenths of a percent."
        ),
        "findDuplicates": Curated("findNotes explains `query`."),
        "getTags": Curated(),
        # --- add and change notes ---
        "addNotes": Curated(
            "Use `deckName` from deckStatistics, `modelName` and the field names from listModels. The first field must "
            "not be empty; a note is a duplicate if another of this type has the same first field. For a cloze note "
            "type write {{c1::hidden text}} or {{c1::hidden text::hint}}. Store pictures and sounds with "
            'storeMediaFile, then name them in a field: <img src="name.jpg"> or [sound:name.mp3].',
            without=(
                *("notes.audio", "notes.video", "notes.picture"),
                *("notes.options.duplicateScopeOptions", "notes.options.suspended", "notes.options.flag"),
            ),
        ),
        "updateNotes": Curated(
            "Fields and tags that are left out stay. Read the note with notesInfo first, and send its `mod` as "
            "`ifMod`: then you cannot overwrite a later change."
        ),
        "addTags": Curated("Tags have no spaces; `::` makes levels, as in `grammar::verbs`.", without=("add",)),
        "removeTags": Curated(),
        # --- review ---
        "nextCards": Curated(
            "To review with the user: show the question, wait for the user's answer, show the answer, ask how well it "
            "was remembered, then call answerCards. To examine without knowing the answer, ask for the `question` "
            "first.",
            without=("states",),
        ),
        "answerCards": Curated(
            "It changes when the card is shown again: answer only what the user has answered.",
            without=("answers.token",),
        ),
        "suspend": Curated("A suspended card is not shown until it is unsuspended."),
        "setDueDate": Curated(),
        "setFlags": Curated(),
        # --- decks ---
        "deckStatistics": Curated(
            "The list of decks. `newToday`, `learningToday` and `reviewToday` count the cards left for today."
        ),
        "createDeck": Curated("`::` between levels makes a sub-deck, as in `French::Verbs`."),
        "changeDeck": Curated("It moves cards: the `cards` of a note, or the ids from findCards."),
        "renameDeck": Curated(),
        "selectDeck": Curated("nextCards returns the cards of the current deck."),
        # --- note types ---
        "listModels": Curated("A model is a note type.", title="List note types"),
        "modelTemplates": Curated("HTML with {{Field}} in it.", title="Templates of a note type"),
        "createModel": Curated(
            "First check whether an existing one (listModels) fits. The question side names a field as {{Field}}; the "
            "answer side mostly begins with {{FrontSide}}<hr id=answer>. A cloze note type has one template, with "
            "{{cloze:Field}} on both sides.",
            title="Create note type",
        ),
        "updateModelTemplates": Curated(
            "Read them with modelTemplates first.",
            title="Rewrite templates of a note type",
        ),
        "updateModelStyling": Curated(title="Replace styling of a note type"),
        # --- media ---
        "getMediaFilesNames": Curated(),
        "storeMediaFile": Curated(
            "Send one of `path` (on Anki's computer), `url` and `data`. Write the name from the result into a field: "
            '<img src="name.jpg"> or [sound:name.mp3].',
            without=("skipHash", "collision"),
            fixed=MappingProxyType({"deleteExisting": False}),
        ),
        # --- statistics ---
        "collectionStatistics": Curated("findNotes explains `query`; `deck:French` selects the cards of a deck."),
        "dueForecast": Curated("findNotes explains `query`."),
        "studyStreak": Curated(),
        "getReviewsOfCards": Curated("`ease` is 1 Again to 4 Easy; `id` is the time in milliseconds since 1970."),
        # --- taking back, syncing, showing ---
        "undoStatus": Curated(),
        "undo": Curated(
            "Call undoStatus first: the newest step may be the user's own. Undoing it is refused unless destructive "
            "tools are allowed."
        ),
        "sync": Curated("Ask the user first.", without=("waitForMedia",), fixed=MappingProxyType({"full": None})),
        "guiBrowse": Curated(
            "It shows the result of a search to the user, in Anki's window.", without=("reorderCards",)
        ),
        # --- offered only if destructive tools are allowed ---
        "deleteNotes": Curated("Ask the user first; suspending or tagging would keep the notes."),
        "deleteDecks": Curated("Ask the user first; changeDeck would keep the cards."),
        "changeNoteType": Curated("Call it with `dryRun` first, and show the user what would be lost."),
        "findAndReplaceInNotes": Curated(
            "findNotes explains `query`. Call it with `dryRun` first. For a few notes, updateNotes is safer."
        ),
        "renameTag": Curated("`::` makes levels, as in `grammar::verbs`."),
    }
)
"""The tools that are offered by default, in their order."""

LEFT_OUT = frozenset({"multi", "startOperation", "apiReflect", "requestPermission", "syncLogin"})
"""Actions that are never tools. The first two call other actions, which may not be offered; the last has a password."""

DESTRUCTIVE_TOOLS = frozenset({"redo"})
"""Tools that can delete data, beside the actions that have a dry run: redo can repeat a deletion."""

DESTRUCTIVE_PARAMS = frozenset({"deleteExisting"})
"""Params that can delete data, in any tool and at any depth. If they are left out, nothing is deleted."""


class Resource(NamedTuple):
    """Data that agents read by an address (`uri`). If there is a `param`, the address ends with a number, its value."""

    uri: str
    name: str
    title: str
    description: str
    method: str
    param: str | None = None


RESOURCES = (
    Resource(
        "anki://decks",
        "decks",
        "Decks",
        "All decks as a flat list of full names, `::` between levels, with the cards left for today and the states of "
        "all cards.",
        "deckStatistics",
    ),
    Resource(
        "anki://note-types",
        "note-types",
        "Note types",
        "All note types with their fields and templates.",
        "listModels",
    ),
    Resource(
        "anki://statistics",
        "statistics",
        "Statistics",
        "Cards, today's answers and retention of the whole collection.",
        "collectionStatistics",
    ),
    Resource("anki://notes/{noteId}", "note", "Note", "A note with its fields, tags and cards.", "notesInfo", "notes"),
    Resource("anki://cards/{cardId}", "card", "Card", "A card with both sides and scheduling.", "cardsInfo", "cards"),
)


class Argument(NamedTuple):
    """An argument of a prompt; it is required if it has no default."""

    name: str
    description: str
    default: str | None = None


class Prompt(NamedTuple):
    """A prepared message that a user sends by choosing it."""

    name: str
    title: str
    description: str
    text: str
    arguments: tuple[Argument, ...] = ()


PROMPTS = (
    Prompt(
        "make_cards",
        "Make cards from a text",
        "Turns a text into notes, shows them, and adds them.",
        "Make Anki notes from the text below, for {deck}, with {note_type}.\n"
        "Read the decks and note types with deckStatistics and listModels. Each note asks one thing that is worth "
        "remembering, and is short and clear without the text at hand; prefer cloze deletions for definitions and "
        "lists. Check with findNotes whether a note exists already. Show me the notes as a table and wait until I "
        "agree. Then add them with one call of addNotes, and report which notes were added, which were not, and why."
        "\n\n{text}",
        (
            Argument("text", "The text to make cards from."),
            Argument("deck", "Full name of the deck.", "the deck that fits best (ask me if none does)"),
            Argument("note_type", "Name of the note type.", "the note type that fits best"),
        ),
    ),
    Prompt(
        "review",
        "Review with me",
        "Asks the due cards one by one, and answers them as the user decides.",
        "Review my due cards in {deck} with me. Select the deck with selectDeck, then get one card at a time with "
        "nextCards. Show me only the question, in plain text, and wait for my answer. Then show me the answer, say "
        "what I had right and wrong, propose an ease (1 Again, 2 Hard, 3 Good, 4 Easy), and wait until I agree before "
        "you call answerCards. Continue until I stop or no card is left, then sum up what I should look at again.",
        (Argument("deck", "Full name of the deck.", "the current deck"),),
    ),
    Prompt(
        "explain_leeches",
        "Explain my leeches",
        "Finds the cards that are forgotten again and again, and proposes better ones.",
        "Find the cards that I keep forgetting in {deck}: search with findCards for `tag:leech or prop:lapses>=6`, "
        "read them with notesInfo and their reviews with getReviewsOfCards. Explain for each why it is hard: too much "
        "on one card, too similar to another card, no context, an unclear question. Propose a better wording, a split "
        "or a mnemonic, and change notes with updateNotes only after I have agreed.",
        (Argument("deck", "Full name of the deck.", "all decks"),),
    ),
    Prompt(
        "tidy_notes",
        "Tidy up notes",
        "Finds duplicates, mistakes and inconsistent formatting, and corrects what the user agrees to.",
        "Read the notes that the search `{query}` finds (notesInfo). List duplicates (findDuplicates), typing "
        "mistakes, empty fields and inconsistent formatting, with the note ids, as a short table. Correct what I agree "
        "to with one call of updateNotes; send for each note the `mod` that you have read as `ifMod`.",
        (Argument("query", "Search text as in Anki's browser.", "deck:current"),),
    ),
)
