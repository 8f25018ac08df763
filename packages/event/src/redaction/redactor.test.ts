import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json, Redaction } from "../audit-event.ts";
import { builtInRules, ruleTitle } from "./built-in-rules.ts";
import { parsePath } from "./path-pattern.ts";
import type { PathPattern } from "./path-pattern.ts";
import { builtInRedactor, depthRule, makeRedactor, moreRule } from "./redactor.ts";
import type { Redactor } from "./redactor.ts";
import type { OwnRule } from "./rules.ts";

const run = (value: Json, redactor: Redactor = builtInRedactor, path = "metadata") => {
  const holes: Redaction[] = [];
  return { value: redactor.json(value, path, holes), holes };
};
const inText = (text: string, path = "reason") => {
  const holes: Redaction[] = [];
  return { text: builtInRedactor.text(text, path, holes), holes };
};

describe.each(builtInRules.filter(({ kind }) => kind === "key"))("$title", ({ id, hit, miss }) => {
  test("take the value out, whatever the spelling of the key", () => {
    for (const key of [
      hit,
      hit.toUpperCase(),
      hit.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      hit.replaceAll(/(?!^)[A-Z]/g, (letter) => `-${letter}`),
    ])
      expect(run({ request: { [key]: "hunter2" } })).toEqual({
        value: { request: { [key]: "[REDACTED]" } },
        holes: [{ path: `metadata.request.${key}`, rule: id }],
      });
  });
  test("leave what only sounds alike", () => expect(run({ [miss]: "value-1" })).toEqual({ value: { [miss]: "value-1" }, holes: [] }));
});

describe.each(builtInRules.filter(({ kind }) => kind === "text"))("$title", ({ id, hit, miss }) => {
  test("leave a hole that names the rule, alone and in the middle of words", () => {
    for (const text of [hit, `seen: ${hit}`, `(${hit}) was seen`]) {
      const found = inText(text);
      expect(found.holes).toContainEqual({ path: "reason", rule: id });
      expect(found.text).toContain("[REDACTED]");
    }
  });
  test("leave what only looks alike", () => expect(inText(miss)).toEqual({ text: miss, holes: [] }));
});

test("every rule has a name for people, and no two have one id", () => {
  expect(new Set(builtInRules.map(({ id }) => id)).size).toBe(builtInRules.length);
  for (const { id, title } of builtInRules) expect(ruleTitle(id)).toBe(title);
  expect(ruleTitle("organization:Salaries")).toBe("Salaries");
});

test.each([
  "nextToken",
  "secretId",
  "SecretARN",
  "passwordExpiry",
  "httpTokens",
  "tokenIssuerType",
  "clientToken",
  "sessionCredentialFromConsole",
  "accessKeyId",
  "tokenId",
  "pageToken",
  "nextPageToken",
  "authorizationInfo",
  "passwordResetRequired",
  "hashed_token",
  "token_scopes",
  "secretName",
  "keyId",
  "etag",
])("%s looks like a secret's key and is none", (key) => expect(run({ [key]: "value" })).toEqual({ value: { [key]: "value" }, holes: [] }));

