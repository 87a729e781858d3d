// The gateway's page: its state, every method of its OpenRPC document, and a form to call each of them.
// It has only the rights of its own origin. Texts are inserted as text, never as HTML.

import { follow } from "./live.js";

const $ = (id) => document.getElementById(id);
const address = `${location.origin}/`;
const PLACEHOLDER = "YOUR_KEY";
let spec = { methods: [], components: { schemas: {} } };
let health = {};

/** Make an element with properties, and with children that are elements or text. */
function h(tag, props = {}, ...children) {
  const element = Object.assign(document.createElement(tag), props);
  for (const [name, value] of Object.entries(props.attrs ?? {})) element.setAttribute(name, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Split prose into text and `code`. */
const prose = (text) => text.split(/`([^`]+)`/).map((part, index) => (index % 2 ? h("code", {}, part) : part));
const paragraphs = (text) => text.split("\n\n").map((part) => h("p", {}, prose(part)));

// --- calls ---

/** The header with a key: its UTF-8, as headers may contain only characters of one byte. */
const authorization = (key) =>
  key ? { Authorization: `Bearer ${String.fromCharCode(...new TextEncoder().encode(key))}` } : {};

function requestFor(protocol, method, params, key) {
  if (protocol === "ankiconnect") {
    const envelope = { action: method, version: 6, params };
    return { headers: { "Content-Type": "application/json" }, body: key ? { ...envelope, key } : envelope };
  }
  const headers = { "Content-Type": "application/json", ...authorization(key) };
  return { headers, body: { jsonrpc: "2.0", id: 1, method, params } };
}

async function send({ headers, body }) {
  const began = performance.now();
  const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, text, time: performance.now() - began };
}

/** The result of a JSON-RPC call; undefined if it fails. */
async function result(method, params = {}) {
  const answer = await send(requestFor("jsonrpc", method, params, $("key").value)).catch(() => null);
  return answer?.status === 200 ? JSON.parse(answer.text).result : undefined;
}

async function load(path) {
  const response = await fetch(path, { headers: authorization($("key").value) });
  return response.ok ? response.json() : null;
}

// --- snippets to copy ---

const shell = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

function python(value, indent = "") {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const deeper = `${indent}    `;
  const parts = Array.isArray(value)
    ? value.map((item) => python(item, deeper))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${python(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const line = open + parts.join(", ") + close;
  if (line.length < 80) return line;
  return `${open}\n${parts.map((part) => `${deeper}${part},\n`).join("")}${indent}${close}`;
}

const SNIPPETS = {
  curl: ({ headers, body }) =>
    [
      `curl ${address}`,
      ...Object.entries(headers).map(([name, value]) => `-H ${shell(`${name}: ${value}`)}`),
      `-d ${shell(JSON.stringify(body))}`,
    ].join(" \\\n  "),
  Python: ({ headers, body }) =>
    `import json, urllib.request

body = ${python(body)}
request = urllib.request.Request(
    "${address}",
    json.dumps(body).encode(),
    ${python(headers, "    ")},
)
print(json.load(urllib.request.urlopen(request)))`,
  JavaScript: ({ headers, body }) =>
    `const response = await fetch("${address}", {
  method: "POST",
  headers: ${JSON.stringify(headers)},
  body: JSON.stringify(${JSON.stringify(body, null, 2).replaceAll("\n", "\n  ")}),
});
console.log(await response.json());`,
};

// --- schemas in words ---

const named = (schema) => (schema.$ref ? spec.components.schemas[schema.$ref.split("/").pop()] : schema);

function typeOf(schema) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.properties) return schema.title;
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return union.map(typeOf).join(" | ");
  const types = [schema.type ?? "any"].flat();
  return types
    .map((type) => {
      if (type === "array") return `array of ${schema.items ? typeOf(schema.items) : "any"}`;
      const values = schema.additionalProperties;
      if (type === "object" && !schema.properties && typeof values === "object") return `object of ${typeOf(values)}`;
      return type;
    })
    .join(" | ");
}

/** A schema with the members of its only choice besides null. */
function present(schema) {
  const [choice, ...others] = (schema.anyOf ?? []).filter((part) => part.type !== "null");
  return others.length ? schema : { ...choice, ...schema };
}

function limits(nullable) {
  const schema = present(nullable);
  const say = (key, words) => (schema[key] === undefined ? [] : [`${words} ${schema[key]}`]);
  const given = schema.default;
  return [
    ...(given === undefined || given === null ? [] : [`default ${JSON.stringify(given)}`]),
    ...say("minimum", "at least"),
    ...say("maximum", "at most"),
    ...say("minLength", "length at least"),
    ...say("maxLength", "length at most"),
    ...say("minItems", "items at least"),
    ...say("maxItems", "items at most"),
  ].join(", ");
}

/** The objects inside a schema, each as an element to unfold. */
function inside(schema) {
  const inner = named(schema);
  if (inner.properties) {
    const required = new Set(inner.required);
    const rows = Object.entries(inner.properties).map(([name, member]) =>
      row(name, member, named(member).description ?? "", required.has(name)),
    );
    return [h("details", {}, h("summary", {}, inner.title ?? "Members"), h("dl", { className: "members" }, rows))];
  }
  const parts = [inner.items, inner.additionalProperties, ...(inner.anyOf ?? []), ...(inner.oneOf ?? [])];
  return parts.filter((part) => part && typeof part === "object").flatMap(inside);
}

function row(name, schema, description, required) {
  const extra = limits(named(schema));
  return h(
    "div",
    {},
    h(
      "dt",
      {},
      h("code", {}, name),
      h("span", { className: "type" }, typeOf(schema), extra ? `, ${extra}` : ""),
      required ? h("span", { className: "required" }, "required") : null,
    ),
    h("dd", {}, prose(description), inside(schema)),
  );
}

// --- one method ---

const SCOPES = {
  read: "reads",
  write: "adds and changes",
  delete: "deletes",
  media: "media files",
  files: "files on this computer",
  gui: "Anki's windows",
  sync: "sync",
  admin: "administration",
};

function badges(method) {
  const texts = [
    ...[method["x-scope"], ...method["x-also-needs"]].map((scope) => [`scope ${scope}: ${SCOPES[scope]}`, scope === "delete"]),
    ...(method["x-needs-window"] ? [["needs Anki's window", !health.window]] : []),
    ...(method["x-writes"] ? [[method["x-undoable"] ? "can be undone" : "cannot be undone", !method["x-undoable"]]] : []),
    ...(method["x-destructive"] ? [["offers a dry run", false]] : []),
    [`Anki ${method["x-anki"]}`, false],
  ];
  return h("ul", { className: "badges" }, texts.map(([text, warn]) => h("li", { className: warn ? "warn" : "" }, text)));
}

const paramsOf = (example) => Object.fromEntries(example.params.map(({ name, value }) => [name, value]));
const pretty = (value) => JSON.stringify(value, null, 2);

function tryIt(method) {
  const [first] = method.examples;
  const params = h("textarea", {
    id: "params",
    spellcheck: false,
    value: pretty(first ? paramsOf(first) : {}),
    attrs: { "aria-describedby": "problem" },
  });
  const problem = h("p", { id: "problem", className: "problem", attrs: { role: "alert" } });
  const state = h("p", { id: "answer-state", attrs: { role: "status" } });
  const answer = h("pre", { id: "answer", hidden: true, tabIndex: 0, attrs: { "aria-label": "Answer" } });
  const button = h("button", { className: "main", type: "submit" }, "Send");
  const examples = h(
    "select",
    { id: "example", onchange: () => { params.value = pretty(paramsOf(method.examples[examples.value])); update(); } },
    method.examples.map((example, index) => h("option", { value: index }, example.name)),
  );
  const protocols = [["jsonrpc", "JSON-RPC"], ["ankiconnect", "AnkiConnect"]].map(([value, label], index) =>
    h("label", {}, h("input", { type: "radio", name: "protocol", value, checked: index === 0, onchange: () => update() }), ` ${label}`),
  );
  const lines = h("pre", { id: "snippet", tabIndex: 0, attrs: { "aria-label": "Code to copy" } });
  const languages = Object.keys(SNIPPETS).map((name, index) =>
    h("label", {}, h("input", { type: "radio", name: "language", value: name, checked: index === 0, onchange: () => update() }), ` ${name}`),
  );
  const copy = h("button", { type: "button", onclick: copyLines }, "Copy");
  const form = h(
    "form",
    { className: "try", onsubmit: submit, oninput: () => update() },
    h("h3", {}, "Try it"),
    h("div", { className: "row" },
      h("fieldset", {}, h("legend", {}, "Protocol"), protocols),
      method.examples.length > 1 ? h("label", {}, "Example ", examples) : null,
    ),
    h("label", { htmlFor: "params" }, "Params, as JSON"),
    params,
    problem,
    h("div", { className: "row" }, button, method["x-writes"] ? h("span", {}, "This changes your collection.") : null),
    state,
    answer,
    h("h3", {}, "The same call elsewhere"),
    h("div", { className: "row" }, h("fieldset", {}, h("legend", { className: "skip" }, "Language"), languages), copy),
    lines,
  );

  function chosen(name) {
    return form.querySelector(`[name=${name}]:checked`).value;
  }

  function read() {
    try {
      const value = JSON.parse(params.value || "{}");
      if (value === null || typeof value !== "object") throw new Error("expected an object or an array");
      problem.textContent = "";
      return value;
    } catch (error) {
      problem.textContent = `The params are not valid: ${error.message}`;
      return null;
    }
  }

  function update() {
    disarm();
    const value = read();
    if (value === null) return;
    const key = $("key").value && PLACEHOLDER;
    lines.textContent = SNIPPETS[chosen("language")](requestFor(chosen("protocol"), method.name, value, key));
  }

  // A call that deletes needs a second click.
  const isDangerous = method["x-scope"] === "delete" || method.name === "guiExitAnki";
  let armed = false;
  function disarm() {
    armed = false;
    button.textContent = "Send";
    button.classList.toggle("danger", false);
  }

  async function submit(event) {
    event.preventDefault();
    const value = read();
    if (value === null) return;
    if (isDangerous && !armed) {
      armed = true;
      button.textContent = "Really send?";
      button.classList.add("danger");
      return;
    }
    disarm();
    state.className = "";
    state.textContent = "Sent, waiting for the response…";
    answer.hidden = true;
    try {
      show(await send(requestFor(chosen("protocol"), method.name, value, $("key").value)));
    } catch {
      state.className = "bad";
      state.textContent = "No response: is Anki still running?";
    }
    refresh();
  }

  function show({ status, text, time }) {
    let value = null;
    try {
      value = JSON.parse(text);
    } catch {
      // a 403 of the old protocol has no body
    }
    const error = value?.error;
    state.className = status !== 200 || error ? "bad" : "";
    const words = error ? `error: ${error.message ?? error}` : status === 200 ? "done" : "refused";
    state.textContent = `${words} · HTTP ${status} · ${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;
    answer.textContent = value === null ? text : pretty(value);
    answer.hidden = !answer.textContent;
    if (error?.data?.kind === "key_required" || String(error).includes("valid api key")) $("key").focus();
  }

  async function copyLines() {
    await navigator.clipboard.writeText(lines.textContent);
    copy.textContent = "Copied";
    setTimeout(() => (copy.textContent = "Copy"), 1500);
  }

  update();
  return form;
}

