import { StatusMark, statusLooks } from "../../../../ui/status-mark.tsx";
import type { Column } from "./column.ts";

export const statusColumn: Column = {
  title: "Status",
  width: 98,
  min: 98,
  text: ({ status }) => statusLooks[status].label,
  filter: ({ status }) => ({ key: "status", value: status }),
  Cell: ({ row, statusWord }) => <StatusMark status={row.status} word={statusWord} />,
};
