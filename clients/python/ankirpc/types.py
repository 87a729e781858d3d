# Made from spec/openrpc.json by `make clients`: do not edit.

"""What goes in and comes out, as the JSON has it."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict, final


@final
class Answer(TypedDict):
    cardId: int
    """Card id."""
    ease: int
    """1 Again, 2 Hard, 3 Good, 4 Easy."""
    time: NotRequired[int]
    """How long the answer took, in milliseconds. Anki cuts it to the longest time of the deck's preset."""


@final
class Backup(TypedDict):
    name: str
    """File name in the backup folder of the profile."""
    size: int
    """Bytes."""
    created: int
    """Time in seconds since 1970."""


@final
class BackupMade(TypedDict):
    created: bool
    """False where nothing was changed since the last one."""
    name: str | None
    """Name of the newest backup; null where there is none."""


@final
class Call(TypedDict):
    action: str
    """Name of the action."""
    params: NotRequired[dict[str, Any] | list[Any]]
    """Its params, by name or by position."""
    key: NotRequired[Any]
    """API key of this call; the outer request's where there is none."""


@final
class CanAdd(TypedDict):
    canAdd: bool
    """The note can be added."""
    error: NotRequired[str]
    """Why it cannot; only then."""


@final
class CardAnswered(TypedDict):
    card: int
    """Card id."""
    ease: int
    """The button: 1 is Again, 4 is Easy."""


@final
class CardCounts(TypedDict):
    new: int
    """New."""
    learning: int
    """In learning."""
    relearning: int
    """Being relearned."""
    young: int
    """In review, at intervals below 21 days."""
    mature: int
    """In review, at intervals from 21 days on."""
    suspended: int
    """Suspended, and counted nowhere else."""
    buried: int
    """Buried, and counted nowhere else."""


@final
class CardTemplate(TypedDict):
    Front: str
    """Question side."""
    Back: str
    """Answer side."""
    Name: NotRequired[str]
    """Template name; `Card 1`, `Card 2` and so on by position when left out."""


@final
class CardTime(TypedDict):
    cardId: int
    """Card id."""
    mod: int
    """Last change, in seconds since 1970."""


@final
class ChangedNote(TypedDict):
    id: int
    """Note id."""
    fields: NotRequired[dict[str, str]]
    """Field name, compared without case, to its new HTML; others stay as they are."""
    tags: NotRequired[list[str] | None]
    """All the tags that the note will have; its own when left out."""
    addTags: NotRequired[list[str]]
    """Tags that it gets beside."""
    removeTags: NotRequired[list[str]]
    """Tags that it loses."""
    ifMod: NotRequired[int | None]
    """Only while the note's `mod`, as notesInfo tells it, is this one. Anki counts seconds: of two changes within
    one, the second does not show.
    """


@final
class CurrentDeck(TypedDict):
    deckId: int
    """Deck id."""
    name: str
    """Full deck name."""


@final
class DatabaseCheck(TypedDict):
    ok: bool
    """No problem was found."""
    report: str
    """What was found and done, in Anki's words."""


@final
class DatabaseReport(TypedDict):
    ok: bool
    """No problem was found."""
    problems: list[str]
    """Problems that were found and mended, in the language of Anki."""


@final
class DeckFigures(TypedDict):
    deckId: int
    """Deck id."""
    name: str
    """Full deck name."""
    isFiltered: bool
    """It is a filtered deck."""
    newToday: int
    """New cards still due today, within the limits."""
    learningToday: int
    """Cards in learning still due today."""
    reviewToday: int
    """Reviews still due today, within the limits."""
    cards: int
    """All cards."""
    counts: CardCounts


@final
class DeckPreset(TypedDict):
    presetId: int
    """Id of the preset, `configId` to other actions."""
    name: str
    """Its name."""
    decks: list[str]
    """Full names of the decks that use it."""


@final
class DeckStats(TypedDict):
    deck_id: int
    """Deck id."""
    name: str
    """Last part of the name."""
    new_count: int
    """New cards still due today."""
    learn_count: int
    """Cards in learning still due today."""
    review_count: int
    """Reviews still due today."""
    total_in_deck: int
    """All cards of the deck itself, without those of its sub-decks."""


@final
class DeckSummary(TypedDict):
    id: int
    """Deck id."""
    mod: int
    """Last change, in seconds since 1970."""
    name: str
    """Full name."""
    desc: str
    """Description."""
    dyn: int
    """1 for a filtered deck, else 0."""
    conf: int | None
    """Id of its options; null for a filtered deck."""


@final
class DueOnDay(TypedDict):
    day: int
    """Days from today."""
    date: str
    """Local date, as `2026-11-24`."""
    count: int
    """Cards that get due."""


@final
class DuplicateGroup(TypedDict):
    values: list[str]
    """What is equal: text without HTML, but with the names of media files."""
    notes: list[int]
    """Note ids, oldest first."""


@final
class DuplicateScopeOptions(TypedDict):
    deckName: NotRequired[str | None]
    """Deck to look in instead of the note's own."""
    checkChildren: NotRequired[bool]
    """Look in its sub-decks too."""
    checkAllModels: NotRequired[bool]
    """Look at notes of every note type."""


