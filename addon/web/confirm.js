// Which calls overwrite or delete something, and the question before they are sent.

import { h } from "./dom.js";
import { byName } from "./schemas.js";
import { methodNamed } from "./state.js";

/** Methods that overwrite what is stored; their scope does not tell it. */
const OVERWRITES =
  /^(update|upsert|set|save|import|merge|restore|store|edit|modelFieldSet|modelTemplateSet|checkDatabase|guiCheckDatabase)/;
const EXPORTS = /^export\w*(Package|Text|Collection)$/;
const FULL = "A full sync overwrites everything on one side.";

/** What a call can do that its caller may regret, in words; null if nothing. */
export function warning(method, given) {
  const params = byName(method, given);
  if (method["x-destructive"] && params.dryRun === true) return null;
  const inner = inside(params).map(({ method, params }) => warning(method, params)).find(Boolean);
  if (inner) return inner;
  if (method.name === "guiExitAnki") return "This closes Anki.";
  if (method.name === "sync") return params.full ? `${FULL} ${undo(method)}` : null;
  const scopes = [method["x-scope"], ...method["x-also-needs"]];
  if (scopes.includes("delete")) return `This deletes. ${undo(method)}`;
  if (method["x-destructive"]) return `This deletes or overwrites what is stored. ${undo(method)}`;
  if (OVERWRITES.test(method.name)) return `This overwrites what is stored. ${undo(method)}`;
  if (EXPORTS.test(method.name)) return "This overwrites a file of that name.";
  return null;
}

const undo = (method) => (method["x-undoable"] ? "It can be undone in Anki." : "It cannot be undone.");

/** The calls that the params contain, as those of `multi` and `startOperation` do. */
function inside(value) {
  if (value === null || typeof value !== "object") return [];
  const called = methodNamed(value.action ?? value.method);
  const here = called ? [{ method: called, params: value.params ?? {} }] : [];
  return [...here, ...Object.values(value).flatMap((part) => (part && typeof part === "object" ? inside(part) : []))];
}

/** Ask whether to send the call. Returns "send", "dryRun" or "cancel". */
export function confirmed(method, words) {
  const choice = (value, label, className = "") => h("button", { value, className }, label);
  const dialog = h(
    "dialog",
    { attrs: { "aria-labelledby": "question" } },
    h(
      "form",
      { method: "dialog" },
      h("h3", { id: "question" }, "Really send ", h("code", {}, method.name), "?"),
      h("p", {}, words, method["x-destructive"] ? " A dry run only reports what would happen." : ""),
      h(
        "div",
        { className: "row" },
        choice("cancel", "Cancel"),
        method["x-destructive"] ? choice("dryRun", "Dry run") : null,
        choice("send", "Really send", "main danger"),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue || "cancel");
    }),
  );
}
