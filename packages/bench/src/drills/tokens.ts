import { setTimeout as pause } from "node:timers/promises";
import { authenticateToken, makeToken } from "@daybook/services";
import type { Platform } from "@daybook/services";
import type { Store } from "@daybook/store";
import { guessedToken, seededRandom } from "@daybook/testkit";
import { openArena } from "../arena.ts";
import type { Arena } from "../arena.ts";
import { defineDrill } from "./define-drill.ts";

const toldEvery = 200_000;
/** What has the right checksum is looked up, so it is tried less often: one for so many guesses, and no more than so many. */
const guessesPerLookUp = 100;
const lookUpsMax = 10_000;
/** Over the network, from one address. The limiter of failures lets so many through in a minute; see `rest/gate/authenticate.ts` of the API. */
const overNetwork = 500;
const failuresPerMinuteMax = 60;
/** Pairs of timed look-ups. */
const timedMax = 5_000;
const suspicious = 0.001;

/** Guesses at tokens: none may be one, and what has no right checksum may not cost a query. */
export const tokens = defineDrill({
  name: "tokens",
  count: { unit: "guesses", byDefault: 100_000 },
  async run({ count, seed, say }) {
    const arena = await openArena(say);
    try {
      const random = seededRandom(seed);
      const { token: real } = await arena.organization();
      const guessed = await guess(arena.platform, { count, random, say });
      const lookUps = Math.min(lookUpsMax, Math.ceil(count / guessesPerLookUp));
      const lookedUp = await lookUp(arena.platform, { lookUps, random });
      const network = await tryOverNetwork(arena, { random });
      const timing = await timed(arena.platform, { real, random, pairs: Math.min(timedMax, lookUps) });
      const works = (await ask(arena, real)) === 200;
      const figures = {
        tried: count + lookUps + overNetwork,
        hits: guessed.hits + lookedUp.hits + network.hits,
        rejected_by_checksum: guessed.rejected,
        queries_before_checksum: guessed.queries,
        looked_up: lookUps,
        queries: lookedUp.queries,
        network_tried: overNetwork,
        network_401: network.refused,
        network_429: network.slowed,
        timing_p: timing,
      };
      const failures = [
        ...(figures.hits > 0 ? [`seed ${seed}: ${figures.hits} guesses were tokens`] : []),
        ...(guessed.rejected < count || guessed.queries > 0 ? [`seed ${seed}: guesses reached the database (${guessed.queries} queries)`] : []),
        ...(lookedUp.queries > lookUps ? [`seed ${seed}: ${lookUps} look-ups cost ${lookedUp.queries} queries`] : []),
        ...(network.refused > failuresPerMinuteMax * network.minutes ? [`seed ${seed}: the limiter let ${network.refused} wrong tokens through`] : []),
        ...(timing < suspicious ? [`seed ${seed}: the time of a refusal tells how much of a token is right (p = ${timing})`] : []),
        ...(works ? [] : [`seed ${seed}: a right token from the same address was refused meanwhile`]),
      ];
      return { figures, failures };
    } finally {
      await arena.close();
    }
  },
});

const refused = (error: unknown): boolean => (error as { code?: unknown }).code === "unauthenticated";

/** Counts every reach for the database. */
function counting(store: Store): { store: Store; queries: () => number } {
  let queries = 0;
  const get = (target: Store, name: string | symbol): unknown => {
    queries += 1;
    return Reflect.get(target, name);
  };
  return { store: new Proxy(store, { get }), queries: () => queries };
}

async function guess(platform: Platform, { count, random, say }: { count: number; random: () => number; say: (line: string) => void }) {
  const { store, queries } = counting(platform.store);
  const counted = { ...platform, store };
  let hits = 0;
  let rejected = 0;
  for (let at = 1; at <= count; at += 1) {
    const before = queries();
    const hit = await isToken(counted, guessedToken(random));
    if (hit) hits += 1;
    else if (queries() === before) rejected += 1;
    if (at % toldEvery === 0) say(`${at} guesses`);
  }
  return { hits, rejected, queries: queries() };
}

