import type { CatalogRow } from "./catalog-rows.ts";

const severityLooks = {
  routine: null,
  notable: "bg-chip-pending text-pending",
  critical: "bg-chip-failed text-failed",
} as const;

/** Routine is quiet; what should be looked at is not. */
export function SeverityBadge({ severity }: { severity: CatalogRow["severity"] }) {
  const look = severity && severityLooks[severity];
  if (!look) return <span className="text-ink-3">{severity === null ? "–" : "Routine"}</span>;
  return <Badge look={look}>{severity === "critical" ? "Critical" : "Notable"}</Badge>;
}

export function ScopeBadge({ scope }: { scope: CatalogRow["scope"] }) {
  if (scope === "owners") return <Badge look="bg-chip-sensitive text-sensitive">Owners</Badge>;
  if (scope === "organization") return <Badge look="bg-chip-sensitive text-sensitive">Organization</Badge>;
  return <span className="text-ink-3">{scope === null ? "–" : "Team"}</span>;
}

export const CustomBadge = () => <Badge look="bg-chip-progress text-progress">Custom</Badge>;

const Badge = ({ look, children }: { look: string; children: string }) => (
  <span className={`chip inline-flex h-5 shrink-0 items-center rounded-chip px-1.5 text-meta font-medium whitespace-nowrap ${look}`}>{children}</span>
);