function showMethod(method) {
  const errors = method.errors.map(({ code, message, data }) =>
    h("tr", {}, h("td", {}, String(code)), h("td", {}, h("code", {}, data.kind)), h("td", {}, prose(message))),
  );
  const table = h("table", {}, h("thead", {}, h("tr", {}, ["code", "kind", "meaning"].map((text) => h("th", { scope: "col" }, text)))), h("tbody", {}, errors));
  return [
    h("a", { className: "back", href: "#" }, "← All methods"),
    h("h2", {}, method.name),
    badges(method),
    ...paragraphs(method.description),
    h("h3", {}, "Params"),
    method.params.length
      ? h("dl", { className: "members" }, method.params.map((p) => row(p.name, p.schema, p.description, p.required)))
      : h("p", {}, "None."),
    h("h3", {}, "Result"),
    h("dl", { className: "members" }, row("result", method.result.schema, method.result.description, false)),
    tryIt(method),
    h("h3", {}, "Examples"),
    ...method.examples.flatMap((example) => [
      h("p", {}, example.name),
      h("pre", { tabIndex: 0 }, `${pretty(paramsOf(example))}\n→ ${pretty(example.result.value)}`),
    ]),
    h("h3", {}, "Errors"),
    h("div", { className: "table" }, table),
  ];
}

