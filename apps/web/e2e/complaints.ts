import type { Page } from "playwright-core";

/** A browser says in its console that a request was refused; on the real product refusals are part of the walk. */
const refusedRequest = /Failed to load resource: the server responded with a status of 4\d\d/;

/** What the browser complains of on this page from now on: errors in its console, and what nobody caught. */
export function complaintsOf(page: Page): string[] {
  const heard: string[] = [];
  page.on("console", (message) => message.type() === "error" && !refusedRequest.test(message.text()) && heard.push(message.text()));
  page.on("pageerror", (error) => heard.push(error.message));
  return heard;
}
