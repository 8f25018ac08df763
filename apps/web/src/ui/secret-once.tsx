import { Check, Copy } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { copyText } from "./copy-text.ts";
import { Dialog } from "./dialog.tsx";
import { focusFirst } from "./focus-first.ts";

interface SecretOnceProps {
  title: string;
  /** `token`, `key`, `link`: what is shown. */
  what: string;
  secret: string;
  /** What is worth knowing beside it. */
  children?: ReactNode;
  onClose: () => void;
}

/** Something that can be seen this once: whoever leaves without having copied it is asked whether they mean to. */
export function SecretOnce({ title, what, secret, children, onClose }: SecretOnceProps) {
  const [copied, setCopied] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [failed, setFailed] = useState(false);
  useWarningBeforeLeaving(!copied);
  const copy = () =>
    void copyText(secret).then(
      () => {
        setCopied(true);
        setLeaving(false);
      },
      () => setFailed(true),
    );
  const close = () => (copied ? onClose() : setLeaving(true));
  return (
    <Dialog title={title} onClose={close}>
      <div className="flex flex-col gap-4">
        <p>
          Copy the {what} now. It is stored as a hash and <strong className="font-medium">cannot be shown again</strong>.
        </p>
        <pre
          tabIndex={0}
          aria-label={`The ${what}`}
          data-secret
          onCopy={() => setCopied(true)}
          className="inset-focus rounded-card border bg-surface p-3 leading-5 break-all whitespace-pre-wrap select-all"
        >
          {secret}
        </pre>
        {children}
        <p role="status" className="text-meta empty:sr-only">
          {copied && (
            <span className="inline-flex items-center gap-1 text-ok">
              <Check size={14} aria-hidden /> Copied to the clipboard.
            </span>
          )}
          {failed && !copied && <span className="text-failed">The browser did not let it be copied. Select the text and copy it yourself.</span>}
        </p>
        {leaving && !copied ? (
          <div role="alert" className="flex flex-col gap-3 rounded-card border border-danger p-3">
            <p>You have not copied the {what}. Once this is closed, nobody can see it again; you would have to make another.</p>
            <div className="flex flex-wrap justify-end gap-2">
              <Button look="danger" onClick={onClose}>
                Close without it
              </Button>
              <Button look="primary" onClick={copy}>
                <Copy size={14} aria-hidden /> Copy {what}
              </Button>
            </div>
          </div>
        ) : (
          <div className="flex flex-wrap justify-end gap-2">
            <Button ref={focusFirst} look={copied ? "quiet" : "primary"} onClick={copy}>
              <Copy size={14} aria-hidden /> {copied ? "Copy again" : `Copy ${what}`}
            </Button>
            <Button look={copied ? "primary" : "quiet"} onClick={close}>
              Done
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

/** Closing the tab or following a link takes the secret away as well; the browser words its own question. */
function useWarningBeforeLeaving(active: boolean): void {
  useEffect(() => {
    if (!active) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [active]);
}
