import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Platform } from "@daybook/services";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Life } from "../life/life.ts";

const loopDelayMaxMs = 2_000;
const databaseAnswerMaxMs = 1_000;
const nsPerMs = 1_000_000;

/** `/livez`: the process turns. `/readyz`: send it requests. `/healthz`: the same in words, and never an error, for people. */
export function health({ platform, life }: { platform: Platform; life: Life }) {
  return async (app: FastifyInstance): Promise<void> => {
    const delay = monitorEventLoopDelay({ resolution: 100 });
    delay.enable();
    app.addHook("onClose", async () => void delay.disable());

    app.get("/livez", async (_request, reply) => {
      const delayMs = Math.round(delay.max / nsPerMs);
      delay.reset();
      return tell(reply, delayMs < loopDelayMaxMs, { status: delayMs < loopDelayMaxMs ? "alive" : "stalled" });
    });

    app.get("/readyz", async (_request, reply) => {
      const ready = life.phase === "ready" && (await databaseAnswers());
      return tell(reply, ready, { status: ready ? "ready" : life.phase === "ready" ? "database_unreachable" : life.phase });
    });

    app.get("/healthz", async (_request, reply) => {
      const database = (await databaseAnswers()) ? "ok" : "unreachable";
      return tell(reply, true, { phase: life.phase, database, uptime_seconds: Math.round(process.uptime()) });
    });
  };

  async function databaseAnswers(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), databaseAnswerMaxMs);
    });
    const answered = platform.store.ping().then(
      () => true,
      () => false,
    );
    const result = await Promise.race([answered, late]);
    clearTimeout(timer);
    return result;
  }
}

const tell = (reply: FastifyReply, good: boolean, body: object): FastifyReply =>
  reply
    .code(good ? 200 : 503)
    .header("cache-control", "no-store")
    .send(body);
