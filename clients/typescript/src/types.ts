// @ts-self-types="./types.d.ts"
// Made from spec/openrpc.json by `make clients`: do not edit.

/** The entry for an id that does not exist: an empty object. */
export type Missing = { [member: string]: never };

/** The deck and note type with which Anki's window for adding notes begins. */
export interface AddDefaults {
  /** Full name of the deck. */
  deckName: string;
  /** Name of the note type. */
  modelName: string;
}

/** A note type that was added. */
export interface AddedModel {
  /** Id of the note type: creation time in milliseconds since 1970. */
  modelId: number;
  /** The name it got. */
  name: string;
}

/** The outcome for one note to be added. */
export interface AddedNote {
  /** Id of the new note; null if it was not added. */
  id: number | null;
  /** Why it was not added; null if it was. */
  error: ErrorObject | null;
}

/** An answer to one card. */
export interface Answer {
  /** Card id. */
  cardId: number;
  /** 1 Again, 2 Hard, 3 Good, 4 Easy. */
  ease: number;
  /** How long the answer took, in milliseconds. Anki limits it to the maximum of the deck's preset. */
  time?: number;
  /**
   * From `getAnswerStates` or `nextCards`: if the card has changed since, the call fails with `conflict` and answers
   * nothing. It fits only the first answer to the card.
   */
  token?: string | null;
}

/** What one answer would do to a card. */
export interface AnswerState {
  /** 1 Again, 2 Hard, 3 Good, 4 Easy. */
  ease: number;
  /** Seconds until the card would come again; 0 if a filtered deck would return it. */
  interval: number;
  /** The same as on the button in Anki, in the user's language. */
  label: string;
  /** State that the card would be in; `review` also if it would leave a filtered deck. */
  state: "new" | "learning" | "review" | "relearning" | "preview" | "rescheduling";
}

/** What each answer would do to a card. */
export interface AnswerStates {
  /** Card id. */
  cardId: number;
  /** Stands for the card's present state: `answerCards` with it fails if the card has changed since. */
  token: string;
  /** Present state. In a filtered deck `preview` if answers do not reschedule its cards, else `rescheduling`. */
  state: "new" | "learning" | "review" | "relearning" | "preview" | "rescheduling";
  /** The effect of each answer, from ease 1 to 4. */
  answers: AnswerState[];
}

/** Cards that were answered today. */
export interface AnsweredCards {
  /** New cards. */
  new: number;
  /** Reviews. */
  reviews: number;
}

/** Cards that daily limits do not count. */
export interface AvailableCards {
  /** New cards. */
  new: number;
  /** Due reviews. */
  reviews: number;
}

/** A backup of the collection. */
export interface Backup {
  /** File name in the backup folder of the profile. */
  name: string;
  /** Bytes. */
  size: number;
  /** Time in seconds since 1970. */
  created: number;
}

/** The outcome of a request for a backup. */
export interface BackupMade {
  /** False if nothing has changed since the last backup. */
  created: boolean;
  /** Name of the newest backup; null if there is none. */
  name: string | null;
}

/** Which backups Anki keeps. */
export interface BackupPreferences {
  /** Number of daily backups. */
  daily: number;
  /** Number of weekly backups. */
  weekly: number;
  /** Number of monthly backups. */
  monthly: number;
  /** Minutes between two automatic backups. */
  minimumIntervalMins: number;
}

/** Which backups Anki keeps. It has only the chosen members. */
export interface BackupPreferencesChanges {
  /** Number of daily backups. */
  daily?: number;
  /** Number of weekly backups. */
  weekly?: number;
  /** Number of monthly backups. */
  monthly?: number;
  /** Minutes between two automatic backups. */
  minimumIntervalMins?: number;
}

/** A column of Anki's browser. */
export interface BrowserColumn {
  /** Its name for programs, as `orderBy` of `findNotes` and `findCards`. */
  key: string;
  /** Its heading in a list of cards, in the user's language. */
  cardsLabel: string;
  /** Its heading in a list of notes, in the user's language. */
  notesLabel: string;
  /** Cards can be sorted by it. */
  sortsCards: boolean;
  /** Notes can be sorted by it. */
  sortsNotes: boolean;
  /** Anki's browser first sorts it from the largest to the smallest. */
  descendingFirst: boolean;
  /** What it means in a list of cards, in the user's language; may be empty. */
  tooltip: string;
}

/** A row of Anki's browser. */
export interface BrowserRow {
  /** Id of the card or note. */
  id: number;
  /** The text of each column, in the user's language; empty if Anki cannot show the row. */
  cells: string[];
  /** The colour of the row. */
  color: "default" | "marked" | "suspended" | "flagRed" | "flagOrange" | "flagGreen" | "flagBlue" | "flagPink" | "flagTurquoise" | "flagPurple" | "buried";
  /** Why Anki cannot show the row; null if it can. */
  error: string | null;
}

/** Answer buttons by period. */
export interface ButtonPeriods {
  month: ButtonPresses;
  threeMonths: ButtonPresses;
  year: ButtonPresses;
  allTime: ButtonPresses;
}

/** How often each answer button was pressed. */
export interface ButtonPresses {
  /** For cards in learning, from *Again* to *Easy*. */
  learning: number[];
  /** For cards with intervals of less than 21 days. */
  young: number[];
  /** For cards with intervals of 21 days or more. */
  mature: number[];
}

/** One of several actions to call. */
export interface Call {
  /** Name of the action. */
  action: string;
  /** Its params, by name or by position. */
  params?: { [name: string]: unknown } | unknown[];
  /** API key of this call; default the key of the outer request. */
  key?: unknown;
}

/** Whether one note can be added. */
export interface CanAdd {
  /** The note can be added. */
  canAdd: boolean;
  /** Why it cannot be added; only if `canAdd` is false. */
  error?: string;
}

/** An answered card. */
export interface CardAnswered {
  /** Card id. */
  card: number;
  /** Answer button: 1 is Again, 4 is Easy. */
  ease: number;
}

/** Numbers of cards by state. */
export interface CardCounts {
  /** New. */
  new: number;
  /** In learning. */
  learning: number;
  /** In relearning. */
  relearning: number;
  /** In review, with intervals of less than 21 days. */
  young: number;
  /** In review, with intervals of 21 days or more. */
  mature: number;
  /** Suspended; not counted elsewhere. */
  suspended: number;
  /** Buried; not counted elsewhere. */
  buried: number;
}

/** A card with its text and its scheduling. */
export interface CardInfo {
  /** Card id. */
  cardId: number;
  /** Value and position of each field. */
  fields: { [name: string]: FieldValue };
  /** Index of the card's template or cloze deletion. */
  fieldOrder: number;
  /** Rendered question with its style. */
  question: string;
  /** Rendered answer with its style. */
  answer: string;
  /** Note type. */
  modelName: string;
  /** The same as `fieldOrder`. */
  ord: number;
  /** Deck that the card is in now, which may be a filtered deck. */
  deckName: string;
  /** Styling of the note type. */
  css: string;
  /** Ease in tenths of a percent. */
  factor: number;
  /** Interval in days; negative for seconds. */
  interval: number;
  /** Id of its note. */
  note: number;
  /** 0 new, 1 learning, 2 review, 3 relearning. */
  type: number;
  /** -3 and -2 buried, -1 suspended, else like `type`; 4 preview. */
  queue: number;
  /** Position, day number or time in seconds since 1970, by queue. */
  due: number;
  /** Number of reviews. */
  reps: number;
  /** How often the card was forgotten. */
  lapses: number;
  /** Learning steps left. */
  left: number;
  /** Last change, in seconds since 1970. */
  mod: number;
  /** Label of each answer button. */
  nextReviews: string[];
  /** Flag, 0 for none. */
  flags: number;
  /** Home deck of the card; it differs from `deckName` if the card is in a filtered deck. */
  homeDeckName: string;
}

/** An entry of the review log of a card. */
export interface CardLogEntry {
  /** Time of the answer in milliseconds since 1970. */
  id: number;
  /** `manual` and `rescheduled` are no answers. */
  kind: "learning" | "review" | "relearning" | "filtered" | "manual" | "rescheduled";
  /** Button: 1-4; 0 if it is no answer. */
  ease: number;
  /** New interval in seconds. */
  interval: number;
  /** Interval before, in seconds. */
  lastInterval: number;
  /** Ease in tenths of a percent; the difficulty in tenths, plus 100, if FSRS wrote it. */
  factor: number;
  /** Time taken in milliseconds. */
  time: number;
  /**
   * State after it, computed from the log by the present parameters of the preset, also while FSRS is not active;
   * null if there was none.
   */
  memory: StateAfterAnswer | null;
}

/** A page of the cards that a search finds. */
export interface CardPage {
  /** Card ids, in the order of the search. */
  cards: number[];
  /** Number of ids that the search has found, when the first page was read. */
  total: number;
  /**
   * For the next page; null if this is the last one. It is valid for ten minutes after its last use, for the same
   * caller, while the same collection is open.
   */
  nextCursor: string | null;
}

/** A card with its text and its scheduling. It has only the chosen members. */
export interface CardPart {
  /** Card id. */
  cardId?: number;
  /** Value and position of each field. */
  fields?: { [name: string]: FieldValue };
  /** Index of the card's template or cloze deletion. */
  fieldOrder?: number;
  /** Rendered question with its style. */
  question?: string;
  /** Rendered answer with its style. */
  answer?: string;
  /** Note type. */
  modelName?: string;
  /** The same as `fieldOrder`. */
  ord?: number;
  /** Deck that the card is in now, which may be a filtered deck. */
  deckName?: string;
  /** Styling of the note type. */
  css?: string;
  /** Ease in tenths of a percent. */
  factor?: number;
  /** Interval in days; negative for seconds. */
  interval?: number;
  /** Id of its note. */
  note?: number;
  /** 0 new, 1 learning, 2 review, 3 relearning. */
  type?: number;
  /** -3 and -2 buried, -1 suspended, else like `type`; 4 preview. */
  queue?: number;
  /** Position, day number or time in seconds since 1970, by queue. */
  due?: number;
  /** Number of reviews. */
  reps?: number;
  /** How often the card was forgotten. */
  lapses?: number;
  /** Learning steps left. */
  left?: number;
  /** Last change, in seconds since 1970. */
  mod?: number;
  /** Label of each answer button. */
  nextReviews?: string[];
  /** Flag, 0 for none. */
  flags?: number;
  /** Home deck of the card; it differs from `deckName` if the card is in a filtered deck. */
  homeDeckName?: string;
}

/** A card as Anki would show it. */
export interface CardPreview {
  /** Position of its template, or the number of its cloze deletion less 1. */
  ord: number;
  /** Name of its template. */
  name: string;
  /** HTML of the question; null if there is an `error`. */
  question: string | null;
  /** HTML of the answer; null if there is an `error`. */
  answer: string | null;
  /** Its styling, as CSS. */
  css: string;
  /**
   * The question has no field with content, or no such cloze deletion: Anki makes no such card. The sides then hold
   * Anki's message about it.
   */
  isEmpty: boolean;
  /** What is wrong with the template, and on which side, or how another add-on failed; null if nothing is. */
  error: string | null;
}

/** What Anki's *Card Info* shows. */
export interface CardStatistics {
  /** Card id. */
  cardId: number;
  /** Id of its note. */
  noteId: number;
  /** Deck that the card is in now, which may be a filtered deck. */
  deckName: string;
  /** Home deck of a card in a filtered deck; null for others. */
  originalDeck: string | null;
  /** Note type. */
  modelName: string;
  /** Name of its template; null if that is gone. */
  template: string | null;
  /** Preset of options of its home deck; null if deck or preset is damaged. */
  preset: string | null;
  /** When it was added, in seconds since 1970. */
  added: number;
  /** First answer, in seconds since 1970; null for none. */
  firstReview: number | null;
  /** Latest answer, in seconds since 1970; null for none. */
  latestReview: number | null;
  /** Day on which it is due, as `2026-11-24`, also while it is suspended; null for a new card. */
  dueDate: string | null;
  /** Position among the new cards; the stored one of a card that is no longer new, or null. */
  duePosition: number | null;
  /** Interval in days. */
  interval: number;
  /** Ease in tenths of a percent; 0 for none yet. */
  ease: number;
  /** Number of reviews that the card counts; the log can have more or fewer. */
  reviews: number;
  /** How often it was forgotten. */
  lapses: number;
  /** Average time of an answer; null without answers. */
  averageSeconds: number | null;
  /** Time of all answers. */
  totalSeconds: number;
  /** FSRS memory state; null for none. */
  memory: PresentState | null;
  /** Probability of recall that was wanted when it was last scheduled, from 0 to 1; null without FSRS. */
  desiredRetention: number | null;
  /** FSRS parameters of the preset; none if Anki's defaults are used. */
  fsrsParams: number[];
  /** JSON that custom scheduling code stores with the card; empty for none. */
  customData: string;
  /** Entries of the review log, newest first; only with `reviews`. */
  log?: CardLogEntry[];
}

/** A template of a new note type. */
export interface CardTemplate {
  /** Question side. */
  Front: string;
  /** Answer side. */
  Back: string;
  /** Template name; default `Card 1`, `Card 2` and so on by position. */
  Name?: string;
}

/** The last change of a card. */
export interface CardTime {
  /** Card id. */
  cardId: number;
  /** Last change, in seconds since 1970. */
  mod: number;
}

/** A number of cards with a length of time. */
export interface CardsByDays {
  /** Length in days. */
  days: number;
  /** Number of cards. */
  cards: number;
}

/** A number of cards with a percentage. */
export interface CardsByPercent {
  /** Percent, rounded down. */
  percent: number;
  /** Number of cards. */
  cards: number;
}

/** The cards of a deck that are left for today. */
export interface CardsLeft {
  /** Full deck name. */
  deck: string;
  /** New cards left for today, sub-decks included, within all limits. */
  newToday: number;
  /** Reviews left for today, sub-decks included, within all limits. */
  reviewToday: number;
}

/** A number of cards on a day. */
export interface CardsOnDay {
  /** Days from today; negative before. */
  day: number;
  /** Number of cards. */
  cards: number;
}

/** Which cards to study, and how many. */
export interface CardsToCram {
  /**
   * `new` cards as they were added, `due` cards, cards in `review` in random order, or `all` in random order; answers
   * to `all` do not reschedule.
   */
  kind: "due" | "new" | "review" | "all";
  /** Maximum number of cards. */
  limit?: number;
  /** Only cards whose notes have one of these tags, or a sub-tag. */
  includeTags?: string[];
  /** No cards whose notes have one of these tags, or a sub-tag. */
  excludeTags?: string[];
}

/** The deck options that hold for the whole collection, whatever the preset. It has only the chosen members. */
export interface ChangedDeckOptionsForAll {
  /** New cards do not count towards the limit of reviews. */
  newCardsIgnoreReviewLimit?: boolean;
  /** The limits of all decks above a deck apply, also if the deck is studied by itself. */
  applyAllParentLimits?: boolean;
  /** Optimizing in Anki's window also checks whether FSRS suits the reviews. */
  fsrsHealthCheck?: boolean;
  /** JavaScript that Anki runs for each card in its reviewer to change the effect of answers. */
  cardStateCustomizer?: string;
}

/** Changes to a note; whatever is left out stays. */
export interface ChangedNote {
  /** Note id. */
  id: number;
  /** New HTML by field name, compared without case; other fields stay as they are. */
  fields?: { [name: string]: string };
  /** Tags that replace the note's; if left out, they stay. */
  tags?: string[] | null;
  /** Tags to add. */
  addTags?: string[];
  /** Tags to remove. */
  removeTags?: string[];
  /**
   * Write only if the note's `mod`, as in notesInfo, has this value. It counts seconds: the second of two changes
   * within one second is not noticed.
   */
  ifMod?: number | null;
  /**
   * Write only if these fields have these texts, by field name, as in notesInfo. It notices every change of them,
   * even within a second.
   */
  expected?: { [name: string]: string };
}

/** Changes to an image occlusion note; whatever is left out stays. */
export interface ChangedOcclusionNote {
  /** Note id. */
  id: number;
  /** The shapes, in the order in which they are drawn. */
  shapes?: Shape[];
  /** `hideAll` hides all shapes and asks for one; `hideOne` hides only that one. If left out, it stays. */
  mode?: "hideAll" | "hideOne";
  /** HTML above the image; if left out, it stays. */
  header?: string;
  /** HTML below the image, on the answer side; if left out, it stays. */
  backExtra?: string;
  /** Tags that replace the note's; if left out, they stay. */
  tags?: string[];
  /** Write only if the note's `mod`, as in getImageOcclusionNotes, has this value. */
  ifMod?: number | null;
  /**
   * Write only if these fields have these texts, by field name, as in notesInfo. It notices every change of them,
   * even within a second.
   */
  expected?: { [name: string]: string };
}

/** Some of the preferences. */
export interface ChangedPreferences {
  scheduling?: SchedulingPreferencesChanges;
  reviewing?: ReviewingPreferencesChanges;
  editing?: EditingPreferencesChanges;
  backups?: BackupPreferencesChanges;
}

/** The options of a preset, named as in Anki's `DeckConfig.Config`. It has only the chosen members. */
export interface ChangedPresetOptions {
  /** Learning steps of new cards, in minutes; may be empty. */
  learnSteps?: number[];
  /** Steps of forgotten cards, in minutes; may be empty. */
  relearnSteps?: number[];
  /** New cards a day. */
  newPerDay?: number;
  /** Reviews a day. */
  reviewsPerDay?: number;
  /** Ease of a card after its learning steps; 2.5 is 250 %. Not used by FSRS. */
  initialEase?: number;
  /** What *Easy* multiplies an interval by, beyond the ease. Not used by FSRS. */
  easyMultiplier?: number;
  /** What *Hard* multiplies an interval by. Not used by FSRS. */
  hardMultiplier?: number;
  /** What *Again* multiplies an interval by. Not used by FSRS. */
  lapseMultiplier?: number;
  /** What every interval is multiplied by. Not used by FSRS. */
  intervalMultiplier?: number;
  /** Longest interval, in days. */
  maximumReviewInterval?: number;
  /** Shortest interval after *Again*, in days. */
  minimumLapseInterval?: number;
  /** Interval after the last learning step, in days. Not used by FSRS. */
  graduatingIntervalGood?: number;
  /** Interval after *Easy* in a learning step, in days. Not used by FSRS. */
  graduatingIntervalEasy?: number;
  /**
   * Positions of new cards: in the order of adding, or random. A change sorts all new cards again. Null for a choice
   * of a newer Anki.
   */
  newCardInsertOrder?: "due" | "random" | null;
  /** Which new cards are taken for the day. Null for a choice of a newer Anki. */
  newCardGatherPriority?: "deck" | "lowestPosition" | "highestPosition" | "randomNotes" | "randomCards" | "deckThenRandomNotes" | null;
  /** In which order the new cards of the day are shown. Null for a choice of a newer Anki. */
  newCardSortOrder?: "template" | "noSort" | "templateThenRandom" | "randomNoteThenTemplate" | "randomCard" | null;
  /** When new cards are shown. Null for a choice of a newer Anki. */
  newMix?: "mixWithReviews" | "afterReviews" | "beforeReviews" | null;
  /**
   * In which order reviews are shown. `relativeOverdueness` needs Anki 26.05 or newer. Null for a choice of a newer
   * Anki.
   */
  reviewOrder?: "day" | "dayThenDeck" | "deckThenDay" | "intervalsAscending" | "intervalsDescending" | "easeAscending" | "easeDescending" | "retrievabilityAscending" | "random" | "added" | "reverseAdded" | "retrievabilityDescending" | "relativeOverdueness" | null;
  /** When cards are shown whose learning step is a day or longer. Null for a choice of a newer Anki. */
  interdayLearningMix?: "mixWithReviews" | "afterReviews" | "beforeReviews" | null;
  /** What happens to a leech: a card that was forgotten too often. Null for a choice of a newer Anki. */
  leechAction?: "suspend" | "tagOnly" | null;
  /** After how many lapses a card is a leech. */
  leechThreshold?: number;
  /** Sounds are not played automatically. */
  disableAutoplay?: boolean;
  /** Most seconds that are recorded for an answer. */
  capAnswerTimeToSecs?: number;
  /** The reviewer shows a timer. */
  showTimer?: boolean;
  /** That timer stops at the answer side. */
  stopTimerOnAnswer?: boolean;
  /** Auto advance: seconds for the question side; 0 for no end. */
  secondsToShowQuestion?: number;
  /** Auto advance: seconds for the answer side; 0 for no end. */
  secondsToShowAnswer?: number;
  /** Auto advance: what follows the question side. Null for a choice of a newer Anki. */
  questionAction?: "showAnswer" | "showReminder" | null;
  /** Auto advance: what follows the answer side. Null for a choice of a newer Anki. */
  answerAction?: "buryCard" | "answerAgain" | "answerGood" | "answerHard" | "showReminder" | null;
  /** Auto advance: wait for the end of sounds. */
  waitForAudio?: boolean;
  /** A replay on the answer side omits the sounds of the question side. */
  skipQuestionWhenReplayingAnswer?: boolean;
  /** New siblings of an answered card are hidden until tomorrow. */
  buryNew?: boolean;
  /** Its siblings to be reviewed are hidden until tomorrow. */
  buryReviews?: boolean;
  /** Its siblings with a learning step of a day or longer are hidden until tomorrow. */
  buryInterdayLearning?: boolean;
  /** FSRS: share of reviews to be passed. `setDesiredRetention` can also reschedule cards. */
  desiredRetention?: number;
  /** FSRS: share of reviews that were passed before the recorded ones. */
  historicalRetention?: number;
  /** FSRS: reviews before this day do not count, as in `2026-11-24`; empty for none. */
  ignoreRevlogsBeforeDate?: string;
  /** FSRS, and load balancing: for each weekday from Monday on the share of normal work, from 0 to 1. */
  easyDaysPercentages?: number[];
  /** FSRS: search text for the cards to optimize with; empty for those of the preset. */
  paramSearch?: string;
}

