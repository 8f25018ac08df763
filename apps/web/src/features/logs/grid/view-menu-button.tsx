import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "../../../ui/button.tsx";
import type { ViewMenuProps } from "./view-menu.tsx";

export function ViewMenuButton({ logType: _type, look: _look, onColumns: _columns, ...rest }: Partial<ViewMenuProps> & ComponentProps<"button">) {
  return (
    <Button {...rest} look="plain" size="dense">
      View
      <ChevronDown size={14} aria-hidden />
    </Button>
  );
}
