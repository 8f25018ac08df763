import { accessTitles, type Access } from "@daybook/policy";
import { ChevronDown } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { Menu, MenuChoice, MenuItem, MenuLine } from "../../ui/menu.tsx";
import { accessHints, accessOptions } from "./access-words.ts";

interface AccessMenuProps {
  /** Whose access it is, for the button's name. */
  who: string;
  access: Access;
  busy: boolean;
  onChoose: (access: Access) => void;
  onRemove: () => void;
}

const options = accessOptions.map(({ value, label }) => ({
  value,
  label: (
    <span>
      {label} <span className="text-meta text-ink-3">{accessHints[value]}</span>
    </span>
  ),
}));

/** What somebody may do with one thing, and the way to change or end it. */
export function AccessMenu({ who, access, busy, onChoose, onRemove }: AccessMenuProps) {
  return (
    <Menu
      trigger={
        <Button size="dense" disabled={busy} aria-label={`Access of ${who}: ${accessTitles[access]}`}>
          {accessTitles[access]}
          <ChevronDown size={13} aria-hidden />
        </Button>
      }
    >
      <MenuChoice label={`Access of ${who}`} value={access} options={options} onChoose={(next) => next !== access && onChoose(next)} />
      <MenuLine />
      <MenuItem onSelect={onRemove}>Take access away</MenuItem>
    </Menu>
  );
}