// --- the overview ---

function howToAllow({ reason, who, isOrigin }) {
  if (["its API key is wrong", "it sent no API key"].includes(reason)) return "Set a valid key in the program, or remove all keys in Anki.";
  if (who === "null") return "The page was opened from a file or in a sandbox. Open it from a web server, so that it has an origin.";
  if (!isOrigin || reason === "no browser sends such an origin") return "";
  return health.window
    ? `Let the page ask (requestPermission), or allow ${who} in Tools > AnkiRPC.`
    : `Start the gateway with --allow-origin ${/^[\w.:/+~-]+$/.test(who) ? who : shell(who)}`;
}

async function recent(place) {
  const rows = await load("recent.json").catch(() => null);
  if (rows === null) {
    place.replaceChildren(h("p", {}, "To see the callers, enter your API key above."));
    return;
  }
  live();
  if (!rows.length) {
    place.replaceChildren(h("p", {}, "None yet."));
    return;
  }
  const body = rows.map((item) =>
    h("tr", {},
      h("td", {}, item.who),
      h("td", {}, item.action),
      h("td", {}, item.reason === null ? "served" : h("strong", { className: "problem" }, "refused"), ` ${item.count}×`),
      h("td", {}, new Date(item.time * 1000).toLocaleTimeString()),
      h("td", {}, item.reason === null ? "" : `${item.reason}. ${howToAllow(item)}`),
    ),
  );
  const head = ["Caller", "Latest call", "Outcome", "Time", "Reason, and how to allow it"].map((text) => h("th", { scope: "col" }, text));
  place.replaceChildren(h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)));
}

