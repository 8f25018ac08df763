import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openFolderDoor } from "@daybook/archive";
import { openHttpDoor, openMailDoor } from "@daybook/outbound";
import { openSealer, pooledRandom } from "@daybook/services";
import type { Log, Platform } from "@daybook/services";
import { openStore } from "@daybook/store";
import type { Env } from "./env.ts";

/** In a checkout; a bundle names its own folder. */
const fixturesFolder = fileURLToPath(new URL("../../../packages/connectors/fixtures/", import.meta.url));

/** Opens the doors. The only place of the API that does. */
export function openPlatform(env: Env, log: Log, origin: string): Platform {
  return {
    store: openStore({
      url: env.DATABASE_URL,
      applicationName: "daybook-api",
      onError: (error) => log.warn({ error: String(error) }, "a wake-up was not sent"),
    }),
    mail: openMailDoor({ from: env.MAIL_FROM, ...(env.SMTP_URL !== undefined && { smtpUrl: env.SMTP_URL }) }),
    folder: openFolderDoor({ allowedRoots: env.DAYBOOK_SOURCE_FOLDERS?.split(":").filter(Boolean) ?? [] }),
    http: openHttpDoor({ allowedNetworks: env.DAYBOOK_ALLOWED_NETWORKS, plainHttp: env.DAYBOOK_ALLOW_PLAIN_HTTP }),
    sealer: openSealer(env.AUTH_SECRET),
    fixtures: (name) => readFile(join(env.DAYBOOK_FIXTURES ?? fixturesFolder, name), "utf8").catch(() => undefined),
    origin,
    random: pooledRandom(randomBytes),
    now: () => new Date(),
    log,
  };
}
