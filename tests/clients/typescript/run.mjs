// Calls what it reads, a JSON object a line, and writes what came of it, a line each: for the tests.
import * as readline from "node:readline";
import { Client } from "../../../clients/typescript/dist/index.js";

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { url, method, params } = JSON.parse(line);
  let outcome;
  try {
    outcome = { result: await new Client(url)[method](params) };
  } catch (error) {
    const { code, kind, data, message, name } = error;
    outcome = { error: { code, kind, data, message, name, isError: error instanceof Error } };
  }
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}
