import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc.ts";
import { Time } from "../../ui/time.tsx";
import { hiddenInWords } from "./auditor-words.ts";
import { ScopeWords } from "./scope-words.tsx";

/** What of the log an auditor has before them, until when, and that their reads are recorded. */
export function AuditorBanner() {
  const trpc = useTRPC();
  const grants = useQuery(trpc.auditors.mine.queryOptions());
  const held = grants.data?.filter(({ inForce }) => inForce) ?? [];
  if (held.length === 0) return null;
  const hidden = [...new Set(held.flatMap(({ hides }) => hides))];
  return (
    <div role="note" data-scope className="border-b bg-surface px-3 py-1.5 text-meta text-ink-2">
      <p>You are an auditor here: you see what your {held.length === 1 ? "grant covers" : "grants cover"}, and each of your reads is recorded.</p>
      <ul>
        {held.map((grant) => (
          <li key={grant.id}>
            <ScopeWords {...grant} /> · until <Time at={grant.expiresAt} />
            {grant.mayExport ? " · exports allowed" : ""}
          </li>
        ))}
      </ul>
      {hidden.length > 0 && <p>Hidden from you: {hiddenInWords(hidden)}.</p>}
    </div>
  );
}