@final
class EmptyCardsOfNote(TypedDict):
    noteId: int
    """Note id."""
    cards: list[int]
    """Its empty cards."""
    allCards: bool
    """The note has no other card."""


@final
class EmptyCardsRemoved(TypedDict):
    cards: list[int]
    """Cards that were removed."""
    notes: list[int]
    """Notes that went with their last card."""


@final
class ErrorObject(TypedDict):
    code: int
    """What sort of error, as a number."""
    message: str
    """What happened, for people."""
    data: NotRequired[dict[str, Any]]
    """More for programs, `kind` always among it."""


@final
class FieldFont(TypedDict):
    font: str
    """Font in the editor."""
    size: int
    """Font size in the editor, in points."""


@final
class FieldValue(TypedDict):
    value: str
    """HTML of the field."""
    order: int
    """Position of the field, from 0."""


@final
class FilteredDeckMade(TypedDict):
    deckId: int
    """Deck id."""
    name: str
    """Full name, as Anki has tidied it."""
    cards: int
    """Number of cards in it."""


@final
class Forecast(TypedDict):
    overdue: int
    """Cards that were due before today."""
    days: list[DueOnDay]
    """An entry per day, today first."""


@final
class FsrsFit(TypedDict):
    logLoss: float
    """How far predictions and answers are apart; smaller is better."""
    rmseBins: float
    """The same, over groups of alike reviews; 0.05 stands for 5 %."""


@final
class GoingIds(TypedDict):
    count: int
    """How many."""
    ids: list[int]
    """Their ids, at most 1,000 of them."""


@final
class GoingNames(TypedDict):
    count: int
    """How many."""
    names: list[str]
    """Their names, at most 1,000 of them."""


@final
class ListedModel(TypedDict):
    id: int
    """Id of the note type."""
    name: str
    """Name."""
    isCloze: bool
    """It makes cards from cloze deletions: `{{c1::text}}` in a field."""
    fields: list[str]
    """Field names in field order; no note without the first one."""
    templates: list[str]
    """Template names; a note has one card of each at most, or of each cloze number."""
    notes: int
    """Number of its notes."""


@final
class LoggedReview(TypedDict):
    id: int
    """Time of the answer in milliseconds since 1970."""
    usn: int
    """-1 until synced."""
    ease: int
    """Button: 1-4; 0 for a change by hand."""
    ivl: int
    """New interval in days; negative for seconds."""
    lastIvl: int
    """Interval before, in the same units."""
    factor: int
    """Ease in tenths of a percent."""
    time: int
    """Time taken in milliseconds."""
    type: int
    """0 learning, 1 review, 2 relearning, 3 filtered, 4 by hand, 5 rescheduled."""
    cardId: int
    """Card id; the card may be deleted."""


@final
class Losses(TypedDict):
    dryRun: bool
    """Always true: nothing was changed."""
    notes: NotRequired[GoingIds]
    cards: NotRequired[GoingIds]
    decks: NotRequired[GoingNames]
    files: NotRequired[GoingNames]
    tags: NotRequired[GoingNames]
    fields: NotRequired[GoingNames]
    templates: NotRequired[GoingNames]
    presets: NotRequired[GoingNames]
    changedNotes: NotRequired[GoingIds]
    changedCards: NotRequired[GoingIds]
    changedDecks: NotRequired[GoingNames]
    changedModels: NotRequired[GoingNames]


@final
class MediaItem(TypedDict):
    filename: str
    """Name to store under, without its folders; Anki cleans it."""
    data: NotRequired[str | None]
    """Content in base64; used before `path` and `url`."""
    path: NotRequired[str | None]
    """File to copy, readable by the gateway; used before `url`."""
    url: NotRequired[str | None]
    """Address to fetch, http or https."""
    skipHash: NotRequired[str | None]
    """MD5 of content that must not be stored, in lower-case hexadecimal digits."""
    deleteExisting: NotRequired[bool]
    """As in storeMediaFile, but off by default."""
    fields: NotRequired[list[str] | None]
    """Exact names of the fields that get the reference appended."""


@final
class MediaReport(TypedDict):
    unused: list[str]
    """Files that no note and no template names."""
    missing: list[str]
    """Files that are named, but not there."""
    notesWithMissing: list[int]
    """Notes that name them."""
    hasTrash: bool
    """There are files in Anki's media trash."""


@final
class MemoryState(TypedDict):
    cardId: int
    """Card id."""
    stability: float | None
    """Days after which it is remembered with 90 %."""
    difficulty: float | None
    """From 1 to 10."""
    retrievability: float | None
    """How likely it is remembered now, from 0 to 1."""
    desiredRetention: float | None
    """How likely it shall be remembered when it gets due, from 0 to 1."""
    decay: float | None
    """How fast it is forgotten: the exponent of the forgetting curve."""


@final
class Missing(TypedDict):
    pass


@final
class ModelField(TypedDict):
    name: str
    """Field name."""
    ord: int
    """Position, from 0."""
    sticky: bool
    """Keeps its text in the Add window."""
    rtl: bool
    """Written from right to left."""
    font: str
    """Font in the editor."""
    size: int
    """Font size in the editor, in points."""
    description: NotRequired[str]
    """Hint in an empty field of the editor."""
    plainText: NotRequired[bool]
    """Edited as HTML by default."""
    collapsed: NotRequired[bool]
    """Collapsed in the editor."""
    excludeFromSearch: NotRequired[bool]
    """Left out of searches that name no field."""
    id: NotRequired[int | None]
    """Id of the field."""
    tag: NotRequired[int | None]
    """Anki's own mark."""
    preventDeletion: NotRequired[bool]
    """Anki refuses to delete it."""


