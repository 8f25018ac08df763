import type { ViewList } from "./view-context.ts";

type Shown = ViewList["views"][number];
export type SharingWith = NonNullable<Shown["saved"]>["sharing"];

export interface ViewGroup {
  title: string;
  views: Shown[];
}

/** Every view once: what has a star first, then whose it is. */
export function groupsOf({ views, builtIn, starred }: Pick<ViewList, "views" | "builtIn" | "starred">): ViewGroup[] {
  const all = [...views, ...builtIn];
  const star = new Set(starred);
  const others = all.filter(({ id }) => !star.has(id));
  const of = (title: string, isIn: (saved: Shown["saved"]) => boolean): ViewGroup => ({ title, views: others.filter(({ saved }) => isIn(saved)) });
  return [
    { title: "Starred", views: starred.flatMap((id) => all.filter((view) => view.id === id)) },
    of("Mine", (saved) => saved?.own === true),
    of("Team", (saved) => saved !== null && !saved.own && saved.sharing.with === "team"),
    of("Shared", (saved) => saved !== null && !saved.own && saved.sharing.with !== "team"),
    of("Built-in", (saved) => saved === null),
  ].filter((group) => group.views.length > 0);
}

/** Who opens it, and whose it is, where that says something. */
export function sharingWords({ saved }: Shown): string | null {
  if (saved === null) return null;
  const by = saved.own ? "" : ` by ${saved.owner.name}`;
  switch (saved.sharing.with) {
    case "nobody":
      return null;
    case "organization":
      return `Shared with everybody${by}`;
    case "team":
      return `Shared with ${saved.sharing.teamName}${by}`;
  }
}
