import { useEffect, useEffectEvent } from "react";

const typing = "input, textarea, select, [contenteditable=true]";
const overlay = "[role=menu], [role=listbox], [data-popover]";

function isBusy(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (event.key === "Escape") return Boolean(target?.closest(`dialog, ${overlay}`));
  return Boolean(target?.closest(`${typing}, dialog, ${overlay}`));
}

/** Single keys of a page. They rest while a field, a menu or a dialog has the focus, and with Ctrl, Alt or ⌘ held.
 * A handler that returns false leaves the key to the browser. */
export function useKeys(keys: Record<string, (event: KeyboardEvent) => boolean | void>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event)) return;
    const act = keys[event.key];
    if (act && act(event) !== false) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}
