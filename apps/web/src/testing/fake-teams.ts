import type { Trpc } from "../trpc.ts";

type Output<P> = P extends { "~types": { output: infer Answer } } ? Answer : never;

const finance = {
  id: "0193bbbb-0000-7000-8000-000000000001",
  name: "Finance",
  description: "Books and forecasts of the group",
  createdAt: "2026-11-03T09:00:00.000Z",
  memberCount: 2,
  role: "admin",
  mayManage: true,
  seesLog: true,
} as const;

/** One team of two, as its owner sees it. */
export const fakeTeamAnswers = (): Record<string, () => unknown> => ({
  "teams.list": () => ({ teams: [finance], teamsMax: 1_000 }) satisfies Output<Trpc["teams"]["list"]>,
  "teams.get": () => finance satisfies Output<Trpc["teams"]["get"]>,
  "teams.members": () =>
    ({
      members: [
        { userId: "u_alice", name: "Alice Chen", email: "alice@company.com", role: "admin", status: "active", since: "2026-11-03T09:00:00.000Z" },
        { userId: "u_bob", name: "Bob Martin", email: "bob@company.com", role: "member", status: "suspended", since: "2026-11-04T09:00:00.000Z" },
      ],
      nextCursor: null,
    }) satisfies Output<Trpc["teams"]["members"]>,
  "teams.candidates": () => [{ userId: "u_carol", name: "Carol Diaz", email: "carol@company.com" }] satisfies Output<Trpc["teams"]["candidates"]>,
  "organization.get": () =>
    ({
      name: "Acme",
      slug: "acme",
      formerSlugs: ["acme-labs"],
      timeZone: "Europe/Paris",
      createdAt: "2026-01-04T09:00:00.000Z",
      demo: false,
    }) satisfies Output<Trpc["organization"]["get"]>,
});
