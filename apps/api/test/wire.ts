import { randomBytes } from "node:crypto";
import { openFolderDoor } from "@daybook/archive";
import { openHttpDoor, openMailDoor } from "@daybook/outbound";
import { openSealer } from "@daybook/services";
import type { Log, Platform } from "@daybook/services";
import { openStore } from "@daybook/store";

/** The doors of a test: a database of its own, the built-in mailbox, no folder, no samples. */
export const openTestPlatform = ({ url, ...facts }: { url: string; origin: string; now: () => Date; log: Log }): Platform => ({
  store: openStore({ url, applicationName: "api-test", max: 4 }),
  mail: openMailDoor({ from: "Daybook <daybook@localhost>" }),
  folder: openFolderDoor({ allowedRoots: [] }),
  // Whoever stands in for a provider does so on this machine.
  http: openHttpDoor({ allowedNetworks: ["127.0.0.0/8"], plainHttp: true }),
  sealer: openSealer("a secret for tests, long enough"),
  fixtures: async () => undefined,
  random: (bytes) => randomBytes(bytes),
  ...facts,
});
