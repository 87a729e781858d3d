// The answer of a call: a JSON text whose objects and lists can be folded. Only what is unfolded is made, and of long
// lists and texts only the first part, so that an answer of any size is shown at once.

import { decode } from "./calls.js";
import { copyButton, count, h, save, size } from "./dom.js";

const FIRST_LINES = 200;
const MORE_ITEMS = 100;
const LONGEST_TEXT = 2_000; // characters
const MOST_PARSED = 32_000_000; // bytes; parsing more would stop the page for seconds
const FIRST_BYTES = 20_000;

/** Read an answer. `value` is undefined if it is no JSON, or too large to be taken apart; then `text` is its beginning. */
export function read(bytes) {
  if (bytes.byteLength > MOST_PARSED) return { text: decode(bytes.slice(0, FIRST_BYTES)), isCut: true };
  const text = decode(bytes);
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    return { text: text.slice(0, FIRST_BYTES), isCut: text.length > FIRST_BYTES }; // a 403 of the old protocol has no body
  }
}

const isFull = (value) => value !== null && typeof value === "object" && Object.keys(value).length > 0;

/** The line of a value that has no members. */
function scalar(value) {
  if (typeof value !== "string" || value.length <= LONGEST_TEXT) return [h("span", { className: kind(value) }, JSON.stringify(value))];
  const text = h("span", { className: "string" }, JSON.stringify(value.slice(0, LONGEST_TEXT)).slice(0, -1));
  const rest = h("button", { type: "button", className: "small", onclick: all }, `… all ${count(value.length, "character")}`);
  function all() {
    text.textContent = JSON.stringify(value);
    rest.remove();
  }
  return [text, rest];
}

const kind = (value) => (value === null ? "null" : Array.isArray(value) || typeof value === "object" ? "" : typeof value);

/** A value with its name and the comma behind it. `budget` counts the lines that may still be unfolded. */
function node(name, value, comma, budget) {
  budget.lines -= 1;
  const label = name === null ? [] : [h("span", { className: "key" }, JSON.stringify(name)), ": "];
  if (!isFull(value)) return h("div", { className: "line" }, label, scalar(value), comma);
  const isList = Array.isArray(value);
  const length = isList ? value.length : Object.keys(value).length;
  const [open, close] = isList ? "[]" : "{}";
  const folded = `… ${close}${comma}  ${count(length, isList ? "item" : "member")}`;
  const body = h("div", { className: "inside" });
  const details = h(
    "details",
    {},
    h("summary", { attrs: { "data-folded": folded } }, label, open),
    body,
    h("div", { className: "line" }, close, comma),
  );
  const fill = (budget) => {
    if (!body.hasChildNodes()) fillIn(body, value, budget);
  };
  if (budget.lines > 0) {
    details.open = true;
    fill(budget);
  }
  details.addEventListener("toggle", () => {
    if (details.open) fill({ lines: MORE_ITEMS });
  });
  return details;
}

/** Add the members of a value: the first ones, and a button for more. */
function fillIn(body, value, budget) {
  const isList = Array.isArray(value);
  const names = isList ? null : Object.keys(value);
  const total = isList ? value.length : names.length;
  let next = 0;
  const button = h("button", { type: "button", className: "small", onclick: () => more({ lines: 0 }) });
  function more(budget) {
    const end = Math.min(next + MORE_ITEMS, total);
    const nodes = [];
    for (; next < end; next += 1) {
      const comma = next < total - 1 ? "," : "";
      nodes.push(isList ? node(null, value[next], comma, budget) : node(names[next], value[names[next]], comma, budget));
    }
    button.remove();
    body.append(...nodes);
    if (next === total) return;
    const left = total - next;
    button.textContent = left > MORE_ITEMS ? `${MORE_ITEMS} more of ${count(left, "item")}` : `${count(left, "more item")}`;
    body.append(button);
  }
  more(budget);
}

/** Show an answer that `read` has read, with what can be done with it. */
export function answerView(name, bytes, { text, value, isCut }) {
  if (value === undefined && !text) return [];
  const tree = h("div", { id: "answer", className: "answer", tabIndex: 0, attrs: { role: "region", "aria-label": "Answer" } });
  if (value === undefined) tree.append(text, isCut ? "…" : "");
  else tree.append(node(null, value, "", { lines: FIRST_LINES }));
  const fold = (isOpen) => {
    const all = [...tree.querySelectorAll("details")];
    for (const details of isOpen ? all : all.reverse()) details.open = isOpen;
    if (!isOpen && all.length) all.at(-1).open = true;
  };
  const isFolding = tree.querySelectorAll("details").length > 1;
  return [
    h(
      "div",
      { className: "row tools" },
      h("span", { className: "size" }, size(bytes.byteLength)),
      isFolding ? h("button", { type: "button", className: "small", onclick: () => fold(false) }, "Fold") : null,
      isFolding ? h("button", { type: "button", className: "small", onclick: () => fold(true) }, "Unfold") : null,
      isCut ? null : copyButton("Copy answer", () => (value === undefined ? text : JSON.stringify(value, null, 2))),
      h("button", { type: "button", className: "small", onclick: () => save(new Blob([bytes], { type: "application/json" }), `${name}.json`) }, "Save"),
    ),
    isCut ? h("p", {}, "Only the beginning is shown, because the answer is so large. Save has all of it.") : null,
    tree,
  ].filter(Boolean);
}
