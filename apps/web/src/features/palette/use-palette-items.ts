import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ArrowRight, Bookmark, Building2, FileSearch, Keyboard, LogOut, SunMoon, Users } from "lucide-react";
import { organizationPlaces, settingsPlaces } from "../../shell/area-places.ts";
import { useOpen } from "../../shell/organization.tsx";
import { linkTo, mainPlaces, openPlaces, ownPlaces, type Place } from "../../shell/places.ts";
import { chooseTheme, themes, useTheme } from "../../shell/theme.ts";
import { useSignOut } from "../../shell/use-sign-out.ts";
import { useTRPC } from "../../trpc.ts";
import type { PageCommand } from "./page-commands.ts";
import type { PaletteItem } from "./palette-item.ts";

const themeTitles = { system: "Theme of the system", light: "Light theme", dark: "Dark theme" } as const;

/** Everything that this reader can reach from here. */
export function usePaletteItems(commands: readonly PageCommand[]): PaletteItem[] {
  const { organization, session } = useOpen();
  const { slug: org, grants, teams } = organization;
  const navigate = useNavigate();
  const trpc = useTRPC();
  const signOut = useSignOut();
  const theme = useTheme();
  const views = useQuery(trpc.views.list.queryOptions(undefined, { enabled: grants.includes("events:read") }));
  const recipes = useQuery(trpc.cases.recipes.queryOptions(undefined, { staleTime: Infinity, enabled: grants.includes("cases:work") }));

  const page = (place: Place, area?: string): PaletteItem => ({
    id: `page.${place.to}.${place.logType ?? ""}`,
    kind: "Pages",
    title: area ? `${area}: ${place.label}` : place.label,
    Icon: ArrowRight,
    ...(place.words && { words: place.words }),
    run: () => void navigate(linkTo(place, org) as Parameters<typeof navigate>[0]),
  });
  return [
    ...openPlaces(mainPlaces, grants).map((place) => ({ ...page(place), Icon: place.Icon })),
    ...teams.map((team): PaletteItem => ({
      id: `team.${team.id}`,
      kind: "Pages",
      title: `Team: ${team.name}`,
      Icon: Users,
      run: () => void navigate({ to: "/o/$org/teams/$team", params: { org, team: team.id } }),
    })),
    ...openPlaces(organizationPlaces, grants).map((place) => page(place, "Organization")),
    ...openPlaces(settingsPlaces, grants).map((place) => page(place, "Settings")),
    ...ownPlaces.map((place) => ({ ...page(place), Icon: place.Icon })),
    ...commands.map(({ id, key, does, run }): PaletteItem => ({ id: `here.${id}`, kind: "On this page", title: does, Icon: Keyboard, keys: key, run })),
    ...[...(views.data?.views ?? []), ...(views.data?.builtIn ?? [])].map((view): PaletteItem => ({
      id: `view.${view.id}`,
      kind: "Saved views",
      title: view.name,
      Icon: Bookmark,
      words: view.description,
      run: () => void navigate({ to: "/o/$org/logs/$logType", params: { org, logType: view.logType }, search: { view: view.id } }),
    })),
    ...(recipes.data ?? []).map((recipe): PaletteItem => ({
      id: `case.${recipe.id}`,
      kind: "Actions",
      title: `New case: ${recipe.title}`,
      Icon: FileSearch,
      words: "investigate start",
      run: () => void navigate({ to: "/o/$org/investigate", params: { org }, search: { recipe: recipe.id } }),
    })),
    { id: "act.sign-out", kind: "Actions", title: "Sign out", Icon: LogOut, words: "log out leave", run: () => void signOut() },
    ...session.organizations
      .filter(({ slug }) => slug !== org)
      .map((other): PaletteItem => ({
        id: `organization.${other.slug}`,
        kind: "Organizations",
        title: `Switch to ${other.name}`,
        Icon: Building2,
        run: () => void navigate({ to: "/o/$org/logs/$logType", params: { org: other.slug, logType: "activity" } }),
      })),
    ...themes.map((each): PaletteItem => ({
      id: `theme.${each}`,
      kind: "Theme",
      title: themeTitles[each],
      Icon: SunMoon,
      isCurrent: each === theme,
      run: () => chooseTheme(each),
    })),
  ];
}

/** The ways from what was typed into the log. In a log, its kind and range stay. */
export function useEventWays() {
  const { slug: org } = useOpen().organization;
  const navigate = useNavigate();
  const { logType } = useParams({ strict: false });
  const { range, from, to } = useSearch({ strict: false }) as { range?: string; from?: string; to?: string };
  return {
    openEvent: (id: string) => void navigate({ to: "/o/$org/events/$id", params: { org, id } }),
    searchEvents: (q: string) =>
      void navigate({
        to: "/o/$org/logs/$logType",
        params: { org, logType: logType === "system" ? "system" : "activity" },
        search: { q, ...(range && { range }), ...(from && { from }), ...(to && { to }) },
      }),
  };
}
