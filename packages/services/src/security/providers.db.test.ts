import { OutboundFailure } from "@daybook/outbound";
import { signInProviders } from "@daybook/store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeHttp } from "../../test/fake-http.ts";
import { testMember, testOrganization } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import { clientSecretOf, createProvider, listProviders, openSealer, perform, read, removeProvider, testProvider, updateProvider } from "../index.ts";
import type { Context, Platform } from "../index.ts";

let world: World;
let owner: Context;
let other: Context;
beforeAll(async () => {
  world = await openWorld("2026-11-16T10:00:00.000Z");
  owner = await testOrganization(world.platform);
  other = await testOrganization(world.platform);
});
afterAll(() => world.close());

const secret = "a client secret, shown to nobody";
const okta = { name: "Okta", issuer: "https://acme.okta.example", clientId: "client-1", clientSecret: secret, emailDomains: ["Acme.example"] };
const create = (input: object = {}, context = owner) => perform(world.platform, context, createProvider, { ...okta, ...input });
const update = (input: object, context = owner) => perform(world.platform, context, updateProvider, input);
const list = (context = owner) => read(world.platform, context, listProviders, undefined);
const last = async (action: string) => (await world.log(owner, action)).at(-1);

test("a provider is added, changed and removed, each in the log with before and after and without its secret", async () => {
  const { id } = await create();
  expect(await list()).toMatchObject({
    providers: [{ id, name: "Okta", emailDomains: ["acme.example"], enabled: true, autoJoinRole: null, people: 0, lastUsedAt: null }],
    redirectUrl: `https://daybook.acme.example/api/auth/oidc/callback/${owner.viewer.organizationId}`,
  });
  expect(await last("sign_in_provider_created")).toMatchObject({
    resource: { type: "sign_in_provider", id, name: "Okta" },
    changes: { after: { name: "Okta", email_domains: ["acme.example"], enabled: true, auto_join_role: null } },
    metadata: { issuer: okta.issuer, client_id: "client-1" },
  });
  await update({ providerId: id, name: "Okta EU", enabled: false, autoJoinRole: "member" });
  expect(await last("sign_in_provider_updated")).toMatchObject({
    changes: { before: { name: "Okta", enabled: true, auto_join_role: null }, after: { name: "Okta EU", enabled: false, auto_join_role: "member" } },
  });
  await update({ providerId: id, name: "Okta EU" });
  expect(await world.log(owner, "sign_in_provider_updated")).toHaveLength(1);
  await update({ providerId: id, clientSecret: `${secret} 2` });
  expect(await last("sign_in_provider_updated")).toMatchObject({ changes: null, metadata: { client_secret_replaced: true } });
  const row = await signInProviders.find(world.store.of(owner.viewer.organizationId), owner.viewer.organizationId, id);
  expect(row && clientSecretOf(world.platform, row)).toBe(`${secret} 2`);
  await perform(world.platform, owner, removeProvider, { providerId: id });
  expect(await last("sign_in_provider_deleted")).toMatchObject({ changes: { before: { name: "Okta EU" } }, counts: { people: 0 } });
  expect((await list()).providers).toEqual([]);
  expect(JSON.stringify([await world.log(owner), row])).not.toContain(secret);
});

test("a secret that is moved to another row, or whose key is gone, opens nothing", async () => {
  const [mine, theirs] = [await create({ name: "Mine", clientId: "mine" }), await create({ name: "Theirs" }, other)];
  const db = world.store.platform;
  const one = await signInProviders.find(db, owner.viewer.organizationId, mine.id);
  const two = await signInProviders.find(db, other.viewer.organizationId, theirs.id);
  if (!one || !two) throw new Error("both are there");
  expect(() => clientSecretOf(world.platform, { ...two, clientSecret: one.clientSecret })).toThrow(/another place/);
  expect(() => clientSecretOf({ sealer: openSealer("another AUTH_SECRET, as long as needed") }, one)).toThrow(/AUTH_SECRET/);
});

test("whom a provider may name is an owner's decision, since it could name an owner; the rest of it is an admin's as well", async () => {
  const admin = await testMember(world.platform, owner, "admin");
  await expect(create({ name: "Theirs", clientId: "of an admin" }, admin)).rejects.toMatchObject({ code: "forbidden" });
  const { id } = await create({ name: "Owners'", clientId: "of an owner" });
  await expect(update({ providerId: id, emailDomains: ["acme.example", "owners.example"] }, admin)).rejects.toMatchObject({ code: "forbidden" });
  await expect(update({ providerId: id, enabled: false, clientSecret: "rotated" }, admin)).resolves.toEqual({ id });
  await expect(update({ providerId: id, enabled: true }, admin)).rejects.toMatchObject({ code: "forbidden" });
  await expect(update({ providerId: id, emailDomains: ["acme.example", "owners.example"], enabled: true })).resolves.toEqual({ id });
  await expect(update({ providerId: id, emailDomains: ["acme.example"] }, admin)).resolves.toEqual({ id });
  await perform(world.platform, admin, removeProvider, { providerId: id });
});

