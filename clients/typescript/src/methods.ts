// @ts-self-types="./methods.d.ts"
// Made from spec/openrpc.json by `make clients`: do not edit.

import type { CallOptions } from "./core.js";
import type * as types from "./types.js";

/** A method of the client for each method of the gateway. */
export interface Methods {
  /**
   * Add image occlusion notes and return for each its id, or why it was not added.
   *
   * Each shape becomes a card, except that shapes with the same number share one, and texts get none. Duplicates are
   * not checked. Each 1,000 notes are written atomically; the call is one step in Anki's undo menu.
   *
   * @returns One entry per note, in order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, some_failed, or of
   * another.
   */
  addImageOcclusionNotes(params: types.AddImageOcclusionNotesParams, options?: CallOptions): Promise<types.AddedNote[]>;

  /**
   * Add a note and return its id.
   *
   * A note is refused if its first field is empty, if another note in the scope has the same first field, or if its
   * cloze deletions do not fit the note type.
   *
   * @returns Note id: creation time in milliseconds since 1970, raised until free.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, deck_not_found,
   * duplicate, empty_note, cloze_problem, refused, file_problem, download_failed, already_exists, or of another.
   */
  addNote(params: types.AddNoteParams, options?: CallOptions): Promise<number>;

  /**
   * Add notes and return for each its id, or why it was not added.
   *
   * A note that repeats an earlier note of the call is a duplicate. Each 1,000 notes are written atomically; the call
   * is one step in Anki's undo menu.
   *
   * @returns One entry per note, in order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, some_failed, or of
   * another.
   */
  addNotes(params: types.AddNotesParams, options?: CallOptions): Promise<types.AddedNote[]>;

  /**
   * Add a profile, and return its name as it is stored. `loadProfile` opens it, which creates its empty collection.
   *
   * A headless gateway needs a base folder for this (`--base`). The rules for names are those of Anki, Windows and
   * macOS together, on every system; names that differ only in case count as equal. If the base folder has a folder
   * of this name, for example that of a lost profile, the new profile has what is in it, as in Anki.
   *
   * @returns The name of the profile as it is stored.
   * @throws {RpcError} of the kinds already_exists, refused, or of another.
   */
  addProfile(params: types.AddProfileParams, options?: CallOptions): Promise<string>;

  /**
   * Add tags to notes. If an id is unknown, the call fails and changes nothing.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, note_not_found, or of another.
   */
  addTags(params: types.AddTagsParams, options?: CallOptions): Promise<null>;

  /**
   * Answer cards as in a review and return for each answer whether it was recorded.
   *
   * Cards that are not due are answered, too; suspended ones become unsuspended. Answers to the same card are
   * recorded in their order; different cards with the same ease and no `time` are answered together. A card is
   * skipped if it is unknown, or if it, its deck, its note or one of its siblings is damaged.
   *
   * @returns For each answer whether it was recorded; false if the card is unknown or damaged.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, conflict, or of another.
   */
  answerCards(params: types.AnswerCardsParams, options?: CallOptions): Promise<boolean[]>;

  /**
   * List all actions, or those of the given names that exist.
   *
   * Unknown scopes and names are left out. The list of all actions is sorted, capitals before small letters.
   *
   * @returns The scopes and the actions.
   */
  apiReflect(params: types.ApiReflectParams, options?: CallOptions): Promise<types.Reflection>;

  /**
   * Report for each card whether it is due, judged by its latest review.
   *
   * New cards are always due, even suspended ones. A card in a learning step of more than 20 minutes is due if that
   * time has passed since its latest review; any other card is due if Anki's search `is:due` finds it.
   *
   * The result is null for an unknown id, and for a card that is not new but has no reviews.
   *
   * @returns For each card whether it is due; null for an unknown id, and for a card that is not new but has no
   * reviews.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  areDue(params: types.AreDueParams, options?: CallOptions): Promise<(boolean | null)[]>;

  /**
   * Report for each card whether it is suspended; null if the card does not exist.
   *
   * @returns For each card whether it is suspended; null for an unknown id.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  areSuspended(params: types.AreSuspendedParams, options?: CallOptions): Promise<(boolean | null)[]>;

  /**
   * List the columns of Anki's browser: `findNotes` and `findCards` can sort by most of them.
   *
   * Anki compares text without HTML. It ignores the case of ASCII's letters only, so `É` comes after `z`.
   *
   * @returns The columns, in Anki's order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  browserColumns(params?: types.BrowserColumnsParams, options?: CallOptions): Promise<types.BrowserColumn[]>;

  /**
   * Return the cells that Anki's browser shows for cards or notes, such as `New #1` for the due date of a new card.
   *
   * Anki's library keeps one choice of columns, and one of cards or notes, for a browser and for this action. So the
   * call is refused while Anki's browser is open, and if the browser is set to the other of cards and notes.
   *
   * @returns One entry per id, in order; null for an unknown id.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  browserRows(params: types.BrowserRowsParams, options?: CallOptions): Promise<(types.BrowserRow | null)[]>;

  /**
   * Return the search text for parts, with all names and texts taken literally, for `findNotes` and others.
   *
   * A part is a term, or a list of terms in `any`, and each can be `negated`. For more levels, build the inner search
   * first, and use it as `search`. Names are not looked up, except the note type of `duplicate`.
   *
   * @returns The search text, in Anki's own spelling.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, invalid_search, model_not_found,
   * refused, or of another.
   */
  buildSearch(params: types.BuildSearchParams, options?: CallOptions): Promise<string>;

  /**
   * Bury cards until tomorrow and return how many were not buried yet. Suspended cards stay suspended.
   *
   * If an id is unknown, the call fails and changes nothing.
   *
   * @returns Number of cards that were changed.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, refused, or of
   * another.
   */
  buryCards(params: types.BuryCardsParams, options?: CallOptions): Promise<number>;

  /**
   * Check whether addNote would accept a note. Nothing is fetched or stored.
   *
   * @returns addNote would accept the note.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  canAddNote(params: types.CanAddNoteParams, options?: CallOptions): Promise<boolean>;

  /**
   * Check whether addNote would accept a note, and if not, why.
   *
   * @returns The answer.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  canAddNoteWithErrorDetail(params: types.CanAddNoteWithErrorDetailParams, options?: CallOptions): Promise<types.CanAdd>;

  /**
   * Check for each note whether addNote would accept it. The notes are not compared with each other.
   *
   * @returns One answer per note, in order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  canAddNotes(params: types.CanAddNotesParams, options?: CallOptions): Promise<boolean[]>;

  /**
   * Check for each note whether addNote would accept it, and if not, why.
   *
   * @returns One answer per note, in order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  canAddNotesWithErrorDetail(params: types.CanAddNotesWithErrorDetailParams, options?: CallOptions): Promise<types.CanAdd[]>;

  /**
   * Stop an operation as soon as it can be stopped.
   *
   * A queued operation never begins. One that writes many notes stops after at most 1,000 more: what is written
   * stays, and its result has an entry for each note. Import, export, checks and sync stop at the next point where
   * Anki allows it, with nothing half done. Any other running operation cannot be cancelled: the call is refused. An
   * operation that has ended is not changed.
   *
   * @returns The operation in its present state; result and error only if it is the caller's own.
   * @throws {RpcError} of the kinds not_found, refused, or of another.
   */
  cancelOperation(params: types.CancelOperationParams, options?: CallOptions): Promise<types.Operation>;

  /**
   * List the review log entries of a deck's cards as rows of numbers.
   *
   * Only cards that are now in the deck itself count, not those in a sub-deck or a filtered deck.
   *
   * @returns Log entries in no particular order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, or of another.
   */
  cardReviews(params: types.CardReviewsParams, options?: CallOptions): Promise<number[][]>;

  /**
   * Return the sounds, videos and spoken texts on both sides of each card, in the order in which Anki plays them.
   *
   * Each card is rendered.
   *
   * @returns One entry per card, in order; null for an unknown id, and for a card that Anki cannot show.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  cardSounds(params: types.CardSoundsParams, options?: CallOptions): Promise<(types.SoundsOfCard | null)[]>;

  /**
   * Return the statistics of each card: where it is, its schedule, its reviews and its memory state.
   *
   * Names are empty if the deck or the note is gone.
   *
   * @returns One entry per card, in order; null for an unknown id.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  cardStats(params: types.CardStatsParams, options?: CallOptions): Promise<(types.CardStatistics | null)[]>;

  /**
   * Return chosen values of cards, given by ids or by a search: much faster than `cardsInfo`.
   *
   * If no value or field is chosen, the result is the list of ids. The call fails if an id is unknown.
   *
   * @returns One entry per card, in order: the requested values, or only the id if none are requested.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, invalid_search,
   * or of another.
   */
  cardsDetails(params?: types.CardsDetailsParams, options?: CallOptions): Promise<(number | { [name: string]: unknown })[]>;

  /**
   * Describe cards: content, rendered sides, deck and scheduling, in the order of the ids.
   *
   * Naming `fields` or reading in pages saves time: `question`, `answer` and `nextReviews` are the slow members.
   *
   * @returns One entry per card, in order; an empty object for an unknown id. With `fields`, only those members.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  cardsInfo(params: types.CardsInfoParams & { fields?: null }, options?: CallOptions): Promise<(types.CardInfo | types.Missing)[]>;
  cardsInfo(params: types.CardsInfoParams & { fields: string[] }, options?: CallOptions): Promise<(types.CardPart | types.Missing)[]>;
  cardsInfo(params: types.CardsInfoParams, options?: CallOptions): Promise<(types.CardInfo | types.Missing | types.CardPart)[]>;

  /**
   * Return when each card was last changed: a cheap way to watch for changes.
   *
   * @returns One entry per card, in order; an empty object for an unknown id.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  cardsModTime(params: types.CardsModTimeParams, options?: CallOptions): Promise<(types.CardTime | types.Missing)[]>;

  /**
   * Return the ids of the notes that cards belong to, each once, in no particular order.
   *
   * The call fails if an id is unknown.
   *
   * @returns Ids of the notes, each once, in no particular order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, or of another.
   */
  cardsToNotes(params: types.CardsToNotesParams, options?: CallOptions): Promise<number[]>;

  /**
   * Move cards to a deck, which is created if it is missing, and return the deck's name.
   *
   * Cards in a filtered deck leave it. A filtered deck is refused as the target. If an id is unknown, the call fails
   * and changes nothing.
   *
   * @returns Full deck name.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, refused, or of
   * another.
   */
  changeDeck(params: types.ChangeDeckParams, options?: CallOptions): Promise<string>;

