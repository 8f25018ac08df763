import { Download } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { CopyTextButton } from "../../ui/copy-button.tsx";
import { Dialog } from "../../ui/dialog.tsx";

/** Shown once, with the ways to keep them. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const text = codes.join("\n");
  const [leaving, setLeaving] = useState(false);
  return (
    <Dialog title="Your recovery codes" onClose={() => setLeaving(true)}>
      <div className="flex flex-col gap-4">
        <p className="text-pretty">
          Each opens your account once, when you do not have your telephone. <strong className="font-medium">This is the only time that they are shown.</strong>{" "}
          Keep them where you keep passwords.
        </p>
        <ul aria-label="Recovery codes" className="grid grid-cols-1 gap-x-6 gap-y-1 rounded-card border bg-surface p-3 font-mono sm:grid-cols-2">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        {leaving && (
          <p role="alert" className="rounded-control bg-chip-failed px-3 py-2 text-failed">
            Once this is closed, nobody can see them again. Say that you have kept them to close it.
          </p>
        )}
        <div className="flex flex-wrap items-center justify-between gap-2">
          <div className="flex flex-wrap gap-2">
            <CopyTextButton text={text} label="Copy all" />
            <a
              href={`data:text/plain;charset=utf-8,${encodeURIComponent(`Daybook recovery codes of ${location.host}\n\n${text}\n`)}`}
              download="daybook-recovery-codes.txt"
              className="inline-flex h-7 items-center gap-1.5 rounded-control border border-control px-2 hover:bg-hover"
            >
              <Download size={14} aria-hidden />
              Download
            </a>
          </div>
          <Button look="primary" onClick={onClose}>
            I have kept them
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