// --- what happens now ---

const MOST_SHOWN = 20;
let following = new AbortController();

/** Follow the events, but only while the overview is visible: the number of streams is limited. */
async function live() {
  following.abort();
  const here = (following = new AbortController());
  if (!$("events") || document.hidden) return;
  operations();
  try {
    await follow(authorization(), here.signal, tell);
  } catch (error) {
    if (!here.signal.aborted) $("events")?.replaceChildren(h("li", {}, `Events are not available: ${error.message}`));
  }
}

function tell({ method, params }) {
  if (method === "operationChanged") return operations();
  const text = JSON.stringify(params);
  const line = h(
    "li",
    {},
    `${new Date().toLocaleTimeString()} `,
    h("code", {}, method),
    text === "{}" ? "" : ` ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`,
  );
  $("events")?.prepend(line);
  while ($("events")?.children.length > MOST_SHOWN) $("events").lastChild.remove();
}

function howFar({ state, progress }) {
  if (!progress) return state;
  const { done, total, text } = progress;
  const counted = total === null ? null : h("progress", { value: done, max: total, title: `${done} of ${total}` });
  return h("span", {}, `${state} `, counted, text ? ` ${text}` : "");
}

async function operations() {
  const list = (await result("listOperations")) ?? [];
  const rows = list.reverse().map((item) =>
    h("tr", {},
      h("td", {}, h("code", {}, item.method)),
      h("td", {}, howFar(item)),
      h("td", {}, new Date(item.created * 1000).toLocaleTimeString()),
      h("td", {}, item.cancellable ? h("button", { type: "button", onclick: () => cancel(item.id) }, "Cancel") : ""),
    ),
  );
  const head = ["Method", "Progress", "Started", ""].map((text) => h("th", { scope: "col" }, text));
  $("operations")?.replaceChildren(
    rows.length ? h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows)) : h("p", {}, "None recently."),
  );
}

