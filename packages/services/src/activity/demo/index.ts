export { demoCompany, demoDays, demoEvents } from "./demo-events.ts";
export * from "./demo-status.ts";
export * from "./load-demo.ts";
export * from "./remove-demo.ts";
