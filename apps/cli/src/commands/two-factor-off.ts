import { Refusal } from "@daybook/event";
import { turnOffTwoFactor } from "@daybook/services";
import { defineCommand } from "./define-command.ts";

export const twoFactorOff = defineCommand({
  name: "two-factor-off",
  usage: "two-factor-off EMAIL",
  options: {},
  async run({ platform, positionals }) {
    const [email] = positionals;
    if (email === undefined) throw new Refusal("invalid", "Say whose: two-factor-off EMAIL");
    await turnOffTwoFactor(platform, email);
    return {
      json: { email, twoFactor: "off" },
      lines: [`Two-factor sign-in of ${email} is off. Their password alone signs them in until they set it up again.`],
    };
  },
});