@final
class NewField(TypedDict):
    name: str
    """Field name."""
    description: NotRequired[str]
    """Hint in an empty field of the editor."""
    collapsed: NotRequired[bool]
    """Collapsed in the editor."""


@final
class NewSides(TypedDict):
    Front: NotRequired[str]
    """New question side; left as it is when empty or left out."""
    Back: NotRequired[str]
    """New answer side; left as it is when empty or left out."""
    BrowserFront: NotRequired[str]
    """Front in Anki's browser."""
    BrowserBack: NotRequired[str]
    """Back there."""


@final
class NewStyling(TypedDict):
    name: str
    """Note type name, compared without case."""
    css: str
    """The new styling; may be empty."""


@final
class NewTemplate(TypedDict):
    Name: str
    """Template name in its exact spelling."""
    Front: str
    """Question side."""
    Back: str
    """Answer side."""


@final
class NewTemplates(TypedDict):
    name: str
    """Note type name, compared without case."""
    templates: dict[str, NewSides]
    """Template name in its exact spelling to its new sides; names of no template are skipped."""


@final
class NextSteps(TypedDict):
    undo: str | None
    """Name of the step that would be undone; null for none."""
    redo: str | None
    """Name of the step that would be redone; null for none."""


@final
class NoteChanges(TypedDict):
    id: int
    """Note id."""
    fields: NotRequired[dict[str, str]]
    """As in updateNoteFields; when left out they stay as they are."""
    audio: NotRequired[list[MediaItem]]
    """Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    video: NotRequired[list[MediaItem]]
    """Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    picture: NotRequired[list[MediaItem]]
    """Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`."""
    tags: NotRequired[list[str]]
    """All the tags that the note will have; its own when left out."""


@final
class NoteDraft(TypedDict):
    deckName: str
    """Deck."""
    modelName: str
    """Note type."""
    fields: NotRequired[dict[str, str]]
    """Exact field name to HTML."""
    tags: NotRequired[list[str]]
    """Tags."""
    audio: NotRequired[list[MediaItem]]
    """Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    video: NotRequired[list[MediaItem]]
    """Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    picture: NotRequired[list[MediaItem]]
    """Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`."""


@final
class NoteDraftChange(TypedDict):
    deckName: NotRequired[str | None]
    """Deck; the selected one stays when left out."""
    modelName: NotRequired[str | None]
    """Note type; the selected one stays when left out."""
    fields: NotRequired[dict[str, str]]
    """Exact field name to HTML; the other fields stay."""
    tags: NotRequired[list[str] | None]
    """Tags; they stay when left out."""
    audio: NotRequired[list[MediaItem]]
    """Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    video: NotRequired[list[MediaItem]]
    """Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    picture: NotRequired[list[MediaItem]]
    """Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`."""


@final
class NoteFields(TypedDict):
    id: int
    """Note id."""
    fields: dict[str, str]
    """Field name in its exact spelling to its new HTML; others stay as they are."""
    audio: NotRequired[list[MediaItem]]
    """Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    video: NotRequired[list[MediaItem]]
    """Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    picture: NotRequired[list[MediaItem]]
    """Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`."""


@final
class NoteInfo(TypedDict):
    noteId: int
    """Note id."""
    profile: str
    """Name of the open profile."""
    tags: list[str]
    """Its tags."""
    fields: dict[str, FieldValue]
    """Field name to value and position."""
    modelName: str
    """Its note type."""
    mod: int
    """Last change, in seconds since 1970."""
    cards: list[int]
    """Ids of its cards in the order of their templates."""


@final
class NoteOptions(TypedDict):
    allowDuplicate: NotRequired[bool]
    """Add the note even if it is a duplicate."""
    duplicateScope: NotRequired[Literal["deck", "collection"] | None]
    """Where a note with the same first field counts as a duplicate; the collection when left out."""
    duplicateScopeOptions: NotRequired[DuplicateScopeOptions | None]
    """Details of the scope."""
    createDeck: NotRequired[bool]
    """Make the deck if there is none of that name, in the same undo step."""
    allowMissingCloze: NotRequired[bool]
    """Add a note of a cloze note type although it has no cloze deletion; its card says so."""


@final
class NotePart(TypedDict):
    noteId: NotRequired[int]
    """Note id."""
    profile: NotRequired[str]
    """Name of the open profile."""
    tags: NotRequired[list[str]]
    """Its tags."""
    fields: NotRequired[dict[str, FieldValue]]
    """Field name to value and position."""
    modelName: NotRequired[str]
    """Its note type."""
    mod: NotRequired[int]
    """Last change, in seconds since 1970."""
    cards: NotRequired[list[int]]
    """Ids of its cards in the order of their templates."""


@final
class NoteTime(TypedDict):
    noteId: int
    """Note id."""
    mod: int
    """Last change, in seconds since 1970."""


@final
class NoteTypeChange(TypedDict):
    notes: int
    """Number of notes."""
    lostFields: list[str]
    """Fields whose texts were lost."""
    lostTemplates: list[str]
    """Templates whose cards were lost."""
    lostCards: int
    """Number of cards that were lost."""


