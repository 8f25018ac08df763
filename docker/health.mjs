// The image's health check; node:24-slim has no curl. Ready means: the database answers and the schema is the one we know.
const port = process.env.PORT ?? "4747";
const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(3000) }).catch(() => null);
process.exit(response?.ok ? 0 : 1);
