// Calls to the gateway, by either protocol.

import { $ } from "./dom.js";

export const address = `${location.origin}/`;
export const PLACEHOLDER = "YOUR_KEY";
export const NO_RESPONSE = "No response: is Anki still running?";

export const key = () => $("key").value;

/** The header with a key: its UTF-8, as headers may contain only characters of one byte. */
export const authorization = (key) =>
  key ? { Authorization: `Bearer ${String.fromCharCode(...new TextEncoder().encode(key))}` } : {};

export function requestFor(protocol, method, params, key) {
  if (protocol === "ankiconnect") {
    const envelope = { action: method, version: 6, params };
    return { headers: { "Content-Type": "application/json" }, body: key ? { ...envelope, key } : envelope };
  }
  const headers = { "Content-Type": "application/json", ...authorization(key) };
  return { headers, body: { jsonrpc: "2.0", id: 1, method, params } };
}

/** Send a request and return its HTTP status, the bytes of the answer, and the time it took. The signal stops waiting. */
export async function send({ headers, body }, signal) {
  const began = performance.now();
  const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body), signal });
  const bytes = await response.arrayBuffer();
  return { status: response.status, bytes, time: performance.now() - began };
}

export const decode = (bytes) => new TextDecoder().decode(bytes);

/** Call a method by JSON-RPC for the page itself. Returns its response object, also if it fails. */
export async function ask(method, params = {}) {
  try {
    const { bytes } = await send(requestFor("jsonrpc", method, params, key()));
    return JSON.parse(decode(bytes));
  } catch {
    return { error: { message: NO_RESPONSE, data: {} } };
  }
}

/** The result of a call; undefined if it fails. */
export const result = async (method, params) => (await ask(method, params)).result;

/** Read one of the gateway's documents. Throws an error with the gateway's words if it is refused. */
export async function load(path) {
  const response = await fetch(path, { headers: authorization(key()) });
  const document = await response.json();
  if (!response.ok) throw Object.assign(new Error(document.error), { status: response.status });
  return document;
}
