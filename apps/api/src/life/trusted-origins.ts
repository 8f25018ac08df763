/** Pages that may change something: the public origin, and on a machine of one's own both of its names. */
export function trustedOriginsOf(origin: string): ReadonlySet<string> {
  const { protocol, port } = new URL(origin);
  const suffix = port ? `:${port}` : "";
  return new Set([origin, `${protocol}//localhost${suffix}`, `${protocol}//127.0.0.1${suffix}`]);
}
