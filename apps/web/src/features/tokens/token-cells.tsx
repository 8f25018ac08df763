import type { ReactNode } from "react";
import { StateChip } from "../../ui/status-mark.tsx";
import { Time } from "../../ui/time.tsx";
import { relativeTime } from "../../ui/relative-time.ts";
import { useNow } from "../../ui/use-now.ts";
import { hintWords, stateWords, wordsOfScope, type Token } from "./token-words.ts";

type Used = Pick<Token, "lastUsedAt" | "lastUsedIp">;

/** When and from where; the exact time is on hover. */
export function LastUse({ lastUsedAt, lastUsedIp }: Used) {
  const now = useNow();
  if (lastUsedAt === null) return <span className="text-ink-3">Never</span>;
  return (
    <span title={lastUsedAt} className="whitespace-nowrap">
      {relativeTime(Date.parse(lastUsedAt), now)}
      {lastUsedIp && <span className="block mono text-ink-3">{lastUsedIp}</span>}
    </span>
  );
}

export function Rights({ scopes, children }: { scopes: readonly string[]; children?: ReactNode }) {
  return (
    <div className="min-w-0">
      <span title={scopes.join(", ")}>{scopes.map(wordsOfScope).join(", ")}</span>
      {children}
    </div>
  );
}

export const Note = ({ children }: { children: ReactNode }) => <span className="block text-meta text-ink-3">{children}</span>;

type Dated = Pick<Token, "state" | "hints" | "expiresAt" | "revokedAt">;

/** How it stands, and what an admin may want to do about it. */
export function Standing({ state, hints, expiresAt, revokedAt }: Dated) {
  const until = state === "revoked" ? revokedAt : expiresAt;
  return (
    <div className="flex min-w-0 flex-col items-start gap-1">
      {state !== "active" && <StateChip tone="neutral">{stateWords[state]}</StateChip>}
      {until !== null && (
        <span className="whitespace-nowrap">
          {state === "active" && <span className="text-ink-3">until </span>}
          <Time at={until} as="day" />
        </span>
      )}
      {hints.map((hint) => (
        <span key={hint} title={hintWords[hint].why}>
          <StateChip tone={hint === "never_expires" ? "neutral" : "pending"}>{hintWords[hint].label}</StateChip>
        </span>
      ))}
    </div>
  );
}
