import { sharedKinds } from "@daybook/policy";
import type { FastifyInstance } from "fastify";
import { accessRoutes } from "./access.ts";
import { groupRoutes } from "./groups.ts";
import { sharedObjectRoutes } from "./shared-objects.ts";
import type { V1 } from "./v1.ts";

/** Who may use what, for the products that keep this inventory up to date. */
export function inventoryRoutes(app: FastifyInstance, v1: V1): void {
  groupRoutes(app, v1);
  for (const kind of sharedKinds) sharedObjectRoutes(app, v1, kind);
  accessRoutes(app, v1);
}
