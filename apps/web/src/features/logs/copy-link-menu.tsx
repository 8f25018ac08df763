import { Link2 } from "lucide-react";
import { IconButton } from "../../ui/button.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import type { LinkKind } from "./copy-link.ts";

export function CopyLinkMenu({ onCopy }: { onCopy: (kind: LinkKind) => void }) {
  return (
    <Menu
      openAtFirst
      trigger={
        <IconButton label="Copy link">
          <Link2 size={15} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => onCopy("absolute")}>
        <span className="flex-1">Copy link to this range</span>
        <kbd>c</kbd>
      </MenuItem>
      <MenuItem onSelect={() => onCopy("relative")}>Copy relative link</MenuItem>
    </Menu>
  );
}
