import type { MemberViewer } from "@daybook/policy";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { look, testMember } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import {
  addNote,
  closeCase,
  createCase,
  editNote,
  editStep,
  getCase,
  listCases,
  perform,
  pinEvents,
  read,
  removeNote,
  reopenCase,
  unpinEvent,
  updateCase,
} from "../index.ts";
import type { CaseView, Context } from "../index.ts";

const at = "2026-11-16T10:00:00.000Z";
let world: World;
let owner: Context;
beforeAll(async () => {
  world = await openWorld(at);
});
afterAll(() => world.close());
beforeEach(async () => {
  owner = await world.found(`Case-${(organizations += 1)}`);
});
let organizations = 0;

const orders = { recipe: "data_leak", subject: { kind: "resource" as const, value: "orders" } };
const open = (context: Context = owner, input: object = orders) => perform(world.platform, context, createCase, input);
const get = (number: number, context: Context = owner): Promise<CaseView> => read(world.platform, context, getCase, { number });
const list = async (context: Context = owner, input?: object) => (await read(world.platform, context, listCases, input)).cases;
const admin = () => testMember(world.platform, owner, "admin");

/** Ids of events that were written, in their order. */
async function written(context: Context, ...actions: string[]): Promise<string[]> {
  await world.write(
    context,
    actions.map((action, minute) => ({ action, occurred_at: `2026-11-16T09:0${minute}:00.000Z`, resource: { type: "table", name: "orders" } })),
  );
  return (await world.log(context)).slice(-actions.length).map(({ id }) => id);
}

