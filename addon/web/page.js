// The gateway's page: its state, every method of its OpenRPC document, and a form to call each of them.
// It has only the rights of its own origin.

import { NO_RESPONSE, ask, key, load } from "./calls.js";
import { forget } from "./completion.js";
import { $, count, h, prose } from "./dom.js";
import { choice, keepDraft } from "./drafts.js";
import { methodView } from "./method.js";
import { overview } from "./overview.js";
import { prepare, search, similar } from "./search.js";
import { gateway, methodNamed } from "./state.js";
import { pretty } from "./try.js";

const isPhone = matchMedia("(max-width: 46rem)");
let entries = [];
let keyChanged = () => {};
let leaving = new AbortController();

/** A part of the address; one that is cut off in the middle of a letter is read as it is. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const inAddress = () => location.hash.slice(1).split("?params=");
const wanted = () => decoded(inAddress()[0]);

/** Take over the params of a link to a call, as if they had been typed. */
function takeParams(method) {
  const [name, params] = inAddress();
  if (params === undefined) return;
  history.replaceState(null, "", `#${name}`);
  try {
    keepDraft(method, { text: pretty(JSON.parse(decoded(params))), protocol: choice("protocol", "jsonrpc") });
  } catch {
    // the link is damaged: the method alone is shown
  }
}

const link = (method, ...more) => {
  const isHere = method.name === wanted();
  return h("a", { href: `#${method.name}`, title: method.summary, attrs: isHere ? { "aria-current": "page" } : {} }, method.name, ...more);
};

// --- the list of methods ---

function list() {
  const query = $("search").value;
  const isSearch = query.trim() !== "";
  const found = search(entries, query);
  $("methods").replaceChildren(...(isSearch ? hits(found, query) : categories(found)));
  $("found").textContent = isSearch ? `${found.length} of ${count(entries.length, "method")}` : count(entries.length, "method");
}

function categories(methods) {
  const groups = new Map();
  for (const method of methods) {
    const name = method.tags[0].name;
    groups.set(name, [...(groups.get(name) ?? []), method]);
  }
  return [...groups.keys()].sort().map((name) =>
    h("section", {}, h("h2", {}, name), h("ul", {}, groups.get(name).map((method) => h("li", {}, link(method))))),
  );
}

function hits(found, query) {
  if (!found.length) return nothing(query);
  return [h("ul", { className: "hits" }, found.map((method) => h("li", {}, link(method, h("small", {}, method.summary)))))];
}

function nothing(query) {
  const near = similar(entries, query);
  return [
    h("p", {}, `No method matches “${query.trim()}”.`),
    near.length ? h("p", {}, "Did you mean:") : h("p", {}, "Try another word: what it does, or what it is about."),
    h("ul", { className: "hits" }, near.map((method) => h("li", {}, link(method, h("small", {}, method.summary))))),
    h("button", { type: "button", onclick: clear }, "Show all methods"),
  ];
}

function clear() {
  $("search").value = "";
  list();
  $("search").focus();
}

/** Move in the list by the arrow keys, from and to the search. */
function move(event) {
  const links = [...$("methods").querySelectorAll("a")];
  const here = links.indexOf(document.activeElement);
  const last = links.length - 1;
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: last }[event.key];
  if (event.key === "Escape") clear();
  if (to === undefined || (here < 0 && event.key !== "ArrowDown")) return;
  event.preventDefault();
  if (to < 0) $("search").focus();
  else links[Math.min(to, last)]?.focus();
}

// --- the frame ---

function notFound(name) {
  const near = similar(entries, name);
  return h(
    "p",
    { className: "problem", attrs: { role: "alert" } },
    `No method is named “${name}”.`,
    near.length ? [" Did you mean ", near.flatMap((method, index) => [index ? ", " : "", h("a", { href: `#${method.name}` }, method.name)]), "?"] : [],
  );
}

function show() {
  const name = wanted();
  const method = methodNamed(name);
  document.body.className = method ? "method" : "overview";
  document.title = method ? `${method.name} - AnkiRPC` : "AnkiRPC";
  if (method) takeParams(method);
  leaving.abort();
  leaving = new AbortController();
  const shown = method ? methodView(method, afterCall) : overview(name && entries.length ? notFound(name) : null, leaving.signal);
  keyChanged = shown.keyChanged;
  $("main").replaceChildren(...shown.view.filter((part) => part !== null));
  $("main").scrollTop = 0;
  if (isPhone.matches) scrollTo(0, 0);
  list();
  if (!isPhone.matches) bringIntoView($("methods").querySelector("[aria-current]"));
}

/** Scroll the list so that an entry can be seen; it stays where it is if the entry can be seen already. */
function bringIntoView(entry) {
  if (!entry) return;
  const { top, bottom } = entry.getBoundingClientRect();
  const frame = document.querySelector("nav").getBoundingClientRect();
  if (top < frame.top || bottom > frame.bottom) entry.scrollIntoView({ block: "center" });
}

/** On a phone the list of methods comes after the rest, also for the keyboard and for screen readers. */
function arrange() {
  const nav = document.querySelector("nav");
  if (isPhone.matches) $("main").after(nav);
  else $("main").before(nav);
}

function afterCall(error) {
  if (error?.wantsKey) $("key").focus();
  refresh();
}

/** Say what is wrong with the key beside it. */
function tellKey(error) {
  const problem = error?.data?.kind === "key_required" || error?.kind === "key_required" ? error.message : "";
  gateway.needsKey = problem !== "";
  $("key").setAttribute("aria-invalid", problem !== "" && key() !== "");
  $("key").placeholder = problem ? "needed" : "none";
  const words = problem && !key() ? "This gateway needs an API key." : problem;
  if ($("key-problem").textContent !== words.replaceAll("`", "")) $("key-problem").replaceChildren(...prose(words));
}

async function refresh() {
  const state = $("state");
  const tell = (isGood, text) => {
    state.className = isGood ? "good" : "bad";
    state.textContent = text;
  };
  const health = (gateway.health = (await load("health").catch(() => null)) ?? {});
  if (!health.status) return tell(false, NO_RESPONSE);
  const { result: profile, error } = await ask("getActiveProfile");
  const knew = gateway.needsKey;
  tellKey(error);
  if (knew !== gateway.needsKey) keyChanged();
  const where = health.collection ? (profile ? `profile ${profile}` : "a profile is open") : "no profile is open";
  return tell(
    health.collection,
    `Running · ${where} · ${health.window ? "" : "without a window · "}Anki ${health.anki} · AnkiRPC ${health.version}`,
  );
}

$("search").addEventListener("input", list);
$("search").addEventListener("keydown", (event) => {
  if (event.key === "Enter") $("methods").querySelector("a")?.click();
});
document.querySelector("nav").addEventListener("keydown", move);
$("key-form").addEventListener("submit", (event) => event.preventDefault());
$("key").addEventListener("change", async () => {
  forget();
  await refresh();
  keyChanged();
});
addEventListener("hashchange", () => { show(); $("main").focus({ preventScroll: true }); });
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, dialog")) return;
  event.preventDefault();
  $("search").select();
});
document.addEventListener("visibilitychange", () => document.hidden || refresh());
isPhone.addEventListener("change", arrange);

arrange();
const loaded = load("openrpc.json").catch(() => null);
await refresh();
gateway.spec = (await loaded) ?? gateway.spec;
entries = prepare(gateway.spec.methods);
show();
