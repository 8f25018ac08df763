import { vocabulary } from "@daybook/catalog";
import { builtInRedactor, prepareEvent } from "@daybook/event";
import type { EventInput } from "@daybook/event";
import type { MailDoor, MailMessage, Receipt } from "@daybook/outbound";
import { consume, defaultAlertRule, deliverMail, evaluateAlerts, newId } from "../src/index.ts";
import type { Context, Platform } from "../src/index.ts";
import { testOrganization } from "./test-platform.ts";
import { openWorld } from "./world.ts";
import type { World } from "./world.ts";

export const monday = "2026-11-16T10:00:00.000Z";

/** Alice makes somebody an admin. */
export const roleChange: EventInput = {
  action: "org_user_role_changed",
  actor: { type: "user", id: "u_17", name: "Alice Jones" },
  resource: { type: "user", id: "u_42", name: "Bob Smith" },
  changes: { before: { role: "member" }, after: { role: "admin" } },
};

/** A world in which events come through any door, and the worker runs when told to. */
export async function openAlertingWorld(at = monday) {
  const world = await openWorld(at);
  return {
    ...world,
    acme: () => testOrganization(world.platform, { starters: [defaultAlertRule] }),
    /** An event arrives now. */
    async arrive(context: Context, input: EventInput, { source = "api" }: { source?: string } = {}): Promise<string> {
      const id = newId(world.platform);
      const arrival = { id, receivedAt: world.platform.now(), source, tokenId: null, origin: null, actor: context.viewer.actor };
      const prepared = prepareEvent(input, arrival, vocabulary, builtInRedactor);
      if ("problem" in prepared) throw new Error(prepared.problem.message);
      await world.store.ensurePartitions([prepared.event.occurred_at]);
      await world.store.append(context.viewer.organizationId, [{ event: prepared.event }]);
      return id;
    },
    work: (platform: Platform = world.platform) => work(platform),
  };
}

export type AlertingWorld = Awaited<ReturnType<typeof openAlertingWorld>>;

export async function work(platform: Platform): Promise<void> {
  await consume(platform, evaluateAlerts);
  await deliverMail(platform);
}

/** What alerting did in one organization, told by its tables and its log. */
export async function deedsIn(world: World, context: Context) {
  const where = `where organization_id = '${context.viewer.organizationId}'`;
  const { rows } = await world.ask<{ rows: { incidents: { id: string; state: string; event_count: number; event_ids: string[] }[]; mails: MailRow[] } }>(`
    select jsonb_build_object(
      'incidents', (select coalesce(jsonb_agg(to_jsonb(incidents) order by first_seq), '[]') from incidents ${where}),
      'mails', (select coalesce(jsonb_agg(to_jsonb(mails) order by id), '[]') from mails ${where})) as rows`);
  return { ...rows, opened: await world.log(context, "incident_opened"), sent: await world.log(context, "alerts_sent") };
}

interface MailRow {
  id: string;
  state: string;
  attempts: number;
  message_id: string;
  recipients: string[];
  subject: string;
  html: string;
  text: string;
  error: string | null;
}

/** A mail server that answers as told, and takes everything once nothing more is told. */
export function fakeSmtp(...answers: (Receipt | Error)[]): MailDoor & { sends: MailMessage[] } {
  const sends: MailMessage[] = [];
  return {
    transport: "smtp",
    from: "daybook@acme.example",
    sends,
    async send(message) {
      sends.push(message);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer ?? accepted;
    },
  };
}

const accepted: Receipt = { outcome: "accepted", detail: "250 OK", perRecipient: [] };
export const down: Receipt = { outcome: "retry", detail: "connect ECONNREFUSED", perRecipient: [] };
export const refused: Receipt = { outcome: "refused", detail: "550 no such user", perRecipient: [] };