describe("what is refused", () => {
  test.each([
    { issuer: "no address" },
    { issuer: "https://a.example/?q" },
    { issuer: "https://a.example/#x" },
    { issuer: "https://somebody:secret@a.example" },
    { issuer: "javascript:alert(1)" },
    { name: "" },
    { clientId: "" },
    { clientSecret: "" },
    { emailDomains: [] },
    { emailDomains: ["nodot"] },
    { emailDomains: ["a@b.example"] },
    { autoJoinRole: "owner" },
  ])("%j", async (input) => {
    await expect(create(input)).rejects.toMatchObject({ code: "invalid" });
  });

  test("two of one name, or of one client", async () => {
    await create({ name: "Twin", clientId: "twin" });
    await expect(create({ name: "TWIN", clientId: "twin-2" })).rejects.toMatchObject({ code: "conflict", path: "name" });
    await expect(create({ name: "Twin 2", clientId: "twin" })).rejects.toMatchObject({ code: "conflict", path: "clientId" });
  });

  test("more than an organization may have", async () => {
    const full = await testOrganization(world.platform);
    for (let at = 0; at < signInProviders.listMax; at += 1) await create({ name: `P${at}`, clientId: `c${at}` }, full);
    await expect(create({ name: "More", clientId: "more" }, full)).rejects.toMatchObject({ code: "conflict" });
  });

  test("another organization's provider and one that does not exist, in one sentence", async () => {
    const { id } = await create({ name: "Hidden", clientId: "hidden" });
    const told = (providerId: string, verb: typeof removeProvider | typeof updateProvider) =>
      perform(world.platform, other, verb as typeof removeProvider, { providerId }).catch((error: unknown) => String(error));
    for (const verb of [removeProvider, updateProvider]) expect(await told(id, verb)).toBe(await told("01900000-0000-7000-8000-000000000000", verb));
  });

  test("whoever is no admin", async () => {
    const member = await testMember(world.platform, owner, "member");
    await expect(create({}, member)).rejects.toMatchObject({ code: "forbidden" });
    await expect(list(member)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("an organization whose plan has no single sign-on", async () => {
    const { viewer } = owner;
    const without = { ...owner, viewer: { ...viewer, plan: { name: "Small", without: ["single_sign_on"], retentionDaysMax: null } } } as Context;
    await expect(create({}, without)).rejects.toMatchObject({ code: "not_in_plan" });
    await expect(list(without)).rejects.toMatchObject({ code: "not_in_plan" });
  });
});

describe("a test of a provider tells in words", () => {
  const issuer = "https://id.example/realm";
  const description = {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    code_challenge_methods_supported: ["S256"],
  };
  const keys = { keys: [{ kty: "RSA" }] };
  const probe = (found: unknown, keySet: unknown = keys, status = 200) => {
    const http = fakeHttp({ [`${issuer}/.well-known/openid-configuration`]: { status, body: found }, [`${issuer}/keys`]: { body: keySet } });
    return read({ ...world.platform, http } as Platform, owner, testProvider, { issuer });
  };

  test("that it works", async () => {
    expect(await probe(description)).toMatchObject({ works: true, warnings: [] });
    expect(await probe({ ...description, code_challenge_methods_supported: undefined })).toMatchObject({
      works: true,
      warnings: [expect.stringContaining("PKCE")],
    });
  });

  test.each<[string, () => ReturnType<typeof probe>, string]>([
    ["nothing at its address", () => probe({}, keys, 404), "no_document"],
    ["something else at its address", () => probe("<html>"), "broken_document"],
    ["a description without an end point", () => probe({ ...description, token_endpoint: undefined }), "broken_document"],
    ["another issuer", () => probe({ ...description, issuer: `${issuer}/` }), "other_issuer"],
    ["no algorithm that is taken", () => probe({ ...description, id_token_signing_alg_values_supported: ["HS256", "none"] }), "no_algorithm"],
    ["no code flow", () => probe({ ...description, response_types_supported: ["id_token"] }), "no_code_flow"],
    ["no keys", () => probe(description, { keys: [] }), "no_keys"],
    ["keys elsewhere, where nothing is", () => probe({ ...description, jwks_uri: "https://gone.example/keys" }), "name_not_found"],
  ])("%s", async (_what, run, code) => {
    expect(await run()).toMatchObject({ works: false, code, sentence: expect.stringMatching(/\.$/) as string });
  });

  test("that it may not be asked, without saying what is there", async () => {
    const http = { plainHttp: false, ask: () => Promise.reject(new OutboundFailure("address_not_allowed")) };
    const told = await read({ ...world.platform, http } as Platform, owner, testProvider, { issuer: "https://10.0.0.1" });
    expect(told).toMatchObject({ works: false, code: "address_not_allowed" });
    expect(JSON.stringify(told)).not.toContain("10.0.0.1");
  });
});
