import { appRouter } from "../../src/trpc/app-router.ts";
import { askProcedure, askRoute } from "./ask.ts";
import type { Answer } from "./ask.ts";
import type { Stage } from "./stage.ts";
import { expectedOfProcedure, expectedOfRoute } from "./expected.ts";
import { personas } from "./personas.ts";
import type { Persona, Target } from "./personas.ts";
import { outcomeOf } from "./outcome.ts";
import { procedures } from "./procedures/index.ts";
import { closedRoutes, routes } from "./routes/index.ts";
import { routeTargetsOf, targetsOf } from "./row.ts";

const wordsShown = 300;

/** A cell that answered otherwise than the table says. */
export interface Wrong {
  what: string;
  persona: Persona;
  target: Target;
  expected: string;
  got: string;
}

export interface Matrix {
  cells: number;
  wrong: Wrong[];
  procedures: number;
  routes: number;
  /** Procedures and routes without a row, and rows without one. */
  uncovered: string[];
}

/** `events.list#team` is a second way to call `events.list`. */
const procedureOf = (what: string): string => what.split("#", 1)[0] ?? what;

/** Side by side: they share nothing, because every change is undone. */
const eachPersona = (ask: (persona: Persona) => Promise<void>): Promise<unknown> => Promise.all(personas.map(ask));

type ProcedureType = "query" | "mutation" | "subscription";
const typesOf = (): Map<string, ProcedureType> =>
  new Map(
    Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: ProcedureType } }>).map(([path, { _def }]) => [path, _def.type]),
  );

/** Asks every procedure and every route, as everybody, for everything of the table. */
export async function runMatrix(stage: Stage): Promise<Matrix> {
  const types = typesOf();
  const wrong: Wrong[] = [];
  let cells = 0;
  const note = (row: { passes?: readonly number[] }, cell: Omit<Wrong, "got">, { status, words }: Answer) => {
    cells += 1;
    const outcome = outcomeOf(status);
    const passed = cell.expected === "done" && row.passes?.includes(status);
    if (outcome !== cell.expected && !passed) wrong.push({ ...cell, got: `${outcome}: ${words.slice(0, wordsShown)}` });
  };
  /** What is another organization's must read, word for word, like what never was. */
  const compare = (cell: { what: string; persona: Persona }, words: Map<Target, string>, one: Target, other: Target) => {
    if (words.get(one) !== words.get(other))
      wrong.push({ ...cell, target: one, expected: `the words of ${other}: ${words.get(other)}`, got: words.get(one) ?? "" });
  };
  for (const [what, row] of Object.entries(procedures)) {
    const path = procedureOf(what);
    const type = types.get(path);
    if (!type) continue;
    await eachPersona(async (persona) => {
      const words = new Map<Target, string>();
      for (const target of targetsOf(row)) {
        const input = row.input?.(stage.idsFor(target), persona);
        const at = { credentials: stage.cast.credentials[persona], organizationId: stage.organizationFor(target) };
        const answer = await askProcedure(stage.api, { path, type, input }, at);
        note(row, { what, persona, target, expected: expectedOfProcedure(row, persona, target) }, answer);
        words.set(target, answer.words);
      }
      // Who owns the other organization is at home there.
      if (persona === "foreign_owner") return;
      compare({ what, persona }, words, "other_organization", "nonexistent");
      compare({ what, persona }, words, "asked_of_other", "asked_of_nobody");
    });
  }
  for (const [what, row] of Object.entries(routes)) {
    const [method = "", path = ""] = what.split(" ");
    await eachPersona(async (persona) => {
      const words = new Map<Target, string>();
      const credentials = stage.cast.credentials[persona];
      const shown = credentials.bearer !== undefined && row.authorize ? { headers: row.authorize(credentials.bearer) } : {};
      for (const target of routeTargetsOf(row)) {
        const { url = path, ...rest } = row.request?.(stage.idsFor(target), persona) ?? {};
        const answer = await askRoute(stage.api, { method, url, ...rest, ...shown }, credentials);
        note(row, { what, persona, target, expected: expectedOfRoute(row, persona, target) }, answer);
        words.set(target, answer.words);
      }
      if (persona !== "foreign_token") compare({ what, persona }, words, "other_organization", "nonexistent");
    });
  }
  const uncovered = [
    ...[...types.keys()].filter((path) => !Object.keys(procedures).some((what) => procedureOf(what) === path)).map((path) => `procedure ${path}`),
    ...Object.keys(procedures)
      .filter((path) => !types.has(procedureOf(path)))
      .map((path) => `row ${path}`),
    ...stage.routes.filter((route) => !(route in routes) && !closedRoutes.some(({ matches }) => matches.test(route))).map((route) => `route ${route}`),
    ...Object.keys(routes)
      .filter((route) => !stage.routes.includes(route))
      .map((route) => `row ${route}`),
  ];
  return { cells, wrong, procedures: types.size, routes: Object.keys(routes).length, uncovered };
}
