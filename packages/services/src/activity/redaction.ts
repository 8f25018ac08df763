import { builtInRedactor } from "@daybook/event";
import type { Redactor } from "@daybook/event";
import type { Platform } from "../platform.ts";

/** The organization's redactor: the built-in rules and its own. */
export async function redactorOf(_platform: Platform, _organizationId: string): Promise<Redactor> {
  return builtInRedactor;
}
