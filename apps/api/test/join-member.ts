import { newId } from "@daybook/services";
import { members } from "@daybook/store";
import type { Owner, TestApi } from "./test-api.ts";

/** Somebody who is a member of the owner's organization, without the way through an invitation. Returns the user's id. */
export async function joinMember({ platform }: TestApi, { organizationId }: Pick<Owner, "organizationId">, email: string, role = "member"): Promise<string> {
  const userId = newId(platform);
  await platform.store.platformTransaction(async (tx) => {
    await members.insertUser(tx, { id: userId, accountId: newId(platform), name: email.split("@")[0] ?? email, email, passwordHash: "none" });
    await members.insert(tx, { organizationId, userId, role });
  });
  return userId;
}
