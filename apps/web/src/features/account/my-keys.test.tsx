import { grants, type Grant } from "@daybook/policy";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, expect, test } from "vitest";
import { OrganizationProvider } from "../../shell/organization.tsx";
import type { Organization } from "../../shell/session.ts";
import { fakeTokenAnswers } from "../../testing/fake-tokens.ts";
import { closeDoors, doorOf, type inferOutput, type Trpc } from "../../trpc.ts";
import { MyKeys } from "./my-keys.tsx";

type Keys = inferOutput<Trpc["keys"]["list"]>;

const organization: Organization = {
  id: "0193aaaa-0000-7000-8000-000000000001",
  name: "Acme",
  slug: "acme",
  formerSlugs: [],
  timeZone: "Europe/Paris",
  demo: false,
  role: "member",
  grants: Object.keys(grants) as Grant[],
  without: [],
  teams: [],
} satisfies Partial<Organization> as Organization;
const session = { user: { id: "u_alice", name: "Alice Chen", email: "alice@company.com" }, organizations: [organization] };
const fakeKeys = fakeTokenAnswers(undefined)["keys.list"]?.() as Keys;

function rendered(keys: Keys | undefined, of: Organization = organization): string {
  const { queryClient, trpc } = doorOf(of.id);
  if (keys) queryClient.setQueryData(trpc.keys.list.queryKey(), keys);
  return renderToStaticMarkup(
    <OrganizationProvider organization={of} session={session}>
      <MyKeys />
    </OrganizationProvider>,
  );
}
beforeEach(() => closeDoors());

test("a key says what it may do, when and from where it was used last, and until when it works", () => {
  const html = rendered(fakeKeys);
  for (const said of ["laptop", "dbk_live_mkR4t6Yz…", "Write events", "192.0.2.44", "until ", "2027-11-03", 'aria-label="Revoke laptop"'])
    expect(html).toContain(said);
});

test("a revoked key says so and cannot be revoked again", () => {
  const html = rendered(fakeKeys.map((key) => ({ ...key, state: "revoked" as const, revokedAt: "2026-11-20T12:00:00.000Z" })));
  expect(html).toContain("Revoked");
  expect(html).not.toContain("Revoke laptop");
});

test("without a key it says what one is for, and offers one", () => {
  const html = rendered([]);
  expect(html).toContain('data-state="empty"');
  expect(html).toContain("No key yet");
  expect(html.match(/New key/g)).toHaveLength(1);
});

test("it waits for the answer in the shape of what is coming", () => {
  expect(rendered(undefined)).toContain('data-state="loading"');
});

test("who may have no key, such as an auditor, sees nothing of it", () => {
  expect(rendered(fakeKeys, { ...organization, grants: organization.grants.filter((grant) => grant !== "keys:manage") })).toBe("");
});
