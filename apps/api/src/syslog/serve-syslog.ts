import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createServer as createTlsServer } from "node:tls";
import type { Platform } from "@daybook/services";
import type { FastifyInstance } from "fastify";
import type { Life } from "../life/life.ts";
import type { Gate } from "../rest/gate/gate.ts";
import { openSlots } from "./slots.ts";
import { readConnection } from "./read-connection.ts";
import { openStorer } from "./store-messages.ts";
import { openTroubles } from "./troubles.ts";

export interface SyslogSettings {
  host: string;
  port?: number | undefined;
  /** Certificate and key in PEM. */
  tls?: { port: number; cert: string; key: string } | undefined;
  /** The token of messages that bring none. */
  token?: string | undefined;
}

interface Hosting {
  platform: Platform;
  gate: Gate;
  life: Life;
  settings: SyslogSettings;
}

/** Each holds up to one message and one chunk of 64 kB, so all of them 32 MB. */
const connectionsMax = 256;
/** Chunks that are stored at once; the sockets of the others wait, paused. */
const storingAtOnceMax = 16;
const handshakeMs = 10_000;
/** Our end of a connection closes when all that came through it is stored: the only sign that a sender gets. */
const allowHalfOpen = true;
/** Senders get this long to bring to an end what they are sending when the server stops. */
const stopReadingAfterMs = 2_000;
/** What was read by then is tried again for this long. */
const stopTryingAfterMs = 6_000;
/** An attempt that hangs is left; the framework waits 10 s for a hook, and `main.ts` 15 s for all of it. */
const stopWaitingAfterMs = 8_000;

/**
 * Syslog over TCP and TLS (RFC 5424, 6587, 5425), on the gate that all ways in share. Syslog acknowledges nothing: back-pressure is all that a sender
 * notices, so a socket is read on only when what came before is stored.
 */
export function serveSyslog(app: FastifyInstance, { platform, gate, life, settings }: Hosting): void {
  const troubles = openTroubles(platform.log);
  const slots = openSlots(storingAtOnceMax);
  const stop = { reading: new AbortController(), trying: new AbortController() };
  const store = openStorer({ platform, gate, life, troubles, slots, defaultToken: settings.token, signal: stop.trying.signal });
  const connections = new Map<Socket, Promise<void>>();
  const servers: Server[] = [];

  const serve = (server: Server, event: "connection" | "secureConnection", port: number): void => {
    server.maxConnections = connectionsMax;
    server.on(event, (socket: Socket) => {
      const connection = readConnection(socket, {
        store,
        stopped: stop.reading.signal,
        troubles,
        log: platform.log,
      });
      connections.set(socket, connection);
      void connection.finally(() => connections.delete(socket));
    });
    server.on("drop", () => troubles.count("connection_refused"));
    server.on("tlsClientError", () => troubles.count("tls_failed"));
    server.on("error", (error) => platform.log.error({ error: String(error), port }, "syslog cannot listen"));
    server.listen(port, settings.host, () => {
      const { port: given } = server.address() as AddressInfo;
      platform.log.info({ port: given, tls: event === "secureConnection" }, "listening for syslog");
    });
    servers.push(server);
  };

  app.addHook("onListen", async () => {
    const { port, tls } = settings;
    if (port !== undefined) serve(createServer({ allowHalfOpen }), "connection", port);
    if (tls)
      serve(
        createTlsServer({ cert: tls.cert, key: tls.key, handshakeTimeout: handshakeMs, allowHalfOpen, minVersion: "TLSv1.2" }),
        "secureConnection",
        tls.port,
      );
  });
  app.addHook("preClose", async () => {
    for (const server of servers) server.close();
    // Our end of each connection is closed, and what its sender still has under way is read for a moment.
    for (const socket of connections.keys()) socket.end();
    const timers = [setTimeout(() => stop.reading.abort(), stopReadingAfterMs), setTimeout(() => stop.trying.abort(), stopTryingAfterMs)];
    const waiting = new AbortController();
    await Promise.race([Promise.all(connections.values()), pause(stopWaitingAfterMs, undefined, { signal: waiting.signal }).catch(() => undefined)]);
    waiting.abort();
    for (const timer of timers) clearTimeout(timer);
    for (const socket of connections.keys()) socket.destroy();
    troubles.close();
  });
}
