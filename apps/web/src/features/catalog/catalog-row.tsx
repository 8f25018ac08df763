import { memo } from "react";
import { inWords, shortNumber, wholeNumber } from "../../ui/numbers.ts";
import { Time } from "../../ui/time.tsx";
import { OperationMark } from "../logs/grid/operation-mark.tsx";
import { CustomBadge, ScopeBadge, SeverityBadge } from "./action-badges.tsx";
import { templateOf } from "./catalog-columns.ts";
import type { CatalogRow } from "./catalog-rows.ts";

interface CatalogRowProps {
  row: CatalogRow;
  index: number;
  told: boolean;
  isOpen: boolean;
  isActive: boolean;
  onOpen: (key: string) => void;
}

export const CatalogRowView = memo(function CatalogRowView({ row, index, told, isOpen, isActive, onOpen }: CatalogRowProps) {
  const wide = "hidden @min-[940px]:block";
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      tabIndex={isActive ? 0 : -1}
      data-action={row.key}
      onClick={() => onOpen(row.key)}
      className={`inset-focus grid min-h-11 cursor-default scroll-mt-14 items-center gap-x-3 border-b px-3 py-1 [contain-intrinsic-size:auto_44px] [content-visibility:auto] ${templateOf(told)} ${isOpen ? "bg-selected" : "hover:bg-hover"} ${told && row.sighting === null ? "text-ink-2" : ""}`}
    >
      <span role="gridcell" className="min-w-0">
        <span className="flex min-w-0 items-center gap-1.5">
          <OperationMark operation={row.operation} />
          <span className="truncate font-medium" title={row.title}>
            {row.title}
          </span>
          {row.custom && <CustomBadge />}
          {row.severity && row.severity !== "routine" && (
            <span className="@min-[940px]:hidden">
              <SeverityBadge severity={row.severity} />
            </span>
          )}
        </span>
        {row.custom ? (
          <span className="block truncate pl-5 text-meta text-ink-3">
            {inWords(row.namespace)} · {inWords(row.operation)}
          </span>
        ) : (
          <code className="block truncate pl-5 text-ink-3">{row.key}</code>
        )}
      </span>
      <span role="gridcell" className="hidden truncate text-ink-2 @min-[640px]:block" title={row.sample}>
        {row.sample}
      </span>
      <span role="gridcell" className={`${wide} truncate text-ink-2`}>
        {inWords(row.operation)}
      </span>
      <span role="gridcell" className={wide}>
        <SeverityBadge severity={row.severity} />
      </span>
      <span role="gridcell" className={wide}>
        <ScopeBadge scope={row.scope} />
      </span>
      {told && <Figures row={row} />}
    </div>
  );
});

function Figures({ row: { sighting } }: { row: CatalogRow }) {
  return (
    <>
      <span role="gridcell" className="text-right" title={sighting ? wholeNumber(sighting.events) : undefined}>
        {sighting ? shortNumber(sighting.events) : <span className="text-ink-3">–</span>}
        {sighting && (
          <span className="block text-meta text-ink-3 @min-[640px]:hidden">
            <Time at={sighting.lastSeen} as="day" />
          </span>
        )}
      </span>
      <span role="gridcell" className="hidden text-meta text-ink-2 @min-[640px]:block">
        {sighting ? <Time at={sighting.lastSeen} as="day" /> : <span className="text-ink-3">Never</span>}
      </span>
    </>
  );
}
