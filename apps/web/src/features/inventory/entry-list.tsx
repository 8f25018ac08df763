import { accessTitles, type Access } from "@daybook/policy";
import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { AccessMenu } from "./access-menu.tsx";

interface EntryListProps {
  label: string;
  children: ReactNode;
  /** Present while there are more rows than these. */
  onMore?: (() => void) | undefined;
}

export function EntryList({ label, children, onMore }: EntryListProps) {
  return (
    <>
      <ul aria-label={label} className="flex flex-col rounded-card border">
        {children}
      </ul>
      {onMore && (
        <Button className="self-center" onClick={onMore}>
          More
        </Button>
      )}
    </>
  );
}

interface EntryRowProps {
  name: string;
  detail: ReactNode;
  access: Access;
  mayChange: boolean;
  busy: boolean;
  onChoose: (access: Access) => void;
  onRemove: () => void;
}

/** Somebody with access of their own, and what it is. */
export function EntryRow({ name, detail, access, mayChange, busy, onChoose, onRemove }: EntryRowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-2 last:border-0">
      <div className="min-w-0 flex-1">
        <div className="font-medium break-words">{name}</div>
        <div className="flex flex-wrap items-center gap-x-2 text-meta break-all text-ink-2">{detail}</div>
      </div>
      {mayChange ? <AccessMenu who={name} access={access} busy={busy} onChoose={onChoose} onRemove={onRemove} /> : <span>{accessTitles[access]}</span>}
    </li>
  );
}
