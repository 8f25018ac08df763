import { useEffect, type ReactNode } from "react";

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Daybook`;
  }, [title]);
}

/** A screen of the console: one heading, one sentence on what it is for, its main action at the right. */
export function Page({ title, about, action, children }: { title: string; about?: ReactNode; action?: ReactNode; children: ReactNode }) {
  useTitle(title);
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-[1080px] flex-col gap-4 px-4 py-5 sm:px-6">
        <header className="flex flex-wrap items-start justify-between gap-3">
          <div className="min-w-0 flex-1 basis-[260px]">
            <h1 className="text-page">{title}</h1>
            {about && <p className="mt-0.5 max-w-[88ch] text-pretty text-ink-2">{about}</p>}
          </div>
          {action}
        </header>
        {children}
      </div>
    </div>
  );
}

export function Card({ children, className = "" }: { children: ReactNode; className?: string }) {
  return <div className={`rounded-card border bg-bg ${className}`}>{children}</div>;
}

/** A label above its value, in rows that wrap. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-meta text-ink-3">{label}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}
