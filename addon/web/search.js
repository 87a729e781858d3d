// The search for methods: an exact name first, then a prefix, words of the name, then text.

import { members } from "./schemas.js";

/** What the methods call things, and what people call them. */
const SYNONYMS = {
  note: ["card", "flashcard"],
  media: ["picture", "image", "audio", "sound", "video", "photo", "mp3", "file"],
  store: ["upload", "save", "put"],
  retrieve: ["download"],
  model: ["notetype"],
  template: ["cardtype", "layout"],
  add: ["create", "new", "insert", "make"],
  create: ["add", "new", "make"],
  delete: ["remove", "erase"],
  remove: ["delete", "erase"],
  update: ["edit", "change", "modify"],
  set: ["change", "edit"],
  change: ["move", "convert"],
  get: ["show", "read", "list"],
  names: ["list", "all"],
  list: ["show", "all"],
  find: ["search", "query", "lookup"],
  info: ["details", "content"],
  answer: ["review", "grade", "study"],
  graphs: ["stats", "statistics"],
  statistics: ["stats", "reviewed"],
  package: ["apkg", "deck"],
  collection: ["colpkg"],
  text: ["csv", "tsv", "txt"],
  forget: ["reset"],
  sync: ["ankiweb"],
  gui: ["window", "dialog"],
  browse: ["browser"],
  preset: ["config", "options", "settings"],
  preferences: ["settings", "options"],
  occlusion: ["cloze"],
  suspend: ["pause", "hide"],
  ease: ["factor", "difficulty"],
  multi: ["bulk", "batch"],
  duplicates: ["double", "duplicated"],
  styling: ["css", "style"],
  fsrs: ["scheduler"],
  log: ["history"],
};
const PHRASES = [
  [/\bnote ?types?\b/gi, "model"],
  [/\bcard (types?|templates?)\b/gi, "template"],
];
/** Methods that most programs use: they come first among equals. Those on windows come last. */
const COMMON = new Set(
  ("addNote addNotes cardsInfo changeDeck createDeck createModel deckNames deleteNotes findCards findNotes forgetCards " +
    "getTags graphs modelNames notesInfo retrieveMediaFile setDueDate storeMediaFile updateNote").split(" "),
);
const FILLERS = new Set("a an the of to in into for from with by my and or is are how do i what".split(" "));

/** The words of a name or text, in lower case: `modelFieldAdd` has three. */
const wordsOf = (text) =>
  text
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
const NO_PLURALS = new Set(["stats", "status", "fsrs"]);
const stem = (word) =>
  /[^s]s$/.test(word) && word.length > 3 && !NO_PLURALS.has(word) ? word.replace(/ies$/, "y").replace(/s$/, "") : word;
const joined = (texts) => ` ${texts.flatMap(wordsOf).map(stem).join(" ")} `;

/** By each word that people use, the words of the methods. */
const meant = new Map();
for (const [own, others] of Object.entries(SYNONYMS)) {
  for (const word of others.map(stem)) meant.set(word, [...(meant.get(word) ?? []), stem(own)]);
}

/** What is searched of each method. */
export const prepare = (methods) =>
  methods.map((method) => {
    const nested = method.params.flatMap((param) => members(param.schema));
    return {
      method,
      name: method.name.toLowerCase().replaceAll(".", ""),
      words: wordsOf(method.name).map(stem),
      bias: (COMMON.has(method.name) ? -1.5 : 0) + (method.name.startsWith("gui") ? 1.5 : 0),
      summary: joined([method.summary]),
      members: joined([...method.params, ...nested].map((member) => member.name)),
      text: joined([method.description, method.tags[0].name, ...[...method.params, ...nested].map((m) => m.description)]),
    };
  });

/** How far a word is from an entry; 0 is nearest, undefined is out of reach. */
function distance(entry, word) {
  if (entry.words.includes(word)) return 0;
  if (entry.words.some((own) => own.startsWith(word))) return 1;
  const others = meant.get(word) ?? [];
  if (others.some((other) => entry.words.includes(other))) return 1.2;
  if (entry.summary.includes(` ${word}`)) return 4;
  if (entry.name.includes(word)) return 5;
  if (entry.members.includes(` ${word}`)) return 6;
  if (others.some((other) => entry.summary.includes(` ${other} `))) return 7;
  if (entry.text.includes(` ${word}`)) return 9;
  return undefined;
}

/**
 * How far the whole query is from an entry, as numbers to compare in turn; undefined if it is out of reach. Only a query
 * without a space may be the beginning of a name: "edit note" also means `updateNote`.
 */
function distances(entry, query, words, isName) {
  const place = entry.name === query ? 0 : isName && entry.name.startsWith(query) ? 1 : 2;
  const each = words.map((word) => distance(entry, word));
  if (each.includes(undefined) && !entry.name.includes(query)) return undefined;
  const sum = each.reduce((total, value) => total + (value ?? 9), entry.bias);
  return [place, sum, entry.words.length, entry.name.length];
}

function compare(a, b) {
  const different = a.findIndex((value, index) => value !== b[index]);
  return different < 0 ? 0 : a[different] - b[different];
}

/** The methods that fit a query, the best first; all, in their order, if it is empty. */
export function search(entries, query) {
  const all = wordsOf(PHRASES.reduce((text, [phrase, word]) => text.replace(phrase, word), query));
  if (!all.length) return entries.map((entry) => entry.method);
  const short = all.filter((word) => !FILLERS.has(word));
  const words = (short.length ? short : all).map(stem);
  return entries
    .map((entry) => ({ entry, points: distances(entry, all.join(""), words, !/\S\s+\S/.test(query)) }))
    .filter(({ points }) => points)
    .sort((a, b) => compare(a.points, b.points) || (a.entry.name < b.entry.name ? -1 : 1))
    .map(({ entry }) => entry.method);
}

const pairs = (text) => new Set([...text].slice(1).map((letter, index) => text[index] + letter));

/** The methods whose names resemble a text, for one that is mistyped. */
export function similar(entries, text) {
  const wanted = pairs(wordsOf(text).join(""));
  return entries
    .map(({ name, method }) => {
      const own = pairs(name);
      const shared = [...wanted].filter((pair) => own.has(pair)).length;
      return { method, likeness: (2 * shared) / (own.size + wanted.size || 1) };
    })
    .filter(({ likeness }) => likeness > 0.4)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 3)
    .map(({ method }) => method);
}
