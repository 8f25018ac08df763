import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDaybook, diff } from "@daybook/sdk";
import type { Problem } from "@daybook/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logOf, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
});
afterAll(() => api.close());

function client(options: { token?: string; spoolFolder?: string } = {}) {
  const problems: Problem[] = [];
  const daybook = createDaybook({ url: api.url, token: owner.token, flushAfterMs: 1, onProblem: (problem) => problems.push(problem), ...options });
  return { daybook, problems };
}
const eventWith = async (key: string) => (await logOf(api, owner.organizationId)).find((event) => event.idempotency_key === key);

test("the published client's event stands in the log as its receipt says, with its context and its changes", async () => {
  const { daybook, problems } = client();
  const receipt = await daybook.runWith({ actor: { type: "user", id: "u1", name: "Ada" }, context: { request_id: "r1", ip: "192.0.2.7" } }, () =>
    daybook.log({
      action: "notebook_created",
      idempotency_key: "whole",
      resource: { type: "notebook", id: "n1", name: "Sales" },
      changes: diff({ visibility: "private" }, { visibility: "shared" }),
    }),
  );
  await daybook.close();
  const stored = await eventWith("whole");
  expect(receipt).toEqual({ status: "created", idempotencyKey: "whole", id: stored?.id, seq: stored?.seq });
  expect(stored).toMatchObject({
    action: "notebook_created",
    actor: { type: "user", id: "u1", name: "Ada" },
    context: { request_id: "r1", ip: "192.0.2.7" },
    changes: { fields: [{ path: "visibility", before: "private", after: "shared" }] },
  });
  expect(problems).toEqual([]);
});

test("the same event twice is one event; its key with other words is a conflict that the client is told of", async () => {
  const { daybook, problems } = client();
  const event = { action: "notebook_created", idempotency_key: "twice", occurred_at: new Date().toISOString() };
  const first = await daybook.log(event);
  const again = await daybook.log(event);
  const other = await daybook.log({ ...event, reason: "another one" });
  await daybook.close();
  expect([first.status, again.status, other.status]).toEqual(["created", "duplicate", "refused"]);
  expect("id" in first && "id" in again && again.id === first.id).toBe(true);
  expect(other).toMatchObject({ code: "idempotency_conflict", path: "idempotency_key" });
  expect(problems).toMatchObject([{ code: "idempotency_conflict", event: { action: "notebook_created", idempotency_key: "twice" } }]);
});

test("one refused event among many costs the others nothing", async () => {
  const { daybook, problems } = client();
  const logged = Array.from({ length: 300 }, (_, n) => daybook.log({ action: n === 150 ? "not an action" : "query_executed", metadata: { n } }));
  const receipts = await Promise.all(logged);
  await daybook.close();
  expect(receipts.filter(({ status }) => status === "created").length).toBe(299);
  expect(receipts[150]).toMatchObject({ status: "refused", code: "invalid_event", path: "action" });
  expect(problems.map(({ code }) => code)).toEqual(["invalid_event"]);
  const seqs = receipts.flatMap((receipt) => (receipt.status === "created" ? [receipt.seq] : []));
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
});

test("what a wrong token could not send, the right one sends from the spool", async () => {
  const spoolFolder = mkdtempSync(join(tmpdir(), "daybook-api-spool-"));
  try {
    const wrong = client({ token: "dbk_live_ws_wrong", spoolFolder });
    const logged = wrong.daybook.log({ action: "query_executed", idempotency_key: "spooled" });
    await expect.poll(() => wrong.problems.length).toBe(1);
    expect(await wrong.daybook.close({ timeoutMs: 10 })).toEqual({ settled: false });
    expect((await logged).status).toBe("spooled");
    expect(wrong.problems.map(({ code }) => code)).toEqual(["not_accepted"]);
    const right = client({ spoolFolder });
    expect(await right.daybook.flush()).toEqual({ settled: true });
    await right.daybook.close();
    expect(await eventWith("spooled")).toMatchObject({ action: "query_executed" });
    expect(readdirSync(spoolFolder)).toEqual([]);
  } finally {
    rmSync(spoolFolder, { recursive: true, force: true });
  }
});
