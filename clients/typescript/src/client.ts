// @ts-self-types="./client.d.ts"

import { resultOf, sleep, Transport, type CallOptions, type ClientOptions, type Request } from "./core.js";
import { errorFrom, RpcError, TimedOut } from "./errors.js";
import { follow, type EventOptions } from "./events.js";
import { METHODS, type Calls, type Methods } from "./methods.js";
import type { AnkiEvent, Operation } from "./types.js";

/** Options of waiting for an operation. */
export interface WaitOptions extends CallOptions {
  /** Called with the operation whenever its state or progress has changed. */
  progress?: (operation: Operation) => void;
  /** Milliseconds to wait; default without end. */
  timeout?: number;
}

/**
 * A client for the gateway: a method for each of its methods, with the params as an object. Errors are rejections with
 * a `GatewayError`: an `RpcError` if the gateway reports one, else `Unreachable`, `TimedOut` or `UnexpectedAnswer`.
 */
export class Client {
  private readonly transport: Transport;

  constructor(options: ClientOptions | string = {}) {
    this.transport = new Transport(typeof options === "string" ? { url: options } : options);
  }

  /** Call a method by its name. */
  call<M extends keyof Calls>(method: M, params?: Calls[M]["params"], options?: CallOptions): Promise<Calls[M]["result"]>;
  call(method: string, params?: object, options?: CallOptions): Promise<unknown>;
  async call(method: string, params: object = {}, options: CallOptions = {}): Promise<unknown> {
    const response = await this.transport.post(request(1, method, params), options);
    return resultOf(Array.isArray(response) ? response[0]! : response);
  }

  /**
   * Collect several calls in one request. They run in order, one that fails does not stop the others, and together they
   * are one step in Anki's undo menu.
   */
  batch(): Batch {
    return new Batch(this.transport);
  }

  /**
   * Yield what happens in Anki, without an end. A lost connection is made again, and the missed events come first.
   *
   * @throws {Unreachable} if nothing answers at the first attempt.
   * @throws {UnexpectedAnswer} if the gateway refuses.
   */
  events(options: EventOptions = {}): AsyncGenerator<AnkiEvent, never, void> {
    return follow(this.transport, options);
  }

  /**
   * Wait until an operation has ended and return its result.
   *
   * @param operation The operation, as `startOperation` returned it, or its id.
   * @throws {RpcError} if the operation failed or was cancelled.
   * @throws {TimedOut} if it has not ended in time; it goes on.
   */
  async wait(operation: Operation | string, options: WaitOptions = {}): Promise<unknown> {
    const { progress, timeout = Infinity, signal } = options;
    const id = typeof operation === "string" ? operation : operation.id;
    const end = Date.now() + timeout;
    let last = "";
    for (let pause = 30; ; pause = Math.min(pause * 1.5, 500)) {
      const now = await this.call("getOperation", { id }, { signal });
      const state = JSON.stringify([now.state, now.progress]);
      if (state !== last) progress?.(now);
      last = state;
      if (now.error) throw errorFrom(now.error);
      if (now.state !== "queued" && now.state !== "running") return now.result;
      if (Date.now() >= end) throw new TimedOut("the operation has not ended within the timeout; it goes on");
      await sleep(Math.min(pause, end - Date.now()), signal);
    }
  }

  /** Start a method as an operation, wait until it has ended, and return its result. */
  async run<M extends keyof Calls>(
    method: M,
    params: Calls[M]["params"],
    options: WaitOptions = {},
  ): Promise<Calls[M]["result"]> {
    const operation = await this.call("startOperation", { method, params: { ...params } }, { signal: options.signal });
    return this.wait(operation, options) as Promise<Calls[M]["result"]>;
  }
}

/** Calls that are sent together by `send`. Each method returns a promise that is settled then. */
export class Batch {
  private readonly requests: Request[] = [];
  private readonly settle: ((response: () => unknown) => void)[] = [];

  constructor(private readonly transport: Transport) {}

  call(method: string, params: object = {}): Promise<unknown> {
    const reply = new Promise((resolve, reject) => {
      this.settle.push((outcome) => {
        try {
          resolve(outcome());
        } catch (error) {
          reject(error);
        }
      });
    });
    reply.catch(() => {}); // an error that no caller waits for is none of the program
    this.requests.push(request(this.requests.length, method, params));
    return reply;
  }

  /** Send the calls. Rejects, as each of the calls does, if the request as a whole failed. */
  async send(options: CallOptions = {}): Promise<void> {
    if (this.requests.length === 0) return;
    try {
      const responses = await this.transport.post(this.requests, options);
      if (!Array.isArray(responses)) throw new RpcError(responses.error!);
      for (const response of responses) this.settle[response.id as number]?.(() => resultOf(response));
    } catch (error) {
      const failed = () => {
        throw error;
      };
      for (const settle of this.settle) settle(failed);
      throw error;
    }
  }
}

export interface Client extends Methods {}
export interface Batch extends Methods {}

const request = (id: number, method: string, params: object): Request => ({ jsonrpc: "2.0", id, method, params });

for (const { prototype } of [Client, Batch]) {
  for (const name of METHODS) {
    const value = function (this: Client | Batch, params?: object, options?: CallOptions) {
      return this.call(name, params, options);
    };
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  }
}
