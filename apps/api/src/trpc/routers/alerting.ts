import { acknowledgeIncident, listIncidents, listRules, resolveIncident, updateRule } from "@daybook/services";
import { change, readOf, router } from "../init.ts";

export const incidentsRouter = router({
  list: readOf(listIncidents),
  acknowledge: change(acknowledgeIncident),
  resolve: change(resolveIncident),
});

export const rulesRouter = router({
  list: readOf(listRules),
  update: change(updateRule),
});
