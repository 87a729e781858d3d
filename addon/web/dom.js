// Elements, and the few things that every view does with texts, numbers and the clipboard.
// Texts are inserted as text, never as HTML.

export const $ = (id) => document.getElementById(id);

/** Make an element with properties, and with children that are elements or text. */
export function h(tag, props = {}, ...children) {
  const { attrs, ...properties } = props;
  const element = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(attrs ?? {})) element.setAttribute(name, value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Split prose into text and `code`. */
export const prose = (text) => text.split(/`([^`]+)`/).map((part, index) => (index % 2 ? h("code", {}, part) : part));
export const paragraphs = (text) => text.split("\n\n").map((part) => h("p", {}, prose(part)));

const role = (name) => ({ role: name }); // a table that is styled as something else is no table for browsers

/** A table that scrolls sideways if it must, also by keyboard. On a phone each row is a block, with a line for each cell. */
export function table(label, heads, rows) {
  const head = h("tr", { attrs: role("row") }, heads.map((text) => h("th", { scope: "col", attrs: role("columnheader") }, text)));
  const cell = (value, column) => h("td", { attrs: { ...role("cell"), "data-head": value === "" ? "" : heads[column] } }, value);
  const body = rows.map((cells) => h("tr", { attrs: role("row") }, cells.map(cell)));
  return h(
    "div",
    { className: "table", tabIndex: 0, attrs: { role: "region", "aria-label": label } },
    h(
      "table",
      { attrs: role("table") },
      h("thead", { attrs: role("rowgroup") }, head),
      h("tbody", { attrs: role("rowgroup") }, body),
    ),
  );
}

/** Radio buttons in a row. `choices`: pairs of a value and its label. */
export function radios(name, legend, choices, chosen, onchange) {
  const buttons = choices.map(([value, label]) =>
    h("label", {}, h("input", { type: "radio", name, value, checked: value === chosen, onchange }), ` ${label}`),
  );
  return h("fieldset", {}, h("legend", {}, legend), buttons);
}

const NUMBERS = new Intl.NumberFormat("en");
export const number = (value) => NUMBERS.format(value);
/** "1 note", "2,000 notes". */
export const count = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;

/** Bytes in words: "312 bytes", "14.2 MB". */
export function size(bytes) {
  if (bytes < 1000) return count(bytes, "byte");
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export const milliseconds = (time) =>
  time < 1000 ? `${time < 10 ? time.toFixed(1) : Math.round(time)} ms` : `${(time / 1000).toFixed(1)} s`;

export const clock = (time) => new Date(time).toLocaleTimeString();

/** Copy a text, also where browsers offer no clipboard: at plain HTTP addresses other than this computer's. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // there is no clipboard, or the user denied it
  }
  const before = document.activeElement;
  const area = h("textarea", { value: text, className: "outside", attrs: { "aria-hidden": "true" } });
  (before?.closest("dialog") ?? document.body).append(area);
  area.select();
  const isDone = document.execCommand("copy");
  area.remove();
  before?.focus();
  return isDone;
}

/** A button that copies what `text` returns, and says so. */
export function copyButton(label, text) {
  const button = h("button", { type: "button", className: "small", onclick: press }, label);
  async function press() {
    button.textContent = (await copy(text())) ? "Copied" : "The browser does not allow it";
    setTimeout(() => (button.textContent = label), 1500);
  }
  return button;
}

/** Let the browser save a file. */
export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
