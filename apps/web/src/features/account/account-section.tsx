import type { ReactNode } from "react";
import { Card } from "../../ui/page.tsx";

/** One part of the account: what it is, what it is for, and its action. */
export function AccountSection({ title, about, action, children }: { title: string; about?: ReactNode; action?: ReactNode; children?: ReactNode }) {
  return (
    <Card className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-[260px]">
          <h2 className="text-section">{title}</h2>
          {about && <p className="mt-0.5 max-w-[80ch] text-pretty text-ink-2">{about}</p>}
        </div>
        {action}
      </div>
      {children}
    </Card>
  );
}
