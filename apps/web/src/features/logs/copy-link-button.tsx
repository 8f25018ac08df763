import { Link2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { IconButton } from "../../ui/button.tsx";
import { useCopyLink, type LinkKind } from "./copy-link.ts";
import type { LogsSearch } from "./logs-search.ts";

const loadMenu = async () => ({ default: (await import("./copy-link-menu.tsx")).CopyLinkMenu });
const CopyLinkMenu = lazy(loadMenu);

/** The menu comes with the first press: most visits copy no link. */
export function CopyLinkButton({ search }: { search: LogsSearch }) {
  const [asked, setAsked] = useState(false);
  const copy = useCopyLink(search);
  const button = (
    <IconButton label="Copy link" aria-haspopup="menu" onPointerEnter={() => void loadMenu()} onFocus={() => void loadMenu()} onClick={() => setAsked(true)}>
      <Link2 size={15} aria-hidden />
    </IconButton>
  );
  if (!asked) return button;
  return (
    <Suspense fallback={button}>
      <CopyLinkMenu onCopy={(kind: LinkKind) => copy(kind)} />
    </Suspense>
  );
}
