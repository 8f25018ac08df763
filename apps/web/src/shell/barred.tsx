import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { signOut } from "../features/sign-in/authentication.ts";
import { Button } from "../ui/button.tsx";
import { Page } from "../ui/page.tsx";
import { useOrganization, useOpen } from "./organization.tsx";
import type { Organization } from "./session.ts";

const titles: Record<NonNullable<Organization["barred"]>["code"], string> = {
  second_factor_needed: "A second factor is needed",
  single_sign_on_needed: "Sign in with single sign-on",
  sign_in_again: "Sign in again",
};

/** Where the session is not what the organization demands, its pages give way to what to do about it; one's own account stays open. */
export function Barred({ children }: { children: ReactNode }) {
  const { slug, barred } = useOrganization();
  const { pathname } = useLocation();
  return barred && pathname !== `/o/${slug}/account` ? <Guide barred={barred} next={pathname} /> : children;
}

function Guide({ barred, next }: { barred: NonNullable<Organization["barred"]>; next: string }) {
  const { organization } = useOpen();
  const signInAgain = async () => {
    if (await signOut()) location.assign(`/sign-in?${new URLSearchParams({ next }).toString()}`);
  };
  const singleSignOn = `/api/auth/oidc/start?${new URLSearchParams({ organization: organization.slug, next }).toString()}`;
  return (
    <Page title={titles[barred.code]} about={barred.reason}>
      <div data-state="barred" className="flex flex-wrap gap-2">
        {barred.code === "single_sign_on_needed" && (
          <Button look="primary" onClick={() => location.assign(singleSignOn)}>
            Sign in with single sign-on
          </Button>
        )}
        {barred.code === "second_factor_needed" && (
          <Link
            to="/o/$org/account"
            params={{ org: organization.slug }}
            className="inline-flex h-8 items-center rounded-control bg-accent px-3 font-medium text-on-accent hover:brightness-110"
          >
            Turn on a second factor
          </Link>
        )}
        <Button onClick={() => void signInAgain()}>Sign in another way</Button>
      </div>
    </Page>
  );
}
