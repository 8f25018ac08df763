import { useQuery } from "@tanstack/react-query";
import { useParams, useRouter } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { forgetSession } from "../../shell/session.ts";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { FormError } from "../../ui/field.tsx";
import { FrontDoor } from "../../ui/front-door.tsx";
import { Skeleton } from "../../ui/state-panel.tsx";
import { Time } from "../../ui/time.tsx";
import { signOut } from "../sign-in/authentication.ts";
import { NewAccountForm } from "./new-account-form.tsx";
import { closedSentence, matchOf, offerSentence } from "./invite-words.ts";
import { useAccept } from "./use-accept.ts";

export type Offer = inferOutput<Trpc["invitations"]["look"]>;

/** What a link from an invitation's mail opens. */
export function InvitePage() {
  const { token } = useParams({ from: "/invite/$token" });
  const trpc = useTRPC();
  const look = useQuery(trpc.invitations.look.queryOptions({ token }, { retry: false, staleTime: 0 }));
  if (look.data) return <OpenPage token={token} offer={look.data} />;
  if (look.isError)
    return (
      <FrontDoor title="Invitation">
        <div className="flex flex-col gap-4" data-state="error">
          <FormError>{readApiError(look.error).message}</FormError>
          {readApiError(look.error).code !== "not_found" && <Button onClick={() => void look.refetch()}>Try again</Button>}
          <SignInLink />
        </div>
      </FrontDoor>
    );
  return (
    <FrontDoor title="Invitation">
      <Skeleton lines={3} />
    </FrontDoor>
  );
}

function OpenPage({ token, offer }: { token: string; offer: Offer }) {
  if (offer.state !== "open")
    return (
      <FrontDoor title={`Join ${offer.organization.name}`}>
        <div className="flex flex-col gap-4" data-state={offer.state}>
          <p role="alert">{closedSentence(offer, offer.state)}</p>
          <SignInLink />
        </div>
      </FrontDoor>
    );
  return (
    <FrontDoor title={`Join ${offer.organization.name}`} about={offerSentence(offer)}>
      <div className="flex flex-col gap-5">
        <dl className="flex flex-col gap-2 rounded-control bg-surface px-3 py-2">
          <Fact label="As">
            {offer.role.title}
            <span className="block text-meta text-ink-2">{offer.role.sentence}</span>
          </Fact>
          {offer.teams.length > 0 && <Fact label="Teams">{offer.teams.join(", ")}</Fact>}
          <Fact label="For">
            <span className="break-all">{offer.email}</span>
          </Fact>
          <Fact label="Until">
            <Time at={offer.expiresAt} />
          </Fact>
        </dl>
        <NextStep token={token} offer={offer} />
      </div>
    </FrontDoor>
  );
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="grid grid-cols-[64px_1fr] gap-2">
    <dt className="text-ink-3">{label}</dt>
    <dd className="min-w-0">{children}</dd>
  </div>
);

function NextStep({ token, offer }: { token: string; offer: Offer }) {
  switch (matchOf(offer)) {
    case "same":
      return <AcceptButton token={token} offer={offer} />;
    case "other":
      return <SwitchAccount token={token} offer={offer} />;
    case "signed_out":
      return <SignInFirst token={token} />;
    case "new":
      return <NewAccountForm token={token} email={offer.email} />;
  }
}

function AcceptButton({ token, offer }: { token: string; offer: Offer }) {
  const { busy, error, accept } = useAccept();
  return (
    <div className="flex flex-col gap-3">
      <p>
        You are signed in as <span className="font-medium">{offer.signedInAs?.name}</span>.
      </p>
      {error !== null && <FormError>{readApiError(error).message}</FormError>}
      <Button look="primary" className="h-9 text-form" disabled={busy} onClick={() => accept({ token })}>
        {busy ? "Joining…" : `Join ${offer.organization.name}`}
      </Button>
    </div>
  );
}

function SignInFirst({ token }: { token: string }) {
  const router = useRouter();
  return (
    <div className="flex flex-col gap-3">
      <p>You have an account with this address. Sign in, and you come back here.</p>
      <Button look="primary" className="h-9 text-form" onClick={() => void router.navigate({ to: "/sign-in", search: { next: `/invite/${token}` } })}>
        Sign in
      </Button>
    </div>
  );
}

function SwitchAccount({ token, offer }: { token: string; offer: Offer }) {
  const router = useRouter();
  const [failed, setFailed] = useState(false);
  const leave = async () => {
    if (!(await signOut())) return setFailed(true);
    forgetSession();
    if (offer.hasAccount) return router.navigate({ to: "/sign-in", search: { next: `/invite/${token}` } });
    // A new account is made on this page, once nobody is signed in.
    location.reload();
  };
  return (
    <div className="flex flex-col gap-3">
      <p role="alert">
        This invitation is for <span className="font-medium break-all">{offer.email}</span>, and you are signed in as{" "}
        <span className="font-medium break-all">{offer.signedInAs?.email}</span>.
      </p>
      {failed && <FormError>Signing out did not work. Try again.</FormError>}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => void leave()}>
          Sign out and switch
        </Button>
        <Button onClick={() => router.history.push("/")}>Stay as {offer.signedInAs?.name}</Button>
      </div>
    </div>
  );
}

function SignInLink() {
  const router = useRouter();
  return (
    <Button className="self-start" onClick={() => router.history.push("/")}>
      Open Daybook
    </Button>
  );
}
