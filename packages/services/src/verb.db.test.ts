import { equals, everything } from "@daybook/query";
import { may, selfHosted } from "@daybook/policy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testMember, testOrganization, testPlatform } from "../test/test-platform.ts";
import type { TestPlatform } from "../test/test-platform.ts";
import type { Context } from "./context.ts";
import * as services from "./index.ts";
import { performOnAccount } from "./access/index.ts";
import { asDaybook, newId } from "./context.ts";
import { perform, read } from "./verb.ts";
import type { ChangeDefinition, ReadDefinition } from "./verb.ts";

let platform: TestPlatform;
let owner: Context;
let member: Context;

beforeAll(async () => {
  platform = await testPlatform();
  owner = await testOrganization(platform);
  member = await testMember(platform, owner, "member");
});
afterAll(() => platform.close());

const isVerb = (value: unknown): boolean => typeof value === "object" && value !== null && "needs" in value && "run" in value && "name" in value;
/** The verbs of the shared objects stand in tables, one for each kind. */
const exported = [...Object.values<unknown>(services), ...Object.values(services.sharedVerbs).flatMap((table) => Object.values<unknown>(table))];
const verbs = exported.filter(isVerb) as (ChangeDefinition<unknown, unknown> | ReadDefinition<unknown, unknown>)[];
const changes = verbs.filter((verb): verb is ChangeDefinition<unknown, unknown> => "records" in verb && !("prepare" in verb));
/** They change somebody's own account, which belongs to no organization. */
const accountChanges = exported.filter((value) => isVerb(value) && "prepare" in (value as object)) as services.AccountChange<unknown, unknown, unknown>[];

const eventsOf = async (action: string) => (await platform.store.search(owner.viewer.organizationId, { query: equals("action", action), limit: 200 })).events;

test("there are verbs, and each has a name of its own, but for what programs read by the grant, feature and input of what everybody does", () => {
  expect(verbs.length).toBeGreaterThan(20);
  for (const verb of verbs) {
    for (const other of verbs.filter(({ name }) => name === verb.name)) {
      const { needs, feature, input } = verb;
      expect({ needs: other.needs, feature: other.feature }).toEqual({ needs, feature });
      expect(other.input).toBe(input);
    }
  }
  for (const { name } of verbs) expect(name).toMatch(/^[a-z]+[A-Za-z]*\.[a-z]+[A-Za-z]*$/);
});

describe.each(verbs)("$name", (verb) => {
  const decision = () => may(member.viewer, verb.needs);

  test("is refused with a reason to who does not hold its grant, and the denial is recorded", async () => {
    if (decision().allowed) {
      expect(["events:read", "organization:read", "access:own", "teams:read", "keys:manage", "account:manage", "cases:work"]).toContain(verb.needs);
      return;
    }
    const call = "records" in verb ? perform(platform, member, verb, {}) : read(platform, member, verb, {});
    await expect(call).rejects.toMatchObject({ code: "forbidden", message: decision().reason });
    const denial = await deniedEvent(verb.name);
    expect(denial).toMatchObject({ status: "failed", actor: { id: member.viewer.actor.id }, error: { code: "forbidden" } });
  });
});

describe.each(changes)("$name", (verb) => {
  test("with input that is not its own either refuses and leaves nothing, or does its work and records it", async () => {
    const { organizationId } = owner.viewer;
    const before = await platform.store.lastSeq(organizationId);
    // Some belong to whoever runs this Daybook: no owner gets as far as their input.
    const asker = may(owner.viewer, verb.needs).allowed ? owner : asDaybook(organizationId);
    const outcome = await perform(platform, asker, verb, { nonsense: { deep: true } }).then(
      () => "done",
      (error: unknown) => error,
    );
    const { events } = await platform.store.feed(organizationId, { afterSeq: before, query: everything, limit: 10 });
    if (outcome === "done") expect(events.map(({ action }) => action)).toEqual([verb.records]);
    else expect({ outcome, events }).toMatchObject({ outcome: { name: "Refusal" }, events: [] });
  });
});

describe.each(accountChanges)("$name", (verb) => {
  test("is for people alone: a token that asks is refused, and the denial is recorded", async () => {
    const { organizationId } = owner.viewer;
    const token: Context = {
      ...owner,
      viewer: {
        kind: "token",
        organizationId,
        tokenId: newId(platform),
        scopes: ["events:read"],
        plan: selfHosted,
        ipDisplay: "full",
        actor: { type: "api_key" },
      },
    };
    await expect(performOnAccount(platform, token, account(), verb, {})).rejects.toMatchObject({ code: "forbidden" });
    expect(await deniedEvent(verb.name)).toMatchObject({ status: "failed", actor: { type: "api_key" } });
  });

  test("with input that is not its own either refuses and leaves nothing, or changes nothing", async () => {
    const before = await platform.store.lastSeq(owner.viewer.organizationId);
    const outcome = await performOnAccount(platform, owner, account(), verb, { nonsense: { deep: true } }).then(
      () => "done",
      (error: unknown) => error,
    );
    if (outcome !== "done") expect(outcome).toMatchObject({ name: "Refusal" });
    const { events } = await platform.store.feed(owner.viewer.organizationId, { afterSeq: before, query: everything, limit: 10 });
    expect(events).toEqual([]);
  });
});

test("the same denial within a minute is one event", async () => {
  const fixed = { ...platform, now: () => new Date("2026-11-21T12:00:30Z") };
  await platform.store.ensurePartitions([fixed.now()]);
  const before = (await eventsOf("access_denied")).length;
  for (let call = 0; call < 5; call += 1) await expect(perform(fixed, member, services.createToken, {})).rejects.toMatchObject({ code: "forbidden" });
  expect((await eventsOf("access_denied")).length).toBe(before + 1);
});

function account(): services.Account {
  const { id = "", name = "", email = "" } = owner.viewer.actor;
  const unused = () => Promise.reject(new Error("nothing here gets as far as this"));
  const passkeys = { askForNew: unused, readNew: unused, askForAny: unused, credentialIdOf: () => null, readAnswer: unused };
  return { person: { id, name, email }, sessionId: newId(platform), request: {}, keys: { hashPassword: unused, passwordMatches: async () => false, passkeys } };
}

async function deniedEvent(verbName: string) {
  for (const row of await eventsOf("access_denied")) {
    const found = await platform.store.readEvent(owner.viewer.organizationId, { id: row.id, query: { is: "everything" } });
    if (found?.event.metadata["verb"] === verbName) return found.event;
  }
  return undefined;
}
