import type { inferInput, inferOutput, Trpc } from "../trpc.ts";

type Views = Trpc["views"];
type View = inferOutput<Views["get"]>;
type List = inferOutput<Views["list"]>;
type Saved = NonNullable<View["saved"]>;

const finance = "0193bbbb-0000-7000-8000-000000000001";
export const fakeViewIds = {
  own: "0193cccc-0000-7000-8000-000000000001",
  team: "0193cccc-0000-7000-8000-000000000002",
  shared: "0193cccc-0000-7000-8000-000000000003",
  broken: "0193cccc-0000-7000-8000-000000000004",
} as const;

const saved = (more: Partial<Saved>): Saved => ({
  owner: { id: "u_alice", name: "Alice Chen" },
  sharing: { with: "nobody" },
  version: 1,
  updatedAt: "2026-11-19T09:00:00.000Z",
  updatedBy: "Alice Chen",
  own: true,
  mayChange: true,
  mayDelete: true,
  ...more,
});
const bob = { owner: { id: "u_bob", name: "Bob Martin" }, updatedBy: "Bob Martin", own: false };
const view = (id: string, name: string, state: View["state"], more: Partial<View> = {}): View => ({
  id,
  name,
  description: "",
  logType: "activity",
  state,
  saved: null,
  ...more,
});

const builtIn: View[] = [
  view("permission-changes", "Permission changes", { q: "action:(granted OR revoked)" }),
  view("large-exports", "Large exports", { q: "operation:exported rows:>10000" }),
  view("failed-operations", "Failed operations", { q: "status:failed" }),
  view("weekly-review", "Weekly review", { q: "-operation:viewed", range: "7d", by: "operation" }),
  view("failed-syncs", "Failed syncs", { q: "namespace:syncs status:failed" }, { logType: "system" }),
];

const savedAtFirst = (): View[] => [
  view(fakeViewIds.own, "What Bob changed", { q: "operation:updated", cols: "five-fields" }, { saved: saved({}), description: "For Monday's meeting" }),
  view(
    fakeViewIds.team,
    "Finance, this week",
    { q: "status:failed", range: "7d" },
    { saved: saved({ ...bob, sharing: { with: "team", teamId: finance, teamName: "Finance" } }) },
  ),
  view(
    fakeViewIds.shared,
    "Everything that failed",
    { q: "status:failed", cols: "time,actor,event:420", density: "compact" },
    { saved: saved({ ...bob, sharing: { with: "organization" } }) },
  ),
  view(fakeViewIds.broken, "From an older Daybook", { q: "status:failed colour:red" }, { saved: saved({}) }),
];

interface World {
  views: View[];
  deleted: View[];
  starred: string[];
  defaults: List["defaults"];
  links: string[];
}
const worlds = new WeakMap<object, World>();

function worldOf(state: object): World {
  const known = worlds.get(state);
  if (known) return known;
  const none = { mine: null, organization: null };
  const begun: World = { views: savedAtFirst(), deleted: [], starred: ["failed-operations"], defaults: { activity: none, system: none }, links: [] };
  worlds.set(state, begun);
  return begun;
}

/** Views and short links as their owner's browser would find them; each visit has its own. */
export function fakeViewAnswers(state: object, input: unknown): Record<string, () => unknown> {
  const world = worldOf(state);
  const asked = input as { viewId: string };
  const found = (id: string) => [...world.views, ...builtIn].find((each) => each.id === id);
  const one = (id: string): View => found(id) ?? fail("There is no such view, or it is not shared with you.");
  return {
    "views.list": () =>
      ({
        views: world.views,
        builtIn,
        starred: world.starred,
        defaults: world.defaults,
        may: { shareWithOrganization: true, shareWithTeams: [finance] },
      }) satisfies List,
    "views.get": () => one(asked.viewId),
    "views.opening": () => {
      const { mine, organization } = world.defaults[(input as inferInput<Views["opening"]>).logType];
      const id = mine ?? organization;
      return { view: id === null ? null : (found(id) ?? null) } satisfies inferOutput<Views["opening"]>;
    },
    "views.create": () => {
      const { sharing: _, description = "", ...made } = input as inferInput<Views["create"]>;
      const id = `0193cccc-0000-7000-8000-0000000001${String(world.views.length).padStart(2, "0")}`;
      world.views.push({ ...made, id, description, saved: saved({}) });
      return { id, version: 1 };
    },
    "views.update": () => {
      const { viewId, version: _v, sharing: _s, ...changed } = input as inferInput<Views["update"]>;
      const before = one(viewId);
      const version = (before.saved?.version ?? 0) + 1;
      const given = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
      world.views = world.views.map((each) => (each.id === viewId ? { ...each, ...given, saved: saved({ ...each.saved, version }) } : each));
      return { id: viewId, version };
    },
    "views.delete": () => {
      world.deleted.push(one(asked.viewId));
      world.views = world.views.filter(({ id }) => id !== asked.viewId);
      return { id: asked.viewId, undoSeconds: 10 };
    },
    "views.restore": () => {
      world.views.push(...world.deleted.filter(({ id }) => id === asked.viewId));
      return { id: asked.viewId };
    },
    "views.star": () => {
      world.starred = [...world.starred, asked.viewId];
      return {};
    },
    "views.unstar": () => {
      world.starred = world.starred.filter((id) => id !== asked.viewId);
      return {};
    },
    "views.setDefault": () => {
      const chosen = input as inferInput<Views["setDefault"]>;
      const of = world.defaults[chosen.logType];
      const next = chosen.for === "member" ? { ...of, mine: chosen.viewId } : { ...of, organization: chosen.viewId };
      world.defaults = { ...world.defaults, [chosen.logType]: next };
      return {};
    },
    "links.create": () => {
      world.links.push((input as inferInput<Trpc["links"]["create"]>).path);
      return { id: `fake-link-number-${String(world.links.length).padStart(5, "0")}` };
    },
    "links.open": () => {
      const path = world.links[Number((input as inferInput<Trpc["links"]["open"]>).id.slice(-5)) - 1];
      return path ? { path } : fail("There is no such short link in your organizations. It may have ended, or be another organization's.");
    },
  };
}

/** Refusals as the server words them: this one is a 404. */
export class FakeNotFound extends Error {}

function fail(message: string): never {
  throw new FakeNotFound(message);
}
