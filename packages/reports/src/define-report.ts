import type { ReactElement } from "react";
import type { Digest } from "./digest.ts";

/** A mail as a value: what its subject says, how it looks, and the same in plain text. All three are pure functions of the data. */
export interface MailTemplate<Data> {
  /** snake_case; stored with schedules and mails. */
  id: string;
  title: string;
  description: string;
  subject(data: Data): string;
  component(data: Data): ReactElement;
  /** Every number and link of the component. */
  text(data: Data): string;
  /** What the docs page and the tests render. */
  sample: Data;
}

/** What every scheduled report receives: numbers that are already visible to its recipients. */
export interface ReportData {
  organization: { name: string; slug: string };
  schedule: { name: string };
  /** The console's public origin, without a slash at its end. */
  origin: string;
  digest: Digest;
  /** From a signed link, where the recipient may unsubscribe without an account. */
  unsubscribeUrl?: string;
}

export type ReportTemplate = MailTemplate<ReportData>;

export const defineReport = (template: ReportTemplate): ReportTemplate => template;

export const defineMail = <Data>(template: MailTemplate<Data>): MailTemplate<Data> => template;
