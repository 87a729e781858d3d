// What a program does with yanki, from npm: the port is the argument, what it was told is written as JSON.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { syncFiles } from "../yanki/node_modules/yanki/dist/lib/index.js";

const ankiConnectOptions = { host: "http://127.0.0.1", port: Number(process.argv[2]) };
const temporary = mkdtempSync(join(tmpdir(), "yanki-"));
const folder = join(temporary, "Markdown"); // a folder is a deck
const path = (name) => join(folder, name);
const text = (name) => readFileSync(path(name), "utf8");
const idOf = (name) => Number(/^noteId: (\d+)$/m.exec(text(name))[1]);
const sync = async () => {
  const allFilePaths = readdirSync(folder).sort().map(path);
  const notes = allFilePaths.filter((name) => name.endsWith(".md"));
  const options = { ankiConnectOptions, allFilePaths, ankiWeb: false, syncMediaAssets: "local" };
  const { deletedMedia, synced } = await syncFiles(notes, options);
  const actions = synced.map(({ action, note }) => `${action}: ${note.modelName}`);
  return [...actions.sort(), `media deleted: ${deletedMedia.length}`];
};

mkdirSync(folder);
writeFileSync(path("apple.md"), "mela\n\n---\n\n![an apple](apple.png)\n");
writeFileSync(path("apple.png"), "picture");
writeFileSync(path("sky.md"), "Il ~~cielo~~ è blu\n");
writeFileSync(path("sun.md"), "---\ntags: [sky]\n---\n\nsole\n\n---\n---\n\nsun\n");
const first = await sync();
const ids = ["apple.md", "sky.md"].map(idOf);
const second = await sync();
writeFileSync(path("apple.md"), text("apple.md").replace(/!.*/, "an apple"));
rmSync(path("sun.md"));
const third = await sync();
const kept = ["apple.md", "sky.md"].map(idOf).every((id, index) => id === ids[index]);
rmSync(temporary, { recursive: true });
console.log(JSON.stringify({ first, second, third, kept }));
