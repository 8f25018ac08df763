import { isAuditorRole } from "@daybook/policy";
import { EyeOff } from "lucide-react";
import { useOrganization } from "../../shell/organization.tsx";
import { hiddenInWords } from "./auditor-words.ts";

/** Says which fields of an event are not shown, so that nobody takes them for empty. */
export function HiddenFields({ fields }: { fields: readonly string[] }) {
  const { role } = useOrganization();
  return (
    <p role="note" data-hidden-fields className="flex items-start gap-2 rounded-card bg-surface px-3 py-2 text-ink-2">
      <EyeOff size={16} aria-hidden className="mt-0.5 shrink-0" />
      <span>
        {isAuditorRole(role) ? "Hidden by your grant" : "Not shown in full"}: {hiddenInWords(fields)}. The log itself holds them.
      </span>
    </p>
  );
}
