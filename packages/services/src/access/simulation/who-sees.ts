import { Refusal } from "@daybook/event";
import { whyVisible } from "@daybook/policy";
import type { Role } from "@daybook/policy";
import { standing } from "@daybook/store";
import { z } from "zod";
import { viewLog } from "../../activity/view-log.ts";
import { defineRead } from "../../verb.ts";
import { viewerAt } from "../viewers.ts";

/** Members that are asked about; of a larger organization the first by name. */
const membersAskedMax = 500;
const shownMax = 100;

export interface Onlooker {
  id: string;
  name: string;
  email: string;
  role: Role;
  reason: string;
}

export interface WhoSees {
  /** Those who see it, by name. */
  people: Onlooker[];
  seeingTotal: number;
  membersAsked: number;
  /** There are more members than were asked about. */
  capped: boolean;
}

/** Who can see one event, each with the reason. Programs are not among them: whoever may see the tokens sees which of them read the log. */
export const whoSeesEvent = defineRead({
  name: "access.whoSees",
  needs: "events:simulate",
  feature: "log",
  input: z.object({ id: z.uuid() }),
  async run(platform, context, { id }): Promise<WhoSees> {
    const { organizationId } = context.viewer;
    const found = await (await viewLog(platform, context)).event(id);
    if (!found) throw new Refusal("not_found", "There is no such event, or you may not see it.");
    const standings = await standing.ofMembers(platform.store.of(organizationId), organizationId, { at: platform.now(), limit: membersAskedMax + 1 });
    const asked = standings.slice(0, membersAskedMax);
    const seeing = asked.flatMap((each) => {
      const viewer = viewerAt(each, { organizationId, person: each.person });
      const { visible, reason } = whyVisible(viewer, found.unmasked);
      return visible ? [{ ...each.person, role: viewer.role, reason }] : [];
    });
    return { people: seeing.slice(0, shownMax), seeingTotal: seeing.length, membersAsked: asked.length, capped: standings.length > membersAskedMax };
  },
});
