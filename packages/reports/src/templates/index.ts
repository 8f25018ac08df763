import type { ReportTemplate } from "../define-report.ts";
import { weekly } from "./weekly.tsx";

export { alertMail } from "./alert.tsx";
export { passwordResetMail } from "./password-reset.tsx";
export { invitationMail } from "./invitation.tsx";

/** Every report template. A new one is a file beside these and a line here. */
const reportTemplates = [weekly] as const satisfies readonly ReportTemplate[];

export const reportTemplateOf = (id: string): ReportTemplate | undefined => reportTemplates.find((template) => template.id === id);
