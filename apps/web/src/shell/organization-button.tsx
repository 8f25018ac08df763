import { BookText, ChevronsUpDown } from "lucide-react";
import type { ComponentProps } from "react";
import { useOrganization } from "./organization.tsx";

export const DemoLabel = () => <span className="chip rounded-chip bg-chip-pending px-1.5 text-caption font-medium text-pending">Demo</span>;

export function OrganizationButton(rest: ComponentProps<"button">) {
  const organization = useOrganization();
  return (
    <button
      type="button"
      aria-label={`Organization ${organization.name}${organization.demo ? ", demo" : ""}. Switch organization`}
      className="flex h-8 min-w-0 items-center gap-2 rounded-control px-2 font-semibold hover:bg-hover"
      {...rest}
    >
      <BookText size={16} aria-hidden className="shrink-0 text-accent" />
      <span className="truncate">{organization.name}</span>
      {organization.demo && <DemoLabel />}
      <ChevronsUpDown size={14} aria-hidden className="shrink-0 text-ink-3" />
    </button>
  );
}
