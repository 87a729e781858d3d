// Calls what it reads, a JSON object a line, and writes what came of it, a line each: for the tests.
import * as readline from "node:readline";
import { AnkiRPC } from "./build/client/typescript/src";

interface Call {
  port: number;
  method: string;
  params: unknown[];
}

type Methods = Record<string, (...params: unknown[]) => Promise<unknown>>;

async function outcome({ port, method, params }: Call) {
  const client = new AnkiRPC({ transport: { type: "http", host: "127.0.0.1", port } });
  client.setDefaultTimeout(20_000);
  try {
    return { result: await (client as unknown as Methods)[method](...params) };
  } catch (error) {
    const { code, message, data } = error as { code?: number; message: string; data?: unknown };
    return { error: { code, message, data } };
  }
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await outcome(JSON.parse(line) as Call))}\n`);
  }
}

main().then(() => process.exit()); // the timers of timeouts would keep it
