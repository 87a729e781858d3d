// @ts-self-types="./index.d.ts"

/** A typed client for AnkiRPC, the gateway to Anki. */
export { Batch, Client, type WaitOptions } from "./client.js";
export { ADDRESS, type CallOptions, type ClientOptions } from "./core.js";
export { errorFrom, GatewayError, RpcError, TimedOut, UnexpectedAnswer, Unreachable } from "./errors.js";
export type { EventOptions } from "./events.js";
export type { Calls, Methods } from "./methods.js";
export type * from "./types.js";
