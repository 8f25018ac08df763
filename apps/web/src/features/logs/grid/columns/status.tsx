import { StatusMark, statusLooks } from "../../../../ui/status-mark.tsx";
import type { Column } from "./column.ts";

export const statusColumn: Column = {
  title: "Status",
  width: 98,
  min: 98,
  text: ({ status }) => statusLooks[status].label,
  filter: ({ status }) => ({ key: "status", value: status }),
  plain: ({ row, statusWord }) => ({ text: statusWord ? statusLooks[row.status].label : "", className: "whitespace-nowrap pl-[18px] text-ink-2" }),
  Cell: ({ row, statusWord }) => <StatusMark status={row.status} word={statusWord} />,
};
