import { BookText } from "lucide-react";
import type { ReactNode } from "react";
import { useTitle } from "./page.tsx";

/** The frame of the pages before an organization is open. */
export function FrontDoor({ title, about, wide = false, children }: { title: string; about?: ReactNode; wide?: boolean; children: ReactNode }) {
  useTitle(title);
  return (
    <main className="min-h-full overflow-y-auto bg-surface px-4 py-10 sm:py-[12vh]">
      <div className={`mx-auto ${wide ? "max-w-[640px]" : "max-w-[400px]"}`}>
        <p className="mb-6 flex items-center gap-2 text-section font-semibold">
          <BookText size={20} aria-hidden className="text-accent" />
          Daybook
        </p>
        <div className="rounded-card border bg-bg p-5 sm:p-6">
          <h1 className="text-page">{title}</h1>
          {about && <p className="mt-1 text-ink-2">{about}</p>}
          <div className="mt-5">{children}</div>
        </div>
      </div>
    </main>
  );
}
