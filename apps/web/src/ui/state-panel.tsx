import { features } from "@daybook/policy";
import { CircleAlert, Lock } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { CopyTextButton } from "./copy-button.tsx";
import { readApiError } from "./api-error.ts";
import { useNow } from "./use-now.ts";

/** Why there is nothing, and the one thing to do about it. */
export function EmptyPanel({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-[520px] flex-col items-center gap-2 px-6 py-14 text-center">
      <h2 className="text-section">{title}</h2>
      {children && <div className="text-ink-2">{children}</div>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

interface ErrorPanelProps {
  error: unknown;
  what: string;
  onRetry: () => void;
  dense?: boolean;
}

export function ErrorPanel({ error, what, onRetry, dense = false }: ErrorPanelProps) {
  const now = useNow();
  const { message, requestId, code } = readApiError(error);
  if (code === "not_in_plan") return <GatedPanel sentence={message} dense={dense} />;
  const details = JSON.stringify({ what, code, message, requestId, at: new Date(now).toISOString(), page: location.pathname });
  return (
    <div role="alert" className={`flex flex-wrap items-center gap-x-3 gap-y-2 ${dense ? "px-3 py-2" : "m-4 rounded-card border border-danger p-4"}`}>
      <CircleAlert size={16} aria-hidden className="shrink-0 text-failed" />
      <p className="min-w-0 flex-1 basis-[220px]">
        <strong className="font-medium">{what} could not be loaded.</strong> {message}
        {requestId && (
          <span className="block text-meta text-ink-3">
            Request <code>{requestId}</code>
          </span>
        )}
      </p>
      <Button size="dense" onClick={onRetry}>
        Retry
      </Button>
      <CopyTextButton text={details} label="Copy details" />
    </div>
  );
}

/** What the plan leaves out: the sentence that the API gives as well, and what would be here. */
function GatedPanel({ sentence, dense = false }: { sentence: string; dense?: boolean }) {
  const feature = Object.values(features).find((each) => sentence.startsWith(each.sentence));
  return (
    <div data-state="gated" className={`mx-auto flex max-w-[520px] flex-col items-center gap-2 px-6 text-center ${dense ? "py-3" : "py-14"}`}>
      <Lock size={20} aria-hidden className="text-ink-3" />
      <h2 className="text-section">{feature ? feature.title : "Not in the plan"}</h2>
      {feature && !dense && <p>Here would be {feature.offers}.</p>}
      <p className="text-ink-2">{sentence}</p>
    </div>
  );
}

/** Lines in the geometry of what is coming; they appear after 150 ms only. */
export function Skeleton({ lines = 6, height = 40 }: { lines?: number; height?: number }) {
  return (
    <div aria-busy="true" aria-label="Loading" role="status" className="flex flex-col gap-2 p-4">
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className="skeleton" style={{ height, opacity: 1 - index / (lines + 2) }} />
      ))}
    </div>
  );
}
