// The view of one method.

import { h, paragraphs, prose } from "./dom.js";
import { row } from "./schemas.js";
import { gateway } from "./state.js";
import { paramsOf, pretty, tryIt } from "./try.js";

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
    ...(method["x-needs-window"] ? [["needs Anki's window", !gateway.health.window]] : []),
    ...(method["x-writes"] ? [[method["x-undoable"] ? "can be undone" : "cannot be undone", !method["x-undoable"]]] : []),
    ...(method["x-destructive"] ? [["offers a dry run", false]] : []),
    [`Anki ${method["x-anki"]}`, false],
  ];
  return h("ul", { className: "badges" }, texts.map(([text, warn]) => h("li", { className: warn ? "warn" : "" }, text)));
}

const code = (label, text) => h("pre", { tabIndex: 0, attrs: { role: "region", "aria-label": label } }, text);

/** The elements of the view, and a function to be called when the key has changed. */
export function methodView(method, sent) {
  const { element, update } = tryIt(method, sent);
  const errors = method.errors.map(({ code, message, data }) =>
    h(
      "div",
      {},
      h("dt", {}, h("code", {}, data.kind), " ", h("span", { className: "type" }, String(code))),
      h("dd", {}, prose(message)),
    ),
  );
  const view = [
    h("a", { className: "back", href: "#" }, "← All methods"),
    h("h2", {}, method.name),
    badges(method),
    ...paragraphs(method.description),
    h(
      "div",
      { className: "columns" },
      h(
        "section",
        { className: "about" },
        h("h3", {}, "Params"),
        method.params.length
          ? h("dl", { className: "members" }, method.params.map((p) => row(p.name, p.schema, p.description, p.required)))
          : h("p", {}, "None."),
      ),
      element,
      h(
        "section",
        { className: "rest" },
        h("h3", {}, "Result"),
        h("dl", { className: "members" }, row("result", method.result.schema, method.result.description, false)),
        h("h3", {}, "Examples"),
        ...method.examples.flatMap((example) => [
          h("p", {}, example.name),
          code(`Example: ${example.name}`, `${pretty(paramsOf(example))}\n→ ${pretty(example.result.value)}`),
        ]),
        method.examples.length ? [] : h("p", {}, "None: what this method does depends on what is there."),
        h("h3", {}, "Errors"),
        h("dl", { className: "members" }, errors),
      ),
    ),
  ];
  return { view, keyChanged: update };
}
