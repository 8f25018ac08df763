import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createConsoleRouter } from "./router.tsx";
import { sessionEnded } from "./shell/session-end.ts";
import { followSystemTheme } from "./shell/theme.ts";
import { doorOf, TRPCProvider, whenSignedOut } from "./trpc.ts";
import "./styles.css";

export function mount(root: HTMLElement): void {
  followSystemTheme();
  const router = createConsoleRouter();
  whenSignedOut(() => {
    // Only pages of an organization have something to lose; the others ask for no session.
    if (router.state.location.pathname.startsWith("/o/")) sessionEnded();
  });
  const door = doorOf(null);
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={door.queryClient}>
        <TRPCProvider trpcClient={door.client} queryClient={door.queryClient}>
          <RouterProvider router={router} />
        </TRPCProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
