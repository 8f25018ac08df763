import type { inferOutput, Trpc } from "../trpc.ts";

type Auditors = inferOutput<Trpc["auditors"]["list"]>;

const kim = { id: "u_kim", name: "Kim Auditor", email: "kim@audit.example" };
const grant: Auditors["lasting"][number] = {
  id: "g_1",
  auditor: kim,
  scope: 'resource.type is "report"',
  eventsFrom: "2026-01-01T00:00:00.000Z",
  eventsTo: "2026-07-01T00:00:00.000Z",
  mayExport: false,
  hides: ["actor.email", "context.ip"],
  reason: "Yearly audit 2026",
  createdBy: "Alice Chen",
  createdAt: "2026-11-03T09:00:00.000Z",
  expiresAt: "2026-12-31T23:00:00.000Z",
  pending: false,
  endedAt: null,
  endedBy: null,
  hasTerms: true,
  acceptedAt: "2026-11-03T10:00:00.000Z",
  reads: 412,
  lastReadAt: "2026-11-20T09:00:00.000Z",
};

/** What the server would say of auditors, and of who sees what. */
export const fakeAuditorAnswers = (): Record<string, () => unknown> => ({
  "auditors.list": () =>
    ({
      lasting: [
        grant,
        {
          ...grant,
          id: "g_2",
          auditor: { id: null, name: "lee@audit.example", email: "lee@audit.example" },
          pending: true,
          acceptedAt: null,
          reads: 0,
          lastReadAt: null,
        },
      ],
      over: [{ ...grant, id: "g_0", endedAt: "2026-10-01T09:00:00.000Z", endedBy: "Alice Chen", scope: "all events", hides: [] }],
      auditors: [kim],
    }) satisfies Auditors,
  "auditors.preview": () => ({ events: 1_204, exact: true, words: 'resource.type is "report"' }) satisfies inferOutput<Trpc["auditors"]["preview"]>,
  "auditors.mine": () => [] satisfies inferOutput<Trpc["auditors"]["mine"]>,
  "access.whoSees": () =>
    ({
      people: [
        { id: "u_alice", name: "Alice Chen", email: "alice@company.com", role: "owner", reason: "Alice Chen is an owner, and owners see the whole log." },
      ],
      seeingTotal: 1,
      membersAsked: 3,
      capped: false,
    }) satisfies inferOutput<Trpc["access"]["whoSees"]>,
  "access.simulate": () =>
    ({
      person: { id: "u_bob", name: "Bob Stone", email: "bob@company.com" },
      role: "member",
      suspended: false,
      teams: [],
      mayRead: true,
      reason: "members may do this",
      masked: false,
      hiddenText: "[HIDDEN]",
    }) satisfies inferOutput<Trpc["access"]["simulate"]>,
});
