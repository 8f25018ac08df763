import type { AuditEvent } from "@daybook/event";
import { ChevronDown, Copy } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { copyText } from "../../ui/copy-text.ts";
import { Menu, MenuItem, MenuLine } from "../../ui/menu.tsx";
import { toast } from "../../ui/toast.tsx";
import { csvRow, curlText, jsonText, ticketText } from "./event-texts.ts";

interface CopyMenuProps {
  id: string;
  /** Absent while it is on its way: then there is only its address to copy. */
  event: AuditEvent | undefined;
  permalink: string;
  /** The list with this event open in it; absent on the event's own page. */
  link?: () => string;
}

/** The event in every form in which somebody else may need it. */
export function CopyMenu({ id, event, permalink, link }: CopyMenuProps) {
  const copy = (what: string, text: string) => void copyText(text).then(() => toast(`${what} copied.`));
  return (
    <Menu
      trigger={
        <Button size="dense" look="plain" aria-label="Copy the event as…" className="px-1.5">
          <Copy size={14} aria-hidden />
          <ChevronDown size={12} aria-hidden />
        </Button>
      }
    >
      {link && <MenuItem onSelect={() => copy("Link to the event in this list", link())}>Link in this list</MenuItem>}
      <MenuItem onSelect={() => copy("Permalink", permalink)}>Permalink</MenuItem>
      <MenuItem onSelect={() => copy("Event id", id)}>Event id</MenuItem>
      {event && (
        <>
          <MenuLine />
          <MenuItem onSelect={() => copy("Sentence", ticketText(event))}>Sentence for a ticket</MenuItem>
          <MenuItem onSelect={() => copy("JSON", jsonText(event))}>JSON</MenuItem>
          <MenuItem onSelect={() => copy("CSV row", csvRow(event))}>CSV row</MenuItem>
          <MenuItem onSelect={() => copy("cURL command", curlText(event, location.origin))}>cURL command</MenuItem>
        </>
      )}
    </Menu>
  );
}