/** The file that was written. */
export interface CollectionExported {
  /** Bytes. */
  size: number;
}

/** Figures on the whole collection. */
export interface CollectionFigures {
  /** Number of notes. */
  notes: number;
  /** Number of cards. */
  cards: number;
  counts: CardCounts;
  today: Today;
  retention: Retentions;
  /** Anki schedules by FSRS. */
  fsrs: boolean;
}

/** The collection's settings, note types, decks and tags. */
export interface CollectionOverview {
  /** Start of the collection's first day, in seconds since 1970. */
  created: number;
  /** Last change, in milliseconds since 1970. */
  modified: number;
  /** Last sync, in milliseconds since 1970; 0 for none yet. */
  lastSync: number;
  /** Number of notes. */
  noteCount: number;
  /** Number of cards. */
  cardCount: number;
  /** The result of getCollectionConfig. */
  config: { [name: string]: unknown };
  /** Note types as Anki stores them. */
  models: Model[];
  /** All decks. */
  decks: DeckSummary[];
  /** Deck options as Anki stores them. */
  dconf: { [name: string]: unknown }[];
  /** All tags that the collection knows. */
  tags: string[];
  /** Identifies the open collection. With it in the header AnkiRPC-Session, no call writes to another one. */
  session: string;
}

/** The collection that is open now. */
export interface CollectionReplaced {
  /** Number of notes. */
  notes: number;
  /** Number of cards. */
  cards: number;
  /** Name of the backup of the collection before. */
  backup: string;
}

/** A typed answer beside the right one. */
export interface ComparedAnswer {
  /** Both are equal. */
  correct: boolean;
  /** The right answer as plain text. */
  expected: string;
  /**
   * HTML as Anki shows it: parts of the classes `typeGood`, `typeBad` and `typeMissed`; only the right answer if
   * nothing was typed.
   */
  html: string;
}

/** Numbers of cards by state, with suspended and buried cards in two ways. */
export interface CountsBothWays {
  separate: CardCounts;
  together: CardCounts;
}

/** The card that is under review. */
export interface CurrentCard {
  /** Card id. */
  cardId: number;
  /** Value and position of each field. */
  fields: { [name: string]: FieldValue };
  /** Index of the card's template or cloze deletion. */
  fieldOrder: number;
  /** Rendered question with its style. */
  question: string;
  /** Rendered answer with its style. */
  answer: string;
  /** Numbers of the answer buttons. */
  buttons: number[];
  /** Label of each answer button. */
  nextReviews: string[];
  /** Note type. */
  modelName: string;
  /** Deck that the card is in. */
  deckName: string;
  /** Styling of the note type. */
  css: string;
  /** Name of the card's template. */
  template: string;
}

/** The deck that is selected for study. */
export interface CurrentDeck {
  /** Deck id. */
  deckId: number;
  /** Full deck name. */
  name: string;
}

/** What Custom Study can offer for a deck. */
export interface CustomStudyOptions {
  /** New cards in the deck itself, whatever the limits. */
  availableNew: number;
  /** Due reviews in the deck itself, whatever the limits. */
  availableReviews: number;
  inChildren: AvailableCards;
  /** Tags of its cards and of those in its sub-decks, without `none`; cards in filtered decks do not count. */
  tags: TagToStudy[];
  /** By how many cards the limit of new cards was raised last, 0 for never. */
  lastNew: number;
  /** By how many cards the limit of reviews was raised last, 0 for never. */
  lastReviews: number;
}

/** The outcome of a check of the database, in Anki's window. */
export interface DatabaseCheck {
  /** No problem was found. */
  ok: boolean;
  /** Anki's report of what was found and done. */
  report: string;
}

/** The outcome of a check of the database. */
export interface DatabaseReport {
  /** No problem was found. */
  ok: boolean;
  /** Problems that were found and fixed, in Anki's language. */
  problems: string[];
}

/** Figures on a deck and its sub-decks. */
export interface DeckFigures {
  /** Deck id. */
  deckId: number;
  /** Full deck name. */
  name: string;
  /** It is a filtered deck. */
  isFiltered: boolean;
  /** New cards still due today, within the limits. */
  newToday: number;
  /** Cards in learning still due today. */
  learningToday: number;
  /** Reviews still due today, within the limits. */
  reviewToday: number;
  /** All cards. */
  cards: number;
  counts: CardCounts;
}

/** A deck in the tree of decks. Limits are those of today. */
export interface DeckInTree {
  /** Deck id. */
  deckId: number;
  /** Last part of the name. */
  name: string;
  /** Full deck name. */
  fullName: string;
  /** Full name of the deck above; null at the top. */
  parent: string | null;
  /** It is a filtered deck. */
  isFiltered: boolean;
  /** Anki's deck list hides its sub-decks. */
  collapsed: boolean;
  /** New cards left for today, sub-decks included, within the limits. */
  newToday: number;
  /** Cards in learning left for today, sub-decks included. */
  learningToday: number;
  /** Reviews left for today, sub-decks included, within the limits. */
  reviewToday: number;
  /** New cards of the deck itself, without limits. */
  newUncapped: number;
  /** Reviews due in the deck itself, without limits. */
  reviewUncapped: number;
  /** Cards due in the deck itself whose learning step is a day or longer, without limits. */
  interdayLearningUncapped: number;
  /** All cards of the deck itself. */
  cards: number;
  /** All cards, sub-decks included. */
  cardsWithChildren: number;
}

/** The daily limits of a deck. */
export interface DeckLimits {
  /** Full deck name. */
  deck: string;
  preset: SetLimits;
  deckLimit: SetLimits;
  today: SetLimits;
  answeredToday: AnsweredCards;
}

/** A deck that was created, or that was there already. */
export interface DeckMade {
  /** Deck id. */
  deckId: number;
  /** Full name, as Anki has it. */
  name: string;
}

/** The deck options that hold for the whole collection, whatever the preset. */
export interface DeckOptionsForAll {
  /** New cards do not count towards the limit of reviews. */
  newCardsIgnoreReviewLimit: boolean;
  /** The limits of all decks above a deck apply, also if the deck is studied by itself. */
  applyAllParentLimits: boolean;
  /** Optimizing in Anki's window also checks whether FSRS suits the reviews. */
  fsrsHealthCheck: boolean;
  /** JavaScript that Anki runs for each card in its reviewer to change the effect of answers. */
  cardStateCustomizer: string;
}

/** A preset of deck options, with its decks. */
export interface DeckPreset {
  /** Id of the preset; other actions call it `configId`. */
  presetId: number;
  /** Its name. */
  name: string;
  /** Full names of the decks that use it. */
  decks: string[];
  options?: StoredPresetOptions;
}

/** A deck's cards of today. */
export interface DeckStats {
  /** Deck id. */
  deck_id: number;
  /** Last part of the name. */
  name: string;
  /** New cards still due today. */
  new_count: number;
  /** Cards in learning still due today. */
  learn_count: number;
  /** Reviews still due today. */
  review_count: number;
  /** All cards of the deck itself, without its sub-decks. */
  total_in_deck: number;
}

/** A deck with its basic settings. */
export interface DeckSummary {
  /** Deck id. */
  id: number;
  /** Last change, in seconds since 1970. */
  mod: number;
  /** Full name. */
  name: string;
  /** Description. */
  desc: string;
  /** 1 for a filtered deck, else 0. */
  dyn: number;
  /** Id of its options; null for a filtered deck. */
  conf: number | null;
}

/** What was deleted. */
export interface DeletedModels {
  /** Names of the deleted note types. */
  models: string[];
  /** Number of deleted notes. */
  notes: number;
  /** Number of deleted cards. */
  cards: number;
}

/** The cards that become due on one day. */
export interface DueOnDay {
  /** Days from today. */
  day: number;
  /** Local date, as `2026-11-24`. */
  date: string;
  /** Cards that become due. */
  count: number;
}

/** Notes whose texts are equal. */
export interface DuplicateGroup {
  /** The equal texts, without HTML, but with the names of media files. */
  values: string[];
  /** Note ids, oldest first. */
  notes: number[];
}

/** Which notes a new note is compared with. */
export interface DuplicateScopeOptions {
  /** Deck to search; default the note's deck. */
  deckName?: string | null;
  /** Search its sub-decks, too. */
  checkChildren?: boolean;
  /** Compare with notes of every note type. */
  checkAllModels?: boolean;
  /** Deck id, in place of `deckName`. */
  deckId?: number | null;
}

/** How notes are added and found. */
export interface EditingPreferences {
  /** New notes go into the current deck, not into the last one of their note type. */
  addingDefaultsToCurrentDeck: boolean;
  /** Pasted images are stored as PNG, not as JPEG. */
  pasteImagesAsPng: boolean;
  /** Text is pasted without its formatting. */
  pasteStripsFormatting: boolean;
  /** Search text with which the browser opens. */
  defaultSearchText: string;
  /** Searches do not distinguish letters with and without accents. */
  ignoreAccentsInSearch: boolean;
  /** LaTeX is made into images. */
  renderLatex: boolean;
}

/** How notes are added and found. It has only the chosen members. */
export interface EditingPreferencesChanges {
  /** New notes go into the current deck, not into the last one of their note type. */
  addingDefaultsToCurrentDeck?: boolean;
  /** Pasted images are stored as PNG, not as JPEG. */
  pasteImagesAsPng?: boolean;
  /** Text is pasted without its formatting. */
  pasteStripsFormatting?: boolean;
  /** Search text with which the browser opens. */
  defaultSearchText?: string;
  /** Searches do not distinguish letters with and without accents. */
  ignoreAccentsInSearch?: boolean;
  /** LaTeX is made into images. */
  renderLatex?: boolean;
}

/** The empty cards of one note. */
export interface EmptyCardsOfNote {
  /** Note id. */
  noteId: number;
  /** Ids of its empty cards. */
  cards: number[];
  /** The note has no other card. */
  allCards: boolean;
}

/** What was removed with the empty cards. */
export interface EmptyCardsRemoved {
  /** Ids of the removed cards. */
  cards: number[];
  /** Ids of the notes that were removed with their last card. */
  notes: number[];
}

/** An error (JSON-RPC 2.0, section 5.1). */
export interface ErrorObject {
  /** Number of the kind of error. */
  code: number;
  /** What happened, for people. */
  message: string;
  /** Details for programs, always with `kind`. */
  data?: { [name: string]: unknown };
}

/** The font of a field in the editor. */
export interface FieldFont {
  /** Font in the editor. */
  font: string;
  /** Font size in the editor, in points. */
  size: number;
}

/** Options of a field to be set; others stay. */
export interface FieldOptions {
  /** Field name in its exact spelling. */
  fieldName: string;
  /** Written from right to left in the editor. */
  rtl?: boolean;
  /** The Add window keeps its text for the next note. */
  sticky?: boolean;
  /** Collapsed in the editor. */
  collapsed?: boolean;
  /** Edited as HTML by default. */
  plainText?: boolean;
  /** Not searched unless the search names the field. */
  excludeFromSearch?: boolean;
}

/** A field of a note. */
export interface FieldValue {
  /** HTML of the field. */
  value: string;
  /** Position of the field, from 0. */
  order: number;
}

/** A file in Anki's media trash. */
export interface FileInTrash {
  /** Its name, which is the one that it had in the media folder. */
  filename: string;
  /** Its size in bytes. */
  size: number;
}

/** A filtered deck with all its settings. */
export interface FilteredDeck {
  /** Deck id. */
  deckId: number;
  /** Full deck name. */
  name: string;
  /** Its searches. */
  terms: SearchTerm[];
  /** Answers in this deck reschedule cards. */
  reschedule: boolean;
  /** Number of cards in it. */
  cards: number;
  previewDelays: PreviewDelays;
}

/** A filtered deck that was made or rebuilt. */
export interface FilteredDeckMade {
  /** Deck id. */
  deckId: number;
  /** Full name, as Anki has normalised it. */
  name: string;
  /** Number of cards in it. */
  cards: number;
}

/** The cards that become due in the next days. */
export interface Forecast {
  /** Cards that were due before today. */
  overdue: number;
  /** One entry per day, today first. */
  days: DueOnDay[];
}

/** How well FSRS parameters predict the reviews. */
export interface FsrsFit {
  /** Log loss of the predictions; smaller is better. */
  logLoss: number;
  /** Error of the predictions over groups of similar reviews; 0.05 is 5 %. */
  rmseBins: number;
}

/** The settings of FSRS. */
export interface FsrsOverview {
  /** Anki schedules by FSRS. */
  active: boolean;
  /** Parameters for presets without any. */
  defaultParams: number[];
  /** In the order of the given names, or by name. */
  presets: FsrsPreset[];
}

/** The FSRS settings of a preset. */
export interface FsrsPreset {
  /** Id of the preset; other actions call it `configId`. */
  presetId: number;
  /** Its name. */
  name: string;
  /** Its parameters; none if Anki's defaults are used. */
  params: number[];
  /** Version of FSRS with that number of parameters, such as `FSRS-6`; null if unknown. */
  version: string | null;
  /** Share of reviews to be passed, from 0 to 1. */
  desiredRetention: number;
  /** Its decks with their own desired retention. */
  decks: OwnRetention[];
}

/** When cards are due. */
export interface FutureDue {
  /** Reviews on an average day, as estimated from the intervals. */
  dailyLoad: number;
  /** By day, earliest first; days without cards are left out. Negative days are overdue. */
  counts: CardsOnDay[];
}

/** What one request may contain and cause. The user can change all but the last two. */
export interface GatewayLimits {
  /** Bytes of a request's head. */
  headerBytes: number;
  /** Bytes of a request's body. */
  bodyBytes: number;
  /** Bytes of a response, without `/media/` and events. */
  responseBytes: number;
  /** Bytes of a file for `PUT /media/`. */
  mediaBytes: number;
  /** Bytes of a package when it is unpacked. */
  packageBytes: number;
  /** Calls in a batch. */
  batch: number;
  /** Levels of `multi` inside `multi`. */
  nesting: number;
  /** Requests that are answered at once. */
  threads: number;
  /** Requests of one caller that are answered at once; further ones wait. */
  threadsPerCaller: number;
}

/** What would be lost, by its ids. */
export interface GoingIds {
  /** Their number. */
  count: number;
  /** Their ids, at most 1,000. */
  ids: number[];
}

/** What would be lost, by its names. */
export interface GoingNames {
  /** Their number. */
  count: number;
  /** Their names, at most 1,000. */
  names: string[];
}

/** Deleted profiles. */
export interface GoingProfiles {
  /** Their number. */
  count: number;
  /** Their names, at most 1,000. */
  names: string[];
  /** Size of their folders, with media and backups, in bytes. */
  bytes: number;
}

/** The numbers of Anki's graphs. */
export interface GraphData {
  buttons: ButtonPeriods;
  hours: HourPeriods;
  /** Intervals of review cards, shortest first. */
  intervals: CardsByDays[];
  eases: Percentages;
  difficulty: Percentages;
  /** Stabilities of cards with a memory state, shortest first. */
  stability: CardsByDays[];
  retrievability: Retrievabilities;
  /** Cards by the day on which they were added, earliest first; days without are left out. */
  added: CardsOnDay[];
  /** Reviews by day, earliest first; days without are left out. */
  reviews: ReviewsOnDay[];
  futureDue: FutureDue;
  cardCounts: CountsBothWays;
  today: Today;
  trueRetention: TrueRetentions;
  /** Anki schedules by FSRS. */
  fsrs: boolean;
}

/** The answers in one hour of the day. */
export interface HourOfDay {
  /** All answers. */
  answers: number;
  /** Answers other than *Again*. */
  correct: number;
}

/** Hours of the day by period. */
export interface HourPeriods {
  /** The last 30 days: 24 entries, the first from 0 to 1 o'clock. */
  month: HourOfDay[];
  /** The last 90 days: 24 entries, the first from 0 to 1 o'clock. */
  threeMonths: HourOfDay[];
  /** The last 365 days: 24 entries, the first from 0 to 1 o'clock. */
  year: HourOfDay[];
  /** All days that are read: 24 entries, the first from 0 to 1 o'clock. */
  allTime: HourOfDay[];
}

/** What an import has done with each note of a file. */
export interface ImportedNotes {
  /** Number of notes in the file. */
  found: number;
  /** Ids of the notes that were added. */
  new: number[];
  /** Ids of the notes that were recognised by their globally unique id, and changed. */
  updated: number[];
  /** Ids of the notes that are the same here, or newer. */
  unchanged: number[];
  /**
   * Ids of the notes that were recognised by their first field: `update` has changed them, `keep` has not. With `add`
   * the ids of the notes that were added beside them.
   */
  firstFieldMatch: number[];
  /** Fields of each note that is of another note type here; it was left out. */
  conflicting: string[][];
  /** Fields of each note whose note type was not found. */
  missingModel: string[][];
  /** Fields of each note whose deck was not found. */
  missingDeck: string[][];
  /** Fields of each note without a first field. */
  emptyFirstField: string[][];
}

/** A note type in short. */
export interface ListedModel {
  /** Id of the note type. */
  id: number;
  /** Name. */
  name: string;
  /** It makes cards from cloze deletions: `{{c1::text}}` in a field. */
  isCloze: boolean;
  /** Field names in field order; the first must not be empty in a note. */
  fields: string[];
  /** Template names; a note has at most one card per template, or per cloze number. */
  templates: string[];
  /** Number of its notes. */
  notes: number;
}

