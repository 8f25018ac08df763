import type { Trpc } from "../trpc.ts";

type OutputOf<P> = P extends { "~types": { output: infer Output } } ? Output : never;
type Member = OutputOf<Trpc["members"]["list"]>["members"][number];

const member = (at: number, name: string, change: Partial<Member> = {}): Member => ({
  userId: `0193bbbb-0000-7000-8000-00000000000${at}`,
  name,
  email: `${name.split(" ")[0]?.toLowerCase()}@company.com`,
  role: "member",
  status: "active",
  statusAt: null,
  joinedAt: "2026-03-02T09:12:44.000Z",
  lastActiveAt: "2026-11-20T11:40:05.000Z",
  teams: [],
  groups: 0,
  signInMethods: ["password"],
  twoFactor: false,
  mayChange: true,
  ...change,
});

/** Members and invitations, as the server would list them. */
export const fakeMemberAnswers = (): Record<string, () => unknown> => ({
  "members.list": () =>
    ({
      members: [
        member(1, "Alice Chen", { role: "owner", signInMethods: ["password", "passkey"], twoFactor: true, groups: 2 }),
        member(2, "Bob Smith", { teams: [{ id: "0193cccc-0000-7000-8000-000000000001", name: "Insights", role: "admin" }] }),
        member(3, "Carol Jones", { status: "suspended", statusAt: "2026-11-19T08:00:00.000Z", lastActiveAt: null }),
      ],
      nextCursor: null,
      rolesToGive: ["owner", "admin", "member", "auditor"],
    }) satisfies OutputOf<Trpc["members"]["list"]>,
  "members.previewRole": () => ({ before: 2, after: 31_206, gained: 31_204, lost: 0, exact: false }) satisfies OutputOf<Trpc["members"]["previewRole"]>,
  "invitations.list": () =>
    [
      {
        id: "0193dddd-0000-7000-8000-000000000001",
        email: "dave@company.com",
        role: "member",
        teams: [],
        state: "open",
        former: false,
        invitedBy: "Alice Chen",
        createdAt: "2026-11-19T10:00:00.000Z",
        sentAt: "2026-11-19T10:00:00.000Z",
        expiresAt: "2026-11-26T10:00:00.000Z",
        settledAt: null,
        mail: "sent",
        mayChange: true,
      },
    ] satisfies OutputOf<Trpc["invitations"]["list"]>,
});
