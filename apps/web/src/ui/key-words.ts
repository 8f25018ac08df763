const names: Readonly<Record<string, string>> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  PageDown: "PgDn",
  PageUp: "PgUp",
  " ": "Space",
};

const isApple = (): boolean => typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** What stands on the keys that are pressed: "g a" are two, one after the other; "Mod+k" are two at once. */
export function keyWords(key: string): string[] {
  if (key.length > 1 && key.includes(" ")) return key.split(" ").map(named);
  if (key.startsWith("Mod+")) return isApple() ? ["⌘", key.slice(4).toUpperCase()] : ["Ctrl", key.slice(4).toUpperCase()];
  if (key.startsWith("Shift+")) return ["Shift", named(key.slice(6))];
  return [named(key)];
}

const named = (key: string): string => names[key] ?? key;
