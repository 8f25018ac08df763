import { mappingSchema, mappingSlug } from "@daybook/connectors";
import type { Mapping } from "@daybook/connectors";
import type { Json } from "@daybook/event";
import { Refusal } from "@daybook/event";
import { importMappings } from "@daybook/store";
import type { ImportMapping, Tx } from "@daybook/store";
import { z } from "zod";
import { newId } from "../context.ts";
import { defineChange, defineRead } from "../verb.ts";
import { mappingPrefix } from "./choose-importer.ts";

export interface MappingView {
  id: string;
  /** What an import names: `mapping:<slug>`. */
  vendor: string;
  name: string;
  mapping: Mapping;
  updatedAt: string;
}

const nameLengthMax = 100;
/** Each of them is tried on the records of a file that no product's importer reads. */
export const mappingsMax = 200;
const name = z.string().trim().min(1, "name the mapping").max(nameLengthMax);

export const listMappings = defineRead({
  name: "mappings.list",
  needs: "imports:read",
  feature: "imports",
  input: z.object({}).optional(),
  run: async ({ store }, { viewer }): Promise<MappingView[]> =>
    (await importMappings.list(store.of(viewer.organizationId), viewer.organizationId)).map(mappingView),
});

export const createMapping = defineChange({
  name: "mappings.create",
  needs: "imports:write",
  feature: "imports",
  records: "import_mapping_created",
  input: z.object({ name, mapping: mappingSchema }),
  async run(tx, { viewer }, input, platform) {
    if ((await importMappings.list(tx, viewer.organizationId)).length >= mappingsMax)
      throw new Refusal("conflict", `An organization has at most ${mappingsMax} mappings. Delete one that nobody needs any more.`);
    const now = platform.now();
    const row: ImportMapping = {
      organizationId: viewer.organizationId,
      id: newId(platform),
      slug: mappingSlug(input.name),
      name: input.name,
      mapping: input.mapping,
      createdBy: viewer.actor,
      createdAt: now,
      updatedAt: now,
    };
    if (!(await importMappings.insert(tx, row)))
      throw new Refusal("conflict", `There is a mapping with a name like "${input.name}" already. Choose another name, or change that one.`, "name");
    return { result: { id: row.id, vendor: `${mappingPrefix}${row.slug}` }, event: { resource: resourceOf(row), changes: { after: stateOf(row) } } };
  },
});

export const updateMapping = defineChange({
  name: "mappings.update",
  needs: "imports:write",
  feature: "imports",
  records: "import_mapping_updated",
  input: z.object({ mappingId: z.uuid(), name, mapping: mappingSchema }),
  async run(tx, { viewer }, { mappingId, ...input }, platform) {
    const before = await lockMapping(tx, viewer.organizationId, mappingId);
    const after = { ...before, name: input.name, mapping: input.mapping, updatedAt: platform.now() };
    await importMappings.update(tx, viewer.organizationId, after);
    return {
      result: { id: before.id, vendor: `${mappingPrefix}${before.slug}` },
      event: { resource: resourceOf(after), changes: { before: stateOf(before), after: stateOf(after) } },
    };
  },
});

/** Events that came by it stay, and so do their keys: a mapping made again under the same name goes on where this one ended. */
export const deleteMapping = defineChange({
  name: "mappings.delete",
  needs: "imports:write",
  feature: "imports",
  records: "import_mapping_deleted",
  input: z.object({ mappingId: z.uuid() }),
  async run(tx, { viewer }, { mappingId }) {
    const row = await lockMapping(tx, viewer.organizationId, mappingId);
    await importMappings.remove(tx, viewer.organizationId, mappingId);
    return { result: {}, event: { resource: resourceOf(row), changes: { before: stateOf(row) } } };
  },
});

async function lockMapping(tx: Tx, organizationId: string, id: string): Promise<ImportMapping> {
  const row = await importMappings.lock(tx, organizationId, id);
  if (!row) throw new Refusal("not_found", "There is no such mapping in this organization.");
  return row;
}

const mappingView = ({ id, slug, name: shown, mapping, updatedAt }: ImportMapping): MappingView => ({
  id,
  vendor: `${mappingPrefix}${slug}`,
  name: shown,
  mapping: mappingSchema.parse(mapping),
  updatedAt: updatedAt.toISOString(),
});

const resourceOf = ({ id, name: shown }: ImportMapping) => ({ type: "import_mapping", id, name: shown });
const stateOf = ({ name: shown, mapping }: ImportMapping): Json => ({ name: shown, mapping });
