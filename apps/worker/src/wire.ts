import { randomBytes } from "node:crypto";
import { openFolderDoor } from "@daybook/archive";
import { openHttpDoor, openMailDoor } from "@daybook/outbound";
import { noSealer } from "@daybook/services";
import { openStore } from "@daybook/store";
import type { Log, Platform } from "@daybook/services";
import type { Env } from "./env.ts";

/** Opens the doors. The only place of the worker that does. */
export function openPlatform(env: Env, log: Log): Platform {
  return {
    store: openStore({
      url: env.DATABASE_URL,
      applicationName: "daybook-worker",
      max: 6,
      onError: (error) => log.warn({ error: String(error) }, "a wake-up was not sent"),
    }),
    mail: openMailDoor({ from: env.MAIL_FROM, ...(env.SMTP_URL !== undefined && { smtpUrl: env.SMTP_URL }) }),
    folder: openFolderDoor({ allowedRoots: env.DAYBOOK_SOURCE_FOLDERS?.split(":").filter(Boolean) ?? [] }),
    http: openHttpDoor(),
    // No job opens a sealed secret.
    sealer: noSealer,
    // No job loads demo data.
    fixtures: () => Promise.resolve(undefined),
    origin: env.DAYBOOK_URL.replace(/\/$/, ""),
    random: (bytes) => randomBytes(bytes),
    now: () => new Date(),
    log,
  };
}
