import { useState } from "react";
import { useSearch } from "@tanstack/react-router";
import { FrontDoor } from "../../ui/front-door.tsx";
import { FirstEventStep } from "./first-event-step.tsx";
import { OwnerStep } from "./owner-step.tsx";

export interface CreatedOrganization {
  id: string;
  slug: string;
  token: string;
}

export function SetupPage() {
  const { token } = useSearch({ from: "/setup" });
  const [created, setCreated] = useState<CreatedOrganization | null>(null);
  if (created) {
    return (
      <FrontDoor wide title="Send the first event" about="Step 2 of 2. Paste this into a terminal; the page notices when it arrives.">
        <FirstEventStep created={created} />
      </FrontDoor>
    );
  }
  return (
    <FrontDoor title="Set up Daybook" about="Step 1 of 2. The owner can see and change everything.">
      <OwnerStep setupToken={token ?? ""} onCreated={setCreated} />
    </FrontDoor>
  );
}
