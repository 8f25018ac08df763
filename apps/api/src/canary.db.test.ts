import { randomUUID } from "node:crypto";
import { dialects } from "@daybook/connectors";
import { appendedChannel, wakeChannel } from "@daybook/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callTrpc, logOf, postEvents, setUpOwner, testApi } from "../test/test-api.ts";
import type { Owner, TestApi } from "../test/test-api.ts";

let api: TestApi;
let owner: Owner;
const notified: string[] = [];
const answers: string[] = [];

beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
  for (const channel of [appendedChannel, wakeChannel])
    await api.platform.store.listen(
      channel,
      (payload) => void notified.push(payload),
      () => {},
    );
});
afterAll(() => api.close());

const word = "CanaryCanary";
let sent = 0;
/** A token of a known vendor, another one each time; put together here, so that no scanner takes it for real. */
const canary = () => `ghp_${`${word}${(sent += 1)}`.padEnd(36, "x7")}`;

async function send(body: string, headers: Record<string, string> = {}): Promise<void> {
  const answer = await postEvents(api, owner.token, body, headers);
  answers.push(JSON.stringify(answer.body));
}
const one = (event: object) => send(JSON.stringify({ action: "canary_sent", ...event }));

/** Every text of a value with a canary beside it, one at a time. */
function* withCanaries(value: unknown, path: (string | number)[] = []): Generator<(whole: unknown) => unknown> {
  if (typeof value === "string") yield (whole) => put(whole, path, `${value} ${canary()}`);
  else if (typeof value === "object" && value !== null) for (const [key, member] of Object.entries(value)) yield* withCanaries(member, [...path, key]);
}
function put(whole: unknown, [key, ...rest]: (string | number)[], text: string): unknown {
  if (key === undefined) return text;
  const copy = (Array.isArray(whole) ? [...whole] : { ...(whole as object) }) as Record<string | number, unknown>;
  copy[key] = put(copy[key], rest, text);
  return copy;
}

const named = { type: "user", id: "u1", name: "Ann", email: "ann@example.com" };
const event = {
  action: "canary_sent",
  namespace: "keys",
  operation: "created",
  description: "Sent",
  reason: "because",
  actor: named,
  on_behalf_of: [named],
  resource: { type: "key", id: "k1", name: "Key" },
  related_resources: [{ type: "key", id: "k1", name: "Key" }],
  team: { id: "t1", name: "Team" },
  error: { code: "E1", message: "failed" },
  operation_id: "op1",
  context: { ip: "192.0.2.1", user_agent: "curl", session_id: "s1", request_id: "r1" },
  changes: { before: { note: "a", list: ["x"], text: '{"a":"b"}' }, after: { note: "b" }, fields: [{ path: "note", before: "a", after: "b" }] },
  metadata: { note: "n", deep: { list: ["x", { y: "z" }] }, text: '{"a":"b"}' },
};

test("a secret that is sent in any field of an event, as a value or a key, is stored nowhere", async () => {
  for (const change of withCanaries(event)) await send(JSON.stringify(change(event)).replace('"action":"canary_sent gh', '"action":"canary_sent.gh'));
  for (const part of ["metadata", "counts"]) await one({ [part]: { [canary()]: 1 } });
  await one({ metadata: { a: { [canary()]: { b: canary() } } }, changes: { before: { [canary()]: 1 }, after: {} } });
  await one({ metadata: { password: `${word}-plain`, list: [{ name: "api_key", value: `${word}-pair` }], sql: `alter user a password = '${word}'` } });
  await one({ idempotency_key: canary() });
  await send(`[${JSON.stringify({ action: "canary_sent", reason: canary() })},${JSON.stringify({ action: "canary_sent", metadata: { a: canary() } })}]`);
  expect((await logOf(api, owner.organizationId)).filter(({ action }) => action.startsWith("canary_sent")).length).toBeGreaterThan(30);
});

