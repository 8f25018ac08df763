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

const readings = new WeakMap<FastifyRequest, Reading>();

/**
 * Ends connections whose body does not come. Node's own `requestTimeout` is one for all routes, and counts from the first byte, so that no body could
 * take longer than the slowest small one may.
 */
export function enforceBodyDeadline(app: FastifyInstance, { waitMs = bodyWaitMs, everyMs = checkEveryMs } = {}): void {
  const open = new Set<FastifyRequest>();
  app.addHook("onRequest", async (request) => {
    const now = performance.now();
    readings.set(request, { begunAt: now, lastAt: now });
    open.add(request);
  });
  app.addHook("onResponse", async (request) => void open.delete(request));
  const timer = setInterval(() => {
    const now = performance.now();
    for (const request of open) {
      const reading = readings.get(request);
      if (request.raw.complete || request.raw.destroyed || !reading) open.delete(request);
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
