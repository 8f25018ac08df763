import type { LucideIcon } from "lucide-react";

/** One thing that the palette can do. */
export interface PaletteItem {
  /** The same in every session, so that a choice can be remembered. */
  id: string;
  kind: "On this page" | "Pages" | "Saved views" | "Actions" | "Organizations" | "Theme" | "Events";
  title: string;
  Icon: LucideIcon;
  /** What else it may be found by. */
  words?: string;
  /** The key that does the same. */
  keys?: string;
  /** It is what holds now. */
  isCurrent?: boolean;
  /** The id that it is remembered by, where it stands in the list a second time. */
  remembered?: string;
  run: () => void;
}
