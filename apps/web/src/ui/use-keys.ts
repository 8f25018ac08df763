import { useEffect, useRef } from "react";
import type { KeyArea, KeyOf } from "./key-map.ts";
import { preference } from "./preferences.ts";

/** A handler that returns false leaves the key to whoever comes next, and at last to the browser. */
export type KeyHandler = (event: KeyboardEvent) => boolean | void;

interface Bound {
  area: KeyArea;
  handler: (key: string) => KeyHandler | undefined;
  keys: () => string[];
}

/** In the order in which their parts came onto the page. */
const bound: Bound[] = [];
const secondKeyMs = 1200;
let armed: { key: string; at: number } | null = null;

/** Keys of a part of the page, by the names of the key map. They rest while a field, a menu or a dialog has the focus. */
export function useKeys<A extends KeyArea>(area: A, keys: Partial<Record<KeyOf<A>, KeyHandler>>): void {
  const latest = useRef(keys as Partial<Record<string, KeyHandler>>);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const mine: Bound = { area, handler: (key) => latest.current[key], keys: () => Object.keys(latest.current) };
    if (bound.push(mine) === 1) document.addEventListener("keydown", onKeyDown);
    return () => {
      bound.splice(bound.indexOf(mine), 1);
      if (bound.length === 0) document.removeEventListener("keydown", onKeyDown);
    };
  }, [area]);
}

/** What a key of a place does now, for lists that offer it in words. */
export function actHere(area: KeyArea, key: string): (() => void) | null {
  const act = bound.findLast((each) => each.area === area && each.handler(key))?.handler(key);
  return act ? () => void act(new KeyboardEvent("keydown", { key })) : null;
}

/** The places whose keys work now. */
export const areasHere = (): ReadonlySet<KeyArea> => new Set(bound.map(({ area }) => area));

/** What came last stands on top; what works everywhere comes after what the page itself knows. */
function inTurn(): Bound[] {
  const last = bound.toReversed();
  return [...last.filter(({ area }) => area !== "everywhere"), ...last.filter(({ area }) => area === "everywhere")];
}

function onKeyDown(event: KeyboardEvent): void {
  const key = nameOf(event);
  if (key === null || event.defaultPrevented || isBusy(event)) return;
  if (isCharacter(key) && preference("singleKeys") === "off") return;
  const both = armed && performance.now() - armed.at <= secondKeyMs ? `${armed.key} ${key}` : null;
  armed = null;
  if ((both !== null && press(both, event)) || press(key, event)) event.preventDefault();
  else if (bound.some(({ keys }) => keys().some((each) => each.startsWith(`${key} `)))) armed = { key, at: performance.now() };
}

function press(key: string, event: KeyboardEvent): boolean {
  return inTurn().some(({ handler }) => {
    const act = handler(key);
    return act !== undefined && act(event) !== false;
  });
}

/** By its name in the key map; null for what is no key of ours, and for a modifier alone, which must not part `g` from what follows. */
function nameOf({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): string | null {
  if (altKey || ["Shift", "Control", "Alt", "Meta", "AltGraph"].includes(key)) return null;
  return ctrlKey || metaKey ? `Mod+${key.toLowerCase()}` : key;
}

// A space selects the row that has the focus: such a key falls under no rule of WCAG 2.1.4.
const isCharacter = (key: string): boolean => key.length === 1 && key !== " ";

// Letters mean nothing to a box that is ticked: who has just ticked one goes on by the keys of the page.
const typing = "input:not([type=checkbox]), textarea, select, [contenteditable=true]";
const overlay = "[role=menu], [role=listbox], [data-popover]";

function isBusy({ key, target, ctrlKey, metaKey }: KeyboardEvent): boolean {
  const at = target instanceof Element ? target : null;
  if (ctrlKey || metaKey) return Boolean(at?.closest("dialog"));
  if (key === "Escape") return Boolean(at?.closest(`dialog, ${overlay}`));
  return Boolean(at?.closest(`${typing}, dialog, ${overlay}`));
}
