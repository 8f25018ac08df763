import { useState } from "react";
import { signOut } from "../features/sign-in/authentication.ts";
import { Button } from "../ui/button.tsx";
import { FormError } from "../ui/field.tsx";
import { FrontDoor } from "../ui/front-door.tsx";
import type { Session } from "./session.ts";

/** For whoever is signed in and has no organization to open: suspended, removed, or not yet invited. */
export function NoOrganization({ person }: { person: Session["user"] }) {
  const [failed, setFailed] = useState(false);
  const leave = async () => {
    if (await signOut()) location.assign("/sign-in");
    else setFailed(true);
  };
  return (
    <FrontDoor title="No organization is open to you">
      <div className="flex flex-col gap-4" data-state="forbidden">
        <p>
          You are signed in as <span className="font-medium">{person.name}</span> (<span className="[overflow-wrap:anywhere]">{person.email}</span>). Your
          access was suspended or has ended, or nobody has invited you yet. An owner or admin of the organization can change that.
        </p>
        {failed && <FormError>Signing out did not reach the server. Try again.</FormError>}
        <div className="flex flex-wrap gap-2">
          <Button look="primary" onClick={() => location.assign("/")}>
            Look again
          </Button>
          <Button onClick={() => void leave()}>Sign out</Button>
        </div>
      </div>
    </FrontDoor>
  );
}
