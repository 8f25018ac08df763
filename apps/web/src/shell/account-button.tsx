import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { useOpen } from "./organization.tsx";

export function AccountButton({ onShortcuts: _onShortcuts, ...rest }: ComponentProps<"button"> & { onShortcuts?: () => void }) {
  const { user } = useOpen().session;
  return (
    <button type="button" aria-label={`Account menu of ${user.name}`} className="flex h-8 items-center gap-2 rounded-control px-1.5 hover:bg-hover" {...rest}>
      <span aria-hidden className="grid size-6 place-items-center rounded-full bg-selected text-meta font-semibold text-accent">
        {user.name.charAt(0).toUpperCase()}
      </span>
      <span className="hidden max-w-[160px] truncate sm:inline">{user.name}</span>
      <ChevronDown size={14} aria-hidden className="text-ink-3" />
    </button>
  );
}
