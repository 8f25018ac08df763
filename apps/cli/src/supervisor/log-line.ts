const warning = 40;
const levelNames: Record<number, string> = { 40: "warn", 50: "error", 60: "fatal" };
const messageCharactersMax = 2000;

/**
 * What of a process's output a person at the terminal wants to see: warnings and errors of its JSON log, and what it
 * writes to its error output unformatted (a crash). Null for the rest, which is in the log file.
 */
export function terminalLine(line: string, stream: "stdout" | "stderr"): string | null {
  const entry = jsonObject(line);
  if (entry === null) return stream === "stderr" && line.trim() !== "" ? line : null;
  const level = typeof entry["level"] === "number" ? entry["level"] : 0;
  if (level < warning) return null;
  const parts = [levelNames[level] ?? "warn", text(entry["msg"]), text(reason(entry["err"] ?? entry["error"]))];
  return parts
    .filter((part) => part !== "")
    .join("  ")
    .slice(0, messageCharactersMax);
}

function jsonObject(line: string): Record<string, unknown> | null {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function reason(error: unknown): unknown {
  return typeof error === "object" && error !== null && "message" in error ? error.message : error;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