test.each([
  ["alter user bob password = 'hunter2'", "alter user bob password = '[REDACTED]'"],
  ["CREATE USER mercy PASSWORD 'it''s me' VALID UNTIL 'infinity'", "CREATE USER mercy PASSWORD '[REDACTED]' VALID UNTIL 'infinity'"],
  ["create role app encrypted password 'md5abc'", "create role app encrypted password '[REDACTED]'"],
  ["CREATE USER 'a'@'%' IDENTIFIED BY 'p w'", "CREATE USER 'a'@'%' IDENTIFIED BY '[REDACTED]'"],
  ["alter user a identified with caching_sha2_password by 'x1'", "alter user a identified with caching_sha2_password by '[REDACTED]'"],
  ["SET PASSWORD FOR 'bob'@'localhost' = PASSWORD('x1')", "SET PASSWORD FOR 'bob'@'localhost' = PASSWORD('[REDACTED]')"],
  [
    "create stage s credentials=(aws_key_id='AK1' aws_secret_key='abc/d' aws_token='t1')",
    "create stage s credentials=(aws_key_id='AK1' aws_secret_key='[REDACTED]' aws_token='[REDACTED]')",
  ],
  ["copy t from 's3://b' CREDENTIALS 'aws_access_key_id=a;aws_secret_access_key=b'", "copy t from 's3://b' CREDENTIALS '[REDACTED]'"],
  ["create secret s (type s3, secret 'abc', key_id 'AK')", "create secret s (type s3, secret '[REDACTED]', key_id 'AK')"],
  ["create security integration i oauth_client_secret = 'x1y2'", "create security integration i oauth_client_secret = '[REDACTED]'"],
  ["password = 'cut off in the mid", "password = '[REDACTED]"],
  ["Server=db;User Id=sa;Password=p@ss;Encrypt=true", "Server=db;User Id=sa;Password=[REDACTED];Encrypt=true"],
  ["DefaultEndpointsProtocol=https;AccountKey=abc123==;EndpointSuffix=x", "DefaultEndpointsProtocol=https;AccountKey=[REDACTED];EndpointSuffix=x"],
  ["GET /?user=bob&access_token=abc&x=1", "GET /?user=bob&access_token=[REDACTED]&x=1"],
  ["https://data.blob.example/x?sv=2020&sig=abc%3D", "https://data.blob.example/x?sv=2020&sig=[REDACTED]"],
  ['body was {"password":"a\\"b","user":"bob"', 'body was {"password":"[REDACTED]","user":"bob"'],
  ['log {\\"client_secret\\":\\"abc\\",\\"x\\":1', 'log {\\"client_secret\\":\\"[REDACTED]\\",\\"x\\":1'],
  ["mysql --password hunter2 --host db", "mysql --password [REDACTED] --host db"],
  ["Password: h4nter2", "Password: [REDACTED]"],
  ["Set-Cookie: sid=abc; Path=/\nHost: x", "Set-Cookie: [REDACTED]\nHost: x"],
  ["redis://:p4ss@cache:6379/0", "redis://:[REDACTED]@cache:6379/0"],
  ["postgres://app:p@ss/word@db/x", "postgres://app:[REDACTED]@ss/word@db/x"],
  ["create login a with password = N'x1', check_policy = on", "create login a with password = N'[REDACTED]', check_policy = on"],
  ["alter role a password E'x\\'1' valid until 'y'", "alter role a password E'[REDACTED]' valid until 'y'"],
  ['create user a identified by "x1"', 'create user a identified by "[REDACTED]"'],
  ["ALTER USER scott IDENTIFIED BY t1ger ACCOUNT UNLOCK", "ALTER USER scott IDENTIFIED BY [REDACTED] ACCOUNT UNLOCK"],
  ['set password for a = password("x1")', 'set password for a = password("[REDACTED]")'],
  ["jdbc:sqlserver://h;user=sa;password={a;1};encrypt=true", "jdbc:sqlserver://h;user=sa;password={[REDACTED]};encrypt=true"],
  ["jdbc:oracle:thin:scott/t1ger@db:1521/x", "jdbc:oracle:thin:scott/[REDACTED]@db:1521/x"],
  ["deploy --token=abc --name=ci", "deploy --token=[REDACTED] --name=ci"],
  ["SECRET_KEY_BASE=abc1\nGITHUB_TOKEN=abc2\nREDIS_PASS=abc3", "SECRET_KEY_BASE=[REDACTED]\nGITHUB_TOKEN=[REDACTED]\nREDIS_PASS=[REDACTED]"],
  ["GET /?user=a&pass=abc", "GET /?user=a&pass=[REDACTED]"],
  ["api_key: 9f2c41aa07be55d1\nregion: eu", "api_key: [REDACTED]\nregion: eu"],
  ["{'user': 'a', 'password': b'x1'}", "{'user': 'a', 'password': b'[REDACTED]'}"],
  ["<wsse:Password Type='text'>x1</wsse:Password>", "<wsse:Password Type='text'>[REDACTED]</wsse:Password>"],
  ["curl -s -u bob:x1 https://a.example", "curl -s -u bob:[REDACTED] https://a.example"],
  ["mysql -u root -px1 shop", "mysql -u root -p[REDACTED] shop"],
  ["sshpass -p 'x1' ssh bob@a.example", "sshpass -p '[REDACTED]' ssh bob@a.example"],
  [`got ${["eyJhbGciOiJSU0EtT0FFUCJ9", ...Array.from({ length: 4 }, () => "a1B2c3D4e5f6G7h8")].join(".")}!`, "got [REDACTED]!"],
])("%s keeps its words and loses its secret", (text, kept) => expect(inText(text).text).toBe(kept));

