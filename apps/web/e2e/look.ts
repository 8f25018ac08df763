import { mkdirSync } from "node:fs";
import { join } from "node:path";
import axe, { type AxeResults, type RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const every = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
/** The rules whose answer depends on the theme: two thirds of a run, and all that a second theme can change. */
const ofColours = ["color-contrast", "link-in-text-block"];
const folder = process.env["DAYBOOK_SHOTS"];

const themes = ["light", "dark"] as const;
type Theme = (typeof themes)[number];

/** Without loading the page again. */
async function wear(page: Page, colorScheme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.waitForFunction((theme) => document.documentElement.dataset["theme"] === theme, colorScheme);
}

/** Looks at the screen in both themes: axe finds nothing, and, when DAYBOOK_SHOTS names a folder, pictures are left there. */
export async function look(page: Page, name: string): Promise<void> {
  for (const theme of themes) {
    await wear(page, theme);
    expect(await violations(page, theme === "light" ? "every rule" : "colours")).toEqual([]);
    await shoot(page, `${name}-${theme}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
}

/** Both themes at both widths, without loading the page again: nothing is against the rules, and nothing scrolls sideways. Each width is looked at by every rule. */
export async function holds(page: Page, name: string): Promise<void> {
  for (const [width, order] of [
    [1440, ["light", "dark"]],
    [390, ["dark", "light"]],
  ] as const) {
    await page.setViewportSize({ width, height: page.viewportSize()?.height ?? 900 });
    for (const [at, theme] of order.entries()) {
      await wear(page, theme);
      expect(await violations(page, at === 0 ? "every rule" : "colours"), `${name}, ${theme}, ${width} pixels`).toEqual([]);
      await shoot(page, `${name}-${theme}`, [width]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name}, ${width} pixels`).toBeLessThanOrEqual(0);
  }
}

/** In the page's own frame: mails are shown in sandboxed frames, in which no script may run. */
export async function violations(page: Page, asked: "every rule" | "colours" = "every rule"): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(
    async (runOnly) => {
      const { axe: inPage } = globalThis as unknown as { axe: { run(context: Document, options: RunOptions): Promise<AxeResults> } };
      const { violations: found } = await inPage.run(document, { runOnly, iframes: false, preload: false, resultTypes: ["violations"] });
      return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
    },
    asked === "every rule" ? { type: "tag" as const, values: every } : { type: "rule" as const, values: ofColours },
  );
}

/** A picture alone, of what is on screen for a moment: ink that steps back while newer rows are on their way passes no check of contrast. */
export async function shoot(page: Page, name: string, widths: readonly number[] = [1440, 390]): Promise<void> {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const size = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(folder, `${name.replaceAll(/[^\w-]+/g, "-")}-${width}.png`) });
  }
  if (size) await page.setViewportSize(size);
}
