import { useNavigate, useRouter } from "@tanstack/react-router";
import { signOut } from "../features/sign-in/authentication.ts";
import { toast } from "../ui/toast.tsx";
import { forgetSession } from "./session.ts";

/** Out, and to the sign-in page. */
export function useSignOut(): () => Promise<void> {
  const navigate = useNavigate();
  const router = useRouter();
  return async () => {
    if (!(await signOut())) return toast("Signing out did not reach the server. Try again.");
    forgetSession();
    await navigate({ to: "/sign-in" });
    await router.invalidate();
  };
}
