import type { Page } from "playwright-core";

/** So many steps to the end of a screen: the longest has some hundred. */
const stepsMax = 400;
const stepsAtOnce = 10;

/** Goes through a screen by Tab alone, from its beginning to its end: what shows no ring when it has the focus, what is never reached, and whether the end is. */
export async function faultsOfWalk(page: Page): Promise<string[]> {
  await page.evaluate(beginWalk);
  for (let step = 0; step < stepsMax; step += stepsAtOnce) {
    for (let at = 0; at < stepsAtOnce; at += 1) await page.keyboard.press("Tab");
    if (await page.evaluate(() => (globalThis as unknown as { walk: { isOver: boolean } }).walk.isOver)) break;
  }
  return page.evaluate(endWalk);
}

/** Runs in the page. */
function beginWalk(): void {
  const walk = { reached: new Set<Element>(), withoutRing: new Set<string>(), isOver: false };
  Object.assign(globalThis, { walk });
  // From the beginning, wherever the page put the focus by itself.
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  const nameOf = (element: Element) => `${element.tagName.toLowerCase()} ${element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 40)}`;
  let first: Element | undefined;
  document.addEventListener("focusin", ({ target }) => {
    // A list of tabs passes the focus on to the open one.
    if (!(target instanceof HTMLElement) || target !== document.activeElement || target === document.body || walk.isOver) return;
    if (target === first) walk.isOver = true;
    first ??= target;
    walk.reached.add(target);
    // A field may draw the ring of its frame, as a search does whose signs stand beside it.
    const drawn = [target, target.parentElement, target.closest(".control"), target.nextElementSibling].some((element) => {
      if (!element) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
    });
    if (!drawn) walk.withoutRing.add(nameOf(target));
  });
  // Past the last element the focus leaves the page.
  document.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget === null && walk.reached.size > 0) setTimeout(() => (walk.isOver ||= document.activeElement === document.body));
  });
}

/** Runs in the page. */
function endWalk(): string[] {
  const { walk } = globalThis as unknown as { walk: { reached: Set<Element>; withoutRing: Set<string>; isOver: boolean } };
  const nameOf = (element: Element) => `${element.tagName.toLowerCase()} ${element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 40)}`;
  const controls = [...document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter(
    (element) =>
      element.checkVisibility({ visibilityProperty: true }) && !element.matches(":disabled, [type=hidden], [inert] *, .sr-only *, .sr-only[type=file]"),
  );
  // Within a composite one element is reached by Tab, and the others from there by arrows.
  const isOfComposite = (element: HTMLElement) =>
    element.tabIndex < 0 &&
    element.closest("[role=grid], [role=tablist], [role=listbox], [role=menu], [role=radiogroup], [role=toolbar], [role=slider]") !== null;
  const radioReached = new Set([...walk.reached].map((element) => (element instanceof HTMLInputElement && element.type === "radio" ? element.name : "")));
  const notReached = controls.filter(
    (element) =>
      !walk.reached.has(element) &&
      element.role !== "tablist" &&
      !isOfComposite(element) &&
      !(element instanceof HTMLInputElement && element.type === "radio" && radioReached.has(element.name)),
  );
  return [
    ...[...walk.withoutRing].map((name) => `shows no ring: ${name}`),
    ...notReached.map((element) => `not reached by Tab: ${nameOf(element)}`),
    ...(walk.isOver ? [] : ["Tab does not come to the end"]),
  ];
}

/** What a screen lets one do in a wide window and not in a narrow one, by the names of its controls. Rows are all alike, and a rail becomes a sheet. */
export async function lostControls(page: Page, narrow: { width: number; height: number }): Promise<string[]> {
  const wide = await page.evaluate(namesOfControls);
  await page.setViewportSize(narrow);
  await page.waitForFunction((width) => document.documentElement.scrollWidth <= width, narrow.width, { timeout: 5_000 });
  const left = new Set(await page.evaluate(namesOfControls));
  return [...new Set(wide)].filter((name) => !left.has(name));
}

/** Runs in the page. */
function namesOfControls(): string[] {
  return [...document.querySelectorAll<HTMLElement>("main :is(a[href], button, input, select, textarea, summary)")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest("[role=grid], aside"))
    .map((element) => (element.getAttribute("aria-label") ?? (element.textContent || element.getAttribute("placeholder")) ?? "").trim().replaceAll(/\s+/g, " "))
    .filter(Boolean);
}

/** What moves although less motion is wanted. */
export const moving = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("*")].flatMap((element) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
      const moves = (animationName !== "none" && parseFloat(animationDuration) > 0.001) || parseFloat(transitionDuration) > 0;
      return moves ? [`moves: ${element.tagName} ${element.className.toString()}`] : [];
    }),
  );
