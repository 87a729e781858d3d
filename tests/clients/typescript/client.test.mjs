// What the client does beside calling: `node --test` with the address of a gateway as URL, and of one with a key as LOCKED.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { test } from "node:test";
import * as client from "../../../clients/typescript/dist/index.js";

const { Client, GatewayError, RpcError, TimedOut, UnexpectedAnswer, Unreachable } = client;
const { URL: url, LOCKED: locked } = process.env;
const note = (word) => ({ deckName: "Italian", modelName: "Italian vocab", fields: { Word: word, Meaning: "?" } });
const busy = () =>
  Response.json({ jsonrpc: "2.0", id: null, error: { code: -32001, message: "busy", data: { kind: "busy" } } }, { status: 503 });

/** A fetch that hands requests on, except for the first ones: it loses their responses, or answers in their place. */
function before(...outcomes) {
  const seen = [];
  const own = async (input, init) => {
    seen.push(init);
    const outcome = outcomes.shift();
    if (outcome && outcome !== "lost") return outcome();
    const response = await fetch(input, init);
    if (outcome === "lost") throw new TypeError("fetch failed");
    return response;
  };
  return Object.assign(own, { seen });
}

test("errors are Errors, with code, kind and data", async () => {
  const wrong = new Client(url).addNote({ note: { ...note("x"), deckName: "Italien" } });
  await assert.rejects(wrong, (error) => {
    assert.ok(error instanceof RpcError && error instanceof GatewayError && error instanceof Error);
    assert.deepEqual([error.name, error.code, error.kind, error.data.deck], ["RpcError", 103, "deck_not_found", "Italien"]);
    assert.match(error.message, /deck was not found/);
    return true;
  });
  const [item] = await new Client(url).addNotes({ notes: [{ ...note("x"), deckName: "Italien" }] });
  assert.equal(client.errorFrom(item.error).kind, "deck_not_found");
});

/** What Obsidian offers its plugins, as its API describes it. */
const requestUrl = ({ url, method, headers, body }) =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, async (response) => {
      const parts = [];
      for await (const part of response) parts.push(part);
      const arrayBuffer = new Uint8Array(Buffer.concat(parts)).buffer;
      resolve({ status: response.statusCode, headers: response.headers, arrayBuffer });
    });
    sent.on("error", reject).end(body);
  });

