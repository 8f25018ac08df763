import { maskedFields } from "@daybook/policy";
import type { MaskedField } from "@daybook/policy";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormEnd } from "../../ui/form-dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { toast } from "../../ui/toast.tsx";
import { useNow } from "../../ui/use-now.ts";
import { useZone } from "../../ui/zone-context.ts";
import { InviteResults } from "../members/invite-results.tsx";
import { fieldWords, usualTerms } from "./auditor-words.ts";
import { CoveredEvents } from "./covered-events.tsx";
import { dayAfter, dayOf, endOfDay, startOf } from "./grant-days.ts";
import { ScopeChoices } from "./scope-choices.tsx";
import type { LogsSearch } from "../logs/logs-search.ts";

interface GrantDialogProps {
  auditors: readonly { id: string; name: string; email: string }[];
  onClose: () => void;
}

/** For so long access is granted unless something else is asked for. */
const usualDays = 30;

export function GrantDialog({ auditors, onClose }: GrantDialogProps) {
  const [invited, setInvited] = useState<{ email: string; id: string; link: string } | null>(null);
  return (
    <Dialog title="Grant access to an auditor" onClose={onClose} wide={invited === null}>
      {invited ? (
        <InviteResults outcomes={[{ outcome: "invited", ...invited }]} onClose={onClose} />
      ) : (
        <GrantForm auditors={auditors} onInvited={setInvited} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface GrantFormProps extends GrantDialogProps {
  /** Somebody was invited, and nobody but who grants carries the link to them. */
  onInvited: (invited: { email: string; id: string; link: string }) => void;
}

function GrantForm({ auditors, onInvited, onClose }: GrantFormProps) {
  const known = useId();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const zone = useZone();
  const now = useNow();
  const today = dayOf(new Date(now).toISOString(), zone);
  const [email, setEmail] = useState(auditors.length === 1 ? (auditors[0]?.email ?? "") : "");
  const isNew = email.includes("@") && !auditors.some((each) => each.email === email.trim().toLowerCase());
  const [search, setSearch] = useState<LogsSearch>({});
  const [first, setFirst] = useState("");
  const [last, setLast] = useState("");
  const [until, setUntil] = useState(dayAfter(today, usualDays));
  const [mayExport, setMayExport] = useState(false);
  const [hides, setHides] = useState<readonly MaskedField[]>([]);
  const [reason, setReason] = useState("");
  const [terms, setTerms] = useState(usualTerms);
  const scope = {
    // As it was typed: what is not understood must be refused, not left out, because that would grant more.
    filter: search.q?.trim() ? { q: search.q.trim() } : {},
    ...(first && { eventsFrom: startOf(first, zone) }),
    ...(last && { eventsTo: endOfDay(last, zone) }),
  };
  const preview = useQuery(trpc.auditors.preview.queryOptions(scope, { placeholderData: keepPreviousData }));
  const grant = useMutation(
    trpc.auditors.grant.mutationOptions({
      onSuccess: async ({ invitation }, asked) => {
        const to = asked?.email ?? "";
        if (invitation?.link) onInvited({ email: to, id: invitation.id, link: invitation.link });
        else onClose();
        if (invitation?.link === null) toast(`An invitation went to ${to}. The access waits until it is accepted.`);
        await Promise.all([queryClient.invalidateQueries(trpc.auditors.pathFilter()), queryClient.invalidateQueries(trpc.invitations.pathFilter())]);
      },
    }),
  );
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        grant.mutate({
          email: email.trim(),
          ...scope,
          expiresAt: endOfDay(until, zone),
          mayExport,
          hides: [...hides],
          reason: reason.trim(),
          terms: terms.trim(),
        });
      }}
    >
      <Field
        label="Auditor"
        hint={
          isNew
            ? "Nobody here has this address as an auditor: an invitation with the role auditor goes out, and the access waits until it is accepted."
            : "The e-mail address of an auditor here, or of somebody to invite as one."
        }
      >
        {(control) => (
          <>
            <input
              {...control}
              type="email"
              required
              maxLength={254}
              list={known}
              autoComplete="off"
              className="control control-form"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
            <datalist id={known}>
              {auditors.map((each) => (
                <option key={each.id} value={each.email}>
                  {each.name}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <ScopeChoices search={search} onChange={setSearch} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Events from" hint="Open: from the beginning of the log.">
          {(control) => <input {...control} type="date" className="control control-form" value={first} onChange={(event) => setFirst(event.target.value)} />}
        </Field>
        <Field label="Events until the end of" hint="Open: also what happens from now on.">
          {(control) => <input {...control} type="date" className="control control-form" value={last} onChange={(event) => setLast(event.target.value)} />}
        </Field>
      </div>
      <CoveredEvents query={preview} />
      <Hides chosen={hides} onChange={setHides} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Access until the end of" hint="At most 366 days.">
          {(control) => (
            <input
              {...control}
              type="date"
              required
              min={today}
              className="control control-form"
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          )}
        </Field>
        <label className="touch flex items-center gap-2 self-center">
          <input type="checkbox" className="accent-accent" checked={mayExport} onChange={(event) => setMayExport(event.target.checked)} />
          May export what they see
        </label>
      </div>
      <Field label="Reason" hint="What the access is for. It stands in the log.">
        {(control) => (
          <input
            {...control}
            required
            maxLength={500}
            autoComplete="off"
            className="control control-form"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <Field label="Terms" hint="The auditor accepts them before the first read. Leave them empty where none are needed.">
        {(control) => (
          <textarea
            {...control}
            rows={3}
            maxLength={10_000}
            className="control control-form h-auto py-2"
            value={terms}
            onChange={(event) => setTerms(event.target.value)}
          />
        )}
      </Field>
      <FormEnd error={grant.error}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={grant.isPending || preview.isError}>
          Grant access
        </Button>
      </FormEnd>
    </form>
  );
}

function Hides({ chosen, onChange }: { chosen: readonly MaskedField[]; onChange: (fields: MaskedField[]) => void }) {
  return (
    <fieldset>
      <legend className="font-medium">Hide from them</legend>
      <div className="mt-1 grid gap-x-4 sm:grid-cols-2">
        {maskedFields.map((field) => (
          <label key={field} className="touch flex min-h-7 items-center gap-2">
            <input
              type="checkbox"
              className="accent-accent"
              checked={chosen.includes(field)}
              onChange={(event) => onChange(event.target.checked ? [...chosen, field] : chosen.filter((each) => each !== field))}
            />
            {fieldWords[field]}
          </label>
        ))}
      </div>
      <p className="text-meta text-ink-3">What one grant hides is hidden in all that its auditor sees, also through another grant.</p>
    </fieldset>
  );
}
