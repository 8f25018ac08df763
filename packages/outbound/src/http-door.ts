import { lookup as systemLookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { Agent, buildConnector, request as send } from "undici";
import { canonical, openAddressGuard } from "./address-guard.ts";
import type { AddressGuard } from "./address-guard.ts";
import { parseDestination } from "./http-url.ts";
import type { Destination } from "./http-url.ts";
import { failureOf } from "./http-failure.ts";
import { OutboundFailure } from "./outbound-failure.ts";

const connectMs = 5_000;
const totalMs = 15_000;
const bodyBytesDefault = 65_536;
/** The most that a caller may ask for; key sets and discovery documents of large providers stay well under it. */
export const answerBytesMax = 1_048_576;
const headerBytesMax = 16_384;
const addressesMax = 16;

export interface HttpAsk {
  method?: "GET" | "POST";
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Largest answer that is read; at most `answerBytesMax`. */
  bytesMax?: number;
  signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/** Asks servers that somebody else chose. It follows no redirect and reaches no network that is not open to everybody. */
export interface HttpDoor {
  /** Whether the operator lets requests go out without TLS. */
  readonly plainHttp: boolean;
  /** Rejects with an `OutboundFailure` alone. */
  ask(url: string, ask?: HttpAsk): Promise<HttpAnswer>;
}

interface Found {
  address: string;
  family: number;
}

export interface HttpDoorOptions {
  /** Networks besides the public ones, in CIDR notation, that the operator opened. */
  allowedNetworks?: readonly string[];
  plainHttp?: boolean;
  /** Further ports that may be asked everywhere. */
  ports?: readonly number[];
  /** Where names lead; by default what the system says. */
  lookup?: (name: string) => Promise<Found[]>;
  bounds?: Partial<{ connectMs: number; totalMs: number }>;
}

export function openHttpDoor({ allowedNetworks = [], plainHttp = false, ports = [], lookup = resolve, bounds }: HttpDoorOptions = {}): HttpDoor {
  const guard = openAddressGuard(allowedNetworks);
  const limits = { connectMs, totalMs, ...bounds };

  async function ask(text: string, { method = "GET", headers = {}, body, bytesMax = bodyBytesDefault, signal }: HttpAsk = {}): Promise<HttpAnswer> {
    const deadline = AbortSignal.timeout(limits.totalMs);
    const ended = signal ? AbortSignal.any([deadline, signal]) : deadline;
    const destination = parseDestination(text, { plainHttp, morePorts: ports });
    const addresses = await before(ended, vetted(destination, { guard, lookup }));
    // One connection for one request: kept open, it could be used again for another organization or after its name has moved.
    const agent = new Agent({
      connect: pinned(addresses, limits.connectMs),
      connections: 1,
      pipelining: 0,
      allowH2: false,
      headersTimeout: limits.totalMs,
      bodyTimeout: limits.totalMs,
      maxHeaderSize: headerBytesMax,
    });
    try {
      const answer = await send(destination.url, {
        dispatcher: agent,
        method,
        headers: { "user-agent": "Daybook", "accept-encoding": "identity", ...headers },
        ...(body !== undefined && { body }),
        signal: ended,
      });
      return { status: answer.statusCode, headers: plainHeaders(answer.headers), body: await bounded(answer.body, Math.min(bytesMax, answerBytesMax)) };
    } catch (error) {
      throw ended.aborted ? new OutboundFailure("timed_out") : failureOf(error);
    } finally {
      await agent.destroy();
    }
  }

  return { plainHttp, ask };
}

/** The addresses behind a destination. One that is forbidden among them forbids all: which is taken would be up to chance. */
async function vetted(destination: Destination, { guard, lookup }: { guard: AddressGuard; lookup: (name: string) => Promise<Found[]> }): Promise<Found[]> {
  const { host, isAddress, isUsualPort } = destination;
  const found = isAddress ? [{ address: host, family: host.includes(":") ? 6 : 4 }] : await lookup(host).catch(() => []);
  if (found.length === 0) throw new OutboundFailure("name_not_found");
  const verdicts = found.map(({ address }) => guard(address));
  if (verdicts.some((verdict) => verdict === "forbidden" || verdict === "metadata")) throw new OutboundFailure("address_not_allowed");
  if (!isUsualPort && !verdicts.every((verdict) => verdict === "allowed")) throw new OutboundFailure("port_not_allowed");
  return found.slice(0, addressesMax);
}

const resolve = (name: string): Promise<Found[]> => systemLookup(name, { all: true, verbatim: true });

/** Connects to the vetted addresses alone, and looks where it ended up. The name stays what the certificate is held against. */
function pinned(addresses: readonly Found[], timeout: number): buildConnector.connector {
  const lookup: LookupFunction = (_name, options, done) => {
    const first = addresses[0];
    if (options.all || first === undefined) done(null, [...addresses]);
    else done(null, first.address, first.family);
  };
  const connect = buildConnector({ timeout, lookup, autoSelectFamily: true, maxCachedSessions: 0, allowH2: false });
  const expected = new Set(addresses.map(({ address }) => canonical(address)));
  return (options, done) =>
    connect(options, (error, socket) => {
      if (error !== null) return done(error, null);
      if (expected.has(canonical(socket.remoteAddress ?? ""))) return done(null, socket);
      socket.destroy();
      done(new OutboundFailure("address_not_allowed"), null);
    });
}

/** Waits for the work no longer than the signal allows; looking up a name cannot be aborted. */
function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((done, fail) => {
    const late = () => fail(new OutboundFailure("timed_out"));
    if (signal.aborted) late();
    signal.addEventListener("abort", late, { once: true });
    work.then(done, fail).finally(() => signal.removeEventListener("abort", late));
  });
}

async function bounded(body: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > bytesMax) throw new OutboundFailure("answer_too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const plainHeaders = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]])),
  );
