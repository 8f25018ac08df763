import { useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useSyncExternalStore } from "react";
import { dismissSessionEnd, isSessionEnded, subscribeToSessionEnd } from "./session-end.ts";

const SessionEndedDialog = lazy(async () => ({ default: (await import("../features/sign-in/session-ended-dialog.tsx")).SessionEndedDialog }));

/** Over whatever page was open when the session ended: its drafts and its address stay as they are. */
export function SessionEnded() {
  const ended = useSyncExternalStore(subscribeToSessionEnd, isSessionEnded);
  const { pathname, href } = useRouterState({ select: ({ location }) => location });
  if (!ended || !pathname.startsWith("/o/")) return null;
  return (
    <Suspense>
      <SessionEndedDialog next={href} onClose={dismissSessionEnd} />
    </Suspense>
  );
}
