import { AsyncLocalStorage } from "node:async_hooks";
import type { Ambient } from "./ambient.ts";
import type { DefaultsSource } from "./event.ts";

/** The defaults follow the work through every `await`, timer and callback. */
export function openAsyncAmbient(): Ambient {
  const storage = new AsyncLocalStorage<DefaultsSource>();
  return { run: (source, work) => storage.run(source, work), current: () => storage.getStore() };
}
