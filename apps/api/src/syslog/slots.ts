/** Lets so many tasks run at once; the others wait in their order. */
export interface Slots {
  within<T>(task: () => Promise<T>): Promise<T>;
}

export function openSlots(max: number): Slots {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    async within(task) {
      if (running >= max) await new Promise<void>((resolve) => void waiting.push(resolve));
      else running += 1;
      try {
        return await task();
      } finally {
        // The slot passes on without being free in between, so nobody can slip in before the first that waits.
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
