# Made from spec/openrpc.json by `make clients`: do not edit.

"""What goes in and comes out, as the JSON has it."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict, final


@final
class AddDefaults(TypedDict):
    """The deck and note type with which Anki's window for adding notes begins."""

    deckName: str
    """Full name of the deck."""
    modelName: str
    """Name of the note type."""


@final
class AddedModel(TypedDict):
    """A note type that was added."""

    modelId: int
    """Id of the note type: creation time in milliseconds since 1970."""
    name: str
    """The name it got."""


@final
class Answer(TypedDict):
    """An answer to one card."""

    cardId: int
    """Card id."""
    ease: int
    """1 Again, 2 Hard, 3 Good, 4 Easy."""
    time: NotRequired[int]
    """How long the answer took, in milliseconds. Anki limits it to the maximum of the deck's preset."""
    token: NotRequired[str | None]
    """From `getAnswerStates` or `nextCards`: if the card has changed since, the call fails with `conflict` and
    answers nothing. It fits only the first answer to the card.
    """


@final
class AnswerState(TypedDict):
    """What one answer would do to a card."""

    ease: int
    """1 Again, 2 Hard, 3 Good, 4 Easy."""
    interval: int
    """Seconds until the card would come again; 0 if a filtered deck would return it."""
    label: str
    """The same as on the button in Anki, in the user's language."""
    state: Literal["new", "learning", "review", "relearning", "preview", "rescheduling"]
    """State that the card would be in; `review` also if it would leave a filtered deck."""


@final
class AnswerStates(TypedDict):
    """What each answer would do to a card."""

    cardId: int
    """Card id."""
    token: str
    """Stands for the card's present state: `answerCards` with it fails if the card has changed since."""
    state: Literal["new", "learning", "review", "relearning", "preview", "rescheduling"]
    """Present state. In a filtered deck `preview` if answers do not reschedule its cards, else `rescheduling`."""
    answers: list[AnswerState]
    """The effect of each answer, from ease 1 to 4."""


@final
class AnsweredCards(TypedDict):
    """Cards that were answered today."""

    new: int
    """New cards."""
    reviews: int
    """Reviews."""


@final
class AvailableCards(TypedDict):
    """Cards that daily limits do not count."""

    new: int
    """New cards."""
    reviews: int
    """Due reviews."""


@final
class Backup(TypedDict):
    """A backup of the collection."""

    name: str
    """File name in the backup folder of the profile."""
    size: int
    """Bytes."""
    created: int
    """Time in seconds since 1970."""


@final
class BackupMade(TypedDict):
    """The outcome of a request for a backup."""

    created: bool
    """False if nothing has changed since the last backup."""
    name: str | None
    """Name of the newest backup; null if there is none."""


@final
class BackupPreferences(TypedDict):
    """Which backups Anki keeps."""

    daily: int
    """Number of daily backups."""
    weekly: int
    """Number of weekly backups."""
    monthly: int
    """Number of monthly backups."""
    minimumIntervalMins: int
    """Minutes between two automatic backups."""


@final
class BackupPreferencesChanges(TypedDict):
    """Which backups Anki keeps. It has only the chosen members."""

    daily: NotRequired[int]
    """Number of daily backups."""
    weekly: NotRequired[int]
    """Number of weekly backups."""
    monthly: NotRequired[int]
    """Number of monthly backups."""
    minimumIntervalMins: NotRequired[int]
    """Minutes between two automatic backups."""


@final
class BrowserColumn(TypedDict):
    """A column of Anki's browser."""

    key: str
    """Its name for programs, as `orderBy` of `findNotes` and `findCards`."""
    cardsLabel: str
    """Its heading in a list of cards, in the user's language."""
    notesLabel: str
    """Its heading in a list of notes, in the user's language."""
    sortsCards: bool
    """Cards can be sorted by it."""
    sortsNotes: bool
    """Notes can be sorted by it."""
    descendingFirst: bool
    """Anki's browser first sorts it from the largest to the smallest."""
    tooltip: str
    """What it means in a list of cards, in the user's language; may be empty."""


@final
class BrowserRow(TypedDict):
    """A row of Anki's browser."""

    id: int
    """Id of the card or note."""
    cells: list[str]
    """The text of each column, in the user's language; empty if Anki cannot show the row."""
    color: Literal[
        "default",
        "marked",
        "suspended",
        "flagRed",
        "flagOrange",
        "flagGreen",
        "flagBlue",
        "flagPink",
        "flagTurquoise",
        "flagPurple",
        "buried",
    ]
    """The colour of the row."""
    error: str | None
    """Why Anki cannot show the row; null if it can."""


@final
class ButtonPresses(TypedDict):
    """How often each answer button was pressed."""

    learning: list[int]
    """For cards in learning, from *Again* to *Easy*."""
    young: list[int]
    """For cards with intervals of less than 21 days."""
    mature: list[int]
    """For cards with intervals of 21 days or more."""


@final
class Call(TypedDict):
    """One of several actions to call."""

    action: str
    """Name of the action."""
    params: NotRequired[dict[str, Any] | list[Any]]
    """Its params, by name or by position."""
    key: NotRequired[Any]
    """API key of this call; default the key of the outer request."""


@final
class CanAdd(TypedDict):
    """Whether one note can be added."""

    canAdd: bool
    """The note can be added."""
    error: NotRequired[str]
    """Why it cannot be added; only if `canAdd` is false."""


@final
class CardAnswered(TypedDict):
    """An answered card."""

    card: int
    """Card id."""
    ease: int
    """Answer button: 1 is Again, 4 is Easy."""


@final
class CardCounts(TypedDict):
    """Numbers of cards by state."""

    new: int
    """New."""
    learning: int
    """In learning."""
    relearning: int
    """In relearning."""
    young: int
    """In review, with intervals of less than 21 days."""
    mature: int
    """In review, with intervals of 21 days or more."""
    suspended: int
    """Suspended; not counted elsewhere."""
    buried: int
    """Buried; not counted elsewhere."""


@final
class CardPage(TypedDict):
    """A page of the cards that a search finds."""

    cards: list[int]
    """Card ids, in the order of the search."""
    total: int
    """Number of ids that the search has found, when the first page was read."""
    nextCursor: str | None
    """For the next page; null if this is the last one. It is valid for ten minutes after its last use, for the
    same caller, while the same collection is open.
    """


@final
class CardPreview(TypedDict):
    """A card as Anki would show it."""

    ord: int
    """Position of its template, or the number of its cloze deletion less 1."""
    name: str
    """Name of its template."""
    question: str | None
    """HTML of the question; null if there is an `error`."""
    answer: str | None
    """HTML of the answer; null if there is an `error`."""
    css: str
    """Its styling, as CSS."""
    isEmpty: bool
    """The question has no field with content, or no such cloze deletion: Anki makes no such card. The sides then
    hold Anki's message about it.
    """
    error: str | None
    """What is wrong with the template, and on which side, or how another add-on failed; null if nothing is."""


@final
class CardTemplate(TypedDict):
    """A template of a new note type."""

    Front: str
    """Question side."""
    Back: str
    """Answer side."""
    Name: NotRequired[str]
    """Template name; default `Card 1`, `Card 2` and so on by position."""


@final
class CardTime(TypedDict):
    """The last change of a card."""

    cardId: int
    """Card id."""
    mod: int
    """Last change, in seconds since 1970."""


@final
class CardsByDays(TypedDict):
    """A number of cards with a length of time."""

    days: int
    """Length in days."""
    cards: int
    """Number of cards."""


@final
class CardsByPercent(TypedDict):
    """A number of cards with a percentage."""

    percent: int
    """Percent, rounded down."""
    cards: int
    """Number of cards."""


@final
class CardsLeft(TypedDict):
    """The cards of a deck that are left for today."""

    deck: str
    """Full deck name."""
    newToday: int
    """New cards left for today, sub-decks included, within all limits."""
    reviewToday: int
    """Reviews left for today, sub-decks included, within all limits."""


@final
class CardsOnDay(TypedDict):
    """A number of cards on a day."""

    day: int
    """Days from today; negative before."""
    cards: int
    """Number of cards."""


@final
class CardsToCram(TypedDict):
    """Which cards to study, and how many."""

    kind: Literal["due", "new", "review", "all"]
    """`new` cards as they were added, `due` cards, cards in `review` in random order, or `all` in random order;
    answers to `all` do not reschedule.
    """
    limit: NotRequired[int]
    """Maximum number of cards."""
    includeTags: NotRequired[list[str]]
    """Only cards whose notes have one of these tags, or a sub-tag."""
    excludeTags: NotRequired[list[str]]
    """No cards whose notes have one of these tags, or a sub-tag."""


@final
class ChangedDeckOptionsForAll(TypedDict):
    """The deck options that hold for the whole collection, whatever the preset. It has only the chosen members."""

    newCardsIgnoreReviewLimit: NotRequired[bool]
    """New cards do not count towards the limit of reviews."""
    applyAllParentLimits: NotRequired[bool]
    """The limits of all decks above a deck apply, also if the deck is studied by itself."""
    fsrsHealthCheck: NotRequired[bool]
    """Optimizing in Anki's window also checks whether FSRS suits the reviews."""
    cardStateCustomizer: NotRequired[str]
    """JavaScript that Anki runs for each card in its reviewer to change the effect of answers."""


@final
class ChangedNote(TypedDict):
    """Changes to a note; whatever is left out stays."""

    id: int
    """Note id."""
    fields: NotRequired[dict[str, str]]
    """New HTML by field name, compared without case; other fields stay as they are."""
    tags: NotRequired[list[str] | None]
    """Tags that replace the note's; if left out, they stay."""
    addTags: NotRequired[list[str]]
    """Tags to add."""
    removeTags: NotRequired[list[str]]
    """Tags to remove."""
    ifMod: NotRequired[int | None]
    """Write only if the note's `mod`, as in notesInfo, has this value. It counts seconds: the second of two
    changes within one second is not noticed.
    """
    expected: NotRequired[dict[str, str]]
    """Write only if these fields have these texts, by field name, as in notesInfo. It notices every change of
    them, even within a second.
    """


