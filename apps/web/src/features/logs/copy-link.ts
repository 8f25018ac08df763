import { useOrganization } from "../../shell/organization.tsx";
import { copyText } from "../../ui/copy-text.ts";
import { toast } from "../../ui/toast.tsx";
import { printSearchText } from "../../shell/search-text.ts";
import { plainView } from "../views/view-state.ts";
import { withRange, type LogsSearch } from "./logs-search.ts";
import { resolveRange } from "./time/time-range.ts";

/** Mail programs and chats break longer addresses. */
const linkLengthMax = 1_500;

export type LinkKind = "absolute" | "relative";

/** A copied link keeps what its reader saw: "last 7 days" becomes the two instants it stands for now, unless it is asked to move on with the days. */
export function useCopyLink(search: LogsSearch): (kind?: LinkKind) => void {
  const { timeZone } = useOrganization();
  return (kind = "absolute") => {
    const page = `${location.origin}${location.pathname}`;
    const link = kind === "absolute" ? absoluteLink(page, search, timeZone, Date.now()) : relativeLink(page, search);
    const kept = kind === "absolute" ? "It keeps this range, whenever it is opened." : "Its range moves on with the days.";
    void (async () => {
      try {
        const short = link.length > linkLengthMax ? await (await import("../views/short-link.ts")).shortLink(link) : link;
        await copyText(short);
        toast(`Link copied. ${kept}`);
      } catch {
        toast("The link could not be copied.");
      }
    })();
  };
}

/** Also a log of all time ends where it ended for who copied the link: it shows the same rows another day, and to whom the bare log opens with a view of theirs. */
export function absoluteLink(page: string, search: LogsSearch, zone: string, now: number): string {
  const fixed = withRange(search, { to: new Date(now).toISOString(), ...resolveRange(search, zone, now) });
  return `${page}${printSearchText({ ...fixed })}`;
}

/** Whoever opens the plain log by a link sees the plain log, and no view that their own opens with. */
export const relativeLink = (page: string, search: LogsSearch): string =>
  `${page}${printSearchText(Object.keys(search).length === 0 ? { view: plainView } : { ...search })}`;
