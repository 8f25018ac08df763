import { describe, expect, test } from "vitest";
import { renderMail } from "../render.ts";
import { type AlertData, alertMail } from "./alert.tsx";
import { expectSafe, expectSameFacts, hostile } from "../testing/mail-checks.ts";

const { sample } = alertMail;
const [event] = sample.events;

describe("the alert mail", () => {
  test("says the same in plain text as in HTML: every number and every link", async () => {
    const mail = await renderMail(alertMail, sample);
    expectSafe(mail, sample.origin);
    expectSameFacts(mail);
  });

  test("reads as agreed: who, what, when, why it fired, and the way to act", async () => {
    const { text, subject } = await renderMail(alertMail, sample);
    await expect(`Subject: ${subject}\n\n${text}`).toMatchFileSnapshot("__golden__/alert.txt");
  });

  test("stays small and safe with long and hostile text everywhere", async () => {
    const actor = { type: "agent", id: hostile, name: hostile, email: hostile } as const;
    const fields = Array.from({ length: 50 }, (_, index) => ({ path: `${hostile}.${index}`, before: { deep: [hostile] }, after: hostile }));
    const bad = {
      ...event,
      actor,
      on_behalf_of: [actor],
      action: hostile,
      description: hostile,
      reason: hostile,
      status: "failed" as const,
      error: { message: hostile },
      resource: { type: hostile, id: hostile, name: hostile },
      context: { ip: hostile },
      changes: { fields },
    };
    const data: AlertData = {
      ...sample,
      organization: { ...sample.organization, name: hostile },
      rule: { name: hostile, kindTitle: hostile, severity: "critical", why: hostile },
      incident: { ...sample.incident, title: hostile, eventCount: 5000 },
      events: [bad, ...Array.from({ length: 20 }, (_, index) => ({ ...bad, seq: index }))],
    };
    const mail = await renderMail(alertMail, data);
    expectSafe(mail, sample.origin);
    expectSameFacts(mail);
    expect(mail.text).toContain("and 42 more");
    expect(mail.text).toContain("and 4,995 more");
  });

  test("of an event that knows only its action and its actor's type has no empty lines", async () => {
    const bare = { ...event, actor: { type: "anonymous" as const }, resource: null, reason: null, changes: null, context: {} };
    const { text } = await renderMail(alertMail, { ...sample, events: [bare], incident: { ...sample.incident, eventCount: 1 } });
    expect(text).toContain("Who:     anonymous\n");
    expect(text).not.toMatch(/^(On|From|Reason|Changed):/m);
    expect(text).not.toContain("ALSO IN THIS INCIDENT");
  });

  test("sent as a test says so first", async () => {
    const { subject, text } = await renderMail(alertMail, { ...sample, isTest: true });
    expect(subject).toBe("TEST: 2 permission changes by Alice Jones — Acme alert");
    expect(text.startsWith("TEST: ")).toBe(true);
  });
});
