import { expect, test } from "vitest";
import { renderMail } from "../render.ts";
import { expectSafe, expectSameFacts, hostile } from "../testing/mail-checks.ts";
import { passwordResetMail } from "./password-reset.tsx";

const { sample } = passwordResetMail;

test("the mail for a new password reads as agreed: for whom, the link, how long it works, what if it was somebody else", async () => {
  const mail = await renderMail(passwordResetMail, sample);
  expectSafe(mail, sample.origin);
  expectSameFacts(mail);
  await expect(`Subject: ${mail.subject}\n\n${mail.text}`).toMatchFileSnapshot("__golden__/password-reset.txt");
});

test("an address can put nothing else into it", async () => {
  const mail = await renderMail(passwordResetMail, { ...sample, email: hostile });
  expectSafe(mail, sample.origin);
  expectSameFacts(mail);
});
