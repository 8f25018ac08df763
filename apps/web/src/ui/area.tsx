import { Link, Outlet, useLocation, type LinkProps } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

export interface AreaTab {
  label: string;
  link: LinkProps;
  /** Only at its very address: for the first of tabs whose addresses begin with its own. */
  exact?: boolean;
}

/** A place of several screens: their names as tabs above, the open one below. Each tab is a page of its own, with its address. */
export function Area({ label, tabs }: { label: string; tabs: readonly AreaTab[] }) {
  const nav = useRef<HTMLElement>(null);
  const pathname = useLocation({ select: (location) => location.pathname });
  // On a phone the open tab may lie outside of what is seen of them.
  useEffect(() => {
    nav.current?.querySelector("[data-status=active]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [pathname]);
  return (
    <div className="flex h-full flex-col">
      <nav ref={nav} aria-label={label} className="scroll-thin flex shrink-0 gap-1 overflow-x-auto border-b px-3">
        {tabs.map((tab) => (
          <Link
            key={tab.label}
            {...tab.link}
            activeOptions={{ includeSearch: false, exact: tab.exact ?? false }}
            className="inset-focus -mb-px flex h-9 items-center border-b-2 border-transparent px-2 whitespace-nowrap text-ink-2 hover:text-ink data-[status=active]:border-accent data-[status=active]:font-medium data-[status=active]:text-ink"
          >
            {tab.label}
          </Link>
        ))}
      </nav>
      <div className="min-h-0 flex-1">
        <Outlet />
      </div>
    </div>
  );
}
