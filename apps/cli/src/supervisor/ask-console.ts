import { setTimeout as pause } from "node:timers/promises";

const answerMsMax = 2000;
const pollMs = 100;

/** Whether something answers there with success. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerMsMax), redirect: "manual" });
    await response.body?.cancel();
    return response.status < 400;
  } catch {
    return false;
  }
}

/** Waits until it answers; false when the time is over or nobody needs it any more. */
export async function untilAnswers(url: string, withinMs: number, given: { up: () => boolean }): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    if (await answers(url)) return true;
    if (given.up()) return false;
    await pause(pollMs);
  }
  return false;
}

/** Whether nobody has created the owner's account yet. An API that does not tell counts as set up. */
export async function needsSetup(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/trpc/setup.status`, { signal: AbortSignal.timeout(answerMsMax) });
    const body = (await response.json()) as { result?: { data?: { needed?: unknown } } };
    return body.result?.data?.needed === true;
  } catch {
    return false;
  }
}
