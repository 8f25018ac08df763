import { entriesOf, keyAreas } from "../../ui/key-map.ts";
import { actHere } from "../../ui/use-keys.ts";

export interface PageCommand {
  id: string;
  key: string;
  does: string;
  run: () => void;
}

/** What the open page can do by a key, in the order of the key map; a page's own meaning of a key hides that of everywhere. */
export function pageCommands(): PageCommand[] {
  const found = [...keyAreas.filter((area) => area !== "everywhere"), "everywhere" as const].flatMap((area) =>
    entriesOf(area).flatMap(({ on: [key], does, isCommand }) => {
      const run = isCommand ? actHere(area, key) : null;
      return run ? [{ id: `${area}.${key}`, key, does, run }] : [];
    }),
  );
  return found.filter(({ key }, at) => found.findIndex((each) => each.key === key) === at);
}