test.each([
  "Invalid username or password",
  "Password Management - Enforce strong password",
  "where password_hash is null",
  "select password from users",
  "update users set password = $1 where id = 7",
  "password=${DB_PASSWORD}",
  "password: must have 8 characters",
  "PWD=/home/bob",
  "token: required",
  "tokens=512",
  "arn:aws:secretsmanager:us-west-2:123123123123:secret:stratus-red-team-retrieve-secret-3",
  "alice@example.com: hello",
  "serviceAccount:ci@acme.iam.example.com:viewer",
  "git@github.com:acme/site1.git",
  "http://localhost:8080/@me",
  "Basic authentication failed",
  "bearer of good news since 2019",
  "set keys = ['a','b']",
  "primary key=id",
  "Revoked token 'ci-deploy'",
  "Deleted the secret 'prod/db'",
  "Added credentials 'warehouse'",
  "550e8400-e29b-41d4-a716-446655440000",
  "order 4111-1111-1111-1112",
  "20260101123456789",
  "1763722800123",
  "5105105105105100.5",
  "v4111111111111111",
  "4470925819283746511",
  'no resource is identified by "report 7"',
  "users are identified by email1",
  "curl -u bob:$PASSWORD https://a.example",
  "mysql -u root -p shop",
  "mkdir -p /srv/app1",
  "password={PASSWORD}",
  "password={{ vault.db }}",
  "<password/>",
  "token: ci-deploy-2026-production",
  "secret: arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-1",
  "docker run --token-file=/run/x1",
  "next_token=abc",
])("%s holds no secret and stays", (text) => expect(inText(text)).toEqual({ text, holes: [] }));

test.each([
  "4111111111111111",
  "4111 1111 1111 1111",
  "4111-1111-1111-1111",
  "378282246310005",
  "3782 822463 10005",
  "5555555555554444",
  "2223003122003222",
  "6011111111111117",
  "30569309025904",
  "3530111333300000",
  "6212 3456 7890 0000 003",
  "1234 4111 1111 1111 1111",
])("%s is a card number in words and in a number, and an id under the key of one", (digits) => {
  expect(inText(`paid with ${digits}.`).holes).toEqual([{ path: "reason", rule: "text.card_number" }]);
  expect(run({ order_id: digits }).holes).toEqual([]);
  if (/^\d+$/.test(digits))
    expect(run({ charged: Number(digits), id: Number(digits) })).toMatchObject({ value: { charged: "[REDACTED]", id: Number(digits) } });
});

test("of random numbers of 16 digits, fewer than one in thirty is taken for a card", () => {
  const taken = fc.sample(fc.stringMatching(/^[1-9]\d{15}$/), { numRuns: 5_000, seed: 7 }).filter((digits) => inText(digits).holes.length > 0);
  expect(taken.length).toBeLessThan(5_000 / 30);
});

test("the numbers that a business gives its papers are no cards, and a card's account number is one", () => {
  const number = "4111111111111111";
  const papers = { orderNumber: number, order_no: number, invoice: number, tracking_number: number, reference: number, duration_ns: Number(number) };
  expect(run(papers)).toEqual({ value: papers, holes: [] });
  expect(run({ account_number: number, purchase: number }).value).toEqual({ account_number: "[REDACTED]", purchase: "[REDACTED]" });
});

test("a text with more secrets than are looked for goes whole, also where most are taken out already", () => {
  const many = "pwd='x1' ".repeat(1_500);
  expect(inText(many)).toEqual({ text: "[REDACTED]", holes: [{ path: "reason", rule: "text.assigned_secret" }] });
  const last = `${"pwd='[REDACTED]' ".repeat(1_500)}pwd='x1'`;
  expect(inText(last).text).not.toContain("x1");
});

