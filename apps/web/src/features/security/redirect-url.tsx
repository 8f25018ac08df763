import { CopyButton } from "../../ui/copy-button.tsx";

/** What has to be entered at the provider. */
export function RedirectUrl({ url }: { url: string }) {
  return (
    <div className="flex flex-col gap-1">
      <span className="text-meta text-ink-3">Redirect URL, to be entered at the provider</span>
      <span className="flex items-start gap-2">
        <code className="mono min-w-0 rounded-control border bg-surface px-2 py-1 break-all">{url}</code>
        <CopyButton text={url} what="the redirect URL" />
      </span>
    </div>
  );
}
