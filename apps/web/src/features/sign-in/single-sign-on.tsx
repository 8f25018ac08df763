import { singleSignOnProblems } from "@daybook/policy";
import { useSearch } from "@tanstack/react-router";
import { Building2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { findWays, startAddress, type FoundWays } from "./find-ways.ts";

/** What the server said of a sign-in that came to nothing; whatever else stands in the address is told in general words. */
export const problemWords = (problem: string): string =>
  Object.entries(singleSignOnProblems).find(([code]) => code === problem)?.[1] ?? "The sign-in came to nothing. Begin again.";

/** The ways in that organizations set up with a provider of their own. `next` is the path to open afterwards. */
export function SingleSignOn({ next }: { next: string }) {
  const { problem } = useSearch({ strict: false }) as { problem?: string };
  const [open, setOpen] = useState(false);
  return (
    <>
      {problem && !open && <FormError>{problemWords(problem)}</FormError>}
      {open ? (
        <SingleSignOnForm next={next} onBack={() => setOpen(false)} />
      ) : (
        <Button className="h-9 text-form" onClick={() => setOpen(true)}>
          <Building2 size={16} aria-hidden />
          Sign in with single sign-on
        </Button>
      )}
    </>
  );
}

const sentences: Partial<Record<FoundWays["kind"], string>> = {
  none: "There is no single sign-on for this address. Sign in another way.",
  too_many: "Too many attempts. Wait a minute and try again.",
  unreachable: "The server cannot be reached. Try again.",
};

function SingleSignOnForm({ next, onBack }: { next: string; onBack: () => void }) {
  const [email, setEmail] = useState("");
  const [organization, setOrganization] = useState("");
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<FoundWays | null>(null);
  const several = found?.kind === "several_organizations";
  const submit = async () => {
    if (several) return location.assign(startAddress(organization.trim(), next));
    setBusy(true);
    const ways = await findWays(email.trim(), next);
    setBusy(false);
    const only = ways.kind === "providers" && ways.ways.length === 1 ? ways.ways[0] : undefined;
    if (only) location.assign(only.url);
    else setFound(ways);
  };
  const sentence = found && sentences[found.kind];
  return (
    <form
      aria-label="Single sign-on"
      className="flex flex-col gap-3 rounded-card border bg-surface p-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field label="Work e-mail" hint="Its domain tells where you sign in.">
        {(control) => (
          <input
            {...control}
            type="email"
            name="work-email"
            autoComplete="email"
            required
            autoFocus
            className="control control-form"
            value={email}
            onChange={(event) => {
              setEmail(event.target.value);
              setFound(null);
            }}
          />
        )}
      </Field>
      {several && (
        <Field label="Organization" hint="Its name in the address of its pages, such as acme in /o/acme.">
          {(control) => (
            <input
              {...control}
              required
              autoFocus
              autoComplete="organization"
              className="control control-form"
              value={organization}
              onChange={(event) => setOrganization(event.target.value)}
            />
          )}
        </Field>
      )}
      {sentence && <FormError>{sentence}</FormError>}
      {found?.kind === "providers" && (
        <div role="group" aria-label="Providers" className="flex flex-col gap-2">
          {found.ways.map(({ name, url }) => (
            <Button key={url} className="h-9 text-form" onClick={() => location.assign(url)}>
              Continue with {name}
            </Button>
          ))}
        </div>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onBack}>Back</Button>
        <Button type="submit" look="primary" disabled={busy}>
          {busy ? "Looking…" : "Continue"}
        </Button>
      </div>
    </form>
  );
}
