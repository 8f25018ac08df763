import { createConsoleRouter } from "../router.tsx";

/** Every address that shows a screen, with its parameters as the router names them. One without a component only leads elsewhere. */
export const screenRoutes: readonly string[] = Object.values<{ fullPath: string; options: object }>(createConsoleRouter().routesByPath).flatMap(
  ({ fullPath, options }) => ("component" in options ? [fullPath] : []),
);
