import { equals, everything, nothing } from "@daybook/query";
import type { Query } from "@daybook/query";
import { may } from "./may.ts";
import type { Viewer } from "./viewer.ts";

/** The events that a viewer may see, as a query that every read is joined with. */
export function visibleTo(viewer: Viewer): Query {
  if (!may(viewer, "events:read").allowed) return nothing;
  switch (viewer.kind) {
    case "daybook":
    case "token":
      return everything;
    case "member":
      switch (viewer.role) {
        case "owner":
        case "admin":
          return everything;
        case "member":
          return equals("did_or_caused", viewer.userId);
      }
  }
}

/** Whether figures of the whole log may be told: they tell of everybody's events. */
export const seesWholeLog = (viewer: Viewer): boolean => visibleTo(viewer).is === "everything";
