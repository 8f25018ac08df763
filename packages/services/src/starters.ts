import type { OrganizationStarter } from "./access/set-up.ts";
import { defaultAlertRule } from "./alerting/starter.ts";
import { startReporting } from "./reporting/starter.ts";

/** What every new organization begins with, in this order. */
export const starters: readonly OrganizationStarter[] = [defaultAlertRule, startReporting];