describe("opening", () => {
  test("a case has the next number of its organization, the searches of its recipe, and stands in the log", async () => {
    expect((await open()).number).toBe(1);
    const { id, number } = await open(owner, { ...orders, title: "Orders leak", from: "2026-11-01T00:00:00+01:00" });
    expect(number).toBe(2);
    const made = await get(2);
    expect(made).toMatchObject({ id, title: "Orders leak", state: "open", from: "2026-10-31T23:00:00.000Z", to: null, revision: 1, conclusion: null });
    expect(made.steps.map((step) => step.id)).toEqual(["affected", "readers", "exports", "permission", "timeline"]);
    expect(made.steps[2]).toMatchObject({ q: "operation:exported orders", original: "operation:exported orders", show: { as: "rows" } });
    expect((await world.log(owner, "case_created"))[1]).toMatchObject({
      actor: owner.viewer.actor,
      resource: { type: "case", id, name: "Case 2: Orders leak" },
      metadata: { recipe: "data_leak", subject: "orders" },
    });
  });

  test("is named after what people call its subject, and searched by what tells it apart", async () => {
    await open(owner, { recipe: "one_user", subject: { kind: "actor", value: "usr_09", label: "Tomasz Nowak" } });
    expect(await get(1)).toMatchObject({ title: "What Tomasz Nowak did", subject: { kind: "actor", value: "usr_09", label: "Tomasz Nowak" } });
    expect((await get(1)).steps[0]?.q).toBe("actor:usr_09");
  });

  test("two people who open one at the same moment get two numbers", async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => open()));
    expect(made.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("an event stands for its operation, or for its resource, and is pinned", async () => {
    await world.write(owner, [
      { action: "pipeline_failed", operation_id: "op_1", status: "failed" },
      { action: "report_viewed", resource: { type: "report", name: "Payroll" } },
    ]);
    const ids = (await world.log(owner)).slice(-2).map(({ id }) => id);
    const made = await Promise.all(ids.map((value) => open(owner, { recipe: "failed_operation", subject: { kind: "event", value } })));
    const found = await Promise.all(made.map(({ number }) => get(number)));
    expect(found.map(({ subject }) => subject)).toEqual([
      { kind: "operation", value: "op_1" },
      { kind: "resource", value: "Payroll" },
    ]);
    expect(found.map(({ timeline }) => timeline.map((entry) => entry.kind === "event" && entry.event.id))).toEqual(ids.map((id) => [id]));
  });

  test("an event that only owners hear of gives its case no name, because admins read cases", async () => {
    await world.write(owner, [
      { action: "organization_plan_changed", resource: { type: "plan", name: "Wind-down" }, operation_id: "op_secret", status: "failed" },
    ]);
    const value = (await world.log(owner, "organization_plan_changed"))[0]?.id ?? "";
    const { id, number } = await open(owner, { recipe: "failed_operation", subject: { kind: "event", value } });
    const reader = await admin();
    const seen = [await get(number, reader), await list(reader), await world.log(owner, "case_created")];
    expect(seen[0]).toMatchObject({ id, title: "An event that failed", subject: { kind: "event", value }, timeline: [], unseen: [{ eventId: value }] });
    expect(JSON.stringify(seen)).not.toMatch(/Wind-down|op_secret/);
    expect((await get(number)).timeline).toHaveLength(1);
  });

  test("a name that others are shown with its address cut short is no name for a case", async () => {
    await world.write(owner, [{ action: "host_checked", resource: { type: "host", name: "web at 203.0.113.77" }, status: "failed" }]);
    const value = (await world.log(owner, "host_checked"))[0]?.id ?? "";
    const masking = ({ viewer, ...context }: Context): Context => ({ ...context, viewer: { ...(viewer as MemberViewer), ipDisplay: "masked" } });
    const { number } = await open(masking(owner), { recipe: "failed_operation", subject: { kind: "event", value } });
    const seen = await get(number, masking(await admin()));
    expect(JSON.stringify(seen)).not.toContain("203.0.113.77");
    expect(seen).toMatchObject({ subject: { kind: "event", value }, timeline: [{ event: { resource: { name: "web at 203.0.113.…" } } }] });
  });

  test.each([
    [{ recipe: "none" }, "recipe"],
    [{ recipe: "data_leak" }, "subject"],
    [{ recipe: "data_leak", subject: { kind: "actor", value: "a" } }, "subject"],
    [{ recipe: "one_user", subject: { kind: "actor", value: "me" } }, "q"],
    [{ ...orders, title: "x".repeat(201) }, "title"],
    [{ ...orders, subject: { kind: "resource", value: "x".repeat(513) } }, "subject.value"],
    [{ ...orders, from: at, to: at }, "from"],
  ])("%j is refused with what is wrong", async (input, path) => {
    await expect(open(owner, input)).rejects.toMatchObject({ code: "invalid", path });
  });
});

describe("who may", () => {
  test("whoever reads the whole log works on every case, a member on their own, an auditor on none", async () => {
    const [member, other, auditor] = [
      await testMember(world.platform, owner, "member"),
      await testMember(world.platform, owner, "member"),
      await testMember(world.platform, owner, "auditor"),
    ];
    await open();
    const own = await open(member);
    expect((await list()).map(({ number }) => number)).toEqual([2, 1]);
    expect((await list(await admin())).map(({ number }) => number)).toEqual([2, 1]);
    expect((await list(member)).map(({ number }) => number)).toEqual([2]);
    expect(await list(other)).toEqual([]);
    await expect(list(auditor)).rejects.toMatchObject({ code: "forbidden" });
    for (const number of [1, 3]) await expect(get(number, member)).rejects.toMatchObject({ code: "not_found" });
    const words = await Promise.all([1, 99].map((number) => get(number, other).catch((error: Error) => error.message)));
    expect(new Set(words).size).toBe(1);
    await expect(perform(world.platform, other, addNote, { caseId: own.id, text: "x" })).rejects.toMatchObject({ code: "not_found" });
    await perform(world.platform, await admin(), addNote, { caseId: own.id, text: "Seen" });
  });

  test("another organization's case is not there, and its number is its own", async () => {
    const { id } = await open();
    const elsewhere = await world.found(`Elsewhere-${organizations}`);
    expect(await list(elsewhere)).toEqual([]);
    await expect(get(1, elsewhere)).rejects.toMatchObject({ code: "not_found" });
    const asks: [unknown, object][] = [
      [updateCase, { revision: 1, title: "Mine" }],
      [editStep, { step: "exports", q: "", was: "operation:exported orders" }],
      [pinEvents, { eventIds: [(await written(elsewhere, "table_created"))[0]] }],
      [unpinEvent, { eventId: id }],
      [addNote, { text: "x" }],
      [closeCase, { revision: 1, conclusion: "x" }],
      [reopenCase, { revision: 1 }],
    ];
    for (const [verb, input] of asks)
      await expect(perform(world.platform, elsewhere, verb as never, { caseId: id, ...input })).rejects.toMatchObject({ code: "not_found" });
    expect((await open(elsewhere)).number).toBe(1);
    expect(await get(1)).toMatchObject({ state: "open", timeline: [], revision: 1 });
  });
});

