import { launchChromium } from "@daybook/testkit";
import type { Browser, Locator, Page } from "playwright-core";
import { startDaybook } from "../start-daybook.ts";
import type { RunningDaybook } from "../start-daybook.ts";

const waitMs = 15_000;
/** A browser says in its console that a request was refused; here refusals are part of the walk. */
const refusedRequest = /Failed to load resource: the server responded with a status of 40[1234]/;

/** The real product and a browser in which several people work beside each other. */
export interface Stage {
  daybook: RunningDaybook;
  /** A browser of its own: its cookies and its clipboard are one person's. */
  visitor(who: string): Promise<Page>;
  /** What any browser complained of, with whose it was. */
  complaints(): string[];
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const [daybook, browser] = await Promise.all([startDaybook({ DAYBOOK_SIGN_INS_PER_MINUTE: "1000" }), launchChromium()]);
  const heard: string[] = [];
  return {
    daybook,
    visitor: (who) => openVisitor({ browser, who, heard }),
    complaints: () => heard.filter((text) => !refusedRequest.test(text)),
    async close() {
      await browser.close();
      await daybook.stop();
    },
  };
}

async function openVisitor({ browser, who, heard }: { browser: Browser; who: string; heard: string[] }): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  page.setDefaultTimeout(waitMs);
  page.on("console", (message) => message.type() === "error" && heard.push(`${who}: ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`${who}: ${error.message}`));
  return page;
}

/** What stands on screen for one person, by the names that a person reads. */
export const button = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });
export const dialogOf = (page: Page): Locator => page.getByRole("dialog");
export const closed = (page: Page): Promise<void> => dialogOf(page).waitFor({ state: "detached" });
export const navigation = (page: Page): Locator => page.getByRole("navigation", { name: "Main" });
export const rows = (page: Page, text: string | RegExp = /./): Locator => page.locator("[data-event-id]").filter({ hasText: text });
export const accountMenu = (page: Page): Promise<void> => button(page, /^Account menu of/).click();
export const choose = (page: Page, item: string | RegExp): Promise<void> => page.getByRole("menuitem", { name: item }).click();
/** Into a menu of a menu, with a hand that moves: one that jumps leaves the first menu before the second counts as reached. */
export async function chooseWithin(page: Page, outer: string, item: string): Promise<void> {
  await page.getByRole("menuitem", { name: outer }).hover();
  const inner = page.getByRole("menuitem", { name: item });
  await inner.waitFor();
  const { x, y, width, height } = (await inner.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 8 });
  await inner.click();
}
const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** By clicks alone: the area in the sidebar, then one of its tabs. */
export async function go(page: Page, area: string, tab?: string): Promise<void> {
  await navigation(page).getByRole("link", { name: area, exact: true }).click();
  if (tab !== undefined) await page.getByRole("navigation", { name: area, exact: true }).getByRole("link", { name: tab, exact: true }).click();
}

/** Takes what is shown once, as a person does: copies it, and then leaves. */
export async function takeSecret(page: Page, what: "token" | "key"): Promise<string> {
  const shown = page.locator("[data-secret]");
  await shown.waitFor();
  const secret = (await shown.innerText()).trim();
  await button(page, `Copy ${what}`).click();
  await button(page, "Done").click();
  await closed(page);
  if ((await page.content()).includes(secret)) throw new Error(`The ${what} is still on the page.`);
  return secret;
}

/** A choice is named by its title and what it means, in one. */
export const beginsWith = (title: string): RegExp => new RegExp(`^${title}`);

export interface Person {
  name: string;
  email: string;
  password: string;
}

export async function signIn(page: Page, { email, password }: Pick<Person, "email" | "password">): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await button(page, "Sign in").click();
}

/** The owner asks somebody in, and takes the link that the console shows where no mail server carries it. */
export async function inviteBy(page: Page, email: string, role: string): Promise<string> {
  await go(page, "Organization", "Members");
  await button(page, "Invite people").first().click();
  const dialog = dialogOf(page);
  await dialog.getByLabel("E-mail addresses").fill(email);
  await dialog.getByRole("radio", { name: beginsWith(role) }).check();
  await button(dialog, "Send invitation").click();
  await button(dialog, "Copy link").click();
  const link = await clipboard(page);
  await button(dialog, "Done").click();
  await closed(page);
  return link;
}

/** Somebody without an account opens the link and makes one. */
export async function joinBy(page: Page, person: Person): Promise<void> {
  await page.getByLabel("Your name").fill(person.name);
  await page.getByLabel("Choose a password").fill(person.password);
  await button(page, "Create account and join").click();
  await button(page, `Account menu of ${person.name}`).waitFor();
}

/** Asks the server as the page itself would, without a screen: what it answers is what counts. */
export async function ask(page: Page, procedure: string, organizationId: string, input: object): Promise<{ status: number; said: string }> {
  return page.evaluate(
    async ({ path, organization, text }) => {
      const answer = await fetch(`/trpc/${path}?input=${encodeURIComponent(text)}`, { headers: { "x-daybook-organization": organization } });
      return { status: answer.status, said: await answer.text() };
    },
    { path: procedure, organization: organizationId, text: JSON.stringify(input) },
  );
}