@final
class ChangedPresetOptions(TypedDict):
    """The options of a preset, named as in Anki's `DeckConfig.Config`. It has only the chosen members."""

    learnSteps: NotRequired[list[float]]
    """Learning steps of new cards, in minutes; may be empty."""
    relearnSteps: NotRequired[list[float]]
    """Steps of forgotten cards, in minutes; may be empty."""
    newPerDay: NotRequired[int]
    """New cards a day."""
    reviewsPerDay: NotRequired[int]
    """Reviews a day."""
    initialEase: NotRequired[float]
    """Ease of a card after its learning steps; 2.5 is 250 %. Not used by FSRS."""
    easyMultiplier: NotRequired[float]
    """What *Easy* multiplies an interval by, beyond the ease. Not used by FSRS."""
    hardMultiplier: NotRequired[float]
    """What *Hard* multiplies an interval by. Not used by FSRS."""
    lapseMultiplier: NotRequired[float]
    """What *Again* multiplies an interval by. Not used by FSRS."""
    intervalMultiplier: NotRequired[float]
    """What every interval is multiplied by. Not used by FSRS."""
    maximumReviewInterval: NotRequired[int]
    """Longest interval, in days."""
    minimumLapseInterval: NotRequired[int]
    """Shortest interval after *Again*, in days."""
    graduatingIntervalGood: NotRequired[int]
    """Interval after the last learning step, in days. Not used by FSRS."""
    graduatingIntervalEasy: NotRequired[int]
    """Interval after *Easy* in a learning step, in days. Not used by FSRS."""
    newCardInsertOrder: NotRequired[Literal["due", "random"] | None]
    """Positions of new cards: in the order of adding, or random. A change sorts all new cards again. Null for a
    choice of a newer Anki.
    """
    newCardGatherPriority: NotRequired[
        Literal["deck", "lowestPosition", "highestPosition", "randomNotes", "randomCards", "deckThenRandomNotes"] | None
    ]
    """Which new cards are taken for the day. Null for a choice of a newer Anki."""
    newCardSortOrder: NotRequired[
        Literal["template", "noSort", "templateThenRandom", "randomNoteThenTemplate", "randomCard"] | None
    ]
    """In which order the new cards of the day are shown. Null for a choice of a newer Anki."""
    newMix: NotRequired[Literal["mixWithReviews", "afterReviews", "beforeReviews"] | None]
    """When new cards are shown. Null for a choice of a newer Anki."""
    reviewOrder: NotRequired[
        Literal[
            "day",
            "dayThenDeck",
            "deckThenDay",
            "intervalsAscending",
            "intervalsDescending",
            "easeAscending",
            "easeDescending",
            "retrievabilityAscending",
            "random",
            "added",
            "reverseAdded",
            "retrievabilityDescending",
            "relativeOverdueness",
        ]
        | None
    ]
    """In which order reviews are shown. `relativeOverdueness` needs Anki 26.05 or newer. Null for a choice of a
    newer Anki.
    """
    interdayLearningMix: NotRequired[Literal["mixWithReviews", "afterReviews", "beforeReviews"] | None]
    """When cards are shown whose learning step is a day or longer. Null for a choice of a newer Anki."""
    leechAction: NotRequired[Literal["suspend", "tagOnly"] | None]
    """What happens to a leech: a card that was forgotten too often. Null for a choice of a newer Anki."""
    leechThreshold: NotRequired[int]
    """After how many lapses a card is a leech."""
    disableAutoplay: NotRequired[bool]
    """Sounds are not played automatically."""
    capAnswerTimeToSecs: NotRequired[int]
    """Most seconds that are recorded for an answer."""
    showTimer: NotRequired[bool]
    """The reviewer shows a timer."""
    stopTimerOnAnswer: NotRequired[bool]
    """That timer stops at the answer side."""
    secondsToShowQuestion: NotRequired[float]
    """Auto advance: seconds for the question side; 0 for no end."""
    secondsToShowAnswer: NotRequired[float]
    """Auto advance: seconds for the answer side; 0 for no end."""
    questionAction: NotRequired[Literal["showAnswer", "showReminder"] | None]
    """Auto advance: what follows the question side. Null for a choice of a newer Anki."""
    answerAction: NotRequired[Literal["buryCard", "answerAgain", "answerGood", "answerHard", "showReminder"] | None]
    """Auto advance: what follows the answer side. Null for a choice of a newer Anki."""
    waitForAudio: NotRequired[bool]
    """Auto advance: wait for the end of sounds."""
    skipQuestionWhenReplayingAnswer: NotRequired[bool]
    """A replay on the answer side omits the sounds of the question side."""
    buryNew: NotRequired[bool]
    """New siblings of an answered card are hidden until tomorrow."""
    buryReviews: NotRequired[bool]
    """Its siblings to be reviewed are hidden until tomorrow."""
    buryInterdayLearning: NotRequired[bool]
    """Its siblings with a learning step of a day or longer are hidden until tomorrow."""
    desiredRetention: NotRequired[float]
    """FSRS: share of reviews to be passed. `setDesiredRetention` can also reschedule cards."""
    historicalRetention: NotRequired[float]
    """FSRS: share of reviews that were passed before the recorded ones."""
    ignoreRevlogsBeforeDate: NotRequired[str]
    """FSRS: reviews before this day do not count, as in `2026-11-24`; empty for none."""
    easyDaysPercentages: NotRequired[list[float]]
    """FSRS, and load balancing: for each weekday from Monday on the share of normal work, from 0 to 1."""
    paramSearch: NotRequired[str]
    """FSRS: search text for the cards to optimize with; empty for those of the preset."""


@final
class CollectionExported(TypedDict):
    """The file that was written."""

    size: int
    """Bytes."""


@final
class CollectionReplaced(TypedDict):
    """The collection that is open now."""

    notes: int
    """Number of notes."""
    cards: int
    """Number of cards."""
    backup: str
    """Name of the backup of the collection before."""


@final
class ComparedAnswer(TypedDict):
    """A typed answer beside the right one."""

    correct: bool
    """Both are equal."""
    expected: str
    """The right answer as plain text."""
    html: str
    """HTML as Anki shows it: parts of the classes `typeGood`, `typeBad` and `typeMissed`; only the right answer if
    nothing was typed.
    """


@final
class CountsBothWays(TypedDict):
    """Numbers of cards by state, with suspended and buried cards in two ways."""

    separate: CardCounts
    together: CardCounts


@final
class CurrentDeck(TypedDict):
    """The deck that is selected for study."""

    deckId: int
    """Deck id."""
    name: str
    """Full deck name."""


@final
class DatabaseCheck(TypedDict):
    """The outcome of a check of the database, in Anki's window."""

    ok: bool
    """No problem was found."""
    report: str
    """Anki's report of what was found and done."""


@final
class DatabaseReport(TypedDict):
    """The outcome of a check of the database."""

    ok: bool
    """No problem was found."""
    problems: list[str]
    """Problems that were found and fixed, in Anki's language."""


@final
class DeckFigures(TypedDict):
    """Figures on a deck and its sub-decks."""

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
class DeckInTree(TypedDict):
    """A deck in the tree of decks. Limits are those of today."""

    deckId: int
    """Deck id."""
    name: str
    """Last part of the name."""
    fullName: str
    """Full deck name."""
    parent: str | None
    """Full name of the deck above; null at the top."""
    isFiltered: bool
    """It is a filtered deck."""
    collapsed: bool
    """Anki's deck list hides its sub-decks."""
    newToday: int
    """New cards left for today, sub-decks included, within the limits."""
    learningToday: int
    """Cards in learning left for today, sub-decks included."""
    reviewToday: int
    """Reviews left for today, sub-decks included, within the limits."""
    newUncapped: int
    """New cards of the deck itself, without limits."""
    reviewUncapped: int
    """Reviews due in the deck itself, without limits."""
    interdayLearningUncapped: int
    """Cards due in the deck itself whose learning step is a day or longer, without limits."""
    cards: int
    """All cards of the deck itself."""
    cardsWithChildren: int
    """All cards, sub-decks included."""


@final
class DeckMade(TypedDict):
    """A deck that was created, or that was there already."""

    deckId: int
    """Deck id."""
    name: str
    """Full name, as Anki has it."""


@final
class DeckOptionsForAll(TypedDict):
    """The deck options that hold for the whole collection, whatever the preset."""

    newCardsIgnoreReviewLimit: bool
    """New cards do not count towards the limit of reviews."""
    applyAllParentLimits: bool
    """The limits of all decks above a deck apply, also if the deck is studied by itself."""
    fsrsHealthCheck: bool
    """Optimizing in Anki's window also checks whether FSRS suits the reviews."""
    cardStateCustomizer: str
    """JavaScript that Anki runs for each card in its reviewer to change the effect of answers."""


@final
class DeckStats(TypedDict):
    """A deck's cards of today."""

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
    """All cards of the deck itself, without its sub-decks."""


@final
class DeckSummary(TypedDict):
    """A deck with its basic settings."""

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
class DeletedModels(TypedDict):
    """What was deleted."""

    models: list[str]
    """Names of the deleted note types."""
    notes: int
    """Number of deleted notes."""
    cards: int
    """Number of deleted cards."""


@final
class DueOnDay(TypedDict):
    """The cards that become due on one day."""

    day: int
    """Days from today."""
    date: str
    """Local date, as `2026-11-24`."""
    count: int
    """Cards that become due."""


@final
class DuplicateGroup(TypedDict):
    """Notes whose texts are equal."""

    values: list[str]
    """The equal texts, without HTML, but with the names of media files."""
    notes: list[int]
    """Note ids, oldest first."""


@final
class DuplicateScopeOptions(TypedDict):
    """Which notes a new note is compared with."""

    deckName: NotRequired[str | None]
    """Deck to search; default the note's deck."""
    checkChildren: NotRequired[bool]
    """Search its sub-decks, too."""
    checkAllModels: NotRequired[bool]
    """Compare with notes of every note type."""
    deckId: NotRequired[int | None]
    """Deck id, in place of `deckName`."""


@final
class EditingPreferences(TypedDict):
    """How notes are added and found."""

    addingDefaultsToCurrentDeck: bool
    """New notes go into the current deck, not into the last one of their note type."""
    pasteImagesAsPng: bool
    """Pasted images are stored as PNG, not as JPEG."""
    pasteStripsFormatting: bool
    """Text is pasted without its formatting."""
    defaultSearchText: str
    """Search text with which the browser opens."""
    ignoreAccentsInSearch: bool
    """Searches do not distinguish letters with and without accents."""
    renderLatex: bool
    """LaTeX is made into images."""


@final
class EditingPreferencesChanges(TypedDict):
    """How notes are added and found. It has only the chosen members."""

    addingDefaultsToCurrentDeck: NotRequired[bool]
    """New notes go into the current deck, not into the last one of their note type."""
    pasteImagesAsPng: NotRequired[bool]
    """Pasted images are stored as PNG, not as JPEG."""
    pasteStripsFormatting: NotRequired[bool]
    """Text is pasted without its formatting."""
    defaultSearchText: NotRequired[str]
    """Search text with which the browser opens."""
    ignoreAccentsInSearch: NotRequired[bool]
    """Searches do not distinguish letters with and without accents."""
    renderLatex: NotRequired[bool]
    """LaTeX is made into images."""


@final
class EmptyCardsOfNote(TypedDict):
    """The empty cards of one note."""

    noteId: int
    """Note id."""
    cards: list[int]
    """Ids of its empty cards."""
    allCards: bool
    """The note has no other card."""


@final
class EmptyCardsRemoved(TypedDict):
    """What was removed with the empty cards."""

    cards: list[int]
    """Ids of the removed cards."""
    notes: list[int]
    """Ids of the notes that were removed with their last card."""


@final
class ErrorObject(TypedDict):
    """An error (JSON-RPC 2.0, section 5.1)."""

    code: int
    """Number of the kind of error."""
    message: str
    """What happened, for people."""
    data: NotRequired[dict[str, Any]]
    """Details for programs, always with `kind`."""


@final
class FieldFont(TypedDict):
    """The font of a field in the editor."""

    font: str
    """Font in the editor."""
    size: int
    """Font size in the editor, in points."""


@final
class FieldOptions(TypedDict):
    """Options of a field to be set; others stay."""

    fieldName: str
    """Field name in its exact spelling."""
    rtl: NotRequired[bool]
    """Written from right to left in the editor."""
    sticky: NotRequired[bool]
    """The Add window keeps its text for the next note."""
    collapsed: NotRequired[bool]
    """Collapsed in the editor."""
    plainText: NotRequired[bool]
    """Edited as HTML by default."""
    excludeFromSearch: NotRequired[bool]
    """Not searched unless the search names the field."""


@final
class FieldValue(TypedDict):
    """A field of a note."""

    value: str
    """HTML of the field."""
    order: int
    """Position of the field, from 0."""


@final
class FileInTrash(TypedDict):
    """A file in Anki's media trash."""

    filename: str
    """Its name, which is the one that it had in the media folder."""
    size: int
    """Its size in bytes."""


@final
class FilteredDeckMade(TypedDict):
    """A filtered deck that was made or rebuilt."""

    deckId: int
    """Deck id."""
    name: str
    """Full name, as Anki has normalised it."""
    cards: int
    """Number of cards in it."""


@final
class Forecast(TypedDict):
    """The cards that become due in the next days."""

    overdue: int
    """Cards that were due before today."""
    days: list[DueOnDay]
    """One entry per day, today first."""


@final
class FsrsFit(TypedDict):
    """How well FSRS parameters predict the reviews."""

    logLoss: float
    """Log loss of the predictions; smaller is better."""
    rmseBins: float
    """Error of the predictions over groups of similar reviews; 0.05 is 5 %."""


