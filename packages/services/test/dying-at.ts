import type { MailDoor } from "@daybook/outbound";
import type { Platform } from "../src/index.ts";

class InjectedFault extends Error {}

/** Whether a job ended by the fault, alone or among those that a run tells of at its end. */
export const isInjected = (outcome: unknown): boolean =>
  outcome instanceof InjectedFault || (outcome instanceof AggregateError && outcome.errors.length > 0 && outcome.errors.every(isInjected));

/** The platform as it looks to a process that dies at its n-th step. */
export function dyingAt(platform: Platform, step: number): { platform: Platform; survived: () => boolean } {
  let steps = 0;
  const pass = () => {
    steps += 1;
    if (steps >= step) throw new InjectedFault(`died at step ${step}`);
  };
  return { platform: stepped(platform, pass), survived: () => steps < step };
}

const statements = new Set(["insert", "select", "selectDistinct", "update", "delete", "execute"]);

/**
 * A platform that passes a step before each statement, after each commit, and before and after each send and each reading of a folder. Since
 * a statement's effect is undone with its transaction, dying before the next one is dying after it.
 */
export function stepped(platform: Platform, pass: () => void): Platform {
  const watched = <T extends object>(tx: T): T =>
    new Proxy(tx, {
      get(target, key) {
        if (statements.has(String(key))) pass();
        const member = Reflect.get(target, key) as unknown;
        return typeof member === "function" ? member.bind(target) : member;
      },
    });
  const store: Platform["store"] = {
    ...platform.store,
    async transaction(organizationId, runIn) {
      const result = await platform.store.transaction(organizationId, (tx) => runIn(watched(tx)));
      pass();
      return result;
    },
    async platformTransaction(runIn) {
      const result = await platform.store.platformTransaction((tx) => runIn(watched(tx)));
      pass();
      return result;
    },
  };
  const send: MailDoor["send"] = async (message, signal) => {
    pass();
    const receipt = await platform.mail.send(message, signal);
    pass();
    return receipt;
  };
  const read: Platform["folder"]["read"] = async (...wanted) => {
    pass();
    const files = await platform.folder.read(...wanted);
    pass();
    return files;
  };
  return { ...platform, store, mail: { ...platform.mail, send }, folder: { ...platform.folder, read } };
}
