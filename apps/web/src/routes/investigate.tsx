import { createRoute } from "@tanstack/react-router";
import type { SubjectKind } from "../features/investigate/case-words.ts";
import { organizationRoute, text } from "./base.tsx";
import { pagePart } from "./page-part.ts";

const kinds: readonly SubjectKind[] = ["resource", "actor", "operation", "event"];

/** `recipe` opens its dialog, with what it is about where a link says so. */
export interface InvestigateSearch {
  state?: "closed";
  recipe?: string;
  kind?: SubjectKind;
  subject?: string;
}

const investigateRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/investigate",
  validateSearch: (search: Record<string, unknown>): InvestigateSearch => {
    const recipe = text(search["recipe"]);
    const kind = kinds.find((each) => each === search["kind"]);
    const subject = text(search["subject"]);
    return {
      ...(search["state"] === "closed" ? { state: "closed" } : {}),
      ...(recipe ? { recipe } : {}),
      ...(recipe && kind ? { kind } : {}),
      ...(recipe && subject ? { subject } : {}),
    };
  },
  component: pagePart(() => import("../features/investigate/investigate-page.tsx"), "InvestigatePage"),
});

const caseRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/investigate/$case",
  validateSearch: (search: Record<string, unknown>): { step?: string } => {
    const step = text(search["step"]);
    return step ? { step } : {};
  },
  component: pagePart(() => import("../features/investigate/case-page.tsx"), "CasePage"),
});

const reviewRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/review",
  validateSearch: (search: Record<string, unknown>): { week?: string } => {
    const week = text(search["week"]);
    return week && /^\d{4}-\d\d-\d\d$/.test(week) ? { week } : {};
  },
  component: pagePart(() => import("../features/weekly-review/review-page.tsx"), "ReviewPage"),
});

/** Cases and the weekly review. */
export const investigateRoutes = [investigateRoute, caseRoute, reviewRoute] as const;
