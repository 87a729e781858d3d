// @ts-self-types="./events.d.ts"

import { sleep, unreachable, type Transport } from "./core.js";
import { UnexpectedAnswer } from "./errors.js";
import type { AnkiEvent } from "./types.js";

const SILENCE = 30_000; // the gateway sends something every ten seconds

/** Options of a stream of events. */
export interface EventOptions {
  /** The `id` of an event: those that came after it come first. */
  lastId?: string;
  /** Ends the stream: it throws the signal's reason. */
  signal?: AbortSignal;
}

/** Yield events over one connection after the other. */
export async function* follow(transport: Transport, options: EventOptions): AsyncGenerator<AnkiEvent, never, void> {
  const { signal } = options;
  const state = { lastId: options.lastId, pause: 2000, wasOpen: false };
  for (;;) {
    const abort = new AbortController();
    const end = () => abort.abort();
    signal?.addEventListener("abort", end, { once: true });
    let timer = setTimeout(end, SILENCE);
    try {
      signal?.throwIfAborted();
      const headers = { ...transport.headers, Accept: "text/event-stream", ...lastEvent(state.lastId) };
      const url = `${transport.url.replace(/\/$/, "")}/events`;
      const response = await transport.fetch(url, { headers, signal: abort.signal });
      if (!isStream(response)) {
        if (response.status !== 503 || !state.wasOpen) {
          throw new UnexpectedAnswer(response.status, await response.text());
        }
      } else {
        state.wasOpen = true;
        const reader = response.body!.getReader();
        const decoder = new TextDecoder();
        for (let rest = ""; ; ) {
          const { done, value } = await reader.read();
          if (done) break;
          clearTimeout(timer);
          timer = setTimeout(end, SILENCE);
          const blocks = (rest + decoder.decode(value, { stream: true })).split("\n\n");
          rest = blocks.pop() ?? "";
          for (const block of blocks) {
            const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
            if (fields.retry) state.pause = Number(fields.retry);
            if (!fields.data) continue;
            state.lastId = fields.id;
            const { method, params } = JSON.parse(fields.data);
            yield { id: fields.id, method, params } as AnkiEvent;
          }
        }
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof UnexpectedAnswer) throw error;
      if (!state.wasOpen) throw unreachable(transport.url, error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      abort.abort();
    }
    await sleep(state.pause, signal);
  }
}

const lastEvent = (id: string | undefined): Record<string, string> => (id === undefined ? {} : { "Last-Event-ID": id });

function isStream(response: Response): boolean {
  return response.ok && (response.headers.get("Content-Type") ?? "").startsWith("text/event-stream");
}
