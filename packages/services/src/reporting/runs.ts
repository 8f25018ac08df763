import { mails, reportRuns, reportSchedules } from "@daybook/store";
import { z } from "zod";
import { defineRead } from "../verb.ts";
import { runViewOf } from "./run-view.ts";
import type { ReportRunView } from "./run-view.ts";
import { noSuchSchedule } from "./schedules.ts";

/** Runs that the history shows. */
const runsShownMax = 50;

export const listReportRuns = defineRead({
  name: "reports.runs",
  needs: "reports:read",
  feature: "reports",
  input: z.object({ scheduleId: z.uuid() }),
  async run({ store }, { viewer }, { scheduleId }): Promise<ReportRunView[]> {
    if (!(await reportSchedules.find(store.of(viewer.organizationId), viewer.organizationId, scheduleId))) throw noSuchSchedule();
    const runs = await reportRuns.list(store.of(viewer.organizationId), viewer.organizationId, { scheduleId, limit: runsShownMax });
    const told = await mails.about(
      store.of(viewer.organizationId),
      viewer.organizationId,
      runs.map(({ id }) => id),
    );
    return runs.map((run) => runViewOf(run, told));
  },
});
