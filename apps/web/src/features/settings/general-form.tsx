import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { renewSession } from "../../shell/session.ts";
import { useRenewedSession } from "../../shell/use-renewed-session.ts";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { toast } from "../../ui/toast.tsx";
import { knownZones } from "../../ui/zone-time.ts";
import { ZonePreview } from "./zone-preview.tsx";

const zones = knownZones();

type Organization = inferOutput<Trpc["organization"]["get"]>;

export function GeneralForm({ organization }: { organization: Organization }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const renew = useRenewedSession();
  const [values, setValues] = useState({ name: organization.name, slug: organization.slug, timeZone: organization.timeZone });
  const set = (change: Partial<typeof values>) => setValues({ ...values, ...change });
  const changed = changesOf(organization, { ...values, name: values.name.trim() });
  const update = useMutation(
    trpc.organization.update.mutationOptions({
      onSuccess: async ({ slug }) => {
        toast("Saved. The change is in the log.");
        await queryClient.invalidateQueries(trpc.organization.pathFilter());
        if (slug === organization.slug) return renew();
        renewSession();
        await navigate({ to: "/o/$org/settings/general", params: { org: slug }, replace: true });
      },
    }),
  );
  return (
    <form
      className="flex max-w-[560px] flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate(changed);
      }}
    >
      <Field label="Name">
        {(control) => (
          <input
            {...control}
            required
            maxLength={100}
            autoComplete="organization"
            className="control control-form"
            value={values.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label="Name in URLs" hint={<SlugHint organization={organization} slug={values.slug} />}>
        {(control) => (
          <div className="flex items-center gap-1">
            <span aria-hidden className="text-ink-3">
              /o/
            </span>
            <input
              {...control}
              required
              maxLength={48}
              pattern="[a-z0-9]+(-+[a-z0-9]+)*"
              title="Small letters, digits and dashes, with no dash at the ends"
              autoComplete="off"
              spellCheck={false}
              className="control control-form mono"
              value={values.slug}
              onChange={(event) => set({ slug: event.target.value.toLowerCase() })}
            />
          </div>
        )}
      </Field>
      <Field label="Time zone" hint="Times on every screen and the days of charts are in this zone. Schedules of reports keep their own.">
        {(control) => <Combobox {...control} value={values.timeZone} options={zones} onChange={(timeZone) => set({ timeZone })} />}
      </Field>
      <ZonePreview zone={values.timeZone} />
      {update.isError && <FormError>{readApiError(update.error).message}</FormError>}
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={update.isPending || Object.keys(changed).length === 0}>
          {update.isPending ? "Saving…" : "Save"}
        </Button>
      </div>
    </form>
  );
}

function SlugHint({ organization, slug }: { organization: Organization; slug: string }) {
  if (slug !== organization.slug) return <>Links with “{organization.slug}” keep working: they lead to the new name.</>;
  if (organization.formerSlugs.length === 0) return <>It stands in every link. Links with an earlier name keep working.</>;
  return <>Links with {organization.formerSlugs.map((each) => `“${each}”`).join(", ")} lead here as well.</>;
}

/** Only what is different is sent, so that what somebody else changed meanwhile stays. */
function changesOf(before: Organization, after: Pick<Organization, "name" | "slug" | "timeZone">): Partial<Pick<Organization, "name" | "slug" | "timeZone">> {
  return {
    ...(after.name !== before.name && { name: after.name }),
    ...(after.slug !== before.slug && { slug: after.slug }),
    ...(after.timeZone !== before.timeZone && { timeZone: after.timeZone }),
  };
}
