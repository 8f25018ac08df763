import type { EventInput } from "@daybook/event";

/** A complete command: pasted as it stands, with a token, it writes the sample. */
export const curlSnippet = (origin: string, event: EventInput): string =>
  [
    `curl -X POST ${origin}/v1/events \\`,
    `  -H "Authorization: Bearer $DAYBOOK_TOKEN" \\`,
    `  -H "Content-Type: application/json" \\`,
    // A quote would end the shell's text, and is written as the shell wants it.
    `  -d '${fieldsOf(event, "    ", '"').replaceAll("'", `'\\''`)}'`,
  ].join("\n");

/** The console shows how the client is used; it does not use it. */
const sdkPackage = "@daybook/sdk";

/** The same with the client for TypeScript. */
export const sdkSnippet = (origin: string, event: EventInput): string =>
  [
    `import { createDaybook } from "${sdkPackage}";`,
    "",
    `const daybook = createDaybook({ url: "${origin}", token: workspaceToken });`,
    `daybook.log(${fieldsOf(event, "  ", "")});`,
  ].join("\n");

/** One field a line: short enough to be read before it is run. */
function fieldsOf(event: EventInput, indent: string, quote: string): string {
  const lines = Object.entries(event).map(([name, value]) => `${indent}${quote}${name}${quote}: ${JSON.stringify(value)}`);
  return `{\n${lines.join(",\n")}\n${indent.slice(2)}}`;
}
