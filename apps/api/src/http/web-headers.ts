import type { IncomingHttpHeaders } from "node:http";

/** Node's headers as the web's. */
export function headersOf(headers: IncomingHttpHeaders): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !name.startsWith(":")) result.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return result;
}
