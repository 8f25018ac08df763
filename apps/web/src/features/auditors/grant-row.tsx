import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { wholeNumber } from "../../ui/numbers.ts";
import { Time } from "../../ui/time.tsx";
import { useZone } from "../../ui/zone-context.ts";
import { hiddenInWords, type AuditorGrant } from "./auditor-words.ts";
import { dayAfter, dayOf, endOfDay } from "./grant-days.ts";
import { ScopeWords } from "./scope-words.tsx";

export function GrantRow({ grant }: { grant: AuditorGrant }) {
  const { grants } = useOrganization();
  const [asked, setAsked] = useState<"extend" | "end" | null>(null);
  const close = () => setAsked(null);
  return (
    <tr data-grant={grant.id}>
      <td data-label="Auditor">
        <Auditor grant={grant} />
      </td>
      <td data-label="May see" className="max-w-[360px]">
        <div className="min-w-0">
          <ScopeWords {...grant} />
          {grant.hides.length > 0 && <Note>Hidden: {hiddenInWords(grant.hides)}</Note>}
          <Note>{grant.reason}</Note>
        </div>
      </td>
      <td data-label="Until">
        <div className="min-w-0">
          <Time at={grant.expiresAt} />
          {grant.hasTerms && grant.acceptedAt === null && <span className="block text-meta text-pending">Waits for the terms to be accepted</span>}
        </div>
      </td>
      <td data-label="Exports">{grant.mayExport ? "Allowed" : "No"}</td>
      <td data-label="Reads">
        <Reads grant={grant} />
      </td>
      <td>
        {grants.includes("auditors:manage") && (
          <div className="flex items-center justify-end gap-1">
            <Button size="dense" aria-label={`Extend the access of ${grant.auditor.name}`} onClick={() => setAsked("extend")}>
              Extend…
            </Button>
            <Button size="dense" aria-label={`End the access of ${grant.auditor.name}`} onClick={() => setAsked("end")}>
              End…
            </Button>
          </div>
        )}
        {asked === "extend" && <ExtendDialog grant={grant} onClose={close} />}
        {asked === "end" && <EndDialog grant={grant} onClose={close} />}
      </td>
    </tr>
  );
}

export function EndedRow({ grant }: { grant: AuditorGrant }) {
  return (
    <tr data-grant={grant.id} className="text-ink-2">
      <td data-label="Auditor">
        <Auditor grant={grant} />
      </td>
      <td data-label="Could see" className="max-w-[360px]">
        <div className="min-w-0">
          <ScopeWords {...grant} />
        </div>
      </td>
      <td data-label="Granted">
        <div className="min-w-0">
          <Time at={grant.createdAt} as="day" />
          <Note>by {grant.createdBy}</Note>
        </div>
      </td>
      <td data-label="Ended">
        <div className="min-w-0">
          {grant.endedAt && <Time at={grant.endedAt} />}
          <Note>{grant.endedBy === null ? "ran out" : `by ${grant.endedBy}`}</Note>
        </div>
      </td>
      <td data-label="Reads">
        <Reads grant={grant} />
      </td>
    </tr>
  );
}

const Note = ({ children }: { children: ReactNode }) => <span className="block text-meta text-ink-3">{children}</span>;

const Auditor = ({ grant: { auditor, pending, endedAt } }: { grant: AuditorGrant }) => (
  <div className="min-w-0">
    <span className={`font-medium ${pending ? "break-all" : ""}`}>{auditor.name}</span>
    {!pending && <span className="block text-meta break-all text-ink-2">{auditor.email}</span>}
    {pending && (endedAt === null ? <span className="block text-meta text-pending">Invited, not yet accepted</span> : <Note>Never came</Note>)}
  </div>
);

const Reads = ({ grant }: { grant: AuditorGrant }) => (
  <div className="min-w-0">
    {grant.reads === 0 ? "None yet" : `${wholeNumber(grant.reads)}×`}
    {grant.lastReadAt && (
      <Note>
        last <Time at={grant.lastReadAt} />
      </Note>
    )}
  </div>
);

interface ActProps {
  grant: AuditorGrant;
  onClose: () => void;
}

function useRenewed(onClose: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async () => {
    await queryClient.invalidateQueries(trpc.auditors.pathFilter());
    onClose();
  };
}

function EndDialog({ grant, onClose }: ActProps) {
  const trpc = useTRPC();
  const end = useMutation(trpc.auditors.end.mutationOptions({ onSuccess: useRenewed(onClose) }));
  return (
    <Confirm
      title={`End the access of ${grant.auditor.name}?`}
      act="End access"
      busy={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate({ grantId: grant.id })}
      onClose={onClose}
    >
      {grant.pending
        ? "They will see nothing through this grant once they come. Their invitation stays open; it can be revoked under Members. It is recorded in the activity log."
        : "From the next request on they see nothing through this grant, and what they have open stops. To give it back, grant it anew. It is recorded in the activity log."}
    </Confirm>
  );
}

function ExtendDialog({ grant, onClose }: ActProps) {
  const trpc = useTRPC();
  const zone = useZone();
  const [day, setDay] = useState(dayAfter(dayOf(grant.expiresAt, zone), 30));
  const extend = useMutation(trpc.auditors.extend.mutationOptions({ onSuccess: useRenewed(onClose) }));
  return (
    <Dialog title={`Extend the access of ${grant.auditor.name}`} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          extend.mutate({ grantId: grant.id, expiresAt: endOfDay(day, zone) });
        }}
      >
        <Field label="Until the end of" hint="At most 366 days from the day it was granted.">
          {(control) => (
            <input {...control} type="date" required className="control control-form" value={day} onChange={(event) => setDay(event.target.value)} />
          )}
        </Field>
        {extend.error ? <FormError>{readApiError(extend.error).message}</FormError> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={extend.isPending || day === ""}>
            Extend
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
