import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";

/** A place to drop a file on; the button does the same without a mouse. */
export function DropZone({ onFile, busy }: { onFile: (file: File) => void; busy: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <section
      aria-label="Choose a file"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file) onFile(file);
      }}
      className={`flex flex-col items-center gap-2 rounded-card border border-dashed px-4 py-10 text-center ${over ? "border-accent bg-selected" : "border-control"}`}
    >
      <FileUp size={22} aria-hidden className="text-ink-3" />
      <p className="text-form">Drop an audit log here</p>
      <p className="max-w-[60ch] text-pretty text-ink-2">
        NDJSON, JSON, CSV or a table with tabs, also compressed with gzip. Whose log it is, is guessed from its records.
      </p>
      <input
        ref={input}
        type="file"
        aria-label="File to import"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) onFile(file);
          event.target.value = "";
        }}
      />
      <Button look="primary" disabled={busy} onClick={() => input.current?.click()}>
        {busy ? "Reading…" : "Choose a file"}
      </Button>
    </section>
  );
}