test("it calls over Obsidian's requestUrl, as the README says", async () => {
  const readme = readFileSync(new URL("../../../clients/typescript/README.md", import.meta.url), "utf8");
  const code = readme.match(/```javascript\n(const overObsidian[^]*?)const anki/)[1];
  const own = new Function("requestUrl", `${code} return overObsidian;`)(requestUrl);
  const anki = new Client({ url, fetch: own });
  assert.ok((await anki.deckNames()).includes("Italian"));
  await assert.rejects(anki.deckNameFromId({ deckId: 17 }), { kind: "deck_not_found" });
  await assert.rejects(new Client({ url: locked, fetch: own }).deckNames(), { kind: "key_required" });
  await assert.rejects(new Client({ url: "http://127.0.0.1:9", fetch: own, retries: 0 }).deckNames(), Unreachable);
});

test("a batch is one request, and each reply its own", async () => {
  const own = before();
  const batch = new Client({ url, fetch: own }).batch();
  const [deck, wrong, names] = [batch.createDeck({ deck: "Latin" }), batch.deckNameFromId({ deckId: 17 }), batch.deckNames()];
  await batch.send();
  assert.ok((await names).includes("Latin"));
  assert.equal((await deck).name, "Latin");
  await assert.rejects(wrong, { kind: "deck_not_found" });
  assert.equal(own.seen.length, 1);
  await new Client({ url, fetch: own }).batch().send();
  assert.equal(own.seen.length, 1);
});

test("a batch that is refused as a whole fails, and each of its calls", async () => {
  const batch = new Client({ url, headers: { Origin: "https://example.com" } }).batch();
  const names = batch.deckNames();
  await assert.rejects(batch.send(), { kind: "permission_denied" });
  await assert.rejects(names, { kind: "permission_denied" });
});

test("a key is sent, whatever its letters", async () => {
  await assert.rejects(new Client(locked).deckNames(), { kind: "key_required" });
  assert.ok((await new Client({ url: locked, key: "ключ" }).deckNames()).includes("Italian"));
});

test("the program gives its name", async () => {
  const own = before();
  await new Client({ url, fetch: own, app: "my-app/1.0" }).version();
  assert.equal(own.seen[0].headers["User-Agent"], "my-app/1.0");
  for (const app of ["", "my app", "naïve"]) assert.throws(() => new Client({ app }), TypeError);
});

test("an address without a scheme is none", () => {
  assert.throws(() => new Client("127.0.0.1:8765"), /write "http:\/\/127.0.0.1:8765"/);
});

test("a call that was not started is sent again, and a batch", async () => {
  const own = before(busy, busy);
  assert.ok((await new Client({ url, fetch: own }).deckNames()).includes("Italian"));
  assert.equal(own.seen.length, 3);
  const batch = new Client({ url, fetch: before(busy) }).batch();
  const names = batch.deckNames();
  await batch.send();
  assert.ok((await names).includes("Italian"));
  await assert.rejects(new Client({ url, fetch: before(busy), retries: 0 }).deckNames(), { kind: "busy" });
});

test("notes are added once over a connection that breaks, with a key only", async () => {
  const own = before("lost");
  const id = await new Client({ url, fetch: own }).addNote({ note: note("pera"), idempotencyKey: "one" });
  assert.equal(own.seen.length, 2);
  assert.deepEqual(await new Client(url).findNotes({ query: "Word:pera" }), [id]);
  const other = before("lost");
  await assert.rejects(new Client({ url, fetch: other }).addNote({ note: note("fico") }), Unreachable);
  assert.equal(other.seen.length, 1);
});

test("nobody is there, or something else, or it takes too long", async () => {
  await assert.rejects(new Client("http://127.0.0.1:1").version(), (error) => {
    assert.ok(error instanceof Unreachable);
    assert.match(error.message, /127.0.0.1:1 does not answer: .*Start Anki/);
    return true;
  });
  const other = () => new Response("AnkiConnect");
  await assert.rejects(new Client({ fetch: before(other) }).version(), (error) => {
    assert.ok(error instanceof UnexpectedAnswer);
    return error.status === 200 && error.text === "AnkiConnect";
  });
  const never = (_, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  await assert.rejects(new Client({ fetch: never, timeout: 20 }).version(), TimedOut);
});

test("a call can be given up", async () => {
  const never = (_, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const abort = new AbortController();
  const call = new Client({ fetch: never }).version({}, { signal: abort.signal });
  abort.abort(new Error("enough"));
  await assert.rejects(call, /enough/);
  await assert.rejects(new Client(url).version({}, { signal: abort.signal }), /enough/);
});

test("operations are waited for", async () => {
  const seen = [];
  const notes = Array.from({ length: 1500 }, (_, at) => note(`parola ${at}`));
  const entries = await new Client(url).run("addNotes", { notes }, { progress: (now) => seen.push(now) });
  assert.equal(entries.filter(({ id }) => id !== null).length, 1500);
  assert.equal(seen.at(-1).state, "done");
  const failed = await new Client(url).startOperation({ method: "findNotes", params: { query: "(" } });
  await assert.rejects(new Client(url).wait(failed), { kind: "invalid_search" });
  const lost = await new Client(url).startOperation({ method: "deckNames" });
  assert.ok((await new Client({ url, fetch: before("lost") }).wait(lost.id)).includes("Italian"));
});

test("an operation that is given up before it is sent does not start", async () => {
  const own = before();
  const signal = AbortSignal.abort(new Error("enough"));
  const call = new Client({ url, fetch: own }).run("createDeck", { deck: "Given up" }, { signal });
  await assert.rejects(call, /enough/);
  assert.ok(!(await new Client(url).deckNames()).includes("Given up"));
});

test("a method that this client does not know is called by its name", async () => {
  assert.equal((await new Client(url).call("rpc.discover")).openrpc, "1.2.6");
  await assert.rejects(new Client(url).call("noSuchThing"), { kind: "method_not_found" });
});

test("events come over connections that break, and none is missed", async () => {
  let opened = 0;
  const own = async (input, init) => {
    opened += 1;
    const response = await fetch(input, init);
    if (opened > 1) return response;
    const reader = response.body.getReader(); // the first connection ends after its first event
    const body = new ReadableStream({
      async pull(controller) {
        const { value } = await reader.read();
        controller.enqueue(value);
        if (new TextDecoder().decode(value).includes("notesAdded")) {
          await reader.cancel();
          controller.close();
        }
      },
    });
    return new Response(body, { headers: response.headers });
  };
  const abort = new AbortController();
  const events = new Client({ url, fetch: own }).events({ signal: abort.signal });
  const next = async () => {
    for (;;) {
      const { value } = await events.next();
      if (value.method === "notesAdded") return value.params.notes;
    }
  };
  const added = [];
  const add = async () => added.push(await new Client(url).addNote({ note: note(`evento ${added.length}`) }));
  const seen = [];
  next().then((ids) => seen.push(...ids));
  while (seen.length === 0) {
    await add();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await add();
  const expected = added.slice(added.indexOf(seen[0]));
  while (seen.length < expected.length) seen.push(...(await next()));
  assert.deepEqual(seen, expected);
  assert.equal(opened, 2);
  abort.abort(new Error("enough"));
  await assert.rejects(events.next(), /enough/);
});

test("a stream that is refused fails", async () => {
  await assert.rejects(new Client(locked).events().next(), (error) => error instanceof UnexpectedAnswer && error.status === 401);
});
