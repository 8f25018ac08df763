import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readFolder } from "@daybook/archive";
import type { Store } from "@daybook/store";
import type { Platform } from "../src/platform.ts";
import { openSealer } from "../src/sealing.ts";

/** A platform on somebody's store, with doors that refuse until a test opens them. */
export function platformOn(store: Store, doors: Partial<Platform> = {}): Platform {
  const shut = (door: string) => () => Promise.reject(new Error(`this test opens no ${door}`));
  return {
    store,
    mail: { transport: "mailbox", from: "Daybook <daybook@localhost>", send: shut("mail") } as Platform["mail"],
    folder: { read: shut("folder") } as unknown as Platform["folder"],
    http: { plainHttp: false, ask: shut("connection") },
    sealer: openSealer("a secret for tests, long enough"),
    fixtures: fixture,
    origin: "http://localhost:4747",
    random: (bytes) => randomBytes(bytes),
    now: () => new Date(),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    ...doors,
  };
}

/** Of the checkout: what `DAYBOOK_FIXTURES` names in a deployment. */
const fixturesFolder = fileURLToPath(new URL("../../connectors/fixtures/", import.meta.url));

/** The vendor samples of the checkout. */
export const fixture = (name: string): Promise<string | undefined> => readFile(`${fixturesFolder}${name}`, "utf8").catch(() => undefined);

/** A folder door that holds what dbt left behind, whatever folder it is asked for. */
export const dbtFolder = (name: string): Platform["folder"] => ({ read: (_folder, files) => readFolder({}, `${fixturesFolder}dbt/${name}`, files) });
