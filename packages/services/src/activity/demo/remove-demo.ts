import { Refusal } from "@daybook/event";
import { demos, organizations } from "@daybook/store";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { record } from "../../record.ts";
import { demand } from "../../verb.ts";
import { demoCompany } from "./demo-events.ts";

const batchEventsMax = 5_000;
/** Somebody may have gone on writing into the demo with a token of its own: fifty million events are more than any demo. */
const batchesMax = 10_000;

/**
 * Removes the demo organization with everything that it holds; the only events that ever go without a purge by age, and only from an organization that is
 * flagged as demo data. Its members lose it at once; asked for again, a removal that broke off goes on.
 */
export async function removeDemo(platform: Platform, context: Context): Promise<Record<string, never>> {
  await demand(platform, context, { name: "demo.remove", needs: "organization:manage" });
  const { organizationId } = context.viewer;
  const demo = await platform.store.platformTransaction(async (tx) => {
    const found = await demos.lock(tx, organizationId);
    if (!found) throw new Refusal("not_found", "There is no demo data to remove.");
    await demos.beginRemoval(tx, found, platform.now());
    return found;
  });
  let events = 0;
  for (let batch = 0; batch < batchesMax; batch += 1) {
    const gone = await platform.store.platformTransaction((tx) => demos.purgeEvents(tx, demo.demoId, batchEventsMax));
    events += gone;
    if (gone < batchEventsMax) break;
  }
  await platform.store.platformTransaction(async (tx) => {
    // Two who remove it at once: the second finds nothing more to do.
    if (!(await demos.lock(tx, organizationId))) return;
    const organization = await organizations.find(tx, demo.demoId);
    await demos.removeOrganization(tx, demo.demoId);
    await record(platform, tx, context, {
      action: "demo_data_removed",
      resource: { type: "organization", id: demo.demoId, name: organization?.name ?? demoCompany },
      metadata: { events },
      idempotency_key: `demo:${demo.demoId}:removed`,
    });
  });
  return {};
}
