import { grants, includes, features, may } from "@daybook/policy";
import type { Feature, Grant, Role } from "@daybook/policy";
import { members, teams } from "@daybook/store";
import type { Platform } from "../platform.ts";
import { memberViewer } from "./viewers.ts";
import type { Person } from "./viewers.ts";

/** An organization as one of its members sees it from outside: what the console offers them. The server decides anew at each request. */
export interface Membership {
  id: string;
  name: string;
  slug: string;
  timeZone: string;
  demo: boolean;
  role: Role;
  /** Grants for the whole organization; admins of a team hold more for their teams. */
  grants: Grant[];
  /** Features that its plan lacks. */
  without: Feature[];
  teams: { id: string; name: string; role: "admin" | "member" }[];
}

export async function membershipsOf(platform: Platform, person: Person): Promise<Membership[]> {
  const organizations = await members.organizationsOf(platform.store.platform, person.id);
  return Promise.all(
    organizations.map(async ({ id, name, slug, timeZone, demo }) => {
      const viewer = await memberViewer(platform, person, id);
      return {
        id,
        name,
        slug,
        timeZone,
        demo,
        role: viewer.role,
        grants: (Object.keys(grants) as Grant[]).filter((grant) => may(viewer, grant).allowed),
        without: (Object.keys(features) as Feature[]).filter((feature) => !includes(viewer.plan, feature).allowed),
        teams: await teams.ofUser(platform.store.of(id), id, person.id),
      };
    }),
  );
}
