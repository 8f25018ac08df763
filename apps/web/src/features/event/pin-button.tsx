import { FilePlus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { IconButton } from "../../ui/button.tsx";

const AddToCase = lazy(async () => ({ default: (await import("../investigate/add-to-case.tsx")).AddToCase }));

/** For whoever works on cases: pins the event to one. */
export function PinButton({ id }: { id: string }) {
  const mayPin = useOrganization().grants.includes("cases:work");
  const [asked, setAsked] = useState(false);
  if (!mayPin) return null;
  return (
    <>
      <IconButton label="Add to a case" aria-haspopup="dialog" onClick={() => setAsked(true)}>
        <FilePlus size={15} aria-hidden />
      </IconButton>
      {asked && (
        <Suspense>
          <AddToCase eventIds={[id]} onDone={() => setAsked(false)} />
        </Suspense>
      )}
    </>
  );
}
