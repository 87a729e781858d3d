// The same call in other languages, to copy.

import { address } from "./calls.js";

export const shell = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** PowerShell takes typographic quotation marks for single ones, too. */
const powershell = (text) => `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;

function python(value, indent = "") {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const deeper = `${indent}    `;
  const parts = Array.isArray(value)
    ? value.map((item) => python(item, deeper))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${python(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const line = open + parts.join(", ") + close;
  if (line.length < 80) return line;
  return `${open}\n${parts.map((part) => `${deeper}${part},\n`).join("")}${indent}${close}`;
}

/** Functions of a request (see `requestFor`), by language. */
export const SNIPPETS = {
  curl: ({ headers, body }) =>
    [
      `curl ${address}`,
      ...Object.entries(headers).map(([name, value]) => `-H ${shell(`${name}: ${value}`)}`),
      `-d ${shell(JSON.stringify(body))}`,
    ].join(" \\\n  "),
  PowerShell: ({ headers, body }) => {
    const { "Content-Type": type, ...others } = headers;
    const table = Object.entries(others).map(([name, value]) => `${name} = ${powershell(value)}`);
    return [
      `Invoke-RestMethod ${address} -Method Post -ContentType '${type}; charset=utf-8'`,
      ...(table.length ? [`-Headers @{${table.join("; ")}}`] : []),
      `-Body ${powershell(JSON.stringify(body))}`,
      "| ConvertTo-Json -Depth 20",
    ].join(" ");
  },
  Python: ({ headers, body }) =>
    `import json, urllib.request

body = ${python(body)}
request = urllib.request.Request(
    "${address}",
    json.dumps(body).encode(),
    ${python(headers, "    ")},
)
print(json.load(urllib.request.urlopen(request)))`,
  JavaScript: ({ headers, body }) =>
    `const response = await fetch("${address}", {
  method: "POST",
  headers: ${JSON.stringify(headers)},
  body: JSON.stringify(${JSON.stringify(body, null, 2).replaceAll("\n", "\n  ")}),
});
console.log(await response.json());`,
};
