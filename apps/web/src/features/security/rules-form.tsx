import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { renewSession } from "../../shell/session.ts";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { namingValue } from "../../ui/naming-value.ts";
import { Card } from "../../ui/page.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { Switch } from "../../ui/switch.tsx";
import { toast } from "../../ui/toast.tsx";
import { domainsIn } from "./domains-in.ts";

export type Settings = inferOutput<Trpc["security"]["get"]>;

const hoursMax = 8_760;
const daysMax = 3_650;
const displays = [
  { value: "full", label: "In full" },
  { value: "masked", label: "Masked" },
] as const;

/** Everything is saved at once; the server refuses what would lock its author out, and says why. */
export function RulesForm({ settings, mayChange }: { settings: Settings; mayChange: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(settings);
  const [hours, setHours] = useState(settings.sessionHoursMax === null ? "" : String(settings.sessionHoursMax));
  const [domains, setDomains] = useState(settings.invitationDomains.join(", "));
  const [days, setDays] = useState(String(settings.unusedTokenDays));
  const update = useMutation(
    trpc.security.update.mutationOptions({
      onSuccess: async () => {
        toast("The rules are saved.");
        renewSession();
        await queryClient.invalidateQueries(trpc.security.pathFilter());
      },
    }),
  );
  const wanted: Settings = {
    ...draft,
    sessionHoursMax: hours.trim() === "" ? null : Number(hours),
    invitationDomains: domainsIn(domains),
    unusedTokenDays: Number(days),
  };
  const changed = JSON.stringify(wanted) !== JSON.stringify(settings);
  const change = (part: Partial<Settings>) => {
    update.reset();
    setDraft({ ...draft, ...part });
  };
  return (
    <form
      aria-labelledby="sign-in-rules"
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate(wanted);
      }}
    >
      <h2 id="sign-in-rules" className="text-section">
        Sign-in rules
      </h2>
      <Card className="flex flex-col divide-y">
        <Rule
          title="Second factor for everybody"
          about="Who signed in with a password alone sees only their account until they turn one on. Passkeys and single sign-on count."
        >
          <Switch
            label="Second factor for everybody"
            disabled={!mayChange}
            checked={draft.requireTwoFactor}
            onChange={(requireTwoFactor) => change({ requireTwoFactor })}
          />
        </Rule>
        <Rule
          title="Single sign-on only"
          about="Passwords and passkeys no longer open this organization. Owners keep a way in: a passkey, or the password with a second factor."
        >
          <Switch label="Single sign-on only" disabled={!mayChange} checked={draft.ssoOnly} onChange={(ssoOnly) => change({ ssoOnly })} />
        </Rule>
        <Rule title="Addresses" about="How IP addresses are shown to whoever is no owner. Stored addresses stay as they are.">
          {mayChange ? (
            <Segmented label="Addresses" options={displays} value={draft.ipDisplay} onChange={(ipDisplay) => change({ ipDisplay })} />
          ) : (
            <span>{displays.find(({ value }) => value === draft.ipDisplay)?.label}</span>
          )}
        </Rule>
        <div className="grid gap-4 p-4 sm:grid-cols-2">
          <Field label="New sign-in after (hours)" hint="Left empty, as long as the session lasts.">
            {(control) => (
              <input
                {...control}
                type="number"
                min={1}
                max={hoursMax}
                disabled={!mayChange}
                className="control"
                value={hours}
                onChange={(event) => setHours(event.target.value)}
              />
            )}
          </Field>
          <Field label="Point at unused tokens after (days)">
            {(control) => (
              <input
                {...control}
                type="number"
                required
                min={1}
                max={daysMax}
                disabled={!mayChange}
                className="control"
                value={days}
                onChange={(event) => setDays(event.target.value)}
              />
            )}
          </Field>
          <div className="sm:col-span-2">
            <Field label="Domains that may be invited" hint="Parted by commas. Left empty, every address may be invited.">
              {(control) => (
                <input
                  {...control}
                  autoComplete="off"
                  spellCheck={false}
                  placeholder="example.com, example.org"
                  disabled={!mayChange}
                  className="control"
                  value={domains}
                  onChange={(event) => setDomains(event.target.value)}
                />
              )}
            </Field>
          </div>
        </div>
      </Card>
      {update.error && <FormError>{readApiError(namingValue(update.error, update.variables)).message}</FormError>}
      {mayChange && (
        <div>
          <Button type="submit" look="primary" disabled={!changed || update.isPending}>
            {update.isPending ? "Saving…" : "Save rules"}
          </Button>
        </div>
      )}
    </form>
  );
}

function Rule({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 p-4">
      <div className="min-w-0 flex-1 basis-[240px]">
        <h3 className="font-medium">{title}</h3>
        <p className="text-meta text-ink-3">{about}</p>
      </div>
      {children}
    </div>
  );
}
