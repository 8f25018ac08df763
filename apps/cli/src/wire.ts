import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openFolderDoor } from "@daybook/archive";
import { openHttpDoor, openMailDoor } from "@daybook/outbound";
import { noSealer } from "@daybook/services";
import type { Platform } from "@daybook/services";
import { openStore } from "@daybook/store";

/** Opens the doors for one command. The only place of the command line that does. */
export function openPlatform({
  databaseUrl,
  origin,
  fixturesFolder,
  warn,
}: {
  databaseUrl: string;
  origin: string;
  fixturesFolder: string;
  warn: (line: string) => void;
}): Platform {
  const log = (fields: object, message: string) => warn(`${message} ${JSON.stringify(fields)}`);
  return {
    store: openStore({ url: databaseUrl, applicationName: "daybook-cli", max: 4, onError: (error) => warn(String(error)) }),
    mail: openMailDoor({ from: "Daybook <daybook@localhost>" }),
    folder: openFolderDoor({ allowedRoots: [] }),
    http: openHttpDoor(),
    sealer: noSealer,
    fixtures: (name) => readFile(join(fixturesFolder, name), "utf8").catch(() => undefined),
    origin,
    random: (bytes) => randomBytes(bytes),
    now: () => new Date(),
    log: { info: () => undefined, warn: log, error: log },
  };
}
