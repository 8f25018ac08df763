import type { LogType } from "@daybook/event";
import { Columns3 } from "lucide-react";
import { Menu, MenuChoice, MenuItem, MenuLine } from "../../../ui/menu.tsx";
import { presetsOf } from "./column-choice.ts";
import { densityFor } from "./grid-layout.ts";
import type { Density } from "../logs-search.ts";
import type { Look } from "./use-look.ts";
import { ViewMenuButton } from "./view-menu-button.tsx";

const densityOptions: readonly { value: Density; label: string }[] = [
  { value: "compact", label: "Compact" },
  { value: "cosy", label: "Cosy" },
  { value: "two-line", label: "Two lines" },
];
const foldOptions = [
  { value: "fold", label: "Begin and end in one row" },
  { value: "unfold", label: "A row for each event" },
] as const;

export interface ViewMenuProps {
  logType: LogType;
  look: Look;
  onColumns: () => void;
}

/** How the list looks. Each choice is in the address, and remembered here. */
export function ViewMenu({ logType, look, onColumns }: ViewMenuProps) {
  const presets = presetsOf(logType).map(({ id, title }) => ({ value: id, label: title }));
  const chosen = look.choice.preset?.id ?? "custom";
  return (
    <Menu openAtFirst trigger={<ViewMenuButton />}>
      <MenuChoice label="Density" value={densityFor(innerWidth, look.density)} options={densityOptions} onChoose={look.setDensity} />
      <MenuLine />
      <MenuChoice
        label="Columns"
        value={chosen}
        options={chosen === "custom" ? [...presets, { value: "custom", label: "Your own" }] : presets}
        onChoose={(id) => id !== "custom" && look.setPreset(id)}
      />
      <MenuItem onSelect={onColumns}>
        <Columns3 size={14} aria-hidden /> Choose columns…
      </MenuItem>
      <MenuLine />
      <MenuChoice label="Operations" value={look.fold ? "fold" : "unfold"} options={foldOptions} onChoose={(value) => look.setFold(value === "fold")} />
    </Menu>
  );
}
