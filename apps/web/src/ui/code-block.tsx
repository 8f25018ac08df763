import { CopyButton } from "./copy-button.tsx";

export function CodeBlock({ code, what }: { code: string; what: string }) {
  return (
    <div className="relative rounded-card border bg-surface">
      <pre tabIndex={0} aria-label={what} className="scroll-thin inset-focus overflow-x-auto rounded-card p-3 pr-10 leading-5 whitespace-pre">
        {code}
      </pre>
      <CopyButton text={code} what={what} className="absolute top-2 right-2 bg-surface" />
    </div>
  );
}
