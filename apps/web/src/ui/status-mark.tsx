import type { Status } from "@daybook/event";
import { CircleAlert } from "lucide-react";
import { CheckIcon, ClockIcon, CrossIcon, DashesIcon } from "./line-icon.tsx";

/** Silhouettes differ, so that the mark reads without colour; success is quiet, failure is not. */
export const statusLooks = {
  success: { label: "Success", Icon: CheckIcon, ink: "text-ok", chip: "bg-chip-ok text-ok" },
  failed: { label: "Failed", Icon: CrossIcon, ink: "text-failed", chip: "bg-chip-failed text-failed" },
  in_progress: { label: "In progress", Icon: DashesIcon, ink: "text-progress", chip: "bg-chip-progress text-progress" },
  pending_approval: { label: "Pending", Icon: ClockIcon, ink: "text-pending", chip: "bg-chip-pending text-pending" },
} as const satisfies Record<Status, object>;

export function StatusMark({ status, word = true }: { status: Status; word?: boolean }) {
  const { label, Icon, ink } = statusLooks[status];
  return (
    <span className={`inline-flex items-center gap-1 whitespace-nowrap ${status === "success" ? "text-ink-2" : ink}`} title={word ? undefined : label}>
      <Icon size={14} strokeWidth={2.25} className={`shrink-0 ${ink}`} />
      <span className={word ? undefined : "sr-only"}>{label}</span>
    </span>
  );
}

type Tone = "ok" | "alert" | "failed" | "progress" | "pending" | "neutral";

const tones: Record<Tone, string> = {
  ok: "bg-chip-ok text-ok",
  alert: "bg-chip-failed text-failed",
  failed: "bg-chip-failed text-failed",
  progress: "bg-chip-progress text-progress",
  pending: "bg-chip-pending text-pending",
  neutral: "bg-hover text-ink-2",
};
const toneIcons = { ok: CheckIcon, alert: CircleAlert, failed: CrossIcon, progress: DashesIcon, pending: ClockIcon, neutral: null } as const;

/** A state in one word, with the silhouette of its tone. */
export function StateChip({ tone, children }: { tone: Tone; children: string }) {
  const Icon = toneIcons[tone];
  return (
    <span className={`chip inline-flex h-5 items-center gap-1 rounded-chip px-1.5 text-meta font-medium whitespace-nowrap ${tones[tone]}`}>
      {Icon && <Icon size={12} strokeWidth={2.5} aria-hidden />}
      {children}
    </span>
  );
}
