import { purgeEvents } from "@daybook/store";
import type { Platform } from "../platform.ts";

/** When the oldest event that is left occurred, or null for an empty log. */
export async function oldestKept({ store }: Platform, organizationId: string): Promise<Date | null> {
  return (await purgeEvents.holdings(store.of(organizationId), organizationId)).oldest;
}