test("a command as a list of words loses the word behind a flag of secrets", () => {
  const words = ["mysql", "--password", "x1", "--host", "db", "--token", "--force", "--secret-file", "a"];
  expect(run({ args: words }).value).toEqual({ args: words.with(2, "[REDACTED]") });
});

test("an authorization that tells of a decision is looked through, and one that is a header goes", () => {
  const decision = { action: "Microsoft.Storage/write", scope: "/subscriptions/1", evidence: { role: "Owner" } };
  expect(run({ authorization: decision })).toEqual({ value: { authorization: decision }, holes: [] });
  expect(run({ authorization: ["abc"], cookies: { sid: "abc" } }).value).toEqual({ authorization: ["[REDACTED]"], cookies: "[REDACTED]" });
});

test("what hides nothing stays: masks, booleans, null, and words such as `required`", () => {
  const value = {
    password: true,
    token: null,
    secret: "",
    clientSecret: "HIDDEN_DUE_TO_SECURITY_REASONS",
    apiKey: "*****",
    pwd: "false",
    credentials: {},
    cookie: [],
  };
  expect(run(value)).toEqual({ value, holes: [] });
});

test("a key of secrets takes texts and lists of texts, and looks into an object that describes one", () => {
  expect(
    run({ password: { a: 1 }, otp: 123456, token: { id: "t1", name: "ci", value: "abc" }, secrets: ["a", { name: "b", value: "c" }], token_count: 5 }).value,
  ).toEqual({
    password: "[REDACTED]",
    otp: "[REDACTED]",
    token: { id: "t1", name: "ci", value: "[REDACTED]" },
    secrets: ["[REDACTED]", { name: "b", value: "[REDACTED]" }],
    token_count: 5,
  });
});

test("a pair of name and value has its key in a value", () => {
  expect(
    run([
      { Name: "Password", NewValue: "x1", OldValue: "x0" },
      { displayName: "Password", id: "e1", type: "Enrollment" },
      { value: "v", key: "api-token" },
    ]).value,
  ).toEqual([
    { Name: "Password", NewValue: "[REDACTED]", OldValue: "[REDACTED]" },
    { displayName: "Password", id: "e1", type: "Enrollment" },
    { value: "[REDACTED]", key: "api-token" },
  ]);
});

test("JSON inside a text is looked through, stays JSON, and keeps its spelling when nothing is found", () => {
  expect(run({ body: '{ "user": "bob", "password": "x", "n": 12345678901234567890, "deep": "{\\"token\\":\\"t\\"}" }' })).toEqual({
    value: { body: '{"user":"bob","password":"[REDACTED]","n":12345678901234567890,"deep":"{\\"token\\":\\"[REDACTED]\\"}"}' },
    holes: [
      { path: "metadata.body.password", rule: "key.password" },
      { path: "metadata.body.deep.token", rule: "key.token" },
    ],
  });
  const untouched = { body: '{ "user":  "bob" }', list: "[1,  2]" };
  expect(run(untouched).value).toBe(untouched);
  expect(run({ body: '{"password":"x","password":null}' }).value).toEqual({ body: '{"password":"[REDACTED]","password":null}' });
});

test("a key that is a secret itself is replaced, and the path of its hole does not tell it", () => {
  const one = `ghp_${"a1".repeat(18)}`;
  const other = `ghp_${"b2".repeat(18)}`;
  const { value, holes } = run({ [one]: 1, "bob@example.com:hunter2": { password: "x" }, [other]: 2 });
  expect(value).toEqual({ "[REDACTED]": 1, "bob@example.com:[REDACTED]": { password: "[REDACTED]" }, "[REDACTED] 2": 2 });
  expect(JSON.stringify(holes)).not.toMatch(/hunter2|ghp_/);
  expect(holes.map(({ rule }) => rule)).toEqual(["text.github_token", "text.mail_password", "key.password", "text.github_token"]);
});