@final
class NoteUpdate(TypedDict):
    id: int
    """Note id."""
    changed: bool
    """It was not yet as wanted."""
    mod: int | None
    """Last change, in seconds since 1970; null for an unknown id."""
    error: ErrorObject | None
    """Why it was not written; null when it was."""


@final
class OcclusionImage(TypedDict):
    filename: str
    """Name in the media folder. Without `data`, `path` or `url` the file must be there already."""
    data: NotRequired[str | None]
    """Content in base64; used before `path` and `url`."""
    path: NotRequired[str | None]
    """File to copy, readable by the gateway; used before `url`."""
    url: NotRequired[str | None]
    """Address to fetch, http or https."""
    deleteExisting: NotRequired[bool]
    """Trash a file of that name first; otherwise Anki picks a free name for other content."""


@final
class Optimized(TypedDict):
    params: list[float]
    """The best parameters; the preset's own where nothing better was found, and none where those are Anki's."""
    changed: bool
    """They are others than the preset's."""
    applied: bool
    """They were saved in the preset."""
    reviews: int
    """Number of reviews that they were learned from; few give rough ones."""
    before: FsrsFit
    after: FsrsFit
    healthy: bool | None
    """FSRS suits these reviews; null where that was not asked for, or there are too few."""


@final
class OptionsGroup(TypedDict):
    id: int
    """Id of the group."""


@final
class Outcome(TypedDict):
    result: Any
    """What the action gives; null when it failed."""
    error: ErrorObject | None
    """Why it failed; null when it did not."""


@final
class OwnRetention(TypedDict):
    deck: str
    """Full deck name."""
    desiredRetention: float
    """The share of reviews that are to be passed, from 0 to 1."""


@final
class Permission(TypedDict):
    permission: Literal["granted", "denied"]
    """Whether the caller's origin may use the gateway."""
    requireApikey: NotRequired[bool]
    """A key must be sent with each call; only with `granted`."""
    requireApiKey: NotRequired[bool]
    """The same under the spelling that AnkiConnect's documentation uses."""
    version: NotRequired[int]
    """API version of the old protocol; only with `granted`."""


@final
class Point(TypedDict):
    x: float
    """From the left edge of the image, 0, to the right one, 1."""
    y: float
    """From the upper edge of the image, 0, to the lower one, 1."""


@final
class Progress(TypedDict):
    done: int | None
    """How much is done; null where nothing is counted."""
    total: int | None
    """Of how much."""
    text: str | None
    """What Anki says of it, in its language; only for the operation's owner and callers with the scope `admin`."""


@final
class QueuedCard(TypedDict):
    cardId: int
    """Card id."""
    noteId: int
    """Id of its note."""
    deckName: str
    """Deck that the card is in."""
    modelName: str
    """Note type."""
    queue: Literal["new", "learning", "review"]
    """What sort of card it is now."""
    question: str
    """Rendered question as HTML, without the style."""
    answer: str
    """Rendered answer as HTML, without the style; mostly it repeats the question."""
    nextReviews: list[str]
    """What each answer does, from ease 1 to 4: when the card would come again."""


@final
class Reflection(TypedDict):
    scopes: list[str]
    """The known scopes among those asked for."""
    actions: NotRequired[list[str]]
    """The actions that exist; only when that scope was asked for."""


@final
class ReorderCards(TypedDict):
    order: str
    """`ascending` or `descending`."""
    columnId: str
    """Anki's key of a column that is visible."""


@final
class Repositioned(TypedDict):
    requested: int
    """Number of ids that were given."""
    deduped: int
    """Number of different ids."""
    eligibleNew: int
    """Number of new cards among them."""
    repositioned: int
    """Number of cards that were given a position."""
    skippedNotFound: list[int]
    """Unknown ids."""
    skippedNotNew: list[int]
    """Ids of cards that are not new."""
    appliedStartPosition: int
    """As it was given."""
    appliedStep: int
    """As it was given."""
    appliedShift: bool
    """As it was given."""


@final
class Retention(TypedDict):
    passed: int
    """Answers to cards with an interval from one day on that were not *Again*."""
    failed: int
    """Answers to such cards that were."""
    rate: float | None
    """Share of those passed, from 0 to 1; null without reviews."""


@final
class Retentions(TypedDict):
    today: Retention
    yesterday: Retention
    week: Retention
    month: Retention
    year: Retention
    allTime: Retention


@final
class RetypedNote(TypedDict):
    id: int
    """Note id."""
    modelName: str
    """Its new note type, compared without case, or the one it has."""
    fields: dict[str, str]
    """Field name of the new note type, compared without case, to HTML. Fields that are left out are emptied."""
    tags: NotRequired[list[str] | None]
    """All the tags that the note will have; its own when left out."""


@final
class Review(TypedDict):
    id: int
    """Time of the answer in milliseconds since 1970."""
    usn: int
    """-1 until synced."""
    ease: int
    """Button: 1-4; 0 for a change by hand."""
    ivl: int
    """New interval in days; negative for seconds."""
    lastIvl: int
    """Interval before, in the same units."""
    factor: int
    """Ease in tenths of a percent."""
    time: int
    """Time taken in milliseconds."""
    type: int
    """0 learning, 1 review, 2 relearning, 3 filtered, 4 by hand, 5 rescheduled."""


