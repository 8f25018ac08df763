import { lazyRouteComponent } from "@tanstack/react-router";

const askedEveryMs = 2_000;
/** Ten minutes. */
const askedMax = 300;

/**
 * The page of a route. If its file does not come, the router loads the document anew, for a newer server has no such file; without a network the browser
 * would show its own error in place of all. So the page is on its way until the server is reached. The file cannot just be asked for again: browsers keep
 * a module that failed.
 */
export const pagePart: typeof lazyRouteComponent = (importer, name) =>
  lazyRouteComponent(async () => {
    try {
      return await importer();
    } catch (error) {
      for (let asked = 0; asked < askedMax && !(await isReached()); asked += 1) await new Promise((resolve) => setTimeout(resolve, askedEveryMs));
      throw error;
    }
  }, name);

const isReached = (): Promise<boolean> =>
  fetch("/livez", { cache: "no-store" }).then(
    () => true,
    () => false,
  );
