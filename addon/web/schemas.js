// Schemas in words.

import { h, prose } from "./dom.js";
import { named } from "./state.js";

export function typeOf(schema) {
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

/** The schemas directly inside one without members of its own: of items, of values, of choices. */
const parts = ({ items, additionalProperties, anyOf = [], oneOf = [] }) =>
  [items, additionalProperties, ...anyOf, ...oneOf].filter((part) => part && typeof part === "object");

/** The objects inside a schema, each as an element to unfold. */
function inside(schema) {
  const inner = named(schema);
  if (!inner.properties) return parts(inner).flatMap(inside);
  const required = new Set(inner.required);
  const rows = Object.entries(inner.properties).map(([name, member]) =>
    row(name, member, named(member).description ?? "", required.has(name)),
  );
  return [h("details", {}, h("summary", {}, inner.title ?? "Members"), h("dl", { className: "members" }, rows))];
}

/** A param, a member or a result in a definition list. */
export function row(name, schema, description, required) {
  const extra = limits(named(schema));
  return h(
    "div",
    {},
    h(
      "dt",
      {},
      h("code", {}, name),
      " ",
      h("span", { className: "type" }, typeOf(schema), extra ? `, ${extra}` : ""),
      " ",
      required ? h("span", { className: "required" }, "required") : null,
    ),
    h("dd", {}, prose(description), inside(schema)),
  );
}

/** Names and descriptions of all members inside a schema, however deep. */
export function members(schema, seen = new Set()) {
  const inner = named(schema);
  if (seen.has(inner)) return [];
  seen.add(inner);
  const own = Object.entries(inner.properties ?? {}).flatMap(([name, member]) => [
    { name, description: named(member).description ?? "" },
    ...members(member, seen),
  ]);
  return [...own, ...parts(inner).flatMap((part) => members(part, seen))];
}

/** Params by name, also if they are given by position. */
export const byName = (method, params) =>
  Array.isArray(params) ? Object.fromEntries(params.map((value, index) => [method.params[index]?.name ?? index, value])) : params;
