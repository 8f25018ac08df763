import type { Access } from "@daybook/policy";
import { groups, sharedAccess, sharedObjects } from "@daybook/store";
import type { Tx } from "@daybook/store";
import { newId } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { ingrid } from "./cast.ts";
import { collections, sensitiveCollection } from "./things.ts";

const groupNames = [
  ["Analysts", "Ask questions of the company's data"],
  ["Data stewards", "Look after what is sensitive"],
  ["Contractors", "From outside, until the end of the year"],
] as const;
const connectionKinds = [
  ["Snowflake production", "snowflake"],
  ["Postgres replica", "postgres"],
  ["Google Sheets budget", "google sheets"],
] as const;

/** Which group may do what, by the names of both. */
const given: Readonly<Record<string, readonly (readonly [string, Access])[]>> = {
  Analysts: [
    ["Company metrics", "query"],
    ["Sales", "query"],
    ["Product", "view"],
    ["Snowflake production", "query"],
  ],
  "Data stewards": [
    ["Sensitive data", "manage"],
    ["Finance", "manage"],
    ["Snowflake production", "manage"],
    ["Postgres replica", "manage"],
  ],
  Contractors: [["Sandbox", "view"]],
};

/** Who may use what at the company of the demo. The month of events tells how it came to be, so these rows tell nothing anew. */
export async function insertDemoInventory(tx: Tx, platform: Platform, { demoId, ownerId }: { demoId: string; ownerId: string }): Promise<void> {
  const at = platform.now();
  const made = { organizationId: demoId, externalId: null, createdBy: ingrid.actor, createdAt: at };
  const objects = new Map<string, string>();
  for (const [type, name, kind] of [
    ...[...collections, sensitiveCollection].map(({ name }) => ["collection", name, ""] as const),
    ...connectionKinds.map(([name, kind]) => ["connection", name, kind] as const),
  ]) {
    const id = newId(platform);
    await sharedObjects.insert(tx, { ...made, id, type, name, kind, description: "" });
    objects.set(name, id);
  }
  for (const [name, description] of groupNames) {
    const groupId = newId(platform);
    await groups.insert(tx, { ...made, id: groupId, name, description });
    if (name === "Analysts") await groups.addMember(tx, { organizationId: demoId, groupId, userId: ownerId, createdAt: at });
    for (const [object, access] of given[name] ?? []) {
      const objectId = objects.get(object);
      if (objectId !== undefined) await sharedAccess.put(tx, demoId, objectId, { subject: { groupId }, access, at });
    }
  }
}
