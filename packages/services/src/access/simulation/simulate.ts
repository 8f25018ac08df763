import { Refusal } from "@daybook/event";
import { hiddenText, isMask, maskOf, may, maySimulate } from "@daybook/policy";
import type { MemberViewer, Role } from "@daybook/policy";
import { people, standing, teams } from "@daybook/store";
import { z } from "zod";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { record } from "../../record.ts";
import { defineRead } from "../../verb.ts";
import { memberResource } from "../members/touch-member.ts";
import { viewerAt } from "../viewers.ts";

/**
 * Somebody else's eyes, for reads of the log. What is then shown is what both may see, so nobody gains anything by it. It is recorded before anything is
 * shown: once per minute and pair.
 */
export async function borrowView(platform: Platform, context: Context, userId: string): Promise<MemberViewer> {
  const { viewer } = context;
  const { organizationId } = viewer;
  const db = platform.store.of(organizationId);
  const [found, person] = await Promise.all([standing.ofUser(db, organizationId, { userId, at: platform.now() }), people.find(db, organizationId, { userId })]);
  if (!found || !person || found.status === "removed") throw new Refusal("not_found", "There is no such member.");
  const borrowed = viewerAt(found, { organizationId, person: { id: userId, name: person.name, email: person.email } });
  const decision = maySimulate(viewer, borrowed.role);
  if (!decision.allowed) throw new Refusal("forbidden", decision.reason);
  const minute = platform.now().toISOString().slice(0, 16);
  await platform.store.transaction(organizationId, (tx) =>
    record(platform, tx, context, {
      action: "access_simulated",
      resource: memberResource({ id: userId, email: person.email }),
      metadata: { role: borrowed.role },
      idempotency_key: `simulated:${viewer.actor.id}:${userId}:${minute}`,
    }),
  );
  return borrowed;
}

export interface Simulation {
  person: { id: string; name: string; email: string };
  role: Role;
  suspended: boolean;
  teams: { name: string; role: "admin" | "member" }[];
  /** Whether they may read the log at all, and why. */
  mayRead: boolean;
  reason: string;
  /** Something of the events is hidden from them. */
  masked: boolean;
  hiddenText: string;
}

/** Who is looked through, for the banner over the log. */
export const simulateAccess = defineRead({
  name: "access.simulate",
  needs: "events:simulate",
  feature: "log",
  input: z.object({ userId: z.uuid() }),
  async run(platform, context, { userId }): Promise<Simulation> {
    const borrowed = await borrowView(platform, context, userId);
    const { organizationId } = context.viewer;
    const db = platform.store.of(organizationId);
    const decision = may(borrowed, "events:read");
    const [person, itsTeams] = await Promise.all([people.find(db, organizationId, { userId }), teams.ofUser(db, organizationId, userId)]);
    return {
      person: { id: userId, name: person?.name ?? "", email: person?.email ?? "" },
      role: borrowed.role,
      suspended: person?.status === "suspended",
      teams: itsTeams.map(({ name, role }) => ({ name, role })),
      mayRead: decision.allowed,
      reason: decision.reason,
      masked: isMask(maskOf(borrowed)),
      hiddenText,
    };
  },
});
