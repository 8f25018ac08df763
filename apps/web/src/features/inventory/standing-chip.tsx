import { StateChip } from "../../ui/status-mark.tsx";

/** Said of whoever was given something and has nothing by it now. */
export function StandingChip({ status }: { status: "active" | "suspended" | "removed" }) {
  if (status === "active") return null;
  return (
    <span title="Has nothing by this until they are active again.">
      <StateChip tone="pending">{status === "suspended" ? "Suspended" : "Former member"}</StateChip>
    </span>
  );
}
