import { describe, expect, test } from "vitest";
import type { ReportData } from "../define-report.ts";
import { type CountRow, digestOf } from "../digest.ts";
import { renderMail } from "../render.ts";
import { countRow } from "../testing/count-row.ts";
import { expectSafe, expectSameFacts, hostile } from "../testing/mail-checks.ts";
import { weekly } from "./weekly.tsx";

const { sample } = weekly;
const withRows = (...rows: CountRow[]): ReportData => ({
  ...sample,
  digest: digestOf({ period: sample.digest.period, rows, isPermissionChange: ({ operation }) => operation === "granted", titleOf: (action) => action }),
});

describe("the weekly mail", () => {
  test("says the same in plain text as in HTML: every number and every link", async () => {
    const mail = await renderMail(weekly, { ...sample, unsubscribeUrl: "https://daybook.acme.example/unsubscribe/abc" });
    expectSafe(mail, sample.origin);
    expectSameFacts(mail);
    expect(mail.text).toContain("Unsubscribe: https://daybook.acme.example/unsubscribe/abc");
  });

  test("reads as agreed", async () => {
    const { text, subject } = await renderMail(weekly, sample);
    await expect(`Subject: ${subject}\n\n${text}`).toMatchFileSnapshot("__golden__/weekly.txt");
  });

  test("is the same for the same data, so a preview is the mail", async () => {
    expect(await renderMail(weekly, sample)).toEqual(await renderMail(weekly, sample));
  });

  test("stays small and safe with long and hostile names everywhere", async () => {
    const rows = Array.from({ length: 40 }, (_, index) =>
      countRow({
        action: `${index} ${hostile}`,
        operation: index % 2 === 0 ? "granted" : "viewed",
        actorId: `${hostile}${index}`,
        actorName: `${hostile} ${index}`,
        status: index % 4 === 1 ? "failed" : "success",
        count: 10 ** (index % 9),
      }),
    );
    const data = { ...withRows(...rows), organization: { name: hostile, slug: "acme" }, schedule: { name: hostile } };
    const mail = await renderMail(weekly, data);
    expectSafe(mail, sample.origin);
    expectSameFacts(mail);
  });

  test("of a week without events says so instead of showing empty lists", async () => {
    const mail = await renderMail(weekly, withRows());
    expectSafe(mail, sample.origin);
    expect(mail.text).toContain("No events were recorded");
    expect(mail.text).not.toContain("MOST ACTIVE");
  });

  test.each<[string, CountRow[]]>([
    ["3 permission changes, 49 failures — Acme weekly", [countRow({ operation: "granted", count: 3 }), countRow({ status: "failed", count: 49 })]],
    ["1 permission change — Acme weekly", [countRow({ operation: "granted" })]],
    ["1 failure — Acme weekly", [countRow({ status: "failed" })]],
    ["1,204 events, no failures — Acme weekly", [countRow({ count: 1204 })]],
    ["Nothing happened — Acme weekly", []],
  ])("has the subject %j", (subject, rows) => {
    expect(weekly.subject(withRows(...rows))).toBe(subject);
  });
});
