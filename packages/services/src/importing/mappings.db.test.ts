import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testMember, testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import { perform, read } from "../verb.ts";
import { importRecords } from "./import-records.ts";
import { createMapping, deleteMapping, listMappings, mappingsMax, updateMapping } from "./mappings.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());

const mapping = { fields: { action: "what", occurred_at: "at" } };
const shop = { name: "Shop", mapping };
const text = JSON.stringify({ what: "sold", at: "2026-11-10T08:00:00Z" });

describe("a mapping", () => {
  test("that gets another name keeps its source, and what it imported is still known", async () => {
    const context = await testOrganization(platform);
    const { id, vendor } = await perform(platform, context, createMapping, shop);
    await importRecords(platform, context, { vendor, fileName: "a", text });
    expect(await perform(platform, context, updateMapping, { mappingId: id, name: "Till", mapping })).toEqual({ id, vendor: "mapping:shop" });
    expect(await importRecords(platform, context, { vendor, fileName: "a", text })).toMatchObject({ created: 0, duplicates: 1 });
    await perform(platform, context, deleteMapping, { mappingId: id });
    expect(await read(platform, context, listMappings, undefined)).toEqual([]);
    await expect(importRecords(platform, context, { vendor, fileName: "a", text })).rejects.toThrow('There is no importer named "mapping:shop"');
  });

  test("of another organization is neither seen nor changed nor imported with", async () => {
    const [mine, theirs] = [await testOrganization(platform), await testOrganization(platform)];
    const { id: mappingId, vendor } = await perform(platform, theirs, createMapping, shop);
    expect(await read(platform, mine, listMappings, undefined)).toEqual([]);
    await expect(perform(platform, mine, updateMapping, { mappingId, ...shop })).rejects.toMatchObject({ code: "not_found" });
    await expect(perform(platform, mine, deleteMapping, { mappingId })).rejects.toMatchObject({ code: "not_found" });
    await expect(importRecords(platform, mine, { vendor, fileName: "a", text })).rejects.toMatchObject({ code: "invalid" });
    expect(await read(platform, theirs, listMappings, undefined)).toMatchObject([{ id: mappingId, name: "Shop" }]);
  });

  test("is not for a member who may not import", async () => {
    const owner = await testOrganization(platform);
    const member = await testMember(platform, owner, "member");
    const { id: mappingId } = await perform(platform, owner, createMapping, shop);
    await expect(perform(platform, member, createMapping, { name: "Mine", mapping })).rejects.toMatchObject({ code: "forbidden" });
    await expect(perform(platform, member, deleteMapping, { mappingId })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("is one of a bounded number, because each is tried on every file that nobody knows", async () => {
    const context = await testOrganization(platform);
    for (let at = 0; at < mappingsMax; at += 1) await perform(platform, context, createMapping, { name: `M ${at}`, mapping });
    await expect(perform(platform, context, createMapping, { name: "One more", mapping })).rejects.toThrow("at most 200 mappings");
  });
});
