import { wallText } from "../wall-text.ts";
import { Time } from "../../../../ui/time.tsx";
import type { Column } from "./column.ts";

export const timeColumn: Column = {
  title: "Time",
  width: 142,
  min: 142,
  text: ({ occurred_at }) => occurred_at,
  plain: ({ row, zone }) => ({ text: wallText(row.occurred_at, zone), className: "whitespace-nowrap" }),
  Cell: ({ row }) => <Time at={row.occurred_at} as="row" />,
};

export const receivedColumn: Column = {
  title: "Received",
  width: 142,
  min: 142,
  leaves: 6,
  text: ({ received_at }) => received_at,
  plain: ({ row, zone }) => ({ text: wallText(row.received_at, zone), className: "whitespace-nowrap" }),
  Cell: ({ row }) => <Time at={row.received_at} as="row" />,
};