/** An entry of the review log, with its card. */
export interface LoggedReview {
  /** Time of the answer in milliseconds since 1970. */
  id: number;
  /** -1 until synced. */
  usn: number;
  /** Button: 1-4; 0 for a change by hand. */
  ease: number;
  /** New interval in days; negative for seconds. */
  ivl: number;
  /** Interval before, in the same units. */
  lastIvl: number;
  /** Ease in tenths of a percent. */
  factor: number;
  /** Time taken in milliseconds. */
  time: number;
  /** 0 learning, 1 review, 2 relearning, 3 filtered, 4 by hand, 5 rescheduled. */
  type: number;
  /** Card id; the card may be deleted. */
  cardId: number;
}

/** What a destructive call would remove. Kinds without losses are left out. */
export interface Losses {
  /** Always true: nothing was changed. */
  dryRun: boolean;
  notes?: GoingIds;
  cards?: GoingIds;
  decks?: GoingNames;
  files?: GoingNames;
  tags?: GoingNames;
  fields?: GoingNames;
  templates?: GoingNames;
  presets?: GoingNames;
  models?: GoingNames;
  searches?: GoingNames;
  configValues?: GoingNames;
  profiles?: GoingProfiles;
  changedNotes?: GoingIds;
  changedCards?: GoingIds;
  changedDecks?: GoingNames;
  changedFiles?: GoingNames;
  changedModels?: GoingNames;
}

/** A file for a note, with its source. */
export interface MediaItem {
  /** Name to store the file under; Anki normalises it, and folders are dropped. */
  filename: string;
  /** Content in base64; used before `path` and `url`. */
  data?: string | null;
  /** File to copy, readable by the gateway; used before `url`. */
  path?: string | null;
  /** Address to fetch, http or https. */
  url?: string | null;
  /** MD5 of content not to store, in lower-case hexadecimal digits. */
  skipHash?: string | null;
  /** As in storeMediaFile, but false by default. */
  deleteExisting?: boolean;
  /** Exact names of the fields to which the reference is appended. */
  fields?: string[] | null;
}

/** A file that a note names. */
export interface MediaReference {
  /** Its name, as in the media folder. */
  filename: string;
  /** There is such a file in the media folder. */
  exists: boolean;
}

/** Unused and missing files of the media folder. */
export interface MediaReport {
  /** Files that no note and no template names. */
  unused: string[];
  /** Files that are named but do not exist. */
  missing: string[];
  /** Ids of the notes that name missing files. */
  notesWithMissing: number[];
  /** There are files in Anki's media trash. */
  hasTrash: boolean;
}

/** What the media sync has done so far, in Anki's words and the user's language. */
export interface MediaSyncCounts {
  /** Number of files that were checked. */
  checked: string;
  /** Number of files that were added on each side. */
  added: string;
  /** Number of files that were removed on each side. */
  removed: string;
}

/** The media sync that is running, or the last one since the start. */
export interface MediaSyncState {
  /** A media sync is running. */
  active: boolean;
  /** What it has done; null if that is unknown. */
  progress: MediaSyncCounts | null;
  /** Why the last one failed; null if it did not. */
  error: ErrorObject | null;
}

/** What FSRS knows about a card. */
export interface MemoryState {
  /** Card id. */
  cardId: number;
  /** Days until the probability of recall falls to 90 %. */
  stability: number | null;
  /** From 1 to 10. */
  difficulty: number | null;
  /** Probability of recall now, from 0 to 1. */
  retrievability: number | null;
  /** Wanted probability of recall when the card becomes due, from 0 to 1. */
  desiredRetention: number | null;
  /** Exponent of the forgetting curve: how fast the card is forgotten. */
  decay: number | null;
}

/** A note type, as Anki stores it. */
export interface Model {
  /** Id of the note type: creation time in milliseconds since 1970. */
  id: number;
  /** Name. */
  name: string;
  /** 0 for a standard note type, 1 for a cloze one. */
  type: number;
  /** Last change, in seconds since 1970. */
  mod: number;
  /** Update sequence number; -1 for not yet synced. */
  usn: number;
  /** Position of the sort field. */
  sortf: number;
  /** Id of the deck last used; null for none. */
  did: number | null;
  /** Card templates. */
  tmpls: Template[];
  /** Fields. */
  flds: ModelField[];
  /** Styling. */
  css: string;
  /** LaTeX before a snippet. */
  latexPre: string;
  /** LaTeX after a snippet. */
  latexPost: string;
  /** LaTeX makes SVG images. */
  latexsvg: boolean;
  /** For each template: its position, `any`, `all` or `none`, and the positions of the fields that a card needs. */
  req: unknown[][];
  /** Number of Anki's built-in note type that it was made from. */
  originalStockKind?: number;
  /** Id that it had in an imported package. */
  originalId?: number | null;
}

/** One edit of a note type. Each kind of edit has members of its own. */
export interface ModelEdit {
  /**
   * The kind of edit. Its members, where a question mark means optional: `addField` (name, index?), `renameField`
   * (name, newName), `moveField` (name, index), `removeField` (name), `addTemplate` (name, front, back, index?,
   * browserFront?, browserBack?), `updateTemplate` (name, front?, back?, browserFront?, browserBack?),
   * `renameTemplate` (name, newName), `moveTemplate` (name, index), `removeTemplate` (name), `setCss` (css).
   */
  op: "addField" | "renameField" | "moveField" | "removeField" | "addTemplate" | "updateTemplate" | "renameTemplate" | "moveTemplate" | "removeTemplate" | "setCss";
  /** Name of the field or template, in its exact spelling. */
  name?: string;
  /** New name of the field or template. */
  newName?: string;
  /** New position, from 0; the end if too large or left out. */
  index?: number;
  /** Question side. */
  front?: string;
  /** Answer side. */
  back?: string;
  /** Question side in Anki's browser; if empty, the question side. */
  browserFront?: string;
  /** Answer side in Anki's browser; if empty, the answer side. */
  browserBack?: string;
  /** The whole styling. */
  css?: string;
}

/** A field of a note type, as Anki stores it. */
export interface ModelField {
  /** Field name. */
  name: string;
  /** Position, from 0. */
  ord: number;
  /** The Add window keeps its text for the next note. */
  sticky: boolean;
  /** Written from right to left. */
  rtl: boolean;
  /** Font in the editor. */
  font: string;
  /** Font size in the editor, in points. */
  size: number;
  /** Hint in an empty field of the editor. */
  description?: string;
  /** Edited as HTML by default. */
  plainText?: boolean;
  /** Collapsed in the editor. */
  collapsed?: boolean;
  /** Not searched unless the search names the field. */
  excludeFromSearch?: boolean;
  /** Id of the field. */
  id?: number | null;
  /** Anki's internal mark. */
  tag?: number | null;
  /** Anki refuses to delete it. */
  preventDeletion?: boolean;
}

/** Options of a note type. */
export interface ModelOptions {
  /** Name of the field that Anki's browser sorts by. */
  sortField?: string;
  /** LaTeX before each snippet. */
  latexHeader?: string;
  /** LaTeX after each snippet. */
  latexFooter?: string;
  /** LaTeX makes SVG images, not PNG. */
  latexSvg?: boolean;
}

/** Whether a sync is needed. */
export interface NeededSync {
  /** The sync that is needed. A full one replaces one side by the other, so `sync` needs `full` for it. */
  required: "none" | "normal" | "full";
  /** Only this side was looked at, because it has changes; the server was not asked. */
  local: boolean;
  /** When the server gave this answer, in seconds since 1970; null if it was not asked. */
  checkedAt: number | null;
}

/** How the cards of a new note begin. */
export interface NewCardOptions {
  /** Suspend the cards of the new note, in the same undo step. */
  suspended?: boolean;
  /**
   * Flag of the cards of the new note, in the same undo step: 1 red, 2 orange, 3 green, 4 blue, 5 pink, 6 turquoise,
   * 7 purple; 0 for none.
   */
  flag?: number;
}

/** A field of a new note type. */
export interface NewField {
  /** Field name. */
  name: string;
  /** Hint in an empty field of the editor. */
  description?: string;
  /** Collapsed in the editor. */
  collapsed?: boolean;
}

/** A note to be added. */
export interface NewNote {
  /** Note type, compared without case. */
  modelName?: string;
  /** Deck, compared without case. */
  deckName?: string;
  /** HTML by field name, compared without case; other fields stay empty. */
  fields: { [name: string]: string };
  /** Tags; Anki sorts them. */
  tags?: string[];
  /** Options for duplicates and other problems. */
  options?: NoteOptions | null;
  /** Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`. */
  audio?: MediaItem[];
  /** Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`. */
  video?: MediaItem[];
  /** Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`. */
  picture?: MediaItem[];
  /** Note type id, in place of `modelName`: a note gives one of both. */
  modelId?: number;
  /** Deck id, in place of `deckName`: a note gives one of both. */
  deckId?: number;
}

/** An image occlusion note to be added. */
export interface NewOcclusionNote {
  image: OcclusionImage;
  /** The shapes, in the order in which they are drawn. */
  shapes: Shape[];
  /** Deck, compared without case. */
  deckName?: string;
  /** `hideAll` hides all shapes and asks for one; `hideOne` hides only that one. */
  mode?: "hideAll" | "hideOne";
  /** HTML above the image. */
  header?: string;
  /** HTML below the image, on the answer side. */
  backExtra?: string;
  /** Tags; Anki sorts them. */
  tags?: string[];
  /**
   * Note type for image occlusion, compared without case. Default the first one; if there is none, Anki's own is
   * created.
   */
  modelName?: string;
  /** Note type id, in place of `modelName`: a note gives one of both. */
  modelId?: number;
  /** Deck id, in place of `deckName`: a note gives one of both. */
  deckId?: number;
}

/** New sides of a template. */
export interface NewSides {
  /** New question side; unchanged if empty or left out. */
  Front?: string;
  /** New answer side; unchanged if empty or left out. */
  Back?: string;
  /** Question side in Anki's browser. */
  BrowserFront?: string;
  /** Answer side in Anki's browser. */
  BrowserBack?: string;
}

/** New styling of a note type. */
export interface NewStyling {
  /** Note type name, compared without case. */
  name: string;
  /** The new styling; may be empty. */
  css: string;
}

/** A template to be added. */
export interface NewTemplate {
  /** Template name in its exact spelling. */
  Name: string;
  /** Question side. */
  Front: string;
  /** Answer side. */
  Back: string;
}

/** New sides of a note type's templates. */
export interface NewTemplates {
  /** Note type name, compared without case. */
  name: string;
  /** New sides by exact template name. */
  templates: { [name: string]: NewSides };
}

/** The steps that Anki would undo and redo next. */
export interface NextSteps {
  /** Name of the step that would be undone; null for none. */
  undo: string | null;
  /** Name of the step that would be redone; null for none. */
  redo: string | null;
}

/** Changes to a note; whatever is left out stays. */
export interface NoteChanges {
  /** Note id. */
  id: number;
  /** As in updateNoteFields; if left out, all fields stay. */
  fields?: { [name: string]: string };
  /** Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`. */
  audio?: MediaItem[];
  /** Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`. */
  video?: MediaItem[];
  /** Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`. */
  picture?: MediaItem[];
  /**
   * Write only if these fields have these texts, by field name, as in notesInfo. It notices every change of them,
   * even within a second.
   */
  expected?: { [name: string]: string };
  /** Tags that replace the note's; if left out, they stay. */
  tags?: string[];
}

/** A note for the Add window. */
export interface NoteDraft {
  /** Deck, compared without case. */
  deckName?: string;
  /** Note type, compared without case. */
  modelName?: string;
  /** HTML by exact field name. */
  fields?: { [name: string]: string };
  /** Tags. */
  tags?: string[];
  /** Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`. */
  audio?: MediaItem[];
  /** Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`. */
  video?: MediaItem[];
  /** Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`. */
  picture?: MediaItem[];
  /** Note type id, in place of `modelName`: a note gives one of both. */
  modelId?: number;
  /** Deck id, in place of `deckName`: a note gives one of both. */
  deckId?: number;
}

/** Changes to the note in the Add window; whatever is left out stays. */
export interface NoteDraftChange {
  /** Deck; default the selected one. */
  deckName?: string | null;
  /** Note type; default the selected one. */
  modelName?: string | null;
  /** HTML by exact field name; other fields stay as they are. */
  fields?: { [name: string]: string };
  /** Tags; if left out, they stay as they are. */
  tags?: string[] | null;
  /** Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`. */
  audio?: MediaItem[];
  /** Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`. */
  video?: MediaItem[];
  /** Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`. */
  picture?: MediaItem[];
  /** Note type id, in place of `modelName`: a note gives one of both. */
  modelId?: number;
  /** Deck id, in place of `deckName`: a note gives one of both. */
  deckId?: number;
}

/** New texts of a note, and files for it. */
export interface NoteFields {
  /** Note id. */
  id: number;
  /** New HTML by exact field name; other fields stay as they are. */
  fields: { [name: string]: string };
  /** Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`. */
  audio?: MediaItem[];
  /** Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`. */
  video?: MediaItem[];
  /** Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`. */
  picture?: MediaItem[];
  /**
   * Write only if these fields have these texts, by field name, as in notesInfo. It notices every change of them,
   * even within a second.
   */
  expected?: { [name: string]: string };
}

/** A note with its texts, tags and cards. */
export interface NoteInfo {
  /** Note id. */
  noteId: number;
  /** Name of the open profile. */
  profile: string;
  /** Its tags. */
  tags: string[];
  /** Value and position of each field. */
  fields: { [name: string]: FieldValue };
  /** Its note type. */
  modelName: string;
  /** Last change, in seconds since 1970. */
  mod: number;
  /** Ids of its cards in the order of their templates. */
  cards: number[];
}

/** Which notes may be added, and how. */
export interface NoteOptions {
  /** Add the note even if it is a duplicate. */
  allowDuplicate?: boolean;
  /** Where a note with the same first field counts as a duplicate; default the collection. */
  duplicateScope?: "deck" | "collection" | null;
  /** Details of the scope. */
  duplicateScopeOptions?: DuplicateScopeOptions | null;
  /** Create the deck if it is missing, in the same undo step. */
  createDeck?: boolean;
  /** Add a note of a cloze note type even without a cloze deletion; its card says so. */
  allowMissingCloze?: boolean;
  /** Suspend the cards of the new note, in the same undo step. */
  suspended?: boolean;
  /**
   * Flag of the cards of the new note, in the same undo step: 1 red, 2 orange, 3 green, 4 blue, 5 pink, 6 turquoise,
   * 7 purple; 0 for none.
   */
  flag?: number;
}

/** A page of the notes that a search finds. */
export interface NotePage {
  /** Note ids, in the order of the search. */
  notes: number[];
  /** Number of ids that the search has found, when the first page was read. */
  total: number;
  /**
   * For the next page; null if this is the last one. It is valid for ten minutes after its last use, for the same
   * caller, while the same collection is open.
   */
  nextCursor: string | null;
}

/** A note with its texts, tags and cards. It has only the chosen members. */
export interface NotePart {
  /** Note id. */
  noteId?: number;
  /** Name of the open profile. */
  profile?: string;
  /** Its tags. */
  tags?: string[];
  /** Value and position of each field. */
  fields?: { [name: string]: FieldValue };
  /** Its note type. */
  modelName?: string;
  /** Last change, in seconds since 1970. */
  mod?: number;
  /** Ids of its cards in the order of their templates. */
  cards?: number[];
}

/** An edit of a text in a field of a note. */
export interface NoteTextEdit {
  /** Note id. */
  id: number;
  /** Name of the field, compared without case. */
  field: string;
  /** The text to replace, as it is stored: HTML, in the same case. It must occur exactly once in the field. */
  findText: string;
  /** The new text. */
  replaceText: string;
}

/** The last change of a note. */
export interface NoteTime {
  /** Note id. */
  noteId: number;
  /** Last change, in seconds since 1970. */
  mod: number;
}

/** What a change of the note type has removed. */
export interface NoteTypeChange {
  /** Number of notes. */
  notes: number;
  /** Names of fields whose texts were lost. */
  lostFields: string[];
  /** Names of templates whose cards were lost. */
  lostTemplates: string[];
  /** Number of lost cards. */
  lostCards: number;
}

/** The maps with which `changeNoteType` would change notes without `fields` and `templates`. */
export interface NoteTypeMap {
  /** Old field by name of each new field; null for an empty field. */
  fields: { [name: string]: string | null };
  /**
   * Old template by name of each new template; null for new cards. Null as a whole if one of the note types is for
   * cloze deletions: its templates cannot be mapped.
   */
  templates: { [name: string]: string | null } | null;
}

/** The outcome for one note to be changed. */
export interface NoteUpdate {
  /** Note id. */
  id: number;
  /** The call has changed the note. */
  changed: boolean;
  /** Last change, in seconds since 1970; null for an unknown id. */
  mod: number | null;
  /** Why it was not written; null if it was. */
  error: ErrorObject | null;
}

/** The image of an image occlusion note, with its source. */
export interface OcclusionImage {
  /** Name in the media folder. Without `data`, `path` or `url` the file must already exist. */
  filename: string;
  /** Content in base64; used before `path` and `url`. */
  data?: string | null;
  /** File to copy, readable by the gateway; used before `url`. */
  path?: string | null;
  /** Address to fetch, http or https. */
  url?: string | null;
  /** Move an existing file of that name to the trash; if false, other content gets a free name. */
  deleteExisting?: boolean;
}

/** An image occlusion note. */
export interface OcclusionNote {
  /** Note id. */
  noteId: number;
  /** Its note type. */
  modelName: string;
  /** Name of the image in the media folder, for `retrieveMediaFile`; null if the note has none. */
  image: string | null;
  /** `hideAll` hides all shapes and asks for one; `hideOne` hides only that one. */
  mode: "hideAll" | "hideOne";
  /** The shapes, in the order in which they are drawn. */
  shapes: Shape[];
  /** HTML above the image. */
  header: string;
  /** HTML below the image, on the answer side. */
  backExtra: string;
  /** Its tags. */
  tags: string[];
  /** Last change, in seconds since 1970. */
  mod: number;
}

/** An operation, with its result once it has ended. */
export interface Operation {
  /** The operation's id. */
  id: string;
  /** The action that was started. */
  method: string;
  /** `queued` until its turn comes, then `running`, finally `done`, `failed` or `cancelled`. */
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  /** Its progress; null if none is known yet. */
  progress: Progress | null;
  /** It can still be cancelled. */
  cancellable: boolean;
  /** The caller, or another program with its key, started it. */
  own: boolean;
  /** When it was started, in seconds since 1970. */
  created: number;
  /** When it ended, in seconds since 1970; null until then. */
  ended: number | null;
  /** Result of the action; null until it has ended. */
  result: unknown;
  /** Why it failed or was cancelled; otherwise null. */
  error: ErrorObject | null;
}

/** An operation without its result. */
export interface OperationSummary {
  /** The operation's id. */
  id: string;
  /** The action that was started. */
  method: string;
  /** `queued` until its turn comes, then `running`, finally `done`, `failed` or `cancelled`. */
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  /** Its progress; null if none is known yet. */
  progress: Progress | null;
  /** It can still be cancelled. */
  cancellable: boolean;
  /** The caller, or another program with its key, started it. */
  own: boolean;
  /** When it was started, in seconds since 1970. */
  created: number;
  /** When it ended, in seconds since 1970; null until then. */
  ended: number | null;
}

/** The outcome of an optimization of FSRS parameters. */
export interface Optimized {
  /** The best parameters: the preset's own if none are better; none if those are Anki's defaults. */
  params: number[];
  /** They differ from the preset's. */
  changed: boolean;
  /** They were saved in the preset. */
  applied: boolean;
  /** Number of reviews that were used; few reviews give rough parameters. */
  reviews: number;
  before: FsrsFit;
  after: FsrsFit;
  /** FSRS suits these reviews; null without `healthCheck`, or if there are too few reviews. */
  healthy: boolean | null;
}

