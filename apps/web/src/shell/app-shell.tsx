import { Outlet } from "@tanstack/react-router";
import { CircleHelp, Menu as MenuIcon } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { IconButton } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Barred } from "./barred.tsx";
import { DemoBanner } from "./demo-banner.tsx";
import { Navigation } from "./navigation.tsx";
import { OfflineBanner } from "./offline-banner.tsx";
import { useGoKeys } from "./use-go-keys.ts";

// Menus bring the overlay library. They arrive a moment after the rows, which are what the reader came for.
const AccountMenu = lazy(async () => ({ default: (await import("./account-menu.tsx")).AccountMenu }));
const OrganizationSwitcher = lazy(async () => ({ default: (await import("./organization-switcher.tsx")).OrganizationSwitcher }));
const ShortcutSheet = lazy(async () => ({ default: (await import("./shortcut-sheet.tsx")).ShortcutSheet }));

export function AppShell() {
  const [sheet, setSheet] = useState<"shortcuts" | "navigation" | null>(null);
  const close = () => setSheet(null);
  useGoKeys(() => setSheet("shortcuts"));
  return (
    <div className="flex h-full flex-col">
      <a href="#main" className="absolute top-1 left-1 z-50 -translate-y-16 rounded-control bg-accent px-3 py-2 text-on-accent focus:translate-y-0">
        Skip to content
      </a>
      <header className="flex h-12 shrink-0 items-center gap-1 border-b bg-surface px-2">
        <span className="md:hidden">
          <IconButton label="Open navigation" onClick={() => setSheet("navigation")} className="size-8">
            <MenuIcon size={18} aria-hidden />
          </IconButton>
        </span>
        <Suspense>
          <OrganizationSwitcher />
        </Suspense>
        <span className="flex-1" />
        <span className="hidden sm:block">
          <IconButton label="Keyboard shortcuts" onClick={() => setSheet("shortcuts")}>
            <CircleHelp size={16} aria-hidden />
          </IconButton>
        </span>
        <Suspense>
          <AccountMenu onShortcuts={() => setSheet("shortcuts")} />
        </Suspense>
      </header>
      <OfflineBanner />
      <DemoBanner />
      <div className="flex min-h-0 flex-1">
        <aside className="scroll-thin hidden w-[188px] shrink-0 overflow-y-auto border-r bg-surface md:block">
          <Navigation />
        </aside>
        <main id="main" tabIndex={-1} className="min-h-0 min-w-0 flex-1 focus-visible:outline-none">
          <Barred>
            <Outlet />
          </Barred>
        </main>
      </div>
      {sheet === "shortcuts" && (
        <Suspense>
          <ShortcutSheet onClose={close} />
        </Suspense>
      )}
      {sheet === "navigation" && (
        <Dialog title="Go to" onClose={close}>
          <Navigation onGo={close} />
        </Dialog>
      )}
    </div>
  );
}