describe("changing", () => {
  test("a title or a time that somebody changed in the meantime is not written over", async () => {
    const { id } = await open();
    const second = await admin();
    expect(await perform(world.platform, owner, updateCase, { caseId: id, revision: 1, title: "Orders" })).toEqual({ revision: 2 });
    await expect(perform(world.platform, second, updateCase, { caseId: id, revision: 1, title: "Mine" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Olivia Owner changed case 1 in the meantime"),
    });
    await perform(world.platform, second, updateCase, { caseId: id, revision: 2, from: "2026-11-01T00:00:00Z" });
    await expect(perform(world.platform, owner, updateCase, { caseId: id, revision: 3, to: "2026-10-01T00:00:00Z" })).rejects.toMatchObject({ path: "from" });
    expect(await get(1)).toMatchObject({ title: "Orders", from: "2026-11-01T00:00:00.000Z", updatedBy: "Some admin" });
    expect((await world.log(owner, "case_updated")).map(({ changes }) => changes?.fields)).toEqual([
      [{ path: "title", before: "Leak of orders", after: "Orders" }],
      [{ path: "from", before: null, after: "2026-11-01T00:00:00.000Z" }],
    ]);
  });

  test("an edited search is kept in its one spelling with the case; another step's editor is not in the way", async () => {
    const { id } = await open();
    const edit = (context: Context, step: string, q: string, was: string) => perform(world.platform, context, editStep, { caseId: id, step, q, was });
    const [first, second] = [owner, await admin()];
    expect(await edit(first, "exports", "orders   operation:exported -actor:svc-dbt", "operation:exported orders")).toEqual({
      q: "operation:exported -actor:svc-dbt orders",
    });
    await edit(second, "affected", "invoices", "-namespace:investigations orders");
    await expect(edit(second, "exports", "operation:exported", "operation:exported orders")).rejects.toMatchObject({ code: "conflict" });
    for (const q of ["status:nonsense", "(", "actor:me"])
      await expect(edit(first, "affected", q, "invoices")).rejects.toMatchObject({ code: "invalid", path: "q" });
    await expect(edit(first, "none", "x", "")).rejects.toMatchObject({ code: "not_found" });
    expect((await get(1)).steps.slice(0, 3).map(({ q, original }) => q === original)).toEqual([false, true, false]);
    expect((await world.log(owner, "case_step_edited")).map(({ metadata, changes }) => [metadata["step"], changes?.fields[0]?.after])).toEqual([
      ["exports", "operation:exported -actor:svc-dbt orders"],
      ["affected", "invoices"],
    ]);
  });

  test("a search whose one spelling is longer than a search may be is not kept: nobody could ask it or edit it again", async () => {
    const { id } = await open();
    const q = Array.from({ length: 50 }, (_, at) => `w${String(at).padStart(2, "0")}(${"x".repeat(35)}`).join(" ");
    expect(q.length).toBeLessThanOrEqual(2_000);
    const edited = perform(world.platform, owner, editStep, { caseId: id, step: "exports", q, was: "operation:exported orders" });
    await expect(edited).rejects.toMatchObject({ code: "invalid", path: "q" });
  });

  test("a closed case is read only until it is opened again, and two who close it do it once", async () => {
    const { id } = await open();
    const ask = (verb: unknown, input: object = {}) => perform(world.platform, owner, verb as never, { caseId: id, ...input });
    const closings = await Promise.allSettled(["A stolen laptop", "Nothing"].map((conclusion) => ask(closeCase, { revision: 1, conclusion })));
    expect(closings.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const [pinned] = await written(owner, "table_created");
    const changes: [unknown, object][] = [
      [updateCase, { revision: 2, title: "x" }],
      [editStep, { step: "exports", q: "x", was: "operation:exported orders" }],
      [pinEvents, { eventIds: [pinned] }],
      [unpinEvent, { eventId: pinned }],
      [addNote, { text: "x" }],
    ];
    for (const [verb, input] of changes)
      await expect(ask(verb, input)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("is closed") });
    const closed = await get(1);
    expect(closed).toMatchObject({ state: "closed", revision: 2 });
    expect(await list(owner, { state: "open" })).toEqual([]);
    await ask(reopenCase, { revision: 2 });
    await expect(ask(reopenCase, { revision: 3 })).rejects.toMatchObject({ code: "conflict" });
    expect(await get(1)).toMatchObject({ state: "open", conclusion: null });
    expect(await world.log(owner, "case_closed")).toMatchObject([{ reason: closed.conclusion, resource: { id } }]);
    expect(await world.log(owner, "case_reopened")).toHaveLength(1);
  });
});

describe("the timeline", () => {
  test("has pins where their events occurred and notes where they were put, once each, however often somebody pins", async () => {
    const { id } = await open();
    const [first, second] = await written(owner, "table_created", "table_updated");
    const pin = (eventIds: (string | undefined)[], note?: string) =>
      perform(world.platform, owner, pinEvents, { caseId: id, eventIds, ...(note && { note }) } as never);
    expect(await pin([second, first, first])).toEqual({ pinned: 2 });
    expect(await pin([first])).toEqual({ pinned: 0 });
    await pin([first], "Here it began");
    await perform(world.platform, owner, addNote, { caseId: id, text: "Called the owner", at: "2026-11-16T09:00:30.000Z" });
    const { timeline } = await get(1);
    expect(timeline.map((entry) => (entry.kind === "event" ? entry.event.id : entry.text))).toEqual([first, "Called the owner", second]);
    expect(timeline[0]).toMatchObject({ note: "Here it began", pinnedBy: "Olivia Owner" });
    expect((await world.log(owner, "case_event_pinned")).map(({ metadata, counts }) => [metadata["event_ids"], counts["events"]])).toEqual([
      [[second, first], 2],
      [[first], 1],
    ]);
    await Promise.all([1, 2].map(() => perform(world.platform, owner, unpinEvent, { caseId: id, eventId: second })));
    expect(await world.log(owner, "case_event_unpinned")).toHaveLength(1);
    expect((await list())[0]).toMatchObject({ pins: 1, notes: 1 });
  });

  test("shows each reader what they may see; a hidden event and a purged one keep their pins, and are not told apart", async () => {
    const member = await testMember(world.platform, owner, "member");
    const { id, number } = await open(member, { recipe: "blank" });
    const [theirs, others] = [await written(member, "notebook_created"), await written(owner, "table_created", "table_deleted")];
    await expect(perform(world.platform, member, pinEvents, { caseId: id, eventIds: others })).rejects.toMatchObject({ code: "not_found" });
    await perform(world.platform, owner, pinEvents, { caseId: id, eventIds: [...theirs, ...others] });
    expect((await get(number)).timeline).toHaveLength(3);
    const seen = await get(number, member);
    expect(seen.timeline.map((entry) => entry.kind === "event" && entry.event.id)).toEqual(theirs);
    expect(seen.unseen.map(({ eventId }) => eventId).toSorted()).toEqual(others.toSorted());
    expect(JSON.stringify(seen.unseen)).not.toContain("table_");
    // As a purge leaves it: the pin of an event that is in no log any more.
    await look(
      world.platform,
      `update case_pins set event_id = '00000000-0000-7000-8000-000000000001' where case_id = '${id}' and event_id = '${others[0]}' returning 1 as one`,
    );
    const left = await get(number);
    expect(left.timeline).toHaveLength(2);
    expect(left.unseen).toMatchObject([{ pinnedBy: "Olivia Owner" }]);
  });

  test("a note is edited and removed with what it said before in the log, and nobody writes over what they have not read", async () => {
    const { id: caseId } = await open();
    const { id: noteId } = await perform(world.platform, owner, addNote, { caseId, text: "First" });
    const edit = (text: string, was: string) => perform(world.platform, owner, editNote, { caseId, noteId, text, was });
    await edit("Second", "First");
    await expect(edit("Third", "First")).rejects.toMatchObject({ code: "conflict" });
    expect((await get(1)).timeline).toMatchObject([{ kind: "note", text: "Second", at }]);
    await perform(world.platform, owner, removeNote, { caseId, noteId });
    await expect(edit("Third", "Second")).rejects.toMatchObject({ code: "not_found" });
    expect((await world.log(owner, "case_note_edited"))[0]?.changes?.fields).toEqual([{ path: "text", before: "First", after: "Second" }]);
    expect((await world.log(owner, "case_note_removed"))[0]?.changes?.fields).toContainEqual(expect.objectContaining({ path: "text", before: "Second" }));
  });
});

describe("bounds", () => {
  test("pins and notes of one case end somewhere, with words, and what was too much is not there", async () => {
    const { id: caseId } = await open();
    const rows = (count: number, columns: string) =>
      `select '${owner.viewer.organizationId}', '${caseId}', gen_random_uuid(), ${columns} from generate_series(1, ${count})`;
    await look(
      world.platform,
      `insert into case_pins (organization_id, case_id, event_id, note, pinned_by, pinned_at) ${rows(500, `'', '{}', now()`)} returning 1 as one`,
    );
    await look(
      world.platform,
      `insert into case_notes (organization_id, case_id, id, text, at, created_by, created_at, updated_by, updated_at) ${rows(200, `'x', now(), '{}', now(), '{}', now()`)} returning 1 as one`,
    );
    const eventIds = await written(owner, "table_created");
    await expect(perform(world.platform, owner, pinEvents, { caseId, eventIds })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("500"),
    });
    await expect(perform(world.platform, owner, addNote, { caseId, text: "x" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("200"),
    });
    expect((await list())[0]).toMatchObject({ pins: 500, notes: 200 });
    for (const input of [{ text: "x".repeat(4_001) }, { text: " " }])
      await expect(perform(world.platform, owner, addNote, { caseId, ...input })).rejects.toMatchObject({ code: "invalid" });
  });

  test("the list goes on behind a number, is found by title or number, and has no end that a page could not reach", async () => {
    for (let at = 0; at < 5; at += 1) await open(owner, { recipe: "blank", title: at === 3 ? "Payroll" : `Case of orders ${at}` });
    const seen: number[] = [];
    for (let cursor: number | null = null; ;) {
      const page: { cases: { number: number }[]; nextCursor: number | null } = await read(world.platform, owner, listCases, { limit: 2, cursor });
      seen.push(...page.cases.map(({ number }) => number));
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1]);
    expect((await list(owner, { containing: "PAYROLL" })).map(({ number }) => number)).toEqual([4]);
    expect((await list(owner, { containing: "2" })).map(({ number }) => number)).toEqual([3, 2]);
  });
});
