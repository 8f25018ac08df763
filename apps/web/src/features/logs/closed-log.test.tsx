import { TRPCClientError } from "@trpc/client";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { NoOrganization } from "../../shell/no-organization.tsx";
import { ClosedLog } from "./closed-log.tsx";
import { isClosed } from "./is-closed.ts";

const refused = (httpStatus: number, refusal: { code: string; message: string }) =>
  TRPCClientError.from({ error: { message: refusal.message, code: -32003, data: { httpStatus, refusal, requestId: "r" } } });
const suspended = refused(403, { code: "forbidden", message: "Your access to this organization is suspended." });
const gated = refused(402, { code: "not_in_plan", message: "The audit log is not part of this organization's plan. Whoever runs this Daybook can add it." });

test("a log is closed by a refusal or the plan, and not by an answer that failed", () => {
  expect([suspended, gated].map(isClosed)).toEqual([true, true]);
  expect([refused(500, { code: "internal", message: "" }), refused(404, { code: "not_found", message: "" }), new Error("offline")].map(isClosed)).toEqual([
    false,
    false,
    false,
  ]);
});

test("it says why in the server's words; the plan also says what would be there", () => {
  expect(renderToStaticMarkup(<ClosedLog error={suspended} onRetry={() => {}} />)).toMatch(/<h1[^>]*>Logs.*closed to you.*is suspended\..*Try again/);
  expect(renderToStaticMarkup(<ClosedLog error={gated} onRetry={() => {}} />)).toMatch(/data-state="gated".*Here would be who did what/);
});

test("where something is searched for, the search may be what is closed, and can be cleared", () => {
  const hidden = refused(403, { code: "forbidden", message: "E-mail addresses are hidden from you, so the log cannot be searched by one." });
  expect(renderToStaticMarkup(<ClosedLog error={hidden} onRetry={() => {}} onClear={() => {}} />)).toMatch(
    /This search is closed to you.*searched by one\..*Clear the search/,
  );
});

test("whoever has no organization is told who they are, and can leave", () => {
  const html = renderToStaticMarkup(<NoOrganization person={{ id: "u", name: "Bob Martin", email: "bob@company.com" }} />);
  expect(html).toMatch(/Bob Martin.*bob@company\.com.*Sign out/);
});
