import { isAuditorRole } from "@daybook/policy";
import { lazy, Suspense } from "react";
import { useOrganization } from "../../shell/organization.tsx";

const AuditorBanner = lazy(async () => ({ default: (await import("../auditors/auditor-banner.tsx")).AuditorBanner }));

/** What of the log stands here, where it is not all of it: nobody should take a part for the whole. */
export function ScopeBanner({ team }: { team?: { name: string } | undefined }) {
  const { grants, teams, role } = useOrganization();
  if (isAuditorRole(role)) {
    return (
      <Suspense>
        <AuditorBanner />
      </Suspense>
    );
  }
  const text = team
    ? `The log of ${team.name}. Events about the organization itself are not shown here.`
    : scopeWords({ seesAll: grants.includes("members:read"), teams: teams.filter(isAdministered).map(({ name }) => name) });
  if (text === null) return null;
  return (
    <p role="note" data-scope className="border-b bg-surface px-3 py-1.5 text-meta text-ink-2">
      {text}
    </p>
  );
}

/** Null for whoever sees the whole log. */
export function scopeWords({ seesAll, teams }: { seesAll: boolean; teams: readonly string[] }): string | null {
  if (seesAll) return null;
  if (teams.length === 0) return "You see only your own events: what you did, and what was done on your behalf.";
  return `You see your own events and those of ${inOneSentence(teams)}.`;
}

export const inOneSentence = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;

const isAdministered = ({ seesLog }: { seesLog: boolean }): boolean => seesLog;
