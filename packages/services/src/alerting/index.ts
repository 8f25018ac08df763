export { evaluateAlerts } from "./evaluate.ts";
export * from "./incidents.ts";
export * from "./rules.ts";
export { defaultAlertRule } from "./starter.ts";