test("keys that hold a secret are still told apart: the second event is no repeat of the first", async () => {
  const keys = [canary(), canary()];
  for (const key of keys) await one({ idempotency_key: key });
  const kept = (await logOf(api, owner.organizationId)).filter(({ idempotency_key }) => idempotency_key === "[REDACTED]");
  expect(kept.length).toBeGreaterThanOrEqual(2);
  await one({ idempotency_key: keys[0], reason: canary() });
  expect(answers.at(-1)).toContain("idempotency_conflict");
});

test("a body that is refused, whole or in part, comes back without its secret", async () => {
  const before = answers.length;
  await send(`{"action":"x","reason":"${canary()}`);
  await send(`${canary()}`);
  await send(`[{"action":"x","${canary()}":1},{"action":"x y ${canary()}"},{"action":"x","actor":{"type":"${canary()}"}}]`);
  await send(`{"action":"x","metadata":{"${canary()}":1,"${canary()}":"\\u0000"}}`);
  const twice = canary();
  await send(`{"action":"x","metadata":{"${twice}":1,"${twice}":2}}`);
  await send(JSON.stringify({ action: "x", reason: canary().repeat(600) }));
  await send(JSON.stringify({ action: "x", occurred_at: canary() }));
  await send("{}", { "content-type": `text/${canary()}` });
  await send(JSON.stringify({ action: "x" }), { "idempotency-key": canary() });
  await postEvents(api, canary(), "{}").then(({ body }) => answers.push(JSON.stringify(body)));
  expect(answers.length).toBe(before + 10);
});

test("a secret in a dialect's fields, in an imported record and in a rule's test goes the same way", async () => {
  for (const { sample, id } of dialects) {
    for (const change of withCanaries(sample.body)) {
      const response = await fetch(`${api.url}${sample.path.replace(":project", "p-1")}`, {
        method: "POST",
        headers: {
          ...(sample.headers as Record<string, string>),
          "content-type": "application/json",
          authorization: id === "retraced" ? `token=${owner.token}` : `Bearer ${owner.token}`,
          "x-daybook-token": owner.token,
        },
        body: JSON.stringify(change(sample.body)),
      });
      answers.push(`${response.status} ${id === "retraced" ? "" : await response.text()}`);
    }
  }
  const record = { action: "repo.create", actor: "mona", created_at: 1_712_643_475_186, repo: "acme/site", _document_id: "d1", note: { deep: "x" } };
  const lines = [...withCanaries(record)].map((change) => JSON.stringify(change(record)));
  const file = [...lines, JSON.stringify({ ...record, [canary()]: canary(), password: `${word}-import` }), `{"broken": "${canary()}`, canary()].join("\n");
  for (const vendor of ["github", "okta"]) {
    const response = await fetch(`${api.url}/api/imports?id=${randomUUID()}&vendor=${vendor}&file=audit.ndjson`, {
      method: "POST",
      body: file,
      headers: { cookie: owner.cookie, "x-daybook-organization": owner.organizationId, "content-type": "application/octet-stream" },
    });
    answers.push(await response.text());
  }
  for (const expression of ["[a-z]+", canary()]) {
    const { body } = await callTrpc(api, "redaction.test", { input: { rule: { name: "x", kind: "pattern", expression } }, ...owner });
    answers.push(JSON.stringify(body));
  }
});

test("no table, no log line, no answer and no wake-up holds any of them", async () => {
  expect(sent).toBeGreaterThan(60);
  const ask = async (text: string) => [...((await api.platform.store.platform.execute(text)) as unknown as Iterable<Record<string, string>>)];
  const tables = await ask(`
    select table_schema as schema, table_name as name
    from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`);
  expect(tables.length).toBeGreaterThan(15);
  for (const { schema, name } of tables) {
    const found = await ask(`select row from (select t::text as row from "${schema}"."${name}" t) found where row like '%${word}%' limit 3`);
    expect({ table: `${schema}.${name}`, found }).toEqual({ table: `${schema}.${name}`, found: [] });
  }
  expect(api.logged.filter((line) => line.includes(word))).toEqual([]);
  expect(answers.filter((answer) => answer.includes(word))).toEqual([]);
  expect(notified.filter((payload) => payload.includes(word))).toEqual([]);
});
