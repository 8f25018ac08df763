import { grants, includes, features, may, seesTeamLog } from "@daybook/policy";
import type { Feature, Grant, MemberViewer, Role } from "@daybook/policy";
import { members, organizations, teams } from "@daybook/store";
import type { Platform } from "../platform.ts";
import { boundTo, sessionViewer } from "../security/session-viewer.ts";
import type { SessionOf } from "../security/session-viewer.ts";

/** An organization as one of its members sees it from outside: what the console offers them. The server decides anew at each request. */
export interface Membership {
  id: string;
  name: string;
  slug: string;
  /** Names that it had in URLs: old links still lead here. */
  formerSlugs: string[];
  timeZone: string;
  demo: boolean;
  role: Role;
  /** Grants for the whole organization; admins of a team hold more for their teams. */
  grants: Grant[];
  /** Why this session does not open it, in words; null where it does. */
  barred: MemberViewer["barred"];
  /** Features that its plan lacks. */
  without: Feature[];
  teams: { id: string; name: string; role: "admin" | "member"; seesLog: boolean }[];
}

/** Those that the session may open: single sign-on opens one, and does not tell of others. */
export async function membershipsOf(platform: Platform, session: SessionOf): Promise<Membership[]> {
  const { person } = session;
  const only = await boundTo(platform, session);
  const mine = await members.organizationsOf(platform.store.platform, person.id);
  const shown = mine.filter(({ id }) => only === null || id === only);
  return Promise.all(
    shown.map(async ({ id, name, slug, timeZone, demo }) => {
      const viewer = await sessionViewer(platform, session, id);
      return {
        id,
        name,
        slug,
        formerSlugs: (await organizations.slugsOf(platform.store.of(id), id)).filter((each) => each !== slug),
        timeZone,
        demo,
        role: viewer.role,
        barred: viewer.barred ?? null,
        grants: (Object.keys(grants) as Grant[]).filter((grant) => may(viewer, grant).allowed),
        without: (Object.keys(features) as Feature[]).filter((feature) => !includes(viewer.plan, feature).allowed),
        teams: (await teams.ofUser(platform.store.of(id), id, person.id)).map((team) => ({ ...team, seesLog: seesTeamLog(viewer, team.id) })),
      };
    }),
  );
}