@final
class FutureDue(TypedDict):
    """When cards are due."""

    dailyLoad: int
    """Reviews on an average day, as estimated from the intervals."""
    counts: list[CardsOnDay]
    """By day, earliest first; days without cards are left out. Negative days are overdue."""


@final
class GatewayLimits(TypedDict):
    """What one request may contain and cause. The user can change all but the last two."""

    headerBytes: int
    """Bytes of a request's head."""
    bodyBytes: int
    """Bytes of a request's body."""
    responseBytes: int
    """Bytes of a response, without `/media/` and events."""
    mediaBytes: int
    """Bytes of a file for `PUT /media/`."""
    packageBytes: int
    """Bytes of a package when it is unpacked."""
    batch: int
    """Calls in a batch."""
    nesting: int
    """Levels of `multi` inside `multi`."""
    threads: int
    """Requests that are answered at once."""
    threadsPerCaller: int
    """Requests of one caller that are answered at once; further ones wait."""


@final
class GoingIds(TypedDict):
    """What would be lost, by its ids."""

    count: int
    """Their number."""
    ids: list[int]
    """Their ids, at most 1,000."""


@final
class GoingNames(TypedDict):
    """What would be lost, by its names."""

    count: int
    """Their number."""
    names: list[str]
    """Their names, at most 1,000."""


@final
class GoingProfiles(TypedDict):
    """Deleted profiles."""

    count: int
    """Their number."""
    names: list[str]
    """Their names, at most 1,000."""
    bytes: int
    """Size of their folders, with media and backups, in bytes."""


@final
class HourOfDay(TypedDict):
    """The answers in one hour of the day."""

    answers: int
    """All answers."""
    correct: int
    """Answers other than *Again*."""


@final
class HourPeriods(TypedDict):
    """Hours of the day by period."""

    month: list[HourOfDay]
    """The last 30 days: 24 entries, the first from 0 to 1 o'clock."""
    threeMonths: list[HourOfDay]
    """The last 90 days: 24 entries, the first from 0 to 1 o'clock."""
    year: list[HourOfDay]
    """The last 365 days: 24 entries, the first from 0 to 1 o'clock."""
    allTime: list[HourOfDay]
    """All days that are read: 24 entries, the first from 0 to 1 o'clock."""


@final
class ImportedNotes(TypedDict):
    """What an import has done with each note of a file."""

    found: int
    """Number of notes in the file."""
    new: list[int]
    """Ids of the notes that were added."""
    updated: list[int]
    """Ids of the notes that were recognised by their globally unique id, and changed."""
    unchanged: list[int]
    """Ids of the notes that are the same here, or newer."""
    firstFieldMatch: list[int]
    """Ids of the notes that were recognised by their first field: `update` has changed them, `keep` has not. With
    `add` the ids of the notes that were added beside them.
    """
    conflicting: list[list[str]]
    """Fields of each note that is of another note type here; it was left out."""
    missingModel: list[list[str]]
    """Fields of each note whose note type was not found."""
    missingDeck: list[list[str]]
    """Fields of each note whose deck was not found."""
    emptyFirstField: list[list[str]]
    """Fields of each note without a first field."""


@final
class ListedModel(TypedDict):
    """A note type in short."""

    id: int
    """Id of the note type."""
    name: str
    """Name."""
    isCloze: bool
    """It makes cards from cloze deletions: `{{c1::text}}` in a field."""
    fields: list[str]
    """Field names in field order; the first must not be empty in a note."""
    templates: list[str]
    """Template names; a note has at most one card per template, or per cloze number."""
    notes: int
    """Number of its notes."""


@final
class LoggedReview(TypedDict):
    """An entry of the review log, with its card."""

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
    """What a destructive call would remove. Kinds without losses are left out."""

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
    models: NotRequired[GoingNames]
    searches: NotRequired[GoingNames]
    configValues: NotRequired[GoingNames]
    profiles: NotRequired[GoingProfiles]
    changedNotes: NotRequired[GoingIds]
    changedCards: NotRequired[GoingIds]
    changedDecks: NotRequired[GoingNames]
    changedFiles: NotRequired[GoingNames]
    changedModels: NotRequired[GoingNames]


@final
class MediaItem(TypedDict):
    """A file for a note, with its source."""

    filename: str
    """Name to store the file under; Anki normalises it, and folders are dropped."""
    data: NotRequired[str | None]
    """Content in base64; used before `path` and `url`."""
    path: NotRequired[str | None]
    """File to copy, readable by the gateway; used before `url`."""
    url: NotRequired[str | None]
    """Address to fetch, http or https."""
    skipHash: NotRequired[str | None]
    """MD5 of content not to store, in lower-case hexadecimal digits."""
    deleteExisting: NotRequired[bool]
    """As in storeMediaFile, but false by default."""
    fields: NotRequired[list[str] | None]
    """Exact names of the fields to which the reference is appended."""


@final
class MediaReference(TypedDict):
    """A file that a note names."""

    filename: str
    """Its name, as in the media folder."""
    exists: bool
    """There is such a file in the media folder."""


@final
class MediaReport(TypedDict):
    """Unused and missing files of the media folder."""

    unused: list[str]
    """Files that no note and no template names."""
    missing: list[str]
    """Files that are named but do not exist."""
    notesWithMissing: list[int]
    """Ids of the notes that name missing files."""
    hasTrash: bool
    """There are files in Anki's media trash."""


@final
class MediaSyncCounts(TypedDict):
    """What the media sync has done so far, in Anki's words and the user's language."""

    checked: str
    """Number of files that were checked."""
    added: str
    """Number of files that were added on each side."""
    removed: str
    """Number of files that were removed on each side."""


@final
class MediaSyncState(TypedDict):
    """The media sync that is running, or the last one since the start."""

    active: bool
    """A media sync is running."""
    progress: MediaSyncCounts | None
    """What it has done; null if that is unknown."""
    error: ErrorObject | None
    """Why the last one failed; null if it did not."""


@final
class MemoryState(TypedDict):
    """What FSRS knows about a card."""

    cardId: int
    """Card id."""
    stability: float | None
    """Days until the probability of recall falls to 90 %."""
    difficulty: float | None
    """From 1 to 10."""
    retrievability: float | None
    """Probability of recall now, from 0 to 1."""
    desiredRetention: float | None
    """Wanted probability of recall when the card becomes due, from 0 to 1."""
    decay: float | None
    """Exponent of the forgetting curve: how fast the card is forgotten."""


@final
class ModelEdit(TypedDict):
    """One edit of a note type. Each kind of edit has members of its own."""

    op: Literal[
        "addField",
        "renameField",
        "moveField",
        "removeField",
        "addTemplate",
        "updateTemplate",
        "renameTemplate",
        "moveTemplate",
        "removeTemplate",
        "setCss",
    ]
    """The kind of edit. Its members, where a question mark means optional: `addField` (name, index?),
    `renameField` (name, newName), `moveField` (name, index), `removeField` (name), `addTemplate` (name, front,
    back, index?, browserFront?, browserBack?), `updateTemplate` (name, front?, back?, browserFront?,
    browserBack?), `renameTemplate` (name, newName), `moveTemplate` (name, index), `removeTemplate` (name),
    `setCss` (css).
    """
    name: NotRequired[str]
    """Name of the field or template, in its exact spelling."""
    newName: NotRequired[str]
    """New name of the field or template."""
    index: NotRequired[int]
    """New position, from 0; the end if too large or left out."""
    front: NotRequired[str]
    """Question side."""
    back: NotRequired[str]
    """Answer side."""
    browserFront: NotRequired[str]
    """Question side in Anki's browser; if empty, the question side."""
    browserBack: NotRequired[str]
    """Answer side in Anki's browser; if empty, the answer side."""
    css: NotRequired[str]
    """The whole styling."""


@final
class ModelField(TypedDict):
    """A field of a note type, as Anki stores it."""

    name: str
    """Field name."""
    ord: int
    """Position, from 0."""
    sticky: bool
    """The Add window keeps its text for the next note."""
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
    """Not searched unless the search names the field."""
    id: NotRequired[int | None]
    """Id of the field."""
    tag: NotRequired[int | None]
    """Anki's internal mark."""
    preventDeletion: NotRequired[bool]
    """Anki refuses to delete it."""


@final
class ModelOptions(TypedDict):
    """Options of a note type."""

    sortField: NotRequired[str]
    """Name of the field that Anki's browser sorts by."""
    latexHeader: NotRequired[str]
    """LaTeX before each snippet."""
    latexFooter: NotRequired[str]
    """LaTeX after each snippet."""
    latexSvg: NotRequired[bool]
    """LaTeX makes SVG images, not PNG."""


@final
class NeededSync(TypedDict):
    """Whether a sync is needed."""

    required: Literal["none", "normal", "full"]
    """The sync that is needed. A full one replaces one side by the other, so `sync` needs `full` for it."""
    local: bool
    """Only this side was looked at, because it has changes; the server was not asked."""
    checkedAt: int | None
    """When the server gave this answer, in seconds since 1970; null if it was not asked."""


@final
class NewCardOptions(TypedDict):
    """How the cards of a new note begin."""

    suspended: NotRequired[bool]
    """Suspend the cards of the new note, in the same undo step."""
    flag: NotRequired[int]
    """Flag of the cards of the new note, in the same undo step: 1 red, 2 orange, 3 green, 4 blue, 5 pink, 6
    turquoise, 7 purple; 0 for none.
    """


@final
class NewField(TypedDict):
    """A field of a new note type."""

    name: str
    """Field name."""
    description: NotRequired[str]
    """Hint in an empty field of the editor."""
    collapsed: NotRequired[bool]
    """Collapsed in the editor."""


@final
class NewSides(TypedDict):
    """New sides of a template."""

    Front: NotRequired[str]
    """New question side; unchanged if empty or left out."""
    Back: NotRequired[str]
    """New answer side; unchanged if empty or left out."""
    BrowserFront: NotRequired[str]
    """Question side in Anki's browser."""
    BrowserBack: NotRequired[str]
    """Answer side in Anki's browser."""


@final
class NewStyling(TypedDict):
    """New styling of a note type."""

    name: str
    """Note type name, compared without case."""
    css: str
    """The new styling; may be empty."""


@final
class NewTemplate(TypedDict):
    """A template to be added."""

    Name: str
    """Template name in its exact spelling."""
    Front: str
    """Question side."""
    Back: str
    """Answer side."""


@final
class NewTemplates(TypedDict):
    """New sides of a note type's templates."""

    name: str
    """Note type name, compared without case."""
    templates: dict[str, NewSides]
    """New sides by exact template name."""


@final
class NextSteps(TypedDict):
    """The steps that Anki would undo and redo next."""

    undo: str | None
    """Name of the step that would be undone; null for none."""
    redo: str | None
    """Name of the step that would be redone; null for none."""


@final
class NoteChanges(TypedDict):
    """Changes to a note; whatever is left out stays."""

    id: int
    """Note id."""
    fields: NotRequired[dict[str, str]]
    """As in updateNoteFields; if left out, all fields stay."""
    audio: NotRequired[list[MediaItem]]
    """Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    video: NotRequired[list[MediaItem]]
    """Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    picture: NotRequired[list[MediaItem]]
    """Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`."""
    expected: NotRequired[dict[str, str]]
    """Write only if these fields have these texts, by field name, as in notesInfo. It notices every change of
    them, even within a second.
    """
    tags: NotRequired[list[str]]
    """Tags that replace the note's; if left out, they stay."""


@final
class NoteDraft(TypedDict):
    """A note for the Add window."""

    deckName: NotRequired[str]
    """Deck, compared without case."""
    modelName: NotRequired[str]
    """Note type, compared without case."""
    fields: NotRequired[dict[str, str]]
    """HTML by exact field name."""
    tags: NotRequired[list[str]]
    """Tags."""
    audio: NotRequired[list[MediaItem]]
    """Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    video: NotRequired[list[MediaItem]]
    """Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    picture: NotRequired[list[MediaItem]]
    """Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`."""
    modelId: NotRequired[int]
    """Note type id, in place of `modelName`: a note gives one of both."""
    deckId: NotRequired[int]
    """Deck id, in place of `deckName`: a note gives one of both."""