@final
class ReviewPage(TypedDict):
    reviews: list[LoggedReview]
    """Log entries, oldest first."""
    next: int | None
    """What `after` must be for the next page; null where this was the last."""


@final
class SearchTerm(TypedDict):
    search: str
    """Search text as in Anki's browser; empty for every card."""
    limit: NotRequired[int]
    """The most cards to take."""
    order: NotRequired[
        Literal[
            "oldestReviewedFirst",
            "random",
            "intervalsAscending",
            "intervalsDescending",
            "lapses",
            "added",
            "due",
            "reverseAdded",
            "retrievabilityAscending",
            "retrievabilityDescending",
            "relativeOverdueness",
        ]
    ]
    """Which cards are taken first, and shown first."""


@final
class Shape(TypedDict):
    type: Literal["rect", "ellipse", "polygon", "text"]
    """What it is; `text` hides nothing, but stands on the image."""
    card: NotRequired[int]
    """Number of the card that asks for it. Shapes with the same number are asked for together. The lowest one that
    is free when left out; a text then belongs to no card.
    """
    left: NotRequired[float]
    """Left edge, from 0 to 1. Not of a polygon."""
    top: NotRequired[float]
    """Upper edge, from 0 to 1. Not of a polygon."""
    width: NotRequired[float]
    """Width as a part of the image's. Of a rectangle and an ellipse."""
    height: NotRequired[float]
    """Height as a part of the image's. Of a rectangle and an ellipse."""
    points: NotRequired[list[Point]]
    """Corners of a polygon."""
    text: NotRequired[str]
    """What a text says; `}}` cannot stand in it."""
    scale: NotRequired[float]
    """How many times larger a text is; 1 when left out."""
    fontSize: NotRequired[float]
    """Height of a text's letters as a part of the image's; Anki's when left out."""
    angle: NotRequired[float]
    """Degrees clockwise; 0 when left out."""
    fill: NotRequired[str]
    """Colour as in CSS; Anki's when left out."""


@final
class Sides(TypedDict):
    Front: str
    """Question side."""
    Back: str
    """Answer side."""


@final
class SimulatedDay(TypedDict):
    day: int
    """Days from today."""
    date: str
    """Local date, as `2026-11-24`."""
    new: int
    """New cards."""
    reviews: int
    """Reviews."""
    seconds: float
    """Time that both take."""
    memorized: float
    """Cards that are remembered then: the sum of the probabilities."""


@final
class Streak(TypedDict):
    current: int
    """Days in a row up to today, or up to yesterday while today has none yet."""
    longest: int
    """The most days in a row ever."""
    daysStudied: int
    """All days with an answer."""
    studiedToday: bool
    """There was an answer today."""
    lastDay: str | None
    """Local date of the last answer, as `2026-11-24`; null for none."""


@final
class Styling(TypedDict):
    css: str
    """Styling: CSS for all templates."""


@final
class SyncResult(TypedDict):
    collection: Literal["unchanged", "merged", "uploaded", "downloaded"]
    """What happened to the collection: nothing had changed on either side, the changes of both were merged, or a
        full sync went the way that was asked for.
    """
    media: Literal["off", "running", "synced", "failed"]
    """The media: not synced by this profile's settings, on their way in the background, done, or not done because
        of an error.
    """
    serverMessage: str
    """What the server has to tell the user; mostly empty."""


@final
class Template(TypedDict):
    name: str
    """Template name."""
    ord: int
    """Position, from 0."""
    qfmt: str
    """Question side."""
    afmt: str
    """Answer side."""
    bqfmt: str
    """Question side in the browser; empty for the same."""
    bafmt: str
    """Answer side in the browser; empty for the same."""
    did: int | None
    """Deck that new cards go to; null for the note's."""
    bfont: str
    """Font in the browser; empty for the default."""
    bsize: int
    """Font size in the browser; 0 for the default."""
    id: NotRequired[int | None]
    """Id of the template."""


@final
class Today(TypedDict):
    answers: int
    """Answers given."""
    correct: int
    """Of them, those that were not *Again*."""
    milliseconds: int
    """Time they took."""
    learning: int
    """Answers in learning."""
    review: int
    """Answers in review."""
    relearning: int
    """Answers in relearning."""
    filtered: int
    """Answers in filtered decks, before the card was due."""


@final
class UndoneStep(TypedDict):
    step: str | None
    """Name of the step; null where there was none."""
    undo: str | None
    """Name of the step that would be undone next; null for none."""
    redo: str | None
    """Name of the step that would be redone next; null for none."""


@final
class Upsert(TypedDict):
    id: int | None
    """Note id; null when it was neither found nor added."""
    outcome: str
    """`added`, `updated` (also one that the same call has added), `unchanged` or `failed`."""
    error: ErrorObject | None
    """Why it failed; null when it did not."""


@final
class UpsertedNote(TypedDict):
    modelName: str
    """Note type, compared without case."""
    deckName: str
    """Deck of a note that is added, compared without case."""
    fields: dict[str, str]
    """Field name, compared without case, to HTML. Others stay as they are, or empty."""
    tags: NotRequired[list[str]]
    """Tags that it has at the least."""


