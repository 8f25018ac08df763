import type { inferOutput, Trpc } from "../trpc.ts";

type Security = inferOutput<Trpc["security"]["get"]>;
type Providers = inferOutput<Trpc["signInProviders"]["list"]>;

const fakeProvider: Providers["providers"][number] = {
  id: "0193bbbb-0000-7000-8000-000000000001",
  name: "Okta",
  issuer: "https://acme.okta.example",
  clientId: "0oa1b2c3",
  emailDomains: ["acme.example"],
  enabled: true,
  autoJoinRole: null,
  people: 12,
  lastUsedAt: "2026-11-20T08:00:00.000Z",
  createdAt: "2026-10-01T08:00:00.000Z",
};

const noProviders: Providers = {
  providers: [],
  providersMax: 20,
  redirectUrl: "https://daybook.test/api/auth/oidc/callback/0193aaaa-0000-7000-8000-000000000001",
};

export const fakeSecurityAnswers = (): Record<string, () => unknown> => ({
  "security.get": () =>
    ({ requireTwoFactor: false, ssoOnly: false, sessionHoursMax: null, invitationDomains: [], ipDisplay: "full", unusedTokenDays: 90 }) satisfies Security,
  "signInProviders.list": () =>
    ({
      ...noProviders,
      providers: [fakeProvider],
    }) satisfies Providers,
});

/** Somebody whose password is not enough here. */
export const barredSession: NonNullable<inferOutput<Trpc["session"]["me"]>> = {
  user: { id: "u_alice", name: "Alice Chen", email: "alice@company.com" },
  organizations: [
    {
      id: "0193aaaa-0000-7000-8000-000000000001",
      name: "Acme",
      slug: "acme",
      formerSlugs: [],
      timeZone: "Europe/Paris",
      demo: false,
      role: "member",
      barred: {
        code: "second_factor_needed",
        reason: "This organization asks for a second factor. Turn one on in your account, or sign in with a passkey or single sign-on.",
      },
      grants: ["account:manage"],
      without: [],
      teams: [],
    },
  ],
};
