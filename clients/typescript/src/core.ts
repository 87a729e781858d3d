// @ts-self-types="./core.d.ts"

import { RpcError, TimedOut, UnexpectedAnswer, Unreachable } from "./errors.js";

/** Where the gateway is, by default. */
export const ADDRESS = "http://127.0.0.1:8765";
const FIRST_PAUSE = 250;
const FACTOR = 4;

/** Options of a client. */
export interface ClientOptions {
  /** Address of the gateway, with its scheme; default `http://127.0.0.1:8765`. */
  url?: string;
  /** API key, if the gateway requires one. */
  key?: string;
  /** Name of your program, as "my-app/1.0". It is sent as User-Agent, which browsers do not allow. */
  app?: string;
  /** Milliseconds to wait for a response; default ten minutes. */
  timeout?: number;
  /** How often to send a call again, after 0.25, 1 and 4 seconds; default 3, and 0 for never. */
  retries?: number;
  /** What to use in place of the global `fetch`. */
  fetch?: typeof fetch;
  /** More headers. */
  headers?: Record<string, string>;
}

/** Options of one call. */
export interface CallOptions {
  /** Gives the call up: it fails with the signal's reason. The gateway may do it all the same. */
  signal?: AbortSignal;
}

export interface Request {
  jsonrpc: "2.0";
  id: number;
  method: string;
  params: object;
}

export interface Response_ {
  id: number | null;
  result?: unknown;
  error?: { code: number; message: string; data?: { kind?: string } };
}

/** Sends requests, and sends those again that can be. */
export class Transport {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly fetch: typeof fetch;
  private readonly timeout: number;
  private readonly retries: number;

  constructor({ url = ADDRESS, key, app, timeout = 600_000, retries = 3, fetch: own, headers }: ClientOptions) {
    if (!/^https?:\/\//.test(url)) {
      throw new TypeError(`the address "${url}" has no scheme: write "http://${url.replace(/^.*\/\//, "")}"`);
    }
    this.url = url;
    this.timeout = timeout;
    this.retries = retries;
    this.fetch = own ?? ((input, init) => fetch(input, init));
    this.headers = { ...agent(app), ...(key === undefined ? {} : { Authorization: `Bearer ${bytes(key)}` }), ...headers };
  }

  /** Send a request, or a batch. Returns the response, or the list of them. */
  async post(document: Request | Request[], options: CallOptions = {}): Promise<Response_ | Response_[]> {
    const calls = Array.isArray(document) ? document : [document];
    const isRepeatable = calls.every(({ method, params }) => method === "getOperation" || hasKey(params));
    let pause = FIRST_PAUSE;
    for (let left = this.retries; ; left--, pause *= FACTOR) {
      let least = 0;
      try {
        const { body, retryAfter } = await this.once(document, options);
        if (left <= 0 || !isBusy(body)) return body;
        least = retryAfter;
      } catch (error) {
        if (left <= 0 || !isRepeatable || !(error instanceof Unreachable)) throw error;
      }
      await sleep(Math.max(pause, least), options.signal);
    }
  }

  private async once(document: unknown, { signal }: CallOptions) {
    const abort = new AbortController();
    const give_up = () => abort.abort(signal?.reason);
    if (signal?.aborted) give_up();
    signal?.addEventListener("abort", give_up, { once: true });
    const late = new TimedOut(`no answer from ${this.url} within the timeout`);
    const timer = setTimeout(() => abort.abort(late), this.timeout);
    let response: Response;
    let text: string;
    try {
      response = await this.fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...this.headers },
        body: JSON.stringify(document),
        signal: abort.signal,
      });
      text = await response.text();
    } catch (error) {
      if (abort.signal.aborted) throw abort.signal.reason;
      throw unreachable(this.url, error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", give_up);
    }
    const body = parsed(text);
    if (!isAnswer(body)) throw new UnexpectedAnswer(response.status, text);
    return { body, retryAfter: 1000 * (Number(response.headers.get("Retry-After")) || 0) };
  }
}

/** The result of a response. Throws an RpcError if it has an error. */
export function resultOf(response: Response_): unknown {
  if (response.error) throw new RpcError(response.error);
  return response.result;
}

export function unreachable(url: string, error: unknown): Unreachable {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  const reason = cause?.code ?? cause?.message ?? (error as Error).message;
  return new Unreachable(`${url} does not answer: ${reason}. Start Anki, or give the right address.`, { cause: error });
}

/** Wait for so many milliseconds. Throws the reason of the signal if that is given. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", end);
      resolve();
    }, milliseconds);
    if (signal?.aborted) end();
    signal?.addEventListener("abort", end, { once: true });
  });
}

const hasKey = (params: object) => typeof (params as { idempotencyKey?: unknown }).idempotencyKey === "string";

function agent(app: string | undefined): Record<string, string> {
  if (app === undefined) return {};
  if (!/^[!-~]+$/.test(app)) {
    throw new TypeError(`"${app}" is no name that can be sent: write it in ASCII and without spaces, as "my-app/1.0"`);
  }
  const isPage = "document" in globalThis || "WorkerGlobalScope" in globalThis;
  return isPage ? {} : { "User-Agent": app };
}

/** Headers hold bytes, one for each character. */
const bytes = (text: string) => String.fromCharCode(...new TextEncoder().encode(text));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAnswer(body: unknown): body is Response_ | Response_[] {
  const members: unknown[] = Array.isArray(body) ? body : [body];
  return members.length > 0 && members.every((one) => typeof one === "object" && one !== null && "jsonrpc" in one);
}

function isBusy(body: Response_ | Response_[]): boolean {
  return (Array.isArray(body) ? body : [body]).every(({ error }) => error?.data?.kind === "busy");
}