@final
class Versions(TypedDict):
    anki: str
    """Version of Anki."""
    ankiConnectPlus: str
    """Version of AnkiConnect Plus whose actions are served."""


@final
class Workload(TypedDict):
    desiredRetention: float
    """From 0 to 1."""
    answers: int
    """All answers of these days."""
    seconds: float
    """Time that they take."""
    memorized: float
    """Cards that are remembered in the end: the sum of the probabilities."""


@final
class CollectionChangedEventParams(TypedDict):
    kinds: list[str]


@final
class CollectionChangedEvent(TypedDict):
    """Something was written."""

    id: str
    method: Literal["collectionChanged"]
    params: CollectionChangedEventParams


@final
class NotesAddedEventParams(TypedDict):
    notes: list[int]


@final
class NotesAddedEvent(TypedDict):
    """Notes were added."""

    id: str
    method: Literal["notesAdded"]
    params: NotesAddedEventParams


@final
class NotesUpdatedEventParams(TypedDict):
    notes: list[int]


@final
class NotesUpdatedEvent(TypedDict):
    """The fields, tags or note type of notes changed."""

    id: str
    method: Literal["notesUpdated"]
    params: NotesUpdatedEventParams


@final
class NotesDeletedEventParams(TypedDict):
    notes: list[int]


@final
class NotesDeletedEvent(TypedDict):
    """Notes were deleted."""

    id: str
    method: Literal["notesDeleted"]
    params: NotesDeletedEventParams


@final
class CardsAnsweredEventParams(TypedDict):
    answers: list[CardAnswered]


@final
class CardsAnsweredEvent(TypedDict):
    """Cards were reviewed."""

    id: str
    method: Literal["cardsAnswered"]
    params: CardsAnsweredEventParams


@final
class DecksChangedEventParams(TypedDict):
    pass


@final
class DecksChangedEvent(TypedDict):
    """Decks were added, changed or deleted."""

    id: str
    method: Literal["decksChanged"]
    params: DecksChangedEventParams


@final
class NoteTypesChangedEventParams(TypedDict):
    pass


@final
class NoteTypesChangedEvent(TypedDict):
    """Note types were added, changed or deleted."""

    id: str
    method: Literal["noteTypesChanged"]
    params: NoteTypesChangedEventParams


@final
class SyncStartedEventParams(TypedDict):
    pass


@final
class SyncStartedEvent(TypedDict):
    """A sync has started."""

    id: str
    method: Literal["syncStarted"]
    params: SyncStartedEventParams


@final
class SyncFinishedEventParams(TypedDict):
    pass


@final
class SyncFinishedEvent(TypedDict):
    """A sync has ended, and what it brought was told."""

    id: str
    method: Literal["syncFinished"]
    params: SyncFinishedEventParams


@final
class OperationChangedEventParams(TypedDict):
    id: str
    method: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    progress: Progress | None


@final
class OperationChangedEvent(TypedDict):
    """An operation has begun, got on, or ended."""

    id: str
    method: Literal["operationChanged"]
    params: OperationChangedEventParams


@final
class ProfileOpenedEventParams(TypedDict):
    profile: str


@final
class ProfileOpenedEvent(TypedDict):
    """A profile was opened."""

    id: str
    method: Literal["profileOpened"]
    params: ProfileOpenedEventParams


@final
class ProfileClosedEventParams(TypedDict):
    profile: str


@final
class ProfileClosedEvent(TypedDict):
    """A profile is being closed."""

    id: str
    method: Literal["profileClosed"]
    params: ProfileClosedEventParams


@final
class CollectionReplacedEventParams(TypedDict):
    pass


@final
class CollectionReplacedEvent(TypedDict):
    """Another collection is open, or this one was replaced: read it afresh."""

    id: str
    method: Literal["collectionReplaced"]
    params: CollectionReplacedEventParams


@final
class EventsLostEventParams(TypedDict):
    pass


@final
class EventsLostEvent(TypedDict):
    """Events were dropped before they were taken: read the collection afresh."""

    id: str
    method: Literal["eventsLost"]
    params: EventsLostEventParams


@final
class AddedNote(TypedDict):
    id: int | None
    """Id of the new note; null when it was not added."""
    error: ErrorObject | None
    """Why it was not added; null when it was."""


@final
class CardInfo(TypedDict):
    cardId: int
    """Card id."""
    fields: dict[str, FieldValue]
    """Field name to value and position."""
    fieldOrder: int
    """Index of the card's template, or of its cloze deletion."""
    question: str
    """Rendered question with its style."""
    answer: str
    """Rendered answer with its style."""
    modelName: str
    """Note type."""
    ord: int
    """The same as `fieldOrder`."""
    deckName: str
    """Deck that the card is in now; a filtered deck where that holds it."""
    css: str
    """Styling of the note type."""
    factor: int
    """Ease in tenths of a percent."""
    interval: int
    """Interval in days; negative for seconds."""
    note: int
    """Id of its note."""
    type: int
    """0 new, 1 learning, 2 review, 3 relearning."""
    queue: int
    """-3 and -2 buried, -1 suspended, else like `type`; 4 preview."""
    due: int
    """Position, day number or time in seconds since 1970, by queue."""
    reps: int
    """Number of reviews."""
    lapses: int
    """How often it was forgotten."""
    left: int
    """Learning steps left."""
    mod: int
    """Last change, in seconds since 1970."""
    nextReviews: list[str]
    """Label of each answer button."""
    flags: int
    """Flag, 0 for none."""
    homeDeckName: str
    """Deck that the card belongs to: the same as `deckName`, but for a card in a filtered deck."""