@final
class NoteDraftChange(TypedDict):
    """Changes to the note in the Add window; whatever is left out stays."""

    deckName: NotRequired[str | None]
    """Deck; default the selected one."""
    modelName: NotRequired[str | None]
    """Note type; default the selected one."""
    fields: NotRequired[dict[str, str]]
    """HTML by exact field name; other fields stay as they are."""
    tags: NotRequired[list[str] | None]
    """Tags; if left out, they stay as they are."""
    audio: NotRequired[list[MediaItem]]
    """Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    video: NotRequired[list[MediaItem]]
    """Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    picture: NotRequired[list[MediaItem]]
    """Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`."""
    modelId: NotRequired[int]
    """Note type id, in place of `modelName`: a note gives one of both."""
    deckId: NotRequired[int]
    """Deck id, in place of `deckName`: a note gives one of both."""


@final
class NoteFields(TypedDict):
    """New texts of a note, and files for it."""

    id: int
    """Note id."""
    fields: dict[str, str]
    """New HTML by exact field name; other fields stay as they are."""
    audio: NotRequired[list[MediaItem]]
    """Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    video: NotRequired[list[MediaItem]]
    """Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    picture: NotRequired[list[MediaItem]]
    """Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`."""
    expected: NotRequired[dict[str, str]]
    """Write only if these fields have these texts, by field name, as in notesInfo. It notices every change of
    them, even within a second.
    """


@final
class NoteInfo(TypedDict):
    """A note with its texts, tags and cards."""

    noteId: int
    """Note id."""
    profile: str
    """Name of the open profile."""
    tags: list[str]
    """Its tags."""
    fields: dict[str, FieldValue]
    """Value and position of each field."""
    modelName: str
    """Its note type."""
    mod: int
    """Last change, in seconds since 1970."""
    cards: list[int]
    """Ids of its cards in the order of their templates."""


@final
class NoteOptions(TypedDict):
    """Which notes may be added, and how."""

    allowDuplicate: NotRequired[bool]
    """Add the note even if it is a duplicate."""
    duplicateScope: NotRequired[Literal["deck", "collection"] | None]
    """Where a note with the same first field counts as a duplicate; default the collection."""
    duplicateScopeOptions: NotRequired[DuplicateScopeOptions | None]
    """Details of the scope."""
    createDeck: NotRequired[bool]
    """Create the deck if it is missing, in the same undo step."""
    allowMissingCloze: NotRequired[bool]
    """Add a note of a cloze note type even without a cloze deletion; its card says so."""
    suspended: NotRequired[bool]
    """Suspend the cards of the new note, in the same undo step."""
    flag: NotRequired[int]
    """Flag of the cards of the new note, in the same undo step: 1 red, 2 orange, 3 green, 4 blue, 5 pink, 6
    turquoise, 7 purple; 0 for none.
    """


@final
class NotePage(TypedDict):
    """A page of the notes that a search finds."""

    notes: list[int]
    """Note ids, in the order of the search."""
    total: int
    """Number of ids that the search has found, when the first page was read."""
    nextCursor: str | None
    """For the next page; null if this is the last one. It is valid for ten minutes after its last use, for the
    same caller, while the same collection is open.
    """


@final
class NotePart(TypedDict):
    """A note with its texts, tags and cards. It has only the chosen members."""

    noteId: NotRequired[int]
    """Note id."""
    profile: NotRequired[str]
    """Name of the open profile."""
    tags: NotRequired[list[str]]
    """Its tags."""
    fields: NotRequired[dict[str, FieldValue]]
    """Value and position of each field."""
    modelName: NotRequired[str]
    """Its note type."""
    mod: NotRequired[int]
    """Last change, in seconds since 1970."""
    cards: NotRequired[list[int]]
    """Ids of its cards in the order of their templates."""


@final
class NoteTextEdit(TypedDict):
    """An edit of a text in a field of a note."""

    id: int
    """Note id."""
    field: str
    """Name of the field, compared without case."""
    findText: str
    """The text to replace, as it is stored: HTML, in the same case. It must occur exactly once in the field."""
    replaceText: str
    """The new text."""


@final
class NoteTime(TypedDict):
    """The last change of a note."""

    noteId: int
    """Note id."""
    mod: int
    """Last change, in seconds since 1970."""


@final
class NoteTypeChange(TypedDict):
    """What a change of the note type has removed."""

    notes: int
    """Number of notes."""
    lostFields: list[str]
    """Names of fields whose texts were lost."""
    lostTemplates: list[str]
    """Names of templates whose cards were lost."""
    lostCards: int
    """Number of lost cards."""


@final
class NoteTypeMap(TypedDict):
    """The maps with which `changeNoteType` would change notes without `fields` and `templates`."""

    fields: dict[str, str | None]
    """Old field by name of each new field; null for an empty field."""
    templates: dict[str, str | None] | None
    """Old template by name of each new template; null for new cards. Null as a whole if one of the note types is
    for cloze deletions: its templates cannot be mapped.
    """


@final
class NoteUpdate(TypedDict):
    """The outcome for one note to be changed."""

    id: int
    """Note id."""
    changed: bool
    """The call has changed the note."""
    mod: int | None
    """Last change, in seconds since 1970; null for an unknown id."""
    error: ErrorObject | None
    """Why it was not written; null if it was."""


@final
class OcclusionImage(TypedDict):
    """The image of an image occlusion note, with its source."""

    filename: str
    """Name in the media folder. Without `data`, `path` or `url` the file must already exist."""
    data: NotRequired[str | None]
    """Content in base64; used before `path` and `url`."""
    path: NotRequired[str | None]
    """File to copy, readable by the gateway; used before `url`."""
    url: NotRequired[str | None]
    """Address to fetch, http or https."""
    deleteExisting: NotRequired[bool]
    """Move an existing file of that name to the trash; if false, other content gets a free name."""


@final
class Optimized(TypedDict):
    """The outcome of an optimization of FSRS parameters."""

    params: list[float]
    """The best parameters: the preset's own if none are better; none if those are Anki's defaults."""
    changed: bool
    """They differ from the preset's."""
    applied: bool
    """They were saved in the preset."""
    reviews: int
    """Number of reviews that were used; few reviews give rough parameters."""
    before: FsrsFit
    after: FsrsFit
    healthy: bool | None
    """FSRS suits these reviews; null without `healthCheck`, or if there are too few reviews."""


@final
class OptionsGroup(TypedDict):
    """A whole group. Its members depend on the version of Anki."""

    id: int
    """Id of the group."""


@final
class Outcome(TypedDict):
    """The outcome of one of several actions."""

    result: Any
    """Result of the action; null if it failed."""
    error: ErrorObject | None
    """Why it failed; null if it did not."""


@final
class OwnRetention(TypedDict):
    """A deck with a desired retention of its own."""

    deck: str
    """Full deck name."""
    desiredRetention: float
    """Share of reviews to be passed, from 0 to 1."""


@final
class Percentages(TypedDict):
    """The percentages of cards."""

    median: float | None
    """Their median in percent; null without such cards."""
    counts: list[CardsByPercent]
    """By percent, lowest first; percentages without cards are left out."""


@final
class Permission(TypedDict):
    """What the user allows the caller's origin."""

    permission: Literal["granted", "denied"]
    """Whether the caller's origin may use the gateway."""
    requireApikey: NotRequired[bool]
    """Each call must carry a key; only with `granted`."""
    requireApiKey: NotRequired[bool]
    """The same as `requireApikey`, in another spelling."""
    version: NotRequired[int]
    """API version, always 6; only with `granted`."""


@final
class Point(TypedDict):
    """A point on an image."""

    x: float
    """From 0, the left edge of the image, to 1, the right edge."""
    y: float
    """From 0, the upper edge of the image, to 1, the lower edge."""


@final
class PresentState(TypedDict):
    """What FSRS knows about a card now."""

    stability: float
    """Days until the probability of recall falls to 90 %."""
    difficulty: float
    """From 1 to 10."""
    retrievability: float | None
    """Probability of recall now, from 0 to 1."""


@final
class PresetOptions(TypedDict):
    """The options of a preset, named as in Anki's `DeckConfig.Config`."""

    learnSteps: NotRequired[list[float]]
    """Learning steps of new cards, in minutes; may be empty."""
    relearnSteps: NotRequired[list[float]]
    """Steps of forgotten cards, in minutes; may be empty."""
    newPerDay: NotRequired[int]
    """New cards a day."""
    reviewsPerDay: NotRequired[int]
    """Reviews a day."""
    initialEase: NotRequired[float]
    """Ease of a card after its learning steps; 2.5 is 250 %. Not used by FSRS."""
    easyMultiplier: NotRequired[float]
    """What *Easy* multiplies an interval by, beyond the ease. Not used by FSRS."""
    hardMultiplier: NotRequired[float]
    """What *Hard* multiplies an interval by. Not used by FSRS."""
    lapseMultiplier: NotRequired[float]
    """What *Again* multiplies an interval by. Not used by FSRS."""
    intervalMultiplier: NotRequired[float]
    """What every interval is multiplied by. Not used by FSRS."""
    maximumReviewInterval: NotRequired[int]
    """Longest interval, in days."""
    minimumLapseInterval: NotRequired[int]
    """Shortest interval after *Again*, in days."""
    graduatingIntervalGood: NotRequired[int]
    """Interval after the last learning step, in days. Not used by FSRS."""
    graduatingIntervalEasy: NotRequired[int]
    """Interval after *Easy* in a learning step, in days. Not used by FSRS."""
    newCardInsertOrder: NotRequired[Literal["due", "random"]]
    """Positions of new cards: in the order of adding, or random. A change sorts all new cards again."""
    newCardGatherPriority: NotRequired[
        Literal["deck", "lowestPosition", "highestPosition", "randomNotes", "randomCards", "deckThenRandomNotes"]
    ]
    """Which new cards are taken for the day."""
    newCardSortOrder: NotRequired[
        Literal["template", "noSort", "templateThenRandom", "randomNoteThenTemplate", "randomCard"]
    ]
    """In which order the new cards of the day are shown."""
    newMix: NotRequired[Literal["mixWithReviews", "afterReviews", "beforeReviews"]]
    """When new cards are shown."""
    reviewOrder: NotRequired[
        Literal[
            "day",
            "dayThenDeck",
            "deckThenDay",
            "intervalsAscending",
            "intervalsDescending",
            "easeAscending",
            "easeDescending",
            "retrievabilityAscending",
            "random",
            "added",
            "reverseAdded",
            "retrievabilityDescending",
            "relativeOverdueness",
        ]
    ]
    """In which order reviews are shown. `relativeOverdueness` needs Anki 26.05 or newer."""
    interdayLearningMix: NotRequired[Literal["mixWithReviews", "afterReviews", "beforeReviews"]]
    """When cards are shown whose learning step is a day or longer."""
    leechAction: NotRequired[Literal["suspend", "tagOnly"]]
    """What happens to a leech: a card that was forgotten too often."""
    leechThreshold: NotRequired[int]
    """After how many lapses a card is a leech."""
    disableAutoplay: NotRequired[bool]
    """Sounds are not played automatically."""
    capAnswerTimeToSecs: NotRequired[int]
    """Most seconds that are recorded for an answer."""
    showTimer: NotRequired[bool]
    """The reviewer shows a timer."""
    stopTimerOnAnswer: NotRequired[bool]
    """That timer stops at the answer side."""
    secondsToShowQuestion: NotRequired[float]
    """Auto advance: seconds for the question side; 0 for no end."""
    secondsToShowAnswer: NotRequired[float]
    """Auto advance: seconds for the answer side; 0 for no end."""
    questionAction: NotRequired[Literal["showAnswer", "showReminder"]]
    """Auto advance: what follows the question side."""
    answerAction: NotRequired[Literal["buryCard", "answerAgain", "answerGood", "answerHard", "showReminder"]]
    """Auto advance: what follows the answer side."""
    waitForAudio: NotRequired[bool]
    """Auto advance: wait for the end of sounds."""
    skipQuestionWhenReplayingAnswer: NotRequired[bool]
    """A replay on the answer side omits the sounds of the question side."""
    buryNew: NotRequired[bool]
    """New siblings of an answered card are hidden until tomorrow."""
    buryReviews: NotRequired[bool]
    """Its siblings to be reviewed are hidden until tomorrow."""
    buryInterdayLearning: NotRequired[bool]
    """Its siblings with a learning step of a day or longer are hidden until tomorrow."""
    desiredRetention: NotRequired[float]
    """FSRS: share of reviews to be passed. `setDesiredRetention` can also reschedule cards."""
    historicalRetention: NotRequired[float]
    """FSRS: share of reviews that were passed before the recorded ones."""
    ignoreRevlogsBeforeDate: NotRequired[str]
    """FSRS: reviews before this day do not count, as in `2026-11-24`; empty for none."""
    easyDaysPercentages: NotRequired[list[float]]
    """FSRS, and load balancing: for each weekday from Monday on the share of normal work, from 0 to 1."""
    paramSearch: NotRequired[str]
    """FSRS: search text for the cards to optimize with; empty for those of the preset."""


