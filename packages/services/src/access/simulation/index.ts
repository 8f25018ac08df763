export { borrowView, simulateAccess } from "./simulate.ts";
export type { Simulation } from "./simulate.ts";
export { whoSeesEvent } from "./who-sees.ts";
export type { Onlooker, WhoSees } from "./who-sees.ts";
