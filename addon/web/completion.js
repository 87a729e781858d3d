// Names from the user's collection, offered while one types.

import { result } from "./calls.js";
import { h } from "./dom.js";
import { gateway } from "./state.js";

const MOST_SHOWN = 50;
const FRESH = 15_000; // milliseconds

/** What the members of params name, by the names of the members; `{}` stands for the keys of an object. */
const KINDS = {
  deck: ["deck", "decks", "deckName"],
  model: ["modelName", "modelNames", "oldModelName", "newModelName"],
  field: ["field", "fieldName", "oldFieldName", "fields", "fields{}", "noteFields", "firstField", "sortField"],
  tag: [
    "tag", "tags", "addTags", "removeTags", "includeTags", "excludeTags", "tagsForUpdated", "tag_to_replace",
    "replace_with_tag",
  ],
  preset: ["preset", "presets"],
  query: ["query", "search"],
  method: ["action", "method"],
};
const PARENTS = { moveDecks: "deck", moveTags: "tag" };

/** The kind of names that a member takes; undefined for any other text. */
export function kindOf(method, name) {
  if (name === "parent") return PARENTS[method.name];
  if (name === "newModelName" && method.name !== "suggestNoteTypeMap") return undefined;
  return Object.keys(KINDS).find((kind) => KINDS[kind].includes(name));
}

const kept = new Map();

/** Forget the names: they may have changed. */
export const forget = () => kept.clear();

function fetched(method, params) {
  const old = kept.get(method);
  if (old && Date.now() - old.time < FRESH) return old.answer;
  if (gateway.needsKey) return [];
  const answer = result(method, params).then((value) => value ?? []);
  kept.set(method, { answer, time: Date.now() });
  return answer;
}

/** The fields of a note type, in their order; of all note types if none is named. */
export async function fieldsOf(modelName) {
  const models = await fetched("listModels");
  const wanted = models.filter(({ name }) => !modelName || name.toLowerCase() === modelName.toLowerCase());
  return [...new Set(wanted.flatMap(({ fields }) => fields))];
}

const NAMES = {
  deck: () => fetched("deckNames"),
  model: async () => (await fetched("listModels")).map(({ name }) => name),
  field: fieldsOf,
  tag: () => fetched("getTags"),
  preset: async () => (await fetched("getDeckPresets")).map(({ name }) => name),
  method: () => gateway.spec.methods.map(({ name }) => name),
};

/** The names of a kind that contain a text; those that begin with it first. */
async function matches(kind, typed, modelName) {
  const text = typed.toLowerCase();
  const found = (await NAMES[kind](modelName)).filter((name) => name.toLowerCase().includes(text));
  const begins = (name) => name.toLowerCase().startsWith(text);
  return [...found.filter(begins), ...found.filter((name) => !begins(name))].slice(0, MOST_SHOWN);
}

/** The term of a search that is being typed; in quotation marks it may have spaces. */
const LAST_TERM = /^(?<before>.*[\s(-]|)(?:"(?<quoted>deck|note|tag):(?<words>[^"]*)|(?<term>deck|note|tag):"?(?<name>[^"\s]*))$/s;
const TERMS = { deck: "deck", note: "model", tag: "tag" };

/** Whole queries whose last term, such as `deck:It`, is completed. */
async function queries(text) {
  const found = LAST_TERM.exec(text)?.groups;
  if (!found) return Object.keys(TERMS).map((word) => `${text && `${text.trimEnd()} `}${word}:`);
  const term = found.term ?? found.quoted;
  const names = await matches(TERMS[term], found.name ?? found.words);
  return names.map((value) => `${found.before}${/[\s()]/.test(value) ? `"${term}:${value}"` : `${term}:${value}`}`);
}

let lists = 0;

/** Offer names of a kind in an input. `modelName` returns the note type whose fields are meant. */
export function complete(input, kind, modelName = () => undefined) {
  const list = h("datalist", { id: `names-${(lists += 1)}` });
  input.setAttribute("list", list.id);
  input.setAttribute("autocomplete", "off");
  async function offer() {
    const typed = input.value;
    const names = kind === "query" ? await queries(typed) : await matches(kind, typed, modelName());
    if (input.value === typed) list.replaceChildren(...names.map((value) => h("option", { value })));
  }
  input.addEventListener("focus", offer);
  input.addEventListener("input", offer);
  return list;
}
