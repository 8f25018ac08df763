import { refusalCodes } from "@daybook/event";
import type { FastifyInstance } from "fastify";

/** Where the `type` of every problem leads: what its code means and what to do about it. */
export const errorsPath = "/docs/errors";

export async function errorsPage(app: FastifyInstance): Promise<void> {
  app.get(errorsPath, { schema: { hide: true } }, async (_request, reply) =>
    reply.header("cache-control", "public, max-age=3600").type("text/html; charset=utf-8").send(page),
  );
}

const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
/** The sentences mark names with backticks. */
const sentence = (text: string): string => escape(text).replace(/`([^`]+)`/g, "<code>$1</code>");

const entries = Object.entries(refusalCodes)
  .map(
    ([code, { http, meaning, remedy, again }]) => `<article id="${code}">
<h2><a href="#${code}"><code>${code}</code></a> <span>${http}</span></h2>
<p>${sentence(meaning)}</p>
<p>${sentence(remedy)}</p>
<p class="again">${again ? "The same request may succeed later." : "The same request will be refused again."}</p>
</article>`,
  )
  .join("\n");

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Errors · Daybook</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style>
:root { color-scheme: light dark; --ink: light-dark(#151a22, #e7ebf1); --ink-2: light-dark(#48515f, #b1bac7); --bg: light-dark(#ffffff, #0f1217);
  --surface: light-dark(#f6f7f9, #151a21); --hairline: light-dark(#dde2e9, #2a323d); --accent: light-dark(#2457c5, #86aaff); }
body { margin: 0; background: var(--bg); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
a { color: var(--accent); }
h1 { font-size: 1.6rem; margin: 0.5rem 0; }
article { border-top: 1px solid var(--hairline); padding: 1rem 0; scroll-margin-top: 1rem; }
article:target { background: var(--surface); box-shadow: -1rem 0 var(--surface), 1rem 0 var(--surface); }
h2 { font-size: 1.05rem; margin: 0 0 0.5rem; display: flex; justify-content: space-between; gap: 1rem; }
h2 a { text-decoration: none; }
h2 a:hover { text-decoration: underline; }
h2 span, .again { color: var(--ink-2); }
p { margin: 0.25rem 0; }
code { font-family: ui-monospace, monospace; font-size: 0.95em; overflow-wrap: anywhere; }
</style>
</head>
<body>
<main>
<p><a href="/">Daybook</a> · <a href="/docs/api">API reference</a></p>
<h1>Errors</h1>
<p>An error answers with <code>application/problem+json</code> (RFC 9457): its <code>code</code> is one of these, <code>detail</code> is a sentence about
this very case, <code>path</code> names the field where there is one, and <code>request_id</code> finds the request in the server's log. What is none of
these is <code>internal_error</code> (500), which is our fault. In a batch each refused event carries its own code and sentence.</p>
${entries}
</main>
</body>
</html>
`;
