import { Link, Outlet, type LinkProps } from "@tanstack/react-router";

export interface AreaTab {
  label: string;
  link: LinkProps;
}

/** A place of several screens: their names as tabs above, the open one below. Each tab is a page of its own, with its address. */
export function Area({ label, tabs }: { label: string; tabs: readonly AreaTab[] }) {
  return (
    <div className="flex h-full flex-col">
      <nav aria-label={label} className="scroll-thin flex shrink-0 gap-1 overflow-x-auto border-b px-3">
        {tabs.map((tab) => (
          <Link
            key={tab.label}
            {...tab.link}
            activeOptions={{ includeSearch: false }}
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
