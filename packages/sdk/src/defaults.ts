import type { DefaultsSource, EventDefaults } from "./event.ts";

/** `over` wins field by field; within `context` and `metadata`, key by key. A field that is `undefined` says nothing. */
export function mergeDefaults<T extends EventDefaults>(under: EventDefaults, over: T): EventDefaults & T {
  const merged: EventDefaults & T = { ...under, ...stated(over) };
  if (under.context && over.context) merged.context = { ...under.context, ...stated(over.context) };
  if (under.metadata && over.metadata) merged.metadata = { ...under.metadata, ...stated(over.metadata) };
  return merged;
}

export const resolve = (source: DefaultsSource): EventDefaults => (typeof source === "function" ? source() : source);

/** The outer context stays a function when it is one, so that it is asked as late as possible. */
export const nest = (outer: DefaultsSource | undefined, inner: DefaultsSource): DefaultsSource =>
  outer === undefined ? inner : () => mergeDefaults(resolve(outer), resolve(inner));

const stated = <T extends object>(values: T): T => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
