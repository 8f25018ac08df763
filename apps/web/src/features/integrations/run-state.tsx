import type { inferOutput, Trpc } from "../../trpc.ts";
import { StateChip } from "../../ui/status-mark.tsx";

export type Run = inferOutput<Trpc["sources"]["runs"]>[number];

const looks = {
  queued: { tone: "neutral", word: "Queued" },
  running: { tone: "progress", word: "Running" },
  succeeded: { tone: "ok", word: "Succeeded" },
  failed: { tone: "failed", word: "Failed" },
} as const;

export function RunState({ run }: { run: Run }) {
  const { tone, word } = looks[run.state];
  return (
    <span data-run-state={run.state}>
      <StateChip tone={tone}>{word}</StateChip>
    </span>
  );
}
