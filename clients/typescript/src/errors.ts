// @ts-self-types="./errors.d.ts"

import type { ErrorKind, ErrorObject } from "./types.js";

/** Anything that can go wrong with a call. */
export class GatewayError extends Error {
  override name = "GatewayError";
}

/** Nothing answers at the address, or the connection was lost: Anki is not running, or the address is wrong. */
export class Unreachable extends GatewayError {
  override name = "Unreachable";
}

/** The response did not come in time. The call may have been done all the same. */
export class TimedOut extends GatewayError {
  override name = "TimedOut";
}

/** The response is not the gateway's, or the gateway refused the HTTP request. */
export class UnexpectedAnswer extends GatewayError {
  override name = "UnexpectedAnswer";
  /** The HTTP status. */
  readonly status: number;
  /** The body. */
  readonly text: string;

  constructor(status: number, text: string) {
    super(`no JSON-RPC response, but HTTP ${status}: ${text.slice(0, 200)}`);
    this.status = status;
    this.text = text;
  }
}

/** The gateway reported an error. */
export class RpcError extends GatewayError {
  override name = "RpcError";
  /** The error's number. */
  readonly code: number;
  /** A word that says what is wrong and never changes. */
  readonly kind: ErrorKind | (string & {});
  /** What programs may want to know, such as the deck that was not found. */
  readonly data: { readonly [name: string]: unknown };

  constructor(error: { code: number; message: string; data?: unknown }) {
    super(error.message);
    this.code = error.code;
    this.data = (error.data ?? {}) as { [name: string]: unknown };
    this.kind = String(this.data.kind ?? "");
  }
}

/** The Error for an error object, as bulk methods return them for single items. */
export const errorFrom = (error: ErrorObject): RpcError => new RpcError(error);
