import { Refusal } from "@daybook/event";
import { openStore } from "@daybook/store";
import { rewritingProxy } from "@daybook/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { platformOn } from "../../test/platform-on.ts";
import { testOrganization, testMember, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import * as services from "../index.ts";
import type { Context, Platform } from "../index.ts";
import { read } from "../index.ts";
import { record } from "../record.ts";
import type { ReadDefinition } from "../verb.ts";

/** Stands in everything that the other organization has. */
const foreign = "Globexforeign";

let platform: TestPlatform;
let stripped: Platform;
let own: Context;
let other: Context;
let close: () => Promise<void>;
const cut = new Set<string>();

beforeAll(async () => {
  platform = await testPlatform();
  own = await testOrganization(platform, { name: "Acme" });
  other = await testOrganization(platform, { name: foreign });
  for (const context of [own, other]) {
    await testMember(platform, context, "member");
    const name = context === own ? "Acme" : foreign;
    await platform.store.transaction(context.viewer.organizationId, async (tx) => {
      for (let at = 0; at < 10; at += 1) {
        const shared = {
          actor: { type: "user" as const, id: "shared", name },
          resource: { type: "notebook", id: "shared", name },
          team: { id: "shared", name },
        };
        await record(platform, tx, context, { action: "notebook_created", operation_id: "shared", ...shared });
      }
    });
  }
  await services.consume(platform, services.rollUp);
  await services.consume(platform, services.foldOperations);
  const proxy = await rewritingProxy(platform.url, (statement) => {
    const without = statement
      .replace(/(?:"?\w+"?\.)?"?organization_id"?\s*=\s*(\$\d+)(?:::uuid)?(?!\s*,)/g, "$1::uuid is not null")
      .replace(/"organizations"\."id" = (\$\d+)/g, "$1::uuid is not null");
    // A change keeps its predicate: it is reads that are looked at, and a denial is written.
    if (without === statement || /^\s*(?:insert|update|delete)/i.test(statement)) return statement;
    cut.add(without);
    return without;
  });
  const store = openStore({ url: proxy.url, applicationName: "stripped", max: 4 });
  stripped = platformOn(store);
  close = async () => {
    await store.close();
    await proxy.close();
    await platform.close();
  };
}, 60_000);
afterAll(() => close());

const isRead = (value: unknown): value is ReadDefinition<unknown, unknown> =>
  typeof value === "object" && value !== null && "needs" in value && "run" in value && "input" in value && !("records" in value);
const exported: unknown[] = Object.values(services);
const reads = exported.filter(isRead);

/** What most reads take; each picks what it knows. */
const inputs = (): unknown[] => {
  const { organizationId } = other.viewer;
  const ids = { id: organizationId, ruleId: organizationId, importId: organizationId, userId: other.viewer.actor.id, teamId: organizationId };
  return [{}, { limit: 50 }, { filter: {}, limit: 50 }, { query: "", limit: 50 }, ids];
};

test("every read verb, with the store's predicate cut out of its statements, answers with nothing of another organization", async () => {
  let answered = 0;
  for (const verb of reads) {
    for (const input of inputs()) {
      const answer = await read(stripped, own, verb, input).catch((error: unknown) => {
        if (error instanceof Refusal) return null;
        throw Object.assign(new Error(`${verb.name} broke`), { cause: error });
      });
      if (answer === null) continue;
      answered += 1;
      expect({ verb: verb.name, leaks: JSON.stringify(answer)?.includes(foreign) ?? false }).toEqual({ verb: verb.name, leaks: false });
    }
  }
  expect(answered).toBeGreaterThanOrEqual(15);
  expect(cut.size).toBeGreaterThanOrEqual(15);
}, 180_000);
