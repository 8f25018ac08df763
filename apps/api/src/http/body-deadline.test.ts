import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { fastify } from "fastify";
import type { FastifyRequest } from "fastify";
import { afterEach, expect, test } from "vitest";
import { bodyCameOn, enforceBodyDeadline } from "./body-deadline.ts";

const app = (waitMs = 100) => {
  const made = fastify({ requestTimeout: 0 });
  enforceBodyDeadline(made, { waitMs, everyMs: 20 });
  made.addContentTypeParser("text/steady", async (request: FastifyRequest, payload: Readable) => {
    let bytes = 0;
    for await (const chunk of payload) {
      bytes += (chunk as Buffer).length;
      bodyCameOn(request);
    }
    return bytes;
  });
  made.addContentTypeParser("text/slow", { parseAs: "string" }, async (_request: unknown, body: string) => body.length);
  made.post("/", async (request) => {
    await pause(300);
    return { bytes: request.body };
  });
  return made;
};

let server: ReturnType<typeof app> | undefined;
afterEach(async () => server?.close());

/** Sends a body of ten bytes in two halves and says what the server answered: its status, or that it hung up. */
async function halves(type: string, { pauseMs, pieces = 2, waitMs }: { pauseMs: number; pieces?: number; waitMs?: number }): Promise<string> {
  server = app(waitMs);
  await server.listen({ port: 0, host: "127.0.0.1" });
  const socket = connect((server.server.address() as AddressInfo).port, "127.0.0.1");
  const answer = new Promise<string>((resolve) => {
    socket.once("data", (data) => resolve(data.toString().split("\r\n")[0] ?? ""));
    socket.once("close", () => resolve("hung up"));
    socket.once("error", () => resolve("hung up"));
  });
  socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ncontent-length: ${5 * pieces}\r\n\r\n`);
  for (let piece = 0; piece < pieces; piece += 1) {
    if (piece > 0) await pause(pauseMs);
    socket.write("12345");
  }
  const told = await answer;
  socket.destroy();
  return told;
}

test("a body that does not come ends its connection", async () => {
  expect(await halves("text/slow", { pauseMs: 600 })).toBe("hung up");
  await server?.close();
  expect(await halves("text/steady", { pauseMs: 600 })).toBe("hung up");
});

test("a body that is there has time for its answer, however long that takes", async () => {
  expect(await halves("text/slow", { pauseMs: 0 })).toBe("HTTP/1.1 200 OK");
});

test("a body that is read piece by piece may take as long as its pieces keep coming", async () => {
  // Longer than the wait in all, and each piece with a second to spare: a busy machine has let a pause of 40 ms last 200.
  expect(await halves("text/steady", { pauseMs: 200, pieces: 8, waitMs: 1_200 })).toBe("HTTP/1.1 200 OK");
});

test("a body that goes on without end behind its answer does not keep its connection", async () => {
  server = app();
  await server.listen({ port: 0, host: "127.0.0.1" });
  const socket = connect((server.server.address() as AddressInfo).port, "127.0.0.1");
  const told: string[] = [];
  socket.on("data", (data) => void told.push(data.toString().split("\r\n")[0] ?? "")).on("error", () => undefined);
  const hungUp = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-type: text/unknown\r\ncontent-length: 1000000\r\n\r\n");
  const drip = setInterval(() => socket.write("1"), 20);
  await hungUp;
  clearInterval(drip);
  expect(told).toEqual(["HTTP/1.1 415 Unsupported Media Type"]);
});
