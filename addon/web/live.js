// Follows what happens in Anki, with a key in a header, which EventSource cannot send.

const PAUSE = 2000;
const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));

/** Tell each event, over a new connection where one is lost, until the signal ends it. Throws what the gateway says
 * where it refuses. */
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
