// The overview: how to call the gateway, who has called, what runs, and what happens in Anki.

import { PLACEHOLDER, address, ask, authorization, key, load, requestFor } from "./calls.js";
import { $, clock, copyButton, h, number, table } from "./dom.js";
import { history } from "./drafts.js";
import { Happenings } from "./happenings.js";
import { follow } from "./live.js";
import { SNIPPETS, shell } from "./snippets.js";
import { gateway, methodNamed } from "./state.js";
import { brief } from "./try.js";

const POLLED = 3_000; // milliseconds
const MOST_SHOWN = 20;
const FIRST = ["deckNames", "addNotes", "findNotes", "notesInfo", "updateNotes", "storeMediaFile", "sync"];
const NEEDS_KEY = "An API key is needed to see this: enter it above.";

function howToAllow({ reason, who, isOrigin }) {
  if (["its API key is wrong", "it sent no API key"].includes(reason)) return "Set a valid key in the program, or remove all keys in Anki.";
  if (who === "null") return "The page was opened from a file or in a sandbox. Open it from a web server, so that it has an origin.";
  if (!isOrigin || reason === "no browser sends such an origin") return "";
  return gateway.health.window
    ? `Let the page ask (requestPermission), or allow ${who} in Tools > AnkiRPC.`
    : ["Start the gateway with ", h("code", { className: "whole" }, "--allow-origin"), " ", h("code", {}, /^[\w.:/+~-]+$/.test(who) ? who : shell(who))];
}

const refused = ({ status, message }) => (status === 401 ? NEEDS_KEY : status ? message : "The gateway does not respond.");

function callers(rows) {
  const others = rows.filter(({ who }) => who !== location.origin);
  if (!others.length) return h("p", {}, "No program has called since the gateway was started. This page does not count.");
  return table(
    "Recent callers",
    ["Caller", "Latest call", "Outcome", "Time", "Reason, and how to allow it"],
    others.map((item) => [
      item.who,
      item.action,
      h("span", {}, item.reason === null ? "served" : h("strong", { className: "problem" }, "refused"), ` ${number(item.count)}×`),
      clock(item.time * 1000),
      item.reason === null ? "" : h("span", {}, `${item.reason[0].toUpperCase()}${item.reason.slice(1)}. `, howToAllow(item)),
    ]),
  );
}

function howFar({ state, progress }) {
  if (!progress) return state;
  const { done, total, text } = progress;
  const label = `${number(done)} of ${number(total ?? 0)}`;
  const counted = total === null ? null : h("progress", { value: done, max: total, title: label, attrs: { "aria-label": label } });
  return h("span", {}, `${state} `, counted, text ? ` ${text}` : "");
}

