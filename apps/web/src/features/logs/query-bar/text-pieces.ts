import type { Clause, Parsed, Problem } from "@daybook/query";

/** One stretch of a search as the bar draws it. */
export type Piece =
  | { is: "clause"; from: number; to: number; text: string; clause: Clause }
  | { is: "problem"; from: number; to: number; text: string; problem: Problem }
  | { is: "gap"; from: number; to: number; text: string };

/** The whole text, cut where its clauses and problems begin and end. Of two that overlap, a problem is shown. */
export function piecesOf(text: string, { parts, problems }: Pick<Parsed, "parts" | "problems">): Piece[] {
  const marked: Piece[] = [
    ...problems.map((problem) => ({ is: "problem" as const, from: problem.from, to: problem.to, text: text.slice(problem.from, problem.to), problem })),
    ...parts
      .filter((part) => !problems.some((problem) => problem.from < part.to && part.from < problem.to))
      .map(({ from, to, clause }) => ({ is: "clause" as const, from, to, text: text.slice(from, to), clause })),
  ].sort((a, b) => a.from - b.from || a.to - b.to);
  const pieces: Piece[] = [];
  let at = 0;
  for (const each of marked) {
    const from = Math.max(each.from, at);
    if (from > at) pieces.push(gap(text, at, from));
    if (each.to > from) pieces.push({ ...each, from, text: text.slice(from, each.to) });
    at = Math.max(at, each.to);
  }
  return at < text.length ? [...pieces, gap(text, at, text.length)] : pieces;
}

const gap = (text: string, from: number, to: number): Piece => ({ is: "gap", from, to, text: text.slice(from, to) });
