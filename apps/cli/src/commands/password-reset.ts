import { Refusal } from "@daybook/event";
import { makePasswordResetLink, resetLinkMinutes } from "@daybook/services";
import { defineCommand } from "./define-command.ts";

export const passwordReset = defineCommand({
  name: "password-reset",
  usage: "password-reset EMAIL",
  options: {},
  async run({ platform, positionals }) {
    const [email] = positionals;
    if (email === undefined) throw new Refusal("invalid", "Say whose password: password-reset EMAIL");
    const link = await makePasswordResetLink(platform, email);
    return {
      json: { link, minutes: resetLinkMinutes },
      lines: [link, `The link works for ${resetLinkMinutes} minutes, once. Give it to nobody but its person.`],
    };
  },
});
