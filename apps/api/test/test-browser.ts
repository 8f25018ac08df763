const stepsMax = 20;

/** Goes from page to page as a browser does: cookies by host, redirects, and the one form of a page. It stops at the console, which is `origin`. */
export function openBrowser({ origin, served }: { origin: string; served: string }) {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: URL) => jars.get(url.host) ?? jars.set(url.host, new Map()).get(url.host) ?? new Map<string, string>();

  async function ask(url: URL, init: RequestInit = {}): Promise<Response> {
    const jar = jarOf(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const at = url.origin === origin ? new URL(url.pathname + url.search, served) : url;
    const response = await fetch(at, { redirect: "manual", ...init, headers: { ...(cookie && { cookie }), ...(init.headers as Record<string, string>) } });
    for (const text of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = text.split(";");
      const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      if (value === "" || attributes.some((each) => /max-age=0\b/i.test(each))) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** Follows redirects and fills in forms until the console is reached; `until` stops before a step. */
  async function go(to: string, { as = "", until = () => false }: { as?: string; until?: (url: URL) => boolean } = {}): Promise<URL> {
    let url = new URL(to, origin);
    let init: RequestInit = {};
    for (let steps = 0; steps < stepsMax; steps += 1) {
      if (until(url) || (url.origin === origin && !url.pathname.startsWith("/api/"))) return url;
      const response = await ask(url, init);
      const location = response.headers.get("location");
      init = {};
      if (location !== null) {
        url = new URL(location, url);
        continue;
      }
      const page = await response.text();
      const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
      if (action === undefined) throw new Error(`${response.status} at ${url.href}: ${page.slice(0, 500)}`);
      const form = new URLSearchParams(
        [...page.matchAll(/<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
      );
      if (page.includes('name="login"')) for (const [name, value] of Object.entries({ login: as, password: "any" })) form.set(name, value);
      url = new URL(action, url);
      init = { method: "POST", body: form };
    }
    throw new Error(`the way from ${to} has no end`);
  }

  return {
    go,
    ask: (path: string, init?: RequestInit) => ask(new URL(path, origin), init),
    cookies: () => jarOf(new URL(origin)),
    cookie: () => [...jarOf(new URL(origin))].map(([name, value]) => `${name}=${value}`).join("; "),
  };
}
