export * from "./change-views.ts";
export * from "./choose-views.ts";
export * from "./limits.ts";
export { getView, listViews, openingView } from "./read-views.ts";
export type { DefaultViews } from "./read-views.ts";
export * from "./short-links.ts";
export type { ShownView } from "./shown-view.ts";
export type { ViewState } from "./view-state.ts";
