import { Refusal } from "@daybook/event";
import { credentials, secondFactors, signInSteps } from "@daybook/store";
import type { Tx } from "@daybook/store";
import { z } from "zod";
import type { Platform } from "../../platform.ts";
import { newRecoveryCodes, recoveryCodeHash } from "../sign-in/recovery-codes.ts";
import { base32, stepOfCode, totpSecretBytes, totpUri } from "../sign-in/totp.ts";
import { openTotpSecret, sealTotpSecret } from "../sign-in/totp-secret.ts";
import { defineAccountChange } from "./account-change.ts";
import { confirmPerson, countedAttempt } from "./confirm-person.ts";

const password = z.string().optional();
const codeLengthMax = 20;
const onAlready = new Refusal("conflict", "Two-factor sign-in is on already. Switch it off to set it up anew.");
const isOff = new Refusal("conflict", "Two-factor sign-in is off.");

/** The secret for the authenticator app. Nothing is on before a code of it was shown. */
export const beginTwoFactor = defineAccountChange({
  name: "account.beginTwoFactor",
  needs: "account:manage",
  records: "user_two_factor_enabled",
  input: z.object({ password }),
  async prepare(platform, account, input) {
    await confirmPerson(platform, account, input.password);
    const secret = Buffer.from(platform.random(totpSecretBytes));
    return { secret, sealed: sealTotpSecret(platform, account.person.id, secret) };
  },
  async run(tx, { person }, { secret, sealed }, platform) {
    await credentials.lockUser(tx, person.id);
    if ((await secondFactors.find(tx, person.id))?.confirmedAt) throw onAlready;
    await secondFactors.begin(tx, { userId: person.id, secret: sealed, at: platform.now() });
    return { result: { secret: base32(secret), uri: totpUri(secret, person.email) }, event: null };
  },
});

/** Switches it on. The recovery codes are shown this once. */
export const enableTwoFactor = defineAccountChange({
  name: "account.enableTwoFactor",
  needs: "account:manage",
  records: "user_two_factor_enabled",
  input: z.object({ code: z.string().max(codeLengthMax) }),
  async prepare(platform, { person }, { code }) {
    const begun = await secondFactors.find(platform.store.platform, person.id);
    if (!begun) throw new Refusal("conflict", "Scan the QR code first.");
    if (begun.confirmedAt) throw onAlready;
    const secret = openTotpSecret(platform, begun);
    const step = await countedAttempt(platform, person.id, async () => {
      const found = stepOfCode(secret, code, platform.now());
      if (found === null) throw new Refusal("invalid", "This is not the code that the app shows now. Is the telephone's clock right?", "code");
      return found;
    });
    return { step, sealed: begun.secret };
  },
  async run(tx, { person }, { step, sealed }, platform) {
    await credentials.lockUser(tx, person.id);
    const begun = await secondFactors.find(tx, person.id);
    if (begun?.secret !== sealed || begun.confirmedAt) throw new Refusal("conflict", "It was begun anew somewhere else. Scan the newest QR code.");
    await secondFactors.confirm(tx, person.id, { at: platform.now(), step });
    return {
      result: { recoveryCodes: await giveRecoveryCodes(tx, platform, person.id) },
      event: { changes: { before: { enabled: false }, after: { enabled: true } } },
    };
  },
});

export const disableTwoFactor = defineAccountChange({
  name: "account.disableTwoFactor",
  needs: "account:manage",
  records: "user_two_factor_disabled",
  input: z.object({ password }),
  prepare: (platform, account, input) => confirmPerson(platform, account, input.password),
  async run(tx, { person }) {
    await credentials.lockUser(tx, person.id);
    const wasOn = (await secondFactors.find(tx, person.id))?.confirmedAt;
    await secondFactors.remove(tx, person.id);
    await signInSteps.forgetAllOf(tx, person.id);
    return { result: { enabled: false }, event: wasOn ? { changes: { before: { enabled: true }, after: { enabled: false } } } : null };
  },
});

/** The former codes are worth nothing from here on. */
export const renewRecoveryCodes = defineAccountChange({
  name: "account.renewRecoveryCodes",
  needs: "account:manage",
  records: "user_two_factor_codes_regenerated",
  input: z.object({ password }),
  prepare: (platform, account, input) => confirmPerson(platform, account, input.password),
  async run(tx, { person }, _ready, platform) {
    await credentials.lockUser(tx, person.id);
    if (!(await secondFactors.find(tx, person.id))?.confirmedAt) throw isOff;
    return { result: { recoveryCodes: await giveRecoveryCodes(tx, platform, person.id) }, event: {} };
  },
});

async function giveRecoveryCodes(tx: Tx, platform: Platform, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes(platform);
  await secondFactors.replaceRecoveryCodes(tx, userId, codes.map(recoveryCodeHash));
  return codes;
}