test("numbers with all their digits, `__proto__` and untouched branches come through as they are", () => {
  const big = JSON.rawJSON("123456789012345678901") as unknown as Json;
  const branch = { a: [1, { b: big }] };
  const record = JSON.parse('{"__proto__":{"x":1},"password":"p"}') as { [key: string]: Json };
  const { value } = run({ branch, record });
  expect((value as { branch: Json }).branch).toBe(branch);
  expect(JSON.stringify(value)).toBe('{"branch":{"a":[1,{"b":123456789012345678901}]},"record":{"__proto__":{"x":1},"password":"[REDACTED]"}}');
});

test("what is nested too deep is not kept, and a list of holes has an end", () => {
  let deep: Json = "leaf";
  for (let level = 0; level < 5_000; level += 1) deep = [deep];
  expect(run(deep).holes.map(({ rule }) => rule)).toEqual([depthRule]);
  const { holes } = run(Array.from({ length: 3_000 }, () => ({ password: "x" })));
  expect(holes).toHaveLength(1_000);
  expect(holes.at(-1)?.rule).toBe(moreRule);
  expect(inText(`${"[".repeat(8_000)}${"]".repeat(8_000)}`).holes).toEqual([]);
});

const secret = fc.stringMatching(/^[A-Za-z0-9!#%^*]{4,24}$/).filter((text) => /\d/.test(text) && /[a-z]/.test(text));

test("a secret under a secret's key is gone wherever the key stands", () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 3 }),
      secret,
      fc.constantFrom("password", "db_password", "client-secret", "accessToken", "X-Api-Key"),
      (around, hidden, key) => {
        const canary = `${hidden}canary`;
        const { value, holes } = run({ around: around as Json, at: [{ [key]: canary }], text: JSON.stringify({ [key]: canary }) });
        expect(JSON.stringify(value)).not.toContain(canary);
        expect(holes.length).toBeGreaterThanOrEqual(2);
      },
    ),
  );
});

test("redacting twice is redacting once", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...builtInRules.map(({ hit }) => hit)), fc.string(), secret), { maxLength: 6 }), (parts) => {
      const once = inText(parts.join(" ")).text;
      expect(inText(once)).toEqual({ text: once, holes: [] });
    }),
  );
});

const path = (text: string): PathPattern => {
  const parsed = parsePath(text);
  if ("mistake" in parsed) throw new Error(parsed.mistake);
  return parsed;
};
const own = (...rules: OwnRule[]) => makeRedactor(rules);
const digits = (text: string) => [...text.matchAll(/\d+/g)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));

test.each<[string, Json]>([
  ["metadata.customer.*.email", { customer: { a: { email: 1, name: 0 } }, email: 0 }],
  ["metadata.Customer.a.email", { customer: { a: { email: 1 }, b: { email: 0 } } }],
  ["metadata.items.email", { items: [{ email: 1 }, { email: 1, x: 0 }] }],
  ["metadata.items.1.email", { items: [{ email: 0 }, { email: 1 }] }],
  ["metadata.**.email", { email: 1, a: { b: [{ email: 1 }] }, emails: 0 }],
  ["**.email", { a: { email: 1 } }],
  ["metadata.a\\.b", { "a.b": 1, a: { b: 0 } }],
])("%s takes out what it names, and only that", (pattern, value) => {
  const kept = JSON.stringify(run(value, own({ rule: "r", kind: "path", path: path(pattern) })).value);
  expect(kept).not.toContain(":1");
  expect(kept.match(/:0/g)?.length).toBe(JSON.stringify(value).match(/:0/g)?.length);
});

test("fifty paths on a list of thirty thousand items are walked along once", () => {
  const redactor = own(...Array.from({ length: 49 }, (_, at): OwnRule => ({ rule: `r${at}`, kind: "path", path: path(`**.${"*.".repeat(14)}x${at}`) })), {
    rule: "seventh",
    kind: "path",
    path: path("metadata.**.**.list.7"),
  });
  let deep: Json = { list: Array.from({ length: 30_000 }, () => 0) };
  for (let level = 0; level < 10; level += 1) deep = { a: deep };
  const found = run(deep, redactor);
  expect(found.holes).toEqual([{ path: `metadata.${"a.".repeat(10)}list.7`, rule: "seventh" }]);
  expect(path("**.**.**.x")).toEqual(path("**.x"));
});

