// What the page knows about the gateway. `page.js` keeps it up to date.

export const gateway = {
  /** The OpenRPC document. */
  spec: { methods: [], components: { schemas: {} } },
  /** The document `/health`. */
  health: {},
  /** Whether the gateway wants an API key that it has not got yet. */
  needsKey: false,
};

export const methodNamed = (name) => gateway.spec.methods.find((method) => method.name === name);

/** The schema that a reference names, or the schema itself. */
export const named = (schema) =>
  schema.$ref ? (gateway.spec.components.schemas[schema.$ref.split("/").pop()] ?? {}) : schema;