/** A whole group. Its members depend on the version of Anki. */
export interface OptionsGroup {
  /** Id of the group. */
  id: number;
  [name: string]: unknown;
}

/** The outcome of one of several actions. */
export interface Outcome {
  /** Result of the action; null if it failed. */
  result: unknown;
  /** Why it failed; null if it did not. */
  error: ErrorObject | null;
}

/** A deck with a desired retention of its own. */
export interface OwnRetention {
  /** Full deck name. */
  deck: string;
  /** Share of reviews to be passed, from 0 to 1. */
  desiredRetention: number;
}

/** The percentages of cards. */
export interface Percentages {
  /** Their median in percent; null without such cards. */
  median: number | null;
  /** By percent, lowest first; percentages without cards are left out. */
  counts: CardsByPercent[];
}

/** What the user allows the caller's origin. */
export interface Permission {
  /** Whether the caller's origin may use the gateway. */
  permission: "granted" | "denied";
  /** Each call must carry a key; only with `granted`. */
  requireApikey?: boolean;
  /** The same as `requireApikey`, in another spelling. */
  requireApiKey?: boolean;
  /** API version, always 6; only with `granted`. */
  version?: number;
}

/** A point on an image. */
export interface Point {
  /** From 0, the left edge of the image, to 1, the right edge. */
  x: number;
  /** From 0, the upper edge of the image, to 1, the lower edge. */
  y: number;
}

/** The preferences that are stored in the collection. */
export interface Preferences {
  scheduling: SchedulingPreferences;
  reviewing: ReviewingPreferences;
  editing: EditingPreferences;
  backups: BackupPreferences;
}

/** What FSRS knows about a card now. */
export interface PresentState {
  /** Days until the probability of recall falls to 90 %. */
  stability: number;
  /** From 1 to 10. */
  difficulty: number;
  /** Probability of recall now, from 0 to 1. */
  retrievability: number | null;
}

/** The options of a preset, named as in Anki's `DeckConfig.Config`. */
export interface PresetOptions {
  /** Learning steps of new cards, in minutes; may be empty. */
  learnSteps?: number[];
  /** Steps of forgotten cards, in minutes; may be empty. */
  relearnSteps?: number[];
  /** New cards a day. */
  newPerDay?: number;
  /** Reviews a day. */
  reviewsPerDay?: number;
  /** Ease of a card after its learning steps; 2.5 is 250 %. Not used by FSRS. */
  initialEase?: number;
  /** What *Easy* multiplies an interval by, beyond the ease. Not used by FSRS. */
  easyMultiplier?: number;
  /** What *Hard* multiplies an interval by. Not used by FSRS. */
  hardMultiplier?: number;
  /** What *Again* multiplies an interval by. Not used by FSRS. */
  lapseMultiplier?: number;
  /** What every interval is multiplied by. Not used by FSRS. */
  intervalMultiplier?: number;
  /** Longest interval, in days. */
  maximumReviewInterval?: number;
  /** Shortest interval after *Again*, in days. */
  minimumLapseInterval?: number;
  /** Interval after the last learning step, in days. Not used by FSRS. */
  graduatingIntervalGood?: number;
  /** Interval after *Easy* in a learning step, in days. Not used by FSRS. */
  graduatingIntervalEasy?: number;
  /** Positions of new cards: in the order of adding, or random. A change sorts all new cards again. */
  newCardInsertOrder?: "due" | "random";
  /** Which new cards are taken for the day. */
  newCardGatherPriority?: "deck" | "lowestPosition" | "highestPosition" | "randomNotes" | "randomCards" | "deckThenRandomNotes";
  /** In which order the new cards of the day are shown. */
  newCardSortOrder?: "template" | "noSort" | "templateThenRandom" | "randomNoteThenTemplate" | "randomCard";
  /** When new cards are shown. */
  newMix?: "mixWithReviews" | "afterReviews" | "beforeReviews";
  /** In which order reviews are shown. `relativeOverdueness` needs Anki 26.05 or newer. */
  reviewOrder?: "day" | "dayThenDeck" | "deckThenDay" | "intervalsAscending" | "intervalsDescending" | "easeAscending" | "easeDescending" | "retrievabilityAscending" | "random" | "added" | "reverseAdded" | "retrievabilityDescending" | "relativeOverdueness";
  /** When cards are shown whose learning step is a day or longer. */
  interdayLearningMix?: "mixWithReviews" | "afterReviews" | "beforeReviews";
  /** What happens to a leech: a card that was forgotten too often. */
  leechAction?: "suspend" | "tagOnly";
  /** After how many lapses a card is a leech. */
  leechThreshold?: number;
  /** Sounds are not played automatically. */
  disableAutoplay?: boolean;
  /** Most seconds that are recorded for an answer. */
  capAnswerTimeToSecs?: number;
  /** The reviewer shows a timer. */
  showTimer?: boolean;
  /** That timer stops at the answer side. */
  stopTimerOnAnswer?: boolean;
  /** Auto advance: seconds for the question side; 0 for no end. */
  secondsToShowQuestion?: number;
  /** Auto advance: seconds for the answer side; 0 for no end. */
  secondsToShowAnswer?: number;
  /** Auto advance: what follows the question side. */
  questionAction?: "showAnswer" | "showReminder";
  /** Auto advance: what follows the answer side. */
  answerAction?: "buryCard" | "answerAgain" | "answerGood" | "answerHard" | "showReminder";
  /** Auto advance: wait for the end of sounds. */
  waitForAudio?: boolean;
  /** A replay on the answer side omits the sounds of the question side. */
  skipQuestionWhenReplayingAnswer?: boolean;
  /** New siblings of an answered card are hidden until tomorrow. */
  buryNew?: boolean;
  /** Its siblings to be reviewed are hidden until tomorrow. */
  buryReviews?: boolean;
  /** Its siblings with a learning step of a day or longer are hidden until tomorrow. */
  buryInterdayLearning?: boolean;
  /** FSRS: share of reviews to be passed. `setDesiredRetention` can also reschedule cards. */
  desiredRetention?: number;
  /** FSRS: share of reviews that were passed before the recorded ones. */
  historicalRetention?: number;
  /** FSRS: reviews before this day do not count, as in `2026-11-24`; empty for none. */
  ignoreRevlogsBeforeDate?: string;
  /** FSRS, and load balancing: for each weekday from Monday on the share of normal work, from 0 to 1. */
  easyDaysPercentages?: number[];
  /** FSRS: search text for the cards to optimize with; empty for those of the preset. */
  paramSearch?: string;
}

/** After how many seconds a card comes again if answers do not reschedule it. *Easy* always returns it at once. */
export interface PreviewDelays {
  /** After *Again*; 0 returns the card to its home deck. */
  again?: number;
  /** After *Hard*; 0 returns the card to its home deck. */
  hard?: number;
  /** After *Good*; 0 returns the card to its home deck. */
  good?: number;
}

/** A note that need not be stored. */
export interface PreviewedNote {
  /** Note type, compared without case. */
  modelName?: string;
  /** HTML by field name, compared without case; other fields are empty. */
  fields: { [name: string]: string };
  /** Its tags, for templates that show them. */
  tags?: string[];
  /** Note type id, in place of `modelName`: a note gives one of both. */
  modelId?: number;
}

/** Sides of a template that need not be stored. */
export interface PreviewedSides {
  /** Question side; the stored one if left out. */
  Front?: string | null;
  /** Answer side; the stored one if left out. */
  Back?: string | null;
}

/** What became of a deleted profile. */
export interface ProfileDeleted {
  /** Whether its folder is in the system's trash; false if it was deleted for good, or if there was none. */
  inTrash: boolean;
}

/** How far an operation has come. */
export interface Progress {
  /** Number of items done; null if nothing is counted. */
  done: number | null;
  /** Number of all items; null if it is not known. */
  total: number | null;
  /** Anki's progress text, in its language; only for the operation's owner and callers with the scope `admin`. */
  text: string | null;
}

/** The cards that are left for today. */
export interface Queue {
  /** The current deck, which is studied with its sub-decks. */
  deck: string;
  /** New cards left for today. */
  new: number;
  /** Cards in learning left for today. */
  learning: number;
  /** Reviews left for today. */
  review: number;
  /** The next cards, in Anki's order. */
  cards: QueuedCard[];
}

/** A card that is left for today. */
export interface QueuedCard {
  /** Card id. */
  cardId: number;
  /** Id of its note. */
  noteId: number;
  /** Deck that the card is in. */
  deckName: string;
  /** Note type. */
  modelName: string;
  /** Queue that the card is in. */
  queue: "new" | "learning" | "review";
  /** Rendered question as HTML, without the style. */
  question?: string;
  /** Rendered answer as HTML, without the style; it usually repeats the question. */
  answer?: string;
  /** When the card would come again after each answer, from ease 1 to 4. */
  nextReviews: string[];
  /** Stands for the card's present state: `answerCards` with it fails if the card has changed since. */
  token?: string;
  /** The effect of each answer, from ease 1 to 4. */
  states?: AnswerState[];
}

/** The actions that exist. */
export interface Reflection {
  /** The known ones of the given scopes. */
  scopes: string[];
  /** The actions; only if the scope `actions` was given. */
  actions?: string[];
}

/** The order of the cards in Anki's browser. */
export interface ReorderCards {
  /** `ascending` or `descending`. */
  order: string;
  /** Anki's key of a visible column. */
  columnId: string;
}

/** What became of the cards to be repositioned. */
export interface Repositioned {
  /** Number of given ids. */
  requested: number;
  /** Number of different ids. */
  deduped: number;
  /** Number of new cards among them. */
  eligibleNew: number;
  /** Number of cards that got a position. */
  repositioned: number;
  /** Unknown ids. */
  skippedNotFound: number[];
  /** Ids of cards that are not new. */
  skippedNotNew: number[];
  /** The given `startPosition`. */
  appliedStartPosition: number;
  /** The given `step`. */
  appliedStep: number;
  /** The given `shift`. */
  appliedShift: boolean;
}

/** The share of answers that were correct. */
export interface Retention {
  /** Answers other than *Again* to cards with an interval of one day or more. */
  passed: number;
  /** Answers *Again* to such cards. */
  failed: number;
  /** Share of `passed`, from 0 to 1; null without answers. */
  rate: number | null;
}

/** Retention by period. */
export interface Retentions {
  today: Retention;
  yesterday: Retention;
  week: Retention;
  month: Retention;
  year: Retention;
  allTime: Retention;
}

/** How well cards are remembered now, by FSRS. */
export interface Retrievabilities {
  /** Average in percent; null without such cards. */
  average: number | null;
  /** Expected number of remembered cards. */
  sumByCard: number;
  /** Expected number of remembered notes: the average of its cards counts for each. */
  sumByNote: number;
  /** By percent, lowest first; percentages without cards are left out. */
  counts: CardsByPercent[];
}

/** A note that gets another note type. */
export interface RetypedNote {
  /** Note id. */
  id: number;
  /** Its new note type, compared without case; it may be the same. */
  modelName?: string;
  /** HTML by field name of the new note type, compared without case; other fields are emptied. */
  fields: { [name: string]: string };
  /** Tags that replace the note's; if left out, they stay. */
  tags?: string[] | null;
  /** Note type id, in place of `modelName`: a note gives one of both. */
  modelId?: number;
}

/** An entry of the review log. */
export interface Review {
  /** Time of the answer in milliseconds since 1970. */
  id: number;
  /** -1 until synced. */
  usn: number;
  /** Button: 1-4; 0 for a change by hand. */
  ease: number;
  /** New interval in days; negative for seconds. */
  ivl: number;
  /** Interval before, in the same units. */
  lastIvl: number;
  /** Ease in tenths of a percent. */
  factor: number;
  /** Time taken in milliseconds. */
  time: number;
  /** 0 learning, 1 review, 2 relearning, 3 filtered, 4 by hand, 5 rescheduled. */
  type: number;
}

/** A page of the review log. */
export interface ReviewPage {
  /** Log entries, oldest first. */
  reviews: LoggedReview[];
  /** Value of `after` for the next page; null if this is the last. */
  next: number | null;
}

/** How cards are shown. */
export interface ReviewingPreferences {
  /** Cards have no buttons to play sounds. */
  hideAudioPlayButtons: boolean;
  /** A sound stops when the card is answered. */
  interruptAudioWhenAnswering: boolean;
  /** The reviewer shows how many cards are left. */
  showRemainingDueCounts: boolean;
  /** The answer buttons show intervals. */
  showIntervalsOnButtons: boolean;
  /** After so many seconds Anki reports the number of cards; 0 for never. */
  timeLimitSecs: number;
  /** Reviews are spread evenly over days. */
  loadBalancerEnabled: boolean;
  /** While FSRS is active, it also schedules cards that have passed their learning steps on the same day. */
  fsrsShortTermWithStepsEnabled: boolean;
}

/** How cards are shown. It has only the chosen members. */
export interface ReviewingPreferencesChanges {
  /** Cards have no buttons to play sounds. */
  hideAudioPlayButtons?: boolean;
  /** A sound stops when the card is answered. */
  interruptAudioWhenAnswering?: boolean;
  /** The reviewer shows how many cards are left. */
  showRemainingDueCounts?: boolean;
  /** The answer buttons show intervals. */
  showIntervalsOnButtons?: boolean;
  /** After so many seconds Anki reports the number of cards; 0 for never. */
  timeLimitSecs?: number;
  /** Reviews are spread evenly over days. */
  loadBalancerEnabled?: boolean;
  /** While FSRS is active, it also schedules cards that have passed their learning steps on the same day. */
  fsrsShortTermWithStepsEnabled?: boolean;
}

/** Reviews by the state of the card. */
export interface ReviewsByKind {
  /** In learning. */
  learning: number;
  /** In relearning. */
  relearning: number;
  /** In review, with intervals of less than 21 days. */
  young: number;
  /** In review, with intervals of 21 days or more. */
  mature: number;
  /** In filtered decks, before the card was due. */
  filtered: number;
}

/** The reviews of a day. */
export interface ReviewsOnDay {
  /** Days from today, 0 or negative. */
  day: number;
  counts: ReviewsByKind;
  milliseconds: ReviewsByKind;
}

/** A search that the user has saved. */
export interface SavedSearch {
  /** Its name. */
  name: string;
  /** Its search text. */
  search: string;
}

/** When cards are shown. */
export interface SchedulingPreferences {
  /** Hour at which the next day begins. */
  rollover: number;
  /** Cards in learning that are due within so many seconds are shown when no others are left. */
  learnAheadSecs: number;
  /** When new cards are shown, if the preset does not say it. */
  newReviewMix: "distribute" | "reviewsFirst" | "newFirst";
  /** The day follows the time zone of this computer, not of the collection. */
  newTimezone: boolean;
  /** Cards in learning for more than a day are shown before reviews. */
  dayLearnFirst: boolean;
}

/** When cards are shown. It has only the chosen members. */
export interface SchedulingPreferencesChanges {
  /** Hour at which the next day begins. */
  rollover?: number;
  /** Cards in learning that are due within so many seconds are shown when no others are left. */
  learnAheadSecs?: number;
  /** When new cards are shown, if the preset does not say it. */
  newReviewMix?: "distribute" | "reviewsFirst" | "newFirst";
  /** The day follows the time zone of this computer, not of the collection. */
  newTimezone?: boolean;
  /** Cards in learning for more than a day are shown before reviews. */
  dayLearnFirst?: boolean;
}

/** A term, or several in `any`: exactly one of the members, and perhaps `negated`. */
export interface SearchPart {
  /** Deck with its sub-decks. `current` is the current deck, and `filtered` all filtered decks. */
  deck?: string | null;
  /** Tag with its sub-tags. `none` is for notes without tags. */
  tag?: string | null;
  /** Note type. */
  modelName?: string | null;
  /** Content of a field. */
  field?: SearchedField | null;
  /** Text that a field contains. */
  text?: string | null;
  /** State of a card. */
  state?: "new" | "learn" | "review" | "due" | "suspended" | "buried" | null;
  /** Flag of a card, 0 for none. */
  flag?: number | null;
  /** A card was answered. */
  rated?: SearchedAnswers | null;
  /** Added in the last days; 1 is today. */
  added?: number | null;
  /** Edited in the last days; 1 is today. */
  edited?: number | null;
  /** Due on this day: 0 today, 1 tomorrow, -1 yesterday. */
  due?: number | null;
  /** Note ids. */
  notes?: number[] | null;
  /** Notes with the same first field. */
  duplicate?: SearchedDuplicate | null;
  /** A search text as it is, of any kind. */
  search?: string | null;
  /** All others. */
  negated?: boolean;
  /** Terms of which one must match. */
  any?: SimplePart[] | null;
}

/** A search of a filtered deck. */
export interface SearchTerm {
  /** Search text as in Anki's browser; empty for every card. */
  search: string;
  /** Maximum number of cards. */
  limit?: number;
  /** Order in which cards are taken and shown. */
  order?: "oldestReviewedFirst" | "random" | "intervalsAscending" | "intervalsDescending" | "lapses" | "added" | "due" | "reverseAdded" | "retrievabilityAscending" | "retrievabilityDescending" | "relativeOverdueness";
}

/** When a card was answered, and how. */
export interface SearchedAnswers {
  /** In the last days; 1 is today. */
  days: number;
  /** 1 Again, 2 Hard, 3 Good, 4 Easy; default any. */
  ease?: number | null;
}

/** The first field of a note, of which others of its note type are duplicates. */
export interface SearchedDuplicate {
  /** Note type, compared without case. */
  modelName: string;
  /** Its first field, as HTML. */
  firstField: string;
}

/** A field of a note, and its whole content. */
export interface SearchedField {
  /** Field name, compared without case. */
  name: string;
  /** The text that the field is, without HTML; empty for an empty field. */
  text: string;
}

/** Limits of one kind. */
export interface SetLimits {
  /** New cards a day; null if not set. */
  new: number | null;
  /** Reviews a day; null if not set. */
  reviews: number | null;
}

/** A shape on an image. */
export interface Shape {
  /** Type of the shape; `text` is shown on the image and hides nothing. */
  type: "rect" | "ellipse" | "polygon" | "text";
  /**
   * Number of the card that asks for the shape. A card asks for all shapes with its number together. Default the
   * lowest free number; a text without number belongs to no card.
   */
  card?: number;
  /** Left edge, from 0 to 1. Not for a polygon. */
  left?: number;
  /** Upper edge, from 0 to 1. Not for a polygon. */
  top?: number;
  /** Width as a fraction of the image's. For a rectangle or an ellipse. */
  width?: number;
  /** Height as a fraction of the image's. For a rectangle or an ellipse. */
  height?: number;
  /** Corners of a polygon. */
  points?: Point[];
  /** Content of a text; it cannot contain `}}`. */
  text?: string;
  /** Factor by which a text is enlarged; default 1. */
  scale?: number;
  /** Font size of a text as a fraction of the image's height; default Anki's. */
  fontSize?: number;
  /** Rotation in degrees, clockwise; default 0. */
  angle?: number;
  /** Colour as in CSS; default Anki's. */
  fill?: string;
}

/** The two sides of a template. */
export interface Sides {
  /** Question side. */
  Front: string;
  /** Answer side. */
  Back: string;
}

