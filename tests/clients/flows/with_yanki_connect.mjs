// What a program does with yanki-connect, from npm: the port is the argument, what it was told is written as JSON.
import { YankiConnect } from "../openrpc/node_modules/yanki-connect/dist/index.js";
const { card, deck, media, miscellaneous, model, note, statistic } = new YankiConnect({ port: Number(process.argv[2]) });
const told = (promise) => promise.catch((error) => error.message);
const word = (text) => ({
  deckName: "Japanese", modelName: "Japanese vocab", tags: ["new"], fields: { Word: text, Meaning: "?" },
});

const { permission } = await miscellaneous.requestPermission();
const made = await deck.createDeck({ deck: "Japanese" });
await model.createModel({
  modelName: "Japanese vocab", inOrderFields: ["Word", "Meaning"], css: ".card { color: blue; }",
  cardTemplates: [{ Name: "Card 1", Front: "{{Word}}", Back: "{{Meaning}}" }],
});
const twice = await told(model.createModel({
  modelName: "Japanese vocab", inOrderFields: ["Word"], cardTemplates: [{ Front: "{{Word}}", Back: "" }],
}));

const id = await note.addNote({ note: word("はい") });
const duplicate = await told(note.addNote({ note: word("はい") }));
const possible = await note.canAddNotes({ notes: [word("はい"), word("いいえ")] });
const several = await note.addNotes({ notes: [word("いいえ"), word("土"), word("日")] });
const refused = await told(note.addNotes({ notes: [word("月"), word("はい")] }));
await note.updateNoteFields({ note: { id, fields: { Meaning: "yes" } } });
await note.addTags({ notes: [id, several[0]], tags: "short spoken" });
await note.replaceTags({ notes: [id], tag_to_replace: "short", replace_with_tag: "brief" });
await note.deleteNotes({ notes: [several[2]] });
const [info] = await note.notesInfo({ notes: [id] });

const file = await media.storeMediaFile({ filename: "hai.txt", data: btoa("hai"), deleteExisting: true });
await media.storeMediaFile({ filename: "gone.txt", data: btoa("gone"), deleteExisting: true });
await media.deleteMediaFile({ filename: "gone.txt" });

const cards = await card.findCards({ query: "deck:Japanese" });
await card.suspend({ cards: cards.slice(1) });
const suspended = await card.areSuspended({ cards });
const answered = await card.answerCards({ answers: [{ cardId: cards[0], ease: 4 }] });
await statistic.insertReviews({ reviews: [[1600000000000, cards[1], -1, 3, 4, -60, 2500, 6157, 0]] });
const reviews = await statistic.getReviewsOfCards({ cards: cards.map(String) });
await deck.changeDeck({ cards: [cards[1]], deck: "Japanese::Rare" });

const many = await miscellaneous.multi({ actions: [
  { action: "deckNames", version: 6 },
  { action: "findNotes", version: 6, params: { query: "Word:土" } },
  { action: "modelFieldNames", version: 6, params: { modelName: "none" } },
] });
console.log(JSON.stringify({
  permission, duplicate, possible, suspended, answered, twice, refused,
  deck: (await deck.deckNamesAndIds()).Japanese === made,
  fields: Object.fromEntries(Object.entries(info.fields).map(([name, { value }]) => [name, value])),
  tags: info.tags,
  text: atob(await media.retrieveMediaFile({ filename: file })),
  reviews: cards.map((id) => reviews[id].length),
  many: many.map(({ result, error }) => error ?? result.length),
  version: await miscellaneous.version(),
}));
