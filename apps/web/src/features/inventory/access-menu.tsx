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

/**
 * What somebody may do with one thing, and the way to change or end it. While a change is under way the button is not disabled: the menu gives the focus
 * back to it then, and a disabled button would let it fall.
 */
export function AccessMenu({ who, access, busy, onChoose, onRemove }: AccessMenuProps) {
  return (
    <Menu
      trigger={
        <Button size="dense" aria-disabled={busy} aria-label={`Access of ${who}: ${accessTitles[access]}`}>
          {accessTitles[access]}
          <ChevronDown size={13} aria-hidden />
        </Button>
      }
    >
      <MenuChoice label={`Access of ${who}`} value={access} options={options} onChoose={(next) => next !== access && !busy && onChoose(next)} />
      <MenuLine />
      <MenuItem onSelect={() => !busy && onRemove()}>Take access away</MenuItem>
    </Menu>
  );
}
