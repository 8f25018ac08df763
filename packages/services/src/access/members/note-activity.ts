import { members } from "@daybook/store";
import type { Platform } from "../../platform.ts";

/** Notes that a member was here. Nothing hangs on it, so a failure is told to the log and to nobody else. Call it every few minutes at most. */
export async function noteActivity(platform: Platform, { organizationId, userId }: { organizationId: string; userId: string }): Promise<void> {
  try {
    await members.touch(platform.store.of(organizationId), organizationId, { userId, at: platform.now() });
  } catch (error) {
    platform.log.warn({ error: String(error) }, "when a member was last here could not be noted");
  }
}