/** The overview's elements. It keeps itself up to date until the signal aborts. */
export function overview(missing, signal) {
  const called = h("div", { id: "recent" });
  const running = h("div", { id: "operations" });
  const events = h("ol", { id: "events", className: "events", attrs: { "aria-label": "Events, newest first" } });
  const noEvents = h("p", { id: "no-events" }, "Nothing has changed since this page was opened.");
  const lines = h("pre", { id: "first-call", tabIndex: 0, attrs: { role: "region", "aria-label": "A first call" } });
  const happenings = new Happenings(MOST_SHOWN);
  let shown;
  let drawn; // which operations, and which of them have a button
  let progress = [];
  let following = new AbortController();

  const firstCall = () =>
    SNIPPETS.curl(requestFor("jsonrpc", "deckNames", {}, key() || gateway.needsKey ? PLACEHOLDER : ""));

  async function recent() {
    const found = await load("recent.json").catch(refused);
    const text = JSON.stringify(found);
    if (text === shown || signal.aborted) return;
    shown = text;
    called.replaceChildren(typeof found === "string" ? h("p", {}, found) : callers(found));
  }

  function say(text) {
    drawn = undefined;
    running.replaceChildren(h("p", {}, text));
  }

  async function operations() {
    const { result, error } = await ask("listOperations");
    if (error) return say(error.message);
    if (!result.length) return say("None recently: no program has started one in the last hour.");
    const items = result.reverse();
    const rows = JSON.stringify(items.map(({ id, cancellable }) => [id, cancellable]));
    if (rows !== drawn) drawOperations(items);
    drawn = rows;
    return items.forEach((item, index) => progress[index].replaceChildren(howFar(item)));
  }

  /** Draw the table, whose buttons stay while the progress changes: a click on one that is replaced would be lost. */
  function drawOperations(items) {
    progress = items.map(() => h("span"));
    const rows = items.map((item, index) => [
      h("code", {}, item.method),
      progress[index],
      clock(item.created * 1000),
      item.cancellable ? h("button", { type: "button", onclick: () => cancel(item.id) }, "Cancel") : "",
    ]);
    running.replaceChildren(table("Operations", ["Method", "Progress", "Started", "Action"], rows));
  }

  async function cancel(id) {
    await ask("cancelOperation", { id });
    operations();
  }

  function tell(event) {
    if (event.method === "operationChanged") return operations();
    if (!happenings.add(event, Date.now())) return undefined;
    noEvents.hidden = true;
    return events.replaceChildren(
      ...happenings.rows.map(({ time, text, method }) =>
        h("li", {}, h("time", {}, clock(time)), ` ${text} `, h("code", {}, method)),
      ),
    );
  }

  /** Follow the events, but only while the page is visible: the number of streams is limited. */
  async function live() {
    following.abort();
    const here = (following = new AbortController());
    if (document.hidden || signal.aborted) return;
    operations();
    try {
      await follow(authorization(key()), here.signal, tell);
    } catch (error) {
      if (here.signal.aborted) return;
      noEvents.hidden = false;
      noEvents.textContent = `Events are not available: ${error.message}`;
    }
  }

  function begin() {
    lines.textContent = firstCall();
    noEvents.textContent = gateway.needsKey ? NEEDS_KEY : "Nothing has changed since this page was opened.";
    noEvents.hidden = happenings.rows.length > 0;
    following.abort();
    if (gateway.needsKey) {
      called.replaceChildren(h("p", {}, NEEDS_KEY));
      say(NEEDS_KEY);
      shown = undefined;
    } else {
      recent();
      live();
    }
  }

  const timer = setInterval(() => document.hidden || gateway.needsKey || recent(), POLLED);
  document.addEventListener("visibilitychange", begin, { signal });
  signal.addEventListener("abort", () => {
    clearInterval(timer);
    following.abort();
  });
  begin();
  return { view: elements(missing, { lines, firstCall, called, running, events, noEvents }), keyChanged: begin };
}

function elements(missing, { lines, firstCall, called, running, events, noEvents }) {
  const calls = history().slice(0, 10);
  const link = (name) => h("a", { href: `#${name}` }, name);
  return [
    h("h2", {}, "The gateway to Anki"),
    missing,
    h("p", { className: "lead" }, `Programs reach Anki at ${address}, by JSON-RPC 2.0 or by AnkiConnect's protocol.`),
    h("p", { className: "phone" }, h("button", { type: "button", onclick: () => $("search").focus() }, "Search all methods")),
    h("p", { className: "desk" }, "Choose a method to see its params and its result, and to try it. Press ", h("kbd", {}, "/"), " to search."),
    h("p", { className: "first" }, "To begin: ", FIRST.filter(methodNamed).flatMap((name) => [" ", link(name)])),
    h("div", { className: "row tools" }, "A first call:", copyButton("Copy", firstCall)),
    lines,
    h(
      "p",
      {},
      "For client generators: the ",
      h("a", { href: "openrpc.json" }, "OpenRPC document"),
      ", also ",
      h("a", { href: "openrpc.dereferenced.json" }, "without references"),
      ".",
    ),
    h("p", {}, "For Claude and other agents (MCP): ", h("code", {}, `${address}mcp`), "."),
    h("h3", {}, "Recent callers"),
    called,
    ...(calls.length
      ? [
          h("h3", {}, "Sent from this page"),
          h("ol", { className: "calls" }, calls.map((call) =>
            h("li", {}, h("time", {}, clock(call.time)), " ", link(call.method), h("span", { className: "quiet" }, ` ${brief(call.outcome)}`)),
          )),
        ]
      : []),
    h("h3", {}, "Operations"),
    running,
    h("h3", {}, "What happens in Anki"),
    noEvents,
    events,
  ];
}