test.each(["", "metadata..x", "id", "metadata.**", "*.*", "metadata", `metadata.${"x.".repeat(20)}x`])("%j is %s a path", (text) => {
  expect("mistake" in parsePath(text)).toBe(text !== "metadata");
});

test("an organization's rules reach fields, both sides of changes, JSON in texts, and numbers", () => {
  const redactor = own(
    { rule: "pay", kind: "path", path: path("changes.salary") },
    { rule: "iban", kind: "key", key: "IBAN" },
    { rule: "ticket", kind: "pattern", within: path("metadata.note"), find: digits },
    { rule: "mail", kind: "path", path: path("actor.email") },
  );
  const holes: Redaction[] = [];
  expect(redactor.changes({ before: { salary: 1, x: 1 }, after: { salary: 2, x: 1 }, fields: [{ path: "salary", before: 1, after: 2 }] }, holes)).toEqual({
    before: { salary: "[REDACTED]", x: 1 },
    after: { salary: "[REDACTED]", x: 1 },
    fields: [{ path: "salary", before: "[REDACTED]", after: "[REDACTED]" }],
  });
  expect(
    redactor.json({ note: { a: "call 12 and 13", n: 14 }, other: "12", body: '{"iban":"DE1"}', pairs: [{ name: "IBAN", value: "DE2" }] }, "metadata", holes),
  ).toEqual({
    note: { a: "call [REDACTED] and [REDACTED]", n: "[REDACTED]" },
    other: "12",
    body: '{"iban":"[REDACTED]"}',
    pairs: [{ name: "IBAN", value: "[REDACTED]" }],
  });
  expect(redactor.texts({ type: "user", email: "a@b.c", name: "A" }, "actor", holes)).toEqual({ type: "user", email: "[REDACTED]", name: "A" });
  expect(holes.at(-1)).toEqual({ path: "actor.email", rule: "mail" });
});

test("a changed secret is told as changed, without either value", () => {
  const holes: Redaction[] = [];
  const fields = [
    { path: "api_key", before: "a", after: "b" },
    { path: "settings.password.0", before: "a" },
    { path: "/users/7/clientSecret", before: null, after: "b" },
    { path: "token.name", before: "old", after: "new" },
  ];
  expect(builtInRedactor.changes({ before: { api_key: "a" }, after: { api_key: "b" }, fields }, holes)).toEqual({
    fields: [
      { path: "api_key", before: "[REDACTED]", after: "[REDACTED]" },
      { path: "settings.password.0", before: "[REDACTED]" },
      { path: "/users/7/clientSecret", before: null, after: "[REDACTED]" },
      { path: "token.name", before: "old", after: "new" },
    ],
    before: { api_key: "[REDACTED]" },
    after: { api_key: "[REDACTED]" },
  });
  expect(holes.map((hole) => hole.path)).toContain("changes.fields.0.before");
});

const hostile = [
  "password=",
  "password='",
  "password=''",
  "eyJ",
  "eyJaaaaaaaaaa.",
  "://a:",
  "a@b.c:",
  "-----BEGIN PRIVATE KEY-----",
  "sk-",
  "ghp_",
  "1 ",
  "4111 ",
  "4111-",
  "set password for ",
  "\\",
  "{",
  '{"a":',
  "Basic ",
  "--token ",
  "x-",
  "a.",
  "_",
  "'",
  "curl -u a:",
  "mysql -p",
  "sshpass -p ",
  "<password>",
  "<a:",
  "create user identified by ",
  "password={",
  "token: a1",
  "jdbc:oracle:thin:a/",
  "eyJaaaaaaaaaaa.a.",
];

test("a hostile text a megabyte long is read in one go: the work grows with its length, not with its square", () => {
  for (const part of hostile) inText(part.repeat(Math.ceil(1_000_000 / part.length)));
  for (const part of hostile) inText(part + "a".repeat(1_000_000));
});
