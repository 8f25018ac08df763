const kept = 20;

/** What this reader searched for on this device, newest first; a device that keeps nothing has no history. */
export function readHistory(key: string): readonly string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string").slice(0, kept) : [];
  } catch {
    return [];
  }
}

export function addToHistory(key: string, text: string): void {
  if (text === "") return;
  try {
    localStorage.setItem(key, JSON.stringify([text, ...readHistory(key).filter((each) => each !== text)].slice(0, kept)));
  } catch {
    // Storage may be full or switched off; a search does not depend on it.
  }
}

/** Whoever signs in next on this device does not see it. */
export const historyKey = (organizationId: string, userId: string): string => `daybook.searches.${organizationId}.${userId}`;
