import { useRouter, useSearch } from "@tanstack/react-router";
import { forgetSession } from "../../shell/session.ts";
import { FrontDoor } from "../../ui/front-door.tsx";
import { toast } from "../../ui/toast.tsx";
import { safeNext } from "./safe-next.ts";
import { SignInPanel } from "./sign-in-panel.tsx";
import { failedWords } from "./sign-in-words.ts";

export function SignInPage() {
  const { next } = useSearch({ from: "/sign-in" });
  const router = useRouter();
  const path = safeNext(next, location.origin);
  return (
    <FrontDoor title="Sign in">
      <SignInPanel
        next={path}
        onSignedIn={(failed) => {
          forgetSession();
          if (failed) toast(failedWords(failed, Date.now()));
          router.history.push(path);
        }}
      />
    </FrontDoor>
  );
}
