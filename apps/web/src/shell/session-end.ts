let ended = false;
const listeners = new Set<() => void>();

function become(next: boolean): void {
  if (ended === next) return;
  ended = next;
  for (const listener of listeners) listener();
}

/** The server said that there is no session any more, in the middle of somebody's work. */
export const sessionEnded = (): void => become(true);

/** It is back, or its person reads on without it; the next request asks again. */
export const dismissSessionEnd = (): void => become(false);

export const isSessionEnded = (): boolean => ended;

export function subscribeToSessionEnd(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
