const nextLengthMax = 1_024;

/** Where to go after signing in: a path of the console, whatever a link was made to say. */
export function safeNext(next: string | undefined, origin: string): string {
  if (!next?.startsWith("/") || next.length > nextLengthMax) return "/";
  const url = URL.canParse(next, origin) ? new URL(next, origin) : null;
  if (url?.origin !== origin || url.pathname.startsWith("//") || /^\/(sign-in|api|trpc|v1)\b/.test(url.pathname)) return "/";
  return url.pathname + url.search + url.hash;
}
