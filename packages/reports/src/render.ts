import { render } from "react-email";
import type { MailTemplate } from "./define-report.ts";
import { subjectLine } from "./words.ts";

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

/** Gmail clips a mail near 102 kB, and with it the footer's links. */
export const htmlBytesMax = 60_000;

/** Preview and mail come from this one function, so what the console shows is what is sent. */
export async function renderMail<Data>(template: MailTemplate<Data>, data: Data): Promise<RenderedMail> {
  return {
    subject: subjectLine(template.subject(data)),
    html: await render(template.component(data)),
    text: `${template.text(data).trim()}\n`,
  };
}
