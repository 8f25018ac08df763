import { createSource, listRuns, listSourceKinds, listSources, removeSource, runSource } from "@daybook/services";
import { change, readOf, router } from "../init.ts";

export const sourcesRouter = router({
  kinds: readOf(listSourceKinds),
  list: readOf(listSources),
  runs: readOf(listRuns),
  create: change(createSource),
  remove: change(removeSource),
  runNow: change(runSource),
});
