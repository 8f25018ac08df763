import { grants, type Grant } from "@daybook/policy";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, expect, test } from "vitest";
import { OrganizationProvider } from "../../shell/organization.tsx";
import type { Organization } from "../../shell/session.ts";
import { fakeAuditorAnswers } from "../../testing/fake-auditors.ts";
import { closeDoors, doorOf, type inferOutput, type Trpc } from "../../trpc.ts";
import { AuditorsPage } from "./auditors-page.tsx";

type Auditors = inferOutput<Trpc["auditors"]["list"]>;

const organization: Organization = {
  id: "0193aaaa-0000-7000-8000-000000000001",
  name: "Acme",
  slug: "acme",
  formerSlugs: [],
  timeZone: "Europe/Paris",
  demo: false,
  role: "owner",
  grants: Object.keys(grants) as Grant[],
  without: [],
  teams: [],
} satisfies Partial<Organization> as Organization;
const session = { user: { id: "u_alice", name: "Alice Chen", email: "alice@company.com" }, organizations: [organization] };
const fakeAuditors = fakeAuditorAnswers()["auditors.list"]?.() as Auditors;

function rendered(auditors: Auditors): string {
  const { queryClient, trpc } = doorOf(organization.id);
  queryClient.setQueryData(trpc.auditors.list.queryKey(), auditors);
  return renderToStaticMarkup(
    <OrganizationProvider organization={organization} session={session}>
      <AuditorsPage />
    </OrganizationProvider>,
  );
}
beforeEach(() => closeDoors());

test("who was granted access and has yet to come is shown by their address, as invited", () => {
  const html = rendered(fakeAuditors);
  expect(html).toContain("lee@audit.example");
  expect(html.match(/Invited, not yet accepted/g)).toHaveLength(1);
  expect(html).toContain('aria-label="End the access of lee@audit.example"');
});

test("what nobody came for before it ended says so", () => {
  const [, pending] = fakeAuditors.lasting;
  if (!pending) throw new Error("a grant waits");
  const html = rendered({ lasting: [], over: [{ ...pending, endedAt: "2026-12-31T23:00:00.000Z" }], auditors: [] });
  expect(html).toContain("Never came");
  expect(html).not.toContain("Invited, not yet accepted");
});

test("access can be granted before any auditor is here", () => {
  const html = rendered({ lasting: [], over: [], auditors: [] });
  expect(html).toContain("No auditor yet");
  expect(html).toContain("Grant access");
});
