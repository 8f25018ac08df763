import type { Page } from "playwright-core";

/** Whoever the printed link was for; their organization is called Acme. */
export interface Owner {
  name: string;
  email: string;
  password: string;
}

/** On the page that the printed link leads to: makes the owner and the organization, and returns the token of the curl that is shown then. */
export async function setUp(page: Page, { name, email, password }: Owner): Promise<string> {
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Organization").fill("Acme");
  await page.getByRole("button", { name: "Create organization" }).click();
  await page.getByText("Send the first event").waitFor();
  return /dbk_live_ws[0-9A-Za-z]{49}/.exec((await page.locator("pre").first().textContent()) ?? "")?.[0] ?? "";
}
