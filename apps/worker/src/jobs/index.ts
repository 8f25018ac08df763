import type { Job } from "../define-job.ts";
import { deliverMail } from "./deliver-mail.ts";
import { evaluateAlerts } from "./evaluate-alerts.ts";
import { foldOperations } from "./fold-operations.ts";
import { purgeExpired } from "./purge-expired.ts";
import { rollUpActivity } from "./roll-up-activity.ts";
import { sendReports } from "./send-reports.ts";
import { syncSource } from "./sync-source.ts";
import { undoImports } from "./undo-imports.ts";

export const jobs = [
  deliverMail,
  evaluateAlerts,
  foldOperations,
  purgeExpired,
  rollUpActivity,
  sendReports,
  syncSource,
  undoImports,
] as const satisfies readonly Job[];