/** What a note or card must be: exactly one of the members, and perhaps `negated`. */
export interface SimplePart {
  /** Deck with its sub-decks. `current` is the current deck, and `filtered` all filtered decks. */
  deck?: string | null;
  /** Tag with its sub-tags. `none` is for notes without tags. */
  tag?: string | null;
  /** Note type. */
  modelName?: string | null;
  /** Content of a field. */
  field?: SearchedField | null;
  /** Text that a field contains. */
  text?: string | null;
  /** State of a card. */
  state?: "new" | "learn" | "review" | "due" | "suspended" | "buried" | null;
  /** Flag of a card, 0 for none. */
  flag?: number | null;
  /** A card was answered. */
  rated?: SearchedAnswers | null;
  /** Added in the last days; 1 is today. */
  added?: number | null;
  /** Edited in the last days; 1 is today. */
  edited?: number | null;
  /** Due on this day: 0 today, 1 tomorrow, -1 yesterday. */
  due?: number | null;
  /** Note ids. */
  notes?: number[] | null;
  /** Notes with the same first field. */
  duplicate?: SearchedDuplicate | null;
  /** A search text as it is, of any kind. */
  search?: string | null;
  /** All others. */
  negated?: boolean;
}

/** A day of a simulation. */
export interface SimulatedDay {
  /** Days from today. */
  day: number;
  /** Local date, as `2026-11-24`. */
  date: string;
  /** New cards. */
  new: number;
  /** Reviews. */
  reviews: number;
  /** Time for new cards and reviews. */
  seconds: number;
  /** Cards remembered on that day: the sum of their probabilities of recall. */
  memorized: number;
}

/** A sound or a video of the media folder. */
export interface SoundFile {
  /** Name in the media folder; the file may be missing. */
  file: string;
}

/** What Anki plays with a card. */
export interface SoundsOfCard {
  /** Card id. */
  cardId: number;
  /** Anki plays it when it shows the side, by the preset of the home deck. */
  autoplay: boolean;
  /** On the answer side, Anki's *Replay Audio* also plays that of the question. */
  replayQuestion: boolean;
  /** Of the question, in order: the rendered HTML has `[anki:play:q:0]` in the place of the first one. */
  question: (SoundFile | SpokenText)[];
  /** Of the answer, in order: the rendered HTML has `[anki:play:a:0]` in the place of the first one. */
  answer: (SoundFile | SpokenText)[];
}

/** A text to be spoken by the computer. */
export interface SpokenText {
  /** What to say, without HTML. */
  text: string;
  /** Language, such as `it_IT`. */
  lang: string;
  /** Preferred voices, best first; mostly none. */
  voices: string[];
  /** 1 is normal. */
  speed: number;
}

/** What FSRS knew after an answer. */
export interface StateAfterAnswer {
  /** Days until the probability of recall falls to 90 %. */
  stability: number;
  /** From 1 to 10. */
  difficulty: number;
}

/** The options of a preset, named as in Anki's `DeckConfig.Config`. */
export interface StoredPresetOptions {
  /** Learning steps of new cards, in minutes; may be empty. */
  learnSteps?: number[];
  /** Steps of forgotten cards, in minutes; may be empty. */
  relearnSteps?: number[];
  /** New cards a day. */
  newPerDay?: number;
  /** Reviews a day. */
  reviewsPerDay?: number;
  /** Ease of a card after its learning steps; 2.5 is 250 %. Not used by FSRS. */
  initialEase?: number;
  /** What *Easy* multiplies an interval by, beyond the ease. Not used by FSRS. */
  easyMultiplier?: number;
  /** What *Hard* multiplies an interval by. Not used by FSRS. */
  hardMultiplier?: number;
  /** What *Again* multiplies an interval by. Not used by FSRS. */
  lapseMultiplier?: number;
  /** What every interval is multiplied by. Not used by FSRS. */
  intervalMultiplier?: number;
  /** Longest interval, in days. */
  maximumReviewInterval?: number;
  /** Shortest interval after *Again*, in days. */
  minimumLapseInterval?: number;
  /** Interval after the last learning step, in days. Not used by FSRS. */
  graduatingIntervalGood?: number;
  /** Interval after *Easy* in a learning step, in days. Not used by FSRS. */
  graduatingIntervalEasy?: number;
  /**
   * Positions of new cards: in the order of adding, or random. A change sorts all new cards again. Null for a choice
   * of a newer Anki.
   */
  newCardInsertOrder?: "due" | "random" | null;
  /** Which new cards are taken for the day. Null for a choice of a newer Anki. */
  newCardGatherPriority?: "deck" | "lowestPosition" | "highestPosition" | "randomNotes" | "randomCards" | "deckThenRandomNotes" | null;
  /** In which order the new cards of the day are shown. Null for a choice of a newer Anki. */
  newCardSortOrder?: "template" | "noSort" | "templateThenRandom" | "randomNoteThenTemplate" | "randomCard" | null;
  /** When new cards are shown. Null for a choice of a newer Anki. */
  newMix?: "mixWithReviews" | "afterReviews" | "beforeReviews" | null;
  /**
   * In which order reviews are shown. `relativeOverdueness` needs Anki 26.05 or newer. Null for a choice of a newer
   * Anki.
   */
  reviewOrder?: "day" | "dayThenDeck" | "deckThenDay" | "intervalsAscending" | "intervalsDescending" | "easeAscending" | "easeDescending" | "retrievabilityAscending" | "random" | "added" | "reverseAdded" | "retrievabilityDescending" | "relativeOverdueness" | null;
  /** When cards are shown whose learning step is a day or longer. Null for a choice of a newer Anki. */
  interdayLearningMix?: "mixWithReviews" | "afterReviews" | "beforeReviews" | null;
  /** What happens to a leech: a card that was forgotten too often. Null for a choice of a newer Anki. */
  leechAction?: "suspend" | "tagOnly" | null;
  /** After how many lapses a card is a leech. */
  leechThreshold?: number;
  /** Sounds are not played automatically. */
  disableAutoplay?: boolean;
  /** Most seconds that are recorded for an answer. */
  capAnswerTimeToSecs?: number;
  /** The reviewer shows a timer. */
  showTimer?: boolean;
  /** That timer stops at the answer side. */
  stopTimerOnAnswer?: boolean;
  /** Auto advance: seconds for the question side; 0 for no end. */
  secondsToShowQuestion?: number;
  /** Auto advance: seconds for the answer side; 0 for no end. */
  secondsToShowAnswer?: number;
  /** Auto advance: what follows the question side. Null for a choice of a newer Anki. */
  questionAction?: "showAnswer" | "showReminder" | null;
  /** Auto advance: what follows the answer side. Null for a choice of a newer Anki. */
  answerAction?: "buryCard" | "answerAgain" | "answerGood" | "answerHard" | "showReminder" | null;
  /** Auto advance: wait for the end of sounds. */
  waitForAudio?: boolean;
  /** A replay on the answer side omits the sounds of the question side. */
  skipQuestionWhenReplayingAnswer?: boolean;
  /** New siblings of an answered card are hidden until tomorrow. */
  buryNew?: boolean;
  /** Its siblings to be reviewed are hidden until tomorrow. */
  buryReviews?: boolean;
  /** Its siblings with a learning step of a day or longer are hidden until tomorrow. */
  buryInterdayLearning?: boolean;
  /** FSRS: share of reviews to be passed. `setDesiredRetention` can also reschedule cards. */
  desiredRetention?: number;
  /** FSRS: share of reviews that were passed before the recorded ones. */
  historicalRetention?: number;
  /** FSRS: reviews before this day do not count, as in `2026-11-24`; empty for none. */
  ignoreRevlogsBeforeDate?: string;
  /** FSRS, and load balancing: for each weekday from Monday on the share of normal work, from 0 to 1. */
  easyDaysPercentages?: number[];
  /** FSRS: search text for the cards to optimize with; empty for those of the preset. */
  paramSearch?: string;
}

/** The days in a row with answers. */
export interface Streak {
  /** Days in a row up to today, or to yesterday if today has no answer yet. */
  current: number;
  /** The longest streak ever, in days. */
  longest: number;
  /** All days with an answer. */
  daysStudied: number;
  /** There was an answer today. */
  studiedToday: boolean;
  /** Local date of the last answer, as `2026-11-24`; null for none. */
  lastDay: string | null;
}

/** What is left in the current deck and its sub-decks. */
export interface StudyStatus {
  /** The current deck. */
  deck: string;
  /** Anki would show no card now: it congratulates. */
  finished: boolean;
  /** Cards in learning steps of today, also those that are not due yet. */
  learningLeft: number;
  /** Seconds, at least 60, until a card in learning is shown; null if there is none. */
  nextLearningIn: number | null;
  /** There are new cards. If `finished`, more than today's limit allows. */
  newLeft: boolean;
  /** There are due reviews. If `finished`, more than today's limit allows. */
  reviewsLeft: boolean;
  /** Cards are buried by hand until tomorrow: `unburyDeck` shows them again. */
  buriedByHand: boolean;
  /** Cards are buried until tomorrow because of another card of their note. */
  buriedSiblings: boolean;
  /** The deck is a filtered deck. */
  isFiltered: boolean;
  /**
   * HTML that Anki shows with its congratulations: the description of the deck, if that is in Markdown; empty for
   * none.
   */
  description: string;
}

/** The styling of a note type. */
export interface Styling {
  /** Styling: CSS for all templates. */
  css: string;
}

/** What a sync has changed. */
export interface SyncResult {
  /**
   * What happened to the collection: nothing had changed on either side, the changes of both were merged, or the
   * requested full sync was made.
   */
  collection: "unchanged" | "merged" | "uploaded" | "downloaded";
  /** The media: off in this profile's settings, still syncing in the background, synced, or failed. */
  media: "off" | "running" | "synced" | "failed";
  /** Message of the server to the user; usually empty. */
  serverMessage: string;
}

/** A tag of the deck's cards. */
export interface TagToStudy {
  /** The tag. */
  name: string;
  /** It was in `includeTags` when this deck was crammed last. */
  include: boolean;
  /** It was in `excludeTags` then. */
  exclude: boolean;
}

/** A template of a note type, as Anki stores it. */
export interface Template {
  /** Template name. */
  name: string;
  /** Position, from 0. */
  ord: number;
  /** Question side. */
  qfmt: string;
  /** Answer side. */
  afmt: string;
  /** Question side in the browser; if empty, `qfmt` is used. */
  bqfmt: string;
  /** Answer side in the browser; if empty, `afmt` is used. */
  bafmt: string;
  /** Id of the deck for new cards; null for the note's deck. */
  did: number | null;
  /** Font in the browser; empty for the default. */
  bfont: string;
  /** Font size in the browser; 0 for the default. */
  bsize: number;
  /** Id of the template. */
  id?: number | null;
}

/** Options of a template to be set; others stay. */
export interface TemplateOptions {
  /** Template name in its exact spelling. */
  templateName: string;
  /** Full name of the deck for new cards, compared without case; null or empty for the deck of the note. */
  deck?: string | null;
  /** Question side in Anki's browser; if empty, the question side. */
  browserFront?: string;
  /** Answer side in Anki's browser; if empty, the answer side. */
  browserBack?: string;
  /** Font in Anki's browser; empty for the default. */
  browserFont?: string;
  /** Font size in Anki's browser, in points; 0 for the default. */
  browserSize?: number;
}

/** What Anki reads in a text file, and how it would import it. */
export interface TextFilePreview {
  /** What separates the columns. */
  delimiter: "tab" | "pipe" | "semicolon" | "colon" | "comma" | "space";
  /** The fields contain HTML. */
  isHtml: boolean;
  /** Number of columns. */
  columns: number;
  /** The name of each column, as the file gives it; else empty. */
  columnLabels: string[];
  /** The first rows, each with its columns. */
  rows: string[][];
  /** Note type of all notes; null if a column names it. */
  modelName: string | null;
  /** The column of each field, from 1, by the field's name. Null if a column names the note type. */
  fieldColumns: { [name: string]: number } | null;
  /** Deck of all new notes; null if a column names it. */
  deck: string | null;
  /** The column that names the deck; null for none. */
  deckColumn: number | null;
  /** The column that names the note type; null for none. */
  modelColumn: number | null;
  /** The column of the tags; null for none. */
  tagsColumn: number | null;
  /** The column of the globally unique id; null for none. */
  guidColumn: number | null;
  /** Tags for all notes, as the file names them. */
  tags: string[];
  /** What would be done with lines whose notes exist. */
  onDuplicate: "update" | "keep" | "add";
  /** Where notes with the same first field would be looked for. */
  matchScope: "noteType" | "noteTypeAndDeck";
  /**
   * Members that neither the call nor the file decides, so that Anki has guessed them: the delimiter by the first
   * lines, the note type and the deck by what was used last, and the column of tags by the number of fields.
   */
  guessed: string[];
  /** The deck does not exist, so an import would create it. */
  isNewDeck: boolean;
  /** Lines at the top of the file that name something unknown, so Anki ignores them. */
  ignored: string[];
}

/** The answers of today. */
export interface Today {
  /** All answers. */
  answers: number;
  /** Answers other than *Again*. */
  correct: number;
  /** Time that the answers took. */
  milliseconds: number;
  /** Answers in learning. */
  learning: number;
  /** Answers in review. */
  review: number;
  /** Answers in relearning. */
  relearning: number;
  /** Answers in filtered decks, before the card was due. */
  filtered: number;
}

/** Passed and failed reviews of cards with an interval of one day or more. */
export interface TrueRetention {
  /** Intervals of less than 21 days, other than *Again*. */
  youngPassed: number;
  /** Intervals of less than 21 days, *Again*. */
  youngFailed: number;
  /** Intervals of 21 days or more, other than *Again*. */
  maturePassed: number;
  /** Intervals of 21 days or more, *Again*. */
  matureFailed: number;
}

/** True retention by period. */
export interface TrueRetentions {
  today: TrueRetention;
  yesterday: TrueRetention;
  week: TrueRetention;
  month: TrueRetention;
  year: TrueRetention;
  allTime: TrueRetention;
}

/** A step that was undone or redone. */
export interface UndoneStep {
  /** Name of the step; null if there was none. */
  step: string | null;
  /** Name of the step that would be undone next; null for none. */
  undo: string | null;
  /** Name of the step that would be redone next; null for none. */
  redo: string | null;
}

/** A preset after an update. */
export interface UpdatedPreset {
  /** Id of the preset; other actions call it `configId`. */
  presetId: number;
  /** Its name now. */
  name: string;
  changed: ChangedPresetOptions;
}

/** The outcome for one note to be added or updated. */
export interface Upsert {
  /** Note id; null if it was neither found nor added. */
  id: number | null;
  /** `added`, `updated` (also for a note that the same call has added), `unchanged` or `failed`. */
  outcome: string;
  /** Why it failed; null if it did not. */
  error: ErrorObject | null;
}

/** A note to be added, or updated if it exists. */
export interface UpsertedNote {
  /** Note type, compared without case. */
  modelName?: string;
  /** Deck for a new note, compared without case. */
  deckName?: string;
  /** HTML by field name, compared without case; others stay as they are, or empty. */
  fields: { [name: string]: string };
  /** Tags to add, unless the note has them. */
  tags?: string[];
  /** Options for the cards of a new note; others stay as they are. */
  options?: NewCardOptions | null;
  /** Note type id, in place of `modelName`: a note gives one of both. */
  modelId?: number;
  /** Deck id, in place of `deckName`: a note gives one of both. */
  deckId?: number;
}

/** Versions of Anki and of the actions. */
export interface Versions {
  /** Version of Anki. */
  anki: string;
  /** Version of AnkiConnect Plus whose actions the gateway has. */
  ankiConnectPlus: string;
}

/** The work for one desired retention. */
export interface Workload {
  /** From 0 to 1. */
  desiredRetention: number;
  /** Number of answers on these days. */
  answers: number;
  /** Time for these answers. */
  seconds: number;
  /** Cards remembered in the end: the sum of their probabilities of recall. */
  memorized: number;
}

/** The params of `addImageOcclusionNotes`. */
export interface AddImageOcclusionNotesParams {
  /** The notes to add. */
  notes: NewOcclusionNote[];
  /** If notes cannot be written: `skip` writes the others, `abort` writes none and fails. */
  onError?: "skip" | "abort";
  /**
   * A text of your choice, different for each call. If a call is repeated with its key, after a lost connection or a
   * restart, no note is added twice: the result has the ids of the first call. A key is valid while its note exists,
   * on every device that it syncs to; a note that was deleted or undone is added again. For other notes the key is
   * refused.
   */
  idempotencyKey?: string | null;
}

/** The params of `addNote`. */
export interface AddNoteParams {
  note: NewNote;
  /**
   * A text of your choice, different for each call. If a call is repeated with its key, after a lost connection or a
   * restart, no note is added twice: the result has the ids of the first call. A key is valid while its note exists,
   * on every device that it syncs to; a note that was deleted or undone is added again. For other notes the key is
   * refused.
   */
  idempotencyKey?: string | null;
}

/** The params of `addNotes`. */
export interface AddNotesParams {
  /** The notes to add. */
  notes: NewNote[];
  /** If notes cannot be added: `skip` adds the others, `abort` adds none and fails. */
  onError?: "skip" | "abort";
  /**
   * A text of your choice, different for each call. If a call is repeated with its key, after a lost connection or a
   * restart, no note is added twice: the result has the ids of the first call. A key is valid while its note exists,
   * on every device that it syncs to; a note that was deleted or undone is added again. For other notes the key is
   * refused.
   */
  idempotencyKey?: string | null;
}

/** The params of `addProfile`. */
export interface AddProfileParams {
  /** Name of the new profile. Blanks around it are removed. */
  name: string;
}

/** The params of `addTags`. */
export interface AddTagsParams {
  /** Note ids. */
  notes: number[];
  /** Tags, separated by spaces. */
  tags: string;
  /** If false, remove the tags instead. */
  add?: boolean;
}

/** The params of `answerCards`. */
export interface AnswerCardsParams {
  /** The answers, in order. */
  answers: Answer[];
}

/** The params of `apiReflect`. */
export interface ApiReflectParams {
  /** Subjects to list; only `actions` exists. */
  scopes: string[];
  /** Names to look for; default all actions. */
  actions?: string[] | null;
}

/** The params of `areDue`. */
export interface AreDueParams {
  /** Card ids. */
  cards: number[];
}

/** The params of `areSuspended`. */
export interface AreSuspendedParams {
  /** Card ids. */
  cards: number[];
}

/** The params of `browserColumns`. */
export interface BrowserColumnsParams { [member: string]: never }

/** The params of `browserRows`. */
export interface BrowserRowsParams {
  /** Keys of columns, see `browserColumns`. */
  columns: string[];
  /** Card ids, if Anki's browser is set to cards. Give either these or `notes`. */
  cards?: number[] | null;
  /** Note ids, if Anki's browser is set to notes. */
  notes?: number[] | null;
}

/** The params of `buildSearch`. */
export interface BuildSearchParams {
  /** The parts of the search. */
  parts: SearchPart[];
  /** Whether all parts must match, or one of them. */
  joiner?: "and" | "or";
}

/** The params of `buryCards`. */
export interface BuryCardsParams {
  /** Card ids. */
  cards: number[];
}

/** The params of `canAddNote`. */
export interface CanAddNoteParams {
  note: NewNote;
}

/** The params of `canAddNoteWithErrorDetail`. */
export interface CanAddNoteWithErrorDetailParams {
  note: NewNote;
}

/** The params of `canAddNotes`. */
export interface CanAddNotesParams {
  /** The notes, as for addNotes. */
  notes: NewNote[];
}

/** The params of `canAddNotesWithErrorDetail`. */
export interface CanAddNotesWithErrorDetailParams {
  /** The notes, as for addNotes. */
  notes: NewNote[];
}

/** The params of `cancelOperation`. */
export interface CancelOperationParams {
  /** The operation's id. */
  id: string;
}

/** The params of `cardReviews`. */
export interface CardReviewsParams {
  /** Deck name, compared without case. */
  deck: string;
  /** Only entries with a larger id: time in milliseconds since 1970. */
  startID: number;
}