@final
class PreviewDelays(TypedDict):
    """After how many seconds a card comes again if answers do not reschedule it. *Easy* always returns it at once."""

    again: NotRequired[int]
    """After *Again*; 0 returns the card to its home deck."""
    hard: NotRequired[int]
    """After *Hard*; 0 returns the card to its home deck."""
    good: NotRequired[int]
    """After *Good*; 0 returns the card to its home deck."""


@final
class PreviewedNote(TypedDict):
    """A note that need not be stored."""

    modelName: NotRequired[str]
    """Note type, compared without case."""
    fields: dict[str, str]
    """HTML by field name, compared without case; other fields are empty."""
    tags: NotRequired[list[str]]
    """Its tags, for templates that show them."""
    modelId: NotRequired[int]
    """Note type id, in place of `modelName`: a note gives one of both."""


@final
class PreviewedSides(TypedDict):
    """Sides of a template that need not be stored."""

    Front: NotRequired[str | None]
    """Question side; the stored one if left out."""
    Back: NotRequired[str | None]
    """Answer side; the stored one if left out."""


@final
class ProfileDeleted(TypedDict):
    """What became of a deleted profile."""

    inTrash: bool
    """Whether its folder is in the system's trash; false if it was deleted for good, or if there was none."""


@final
class Progress(TypedDict):
    """How far an operation has come."""

    done: int | None
    """Number of items done; null if nothing is counted."""
    total: int | None
    """Number of all items; null if it is not known."""
    text: str | None
    """Anki's progress text, in its language; only for the operation's owner and callers with the scope `admin`."""


@final
class QueuedCard(TypedDict):
    """A card that is left for today."""

    cardId: int
    """Card id."""
    noteId: int
    """Id of its note."""
    deckName: str
    """Deck that the card is in."""
    modelName: str
    """Note type."""
    queue: Literal["new", "learning", "review"]
    """Queue that the card is in."""
    question: NotRequired[str]
    """Rendered question as HTML, without the style."""
    answer: NotRequired[str]
    """Rendered answer as HTML, without the style; it usually repeats the question."""
    nextReviews: list[str]
    """When the card would come again after each answer, from ease 1 to 4."""
    token: NotRequired[str]
    """Stands for the card's present state: `answerCards` with it fails if the card has changed since."""
    states: NotRequired[list[AnswerState]]
    """The effect of each answer, from ease 1 to 4."""


@final
class Reflection(TypedDict):
    """The actions that exist."""

    scopes: list[str]
    """The known ones of the given scopes."""
    actions: NotRequired[list[str]]
    """The actions; only if the scope `actions` was given."""


@final
class ReorderCards(TypedDict):
    """The order of the cards in Anki's browser."""

    order: str
    """`ascending` or `descending`."""
    columnId: str
    """Anki's key of a visible column."""


@final
class Repositioned(TypedDict):
    """What became of the cards to be repositioned."""

    requested: int
    """Number of given ids."""
    deduped: int
    """Number of different ids."""
    eligibleNew: int
    """Number of new cards among them."""
    repositioned: int
    """Number of cards that got a position."""
    skippedNotFound: list[int]
    """Unknown ids."""
    skippedNotNew: list[int]
    """Ids of cards that are not new."""
    appliedStartPosition: int
    """The given `startPosition`."""
    appliedStep: int
    """The given `step`."""
    appliedShift: bool
    """The given `shift`."""


@final
class Retention(TypedDict):
    """The share of answers that were correct."""

    passed: int
    """Answers other than *Again* to cards with an interval of one day or more."""
    failed: int
    """Answers *Again* to such cards."""
    rate: float | None
    """Share of `passed`, from 0 to 1; null without answers."""


@final
class Retentions(TypedDict):
    """Retention by period."""

    today: Retention
    yesterday: Retention
    week: Retention
    month: Retention
    year: Retention
    allTime: Retention


@final
class Retrievabilities(TypedDict):
    """How well cards are remembered now, by FSRS."""

    average: float | None
    """Average in percent; null without such cards."""
    sumByCard: float
    """Expected number of remembered cards."""
    sumByNote: float
    """Expected number of remembered notes: the average of its cards counts for each."""
    counts: list[CardsByPercent]
    """By percent, lowest first; percentages without cards are left out."""


@final
class RetypedNote(TypedDict):
    """A note that gets another note type."""

    id: int
    """Note id."""
    modelName: NotRequired[str]
    """Its new note type, compared without case; it may be the same."""
    fields: dict[str, str]
    """HTML by field name of the new note type, compared without case; other fields are emptied."""
    tags: NotRequired[list[str] | None]
    """Tags that replace the note's; if left out, they stay."""
    modelId: NotRequired[int]
    """Note type id, in place of `modelName`: a note gives one of both."""


@final
class Review(TypedDict):
    """An entry of the review log."""

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
    """A page of the review log."""

    reviews: list[LoggedReview]
    """Log entries, oldest first."""
    next: int | None
    """Value of `after` for the next page; null if this is the last."""


@final
class ReviewingPreferences(TypedDict):
    """How cards are shown."""

    hideAudioPlayButtons: bool
    """Cards have no buttons to play sounds."""
    interruptAudioWhenAnswering: bool
    """A sound stops when the card is answered."""
    showRemainingDueCounts: bool
    """The reviewer shows how many cards are left."""
    showIntervalsOnButtons: bool
    """The answer buttons show intervals."""
    timeLimitSecs: int
    """After so many seconds Anki reports the number of cards; 0 for never."""
    loadBalancerEnabled: bool
    """Reviews are spread evenly over days."""
    fsrsShortTermWithStepsEnabled: bool
    """While FSRS is active, it also schedules cards that have passed their learning steps on the same day."""


@final
class ReviewingPreferencesChanges(TypedDict):
    """How cards are shown. It has only the chosen members."""

    hideAudioPlayButtons: NotRequired[bool]
    """Cards have no buttons to play sounds."""
    interruptAudioWhenAnswering: NotRequired[bool]
    """A sound stops when the card is answered."""
    showRemainingDueCounts: NotRequired[bool]
    """The reviewer shows how many cards are left."""
    showIntervalsOnButtons: NotRequired[bool]
    """The answer buttons show intervals."""
    timeLimitSecs: NotRequired[int]
    """After so many seconds Anki reports the number of cards; 0 for never."""
    loadBalancerEnabled: NotRequired[bool]
    """Reviews are spread evenly over days."""
    fsrsShortTermWithStepsEnabled: NotRequired[bool]
    """While FSRS is active, it also schedules cards that have passed their learning steps on the same day."""


@final
class ReviewsByKind(TypedDict):
    """Reviews by the state of the card."""

    learning: int
    """In learning."""
    relearning: int
    """In relearning."""
    young: int
    """In review, with intervals of less than 21 days."""
    mature: int
    """In review, with intervals of 21 days or more."""
    filtered: int
    """In filtered decks, before the card was due."""


@final
class ReviewsOnDay(TypedDict):
    """The reviews of a day."""

    day: int
    """Days from today, 0 or negative."""
    counts: ReviewsByKind
    milliseconds: ReviewsByKind


@final
class SavedSearch(TypedDict):
    """A search that the user has saved."""

    name: str
    """Its name."""
    search: str
    """Its search text."""


@final
class SchedulingPreferences(TypedDict):
    """When cards are shown."""

    rollover: int
    """Hour at which the next day begins."""
    learnAheadSecs: int
    """Cards in learning that are due within so many seconds are shown when no others are left."""
    newReviewMix: Literal["distribute", "reviewsFirst", "newFirst"]
    """When new cards are shown, if the preset does not say it."""
    newTimezone: bool
    """The day follows the time zone of this computer, not of the collection."""
    dayLearnFirst: bool
    """Cards in learning for more than a day are shown before reviews."""


@final
class SchedulingPreferencesChanges(TypedDict):
    """When cards are shown. It has only the chosen members."""

    rollover: NotRequired[int]
    """Hour at which the next day begins."""
    learnAheadSecs: NotRequired[int]
    """Cards in learning that are due within so many seconds are shown when no others are left."""
    newReviewMix: NotRequired[Literal["distribute", "reviewsFirst", "newFirst"]]
    """When new cards are shown, if the preset does not say it."""
    newTimezone: NotRequired[bool]
    """The day follows the time zone of this computer, not of the collection."""
    dayLearnFirst: NotRequired[bool]
    """Cards in learning for more than a day are shown before reviews."""


@final
class SearchTerm(TypedDict):
    """A search of a filtered deck."""

    search: str
    """Search text as in Anki's browser; empty for every card."""
    limit: NotRequired[int]
    """Maximum number of cards."""
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
    """Order in which cards are taken and shown."""


@final
class SearchedAnswers(TypedDict):
    """When a card was answered, and how."""

    days: int
    """In the last days; 1 is today."""
    ease: NotRequired[int | None]
    """1 Again, 2 Hard, 3 Good, 4 Easy; default any."""


@final
class SearchedDuplicate(TypedDict):
    """The first field of a note, of which others of its note type are duplicates."""

    modelName: str
    """Note type, compared without case."""
    firstField: str
    """Its first field, as HTML."""


@final
class SearchedField(TypedDict):
    """A field of a note, and its whole content."""

    name: str
    """Field name, compared without case."""
    text: str
    """The text that the field is, without HTML; empty for an empty field."""


@final
class SetLimits(TypedDict):
    """Limits of one kind."""

    new: int | None
    """New cards a day; null if not set."""
    reviews: int | None
    """Reviews a day; null if not set."""


@final
class Shape(TypedDict):
    """A shape on an image."""

    type: Literal["rect", "ellipse", "polygon", "text"]
    """Type of the shape; `text` is shown on the image and hides nothing."""
    card: NotRequired[int]
    """Number of the card that asks for the shape. A card asks for all shapes with its number together. Default the
    lowest free number; a text without number belongs to no card.
    """
    left: NotRequired[float]
    """Left edge, from 0 to 1. Not for a polygon."""
    top: NotRequired[float]
    """Upper edge, from 0 to 1. Not for a polygon."""
    width: NotRequired[float]
    """Width as a fraction of the image's. For a rectangle or an ellipse."""
    height: NotRequired[float]
    """Height as a fraction of the image's. For a rectangle or an ellipse."""
    points: NotRequired[list[Point]]
    """Corners of a polygon."""
    text: NotRequired[str]
    """Content of a text; it cannot contain `}}`."""
    scale: NotRequired[float]
    """Factor by which a text is enlarged; default 1."""
    fontSize: NotRequired[float]
    """Font size of a text as a fraction of the image's height; default Anki's."""
    angle: NotRequired[float]
    """Rotation in degrees, clockwise; default 0."""
    fill: NotRequired[str]
    """Colour as in CSS; default Anki's."""


