import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { Time } from "../../ui/time.tsx";
import { useZone } from "../../ui/zone-context.ts";
import { LogLink } from "./log-link.tsx";
import { expiresAtOf, expiries, overlaps, type Token } from "./token-words.ts";

const asBefore = -1;

/** A new secret for the same token, and how long the old one still works. */
export function RotateTokenDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const zone = useZone();
  const { grants } = useOrganization();
  const [overlapHours, setOverlapHours] = useState(24);
  const [days, setDays] = useState(asBefore);
  const rotate = useMutation(trpc.tokens.rotate.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.tokens.pathFilter()) }));
  if (rotate.data) {
    const { token: secret, formerExpiresAt } = rotate.data;
    return (
      <SecretOnce title={`New secret of ${token.name}`} what="token" secret={secret} onClose={onClose}>
        <p className="text-ink-2">
          {formerExpiresAt ? (
            <>
              The old secret works until <Time at={formerExpiresAt} />. The list shows whether somebody still uses it.
            </>
          ) : (
            "The old secret is refused from now on."
          )}{" "}
          <LogLink id={token.id} />
        </p>
      </SecretOnce>
    );
  }
  return (
    <Dialog title={`Rotate ${token.name}`} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          rotate.mutate({ tokenId: token.id, overlapHours, ...(days !== asBefore && { expiresAt: expiresAtOf(days, zone) }) });
        }}
      >
        <p className="text-ink-2">The token keeps its name, its rights and its history, and gets a new secret, which is shown once.</p>
        <Field
          label="The old secret still works for"
          hint={
            overlapHours === 0 ? "Whoever uses it is refused within five seconds." : "Time to put the new one in place. You can end it earlier, in the list."
          }
        >
          {(control) => (
            <select {...control} className="control" value={overlapHours} onChange={(event) => setOverlapHours(Number(event.target.value))}>
              {overlaps.map(({ hours, label }) => (
                <option key={hours} value={hours}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="The new secret expires">
          {(control) => (
            <select {...control} className="control" value={days} onChange={(event) => setDays(Number(event.target.value))}>
              <option value={asBefore}>{token.expiresAt === null ? "Never, as before" : "After as long as the old one was given"}</option>
              {expiries
                .filter((each) => each.days > 0 || (token.expiresAt !== null && grants.includes("tokens:unexpiring")))
                .map((each) => (
                  <option key={each.days} value={each.days}>
                    {each.label}
                  </option>
                ))}
            </select>
          )}
        </Field>
        {rotate.error && <FormError>{readApiError(rotate.error).message}</FormError>}
        <p className="text-meta text-ink-3">The rotation is recorded in the activity log.</p>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={rotate.isPending}>
            Rotate token
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
