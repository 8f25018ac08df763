import type { Socket } from "node:net";
import { openSyslogFramer } from "@daybook/connectors";
import type { SyslogFrame } from "@daybook/connectors";
import type { EventContext } from "@daybook/event";
import type { Log } from "@daybook/services";
import { textOf } from "@daybook/store";
import type { Troubles } from "./troubles.ts";

export type Origin = EventContext & { ip: string };

export interface Reading {
  /** Returns how many messages became events, now or before, when they are durable. */
  store(frames: readonly SyslogFrame[], origin: Origin): Promise<number>;
  /** Aborted when no more is to be read. */
  stopped: AbortSignal;
  troubles: Troubles;
  log: Log;
}

/** A relay may have nothing to say for long. */
const idleMs = 15 * 60_000;
/** Who has brought no event by then is not a sender of this log. */
const unprovenMs = 30_000;

/**
 * Reads one connection to its end. The loop awaits the storing of each chunk, and meanwhile the socket is not read: that is what slows a sender down.
 * Never rejects.
 */
export async function readConnection(socket: Socket, { store, stopped, troubles, log }: Reading): Promise<void> {
  const framer = openSyslogFramer();
  const origin: Origin = { ip: (socket.remoteAddress ?? "").replace(/^::ffff:/, "") };
  let storing = false;
  const unlessStoring = (): void => {
    if (!storing) socket.destroy();
  };
  let unproven: NodeJS.Timeout | undefined = setInterval(unlessStoring, unprovenMs).unref();
  const take = async (frames: readonly SyslogFrame[]): Promise<void> => {
    if (frames.length === 0) return;
    storing = true;
    const stored = await store(frames, origin).catch((error: unknown) => {
      troubles.count("server_error", frames.length);
      log.error({ error: textOf(error) }, "syslog messages could not be read");
      return 0;
    });
    storing = false;
    if (stored === 0) return;
    clearInterval(unproven);
    unproven = undefined;
  };
  // What ends a connection is seen by the loop; without a listener an error behind its end would end the process.
  socket.on("error", () => undefined);
  socket.setTimeout(idleMs, unlessStoring);
  stopped.addEventListener("abort", unlessStoring);
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      await take(framer.push(chunk));
      if (stopped.aborted) break;
    }
  } catch {
    // The other end broke off, or a time-out did; what came before is taken all the same.
  }
  await take(framer.end());
  stopped.removeEventListener("abort", unlessStoring);
  clearInterval(unproven);
  socket.destroySoon();
}
