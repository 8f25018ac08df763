import { Refusal } from "@daybook/event";
import { mails } from "@daybook/store";
import type { ListedMail, Mail } from "@daybook/store";
import { z } from "zod";
import { provedThemselves } from "../access/own-proof.ts";
import { defineRead } from "../verb.ts";
import { concealed, revealed, secretLinkPlace } from "./secret-link.ts";

const mailsShownMax = 100;

export interface ShownMail {
  id: string;
  to: string[];
  subject: string;
  state: Mail["state"];
  createdAt: string;
  sentAt: string | null;
  kind: Mail["kind"];
  error: string | null;
}

export const listMails = defineRead({
  name: "mailbox.list",
  needs: "mailbox:read",
  input: z.object({}).optional(),
  async run({ store, mail }, { viewer }): Promise<{ transport: "mailbox" | "smtp"; mails: ShownMail[] }> {
    const rows = await mails.list(store.of(viewer.organizationId), viewer.organizationId, { limit: mailsShownMax });
    return { transport: mail.transport, mails: rows.map(shown) };
  },
});

export const getMail = defineRead({
  name: "mailbox.get",
  needs: "mailbox:read",
  input: z.object({ id: z.uuid() }),
  async run({ store, origin }, { viewer }, { id }): Promise<ShownMail & { html: string; text: string }> {
    const row = await mails.find(store.of(viewer.organizationId), viewer.organizationId, id);
    if (!row) throw new Refusal("not_found", "There is no such mail.");
    const place = secretLinkPlace({ origin });
    const own = row.recipients.length === 1 && row.recipients[0]?.toLowerCase() === viewer.actor.email?.toLowerCase() && provedThemselves(viewer);
    return { ...shown(row), ...(own && row.secretLink !== null ? revealed(row, place, row.secretLink) : concealed(row, place)) };
  },
});

const shown = ({ id, recipients, subject, state, createdAt, sentAt, kind, error }: ListedMail): ShownMail => ({
  id,
  to: recipients,
  subject,
  state,
  createdAt: createdAt.toISOString(),
  sentAt: sentAt?.toISOString() ?? null,
  kind,
  error,
});
