import type { ServerResponse } from "node:http";
import type { Readable } from "node:stream";

const drainedBytesMax = 16 * 1_048_576;
const drainMs = 2_000;

/**
 * Once the answer is out, reads on for a moment and throws away what comes. A server that closes while its client still sends resets the connection,
 * and the client may never see the answer that says why. What ends within the moment leaves a connection that can be used again.
 */
export function drainAfterAnswer(body: Readable, answer: ServerResponse): void {
  answer.once("finish", () => {
    if (body.destroyed || body.readableEnded) return;
    let bytes = 0;
    const giveUp = () => void body.destroy();
    const timer = setTimeout(giveUp, drainMs);
    body.once("close", () => clearTimeout(timer));
    body.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > drainedBytesMax) giveUp();
    });
    body.resume();
  });
}