  /**
   * Change the note type of notes, with maps of fields and templates, and return what was lost.
   *
   * New fields that a map leaves out are empty, and new templates get new cards. The next sync must be a full one. If
   * an id is unknown, or the notes are of different note types, the call fails and changes nothing.
   *
   * @returns The number of notes, and what was lost. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, note_not_found, model_not_found,
   * not_found, refused, or of another.
   */
  changeNoteType(params: types.ChangeNoteTypeParams & { dryRun?: false | null }, options?: CallOptions): Promise<types.NoteTypeChange>;
  changeNoteType(params: types.ChangeNoteTypeParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  changeNoteType(params: types.ChangeNoteTypeParams, options?: CallOptions): Promise<types.NoteTypeChange | types.Losses>;

  /**
   * Back up, check and repair the database, and return the problems that were found.
   *
   * No window opens. Meanwhile the collection is busy: for a few seconds if it is large. Anki's undo history is
   * cleared.
   *
   * @returns The findings.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, refused, or of
   * another.
   */
  checkDatabase(params?: types.CheckDatabaseParams, options?: CallOptions): Promise<types.DatabaseReport>;

  /**
   * Find unused media files, and files that notes name but that are missing. Nothing is deleted.
   *
   * As in Anki's window, files whose names are not valid on every system are renamed, in the notes too. Files whose
   * names begin with an underscore count as used.
   *
   * @returns The findings.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, refused, or of
   * another.
   */
  checkMedia(params?: types.CheckMediaParams, options?: CallOptions): Promise<types.MediaReport>;

  /**
   * Remove the tags that no note has from the collection's list of tags.
   *
   * @returns Always null. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  clearUnusedTags(params?: types.ClearUnusedTagsParams & { dryRun?: false | null }, options?: CallOptions): Promise<null>;
  clearUnusedTags(params: types.ClearUnusedTagsParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  clearUnusedTags(params?: types.ClearUnusedTagsParams, options?: CallOptions): Promise<null | types.Losses>;

  /**
   * Copy a group of deck options under a new name and return its id.
   *
   * @returns Id of the new group: creation time in milliseconds since 1970.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, not_found, already_exists,
   * refused, or of another.
   */
  cloneDeckConfigId(params: types.CloneDeckConfigIdParams, options?: CallOptions): Promise<number>;

  /**
   * Return card counts, today's answers and the retention, for all cards or for those that a search finds.
   *
   * The numbers are those of Anki's graphs.
   *
   * @returns The figures.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, invalid_search, or of another.
   */
  collectionStatistics(params?: types.CollectionStatisticsParams, options?: CallOptions): Promise<types.CollectionFigures>;

  /**
   * Compare a typed answer with the right one, which is given or is that of a card. Nothing is answered or written.
   *
   * Refused are cards that ask for no typed answer, and right answers of more than 500 characters, or 5,000 with
   * their HTML. If accents are ignored, they count as characters of both answers: an accented letter is two.
   *
   * @returns The comparison.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, refused, or of
   * another.
   */
  compareAnswer(params: types.CompareAnswerParams, options?: CallOptions): Promise<types.ComparedAnswer>;

  /**
   * List the tags that contain a text, as Anki's editor proposes them, with their sub-tags.
   *
   * Case does not matter. A text with `::` is compared level by level: `f::f` finds `food::fruit`. An empty text
   * finds all tags.
   *
   * @returns Matching tags, in alphabetical order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  completeTag(params: types.CompleteTagParams, options?: CallOptions): Promise<string[]>;

  /**
   * Copy a note type with its fields, templates, styling and options, but without its notes.
   *
   * The name of another note type is refused; case does not matter. Anki removes quotes from names.
   *
   * @returns The new note type.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, already_exists,
   * refused, or of another.
   */
  copyModel(params: types.CopyModelParams, options?: CallOptions): Promise<types.AddedModel>;

  /**
   * Back up the collection, without its media, into the profile's backup folder; return once it is stored.
   *
   * If nothing has changed since the last backup, Anki makes none. Anki's preferences limit how many it keeps.
   *
   * @returns The newest backup.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  createBackup(params?: types.CreateBackupParams, options?: CallOptions): Promise<types.BackupMade>;

  /**
   * Create an empty deck and return its id and name; an existing deck is left as it is.
   *
   * @returns The deck, whose name may differ from the one in the call.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  createDeck(params: types.CreateDeckParams, options?: CallOptions): Promise<types.DeckMade>;

  /**
   * Create a filtered deck and move the cards that its searches find into it.
   *
   * Suspended and buried cards, and cards in another filtered deck, are not moved. If that leaves no card, the call
   * is refused, unless `allowEmpty` is true. The new deck becomes the current one, as in Anki's window.
   *
   * @returns The new deck.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, already_exists, invalid_search,
   * refused, or of another.
   */
  createFilteredDeck(params: types.CreateFilteredDeckParams, options?: CallOptions): Promise<types.FilteredDeckMade>;

  /**
   * Create a note type and return it as Anki stores it.
   *
   * Refused are names that are taken, of the note type, or among its fields or templates; case does not matter. Anki
   * removes `:`, `{`, `}` and quotes from field names.
   *
   * @returns The note type, as Anki stores it.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, already_exists, refused, or of
   * another.
   */
  createModel(params: types.CreateModelParams, options?: CallOptions): Promise<types.Model>;

  /**
   * Add one of Anki's built-in note types, as it comes with a new collection.
   *
   * The names of its fields and templates are in the language of the user. The name of another note type is refused;
   * case does not matter.
   *
   * @returns The new note type.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, already_exists, refused, or of
   * another.
   */
  createStockModel(params: types.CreateStockModelParams, options?: CallOptions): Promise<types.AddedModel>;

  /**
   * Fill a filtered deck with cards of a deck to study them beside the daily schedule, and make it the current deck.
   *
   * It is named *Custom Study Session*, in the user's language. If there is such a filtered deck, its cards return
   * home and its searches are replaced; if an ordinary deck has the name, the call fails with `already_exists`.
   *
   * Exactly one of the four params says which cards. The call is refused if there is no such card, and for a filtered
   * deck. So it is for decks named `current` or `filtered` and for the tag `none`, because Anki reads these names
   * specially. To study more cards of the day, use `raiseTodaysLimits`.
   *
   * @returns The filtered deck, which is now the current deck. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, not_found,
   * already_exists, refused, or of another.
   */
  customStudy(params: types.CustomStudyParams & { dryRun?: false | null }, options?: CallOptions): Promise<types.FilteredDeckMade>;
  customStudy(params: types.CustomStudyParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  customStudy(params: types.CustomStudyParams, options?: CallOptions): Promise<types.FilteredDeckMade | types.Losses>;

  /**
   * Return the full name of a deck.
   *
   * @returns Full deck name.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, or of another.
   */
  deckNameFromId(params: types.DeckNameFromIdParams, options?: CallOptions): Promise<string>;

  /**
   * List the full names of all decks.
   *
   * @returns Full names of all decks, filtered ones too, in alphabetical order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  deckNames(params?: types.DeckNamesParams, options?: CallOptions): Promise<string[]>;

  /**
   * Return the id of each deck by its full name.
   *
   * @returns Full deck name to deck id.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  deckNamesAndIds(params?: types.DeckNamesAndIdsParams, options?: CallOptions): Promise<{ [name: string]: number }>;

  /**
   * Count each deck's cards that are due today, and its cards by state, sub-decks included.
   *
   * Cards in a filtered deck count for that deck. The call fails if a name is unknown.
   *
   * @returns One entry per deck, in the order of the given names, or of the deck list.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, or of another.
   */
  deckStatistics(params?: types.DeckStatisticsParams, options?: CallOptions): Promise<types.DeckFigures[]>;

  /**
   * Return the tree of decks as a list, each deck with its parent and its cards, or one deck with its sub-decks.
   *
   * As in Anki's deck list, the deck Default is left out while it has neither cards nor sub-decks and is not alone,
   * unless the call names it.
   *
   * @returns The decks in the order of Anki's deck list: each before its sub-decks.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, refused, or of
   * another.
   */
  deckTree(params?: types.DeckTreeParams, options?: CallOptions): Promise<types.DeckInTree[]>;

  /**
   * Delete decks with their sub-decks and cards, and return the names of the deleted decks.
   *
   * Unknown names are skipped. The deck Default is emptied but stays. The cards of a filtered deck are not deleted:
   * they return to their home decks.
   *
   * @returns Full names of the deleted decks, sub-decks included. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  deleteDecks(params: types.DeleteDecksParams & { dryRun?: false | null }, options?: CallOptions): Promise<string[]>;
  deleteDecks(params: types.DeleteDecksParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  deleteDecks(params: types.DeleteDecksParams, options?: CallOptions): Promise<string[] | types.Losses>;

  /**
   * Move a file from the media folder to Anki's media trash and return its name; null if there was none.
   *
   * @returns Name of the file in the trash; null if there was none. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, file_problem, or of another.
   */
  deleteMediaFile(params: types.DeleteMediaFileParams & { dryRun?: false | null }, options?: CallOptions): Promise<string | null>;
  deleteMediaFile(params: types.DeleteMediaFileParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  deleteMediaFile(params: types.DeleteMediaFileParams, options?: CallOptions): Promise<string | null | types.Losses>;

  /**
   * Move files from the media folder to Anki's media trash, and return their names. Unknown names are skipped.
   *
   * With `unused` of `checkMedia`, this is the same as deleting unused files in Anki's window. `restoreMediaTrash`
   * brings the files back, but a file of the same name that was in the trash before is replaced, as in Anki.
   *
   * @returns Names of the files that are in the trash now. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, file_problem, or of
   * another.
   */
  deleteMediaFiles(params: types.DeleteMediaFilesParams & { dryRun?: false | null }, options?: CallOptions): Promise<string[]>;
  deleteMediaFiles(params: types.DeleteMediaFilesParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  deleteMediaFiles(params: types.DeleteMediaFilesParams, options?: CallOptions): Promise<string[] | types.Losses>;

  /**
   * Delete note types with all their notes and cards, and return what was deleted. Unknown names are skipped.
   *
   * If no note type is left, Anki adds its `Basic` again. The next sync must be a full one.
   *
   * @returns What was deleted. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  deleteModels(params: types.DeleteModelsParams & { dryRun?: false | null }, options?: CallOptions): Promise<types.DeletedModels>;
  deleteModels(params: types.DeleteModelsParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  deleteModels(params: types.DeleteModelsParams, options?: CallOptions): Promise<types.DeletedModels | types.Losses>;

  /**
   * Delete notes with all their cards, and return the ids of the deleted notes. Unknown ids are skipped.
   *
   * Each 1,000 notes are deleted atomically; the call is one step in Anki's undo menu.
   *
   * @returns Ids of the deleted notes. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, refused, or of
   * another.
   */
  deleteNotes(params: types.DeleteNotesParams & { dryRun?: false | null }, options?: CallOptions): Promise<number[]>;
  deleteNotes(params: types.DeleteNotesParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  deleteNotes(params: types.DeleteNotesParams, options?: CallOptions): Promise<number[] | types.Losses>;

  /**
   * Delete a profile with its notes, cards, media and backups. Its folder is moved to the system's trash, as in Anki.
   *
   * Without a trash the folder is deleted for good: in Anki if the system has none, and headless also unless the
   * library send2trash is installed. The open profile, the only one, and one that another program has open are
   * refused. To bring a deleted profile back, put its folder back from the trash, and call `addProfile` with its
   * name.
   *
   * @returns What was done. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds not_found, refused, or of another.
   */
  deleteProfile(params: types.DeleteProfileParams & { dryRun?: false | null }, options?: CallOptions): Promise<types.ProfileDeleted>;
  deleteProfile(params: types.DeleteProfileParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  deleteProfile(params: types.DeleteProfileParams, options?: CallOptions): Promise<types.ProfileDeleted | types.Losses>;

  /**
   * Count the cards that become due on each of the next days. A day begins at the hour in Anki's preferences.
   *
   * @returns Cards that become due, as scheduled now; new cards do not count.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, invalid_search, or of another.
   */
  dueForecast(params?: types.DueForecastParams, options?: CallOptions): Promise<types.Forecast>;

  /**
   * Make several edits to a note type, in their order, all or none, and return it as Anki stores it.
   *
   * Templates follow the new name of a field, and lose their references to a removed one. Removing a field removes
   * its content in all notes, and removing a template its cards; both need the scope `delete`. Notes with only such
   * cards stay without cards. If fields or templates are added, removed or moved, the next sync must be a full one.
   *
   * Refused are templates with an unknown field, also for Anki's browser, a field that Anki protects, the only field
   * or template, a name that another field had before the call, and templates of a cloze note type that would be
   * added, removed or moved. Also refused is a call that adds templates and removes all templates of which a note has
   * cards: add them in a call before. A taken name fails with `already_exists`.
   *
   * @returns The note type, as Anki stores it. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, not_found,
   * refused, already_exists, or of another.
   */
  editModel(params: types.EditModelParams & { dryRun?: false | null }, options?: CallOptions): Promise<types.Model>;
  editModel(params: types.EditModelParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  editModel(params: types.EditModelParams, options?: CallOptions): Promise<types.Model | types.Losses>;

  /**
   * Replace texts that occur exactly once in a field, and return the outcome for each edit.
   *
   * If the text does not occur, or more than once, the edit is `refused`: `data.count` is the number of occurrences,
   * at most 100, and `data.excerpts` shows up to three of them, or what is similar. Callers without the scope `read`
   * get no excerpts. An edit sees what earlier ones of the call have changed. A first field does not become empty.
   * Duplicates are not checked. Each 1,000 notes are written atomically; the call is one step in Anki's undo menu.
   *
   * @returns One entry per note, in order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, some_failed, or of
   * another.
   */
  editNoteText(params: types.EditNoteTextParams, options?: CallOptions): Promise<types.NoteUpdate[]>;

  /**
   * Move the cards of a filtered deck back to their home decks and return how many there were. The deck stays.
   *
   * @returns Number of cards that returned to their home decks. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, refused, or of
   * another.
   */
  emptyFilteredDeck(params: types.EmptyFilteredDeckParams & { dryRun?: false | null }, options?: CallOptions): Promise<number>;
  emptyFilteredDeck(params: types.EmptyFilteredDeckParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  emptyFilteredDeck(params: types.EmptyFilteredDeckParams, options?: CallOptions): Promise<number | types.Losses>;

  /**
   * Delete all files in Anki's media trash for good, and return their names.
   *
   * All collections in one folder share the trash, which matters without Anki's window.
   *
   * @returns Names of the files that are gone. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  emptyMediaTrash(params?: types.EmptyMediaTrashParams & { dryRun?: false | null }, options?: CallOptions): Promise<string[]>;
  emptyMediaTrash(params: types.EmptyMediaTrashParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  emptyMediaTrash(params?: types.EmptyMediaTrashParams, options?: CallOptions): Promise<string[] | types.Losses>;

  /**
   * Measure how well FSRS parameters predict the recorded answers. FSRS need not be active.
   *
   * The call is refused if there is no usable review.
   *
   * @returns How well the parameters fit the reviews.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, not_found,
   * invalid_search, refused, or of another.
   */
  evaluateFsrsParams(params: types.EvaluateFsrsParamsParams, options?: CallOptions): Promise<types.FsrsFit>;

  /**
   * Export cards to a text file, and return their number. A line has two columns, question and answer as shown.
   *
   * A tab is between the columns. The lines are in no particular order, and do not say which card they are of. The
   * answer does not repeat the question. A text file of notes or cards is overwritten; any other existing file is
   * refused. Media files are not exported. To read notes back, use `exportNotesText`.
   *
   * @returns Number of cards that were written.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, file_problem,
   * card_not_found, deck_not_found, invalid_search, refused, or of another.
   */
  exportCardsText(params: types.ExportCardsTextParams, options?: CallOptions): Promise<number>;

  /**
   * Export the whole collection, with all settings and the media, to a file that `importCollection` reads.
   *
   * An existing package is overwritten; any other existing file is refused. If the call fails, the old file stays.
   * The collection is closed meanwhile, and Anki's undo history is empty afterwards.
   *
   * @returns The file that was written.
   * @throws {RpcError} of the kinds cancelled, file_problem, refused, anki_error, storage_failed, or of another.
   */
  exportCollection(params: types.ExportCollectionParams, options?: CallOptions): Promise<types.CollectionExported>;

  /**
   * Export notes, with their cards and media, to a package file, and return their number.
   *
   * Of notes that `cards` chooses only these cards are exported. See `exportPackage` for what is overwritten, and for
   * what is left out without scheduling.
   *
   * @returns Number of notes that were written.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, note_not_found,
   * card_not_found, deck_not_found, invalid_search, file_problem, refused, or of another.
   */
  exportNotesPackage(params: types.ExportNotesPackageParams, options?: CallOptions): Promise<number>;

  /**
   * Export notes to a text file, one a line with tabs between the columns, and return their number.
   *
   * Lines at the top describe the columns, so `importTextFile` reads the file back. Such a file is overwritten; any
   * other existing file is refused. Media files are not exported. The deck is that of the note's first card: if the
   * card is in a filtered deck, the filtered deck.
   *
   * @returns Number of notes that were written.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, file_problem,
   * note_not_found, deck_not_found, invalid_search, refused, or of another.
   */
  exportNotesText(params: types.ExportNotesTextParams, options?: CallOptions): Promise<number>;

  /**
   * Export a deck, with its sub-decks and their media, to a package file.
   *
   * An existing package is overwritten; any other existing file is refused. Without scheduling, the cards are
   * exported as new, without the tags `marked` and `leech`.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, deck_not_found,
   * file_problem, refused, or of another.
   */
  exportPackage(params: types.ExportPackageParams, options?: CallOptions): Promise<boolean>;

  /**
   * Replace a text in templates and styling, and return how many note types contained it.
   *
   * If a note type would become invalid, none is changed.
   *
   * @returns Number of note types that contained the text. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, refused, or of
   * another.
   */
  findAndReplaceInModels(params: types.FindAndReplaceInModelsParams & { dryRun?: false | null }, options?: CallOptions): Promise<number>;
  findAndReplaceInModels(params: types.FindAndReplaceInModelsParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  findAndReplaceInModels(params: types.FindAndReplaceInModelsParams, options?: CallOptions): Promise<number | types.Losses>;

  /**
   * Replace a text in the fields of notes, and return how many notes were changed.
   *
   * The fields are searched as they are stored, as HTML. Plain text is taken literally, and `$` has no meaning in it.
   * In an expression, `.` does not match a line break, and `^` matches only the beginning of a field.
   *
   * A new cloze number makes a card; a card whose cloze deletion goes stays as an empty card. Duplicates are not
   * checked. If a first field would become empty, or a note or the field does not exist, the call fails and changes
   * nothing. Each 1,000 notes are written atomically; the call is one step in Anki's undo menu.
   *
   * @returns Number of notes that were changed. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, note_not_found,
   * not_found, invalid_search, refused, or of another.
   */
  findAndReplaceInNotes(params: types.FindAndReplaceInNotesParams & { dryRun?: false | null }, options?: CallOptions): Promise<number>;
  findAndReplaceInNotes(params: types.FindAndReplaceInNotesParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  findAndReplaceInNotes(params: types.FindAndReplaceInNotesParams, options?: CallOptions): Promise<number | types.Losses>;

  /**
   * Return the ids of the cards that a search finds, by `orderBy` and then by id.
   *
   * Without `orderBy`, pages are in the order of the ids.
   *
   * @returns Card ids, in no particular order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, invalid_search, refused, or of
   * another.
   */
  findCards(params?: types.FindCardsParams, options?: CallOptions): Promise<number[]>;

  /**
   * Find cards page by page; no page skips or repeats a card, whatever others add or delete meanwhile.
   *
   * The first call has a `query`, each other one the `nextCursor` of the page before. The pages show what the search
   * has found at first: cards that were added since do not appear, deleted ones are left out, and a card that was
   * changed keeps its place. A repeated call returns the same page. At most eight searches of a caller are kept.
   *
   * @returns The page.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, invalid_search, not_found,
   * refused, or of another.
   */
  findCardsPage(params?: types.FindCardsPageParams, options?: CallOptions): Promise<types.CardPage>;

  /**
   * Find groups of notes with the same text in the first field or in chosen fields, HTML aside.
   *
   * Texts are compared like Anki's duplicates: case and the names of media files count. Notes without text in these
   * fields, or without one of the fields, are left out.
   *
   * @returns Groups of two or more notes, ordered by their oldest note.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, invalid_search, not_found, or of
   * another.
   */
  findDuplicates(params?: types.FindDuplicatesParams, options?: CallOptions): Promise<types.DuplicateGroup[]>;

  /**
   * Find cards whose front has become empty, grouped by note.
   *
   * @returns One entry per note with empty cards.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  findEmptyCards(params?: types.FindEmptyCardsParams, options?: CallOptions): Promise<types.EmptyCardsOfNote[]>;

  /**
   * Return note types as Anki stores them, in the order of the ids. The call fails if an id is unknown.
   *
   * Ids of fields and templates have 64 bits, which JavaScript's numbers cannot hold exactly.
   *
   * @returns The note types in the order of the call, as Anki stores them.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, or of another.
   */
  findModelsById(params: types.FindModelsByIdParams, options?: CallOptions): Promise<types.Model[]>;

  /**
   * Return note types as Anki stores them, in the order of the names. The call fails if a name is unknown.
   *
   * Ids of fields and templates have 64 bits, which JavaScript's numbers cannot hold exactly.
   *
   * @returns The note types in the order of the call, as Anki stores them.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, or of another.
   */
  findModelsByName(params: types.FindModelsByNameParams, options?: CallOptions): Promise<types.Model[]>;

  /**
   * Return the ids of the notes that a search finds, by `orderBy` and then by id.
   *
   * Without `orderBy`, pages are in the order of the ids.
   *
   * @returns Note ids.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, invalid_search, refused, or of
   * another.
   */
  findNotes(params?: types.FindNotesParams, options?: CallOptions): Promise<number[]>;

  /**
   * Find notes page by page; no page skips or repeats a note, whatever others add or delete meanwhile.
   *
   * The first call has a `query`, each other one the `nextCursor` of the page before. The pages show what the search
   * has found at first: notes that were added since do not appear, deleted ones are left out, and a note that was
   * changed keeps its place. A repeated call returns the same page. At most eight searches of a caller are kept.
   *
   * @returns The page.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, invalid_search, not_found,
   * refused, or of another.
   */
  findNotesPage(params?: types.FindNotesPageParams, options?: CallOptions): Promise<types.NotePage>;

  /**
   * Reset cards to new.
   *
   * They leave filtered decks. Cards that are already as they would be are skipped. If an id is unknown, the call
   * fails and changes nothing.
   *
   * @returns Always null. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, or of another.
   */
  forgetCards(params: types.ForgetCardsParams & { dryRun?: false | null }, options?: CallOptions): Promise<null>;
  forgetCards(params: types.ForgetCardsParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  forgetCards(params: types.ForgetCardsParams, options?: CallOptions): Promise<null | types.Losses>;

  /**
   * Return the name of the open profile.
   *
   * @returns Name of the open profile; if none is open, of the last one that was open; null if none ever was.
   */
  getActiveProfile(params?: types.GetActiveProfileParams, options?: CallOptions): Promise<string | null>;

  /**
   * Return the deck and the note type with which Anki's window for adding notes would begin.
   *
   * The preference `addingDefaultsToCurrentDeck` (see `getPreferences`) decides: the deck is the current one, or the
   * one that last got a note of this note type. A filtered deck gets no notes, so it is never returned.
   *
   * @returns The deck and the note type.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, or of another.
   */
  getAddDefaults(params?: types.GetAddDefaultsParams, options?: CallOptions): Promise<types.AddDefaults>;

  /**
   * Return what each answer would do to each card, due or not, and a token that ties an answer to this state.
   *
   * Scheduling code of the user's own, which only Anki's window runs, does not count.
   *
   * @returns One entry per card, in order; null for an unknown id, and for a card that cannot be answered because it,
   * its deck or its preset is damaged.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getAnswerStates(params: types.GetAnswerStatesParams, options?: CallOptions): Promise<(types.AnswerStates | null)[]>;

  /**
   * Describe the collection: times, counts, settings, note types, decks, deck options and tags.
   *
   * @returns Overview of the collection.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getCollection(params?: types.GetCollectionParams, options?: CallOptions): Promise<types.CollectionOverview>;

  /**
   * Return all of Anki's settings that are stored in the collection.
   *
   * @returns Anki's settings by their names in the collection.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getCollectionConfig(params?: types.GetCollectionConfigParams, options?: CallOptions): Promise<{ [name: string]: unknown }>;

  /**
   * Return the statistics of Anki's old report as HTML.
   *
   * @returns HTML for display; its layout changes with Anki.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getCollectionStatsHTML(params?: types.GetCollectionStatsHTMLParams, options?: CallOptions): Promise<string>;

  /**
   * Return values that programs have stored in the collection by `setConfigValues`, on this device or on another.
   *
   * @returns The values by their keys. Keys without a value are left out.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  getConfigValues(params: types.GetConfigValuesParams, options?: CallOptions): Promise<{ [name: string]: unknown }>;

  /**
   * Return the current deck: the one that Anki studies and adds notes to.
   *
   * @returns The deck that Anki studies and adds to.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getCurrentDeck(params?: types.GetCurrentDeckParams, options?: CallOptions): Promise<types.CurrentDeck>;

  /**
   * Return what `customStudy` and `raiseTodaysLimits` can offer for a deck: its cards and their tags.
   *
   * @returns The options.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, refused, or of
   * another.
   */
  getCustomStudyOptions(params: types.GetCustomStudyOptionsParams, options?: CallOptions): Promise<types.CustomStudyOptions>;

  /**
   * Return the options of a deck. A filtered deck, which has none, is refused.
   *
   * If a deck's group no longer exists, the result is group 1.
   *
   * @returns The group as Anki stores it: `id`, `name`, `mod` (last change, in seconds since 1970), `new`, `rev`,
   * `lapse` and others that depend on Anki's version.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, refused, or of
   * another.
   */
  getDeckConfig(params: types.GetDeckConfigParams, options?: CallOptions): Promise<types.OptionsGroup>;

  /**
   * Return the description that Anki shows on a deck's overview.
   *
   * @returns Description of the deck, as Markdown or HTML.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, or of another.
   */
  getDeckDescription(params: types.GetDeckDescriptionParams, options?: CallOptions): Promise<string>;

  /**
   * Return the daily limits of decks and how much of them is used up today. A filtered deck, which has none, is
   * refused.
   *
   * @returns One entry for each deck: in the order of the call, or by name.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, refused, or of
   * another.
   */
  getDeckLimits(params?: types.GetDeckLimitsParams, options?: CallOptions): Promise<types.DeckLimits[]>;

  /**
   * Return the deck options that hold for all decks. `isFsrsActive` returns whether FSRS is active.
   *
   * @returns All of them.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getDeckOptionsForAll(params?: types.GetDeckOptionsForAllParams, options?: CallOptions): Promise<types.DeckOptionsForAll>;

  /**
   * List the presets of deck options, each with the decks that use it.
   *
   * With `options` also return what `updateDeckPreset` changes. `getFsrsParams` returns FSRS parameters.
   *
   * @returns All presets, ordered by name.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getDeckPresets(params?: types.GetDeckPresetsParams, options?: CallOptions): Promise<types.DeckPreset[]>;

  /**
   * Count for each deck the cards due today, including sub-decks, and all cards, excluding sub-decks.
   *
   * The call fails if a name is unknown.
   *
   * @returns Today's counts by deck id as text, in the order of the deck list. They include sub-decks and respect the
   * limits.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, or of another.
   */
  getDeckStats(params: types.GetDeckStatsParams, options?: CallOptions): Promise<{ [name: string]: types.DeckStats }>;

  /**
   * Group cards by the decks that they are in now.
   *
   * A card in a filtered deck is listed under that deck. The call fails if an id is unknown.
   *
   * @returns Full deck name to the ids of the cards in it.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, or of another.
   */
  getDecks(params: types.GetDecksParams, options?: CallOptions): Promise<{ [name: string]: number[] }>;

  /**
   * Return the ease factor of each card; null if the card does not exist.
   *
   * @returns Ease factor of each card in tenths of a percent, 0 for none yet; null for an unknown id.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getEaseFactors(params: types.GetEaseFactorsParams, options?: CallOptions): Promise<(number | null)[]>;

  /**
   * Return the searches and the other settings of a filtered deck, and the number of cards in it.
   *
   * @returns Its settings.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, refused, or of
   * another.
   */
  getFilteredDeck(params: types.GetFilteredDeckParams, options?: CallOptions): Promise<types.FilteredDeck>;

  /**
   * Return the flag of each card; null if the card does not exist.
   *
   * @returns Flag of each card, 0 for none; null for an unknown id.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getFlags(params: types.GetFlagsParams, options?: CallOptions): Promise<(number | null)[]>;

  /**
   * Return whether Anki schedules by FSRS, and the parameters and desired retention of presets.
   *
   * @returns FSRS in the collection and in its presets.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, not_found, or of another.
   */
  getFsrsParams(params?: types.GetFsrsParamsParams, options?: CallOptions): Promise<types.FsrsOverview>;

  /**
   * Describe image occlusion notes, with their shapes, in the order of the ids.
   *
   * The call fails if a note is not for image occlusion.
   *
   * @returns One entry per note, in order; an empty object for an unknown id.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  getImageOcclusionNotes(params: types.GetImageOcclusionNotesParams, options?: CallOptions): Promise<(types.OcclusionNote | types.Missing)[]>;

  /**
   * Return the latest interval of each card, or all its intervals, from the review log.
   *
   * A new card has the interval 0, also with `complete`. For any other card without reviews, the latest interval is
   * null and the list of all intervals is empty. For an unknown id, both are null.
   *
   * @returns Latest interval of each card, or all its intervals; null for an unknown id. For a card that is not new
   * but has no reviews, null or an empty list.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getIntervals(params: types.GetIntervalsParams, options?: CallOptions): Promise<(number | number[] | null)[]>;

  /**
   * Return the largest id of a deck's entries in the review log; 0 if there is none.
   *
   * Only cards that are now in the deck itself count, not those in a sub-deck or a filtered deck.
   *
   * @returns Largest id: time of the last answer in milliseconds since 1970; 0 for none.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, or of another.
   */
  getLatestReviewID(params: types.GetLatestReviewIDParams, options?: CallOptions): Promise<number>;

  /**
   * Return the limits of requests and responses, so that a program can divide its work into requests that fit.
   *
   * The limits are settings, so they can change between two calls.
   *
   * @returns The limits.
   */
  getLimits(params?: types.GetLimitsParams, options?: CallOptions): Promise<types.GatewayLimits>;

  /**
   * Return the path of the open profile's media folder.
   *
   * @returns Absolute path of the media folder.
   */
  getMediaDirPath(params?: types.GetMediaDirPathParams, options?: CallOptions): Promise<string>;

  /**
   * List the names of the files in the media folder.
   *
   * Names that begin with a dot are left out, unless the pattern begins with a dot. Case matters if it matters for
   * file names on the disk.
   *
   * @returns Names of the files, in no particular order.
   * @throws {RpcError} of the kinds refused, or of another.
   */
  getMediaFilesNames(params?: types.GetMediaFilesNamesParams, options?: CallOptions): Promise<string[]>;

  /**
   * Return the FSRS memory state of each card: stability, difficulty and retrievability.
   *
   * A card gets a memory state when it is reviewed while FSRS is active, or when FSRS is switched on.
   *
   * @returns One entry per card, in order; null for an unknown id. If a card has no memory state, its members are
   * null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getMemoryStates(params: types.GetMemoryStatesParams, options?: CallOptions): Promise<(types.MemoryState | null)[]>;

  /**
   * List the tags of a note.
   *
   * @returns The note's tags, in alphabetical order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, note_not_found, refused, or of
   * another.
   */
  getNoteTags(params: types.GetNoteTagsParams, options?: CallOptions): Promise<string[]>;

  /**
   * Count the entries in the review log of each day, newest day first.
   *
   * A day begins at the hour in Anki's preferences, in local time.
   *
   * @returns Pairs of local date (`2026-11-23`) and number of log entries, newest first; days without entries are
   * left out.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getNumCardsReviewedByDay(params?: types.GetNumCardsReviewedByDayParams, options?: CallOptions): Promise<((string | number)[])[]>;

  /**
   * Count today's entries in the review log, including manual changes.
   *
   * The day begins at the hour in Anki's preferences.
   *
   * @returns Number of log entries; a card can have several.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getNumCardsReviewedToday(params?: types.GetNumCardsReviewedTodayParams, options?: CallOptions): Promise<number>;

  /**
   * Return the state and progress of an operation, and its result once it has ended.
   *
   * A caller sees only its own operations; origin and name of the key identify a caller. A caller with the scope
   * `admin` also sees the operations of others, without their results.
   *
   * @returns The operation in its present state; result and error only if it is the caller's own.
   * @throws {RpcError} of the kinds not_found, or of another.
   */
  getOperation(params: types.GetOperationParams, options?: CallOptions): Promise<types.Operation>;

  /**
   * Return the preferences that are stored in the collection. Those of the windows and of syncing are not.
   *
   * @returns All groups.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getPreferences(params?: types.GetPreferencesParams, options?: CallOptions): Promise<types.Preferences>;

  /**
   * List the names of all profiles.
   *
   * @returns Names of all profiles, sorted.
   * @throws {RpcError} of the kinds refused, or of another.
   */
  getProfiles(params?: types.GetProfilesParams, options?: CallOptions): Promise<string[]>;

  /**
   * List the review log entries of each card, oldest first; null for an unknown id without entries.
   *
   * @returns Log entries by card id as text, oldest first; null for an unknown id without entries.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getReviewsOfCards(params: types.GetReviewsOfCardsParams, options?: CallOptions): Promise<{ [name: string]: types.Review[] | null }>;

  /**
   * List the searches that the user, or saveSearch, has saved. Anki's browser shows them in its sidebar.
   *
   * @returns The saved searches, by name.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  getSavedSearches(params?: types.GetSavedSearchesParams, options?: CallOptions): Promise<types.SavedSearch[]>;

  /**
   * Return whether the current deck is finished for today, and what is left in it and in its sub-decks.
   *
   * `selectDeck` chooses the deck. If today's limits hold cards of a finished deck back, `raiseTodaysLimits` shows
   * them.
   *
   * @returns The status.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getStudyStatus(params?: types.GetStudyStatusParams, options?: CallOptions): Promise<types.StudyStatus>;

  /**
   * List all tags that the collection knows, used or not.
   *
   * @returns All tags that the collection knows, in alphabetical order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  getTags(params?: types.GetTagsParams, options?: CallOptions): Promise<string[]>;

  /**
   * Return the version of Anki, and that of AnkiConnect Plus, whose actions the gateway has.
   *
   * @returns The versions.
   */
  getVersion(params?: types.GetVersionParams, options?: CallOptions): Promise<types.Versions>;

  /**
   * Answer several cards with the same ease, due or not, as Anki's *Grade Now* does.
   *
   * A repeated id counts once. If an id is unknown, the call fails and changes nothing.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, refused, or of
   * another.
   */
  gradeNow(params: types.GradeNowParams, options?: CallOptions): Promise<boolean>;

  /**
   * Return the numbers behind all graphs of Anki's statistics, for all cards or for those that a search finds.
   *
   * `collectionStatistics` and `dueForecast` return the most wanted of them in a shorter form.
   *
   * @returns The numbers.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, invalid_search, or of another.
   */
  graphs(params?: types.GraphsParams, options?: CallOptions): Promise<types.GraphData>;

  /**
   * Open the Add window, with a note filled in if one is given. Only the user can add the note.
   *
   * @returns Always 0: the note is not added yet, so it has no id.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, model_not_found,
   * refused, file_problem, download_failed, or of another.
   */
  guiAddCards(params?: types.GuiAddCardsParams, options?: CallOptions): Promise<number>;

  /**
   * Fill in the open Add window: deck, note type, fields, tags and files.
   *
   * Values that are left out stay, and so does the user's input in other fields. Everything is checked before
   * anything is changed. The call first waits for the window to save the user's input. If a dialog or a script delays
   * that for more than two seconds, the note is filled in as it is.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, window_closed, deck_not_found,
   * model_not_found, not_found, refused, file_problem, download_failed, or of another.
   */
  guiAddNoteSetData(params: types.GuiAddNoteSetDataParams, options?: CallOptions): Promise<boolean>;

  /**
   * Answer the card on screen; its answer side must be shown.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, review_inactive, refused, or of
   * another.
   */
  guiAnswerCard(params: types.GuiAnswerCardParams, options?: CallOptions): Promise<boolean>;

  /**
   * Open the browser or bring it to the front, search in it, and return the ids of the cards that match.
   *
   * Sorting changes the order in the browser, not that of the ids.
   *
   * @returns Ids of the cards that match, in no particular order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, invalid_search, refused, or of
   * another.
   */
  guiBrowse(params?: types.GuiBrowseParams, options?: CallOptions): Promise<number[]>;

  /**
   * Back up, check and repair the database, and return what was found.
   *
   * Anki shows its progress, and then the findings in a window that blocks nothing. Meanwhile the collection is busy:
   * for a few seconds if it is large. If `wait` is false, the result is `null`, at once.
   *
   * @returns The findings; null if `wait` is false.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  guiCheckDatabase(params?: types.GuiCheckDatabaseParams, options?: CallOptions): Promise<types.DatabaseCheck | null>;

  /**
   * Describe the card on screen.
   *
   * @returns The card that is being reviewed.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, review_inactive, or of another.
   */
  guiCurrentCard(params?: types.GuiCurrentCardParams, options?: CallOptions): Promise<types.CurrentCard>;

  /**
   * Show the list of decks.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  guiDeckBrowser(params?: types.GuiDeckBrowserParams, options?: CallOptions): Promise<null>;

  /**
   * Select a deck and show its overview.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, or of another.
   */
  guiDeckOverview(params: types.GuiDeckOverviewParams, options?: CallOptions): Promise<boolean>;

  /**
   * Start to review a deck. If nothing is due, Anki shows the deck's overview.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, or of another.
   */
  guiDeckReview(params: types.GuiDeckReviewParams, options?: CallOptions): Promise<boolean>;

  /**
   * Show a note for editing in a window of its own. Another call shows its note in the same window.
   *
   * In the window the user can preview the note, open it in the browser, and return to notes that it showed before.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, note_not_found, or of another.
   */
  guiEditNote(params: types.GuiEditNoteParams, options?: CallOptions): Promise<null>;

  /**
   * Close Anki one second after the response. If a window has unsaved input, Anki asks the user first.
   *
   * If Anki is at work then, such as on an import or a sync, it closes after that.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  guiExitAnki(params?: types.GuiExitAnkiParams, options?: CallOptions): Promise<null>;

  /**
   * Open Anki's import window for a file, or let the user pick a file. The user starts the import.
   *
   * The response does not wait for the user. A file is refused if its name is that of a package but its content is
   * not, or if it is larger than `limits.packageMegabytes`.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, file_problem, or of another.
   */
  guiImportFile(params?: types.GuiImportFileParams, options?: CallOptions): Promise<null>;

  /**
   * Open one of Anki's windows, in which the user goes on. The response comes when the window is shown.
   *
   * `statistics`, `preferences` and `cardInfo` leave the user free to use other windows. A further call uses the open
   * window, and makes it show what the call asks for.
   *
   * `noteTypes`, `fields`, `cardLayout`, `deckOptions`, `filteredDeck`, `customStudy` and `export` are dialogs: until
   * the user closes them, Anki's main window takes no input, also without `activate`. Programs are served meanwhile,
   * but this method opens no other window then: it fails with `busy`, unless it asks for the same again.
   *
   * `checkMedia` starts the check, and the response does not wait for it. The findings are shown when it has ended.
   * It needs the scopes `media` and `write`, as the method `checkMedia` does.
   *
   * With a deck, `statistics` and `customStudy` make it the current one. Without one, `deckOptions` is about the
   * current deck, and `filteredDeck` about a new one. `deckOptions` of a filtered deck are those of `filteredDeck`.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, note_not_found,
   * card_not_found, model_not_found, refused, or of another.
   */
  guiOpen(params: types.GuiOpenParams, options?: CallOptions): Promise<null>;

  /**
   * Play the sounds of the shown side again; true even if it has none.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, review_inactive, or of another.
   */
  guiPlayAudio(params?: types.GuiPlayAudioParams, options?: CallOptions): Promise<boolean>;

  /**
   * Report whether a review is running and shows a card.
   *
   * @returns A review is running and shows a card.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  guiReviewActive(params?: types.GuiReviewActiveParams, options?: CallOptions): Promise<boolean>;

  /**
   * Select only this card in the open browser. A card that the browser does not list is refused.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, window_closed, card_not_found,
   * refused, or of another.
   */
  guiSelectCard(params: types.GuiSelectCardParams, options?: CallOptions): Promise<boolean>;

  /**
   * Select only this card in the open browser. This is an older name of guiSelectCard: `note` is a card id.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, window_closed, card_not_found,
   * refused, or of another.
   */
  guiSelectNote(params: types.GuiSelectNoteParams, options?: CallOptions): Promise<boolean>;

  /**
   * Return the ids of the notes that are selected in the open browser.
   *
   * @returns Ids of the notes selected in the browser; none if it is closed.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  guiSelectedNotes(params?: types.GuiSelectedNotesParams, options?: CallOptions): Promise<number[]>;

  /**
   * Show the answer side of the card on screen.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, review_inactive, or of another.
   */
  guiShowAnswer(params?: types.GuiShowAnswerParams, options?: CallOptions): Promise<boolean>;

  /**
   * Show the question side of the card on screen.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, review_inactive, or of another.
   */
  guiShowQuestion(params?: types.GuiShowQuestionParams, options?: CallOptions): Promise<boolean>;

  /**
   * Restart the answer timer of the card on screen.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, review_inactive, or of another.
   */
  guiStartCardTimer(params?: types.GuiStartCardTimerParams, options?: CallOptions): Promise<boolean>;

  /**
   * Undo the newest step, as Anki's menu does; false if there is nothing to undo.
   *
   * Callers without the scope `delete` may undo only their own steps, as with `undo`.
   *
   * @returns Something was undone.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  guiUndo(params?: types.GuiUndoParams, options?: CallOptions): Promise<boolean>;

  /**
   * Replace the whole collection by one that was exported, and return what is in it.
   *
   * The present collection is backed up first, without its media; `restoreBackup` brings it back. Media files are
   * added to the media folder: they replace files of the same name, all others stay. If Anki cannot use the file,
   * nothing is changed. Anki's undo history is empty afterwards, and the next sync is a full one.
   *
   * @returns The collection that is open now. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds file_problem, refused, anki_error, storage_failed, or of another.
   */
  importCollection(params: types.ImportCollectionParams & { dryRun?: false | null }, options?: CallOptions): Promise<types.CollectionReplaced>;
  importCollection(params: types.ImportCollectionParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  importCollection(params: types.ImportCollectionParams, options?: CallOptions): Promise<types.CollectionReplaced | types.Losses>;

  /**
   * Import a package: notes with their cards, scheduling, media and deck options.
   *
   * Existing notes are recognised, and updated if the package has a newer version. If the import is undone, its files
   * stay in the media folder.
   *
   * The package is first imported into a temporary collection. If Anki refuses it there, or if it is larger than
   * `limits.packageMegabytes`, nothing is changed, and the undo history is kept.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, file_problem, refused,
   * or of another.
   */
  importPackage(params: types.ImportPackageParams, options?: CallOptions): Promise<true>;

  /**
   * Import a text file of notes, such as CSV. The result says what was done with each note.
   *
   * See `previewTextFile` for what Anki reads in the file, and what it guesses. A note is recognised by the column of
   * its globally unique id, or else by its first field. A deck that the file names and that does not exist is
   * created; one that is filtered is refused, unless no note has news. An update replaces the tags of a note if the
   * file has a column of tags; it does not move cards to another deck. Media files that the notes name are not
   * imported.
   *
   * @returns What was done with the notes of the file.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, file_problem,
   * deck_not_found, model_not_found, not_found, refused, or of another.
   */
  importTextFile(params?: types.ImportTextFileParams, options?: CallOptions): Promise<types.ImportedNotes>;

  /**
   * Add entries to the review log, all or none; the scheduling of the cards is not changed.
   *
   * Refused are ids that are in use, and numbers that Anki cannot read. If a card is unknown, the call fails. Anki
   * has no undoable call for this, so its undo history is cleared.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, already_exists,
   * refused, or of another.
   */
  insertReviews(params: types.InsertReviewsParams, options?: CallOptions): Promise<null>;

  /**
   * Return whether Anki schedules by FSRS; null if that was never set, so that it does not.
   *
   * @returns FSRS is switched on; null if that was never set.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  isFsrsActive(params?: types.IsFsrsActiveParams, options?: CallOptions): Promise<boolean | null>;

  /**
   * List the backups of the profile, newest first; without those that are not complete.
   *
   * @returns Newest first.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  listBackups(params?: types.ListBackupsParams, options?: CallOptions): Promise<types.Backup[]>;

  /**
   * List the files in Anki's media trash.
   *
   * All collections in one folder share the trash, which matters without Anki's window.
   *
   * @returns The files, by name.
   */
  listMediaTrash(params?: types.ListMediaTrashParams, options?: CallOptions): Promise<types.FileInTrash[]>;

  /**
   * List the note types with their fields, templates and number of notes.
   *
   * @returns The note types, in alphabetical order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  listModels(params?: types.ListModelsParams, options?: CallOptions): Promise<types.ListedModel[]>;

  /**
   * List the operations that are queued, running or recently ended, without their results.
   *
   * @returns Oldest first.
   */
  listOperations(params?: types.ListOperationsParams, options?: CallOptions): Promise<types.OperationSummary[]>;

  /**
   * Close the open profile, open another one, and return once it is open.
   *
   * If a window has unsaved text, Anki asks the user what to do; the call is refused if the user keeps the window. A
   * headless gateway opens the profiles of its base folder; without one, it has one profile, which is always open. If
   * the profile cannot be opened, for example because Anki has it open, the call is refused and the old one stays
   * open.
   *
   * @returns Always true: the profile is open.
   * @throws {RpcError} of the kinds not_found, refused, or of another.
   */
  loadProfile(params: types.LoadProfileParams, options?: CallOptions): Promise<boolean>;

  /**
   * Return which media files each note names, in pictures, sounds and videos, and whether they exist.
   *
   * Addresses such as `https://` are left out, and so are pictures that Anki makes of LaTeX. Names are compared as
   * `checkMedia` does: entities such as `&amp;` are decoded, and `%20` is not.
   *
   * @returns One entry per note, in order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  mediaOfNotes(params: types.MediaOfNotesParams, options?: CallOptions): Promise<(types.MediaReference[] | null)[]>;

  /**
   * Return whether the media are being synced in the background, and why the last time failed.
   *
   * Anki syncs the media after the collection. Its error is kept until the next sync begins.
   *
   * @returns The media sync.
   */
  mediaSyncStatus(params?: types.MediaSyncStatusParams, options?: CallOptions): Promise<types.MediaSyncState>;

  /**
   * Import a package, as you choose, and return what was done with each note.
   *
   * Like `importPackage`. A note is recognised by its globally unique id. If its note type has other fields or
   * templates here, it is left out (`conflicting`), unless `mergeModels` unites both. A note type that is new here,
   * but has the name of another one, gets a name such as `Basic+`. The package of a whole collection (.colpkg) is
   * merged, too. If the collection has everything already, nothing is written.
   *
   * @returns What was done with the notes of the file.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, file_problem, refused,
   * or of another.
   */
  mergePackage(params: types.MergePackageParams, options?: CallOptions): Promise<types.ImportedNotes>;

  /**
   * Add a field to a note type and return the name it got. The field is empty in existing notes.
   *
   * A taken name is refused; case does not matter. Anki removes `:`, `{`, `}` and quotes from names. The next sync
   * must be a full one.
   *
   * @returns The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, already_exists,
   * refused, or of another.
   */
  modelFieldAdd(params: types.ModelFieldAddParams, options?: CallOptions): Promise<string>;

  /**
   * Return the hint that the editor shows in each empty field of a note type.
   *
   * @returns Hint of each field, in field order; an empty text for none.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, or of another.
   */
  modelFieldDescriptions(params: types.ModelFieldDescriptionsParams, options?: CallOptions): Promise<string[]>;

  /**
   * Return the font and size in which the editor shows each field of a note type.
   *
   * @returns Font of each field by its name, in field order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, or of another.
   */
  modelFieldFonts(params: types.ModelFieldFontsParams, options?: CallOptions): Promise<{ [name: string]: types.FieldFont }>;

  /**
   * List the names of a note type's fields, in field order.
   *
   * @returns Field names in field order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, or of another.
   */
  modelFieldNames(params: types.ModelFieldNamesParams, options?: CallOptions): Promise<string[]>;

  /**
   * Remove a field from a note type, with its content in all notes, and return its name; null if there was none.
   *
   * Templates lose their references to it; a question side left without fields gets a remaining one. Refused are the
   * only field, and a field that Anki protects, as in `Image Occlusion`. The next sync must be a full one.
   *
   * @returns Name of the removed field; null if there was none. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, not_found,
   * refused, or of another.
   */
  modelFieldRemove(params: types.ModelFieldRemoveParams & { dryRun?: false | null }, options?: CallOptions): Promise<string | null>;
  modelFieldRemove(params: types.ModelFieldRemoveParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  modelFieldRemove(params: types.ModelFieldRemoveParams, options?: CallOptions): Promise<string | null | types.Losses>;

  /**
   * Rename a field of a note type, also in its templates, and return the name it got.
   *
   * The name of another field is refused; case does not matter. Anki removes `:`, `{`, `}` and quotes from names.
   *
   * @returns The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, not_found,
   * refused, already_exists, or of another.
   */
  modelFieldRename(params: types.ModelFieldRenameParams, options?: CallOptions): Promise<string>;

  /**
   * Move a field of a note type, with its content in all notes, to another position.
   *
   * The next sync must be a full one.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, not_found,
   * refused, or of another.
   */
  modelFieldReposition(params: types.ModelFieldRepositionParams, options?: CallOptions): Promise<null>;

  /**
   * Set the hint that the editor shows in a field while it is empty.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, not_found,
   * refused, or of another.
   */
  modelFieldSetDescription(params: types.ModelFieldSetDescriptionParams, options?: CallOptions): Promise<boolean>;

  /**
   * Set the font in which the editor shows a field.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, not_found,
   * refused, or of another.
   */
  modelFieldSetFont(params: types.ModelFieldSetFontParams, options?: CallOptions): Promise<null>;

  /**
   * Set the size in which the editor shows a field.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, not_found,
   * refused, or of another.
   */
  modelFieldSetFontSize(params: types.ModelFieldSetFontSizeParams, options?: CallOptions): Promise<null>;

  /**
   * Set options of fields of a note type, and return how many fields had other ones. No full sync is needed.
   *
   * If a field does not exist, the call fails and changes nothing. Other actions set the font, the font size and the
   * hint: modelFieldSetFont, modelFieldSetFontSize and modelFieldSetDescription.
   *
   * @returns Number of fields that had other options.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, not_found,
   * refused, or of another.
   */
  modelFieldSetOptions(params: types.ModelFieldSetOptionsParams, options?: CallOptions): Promise<number>;

  /**
   * Return the names of the fields on the two sides of each template of a note type.
   *
   * The names come from the text: repeats are kept, special names such as `Tags` count as fields, an inverted
   * condition is `^Name`, and the fields need not exist. The answer side lists only names that the question side
   * lacks.
   *
   * @returns Fields of each template by its name, in template order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, or of another.
   */
  modelFieldsOnTemplates(params: types.ModelFieldsOnTemplatesParams, options?: CallOptions): Promise<{ [name: string]: string[][] }>;

  /**
   * Return the name of a note type.
   *
   * @returns Name of the note type.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, or of another.
   */
  modelNameFromId(params: types.ModelNameFromIdParams, options?: CallOptions): Promise<string>;

  /**
   * List the names of all note types.
   *
   * @returns Names of all note types, in alphabetical order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  modelNames(params?: types.ModelNamesParams, options?: CallOptions): Promise<string[]>;

  /**
   * Return the id of each note type by its name.
   *
   * @returns Id of each note type by its name.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  modelNamesAndIds(params?: types.ModelNamesAndIdsParams, options?: CallOptions): Promise<{ [name: string]: number }>;

  /**
   * Return the styling of a note type, as CSS.
   *
   * @returns The styling.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, or of another.
   */
  modelStyling(params: types.ModelStylingParams, options?: CallOptions): Promise<types.Styling>;

  /**
   * Add a template to a note type, at the end, create its cards, and return the name it got.
   *
   * A taken name is refused; case does not matter. A second template for a cloze note type is refused: Anki would
   * never use it. The next sync must be a full one.
   *
   * @returns The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, already_exists,
   * refused, or of another.
   */
  modelTemplateAdd(params: types.ModelTemplateAddParams, options?: CallOptions): Promise<string>;

  /**
   * Remove a template from a note type, with all its cards, and return its name; null if there was none.
   *
   * Notes without another card stay without cards, until Anki's database check makes new ones. Refused are the only
   * template, and the template of a cloze note type. The next sync must be a full one.
   *
   * @returns Name of the removed template; null if there was none. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, not_found,
   * refused, or of another.
   */
  modelTemplateRemove(params: types.ModelTemplateRemoveParams & { dryRun?: false | null }, options?: CallOptions): Promise<string | null>;
  modelTemplateRemove(params: types.ModelTemplateRemoveParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  modelTemplateRemove(params: types.ModelTemplateRemoveParams, options?: CallOptions): Promise<string | null | types.Losses>;

  /**
   * Rename a template of a note type and return the name it got.
   *
   * The name of another template is refused; case does not matter. Anki removes quotes from names.
   *
   * @returns The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, not_found,
   * refused, already_exists, or of another.
   */
  modelTemplateRename(params: types.ModelTemplateRenameParams, options?: CallOptions): Promise<string>;

  /**
   * Move a template of a note type to another position; its cards keep their content and schedule.
   *
   * Templates of a cloze note type are refused. The next sync must be a full one.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, not_found,
   * refused, or of another.
   */
  modelTemplateReposition(params: types.ModelTemplateRepositionParams, options?: CallOptions): Promise<null>;

  /**
   * Set options of templates of a note type, and return how many templates had other ones. No full sync is needed.
   *
   * New cards of a template with a `deck` are added to that deck, whatever deck the note is added to; present cards
   * stay where they are. Refused are a filtered deck, and a format for Anki's browser with an unknown field. If a
   * template or a deck does not exist, the call fails and changes nothing.
   *
   * @returns Number of templates that had other options.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, not_found,
   * refused, deck_not_found, or of another.
   */
  modelTemplateSetOptions(params: types.ModelTemplateSetOptionsParams, options?: CallOptions): Promise<number>;

  /**
   * Return the two sides of each template of a note type.
   *
   * @returns Sides of each template by its name, in template order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, or of another.
   */
  modelTemplates(params: types.ModelTemplatesParams, options?: CallOptions): Promise<{ [name: string]: types.Sides }>;

  /**
   * Move decks with their sub-decks directly below another deck, or to the top, and return how many were elsewhere.
   *
   * They keep the last part of their names. If one of the decks cannot be moved, none is: fails with `already_exists`
   * if a name is taken at the new place. Refused is a place below the deck itself or below a filtered deck.
   *
   * @returns Number of decks that were elsewhere.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, already_exists,
   * refused, or of another.
   */
  moveDecks(params: types.MoveDecksParams, options?: CallOptions): Promise<number>;

  /**
   * Move tags with their sub-tags below another tag, in all notes, and return how many notes have one of them.
   *
   * They keep their last level: `food::fruit` below `meal` becomes `meal::fruit`. The parent need not exist. If the
   * new name is taken, the two tags become one. A tag below another one of these moves along with it. The old tags
   * leave the collection's list. A tag that no note has stays as it is.
   *
   * A tag that does not exist, or that would be moved below itself, fails the call, and nothing is changed.
   *
   * @returns Number of notes with one of the tags or their sub-tags. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, not_found, refused, or of
   * another.
   */
  moveTags(params: types.MoveTagsParams & { dryRun?: false | null }, options?: CallOptions): Promise<number>;
  moveTags(params: types.MoveTagsParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  moveTags(params: types.MoveTagsParams, options?: CallOptions): Promise<number | types.Losses>;

  /**
   * Run several calls in order and return the outcome of each.
   *
   * A call that fails does not stop the others, and nothing is rolled back. A `multi` may contain a `multi`, 32 deep.
   *
   * @returns One outcome per call, in order.
   */
  multi(params: types.MultiParams, options?: CallOptions): Promise<types.Outcome[]>;

  /**
   * Return the cards that Anki would show next in the current deck, with both sides and the effect of each answer.
   *
   * Order and daily limits are Anki's. `selectDeck` chooses the deck; `answerCards` answers cards.
   *
   * @returns Today's remaining counts, and the next cards.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  nextCards(params?: types.NextCardsParams, options?: CallOptions): Promise<types.Queue>;

  /**
   * Describe notes: fields, tags, note type and cards, in the order of the ids.
   *
   * Naming `fields` or reading in pages saves time. Pages of a search are ordered by id, which is the time of
   * creation.
   *
   * @returns One entry per note, in order; an empty object for an unknown id. With `fields`, only those members.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, invalid_search, or of
   * another.
   */
  notesInfo(params?: types.NotesInfoParams & { fields?: null }, options?: CallOptions): Promise<(types.NoteInfo | types.Missing)[]>;
  notesInfo(params: types.NotesInfoParams & { fields: string[] }, options?: CallOptions): Promise<(types.NotePart | types.Missing)[]>;
  notesInfo(params?: types.NotesInfoParams, options?: CallOptions): Promise<(types.NoteInfo | types.Missing | types.NotePart)[]>;

  /**
   * Return when each note was last changed, in the order of the ids.
   *
   * @returns One entry per note, in order; an empty object for an unknown id.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  notesModTime(params: types.NotesModTimeParams, options?: CallOptions): Promise<(types.NoteTime | types.Missing)[]>;

  /**
   * Compute FSRS parameters from reviews, as *Optimize* in Anki's options does. FSRS need not be active.
   *
   * Without `apply` nothing is changed. The call is refused if there is no usable review: only reviews that come a
   * day or more after the card was first learned count. Meanwhile, other calls on the collection wait.
   *
   * @returns The best parameters and how well they fit.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, not_found,
   * invalid_search, refused, or of another.
   */
  optimizeFsrsParams(params: types.OptimizeFsrsParamsParams, options?: CallOptions): Promise<types.Optimized>;

  /**
   * Render the cards of a note, and store nothing: neither the note nor the templates need exist yet.
   *
   * So it also checks templates before they are saved. An unknown field, or a condition that is not closed, is
   * reported in `error`. Braces that are not closed are no error: Anki shows them as they are.
   *
   * Refused are cards that may become larger than 64 MiB, because a side refers to large fields many times.
   *
   * Sounds stay as they are written, as in `[sound:mela.mp3]`, and so does LaTeX. `{{Deck}}` shows `(Deck)`.
   *
   * @returns The cards of the note, by position.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, note_not_found,
   * not_found, refused, or of another.
   */
  previewCards(params?: types.PreviewCardsParams, options?: CallOptions): Promise<types.CardPreview[]>;

  /**
   * Show what Anki reads in a text file of notes, and how `importTextFile` would import it. Nothing is changed.
   *
   * The file is in UTF-8. Lines at its top can say how to read it: `#separator:`, `#html:`, `#notetype:`, `#deck:`,
   * `#tags:`, `#columns:`, `#notetype column:`, `#deck column:`, `#tags column:`, `#guid column:`, `#if matches:` and
   * `#match scope:`. What neither they nor the call says is guessed (`guessed`). In a file of one column the guessed
   * delimiter is the space.
   *
   * Compare `rows` with the file: a quotation mark that is not closed makes the rest of the file one field.
   *
   * @returns What the file contains.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, file_problem, deck_not_found,
   * model_not_found, refused, or of another.
   */
  previewTextFile(params?: types.PreviewTextFileParams, options?: CallOptions): Promise<types.TextFilePreview>;

  /**
   * Show more new cards or reviews today, as Anki's *Custom Study* does, and return what is left for today.
   *
   * Only the limits of the named decks change. The limits of a deck above or below still apply, so the result can be
   * the same as before. A filtered deck, which has no limits, is refused.
   *
   * @returns One entry for each deck, in order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, refused, or of
   * another.
   */
  raiseTodaysLimits(params: types.RaiseTodaysLimitsParams, options?: CallOptions): Promise<types.CardsLeft[]>;

  /**
   * Empty a filtered deck, fill it again by its searches, and return how many cards it has then.
   *
   * @returns Number of cards that are in the deck now.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, invalid_search,
   * refused, or of another.
   */
  rebuildFilteredDeck(params: types.RebuildFilteredDeckParams, options?: CallOptions): Promise<number>;

  /**
   * Redo the step that was undone last and return its name; null if there is none.
   *
   * Callers without the scope `delete` may redo only their own steps, as with `undo`.
   *
   * @returns The step, and the next steps to undo and redo.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  redo(params?: types.RedoParams, options?: CallOptions): Promise<types.UndoneStep>;

  /**
   * Put cards into relearning, due at once.
   *
   * Interval, ease and counts stay the same, and nothing is logged. Cards in a filtered deck stay there. Cards that
   * are already being relearned within a day are skipped. If an id is unknown, the call fails and changes nothing.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, or of another.
   */
  relearnCards(params: types.RelearnCardsParams, options?: CallOptions): Promise<null>;

  /**
   * Make Anki's windows read the collection again and show its present state.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  reloadCollection(params?: types.ReloadCollectionParams, options?: CallOptions): Promise<null>;

  /**
   * Remove values that programs have stored in the collection, and return the keys that had one.
   *
   * @returns The keys that had a value. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  removeConfigValues(params: types.RemoveConfigValuesParams & { dryRun?: false | null }, options?: CallOptions): Promise<string[]>;
  removeConfigValues(params: types.RemoveConfigValuesParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  removeConfigValues(params: types.RemoveConfigValuesParams, options?: CallOptions): Promise<string[] | types.Losses>;

  /**
   * Remove a group of deck options and return its name; null if there was none.
   *
   * Its decks get group 1. The next sync with AnkiWeb must be a full sync.
   *
   * @returns Name of the removed group; null if there was none. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  removeDeckConfigId(params: types.RemoveDeckConfigIdParams & { dryRun?: false | null }, options?: CallOptions): Promise<string | null>;
  removeDeckConfigId(params: types.RemoveDeckConfigIdParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  removeDeckConfigId(params: types.RemoveDeckConfigIdParams, options?: CallOptions): Promise<string | null | types.Losses>;

  /**
   * Remove cards whose front has become empty and return what was removed.
   *
   * @returns The removed cards and notes. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  removeEmptyCards(params?: types.RemoveEmptyCardsParams & { dryRun?: false | null }, options?: CallOptions): Promise<types.EmptyCardsRemoved>;
  removeEmptyCards(params: types.RemoveEmptyCardsParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  removeEmptyCards(params?: types.RemoveEmptyCardsParams, options?: CallOptions): Promise<types.EmptyCardsRemoved | types.Losses>;

  /**
   * Delete notes whose fields are all empty, with their cards.
   *
   * A field with only white space or empty HTML is empty; one with a picture or a sound is not. Tags do not count.
   * Other notes keep their empty cards, which `findEmptyCards` lists.
   *
   * @returns Always null. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  removeEmptyNotes(params?: types.RemoveEmptyNotesParams & { dryRun?: false | null }, options?: CallOptions): Promise<null>;
  removeEmptyNotes(params: types.RemoveEmptyNotesParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  removeEmptyNotes(params?: types.RemoveEmptyNotesParams, options?: CallOptions): Promise<null | types.Losses>;

  /**
   * Remove a saved search and return its name; null if there was none.
   *
   * @returns Its name; null if there was no such search. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  removeSavedSearch(params: types.RemoveSavedSearchParams & { dryRun?: false | null }, options?: CallOptions): Promise<string | null>;
  removeSavedSearch(params: types.RemoveSavedSearchParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  removeSavedSearch(params: types.RemoveSavedSearchParams, options?: CallOptions): Promise<string | null | types.Losses>;

  /**
   * Remove tags and their sub-tags from notes, and return the ids of the notes that had one.
   *
   * Case does not matter. If an id is unknown, the call fails and changes nothing.
   *
   * @returns Ids of the notes from which a tag was removed. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, note_not_found, or of another.
   */
  removeTags(params: types.RemoveTagsParams & { dryRun?: false | null }, options?: CallOptions): Promise<number[]>;
  removeTags(params: types.RemoveTagsParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  removeTags(params: types.RemoveTagsParams, options?: CallOptions): Promise<number[] | types.Losses>;

  /**
   * Remove tags and their sub-tags from all notes and from the collection's list, and return how many notes had one.
   *
   * Case does not matter. Tags that do not exist are skipped; without tags, nothing is removed. Each 5,000 notes are
   * written atomically; the call is one step in Anki's undo menu.
   *
   * @returns Number of notes that had one of the tags. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  removeTagsInAllNotes(params: types.RemoveTagsInAllNotesParams & { dryRun?: false | null }, options?: CallOptions): Promise<number>;
  removeTagsInAllNotes(params: types.RemoveTagsInAllNotesParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  removeTagsInAllNotes(params: types.RemoveTagsInAllNotesParams, options?: CallOptions): Promise<number | types.Losses>;

  /**
   * Rename a deck, or move it below another one, together with its sub-decks.
   *
   * Refused are the name of another deck, and a place below the deck itself or below a filtered deck.
   *
   * @returns The new full name, as Anki has normalised it.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, already_exists,
   * refused, or of another.
   */
  renameDeck(params: types.RenameDeckParams, options?: CallOptions): Promise<string>;

  /**
   * Rename a note type and return the name it got. Its notes stay, and no full sync is needed.
   *
   * The name of another note type is refused; case does not matter. Anki removes quotes from names.
   *
   * @returns The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, already_exists,
   * refused, or of another.
   */
  renameModel(params: types.RenameModelParams, options?: CallOptions): Promise<string>;

  /**
   * Rename a profile and its folder, and return the new name as it is stored.
   *
   * The open profile is closed, renamed and opened again, as by `loadProfile`: running operations are cancelled, and
   * if a window has unsaved text, Anki asks the user what to do. A profile that another program has open is refused.
   * The rules for names are those of `addProfile`.
   *
   * @returns The name of the profile as it is stored.
   * @throws {RpcError} of the kinds not_found, already_exists, refused, or of another.
   */
  renameProfile(params: types.RenameProfileParams, options?: CallOptions): Promise<string>;

  /**
   * Rename a tag with its sub-tags in all notes, and return how many notes have it.
   *
   * Case does not matter for `tag`. If the new name is taken, the two tags become one. The old tags leave the
   * collection's list. A tag that no note has stays as it is, and the result is 0.
   *
   * @returns Number of notes with the tag or one of its sub-tags. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, not_found, refused, or of
   * another.
   */
  renameTag(params: types.RenameTagParams & { dryRun?: false | null }, options?: CallOptions): Promise<number>;
  renameTag(params: types.RenameTagParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  renameTag(params: types.RenameTagParams, options?: CallOptions): Promise<number | types.Losses>;

  /**
   * Replace a tag in notes; those without the tag are skipped.
   *
   * If an id is unknown, or nothing in the collection has the tag, the call fails and changes nothing.
   *
   * @returns Always null. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, note_not_found, not_found, or of
   * another.
   */
  replaceTags(params: types.ReplaceTagsParams & { dryRun?: false | null }, options?: CallOptions): Promise<null>;
  replaceTags(params: types.ReplaceTagsParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  replaceTags(params: types.ReplaceTagsParams, options?: CallOptions): Promise<null | types.Losses>;

  /**
   * Replace a tag in every note that has it. The call fails if the collection has no such tag.
   *
   * @returns Always null. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, not_found, or of another.
   */
  replaceTagsInAllNotes(params: types.ReplaceTagsInAllNotesParams & { dryRun?: false | null }, options?: CallOptions): Promise<null>;
  replaceTagsInAllNotes(params: types.ReplaceTagsInAllNotesParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  replaceTagsInAllNotes(params: types.ReplaceTagsInAllNotesParams, options?: CallOptions): Promise<null | types.Losses>;

  /**
   * Position new cards in the given order, or at random.
   *
   * Cards of one note get the same position, that of the first of them. If an id is repeated, its first place counts.
   * Unknown ids and cards that are not new are skipped and reported.
   *
   * @returns The outcome.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  repositionNewCards(params: types.RepositionNewCardsParams, options?: CallOptions): Promise<types.Repositioned>;

  /**
   * Ask for permission to use the gateway.
   *
   * Programs that are not browsers, and allowed origins, have it. For any other origin the gateway asks the user, and
   * the call waits for the answer. Permission is denied if no answer comes in time, or if the gateway has no window.
   *
   * @returns Whether permission was granted; if so, also the conditions.
   */
  requestPermission(params?: types.RequestPermissionParams, options?: CallOptions): Promise<types.Permission>;

  /**
   * Replace the collection by a backup of this profile, and return what is in it.
   *
   * The present collection is backed up first, so `restoreBackup` can also bring that back. Backups have no media, so
   * the media folder stays as it is. Anki's undo history is empty afterwards, and the next sync is a full one.
   *
   * @returns The collection that is open now. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds not_found, refused, anki_error, storage_failed, or of another.
   */
  restoreBackup(params: types.RestoreBackupParams & { dryRun?: false | null }, options?: CallOptions): Promise<types.CollectionReplaced>;
  restoreBackup(params: types.RestoreBackupParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  restoreBackup(params: types.RestoreBackupParams, options?: CallOptions): Promise<types.CollectionReplaced | types.Losses>;

  /**
   * Move all files of Anki's media trash back to the media folder, and return their names there.
   *
   * If a name is taken by another content, the file gets a name with the SHA-1 of its content; if a file of this
   * content is there already, the one in the trash is deleted. If the trash has anything but files, such as a folder,
   * nothing is moved. All collections in one folder share the trash, which matters without Anki's window.
   *
   * @returns Names of the files that are in the media folder again.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  restoreMediaTrash(params?: types.RestoreMediaTrashParams, options?: CallOptions): Promise<string[]>;

  /**
   * Make a note type like one of Anki's built-in ones again, and return it as Anki stores it.
   *
   * It gets the fields, templates and styling of that one; its name, its LaTeX and its notes stay. Fields and
   * templates keep the content and the cards of those with the same name; those that are left take their places in
   * order, and further ones are removed with their content and their cards; notes with only such cards stay without
   * cards. A cloze note type cannot become a standard one, nor the other way. If fields or templates are added,
   * removed or moved, the next sync must be a full one.
   *
   * @returns The note type, as Anki stores it. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, already_exists,
   * refused, or of another.
   */
  restoreModel(params: types.RestoreModelParams & { dryRun?: false | null }, options?: CallOptions): Promise<types.Model>;
  restoreModel(params: types.RestoreModelParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  restoreModel(params: types.RestoreModelParams, options?: CallOptions): Promise<types.Model | types.Losses>;

  /**
   * Return a file of the media folder as base64.
   *
   * @returns Content in base64.
   * @throws {RpcError} of the kinds not_found, file_problem, or of another.
   */
  retrieveMediaFile(params: types.RetrieveMediaFileParams, options?: CallOptions): Promise<string>;

  /**
   * List the entries of the review log in pages, oldest first.
   *
   * Answers recorded between two calls appear on a later page, and no entry appears twice. But a sync can bring
   * entries from another device that are older than a page already read.
   *
   * @returns A page of the log.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, invalid_search, or of another.
   */
  reviewLog(params?: types.ReviewLogParams, options?: CallOptions): Promise<types.ReviewPage>;

  /**
   * Replace a group of deck options as a whole.
   *
   * As in Anki's options window, new cards are sorted again if their order changes. While FSRS is active, memory
   * states are computed again if its parameters change.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, not_found, already_exists,
   * refused, or of another.
   */
  saveDeckConfig(params: types.SaveDeckConfigParams, options?: CallOptions): Promise<boolean>;

  /**
   * Save a search text under a name, for the sidebar of Anki's browser, and return it as it was saved.
   *
   * If another search has the name, the call fails, unless `overwrite` is true.
   *
   * @returns The search text as it was saved, in Anki's own spelling.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, invalid_search, already_exists,
   * refused, or of another.
   */
  saveSearch(params: types.SaveSearchParams, options?: CallOptions): Promise<string>;

  /**
   * Make a deck the current one. No window changes what it shows.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, or of another.
   */
  selectDeck(params: types.SelectDeckParams, options?: CallOptions): Promise<null>;

  /**
   * Store values of your program in the collection, and return the keys that had another value, or none.
   *
   * They are synced, all of them with every sync, so store few and small ones. Other programs can read and change
   * them: passwords do not belong there. Anki's own keys are rejected; for some of them there is `setPreferences`.
   *
   * @returns The keys that had another value, or none.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  setConfigValues(params: types.SetConfigValuesParams, options?: CallOptions): Promise<string[]>;

  /**
   * Assign a group of options to decks. If a deck or the group does not exist, the call fails and changes nothing.
   *
   * A filtered deck, which has no group, is refused. Sub-decks are not changed.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, not_found,
   * refused, or of another.
   */
  setDeckConfigId(params: types.SetDeckConfigIdParams, options?: CallOptions): Promise<boolean>;

  /**
   * Replace the description of a deck. A filtered deck, which has none, is refused.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, refused, or of
   * another.
   */
  setDeckDescription(params: types.SetDeckDescriptionParams, options?: CallOptions): Promise<boolean>;

  /**
   * Set or remove a deck's own desired retention and return whether that changed anything.
   *
   * Sub-decks are not changed. A filtered deck, which has none, is refused.
   *
   * @returns False if nothing was changed.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, refused, or of
   * another.
   */
  setDeckDesiredRetention(params: types.SetDeckDesiredRetentionParams, options?: CallOptions): Promise<boolean>;

  /**
   * Set or remove daily limits of decks, each day or only today, and return how many decks had other ones.
   *
   * Limits that are not named stay. Sub-decks are not changed. A filtered deck, which has no limits, is refused.
   *
   * @returns Number of decks that had other limits.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, refused, or of
   * another.
   */
  setDeckLimits(params: types.SetDeckLimitsParams, options?: CallOptions): Promise<number>;

  /**
   * Set deck options that hold for all decks, and return those that had other values. Others stay.
   *
   * Limits count at once. Presets, and whether FSRS is active, do not change.
   *
   * @returns The options that had other values, with the new ones.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  setDeckOptionsForAll(params?: types.SetDeckOptionsForAllParams, options?: CallOptions): Promise<types.ChangedDeckOptionsForAll>;

  /**
   * Assign a preset of options to decks and return how many had another one.
   *
   * As in Anki's options window, memory states of their cards are computed again while FSRS is active. Sub-decks are
   * not changed. A filtered deck has no preset: if one is named, the call is refused and changes nothing. If several
   * presets have the name, the oldest is used.
   *
   * @returns Number of decks that had another preset.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, not_found,
   * refused, or of another.
   */
  setDeckPreset(params: types.SetDeckPresetParams, options?: CallOptions): Promise<number>;

  /**
   * Set the desired retention of a preset and return whether that changed anything.
   *
   * Decks with a desired retention of their own keep it.
   *
   * @returns False if nothing was changed.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, not_found, refused, or of
   * another.
   */
  setDesiredRetention(params: types.SetDesiredRetentionParams, options?: CallOptions): Promise<boolean>;

  /**
   * Set when cards are due, in days from today.
   *
   * New cards become review cards. Cards in a filtered deck return to their home deck. Skipped are damaged cards,
   * cards with a damaged home deck, and cards that already have this due date and interval. If an id is unknown, the
   * call fails and changes nothing.
   *
   * @returns Always true.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, or of another.
   */
  setDueDate(params: types.SetDueDateParams, options?: CallOptions): Promise<boolean>;

  /**
   * Set the ease factor of each card and return for each whether it exists.
   *
   * Unknown ids are skipped. If a card is named more than once, its last ease counts.
   *
   * @returns For each card whether it exists, and so now has that ease factor.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  setEaseFactors(params: types.SetEaseFactorsParams, options?: CallOptions): Promise<boolean[]>;

  /**
   * Set or clear the flag of cards and return how many had another one.
   *
   * If an id is unknown, the call fails and changes nothing.
   *
   * @returns Number of cards that were changed.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, refused, or of
   * another.
   */
  setFlags(params: types.SetFlagsParams, options?: CallOptions): Promise<number>;

  /**
   * Switch FSRS on or off for the whole collection and return whether that changed anything.
   *
   * As in Anki's options window, memory states are computed for all cards with reviews, or removed.
   *
   * @returns False if nothing was changed.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, or of another.
   */
  setFsrsActive(params: types.SetFsrsActiveParams, options?: CallOptions): Promise<boolean>;

  /**
   * Set the FSRS parameters of a preset and return whether that changed anything.
   *
   * As in Anki's options window, memory states of its cards are computed again while FSRS is active.
   *
   * @returns False if nothing was changed.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, not_found, refused, or of
   * another.
   */
  setFsrsParams(params: types.SetFsrsParamsParams, options?: CallOptions): Promise<boolean>;

  /**
   * Set the sort field and the LaTeX of a note type, and return which options had other values.
   *
   * If the sort field changes, the next sync must be a full one.
   *
   * @returns The options that had other values, with the new ones.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, not_found,
   * refused, or of another.
   */
  setModelOptions(params: types.SetModelOptionsParams, options?: CallOptions): Promise<types.ModelOptions>;

  /**
   * Change preferences and return those that had other values. A new beginning of the day counts at once.
   *
   * @returns The preferences that had other values, with the new ones.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, invalid_search, or of another.
   */
  setPreferences(params: types.SetPreferencesParams, options?: CallOptions): Promise<types.ChangedPreferences>;

  /**
   * Set single values of a card, in the form in which Anki stores them.
   *
   * Anki checks little: a value that does not fit the others can make the card unusable. The note, its template and
   * the decks must exist. A card in a filtered deck must have a home deck that is not filtered; other cards must have
   * none.
   *
   * @returns Always one `true`.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, note_not_found,
   * deck_not_found, refused, or of another.
   */
  setSpecificValueOfCard(params: types.SetSpecificValueOfCardParams, options?: CallOptions): Promise<boolean[]>;

  /**
   * Simulate new cards, reviews, time and memorized cards of each of the next days, as Anki's simulator does.
   *
   * FSRS must be active. Suspended cards do not count. For cards with reviews but without memory state, the memory
   * state is computed and stored. A year of 50,000 cards takes 10 to 20 seconds; meanwhile, other calls on the
   * collection wait.
   *
   * @returns One entry per day, today first.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, not_found, invalid_search,
   * refused, or of another.
   */
  simulateReviews(params: types.SimulateReviewsParams, options?: CallOptions): Promise<types.SimulatedDay[]>;

  /**
   * Simulate for each desired retention how much work it causes and how many cards are remembered in the end.
   *
   * This is `simulateReviews` thirty times over. Parameters of an older FSRS are refused: Anki 26.05 fails on them.
   *
   * @returns One entry per retention, from 0.7 to 0.99.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, not_found, invalid_search,
   * refused, or of another.
   */
  simulateWorkload(params: types.SimulateWorkloadParams, options?: CallOptions): Promise<types.Workload[]>;

  /**
   * Sort the new cards of a deck by the age of their notes, or mix them, and return how many there are.
   *
   * They get positions from 1 on, those of one note the same, unless they are in that order already. Cards of sub-
   * decks keep their positions; cards that are in a filtered deck now are sorted in their home deck. A filtered deck
   * is refused. `repositionNewCards` moves chosen cards.
   *
   * @returns Number of new cards in the deck.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, refused, or of
   * another.
   */
  sortNewCards(params: types.SortNewCardsParams, options?: CallOptions): Promise<number>;

  /**
   * Start an action in the background and return at once; `getOperation` returns its result later.
   *
   * Any action on the collection can be started, and `sync`. Name, params and permission are checked before the
   * response; later errors are in the operation's outcome. The operation waits for its turn without a time limit, and
   * continues if the connection is lost. Params and result have the form that they have in JSON-RPC.
   *
   * While an operation writes many notes, other callers can read between two chunks. The event `operationChanged`
   * reports its progress. The last 100 operations are kept for an hour after their end.
   *
   * @returns The operation in its present state; result and error only if it is the caller's own.
   * @throws {RpcError} of the kinds refused, or of another.
   */
  startOperation(params: types.StartOperationParams, options?: CallOptions): Promise<types.Operation>;

  /**
   * Store a file in the media folder and return the name it got.
   *
   * The content is base64 `data`, the file at `path`, or the download from `url`, in this order. An existing file of
   * that name is moved to Anki's media trash; `collision` says otherwise. If it has the same content, it stays.
   *
   * @returns The name it got; null if `skipHash` matched.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, refused, already_exists,
   * file_problem, download_failed, or of another.
   */
  storeMediaFile(params: types.StoreMediaFileParams, options?: CallOptions): Promise<string | null>;

  /**
   * Count the days in a row with at least one answer. A day begins at the hour in Anki's preferences.
   *
   * Answers with a time in the future, or before the year 1, do not count.
   *
   * @returns The streaks: days in a row with at least one answer.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  studyStreak(params?: types.StudyStreakParams, options?: CallOptions): Promise<types.Streak>;

  /**
   * Return how Anki would map fields and templates if notes changed their note type, for `changeNoteType`.
   *
   * Anki maps them by name, then the remaining ones in their order.
   *
   * @returns The two maps, as `changeNoteType` accepts them.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, or of another.
   */
  suggestNoteTypeMap(params: types.SuggestNoteTypeMapParams, options?: CallOptions): Promise<types.NoteTypeMap>;

  /**
   * Suspend cards and return whether any was not suspended yet.
   *
   * If an id is unknown, the call fails and changes nothing.
   *
   * @returns At least one card was changed.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, refused, or of
   * another.
   */
  suspend(params: types.SuspendParams, options?: CallOptions): Promise<boolean>;

  /**
   * Return whether a card is suspended.
   *
   * @returns The card is suspended; a buried one is not.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, or of another.
   */
  suspended(params: types.SuspendedParams, options?: CallOptions): Promise<boolean>;

  /**
   * Sync the collection and its media with the configured account and return what happened.
   *
   * The user is not asked anything. If both sides cannot be merged, the error lists the possible full syncs. A full
   * sync happens only if `full` names it; it overwrites one side and needs the scope `delete`. Before a download the
   * collection is backed up. During the sync, calls that need the collection or the windows wait; after a minute they
   * fail with `busy`.
   *
   * @returns The outcome of the sync.
   * @throws {RpcError} of the kinds cancelled, not_logged_in, login_refused, offline, full_sync_required,
   * sync_failed, refused, storage_failed, or of another.
   */
  sync(params?: types.SyncParams, options?: CallOptions): Promise<types.SyncResult>;

  /**
   * Log in to AnkiWeb, or to a server of your own, for `sync`. If the login fails, the present account stays.
   *
   * In Anki the account is that of the open profile. A gateway without Anki's window keeps it until it ends, or opens
   * another profile. Only a key that the server issues is stored, never the password.
   *
   * Calls from another computer are rejected, because the connection is not encrypted, and so are those of agents.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds login_refused, offline, sync_failed, refused, or of another.
   */
  syncLogin(params: types.SyncLoginParams, options?: CallOptions): Promise<null>;

  /**
   * Forget the account for syncing, and return whether there was one. Nothing is lost on either side.
   *
   * The next sync compares all media, as it may be with another account. Fails with `busy` while a sync is running.
   *
   * @returns There was an account.
   */
  syncLogout(params?: types.SyncLogoutParams, options?: CallOptions): Promise<boolean>;

  /**
   * Return whether a sync is needed, and of which kind, without syncing. Media do not count.
   *
   * If something has changed here since the last sync, this alone decides, and the server is not asked: it may have
   * changes too. Otherwise the server is asked, and its answer is kept for five minutes, or until the next sync. A
   * normal sync can turn out to bring nothing, because a sync from another device counts as a change.
   *
   * @returns The sync that is needed.
   * @throws {RpcError} of the kinds not_logged_in, login_refused, offline, sync_failed, or of another.
   */
  syncStatus(params?: types.SyncStatusParams, options?: CallOptions): Promise<types.NeededSync>;

  /**
   * Unbury cards and return how many were buried. Suspended cards stay suspended.
   *
   * If an id is unknown, the call fails and changes nothing.
   *
   * @returns Number of cards that were changed.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, refused, or of
   * another.
   */
  unburyCards(params: types.UnburyCardsParams, options?: CallOptions): Promise<number>;

  /**
   * Show buried cards of a deck and its sub-decks again, and return how many there were.
   *
   * Suspended cards stay suspended. `unburyCards` unburies chosen cards.
   *
   * @returns Number of cards that were buried.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, refused, or of
   * another.
   */
  unburyDeck(params: types.UnburyDeckParams, options?: CallOptions): Promise<number>;

  /**
   * Undo the newest step and return its name; null if there is none.
   *
   * A request or a batch is one step. Callers without the scope `delete` may undo only the steps that they have made
   * since the gateway started. A caller is identified by its origin and the name of its key.
   *
   * @returns The step, and the next steps to undo and redo.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  undo(params?: types.UndoParams, options?: CallOptions): Promise<types.UndoneStep>;

  /**
   * Return the names of the steps that would be undone and redone next.
   *
   * @returns The next steps to undo and redo.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  undoStatus(params?: types.UndoStatusParams, options?: CallOptions): Promise<types.NextSteps>;

  /**
   * Unsuspend cards and return whether any was suspended.
   *
   * If an id is unknown, the call fails and changes nothing.
   *
   * @returns At least one card was changed.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, card_not_found, refused, or of
   * another.
   */
  unsuspend(params: types.UnsuspendParams, options?: CallOptions): Promise<boolean>;

  /**
   * List the tags that the collection knows but no note has; `clearUnusedTags` removes them.
   *
   * @returns Tags that no note has, in alphabetical order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, or of another.
   */
  unusedTags(params?: types.UnusedTagsParams, options?: CallOptions): Promise<string[]>;

  /**
   * Change some options of a preset, and its name, and return which options had other values.
   *
   * `getDeckPresets` with `options` returns the present values. FSRS parameters are set by `setFsrsParams`. The name
   * of another preset is refused. As in Anki's options window, a change of `newCardInsertOrder` gives all new cards
   * of the preset's decks new positions, and a change of steps moves cards in learning to the nearest step. While
   * FSRS is active, a change of `desiredRetention` computes memory states again.
   *
   * @returns The preset, and what was changed. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, not_found, already_exists,
   * invalid_search, refused, or of another.
   */
  updateDeckPreset(params: types.UpdateDeckPresetParams & { dryRun?: false | null }, options?: CallOptions): Promise<types.UpdatedPreset>;
  updateDeckPreset(params: types.UpdateDeckPresetParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  updateDeckPreset(params: types.UpdateDeckPresetParams, options?: CallOptions): Promise<types.UpdatedPreset | types.Losses>;

  /**
   * Change a filtered deck, empty it, fill it again, and return its settings.
   *
   * It becomes the current deck, as in Anki's window. If the settings already are as they should be, nothing happens.
   * Cards are found as by `createFilteredDeck`; if there is none, the call is refused, unless `allowEmpty` is true.
   *
   * @returns Its settings now.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, deck_not_found, already_exists,
   * invalid_search, refused, or of another.
   */
  updateFilteredDeck(params: types.UpdateFilteredDeckParams, options?: CallOptions): Promise<types.FilteredDeck>;

  /**
   * Change shapes, texts and tags of image occlusion notes and return the outcome for each.
   *
   * Cards belong to the numbers of shapes, so a shape that keeps its `card` keeps its progress. If no shape has a
   * card's number any longer, the card becomes empty; `removeEmptyCards` removes such cards. With `ifMod`, a note
   * that was changed meanwhile fails with `conflict`. The call is one step in Anki's undo menu.
   *
   * @returns One entry per note, in order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, some_failed, or of another.
   */
  updateImageOcclusionNotes(params: types.UpdateImageOcclusionNotesParams, options?: CallOptions): Promise<types.NoteUpdate[]>;

  /**
   * Replace the whole styling of a note type.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, refused, or of
   * another.
   */
  updateModelStyling(params: types.UpdateModelStylingParams, options?: CallOptions): Promise<null>;

  /**
   * Replace sides of a note type's templates; the other sides stay as they are.
   *
   * A side of a card cannot be emptied. Anki creates cards that the new sides require, and keeps cards that they no
   * longer require. If a template is unknown, the call fails and changes nothing.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, model_not_found, not_found,
   * refused, or of another.
   */
  updateModelTemplates(params: types.UpdateModelTemplatesParams, options?: CallOptions): Promise<null>;

  /**
   * Change fields of a note, replace its tags, or both.
   *
   * Fields that are not named stay as they are, and so do the tags if `tags` is left out. Duplicates are not checked,
   * and the first field can be emptied. Files are only stored together with `fields`. With `expected`, a note that
   * was changed meanwhile fails with `conflict`.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, note_not_found, conflict,
   * refused, file_problem, download_failed, or of another.
   */
  updateNote(params: types.UpdateNoteParams, options?: CallOptions): Promise<null>;

  /**
   * Change fields of a note; the other fields stay as they are.
   *
   * Duplicates are not checked, and the first field can be emptied. With `expected`, a note that was changed
   * meanwhile fails with `conflict`.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, note_not_found, conflict,
   * refused, file_problem, download_failed, or of another.
   */
  updateNoteFields(params: types.UpdateNoteFieldsParams, options?: CallOptions): Promise<null>;

  /**
   * Change the note type of a note and replace its content.
   *
   * Fields that are not named are emptied; without `tags`, the note keeps its tags. Cards continue with the template
   * that Anki finds for them, and missing cards are created. Cards without a template are deleted, which needs the
   * scope `delete`. Unless the note already has the note type, the next sync must be a full one.
   *
   * @returns Always null. With `dryRun`, the losses.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, note_not_found, model_not_found,
   * refused, or of another.
   */
  updateNoteModel(params: types.UpdateNoteModelParams & { dryRun?: false | null }, options?: CallOptions): Promise<null>;
  updateNoteModel(params: types.UpdateNoteModelParams & { dryRun: true }, options?: CallOptions): Promise<types.Losses>;
  updateNoteModel(params: types.UpdateNoteModelParams, options?: CallOptions): Promise<null | types.Losses>;

  /**
   * Replace the tags of a note; an empty list clears them.
   *
   * @returns Always null.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, note_not_found, refused, or of
   * another.
   */
  updateNoteTags(params: types.UpdateNoteTagsParams, options?: CallOptions): Promise<null>;

  /**
   * Change fields and tags of notes and return the outcome for each.
   *
   * A note is written completely or not at all. With `ifMod` or `expected`, a note that was changed meanwhile fails
   * with `conflict`. Duplicates are not checked. Each 1,000 notes are written atomically; the call is one step in
   * Anki's undo menu.
   *
   * @returns One entry per note, in order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, some_failed, or of
   * another.
   */
  updateNotes(params: types.UpdateNotesParams, options?: CallOptions): Promise<types.NoteUpdate[]>;

  /**
   * Add notes, or update those that exist, and return the outcome for each.
   *
   * A note exists if a note of its note type has the same text, HTML aside, in the key field; if several have it, the
   * oldest is updated. It stays in its deck. A note can update an earlier note of the call. Each 1,000 notes are
   * written atomically; the call is one step in Anki's undo menu.
   *
   * A note that an earlier call with the same `idempotencyKey` has added is `unchanged`, even if it has changed
   * since.
   *
   * @returns One entry per note, in order.
   * @throws {RpcError} of the kinds anki_error, storage_failed, scheduler_outdated, cancelled, some_failed, or of
   * another.
   */
  upsertNotes(params: types.UpsertNotesParams, options?: CallOptions): Promise<types.Upsert[]>;

  /**
   * Return the API version, which is always 6.
   *
   * @returns API version; always 6.
   */
  version(params?: types.VersionParams, options?: CallOptions): Promise<number>;
}

/** The params and the result of each method. */
export interface Calls {
  addImageOcclusionNotes: { params: types.AddImageOcclusionNotesParams; result: types.AddedNote[] };
  addNote: { params: types.AddNoteParams; result: number };
  addNotes: { params: types.AddNotesParams; result: types.AddedNote[] };
  addProfile: { params: types.AddProfileParams; result: string };
  addTags: { params: types.AddTagsParams; result: null };
  answerCards: { params: types.AnswerCardsParams; result: boolean[] };
  apiReflect: { params: types.ApiReflectParams; result: types.Reflection };
  areDue: { params: types.AreDueParams; result: (boolean | null)[] };
  areSuspended: { params: types.AreSuspendedParams; result: (boolean | null)[] };
  browserColumns: { params: types.BrowserColumnsParams; result: types.BrowserColumn[] };
  browserRows: { params: types.BrowserRowsParams; result: (types.BrowserRow | null)[] };
  buildSearch: { params: types.BuildSearchParams; result: string };
  buryCards: { params: types.BuryCardsParams; result: number };
  canAddNote: { params: types.CanAddNoteParams; result: boolean };
  canAddNoteWithErrorDetail: { params: types.CanAddNoteWithErrorDetailParams; result: types.CanAdd };
  canAddNotes: { params: types.CanAddNotesParams; result: boolean[] };
  canAddNotesWithErrorDetail: { params: types.CanAddNotesWithErrorDetailParams; result: types.CanAdd[] };
  cancelOperation: { params: types.CancelOperationParams; result: types.Operation };
  cardReviews: { params: types.CardReviewsParams; result: number[][] };
  cardSounds: { params: types.CardSoundsParams; result: (types.SoundsOfCard | null)[] };
  cardStats: { params: types.CardStatsParams; result: (types.CardStatistics | null)[] };
  cardsDetails: { params: types.CardsDetailsParams; result: (number | { [name: string]: unknown })[] };
  cardsInfo: { params: types.CardsInfoParams; result: (types.CardInfo | types.Missing | types.CardPart)[] };
  cardsModTime: { params: types.CardsModTimeParams; result: (types.CardTime | types.Missing)[] };
  cardsToNotes: { params: types.CardsToNotesParams; result: number[] };
  changeDeck: { params: types.ChangeDeckParams; result: string };
  changeNoteType: { params: types.ChangeNoteTypeParams; result: types.NoteTypeChange | types.Losses };
  checkDatabase: { params: types.CheckDatabaseParams; result: types.DatabaseReport };
  checkMedia: { params: types.CheckMediaParams; result: types.MediaReport };
  clearUnusedTags: { params: types.ClearUnusedTagsParams; result: null | types.Losses };
  cloneDeckConfigId: { params: types.CloneDeckConfigIdParams; result: number };
  collectionStatistics: { params: types.CollectionStatisticsParams; result: types.CollectionFigures };
  compareAnswer: { params: types.CompareAnswerParams; result: types.ComparedAnswer };
  completeTag: { params: types.CompleteTagParams; result: string[] };
  copyModel: { params: types.CopyModelParams; result: types.AddedModel };
  createBackup: { params: types.CreateBackupParams; result: types.BackupMade };
  createDeck: { params: types.CreateDeckParams; result: types.DeckMade };
  createFilteredDeck: { params: types.CreateFilteredDeckParams; result: types.FilteredDeckMade };
  createModel: { params: types.CreateModelParams; result: types.Model };
  createStockModel: { params: types.CreateStockModelParams; result: types.AddedModel };
  customStudy: { params: types.CustomStudyParams; result: types.FilteredDeckMade | types.Losses };
  deckNameFromId: { params: types.DeckNameFromIdParams; result: string };
  deckNames: { params: types.DeckNamesParams; result: string[] };
  deckNamesAndIds: { params: types.DeckNamesAndIdsParams; result: { [name: string]: number } };
  deckStatistics: { params: types.DeckStatisticsParams; result: types.DeckFigures[] };
  deckTree: { params: types.DeckTreeParams; result: types.DeckInTree[] };
  deleteDecks: { params: types.DeleteDecksParams; result: string[] | types.Losses };
  deleteMediaFile: { params: types.DeleteMediaFileParams; result: string | null | types.Losses };
  deleteMediaFiles: { params: types.DeleteMediaFilesParams; result: string[] | types.Losses };
  deleteModels: { params: types.DeleteModelsParams; result: types.DeletedModels | types.Losses };
  deleteNotes: { params: types.DeleteNotesParams; result: number[] | types.Losses };
  deleteProfile: { params: types.DeleteProfileParams; result: types.ProfileDeleted | types.Losses };
  dueForecast: { params: types.DueForecastParams; result: types.Forecast };
  editModel: { params: types.EditModelParams; result: types.Model | types.Losses };
  editNoteText: { params: types.EditNoteTextParams; result: types.NoteUpdate[] };
  emptyFilteredDeck: { params: types.EmptyFilteredDeckParams; result: number | types.Losses };
  emptyMediaTrash: { params: types.EmptyMediaTrashParams; result: string[] | types.Losses };
  evaluateFsrsParams: { params: types.EvaluateFsrsParamsParams; result: types.FsrsFit };
  exportCardsText: { params: types.ExportCardsTextParams; result: number };
  exportCollection: { params: types.ExportCollectionParams; result: types.CollectionExported };
  exportNotesPackage: { params: types.ExportNotesPackageParams; result: number };
  exportNotesText: { params: types.ExportNotesTextParams; result: number };
  exportPackage: { params: types.ExportPackageParams; result: boolean };
  findAndReplaceInModels: { params: types.FindAndReplaceInModelsParams; result: number | types.Losses };
  findAndReplaceInNotes: { params: types.FindAndReplaceInNotesParams; result: number | types.Losses };
  findCards: { params: types.FindCardsParams; result: number[] };
  findCardsPage: { params: types.FindCardsPageParams; result: types.CardPage };
  findDuplicates: { params: types.FindDuplicatesParams; result: types.DuplicateGroup[] };
  findEmptyCards: { params: types.FindEmptyCardsParams; result: types.EmptyCardsOfNote[] };
  findModelsById: { params: types.FindModelsByIdParams; result: types.Model[] };
  findModelsByName: { params: types.FindModelsByNameParams; result: types.Model[] };
  findNotes: { params: types.FindNotesParams; result: number[] };
  findNotesPage: { params: types.FindNotesPageParams; result: types.NotePage };
  forgetCards: { params: types.ForgetCardsParams; result: null | types.Losses };
  getActiveProfile: { params: types.GetActiveProfileParams; result: string | null };
  getAddDefaults: { params: types.GetAddDefaultsParams; result: types.AddDefaults };
  getAnswerStates: { params: types.GetAnswerStatesParams; result: (types.AnswerStates | null)[] };
  getCollection: { params: types.GetCollectionParams; result: types.CollectionOverview };
  getCollectionConfig: { params: types.GetCollectionConfigParams; result: { [name: string]: unknown } };
  getCollectionStatsHTML: { params: types.GetCollectionStatsHTMLParams; result: string };
  getConfigValues: { params: types.GetConfigValuesParams; result: { [name: string]: unknown } };
  getCurrentDeck: { params: types.GetCurrentDeckParams; result: types.CurrentDeck };
  getCustomStudyOptions: { params: types.GetCustomStudyOptionsParams; result: types.CustomStudyOptions };
  getDeckConfig: { params: types.GetDeckConfigParams; result: types.OptionsGroup };
  getDeckDescription: { params: types.GetDeckDescriptionParams; result: string };
  getDeckLimits: { params: types.GetDeckLimitsParams; result: types.DeckLimits[] };
  getDeckOptionsForAll: { params: types.GetDeckOptionsForAllParams; result: types.DeckOptionsForAll };
  getDeckPresets: { params: types.GetDeckPresetsParams; result: types.DeckPreset[] };
  getDeckStats: { params: types.GetDeckStatsParams; result: { [name: string]: types.DeckStats } };
  getDecks: { params: types.GetDecksParams; result: { [name: string]: number[] } };
  getEaseFactors: { params: types.GetEaseFactorsParams; result: (number | null)[] };
  getFilteredDeck: { params: types.GetFilteredDeckParams; result: types.FilteredDeck };
  getFlags: { params: types.GetFlagsParams; result: (number | null)[] };
  getFsrsParams: { params: types.GetFsrsParamsParams; result: types.FsrsOverview };
  getImageOcclusionNotes: { params: types.GetImageOcclusionNotesParams; result: (types.OcclusionNote | types.Missing)[] };
  getIntervals: { params: types.GetIntervalsParams; result: (number | number[] | null)[] };
  getLatestReviewID: { params: types.GetLatestReviewIDParams; result: number };
  getLimits: { params: types.GetLimitsParams; result: types.GatewayLimits };
  getMediaDirPath: { params: types.GetMediaDirPathParams; result: string };
  getMediaFilesNames: { params: types.GetMediaFilesNamesParams; result: string[] };
  getMemoryStates: { params: types.GetMemoryStatesParams; result: (types.MemoryState | null)[] };
  getNoteTags: { params: types.GetNoteTagsParams; result: string[] };
  getNumCardsReviewedByDay: { params: types.GetNumCardsReviewedByDayParams; result: ((string | number)[])[] };
  getNumCardsReviewedToday: { params: types.GetNumCardsReviewedTodayParams; result: number };
  getOperation: { params: types.GetOperationParams; result: types.Operation };
  getPreferences: { params: types.GetPreferencesParams; result: types.Preferences };
  getProfiles: { params: types.GetProfilesParams; result: string[] };
  getReviewsOfCards: { params: types.GetReviewsOfCardsParams; result: { [name: string]: types.Review[] | null } };
  getSavedSearches: { params: types.GetSavedSearchesParams; result: types.SavedSearch[] };
  getStudyStatus: { params: types.GetStudyStatusParams; result: types.StudyStatus };
  getTags: { params: types.GetTagsParams; result: string[] };
  getVersion: { params: types.GetVersionParams; result: types.Versions };
  gradeNow: { params: types.GradeNowParams; result: boolean };
  graphs: { params: types.GraphsParams; result: types.GraphData };
  guiAddCards: { params: types.GuiAddCardsParams; result: number };
  guiAddNoteSetData: { params: types.GuiAddNoteSetDataParams; result: boolean };
  guiAnswerCard: { params: types.GuiAnswerCardParams; result: boolean };
  guiBrowse: { params: types.GuiBrowseParams; result: number[] };
  guiCheckDatabase: { params: types.GuiCheckDatabaseParams; result: types.DatabaseCheck | null };
  guiCurrentCard: { params: types.GuiCurrentCardParams; result: types.CurrentCard };
  guiDeckBrowser: { params: types.GuiDeckBrowserParams; result: null };
  guiDeckOverview: { params: types.GuiDeckOverviewParams; result: boolean };
  guiDeckReview: { params: types.GuiDeckReviewParams; result: boolean };
  guiEditNote: { params: types.GuiEditNoteParams; result: null };
  guiExitAnki: { params: types.GuiExitAnkiParams; result: null };
  guiImportFile: { params: types.GuiImportFileParams; result: null };
  guiOpen: { params: types.GuiOpenParams; result: null };
  guiPlayAudio: { params: types.GuiPlayAudioParams; result: boolean };
  guiReviewActive: { params: types.GuiReviewActiveParams; result: boolean };
  guiSelectCard: { params: types.GuiSelectCardParams; result: boolean };
  guiSelectNote: { params: types.GuiSelectNoteParams; result: boolean };
  guiSelectedNotes: { params: types.GuiSelectedNotesParams; result: number[] };
  guiShowAnswer: { params: types.GuiShowAnswerParams; result: boolean };
  guiShowQuestion: { params: types.GuiShowQuestionParams; result: boolean };
  guiStartCardTimer: { params: types.GuiStartCardTimerParams; result: boolean };
  guiUndo: { params: types.GuiUndoParams; result: boolean };
  importCollection: { params: types.ImportCollectionParams; result: types.CollectionReplaced | types.Losses };
  importPackage: { params: types.ImportPackageParams; result: true };
  importTextFile: { params: types.ImportTextFileParams; result: types.ImportedNotes };
  insertReviews: { params: types.InsertReviewsParams; result: null };
  isFsrsActive: { params: types.IsFsrsActiveParams; result: boolean | null };
  listBackups: { params: types.ListBackupsParams; result: types.Backup[] };
  listMediaTrash: { params: types.ListMediaTrashParams; result: types.FileInTrash[] };
  listModels: { params: types.ListModelsParams; result: types.ListedModel[] };
  listOperations: { params: types.ListOperationsParams; result: types.OperationSummary[] };
  loadProfile: { params: types.LoadProfileParams; result: boolean };
  mediaOfNotes: { params: types.MediaOfNotesParams; result: (types.MediaReference[] | null)[] };
  mediaSyncStatus: { params: types.MediaSyncStatusParams; result: types.MediaSyncState };
  mergePackage: { params: types.MergePackageParams; result: types.ImportedNotes };
  modelFieldAdd: { params: types.ModelFieldAddParams; result: string };
  modelFieldDescriptions: { params: types.ModelFieldDescriptionsParams; result: string[] };
  modelFieldFonts: { params: types.ModelFieldFontsParams; result: { [name: string]: types.FieldFont } };
  modelFieldNames: { params: types.ModelFieldNamesParams; result: string[] };
  modelFieldRemove: { params: types.ModelFieldRemoveParams; result: string | null | types.Losses };
  modelFieldRename: { params: types.ModelFieldRenameParams; result: string };
  modelFieldReposition: { params: types.ModelFieldRepositionParams; result: null };
  modelFieldSetDescription: { params: types.ModelFieldSetDescriptionParams; result: boolean };
  modelFieldSetFont: { params: types.ModelFieldSetFontParams; result: null };
  modelFieldSetFontSize: { params: types.ModelFieldSetFontSizeParams; result: null };
  modelFieldSetOptions: { params: types.ModelFieldSetOptionsParams; result: number };
  modelFieldsOnTemplates: { params: types.ModelFieldsOnTemplatesParams; result: { [name: string]: string[][] } };
  modelNameFromId: { params: types.ModelNameFromIdParams; result: string };
  modelNames: { params: types.ModelNamesParams; result: string[] };
  modelNamesAndIds: { params: types.ModelNamesAndIdsParams; result: { [name: string]: number } };
  modelStyling: { params: types.ModelStylingParams; result: types.Styling };
  modelTemplateAdd: { params: types.ModelTemplateAddParams; result: string };
  modelTemplateRemove: { params: types.ModelTemplateRemoveParams; result: string | null | types.Losses };
  modelTemplateRename: { params: types.ModelTemplateRenameParams; result: string };
  modelTemplateReposition: { params: types.ModelTemplateRepositionParams; result: null };
  modelTemplateSetOptions: { params: types.ModelTemplateSetOptionsParams; result: number };
  modelTemplates: { params: types.ModelTemplatesParams; result: { [name: string]: types.Sides } };
  moveDecks: { params: types.MoveDecksParams; result: number };
  moveTags: { params: types.MoveTagsParams; result: number | types.Losses };
  multi: { params: types.MultiParams; result: types.Outcome[] };
  nextCards: { params: types.NextCardsParams; result: types.Queue };
  notesInfo: { params: types.NotesInfoParams; result: (types.NoteInfo | types.Missing | types.NotePart)[] };
  notesModTime: { params: types.NotesModTimeParams; result: (types.NoteTime | types.Missing)[] };
  optimizeFsrsParams: { params: types.OptimizeFsrsParamsParams; result: types.Optimized };
  previewCards: { params: types.PreviewCardsParams; result: types.CardPreview[] };
  previewTextFile: { params: types.PreviewTextFileParams; result: types.TextFilePreview };
  raiseTodaysLimits: { params: types.RaiseTodaysLimitsParams; result: types.CardsLeft[] };
  rebuildFilteredDeck: { params: types.RebuildFilteredDeckParams; result: number };
  redo: { params: types.RedoParams; result: types.UndoneStep };
  relearnCards: { params: types.RelearnCardsParams; result: null };
  reloadCollection: { params: types.ReloadCollectionParams; result: null };
  removeConfigValues: { params: types.RemoveConfigValuesParams; result: string[] | types.Losses };
  removeDeckConfigId: { params: types.RemoveDeckConfigIdParams; result: string | null | types.Losses };
  removeEmptyCards: { params: types.RemoveEmptyCardsParams; result: types.EmptyCardsRemoved | types.Losses };
  removeEmptyNotes: { params: types.RemoveEmptyNotesParams; result: null | types.Losses };
  removeSavedSearch: { params: types.RemoveSavedSearchParams; result: string | null | types.Losses };
  removeTags: { params: types.RemoveTagsParams; result: number[] | types.Losses };
  removeTagsInAllNotes: { params: types.RemoveTagsInAllNotesParams; result: number | types.Losses };
  renameDeck: { params: types.RenameDeckParams; result: string };
  renameModel: { params: types.RenameModelParams; result: string };
  renameProfile: { params: types.RenameProfileParams; result: string };
  renameTag: { params: types.RenameTagParams; result: number | types.Losses };
  replaceTags: { params: types.ReplaceTagsParams; result: null | types.Losses };
  replaceTagsInAllNotes: { params: types.ReplaceTagsInAllNotesParams; result: null | types.Losses };
  repositionNewCards: { params: types.RepositionNewCardsParams; result: types.Repositioned };
  requestPermission: { params: types.RequestPermissionParams; result: types.Permission };
  restoreBackup: { params: types.RestoreBackupParams; result: types.CollectionReplaced | types.Losses };
  restoreMediaTrash: { params: types.RestoreMediaTrashParams; result: string[] };
  restoreModel: { params: types.RestoreModelParams; result: types.Model | types.Losses };
  retrieveMediaFile: { params: types.RetrieveMediaFileParams; result: string };
  reviewLog: { params: types.ReviewLogParams; result: types.ReviewPage };
  saveDeckConfig: { params: types.SaveDeckConfigParams; result: boolean };
  saveSearch: { params: types.SaveSearchParams; result: string };
  selectDeck: { params: types.SelectDeckParams; result: null };
  setConfigValues: { params: types.SetConfigValuesParams; result: string[] };
  setDeckConfigId: { params: types.SetDeckConfigIdParams; result: boolean };
  setDeckDescription: { params: types.SetDeckDescriptionParams; result: boolean };
  setDeckDesiredRetention: { params: types.SetDeckDesiredRetentionParams; result: boolean };
  setDeckLimits: { params: types.SetDeckLimitsParams; result: number };
  setDeckOptionsForAll: { params: types.SetDeckOptionsForAllParams; result: types.ChangedDeckOptionsForAll };
  setDeckPreset: { params: types.SetDeckPresetParams; result: number };
  setDesiredRetention: { params: types.SetDesiredRetentionParams; result: boolean };
  setDueDate: { params: types.SetDueDateParams; result: boolean };
  setEaseFactors: { params: types.SetEaseFactorsParams; result: boolean[] };
  setFlags: { params: types.SetFlagsParams; result: number };
  setFsrsActive: { params: types.SetFsrsActiveParams; result: boolean };
  setFsrsParams: { params: types.SetFsrsParamsParams; result: boolean };
  setModelOptions: { params: types.SetModelOptionsParams; result: types.ModelOptions };
  setPreferences: { params: types.SetPreferencesParams; result: types.ChangedPreferences };
  setSpecificValueOfCard: { params: types.SetSpecificValueOfCardParams; result: boolean[] };
  simulateReviews: { params: types.SimulateReviewsParams; result: types.SimulatedDay[] };
  simulateWorkload: { params: types.SimulateWorkloadParams; result: types.Workload[] };
  sortNewCards: { params: types.SortNewCardsParams; result: number };
  startOperation: { params: types.StartOperationParams; result: types.Operation };
  storeMediaFile: { params: types.StoreMediaFileParams; result: string | null };
  studyStreak: { params: types.StudyStreakParams; result: types.Streak };
  suggestNoteTypeMap: { params: types.SuggestNoteTypeMapParams; result: types.NoteTypeMap };
  suspend: { params: types.SuspendParams; result: boolean };
  suspended: { params: types.SuspendedParams; result: boolean };
  sync: { params: types.SyncParams; result: types.SyncResult };
  syncLogin: { params: types.SyncLoginParams; result: null };
  syncLogout: { params: types.SyncLogoutParams; result: boolean };
  syncStatus: { params: types.SyncStatusParams; result: types.NeededSync };
  unburyCards: { params: types.UnburyCardsParams; result: number };
  unburyDeck: { params: types.UnburyDeckParams; result: number };
  undo: { params: types.UndoParams; result: types.UndoneStep };
  undoStatus: { params: types.UndoStatusParams; result: types.NextSteps };
  unsuspend: { params: types.UnsuspendParams; result: boolean };
  unusedTags: { params: types.UnusedTagsParams; result: string[] };
  updateDeckPreset: { params: types.UpdateDeckPresetParams; result: types.UpdatedPreset | types.Losses };
  updateFilteredDeck: { params: types.UpdateFilteredDeckParams; result: types.FilteredDeck };
  updateImageOcclusionNotes: { params: types.UpdateImageOcclusionNotesParams; result: types.NoteUpdate[] };
  updateModelStyling: { params: types.UpdateModelStylingParams; result: null };
  updateModelTemplates: { params: types.UpdateModelTemplatesParams; result: null };
  updateNote: { params: types.UpdateNoteParams; result: null };
  updateNoteFields: { params: types.UpdateNoteFieldsParams; result: null };
  updateNoteModel: { params: types.UpdateNoteModelParams; result: null | types.Losses };
  updateNoteTags: { params: types.UpdateNoteTagsParams; result: null };
  updateNotes: { params: types.UpdateNotesParams; result: types.NoteUpdate[] };
  upsertNotes: { params: types.UpsertNotesParams; result: types.Upsert[] };
  version: { params: types.VersionParams; result: number };
}

/** The names of all methods. */
export const METHODS: readonly (keyof Methods)[] = [
  "addImageOcclusionNotes",
  "addNote",
  "addNotes",
  "addProfile",
  "addTags",
  "answerCards",
  "apiReflect",
  "areDue",
  "areSuspended",
  "browserColumns",
  "browserRows",
  "buildSearch",
  "buryCards",
  "canAddNote",
  "canAddNoteWithErrorDetail",
  "canAddNotes",
  "canAddNotesWithErrorDetail",
  "cancelOperation",
  "cardReviews",
  "cardSounds",
  "cardStats",
  "cardsDetails",
  "cardsInfo",
  "cardsModTime",
  "cardsToNotes",
  "changeDeck",
  "changeNoteType",
  "checkDatabase",
  "checkMedia",
  "clearUnusedTags",
  "cloneDeckConfigId",
  "collectionStatistics",
  "compareAnswer",
  "completeTag",
  "copyModel",
  "createBackup",
  "createDeck",
  "createFilteredDeck",
  "createModel",
  "createStockModel",
  "customStudy",
  "deckNameFromId",
  "deckNames",
  "deckNamesAndIds",
  "deckStatistics",
  "deckTree",
  "deleteDecks",
  "deleteMediaFile",
  "deleteMediaFiles",
  "deleteModels",
  "deleteNotes",
  "deleteProfile",
  "dueForecast",
  "editModel",
  "editNoteText",
  "emptyFilteredDeck",
  "emptyMediaTrash",
  "evaluateFsrsParams",
  "exportCardsText",
  "exportCollection",
  "exportNotesPackage",
  "exportNotesText",
  "exportPackage",
  "findAndReplaceInModels",
  "findAndReplaceInNotes",
  "findCards",
  "findCardsPage",
  "findDuplicates",
  "findEmptyCards",
  "findModelsById",
  "findModelsByName",
  "findNotes",
  "findNotesPage",
  "forgetCards",
  "getActiveProfile",
  "getAddDefaults",
  "getAnswerStates",
  "getCollection",
  "getCollectionConfig",
  "getCollectionStatsHTML",
  "getConfigValues",
  "getCurrentDeck",
  "getCustomStudyOptions",
  "getDeckConfig",
  "getDeckDescription",
  "getDeckLimits",
  "getDeckOptionsForAll",
  "getDeckPresets",
  "getDeckStats",
  "getDecks",
  "getEaseFactors",
  "getFilteredDeck",
  "getFlags",
  "getFsrsParams",
  "getImageOcclusionNotes",
  "getIntervals",
  "getLatestReviewID",
  "getLimits",
  "getMediaDirPath",
  "getMediaFilesNames",
  "getMemoryStates",
  "getNoteTags",
  "getNumCardsReviewedByDay",
  "getNumCardsReviewedToday",
  "getOperation",
  "getPreferences",
  "getProfiles",
  "getReviewsOfCards",
  "getSavedSearches",
  "getStudyStatus",
  "getTags",
  "getVersion",
  "gradeNow",
  "graphs",
  "guiAddCards",
  "guiAddNoteSetData",
  "guiAnswerCard",
  "guiBrowse",
  "guiCheckDatabase",
  "guiCurrentCard",
  "guiDeckBrowser",
  "guiDeckOverview",
  "guiDeckReview",
  "guiEditNote",
  "guiExitAnki",
  "guiImportFile",
  "guiOpen",
  "guiPlayAudio",
  "guiReviewActive",
  "guiSelectCard",
  "guiSelectNote",
  "guiSelectedNotes",
  "guiShowAnswer",
  "guiShowQuestion",
  "guiStartCardTimer",
  "guiUndo",
  "importCollection",
  "importPackage",
  "importTextFile",
  "insertReviews",
  "isFsrsActive",
  "listBackups",
  "listMediaTrash",
  "listModels",
  "listOperations",
  "loadProfile",
  "mediaOfNotes",
  "mediaSyncStatus",
  "mergePackage",
  "modelFieldAdd",
  "modelFieldDescriptions",
  "modelFieldFonts",
  "modelFieldNames",
  "modelFieldRemove",
  "modelFieldRename",
  "modelFieldReposition",
  "modelFieldSetDescription",
  "modelFieldSetFont",
  "modelFieldSetFontSize",
  "modelFieldSetOptions",
  "modelFieldsOnTemplates",
  "modelNameFromId",
  "modelNames",
  "modelNamesAndIds",
  "modelStyling",
  "modelTemplateAdd",
  "modelTemplateRemove",
  "modelTemplateRename",
  "modelTemplateReposition",
  "modelTemplateSetOptions",
  "modelTemplates",
  "moveDecks",
  "moveTags",
  "multi",
  "nextCards",
  "notesInfo",
  "notesModTime",
  "optimizeFsrsParams",
  "previewCards",
  "previewTextFile",
  "raiseTodaysLimits",
  "rebuildFilteredDeck",
  "redo",
  "relearnCards",
  "reloadCollection",
  "removeConfigValues",
  "removeDeckConfigId",
  "removeEmptyCards",
  "removeEmptyNotes",
  "removeSavedSearch",
  "removeTags",
  "removeTagsInAllNotes",
  "renameDeck",
  "renameModel",
  "renameProfile",
  "renameTag",
  "replaceTags",
  "replaceTagsInAllNotes",
  "repositionNewCards",
  "requestPermission",
  "restoreBackup",
  "restoreMediaTrash",
  "restoreModel",
  "retrieveMediaFile",
  "reviewLog",
  "saveDeckConfig",
  "saveSearch",
  "selectDeck",
  "setConfigValues",
  "setDeckConfigId",
  "setDeckDescription",
  "setDeckDesiredRetention",
  "setDeckLimits",
  "setDeckOptionsForAll",
  "setDeckPreset",
  "setDesiredRetention",
  "setDueDate",
  "setEaseFactors",
  "setFlags",
  "setFsrsActive",
  "setFsrsParams",
  "setModelOptions",
  "setPreferences",
  "setSpecificValueOfCard",
  "simulateReviews",
  "simulateWorkload",
  "sortNewCards",
  "startOperation",
  "storeMediaFile",
  "studyStreak",
  "suggestNoteTypeMap",
  "suspend",
  "suspended",
  "sync",
  "syncLogin",
  "syncLogout",
  "syncStatus",
  "unburyCards",
  "unburyDeck",
  "undo",
  "undoStatus",
  "unsuspend",
  "unusedTags",
  "updateDeckPreset",
  "updateFilteredDeck",
  "updateImageOcclusionNotes",
  "updateModelStyling",
  "updateModelTemplates",
  "updateNote",
  "updateNoteFields",
  "updateNoteModel",
  "updateNoteTags",
  "updateNotes",
  "upsertNotes",
  "version",
];
