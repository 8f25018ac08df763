import { Ellipsis, Star } from "lucide-react";
import { useOrganization } from "../../shell/organization.tsx";
import { IconButton } from "../../ui/button.tsx";
import { Menu, MenuItem, MenuLine } from "../../ui/menu.tsx";
import type { ViewChanges } from "./use-view-changes.ts";
import type { ShownView, ViewList } from "./view-context.ts";
import { sharingWords } from "./view-words.ts";

interface ViewRowProps {
  view: ShownView;
  list: ViewList;
  isOpen: boolean;
  isStarred: boolean;
  /** Null where nothing can be changed. */
  changes: ViewChanges | null;
  onOpen: () => void;
  onEdit: () => void;
}

export function ViewRow({ view, list, isOpen, isStarred, changes, onOpen, onEdit }: ViewRowProps) {
  const { mine, organization } = list.defaults[view.logType];
  const marks = [
    view.logType === "system" && "System log",
    mine === view.id && "Your default",
    organization === view.id && "Everybody's default",
    sharingWords(view),
  ].filter((mark) => typeof mark === "string");
  return (
    <li className={`flex items-start gap-1 px-1.5 ${isOpen ? "bg-selected" : "hover:bg-hover"}`}>
      <IconButton
        label={isStarred ? `Take the star from ${view.name}` : `Star ${view.name}`}
        aria-pressed={isStarred}
        disabled={changes === null || changes.isBusy}
        onClick={() => changes?.toggleStar(view, isStarred)}
        className="mt-0.5"
      >
        <Star size={14} aria-hidden className={isStarred ? "fill-current text-pending" : "text-ink-3"} />
      </IconButton>
      <button
        type="button"
        data-open-view={view.id}
        aria-current={isOpen ? "true" : undefined}
        onClick={onOpen}
        title={view.description}
        className="inset-focus flex min-h-8 min-w-0 flex-1 flex-col justify-center rounded-chip px-1.5 py-1 text-left"
      >
        <span className="w-full truncate">{view.name}</span>
        {marks.length > 0 && <span className="w-full truncate text-meta text-ink-3">{marks.join(" · ")}</span>}
      </button>
      {changes && <RowMenu view={view} list={list} changes={changes} onEdit={onEdit} />}
    </li>
  );
}

function RowMenu({ view, list, changes, onEdit }: Pick<ViewRowProps, "view" | "list" | "onEdit"> & { changes: ViewChanges }) {
  const { name } = useOrganization();
  const { mine, organization } = list.defaults[view.logType];
  const log = view.logType === "activity" ? "activity log" : "system log";
  const choose = (whose: "member" | "organization", viewId: string | null) => changes.chooseDefault({ logType: view.logType, for: whose, viewId });
  const isForAll = view.saved === null || view.saved.sharing.with === "organization";
  return (
    <Menu
      trigger={
        <IconButton label={`More for ${view.name}`} className="mt-0.5">
          <Ellipsis size={14} aria-hidden />
        </IconButton>
      }
    >
      {view.saved?.mayChange && <MenuItem onSelect={onEdit}>Rename or share…</MenuItem>}
      {mine === view.id ? (
        <MenuItem onSelect={() => choose("member", null)}>Stop opening my {log} with it</MenuItem>
      ) : (
        <MenuItem onSelect={() => choose("member", view.id)}>Open my {log} with it</MenuItem>
      )}
      {list.may.shareWithOrganization &&
        (organization === view.id ? (
          <MenuItem onSelect={() => choose("organization", null)}>
            Stop opening the {log} of {name} with it
          </MenuItem>
        ) : (
          isForAll && (
            <MenuItem onSelect={() => choose("organization", view.id)}>
              Open the {log} of {name} with it
            </MenuItem>
          )
        ))}
      {view.saved?.mayDelete && (
        <>
          <MenuLine />
          <MenuItem onSelect={() => changes.remove(view)}>Delete</MenuItem>
        </>
      )}
    </Menu>
  );
}
