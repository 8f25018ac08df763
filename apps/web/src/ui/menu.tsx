import { DropdownMenu as Radix } from "radix-ui";
import { Check, ChevronRight } from "lucide-react";
import { useState, type ReactNode } from "react";

const panel = "appear z-40 min-w-[200px] rounded-card border bg-bg p-1 shadow-overlay";
const item =
  "flex min-h-8 items-center gap-2 py-1 rounded-chip px-2 outline-none data-[highlighted]:bg-hover data-[highlighted]:outline-2 data-[highlighted]:-outline-offset-2 data-[highlighted]:outline-accent";

interface MenuProps {
  trigger: ReactNode;
  align?: "start" | "end";
  /** For a menu that was loaded by the press that asked for it. */
  openAtFirst?: boolean;
  children: ReactNode;
}

/** A menu belongs to a landmark of the page, as everything else that is read does. */
const mainOfPage = (): HTMLElement | null => document.querySelector("main");

/** `trigger` must be one button element. */
export function Menu({ trigger, align = "end", openAtFirst = false, children }: MenuProps) {
  const [main, setMain] = useState(() => (openAtFirst ? mainOfPage() : null));
  return (
    <Radix.Root modal={false} defaultOpen={openAtFirst} onOpenChange={(open) => open && setMain(mainOfPage())}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={main}>
        <Radix.Content align={align} sideOffset={4} collisionPadding={8} className={panel}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A menu at a place of the page, for a right click or a key; open as long as it is there. */
export function MenuAt({ label, x, y, onClose, children }: { label: string; x: number; y: number; onClose: () => void; children: ReactNode }) {
  return (
    <Radix.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Radix.Trigger asChild>
        <span aria-hidden className="fixed size-0" style={{ left: x, top: y }} />
      </Radix.Trigger>
      <Radix.Portal container={mainOfPage()}>
        <Radix.Content
          aria-label={label}
          align="start"
          sideOffset={2}
          collisionPadding={8}
          className={panel}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({ onSelect, keys, children }: { onSelect: () => void; /** The key that does the same. */ keys?: string; children: ReactNode }) {
  return (
    <Radix.Item onSelect={onSelect} className={item} {...(keys && { "aria-keyshortcuts": keys })}>
      {children}
      {keys && (
        <kbd aria-hidden className="ml-auto">
          {keys}
        </kbd>
      )}
    </Radix.Item>
  );
}

export function MenuSub({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <Radix.Sub>
      <Radix.SubTrigger className={item}>
        <span className="flex flex-1 items-center gap-2">{label}</span>
        <ChevronRight size={14} aria-hidden />
      </Radix.SubTrigger>
      <Radix.Portal container={mainOfPage()}>
        <Radix.SubContent sideOffset={4} collisionPadding={8} className={panel}>
          {children}
        </Radix.SubContent>
      </Radix.Portal>
    </Radix.Sub>
  );
}

interface MenuChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: ReactNode }[];
  onChoose: (value: T) => void;
}

export function MenuChoice<T extends string>({ label, value, options, onChoose }: MenuChoiceProps<T>) {
  return (
    <Radix.RadioGroup
      value={value}
      aria-label={label}
      onValueChange={(chosen) => options.forEach((option) => option.value === chosen && onChoose(option.value))}
    >
      <MenuLabel>{label}</MenuLabel>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={item}>
          <span className="grid size-4 place-items-center">
            <Radix.ItemIndicator>
              <Check size={14} aria-hidden />
            </Radix.ItemIndicator>
          </span>
          {option.label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export const MenuLabel = ({ children }: { children: ReactNode }) => <Radix.Label className="px-2 pt-2 pb-1 text-meta text-ink-3">{children}</Radix.Label>;
export const MenuLine = () => <Radix.Separator className="my-1 h-px bg-hairline" />;
