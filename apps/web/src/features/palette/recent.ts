const key = "daybook.palette";
const keptMax = 8;

/** What was chosen here before, the last first. */
export function recentChoices(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string").slice(0, keptMax) : [];
  } catch {
    return [];
  }
}

export function rememberChoice(id: string): void {
  try {
    localStorage.setItem(key, JSON.stringify([id, ...recentChoices().filter((each) => each !== id)].slice(0, keptMax)));
  } catch {
    // Without storage nothing is remembered, and everything is found by typing all the same.
  }
}
