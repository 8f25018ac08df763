/** What a host can sell or withhold per organization, and what each would show: a person decides by that. Whoever hosts Daybook for themselves has all of it. */
export const features = {
  log: {
    title: "Audit log",
    offers: "who did what, when, from where, and what it changed",
    sentence: "The audit log is not part of this organization's plan.",
  },
  export: {
    title: "Export",
    offers: "the log as CSV or JSON, whole and with a checksum",
    sentence: "Exporting the log is not part of this organization's plan.",
  },
  reports: {
    title: "Scheduled reports",
    offers: "a summary by mail every week, also for people without an account",
    sentence: "Scheduled reports are not part of this organization's plan.",
  },
  alerts: {
    title: "Alerts",
    offers: "a mail within seconds when permissions change, exports grow or failures pile up",
    sentence: "Alert rules are not part of this organization's plan.",
  },
  auditors: {
    title: "Auditors",
    offers: "a part of the log, for some time, for somebody from outside",
    sentence: "Access for auditors is not part of this organization's plan.",
  },
  imports: {
    title: "Imports",
    offers: "the logs of GitHub, Okta, AWS and others beside your own",
    sentence: "Importing other products' logs is not part of this organization's plan.",
  },
  integrations: {
    title: "Integrations",
    offers: "begin and end of each dbt, warehouse and BI synchronisation",
    sentence: "Integrations are not part of this organization's plan.",
  },
  redaction: {
    title: "Own redaction rules",
    offers: "what your own rules take out before an event is stored",
    sentence: "Redaction rules of one's own are not part of this organization's plan.",
  },
  streams: {
    title: "Streams and webhooks",
    offers: "every event in your SIEM, in order",
    sentence: "Streams and webhooks are not part of this organization's plan.",
  },
  single_sign_on: {
    title: "Single sign-on",
    offers: "signing in through your own identity provider",
    sentence: "Single sign-on is not part of this organization's plan.",
  },
} as const;
export type Feature = keyof typeof features;

export interface Plan {
  name: string;
  /** Features that are off. */
  without: readonly Feature[];
  /** Longest retention in days; null sets no limit. */
  retentionDaysMax: number | null;
}

export const selfHosted: Plan = { name: "Self-hosted", without: [], retentionDaysMax: null };
