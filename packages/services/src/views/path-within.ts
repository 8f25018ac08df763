/** Only its origin is compared; nothing is ever sent there. */
const somewhere = "https://console.invalid";

/**
 * What follows `/o/<slug>/` in an address of the console, or null for anything that leads elsewhere. The URL is read as a browser reads it, so that no
 * `..`, backslash or second slash leads out afterwards.
 */
export function pathWithin(path: string, slug: string): string | null {
  const home = `/o/${slug}/`;
  if (!path.startsWith(home) || !URL.canParse(path, somewhere)) return null;
  const url = new URL(path, somewhere);
  if (url.origin !== somewhere || !url.pathname.startsWith(home)) return null;
  return `${url.pathname.slice(home.length)}${url.search}${url.hash}`;
}
