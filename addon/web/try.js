// "Try it": the form of a method, its answer, the calls that were sent before, and the same call in other languages.

import { answerView, read } from "./answer.js";
import { NO_RESPONSE, PLACEHOLDER, address, key, requestFor, send } from "./calls.js";
import { forget } from "./completion.js";
import { confirmed, warning } from "./confirm.js";
import { clock, copyButton, h, milliseconds, radios } from "./dom.js";
import { choice, choose, draft, history, isSecret, keepCall, keepDraft } from "./drafts.js";
import { mark, paramsForm } from "./form.js";
import { byName } from "./schemas.js";
import { SNIPPETS } from "./snippets.js";
import { gateway } from "./state.js";

const LONGEST_SNIPPET = 20_000; // characters
const PROTOCOLS = [["jsonrpc", "JSON-RPC"], ["ankiconnect", "AnkiConnect"]];

export const paramsOf = (example) => Object.fromEntries(example.params.map(({ name, value }) => [name, value]));
export const pretty = (value) => JSON.stringify(value, null, 2);

/** The address of this page with a call filled in. Opening it does not send the call. */
const linkTo = (method, params) => `${address}#${method.name}?params=${encodeURIComponent(JSON.stringify(params ?? {}))}`;

/** The panel of a method. `sent` is called after each call, with the error that it got if it failed. */
export function tryIt(method, sent) {
  const [first] = method.examples;
  const before = draft(method);
  const area = h("textarea", {
    id: "params",
    spellcheck: false,
    value: before?.text ?? pretty(first ? paramsOf(first) : {}),
    attrs: { "aria-describedby": "problem", "aria-label": "Params, as JSON" },
  });
  const fields = h("div", { id: "fields" });
  const problem = h("p", { id: "problem", className: "problem", attrs: { role: "alert" } });
  const state = h("p", { id: "answer-state", attrs: { role: "status" } });
  const answer = h("div", { id: "answer-view" });
  const button = h("button", { className: "main", type: "submit", attrs: { "aria-keyshortcuts": "Control+Enter" } }, "Send");
  const stop = h("button", { type: "button", hidden: true, onclick: () => running?.abort() }, "Stop");
  const lines = h("pre", { id: "snippet", tabIndex: 0, attrs: { role: "region", "aria-label": "Code to copy" } });
  const earlier = h("details", { id: "history" });
  const share = copyButton("Copy link", () => linkTo(method, parse()));
  const examples = h(
    "select",
    { id: "example", onchange: () => put(pretty(paramsOf(method.examples[examples.value]))) },
    before ? h("option", { value: "", disabled: true, selected: true }, "as typed") : null,
    method.examples.map((example, index) => h("option", { value: index }, example.name)),
  );
  const form = h(
    "form",
    { className: "try", onsubmit: submit, attrs: { "aria-label": "Try it" } },
    h("h3", {}, "Try it"),
    h(
      "div",
      { className: "row" },
      radios("protocol", "Protocol", PROTOCOLS, before?.protocol ?? choice("protocol", "jsonrpc"), keepChoice),
      method.params.length ? radios("view", "Params", [["form", "Form"], ["json", "JSON"]], choice("view", "form"), turn) : null,
    ),
    method.examples.length > 1 ? h("div", { className: "row" }, h("label", {}, "Example ", examples)) : null,
    method.params.length ? null : h("p", {}, "This method has no params."),
    fields,
    area,
    problem,
    h("div", { className: "row" }, button, stop, h("span", { className: "quiet desk" }, h("kbd", {}, "Ctrl"), " ", h("kbd", {}, "Enter")), effect()),
    state,
    answer,
    earlier,
    h("h3", {}, "The same call elsewhere"),
    h(
      "div",
      { className: "row" },
      radios("language", "Language", Object.keys(SNIPPETS).map((name) => [name, name]), choice("language", "curl"), keepChoice),
      copyButton("Copy", () => snippet()),
      share,
    ),
    lines,
  );
  let running = null;

  const chosen = (name) => form.querySelector(`[name=${name}]:checked`)?.value;
  const isForm = () => method.params.length > 0 && chosen("view") === "form";

  function effect() {
    return method["x-writes"] ? h("span", { className: "quiet" }, "This changes your collection.") : null;
  }

  function keepChoice(event) {
    choose(event.target.name, event.target.value);
    update();
  }

  function parse() {
    try {
      const value = JSON.parse(area.value.trim() || "{}");
      if (value === null || typeof value !== "object") throw new Error("expected an object or an array");
      problem.textContent = "";
      return value;
    } catch (error) {
      problem.textContent = `The params are not valid: ${error.message}`;
      return null;
    }
  }

  /** Show the form or the JSON, as is chosen. */
  function turn(event) {
    if (event) choose("view", chosen("view"));
    const value = parse();
    if (isForm() && value !== null) {
      const params = byName(method, value);
      const typed = () => {
        area.value = pretty(params);
        update();
        keep();
      };
      fields.replaceChildren(paramsForm(method, params, typed));
    }
    if (isForm() && value === null) form.querySelector("[name=view][value=json]").checked = true;
    fields.hidden = !isForm();
    area.hidden = isForm() || !method.params.length;
    update();
  }

  /** Replace the params by a text. */
  function put(text) {
    area.value = text;
    turn();
    keep();
  }

  const keep = () => keepDraft(method, { text: area.value, protocol: chosen("protocol") });

  function snippet() {
    const value = parse();
    if (value === null) return lines.textContent;
    const shown = key() || gateway.needsKey ? PLACEHOLDER : "";
    return SNIPPETS[chosen("language")](requestFor(chosen("protocol"), method.name, value, shown));
  }

  function update() {
    const text = snippet();
    share.hidden = isSecret(method, area.value);
    lines.textContent = text.length > LONGEST_SNIPPET ? `${text.slice(0, LONGEST_SNIPPET)}\n… Copy has all of it.` : text;
  }

  async function submit(event) {
    event?.preventDefault();
    const value = parse();
    if (value === null || running) return;
    const words = warning(method, value);
    let params = value;
    if (words) {
      const decision = await confirmed(method, words);
      if (decision === "cancel") return;
      if (decision === "dryRun") params = { ...byName(method, value), dryRun: true };
    }
    await run(params);
  }

  async function run(params) {
    const protocol = chosen("protocol");
    const mine = (running = new AbortController());
    state.className = "";
    state.textContent = "Sent, waiting for the response…";
    answer.replaceChildren();
    button.disabled = true;
    stop.hidden = false;
    let outcome;
    let error;
    try {
      const reply = await send(requestFor(protocol, method.name, params, key()), mine.signal);
      ({ outcome, error } = show(reply));
    } catch {
      outcome = mine.signal.aborted ? "Stopped. The gateway may still have done it." : NO_RESPONSE;
      error = {};
      state.className = "bad";
      state.textContent = outcome;
    }
    running = null;
    button.disabled = false;
    stop.hidden = true;
    keepCall(method, { text: pretty(params), protocol, time: Date.now(), outcome });
    showHistory();
    if (method["x-writes"]) forget();
    sent(error);
  }

  function show({ status, bytes, time }) {
    const found = read(bytes);
    const error = found.value?.error;
    const words = error ? `error: ${error.message ?? error}` : status === 200 ? "done" : "refused";
    const outcome = `${words} · HTTP ${status} · ${milliseconds(time)}`;
    state.className = status !== 200 || error ? "bad" : "";
    state.textContent = outcome;
    answer.replaceChildren(...answerView(method.name, bytes, found));
    state.scrollIntoView({ block: "nearest" });
    mark(fields, isForm() ? problems(error?.data ?? {}) : {});
    const wantsKey = error?.data?.kind === "key_required" || String(error).includes("valid api key");
    return { outcome, error: error && { ...error, wantsKey } };
  }

  const problems = ({ fields: wrong, field }) => wrong ?? (field ? { [field]: state.textContent } : {});

  function showHistory() {
    const calls = history().filter((call) => call.method === method.name);
    earlier.hidden = !calls.length;
    const rows = calls.map((call) =>
      h(
        "li",
        {},
        h("button", { type: "button", onclick: () => put(call.text) }, clock(call.time)),
        " ",
        h("code", {}, brief(call.text)),
        h("span", { className: "quiet" }, ` ${brief(call.outcome)}`),
      ),
    );
    const isOpen = earlier.open;
    earlier.replaceChildren(h("summary", {}, `Sent before (${calls.length})`), h("ol", { className: "calls" }, rows));
    earlier.open = isOpen;
  }

  form.addEventListener("input", () => {
    if (document.activeElement === area) update();
    keep();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  });
  turn();
  showHistory();
  return { element: form, update };
}

export const brief = (text) => {
  const line = text.replace(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
};