@final
class CardPart(TypedDict):
    cardId: NotRequired[int]
    """Card id."""
    fields: NotRequired[dict[str, FieldValue]]
    """Field name to value and position."""
    fieldOrder: NotRequired[int]
    """Index of the card's template, or of its cloze deletion."""
    question: NotRequired[str]
    """Rendered question with its style."""
    answer: NotRequired[str]
    """Rendered answer with its style."""
    modelName: NotRequired[str]
    """Note type."""
    ord: NotRequired[int]
    """The same as `fieldOrder`."""
    deckName: NotRequired[str]
    """Deck that the card is in now; a filtered deck where that holds it."""
    css: NotRequired[str]
    """Styling of the note type."""
    factor: NotRequired[int]
    """Ease in tenths of a percent."""
    interval: NotRequired[int]
    """Interval in days; negative for seconds."""
    note: NotRequired[int]
    """Id of its note."""
    type: NotRequired[int]
    """0 new, 1 learning, 2 review, 3 relearning."""
    queue: NotRequired[int]
    """-3 and -2 buried, -1 suspended, else like `type`; 4 preview."""
    due: NotRequired[int]
    """Position, day number or time in seconds since 1970, by queue."""
    reps: NotRequired[int]
    """Number of reviews."""
    lapses: NotRequired[int]
    """How often it was forgotten."""
    left: NotRequired[int]
    """Learning steps left."""
    mod: NotRequired[int]
    """Last change, in seconds since 1970."""
    nextReviews: NotRequired[list[str]]
    """Label of each answer button."""
    flags: NotRequired[int]
    """Flag, 0 for none."""
    homeDeckName: NotRequired[str]
    """Deck that the card belongs to: the same as `deckName`, but for a card in a filtered deck."""


@final
class ChangedOcclusionNote(TypedDict):
    id: int
    """Note id."""
    shapes: NotRequired[list[Shape]]
    """The shapes, in the order in which they are drawn."""
    mode: NotRequired[Literal["hideAll", "hideOne"]]
    """`hideAll` hides all shapes and asks for one; `hideOne` hides only the one that is asked for. As it is when
    left out.
    """
    header: NotRequired[str]
    """HTML above the image; as it is when left out."""
    backExtra: NotRequired[str]
    """HTML below the image, on the answer side; as it is when left out."""
    tags: NotRequired[list[str]]
    """All the tags that the note will have; its own when left out."""
    ifMod: NotRequired[int | None]
    """Only while the note's `mod`, as getImageOcclusionNotes tells it, is this one."""


@final
class CollectionFigures(TypedDict):
    notes: int
    """Number of notes."""
    cards: int
    """Number of cards."""
    counts: CardCounts
    today: Today
    retention: Retentions
    fsrs: bool
    """Anki schedules by FSRS."""


@final
class CurrentCard(TypedDict):
    cardId: int
    """Card id."""
    fields: dict[str, FieldValue]
    """Field name to value and position."""
    fieldOrder: int
    """Index of the card's template, or of its cloze deletion."""
    question: str
    """Rendered question with its style."""
    answer: str
    """Rendered answer with its style."""
    buttons: list[int]
    """Numbers of the answer buttons."""
    nextReviews: list[str]
    """Label of each answer button."""
    modelName: str
    """Note type."""
    deckName: str
    """Deck that the card is in."""
    css: str
    """Styling of the note type."""
    template: str
    """Name of the card's template."""


@final
class FilteredDeck(TypedDict):
    deckId: int
    """Deck id."""
    name: str
    """Full deck name."""
    terms: list[SearchTerm]
    """Its searches."""
    reschedule: bool
    """Answers change when cards are shown next."""
    cards: int
    """Number of cards in it."""


@final
class FsrsPreset(TypedDict):
    presetId: int
    """Id of the preset, `configId` to other actions."""
    name: str
    """Its name."""
    params: list[float]
    """Its parameters; none where Anki's own count."""
    version: str | None
    """The version of FSRS with so many, as `FSRS-6`; null for none that is known."""
    desiredRetention: float
    """The share of reviews that are to be passed, from 0 to 1."""
    decks: list[OwnRetention]
    """Decks of it with a desired retention of their own."""


@final
class Model(TypedDict):
    id: int
    """Id of the note type: creation time in milliseconds since 1970."""
    name: str
    """Name."""
    type: int
    """0 for a standard note type, 1 for a cloze one."""
    mod: int
    """Last change, in seconds since 1970."""
    usn: int
    """Update sequence number; -1 for not yet synced."""
    sortf: int
    """Position of the sort field."""
    did: int | None
    """Deck last used; null for none."""
    tmpls: list[Template]
    """Card templates."""
    flds: list[ModelField]
    """Fields."""
    css: str
    """Styling."""
    latexPre: str
    """LaTeX before a snippet."""
    latexPost: str
    """LaTeX after a snippet."""
    latexsvg: bool
    """LaTeX makes SVG images."""
    req: list[list[Any]]
    """Per template its position, `any`, `all` or `none`, and the fields that make a card."""
    originalStockKind: NotRequired[int]
    """Which of Anki's own note types it was made from."""
    originalId: NotRequired[int | None]
    """Id that it had in an imported package."""


