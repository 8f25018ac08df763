import { members, openStore } from "@daybook/store";
import type { Role } from "@daybook/policy";
import { testDatabase } from "@daybook/testkit";
import type { TestDatabase } from "@daybook/testkit";
import { actingMember, foundOrganization, newId } from "../src/index.ts";
import type { Context, OrganizationStarter, Platform } from "../src/index.ts";
import { platformOn } from "./platform-on.ts";

/** A platform on a database of its own, with doors that refuse until a test opens them. */
export interface TestPlatform extends Platform {
  url: string;
  close(): Promise<void>;
}

export async function testPlatform(doors: Partial<Platform> = {}): Promise<TestPlatform> {
  const database = await testDatabase();
  const store = openStore({ url: database.url, applicationName: "test", max: 4 });
  databases.set(store, database);
  const platform = platformOn(store, doors);
  await store.ensurePartitions([platform.now()]);
  return {
    ...platform,
    url: database.url,
    async close() {
      await store.close();
      await database.close();
    },
  };
}

let organizations = 0;

interface Founding {
  name?: string;
  timeZone?: string;
  starters?: OrganizationStarter[];
}

/** What stands behind the store of a test platform. */
const databases = new WeakMap<Platform["store"], TestDatabase>();

/** A new organization with its owner, who is the context that comes back. */
export async function testOrganization(platform: Platform, founding: Founding = {}): Promise<Context> {
  organizations += 1;
  const { name = `Test-${organizations}`, timeZone = "Europe/Paris", starters = [] } = founding;
  const owner = { userId: newId(platform), name: "Olivia Owner", email: `owner@${name.toLowerCase()}.example` };
  return platform.store.platformTransaction(async (tx) => {
    await members.insertUser(tx, { id: owner.userId, accountId: newId(platform), name: owner.name, email: owner.email, passwordHash: "none" });
    return (await foundOrganization(tx, platform, { owner, name, timeZone, demo: false, request: {}, starters })).context;
  });
}

/** Somebody else of the same organization. */
export async function testMember(platform: Platform, { viewer }: Context, role: Role): Promise<Context> {
  const userId = newId(platform);
  const email = `${role}-${userId}@example.com`;
  await platform.store.platformTransaction(async (tx) => {
    await members.insertUser(tx, { id: userId, accountId: newId(platform), name: `Some ${role}`, email, passwordHash: "none" });
    await members.insert(tx, { organizationId: viewer.organizationId, userId, role });
  });
  const person = { id: userId, name: `Some ${role}`, email };
  return { viewer: actingMember({ organizationId: viewer.organizationId, role, person }), origin: "interface", request: {} };
}

/** Looks behind the verbs and the walls, as the owner. Values stand in the text: only tests may do that. */
export async function look<Row extends Record<string, unknown>>(platform: Platform, text: string): Promise<Row[]> {
  const rows: Record<string, unknown>[] = await (databases.get(platform.store)?.asOwner(text) ?? platform.store.platform.execute(text));
  return [...rows] as Row[];
}
