import { Refusal } from "@daybook/event";
import { maskOf } from "@daybook/policy";
import { organizations, savedViews, shortLinks } from "@daybook/store";
import { z } from "zod";
import { defineChange, defineRead } from "../verb.ts";
import { linkDays, linkIdBytes, linkPathBytesMax, linksMax, linksPerMinuteMax } from "./limits.ts";
import { pathWithin } from "./path-within.ts";
import { memberOnly } from "./shown-view.ts";

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** The characters of base64url: 16 bytes make 22 of them, which is 128 bits that nobody guesses. */
const linkId = z.string().regex(/^[A-Za-z0-9_-]{22}$/, "must be the id of a short link");

/** An address of the console that is too long to be sent around, under a short one. It says where to look, and lets nobody see more than they may. */
export const createLink = defineChange({
  name: "links.create",
  needs: "events:read",
  records: "short_link_created",
  input: z.strictObject({
    path: z.string().refine((path) => Buffer.byteLength(path) <= linkPathBytesMax, `must be at most ${linkPathBytesMax} bytes`),
  }),
  async run(tx, { viewer }, input, platform) {
    const { organizationId, userId } = memberOnly(viewer);
    const organization = await organizations.find(tx, organizationId);
    const path = organization && pathWithin(input.path, organization.slug);
    if (path === null)
      throw new Refusal(
        "invalid",
        "A short link leads to a page of this organization: its path begins with `/o/`, the organization's name in URLs, and `/`.",
        "path",
      );
    await savedViews.lockViews(tx, organizationId);
    const now = platform.now();
    await shortLinks.removeEnded(tx, organizationId, now);
    const { all, recent } = await shortLinks.counts(tx, organizationId, { createdBy: userId, since: new Date(now.getTime() - minuteMs) });
    if (recent >= linksPerMinuteMax) throw new Refusal("rate_limited", `You make at most ${linksPerMinuteMax} short links a minute. Wait for one.`);
    if (all >= linksMax)
      throw new Refusal("conflict", `An organization has at most ${linksMax} short links, and each lasts ${linkDays} days. Copy the long link.`);
    const id = Buffer.from(platform.random(linkIdBytes)).toString("base64url");
    const expiresAt = new Date(now.getTime() + linkDays * dayMs);
    await shortLinks.insert(tx, { organizationId, id, path, createdBy: userId, createdAt: now, expiresAt });
    return {
      result: { id },
      event: { resource: { type: "short_link", id, name: `/s/${id}` }, metadata: { path: `/${path}`, expires_at: expiresAt.toISOString() } },
    };
  },
});

/**
 * Another organization's link, one that has ended, and one that never was get the same answer. So do others' links where something is hidden from who asks:
 * the log tells their ids, and the search in one may name what is hidden.
 */
export const openLink = defineRead({
  name: "links.open",
  needs: "organization:read",
  input: z.strictObject({ id: z.string().max(linkPathBytesMax) }),
  async run({ store, now }, { viewer }, { id }) {
    const member = memberOnly(viewer);
    const { organizationId } = member;
    const db = store.of(organizationId);
    const found = linkId.safeParse(id).success ? await shortLinks.find(db, organizationId, { id, at: now() }) : null;
    const link = found && (found.createdBy === member.userId || maskOf(member).hides.length === 0) ? found : null;
    const organization = link && (await organizations.find(db, organizationId));
    if (!link || !organization)
      throw new Refusal("not_found", "There is no such short link in your organizations. It may have ended, or be another organization's.");
    return { path: `/o/${organization.slug}/${link.path}` };
  },
});
