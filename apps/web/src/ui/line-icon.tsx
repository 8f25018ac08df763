export interface LineIconProps {
  size?: number;
  strokeWidth?: number;
  className?: string;
}

/**
 * An icon that is one line, drawn from its shapes in Lucide (ISC licence). A row has three icons and an open event sixty: as one element in place of up to
 * eight they are a third of the work of a row and 150 elements of the page. What they all have in common stands in the styles.
 */
const lineIcon = (line: string) =>
  function LineIcon({ size = 14, strokeWidth = 2, className = "" }: LineIconProps) {
    return (
      <svg viewBox="0 0 24 24" width={size} height={size} strokeWidth={strokeWidth} aria-hidden className={`line-icon ${className}`}>
        <path d={line} />
      </svg>
    );
  };

const round = (x: number, y: number, r: number): string => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0-${2 * r} 0`;

export const CheckIcon = lineIcon("M20 6 9 17l-5-5");
export const CrossIcon = lineIcon("M18 6 6 18M6 6l12 12");
export const ClockIcon = lineIcon(`${round(12, 12, 10)}M12 6v6h4`);
export const DashesIcon = lineIcon(
  "M10.1 2.182a10 10 0 0 1 3.8 0M13.9 21.818a10 10 0 0 1-3.8 0M17.609 3.721a10 10 0 0 1 2.69 2.7M2.182 13.9a10 10 0 0 1 0-3.8M20.279 17.609a10 10 0 0 1-2.7 2.69M21.818 10.1a10 10 0 0 1 0 3.8M3.721 6.391a10 10 0 0 1 2.7-2.69M6.391 20.279a10 10 0 0 1-2.69-2.7",
);
export const CopyIcon = lineIcon(
  "M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2zM4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2",
);
export const IncludeIcon = lineIcon("M12 5H2M6 12h12M9 19h6M16 5h6M19 8V2");
export const ExcludeIcon = lineIcon("M16 5H3M11 12H3M16 19H3M15.5 9.5l5 5M20.5 9.5l-5 5");
export const MinusIcon = lineIcon("M5 12h14");

/** One for each kind of act. */
export const actIcons = {
  act: lineIcon(round(12, 12, 1)),
  created: lineIcon("M5 12h14M12 5v14"),
  updated: lineIcon(
    "M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497zM15 5l4 4",
  ),
  deleted: lineIcon("M10 11v6M14 11v6M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M3 6h18M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2"),
  removed: MinusIcon,
  viewed: lineIcon(`M2.062 12.348a1 1 0 0 1 0-.696 10.75 10.75 0 0 1 19.876 0 1 1 0 0 1 0 .696 10.75 10.75 0 0 1-19.876 0${round(12, 12, 3)}`),
  executed: lineIcon("M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z"),
  cancelled: lineIcon(`${round(12, 12, 10)}M4.929 4.929 19.07 19.071`),
  shared: lineIcon(`${round(18, 5, 3)}${round(6, 12, 3)}${round(18, 19, 3)}M8.59 13.51l6.83 3.98M15.41 6.51l-6.82 3.98`),
  revoked: lineIcon("M9 14 4 9l5-5M4 9h10.5a5.5 5.5 0 0 1 5.5 5.5a5.5 5.5 0 0 1-5.5 5.5H11"),
  promoted: lineIcon("M5 12l7-7 7 7M12 19V5"),
  entered: lineIcon("M10 17l5-5-5-5M15 12H3M15 3h4a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-4"),
  exported: lineIcon("M12 15V3M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M7 10l5 5 5-5"),
};
