// Follows what happens in Anki: `node build/js/events.js [port [key]]` prints an event a line, until it is stopped.

interface AnkiEvent {
  id: string;
  method: string;
  params: Record<string, unknown>;
}

const SILENCE = 30_000; // the gateway says something every ten seconds

async function* connect(url: string, headers: Record<string, string>): AsyncGenerator<AnkiEvent> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  if (response.status === 503) return; // too many follow: come again
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
  let timer = setTimeout(() => abort.abort(), SILENCE);
  let rest = "";
  try {
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      timer.refresh();
      const blocks = (rest + text).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
        if (fields.data) yield { id: fields.id, ...JSON.parse(fields.data) };
      }
    }
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

/** Events without an end; over a new connection where one is lost, and then what was missed comes first. */
export async function* events(url: string, key?: string): AsyncGenerator<AnkiEvent> {
  const headers: Record<string, string> = key ? { Authorization: `Bearer ${key}` } : {};
  for (;;) {
    try {
      for await (const event of connect(url, headers)) {
        headers["Last-Event-ID"] = event.id;
        yield event;
      }
    } catch (error) {
      if (error instanceof Error && error.message.startsWith("HTTP")) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

async function main() {
  const [port = "8765", key] = process.argv.slice(2);
  for await (const { method, params } of events(`http://127.0.0.1:${port}/events`, key)) {
    console.log(method, JSON.stringify(params));
  }
}

main();
