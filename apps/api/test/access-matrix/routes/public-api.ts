import type { Persona } from "../personas.ts";
import type { RouteRow } from "../row.ts";

const writers: readonly Persona[] = ["token_events_write", "member_key"];
const readers: readonly Persona[] = ["token_events_read"];
const accessReaders: readonly Persona[] = ["token_access_read"];
const accessWriters: readonly Persona[] = ["token_access_write"];
const everyToken: readonly Persona[] = ["token_events_write", "token_events_read", "token_access_read", "token_access_write", "member_key"];
/** A key's events are by its member: they name no actor of their own. */
const event = (persona: Persona) => ({ action: "notebook_created", ...(persona !== "member_key" && { actor: { type: "user", id: "u1" } }) });
/** The client of this vendor shows its token in a form of its own. */
const asRetraced = (bearer: string) => ({ authorization: `Token token=${bearer}` });

const sharedKind = (kind: "collection" | "connection"): Record<string, RouteRow> => {
  const at = `/v1/${kind}s`;
  return {
    [`GET ${at}`]: { may: accessReaders },
    [`POST ${at}`]: { may: accessWriters, request: () => ({ body: { name: `A new ${kind}` } }) },
    [`GET ${at}/:id`]: { may: accessReaders, object: true, request: (ids) => ({ url: `${at}/${ids[kind]}` }) },
    [`PUT ${at}/:id`]: { may: accessWriters, object: true, request: (ids) => ({ url: `${at}/${ids[kind]}`, body: { name: "Renamed" } }) },
    [`DELETE ${at}/:id`]: { may: accessWriters, object: true, request: (ids) => ({ url: `${at}/${ids[kind]}` }) },
    [`GET ${at}/:id/access`]: { may: accessReaders, object: true, request: (ids) => ({ url: `${at}/${ids[kind]}/access` }) },
    [`GET ${at}/:id/members`]: { may: accessReaders, object: true, request: (ids) => ({ url: `${at}/${ids[kind]}/members` }) },
    [`GET ${at}/:id/groups`]: { may: accessReaders, object: true, request: (ids) => ({ url: `${at}/${ids[kind]}/groups` }) },
    [`PUT ${at}/:id/members/:user`]: {
      may: accessWriters,
      object: true,
      request: (ids) => ({ url: `${at}/${ids[kind]}/members/${ids.user}`, body: { access: "view" } }),
    },
    [`DELETE ${at}/:id/members/:user`]: {
      may: accessWriters,
      object: true,
      passes: [404],
      request: (ids) => ({ url: `${at}/${ids[kind]}/members/${ids.user}` }),
    },
    [`PUT ${at}/:id/groups/:group`]: {
      may: accessWriters,
      object: true,
      request: (ids) => ({ url: `${at}/${ids[kind]}/groups/${ids.group}`, body: { access: "view" } }),
    },
    [`DELETE ${at}/:id/groups/:group`]: {
      may: accessWriters,
      object: true,
      passes: [404],
      request: (ids) => ({ url: `${at}/${ids[kind]}/groups/${ids.group}` }),
    },
  };
};

export const publicApi: Record<string, RouteRow> = {
  "POST /v1/events": { may: writers, request: (_ids, persona) => ({ body: event(persona) }) },
  "GET /v1/events": { may: readers },
  "GET /v1/operations": { may: readers },
  "GET /v1/operations/:operation_id": { may: readers, object: true, request: ({ operation }) => ({ url: `/v1/operations/${operation}` }) },
  "GET /v1/token": { may: everyToken },
  // Other products' write APIs: the same grant, each in its vendor's words.
  "POST /audit_logs/events": {
    may: writers,
    // This vendor\'s events always name an actor, which a member\'s key must not.
    except: (persona) => (persona === "member_key" ? "forbidden" : undefined),
    request: () => ({
      body: {
        organization_id: "org_1",
        event: { action: "a.b", occurred_at: new Date().toISOString(), actor: { type: "user", id: "u" }, targets: [], context: { location: "203.0.113.7" } },
      },
    }),
  },
  "POST /v1/logs": { may: writers, request: () => ({ body: { resourceLogs: [] } }) },
  "POST /cloudevents": {
    may: writers,
    request: () => ({ contentType: "application/cloudevents+json", body: { specversion: "1.0", id: "1", source: "/matrix", type: "matrix.asked" } }),
  },
  "POST /publisher/v1/project/:project/event": {
    authorize: asRetraced,
    may: writers,
    request: () => ({ url: "/publisher/v1/project/p/event", body: { action: "a.b", crud: "c" } }),
  },
  "POST /publisher/v1/project/:project/event/bulk": {
    authorize: asRetraced,
    may: writers,
    request: () => ({ url: "/publisher/v1/project/p/event/bulk", body: { events: [] } }),
    passes: [400, 422],
  },
  "GET /v1/default-access": { may: accessReaders },
  "PUT /v1/default-access": { may: accessWriters, request: () => ({ body: { access: "view" } }) },
  "GET /v1/members": { may: accessReaders },
  "GET /v1/members/:user/access": {
    // A former member stays known by name, with nothing that they may use; a key tells its own member's access.
    except: (persona, target) => {
      if (persona === "token_access_read" && target === "deleted") return "done";
      return persona === "member_key" && target === "own" ? "done" : undefined;
    },
    may: accessReaders,
    object: true,
    request: ({ user }) => ({ url: `/v1/members/${user}/access` }),
  },
  "GET /v1/groups": { may: accessReaders },
  "POST /v1/groups": { may: accessWriters, request: () => ({ body: { name: "A new group" } }) },
  "GET /v1/groups/:group": { may: accessReaders, object: true, request: ({ group }) => ({ url: `/v1/groups/${group}` }) },
  "PUT /v1/groups/:group": { may: accessWriters, object: true, request: ({ group }) => ({ url: `/v1/groups/${group}`, body: { name: "Renamed" } }) },
  "DELETE /v1/groups/:group": { may: accessWriters, object: true, request: ({ group }) => ({ url: `/v1/groups/${group}` }) },
  "GET /v1/groups/:group/members": { may: accessReaders, object: true, request: ({ group }) => ({ url: `/v1/groups/${group}/members` }) },
  "PUT /v1/groups/:group/members/:user": { may: accessWriters, object: true, request: ({ group, user }) => ({ url: `/v1/groups/${group}/members/${user}` }) },
  "DELETE /v1/groups/:group/members/:user": {
    may: accessWriters,
    object: true,
    passes: [404],
    request: ({ group, user }) => ({ url: `/v1/groups/${group}/members/${user}` }),
  },
  "GET /v1/groups/:group/access": { may: accessReaders, object: true, request: ({ group }) => ({ url: `/v1/groups/${group}/access` }) },
  ...sharedKind("collection"),
  ...sharedKind("connection"),
};