async function lookUp(platform: Platform, { lookUps, random }: { lookUps: number; random: () => number }) {
  const { store, queries } = counting(platform.store);
  let hits = 0;
  for (let at = 0; at < lookUps; at += 1) if (await isToken({ ...platform, store }, wellFormed(random, at))) hits += 1;
  return { hits, queries: queries() };
}

const isToken = (platform: Platform, text: string): Promise<boolean> =>
  authenticateToken(platform, text).then(
    () => true,
    (error: unknown) => {
      if (refused(error)) return false;
      throw error;
    },
  );

function wellFormed(random: () => number, at: number): string {
  const bytes = Uint8Array.from({ length: 32 }, () => Math.floor(random() * 256));
  return makeToken(bytes, at % 2 ? "workspace" : "member_key").token;
}

async function tryOverNetwork(arena: Arena, { random }: { random: () => number }) {
  const begun = performance.now();
  const statuses: number[] = [];
  for (let at = 0; at < overNetwork; at += 1) statuses.push(await ask(arena, wellFormed(random, at)));
  const times = (status: number) => statuses.filter((each) => each === status).length;
  const minutes = Math.floor((performance.now() - begun) / 60_000) + 1;
  return { hits: times(200), refused: times(401), slowed: times(429), minutes };
}

async function ask({ origin }: Arena, token: string): Promise<number> {
  const answer = await fetch(`${origin}/v1/token`, { headers: { authorization: `Bearer ${token}` } });
  await answer.arrayBuffer();
  return answer.status;
}

/**
 * Whether a refusal takes longer for a text that begins as a real token does. Pairs in turn, so that whatever else the machine does hits both alike; the
 * sign test asks only which of a pair was slower, so that single pauses do not matter.
 */
async function timed(platform: Platform, { real, random, pairs }: { real: string; random: () => number; pairs: number }): Promise<number> {
  let slower = 0;
  let told = 0;
  for (let at = 0; at < pairs; at += 1) {
    const nearFirst = random() < 0.5;
    // Both are new texts of one making: a text that comes again would be faster for that alone.
    const nearly = nearlyThe(real, 1n + BigInt(Math.floor(random() * nearValues)));
    const other = makeToken(
      Uint8Array.from({ length: 32 }, () => Math.floor(random() * 256)),
      "workspace",
    ).token;
    const first = await timeOf(platform, nearFirst ? nearly : other);
    const second = await timeOf(platform, nearFirst ? other : nearly);
    if (first === second) continue;
    told += 1;
    if (first > second === nearFirst) slower += 1;
    if (at % 500 === 0) await pause(0);
  }
  return signTest(slower, told);
}

const nearValues = 2 ** 30;

/** The real token but for its last few characters before the checksum, with the checksum that this text has. */
function nearlyThe(real: string, difference: bigint): string {
  const value = Array.from(real.slice(11, 54)).reduce((sum, letter) => sum * 62n + BigInt(alphabet.indexOf(letter)), 0n) ^ difference;
  const bytes = Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * (31 - at))) & 255n));
  return makeToken(bytes, "workspace").token;
}

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

async function timeOf(platform: Platform, text: string): Promise<number> {
  const begun = performance.now();
  await isToken(platform, text);
  return performance.now() - begun;
}

/** Two-sided, by the normal approximation: for the hundreds of pairs and more that this is asked for it is close enough. */
function signTest(slower: number, told: number): number {
  if (told === 0) return 1;
  const z = Math.abs(slower - told / 2) / Math.sqrt(told / 4);
  return Number((2 * (1 - normal(z))).toFixed(4));
}

/** Abramowitz and Stegun 7.1.26: right to 1.5e-7. */
function normal(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 0.5 * (1 + (1 - series * Math.exp(-x * x)));
}
