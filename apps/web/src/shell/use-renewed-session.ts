import { useRouter } from "@tanstack/react-router";
import { renewSession } from "./session.ts";

/** After a change of what oneself belongs to or may do: sidebar, grants and names are asked for anew. */
export function useRenewedSession(): () => Promise<void> {
  const router = useRouter();
  return async () => {
    renewSession();
    await router.invalidate();
  };
}
