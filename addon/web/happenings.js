// Anki's events in words.

import { count } from "./dom.js";

const NOTES = { notesAdded: "added", notesUpdated: "changed", notesDeleted: "deleted" };
const WORDS = {
  decksChanged: "Decks changed",
  noteTypesChanged: "Note types changed",
  syncStarted: "A sync started",
  syncFinished: "A sync finished",
  collectionReplaced: "Another collection is open",
  eventsLost: "Events were lost: too many came at once",
};
/** What only `collectionChanged` reports; the other kinds have events of their own. */
const KINDS = { card: "Cards", tag: "Tags", config: "Settings", deckConfig: "Deck options" };

/** How many things an event is about; 0 if it counts none. */
const size = ({ method, params }) => (NOTES[method] ? params.notes.length : method === "cardsAnswered" ? params.answers.length : 0);

/** An event in words; empty if other events tell the same. `total`: the things of this and the events before it that it
 * continues. */
export function inWords(event, total = size(event)) {
  const { method, params } = event;
  if (NOTES[method]) return `${count(total, "note")} ${NOTES[method]}`;
  if (method === "cardsAnswered") return `${count(total, "card")} reviewed`;
  if (method === "profileOpened") return `Profile ${params.profile} opened`;
  if (method === "profileClosed") return `Profile ${params.profile} closed`;
  if (method === "collectionChanged") {
    const kinds = params.kinds.map((kind) => KINDS[kind]).filter(Boolean);
    return kinds.length ? `${kinds.join(", ").replace(/, \w/g, (text) => text.toLowerCase())} changed` : "";
  }
  return WORDS[method] ?? method;
}

const SOON = 3_000; // milliseconds

/** A list of the latest events, each with its words, count and time. Equal events in a row become one. */
export class Happenings {
  constructor(most) {
    this.most = most;
    this.rows = [];
  }

  /** Add an event that came at a time. Returns whether there is something new to show. */
  add(event, time) {
    const [last] = this.rows;
    const continues = last?.method === event.method && time - last.time < SOON;
    const total = size(event) + (continues ? last.total : 0);
    const text = inWords(event, total);
    if (!text || (continues && last.text === text)) return false;
    const row = { method: event.method, text, total, time };
    this.rows = [row, ...(continues && size(event) ? this.rows.slice(1) : this.rows)].slice(0, this.most);
    return true;
  }
}
