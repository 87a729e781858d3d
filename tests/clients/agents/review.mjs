// What an agent does with the official TypeScript client: it reviews a card with the user, and takes that back.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const client = new Client({ name: "review", version: "1" });
await client.connect(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${process.argv[2]}/mcp`)));
const call = async (name, args = {}) => {
  const { content, isError } = await client.callTool({ name, arguments: args });
  if (isError) throw new Error(content[0].text);
  return JSON.parse(content[0].text);
};

const { tools } = await client.listTools();
const { completion } = await client.complete({
  ref: { type: "ref/prompt", name: "review" },
  argument: { name: "deck", value: "ital" },
});
await call("selectDeck", { deck: completion.values[0] });
const [card] = (await call("nextCards", { sides: "question" })).result.cards;
const [{ answer }] = (await call("cardsInfo", { cards: [card.cardId], fields: ["answer"] })).result;
const graded = await call("answerCards", { answers: [{ cardId: card.cardId, ease: 3, time: 4000 }] });
const undone = await call("undo");
const { contents } = await client.readResource({ uri: "anki://search-syntax" });
console.log(
  JSON.stringify({
    tools: tools.some((tool) => tool.name === "addNotes"),
    decks: completion.values,
    question: card.question,
    hidden: card.answer ?? null,
    answer: answer.includes("apple"),
    graded: graded.result,
    step: graded.undoStep,
    undone: undone.result.step,
    syntax: contents[0].text.includes("is:due"),
  }),
);
await client.close();
