import { randomBytes } from "node:crypto";
import { members, openStore } from "@daybook/store";
import { uuidV7 } from "@daybook/event";
import type { Role } from "@daybook/policy";
import { testDatabase } from "@daybook/testkit";
import { foundOrganization } from "../src/access/set-up.ts";
import type { Context } from "../src/context.ts";
import type { Platform } from "../src/platform.ts";
import { platformOn } from "./platform-on.ts";

export { dbtFolder, fixture, fixturesFolder, platformOn } from "./platform-on.ts";

/** A platform on a database of its own, with doors that refuse until a test opens them. */
export interface TestPlatform extends Platform {
  url: string;
  close(): Promise<void>;
}

export async function testPlatform(doors: Partial<Platform> = {}): Promise<TestPlatform> {
  const database = await testDatabase();
  const store = openStore({ url: database.url, applicationName: "services-test", max: 4 });
  await store.ensurePartitions([(doors.now ?? (() => new Date()))()]);
  return {
    ...platformOn(store, doors),
    url: database.url,
    async close() {
      await store.close();
      await database.close();
    },
  };
}

let organizations = 0;

/** A new organization and its owner. */
export async function testOrganization(platform: Platform, { zone = "Europe/Paris" }: { zone?: string } = {}): Promise<Context> {
  organizations += 1;
  const userId = testId();
  const email = `owner-${organizations}-${userId}@example.com`;
  return platform.store.transaction(async (tx) => {
    await members.insertUser(tx, { id: userId, accountId: testId(), name: "Olivia Owner", email, passwordHash: "none" });
    const { context } = await foundOrganization(tx, platform, {
      owner: { userId, name: "Olivia Owner", email },
      name: `Test ${organizations}`,
      timeZone: zone,
      demo: false,
      request: {},
      starters: [],
    });
    return context;
  });
}

/** Somebody else of the same organization. */
export async function testMember(platform: Platform, { viewer }: Context, role: Role): Promise<Context> {
  const userId = testId();
  const email = `${role}-${userId}@example.com`;
  await platform.store.transaction(async (tx) => {
    await members.insertUser(tx, { id: userId, accountId: testId(), name: `Some ${role}`, email, passwordHash: "none" });
    await members.insert(tx, { organizationId: viewer.organizationId, userId, role });
  });
  const actor = { type: "user" as const, id: userId, name: `Some ${role}`, email };
  return { viewer: { kind: "member", organizationId: viewer.organizationId, role, userId, actor }, origin: "interface", request: {} };
}

export const testId = (): string => uuidV7(Date.now(), randomBytes(10));

/** Looks behind the verbs. Values stand in the text: only tests may do that. */
export const look = async <Row extends Record<string, unknown>>(platform: Platform, text: string): Promise<Row[]> => [
  ...(await platform.store.db.execute<Row>(text)),
];
