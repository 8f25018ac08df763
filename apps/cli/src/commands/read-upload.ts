import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { isLineByLine, LineCutter } from "@daybook/connectors";
import { Refusal } from "@daybook/event";

/** NDJSON above this is read line by line; any other container has to be held as a whole. */
const wholeBytesMax = 256 * 1024 * 1024;
/** What a vendor is recognised by. */
const headChars = 524_288;

export interface Upload {
  head: string;
  /** Whether `head` is all of it. */
  whole: boolean;
  text: string | AsyncIterable<string>;
  bytes: { total: number; read: () => number };
}

/** A file of records, compressed or not; what is one record a line is read line by line, however large. */
export async function readUpload(path: string): Promise<Upload> {
  const file = await stat(path).catch(() => null);
  if (!file?.isFile()) throw new Refusal("invalid", `There is no file ${path}.`);
  const zipped = await isGzip(path);
  const head = await headOf(path, zipped);
  const whole = head.length < headChars;
  let read = 0;
  const bytes = { total: file.size, read: () => read };
  const source = () => {
    const raw = createReadStream(path);
    raw.on("data", (chunk) => (read += chunk.length));
    return decoded(raw, zipped);
  };
  return { head, whole, bytes, text: !whole && isLineByLine(head) ? linesOf(source) : await wholeOf(source(), path) };
}

async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

/** An error of the file reaches whoever reads the text. */
function decoded(raw: Readable, zipped: boolean): Readable {
  if (!zipped) return raw.setEncoding("utf8");
  const inflated = raw.pipe(createGunzip());
  raw.once("error", (error) => inflated.destroy(error));
  return inflated.setEncoding("utf8");
}

async function headOf(path: string, zipped: boolean): Promise<string> {
  const stream = decoded(createReadStream(path), zipped);
  let head = "";
  for await (const chunk of textsOf(stream)) {
    head += chunk;
    if (head.length >= headChars) break;
  }
  stream.destroy();
  return head.slice(0, headChars);
}

async function wholeOf(stream: Readable, path: string): Promise<string> {
  const chunks: string[] = [];
  let chars = 0;
  for await (const chunk of textsOf(stream)) {
    chars += chunk.length;
    if (chars > wholeBytesMax)
      throw new Refusal("invalid", `${path} holds more than ${wholeBytesMax} characters in one piece. Write one record a line, and it may have any size.`);
    chunks.push(chunk);
  }
  return chunks.join("");
}

/** The file is opened when its first line is asked for. */
async function* linesOf(source: () => Readable): AsyncGenerator<string> {
  const lines = new LineCutter();
  for await (const text of textsOf(source())) yield* lines.take(text, (message) => new Refusal("invalid", message));
  const rest = lines.rest();
  if (rest !== "") yield rest;
}

async function* textsOf(stream: Readable): AsyncGenerator<string> {
  try {
    for await (const chunk of stream) yield String(chunk);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith("Z_")) throw new Refusal("invalid", "The file is no complete gzip: it was cut off or damaged on its way.");
    throw error;
  }
}