@final
class Sides(TypedDict):
    """The two sides of a template."""

    Front: str
    """Question side."""
    Back: str
    """Answer side."""


@final
class SimplePart(TypedDict):
    """What a note or card must be: exactly one of the members, and perhaps `negated`."""

    deck: NotRequired[str | None]
    """Deck with its sub-decks. `current` is the current deck, and `filtered` all filtered decks."""
    tag: NotRequired[str | None]
    """Tag with its sub-tags. `none` is for notes without tags."""
    modelName: NotRequired[str | None]
    """Note type."""
    field: NotRequired[SearchedField | None]
    """Content of a field."""
    text: NotRequired[str | None]
    """Text that a field contains."""
    state: NotRequired[Literal["new", "learn", "review", "due", "suspended", "buried"] | None]
    """State of a card."""
    flag: NotRequired[int | None]
    """Flag of a card, 0 for none."""
    rated: NotRequired[SearchedAnswers | None]
    """A card was answered."""
    added: NotRequired[int | None]
    """Added in the last days; 1 is today."""
    edited: NotRequired[int | None]
    """Edited in the last days; 1 is today."""
    due: NotRequired[int | None]
    """Due on this day: 0 today, 1 tomorrow, -1 yesterday."""
    notes: NotRequired[list[int] | None]
    """Note ids."""
    duplicate: NotRequired[SearchedDuplicate | None]
    """Notes with the same first field."""
    search: NotRequired[str | None]
    """A search text as it is, of any kind."""
    negated: NotRequired[bool]
    """All others."""


@final
class SimulatedDay(TypedDict):
    """A day of a simulation."""

    day: int
    """Days from today."""
    date: str
    """Local date, as `2026-11-24`."""
    new: int
    """New cards."""
    reviews: int
    """Reviews."""
    seconds: float
    """Time for new cards and reviews."""
    memorized: float
    """Cards remembered on that day: the sum of their probabilities of recall."""


@final
class SoundFile(TypedDict):
    """A sound or a video of the media folder."""

    file: str
    """Name in the media folder; the file may be missing."""


@final
class SpokenText(TypedDict):
    """A text to be spoken by the computer."""

    text: str
    """What to say, without HTML."""
    lang: str
    """Language, such as `it_IT`."""
    voices: list[str]
    """Preferred voices, best first; mostly none."""
    speed: float
    """1 is normal."""


@final
class StateAfterAnswer(TypedDict):
    """What FSRS knew after an answer."""

    stability: float
    """Days until the probability of recall falls to 90 %."""
    difficulty: float
    """From 1 to 10."""


@final
class StoredPresetOptions(TypedDict):
    """The options of a preset, named as in Anki's `DeckConfig.Config`."""

    learnSteps: NotRequired[list[float]]
    """Learning steps of new cards, in minutes; may be empty."""
    relearnSteps: NotRequired[list[float]]
    """Steps of forgotten cards, in minutes; may be empty."""
    newPerDay: NotRequired[int]
    """New cards a day."""
    reviewsPerDay: NotRequired[int]
    """Reviews a day."""
    initialEase: NotRequired[float]
    """Ease of a card after its learning steps; 2.5 is 250 %. Not used by FSRS."""
    easyMultiplier: NotRequired[float]
    """What *Easy* multiplies an interval by, beyond the ease. Not used by FSRS."""
    hardMultiplier: NotRequired[float]
    """What *Hard* multiplies an interval by. Not used by FSRS."""
    lapseMultiplier: NotRequired[float]
    """What *Again* multiplies an interval by. Not used by FSRS."""
    intervalMultiplier: NotRequired[float]
    """What every interval is multiplied by. Not used by FSRS."""
    maximumReviewInterval: NotRequired[int]
    """Longest interval, in days."""
    minimumLapseInterval: NotRequired[int]
    """Shortest interval after *Again*, in days."""
    graduatingIntervalGood: NotRequired[int]
    """Interval after the last learning step, in days. Not used by FSRS."""
    graduatingIntervalEasy: NotRequired[int]
    """Interval after *Easy* in a learning step, in days. Not used by FSRS."""
    newCardInsertOrder: NotRequired[Literal["due", "random"] | None]
    """Positions of new cards: in the order of adding, or random. A change sorts all new cards again. Null for a
    choice of a newer Anki.
    """
    newCardGatherPriority: NotRequired[
        Literal["deck", "lowestPosition", "highestPosition", "randomNotes", "randomCards", "deckThenRandomNotes"] | None
    ]
    """Which new cards are taken for the day. Null for a choice of a newer Anki."""
    newCardSortOrder: NotRequired[
        Literal["template", "noSort", "templateThenRandom", "randomNoteThenTemplate", "randomCard"] | None
    ]
    """In which order the new cards of the day are shown. Null for a choice of a newer Anki."""
    newMix: NotRequired[Literal["mixWithReviews", "afterReviews", "beforeReviews"] | None]
    """When new cards are shown. Null for a choice of a newer Anki."""
    reviewOrder: NotRequired[
        Literal[
            "day",
            "dayThenDeck",
            "deckThenDay",
            "intervalsAscending",
            "intervalsDescending",
            "easeAscending",
            "easeDescending",
            "retrievabilityAscending",
            "random",
            "added",
            "reverseAdded",
            "retrievabilityDescending",
            "relativeOverdueness",
        ]
        | None
    ]
    """In which order reviews are shown. `relativeOverdueness` needs Anki 26.05 or newer. Null for a choice of a
    newer Anki.
    """
    interdayLearningMix: NotRequired[Literal["mixWithReviews", "afterReviews", "beforeReviews"] | None]
    """When cards are shown whose learning step is a day or longer. Null for a choice of a newer Anki."""
    leechAction: NotRequired[Literal["suspend", "tagOnly"] | None]
    """What happens to a leech: a card that was forgotten too often. Null for a choice of a newer Anki."""
    leechThreshold: NotRequired[int]
    """After how many lapses a card is a leech."""
    disableAutoplay: NotRequired[bool]
    """Sounds are not played automatically."""
    capAnswerTimeToSecs: NotRequired[int]
    """Most seconds that are recorded for an answer."""
    showTimer: NotRequired[bool]
    """The reviewer shows a timer."""
    stopTimerOnAnswer: NotRequired[bool]
    """That timer stops at the answer side."""
    secondsToShowQuestion: NotRequired[float]
    """Auto advance: seconds for the question side; 0 for no end."""
    secondsToShowAnswer: NotRequired[float]
    """Auto advance: seconds for the answer side; 0 for no end."""
    questionAction: NotRequired[Literal["showAnswer", "showReminder"] | None]
    """Auto advance: what follows the question side. Null for a choice of a newer Anki."""
    answerAction: NotRequired[Literal["buryCard", "answerAgain", "answerGood", "answerHard", "showReminder"] | None]
    """Auto advance: what follows the answer side. Null for a choice of a newer Anki."""
    waitForAudio: NotRequired[bool]
    """Auto advance: wait for the end of sounds."""
    skipQuestionWhenReplayingAnswer: NotRequired[bool]
    """A replay on the answer side omits the sounds of the question side."""
    buryNew: NotRequired[bool]
    """New siblings of an answered card are hidden until tomorrow."""
    buryReviews: NotRequired[bool]
    """Its siblings to be reviewed are hidden until tomorrow."""
    buryInterdayLearning: NotRequired[bool]
    """Its siblings with a learning step of a day or longer are hidden until tomorrow."""
    desiredRetention: NotRequired[float]
    """FSRS: share of reviews to be passed. `setDesiredRetention` can also reschedule cards."""
    historicalRetention: NotRequired[float]
    """FSRS: share of reviews that were passed before the recorded ones."""
    ignoreRevlogsBeforeDate: NotRequired[str]
    """FSRS: reviews before this day do not count, as in `2026-11-24`; empty for none."""
    easyDaysPercentages: NotRequired[list[float]]
    """FSRS, and load balancing: for each weekday from Monday on the share of normal work, from 0 to 1."""
    paramSearch: NotRequired[str]
    """FSRS: search text for the cards to optimize with; empty for those of the preset."""


@final
class Streak(TypedDict):
    """The days in a row with answers."""

    current: int
    """Days in a row up to today, or to yesterday if today has no answer yet."""
    longest: int
    """The longest streak ever, in days."""
    daysStudied: int
    """All days with an answer."""
    studiedToday: bool
    """There was an answer today."""
    lastDay: str | None
    """Local date of the last answer, as `2026-11-24`; null for none."""


@final
class StudyStatus(TypedDict):
    """What is left in the current deck and its sub-decks."""

    deck: str
    """The current deck."""
    finished: bool
    """Anki would show no card now: it congratulates."""
    learningLeft: int
    """Cards in learning steps of today, also those that are not due yet."""
    nextLearningIn: int | None
    """Seconds, at least 60, until a card in learning is shown; null if there is none."""
    newLeft: bool
    """There are new cards. If `finished`, more than today's limit allows."""
    reviewsLeft: bool
    """There are due reviews. If `finished`, more than today's limit allows."""
    buriedByHand: bool
    """Cards are buried by hand until tomorrow: `unburyDeck` shows them again."""
    buriedSiblings: bool
    """Cards are buried until tomorrow because of another card of their note."""
    isFiltered: bool
    """The deck is a filtered deck."""
    description: str
    """HTML that Anki shows with its congratulations: the description of the deck, if that is in Markdown; empty
    for none.
    """


@final
class Styling(TypedDict):
    """The styling of a note type."""

    css: str
    """Styling: CSS for all templates."""


@final
class SyncResult(TypedDict):
    """What a sync has changed."""

    collection: Literal["unchanged", "merged", "uploaded", "downloaded"]
    """What happened to the collection: nothing had changed on either side, the changes of both were merged, or the
    requested full sync was made.
    """
    media: Literal["off", "running", "synced", "failed"]
    """The media: off in this profile's settings, still syncing in the background, synced, or failed."""
    serverMessage: str
    """Message of the server to the user; usually empty."""


@final
class TagToStudy(TypedDict):
    """A tag of the deck's cards."""

    name: str
    """The tag."""
    include: bool
    """It was in `includeTags` when this deck was crammed last."""
    exclude: bool
    """It was in `excludeTags` then."""


@final
class Template(TypedDict):
    """A template of a note type, as Anki stores it."""

    name: str
    """Template name."""
    ord: int
    """Position, from 0."""
    qfmt: str
    """Question side."""
    afmt: str
    """Answer side."""
    bqfmt: str
    """Question side in the browser; if empty, `qfmt` is used."""
    bafmt: str
    """Answer side in the browser; if empty, `afmt` is used."""
    did: int | None
    """Id of the deck for new cards; null for the note's deck."""
    bfont: str
    """Font in the browser; empty for the default."""
    bsize: int
    """Font size in the browser; 0 for the default."""
    id: NotRequired[int | None]
    """Id of the template."""


@final
class TemplateOptions(TypedDict):
    """Options of a template to be set; others stay."""

    templateName: str
    """Template name in its exact spelling."""
    deck: NotRequired[str | None]
    """Full name of the deck for new cards, compared without case; null or empty for the deck of the note."""
    browserFront: NotRequired[str]
    """Question side in Anki's browser; if empty, the question side."""
    browserBack: NotRequired[str]
    """Answer side in Anki's browser; if empty, the answer side."""
    browserFont: NotRequired[str]
    """Font in Anki's browser; empty for the default."""
    browserSize: NotRequired[int]
    """Font size in Anki's browser, in points; 0 for the default."""


