import { mkdirSync } from "node:fs";
import { join } from "node:path";
import axe, { type AxeResults, type RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const folder = process.env["DAYBOOK_SHOTS"];

export const themes = ["light", "dark"] as const;

/** Without loading the page again. */
export async function wear(page: Page, colorScheme: (typeof themes)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.waitForTimeout(100);
}

/** Looks at the screen in both themes: axe finds nothing, and, when DAYBOOK_SHOTS names a folder, pictures are left there. */
export async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of themes) {
    await wear(page, colorScheme);
    expect(await violations(page)).toEqual([]);
    await shoot(page, `${name}-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
}

/** In the page's own frame: mails are shown in sandboxed frames, in which no script may run. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (tags) => {
    const { axe: inPage } = globalThis as unknown as { axe: { run(context: Document, options: RunOptions): Promise<AxeResults> } };
    const { violations: found } = await inPage.run(document, { runOnly: tags, iframes: false, resultTypes: ["violations"] });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  }, rules);
}

/** A picture alone, of what is on screen for a moment: ink that steps back while newer rows are on their way passes no check of contrast. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const size = page.viewportSize();
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(folder, `${name}-${width}.png`) });
  }
  if (size) await page.setViewportSize(size);
}
