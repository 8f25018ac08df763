import { Outlet } from "@tanstack/react-router";
import { CircleHelp, Menu as MenuIcon, PanelLeftClose, Search } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { IconButton } from "../ui/button.tsx";
import { menuOnDemand } from "../ui/menu-on-demand.tsx";
import { keyWords } from "../ui/key-words.ts";
import { usePreference } from "../ui/preferences.ts";
import { AccountButton } from "./account-button.tsx";
import { Barred } from "./barred.tsx";
import { Navigation } from "./navigation.tsx";
import { OfflineBanner } from "./offline-banner.tsx";
import { useOrganization } from "./organization.tsx";
import { OrganizationButton } from "./organization-button.tsx";
import { toggleSidebar, useGlobalKeys } from "./use-global-keys.ts";

const AccountMenu = menuOnDemand(AccountButton, async () => (await import("./account-menu.tsx")).AccountMenu);
const OrganizationSwitcher = menuOnDemand(OrganizationButton, async () => (await import("./organization-switcher.tsx")).OrganizationSwitcher);
const ShortcutSheet = lazy(async () => ({ default: (await import("./shortcut-sheet.tsx")).ShortcutSheet }));
const DemoBanner = lazy(async () => ({ default: (await import("./demo-banner.tsx")).DemoBanner }));
const NavigationSheet = lazy(async () => ({ default: (await import("./navigation-sheet.tsx")).NavigationSheet }));
const Palette = lazy(async () => ({ default: (await import("../features/palette/palette.tsx")).Palette }));

export function AppShell() {
  const [sheet, setSheet] = useState<"shortcuts" | "navigation" | null>(null);
  const [palette, setPalette] = useState(false);
  const organization = useOrganization();
  const sidebar = usePreference("sidebar");
  const close = () => setSheet(null);
  const openPalette = () => setPalette(true);
  useGlobalKeys({ onShortcuts: () => setSheet("shortcuts"), onPalette: openPalette });
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
        {sidebar === "hidden" && (
          <span className="max-md:hidden">
            <IconButton label="Show sidebar" aria-keyshortcuts="[" onClick={toggleSidebar} className="size-8">
              <MenuIcon size={18} aria-hidden />
            </IconButton>
          </span>
        )}
        <OrganizationSwitcher />
        <span className="flex-1" />
        <PaletteButton onOpen={openPalette} />
        <span className="hidden sm:block">
          <IconButton label="Keyboard shortcuts" onClick={() => setSheet("shortcuts")}>
            <CircleHelp size={16} aria-hidden />
          </IconButton>
        </span>
        <AccountMenu onShortcuts={() => setSheet("shortcuts")} />
      </header>
      <OfflineBanner />
      {organization.demo && (
        <Suspense fallback={<div className="h-16 shrink-0 border-b bg-chip-pending sm:h-[37px]" />}>
          <DemoBanner />
        </Suspense>
      )}
      <div className="flex min-h-0 flex-1">
        {sidebar === "shown" && (
          <aside className="scroll-thin hidden w-[188px] shrink-0 flex-col overflow-y-auto border-r bg-surface md:flex">
            <Navigation />
            <span className="flex-1" />
            <button
              type="button"
              aria-keyshortcuts="["
              onClick={toggleSidebar}
              className="inset-focus m-2 flex h-8 shrink-0 items-center gap-2 rounded-control px-2 text-meta text-ink-3 hover:bg-hover hover:text-ink"
            >
              <PanelLeftClose size={16} aria-hidden />
              Hide sidebar
            </button>
          </aside>
        )}
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
      {palette && (
        <Suspense>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
      {sheet === "navigation" && (
        <Suspense>
          <NavigationSheet onClose={close} />
        </Suspense>
      )}
    </div>
  );
}

/** Looks like the field that it opens. */
function PaletteButton({ onOpen }: { onOpen: () => void }) {
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      aria-label="Search or jump"
      onClick={onOpen}
      className="flex h-8 items-center gap-2 rounded-control border-control px-2 text-ink-3 hover:bg-hover hover:text-ink sm:w-[220px] sm:border"
    >
      <Search size={16} aria-hidden className="shrink-0" />
      <span aria-hidden className="flex-1 text-left max-sm:hidden">
        Search or jump
      </span>
      <span aria-hidden className="flex gap-1 max-sm:hidden">
        {keyWords("Mod+k").map((word) => (
          <kbd key={word}>{word}</kbd>
        ))}
      </span>
    </button>
  );
}
