import { Link } from "@tanstack/react-router";
import { signOut } from "../features/sign-in/authentication.ts";
import { Button } from "../ui/button.tsx";
import { Page } from "../ui/page.tsx";
import { useOpen } from "./organization.tsx";
import type { Organization } from "./session.ts";

type Bar = NonNullable<Organization["barred"]>;

const titles: Record<Bar["code"], string> = {
  second_factor_needed: "A second factor is needed",
  single_sign_on_needed: "Sign in with single sign-on",
  sign_in_again: "Sign in again",
};

/** What to do about a session that is not what the organization demands. */
export function BarredGuide({ barred, next }: { barred: Bar; next: string }) {
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
