// What was typed and sent: kept by the browser for this tab only. It holds neither keys nor the params of methods that
// take a password.

import { members } from "./schemas.js";
import { gateway } from "./state.js";

const MOST_CALLS = 50;
const LONGEST = 100_000; // characters

const namesIn = (method) => [...method.params, ...method.params.flatMap((param) => members(param.schema))].map(({ name }) => name);
const takesPassword = (method) => namesIn(method).includes("password");

/** Whether params, as typed so far, may hold a password or a key: also those of a call inside a call. */
export function isSecret(method, text) {
  if (takesPassword(method)) return true;
  if (!namesIn(method).some((name) => name === "action" || name === "method")) return false;
  return /"(password|key)"/.test(text) || gateway.spec.methods.some((inner) => takesPassword(inner) && text.includes(inner.name));
}

function read(name, otherwise) {
  try {
    return JSON.parse(sessionStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(name, value) {
  const text = JSON.stringify(value);
  try {
    if (text.length <= LONGEST * 10) sessionStorage.setItem(name, text);
  } catch {
    // the browser's storage is full or forbidden: the page works without
  }
}

const open = new Map(); // also what is too long or too secret to be stored survives going to another method and back

/** What was typed for a method, as `{text, protocol}`; undefined if nothing was. */
export const draft = (method) => open.get(method.name) ?? read("drafts", {})[method.name];

export function keepDraft(method, typed) {
  open.set(method.name, typed);
  if (isSecret(method, typed.text) || typed.text.length > LONGEST) return;
  write("drafts", { ...read("drafts", {}), [method.name]: typed });
}

/** The calls that were sent, the latest first: `{method, text, protocol, time, outcome}`. */
export const history = () => read("history", []);

export function keepCall(method, call) {
  if (isSecret(method, call.text) || call.text.length > LONGEST) return;
  write("history", [{ method: method.name, ...call }, ...history()].slice(0, MOST_CALLS));
}

/** Something the user has chosen, such as the language of the lines to copy. */
export const choice = (name, otherwise) => read(`choice.${name}`, otherwise);
export const choose = (name, value) => write(`choice.${name}`, value);
