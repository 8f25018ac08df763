import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readConnection } from "./read-connection.ts";
import type { Reading } from "./read-connection.ts";

/** A socket whose clock is the test's; a real one keeps its idle time where no test can move it. */
class FakeSocket extends Duplex {
  remoteAddress = "::ffff:192.0.2.1";
  idle: { afterMs: number; end: () => void } | undefined;
  override _read(): void {}
  override _write(_chunk: unknown, _encoding: string, done: () => void): void {
    done();
  }
  setTimeout(afterMs: number, end: () => void): void {
    this.idle = { afterMs, end };
  }
  destroySoon(): void {
    this.destroy();
  }
}

const unprovenMs = 30_000;
beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

function connect(store: Reading["store"]) {
  const socket = new FakeSocket();
  const troubles = { count: () => undefined, close: () => undefined };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const ended = readConnection(socket as unknown as Socket, { store, stopped: new AbortController().signal, troubles, log });
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  const send = async (text: string) => {
    socket.push(text);
    await turn();
    await turn();
  };
  return { socket, ended, send };
}

test("a connection that has brought no event within 30 seconds is closed, also one that keeps talking", async () => {
  const { socket, ended, send } = connect(async () => 0);
  for (let second = 0; second < 29; second += 1) {
    await send("GET / HTTP/1.1\n");
    vi.advanceTimersByTime(1_000);
  }
  expect(socket.destroyed).toBe(false);
  vi.advanceTimersByTime(1_000);
  expect(socket.destroyed).toBe(true);
  await ended;
});

test("one that has brought an event may then be silent, for 15 minutes", async () => {
  const { socket, ended, send } = connect(async (frames, { ip }) => (ip === "192.0.2.1" ? frames.length : 0));
  await send("<110>1 - - - - - - ok\n");
  vi.advanceTimersByTime(10 * unprovenMs);
  expect(socket.destroyed).toBe(false);
  expect(socket.idle?.afterMs).toBe(15 * 60_000);
  socket.idle?.end();
  expect(socket.destroyed).toBe(true);
  await ended;
});

test("no time-out closes a connection while what came through it is being stored", async () => {
  const held = Promise.withResolvers<number>();
  const { socket, ended, send } = connect(() => held.promise);
  await send("<110>1 - - - - - - ok\n");
  vi.advanceTimersByTime(10 * unprovenMs);
  socket.idle?.end();
  expect(socket.destroyed).toBe(false);
  held.resolve(1);
  await send("");
  vi.advanceTimersByTime(10 * unprovenMs);
  expect(socket.destroyed).toBe(false);
  socket.push(null);
  await ended;
});
