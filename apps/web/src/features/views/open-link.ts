import type { Session } from "../../shell/session.ts";
import { doorOf } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";

/** People belong to few organizations; of more than these the first ones are asked. */
const organizationsAskedMax = 20;

export type LinkAnswer = { path: string } | { problem: string };

/** A link says nothing of whose it is, so each of the reader's organizations is asked. All of them say the same when none of them knows it. */
export async function openLink(organizations: Session["organizations"], id: string): Promise<LinkAnswer> {
  const asked = organizations.slice(0, organizationsAskedMax);
  const answers = await Promise.allSettled(asked.map((organization) => doorOf(organization.id).client.links.open.query({ id })));
  for (const answer of answers) if (answer.status === "fulfilled") return answer.value;
  const errors = answers.flatMap((answer) => (answer.status === "rejected" ? [readApiError(answer.reason)] : []));
  // Something that went wrong says more than an organization that does not know the link.
  const told = errors.find(({ code }) => code !== "not_found") ?? errors[0];
  return { problem: told?.message ?? "You belong to no organization, so no short link opens for you." };
}
