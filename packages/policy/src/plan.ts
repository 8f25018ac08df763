/** What a host can sell or withhold per organization. Whoever hosts Daybook for themselves has all of it. */
export const features = {
  log: { title: "Audit log", sentence: "The audit log is not part of this organization's plan." },
  export: { title: "Export", sentence: "Exporting the log is not part of this organization's plan." },
  reports: { title: "Scheduled reports", sentence: "Scheduled reports are not part of this organization's plan." },
  alerts: { title: "Alerts", sentence: "Alert rules are not part of this organization's plan." },
  auditors: { title: "Auditors", sentence: "Access for auditors is not part of this organization's plan." },
  imports: { title: "Imports", sentence: "Importing other products' logs is not part of this organization's plan." },
  integrations: { title: "Integrations", sentence: "Integrations are not part of this organization's plan." },
  redaction: { title: "Own redaction rules", sentence: "Redaction rules of one's own are not part of this organization's plan." },
  streams: { title: "Streams and webhooks", sentence: "Streams and webhooks are not part of this organization's plan." },
  single_sign_on: { title: "Single sign-on", sentence: "Single sign-on is not part of this organization's plan." },
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