/** The params of `cardSounds`. */
export interface CardSoundsParams {
  /** Card ids. */
  cards: number[];
}

/** The params of `cardStats`. */
export interface CardStatsParams {
  /** Card ids. */
  cards: number[];
  /** Also return `log`: all entries of the review log of each card. */
  reviews?: boolean;
}

/** The params of `cardsDetails`. */
export interface CardsDetailsParams {
  /** Card ids. Either these or a `query` must be given. */
  cards?: number[] | null;
  /**
   * Values to return: `prop:r` retrievability from 0 to 1, `prop:s` stability in days, `prop:d` desired retention;
   * the others as in `cardsInfo`.
   */
  fields?: ("prop:r" | "prop:s" | "prop:d" | "due" | "queue" | "type" | "interval" | "reps")[];
  /** Names of the note's fields to return; fields that it lacks are left out. */
  noteFields?: string[];
  /** Search text; if given, `cards` is ignored. */
  query?: string | null;
}

/** The params of `cardsInfo`. */
export interface CardsInfoParams {
  /** Card ids. */
  cards: number[];
  /** Maximum number of entries; default all. */
  limit?: number | null;
  /** Number of entries to skip first. */
  offset?: number;
  /** Members to return of each entry; default all. */
  fields?: ("cardId" | "fields" | "fieldOrder" | "question" | "answer" | "modelName" | "ord" | "deckName" | "css" | "factor" | "interval" | "note" | "type" | "queue" | "due" | "reps" | "lapses" | "left" | "mod" | "nextReviews" | "flags" | "homeDeckName")[] | null;
  /** Exact names of the note's fields to return in `fields`; default all. Fields that a note lacks are left out. */
  noteFields?: string[] | null;
}

/** The params of `cardsModTime`. */
export interface CardsModTimeParams {
  /** Card ids. */
  cards: number[];
}

/** The params of `cardsToNotes`. */
export interface CardsToNotesParams {
  /** Card ids. */
  cards: number[];
}

/** The params of `changeDeck`. */
export interface ChangeDeckParams {
  /** Card ids. */
  cards: number[];
  /** Full name of the target; created if missing. Not a filtered deck. */
  deck: string;
}

