// A form for the params of a method, made from their schemas. It edits one object in place.

import { complete, fieldsOf, kindOf } from "./completion.js";
import { h } from "./dom.js";
import { typeOf } from "./schemas.js";
import { named } from "./state.js";

const LONG_TEXT = /^(css|text|description|front|back|header|latex.*|cardStateCustomizer|backExtra|data)$/i;
const DEEPEST = 5;
let ids = 0;

/** A schema without its choice of null, and whether it has one. */
function withoutNull(schema) {
  const inner = named(schema);
  const union = inner.anyOf ?? inner.oneOf;
  if (union) {
    const choices = union.filter((part) => part.type !== "null");
    const isNullable = choices.length < union.length || choices.some((part) => withoutNull(part).isNullable);
    if (choices.length === 1) return { schema: withoutNull(choices[0]).schema, isNullable };
    return { schema: { ...inner, anyOf: choices, oneOf: undefined }, isNullable };
  }
  const types = [inner.type].flat().filter(Boolean);
  const isNullable = types.includes("null") || (inner.enum ?? []).includes(null);
  const others = types.filter((type) => type !== "null");
  return { schema: { ...inner, type: others.length === 1 ? others[0] : others }, isNullable };
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function fits(schema, value) {
  const inner = withoutNull(schema).schema;
  if (inner.anyOf) return inner.anyOf.some((part) => fits(part, value));
  if (Array.isArray(value)) return inner.type === "array" && value.every((item) => fits(inner.items ?? {}, item));
  if (isObject(value)) return inner.type === "object" || Boolean(inner.properties);
  const type = { string: ["string"], boolean: ["boolean"], number: ["number", "integer"] }[typeof value] ?? [];
  return type.includes(inner.type);
}

const empty = (schema) => {
  const inner = withoutNull(schema).schema;
  if (inner.properties || inner.type === "object") return {};
  if (inner.type === "array") return [];
  return inner.enum ? inner.enum[0] : inner.type === "boolean" ? false : inner.type === "string" ? "" : undefined;
};

/** One place in the params. `get` and `set` its value; `set(undefined)` leaves it out. `holder` is the object around. */
class Place {
  constructor({ form, schema, name, label = name, path, get, set, holder, required, isItem, depth }) {
    Object.assign(this, { form, name, label, path, get, set, holder, required, isItem, depth });
    this.given = named(schema);
    ({ schema: this.schema, isNullable: this.isNullable } = withoutNull(schema));
  }

  /** The place of a member of the object here, or of an item of the list here. */
  inside(key, schema, { name = String(key), label = name, required = true, isItem = false } = {}) {
    return new Place({
      form: this.form,
      schema,
      name,
      label,
      required,
      isItem,
      path: `${this.path}.${key}`,
      depth: this.depth + 1,
      holder: Array.isArray(this.get()) ? this.holder : () => this.get(),
      get: () => this.get()?.[key],
      set: (value) => {
        if (this.get() === undefined || this.get() === null) this.set(empty(this.schema));
        if (value === undefined && !Array.isArray(this.get())) delete this.get()[key];
        else this.get()[key] = value ?? null;
        this.form.changed();
      },
    });
  }

  /** The note type that the params name beside or around this place. */
  get modelName() {
    return () => this.holder()?.modelName ?? this.form.params.modelName ?? this.form.params.note?.modelName;
  }

  get kind() {
    return kindOf(this.form.method, this.name);
  }
}

function editor(place) {
  const { schema } = place;
  if (place.depth > DEEPEST) return json(place);
  if (schema.enum || schema.type === "boolean") return choices(place);
  if (schema.anyOf) return union(place);
  if (schema.properties) return object(place);
  if (schema.type === "array" && schema.items) return isNumber(schema.items) ? numbers(place) : list(place);
  if (schema.type === "object" && isObject(schema.additionalProperties)) return map(place);
  if (schema.type === "integer" || schema.type === "number") return line(place, asNumber, "numeric");
  if (schema.type === "string") return text(place);
  return json(place);
}

const isNumber = (schema) => ["integer", "number"].includes(withoutNull(schema).schema.type);
const asNumber = (text) => (text.trim() === "" ? undefined : Number.isNaN(Number(text)) ? text : Number(text));

/** The name, the type and whether it is required. */
const title = (place) => [
  h("code", {}, place.label),
  " ",
  h("span", { className: "type" }, typeOf(place.given)),
  " ",
  place.required && !place.isItem ? h("span", { className: "required" }, "required") : null,
];

/** A field with its label; what the gateway says about it is shown below (`mark`). */
function field(place, control, ...more) {
  const id = `field-${(ids += 1)}`;
  const target = control.matches("input, textarea, select") ? control : control.querySelector("input, textarea, select");
  target.id = id;
  target.setAttribute("aria-describedby", `${id}-problem`);
  return h(
    "div",
    { className: "field", attrs: { "data-path": place.path } },
    h("label", { htmlFor: id }, title(place)),
    control,
    ...more,
    h("p", { id: `${id}-problem`, className: "problem" }),
  );
}

/** A box to send null, where leaving a value out means something else. */
function nullBox(place, control) {
  const isOther = place.required || (place.given.default !== undefined && place.given.default !== null);
  if (!place.isNullable || !isOther) return null;
  const box = h("input", { type: "checkbox", checked: place.get() === null, onchange: press });
  function press() {
    control.disabled = box.checked;
    if (box.checked) place.set(null);
    else control.dispatchEvent(new Event("input", { bubbles: true }));
  }
  control.disabled = box.checked;
  return h("label", { className: "null" }, box, " null");
}

/** A box to send an empty search, which finds everything, where leaving it out finds nothing. */
function emptyBox(place, input) {
  if (place.required) return null;
  const box = h("input", { type: "checkbox", checked: place.get() === "", onchange: press });
  function press() {
    input.value = "";
    input.disabled = box.checked;
    place.set(box.checked ? "" : undefined);
  }
  input.disabled = box.checked;
  return h("label", { className: "null" }, box, " empty: all");
}

/** An input of one line, whose text `parse` makes a value of. */
function line(place, parse, inputMode = "text") {
  const value = place.get() ?? "";
  const input = h("input", { value: typeof value === "object" ? JSON.stringify(value) : value, inputMode, spellcheck: false });
  input.placeholder = place.required ? "" : hint(place.given.default);
  input.addEventListener("input", () => place.set(parse(input.value)));
  const list = place.kind ? complete(input, place.kind, place.modelName) : null;
  return field(place, input, list, nullBox(place, input), place.kind === "query" ? emptyBox(place, input) : null);
}

const hint = (given) => (given === undefined || given === null ? "not sent" : `not sent (default ${JSON.stringify(given)})`);

function text(place) {
  const parse = (typed) => (typed === "" && (!place.required || place.get() === undefined) ? undefined : typed);
  if (place.kind || !(LONG_TEXT.test(place.name) || place.isLong)) {
    const row = line(place, parse);
    if (place.name === "password") row.querySelector("input").type = "password";
    return row;
  }
  const area = h("textarea", { value: place.get() ?? "", rows: 1, spellcheck: false, className: "text" });
  area.placeholder = place.required ? "" : hint(place.given.default);
  area.addEventListener("input", () => place.set(parse(area.value)));
  return field(place, area, nullBox(place, area));
}

function choices(place) {
  const values = place.schema.enum?.filter((value) => value !== null) ?? [true, false];
  const isOther = place.isNullable && (place.required || (place.given.default ?? null) !== null);
  const offered = isOther ? [...values, null] : values;
  const now = offered.findIndex((value) => value === place.get());
  const select = h(
    "select",
    { oninput: () => place.set(select.value === "" ? undefined : offered[select.value]) },
    place.required && now >= 0 ? [] : h("option", { value: "" }, place.required ? "choose" : hint(place.given.default)),
    offered.map((value, index) => h("option", { value: index, selected: index === now }, String(value))),
  );
  return field(place, select);
}

/** Ids and other numbers, in one line. */
function numbers(place) {
  const value = place.get();
  const input = h("input", {
    value: Array.isArray(value) ? value.join(", ") : "",
    spellcheck: false,
    placeholder: place.required ? "numbers, such as 1, 2, 3" : "not sent",
  });
  input.addEventListener("input", () => {
    const typed = input.value.split(/[\s,;[\]]+/).filter(Boolean).map(asNumber);
    place.set(typed.length || place.required ? typed : undefined);
  });
  return field(place, input);
}

/** What has no form of its own: JSON. */
function json(place) {
  const value = place.get();
  const area = h("textarea", { value: value === undefined ? "" : JSON.stringify(value), rows: 1, spellcheck: false });
  area.placeholder = "JSON";
  const row = field(place, area);
  area.addEventListener("input", () => {
    try {
      place.set(area.value.trim() ? JSON.parse(area.value) : undefined);
      row.querySelector(".problem").textContent = "";
    } catch (error) {
      row.querySelector(".problem").textContent = `This is not JSON: ${error.message}`;
    }
  });
  return row;
}

/** A group of fields. */
function group(place, ...content) {
  return h(
    "fieldset",
    { className: "group", attrs: { "data-path": place.path } },
    h("legend", {}, title(place)),
    ...content,
    h("p", { className: "problem" }),
  );
}

/** A value of one of several schemas. */
function union(place) {
  const { anyOf } = place.schema;
  const found = anyOf.findIndex((choice) => place.get() !== undefined && place.get() !== null && fits(choice, place.get()));
  const body = h("div", {});
  const show = (index) => {
    const choice = new Place({ ...place, schema: anyOf[index], set: (value) => place.set(value) });
    body.replaceChildren(editor(choice));
  };
  const select = h(
    "select",
    { attrs: { "aria-label": `Kind of ${place.name}` }, oninput: () => { place.set(empty(anyOf[select.value])); show(select.value); } },
    anyOf.map((choice, index) => h("option", { value: index, selected: index === found }, typeOf(choice))),
  );
  show(Math.max(found, 0));
  return h("div", { className: "union" }, select, body);
}

function object(place) {
  const { properties, required = [] } = place.schema;
  const member = (name) => place.inside(name, properties[name], { required: required.includes(name) });
  const isShown = (name) => required.includes(name) || (place.get()?.[name] ?? null) !== null;
  const names = Object.keys(properties);
  const first = ["deckName", "modelName"];
  const order = (name) => (first.includes(name) ? first.indexOf(name) : first.length);
  const shown = names.filter(isShown).sort((a, b) => order(a) - order(b));
  const others = names.filter((name) => !isShown(name));
  return group(place, ...shown.map((name) => editor(member(name))), more(others, (name) => editor(member(name))));
}

/** Fields that may be left out, folded. They are made when they are unfolded. */
function more(names, make) {
  if (!names.length) return null;
  const details = h("details", {}, h("summary", {}, `Optional: ${names.join(", ")}`));
  details.addEventListener("toggle", () => details.append(...names.map(make)), { once: true });
  return details;
}

const small = (label, text, onclick) =>
  h("button", { type: "button", className: "small", onclick, attrs: { "aria-label": label } }, text);

function list(place) {
  const rows = h("div", {});
  const draw = () => {
    const items = Array.isArray(place.get()) ? place.get() : [];
    rows.replaceChildren(...items.map((_, index) => {
      const label = `${place.name} ${index + 1}`;
      const item = place.inside(index, place.schema.items, { name: place.name, label, isItem: true });
      return h("div", { className: "item" }, editor(item), small(`Remove ${place.name} ${index + 1}`, "×", () => remove(index)));
    }));
  };
  const remove = (index) => {
    place.get().splice(index, 1);
    if (!place.get().length && !place.required) place.set(undefined);
    place.form.changed();
    draw();
  };
  const add = () => {
    if (!Array.isArray(place.get())) place.set([]);
    place.get().push(empty(place.schema.items) ?? null);
    place.form.changed();
    draw();
    rows.lastChild.querySelector("input, textarea, select")?.focus();
  };
  draw();
  return group(place, rows, small(`Add to ${place.name}`, "+ Add", add));
}

/** An object whose keys are free. The fields of a note have one row for each field of its note type. */
function map(place) {
  const rows = h("div", {});
  const values = place.schema.additionalProperties;
  const isFields = kindOf(place.form.method, `${place.name}{}`) === "field" && place.name === "fields";
  const row = (key) => {
    const value = place.inside(key, values, { name: key, isItem: true });
    value.isLong = withoutNull(values).schema.type === "string";
    return h(
      "div",
      { className: "item", attrs: { "data-key": key } },
      editor(value),
      small(`Remove ${key}`, "×", () => { value.set(undefined); draw(); }),
    );
  };
  async function draw() {
    rows.replaceChildren(...Object.keys(place.get() ?? {}).map(row));
    if (!isFields) return;
    const modelName = place.modelName();
    const names = modelName ? await fieldsOf(modelName) : [];
    const there = new Set(Object.keys(place.get() ?? {}).map((name) => name.toLowerCase()));
    const added = names.filter((name) => !there.has(name.toLowerCase()));
    for (const old of rows.querySelectorAll("[data-key]")) if (!Object.hasOwn(place.get() ?? {}, old.dataset.key)) old.remove();
    rows.append(...added.map(row));
  }
  if (isFields) place.form.onModel(draw);
  draw();
  const input = h("input", { attrs: { "aria-label": `New member of ${place.name}` }, placeholder: "name", spellcheck: false });
  const list = isFields ? complete(input, "field", place.modelName) : null;
  const add = () => {
    if (!input.value) return input.focus();
    place.inside(input.value, values).set(empty(values) ?? null);
    input.value = "";
    return draw();
  };
  return group(place, rows, h("div", { className: "row" }, input, list, small(`Add to ${place.name}`, "+ Add", add)));
}

/** Make the form. `params` is edited in place, and `changed` is called after each edit. */
export function paramsForm(method, params, changed) {
  const watching = new Set();
  const form = { method, params, changed, onModel: (draw) => watching.add(draw) };
  const place = ({ name, schema, required }) =>
    new Place({
      form, schema, name, required,
      path: name,
      depth: 0,
      holder: () => params,
      get: () => params[name],
      set: (value) => {
        if (value === undefined) delete params[name];
        else params[name] = value;
        changed();
      },
    });
  const isShown = (param) => param.required || (params[param.name] ?? null) !== null;
  const byName = Object.fromEntries(method.params.map((param) => [param.name, param]));
  const shown = method.params.filter(isShown);
  const few = method.params.length - shown.length <= 4;
  const isSimple = (param) => !withoutNull(param.schema).schema.properties;
  const names = method.params.filter((param) => isShown(param) || (few && isSimple(param))).map((param) => param.name);
  const others = method.params.map((param) => param.name).filter((name) => !names.includes(name));
  const element = h(
    "div",
    { className: "params" },
    names.map((name) => editor(place(byName[name]))),
    more(others, (name) => editor(place(byName[name]))),
  );
  element.addEventListener("change", (event) => {
    if (event.target.closest("[data-path$=modelName]")) for (const draw of watching) draw();
  });
  return element;
}

/** Show what the gateway says about params at their fields. `problems`: lists of texts by path, or a param's name. */
export function mark(element, problems) {
  for (const place of element.querySelectorAll(".problem")) place.textContent = "";
  for (const old of element.querySelectorAll("[aria-invalid]")) old.removeAttribute("aria-invalid");
  for (const [path, texts] of Object.entries(problems)) {
    let place = null;
    for (let name = path; name && !place; name = name.slice(0, Math.max(name.lastIndexOf("."), 0))) {
      place = element.querySelector(`[data-path="${CSS.escape(name)}"]`);
    }
    if (!place) continue;
    place.querySelector(":scope > .problem").textContent = [texts].flat().join(" ");
    place.querySelector(":scope > input, :scope > textarea, :scope > select")?.setAttribute("aria-invalid", "true");
  }
}
