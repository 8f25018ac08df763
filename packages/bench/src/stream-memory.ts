import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Arena } from "./arena.ts";
import { sampleEvent } from "./sample-events.ts";

const sampleEveryMs = 100;
const linesPerPiece = 200;

export interface StreamFigures {
  /** Peak of the API's resident memory while the stream ran. */
  rssMb: number;
  megabytes: number;
  perSecond: number;
}

/** One body of lines, as long as asked for, sent as fast as the API takes it. */
export async function streamMemory(arena: Arena, { bytes }: { bytes: number }): Promise<StreamFigures> {
  const { token } = await arena.organization();
  const sent = { bytes: 0, events: 0 };
  let peak = await residentBytes(arena.apiPid());
  const sampling = setInterval(() => void residentBytes(arena.apiPid()).then((now) => (peak = Math.max(peak, now))), sampleEveryMs);
  const started = performance.now();
  try {
    const created = await send(new URL("/v1/events", arena.origin), token, lines(bytes, sent));
    if (created !== sent.events) throw new Error(`of ${sent.events} events ${created} were created`);
  } finally {
    clearInterval(sampling);
  }
  const seconds = (performance.now() - started) / 1_000;
  return { rssMb: Math.round(peak / 1_048_576), megabytes: Math.round(sent.bytes / 1_048_576), perSecond: Math.round(sent.events / seconds) };
}

// oxlint-disable-next-line typescript/require-await -- a stream is read piece by piece
async function* lines(bytes: number, sent: { bytes: number; events: number }): AsyncGenerator<Buffer> {
  while (sent.bytes < bytes) {
    const at = Date.now();
    const text = Array.from({ length: linesPerPiece }, (_, n) => `${JSON.stringify(sampleEvent(sent.events + n, new Date(at - n)))}\n`).join("");
    const piece = Buffer.from(text);
    sent.bytes += piece.length;
    sent.events += linesPerPiece;
    yield piece;
  }
}

function send(url: URL, token: string, pieces: AsyncGenerator<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/x-ndjson" } }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => (text += chunk));
      answer.once("end", () => {
        if (answer.statusCode === 200) resolve((JSON.parse(text) as { created: number }).created);
        else reject(new Error(`the API answered ${answer.statusCode}: ${text.slice(0, 500)}`));
      });
    });
    call.once("error", reject);
    pipeline(Readable.from(pieces, { objectMode: true, highWaterMark: 2 }), call).catch(reject);
  });
}

/** Of one process, as the kernel counts it. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1_024;
}
