import type { KnownAction } from "@daybook/catalog";
import type { EventContext } from "@daybook/event";
import type { Tx } from "@daybook/store";
import type { z } from "zod";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { demand, parseInput } from "../../verb.ts";
import type { Guarded, Recorded } from "../../verb.ts";
import { demandOwnProof } from "../own-proof.ts";
import type { SignInKeys } from "../sign-in/keys.ts";
import { recordOfPerson } from "../sign-in/person-events.ts";
import type { Person } from "../viewers.ts";

/** Who changes their own account, in which of their sessions. */
export interface Account {
  person: Person;
  sessionId: string;
  request: EventContext;
  keys: SignInKeys;
}

/**
 * A change of one's own account. It is a verb like others, but belongs to no organization: its event stands in the log of each that its person is a
 * member of, in the transaction of the change.
 */
export interface AccountChange<Input, Ready, Result, Raw = unknown> extends Guarded {
  records: KnownAction;
  input: z.ZodType<Input, Raw>;
  /** What is slow, or counts although it is refused: before the transaction. */
  prepare(platform: Platform, account: Account, input: Input): Promise<Ready>;
  /** `null` for the event means that nothing changed. */
  run(tx: Tx, account: Account, ready: Ready, platform: Platform): Promise<{ result: Result; event: Recorded | null }>;
}

export const defineAccountChange = <Input, Ready, Result, Raw>(
  definition: AccountChange<Input, Ready, Result, Raw>,
): AccountChange<Input, Ready, Result, Raw> => definition;

export async function performOnAccount<Input, Ready, Result>(
  platform: Platform,
  context: Context,
  account: Account,
  change: AccountChange<Input, Ready, Result>,
  input: unknown,
): Promise<Result> {
  await demand(platform, context, change, input);
  demandOwnProof(context.viewer, "to change your account");
  const ready = await change.prepare(platform, account, parseInput(change.input, input));
  return platform.store.platformTransaction(async (tx) => {
    const { result, event } = await change.run(tx, account, ready, platform);
    if (event) await recordOfPerson(platform, tx, account, { action: change.records, ...event });
    return result;
  });
}
