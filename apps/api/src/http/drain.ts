import type { Readable } from "node:stream";

const drainedBytesMax = 4 * 1_048_576;
const drainMs = 2_000;

/**
 * Reads on for a moment and throws away what comes. A server that answers and closes while its client still sends resets the connection, and the
 * client may never see the answer that says why.
 */
export function drainBriefly(body: Readable): Promise<void> {
  if (body.destroyed || body.readableEnded) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;
    const done = () => {
      clearTimeout(timer);
      body.off("data", count).off("end", done).off("close", done);
      body.pause();
      resolve();
    };
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > drainedBytesMax) done();
    };
    const timer = setTimeout(done, drainMs);
    body.on("data", count).once("end", done).once("close", done);
    body.resume();
  });
}