/** The params of `changeNoteType`. */
export interface ChangeNoteTypeParams {
  /** Note ids, all of one note type. */
  notes: number[];
  /** The new note type, compared without case. */
  modelName: string;
  /**
   * Old field by name of the new field that gets its text; null for an empty field. By default, fields are mapped by
   * name, then the remaining ones in their order.
   */
  fields?: { [name: string]: string | null } | null;
  /**
   * Old template by name of the new template that gets its cards; null for new cards. By default, templates are
   * mapped by name, then the remaining ones in their order. Refused for cloze note types.
   */
  templates?: { [name: string]: string | null } | null;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `checkDatabase`. */
export interface CheckDatabaseParams { [member: string]: never }

/** The params of `checkMedia`. */
export interface CheckMediaParams { [member: string]: never }

/** The params of `clearUnusedTags`. */
export interface ClearUnusedTagsParams {
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `cloneDeckConfigId`. */
export interface CloneDeckConfigIdParams {
  /** Name of the new group; it need not be unique. */
  name: string;
  /** Id of the group to copy. */
  cloneFrom?: number;
}

/** The params of `collectionStatistics`. */
export interface CollectionStatisticsParams {
  /** Search text as in Anki's browser; empty for the whole collection. */
  query?: string;
}

/** The params of `compareAnswer`. */
export interface CompareAnswerParams {
  /** What the user has typed, as plain text. */
  typed: string;
  /** The right answer, as a field contains it: HTML and sounds do not count. Give this or `card`. */
  expected?: string | null;
  /**
   * Accents and other marks on letters do not count. Default: false, or as the template of the card says
   * (`{{type:nc:...}}`).
   */
  ignoreAccents?: boolean | null;
  /** Id of a card whose template has `{{type:...}}` on its front: that names the right answer. */
  card?: number | null;
}

/** The params of `completeTag`. */
export interface CompleteTagParams {
  /** Text that a level of the tag contains; with `::` a part of each level. */
  text: string;
  /** Maximum number of tags; default all. */
  limit?: number | null;
}

/** The params of `copyModel`. */
export interface CopyModelParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** Name of the copy. */
  newName: string;
}

/** The params of `createBackup`. */
export interface CreateBackupParams { [member: string]: never }

/** The params of `createDeck`. */
export interface CreateDeckParams {
  /** Full name, `::` between levels. Missing parents are created. Anki names an empty level `blank`. */
  deck: string;
}

/** The params of `createFilteredDeck`. */
export interface CreateFilteredDeckParams {
  /** Full name, `::` between levels. Missing parents are created. */
  deck: string;
  /** One or two searches, whose cards the deck takes in this order. */
  terms: SearchTerm[];
  /** Answers in this deck reschedule cards. */
  reschedule?: boolean;
  /** Create the deck even if no card is found. */
  allowEmpty?: boolean;
}

/** The params of `createModel`. */
export interface CreateModelParams {
  /** Name of the new note type. */
  modelName: string;
  /** The fields, at least one: each a name, or an object with further properties. */
  inOrderFields: (string | NewField)[];
  /** Card templates, at least one. */
  cardTemplates: CardTemplate[];
  /** Styling (CSS); default Anki's. */
  css?: string | null;
  /** Create a cloze note type. */
  isCloze?: boolean;
}

/** The params of `createStockModel`. */
export interface CreateStockModelParams {
  /** Which of Anki's built-in note types. */
  kind: "basic" | "basicAndReversed" | "basicOptionalReversed" | "basicTyping" | "cloze" | "imageOcclusion";
  /** Its name; default Anki's, in the language of the user. */
  name?: string | null;
}

/** The params of `customStudy`. */
export interface CustomStudyParams {
  /** Full name of the deck whose cards to study, with its sub-decks, compared without case. */
  deck: string;
  /** Cards by their state and tags. */
  cram?: CardsToCram | null;
  /** Cards that were forgotten in so many days, today included; answers do not reschedule. */
  forgottenDays?: number | null;
  /** Cards that are due within so many days, and those that are due. */
  aheadDays?: number | null;
  /** New cards that were added in so many days, today included; answers do not reschedule. */
  previewDays?: number | null;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `deckNameFromId`. */
export interface DeckNameFromIdParams {
  /** Deck id. */
  deckId: number;
}

/** The params of `deckNames`. */
export interface DeckNamesParams { [member: string]: never }

/** The params of `deckNamesAndIds`. */
export interface DeckNamesAndIdsParams { [member: string]: never }

/** The params of `deckStatistics`. */
export interface DeckStatisticsParams {
  /** Full names, compared without case; default those of Anki's deck list. */
  decks?: string[] | null;
}

/** The params of `deckTree`. */
export interface DeckTreeParams {
  /** Full name, compared without case; default all decks. */
  deck?: string | null;
}

/** The params of `deleteDecks`. */
export interface DeleteDecksParams {
  /** Full names in their exact spelling; unknown ones are skipped. */
  decks: string[];
  /** Must be true: Anki deletes a deck only with its cards. */
  cardsToo?: boolean;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `deleteMediaFile`. */
export interface DeleteMediaFileParams {
  /** Name in the media folder. */
  filename: string;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `deleteMediaFiles`. */
export interface DeleteMediaFilesParams {
  /** Names in the media folder. */
  filenames: string[];
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `deleteModels`. */
export interface DeleteModelsParams {
  /** Note type names, compared without case. */
  modelNames: string[];
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `deleteNotes`. */
export interface DeleteNotesParams {
  /** Note ids. */
  notes: number[];
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `deleteProfile`. */
export interface DeleteProfileParams {
  /** Exact name of the profile. */
  name: string;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `dueForecast`. */
export interface DueForecastParams {
  /** Search text as in Anki's browser; empty for the whole collection. */
  query?: string;
  /** Number of days, including today. */
  days?: number;
}

/** The params of `editModel`. */
export interface EditModelParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** The edits, in their order. */
  edits: ModelEdit[];
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `editNoteText`. */
export interface EditNoteTextParams {
  /** The edits, which are made in this order. */
  edits: NoteTextEdit[];
  /** If notes cannot be written: `skip` writes the others, `abort` writes none and fails. */
  onError?: "skip" | "abort";
}

/** The params of `emptyFilteredDeck`. */
export interface EmptyFilteredDeckParams {
  /** Full name of a filtered deck, compared without case. */
  deck: string;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `emptyMediaTrash`. */
export interface EmptyMediaTrashParams {
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `evaluateFsrsParams`. */
export interface EvaluateFsrsParamsParams {
  /** Name of the preset in its exact spelling; if several have it, the oldest is used. */
  preset: string;
  /** Parameters to evaluate instead of the preset's. */
  params?: number[] | null;
  /** Search text for the cards whose reviews count, instead of the preset's. */
  search?: string | null;
}

/** The params of `exportCardsText`. */
export interface ExportCardsTextParams {
  /** Path of the new file; a relative path begins at the media folder. */
  path: string;
  /** Ids of the cards. */
  cards?: number[] | null;
  /** Search text for the cards, as in Anki's browser; an empty text finds all. */
  query?: string | null;
  /** The deck with its sub-decks, compared without case. */
  deck?: string | null;
  /** Keep HTML. If false, a side is one line of text, without pictures and sounds. */
  html?: boolean;
}

/** The params of `exportCollection`. */
export interface ExportCollectionParams {
  /** Path of the new file (.colpkg); a relative path begins at the media folder. */
  path: string;
  /** Include the media files. */
  withMedia?: boolean;
  /** Write the older form, which every Anki can read. The newer one is smaller. */
  legacy?: boolean;
}

/** The params of `exportNotesPackage`. */
export interface ExportNotesPackageParams {
  /** Path of the new package; a relative path begins at the media folder. */
  path: string;
  /** Ids of the notes. */
  notes?: number[] | null;
  /** Ids of the cards. */
  cards?: number[] | null;
  /** Search text for the notes, as in Anki's browser; an empty text finds all. */
  query?: string | null;
  /** The deck with its sub-decks, compared without case. */
  deck?: string | null;
  /** Export all notes. */
  all?: boolean;
  /** Keep the scheduling. */
  withScheduling?: boolean;
  /** Include the decks' options. */
  withDeckOptions?: boolean;
  /** Include the media files. */
  withMedia?: boolean;
  /** Write the older form, which every Anki can read. The newer one is smaller. */
  legacy?: boolean;
}

/** The params of `exportNotesText`. */
export interface ExportNotesTextParams {
  /** Path of the new file; a relative path begins at the media folder. */
  path: string;
  /** Ids of the notes. */
  notes?: number[] | null;
  /** Search text for the notes, as in Anki's browser; an empty text finds all. */
  query?: string | null;
  /** The deck with its sub-decks, compared without case. */
  deck?: string | null;
  /** Keep HTML. If false, a field is one line of text, without pictures and sounds. */
  html?: boolean;
  /** Write the tags. */
  tags?: boolean;
  /** Write the deck of each note, which is that of its first card. */
  deckName?: boolean;
  /** Write the note type of each note. */
  modelName?: boolean;
  /** Write the globally unique id of each note. */
  guid?: boolean;
}

/** The params of `exportPackage`. */
export interface ExportPackageParams {
  /** Deck, compared without case. */
  deck: string;
  /** Path of the new package; a relative path begins at the media folder. */
  path: string;
  /** Keep the scheduling. */
  includeSched?: boolean;
  /** Include the media files. */
  withMedia?: boolean;
  /** Include the decks' options. By default as `includeSched`. */
  withDeckOptions?: boolean | null;
  /** Write the older form, which every Anki can read. The newer one is smaller. */
  legacy?: boolean;
}

/** The params of `findAndReplaceInModels`. */
export interface FindAndReplaceInModelsParams {
  /** Note type name, compared without case; empty or null for all note types. */
  modelName: string | null;
  /** Text to find, case-sensitive and without wildcards; not empty. */
  findText: string;
  /** The new text. */
  replaceText: string;
  /** Replace in question sides. */
  front?: boolean;
  /** Replace in answer sides. */
  back?: boolean;
  /** Replace in the styling. */
  css?: boolean;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `findAndReplaceInNotes`. */
export interface FindAndReplaceInNotesParams {
  /** Text to find, not empty; with `regex` a regular expression of Rust: no look-around and no back-references. */
  findText: string;
  /** The new text; with `regex`, `$1` and `${name}` stand for groups. */
  replaceText: string;
  /** Note ids. Give either these or a `query`. */
  notes?: number[] | null;
  /** Search text for the notes, as in Anki's browser. */
  query?: string | null;
  /** Name of the only field to search, compared without case; default all. */
  field?: string | null;
  /** `findText` is a regular expression. */
  regex?: boolean;
  /** Distinguish capital letters. */
  matchCase?: boolean;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `findCards`. */
export interface FindCardsParams {
  /** Search text as in Anki's browser. If empty, everything is found; if left out, nothing. */
  query?: string | null;
  /** Maximum number of entries; default all. */
  limit?: number | null;
  /** Number of entries to skip first. */
  offset?: number;
  /** Column to sort by, such as noteCrt, cardDue or cardLapses: see `browserColumns`. */
  orderBy?: string | null;
  /** Reverse this order; needs `orderBy`. */
  descending?: boolean;
}

/** The params of `findCardsPage`. */
export interface FindCardsPageParams {
  /** Search text as in Anki's browser, for the first page; empty for everything. */
  query?: string | null;
  /** `nextCursor` of the page before, for every other page. */
  cursor?: string | null;
  /** Maximum number of ids of the page. */
  limit?: number;
  /** Column to sort by, such as noteCrt, cardDue or cardLapses: see `browserColumns`. Default by id. */
  orderBy?: string | null;
  /** Reverse this order; needs `orderBy`. */
  descending?: boolean;
}

/** The params of `findDuplicates`. */
export interface FindDuplicatesParams {
  /** Search text for the notes; empty for all. */
  query?: string;
  /** Names of the fields that must all be equal, compared without case; default the first field. */
  fields?: string[] | null;
  /** Compare notes of different note types too. */
  allModels?: boolean;
  /** Maximum number of groups; default all. */
  limit?: number | null;
}

/** The params of `findEmptyCards`. */
export interface FindEmptyCardsParams { [member: string]: never }

/** The params of `findModelsById`. */
export interface FindModelsByIdParams {
  /** Note type ids. */
  modelIds: number[];
}

/** The params of `findModelsByName`. */
export interface FindModelsByNameParams {
  /** Note type names, compared without case. */
  modelNames: string[];
}

/** The params of `findNotes`. */
export interface FindNotesParams {
  /** Search text as in Anki's browser. If empty, everything is found; if left out, nothing. */
  query?: string | null;
  /** Maximum number of entries; default all. */
  limit?: number | null;
  /** Number of entries to skip first. */
  offset?: number;
  /** Column to sort by, such as noteCrt, cardDue or cardLapses: see `browserColumns`. */
  orderBy?: string | null;
  /** Reverse this order; needs `orderBy`. */
  descending?: boolean;
}

/** The params of `findNotesPage`. */
export interface FindNotesPageParams {
  /** Search text as in Anki's browser, for the first page; empty for everything. */
  query?: string | null;
  /** `nextCursor` of the page before, for every other page. */
  cursor?: string | null;
  /** Maximum number of ids of the page. */
  limit?: number;
  /** Column to sort by, such as noteCrt, cardDue or cardLapses: see `browserColumns`. Default by id. */
  orderBy?: string | null;
  /** Reverse this order; needs `orderBy`. */
  descending?: boolean;
}

/** The params of `forgetCards`. */
export interface ForgetCardsParams {
  /** Card ids. */
  cards: number[];
  /**
   * Return to the old position among the new cards if Anki has stored it. If false, all of them go to the end of the
   * new cards, also those that are new already.
   */
  restorePosition?: boolean;
  /** Set the counts of reviews and lapses to 0. */
  resetCounts?: boolean;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `getActiveProfile`. */
export interface GetActiveProfileParams { [member: string]: never }

/** The params of `getAddDefaults`. */
export interface GetAddDefaultsParams {
  /** Note type to be added, compared without case; default the one used last. */
  modelName?: string | null;
}

/** The params of `getAnswerStates`. */
export interface GetAnswerStatesParams {
  /** Card ids. */
  cards: number[];
}

/** The params of `getCollection`. */
export interface GetCollectionParams { [member: string]: never }

/** The params of `getCollectionConfig`. */
export interface GetCollectionConfigParams { [member: string]: never }

/** The params of `getCollectionStatsHTML`. */
export interface GetCollectionStatsHTMLParams {
  /** If false, only for the current deck and its sub-decks. */
  wholeCollection?: boolean;
}

/** The params of `getConfigValues`. */
export interface GetConfigValuesParams {
  /**
   * Keys. Each begins with a name of your own and a dot, such as `my-program.window`, and consists of English
   * letters, digits and `_-.:/`. At most 1,000.
   */
  keys: string[];
}

/** The params of `getCurrentDeck`. */
export interface GetCurrentDeckParams { [member: string]: never }

/** The params of `getCustomStudyOptions`. */
export interface GetCustomStudyOptionsParams {
  /** Full name, compared without case. A filtered deck is refused, and one named `current` or `filtered`. */
  deck: string;
}

/** The params of `getDeckConfig`. */
export interface GetDeckConfigParams {
  /** Full deck name in its exact spelling. */
  deck: string;
}

/** The params of `getDeckDescription`. */
export interface GetDeckDescriptionParams {
  /** Full name in its exact spelling. */
  deck: string;
}

/** The params of `getDeckLimits`. */
export interface GetDeckLimitsParams {
  /** Full names, compared without case; default all decks that are not filtered. */
  decks?: string[] | null;
}

/** The params of `getDeckOptionsForAll`. */
export interface GetDeckOptionsForAllParams { [member: string]: never }

/** The params of `getDeckPresets`. */
export interface GetDeckPresetsParams {
  /** Also return the options of each preset. */
  options?: boolean;
}

/** The params of `getDeckStats`. */
export interface GetDeckStatsParams {
  /** Full names, compared without case. */
  decks: string[];
}

/** The params of `getDecks`. */
export interface GetDecksParams {
  /** Card ids; a repeated one is repeated in the result. */
  cards: number[];
}

/** The params of `getEaseFactors`. */
export interface GetEaseFactorsParams {
  /** Card ids. */
  cards: number[];
}

/** The params of `getFilteredDeck`. */
export interface GetFilteredDeckParams {
  /** Full name of a filtered deck, compared without case. */
  deck: string;
}

/** The params of `getFlags`. */
export interface GetFlagsParams {
  /** Card ids. */
  cards: number[];
}

/** The params of `getFsrsParams`. */
export interface GetFsrsParamsParams {
  /** Names of presets in their exact spelling; default all. */
  presets?: string[] | null;
}

/** The params of `getImageOcclusionNotes`. */
export interface GetImageOcclusionNotesParams {
  /** Note ids. */
  notes: number[];
}

/** The params of `getIntervals`. */
export interface GetIntervalsParams {
  /** Card ids. */
  cards: number[];
  /** Return all intervals of each card instead of the latest one. */
  complete?: boolean;
}

/** The params of `getLatestReviewID`. */
export interface GetLatestReviewIDParams {
  /** Deck name, compared without case. */
  deck: string;
}

/** The params of `getLimits`. */
export interface GetLimitsParams { [member: string]: never }

/** The params of `getMediaDirPath`. */
export interface GetMediaDirPathParams { [member: string]: never }

/** The params of `getMediaFilesNames`. */
export interface GetMediaFilesNamesParams {
  /** Pattern of the names: `*` matches any text, `?` one character, `[...]` one of several. At most 255 characters. */
  pattern?: string;
}

/** The params of `getMemoryStates`. */
export interface GetMemoryStatesParams {
  /** Card ids. */
  cards: number[];
  /**
   * Compute the states from the review log and the deck's present preset, instead of returning the stored ones. This
   * also works while FSRS is not active. It takes seconds for 10,000 cards.
   */
  computed?: boolean;
}

/** The params of `getNoteTags`. */
export interface GetNoteTagsParams {
  /** Note id. */
  note: number;
}

/** The params of `getNumCardsReviewedByDay`. */
export interface GetNumCardsReviewedByDayParams { [member: string]: never }

/** The params of `getNumCardsReviewedToday`. */
export interface GetNumCardsReviewedTodayParams { [member: string]: never }

/** The params of `getOperation`. */
export interface GetOperationParams {
  /** The operation's id. */
  id: string;
}

/** The params of `getPreferences`. */
export interface GetPreferencesParams { [member: string]: never }

/** The params of `getProfiles`. */
export interface GetProfilesParams { [member: string]: never }

/** The params of `getReviewsOfCards`. */
export interface GetReviewsOfCardsParams {
  /** Card ids. */
  cards: number[];
}

/** The params of `getSavedSearches`. */
export interface GetSavedSearchesParams { [member: string]: never }

/** The params of `getStudyStatus`. */
export interface GetStudyStatusParams { [member: string]: never }

/** The params of `getTags`. */
export interface GetTagsParams { [member: string]: never }

/** The params of `getVersion`. */
export interface GetVersionParams { [member: string]: never }

/** The params of `gradeNow`. */
export interface GradeNowParams {
  /** Card ids. */
  cards: number[];
  /** 1 Again, 2 Hard, 3 Good, 4 Easy. */
  ease: number;
}

/** The params of `graphs`. */
export interface GraphsParams {
  /** Search text as in Anki's browser; empty for the whole collection. */
  query?: string;
  /**
   * Days of the review log to read, today included; 0 for all. It cuts only `buttons`, `hours`, `reviews` and
   * `trueRetention`.
   */
  days?: number;
}

/** The params of `guiAddCards`. */
export interface GuiAddCardsParams {
  /** The note to fill in. */
  note?: NoteDraft | null;
  /** Bring the window to the front and focus it; if false, the user is not interrupted. */
  activate?: boolean;
}

/** The params of `guiAddNoteSetData`. */
export interface GuiAddNoteSetDataParams {
  note: NoteDraftChange;
  /** Append to the fields and tags instead of replacing them. */
  append?: boolean;
}

/** The params of `guiAnswerCard`. */
export interface GuiAnswerCardParams {
  /** Answer button, from 1. */
  ease: number;
}

/** The params of `guiBrowse`. */
export interface GuiBrowseParams {
  /** Search text; if left out, the browser is only opened. */
  query?: string | null;
  /** How to sort the browser. */
  reorderCards?: ReorderCards | null;
  /** Bring the window to the front and focus it; if false, the user is not interrupted. */
  activate?: boolean;
}

/** The params of `guiCheckDatabase`. */
export interface GuiCheckDatabaseParams {
  /** Return only after the check has ended. */
  wait?: boolean;
  /** Bring the window to the front and focus it; if false, the user is not interrupted. */
  activate?: boolean;
}

/** The params of `guiCurrentCard`. */
export interface GuiCurrentCardParams { [member: string]: never }

/** The params of `guiDeckBrowser`. */
export interface GuiDeckBrowserParams { [member: string]: never }

/** The params of `guiDeckOverview`. */
export interface GuiDeckOverviewParams {
  /** Deck name, compared without case. */
  name: string;
}

/** The params of `guiDeckReview`. */
export interface GuiDeckReviewParams {
  /** Deck name, compared without case. */
  name: string;
}

/** The params of `guiEditNote`. */
export interface GuiEditNoteParams {
  /** Note id. */
  note: number;
  /** Bring the window to the front and focus it; if false, the user is not interrupted. */
  activate?: boolean;
}

/** The params of `guiExitAnki`. */
export interface GuiExitAnkiParams { [member: string]: never }

/** The params of `guiImportFile`. */
export interface GuiImportFileParams {
  /** File to import; if left out, the user picks one. */
  path?: string | null;
  /** Bring the window to the front and focus it; if false, the user is not interrupted. */
  activate?: boolean;
}

/** The params of `guiOpen`. */
export interface GuiOpenParams {
  /**
   * The window. Another param says what it shows: `deck` for `statistics`, `deckOptions`, `filteredDeck`,
   * `customStudy` and `export`; `note` for `cardLayout` and `export`; `card` for `cardLayout` and `cardInfo`;
   * `modelName` for `noteTypes`, `fields` and `cardLayout`. At most one of them is given; `fields`, `cardLayout` and
   * `cardInfo` need one.
   */
  window: "statistics" | "preferences" | "noteTypes" | "fields" | "cardLayout" | "deckOptions" | "filteredDeck" | "customStudy" | "cardInfo" | "export" | "checkMedia";
  /** Deck, compared without case. By default the current one; for `filteredDeck` a new one, for `export` all. */
  deck?: string | null;
  /** Note id. */
  note?: number | null;
  /** Card id. */
  card?: number | null;
  /** Note type, compared without case. */
  modelName?: string | null;
  /** Bring the window to the front and focus it; if false, the user is not interrupted. */
  activate?: boolean;
}

/** The params of `guiPlayAudio`. */
export interface GuiPlayAudioParams { [member: string]: never }

/** The params of `guiReviewActive`. */
export interface GuiReviewActiveParams { [member: string]: never }

/** The params of `guiSelectCard`. */
export interface GuiSelectCardParams {
  /** Card id. */
  card: number;
}

/** The params of `guiSelectNote`. */
export interface GuiSelectNoteParams {
  /** Card id, despite the param's name. */
  note: number;
}

/** The params of `guiSelectedNotes`. */
export interface GuiSelectedNotesParams { [member: string]: never }

/** The params of `guiShowAnswer`. */
export interface GuiShowAnswerParams { [member: string]: never }

/** The params of `guiShowQuestion`. */
export interface GuiShowQuestionParams { [member: string]: never }

/** The params of `guiStartCardTimer`. */
export interface GuiStartCardTimerParams { [member: string]: never }

/** The params of `guiUndo`. */
export interface GuiUndoParams { [member: string]: never }

/** The params of `importCollection`. */
export interface ImportCollectionParams {
  /** Path of the file (.colpkg); a relative path begins at the media folder. */
  path: string;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `importPackage`. */
export interface ImportPackageParams {
  /** Path of the package; a relative path begins at the media folder. */
  path: string;
}

/** The params of `importTextFile`. */
export interface ImportTextFileParams {
  /** Path of the file; a relative path begins at the media folder. */
  path?: string | null;
  /** The content of the file, instead of `path`. */
  text?: string | null;
  /** What separates the columns. By default Anki reads or guesses it. */
  delimiter?: "tab" | "pipe" | "semicolon" | "colon" | "comma" | "space" | null;
  /** The fields contain HTML; if false, `<`, `>` and `&` are text. */
  isHtml?: boolean | null;
  /** Note type of all notes, compared without case. */
  modelName?: string | null;
  /** Deck of all new notes, compared without case. */
  deck?: string | null;
  /**
   * The column of each field, from 1, by the field's name. Other fields stay empty, or as they are. By default the
   * columns in their order.
   */
  fieldColumns?: { [name: string]: number } | null;
  /** Tags for all notes of the file. By default those that the file names. */
  tags?: string[] | null;
  /** Tags for notes that are updated. */
  tagsForUpdated?: string[] | null;
  /**
   * What to do with a line whose note exists: `update` it, `keep` it as it is, or `add` another note. By default what
   * the file says, else `update`.
   */
  onDuplicate?: "update" | "keep" | "add" | null;
  /**
   * Where a note with the same first field is looked for: among all notes of its note type, or among those in the
   * same deck. By default what the file says, else `noteType`.
   */
  matchScope?: "noteType" | "noteTypeAndDeck" | null;
}

/** The params of `insertReviews`. */
export interface InsertReviewsParams {
  /** Rows as in cardReviews. Their usn is ignored: new entries are not synced yet. */
  reviews: number[][];
}

/** The params of `isFsrsActive`. */
export interface IsFsrsActiveParams { [member: string]: never }

/** The params of `listBackups`. */
export interface ListBackupsParams { [member: string]: never }

/** The params of `listMediaTrash`. */
export interface ListMediaTrashParams { [member: string]: never }

/** The params of `listModels`. */
export interface ListModelsParams { [member: string]: never }

/** The params of `listOperations`. */
export interface ListOperationsParams { [member: string]: never }

/** The params of `loadProfile`. */
export interface LoadProfileParams {
  /** Exact name of the profile. */
  name: string;
}

/** The params of `mediaOfNotes`. */
export interface MediaOfNotesParams {
  /** Note ids. */
  notes: number[];
  /** Return only files that do not exist. */
  missingOnly?: boolean;
}

/** The params of `mediaSyncStatus`. */
export interface MediaSyncStatusParams { [member: string]: never }

/** The params of `mergePackage`. */
export interface MergePackageParams {
  /** Path of the package; a relative path begins at the media folder. */
  path: string;
  /** Update notes that exist here: if those of the package were changed later, always, or never. */
  updateNotes?: "ifNewer" | "always" | "never";
  /** Update note types that exist here: if those of the package were changed later, always, or never. */
  updateModels?: "ifNewer" | "always" | "never";
  /** Unite note types that have other fields or templates here. */
  mergeModels?: boolean;
  /** Take the scheduling. If false, the cards are new. */
  withScheduling?: boolean;
  /** Take the decks' options. */
  withDeckOptions?: boolean;
}

/** The params of `modelFieldAdd`. */
export interface ModelFieldAddParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** Name of the field. */
  fieldName: string;
  /** New position, from 0; the end if too large or left out. */
  index?: number | null;
}

/** The params of `modelFieldDescriptions`. */
export interface ModelFieldDescriptionsParams {
  /** Note type name, compared without case. */
  modelName: string;
}

/** The params of `modelFieldFonts`. */
export interface ModelFieldFontsParams {
  /** Note type name, compared without case. */
  modelName: string;
}

/** The params of `modelFieldNames`. */
export interface ModelFieldNamesParams {
  /** Note type name, compared without case. */
  modelName: string;
}

/** The params of `modelFieldRemove`. */
export interface ModelFieldRemoveParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** Field name in its exact spelling. */
  fieldName: string;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `modelFieldRename`. */
export interface ModelFieldRenameParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** Current name in its exact spelling. */
  oldFieldName: string;
  /** New name. */
  newFieldName: string;
}

/** The params of `modelFieldReposition`. */
export interface ModelFieldRepositionParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** Field name in its exact spelling. */
  fieldName: string;
  /** New position, from 0; the end if too large. */
  index: number;
}

/** The params of `modelFieldSetDescription`. */
export interface ModelFieldSetDescriptionParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** Field name in its exact spelling. */
  fieldName: string;
  /** The hint; may be empty. */
  description: string;
}

/** The params of `modelFieldSetFont`. */
export interface ModelFieldSetFontParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** Field name in its exact spelling. */
  fieldName: string;
  /** Font in the editor. */
  font: string;
}

/** The params of `modelFieldSetFontSize`. */
export interface ModelFieldSetFontSizeParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** Field name in its exact spelling. */
  fieldName: string;
  /** Font size in the editor, in points: 0 to 65535. */
  fontSize: number;
}

/** The params of `modelFieldSetOptions`. */
export interface ModelFieldSetOptionsParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** The fields, each with its new options. */
  fields: FieldOptions[];
}

/** The params of `modelFieldsOnTemplates`. */
export interface ModelFieldsOnTemplatesParams {
  /** Note type name, compared without case. */
  modelName: string;
}

/** The params of `modelNameFromId`. */
export interface ModelNameFromIdParams {
  /** Note type id. */
  modelId: number;
}

/** The params of `modelNames`. */
export interface ModelNamesParams { [member: string]: never }

/** The params of `modelNamesAndIds`. */
export interface ModelNamesAndIdsParams { [member: string]: never }

/** The params of `modelStyling`. */
export interface ModelStylingParams {
  /** Note type name, compared without case. */
  modelName: string;
}

/** The params of `modelTemplateAdd`. */
export interface ModelTemplateAddParams {
  /** Note type name, compared without case. */
  modelName: string;
  template: NewTemplate;
}

/** The params of `modelTemplateRemove`. */
export interface ModelTemplateRemoveParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** Template name in its exact spelling. */
  templateName: string;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `modelTemplateRename`. */
export interface ModelTemplateRenameParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** Current name in its exact spelling. */
  oldTemplateName: string;
  /** New name. */
  newTemplateName: string;
}

/** The params of `modelTemplateReposition`. */
export interface ModelTemplateRepositionParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** Template name in its exact spelling. */
  templateName: string;
  /** New position, from 0; the end if too large. */
  index: number;
}

/** The params of `modelTemplateSetOptions`. */
export interface ModelTemplateSetOptionsParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** The templates, each with its new options. */
  templates: TemplateOptions[];
}

/** The params of `modelTemplates`. */
export interface ModelTemplatesParams {
  /** Note type name, compared without case. */
  modelName: string;
}

/** The params of `moveDecks`. */
export interface MoveDecksParams {
  /** Full names, compared without case. */
  decks: string[];
  /** Full name of the deck that shall be above them, compared without case; null or empty for the top. */
  parent: string | null;
}

/** The params of `moveTags`. */
export interface MoveTagsParams {
  /** Tags to move, compared without case; their sub-tags move along. */
  tags: string[];
  /** Tag below which they are moved, `::` between levels; null or an empty text for the top. */
  parent: string | null;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `multi`. */
export interface MultiParams {
  /** Calls to run in order. */
  actions: Call[];
}

/** The params of `nextCards`. */
export interface NextCardsParams {
  /** Maximum number of cards. */
  limit?: number;
  /** Sides to return; `question` without the hidden texts that Anki writes into the HTML of a cloze. */
  sides?: "both" | "question" | "none";
  /** Also return `token` and `states` of each card. */
  states?: boolean;
}

/** The params of `notesInfo`. */
export interface NotesInfoParams {
  /** Note ids. */
  notes?: number[] | null;
  /** Search text; if given, `notes` is ignored. */
  query?: string | null;
  /** Maximum number of entries; default all. */
  limit?: number | null;
  /** Number of entries to skip first. */
  offset?: number;
  /** Members to return of each entry; default all. */
  fields?: ("noteId" | "profile" | "tags" | "fields" | "modelName" | "mod" | "cards")[] | null;
  /** Exact names of the note's fields to return in `fields`; default all. Fields that a note lacks are left out. */
  noteFields?: string[] | null;
  /** Return the values of fields as text of one line, without HTML. Names of media files stay. */
  plainText?: boolean;
}

/** The params of `notesModTime`. */
export interface NotesModTimeParams {
  /** Note ids. */
  notes: number[];
}

/** The params of `optimizeFsrsParams`. */
export interface OptimizeFsrsParamsParams {
  /** Name of the preset in its exact spelling; if several have it, the oldest is used. */
  preset: string;
  /** Search text for the cards whose reviews count, instead of the preset's. */
  search?: string | null;
  /** Save the parameters in the preset if they are better. */
  apply?: boolean;
  /** Also check whether FSRS suits these reviews, which takes longer. */
  healthCheck?: boolean;
  /** With `apply`: Reschedule review cards at once, as Anki's *Reschedule cards on change* does. */
  reschedule?: boolean;
}

/** The params of `previewCards`. */
export interface PreviewCardsParams {
  /** A note that need not be stored. Give either this or `noteId`. */
  note?: PreviewedNote | null;
  /** Id of a stored note. */
  noteId?: number | null;
  /** Other HTML for fields of the stored note, by field name, compared without case. */
  fields?: { [name: string]: string };
  /** Other sides of templates, by the name of the template in its exact spelling. */
  templates?: { [name: string]: PreviewedSides };
  /** Other styling; default that of the note type. */
  css?: string | null;
  /** Positions of the cards to return: of its template, or the number of its cloze deletion less 1. Default all. */
  cards?: number[] | null;
  /** Show the name of a field, as in `(Front)`, if the field is empty. */
  fillEmpty?: boolean;
}

/** The params of `previewTextFile`. */
export interface PreviewTextFileParams {
  /** Path of the file; a relative path begins at the media folder. */
  path?: string | null;
  /** The content of the file, instead of `path`. */
  text?: string | null;
  /** What separates the columns. By default Anki reads or guesses it. */
  delimiter?: "tab" | "pipe" | "semicolon" | "colon" | "comma" | "space" | null;
  /** The fields contain HTML; if false, `<`, `>` and `&` are text. */
  isHtml?: boolean | null;
  /** Note type of all notes, compared without case. */
  modelName?: string | null;
  /** Deck of all new notes, compared without case. */
  deck?: string | null;
}

/** The params of `raiseTodaysLimits`. */
export interface RaiseTodaysLimitsParams {
  /** Full names, compared without case. */
  decks: string[];
  /** How many more new cards are shown today; negative for fewer. */
  newCards?: number;
  /** How many more reviews are shown today; negative for fewer. */
  reviews?: number;
}

/** The params of `rebuildFilteredDeck`. */
export interface RebuildFilteredDeckParams {
  /** Full name of a filtered deck, compared without case. */
  deck: string;
}

/** The params of `redo`. */
export interface RedoParams { [member: string]: never }

/** The params of `relearnCards`. */
export interface RelearnCardsParams {
  /** Card ids. */
  cards: number[];
}

/** The params of `reloadCollection`. */
export interface ReloadCollectionParams { [member: string]: never }

/** The params of `removeConfigValues`. */
export interface RemoveConfigValuesParams {
  /**
   * Keys. Each begins with a name of your own and a dot, such as `my-program.window`, and consists of English
   * letters, digits and `_-.:/`. At most 1,000.
   */
  keys: string[];
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `removeDeckConfigId`. */
export interface RemoveDeckConfigIdParams {
  /** Id of the group. Group 1 cannot be removed. */
  configId: number;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `removeEmptyCards`. */
export interface RemoveEmptyCardsParams {
  /** Keep the first card of a note that has only empty ones. */
  keepNotes?: boolean;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `removeEmptyNotes`. */
export interface RemoveEmptyNotesParams {
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `removeSavedSearch`. */
export interface RemoveSavedSearchParams {
  /** Name in its exact spelling. */
  name: string;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `removeTags`. */
export interface RemoveTagsParams {
  /** Note ids. */
  notes: number[];
  /** Tags, separated by spaces. */
  tags: string;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `removeTagsInAllNotes`. */
export interface RemoveTagsInAllNotesParams {
  /** Tags to remove; a text with spaces is several tags. */
  tags: string[];
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `renameDeck`. */
export interface RenameDeckParams {
  /** Full name, compared without case. */
  deck: string;
  /** New full name, `::` between levels. Missing parents are created. */
  newName: string;
}

/** The params of `renameModel`. */
export interface RenameModelParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** New name. */
  newName: string;
}

/** The params of `renameProfile`. */
export interface RenameProfileParams {
  /** Exact name of the profile. */
  name: string;
  /** New name. Blanks around it are removed. */
  newName: string;
}

/** The params of `renameTag`. */
export interface RenameTagParams {
  /** Tag to rename, compared without case; its sub-tags move along. */
  tag: string;
  /** New name, without spaces; `::` between levels. */
  newName: string;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `replaceTags`. */
export interface ReplaceTagsParams {
  /** Note ids. */
  notes: number[];
  /** Tag to replace, compared without case; sub-tags stay. */
  tag_to_replace: string;
  /** New tags, separated by spaces; an empty text removes the tag. */
  replace_with_tag: string;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `replaceTagsInAllNotes`. */
export interface ReplaceTagsInAllNotesParams {
  /** Tag to replace, compared without case; sub-tags stay. */
  tag_to_replace: string;
  /** New tags, separated by spaces; an empty text removes the tag. */
  replace_with_tag: string;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `repositionNewCards`. */
export interface RepositionNewCardsParams {
  /** Card ids, in their new order. */
  orderedCardIds: number[];
  /** Position of the first card. */
  startPosition: number;
  /** Difference between two positions. */
  step: number;
  /** Shift the new cards at or after these positions to make room. */
  shift: boolean;
  /** Mix the notes of the cards, instead of keeping the given order. */
  random?: boolean;
}

/** The params of `requestPermission`. */
export interface RequestPermissionParams { [member: string]: never }

/** The params of `restoreBackup`. */
export interface RestoreBackupParams {
  /** File name of the backup, as in listBackups. */
  name: string;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `restoreMediaTrash`. */
export interface RestoreMediaTrashParams { [member: string]: never }

/** The params of `restoreModel`. */
export interface RestoreModelParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** Which of Anki's built-in note types it shall be like. */
  kind: "basic" | "basicAndReversed" | "basicOptionalReversed" | "basicTyping" | "cloze" | "imageOcclusion";
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `retrieveMediaFile`. */
export interface RetrieveMediaFileParams {
  /** Name in the media folder; folders in it are ignored. */
  filename: string;
}

/** The params of `reviewLog`. */
export interface ReviewLogParams {
  /** Only entries with a larger id: time in milliseconds since 1970, or `next` of the previous page. */
  after?: number;
  /** Maximum number of entries of a page. */
  limit?: number;
  /** Only entries with a smaller id. */
  before?: number | null;
  /** Only entries of cards that this search text finds now. */
  query?: string | null;
}

/** The params of `saveDeckConfig`. */
export interface SaveDeckConfigParams {
  config: OptionsGroup;
}

/** The params of `saveSearch`. */
export interface SaveSearchParams {
  /** Name in its exact spelling. */
  name: string;
  /** Search text; if empty, everything is found. */
  search: string;
  /** Replace another search of this name. */
  overwrite?: boolean;
}

/** The params of `selectDeck`. */
export interface SelectDeckParams {
  /** Full name, compared without case. */
  deck: string;
}

/** The params of `setConfigValues`. */
export interface SetConfigValuesParams {
  /**
   * Values by their keys. Each begins with a name of your own and a dot, such as `my-program.window`, and consists of
   * English letters, digits and `_-.:/`. At most 1,000. A value has at most 16,384 bytes as JSON, and 100 levels of
   * lists and objects.
   */
  values: { [name: string]: unknown };
}

/** The params of `setDeckConfigId`. */
export interface SetDeckConfigIdParams {
  /** Full deck names in their exact spelling. */
  decks: string[];
  /** Id of the group. */
  configId: number;
}

/** The params of `setDeckDescription`. */
export interface SetDeckDescriptionParams {
  /** Full name in its exact spelling. */
  deck: string;
  /** The new text; an empty one removes it. */
  description: string;
}

/** The params of `setDeckDesiredRetention`. */
export interface SetDeckDesiredRetentionParams {
  /** Full deck name, compared without case. */
  deck: string;
  /** Share of reviews to be passed; null for that of the deck's preset. */
  desiredRetention: number | null;
  /** Reschedule review cards at once, as Anki's *Reschedule cards on change* does. */
  reschedule?: boolean;
}

/** The params of `setDeckLimits`. */
export interface SetDeckLimitsParams {
  /** Full names, compared without case. */
  decks: string[];
  /** New cards a day; null for no such limit. */
  newCards?: number | null;
  /** Reviews a day; null for no such limit. */
  reviews?: number | null;
  /** New cards today; null for no such limit. */
  newCardsToday?: number | null;
  /** Reviews today; null for no such limit. */
  reviewsToday?: number | null;
  /** Limits that the decks shall no longer have, named for clients that cannot send null. */
  remove?: ("newCards" | "reviews" | "newCardsToday" | "reviewsToday")[];
}

/** The params of `setDeckOptionsForAll`. */
export interface SetDeckOptionsForAllParams {
  /** New cards do not count towards the limit of reviews. */
  newCardsIgnoreReviewLimit?: boolean;
  /** The limits of all decks above a deck apply, also if the deck is studied by itself. */
  applyAllParentLimits?: boolean;
  /** Optimizing in Anki's window also checks whether FSRS suits the reviews. */
  fsrsHealthCheck?: boolean;
  /** JavaScript that Anki runs for each card in its reviewer; empty for none. Needs the scope `admin`. */
  cardStateCustomizer?: string;
}

/** The params of `setDeckPreset`. */
export interface SetDeckPresetParams {
  /** Full names, compared without case. */
  decks: string[];
  /** Name of the preset in its exact spelling. */
  preset: string;
}

/** The params of `setDesiredRetention`. */
export interface SetDesiredRetentionParams {
  /** Name of the preset in its exact spelling; if several have it, the oldest is used. */
  preset: string;
  /** Share of reviews to be passed. */
  desiredRetention: number;
  /** Reschedule review cards at once, as Anki's *Reschedule cards on change* does. */
  reschedule?: boolean;
}

/** The params of `setDueDate`. */
export interface SetDueDateParams {
  /** Card ids. */
  cards: number[];
  /**
   * Days from today: `0` is today, `3-7` a random day of that range for each card. With `!` at the end they become
   * the interval, too. At most 999999.
   */
  days: string;
}

/** The params of `setEaseFactors`. */
export interface SetEaseFactorsParams {
  /** Card ids. */
  cards: number[];
  /** Ease factor of each card, in tenths of a percent: 2500 is 250 %. */
  easeFactors: number[];
}

/** The params of `setFlags`. */
export interface SetFlagsParams {
  /** Card ids. */
  cards: number[];
  /** 1 red, 2 orange, 3 green, 4 blue, 5 pink, 6 turquoise, 7 purple; 0 for none. */
  flag: number;
}

/** The params of `setFsrsActive`. */
export interface SetFsrsActiveParams {
  /** Schedule by FSRS. */
  active: boolean;
  /** Reschedule review cards at once, as Anki's *Reschedule cards on change* does. */
  reschedule?: boolean;
}

/** The params of `setFsrsParams`. */
export interface SetFsrsParamsParams {
  /** Name of the preset in its exact spelling; if several have it, the oldest is used. */
  preset: string;
  /** 17 (FSRS-4.5), 19 (FSRS-5) or 21 (FSRS-6) numbers; none for Anki's defaults. */
  params: number[];
  /** Reschedule review cards at once, as Anki's *Reschedule cards on change* does. */
  reschedule?: boolean;
}

/** The params of `setModelOptions`. */
export interface SetModelOptionsParams {
  /** Note type name, compared without case. */
  modelName: string;
  /** Name, in its exact spelling, of the field that Anki's browser sorts by. */
  sortField?: string;
  /** LaTeX before each snippet. */
  latexHeader?: string;
  /** LaTeX after each snippet. */
  latexFooter?: string;
  /** LaTeX makes SVG images, not PNG. */
  latexSvg?: boolean;
}

/** The params of `setPreferences`. */
export interface SetPreferencesParams {
  changes: ChangedPreferences;
}

/** The params of `setSpecificValueOfCard`. */
export interface SetSpecificValueOfCardParams {
  /** Card id. */
  card: number;
  /**
   * Names of the values: `nid`, `did`, `ord`, `type`, `queue`, `due`, `ivl`, `factor`, `reps`, `lapses`, `left`,
   * `odue`, `odid`, `flags`, `original_position`, `last_review_time`, `desired_retention`, `decay`, `custom_data`.
   */
  keys: string[];
  /**
   * Value for each name: a whole number, except for `desired_retention`, `decay` and `custom_data`. null clears
   * `original_position`, `last_review_time`, `desired_retention`, `decay`.
   */
  newValues: unknown[];
  /** Must be true to set `nid`, `did`, `ord`, `type`, `queue`, `ivl`, `reps`, `lapses`, `left`, `odue`, `odid`. */
  warning_check?: boolean;
}

/** The params of `simulateReviews`. */
export interface SimulateReviewsParams {
  /** Name of the preset in its exact spelling; if several have it, the oldest is used. */
  preset: string;
  /** Number of days, including today. */
  days?: number;
  /** New cards a day; default the preset's limit. */
  newLimit?: number | null;
  /** Reviews a day; default the preset's limit. */
  reviewLimit?: number | null;
  /** Imaginary new cards in addition to the existing ones. */
  moreNewCards?: number;
  /** Search text for the cards, instead of all cards of the preset. */
  search?: string | null;
  /** Instead of the preset's. */
  desiredRetention?: number | null;
}

/** The params of `simulateWorkload`. */
export interface SimulateWorkloadParams {
  /** Name of the preset in its exact spelling; if several have it, the oldest is used. */
  preset: string;
  /** Number of days, including today. */
  days?: number;
  /** New cards a day; default the preset's limit. */
  newLimit?: number | null;
  /** Reviews a day; default the preset's limit. */
  reviewLimit?: number | null;
  /** Imaginary new cards in addition to the existing ones. */
  moreNewCards?: number;
  /** Search text for the cards, instead of all cards of the preset. */
  search?: string | null;
}

/** The params of `sortNewCards`. */
export interface SortNewCardsParams {
  /** Full name, compared without case; sub-decks are not included. */
  deck: string;
  /** `added`: as their notes were added; cards of one note come together. */
  order: "added" | "random";
}

/** The params of `startOperation`. */
export interface StartOperationParams {
  /** Name of an action that runs on the collection, or `sync`. */
  method: string;
  /** Its params, by name or by position. */
  params?: { [name: string]: unknown } | unknown[];
}

/** The params of `storeMediaFile`. */
export interface StoreMediaFileParams {
  /** Name to store the file under; Anki normalises it, and folders are dropped. */
  filename: string;
  /** Content in base64; used before `path` and `url`. */
  data?: string | null;
  /** File to copy, readable by the gateway; used before `url`. */
  path?: string | null;
  /** Address to fetch, http or https. */
  url?: string | null;
  /** MD5 of content not to store, in lower-case hexadecimal digits. */
  skipHash?: string | null;
  /** Move an existing file of that name to the trash; if false, other content gets a free name. */
  deleteExisting?: boolean;
  /**
   * What happens if another file has that name: `replace` moves it to the trash, `rename` gives the new file a free
   * name, `error` stores nothing. It takes the place of `deleteExisting`.
   */
  collision?: "replace" | "rename" | "error" | null;
}

/** The params of `studyStreak`. */
export interface StudyStreakParams { [member: string]: never }

/** The params of `suggestNoteTypeMap`. */
export interface SuggestNoteTypeMapParams {
  /** Note type of the notes, compared without case. */
  oldModelName: string;
  /** The new note type, compared without case. */
  newModelName: string;
}

/** The params of `suspend`. */
export interface SuspendParams {
  /** Card ids. */
  cards: number[];
  /** If false, unsuspend the cards instead. */
  suspend?: boolean;
}

/** The params of `suspended`. */
export interface SuspendedParams {
  /** Card id. */
  card: number;
}

/** The params of `sync`. */
export interface SyncParams {
  /**
   * What to do if a full sync is needed: `upload` replaces everything on the server, `download` everything here. If
   * left out, a full sync is refused.
   */
  full?: "upload" | "download" | null;
  /** Return only after the media are synced, too. */
  waitForMedia?: boolean;
}

/** The params of `syncLogin`. */
export interface SyncLoginParams {
  /** The account: for AnkiWeb an e-mail address. */
  user: string;
  /** Its password. It is not stored. */
  password: string;
  /**
   * Address of a server of your own; an empty text for AnkiWeb. By default the one that is used now. Only programs on
   * this computer may name one.
   */
  server?: string | null;
}

/** The params of `syncLogout`. */
export interface SyncLogoutParams { [member: string]: never }

/** The params of `syncStatus`. */
export interface SyncStatusParams {
  /** Ask the server again, although its last answer is less than five minutes old. */
  fresh?: boolean;
}

/** The params of `unburyCards`. */
export interface UnburyCardsParams {
  /** Card ids. */
  cards: number[];
}

/** The params of `unburyDeck`. */
export interface UnburyDeckParams {
  /** Full name, compared without case; sub-decks are included. */
  deck: string;
  /** Those buried `byHand`, those that Anki has buried as `siblings` of an answered card, or all buried cards. */
  which?: "all" | "byHand" | "siblings";
}

/** The params of `undo`. */
export interface UndoParams { [member: string]: never }

/** The params of `undoStatus`. */
export interface UndoStatusParams { [member: string]: never }

/** The params of `unsuspend`. */
export interface UnsuspendParams {
  /** Card ids. */
  cards: number[];
}

/** The params of `unusedTags`. */
export interface UnusedTagsParams { [member: string]: never }

/** The params of `updateDeckPreset`. */
export interface UpdateDeckPresetParams {
  /** Name of the preset in its exact spelling; if several have it, the oldest is used. */
  preset: string;
  changes?: PresetOptions;
  /** New name. */
  newName?: string | null;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `updateFilteredDeck`. */
export interface UpdateFilteredDeckParams {
  /** Full name of a filtered deck, compared without case. */
  deck: string;
  /** New full name. Missing parents are created. */
  newName?: string | null;
  /** One or two searches, which replace the present ones. */
  terms?: SearchTerm[] | null;
  /** Answers in this deck reschedule cards. */
  reschedule?: boolean | null;
  /** Delays to change, used if answers do not reschedule. */
  previewDelays?: PreviewDelays | null;
  /** Update the deck even if no card is found. */
  allowEmpty?: boolean;
}

/** The params of `updateImageOcclusionNotes`. */
export interface UpdateImageOcclusionNotesParams {
  /** The notes and their changes. */
  notes: ChangedOcclusionNote[];
  /** If notes cannot be written: `skip` writes the others, `abort` writes none and fails. */
  onError?: "skip" | "abort";
}

/** The params of `updateModelStyling`. */
export interface UpdateModelStylingParams {
  model: NewStyling;
}

/** The params of `updateModelTemplates`. */
export interface UpdateModelTemplatesParams {
  model: NewTemplates;
}

/** The params of `updateNote`. */
export interface UpdateNoteParams {
  note: NoteChanges;
}

/** The params of `updateNoteFields`. */
export interface UpdateNoteFieldsParams {
  note: NoteFields;
}

/** The params of `updateNoteModel`. */
export interface UpdateNoteModelParams {
  note: RetypedNote;
  /** Report what would be lost, and change nothing. */
  dryRun?: boolean;
}

/** The params of `updateNoteTags`. */
export interface UpdateNoteTagsParams {
  /** Note id. */
  note: number;
  /** Tags that replace the note's; a text with spaces is several tags. */
  tags: string[];
}

/** The params of `updateNotes`. */
export interface UpdateNotesParams {
  /** The notes and their changes. */
  notes: ChangedNote[];
  /** If notes cannot be written: `skip` writes the others, `abort` writes none and fails. */
  onError?: "skip" | "abort";
}

/** The params of `upsertNotes`. */
export interface UpsertNotesParams {
  /** The notes. */
  notes: UpsertedNote[];
  /** Field by which a note is found; default the first field of its note type. */
  key?: string | null;
  /** If notes cannot be written: `skip` writes the others, `abort` writes none and fails. */
  onError?: "skip" | "abort";
  /**
   * A text of your choice, different for each call. If a call is repeated with its key, after a lost connection or a
   * restart, no note is added twice: the result has the ids of the first call. A key is valid while its note exists,
   * on every device that it syncs to; a note that was deleted or undone is added again. For other notes the key is
   * refused.
   */
  idempotencyKey?: string | null;
}

/** The params of `version`. */
export interface VersionParams { [member: string]: never }

/** Something was written. */
export type CollectionChangedEvent = { id: string; method: "collectionChanged"; params: {
    /** Kinds that were written: note, card, deck, tag, noteType, config, deckConfig, studyQueues. */
    kinds: string[];
  } };

/** Notes were added. */
export type NotesAddedEvent = { id: string; method: "notesAdded"; params: {
    /** Note ids, at most 1,000. */
    notes: number[];
  } };

/** The fields, tags or note type of notes changed. */
export type NotesUpdatedEvent = { id: string; method: "notesUpdated"; params: {
    /** Note ids, at most 1,000. */
    notes: number[];
  } };

/** Notes were deleted. */
export type NotesDeletedEvent = { id: string; method: "notesDeleted"; params: {
    /** Note ids, at most 1,000. */
    notes: number[];
  } };

/** Cards were reviewed. */
export type CardsAnsweredEvent = { id: string; method: "cardsAnswered"; params: {
    /** The answers, in order, at most 1,000. */
    answers: CardAnswered[];
  } };

/** Decks were added, changed or deleted. */
export type DecksChangedEvent = { id: string; method: "decksChanged"; params: { [name: string]: unknown } };

/** Note types were added, changed or deleted. */
export type NoteTypesChangedEvent = { id: string; method: "noteTypesChanged"; params: { [name: string]: unknown } };

/** A sync has started. */
export type SyncStartedEvent = { id: string; method: "syncStarted"; params: { [name: string]: unknown } };

/** A sync has ended; the events for its changes come before this one. */
export type SyncFinishedEvent = { id: string; method: "syncFinished"; params: { [name: string]: unknown } };

/** An operation has started, made progress, or ended. */
export type OperationChangedEvent = { id: string; method: "operationChanged"; params: {
    /** The operation's id. */
    id: string;
    /** The action that was started. */
    method: string;
    /** `queued` until its turn comes, then `running`, finally `done`, `failed` or `cancelled`. */
    state: "queued" | "running" | "done" | "failed" | "cancelled";
    /** Its progress; null if none is known yet. */
    progress: Progress | null;
  } };

/** A profile was opened. */
export type ProfileOpenedEvent = { id: string; method: "profileOpened"; params: {
    /** The profile's name. */
    profile: string;
  } };

/** A profile is being closed. */
export type ProfileClosedEvent = { id: string; method: "profileClosed"; params: {
    /** The profile's name. */
    profile: string;
  } };

/** Another collection is open, or this one was replaced: read it again. */
export type CollectionReplacedEvent = { id: string; method: "collectionReplaced"; params: { [name: string]: unknown } };

/** Events were dropped before the client read them: read the collection again. */
export type EventsLostEvent = { id: string; method: "eventsLost"; params: { [name: string]: unknown } };

/** Anything that happens in Anki; `method` says which. */
export type AnkiEvent =
  | CollectionChangedEvent
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
  | EventsLostEvent;

/** What can be wrong; `RpcError` has it as its `kind`. */
export type ErrorKind =
  | "parse_error"
  | "invalid_request"
  | "method_not_found"
  | "invalid_params"
  | "internal_error"
  | "busy"
  | "still_running"
  | "key_required"
  | "permission_denied"
  | "collection_unavailable"
  | "gui_unavailable"
  | "anki_too_old"
  | "extension_failed"
  | "stale_session"
  | "response_too_large"
  | "note_not_found"
  | "card_not_found"
  | "deck_not_found"
  | "model_not_found"
  | "not_found"
  | "duplicate"
  | "empty_note"
  | "cloze_problem"
  | "already_exists"
  | "conflict"
  | "refused"
  | "some_failed"
  | "invalid_search"
  | "file_problem"
  | "download_failed"
  | "review_inactive"
  | "window_closed"
  | "not_logged_in"
  | "login_refused"
  | "offline"
  | "full_sync_required"
  | "sync_failed"
  | "cancelled"
  | "anki_error"
  | "storage_failed"
  | "scheduler_outdated";
