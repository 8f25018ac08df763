/** Where to go after signing in: a path of this site, whatever a link was made to say. */
export function safeNext(next: string | undefined, origin: string): string {
  if (!next?.startsWith("/")) return "/";
  const url = URL.canParse(next, origin) ? new URL(next, origin) : null;
  if (url?.origin !== origin || url.pathname.startsWith("//") || url.pathname.startsWith("/sign-in")) return "/";
  return url.pathname + url.search + url.hash;
}
