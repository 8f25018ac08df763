import type { FolderDoor } from "@daybook/archive";
import type { HttpDoor, MailDoor } from "@daybook/outbound";
import type { Store } from "@daybook/store";
import type { Sealer } from "./sealing.ts";

/** The doors and the few facts of its deployment that a verb may use. A host opens them in its `wire.ts`. */
export interface Platform {
  store: Store;
  mail: MailDoor;
  folder: FolderDoor;
  /** To servers that a tenant named. */
  http: HttpDoor;
  sealer: Sealer;
  /** Text of a sample that Daybook ships, such as `github-audit.ndjson`; undefined where the host has none. */
  fixtures: (name: string) => Promise<string | undefined>;
  /** Public origin of the console, without a slash at the end: mails link to it. */
  origin: string;
  /** Random bytes, as an argument so that a simulation can repeat itself. */
  random: (bytes: number) => Uint8Array;
  now: () => Date;
  log: Log;
}

/** Structured and without bodies: no event content, no secret. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
