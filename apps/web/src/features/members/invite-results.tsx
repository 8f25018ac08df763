import { Check, CircleAlert } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { CopyTextButton } from "../../ui/copy-button.tsx";
import { plural } from "../../ui/numbers.ts";
import { invitedCount, type InviteOutcome } from "./member-words.ts";

/** Each address told apart: who was invited, and why the others were not. */
export function InviteResults({ outcomes, onClose }: { outcomes: readonly InviteOutcome[]; onClose: () => void }) {
  const invited = invitedCount(outcomes);
  const handedOver = outcomes.some((outcome) => "link" in outcome && outcome.link !== null);
  return (
    <div className="flex flex-col gap-3">
      {/* The form that had the focus is gone; what became of it is read out. */}
      <p tabIndex={-1} ref={(sentence) => sentence?.focus()}>
        {invited === 0 ? "Nobody was invited." : `${plural(invited, "invitation")} ${handedOver ? "made" : "sent"}.`}{" "}
        {handedOver && "No mail server is set up: hand each link over yourself. Whoever opens it joins as that person; it is shown this once."}
      </p>
      <ul className="flex flex-col divide-y rounded-control border">
        {outcomes.map((outcome) => (
          <li key={outcome.email} className="flex flex-wrap items-center gap-2 px-3 py-2">
            {"id" in outcome ? (
              <>
                <Check size={14} aria-hidden className="text-ok" />
                <span className="min-w-0 flex-1">
                  <span className="break-all">{outcome.email}</span>
                  <span className="block text-meta text-ink-3">{outcome.outcome === "reinvited" ? "Invited again" : "Invited"}</span>
                </span>
                {outcome.link !== null && <CopyTextButton text={outcome.link} label="Copy link" />}
              </>
            ) : (
              <>
                <CircleAlert size={14} aria-hidden className="text-pending" />
                <span className="min-w-0 flex-1 break-words">{outcome.sentence}</span>
              </>
            )}
          </li>
        ))}
      </ul>
      <div className="flex justify-end">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
