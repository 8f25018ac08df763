import { describe, expect, test } from "vitest";
import { renderMail } from "../render.ts";
import { expectSafe, expectSameFacts, hostile } from "../testing/mail-checks.ts";
import { invitationMail } from "./invitation.tsx";

const { sample } = invitationMail;
const origin = "https://daybook.acme.example";

describe("the invitation mail", () => {
  test("reads as agreed: who invites, to what, as what, until when, and where to accept", async () => {
    const mail = await renderMail(invitationMail, sample);
    expectSafe(mail, origin);
    expectSameFacts(mail);
    await expect(`Subject: ${mail.subject}\n\n${mail.text}`).toMatchFileSnapshot("__golden__/invitation.txt");
  });

  test("stays small and safe with long and hostile names", async () => {
    const mail = await renderMail(invitationMail, {
      ...sample,
      organization: { name: hostile, timeZone: "UTC" },
      inviter: { name: hostile, email: hostile },
      teams: Array.from({ length: 50 }, () => hostile),
    });
    expectSafe(mail, origin);
    expectSameFacts(mail);
    expect(mail.text).toContain("and 40 more");
  });

  test("tells a former member that they come back, and names no address that the inviter does not have", async () => {
    const { subject, text } = await renderMail(invitationMail, { ...sample, former: true, teams: [], inviter: { name: "Operator" } });
    expect(subject).toBe("Operator invited you back to Acme on Daybook");
    expect(text).toContain("Operator invited you back to Acme");
    expect(text).not.toMatch(/^Teams:/m);
  });
});
