import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { isLineByLine, LineCutter } from "@daybook/connectors";
import { Refusal } from "@daybook/event";

/** What a person may send from the console; the command line takes more. */
const lineByLineBytesMax = 200 * 1_048_576;
/** A file in one piece has to be held as a whole. */
const wholeCharsMax = 64 * 1_048_576;
const inflatedCharsMax = 2_048 * 1_048_576;
/** What tells one value a line from one value in all. A record has at most 1 MiB, so its line ends within. */
const headChars = 1_048_576 + 65_536;

export interface UploadText {
  text: string | AsyncIterable<string>;
  /** Bytes that came, compressed as they were. */
  read: () => number;
}

/** The text of an upload, compressed or not: lines as they come, or all of it. Reading waits for whoever reads, and so does the sender. */
export async function uploadText(payload: Readable, onChunk: () => void): Promise<UploadText> {
  let read = 0;
  const chunks = (async function* () {
    for await (const chunk of payload as AsyncIterable<Buffer>) {
      read += chunk.length;
      onChunk();
      if (read > lineByLineBytesMax)
        throw new Refusal("batch_too_large", `A file of more than ${lineByLineBytesMax} bytes goes in by the command line: pnpm -s daybook import auto FILE`);
      yield chunk;
    }
  })();
  const texts = decoded(toldInWords(chunks));
  let head = "";
  let ended = false;
  while (head.length < headChars && !ended) {
    const next = await texts.next();
    if (next.done) ended = true;
    else head += next.value;
  }
  if (ended) return { text: head, read: () => read };
  return { text: isLineByLine(head) ? linesOf(head, texts) : await wholeOf(head, texts), read: () => read };
}

/** Whatever ends an upload before its end is told as what it is to a person. */
async function* toldInWords(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("invalid", "The upload broke off. Import the file again: what is there already is passed over.");
  }
}

async function* decoded(chunks: AsyncGenerator<Buffer>): AsyncGenerator<string, undefined> {
  const first = await chunks.next();
  if (first.done) return undefined;
  const all = (async function* () {
    yield first.value;
    yield* chunks;
  })();
  const bytes = first.value[0] === 0x1f && first.value[1] === 0x8b ? inflated(all) : all;
  const decoder = new TextDecoder("utf-8");
  let chars = 0;
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true });
    chars += text.length;
    if (chars > inflatedCharsMax) throw new Refusal("batch_too_large", `The file inflates to more than ${inflatedCharsMax} characters.`);
    yield text;
  }
  yield decoder.decode();
  return undefined;
}

async function* inflated(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  // Its failure ends the reading below, and is told there.
  const feeding = (async () => {
    for await (const chunk of chunks) {
      if (gunzip.destroyed) return;
      if (!gunzip.write(chunk)) await new Promise<void>((resolve) => gunzip.once("drain", resolve).once("close", resolve));
    }
    gunzip.end();
  })();
  feeding.catch((error: Error) => gunzip.destroy(error));
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("invalid", "The file is no complete gzip: it was cut off or damaged on its way.");
  } finally {
    gunzip.destroy();
  }
}

async function wholeOf(head: string, texts: AsyncIterable<string>): Promise<string> {
  const pieces = [head];
  let chars = head.length;
  for await (const text of texts) {
    chars += text.length;
    if (chars > wholeCharsMax)
      throw new Refusal("batch_too_large", `A file in one piece may have ${wholeCharsMax} characters. Write one record a line, or use the command line.`);
    pieces.push(text);
  }
  return pieces.join("");
}

async function* linesOf(head: string, texts: AsyncIterable<string>): AsyncGenerator<string> {
  const lines = new LineCutter();
  const tooLong = (message: string) => new Refusal("batch_too_large", message);
  yield* lines.take(head, tooLong);
  for await (const text of texts) yield* lines.take(text, tooLong);
  const rest = lines.rest();
  if (rest !== "") yield rest;
}
