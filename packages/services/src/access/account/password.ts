import { Refusal } from "@daybook/event";
import { credentials, passwordResets, sessions, signInSteps } from "@daybook/store";
import { z } from "zod";
import { newId } from "../../context.ts";
import { newPassword } from "../set-up.ts";
import { defineAccountChange } from "./account-change.ts";
import { confirmPerson } from "./confirm-person.ts";

const changedMeanwhile = new Refusal("conflict", "Your password was changed somewhere else just now. Sign in again.");

/** Ends every other session: whoever knew the old password may have one. */
export const changeMyPassword = defineAccountChange({
  name: "account.changePassword",
  needs: "account:manage",
  records: "user_password_changed",
  input: z.object({ password: z.string().optional(), newPassword }),
  async prepare(platform, account, { password, newPassword: wanted }) {
    if (password === wanted) throw new Refusal("invalid", "This is the password that you have already.", "newPassword");
    const { hash: before } = await confirmPerson(platform, account, password);
    return { before, hash: await account.keys.hashPassword(wanted) };
  },
  async run(tx, { person, sessionId }, { before, hash }, platform) {
    const at = platform.now();
    await credentials.lockUser(tx, person.id);
    if ((await credentials.passwordHashOf(tx, person.id)) !== before) throw changedMeanwhile;
    await credentials.setPassword(tx, { userId: person.id, accountId: newId(platform), hash, at });
    const ended = await sessions.endAll(tx, person.id, { at, but: sessionId });
    await signInSteps.forgetAllOf(tx, person.id);
    await passwordResets.forgetAllOf(tx, person.id);
    return { result: { sessionsEnded: ended }, event: { counts: { sessions: ended } } };
  },
});
