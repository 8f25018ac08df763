import { useSyncExternalStore } from "react";

interface Known {
  /** Where it is kept. */
  key: string;
  /** The first is what holds while nothing is chosen. */
  values: readonly [string, ...string[]];
}

/** What a reader chose for this browser. It stays in the browser: the server learns nothing of it, and another device knows nothing of it. */
const known = {
  /** Keys without Ctrl, Alt or ⌘. Whoever dictates to the computer turns them off: WCAG 2.1.4. */
  singleKeys: { key: "daybook.single-keys", values: ["on", "off"] },
  density: { key: "daybook.density", values: ["auto", "compact", "cosy", "two-line"] },
  times: { key: "daybook.times", values: ["home", "utc", "mine"] },
  sidebar: { key: "daybook.sidebar", values: ["shown", "hidden"] },
  filters: { key: "daybook.filters", values: ["shown", "hidden"] },
} as const satisfies Record<string, Known>;

export type PreferenceName = keyof typeof known;
export type Preference<N extends PreferenceName> = (typeof known)[N]["values"][number];

const listeners = new Set<() => void>();
/** What was chosen where storage is refused, as in some private windows: it lasts as long as the page. */
const unkept = new Map<PreferenceName, string>();

export function preference<N extends PreferenceName>(name: N): Preference<N> {
  const { key, values } = known[name];
  const chosen = unkept.get(name) ?? recall(key);
  return values.find((value) => value === chosen) ?? values[0];
}

export function choose<N extends PreferenceName>(name: N, value: Preference<N>): void {
  const { key, values } = known[name];
  try {
    if (value === values[0]) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    unkept.delete(name);
  } catch {
    unkept.set(name, value);
  }
  for (const listener of listeners) listener();
}

function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

// Another tab of this browser follows.
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}

export const usePreference = <N extends PreferenceName>(name: N): Preference<N> =>
  useSyncExternalStore(
    subscribe,
    () => preference(name),
    () => known[name].values[0],
  );
