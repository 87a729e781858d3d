// Follows Anki's events by `fetch`, because EventSource cannot send a key in a header.

const PAUSE = 2000;
const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));

/** Call `tell` with each event until the signal aborts. Reconnects if the connection is lost. Throws the gateway's
 * message if it rejects the stream. */
export async function follow(headers, signal, tell) {
  while (!signal.aborted) {
    const response = await fetch("events", { headers, signal }).catch(() => null);
    if (response && !response.ok) throw new Error((await response.json()).error);
    if (response) {
      await read(response.body, (event) => {
        headers = { ...headers, "Last-Event-ID": event.id };
        tell(event);
      }).catch(() => {}); // the connection is lost
    }
    await sleep(PAUSE);
  }
}

async function read(body, tell) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
      if (fields.data) tell({ id: fields.id, ...JSON.parse(fields.data) });
    }
  }
}
