import { StateChip } from "../../ui/status-mark.tsx";
import type { ImportRun } from "./import-types.ts";

const looks = {
  running: { tone: "progress", word: "Importing" },
  completed: { tone: "ok", word: "Completed" },
  failed: { tone: "failed", word: "Failed" },
  interrupted: { tone: "alert", word: "Interrupted" },
  undoing: { tone: "progress", word: "Being undone" },
  undone: { tone: "neutral", word: "Undone" },
} as const;

export function ImportState({ state }: { state: ImportRun["state"] }) {
  const { tone, word } = looks[state];
  return (
    <span data-import-state={state}>
      <StateChip tone={tone}>{word}</StateChip>
    </span>
  );
}