async function cancel(id) {
  await result("cancelOperation", { id });
  operations();
}

function showOverview() {
  const called = h("div", { className: "table", id: "recent" });
  recent(called);
  const example = { method: "deckNames", params: {} };
  return [
    h("h2", {}, "The gateway to Anki"),
    h("p", { className: "lead" }, `Programs reach Anki at ${address}, by JSON-RPC 2.0 or by AnkiConnect's protocol.`),
    h("p", {}, "Choose a method to see its params and its result, and to try it. Press / to search."),
    h("pre", { tabIndex: 0 }, SNIPPETS.curl(requestFor("jsonrpc", example.method, example.params, ""))),
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
    h("h3", {}, "Operations"),
    h("div", { className: "table", id: "operations" }),
    h("h3", {}, "What happens in Anki"),
    h("ol", { id: "events", className: "events", attrs: { "aria-label": "Events, newest first" } }),
  ];
}

// --- the frame ---

function list() {
  const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = spec.methods.filter((method) => words.every((word) => method.text.includes(word)));
  const here = decodeURIComponent(location.hash.slice(1));
  const groups = Object.groupBy ? Object.groupBy(found, (m) => m.tags[0].name) : group(found);
  $("methods").replaceChildren(
    ...Object.keys(groups).sort().map((name) =>
      h("section", {},
        h("h2", {}, name),
        h("ul", {}, groups[name].map((method) =>
          h("li", {}, h("a", { href: `#${method.name}`, title: method.summary, attrs: method.name === here ? { "aria-current": "page" } : {} }, method.name)),
        )),
      ),
    ),
  );
  $("found").textContent = words.length ? `${found.length} of ${spec.methods.length} methods` : `${spec.methods.length} methods`;
}

function group(methods) {
  const groups = {};
  for (const method of methods) (groups[method.tags[0].name] ??= []).push(method);
  return groups;
}

function show() {
  const name = decodeURIComponent(location.hash.slice(1));
  const method = spec.methods.find((candidate) => candidate.name === name);
  document.body.className = method ? "method" : "overview";
  document.title = method ? `${method.name} - AnkiRPC` : "AnkiRPC";
  following.abort();
  $("main").replaceChildren(...(method ? showMethod(method) : showOverview()));
  $("main").scrollTop = 0;
  if (method && matchMedia("(max-width: 46rem)").matches) scrollTo(0, 0);
  list();
}

async function refresh() {
  const state = $("state");
  health = (await load("health").catch(() => null)) ?? {};
  if (!health.status) {
    state.className = "bad";
    state.textContent = "No response: is Anki still running?";
    return;
  }
  const profile = health.collection ? await result("getActiveProfile") : null;
  const where = health.collection ? (profile ? `profile ${profile}` : "a profile is open") : "no profile is open";
  state.className = health.collection ? "good" : "bad";
  state.textContent = `Running · ${where} · ${health.window ? "" : "without a window · "}Anki ${health.anki} · AnkiRPC ${health.version}`;
}

$("search").addEventListener("input", list);
$("search").addEventListener("keydown", (event) => {
  if (event.key === "Enter") $("methods").querySelector("a")?.click();
  if (event.key === "Escape") { $("search").value = ""; list(); }
});
$("key-form").addEventListener("submit", (event) => event.preventDefault());
$("key").addEventListener("change", () => {
  show(); // at once: later it would remove the response of a call
  refresh();
});
addEventListener("hashchange", () => { show(); $("main").focus({ preventScroll: true }); });
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  $("search").focus();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) refresh();
  live();
});

const loaded = load("openrpc.json");
await refresh();
spec = (await loaded) ?? spec;
for (const method of spec.methods) {
  const params = method.params.map((param) => `${param.name} ${param.description}`).join(" ");
  method.text = `${method.name} ${method.description} ${params} ${method.tags[0].name}`.toLowerCase();
}
show();
