import { X } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { IconButton } from "../../ui/button.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { DrawerFrame } from "../event/drawer-frame.tsx";

interface DrawerProps {
  label: string;
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** One row of a list, beside it: another row switches it in place. */
export function Drawer({ label, title, subtitle, actions, onClose, children }: DrawerProps) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus({ preventScroll: true }), []);
  useKeys("everywhere", { Escape: onClose });
  return (
    <DrawerFrame ref={panel} label={label}>
      <div className="flex h-full flex-col">
        <header className="flex flex-col gap-2 border-b px-4 py-3">
          <div className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              <h2 className="text-section break-words">{title}</h2>
              {subtitle && <div className="text-ink-2">{subtitle}</div>}
            </div>
            <IconButton label="Close" onClick={onClose}>
              <X size={16} aria-hidden />
            </IconButton>
          </div>
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </header>
        {children}
      </div>
    </DrawerFrame>
  );
}
