import type { ReactNode } from "react";

interface TableProps {
  label: string;
  columns: readonly string[];
  children: ReactNode;
}

/** A plain table for the small lists. On a phone each row becomes a block, its cells named by their `data-label`. */
export function Table({ label, columns, children }: TableProps) {
  return (
    <div tabIndex={0} role="region" aria-label={label} className="scroll-thin inset-focus overflow-x-auto rounded-card border">
      <table className="table-stack w-full border-collapse">
        <thead>
          <tr className="border-b text-left text-meta text-ink-3">
            {columns.map((column, index) => (
              <th key={column || index} scope="col" className="h-8 px-3 font-normal whitespace-nowrap">
                {column || <span className="sr-only">Actions</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr]:border-b [&>tr:last-child]:border-0 sm:[&_td]:px-3 sm:[&_td]:py-2 sm:[&_td]:align-middle">{children}</tbody>
      </table>
    </div>
  );
}
