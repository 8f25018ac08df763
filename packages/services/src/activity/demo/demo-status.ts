import { demos, organizations } from "@daybook/store";
import { z } from "zod";
import { defineRead } from "../../verb.ts";

export interface DemoStatus {
  /** False as well while a load has not ended: asking for it again brings it to its end. */
  loaded: boolean;
  organization: { id: string; slug: string } | null;
}

export const demoStatus = defineRead({
  name: "demo.status",
  needs: "organization:read",
  input: z.object({}).optional(),
  async run({ store }, { viewer }): Promise<DemoStatus> {
    const demo = await demos.find(store.of(viewer.organizationId), viewer.organizationId);
    const organization = demo?.loadedAt ? await organizations.find(store.of(demo.demoId), demo.demoId) : null;
    return organization ? { loaded: true, organization: { id: organization.id, slug: organization.slug } } : { loaded: false, organization: null };
  },
});
