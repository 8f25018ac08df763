import { createHash, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { dialectKey, parseSyslogMessage, syslogEvent, syslogId } from "@daybook/connectors";
import type { SyslogFrame } from "@daybook/connectors";
import type { EventInput } from "@daybook/event";
import { demand } from "@daybook/services";
import type { Platform } from "@daybook/services";
import { textOf } from "@daybook/store";
import { TooMany, TooManyFailures } from "../http/limiter.ts";
import { asRefusal } from "../http/problem.ts";
import type { Life } from "../life/life.ts";
import { ingestDialect } from "../rest/dialects/ingest-dialect.ts";
import { toItems } from "../rest/dialects/to-items.ts";
import type { Gate } from "../rest/gate/gate.ts";
import type { Origin } from "./read-connection.ts";
import type { Slots } from "./slots.ts";
import type { Troubles } from "./troubles.ts";

interface Storing {
  platform: Platform;
  gate: Gate;
  /** Messages wait until Daybook is ready. */
  life: Life;
  troubles: Troubles;
  /** Held by an attempt, and never while its sender waits for the next one: senders that wait must not keep the others out. */
  slots: Slots;
  defaultToken: string | undefined;
  /** Aborted when there is no more time to try again. */
  signal: AbortSignal;
}

/** A database that is away for longer than this makes a sender's messages lost rather than the sender wait: its own queue would be full by now. */
const triesMax = 600;
const againAfterMs = 1_000;
const againAfterMsMax = 5_000;

const tools = { sha256Hex: (text: string): string => createHash("sha256").update(text).digest("hex") };
const asSyslog = { id: syslogId, together: false };

/** Turns frames into events, by token, and returns how many of them are in the log. What is not is counted among the troubles. */
export function openStorer(storing: Storing): (frames: readonly SyslogFrame[], origin: Origin) => Promise<number> {
  const { troubles, defaultToken } = storing;
  return async (frames, origin) => {
    const byToken = new Map<string, EventInput[]>();
    for (const frame of frames) {
      const read = readFrame(frame, troubles);
      if (!read) continue;
      const token = read.token ?? defaultToken;
      if (token === undefined) troubles.count("no_token");
      else if (!byToken.get(token)?.push(read.event)) byToken.set(token, [read.event]);
    }
    let stored = 0;
    for (const [token, events] of byToken) stored += await keepTrying(storing, { token, origin, events });
    return stored;
  };
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function readFrame(frame: SyslogFrame, troubles: Troubles): ReturnType<typeof syslogEvent> | undefined {
  if ("malformed" in frame) {
    troubles.count(frame.malformed);
    return undefined;
  }
  const { text, encoding } = decoded(frame.message);
  const message = parseSyslogMessage(text);
  if (!message) {
    troubles.count("no_message");
    return undefined;
  }
  return syslogEvent({ ...message, ...encoding });
}

/** RFC 5424 leaves the encoding of the text to its sender. Latin 1 has a character for every byte, so nothing is lost. */
function decoded(bytes: Uint8Array): { text: string; encoding?: { encoding: "latin1" } } {
  try {
    return { text: utf8.decode(bytes) };
  } catch {
    return { text: Buffer.from(bytes).toString("latin1"), encoding: { encoding: "latin1" } };
  }
}

interface Batch {
  token: string;
  origin: Origin;
  events: EventInput[];
}

/** Until it is stored, or refused for good. Each event has a key, because after a broken connection nobody knows whether the commit was done. */
async function keepTrying(storing: Storing, { token, origin, events }: Batch): Promise<number> {
  const { platform, troubles, slots, signal } = storing;
  const keyed = events.map((event) => ({ ...event, idempotency_key: dialectKey(syslogId, event.idempotency_key ?? randomUUID(), tools) }));
  for (let tries = 1; ; tries += 1) {
    try {
      return await slots.within(() => storeOnce(storing, { token, origin, events: keyed }));
    } catch (error) {
      const refusal = asRefusal(error);
      if (!refusal) platform.log.error({ error: textOf(error) }, "syslog messages could not be stored");
      const mayPass = refusal?.code === "unavailable" || (error instanceof TooMany && !(error instanceof TooManyFailures));
      if (!mayPass || tries >= triesMax || signal.aborted) {
        troubles.count(refusal?.code ?? "server_error", events.length);
        return 0;
      }
      const waitMs = error instanceof TooMany ? Math.min(error.retryAfterSeconds * 1_000, againAfterMsMax) : againAfterMs;
      await pause(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function storeOnce({ platform, gate, life, troubles }: Storing, { token, origin, events }: Batch): Promise<number> {
  life.demandReady();
  const caller = await gate.authenticator.authenticate({ token, origin });
  await demand(platform, caller.context, { name: "events.ingest", needs: "events:write" });
  const outcomes = await ingestDialect(platform, gate, caller, asSyslog, toItems(events.map((event) => ({ record: null, event }))));
  for (const outcome of outcomes) if (outcome.status === "refused") troubles.count(outcome.error.code);
  return outcomes.filter(({ status }) => status !== "refused").length;
}
