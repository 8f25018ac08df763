import { Refusal } from "@daybook/event";
import { credentials, members, secondFactors, signInSteps } from "@daybook/store";
import type { Platform } from "../../platform.ts";
import { recordOfPerson } from "./person-events.ts";

/** For the operator, who knows that somebody lost their telephone and their recovery codes. */
export async function turnOffTwoFactor(platform: Platform, email: string): Promise<void> {
  const person = await members.findUserByEmail(platform.store.platform, email);
  if (!person) throw new Refusal("not_found", `Nobody here has the address "${email}".`);
  await platform.store.platformTransaction(async (tx) => {
    await credentials.lockUser(tx, person.id);
    if (!(await secondFactors.find(tx, person.id))?.confirmedAt) throw new Refusal("conflict", `Two-factor sign-in of "${email}" is off already.`);
    await secondFactors.remove(tx, person.id);
    await signInSteps.forgetAllOf(tx, person.id);
    const changes = { before: { enabled: true }, after: { enabled: false } };
    await recordOfPerson(platform, tx, { person, request: {}, by: "operator" }, { action: "user_two_factor_disabled", changes });
  });
}
