import { importerOf, importerOfMapping, importers, mappingSchema } from "@daybook/connectors";
import type { Importer, Mapping } from "@daybook/connectors";
import { Refusal } from "@daybook/event";
import { importMappings } from "@daybook/store";
import type { Executor, ImportMapping } from "@daybook/store";

/** How a mapping is named where an importer is asked for: `mapping:billing`. */
export const mappingPrefix = "mapping:";

/** The importer of this name: one that Daybook has, or a mapping of the organization, or one that was handed over and is saved nowhere. */
export async function chooseImporter(
  db: Executor,
  organizationId: string,
  { vendor, mapping }: { vendor: string; mapping?: Mapping | null | undefined },
): Promise<Importer> {
  if (mapping) {
    const slug = vendor.startsWith(mappingPrefix) ? vendor.slice(mappingPrefix.length) : vendor;
    return importerOfMapping({ slug, name: slug, mapping });
  }
  const importer = vendor.startsWith(mappingPrefix) ? await savedImporter(db, organizationId, vendor.slice(mappingPrefix.length)) : importerOf(vendor);
  if (importer) return importer;
  const saved = (await importMappings.list(db, organizationId)).map(({ slug }) => `${mappingPrefix}${slug}`);
  throw new Refusal("invalid", `There is no importer named "${vendor}". There are: ${[...importers.map(({ id }) => id), ...saved].join(", ")}.`, "vendor");
}

async function savedImporter(db: Executor, organizationId: string, slug: string): Promise<Importer | undefined> {
  const row = await importMappings.findBySlug(db, organizationId, slug);
  return row ? importerOfRow(row) : undefined;
}

export const importerOfRow = ({ slug, name, mapping }: ImportMapping): Importer => importerOfMapping({ slug, name, mapping: mappingSchema.parse(mapping) });
