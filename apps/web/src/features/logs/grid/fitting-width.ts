import { clampWidth } from "./column-choice.ts";
import type { ColumnId } from "./columns/index.ts";

/** The width that the rows on screen need in a column, in pixels. */
export function fittingWidth(grid: HTMLElement | null, id: ColumnId): number {
  const cells = [...(grid?.querySelectorAll<HTMLElement>(`[data-col="${id}"]`) ?? [])];
  return clampWidth(Math.max(0, ...cells.map(neededBy)) + 2);
}

/** What is cut off inside a cell still knows how long it is. */
function neededBy(cell: HTMLElement): number {
  if (cell.children.length === 0) return cell.scrollWidth > cell.clientWidth ? cell.scrollWidth : textWidth(cell);
  const missing = [cell, ...cell.querySelectorAll<HTMLElement>("*")].map((part) => part.scrollWidth - part.clientWidth);
  const content = Math.max(0, ...[...cell.children].map((child) => child.getBoundingClientRect().right - cell.getBoundingClientRect().left));
  return content + Math.max(0, ...missing.filter(Number.isFinite));
}

function textWidth(cell: HTMLElement): number {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return Math.ceil(range.getBoundingClientRect().width);
}
