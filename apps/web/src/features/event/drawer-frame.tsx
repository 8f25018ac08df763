import type { ReactNode, Ref } from "react";

/** A panel beside the list; over it where there is no room, and the whole screen on a phone. */
export function DrawerFrame({ ref, label = "Event details", children }: { ref?: Ref<HTMLElement>; label?: string; children?: ReactNode }) {
  return (
    <section
      ref={ref}
      tabIndex={-1}
      aria-label={label}
      className="fixed inset-0 z-20 border-l bg-bg focus-visible:outline-none sm:left-auto sm:w-[480px] sm:shadow-overlay lg:static lg:w-[460px] lg:shrink-0 lg:shadow-none 2xl:w-[560px]"
    >
      {children}
    </section>
  );
}
