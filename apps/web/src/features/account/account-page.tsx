import { useOrganization } from "../../shell/organization.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { MyAccess } from "../connections/my-access.tsx";
import { AccountSection } from "./account-section.tsx";
import { MyKeys } from "./my-keys.tsx";
import { PasskeysSection } from "./passkeys-section.tsx";
import { PasswordSection } from "./password-section.tsx";
import { ProfileSection } from "./profile-section.tsx";
import { SessionsSection } from "./sessions-section.tsx";
import { TwoFactorSection } from "./two-factor-section.tsx";
import { useAccount } from "./use-account.ts";

export function AccountPage() {
  const account = useAccount();
  const { grants } = useOrganization();
  return (
    <Page
      title="Profile and security"
      about="Your own account, in every organization that you are a member of. What changes here stands in the activity log of each of them."
    >
      <QueryPanel query={account} what="Your account">
        {(mine) => (
          <div className="flex flex-col gap-4">
            {mine.proved ? (
              <>
                <ProfileSection />
                <PasswordSection hasPassword={mine.hasPassword} />
                <TwoFactorSection account={mine} />
                <PasskeysSection account={mine} />
              </>
            ) : (
              <AccountSection
                title="You came in by single sign-on"
                about="That proves who you are to this organization alone. To see and change how you sign in, come in with a password or a passkey; a password can be set by mail, on the sign-in page."
              />
            )}
            <SessionsSection sessions={mine.sessions} />
          </div>
        )}
      </QueryPanel>
      {grants.includes("access:own") && <MyAccess />}
      <MyKeys />
    </Page>
  );
}
