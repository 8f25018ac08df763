import type { EventContext, Origin } from "@daybook/event";
import { uuidV7 } from "@daybook/event";
import type { MemberViewer, Viewer } from "@daybook/policy";
import type { Platform } from "./platform.ts";

/** Who asks, from where, and when. The organization is the viewer's. */
export interface Context {
  viewer: Viewer;
  origin: Origin;
  request: EventContext;
  /** Somebody whose view of the log the viewer borrows: reads of the log then show only what both may see. */
  as?: MemberViewer;
}

/** Everybody through whose eyes the log is read. */
export const readersOf = ({ viewer, as }: Context): readonly Viewer[] => (as ? [viewer, as] : [viewer]);

export const newId = (platform: Pick<Platform, "now" | "random">): string => uuidV7(platform.now().getTime(), platform.random(10));

/** Daybook itself, inside one organization: what the worker and the operator's command line act as. */
export const asDaybook = (organizationId: string, name = "Daybook"): Context => ({
  viewer: { kind: "daybook", organizationId, actor: { type: "system", id: "daybook", name } },
  origin: "automation",
  request: {},
});
