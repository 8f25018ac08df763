import { actorColumn, userColumn } from "./actor.tsx";
import type { Column } from "./column.ts";
import { durationColumn } from "./duration.tsx";
import { eventColumn } from "./sentence.tsx";
import { statusColumn } from "./status.tsx";
import * as plain from "./texts.tsx";
import { receivedColumn, timeColumn } from "./time.tsx";

/** Every column there is. The names stand in URLs and saved views: they stay. */
export const columns = {
  time: timeColumn,
  actor: actorColumn,
  event: eventColumn,
  status: statusColumn,
  ip: plain.ip,
  namespace: plain.namespace,
  action: plain.action,
  operation: plain.operation,
  user: userColumn,
  resource: plain.resource,
  resource_type: plain.resourceType,
  team: plain.team,
  source: plain.source,
  run: plain.run,
  duration: durationColumn,
  rows: plain.rows,
  error: plain.error,
  received: receivedColumn,
  seq: plain.seq,
} as const satisfies Record<string, Column>;

export type ColumnId = keyof typeof columns;
export const columnIds = Object.keys(columns) as ColumnId[];
export const columnOf = (id: ColumnId): Column => columns[id];