@final
class TextFilePreview(TypedDict):
    """What Anki reads in a text file, and how it would import it."""

    delimiter: Literal["tab", "pipe", "semicolon", "colon", "comma", "space"]
    """What separates the columns."""
    isHtml: bool
    """The fields contain HTML."""
    columns: int
    """Number of columns."""
    columnLabels: list[str]
    """The name of each column, as the file gives it; else empty."""
    rows: list[list[str]]
    """The first rows, each with its columns."""
    modelName: str | None
    """Note type of all notes; null if a column names it."""
    fieldColumns: dict[str, int] | None
    """The column of each field, from 1, by the field's name. Null if a column names the note type."""
    deck: str | None
    """Deck of all new notes; null if a column names it."""
    deckColumn: int | None
    """The column that names the deck; null for none."""
    modelColumn: int | None
    """The column that names the note type; null for none."""
    tagsColumn: int | None
    """The column of the tags; null for none."""
    guidColumn: int | None
    """The column of the globally unique id; null for none."""
    tags: list[str]
    """Tags for all notes, as the file names them."""
    onDuplicate: Literal["update", "keep", "add"]
    """What would be done with lines whose notes exist."""
    matchScope: Literal["noteType", "noteTypeAndDeck"]
    """Where notes with the same first field would be looked for."""
    guessed: list[str]
    """Members that neither the call nor the file decides, so that Anki has guessed them: the delimiter by the
    first lines, the note type and the deck by what was used last, and the column of tags by the number of
    fields.
    """
    isNewDeck: bool
    """The deck does not exist, so an import would create it."""
    ignored: list[str]
    """Lines at the top of the file that name something unknown, so Anki ignores them."""


@final
class Today(TypedDict):
    """The answers of today."""

    answers: int
    """All answers."""
    correct: int
    """Answers other than *Again*."""
    milliseconds: int
    """Time that the answers took."""
    learning: int
    """Answers in learning."""
    review: int
    """Answers in review."""
    relearning: int
    """Answers in relearning."""
    filtered: int
    """Answers in filtered decks, before the card was due."""


@final
class TrueRetention(TypedDict):
    """Passed and failed reviews of cards with an interval of one day or more."""

    youngPassed: int
    """Intervals of less than 21 days, other than *Again*."""
    youngFailed: int
    """Intervals of less than 21 days, *Again*."""
    maturePassed: int
    """Intervals of 21 days or more, other than *Again*."""
    matureFailed: int
    """Intervals of 21 days or more, *Again*."""


@final
class TrueRetentions(TypedDict):
    """True retention by period."""

    today: TrueRetention
    yesterday: TrueRetention
    week: TrueRetention
    month: TrueRetention
    year: TrueRetention
    allTime: TrueRetention


@final
class UndoneStep(TypedDict):
    """A step that was undone or redone."""

    step: str | None
    """Name of the step; null if there was none."""
    undo: str | None
    """Name of the step that would be undone next; null for none."""
    redo: str | None
    """Name of the step that would be redone next; null for none."""


@final
class UpdatedPreset(TypedDict):
    """A preset after an update."""

    presetId: int
    """Id of the preset; other actions call it `configId`."""
    name: str
    """Its name now."""
    changed: ChangedPresetOptions


@final
class Upsert(TypedDict):
    """The outcome for one note to be added or updated."""

    id: int | None
    """Note id; null if it was neither found nor added."""
    outcome: str
    """`added`, `updated` (also for a note that the same call has added), `unchanged` or `failed`."""
    error: ErrorObject | None
    """Why it failed; null if it did not."""


@final
class UpsertedNote(TypedDict):
    """A note to be added, or updated if it exists."""

    modelName: NotRequired[str]
    """Note type, compared without case."""
    deckName: NotRequired[str]
    """Deck for a new note, compared without case."""
    fields: dict[str, str]
    """HTML by field name, compared without case; others stay as they are, or empty."""
    tags: NotRequired[list[str]]
    """Tags to add, unless the note has them."""
    options: NotRequired[NewCardOptions | None]
    """Options for the cards of a new note; others stay as they are."""
    modelId: NotRequired[int]
    """Note type id, in place of `modelName`: a note gives one of both."""
    deckId: NotRequired[int]
    """Deck id, in place of `deckName`: a note gives one of both."""


@final
class Versions(TypedDict):
    """Versions of Anki and of the actions."""

    anki: str
    """Version of Anki."""
    ankiConnectPlus: str
    """Version of AnkiConnect Plus whose actions the gateway has."""


@final
class Workload(TypedDict):
    """The work for one desired retention."""

    desiredRetention: float
    """From 0 to 1."""
    answers: int
    """Number of answers on these days."""
    seconds: float
    """Time for these answers."""
    memorized: float
    """Cards remembered in the end: the sum of their probabilities of recall."""


@final
class CollectionChangedEventParams(TypedDict):
    kinds: list[str]
    """Kinds that were written: note, card, deck, tag, noteType, config, deckConfig, studyQueues."""


@final
class CollectionChangedEvent(TypedDict):
    """Something was written."""

    id: str
    method: Literal["collectionChanged"]
    params: CollectionChangedEventParams


@final
class NotesAddedEventParams(TypedDict):
    notes: list[int]
    """Note ids, at most 1,000."""


@final
class NotesAddedEvent(TypedDict):
    """Notes were added."""

    id: str
    method: Literal["notesAdded"]
    params: NotesAddedEventParams


@final
class NotesUpdatedEventParams(TypedDict):
    notes: list[int]
    """Note ids, at most 1,000."""


@final
class NotesUpdatedEvent(TypedDict):
    """The fields, tags or note type of notes changed."""

    id: str
    method: Literal["notesUpdated"]
    params: NotesUpdatedEventParams


@final
class NotesDeletedEventParams(TypedDict):
    notes: list[int]
    """Note ids, at most 1,000."""


@final
class NotesDeletedEvent(TypedDict):
    """Notes were deleted."""

    id: str
    method: Literal["notesDeleted"]
    params: NotesDeletedEventParams


@final
class CardsAnsweredEventParams(TypedDict):
    answers: list[CardAnswered]
    """The answers, in order, at most 1,000."""


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
    """A sync has ended; the events for its changes come before this one."""

    id: str
    method: Literal["syncFinished"]
    params: SyncFinishedEventParams


@final
class OperationChangedEventParams(TypedDict):
    id: str
    """The operation's id."""
    method: str
    """The action that was started."""
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    """`queued` until its turn comes, then `running`, finally `done`, `failed` or `cancelled`."""
    progress: Progress | None
    """Its progress; null if none is known yet."""


@final
class OperationChangedEvent(TypedDict):
    """An operation has started, made progress, or ended."""

    id: str
    method: Literal["operationChanged"]
    params: OperationChangedEventParams


@final
class ProfileOpenedEventParams(TypedDict):
    profile: str
    """The profile's name."""


@final
class ProfileOpenedEvent(TypedDict):
    """A profile was opened."""

    id: str
    method: Literal["profileOpened"]
    params: ProfileOpenedEventParams


@final
class ProfileClosedEventParams(TypedDict):
    profile: str
    """The profile's name."""


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
    """Another collection is open, or this one was replaced: read it again."""

    id: str
    method: Literal["collectionReplaced"]
    params: CollectionReplacedEventParams


@final
class EventsLostEventParams(TypedDict):
    pass


@final
class EventsLostEvent(TypedDict):
    """Events were dropped before the client read them: read the collection again."""

    id: str
    method: Literal["eventsLost"]
    params: EventsLostEventParams


@final
class AddedNote(TypedDict):
    """The outcome for one note to be added."""

    id: int | None
    """Id of the new note; null if it was not added."""
    error: ErrorObject | None
    """Why it was not added; null if it was."""


@final
class ButtonPeriods(TypedDict):
    """Answer buttons by period."""

    month: ButtonPresses
    threeMonths: ButtonPresses
    year: ButtonPresses
    allTime: ButtonPresses


@final
class CardInfo(TypedDict):
    """A card with its text and its scheduling."""

    cardId: int
    """Card id."""
    fields: dict[str, FieldValue]
    """Value and position of each field."""
    fieldOrder: int
    """Index of the card's template or cloze deletion."""
    question: str
    """Rendered question with its style."""
    answer: str
    """Rendered answer with its style."""
    modelName: str
    """Note type."""
    ord: int
    """The same as `fieldOrder`."""
    deckName: str
    """Deck that the card is in now, which may be a filtered deck."""
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
    """How often the card was forgotten."""
    left: int
    """Learning steps left."""
    mod: int
    """Last change, in seconds since 1970."""
    nextReviews: list[str]
    """Label of each answer button."""
    flags: int
    """Flag, 0 for none."""
    homeDeckName: str
    """Home deck of the card; it differs from `deckName` if the card is in a filtered deck."""


@final
class CardLogEntry(TypedDict):
    """An entry of the review log of a card."""

    id: int
    """Time of the answer in milliseconds since 1970."""
    kind: Literal["learning", "review", "relearning", "filtered", "manual", "rescheduled"]
    """`manual` and `rescheduled` are no answers."""
    ease: int
    """Button: 1-4; 0 if it is no answer."""
    interval: int
    """New interval in seconds."""
    lastInterval: int
    """Interval before, in seconds."""
    factor: int
    """Ease in tenths of a percent; the difficulty in tenths, plus 100, if FSRS wrote it."""
    time: int
    """Time taken in milliseconds."""
    memory: StateAfterAnswer | None
    """State after it, computed from the log by the present parameters of the preset, also while FSRS is not
    active; null if there was none.
    """


@final
class CardPart(TypedDict):
    """A card with its text and its scheduling. It has only the chosen members."""

    cardId: NotRequired[int]
    """Card id."""
    fields: NotRequired[dict[str, FieldValue]]
    """Value and position of each field."""
    fieldOrder: NotRequired[int]
    """Index of the card's template or cloze deletion."""
    question: NotRequired[str]
    """Rendered question with its style."""
    answer: NotRequired[str]
    """Rendered answer with its style."""
    modelName: NotRequired[str]
    """Note type."""
    ord: NotRequired[int]
    """The same as `fieldOrder`."""
    deckName: NotRequired[str]
    """Deck that the card is in now, which may be a filtered deck."""
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
    """How often the card was forgotten."""
    left: NotRequired[int]
    """Learning steps left."""
    mod: NotRequired[int]
    """Last change, in seconds since 1970."""
    nextReviews: NotRequired[list[str]]
    """Label of each answer button."""
    flags: NotRequired[int]
    """Flag, 0 for none."""
    homeDeckName: NotRequired[str]
    """Home deck of the card; it differs from `deckName` if the card is in a filtered deck."""


@final
class CardStatistics(TypedDict):
    """What Anki's *Card Info* shows."""

    cardId: int
    """Card id."""
    noteId: int
    """Id of its note."""
    deckName: str
    """Deck that the card is in now, which may be a filtered deck."""
    originalDeck: str | None
    """Home deck of a card in a filtered deck; null for others."""
    modelName: str
    """Note type."""
    template: str | None
    """Name of its template; null if that is gone."""
    preset: str | None
    """Preset of options of its home deck; null if deck or preset is damaged."""
    added: int
    """When it was added, in seconds since 1970."""
    firstReview: int | None
    """First answer, in seconds since 1970; null for none."""
    latestReview: int | None
    """Latest answer, in seconds since 1970; null for none."""
    dueDate: str | None
    """Day on which it is due, as `2026-11-24`, also while it is suspended; null for a new card."""
    duePosition: int | None
    """Position among the new cards; the stored one of a card that is no longer new, or null."""
    interval: int
    """Interval in days."""
    ease: int
    """Ease in tenths of a percent; 0 for none yet."""
    reviews: int
    """Number of reviews that the card counts; the log can have more or fewer."""
    lapses: int
    """How often it was forgotten."""
    averageSeconds: float | None
    """Average time of an answer; null without answers."""
    totalSeconds: float
    """Time of all answers."""
    memory: PresentState | None
    """FSRS memory state; null for none."""
    desiredRetention: float | None
    """Probability of recall that was wanted when it was last scheduled, from 0 to 1; null without FSRS."""
    fsrsParams: list[float]
    """FSRS parameters of the preset; none if Anki's defaults are used."""
    customData: str
    """JSON that custom scheduling code stores with the card; empty for none."""
    log: NotRequired[list[CardLogEntry]]
    """Entries of the review log, newest first; only with `reviews`."""


