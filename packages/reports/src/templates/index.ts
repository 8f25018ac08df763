import type { ReportTemplate } from "../define-report.ts";
import { weekly } from "./weekly.tsx";

export { type AlertData, alertMail } from "./alert.tsx";
export { weekly };

/** Every report template. A new one is a file beside these and a line here. */
export const reportTemplates = [weekly] as const satisfies readonly ReportTemplate[];

export const reportTemplateOf = (id: string): ReportTemplate | undefined => reportTemplates.find((template) => template.id === id);
