import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Refusal, requestBytesMax, requestInflatedBytesMax } from "@daybook/event";
import { encodingOf, gzipFault } from "./encoding.ts";

const inflate = promisify(gunzip);

/** Bytes of all bodies that are being read or stored at once. With what parsing makes of them the process stays within a few hundred MB. */
const bytesAtOnceMax = 64 * 1_048_576;

/** What the bodies under way may take together; a request gives its share back when it is answered. */
export interface BodyBudget {
  take(bytes: number): void;
  giveBack(bytes: number): void;
}

export function openBodyBudget(bytesMax = bytesAtOnceMax): BodyBudget {
  let taken = 0;
  return {
    take(bytes) {
      if (taken + bytes > bytesMax) throw new Refusal("unavailable", "Too many large requests are under way. Send the same request again in a second.");
      taken += bytes;
    },
    giveBack(bytes) {
      taken -= bytes;
    },
  };
}

/** The body's bytes, inflated. Bounded before and after, so that no body can make the process hold more than it may. */
export async function readBody(payload: Readable, headers: IncomingHttpHeaders, take: (bytes: number) => void): Promise<Buffer> {
  const encoding = encodingOf(headers);
  const bytes = await collect(payload, encoding === "gzip" ? requestBytesMax : requestInflatedBytesMax, take);
  if (encoding !== "gzip") return bytes;
  const whole = await inflated(bytes);
  take(whole.length);
  return whole;
}

/** Told to nobody but the log: the producer is gone. */
export const brokeOff = (): Refusal => new Refusal("malformed_json", "The body broke off.");

/** By events: reading a stream as an iterable costs a small body more than parsing it does. */
function collect(payload: Readable, bytesMax: number, take: (bytes: number) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    payload.on("data", (chunk: Buffer) => {
      try {
        bytes += chunk.length;
        if (bytes > bytesMax) throw new Refusal("batch_too_large", `The body has more than ${bytesMax} bytes. Send fewer events at a time, or compress them.`);
        take(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        payload.removeAllListeners("data").pause();
        reject(error);
      }
    });
    payload.once("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, bytes)));
    payload.once("error", reject);
    // A connection that closes in the middle ends nothing.
    payload.once("close", () => {
      if (!payload.readableEnded) reject(brokeOff());
    });
  });
}

async function inflated(bytes: Buffer): Promise<Buffer> {
  try {
    return await inflate(bytes, { maxOutputLength: requestInflatedBytesMax, rejectGarbageAfterEnd: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE")
      throw new Refusal("batch_too_large", `The body inflates to more than ${requestInflatedBytesMax} bytes. Send fewer events at a time.`);
    throw gzipFault(error);
  }
}
