import type { FastifyInstance, FastifyRequest } from "fastify";

/** A body must be there after this, or, where its route reads it piece by piece, bring its next piece within it. */
const bodyWaitMs = 30_000;
/** However steadily it comes: a stream of a gigabyte at a megabyte a second takes a third of this. */
const streamLastsMs = 3_600_000;
const checkEveryMs = 5_000;

interface Reading {
  begunAt: number;
  lastAt: number;
}

/** Of the requests under way. Hooks with a callback: an `async` one costs every request a promise. */
const readings = new Map<FastifyRequest, Reading>();

/**
 * Ends connections whose body does not come. Node's own `requestTimeout` is one for all routes, and counts from the first byte, so that no body could
 * take longer than the slowest small one may.
 */
export function enforceBodyDeadline(app: FastifyInstance, { waitMs = bodyWaitMs, everyMs = checkEveryMs } = {}): void {
  app.addHook("onRequest", (request, _reply, done) => {
    const now = performance.now();
    readings.set(request, { begunAt: now, lastAt: now });
    done();
  });
  app.addHook("onResponse", (request, _reply, done) => {
    // An answer may come before its body has ended, as a refusal does; the body may not go on for ever behind it.
    if (request.raw.complete) readings.delete(request);
    done();
  });
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [request, reading] of readings) {
      // Several servers may run in one process, each with its own watch.
      if (request.server.server !== app.server) continue;
      if (request.raw.complete || request.raw.destroyed) readings.delete(request);
      else if (now - reading.lastAt > waitMs || now - reading.begunAt > streamLastsMs) request.raw.destroy(new Error("the body did not come in time"));
    }
  }, everyMs).unref();
  app.addHook("onClose", async () => clearInterval(timer));
}

/** Told by a route that reads its body piece by piece, with each piece that it could take. */
export function bodyCameOn(request: FastifyRequest): void {
  const reading = readings.get(request);
  if (reading) reading.lastAt = performance.now();
}
