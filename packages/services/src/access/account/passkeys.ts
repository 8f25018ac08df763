import { Refusal } from "@daybook/event";
import { credentials, passkeys, signInSteps } from "@daybook/store";
import { z } from "zod";
import { newId } from "../../context.ts";
import { hashOf } from "../sign-in/secret-text.ts";
import { defineAccountChange } from "./account-change.ts";
import { confirmPerson } from "./confirm-person.ts";

const nameLengthMax = 100;
const passkeysMax = 20;
const challengeLastsMs = 5 * 60_000;
/** What a browser's answer may hold; its parts are read by who knows them. */
const answer = z.record(z.string(), z.unknown());

/** One at a time in each session: asking again replaces the challenge. */
const challengeOf = (sessionId: string): Buffer => hashOf(`new passkey in ${sessionId}`);

/** The challenge for a new passkey. Nothing is there before the browser answered it. */
export const beginPasskey = defineAccountChange({
  name: "account.beginPasskey",
  needs: "account:manage",
  records: "user_passkey_added",
  input: z.object({ password: z.string().optional() }),
  async prepare(platform, account, input) {
    await confirmPerson(platform, account, input.password);
    const known = await passkeys.listOf(platform.store.platform, account.person.id);
    if (known.length >= passkeysMax) throw new Refusal("conflict", `You have ${passkeysMax} passkeys. Remove one that you no longer use.`);
    return account.keys.passkeys.askForNew(account.person, known);
  },
  async run(tx, { person, sessionId }, { options, challenge }, platform) {
    const at = platform.now();
    const expiresAt = new Date(at.getTime() + challengeLastsMs);
    await signInSteps.begin(tx, { tokenHash: challengeOf(sessionId), kind: "passkey_new", userId: person.id, challenge, expiresAt }, { at });
    return { result: { options }, event: null };
  },
});

export const addPasskey = defineAccountChange({
  name: "account.addPasskey",
  needs: "account:manage",
  records: "user_passkey_added",
  input: z.object({ name: z.string().trim().min(1, "name the passkey").max(nameLengthMax), response: answer }),
  async prepare(platform, { person, sessionId, keys }, { name, response }) {
    const step = await signInSteps.take(platform.store.platform, { tokenHash: challengeOf(sessionId), kind: "passkey_new", at: platform.now() });
    if (!step?.challenge || step.userId !== person.id) throw new Refusal("conflict", "This took longer than five minutes. Begin again.");
    const credential = await keys.passkeys.readNew(response, step.challenge);
    if (!credential) throw new Refusal("invalid", "The browser's answer proves no passkey that checks its user with a finger, a face or a PIN.", "response");
    return { name, credential };
  },
  async run(tx, { person }, { name, credential: { publicKey, transports, ...credential } }, platform) {
    const id = newId(platform);
    const made = { ...credential, publicKey: Buffer.from(publicKey), transports: [...transports], id, userId: person.id, name, createdAt: platform.now() };
    if (!(await passkeys.insert(tx, made))) throw new Refusal("conflict", "This passkey is in use already.");
    return { result: { id }, event: { resource: { type: "passkey", id, name }, related_resources: [{ type: "user", id: person.id, name: person.email }] } };
  },
});

export const removePasskey = defineAccountChange({
  name: "account.removePasskey",
  needs: "account:manage",
  records: "user_passkey_removed",
  input: z.object({ id: z.uuid() }),
  prepare: async (_platform, _account, input) => input,
  async run(tx, { person }, { id }) {
    await credentials.lockUser(tx, person.id);
    const removed = await passkeys.remove(tx, { id, userId: person.id });
    if (!removed) throw new Refusal("not_found", "You have no such passkey.");
    if (!(await credentials.hasAny(tx, person.id))) throw new Refusal("conflict", "This passkey is your only way in. Set a password first.");
    return {
      result: { id },
      event: { resource: { type: "passkey", id, name: removed.name }, related_resources: [{ type: "user", id: person.id, name: person.email }] },
    };
  },
});
