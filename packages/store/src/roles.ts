/**
 * What the server's login becomes as soon as it is connected; nobody can log in as one of these. PostgreSQL takes a role as a setting of the connection,
 * so no statement ever runs with the login's own rights, and `reset role` leads back to the role.
 */
export const roles = {
  /** One organization: the one that `inOrganization` names. */
  app: "daybook_app",
  /** Across organizations: for what begins with none, and for the worker. */
  platform: "daybook_platform",
  /** The job queue's own schema, and nothing of ours. */
  queue: "daybook_queue",
} as const;
