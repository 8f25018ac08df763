import type { AuditEvent } from "@daybook/event";
import { plural } from "../../ui/numbers.ts";
import { Time } from "../../ui/time.tsx";
import { useKept } from "../logs/time/use-kept.ts";
import { useOrganization } from "../../shell/organization.tsx";
import { Section } from "./details-tab.tsx";

const dayMs = 86_400_000;

/** How long this event will be there. Only who may read the policy is told. */
export function RetentionLine({ event }: { event: Pick<AuditEvent, "occurred_at"> }) {
  const { grants } = useOrganization();
  const { days, isKnown } = useKept();
  if (!grants.includes("retention:read") || !isKnown) return null;
  return (
    <Section title="Retention" plain>
      <p data-retention className="text-ink-2">
        {days === null ? (
          "Kept for ever: there is no retention policy."
        ) : (
          <>
            Kept until <Time at={new Date(Date.parse(event.occurred_at) + days * dayMs).toISOString()} as="day" /> by the policy of {plural(days, "day")}.
          </>
        )}
      </p>
    </Section>
  );
}
