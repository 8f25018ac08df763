import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Refusal } from "@daybook/event";
import { encodingOf, gzipFault } from "./encoding.ts";

/** Real events compress 10 to 30 times. A body that grows by more is a bomb. */
const inflationMax = 200;
/** Below this the ratio says nothing: the first block of a gzip may be all zeros. */
const inflationFreeBytes = 4 * 1_048_576;

/** The bytes of a body of any length as they come, inflated. Breaks off where gzip is broken or grows beyond measure. */
export async function* openBody(payload: Readable, headers: IncomingHttpHeaders): AsyncGenerator<Buffer> {
  // Not destroyed when its reader stops: what is left of it is drained behind the answer.
  if (encodingOf(headers) === "identity") return yield* payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  const gunzip = createGunzip({ chunkSize: 65_536, rejectGarbageAfterEnd: true });
  payload.once("error", (error) => gunzip.destroy(error));
  payload.pipe(gunzip);
  let inflated = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      inflated += chunk.length;
      if (inflated > inflationFreeBytes && inflated > gunzip.bytesWritten * inflationMax)
        throw new Refusal("batch_too_large", `The body inflates to more than ${inflationMax} times its size.`);
      yield chunk;
    }
  } catch (error) {
    throw gzipFault(error);
  } finally {
    payload.unpipe(gunzip);
    gunzip.destroy();
  }
}
