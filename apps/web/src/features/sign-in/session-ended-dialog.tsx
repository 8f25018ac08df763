import { useState } from "react";
import { knownPerson, resumeSession } from "../../shell/session.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { SignInPanel } from "./sign-in-panel.tsx";
import { failedWords } from "./sign-in-words.ts";

/** Signing in again without leaving the page. For somebody else the page is loaded anew: nothing of it is theirs. */
export function SessionEndedDialog({ next, onClose }: { next: string; onClose: () => void }) {
  const [person] = useState(knownPerson);
  return (
    <Dialog title="You are signed out" onClose={onClose}>
      <p className="mb-4 text-pretty text-ink-2">Your session has ended. Sign in again, and the page goes on where you left it.</p>
      <SignInPanel
        next={next}
        {...(person && { known: person.email })}
        onSignedIn={(failed) => {
          if (failed) toast(failedWords(failed, Date.now()));
          void resumeSession(person?.id ?? null).then((same) => (same ? onClose() : location.reload()));
        }}
      />
    </Dialog>
  );
}