@final
class NewNote(TypedDict):
    modelName: str
    """Note type, compared without case."""
    deckName: str
    """Deck, compared without case."""
    fields: dict[str, str]
    """Field name, compared without case, to HTML. Fields that are left out stay empty."""
    tags: NotRequired[list[str]]
    """Tags; Anki sorts them."""
    options: NotRequired[NoteOptions | None]
    """How duplicates are treated."""
    audio: NotRequired[list[MediaItem]]
    """Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    video: NotRequired[list[MediaItem]]
    """Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    picture: NotRequired[list[MediaItem]]
    """Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`."""


@final
class NewOcclusionNote(TypedDict):
    image: OcclusionImage
    shapes: list[Shape]
    """The shapes, in the order in which they are drawn."""
    deckName: str
    """Deck, compared without case."""
    mode: NotRequired[Literal["hideAll", "hideOne"]]
    """`hideAll` hides all shapes and asks for one; `hideOne` hides only the one that is asked for."""
    header: NotRequired[str]
    """HTML above the image."""
    backExtra: NotRequired[str]
    """HTML below the image, on the answer side."""
    tags: NotRequired[list[str]]
    """Tags; Anki sorts them."""
    modelName: NotRequired[str | None]
    """Note type for image occlusion, compared without case. The first one when left out; where there is none,
    Anki's own is made.
    """


@final
class OcclusionNote(TypedDict):
    noteId: int
    """Note id."""
    modelName: str
    """Its note type."""
    image: str | None
    """Name of the image in the media folder, for `retrieveMediaFile`; null where the note has none."""
    mode: Literal["hideAll", "hideOne"]
    """`hideAll` hides all shapes and asks for one; `hideOne` hides only the one that is asked for."""
    shapes: list[Shape]
    """The shapes, in the order in which they are drawn."""
    header: str
    """HTML above the image."""
    backExtra: str
    """HTML below the image, on the answer side."""
    tags: list[str]
    """Its tags."""
    mod: int
    """Last change, in seconds since 1970."""


@final
class Operation(TypedDict):
    id: str
    """The operation's id."""
    method: str
    """What was started."""
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    """`queued` until its turn comes, then `running`, and in the end `done`, `failed` or `cancelled`."""
    progress: Progress | None
    """How far it is; null where nothing has been told yet."""
    cancellable: bool
    """It can still be cancelled."""
    own: bool
    """The caller started it, or another program with the same key."""
    created: int
    """When it was started, in seconds since 1970."""
    ended: int | None
    """When it ended; null until then."""
    result: Any
    """What the action gave, in JSON-RPC; null until it has ended."""
    error: ErrorObject | None
    """Why it failed, or was cancelled; else null."""


@final
class OperationSummary(TypedDict):
    id: str
    """The operation's id."""
    method: str
    """What was started."""
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    """`queued` until its turn comes, then `running`, and in the end `done`, `failed` or `cancelled`."""
    progress: Progress | None
    """How far it is; null where nothing has been told yet."""
    cancellable: bool
    """It can still be cancelled."""
    own: bool
    """The caller started it, or another program with the same key."""
    created: int
    """When it was started, in seconds since 1970."""
    ended: int | None
    """When it ended; null until then."""


@final
class Queue(TypedDict):
    deck: str
    """The current deck, whose cards and sub-decks are studied."""
    new: int
    """New cards left for today."""
    learning: int
    """Cards in learning left for today."""
    review: int
    """Reviews left for today."""
    cards: list[QueuedCard]
    """The next cards, in Anki's order."""


@final
class CollectionOverview(TypedDict):
    created: int
    """First day of the collection, in seconds since 1970."""
    modified: int
    """Last change, in milliseconds since 1970."""
    lastSync: int
    """Last sync, in milliseconds since 1970; 0 for none yet."""
    noteCount: int
    """Number of notes."""
    cardCount: int
    """Number of cards."""
    config: dict[str, Any]
    """As getCollectionConfig gives it."""
    models: list[Model]
    """Note types as Anki stores them."""
    decks: list[DeckSummary]
    """All decks."""
    dconf: list[dict[str, Any]]
    """Deck options as Anki stores them."""
    tags: list[str]
    """All tags that the collection knows."""


@final
class FsrsOverview(TypedDict):
    active: bool
    """Anki schedules by FSRS."""
    defaultParams: list[float]
    """What counts where a preset has none."""
    presets: list[FsrsPreset]
    """In the order of the names given, or by name."""


Event: TypeAlias = (
    CollectionChangedEvent
    | NotesAddedEvent
    | NotesUpdatedEvent
    | NotesDeletedEvent
    | CardsAnsweredEvent
    | DecksChangedEvent
    | NoteTypesChangedEvent
    | SyncStartedEvent
    | SyncFinishedEvent
    | OperationChangedEvent
    | ProfileOpenedEvent
    | ProfileClosedEvent
    | CollectionReplacedEvent
    | EventsLostEvent
)
"""Anything that is told; its `method` tells which."""
