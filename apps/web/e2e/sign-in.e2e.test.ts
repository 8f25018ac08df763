import { authenticatorCode, launchChromium } from "@daybook/testkit";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { complaintsOf } from "./complaints.ts";
import { look } from "./look.ts";
import { startDaybook } from "./start-daybook.ts";
import type { RunningDaybook } from "./start-daybook.ts";
import { setUp } from "./set-up.ts";

/** Every way in and every way out, on the real product: each step stands on the one before, and looks for its event. */
let daybook: RunningDaybook;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[] = [];
let token = "";
let secret = "";
let recoveryCode = "";

const owner = { name: "Alice Chen", email: "alice@company.com", password: "correct horse battery" };
const periodMs = 30_000;

beforeAll(async () => {
  [daybook, browser] = await Promise.all([startDaybook({ DAYBOOK_SIGN_INS_PER_MINUTE: "1000" }), launchChromium()]);
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  complaints = complaintsOf(page);
  page.setDefaultTimeout(15_000);
  await withAuthenticator(page);
  await page.goto(daybook.setupLink);
  token = await setUp(page, owner);
});
afterAll(async () => {
  await browser?.close();
  await daybook?.stop();
});

/** A platform authenticator with a finger that always fits. */
async function withAuthenticator(on: Page): Promise<void> {
  const devtools = await on.context().newCDPSession(on);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

interface Told {
  action: string;
  actor: { type: string; name?: string };
  resource: { name?: string } | null;
  metadata: Record<string, unknown>;
  error: { code?: string } | null;
  context: Record<string, string>;
}
/** The newest event of an action. */
async function newest(action: string): Promise<Told | undefined> {
  const response = await fetch(`${daybook.url}/v1/events?after_seq=0&limit=1000`, { headers: { authorization: `Bearer ${token}` } });
  const { events } = (await response.json()) as { events: Told[] };
  return events.findLast((event) => event.action === action);
}
const account = () => page.goto(`${daybook.url}/o/acme/account`);
const section = (title: string) => page.getByRole("heading", { name: title, exact: true }).locator("xpath=ancestor::div[contains(@class, 'rounded-card')][1]");
const inDialog = () => page.getByRole("dialog");
/** The app's code; a period on, if this one was used. */
const code = (later = 0) => authenticatorCode(secret, new Date(Date.now() + later * periodMs));
async function signOut(): Promise<void> {
  await page.getByRole("button", { name: "Account menu of" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
}
async function typePassword(password = owner.password): Promise<void> {
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}
const inLog = () => page.getByRole("button", { name: "Account menu of" }).waitFor();

test("the account menu leads to the account, where the name changes", async () => {
  await page.goto(`${daybook.url}/o/acme/logs/activity`);
  await page.getByRole("button", { name: "Account menu of" }).click();
  await page.getByRole("menuitem", { name: "Profile and security" }).click();
  await page.getByRole("heading", { name: "Profile and security" }).waitFor();
  await page.getByLabel("Name", { exact: true }).fill("Alice Q. Chen");
  await page.getByRole("button", { name: "Save name" }).click();
  await page.getByRole("button", { name: "Account menu of Alice Q. Chen" }).waitFor();
  expect(await newest("user_profile_updated")).toMatchObject({ resource: { name: owner.email }, context: { session_id: expect.any(String) } });
  await look(page, "account");
});

test("two-factor sign-in is set up with the QR code's secret, and gives ten recovery codes", async () => {
  await section("Two-factor sign-in").getByRole("button", { name: "Set up" }).click();
  await inDialog().getByLabel("Your password").fill(owner.password);
  await inDialog().getByRole("button", { name: "Continue" }).click();
  const shown = inDialog().locator("[data-totp-secret]");
  await shown.waitFor();
  secret = ((await shown.textContent()) ?? "").replaceAll(" ", "");
  await look(page, "two-factor-set-up");
  await inDialog().getByLabel("Code of the app").fill("000000");
  await inDialog().getByRole("button", { name: "Turn it on" }).click();
  await inDialog().getByRole("alert").waitFor();
  await inDialog().getByLabel("Code of the app").fill(code());
  await inDialog().getByRole("button", { name: "Turn it on" }).click();
  const codes = inDialog().getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await codes.first().waitFor();
  expect(await codes.count()).toBe(10);
  recoveryCode = (await codes.first().textContent()) ?? "";
  await look(page, "recovery-codes");
  await inDialog().getByRole("button", { name: "I have kept them" }).click();
  await page.locator("[data-two-factor=on]").waitFor();
  expect(await newest("user_two_factor_enabled")).toMatchObject({ actor: { name: "Alice Q. Chen" } });
});

test("signing in takes both factors; a wrong code is told and recorded", async () => {
  await signOut();
  expect(await newest("user_logged_out")).toBeDefined();
  await look(page, "sign-in");
  await typePassword("a wrong password");
  await page.getByRole("alert").waitFor();
  expect(await newest("user_login_failed")).toMatchObject({ actor: { type: "anonymous" }, error: { code: "invalid_credentials" } });
  await typePassword();
  await page.getByLabel("Code of your authenticator app").fill("000000");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("alert").waitFor();
  expect(await newest("user_login_failed")).toMatchObject({ error: { code: "invalid_second_factor" } });
  await look(page, "second-factor");
  await page.getByLabel("Code of your authenticator app").fill(code(1));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("Before this sign-in 2 attempts failed").waitFor();
  await inLog();
  expect(await newest("user_logged_in")).toMatchObject({ metadata: { method: "password_totp", failed_before: 2 } });
});

test("a recovery code opens once", async () => {
  await signOut();
  await typePassword();
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByLabel("Recovery code").fill(recoveryCode.toLowerCase());
  await page.getByRole("button", { name: "Continue" }).click();
  await inLog();
  expect(await newest("user_logged_in")).toMatchObject({ metadata: { method: "recovery_code" } });
  await account();
  await page.getByText("9 recovery codes left").waitFor();
});

test("a passkey is added with a name, and signs in alone", async () => {
  await section("Passkeys").getByRole("button", { name: "Add a passkey" }).click();
  await inDialog().getByLabel("Name", { exact: true }).fill("Alice laptop");
  await inDialog().getByLabel("Your password").fill(owner.password);
  await look(page, "add-passkey");
  await inDialog().getByRole("button", { name: "Add passkey" }).click();
  await page.locator("[data-passkey]").filter({ hasText: "Alice laptop" }).waitFor();
  expect(await newest("user_passkey_added")).toMatchObject({ resource: { name: "Alice laptop" } });
  await signOut();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await inLog();
  expect(await newest("user_logged_in")).toMatchObject({ metadata: { method: "passkey" } });
});

test("sessions are listed in words, and ending the others signs them out at once", async () => {
  const other = await browser.newContext({ userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0" });
  const phone = await other.newPage();
  await phone.goto(`${daybook.url}/sign-in`);
  await phone.getByLabel("E-mail").fill(owner.email);
  await phone.getByLabel("Password", { exact: true }).fill(owner.password);
  await phone.getByRole("button", { name: "Sign in", exact: true }).click();
  await phone.getByRole("button", { name: "Use a recovery code" }).click();
  await account();
  await section("Two-factor sign-in").getByRole("button", { name: "New recovery codes" }).click();
  await inDialog().getByLabel("Your password").fill(owner.password);
  await inDialog().getByRole("button", { name: "Make ten new codes" }).click();
  const fresh = inDialog().getByRole("listitem");
  await fresh.first().waitFor();
  await phone.getByLabel("Recovery code").fill((await fresh.first().textContent()) ?? "");
  recoveryCode = (await fresh.nth(1).textContent()) ?? "";
  await phone.getByRole("button", { name: "Continue" }).click();
  await phone.getByRole("button", { name: "Account menu of" }).waitFor();
  expect(await newest("user_two_factor_codes_regenerated")).toBeDefined();
  await inDialog().getByRole("button", { name: "I have kept them" }).click();
  await account();
  await page.locator("[data-session]").filter({ hasText: "Firefox on Linux" }).waitFor();
  await look(page, "account-full");
  await page.getByRole("button", { name: "End the session in Firefox on Linux" }).click();
  await page.locator("[data-session]").filter({ hasText: "Firefox on Linux" }).waitFor({ state: "detached" });
  expect(await newest("user_session_revoked")).toMatchObject({ metadata: { session_user_agent: expect.stringContaining("Firefox") } });
  await phone.goto(`${daybook.url}/o/acme/logs/activity`);
  await phone.getByRole("heading", { name: "Sign in" }).waitFor();
  await other.close();
});

test("a session that ends in the middle of work asks over the page, which goes on with its address and what was typed", async () => {
  await account();
  await page.getByLabel("Name", { exact: true }).fill("A name that is not saved");
  await context.clearCookies();
  await page.getByRole("button", { name: "Save name" }).click();
  await inDialog().getByText("Your session has ended.").waitFor();
  await look(page, "session-ended");
  await inDialog().getByRole("button", { name: "Sign in with a passkey" }).click();
  await inDialog().waitFor({ state: "detached" });
  expect(page.url()).toBe(`${daybook.url}/o/acme/account`);
  expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("A name that is not saved");
  await page.getByRole("button", { name: "Save name" }).click();
  await page.getByRole("button", { name: "Account menu of A name that is not saved" }).waitFor();
});

test("a passkey that was removed opens nothing", async () => {
  await page.getByRole("button", { name: "Remove Alice laptop" }).click();
  await inDialog().getByRole("button", { name: "Remove passkey" }).click();
  await page.locator("[data-passkey]").waitFor({ state: "detached" });
  expect(await newest("user_passkey_removed")).toMatchObject({ resource: { name: "Alice laptop" } });
  await signOut();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("alert").getByText("opens no account").waitFor();
});

test("a forgotten password: the same page for everybody, the operator's link, a new password", async () => {
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await look(page, "forgot-password");
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await page.getByRole("heading", { name: "Look into your mail" }).waitFor();
  expect(await newest("user_password_reset_requested")).toMatchObject({ actor: { type: "anonymous" } });
  const link = (await daybook.command("password-reset", owner.email)).split("\n")[0] ?? "";
  // The link names the origin that the command line knows; only its path leads to this server.
  await page.goto(daybook.url + new URL(link).pathname);
  await page.getByLabel("New password").fill("a brand new password");
  await look(page, "reset-password");
  await page.getByRole("button", { name: "Set the password" }).click();
  await page.getByRole("heading", { name: "Your new password is set" }).waitFor();
  expect(await newest("user_password_reset_completed")).toMatchObject({ resource: { name: owner.email } });
  await page.getByRole("link", { name: "Sign in with it" }).click();
  await typePassword("a brand new password");
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByLabel("Recovery code").fill(recoveryCode);
  await page.getByRole("button", { name: "Continue" }).click();
  await inLog();
});

test("the password is changed, and two-factor sign-in turned off", async () => {
  await account();
  await section("Password").getByRole("button", { name: "Change password" }).click();
  await inDialog().getByLabel("Your password now").fill("a brand new password");
  await inDialog().getByLabel("New password").fill(owner.password);
  await inDialog().getByRole("button", { name: "Change password" }).click();
  await inDialog().waitFor({ state: "detached" });
  expect(await newest("user_password_changed")).toBeDefined();
  await section("Two-factor sign-in").getByRole("button", { name: "Turn off" }).click();
  await inDialog().getByLabel("Your password").fill(owner.password);
  await inDialog().getByRole("button", { name: "Turn it off" }).click();
  await page.locator("[data-two-factor=off]").waitFor();
  expect(await newest("user_two_factor_disabled")).toBeDefined();
});

test("after ten wrong passwords the page says when to come back", async () => {
  await signOut();
  for (let times = 0; times < 10; times += 1)
    await fetch(`${daybook.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: owner.email, password: "guess" }),
    });
  await typePassword();
  await page.getByRole("alert").getByText("Try again in 15 minutes.").waitFor();
  await look(page, "locked");
  expect(await newest("user_sign_in_locked")).toMatchObject({ resource: { name: owner.email } });
});

test("the browser had nothing to complain about", () => {
  expect(complaints).toEqual([]);
});
