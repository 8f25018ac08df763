import type { LogType } from "@daybook/event";

/** A view that every organization has. It is a value, and nobody's to change: whoever wants another saves a copy. */
export interface BuiltInView {
  /** kebab-case; it stands in links, stars and defaults, so it never changes. A saved view's id is a UUID, so the two cannot meet. */
  id: string;
  name: string;
  description: string;
  logType: LogType;
  /** Parameters of the explorer's URL. */
  state: { q: string; range?: string; by?: "actor_type" | "operation" };
}

export const defineBuiltInView = <const View extends BuiltInView>(view: View): View => view;
