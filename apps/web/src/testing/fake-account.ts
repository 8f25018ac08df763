import { roleWords } from "@daybook/policy";
import type { inferOutput, Trpc } from "../trpc.ts";

const session: inferOutput<Trpc["account"]["get"]>["sessions"][number] = {
  id: "0193eeee-0000-7000-8000-000000000001",
  isThisOne: true,
  userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36",
  ip: "192.168.1.100",
  method: "password_totp",
  beganAt: "2026-11-20T08:00:00.000Z",
  lastActiveAt: "2026-11-20T12:03:00.000Z",
  failedBefore: { count: 2, lastAt: "2026-11-20T07:59:00.000Z" },
};

/** What somebody sees of themselves: how they sign in, what they may use, what the plan holds, and what they are invited to. */
export const fakeAccountAnswers = (): Record<string, () => unknown> => ({
  "account.get": () =>
    ({
      proved: true,
      hasPassword: true,
      twoFactor: { enabledAt: "2026-11-01T09:00:00.000Z", recoveryCodesLeft: 9 },
      passkeys: [{ id: "p_1", name: "Alice laptop", createdAt: "2026-11-02T09:00:00.000Z", lastUsedAt: null, backedUp: true }],
      sessions: [
        session,
        { ...session, id: "0193eeee-0000-7000-8000-000000000002", isThisOne: false, method: "passkey", failedBefore: { count: 0, lastAt: null } },
      ],
    }) satisfies inferOutput<Trpc["account"]["get"]>,
  "access.mine": () =>
    ({
      member: { userId: "u_alice", name: "Alice Chen", email: "alice@company.com", status: "active" },
      groups: [{ id: "g_1", name: "Analysts" }],
      uses: [
        {
          id: "c_1",
          type: "collection",
          name: "Company metrics",
          kind: "",
          access: "query",
          by: "group",
          group: { id: "g_1", name: "Analysts" },
          reason: "by group Analysts: Query",
        },
      ],
      nextCursor: null,
    }) satisfies inferOutput<Trpc["access"]["mine"]>,
  "plan.get": () =>
    ({
      name: "Starter",
      retentionDaysMax: 90,
      features: [
        { key: "log", title: "Audit log", offers: "who did what", included: true, sentence: "The audit log is part of this organization's plan." },
        { key: "export", title: "Export", offers: "files of events", included: false, sentence: "Export is not part of this organization's plan." },
      ],
    }) satisfies inferOutput<Trpc["plan"]["get"]>,
  "invitations.look": () =>
    ({
      state: "open",
      organization: { name: "Acme", slug: "acme" },
      invitedBy: "Alice Chen",
      email: "dave@company.com",
      role: { id: "member", ...roleWords.member },
      teams: ["Finance"],
      expiresAt: "2026-11-26T10:00:00.000Z",
      hasAccount: false,
      signedInAs: null,
    }) satisfies inferOutput<Trpc["invitations"]["look"]>,
});
