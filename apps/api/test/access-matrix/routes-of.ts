import type { FastifyInstance } from "fastify";

const indent = 4;

/** Every route that the server has, as `METHOD /path`, read from the router's own tree, so that none can be forgotten. */
export function routesOf(app: FastifyInstance): string[] {
  const above: string[] = [];
  const routes: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split("\n")) {
    const at = line.search(/[├└]/);
    const [, part = "", methods] = /── (\S+)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
    if (at < 0) continue;
    above.length = at / indent;
    above.push(part);
    for (const method of methods?.split(", ") ?? []) if (method !== "HEAD" && method !== "OPTIONS") routes.push(`${method} ${above.join("")}`);
  }
  return [...new Set(routes)].toSorted();
}
