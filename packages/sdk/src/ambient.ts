import type { DefaultsSource } from "./event.ts";

/** Where the defaults of the work under way are found. */
export interface Ambient {
  run<T>(source: DefaultsSource, work: () => T): T;
  current(): DefaultsSource | undefined;
}

/** Without AsyncLocalStorage: the defaults hold while `work` runs, up to its first `await`. */
export function openSynchronousAmbient(): Ambient {
  let current: DefaultsSource | undefined;
  return {
    run(source, work) {
      const before = current;
      current = source;
      try {
        return work();
      } finally {
        current = before;
      }
    },
    current: () => current,
  };
}