@final
class ChangedOcclusionNote(TypedDict):
    """Changes to an image occlusion note; whatever is left out stays."""

    id: int
    """Note id."""
    shapes: NotRequired[list[Shape]]
    """The shapes, in the order in which they are drawn."""
    mode: NotRequired[Literal["hideAll", "hideOne"]]
    """`hideAll` hides all shapes and asks for one; `hideOne` hides only that one. If left out, it stays."""
    header: NotRequired[str]
    """HTML above the image; if left out, it stays."""
    backExtra: NotRequired[str]
    """HTML below the image, on the answer side; if left out, it stays."""
    tags: NotRequired[list[str]]
    """Tags that replace the note's; if left out, they stay."""
    ifMod: NotRequired[int | None]
    """Write only if the note's `mod`, as in getImageOcclusionNotes, has this value."""
    expected: NotRequired[dict[str, str]]
    """Write only if these fields have these texts, by field name, as in notesInfo. It notices every change of
    them, even within a second.
    """


@final
class ChangedPreferences(TypedDict):
    """Some of the preferences."""

    scheduling: NotRequired[SchedulingPreferencesChanges]
    reviewing: NotRequired[ReviewingPreferencesChanges]
    editing: NotRequired[EditingPreferencesChanges]
    backups: NotRequired[BackupPreferencesChanges]


@final
class CollectionFigures(TypedDict):
    """Figures on the whole collection."""

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
    """The card that is under review."""

    cardId: int
    """Card id."""
    fields: dict[str, FieldValue]
    """Value and position of each field."""
    fieldOrder: int
    """Index of the card's template or cloze deletion."""
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
class CustomStudyOptions(TypedDict):
    """What Custom Study can offer for a deck."""

    availableNew: int
    """New cards in the deck itself, whatever the limits."""
    availableReviews: int
    """Due reviews in the deck itself, whatever the limits."""
    inChildren: AvailableCards
    tags: list[TagToStudy]
    """Tags of its cards and of those in its sub-decks, without `none`; cards in filtered decks do not count."""
    lastNew: int
    """By how many cards the limit of new cards was raised last, 0 for never."""
    lastReviews: int
    """By how many cards the limit of reviews was raised last, 0 for never."""


@final
class DeckLimits(TypedDict):
    """The daily limits of a deck."""

    deck: str
    """Full deck name."""
    preset: SetLimits
    deckLimit: SetLimits
    today: SetLimits
    answeredToday: AnsweredCards


@final
class DeckPreset(TypedDict):
    """A preset of deck options, with its decks."""

    presetId: int
    """Id of the preset; other actions call it `configId`."""
    name: str
    """Its name."""
    decks: list[str]
    """Full names of the decks that use it."""
    options: NotRequired[StoredPresetOptions]


@final
class FilteredDeck(TypedDict):
    """A filtered deck with all its settings."""

    deckId: int
    """Deck id."""
    name: str
    """Full deck name."""
    terms: list[SearchTerm]
    """Its searches."""
    reschedule: bool
    """Answers in this deck reschedule cards."""
    cards: int
    """Number of cards in it."""
    previewDelays: PreviewDelays


@final
class FsrsPreset(TypedDict):
    """The FSRS settings of a preset."""

    presetId: int
    """Id of the preset; other actions call it `configId`."""
    name: str
    """Its name."""
    params: list[float]
    """Its parameters; none if Anki's defaults are used."""
    version: str | None
    """Version of FSRS with that number of parameters, such as `FSRS-6`; null if unknown."""
    desiredRetention: float
    """Share of reviews to be passed, from 0 to 1."""
    decks: list[OwnRetention]
    """Its decks with their own desired retention."""


@final
class GraphData(TypedDict):
    """The numbers of Anki's graphs."""

    buttons: ButtonPeriods
    hours: HourPeriods
    intervals: list[CardsByDays]
    """Intervals of review cards, shortest first."""
    eases: Percentages
    difficulty: Percentages
    stability: list[CardsByDays]
    """Stabilities of cards with a memory state, shortest first."""
    retrievability: Retrievabilities
    added: list[CardsOnDay]
    """Cards by the day on which they were added, earliest first; days without are left out."""
    reviews: list[ReviewsOnDay]
    """Reviews by day, earliest first; days without are left out."""
    futureDue: FutureDue
    cardCounts: CountsBothWays
    today: Today
    trueRetention: TrueRetentions
    fsrs: bool
    """Anki schedules by FSRS."""


@final
class Model(TypedDict):
    """A note type, as Anki stores it."""

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
    """Id of the deck last used; null for none."""
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
    """For each template: its position, `any`, `all` or `none`, and the positions of the fields that a card needs."""
    originalStockKind: NotRequired[int]
    """Number of Anki's built-in note type that it was made from."""
    originalId: NotRequired[int | None]
    """Id that it had in an imported package."""


@final
class NewNote(TypedDict):
    """A note to be added."""

    modelName: NotRequired[str]
    """Note type, compared without case."""
    deckName: NotRequired[str]
    """Deck, compared without case."""
    fields: dict[str, str]
    """HTML by field name, compared without case; other fields stay empty."""
    tags: NotRequired[list[str]]
    """Tags; Anki sorts them."""
    options: NotRequired[NoteOptions | None]
    """Options for duplicates and other problems."""
    audio: NotRequired[list[MediaItem]]
    """Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    video: NotRequired[list[MediaItem]]
    """Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`."""
    picture: NotRequired[list[MediaItem]]
    """Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`."""
    modelId: NotRequired[int]
    """Note type id, in place of `modelName`: a note gives one of both."""
    deckId: NotRequired[int]
    """Deck id, in place of `deckName`: a note gives one of both."""


@final
class NewOcclusionNote(TypedDict):
    """An image occlusion note to be added."""

    image: OcclusionImage
    shapes: list[Shape]
    """The shapes, in the order in which they are drawn."""
    deckName: NotRequired[str]
    """Deck, compared without case."""
    mode: NotRequired[Literal["hideAll", "hideOne"]]
    """`hideAll` hides all shapes and asks for one; `hideOne` hides only that one."""
    header: NotRequired[str]
    """HTML above the image."""
    backExtra: NotRequired[str]
    """HTML below the image, on the answer side."""
    tags: NotRequired[list[str]]
    """Tags; Anki sorts them."""
    modelName: NotRequired[str]
    """Note type for image occlusion, compared without case. Default the first one; if there is none, Anki's own is
    created.
    """
    modelId: NotRequired[int]
    """Note type id, in place of `modelName`: a note gives one of both."""
    deckId: NotRequired[int]
    """Deck id, in place of `deckName`: a note gives one of both."""


@final
class OcclusionNote(TypedDict):
    """An image occlusion note."""

    noteId: int
    """Note id."""
    modelName: str
    """Its note type."""
    image: str | None
    """Name of the image in the media folder, for `retrieveMediaFile`; null if the note has none."""
    mode: Literal["hideAll", "hideOne"]
    """`hideAll` hides all shapes and asks for one; `hideOne` hides only that one."""
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
    """An operation, with its result once it has ended."""

    id: str
    """The operation's id."""
    method: str
    """The action that was started."""
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    """`queued` until its turn comes, then `running`, finally `done`, `failed` or `cancelled`."""
    progress: Progress | None
    """Its progress; null if none is known yet."""
    cancellable: bool
    """It can still be cancelled."""
    own: bool
    """The caller, or another program with its key, started it."""
    created: int
    """When it was started, in seconds since 1970."""
    ended: int | None
    """When it ended, in seconds since 1970; null until then."""
    result: Any
    """Result of the action; null until it has ended."""
    error: ErrorObject | None
    """Why it failed or was cancelled; otherwise null."""


@final
class OperationSummary(TypedDict):
    """An operation without its result."""

    id: str
    """The operation's id."""
    method: str
    """The action that was started."""
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    """`queued` until its turn comes, then `running`, finally `done`, `failed` or `cancelled`."""
    progress: Progress | None
    """Its progress; null if none is known yet."""
    cancellable: bool
    """It can still be cancelled."""
    own: bool
    """The caller, or another program with its key, started it."""
    created: int
    """When it was started, in seconds since 1970."""
    ended: int | None
    """When it ended, in seconds since 1970; null until then."""


@final
class Preferences(TypedDict):
    """The preferences that are stored in the collection."""

    scheduling: SchedulingPreferences
    reviewing: ReviewingPreferences
    editing: EditingPreferences
    backups: BackupPreferences


@final
class Queue(TypedDict):
    """The cards that are left for today."""

    deck: str
    """The current deck, which is studied with its sub-decks."""
    new: int
    """New cards left for today."""
    learning: int
    """Cards in learning left for today."""
    review: int
    """Reviews left for today."""
    cards: list[QueuedCard]
    """The next cards, in Anki's order."""


@final
class SearchPart(TypedDict):
    """A term, or several in `any`: exactly one of the members, and perhaps `negated`."""

    deck: NotRequired[str | None]
    """Deck with its sub-decks. `current` is the current deck, and `filtered` all filtered decks."""
    tag: NotRequired[str | None]
    """Tag with its sub-tags. `none` is for notes without tags."""
    modelName: NotRequired[str | None]
    """Note type."""
    field: NotRequired[SearchedField | None]
    """Content of a field."""
    text: NotRequired[str | None]
    """Text that a field contains."""
    state: NotRequired[Literal["new", "learn", "review", "due", "suspended", "buried"] | None]
    """State of a card."""
    flag: NotRequired[int | None]
    """Flag of a card, 0 for none."""
    rated: NotRequired[SearchedAnswers | None]
    """A card was answered."""
    added: NotRequired[int | None]
    """Added in the last days; 1 is today."""
    edited: NotRequired[int | None]
    """Edited in the last days; 1 is today."""
    due: NotRequired[int | None]
    """Due on this day: 0 today, 1 tomorrow, -1 yesterday."""
    notes: NotRequired[list[int] | None]
    """Note ids."""
    duplicate: NotRequired[SearchedDuplicate | None]
    """Notes with the same first field."""
    search: NotRequired[str | None]
    """A search text as it is, of any kind."""
    negated: NotRequired[bool]
    """All others."""
    any: NotRequired[list[SimplePart] | None]
    """Terms of which one must match."""


@final
class SoundsOfCard(TypedDict):
    """What Anki plays with a card."""

    cardId: int
    """Card id."""
    autoplay: bool
    """Anki plays it when it shows the side, by the preset of the home deck."""
    replayQuestion: bool
    """On the answer side, Anki's *Replay Audio* also plays that of the question."""
    question: list[SoundFile | SpokenText]
    """Of the question, in order: the rendered HTML has `[anki:play:q:0]` in the place of the first one."""
    answer: list[SoundFile | SpokenText]
    """Of the answer, in order: the rendered HTML has `[anki:play:a:0]` in the place of the first one."""


@final
class CollectionOverview(TypedDict):
    """The collection's settings, note types, decks and tags."""

    created: int
    """Start of the collection's first day, in seconds since 1970."""
    modified: int
    """Last change, in milliseconds since 1970."""
    lastSync: int
    """Last sync, in milliseconds since 1970; 0 for none yet."""
    noteCount: int
    """Number of notes."""
    cardCount: int
    """Number of cards."""
    config: dict[str, Any]
    """The result of getCollectionConfig."""
    models: list[Model]
    """Note types as Anki stores them."""
    decks: list[DeckSummary]
    """All decks."""
    dconf: list[dict[str, Any]]
    """Deck options as Anki stores them."""
    tags: list[str]
    """All tags that the collection knows."""
    session: str
    """Identifies the open collection. With it in the header AnkiRPC-Session, no call writes to another one."""


@final
class FsrsOverview(TypedDict):
    """The settings of FSRS."""

    active: bool
    """Anki schedules by FSRS."""
    defaultParams: list[float]
    """Parameters for presets without any."""
    presets: list[FsrsPreset]
    """In the order of the given names, or by name."""


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
