import { useState } from "react";
import { MailFrame } from "./mail-frame.tsx";
import { Segmented } from "./segmented.tsx";

const views = [
  { value: "html", label: "Mail" },
  { value: "text", label: "Plain text" },
] as const;

export function MailView({ html, text, title }: { html: string; text: string; title: string }) {
  const [view, setView] = useState<"html" | "text">("html");
  return (
    <div className="flex flex-col gap-3">
      <Segmented label="View" options={views} value={view} onChange={setView} />
      {view === "html" ? (
        <MailFrame html={html} title={title} />
      ) : (
        <pre
          tabIndex={0}
          aria-label={`${title} as plain text`}
          className="scroll-thin inset-focus h-[560px] overflow-auto rounded-card border p-4 leading-5 break-words whitespace-pre-wrap"
        >
          {text}
        </pre>
      )}
    </div>
  );
}
