import { AnkiRPC } from "./build/client/typescript/src";

async function main() {
  const port = Number(process.argv[2] ?? 8765);
  const anki = new AnkiRPC({ transport: { type: "http", host: "127.0.0.1", port } });
  await anki.createDeck("Italian");
  const note = { deckName: "Italian", modelName: "Basic", fields: { Front: "mela", Back: "apple" } };
  for (const { id, error } of await anki.addNotes([note])) console.log(id ?? error?.message);
  console.log(await anki.findNotes("deck:Italian"));
}

main();
