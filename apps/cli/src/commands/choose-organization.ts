import { Refusal } from "@daybook/event";
import { organizations } from "@daybook/store";
import type { Platform } from "@daybook/services";

/** The organization by its name in URLs; without one, the only one that is no demo. */
export async function chooseOrganization({ store }: Platform, slug: string | undefined) {
  const all = (await organizations.list(store.platform)).filter(({ demo }) => slug !== undefined || !demo);
  const chosen = slug === undefined ? all : all.filter((organization) => organization.slug === slug);
  const [only, second] = chosen;
  if (!only) throw new Refusal("not_found", slug === undefined ? "Daybook is not set up yet: open the console first." : `There is no organization "${slug}".`);
  if (second) throw new Refusal("invalid", `Say which organization: --organization ${all.map((organization) => organization.slug).join(" | ")}`);
  return only;
}
