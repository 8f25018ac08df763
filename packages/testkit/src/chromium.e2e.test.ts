import { expect, test } from "vitest";
import { launchChromium } from "./index.ts";

test("a browser starts and draws letters", async () => {
  const browser = await launchChromium();
  try {
    const page = await (await browser.newContext()).newPage();
    await page.setContent("<p style='font: 40px sans-serif; display: inline'>audit</p>");
    expect(await page.textContent("p")).toBe("audit");
    const width = await page.evaluate<number>("document.querySelector('p').getBoundingClientRect().width");
    expect(width).toBeGreaterThan(50);
  } finally {
    await browser.close();
  }
});
