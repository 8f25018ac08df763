import { knownSession } from "../../shell/session.ts";
import { doorOf } from "../../trpc.ts";

/** The short address of a page of the console. It is made by the organization that the page belongs to, whichever is open. */
export async function shortLink(url: string): Promise<string> {
  const { origin, pathname, search, hash } = new URL(url);
  const slug = /^\/o\/([^/]+)\//.exec(pathname)?.[1];
  const organization = knownSession()?.organizations.find((each) => each.slug === slug);
  if (!organization) throw new Error("Only pages of an organization have short links.");
  const { id } = await doorOf(organization.id).client.links.create.mutate({ path: `${pathname}${search}${hash}` });
  return `${origin}/s/${id}`;
}
