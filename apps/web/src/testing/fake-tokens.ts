import type { inferOutput, Trpc } from "../trpc.ts";

type Token = inferOutput<Trpc["tokens"]["list"]>[number];
type Key = inferOutput<Trpc["keys"]["listAll"]>[number];
type ServiceUser = inferOutput<Trpc["serviceUsers"]["list"]>[number];

const base = {
  allowedCidrs: [],
  createdBy: "Alice Chen",
  createdAt: "2026-11-03T09:00:00.000Z",
  rotatedAt: null,
  lastUsedAt: null,
  lastUsedIp: null,
  expiresAt: "2027-11-03T09:00:00.000Z",
  revokedAt: null,
  state: "active" as const,
  hints: [],
};
const token: Omit<Token, "id" | "name" | "prefix" | "scopes"> = { ...base, source: null, serviceUser: null, former: [] };

const tokens: Token[] = [
  {
    ...token,
    id: "t_1",
    name: "ci-deploy",
    prefix: "dbk_live_ws4f2aXq",
    scopes: ["events:write"],
    lastUsedAt: "2026-11-20T12:00:00.000Z",
    lastUsedIp: "203.0.113.7",
    expiresAt: null,
    allowedCidrs: ["203.0.113.0/24"],
    source: "billing",
    hints: ["never_expires"],
  },
  {
    ...token,
    id: "t_2",
    name: "siem pull",
    prefix: "dbk_live_ws9kP0ab",
    scopes: ["events:read"],
    rotatedAt: "2026-11-20T09:00:00.000Z",
    lastUsedAt: "2026-11-20T12:01:00.000Z",
    lastUsedIp: "198.51.100.20",
    former: [
      {
        id: "t_2_former",
        prefix: "dbk_live_wsZ71mQe",
        expiresAt: "2026-11-21T09:00:00.000Z",
        lastUsedAt: "2026-11-20T11:58:00.000Z",
        lastUsedIp: "198.51.100.21",
      },
    ],
  },
  {
    ...token,
    id: "t_3",
    name: "dbt production",
    prefix: "dbk_live_ws2mB8xc",
    scopes: ["events:write", "access:read"],
    serviceUser: { id: "su_1", name: "svc-dbt" },
    createdAt: "2026-06-03T09:00:00.000Z",
    expiresAt: "2026-12-01T09:00:00.000Z",
    hints: ["unused", "expires_soon"],
  },
  {
    ...token,
    id: "t_4",
    name: "old exporter",
    prefix: "dbk_live_wsQ0aa71",
    scopes: ["events:read"],
    revokedAt: "2026-11-10T09:00:00.000Z",
    state: "revoked",
  },
];

const keys: Key[] = [
  {
    ...base,
    id: "k_1",
    name: "laptop",
    prefix: "dbk_live_mkR4t6Yz",
    scopes: ["events:write"],
    lastUsedAt: "2026-11-20T10:00:00.000Z",
    lastUsedIp: "192.0.2.44",
    member: { id: "u_alice", name: "Alice Chen", email: "alice@company.com" },
  },
];

const serviceUsers: ServiceUser[] = [
  {
    id: "su_1",
    name: "svc-dbt",
    description: "Runs dbt every night",
    owner: { type: "team", id: "team_1", name: "Data team" },
    tokens: 1,
    createdBy: "Alice Chen",
    createdAt: "2026-06-03T09:00:00.000Z",
    lastUsedAt: "2026-11-20T02:00:00.000Z",
  },
  { id: "su_2", name: "svc-looker", description: "", owner: null, tokens: 0, createdBy: "Alice Chen", createdAt: "2026-11-03T09:00:00.000Z", lastUsedAt: null },
];

const shownOnce = { token: `dbk_live_ws${"0".repeat(49)}`, expiresAt: "2027-11-20T12:00:00.000Z" };

export const fakeTokenAnswers = (input: unknown): Record<string, () => unknown> => ({
  "tokens.list": () => {
    const of = (input as { serviceUserId?: string } | undefined)?.serviceUserId;
    return of === undefined ? tokens : tokens.filter(({ serviceUser }) => serviceUser?.id === of);
  },
  "tokens.create": () => ({ id: "t_9", ...shownOnce }),
  "tokens.rotate": () => ({ id: "t_2", ...shownOnce, formerExpiresAt: "2026-11-21T12:00:00.000Z" }),
  "tokens.update": () => ({}),
  "tokens.revoke": () => ({}),
  "keys.list": () => keys.map((key) => ({ ...key, member: undefined })),
  "keys.listAll": () => keys,
  "keys.generate": () => ({ id: "k_9", ...shownOnce }),
  "keys.revoke": () => ({}),
  "keys.revokeAny": () => ({}),
  "serviceUsers.list": () => serviceUsers,
  "serviceUsers.owners": () => ({ teams: [{ id: "team_1", name: "Data team" }], members: [{ id: "u_alice", name: "Alice Chen", email: "alice@company.com" }] }),
  "serviceUsers.create": () => ({ id: "su_9" }),
  "serviceUsers.update": () => ({}),
  "serviceUsers.remove": () => ({ tokensRevoked: 1 }),
});
