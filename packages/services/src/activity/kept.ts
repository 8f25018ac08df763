import { allOf, occurred } from "@daybook/query";
import type { Query } from "@daybook/query";
import { purgeEvents } from "@daybook/store";
import type { Platform } from "../platform.ts";

const hourMs = 3_600_000;

/** When the oldest event that is left occurred, or null for an empty log. */
export async function oldestKept({ store }: Platform, organizationId: string): Promise<Date | null> {
  return (await purgeEvents.holdings(store.of(organizationId), organizationId)).oldest;
}

/** The roll-up remembers hours that were purged; they begin before the oldest event that is left. */
export async function keptQuery(platform: Platform, organizationId: string): Promise<Query> {
  const oldest = await oldestKept(platform, organizationId);
  return oldest === null ? allOf() : occurred({ from: new Date(Math.floor(oldest.getTime() / hourMs) * hourMs).toISOString() });
}
