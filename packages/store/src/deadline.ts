import { Refusal } from "@daybook/event";
import { isConnectionError } from "./fence.ts";

/** A half-open socket never answers, and no setting of the driver notices; so nothing waits longer than this for the database. */
const databaseDeadlineMs = 20_000;

/** SQLSTATEs of a server that cannot take the work now: out of disk, memory or connections, starting up, timed out, read-only, or in each other's way. */
const unavailableStates = /^(53|57P|57014|55P03|25006|08|40001|40P01)/;

/** Runs a statement with a deadline; a lost or overloaded database becomes the refusal `unavailable`, never a 500. */
export async function withinDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Refusal("unavailable", "The database did not answer in time. Send the same request again.")), databaseDeadlineMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } catch (error) {
    if (isUnavailable(error)) throw new Refusal("unavailable", "The database is not reachable right now. Send the same request again.");
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function isUnavailable(error: unknown): boolean {
  if (isConnectionError(error)) return true;
  const { code, cause } = (error ?? {}) as { code?: string; cause?: { code?: string } };
  return unavailableStates.test(String(code ?? cause?.code ?? ""));
}
